"""Networks and arrays: no values of the language in here.  Images are N×H×W×C float32, layers are numbered from 0.

    layers                    what a layer is: MATLAB's properties and printed texts, size rules, shapes of parameters
    input_layers, convolution_layers, pooling_layers, connected_layers, pointwise_layers, activation_layers,
    normalization_layers, spatial_layers, one_dimensional_layers, recurrent_layers, attention_layers,
    function_layers, output_layers
                              its kinds; spatial_operations, recurrent_operations, attention_operations: what they
                              compute
    sliding_windows           how far a window gets that slides over height and width
    layer_names               the names that unnamed layers get
    initializers              how the numbers of an untrained network begin
    graph                     a network: ordered layers, connections, numbers, version
    surgery                   graphs of layers cut and joined, before sizes are known
    network_checks            what keeps a graph of layers from being a network
    architectures             networks described as data (networks/*.tsv) and the names of ImageNet's classes
    operations                what each layer computes, in raw TensorFlow
    frame_operations          the same for sequences of images, image by image
    keras_layers, keras_model the layers' numbers as Keras variables; the whole as a keras.Model
    script_operations         what layers of the script compute, and their gradients
    tracing                   compiled functions: when one is made, and how faults of the script come out of it
    execute                   a network as a list of steps, and the walk along them
    forward, stateful_operations  the walk that training takes: dropout drops, layers have a new state
    questions                 the outputs of some layers for some images: walked, traced, kept
    kept_outputs, memory_order  what is kept of the last images; images into tensors, outputs into MATLAB's order
    tapes                     gradients of scores with respect to layers or images, other rules for ReLUs
    recording, recorded_operations, recorded_networks
                              arrays whose computations a tape records, what may be computed of them; networks so
    weights                   the engine's arrays to MATLAB's shapes and back, and the files they are kept in
    readers, converters, network_names  numbers from other programs' files, and their layers' names against MATLAB's
    weights_commands          `weights list`, `get`, `add` ... answered in text
    importing                 networks of Keras, ONNX and Caffe as networks of ours, and out again (importing/__init__)
    sources, download, zoo    networks by name, their weights found, fetched, checked, converted once
    labelled                  functions of arrays whose dimensions have labels, differentiable (labelled/__init__)
    training                  how networks are trained (training/__init__)
    devices                   'ExecutionEnvironment' as TensorFlow's devices
    tensorflow_start          TensorFlow, imported silently and in the background

Importing these modules does not import TensorFlow (keras_layers excepted, which only keras_model imports, when asked).
"""

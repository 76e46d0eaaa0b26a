"""Networks of other programs: in, as layers of ours, and out again.

    foreign_layers      layers that MATLAB has only for imported networks, and operations run as they are
    foreign_operations  what those compute
    keras_graph         a keras.Model of any shape, flattened to one network
    keras_models        which Python object is a keras.Model
    keras_kinds         which of our layers a Keras layer is, exactly
    keras_recurrent     LSTM layers of Keras models of sequences as MATLAB's
    keras_files         .keras, .h5, JSON and weights, SavedModel folders: loaded without running anything they say
    onnx_graph          an ONNX model as one network
    onnx_kinds          which of our layers an ONNX operator is, exactly
    onnx_operators      the other operators, in TensorFlow
    caffe_text          Caffe's .prototxt, read
    caffe_graph         a Caffe network as one network
    onnx_export         a network as an ONNX model
    keras_export        a network as a plain Keras model, and as readable Python
    exported_rows       layers that take N×C values in both
    free_names          names of which each is there once

Nothing here imports TensorFlow, Keras or ONNX before it is asked to.
"""

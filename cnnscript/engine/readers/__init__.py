"""Readers of weight files: each gives named NumPy arrays, and runs nothing that the file says.

    onnx_initializers   the numbers of an ONNX file
    pickle_arrays       the numbers of a pickle of NumPy arrays, by an unpickler that knows arrays only
    torch_arrays        the numbers of a PyTorch file, by an unpickler that knows tensors only
    keras_h5            the numbers of a Keras file
    caffemodel          the blobs of a Caffe model
    darknet_weights     the numbers of a Darknet file, in a row
    matlab_parameters   the parameters of layers in a MAT-file
"""

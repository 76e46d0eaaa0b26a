"""Readers of weight files: each gives named NumPy arrays, and runs nothing that the file says.

    onnx_initializers   the numbers of an ONNX file
    pickle_arrays       the numbers of a PyTorch file, by an unpickler that knows arrays only
"""

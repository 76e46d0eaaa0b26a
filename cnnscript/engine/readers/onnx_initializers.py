"""The named tensors of an ONNX file.

Tensors only, not the graph: the pooling in ONNX graphs of Caffe descent rounds down where Caffe and MATLAB round up.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np


def read_onnx_initializers(path: Path) -> dict[str, np.ndarray]:
    """All initializers of an ONNX file by name.

    Raises ValueError when the file is no ONNX model, or keeps tensors in other files (which could name any path).
    """
    import onnx
    from google.protobuf.message import DecodeError
    from onnx import TensorProto, numpy_helper

    try:
        model = onnx.load(str(path), load_external_data=False)
    except DecodeError as fault:
        raise ValueError(f"not an ONNX file: {fault}") from fault
    tensors = {}
    for tensor in model.graph.initializer:
        if tensor.data_location == TensorProto.EXTERNAL:
            raise ValueError(f"tensor {tensor.name} is in another file")
        tensors[tensor.name] = np.array(numpy_helper.to_array(tensor))
    if not tensors:
        raise ValueError("the file holds no tensors")
    return tensors

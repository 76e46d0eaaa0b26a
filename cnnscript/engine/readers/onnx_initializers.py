"""The named tensors of an ONNX file.

Tensors only, not the graph: the pooling in ONNX graphs of Caffe descent rounds down where Caffe and MATLAB round up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def read_onnx_initializers(path: Path) -> dict[str, np.ndarray]:
    """All initializers of an ONNX file by name.

    Raises ValueError when the file is no ONNX model, or keeps tensors in other files (which could name any path).
    """
    return _tensors(_model(path))


def read_onnx_operators(path: Path) -> list[list[np.ndarray | None]]:
    """For each operator of the graph, in order, its inputs that are tensors of the file (None for the others).

    Operators that make constants are not counted: files differ in having them.  Raises as read_onnx_initializers.
    """
    model = _model(path)
    tensors = _tensors(model)
    operators = [node for node in model.graph.node if node.op_type not in ("Constant", "ConstantOfShape")]
    return [[tensors.get(name) for name in node.input] for node in operators]


def _model(path: Path) -> Any:
    import onnx
    from google.protobuf.message import DecodeError

    try:
        return onnx.load(str(path), load_external_data=False)
    except DecodeError as fault:
        raise ValueError(f"not an ONNX file: {fault}") from fault


def _tensors(model: Any) -> dict[str, np.ndarray]:
    from onnx import TensorProto, numpy_helper

    tensors = {}
    for tensor in model.graph.initializer:
        if tensor.data_location == TensorProto.EXTERNAL:
            raise ValueError(f"tensor {tensor.name} is in another file")
        try:
            tensors[tensor.name] = np.array(numpy_helper.to_array(tensor))
        except (TypeError, KeyError, ValueError, MemoryError) as fault:
            raise ValueError(f"tensor {tensor.name} cannot be read: {fault}") from fault
    if not tensors:
        raise ValueError("the file holds no tensors")
    return tensors

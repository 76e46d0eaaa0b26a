"""MATLAB's parameter files: a .mat with one struct a layer (conv1.Weights, conv1.Bias, data.Mean), names made valid.

Deep Network Designer writes them, and MathWorks offers some; all layers may also be fields of one struct.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.engine.readers.keras_h5 import stored_array

LayerFields = dict[str, dict[str, np.ndarray]]
DAMAGE = (
    ValueError, OSError, TypeError, IndexError, KeyError, zlib.error, NotImplementedError, MemoryError, OverflowError,
)  # fmt: skip


def read_matlab_parameters(path: Path) -> LayerFields:
    """Layer → field → array in MATLAB's shape.  ValueError when the file holds no such structs."""
    with open(path, "rb") as file:
        head = file.read(8)
    found = _from_hdf5(path) if head in (b"\x89HDF\r\n\x1a\n", b"MATLAB 7") else _from_version_5(path)
    layers = {name: fields for name, fields in found.items() if fields}
    if not layers:
        raise ValueError("the file holds no parameters of layers")
    return layers


def _from_version_5(path: Path) -> LayerFields:
    from scipy.io import loadmat
    from scipy.io.matlab import MatReadError

    try:
        variables = loadmat(path, struct_as_record=True, squeeze_me=False)
    except (*DAMAGE, MatReadError) as fault:
        raise ValueError(f"not a MAT-file: {fault or type(fault).__name__}") from fault
    found: LayerFields = {}
    for name, value in variables.items():
        if not name.startswith("__"):
            _collect(name, value, found)
    return found


def _collect(name: str, value: Any, found: LayerFields) -> None:
    """A struct of arrays is a layer; a struct of structs holds layers."""
    if not (isinstance(value, np.ndarray) and value.dtype.names and value.size == 1):
        return
    record = value.reshape(-1)[0]
    arrays = {}
    for field in value.dtype.names:
        inside = record[field]
        if isinstance(inside, np.ndarray) and inside.dtype.kind in "fiub" and inside.size:
            arrays[field] = inside
        else:
            _collect(field, inside, found)
    if arrays:
        found[name] = arrays


def _from_hdf5(path: Path) -> LayerFields:
    import h5py

    found: LayerFields = {}

    def visit(name: str, node: Any) -> None:
        layer, _, field = name.rpartition("/")
        if isinstance(node, h5py.Dataset) and layer and not name.startswith("#") and node.dtype.kind in "fiub":
            found.setdefault(layer.rpartition("/")[2], {})[field] = stored_array(node).T

    try:
        with h5py.File(path, "r") as file:
            file.visititems(visit)
    except (OSError, KeyError, RuntimeError) as fault:
        raise ValueError(f"not a MAT-file: {fault}") from fault
    return found

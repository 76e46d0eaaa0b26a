"""Pickle files that hold NumPy arrays in plain containers, read without letting them run anything.

A pickle is a program.  This reader lets it name four functions only, those that NumPy's own arrays need, and refuses
every other name before it is looked up.  Bytes that NumPy's own functions choke on can still end the process: read
files only whose hash has been checked.
"""

from __future__ import annotations

import _codecs
import pickle
from pathlib import Path
from typing import Any

import numpy as np
from numpy._core.multiarray import _reconstruct  # what a pickled array names, under one of two paths

ALLOWED: dict[tuple[str, str], Any] = {
    ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy._core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("_codecs", "encode"): _codecs.encode,
}
# the last three: sizes that no file has, and lists in lists without an end
DAMAGE = (
    EOFError, AttributeError, IndexError, KeyError, TypeError, ValueError, MemoryError, OverflowError, RecursionError,
)  # fmt: skip


class ArrayUnpickler(pickle.Unpickler):
    """An unpickler that knows arrays and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"the file asks for {module}.{name}, which is not allowed") from None

    def persistent_load(self, pid: Any) -> Any:
        raise pickle.UnpicklingError("the file refers to something outside itself, which is not allowed")


def read_pickle_arrays(path: Path) -> Any:
    """What a pickle of arrays in dicts, lists and tuples holds; pickle.UnpicklingError when it is anything else.

    Arrays of Python objects are refused as well: they could hold anything.
    """
    with open(path, "rb") as file:
        try:
            found = ArrayUnpickler(file).load()
            _check(found)
        except DAMAGE as fault:
            raise pickle.UnpicklingError(f"not a pickle of arrays: {fault or type(fault).__name__}") from fault
    return found


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for part in value.values():
            _check(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _check(part)
    elif isinstance(value, np.ndarray):
        if value.dtype.hasobject:
            raise pickle.UnpicklingError("the file holds an array of Python objects")
    elif not isinstance(value, (str, bytes, int, float, bool, type(None))):
        raise pickle.UnpicklingError(f"the file holds a {type(value).__name__}, which is no array")

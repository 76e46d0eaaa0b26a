"""Transposes of every kind of value."""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.operands import by_object, narrowed, number_of, unsupported
from cnnscript.values.structs import StructArray, struct_array
from cnnscript.values.text import CharArray, String, chars, codes_of

_SCALARS = frozenset((float, bool))


def transpose(a):
    """a.'"""
    if type(a) in _SCALARS:
        return a
    if type(a) is ndarray:
        return _turned(a)
    return _other("transpose", a)


def ctranspose(a):
    """a'"""
    if type(a) in _SCALARS:
        return a
    if type(a) is ndarray:
        if a.dtype.kind == "c":
            return narrowed(np.conj(_turned(a)))
        return _turned(a)
    if isinstance(a, complex | np.complexfloating):
        return narrowed(a.conjugate())
    return _other("ctranspose", a)


def _turned(array: ndarray) -> ndarray:
    """The transpose as a column-major copy (a vector shares its elements)."""
    if array.ndim != 2:
        raise ScriptError(
            "MATLAB:transpose:NDArray",
            "TRANSPOSE does not support N-D arrays. Use PAGETRANSPOSE/PAGECTRANSPOSE to transpose pages or PERMUTE to "
            "reorder dimensions of N-D arrays.",
            hint="permute(a, [2 1 3]) exchanges the first two dimensions",
        )
    if array.shape[0] == 1 or array.shape[1] == 1:
        return array.reshape(array.shape[::-1])
    return np.asfortranarray(array.T)


def _other(name: str, a):
    if type(a) is str or type(a) is CharArray:
        return chars(_turned(codes_of(a)))
    if type(a) is String:
        return String(_turned(a.data), a.untyped)
    if type(a) is Categorical:
        return Categorical(_turned(a.codes), a.names, a.ordinal, a.protected)
    if type(a) is StructArray:
        return struct_array(a.field_names, _turned(a.data))
    if number_of(a)[0] is not None:
        return norm(a)
    if tuple(a.size()) == (1, 1):
        result = by_object(name, a)
        return a if result is NotImplemented else result
    result = by_object(name, a)
    if result is NotImplemented:
        raise unsupported(name, a)
    return result

"""Indexed writes by kind of value: what becomes of the right side, what new elements hold, which class wins.

`own` says that the caller found nobody else holding the base, so that it may be changed in place.
"""

from __future__ import annotations

from sys import getrefcount
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import sharing
from cnnscript.values.categorical import Categorical
from cnnscript.values.convert import categorical_for_assignment, convert_for_assignment, no_conversion
from cnnscript.values.functions import Function
from cnnscript.values.indexing import as_arguments, end_of, struct_data
from cnnscript.values.numeric import CLASS_OF_DTYPE, COLON, DOUBLE, EMPTY, OBJECT, as_array, class_of, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.placing import place, without
from cnnscript.values.selecting import open_subscript
from cnnscript.values.structs import Struct, StructArray, struct_array, struct_of_own
from cnnscript.values.text import MISSING, CharArray, String, chars, codes_of


def is_blank(base: Any) -> bool:
    """Does the base not exist, or is it the plain [] that takes any class?"""
    return base is None or type(base) is ndarray and base.dtype == DOUBLE and base.shape == (0, 0)


# ----------------------------------------------------------------------------------------------------- parentheses
def write(base: Any, args: tuple, rhs: Any, own: bool) -> Any:
    """base(args) = rhs"""
    if isinstance(rhs, Object) and rhs.is_sparse and base is not None and not isinstance(base, Object):
        rhs = norm(as_array(rhs))  # a full matrix stays one
    if is_blank(base):
        base, own = _blank_for(rhs, args), True
        if base is rhs:
            return rhs
    kind = type(base)
    if kind is ndarray:
        own = own and base.base is None and base.flags.writeable
        if base.dtype == OBJECT:
            return norm(place(base, args, _cells(rhs), own, _empty_cells))
        return _write_numbers(base, args, rhs, own)
    if kind is str or kind is CharArray:
        return _write_text(base, args, rhs)
    if kind is String:
        values = convert_for_assignment("string", rhs).data
        own = own and base.data.base is None and getrefcount(base.data) <= sharing.LOCAL
        untyped = base.untyped and type(rhs) is String and rhs.untyped
        return String(_trim(place(base.data, args, values, own, lambda count: _repeated(MISSING, count))), untyped)
    if kind is Struct or kind is StructArray:
        return _write_structs(base, args, rhs, own)
    if kind is Categorical:
        return _write_categories(base, args, rhs)
    if isinstance(base, Object):
        return base.assign(as_arguments(args), rhs)
    if kind is Function:
        raise ScriptError(
            "MATLAB:nonscalarFunctionHandle",
            "Nonscalar arrays of function handles are not allowed; use cell arrays instead.",
        )
    if isinstance(rhs, Object) and not hasattr(rhs, "convert"):
        raise no_conversion(class_of(base), class_of(rhs))
    return _write_numbers(as_array(base), args, rhs, True)


def _blank_for(rhs: Any, args: tuple) -> Any:
    """The empty value that takes `rhs` at `args`, or `rhs` itself when that is the whole result."""
    kind = type(rhs)
    if kind is ndarray:
        return np.zeros((0, 0), rhs.dtype, order="F")
    if kind is str or kind is CharArray:
        return ""
    if kind is String:
        return String(np.empty((0, 0), OBJECT))
    if kind is Struct or kind is StructArray:
        return StructArray(rhs.names(), np.empty((0, 0), OBJECT))
    if kind is Categorical:
        return Categorical(np.zeros((0, 0), np.int64), list(rhs.names), rhs.ordinal, rhs.protected)
    if kind is Function or isinstance(rhs, Object):
        if all(type(arg) in (float, bool) and arg == 1 for arg in args):
            return rhs
        if kind is Function:
            return rhs.__class__(rhs.call, rhs.text)  # which refuses elements beyond the first
        return rhs.no_elements()
    return np.zeros((0, 0), as_array(rhs).dtype, order="F")


def _write_numbers(base: ndarray, args: tuple, rhs: Any, own: bool) -> Any:
    values = as_array(convert_for_assignment(CLASS_OF_DTYPE[base.dtype], rhs))
    if values.dtype != base.dtype:
        if values.dtype.kind == "c":  # complex numbers into a real array
            base, own = base.astype(values.dtype, order="F"), True
        else:
            values = values.astype(base.dtype)
    return norm(place(base, args, values, own))


def _cells(rhs: Any) -> ndarray:
    if type(rhs) is ndarray and rhs.dtype == OBJECT:
        return rhs
    if type(rhs) is ndarray and rhs.size == 0:  # c(k) = zeros(1, 0): nothing to put
        return np.empty(rhs.shape, OBJECT)
    raise no_conversion("cell", class_of(rhs))


def _repeated(item: Any, count: int) -> ndarray:
    cells = np.empty(count, OBJECT)
    cells.fill(item)
    return cells


def _empty_cells(count: int) -> ndarray:
    return _repeated(EMPTY, count)


def _write_text(base: Any, args: tuple, rhs: Any) -> Any:
    if type(rhs) is str and not rhs:  # s(2) = '' deletes, as [] does
        return delete(base, args)
    codes = codes_of(convert_for_assignment("char", rhs))
    return chars(_trim(place(codes_of(base).copy("F"), args, codes, True)))


def _write_structs(base: Any, args: tuple, rhs: Any, own: bool) -> Any:
    names = base.names()
    if type(rhs) not in (Struct, StructArray):
        raise no_conversion("struct", class_of(rhs))
    given = rhs.names()
    if set(given) != set(names):
        raise ScriptError(
            "MATLAB:heterogeneousStrucAssignment",
            "Subscripted assignment between dissimilar structures.",
            notes=(f"left has {', '.join(names) or 'no fields'}", f"right has {', '.join(given) or 'no fields'}"),
        )
    fresh = np.empty(struct_data(rhs).shape, OBJECT, order="F")
    flat = fresh.reshape(-1, order="F")
    for at, fields in enumerate(struct_data(rhs).ravel("F").tolist()):
        flat[at] = {name: fields[name] for name in names}
    placed = _trim(place(own_data(base, own), args, fresh, True, lambda count: blank_fields(names, count)))
    # scalar expansion put one dictionary in several places
    return struct_of_own(names, _apart(placed) if fresh.size == 1 else placed)


def own_data(base: Any, own: bool) -> ndarray:
    """The dictionaries of a struct as an array that may be changed: the base's own, or copies of all."""
    data = struct_data(base)
    if own and data.base is None and getrefcount(data) <= sharing.LOCAL + 1:
        return data
    copy = np.empty(data.shape, OBJECT, order="F")
    flat = copy.reshape(-1, order="F")
    for at, fields in enumerate(data.ravel("F").tolist()):
        flat[at] = dict(fields)
    return copy


def blank_fields(names: list[str], count: int) -> ndarray:
    """Dictionaries of new struct elements: every field []."""
    data = np.empty(count, OBJECT)
    for at in range(count):
        data[at] = dict.fromkeys(names, EMPTY)
    return data


def _apart(data: ndarray) -> ndarray:
    seen: set[int] = set()
    flat = data.reshape(-1, order="F")
    for at, fields in enumerate(flat.tolist()):
        if id(fields) in seen:
            flat[at] = dict(fields)
        seen.add(id(fields))
    return data


def _write_categories(base: Categorical, args: tuple, rhs: Any) -> Categorical:
    given = categorical_for_assignment(base, rhs)
    return Categorical(_trim(place(base.codes, args, given.codes, False)), given.names, base.ordinal, base.protected)


def _trim(array: ndarray) -> ndarray:
    ndim = array.ndim
    while ndim > 2 and array.shape[ndim - 1] == 1:
        ndim -= 1
    return array if ndim == array.ndim else array.reshape(array.shape[:ndim], order="F")


# ------------------------------------------------------------------------------------------------ braces and fields
def write_brace(base: Any, args: tuple, rhs: Any, own: bool) -> Any:
    """base{args} = rhs for one cell"""
    if is_blank(base):
        base, own = np.empty((0, 0), OBJECT), True
    if type(base) is ndarray and base.dtype == OBJECT:
        values = np.empty((1, 1), OBJECT)
        values[0, 0] = rhs
        own = own and base.base is None and base.flags.writeable
        require_one(base, args)
        return place(base, args, values, own, _empty_cells)
    if isinstance(base, Object):
        return base.assign_brace(as_arguments(args), rhs)
    if type(base) is String:
        return write(base, args, rhs, own)
    raise ScriptError(
        "MATLAB:cellAssToNonCell",
        "Unable to perform assignment because brace indexing is not supported for variables of this type.",
        notes=(f"this is a {class_of(base)}",),
        hint="x(k) = value writes into an array",
    )


def require_one(base: Any, args: tuple) -> None:
    """Raise ScriptError where indices in braces name no cell or several."""
    count = 1
    for position, arg in enumerate(args):
        if type(arg) is not float:
            places = open_subscript(arg, int(end_of(base, position, len(args))), position, len(args))
            some = len(range(places.stop)[places]) if type(places) is slice else places.size
            count *= 1 if arg is COLON and base.size == 0 else some  # what is empty grows by one: c{1,:} = value
    if count != 1:
        raise ScriptError(
            "MATLAB:assigningToMultipleElements",
            f"Assigning to {count} elements using a simple assignment statement is not supported. "
            "Consider using comma-separated list assignment.",
            hint="c(1:3) = {value} fills several cells, [c{1:3}] = deal(...) assigns each",
        )


def write_field(base: Any, name: str, rhs: Any) -> Any:
    """base.name = rhs where the base is no struct of its own already"""
    if is_blank(base) or type(base) is ndarray and base.size == 0 and base.dtype != OBJECT:
        return Struct({name: rhs})
    if isinstance(base, Object):
        return base.set(name, rhs)
    if type(base) is Struct:
        return Struct({**base.fields, name: rhs})
    if type(base) is StructArray:
        if base.data.size == 0 and base.data.shape == (0, 0):
            return Struct({**dict.fromkeys(base.field_names, EMPTY), name: rhs})
        raise ScriptError(
            "MATLAB:scalarStructRequired",
            "Scalar structure required for this assignment.",
            hint=f"s(k).{name} = value writes into one element",
        )
    raise ScriptError(
        "MATLAB:structAssToNonStruct",
        "Unable to perform assignment because dot indexing is not supported for variables of this type.",
        notes=(f"this is a {class_of(base)}",),
    )


# --------------------------------------------------------------------------------------------------------- deletion
def delete(base: Any, args: tuple) -> Any:
    """base(args) = []"""
    kind = type(base)
    if kind is ndarray:
        return norm(without(base, args))
    if kind is str or kind is CharArray:
        return chars(_trim(without(codes_of(base), args)))
    if kind is String:
        return String(_trim(without(base.data, args)), base.untyped)
    if kind is Struct or kind is StructArray:
        return struct_array(base.names(), _trim(without(struct_data(base), args)))
    if kind is Categorical:
        return Categorical(_trim(without(base.codes, args)), list(base.names), base.ordinal, base.protected)
    if isinstance(base, Object):
        return base.delete_elements(as_arguments(args))
    if base is None:
        raise ScriptError("MATLAB:badsubscript", "Matrix index is out of range for deletion.")
    if kind is Function:
        raise no_conversion("function_handle", "double")
    return norm(without(as_array(base), args))

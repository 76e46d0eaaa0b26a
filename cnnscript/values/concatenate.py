"""Concatenation: [a b], [a; b], cat(dim, ...), and the literals { ... } of cells.

The class of the result: an object decides by itself; a cell takes anything in; text strings, then char; the leftmost
integer class; single; double; logical only among logicals.
"""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical, join_categories
from cnnscript.values.functions import Function
from cnnscript.values.numeric import (
    COMPLEX,
    COMPLEX_SINGLE,
    DOUBLE,
    EMPTY,
    LOGICAL,
    OBJECT,
    SINGLE,
    as_array,
    class_of,
    is_cell,
    ndarray,
    norm,
    saturated,
    size_text,
)
from cnnscript.values.structs import Struct, StructArray, elements, struct_array
from cnnscript.values.text import CharArray, String, chars, codes_of, codes_of_numbers, strings_of

SHORT = 1000  # elements: below this an array is sure to fit


def horzcat(*values):
    """[a b ...]"""
    if len(values) == 1:
        return _alone(values[0])
    floats = texts = True
    for value in values:
        kind = type(value)
        if kind is not float:
            floats = False
            if kind is not str:
                break
        elif kind is not str:
            texts = False
            if not floats:
                break
    else:
        if floats:
            return np.array((values,)) if values else EMPTY
        if texts and type(values[0]) is str:
            return "".join(values)
    if len(values) == 2:  # [a b] of two short rows
        a, b = values
        doubles = type(a) is ndarray is type(b) and a.dtype is DOUBLE is b.dtype and a.ndim == 2 == b.ndim
        if doubles and a.shape[0] == 1 == b.shape[0] and 0 < a.size < SHORT and 0 < b.size < SHORT:
            return np.concatenate(values, 1)
    return _join(values, 1)


def vertcat(*values):
    """[a; b; ...]"""
    if len(values) == 1:
        return _alone(values[0])
    for value in values:
        if type(value) is not float:
            break
    else:
        return np.array(values).reshape(-1, 1) if values else EMPTY
    return _join(values, 0)


def cat(dimension: int, *values):
    """cat(dimension, ...), dimension from 1."""
    if len(values) == 1:
        return _alone(values[0])
    return _join(values, dimension - 1) if values else EMPTY


def matrix_rows(rows):
    """The literal [a b; c d]: rows of values (sequences), one below the other."""
    if len(rows) == 1:
        return horzcat(*rows[0])
    if all(type(value) is float for row in rows for value in row):
        width = len(rows[0])
        if all(len(row) == width for row in rows):
            return norm(np.array(rows, order="F")) if width else EMPTY
    return vertcat(*[horzcat(*row) for row in rows if row])


def _alone(value):
    """[a]: the value itself."""
    return value


# ------------------------------------------------------------------------------------------------------- cells
def cell_row(*values) -> ndarray:
    """The literal {a, b, ...} of one row."""
    if not values:
        return np.empty((0, 0), OBJECT)
    cell = np.empty((1, len(values)), OBJECT)
    for place, value in enumerate(values):
        cell[0, place] = value
    return cell


def cell_rows(rows) -> ndarray:
    """The literal {a, b; c, d}: a sequence of rows, each a sequence of values; rows without a value vanish."""
    rows = [row for row in rows if row]
    if not rows:
        return np.empty((0, 0), OBJECT)
    width = len(rows[0])
    cell = np.empty((len(rows), width), OBJECT, order="F")
    for i, row in enumerate(rows):
        if len(row) != width:
            raise inconsistent(
                (f"row 1 has {width} element{'s' * (width != 1)}", f"row {i + 1} has {len(row)}"),
            )
        for j, value in enumerate(row):
            cell[i, j] = value
    return cell


# ----------------------------------------------------------------------------------------------- every class
def _join(values: tuple, axis: int):
    """Concatenate values of any class along `axis` (from 0)."""
    arrays = []
    for value in values:
        if type(value) is ndarray and value.dtype is DOUBLE:
            arrays.append(value)
        elif type(value) is float:
            arrays.append(np.array(((value,),)))
        else:
            break
    else:
        return norm(_stack(arrays, axis))
    for value in values:
        if hasattr(value, "concatenate"):
            return value.concatenate(values, axis)
    if any(type(value) is Categorical for value in values):  # text in cells counts as text: all become categories
        return join_categories(list(values), axis)
    if any(is_cell(value) for value in values):
        return _join_cells(values, axis)
    if any(type(value) is String for value in values):
        if any(map(_is_float, values)) and all(_is_missing(value) or _is_float(value) for value in values):
            return _join([_as_nan(value) if type(value) is String else value for value in values], axis)
        untyped = all(type(value) is String and value.untyped for value in values)
        return String(_join_strings(values, axis).data, untyped)
    if any(type(value) is Struct or type(value) is StructArray for value in values):
        return _join_structs(values, axis)
    if any(type(value) is Function for value in values):
        return _join_functions(values)
    if any(type(value) is str or type(value) is CharArray for value in values):
        return _join_chars(values, axis)
    for value in values:
        if type(value) not in (float, bool, complex, ndarray) and not isinstance(value, np.generic):
            raise _no_conversion(class_of(values[0]), class_of(value))
    return _join_numbers([as_array(value) for value in values], axis)


def _is_missing(value) -> bool:
    return type(value) is String and value.untyped


def _is_float(value) -> bool:
    return type(value) is not bool and class_of(value) in ("double", "single")


def _as_nan(value: String):
    return norm(np.full(value.data.shape, np.nan, order="F"))


def inconsistent(notes: tuple[str, ...] = ()) -> ScriptError:
    return ScriptError(
        "MATLAB:catenate:dimensionMismatch",
        "Dimensions of arrays being concatenated are not consistent.",
        notes=notes,
    )


def _no_conversion(target: str, source: str) -> ScriptError:
    return ScriptError(
        "MATLAB:invalidConversion",
        f"The following error occurred converting from {source} to {target}:\n"
        f"Conversion to {target} from {source} is not possible.",
        hint="a cell holds values of several classes: {a, b}",
    )


def _stack(arrays: list, axis: int) -> ndarray:
    """Arrays of one dtype joined along `axis`: empties beside others are left out, sizes must agree elsewhere."""
    filled = [array for array in arrays if array.size]
    if len(filled) < 2:
        return filled[0] if filled else _stack_empties(arrays, axis)
    ndim = max(axis + 1, *[array.ndim for array in filled])
    if ndim > 2:
        filled = [array.reshape(array.shape + (1,) * (ndim - array.ndim), order="F") for array in filled]
    try:
        joined = _column_major(filled, axis)
    except ValueError:
        raise inconsistent(_disagreeing(filled, axis)) from None
    return joined


def _column_major(arrays: list, axis: int) -> ndarray:
    """np.concatenate into a column-major array (NumPy makes a row-major one unless all parts are column-major)."""
    joined = np.concatenate(arrays, axis)
    if joined.flags.f_contiguous:
        return joined
    first = arrays[0].shape
    length = sum(array.shape[axis] for array in arrays)
    out = np.empty((*first[:axis], length, *first[axis + 1 :]), arrays[0].dtype, order="F")
    return np.concatenate(arrays, axis, out=out)


def _disagreeing(arrays: list, axis: int) -> tuple[str, ...]:
    first = arrays[0].shape
    for place, array in enumerate(arrays[1:], 2):
        shape = array.shape
        if shape[:axis] != first[:axis] or shape[axis + 1 :] != first[axis + 1 :]:
            return (f"part 1 is {size_text(first)}", f"part {place} is {size_text(shape)}")
    return ()


def _stack_empties(arrays: list, axis: int) -> ndarray:
    """All parts empty: 0×0 ones are left out, lengths along `axis` add up; 0×0 when the others disagree."""
    dtype = arrays[0].dtype
    kept = [array.shape for array in arrays if array.shape != (0, 0)]
    if not kept:
        return np.zeros((0, 0), dtype, order="F")
    ndim = max(axis + 1, *(len(shape) for shape in kept))
    shapes = [list(shape) + [1] * (ndim - len(shape)) for shape in kept]
    total = sum(shape[axis] for shape in shapes)
    for shape in shapes:
        shape[axis] = total
    if any(shape != shapes[0] for shape in shapes):
        return np.zeros((0, 0), dtype, order="F")
    return np.zeros(shapes[0], dtype, order="F")


def _join_numbers(arrays: list, axis: int):
    dtype = _common_dtype(arrays)
    if dtype.kind in "iu":
        if any(array.dtype.kind == "c" for array in arrays):
            raise ScriptError("MATLAB:cnnscript:complexInteger", "Complex integers are not in cnnscript yet.")
        arrays = [saturated(array, dtype) for array in arrays]
    else:
        arrays = [array if array.dtype == dtype else array.astype(dtype) for array in arrays]
    return norm(_stack(arrays, axis))


def _common_dtype(arrays: list) -> np.dtype:
    dtype = arrays[0].dtype
    for array in arrays:
        if array.dtype != dtype:
            break
    else:
        return dtype
    kinds = [array.dtype for array in arrays]
    for dtype in kinds:
        if dtype.kind in "iu":
            return dtype
    has_complex = COMPLEX in kinds or COMPLEX_SINGLE in kinds
    if SINGLE in kinds or COMPLEX_SINGLE in kinds:
        return COMPLEX_SINGLE if has_complex else SINGLE
    if has_complex:
        return COMPLEX
    return DOUBLE


def _join_chars(values: tuple, axis: int):
    parts = []
    for value in values:
        kind = type(value)
        if kind is str or kind is CharArray:
            parts.append(codes_of(value))
            continue
        if kind is bool or kind is ndarray and value.dtype == LOGICAL and value.size:
            raise _no_conversion("char", "logical")
        if kind not in (float, complex, ndarray) and not isinstance(value, np.generic):
            raise _no_conversion("char", class_of(value))
        parts.append(codes_of_numbers(as_array(value)))
    return chars(_flat(_stack(parts, axis)))


def _flat(array: ndarray) -> ndarray:
    """Without trailing singleton dimensions."""
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array.reshape(array.shape[:-1], order="F")
    return array


def _join_strings(values: tuple, axis: int) -> String:
    parts = []
    for value in values:
        if type(value) is ndarray and not value.size and type(value) is not str:
            continue
        data = strings_of(value)
        if data is None:
            raise _no_conversion("string", class_of(value))
        parts.append(data)
    return String(_flat(_stack(parts, axis)))


def _join_cells(values: tuple, axis: int) -> ndarray:
    parts = []
    for value in values:
        if is_cell(value):
            parts.append(value)
        elif type(value) is ndarray and value.shape == (0, 0):
            continue
        else:
            parts.append(cell_row(value))
    return _flat(_stack(parts, axis))


def _join_structs(values: tuple, axis: int):
    parts: list[ndarray] = []
    names: list[str] = []
    for value in values:
        if type(value) is ndarray and not value.size:
            continue
        if type(value) is not Struct and type(value) is not StructArray:
            raise _no_conversion("struct", class_of(value))
        own = value.names()
        if not parts:
            names = own
        elif set(own) != set(names):
            raise ScriptError(
                "MATLAB:catenate:structFieldBad",
                "Names of fields in structure arrays being concatenated do not match. Concatenation of structure "
                "arrays requires that these arrays have the same set of field names.",
                notes=_different_fields(names, own),
            )
        data = elements(value)
        if own != names:
            ordered = np.empty(data.shape, OBJECT, order="F")
            for place, item in np.ndenumerate(data):
                ordered[place] = {name: item[name] for name in names}
            data = ordered
        parts.append(data)
    return struct_array(names, _fresh(_flat(_stack(parts, axis))))


def _fresh(data: ndarray) -> ndarray:
    """Each element its own dictionary: the parts keep theirs."""
    fresh = np.empty(data.shape, OBJECT, order="F")
    for place, item in np.ndenumerate(data):
        fresh[place] = dict(item)
    return fresh


def _different_fields(first: list[str], second: list[str]) -> tuple[str, ...]:
    notes = []
    only_first = [name for name in first if name not in second]
    only_second = [name for name in second if name not in first]
    if only_first:
        notes.append("only the first has: " + ", ".join(only_first))
    if only_second:
        notes.append("only a later one has: " + ", ".join(only_second))
    return tuple(notes)


def _join_functions(values: tuple):
    filled = [value for value in values if not (type(value) is ndarray and not value.size)]
    if len(filled) == 1:
        return filled[0]
    raise ScriptError(
        "MATLAB:err_non_scalar_function_handles",
        "Nonscalar arrays of function handles are not allowed; use cell arrays instead.",
        hint="{@sin, @cos}",
    )

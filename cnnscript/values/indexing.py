"""Reading parts of values: `x(...)`, `c{...}`, `s.name` and what `end` means in them.

`index` takes values of every kind; `index1`, `index2` and `index3` are its fast forms for double scalars as
indices.  An index is any value, `COLON`, or a Python `slice` of 0-based places (the generator's form of `a:b` written
as an index).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import COLON, COMPLEX, DOUBLE, LOGICAL, OBJECT, as_array, class_of, ndarray, norm, size_of
from cnnscript.values.objects import Object
from cnnscript.values.selecting import select
from cnnscript.values.structs import Struct, StructArray, struct_array
from cnnscript.values.text import CharArray, String, chars, codes_of

_PLAIN = (DOUBLE, LOGICAL, COMPLEX)  # a scalar of these is a Python one


# ------------------------------------------------------------------------------------------------------- fast forms
def index1(value: Any, i: Any) -> Any:
    """value(i)"""
    kind = type(value)
    if type(i) is float:
        if kind is ndarray:
            try:
                k = int(i)
                if k == i and k > 0:
                    if value.ndim == 2 and (value.shape[0] == 1 or value.shape[1] == 1):
                        if value.dtype is DOUBLE:
                            return value.item(k - 1)
                        if k <= value.size:
                            return _scalar(value.flat[k - 1], value.dtype)
                    elif k <= value.size:
                        return _scalar(value.T.flat[k - 1], value.dtype)
            except (IndexError, ValueError, OverflowError):
                return index(value, (i,))  # which says what is wrong
        elif kind is str and 1 <= i <= len(value) and i == int(i):
            return value[int(i) - 1]
        elif kind is StructArray and is_vector(value.data) and 1.0 <= i <= value.data.size and i == int(i):
            return Struct(dict(value.data.item(int(i) - 1)))
    if kind is Function:
        return called(value, (i,))
    if kind is ndarray and type(i) is slice and value.ndim == 2 and i.start >= 0 and i.stop <= value.size:
        if value.shape[0] == 1:
            return norm(value[:, i].copy("F"))
        if value.shape[1] == 1:
            return norm(value[i].copy("F"))
    return index(value, (i,))


def _scalar(item: Any, dtype: np.dtype) -> Any:
    if dtype == OBJECT:
        cell = np.empty((1, 1), OBJECT)
        cell[0, 0] = item
        return cell
    return item.item() if dtype in _PLAIN else item


def is_vector(array: ndarray) -> bool:
    return array.ndim == 2 and (array.shape[0] == 1 or array.shape[1] == 1)


def index2(value: Any, i: Any, j: Any) -> Any:
    """value(i, j)"""
    kind = type(value)
    if type(i) is float is type(j) and kind is ndarray and value.ndim == 2:
        try:
            row, column = int(i), int(j)
            if row == i and column == j and row > 0 and column > 0:
                if value.dtype is DOUBLE:
                    return value.item(row - 1, column - 1)
                return _scalar(value[row - 1, column - 1], value.dtype)
        except (IndexError, ValueError, OverflowError):
            return index(value, (i, j))
    if kind is Function:
        return called(value, (i, j))
    if kind is ndarray and (part := _block(value, (i, j))) is not None:
        return part
    return index(value, (i, j))


def index3(value: Any, i: Any, j: Any, k: Any) -> Any:
    """value(i, j, k)"""
    kind = type(value)
    if type(i) is float is type(j) and type(k) is float and kind is ndarray and value.ndim == 3:
        try:
            row, column, page = int(i), int(j), int(k)
            if row == i and column == j and page == k and row > 0 and column > 0 and page > 0:
                if value.dtype is DOUBLE:
                    return value.item(row - 1, column - 1, page - 1)
                return _scalar(value[row - 1, column - 1, page - 1], value.dtype)
        except (IndexError, ValueError, OverflowError):
            return index(value, (i, j, k))
    if kind is Function:
        return called(value, (i, j, k))
    if kind is ndarray and (part := _block(value, (i, j, k))) is not None:
        return part
    return index(value, (i, j, k))


_ALL = slice(None)


def _block(array: ndarray, args: tuple) -> Any:
    """The part of an array that scalars, `:` and ranges inside its bounds cut out; None for any other indices."""
    shape = array.shape
    last = len(shape) - 1
    if len(args) != last + 1:
        return None
    where: list = []
    add = where.append
    for at, arg in enumerate(args):
        kind = type(arg)
        if kind is slice:
            if arg.start < 0 or arg.stop > shape[at]:
                return None
            add(arg)
        elif kind is float:
            if not 1.0 <= arg <= shape[at] or (k := int(arg)) != arg:
                return None
            add(k - 1 if at == last > 1 else slice(k - 1, k))  # a page: the dimension goes
        elif arg is COLON:
            add(_ALL)
        else:
            return None
    part = array[tuple(where)].copy("F")
    return norm(part) if part.size == 1 or part.ndim > 2 else part


def called(function: Function, args: tuple) -> Any:
    """The one value of a function handle called with indices as arguments."""
    for arg in args:
        if arg is COLON or type(arg) is slice:
            args = as_arguments(args)
            break
    result = function.call(1, *args)
    if result is None:
        raise no_value(function.text)
    return result


def no_value(name: str) -> ScriptError:
    return ScriptError("MATLAB:TooManyOutputs", "Too many output arguments.", notes=(f"{name} gives no value",))


def as_arguments(args: tuple) -> tuple:
    """Indices as a function takes them: `:` as text, ranges as arrays."""
    for arg in args:
        if arg is COLON or type(arg) is slice:
            return tuple(":" if arg is COLON else range_of(arg) if type(arg) is slice else arg for arg in args)
    return args


def range_of(places: slice) -> Any:
    """A slice of places as the array of its 1-based indices."""
    return norm(np.arange(places.start + 1, places.stop + 1, places.step or 1, dtype=DOUBLE).reshape(1, -1))


# ----------------------------------------------------------------------------------------------------- parentheses
def index(value: Any, args: tuple) -> Any:
    """value(args) for a value of any kind; no arguments give the value itself (a function is called)."""
    kind = type(value)
    if kind is ndarray:
        return norm(select(value, args)) if args else value
    if kind is Function:
        return called(value, args)
    if isinstance(value, Object):
        return value.index(as_arguments(args))
    if not args:
        return value
    if kind is str:
        return _index_row(value, args)
    if kind is CharArray:
        return chars(_trimmed(select(value.codes, args)))
    if kind is String:
        return String(_trimmed(select(value.data, args)), value.untyped)
    if kind is Struct:
        if all(type(arg) is float and arg == 1.0 for arg in args):
            return value
        return _copied(value.names(), select(struct_data(value), args))
    if kind is StructArray:
        return _copied(value.field_names, select(value.data, args))
    if kind is Categorical:
        codes = _trimmed(select(value.codes, args))
        return Categorical(codes, value.names, value.ordinal, value.protected)
    return norm(select(as_array(value), args))


def _index_row(text: str, args: tuple) -> Any:
    if len(args) == 1:
        (arg,) = args
        if type(arg) is slice and arg.start >= 0 and arg.stop <= len(text) and arg.start < arg.stop:
            return text[arg]
    elif len(args) == 2 and type(args[0]) is float and args[0] == 1.0 and type(args[1]) is slice:
        return _index_row(text, args[1:])
    return chars(_trimmed(select(codes_of(text), args)))


def struct_data(value: Any) -> ndarray:
    """The dictionaries of a struct of any size, as an object array."""
    if type(value) is StructArray:
        return value.data
    data = np.empty((1, 1), OBJECT)
    data[0, 0] = value.fields
    return data


def _copied(names: list[str], data: ndarray) -> Any:
    """A struct of its own from chosen dictionaries."""
    return struct_array(names, _trimmed(data))


def _trimmed(array: ndarray) -> ndarray:
    """The array without trailing singleton dimensions beyond the second."""
    ndim = array.ndim
    while ndim > 2 and array.shape[ndim - 1] == 1:
        ndim -= 1
    return array if ndim == array.ndim else array.reshape(array.shape[:ndim], order="F")


# ---------------------------------------------------------------------------------------------------------- braces
def brace1(value: Any, i: Any) -> Any:
    """The one value value{i}."""
    if type(value) is ndarray and type(i) is float and value.dtype is OBJECT and i >= 1.0:
        shape = value.shape
        try:
            k = int(i)
            if k == i:
                if len(shape) == 2 and (shape[0] == 1 or shape[1] == 1):
                    return value.item(k - 1)
                return value.T.item(k - 1)
        except (IndexError, OverflowError):
            return one(brace(value, (i,)))
    return one(brace(value, (i,)))


def brace(value: Any, args: tuple) -> tuple:
    """value{args}: the contents in column-major order."""
    if type(value) is ndarray and value.dtype == OBJECT:
        return tuple(select(value, args).ravel("F").tolist()) if args else tuple(value.ravel("F").tolist())
    if isinstance(value, Object):
        return value.brace(as_arguments(args))
    if type(value) is String:
        return tuple(select(value.data, args).ravel("F").tolist())
    if type(value) is Function:
        raise ScriptError(
            "MATLAB:cellRefFromNonCell",
            "Brace indexing is not supported for variables of this type.",
            notes=("this is a function",),
            hint="to read part of what it gives, assign that to a variable first",
        )
    raise ScriptError(
        "MATLAB:cellRefFromNonCell",
        "Brace indexing is not supported for variables of this type.",
        notes=(f"this is a {class_of(value)}",),
        hint="x(k) reads an element of an array" if type(value) is not Struct else None,
    )


def one(values: tuple) -> Any:
    """The value of a comma-separated list where a single one is needed: its first."""
    if not values:
        raise ScriptError(
            "MATLAB:needMoreRhsOutputs",
            "Insufficient number of outputs from right hand side of equal sign to satisfy assignment.",
        )
    return values[0]


def operand(values: tuple) -> Any:
    """The value of a list as an operand: each value counts as an input of the operator's function."""
    if len(values) == 1:
        return values[0]
    notes = (f"this is a list of {len(values)} values",)
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=notes)
    raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=notes, hint="[...] puts a list together")


def brace_operand(value: Any, i: Any) -> Any:
    """value{i} as an operand."""
    return brace1(value, i) if type(i) is float else operand(brace(value, (i,)))


def brace_single(value: Any, i: Any) -> Any:
    """value{i} where something follows: the only one of a list."""
    return brace1(value, i) if type(i) is float else brace_list_single(brace(value, (i,)))


def brace_list_single(values: tuple) -> Any:
    """The only one of the values that braces gave."""
    return single(values, "brace '{}'")


def single(values: Any, kind: str = "dot '.'") -> Any:
    """The one value of a list inside a longer expression, where MATLAB takes no other number."""
    if type(values) is not tuple:
        return values
    if len(values) != 1:
        raise ScriptError(
            "MATLAB:index:expected_one_output_from_intermediate_indexing",
            f"Intermediate {kind} indexing produced a comma-separated list with {len(values)} values, "
            "but it must produce a single value when followed by subsequent indexing operations.",
            hint="name one element: x(k) or c{k}",
        )
    return values[0]


# ------------------------------------------------------------------------------------------------------------ fields
def get_field(value: Any, name: str) -> Any:
    """value.name: one value; of a struct array a tuple, an element each."""
    kind = type(value)
    if type(name) is not str and (steps := getattr(name, "steps", None)) is not None:
        return _followed(value, steps)
    if kind is Struct:
        try:
            return value.fields[name]
        except KeyError:
            raise no_field(name, value.names()) from None
    if kind is StructArray:
        if name not in value.field_names:
            raise no_field(name, value.field_names)
        return tuple(fields[name] for fields in value.data.ravel("F").tolist())
    if isinstance(value, Object):
        return value.get(name)
    if isinstance(value, Categorical | String) or kind is Function:
        raise ScriptError(
            "MATLAB:structRefFromNonStruct",
            "Dot indexing is not supported for variables of this type.",
            notes=(f"this is a {class_of(value)}",),
        )
    hint = "x{k}.name reads the struct in a cell" if class_of(value) == "cell" else None
    raise ScriptError(
        "MATLAB:structRefFromNonStruct",
        "Dot indexing is not supported for variables of this type.",
        notes=(f"this is a {class_of(value)}",),
        hint=hint,
    )


def _followed(value: Any, steps: tuple) -> tuple:
    """value.(operations): the steps in turn, as a list of values."""
    values: tuple = (value,)
    for kind, key in steps:
        part = single(values)
        found = get_field(part, key) if kind == "." else index(part, key) if kind == "(" else brace(part, key)
        values = found if type(found) is tuple else (found,)
    return values


def no_field(name: str, known: list[str]) -> ScriptError:
    import difflib

    near = difflib.get_close_matches(name, known, 1, 0.6)
    return ScriptError(
        "MATLAB:nonExistentField",
        f'Unrecognized field name "{name}".',
        notes=("fields: " + ", ".join(known[:12]) + (" ..." if len(known) > 12 else ""),) if known else (),
        hint=f"did you mean '{near[0]}'?" if near else None,
    )


def field_name(value: Any) -> Any:
    """The name in `s.(value)`; for a number the `VariableNumber` that tables take."""
    if type(value) is str and value:
        return value
    if type(value) is String and value.data.size == 1 and type(value.data.item()) is str:
        return value.data.item()
    if type(value) is float:
        return VariableNumber(value)
    if hasattr(value, "steps"):  # indexing operations
        return value
    raise no_field_name(value)


class VariableNumber:
    """The number in `T.(2)`, which means a variable of a table.  Whatever looks it up as a name gets the error that it
    is none."""

    __slots__ = ("number",)

    def __init__(self, number: float):
        self.number = number

    def __eq__(self, other: object) -> bool:
        raise no_field_name(self.number)

    def __hash__(self) -> int:
        raise no_field_name(self.number)


def no_field_name(value: Any) -> ScriptError:
    return ScriptError(
        "MATLAB:mustBeFieldName",
        "Argument to dynamic structure reference must evaluate to a valid field name.",
        notes=(f"got a {class_of(value)}",),
    )


# --------------------------------------------------------------------------------------------------------------- end
def end_of(value: Any, position: int, count: int) -> float:
    """What `end` means as index `position` (from 0) of `count` into a value."""
    kind = type(value)
    if kind is ndarray:
        if count == 1:
            return float(value.size)
        if position < count - 1 or value.ndim == count:
            return float(value.shape[position]) if position < value.ndim else 1.0
    elif kind is str:
        if count == 1 or position == 1:
            return float(len(value))
        return 1.0 if value or position > 1 else 0.0
    elif isinstance(value, Object):
        return float(value.end(position, count))
    shape = size_of(value)
    if position < count - 1:
        return float(shape[position]) if position < len(shape) else 1.0
    total = 1.0
    for length in shape[position:]:
        total *= length
    return total

"""Values as JSON text and back: jsonencode, jsondecode."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.maps import Map
from cnnscript.builtins.language.names import valid
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, flag_of, one_text, shaped
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, class_of, is_cell, ndarray, norm, size_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray, struct_array
from cnnscript.values.text import MISSING, CharArray, String


@builtin
def jsonencode(value, /, *, PrettyPrint=False, ConvertInfAndNaN=True):
    """
    txt = jsonencode(data)
    txt = jsonencode(data, Name=Value)

    A value as JSON text.

    Options
      PrettyPrint       true writes it over several lines (false)
      ConvertInfAndNaN  true writes Inf and NaN as null (true)

    Examples
      >> txt = jsonencode(struct('name', 'conv1', 'size', [3 3]))
      txt =
          '{"name":"conv1","size":[3,3]}'
      >> txt = jsonencode({1, 'a', true}, PrettyPrint=false)
      txt =
          '[1,"a",true]'

    See also jsondecode, fileread.
    """
    nulls = flag_of(ConvertInfAndNaN, "jsonencode", "ConvertInfAndNaN")
    plain = to_plain(value, nulls)
    if flag_of(PrettyPrint, "jsonencode", "PrettyPrint"):
        return json.dumps(plain, ensure_ascii=False, indent=2)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def plain_number(number: Any, nulls: bool) -> Any:
    if isinstance(number, (bool, np.bool_)):
        return bool(number)
    if isinstance(number, (complex, np.complexfloating)):
        raise ScriptError("MATLAB:json:UnsupportedType", "Unable to encode complex numbers as JSON-formatted text.")
    if isinstance(number, (int, np.integer)):  # exact to 64 bits
        return int(number)
    number = float(number)
    if not math.isfinite(number):
        return None if nulls else number
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def nested(items: list, shape: tuple[int, ...]) -> Any:
    """Items (column-major) as lists in lists, rows first; one list for a vector."""
    if len(shape) == 2 and 1 in shape:
        return items
    return shaped(items, shape).tolist()


def to_plain(value: Any, nulls: bool) -> Any:
    """A value as Python's lists, dictionaries, numbers and texts."""
    kind = type(value)
    if kind is str:
        return value
    if kind is CharArray:
        return value.rows() if value.codes.size else ""
    if kind is String or kind is Categorical:
        texts = value.texts() if kind is Categorical else value.data.ravel("F").tolist()
        texts = [None if text is MISSING or text == "<undefined>" else text for text in texts]
        return texts[0] if len(texts) == 1 else nested(texts, size_of(value))
    if kind is Struct:
        return {name: to_plain(item, nulls) for name, item in value.fields.items()}
    if kind is StructArray:
        return nested([to_plain(Struct(f), nulls) for f in value.data.ravel("F").tolist()], value.data.shape)
    if is_cell(value):
        return [to_plain(item, nulls) for item in value.ravel("F").tolist()]
    if kind is Map:
        return {str(key): to_plain(value.items[key], nulls) for key in value.sorted_keys()}
    if kind in (float, bool, complex) or isinstance(value, np.generic):
        return plain_number(value, nulls)
    if kind is ndarray:
        items = [plain_number(item, nulls) for item in value.ravel("F").tolist()]
        return nested(items, value.shape) if items else []
    if class_of(value) in ("datetime", "duration", "calendarDuration"):
        texts = value.texts()
        return texts[0] if len(texts) == 1 else nested(texts, size_of(value))
    if class_of(value) == "table":
        return [row_of(value, at, nulls) for at in range(value.rows)]
    if class_of(value) == "dictionary":
        pairs = [(to_plain(key, nulls), to_plain(item, nulls)) for key, item in value.store.values()]
        return {key if type(key) is str else json.dumps(key): item for key, item in pairs}
    if isinstance(value, Object) and value.property_names():
        return {name: to_plain(value.get(name), nulls) for name in value.property_names()}
    raise ScriptError(
        "MATLAB:json:UnsupportedType",
        f"Unable to encode objects of class {class_of(value)} as JSON-formatted text.",
        notes=(f"jsonencode got {described(value)}",),
    )


def row_of(table: Any, at: int, nulls: bool) -> dict[str, Any]:
    """A row of a table: its elements by the names of the variables."""
    from cnnscript.values.indexing import index

    row = {}
    for variable in table.variables:
        columns = size_of(variable.data)[1]
        part = index(variable.data, (float(at + 1), np.arange(1.0, columns + 1).reshape(1, -1)))
        if is_cell(part) and part.size == 1:
            part = part.flat[0]
        row[variable.name] = to_plain(part, nulls)
    return row


@builtin
def jsondecode(text, /):
    """
    data = jsondecode(txt)

    The value that JSON text stands for: objects are structs, lists of numbers columns, other lists cells.

    Examples
      >> data = jsondecode('{"name": "conv1", "size": [3, 3]}')
      data =
        struct with fields:
          name: 'conv1'
          size: [2×1 double]
      >> jsondecode('[[1, 2], [3, 4]]')
      ans =
           1     2
           3     4

    See also jsonencode, fileread.
    """
    word = one_text(text, "jsondecode", "Text")
    try:
        plain = json.loads(word)
    except (ValueError, RecursionError) as fault:
        where = ""
        if isinstance(fault, json.JSONDecodeError):
            where = f" at line {fault.lineno}, column {fault.colno} (character {fault.pos + 1})"
        reason = fault.msg if isinstance(fault, json.JSONDecodeError) else "it is nested too deeply"
        raise ScriptError(
            "MATLAB:json:ExpectedValue",
            f"JSON syntax error{where}: {reason}.",
            notes=(f"the text is {len(word)} characters",),
        ) from None
    return from_plain(plain)


def from_plain(item: Any) -> Any:
    if item is None:
        return np.zeros((0, 0))
    if isinstance(item, bool):
        return item
    if isinstance(item, (int, float)):
        return float(item)
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        fields: dict[str, Any] = {}
        for name, inner in item.items():
            word = valid(name, "underscore", "x")
            number = 0
            while word in fields:
                number += 1
                word = f"{valid(name, 'underscore', 'x')}_{number}"
            fields[word] = from_plain(inner)
        return Struct(fields)
    return from_list(item)


def from_list(items: list) -> Any:
    if not items:
        return np.zeros((0, 0))
    if all(isinstance(item, bool) for item in items):
        return norm(np.array(items).reshape(-1, 1))
    if all(item is None or isinstance(item, (int, float)) and not isinstance(item, bool) for item in items) and any(
        item is not None for item in items
    ):
        return norm(np.array([np.nan if item is None else float(item) for item in items]).reshape(-1, 1))
    values = [from_plain(item) for item in items]
    if all(type(value) is Struct for value in values):
        names = values[0].names()
        if all(value.names() == names for value in values):
            return struct_array(names, shaped([value.fields for value in values], (len(values), 1)))
    numeric = all(type(value) is ndarray and value.dtype.kind in "fb" and value.size for value in values)
    if (
        numeric
        and len({(value.shape, value.dtype) for value in values}) == 1
        and all(isinstance(i, list) for i in items)
    ):
        # lists of equal lists: each is a row (or page) of one array
        parts = [value.reshape(value.shape[:1]) if value.shape[1:] == (1,) else value for value in values]
        return norm(np.asfortranarray(np.stack(parts)))
    if all(isinstance(item, list) and len(item) == 1 for item in items) and len({type(value) for value in values}) == 1:
        arrays = [as_array(value) for value in values if isinstance(value, (float, bool))]
        if len(arrays) == len(values):
            return norm(np.vstack(arrays))
    return shaped(values, (len(values), 1))

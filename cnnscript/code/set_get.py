"""matlab.mixin.SetGet: set and get, which take properties by the beginnings of their names."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.code.members import PUBLIC
from cnnscript.display.objects import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values.instances import Instance, InstanceArray
from cnnscript.values.numeric import EMPTY, OBJECT, is_cell, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none

EXACT = "matlab.mixin.SetGetExactNames"


def objects(value: Any) -> list[Instance]:
    return value.objects() if type(value) is InstanceArray else [value]


def set_(nargout: int, value: Any, *args: Any) -> Any:
    """set(obj, 'Name', value, ...), set(obj, struct), set(obj, names, values), set(obj)"""
    if not args:
        return _settable(nargout, value)
    if len(args) == 1 and type(args[0]) is not Struct:
        name = property_named(objects(value)[0], args[0])
        require_settable(objects(value)[0], name)
        return np.empty((0, 0), OBJECT)
    pairs = list(args)
    at = 0
    while at < len(pairs):
        given = pairs[at]
        if type(given) is Struct:
            for name, part in given.fields.items():
                _set_all(value, name, part)
            at += 1
            continue
        if at + 1 >= len(pairs):
            raise ScriptError(
                "MATLAB:class:setPairs", "Names and values must come in pairs.", notes=(f"got {len(args)} arguments",)
            )
        if is_cell(given):
            _set_cells(value, given, pairs[at + 1])
        else:
            _set_all(value, given, pairs[at + 1])
        at += 2
    return None


def _set_all(value: Any, name: Any, part: Any) -> None:
    for item in objects(value):
        word = property_named(item, name)
        require_settable(item, word)
        item.set(word, part)


def _set_cells(value: Any, names: np.ndarray, parts: Any) -> None:
    """set(objs, {'A', 'B'}, {a, b}): a row of values for each object, or one for all."""
    items = objects(value)
    words = names.ravel("F").tolist()
    if not is_cell(parts) or parts.shape not in ((len(items), len(words)), (1, len(words))):
        raise ScriptError(
            "MATLAB:class:setCells",
            "Names in a cell array take a cell array with a row of values for each object, or one row.",
            notes=(f"{len(items)} objects, {len(words)} names",),
        )
    for row, item in enumerate(items):
        for column, word in enumerate(words):
            _set_all(item, word, parts[row if parts.shape[0] > 1 else 0, column])


def require_settable(item: Instance, name: str) -> None:
    found = item.definition.properties[name]
    if found.set_access != PUBLIC or found.is_constant:
        found.require_writable(item)


def _settable(nargout: int, value: Any) -> Any:
    definition = value.definition
    names = [
        name
        for name, item in definition.properties.items()
        if item.set_access == PUBLIC and not item.is_hidden and not item.is_constant
    ]
    if nargout:
        return Struct({name: np.empty((0, 1), OBJECT) for name in names})
    lines = "".join(f"    {name}: {{}}\n" for name in names)
    host = definition.unit.host
    host.out.write(f"{lines}{host.format.blank}")
    return None


def get_(nargout: int, value: Any, *args: Any) -> Any:
    """get(obj, 'Name'), get(obj, names), get(obj)"""
    if len(args) > 1:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.")
    items = objects(value)
    if not args:
        if type(value) is not Instance:
            raise ScriptError(
                "MATLAB:class:getForms",
                "get without a name takes one object.",
                notes=(f"got a {size_text(value.size())} array",),
            )
        pairs = [(name, value.get(name)) for name in value.property_names()]
        if nargout:
            return Struct(dict(pairs))
        host = value.definition.unit.host
        host.out.write(fields_body(pairs, host.format) + host.format.blank)
        return None
    if is_cell(args[0]):
        words = args[0].ravel("F").tolist()
        result = np.empty((len(items), len(words)), OBJECT, order="F")
        for row, item in enumerate(items):
            for column, word in enumerate(words):
                result[row, column] = item.get(property_named(item, word))
        return result
    if type(value) is Instance:
        return value.get(property_named(value, args[0]))
    column = np.empty((len(items), 1), OBJECT)
    for row, item in enumerate(items):
        column[row, 0] = item.get(property_named(item, args[0]))
    return column if items else EMPTY


def property_named(value: Instance, word: Any) -> str:
    """The property that a text names: in any letter case, by its beginning where that is only one's."""
    name = text_or_none(word)
    known = value.definition.properties
    if name in known:
        return name
    if name and EXACT not in value.ancestors:
        public = [one for one, item in known.items() if item.get_access == PUBLIC or item.set_access == PUBLIC]
        near = [one for one in public if one.lower().startswith(name.lower())]
        whole = [one for one in near if len(one) == len(name)]
        near = whole or near
        if len(near) == 1:
            return near[0]
        if near:
            raise ScriptError(
                "MATLAB:class:AmbiguousProperty",
                f"Property name '{name}' is ambiguous for class '{value.class_name}'.",
                notes=("it could be " + ", ".join(near),),
            )
    raise value.no_property(str(name), setting=True)

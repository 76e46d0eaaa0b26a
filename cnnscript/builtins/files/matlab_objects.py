"""Objects of MATLAB's classes in MAT-files: what the file says of them, and the values of the classes we have, too.

A variable that is an object is only a reference (numbers of objects and of their class).  What the objects hold is in
the subsystem's data: a cell array whose first cell is a table of names, classes, objects and properties, whose further
cells are the properties' values, and whose last cell has the values that objects of a class share.  MATLAB does not
document this; open projects that read such files (mat-io, MatFileHandler and others) describe it alike.

    first cell, 32-bit whole numbers: version, how many names, up to eight offsets; names, each ended by a zero; then
    at offset 1  classes: (namespace, name, 0, 0)           numbers of names count from 1, 0 is none
    at offset 2  properties of objects that saveobj turned into something else (in one property named any)
    at offset 3  objects: (class, 0, 0, number in region 2, number in region 4, dependencies)
    at offset 4  properties of the other objects
    properties: how many, then for each (name, kind, value), rounded up to 8 bytes; kind 0: value is a name, 1: value is
    a cell's number, 2: value itself.  The first entry of each region stands for no object.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, as_array, is_cell, ndarray
from cnnscript.values.structs import Struct, elements, is_struct

REFERENCE = 0xDD000000  # begins a reference to objects
FUNCTION = "function_handle"
FIRST_VALUE = 2  # the number of the cell with the first property


class Unknown(TypeError):
    """An object that cannot be made: what it is, in words; and what may be done, '' for nothing."""

    def __init__(self, what: str, way_out: str = ""):
        super().__init__(what)
        self.way_out = way_out


class Unreadable(NamedTuple):
    """Stands for a variable that cannot be read: what it is, in words; and what may be done, '' for nothing."""

    what: str
    way_out: str = ""


class Opaque(NamedTuple):
    """Stands for an object until the subsystem's data are at hand.  content: the reference."""

    class_name: str
    content: Any


@dataclass(eq=False)
class MatlabObject:
    """One object: its class and the values of its properties; what saveobj made of it are its properties then."""

    class_name: str
    properties: dict[str, Any]


@dataclass(eq=False)
class MatlabArray:
    """Several objects, or none, in an array."""

    class_name: str
    shape: tuple[int, ...]
    items: list[Any]


class Subsystem:
    """The objects of one file."""

    def __init__(self, cells: list[Any], order: str = "<"):
        """cells: the values of the subsystem's cell array, objects in them as Opaque or references.  ValueError where
        they are no such thing."""
        self.cells = cells
        self.made: dict[int, Any] = {}
        self.begun: set[int] = set()
        try:
            data = as_array(cells[0]).astype(np.uint8).tobytes()
            self._read(data, order)
        except (IndexError, struct.error, AttributeError, TypeError, UnicodeDecodeError) as fault:
            raise ValueError(f"the table of objects is damaged: {fault}") from fault

    def _read(self, data: bytes, order: str) -> None:
        (count,) = struct.unpack_from(order + "I", data, 4)  # after the version
        offsets = struct.unpack_from(order + "8I", data, 8)  # older versions leave the last two 0
        self.names = _names(data[40 : offsets[0]], count)

        def table(which: int, width: int) -> list[tuple[int, ...]]:
            part = data[offsets[which] : offsets[which + 1]]
            return [struct.unpack_from(f"{order}{width}I", part, at) for at in range(0, len(part), 4 * width)]

        def properties(which: int) -> list[list[tuple[int, int, int]]]:
            at, end, found = offsets[which], offsets[which + 1], []
            while at + 4 <= end:
                (number,) = struct.unpack_from(order + "I", data, at)
                if at + 4 + 12 * number > end:
                    raise IndexError("properties reach beyond their region")
                found.append(
                    [struct.unpack_from(order + "3I", data, at + 4 + 12 * k) for k in range(number)]  # type: ignore[misc]
                )
                at += (4 + 12 * number + 7) // 8 * 8
            return found

        self.classes = [self._class_name(*row[:2]) for row in table(0, 4)]
        self.saved, self.objects, self.normal = properties(1), table(2, 6), properties(3)

    def _name(self, number: int) -> str:
        return self.names[number - 1] if number else ""

    def _class_name(self, namespace: int, name: int) -> str:
        return ".".join(part for part in (self._name(namespace), self._name(name)) if part)

    # ------------------------------------------------------------------------------------------------------- resolving
    def resolved(self, value: Any) -> Any:
        """A value with its references to objects replaced by the objects, however deep they lie."""
        if type(value) is Opaque:
            if value.class_name == FUNCTION:
                return Opaque(FUNCTION, self.resolved(value.content))
            if not is_reference(value.content):
                raise Unknown(f"an object of class {value.class_name}")
            return self.referred(value.content)
        if is_reference(value):
            return self.referred(value)
        return mapped(value, self.resolved)

    def referred(self, reference: ndarray) -> Any:
        """The object, or the array of them, that a reference means."""
        numbers = as_array(reference).ravel("F").astype(np.int64).tolist()
        rank = numbers[1]
        shape, ids, class_number = tuple(numbers[2 : 2 + rank]), numbers[2 + rank : -1], numbers[-1]
        if rank < 2 or len(ids) != int(np.prod(shape)) or not 0 < class_number < len(self.classes):
            raise Unknown("an object whose reference is damaged")
        empty = MatlabObject(self.classes[class_number], {})  # what the number 0 stands for
        items = [self.object(number) if number else empty for number in ids]
        return items[0] if shape == (1, 1) else MatlabArray(self.classes[class_number], shape, items)

    def object(self, number: int) -> Any:
        """An object by its number: a value of ours where we have its class."""
        if number not in self.made:
            if number in self.begun:
                raise Unknown("objects that hold one another")
            if not 0 < number < len(self.objects):
                raise Unknown("an object that is not in the file")
            self.begun.add(number)
            try:
                self.made[number] = self._object(number)
            finally:
                self.begun.discard(number)
        return self.made[number]

    def _object(self, number: int) -> Any:
        class_number, _, _, saved, normal, _ = self.objects[number]
        class_name = self.classes[class_number]
        try:
            entries = self.saved[saved] if saved else self.normal[normal]
            fields = self._shared(class_number)
            for name, kind, value in entries:
                fields[self._name(name)] = self._value(kind, value)
        except IndexError:
            raise Unknown(f"a damaged object of class {class_name}") from None
        if saved and set(fields) == {"any"}:
            kept = fields["any"]
            fields = dict(kept.fields) if type(kept) is Struct else fields
        maker = MAKERS.get(class_name)
        return maker(fields) if maker is not None else MatlabObject(class_name, fields)

    def _value(self, kind: int, value: int) -> Any:
        if kind == 1:
            return self.resolved(self.cells[FIRST_VALUE + value])
        return self._name(value) if kind == 0 else float(value)

    def _shared(self, class_number: int) -> dict[str, Any]:
        """The values of properties that objects of a class have where they say nothing of their own."""
        shared = self.cells[-1]
        if not is_cell(shared):
            return {}
        rows = shared.ravel("F").tolist()
        found = rows[class_number] if class_number < len(rows) else None
        if type(found) is not Struct:
            return {}
        return {name: self.resolved(part) for name, part in found.fields.items()}


def _names(data: bytes, count: int) -> list[str]:
    words = data.split(b"\0")[:count]
    if len(words) < count:
        raise IndexError("it has too few names")
    return [word.decode("ascii") for word in words]


def is_reference(value: Any) -> bool:
    return type(value) is ndarray and value.dtype == np.uint32 and value.size >= 5 and value.flat[0] == REFERENCE


def mapped(value: Any, function: Callable[[Any], Any]) -> Any:
    """A cell or struct with the function's values in the place of what it holds; any other value as it is."""
    if is_cell(value):
        made = np.empty(value.shape, OBJECT, order="F")
        for at, item in np.ndenumerate(value):
            made[at] = function(item)
        return made
    if type(value) is Struct:
        return Struct({name: function(part) for name, part in value.fields.items()})
    if is_struct(value):
        from cnnscript.values.structs import struct_array

        rows = np.empty(elements(value).shape, OBJECT, order="F")
        for at, fields in np.ndenumerate(elements(value)):
            rows[at] = {name: function(fields[name]) for name in value.names()}
        return struct_array(value.names(), rows) if rows.size else value
    return value


def finished(value: Any) -> Any:
    """A resolved value with only values of ours in it: networks are made, other objects raise Unknown."""
    if type(value) in (MatlabObject, MatlabArray):
        from cnnscript.builtins.networks.matlab_networks import made_network

        made = made_network(value)
        if made is None:
            raise Unknown(f"an object of class {value.class_name}")
        return made
    if type(value) is Unreadable:
        raise Unknown(*value)
    if type(value) is Opaque and value.class_name == FUNCTION:
        return _function(value.content)
    if type(value) is Opaque:
        raise Unknown(f"an object of class {value.class_name}")
    return mapped(value, finished)


def _function(kept: Any) -> Any:
    """A function handle: its text and the variables that it took along; making it runs nothing."""
    from cnnscript.builtins.files import saved_objects

    about = kept.fields.get(FUNCTION) if type(kept) is Struct else None
    text, kind = (about.fields.get(word) for word in ("function", "type")) if type(about) is Struct else (None, None)
    if type(text) is not str or kind not in ("anonymous", "simple"):
        raise Unknown(f"a function handle of kind '{kind}'" if type(kind) is str else "a function handle")
    workspace = about.fields.get("workspace")
    captured = workspace.properties if type(workspace) is MatlabObject else {}
    if is_cell(captured.get("any")):  # of an outer workspace and the variables
        found = [part for part in captured["any"].ravel("F").tolist() if type(part) is Struct]
        captured = found[-1].fields if found else {}
    parts = {name: finished(part) for name, part in captured.items()}
    text = re.sub(r"^sf%\d", "", text)
    try:
        made = saved_objects.restored({saved_objects.MARK: FUNCTION, "text": text, "captured": Struct(parts)})
    except ScriptError as fault:
        raise Unknown(f"a function handle '{text[:60]}' ({fault.message})") from fault
    if made is None:
        raise Unknown("a function handle")
    return made


def value_or_reason(value: Any, subsystem: Subsystem | None) -> Any:
    """A variable as it was read, its objects made; Unreadable where one cannot be."""
    try:
        if subsystem is not None:
            value = subsystem.resolved(value)
        return finished(value)
    except Unknown as fault:
        return Unreadable(fault.args[0], fault.way_out)


# ------------------------------------------------------------------------------------------- values of MATLAB's classes
def _string(fields: dict[str, Any]) -> Any:
    """string: whole numbers of 64 bits: version, dimensions, lengths, then the letters in UTF-16, 4 a number."""
    from cnnscript.builtins.text.texts import shaped
    from cnnscript.values.text import MISSING, String

    numbers = as_array(fields["any"]).ravel("F").astype(np.uint64)
    rank = int(numbers[1])
    shape = tuple(int(n) for n in numbers[2 : 2 + rank])
    count = int(np.prod(shape))
    lengths = numbers[2 + rank : 2 + rank + count].tolist()
    letters = numbers[2 + rank + count :].astype("<u8").tobytes()
    texts, at = [], 0
    for length in lengths:
        if length == 0xFFFF_FFFF_FFFF_FFFF:
            texts.append(MISSING)
            continue
        texts.append(letters[at : at + 2 * length].decode("utf-16-le", "replace"))
        at += 2 * length
    return String(shaped(texts, shape))


def _categorical(fields: dict[str, Any]) -> Any:
    from cnnscript.values.categorical import Categorical

    names = [str(name) for name in fields["categoryNames"].ravel("F").tolist()]
    flags = [bool(fields.get(word, False)) for word in ("isOrdinal", "isProtected")]
    codes = np.atleast_2d(as_array(fields["codes"]))
    return Categorical(codes.astype(np.int64), names, *flags)


def _table(fields: dict[str, Any]) -> Any:
    from cnnscript.values.tables import Table, Variable

    data, names = fields["data"].ravel("F").tolist(), fields["varnames"].ravel("F").tolist()
    rows = fields.get("rownames")
    row_names = tuple(str(name) for name in rows.ravel("F").tolist()) if is_cell(rows) and rows.size else None
    variables = tuple(Variable(str(name), column) for name, column in zip(names, data, strict=True))
    return Table(variables, int(fields["nrows"]), row_names)


def _duration(fields: dict[str, Any]) -> Any:
    from cnnscript.values.times import Duration

    form = fields.get("fmt")
    return Duration(as_array(fields["millis"]).astype(float), form if type(form) is str else "")


def _map(fields: dict[str, Any]) -> Any:
    from cnnscript.builtins.arrays.maps import Map

    kept = fields["serialization"].fields
    made = Map(str(kept["keyType"]), str(kept["valueType"]))
    keys, values = kept["keys"], kept["values"]
    made.items = dict(zip(keys.ravel("F").tolist(), values.ravel("F").tolist(), strict=True)) if is_cell(keys) else {}
    return made


def _guarded(class_name: str, maker: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def made(fields: dict[str, Any]) -> Any:
        try:
            return maker(fields)
        except (KeyError, IndexError, ValueError, AttributeError, TypeError) as fault:
            raise Unknown(f"an object of class {class_name} in a form that is not known ({fault!r})") from fault

    return made


MAKERS = {
    name: _guarded(name, maker)
    for name, maker in {"string": _string, "categorical": _categorical, "table": _table, "duration": _duration,
                        "containers.Map": _map}.items()
}  # fmt: skip

"""MAT-files with objects of MATLAB's classes, written in MATLAB's layout of both versions."""

import struct
import zlib
from dataclasses import dataclass, field

import numpy as np

from cnnscript.builtins.files import mat5
from cnnscript.values.numeric import OBJECT, is_cell
from cnnscript.values.structs import Struct


@dataclass(eq=False)
class Made:
    """An object to be written.  saved: saveobj made a struct of it, which is kept in one property named any."""

    class_name: str
    properties: dict = field(default_factory=dict)
    saved: bool = False
    plain: dict = field(default_factory=dict)  # properties kept as whole numbers (kind 2) or names (kind 0)


@dataclass(eq=False)
class Several:
    """An array of objects."""

    class_name: str
    items: list
    shape: tuple


@dataclass(eq=False)
class Handle:
    """A function handle; workspace: the variables that it took along."""

    text: str
    kind: str = "anonymous"
    workspace: dict | None = None

    def parts(self):
        fields = {"function": self.text, "type": self.kind, "file": ""}
        if self.workspace is not None:
            inside = np.empty((2, 1), OBJECT)
            inside[:, 0] = Several("function_handle_workspace", [None], (1, 1)), Struct(self.workspace)
            fields["workspace"] = Made("function_handle_workspace", {"any": inside})
        return Struct(fields)


class Wrapper:
    """Numbers the objects of a file and lays them out as its subsystem's data are."""

    def __init__(self, version=4):
        self.version = version
        self.names, self.classes, self.rows, self.cells = [], [], [], []
        self.saved, self.normal = [[]], [[]]
        self.known = {}
        self.shared = {}

    def name(self, word):
        if word not in self.names:
            self.names.append(word)
        return self.names.index(word) + 1

    def class_number(self, class_name):
        if class_name not in self.classes:
            self.classes.append(class_name)
            for part in class_name.rpartition("."):
                if part not in ("", "."):
                    self.name(part)
        return self.classes.index(class_name) + 1

    def number(self, thing):
        """The number of an object, written when it is first met."""
        if id(thing) in self.known:
            return self.known[id(thing)]
        row = [self.class_number(thing.class_name), 0, 0, 0, 0, 0]
        self.rows.append(row)
        number = self.known[id(thing)] = len(self.rows)
        values = {"any": Struct(thing.properties)} if thing.saved else thing.properties
        entries = []
        for word, value in values.items():
            self.cells.append(None)
            place = len(self.cells) - 1
            self.cells[place] = self.inner(value)
            entries.append((self.name(word), 1, place))
        for word, value in thing.plain.items():
            kind = 0 if isinstance(value, str) else 2
            entries.append((self.name(word), kind, self.name(value) if kind == 0 else value))
        region = self.saved if thing.saved else self.normal
        region.append(entries)
        row[3 if thing.saved else 4] = len(region) - 1
        row[5] = number
        return number

    def reference(self, thing):
        items, shape = (thing.items, thing.shape) if isinstance(thing, Several) else ([thing], (1, 1))
        ids = [0 if item is None else self.number(item) for item in items]
        numbers = [0xDD000000, len(shape), *shape, *ids, self.class_number(thing.class_name)]
        return np.array(numbers, np.uint32).reshape(-1, 1)

    def inner(self, value):
        """A property's value with objects in it as references."""
        if isinstance(value, (Made, Several)):
            return self.reference(value)
        if isinstance(value, Struct):
            return Struct({name: self.inner(part) for name, part in value.fields.items()})
        if is_cell(value):
            made = np.empty(value.shape, OBJECT)
            for at, item in np.ndenumerate(value):
                made[at] = self.inner(item)
            return made
        return value

    def all_cells(self):
        """The whole cell array, once everything is numbered."""
        table = np.frombuffer(self.table(), np.uint8).reshape(-1, 1)
        shared = np.empty((len(self.classes) + 1, 1), OBJECT)
        for k, name in enumerate(["", *self.classes]):
            shared[k, 0] = Struct(self.shared.get(name, {}))
        empty = np.zeros((0, 0))
        aliases = np.zeros((len(self.classes) + 1, 1), np.int32)
        return [table, empty, *self.cells, shared, aliases, shared]

    def table(self):
        classes = [(0, 0, 0, 0)]
        for class_name in self.classes:
            space, _, last = class_name.rpartition(".")
            classes.append((self.name(space) if space else 0, self.name(last), 0, 0))
        regions = [
            b"".join(struct.pack("<4I", *row) for row in classes),
            b"".join(_entries(entries) for entries in self.saved),
            b"".join(struct.pack("<6I", *row) for row in [[0] * 6, *self.rows]),
            b"".join(_entries(entries) for entries in self.normal),
            b"\0" * 8, b"", b"",
        ]  # fmt: skip
        names = b"".join(word.encode() + b"\0" for word in self.names)
        names += b"\0" * (-(40 + len(names)) % 8)
        offsets, at = [], 40 + len(names)
        for region in regions:
            offsets.append(at)
            at += len(region)
        offsets.append(at)
        head = struct.pack("<2I", self.version, len(self.names))
        if self.version < 4:
            offsets[6:] = 0, 0
        return head + struct.pack("<8I", *offsets) + names + b"".join(regions)


def _entries(entries):
    data = struct.pack("<I", len(entries)) + b"".join(struct.pack("<3I", *entry) for entry in entries)
    return data + b"\0" * (-len(data) % 8)


def _element_of(value, name=""):
    return b"".join(mat5.element_of(value, name))


def _matrix_element(name, number, shape, parts):
    return b"".join(mat5.matrix_element(name, number, shape, [parts]))


def _opaque(name, class_name, content):
    inside = mat5.tagged(6, struct.pack("<II", mat5.OPAQUE, 0)) + mat5.tagged(1, name.encode())
    inside += mat5.tagged(1, b"MCOS") + mat5.tagged(1, class_name.encode()) + content
    return struct.pack("<II", mat5.MATRIX, len(inside)) + inside


def version_5(variables, compress=False, version=4, shared=None):
    """The bytes of a file of version 5 to 7."""
    wrapper = Wrapper(version)
    wrapper.shared = shared or {}
    parts = []
    for name, value in variables.items():
        if isinstance(value, (Made, Several)):
            part = _opaque(name, value.class_name, _element_of(wrapper.reference(value)))
        elif isinstance(value, Handle):
            outer = [mat5.tagged(5, struct.pack("<i", 16)), mat5.tagged(1, b"function_handle\0")]
            inside = _struct_with_objects("", value.parts(), wrapper)
            whole = _matrix_element("", mat5.STRUCT, (1, 1), [*outer, inside])
            part = _matrix_element(name, mat5.HANDLE, (1, 1), [whole])
        elif isinstance(value, Struct):
            part = _struct_with_objects(name, value, wrapper)
        else:
            part = _element_of(value, name)
        parts.append(part)
    cells = np.empty((len(wrapper.all_cells()), 1), OBJECT)
    cells[:, 0] = wrapper.all_cells()
    content = _element_of(cells)
    fields = [mat5.tagged(5, struct.pack("<i", 5)), mat5.tagged(1, b"MCOS\0"), _opaque("", "FileWrapper__", content)]
    inner = struct.pack("<H", 0x0100) + b"IM" + b"\0" * 4 + _matrix_element("", mat5.STRUCT, (1, 1), fields)
    last = _element_of(np.frombuffer(inner, np.uint8).reshape(1, -1))
    if compress:
        parts, last = ([_packed(part) for part in parts], _packed(last))
    body = b"".join(parts)
    head = b"MATLAB 5.0 MAT-file, Platform: GLNXA64".ljust(116) + struct.pack("<Q", 128 + len(body))
    return head + struct.pack("<H", 0x0100) + b"IM" + body + last


def _struct_with_objects(name, value, wrapper):
    width = max(len(word) for word in value.fields) + 1
    words = b"".join(word.encode().ljust(width, b"\0") for word in value.fields)
    parts = [mat5.tagged(5, struct.pack("<i", width)), mat5.tagged(1, words)]
    for part in value.fields.values():
        made = isinstance(part, (Made, Several))
        parts.append(_opaque("", part.class_name, _element_of(wrapper.reference(part))) if made
                     else _element_of(part))  # fmt: skip
    return _matrix_element(name, mat5.STRUCT, (1, 1), parts)


def _packed(part):
    data = zlib.compress(part)
    return struct.pack("<II", mat5.COMPRESSED, len(data)) + data


def version_7_3(path, variables):
    """A file of version 7.3."""
    import h5py

    from cnnscript.builtins.files.hdf5_writing import HEAD, Writer

    wrapper = Wrapper()
    with h5py.File(path, "w", userblock_size=512) as file:
        writer = Writer(file)
        for name, value in variables.items():
            if isinstance(value, (Made, Several)):
                made = file.create_dataset(name, data=wrapper.reference(value).T)
                made.attrs["MATLAB_class"] = np.bytes_(value.class_name)
                made.attrs["MATLAB_object_decode"] = np.int32(3)
            elif isinstance(value, Handle):
                writer.put(file, name, Struct({"function_handle": wrapper.inner(value.parts())}))
                file[name].attrs["MATLAB_class"] = np.bytes_("function_handle")
            else:
                writer.put(file, name, value)
        cells = wrapper.all_cells()
        made = file.create_dataset("#subsystem#/MCOS", data=writer.references(cells, (1, len(cells))).T,
                                   dtype=h5py.ref_dtype)  # fmt: skip
        made.attrs["MATLAB_class"] = np.bytes_("FileWrapper__")
        made.attrs["MATLAB_object_decode"] = np.int32(3)
    with open(path, "r+b") as plain:
        plain.write(HEAD.ljust(116) + b"\0" * 8 + struct.pack("<H", 0x0200) + b"IM")


def text_object(texts, shape=None):
    """A string array as MATLAB keeps it."""
    shape = shape or (1, len(texts))
    letters = "".join(text for text in texts if text is not None).encode("utf-16-le")
    letters += b"\0" * (-len(letters) % 8)
    lengths = [0xFFFF_FFFF_FFFF_FFFF if text is None else len(text) for text in texts]
    numbers = np.array([1, len(shape), *shape, *lengths, *np.frombuffer(letters, "<u8").tolist()], np.uint64)
    return Made("string", {"any": numbers.reshape(1, -1)})

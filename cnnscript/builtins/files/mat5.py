"""MAT-files of version 5 to 7 as bytes, both ways (format: "MAT-File Format", MathWorks), and of version 4 for reading.

An element is a tag (type, number of bytes) and data padded to 8 bytes; an array is an element of elements: flags and
class, size, name, then its data.  Numbers may be stored in a smaller type than their class.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from cnnscript.builtins.files import saved_objects
from cnnscript.builtins.files.marked_values import MARK, Refused, marked, restored
from cnnscript.builtins.files.matlab_objects import FUNCTION, Opaque, Subsystem, Unreadable, value_or_reason
from cnnscript.builtins.text.texts import shaped
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, class_of, fortran, is_cell, ndarray, norm
from cnnscript.values.sparse import Sparse, from_places
from cnnscript.values.structs import StructArray, elements, is_struct, struct_array
from cnnscript.values.text import CharArray, chars, codes_of

TYPES = {
    1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8", 16: "utf-8",
    17: "utf-16", 18: "utf-32",
}  # fmt: skip
MATRIX, COMPRESSED = 14, 15
CELL, STRUCT, OBJECT_CLASS, CHAR, SPARSE, HANDLE, OPAQUE = 1, 2, 3, 4, 5, 16, 17
NUMBERS = {
    6: "double", 7: "single", 8: "int8", 9: "uint8", 10: "int16", 11: "uint16", 12: "int32", 13: "uint32", 14: "int64",
    15: "uint64",
}  # fmt: skip
DTYPES = {6: "f8", 7: "f4", 8: "i1", 9: "u1", 10: "i2", 11: "u2", 12: "i4", 13: "u4", 14: "i8", 15: "u8"}
TYPE_NUMBER = {word: number for number, word in TYPES.items()}
CLASS_NUMBER = {word: number for number, word in NUMBERS.items()}
COMPLEX, GLOBAL, LOGICAL = 0x0800, 0x0400, 0x0200
MOST_WITHOUT_FIELDS = 10**6  # elements of a struct array without fields: they take no room, damage may claim any number
LARGEST = 2**31 - 1  # bytes of a variable
SMALL = 4096  # bytes: arrays below it are copied
SAMPLE, SAMPLES = 1 << 16, 32  # bytes of a sample, samples of a variable


class Damaged(Exception):
    """The bytes are no MAT-file, or end too early."""


# ----------------------------------------------------------------------------------------------------------- reading
class Reader:
    """Elements one after the other in a stretch of bytes.

    tolerant  what cannot be read inside a cell or struct stands there as Unreadable; else all of it cannot be read
    met       gets the class of each object that is met
    """

    def __init__(self, data: bytes | memoryview, order: str, tolerant: bool = False, met: list[str] | None = None):
        self.data = memoryview(data)
        self.order = order
        self.at = 0
        self.tolerant = tolerant
        self.met: list[str] = [] if met is None else met

    def left(self) -> bool:
        return self.at + 8 <= len(self.data)

    def element(self) -> tuple[int, memoryview]:
        """Type and data of the next element."""
        if not self.left():
            raise Damaged("it ends inside an element")
        kind, count = struct.unpack_from(self.order + "II", self.data, self.at)
        if kind >> 16:  # a small element: size and type share a word, the data follows at once
            count, kind = kind >> 16, kind & 0xFFFF
            if count > 4:
                raise Damaged("a small element is too long")
            found = self.data[self.at + 4 : self.at + 4 + count]
            self.at += 8
            return kind, found
        start = self.at + 8
        if start + count > len(self.data) + (4 if kind == MATRIX else 0):
            raise Damaged("it ends inside an element")
        self.at = start + count
        if kind not in (COMPRESSED, MATRIX):
            self.at += -count % 8
        return kind, self.data[start : start + count]

    def numbers(self) -> ndarray:
        kind, data = self.element()
        word = TYPES.get(kind)
        if word is None or word.startswith("utf"):
            raise Damaged(f"numbers of unknown type {kind}")
        dtype = np.dtype(self.order + word)
        if len(data) % dtype.itemsize:
            raise Damaged("numbers whose bytes are cut")
        return np.frombuffer(data, dtype)

    def text(self) -> str:
        return bytes(self.element()[1]).decode("utf-8", "replace").rstrip("\0")

    def variable(self) -> tuple[str, Any]:
        """The next variable: name and value."""
        start = self.at + 8
        kind, data = self.element()
        if kind == COMPRESSED:
            try:
                return Reader(zlib.decompress(data), self.order, self.tolerant, self.met).variable()
            except zlib.error as fault:
                raise Damaged(str(fault)) from None
        if kind != MATRIX:
            raise Damaged(f"an element of unknown type {kind}")
        if not len(data):
            return "", EMPTY
        inside = Reader(self.data[start:], self.order, self.tolerant, self.met)
        found = inside.matrix()
        if abs(inside.at - (self.at - start)) < 8:  # Octave counts char arrays 4 bytes too long: what was read is right
            self.at = start + inside.at
        return found

    def inner(self) -> Any:
        value = self.variable()[1]
        if type(value) is Unreadable and not self.tolerant:
            raise Refused(value.what)
        return value

    def matrix(self) -> tuple[str, Any]:
        """The inside of an array element."""
        flags = int(self.numbers()[0])
        number = flags & 0xFF
        if number == OPAQUE:
            name, _, class_name = self.text(), self.text(), self.text()
            self.met.append(class_name)
            return name, Opaque(class_name, self.inner() if self.left() else EMPTY)
        shape = tuple(int(length) for length in self.numbers())
        if len(shape) < 2 or any(length < 0 for length in shape):
            raise Damaged("an array of no valid size")
        name = self.text()
        if number == HANDLE:
            self.met.append(FUNCTION)
            return name, Opaque(FUNCTION, self.variable()[1])
        try:
            return name, self.contents(number, flags, shape)
        except Refused as fault:
            return name, Unreadable(fault.args[0])

    def contents(self, number: int, flags: int, shape: tuple[int, ...]) -> Any:
        count = int(np.prod(shape, dtype=object))
        if number == CELL:
            return shaped([self.inner() for _ in range(count)], shape)
        if number == OBJECT_CLASS:
            raise Refused(f"an object of class {self.text()}")
        if number == STRUCT:
            return self.structs(count, shape)
        if number == CHAR:
            return self.letters(shape)
        if number == SPARSE:
            return self.sparse(flags, shape)
        if number not in NUMBERS:
            raise Damaged(f"an array of unknown class {number}")
        values = self.numbers()
        if flags & COMPLEX:
            single = number == CLASS_NUMBER["single"]
            parts = np.empty(values.size, np.complex64 if single else np.complex128)
            parts.real, parts.imag = values, self.numbers()
            values = parts
        else:
            values = values.astype(np.bool_ if flags & LOGICAL else np.dtype(DTYPES[number]))
        if values.size != count:
            raise Damaged("an array whose data does not fill it")
        return norm(fortran(values.reshape(shape, order="F")))

    def structs(self, count: int, shape: tuple[int, ...]) -> Any:
        length = int(self.numbers()[0])
        words = bytes(self.element()[1])
        names = [
            words[i : i + length].split(b"\0")[0].decode("utf-8", "replace") for i in range(0, len(words), length or 1)
        ]
        if count * len(names) * 8 > len(self.data) or count > MOST_WITHOUT_FIELDS and not names:
            raise Damaged("a struct array whose data does not fill it")
        parts = [{name: self.inner() for name in names} for _ in range(count)]
        if MARK in names and count == 1:
            return restored(parts[0])
        return struct_array(names, shaped(parts, shape)) if count else StructArray(names, np.empty(shape, OBJECT))

    def letters(self, shape: tuple[int, ...]) -> Any:
        kind, data = self.element()
        word = TYPES.get(kind, "u2")
        if word.startswith("utf"):
            wide = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[word]
            if self.order == ">" and word != "utf-8":
                wide = wide.replace("le", "be")
            text = bytes(data).decode(wide, "replace")
            codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        else:
            codes = np.frombuffer(data, np.dtype(self.order + word)).astype(np.uint32)
            if ((codes & 0xF800) == 0xD800).any():  # pairs of UTF-16: letters beyond the first plane
                text = codes.astype("<u2").tobytes().decode("utf-16-le", "replace")
                codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        if codes.size != int(np.prod(shape)):
            if shape[0] > 1:
                raise Damaged("a char array whose data does not fill it")
            shape = (shape[0] if codes.size or shape[0] == 0 else 1, codes.size)
        return chars(codes.reshape(shape, order="F"))

    def sparse(self, flags: int, shape: tuple[int, ...]) -> Any:
        rows, starts, values = self.numbers(), self.numbers(), self.numbers()
        if flags & COMPLEX:
            values = values + 1j * self.numbers()
        used = int(starts[-1]) if starts.size else 0
        columns = np.repeat(np.arange(shape[1]), np.diff(starts))
        if len(shape) != 2 or starts.size != shape[1] + 1 or used > min(rows.size, values.size):
            raise Damaged("a sparse matrix whose data does not fill it")
        values = values[:used].astype(np.bool_ if flags & LOGICAL else values.dtype.newbyteorder("="))
        return from_places(rows[:used].astype(np.int64), columns, values, (shape[0], shape[1]))


def read(data: bytes) -> dict[str, Any]:
    """The variables of a file.  Raises Damaged."""
    if not data:
        raise Damaged("the file is empty")
    if data[124:128] and len(data) >= 128 and data[126:128] in (b"IM", b"MI"):
        reader = Reader(data[128:], "<" if data[126:128] == b"IM" else ">")
        subsystem, looked = None, False
        found = {}
        while reader.left():
            name, value = reader.variable()
            if reader.met:
                if not looked:
                    subsystem, looked = subsystem_of(data, reader.order), True
                value = value_or_reason(value, subsystem)
                reader.met.clear()
            saved_objects.note_variable(name)
            if name:  # the last array, without a name, belongs to objects
                found[name] = value
        return found
    return read_version_4(data)


def subsystem_of(data: bytes, order: str) -> Subsystem | None:
    """What a file says of its objects, in an array without a name at the place that the header gives; None for
    nothing."""
    (place,) = struct.unpack_from(order + "Q", data, 116)
    if not 128 <= place < len(data):
        return None
    try:
        kept = as_array(Reader(memoryview(data)[place:], order).variable()[1]).astype(np.uint8).tobytes()
        inside = Reader(kept[8:], "<" if kept[2:4] == b"IM" else ">", tolerant=True)
        wrapper = inside.variable()[1].fields["MCOS"].content
        return Subsystem(wrapper.ravel("F").tolist(), inside.order)
    except (Damaged, ValueError, KeyError, AttributeError, TypeError, IndexError):
        return None


def sparse_of(array: ndarray) -> Any:
    """A sparse matrix of version 4: row, column, value (and imaginary part) a row; the last row has its size."""
    if array.shape[0] < 1 or array.shape[1] not in (3, 4):
        raise Damaged("a sparse matrix that is none")
    *places, size = array.real.tolist()
    values = array[:-1, 2] + (1j * array[:-1, 3] if array.shape[1] == 4 else 0)
    rows, columns = (array[:-1, k].astype(np.int64) - 1 for k in (0, 1))
    shape = (int(size[0]), int(size[1]))
    if places and (min(rows.min(), columns.min()) < 0 or rows.max() >= shape[0] or columns.max() >= shape[1]):
        raise Damaged("a sparse matrix with numbers outside of it")
    return from_places(rows, columns, values, shape)


def read_version_4(data: bytes) -> dict[str, Any]:
    at, found = 0, {}
    while at < len(data):
        if at + 20 > len(data):
            raise Damaged("it is no MAT-file")
        order = "<" if struct.unpack_from("<i", data, at)[0] < 5000 else ">"
        kind, rows, columns, imaginary, length = struct.unpack_from(order + "5i", data, at)
        precision, text = kind // 10 % 10, kind % 10
        if not 0 <= kind < 5000 or precision > 5 or min(rows, columns) < 0 or not 0 < length < 1000 or text > 2:
            raise Damaged("it is no MAT-file")
        dtype = np.dtype(order + ("f8", "f4", "i4", "i2", "u2", "u1")[precision])
        name = data[at + 20 : at + 20 + length].split(b"\0")[0].decode("latin-1")
        at += 20 + length
        size = rows * columns * dtype.itemsize
        if at + size * (2 if imaginary else 1) > len(data):
            raise Damaged("it ends inside a variable")
        values = np.frombuffer(data, dtype, rows * columns, at).astype(float)
        at += size
        if imaginary:
            values = values + 1j * np.frombuffer(data, dtype, rows * columns, at)
            at += size
        array = fortran(values.reshape((rows, columns), order="F"))
        if text == 2:
            found[name] = sparse_of(array)
            continue
        found[name] = chars(array.astype(np.uint32)) if text == 1 else norm(array)
    return found


# ----------------------------------------------------------------------------------------------------------- writing
# An element's bytes, one piece after another, large arrays as they lie: joined, each level of a nesting would copy all
# numbers below it.
Pieces = list[bytes | memoryview]


def tagged(kind: int, data: bytes) -> bytes:
    if 0 < len(data) <= 4:
        return struct.pack("<I", len(data) << 16 | kind) + data.ljust(4, b"\0")
    return struct.pack("<II", kind, len(data)) + data + b"\0" * (-len(data) % 8)


def numbers_element(array: ndarray) -> Pieces:
    plain = array.ravel("F").astype(array.dtype.newbyteorder("<"), copy=False)
    kind, size = TYPE_NUMBER[plain.dtype.str[1:]], plain.nbytes
    if size < SMALL:
        return [tagged(kind, plain.tobytes())]
    return [struct.pack("<II", kind, size), plain.view(np.uint8).data, b"\0" * (-size % 8)]


def matrix_element(
    name: str, number: int, shape: tuple[int, ...], parts: Iterable[Pieces], flags: int = 0, room: int = 0
) -> Pieces:
    head = [
        tagged(6, struct.pack("<II", number | flags, room)),
        tagged(5, np.array(shape, "<i4").tobytes()),
        tagged(1, name.encode("ascii")),
    ]
    inside = [*head, *(piece for part in parts for piece in part)]
    return [struct.pack("<II", MATRIX, sum(map(len, inside))), *inside]


def element_of(value: Any, name: str = "") -> Pieces:
    """An array element.  Raises TypeError for a value of a class that has no format."""
    kind = type(value)
    if kind is str or kind is CharArray:
        codes = codes_of(value)
        if codes.size and codes.max() > 0xFFFF and codes.shape[0] == 1:
            units = np.frombuffer("".join(map(chr, codes[0].tolist())).encode("utf-16-le"), "<u2")
            codes = units.reshape(1, -1)
        return matrix_element(name, CHAR, codes.shape, [numbers_element(codes.astype(np.uint16))])
    if is_cell(value):
        return matrix_element(name, CELL, value.shape, [element_of(item) for item in value.ravel("F").tolist()])
    if is_struct(value):
        names = value.names()
        width = max((len(word) for word in names), default=0) + 1
        words = b"".join(word.encode("ascii").ljust(width, b"\0") for word in names)
        data = elements(value)
        parts = [[tagged(5, struct.pack("<i", width)), tagged(1, words)]]
        parts += [element_of(fields[word]) for fields in data.ravel("F").tolist() for word in names]
        return matrix_element(name, STRUCT, data.shape, parts)
    if kind is ndarray or kind in (float, bool, complex) or isinstance(value, np.generic):
        array = as_array(value)
        if array.dtype == np.bool_:
            return matrix_element(
                name, CLASS_NUMBER["uint8"], array.shape, [numbers_element(array.astype(np.uint8))], LOGICAL
            )
        number = CLASS_NUMBER[class_of(value)]
        if array.dtype.kind == "c":
            parts = [numbers_element(array.real), numbers_element(array.imag)]
            return matrix_element(name, number, array.shape, parts, COMPLEX)
        return matrix_element(name, number, array.shape, [numbers_element(array)])
    if kind is Sparse:
        return sparse_element(value, name)
    return element_of(marked(value), name)


def sparse_element(value: Sparse, name: str) -> Pieces:
    matrix = value.matrix
    parts = [numbers_element(places.astype(np.int32)) for places in (matrix.indices, matrix.indptr)]
    flags, data = 0, matrix.data
    if data.dtype == np.bool_:
        flags, data = LOGICAL, data.astype(np.uint8)
    if data.dtype.kind == "c":
        flags = COMPLEX
        parts += [numbers_element(data.real), numbers_element(data.imag)]
    else:
        parts.append(numbers_element(data))
    return matrix_element(name, SPARSE, value.size(), parts, flags, max(value.count(), 1))


def write(variables: dict[str, Any], compress: bool, put: Callable[[bytes | memoryview], Any]) -> list[str]:
    """Hand a whole file to `put`, piece by piece.  Variables too large for such files are left out: their names.

    Raises TypeError before the first piece where a value has no format.
    """
    elements = {name: element_of(value, name) for name, value in variables.items()}
    too_large = [name for name, pieces in elements.items() if sum(map(len, pieces)) > LARGEST]
    text = b"MATLAB 5.0 MAT-file, written by cnnscript".ljust(116)
    put(text + b"\0" * 8 + struct.pack("<H", 0x0100) + b"IM")
    for name, pieces in elements.items():
        for piece in [] if name in too_large else packed(pieces) if compress else pieces:
            put(piece)
    return too_large


def packed(pieces: Pieces) -> Pieces:
    """An element with its pieces compressed."""
    deflate = zlib.compressobj(strategy=strategy_for(pieces))
    found = [*map(deflate.compress, pieces), deflate.flush()]
    return [struct.pack("<II", COMPRESSED, sum(map(len, found))), *found]


def strategy_for(pieces: Pieces) -> int:
    """How large arrays are compressed.  In weights nothing repeats: looking for it takes four times as long, and what
    is then written is no smaller; samples tell."""
    large = [piece for piece in pieces if len(piece) >= 2 * SAMPLE]
    sizes = {zlib.Z_DEFAULT_STRATEGY: 0, zlib.Z_HUFFMAN_ONLY: 0}
    for piece in large[:: 1 + len(large) // SAMPLES]:
        middle = len(piece) // 2
        for strategy in sizes:
            deflate = zlib.compressobj(strategy=strategy)
            sizes[strategy] += len(deflate.compress(piece[middle : middle + SAMPLE]) + deflate.flush())
    return min(sizes, key=lambda strategy: sizes[strategy])

"""Numbers as bytes in open files: fread, fwrite; and the shapes that reading takes."""

from __future__ import annotations

import codecs
import re
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.language.streams import OpenFile, machine_order, reading
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, real_numbers, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.convert import to_class
from cnnscript.values.numeric import DTYPE_OF_CLASS, as_array, ndarray, norm
from cnnscript.values.text import chars, is_text, text_or_none

PRECISIONS = {
    "uchar": "uint8",
    "unsigned char": "uint8",
    "schar": "int8",
    "signed char": "int8",
    "integer*1": "int8",
    "char": "uint8",
    "short": "int16",
    "integer*2": "int16",
    "ushort": "uint16",
    "unsigned short": "uint16",
    "int": "int32",
    "integer*4": "int32",
    "uint": "uint32",
    "unsigned int": "uint32",
    "integer*8": "int64",
    "float": "single",
    "float32": "single",
    "real*4": "single",
    "float64": "double",
    "real*8": "double",
    "char*1": "uint8",
    "long": "int64",
    "ulong": "uint64",
    "unsigned long": "uint64",
}
BLOCK = re.compile(r"(\d+)\*(.+)")
BITS = re.compile(r"(u?)bit(\d+)")


def number_class(word: str) -> str:
    name = PRECISIONS.get(word, word)
    if name not in DTYPE_OF_CLASS or name == "logical":
        raise ScriptError(
            "MATLAB:FileIO:InvalidPrecision",
            f"'{word}' is not a precision.",
            notes=("such as 'uint8', 'int16', 'single', 'double'",),
        )
    return name


class Precision(NamedTuple):
    """How numbers lie in a file.

    stored  their class, or 'int64' / 'uint64' where they are of `bits` bits
    given   the class that reading gives
    block   how many come between two gaps
    bits    their width for 'bitN' and 'ubitN', else 0
    text    they are characters in the encoding of the file
    """

    stored: str
    given: str
    block: int = 1
    bits: int = 0
    text: bool = False


def precision_of(value: Any) -> Precision:
    """What a precision says: 'uint8', '*uint8', 'uint8=>single', '4*int16=>int16', 'ubit4'."""
    word = one_text(value, "fread", "Precision").strip()
    same = word.startswith("*")
    source, arrow, target = word[same:].partition("=>")
    source, target = source.strip(), target.strip()
    block = 1
    if (found := BLOCK.fullmatch(source)) is not None:
        block, source = int(found[1]), found[2]
    bits = 0
    if (found := BITS.fullmatch(source)) is not None and 1 <= int(found[2]) <= 64:
        bits = int(found[2])
        name = "uint64" if found[1] else "int64"
    else:
        name = number_class(source)
    text = source in ("char", "char*1")
    if same:
        smallest = next(width for width in (8, 16, 32, 64) if width >= bits)
        kept = f"{'u' if name == 'uint64' else ''}int{smallest}" if bits else name
        return Precision(name, "char" if text else kept, block, bits, text)
    if not arrow:
        return Precision(name, "double", block, bits, text)
    return Precision(name, "char" if target == "char" else number_class(target), block, bits, text)


def from_bits(data: bytes, precision: Precision, order: str) -> ndarray:
    """Whole numbers of a few bits each; the first is in the lowest bits of its byte, or for 'b' in the highest."""
    low = order == "<"
    each = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little" if low else "big")
    rows = each[: each.size // precision.bits * precision.bits].reshape(-1, precision.bits).astype(np.uint64)
    weights = np.uint64(1) << np.arange(precision.bits, dtype=np.uint64)
    values = (rows * (weights if low else weights[::-1])).sum(axis=1, dtype=np.uint64)
    if precision.stored == "uint64":
        return values
    shift = np.uint64(64 - precision.bits)
    return (values << shift).view(np.int64) >> shift.astype(np.int64)


def to_bits(values: ndarray, precision: Precision, order: str) -> bytes:
    """The bytes of whole numbers of a few bits each, saturated."""
    from cnnscript.values.convert import to_class

    signed = precision.stored == "int64"
    high = (1 << (precision.bits - signed)) - 1
    whole = to_class(values, precision.stored)
    whole = np.clip(as_array(whole), -high - 1 if signed else 0, high).ravel("F").view(np.uint64)
    shifts = np.arange(precision.bits, dtype=np.uint64)
    low = order == "<"
    each = (whole[:, None] >> (shifts if low else shifts[::-1])) & np.uint64(1)
    return np.packbits(each.astype(np.uint8).ravel(), bitorder="little" if low else "big").tobytes()


def shape_wanted(size: Any) -> tuple[int | None, tuple[int, ...] | None]:
    """How many elements a size argument asks for (None: all), and the shape (a None row count is not possible)."""
    array = real_numbers(size, "scan", "The size").ravel("F")
    if array.size not in (1, 2) or np.isnan(array).any() or (array < 0).any() or np.isinf(array[:-1]).any():
        raise ScriptError(
            "MATLAB:FileIO:InvalidSize", "The size must be n, Inf, [m n] or [m Inf].", notes=(f"got {described(size)}",)
        )
    if array.size == 1:
        return (None if np.isinf(array[0]) else int(array[0])), None
    rows, columns = array
    if np.isinf(columns):
        return None, (int(rows), -1)
    return int(rows * columns), (int(rows), int(columns))


def arranged(values: ndarray, shape: tuple[int, ...] | None) -> ndarray:
    """Values as a column, or in the shape wanted (filled up with zeros where they end in a column)."""
    if shape is None:
        return values.reshape(-1, 1)
    rows = max(shape[0], 1)
    columns = -(-values.size // rows)
    full = np.zeros(rows * columns, values.dtype)
    full[: values.size] = values
    return np.asfortranarray(full.reshape((rows, columns), order="F"))


def characters(file: OpenFile, count: int | None) -> ndarray:
    """The codes of the next characters of a file (count None: all there are)."""
    if count is None:
        text = file.stream.read().decode(file.encoding, "replace")
    else:
        decoder = codecs.getincrementaldecoder(file.encoding)("replace")
        text = ""
        while len(text) < count and (data := file.stream.read(1)):
            text += decoder.decode(data)
    return np.array([ord(letter) for letter in text], np.uint32)


def blocks(stream: Any, width: int, count: int | None, block: int, gap: int) -> bytes:
    """The bytes of numbers with gaps after every block of them (count None: all there are)."""
    if not gap:
        return stream.read(-1 if count is None else count * width)
    pieces, left = [], count
    while left is None or left > 0:
        wanted = (block if left is None else min(block, left)) * width
        data = stream.read(wanted)
        pieces.append(data)
        if len(data) < wanted:
            break
        if left is not None:
            left -= block
        stream.seek(gap, 1)
    return b"".join(pieces)


@builtin(outputs=2)
def fread(session, nargout, number, size=np.inf, precision="uint8", skip=0.0, machine="", /):
    """
    A = fread(fileID)
    A = fread(fileID, sizeA)
    A = fread(fileID, sizeA, precision)
    [A, count] = fread(fileID, sizeA, precision, skip, machinefmt)

    Numbers from the bytes of a file, as a column or in the size given.

    The precision is the class in the file; 'uint8=>uint8' or '*uint8' keeps it, else the numbers become double.
    '4*uint8' with a skip reads four and leaves out that many bytes, again and again; 'ubit4' and 'bit4' are numbers of
    a few bits.

    Examples
      >> fid = fopen('a.bin', 'w'); fwrite(fid, [1 2 3]); fclose(fid);
      >> fid = fopen('a.bin');
      >> [A, count] = fread(fid, [1 Inf]);
      >> disp(A)
           1     2     3
      >> fclose(fid);
      >> fid = fopen('a.bin'); A = fread(fid, 2, '*uint8'); disp(class(A)), fclose(fid);
      uint8
      >> fid = fopen('a.bin'); A = fread(fid); fclose(fid);

    See also fwrite, fopen, fscanf.
    """
    if is_text(size):
        size, precision, skip, machine = (
            np.inf,
            size,
            precision if not is_text(precision) else 0.0,
            skip if is_text(skip) else "",
        )
    file = reading(session, number)
    kind = precision_of(precision)
    stored, given = kind.stored, kind.given
    machine = one_text(machine, "fread", "Machine format")
    order = machine_order(machine) if machine else file.order
    dtype = DTYPE_OF_CLASS[stored].newbyteorder(order)
    count, shape = shape_wanted(size)
    gap = whole_number(skip, "fread", "Skip")
    if kind.bits:
        if gap:
            raise ScriptError("MATLAB:FileIO:SkipNotSupported", "Skipping between bits is not in cnnscript yet.")
        data = file.stream.read(-1 if count is None else -(-count * kind.bits // 8))
        values = from_bits(data, kind, order)[:count]
    elif kind.text and not gap:
        stored, values = "uint32", characters(file, count)
    else:
        data = blocks(file.stream, dtype.itemsize, count, kind.block, gap)
        values = np.frombuffer(data[: len(data) // dtype.itemsize * dtype.itemsize], dtype)
    found = float(values.size)
    native = values.astype(values.dtype.newbyteorder("="))
    array = arranged(as_array(to_class(native, stored if given == "char" else given)).ravel("F"), shape)
    if not values.size:
        return np.zeros((0, 0)), 0.0
    return (chars(array.astype(np.uint32)) if given == "char" else norm(array)), found


@builtin
def fwrite(session, number, values, precision="uint8", skip=0.0, machine="", /):
    """
    fwrite(fileID, A)
    fwrite(fileID, A, precision)
    count = fwrite(fileID, A, precision)
    count = fwrite(fileID, A, precision, skip, machinefmt)

    Write numbers as bytes; with a skip that many bytes are left as they are before each number (or each n of them,
    with 'n*uint8').

    Examples
      >> fid = fopen('a.bin', 'w');
      >> count = fwrite(fid, [1 256], 'uint16')
      count =
           2
      >> fwrite(fid, 'ab');
      >> fclose(fid);
      >> listing = dir('a.bin'); disp(listing.bytes)
           6
      >> fid = fopen('a.bin', 'w'); count = fwrite(fid, 1, 'uint16', 0, 'b'); fclose(fid);

    See also fread, fopen, fprintf.
    """
    file = session.files.find(number)
    kind = precision_of(precision)
    gap = whole_number(skip, "fwrite", "Skip")
    machine = one_text(machine, "fwrite", "Machine format")
    order = machine_order(machine) if machine else file.order
    text = text_or_none(values)
    if text is not None:
        values = text
    if kind.bits:
        if gap:
            raise ScriptError("MATLAB:FileIO:SkipNotSupported", "Skipping between bits is not in cnnscript yet.")
        session.files.put(file, to_bits(as_array(values), kind, order))
        return float(as_array(values).size)
    array = as_array(to_class(as_array(values), kind.stored)).ravel("F")
    array = array.astype(array.dtype.newbyteorder(order))
    if not gap:
        session.files.put(file, array.tobytes())
        return float(array.size)
    for at in range(0, array.size, kind.block):
        session.files.skip(file, gap)
        session.files.put(file, array[at : at + kind.block].tobytes())
    return float(array.size)

"""Numbers as bytes in open files: fread, fwrite; and the shapes that reading takes."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.streams import machine_order, reading
from cnnscript.builtins.texts import described, one_text, real_numbers, whole_number
from cnnscript.errors import ScriptError
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
}


def number_class(word: str) -> str:
    name = PRECISIONS.get(word, word)
    if name not in DTYPE_OF_CLASS or name == "logical":
        raise ScriptError(
            "MATLAB:FileIO:InvalidPrecision",
            f"'{word}' is not a precision.",
            notes=("such as 'uint8', 'int16', 'single', 'double'",),
        )
    return name


def precision_of(value: Any) -> tuple[str, str]:
    """The class stored and the class given back: 'uint8', '*uint8', 'uint8=>single'."""
    word = one_text(value, "fread", "Precision").strip()
    if word.startswith("*"):
        name = number_class(word[1:])
        return name, "char" if word[1:] == "char" else name
    source, arrow, target = word.partition("=>")
    name = number_class(source.strip())
    if not arrow:
        return name, "double"
    return name, "char" if target.strip() == "char" else number_class(target.strip())


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


@builtin(outputs=2)
def fread(session, nargout, number, size=np.inf, precision="uint8", skip=0.0, machine="", /):
    """
    A = fread(fileID)
    A = fread(fileID, sizeA)
    A = fread(fileID, sizeA, precision)
    [A, count] = fread(fileID, sizeA, precision, skip, machinefmt)

    Numbers from the bytes of a file, as a column or in the size given.

    The precision is the class in the file; 'uint8=>uint8' or '*uint8' keeps it, else the numbers become double.

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
    stored, given = precision_of(precision)
    order = machine_order(one_text(machine, "fread", "Machine format")) if machine else file.order
    dtype = DTYPE_OF_CLASS[stored].newbyteorder(order)
    count, shape = shape_wanted(size)
    gap = whole_number(skip, "fread", "Skip")
    if gap:
        pieces = []
        while count is None or len(pieces) < count:
            data = file.stream.read(dtype.itemsize)
            if len(data) < dtype.itemsize:
                break
            pieces.append(data)
            file.stream.seek(gap, 1)
        data = b"".join(pieces)
    else:
        data = file.stream.read(-1 if count is None else count * dtype.itemsize)
    values = np.frombuffer(data[: len(data) // dtype.itemsize * dtype.itemsize], dtype)
    found = float(values.size)
    array = arranged(values.astype(DTYPE_OF_CLASS[stored if given == "char" else given]), shape)
    if not values.size:
        return np.zeros((0, 0)), 0.0
    return (chars(array.astype(np.uint32)) if given == "char" else norm(array)), found


@builtin
def fwrite(session, number, values, precision="uint8", skip=0.0, machine="", /):
    """
    fwrite(fileID, A)
    fwrite(fileID, A, precision)
    count = fwrite(fileID, A, precision)

    Write numbers as bytes.

    Examples
      >> fid = fopen('a.bin', 'w');
      >> count = fwrite(fid, [1 256], 'uint16')
      count =
           2
      >> fwrite(fid, 'ab');
      >> fclose(fid);
      >> listing = dir('a.bin'); disp(listing.bytes)
           6

    See also fread, fopen, fprintf.
    """
    from cnnscript.values.convert import to_class

    file = session.files.find(number)
    name, _ = precision_of(precision)
    if whole_number(skip, "fwrite", "Skip"):
        raise ScriptError("MATLAB:FileIO:SkipNotSupported", "Skipping bytes while writing is not in cnnscript yet.")
    order = machine_order(one_text(machine, "fwrite", "Machine format")) if machine else file.order
    text = text_or_none(values)
    if text is not None:
        values = text
    array = as_array(to_class(as_array(values), name))
    session.files.put(file, array.ravel("F").astype(array.dtype.newbyteorder(order)).tobytes())
    return float(array.size)

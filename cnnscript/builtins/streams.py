"""Open files: fopen, fclose, reading and writing lines, bytes and numbers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.texts import described, one_text, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DTYPE_OF_CLASS, as_array, ndarray, norm
from cnnscript.values.text import chars, is_text, string_array, text_or_none

STANDARD = {0: "stdin", 1: "stdout", 2: "stderr"}
PERMISSIONS = ("r", "w", "a", "r+", "w+", "a+")
ENCODINGS = {"": "utf-8", "utf-8": "utf-8", "us-ascii": "ascii", "iso-8859-1": "latin-1", "windows-1252": "cp1252"}


@dataclass
class OpenFile:
    """One open file: its name as given, how it was opened, and the bytes underneath."""

    name: str
    permission: str
    order: str
    encoding: str
    stream: BinaryIO
    touched: bool = False  # something was read: only then can its end have been seen


class OpenFiles:
    """The open files of a session, by number from 3."""

    def __init__(self):
        self.files: dict[int, OpenFile] = {}

    def open(self, path: str, name: str, permission: str, order: str, encoding: str) -> int:
        """The number of a newly opened file.  Raises OSError."""
        stream = open(path, permission + "b", closefd=True)  # noqa: SIM115 - closed by close()
        number = next(n for n in range(3, 3 + len(self.files) + 1) if n not in self.files)
        self.files[number] = OpenFile(name, permission, order, encoding, stream)
        return number

    def find(self, number: Any) -> OpenFile:
        key = int(number) if type(number) is float and number == number // 1 else -1
        if isinstance(number, (int, np.integer)):
            key = int(number)
        if key not in self.files:
            raise ScriptError(
                "MATLAB:FileIO:InvalidFid",
                "Invalid file identifier. Use fopen to generate a valid file identifier.",
                notes=(
                    f"got {number:g}" if isinstance(number, (int, float, np.number)) else f"got {described(number)}",
                ),
                hint="fopen gives -1 when it cannot open a file" if number == -1 else None,
            )
        return self.files[key]

    def write(self, number: int, text: str) -> None:
        """Write text in the file's encoding."""
        file = self.find(number)
        self.put(file, text.encode(file.encoding, "replace"))

    def put(self, file: OpenFile, data: bytes) -> None:
        if file.permission == "r":
            raise ScriptError(
                "MATLAB:FileIO:NotWritable",
                f"File '{file.name}' was opened for reading only.",
                hint="fopen(name, 'w') opens for writing",
            )
        try:
            file.stream.write(data)
        except OSError as fault:
            raise unwritten(file, fault) from None

    def close(self, number: int) -> None:
        file = self.files.pop(number)
        try:
            file.stream.close()
        except OSError as fault:
            raise unwritten(file, fault) from None

    def close_all(self) -> None:
        for number in list(self.files):
            self.close(number)


def unwritten(file: OpenFile, fault: OSError) -> ScriptError:
    return ScriptError("MATLAB:FileIO:WriteFailed", f"Unable to write file '{file.name}': {fault.strerror}.")


def reading(session: Any, number: Any) -> OpenFile:
    file = session.files.find(number)
    if file.permission in ("w", "a"):
        raise ScriptError(
            "MATLAB:FileIO:NotReadable",
            f"File '{file.name}' was opened for writing only.",
            hint="fopen(name, 'r') opens for reading",
        )
    file.touched = True
    return file


def machine_order(word: str) -> str:
    """'<' or '>' for a machine format such as 'ieee-le' or 'b'."""
    folded = word.lower()
    if folded in ("", "n", "native", "l", "ieee-le", "a", "ieee-le.l64"):
        return "<"
    if folded in ("b", "ieee-be", "s", "ieee-be.l64"):
        return ">"
    raise ScriptError(
        "MATLAB:FileIO:InvalidMachineFormat", f"'{word}' is not a machine format.", notes=("known: 'n', 'l', 'b'",)
    )


@builtin(outputs=4)
def fopen(session, nargout, name, permission="r", machine="n", encoding="", /):
    """
    fileID = fopen(filename)
    fileID = fopen(filename, permission)
    [fileID, errmsg] = fopen(filename, permission, machinefmt, encoding)
    fIDs = fopen('all')
    filename = fopen(fileID)

    Open a file: 'r' to read, 'w' to write anew, 'a' to add, with + for both. -1 where that fails.

    Examples
      >> fileID = fopen('a.txt', 'w');
      >> fprintf(fileID, 'conv%d\\n', 1);
      >> fclose(fileID);
      >> disp(strtrim(fileread('a.txt')))
      conv1
      >> [fileID, errmsg] = fopen('no/such/file.txt')
      fileID =
          -1
      errmsg =
          'No such file or directory'

    See also fclose, fgetl, fprintf, fread, fileread.
    """
    if not is_text(name):
        file = session.files.find(name)
        return file.name, file.permission + "b", "ieee-le" if file.order == "<" else "ieee-be", file.encoding.upper()
    word = one_text(name, "fopen", "File name")
    if word == "all":
        numbers = sorted(session.files.files)
        return norm(np.array([[float(n)] for n in numbers])) if numbers else np.zeros((0, 0)), ""
    mode = one_text(permission, "fopen", "Permission").lower().replace("t", "").replace("b", "")
    if mode not in PERMISSIONS:
        raise ScriptError(
            "MATLAB:FileIO:InvalidPermission",
            f"Invalid permission '{permission}'.",
            notes=("known: " + ", ".join(PERMISSIONS),),
        )
    order = machine_order(one_text(machine, "fopen", "Machine format"))
    coding = one_text(encoding, "fopen", "Encoding").lower()
    path = os.path.expanduser(word)
    if mode == "r" and (found := session.path.find_file(word)) is not None:
        path = str(found)
    try:
        number = session.files.open(path, word, mode, order, ENCODINGS.get(coding, coding))
    except (OSError, ValueError) as fault:
        return -1.0, getattr(fault, "strerror", None) or str(fault)
    return float(number), ""


@builtin
def fclose(session, number, /):
    """
    fclose(fileID)
    fclose('all')
    status = fclose(fileID)

    Close a file, or all of them. The status is 0.

    Examples
      >> fileID = fopen('a.txt', 'w');
      >> status = fclose(fileID)
      status =
           0
      >> fclose('all');

    See also fopen.
    """
    if is_text(number):
        if one_text(number, "fclose", "File").lower() != "all":
            raise ScriptError("MATLAB:FileIO:InvalidFid", "The argument of fclose must be a file identifier or 'all'.")
        session.files.close_all()
        return 0.0
    if number in (0.0, 1.0, 2.0):
        return 0.0
    session.files.find(number)
    session.files.close(int(number))
    return 0.0


# -------------------------------------------------------------------------------------------------------------- lines
def next_line(session: Any, number: Any) -> tuple[OpenFile, str | None]:
    file = reading(session, number)
    data = file.stream.readline()
    return file, data.decode(file.encoding, "replace").replace("\r\n", "\n") if data else None


@builtin
def fgetl(session, number, /):
    """
    tline = fgetl(fileID)

    The next line of a file without its end; -1 at the end of the file.

    Examples
      >> fid = fopen('a.txt', 'w'); fprintf(fid, 'one\\ntwo\\n'); fclose(fid);
      >> fid = fopen('a.txt');
      >> tline = fgetl(fid)
      tline =
          'one'
      >> fgetl(fid); disp(fgetl(fid))
          -1
      >> fclose(fid);

    See also fgets, fopen, feof.
    """
    _, line = next_line(session, number)
    return -1.0 if line is None else line.rstrip("\n")


@builtin
def fgets(session, number, most=None, /):
    """
    tline = fgets(fileID)
    tline = fgets(fileID, nchar)

    The next line of a file with its end (or its next nchar characters); -1 at the end of the file.

    Examples
      >> fid = fopen('a.txt', 'w'); fprintf(fid, 'one\\ntwo\\n'); fclose(fid);
      >> fid = fopen('a.txt');
      >> tline = fgets(fid);
      >> disp(double(tline(end)))
          10
      >> disp(fgets(fid, 2))
      tw
      >> fclose(fid);

    See also fgetl, fopen.
    """
    if most is not None:
        file = reading(session, number)
        data = file.stream.readline(whole_number(most, "fgets", "Number of characters"))
        return data.decode(file.encoding, "replace") if data else -1.0
    _, line = next_line(session, number)
    return -1.0 if line is None else line


@builtin
def feof(session, number, /):
    """
    status = feof(fileID)

    1 when the end of a file was reached by reading.

    Examples
      >> fid = fopen('a.txt', 'w'); fprintf(fid, 'one\\n'); fclose(fid);
      >> fid = fopen('a.txt'); fgetl(fid);
      >> status = feof(fid)
      status =
           1
      >> fclose(fid);

    See also fgetl, fread.
    """
    file = session.files.find(number)
    if not file.touched or "r" not in file.permission and "+" not in file.permission:
        return 0.0
    here = file.stream.tell()
    at_end = not file.stream.read(1)
    file.stream.seek(here)
    return float(at_end)


@builtin
def frewind(session, number, /):
    """
    frewind(fileID)

    Go back to the start of a file.

    Examples
      >> fid = fopen('a.txt', 'w+'); fprintf(fid, 'one\\n');
      >> frewind(fid)
      >> disp(fgetl(fid))
      one
      >> fclose(fid);

    See also fseek, ftell.
    """
    file = session.files.find(number)
    file.stream.seek(0)
    file.touched = False


@builtin
def ftell(session, number, /):
    """
    position = ftell(fileID)

    How many bytes into a file reading and writing stand.

    Examples
      >> fid = fopen('a.txt', 'w'); fprintf(fid, 'abc');
      >> position = ftell(fid)
      position =
           3
      >> fclose(fid);

    See also fseek, frewind.
    """
    return float(session.files.find(number).stream.tell())


@builtin
def fseek(session, number, offset, origin="bof", /):
    """
    status = fseek(fileID, offset, origin)

    Go to a place in a file: `offset` bytes from its start ('bof'), from here ('cof') or from its end ('eof').

    Examples
      >> fid = fopen('a.txt', 'w+'); fprintf(fid, 'abcdef');
      >> status = fseek(fid, 3, 'bof');
      >> disp(fgetl(fid))
      def
      >> fclose(fid);

    See also ftell, frewind.
    """
    file = session.files.find(number)
    word = text_or_none(origin)
    places = {"bof": 0, "cof": 1, "eof": 2, -1.0: 0, 0.0: 1, 1.0: 2}
    place = places.get(word.lower() if word is not None else origin)
    if place is None:
        raise ScriptError("MATLAB:FileIO:InvalidOrigin", "Origin must be 'bof', 'cof' or 'eof'.")
    try:
        file.stream.seek(int(offset), place)
    except (OSError, ValueError):
        return -1.0
    file.touched = False
    return 0.0


@builtin(outputs=2)
def ferror(session, nargout, number, /):
    """
    message = ferror(fileID)
    [message, errnum] = ferror(fileID)

    The fault of the last operation on a file: none here, where faults are errors at once.

    Examples
      >> fid = fopen('a.txt', 'w');
      >> [message, errnum] = ferror(fid);
      >> disp(errnum)
           0
      >> fclose(fid);

    See also fopen, feof.
    """
    session.files.find(number)
    return "", 0.0


# -------------------------------------------------------------------------------------------------------------- bytes
PRECISIONS = {
    "uchar": "uint8", "unsigned char": "uint8", "schar": "int8", "signed char": "int8", "integer*1": "int8",
    "char": "uint8", "short": "int16", "integer*2": "int16", "ushort": "uint16", "unsigned short": "uint16", "int": "int32",
    "integer*4": "int32", "uint": "uint32", "unsigned int": "uint32", "integer*8": "int64", "float": "single",
    "float32": "single", "real*4": "single", "float64": "double", "real*8": "double", "char*1": "uint8",
}  # fmt: skip


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
    array = as_array(size).ravel("F")
    if array.size == 1:
        return (None if np.isinf(array[0]) else int(array[0])), None
    rows, columns = array[:2]
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


# -------------------------------------------------------------------------------------------------------- whole files
def file_text(session: Any, name: Any, function: str, encoding: str = "") -> str:
    """The text of a file: UTF-8, else Windows' western code page."""
    word = one_text(name, function, "File name")
    path = session.path.find_file(word)
    if path is None:
        raise ScriptError(
            f"MATLAB:{function}:cannotOpenFile", f"Could not open file {word}. No such file or directory."
        )
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as fault:
        raise ScriptError(
            f"MATLAB:{function}:cannotOpenFile", f"Could not open file {word}. {fault.strerror}."
        ) from None
    if encoding:
        return data.decode(ENCODINGS.get(encoding.lower(), encoding), "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


@builtin
def fileread(session, name, /, *, Encoding=""):
    """
    text = fileread(filename)
    text = fileread(filename, Name=Value)

    A whole file as one char row.

    Options
      Encoding  name of the encoding (UTF-8, or what it looks like)

    Examples
      >> fid = fopen('a.txt', 'w'); fprintf(fid, 'conv1'); fclose(fid);
      >> text = fileread('a.txt')
      text =
          'conv1'

    See also readlines, fopen, fgetl.
    """
    return file_text(session, name, "fileread", one_text(Encoding, "fileread", "Encoding"))


@builtin
def readlines(session, name, /, *, EmptyLineRule="read", WhitespaceRule="preserve", Encoding=""):
    """
    S = readlines(filename)
    S = readlines(filename, Name=Value)

    The lines of a file as a column of strings.

    Options
      EmptyLineRule   'read' (default), 'skip' or 'error'
      WhitespaceRule  'preserve' (default), 'trim', 'trimleading' or 'trimtrailing'
      Encoding        name of the encoding

    Examples
      >> writelines(["conv1" "relu1"], 'a.txt')
      >> S = readlines('a.txt', EmptyLineRule="skip")
      S =
        2×1 string array
          "conv1"
          "relu1"

    See also writelines, fileread.
    """
    lines = file_text(session, name, "readlines", one_text(Encoding, "readlines", "Encoding")).splitlines() or [""]
    text = file_text(session, name, "readlines", one_text(Encoding, "readlines", "Encoding"))
    if text.endswith("\n"):
        lines.append("")
    trims = {"preserve": str, "trim": str.strip, "trimleading": str.lstrip, "trimtrailing": str.rstrip}
    trim = one_text(WhitespaceRule, "readlines", "WhitespaceRule").lower()
    rule = one_text(EmptyLineRule, "readlines", "EmptyLineRule").lower()
    if trim not in trims or rule not in ("read", "skip", "error"):
        raise ScriptError(
            "MATLAB:readlines:InvalidRule",
            f"'{rule if trim in trims else trim}' is no rule of readlines.",
            notes=("EmptyLineRule: read, skip, error", "WhitespaceRule: " + ", ".join(trims)),
        )
    lines = [trims[trim](line) for line in lines]
    if rule == "error" and "" in lines[:-1]:
        raise ScriptError("MATLAB:readlines:EmptyLine", f"Line {lines.index('') + 1} is empty.")
    if rule == "skip":
        lines = [line for line in lines if line]
    return string_array(lines, (len(lines), 1))


@builtin
def writelines(lines, name, /, *, WriteMode="overwrite", LineEnding="\n", Encoding="utf-8"):
    """
    writelines(lines, filename)
    writelines(lines, filename, Name=Value)

    Write texts as the lines of a file.

    Options
      WriteMode   'overwrite' (default) or 'append'
      LineEnding  what ends each line (newline)
      Encoding    name of the encoding

    Examples
      >> writelines({'one', 'two'}, 'a.txt')
      >> writelines("three", 'a.txt', WriteMode="append")
      >> disp(numel(strsplit(strtrim(fileread('a.txt')), newline)))
           3

    See also readlines, fprintf.
    """
    from cnnscript.builtins.joining import escaped

    words = patterns_of(lines)
    mode = one_text(WriteMode, "writelines", "WriteMode").lower()
    if mode not in ("overwrite", "append"):
        raise ScriptError("MATLAB:writelines:InvalidMode", "WriteMode must be 'overwrite' or 'append'.")
    ending = escaped(one_text(LineEnding, "writelines", "LineEnding"))
    path = os.path.expanduser(one_text(name, "writelines", "File name"))
    coding = one_text(Encoding, "writelines", "Encoding").lower()
    data = "".join(word + ending for word in words).encode(ENCODINGS.get(coding, coding), "replace")
    from cnnscript.builtins.matfiles import write_beside

    if mode == "append" and os.path.isfile(path):
        with open(path, "rb") as file:
            data = file.read() + data

    def write(beside: str) -> None:
        with open(beside, "wb") as file:
            file.write(data)

    write_beside(path, write, "writelines")


def patterns_of(value: Any) -> list[str]:
    from cnnscript.builtins.texts import patterns

    return patterns(value, "writelines")

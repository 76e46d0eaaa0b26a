"""Open files: fopen, fclose, reading and writing lines, bytes and numbers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, whole_number
from cnnscript.errors import ScriptError
from cnnscript.search_path import SCRIPT_ENDINGS
from cnnscript.values.numeric import norm
from cnnscript.values.text import is_text, text_or_none

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

    def is_program(self) -> bool:
        """Was it opened to write functions or a script?"""
        return self.permission != "r" and self.name.endswith(SCRIPT_ENDINGS)


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
        single = type(number) is float and number == number // 1 or isinstance(number, (int, np.integer))
        key = int(number) if single else -1
        if key not in self.files:
            raise ScriptError(
                "MATLAB:FileIO:InvalidFid",
                "Invalid file identifier. Use fopen to generate a valid file identifier.",
                notes=(
                    f"got {number:g}" if isinstance(number, (int, float, np.number)) else f"got {described(number)}",
                ),
                hint="fopen gives -1 when it cannot open a file" if single and key == -1 else None,
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

    def skip(self, file: OpenFile, count: int) -> None:
        """Leave bytes as they are; beyond the end they become zeros."""
        if file.permission != "r":
            file.stream.seek(count, 1)

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
        return norm(np.array([[float(n) for n in numbers]])) if numbers else np.zeros((0, 0)), ""
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
        written = [file for file in session.files.files.values() if file.is_program()]
        session.files.close_all()
        if written:
            session.look_again(surely=True)
        return 0.0
    if type(number) is float and number in (0.0, 1.0, 2.0):
        return 0.0
    written = session.files.find(number).is_program()
    session.files.close(int(number))
    if written:
        session.look_again(surely=True)
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
    place = places.get(word.lower() if word is not None else origin) if word or type(origin) is float else None
    if place is None:
        raise ScriptError("MATLAB:FileIO:InvalidOrigin", "Origin must be 'bof', 'cof' or 'eof'.")
    distance = max(min(whole_number(offset, "fseek", "Offset", -(2**62)), 2**62), -(2**62))
    before = file.stream.tell()
    try:
        there = file.stream.seek(distance, place)
        if there > file.stream.seek(0, os.SEEK_END):  # beyond the end: it stays where it was
            raise ValueError
        file.stream.seek(there)
    except (OSError, ValueError):
        file.stream.seek(before)
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

"""Whole text files: fileread, readlines, writelines."""

from __future__ import annotations

import os
import re
from typing import Any

from cnnscript.builtins.files.places import real_path
from cnnscript.builtins.language.streams import ENCODINGS
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.search_path import SCRIPT_ENDINGS
from cnnscript.values import take
from cnnscript.values.text import string_array


def missing_file(name: str, function: str) -> ScriptError:
    """What each function says of a file that is not there."""
    if function in ("readtable", "readmatrix", "readcell", "readvars"):
        return ScriptError(
            "MATLAB:textio:textio:FileNotFound",
            f"Unable to find or open '{name}'. Check the path and filename or file permissions.",
        )
    if function == "importdata":
        return ScriptError("MATLAB:importdata:FileNotFound", "Unable to open file.", notes=(f"the file is '{name}'",))
    if function == "csvread":
        return ScriptError("MATLAB:csvread:FileNotFound", "File not found.", notes=(f"the file is '{name}'",))
    if function == "dlmread":
        return ScriptError(
            "MATLAB:dlmread:FileNotOpened",
            f"The file '{name}' could not be opened because: No such file or directory",
        )
    return ScriptError(
        f"MATLAB:{function}:cannotOpenFile", f"Could not open file {name}. No such file or directory."
    )


def file_text(session: Any, name: Any, function: str, encoding: str = "") -> str:
    """The text of a file: UTF-8, else Windows' western code page."""
    word = one_text(name, function, "File name")
    path = session.path.find_file(real_path(word, session))
    if path is None:
        raise missing_file(word, function)
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


def data_text(session: Any, name: Any, function: str, encoding: Any, comment: Any, skipped: int) -> str:
    """The text of a file of data, without so many lines at its start and without comments."""
    text = file_text(session, name, function, take.text(encoding, "Encoding"))
    mark = take.text(comment, "CommentStyle")
    if mark:
        text = re.sub(re.escape(mark) + r"[^\n]*", "", text)
    return "".join(text.splitlines(keepends=True)[skipped:])


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
def writelines(session, lines, name, /, *, WriteMode="overwrite", LineEnding="\n", Encoding="utf-8"):
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
    from cnnscript.builtins.arrays.joining import escaped

    words = patterns_of(lines)
    mode = one_text(WriteMode, "writelines", "WriteMode").lower()
    if mode not in ("overwrite", "append"):
        raise ScriptError("MATLAB:writelines:InvalidMode", "WriteMode must be 'overwrite' or 'append'.")
    ending = escaped(one_text(LineEnding, "writelines", "LineEnding"))
    path = os.path.expanduser(one_text(name, "writelines", "File name"))
    coding = one_text(Encoding, "writelines", "Encoding").lower()
    data = "".join(word + ending for word in words).encode(ENCODINGS.get(coding, coding), "replace")
    from cnnscript.builtins.files.matfiles import write_beside

    if mode == "append" and os.path.isfile(path):
        with open(path, "rb") as file:
            data = file.read() + data

    def write(beside: str) -> None:
        with open(beside, "wb") as file:
            file.write(data)

    write_beside(path, write, "writelines")
    if path.endswith(SCRIPT_ENDINGS):
        session.look_again(surely=True)


def patterns_of(value: Any) -> list[str]:
    from cnnscript.builtins.text.texts import patterns

    return patterns(value, "writelines")

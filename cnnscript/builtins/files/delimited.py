"""Tables of numbers in text files: readmatrix, writematrix, csvread, csvwrite, dlmread, dlmwrite."""

from __future__ import annotations

import os
import re
from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.joining import escaped
from cnnscript.builtins.files.matfiles import write_beside
from cnnscript.builtins.files.text_files import file_text
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, patterns, shaped, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import OBJECT, as_array, is_cell, ndarray, norm
from cnnscript.values.text import String, is_text, strings_of, text_or_none

GUESSED = (",", "\t", ";", "|", " ")
NUMBER = re.compile(r"\s*[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?|inf|nan)\s*", re.IGNORECASE)
NAMES = {"comma": ",", "tab": "\t", "space": " ", "semi": ";", "bar": "|"}
SHEETS = (".xls", ".xlsx", ".xlsm", ".ods")


def delimiter_of(value: Any, name: str) -> list[str]:
    return [NAMES.get(word.lower(), escaped(word)) for word in patterns(value, name)]


def guessed(lines: list[str]) -> list[str]:
    """The character that most likely divides fields: the one that the last lines agree on."""
    sample = [line for line in lines if line.strip()][-20:]
    for mark in GUESSED:
        counts = {line.strip().count(mark) for line in sample}
        if sample and len(counts) == 1 and counts != {0}:
            return [mark]
    return [mark for mark in GUESSED if any(mark in line for line in sample)][:1] or [","]


def rows_of(text: str, marks: list[str] | None) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    marks = marks or guessed(lines)
    source = "|".join(re.escape(mark) for mark in marks)
    if marks == [" "]:
        return [line.split() for line in lines]
    return [re.split(source, line.rstrip("\r")) for line in lines]


def number_in(word: str) -> float:
    word = word.strip().strip('"')
    return float(word.lower().replace("d", "e")) if NUMBER.fullmatch(word) else np.nan


def table(rows: list[list[str]], empty: float = np.nan) -> ndarray:
    """Rows of words as numbers: NaN for words that are none, `empty` for missing fields at the ends."""
    width = max(map(len, rows), default=0)
    out = np.full((len(rows), width), empty, order="F")
    for i, row in enumerate(rows):
        for k, word in enumerate(row):
            out[i, k] = number_in(word) if word.strip() else empty
    return out


def refuse_sheet(name: str, function: str) -> None:
    if name.lower().endswith(SHEETS):
        raise ScriptError(
            f"MATLAB:{function}:UnsupportedFileType",
            f"{function} writes text, which is no spreadsheet.",
            notes=(f"the file is {name}",),
            hint="writematrix and writetable write .xlsx",
        )


@builtin
def readmatrix(
    session,
    name,
    /,
    *,
    Delimiter=None,
    NumHeaderLines=None,
    Range=None,
    OutputType="double",
    CommentStyle="",
    FileType="",
    Sheet=None,
):
    """
    A = readmatrix(filename)
    A = readmatrix(filename, Name=Value)

    The numbers of a text file or a spreadsheet as a matrix: NaN for what is no number. Lines of words at the top are
    skipped.

    Options
      Delimiter       what stands between fields (guessed)
      NumHeaderLines  lines to skip at the top (guessed)
      Range           rows and columns to keep: [r1 c1 r2 c2], or cells such as 'B2:D5', 'B2', 'A:C' or '2:4'
      OutputType      class of the result: 'double', 'string', 'single' ...
      CommentStyle    what starts a comment
      FileType        'text' or 'spreadsheet' (by the ending of the name)
      Sheet           the name or number of a spreadsheet's sheet (the first)

    Examples
      >> writelines(["a,b" "1,2" "3,4"], 'm.csv')
      >> A = readmatrix('m.csv')
      A =
           1     2
           3     4
      >> A = readmatrix('m.csv', NumHeaderLines=2)
      A =
           3     4

    See also writematrix, csvread, load, textscan.
    """
    from cnnscript.values.convert import to_class

    word = one_text(name, "readmatrix", "File name")
    from cnnscript.builtins.files import workbook_files

    kind_of_file = one_text(FileType, "readmatrix", "FileType").lower()
    if kind_of_file not in ("", "text", "delimitedtext", "spreadsheet"):
        raise ScriptError("MATLAB:readmatrix:UnsupportedFileType", "Files are text or spreadsheets.")
    if workbook_files.is_workbook(word) or kind_of_file == "spreadsheet":
        above = 0 if NumHeaderLines is None else whole_number(NumHeaderLines, "readmatrix", "NumHeaderLines")
        grid = workbook_files.read_grid(session, word, Sheet, Range, "readmatrix")[above:]
        grid, _, _ = workbook_files.used(grid, Range)
        wish = one_text(OutputType, "readmatrix", "OutputType")
        if wish == "string":
            rows: list[list[str]] = [[workbook_files.as_word(value) for value in row] for row in grid]
            flat = [one for column in zip(*rows, strict=True) for one in column]
            return String(shaped(flat, (len(rows), len(rows[0]) if rows else 0)))
        skip = 0
        if NumHeaderLines is None and Range is None:
            while skip < len(grid) and not any(isinstance(value, (float, bool)) for value in grid[skip]):
                skip += 1
        numbers = norm(workbook_files.number_matrix(grid[skip:]))
        return numbers if wish == "double" else to_class(numbers, wish)
    if Sheet is not None:
        raise ScriptError("MATLAB:readmatrix:InvalidOption", "'Sheet' is for spreadsheets.", notes=(f"file {word}",))
    text = file_text(session, name, "readmatrix")
    comment = text_or_none(CommentStyle)
    if comment:
        text = re.sub(re.escape(comment) + r"[^\n]*", "", text)
    marks = delimiter_of(Delimiter, "readmatrix") if Delimiter is not None else None
    if NumHeaderLines is not None:
        text = "\n".join(text.splitlines()[whole_number(NumHeaderLines, "readmatrix", "NumHeaderLines") :])
    rows = rows_of(text, marks)
    kind = one_text(OutputType, "readmatrix", "OutputType")
    if NumHeaderLines is None and kind != "string" and Range is None:
        while len(rows) > 1 and all(number_in(item) != number_in(item) for item in rows[0]):
            rows = rows[1:]
    if Range is not None:
        r1, c1, r2, c2 = corners(Range)
        rows = [row[c1 - 1 : c2] for row in rows[r1 - 1 : r2]]
    if kind == "string":
        width = max(map(len, rows), default=0)
        flat = [row[k].strip() if k < len(row) else "" for k in range(width) for row in rows]
        return String(shaped(flat, (len(rows), width)))
    numbers = norm(table(rows))
    return numbers if kind == "double" else to_class(numbers, kind)


NO_END = 10**9
CELLS = re.compile(r"([A-Za-z]*)(\d*)(?::([A-Za-z]*)(\d*))?")


def corners(area: Any) -> tuple[int, int, int, int]:
    """First row and column, last row and column of a range: [r1 c1 r2 c2], 'B2:D5', 'B2', 'A:C', '2:4'."""
    word = text_or_none(area)
    if word is None:
        limits = [int(n) if np.isfinite(n) else NO_END for n in as_array(area).ravel("F").tolist()]
        if len(limits) not in (2, 4):
            raise bad_range(area)
        return limits[0], limits[1], *(limits[2:] or (NO_END, NO_END))
    found = CELLS.fullmatch(word.strip())
    if found is None or not word.strip():
        raise bad_range(area)
    first_column, first_row, last_column, last_row = (part or "" for part in found.groups())
    return (
        int(first_row or 1), column_number(first_column) or 1,
        int(last_row or NO_END), column_number(last_column) or NO_END,
    )  # fmt: skip


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def bad_range(area: Any) -> ScriptError:
    return ScriptError(
        "MATLAB:readmatrix:InvalidRange",
        "The range must be [row column], [row1 column1 row2 column2] or text such as 'B2:D5'.",
        notes=(f"got {described(area)}",),
    )


def number_word(number: Any, digits: int = 15) -> str:
    if isinstance(number, (bool, np.bool_)):
        return str(int(number))
    if isinstance(number, (int, np.integer)):
        return str(number)
    if isinstance(number, (complex, np.complexfloating)):
        sign = "-" if number.imag < 0 else "+"
        return f"{number_word(number.real, digits)}{sign}{number_word(abs(number.imag), digits)}i"
    number = float(number)
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Inf" if number > 0 else "-Inf"
    return f"{number:.{digits}g}"


def words_of(value: Any, name: str, digits: int = 15) -> list[list[str]]:
    """A matrix as rows of words."""
    if is_text(value) or is_cell(value) or type(value) is Categorical:
        data = strings_of(value)
        if data is None:
            raise ScriptError(
                f"MATLAB:{name}:InvalidInput", "A cell to write must hold text.", notes=(f"got {described(value)}",)
            )
        rows = data.reshape((data.shape[0], prod(data.shape[1:])), order="F").tolist()
        return [["" if type(item) is not str else item for item in row] for row in rows]
    if not (type(value) in (float, bool, complex, ndarray) or isinstance(value, np.generic)) or (
        type(value) is ndarray and value.dtype == OBJECT
    ):
        raise ScriptError(
            f"MATLAB:{name}:InvalidInput",
            "Only matrices of numbers or text can be written.",
            notes=(f"got {described(value)}",),
        )
    array = as_array(value)
    rows = array.reshape((array.shape[0], prod(array.shape[1:])), order="F")
    return [[number_word(item, digits) for item in row] for row in rows]


def write_text(name: Any, text: str, function: str, append: bool) -> None:
    path = os.path.expanduser(one_text(name, function, "File name"))
    refuse_sheet(path, function)
    before = b""
    if append and os.path.isfile(path):
        with open(path, "rb") as file:
            before = file.read()

    def write(beside: str) -> None:
        with open(beside, "wb") as file:
            file.write(before + text.encode("utf-8"))

    write_beside(path, write, function)


@builtin
def writematrix(
    scope,
    value,
    name=None,
    /,
    *,
    Delimiter=",",
    WriteMode="overwrite",
    QuoteStrings="minimal",
    FileType="",
    Sheet=None,
    Range=None,
):
    """
    writematrix(A, filename)
    writematrix(A, filename, Name=Value)

    Write a matrix as text, a row a line, or into a spreadsheet.

    Options
      Delimiter     what stands between fields (comma)
      WriteMode     'overwrite' (default) or 'append'; for spreadsheets 'inplace' (default), 'overwritesheet',
                    'append' or 'replacefile'
      QuoteStrings  'minimal' (default: where a field holds the delimiter), 'all' or 'none'
      FileType      'text' or 'spreadsheet' (by the ending of the name)
      Sheet         the name or number of a spreadsheet's sheet (the first)
      Range         where in the sheet to write, such as 'B2'

    Examples
      >> writematrix([1 2.5; 3 4], 'm.csv')
      >> disp(strtrim(fileread('m.csv')))
      1,2.5
      3,4
      >> writematrix(5, 'm.csv', WriteMode='append')

    See also readmatrix, csvwrite, save.
    """
    from cnnscript.builtins.files import workbook_files

    if name is None:
        name = next((known for known in scope.names() if scope.get(known, None) is value), "matrix") + ".txt"
    sheets = workbook_files.is_workbook(one_text(name, "writematrix", "File name"))
    if sheets or one_text(FileType, "writematrix", "FileType").lower() == "spreadsheet":
        wish = one_text(WriteMode, "writematrix", "WriteMode").lower()
        if wish not in ("overwrite", "inplace", "overwritesheet", "append", "replacefile"):
            raise ScriptError(
                "MATLAB:writematrix:InvalidOption",
                "An option of writematrix is not one of its words.",
                notes=("WriteMode: inplace, overwritesheet, append, replacefile",),
            )
        wish = "inplace" if wish == "overwrite" else wish
        grid = workbook_files.cells_of(value, "writematrix")
        workbook_files.write_grid(one_text(name, "writematrix", "File name"), grid, Sheet, Range, "writematrix", wish)
        return
    if Sheet is not None or Range is not None:
        raise ScriptError("MATLAB:writematrix:InvalidOption", "'Sheet' and 'Range' are for spreadsheets.")
    mark = delimiter_of(Delimiter, "writematrix")[0]
    mode = one_text(WriteMode, "writematrix", "WriteMode").lower()
    quote = one_text(QuoteStrings, "writematrix", "QuoteStrings").lower()
    if mode not in ("overwrite", "append") or quote not in ("minimal", "all", "none", "1", "0"):
        raise ScriptError(
            "MATLAB:writematrix:InvalidOption",
            "An option of writematrix is not one of its words.",
            notes=("WriteMode: overwrite, append", "QuoteStrings: minimal, all, none"),
        )
    if one_text(FileType, "writematrix", "FileType").lower() not in ("", "text"):
        raise ScriptError("MATLAB:writematrix:UnsupportedFileType", "Files are text or spreadsheets.")
    is_words = is_text(value) or is_cell(value)

    def quoted(word: str) -> str:
        needs = quote == "all" or quote == "minimal" and (mark in word or '"' in word or "\n" in word)
        return '"' + word.replace('"', '""') + '"' if is_words and needs else word

    text = "".join(mark.join(quoted(word) for word in row) + "\n" for row in words_of(value, "writematrix"))
    write_text(name, text, "writematrix", mode == "append")


# ------------------------------------------------------------------------------------------------- the older functions
def read_delimited(session: Any, name: Any, mark: str | None, place: tuple, function: str, empty: float = 0.0) -> Any:
    """Numbers from row and column `place` (from 0) on, in a third part of which there may be limits; empty fields are
    `empty`."""
    rows = rows_of(file_text(session, name, function), [mark] if mark else None)
    top, left = (whole_number(value, function, "Row or column") for value in (*place, 0.0, 0.0)[:2])
    if len(place) > 2:
        top, left, bottom, right = limits_of(place[2], function)
        rows = [row[: right + 1] for row in rows[: bottom + 1]]
    kept = [row[left:] for row in rows[top:]]
    for number, row in enumerate(kept, top + 1):
        for word in row:
            if word.strip() and not NUMBER.fullmatch(word.strip()):
                raise ScriptError(
                    f"MATLAB:{function}:FileFormat"
                    if function != "csvread"
                    else "MATLAB:textscan:handleErrorAndShowInfo",
                    f"Mismatch between file and format: '{word.strip()}' in row {number} is no number.",
                    hint="readmatrix gives NaN for words; a first row of words is skipped by csvread(file, 1)",
                )
    return norm(table(kept, empty))


def limits_of(value: Any, function: str) -> list[int]:
    """[R1 C1 R2 C2] counted from 0, or the same as a spreadsheet's 'A2..B7'."""
    word = text_or_none(value)
    if word is not None:
        return [number - 1 for number in corners(word.replace("..", ":"))]
    limits = as_array(value).ravel("F").tolist()
    if len(limits) != 4:
        raise ScriptError(f"MATLAB:{function}:InvalidRange", "The range must be [R1 C1 R2 C2], counted from 0.",
                          notes=(f"{function} got {described(value)}",))  # fmt: skip
    return [whole_number(limit, function, "Row or column") for limit in limits]


@builtin
def csvread(session, name, row=0.0, column=0.0, limits=None, /):
    """
    M = csvread(filename)
    M = csvread(filename, R1, C1)
    M = csvread(filename, R1, C1, [R1 C1 R2 C2])

    The numbers of a comma-separated file, from row R1 and column C1 (counted from 0) on.

    Examples
      >> csvwrite('m.csv', [1 2; 3 4])
      >> M = csvread('m.csv')
      M =
           1     2
           3     4
      >> M = csvread('m.csv', 1, 0);
      >> disp(csvread('m.csv', 0, 0, [0 0 0 1]))
           1     2

    See also csvwrite, readmatrix, dlmread.
    """
    place = (row, column) if limits is None else (row, column, limits)
    return read_delimited(session, name, ",", place, "csvread")


@builtin
def dlmread(session, name, delimiter="", /, *rest):
    """
    M = dlmread(filename)
    M = dlmread(filename, delimiter, R1)
    M = dlmread(filename, delimiter, R1, C1)
    M = dlmread(filename, delimiter, [R1 C1 R2 C2])
    M = dlmread(..., 'emptyvalue', EV)

    The numbers of a text file with any character between them (guessed), from row R1 and column C1 (from 0) on, or of
    a block of it. Empty fields are EV (0).

    Examples
      >> dlmwrite('m.txt', [1 2; 3 4], ' ')
      >> M = dlmread('m.txt')
      M =
           1     2
           3     4
      >> disp(dlmread('m.txt', ' ', 1, 0))
           3     4
      >> disp(dlmread('m.txt', ' ', 1))
           3     4
      >> disp(dlmread('m.txt', ' ', [0 1 1 1])')
           2     4
      >> disp(dlmread('m.txt', 'emptyvalue', -1))
           1     2
           3     4

    See also dlmwrite, readmatrix, csvread.
    """
    given, empty = [delimiter, *rest], 0.0
    if len(given) > 1 and (text_or_none(given[-2]) or "").lower() == "emptyvalue":
        *given, _, value = given
        empty = take.number(value, "emptyvalue")
    mark = escaped(one_text(given[0], "dlmread", "Delimiter")) if given else ""
    place = given[1:]
    if len(place) == 1 and (text_or_none(place[0]) is not None or as_array(place[0]).size != 1):
        place = [0.0, 0.0, *place]
    if len(place) > 3:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.")
    return read_delimited(session, name, mark or None, tuple(place), "dlmread", empty)


@builtin
def csvwrite(name, value, row=0.0, column=0.0, /):
    """
    csvwrite(filename, M)
    csvwrite(filename, M, row, col)

    Write a matrix as comma-separated text with 5 significant digits, `row` and `col` fields down and to the right.

    Examples
      >> csvwrite('m.csv', [1 2.25])
      >> disp(strtrim(fileread('m.csv')))
      1,2.25
      >> csvwrite('m.csv', 1, 0, 0)

    See also csvread, writematrix, dlmwrite.
    """
    write_text(name, delimited_text(value, ",", row, column, 5, "\n", "csvwrite"), "csvwrite", False)


def delimited_text(value: Any, mark: str, row: Any, column: Any, digits: Any, ending: str, name: str) -> str:
    from cnnscript.display.printf import format_text

    left = mark * whole_number(column, name, "Column offset")
    if isinstance(value, np.ndarray) and value.ndim > 2:  # pages go beside one another, as weights of filters
        value = value.reshape(len(value), -1, order="F")
    if type(digits) is str:
        rows = [[format_text(digits, [item]) for item in line] for line in as_array(value).tolist()]
    else:
        rows = words_of(value, name, digits)
    top = (mark * max(len(rows[0]) - 1, 0) + ending) * whole_number(row, name, "Row offset") if rows else ""
    return top + "".join(left + mark.join(line) + ending for line in rows)


@builtin
def dlmwrite(name, value, /, *rest):
    """
    dlmwrite(filename, M)
    dlmwrite(filename, M, delimiter)
    dlmwrite(filename, M, '-append')
    dlmwrite(filename, M, 'delimiter', d, 'precision', p)

    Write a matrix as text with any character (comma) between the fields.

    Names: 'delimiter', 'precision' (digits or a format, 5), 'newline' ('unix' or 'pc'), 'roffset', 'coffset'.

    Examples
      >> dlmwrite('m.txt', [1 2; 3 4], ';')
      >> disp(strtrim(fileread('m.txt')))
      1;2
      3;4
      >> dlmwrite('m.txt', pi, '-append', 'precision', 3)
      >> dlmwrite('n.txt', pi, 'delimiter', ' ', 'precision', '%.2f')
      >> disp(strtrim(fileread('n.txt')))
      3.14

    See also dlmread, writematrix, csvwrite.
    """
    wishes: dict[str, Any] = {"delimiter": ",", "precision": 5.0, "newline": "unix", "roffset": 0.0, "coffset": 0.0}
    append, args = False, list(rest)
    while args:
        word = text_or_none(args[0])
        if word is not None and word.lower() == "-append":
            append = True
            args.pop(0)
        elif word is not None and word.lower() in wishes and len(args) > 1:
            wishes[word.lower()] = args[1]
            del args[:2]
        elif word is not None:
            wishes["delimiter"] = word
            args.pop(0)
            for key in ("roffset", "coffset"):
                if args and not is_text(args[0]):
                    wishes[key] = args.pop(0)
        else:
            raise ScriptError(
                "MATLAB:dlmwrite:InvalidArgument", "An argument of dlmwrite is no option.", notes=(described(args[0]),)
            )
    digits = wishes["precision"]
    digits = text_or_none(digits) if is_text(digits) else whole_number(digits, "dlmwrite", "Precision", 1)
    ending = "\r\n" if text_or_none(wishes["newline"]) == "pc" else "\n"
    mark = escaped(one_text(wishes["delimiter"], "dlmwrite", "Delimiter"))
    text = delimited_text(value, mark, wishes["roffset"], wishes["coffset"], digits, ending, "dlmwrite")
    write_text(name, text, "dlmwrite", append)

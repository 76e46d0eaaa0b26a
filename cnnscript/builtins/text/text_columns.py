"""Columns read out of text by a format: textscan, and what strread and textread share with it.

A format is fields and literal text; blanks in it mean nothing.  Between two fields of the text stands one delimiter or
the end of a line; without delimiters white space does, and the ends of lines are white space too.  Reading goes on
until the format no longer suits the text: what was read until then is the result.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.arrays.joining import escaped
from cnnscript.builtins.language.streams import reading
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import flag_of, one_text, patterns, real_number, shaped, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.concatenate import horzcat
from cnnscript.values.convert import to_class
from cnnscript.values.numeric import class_of, norm
from cnnscript.values.text import String, cell_of_texts, chars, is_text, string_array

PART = re.compile(
    r"%(?P<skip>\*?)(?:(?P<width>\d+)(?:\.(?P<decimals>\d+))?)?"
    r"(?:(?P<base>[xb])(?:(?P<sign>[us])(?P<bits>8|16|32|64))?|(?P<whole>[du](?:8|16|32|64)?)|(?P<real>[fn](?:32|64)?)|(?P<letter>[sqcC])|(?P<set>\[\^?\]?[^\]]*\])"
    r"|(?:\{(?P<date>[^}]*)\})?(?P<time>[DT]))"
    r"|(?P<percent>%(?:%|(?=\s|\Z)))|(?P<blank>\s+)|(?P<literal>(?:[^%\s])+)"
)
_SIZE = r"(?:(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?|[iI]nf(?:inity)?|INF|[nN]a[nN]|NAN)"
NUMBER = re.compile(rf"([-+]?{_SIZE})(?:([-+]{_SIZE})[ij](?![A-Za-z]))?")
LINE_ENDS = ("\r\n", "\n", "\r")


class Field(NamedTuple):
    """One part of a format.  kind: 'number', 'x', 'b', 's', 'q', 'c', 'set', 'C', 'D', 'T' or 'literal'.

    class_name  of a number;  text: the literal, the set's source, or the pattern of a date
    """

    kind: str
    text: str = ""
    skip: bool = False
    width: int = 0
    decimals: int | None = None
    class_name: str = "double"


class Layout(NamedTuple):
    """What stands between fields, and how they are read: the options of textscan as plain values."""

    delimiters: tuple[str, ...] = ()
    blanks: str = " \b\t"
    line_ends: tuple[str, ...] = LINE_ENDS
    merge: bool = False
    empty: float = np.nan
    as_empty: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def fields_of(template: str) -> tuple[Field, ...]:
    """The fields and literals of a format."""
    out: list[Field] = []
    at = 0
    while at < len(template):
        found = PART.match(template, at)
        if found is None:
            raise ScriptError(
                "MATLAB:textscan:BadFormatString",
                "Badly formed format string.",
                notes=(f"at '{template[at : at + 10]}'",),
            )
        at = found.end()
        skip, width = bool(found["skip"]), int(found["width"] or 0)
        if found["blank"]:
            continue
        if found["percent"] or found["literal"]:
            out.append(Field("literal", "%" if found["percent"] else found["literal"]))
        elif found["base"]:
            name = ("int" if found["sign"] == "s" else "uint") + (found["bits"] or "64")
            out.append(Field(found["base"], "", skip, width, None, name))
        elif found["whole"]:
            name = ("int" if found["whole"][0] == "d" else "uint") + (found["whole"][1:] or "32")
            out.append(Field("number", "", skip, width, None, name))
        elif found["real"]:
            decimals = int(found["decimals"]) if found["decimals"] else None
            name = "single" if found["real"].endswith("32") else "double"
            out.append(Field("number", "", skip, width, decimals, name))
        elif found["set"]:
            out.append(Field("set", found["set"], skip, width))
        elif found["time"]:
            out.append(Field(found["time"], found["date"] or "", skip, width))
        else:
            out.append(Field(found["letter"], "", skip, width))
    return tuple(out)


def any_of(texts: tuple[str, ...]) -> str:
    """The pattern of any of the texts, longest first; one that is never found for none."""
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)) or "(?!)"


class Reader:
    """A text, how far it was read, and the patterns of one layout."""

    def __init__(self, text: str, layout: Layout):
        self.layout = layout
        self.text = text
        self.at = 0
        self.open = False  # a delimiter was read last: the field after it may be empty
        ends = any_of(layout.line_ends)
        blanks = re.escape(layout.blanks)
        self.bare = not layout.delimiters
        self.lines_count = any(delimiter in layout.line_ends for delimiter in layout.delimiters)
        between = any_of(layout.delimiters)
        stop = f"{ends}|[{blanks}]" if self.bare and blanks else ends if self.bare else f"{between}|{ends}"
        skipped = [part for part in (f"[{blanks}]" if blanks else "", ends if self.bare else "") if part]
        remark = self.remark()
        self.word = re.compile(rf"(?:(?!{stop}{'|' + remark if remark else ''})[\s\S])*")
        self.gap = re.compile(f"(?:{'|'.join([*skipped, *([remark] if remark else [])]) or '(?!)'})*")
        self.gap_of_lines = re.compile(
            f"(?:{'|'.join([*([f'[{blanks}]'] if blanks else []), *([] if self.lines_count else [ends])])}"
            f"{'|' + remark if remark else ''})*"
        )
        one = ends if self.bare else f"{between}|{ends}"
        self.delimiter = re.compile(f"(?:{one})(?:[{blanks}]*(?:{between}))*" if layout.merge and blanks else one)
        if layout.merge and not blanks:
            self.delimiter = re.compile(f"(?:{one})(?:{between})*")
        self.stop = re.compile(f"{between}|{ends}")
        self.end = re.compile(ends)

    def remark(self) -> str:
        """The pattern of a comment ('' where there are none)."""
        marks = self.layout.comments
        if not marks:
            return ""
        if len(marks) == 1:
            return f"{re.escape(marks[0])}(?:(?!{any_of(self.layout.line_ends)})[\\s\\S])*"
        return f"{re.escape(marks[0])}[\\s\\S]*?(?:{re.escape(marks[1])}|$)"

    def skip(self, pattern: re.Pattern) -> bool:
        found = pattern.match(self.text, self.at)
        if found is None or found.end() == self.at:
            return False
        self.at = found.end()
        return True

    def done(self) -> bool:
        return self.at >= len(self.text)

    def cross(self) -> None:
        """Over what stands between two fields."""
        self.skip(self.gap)
        start = self.at
        self.open = self.skip(self.delimiter) and not self.end.match(self.text, start)

    def number(self, field: Field) -> float | complex | None:
        """A number, what counts as empty, or None where there is neither."""
        text, at, layout = self.text, self.at, self.layout
        if layout.as_empty:
            found = self.word.match(text, at)
            if found is not None and found.group().strip(layout.blanks) in layout.as_empty:
                self.at = found.end()
                return layout.empty
        found = NUMBER.match(text, at, at + field.width if field.width else len(text))
        if found is None:
            empty = not self.bare and (at >= len(text) or self.stop.match(text, at))
            return layout.empty if empty else None
        word, stop = found[1], found.end(1)
        cut = re.match(rf"[-+]?\d*\.\d{{{field.decimals}}}(?=\d)", word) if field.decimals is not None else None
        if cut is not None:
            stop, word = at + cut.end(), cut.group()
        elif found[2] is not None:
            self.at = found.end()
            return complex(as_number(found[1]), as_number(found[2]))
        self.at = stop
        return as_number(word)

    def words(self, field: Field) -> str | None:
        """A text by any of the other kinds of fields, or None where there is none."""
        text, at = self.text, self.at
        if field.kind == "c":
            found = text[at : at + max(field.width, 1)]
            self.at += len(found)
            return found if len(found) == max(field.width, 1) else None
        if field.kind in "xb":
            match = DIGITS[field.kind].match(text, at, at + field.width if field.width else len(text))
            self.at = match.end() if match else at
            return match[1] if match else None
        if field.kind == "set":
            match = set_of(field.text).match(text, at, at + field.width if field.width else len(text))
            self.at = match.end() if match else at
            return match.group() if match else ""
        if field.kind == "q" and text[at : at + 1] == '"':
            match = QUOTED.match(text, at)
            if match is not None:
                self.at = match.end()
                return match[1].replace('""', '"')
        match = self.word.match(text, at, at + field.width if field.width else len(text))
        word = match.group() if match else ""
        if not word and self.bare:
            return None
        self.at += len(word)
        return word


DIGITS = {"x": re.compile(r"(?:0[xX])?([0-9a-fA-F]+)"), "b": re.compile(r"(?:0[bB])?([01]+)")}
QUOTED = re.compile(r'"((?:[^"]|"")*)"')


@lru_cache(maxsize=64)
def set_of(source: str) -> re.Pattern:
    """The pattern of '[a-z]' or '[^,]': letters after a leading ] stand for themselves."""
    inside = source[1:-1]
    negated = inside.startswith("^")
    inside = inside[1:] if negated else inside
    return re.compile("[" + ("^" if negated else "") + re.sub(r"([][\\^])", r"\\\1", inside) + "]+")


def as_number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return float(word.lower().replace("d", "e"))


def read_columns(text: str, fields: tuple[Field, ...], layout: Layout, most: int | None) -> tuple[list[list], int, str]:
    """The values of each field that is not skipped, how far the text was read, and what was wrong there ('' for
    nothing).  most: how often the format is used, None for as often as it suits."""
    reader = Reader(text, layout)
    columns: list[list] = [[] for _ in fields]
    rows = 0
    while most is None or rows < most:
        reader.skip(reader.gap_of_lines)
        if reader.done():
            break
        start, reader.open = reader.at, False
        for place, field in enumerate(fields):
            if field.kind == "literal":
                reader.skip(reader.gap)
                if not reader.text.startswith(field.text, reader.at):
                    before = reader.at
                    if not reader.skip(reader.delimiter) or not reader.text.startswith(field.text, reader.at):
                        reader.at = before
                        return columns, reader.at, f"'{field.text}'"
                reader.at += len(field.text)
                if place + 1 == len(fields):
                    reader.cross()
                continue
            if field.kind != "c":
                reader.skip(reader.gap)
            if reader.done() and not reader.open:
                return columns, reader.at, ""
            value = reader.number(field) if field.kind == "number" else reader.words(field)
            if value is None:
                return columns, reader.at, field.kind
            if not field.skip:
                columns[place].append(value)
            if place + 1 == len(fields) or fields[place + 1].kind not in ("literal", "c"):
                if field.kind != "c":
                    reader.cross()
            elif fields[place + 1].kind == "literal":
                reader.skip(reader.gap)
        rows += 1
        if reader.at == start:
            break
    return columns, reader.at, ""


def column_value(field: Field, values: list, string: bool, empty: float) -> Any:
    """The column of one field as a script's value."""
    if field.kind == "number":
        numbers = norm(np.array(values, complex if complex in map(type, values) else float).reshape(-1, 1))
        return to_class(numbers, field.class_name)
    if field.kind in "xb":
        bits = int(re.sub(r"\D", "", field.class_name))
        numbers = [int(value, 16 if field.kind == "x" else 2) & (1 << bits) - 1 for value in values]
        column = np.array(numbers, f"uint{bits}").reshape(-1, 1)
        return norm(column.view(field.class_name))
    if field.kind == "c":
        width = max(field.width, 1)
        codes = [[ord(letter) for letter in value] for value in values]
        return chars(np.array(codes, np.uint32).reshape(len(values), width))
    if field.kind == "C":
        from cnnscript.values.categorical import Categorical

        return Categorical.from_texts(values, (len(values), 1), sorted(set(values) - {""}))
    if field.kind in "DT":
        return times_of(field, values)
    return string_array(values, (len(values), 1)) if string else cell_of_texts(values)


def times_of(field: Field, values: list[str]) -> Any:
    """Dates (%D, %{dd/MM/yyyy}D) and durations (%T)."""
    from cnnscript.builtins import find

    name = "datetime" if field.kind == "D" else "duration"
    form = {"InputFormat": field.text} if field.text else {}
    made = find(name)
    return made.function(cell_of_texts(values), **form)


def collected(columns: list, empty: float) -> list:
    """Neighbouring columns of one class side by side; the shorter ones are filled up."""
    out: list = []
    for column in columns:
        if out and class_of(out[-1]) == class_of(column):
            out[-1] = horzcat(
                *(filled(part, max(len_of(out[-1]), len_of(column)), empty) for part in (out[-1], column))
            )
        else:
            out.append(column)
    return out


def len_of(column: Any) -> int:
    return column.data.shape[0] if type(column) is String else as_rows(column).shape[0]


def as_rows(column: Any) -> np.ndarray:
    return column if isinstance(column, np.ndarray) else np.array(column, ndmin=2)


def filled(column: Any, rows: int, empty: float) -> Any:
    """A column with as many rows as its neighbour: numbers end in the empty value, cells in ''."""
    array = as_rows(column)
    short = rows - len_of(column)
    if not short or type(column) is String:
        return column
    fill = "" if array.dtype == object else empty if array.dtype.kind in "fc" else 0
    end = np.empty((short, array.shape[1]), array.dtype)
    end.fill(fill)
    return np.vstack([array, end])


def columns_in_first_line(text: str, layout: Layout) -> int:
    """How many fields the first line with any has."""
    for line in re.split(any_of(layout.line_ends), text):
        if line.strip(layout.blanks):
            columns, _, _ = read_columns(line, (Field("number"),), layout, None)
            return max(1, len(columns[0]))
    return 1


def without_header(text: str, lines: int, line_ends: tuple[str, ...]) -> int:
    """Where the text goes on after so many lines."""
    end, at = re.compile(any_of(line_ends)), 0
    for _ in range(lines):
        found = end.search(text, at)
        if found is None:
            return len(text)
        at = found.end()
    return at


def several(value: Any, option: str) -> tuple[str, ...]:
    return tuple(escaped(text) for text in patterns(value, "textscan") if text)


@builtin(outputs=2)
def textscan(
    session,
    nargout,
    source,
    template="%f",
    repeat=np.inf,
    /,
    *,
    Delimiter="",
    Whitespace=" \b\t",
    EndOfLine="",
    HeaderLines=0.0,
    MultipleDelimsAsOne=False,
    CommentStyle="",
    EmptyValue=np.nan,
    TreatAsEmpty="",
    CollectOutput=False,
    ReturnOnError=True,
    TextType="char",
    DateLocale="en_US",
):
    r"""
    C = textscan(fileID, formatSpec)
    C = textscan(chr, formatSpec, N)
    C = textscan(fileID, formatSpec, Name=Value)
    [C, position] = textscan(fileID, formatSpec)

    The columns of a file or text: one cell for each field of the format, a column of numbers or a cell of texts.

    Fields: %f and %n numbers (%f32 single), %d and %u whole numbers (%d8 ... %u64), %x and %b hexadecimal and binary
    ones (unsigned of 64 bits, or %xu8, %bs16 ...), %s text up to the next delimiter,
    %q text in double quotes, %c characters, %[a-z] and %[^,] letters of a set, %C categories, %D and %{dd/MM/yyyy}D
    dates, %T durations. %*s reads a field and leaves it out; %5f is at most 5 letters wide. Other text in the format
    must stand in the file too. An empty format reads as many numbers as the first line has. It stops where the format
    no longer suits the text; columns may then differ in length.

    Options
      Delimiter            text or texts between fields (white space)
      Whitespace           characters that are skipped before a field (' \b\t')
      EndOfLine            what ends a line ('\n', '\r\n' or '\r', whichever comes)
      HeaderLines          lines to skip first (0)
      MultipleDelimsAsOne  neighbouring delimiters count as one (false)
      CommentStyle         what starts a comment that runs to the end of its line, or what opens and what closes one
      EmptyValue           for empty numeric fields (NaN)
      TreatAsEmpty         text or texts that count as an empty numeric field
      CollectOutput        neighbouring columns of one class become one matrix (false)
      ReturnOnError        what was read before text that does not suit is given (true); else it is an error
      TextType             'char' (cells of char) or 'string'
      DateLocale           language of the names of months and days: English ('en_US' ...)

    Examples
      >> C = textscan('1,a 2,b', '%f %s', 'Delimiter', {',', ' '});
      >> disp(C{1})
           1
           2
      >> disp(C{2}{2})
      b
      >> C = textscan('1 2 3 4', '%f', 2); disp(numel(C{1}))
           2
      >> fid = fopen('a.txt', 'w'); fprintf(fid, 'x,y\n1,2\n'); fclose(fid); fid = fopen('a.txt');
      >> C = textscan(fid, '%f %f', Delimiter=',', HeaderLines=1); disp([C{:}])
           1     2
      >> fclose(fid);
      >> [C, position] = textscan('conv1 3x3', 'conv%d %dx%d', 1); disp(position)
           9

    See also sscanf, fscanf, readmatrix.
    """
    locale = one_text(DateLocale, "textscan", "DateLocale").lower()
    if locale not in ("system", "en") and not locale.startswith(("en_", "en-")):
        raise ScriptError("cnnscript:NotYet", "Locales other than English are not in cnnscript's textscan yet.")
    file, here = None, 0
    if is_text(source):
        text = one_text(source, "textscan", "Text")
    else:
        file = reading(session, source)
        here = file.stream.tell()
        text = file.stream.read().decode(file.encoding, "replace")
    ends = several(EndOfLine, "EndOfLine") or LINE_ENDS
    delimiters = several(Delimiter, "Delimiter")
    blanks = "".join(several(Whitespace, "Whitespace"))
    layout = Layout(
        delimiters=delimiters,
        blanks="".join(letter for letter in blanks if letter not in delimiters),
        line_ends=ends,
        merge=flag_of(MultipleDelimsAsOne, "textscan", "MultipleDelimsAsOne"),
        empty=real_number(EmptyValue, "textscan", "EmptyValue"),
        as_empty=several(TreatAsEmpty, "TreatAsEmpty"),
        comments=several(CommentStyle, "CommentStyle"),
    )
    often = real_number(repeat, "textscan", "The repeat count")
    most = None if often < 0 or often == np.inf else whole_number(often, "textscan", "The repeat count")
    start = without_header(text, whole_number(HeaderLines, "textscan", "HeaderLines"), ends)
    body = text[start:]
    words = escaped(one_text(template, "textscan", "Format"))
    fields = fields_of(words) or (Field("number"),) * columns_in_first_line(body, layout)
    if all(field.kind == "literal" for field in fields):
        raise ScriptError("MATLAB:textscan:BadFormatString", "Badly formed format string.", notes=("it has no fields",))
    columns, stopped, wrong = read_columns(body, fields, layout, most)
    if wrong and not flag_of(ReturnOnError, "textscan", "ReturnOnError"):
        row = min(map(len, columns)) + 1
        raise ScriptError(
            "MATLAB:textscan:handleErrorAndShowInfo",
            f"Mismatch between file and format character vector.\nTrouble reading {wrong} field from file "
            f"(row number {row}).",
        )
    place = start + stopped
    if file is not None:
        place = here + len(text[:place].encode(file.encoding, "replace"))
        file.stream.seek(place)
    string = one_text(TextType, "textscan", "TextType").lower() == "string"
    out = [
        column_value(field, column, string, layout.empty)
        for field, column in zip(fields, columns, strict=True)
        if field.kind != "literal" and not field.skip
    ]
    if flag_of(CollectOutput, "textscan", "CollectOutput"):
        out = collected(out, layout.empty)
    return shaped(out, (1, len(out))), float(place)

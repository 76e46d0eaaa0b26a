"""Tables in text files: readtable, writetable."""

from __future__ import annotations

import csv
import io
import os
import re
from typing import Any

import numpy as np

from cnnscript.builtins.files.delimited import GUESSED, NUMBER, delimiter_of, number_in, number_word, write_text
from cnnscript.builtins.files.text_files import data_text
from cnnscript.builtins.files.workbook_files import (
    Grid,
    as_word,
    cells_of,
    column_of_cells,
    is_workbook,
    read_grid,
    used,
    write_grid,
)
from cnnscript.builtins.language.names import valid
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, as_array, is_cell, norm, numel_of, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.rows import width
from cnnscript.values.tables import Table, Variable, distinct
from cnnscript.values.text import MISSING, String, cell_of_texts, is_char, strings_of
from cnnscript.values.time_text import length_read
from cnnscript.values.times import Datetime, Duration, read_all
from cnnscript.values.warn import warn

TEXT_FILES = ("text", "delimitedtext", "fixedwidth")


# -------------------------------------------------------------------------------------------------------------- reading
def fields_of(text: str, marks: list[str] | None, repeated: bool) -> list[list[str]]:
    """The fields of each line that is not empty; quoted ones may hold the delimiter and line ends."""
    lines = [line for line in text.splitlines() if line.strip()]
    marks = [mark for mark in marks or () if mark] or [likely(lines)]
    if len(marks) > 1:
        first = marks[0]
        for other in marks[1:]:
            text = text.replace(other, first)
        marks = [first]
    if len(marks[0]) > 1:
        rows = [line.split(marks[0]) for line in text.splitlines() if line.strip()]
    else:
        reader = csv.reader(io.StringIO(text), delimiter=marks[0], skipinitialspace=True)
        rows = [row for row in reader if any(field.strip() for field in row) or len(row) > 1]
    if repeated or marks == [" "]:
        rows = [[field for field in row if field] for row in rows]
    return rows


def likely(lines: list[str]) -> str:
    """The character that divides the fields: the one that every line has equally often, outside quotes."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines[:50]]
    for mark in GUESSED:
        counts = {line.count(mark) for line in bare}
        if len(counts) == 1 and counts != {0}:
            return mark
    found = [mark for mark in GUESSED if bare and all(mark in line for line in bare)]
    return found[0] if found else ","


def is_number(field: str) -> bool:
    return NUMBER.fullmatch(field) is not None


def has_names(rows: list[list[str]]) -> bool:
    """Is the first row one of names: words only, over columns of numbers or further words?"""
    return bool(rows) and not any(is_number(field) for field in rows[0]) and any(field.strip() for field in rows[0])


def column_of(fields: list[str], text_type: str, missing: set[str], as_text: tuple = ()) -> Any:
    """The fields of a column as numbers, or as text where one of them is no number.

    as_text  classes of times that stay text
    """
    fields = ["" if field.strip() in missing else field for field in fields]
    if any(field.strip() for field in fields) and all(is_number(field) or not field.strip() for field in fields):
        return norm(np.array([number_in(field) for field in fields]).reshape(-1, 1))
    if not any(field.strip() for field in fields):
        return norm(np.full((len(fields), 1), np.nan))
    words = [field.strip() for field in fields]
    times = times_in(words)
    if times is not None and type(times) not in as_text:
        return times
    if text_type == "string":
        data = np.empty((len(words), 1), OBJECT)
        data[:, 0] = [word or MISSING for word in words]
        return String(data)
    return cell_of_texts(words)


def times_in(words: list[str]) -> Any:
    """Words that are all dates of one format, or all lengths of time, as such; None for other words."""
    known = [word for word in words if word]
    if not all(word[0].isdigit() or word[-1].isdigit() for word in known):
        return None
    lengths = [length_read(word) for word in known]
    if None not in lengths:
        found = iter(lengths)
        return Duration(np.array([next(found) if word else np.nan for word in words]).reshape(-1, 1))
    try:
        return Datetime(np.array(read_all(words, None)).reshape(-1, 1))
    except ScriptError:  # text that is no date
        return None


def variable_names(words: list[str], count: int, rule: str) -> tuple[list[str], list[str]]:
    """Names of variables, and their descriptions where the words of the file had to be changed."""
    words = [*words, *[""] * (count - len(words))][:count]
    named = [word.strip() or f"Var{place}" for place, word in enumerate(words, 1)]
    if rule == "preserve":
        return distinct(named), [""] * count
    names = distinct([valid(word, "underscore", "x") for word in named])
    changed = names != named
    if changed:
        warn(
            "MATLAB:table:ModifiedAndSavedVarnames",
            "Column headers from the file were modified to make them valid MATLAB identifiers before creating variable "
            "names for the table. The original column headers are saved in the VariableDescriptions property.\n"
            "Set 'VariableNamingRule' to 'preserve' to use the original column headers as table variable names.",
        )
    return names, [word if changed else "" for word in named]


@builtin
def readtable(
    session,
    filename,
    opts=None,
    /,
    *,
    Delimiter=None,
    ReadVariableNames=None,
    ReadRowNames=False,
    NumHeaderLines=0.0,
    HeaderLines=None,
    VariableNamingRule="modify",
    PreserveVariableNames=None,
    TextType="char",
    TreatAsMissing="",
    TreatAsEmpty="",
    CommentStyle="",
    ConsecutiveDelimitersRule="split",
    MultipleDelimsAsOne=False,
    Encoding="",
    FileType="",
    Sheet=None,
    Range=None,
    Format="auto",
    DatetimeType="datetime",
    DurationType="duration",
):
    """
    T = readtable(filename)
    T = readtable(filename, opts)
    T = readtable(filename, Name=Value)

    A table from a text file or a spreadsheet: numbers are read as doubles, dates as datetimes, lengths of time as
    durations, columns with other words as text; the first line names the variables when it holds words only.

    Options
      Delimiter                  what stands between fields (guessed: comma, tab, semicolon, bar, blank)
      ReadVariableNames          whether the first line names the variables (guessed)
      ReadRowNames               whether the first column names the rows (false)
      NumHeaderLines             lines to skip at the top
      HeaderLines                the older name of NumHeaderLines
      VariableNamingRule         'modify' names into valid ones (default), or 'preserve' them
      PreserveVariableNames      the older name of VariableNamingRule: true for 'preserve'
      TextType                   'char' (default: cells of text) or 'string'
      TreatAsMissing             texts that stand for missing values
      TreatAsEmpty               the older name of TreatAsMissing
      CommentStyle               what starts a comment
      ConsecutiveDelimitersRule  'split' (default) or 'join' delimiters in a row
      MultipleDelimsAsOne        the older name of that: true for 'join'
      Encoding                   name of the encoding
      FileType                   'text' or 'spreadsheet' (by the ending of the name)
      Sheet                      the name or number of a spreadsheet's sheet (the first)
      Range                      the cells of a spreadsheet to read, such as 'B2:D5'
      Format                     the class of each column as textscan has it ('%s%f%D'; guessed), %* leaves one out
      DatetimeType               'datetime' (default) or 'text': what becomes of dates
      DurationType               'duration' (default) or 'text': what becomes of lengths of time

    Examples
      >> writelines(["label,score" "cat,0.75" "dog,"], 't.csv')
      >> T = readtable('t.csv')
      T =
        2×2 table
           label     score
          _______    _____
          {'cat'}    0.75
          {'dog'}     NaN
      >> T = readtable('t.csv', TextType='string', ReadRowNames=true);
      >> disp(T{'cat', 'score'})
          0.7500

    See also writetable, detectImportOptions, table, readmatrix, textscan.
    """
    word = take.text(filename, "Filename")
    if opts is not None:
        from cnnscript.builtins.tables.import_options import read_with, require_options

        return read_with(session, word, require_options(opts, "readtable"))
    kind_of_file = take.text(FileType, "FileType").lower()
    if kind_of_file not in ("", "spreadsheet", *TEXT_FILES):
        raise ScriptError("MATLAB:readtable:UnsupportedFileType", "Files are text or spreadsheets.")
    rule = take.choice(VariableNamingRule, ("modify", "preserve"), "VariableNamingRule")
    if PreserveVariableNames is not None:
        rule = "preserve" if take.flag(PreserveVariableNames, "PreserveVariableNames") else "modify"
    missing = {*take.texts(TreatAsMissing, "TreatAsMissing"), *take.texts(TreatAsEmpty, "TreatAsEmpty")} - {""}
    kind = take.choice(TextType, ("char", "string"), "TextType")
    skipped = take.count(NumHeaderLines if HeaderLines is None else HeaderLines, "NumHeaderLines")
    wanted_names = None if ReadVariableNames is None else take.flag(ReadVariableNames, "ReadVariableNames")
    form = take.text(Format, "Format")
    as_text: tuple = ()
    if take.choice(DatetimeType, ("datetime", "text"), "DatetimeType") == "text":
        as_text += (Datetime,)
    if take.choice(DurationType, ("duration", "text"), "DurationType") == "text":
        as_text += (Duration,)
    if is_workbook(word) or kind_of_file == "spreadsheet":
        if form != "auto" or as_text:
            raise ScriptError("cnnscript:NotYet", "'Format' and the types of times are for text files only.")
        grid, _, _ = used(read_grid(session, word, Sheet, Range, "readtable")[skipped:], Range)
        return table_of_cells(grid, wanted_names, take.flag(ReadRowNames, "ReadRowNames"), rule, kind, missing)
    if Sheet is not None or Range is not None:
        raise ScriptError("cnnscript:NotYet", "'Sheet' and 'Range' of readtable are for spreadsheets only.")
    text = data_text(session, word, "readtable", Encoding, CommentStyle, skipped)
    marks = delimiter_of(Delimiter, "readtable") if Delimiter is not None else None
    joined = take.choice(ConsecutiveDelimitersRule, ("split", "join"), "ConsecutiveDelimitersRule") == "join"
    rows = fields_of(text, marks, joined or take.flag(MultipleDelimsAsOne, "MultipleDelimsAsOne"))
    named = has_names(rows) if wanted_names is None else wanted_names
    words, rows = (rows[0], rows[1:]) if named and rows else ([], rows)
    count = max(map(len, rows), default=len(words))
    if words and len(words) == count - 1:
        words = ["Row", *words]
    names, descriptions = variable_names(words, count, rule)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(count)]
    row_names = None
    if take.flag(ReadRowNames, "ReadRowNames") and count:
        row_names = [field.strip() for field in columns.pop(0)]
        names, descriptions = names[1:], descriptions[1:]
    if form != "auto":
        from cnnscript.builtins.tables.import_options import columns_by_format

        data = columns_by_format(form, columns, kind, missing)
    else:
        data = [column_of(fields, kind, missing, as_text) for fields in columns]
    variables = tuple(
        Variable(name, one, description=description)
        for name, one, description in zip(names, data, descriptions, strict=True)
        if one is not None
    )
    return Table(variables, len(rows)).with_row_names(row_names)


def table_of_cells(
    grid: Grid, wanted_names: bool | None, row_names: bool, rule: str, kind: str, missing: set[str]
) -> Table:
    """A table of the cells of a sheet; the first row names the variables when it holds words only."""
    named = wanted_names
    if named is None:
        first = [value for value in grid[0] if value is not None] if grid else []
        named = bool(first) and all(isinstance(value, str) for value in first)
    words = [as_word(value) for value in grid[0]] if named and grid else []
    grid = grid[1:] if words else grid
    count = len(grid[0]) if grid else len(words)
    names, descriptions = variable_names(words, count, rule)
    columns = [[row[place] for row in grid] for place in range(count)]
    rows = None
    if row_names and count:
        rows = [as_word(value) for value in columns.pop(0)]
        names, descriptions = names[1:], descriptions[1:]
    variables = tuple(
        Variable(name, column_of_cells(values, kind, missing), description=description)
        for name, values, description in zip(names, columns, descriptions, strict=True)
    )
    return Table(variables, len(grid)).with_row_names(rows)


# -------------------------------------------------------------------------------------------------------------- writing
def words_of_variable(variable: Variable) -> list[list[str]]:
    """The words of each row of a variable; empty for what is missing."""
    data = variable.data
    texts = getattr(data, "words", None)
    if type(data) is not String and not isinstance(data, Object) and is_cell(data) and strings_of(data) is None:
        rows = data.reshape(data.shape[0], width(data), order="F").tolist()
        return [[cell_word(item, variable.name) for item in row] for row in rows]
    if isinstance(data, Object):
        if texts is None:
            raise unwritable(variable.name, data)
        return texts()
    if is_char(data):
        return [[row] for row in ([data] if type(data) is str else data.rows())]
    if isinstance(data, float | bool | complex | np.generic) or type(data) is np.ndarray and data.dtype != OBJECT:
        array = as_array(data)
        rows = array.reshape(array.shape[0], width(data), order="F").tolist()
        return [[number_word(item) for item in row] for row in rows]
    words = strings_of(data)
    if words is None:
        raise unwritable(variable.name, data)
    rows = words.reshape(words.shape[0], width(data), order="F").tolist()
    return [["" if word is MISSING else word for word in row] for row in rows]


def cell_word(item: Any, name: str) -> str:
    if numel_of(item) == 0:
        return ""
    words = strings_of(item)
    if words is None or words.size != 1 or is_cell(item):
        raise unwritable(name, item)
    return "" if words.item() is MISSING else words.item()


def unwritable(name: str, data: Any) -> ScriptError:
    from cnnscript.values.numeric import class_of

    return ScriptError(
        "MATLAB:table:write:UnsupportedType",
        f"The table variable '{name}' cannot be written as text.",
        notes=(f"it holds a {size_text(size_of(data))} {class_of(data)}",),
    )


@builtin
def writetable(
    argument_names,
    x,
    filename=None,
    /,
    *,
    Delimiter=",",
    WriteVariableNames=True,
    WriteRowNames=False,
    WriteMode="overwrite",
    QuoteStrings="minimal",
    FileType="",
    Encoding="UTF-8",
    Sheet=None,
    Range=None,
):
    """
    writetable(T)
    writetable(T, filename)
    writetable(T, filename, Name=Value)

    Write a table as text or into a spreadsheet: a line of names, then a line for each row.  Without a name the file is
    called as the variable, with the ending .txt.

    Options
      Delimiter           what stands between fields (comma)
      WriteVariableNames  whether the first line names the variables (true)
      WriteRowNames       whether the first column names the rows (false)
      WriteMode           'overwrite' (default) or 'append'; for spreadsheets 'inplace' (default), 'overwritesheet',
                          'append' or 'replacefile'
      QuoteStrings        'minimal' (default: where a field holds the delimiter), 'all' or 'none'
      FileType            'text' or 'spreadsheet' (by the ending of the name)
      Encoding            'UTF-8'
      Sheet               the name or number of a spreadsheet's sheet (the first)
      Range               where in the sheet to write, such as 'B2'

    Examples
      >> T = table({'cat'; 'dog'}, [0.75; 0.25], 'VariableNames', {'label' 'score'});
      >> writetable(T, 't.csv')
      >> disp(strtrim(fileread('t.csv')))
      label,score
      cat,0.75
      dog,0.25
      >> writetable(T, 't.txt', Delimiter='tab', WriteVariableNames=false)
      >> writetable(T)

    See also readtable, table, writematrix.
    """
    source = require_table(x, "writetable")
    if filename is None:
        filename = (argument_names[0] if argument_names and argument_names[0] else "table") + ".txt"
    name = take.text(filename, "Filename")
    kind_of_file = take.text(FileType, "FileType").lower()
    if kind_of_file not in ("", "spreadsheet", *TEXT_FILES):
        raise ScriptError("MATLAB:writetable:UnsupportedFileType", "Files are text or spreadsheets.")
    if is_workbook(name) or kind_of_file == "spreadsheet":
        names_too = take.flag(WriteVariableNames, "WriteVariableNames")
        rows_too = take.flag(WriteRowNames, "WriteRowNames")
        write_sheet(source, name, Sheet, Range, take.text(WriteMode, "WriteMode"), names_too, rows_too)
        return
    if Sheet is not None or Range is not None:
        raise ScriptError(
            "MATLAB:table:write:InvalidOption", "'Sheet' and 'Range' are for spreadsheets.", notes=(f"file {name}",)
        )
    if os.path.splitext(name)[1].lower() not in ("", ".csv", ".txt", ".dat", ".tsv"):
        raise ScriptError(
            "MATLAB:table:write:UnrecognizedFileExtension",
            f"The file extension '{os.path.splitext(name)[1]}' is not recognized.",
            hint="'.csv', '.txt' or '.dat'",
        )
    if take.text(Encoding, "Encoding").lower() not in ("utf-8", "utf8"):
        raise ScriptError("cnnscript:NotYet", "Tables are written in UTF-8 only; other encodings are not there yet.")
    mark = delimiter_of(Delimiter, "writetable")[0]
    quote = take.choice(QuoteStrings, ("minimal", "all", "none"), "QuoteStrings")
    append = take.choice(WriteMode, ("overwrite", "append"), "WriteMode") == "append"

    def quoted(word: str, is_text: bool) -> str:
        needs = quote == "all" and is_text or quote == "minimal" and any(sign in word for sign in (mark, '"', "\n"))
        return '"' + word.replace('"', '""') + '"' if needs else word

    heads: list[str] = []
    columns: list[list[str]] = []
    if take.flag(WriteRowNames, "WriteRowNames") and source.row_names:
        heads.append(source.about.dimension_names[0])
        columns.append([quoted(row, True) for row in source.row_names])
    for variable in flattened(source):
        count = width(variable.data) if not is_char(variable.data) else 1
        heads += [variable.name] if count == 1 else [f"{variable.name}_{place}" for place in range(1, count + 1)]
        is_text = is_char(variable.data) or not isinstance(norm(variable.data), float | bool | complex | np.ndarray)
        is_text = is_text or is_cell(variable.data)
        rows = words_of_variable(variable)
        columns += [[quoted(row[place], is_text) for row in rows] for place in range(count)]
    lines = [mark.join(row) for row in zip(*columns, strict=True)]
    written_names = take.flag(WriteVariableNames, "WriteVariableNames") and not (append and os.path.exists(name))
    if written_names:
        lines.insert(0, mark.join(quoted(head, False) for head in heads))
    write_text(name, "".join(line + "\n" for line in lines), "writetable", append)


def write_sheet(source: Table, name: str, sheet: Any, area: Any, mode: str, names_too: bool, rows_too: bool) -> None:
    """A table into a sheet: its names, then its rows."""
    mode = "inplace" if mode.lower() == "overwrite" else mode
    mode = take.choice(mode, ("inplace", "overwritesheet", "append", "replacefile"), "WriteMode")
    grid: Grid = [[] for _ in range(source.rows)]
    heads: list[Any] = []
    if rows_too and source.row_names:
        heads.append(source.about.dimension_names[0])
        grid = [[row] for row in source.row_names]
    for variable in flattened(source):
        cells = cells_of(variable.data, "writetable")
        count = len(cells[0]) if cells else width(variable.data)
        heads += [variable.name] if count == 1 else [f"{variable.name}_{place}" for place in range(1, count + 1)]
        grid = [[*row, *more] for row, more in zip(grid, cells, strict=True)]
    if names_too and not (mode == "append" and os.path.exists(name)):
        grid.insert(0, heads)
    write_grid(name, grid, sheet, area, "writetable", mode)


def flattened(source: Table) -> list[Variable]:
    """The variables, those of tables in tables as outer_inner."""
    variables: list[Variable] = []
    for variable in source.variables:
        if type(variable.data) is Table:
            inner = flattened(variable.data)
            variables += [Variable(f"{variable.name}_{one.name}", one.data) for one in inner]
        else:
            variables.append(variable)
    return variables

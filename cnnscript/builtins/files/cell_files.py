"""Cells in files of text and in spreadsheets: readcell, writecell; the variables of a file: readvars."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.files.delimited import delimiter_of, number_in, number_word, write_text
from cnnscript.builtins.files.text_files import data_text
from cnnscript.builtins.files.workbook_files import (
    WORKBOOKS,
    cells_of,
    is_workbook,
    read_grid,
    scalar,
    used,
    write_grid,
)
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.table_files import fields_of, is_number, readtable, times_in
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT
from cnnscript.values.text import MISSING, String


def missing() -> String:
    return String(np.array([[MISSING]], OBJECT), untyped=True)


def field(word: str, kind: str) -> Any:
    """A field of a text file as a value: a number, a date, a length of time, text, or missing."""
    bare = word.strip()
    if not bare:
        return missing()
    if is_number(bare):
        return number_in(bare)
    found = times_in([bare]) if kind == "datetime" else None
    if found is not None:
        return found
    return String(np.array([[bare]], OBJECT)) if kind == "string" else bare


@builtin
def readcell(
    session,
    filename,
    /,
    *,
    Delimiter=None,
    NumHeaderLines=0.0,
    Range=None,
    Sheet=None,
    TextType="char",
    DatetimeType="datetime",
    CommentStyle="",
    Encoding="",
    FileType="",
):
    """
    C = readcell(filename)
    C = readcell(filename, Name=Value)

    The fields of a text file or the cells of a spreadsheet as a cell: numbers, dates and text; missing where there is
    nothing.

    Options
      Delimiter       what stands between fields (guessed)
      NumHeaderLines  lines to skip at the top
      Range           the cells of a spreadsheet to read, such as 'B2:D5'
      Sheet           the name or number of the sheet (the first)
      TextType        'char' (default) or 'string'
      DatetimeType    'datetime' (default) or 'text': what becomes of dates in text files
      CommentStyle    what starts a comment
      Encoding        name of the encoding
      FileType        'text' or 'spreadsheet' (by the ending of the name)

    Examples
      >> writecell({'a', 1; 'b', 2.5}, 'c.csv')
      >> C = readcell('c.csv')
      C =
        2×2 cell array
          {'a'}    {[     1]}
          {'b'}    {[2.5000]}
      >> C = readcell('c.csv', NumHeaderLines=1);
      >> disp(size(C))
           1     2

    See also writecell, readtable, readmatrix, readlines.
    """
    name = take.text(filename, "Filename")
    kind = take.choice(TextType, ("char", "string"), "TextType")
    skipped = take.count(NumHeaderLines, "NumHeaderLines")
    if is_workbook(name) or take.text(FileType, "FileType").lower() == "spreadsheet":
        grid, _, _ = used(read_grid(session, name, Sheet, Range, "readcell")[skipped:], Range)
        rows = [[missing() if value is None else scalar(value) for value in row] for row in grid]
        if kind == "string":
            rows = [[String(np.array([[one]], OBJECT)) if type(one) is str else one for one in row] for row in rows]
    else:
        if Range is not None or Sheet is not None:
            raise ScriptError("cnnscript:NotYet", "Range and Sheet of readcell are for spreadsheets only.")
        text = data_text(session, name, "readcell", Encoding, CommentStyle, skipped)
        marks = delimiter_of(Delimiter, "readcell") if Delimiter is not None else None
        dates = take.choice(DatetimeType, ("datetime", "text"), "DatetimeType")
        wish = "datetime" if dates == "datetime" and kind == "char" else kind
        rows = [[field(word, wish) for word in row] for row in fields_of(text, marks, False)]
    width = max(map(len, rows), default=0)
    cell = np.empty((len(rows), width), OBJECT, order="F")
    for at, row in enumerate(rows):
        for place in range(width):
            cell[at, place] = row[place] if place < len(row) else missing()
    return cell


@builtin
def writecell(
    argument_names, value, filename=None, /, *, Delimiter=",", WriteMode="overwrite", QuoteStrings="minimal",
    Sheet=None, Range=None, FileType="",
):  # fmt: skip
    """
    writecell(C)
    writecell(C, filename)
    writecell(C, filename, Name=Value)

    Write a cell of numbers and texts into a text file or a spreadsheet, a row a line.  Without a name the file is
    called as the variable, with the ending .txt.

    Options
      Delimiter     what stands between fields (comma)
      WriteMode     'overwrite' (default) or 'append'; for spreadsheets 'inplace' (default), 'overwritesheet',
                    'append' or 'replacefile'
      QuoteStrings  'minimal' (default: where a field holds the delimiter), 'all' or 'none'
      Sheet         the name or number of the sheet (the first)
      Range         where in the sheet to write, such as 'B2'
      FileType      'text' or 'spreadsheet' (by the ending of the name)

    Examples
      >> C = {'cat', 0.75; 'dog, hot', 2};
      >> writecell(C, 'c.csv')
      >> disp(strtrim(fileread('c.csv')))
      cat,0.75
      "dog, hot",2
      >> writecell(C, 'c.txt', Delimiter='tab')
      >> writecell(C)

    See also readcell, writetable, writematrix.
    """
    cell = take.cell(value, "Cell")
    if filename is None:
        filename = (argument_names[0] if argument_names and argument_names[0] else "cell") + ".txt"
    name = take.text(filename, "Filename")
    grid = cells_of(cell, "writecell")
    mode = take.text(WriteMode, "WriteMode").lower()
    if is_workbook(name) or take.text(FileType, "FileType").lower() == "spreadsheet":
        mode = "inplace" if mode == "overwrite" else mode
        mode = take.choice(mode, ("inplace", "overwritesheet", "append", "replacefile"), "WriteMode")
        write_grid(name, grid, Sheet, Range, "writecell", mode)
        return
    if Sheet is not None or Range is not None:
        raise ScriptError(
            "MATLAB:writecell:InvalidOption",
            "'Sheet' and 'Range' are for spreadsheets.",
            notes=("endings of spreadsheets: " + ", ".join(WORKBOOKS),),
        )
    mode = take.choice(mode, ("overwrite", "append"), "WriteMode")
    mark = delimiter_of(Delimiter, "writecell")[0]
    quote = take.choice(QuoteStrings, ("minimal", "all", "none"), "QuoteStrings")
    lines = []
    for row, items in zip(grid, cell.reshape(cell.shape[0], prod(cell.shape[1:]), order="F").tolist(), strict=True):
        words = []
        for one, item in zip(row, items, strict=True):
            if isinstance(one, str):
                needs = quote == "all" or quote == "minimal" and any(sign in one for sign in (mark, '"', "\n"))
                words.append('"' + one.replace('"', '""') + '"' if needs else one)
            else:
                texts = getattr(item, "texts", None)
                words.append("" if one is None else texts()[0] if texts is not None else number_word(one))
        lines.append(mark.join(words) + "\n")
    write_text(name, "".join(lines), "writecell", mode == "append")


@builtin(outputs=None)
def readvars(session, nargout, filename, /, *, Sheet=None, Range=None, Delimiter=None, NumHeaderLines=0.0):
    """
    [var1, ..., varN] = readvars(filename)
    [var1, ..., varN] = readvars(filename, Name=Value)

    The columns of a text file or a spreadsheet, each as a variable.

    Options
      Sheet           the name or number of the sheet (the first)
      Range           the cells of a spreadsheet to read
      Delimiter       what stands between fields (guessed)
      NumHeaderLines  lines to skip at the top

    Examples
      >> writelines(["label,score" "cat,0.75" "dog,0.5"], 't.csv')
      >> [label, score] = readvars('t.csv');
      >> disp(score')
          0.7500    0.5000
      >> label = readvars('t.csv', Delimiter=',');
      >> disp(label')
          {'cat'}    {'dog'}

    See also readtable, readmatrix, readcell.
    """
    T = readtable(
        session, filename, Sheet=Sheet, Range=Range, Delimiter=Delimiter, NumHeaderLines=NumHeaderLines,
        VariableNamingRule="preserve",
    )  # fmt: skip
    if nargout > len(T.variables):
        raise ScriptError(
            "MATLAB:readvars:TooManyOutputs",
            "There are more outputs than variables in the file.",
            notes=(f"{nargout} outputs, {len(T.variables)} variables",),
        )
    return tuple(variable.data for variable in T.variables)

"""Spreadsheets: xlsread, xlswrite, sheetnames."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import numpy as np

from cnnscript.builtins.files.text_files import file_text
from cnnscript.builtins.files.workbook_files import (
    WORKBOOKS,
    Grid,
    bounds_of,
    cells_of,
    is_workbook,
    number_matrix,
    opened,
    read_grid,
    scalar,
    write_grid,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, norm, numel_of
from cnnscript.values.text import String, text_or_none

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def workbook_name(value: Any, function: str) -> str:
    name = take.text(value, "File name")
    if not is_workbook(name):
        if name.rpartition("/")[2].count("."):
            raise ScriptError(
                f"MATLAB:{function}:fileFormat",
                f"The file '{name}' is not a spreadsheet.",
                notes=("known endings: " + ", ".join(WORKBOOKS),),
            )
        name += ".xlsx"
    return name


@builtin(outputs=3)
def xlsread(session, nargout, filename, sheet=None, area=None, mode="", /):
    """
    num = xlsread(filename)
    num = xlsread(filename, sheet)
    num = xlsread(filename, sheet, xlRange)
    [num, txt, raw] = xlsread(...)

    The numbers of a spreadsheet as a matrix, its texts and all its cells as cells.

    Rows and columns without a number around the numbers are left out; a cell that is no number is NaN. Files that end
    in .csv are read as Excel reads them, on whose systems MATLAB takes them.

    Examples
      >> xlswrite('s.xlsx', {'a', 'b'; 1, 2; 3, 'x'})
      >> num = xlsread('s.xlsx')
      num =
           1     2
           3   NaN
      >> [num, txt, raw] = xlsread('s.xlsx', 1, 'A1:B2');
      >> disp(txt)
          {'a'}    {'b'}
      >> disp(xlsread('s.xlsx', 'Sheet1'))
           1     2
           3   NaN

    See also xlswrite, readtable, readmatrix, readcell, sheetnames.
    """
    name = take.text(filename, "File name")
    lines = name.lower().endswith(".csv")
    name = name if lines else workbook_name(filename, "xlsread")
    if text_or_none(mode) is None or text_or_none(mode).lower() not in ("", "basic"):
        raise ScriptError("cnnscript:NotYet", "xlsread takes no function and no mode but 'basic'.")
    word = text_or_none(sheet) if sheet is not None else None
    if area is None and word is not None and ":" in word:
        sheet, area = None, word
    grid = (comma_grid if lines else read_grid)(session, name, sheet, area, "xlsread")
    raw = np.empty((len(grid), len(grid[0]) if grid else 0), OBJECT, order="F")
    for row, values in enumerate(grid):
        for column, value in enumerate(values):
            raw[row, column] = scalar(value)
    return norm(trimmed_numbers(grid)), texts_of(grid), raw


def comma_grid(session: Any, name: str, sheet: Any, area: Any, function: str) -> Grid:
    """The cells of a file of values with commas between them, which has one sheet."""
    if text_or_none(sheet) is None and sheet is not None and take.integer(sheet, "Sheet") != 1:
        raise ScriptError(f"MATLAB:{function}:worksheetNotFound", f"'{name}' has one sheet.")
    rows = list(csv.reader(io.StringIO(file_text(session, name, function), newline="")))
    width = max(map(len, rows), default=0)
    grid = [[typed(word) for word in row] + [None] * (width - len(row)) for row in rows]
    if area is None or not numel_of(area):
        return grid
    top, left, bottom, right = bounds_of(area, function)
    return [row[left - 1 : right] for row in grid[top - 1 : bottom]]


def typed(word: str) -> float | bool | str | None:
    """A word between commas as Excel takes it: a number, true or false, text, or nothing."""
    word = word.strip()
    if word.upper() in ("TRUE", "FALSE"):
        return word.upper() == "TRUE"
    return float(word) if NUMBER.fullmatch(word) else word or None


def trimmed_numbers(grid: Grid) -> np.ndarray:
    """The numbers without the rows and columns around them that have none."""
    numbers = number_matrix(grid)
    known = ~np.isnan(numbers)
    rows, columns = np.flatnonzero(known.any(axis=1)), np.flatnonzero(known.any(axis=0))
    if not rows.size:
        return np.zeros((0, 0))
    return np.asfortranarray(numbers[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def texts_of(grid: Grid) -> np.ndarray:
    """The texts as a cell, '' for other cells; rows and columns behind the last text are left out."""
    words = [[value if isinstance(value, str) else "" for value in row] for row in grid]
    height = max((row + 1 for row, values in enumerate(words) if any(values)), default=0)
    width = max((place + 1 for values in words for place, word in enumerate(values) if word), default=0)
    cell = np.empty((height, width), OBJECT, order="F")
    for row in range(height):
        for place in range(width):
            cell[row, place] = words[row][place]
    return cell


@builtin(outputs=2)
def xlswrite(nargout, filename, value, sheet=None, area=None, /):
    """
    xlswrite(filename, A)
    xlswrite(filename, A, sheet)
    xlswrite(filename, A, sheet, xlRange)
    [status, message] = xlswrite(...)

    Write a matrix or a cell into a sheet of a spreadsheet, which is made where it is not there.

    Examples
      >> xlswrite('s.xlsx', [1 2; 3 4])
      >> [status, message] = xlswrite('s.xlsx', {'x'}, 'notes', 'B2');
      >> disp(status)
         1
      >> disp(sheetnames('s.xlsx')')
          "Sheet1"    "notes"
      >> xlswrite('s.xlsx', 5, 'notes')

    See also xlsread, writetable, writematrix, writecell.
    """
    from cnnscript.values.structs import Struct

    name = workbook_name(filename, "xlswrite")
    word = text_or_none(sheet) if sheet is not None else None
    if area is None and word is not None and ":" in word:
        sheet, area = None, word
    write_grid(name, cells_of(value, "xlswrite"), sheet, area, "xlswrite")
    return (True, Struct({"message": "", "identifier": ""})) if nargout else ()


@builtin
def sheetnames(session, filename, /):
    """
    sheets = sheetnames(filename)

    The names of the sheets of a spreadsheet.

    Examples
      >> writematrix([1 2], 's.xlsx')
      >> sheets = sheetnames('s.xlsx')
      sheets =
          "Sheet1"

    See also xlsread, readtable, readcell.
    """
    book = opened(session, workbook_name(filename, "sheetnames"), "sheetnames", read_only=True)
    try:
        names = book.sheetnames
    finally:
        book.close()
    data = np.empty((len(names), 1), OBJECT)
    data[:, 0] = names
    return String(data)

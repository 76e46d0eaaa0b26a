"""Spreadsheets as grids of plain values, through openpyxl: reading a sheet, writing into one."""

from __future__ import annotations

import datetime as clock
import io
import os
import warnings
from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.files.matfiles import write_beside
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import OBJECT, as_array, class_of, is_cell, ndarray, norm, numel_of
from cnnscript.values.text import MISSING, String, is_char, text_or_none
from cnnscript.values.time_text import EPOCH, moment_of
from cnnscript.values.time_text import parts as parts_of_moment
from cnnscript.values.times import Datetime, Duration, TimeArray

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")
OLD_WORKBOOKS = (".xls", ".xlsb", ".ods")
Grid = list[list[Any]]  # rows of None, float, str, bool, datetime and timedelta


def is_workbook(name: str) -> bool:
    """Does a file's name end as that of a spreadsheet?  An old kind of spreadsheet is an error."""
    ending = os.path.splitext(name)[1].lower()
    if ending in OLD_WORKBOOKS:
        raise ScriptError(
            "cnnscript:NotYet",
            f"Spreadsheets of the kind '{ending}' are not in cnnscript yet.",
            notes=(f"the file is {name}",),
            hint="save it as .xlsx or .csv",
        )
    return ending in WORKBOOKS


def library() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise ScriptError(
            "cnnscript:missingPackage",
            "Spreadsheets need the package openpyxl, which is not installed.",
            hint="pip install 'cnnscript[excel]'",
        ) from None
    return openpyxl


def opened(session: Any, name: str, function: str, **how: Any) -> Any:
    """The workbook of a file."""
    path = session.path.find_file(name)
    if path is None:
        raise ScriptError(
            f"MATLAB:{function}:cannotOpenFile",
            f"Unable to find or open '{name}'. Check the path and filename or file permissions.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's own, about parts of the file that hold no cells
            return library().load_workbook(path, data_only=True, **how)
    except ScriptError:
        raise
    except Exception as fault:  # whatever a damaged file makes of the reader
        raise ScriptError(
            f"MATLAB:{function}:fileFormat", f"Unable to read the spreadsheet '{name}'.", notes=(str(fault),)
        ) from None


def sheet_of(book: Any, wanted: Any, function: str) -> Any:
    """A sheet by name or number (from 1); the first by default."""
    names = book.sheetnames
    if wanted is None or not numel_of(wanted):
        return book[names[0]]
    word = text_or_none(wanted)
    if word is None:
        number = take.positive(wanted, "Sheet")
        word = names[number - 1] if number <= len(names) else str(number)
    if word not in names:
        raise ScriptError(
            f"MATLAB:{function}:WorksheetNotFound",
            f"Unable to find the worksheet '{word}'.",
            notes=("the file has: " + ", ".join(names),),
        )
    return book[word]


def bounds_of(area: Any, function: str) -> tuple[int, int, int | None, int | None]:
    """First row and column (from 1), last row and column (None: to the end) of a range such as 'B2:D5' or 'A:C'."""
    word = text_or_none(area)
    if word is None:
        numbers = [take.integer(number, "Range") for number in as_array(area).ravel("F").tolist()]
        if len(numbers) not in (1, 2, 4) or min(numbers) < 1:
            raise no_range(area, function)
        first = (numbers[0], numbers[1] if len(numbers) > 1 else 1)
        return (*first, numbers[2], numbers[3]) if len(numbers) == 4 else (*first, None, None)
    from openpyxl.utils.cell import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(word.replace("$", "").upper())
    except ValueError:
        raise no_range(area, function) from None
    if ":" not in word:
        right = bottom = None
    return top or 1, left or 1, bottom, right


def no_range(area: Any, function: str) -> ScriptError:
    shown = text_or_none(area) or f"{numel_of(area)} numbers"
    return ScriptError(
        f"MATLAB:{function}:InvalidRange", f"'{shown}' is not a range of cells.", hint="such as 'B2:D5', 'B2' or 'A:C'"
    )


def read_grid(session: Any, name: str, sheet: Any, area: Any, function: str) -> Grid:
    """The cells of a sheet, or of a range of it; empty rows and columns at the ends are left out."""
    book = opened(session, name, function)
    try:
        cells = sheet_of(book, sheet, function)
        top, left, bottom, right = (1, 1, None, None)
        if area is not None and numel_of(area):
            library()
            top, left, bottom, right = bounds_of(area, function)
        rows = cells.iter_rows(min_row=top, min_col=left, max_row=bottom, max_col=right, values_only=True)
        grid = [[plain(value) for value in row] for row in rows]
    finally:
        book.close()
    if bottom is None:
        while grid and all(value is None for value in grid[-1]):
            grid.pop()
    if right is None:
        width = max((place + 1 for row in grid for place, value in enumerate(row) if value is not None), default=0)
        grid = [row[:width] for row in grid]
    return grid


def used(grid: Grid, area: Any = None) -> tuple[Grid, int, int]:
    """The cells from the first row and the first column with anything in it, and how many of each are left out.

    As a program reads them that names no range (area).
    """
    if area is not None and numel_of(area):
        return grid, 0, 0
    above = next((place for place, row in enumerate(grid) if any(value is not None for value in row)), 0)
    firsts = [next((place for place, value in enumerate(row) if value is not None), None) for row in grid]
    before = min((place for place in firsts if place is not None), default=0)
    return [row[before:] for row in grid[above:]], above, before


def letters_of(column: int) -> str:
    """The name of a column (from 1): A to Z, AA ..."""
    from openpyxl.utils.cell import get_column_letter

    return get_column_letter(column)


def plain(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, clock.datetime | float | bool | str | clock.timedelta):
        return value
    if isinstance(value, clock.date):
        return clock.datetime(value.year, value.month, value.day)
    if isinstance(value, clock.time):
        return clock.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    return None if value is None or value == "" else str(value)


def moment(value: clock.datetime) -> float:
    second = value.second + value.microsecond / 1e6
    return moment_of(value.year, value.month, value.day, value.hour, value.minute, second)


def scalar(value: Any) -> Any:
    """One cell of a sheet as a value of the language; an empty one is NaN."""
    if value is None:
        return np.nan
    if isinstance(value, clock.datetime):
        return Datetime(np.array([[moment(value)]]))
    if isinstance(value, clock.timedelta):
        return Duration(np.array([[value.total_seconds() * 1000]]))
    return value


def as_word(value: Any) -> str:
    """One cell of a sheet as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return scalar(value).texts()[0] if isinstance(value, clock.datetime | clock.timedelta) else value


# -------------------------------------------------------------------------------------------------------------- writing
def cells_of(value: Any, function: str) -> Grid:
    """A matrix, cell or column of any class as rows of what a sheet can hold."""
    if is_char(value):
        return [[text] for text in ([value] if type(value) is str else value.rows())]
    if is_cell(value):
        flat = value.reshape(value.shape[0], prod(value.shape[1:]), order="F")
        return [[cell_in(item, function) for item in row] for row in flat.tolist()]
    if type(value) is String:
        flat = value.data.reshape(value.data.shape[0], -1, order="F")
        return [[None if text is MISSING else text for text in row] for row in flat.tolist()]
    if type(value) is Categorical:
        words = [None, *value.names]
        codes = value.codes.reshape(value.codes.shape[0], -1, order="F")
        return [[words[code] for code in row] for row in codes.tolist()]
    if isinstance(value, TimeArray):
        flat = value.data.reshape(value.data.shape[0], -1, order="F")
        return [[time_in(value, number) for number in row] for row in flat.tolist()]
    if isinstance(value, float | bool | np.generic) or type(value) is ndarray and value.dtype != OBJECT:
        array = as_array(value)
        if not array.size:
            return []
        if array.dtype.kind != "c":
            rows = array.reshape(array.shape[0], -1, order="F").tolist()
            return [[number_in(number) for number in row] for row in rows]
    raise ScriptError(
        f"MATLAB:{function}:UnsupportedType",
        f"A {class_of(value)} cannot be written into a spreadsheet.",
        notes=("numbers, text, categories, times, and cells of these can",),
    )


def number_in(number: Any) -> Any:
    if isinstance(number, float) and not np.isfinite(number):
        return None if number != number else "Inf" if number > 0 else "-Inf"
    return number


def time_in(value: TimeArray, number: float) -> Any:
    if number != number:
        return None
    if type(value) is Duration:
        return value.like(np.array([[number]])).texts()[0]
    if number < (clock.date(1900, 3, 1).toordinal() - EPOCH) * 86_400_000:
        return value.like(np.array([[number]])).texts()[0]
    year, month, day, hour, minute, second = parts_of_moment(number)
    return clock.datetime(year, month, day, hour, minute, int(second), round(second % 1 * 1e6) % 1_000_000)


def cell_in(item: Any, function: str) -> Any:
    if numel_of(item) == 0:
        return None
    rows = cells_of(item, function) if not is_cell(item) else []
    if len(rows) != 1 or len(rows[0]) != 1:
        raise ScriptError(
            f"MATLAB:{function}:UnsupportedType",
            "Each cell to write must hold one number or one text.",
            notes=(f"one holds a {class_of(item)} of {numel_of(item)} elements",),
        )
    return rows[0][0]


def write_grid(name: str, grid: Grid, sheet: Any, area: Any, function: str, mode: str = "inplace") -> None:
    """Write rows into a sheet from the first cell of a range on.

    mode  'inplace' leaves other cells alone, 'overwritesheet' clears the sheet, 'append' writes below what is there,
          'replacefile' begins a new file
    """
    package = library()
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils.escape import escape

    path = os.path.expanduser(name)
    if os.path.isfile(path) and mode != "replacefile":
        try:
            book = package.load_workbook(path, keep_vba=path.lower().endswith(".xlsm"))
        except Exception as fault:  # whatever a damaged file makes of the reader
            raise ScriptError(
                f"MATLAB:{function}:fileFormat", f"Unable to write to the spreadsheet '{name}'.", notes=(str(fault),)
            ) from None
    else:
        book = package.Workbook()
        book.active.title = "Sheet1"
    cells = sheet_to_write(book, sheet)
    if mode == "overwritesheet":
        place, title = book.index(cells), cells.title
        book.remove(cells)
        cells = book.create_sheet(title, place)
    top, left, bottom, right = bounds_of(area, function) if area is not None and numel_of(area) else (1, 1, None, None)
    if mode == "append":
        filled = [row for row in range(1, cells.max_row + 1) if any(cell.value is not None for cell in cells[row])]
        top = max(filled, default=0) + 1
    if bottom is not None and right is not None:
        grid = [row[: right - left + 1] for row in grid[: bottom - top + 1]]
    for down, row in enumerate(grid):
        for across, value in enumerate(row):
            if type(value) is str and ILLEGAL_CHARACTERS_RE.search(value):
                value = escape(value)  # as Excel itself writes them: _x0002_
            cells.cell(top + down, left + across).value = value
    whole = io.BytesIO()  # a disk that fills up while the archive is written would leave it open
    book.save(whole)

    def write(beside: str) -> None:
        with open(beside, "wb") as file:
            file.write(whole.getbuffer())

    write_beside(path, write, function)


def sheet_to_write(book: Any, wanted: Any) -> Any:
    """A sheet by name or number, made where it is not there."""
    names = book.sheetnames
    if wanted is None or not numel_of(wanted):
        return book[names[0]]
    word = text_or_none(wanted)
    if word is None:
        number = take.positive(wanted, "Sheet")
        while len(book.sheetnames) < number:
            book.create_sheet(f"Sheet{len(book.sheetnames) + 1}")
        return book[book.sheetnames[number - 1]]
    if word in names:
        return book[word]
    return book.create_sheet(word)


# ------------------------------------------------------------------------------------------------------- as one column
def column_of_cells(values: list, text_type: str, missing: set[str]) -> Any:
    """The cells of a column as numbers, times or logicals; as text where they are of several kinds."""
    values = [None if isinstance(value, str) and value.strip() in missing else value for value in values]
    known = [value for value in values if value is not None]
    kinds = {type(value) for value in known}
    if kinds == {bool} and len(known) == len(values):
        return norm(np.array(values, bool).reshape(-1, 1))
    if kinds <= {float, bool}:
        return norm(np.array([np.nan if value is None else float(value) for value in values]).reshape(-1, 1))
    if kinds == {clock.datetime}:
        return Datetime(np.array([np.nan if value is None else moment(value) for value in values]).reshape(-1, 1))
    if kinds == {clock.timedelta}:
        lengths = [np.nan if value is None else value.total_seconds() * 1000 for value in values]
        return Duration(np.array(lengths).reshape(-1, 1))
    words = [as_word(value) for value in values]
    data = np.empty((len(words), 1), OBJECT)
    data[:, 0] = [word or MISSING for word in words] if text_type == "string" else words
    return String(data) if text_type == "string" else data


def number_matrix(grid: Grid) -> ndarray:
    """The numbers of a grid; NaN for other cells."""
    rows = [[float(value) if isinstance(value, float | bool) else np.nan for value in row] for row in grid]
    return np.array(rows, float, order="F") if rows and rows[0] else np.zeros((0, 0))



"""Arrays as text: rows, column blocks, pages, headers; for numbers, logicals, chars, strings and categoricals.

Each kind gives the lines of one page; `pages` and `blocks` are shared.  A body is text whose lines are all ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cnnscript.display import formats
from cnnscript.display.formats import WINDOW, Format
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import LOGICAL, as_array, class_of, size_of, size_text
from cnnscript.values.text import MISSING, String

# classes that know no 'matrix'
ALWAYS_ARRAY = ("logical", "char", "cell", "string", "missing", "categorical", "struct")


# ------------------------------------------------------------------------------------------------------------ headers
def shape_word(class_name: str, shape: tuple[int, ...]) -> str:
    """'row vector', 'column vector', 'matrix' or 'array'."""
    if class_name in ALWAYS_ARRAY or len(shape) > 2:
        return "array"
    if shape[0] == 1:
        return "row vector"
    return "column vector" if shape[1] == 1 else "matrix"


def header(class_name: str, shape: tuple[int, ...]) -> str:
    """'1×3 int32 row vector', 'logical', '0×3 empty double matrix'; '' for doubles that show their numbers."""
    if 0 in shape:
        return f"{size_text(shape, '×')} empty {class_name} {shape_word(class_name, shape)}"
    if class_name == "double":
        return ""
    if len(shape) == 2 and shape == (1, 1):
        return class_name
    return f"{size_text(shape, '×')} {class_name} {shape_word(class_name, shape)}"


# ---------------------------------------------------------------------------------------------------- blocks and pages
def blocks(widths: list[int], room: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Ranges (from, to) of columns that fit side by side in `room` characters, at least one in each."""
    start, used = 0, 0
    for column, width in enumerate(widths):
        if column > start and used + width > room:
            yield start, column
            start, used = column, 0
        used += width
    if start < len(widths):
        yield start, len(widths)


def in_blocks(columns: list[list[str]], form: Format, margin: int = 0) -> str:
    """Columns of padded texts side by side, under 'Columns 1 through 8' where they do not fit in one block."""
    widths = [max(map(len, column), default=0) for column in columns]
    parts = list(blocks(widths, form.width - margin))
    if len(parts) == 1:
        return _rows(columns)
    out = []
    for start, stop in parts:
        title = f"  Column {stop}" if stop - start == 1 else f"  Columns {start + 1} through {stop}"
        out.append(f"{title}\n{form.blank}{_rows(columns[start:stop])}")
    return form.blank.join(out)


def _rows(columns: list[list[str]]) -> str:
    return "".join("".join(row) + "\n" for row in zip(*columns, strict=True))


def page_names(shape: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], str]]:
    """The pages of an N-d array in order: the index behind the first two dimensions, and '(:,:,2,1)'."""
    behind = shape[2:]
    for place in range(int(np.prod(behind))):
        index = tuple(int(i) for i in np.unravel_index(place, behind, order="F"))
        yield index, "(:,:," + ",".join(str(i + 1) for i in index) + ")"


def in_pages(name: str, array: np.ndarray, body: Callable[[np.ndarray], str], form: Format, end: str = " =") -> str:
    """'name(:,:,1) =' and the body of each page, loosely set apart."""
    out = []
    for index, place in page_names(array.shape):
        whole: Any = (slice(None), slice(None), *index)
        page = array[whole]
        out.append(f"{form.blank}{name}{place}{end}\n{form.blank}{body(page)}{form.blank}")
    return "".join(out)


# -------------------------------------------------------------------------------------------------------------- numbers
def number_body(array: np.ndarray, form: Format) -> str:
    """The rows of a non-empty two-dimensional numeric or logical array."""
    dtype = array.dtype
    if dtype == LOGICAL:
        words = [[formats.truth(value, form) for value in column] for column in array.T.tolist()]
        width = 3 + max(len(word) for column in words for word in column)
        return in_blocks([[word.rjust(width) for word in column] for column in words], form)
    if dtype.kind in "iu":
        return _integer_body(array, form)
    single = dtype.itemsize == (8 if dtype.kind == "c" else 4)
    if dtype.kind == "c":
        return _complex_body(array, form, single)
    style = formats.real_style(array, form, single)
    width, write = style.width, style.write
    numbers = formats.scaled(array.astype(np.float64), style.exponent)
    columns = [[write(value).rjust(width) for value in column] for column in numbers.T.tolist()]
    return formats.factor_line(style.exponent, form) + in_blocks(columns, form)


def _integer_body(array: np.ndarray, form: Format) -> str:
    if form.numeric == "hex":
        digits = array.dtype.itemsize * 2
        mask = (1 << array.dtype.itemsize * 8) - 1
        columns = [[f"   {value & mask:0{digits}x}" for value in column] for column in array.T.tolist()]
        return in_blocks(columns, form)
    least, most = int(array.min()), int(array.max())
    width = max(len(str(abs(least))), len(str(abs(most)))) + (least < 0) + 3  # a sign widens every column
    return in_blocks([[str(value).rjust(width) for value in column] for column in array.T.tolist()], form)


def _complex_body(array: np.ndarray, form: Format, single: bool) -> str:
    style = formats.complex_style(array, form, single)
    numbers = array.astype(np.complex128)
    if style.exponent:
        numbers = formats.scaled(numbers.real, style.exponent) + 1j * formats.scaled(numbers.imag, style.exponent)
    columns = [[style.join(value) for value in column] for column in numbers.T.tolist()]
    return formats.factor_line(style.exponent, form) + in_blocks(columns, form)


def show_numbers(name: str, value, form: Format) -> str:
    """`x = ...` for a numeric or logical value."""
    array, class_name = as_array(value), class_of(value)
    shape = array.shape
    head = header(class_name, shape)
    blank = form.blank
    if array.size == 0:
        line = "     []" if shape == (0, 0) and class_name == "double" else "  " + head
        return f"{blank}{name} =\n{blank}{line}\n{blank}"
    top = f"  {head}\n{blank}" if head else ""
    if len(shape) > 2:
        pages = in_pages(name, array, lambda page: number_body(page, form), form)
        return (blank + top[: -1 if blank else None] if head else "") + pages
    return f"{blank}{name} =\n{blank}{top}{number_body(array, form)}{blank}"


def disp_numbers(value, form: Format) -> str:
    """What disp prints of a numeric or logical value: nothing when it is empty."""
    array = as_array(value)
    if array.size == 0:
        return ""
    if array.ndim > 2:
        return in_pages("", array, lambda page: number_body(page, form), form)
    return number_body(array, form) + form.blank


# ----------------------------------------------------------------------------------------------------------------- char
def quoted(text: str) -> str:
    """A char row in quotes; a line inside goes on under the first letter."""
    return "'" + text.replace("\n", "\n     ") + "'"


def char_rows(codes: np.ndarray) -> list[str]:
    return ["".join(map(chr, row)) for row in codes.tolist()]


def show_char(name: str, value, form: Format) -> str:
    """`x = ...` for a char array."""
    blank = form.blank
    if type(value) is str and value:
        return f"{blank}{name} =\n{blank}    {quoted(value)}\n{blank}"
    shape = size_of(value)
    head = f"  {header('char', shape)}\n"
    if 0 in shape:
        return f"{blank}{name} =\n{blank}{head}{blank}"

    def body(codes: np.ndarray) -> str:
        return "".join(f"    {quoted(row)}\n" for row in char_rows(codes))

    if len(shape) > 2:
        return blank + head + in_pages(name, value.codes, body, form)
    return f"{blank}{name} =\n{blank}{head}{blank}{body(value.codes)}{blank}"


def disp_char(value, form: Format) -> str:
    """What disp prints of a char array: its rows as they are."""
    if type(value) is str:
        return value + "\n" if value else ""
    if value.codes.size == 0:
        return ""

    def body(codes: np.ndarray) -> str:
        return "".join(row + "\n" for row in char_rows(codes))

    return in_pages("", value.codes, body, form) if value.codes.ndim > 2 else body(value.codes)


# -------------------------------------------------------------------------------------------------------------- strings
def string_word(text, newline: str = "↵") -> str:
    """One element of a string array, quoted; <missing> bare."""
    return "<missing>" if text is MISSING else '"' + text.replace("\n", newline) + '"'


def _string_body(page: np.ndarray, form: Format) -> str:
    columns = []
    for column in page.T.tolist():
        words = [string_word(text) for text in column]
        width = max(map(len, words))
        columns.append(["    " + word.ljust(width) for word in words])
    columns[-1] = [word.rstrip(" ") if page.shape[1] == 1 else word for word in columns[-1]]
    return in_blocks(columns, form, 1)


def show_string(name: str, value: String, form: Format) -> str:
    """`x = ...` for a string array (the line `x = ` ends in a blank)."""
    blank, shape = form.blank, value.data.shape
    if shape == (1, 1) and value.untyped:
        return f"{blank}{name} = \n{blank}  missing\n{blank}    <missing>\n{blank}"
    if shape == (1, 1):
        return f"{blank}{name} = \n{blank}    {string_word(value.data.item(), chr(10) + ' ' * 5)}\n{blank}"
    head = f"  {header(value.class_name, shape)}\n"
    if 0 in shape:
        return f"{blank}{name} = \n{blank}{head}{blank}"
    if len(shape) > 2:
        return blank + head + in_pages(name, value.data, lambda page: _string_body(page, form), form, " = ")
    return f"{blank}{name} = \n{blank}{head}{blank}{_string_body(value.data, form)}{blank}"


def disp_string(value: String, form: Format) -> str:
    """What disp prints of a string array: a scalar bare, else the quoted grid."""
    if value.data.size == 1:
        text = value.data.item()
        if value.untyped:
            return "    <missing>\n" + form.blank
        return ("<missing>" if text is MISSING else text) + "\n"
    if value.data.size == 0:
        return ""
    if value.data.ndim > 2:
        return in_pages("", value.data, lambda page: _string_body(page, form), form, " = ")
    return _string_body(value.data, form) + form.blank


# --------------------------------------------------------------------------------------------------------- categoricals
def _categorical_body(value: Categorical, codes: np.ndarray, form: Format) -> str:
    words = ["<undefined>", *value.names]
    columns = []
    for column in codes.T.tolist():
        texts = [words[code] for code in column]
        width = max(map(len, texts))
        columns.append([f"     {text:<{width}} " for text in texts])
    return in_blocks(columns, form, 1)


def show_categorical(name: str, value: Categorical, form: Format) -> str:
    """`x = ...` for a categorical array (the line `x = ` ends in a blank)."""
    blank, shape = form.blank, value.codes.shape
    head = f"  {header('categorical', shape)}\n"
    if 0 in shape:
        return f"{blank}{name} = \n{blank}{head}{blank}"
    if len(shape) > 2:
        pages = in_pages(name, value.codes, lambda page: _categorical_body(value, page, form), form, " = ")
        return blank + head + pages
    return f"{blank}{name} = \n{blank}{head}{blank}{_categorical_body(value, value.codes, form)}{blank}"


def disp_categorical(value: Categorical, form: Format) -> str:
    """What disp prints of a categorical array."""
    if value.codes.size == 0:
        return ""
    if value.codes.ndim > 2:
        return in_pages("", value.codes, lambda page: _categorical_body(value, page, form), form, " = ")
    return _categorical_body(value, value.codes, form) + form.blank

"""Numbers as text where a program asks for it: num2str, int2str, mat2str (strings of numbers: values.text)."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from cnnscript.display.printf import format_text
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DTYPE_OF_CLASS, LOGICAL, as_array, class_of, size_of
from cnnscript.values.text import MISSING, CharArray, String, chars, is_char

WHOLE_DIGITS = 15  # more digits of a whole number do not widen its column
MOST_DIGITS = 16  # significant digits that are shown of a double


# ------------------------------------------------------------------------------------------------------------ num2str
def number_text(value: Any) -> str:
    """One number as num2str writes it: '3.1416', '12', '1+2i'; a logical as 1 or 0."""
    if isinstance(value, (bool, np.bool_)):
        return "1" if value else "0"
    if isinstance(value, np.integer):
        return str(int(value))
    if isinstance(value, (complex, np.complexfloating)):
        return _complex_text(complex(value), None)
    return _real_text(float(value))


def _real_text(value: float) -> str:
    if not math.isfinite(value):
        return format_text("%f", (value,))
    if value == int(value):
        return str(int(value))
    return f"{value:.{significant(abs(value))}g}"


def significant(largest: float) -> int:
    """Digits num2str shows of numbers up to `largest`: 4 behind the point, at least 5, at most 16."""
    if largest == 0 or not math.isfinite(largest):
        return 5
    return min(max(math.floor(math.log10(largest)) + 5, 5), MOST_DIGITS)


def num2str(value: Any, how: Any = None) -> Any:
    """The char value num2str gives.  how: None, a number of significant digits, or a format (str)."""
    if is_char(value):
        return value
    if class_of(value) not in DTYPE_OF_CLASS:
        raise ScriptError(
            "MATLAB:num2str:nonNumericInput", "Input to num2str must be numeric.", notes=(f"got a {class_of(value)}",)
        )
    array = as_array(value)
    if array.size == 0:
        return ""
    if array.ndim > 2:
        array = array.reshape(array.shape[0], -1, order="F")
    if type(how) is str:
        if array.dtype.kind == "c":
            return rows_as_char([_formatted_complex(how, row) for row in array.tolist()])
        return rows_as_char([format_text(how, (row.reshape(1, -1),)) for row in array])
    if array.size == 1:
        return _scalar_text(array.item(), how) if array.dtype.kind != "b" else number_text(array.item())
    if array.dtype.kind == "c":
        return rows_as_char(_complex_rows(array, how))
    return rows_as_char(_real_rows(array, how))


def _scalar_text(value: Any, digits: int | None) -> str:
    if isinstance(value, complex):
        return _complex_text(value, digits)
    if digits is None or isinstance(value, int):
        return _real_text(value) if isinstance(value, float) else str(value)
    return f"{value:.{digits}g}" if math.isfinite(value) else format_text("%f", (value,))


def _complex_text(value: complex, digits: int | None) -> str:
    def part(number: float) -> str:
        return _scalar_text(number, shown)

    whole = value.real == np.round(value.real) and value.imag == np.round(value.imag)
    shown = digits
    if digits is None and not whole and math.isfinite(value.real) and math.isfinite(value.imag):
        shown = significant(max(abs(value.real), abs(value.imag)))
    sign = "-" if math.copysign(1.0, value.imag) < 0 and value.imag == value.imag else "+"
    return f"{part(value.real)}{sign}{part(abs(value.imag))}i"


def _formatted_complex(template: str, row: list[complex]) -> str:
    """Complex numbers by the format of a real one: the imaginary part follows with its sign and i."""
    conversion = re.search(r"%[-+ 0#]*\d*(\.\d*)?[a-zA-Z]", template)
    if conversion is None:
        return format_text(template, (np.array([row]),))
    imaginary = f"%+{conversion[1] or ''}{conversion[0][-1]}i"
    template = template[: conversion.end()] + imaginary + template[conversion.end() :]
    return "".join(format_text(template, (value.real, value.imag)) for value in row)


def _split_complex(array: np.ndarray) -> np.ndarray:
    """Real and imaginary parts side by side."""
    parts = np.empty((array.shape[0], 2 * array.shape[1]))
    parts[:, 0::2], parts[:, 1::2] = array.real, array.imag
    return parts


def _whole_width(array: np.ndarray) -> int:
    """The column of whole numbers: the longest with its sign, and two blanks."""
    finite = array[np.isfinite(array)]
    longest = max((len(f"{number:.0f}") for number in (finite.max(), finite.min())), default=1) if finite.size else 1
    return max(min(longest, WHOLE_DIGITS + 1) + 2, 2 if finite.size == array.size else 5)


def _is_whole(array: np.ndarray) -> bool:
    """No fractions: NaN and Inf are written like whole numbers."""
    return bool(((array == np.trunc(array)) | ~np.isfinite(array)).all())


def _real_rows(array: np.ndarray, digits: int | None) -> list[str]:
    if array.dtype == LOGICAL:
        array = array.astype(np.int8 if digits is None else float)
    if array.dtype.kind in "iu" or digits is None and _is_whole(array):
        width = _whole_width(array)
        return [format_text(f"%{width}d", (row.reshape(1, -1),)) for row in array]
    finite = array[np.isfinite(array)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    shown = significant(largest) if digits is None else digits
    return [format_text(f"%{shown + 7}.{shown}g", (row.reshape(1, -1),)) for row in array]


def _complex_rows(array: np.ndarray, digits: int | None) -> list[str]:
    """Rows of complex numbers: real parts end, imaginary parts begin in the middle of a column."""
    parts = _split_complex(array)
    finite = np.abs(parts[np.isfinite(parts)])
    largest = float(finite.max()) if finite.size else 0.0
    if digits is None and _is_whole(parts):
        width = (math.floor(math.log10(largest)) if largest else 0) + 3 + bool((array.real < 0).any())
        real, imaginary = f"%{width}d", f"%-+{width}d"
    else:
        shown = significant(largest) if digits is None else digits
        real, imaginary = f"%{shown + 7}.{shown}g", f"%-+{shown + 7}.{shown}g"
    rows = []
    for row in array.astype(complex).tolist():
        texts = []
        for value in row:
            tail = format_text(imaginary, (value.imag,))
            bare = tail.rstrip(" ")
            texts.append(format_text(real, (value.real,)) + bare + "i" + tail[len(bare) :])
        rows.append("".join(texts))
    return rows


def rows_as_char(rows: list[str]) -> Any:
    """Texts as the rows of a char value; blanks common to all rows at either end go."""
    lines = [line for row in rows for line in (row[:-1] if row.endswith("\n") else row).split("\n")]
    width = max(map(len, lines))
    lines = [line.ljust(width) for line in lines]
    first = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
    last = max(len(line.rstrip(" ")) for line in lines)
    if len(lines) == 1:
        return lines[0][first:last]
    return chars(np.array([[ord(letter) for letter in line[first:last]] for line in lines], np.uint32))


def int2str(value: Any) -> Any:
    """Numbers rounded (halves away from zero) and written as whole numbers, rows as char rows."""
    if is_char(value):
        value = as_array(value)
    if class_of(value) not in DTYPE_OF_CLASS:
        raise ScriptError("MATLAB:int2str:InputMustBeNumeric", "Input to int2str must be numeric.")
    array = as_array(value)
    if array.size == 0:
        return ""
    if array.dtype.kind == "c":
        array = array.real
    if array.dtype.kind == "f":
        array = np.where(np.isfinite(array), np.copysign(np.floor(np.abs(array) + 0.5), array), array)
    if array.dtype.kind in "iu":
        return num2str(array if array.size > 1 else array.reshape(-1)[0])
    return num2str(array if array.size > 1 else float(array.item()))


# ------------------------------------------------------------------------------------------------------------ mat2str
def mat2str(value: Any, digits: int = 15, with_class: bool = False) -> str:
    """Text that evaluates to the matrix: '[1 2;3 4]', 'true', '''abc''', 'single(3.14159274101257)' with its class."""
    if len(size_of(value)) > 2 and class_of(value) in (*DTYPE_OF_CLASS, "char", "string"):
        raise ScriptError("MATLAB:mat2str:TwoDInput", "Input matrix must be 2-D.")
    if type(value) is String:
        return _matrix([[_double_quoted(text) for text in row] for row in value.data.tolist()])
    if is_char(value):
        return _quoted_rows(value)
    class_name = class_of(value)
    if class_name not in DTYPE_OF_CLASS:
        message = "Input matrix must be numeric, logical, or char."
        raise ScriptError("MATLAB:mat2str:InvalidInput", message, notes=(f"got a {class_name}",))
    array = as_array(value)
    named = with_class and class_name != "double"
    if array.size == 0:
        rows, columns = array.shape
        if array.dtype == LOGICAL:
            return f"false({rows},{columns})"
        return f"zeros({rows},{columns}" + (f",'{class_name}')" if named else ")")
    text = _matrix([[_exact(item, digits) for item in row] for row in array.tolist()])
    return f"{class_name}({text})" if named and array.dtype != LOGICAL else text


def _double_quoted(text: Any) -> str:
    return "missing" if text is MISSING else '"' + text.replace('"', '""') + '"'


def _matrix(rows: list[list[str]]) -> str:
    text = ";".join(" ".join(row) for row in rows)
    return text if len(rows) == 1 and len(rows[0]) == 1 else f"[{text}]"


def _exact(value: Any, digits: int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, complex):
        sign = "-" if math.copysign(1.0, value.imag) < 0 and value.imag == value.imag else "+"
        imaginary = _exact(abs(value.imag), digits)
        product = imaginary + "i" if math.isfinite(value.imag) else "1i*" + imaginary
        return f"{_exact(value.real, digits)}{sign}{product}"
    return f"{value + 0.0:.{digits}g}" if math.isfinite(value) else format_text("%f", (value,))


def _quoted_rows(value: str | CharArray) -> str:
    shape = size_of(value)
    if 0 in shape:
        return "''" if shape == (0, 0) else f"zeros({shape[0]},{shape[1]})"
    rows = [value] if isinstance(value, str) else value.rows()
    quoted = ["'" + row.replace("'", "''") + "'" for row in rows]
    return quoted[0] if len(quoted) == 1 else "[" + ";".join(quoted) + "]"

"""Values to formatted text: sprintf, compose, num2str, int2str, mat2str."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import numpy as np

from cnnscript.builtins.language.printing import template_of
from cnnscript.builtins.registry import builtin
from cnnscript.display import conversion
from cnnscript.display.printf import format_text, read_template
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, as_array, class_of, is_numeric
from cnnscript.values.text import CharArray, String, text_or_none, texts_or_none


@builtin(outputs=2)
def sprintf(nargout, formatSpec, /, *A):
    r"""
    str = sprintf(formatSpec, A1, ..., An)
    str = sprintf(formatSpec)
    [str, errmsg] = sprintf(formatSpec, A1, ..., An)

    Format data into text.

    The format is used again until all data is used up. %d writes whole numbers (others as %e), %f %e %g numbers, %s
    text, %c letters, %x %o other bases; flags - + 0 blank #, width, .precision, * for either. \n, \t and the like are
    read in the format. The result is a string when the format is one, else a char row. errmsg is empty: what cannot be
    formatted is an error.

    Examples
      >> sprintf('%d apples, %.2f each', 3, 1.5)
      ans =
          '3 apples, 1.50 each'
      >> sprintf('%d, ', [1 2 3])
      ans =
          '1, 2, 3, '
      >> sprintf("%s=%g", "x", 0.5)
      ans =
          "x=0.5"
      >> sprintf('100%%')
      ans =
          '100%'
      >> [str, errmsg] = sprintf('%x', 255); isempty(errmsg)
      ans =
        logical
         1

    See also fprintf, compose, num2str.
    """
    if type(formatSpec) is str:
        text = format_text(formatSpec, A) or no_text()
    else:
        text = format_text(template_of(formatSpec, "sprintf"), A) or no_text()
        if type(formatSpec) is String:
            text = String.of(text if type(text) is str else "")
    return text if nargout < 2 else (text, "")


def no_text() -> CharArray:
    """The 1×0 char that sprintf gives for no text."""
    return CharArray(np.zeros((1, 0), np.uint32))


@builtin
def compose(formatSpec, /, *A):
    r"""
    str = compose(formatSpec, A1, ..., An)
    str = compose(formatSpec)

    Format each row of data into texts of its own.

    Row i of all the data is written with the format, as often as the row lasts: one column of results for each use.
    Escapes such as \n are read. The result is a string array when the format is one, else a cell of char rows.

    Examples
      >> compose("x%d", [1 2; 3 4])
      ans =
        2×2 string array
          "x1"    "x2"
          "x3"    "x4"
      >> compose('%s has %d', ["Ann"; "Bo"], [3; 4])
      ans =
        2×1 cell array
          {'Ann has 3'}
          {'Bo has 4' }
      >> compose("a\tb") == sprintf("a\tb")
      ans =
        logical
         1

    See also sprintf.
    """
    texts = texts_or_none(formatSpec)
    if texts is None:
        raise ScriptError("MATLAB:compose:InvalidFormat", "First argument must be text.")
    is_string = type(formatSpec) is String
    shape = formatSpec.data.shape if is_string else getattr(formatSpec, "shape", (len(texts), 1))
    if not A:
        return _texts([format_text(text, ()) for text in texts], shape, is_string)
    columns = [_rows_of(arg) for arg in A]
    height = max([len(texts) if len(texts) > 1 else 1, *map(len, columns)])
    for rows in (*columns, texts):
        if len(rows) not in (1, height):
            raise ScriptError(
                "MATLAB:compose:RowMismatch",
                "All inputs must have the same number of rows.",
                notes=(f"got {len(rows)} and {height} rows",),
            )
    lines = []
    for i in range(height):
        template = texts[i if len(texts) > 1 else 0]
        items = [item for rows in columns for item in rows[i if len(rows) > 1 else 0]]
        step = max(1, read_template(template).conversions)
        lines.append([format_text(template, items[at : at + step]) for at in range(0, len(items), step)] or [template])
    width = max(map(len, lines))
    flat = [text if text is not None else "" for column in zip_longest(*lines) for text in column]
    return _texts(flat, (height, width), is_string)


def _rows_of(value: Any) -> list[list]:
    """The rows of an argument as lists of script scalars."""
    texts = texts_or_none(value)
    if texts is not None:
        data = value.data if type(value) is String else value if type(value) is np.ndarray else None
        return [[text] for text in texts] if data is None else [list(row) for row in _flat(data).tolist()]
    if class_of(value) == "cell":
        return [list(row) for row in _flat(value).tolist()]
    if hasattr(value, "texts"):
        array = np.array(value.texts(), OBJECT).reshape(value.size(), order="F")
        return [list(row) for row in _flat(array).tolist()]
    array = _flat(as_array(value))
    # rows of doubles as floats; other classes stay NumPy's scalars, which know their class
    return [list(row) for row in (array.tolist() if array.dtype.kind in "bc" or array.dtype == float else array)]


def _flat(array: np.ndarray) -> np.ndarray:
    """An array of more dimensions as a matrix: pages side by side."""
    return array if array.ndim <= 2 else array.reshape(array.shape[0], -1, order="F")


def _texts(texts: list[str], shape: tuple[int, ...], is_string: bool) -> Any:
    data = np.empty(len(texts), OBJECT)
    data[:] = texts
    data = data.reshape(shape, order="F")
    return String(data) if is_string else data


@builtin
def num2str(A, how=None, /):
    """
    s = num2str(A)
    s = num2str(A, precision)
    s = num2str(A, formatSpec)

    Convert numbers to a char array.

    Whole numbers are written in full, others with four digits behind the point (five significant ones at least);
    precision gives the significant digits. The rows of a matrix become char rows; blanks around all of them go.

    Examples
      >> num2str(pi)
      ans =
          '3.1416'
      >> num2str(pi, 8)
      ans =
          '3.1415927'
      >> num2str([1 20; 300 4])
      ans =
        2×8 char array
          '  1   20'
          '300    4'
      >> num2str(0.5, '%.3f')
      ans =
          '0.500'

    See also sprintf, int2str, mat2str.
    """
    if how is None:
        return conversion.num2str(A)
    text = text_or_none(how)
    return conversion.num2str(A, text if text is not None else _digits(how, "num2str"))


def _digits(value: Any, name: str) -> int:
    """A number of significant digits."""
    numbers = as_array(value) if is_numeric(value) else np.empty(0)
    if numbers.size != 1 or numbers.dtype.kind == "c" or not 0 <= numbers.item() < 1e4:
        raise ScriptError(
            f"MATLAB:{name}:invalidPrecision",
            "Precision must be a positive integer.",
            notes=(f"got a {class_of(value)}",),
        )
    return int(numbers.item())


@builtin
def int2str(N, /):
    """
    s = int2str(N)

    Round numbers and convert them to a char array.

    Examples
      >> int2str(2.5)
      ans =
          '3'
      >> int2str([1.2 -7.9])
      ans =
          '1  -8'

    See also num2str, sprintf.
    """
    return conversion.int2str(N)


@builtin
def mat2str(X, how=None, class_word=None, /):
    """
    s = mat2str(X)
    s = mat2str(X, digits)
    s = mat2str(X, 'class')
    s = mat2str(X, digits, 'class')

    Write a matrix as text that evaluates to it.

    digits are the significant ones of each number (15 by default); 'class' adds the name of the class.

    Examples
      >> mat2str([1 2; 3 4.5])
      ans =
          '[1 2;3 4.5]'
      >> mat2str(pi, 4)
      ans =
          '3.142'
      >> mat2str(int8([1 2]), 'class')
      ans =
          'int8([1 2])'
      >> mat2str(single(pi), 3, 'class')
      ans =
          'single(3.14)'

    See also num2str, int2str, sprintf.
    """
    digits, with_class = 15, False
    for word in (how, class_word):
        if word is None:
            continue
        text = text_or_none(word)
        if text is None:
            digits = _digits(word, "mat2str")
        elif text.lower() == "class":
            with_class = True
        else:
            raise ScriptError(
                "MATLAB:mat2str:InvalidOption", "Second argument must be the number of digits or 'class'.",
                notes=(f"got '{text}'",),
            )  # fmt: skip
    return conversion.mat2str(X, digits, with_class)

"""Making text: char, string, cellstr, and putting pieces of text together."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import (
    char_matrix,
    described,
    shaped,
)
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.convert import to_class
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, class_of, is_cell, ndarray, numel_of, size_of
from cnnscript.values.text import MISSING, CharArray, String, chars, codes_of, is_char

TIMES = ("datetime", "duration", "calendarDuration")  # whose text may be given a format
WHITE = " \t\n\v\f\r"
JOINED_TRIM = WHITE + "\0"  # what strcat takes off the end of char arguments


# ------------------------------------------------------------------------------------------------------- classes
@builtin
def ischar(value, /):
    """
    tf = ischar(A)

    Whether a value is a char array.

    Examples
      >> disp(ischar('abc'))
         1
      >> disp(ischar("abc"))
         0

    See also isstring, iscellstr.
    """
    return is_char(value)


@builtin
def isstring(value, /):
    """
    tf = isstring(A)

    Whether a value is a string array.

    Examples
      >> disp(isstring("abc"))
         1

    See also ischar, iscellstr.
    """
    return type(value) is String and not value.untyped


@builtin
def iscellstr(value, /):
    """
    tf = iscellstr(A)

    Whether a value is a cell that holds char arrays only.

    Examples
      >> disp(iscellstr({'a', 'bc'}))
         1
      >> disp(iscellstr({'a', 1}))
         0

    See also ischar, cellstr.
    """
    return is_cell(value) and all(is_char(item) for item in value.ravel().tolist())


@builtin
def isStringScalar(value, /):
    """
    tf = isStringScalar(A)

    Whether a value is a string array with one element.

    Examples
      >> disp(isStringScalar("abc"))
         1

    See also isstring.
    """
    return type(value) is String and value.data.size == 1


@builtin
def string(value=None, form=None, locale=None, /):
    """
    str = string
    str = string(A)
    str = string(t, format)
    str = string(t, format, locale)

    A string array from numbers, logicals, char rows, cells or categoricals.

    A numeric array gives a string for each number; NaN becomes <missing>.

    Examples
      >> str = string([1 2.5 pi])
      str =
        1×3 string array
          "1"    "2.5"    "3.1416"
      >> str = string
      str =
          ""
      >> disp(string(datetime(2024, 6, 1), 'dd/MM/uuuu')), disp(string(hours(1), 'm', 'en_US'))
      01/06/2024
      60 min

    See also char, cellstr, strings.
    """
    if value is None:
        return String.of("")
    value = formatted(value, form, locale, "string")
    if type(value) is String and not value.untyped:
        return value
    if type(value) is Function:
        return String.of(value.text)
    return to_class(value, "string")


@builtin
def strings(*sizes):
    """
    str = strings(n)
    str = strings(m, n, ...)

    A string array of the given size with "" in every element.

    Examples
      >> str = strings(1, 2)
      str =
        1×2 string array
          ""    ""
      >> disp(size(strings(2)))
           2     2

    See also string, zeros, cell.
    """
    from cnnscript.builtins.arrays.dimensions import require_memory, shape_from

    shape = shape_from(sizes, "strings")
    require_memory(shape, 8)
    data = np.empty(shape, OBJECT, order="F")
    data[...] = ""
    return String(data)


@builtin
def char(first, /, *rest):
    """
    C = char(A)
    C = char(A1, A2, ..., An)
    C = char(t, format)
    C = char(t, format, locale)

    A char array: characters of code numbers, or texts as the rows of one matrix, padded with blanks.

    Examples
      >> C = char([72 105])
      C =
          'Hi'
      >> C = char('one', 'three')
      C =
        2×5 char array
          'one  '
          'three'
      >> disp(char(datetime(2024, 6, 1), 'dd/MM/uuuu')), disp(char(datetime(2024, 6, 1), 'uuuu', 'en_US'))
      01/06/2024
      2024

    See also string, cellstr, double.
    """
    if rest and class_of(first) in TIMES:
        first, rest = formatted(first, rest[0], rest[1] if len(rest) > 1 else None, "char"), ()
    if not rest:
        return char_of(first)
    rows: list[str] = []
    for value in (first, *rest):
        made = char_of(value)
        rows += [made] if type(made) is str else made.rows() or [""]
    return char_matrix(rows)


def formatted(value: Any, form: Any, locale: Any, name: str) -> Any:
    """A value as `string(t, format, locale)` writes it: points in time and lengths of time may be given a format."""
    if locale is not None and take.text(locale, "Locale") not in ("en_US", "system"):
        raise ScriptError("cnnscript:NotYet", "Names of months in other languages are not in cnnscript yet.")
    if form is None:
        return value
    if class_of(value) not in TIMES:
        raise ScriptError(
            "MATLAB:maxrhs",
            "Too many input arguments.",
            notes=(f"{name} takes a format for datetime and duration arrays only",),
            hint="compose('%.2f', x) and sprintf write numbers with a format",
        )
    return value.set("Format", form) if numel_of(form) else value


def char_of(value: Any) -> str | CharArray:
    """One argument of `char`."""
    if is_char(value):
        return value
    if type(value) is Function:
        return value.text
    if type(value) is Categorical and numel_of(value):
        return char_matrix(value.texts())
    if type(value) is String and size_of(value)[1:] != (1,) and numel_of(value) != 1:
        return char_pages(to_class(value, "cell").ravel("F").tolist(), size_of(value))
    return to_class(value, "char")


def char_pages(texts: list[str], shape: tuple[int, ...]) -> str | CharArray:
    """Texts in an m×n×... shape as chars: the first dimension gives rows, the others pages."""
    width = max(map(len, texts), default=0)
    if not width:
        return chars(np.zeros((shape[0], 0, *shape[1:]), np.uint32))
    codes = np.stack([codes_of(text.ljust(width)).reshape(-1) for text in texts], axis=1)
    return chars(codes.reshape((width, *shape), order="F").swapaxes(0, 1))


@builtin
def cellstr(value, /):
    """
    C = cellstr(A)

    A cell of char rows from a char matrix (blanks at the ends go), a string array or a categorical array.

    Examples
      >> C = cellstr(["a" "bc"])
      C =
        1×2 cell array
          {'a'}    {'bc'}

    See also char, string, iscellstr.
    """
    kind = type(value)
    if kind is str:
        return shaped([value.rstrip(WHITE + "\0")], (1, 1))
    if kind is CharArray:
        rows = [row.rstrip(WHITE + "\0") for row in value.rows()] or [""]
        return shaped(rows, (len(rows), 1))
    if kind is String:
        if any(text is MISSING for text in value.data.ravel().tolist()):
            raise ScriptError(
                "MATLAB:string:CannotConvertMissingElementToChar", "Cannot convert missing string to char."
            )
        return value.data.copy(order="F")
    if kind is Categorical:
        return shaped(value.texts(), value.codes.shape)
    if is_cell(value):
        if all(is_char(item) for item in value.ravel().tolist()):
            return value
        raise ScriptError(
            "MATLAB:cellstr:MustContainText", "Element of the input cell array must be a character array.", notes=()
        )
    if type(value) is ndarray and value.size == 0:
        return shaped([""], (1, 1))
    raise ScriptError(
        "MATLAB:cellstr:InputClass",
        f"Conversion to cell from {class_of(value)} is not possible.",
        notes=(f"cellstr got {described(value)}",),
    )


def to_chars(value: Any) -> Any:
    if type(value) is not String:
        return value
    if value.data.size == 1:
        text = value.data.item()
        return "" if text is MISSING else text
    return shaped(["" if text is MISSING else text for text in value.data.ravel("F").tolist()], value.data.shape)


@builtin(outputs=None)
def convertStringsToChars(nargout, /, *values):
    """
    B = convertStringsToChars(A)
    [B1, B2, ...] = convertStringsToChars(A1, A2, ...)

    String scalars as char rows and string arrays as cells of char rows; other values as they are.

    Examples
      >> [a, b] = convertStringsToChars("x", 5)
      a =
          'x'
      b =
           5

    See also convertCharsToStrings, char.
    """
    return tuple(to_chars(value) for value in values)


@builtin(outputs=None)
def convertContainedStringsToChars(nargout, /, *values):
    """
    B = convertContainedStringsToChars(A)

    As convertStringsToChars, inside cells and structs too.

    Examples
      >> B = convertContainedStringsToChars({"x", 1})
      B =
        1×2 cell array
          {'x'}    {[1]}

    See also convertStringsToChars.
    """
    return tuple(inner_to_chars(value) for value in values)


def inner_to_chars(value: Any) -> Any:
    from cnnscript.values.structs import elements, is_struct, struct_array

    if is_cell(value):
        return shaped([inner_to_chars(item) for item in value.ravel("F").tolist()], value.shape)
    if is_struct(value):
        data = elements(value)
        parts = [{k: inner_to_chars(v) for k, v in part.items()} for part in data.ravel("F").tolist()]
        return struct_array(value.names(), shaped(parts, data.shape))
    return to_chars(value)


@builtin(outputs=None)
def convertCharsToStrings(nargout, /, *values):
    """
    B = convertCharsToStrings(A)
    [B1, B2, ...] = convertCharsToStrings(A1, A2, ...)

    Char arrays and cells of char rows as strings; other values as they are.

    Examples
      >> [a, b] = convertCharsToStrings('x', 5)
      a =
          "x"
      b =
           5

    See also convertStringsToChars, string.
    """
    out = []
    for value in values:
        if is_char(value):
            value = String.of(value if type(value) is str else "".join(map(chr, value.codes.ravel("F").tolist())))
        elif is_cell(value) and all(is_char(item) for item in value.ravel().tolist()):
            value = to_class(value, "string")
        out.append(value)
    return tuple(out)

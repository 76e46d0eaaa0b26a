"""Text arguments: the same function over char rows, rows of char matrices, string arrays and cells of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, as_array, class_of, ndarray, norm, size_of, size_text
from cnnscript.values.text import MISSING, CharArray, String, cell_of_texts, chars, codes_of, text_or_none


def described(value: Any) -> str:
    """Size and class of an argument, for a note: 'a 2x3 double'."""
    return f"a {size_text(size_of(value))} {class_of(value)}"


def not_text(name: str, value: Any, position: str = "First") -> ScriptError:
    """MATLAB's error for an argument that has to be text."""
    return ScriptError(
        f"MATLAB:{name}:InvalidInputType" if name else "MATLAB:InvalidInputType",
        f"{position} argument must be text.",
        notes=(f"{name} got {described(value)}",),
    )


def shaped(items: list, shape: tuple[int, ...]) -> ndarray:
    """An object array of `shape` filled column by column."""
    data = np.empty(len(items), OBJECT)
    for i, item in enumerate(items):
        data[i] = item
    return data.reshape(shape, order="F")


def text_items(value: Any, name: str, position: str = "First") -> tuple[list, tuple[int, ...], str]:
    """The texts of an argument column-major (MISSING among them), their shape, and what held them.

    The kind is 'char' (one row, or a char matrix whose rows become a column), 'string' or 'cell'.
    """
    kind = type(value)
    if kind is str:
        return [value], (1, 1), "char"
    if kind is String:
        return value.data.ravel("F").tolist(), value.data.shape, "string"
    if kind is CharArray:
        if value.codes.size == 0:
            return [""], (1, 1), "char"
        rows = value.rows()
        return rows, (len(rows), 1), "char"
    if kind is ndarray and value.dtype == OBJECT:
        texts = [text_or_none(item) for item in value.ravel("F").tolist()]
        for text, item in zip(texts, value.ravel("F").tolist(), strict=True):
            if text is None:
                raise ScriptError(
                    f"MATLAB:{name}:CellMustContainText",
                    "Cell array elements must be character vectors.",
                    notes=(f"{name} got a cell with {described(item)} in it",),
                )
        return texts, value.shape, "cell"
    raise not_text(name, value, position)


def held(texts: list, shape: tuple[int, ...], kind: str) -> Any:
    """Texts in the container they came from: a char (a matrix, padded with blanks, for several rows), a string array
    or a cell."""
    if kind == "string":
        return String(shaped(texts, shape))
    if kind == "cell":
        return shaped(texts, shape)
    return texts[0] if len(texts) == 1 else char_matrix(texts)


def map_text(value: Any, function: Callable[[str], str], name: str) -> Any:
    """`function` on every text of a char row, char matrix, string array or cell; missing strings stay missing."""
    if type(value) is str:
        return function(value)
    texts, shape, kind = text_items(value, name)
    return held([text if text is MISSING else function(text) for text in texts], shape, kind)


def map_texts_to(value: Any, function: Callable[[str], Any], dtype: np.dtype, name: str, absent: Any) -> Any:
    """A numeric or logical result for every text, `absent` for a missing string."""
    if type(value) is str:
        return function(value)
    texts, shape, _ = text_items(value, name)
    results = [absent if text is MISSING else function(text) for text in texts]
    return norm(np.array(results, dtype).reshape(shape, order="F"))


def char_matrix(rows: Iterable[str]) -> str | CharArray:
    """Texts as the rows of one char array, padded with blanks on the right."""
    rows = list(rows)
    if not rows:
        return ""
    width = max(map(len, rows))
    if len(rows) == 1:
        return rows[0]
    if width == 0:
        return CharArray(np.zeros((len(rows), 0), np.uint32))
    return chars(np.vstack([codes_of(row.ljust(width)) for row in rows]))


def one_text(value: Any, name: str, what: str) -> str:
    """The text of a char row or string scalar, or an error that says which argument was what."""
    text = text_or_none(value)
    if text is None:
        raise ScriptError(
            f"MATLAB:{name}:mustBeTextScalar",
            f"{what} must be a character vector or string scalar.",
            notes=(f"{name} got {described(value)}",),
        )
    return text


def patterns(value: Any, name: str) -> list[str]:
    """The texts to look for: one, or any of a string array or cell."""
    texts, _, kind = text_items(value, name, "Search term")
    return [text for text in texts if text is not MISSING]


def flag_of(value: Any, name: str, option: str) -> bool:
    """A logical option value: true, false, 1 or 0."""
    if type(value) is bool:
        return value
    array = as_array(value) if type(value) in (float, ndarray) or isinstance(value, np.generic) else None
    if array is None or array.size != 1 or array.dtype == OBJECT or array.item() not in (0, 1):
        raise ScriptError(
            f"MATLAB:{name}:MustBeScalarLogical",
            f"Expected input '{option}' to be a logical scalar.",
            notes=(f"{name} got {described(value)}",),
        )
    return bool(array.item())


def whole_number(value: Any, name: str, what: str, least: int = 0) -> int:
    """A whole number not below `least`."""
    if type(value) in (float, bool, int) or isinstance(value, np.generic):
        number = float(value.real) if type(value) is not bool else float(value)
        if number == number // 1 and number >= least:
            return int(number)
    raise ScriptError(
        f"MATLAB:{name}:mustBeInteger",
        f"{what} must be {'a nonnegative' if least == 0 else 'a positive'} integer scalar."
        if least in (0, 1)
        else f"{what} must be an integer scalar.",
        notes=(f"{name} got {described(value) if type(value) is not float else format(value, 'g')}",),
    )


def real_numbers(value: Any, name: str, what: str) -> ndarray:
    """A real numeric or logical value as an array of doubles, two or more dimensions."""
    if type(value) in (float, bool) or type(value) is ndarray or isinstance(value, np.generic):
        array = as_array(value)
        if array.dtype.kind in "fiub":
            return array.astype(np.float64, copy=False)
    raise ScriptError(
        f"MATLAB:{name}:mustBeNumeric", f"{what} must be real numbers.", notes=(f"{name} got {described(value)}",)
    )


def real_number(value: Any, name: str, what: str) -> float:
    """A real numeric or logical scalar."""
    array = real_numbers(value, name, what)
    if array.size != 1:
        raise ScriptError(
            f"MATLAB:{name}:mustBeScalar", f"{what} must be one real number.", notes=(f"{name} got {described(value)}",)
        )
    return float(array.item())


def like_text(texts: list[str], example: Any, column: bool = True) -> Any:
    """Several texts as a string array when `example` is one, else as a cell of char rows."""
    if type(example) is String:
        return String(shaped(list(texts), (len(texts), 1) if column else (1, len(texts))))
    return cell_of_texts(texts, column)

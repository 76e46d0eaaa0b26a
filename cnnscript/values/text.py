"""Text: char arrays and string arrays.

A char row is a Python `str`, '' is the 0×0 char; every other char array (a matrix, 1×0, N-d) is a `CharArray` of codes.
A string array, a scalar too, is a `String` over an object array of `str` (or MISSING).
"""

from __future__ import annotations

import operator

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, ndarray, norm, size_text


class Missing:
    """The one missing string (`<missing>`)."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<missing>"

    def __eq__(self, other) -> bool:  # never equal, not even to itself
        return False

    __hash__ = object.__hash__


MISSING = Missing()


class CharArray:
    """A char array that is no plain row: `codes` (uint32) in its shape."""

    __slots__ = ("codes",)
    class_name = "char"

    def __init__(self, codes: ndarray):
        self.codes = codes

    def size(self) -> tuple[int, ...]:
        return self.codes.shape

    def rows(self) -> list[str]:
        """The rows of a char matrix as Python text, trailing blanks kept."""
        height = self.codes.shape[0]
        flat = self.codes.reshape((height, self.codes[:1].size), order="F")
        return ["".join(map(chr, row)) for row in flat.tolist()]


STRING_METHODS = frozenset([
    "append", "cellstr", "char", "compose", "contains", "count", "double", "endsWith", "eq", "erase", "eraseBetween",
    "extract", "extractAfter", "extractBefore", "extractBetween", "ge", "gt", "insertAfter", "insertBefore",
    "isempty", "ismissing", "issorted", "join", "le", "length", "lower", "lt", "matches", "ne", "numel", "pad",
    "plus", "replace", "replaceBetween", "reverse", "size", "sort", "split", "splitlines", "startsWith", "string",
    "strip", "strlength", "upper",
])  # fmt: skip


class String:
    """A string array: an object array (two or more dimensions) of `str` or MISSING.

    `untyped` is for what `missing` gives: nothing but MISSING, of the class missing, which turns into a missing string,
    NaN, NaT or <undefined> beside values of another class.
    """

    __slots__ = ("data", "untyped")
    methods = STRING_METHODS  # `s.upper()` is upper(s)

    def __init__(self, data: ndarray, untyped: bool = False):
        self.data = data
        self.untyped = untyped

    @property
    def class_name(self) -> str:
        return "missing" if self.untyped else "string"

    @classmethod
    def of(cls, text: str) -> String:
        """A 1×1 string."""
        data = np.empty((1, 1), OBJECT)
        data[0, 0] = text
        return cls(data)

    def size(self) -> tuple[int, ...]:
        return self.data.shape


def chars(codes: ndarray):
    """Codes (any numeric array) as a char value: `str` for a row, '' for 0×0, a CharArray otherwise."""
    shape = codes.shape
    if len(shape) == 2 and (shape[0] == 1 and shape[1] or shape == (0, 0)):
        return "".join(map(chr, codes[0].astype(np.uint32).tolist())) if shape[1] else ""
    return CharArray(np.asfortranarray(codes, np.uint32))


def codes_of(value) -> ndarray:
    """The codes (uint32, two or more dimensions) of a char value."""
    if type(value) is str:
        if not value:
            return np.zeros((0, 0), np.uint32)
        return np.frombuffer(value.encode("utf-32-le", "surrogatepass"), np.uint32).reshape(1, -1)
    return value.codes


def codes_of_numbers(array: ndarray) -> ndarray:
    """Numbers as the codes (uint32) that char(x), [x 'text'] and s(k) = x make of them: the imaginary part and the
    fraction go, NaN is 0, what lies outside of Unicode is its edge."""
    whole = np.trunc(np.nan_to_num(array.real, nan=0.0, posinf=65535.0, neginf=0.0))
    return whole.clip(0, 0x10FFFF).astype(np.uint32)


def is_char(value) -> bool:
    return type(value) is str or type(value) is CharArray


def is_text(value) -> bool:
    return type(value) is str or type(value) is String or type(value) is CharArray


def text_or_none(value) -> str | None:
    """The Python text of a char row, '' or string scalar; None for anything else."""
    if type(value) is str:
        return value
    if type(value) is String and value.data.size == 1:
        text = value.data.item()
        return text if type(text) is str else None
    if type(value) is CharArray and value.codes.size == 0:
        return ""
    return None


def texts_or_none(value) -> list[str] | None:
    """The Python texts of a char (one per row), string array or cell of char rows, column-major; None otherwise."""
    if type(value) is str:
        return [value]
    if type(value) is CharArray:
        return value.rows() or [""]
    if type(value) is String:
        texts = value.data.ravel("F").tolist()
        return texts if all(type(text) is str for text in texts) else None
    if type(value) is ndarray and value.dtype == OBJECT:
        texts = [text_or_none(item) for item in value.ravel("F").tolist()]
        return None if any(text is None for text in texts) else texts
    return None


def cell_of_texts(texts, column: bool = True) -> ndarray:
    """A cell of char rows (a column, or a row)."""
    cell = np.empty((len(texts), 1) if column else (1, len(texts)), OBJECT)
    for i, text in enumerate(texts):
        cell[(i, 0) if column else (0, i)] = text
    return cell


def string_array(texts, shape: tuple[int, ...] | None = None) -> String:
    """A string array from Python texts, column-major in `shape` (a row by default)."""
    data = np.empty(len(texts), OBJECT)
    data[:] = texts
    return String(data.reshape(shape or (1, len(texts)), order="F"))


def require_text(value, what: str) -> str:
    """The text of a char row or string scalar, or MATLAB's error naming `what`."""
    text = text_or_none(value)
    if text is None:
        raise ScriptError(
            "MATLAB:string:MustBeStringScalarOrCharacterVector",
            f"{what} must be a string scalar or character vector.",
        )
    return text


# --------------------------------------------------------------------------------------------------------- strings
def number_text(value, digits: int | None = None) -> str:
    """The text that `string(x)` gives a number: whole numbers in full, others with `digits` significant ones (as many
    as `shared_digits` of the number itself when not given); complex as '1+2i'."""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, complex | np.complexfloating):
        real, imaginary = float(value.real), float(value.imag)
        sign = "-" if np.signbit(imaginary) else "+"
        return number_text(real, digits) + sign + number_text(abs(imaginary), digits) + "i"
    if isinstance(value, np.integer | int):
        return str(int(value))
    value = float(value)
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Inf" if value > 0 else "-Inf"
    if value == int(value):
        return str(int(value)) if abs(value) < 1e15 else f"{value:.16g}"
    return f"{value:.{digits or shared_digits(value)}g}"


def shared_digits(numbers) -> int:
    """The significant digits with which `string` writes all numbers of an array: four behind the point of the largest,
    at least 5 and at most 16."""
    sizes = np.abs(np.atleast_1d(numbers))
    largest = float(sizes[np.isfinite(sizes)].max(initial=0.0))
    return min(max(int(np.ceil(np.log10(largest))) + 4, 5), 16) if largest else 5


def strings_of(value) -> ndarray | None:
    """Any value that `string(x)` converts, as an object array of `str` and MISSING in its size (char: one a row);
    None for a value that has no strings."""
    kind = type(value)
    if kind is String:
        return value.data
    if kind is str:
        return _objects([value], (1, 1))
    if kind is CharArray:
        rows = value.rows() if value.codes.size else [""]
        return _objects(rows, (len(rows), 1))
    if kind is ndarray and value.dtype == OBJECT:
        texts = []
        for item in value.ravel("F").tolist():
            if type(item) is ndarray and not item.size:
                texts.append("")
                continue
            converted = strings_of(item)
            if converted is None or converted.size != 1:
                return None
            texts.append(converted.item())
        return _objects(texts, value.shape)
    if kind is ndarray:
        digits = shared_digits(value) if value.dtype.kind in "fc" else None
        return _objects([_number_or_missing(item, digits) for item in value.ravel("F").tolist()], value.shape)
    if kind is float or kind is bool or kind is complex or isinstance(value, np.generic):
        return _objects([_number_or_missing(value)], (1, 1))
    if hasattr(value, "texts"):  # categorical, datetime, duration
        missing = getattr(value, "missing_text", "<undefined>")
        return _objects([MISSING if text == missing else text for text in value.texts()], value.size())
    return None


def _number_or_missing(value, digits: int | None = None):
    return MISSING if value != value else number_text(value, digits)


def _objects(items: list, shape: tuple[int, ...]) -> ndarray:
    data = np.empty(len(items), OBJECT)
    data[:] = items
    return data.reshape(shape, order="F")


def append_strings(a, b) -> String:
    """a + b where one of them is a string array: the texts joined, element by element."""
    first, second = _string_pair(a, b)
    joined = [
        MISSING if x is MISSING or y is MISSING else x + y
        for x, y in zip(first.ravel("F").tolist(), second.ravel("F").tolist(), strict=True)
    ]
    return String(_objects(joined, first.shape))


def compare_strings(name: str, a, b):
    """`a name b` (lt, le, gt, ge, eq, ne) of string arrays, char rows and cells of text, by code point."""
    first, second = _string_pair(a, b)
    compare = getattr(operator, name)
    result = np.array(
        [
            name == "ne" if x is MISSING or y is MISSING else compare(x, y)
            for x, y in zip(first.ravel("F").tolist(), second.ravel("F").tolist(), strict=True)
        ],
        bool,
    ).reshape(first.shape, order="F")
    return norm(result)


def _string_pair(a, b) -> tuple[ndarray, ndarray]:
    """Both operands as string data of one size."""
    first, second = strings_of(a), strings_of(b)
    if first is None or second is None:
        raise ScriptError(
            "MATLAB:string:MustBeConvertibleCellArray",
            "Conversion from cell failed. Element 1 must be convertible to a string scalar.",
        )
    more = first.ndim - second.ndim
    if more > 0:
        second = second.reshape(second.shape + (1,) * more)
    elif more:
        first = first.reshape(first.shape + (1,) * -more)
    try:
        first, second = np.broadcast_arrays(first, second)
        return first, second
    except ValueError:
        raise ScriptError(
            "MATLAB:sizeDimensionsMustMatch",
            "Arrays have incompatible sizes for this operation.",
            notes=(f"left is {size_text(first.shape)}", f"right is {size_text(second.shape)}"),
            hint="needs equal sizes, or 1 where they differ",
        ) from None

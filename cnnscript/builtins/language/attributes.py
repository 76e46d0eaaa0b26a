"""Checking arguments: validateattributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.language.validators import bound_text, is_of_class, numbers_of
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, patterns, real_number, real_numbers
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import (
    as_array,
    class_of,
    is_cell,
    is_empty,
    ndarray,
    size_of,
    size_text,
)
from cnnscript.values.sparse import Sparse
from cnnscript.values.text import is_text, text_or_none


def steps(array: ndarray) -> ndarray:
    """What each element adds to the one before it: along a vector, down the columns of other arrays."""
    return np.diff(array.ravel("F")) if array.ndim == 2 and 1 in array.shape else np.diff(array, axis=0)


def is_diagonal(array: ndarray) -> bool:
    return array.ndim == 2 and not np.any(array[~np.eye(*array.shape, dtype=bool)])


def array_tests() -> dict[str, tuple[str, Callable[[ndarray], Any]]]:
    """Attributes of the elements: what is expected, and the test."""
    return {
        "nonempty": ("nonempty", lambda a: a.size > 0),
        "nonnan": ("non-NaN", lambda a: not np.isnan(a).any()),
        "finite": ("finite", lambda a: np.isfinite(a).all()),
        "positive": ("positive", lambda a: (a > 0).all()),
        "nonnegative": ("nonnegative", lambda a: (a >= 0).all()),
        "nonzero": ("nonzero", lambda a: (a != 0).all()),
        "integer": (
            "integer-valued",
            lambda a: a.dtype.kind != "c" and bool((np.isfinite(a) & (np.floor(a) == a)).all()),
        ),
        "real": ("real", lambda a: a.dtype.kind != "c"),
        "diag": ("a diagonal matrix", is_diagonal),
        "binary": ("binary", lambda a: ((a == 0) | (a == 1)).all()),
        "even": ("even", lambda a: (a % 2 == 0).all()),
        "odd": ("odd", lambda a: (a % 2 == 1).all()),
        "increasing": ("increasing", lambda a: (steps(a) > 0).all()),
        "decreasing": ("decreasing", lambda a: (steps(a) < 0).all()),
        "nondecreasing": ("nondecreasing", lambda a: (steps(a) >= 0).all()),
        "nonincreasing": ("nonincreasing", lambda a: (steps(a) <= 0).all()),
    }


SHAPE_TESTS: dict[str, tuple[str, Callable[[tuple[int, ...]], bool]]] = {
    "scalar": ("a scalar", lambda s: all(n == 1 for n in s)),
    "vector": ("a vector", lambda s: len(s) == 2 and 1 in s),
    "row": ("a row vector", lambda s: len(s) == 2 and s[0] == 1),
    "column": ("a column vector", lambda s: len(s) == 2 and s[1] == 1),
    "2d": ("two-dimensional", lambda s: len(s) == 2),
    "3d": ("three-dimensional", lambda s: len(s) <= 3),
    "square": ("a square matrix", lambda s: len(s) == 2 and s[0] == s[1]),
}
BOUNDS: dict[str, tuple[str, str, Callable[[Any, Any], Any]]] = {
    ">": ("notGreater", "greater than", np.greater),
    ">=": ("notGreaterEqual", "greater than or equal to", np.greater_equal),
    "<": ("notLess", "less than", np.less),
    "<=": ("notLessEqual", "less than or equal to", np.less_equal),
}
COUNTS: dict[str, Callable[[tuple[int, ...]], int]] = {
    "numel": lambda s: int(np.prod(s)),
    "nrows": lambda s: s[0],
    "ncols": lambda s: s[1],
    "ndims": len,
}
COUNTED = {  # the last part of the identifier, and what is counted
    "numel": ("incorrectNumel", "elements"),
    "nrows": ("incorrectNumrows", "rows"),
    "ncols": ("incorrectNumcols", "columns"),
    "ndims": ("incorrectNumdims", "dimensions"),
}
IDENTIFIERS = {"nonempty": "expectedNonempty", "nonnan": "expectedNonNaN", "finite": "expectedFinite"}


@builtin
def validateattributes(value, classes, attributes, /, *rest):
    """
    validateattributes(A, classes, attributes)
    validateattributes(A, classes, attributes, funcName, varName, argIndex)

    An error unless a value is of one of the classes and has all the attributes, such as 'positive', 'vector',
    'size', [3 NaN], '>=', 0.

    Examples
      >> validateattributes([1 2], {'numeric'}, {'positive', 'numel', 2})
      >> try, validateattributes(-1, {'numeric'}, {'positive'}), catch e, disp(e.message), end
      Expected input to be positive.
      >> try, validateattributes('a', {'numeric'}, {}, 'net', 'scale', 2), catch e, disp(e.identifier), end
      MATLAB:net:invalidType

    See also validatestring, mustBeMember, narginchk.
    """
    function, variable, place = "", "", None
    if rest:
        word = text_or_none(rest[0]) if is_text(rest[0]) else None
        function, place = (word or "", None) if word is not None else ("", rest[0])
        variable = text_or_none(rest[1]) or "" if len(rest) > 1 and is_text(rest[1]) else ""
        place = rest[2] if len(rest) > 2 else place
    subject = (
        "input"
        + (f" number {real_number(place, 'validateattributes', 'The position'):g}" if place is not None else "")
        + (f", {variable}," if variable else "")
    )

    def fail(kind: str, what: str) -> ScriptError:
        middle = f"{function}:" if function else ""
        return ScriptError(
            f"MATLAB:{middle}{kind}", f"Expected {subject} to be {what}.", notes=(f"got {described(value)}",)
        )

    names = (
        [one_text(item, "validateattributes", "Class") for item in classes.ravel("F").tolist()]
        if is_cell(classes)
        else (patterns(classes, "validateattributes"))
    )
    if names and not any(is_of_class(value, name) for name in names):
        listed = "\n\n" + ", ".join(names) + "\n\nInstead its type was " + class_of(value)
        raise fail("invalidType", "one of these types:" + listed)
    if not is_cell(attributes):
        raise ScriptError(
            "MATLAB:validateattributes:badAttributeList",
            "Attributes must be a cell.",
            notes=(f"got {described(attributes)}",),
        )
    check_attributes(value, attributes.ravel("F").tolist(), fail)


def check_attributes(value: Any, words: list, fail: Callable[[str, str], ScriptError]) -> None:
    shape, array = size_of(value), numbers_of(value)
    tests = array_tests()
    at = 0
    while at < len(words):
        word = one_text(words[at], "validateattributes", "Attribute").lower()
        at += 1
        if word == "nonsparse":
            if getattr(value, "is_sparse", False):
                raise fail("expectedNonsparse", "nonsparse")
        elif word == "scalartext":
            if text_or_none(value) is None:
                raise fail("expectedScalartext", "a string scalar or character vector")
        elif word in SHAPE_TESTS:
            what, shape_test = SHAPE_TESTS[word]
            if not shape_test(shape) or word == "nonsparse" and type(value) is Sparse:
                raise fail(f"expected{word.capitalize()}", what)
        elif word in tests:
            what, test = tests[word]
            good = bool(test(array)) if array is not None else word != "nonempty" or not is_empty(value)
            if not good:
                raise fail(IDENTIFIERS.get(word, f"expected{word.capitalize()}"), what)
        elif at < len(words) and word in BOUNDS:
            kind, what, compare = BOUNDS[word]
            if array is None or not compare(array, as_array(words[at])).all():
                raise fail(kind, f"an array with all of the values {what} {bound_text(words[at])}")
            at += 1
        elif at < len(words) and word in COUNTS:
            wanted = int(real_number(words[at], "validateattributes", "An attribute's value"))
            if COUNTS[word](shape) != wanted:
                counted = COUNTED[word]
                raise fail(counted[0], f"an array with number of {counted[1]} equal to {wanted}")
            at += 1
        elif at < len(words) and word == "size":
            lengths = real_numbers(words[at], "validateattributes", "A size").ravel().tolist()
            padded = (*shape, *(1,) * (len(lengths) - len(shape)))
            same = len(lengths) == len(padded) and all(n != n or n == m for n, m in zip(lengths, padded, strict=True))
            if not same:
                wanted_text = "x".join("M" if n != n else f"{n:g}" for n in lengths)
                raise fail("incorrectSize", f"of size {wanted_text}, but it is of size {size_text(shape)}")
            at += 1
        else:
            known = ", ".join([*SHAPE_TESTS, "scalartext", "nonsparse", *tests, *BOUNDS, *COUNTS, "size"])
            raise ScriptError(
                "MATLAB:validateattributes:badAttribute", f"'{word}' is not an attribute.", notes=("known: " + known,)
            )

"""Whether values are equal: isequal, isequaln."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.files import kept_states
from cnnscript.builtins.registry import builtin
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, as_array, class_of, ndarray, size_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import CharArray, String, codes_of, is_char, text_or_none


def same(a, b, missing_equal: bool) -> bool:
    """isequal of two values: sizes and elements; classes of numbers, logicals and char do not matter."""
    if a is b and missing_equal:
        return True
    if isinstance(a, Object) or isinstance(b, Object):
        if missing_equal and (getattr(a, "is_sparse", False) or getattr(b, "is_sparse", False)):
            sides = [as_array(x) if getattr(x, "is_sparse", False) else x for x in (a, b)]
            return same(*sides, True)
        if type(a) is type(b) and (parts := a.components()) is not None:
            return same(parts, b.components(), missing_equal)
        if type(a) is type(b) and kept_states.is_kept(a):  # models: by what a file would keep of them
            return a is b or same(*(Struct(kept_states.fields_of(x)) for x in (a, b)), True)
        return a.equals(b) if isinstance(a, Object) else b.equals(a)
    kinds = {kind_of(a), kind_of(b)}
    if kinds == {"text", "string"}:
        return size_of_texts(a) == size_of_texts(b) and texts_of(a) == texts_of(b)
    if "string" in kinds and len(kinds) == 2:
        return False
    if kinds == {"cell"}:
        return a.shape == b.shape and all(
            same(one, other, missing_equal) for one, other in zip(a.ravel("F"), b.ravel("F"), strict=True)
        )
    if kinds == {"struct"}:
        return same_structs(a, b, missing_equal)
    if kinds == {"string"}:
        return a.data.shape == b.data.shape and all(
            one == other or missing_equal and one is other
            for one, other in zip(a.data.ravel("F").tolist(), b.data.ravel("F").tolist(), strict=True)
        )
    if "categorical" in kinds:
        return same_categories(a, b, missing_equal)
    if kinds == {"function"}:
        return a is b or a.text == b.text and not a.anonymous
    if kinds <= {"numeric", "text"}:
        if size_of(a) != size_of(b):
            return False
        x, y = numbers_in(a), numbers_in(b)
        if missing_equal and x.dtype.kind in "fc" and y.dtype.kind in "fc":
            return bool(((x == y) | (np.isnan(x) & np.isnan(y))).all())
        return bool((x == y).all())
    return False


def kind_of(value) -> str:
    kind = type(value)
    if is_char(value):
        return "text"
    if kind is ndarray and value.dtype == OBJECT:
        return "cell"
    return KINDS.get(kind, "numeric")


KINDS = {
    String: "string",
    Struct: "struct",
    StructArray: "struct",
    Categorical: "categorical",
    Function: "function",
}


def numbers_in(value) -> ndarray:
    return codes_of(value) if type(value) is str or type(value) is CharArray else as_array(value)


def size_of_texts(value) -> tuple[int, ...]:
    return value.data.shape if type(value) is String else (1, 1) if type(value) is str else size_of(value)


def texts_of(value) -> list:
    return value.data.ravel("F").tolist() if type(value) is String else [text_or_none(value)]


def same_structs(a, b, missing_equal: bool) -> bool:
    """Structs are equal when their fields are, in whatever order."""
    from cnnscript.values.structs import elements

    if size_of(a) != size_of(b) or set(a.names()) != set(b.names()):
        return False
    pairs = zip(elements(a).ravel("F").tolist(), elements(b).ravel("F").tolist(), strict=True)
    return all(same(one[name], other[name], missing_equal) for one, other in pairs for name in one)


def same_categories(a, b, missing_equal: bool) -> bool:
    """Categorical arrays are equal when the names of their elements are; undefined equals nothing."""
    from cnnscript.values.text import texts_or_none

    if type(a) is Categorical and type(b) is Categorical:
        if a.codes.shape != b.codes.shape or a.ordinal != b.ordinal or a.ordinal and a.names != b.names:
            return False
        undefined = bool((a.codes == 0).any() or (b.codes == 0).any())
        return a.texts() == b.texts() and (missing_equal or not undefined)
    value, other = (a, b) if type(a) is Categorical else (b, a)
    words = texts_or_none(other)
    if words is None or class_of(other) not in ("char", "string", "cell"):
        return False
    shape = (1, 1) if is_char(other) else size_of(other)
    return value.codes.shape == shape and value.texts() == words


@builtin
def isequal(a, b, /, *more):
    """
    isequal(A, B)
    isequal(A, B, C, ...)

    Whether values have the same size and contents; NaN equals nothing.

    Numbers of different classes can be equal; structs are compared field by field.

    Examples
      >> isequal([1 2], [1 2])
      ans =
        logical
         1
      >> isequal('a', 'a', 'b')
      ans =
        logical
         0

    See also isequaln, eq, strcmp.
    """
    if type(a) is float and type(b) is float and not more:
        return a == b
    return all(same(a, other, False) for other in (b, *more))


@builtin
def isequaln(a, b, /, *more):
    """
    isequaln(A, B)
    isequaln(A, B, C, ...)

    Whether values have the same size and contents; NaN equals NaN.

    Examples
      >> isequaln([1 NaN], [1 NaN])
      ans =
        logical
         1

    See also isequal, isnan.
    """
    return all(same(a, other, True) for other in (b, *more))

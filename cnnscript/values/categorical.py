"""Categorical arrays: codes into a list of category names."""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of, ndarray, norm, size_of
from cnnscript.values.operands import aligned, number_of, size_mismatch
from cnnscript.values.text import MISSING, CharArray, String, texts_or_none


class Categorical:
    """A categorical array of any size.

    codes    int64 array (two or more dimensions): 0 is <undefined>, k is the k-th category
    names    category names in order
    ordinal  whether < and > compare them
    """

    __slots__ = ("codes", "names", "ordinal", "protected")
    class_name = "categorical"
    methods = frozenset([  # `c.categories` is categories(c)
        "addcats", "categories", "cellstr", "char", "countcats", "double", "eq", "iscategory", "isempty", "ismember",
        "ismissing", "isordinal", "isprotected", "isundefined", "length", "max", "median", "mergecats", "min", "mode",
        "ne", "numel", "removecats", "renamecats", "reordercats", "setcats", "size", "sort", "string", "summary",
        "unique",
    ])  # fmt: skip

    def __init__(self, codes: ndarray, names: list[str], ordinal: bool = False, protected: bool = False):
        self.codes = codes
        self.names = names
        self.ordinal = ordinal
        self.protected = protected or ordinal

    def size(self) -> tuple[int, ...]:
        return self.codes.shape

    def texts(self) -> list[str]:
        """The category name of each element, column-major; '<undefined>' where there is none."""
        words = ["<undefined>", *self.names]
        return [words[code] for code in self.codes.ravel("F").tolist()]

    @classmethod
    def from_texts(cls, texts: list[str], shape: tuple[int, ...], names: list[str] | None = None) -> Categorical:
        """Texts (column-major in `shape`); the categories are `names`, or the sorted distinct texts."""
        if names is None:
            names = sorted(set(texts))
        place = {name: code for code, name in enumerate(names, 1)}
        codes = np.array([place.get(text, 0) for text in texts], np.int64).reshape(shape, order="F")
        return cls(codes, list(names))


_ORDERS = {"lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal}


def compare_categories(name: str, a, b):
    """`a name b` (lt, le, gt, ge, eq, ne) where one is a Categorical and the other one too, or text.

    NotImplemented for any other partner.  <undefined> equals nothing and comes neither before nor after anything.
    """
    leader = a if type(a) is Categorical else b
    first, second = _as_category(a, leader), _as_category(b, leader)
    if first is None or second is None:
        return NotImplemented
    if name in _ORDERS:
        if not (first.ordinal and second.ordinal):
            raise ScriptError(
                "MATLAB:categorical:NotOrdinal",
                "Relational comparisons are not allowed for categorical arrays that are not ordinal.",
                hint="categorical(values, names, 'Ordinal', true) gives the categories an order",
            )
        if first.names != second.names:
            raise ScriptError(
                "MATLAB:categorical:OrdinalCategoriesMismatch",
                "Ordinal categorical arrays must have the same set of categories, including their order.",
            )
    codes_a, codes_b = aligned(first.codes, _recoded(second, first.names))
    if codes_a.size == 1:
        codes_a = codes_a.reshape(-1)[0]
    if codes_b.size == 1:
        codes_b = codes_b.reshape(-1)[0]
    try:
        if name in _ORDERS:
            result = _ORDERS[name](codes_a, codes_b) & np.not_equal(codes_a, 0) & np.not_equal(codes_b, 0)
        else:
            result = np.equal(codes_a, codes_b) & np.not_equal(codes_a, 0) & np.not_equal(codes_b, 0)
            if name == "ne":
                result = ~result
    except ValueError:
        raise size_mismatch(a, b) from None
    return norm(np.asfortranarray(result)) if type(result) is ndarray else bool(result)


def _as_category(value, leader: Categorical) -> Categorical | None:
    """A comparison's operand as a Categorical: text takes the categories (and the order) of `leader`."""
    if type(value) is Categorical:
        return value
    texts = texts_or_none(value)
    if texts is None:
        return None
    shape = (1, 1) if type(value) is str else (len(texts), 1) if type(value) is CharArray else size_of(value)
    names = leader.names
    unknown = [text for text in texts if text not in names]
    if unknown and leader.ordinal:
        raise ScriptError(
            "MATLAB:categorical:TextNotCategory",
            f"Value to compare must be a category of the ordinal categorical array: '{unknown[0]}' is none.",
            notes=("categories: " + ", ".join(leader.names[:12]),),
        )
    if unknown:
        names = names + list(dict.fromkeys(unknown))
    return Categorical(Categorical.from_texts(texts, shape, names).codes, names, leader.ordinal)


def _recoded(value: Categorical, names: list[str]) -> ndarray:
    """The codes of `value` with respect to `names`: -1 for a category that `names` lacks."""
    if value.names == names or value.names[: len(names)] == names:
        return value.codes
    place = {name: code for code, name in enumerate(names, 1)}
    table = np.array([0, *(place.get(name, -1) for name in value.names)], np.int64)
    return table[value.codes]


def join_categories(parts: list, axis: int):
    """[a b] (axis 1), [a; b] (axis 0), cat(3, ...) (axis 2) of categorical arrays, text, cells of text and [].

    Categories are those of the first, then the new ones of the others, in order; ordinal arrays must agree.
    """
    leader = next(part for part in parts if type(part) is Categorical)
    names = list(leader.names)
    converted = []
    for part in parts:
        if type(part) is Categorical:
            if part.ordinal != leader.ordinal or part.ordinal and part.names != leader.names:
                raise ScriptError(
                    "MATLAB:categorical:OrdinalCategoriesMismatch",
                    "Ordinal categorical arrays must have the same set of categories, including their order.",
                )
            names += [name for name in part.names if name not in names]
            converted.append(part)
            continue
        texts = part.data.ravel("F").tolist() if type(part) is String else texts_or_none(part)
        if texts is None:
            if number_of(part)[0] == "double" and type(part) is ndarray and not part.size:
                continue
            raise ScriptError(
                "MATLAB:categorical:CantConcatenate", f"Unable to concatenate a categorical and a {class_of(part)}."
            )
        shape = (1, 1) if type(part) is str else (len(texts), 1) if type(part) is CharArray else size_of(part)
        words = dict.fromkeys(text for text in texts if text is not MISSING and text not in ("", "<undefined>"))
        made = Categorical.from_texts(texts, shape, list(words))
        names += [name for name in made.names if name not in names]
        converted.append(made)
    codes = [_recoded(part, names) for part in converted]
    codes = [array for array in codes if array.size] or codes[:1]
    ndim = max(axis + 1, *(array.ndim for array in codes))
    codes = [array.reshape(array.shape + (1,) * (ndim - array.ndim)) for array in codes]
    try:
        joined = np.concatenate(codes, axis)
    except ValueError:
        raise ScriptError(
            "MATLAB:catenate:dimensionMismatch", "Dimensions of arrays being concatenated are not consistent."
        ) from None
    while joined.ndim > 2 and joined.shape[-1] == 1:
        joined = joined[..., 0]
    return Categorical(np.asfortranarray(joined), names, leader.ordinal, leader.protected)

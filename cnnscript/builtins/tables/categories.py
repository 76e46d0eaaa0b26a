"""Categorical arrays: making them, their categories counted, renamed, reordered."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, nearest
from cnnscript.builtins.text.texts import described, flag_of, patterns, shaped, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import OBJECT, as_array, is_cell, ndarray, norm, numel_of, size_of
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import MISSING, is_char, is_text, strings_of


def items_of(value: Any, function: str) -> tuple[list, tuple[int, ...]]:
    """The values of an argument as hashable items (texts, floats, bools; None for missing) and their shape."""
    if type(value) is Categorical:
        names = [None, *value.names]
        return [names[code] for code in value.codes.ravel("F").tolist()], value.codes.shape
    if is_text(value) or is_cell(value):
        data = strings_of(value)
        if data is None:
            raise ScriptError(
                "MATLAB:categorical:CellstrRequired",
                "A cell array for a categorical must hold text.",
                notes=(f"{function} got {described(value)}",),
            )
        texts = [None if text is MISSING else text.strip() for text in data.ravel("F").tolist()]
        return [text or None for text in texts], data.shape
    if type(value) in (float, bool) or type(value) is ndarray or isinstance(value, np.generic):
        array = as_array(value)
        if array.dtype.kind != "c":
            return [None if item != item else item for item in array.ravel("F").tolist()], array.shape
    raise ScriptError(
        "MATLAB:categorical:InvalidData",
        "Unable to create a categorical array from a value of this class.",
        notes=(f"{function} got {described(value)}",),
    )


def names_of(items: list) -> list[str]:
    """Category names of distinct values."""
    from cnnscript.values.text import number_text

    return [item if type(item) is str else number_text(item) for item in items]


def require(value: Any, function: str) -> Categorical:
    if type(value) is not Categorical:
        raise unfit_inputs(function, f"{function} is for a categorical array, got {described(value)}")
    return value


def known(value: Categorical, names: list[str], function: str) -> None:
    for name in names:
        if name not in value.names:
            raise ScriptError(
                f"MATLAB:categorical:{function}:InvalidNames",
                f"'{name}' is not a category.",
                notes=("categories: " + ", ".join(value.names[:12]) + (" ..." if len(value.names) > 12 else ""),),
                hint=nearest(name, value.names),
            )


@builtin
def categorical(values, valueset=None, catnames=None, /, *, Ordinal=False, Protected=False):
    """
    B = categorical(A)
    B = categorical(A, valueset)
    B = categorical(A, valueset, catnames)
    B = categorical(A, valueset, catnames, Name=Value)

    A categorical array: each element is one of a few categories.

    The categories are the sorted distinct values, or those of `valueset` in its order; `catnames` names them. What is
    in none of them is <undefined>.

    Options
      Ordinal    true gives the categories an order: < and > compare (false)
      Protected  true refuses assignments of new categories (false)

    Examples
      >> B = categorical({'cat', 'dog', 'cat'})
      B =
        1×3 categorical array
           cat      dog      cat
      >> B = categorical([1 2 1], [1 2], {'low', 'high'});
      >> disp(categories(B)')
          {'low'}    {'high'}
      >> B = categorical({'a', 'b'}, {'a'});
      >> disp(isundefined(B))
         0   1
      >> B = categorical([1 3], [1 2 3], {'low' 'mid' 'high'}, Ordinal=true);
      >> disp(B(1) < 'mid')
         1

    See also categories, countcats, reordercats, iscategorical.
    """
    items, shape = items_of(values, "categorical")
    if is_char(values) and shape == (1, 1) and not items[0]:
        shape = (1, 1)
    if valueset is None:
        if type(values) is Categorical:
            wanted: list = list(values.names)
        else:
            wanted = sorted({item for item in items if item is not None})
        names = names_of(wanted)
    else:
        wanted, _ = items_of(valueset, "categorical")
        if None in wanted or len(set(wanted)) != len(wanted):
            raise ScriptError(
                "MATLAB:categorical:DuplicatedValues", "VALUESET must contain unique values, none of them missing."
            )
        names = names_of(wanted)
    if catnames is not None and not (type(catnames) is ndarray and catnames.dtype != OBJECT and not catnames.size):
        names = patterns(catnames, "categorical")
        if len(names) != len(wanted):
            raise ScriptError(
                "MATLAB:categorical:WrongNumberOfNames",
                "The number of category names must be the number of values.",
                notes=(f"{len(wanted)} values, {len(names)} names",),
            )
    unique = list(dict.fromkeys(names))
    place = {item: unique.index(name) + 1 for item, name in zip(wanted, names, strict=True)}
    codes = np.array([0 if item is None else place.get(item, 0) for item in items], np.int64).reshape(shape, order="F")
    ordinal = flag_of(Ordinal, "categorical", "Ordinal")
    return Categorical(codes, unique, ordinal, flag_of(Protected, "categorical", "Protected"))


@builtin
def iscategorical(value, /):
    """
    tf = iscategorical(A)

    Whether a value is a categorical array.

    Examples
      >> disp(iscategorical(categorical({'a'})))
         1

    See also categorical, isstring.
    """
    return type(value) is Categorical


@builtin
def categories(value, /):
    """
    C = categories(A)

    The categories of a categorical array, in their order.

    Examples
      >> C = categories(categorical({'dog', 'cat'}))
      C =
        2×1 cell array
          {'cat'}
          {'dog'}

    See also categorical, countcats, reordercats.
    """
    names = require(value, "categories").names
    return shaped(list(names), (len(names), 1))


@builtin
def countcats(value, dimension=None, /):
    """
    B = countcats(A)
    B = countcats(A, dim)

    How many elements each category has.

    Examples
      >> B = countcats(categorical({'a', 'b', 'a'}))
      B =
           2     1
      >> B = countcats(categorical({'a'; 'b'}), 1);

    See also categories, categorical.
    """
    codes = require(value, "countcats").codes
    axis = (
        next((i for i, n in enumerate(codes.shape) if n != 1), 0)
        if dimension is None
        else (whole_number(dimension, "countcats", "Dimension", 1) - 1)
    )
    codes = codes.reshape(codes.shape + (1,) * (axis + 1 - codes.ndim))
    counts = [np.count_nonzero(codes == code, axis=axis, keepdims=True) for code in range(1, len(value.names) + 1)]
    if not counts:
        return np.zeros((0, 0))
    return norm(np.asfortranarray(np.concatenate(counts, axis), float))


def recoded(value: Categorical, names: list[str], moved: dict[int, int]) -> Categorical:
    """The array with new category names, its codes taken through `moved`."""
    table = np.zeros(len(value.names) + 1, np.int64)
    for old, new in moved.items():
        table[old] = new
    return Categorical(table[value.codes], names, value.ordinal, value.protected)


@builtin
def reordercats(value, order=None, /):
    """
    B = reordercats(A)
    B = reordercats(A, neworder)

    The same array with its categories in alphabetical or another order: names, or numbers of the old ones.

    Examples
      >> A = categorical({'low', 'high', 'mid'});
      >> B = reordercats(A, {'low', 'mid', 'high'});
      >> disp(categories(B)')
          {'low'}    {'mid'}    {'high'}
      >> B = reordercats(A);

    See also categories, renamecats.
    """
    names = require(value, "reordercats").names
    if order is None:
        wanted = sorted(names)
    elif is_text(order) or is_cell(order):
        wanted = patterns(order, "reordercats")
    else:
        numbers = [whole_number(n, "reordercats", "Category number", 1) for n in as_array(order).ravel("F").tolist()]
        wanted = [names[n - 1] if n <= len(names) else "" for n in numbers]
    known(value, wanted, "reordercats")
    if sorted(wanted) != sorted(names):
        raise ScriptError(
            "MATLAB:categorical:reordercats:InvalidNeworder",
            "NEWORDER must be a permutation of the existing categories.",
            notes=(f"{len(names)} categories, {len(set(wanted))} in the new order",),
        )
    return recoded(value, wanted, {names.index(name) + 1: code for code, name in enumerate(wanted, 1)})


@builtin
def removecats(value, old=None, /):
    """
    B = removecats(A)
    B = removecats(A, oldcats)

    The array without categories: those that no element has, or those named (their elements become <undefined>).

    Examples
      >> A = categorical({'a', 'b'}, {'a', 'b', 'c'});
      >> disp(numel(categories(removecats(A))))
           2
      >> B = removecats(A, 'a');
      >> disp(isundefined(B))
         1   0

    See also addcats, categories, reordercats.
    """
    names = require(value, "removecats").names
    if old is None:
        used = set(np.unique(value.codes).tolist())
        kept = [name for code, name in enumerate(names, 1) if code in used]
    else:
        gone = patterns(old, "removecats")
        known(value, gone, "removecats")
        kept = [name for name in names if name not in gone]
    return recoded(value, kept, {names.index(name) + 1: code for code, name in enumerate(kept, 1)})


@builtin
def addcats(value, new, /, *, Before=None, After=None):
    """
    B = addcats(A, newcats)
    B = addcats(A, newcats, Name=Value)

    The array with more categories, at the end or beside an existing one.

    Options
      Before  category that the new ones come before
      After   category that the new ones come after

    Examples
      >> B = addcats(categorical({'a'}), {'b', 'c'});
      >> disp(numel(categories(B)))
           3
      >> B = addcats(categorical({'b'}), 'a', Before='b');

    See also removecats, setcats, categories.
    """
    names = require(value, "addcats").names
    fresh = [name for name in patterns(new, "addcats") if name not in names]
    place = len(names)
    beside = Before if Before is not None else After
    if beside is not None:
        word = patterns(beside, "addcats")
        known(value, word, "addcats")
        place = names.index(word[0]) + (0 if Before is not None else 1)
    wanted = [*names[:place], *fresh, *names[place:]]
    return recoded(value, wanted, {names.index(name) + 1: wanted.index(name) + 1 for name in names})


@builtin
def setcats(value, new, /):
    """
    B = setcats(A, newcats)

    The array with just these categories: elements of others become <undefined>.

    Examples
      >> B = setcats(categorical({'a', 'b'}), {'b', 'c'});
      >> disp(isundefined(B))
         1   0

    See also addcats, removecats.
    """
    names = require(value, "setcats").names
    wanted = list(dict.fromkeys(patterns(new, "setcats")))
    return recoded(value, wanted, {names.index(name) + 1: k for k, name in enumerate(wanted, 1) if name in names})


@builtin
def renamecats(value, first, second=None, /):
    """
    B = renamecats(A, names)
    B = renamecats(A, oldnames, newnames)

    The array with other names for its categories.

    Examples
      >> B = renamecats(categorical({'a', 'b'}), 'a', 'cat');
      >> disp(categories(B)')
          {'cat'}    {'b'}
      >> B = renamecats(categorical({'a'}), {'x'});

    See also categories, mergecats.
    """
    names = require(value, "renamecats").names
    old = names if second is None else patterns(first, "renamecats")
    new = patterns(first if second is None else second, "renamecats")
    known(value, old, "renamecats")
    if len(old) != len(new):
        raise ScriptError(
            "MATLAB:categorical:renamecats:WrongNumberOfNames",
            "The number of new names must be the number of categories to rename.",
            notes=(f"{len(old)} categories, {len(new)} names",),
        )
    table = dict(zip(old, new, strict=True))
    wanted = [table.get(name, name) for name in names]
    if len(set(wanted)) != len(wanted):
        raise ScriptError("MATLAB:categorical:renamecats:DuplicateNames", "Category names must be unique.")
    return Categorical(value.codes.copy(order="F"), wanted, value.ordinal, value.protected)


@builtin
def mergecats(value, old, new=None, /):
    """
    B = mergecats(A, oldcats)
    B = mergecats(A, oldcats, newcat)

    The array with several categories made one: the first of them, or a new one.

    Examples
      >> B = mergecats(categorical({'a', 'b', 'c'}), {'a', 'b'}, 'ab');
      >> disp(categories(B)')
          {'ab'}    {'c'}
      >> B = mergecats(categorical({'a', 'b'}), {'a', 'b'});

    See also renamecats, removecats.
    """
    names = require(value, "mergecats").names
    gone = patterns(old, "mergecats")
    known(value, gone, "mergecats")
    target = patterns(new, "mergecats")[0] if new is not None else gone[0]
    wanted = list(dict.fromkeys(target if name in gone else name for name in names))
    moved = {code: wanted.index(target if name in gone else name) + 1 for code, name in enumerate(names, 1)}
    return recoded(value, wanted, moved)


@builtin
def iscategory(value, names, /):
    """
    tf = iscategory(A, catnames)

    Whether texts are categories of a categorical array.

    Examples
      >> disp(iscategory(categorical({'a'}), {'a', 'z'}))
         1   0

    See also categories.
    """
    have = set(require(value, "iscategory").names)
    flags = [name in have for name in patterns(names, "iscategory")]
    shape = size_of(names) if not is_char(names) and len(flags) == numel_of(names) else (len(flags), 1)
    return norm(np.array(flags, bool).reshape(shape, order="F"))


@builtin
def isundefined(value, /):
    """
    tf = isundefined(A)

    Which elements of a categorical array have no category.

    Examples
      >> disp(isundefined(categorical({'a', ''})))
         0   1

    See also categorical, ismissing.
    """
    return norm(np.asfortranarray(require(value, "isundefined").codes == 0))


@builtin
def isordinal(value, /):
    """
    tf = isordinal(A)

    Whether the categories of a categorical array have an order.

    Examples
      >> disp(isordinal(categorical({'a'})))
         0

    See also categorical, reordercats.
    """
    return require(value, "isordinal").ordinal


@builtin
def missing():
    """
    missing

    A missing value of no type, to assign into an array or to put beside values of any type that has one: it becomes
    NaN, NaT, <undefined> or a missing string there.

    Examples
      >> class(missing)
      ans =
          'missing'
      >> disp([1 missing 3])
           1   NaN     3
      >> s = string(missing);
      >> disp(ismissing(s))
         1

    See also ismissing, string.
    """
    from cnnscript.values.text import String

    return String(shaped([MISSING], (1, 1)), untyped=True)

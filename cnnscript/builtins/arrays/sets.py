"""Sets: unique, ismember, union, intersect, setdiff, setxor."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.creation import parts_of
from cnnscript.builtins.arrays.dimensions import read_options, unsupported
from cnnscript.builtins.elementary.elements import operands
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import DOUBLE, OBJECT, as_array, class_of, ndarray, norm, size_of
from cnnscript.values.take import described
from cnnscript.values.text import MISSING, String, chars, codes_of, is_char, texts_or_none

SET_WORDS = {
    "order": {"sorted": "sorted", "stable": "stable"},
    "rows": {"rows": True},
    "occurrence": {"first": "first", "last": "last"},
    "legacy": {"legacy": True},
}


class Elements:
    """The elements of one or two values as keys that sort and compare as MATLAB's do.

    keys   one array for each value, of numbers (NaN never equals NaN)
    back   from an array of keys to a value
    """

    def __init__(self, keys: list[ndarray], back, is_text: bool = False):
        self.keys = keys
        self.back = back
        self.is_text = is_text


def elements_of(values: tuple, name: str) -> Elements:
    """Common keys for values that can be in one set: numbers, char, cells of text, strings, categoricals."""
    leader = next((value for value in values if class_of(value) in ("datetime", "duration")), None)
    if leader is not None:
        return Elements([leader.milliseconds_of(value) for value in values], leader.like)
    leader = next((value for value in values if hasattr(value, "keys_among")), None)
    if leader is not None:  # handles of graphics objects
        return Elements(*leader.keys_among(values))
    if any(type(value) is Categorical for value in values):
        return categorical_elements(values, name)
    if any(type(value) is String for value in values):
        return text_elements(values, name, as_strings=True)
    if any(type(value) is ndarray and value.dtype == OBJECT for value in values):
        return text_elements(values, name, as_strings=False)
    if all(is_char(value) for value in values):
        return Elements([codes_of(value).astype(np.int64) for value in values], chars)
    arrays = []
    for value in values:
        array, _ = parts_of(value)
        if array is None or array.dtype == OBJECT:
            raise unsupported(value, name)
        arrays.append(as_array(value) if is_char(value) else array)
    if len(arrays) == 2 and arrays[0].dtype != arrays[1].dtype:
        if all(array.dtype.kind in "iu" for array in arrays):
            operands(norm(arrays[0].reshape(-1)[:1]), norm(arrays[1].reshape(-1)[:1]), name)
        kinds = [array.dtype for array in arrays]
        result = next((kind for kind in kinds if kind.kind in "iu"), None)
        if result is None:
            result = np.result_type(*(DOUBLE if kind.kind == "b" else kind for kind in kinds))
            if any(kind == np.float32 for kind in kinds):
                result = np.dtype(np.float32)
        if name not in ("ismember", "setdiff"):
            arrays = [array.astype(result) for array in arrays]
        else:
            arrays = [array.astype(DOUBLE) if array.dtype.kind == "b" else array for array in arrays]
    return Elements(arrays, norm)


def text_elements(values: tuple, name: str, as_strings: bool) -> Elements:
    """Texts as their ranks among all texts; missing strings as NaN."""
    lists, shapes = [], []
    for value in values:
        if type(value) is String:
            texts = value.data.ravel("F").tolist()
            shapes.append(value.data.shape)
        elif type(value) is ndarray and value.dtype == OBJECT:
            texts = texts_or_none(value)
            shapes.append(value.shape)
        elif is_char(value):
            texts = texts_or_none(value)
            shapes.append((len(texts), 1))
        elif type(value) is ndarray and value.size == 0:
            texts = []
            shapes.append(value.shape)
        else:
            texts = None
        if texts is None:
            raise ScriptError(
                f"MATLAB:{name.upper()}:InvalidInputs" if len(values) > 1 else f"MATLAB:{name.upper()}:InputClass",
                "Input A must be a cell array of character vectors."
                if len(values) == 1
                else f"Input A of class {class_of(values[0])} and input B of class {class_of(values[-1])} must be "
                "cell arrays of character vectors, unless one is a character vector.",
                notes=(f"{name} got {described(value)}",),
            )
        lists.append(texts)
    words = sorted({text for texts in lists for text in texts if type(text) is str})
    ranks = {word: float(rank) for rank, word in enumerate(words)}
    keys = [
        np.array([ranks[text] if type(text) is str else np.nan for text in texts], DOUBLE).reshape(shape, order="F")
        for texts, shape in zip(lists, shapes, strict=True)
    ]

    def back(array: ndarray):
        data = np.empty(array.shape, OBJECT, order="F")
        for place, number in np.ndenumerate(array):
            data[place] = MISSING if number != number else words[int(number)]
        return String(data) if as_strings else data

    return Elements(keys, back, True)


def categorical_elements(values: tuple, name: str) -> Elements:
    """Categories as their places in the categories of the first categorical, others after them."""
    first = next(value for value in values if type(value) is Categorical)
    names = list(first.names)
    for value in values:
        if type(value) is Categorical:
            names += [word for word in value.names if word not in names]
    place = {word: float(rank) for rank, word in enumerate(names, 1)}
    keys = []
    for value in values:
        if type(value) is Categorical:
            texts, shape = [place.get(word, np.nan) for word in value.texts()], value.codes.shape
        else:
            words = texts_or_none(value)
            if words is None:
                raise unsupported(value, name)
            texts = [place.get(word, -1.0) for word in words]
            shape = (len(words), 1) if is_char(value) else size_of(value)
        keys.append(np.array(texts, DOUBLE).reshape(shape, order="F"))
    return Elements(
        keys, lambda array: Categorical(np.nan_to_num(array).astype(np.int64), names, first.ordinal, first.protected)
    )


def sort_order(keys: ndarray) -> ndarray:
    """The stable ascending order of a vector of keys, or of the rows of a matrix of keys."""
    if keys.ndim == 1:
        if keys.dtype.kind == "c":
            return np.lexsort((np.angle(keys), np.abs(keys), np.isnan(keys)))
        return np.argsort(keys, kind="stable")
    if keys.shape[1] == 0:
        return np.arange(keys.shape[0])
    return np.lexsort([keys[:, column] for column in range(keys.shape[1] - 1, -1, -1)])


def starts_of_groups(ordered: ndarray) -> ndarray:
    """Where a new element begins among sorted keys (a vector, or rows)."""
    starts = np.ones(ordered.shape[0], bool)
    if ordered.shape[0] > 1:
        changed = ordered[1:] != ordered[:-1]
        starts[1:] = changed.any(axis=1) if ordered.ndim == 2 else changed
    return starts


def grouped(keys: ndarray, words: dict) -> tuple[ndarray, ndarray, ndarray]:
    """The distinct keys, as places in `keys`: (places of the distinct ones in the wanted order, group of each key)."""
    order = sort_order(keys)
    starts = starts_of_groups(keys[order])
    group = np.empty(order.size, np.int64)
    group[order] = np.cumsum(starts) - 1
    first = order[starts]
    if words.get("occurrence", "last" if "legacy" in words else "first") == "last":
        ends = np.append(np.flatnonzero(starts)[1:], order.size) - 1
        places = order[ends] if order.size else order
    else:
        places = first
    if words.get("order") == "stable":
        rank = np.argsort(first, kind="stable")
        places = places[rank]
        back = np.empty_like(rank)
        back[rank] = np.arange(rank.size)
        group = back[group] if group.size else group
    return places, group, first


def column(numbers: ndarray, as_row: bool = False):
    """Places from 1, in a column ('legacy' gives a row where the sets are rows)."""
    return norm((numbers.astype(DOUBLE) + 1).reshape((1, -1) if as_row else (-1, 1)))


def legacy_row(words: dict, by_rows: bool, *sources: ndarray) -> bool:
    """Whether 'legacy' gives rows: always but for columns alone (and for 'rows')."""
    return "legacy" in words and not by_rows and not all(keys.ndim == 2 and keys.shape[1] == 1 for keys in sources)


def as_vector(distinct: ndarray, *sources: ndarray) -> ndarray:
    """Distinct keys as a row when every source is a row, else as a column."""
    row = all(source.ndim == 2 and source.shape[0] == 1 and source.shape[1] != 1 for source in sources)
    return distinct.reshape((1, -1) if row else (-1, 1), order="F")


def require_rows(keys: ndarray, name: str) -> ndarray:
    if keys.ndim != 2:
        raise ScriptError(f"MATLAB:{name.upper()}:NotAMatrix", "Input must be a matrix to use 'rows'.")
    return keys


@builtin(outputs=3)
def unique(nargout, x, /, *rest):
    """
    unique(A)
    unique(A, 'rows')
    unique(A, order)
    unique(A, occurrence)
    unique(A, 'legacy')
    [C, ia, ic] = unique(...)

    The distinct elements in order: C = A(ia), A = C(ic).  'stable' keeps the order of A; ia is the 'first' place of
    each, or the 'last'.  'legacy' is as before R2012b here and in the other functions of sets: last places, in rows.

    Numbers, text, strings, cells of text and categoricals.

    Examples
      >> unique([3 1 3 2])
      ans =
           1     2     3
      >> unique([3 1 3 2], 'stable')
      ans =
           3     1     2
      >> unique([1 2; 1 2; 0 5], 'rows')
      ans =
           0     5
           1     2
      >> [c, ia, ic] = unique([5 5 4], 'last')
      c =
           4     5
      ia =
           3
           2
      ic =
           2
           2
           1

    See also ismember, union, intersect, sort, accumarray.
    """
    values, words = read_options(rest, "unique", **SET_WORDS)
    if values:
        raise ScriptError("MATLAB:UNIQUE:UnknownInput", "Invalid input.", notes=(f"unique got {described(values[0])}",))
    plain = nargout < 2 and not words
    if plain and type(x) is ndarray and x.dtype.kind == "f" and x.size:
        ordered = np.sort(x.ravel("F"))
        starts = np.empty(ordered.size, bool)
        starts[0] = True
        np.not_equal(ordered[1:], ordered[:-1], out=starts[1:])
        return norm(as_vector(ordered[starts], x))
    found = elements_of((x,), "unique")
    keys = found.keys[0]
    if "rows" in words and not found.is_text:
        places, group, _ = grouped(require_rows(keys, "unique"), words)
        return found.back(np.asfortranarray(keys[places])), column(places), column(group)
    flat = keys.ravel("F")
    places, group, _ = grouped(flat, words)
    as_row = "legacy" in words and keys.ndim == 2 and keys.shape[0] == 1
    if keys.size == 0:
        shape = keys.shape if keys.shape == (0, 0) or 1 in keys.shape else (0, 1)
        nothing = np.zeros((0, 1), order="F")
        return found.back(keys.reshape(shape, order="F")), nothing, nothing
    return found.back(as_vector(flat[places], keys)), column(places, as_row), column(group, as_row)


@builtin(outputs=2)
def ismember(nargout, x, collection, /, *rest):
    """
    ismember(A, B)
    ismember(A, B, 'rows')
    [tf, place] = ismember(...)

    Which elements of A are in B, and where there first (0 where not).

    Numbers, text, strings, cells of text and categoricals.

    Examples
      >> ismember([1 5 2], [2 4 1])
      ans =
        1×3 logical array
         1   0   1
      >> ismember('b', {'a', 'b'})
      ans =
        logical
         1
      >> [tf, place] = ismember([1 2; 3 4], [3 4; 5 6], 'rows')
      tf =
        2×1 logical array
         0
         1
      place =
           0
           1

    See also unique, intersect, setdiff, any.
    """
    words = read_options(rest, "ismember", **SET_WORDS)[1]
    if type(x) is float and type(collection) is ndarray and collection.dtype == DOUBLE and nargout < 2 and not words:
        return bool((collection == x).any())
    found = elements_of((x, collection), "ismember")
    wanted, known = found.keys
    if "rows" in words and not found.is_text:
        wanted, known = require_rows(wanted, "ismember"), require_rows(known, "ismember")
        if wanted.shape[1] != known.shape[1]:
            raise ScriptError(
                "MATLAB:ISMEMBER:AandBColnumAgree",
                "A and B must have the same number of columns.",
                notes=(f"A has {wanted.shape[1]}, B {known.shape[1]}",),
            )
        shape = (wanted.shape[0], 1)
    else:
        shape = wanted.shape
        wanted, known = wanted.ravel("F"), known.ravel("F")
    if "legacy" in words:  # the last place: the first of what is known, backwards
        inside, place = membership(wanted, known[::-1])
        place = known.shape[0] - 1 - place
    else:
        inside, place = membership(wanted, known)
    result = norm(inside.reshape(shape, order="F"))
    if nargout < 2:
        return result
    return result, norm(np.where(inside, place + 1, 0).astype(DOUBLE).reshape(shape, order="F"))


def two_sets(x, y, rest: tuple, name: str):
    """Keys of two values for a set operation: vectors, or matrices for 'rows'."""
    words = read_options(rest, name, **SET_WORDS)[1]
    found = elements_of((x, y), name)
    a, b = found.keys
    if "rows" in words and not found.is_text:
        a, b = require_rows(a, name), require_rows(b, name)
        if a.shape[1] != b.shape[1] and a.size and b.size:
            raise ScriptError(
                f"MATLAB:{name.upper()}:AandBColnumAgree",
                "A and B must have the same number of columns.",
                notes=(f"A has {a.shape[1]}, B {b.shape[1]}",),
            )
        return found, a, b, words, True
    return found, a.ravel("F"), b.ravel("F"), words, False


def shaped(found: Elements, keys: ndarray, by_rows: bool, sources, as_row: bool = False) -> object:
    """Keys of a result as a value: rows as they are, a row when the sources that matter are rows, else a column."""
    if by_rows:
        return found.back(np.asfortranarray(keys))
    rows = [source.ndim == 2 and source.shape[0] == 1 for source in sources if source.shape != (0, 0)]
    scalars = all(source.size <= 1 for source in sources)
    shape = (1, -1) if as_row or rows and all(rows) or scalars and found.keys[0].shape[0] == 1 else (-1, 1)
    if keys.size == 0 and all(source.shape == (0, 0) for source in sources):
        shape = (0, 0)
    return found.back(keys.reshape(shape, order="F"))


@builtin(outputs=3)
def union(nargout, x, y, /, *rest):
    """
    union(A, B)
    union(A, B, order)
    union(A, B, 'rows')
    [C, ia, ib] = union(...)

    The elements of either, once each, in order ('stable': as they come).

    Examples
      >> union([5 1], [1 3])
      ans =
           1     3     5
      >> [c, ia, ib] = union([5 1], [1 3], 'stable')
      c =
           5     1     3
      ia =
           1
           2
      ib =
           2

    See also intersect, setdiff, setxor, unique.
    """
    found, a, b, words, by_rows = two_sets(x, y, rest, "union")
    both = np.concatenate([a, b]) if a.size and b.size or a.ndim == 1 else (a if a.size else b)
    places = grouped(both, words)[0]
    left = places[places < a.shape[0]]
    right = places[places >= a.shape[0]] - a.shape[0]
    as_row = legacy_row(words, by_rows, *found.keys)
    return shaped(found, both[places], by_rows, found.keys, as_row), column(left, as_row), column(right, as_row)


@builtin(outputs=3)
def intersect(nargout, x, y, /, *rest):
    """
    intersect(A, B)
    intersect(A, B, order)
    intersect(A, B, 'rows')
    [C, ia, ib] = intersect(...)

    The elements in both, once each, in order: C = A(ia) = B(ib).

    Examples
      >> intersect([5 1 3], [3 5 9])
      ans =
           3     5
      >> [c, ia, ib] = intersect([5 1 3], [3 5 9])
      c =
           3     5
      ia =
           3
           1
      ib =
           1
           2

    See also union, setdiff, ismember, unique.
    """
    found, a, b, words, by_rows = two_sets(x, y, rest, "intersect")
    places = grouped(a, words)[0]
    inside, where = membership(a[places], b[::-1] if "legacy" in words else b)
    where = b.shape[0] - 1 - where if "legacy" in words else where
    kept = places[inside]
    as_row = legacy_row(words, by_rows, *found.keys)
    return (
        shaped(found, a[kept], by_rows, found.keys, as_row), column(kept, as_row), column(where[inside], as_row)
    )  # fmt: skip


def membership(wanted: ndarray, known: ndarray) -> tuple[ndarray, ndarray]:
    """Which keys are among the known ones, and where first (from 0)."""
    if not known.size and known.ndim == 2:
        return np.zeros(wanted.shape[0], bool), np.zeros(wanted.shape[0], np.int64)
    together = np.concatenate([known, wanted])
    _, group, first = grouped(together, {})
    place = first[group][known.shape[0] :] if together.shape[0] else np.zeros(0, np.int64)
    return place < known.shape[0], place


@builtin(outputs=2)
def setdiff(nargout, x, y, /, *rest):
    """
    setdiff(A, B)
    setdiff(A, B, order)
    setdiff(A, B, 'rows')
    [C, ia] = setdiff(...)

    The elements of A that are not in B, once each, in order: C = A(ia).

    Examples
      >> setdiff([5 1 3], [3 9])
      ans =
           1     5
      >> [c, ia] = setdiff([5 1 3], 3, 'stable')
      c =
           5     1
      ia =
           1
           2

    See also intersect, union, setxor, ismember.
    """
    found, a, b, words, by_rows = two_sets(x, y, rest, "setdiff")
    places = grouped(a, words)[0]
    kept = places[~membership(a[places], b)[0]]
    as_row = legacy_row(words, by_rows, *found.keys)
    return shaped(found, a[kept], by_rows, found.keys[:1], as_row), column(kept, as_row)


@builtin(outputs=3)
def setxor(nargout, x, y, /, *rest):
    """
    setxor(A, B)
    setxor(A, B, order)
    setxor(A, B, 'rows')
    [C, ia, ib] = setxor(...)

    The elements in one of the two but not in both, in order.

    Examples
      >> setxor([5 1 3], [3 9])
      ans =
           1     5     9
      >> [c, ia, ib] = setxor([5 1 3], [3 9])
      c =
           1     5     9
      ia =
           2
           1
      ib =
           2

    See also union, intersect, setdiff.
    """
    found, a, b, words, by_rows = two_sets(x, y, rest, "setxor")
    left, right = grouped(a, words)[0], grouped(b, words)[0]
    left = left[~membership(a[left], b)[0]]
    right = right[~membership(b[right], a)[0]]
    both = np.concatenate([a[left], b[right]])
    if words.get("order") != "stable":
        both = both[sort_order(both)]
    as_row = legacy_row(words, by_rows, *found.keys)
    return shaped(found, both, by_rows, found.keys, as_row), column(left, as_row), column(right, as_row)

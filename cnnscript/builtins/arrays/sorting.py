"""Order: sort, sortrows, issorted, issortedrows, find, histc and friends that look for places."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.creation import parts_of
from cnnscript.builtins.arrays.dimensions import (
    axis_of,
    first_axis,
    gathered,
    padded,
    read_options,
    require_numeric,
    require_real,
    scattered,
    unsupported,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import DOUBLE, OBJECT, as_array, class_of, fortran, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import CharArray, String, chars, codes_of, texts_or_none

DIRECTIONS = {"ascend": False, "descend": True}
MISSING_PLACES = {"auto": "auto", "first": "first", "last": "last"}
COMPARISONS = {"auto": "auto", "real": "real", "abs": "abs"}


def option_word(value, words: dict, name: str, option: str):
    """The meaning of an option that is one of several words."""
    if value is None:
        return next(iter(words.values()))
    try:
        chosen = read_options((value,), name, it=words)[1]
    except ScriptError:
        chosen = {}
    if "it" not in chosen:
        raise ScriptError(
            f"MATLAB:{name}:invalid{option}",
            f"{option} must be " + ", ".join(f"'{word}'" for word in words) + ".",
            notes=(f"got {described(value)}",),
        )
    return chosen["it"]


def sort_keys(columns: ndarray, method: str) -> list[ndarray]:
    """Real arrays by which the elements of columns compare: the first decides, the next where that is equal."""
    if columns.dtype.kind == "c":
        if method == "real":
            return [columns.real, columns.imag]
        return [np.abs(columns), np.angle(columns)]
    if method == "abs":
        return [np.abs(columns.astype(DOUBLE) if columns.dtype.kind in "iub" else columns)]
    return [columns]


def order_of(columns: ndarray, method: str = "auto") -> ndarray:
    """The stable ascending order of each column (indices from 0); NaN at the end."""
    keys = sort_keys(columns, method)
    if len(keys) == 1:
        return np.argsort(keys[0], axis=0, kind="stable")
    lost = np.isnan(columns)
    return np.lexsort([*reversed(keys), lost], axis=0)


def sorted_columns(columns: ndarray, descending: bool, method: str, missing_last: bool | None = None):
    """Columns sorted, and the places (from 0) they came from.

    Equal elements keep their order, in both directions.  missing_last: where NaN goes, None for MATLAB's default
    (at the end ascending, at the start descending).
    """
    places = order_of(columns[::-1] if descending else columns, method)
    if descending:  # the stable ascending order of the reversed column, read backwards, is the descending one
        places = columns.shape[0] - 1 - places[::-1]
    if missing_last is not None and columns.dtype.kind in "fc" and missing_last == descending:
        lost = np.take_along_axis(np.isnan(columns), places, axis=0)
        places = np.take_along_axis(places, np.argsort(lost if missing_last else ~lost, axis=0, kind="stable"), axis=0)
    return np.take_along_axis(columns, places, axis=0), places


@builtin(outputs=2)
def sort(nargout, x, /, *rest, MissingPlacement=None, ComparisonMethod=None):
    """
    sort(A)
    sort(A, dim)
    sort(..., direction)
    [B, I] = sort(...)
    sort(..., MissingPlacement=place)
    sort(..., ComparisonMethod=method)

    Elements in order along a dimension, 'ascend' or 'descend'; and where they came from.

    Numbers, text, strings, cells of text and categoricals.  Equal elements keep their order.  NaN counts as largest.

    Options
      MissingPlacement  where NaN goes: 'auto' (default), 'first', 'last'
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> sort([3 1 2])
      ans =
           1     2     3
      >> sort([3 1; 2 5], 2, 'descend')
      ans =
           3     1
           5     2
      >> [b, i] = sort([3 1 2], 'descend')
      b =
           3     2     1
      i =
           1     3     2
      >> sort({'pear', 'apple'})
      ans =
        1×2 cell array
          {'apple'}    {'pear'}

    See also sortrows, unique, issorted, maxk.
    """
    plain = not rest and nargout < 2 and MissingPlacement is None and ComparisonMethod is None
    if plain and type(x) is ndarray and x.dtype.kind == "f" and x.ndim == 2 and x.size:
        if 1 in x.shape:
            return np.sort(x.ravel("F")).reshape(x.shape, order="F")
        return fortran(np.sort(x, axis=0))
    values, words = read_options(rest, "sort", direction=DIRECTIONS)
    descending = words.get("direction", False)
    if len(values) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    placement = option_word(MissingPlacement, MISSING_PLACES, "sort", "MissingPlacement")
    method = option_word(ComparisonMethod, COMPARISONS, "sort", "ComparisonMethod")
    array, back = comparable(x, "sort")
    axis = axis_of(values[0], "sort") if values else first_axis(array.shape)
    if axis >= array.ndim or array.size == 0:
        return x, norm(np.ones(array.shape, order="F"))
    shape = padded(array, (axis,)).shape
    columns = gathered(array, (axis,))
    if nargout < 2 and placement == "auto" and method == "auto" and columns.dtype.kind in "fiub":
        result = np.sort(columns, axis=0)
        return back(as_array(scattered(np.array(result[::-1], order="F") if descending else result, shape, (axis,))))
    missing_last = None if placement == "auto" else placement == "last"
    result, places = sorted_columns(columns, descending, method, missing_last)
    indices = scattered(places.astype(DOUBLE) + 1, shape, (axis,))
    return back(as_array(scattered(result, shape, (axis,)))), indices


def comparable(x, name: str):
    """A value as an array that NumPy orders as MATLAB does, and the function that turns such an array back.

    Texts become their ranks, undefined categories and missing strings NaN.
    """
    kind = type(x)
    if kind is str or kind is CharArray:
        return codes_of(x).astype(np.int64), chars
    if kind is ndarray and x.dtype == OBJECT:
        texts = texts_or_none(x)
        if texts is None:
            raise ScriptError(
                f"MATLAB:{name}:InputClass" if name != "sort" else "MATLAB:sort:InvalidCellArray",
                "Argument must be a cell array of character vectors.",
                notes=("the cell holds other values too",),
            )
        words = sorted(set(texts))
        ranks = {word: rank for rank, word in enumerate(words)}
        numbers = np.array([ranks[text] for text in texts], np.int64).reshape(x.shape, order="F")
        table = np.empty(len(words), OBJECT)
        table[:] = words
        return numbers, lambda array: table[array]
    if kind is String:
        texts = x.data.ravel("F").tolist()
        words = sorted({text for text in texts if type(text) is str})
        ranks = {word: float(rank) for rank, word in enumerate(words)}
        numbers = np.array([ranks.get(text, np.nan) if type(text) is str else np.nan for text in texts], DOUBLE)

        def strings(array):
            from cnnscript.values.text import MISSING

            data = np.empty(array.shape, OBJECT, order="F")
            for place, number in np.ndenumerate(array):
                data[place] = MISSING if number != number else words[int(number)]
            return String(data)

        return numbers.reshape(x.data.shape, order="F"), strings
    if kind is Categorical:
        numbers = np.where(x.codes == 0, np.nan, x.codes.astype(DOUBLE))
        return numbers, lambda array: Categorical(
            np.nan_to_num(array).astype(np.int64), x.names, x.ordinal, x.protected
        )
    array, back = parts_of(x)
    if array is None or array.dtype == OBJECT:
        raise unsupported(x, name)
    return array, back


@builtin(outputs=2)
def sortrows(nargout, x, /, *rest, MissingPlacement=None, ComparisonMethod=None):
    """
    sortrows(A)
    sortrows(A, columns)
    sortrows(A, columns, direction)
    [B, I] = sortrows(...)

    Rows in order: by the first column, then the second ..., or by the columns given; a negative column sorts
    descending.

    Options
      MissingPlacement  where NaN goes: 'auto' (default), 'first', 'last'
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> sortrows([2 1; 1 5; 1 3])
      ans =
           1     3
           1     5
           2     1
      >> sortrows([2 1; 1 5; 1 3], -2)
      ans =
           1     5
           1     3
           2     1
      >> [b, i] = sortrows([2 1; 1 5; 1 3], 2, 'descend')
      b =
           1     5
           1     3
           2     1
      i =
           2
           3
           1

    See also sort, unique.
    """
    array, back = comparable(x, "sortrows")
    if array.ndim > 2:
        raise ScriptError(
            "MATLAB:sortrows:NonMatrixInput", "First argument must be a 2-D matrix.", notes=(f"got {described(x)}",)
        )
    placement = option_word(MissingPlacement, MISSING_PLACES, "sortrows", "MissingPlacement")
    method = option_word(ComparisonMethod, COMPARISONS, "sortrows", "ComparisonMethod")
    columns, directions = sort_columns(rest, array.shape[1])
    order = np.arange(array.shape[0])
    missing_last = None if placement == "auto" else placement == "last"
    for column, descending in reversed(list(zip(columns, directions, strict=True))):
        part = array[order, column].reshape(-1, 1)
        order = order[sorted_columns(part, descending, method, missing_last)[1].ravel()]
    result = back(np.asfortranarray(array[order]))
    return result, norm((order.astype(DOUBLE) + 1).reshape(-1, 1))


def sort_columns(rest: tuple, count: int, known: dict = DIRECTIONS, default=False, name: str = "sortrows"):
    """The columns (from 0) that sortrows compares, and the direction of each: an entry of `known`."""
    numbers = [item for item in rest if class_of(item) in ("double", "single")]
    words = [texts_or_none(item) for item in rest if class_of(item) not in ("double", "single")]
    if len(numbers) > 1 or len(words) > 1 or None in words:
        raise ScriptError(
            f"MATLAB:{name}:COLmismatch", "Invalid arguments.", notes=(f"{name}(A, columns, direction)",)
        )
    wanted = None
    if numbers and as_array(numbers[0]).size:
        wanted = [float(item) for item in require_real(numbers[0], name).ravel("F")]
    if wanted is None:
        wanted = [float(place) for place in range(1, count + 1)]
    for item in wanted:
        if item != item // 1 or not 1 <= abs(item) <= count:
            raise ScriptError(
                f"MATLAB:{name}:COLmismatch",
                "Column sorting vector must be a vector of integers whose absolute values are between 1 and the number "
                "of columns in the first argument.",
                notes=(f"got {item:g}; there are {count} columns",),
            )
    directions = [known["descend"] if item < 0 else default for item in wanted]
    if words:
        chosen = [option_word(word, known, name, "Direction") for word in words[0]]
        directions = chosen * len(wanted) if len(chosen) == 1 else chosen
        if len(directions) != len(wanted):
            raise ScriptError(
                f"MATLAB:{name}:DirectionLength",
                "Number of directions must match the number of columns.",
                notes=(f"{len(chosen)} directions, {len(wanted)} columns",),
            )
    return [int(abs(item)) - 1 for item in wanted], directions


ORDERS = {
    "ascend": (1, False),
    "descend": (-1, False),
    "monotonic": (0, False),
    "strictascend": (1, True),
    "strictdescend": (-1, True),
    "strictmonotonic": (0, True),
}


@builtin
def issorted(x, /, *rest, MissingPlacement=None, ComparisonMethod=None):
    """
    issorted(A)
    issorted(A, dim)
    issorted(A, direction)
    issorted(A, 'rows')
    issorted(..., Name=Value)

    Whether elements are in order: 'ascend', 'descend', 'monotonic', 'strictascend', 'strictdescend',
    'strictmonotonic'.

    Options
      MissingPlacement  where NaN belongs: 'auto' (default: at the end ascending, at the start descending), 'first',
                        'last'
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> issorted([1 2 2 5])
      ans =
        logical
         1
      >> issorted([1 2 2 5], 'strictascend')
      ans =
        logical
         0
      >> issorted([1 -2 3], 'ComparisonMethod', 'abs')
      ans =
        logical
         1

    See also sort, issortedrows, unique.
    """
    values, words = read_options(rest, "issorted", order=ORDERS, rows={"rows": True})
    array, _ = comparable(x, "issorted")
    placement = option_word(MissingPlacement, MISSING_PLACES, "issorted", "MissingPlacement")
    method = option_word(ComparisonMethod, COMPARISONS, "issorted", "ComparisonMethod")
    direction, strict = words.get("order", (1, False))
    if "rows" in words:
        columns = list(range(array.shape[1]))
        order = np.lexsort([array[:, column] for column in reversed(columns)]) if columns else np.arange(array.shape[0])
        return bool((order == np.arange(array.shape[0])).all())
    axis = axis_of(values[0], "issorted") if values else first_axis(array.shape)
    if axis >= array.ndim or array.size == 0:
        return True
    ranks = ranked(gathered(array, (axis,)), method)
    return any(
        in_order(ranks, descending, strict, placement)
        for descending, wanted in ((False, direction >= 0), (True, direction <= 0))
        if wanted
    )


def ranked(columns: ndarray, method: str) -> ndarray:
    """Whole numbers that compare as the elements do; NaN stays NaN."""
    keys = sort_keys(columns, method)
    if len(keys) == 1 and keys[0].dtype.kind != "f":
        return keys[0]
    lost = np.isnan(columns)
    if len(keys) == 1:
        return keys[0]
    flat = [key.ravel() for key in keys]
    order = np.lexsort([*reversed(flat), lost.ravel()])
    later = np.zeros(order.size, bool)
    for key in flat:
        later[1:] |= key[order][1:] != key[order][:-1]
    ranks = np.empty(order.size)
    ranks[order] = np.cumsum(later)
    return np.where(lost, np.nan, ranks.reshape(columns.shape))


def in_order(ranks: ndarray, descending: bool, strict: bool, placement: str) -> bool:
    """Are all columns in order, with NaN where it belongs?  No two NaN count as equal in a strict order."""
    earlier, later = (ranks[1:], ranks[:-1]) if descending else (ranks[:-1], ranks[1:])
    fine = later > earlier if strict else later >= earlier
    if ranks.dtype.kind != "f":
        return bool(fine.all())
    lost = np.isnan(ranks)
    at_start = placement == "first" or (placement == "auto" and descending)
    beside = lost[:-1] if at_start else lost[1:]  # a NaN may stand beside a number on this side of it
    if strict and (lost[:-1] & lost[1:]).any():
        return False
    return bool((fine | beside).all())


@builtin
def issortedrows(x, /, *rest, MissingPlacement=None, ComparisonMethod=None):
    """
    issortedrows(A)
    issortedrows(A, columns)
    issortedrows(A, columns, direction)
    issortedrows(..., Name=Value)

    Whether the rows of a matrix are in the order in which sortrows puts them, by all columns or those given.

    direction: 'ascend' (default), 'descend', 'monotonic', 'strictascend', 'strictdescend' or 'strictmonotonic', for all
    columns or one for each in a cell array. A negative column descends.

    Options
      MissingPlacement  where NaN belongs: 'auto' (default), 'first', 'last'
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> issortedrows([1 3; 1 5; 2 1])
      ans =
        logical
         1
      >> issortedrows([1 3; 1 5; 2 1], 2, 'descend')
      ans =
        logical
         0

    See also sortrows, issorted.
    """
    array, _ = comparable(x, "issortedrows")
    if array.ndim > 2:
        raise ScriptError(
            "MATLAB:issortedrows:NonMatrixInput", "First argument must be a 2-D matrix.", notes=(f"got {described(x)}",)
        )
    placement = option_word(MissingPlacement, MISSING_PLACES, "issortedrows", "MissingPlacement")
    method = option_word(ComparisonMethod, COMPARISONS, "issortedrows", "ComparisonMethod")
    columns, orders = sort_columns(rest, array.shape[1], ORDERS, (1, False), "issortedrows")
    ranks = [ranked(array[:, [column]], method) for column in columns]
    if not ranks or array.shape[0] < 2:
        return True
    free = [place for place, (direction, _) in enumerate(orders) if not direction]
    for choice in range(2 ** len(free)):  # a monotonic column may go either way
        ways = [direction < 0 for direction, _ in orders]
        for bit, place in enumerate(free):
            ways[place] = bool(choice >> bit & 1)
        if rows_in_order(ranks, ways, [strict for _, strict in orders], placement):
            return True
    return False


def rows_in_order(ranks: list[ndarray], ways: list[bool], strict: list[bool], placement: str) -> bool:
    """Do rows follow each other, each column deciding where those before it are equal?"""
    open_rows = np.ones(ranks[0].shape[0] - 1, bool)  # neighbours that are equal so far
    for column, descending, strictly in zip(ranks, ways, strict, strict=True):
        flat = column.ravel()
        lost = np.isnan(flat) if flat.dtype.kind == "f" else np.zeros(flat.shape, bool)
        at_start = placement == "first" or (placement == "auto" and descending)
        above, below = flat[:-1], flat[1:]
        before = above > below if descending else above < below
        before |= (lost[:-1] & ~lost[1:]) if at_start else (~lost[:-1] & lost[1:])
        equal = (above == below) | (lost[:-1] & lost[1:])
        if (open_rows & ~before & (~equal | strictly)).any():
            return False
        open_rows &= equal
    return True


@builtin(outputs=3)
def find(nargout, x, count=None, direction=None, /):
    """
    find(X)
    find(X, n)
    find(X, n, direction)
    [row, column] = find(X)
    [row, column, v] = find(X)

    Linear indices, or rows and columns, of the elements that are not 0; the first n, or the 'last' n.

    Examples
      >> find([0 3 0 5])
      ans =
           2     4
      >> find([0 3 0 5 6], 1, 'last')
      ans =
           5
      >> [row, column, v] = find([0 7; 8 0])
      row =
           2
           1
      column =
           1
           2
      v =
           8
           7

    See also any, nnz, logical, max.
    """
    array = x if type(x) is ndarray and x.dtype != OBJECT else require_numeric(x, "find")
    flat = array.ravel("F")
    places = np.flatnonzero(flat)
    if count is not None:
        wanted = require_numeric(count, "find")
        if (
            wanted.size != 1
            or wanted.dtype.kind == "c"
            or not wanted.item() >= 1
            or wanted.item() != wanted.item() // 1
            and wanted.item() != np.inf
        ):
            raise ScriptError(
                "MATLAB:find:invalidN",
                "Second argument must be a positive scalar integer.",
                notes=(f"got {described(count)}",),
            )
        number = int(min(wanted.item(), flat.size))
        last = option_word(direction, {"first": False, "last": True}, "find", "Direction")
        places = (places[-number:] if number else places) if last else places[:number]
    if nargout < 2:
        indices = places.astype(DOUBLE) + 1
        return norm(indices.reshape(found_shape(array, indices.size), order="F"))
    rows = array.shape[0] or 1
    shape = found_shape(array, places.size)
    row = norm((places % rows + 1).astype(DOUBLE).reshape(shape, order="F"))
    column = norm((places // rows + 1).astype(DOUBLE).reshape(shape, order="F"))
    if nargout == 2:
        return row, column
    return row, column, norm(flat[places].reshape(shape, order="F"))


def found_shape(array: ndarray, count: int) -> tuple[int, int]:
    """The size of what `find` gives: a row for a row, else a column; 0×0 for nothing in a 0×0 or 1×1."""
    shape = array.shape
    if len(shape) == 2 and shape[0] == 1 and shape[1] != 1:
        return (1, count)
    if count == 0 and shape in ((0, 0), (1, 1)):
        return (0, 0)
    return (count, 1)

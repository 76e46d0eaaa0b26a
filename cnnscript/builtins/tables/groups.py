"""Functions over groups: findgroups, splitapply, grp2idx, tabulate."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.arrays.missing import missing_in
from cnnscript.builtins.arrays.sets import elements_of, grouped
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import concatenate, take
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, OBJECT, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import cell_of_texts, is_text, texts_or_none


def group_numbers(value, name: str) -> tuple[ndarray, object, tuple[int, ...]]:
    """The group (from 1; NaN for a missing element) of each element, the value of each group, the size."""
    if is_text(value) and not hasattr(value, "data"):
        value = cell_of_texts(texts_or_none(value))
    found = elements_of((value,), name)
    keys = found.keys[0]
    flat = keys.ravel("F")
    lost = np.isnan(flat) if flat.dtype.kind == "f" else np.zeros(flat.size, bool)
    if type(value) is ndarray and value.dtype == OBJECT:
        lost = lost | missing_in(value).ravel("F")  # '' in a cell
    known = np.flatnonzero(~lost)
    places, group, _ = grouped(flat[known], {})
    numbers = np.full(flat.size, np.nan)
    numbers[known] = group + 1.0
    distinct = flat[known][places]
    shape = (1, -1) if keys.ndim == 2 and keys.shape[0] == 1 and keys.shape[1] != 1 else (-1, 1)
    return numbers, found.back(distinct.reshape(shape, order="F")), keys.shape


@builtin
def findgroups(nargout, first, /, *rest):
    """
    G = findgroups(A)
    [G, ID] = findgroups(A)
    [G, ID1, ID2] = findgroups(A1, A2)

    The number of the group of each element: equal elements (or pairs) have one group, in sorted order.

    Examples
      >> G = findgroups([5 3 5])
      G =
           2     1     2
      >> [G, ID] = findgroups({'b', 'a', 'b'}); ID
      ID =
        1×2 cell array
          {'a'}    {'b'}
      >> [G, ID1, ID2] = findgroups([1 1 2], [7 8 7]); G
      G =
           1     2     3

    See also splitapply, unique, accumarray.
    """
    sources = [group_numbers(value, "findgroups") for value in (first, *rest)]
    shape = sources[0][2]
    if len(sources) == 1:
        numbers, names, _ = sources[0]
        return norm(numbers.reshape(shape, order="F")), names
    if len({numbers.size for numbers, _, _ in sources}) > 1:
        raise ScriptError(
            "MATLAB:findgroups:InputSizeMismatch",
            "Grouping variables must have the same number of elements.",
            notes=tuple(f"variable {at} has {numbers.size}" for at, (numbers, _, _) in enumerate(sources, 1)),
        )
    table = np.column_stack([numbers for numbers, _, _ in sources])
    known = np.flatnonzero(~np.isnan(table).any(axis=1))
    places, group, _ = grouped(table[known], {})
    numbers = np.full(table.shape[0], np.nan)
    numbers[known] = group + 1.0
    names = []
    for (_, values, _), column in zip(sources, range(len(sources)), strict=True):
        array, back = require_parts(values, "findgroups")
        chosen = array.ravel("F")[table[known][places, column].astype(np.int64) - 1]
        names.append(back(chosen.reshape((1, -1) if array.shape[0] == 1 else (-1, 1), order="F")))
    return (norm(numbers.reshape(shape, order="F")), *names)


@builtin
def splitapply(nargout, function, first, /, *rest):
    """
    splitapply(fun, X, G)
    splitapply(fun, X1, X2, ..., G)
    [Y1, Y2, ...] = splitapply(...)

    A function of the elements (or rows) of each group, one result a row.

    Examples
      >> splitapply(@sum, [10; 20; 30], [1; 2; 1])
      ans =
          40
          20
      >> [Y1, Y2] = splitapply(@max, [10; 20; 30], [1; 2; 1]); Y2
      Y2 =
           2
           1

    See also findgroups, accumarray, arrayfun.
    """
    if type(function) is not Function:
        raise ScriptError(
            "MATLAB:splitapply:InvalidFunction",
            "First argument must be a function handle.",
            notes=(f"got {described(function)}",),
        )
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    data, numbers = [first, *rest[:-1]], require_numeric(rest[-1], "splitapply").ravel("F")
    known = numbers[~np.isnan(numbers)]
    if known.size and (known.min() < 1 or np.any(known != np.floor(known))):
        raise ScriptError("MATLAB:splitapply:InvalidGroupNums", "Group numbers must be a vector of positive integers.")
    count = int(known.max()) if known.size else 0
    if len(set(known.tolist())) != count:
        raise ScriptError(
            "MATLAB:splitapply:InvalidGroupNums",
            "For N groups, every integer between 1 and N must occur at least once in the vector of group numbers.",
        )
    parts = [require_parts(value, "splitapply") for value in data]
    results = []
    for group in range(1, count + 1):
        members = np.flatnonzero(numbers == group)
        pieces = []
        for array, back in parts:
            if array.shape[0] == numbers.size:
                pieces.append(back(np.asfortranarray(array[members])))
            elif array.size == numbers.size:
                pieces.append(back(array.ravel("F")[members].reshape(1, -1)))
            else:
                raise ScriptError(
                    "MATLAB:splitapply:NumRowsMismatch",
                    "Data variables must have one element or row for each group number.",
                    notes=(f"{numbers.size} group numbers",),
                )
        outcome = function.call(max(1, nargout), *pieces)
        results.append(outcome if nargout > 1 else (outcome,))
    columns = [concatenate.vertcat(*column) for column in zip(*results, strict=True)]
    row = all(array.shape[0] != numbers.size for array, _ in parts)
    if row:
        columns = [concatenate.horzcat(*column) for column in zip(*results, strict=True)]
    return tuple(columns) if nargout > 1 else columns[0] if columns else np.zeros((0, 1), order="F")


@builtin(outputs=2)
def grp2idx(nargout, value, /):
    """
    [G, names] = grp2idx(S)

    The number of the group of each element, as a column, and the names of the groups.

    Numbers and text are grouped in order (categoricals in the order of their categories).

    Examples
      >> [G, names] = grp2idx([5 3 5])
      G =
           2
           1
           2
      names =
        2×1 cell array
          {'3'}
          {'5'}

    See also findgroups, unique, categorical.
    """
    if type(value) is Categorical:
        numbers = np.where(value.codes == 0, np.nan, value.codes.astype(DOUBLE)).ravel("F")
        return norm(numbers.reshape(-1, 1)), cell_of_texts(value.names)
    numbers, names, _ = group_numbers(value, "grp2idx")
    words = texts_or_none(names)
    if words is None:
        words = [f"{item:g}" for item in require_numeric(names, "grp2idx").ravel("F").tolist()]
    elif not isinstance(value, np.ndarray) or value.dtype != OBJECT:
        words = texts_or_none(names)
    if isinstance(value, np.ndarray) and value.dtype == OBJECT or is_text(value):  # texts keep the order they come in
        order = first_come(numbers)
        numbers = np.array([order.get(number, np.nan) for number in numbers.tolist()])
        words = [words[int(number) - 1] for number in order]
    return norm(numbers.reshape(-1, 1)), cell_of_texts(words)


def first_come(numbers: ndarray) -> dict[float, float]:
    """Group numbers by first appearance."""
    order: dict[float, float] = {}
    for number in numbers.tolist():
        if number == number and number not in order:
            order[number] = len(order) + 1.0
    return order


@builtin
def tabulate(session, nargout, x, /):
    """
    tabulate(X)
    T = tabulate(X)

    Values, counts and percentages, printed or given; whole numbers count from 1.

    Examples
      >> tabulate({'cat'; 'dog'; 'cat'})
        Value    Count   Percent
          cat        2     66.67%
          dog        1     33.33%
      >> T = tabulate([1 2 2 4])
      T =
           1     1    25
           2     2    50
           3     0     0
           4     1    25

    See also histcounts, unique, accumarray.
    """
    made = table_of_counts(x)
    if nargout:
        return made
    rows = made.tolist() if made.dtype == OBJECT else [[f"{row[0]:g}", *row[1:]] for row in made.tolist()]
    width = max([5, *(len(row[0]) for row in rows)])
    session.out.write(f"  {'Value':>{width}}    Count   Percent\n")
    session.out.writelines(f"  {row[0]:>{width}}    {row[1]:5.0f}    {row[2]:6.2f}%\n" for row in rows)
    return ()


def table_of_counts(x) -> ndarray:
    numeric = not is_text(x) and type(x) is not Categorical and not (type(x) is ndarray and x.dtype == OBJECT)
    if numeric:
        numbers = take.real(x, "x").ravel("F")
        numbers = numbers[~np.isnan(numbers)]
        values, counts = np.unique(numbers, return_counts=True)
        if values.size and values.min() >= 1 and np.isfinite(values[-1]) and (values == np.floor(values)).all():
            require_memory((1, int(values[-1])), 32)
            whole = np.arange(1.0, values.max() + 1)
            counts = np.bincount(numbers.astype(np.int64), minlength=whole.size + 1)[1:]
            values = whole
        return np.asfortranarray(np.column_stack([values, counts, 100 * counts / max(1, numbers.size)]))
    group, names = grp2idx(2, x)
    numbers = require_numeric(group, "tabulate").ravel("F")
    rows = names.ravel("F").tolist()
    total = np.count_nonzero(~np.isnan(numbers))
    result = np.empty((len(rows), 3), OBJECT)
    for place, name in enumerate(rows):
        count = float(np.count_nonzero(numbers == place + 1))
        result[place] = [name, count, 100 * count / max(1, total)]
    return result

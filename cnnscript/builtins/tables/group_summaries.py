"""What groups of rows have in common: groupsummary, groupcounts, of tables and of arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.missing import missing_in
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.group_bins import binned, empty_groups_too, source_of_arrays
from cnnscript.builtins.tables.table_groups import Groups, groups_of
from cnnscript.builtins.tables.table_keys import places_of, ranks
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import horzcat, vertcat
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, as_array, class_of, is_numeric, ndarray, norm
from cnnscript.values.rows import blank_rows, height, take_rows, width
from cnnscript.values.tables import Table, Variable, require_distinct
from cnnscript.values.times import TimeArray


def omitting(function: Callable[[ndarray], Any]) -> Callable[[ndarray], Any]:
    """A statistic of the columns of an array, of its elements that are not NaN."""

    def call(array: ndarray) -> Any:
        columns = array.reshape(array.shape[0], int(np.prod(array.shape[1:])), order="F").astype(float)
        values = [float(function(column[~np.isnan(column)])) for column in columns.T]
        return norm(np.array(values).reshape(1, -1))

    return call


def spread(power: float) -> Callable[[ndarray], float]:
    return lambda x: np.nan if not x.size else 0.0 if x.size == 1 else float(np.var(x, ddof=1)) ** power


def mode_of(x: ndarray) -> float:
    values, counts = np.unique(x, return_counts=True)
    return float(values[np.argmax(counts)]) if x.size else np.nan


METHODS: dict[str, Callable[[ndarray], Any]] = {
    "mean": omitting(lambda x: np.mean(x) if x.size else np.nan),
    "sum": omitting(np.sum),
    "min": omitting(lambda x: np.min(x) if x.size else np.nan),
    "max": omitting(lambda x: np.max(x) if x.size else np.nan),
    "range": omitting(lambda x: np.ptp(x) if x.size else np.nan),
    "median": omitting(lambda x: np.median(x) if x.size else np.nan),
    "mode": omitting(mode_of),
    "var": omitting(spread(1.0)),
    "std": omitting(spread(0.5)),
}
COUNTING = ("nummissing", "nnz", "numunique")
ALL = ("mean", "sum", "min", "max", "range", "median", "mode", "var", "std", "nummissing", "nnz")


TIMES = ("mean", "min", "max", "median", "mode", "range")


def norm_length(data: TimeArray) -> TimeArray:
    from cnnscript.values.times import Duration

    return Duration(as_array(METHODS["range"](data.data)))


def summarized(method: str | Function, data: Any, name: str) -> Any:
    """One row of a method's results for the rows of a group."""
    if type(method) is Function:
        return method.call(1, data)
    if method == "nummissing":
        return norm(missing_in(data).reshape(height(data), width(data)).sum(axis=0, dtype=float).reshape(1, -1))
    if method == "numunique":
        (codes,) = ranks([data], name)
        return float(len(np.unique(codes[~np.isnan(codes)])))
    if isinstance(data, TimeArray) and method in TIMES:
        if method == "range":
            return norm_length(data)
        return data.like(as_array(METHODS[method](data.data)))
    if not (is_numeric(data) or class_of(data) == "logical"):
        raise ScriptError(
            f"MATLAB:{name}:MethodNotSupported",
            f"The method '{method}' is for numbers only.",
            notes=(f"it got a {class_of(data)}",),
            hint="name the variables to summarize as the last argument",
        )
    array = as_array(data)
    if method == "nnz":
        return norm(np.count_nonzero(array.reshape(array.shape[0], -1), axis=0).astype(float).reshape(1, -1))
    return METHODS[method](array)


def methods_of(value: Any, name: str) -> list[tuple[str, str | Function]]:
    """Methods by the beginning of the names of their results: ('mean', 'mean'), ('fun1', a function)."""
    items = list(value.ravel("F")) if type(value) is ndarray and value.dtype == OBJECT else [value]
    found: list[tuple[str, str | Function]] = []
    handles = 0
    for item in items:
        if type(item) is Function:
            handles += 1
            found.append((f"fun{handles}", item))
            continue
        for word in take.texts(item, "Method"):
            chosen = take.choice(word, (*METHODS, *COUNTING, "all"), "Method")
            found += [(one, one) for one in (ALL if chosen == "all" else (chosen,))]
    return found


def groups_wanted(
    source: Table, by: Any, bins: Any, name: str, missing: Any, empty: Any, edge: Any
) -> tuple[Table, list[int], Groups]:
    """The table with binned variables in place of those that are binned, the grouping variables, and the groups."""
    places = places_of(source, by, name, "Grouping variables")
    source = binned(source, places, bins, name, take.choice(edge, ("left", "right"), "IncludedEdge"))
    groups = groups_of(source, places, name, take.flag(missing, "IncludeMissingGroups"))
    if take.flag(empty, "IncludeEmptyGroups"):
        groups = empty_groups_too(source, places, groups, name)
    return source, places, groups


def columns_of_methods(source: Table, places: list[int], methods: list, groups: Groups) -> list[Variable]:
    made = []
    for place in places:
        variable = source.variables[place]
        for word, one in methods:
            parts = [take_rows(variable.data, groups.members(group)) for group in range(groups.count)]
            rows = [
                summarized(one, part, "groupsummary") if height(part) or type(one) is str else blank_rows(part, 1, True)
                for part in parts
            ]
            column = vertcat(*rows) if rows else norm(np.zeros((0, 1)))
            made.append(Variable(f"{word}_{variable.name}", column))
    return made


BIN_WORDS = (
    "none", "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century",
    "secondofminute", "minuteofhour", "hourofday", "dayofweek", "dayname", "dayofmonth", "dayofyear",
    "weekofmonth", "weekofyear", "monthofyear", "monthname", "quarterofyear",
)  # fmt: skip


def are_bins(value: Any) -> bool:
    """Does an argument say how values are binned (not which method summarizes)?"""
    if type(value) is Function:
        return False
    if class_of(value) in ("char", "string"):
        return all(word.lower() in BIN_WORDS for word in take.texts(value))
    if class_of(value) == "cell":
        return all(are_bins(item) for item in value.ravel("F").tolist()) and value.size > 0
    return True


@builtin(outputs=3)
def groupsummary(
    nargout, x, by, /, *rest, IncludeMissingGroups=True, IncludeEmptyGroups=False, IncludedEdge="left"
):  # fmt: skip
    """
    G = groupsummary(T, groupvars)
    G = groupsummary(T, groupvars, method)
    G = groupsummary(T, groupvars, method, datavars)
    G = groupsummary(T, groupvars, groupbins, method, datavars)
    B = groupsummary(A, groupvars, method)
    [B, BG, BC] = groupsummary(A, groupvars, method)
    G = groupsummary(..., Name=Value)

    A row for each group of rows: the values that make it, how many rows it has, and what methods say of other
    variables: 'mean', 'sum', 'min', 'max', 'range', 'median', 'mode', 'var', 'std', 'nummissing', 'nnz', 'numunique',
    'all', or functions.  Of the columns of an array: what the method says, the groups, and their counts.

    Missing numbers are left out.  Bins are edges, a number of bins, or a unit of time such as 'month'.

    Options
      IncludeMissingGroups  whether missing values make a group (true)
      IncludeEmptyGroups    whether groups without rows are there (false)
      IncludedEdge          the edge that belongs to a bin: 'left' (default) or 'right'

    Examples
      >> T = table({'cat'; 'dog'; 'cat'}, [1; 2; 4], 'VariableNames', {'pet' 'x'});
      >> G = groupsummary(T, 'pet', 'mean')
      G =
        2×3 table
            pet      GroupCount    mean_x
          _______    __________    ______
          {'cat'}        2          2.5
          {'dog'}        1            2
      >> disp(groupsummary(T, 'pet').GroupCount')
           2     1
      >> G = groupsummary(T, 'pet', @(x) x(end), 'x', IncludeMissingGroups=false);
      >> disp(G.fun1_x')
           4     2
      >> G = groupsummary(T, 'x', [0 2 5], 'sum', 'x')
      G =
        2×3 table
          disc_x    GroupCount    sum_x
          ______    __________    _____
          [0, 2)        1           1
          [2, 5]        2           6
      >> [B, BG, BC] = groupsummary([1; 2; 4], {'a'; 'b'; 'a'}, 'sum');
      >> disp([B BC])
           5     2
           2     1

    See also groupcounts, findgroups, splitapply, varfun.
    """
    if len(rest) > 3:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=("groupsummary",))
    given = list(rest)
    bins = given.pop(0) if given and are_bins(given[0]) else None
    method = given.pop(0) if given else None
    data = given.pop(0) if given else None
    if type(x) is not Table:
        return of_array(nargout, x, by, bins, method, IncludeMissingGroups, IncludeEmptyGroups, IncludedEdge)
    old = x
    source, keys, groups = groups_wanted(
        x, by, bins, "groupsummary", IncludeMissingGroups, IncludeEmptyGroups, IncludedEdge
    )
    variables = [*groups.keys, Variable("GroupCount", norm(groups.sizes().reshape(-1, 1)))]
    if method is not None:
        methods = methods_of(method, "groupsummary")
        if data is None:
            places = [place for place in range(len(old.variables)) if place not in keys]
            if any(type(one) is str for _, one in methods):
                places = [place for place in places if summable(old.variables[place].data)]
        else:
            places = places_of(old, data, "groupsummary", "Data variables")
            places = [place for place in places if place not in keys or source.names[place] != old.names[place]]
        variables += columns_of_methods(old, places, methods, groups)
    require_distinct([variable.name for variable in variables])
    return (Table(tuple(variables), groups.count),)


def of_array(nargout: int, x: Any, by: Any, bins: Any, method: Any, missing: Any, empty: Any, edge: Any) -> tuple:
    """groupsummary of the columns of an array."""
    if method is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("groupsummary(A, groupvars, method)",))
    source = source_of_arrays(by, height(x), "groupsummary")
    _, _, groups = groups_wanted(source, ":", bins, "groupsummary", missing, empty, edge)
    methods = methods_of(method, "groupsummary")
    made = columns_of_methods(Table((Variable("A", x),), height(x)), [0], methods, groups)
    found = horzcat(*(one.data for one in made))
    return found, group_values(groups), norm(groups.sizes().reshape(-1, 1))


def group_values(groups: Groups) -> Any:
    """The values that make the groups: a column, or a cell of columns for several grouping variables."""
    if len(groups.keys) == 1:
        return groups.keys[0].data
    cell = np.empty((1, len(groups.keys)), OBJECT)
    for place, key in enumerate(groups.keys):
        cell[0, place] = key.data
    return cell


def summable(data: Any) -> bool:
    return is_numeric(data) or class_of(data) == "logical"


@builtin(outputs=3)
def groupcounts(
    nargout, x, by=None, bins=None, /, *, IncludeMissingGroups=True, IncludeEmptyGroups=False,
    IncludePercentGroups=True, IncludedEdge="left",
):  # fmt: skip
    """
    G = groupcounts(T, groupvars)
    G = groupcounts(T, groupvars, groupbins)
    B = groupcounts(A)
    B = groupcounts(A, groupbins)
    [B, BG, BP] = groupcounts(A)
    G = groupcounts(..., Name=Value)

    How many rows each group has, and how many of a hundred.  Of arrays: the counts, the groups and the percentages.

    Options
      IncludeMissingGroups  whether missing values make a group (true)
      IncludeEmptyGroups    whether groups without rows are there (false)
      IncludePercentGroups  whether the percentages are there (true)
      IncludedEdge          the edge that belongs to a bin: 'left' (default) or 'right'

    Examples
      >> T = table({'cat'; 'dog'; 'cat'}, 'VariableNames', {'pet'});
      >> G = groupcounts(T, 'pet')
      G =
        2×3 table
            pet      GroupCount    Percent
          _______    __________    _______
          {'cat'}        2         66.667
          {'dog'}        1         33.333
      >> G = groupcounts(T, 'pet', IncludePercentGroups=false);
      >> disp(width(G))
           2
      >> [B, BG, BP] = groupcounts([3; 1; 3]);
      >> disp([BG B BP])
          1.0000    1.0000   33.3333
          3.0000    2.0000   66.6667
      >> B = groupcounts([3; 1; 3], [0 2 4])
      B =
           1
           2

    See also groupsummary, findgroups, countcats, tabulate.
    """
    if type(x) is not Table:
        if bins is not None:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=("groupcounts(A, groupbins)",))
        rows = height(x) if class_of(x) != "cell" or not nested(x) else height(x.ravel()[0])
        source = source_of_arrays(x, rows, "groupcounts")
        _, _, groups = groups_wanted(
            source, ":", by, "groupcounts", IncludeMissingGroups, IncludeEmptyGroups, IncludedEdge
        )
        sizes = groups.sizes()
        return norm(sizes.reshape(-1, 1)), group_values(groups), norm((100 * sizes / sizes.sum()).reshape(-1, 1))
    if by is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("groupcounts(T, groupvars)",))
    _, _, groups = groups_wanted(x, by, bins, "groupcounts", IncludeMissingGroups, IncludeEmptyGroups, IncludedEdge)
    sizes = groups.sizes()
    variables = [*groups.keys, Variable("GroupCount", norm(sizes.reshape(-1, 1)))]
    if take.flag(IncludePercentGroups, "IncludePercentGroups"):
        variables.append(Variable("Percent", norm((100 * sizes / sizes.sum()).reshape(-1, 1))))
    require_distinct([variable.name for variable in variables])
    return (Table(tuple(variables), groups.count),)


def nested(cell: ndarray) -> bool:
    """Does a cell hold grouping vectors, not the texts of one?"""
    return cell.size > 0 and not all(class_of(item) == "char" for item in cell.ravel("F").tolist())

"""Rows changed or chosen by group: grouptransform, groupfilter; the first rows in an order: topkrows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.group_summaries import groups_wanted, summable
from cnnscript.builtins.tables.table_groups import Groups, given
from cnnscript.builtins.tables.table_keys import places_of
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, class_of, ndarray, norm
from cnnscript.values.rows import height, put_rows, take_rows
from cnnscript.values.tables import Table, Variable, distinct
from cnnscript.values.text import is_text


def scaled(column: ndarray) -> ndarray:
    low, high = np.nanmin(column), np.nanmax(column)
    return (column - low) / (high - low) if high > low else np.zeros(column.shape)


def filled_by_mean(column: ndarray) -> ndarray:
    return np.where(np.isnan(column), np.nanmean(column) if not np.isnan(column).all() else np.nan, column)


def scored(column: ndarray) -> ndarray:
    known = column[~np.isnan(column)]
    spread = known.std(ddof=1) if known.size > 1 else 0.0
    return (column - known.mean()) / (spread or 1.0) if known.size else column


def filled_by_line(column: ndarray) -> ndarray:
    from cnnscript.builtins.arrays.missing import filled_column

    return filled_column(column.copy(), "linear")


TRANSFORMS: dict[str, Callable[[ndarray], ndarray]] = {
    "zscore": scored,
    "norm": lambda column: column / (np.sqrt(np.nansum(column**2)) or 1.0),
    "meancenter": lambda column: column - (np.nanmean(column) if not np.isnan(column).all() else 0.0),
    "rescale": lambda column: scaled(column) if not np.isnan(column).all() else column,
    "meanfill": filled_by_mean,
    "linearfill": filled_by_line,
}


def transformed(data: Any, groups: Groups, method: str | Function) -> Any:
    """The rows of a variable changed group by group; a function gives as many rows as it gets, or one for all."""
    result: Any = None
    for group in range(groups.count):
        places = groups.members(group)
        part = take_rows(data, places)
        if type(method) is Function:
            made = given(method.call(1, part), "grouptransform")
            if height(made) not in (1, places.size):
                raise ScriptError(
                    "MATLAB:grouptransform:MethodOutput",
                    "The function must give one row, or as many rows as the group has.",
                    notes=(f"it gave {height(made)} rows for {places.size}",),
                )
            if height(made) == 1 != places.size:
                made = take_rows(made, np.zeros(places.size, np.intp))
        else:
            if not summable(part):
                raise ScriptError(
                    "MATLAB:grouptransform:MethodNotSupported",
                    f"The method '{method}' is for numbers only.",
                    notes=(f"got a {class_of(part)}",),
                )
            array = as_array(part).reshape(places.size, -1, order="F").astype(float)
            made = norm(np.column_stack([TRANSFORMS[method](column) for column in array.T]))
        if result is None:
            result = take_rows(made, np.zeros(height(data), np.intp))
        result = put_rows(result, places, made)
    return data if result is None else result


@builtin
def grouptransform(x, by, /, *rest, ReplaceValues=True, IncludedEdge="left"):
    """
    G = grouptransform(T, groupvars, method)
    G = grouptransform(T, groupvars, method, datavars)
    G = grouptransform(T, groupvars, groupbins, method, datavars)
    G = grouptransform(T, groupvars, method, Name=Value)

    A table whose variables are changed group by group: 'zscore', 'norm', 'meancenter', 'rescale', 'meanfill',
    'linearfill', or a function.

    Options
      ReplaceValues  whether the results take the places of the variables (true) or are added behind them
      IncludedEdge   the edge that belongs to a bin: 'left' (default) or 'right'

    Examples
      >> T = table({'a'; 'b'; 'a'}, [1; 5; 3], 'VariableNames', {'g' 'x'});
      >> G = grouptransform(T, 'g', 'meancenter');
      >> disp(G.x')
          -1     0     1
      >> G = grouptransform(T, 'g', @(x) x / sum(x), 'x', ReplaceValues=false);
      >> disp(G.fun_x')
          0.2500    1.0000    0.7500

    See also groupsummary, groupfilter, splitapply, normalize.
    """
    from cnnscript.builtins.tables.group_summaries import are_bins

    source = require_table(x, "grouptransform")
    others = list(rest)
    bins = others.pop(0) if others and are_bins(others[0]) else None
    if not others:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("grouptransform(T, vars, method)",))
    wish = others.pop(0)
    method = wish if type(wish) is Function else take.choice(wish, TRANSFORMS, "Method")
    grouped, keys, groups = groups_wanted(source, by, bins, "grouptransform", True, False, IncludedEdge)
    if others:
        places = places_of(source, others.pop(0), "grouptransform", "Data variables")
    else:
        places = [place for place in range(len(source.variables)) if place not in keys]
    added = [Variable(one.name, one.data) for one, old in zip(grouped.variables, source.variables, strict=True)
             if one.name != old.name]  # fmt: skip
    prefix = "fun" if type(method) is Function else method
    result = source
    for place in places:
        variable = source.variables[place]
        made = transformed(variable.data, groups, method)
        if take.flag(ReplaceValues, "ReplaceValues"):
            result = result.with_data(place, made)
        else:
            added.append(Variable(f"{prefix}_{variable.name}", made))
    variables = [*result.variables, *added]
    names = distinct([variable.name for variable in variables])
    return replace(result, variables=tuple(replace(one, name=name) for one, name in zip(variables, names, strict=True)))


@builtin
def groupfilter(x, by, /, *rest, IncludedEdge="left"):
    """
    G = groupfilter(T, groupvars, method)
    G = groupfilter(T, groupvars, method, datavars)
    G = groupfilter(T, groupvars, groupbins, method, datavars)
    G = groupfilter(T, groupvars, method, Name=Value)

    The rows of a table for which a function of their group is true: of the group as a whole, or for each row.

    Options
      IncludedEdge  the edge that belongs to a bin: 'left' (default) or 'right'

    Examples
      >> T = table({'a'; 'b'; 'a'}, [1; 5; 3], 'VariableNames', {'g' 'x'});
      >> G = groupfilter(T, 'g', @(x) numel(x) > 1);
      >> disp(G.x')
           1     3
      >> G = groupfilter(T, 'g', @(x) x == max(x), 'x');
      >> disp(G.x')
           5     3
      >> G = groupfilter(T, 'g', @(x) numel(x) > 1, IncludedEdge='left');

    See also grouptransform, groupsummary, findgroups.
    """
    from cnnscript.builtins.tables.group_summaries import are_bins

    source = require_table(x, "groupfilter")
    others = list(rest)
    bins = others.pop(0) if others and are_bins(others[0]) else None
    if not others:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("groupfilter(T, vars, method)",))
    method = take.function(others.pop(0), "Method")
    _, keys, groups = groups_wanted(source, by, bins, "groupfilter", True, False, IncludedEdge)
    if others:
        places = places_of(source, others.pop(0), "groupfilter", "Data variables")
    else:
        places = [place for place in range(len(source.variables)) if place not in keys]
    kept = np.ones(source.rows, bool)
    for place in places:
        for group in range(groups.count):
            members = groups.members(group)
            found = given(method.call(1, take_rows(source.variables[place].data, members)), "groupfilter")
            flags = as_array(found).astype(bool).ravel("F")
            if class_of(found) != "logical" or flags.size not in (1, members.size):
                raise ScriptError(
                    "MATLAB:groupfilter:MethodOutput",
                    "The function must give one logical, or one for each row of the group.",
                    notes=(f"it gave a {class_of(found)} of {flags.size} elements",),
                )
            kept[members] &= flags
    return source.take(np.flatnonzero(kept))


@builtin(outputs=2)
def topkrows(session, nargout, x, count, /, *rest):
    """
    B = topkrows(X, k)
    B = topkrows(X, k, col)
    B = topkrows(X, k, direction)
    B = topkrows(X, k, col, direction)
    [B, I] = topkrows(X, k)

    The first k rows of a matrix or a table in descending order (or in another): by all columns or by some.

    Examples
      >> B = topkrows([1 2; 3 4; 2 9], 2)
      B =
           3     4
           2     9
      >> [B, I] = topkrows([1 2; 3 4; 2 9], 1, 2, 'descend');
      >> disp(I)
           3
      >> B = topkrows(table([1; 3; 2], 'VariableNames', {'x'}), 1, 'x', 'ascend');
      >> disp(B.x)
           1
      >> B = topkrows([1 2; 3 4], 1, 1);
      >> B = topkrows([1 2; 3 4], 1, 'ascend')
      B =
           1     2

    See also sortrows, maxk, head.
    """
    wanted = take.count(count, "k")
    columns: list[Any] = list(rest)
    if type(x) is not Table and (not columns or len(columns) == 1 and is_text(columns[0])):
        columns[:0] = [norm(np.arange(1.0, as_array(x).shape[1] + 1).reshape(1, -1))]
    if type(x) is Table and not columns:
        columns = [":"]
    if len(columns) < 2:
        columns.append("descend")
    sorted_rows, order = session.builtin("sortrows").call(2, x, *columns)
    places = np.arange(min(wanted, height(sorted_rows)))
    first = sorted_rows.take(places) if type(x) is Table else take_rows(sorted_rows, places)
    return first, take_rows(order, places)

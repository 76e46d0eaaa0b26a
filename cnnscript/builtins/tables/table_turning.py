"""Tables turned: rows2vars, stack, unstack."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.language.names import valid
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.table_keys import first_of_groups, group_of_rows, key_matrix, one_place, places_of, ranks
from cnnscript.builtins.tables.tables import joined_cells, require_table, row_items
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import vertcat
from cnnscript.values.numeric import OBJECT, class_of, is_numeric, norm
from cnnscript.values.rows import blank_rows, put_rows, take_rows
from cnnscript.values.tables import Table, Variable, require_distinct
from cnnscript.values.text import cell_of_texts, strings_of


@builtin
def rows2vars(x, /, *, VariableNamesSource=None, DataVariables=None, VariableNamingRule="modify"):
    """
    T2 = rows2vars(T)
    T2 = rows2vars(T, Name=Value)

    A table turned: each variable is a row, each row a variable (named after the row, or Var1, Var2 ...).

    Options
      VariableNamesSource  the variable that names the new variables
      DataVariables        the variables to turn (all)
      VariableNamingRule   'modify' names into valid ones (default), or 'preserve' them

    Examples
      >> T = table([1; 2], [3; 4], 'VariableNames', {'x' 'y'}, 'RowNames', {'a' 'b'});
      >> T2 = rows2vars(T)
      T2 =
        2×3 table
          OriginalVariableNames    a    b
          _____________________    _    _
                  {'x'}            1    2
                  {'y'}            3    4
      >> disp(width(rows2vars(T, DataVariables='x')))
           3

    See also stack, unstack, table.
    """
    source = require_table(x, "rows2vars")
    rule = take.choice(VariableNamingRule, ("modify", "preserve"), "VariableNamingRule")
    naming = None
    if VariableNamesSource is not None:
        naming = one_place(source, VariableNamesSource, "rows2vars", "VariableNamesSource")
    places = [at for at in range(len(source.variables)) if at != naming]
    if DataVariables is not None:
        places = places_of(source, DataVariables, "rows2vars", "DataVariables")
    names = list(source.row_names or [f"Var{row}" for row in range(1, source.rows + 1)])
    if naming is not None:
        words = strings_of(source.variables[naming].data)
        if words is None:
            raise ScriptError("MATLAB:table:rows2vars:NamesSource", "The variable of names must hold texts or numbers.")
        names = [str(word) for word in words.ravel("F").tolist()]
    if rule == "modify":
        names = [valid(name, "underscore", "x") for name in names]
    columns = [row_items(source.variables[place].data) for place in places]
    variables = [Variable("OriginalVariableNames", cell_of_texts([source.variables[place].name for place in places]))]
    for row, name in enumerate(names):
        cell = np.empty((len(places), 1), OBJECT)
        for at, items in enumerate(columns):
            cell[at, 0] = items[row]
        variables.append(Variable(name, joined_cells(cell)))
    require_distinct([variable.name for variable in variables])
    return Table(tuple(variables), len(places))


@builtin(outputs=2)
def stack(nargout, x, variables, /, *, NewDataVariableName=None, IndexVariableName=None, ConstantVariables=None):
    """
    S = stack(U, vars)
    S = stack(U, vars, Name=Value)
    [S, iu] = stack(...)

    A tall table: the values of several variables below one another in one, beside it which variable each came from.

    Options
      NewDataVariableName  the name of the stacked variable
      IndexVariableName    the name of the categorical that says where values came from
      ConstantVariables    the variables to keep beside (all others)

    Examples
      >> U = table(["a"; "b"], [1; 2], [3; 4], 'VariableNames', {'id' 'x' 'y'});
      >> S = stack(U, {'x' 'y'}, NewDataVariableName='v', IndexVariableName='from')
      S =
        4×3 table
          id     from    v
          ___    ____    _
          "a"     x      1
          "a"     y      3
          "b"     x      2
          "b"     y      4
      >> [S, iu] = stack(U, {'x' 'y'});
      >> disp(iu')
           1     1     2     2

    See also unstack, rows2vars.
    """
    source = require_table(x, "stack")
    places = places_of(source, variables, "stack", "Variables")
    names = [source.variables[place].name for place in places]
    kept = [place for place in range(len(source.variables)) if place not in places]
    if ConstantVariables is not None:
        kept = places_of(source, ConstantVariables, "stack", "ConstantVariables")
    count = len(places)
    rows = np.repeat(np.arange(source.rows), count)
    whole = vertcat(*(source.variables[place].data for place in places))
    order = np.arange(source.rows * count).reshape(count, source.rows).T.ravel()
    data = take_rows(whole, order)
    data_name, index_name = "_".join(names), "_".join(names) + "_Indicator"
    if NewDataVariableName is not None:
        data_name = take.text(NewDataVariableName, "NewDataVariableName")
        index_name = data_name + "_Indicator"
    if IndexVariableName is not None:
        index_name = take.text(IndexVariableName, "IndexVariableName")
    codes = np.tile(np.arange(1, count + 1), source.rows).reshape(-1, 1)
    result = replace(source.select(kept), row_names=None).take(rows)
    new = (Variable(index_name, Categorical(codes, names)), Variable(data_name, data))
    require_distinct([*result.names, index_name, data_name])
    return replace(result, variables=(*result.variables, *new)), norm((rows + 1.0).reshape(-1, 1))


@builtin(outputs=2)
def unstack(
    nargout,
    x,
    data,
    by,
    /,
    *,
    GroupingVariables=None,
    ConstantVariables=None,
    NewDataVariableNames=None,
    AggregationFunction=None,
    VariableNamingRule="modify",
):
    """
    U = unstack(S, vars, ivar)
    U = unstack(S, vars, ivar, Name=Value)
    [U, is] = unstack(...)

    A wide table: the values of a variable in several, one for each value of `ivar`; several values of one place are
    added up.

    Options
      GroupingVariables     the variables that tell rows apart (all others)
      ConstantVariables     variables of which the first value of a row is kept
      NewDataVariableNames  the names of the new variables
      AggregationFunction   what becomes of several values of one place (@sum)
      VariableNamingRule    'modify' names into valid ones (default), or 'preserve' them

    Examples
      >> S = table(["a"; "a"; "b"], ["x"; "y"; "x"], [1; 3; 2], 'VariableNames', {'id' 'from' 'v'});
      >> U = unstack(S, 'v', 'from')
      U =
        2×3 table
          id     x     y
          ___    _    ___
          "a"    1      3
          "b"    2    NaN
      >> [U, is] = unstack(S, 'v', 'from', AggregationFunction=@max);
      >> disp(is')
           1     3

    See also stack, rows2vars, groupsummary.
    """
    source = require_table(x, "unstack")
    rule = take.choice(VariableNamingRule, ("modify", "preserve"), "VariableNamingRule")
    value_places = places_of(source, data, "unstack", "Variables")
    by_place = one_place(source, by, "unstack", "ivar")
    constant = [] if ConstantVariables is None else places_of(source, ConstantVariables, "unstack", "ConstantVariables")
    taken = {*value_places, by_place, *constant}
    keys = [place for place in range(len(source.variables)) if place not in taken]
    if GroupingVariables is not None:
        keys = places_of(source, GroupingVariables, "unstack", "GroupingVariables")
    (matrix,) = key_matrix([source], [keys], "unstack")
    places = first_of_groups(matrix)
    group = group_of_rows(matrix, places)
    (codes,) = ranks([source.variables[by_place].data], "unstack")
    known = codes[~np.isnan(codes)]
    kinds = np.unique(known)
    indicator = source.variables[by_place].data
    if type(indicator) is Categorical:
        words = list(indicator.names)
        codes = indicator.codes.ravel() - 1.0
        kinds = np.arange(len(words))
    else:
        first = [int(np.flatnonzero(codes == kind)[0]) for kind in kinds]
        words = [str(item) for item in strings_of(take_rows(indicator, np.array(first, np.intp))).ravel().tolist()]
    if NewDataVariableNames is not None:
        words = take.texts(NewDataVariableNames, "NewDataVariableNames")
        if len(words) != len(kinds):
            raise ScriptError(
                "MATLAB:table:unstack:IncorrectNumberOfVarNames",
                "The number of new names must match the number of values of the indicator variable.",
                notes=(f"{len(words)} names, {len(kinds)} values",),
            )
    elif rule == "modify":
        words = [valid(word, "underscore", "x") for word in words]
    kept = [source.variables[place] for place in sorted([*keys, *constant])]
    variables = [replace(one, data=take_rows(one.data, places)) for one in kept]
    for place in value_places:
        variable = source.variables[place]
        for kind, word in zip(kinds.tolist(), words, strict=True):
            column = blank_rows(take_rows(variable.data, np.arange(0)), len(places), missing=True)
            for row in range(len(places)):
                members = np.flatnonzero((group == row) & (codes == kind))
                if members.size:
                    part = take_rows(variable.data, members)
                    column = put_rows(column, np.array([row]), aggregated(part, AggregationFunction, members.size))
            name = word if len(value_places) == 1 else f"{variable.name}_{word}"
            variables.append(replace(variable, name=name, data=column))
    require_distinct([variable.name for variable in variables])
    return Table(tuple(variables), len(places), about=source.about), norm((places + 1.0).reshape(-1, 1))


def aggregated(part: Any, function: Any, count: int) -> Any:
    """The values of one place as one: by the function given, else their sum; a lone one as it is."""
    if function is not None:
        return take.function(function, "AggregationFunction").call(1, part)
    if count == 1:
        return part
    if not (is_numeric(part) or class_of(part) == "logical"):
        raise ScriptError(
            "MATLAB:table:unstack:NoAggregation",
            "Several values of one place can be added up only where they are numbers.",
            notes=(f"they are {class_of(part)}",),
            hint="AggregationFunction=@(x) x(1) takes the first",
        )
    return norm(np.sum(np.asarray(part), axis=0, keepdims=True))

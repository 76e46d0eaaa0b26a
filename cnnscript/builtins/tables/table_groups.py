"""Tables by groups: what makes a group; varfun, rowfun; findgroups and splitapply of tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.tables.table_keys import fresh_name, key_matrix, places_of
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import horzcat, vertcat
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, class_of, ndarray, norm, numel_of
from cnnscript.values.rows import height, take_rows
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table, Variable


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows by group.

    keys      the grouping variables' values of each group, as variables
    numbers   the group (from 0) of each row; -1 for a row with a missing value that is left out
    count     how many groups
    """

    keys: tuple[Variable, ...]
    numbers: ndarray
    count: int

    def members(self, group: int) -> ndarray:
        return np.flatnonzero(self.numbers == group)

    def sizes(self) -> ndarray:
        return np.array([np.count_nonzero(self.numbers == group) for group in range(self.count)], float)


def groups_of(table: Table, places: list[int], name: str, missing: bool = True) -> Groups:
    """The groups that the values of some variables make, in their order; missing values last, a group together.

    missing   rows with missing values make groups; else they are left out
    """
    (matrix,) = key_matrix([table], [places], name, empty_is_missing=True)
    lost = np.isnan(matrix).any(axis=1)
    used = np.flatnonzero(~lost) if not missing else np.arange(table.rows)
    filled = np.where(np.isnan(matrix), np.inf, matrix)[used]
    numbers = np.full(table.rows, -1)
    if not places:
        numbers[used] = 0
        return Groups((), numbers, 1)
    _, first, inverse = np.unique(filled, axis=0, return_index=True, return_inverse=True)
    numbers[used] = inverse.reshape(-1)
    where = used[first]
    keys = table.select(places).take(where).variables
    return Groups(keys, numbers, len(where))


# ---------------------------------------------------------------------------------------------- functions of variables
FORMS = ("table", "uniform", "cell")


def failing(handler: Any, function: Function) -> Callable[..., Any]:
    """The function; with an error handler, that one where it fails."""
    if handler is None:
        return function.call
    wanted = take.function(handler, "ErrorHandler")

    def call(outputs: int, *args: Any) -> Any:
        try:
            return function.call(outputs, *args)
        except ScriptError as problem:
            facts = Struct({"identifier": problem.identifier, "message": problem.message, "index": 1.0})
            return wanted.call(outputs, facts, *args)

    return call


def form_of(value: Any, name: str, source: Table) -> str:
    word = take.choice(value, (*FORMS, "auto", "timetable"), "OutputFormat")
    if word == "timetable" and source.times is None:
        raise ScriptError(
            f"MATLAB:table:{name}:TimetableOutput",
            "Only a timetable gives a timetable.",
            notes=(f"{name} got a table",),
            hint="OutputFormat='table'",
        )
    return word


@builtin
def varfun(
    session,
    function,
    x,
    /,
    *,
    InputVariables=None,
    GroupingVariables=None,
    OutputFormat="auto",
    ErrorHandler=None,
):
    """
    B = varfun(fun, T)
    B = varfun(fun, T, Name=Value)

    A function of each variable of a table: its results are the variables fun_name of another table.

    Options
      InputVariables     the variables (all): names, numbers, or a function that chooses
      GroupingVariables  variables whose values make groups; the function gets the rows of each
      OutputFormat       'auto' (default: as the input), 'table', 'timetable', 'uniform' (one array) or 'cell'
      ErrorHandler       a function called where the other fails

    Examples
      >> T = table([1; 3], [2; 6], 'VariableNames', {'x' 'y'});
      >> B = varfun(@mean, T)
      B =
        1×2 table
          mean_x    mean_y
          ______    ______
            2         4
      >> disp(varfun(@max, T, OutputFormat='uniform'))
           3     6

    See also rowfun, groupsummary, arrayfun, cellfun.
    """
    source = require_table(x, "varfun")
    wanted = function_of(session, function, "varfun")
    call = failing(ErrorHandler, wanted)
    form = form_of(OutputFormat, "varfun", source)
    keys = [] if GroupingVariables is None else places_of(source, GroupingVariables, "varfun", "GroupingVariables")
    places = [place for place in range(len(source.variables)) if place not in keys]
    if InputVariables is not None:
        places = places_of(source, InputVariables, "varfun", "InputVariables")
    word = wanted.text if not wanted.anonymous else "Fun"
    prefix = word.rpartition(".")[2]
    if GroupingVariables is not None:
        return varfun_by_group(source, keys, places, call, prefix, form)
    results = [given(call(1, source.variables[place].data), "varfun") for place in places]
    if form == "cell":
        cell = np.empty((1, len(results)), OBJECT)
        cell[0, :] = results
        return cell
    if form == "uniform":
        return uniform(results, "varfun")
    rows = {height(result) for result in results}
    if len(rows) > 1:
        raise ScriptError(
            "MATLAB:table:varfun:UnequalLengths",
            "The function must give as many rows for each variable.",
            notes=tuple(f"'{source.names[at]}': {height(one)}" for at, one in zip(places, results, strict=True)),
            hint="OutputFormat='cell' takes any results",
        )
    count = rows.pop() if rows else 0
    names = [f"{prefix}_{source.variables[place].name}" for place in places]
    variables = tuple(Variable(*pair) for pair in zip(names, results, strict=True))
    if source.times is not None and count == source.rows and form != "table":
        return replace(source, variables=variables)
    return Table(variables, count, source.row_names if count == source.rows else None)


def given(result: Any, name: str) -> Any:
    if result is None:
        raise ScriptError(f"MATLAB:table:{name}:NoOutput", f"The function of {name} must give a value.")
    return result


def uniform(results: list, name: str) -> Any:
    """Scalars of one class as a row."""
    for result in results:
        if numel_of(result) != 1:
            raise ScriptError(
                f"MATLAB:table:{name}:NotAScalarOutput",
                "The function must give scalars for the output format 'uniform'.",
                notes=(f"it gave {numel_of(result)} elements",),
                hint="OutputFormat='cell' takes any results",
            )
    return horzcat(*results) if results else norm(np.zeros((1, 0)))


def varfun_by_group(source: Table, keys: list[int], places: list[int], call: Callable, prefix: str, form: str) -> Any:
    groups = groups_of(source, keys, "varfun", missing=False)
    members = [groups.members(group) for group in range(groups.count)]
    columns = []
    for place in places:
        data = source.variables[place].data
        columns.append([given(call(1, take_rows(data, rows)), "varfun") for rows in members])
    if form == "cell":
        cell = np.empty((groups.count, len(columns)), OBJECT)
        for at, column in enumerate(columns):
            cell[:, at] = column
        return cell
    if form == "uniform":
        return horzcat(*(vertcat(*column) for column in columns))
    counts = [height(one) for one in columns[0]] if columns else [1] * groups.count
    repeated = np.repeat(np.arange(groups.count), counts)
    variables = [replace(key, data=take_rows(key.data, repeated)) for key in groups.keys]
    variables.append(Variable("GroupCount", norm(groups.sizes()[repeated].reshape(-1, 1))))
    for place, column in zip(places, columns, strict=True):
        variables.append(Variable(f"{prefix}_{source.variables[place].name}", vertcat(*column)))
    return Table(tuple(variables), len(repeated))


@builtin
def rowfun(
    session,
    function,
    x,
    /,
    *,
    InputVariables=None,
    GroupingVariables=None,
    OutputVariableNames=None,
    NumOutputs=None,
    OutputFormat="auto",
    SeparateInputs=True,
    ExtractCellContents=False,
    ErrorHandler=None,
):
    """
    B = rowfun(fun, T)
    B = rowfun(fun, T, Name=Value)

    A function of each row of a table: it gets an argument for each variable, its results are the variables of another
    table.

    Options
      InputVariables       the variables (all)
      GroupingVariables    variables whose values make groups; the function gets the rows of each
      OutputVariableNames  the names of the results (Var1, Var2 ...)
      NumOutputs           how many results (as many as names, or 1)
      OutputFormat         'auto' (default: as the input), 'table', 'timetable', 'uniform' (one array) or 'cell'
      SeparateInputs       false: one argument, the variables side by side (true)
      ExtractCellContents  whether the function gets what cells hold (false)
      ErrorHandler         a function called where the other fails

    Examples
      >> T = table([1; 3], [2; 6], 'VariableNames', {'x' 'y'});
      >> B = rowfun(@(x, y) x*y, T, OutputVariableNames='p')
      B =
        2×1 table
          p
          __
           2
          18
      >> disp(rowfun(@plus, T, OutputFormat='uniform')')
           3     9
      >> B = rowfun(@plus, T);
      >> disp(B.Var1')
           3     9

    See also varfun, splitapply, arrayfun.
    """
    source = require_table(x, "rowfun")
    call = failing(ErrorHandler, function_of(session, function, "rowfun"))
    form = form_of(OutputFormat, "rowfun", source)
    names = None if OutputVariableNames is None else take.texts(OutputVariableNames, "OutputVariableNames")
    outputs = len(names) if names else 1
    if NumOutputs is not None:
        outputs = take.count(NumOutputs, "NumOutputs")
    names = names or [f"Var{place}" for place in range(1, outputs + 1)]
    if len(names) != outputs:
        raise ScriptError(
            "MATLAB:table:rowfun:OutputNames", "The number of output names must be 'NumOutputs'.", notes=("rowfun",)
        )
    keys = [] if GroupingVariables is None else places_of(source, GroupingVariables, "rowfun", "GroupingVariables")
    places = [place for place in range(len(source.variables)) if place not in keys]
    if InputVariables is not None:
        places = places_of(source, InputVariables, "rowfun", "InputVariables")
    groups = groups_of(source, keys, "rowfun", missing=False) if GroupingVariables is not None else None
    count = source.rows if groups is None else groups.count
    contents = take.flag(ExtractCellContents, "ExtractCellContents")
    separate = take.flag(SeparateInputs, "SeparateInputs")
    results = []
    for row in range(count):
        members = np.array([row]) if groups is None else groups.members(row)
        part = source.select(places).take(members)
        args = [variable.data for variable in part.variables] if separate else [part.joined()]
        if contents:
            args = [one.item() if class_of(one) == "cell" and one.size == 1 else one for one in args]
        result = call(outputs, *args)
        results.append(result if outputs > 1 else (given(result, "rowfun"),) if outputs else ())
    columns = [list(column) for column in zip(*results, strict=True)] or [[] for _ in range(outputs)]
    if form == "cell":
        cell = np.empty((count, outputs), OBJECT)
        for at, column in enumerate(columns):
            cell[:, at] = column
        return cell
    if form == "uniform":
        for column in columns:
            uniform(column, "rowfun")
        return horzcat(*(vertcat(*column) for column in columns))
    if groups is None:
        variables: list[Variable] = []
        repeated = np.arange(count)
    else:
        counts = [height(one) for one in columns[0]] if columns else [1] * count
        repeated = np.repeat(np.arange(count), counts)
        variables = [replace(key, data=take_rows(key.data, repeated)) for key in groups.keys]
        variables.append(Variable("GroupCount", norm(groups.sizes()[repeated].reshape(-1, 1))))
    taken = [variable.name for variable in variables]
    for name, column in zip(names, columns, strict=True):
        data = vertcat(*column) if column else norm(np.zeros((0, 1)))
        if class_of(data) == "char" or height(data) != len(repeated):
            raise ScriptError(
                "MATLAB:table:rowfun:BadOutput",
                "The function must give one row for each row of the table.",
                notes=(f"'{name}' has {height(data)} rows for {len(repeated)}",),
                hint="OutputFormat='cell' takes any results",
            )
        variables.append(Variable(fresh_name(name, taken), data))
    if groups is None and source.times is not None and form != "table":
        return replace(source, variables=tuple(variables))
    return Table(tuple(variables), len(repeated), source.row_names if groups is None else None)


# -------------------------------------------------------------------------------------------------------------- groups
@overload("table")
def findgroups(nargout, x, /):
    """
    G = findgroups(T)
    [G, TID] = findgroups(T)

    The number of the group that each row of a table belongs to; and a table of the values that make each group.

    Examples
      >> T = table({'b'; 'a'; 'b'}, 'VariableNames', {'s'});
      >> [G, TID] = findgroups(T);
      >> disp(G')
           2     1     2
      >> disp(TID.s')
          {'a'}    {'b'}

    See also splitapply, groupsummary.
    """
    source = require_table(x, "findgroups")
    groups = groups_of(source, list(range(len(source.variables))), "findgroups", missing=False)
    numbers = np.where(groups.numbers < 0, np.nan, groups.numbers + 1.0)
    return norm(numbers.reshape(-1, 1)), Table(groups.keys, groups.count)


@overload("table")
def splitapply(nargout, function, x, numbers, /):
    """
    Y = splitapply(fun, T, G)
    [Y1, Y2] = splitapply(fun, T, G)

    A function of the rows of each group of a table; it gets an argument for each variable.

    Examples
      >> T = table([1; 2; 3], [10; 20; 30]);
      >> disp(splitapply(@(a, b) sum(a) + max(b), T, [1; 2; 1])')
          34    22
      >> [Y1, Y2] = splitapply(@(a, b) deal(sum(a), max(b)), T, [1; 2; 1]);
      >> disp(Y2')
          30    20

    See also findgroups, rowfun.
    """
    from cnnscript.builtins.tables import groups

    source = require_table(x, "splitapply")
    return groups.splitapply(nargout, function, *(variable.data for variable in source.variables), numbers)

"""Rows and variables of tables: taken, added, removed, moved, renamed, merged, split, sorted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.sorting import ORDERS
from cnnscript.builtins.arrays.sorting import issortedrows as rows_sorted
from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.tables.table_keys import fresh_name, one_place, places_of, ranks
from cnnscript.builtins.tables.tables import columns_of, require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of, is_numeric, norm, numel_of
from cnnscript.values.rows import height, take_rows, width
from cnnscript.values.tables import HEIGHT_DIFFERS, Table, Variable, distinct, require_distinct
from cnnscript.values.text import cell_of_texts, is_text, text_or_none


# ------------------------------------------------------------------------------------------------------------- few rows
def part_of_rows(x: Any, count: Any, at_end: bool) -> Any:
    number = 8 if count is None else take.count(count, "Number of rows")
    rows = height(x)
    places = np.arange(max(rows - number, 0), rows) if at_end else np.arange(min(number, rows))
    return take_rows(x, places)


def shown_or_given(session: Any, nargout: int, rows: Any) -> Any:
    """The rows, or, where nothing takes them, what disp writes of them."""
    if nargout:
        return rows
    session.call("disp", 0, rows)
    return None


@builtin
def head(session, nargout, x, count=None, /):
    """
    head(T)
    head(T, k)
    B = head(T)
    B = head(T, k)

    The first rows of a table or array: 8, or k. Without an output they are displayed.

    Examples
      >> head([1; 2; 3], 2)
           1
           2
      >> B = head([1; 2; 3], 2)
      B =
           1
           2
      >> disp(height(head(table((1:20)'))))
           8

    See also tail, height, size.
    """
    return shown_or_given(session, nargout, part_of_rows(x, count, at_end=False))


@builtin
def tail(session, nargout, x, count=None, /):
    """
    tail(T)
    tail(T, k)
    B = tail(T)
    B = tail(T, k)

    The last rows of a table or array: 8, or k. Without an output they are displayed.

    Examples
      >> tail([1; 2; 3], 2)
           2
           3
      >> B = tail([1; 2; 3], 2)
      B =
           2
           3
      >> disp(height(tail(table((1:20)'))))
           8

    See also head, height, size.
    """
    return shown_or_given(session, nargout, part_of_rows(x, count, at_end=True))


# ------------------------------------------------------------------------------------------------------------ variables
def put_in(table: Table, new: tuple[Variable, ...], before: Any, after: Any, function: str) -> Table:
    """Variables put beside another one, or at the end."""
    if before is not None and after is not None:
        raise ScriptError(
            f"MATLAB:table:{function}:BeforeAndAfter", "'Before' and 'After' cannot be given both.", notes=(function,)
        )
    at = len(table.variables)
    if before is not None:
        at = one_place(table, before, function, "Before")
    elif after is not None:
        at = one_place(table, after, function, "After") + 1
    return replace(table, variables=(*table.variables[:at], *new, *table.variables[at:]))


@builtin
def addvars(argument_names, x, /, *values, Before=None, After=None, NewVariableNames=None):
    """
    T2 = addvars(T, var1, ..., varN)
    T2 = addvars(T, var1, ..., varN, Name=Value)

    A table with more variables, named after the workspace variables they come from.

    Options
      Before            the variable in front of which they go
      After             the variable behind which they go (the last)
      NewVariableNames  their names

    Examples
      >> T = table([1; 2], 'VariableNames', {'x'});
      >> y = [5; 6];
      >> T2 = addvars(T, y, Before='x')
      T2 =
        2×2 table
          y    x
          _    _
          5    1
          6    2
      >> T2 = addvars(T, [7; 8], NewVariableNames='z');
      >> disp(T2.z')
           7     8

    See also removevars, movevars, renamevars, table.
    """
    source = require_table(x, "addvars")
    known = list(argument_names[1:]) + [""] * len(values)
    if NewVariableNames is not None:
        names = take.texts(NewVariableNames, "NewVariableNames")
        if len(names) != len(values):
            raise ScriptError(
                "MATLAB:table:addvars:IncorrectNumberOfVarNames",
                "The number of new variable names must match the number of new variables.",
                notes=(f"{len(names)} names, {len(values)} variables",),
            )
    else:
        names = []
        for place in range(len(values)):
            word = known[place] or f"Var{len(source.variables) + place + 1}"
            names.append(fresh_name(word, [*source.names, *names]))
    for name, value in zip(names, values, strict=True):
        require_height(source, value, name)
    require_distinct([*source.names, *names])
    new = tuple(Variable(*pair) for pair in zip(names, values, strict=True))
    if not source.variables and new:
        source = replace(source, rows=height(new[0].data))
    return put_in(source, new, Before, After, "addvars")


def require_height(table: Table, value: Any, name: str) -> None:
    if table.variables and height(value) != table.rows:
        raise ScriptError(
            "MATLAB:table:RowDimensionMismatch",
            HEIGHT_DIFFERS,
            notes=(f"'{name}' has {height(value)} rows, the table {table.rows}",),
        )


@builtin
def removevars(x, variables, /):
    """
    T2 = removevars(T, vars)

    A table without some of its variables.

    Examples
      >> T = table([1; 2], [3; 4], 'VariableNames', {'x' 'y'});
      >> T2 = removevars(T, 'x');
      >> disp(T2.Properties.VariableNames)
          {'y'}

    See also addvars, movevars, table.
    """
    source = require_table(x, "removevars")
    return source.without(set(places_of(source, variables, "removevars", "Variables")))


@builtin
def movevars(x, variables, /, *rest, Before=None, After=None):
    """
    T2 = movevars(T, vars)
    T2 = movevars(T, vars, Name=Value)

    A table with some of its variables elsewhere: at the end, or beside another one.

    Options
      Before  the variable in front of which they go
      After   the variable behind which they go

    Examples
      >> T = table(1, 2, 3, 'VariableNames', {'x' 'y' 'z'});
      >> disp(movevars(T, 'z', Before='x').Properties.VariableNames)
          {'z'}    {'x'}    {'y'}
      >> disp(movevars(T, 'x').Properties.VariableNames)
          {'y'}    {'z'}    {'x'}

    See also addvars, removevars, renamevars.
    """
    if rest:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    source = require_table(x, "movevars")
    places = places_of(source, variables, "movevars", "Variables")
    moved = tuple(source.variables[place] for place in places)
    names = {variable.name for variable in moved}
    anchors = []
    for option, value in (("Before", Before), ("After", After)):
        at = None if value is None else one_place(source, value, "movevars", option)
        anchors.append(None if at is None else source.variables[at].name)
        if anchors[-1] in names:
            raise ScriptError(
                "MATLAB:table:movevars:InvalidLocation", "Variables cannot be moved beside themselves.", notes=(option,)
            )
    return put_in(source.without(set(places)), moved, *anchors, "movevars")


@builtin
def renamevars(x, variables, names, /):
    """
    T2 = renamevars(T, vars, newNames)

    A table with some of its variables renamed.

    Examples
      >> T = table(1, 2, 'VariableNames', {'x' 'y'});
      >> T2 = renamevars(T, 'x', 'a')
      T2 =
        1×2 table
          a    y
          _    _
          1    2

    See also addvars, movevars, table.
    """
    source = require_table(x, "renamevars")
    places = places_of(source, variables, "renamevars", "Variables")
    wanted = take.texts(names, "New names")
    if len(wanted) != len(places):
        raise ScriptError(
            "MATLAB:table:renamevars:IncorrectNumberOfVarNames",
            "The number of new names must match the number of variables.",
            notes=(f"{len(wanted)} names, {len(places)} variables",),
        )
    renamed = source.names
    for place, name in zip(places, wanted, strict=True):
        renamed[place] = name
    return source.named(renamed)


@builtin
def mergevars(x, variables, /, *, NewVariableName=None, MergeAsTable=False):
    """
    T2 = mergevars(T, vars)
    T2 = mergevars(T, vars, Name=Value)

    A table in which several variables are the columns of one.

    Options
      NewVariableName  the name of the merged variable
      MergeAsTable     a table in the table instead of columns (false)

    Examples
      >> T = table([1; 2], [3; 4], 'VariableNames', {'x' 'y'});
      >> T2 = mergevars(T, ["x" "y"], NewVariableName='p')
      T2 =
        2×1 table
            p
          ______
          1    3
          2    4
      >> disp(size(mergevars(T, [1 2])))
           2     1

    See also splitvars, addvars, movevars.
    """
    source = require_table(x, "mergevars")
    places = places_of(source, variables, "mergevars", "Variables")
    part = replace(source.select(places), row_names=None)
    data = part if take.flag(MergeAsTable, "MergeAsTable") else part.joined()
    at = min(places, default=0)
    rest = [place for place in range(len(source.variables)) if place not in places]
    place = sum(1 for one in rest if one < at)
    word = f"Var{place + 1}" if NewVariableName is None else take.text(NewVariableName, "NewVariableName")
    kept = source.select(rest)
    if NewVariableName is None:
        word = fresh_name(word, kept.names)
    require_distinct([*kept.names, word])
    merged = Variable(word, data)
    return replace(kept, variables=(*kept.variables[:place], merged, *kept.variables[place:]))


@builtin
def splitvars(x, variables=None, /, *, NewVariableNames=None):
    """
    T2 = splitvars(T)
    T2 = splitvars(T, vars)
    T2 = splitvars(T, vars, Name=Value)

    A table in which each column of the variables that have several is a variable of its own: p_1, p_2 ..., and so is
    each variable of tables in it.

    Options
      NewVariableNames  the names of the new variables (for several variables a cell of such names)

    Examples
      >> T = table([1 3; 2 4], 'VariableNames', {'p'});
      >> T2 = splitvars(T)
      T2 =
        2×2 table
          p_1    p_2
          ___    ___
           1      3
           2      4
      >> T2 = splitvars(T, 'p', NewVariableNames=["x" "y"]);
      >> disp(T2.y')
           3     4

    See also mergevars, addvars.
    """
    source = require_table(x, "splitvars")
    if variables is None:
        places = [
            at for at, one in enumerate(source.variables) if type(one.data) is Table or parts_count(one.data) > 1
        ]
    else:
        places = places_of(source, variables, "splitvars", "Variables")
    given = None
    if NewVariableNames is not None:
        nested = type(NewVariableNames) is np.ndarray and any(not is_text(one) for one in NewVariableNames.ravel())
        lists = list(NewVariableNames.ravel()) if nested else [NewVariableNames]
        given = dict(zip(places, [take.texts(one, "NewVariableNames") for one in lists], strict=False))
    result: list[Variable] = []
    for at, variable in enumerate(source.variables):
        if at not in places:
            result.append(variable)
            continue
        inner = type(variable.data) is Table
        columns = [one.data for one in variable.data.variables] if inner else columns_of(variable.data)
        if given is not None and at in given:
            names = given[at]
        elif inner:
            names = [f"{variable.name}_{name}" if name in source.names else name for name in variable.data.names]
        else:
            names = [f"{variable.name}_{place}" for place in range(1, len(columns) + 1)]
        if len(names) != len(columns):
            raise ScriptError(
                "MATLAB:table:splitvars:IncorrectNumberOfVarNames",
                "The number of new names must match the number of columns.",
                notes=(f"'{variable.name}' has {len(columns)} columns, {len(names)} names were given",),
            )
        result += [replace(variable, name=name, data=column) for name, column in zip(names, columns, strict=True)]
    require_distinct([variable.name for variable in result])
    return replace(source, variables=tuple(result))


def parts_count(data: Any) -> int:
    return len(data.variables) if type(data) is Table else 1 if class_of(data) == "char" else width(data)


# ---------------------------------------------------------------------------------------------------------------- order
def sort_columns(source: Table, chosen: Any, function: str) -> tuple[list[Any], list[bool]]:
    """What rows are ordered by, and for a choice by number which of them descend (else an empty list)."""
    by_name = text_or_none(chosen) in ("RowNames", source.about.dimension_names[0])
    if source.times is not None and (chosen is None or by_name and text_or_none(chosen) not in source.names):
        return [source.times], []
    if by_name and text_or_none(chosen) not in source.names:
        return [cell_of_texts(source.row_names or ())] if source.row_names else [], []
    descending: list[bool] = []
    if chosen is None:
        places = list(range(len(source.variables)))
    elif is_numeric(chosen) and not np.iscomplexobj(chosen):
        numbers = np.atleast_1d(np.asarray(chosen, float)).ravel().tolist()
        descending = [number < 0 for number in numbers]
        places = [source.variable_places(abs(number))[0] for number in numbers]
    else:
        places = places_of(source, chosen, function, "Variables")
    return [source.variables[place].data for place in places], descending


@overload("table", outputs=2)
def sortrows(nargout, x, chosen=None, direction=None, /, *, MissingPlacement=None, ComparisonMethod=None):
    """
    B = sortrows(T)
    B = sortrows(T, vars)
    B = sortrows(T, vars, direction)
    [B, I] = sortrows(...)

    Rows of a table in order: by all variables (a timetable: by its times), by some, or by 'RowNames'; a negative number
    of a variable descends.

    Options
      MissingPlacement  where missing values go: 'auto' (default), 'first', 'last'
      ComparisonMethod  'auto'

    Examples
      >> T = table([2; 1; 1], {'b'; 'c'; 'a'}, 'VariableNames', {'n' 's'});
      >> B = sortrows(T)
      B =
        3×2 table
          n      s
          _    _____
          1    {'a'}
          1    {'c'}
          2    {'b'}
      >> [B, I] = sortrows(T, 's', 'descend');
      >> disp(I')
           2     1     3

    See also sort, unique, table.
    """
    source = require_table(x, "sortrows")
    if ComparisonMethod is not None and take.text(ComparisonMethod, "ComparisonMethod") != "auto":
        raise ScriptError("cnnscript:NotYet", "Rows of a table are compared by 'auto' only.")
    options = ("auto", "first", "last")
    placement = "auto" if MissingPlacement is None else take.choice(MissingPlacement, options, "MissingPlacement")
    if text_or_none(chosen) in ("ascend", "descend") and direction is None and text_or_none(chosen) not in source.names:
        chosen, direction = None, chosen
    columns, descending = sort_columns(source, chosen, "sortrows")
    if direction is not None:
        words = [take.choice(word, ("ascend", "descend"), "Direction") for word in take.texts(direction, "Direction")]
        descending = [word == "descend" for word in words] * (len(columns) if len(words) == 1 else 1)
    descending = descending or [False] * len(columns)
    if len(descending) != len(columns):
        raise ScriptError(
            "MATLAB:table:sortrows:WrongLengthSortMode",
            "The direction must be one word, or one for each variable.",
            notes=(f"{len(descending)} directions, {len(columns)} variables",),
        )
    order = np.arange(source.rows)
    for column, down in reversed(list(zip(columns, descending, strict=True))):
        (keys,) = ranks([column], "sortrows")
        keys = keys[order]
        lost = np.isnan(keys)
        keys = np.where(lost, 0, -keys if down else keys)
        first = placement == "first" or placement == "auto" and down
        order = order[np.lexsort((keys, ~lost if first else lost))]
    return source.take(order), norm((order + 1.0).reshape(-1, 1))


@overload("table")
def issortedrows(x, chosen=None, direction=None, /, *, MissingPlacement=None, ComparisonMethod=None):
    """
    issortedrows(T)
    issortedrows(T, vars)
    issortedrows(T, vars, direction)

    Whether the rows of a table are in the order in which sortrows puts them: by all variables (a timetable: by its
    times), by some, or by 'RowNames'; a negative number of a variable descends.

    direction: 'ascend', 'descend', 'monotonic', 'strictascend', 'strictdescend' or 'strictmonotonic', for all or one
    for each in a cell array.

    Options
      MissingPlacement  where missing values belong: 'auto' (default), 'first', 'last'
      ComparisonMethod  'auto'

    Examples
      >> T = table([1; 1; 2], {'a'; 'c'; 'b'}, 'VariableNames', {'n' 's'});
      >> disp([issortedrows(T) issortedrows(T, 's') issortedrows(T, {'n' 's'}, {'ascend' 'strictascend'})])
         1   0   1

    See also sortrows, issorted, table.
    """
    source = require_table(x, "issortedrows")
    if ComparisonMethod is not None and take.text(ComparisonMethod, "ComparisonMethod") != "auto":
        raise ScriptError("cnnscript:NotYet", "Rows of a table are compared by 'auto' only.")
    if direction is None and text_or_none(chosen) in ORDERS and text_or_none(chosen) not in source.names:
        chosen, direction = None, chosen
    columns, descending = sort_columns(source, chosen, "issortedrows")
    if not columns or source.rows < 2:
        return True
    keys = np.column_stack([ranks([column], "issortedrows")[0] for column in columns])
    signs = [-1.0 if down else 1.0 for down in descending] or [1.0] * len(columns)
    places = np.array([[sign * place for place, sign in enumerate(signs, 1)]])
    how = () if direction is None else (direction,)
    return rows_sorted(keys, norm(places), *how, MissingPlacement=MissingPlacement)


@overload("table")
def repmat(x, /, *counts):
    """
    B = repmat(T, m, n)
    B = repmat(T, [m n])

    Copies of a table below and beside one another; variables beside one another get other names.

    Examples
      >> T = table([1; 2], 'VariableNames', {'x'});
      >> B = repmat(T, 2, 1);
      >> disp(B.x')
           1     2     1     2
      >> disp(repmat(T, [1 2]).Properties.VariableNames)
          {'x'}    {'x_1'}

    See also height, width.
    """
    if len(counts) == 1 and numel_of(counts[0]) > 1:
        sizes = list(take.size(counts[0], "Numbers of copies"))
    else:
        sizes = [take.count(number, "Number of copies") for number in counts]
    down, right = sizes if len(sizes) == 2 else (sizes[0], sizes[0]) if len(sizes) == 1 else (0, 0)
    if len(sizes) > 2:
        raise ScriptError("MATLAB:table:repmat:InvalidDims", "A table has two dimensions only.")
    source = require_table(x, "repmat")
    tall = source.take(np.tile(np.arange(source.rows), down))
    names = distinct(source.names * right)
    pairs = zip(tall.variables * right, names, strict=True)
    return replace(tall, variables=tuple(replace(variable, name=name) for variable, name in pairs))

"""Tables: making them, what they are, and the values they are made from and turned into."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import vertcat
from cnnscript.values.convert import to_class
from cnnscript.values.indexing import index
from cnnscript.values.numeric import EMPTY, OBJECT, class_of, is_cell, ndarray, norm, numel_of, size_of
from cnnscript.values.rows import height as rows_of
from cnnscript.values.rows import take_rows
from cnnscript.values.structs import Struct, elements, is_struct, struct_array
from cnnscript.values.tables import Table, Variable, distinct, require_distinct, require_name
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import MISSING, String, is_char
from cnnscript.values.times import Datetime, Duration


def require_table(value: Any, function: str) -> Table:
    if type(value) is Table:
        return value
    raise unfit_inputs(function, f"{function} is for a table, got {described(value)}")


def names_for(wanted: Any, count: int, function: str) -> list[str] | None:
    """The names an option gives; None where it is not given."""
    if wanted is None:
        return None
    names = take.texts(wanted, "VariableNames")
    if len(names) != count:
        raise ScriptError(
            "MATLAB:table:IncorrectNumberOfVarNames",
            "The VariableNames property must contain one name for each variable in the table.",
            notes=(f"{function} got {len(names)} names for {count} variables",),
        )
    require_distinct(names)
    for name in names:
        require_name(name)
    return names


def with_options(table: Table, row_names: Any, dimension_names: Any = None) -> Table:
    if row_names is not None:
        table = table.with_row_names(take.texts(row_names, "RowNames") if numel_of(row_names) else None)
    if dimension_names is not None:
        table = table.get("Properties").set("DimensionNames", dimension_names).table
    return table


# what a variable of each type holds in a table made of sizes
BLANKS = {
    "logical": lambda rows: norm(np.zeros((rows, 1), bool, order="F")),
    "string": lambda rows: String(filled(rows, MISSING)),
    "cell": lambda rows: filled(rows, EMPTY),
    "cellstr": lambda rows: filled(rows, ""),
    "categorical": lambda rows: Categorical(np.zeros((rows, 1), np.int64), []),
    "struct": lambda rows: struct_array([], filled_with_dictionaries(rows)),
    "table": lambda rows: Table(rows=rows),
    "datetime": lambda rows: Datetime(np.full((rows, 1), np.nan)),
    "duration": lambda rows: Duration(np.zeros((rows, 1))),
}
NUMBERS = ("double", "single", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")


def filled(rows: int, item: Any) -> ndarray:
    cell = np.empty((rows, 1), OBJECT, order="F")
    cell.fill(item)
    return cell


def filled_with_dictionaries(rows: int) -> ndarray:
    data = np.empty((rows, 1), OBJECT)
    for row in range(rows):
        data[row, 0] = {}
    return data


def blank_variable(kind: str, rows: int) -> Any:
    """A column of a class that holds nothing yet."""
    from cnnscript.builtins.absent import absent

    if kind in BLANKS:
        return BLANKS[kind](rows)
    if kind in ("doublenan", "singlenan"):
        return norm(np.full((rows, 1), np.nan, np.float64 if kind == "doublenan" else np.float32, order="F"))
    if kind in NUMBERS:
        return to_class(norm(np.zeros((rows, 1), order="F")), kind)
    raise ScriptError(
        "MATLAB:table:InvalidVariableTypes" if kind not in absent() else "cnnscript:NotYet",
        f"Unable to create a table variable of type '{kind}'."
        if kind not in absent()
        else f"Table variables of type '{kind}' are not in cnnscript yet.",
    )


@builtin
def table(
    argument_names,
    /,
    *values,
    Size=None,
    VariableTypes=None,
    VariableNames=None,
    RowNames=None,
    DimensionNames=None,
):
    """
    T = table
    T = table(var1, ..., varN)
    T = table(var1, ..., varN, Name=Value)
    T = table('Size', [m n], 'VariableTypes', types)

    A table of variables: each keeps its class, all have equally many rows.

    Variables are named after the workspace variables they come from, others Var1, Var2 ...  T.name is a variable,
    T{rows, vars} its values, T(rows, vars) a smaller table.

    Options
      Size            rows and variables of a table to be filled
      VariableTypes   the class of each variable: 'double', 'string', 'cell', 'categorical' ...
      VariableNames   the name of each variable
      RowNames        the name of each row
      DimensionNames  the names of the rows and of the variables ('Row' and 'Variables')

    Examples
      >> Layer = {'conv1'; 'pool1'};
      >> Size = [227; 113];
      >> T = table(Layer, Size)
      T =
        2×2 table
            Layer      Size
          _________    ____
          {'conv1'}    227
          {'pool1'}    113
      >> T.Size(2)
      ans =
         113
      >> T = table([1; 2], 'VariableNames', {'x'}, 'RowNames', {'a' 'b'})
      T =
        2×1 table
               x
               _
          a    1
          b    2
      >> T = table('Size', [2 2], 'VariableTypes', {'double' 'string'})
      T =
        2×2 table
          Var1      Var2
          ____    _________
           0      <missing>
           0      <missing>

    See also array2table, cell2table, struct2table, readtable, istable.
    """
    if Size is not None:
        return with_options(blank_table(values, Size, VariableTypes, VariableNames), RowNames, DimensionNames)
    if VariableTypes is not None:
        raise ScriptError("MATLAB:table:VariableTypesWithoutSize", "'VariableTypes' needs 'Size'.")
    names = names_for(VariableNames, len(values), "table")
    if names is None:
        given = [*argument_names[: len(values)], *[""] * (len(values) - len(argument_names))]
        names = distinct([name or f"Var{place}" for place, name in enumerate(given, 1)])
    rows = [rows_of(value) for value in values]
    for place, count in enumerate(rows):
        if count != rows[0]:
            raise ScriptError(
                "MATLAB:table:UnequalVarLengths",
                "All table variables must have the same number of rows.",
                notes=(f"'{names[0]}' has {rows[0]}, '{names[place]}' has {count}",),
                hint="one row of text is a char: {'a'; 'b'} or [\"a\"; \"b\"] is a column"
                if is_char(values[place])
                else None,
            )
    variables = tuple(Variable(name, value) for name, value in zip(names, values, strict=True))
    count = rows[0] if rows else numel_of(RowNames) if RowNames is not None else 0
    return with_options(Table(variables, count), RowNames, DimensionNames)


def blank_table(values: tuple, size: Any, types: Any, names: Any) -> Table:
    if values:
        raise ScriptError("MATLAB:table:SizeWithVariables", "A table has either variables or a 'Size'.")
    wanted = take.size(size, "Size")
    if types is None:
        if wanted[1]:
            raise ScriptError(
                "MATLAB:table:MissingVariableTypes", "'VariableTypes' must be given with 'Size'.", notes=("table",)
            )
        kinds = []
    else:
        kinds = take.texts(types, "VariableTypes") if numel_of(types) else []
    if len(kinds) != wanted[1]:
        raise ScriptError(
            "MATLAB:table:VariableTypesAndSizeMismatch",
            "The number of variables in 'Size' must match the number of 'VariableTypes'.",
            notes=(f"{wanted[1]} variables, {len(kinds)} types",),
        )
    words = names_for(names, len(kinds), "table") or [f"Var{place}" for place in range(1, len(kinds) + 1)]
    columns = [blank_variable(kind, wanted[0]) for kind in kinds]
    return Table(tuple(Variable(*pair) for pair in zip(words, columns, strict=True)), wanted[0])


@builtin
def istable(x, /):
    """
    tf = istable(A)

    Whether a value is a table.

    Examples
      >> disp(istable(table([1; 2])))
         1

    See also table, isstruct, isa.
    """
    return type(x) is Table and x.times is None


# ---------------------------------------------------------------------------------------------------------- conversion
def names_after(base: str, count: int) -> list[str]:
    """A1, A2 ... after the variable the values come from, Var1, Var2 ... where they come from none."""
    return [f"{base or 'Var'}{place}" for place in range(1, count + 1)]


def columns_of(value: Any) -> list:
    """The columns of a matrix of any class."""
    size = size_of(value)
    return [index(value, (":", float(place), *[":"] * (len(size) - 2))) for place in range(1, size[1] + 1)]


@builtin
def array2table(argument_names, x, /, *, VariableNames=None, RowNames=None, DimensionNames=None):
    """
    T = array2table(A)
    T = array2table(A, Name=Value)

    A table with a variable for each column of a matrix.

    Options
      VariableNames   the name of each variable (A1, A2 ... after the matrix)
      RowNames        the name of each row
      DimensionNames  the names of the rows and of the variables

    Examples
      >> A = [1 2; 3 4];
      >> T = array2table(A)
      T =
        2×2 table
          A1    A2
          __    __
          1     2
          3     4
      >> T = array2table(A, VariableNames=["x" "y"]);
      >> disp(T.y')
           2     4

    See also table2array, cell2table, table.
    """
    if type(x) is Table:
        raise ScriptError("MATLAB:array2table:InvalidInput", "The input is a table already.")
    columns = columns_of(x)
    base = argument_names[0] if argument_names else ""
    names = names_for(VariableNames, len(columns), "array2table") or names_after(base, len(columns))
    made = Table(tuple(Variable(*pair) for pair in zip(names, columns, strict=True)), size_of(x)[0])
    return with_options(made, RowNames, DimensionNames)


@builtin
def table2array(x, /):
    """
    A = table2array(T)

    The variables of a table side by side as one array, as T{:,:} gives.

    Examples
      >> A = table2array(table([1; 2], [3; 4]))
      A =
           1     3
           2     4

    See also array2table, table2cell, table2struct.
    """
    return require_table(x, "table2array").joined()


@builtin
def cell2table(argument_names, x, /, *, VariableNames=None, RowNames=None, DimensionNames=None):
    """
    T = cell2table(C)
    T = cell2table(C, Name=Value)

    A table with a variable for each column of a cell: numbers of one class below one another, texts in a cell.

    Options
      VariableNames   the name of each variable (C1, C2 ... after the cell)
      RowNames        the name of each row
      DimensionNames  the names of the rows and of the variables

    Examples
      >> C = {5 'cat'; 6 'dog'};
      >> T = cell2table(C, VariableNames=["Score" "Label"])
      T =
        2×2 table
          Score     Label
          _____    _______
            5      {'cat'}
            6      {'dog'}
      >> T = cell2table(C);
      >> disp(T.C1')
           5     6

    See also table2cell, array2table, struct2table.
    """
    cell = take.cell(x, "C")
    base = argument_names[0] if argument_names else ""
    names = names_for(VariableNames, cell.shape[1], "cell2table") or names_after(base, cell.shape[1])
    columns = [joined_cells(cell[:, place : place + 1]) for place in range(cell.shape[1])]
    made = Table(tuple(Variable(*pair) for pair in zip(names, columns, strict=True)), cell.shape[0])
    return with_options(made, RowNames, DimensionNames)


def joined_cells(column: ndarray) -> Any:
    """The elements of a column of cells below one another where they are of one class and a row each; else the cell."""
    items = column.ravel().tolist()
    if not items or any(is_char(item) for item in items):
        return column
    kinds = {class_of(item) for item in items}
    numbers = kinds <= {*NUMBERS, "logical"}
    one = len({size_of(item)[1:] for item in items}) == 1 and all(size_of(item)[0] == 1 for item in items)
    if not one or len(kinds) > 1 and not numbers or kinds & {"cell", "function_handle"}:
        return column
    try:
        return vertcat(*items)
    except ScriptError:  # structs with other fields, objects that do not join: they stay in their cells
        return column


@builtin
def table2cell(x, /):
    """
    C = table2cell(T)

    The elements of a table in a cell of the same size.

    Examples
      >> C = table2cell(table([5; 6], {'cat'; 'dog'}))
      C =
        2×2 cell array
          {[5]}    {'cat'}
          {[6]}    {'dog'}

    See also cell2table, table2struct, table2array.
    """
    source = require_table(x, "table2cell")
    cell = np.empty(source.size(), OBJECT, order="F")
    for place, variable in enumerate(source.variables):
        for row, item in enumerate(row_items(variable.data)):
            cell[row, place] = item
    return cell


def row_items(data: Any) -> list:
    """Each row of a value; what a cell with one column holds."""
    if is_cell(data) and data.ndim == 2 and data.shape[1] == 1:
        return data.ravel().tolist()
    return [take_rows(data, np.array([row])) for row in range(rows_of(data))]


@builtin
def struct2table(x, /, *, AsArray=False, RowNames=None):
    """
    T = struct2table(S)
    T = struct2table(S, Name=Value)

    A table with a variable for each field: the rows are the elements of a struct array, or those of the fields of a
    single struct.

    Options
      AsArray   whether a single struct is one row (false)
      RowNames  the name of each row

    Examples
      >> S.x = [1; 2]; S.y = {'a'; 'b'};
      >> T = struct2table(S)
      T =
        2×2 table
          x      y
          _    _____
          1    {'a'}
          2    {'b'}
      >> T = struct2table(struct('x', 5), AsArray=true);
      >> disp(size(T))
           1     1

    See also table2struct, cell2table, table.
    """
    if not is_struct(x):
        raise take.wanted("a struct", "S", x, "MATLAB:struct2table:InvalidInput")
    names = x.names()
    if type(x) is Struct and not take.flag(AsArray, "AsArray"):
        columns = list(x.fields.values())
        counts = {rows_of(value) for value in columns}
        if len(counts) > 1:
            raise ScriptError(
                "MATLAB:struct2table:UnequalFieldLengths",
                "Fields in a scalar structure must have the same number of rows.",
                notes=tuple(f"'{name}' has {rows_of(value)}" for name, value in x.fields.items()),
                hint="AsArray=true makes the struct one row",
            )
        count = counts.pop() if counts else 0
    else:
        dictionaries = elements(x).ravel("F").tolist()
        count = len(dictionaries)
        columns = []
        for name in names:
            column = np.empty((count, 1), OBJECT, order="F")
            for row, fields in enumerate(dictionaries):
                column[row, 0] = fields[name]
            columns.append(joined_cells(column))
    made = Table(tuple(Variable(*pair) for pair in zip(names, columns, strict=True)), count)
    return with_options(made, RowNames)


@builtin
def table2struct(x, /, *, ToScalar=False):
    """
    S = table2struct(T)
    S = table2struct(T, Name=Value)

    A struct array with an element for each row, a field for each variable.

    Options
      ToScalar  one struct whose fields are the variables (false)

    Examples
      >> S = table2struct(table([5; 6], {'cat'; 'dog'}, 'VariableNames', {'Score' 'Label'}));
      >> S(2)
      ans =
        struct with fields:
          Score: 6
          Label: 'dog'
      >> S = table2struct(table([5; 6]), ToScalar=true)
      S =
        struct with fields:
          Var1: [2×1 double]

    See also struct2table, table2cell.
    """
    from cnnscript.builtins.language.names import valid

    source = require_table(x, "table2struct")
    names = distinct([valid(name, "underscore", "x") for name in source.names])
    if take.flag(ToScalar, "ToScalar"):
        return Struct({name: variable.data for name, variable in zip(names, source.variables, strict=True)})
    columns = [row_items(variable.data) for variable in source.variables]
    data = np.empty((source.rows, 1), OBJECT)
    for row in range(source.rows):
        data[row, 0] = {name: column[row] for name, column in zip(names, columns, strict=True)}
    return struct_array(names, data)

"""Tables joined and computed with: [T1; T2], [T1 T2], and operators on each variable."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cnnscript.errors import ScriptError
from cnnscript.values.concatenate import vertcat
from cnnscript.values.numeric import class_of, is_cell, ndarray, size_of, size_text
from cnnscript.values.tables import Table, contents, require_distinct


def is_blank(part: Any) -> bool:
    """`[]` and a table of no variables and rows take no part in a concatenation."""
    return type(part) is ndarray and part.shape == (0, 0) or type(part) is Table and part.size() == (0, 0)


def as_rows(part: Any, like: Table) -> Table:
    """A part of [T; ...]: a table, or a cell of as many columns as the table has variables."""
    if type(part) is Table:
        return part
    if is_cell(part) and part.ndim == 2:
        if part.shape[1] != len(like.variables):
            raise unequal_counts("variables", "vertcat")
        variables = []
        for place, variable in enumerate(like.variables):
            column = part[:, place : place + 1]
            data = column if is_cell(variable.data) else contents(column)
            variables.append(replace(variable, data=data))
        return Table(tuple(variables), part.shape[0])
    raise ScriptError(
        "MATLAB:table:vertcat:InvalidInput",
        "All input arguments must be tables.",
        notes=(f"got a {size_text(size_of(part))} {class_of(part)}",),
    )


def unequal_counts(what: str, function: str) -> ScriptError:
    return ScriptError(
        f"MATLAB:table:{function}:SizeMismatch",
        f"All tables in the bracketed expression must have the same number of {what}.",
    )


def below(parts: tuple) -> Table:
    """[T1; T2; ...]: variables matched by name, in the order of the first table."""
    first = next((part for part in parts if type(part) is Table and not is_blank(part)), None)
    if first is None:
        return next(part for part in parts if type(part) is Table)
    tables = [as_rows(part, first) for part in parts if not is_blank(part)]
    names = first.names
    for table in tables:
        if len(table.variables) != len(names):
            raise unequal_counts("variables", "vertcat")
        if set(table.names) != set(names):
            missing = [name for name in table.names if name not in names]
            raise ScriptError(
                "MATLAB:table:vertcat:UnequalVarNames",
                "All tables in the bracketed expression must have the same variable names.",
                notes=("only a later table has: " + ", ".join(missing),),
            )
    variables = []
    for variable in first.variables:
        columns = [table.data(variable.name) for table in tables]
        try:
            variables.append(replace(variable, data=vertcat(*columns)))
        except ScriptError as problem:
            raise ScriptError(
                "MATLAB:table:vertcat:VertcatMethodFailed",
                f"Unable to concatenate the table variable '{variable.name}': {problem.message}",
                causes=[problem],
            ) from None
    times = None
    if first.times is not None:
        if any(table.times is None for table in tables):
            raise ScriptError(
                "MATLAB:timetable:vertcat:InvalidInput",
                "Timetables cannot be concatenated with tables below one another.",
                hint="table2timetable(T, 'RowTimes', t) makes a timetable",
            )
        times = vertcat(*(table.times for table in tables))
    rows = sum(table.rows for table in tables)
    return Table(tuple(variables), rows, row_names_of(tables) if times is None else None, first.about, times)


def row_names_of(tables: list[Table]) -> tuple[str, ...] | None:
    """Row names of tables below one another: rows without get Row<n> when others have them."""
    if all(table.row_names is None for table in tables):
        return None
    names: list[str] = []
    for table in tables:
        names += table.row_names or [f"Row{len(names) + place + 1}" for place in range(table.rows)]
    again = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if again is not None:
        raise ScriptError("MATLAB:table:DuplicateRowNames", f"Duplicate table row name: '{again}'.")
    return tuple(names)


def beside(parts: tuple) -> Table:
    """[T1 T2 ...]: the variables of all; rows are matched by name where tables have row names."""
    tables = [part for part in parts if not is_blank(part)]
    for part in tables:
        if type(part) is not Table:
            raise ScriptError(
                "MATLAB:table:horzcat:InvalidInput",
                "All input arguments must be tables.",
                notes=(f"got a {size_text(size_of(part))} {class_of(part)}",),
                hint="T.name = value adds a variable",
            )
    if not tables:
        return next(part for part in parts if type(part) is Table)
    result = tables[0]
    for table in tables[1:]:
        if table.rows != result.rows:
            raise unequal_counts("rows", "horzcat")
        if result.row_names and table.row_names and result.row_names != table.row_names:
            if set(result.row_names) != set(table.row_names):
                raise ScriptError(
                    "MATLAB:table:horzcat:UnequalRowNames",
                    "All tables in the bracketed expression must have the same row names.",
                )
            table = table.index((list_of(result), ":"))
        variables = (*result.variables, *table.variables)
        require_distinct([variable.name for variable in variables])
        result = replace(result, variables=variables, row_names=result.row_names or table.row_names)
    return result


def list_of(table: Table) -> Any:
    return table.get(table.about.dimension_names[0])


ON_VARIABLES = {
    "plus", "minus", "times", "rdivide", "ldivide", "power", "uminus", "uplus", "not", "and", "or",
    "lt", "le", "gt", "ge", "eq", "ne",
}  # fmt: skip
WITH_SCALARS = {"mtimes": "times", "mrdivide": "rdivide"}


def by_variable(name: str, args: tuple) -> Any:
    """An operator on each variable of a table; of two tables, on the variables of the same name."""
    from cnnscript.values import operators

    name = WITH_SCALARS.get(name, name)
    if name not in ON_VARIABLES:
        return NotImplemented
    function = getattr(operators, name, None) or getattr(operators, name + "_", None)
    if function is None:
        return NotImplemented
    leader = next(arg for arg in args if type(arg) is Table)
    variables = []
    for variable in leader.variables:
        operands = []
        for arg in args:
            if type(arg) is Table:
                if set(arg.names) != set(leader.names) or arg.rows != leader.rows:
                    raise ScriptError(
                        "MATLAB:table:math:DimensionsMismatch",
                        "Tables must have the same variable names and the same number of rows.",
                        notes=(f"one is {size_text(leader.size())}, another {size_text(arg.size())}",),
                    )
                operands.append(arg.data(variable.name))
            else:
                operands.append(arg)
        variables.append(replace(variable, data=function(*operands), unit=""))
    return replace(leader, variables=tuple(variables))

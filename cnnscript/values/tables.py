"""Tables: named variables with equally many rows, each variable a value of any class.

A Table never changes: every operation that writes gives another one, so copies share what they can.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.concatenate import horzcat
from cnnscript.values.indexing import VariableNumber, index
from cnnscript.values.numeric import EMPTY, OBJECT, class_of, is_cell, ndarray, norm, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.rows import behind, blank_rows, height, lengthened, put_rows, take_rows, width
from cnnscript.values.selecting import open_subscript
from cnnscript.values.text import String, cell_of_texts, is_char, texts_or_none

RESERVED = ("Properties", "RowNames", "VariableNames", ":")
HEIGHT_DIFFERS = (
    "To assign to or create a variable in a table, the number of rows must match the height of the table."
)


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a table: its name, its value, and what is said about it."""

    name: str
    data: Any
    unit: str = ""
    description: str = ""
    custom: tuple[tuple[str, Any], ...] = ()  # properties of variables that the program added
    continuity: str = "unset"


@dataclass(frozen=True, slots=True)
class About:
    """What is said about a table as a whole."""

    description: str = ""
    user_data: Any = field(default_factory=lambda: EMPTY)
    dimension_names: tuple[str, str] = ("Row", "Variables")
    custom: tuple[tuple[str, Any], ...] = ()  # properties of the table that the program added


@dataclass(frozen=True, eq=False)
class Table(Object):
    """A table.

    variables  in order; each value has `rows` rows
    row_names  one for each row, distinct; None without
    times      the time of each row (a datetime or duration column), which makes it a timetable; None for a table
    """

    ancestors: ClassVar[tuple[str, ...]] = ("tabular",)

    variables: tuple[Variable, ...] = ()
    rows: int = 0
    row_names: tuple[str, ...] | None = None
    about: About = About()
    times: Any = None

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return "table" if self.times is None else "timetable"

    @classmethod
    def of(cls, columns: dict[str, Any], row_names: list[str] | None = None) -> Table:
        """A table of values by name; its height is that of the values (of the row names where there are none)."""
        variables = tuple(Variable(name, data) for name, data in columns.items())
        rows = height(variables[0].data) if variables else len(row_names or ())
        return cls(variables, rows, None if row_names is None else tuple(row_names))

    # ------------------------------------------------------------------------------------------------ what is in it
    def size(self) -> tuple[int, ...]:
        return (self.rows, len(self.variables))

    @property
    def names(self) -> list[str]:
        return [variable.name for variable in self.variables]

    def data(self, name: str) -> Any:
        """The value of the variable of that name."""
        return self.variables[self.place(name)].data

    def place(self, name: str) -> int:
        """Where a variable is, from 0."""
        for place, variable in enumerate(self.variables):
            if variable.name == name:
                return place
        raise self.unrecognized(name)

    def unrecognized(self, name: str) -> ScriptError:
        import difflib

        names = self.names
        folded = {known.lower(): known for known in names}
        near = difflib.get_close_matches(name.lower(), folded, 1, 0.6)
        return ScriptError(
            "MATLAB:table:UnrecognizedVarName",
            f"Unrecognized table variable name '{name}'.",
            notes=("variables: " + ", ".join(names[:12]) + (" ..." if len(names) > 12 else ""),) if names else (),
            hint=f"did you mean '{folded[near[0]]}'?" if near else None,
        )

    def property_names(self) -> list[str]:
        return [*self.names, "Properties", *self.about.dimension_names]

    def components(self) -> Any:
        """Names, row names and values: what isequal compares."""
        parts = np.empty((1, 2 + len(self.variables)), OBJECT)
        parts[0, 0] = cell_of_texts(self.names)
        parts[0, 1] = cell_of_texts(self.row_names or ()) if self.times is None else self.times
        for place, variable in enumerate(self.variables):
            parts[0, place + 2] = variable.data
        return parts

    def blank_rows(self, count: int) -> Table:
        """A table like this one with `count` rows that hold nothing."""
        made = self.mapped(lambda data: blank_rows(data, count), count)
        return made if self.times is None else replace(made, times=blank_rows(self.times, count))

    # -------------------------------------------------------------------------------------------------- other tables
    def mapped(self, function: Any, rows: int, row_names: tuple[str, ...] | None = None) -> Table:
        """Each variable's value given to a function; the result has `rows` rows."""
        variables = tuple(replace(variable, data=function(variable.data)) for variable in self.variables)
        return replace(self, variables=variables, rows=rows, row_names=row_names)

    def take(self, places: ndarray) -> Table:
        """The rows at 0-based places; the name of a row taken again gets a number."""
        names = None
        if self.row_names is not None:
            names = tuple(distinct([self.row_names[place] for place in places.tolist()]))
        made = self.mapped(lambda data: take_rows(data, places), len(places), names)
        return made if self.times is None else replace(made, times=take_rows(self.times, places))

    def select(self, places: list[int]) -> Table:
        """The variables at 0-based places."""
        return replace(self, variables=tuple(self.variables[place] for place in places))

    def without(self, places: set[int]) -> Table:
        """All but the variables at 0-based places."""
        return self.select([place for place in range(len(self.variables)) if place not in places])

    def with_data(self, place: int, data: Any) -> Table:
        """The variable at a place with another value."""
        variables = list(self.variables)
        variables[place] = replace(variables[place], data=data)
        return replace(self, variables=tuple(variables))

    def with_variable(self, name: str, data: Any) -> Table:
        """The variable of that name replaced, or added at the end."""
        names = self.names
        if name in names:
            changed = self.with_data(names.index(name), data)
        else:
            require_name(name)
            changed = replace(self, variables=(*self.variables, Variable(name, data)))
        if self.variables or self.times is not None:
            return changed
        return replace(changed, rows=height(data), row_names=self.row_names or None)

    def named(self, names: list[str]) -> Table:
        """The variables renamed."""
        require_distinct(names)
        for name in names:
            require_name(name)
        pairs = zip(self.variables, names, strict=True)
        return replace(self, variables=tuple(replace(variable, name=name) for variable, name in pairs))

    def with_row_names(self, names: list[str] | None) -> Table:
        if not names:
            return replace(self, row_names=None)
        if len(names) != self.rows:
            raise ScriptError(
                "MATLAB:table:IncorrectNumberOfRowNames",
                "The RowNames property must be a cell array of character vectors, with one name for each row.",
                notes=(f"{len(names)} names for {self.rows} rows",),
            )
        again = next((name for place, name in enumerate(names) if name in names[:place]), None)
        if again is not None:
            raise ScriptError("MATLAB:table:DuplicateRowNames", f"Duplicate table row name: '{again}'.")
        return replace(self, row_names=tuple(names))

    def with_times(self, times: Any) -> Table:
        """The timetable with other times of its rows."""
        kind = class_of(times)
        if kind not in ("datetime", "duration"):
            raise ScriptError(
                "MATLAB:timetable:InvalidRowTimes",
                "Row times must be a datetime or duration vector.",
                notes=(f"got a {size_text(size_of(times))} {kind}",),
            )
        count = times.data.size
        if count != self.rows or max(times.data.shape, default=0) != count:
            raise ScriptError(
                "MATLAB:timetable:IncorrectNumberOfRowTimes",
                "Row times must contain one datetime or duration for each row in the timetable.",
                notes=(f"{count} times for {self.rows} rows",),
            )
        return replace(self, times=times.like(times.data.reshape(-1, 1, order="F")))

    # ----------------------------------------------------------------------------------------------------- subscripts
    def row_places(self, arg: Any, grow: bool = False) -> ndarray:
        """The rows (from 0) that a subscript names: numbers, logicals, names, times, ':'."""
        if self.times is not None and (found := self.rows_at(arg)) is not None:
            return found
        names = None if is_char(arg) and texts_or_none(arg) == [":"] else text_subscript(arg)
        if names is not None:
            return np.array([self.row_of(name) for name in names], np.intp)
        places = spelled_out(open_subscript(arg, self.rows, 0, 2))
        if not grow and places.size and places.max() >= self.rows:
            raise ScriptError(
                "MATLAB:table:RowIndexOutOfRange",
                "Row index exceeds table dimensions.",
                notes=(f"the index is {places.max() + 1}, the table has {self.rows} rows",),
            )
        return places

    def rows_at(self, arg: Any) -> ndarray | None:
        """The rows of a timetable at times: given as such, as text, or by a range; None for other subscripts."""
        inside = getattr(arg, "rows_of", None)
        if inside is not None:
            return np.flatnonzero(inside(self))
        if is_char(arg) and texts_or_none(arg) == [":"]:
            return None
        if class_of(arg) not in ("datetime", "duration") and text_subscript(arg) is None:
            return None
        wanted = self.times.milliseconds_of(arg).ravel("F")
        have = self.times.data.ravel("F")
        places = [np.flatnonzero(have == one) for one in wanted]
        if class_of(arg) != class_of(self.times) and any(not found.size for found in places):
            raise ScriptError(
                "MATLAB:timetable:UnrecognizedRowTime",
                "There is no row at one of the times.",
                notes=(f"the timetable has {self.rows} rows",),
            )
        return np.concatenate(places) if places else np.zeros(0, np.intp)

    def row_of(self, name: str) -> int:
        if self.row_names is not None and name in self.row_names:
            return self.row_names.index(name)
        raise ScriptError(
            "MATLAB:table:UnrecognizedRowName",
            f"Unrecognized table row name '{name}'.",
            notes=("the table has no row names",) if self.row_names is None else (),
        )

    def variable_places(self, arg: Any) -> list[int]:
        """The variables (from 0) that a subscript names: names, numbers, logicals, ':', or a test of their classes."""
        places, new = self.open_places(arg)
        if new:
            if type(new[0]) is str:
                raise self.unrecognized(new[0])
            raise ScriptError(
                "MATLAB:table:VarIndexOutOfRange",
                "Variable index exceeds table dimensions.",
                notes=(f"the index is {new[0] + 1}, the table has {len(self.variables)} variables",),
            )
        return places

    def open_places(self, arg: Any) -> tuple[list[int], list]:
        """Places of variables, those beyond the last as new ones; and what is new: names or places."""
        count = len(self.variables)
        chooses = getattr(arg, "chooses", None)
        if chooses is not None:
            return [place for place, variable in enumerate(self.variables) if chooses(variable.data)], []
        names = None if is_char(arg) and texts_or_none(arg) == [":"] else text_subscript(arg)
        if names is None:
            places = spelled_out(open_subscript(arg, count, 1, 2)).tolist()
            return places, [place for place in places if place >= count]
        known = {name: place for place, name in enumerate(self.names)}
        new: list[str] = []
        for name in names:
            if name not in known:
                known[name] = count + len(new)
                new.append(name)
        return [known[name] for name in names], new

    def two(self, args: tuple) -> tuple:
        if len(args) == 2:
            return args
        if len(args) == 1:
            raise ScriptError(
                "MATLAB:table:LinearSubscript",
                "Subscripting into a table using one subscript (as in t(i)) is not supported. Specify a row subscript "
                "and a variable subscript, as in t(rows,vars). To select variables, use t(:,i) or for one variable "
                "t.(i). To select rows, use t(i,:).",
            )
        raise ScriptError(
            "MATLAB:table:NDSubscript",
            "Subscripting into a table requires two subscripts: rows and variables.",
            notes=(f"got {len(args)}",),
        )

    # -------------------------------------------------------------------------------------------------------- reading
    def index(self, args: tuple) -> Table:
        if not args:
            return self
        rows, variables = self.two(args)
        chosen = self.select(self.variable_places(variables))
        if len(set(chosen.names)) < len(chosen.variables):
            chosen = chosen.named(distinct(chosen.names))
        if is_char(rows) and texts_or_none(rows) == [":"]:
            return chosen
        return chosen.take(self.row_places(rows))

    def brace(self, args: tuple) -> tuple:
        return (self.index(self.two(args)).joined(),)

    def joined(self) -> Any:
        """The values of all variables side by side, as T{:,:} gives."""
        variables = self.variables
        if not variables:
            return np.zeros((self.rows, 0), order="F")
        if len(variables) == 1:
            return variables[0].data
        classes = [class_of(variable.data) for variable in variables]
        for place, name in enumerate(classes):
            if (name in APART or classes[0] in APART) and name != classes[0]:
                raise self.incompatible(0, place)
        try:
            return horzcat(*(variable.data for variable in variables))
        except ScriptError as problem:
            place = next((at for at, name in enumerate(classes) if name != classes[0]), 1)
            error = self.incompatible(0, place)
            error.causes.append(problem)
            raise error from None

    def incompatible(self, first: int, second: int) -> ScriptError:
        one, other = self.variables[first], self.variables[second]
        return ScriptError(
            "MATLAB:table:ExtractDataIncompatibleTypeError",
            f"Unable to concatenate the table variables '{one.name}' and '{other.name}', because their types are "
            f"{class_of(one.data)} and {class_of(other.data)}.",
            hint="T(rows, vars) gives a table, T.name one variable",
        )

    def get(self, name: Any) -> Any:
        if type(name) is VariableNumber:
            return self.variables[self.variable_places(name.number)[0]].data
        for variable in self.variables:
            if variable.name == name:
                return variable.data
        if name == "Properties":
            from cnnscript.values.table_properties import TableProperties

            return TableProperties(self)
        if self.times is not None and name == self.about.dimension_names[0]:
            return self.times
        if name == self.about.dimension_names[0] or name == "RowNames":
            return cell_of_texts(self.row_names) if self.row_names else np.empty((0, 0), OBJECT)
        if name == self.about.dimension_names[1]:
            return self.joined()
        raise self.unrecognized(name)

    # -------------------------------------------------------------------------------------------------------- writing
    def set(self, name: Any, value: Any) -> Table:
        if type(name) is VariableNumber:
            places, new = self.open_places(name.number)
            name = f"Var{places[0] + 1}" if new else self.variables[places[0]].name
        if name not in self.names:
            if name == "Properties":
                from cnnscript.values.table_properties import TableProperties

                if type(value) is not TableProperties:
                    message = "Properties must be the properties of a table."
                    raise ScriptError("MATLAB:table:InvalidPropertiesAssignment", message)
                return value.table
            if name == self.about.dimension_names[0]:
                return self.with_times(value) if self.times is not None else self.with_row_names(texts_or_none(value))
            if name == self.about.dimension_names[1]:
                return self.assign_brace((":", ":"), value)
        if is_nothing(value):
            return self.without({self.place(name)})
        if (self.variables or self.rows) and height(value) != self.rows:
            raise ScriptError(
                "MATLAB:table:RowDimensionMismatch",
                HEIGHT_DIFFERS,
                notes=(f"'{name}' has {height(value)} rows, the table {self.rows}",),
            )
        return self.with_variable(name, value)

    def assign(self, args: tuple, value: Any) -> Table:
        """T(rows, vars) = a table, or a cell whose elements go into the elements."""
        rows, variables = self.two(args)
        places, row_names = self.row_places_to_write(rows, value)
        chosen, new = self.open_places(variables)
        if type(value) is Table:
            given = [variable.data for variable in value.variables]
            have = value.rows
        elif is_cell(value):
            given = [value[:, place : place + 1] for place in range(value.shape[1])]
            have = value.shape[0]
        else:
            raise ScriptError(
                "MATLAB:table:InvalidRHS",
                "Right hand side of an assignment into a table must be another table or a cell array.",
                notes=(f"it is a {size_text(size_of(value))} {class_of(value)}",),
                hint="T{rows, vars} = value writes values",
            )
        if len(given) == 1 != len(chosen) and chosen:
            given = given * len(chosen)
        if len(given) != len(chosen):
            raise ScriptError(
                "MATLAB:table:VarDimensionMismatch",
                "The number of table variables in an assignment must match.",
                notes=(f"the left side has {len(chosen)}, the right side {len(given)}",),
            )
        if have != len(places) and have != 1:
            raise ScriptError(
                "MATLAB:table:RowDimensionMismatch",
                "The number of rows in an assignment into a table must match.",
                notes=(f"the left side has {len(places)}, the right side {have}",),
            )
        result = self.grown(places, row_names)
        if result.times is not None and result.rows > self.rows and type(value) is Table and value.times is not None:
            result = replace(result, times=put_rows(result.times, places, value.times))
        names = list(value.names) if type(value) is Table else []
        for at, (place, data) in enumerate(zip(chosen, given, strict=True)):
            inside = place < len(result.variables)
            if is_cell(value):
                data = data if inside and is_cell(result.variables[place].data) else contents(data)
            name = new[place - len(self.variables)] if not inside else None
            if type(name) is int:
                name = names[at] if names and names[at] not in result.names else f"Var{name + 1}"
            result = result.write(place, name, places, data)
        return result

    def row_places_to_write(self, rows: Any, value: Any) -> tuple[ndarray, tuple[str, ...] | None]:
        """Rows of an assignment, and the names of all rows where names of new ones are among them.

        `:` of a table without variables stands for the rows of the right side.
        """
        if not self.variables and not self.rows and is_char(rows) and texts_or_none(rows) == [":"]:
            return np.arange(height(value)), value.row_names if type(value) is Table else None
        names = None if is_char(rows) and texts_or_none(rows) == [":"] else text_subscript(rows)
        if names is not None and (self.row_names is not None or not self.rows):
            known = tuple(dict.fromkeys((*(self.row_names or ()), *names)))
            return np.array([known.index(name) for name in names], np.intp), known
        return self.row_places(rows, grow=True), None

    def assign_brace(self, args: tuple, value: Any) -> Table:
        """T{rows, vars} = values: as many columns as the variables have together, or one element."""
        rows, variables = self.two(args)
        places, row_names = self.row_places_to_write(rows, value)
        chosen, new = self.open_places(variables)
        result = self.grown(places, row_names)
        widths = [width(self.variables[place].data) if place < len(self.variables) else None for place in chosen]
        total = width(value)
        if None in widths:
            fixed = sum(one for one in widths if one is not None)
            share = (total - fixed) // widths.count(None) if size_of(value) != (1, 1) else 1
            widths = [max(share, 1) if one is None else one for one in widths]
        alone = len(chosen) == 1 or (height(value) in (1, len(places)) and total == 1)
        if not alone and sum(widths) != total:
            raise ScriptError(
                "MATLAB:table:VarDimensionMismatch",
                "The number of columns on the right side must match that of the table variables on the left side.",
                notes=(f"the left side has {sum(widths)}, the right side {total}",),
            )
        start = 0
        for place, count in zip(chosen, widths, strict=True):
            part = value
            if not alone:
                part = index(value, (":", norm(np.arange(start + 1.0, start + count + 1.0).reshape(1, -1))))
            start += count
            name = new[place - len(self.variables)] if place >= len(self.variables) else None
            result = result.write(place, f"Var{name + 1}" if type(name) is int else name, places, part)
        return result

    def grown(self, places: ndarray, names: tuple[str, ...] | None) -> Table:
        """The table with enough rows for the places, named so; new rows hold nothing, and are Row<n> without names."""
        need = int(places.max()) + 1 if places.size else 0
        if need <= self.rows:
            return self
        if self.row_names is not None and names is None:
            names = (*self.row_names, *(f"Row{place + 1}" for place in range(self.rows, need)))
        made = self.mapped(lambda data: lengthened(data, need), need, names)
        return made if self.times is None else replace(made, times=lengthened(self.times, need))

    def write(self, place: int, name: str | None, places: ndarray, data: Any) -> Table:
        """Rows of one variable written; a new variable (`name`) is blank elsewhere."""
        if place < len(self.variables):
            old = self.variables[place].data
            whole = len(places) == self.rows == height(data) and (places == np.arange(self.rows)).all()
            if whole and class_of(old) == class_of(data) and size_of(old) == size_of(data) and not is_cell(old):
                return self.with_data(place, data)
            if height(data) == 1 and len(places) != 1 and size_of(data) != (1, 1):
                data = take_rows(data, np.zeros(len(places), np.intp))
            if class_of(old) in ("double", "cell") and width(old) == 0 < width(data):  # [] takes what comes first
                old = blank_rows(data, self.rows)
            return self.with_data(place, put_rows(old, places, data))
        if height(data) == 1 and len(places) != 1:
            data = take_rows(data, np.zeros(len(places), np.intp))
        if len(places) != self.rows or (places != np.arange(self.rows)).any():
            data = put_rows(blank_rows(data, self.rows), places, data)
        return self.with_variable(str(name), data)

    def delete_elements(self, args: tuple) -> Table:
        """T(rows, :) = [] and T(:, vars) = []."""
        rows, variables = self.two(args)
        every_row = is_char(rows) and texts_or_none(rows) == [":"]
        chosen = set(self.variable_places(variables))
        if every_row:
            return self.without(chosen)
        places = self.row_places(rows)
        if len(chosen) == len(self.variables):
            return self.take(np.setdiff1d(np.arange(self.rows), places))
        if set(places.tolist()) == set(range(self.rows)):
            return self.without(chosen)
        raise ScriptError(
            "MATLAB:table:InvalidEmptyAssignment",
            "At least one subscript must be ':' when you delete rows or variables by assigning [].",
        )

    # -------------------------------------------------------------------------------------------------- concatenation
    def concatenate(self, parts: tuple, axis: int) -> Table:
        from cnnscript.values.table_joining import below, beside

        return beside(parts) if axis else below(parts)

    def operator(self, name: str, args: tuple) -> Any:
        from cnnscript.values.table_joining import by_variable

        return by_variable(name, args)


# classes that join only themselves
APART = ("cell", "struct", "table", "function_handle", "datetime", "duration", "calendarDuration")


def text_subscript(arg: Any) -> list[str] | None:
    """The names in a subscript; None for one that holds none."""
    if is_char(arg) or type(arg) is String or is_cell(arg):
        names = texts_or_none(arg)
        if names is None:
            raise ScriptError(
                "MATLAB:table:InvalidTableSubscript",
                "A table subscript must be numbers, logicals, or names.",
                notes=(f"got a {size_text(size_of(arg))} {class_of(arg)}",),
            )
        return names
    return None


def spelled_out(places: slice | ndarray) -> ndarray:
    if type(places) is slice:
        return np.arange(places.start, places.stop, places.step or 1)
    return places


def is_nothing(value: Any) -> bool:
    """Is this `[]`, whose assignment deletes a variable?"""
    return type(value) is ndarray and value.shape == (0, 0) and value.dtype == np.float64


def contents(column: ndarray) -> Any:
    """What the cells of a column hold, below one another."""
    from cnnscript.values.concatenate import vertcat

    items = column.ravel("F").tolist()
    if items and all(is_char(item) for item in items) and len({size_of(item) for item in items}) > 1:
        return column
    return vertcat(*items)


def distinct(names: list[str]) -> list[str]:
    """Names made different by _1, _2 ... behind those that were there before."""
    taken: set[str] = set()
    result = []
    for name in names:
        fresh, number = name, 0
        while fresh in taken or number and fresh in names:
            number += 1
            fresh = f"{name}_{number}"
        taken.add(fresh)
        result.append(fresh)
    return result


def require_distinct(names: list[str]) -> None:
    again = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if again is not None:
        raise ScriptError("MATLAB:table:DuplicateVarNames", f"Duplicate table variable name: '{again}'.")


def require_name(name: str) -> None:
    if not name:
        raise ScriptError("MATLAB:table:ZeroLengthVarname", "Variable names must have at least one character.")
    if name in RESERVED:
        raise ScriptError("MATLAB:table:ReservedVarname", f"'{name}' is a reserved table name.")


__all__ = ["About", "Table", "Variable", "behind", "distinct"]

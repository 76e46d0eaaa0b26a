"""Timetables: tables whose rows have times.  Making them, what they are, turning them into tables and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.tables import blank_table, columns_of, names_for, require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.calendar_times import CalendarDuration, later
from cnnscript.values.numeric import class_of, norm, numel_of
from cnnscript.values.rows import height as rows_of
from cnnscript.values.tables import About, Table, Variable, distinct
from cnnscript.values.take import unfit_inputs
from cnnscript.values.times import Datetime, Duration, TimeArray


def require_timetable(value: Any, function: str) -> Table:
    source = require_table(value, function)
    if source.times is None:
        raise unfit_inputs(
            function,
            f"{function} is for a timetable, got a table",
            hint="table2timetable(T, 'RowTimes', t) makes a timetable",
        )
    return source


def timed(variables: tuple[Variable, ...], rows: int, times: Any, dimension: str = "Time") -> Table:
    """A timetable of variables and times."""
    made = Table(variables, rows, None, About(dimension_names=(dimension, "Variables")), Duration(np.zeros((rows, 1))))
    return made.with_times(times)


def times_wanted(rows: int, step: Any, rate: Any, start: Any) -> Any:
    """Row times at equal steps from a first one on: None where no step is given."""
    if step is None and rate is None:
        if start is not None:
            raise ScriptError("MATLAB:timetable:StartTimeAlone", "'StartTime' needs 'TimeStep' or 'SampleRate'.")
        return None
    if step is not None and rate is not None:
        raise ScriptError("MATLAB:timetable:TimeStepAndRate", "Give either 'TimeStep' or 'SampleRate'.")
    if rate is not None:
        step = Duration(np.array([[1000 / take.number(rate, "SampleRate")]]), "s")
    if type(step) not in (Duration, CalendarDuration) or numel_of(step) != 1:
        raise ScriptError("MATLAB:timetable:InvalidTimeStep", "The time step must be a duration or calendarDuration.")
    first = Duration(np.zeros((1, 1)), step.form if type(step) is Duration else "d") if start is None else start
    if not isinstance(first, TimeArray) or first.data.size != 1:
        raise ScriptError("MATLAB:timetable:InvalidStartTime", "The start time must be a datetime or duration scalar.")
    steps = np.arange(rows, dtype=float).reshape(-1, 1)
    if type(step) is CalendarDuration:
        if type(first) is not Datetime:
            raise ScriptError("MATLAB:timetable:DurationStart", "A calendar step needs a datetime as its start time.")
        return later(first, CalendarDuration(*(part * steps for part in step.arrays())))
    return first.like(first.data + step.data * steps)


@builtin
def timetable(
    argument_names,
    /,
    *values,
    RowTimes=None,
    TimeStep=None,
    SampleRate=None,
    StartTime=None,
    VariableNames=None,
    DimensionNames=None,
    Size=None,
    VariableTypes=None,
):
    """
    TT = timetable(rowTimes, var1, ..., varN)
    TT = timetable(var1, ..., varN, RowTimes=t)
    TT = timetable(var1, ..., varN, TimeStep=dt)
    TT = timetable(var1, ..., varN, SampleRate=Fs)
    TT = timetable(..., Name=Value)

    A table whose rows have times.  TT.Time are the times, TT(t, :) the rows at some of them.

    Options
      RowTimes        the time of each row
      TimeStep        the time from row to row
      SampleRate      how many rows make a second
      StartTime       the time of the first row (0)
      VariableNames   the name of each variable
      DimensionNames  the names of the times and of the variables ('Time' and 'Variables')
      Size            rows and variables of a timetable to be filled
      VariableTypes   the class of each variable of such a timetable

    Examples
      >> Temp = [37.3; 39.1];
      >> TT = timetable(datetime(2024, 1, 1:2)', Temp)
      TT =
        2×1 timetable
             Time        Temp
          ___________    ____
          01-Jan-2024    37.3
          02-Jan-2024    39.1
      >> TT = timetable(Temp, TimeStep=seconds(2))
      TT =
        2×1 timetable
          Time     Temp
          _____    ____
          0 sec    37.3
          2 sec    39.1
      >> TT = timetable(Temp, RowTimes=seconds([1; 5]));
      >> TT = timetable(Temp, SampleRate=100);

    See also table, timetable2table, table2timetable, retime, timerange.
    """
    dimension = "Time"
    names = list(argument_names[: len(values)])
    names += [""] * (len(values) - len(names))
    given = list(values)
    if Size is not None:
        shaped = blank_table(tuple(values), Size, VariableTypes, VariableNames)
        times = RowTimes if RowTimes is not None else times_wanted(shaped.rows, TimeStep, SampleRate, StartTime)
        if times is None:
            raise no_times()
        return named_dimensions(timed(shaped.variables, shaped.rows, times), DimensionNames)
    if RowTimes is None and TimeStep is None and SampleRate is None:
        place = next((at for at, value in enumerate(given) if isinstance(value, TimeArray)), None)
        if place != 0:
            raise no_times()
        RowTimes = given.pop(0)
        dimension = names.pop(0) or "Time"
    rows = [rows_of(value) for value in given]
    if len(set(rows)) > 1:
        raise ScriptError(
            "MATLAB:timetable:UnequalVarLengths", "All timetable variables must have the same number of rows."
        )
    count = rows[0] if rows else numel_of(RowTimes) if RowTimes is not None else 0
    times = RowTimes if RowTimes is not None else times_wanted(count, TimeStep, SampleRate, StartTime)
    words = names_for(VariableNames, len(given), "timetable")
    words = words or distinct([name or f"Var{place}" for place, name in enumerate(names, 1)])
    variables = tuple(Variable(*pair) for pair in zip(words, given, strict=True))
    return named_dimensions(timed(variables, count, times, dimension), DimensionNames)


def no_times() -> ScriptError:
    return ScriptError(
        "MATLAB:timetable:NoTimeVector",
        "The row times must be specified: the first argument, 'RowTimes', 'TimeStep' or 'SampleRate'.",
        hint="timetable(t, values) where t is a datetime or a duration",
    )


def named_dimensions(made: Table, names: Any) -> Table:
    return made if names is None else made.get("Properties").set("DimensionNames", names).table


@builtin
def istimetable(x, /):
    """
    tf = istimetable(A)

    Whether a value is a timetable.

    Examples
      >> disp(istimetable(table(1)))
         0

    See also timetable, istable, istabular.
    """
    return type(x) is Table and x.times is not None


@builtin
def istabular(x, /):
    """
    tf = istabular(A)

    Whether a value is a table or a timetable.

    Examples
      >> disp([istabular(table(1)), istabular(1)])
         1   0

    See also istable, istimetable.
    """
    return type(x) is Table


@builtin
def timetable2table(x, /, *, ConvertRowTimes=True):
    """
    T = timetable2table(TT)
    T = timetable2table(TT, Name=Value)

    A timetable as a table; the times become its first variable.

    Options
      ConvertRowTimes  whether the times become a variable (true)

    Examples
      >> TT = timetable(seconds([1; 2]), [5; 6], VariableNames={'x'});
      >> T = timetable2table(TT)
      T =
        2×2 table
          Time     x
          _____    _
          1 sec    5
          2 sec    6
      >> disp(width(timetable2table(TT, ConvertRowTimes=false)))
           1

    See also table2timetable, timetable.
    """
    source = require_timetable(x, "timetable2table")
    variables = source.variables
    name = source.about.dimension_names[0]
    if take.flag(ConvertRowTimes, "ConvertRowTimes"):
        variables = (Variable(name, source.times), *variables)
    about = replace(source.about, dimension_names=("Row", "Variables"))
    return Table(variables, source.rows, None, about)


@builtin
def table2timetable(x, /, *, RowTimes=None, TimeStep=None, SampleRate=None, StartTime=None):
    """
    TT = table2timetable(T)
    TT = table2timetable(T, RowTimes=t)
    TT = table2timetable(T, Name=Value)

    A table as a timetable: the first variable of times, the variable named or the times given become the row times.

    Options
      RowTimes    the name of a variable, or the time of each row
      TimeStep    the time from row to row
      SampleRate  how many rows make a second
      StartTime   the time of the first row (0)

    Examples
      >> T = table(seconds([1; 2]), [5; 6], 'VariableNames', {'t' 'x'});
      >> TT = table2timetable(T)
      TT =
        2×1 timetable
            t      x
          _____    _
          1 sec    5
          2 sec    6
      >> TT = table2timetable(T, RowTimes='t');
      >> TT = table2timetable(T(:, 2), TimeStep=hours(1));
      >> disp(TT.Time')
         0 hr   1 hr

    See also timetable2table, array2timetable, timetable.
    """
    source = require_table(x, "table2timetable")
    if source.times is not None:
        return source
    times: Any = times_wanted(source.rows, TimeStep, SampleRate, StartTime)
    if times is not None:
        return timed(source.variables, source.rows, times)
    if isinstance(RowTimes, TimeArray):
        return timed(source.variables, source.rows, RowTimes)
    if RowTimes is not None:
        place = source.variable_places(RowTimes)[0]
    else:
        found = [at for at, variable in enumerate(source.variables) if isinstance(variable.data, TimeArray)]
        if not found:
            raise no_times()
        place = found[0]
    chosen = source.variables[place]
    return timed(source.without({place}).variables, source.rows, chosen.data, chosen.name)


@builtin
def array2timetable(
    argument_names, x, /, *, RowTimes=None, TimeStep=None, SampleRate=None, StartTime=None, VariableNames=None
):
    """
    TT = array2timetable(A, RowTimes=t)
    TT = array2timetable(A, TimeStep=dt)
    TT = array2timetable(A, Name=Value)

    A timetable with a variable for each column of a matrix.

    Options
      RowTimes       the time of each row
      TimeStep       the time from row to row
      SampleRate     how many rows make a second
      StartTime      the time of the first row (0)
      VariableNames  the name of each variable (A1, A2 ... after the matrix)

    Examples
      >> TT = array2timetable([1 2; 3 4], RowTimes=seconds([1; 2]), VariableNames={'a' 'b'})
      TT =
        2×2 timetable
          Time     a    b
          _____    _    _
          1 sec    1    2
          2 sec    3    4
      >> TT = array2timetable([1 2], TimeStep=hours(1));

    See also timetable, table2timetable, array2table.
    """
    columns = columns_of(x)
    base = (argument_names[0] if argument_names else "") or "Var"
    names = names_for(VariableNames, len(columns), "array2timetable")
    names = names or [f"{base}{place}" for place in range(1, len(columns) + 1)]
    rows = rows_of(x)
    times = RowTimes if RowTimes is not None else times_wanted(rows, TimeStep, SampleRate, StartTime)
    if times is None:
        raise no_times()
    return timed(tuple(Variable(*pair) for pair in zip(names, columns, strict=True)), rows, times)


@builtin(outputs=2)
def isregular(nargout, x, unit="time", /):
    """
    tf = isregular(TT)
    [tf, dt] = isregular(TT, unit)

    Whether the times of a timetable (or a vector of times) are at equal steps, and the step.

    Examples
      >> tf = isregular(timetable([1; 2; 3], TimeStep=seconds(1)))
      tf =
        logical
         1
      >> [tf, dt] = isregular(timetable([1; 2; 3], TimeStep=seconds(1)), 'time');
      >> disp(dt)
         1 sec

    See also timetable, retime.
    """
    from cnnscript.values.calendar_times import apart
    from cnnscript.values.table_properties import facts_of_times

    times = x.times if type(x) is Table and x.times is not None else x
    if not isinstance(times, TimeArray):
        raise ScriptError("MATLAB:isregular:InvalidInput", f"The input must be a timetable or times, no {class_of(x)}.")
    word = take.choice(unit, ("time", "years", "quarters", "months", "weeks", "days"), "Unit")
    if word == "time":
        step = facts_of_times(times)["TimeStep"]
        return not np.isnan(step.data).any(), step
    if type(times) is not Datetime:
        raise ScriptError("MATLAB:isregular:DurationTimes", "Calendar units are for datetimes.")
    moments = times.local.ravel("F").tolist()
    kind = "d" if word in ("weeks", "days") else "m"
    steps = {apart(one, other, kind + "t") for one, other in zip(moments, moments[1:], strict=False)}
    size = {"years": 12, "quarters": 3, "months": 1, "weeks": 7, "days": 1}[word]
    regular = len(steps) == 1
    months, days, rest = next(iter(steps)) if regular else (np.nan,) * 3
    amount = months if kind == "m" else days
    regular = regular and rest == 0 and amount > 0 and amount % size == 0
    if not regular:
        months = days = np.nan
    return regular, CalendarDuration(norm(np.array(months)), norm(np.array(days)), 0.0)


@builtin
def readtimetable(
    session, filename, /, *, RowTimes=None, TimeStep=None, SampleRate=None, StartTime=None, Delimiter=None,
    NumHeaderLines=0.0, Sheet=None, Range=None, VariableNamingRule="modify", TextType="char",
):  # fmt: skip
    """
    TT = readtimetable(filename)
    TT = readtimetable(filename, RowTimes=name)
    TT = readtimetable(filename, Name=Value)

    A timetable from a text file or a spreadsheet: the first column of times are the row times.

    Options
      RowTimes            the name of the column of times, or the time of each row
      TimeStep            the time from row to row
      SampleRate          how many rows make a second
      StartTime           the time of the first row (0)
      Delimiter           what stands between fields (guessed)
      NumHeaderLines      lines to skip at the top
      Sheet               the name or number of a spreadsheet's sheet (the first)
      Range               the cells of a spreadsheet to read
      VariableNamingRule  'modify' names into valid ones (default), or 'preserve' them
      TextType            'char' (default) or 'string'

    Examples
      >> writelines(["t,x" "2024-01-01,5" "2024-01-02,6"], 't.csv')
      >> TT = readtimetable('t.csv')
      TT =
        2×1 timetable
               t         x
          ___________    _
          01-Jan-2024    5
          02-Jan-2024    6
      >> TT = readtimetable('t.csv', RowTimes='t');
      >> TT = readtimetable('t.csv', TimeStep=seconds(1));
      >> disp(width(TT))
           2

    See also writetimetable, readtable, timetable, table2timetable.
    """
    from cnnscript.builtins.tables.table_files import readtable

    made = readtable(
        session, filename, Delimiter=Delimiter, NumHeaderLines=NumHeaderLines, Sheet=Sheet, Range=Range,
        VariableNamingRule=VariableNamingRule, TextType=TextType,
    )  # fmt: skip
    return table2timetable(made, RowTimes=RowTimes, TimeStep=TimeStep, SampleRate=SampleRate, StartTime=StartTime)


@builtin
def writetimetable(
    argument_names, x, filename=None, /, *, Delimiter=",", WriteMode="overwrite", QuoteStrings="minimal", Sheet=None,
    Range=None,
):  # fmt: skip
    """
    writetimetable(TT)
    writetimetable(TT, filename)
    writetimetable(TT, filename, Name=Value)

    Write a timetable as text or into a spreadsheet; the times are its first column.

    Options
      Delimiter     what stands between fields (comma)
      WriteMode     'overwrite' (default) or 'append'
      QuoteStrings  'minimal' (default: where a field holds the delimiter), 'all' or 'none'
      Sheet         the name or number of a spreadsheet's sheet (the first)
      Range         where in the sheet to write, such as 'B2'

    Examples
      >> TT = timetable(datetime(2024, 1, 1:2)', [5; 6], VariableNames={'x'});
      >> writetimetable(TT, 't.csv')
      >> disp(strtrim(fileread('t.csv')))
      Time,x
      01-Jan-2024,5
      02-Jan-2024,6
      >> writetimetable(TT, 't.txt', Delimiter='tab')
      >> writetimetable(TT)

    See also readtimetable, writetable, timetable.
    """
    from cnnscript.builtins.tables.table_files import writetable

    source = require_timetable(x, "writetimetable")
    writetable(
        argument_names, timetable2table(source), filename, Delimiter=Delimiter, WriteMode=WriteMode,
        QuoteStrings=QuoteStrings, Sheet=Sheet, Range=Range,
    )  # fmt: skip

"""Rows of timetables chosen by time: timerange, withtol; and moved in time: lag."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.times.time_shifts import INTERVALS, edge
from cnnscript.builtins.times.timetables import require_timetable
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.rows import blank_rows, put_rows, take_rows
from cnnscript.values.table_properties import facts_of_times
from cnnscript.values.tables import Table
from cnnscript.values.text import is_text
from cnnscript.values.times import Datetime, Duration, TimeArray


class TimeRange(Object):
    """The times from one to another, for T(range, :)."""

    class_name: ClassVar[str] = "timerange"

    def __init__(self, low: Any, high: Any, kind: str):
        self.low, self.high, self.kind = low, high, kind

    def rows_of(self, table: Table) -> ndarray:
        """Which rows of a timetable lie in the range."""
        times = require_timetable(table, "timerange").times
        low, high = (float(times.milliseconds_of(one).item()) for one in (self.low, self.high))
        have = times.data.ravel("F")
        after = have > low if self.kind in ("open", "openleft", "closedright") else have >= low
        before = have < high if self.kind in ("open", "openright", "closedleft") else have <= high
        return after & before

    def disp(self, form: Any) -> str:
        gap = form.blank
        left = "(" if self.kind in ("open", "openleft", "closedright") else "["
        right = ")" if self.kind in ("open", "openright", "closedleft") else "]"
        words = [one.texts()[0] for one in (self.low, self.high)]
        return (
            f"  timetable timerange subscript:\n{gap}    Select timetable rows with times in the half-open interval:\n"
            f"      {left}{words[0]}, {words[1]}{right}\n{gap}"
            if self.kind not in ("open", "closed")
            else f"  timetable timerange subscript:\n{gap}    Select timetable rows with times in the {self.kind} "
            f"interval:\n      {left}{words[0]}, {words[1]}{right}\n{gap}"
        )


def as_time(value: Any) -> TimeArray:
    """A time given as such or as text; one element."""
    if is_text(value):
        value = Datetime(np.zeros((1, 1))).like(Datetime(np.zeros((1, 1))).milliseconds_of(value))
    if isinstance(value, TimeArray) and value.data.size == 1:
        return value
    raise ScriptError(
        "MATLAB:timerange:InvalidTime",
        "A limit of a time range must be a datetime, a duration or text, and a scalar.",
        notes=(f"got {take.described(value)}",),
    )


PERIODS = ("years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds")


@builtin
def timerange(first, last, kind=None, /):
    """
    S = timerange(startTime, endTime)
    S = timerange(startTime, endTime, intervalType)
    S = timerange(startPeriod, unitOfTime)

    A subscript for the rows of a timetable from one time up to another: TT(S, :). The end does not belong to it
    ('openright') unless the type is 'closed', 'openleft' or 'open' (neither end).

    Examples
      >> TT = timetable(seconds([1; 2; 3]), [5; 6; 7]);
      >> S = timerange(seconds(1), seconds(3));
      >> disp(TT{S, 1}')
           5     6
      >> S = timerange(seconds(1), seconds(3), 'closed');
      >> disp(height(TT(S, :)))
           3
      >> TT = timetable(datetime(2024, 1:3, 15)', [1; 2; 3]);
      >> S = timerange('2024-02-01', 'months');
      >> disp(TT{S, 1})
           2

    See also withtol, timetable, isbetween.
    """
    word = None
    if kind is None and is_text(last):
        text = take.text(last, "unitOfTime").lower()
        word = next((unit for unit in PERIODS if text and unit.startswith(text.rstrip("s"))), None)
    if word is not None:
        start = as_time(first)
        moment = float(start.data.item()) if type(start) is not Datetime else float(start.local.item())
        ends = [edge(moment, "start", word[:-1], count) for count in (0, 1)]
        if word in ("hours", "minutes", "seconds", "days"):
            size = {"days": 86_400_000, "hours": 3_600_000, "minutes": 60_000, "seconds": 1000}[word]
            ends = [moment // size * size, moment // size * size + size]
        back = start.from_local if type(start) is Datetime else start.like
        return TimeRange(*(back(np.array([[one]])) for one in ends), "openright")
    interval = "openright" if kind is None else take.choice(kind, INTERVALS, "Interval type")
    return TimeRange(as_time(first), as_time(last), interval)


class NearTimes(Object):
    """Times with a tolerance, for T(subscript, :)."""

    class_name: ClassVar[str] = "withtol"

    def __init__(self, times: Any, tolerance: float):
        self.times, self.tolerance = times, tolerance

    def rows_of(self, table: Table) -> ndarray:
        times = require_timetable(table, "withtol").times
        wanted = times.milliseconds_of(self.times).ravel("F")
        have = times.data.ravel("F")
        return (np.abs(have[:, None] - wanted[None, :]) <= self.tolerance).any(axis=1)

    def disp(self, form: Any) -> str:
        return f"  timetable row times with tolerance.\n{form.blank}"


@builtin
def withtol(times, tolerance, /):
    """
    S = withtol(rowTimes, tol)

    A subscript for the rows of a timetable at times, give or take a duration: TT(S, :).

    Examples
      >> TT = timetable(seconds([1; 2.01; 3]), [5; 6; 7]);
      >> S = withtol(seconds(2), seconds(0.1));
      >> disp(TT{S, 1})
           6

    See also timerange, timetable.
    """
    if type(tolerance) is not Duration or numel_of(tolerance) != 1:
        raise ScriptError("MATLAB:withtol:InvalidTolerance", "The tolerance must be a duration scalar.")
    if not (isinstance(times, TimeArray) or is_text(times)):
        raise ScriptError("MATLAB:withtol:InvalidTimes", f"Row times are datetimes or durations, no {class_of(times)}.")
    return NearTimes(times, abs(float(tolerance.data.item())))


@builtin
def lag(x, steps=1.0, /):
    """
    TT2 = lag(TT1)
    TT2 = lag(TT1, n)
    TT2 = lag(TT1, dt)

    The values of a timetable whose times are at equal steps moved some rows (or a time) on; what comes in is missing.

    Examples
      >> TT2 = lag(timetable(seconds([1; 2; 3]), [5; 6; 7]));
      >> disp(TT2.Var1')
         NaN     5     6
      >> TT2 = lag(timetable(seconds([1; 2; 3]), [5; 6; 7]), -1);
      >> disp(TT2.Var1')
           6     7   NaN
      >> TT2 = lag(timetable(seconds([1; 2; 3]), [5; 6; 7]), seconds(2));
      >> disp(TT2.Var1')
         NaN   NaN     5

    See also retime, synchronize, timetable.
    """
    source = require_timetable(x, "lag")
    step = float(facts_of_times(source.times)["TimeStep"].data.item())
    if step != step:
        raise ScriptError("MATLAB:timetable:lag:NotRegular", "The times of the timetable must be at equal steps.")
    if type(steps) is Duration:
        count = float(steps.data.item()) / step
        if abs(count - round(count)) > 1e-9:
            raise ScriptError("MATLAB:timetable:lag:NotMultiple", "The lag must be a multiple of the time step.")
        count = round(count)
    else:
        count = take.integer(steps, "n")
    rows = np.arange(source.rows)
    from_rows = rows - count
    inside = (from_rows >= 0) & (from_rows < source.rows)

    def moved(data: Any) -> Any:
        blank = blank_rows(data, source.rows, missing=True)
        if not inside.any():
            return blank
        return put_rows(blank, rows[inside], take_rows(data, from_rows[inside]))

    variables = tuple(replace(variable, data=moved(variable.data)) for variable in source.variables)
    return replace(source, variables=variables)


def at_step(times: TimeArray, step: str) -> list[float]:
    """Row times at the starts of a calendar unit that span some times."""
    unit = STEPS[step]
    local = times.local if type(times) is Datetime else times.data
    known = local[~np.isnan(local)]
    if not known.size:
        return []
    size = {"hour": 3_600_000, "minute": 60_000, "second": 1000, "day": 86_400_000}.get(unit)
    if type(times) is Duration and size is None:
        raise ScriptError("MATLAB:timetable:DurationStep", f"Times that are durations have no '{step}' steps.")
    at = (lambda m, c: (m // size + c) * size) if size else (lambda m, c: edge(m, "start", unit, c))
    found = [at(float(known.min()), 0)]
    while found[-1] < known.max():
        found.append(at(found[-1], 1))
    return found


STEPS = {
    "yearly": "year", "quarterly": "quarter", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
    "minutely": "minute", "secondly": "second",
}  # fmt: skip


def column(moments: list[float], times: TimeArray) -> TimeArray:
    """Moments of what clocks show as a column of times like some."""
    data = np.array(moments, float).reshape(-1, 1)
    return times.from_local(data) if type(times) is Datetime else times.like(norm(data))

"""Calendar durations: calendarDuration, calyears ... caldays, between, caldiff."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.times.durations import numbers_in
from cnnscript.builtins.times.times import require_datetime
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.calendar_times import CalendarDuration, apart, checked_form, fitted
from cnnscript.values.numeric import as_array, ndarray, norm
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import is_text
from cnnscript.values.times import Datetime, Duration


def whole(value: Any, name: str) -> ndarray:
    """Whole numbers (or NaN) as an array."""
    numbers = as_array(norm(numbers_in(value, name)))
    known = numbers[np.isfinite(numbers)]
    if (known != np.trunc(known)).any():
        raise ScriptError(
            f"MATLAB:calendarDuration:{name}:MustBeInteger", "Input data must be integer values.", notes=(name,)
        )
    return numbers


@builtin
def calendarDuration(*values, Format=None):
    """
    L = calendarDuration(Y, M, D)
    L = calendarDuration(Y, M, D, H, MI, S)
    L = calendarDuration(Y, M, D, T)
    L = calendarDuration(X)
    L = calendarDuration(..., Format=fmt)

    A length of time in years, months, days and a time, whose length in hours depends on the date it is added to.

    Options
      Format  the units to show, some of 'yqmwdt' in this order

    Examples
      >> L = calendarDuration(1, 14, 3)
      L =
        calendarDuration
         2y 2mo 3d
      >> L = calendarDuration(0, 1, 0, 5, 30, 0)
      L =
        calendarDuration
         1mo 5h 30m 0s
      >> L = calendarDuration([0 3 10], Format='mdt')
      L =
        calendarDuration
         3mo 10d
      >> L = calendarDuration(0, 0, 1, hours(2));

    See also caldays, calmonths, calyears, between, duration.
    """
    form = "ymdt" if Format is None else checked_form(Format)
    time: Any = 0.0
    if len(values) == 1:
        matrix = np.atleast_2d(whole_but_last(values[0]))
        if matrix.shape[1] not in (3, 6):
            raise ScriptError(
                "MATLAB:calendarDuration:InvalidNumericData",
                "Numeric input must be a matrix with three or six columns.",
                notes=(f"got {described(values[0])}",),
            )
        parts = [matrix[:, place : place + 1] for place in range(matrix.shape[1])]
    else:
        if len(values) not in (3, 4, 6):
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("calendarDuration(Y, M, D)",))
        parts = [whole(value, "calendarDuration") for value in values[:3]]
        if len(values) == 4:
            if type(values[3]) is not Duration:
                raise ScriptError("MATLAB:calendarDuration:InvalidTime", "The time must be a duration.")
            time = values[3].data
        parts += [as_array(norm(numbers_in(value, "calendarDuration"))) for value in values[3:] if len(values) == 6]
    if len(parts) == 6:
        time = ((parts[3] * 60 + parts[4]) * 60 + parts[5]) * 1000
    parts = [*fitted(parts[0], *parts[1:3]), as_array(norm(np.asarray(time, float)))]
    return CalendarDuration(parts[0] * 12 + parts[1], parts[2], parts[3], form)


def whole_but_last(value: Any) -> ndarray:
    matrix = as_array(norm(numbers_in(value, "calendarDuration")))
    whole(norm(np.asfortranarray(matrix[:, :3])), "calendarDuration")
    return matrix


@builtin
def iscalendarduration(x, /):
    """
    tf = iscalendarduration(t)

    Whether a value is a calendar duration.

    Examples
      >> disp([iscalendarduration(caldays(1)), iscalendarduration(days(1))])
         1   0

    See also isduration, isdatetime, calendarDuration.
    """
    return type(x) is CalendarDuration


def declare(name: str, part: str, size: int, form: str, shown: str, word: str) -> None:
    """A function that makes calendar durations of numbers, and numbers of calendar durations."""

    def function(x, /):
        if type(x) is CalendarDuration:
            return norm(np.asfortranarray(np.trunc(getattr(x, part) / size)))
        numbers = whole(x, name) * size
        blank = np.zeros(numbers.shape)
        return CalendarDuration(numbers, blank, blank, form) if part == "months" else CalendarDuration(
            blank, numbers, blank, form
        )

    function.__doc__ = f"""
    L = {name}(X)
    X = {name}(L)

    Numbers of {word} as calendar durations, or how many whole {word} calendar durations have.

    Examples
      >> L = {name}(2)
      L =
        calendarDuration
         {shown}
      >> X = {name}({name}(5))
      X =
           5

    See also calendarDuration, between, days.
    """
    function.__module__ = __name__
    builtin(function, name=name)


declare("calyears", "months", 12, "ymdt", "2y", "years")
declare("calquarters", "months", 3, "yqmdt", "2q", "quarters")
declare("calmonths", "months", 1, "ymdt", "2mo", "months")
declare("calweeks", "days", 7, "ymwdt", "2w", "weeks")
declare("caldays", "days", 1, "ymdt", "2d", "days")

COMPONENTS = {"years": "y", "quarters": "q", "months": "m", "weeks": "w", "days": "d", "time": "t"}


def chosen_units(words: Any, name: str) -> tuple[str, str]:
    """The units of a difference ('mdt' where none are named), and the format that shows them."""
    if words is None:
        return "mdt", "ymdt"
    letters = {COMPONENTS[take.choice(word, COMPONENTS, "Components")] for word in take.texts(words, name)}
    units = "".join(unit for unit, names in (("m", "yqm"), ("d", "wd"), ("t", "t")) if letters & set(names))
    return units, "".join(unit for unit in "yqmwdt" if unit in letters or unit in "mdt")


def differences(start: Datetime, end: Datetime, words: Any, name: str) -> CalendarDuration:
    units, form = chosen_units(words, name)
    end = start.like(start.milliseconds_of(end))
    first, last = np.broadcast_arrays(*fitted(start.local, end.local))
    pairs = zip(first.ravel("F").tolist(), last.ravel("F").tolist(), strict=True)
    found = np.array([apart(one, other, units) for one, other in pairs], float).reshape(-1, 3)
    size = 12 if words is not None and "y" in form and not {"q", "m"} & wanted(words, name) else 1
    size = 3 if words is not None and "q" in form and "m" not in wanted(words, name) else size
    found[:, 0] = np.trunc(found[:, 0] / size) * size
    if words is not None and "w" in form and "d" not in wanted(words, name):
        found[:, 1] = np.trunc(found[:, 1] / 7) * 7
    return CalendarDuration(*(found[:, at].reshape(first.shape, order="F") for at in range(3)), form=form)


def wanted(words: Any, name: str) -> set[str]:
    return {COMPONENTS[take.choice(word, COMPONENTS, "Components")] for word in take.texts(words, name)}


@builtin
def between(t1, t2, components=None, /):
    """
    dt = between(t1, t2)
    dt = between(t1, t2, components)

    The time from one datetime to another in calendar units: as many whole months as fit, then days, then the time; or
    in the units named ('years', 'quarters', 'months', 'weeks', 'days', 'time').

    Examples
      >> dt = between(datetime(2024, 1, 31), datetime(2024, 3, 5))
      dt =
        calendarDuration
         1mo 5d
      >> dt = between(datetime(2024, 1, 1), datetime(2024, 3, 5), 'days')
      dt =
        calendarDuration
         64d

    See also caldiff, calendarDuration, datetime.
    """
    first = t1 if not is_text(t1) else require_datetime(t2, "between").like(t2.milliseconds_of(t1))
    second = t2 if not is_text(t2) else require_datetime(t1, "between").like(t1.milliseconds_of(t2))
    return differences(require_datetime(first, "between"), require_datetime(second, "between"), components, "between")


@builtin
def caldiff(t, components=None, dimension=None, /):
    """
    dt = caldiff(t)
    dt = caldiff(t, components)
    dt = caldiff(t, components, dim)

    The times between neighbouring datetimes in calendar units.

    Examples
      >> dt = caldiff(datetime(2024, 1:3, 1))
      dt =
        1×2 calendarDuration array
         1mo   1mo
      >> dt = caldiff(datetime(2024, 1:3, 1), 'days')
      dt =
        1×2 calendarDuration array
         31d   29d
      >> dt = caldiff(datetime(2024, 1:2, 1), 'days', 2);

    See also between, diff, calendarDuration.
    """
    times = require_datetime(t, "caldiff")
    shape = times.data.shape
    first = next((at for at, length in enumerate(shape) if length != 1), 0)
    axis = first if dimension is None else take.dimension(dimension) - 1
    if axis >= len(shape):
        raise ScriptError("MATLAB:caldiff:Dimension", "There is nothing to take differences of along that dimension.")
    before, after = (np.take(times.data, range(at, shape[axis] - 1 + at), axis) for at in (0, 1))
    return differences(times.like(before), times.like(after), components, "caldiff")


@overload("calendarDuration")
def isnan(x, /):
    """
    tf = isnan(L)

    Which calendar durations are not there.

    Examples
      >> disp(isnan([caldays(1) NaN]))
         0   1

    See also calendarDuration, isnat.
    """
    return norm(np.asfortranarray(x.missing()))


@builtin
def time(length, /):
    """
    d = time(L)

    The part of calendar lengths of time that is exact: hours, minutes and seconds, as a duration.

    Examples
      >> d = time(calendarDuration(1, 2, 3, 4, 5, 6))
      d =
        duration
         04:05:06

    See also calendarDuration, split, timeofday.
    """
    if type(length) is not CalendarDuration:
        raise unfit_inputs("time", f"time takes calendar lengths of time, got {described(length)}")
    return Duration(length.time)

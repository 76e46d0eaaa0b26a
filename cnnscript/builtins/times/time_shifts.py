"""Points in time moved and compared on the calendar: dateshift, isbetween; weeks, time zones, spreadsheets' numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.times.times import require_datetime, serial
from cnnscript.errors import ScriptError
from cnnscript.values import take, time_text, time_zones
from cnnscript.values.numeric import as_array, class_of, ndarray, norm, size_text
from cnnscript.values.text import text_or_none
from cnnscript.values.time_text import DAY
from cnnscript.values.times import Datetime, Duration

SHIFTS = ("year", "quarter", "month", "week", "day", "hour", "minute", "second")
RULES = ("current", "next", "previous", "nearest")
SIZES = {"hour": 3_600_000, "minute": 60_000, "second": 1000, "day": DAY}
MONTHS = {"year": 12, "quarter": 3, "month": 1}
DAY_WORDS = ("weekday", "weekend", *(name.lower() for name in time_text.DAYS))


@builtin
def dateshift(t, which, unit, rule=None, /):
    """
    t2 = dateshift(t, 'start', unit)
    t2 = dateshift(t, 'end', unit)
    t2 = dateshift(t, 'dayofweek', dow)
    t2 = dateshift(t, which, unit, rule)

    The start or the end of the 'year', 'quarter', 'month', 'week', 'day', 'hour', 'minute' or 'second' that points in
    time lie in, or the next day of the week of some name or number (1 for Sunday).  The end of days and longer units
    is the last day, that of shorter ones the start of the next.

    The rule is 'current', 'next', 'previous', 'nearest', or a number of units to move on.

    Examples
      >> t2 = dateshift(datetime(2024, 2, 10), 'end', 'month')
      t2 =
        datetime
         29-Feb-2024
      >> disp(dateshift(datetime(2024, 2, 10, 12, 30, 0), 'start', 'hour'))
         10-Feb-2024 12:00:00
      >> disp(dateshift(datetime(2024, 2, 10), 'dayofweek', 'Friday'))
         16-Feb-2024
      >> disp(dateshift(datetime(2024, 2, 10), 'start', 'month', 'next'))
         01-Mar-2024

    See also datetime, timeofday, isbetween, calmonths.
    """
    times = require_datetime(t, "dateshift")
    side = take.choice(which, ("start", "end", "dayofweek"), "Which")
    steps: Any = "current"
    if rule is not None and text_or_none(rule) is not None:
        steps = take.choice(rule, RULES, "Rule")
    elif rule is not None:
        steps = take.array(rule, "Rule")
    moments = times.local
    if not isinstance(steps, str) and moments.size == 1:
        moments = np.full(steps.shape, moments.item(), order="F")
    if not isinstance(steps, str) and steps.shape != (1, 1) and steps.shape != moments.shape:
        raise ScriptError(
            "MATLAB:datetime:InputSizeMismatch",
            "Rule must be a scalar, or an array of the size of the datetimes.",
            notes=(f"{size_text(steps.shape)} and {size_text(moments.shape)}",),
        )
    counts = np.zeros(moments.shape) if isinstance(steps, str) else np.broadcast_to(steps, moments.shape)
    word = steps if isinstance(steps, str) else "current"
    if side == "dayofweek":
        days = day_numbers(unit)
        found = [
            day_of_week(one, days, word, int(count))
            for one, count in zip(moments.ravel("F").tolist(), counts.ravel("F").tolist(), strict=True)
        ]
    else:
        name = take.choice(unit, SHIFTS, "Unit")
        found = [
            moved(one, side, name, word, int(count))
            for one, count in zip(moments.ravel("F").tolist(), counts.ravel("F").tolist(), strict=True)
        ]
    return times.from_local(np.array(found).reshape(moments.shape, order="F"))


def moved(moment: float, side: str, unit: str, rule: str, count: int) -> float:
    if moment != moment:
        return moment
    if rule in ("next", "previous"):
        return edge(moment, side, unit, 1 if rule == "next" else -1)
    if rule == "nearest":
        choices = [edge(moment, side, unit, one) for one in (-1, 0, 1)]
        return min(choices, key=lambda one: (abs(one - moment), -one))
    return edge(moment, side, unit, count)


def edge(moment: float, side: str, unit: str, count: int) -> float:
    """The start or end of the unit a moment lies in, or of the count-th after it."""
    if unit in SIZES:
        start = (moment // SIZES[unit] + count) * SIZES[unit]
        return start if side == "start" or unit == "day" else start + SIZES[unit]
    if unit == "week":
        start = (moment // DAY - time_text.weekday(moment) + 1 + 7 * count) * DAY
        return start if side == "start" else start + 6 * DAY
    years, months = time_text.parts(moment)[:2]
    length = MONTHS[unit]
    first = (months - 1) // length * length + 1 + count * length
    return time_text.moment_of(years, first, 1) if side == "start" else time_text.moment_of(years, first + length, 0)


def day_numbers(value: Any) -> set[int]:
    """The days of the week (1 for Sunday) that a number, a name, 'weekday' or 'weekend' means."""
    word = text_or_none(value)
    if word is None:
        return {take.integer(value, "Day of week", 1, 7)}
    name = take.choice(word, DAY_WORDS, "Day of week")
    if name in ("weekday", "weekend"):
        return {2, 3, 4, 5, 6} if name == "weekday" else {1, 7}
    return {DAY_WORDS.index(name) - 1}


def day_of_week(moment: float, days: set[int], rule: str, count: int) -> float:
    """The start of the day of the week that comes next (or is today); of the count-th after that one."""
    if moment != moment:
        return moment
    today = moment // DAY * DAY

    def search(start: float, step: int) -> float:
        while time_text.weekday(start) not in days:
            start += step * DAY
        return start

    if rule == "previous":
        return search(today, -1)
    if rule == "nearest":
        return min((search(today, 1), search(today, -1)), key=lambda one: (abs(one - moment), -one))
    if count < 0:
        return search(today, -1) + 7 * (count + 1) * DAY
    return search(today, 1) + 7 * max(count - (rule == "current" and count > 0), 0) * DAY


INTERVALS = ("closed", "open", "openleft", "openright", "closedleft", "closedright")


@builtin
def isbetween(t, low, high, kind="closed", /):
    """
    tf = isbetween(t, tlower, tupper)
    tf = isbetween(t, tlower, tupper, intervalType)

    Which points (or lengths) in time lie between two others, these included ('closed'), or left out: 'open',
    'openleft', 'openright'.

    Examples
      >> tf = isbetween(datetime(2024, 1:3, 1), datetime(2024, 1, 15), datetime(2024, 3, 1))
      tf =
        1×3 logical array
         0   1   1
      >> tf = isbetween(datetime(2024, 1:3, 1), datetime(2024, 1, 1), datetime(2024, 3, 1), 'open')
      tf =
        1×3 logical array
         0   1   0

    See also datetime, dateshift.
    """
    from cnnscript.values.operators import and_, ge, gt, le, lt

    if type(t) not in (Datetime, Duration):
        raise ScriptError(
            "MATLAB:isbetween:InvalidInput", "isbetween is for datetime and duration arrays.", notes=(class_of(t),)
        )
    word = take.choice(kind, INTERVALS, "Interval type")
    after = gt if word in ("open", "openleft", "closedright") else ge
    before = lt if word in ("open", "openright", "closedleft") else le
    return and_(after(t, low), before(t, high))


@builtin
def week(t, kind="weekofyear", /):
    """
    w = week(t)
    w = week(t, weekType)

    The number of the week (from Sunday on) in its year, or ('weekofmonth') in its month; week 1 has the first day.

    Examples
      >> w = week(datetime(2024, 2, 10))
      w =
           6
      >> w = week(datetime(2024, 2, 10), 'weekofmonth')
      w =
           2

    See also day, month, weekday, datetime.
    """
    times = require_datetime(t, "week")
    word = take.choice(kind, ("weekofyear", "weekofmonth", "iso-weekofyear"), "weekType")
    found = []
    for one in times.local.ravel("F").tolist():
        if one != one:
            found.append(np.nan)
            continue
        year, month, day = time_text.parts(one)[:3]
        if word == "iso-weekofyear":
            from datetime import date

            found.append(float(date(year, month, day).isocalendar()[1]))
            continue
        first = time_text.moment_of(year, 1 if word == "weekofyear" else month, 1)
        days = int((one - first) // DAY) + time_text.weekday(first) - 1
        found.append(days // 7 + 1.0)
    return norm(np.array(found).reshape(times.data.shape, order="F"))


# ----------------------------------------------------------------------------------------------------------- as numbers
@builtin
def exceltime(t, system="1900", /):
    """
    e = exceltime(t)
    e = exceltime(t, dateType)

    Points in time as spreadsheets count days: from 1900 ('1900'), or from 1904 ('1904') on.

    Examples
      >> e = exceltime(datetime(2014, 5, 26))
      e =
             41785
      >> e = exceltime(datetime(1904, 1, 2), '1904')
      e =
           1

    See also datenum, posixtime, juliandate, datetime.
    """
    word = take.choice(system, ("1900", "1904"), "dateType")
    return norm(require_datetime(t, "exceltime").local / DAY + (25569 if word == "1900" else 24107))


@builtin
def yyyymmdd(t, /):
    """
    d = yyyymmdd(t)

    Dates as numbers such as 20140526.

    Examples
      >> d = yyyymmdd(datetime(2014, 5, 26))
      d =
          20140526

    See also ymd, datenum, datetime.
    """
    times = require_datetime(t, "yyyymmdd")
    year, month, day = (as_array(times.field(place)) for place in range(3))
    return norm(np.asfortranarray(year * 10000 + month * 100 + day))


CONVERTED = ("datenum", "posixtime", "excel", "yyyymmdd", "juliandate", "modifiedjuliandate", "epochtime")


@builtin
def convertTo(t, kind, /, *, Epoch=None, TicksPerSecond=1.0):
    """
    X = convertTo(t, dateType)
    X = convertTo(t, 'epochtime', Name=Value)

    Points in time as numbers: 'datenum', 'posixtime', 'excel', 'yyyymmdd', 'juliandate', 'modifiedjuliandate', or
    'epochtime' (an int64).

    Options
      Epoch           what 'epochtime' counts from (1970)
      TicksPerSecond  how many make a second (1)

    Examples
      >> X = convertTo(datetime(1970, 1, 2), 'posixtime')
      X =
             86400
      >> X = convertTo(datetime(2001, 1, 1, 0, 0, 5), 'epochtime', Epoch='2001-01-01')
      X =
        int64
         5

    See also datetime, posixtime, datenum.
    """
    from cnnscript.builtins.times.times import epoch_of
    from cnnscript.values.convert import to_class

    times = require_datetime(t, "convertTo")
    word = take.choice(kind, CONVERTED, "dateType")
    if word == "epochtime":
        start = 0.0 if Epoch is None else epoch_of(Epoch)
        ticks = np.floor((times.data - start) / 1000 * take.number(TicksPerSecond, "TicksPerSecond"))
        return to_class(norm(np.asfortranarray(ticks)), "int64")
    if word == "datenum":
        return norm(serial(times))
    if word == "yyyymmdd":
        return yyyymmdd(times)
    starts = {"posixtime": times.data / 1000, "excel": times.local / DAY + 25569}
    julian = {"juliandate": 2440587.5, "modifiedjuliandate": 40587.0}
    return norm(np.asfortranarray(starts[word] if word in starts else times.data / DAY + julian[word]))


# ---------------------------------------------------------------------------------------------------------- time zones
def zone_facts(t: Any, name: str) -> tuple[Datetime, list]:
    times = require_datetime(t, name)
    return times, [time_zones.facts(one, times.zone) for one in times.data.ravel("F").tolist()] if times.zone else []


@builtin(outputs=2)
def tzoffset(nargout, t, /):
    """
    dt = tzoffset(t)
    [dt, dst] = tzoffset(t)

    How far the clocks of a time zone are ahead of UTC at points in time, and how much of that is summer time.

    Examples
      >> dt = tzoffset(datetime(2024, 7, 1, TimeZone='+02:00'))
      dt =
        duration
         02:00
      >> [dt, dst] = tzoffset(datetime(2024, 7, 1, TimeZone='UTC'));

    See also datetime, isdst.
    """
    times, facts = zone_facts(t, "tzoffset")
    if not times.zone:
        blank = np.full(times.data.shape, np.nan)
        return Duration(blank, "hh:mm"), Duration(blank, "hh:mm")
    minutes = np.array([fact.minutes for fact in facts], float).reshape(times.data.shape, order="F")
    minutes = np.where(np.isnan(times.data), np.nan, minutes)
    summer = np.array([60.0 * fact.summer for fact in facts]).reshape(times.data.shape, order="F")
    return Duration(minutes * 60_000, "hh:mm"), Duration(summer * 60_000, "hh:mm")


@builtin
def isdst(t, /):
    """
    tf = isdst(t)

    Whether it is summer time at points in time.

    Examples
      >> disp(isdst(datetime(2024, 7, 1, TimeZone='UTC')))
         0

    See also tzoffset, datetime.
    """
    times, facts = zone_facts(t, "isdst")
    flags = [fact.summer for fact in facts] if times.zone else [False] * times.data.size
    return norm(np.array(flags, bool).reshape(times.data.shape, order="F"))


@overload("datetime")
def linspace(first, last, count=100.0, /):
    """
    y = linspace(t1, t2)
    y = linspace(t1, t2, n)

    Points in time at equal distances.

    Examples
      >> disp(linspace(datetime(2024, 1, 1), datetime(2024, 1, 3), 3))
         01-Jan-2024   02-Jan-2024   03-Jan-2024

    See also datetime, colon.
    """
    leader = require_datetime(first if type(first) is Datetime else last, "linspace")
    return leader.like(spaced(leader, first, last, count))


@overload("duration", name="linspace")
def linspace_of_durations(first, last, count=100.0, /):
    """
    y = linspace(d1, d2)
    y = linspace(d1, d2, n)

    Lengths of time at equal distances.

    Examples
      >> disp(linspace(hours(1), hours(3), 3))
         1 hr   2 hr   3 hr

    See also duration, colon.
    """
    leader = first if type(first) is Duration else last
    return leader.like(spaced(leader, first, last, count))


def spaced(leader: Any, first: Any, last: Any, count: Any) -> ndarray:
    ends = [leader.milliseconds_of(one) for one in (first, last)]
    if any(one.size != 1 for one in ends):
        raise ScriptError("MATLAB:linspace:scalarInputs", "Inputs must be scalars.")
    number = max(take.integer(float(np.floor(take.number(count, "Number of points"))), "Number of points"), 1)
    return np.linspace(ends[0].item(), ends[1].item(), number).reshape(1, -1)

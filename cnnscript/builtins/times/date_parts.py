"""The parts of moments: year, month, day, hour ..., timeofday."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.times.times import require_datetime
from cnnscript.values import take, time_text
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.text import cell_of_texts
from cnnscript.values.time_text import DAY
from cnnscript.values.times import Datetime, Duration


@builtin
def year(t, /):
    """
    y = year(t)

    The year of each point in time.

    Examples
      >> y = year(datetime(2024, 6, 1))
      y =
              2024

    See also month, day, ymd, datetime.
    """
    return require_datetime(t, "year").field(0)


@builtin
def quarter(t, /):
    """
    q = quarter(t)

    The quarter of the year of each point in time, 1 to 4.

    Examples
      >> q = quarter(datetime(2024, 6, 1))
      q =
           2

    See also year, month, datetime.
    """
    return norm(np.floor((as_array(require_datetime(t, "quarter").field(1)) + 2) / 3))


def names_of(t: Datetime, form: str) -> Any:
    """Names in a cell of the size of the times; '' for NaT."""
    texts = [time_text.written(moment, form) if moment == moment else "" for moment in t.local.ravel("F").tolist()]
    return cell_of_texts(texts).reshape(t.data.shape, order="F")


@builtin
def month(t, kind="monthofyear", /):
    """
    m = month(t)
    m = month(t, monthType)

    The month of each point in time: a number, its 'name' or its 'shortname'.

    Examples
      >> m = month(datetime(2024, 6, 1))
      m =
           6
      >> m = month(datetime(2024, 6, 1), 'name')
      m =
        1×1 cell array
          {'June'}

    See also year, day, datetime.
    """
    times = require_datetime(t, "month")
    word = take.choice(kind, ("monthofyear", "moy", "name", "shortname"), "monthType")
    if word in ("name", "shortname"):
        return names_of(times, "MMMM" if word == "name" else "MMM")
    return times.field(1)


@builtin
def day(t, kind="dayofmonth", /):
    """
    d = day(t)
    d = day(t, dayType)

    The day of each point in time: of the month, or 'dayofweek' (Sunday is 1), 'dayofyear', its 'name' or 'shortname'.

    Examples
      >> d = day(datetime(2024, 6, 15))
      d =
          15
      >> d = day(datetime(2024, 6, 15), 'shortname')
      d =
        1×1 cell array
          {'Sat'}

    See also year, month, weekday, datetime.
    """
    times = require_datetime(t, "day")
    options = ("dayofmonth", "dom", "dayofweek", "dow", "dayofyear", "doy", "name", "shortname")
    word = take.choice(kind, options, "dayType")
    if word in ("name", "shortname"):
        return names_of(times, "eeee" if word == "name" else "eee")
    if word in ("dayofmonth", "dom"):
        return times.field(2)
    form = "D" if word in ("dayofyear", "doy") else "e"
    numbers = [float(time_text.written(one, form)) if one == one else np.nan for one in times.data.ravel("F").tolist()]
    return norm(np.array(numbers).reshape(times.data.shape, order="F"))


@builtin
def hour(t, /):
    """
    h = hour(t)

    The hour of each point in time, 0 to 23.

    Examples
      >> h = hour(datetime(2024, 6, 1, 12, 30, 0))
      h =
          12

    See also minute, second, hms, datetime.
    """
    return require_datetime(t, "hour").field(3)


@builtin
def minute(t, /):
    """
    m = minute(t)

    The minute of each point in time.

    Examples
      >> m = minute(datetime(2024, 6, 1, 12, 30, 0))
      m =
          30

    See also hour, second, hms, datetime.
    """
    return require_datetime(t, "minute").field(4)


@builtin
def second(t, /):
    """
    s = second(t)

    The seconds of each point in time, with their fraction.

    Examples
      >> s = second(datetime(2024, 6, 1, 12, 30, 1.5))
      s =
          1.5000

    See also hour, minute, hms, datetime.
    """
    return require_datetime(t, "second").field(5)


@builtin(outputs=3)
def ymd(nargout, t, /):
    """
    [y, m, d] = ymd(t)

    Year, month and day of points in time.

    Examples
      >> [y, m, d] = ymd(datetime(2024, 6, 1));
      >> disp([y m d])
              2024           6           1

    See also hms, year, datetime.
    """
    times = require_datetime(t, "ymd")
    return tuple(times.field(place) for place in range(3))


@builtin(outputs=3)
def hms(nargout, t, /):
    """
    [h, m, s] = hms(t)

    Hours, minutes and seconds of points in time, or of lengths of time.

    Examples
      >> [h, m, s] = hms(datetime(2024, 6, 1, 12, 30, 15));
      >> disp([h m s])
          12    30    15

    See also ymd, hour, duration.
    """
    if type(t) is Duration:
        seconds = t.data / 1000
        hours = np.trunc(seconds / 3600)
        minutes = np.trunc((seconds - hours * 3600) / 60)
        return norm(hours), norm(minutes), norm(seconds - hours * 3600 - minutes * 60)
    times = require_datetime(t, "hms")
    return tuple(times.field(place) for place in range(3, 6))


@builtin
def timeofday(t, /):
    """
    d = timeofday(t)

    The time since midnight as a duration.

    Examples
      >> d = timeofday(datetime(2024, 6, 1, 12, 30, 0))
      d =
        duration
         12:30:00

    See also hms, dateshift, datetime.
    """
    return Duration(require_datetime(t, "timeofday").local % DAY)


@builtin
def isweekend(t, /):
    """
    tf = isweekend(t)

    Which points in time are on a Saturday or Sunday.

    Examples
      >> tf = isweekend(datetime(2024, 6, [1 3]))
      tf =
        1×2 logical array
         1   0

    See also weekday, day, datetime.
    """
    moments = require_datetime(t, "isweekend").local
    days = (np.nan_to_num(moments) // DAY + 3) % 7  # 1970 began on a Thursday; Monday is 0
    return norm((days >= 5) & ~np.isnan(moments))

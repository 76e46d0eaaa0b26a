"""Days in calendars: weekday, eomday, addtodate, calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import char_matrix, one_text
from cnnscript.builtins.times.dates import BEFORE_MONTH, DAYS, MONTHS, is_leap, moment_of_serial, moments_of, together
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import norm

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@builtin(outputs=2)
def weekday(nargout, value, /, *words):
    """
    DayNumber = weekday(D)
    [DayNumber, DayName] = weekday(D)
    [DayNumber, DayName] = weekday(D, namelength)
    [DayNumber, DayName] = weekday(D, namelength, language)

    The day of the week, from 1 for Sunday; its name is 'short' (default) or 'long', in English ('en_US', 'local').

    Examples
      >> [DayNumber, DayName] = weekday(738000)
      DayNumber =
           3
      DayName =
          'Tue'
      >> [DayNumber, DayName] = weekday('15-Jan-2020', 'long', 'en_US')
      DayNumber =
           4
      DayName =
          'Wednesday'
      >> [~, DayName] = weekday([738000 738001], 'short');

    See also datestr, datenum.
    """
    length = 3
    for word in [one_text(word, "weekday", "Argument").lower() for word in words]:
        if word in ("long", "short"):
            length = None if word == "long" else 3
        elif word not in ("en_us", "local"):
            raise ScriptError("MATLAB:weekday:BadArgument", f"'{word}' is no length of names, and no language here.")
    moments, shape = moments_of((value,), None, "weekday")
    numbers = [float((moment.weekday() + 1) % 7 + 1) for moment in moments]
    return norm(np.array(numbers).reshape(shape, order="F")), char_matrix(DAYS[m.weekday()][:length] for m in moments)


@builtin
def eomday(year, month, /):
    """
    E = eomday(Y, M)

    The last day of a month.

    Examples
      >> E = eomday(2024, 2)
      E =
          29

    See also weekday, datenum.
    """
    years, months = together((year, month), "eomday")
    if not (np.isin(months, range(1, 13)).all() and np.isfinite(years).all()):
        raise ScriptError("MATLAB:eomday:OutOfRange", "Months must be 1 to 12, years finite numbers.")
    pairs = zip(years.ravel("F").tolist(), months.ravel("F").tolist(), strict=True)
    days = [float(LENGTHS[int(m) - 1] + (m == 2 and is_leap(int(y)))) for y, m in pairs]
    return norm(np.array(days).reshape(years.shape, order="F"))


@builtin
def addtodate(value, amount, unit, /):
    """
    R = addtodate(D, Q, F)

    A serial date with an amount of 'year', 'month', 'day', 'hour', 'minute', 'second' or 'millisecond' added.

    Months keep the day where the month has it, else take its last day.

    Examples
      >> disp(datestr(addtodate(datenum(2024, 1, 31), 1, 'month')))
      29-Feb-2024

    See also datenum, datestr, eomday.
    """
    word = one_text(unit, "addtodate", "Unit").lower()
    steps = {"day": 1.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400, "millisecond": 1 / 86400000}
    numbers, amounts = together((value, amount), "addtodate")
    if word in steps:
        return norm(np.asfortranarray(numbers + amounts * steps[word]))
    if word not in ("year", "month"):
        raise ScriptError(
            "MATLAB:addtodate:InvalidUnit",
            f"'{word}' is no unit of time.",
            notes=("known: year, month, " + ", ".join(steps),),
        )
    out = []
    for number, count in zip(numbers.ravel("F").tolist(), amounts.ravel("F").tolist(), strict=True):
        moment = moment_of_serial(number)
        months = moment.year * 12 + max(moment.month, 1) - 1 + int(count) * (12 if word == "year" else 1)
        year, month = divmod(months, 12)
        last = BEFORE_MONTH[month + 1] - BEFORE_MONTH[month] + (month == 1 and is_leap(year))
        out.append(moment._replace(year=year, month=month + 1, day=min(moment.day, last)).serial())
    return norm(np.array(out).reshape(numbers.shape, order="F"))


@builtin
def calendar(session, nargout, first=None, month=None, /):
    """
    calendar
    calendar(d)
    calendar(y, m)
    c = calendar(...)

    The days of a month in six weeks that begin with Sunday: printed (today has a star), or as a 6-by-7 matrix.

    Examples
      >> c = calendar(2024, 2); disp(c(1, :))
           0     0     0     0     1     2     3
      >> calendar('15-Jan-2020')
                         Jan 2020
           S     M    Tu     W    Th     F     S
           0     0     0     1     2     3     4
           5     6     7     8     9    10    11
          12    13    14    15    16    17    18
          19    20    21    22    23    24    25
          26    27    28    29    30    31     0
           0     0     0     0     0     0     0
      >> c = calendar;

    See also weekday, eomday, datestr.
    """
    today = datetime.now()
    if first is None:
        year, number = today.year, today.month
    elif month is None:
        moments, _ = moments_of((first,), None, "calendar")
        year, number = (moments[0].year, moments[0].month) if moments else (0, 0)
    else:
        years, months = together((first, month), "calendar")
        given = [float(value.flat[0]) if value.size else 0.0 for value in (years, months)]
        year, number = (int(value) if np.isfinite(value) else 0 for value in given)
    if not (1 <= number <= 12 and 1 <= year <= 9999):
        raise ScriptError("MATLAB:calendar:OutOfRange", "Months must be 1 to 12, years 1 to 9999.")
    before, count = (monthrange(year, number)[0] + 1) % 7, monthrange(year, number)[1]
    days = np.zeros(42)
    days[before : before + count] = np.arange(1, count + 1)
    if nargout:
        return np.asfortranarray(days.reshape(6, 7))
    lines = [f"{'':19}{MONTHS[number - 1][:3]} {year:4}", "     S     M    Tu     W    Th     F     S"]
    for week in days.reshape(6, 7).tolist():
        words = [f"{int(day):6}" for day in week]
        if (year, number) == (today.year, today.month) and today.day in week:
            at = week.index(today.day)
            words[at] = "  *" + words[at][3:]
        lines.append("".join(words))
    session.out.write("\n".join(lines) + "\n\n")
    return None

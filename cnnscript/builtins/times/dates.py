"""Dates as numbers, vectors and text: now, datestr, datenum, datevec."""

from __future__ import annotations

import math
import re
from calendar import isleap
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.files.folders import serial_date
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import char_matrix, described, one_text, patterns, real_number, real_numbers
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import is_cell, ndarray, norm
from cnnscript.values.text import is_text

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FORMATS = (
    "dd-mmm-yyyy HH:MM:SS",
    "dd-mmm-yyyy",
    "mm/dd/yy",
    "mmm",
    "m",
    "mm",
    "mm/dd",
    "dd",
    "ddd",
    "d",
    "yyyy",
    "yy",
    "mmmyy",
    "HH:MM:SS",
    "HH:MM:SS PM",
    "HH:MM",
    "HH:MM PM",
    "QQ-YY",
    "QQ",
    "dd/mm",
    "dd/mm/yy",
    "mmm.dd,yyyy HH:MM:SS",
    "mmm.dd,yyyy",
    "mm/dd/yyyy",
    "dd/mm/yyyy",
    "yy/mm/dd",
    "yyyy/mm/dd",
    "QQ-YYYY",
    "mmmyyyy",
    "yyyy-mm-dd",
    "yyyymmddTHHMMSS",
    "yyyy-mm-dd HH:MM:SS",
)


@builtin
def now():
    """
    t = now

    The current date and time in days since the year 0.

    Examples
      >> disp(now > 738000)
         1

    See also datestr, clock, date.
    """
    return serial_date(datetime.now())


@builtin
def date():
    """
    d = date

    The current date as text, such as 01-Jun-2024.

    Examples
      >> disp(length(date))
          11

    See also now, datestr.
    """
    return written(moment_of_datetime(datetime.now()), "dd-mmm-yyyy")


@builtin
def clock():
    """
    c = clock

    The current date and time as a row: year, month, day, hour, minute, seconds.

    Examples
      >> disp(numel(clock))
           6

    See also now, tic, datevec.
    """
    moment = datetime.now()
    seconds = moment.second + moment.microsecond / 1e6
    return np.array([[moment.year, moment.month, moment.day, moment.hour, moment.minute, seconds]], float, order="F")


@builtin
def etime(later, earlier, /):
    """
    e = etime(t1, t0)

    The seconds between two rows of clock, or between the rows of two matrices.

    Examples
      >> e = etime([2024 1 1 0 1 0], [2024 1 1 0 0 30])
      e =
          30

    See also clock, tic.
    """
    rows = [real_numbers(value, "etime", "A time") for value in (earlier, later)]
    if all(row.ndim == 2 and row.shape[1] == 6 and row.shape[0] > 1 for row in rows) and rows[0].shape == rows[1].shape:
        return np.array([[seconds_between(a, b)] for a, b in zip(rows[0].tolist(), rows[1].tolist(), strict=True)])
    return seconds_between(*(vector_of(value) for value in (earlier, later)))


def seconds_between(first: list[float], second: list[float]) -> float:
    days = serial_of([*second[:3], 0.0, 0.0, 0.0]) - serial_of([*first[:3], 0.0, 0.0, 0.0])
    return 86400 * days + sum(size * (b - a) for size, a, b in zip((3600, 60, 1), first[3:6], second[3:6], strict=True))


def vector_of(value: Any) -> list[float]:
    numbers = real_numbers(value, "datenum", "The parts of a date").ravel("F").tolist()
    return [*numbers, *[0.0] * (6 - len(numbers))]


class Moment(NamedTuple):
    """A date vector with whole parts; the year may be any whole number."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int

    def serial(self) -> float:
        whole = serial_of([self.year, self.month, self.day, 0.0, 0.0, 0.0])
        return whole + (self.hour * 3600 + self.minute * 60 + self.second + self.millisecond / 1000) / 86400

    def weekday(self) -> int:
        """0 for Monday."""
        return (int(self.serial() // 1) - 3) % 7


BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def serial_of(parts: list[float]) -> float:
    """The serial number of a date vector: months from 13 on carry over, months below 1 count as January, the other
    parts may have any size; a fraction of a month is one of its days."""
    year, month, day, hour, minute, second = parts[:6]
    if not all(map(math.isfinite, parts[:6])):
        return math.nan
    if abs(year) > 1e12:  # days of such years are beyond whole doubles
        return year * 365.2425
    years, month = divmod(max(month, 1.0) - 1, 12)
    whole_year, whole_month = math.floor(year + years), math.floor(month)
    leap = is_leap(whole_year)
    length = BEFORE_MONTH[whole_month + 1] - BEFORE_MONTH[whole_month] + (whole_month == 1 and leap)
    days = 365 * whole_year - (-whole_year // 4) + (-whole_year // 100) - (-whole_year // 400)
    days += BEFORE_MONTH[whole_month] + (whole_month > 1 and leap)
    return days + day + (month - whole_month) * length + (hour * 3600 + minute * 60 + second) / 86400


def moment_of_serial(number: float) -> Moment:
    """The moment of a serial date number, to the millisecond; day 0 is the day 0 of the month 0 of the year 0."""
    if not math.isfinite(number) or abs(number) > 1e12:
        raise ScriptError("MATLAB:datenum:OutOfRange", "Dates must be finite numbers.", notes=(f"got {number:g}",))
    days = math.floor(number)
    count = round((number - days) * 86400000)
    days, count = days + count // 86400000, count % 86400000
    seconds, millisecond = divmod(count, 1000)
    clock = (seconds // 3600, seconds // 60 % 60, seconds % 60, millisecond)
    if days == 0:
        return Moment(0, 0, 0, *clock)
    # the calendar from March on, in eras of 400 years (146097 days)
    era, day_of_era = divmod(days - 61, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return Moment(year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1, *clock)


def moment_of_datetime(value: datetime) -> Moment:
    parts = (value.year, value.month, value.day, value.hour, value.minute, value.second)
    return Moment(*parts, value.microsecond // 1000)


READ = (
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%b-%d-%Y",
    "%H:%M:%S",
    "%I:%M:%S %p",
    "%H:%M",
    "%I:%M %p",
    "%d-%b-%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M",
    "%d-%b-%y",
    "%b.%d,%Y %H:%M:%S",
    "%b.%d,%Y",
    "%Y%m%dT%H%M%S",
    "%m/%d",
)
TO_PYTHON = (
    ("yyyy", "%Y"),
    ("yy", "%y"),
    ("mmmm", "%B"),
    ("mmm", "%b"),
    ("mm", "%m"),
    ("dddd", "%A"),
    ("ddd", "%a"),
    ("dd", "%d"),
    ("HH", "%H"),
    ("MM", "%M"),
    ("SS", "%S"),
    ("FFF", "%f"),
    ("PM", "%p"),
    ("AM", "%p"),
)


def moment_in_text(text: str, form: str | None, pivot: int | None = None) -> Moment:
    """The moment that a text tells; years of two digits lie in the century from `pivot` on (None: 50 years ago)."""
    given = form
    if form is not None:
        for mark, letter in TO_PYTHON:
            form = form.replace(mark, letter)
        if "%p" in form:
            form = form.replace("%H", "%I")
    for candidate in (form,) if form is not None else READ:
        try:
            found = parsed(text.strip(), candidate)
        except ValueError:
            continue
        except re.error:  # a part of the date stands twice in the format
            raise ScriptError("MATLAB:datevec:InvalidFormat", f"Unrecognized date format '{given}'.") from None
        if "%y" in candidate:
            start = datetime.now().year - 50 if pivot is None else pivot
            year = start + (found.year - start) % 100
            if (found.month, found.day) == (2, 29) and not isleap(year):
                return moment_of_datetime(found.replace(year=year, month=3, day=1))
            found = found.replace(year=year)
        return moment_of_datetime(found)
    raise ScriptError(
        "MATLAB:datenum:ConvertDateString",
        f"Failed to convert from text to date number: '{text}'.",
        hint="such as '2024-06-01 12:30:00'",
    )


def parsed(text: str, form: str) -> datetime:
    """strptime, where a day without a year is one of this year."""
    if "%y" in form.lower():
        return datetime.strptime(text, form)
    return datetime.strptime(f"{datetime.now().year} {text}", f"%Y {form}")


def together(values: tuple, name: str) -> list[ndarray]:
    """Numbers brought to one size."""
    try:
        return list(np.broadcast_arrays(*(real_numbers(value, name, "The parts of a date") for value in values)))
    except ValueError:
        raise ScriptError(
            f"MATLAB:{name}:SizeMismatch",
            "Inputs must have the same size or be scalars.",
            notes=tuple(map(described, values)),
        ) from None


def pivot_year(value: Any, name: str) -> int:
    """The year from which the hundred years begin that years of two digits lie in."""
    number = real_number(value, name, "The pivot year")
    if number != np.floor(number) or not 1 <= number <= 9900:
        raise ScriptError(f"MATLAB:{name}:InvalidPivot", "The pivot year must be a whole number from 1 to 9900.")
    return int(number)


def pivot_among(values: tuple, name: str) -> int | None:
    """The pivot year that follows the format of a text, or stands in its place."""
    rest = values[1:] if values and is_text(values[0]) else values
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return pivot_year(rest[0], name) if rest else None


def moments_of(
    args: tuple, form: str | None, name: str, pivot: int | None = None
) -> tuple[list[Moment], tuple[int, ...]]:
    """The moments of a date argument: numbers, date vectors or texts."""
    value = args[0]
    if len(args) > 1:
        arrays = together(args, name)
        rows = [vector_of(np.array(row)) for row in zip(*(array.ravel("F") for array in arrays), strict=True)]
        return [moment_of_serial(serial_of(row)) for row in rows], arrays[0].shape
    if is_text(value) or is_cell(value):
        texts = patterns(value, name)
        return [moment_in_text(text, form, pivot) for text in texts], (len(texts), 1)
    array = real_numbers(value, name, "Dates")
    if name != "datevec" and are_vectors(array, name):
        return [moment_of_serial(serial_of(vector_of(row))) for row in array], (array.shape[0], 1)
    return [moment_of_serial(number) for number in array.ravel("F").tolist()], array.shape


def are_vectors(array: ndarray, name: str) -> bool:
    """Whether the rows of numbers are date vectors rather than serial numbers."""
    if array.ndim != 2 or array.shape[1] not in (3, 6):
        return False
    if name == "datenum":
        return bool((np.abs(array[:, 0] - 2000) < 10000).all())
    if array.shape[1] == 3:
        return bool((np.abs(array[:, 0] - 2000) < 500).all() and (array[:, 1:] < 32).all())
    return bool((array[:, :5] == np.floor(array[:, :5])).all() and (np.abs(array.sum(axis=1) - 2000) < 500).all())


def written(moment: Moment, form: str) -> str:
    """A moment in a format of datestr."""
    half = re.search("AM|PM", form) is not None
    hour = (moment.hour % 12 or 12) if half else moment.hour
    table = {
        "yyyy": f"{moment.year:04d}",
        "YYYY": f"{moment.year:04d}",
        "yy": f"{moment.year % 100:02d}",
        "YY": f"{moment.year % 100:02d}",
        "QQ": f"Q{(moment.month + 2) // 3}",
        "mmmm": MONTHS[max(moment.month, 1) - 1],
        "mmm": MONTHS[max(moment.month, 1) - 1][:3],
        "mm": f"{moment.month:02d}",
        "m": MONTHS[max(moment.month, 1) - 1][0],
        "dddd": DAYS[moment.weekday()],
        "ddd": DAYS[moment.weekday()][:3],
        "dd": f"{moment.day:02d}",
        "d": DAYS[moment.weekday()][0],
        "HH": f"{hour:2d}" if half else f"{hour:02d}",
        "MM": f"{moment.minute:02d}",
        "SS": f"{moment.second:02d}",
        "FFF": f"{moment.millisecond:03d}",
        "AM": "AM" if moment.hour < 12 else "PM",
        "PM": "AM" if moment.hour < 12 else "PM",
    }
    marks = "yyyy|YYYY|yy|YY|QQ|mmmm|mmm|mm|dddd|ddd|dd|HH|MM|SS|FFF|AM|PM"
    if form in ("m", "d"):
        return table[form]
    return re.sub(marks, lambda found: table[found[0]], form)


@builtin
def datestr(value, form=None, /, *rest):
    """
    DateString = datestr(DateNumber)
    DateString = datestr(DateVector, formatOut)
    DateString = datestr(DateString, formatOut, PivotYear)
    DateString = datestr(..., 'local')

    Dates as text: in a format such as 'yyyy-mm-dd HH:MM:SS', or the format of a number from 0 to 31.

    Examples
      >> DateString = datestr(738000)
      DateString =
          '28-Jul-2020'
      >> DateString = datestr([2024 6 1 12 30 0], 'yyyy-mm-dd HH:MM')
      DateString =
          '2024-06-01 12:30'
      >> DateString = datestr('03/05/10', 'yyyy-mm-dd', 1900)
      DateString =
          '1910-03-05'

    See also now, datenum, datevec, clock.
    """
    pivot = None
    for more in rest:
        if is_text(more):  # months and days are written in English
            if one_text(more, "datestr", "Locale").lower().replace("-", "_") not in ("local", "en_us", "en_gb", "en"):
                raise ScriptError("cnnscript:NotYet", "Locales other than English are not in cnnscript's datestr yet.")
        else:
            pivot = pivot_year(more, "datestr")
    moments, _ = moments_of((value,), None, "datestr", pivot)
    if form is None or type(form) is ndarray:
        clean = all(not (m.hour or m.minute or m.second) for m in moments)
        words = FORMATS[1] if clean else FORMATS[0]
    elif is_text(form):
        words = one_text(form, "datestr", "Format")
    else:
        number = real_number(form, "datestr", "The format")
        if number not in range(-1, len(FORMATS)):
            raise ScriptError("MATLAB:datestr:UnknownDateFormat", f"Date format {number:g} is not one of 0 to 31.")
        words = FORMATS[max(int(number), 0)]
    return char_matrix(written(moment, words) for moment in moments)


@builtin
def datenum(first, /, *rest):
    """
    DateNumber = datenum(DateVector)
    DateNumber = datenum(Y, M, D)
    DateNumber = datenum(DateString, formatIn)
    DateNumber = datenum(DateString, formatIn, PivotYear)

    Dates as days since the year 0.

    Examples
      >> DateNumber = datenum(2020, 7, 28)
      DateNumber =
            738000
      >> disp(datenum('28.07.2020', 'dd.mm.yyyy'))
            738000
      >> disp(datenum([2020 7 28]))
            738000

    See also datestr, datevec, now.
    """
    form = one_text(rest[0], "datenum", "Format") if rest and is_text(rest[0]) else None
    if form is not None or is_text(first) or is_cell(first):
        moments, shape = moments_of((first,), form, "datenum", pivot_among(rest, "datenum"))
        return norm(np.array([moment.serial() for moment in moments]).reshape(shape, order="F"))
    if rest:
        arrays = together((first, *rest), "datenum")
        rows = [vector_of(np.array(row)) for row in zip(*(array.ravel("F") for array in arrays), strict=True)]
        return norm(np.array([serial_of(row) for row in rows]).reshape(arrays[0].shape, order="F"))
    array = real_numbers(first, "datenum", "Dates")
    if not are_vectors(array, "datenum"):
        return norm(np.asfortranarray(array))
    return norm(np.array([serial_of(vector_of(row)) for row in array]).reshape(-1, 1))


@builtin(outputs=6)
def datevec(nargout, value, form=None, pivot=None, /):
    """
    DateVector = datevec(DateNumber)
    DateVector = datevec(DateString, formatIn)
    DateVector = datevec(DateString, formatIn, PivotYear)
    [Y, M, D, H, MN, S] = datevec(DateString)

    Dates as rows: year, month, day, hour, minute, seconds.

    Examples
      >> disp(datevec(738000))
              2020           7          28           0           0           0
      >> [Y, M, D, H, MN, S] = datevec('2024-06-01 12:30:00');
      >> disp([Y M D H MN S])
              2024           6           1          12          30           0

    See also datestr, datenum, clock.
    """
    word = one_text(form, "datevec", "Format") if form is not None and is_text(form) else None
    others = tuple(one for one in (form, pivot) if one is not None)
    moments, _ = moments_of((value,), word, "datevec", pivot_among(others, "datevec"))
    rows = [[m.year, m.month, m.day, m.hour, m.minute, m.second + m.millisecond / 1e3] for m in moments]
    table = np.array(rows, float, order="F").reshape(-1, 6)
    if nargout <= 1:
        return (norm(table),)
    return tuple(norm(np.asfortranarray(table[:, k : k + 1])) for k in range(6))

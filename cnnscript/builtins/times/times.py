"""Points in time: datetime, NaT, and moments as the numbers of other clocks."""

from __future__ import annotations

from datetime import datetime as python_datetime
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import shape_from
from cnnscript.builtins.files.folders import DAY_ZERO
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take, time_text, time_zones
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import as_array, class_of, is_cell, ndarray, norm, size_of
from cnnscript.values.operands import number_of
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import String, is_text, string_array, text_or_none, texts_or_none
from cnnscript.values.time_text import DAY, EPOCH
from cnnscript.values.times import Datetime, checked_format, read_with_format
from cnnscript.values.warn import warn

SERIAL_EPOCH = EPOCH + DAY_ZERO  # 1970 as datenum counts
PARTS = "Input data must be one numeric matrix with three or six columns, or 3, 6, or 7 separate numeric arrays."
CONVERSIONS = (
    "datenum", "posixtime", "excel", "excel1904", "yyyymmdd", "juliandate", "modifiedjuliandate", "epochtime", ".net",
    "ntfs",
)  # fmt: skip
STARTS = {".net": 62_135_596_800_000.0, "ntfs": 11_644_473_600_000.0}  # milliseconds before 1970


def require_datetime(value: Any, function: str) -> Datetime:
    if type(value) is Datetime:
        return value
    raise unfit_inputs(
        function,
        f"{function} is for a datetime, got {take.described(value)}",
        hint="datetime(...) makes one of numbers or text",
    )


def present() -> float:
    """The moment it is, in the machine's time."""
    moment = python_datetime.now()
    second = moment.second + moment.microsecond / 1e6
    return time_text.moment_of(moment.year, moment.month, moment.day, moment.hour, moment.minute, second)


def from_parts(values: tuple) -> ndarray:
    """Moments of years, months, days and so on (arrays of one size, or scalars)."""
    numbers = []
    for value in values:
        class_name, number = number_of(value)
        if class_name is None or np.iscomplexobj(number):
            raise ScriptError(
                "MATLAB:datetime:InvalidComponent",
                "The parts of a datetime must be real numbers.",
                notes=(f"got {take.described(value)}",),
            )
        numbers.append(as_array(norm(number)).astype(float))
    try:
        arrays = np.broadcast_arrays(*numbers)
    except ValueError:
        raise ScriptError(
            "MATLAB:datetime:InputSizeMismatch", "The parts of a datetime must be scalars or of one size."
        ) from None
    moments = []
    for parts in zip(*(array.ravel("F").tolist() for array in arrays), strict=True):
        if any(part != part for part in parts):
            moments.append(np.nan)
            continue
        if any(part != part // 1 for part in parts[:3]):
            message = "Years, months and days must be whole numbers."
            raise ScriptError("MATLAB:datetime:MustBeInteger", message, notes=(f"got {parts}",))
        moments.append(time_text.moment_of(*parts[:6]) + (parts[6] if len(parts) > 6 else 0.0))
    return np.array(moments).reshape(arrays[0].shape, order="F")


def from_numbers(value: Any, kind: str, epoch: float = 0.0, ticks: float = 1.0) -> ndarray:
    """Milliseconds since 1970 of numbers that count days, seconds or ticks from some beginning."""
    if kind in ("epochtime", ".net", "ntfs") and type(value) is not ndarray and isinstance(value, np.integer):
        return np.array([[epoch + int(value) * 1000 / {"epochtime": ticks}.get(kind, 1e7)]]) - STARTS.get(kind, 0.0)
    numbers = take.real(value, "Values")
    if kind == "datenum":
        return (numbers - SERIAL_EPOCH) * DAY
    if kind in ("posixtime", "epochtime"):
        return numbers * (1000 / ticks) + epoch
    if kind in ("excel", "excel1904"):
        return (numbers - (25569 if kind == "excel" else 24107)) * DAY
    if kind in ("juliandate", "modifiedjuliandate"):
        return (numbers - (2440587.5 if kind == "juliandate" else 40587)) * DAY
    if kind in (".net", "ntfs"):
        return numbers / 1e4 - STARTS[kind]
    parts = [np.floor(numbers / 10000), np.floor(numbers / 100) % 100, numbers % 100]
    return from_parts(tuple(norm(part) for part in parts))


@builtin
def datetime(
    *values,
    InputFormat=None,
    Format=None,
    ConvertFrom=None,
    TimeZone=None,
    Locale=None,
    Epoch=None,
    TicksPerSecond=1.0,
    PivotYear=None,
):
    """
    t = datetime
    t = datetime('now')
    t = datetime(text)
    t = datetime(text, InputFormat=form)
    t = datetime(Y, M, D)
    t = datetime(Y, M, D, H, MI, S)
    t = datetime(DateVectors)
    t = datetime(X, ConvertFrom=kind)

    Points in time: the present, 'today', 'yesterday', 'tomorrow', texts, or years, months, days and so on.

    t - t2 is a duration, t + days(1) a later time, t + calmonths(1) the same day of the next month; comparisons take
    text too.

    Options
      InputFormat     how texts are to be read: 'uuuu-MM-dd HH:mm:ss', 'dd.MM.uuuu' ... (guessed)
      Format          how the times are shown; 'preserveinput' as they were read
      ConvertFrom     what numbers count: 'datenum', 'posixtime', 'excel', 'yyyymmdd', 'juliandate', 'epochtime' ...
      TimeZone        the time zone: 'UTC', 'local', 'Europe/Berlin', '+05:30'; '' (default) for none
      Locale          'en_US' only
      Epoch           what 'epochtime' counts from (1970)
      TicksPerSecond  how many of an 'epochtime' make a second (1)
      PivotYear       the first year of the hundred that years of two digits mean (50 years ago)

    Examples
      >> t = datetime(2024, 6, 1)
      t =
        datetime
         01-Jun-2024
      >> t = datetime('2024-06-01 12:30:00')
      t =
        datetime
         01-Jun-2024 12:30:00
      >> t = datetime(2024, 1, [31 32], Format='uuuu-MM-dd')
      t =
        1×2 datetime array
         2024-01-31   2024-02-01
      >> disp(datetime('now') > datetime(2024, 1, 1, 12, 30, 0))
         1

    See also duration, days, year, datestr, isdatetime.
    """
    keep = Format is not None and text_or_none(Format) == "preserveinput"
    form = "" if Format is None or keep else checked_format(Format)
    zone = "" if TimeZone is None else time_zones.checked(TimeZone)
    if Locale is not None and take.text(Locale, "Locale") not in ("en_US", "system"):
        raise ScriptError("cnnscript:NotYet", "Names of months in other languages are not in cnnscript yet.")
    if ConvertFrom is not None:
        if len(values) != 1:
            raise ScriptError("MATLAB:datetime:InvalidConvertFrom", "'ConvertFrom' needs one array of numbers.")
        kind = take.choice(ConvertFrom, CONVERSIONS, "ConvertFrom")
        start = 0.0 if Epoch is None else epoch_of(Epoch)
        made = from_numbers(values[0], kind, start, take.number(TicksPerSecond, "TicksPerSecond"))
        return zoned(made, form, zone, kind in ("posixtime", "epochtime", "ntp", "ntfs", ".net"))
    if Epoch is not None:
        raise ScriptError("MATLAB:datetime:EpochWithoutConversion", "'Epoch' is for ConvertFrom='epochtime'.")
    if not values:
        return zoned(np.array([[present()]]), form, zone, False)
    first = values[0]
    if len(values) == 1 and type(first) is Datetime:
        copy = Datetime(first.data, form or first.form, first.zone)
        return copy if TimeZone is None else copy.in_zone(zone)
    if is_text(first) or is_cell(first):
        pivot = None if PivotYear is None else take.integer(PivotYear, "PivotYear")
        return from_texts(first, InputFormat, form, zone, keep, pivot)
    if InputFormat is not None:
        raise ScriptError("MATLAB:datetime:InputFormatWithNumbers", "'InputFormat' is for text.")
    if len(values) == 1:
        rows = take.real(first, "Date vectors")
        if rows.ndim != 2 or rows.shape[1] not in (3, 6):
            raise ScriptError("MATLAB:datetime:InvalidData", PARTS, hint="ConvertFrom='datenum' takes date numbers")
        return zoned(from_parts(tuple(norm(rows[:, k : k + 1]) for k in range(rows.shape[1]))), form, zone, False)
    if len(values) not in (3, 6, 7):
        raise ScriptError("MATLAB:datetime:InvalidData", PARTS, notes=(f"got {len(values)} arrays",))
    return zoned(from_parts(values), form, zone, False)


def zoned(moments: ndarray, form: str, zone: str, universal: bool) -> Datetime:
    """Points in time of what clocks show, or (universal) of milliseconds by UTC."""
    if not zone or universal:
        return Datetime(moments, form, zone)
    return Datetime(moments, form).in_zone(zone)


def epoch_of(value: Any) -> float:
    moment = value if type(value) is Datetime else datetime(value)
    if moment.data.size != 1:
        raise ScriptError("MATLAB:datetime:InvalidEpoch", "The epoch must be one point in time.")
    return float(moment.data.item())


def from_texts(
    value: Any, input_format: Any, form: str, zone: str = "", keep: bool = False, pivot: int | None = None
) -> Datetime:
    if type(value) is String:  # a missing string is no point in time, as empty text is
        value = string_array([word if type(word) is str else "" for word in value.data.ravel("F")], value.data.shape)
    texts = texts_or_none(value)
    if texts is None:
        raise ScriptError("MATLAB:datetime:InvalidTextInput", "Text for a datetime must not hold anything else.")
    shape = (len(texts), 1) if class_of(value) == "char" else size_of(value)
    word = texts[0].lower() if len(texts) == 1 else ""
    if word in ("now", "today", "yesterday", "tomorrow"):
        moments = zoned(np.array([[present()]]), "", time_zones.local_name(), False).in_zone(zone).local if zone else (
            np.array([[present()]])
        )
        if word != "now":
            moments = moments // DAY * DAY + {"today": 0, "yesterday": -DAY, "tomorrow": DAY}[word]
        return zoned(moments, form, zone, False)
    wanted = None if input_format is None else checked_format(input_format)
    found, used = read_with_format(texts, wanted)
    if wanted is None:
        warn_of_other_order(texts, used)
    moments = np.array(found, float).reshape(shape, order="F")
    if pivot is not None and wanted is not None and "yy" in time_text.pieces(wanted):
        moments = pivoted(moments, pivot)
    offset = wanted is not None and time_text.reads_an_offset(wanted)
    if offset and not zone:
        raise ScriptError(
            "MATLAB:datetime:NoTimeZone",
            "The format reads time zone offsets, but 'TimeZone' does not say in which zone the times are to be.",
            hint="TimeZone='UTC' or TimeZone='local'",
        )
    return zoned(moments, used if keep else form, zone, offset)


def warn_of_other_order(texts: list[str], form: str) -> None:
    """The warning for dates such as 1/2/2024, whose month and day could be the other way round."""
    if not form.startswith("MM/dd/"):
        return
    other = form.replace("MM/dd/", "dd/MM/")
    if all(time_text.read(text, other) is not None for text in texts if text.strip() not in ("", "NaT")):
        warn(
            "MATLAB:datetime:AmbiguousDateString",
            f"Successfully converted the text to date/time using the format '{form}', but the format is ambiguous and "
            f"could also be '{other}'. To create datetimes from text with a specific format call:\n\n"
            "datetime(textinput,'InputFormat',infmt)",
        )


def pivoted(moments: ndarray, pivot: int) -> ndarray:
    """Moments whose years have two digits moved into the hundred years from a first one on."""
    found = []
    for moment in moments.ravel("F").tolist():
        if moment == moment:
            year, *rest = time_text.parts(moment)
            moment = time_text.moment_of(pivot + (year - pivot) % 100, *rest)
        found.append(moment)
    return np.array(found).reshape(moments.shape, order="F")


@builtin(name="NaT")
def not_a_time(rows=None, columns=None, /):
    """
    t = NaT
    t = NaT(n)
    t = NaT(m, n)

    No time at all: the missing element of datetime arrays.

    Examples
      >> t = NaT
      t =
        datetime
         NaT
      >> disp(size(NaT(2, 3)))
           2     3
      >> disp(size(NaT(2)))
           2     2

    See also datetime, isnat, ismissing.
    """
    given = tuple(one for one in (rows, columns) if one is not None)
    shape = shape_from(given, "NaT")
    require_memory(shape, 8)
    return Datetime(np.full(shape, np.nan))


@builtin
def isdatetime(x, /):
    """
    tf = isdatetime(A)

    Whether a value is a datetime array.

    Examples
      >> disp(isdatetime(datetime(2024, 6, 1)))
         1

    See also datetime, isduration, isnat.
    """
    return type(x) is Datetime


@builtin
def isnat(x, /):
    """
    tf = isnat(t)

    Which elements of a datetime array are no time (NaT).

    Examples
      >> disp(isnat([datetime(2024, 6, 1) NaT]))
         0   1

    See also NaT, datetime, ismissing.
    """
    return norm(np.isnan(require_datetime(x, "isnat").data))


# ----------------------------------------------------------------------------------------------------------- as numbers
@builtin
def posixtime(t, /):
    """
    p = posixtime(t)

    The seconds since the beginning of 1970.

    Examples
      >> p = posixtime(datetime(1970, 1, 2))
      p =
             86400

    See also datenum, datetime.
    """
    return norm(require_datetime(t, "posixtime").data / 1000)


@builtin
def juliandate(t, /):
    """
    jd = juliandate(t)

    The days since noon of January 1st, 4713 before our era.

    Examples
      >> jd = juliandate(datetime(2000, 1, 1, 12, 0, 0))
      jd =
           2451545

    See also posixtime, datenum, datetime.
    """
    return norm(require_datetime(t, "juliandate").data / DAY + 2440587.5)


def serial(t: Any) -> ndarray:
    """Points in time as datenum counts days, lengths as days."""
    return t.local / DAY + SERIAL_EPOCH if type(t) is Datetime else t.data / DAY


@overload("datetime")
def datenum(t, /):
    """
    DateNumber = datenum(t)

    Points in time as days since the year 0.

    Examples
      >> disp(datenum(datetime(2020, 7, 28)))
            738000

    See also datetime, posixtime.
    """
    return norm(serial(require_datetime(t, "datenum")))


@overload("datetime")
def datestr(t, /, *form):
    """
    DateString = datestr(t)
    DateString = datestr(t, formatOut)

    Points in time as text, as datestr writes date numbers.

    Examples
      >> DateString = datestr(datetime(2024, 6, 1, 12, 30, 0))
      DateString =
          '01-Jun-2024 12:30:00'

    See also datetime, char.
    """
    from cnnscript.builtins.times.dates import datestr as plain

    return plain(norm(serial(require_datetime(t, "datestr"))), *form)


@overload("datetime", outputs=6)
def datevec(nargout, t, /):
    """
    DateVector = datevec(t)
    [Y, M, D, H, MN, S] = datevec(t)

    Points in time as rows: year, month, day, hour, minute, seconds.

    Examples
      >> disp(datevec(datetime(2024, 6, 1)))
              2024           6           1           0           0           0

    See also ymd, hms, datetime.
    """
    times = require_datetime(t, "datevec")
    columns = [as_array(times.field(place)).reshape(-1, 1, order="F") for place in range(6)]
    return tuple(norm(column) for column in columns) if nargout > 1 else norm(np.hstack(columns))


@overload("datetime", outputs=2)
def weekday(nargout, t, /):
    """
    DayNumber = weekday(t)
    [DayNumber, DayName] = weekday(t)

    The day of the week, from 1 for Sunday.

    Examples
      >> [DayNumber, DayName] = weekday(datetime(2024, 6, 15))
      DayNumber =
           7
      DayName =
          'Sat'

    See also day, datetime.
    """
    from cnnscript.builtins.text.texts import char_matrix

    times = require_datetime(t, "weekday")
    numbers = [float(time_text.weekday(one)) if one == one else np.nan for one in times.local.ravel("F").tolist()]
    names = char_matrix(time_text.written(one, "eee") for one in times.local.ravel("F").tolist())
    return norm(np.array(numbers).reshape(times.data.shape, order="F")), names

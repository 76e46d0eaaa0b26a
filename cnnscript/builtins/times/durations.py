"""Lengths of time: duration, seconds, minutes, hours, days, years; statistics of times and lengths of time."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import TABLE, builtin, overload
from cnnscript.builtins.text.strings import formatted
from cnnscript.builtins.times.times import require_datetime
from cnnscript.errors import ScriptError
from cnnscript.values import take, time_text
from cnnscript.values.numeric import as_array, is_cell, ndarray, norm, numel_of, size_of
from cnnscript.values.operands import number_of
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import cell_of_texts, is_text, texts_or_none
from cnnscript.values.times import Duration, TimeArray, checked_length_format, is_missing, length_in


def numbers_in(value: Any, name: str) -> ndarray:
    class_name, number = number_of(value)
    if class_name is None or class_name == "char" or np.iscomplexobj(number):
        raise ScriptError(
            f"MATLAB:{name}:InvalidInput" if name != "duration" else "MATLAB:duration:InvalidInput",
            "Input data must be numeric.",
            notes=(f"{name} got {take.described(value)}",),
        )
    return as_array(norm(number)).astype(float)


@builtin
def duration(*values, InputFormat=None, Format=None):
    """
    D = duration(H, MI, S)
    D = duration(H, MI, S, MS)
    D = duration(X)
    D = duration(text)
    D = duration(..., Name=Value)

    Lengths of time from hours, minutes and seconds (and milliseconds), from rows of these, or from texts such as
    '01:30:00'.

    Options
      InputFormat  'hh:mm:ss', 'dd:hh:mm:ss' or 'hh:mm' (guessed)
      Format       how they are shown: 'hh:mm:ss' (default), 's', 'm', 'h', 'd', 'y' ...

    Examples
      >> D = duration(1, 30, 0)
      D =
        duration
         01:30:00
      >> D = duration([0 0 5; 0 1 0])
      D =
        2×1 duration array
         00:00:05
         00:01:00
      >> D = duration('00:01:30', Format='m')
      D =
        duration
         1.5 min
      >> disp(duration(0, 0, 0, 500, Format='s'))
         0.5 sec

    See also seconds, minutes, hours, days, datetime.
    """
    form = "hh:mm:ss" if Format is None else checked_length_format(Format)
    if len(values) == 1 and is_missing(values[0]):
        return Duration(np.full(size_of(values[0]), np.nan, order="F"), form)
    if len(values) == 1 and (is_text(values[0]) or is_cell(values[0])):
        if InputFormat is not None:
            wanted = take.text(InputFormat, "InputFormat")
            if wanted not in ("hh:mm:ss", "dd:hh:mm:ss", "hh:mm"):
                raise ScriptError("cnnscript:NotYet", f"Reading durations as '{wanted}' is not in cnnscript yet.")
        texts = texts_or_none(values[0]) or []
        return Duration(np.array([length_in(text) for text in texts]).reshape(-1, 1), form)
    if InputFormat is not None:
        raise ScriptError("MATLAB:duration:InputFormatWithNumbers", "'InputFormat' is for text.")
    if len(values) == 1 and type(values[0]) is Duration:
        return Duration(values[0].data, values[0].form if Format is None else form)
    numbers = [numbers_in(value, "duration") for value in values]
    if len(numbers) == 1 and numbers[0].shape[1:] == (3,):
        numbers = [numbers[0][:, place : place + 1] for place in range(3)]
    if len(numbers) not in (3, 4):
        raise ScriptError(
            "MATLAB:duration:InvalidData",
            "Input data must be one numeric matrix with three columns, or three or four separate numeric arrays.",
            hint="seconds(x), minutes(x), hours(x) make durations of one number",
        )
    try:
        arrays = np.broadcast_arrays(*numbers)
    except ValueError:
        raise ScriptError(
            "MATLAB:duration:InputSizeMismatch", "The parts of a duration must be scalars or of one size."
        ) from None
    sizes = (3_600_000, 60_000, 1000, 1)
    total = sum(array * size for array, size in zip(arrays, sizes, strict=False))
    return Duration(np.asfortranarray(total), form)


@builtin
def isduration(x, /):
    """
    tf = isduration(A)

    Whether a value is a duration array.

    Examples
      >> disp(isduration(seconds(5)))
         1

    See also duration, isdatetime.
    """
    return type(x) is Duration


def in_units(value: Any, unit: str, name: str) -> Any:
    """Numbers as lengths of time, or lengths of time as numbers of a unit."""
    size = time_text.UNITS[unit][0]
    if type(value) is Duration:
        return norm(np.asfortranarray(value.data / size))
    return Duration(np.asfortranarray(numbers_in(value, name) * size), unit)


@builtin
def milliseconds(x, /):
    """
    D = milliseconds(X)
    X = milliseconds(D)

    Milliseconds as a duration, or a duration in milliseconds.

    Examples
      >> D = milliseconds(1500)
      D =
        duration
         1.5 sec
      >> X = milliseconds(seconds(2))
      X =
              2000

    See also seconds, duration.
    """
    if type(x) is Duration:
        return norm(x.data)
    return Duration(np.asfortranarray(numbers_in(x, "milliseconds")), "s")


@builtin
def seconds(x, /):
    """
    D = seconds(X)
    X = seconds(D)

    Seconds as a duration, or a duration in seconds.

    Examples
      >> D = seconds([5 90])
      D =
        1×2 duration array
          5 sec   90 sec
      >> X = seconds(datetime(2024, 6, 1, 0, 1, 30) - datetime(2024, 6, 1))
      X =
          90

    See also minutes, hours, days, duration.
    """
    return in_units(x, "s", "seconds")


@builtin
def minutes(x, /):
    """
    D = minutes(X)
    X = minutes(D)

    Minutes as a duration, or a duration in minutes.

    Examples
      >> D = minutes(1.5)
      D =
        duration
         1.5 min
      >> X = minutes(hours(2))
      X =
         120

    See also seconds, hours, days, duration.
    """
    return in_units(x, "m", "minutes")


@builtin
def hours(x, /):
    """
    D = hours(X)
    X = hours(D)

    Hours as a duration, or a duration in hours.

    Examples
      >> D = hours(2)
      D =
        duration
         2 hr
      >> X = hours(days(1))
      X =
          24

    See also minutes, days, duration.
    """
    return in_units(x, "h", "hours")


@builtin
def days(x, /):
    """
    D = days(X)
    X = days(D)

    Days of 24 hours as a duration, or a duration in days.

    Examples
      >> D = days(2)
      D =
        duration
         2 days
      >> X = days(datetime(2024, 3, 1) - datetime(2024, 2, 1))
      X =
          29

    See also hours, years, duration.
    """
    return in_units(x, "d", "days")


@builtin
def years(x, /):
    """
    D = years(X)
    X = years(D)

    Years of 365.2425 days as a duration, or a duration in years.

    Examples
      >> D = years(1)
      D =
        duration
         1 yr
      >> X = years(days(365.2425))
      X =
           1

    See also days, duration.
    """
    return in_units(x, "y", "years")


# --------------------------------------------------------------------------------------------------------- statistics
PAIRS = ("min", "max")  # of two arrays, element by element


def through(nargout: int, name: str, args: tuple) -> Any:
    """A function of numbers over milliseconds: results are times again, further outputs stay numbers."""
    from cnnscript.builtins import find

    find(name)
    leader = next(arg for arg in args if isinstance(arg, TimeArray))
    if name not in PAIRS and any(isinstance(arg, TimeArray) for arg in args[1:]):
        raise unfit_inputs(name, "only the first argument may be a time")
    times = [isinstance(arg, TimeArray) for arg in args]
    if name in PAIRS and len(args) > 1 and numel_of(args[1]):
        times[1] = True
    pairs = zip(args, times, strict=True)
    numbers = tuple(norm(leader.milliseconds_of(arg)) if is_time else arg for arg, is_time in pairs)
    entry = TABLE[name]
    entry.check_count(len(numbers))
    given = entry.function(nargout, *numbers) if entry.takes_nargout else entry.function(*numbers)
    first, *rest = given if type(given) is tuple else (given,)
    return (leader.like(first), *rest)


def declare(name: str, outputs: int, class_names: tuple[str, ...], doc: str) -> None:
    """Overloads that give `through` to classes of times."""

    def function(nargout, *args):
        return through(nargout, name, args)

    def positional(nargout, x, /, *rest):
        return function(nargout, x, *rest)

    positional.__doc__ = doc
    positional.__module__ = __name__
    for class_name in class_names:
        overload(class_name, name=name, outputs=outputs)(positional)


declare(
    "min", 2, ("datetime", "duration"),
    """
    m = min(t)
    [m, place] = min(t)
    m = min(t1, t2)

    The earliest point or the shortest length of time, and where it is.

    Examples
      >> [m, place] = min(seconds([5 3 9]))
      m =
        duration
         3 sec
      place =
           2

    See also max, sort, duration.
    """,
)  # fmt: skip
declare(
    "max", 2, ("datetime", "duration"),
    """
    m = max(t)
    [m, place] = max(t)
    m = max(t1, t2)

    The latest point or the longest length of time, and where it is.

    Examples
      >> m = max(datetime(2024, 1:3, 1))
      m =
        datetime
         01-Mar-2024

    See also min, sort, datetime.
    """,
)  # fmt: skip
declare(
    "mean", 1, ("datetime", "duration"),
    """
    m = mean(t)

    The mean of points or lengths of time.

    Examples
      >> m = mean(seconds([5 10]))
      m =
        duration
         7.5 sec

    See also median, sum, duration.
    """,
)  # fmt: skip
declare(
    "median", 1, ("datetime", "duration"),
    """
    m = median(t)

    The median of points or lengths of time.

    Examples
      >> m = median(seconds([5 10 60]))
      m =
        duration
         10 sec

    See also mean, duration.
    """,
)  # fmt: skip
declare(
    "sum", 1, ("duration",),
    """
    s = sum(D)

    The sum of lengths of time.

    Examples
      >> s = sum(minutes([5 10]))
      s =
        duration
         15 min

    See also mean, cumsum, duration.
    """,
)  # fmt: skip
declare(
    "cumsum", 1, ("duration",),
    """
    s = cumsum(D)

    The sums of lengths of time so far.

    Examples
      >> disp(cumsum(minutes([5 10])))
          5 min   15 min

    See also sum, duration.
    """,
)  # fmt: skip
declare(
    "abs", 1, ("duration",),
    """
    a = abs(D)

    Lengths of time without their signs.

    Examples
      >> disp(abs(-seconds(5)))
         5 sec

    See also duration.
    """,
)  # fmt: skip


@overload("datetime")
def diff(t, /, *rest):
    """
    D = diff(t)

    The lengths of time between neighbouring points in time.

    Examples
      >> disp(diff(datetime(2024, 1, [1 2 4])))
         24:00:00   48:00:00

    See also duration, datetime.
    """
    from cnnscript.builtins.statistics.reductions import diff as plain

    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return Duration(np.asfortranarray(as_array(plain(norm(require_datetime(t, "diff").data), *rest))))


declare(
    "diff", 1, ("duration",),
    """
    D2 = diff(D)

    The differences of neighbouring lengths of time.

    Examples
      >> disp(diff(seconds([1 3 7])))
         2 sec   4 sec

    See also sum, duration.
    """,
)  # fmt: skip


@overload("duration")
def isnan(x, /):
    """
    tf = isnan(D)

    Which lengths of time are NaN.

    Examples
      >> disp(isnan(seconds([1 NaN])))
         0   1

    See also isnat, duration.
    """
    return norm(np.isnan(x.data))


@overload("datetime", name="isnan")
def isnan_of_datetime(x, /):
    """
    isnan(t)

    Refused for points in time: isnat says which are none.

    Examples
      >> try, isnan(NaT), catch e, disp(e.identifier), end
      MATLAB:UndefinedFunction

    See also isnat.
    """
    raise ScriptError(
        "MATLAB:UndefinedFunction",
        "Undefined function 'isnan' for input arguments of type 'datetime'.",
        hint="isnat(t) says which elements are no time",
    )


ROUNDINGS = {
    "floor": np.floor, "ceil": np.ceil, "round": lambda x: np.sign(x) * np.floor(np.abs(x) + 0.5),
}  # fmt: skip


def rounded(x: Any, unit: Any, name: str) -> Duration:
    """Lengths of time as whole units: 'seconds' (default), 'minutes', 'hours', 'days', 'years'."""
    words = {"seconds": "s", "minutes": "m", "hours": "h", "days": "d", "years": "y"}
    size = time_text.UNITS[words[take.choice(unit, words, "Unit")]][0]
    return x.like(ROUNDINGS[name](x.data / size) * size)


@overload("duration")
def floor(x, unit="seconds", /):
    """
    D2 = floor(D)
    D2 = floor(D, unit)

    Lengths of time rounded down to whole seconds, or 'minutes', 'hours', 'days', 'years'.

    Examples
      >> disp(floor(seconds(90.7), 'minutes'))
         60 sec

    See also ceil, round, duration.
    """
    return rounded(x, unit, "floor")


@overload("duration")
def ceil(x, unit="seconds", /):
    """
    D2 = ceil(D)
    D2 = ceil(D, unit)

    Lengths of time rounded up to whole seconds, or 'minutes', 'hours', 'days', 'years'.

    Examples
      >> disp(ceil(seconds(90.2)))
         91 sec

    See also floor, round, duration.
    """
    return rounded(x, unit, "ceil")


@overload("duration", name="round")
def round_(x, unit="seconds", /):
    """
    D2 = round(D)
    D2 = round(D, unit)

    Lengths of time rounded to whole seconds, or 'minutes', 'hours', 'days', 'years'.

    Examples
      >> disp(round(seconds(90.7)))
         91 sec

    See also floor, ceil, duration.
    """
    return rounded(x, unit, "round")


def cell_of(x: TimeArray) -> Any:
    return cell_of_texts(x.texts()).reshape(x.data.shape, order="F")


@overload("datetime")
def cellstr(t, form=None, locale=None, /):
    """
    C = cellstr(t)
    C = cellstr(t, format)
    C = cellstr(t, format, locale)

    Points in time as texts in a cell.

    Examples
      >> disp(cellstr(datetime(2024, 1, 1), 'uuuu')), disp(cellstr(datetime(2024, 1, 1), 'MM', 'en_US'))
          {'2024'}
          {'01'}
      >> disp(cellstr(datetime(2024, 1, 1:2)))
          {'01-Jan-2024'}    {'02-Jan-2024'}

    See also char, string, datetime.
    """
    return cell_of(formatted(t, form, locale, "cellstr"))


@overload("duration", name="cellstr")
def cellstr_of_duration(x, form=None, /):
    """
    C = cellstr(D)
    C = cellstr(D, format)

    Lengths of time as texts in a cell.

    Examples
      >> disp(cellstr(seconds(5))), disp(cellstr(seconds(5), 'hh:mm:ss'))
          {'5 sec'}
          {'00:00:05'}

    See also char, string, duration.
    """
    return cell_of(formatted(x, form, None, "cellstr"))

"""Times in bins: discretize and histcounts of points and lengths of time; what is left over; parts of lengths."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins import find
from cnnscript.builtins.registry import TABLE, overload
from cnnscript.builtins.tables.group_bins import in_bins, in_units
from cnnscript.builtins.times.calendar_durations import COMPONENTS
from cnnscript.builtins.times.time_shifts import SHIFTS, edge
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.calendar_times import CalendarDuration
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import class_of, ndarray, norm, numel_of
from cnnscript.values.tables import Variable
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import is_text, text_or_none
from cnnscript.values.times import Datetime, Duration, TimeArray


def edges_of(times: TimeArray, wanted: Any, name: str) -> Any:
    """The edges of bins in milliseconds: times given, or the starts of a unit of time from the first to the last; a
    number of bins as it is."""
    if isinstance(wanted, TimeArray):
        return norm(times.milliseconds_of(wanted))
    if is_text(wanted):
        unit = take.choice(wanted, SHIFTS, "Unit")
        if type(times) is not Datetime:
            raise ScriptError(f"MATLAB:{name}:DurationUnit", "Bins by a unit of time are for datetimes.")
        known = times.local[~np.isnan(times.local)]
        if not known.size:
            raise ScriptError(f"MATLAB:{name}:NoTimes", "There is no time to put into bins.")
        found = [edge(float(known.min()), "start", unit, 0)]
        while found[-1] <= known.max():
            found.append(edge(found[-1], "start", unit, 1))
        return norm(times.from_local(np.array([found])).data)
    if numel_of(wanted) == 1:
        return wanted
    raise ScriptError(
        f"MATLAB:{name}:InvalidEdges",
        "The edges of bins of times must be times, a unit of time, or a number of bins.",
        notes=(f"got {take.described(wanted)}",),
    )


def through_numbers(nargout: int, name: str, times: Any, wanted: Any, rest: tuple) -> tuple:
    """The function of numbers on milliseconds; edges come back as times."""
    if not isinstance(times, TimeArray):
        raise unfit_inputs(name, f"the first argument is a {class_of(times)}, another one is of times")
    find(name)
    first, second, *others = TABLE[name].function(
        max(nargout, 2), norm(times.data), *(() if wanted is None else (edges_of(times, wanted, name),)), *rest
    )
    edges = times.like(np.asarray(second, float).reshape(1, -1))
    return (first, edges, *others)


def as_categories(times: TimeArray, edges: Any, names: Any) -> tuple:
    """Times as the names of their bins, or as names of one's own; and the edges."""
    column = Variable("t", times.like(times.data.reshape(-1, 1, order="F")))
    limits = edges_of(times, edges, "discretize")
    if is_text(edges):
        made, _ = in_units(column, take.choice(edges, SHIFTS, "Unit"))
    else:
        wanted = limits if numel_of(limits) == 1 else times.like(np.asarray(limits))
        made = in_bins(column, wanted, "discretize", "left")
    words = made.names if names is None else take.texts(names, "Names")
    if len(words) != len(made.names):
        raise ScriptError(
            "MATLAB:discretize:CategoryNamesInvalidSize",
            "There must be one category name for each bin.",
            notes=(f"{len(words)} names, {len(made.names)} bins",),
        )
    codes = made.codes.reshape(times.data.shape, order="F")
    named = Categorical(np.asfortranarray(codes), list(words), True)
    return named, times.like(np.asarray(limits, float).reshape(1, -1))


def declare(class_name: str, example: str, start: str) -> None:
    def discretize(nargout, times, edges, values=None, names=None, /):
        if text_or_none(values) == "categorical" and isinstance(times, TimeArray):
            return as_categories(times, edges, names)
        if names is not None:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=("names are for 'categorical'",))
        return through_numbers(nargout, "discretize", times, edges, () if values is None else (values,))

    def histcounts(nargout, times, edges=None, /):
        return through_numbers(nargout, "histcounts", times, edges, ())

    discretize.__doc__ = f"""
    Y = discretize(t, edges)
    [Y, E] = discretize(t, edges)
    Y = discretize(t, edges, values)
    Y = discretize(t, edges, 'categorical', names)

    The number of the bin that each time falls into, or the value or the name of the bin.  Edges are times, or (of
    datetimes) a unit such as 'month'.

    Examples
      >> Y = discretize({example}, {start})
      Y =
           1     1     2

    See also histcounts, dateshift, isbetween.
    """
    histcounts.__doc__ = f"""
    N = histcounts(t)
    N = histcounts(t, edges)
    [N, edges] = histcounts(...)

    How many times fall into each bin.  Edges are times, a number of bins, or (of datetimes) a unit such as 'month'.

    Examples
      >> N = histcounts({example}, {start})
      N =
           2     1

    See also discretize, groupcounts.
    """
    for function, outputs in ((discretize, 2), (histcounts, 3)):
        function.__module__ = __name__
        overload(class_name, outputs=outputs)(function)


declare("datetime", "datetime(2024, [1 1 2], [1 9 3])", "'month'")
declare("duration", "hours([1 2 3])", "hours([0 2.5 5])")


def left_over(name: str, first: Any, second: Any) -> Duration:
    leader = first if type(first) is Duration else second
    find(name)
    numbers = [norm(leader.milliseconds_of(one)) for one in (first, second)]
    return leader.like(TABLE[name].function(*numbers))


@overload("duration")
def mod(x, y, /):
    """
    b = mod(t, d)

    What is left of lengths of time after whole lengths of another, with the sign of that.

    Examples
      >> b = mod(minutes(135), hours(1))
      b =
        duration
         15 min

    See also rem, floor, duration.
    """
    return left_over("mod", x, y)


@overload("duration")
def rem(x, y, /):
    """
    r = rem(t, d)

    What is left of lengths of time after whole lengths of another, with their own sign.

    Examples
      >> r = rem(minutes(-135), hours(1))
      r =
        duration
         -15 min

    See also mod, fix, duration.
    """
    return left_over("rem", x, y)


@overload("calendarDuration", outputs=None)
def split(nargout, x, components, /):
    """
    [X1, X2, ...] = split(t, components)

    The parts of calendar durations as numbers: 'years', 'quarters', 'months', 'weeks', 'days'; 'time' is a duration.

    Examples
      >> [y, m, d] = split(calmonths(14) + caldays(3), {'years' 'months' 'days'});
      >> disp([y m d])
           1     2     3

    See also calendarDuration, between, calmonths.
    """
    if type(x) is not CalendarDuration:
        raise ScriptError("MATLAB:UndefinedFunction", "split is for text, or for a calendarDuration with its parts.")
    words = [take.choice(word, COMPONENTS, "Components") for word in take.texts(components, "Components")]
    months, days = x.months, x.days
    found: list[Any] = []
    for word in words:
        if word in ("years", "quarters", "months"):
            size = {"years": 12, "quarters": 3, "months": 1}[word]
            amount: ndarray = np.trunc(months / size)
            months = months - amount * size
        elif word in ("weeks", "days"):
            size = 7 if word == "weeks" else 1
            amount = np.trunc(days / size)
            days = days - amount * size
        else:
            found.append(Duration(x.time))
            continue
        found.append(norm(np.asfortranarray(amount)))
    return tuple(found)

"""Timetables brought to other times: retime, synchronize."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.group_summaries import METHODS
from cnnscript.builtins.times.timetable_times import STEPS, at_step, column
from cnnscript.builtins.times.timetables import require_timetable, times_wanted
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.calendar_times import CalendarDuration
from cnnscript.values.concatenate import vertcat
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, class_of, ndarray, norm, numel_of
from cnnscript.values.rows import blank_rows, put_rows, take_rows
from cnnscript.values.tables import Table, distinct
from cnnscript.values.text import text_or_none
from cnnscript.values.times import Datetime, Duration, TimeArray

FILLING = ("fillwithmissing", "fillwithconstant", "previous", "next", "nearest", "default")
INTERPOLATING = ("linear", "spline", "pchip", "cubic", "makima")
AGGREGATING = ("sum", "mean", "median", "mode", "prod", "min", "max", "count", "firstvalue", "lastvalue")


def method_of(value: Any) -> str | Function:
    if value is None:
        return "fillwithmissing"
    if type(value) is Function:
        return value
    return take.choice(value, (*FILLING, *INTERPOLATING, *AGGREGATING), "Method")


def new_times(
    times: list[TimeArray], basis: Any, step: Any, rate: Any, method: str | Function, function: str
) -> TimeArray:
    """The times to bring timetables to: given, at steps of a calendar unit, or at equal steps over what is there."""
    leader = times[0]
    everything = leader.like(np.concatenate([leader.milliseconds_of(one).ravel("F") for one in times]).reshape(-1, 1))
    word = text_or_none(basis) if basis is not None else None
    if word is None:
        if isinstance(basis, TimeArray):
            return basis.like(basis.data.reshape(-1, 1, order="F"))
        raise ScriptError(
            f"MATLAB:timetable:{function}:InvalidTimes", "New times must be datetimes, durations or a step."
        )
    word = take.choice(word, (*STEPS, "regular", "union", "intersection", "commonrange", "first", "last"), "New times")
    aggregating = type(method) is Function or method in AGGREGATING
    if word in STEPS:
        moments = at_step(everything, word)
        local = everything.local if type(everything) is Datetime else everything.data
        if aggregating and len(moments) > 1 and moments[-1] > np.nanmax(local):
            moments = moments[:-1]
        return column(moments, leader)
    if word == "regular":
        low, high = float(np.nanmin(everything.data)), float(np.nanmax(everything.data))
        length = step if step is not None else None
        if type(length) is CalendarDuration:
            found = times_wanted(1, length, None, leader.like(np.array([[low]])))
            count = 1
            while found.data.max() < high:
                count += 1
                found = times_wanted(count, length, None, leader.like(np.array([[low]])))
            return found
        if rate is not None:
            length = Duration(np.array([[1000 / take.number(rate, "SampleRate")]]))
        if type(length) is not Duration or numel_of(length) != 1 or length.data.item() <= 0:
            raise ScriptError(f"MATLAB:timetable:{function}:NoTimeStep", "'regular' needs 'TimeStep' or 'SampleRate'.")
        size = float(length.data.item())
        first = np.floor(low / size + 1e-9) * size
        count = int((np.floor if aggregating else np.ceil)((high - first) / size + (1e-9 if aggregating else -1e-9)))
        return leader.like((first + size * np.arange(count + 1)).reshape(-1, 1))
    sets = [np.unique(leader.milliseconds_of(one)) for one in times]
    found = sets[0]
    if word == "last":
        found = sets[-1]
    elif word == "union":
        found = np.unique(np.concatenate(sets))
    elif word == "intersection":
        for other in sets[1:]:
            found = np.intersect1d(found, other)
    elif word == "commonrange":
        low, high = max(one.min() for one in sets), min(one.max() for one in sets)
        found = np.unique(np.concatenate(sets))
        found = found[(found >= low) & (found <= high)]
    return leader.like(found.reshape(-1, 1))


def brought(source: Table, times: TimeArray, method: str | Function, constant: Any, right: bool) -> Table:
    """A timetable with other row times."""
    have = source.times.data.ravel("F")
    wanted = source.times.milliseconds_of(times).ravel("F")
    order = np.argsort(have, kind="stable")
    order = order[~np.isnan(have[order])]
    if type(method) is Function or method in AGGREGATING:
        work: Callable[[Any], Any] = aggregated(have[order], wanted, method, right)
    elif method in INTERPOLATING:
        work = interpolated(have[order], wanted, str(method))
    else:
        work = filled(have[order], wanted, str(method), constant)
    variables = []
    for variable in source.variables:
        try:
            data = work(take_rows(variable.data, order))
        except ScriptError as problem:
            problem.notes = (*problem.notes, f"the variable '{variable.name}'")
            raise
        variables.append(replace(variable, data=data))
    about = source.about
    return Table(tuple(variables), wanted.size, None, about, times.like(times.data.reshape(-1, 1, order="F")))


def filled(have: ndarray, wanted: ndarray, method: str, constant: Any) -> Callable[[Any], Any]:
    """Values at times that are there; others missing, constant, or those of the neighbouring times."""
    if not have.size:
        found = np.full(wanted.size, -1)
    elif method == "previous":
        found = np.searchsorted(have, wanted, "right") - 1
    elif method == "next":
        found = np.searchsorted(have, wanted, "left")
        found = np.where(found < have.size, found, -1)
    elif method == "nearest":
        after = np.clip(np.searchsorted(have, wanted, "left"), 0, have.size - 1)
        before = np.maximum(after - 1, 0)
        found = np.where(np.abs(have[after] - wanted) <= np.abs(wanted - have[before]), after, before)
    else:
        found = np.minimum(np.searchsorted(have, wanted, "left"), have.size - 1)
        found = np.where(have[found] == wanted, found, -1)

    def work(data: Any) -> Any:
        blank = blank_rows(data, wanted.size, missing=True)
        if method == "fillwithconstant":
            blank = put_rows(blank, np.arange(wanted.size), constant)
        places = np.flatnonzero(found >= 0)
        return put_rows(blank, places, take_rows(data, found[places])) if places.size else blank

    return work


def interpolated(have: ndarray, wanted: ndarray, method: str) -> Callable[[Any], Any]:
    def work(data: Any) -> Any:
        from cnnscript.builtins import find

        find("interp1")
        from cnnscript.builtins.registry import TABLE

        numbers = data.data if isinstance(data, TimeArray) else data
        if class_of(numbers) not in ("double", "single") or class_of(data) in ("cell", "string"):
            raise ScriptError(
                "MATLAB:timetable:InterpolationNotSupported",
                f"The method '{method}' is for numbers only.",
                notes=(f"got a {class_of(data)}",),
                hint="'previous' or 'nearest' take values of any class",
            )
        array = as_array(numbers)
        columns = array.reshape(array.shape[0], -1, order="F")
        x, start = have / 1000, have[0] / 1000 if have.size else 0.0
        options = (method, "extrap") if method != "makima" else (method,)
        new = norm(wanted / 1000 - start)
        call = TABLE["interp1"].function
        made = [as_array(call(norm(x - start), norm(one.copy()), new, *options)) for one in columns.T]
        result = np.asfortranarray(np.column_stack([one.ravel() for one in made]))
        return data.like(result) if isinstance(data, TimeArray) else norm(result)

    return work


def aggregated(have: ndarray, wanted: ndarray, method: str | Function, right: bool) -> Callable[[Any], Any]:
    """One value for each of the bins that begin (right: end) at the times."""
    bins = np.searchsorted(wanted, have, "left" if right else "right") - (0 if right else 1)
    bins = np.where((bins < 0) | (bins >= wanted.size), -1, bins)

    def one(data: Any, places: ndarray) -> Any:
        if method == "count":
            return float(places.size)
        if not places.size:
            if method in ("sum", "prod"):
                return float(method == "prod")
            return blank_rows(data, 1, missing=True)
        part = take_rows(data, places)
        if type(method) is Function:
            return method.call(1, part)
        if method in ("firstvalue", "lastvalue"):
            return take_rows(part, np.array([0 if method == "firstvalue" else places.size - 1]))
        if isinstance(part, TimeArray):
            return part.like(as_array(METHODS[method](part.data)))
        if class_of(part) not in ("double", "single", "logical") and not class_of(part).startswith(("int", "uint")):
            raise ScriptError(
                "MATLAB:timetable:MethodNotSupported",
                f"The method '{method}' is for numbers only.",
                notes=(class_of(part),),
            )
        if method == "prod":
            return norm(np.nanprod(as_array(part).astype(float), axis=0, keepdims=True))
        return METHODS[method](as_array(part))

    def work(data: Any) -> Any:
        rows = [one(data, np.flatnonzero(bins == at)) for at in range(wanted.size)]
        return vertcat(*rows) if rows else blank_rows(data, 0)

    return work


@builtin
def retime(
    x, basis, method=None, /, *, TimeStep=None, SampleRate=None, Constant=0.0, IncludedEdge="left", EndValues=None
):
    """
    TT2 = retime(TT1, newTimeStep, method)
    TT2 = retime(TT1, newTimes, method)
    TT2 = retime(TT1, 'regular', method, TimeStep=dt)
    TT2 = retime(TT1, 'regular', method, SampleRate=Fs)

    A timetable at other times: 'yearly', 'quarterly', 'monthly', 'weekly', 'daily', 'hourly', 'minutely', 'secondly',
    times of one's own, or at equal steps.

    The method says what the values are: 'fillwithmissing' (default), 'fillwithconstant', 'previous', 'next',
    'nearest'; 'linear', 'spline', 'pchip'; 'sum', 'mean', 'median', 'mode', 'prod', 'min', 'max', 'count',
    'firstvalue', 'lastvalue' or a function of all rows from one time to the next.

    Options
      TimeStep      the step of 'regular' times
      SampleRate    how many of them make a second
      Constant      the constant of 'fillwithconstant' (0)
      IncludedEdge  the edge that belongs to a span of time: 'left' (default) or 'right'
      EndValues     'extrap' (default) only

    Examples
      >> TT1 = timetable(datetime(2024, 1, [1 1 2], [0 12 6], 0, 0)', [1; 3; 5]);
      >> TT2 = retime(TT1, 'daily', 'mean')
      TT2 =
        2×1 timetable
             Time        Var1
          ___________    ____
          01-Jan-2024     2
          02-Jan-2024     5
      >> TT2 = retime(timetable(seconds([0; 2]), [0; 4]), seconds([0; 1; 2]), 'linear');
      >> disp(TT2.Var1')
           0     2     4
      >> TT2 = retime(timetable(seconds([0; 2]), [0; 4]), 'regular', 'previous', TimeStep=seconds(1));
      >> disp(TT2.Var1')
           0     0     4
      >> TT2 = retime(timetable(seconds([0; 2]), [0; 4]), 'regular', 'linear', SampleRate=2);
      >> disp(TT2.Var1')
           0     1     2     3     4

    See also synchronize, timetable, timerange, interp1.
    """
    source = require_timetable(x, "retime")
    how = method_of(method)
    refuse_end_values(EndValues)
    times = new_times([source.times], basis, TimeStep, SampleRate, how, "retime")
    right = take.choice(IncludedEdge, ("left", "right"), "IncludedEdge") == "right"
    return brought(source, times, how, Constant, right)


def refuse_end_values(value: Any) -> None:
    if value is not None and text_or_none(value) != "extrap":
        raise ScriptError("cnnscript:NotYet", "EndValues of timetables is 'extrap' only.")


@builtin
def synchronize(first, /, *rest, TimeStep=None, SampleRate=None, Constant=0.0, IncludedEdge="left", EndValues=None):
    """
    TT = synchronize(TT1, TT2)
    TT = synchronize(TT1, TT2, newTimeBasis, method)
    TT = synchronize(TT1, ..., TTN, newTimeStep, method)
    TT = synchronize(TT1, TT2, 'regular', method, TimeStep=dt)

    The variables of timetables side by side, brought to the same times: the 'union' of all (default),
    their 'intersection', the 'commonrange', those of the 'first' or 'last', or times as retime takes them.

    Options
      TimeStep      the step of 'regular' times
      SampleRate    how many of them make a second
      Constant      the constant of 'fillwithconstant' (0)
      IncludedEdge  the edge that belongs to a span of time: 'left' (default) or 'right'
      EndValues     'extrap' (default) only

    Examples
      >> TT1 = timetable(seconds([1; 2]), [5; 6], VariableNames={'a'});
      >> TT2 = timetable(seconds([2; 3]), [7; 8], VariableNames={'b'});
      >> TT = synchronize(TT1, TT2)
      TT =
        3×2 timetable
          Time      a      b
          _____    ___    ___
          1 sec      5    NaN
          2 sec      6      7
          3 sec    NaN      8
      >> TT = synchronize(TT1, TT2, 'intersection', 'fillwithmissing');
      >> disp(height(TT))
           1
      >> TT = synchronize(TT1, TT2, 'regular', 'linear', TimeStep=seconds(1));

    See also retime, timetable, innerjoin.
    """
    tables = [require_timetable(first, "synchronize")]
    others = list(rest)
    while others and type(others[0]) is Table:
        tables.append(require_timetable(others.pop(0), "synchronize"))
    basis = others.pop(0) if others else "union"
    how = method_of(others.pop(0) if others else None)
    if others:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=("synchronize(TT1, TT2, times, method)",))
    refuse_end_values(EndValues)
    kinds = {class_of(table.times) for table in tables}
    if len(kinds) > 1:
        raise ScriptError(
            "MATLAB:timetable:synchronize:MixedTimes", "The row times must all be datetimes or all be durations."
        )
    times = new_times([table.times for table in tables], basis, TimeStep, SampleRate, how, "synchronize")
    right = take.choice(IncludedEdge, ("left", "right"), "IncludedEdge") == "right"
    made = [brought(table, times, how, Constant, right) for table in tables]
    every = [variable.name for table in made for variable in table.variables]
    variables = []
    for number, table in enumerate(made, 1):
        for variable in table.variables:
            name = variable.name if every.count(variable.name) == 1 else f"{variable.name}_{number}"
            variables.append(replace(variable, name=name))
    names = distinct([variable.name for variable in variables])
    variables = [replace(variable, name=name) for variable, name in zip(variables, names, strict=True)]
    return replace(made[0], variables=tuple(variables))

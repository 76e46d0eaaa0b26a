"""Histograms of numbers, times and categories."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, tried
from cnnscript.builtins.figures.plot_data import DAY, Coordinates
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, from_script, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import bars, showing
from cnnscript.pictures.graphics.time_axes import UNIX, TimeAxis
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none, texts_or_none
from cnnscript.values.times import Datetime, Duration

TIME_BINS = {  # days in the bins that BinMethod names for times
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.2425 / 12,
    "quarter": 365.2425 / 4, "year": 365.2425, "decade": 3652.425, "century": 36524.25,
}  # fmt: skip


@builtin(outputs=1)
def histogram(session, nargout, /, *args):
    """
    histogram(X)
    histogram(X, nbins)
    histogram(X, edges)
    histogram(C)
    histogram(C, categories)
    histogram(BinEdges=edges, BinCounts=counts)
    histogram(Categories=names, BinCounts=counts)
    histogram(..., Name=Value)
    histogram(ax, ...)
    h = histogram(...)

    How often values occur, in bins; of a categorical, how often each category.

    X may be numbers, datetimes or durations. Among the properties are NumBins, BinWidth, BinLimits, BinEdges, BinMethod
    ('auto', 'scott', 'fd', 'integers', 'sturges', 'sqrt'; of times also 'day', 'hour' ...), Normalization ('count',
    'probability', 'percentage', 'countdensity', 'pdf', 'cumcount', 'cdf'), DisplayStyle ('bar', 'stairs') and
    Orientation; of categories DisplayOrder, NumDisplayBins, ShowOthers and BarWidth.

    Examples
      >> histogram([1 1 2 3 3 3])
      figure 1: histogram 3 bins
      >> h = histogram([0.1 0.2 0.9], [0 0.5 1]); h.Values
      ans =
           2     1
      figure 1: histogram 2 bins
      >> h = histogram(categorical({'cat', 'dog', 'cat'}), DisplayOrder='descend'); h.Values
      ans =
           2     1
      figure 1: histogram 2 bins

    See also bar, histcounts, morebins, fewerbins.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("histogram(X)",))
    values = list(rest)
    word = text_or_none(values[0]) if isinstance(values[0], str) else None
    data = values.pop(0) if word is None else None
    bins: dict[str, Any] = {}
    if data is not None and values and len(values) % 2:
        bins = second_argument(data, values.pop(0))
    axes, given = parent_of(pairs(tuple(values), "histogram"), axes)
    settings = {**bins, **{bars.Histogram.find_name(name): value for name, value in given}}
    clock = None
    if isinstance(data, (Datetime, Duration)):
        measured = Coordinates(data, "histogram", "X")
        clock = measured.clock
        settings = {name: in_days(name, value) for name, value in settings.items()}
        if not settings.keys() & {"BinEdges", "NumBins", "BinWidth"}:
            method = str(settings.pop("BinMethod", "auto"))
            settings["BinEdges"] = time_edges(measured.values, clock, method)
    else:
        settings = {name: from_script(value) for name, value in settings.items()}
    if data is None and not any({each, "BinCounts"} <= settings.keys() for each in ("BinEdges", "Categories")):
        raise ScriptError(
            "MATLAB:histogram:MissingData",
            "BinCounts must be given with BinEdges or Categories where there are no data.",
        )
    check_counts(settings, data)
    tried(bars.Histogram, list(settings.items()))
    begin: dict[str, Any] = {}
    if data is not None and not isinstance(data, Categorical) and texts_or_none(data) is None:
        array = measured.values if clock is not None else take.pixels(data, "histogram", "X")
        begin = {"Data": array}
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values["Box"] = True
    made = bars.Histogram(axes, **begin)
    showing.follow(axes, made)
    if isinstance(data, Categorical) or texts_or_none(data) is not None:
        fill_categories(made, data)
    elif begin:
        made.whole = begin["Data"].dtype.kind in "iub"
    elif "Categories" in settings:
        made.all_names = list(settings["Categories"])
    for name, value in settings.items():
        made.set(name, value)
    if clock is not None:
        made.clocks[made.along()] = str(clock)
    made.touch()
    return wrap(made) if nargout else None


def second_argument(data: Any, value: Any) -> dict[str, Any]:
    """What the argument after the data says: a number of bins, edges, or categories."""
    if isinstance(data, Categorical) or texts_or_none(data) is not None and not isinstance(data, str):
        return {"Categories": value}
    if isinstance(value, (Datetime, Duration)):
        return {"BinEdges": value}
    numbers = take.numbers(value, "histogram", "the bins")
    if len(numbers) == 1:
        if not (numbers[0] >= 1 and numbers[0] == np.floor(numbers[0]) and numbers[0] < 1e8):
            raise ScriptError("MATLAB:histogram:numbins", "The number of bins must be a positive integer.")
        return {"NumBins": value}
    return {"BinEdges": value}


def check_counts(settings: dict[str, Any], data: Any) -> None:
    """Refuse edges that do not rise, and counts that do not fit the bins."""
    if "BinEdges" in settings:
        edges = np.array(take.numbers(settings["BinEdges"], "histogram", "BinEdges"))
        if edges.size < 2 or (np.diff(edges) < 0).any():
            raise ScriptError(
                "MATLAB:histogram:expectedIncreasing", "Bin edges must be two or more increasing numbers."
            )
    if "BinCounts" in settings:
        counts = len(take.numbers(settings["BinCounts"], "histogram", "BinCounts"))
        wanted = np.size(settings.get("BinEdges", np.zeros(1))) - 1
        wanted = len(settings["Categories"]) if "Categories" in settings else wanted
        if data is None and counts != wanted:
            raise ScriptError(
                "MATLAB:histogram:BinCountsInvalidSize",
                "BinCounts must have one element for each bin.",
                notes=(f"{counts} counts, {wanted} bins",),
            )


def in_days(name: str, value: Any) -> Any:
    """A property of a histogram of times, as numbers of days."""
    if isinstance(value, Datetime):
        return value.local / DAY + UNIX
    if isinstance(value, Duration):
        return value.data / DAY
    return from_script(value)


def time_edges(days: np.ndarray, clock: TimeAxis, method: str) -> np.ndarray:
    """Edges of bins at round times: those that BinMethod names, or about as many as Scott's rule asks for."""
    known = days[np.isfinite(days)]
    if not known.size:
        return np.array([0.0, 1.0])
    low, high = float(known.min()), float(known.max())
    if method.lower() in TIME_BINS:
        step = TIME_BINS[method.lower()]
    elif method.lower() == "auto":
        spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
        step = 3.5 * spread / known.size ** (1 / 3) or 1.0
    else:
        raise ScriptError(
            "MATLAB:histogram:BinMethod",
            "BinMethod of times is one of: 'auto', " + ", ".join(f"'{name}'" for name in TIME_BINS) + ".",
        )
    if step < 27 and method.lower() != "auto":
        first = np.floor((low - UNIX) / step) if clock.kind == "datetime" else np.floor(low / step)
        origin = UNIX if clock.kind == "datetime" else 0
        return origin + step * np.arange(first, np.floor((high - origin) / step) + 2)
    most = max(1, int(np.ceil((high - low) / step)))
    edges = clock.ticks(low - 1.5 * step, high + 1.5 * step, most + 3)
    below, above = edges[edges <= low], edges[edges > high]
    first = below[-1] if below.size else low
    last = above[0] if above.size else np.nextafter(high, np.inf)
    return np.unique(np.r_[first, edges[(edges > first) & (edges < last)], last])


def fill_categories(made: bars.Histogram, data: Any) -> None:
    if isinstance(data, Categorical):
        codes, names = data.codes, list(data.names)
    else:
        words = texts_or_none(data)
        names = sorted(set(words))
        codes = np.array([names.index(word) + 1 for word in words])
    made.all_names = names
    made.missing = int((codes <= 0).sum())
    made.values["Data"] = np.asarray(codes, float)


def other_bins(nargout: int, h: Any, function: str, factor: float) -> Any:
    """morebins and fewerbins: a tenth of the bins more or fewer, at least one."""
    if not isinstance(h, Handle) or not isinstance(h.graphic, bars.Histogram):
        raise take.refusal(function, "input number 1", "a histogram", h)
    count = h.graphic.get_NumBins()
    count = np.ceil(count * factor) if factor > 1 else max(1.0, np.floor(count * factor))
    h.graphic.set("NumBins", float(count))
    return norm(np.array([[count]])) if nargout else None


@builtin(outputs=1)
def morebins(nargout, h, /):
    """
    morebins(h)
    n = morebins(h)

    A tenth more bins in a histogram, and how many there are then.

    Examples
      >> h = histogram([1 2 4], 3); n = morebins(h)
      n =
           4
      figure 1: histogram 4 bins

    See also fewerbins, histogram.
    """
    return other_bins(nargout, h, "morebins", 1.1)


@builtin(outputs=1)
def fewerbins(nargout, h, /):
    """
    fewerbins(h)
    n = fewerbins(h)

    A tenth fewer bins in a histogram, and how many there are then.

    Examples
      >> h = histogram([1 2 4], 3); n = fewerbins(h)
      n =
           2
      figure 1: histogram 2 bins

    See also morebins, histogram.
    """
    return other_bins(nargout, h, "fewerbins", 0.9)

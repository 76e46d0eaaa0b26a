"""Plots of distributions: ecdf, cdfplot, ksdensity, histfit."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distributions import KERNELS
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.series import Stair
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.take import require_count
from cnnscript.values.text import text_or_none

RED = (1.0, 0.0, 0.0)


def sample(value: Any, function: str, what: str = "the data") -> np.ndarray:
    """Numbers without those that are not known."""
    array = np.asarray(take.pixels(value, function, what), float).ravel(order="F")
    return array[~np.isnan(array)]


def columns_of(value: Any, function: str) -> list[np.ndarray]:
    array = np.asarray(take.pixels(value, function, "the data"), float)
    each = [array.ravel(order="F")] if min(array.shape, default=0) <= 1 else list(array.T)
    return [column[~np.isnan(column)] for column in each]


def options(rest: tuple, function: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Name-value pairs, by the whole names in small letters."""
    told = {}
    for word, value in pairs(rest, function):
        found = [name for name in names if name == word.lower()] or [n for n in names if n.startswith(word.lower())]
        if len(found) != 1:
            raise ScriptError(
                "stats:internal:parseArgs:BadParamName", f"Invalid parameter name: {word}.",
                notes=("names: " + ", ".join(names),),
            )  # fmt: skip
        told[found[0]] = value
    return told


# ---------------------------------------------------------------------------------------------------------------- ecdf
def empirical(y: np.ndarray, censored: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """Kaplan and Meier's estimate of the survivor function, and Greenwood's of its variance: times, survivors,
    variances, cumulated hazards."""
    times = np.unique(y[~censored & (weights > 0)])
    alive = np.array([weights[y >= time].sum() for time in times])
    gone = np.array([weights[(y == time) & ~censored].sum() for time in times])
    with np.errstate(divide="ignore", invalid="ignore"):
        survivors = np.cumprod(1 - gone / alive)
        variance = survivors**2 * np.cumsum(gone / (alive * (alive - gone)))
        return times, survivors, variance, np.cumsum(gone / alive)


@builtin(outputs=4)
def ecdf(session, nargout, /, *args):
    """
    [f, x] = ecdf(y)
    ecdf(y)
    ecdf(ax, ...)
    [f, x, flo, fup] = ecdf(...)
    ecdf(..., Name, Value)

    The empirical distribution function: what share of the data is not above x, with bounds of confidence; without
    outputs it is drawn as steps.

    Names: 'Alpha' (0.05), 'Bounds' ('on' draws the bounds), 'Censoring' (true for data known only to be larger),
    'Frequency' (how often each counts), 'Function' ('cdf', 'survivor' or 'cumhazard').

    Examples
      >> [f, x] = ecdf([3 1 1 2]); [f x]
      ans =
               0    1.0000
          0.5000    1.0000
          0.7500    2.0000
          1.0000    3.0000
      >> ecdf([3 1 1 2])
      figure 1: stair 4 points, xlabel 'x', ylabel 'F(x)'

    See also cdfplot, ksdensity, histogram.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("ecdf(y)",))
    y = np.asarray(take.pixels(rest[0], "ecdf", "y"), float).ravel(order="F")
    told = options(rest[1:], "ecdf", ("alpha", "bounds", "censoring", "frequency", "function"))
    weights = np.ones(y.size)
    censored = np.zeros(y.size, bool)
    for name, default in (("frequency", weights), ("censoring", censored)):
        if name in told and np.size(as_array(told[name])):
            given = np.asarray(take.numbers(told[name], "ecdf", name))
            if given.size != y.size:
                raise ScriptError("stats:ecdf:InputSizeMismatch", f"{name.capitalize()} must have the same size as y.")
            default[:] = given
    ways = ("cdf", "survivor", "cumulative hazard", "cumhazard")
    way = take.choice(told.get("function", "cdf"), ways, "ecdf", "Function")
    alpha = take.number(told.get("alpha", 0.05), "ecdf", "Alpha")
    bounds = take.choice(told.get("bounds", "off"), ("on", "off"), "ecdf", "Bounds") == "on"
    known = ~np.isnan(y) & (weights > 0)
    y, censored, weights = y[known], censored[known], weights[known]
    if not y.size:
        raise ScriptError("stats:ecdf:NotEnoughData", "Input sample has no valid data (all missing values).")
    from scipy.special import ndtri

    times, survivors, variance, hazard = empirical(y, censored, weights)
    level = ndtri(1 - alpha / 2)
    if way == "survivor":
        values, begin = survivors, 1.0
    elif way == "cdf":
        values, begin = 1 - survivors, 0.0
    else:
        values, begin = hazard, 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = variance / survivors**2
    with np.errstate(invalid="ignore"):
        half = level * np.sqrt(variance)
    low, high = values - half, values + half
    if way in ("cdf", "survivor"):
        low, high = np.maximum(low, 0), np.minimum(high, 1)
    unknown = ~np.isfinite(variance) | (survivors == 0)
    low, high = np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)
    x, f = np.r_[times[0], times], np.r_[begin, values]
    flo, fup = np.r_[np.nan, low], np.r_[np.nan, high]
    if nargout:
        return tuple(norm(each.reshape(-1, 1)) for each in (f, x, flo, fup))
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    line = Stair(axes, XData=x, YData=f)
    showing.follow(axes, line)
    if bounds:
        for each in (flo, fup):
            Stair(axes, XData=x, YData=each, LineStyle=":", Color=line.value("Color"))
    axes.label("XLabel").values["String"] = "x"
    axes.label("YLabel").values["String"] = {"cdf": "F(x)", "survivor": "S(x)"}.get(way, "H(x)")
    axes.touch()
    return None


@builtin(outputs=2)
def cdfplot(session, nargout, /, *args):
    """
    cdfplot(x)
    cdfplot(ax, x)
    h = cdfplot(x)
    [h, stats] = cdfplot(x)

    The empirical distribution function of data, drawn as steps over a grid; stats has their smallest and largest,
    mean, median and standard deviation.

    Examples
      >> [h, stats] = cdfplot([3 1 1 2]); stats.median
      ans =
          1.5000
      figure 1: line 8 points, title 'Empirical CDF', xlabel 'x', ylabel 'F(x)'

    See also ecdf, histogram.
    """
    axes, rest = axes_first(args)
    require_count(rest, 1, 1)
    x = sample(rest[0], "cdfplot")
    if not x.size:
        raise ScriptError("stats:cdfplot:VectorRequired", "Input sample X must have some data.")
    places, counts = np.unique(x, return_counts=True)
    shares = np.r_[0.0, np.cumsum(counts) / x.size]
    across = np.r_[-np.inf, np.repeat(places, 2), np.inf]
    up = np.repeat(shares, 2)
    axes = session.desk.newplot(axes)
    line = plots.Line(axes, XData=across, YData=up)
    showing.follow(axes, line)
    axes.values |= {"Box": True, "XGrid": True, "YGrid": True}
    for name, words in (("Title", "Empirical CDF"), ("XLabel", "x"), ("YLabel", "F(x)")):
        axes.label(name).values["String"] = words
    axes.touch()
    if not nargout:
        return None
    from cnnscript.values.structs import Struct

    spread = float(x.std(ddof=1)) if x.size > 1 else 0.0
    facts = {"min": x.min(), "max": x.max(), "mean": x.mean(), "median": np.median(x), "std": spread}
    return wrap(line), Struct({name: float(value) for name, value in facts.items()})


# ------------------------------------------------------------------------------------------------------------ kernels
def kernel_cdf(kernel: str, z: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    if kernel == "normal":
        return ndtr(z)
    if kernel == "box":
        return np.clip((z + np.sqrt(3)) / (2 * np.sqrt(3)), 0, 1)
    if kernel == "triangle":
        a = np.sqrt(6)
        c = np.clip(z, -a, a)
        return np.where(c < 0, (c + a) ** 2 / 12, 1 - (a - c) ** 2 / 12)
    a = np.sqrt(5)
    c = np.clip(z, -a, a)
    return 0.5 + 0.75 * (c - c**3 / 15) / a


def bandwidth_of(x: np.ndarray) -> float:
    """The width that is best for normal data, by a spread that outliers do not move."""
    spread = float(np.median(np.abs(x - np.median(x)))) / 0.6745
    if spread <= 0:
        spread = float(np.ptp(x))
    return spread * (4 / (3 * x.size)) ** (1 / 5) if spread > 0 else 1.0


@builtin(outputs=3)
def ksdensity(session, nargout, /, *args):
    """
    f = ksdensity(x, pts)
    ksdensity(x)
    ksdensity(ax, ...)
    [f, xi, bw] = ksdensity(...)
    ksdensity(..., Name, Value)

    A smooth estimate of the density of data by kernels, at 100 points; without outputs it is drawn.

    Names: 'Bandwidth', 'Kernel' ('normal', 'box', 'triangle', 'epanechnikov'), 'NumPoints', 'Function' ('pdf', 'cdf',
    'survivor', 'cumhazard'), 'Support' ('unbounded', 'positive' or two limits), 'Weights'.

    Examples
      >> f = ksdensity([1 2 3], 2, 'Bandwidth', 1)
      f =
          0.2943
      >> ksdensity([1 2 3])
      figure 1: line 100 points

    See also ecdf, histogram, histfit.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("ksdensity(x)",))
    x = sample(rest[0], "ksdensity", "x")
    values = list(rest[1:])
    at = None
    if values and text_or_none(values[0]) is None:
        at = np.asarray(take.pixels(values.pop(0), "ksdensity", "pts"), float)
    names = ("bandwidth", "kernel", "numpoints", "function", "support", "weights", "width", "npoints")
    told = options(tuple(values), "ksdensity", names)
    if not x.size:
        raise ScriptError("stats:ksdensity:NotEnoughData", "X must have some data.")
    weights = np.full(x.size, 1 / x.size)
    if "weights" in told:
        given = np.array(take.numbers(told["weights"], "ksdensity", "Weights"))
        if given.size != x.size or (given < 0).any() or not given.sum():
            raise ScriptError("stats:ksdensity:BadWeights", "Weights must be as many as X, none of them negative.")
        weights = given / given.sum()
    kernel = take.choice(told.get("kernel", "normal"), tuple(KERNELS), "ksdensity", "Kernel")
    way = take.choice(told.get("function", "pdf"), ("pdf", "cdf", "survivor", "cumhazard"), "ksdensity", "Function")
    low, high = support_of(told.get("support", "unbounded"))
    if (x <= low).any() or (x >= high).any():
        raise ScriptError("stats:ksdensity:BadSupport", "Data values must be between lower and upper 'Support' values.")
    moved = onto_line(x, low, high)
    width = told.get("bandwidth", told.get("width"))
    width = bandwidth_of(moved) if width is None else take.number(width, "ksdensity", "Bandwidth")
    if not width > 0:
        raise take.refusal("ksdensity", "Bandwidth", "a positive number", told.get("bandwidth"))
    count = take.count(told.get("numpoints", told.get("npoints", 100.0)), "ksdensity", "NumPoints")
    if at is None:
        grid = np.linspace(moved.min() - 3 * width, moved.max() + 3 * width, count)
        points = off_line(grid, low, high).reshape(1, -1)
    else:
        points = at
    flat = points.ravel(order="F")
    inside = (flat > low) & (flat < high)
    z = onto_line(np.where(inside, flat, x[0]), low, high)
    scaled = (z[:, None] - moved[None]) / width
    if way == "pdf":
        f = KERNELS[kernel](scaled) @ weights / width * slope(np.where(inside, flat, x[0]), low, high)
        f = np.where(inside, f, 0.0)
    else:
        f = np.where(inside, kernel_cdf(kernel, scaled) @ weights, (flat >= high).astype(float))
        if way != "cdf":
            f = 1 - f
        if way == "cumhazard":
            with np.errstate(divide="ignore"):
                f = -np.log(f)
    f = f.reshape(points.shape, order="F")
    if nargout:
        return norm(f), norm(points), float(width)
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    line = plots.Line(axes, XData=points.ravel(order="F"), YData=f.ravel(order="F"))
    showing.follow(axes, line)
    return None


def support_of(value: Any) -> tuple[float, float]:
    word = text_or_none(value)
    if word is not None:
        return {"unbounded": (-np.inf, np.inf), "positive": (0.0, np.inf)}[
            take.choice(word, ("unbounded", "positive"), "ksdensity", "Support")
        ]
    low, high = take.numbers(value, "ksdensity", "Support", 2)
    if not low < high:
        raise take.refusal("ksdensity", "Support", "two increasing numbers", value)
    return low, high


def onto_line(x: np.ndarray, low: float, high: float) -> np.ndarray:
    """Data within bounds on the whole line of numbers: by the logarithm, or the logit."""
    if np.isinf(low) and np.isinf(high):
        return x
    if np.isinf(high):
        return np.log(x - low)
    if np.isinf(low):
        return -np.log(high - x)
    return np.log(x - low) - np.log(high - x)


def off_line(z: np.ndarray, low: float, high: float) -> np.ndarray:
    if np.isinf(low) and np.isinf(high):
        return z
    if np.isinf(high):
        return low + np.exp(z)
    if np.isinf(low):
        return high - np.exp(-z)
    return low + (high - low) / (1 + np.exp(-z))


def slope(x: np.ndarray, low: float, high: float) -> np.ndarray:
    if np.isinf(low) and np.isinf(high):
        return np.ones(x.size)
    if np.isinf(high):
        return 1 / (x - low)
    if np.isinf(low):
        return 1 / (high - x)
    return 1 / (x - low) + 1 / (high - x)


@builtin(outputs=1)
def histfit(session, nargout, /, *args):
    """
    histfit(data)
    histfit(data, nbins)
    histfit(data, nbins, dist)
    histfit(ax, ...)
    h = histfit(...)

    A histogram with as many bins as the square root of the number of data, and the density that fits them best, of the
    distribution named by dist ('normal', or what fitdist takes, or 'kernel').

    Examples
      >> rng(1); h = histfit(randn(1, 100)); numel(h(1).YData)
      ans =
          10
      figure 1: bar 10 bars, line 100 points

    See also histogram, ksdensity, fitdist.
    """
    axes, rest = axes_first(args)
    require_count(rest, 1, 3)
    data = sample(rest[0], "histfit")
    if data.size < 2:
        raise ScriptError("stats:histfit:NotEnoughData", "Not enough data to fit a distribution.")
    count = int(np.ceil(np.sqrt(data.size)))
    if len(rest) > 1 and np.size(as_array(rest[1])):
        count = take.count(rest[1], "histfit", "nbins")
        if count < 1:
            raise take.refusal("histfit", "nbins", "a positive integer", rest[1])
    word = take.word(rest[2], "histfit", "dist") if len(rest) > 2 else "normal"
    counts, edges = np.histogram(data, count)
    middles = edges[:-1] + np.diff(edges) / 2
    if word.lower() == "kernel":
        width = bandwidth_of(data)
        at = np.linspace(data.min() - 3 * width, data.max() + 3 * width, 100)
        density = KERNELS["normal"]((at[:, None] - data[None]) / width).mean(1) / width
    else:
        fitted = session.call("fitdist", 1, norm(data.reshape(-1, 1)), word)
        ends = as_array(session.call("icdf", 1, fitted, norm(np.array([[0.0013499, 0.99865]])))).ravel()
        low, high = (min(float(ends[0]), data.min()), max(float(ends[1]), data.max()))
        at = np.linspace(low, high, 100)
        density = np.asarray(as_array(session.call("pdf", 1, fitted, norm(at.reshape(1, -1)))), float).ravel()
    area = data.size * float(edges[1] - edges[0])
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    (made,) = showing.bars(axes, middles, counts.reshape(-1, 1).astype(float), False, "grouped", 1.0, {})
    line = plots.Line(axes, XData=at, YData=area * density, Color=RED, LineWidth=2.0)
    axes.touch()
    return wrap_list([made, line]) if nargout else None



"""Data against the quantiles of a distribution: normplot, probplot, qqplot."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first
from cnnscript.builtins.figures.plot_distributions import RED, columns_of, sample
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.boxes import quantile
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.take import require_count
from cnnscript.values.text import text_or_none

PROBABILITIES = (
    0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999,
)  # fmt: skip


def straight(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and height of the line through the first and third quartiles of both."""
    first, third = (quantile(np.sort(x), share) for share in (0.25, 0.75))
    low, high = (quantile(np.sort(y), share) for share in (0.25, 0.75))
    rise = (high - low) / (third - first) if third > first else np.nan
    return rise, (low + high) / 2 - rise * (first + third) / 2


def quantiles_of(function: str, shares: np.ndarray) -> np.ndarray:
    """Quantiles of standard distributions, by the name that probplot uses."""
    from scipy import stats

    known = {
        "normal": stats.norm, "lognormal": stats.norm, "exponential": stats.expon, "weibull": stats.gumbel_l,
        "extreme value": stats.gumbel_l, "rayleigh": stats.rayleigh, "logistic": stats.logistic,
        "loglogistic": stats.logistic, "half normal": stats.halfnorm,
    }  # fmt: skip
    return known[function].ppf(shares)


ON_LOGS = ("lognormal", "weibull", "loglogistic")
KINDS = (
    "normal", "lognormal", "exponential", "weibull", "extreme value", "rayleigh", "logistic", "loglogistic",
    "half normal",
)  # fmt: skip


def probability_axes(axes: Axes, kind: str, title: str) -> None:
    """Ticks at probabilities, where their quantiles are."""
    at = quantiles_of(kind, np.array(PROBABILITIES))
    keep = np.isfinite(at)
    low, high = axes.get("YLim")
    axes.set("YTick", at[keep])
    axes.set("YTickLabel", [f"{share:g}" for share, kept in zip(PROBABILITIES, keep, strict=True) if kept])
    axes.set("YLim", np.array([low, high]))
    axes.values |= {"XGrid": True, "YGrid": True, "Box": True}
    for name, words in (("Title", title), ("XLabel", "Data"), ("YLabel", "Probability")):
        axes.label(name).values["String"] = words
    axes.touch()


def draw_probability(
    session: Any, axes: Axes | None, columns: list[np.ndarray], kind: str, title: str
) -> list[plots.Line]:
    """Sorted data against the quantiles of a distribution, and the line through their quartiles."""
    axes = session.desk.newplot(axes)
    made = []
    logs = kind in ON_LOGS
    if logs and any((column <= 0).any() for column in columns):
        raise ScriptError("stats:probplot:BadData", f"The data of a {kind} plot must be positive.")
    lines = []
    for column in columns:
        ordered = np.sort(column)
        shares = (np.arange(1, ordered.size + 1) - 0.5) / max(ordered.size, 1)
        high = quantiles_of(kind, shares)
        line = plots.Line(axes, XData=ordered, YData=high, LineStyle="none", Marker="+")
        showing.follow(axes, line)
        made.append(line)
        if ordered.size > 1:
            x = np.log(ordered) if logs else ordered
            rise, base = straight(x, high)
            ends = np.array([ordered[0], ordered[-1]])
            near = np.array([quantile(ordered, 0.25), quantile(ordered, 0.75)])
            onto = np.log if logs else np.asarray
            lines += [(near, rise * onto(near) + base, "-"), (ends, rise * onto(ends) + base, "-.")]
    for x, y, style in lines:
        made.append(plots.Line(axes, XData=x, YData=y, LineStyle=style, Color=RED))
    if logs:
        axes.values["XScale"] = "log"
    probability_axes(axes, kind, title)
    return made


@builtin(outputs=1)
def normplot(session, nargout, /, *args):
    """
    normplot(x)
    normplot(ax, x)
    h = normplot(x)

    Data against the quantiles of a normal distribution: on a line where they are normal. A matrix has a set of points
    for each column.

    Examples
      >> figure(Visible='off'); h = normplot([1 2 3 4]); y = h(1).YData
      y =
         -1.1503   -0.3186    0.3186    1.1503

    See also probplot, qqplot, histfit.
    """
    axes, rest = axes_first(args)
    require_count(rest, 1, 1)
    made = draw_probability(session, axes, columns_of(rest[0], "normplot"), "normal", "Normal Probability Plot")
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def probplot(session, nargout, /, *args):
    """
    probplot(y)
    probplot(dist, y)
    probplot(ax, ...)
    h = probplot(...)

    Data against the quantiles of a distribution: 'normal', 'lognormal', 'exponential', 'weibull', 'extreme value',
    'rayleigh', 'logistic', 'loglogistic' or 'half normal'.

    Examples
      >> figure(Visible='off'); h = probplot('exponential', [1 2 4]); y = h(1).YData
      y =
          0.1823    0.6931    1.7918

    See also normplot, qqplot.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    kind = "normal"
    if values and text_or_none(values[0]) is not None:
        kind = take.choice(values.pop(0), KINDS, "probplot", "dist")
    require_count(values, 1, 1)
    title = f"Probability Plot for {kind.title()} Distribution"
    made = draw_probability(session, axes, columns_of(values[0], "probplot"), kind, title)
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def qqplot(session, nargout, /, *args):
    """
    qqplot(x)
    qqplot(x, y)
    qqplot(x, pd)
    qqplot(x, y, pvec)
    qqplot(ax, ...)
    h = qqplot(...)

    Quantiles of data against those of a normal distribution, of other data, or of a distribution object; on a line
    where they are of one kind.

    Examples
      >> figure(Visible='off'); h = qqplot([1 2 3 4]); x = h(1).XData
      x =
         -1.1503   -0.3186    0.3186    1.1503

    See also normplot, probplot.
    """
    axes, rest = axes_first(args)
    require_count(rest, 1, 3)
    x = np.sort(sample(rest[0], "qqplot", "x"))
    if not x.size:
        raise ScriptError("stats:qqplot:NotEnoughData", "X must have some data.")
    shares = (np.arange(1, x.size + 1) - 0.5) / x.size
    words = ("QQ Plot of Sample Data versus Standard Normal", "Standard Normal Quantiles", "Quantiles of Input Sample")
    if len(rest) == 1:
        across, up = quantiles_of("normal", shares), x
    elif hasattr(rest[1], "class_name") and not isinstance(rest[1], np.ndarray):
        found = session.call("icdf", 1, rest[1], norm(shares.reshape(1, -1)))
        across, up = np.asarray(as_array(found), float).ravel(), x
        words = ("QQ Plot of Sample Data versus Distribution", "Quantiles of Distribution", "Quantiles of Input Sample")
    else:
        y = np.sort(sample(rest[1], "qqplot", "y"))
        if not y.size:
            raise ScriptError("stats:qqplot:NotEnoughData", "Y must have some data.")
        if len(rest) == 3:
            shares = np.array(take.numbers(rest[2], "qqplot", "pvec")) / 100
        elif y.size < x.size:
            shares = (np.arange(1, y.size + 1) - 0.5) / y.size
        across, up = (np.array([quantile(each, share) for share in shares]) for each in (x, y))
        words = ("QQ Plot of Sample Data versus Sample Data", "X Quantiles", "Y Quantiles")
        words = ("", *words[1:])
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    points = plots.Line(axes, XData=across, YData=up, LineStyle="none", Marker="+")
    showing.follow(axes, points)
    made = [points]
    if up.size > 1:
        rise, base = straight(across, up)
        near = np.array([quantile(np.sort(across), share) for share in (0.25, 0.75)])
        ends = np.array([across.min(), across.max()])
        for at, style in ((near, "-"), (ends, "-.")):
            made.append(plots.Line(axes, XData=at, YData=rise * at + base, LineStyle=style, Color=RED))
    for name, word in zip(("Title", "XLabel", "YLabel"), words, strict=True):
        if word:
            axes.label(name).values["String"] = word
    axes.touch()
    return wrap_list(made) if nargout else None

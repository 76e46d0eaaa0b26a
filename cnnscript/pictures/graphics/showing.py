"""What imshow, image, imagesc, plot, bar ... put on the desk, with MATLAB's defaults."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.bars import Bar, Histogram
from cnnscript.pictures.graphics.beside import ColorBar, Legend
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.primitives import Image
from cnnscript.pictures.images import colormaps, scale

GREYS = 256


def imshow(
    desk: Desk,
    pixels: np.ndarray,
    limits: tuple[float, float] | None = None,
    colours: np.ndarray | None = None,
    indexed: bool = False,
    magnification: float | None = 1.0,
    tight: bool = False,
    axes: Axes | None = None,
    x: np.ndarray | None = None,
    y: np.ndarray | None = None,
    interpolation: str = "nearest",
) -> Image:
    """A picture without axes, pixel for pixel.

    pixels: H×W (grey, binary; with `indexed` rows of `colours`) or H×W×3.  limits: what is black and white; None for
    the class's range (0 to 1 for floating point).  colours: the axes' colour map.  magnification: None fits the figure
    as it is.
    """
    alone = axes is None
    axes = desk.newplot(axes)
    holding = axes.value("NextPlot") == "add" and bool(axes.images())
    made = Image(axes, CData=pixels, Interpolation=interpolation)
    if x is not None:
        made.values["XData"] = np.asarray(x, float)
    if y is not None:
        made.values["YData"] = np.asarray(y, float)
    if pixels.ndim == 2 and not indexed:
        made.values["CDataMapping"] = "scaled"
        low, high = limits if limits is not None else class_range(pixels.dtype)
        if not low < high:
            low, high = class_range(pixels.dtype)
        axes.set("CLim", (low, high))
        axes.values["Colormap"] = colormaps.colormap("gray", GREYS) if colours is None else colours
    elif colours is not None:
        axes.values["Colormap"] = colours
    if not holding:
        image_axes(axes, made)
    axes.values |= {"Visible": False, "TickDir": "out", "XTickMode": "auto", "YTickMode": "auto"}
    figure = axes.up("figure")
    own_size = figure.value("PositionMode") == "manual"
    if not holding:
        sole = alone and not own_size and axes.cell is None and axes.span is None
        axes.fitted = magnification if sole and magnification is not None else None
        if sole and magnification is None:
            axes.fitted = fitting_magnification(made)
    axes.border = "tight" if tight else "loose"
    axes.touch()
    return made


def class_range(dtype: np.dtype) -> tuple[float, float]:
    """What is black and white in a class: the ends of an integer one, 0 and 1 of the others."""
    if dtype.kind not in "iu":
        return 0.0, 1.0
    ends = np.iinfo(dtype)
    return float(ends.min), float(ends.max)


def fitting_magnification(image: Image) -> float:
    """The magnification at which an image fills a figure of the default size, at least 1."""
    height, width = image.value("CData").shape[:2]
    if not height or not width:
        return 1.0
    return max(1.0, float(min(560 / width, 420 / height)))


def image_axes(axes: Axes, shown: Image) -> None:
    """Row 1 on top, square pixels, limits at the edges of the pixels, whatever is drawn over them."""
    axes.values |= {
        "YDir": "reverse",
        "XDir": "normal",
        "DataAspectRatio": np.ones(3),
        "DataAspectRatioMode": "manual",
        "Layer": "top",
        "Box": True,
    }
    for letter in "XY":
        reach = shown.extent(letter)
        if reach is not None:
            axes.set(f"{letter}Lim", reach)


def image(
    desk: Desk,
    pixels: np.ndarray,
    axes: Axes | None = None,
    scaled: bool = False,
    low_level: bool = False,
    **given: Any,
) -> Image:
    """image and imagesc: a matrix in an axes with ticks, row 1 on top, stretched to fill.

    low_level: only add the image, replacing nothing and leaving the axes as they are.
    """
    axes = (axes or desk.current_axes()) if low_level else desk.newplot(axes)
    holding = axes.value("NextPlot") == "add" and len(axes.drawn()) > 0
    made = Image(axes, CData=pixels, CDataMapping="scaled" if scaled else "direct")
    try:
        for name, value in given.items():
            made.set(name, value)
    except ScriptError:
        made.delete()
        raise
    if not holding and not low_level:
        axes.values |= {"YDir": "reverse", "Layer": "top", "Box": True}
    axes.touch()
    return made


def colorbar(desk: Desk, axes: Axes | None = None, **given: Any) -> ColorBar:
    """The colorbar of an axes, made or changed."""
    axes = axes or desk.current_axes()
    made = next((child for child in axes.children if isinstance(child, ColorBar)), None) or ColorBar(axes)
    for name, value in given.items():
        made.set(name, value)
    return made


def legend(
    desk: Desk, axes: Axes | None = None, names: list[str] | None = None, objects: list[Graphic] | None = None
) -> Legend:
    """The legend of an axes, made or changed."""
    axes = axes or desk.current_axes()
    made = next((child for child in axes.children if isinstance(child, Legend)), None) or Legend(axes)
    if objects is not None:
        made.objects = objects
    if names is not None:
        made.set("String", names)
    return made


def next_colour(axes: Axes) -> tuple[float, float, float]:
    """The next colour of the axes' colour order."""
    order = axes.value("ColorOrder")
    place = int(axes.value("ColorOrderIndex")) - 1
    axes.values["ColorOrderIndex"] = float(place % len(order) + 2)
    return tuple(float(part) for part in order[place % len(order)])


def bars(
    axes: Axes,
    x: np.ndarray,
    heights: np.ndarray,
    horizontal: bool,
    layout: str,
    width: float | None,
    given: dict[str, Any],
) -> list[Bar]:
    """One Bar for each column of `heights` (n×k)."""
    made: list[Bar] = []
    count = heights.shape[1]
    above, below = np.zeros(heights.shape[0]), np.zeros(heights.shape[0])
    for series in range(count):
        column = np.asarray(heights[:, series], float)
        one = Bar(axes, XData=x, YData=column, BarLayout=layout, Horizontal=horizontal, FaceColor=next_colour(axes))
        one.series, one.count = series, 1 if layout == "stacked" else count
        # Stacked bars pile up above the base line, negative ones below it.
        one.below = np.where(column >= 0, above, below)
        above, below = above + np.maximum(column, 0), below + np.minimum(column, 0)
        if width is not None:
            one.set("BarWidth", width)
        for name, value in given.items():
            one.set(name, value)
        made.append(one)
    return made


def bin_edges(data: np.ndarray, count: int | None = None, width: float | None = None) -> np.ndarray:
    """The edges of histogram bins as MATLAB chooses them.

    Whole numbers within a range of 50 get a bin each, centred on it.  Else bins have Scott's width, 3.5 s n^(-1/3),
    made round (1, 2, 3 or 5 times a power of ten), and begin at whole multiples of it.  With `count` that many equal
    bins; with `width` bins of that width.
    """
    values = np.asarray(data, float).ravel()
    values = values[np.isfinite(values)]
    if not values.size:
        return np.linspace(0, 1, (count or 1) + 1)
    low, high = float(values.min()), float(values.max())
    if width is not None:
        first = np.floor(low / width)
        return width * np.arange(first, max(np.ceil(high / width), first + 1) + 1)
    if count is None and high - low <= 50 and (values == np.round(values)).all():
        return np.arange(low - 0.5, high + 1)
    largest = max(abs(low), abs(high))
    if high - low <= max(np.sqrt(np.spacing(largest)), np.finfo(float).tiny):
        # Constant data: a bin of about 1 with the data in its middle.
        left, right = np.floor(2 * (low - 0.25)) / 2, np.ceil(2 * (high + 0.25)) / 2
        return np.linspace(left, right, (count or 1) + 1)
    if count is None:
        step = round_width(max(3.5 * float(values.std(ddof=1)) / values.size ** (1 / 3), float(np.spacing(largest))))
        left = min(step * np.floor(low / step), low)
        bins = max(1, int(np.ceil((high - left) / step)))
        return np.r_[left + step * np.arange(bins), max(left + bins * step, high)]
    return equal_edges(low, high, count)


def equal_edges(low: float, high: float, count: int) -> np.ndarray:
    """Edges of `count` equal bins with a width of few digits, the last of which holds `high`."""
    raw = (high - low) / count
    power = 10.0 ** np.floor(np.log10(raw))
    step = power * np.floor(raw / power)
    left = min(step * np.floor(low / step), low)
    if count > 1:
        # The narrowest bins put `high` on the last edge, the widest on the last edge but one.
        narrow, wide = (high - left) / count, (high - left) / (count - 1)
        digit = 10.0 ** np.floor(np.log10(wide - narrow))
        step = digit * np.ceil(narrow / digit)
    return np.r_[left + step * np.arange(count), max(left + count * step, high)]


def round_width(raw: float) -> float:
    """1, 2, 3, 5 or 10 times a power of ten, whichever is about `raw`."""
    power = 10.0 ** np.floor(np.log10(raw))
    relative = raw / power
    return power * next((nice for bound, nice in ((1.5, 1), (2.5, 2), (4, 3), (7.5, 5)) if relative < bound), 10)


def histogram(axes: Axes, data: np.ndarray, edges: np.ndarray, given: dict[str, Any]) -> Histogram:
    """Counts of data between edges; the last bin holds its right edge."""
    counts = np.histogram(np.asarray(data, float).ravel(), edges)[0].astype(float)
    made = Histogram(axes, Data=np.asarray(data), BinEdges=edges, BinCounts=counts, FaceColor=next_colour(axes))
    for name, value in given.items():
        made.set(name, value)
    return made


def display_range(pixels: np.ndarray) -> tuple[float, float] | None:
    """The limits that an empty range ([]) stands for; None where the image is constant."""
    low, high = scale.display_limits(pixels)
    return (low, high) if low < high else None

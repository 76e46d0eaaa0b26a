"""What imshow, image, imagesc, plot, bar ... put on the desk, with MATLAB's defaults."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.bars import Bar
from cnnscript.pictures.graphics.beside import ColorBar, Legend
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Patch, Plotted
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
    ticks: bool = False,
) -> Image:
    """A picture without axes, pixel for pixel.

    pixels: H×W (grey, binary; with `indexed` rows of `colours`) or H×W×3.  limits: what is black and white; None for
    the class's range (0 to 1 for floating point).  colours: the axes' colour map.  magnification: None fits the figure
    as it is.  ticks: show the axes nevertheless.
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
        # The map belongs to this axes (as in MATLAB since R2016b): another axes' map does not change it.
        axes.set("Colormap", colormaps.colormap("gray", GREYS) if colours is None else colours)
    elif colours is not None:
        axes.set("Colormap", colours)
    if not holding:
        image_axes(axes, made)
    axes.values |= {"Visible": ticks, "TickDir": "out", "XTickMode": "auto", "YTickMode": "auto"}
    figure = axes.up("figure")
    own_size = figure.value("PositionMode") == "manual"
    if not holding:
        sole = alone and not own_size and axes.cell is None and axes.span is None
        axes.fitted = None
        if sole and magnification is not None:
            axes.fitted = magnification * density(made)
        elif sole and tight:
            axes.set("Position", np.array((0.0, 0.0, 1.0, 1.0)))
    axes.border = "tight" if tight else "loose"
    axes.touch()
    return made


def class_range(dtype: np.dtype) -> tuple[float, float]:
    """What is black and white in a class: the ends of an integer one, 0 and 1 of the others."""
    if dtype.kind not in "iu":
        return 0.0, 1.0
    ends = np.iinfo(dtype)
    return float(ends.min), float(ends.max)


def density(image: Image) -> float:
    """How many pixels of the image there are to a unit of the x-axis."""
    reach, columns = image.extent("X"), image.value("CData").shape[1]
    return columns / (reach[1] - reach[0]) if reach is not None and reach[1] > reach[0] else 1.0


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
    both = axes.children if axes.twin is None else [*axes.children, *axes.twin.children]
    made = next((child for child in both if isinstance(child, Legend)), None) or Legend(axes.primary())
    made.call(names, objects)
    return made


def next_colour(axes: Axes) -> tuple[float, float, float]:
    """The next colour of the axes' colour order; after the last begins the next line style."""
    order = axes.value("ColorOrder")
    place = int(axes.value("ColorOrderIndex")) - 1
    if place and place % len(order) == 0 and "LineStyleOrderIndex" in axes.table:
        axes.values["LineStyleOrderIndex"] = float(axes.value("LineStyleOrderIndex")) + 1
    axes.values["ColorOrderIndex"] = float(place % len(order) + 2)
    return tuple(float(part) for part in order[place % len(order)])


def follow(axes: Axes, node: Plotted, styled: bool = False, coloured: bool = True) -> None:
    """Give an object the next colour (and line style) of its axes, which it keeps until it gets one of its own."""
    if not coloured:
        return
    colour = next_colour(axes)
    index = axes.value("ColorOrderIndex") - 1
    node.follow(colour, index)
    styles = axes.value("LineStyleOrder") if styled and "LineStyleOrder" in axes.table else None
    if styles is not None and len(styles) > 1 and "LineStyle" in node.table:
        styles = list(styles) if not isinstance(styles, str) else styles.split("|")
        node.set("LineStyle", styles[(int(axes.value("LineStyleOrderIndex")) - 1) % len(styles)])


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
        one = Bar(axes, XData=x, YData=column, BarLayout=layout, Horizontal=horizontal)
        follow(axes, one)
        one.series, one.count = series, 1 if layout == "stacked" else count
        # Stacked bars pile up above the base line, negative ones below it.
        one.below = np.where(column >= 0, above, below)
        above, below = above + np.nan_to_num(np.maximum(column, 0)), below + np.nan_to_num(np.minimum(column, 0))
        if width is not None:
            one.set("BarWidth", width)
        for name, value in given.items():
            one.set(name, value)
        made.append(one)
    return made


def touching_bars(
    axes: Axes, x: np.ndarray, heights: np.ndarray, horizontal: bool, layout: str, width: float, given: dict[str, Any]
) -> list[Patch]:
    """The layouts 'hist' (bars about x) and 'histc' (bars from x on): polygons in the colours of the colour map."""
    count = heights.shape[1]
    spacing = float(np.min(np.diff(np.unique(x)))) if x.size > 1 else 1.0
    made = []
    for series in range(count):
        step = width * spacing / count * (0.8 if count > 1 and layout == "hist" else 1)
        left = x + step * series - (step * count / 2 if layout == "hist" else 0)
        base, up = np.zeros(x.size), np.asarray(heights[:, series], float)
        along, across = np.stack([left, left, left + step, left + step]), np.stack([base, up, up, base])
        if horizontal:
            along, across = across, along
        one = Patch(axes, XData=along, YData=across, FaceColor="flat", CData=np.full((1, x.size), series + 1.0))
        for name, value in given.items():
            one.set(name, value)
        made.append(one)
    axes.values |= {"CLim": np.array((1.0, max(2.0, count))), "CLimMode": "manual"}
    return made


def display_range(pixels: np.ndarray) -> tuple[float, float] | None:
    """The limits that an empty range ([]) stands for; None where the image is constant."""
    low, high = scale.display_limits(pixels)
    return (low, high) if low < high else None

"""A figure in one line of text: `figure 1: image 227x227x3, title 'conv1'`."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.graphics.annotations import KINDS, Annotation, words_of
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.charts import Chart, Heatmap
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.primitives import Image, Text
from cnnscript.pictures.images import colormaps


def describe(figure: Figure) -> str:
    """What a figure shows, axes after axes in the order they were made."""
    name = figure.value("Name")
    head = figure.called + (f" '{name}'" if name and figure.value("IntegerHandle") else "")
    every = figure.all_axes()
    parts = [describe_axes(axes) for axes in every]
    if len(parts) > 1:
        parts = [f"axes {k}: {part}" for k, part in enumerate(parts, 1)]
    for child in figure.children:
        if child.kind == "subplottext":
            parts.append(f"title of all {quoted(child.value('String'))}")
        if child.kind == "tiledlayout" and child.words_of("Title"):
            parts.append(f"title of all {quoted(child.words_of('Title'))}")
    drawn = [describe_annotation(child) for child in figure.children if isinstance(child, Annotation)]
    if drawn:
        parts = [", ".join([*parts, *drawn])] if len(parts) <= 1 else [*parts, *drawn]
    return f"{head}: {'; '.join(parts)}" if parts else f"{head}: empty"


def describe_annotation(node: Annotation) -> str:
    """An annotation's type and words."""
    words = words_of(node)
    name = next(name for name, kind in KINDS.items() if type(node) is kind)
    return f"{name} {quoted(words)}" if words else name


def describe_axes(axes: Axes) -> str:
    """What is in an axes, then its words, then what is beside it."""
    if isinstance(axes, Chart):
        return describe_chart(axes)
    parts = together([part for part in (describe_object(child) for child in axes.drawn()) if part]) or ["empty axes"]
    parts += [
        f"{name.lower()} {quoted(axes.words_of(name))}"
        for name in ("Title", "Subtitle", "XLabel", "YLabel", "ZLabel")
        if axes.words_of(name)
    ]
    if any(child.value("CData").ndim == 2 for child in axes.images()):
        named = map_name(axes.get("Colormap"))
        if named not in (None, "parula", "gray"):
            parts.append(f"colormap {named}")
    for child in axes.children:
        if child.kind == "colorbar":
            parts.append("colorbar")
        if child.kind == "legend":
            parts.append("legend " + ", ".join(quoted(words) for words in child.get_String()))
    return ", ".join(parts)


MANY = 8  # more patches, texts or lines than so many are counted, not listed


def together(parts: list[str]) -> list[str]:
    """Descriptions of objects, with many patches, texts or lines in one."""
    for begin, many in (("patch", "patches"), ("text ", "texts"), ("line ", "lines")):
        alike = [part for part in parts if part.startswith(begin)]
        if len(alike) > MANY:
            at = parts.index(alike[0])
            parts = [part for part in parts if not part.startswith(begin)]
            parts.insert(at, f"{len(alike)} {many}")
    return parts


def describe_chart(chart: Chart) -> str:
    """A chart's size and title."""
    data = chart.value("ColorData") if isinstance(chart, Heatmap) else chart.get("NormalizedValues")
    name = "heatmap" if isinstance(chart, Heatmap) else "confusion matrix"
    title = chart.words_of("Title")
    return f"{name} {data.shape[0]}x{data.shape[1]}" + (f", title {quoted(title)}" if title else "")


def describe_object(node: Graphic) -> str | None:
    """An object in a few words, such as `image 227x227x3` or `line 100 points`."""
    if isinstance(node, Image):
        size = "x".join(str(n) for n in node.value("CData").shape)
        alpha = np.asarray(node.value("AlphaData"))
        clear = (
            ""
            if alpha.size == 1 and alpha.ravel()[0] >= 1
            else f" alpha {alpha.ravel()[0]:g}"
            if alpha.size == 1
            else " alpha"
        )
        return f"image {size}{clear}"
    if isinstance(node, Text) or node.kind in ("rectangle", "constantregion"):
        if node.value("HandleVisibility") != "on":  # decoration
            return None
        return f"text {quoted(node.value('String'))}" if isinstance(node, Text) else node.kind
    if node.kind in ("line", "scatter", "area", "stair", "stem", "errorbar", "animatedline", "bubblechart"):
        return f"{node.kind} {node.flat('YData').size} points"
    if node.kind == "graphplot":
        return f"graph {len(node.names)} nodes, {len(node.ends)} edges"
    if node.kind == "bar":
        return f"bar {node.flat('YData').size} bars"
    if node.kind == "histogram":
        return f"histogram {int(node.get('NumBins'))} bins"
    if node.kind in ("histogram2", "binscatter"):
        return "{} {:.0f}x{:.0f} bins".format(node.kind, *node.get("NumBins"))
    if node.kind == "quiver":
        return f"quiver {np.size(node.value('UData'))} arrows"
    if node.kind == "light":
        return None
    if node.kind in ("surface", "contour"):
        return f"{node.kind} " + "x".join(str(n) for n in np.shape(node.get("ZData")))
    return node.kind


def quoted(words: str | list[str]) -> str:
    text = " / ".join(words) if isinstance(words, list) else words.replace("\n", " / ")
    return "'" + text + "'"


def map_name(colours: np.ndarray) -> str | None:
    """The name of a colour map, if it is one of MATLAB's."""
    for name in colormaps.MAPS:
        known = colormaps.colormap(name, len(colours))
        if known.shape == colours.shape and np.abs(known - colours).max(initial=0) < 1e-6:
            return name
    return None

"""Lines with matplotlib, and what all plots share: colours, widths, dashes, markers."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.graphics import layout, plots, series
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.constant_regions import ConstantRegion
from cnnscript.pictures.images import colour, scale

DASHES = {"-": "-", "--": "--", ":": ":", "-.": "-.", "none": ""}
JOINS = {"round": "round", "miter": "miter", "chamfer": "bevel"}
DOT = 0.6  # a point marker, of the size that a circle of the same MarkerSize has
MARKER_SIGNS = {
    "square": "s", "diamond": "D", "d": "D", "pentagram": "*", "p": "*", "hexagram": "h", "none": "", "*": (6, 2, 0),
    "o": "o", "+": "+", ".": ".", "x": "x", "_": "_", "|": "|", "^": "^", "v": "v", ">": ">", "<": "<", "s": "s",
    "h": "h",
}  # fmt: skip


def points(width: float) -> float:
    """MATLAB's line widths and marker sizes are points, but no line is thinner than a pixel."""
    return max(width, 72 / layout.PIXELS_PER_INCH)


def with_alpha(paint: Any, alpha: float) -> Any:
    """A colour or an n×3 array of them with an alpha."""
    if isinstance(paint, str) or alpha >= 1:
        return paint
    rows = np.atleast_2d(np.asarray(paint, float))
    return np.c_[rows, np.full(len(rows), alpha)]


def shade(levels: np.ndarray, axes: Axes) -> np.ndarray:
    """Values through the axes' colour map, as RGB from 0 to 1."""
    colours = axes.get("Colormap")
    limits = tuple(axes.get("CLim")) if levels.size else scale.display_limits(levels)
    return colours[colour.scaled_rows(levels, limits, len(colours))]


def draw_line(place: Any, node: plots.Line, axes: Axes, zorder: float, joined: bool = True) -> None:
    """A line and its markers; not joined: the markers alone."""
    main, marker = node.value("Color"), MARKER_SIGNS[node.value("Marker")]
    style, width = DASHES[node.value("LineStyle")] if joined else "", points(node.value("LineWidth"))
    if style:
        steps = "steps-post" if isinstance(node, series.Stair) else "default"
        seen, heights = joined_points(node, axes)
        ends = {"solid_joinstyle": JOINS[node.value("LineJoin")], "clip_on": bool(node.value("Clipping"))}
        place.plot(seen, heights, color=main, linestyle=style, drawstyle=steps, linewidth=width, zorder=zorder, **ends)
    for pole in getattr(node, "poles", ()) if node.get("Visible") else ():
        if node.value("ShowPoles"):
            place.axvline(pole, color=(0.6, 0.6, 0.6), linestyle="--", linewidth=points(0.5), zorder=zorder - 0.005)
    if not marker:
        return
    seen, heights = marked_points(node, axes)
    edge, face = node.value("MarkerEdgeColor"), node.value("MarkerFaceColor")
    filled = face if face not in ("none", "auto") else main if face == "auto" or marker == "." else "none"
    place.plot(
        seen,
        heights,
        linestyle="",
        marker=marker,
        markersize=node.value("MarkerSize") * (DOT if marker == "." else 1),
        markeredgecolor=main if edge == "auto" else edge,
        markeredgewidth=width,
        markerfacecolor=main if marker == "." else filled,
        clip_on=False,
        zorder=zorder,
    )


def joined_points(node: plots.Line, axes: Axes) -> tuple[np.ndarray, np.ndarray]:
    """The points between which a line is drawn."""
    along, up = node.flat("XData"), node.flat("YData")
    return thinned(along, up, 2 * round(layout.axes_box(axes).width)) if node.value("LineStyle") == "-" else (along, up)


def marked_points(node: plots.Line, axes: Axes) -> tuple[np.ndarray, np.ndarray]:
    """The points that have a marker.  One whose point lies in the axes is drawn whole, even over the edge."""
    along, up, every = node.flat("XData"), node.flat("YData"), node.value("MarkerIndices")
    if every is not None and every.size:
        chosen = every.ravel().astype(int) - 1
        along, up = along[chosen], up[chosen]
    seen = inside(axes, along, up) if node.value("Clipping") else np.isfinite(along + up)
    return along[seen], up[seen]


def thinned(along: np.ndarray, up: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """A solid line from left to right that looks the same with fewer points: of those that fall into one of so many
    columns of equal width the first, the lowest, the highest and the last.  Others are left as they are."""
    if along.size <= 8 * columns or not np.isfinite(up).all() or not np.isfinite(along).all():
        return along, up
    if (np.diff(along) < 0).any() or along[0] == along[-1]:
        return along, up
    column = np.minimum(((along - along[0]) * (columns / (along[-1] - along[0]))).astype(int), columns - 1)
    first = np.flatnonzero(np.r_[True, np.diff(column) > 0])
    last = np.r_[first[1:], along.size] - 1
    order = np.lexsort((up, column))  # columns stay together, each from its lowest point to its highest
    chosen = np.unique(np.concatenate([first, order[first], order[last], last]))
    return along[chosen], up[chosen]


def inside(axes: Axes, along: np.ndarray, up: np.ndarray) -> np.ndarray:
    """Which points lie within the limits of an axes."""
    (left, right), (low, high) = axes.get("XLim"), axes.get("YLim")
    return (along >= left) & (along <= right) & (up >= low) & (up <= high)


def base_line(node: Any, axes: Axes) -> dict[str, Any]:
    """How the line is drawn on which bars or stems stand: as axes are, until it has a look of its own."""
    line = node.parts.get("BaseLine")
    own = line.values if line is not None else {}
    return {
        "color": own.get("Color", axes.value("XColor")),
        "linewidth": points(own["LineWidth"]) if "LineWidth" in own else 0.75,
        "linestyle": DASHES[own.get("LineStyle", "-")] or "None",
        "visible": bool(own.get("Visible", True)),
    }


def draw_constant_region(place: Any, node: ConstantRegion, axes: Axes, zorder: float) -> None:
    ends = node.bounds(axes)
    if ends is None:
        return
    face, edge = node.value("FaceColor"), node.value("EdgeColor")
    (place.axvspan if node.value("InterceptAxis") == "x" else place.axhspan)(
        *ends,
        facecolor=face if face == "none" else (*face, node.value("FaceAlpha")),
        edgecolor=edge if edge == "none" else (*edge, node.value("EdgeAlpha")),
        linestyle=DASHES[node.value("LineStyle")] or "None",
        linewidth=points(node.value("LineWidth")),
        zorder=zorder if node.value("Layer") == "top" else 2.4,
    )


def draw_constant(place: Any, node: plots.ConstantLine, axes: Axes, zorder: float) -> None:
    at, upright = node.value("Value"), node.value("InterceptAxis") == "x"
    (place.axvline if upright else place.axhline)(
        at,
        color=node.value("Color"),
        alpha=node.value("Alpha"),
        linestyle=DASHES[node.value("LineStyle")],
        linewidth=points(node.value("LineWidth")),
        zorder=zorder,
    )
    if node.value("Label"):
        along, up = node.value("LabelHorizontalAlignment"), node.value("LabelVerticalAlignment")
        if upright:
            # Beside the line on the side named, at the end named.
            spot = (at, {"top": 0.98, "middle": 0.5, "bottom": 0.02}[up])
            offset = ({"left": -3, "center": 0, "right": 3}[along], 0)
            anchor = {"ha": {"left": "right", "center": "center", "right": "left"}[along]}
            anchor["va"] = {"middle": "center"}.get(up, up)
        else:
            spot = ({"left": 0.02, "center": 0.5, "right": 0.98}[along], at)
            offset = (0, {"top": 2, "middle": 0, "bottom": -2}[up])
            anchor = {"ha": along, "va": {"top": "bottom", "middle": "center", "bottom": "top"}[up]}
        ink = node.value("LabelColor")
        place.annotate(
            line_text(node.value("Label"), node.value("Interpreter")),
            spot,
            offset,
            textcoords="offset points",
            xycoords=("data", "axes fraction") if upright else ("axes fraction", "data"),
            rotation=90 if upright and node.value("LabelOrientation") == "aligned" else 0,
            **font(node) | {"color": node.value("Color") if ink is None else ink},
            **anchor,
        )

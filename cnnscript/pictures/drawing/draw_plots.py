"""Bars, points, polygons and areas with matplotlib; one small function a kind of object."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_lines import (
    DASHES,
    MARKER_SIGNS,
    draw_constant,
    draw_line,
    inside,
    points,
    with_alpha,
)
from cnnscript.pictures.drawing.draw_series import draw_contour, draw_error_bars, draw_quiver, draw_stem
from cnnscript.pictures.graphics import bars, fields, plots, series
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.images import colour


def draw_plot(place: Any, node: Graphic, axes: Axes, order: int) -> None:
    """Draw one object; `order` among its siblings decides what lies above."""
    zorder = 3 + order * 0.01
    for kind, draw in DRAWERS.items():
        if isinstance(node, kind):
            draw(place, node, axes, zorder)
            return
    raise AssertionError(f"nothing draws a {node.kind}")


def draw_bar(place: Any, node: bars.Bar, axes: Axes, zorder: float) -> None:
    low, width, base, height = node.boxes()
    face = node.value("FaceColor")
    if face == "flat":
        colours = node.value("CData")
        face = np.asarray(colours, float) if colours is not None and np.size(colours) else (0.0, 0.4470, 0.7410)
    style = {
        "color": face,
        "alpha": node.value("FaceAlpha"),
        "edgecolor": node.value("EdgeColor"),
        "linewidth": points(node.value("LineWidth")),
        "linestyle": DASHES[node.value("LineStyle")],
        "zorder": zorder,
        "align": "edge",
    }
    if node.value("Horizontal"):
        place.barh(low, height, width, left=base, **style)
        place.axvline(node.value("BaseValue"), color=axes.value("YColor"), linewidth=0.75, zorder=zorder)
    else:
        place.bar(low, height, width, bottom=base, **style)
        if node.value("ShowBaseLine"):
            place.axhline(node.value("BaseValue"), color=axes.value("XColor"), linewidth=0.75, zorder=zorder)


def draw_histogram(place: Any, node: bars.Histogram, axes: Axes, zorder: float) -> None:
    edges, values = node.value("BinEdges"), node.get("Values")
    if not values.size:
        return
    edge = node.value("EdgeColor")
    upright = node.value("Orientation") == "vertical"
    if node.value("DisplayStyle") == "stairs":
        place.stairs(
            values,
            edges,
            color=node.value("FaceColor") if edge == "auto" else edge,
            zorder=zorder,
            orientation="vertical" if upright else "horizontal",
            linewidth=points(node.value("LineWidth")),
        )
        return
    face = node.value("FaceColor")
    fill = "none" if face == "none" else (*(face if face != "auto" else (0.0, 0.4470, 0.7410)), node.value("FaceAlpha"))
    widths = np.diff(edges)
    if any(node.categories.values()):
        edges, widths = edges[:-1] + 0.05 * widths, 0.9 * widths
    else:
        edges = edges[:-1]
    style = {
        "color": fill,
        "edgecolor": edge if edge != "auto" else fill,
        "linewidth": points(node.value("LineWidth")),
        "zorder": zorder,
    }
    if upright:
        place.bar(edges, values, widths, align="edge", **style)
    else:
        place.barh(edges, values, widths, align="edge", **style)


def scatter_colours(node: plots.Scatter, axes: Axes) -> Any:
    """The colours of the points: one, or one each."""
    given = node.value("CData")
    if node.colour_extent():
        colours = axes.get("Colormap")
        return colours[colour.scaled_rows(np.asarray(given, float).ravel(), tuple(axes.get("CLim")), len(colours))]
    if isinstance(given, str) or np.size(given) == 3:
        return colour.parse_colour(given)
    return np.asarray(given, float).reshape(-1, 3)


def draw_scatter(place: Any, node: plots.Scatter, axes: Axes, zorder: float) -> None:
    x, y = node.flat("XData"), node.flat("YData")
    flat = scatter_colours(node, axes)
    edge, face = node.value("MarkerEdgeColor"), node.value("MarkerFaceColor")
    marker = MARKER_SIGNS[node.value("Marker")]
    edge = flat if edge in ("flat", "auto") else edge
    face = flat if face in ("flat", "auto") else face
    whole = bool(inside(axes, x, y).all())  # markers are drawn over the edge where no point lies outside
    if marker in ("x", "+", "_", "|") or isinstance(marker, tuple):
        place.scatter(
            x,
            y,
            np.asarray(node.value("SizeData"), float).ravel(),
            c=edge_list(edge, x.size),
            marker=marker,
            clip_on=not whole,
            zorder=zorder,
        )
        return
    if marker == ".":
        face = edge
    place.scatter(
        x,
        y,
        np.asarray(node.value("SizeData"), float).ravel() * (0.3 if marker == "." else 1),
        marker=marker,
        zorder=zorder,
        edgecolors=with_alpha(edge, node.value("MarkerEdgeAlpha")),
        facecolors=with_alpha(face, node.value("MarkerFaceAlpha")),
        linewidths=points(node.value("LineWidth")),
        clip_on=not whole,
    )


def edge_list(edge: Any, count: int) -> Any:
    return [edge] * count if isinstance(edge, tuple) else edge


def patch_fills(node: plots.Patch, axes: Axes) -> list[Any]:
    """The colour of the face of each polygon, with its alpha."""
    face, count, paints = node.value("FaceColor"), len(node.polygons()), None
    if face in ("flat", "interp"):
        paints = node.paints()
        if paints is None:
            paints = np.zeros((count, 1))
        if paints.shape[1] != 3:
            colours = axes.get("Colormap")
            paints = colours[colour.scaled_rows(paints[:, 0], tuple(axes.get("CLim")), len(colours))]
    fills = [face] * count if paints is None else [tuple(np.clip(paint, 0, 1)) for paint in paints]
    opaque = node.value("FaceAlpha")
    return [with_alpha(fill, 1.0 if isinstance(opaque, str) else opaque) for fill in fills]


def draw_patch(place: Any, node: plots.Patch, axes: Axes, zorder: float) -> None:
    edge = node.value("EdgeColor")
    for corners, fill in zip(node.polygons(), patch_fills(node, axes), strict=True):
        place.fill(
            corners[:, 0],
            corners[:, 1],
            facecolor=fill,
            edgecolor="none" if edge in ("flat", "interp") else edge,
            linewidth=points(node.value("LineWidth")),
            linestyle=DASHES[node.value("LineStyle")],
            zorder=zorder,
        )


def draw_area(place: Any, node: plots.Area, axes: Axes, zorder: float) -> None:
    floor = node.floor()
    place.fill_between(
        node.flat("XData"),
        floor,
        floor + node.flat("YData"),
        facecolor=with_alpha(node.value("FaceColor"), node.value("FaceAlpha")),
        edgecolor=node.value("EdgeColor"),
        linewidth=points(node.value("LineWidth")),
        zorder=zorder,
    )


def draw_rectangle(place: Any, node: plots.Rectangle, axes: Axes, zorder: float) -> None:
    from matplotlib.patches import Ellipse, FancyBboxPatch
    from matplotlib.patches import Rectangle as Square

    left, bottom, width, height = node.value("Position")
    curve = float(np.max(np.asarray(node.value("Curvature"), float)))
    style = {
        "facecolor": with_alpha(node.value("FaceColor"), node.value("FaceAlpha")),
        "edgecolor": node.value("EdgeColor"),
        "zorder": zorder,
        "linewidth": points(node.value("LineWidth")),
        "linestyle": DASHES[node.value("LineStyle")] or "-",
    }
    if curve >= 1:
        place.add_patch(Ellipse((left + width / 2, bottom + height / 2), width, height, **style))
    elif curve > 0:
        radius = curve * min(width, height) / 2
        box = f"round,pad=0,rounding_size={radius}"
        place.add_patch(FancyBboxPatch((left, bottom), width, height, boxstyle=box, mutation_aspect=1, **style))
    else:
        place.add_patch(Square((left, bottom), width, height, **style))


# The first kind that fits draws.
DRAWERS = {
    series.Stem: draw_stem,
    series.ErrorBar: draw_error_bars,
    fields.Contour: draw_contour,
    fields.Quiver: draw_quiver,
    plots.Line: draw_line,
    plots.ConstantLine: draw_constant,
    bars.Bar: draw_bar,
    bars.Histogram: draw_histogram,
    plots.Scatter: draw_scatter,
    plots.Patch: draw_patch,
    plots.Area: draw_area,
    plots.Rectangle: draw_rectangle,
}

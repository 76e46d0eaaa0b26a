"""Bars, points, polygons and areas with matplotlib; one small function a kind of object."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection

from cnnscript.pictures.drawing.draw_boxes import draw_boxes, draw_violin
from cnnscript.pictures.drawing.draw_graphs import draw_graph
from cnnscript.pictures.drawing.draw_lines import (
    DASHES,
    MARKER_SIGNS,
    base_line,
    draw_constant,
    draw_constant_region,
    draw_line,
    inside,
    points,
    shade,
    with_alpha,
)
from cnnscript.pictures.drawing.draw_regions import draw_region
from cnnscript.pictures.drawing.draw_rings import draw_pie
from cnnscript.pictures.drawing.draw_series import draw_contour, draw_error_bars, draw_quiver, draw_stem
from cnnscript.pictures.graphics import bars, boxes, fields, graph_plots, plots, rings, series
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.constant_regions import ConstantRegion
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.regions_of_interest import RegionOfInterest
from cnnscript.pictures.images import colour


def draw_plot(place: Any, node: Graphic, axes: Axes, order: int) -> None:
    """Draw one object; `order` among its siblings decides what lies above."""
    if node.kind == "light":
        return  # seen by what it shines on
    zorder = 3 + order * 0.01
    for kind, draw in DRAWERS.items():
        if isinstance(node, kind):
            draw(place, node, axes, zorder)
            return
    raise AssertionError(f"nothing draws a {node.kind}")


def draw_boxes_at(
    place: Any, left: Any, bottom: Any, width: Any, height: Any, color: Any, edgecolor: Any, **style: Any
) -> None:
    """Rectangles in one go, which takes a tenth of the time that as many patches take."""
    given = (np.asarray(each, float) for each in (left, bottom, width, height))
    left, bottom, width, height = np.broadcast_arrays(*given)
    known = np.isfinite(left + bottom + width + height)
    corners = np.stack(
        [np.stack([left + wide * width, bottom + high * height], axis=-1) for wide, high in CORNERS], axis=-2
    )
    if not known.all() and not isinstance(color, (str, tuple)):
        color = np.asarray(color)[known] if len(color) == known.size else color
    made = PolyCollection(corners[known], facecolors=color, edgecolors=edgecolor, **style)
    place.add_collection(made, autolim=False)


CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))


def draw_bar(place: Any, node: bars.Bar, axes: Axes, zorder: float) -> None:
    low, width, base, height = node.boxes()
    face = node.value("FaceColor")
    if face == "flat":
        levels = node.levels()
        face = shade(levels, axes) if levels is not None else node.get_CData()
    edge, alpha = node.value("EdgeColor"), node.value("FaceAlpha")
    style = {
        "color": with_alpha(face, alpha),
        "edgecolor": with_alpha(face if edge == "flat" else edge, node.value("EdgeAlpha")),
        "linewidth": points(node.value("LineWidth")),
        "linestyle": DASHES[node.value("LineStyle")] or "-",
        "zorder": zorder,
    }
    if not DASHES[node.value("LineStyle")]:
        style["edgecolor"] = "none"
    level = base_line(node, axes) | {"zorder": zorder + 0.005}
    if node.value("Horizontal"):
        draw_boxes_at(place, base, low, height, width, **style)
        if node.value("ShowBaseLine"):
            draw_level(place, node.value("BaseValue"), upright=True, **level)
    else:
        draw_boxes_at(place, low, base, width, height, **style)
        if node.value("ShowBaseLine"):
            draw_level(place, node.value("BaseValue"), upright=False, **level)


def draw_level(place: Any, value: float, upright: bool, **style: Any) -> None:
    """A line across the axes; unlike matplotlib's own, it asks for no limits, which data near realmax have not."""
    from matplotlib.lines import Line2D

    across, at = (0.0, 1.0), (value, value)
    x, y = (at, across) if upright else (across, at)
    transform = place.get_xaxis_transform() if upright else place.get_yaxis_transform()
    place.add_artist(Line2D(x, y, transform=transform, **style))


def draw_histogram(place: Any, node: bars.Histogram, axes: Axes, zorder: float) -> None:
    edges, values = node.get("BinEdges"), node.heights()
    if not values.size:
        return
    main = node.automatic or (0.0, 0.4470, 0.7410)
    edge, face = node.value("EdgeColor"), node.value("FaceColor")
    upright = node.value("Orientation") == "vertical"
    if node.value("DisplayStyle") == "stairs":
        own = edge if edge not in ("auto",) and "EdgeColor" in node.values else main
        if own != "none":
            place.stairs(
                values,
                edges,
                color=with_alpha(own, node.value("EdgeAlpha")),
                zorder=zorder,
                orientation="vertical" if upright else "horizontal",
                linewidth=points(node.value("LineWidth")),
                linestyle=DASHES[node.value("LineStyle")] or "-",
            )
        return
    face = main if face == "auto" else face
    widths = np.diff(edges)
    if any(node.categories.values()):
        free = 1 - node.value("BarWidth")
        edges, widths = edges[:-1] + free / 2 * widths, (1 - free) * widths
    else:
        edges = edges[:-1]
    style = {
        "color": "none" if face == "none" else (*face, node.value("FaceAlpha")),
        "edgecolor": with_alpha(main if edge == "auto" else edge, node.value("EdgeAlpha")),
        "linewidth": points(node.value("LineWidth")),
        "linestyle": DASHES[node.value("LineStyle")] or "-",
        "zorder": zorder,
    }
    zero = np.zeros(values.size)
    if upright:
        draw_boxes_at(place, edges, zero, widths, values, **style)
    else:
        draw_boxes_at(place, zero, edges, values, widths, **style)


def scatter_colours(node: plots.Scatter, axes: Axes) -> Any:
    """The colours of the points: one, or one each."""
    given = node.value("CData")
    if node.colour_extent():
        return shade(np.asarray(given, float).ravel(order="F"), axes)
    if isinstance(given, str) or np.size(given) == 3:
        return colour.parse_colour(given)
    return np.asarray(given, float).reshape(-1, 3)


def draw_scatter(place: Any, node: plots.Scatter, axes: Axes, zorder: float) -> None:
    x, y = node.spread("X"), node.spread("Y")
    flat = scatter_colours(node, axes)
    edge, face = node.value("MarkerEdgeColor"), node.value("MarkerFaceColor")
    marker = MARKER_SIGNS[node.value("Marker")]
    if marker == "" or not x.size:
        return
    edge = flat if edge in ("flat", "auto") else edge
    face = flat if face in ("flat", "auto") else face
    whole = bool(inside(axes, x, y).all())  # markers are drawn over the edge where no point lies outside
    sizes = node.sizes()
    style = {"marker": marker, "zorder": zorder, "clip_on": not whole, "linewidths": points(node.value("LineWidth"))}
    if marker in ("x", "+", "_", "|") or isinstance(marker, tuple):
        place.scatter(x, y, sizes, c=edge_list(clear(edge, node, "MarkerEdgeAlpha", axes), x.size), **style)
        return
    if marker == ".":
        face, edge = edge, "none"
    place.scatter(
        x,
        y,
        sizes * (0.3 if marker == "." else 1),
        edgecolors=clear(edge, node, "MarkerEdgeAlpha", axes),
        facecolors=clear(face, node, "MarkerFaceAlpha", axes),
        **style,
    )


def clear(paint: Any, node: plots.Scatter, name: str, axes: Axes) -> Any:
    """Colours with an alpha: one for all, or each point's AlphaData between the limits of the axes' alphas."""
    alpha = node.value(name)
    if alpha != "flat":
        return with_alpha(paint, alpha)
    if isinstance(paint, str):
        return paint
    levels = np.asarray(node.value("AlphaData"), float).ravel()
    if node.value("AlphaDataMapping") == "scaled" and levels.size > 1:
        low, high = axes.value("ALim") if axes.value("ALimMode") == "manual" else (levels.min(), levels.max())
        levels = (levels - low) / ((high - low) or 1)
    count = max(node.flat("XData").size, 1)
    rows = np.atleast_2d(np.asarray(paint, float))
    return np.c_[np.broadcast_to(rows, (count, 3)), np.clip(np.broadcast_to(levels, (count,)), 0, 1)]


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
            edgecolor="none" if edge in ("none", "flat", "interp") else (*edge, node.value("EdgeAlpha")),
            linewidth=points(node.value("LineWidth")),
            linestyle=DASHES[node.value("LineStyle")],
            zorder=zorder,
        )
    if edge in ("flat", "interp") and DASHES[node.value("LineStyle")]:
        draw_shaded_edges(place, node, axes, zorder)
    if node.value("Marker") != "none":
        draw_corners(place, node, zorder)


def draw_shaded_edges(place: Any, node: plots.Patch, axes: Axes, zorder: float) -> None:
    """The edges of polygons in the colours of their corners; a corner that is NaN interrupts them."""
    from matplotlib.collections import LineCollection

    across, up = np.asarray(node.get("XData"), float), np.asarray(node.get("YData"), float)
    given = node.value("FaceVertexCData") if node.value("Faces") is not None else node.value("CData")
    levels = np.zeros(0) if given is None else np.asarray(given, float)
    if node.value("Faces") is not None and levels.size == len(node.get("Vertices")):
        rows = np.nan_to_num(node.value("Faces"), nan=1).astype(int) - 1
        levels = levels.ravel()[rows].T
    if levels.size != across.size or not across.size:
        return
    each = across.shape[0] if across.ndim == 2 and min(across.shape) > 1 else across.size
    x, y, c = (part.reshape(each, -1, order="F") for part in (across, up, levels))
    after = np.roll(np.arange(each), -1)
    ends = np.stack([np.stack([x, x[after]], -1), np.stack([y, y[after]], -1)], -1).reshape(-1, 2, 2)
    middle = c if node.value("EdgeColor") == "flat" else (c + c[after]) / 2
    whole = np.isfinite(ends).all((1, 2)) & np.isfinite(middle).ravel()
    lines = LineCollection(
        ends[whole],
        colors=with_alpha(shade(middle.ravel()[whole], axes), node.value("EdgeAlpha")),
        linewidths=points(node.value("LineWidth")),
        zorder=zorder,
    )
    place.add_collection(lines, autolim=False)


def draw_corners(place: Any, node: plots.Patch, zorder: float) -> None:
    """A marker at each corner of the polygons."""
    edge, face, main = node.value("MarkerEdgeColor"), node.value("MarkerFaceColor"), node.value("EdgeColor")
    main = (0.0, 0.0, 0.0) if isinstance(main, str) else main
    corners = np.concatenate([each[:, :2] for each in node.polygons()] or [np.zeros((0, 2))])
    place.plot(
        corners[:, 0],
        corners[:, 1],
        linestyle="",
        marker=MARKER_SIGNS[node.value("Marker")],
        markersize=node.value("MarkerSize"),
        markeredgecolor=main if edge in ("auto", "flat") else edge,
        markerfacecolor=main if face in ("auto", "flat") else face,
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
    ConstantRegion: draw_constant_region,
    bars.Bar: draw_bar,
    boxes.BoxChart: draw_boxes,
    rings.PieChart: draw_pie,
    boxes.Violin: draw_violin,
    graph_plots.GraphPlot: draw_graph,
    bars.Histogram: draw_histogram,
    plots.Scatter: draw_scatter,
    plots.Patch: draw_patch,
    plots.Area: draw_area,
    plots.Rectangle: draw_rectangle,
    RegionOfInterest: draw_region,
}

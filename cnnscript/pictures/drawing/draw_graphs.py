"""Graphs with matplotlib: edges, arrows, nodes, labels."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from cnnscript.pictures.drawing.draw_lines import DASHES, DOT, MARKER_SIGNS, points, shade
from cnnscript.pictures.drawing.draw_words import line_text
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.graph_plots import GraphPlot


def paints(node: GraphPlot, side: str, count: int, axes: Axes) -> list[Any]:
    """The colour of each node or edge."""
    if isinstance(node.value(f"{side}Color"), str) and node.value(f"{side}Color") == "flat":
        levels = node.value(f"{side}CData")
        if levels is None:
            return [(0.0, 0.4470, 0.7410)] * count
        return [tuple(row) for row in shade(np.asarray(levels, float).ravel(), axes)]
    return node.per(f"{side}Color", count)


def draw_graph(place: Any, node: GraphPlot, axes: Axes, zorder: float) -> None:
    x, y = node.flat("XData"), node.flat("YData")
    count, edges = x.size, len(node.ends)
    box = layout.plot_box(axes)
    (left, right), (low, high) = axes.get("XLim"), axes.get("YLim")
    per_pixel = np.array([(right - left) / box.width, (high - low) / box.height])
    inks, widths = paints(node, "Edge", edges, axes), node.per("LineWidth", edges)
    styles, words = node.per("LineStyle", edges), node.get_EdgeLabel()
    sizes, where = node.per("ArrowSize", edges), node.per("ArrowPosition", edges)
    alpha = node.value("EdgeAlpha")
    lines: dict[tuple, list[np.ndarray]] = {}  # by their looks, so that a thousand edges are drawn at once
    heads: dict[Any, list[np.ndarray]] = {}
    arrows = node.get_ShowArrows()
    for k, (one, other) in enumerate(node.ends.tolist()):
        bends = node.bends[k] if node.bends else []
        path = np.array([(x[one], y[one]), *bends, (x[other], y[other])])
        if one == other:
            path = loop(path[0], per_pixel)
        if inks[k] != "none" and DASHES[styles[k]]:
            ink = tuple(inks[k]) if not isinstance(inks[k], str) else inks[k]
            lines.setdefault((ink, widths[k], styles[k]), []).append(path)
            if arrows:
                heads.setdefault(ink, []).append(arrow(path / per_pixel, where[k], sizes[k]) * per_pixel)
        if words[k]:
            spot = along(path / per_pixel, 0.5)[0] * per_pixel
            write(place, node, "Edge", words[k], spot, (3, 3), node.per("EdgeFontSize", edges)[k], k, edges)
    for (ink, width, style), paths in lines.items():
        made = LineCollection(
            paths, colors=[ink], linewidths=points(width), linestyles=DASHES[style], alpha=alpha, zorder=zorder
        )
        place.add_collection(made, autolim=False)
    for ink, corners in heads.items():
        filled = PolyCollection(
            corners, facecolors=[ink], edgecolors="none", alpha=min(1.0, alpha + 0.3), zorder=zorder
        )
        place.add_collection(filled, autolim=False)
    draw_nodes(place, node, axes, x, y, zorder + 0.004)
    texts = node.get_NodeLabel()
    marks = node.per("MarkerSize", count)
    for k in range(min(count, len(texts))):
        if texts[k]:
            away = marks[k] / 2 + 3
            write(place, node, "Node", texts[k], (x[k], y[k]), (away, 0), node.per("NodeFontSize", count)[k], k, count)


def draw_nodes(place: Any, node: GraphPlot, axes: Axes, x: np.ndarray, y: np.ndarray, zorder: float) -> None:
    count = x.size
    inks, marks, sizes = paints(node, "Node", count, axes), node.per("Marker", count), node.per("MarkerSize", count)
    alike: dict[tuple, list[int]] = {}
    for k in range(count):
        if MARKER_SIGNS[marks[k]] and inks[k] != "none":
            ink = tuple(inks[k]) if not isinstance(inks[k], str) else inks[k]
            alike.setdefault((ink, marks[k], sizes[k]), []).append(k)
    for (ink, mark, size), chosen in alike.items():
        sign = MARKER_SIGNS[mark]
        place.plot(
            x[chosen], y[chosen], linestyle="", marker="o" if sign == "." else sign,
            markersize=size * (DOT if sign == "." else 1), markerfacecolor=ink, markeredgecolor=ink,
            markeredgewidth=points(0.5), zorder=zorder,
        )  # fmt: skip


def write(
    place: Any, node: GraphPlot, side: str, words: str, spot: Any, away: tuple, size: float, k: int, count: int
) -> None:
    place.annotate(
        line_text(words, node.value("Interpreter")), (float(spot[0]), float(spot[1])), away,
        textcoords="offset points", fontsize=size, va="center" if side == "Node" else "bottom", ha="left",
        color=node.per(f"{side}LabelColor", count)[k], fontweight=node.value(f"{side}FontWeight"),
        fontstyle=node.value(f"{side}FontAngle"), zorder=80,
        annotation_clip=True,  # of nodes beyond the limits there is no label
    )  # fmt: skip


def loop(spot: np.ndarray, per_pixel: np.ndarray) -> np.ndarray:
    """An edge from a node to itself."""
    angles = np.linspace(-np.pi / 2, 1.5 * np.pi, 40)
    return spot + np.stack([8 * np.cos(angles), 10 + 10 * np.sin(angles)], axis=1) * per_pixel


def along(path: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """The place at a share of the length of a path, and the direction there."""
    steps = np.diff(path, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    wanted = share * lengths.sum()
    at = int(min(np.searchsorted(np.cumsum(lengths), wanted), len(lengths) - 1))
    length = lengths[at] or 1.0
    inside = (wanted - lengths[:at].sum()) / length
    return path[at] + inside * steps[at], steps[at] / length


def arrow(path: np.ndarray, share: float, size: float) -> np.ndarray:
    """The corners of an arrow head, in pixels."""
    middle, way = along(path, share)
    long = size * layout.PIXELS_PER_INCH / 72
    aside = np.array([-way[1], way[0]]) * long * 0.4
    return np.array([middle + way * long / 2, middle - way * long / 2 + aside, middle - way * long / 2 - aside])

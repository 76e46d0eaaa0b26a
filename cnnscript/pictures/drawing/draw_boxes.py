"""Boxes and violins of distributions with matplotlib."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_lines import DASHES, MARKER_SIGNS, points, with_alpha
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.boxes import BoxChart, Summary, Violin


def outline(at: float, half: float, found: Summary, notched: bool) -> tuple[np.ndarray, np.ndarray]:
    """The corners of a box, with a waist at the median where it is notched."""
    if not notched:
        return (
            np.array([at - half, at + half, at + half, at - half, at - half]),
            np.array([found.first, found.first, found.third, found.third, found.first]),
        )
    low, high, waist = *found.notch, half / 2
    across = [-half, half, half, waist, half, half, -half, -half, -waist, -half, -half]
    up = [found.first, found.first, low, found.median, high, found.third, found.third, high, found.median, low,
          found.first]  # fmt: skip
    return at + np.array(across), np.array(up)


def draw_boxes(place: Any, node: BoxChart, axes: Axes, zorder: float) -> None:
    upright = node.value("Orientation") == "vertical"
    half, width = node.width() / 2, points(node.value("LineWidth"))

    def turned(x: Any, y: Any) -> tuple[Any, Any]:
        return (x, y) if upright else (y, x)

    whisker = {"color": node.value("WhiskerLineColor"), "linewidth": width, "zorder": zorder}
    style = DASHES[node.value("WhiskerLineStyle")] or "none"
    chance = np.random.default_rng(0)
    for at, found in node.boxes():
        for end, edge in ((found.low, found.first), (found.high, found.third)):
            place.plot(*turned([at, at], [edge, end]), linestyle=style, **whisker)
            place.plot(*turned([at - half / 2, at + half / 2], [end, end]), linestyle="-", **whisker)
        x, y = turned(*outline(at, half, found, node.value("Notch")))
        place.fill(x, y, facecolor=with_alpha(node.value("BoxFaceColor"), node.value("BoxFaceAlpha")), edgecolor="none",
                   zorder=zorder)  # fmt: skip
        place.plot(x, y, color=node.paint("BoxEdgeColor"), linewidth=width, zorder=zorder)
        middle = half / 2 if node.value("Notch") else half
        place.plot(*turned([at - middle, at + middle], [found.median] * 2), color=node.paint("BoxMedianLineColor"),
                   linewidth=width, zorder=zorder)  # fmt: skip
        marker = MARKER_SIGNS[node.value("MarkerStyle")]
        if marker and found.outliers.size:
            aside = (chance.random(found.outliers.size) - 0.5) * half if node.value("JitterOutliers") else 0.0
            place.plot(
                *turned(at + aside + np.zeros(found.outliers.size), found.outliers), linestyle="", marker=marker,
                markersize=node.value("MarkerSize"), markerfacecolor="none",
                markeredgecolor=node.paint("MarkerColor"), markeredgewidth=points(0.5), zorder=zorder,
            )  # fmt: skip


def draw_violin(place: Any, node: Violin, axes: Axes, zorder: float) -> None:
    edge = node.value("EdgeColor")
    for x, y in node.outlines():
        across, up = (x, y) if node.value("Orientation") == "vertical" else (y, x)
        place.fill(
            across, up, facecolor=with_alpha(node.value("FaceColor"), node.value("FaceAlpha")),
            edgecolor=node.value("FaceColor") if edge is None else edge, linewidth=points(node.value("LineWidth")),
            zorder=zorder,
        )  # fmt: skip

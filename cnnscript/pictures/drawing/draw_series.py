"""Steps, stems, error bars and contours with matplotlib."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_lines import DASHES, base_line, draw_line, points, shade
from cnnscript.pictures.graphics import fields, series
from cnnscript.pictures.graphics.axes import Axes


def draw_stem(place: Any, node: series.Stem, axes: Axes, zorder: float) -> None:
    at, up, base = node.flat("XData"), node.flat("YData"), node.value("BaseValue")
    style = DASHES[node.value("LineStyle")]
    if style:
        width = points(node.value("LineWidth"))
        place.vlines(at, base, up, color=node.value("Color"), linestyles=style, linewidth=width, zorder=zorder)
    if node.value("ShowBaseLine"):
        place.axhline(base, zorder=zorder, **base_line(node, axes))
    draw_line(place, node, axes, zorder, joined=False)


def draw_error_bars(place: Any, node: series.ErrorBar, axes: Axes, zorder: float) -> None:
    """The line, and for each point a bar with a cap at both ends; errors below 0 go the other way."""
    draw_line(place, node, axes, zorder)
    paint = node.value("Color")
    if paint == "none":
        return
    width, cap = points(node.value("LineWidth")), node.value("CapSize")
    at = {letter: node.flat(f"{letter}Data") for letter in "XY"}
    for letter, other, mark in (("Y", "X", "_"), ("X", "Y", "|")):
        if not node.value(f"{letter}NegativeDelta").size and not node.value(f"{letter}PositiveDelta").size:
            continue
        low, high = node.deltas(letter)
        ends = at[letter] - low, at[letter] + high
        bars = place.vlines if letter == "Y" else place.hlines
        bars(at[other], *ends, colors=[paint], linewidth=width, zorder=zorder)
        for end in ends:
            spots = (at[other], end) if letter == "Y" else (end, at[other])
            place.plot(*spots, linestyle="", marker=mark, markersize=cap, markeredgewidth=width, color=paint,
                       zorder=zorder)  # fmt: skip


def draw_contour(place: Any, node: fields.Contour, axes: Axes, zorder: float) -> None:
    levels = node.get_LevelList()
    x, y, z = node.grid()
    z = np.ma.masked_invalid(z)
    levels = levels[np.isfinite(levels)]
    if not levels.size or not z.count():
        return
    edge, style = node.value("LineColor"), DASHES[node.value("LineStyle")]
    if node.value("Fill"):
        bounds = np.r_[levels, max(float(z.max()), levels[-1]) + 1e-9 * max(1.0, abs(float(levels[-1])))]
        bands = shade(levels, axes)
        place.contourf(x, y, z, levels=bounds, colors=[tuple(band) for band in bands], zorder=zorder)
        edge = (0.0, 0.0, 0.0) if edge == "flat" else edge
    if edge == "none" or not style:
        return
    paint = [tuple(each) for each in shade(levels, axes)] if edge == "flat" else [edge] * levels.size
    lines = place.contour(
        x,
        y,
        z,
        levels=levels,
        colors=paint,
        linewidths=points(node.value("LineWidth")),
        linestyles=style,
        zorder=zorder,
    )
    if node.value("ShowText"):
        font = node.label_font
        wanted = [level for level in levels if np.isclose(node.get("TextList"), level).any()]
        place.clabel(
            lines, wanted, fontsize=font.get("FontSize", 10), fmt=lambda level: f"{round(level, 12):.5g}",
            colors=font.get("Color", (0.0, 0.0, 0.0)),
        )  # fmt: skip


def draw_quiver(place: Any, node: fields.Quiver, axes: Axes, zorder: float) -> None:
    from matplotlib.collections import LineCollection

    place.add_collection(
        LineCollection(
            [line[:, :2] for line in node.arrows()],
            colors=node.value("Color"),
            linewidths=points(node.value("LineWidth")),
            linestyles=DASHES[node.value("LineStyle")] or "none",
            zorder=zorder,
        ),
        autolim=False,
    )

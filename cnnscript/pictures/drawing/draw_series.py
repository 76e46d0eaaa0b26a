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
    draw_line(place, node, axes, zorder)
    along, up = node.flat("XData"), node.flat("YData")
    width = points(node.value("LineWidth"))
    place.errorbar(
        along,
        up,
        yerr=node.deltas("Y") if node.value("YNegativeDelta").size else None,
        xerr=node.deltas("X") if node.value("XNegativeDelta").size else None,
        fmt="none",
        ecolor=node.value("Color"),
        elinewidth=width,
        capsize=node.value("CapSize") / 2,
        capthick=width,
        zorder=zorder,
    )


def draw_contour(place: Any, node: fields.Contour, axes: Axes, zorder: float) -> None:
    levels = node.get_LevelList()
    x, y, z = node.grid()
    z = np.ma.masked_invalid(z)
    if not levels.size:
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

"""Polar axes with matplotlib: circles and spokes drawn by us, and what is in them projected on the page."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from matplotlib.patches import Polygon

from cnnscript.pictures.drawing.draw_lines import DASHES, points
from cnnscript.pictures.drawing.draw_plots import draw_plot
from cnnscript.pictures.drawing.draw_words import font, line_text, write
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.polar import PolarAxes, PolarHistogram
from cnnscript.pictures.graphics.primitives import Text

LABELS = 22  # pixels for the labels of angles around the outer circle
LABEL_ROOM = 12  # pixels from the outer circle to the middle of an angle's label


def draw_polar(page: Any, axes: PolarAxes, width: int, height: int) -> Any:
    box = layout.plot_box(axes)
    inset = min(LABELS, box.width / 5, box.height / 5)  # the words at the rim stand within the box of the axes
    shrink = min((box.width - 2 * inset) / box.width, (box.height - 2 * inset) / box.height)
    wide, high = box.width * shrink, box.height * shrink
    box = layout.Box(box.left + (box.width - wide) / 2, box.bottom + (box.height - high) / 2, wide, high)
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    place.set_autoscale_on(False)
    place.set_axis_off()
    for letter in "XY":
        getattr(place, f"set_{letter.lower()}lim")(*axes.get_limits(letter))
    x, y = axes.sector()
    if axes.value("Visible"):
        fill = axes.value("Color")
        place.add_patch(Polygon(np.c_[x, y], closed=True, facecolor=fill, edgecolor="none", zorder=0))
        draw_grid(place, axes, x, y)
        write_ticks(place, axes)
    for order, child in enumerate(axes.drawn()):
        if child.value("Visible"):
            draw_child(place, child, axes, order)
    if axes.words_of("Title") and axes.labels["Title"].value("Visible"):
        label = axes.labels["Title"]
        room = LABELS + 6 if axes.value("Visible") else 6
        words = line_text(axes.words_of("Title"), label.value("Interpreter"))
        place.annotate(
            words, (0.5, 1), (0, room * 72 / layout.PIXELS_PER_INCH), xycoords="axes fraction",
            textcoords="offset points", ha="center", va="bottom", annotation_clip=False, **font(label),
        )  # fmt: skip
    return place


def draw_grid(place: Any, axes: PolarAxes, x: np.ndarray, y: np.ndarray) -> None:
    """Circles at the ticks of the radius, spokes at those of the angle, and the rim."""
    style = {
        "color": axes.value("GridColor"), "alpha": axes.value("GridAlpha"), "linewidth": 0.6,
        "linestyle": DASHES[axes.value("GridLineStyle")] or "none", "zorder": 1,
    }  # fmt: skip
    low, high = axes.get_RLim()
    first, last = axes.degrees(axes.get_ThetaLim())
    around = np.deg2rad(np.linspace(first, last, 361))
    if axes.value("RGrid"):
        for tick in axes.get_RTick().tolist():
            if low < tick < high:
                place.plot(*axes.project(around, np.full(around.size, tick)), **style)
    if axes.value("ThetaGrid"):
        for angle in np.deg2rad(axes.degrees(axes.get_ThetaTick())).tolist():
            place.plot(*axes.project(np.full(2, angle), np.array([low, high])), **style)
    rim = {"color": axes.value("ThetaColor"), "linewidth": 0.72, "zorder": 2.5, "clip_on": False}
    place.plot(x, y, **rim)


def write_ticks(place: Any, axes: PolarAxes) -> None:
    size = axes.value("FontSize")
    reach = LABEL_ROOM * 72 / layout.PIXELS_PER_INCH
    angles = axes.on_page(axes.degrees(axes.get_ThetaTick()))
    for angle, words in zip(angles.tolist(), axes.get_ThetaTickLabel(), strict=True):
        spot = np.cos(angle), np.sin(angle)
        place.annotate(
            line_text(words, "tex"), spot, (reach * spot[0], reach * spot[1]), textcoords="offset points", ha="center",
            va="center", fontsize=size, color=axes.value("ThetaColor"), annotation_clip=False,
        )  # fmt: skip
    low, high = axes.degrees(axes.get_ThetaLim())
    at = axes.value("RAxisLocation")
    at = at if low <= at <= high else low
    for tick, words in zip(axes.get_RTick().tolist(), axes.get_RTickLabel(), strict=True):
        x, y = axes.project(np.deg2rad(np.array([at])), np.array([tick]))
        place.annotate(
            line_text(words, "tex"), (float(x[0]), float(y[0])), (3, 0), textcoords="offset points", ha="left",
            va="center", fontsize=size, color=axes.value("RColor"), rotation=axes.value("RTickLabelRotation"),
            zorder=2.6, annotation_clip=False,
        )  # fmt: skip


def draw_child(place: Any, child: Graphic, axes: PolarAxes, order: int) -> None:
    if isinstance(child, Text):
        spot = child.value("Position")
        x, y = axes.project(spot[:1], spot[1:2])
        write(place, moved(child, Position=np.array([x[0], y[0], 0.0])))
    elif isinstance(child, PolarHistogram):
        draw_slices(place, child, axes, 3 + order * 0.01)
    else:
        x, y = axes.project(child.flat("XData"), child.flat("YData"))
        draw_plot(place, moved(child, XData=x, YData=y), axes, order)


def moved(node: Graphic, **values: Any) -> Any:
    """The same object at another place, for drawing only."""
    made = copy.copy(node)
    made.values = {**node.values, **values}
    return made


def draw_slices(place: Any, node: PolarHistogram, axes: PolarAxes, zorder: float) -> None:
    main = node.automatic or (0.0, 0.4470, 0.7410)
    face, edge = node.value("FaceColor"), node.value("EdgeColor")
    stairs = node.value("DisplayStyle") == "stairs"
    face = "none" if stairs or face == "none" else main if face == "auto" else face
    edge = main if edge == "auto" or stairs and "EdgeColor" not in node.values else edge
    paint = face if isinstance(face, str) else (*face, node.value("FaceAlpha"))
    for theta, r in node.slices():
        style = {"facecolor": paint, "edgecolor": edge, "linewidth": points(node.value("LineWidth")), "zorder": zorder}
        place.add_patch(Polygon(np.c_[axes.project(theta, r)], closed=True, **style))

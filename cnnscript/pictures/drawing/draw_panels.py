"""Panels with matplotlib: a grey area with a line around it and a title."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import Rectangle

from cnnscript.pictures.drawing.draw_lines import points
from cnnscript.pictures.drawing.draw_words import families
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.interface_objects import Panel

UNDER = -1  # all axes


def draw_panel(page: Any, panel: Panel, width: int, height: int) -> None:
    """A panel on a page of width × height pixels, under all axes."""
    around = layout.room_of(panel)
    box = layout.to_pixels(
        panel.value("Position"), panel.value("Units"), around.width, around.height, layout.FIRST_PIXEL
    )
    left, bottom = (around.left + box.left) / width, (around.bottom + box.bottom) / height
    wide, high = box.width / width, box.height / height
    title, size = panel.value("Title"), panel.value("FontSize")
    edge = panel.value("BorderType") != "none"
    lowered = size * layout.PIXELS_PER_INCH / 72 / 2 / height if title and edge else 0.0
    page.add_artist(
        Rectangle(
            (left, bottom),
            wide,
            high,
            facecolor=panel.value("BackgroundColor"),
            transform=page.transFigure,
            zorder=UNDER,
        )
    )
    if edge:
        page.add_artist(
            Rectangle(
                (left + 1 / width, bottom + 1 / height),
                wide - 2 / width,
                high - 2 / height - lowered,
                fill=False,
                edgecolor=(0.7, 0.7, 0.7),
                linewidth=points(panel.value("BorderWidth")) * 0.75,
                transform=page.transFigure,
                zorder=UNDER,
            )
        )
    if title:
        style = {"fontsize": size, "fontweight": panel.value("FontWeight"), "color": panel.value("ForegroundColor")}
        style["fontfamily"] = list(families(panel.value("FontName")))
        style["bbox"] = {"facecolor": panel.value("BackgroundColor"), "edgecolor": "none", "pad": 1}
        page.text(left + 9 / width, bottom + high - 1 / height, title, ha="left", va="top", zorder=UNDER, **style)

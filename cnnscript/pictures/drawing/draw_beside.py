"""Colorbars and legends with matplotlib."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from cnnscript.pictures.drawing.draw_lines import DASHES, DOT, MARKER_SIGNS, points, with_alpha
from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.graphics import beside, layout, plots
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.images import colour


def draw_colorbar(page: Any, bar: beside.ColorBar, width: int, height: int) -> None:
    box = layout.colorbar_box(bar)
    axes = bar.parent
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    colours = axes.get("Colormap")
    low, high = bar.get("Limits")
    stripe = colours[:, None, :] if bar.vertical else colours[None, :, :]
    extent = (0, 1, low, high) if bar.vertical else (low, high, 0, 1)
    place.imshow(stripe, extent=extent, origin="lower", aspect="auto", interpolation="nearest")
    ticks, labels = bar.get("Ticks"), bar.get("TickLabels")
    kept = [(tick, labels[k] if k < len(labels) else "") for k, tick in enumerate(ticks) if low <= tick <= high]
    axis, other = (place.yaxis, place.xaxis) if bar.vertical else (place.xaxis, place.yaxis)
    axis.set_major_locator(FixedLocator([tick for tick, _ in kept]))
    axis.set_major_formatter(FixedFormatter([line_text(str(label), "tex") for _, label in kept]))
    other.set_major_locator(NullLocator())
    if bar.vertical:
        axis.set_ticks_position("left" if bar.value("Location") in ("westoutside", "east") else "right")
    elif bar.value("Location") in ("northoutside", "south"):
        axis.set_ticks_position("top")
    place.tick_params(
        direction="in", length=3, width=0.6, labelsize=bar.value("FontSize"), color=bar.value("Color"), pad=3
    )
    if bar.value("Direction") == "reverse":
        axis.set_inverted(True)
    for spine in place.spines.values():
        spine.set_linewidth(0.6)
        spine.set_edgecolor(bar.value("Color"))
        spine.set_visible(bool(bar.value("Box")))
    if "Label" in bar.labels and bar.labels["Label"].value("String"):
        label = bar.labels["Label"]
        words = line_text(label.value("String"), label.value("Interpreter"))
        if bar.vertical:
            axis.set_label_position("right")
        axis.set_label_text(words, **font(label))
    if "Title" in bar.labels and bar.labels["Title"].value("String"):
        label = bar.labels["Title"]
        place.set_title(line_text(label.value("String"), label.value("Interpreter")), **font(label))


# Location to matplotlib's: which corner of the legend, and where in the axes it is put (None: inside, at that corner).
PLACES: dict[str, tuple[str, tuple[float, float] | None]] = {
    "north": ("upper center", None),
    "south": ("lower center", None),
    "east": ("center right", None),
    "west": ("center left", None),
    "northeast": ("upper right", None),
    "northwest": ("upper left", None),
    "southeast": ("lower right", None),
    "southwest": ("lower left", None),
    "best": ("best", None),
    "none": ("upper right", None),
    "layout": ("upper right", None),
    "northoutside": ("lower center", (0.5, 1.08)),
    "southoutside": ("upper center", (0.5, -0.12)),
    "eastoutside": ("center left", (1.02, 0.5)),
    "westoutside": ("center right", (-0.1, 0.5)),
    "northeastoutside": ("upper left", (1.02, 1)),
    "northwestoutside": ("upper right", (-0.1, 1)),
    "southeastoutside": ("lower left", (1.02, 0)),
    "southwestoutside": ("lower right", (-0.1, 0)),
    "bestoutside": ("upper left", (1.02, 1)),
}


def draw_legend(place: Any, node: beside.Legend) -> None:
    entries = node.entries()
    if not entries:
        return
    corner, anchor = PLACES[node.value("Location")]
    flat = node.value("Orientation") == "horizontal"
    made = place.legend(
        [sample(each) for each, _ in entries],
        [line_text(words, node.value("Interpreter")) for _, words in entries],
        loc=corner,
        bbox_to_anchor=anchor,
        ncols=len(entries) if flat else int(node.value("NumColumns")),
        fontsize=node.value("FontSize"),
        frameon=bool(node.value("Box")),
        fancybox=False,
        framealpha=1,
        edgecolor=node.value("EdgeColor"),
        facecolor=node.value("Color"),
        labelcolor=node.value("TextColor"),
        borderaxespad=0.9,
        handlelength=2.2,
    )
    made.set_zorder(95)
    made.get_frame().set_linewidth(0.6)


def sample(node: Graphic) -> Any:
    """The sign that stands for an object in a legend."""
    if isinstance(node, plots.Line):
        face = node.value("MarkerFaceColor")
        dot = node.value("Marker") == "."
        return Line2D(
            [],
            [],
            color=node.value("Color"),
            linestyle=DASHES[node.value("LineStyle")],
            linewidth=points(node.value("LineWidth")),
            marker=MARKER_SIGNS[node.value("Marker")],
            markersize=node.value("MarkerSize") * (DOT if dot else 1),
            markerfacecolor=node.value("Color") if face == "auto" or dot else face,
        )
    if isinstance(node, plots.ConstantLine):
        return Line2D([], [], color=node.value("Color"), linestyle=DASHES[node.value("LineStyle")])
    if isinstance(node, plots.Scatter):
        given = node.value("CData")
        paint = colour.parse_colour(given) if isinstance(given, str) or np.size(given) == 3 else (0.0, 0.4470, 0.7410)
        filled = node.value("MarkerFaceColor") != "none"
        return Line2D(
            [],
            [],
            linestyle="",
            marker=MARKER_SIGNS[node.value("Marker")],
            color=paint,
            markersize=6,
            markerfacecolor=paint if filled else "none",
        )
    face = node.value("FaceColor") if "FaceColor" in node.table else (0.0, 0.4470, 0.7410)
    if isinstance(face, str):
        face = "none" if face == "none" else (0.0, 0.4470, 0.7410)
    return Patch(facecolor=with_alpha(face, node.value("FaceAlpha")), edgecolor=node.value("EdgeColor"))

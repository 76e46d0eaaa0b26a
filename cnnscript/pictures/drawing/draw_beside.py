"""Colorbars and legends with matplotlib."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from cnnscript.pictures.drawing.draw_lines import DASHES, DOT, MARKER_SIGNS, points, with_alpha
from cnnscript.pictures.drawing.draw_words import LATEX, families, font, line_text
from cnnscript.pictures.graphics import beside, beside_boxes, layout, plots
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.images import colour


def draw_colorbar(page: Any, bar: beside.ColorBar, width: int, height: int) -> None:
    box = beside_boxes.colorbar_box(bar)
    axes = bar.parent
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    colours = axes.get("Colormap")
    low, high = bar.get("Limits")
    stripe = colours[:, None, :] if bar.vertical else colours[None, :, :]
    # The colours keep their places when the bar shows only a part of their limits.
    first, last = axes.get("CLim")
    extent = (0, 1, first, last) if bar.vertical else (first, last, 0, 1)
    place.imshow(stripe, extent=extent, origin="lower", aspect="auto", interpolation="nearest")
    (place.set_ylim if bar.vertical else place.set_xlim)(low, high)
    ticks, labels = bar.get("Ticks"), bar.get("TickLabels")
    kept = [(tick, labels[k % len(labels)] if labels else "") for k, tick in enumerate(ticks) if low <= tick <= high]
    axis, other = (place.yaxis, place.xaxis) if bar.vertical else (place.xaxis, place.yaxis)
    interpreter = bar.value("TickLabelInterpreter")
    axis.set_major_locator(FixedLocator([tick for tick, _ in kept]))
    axis.set_major_formatter(FixedFormatter([line_text(str(label), interpreter) for _, label in kept]))
    other.set_major_locator(NullLocator())
    far = far_side(bar)
    side = ("right" if far else "left") if bar.vertical else ("top" if far else "bottom")
    axis.set_ticks_position(side)
    direction = {"in": "in", "out": "out", "both": "inout", "none": "in"}[bar.value("TickDirection")]
    length = bar.value("TickLength") * max(box.width, box.height) if bar.value("TickDirection") != "none" else 0
    place.tick_params(
        direction=direction,
        length=length * 72 / layout.PIXELS_PER_INCH,
        width=0.6 * max(bar.value("LineWidth"), 0.5) / 0.5,
        labelsize=bar.get("FontSize"),
        color=bar.value("Color"),
        labelcolor=bar.value("Color"),
        pad=3,
        **{side: True},
    )
    for label in axis.get_ticklabels():
        label.set_fontfamily(list(families(bar.value("FontName"))))
        label.set_fontweight(bar.value("FontWeight"))
        label.set_fontstyle(bar.value("FontAngle"))
    if bar.value("Direction") == "reverse":
        axis.set_inverted(True)
    for spine in place.spines.values():
        spine.set_linewidth(0.6 * max(bar.value("LineWidth"), 0.5) / 0.5)
        spine.set_edgecolor(bar.value("Color"))
        spine.set_visible(bool(bar.value("Box")))
    away = beside_boxes.number_room(bar) + 4
    ruler = bar.get_Ruler()
    if ruler.power() and not bar.vertical:
        style = {"fontsize": bar.get("FontSize"), "color": bar.value("Color")}
        spot, up = ((1, 1), "bottom") if far else ((1, 0), "top")
        beside_words(place, line_text(ruler.power(), "tex"), spot, (0, away if far else -away), "right", up, style)
    if ruler.power() and bar.vertical:
        spot, across = ((1, 1), "left") if far else ((0, 1), "right")
        style = {"fontsize": bar.get("FontSize"), "color": bar.value("Color")}
        beside_words(place, line_text(ruler.power(), "tex"), spot, (0, 4), across, "bottom", style)
    if bar.words_of("Label"):
        label = bar.labels["Label"]
        words = line_text(label.value("String"), label.value("Interpreter"))
        style = font(label) | {"color": label.values.get("Color", bar.value("Color"))}
        if bar.vertical:
            style["rotation"] = label.values.get("Rotation", 90)
            spot, offset, across = ((1, 0.5), (away, 0), "left") if far else ((0, 0.5), (-away, 0), "right")
            beside_words(place, words, spot, offset, across, "center", style)
        else:
            spot, offset, up = ((0.5, 1), (0, away), "bottom") if far else ((0.5, 0), (0, -away), "top")
            beside_words(place, words, spot, offset, "center", up, style)
    if bar.words_of("Title"):
        label = bar.labels["Title"]
        words = line_text(label.value("String"), label.value("Interpreter"))
        beside_words(place, words, (0.5, 1), (0, 6), "center", "bottom", font(label))


def far_side(bar: beside.ColorBar) -> bool:
    """Whether the numbers of a colorbar stand on its right, or on top of it."""
    where = bar.side or bar.value("Location").removesuffix("outside")
    inside = not bar.side and bar.value("Location") in ("north", "south", "east", "west")
    far = where in ("south", "west") if inside else where not in ("south", "west")
    if not bar.vertical and where in ("manual", "layout"):
        far = False
    return far != (bar.value("AxisLocation") == "in") if bar.value("AxisLocationMode") == "manual" else far


def beside_words(
    place: Any, words: str, spot: tuple[float, float], offset: tuple[float, float], across: str, up: str, style: Any
) -> None:
    """Words at a place of an axes and so many pixels from there."""
    place.annotate(
        words,
        spot,
        tuple(part * 72 / layout.PIXELS_PER_INCH for part in offset),
        xycoords="axes fraction",
        textcoords="offset points",
        ha=across,
        va=up,
        annotation_clip=False,
        **style,
    )


def draw_legend(page: Any, node: beside.Legend, width: int, height: int) -> None:
    """A legend in its box: a title, then for each entry its sign and its words."""
    entries = node.entries()
    if not entries:
        return
    box = beside_boxes.legend_box(node)
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    place.set_zorder(50)
    place.set_xlim(0, box.width)
    place.set_ylim(0, box.height)
    place.set_xticks([])
    place.set_yticks([])
    boxed = bool(node.value("Box"))
    place.patch.set_visible(boxed and node.value("Color") != "none")
    place.set_facecolor(node.value("Color"))
    for spine in place.spines.values():
        spine.set_visible(boxed)
        spine.set_linewidth(0.72 * max(node.value("LineWidth"), 0.5) / 0.5)
        spine.set_edgecolor(node.value("EdgeColor"))
    natural = beside_boxes.legend_size(node)[1]
    top = box.height - (box.height - natural) / 2
    if node.words_of("Title"):
        label = node.label("Title")
        high = beside_boxes.title_height(node)
        words = line_text(label.value("String"), label.value("Interpreter"))
        place.text(box.width / 2, top - high / 2, words, ha="center", va="center", **font(label))
        top -= high
    rows, columns = beside_boxes.legend_grid(node)
    heights, widths = beside_boxes.row_heights(node), beside_boxes.column_widths(node)
    flat = node.value("Orientation") == "horizontal"
    style = {"fontsize": node.get("FontSize"), "fontweight": node.value("FontWeight")}
    style |= {"fontstyle": node.value("FontAngle"), "color": node.value("TextColor")}
    style["fontfamily"] = list(families(node.value("FontName")))
    if node.value("Interpreter") == "latex":
        style |= LATEX
    for k, (each, words) in enumerate(entries):
        row, column = divmod(k, columns) if flat else (k % rows, k // rows)
        middle = top - sum(heights[:row]) - heights[row] / 2 + 0.5
        left = beside_boxes.LEFT_PAD + sum(widths[:column])
        left += column * (beside_boxes.TOKEN + beside_boxes.TOKEN_GAP + beside_boxes.COLUMN_GAP)
        draw_sample(place, sample(each), left, middle, node.get("FontSize"))
        right = left + beside_boxes.TOKEN + beside_boxes.TOKEN_GAP
        place.text(right, middle, line_text(words, node.value("Interpreter")), va="center_baseline", **style)


def draw_sample(place: Any, sign: Any, left: float, middle: float, size: float) -> None:
    """The sign of an entry in the room before its words."""
    wide, high = beside_boxes.TOKEN, size * 96 / 72
    if isinstance(sign, Patch):
        sign_box = Rectangle((left + 1, middle - high * 0.42), wide - 4, high * 0.84)
        sign_box.update_from(sign)
        sign_box.set_transform(place.transData)
        place.add_patch(sign_box)
        return
    marker = sign.get_marker()
    if sign.get_linestyle() not in ("None", "", " "):
        line = Line2D([left, left + wide - 2], [middle, middle])
        line.update_from(sign)
        line.set_marker("")
        line.set_transform(place.transData)
        place.add_line(line)
    if marker not in ("", "None", None):
        dot = Line2D([left + wide / 2 - 1], [middle])
        dot.update_from(sign)
        dot.set_linestyle("")
        dot.set_transform(place.transData)
        place.add_line(dot)


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
        one = isinstance(given, str) or (np.size(given) == 3 and np.min(given) >= 0 and np.max(given) <= 1)
        paint = colour.parse_colour(given) if one else (0.0, 0.4470, 0.7410)
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
    own = getattr(node, "automatic", None) or (0.0, 0.4470, 0.7410)
    name = next((each for each in ("FaceColor", "BoxFaceColor", "NodeColor") if each in node.table), None)
    face = node.value(name) if name is not None else own
    if isinstance(face, str):
        face = "none" if face == "none" else own
    alpha = next((each for each in ("FaceAlpha", "BoxFaceAlpha") if each in node.table), None)
    opaque = node.value(alpha) if alpha is not None else 1.0
    edge = node.value("EdgeColor") if "EdgeColor" in node.table and name == "FaceColor" else face
    return Patch(
        facecolor=with_alpha(face, 1.0 if isinstance(opaque, str) else opaque),
        edgecolor=(0.0, 0.4470, 0.7410) if edge in ("flat", "interp") else edge,
    )

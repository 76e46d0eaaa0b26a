"""Annotations with matplotlib."""

from __future__ import annotations

from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, FancyArrowPatch, Rectangle

from cnnscript.pictures.drawing.draw_lines import DASHES, points, with_alpha
from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.annotations import (
    Annotation,
    EllipseShape,
    LineShape,
    RectangleShape,
    TextBox,
    ends,
    words_of,
)


def draw_annotation(page: Any, node: Annotation, width: int, height: int) -> None:
    """An annotation on a page of width × height pixels, over all else."""
    if isinstance(node, TextBox):
        draw_text_box(page, node, width, height)
    elif isinstance(node, RectangleShape):
        left, bottom, wide, high = node.value("Position")
        style = {
            "facecolor": with_alpha(node.value("FaceColor"), node.value("FaceAlpha")),
            "edgecolor": node.value("Color"),
            "linewidth": points(node.value("LineWidth")),
            "linestyle": DASHES[node.value("LineStyle")] or "none",
            "transform": page.transFigure,
        }
        if isinstance(node, EllipseShape):
            page.add_artist(Ellipse((left + wide / 2, bottom + high / 2), wide, high, **style))
        else:
            page.add_artist(Rectangle((left, bottom), wide, high, **style))
    else:
        draw_line(page, node)


def draw_line(page: Any, node: LineShape) -> None:
    begin, end = ends(node).tolist()
    style = DASHES[node.value("LineStyle")] or "none"
    width = points(node.value("LineWidth"))
    if node.heads and node.value("HeadStyle") != "none":
        shape = f"head_length={node.value('HeadLength')},head_width={node.value('HeadWidth') / 2}"
        page.add_artist(
            FancyArrowPatch(
                begin,
                end,
                arrowstyle=f"{'<|-|>' if node.heads == 'both' else '-|>'},{shape}",
                transform=page.transFigure,
                color=node.value("Color"),
                linewidth=width,
                linestyle=style,
                mutation_scale=1,
                shrinkA=0,
                shrinkB=0,
            )
        )
    else:
        line = Line2D(*zip(begin, end, strict=True), color=node.value("Color"), linewidth=width, linestyle=style)
        line.set_transform(page.transFigure)
        page.add_artist(line)
    words = words_of(node)
    if words:
        # The words stand behind the beginning of the arrow.
        across = "right" if end[0] > begin[0] else "left" if end[0] < begin[0] else "center"
        up = "center" if end[0] != begin[0] else "top" if end[1] > begin[1] else "bottom"
        letters = font(node) | {"color": node.value("TextColor")}
        letters["rotation"] = node.value("TextRotation")
        if node.value("TextBackgroundColor") != "none" or node.value("TextEdgeColor") != "none":
            letters["bbox"] = {
                "facecolor": node.value("TextBackgroundColor"),
                "edgecolor": node.value("TextEdgeColor"),
                "linewidth": points(node.value("TextLineWidth")),
                "pad": node.value("TextMargin"),
            }
        page.text(*begin, line_text(words, node.value("Interpreter")), ha=across, va=up, **letters)


def draw_text_box(page: Any, node: TextBox, width: int, height: int) -> None:
    left, bottom, wide, high = node.value("Position")
    words = line_text(node.value("String"), node.value("Interpreter"))
    margin = node.value("Margin") * layout.PIXELS_PER_INCH / 72
    style = {
        "facecolor": with_alpha(node.value("BackgroundColor"), node.value("FaceAlpha")),
        "edgecolor": node.value("EdgeColor"),
        "linewidth": points(node.value("LineWidth")),
        "linestyle": DASHES[node.value("LineStyle")] or "none",
    }
    across, up = node.value("HorizontalAlignment"), node.value("VerticalAlignment")
    x = {"left": left + margin / width, "center": left + wide / 2, "right": left + wide - margin / width}[across]
    high_y, low_y = bottom + high - margin / height, bottom + margin / height
    y = {"middle": bottom + high / 2, "bottom": low_y, "baseline": low_y}.get(up, high_y)
    plain = {name: value for name, value in font(node).items() if name != "bbox"}
    if node.value("FitBoxToText"):
        plain["bbox"] = style | {"pad": node.value("Margin")}
    else:
        page.add_artist(Rectangle((left, bottom), wide, high, transform=page.transFigure, **style))
    vertical = {"middle": "center", "baseline": "bottom", "cap": "top"}.get(up, up)
    page.text(x, y, words, ha=across, va=vertical, rotation=node.value("Rotation"), **plain)

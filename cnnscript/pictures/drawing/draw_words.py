"""Words with matplotlib: fonts, titles, labels, and text in an axes."""

from __future__ import annotations

import logging
import re
import warnings
from functools import lru_cache
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing.markup import leading_colour, leading_size, mathtext
from cnnscript.pictures.graphics import beside, beside_boxes, layout, tile_boxes, word_room
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.graphics.word_room import LABEL_GAP, TITLE_GAP
from cnnscript.pictures.images.colour import parse_colour

SANS = ("Helvetica", "Arial", "Liberation Sans", "Nimbus Sans", "DejaVu Sans")
EAST_ASIAN = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)


class quiet_text:
    """While open: our text settings, and no warnings about glyphs that no installed font has (they are drawn as
    boxes)."""

    def __enter__(self) -> None:
        import matplotlib

        self.log = logging.getLogger("matplotlib")
        self.level = self.log.level
        self.log.setLevel(logging.ERROR)
        self.warnings = warnings.catch_warnings()
        self.warnings.__enter__()
        warnings.simplefilter("ignore")
        self.settings = matplotlib.rc_context(
            {
                "font.family": list(fonts()),
                "mathtext.fontset": "custom",
                "mathtext.default": "it",
                "mathtext.rm": fonts()[0],
                "mathtext.it": fonts()[0] + ":italic",
                "mathtext.bf": fonts()[0] + ":bold",
                "mathtext.fallback": "stixsans",
                "svg.hashsalt": "0",
                "axes.unicode_minus": False,
            }
        )
        self.settings.__enter__()

    def __exit__(self, *fault: Any) -> None:
        self.settings.__exit__(*fault)
        self.warnings.__exit__(*fault)
        self.log.setLevel(self.level)


@lru_cache(1)
def fonts() -> tuple[str, ...]:
    """The installed fonts to write with: the first that looks like MATLAB's, DejaVu, and one for East Asian text."""
    from matplotlib import font_manager

    there = {entry.name for entry in font_manager.fontManager.ttflist}
    main = next((name for name in SANS if name in there), "DejaVu Sans")
    asian = [name for name in EAST_ASIAN if name in there][:1]
    return tuple(dict.fromkeys((main, *asian, "DejaVu Sans")))


LIKE = {
    "serif": ("Times New Roman", "Times", "Liberation Serif", "Nimbus Roman", "FreeSerif", "DejaVu Serif"),
    "mono": ("Courier New", "Courier", "Liberation Mono", "Nimbus Mono PS", "FreeMono", "DejaVu Sans Mono"),
}
SERIF = re.compile("times|serif|roman|georgia|garamond|cambria|palatino|book|minion|century|cmr|computer modern", re.I)
MONO = re.compile("courier|mono|consol|fixedwidth|menlo|monaco|typewriter|cmtt", re.I)


@lru_cache(64)
def families(name: str) -> tuple[str, ...]:
    """The installed fonts for one of MATLAB's FontName: itself, else the first of its kind, then those for signs that
    it has not."""
    from matplotlib import font_manager

    there = {entry.name.lower(): entry.name for entry in font_manager.fontManager.ttflist}
    if name.lower() in there:
        return tuple(dict.fromkeys((there[name.lower()], *fonts())))
    kind = "mono" if MONO.search(name) else "serif" if SERIF.search(name) and "sans" not in name.lower() else ""
    found = next((each for each in LIKE.get(kind, ()) if each.lower() in there), None)
    return tuple(dict.fromkeys((found, *fonts()))) if found is not None else fonts()


LATEX = {"fontfamily": ["cmr10", "DejaVu Serif"], "math_fontfamily": "cm", "fontweight": "normal"}


def line_text(words: str | list[str], interpreter: str) -> str:
    """What matplotlib is to write for MATLAB's text: lines joined, TeX as far as mathtext has it, all else as it
    stands."""
    lines = layout.lines_of(words, interpreter)
    return "\n".join(mathtext(line, interpreter) for line in lines)


def font(node: Any) -> dict[str, Any]:
    """A text object's font and colours in matplotlib's words."""
    made: dict[str, Any] = {
        "fontsize": node.value("FontSize"),
        "fontweight": node.value("FontWeight"),
        "fontstyle": node.value("FontAngle"),
        "fontfamily": list(families(node.value("FontName"))),
        "color": node.value("Color"),
    }
    if node.value("Interpreter") == "latex":
        made |= LATEX
    elif node.value("Interpreter") == "tex" and "String" in node.table:
        made |= leading_style(node.value("String"))
    if "BackgroundColor" in node.table and (
        node.value("BackgroundColor") != "none" or node.value("EdgeColor") != "none"
    ):
        made["bbox"] = {
            "facecolor": node.value("BackgroundColor"),
            "edgecolor": node.value("EdgeColor"),
            "linewidth": node.value("LineWidth"),
            "pad": node.value("Margin"),
        }
    return made


def leading_style(words: str | list[str]) -> dict[str, Any]:
    """The colour and the size that a text in TeX begins with."""
    first = next(iter(layout.lines_of(words)), "")
    if "\\" not in first:
        return {}
    made: dict[str, Any] = {}
    if (paint := leading_colour(first)) is not None:
        try:
            made["color"] = parse_colour(NAMED.get(paint, paint) if isinstance(paint, str) else np.array(paint))
        except (ScriptError, ValueError):
            made.pop("color", None)  # a word that is no colour changes nothing
    if (size := leading_size(first)) is not None:
        made["fontsize"] = size
    return made


NAMED = {"gray": "#808080", "darkgreen": "#008000", "orange": "#FFA500", "lightblue": "#ADD8E6"}  # of \\color


def write(place: Any, node: Text) -> None:
    """A text object in an axes."""
    x, y = node.value("Position")[:2]
    units = node.value("Units")
    transform = place.transData if units == "data" else place.transAxes
    if units == "pixels":
        box = layout.plot_box(node.up("axes"))
        x, y = x / box.width, y / box.height
    at = transform.transform((x, y))
    page = place.figure.bbox
    if not np.isfinite(at).all() or (np.abs(at) > 4 * max(page.width, page.height)).any():
        return  # so far outside the figure that nothing of it is seen
    words, style = line_text(node.value("String"), node.value("Interpreter")), font(node)
    if words.isascii():  # which every font has: looking for more of them takes time
        style["fontfamily"] = style["fontfamily"][:1]
    place.text(
        x,
        y,
        words,
        transform=transform,
        rotation=node.value("Rotation"),
        ha=node.value("HorizontalAlignment"),
        va={"middle": "center", "cap": "top"}.get(node.value("VerticalAlignment"), node.value("VerticalAlignment")),
        rotation_mode="anchor" if node.value("Rotation") else "default",
        clip_on=bool(node.value("Clipping")),
        zorder=80,
        **style,
    )


def put(place: Any, words: str, spot: tuple[float, float], offset: tuple[float, float], **style: Any) -> None:
    """Words at a place of an axes, in parts of its box, and so many pixels from there."""
    place.annotate(
        words,
        spot,
        tuple(part * 72 / layout.PIXELS_PER_INCH for part in offset),
        xycoords="axes fraction",
        textcoords="offset points",
        annotation_clip=False,
        **style,
    )


ROOM = {"normalized": "axes fraction", "data": "data"}


def own_place(place: Any, label: Text, box: layout.Box, words: str) -> bool:
    """Write a title or label where a script has put it; False where it has not."""
    if "Position" not in label.values:
        return False
    x, y = label.values["Position"][:2]
    units = label.value("Units")
    if units not in ROOM:
        at = layout.to_pixels([x, y, 0, 0], units, box.width, box.height)
        x, y = at.left / box.width, at.bottom / box.height
    place.text(
        x,
        y,
        words,
        transform=place.transData if units == "data" else place.transAxes,
        ha=label.value("HorizontalAlignment"),
        va="bottom",
        rotation=label.value("Rotation"),
        **font(label),
    )
    return True


def write_labels(place: Any, axes: Axes, box: layout.Box) -> None:
    """Title, subtitle and axis labels, beyond what the tick labels take."""
    above = TITLE_GAP + beside_boxes.room_above(axes)
    if axes.value("XAxisLocation") == "top":
        above += word_room.tick_room(axes, "X") + word_room.words_room(axes, "XLabel")
    for name in ("Subtitle", "Title"):
        words = axes.words_of(name)
        if not words:
            continue
        label = axes.labels[name]
        side = axes.value("TitleHorizontalAlignment")
        if "HorizontalAlignment" in label.values and label.values["HorizontalAlignment"] != "center":
            side = label.values["HorizontalAlignment"]
        made = line_text(words, label.value("Interpreter"))
        if own_place(place, label, box, made):
            continue
        spot = ({"left": 0.0, "center": 0.5, "right": 1.0}[axes.value("TitleHorizontalAlignment")], 1.0)
        put(place, made, spot, (0.0, above), ha=side, va="bottom", rotation=label.value("Rotation"), **font(label))
        above += word_room.words_room(axes, name)
    if axes.words_of("XLabel"):
        label = axes.labels["XLabel"]
        made = line_text(axes.words_of("XLabel"), label.value("Interpreter"))
        style = font(label) | {"color": label.values.get("Color", axes.value("XColor"))}
        top = axes.value("XAxisLocation") == "top"
        away = word_room.tick_room(axes, "X") + LABEL_GAP
        if axes.twin is not None and not axes.left_side():
            away = word_room.tick_room(axes.twin, "X") + LABEL_GAP
        if not own_place(place, label, box, made):
            spot, offset = ((0.5, 1.0), (0.0, away)) if top else ((0.5, 0.0), (0.0, -away))
            put(place, made, spot, offset, ha="center", va="bottom" if top else "top",
                rotation=label.value("Rotation"), **style)  # fmt: skip
    if axes.words_of("YLabel"):
        label = axes.labels["YLabel"]
        made = line_text(axes.words_of("YLabel"), label.value("Interpreter"))
        style = font(label) | {"color": label.values.get("Color", axes.value("YColor"))}
        away = word_room.tick_room(axes, "Y") + LABEL_GAP
        left = axes.left_side()
        turn = label.values.get("Rotation", 90.0)
        if not own_place(place, label, box, made):
            across = "right" if left else "left"
            put(place, made, (0.0 if left else 1.0, 0.5), (-away if left else away, 0.0), ha=across, va="center",
                rotation=turn, **style)  # fmt: skip


def write_powers(place: Any, axes: Axes) -> None:
    """The powers of ten at the ends of the axes: above the y-axis, and under the right end of the x-axis."""
    if not axes.value("Visible"):
        return
    for letter in "XY":
        ruler = axes.ruler(letter)
        power = ruler.power()
        if not power or not ruler.value("Visible") or not len(axes.get(f"{letter}Tick")):
            continue
        if letter == "X" and axes.twin is not None and not axes.left_side():
            continue
        words = line_text(power, "tex")
        style = {"fontsize": ruler.get("FontSize"), "color": axes.value(f"{letter}Color")}
        style["fontfamily"] = list(families(ruler.get("FontName")))
        if letter == "Y":
            left = axes.left_side()
            put(place, words, (0.0 if left else 1.0, 1.0), (0.0, 3.0), ha="left" if left else "right", va="bottom",
                **style)  # fmt: skip
        else:
            away = word_room.tick_room(axes, "X")
            top = axes.value("XAxisLocation") == "top"
            put(place, words, (1.0, 1.0 if top else 0.0), (0.0, away if top else -away), ha="right",
                va="bottom" if top else "top", **style)  # fmt: skip


def write_above(page: Any, title: beside.FigureTitle, height: int) -> None:
    across = title.value("HorizontalAlignment")
    page.text(
        {"left": 0.02, "center": 0.5, "right": 0.98}[across],
        1 - 8 / height,
        line_text(title.value("String"), title.value("Interpreter")),
        ha=across,
        va="top",
        **font(title),
    )


def write_layout(page: Any, tiles: beside.TiledLayout, width: int, height: int) -> None:
    """The title and the labels that a layout has for all its tiles, in the middle of them."""
    outer, grid = tile_boxes.outer_box(tiles, width, height), tile_boxes.grid_box(tiles, width, height)
    around, words = tile_boxes.around_grid(tiles, outer)
    middle, level = grid.left + grid.width / 2, grid.bottom + grid.height / 2
    bottom = grid.bottom + grid.height + words.top + 6
    for name in ("Subtitle", "Title"):
        if tiles.words_of(name):
            layout_words(page, tiles.labels[name], middle / width, bottom / height, "center", "bottom")
            bottom += word_room.words_room(tiles, name)
    if tiles.words_of("XLabel"):
        top = grid.bottom - words.bottom - 3
        layout_words(page, tiles.labels["XLabel"], middle / width, top / height, "center", "top")
    if tiles.words_of("YLabel"):
        right = grid.left - words.left - 3
        layout_words(page, tiles.labels["YLabel"], right / width, level / height, "right", "center", 90)


def layout_words(page: Any, label: Text, x: float, y: float, across: str, up: str, turn: float = 0.0) -> None:
    words = line_text(label.value("String"), label.value("Interpreter"))
    page.text(x, y, words, ha=across, va=up, rotation=turn, **font(label))

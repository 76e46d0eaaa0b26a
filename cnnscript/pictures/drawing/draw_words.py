"""Words with matplotlib: fonts, titles, labels, and text in an axes."""

from __future__ import annotations

import logging
import warnings
from functools import lru_cache
from typing import Any

from cnnscript.pictures.drawing.markup import mathtext
from cnnscript.pictures.graphics import beside, layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.primitives import Text

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
                "mathtext.fontset": "dejavusans",
                "mathtext.default": "regular",
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


def line_text(words: str | list[str], interpreter: str) -> str:
    """What matplotlib is to write for MATLAB's text: lines joined, TeX as far as mathtext has it, all else as it
    stands."""
    lines = layout.lines_of(words)
    return "\n".join(mathtext(line, interpreter) for line in lines)


def font(node: Any) -> dict[str, Any]:
    """A text object's font and colours in matplotlib's words."""
    made: dict[str, Any] = {
        "fontsize": node.value("FontSize"),
        "fontweight": node.value("FontWeight"),
        "fontstyle": node.value("FontAngle"),
        "color": node.value("Color"),
    }
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


def write(place: Any, node: Text) -> None:
    """A text object in an axes."""
    x, y = node.value("Position")[:2]
    units = node.value("Units")
    transform = place.transData if units == "data" else place.transAxes
    if units == "pixels":
        box = layout.plot_box(node.up("axes"))
        x, y = x / box.width, y / box.height
    place.text(
        x,
        y,
        line_text(node.value("String"), node.value("Interpreter")),
        transform=transform,
        rotation=node.value("Rotation"),
        ha=node.value("HorizontalAlignment"),
        va={"middle": "center", "cap": "top"}.get(node.value("VerticalAlignment"), node.value("VerticalAlignment")),
        rotation_mode="anchor" if node.value("Rotation") else "default",
        clip_on=bool(node.value("Clipping")),
        zorder=80,
        **font(node),
    )


def write_labels(place: Any, axes: Axes, box: layout.Box) -> None:
    """Title, subtitle and axis labels, at distances that leave room for tick labels."""
    above = 5.0
    for name in ("Subtitle", "Title"):
        words = axes.words_of(name)
        if words:
            label = axes.labels[name]
            side = axes.value("TitleHorizontalAlignment")
            place.annotate(
                line_text(words, label.value("Interpreter")),
                ({"left": 0, "center": 0.5, "right": 1}[side], 1),
                (0, above),
                xycoords="axes fraction",
                textcoords="offset points",
                ha=side,
                va="bottom",
                annotation_clip=False,
                **font(label),
            )
            above += label.value("FontSize") * 1.25 * len(layout.lines_of(words))
    ticks = bool(axes.value("Visible"))
    size = axes.value("FontSize")
    if axes.words_of("XLabel"):
        label = axes.labels["XLabel"]
        rotated = axes.value("XTickLabelRotation") != 0
        longest = max((len(text) for text in axes.get("XTickLabel")), default=0) if rotated else 0
        labelled = len(axes.get("XTick")) or axes.twin is not None
        drop = 4 + (size * 1.2 if ticks and labelled else 0) + longest * size * 0.35
        place.annotate(
            line_text(axes.words_of("XLabel"), label.value("Interpreter")),
            (0.5, 0),
            (0, -drop),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="center",
            va="top",
            annotation_clip=False,
            **font(label) | {"color": label.values.get("Color", axes.value("XColor"))},
        )
    if axes.words_of("YLabel"):
        label = axes.labels["YLabel"]
        longest = max((len(text) for text in axes.get("YTickLabel")), default=0) if ticks else 0
        away = 7 + longest * size * 0.58
        left = axes.left_side()
        place.annotate(
            line_text(axes.words_of("YLabel"), label.value("Interpreter")),
            (0 if left else 1, 0.5),
            (-away if left else away, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            rotation=90,
            annotation_clip=False,
            **font(label) | {"color": label.values.get("Color", axes.value("YColor"))},
        )


def write_above(page: Any, title: beside.FigureTitle, height: int) -> None:
    page.text(
        0.5,
        1 - 8 / height,
        line_text(title.value("String"), title.value("Interpreter")),
        ha="center",
        va="top",
        fontsize=title.value("FontSize"),
        color=title.value("Color"),
        fontweight=title.value("FontWeight"),
    )


def write_layout(page: Any, tiles: beside.TiledLayout, width: int, height: int) -> None:
    places = {
        "Title": (0.5, 1 - 6 / height, "center", "top", 0),
        "Subtitle": (0.5, 1 - 25 / height, "center", "top", 0),
        "XLabel": (0.5, 5 / height, "center", "bottom", 0),
        "YLabel": (5 / width, 0.5, "left", "center", 90),
    }
    for name, (x, y, horizontal, vertical, rotation) in places.items():
        if tiles.words_of(name):
            label = tiles.labels[name]
            page.text(
                x,
                y,
                line_text(label.value("String"), label.value("Interpreter")),
                ha=horizontal,
                va=vertical,
                rotation=rotation,
                fontsize=label.value("FontSize"),
                color=label.value("Color"),
                fontweight=label.value("FontWeight"),
            )

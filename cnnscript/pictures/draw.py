"""Figures to pixels.

A figure that is only an image at full size is put together directly.  Everything else is laid out by us, to the pixel
(layout.py), and drawn by matplotlib's Agg, which is imported here and nowhere before: its locators, formatters and
autoscaling are not used. One inch is 96 pixels, so that fonts in points come out as on MATLAB's screen.
"""

from __future__ import annotations

import logging
import warnings
from functools import lru_cache
from typing import Any

import numpy as np

from cnnscript.pictures import layout, paint, plots
from cnnscript.pictures.kinds import Axes, Figure, Image, Text
from cnnscript.pictures.resize import imresize

DPI = layout.PIXELS_PER_INCH
DASHES = {"-": "-", "--": "--", ":": ":", "-.": "-.", "none": ""}
MARKER_SIGNS = {
    "square": "s", "diamond": "D", "d": "D", "pentagram": "*", "p": "*", "hexagram": "h", "none": "", "*": (6, 2, 0),
    "o": "o", "+": "+", ".": ".", "x": "x", "_": "_", "|": "|", "^": "^", "v": "v", ">": ">", "<": "<", "s": "s",
    "h": "h",
}  # fmt: skip
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


def rasterise(figure: Figure, scale: float = 1.0, only: Axes | None = None) -> np.ndarray:
    """The figure, or one axes of it, as H×W×3 uint8; scale: pixels per pixel of MATLAB's screen."""
    if (direct := compose(figure, scale)) is not None:
        return direct
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Page

    width, height = layout.figure_size(figure)
    page = Page(figsize=inches(width, height, scale), dpi=DPI * scale)
    canvas = FigureCanvasAgg(page)
    with quiet_text():
        fill(page, figure, only)
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3]


def inches(width: float, height: float, scale: float = 1.0) -> tuple[float, float]:
    """The size in inches for which matplotlib makes a page of so many pixels (times scale), rounded."""
    # Parts of a pixel are cut off: the size is made whole, and a little more so that it stays whole.
    return (round(width * scale) + 1e-6) / (DPI * scale), (round(height * scale) + 1e-6) / (DPI * scale)


def save_vector(figure: Figure, file: Any, kind: str, only: Axes | None = None) -> None:
    """The figure, or one axes of it, as pdf, svg or eps, into an open binary file."""
    from matplotlib.figure import Figure as Page

    width, height = layout.figure_size(figure)
    page = Page(figsize=(width / DPI, height / DPI), dpi=DPI)
    with quiet_text():
        fill(page, figure, only)
        page.savefig(file, format=kind, metadata={"Date": None} if kind == "svg" else None)


def compose(figure: Figure, scale: float = 1.0) -> np.ndarray | None:
    """A figure that is one bare image at full size, without matplotlib; None where there is more to draw."""
    axes = layout.fitted_axes(figure)
    if axes is None or axes.value("Visible") or len(figure.children) != 1:
        return None
    if any(not isinstance(child, Image) for child in axes.children):
        return None
    if any(axes.words_of(name) for name in ("Title", "Subtitle", "XLabel", "YLabel")):
        return None
    width, height = layout.figure_size(figure)
    box = layout.axes_box(axes)
    height, width = round(height * scale), round(width * scale)
    box = layout.Box(*(round(length * scale) for length in box))
    page = np.empty((height, width, 3), np.uint8)
    page[:] = 255 if figure.value("Color") == "none" else np.floor(np.array(figure.value("Color")) * 255 + 0.5)
    top = height - box.bottom - box.height
    region = page[top : top + box.height, box.left : box.left + box.width]
    x, y = axes.get("XLim"), axes.get("YLim")
    for image in axes.images():
        if (image.extent("X"), image.extent("Y")) != (tuple(x), tuple(y)) or not plainly_placed(image, axes):
            return None
        if image.value("Visible"):
            region[:] = paint.over(magnified(paint.image_rgba(image), region.shape[:2]), region)
    return page


def plainly_placed(image: Image, axes: Axes) -> bool:
    """Whether the first row is on top and the first column on the left."""
    (left, right), (top, bottom) = image.edges("X"), image.edges("Y")
    return left < right and top < bottom and axes.value("YDir") == "reverse" and axes.value("XDir") == "normal"


def magnified(pixels: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Pixels at another size: repeated where they grow, averaged where they shrink."""
    if pixels.shape[:2] == shape:
        return pixels
    shrinks = shape[0] < pixels.shape[0] or shape[1] < pixels.shape[1]
    return imresize(np.asfortranarray(pixels), shape, method="box" if shrinks else "nearest")


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


# ------------------------------------------------------------------------------------------------------------- the page
def fill(page: Any, figure: Figure, only: Axes | None = None) -> None:
    """Draw all of a figure, or one axes of it, on a matplotlib figure of its size."""
    page.clear()
    width, height = layout.figure_size(figure)
    page.set_facecolor(figure.value("Color"))
    for axes in figure.all_axes():
        if only is None or axes is only:
            draw_axes(page, axes, width, height)
    if only is not None:
        return
    for child in figure.children:
        if child.kind == "subplottext" and child.value("Visible"):
            write_above(page, child, height)
        elif child.kind == "tiledlayout":
            write_layout(page, child, width, height)


def write_above(page: Any, title: plots.FigureTitle, height: int) -> None:
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


def write_layout(page: Any, tiles: plots.TiledLayout, width: int, height: int) -> None:
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


def draw_axes(page: Any, axes: Axes, width: int, height: int) -> None:
    if any(child.kind == "surface" for child in axes.drawn()):
        from cnnscript.pictures.draw_surfaces import draw_3d

        draw_3d(page, axes, width, height)
        return
    box = layout.plot_box(axes)
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    place.set_autoscale_on(False)
    frame(place, axes)
    set_limits(place, axes)
    set_ticks(place, axes, box)
    for order, child in enumerate(axes.drawn()):
        if child.value("Visible"):
            from cnnscript.pictures.draw_plots import draw_plot

            if isinstance(child, Image):
                draw_image(place, child, box, order)
            elif isinstance(child, Text):
                write(place, child)
            else:
                draw_plot(place, child, axes, order)
    write_labels(place, axes, box)
    for child in axes.children:
        if isinstance(child, plots.ColorBar) and child.value("Visible"):
            draw_colorbar(page, child, width, height)
        elif isinstance(child, plots.Legend) and child.value("Visible"):
            from cnnscript.pictures.draw_plots import draw_legend

            draw_legend(place, child)


def frame(place: Any, axes: Axes) -> None:
    """Background, box and grid."""
    if not axes.value("Visible"):
        place.patch.set_visible(False)
        for spine in place.spines.values():
            spine.set_visible(False)
        place.tick_params(which="both", left=False, bottom=False, labelleft=False, labelbottom=False)
        return
    place.set_facecolor(axes.value("Color"))
    for name, spine in place.spines.items():
        letter = "X" if name in ("bottom", "top") else "Y"
        far = {"X": "top", "Y": "right"}[letter]
        if axes.value(f"{letter}AxisLocation") in ("top", "right"):
            far = {"X": "bottom", "Y": "left"}[letter]
        spine.set_visible(axes.value("Box") or name != far)
        spine.set_linewidth(max(axes.value("LineWidth"), 0.5) * 1.2)
        spine.set_edgecolor(axes.value(f"{letter}Color"))
        # Tick marks and box lie above images but below lines, as MATLAB's 'bottom' layer with opaque images shows them.
        spine.set_zorder(2.5 if axes.value("Layer") == "bottom" else 90)
    place.set_axisbelow(axes.value("Layer") == "bottom")
    for letter, axis in (("X", place.xaxis), ("Y", place.yaxis)):
        if axes.value(f"{letter}Grid"):
            axis.grid(
                True,
                color=axes.value("GridColor"),
                alpha=axes.value("GridAlpha"),
                linestyle=axes.value("GridLineStyle"),
                linewidth=0.6,
            )


def set_limits(place: Any, axes: Axes) -> None:
    for letter in "XY":
        low, high = axes.get(f"{letter}Lim")
        logarithmic = axes.value(f"{letter}Scale") == "log"
        if logarithmic:
            getattr(place, f"set_{letter.lower()}scale")("log")
            low = low if low > 0 else high / 1e6
        if axes.value(f"{letter}Dir") == "reverse":
            low, high = high, low
        getattr(place, f"set_{letter.lower()}lim")(low, high)


def set_ticks(place: Any, axes: Axes, box: layout.Box) -> None:
    if not axes.value("Visible"):
        place.set_xticks([])
        place.set_yticks([])
        return
    length = axes.value("TickLength")[0] * max(box.width, box.height) * 72 / DPI
    direction = {"in": "in", "out": "out", "both": "inout", "none": "in"}[axes.value("TickDir")]
    for letter, axis in (("X", place.xaxis), ("Y", place.yaxis)):
        ticks = axes.get(f"{letter}Tick")
        low, high = axes.get(f"{letter}Lim")
        labels = axes.get(f"{letter}TickLabel")
        kept = [
            (tick, label)
            for tick, label in zip(ticks, labels, strict=True)
            if low <= tick <= high or np.isclose(tick, (low, high)).any()
        ]
        from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

        axis.set_major_locator(FixedLocator([tick for tick, _ in kept]))
        interpreter = axes.value("TickLabelInterpreter")
        axis.set_major_formatter(FixedFormatter([line_text(label, interpreter) for _, label in kept]))
        axis.set_minor_locator(NullLocator())
        far = axes.value(f"{letter}AxisLocation") in ("top", "right")
        near_name, far_name = ("bottom", "top") if letter == "X" else ("left", "right")
        visible = axes.value("TickDir") != "none"
        place.tick_params(
            axis=letter.lower(),
            which="major",
            direction=direction,
            length=length if visible else 0,
            width=0.6,
            pad=3,
            labelsize=axes.value("FontSize"),
            color=axes.value(f"{letter}Color"),
            labelcolor=axes.value(f"{letter}Color"),
            labelrotation=axes.value(f"{letter}TickLabelRotation"),
            **{
                near_name: not far or axes.value("Box"),
                far_name: far or axes.value("Box"),
                f"label{near_name}": not far,
                f"label{far_name}": far,
            },
        )


def draw_image(place: Any, image: Image, box: layout.Box, order: int) -> None:
    pixels = paint.image_rgba(image)
    if pixels.size == 0:
        return
    left, right = image.edges("X")
    top, bottom = image.edges("Y")
    shrinks = pixels.shape[0] > box.height * 1.2 or pixels.shape[1] > box.width * 1.2
    smooth = "hanning" if shrinks else "bilinear" if image.value("Interpolation") == "bilinear" else "nearest"
    place.imshow(
        pixels,
        extent=(left, right, bottom, top),
        origin="upper",
        interpolation=smooth,
        aspect="auto",
        zorder=1 + order * 0.01,
    ).set_clip_on(True)
    # imshow takes its own limits where they were reversed: ours again.
    set_limits(place, image.up("axes"))


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
        drop = 4 + (size * 1.2 if ticks and len(axes.get("XTick")) else 0) + longest * size * 0.35
        place.annotate(
            line_text(axes.words_of("XLabel"), label.value("Interpreter")),
            (0.5, 0),
            (0, -drop),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="center",
            va="top",
            annotation_clip=False,
            **font(label),
        )
    if axes.words_of("YLabel"):
        label = axes.labels["YLabel"]
        longest = max((len(text) for text in axes.get("YTickLabel")), default=0) if ticks else 0
        place.annotate(
            line_text(axes.words_of("YLabel"), label.value("Interpreter")),
            (0, 0.5),
            (-7 - longest * size * 0.58, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            va="center",
            rotation=90,
            annotation_clip=False,
            **font(label),
        )


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


def draw_colorbar(page: Any, bar: plots.ColorBar, width: int, height: int) -> None:
    box = layout.colorbar_box(bar)
    axes = bar.parent
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    colours = axes.get("Colormap")
    low, high = bar.get("Limits")
    stripe = colours[:, None, :] if bar.vertical else colours[None, :, :]
    extent = (0, 1, low, high) if bar.vertical else (low, high, 0, 1)
    place.imshow(stripe, extent=extent, origin="lower", aspect="auto", interpolation="nearest")
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

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


# ---------------------------------------------------------------------------------------------------------------- words
def line_text(words: str | list[str], interpreter: str) -> str:
    """What matplotlib is to write for MATLAB's text: lines joined, TeX as far as mathtext has it, all else as it
    stands."""
    from cnnscript.pictures.markup import mathtext

    lines = layout.lines_of(words)
    return "\n".join(mathtext(line, interpreter) for line in lines)

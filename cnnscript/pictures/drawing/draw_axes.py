"""One axes with matplotlib: frame, limits, ticks, images; the rest is drawn by kind."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.ticker import FixedFormatter, FixedLocator, NullFormatter, NullLocator

from cnnscript.pictures.drawing import paint
from cnnscript.pictures.drawing.draw_beside import draw_colorbar, draw_legend
from cnnscript.pictures.drawing.draw_charts import draw_chart
from cnnscript.pictures.drawing.draw_plots import draw_plot
from cnnscript.pictures.drawing.draw_polar import draw_polar
from cnnscript.pictures.drawing.draw_space import draw_from_above, draw_in_space, has_heights
from cnnscript.pictures.drawing.draw_words import LATEX, families, line_text, write, write_labels, write_powers
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import ColorBar, Legend
from cnnscript.pictures.graphics.charts import Chart
from cnnscript.pictures.graphics.polar import PolarAxes
from cnnscript.pictures.graphics.primitives import Image, Text


def draw_axes(page: Any, axes: Axes, width: int, height: int) -> None:
    if isinstance(axes, Chart):
        draw_chart(page, axes, width, height)
        return
    if isinstance(axes, PolarAxes):
        draw_polar(page, axes, width, height)
        draw_beside(page, axes, width, height)
        return
    if layout.in_space(axes):
        draw_in_space(page, axes, width, height)
        return
    box = layout.plot_box(axes)
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    place.set_autoscale_on(False)
    frame(place, axes)
    set_limits(place, axes)
    set_ticks(place, axes, box)
    stacked = has_heights(axes)
    if stacked:
        draw_from_above(place, axes, box)
    for order, child in enumerate(axes.drawn() if not stacked else []):
        if child.value("Visible"):
            if isinstance(child, Image):
                draw_image(place, child, box, order)
            elif isinstance(child, Text):
                write(place, child)
            else:
                draw_plot(place, child, axes, order)
    write_labels(place, axes, box)
    write_powers(place, axes)
    draw_beside(page, axes, width, height)


def draw_beside(page: Any, axes: Axes, width: int, height: int) -> None:
    """Legend and colorbar."""
    for child in axes.children:
        if isinstance(child, ColorBar) and child.value("Visible"):
            draw_colorbar(page, child, width, height)
        elif isinstance(child, Legend) and child.value("Visible"):
            draw_legend(page, child, width, height)


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
        seen = bool(axes.ruler(letter).value("Visible")) and axes.value(f"{letter}Color") != "none"
        spine.set_visible(seen and (boxed(axes, letter) or name != far))
        spine.set_linewidth(max(axes.ruler(letter).get("LineWidth"), 0.5) * 1.2)
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
                linewidth=grid_width(axes, "GridLineWidth"),
            )
        if has_minor_grid(axes, letter):
            axis.grid(
                True,
                which="minor",
                color=axes.value("MinorGridColor"),
                alpha=axes.value("MinorGridAlpha"),
                linestyle=axes.value("MinorGridLineStyle"),
                linewidth=grid_width(axes, "MinorGridLineWidth"),
            )


def grid_width(axes: Axes, name: str) -> float:
    """The width of grid lines in points: their own once it is set, else that of the axes' lines."""
    own = axes.value(name) if axes.value(f"{name}Mode") == "manual" else axes.value("LineWidth")
    return max(own, 0.5) * 1.2


def boxed(axes: Axes, letter: str) -> bool:
    """Whether lines and ticks stand on both sides; two y-axes have a side each."""
    return axes.value("Box") and (letter == "X" or axes.twin is None)


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
    pixel = 72 / layout.PIXELS_PER_INCH
    length = axes.value("TickLength")[0] * max(box.width, box.height) * pixel
    direction = {"in": "in", "out": "out", "both": "inout", "none": "in"}[axes.value("TickDir")]
    shown = axes.value("TickDir") != "none"
    interpreter = axes.value("TickLabelInterpreter")
    for letter, axis in (("X", place.xaxis), ("Y", place.yaxis)):
        ruler = axes.ruler(letter)
        ticks = axes.get(f"{letter}Tick") if letter == "Y" or axes.left_side() or axes.twin is None else []
        low, high = axes.get(f"{letter}Lim")
        labels = axes.get(f"{letter}TickLabel") if len(ticks) else []
        kept = [
            (tick, label)
            for tick, label in zip(ticks, labels, strict=True)
            if low <= tick <= high or np.isclose(tick, (low, high)).any()
        ]
        axis.set_major_locator(FixedLocator([tick for tick, _ in kept]))
        axis.set_major_formatter(FixedFormatter([line_text(label, interpreter) for _, label in kept]))
        small = minor_ticks(axes, letter)
        axis.set_minor_locator(FixedLocator(small) if len(small) else NullLocator())
        axis.set_minor_formatter(NullFormatter())
        write_aside(place, axes, letter, [tick for tick, _ in kept])
        far = axes.value(f"{letter}AxisLocation") in ("top", "right")
        near_name, far_name = ("bottom", "top") if letter == "X" else ("left", "right")
        turned = axes.get(f"{letter}TickLabelRotation")
        seen = bool(ruler.value("Visible"))
        sides = {near_name: seen and (not far or boxed(axes, letter)), far_name: seen and (far or boxed(axes, letter))}
        place.tick_params(
            axis=letter.lower(),
            which="major",
            direction=direction,
            length=length if shown else 0,
            width=1.2 * max(ruler.get("LineWidth"), 0.5),
            pad=3 if letter == "Y" or not turned else 2,
            labelsize=ruler.get("FontSize"),
            color=axes.value(f"{letter}Color"),
            labelcolor=axes.value(f"{letter}Color"),
            labelrotation=turned,
            **sides,
            **{f"label{near_name}": seen and not far, f"label{far_name}": seen and far},
        )
        place.tick_params(
            axis=letter.lower(),
            which="minor",
            direction=direction,
            length=length / 2 if shown and has_minor_ticks(axes, letter) else 0,
            width=1.2 * max(ruler.get("LineWidth"), 0.5),
            color=axes.value(f"{letter}Color"),
            **sides,
        )
        weight, style, letters = ruler.get("FontWeight"), ruler.get("FontAngle"), list(families(ruler.get("FontName")))
        for label in axis.get_ticklabels():
            label.set_fontfamily(LATEX["fontfamily"] if interpreter == "latex" else letters)
            if interpreter == "latex":
                label.set_math_fontfamily("cm")
            label.set_fontweight(weight)
            label.set_fontstyle(style)
            if letter == "X" and turned % 180:
                # The end of a turned label stands under its tick.
                label.set_rotation_mode("anchor")
                label.set_ha("right" if turned > 0 else "left")
                label.set_va("center" if abs(turned) == 90 else "top")


def has_minor_ticks(axes: Axes, letter: str) -> bool:
    """Minor ticks are there when they were asked for, and on logarithmic axes."""
    given = axes.values.get(f"{letter}MinorTick")
    return axes.value(f"{letter}Scale") == "log" if given is None else bool(given)


def has_minor_grid(axes: Axes, letter: str) -> bool:
    """Minor grid lines are there when they were asked for, and with the grid of a logarithmic axis."""
    given = axes.values.get(f"{letter}MinorGrid")
    if given is None:
        return axes.value(f"{letter}Scale") == "log" and bool(axes.value(f"{letter}Grid"))
    return bool(given)


def minor_ticks(axes: Axes, letter: str) -> np.ndarray:
    """Where the small ticks and the small grid lines of an axis are."""
    if not (has_minor_ticks(axes, letter) or has_minor_grid(axes, letter)):
        return np.zeros(0)
    given = axes.ruler(letter).value("MinorTickValues")
    if given is not None and np.size(given):
        return np.asarray(given, float).ravel()
    low, high = axes.get(f"{letter}Lim")
    if axes.value(f"{letter}Scale") == "log":
        if not low > 0 or np.log10(high / low) > 12:
            return np.zeros(0)
        powers = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)))
        every = (10.0 ** powers[:, None] * np.arange(2, 10)).ravel()
        return every[(every >= low) & (every <= high)]
    ticks = np.asarray(axes.get(f"{letter}Tick"), float)
    if ticks.size < 2:
        return np.zeros(0)
    step = float(np.min(np.diff(ticks)))
    parts = 4 if round(step / 10 ** np.floor(np.log10(step))) in (2, 4) else 5
    small = step / parts
    every = np.arange(np.ceil((low - ticks[0]) / small), np.floor((high - ticks[0]) / small + 1e-9) + 1)
    return ticks[0] + every[every % parts != 0] * small


def write_aside(place: Any, axes: Axes, letter: str, ticks: list[float]) -> None:
    """The year or the day that all ticks of an axis of times share, at its end."""
    clock = axes.clock(letter)
    if clock is None or axes.value(f"{letter}TickLabelMode") == "manual":
        return
    words = clock.aside(np.array(ticks))
    if words:
        size = axes.value("FontSize")
        spot, offset = ((1, 0), (0, -5 - 2.3 * size)) if letter == "X" else ((0, 1), (0, 6))
        place.annotate(
            words, spot, offset, xycoords="axes fraction", textcoords="offset points", fontsize=size,
            color=axes.value(f"{letter}Color"), ha="right" if letter == "X" else "center", va="bottom",
        )  # fmt: skip


def shown_size(place: Any, image: Image, box: layout.Box) -> tuple[int, int]:
    """Rows and columns of the page's pixels that all of an image takes, were none of it cut off."""
    scale = place.figure.dpi / layout.PIXELS_PER_INCH
    counts = []
    for letter, length in (("Y", box.height), ("X", box.width)):
        (low, high), reach = image.up("axes").get(f"{letter}Lim"), image.extent(letter)
        counts.append(max(1, round(length * scale * (reach[1] - reach[0]) / (high - low))))
    return counts[0], counts[1]


def draw_image(place: Any, image: Image, box: layout.Box, order: int) -> None:
    pixels = paint.image_rgba(image)
    if pixels.size == 0:
        return
    left, right = image.edges("X")
    top, bottom = image.edges("Y")
    shape = shown_size(place, image, box)
    if shape[0] < pixels.shape[0] / 1.2 or shape[1] < pixels.shape[1] / 1.2:
        smaller = tuple(min(wanted, there) for wanted, there in zip(shape, pixels.shape[:2], strict=True))
        pixels = paint.magnified(pixels, smaller)
    smooth = "bilinear" if image.value("Interpolation") == "bilinear" else "nearest"
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

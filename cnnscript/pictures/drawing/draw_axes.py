"""One axes with matplotlib: frame, limits, ticks, images; the rest is drawn by kind."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from cnnscript.pictures.drawing import paint
from cnnscript.pictures.drawing.draw_beside import draw_colorbar, draw_legend
from cnnscript.pictures.drawing.draw_charts import draw_chart
from cnnscript.pictures.drawing.draw_plots import draw_plot
from cnnscript.pictures.drawing.draw_surfaces import draw_3d, in_space
from cnnscript.pictures.drawing.draw_words import line_text, write, write_labels
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import ColorBar, Legend
from cnnscript.pictures.graphics.charts import Chart
from cnnscript.pictures.graphics.primitives import Image, Text


def draw_axes(page: Any, axes: Axes, width: int, height: int) -> None:
    if isinstance(axes, Chart):
        draw_chart(page, axes, width, height)
        return
    if any(child.kind == "surface" for child in axes.drawn()) or in_space(axes):
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
            if isinstance(child, Image):
                draw_image(place, child, box, order)
            elif isinstance(child, Text):
                write(place, child)
            else:
                draw_plot(place, child, axes, order)
    write_labels(place, axes, box)
    for child in axes.children:
        if isinstance(child, ColorBar) and child.value("Visible"):
            draw_colorbar(page, child, width, height)
        elif isinstance(child, Legend) and child.value("Visible"):
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
        spine.set_visible(boxed(axes, letter) or name != far)
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
    length = axes.value("TickLength")[0] * max(box.width, box.height) * 72 / layout.PIXELS_PER_INCH
    direction = {"in": "in", "out": "out", "both": "inout", "none": "in"}[axes.value("TickDir")]
    for letter, axis in (("X", place.xaxis), ("Y", place.yaxis)):
        ticks = axes.get(f"{letter}Tick") if letter == "Y" or axes.left_side() or axes.twin is None else []
        low, high = axes.get(f"{letter}Lim")
        labels = axes.get(f"{letter}TickLabel") if len(ticks) else []
        kept = [
            (tick, label)
            for tick, label in zip(ticks, labels, strict=True)
            if low <= tick <= high or np.isclose(tick, (low, high)).any()
        ]
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
                near_name: not far or boxed(axes, letter),
                far_name: far or boxed(axes, letter),
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

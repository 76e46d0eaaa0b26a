"""One axes with matplotlib: frame, limits, ticks, images; the rest is drawn by kind."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import numpy as np

from cnnscript.pictures.drawing import paint
from cnnscript.pictures.drawing.draw_beside import draw_colorbar, draw_legend
from cnnscript.pictures.drawing.draw_charts import draw_chart
from cnnscript.pictures.drawing.draw_plots import draw_plot
from cnnscript.pictures.drawing.draw_polar import draw_polar
from cnnscript.pictures.drawing.draw_space import draw_from_above, draw_in_space, has_heights, in_scene
from cnnscript.pictures.drawing.draw_ticks import at_origin, boxed, draw_grid, draw_ticks, minor_ticks
from cnnscript.pictures.drawing.draw_words import write, write_labels, write_powers
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import ColorBar, Legend
from cnnscript.pictures.graphics.charts import Chart
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.polar import PolarAxes
from cnnscript.pictures.graphics.primitives import Image, Text


def draw_axes(page: Any, axes: Axes, width: int, height: int, left_out: Container[Graphic] = ()) -> Any:
    """Draw an axes; matplotlib's axes for it, None where that is not a flat one.

    left_out: objects of a flat axes that are not drawn, its legend may be among them.
    """
    if isinstance(axes, Chart):
        draw_chart(page, axes, width, height)
        return None
    if isinstance(axes, PolarAxes):
        draw_polar(page, axes, width, height)
        draw_beside(page, axes, width, height)
        return None
    if layout.in_space(axes):
        draw_in_space(page, axes, width, height)
        return None
    box = layout.plot_box(axes)
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    place.set_autoscale_on(False)
    frame(place, axes)
    set_limits(place, axes)
    set_ticks(place, axes, box)
    stacked = has_heights(axes)
    if stacked:
        draw_from_above(place, axes, box)
    for order, child in enumerate(axes.drawn()):
        if child.value("Visible") and not (stacked and in_scene(child)) and child not in left_out:
            draw_child(place, child, axes, box, order)
    write_labels(place, axes, box)
    write_powers(place, axes)
    draw_beside(page, axes, width, height, left_out)
    return place


def draw_child(place: Any, child: Graphic, axes: Axes, box: layout.Box, order: int) -> None:
    """One object of a flat axes; `order` among its siblings decides what lies above."""
    if isinstance(child, Image):
        draw_image(place, child, box, order)
    elif isinstance(child, Text):
        write(place, child)
    else:
        draw_plot(place, child, axes, order)


def draw_beside(page: Any, axes: Axes, width: int, height: int, left_out: Container[Graphic] = ()) -> None:
    """Legend and colorbar."""
    for child in axes.children:
        if child in left_out:
            continue
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
        return
    place.set_facecolor(axes.value("Color"))
    for name, spine in place.spines.items():
        letter = "X" if name in ("bottom", "top") else "Y"
        far = {"X": "top", "Y": "right"}[letter]
        if axes.value(f"{letter}AxisLocation") in ("top", "right"):
            far = {"X": "bottom", "Y": "left"}[letter]
        if name == ("bottom" if letter == "X" else "left") and axes.value(f"{letter}AxisLocation") == "origin":
            spine.set_position(("axes", at_origin(axes, letter)))
        seen = bool(axes.ruler(letter).value("Visible")) and axes.value(f"{letter}Color") != "none"
        spine.set_visible(seen and (boxed(axes, letter) or name != far))
        spine.set_linewidth(max(axes.ruler(letter).get("LineWidth"), 0.5) * 1.2)
        spine.set_edgecolor(axes.value(f"{letter}Color"))
        # Tick marks and box lie above images but below lines, as MATLAB's 'bottom' layer with opaque images shows them.
        spine.set_zorder(2.5 if axes.value("Layer") == "bottom" else 90)


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
    """Grid lines, tick marks and tick labels, drawn by us: matplotlib's own take longer than all the rest."""
    for axis in (place.xaxis, place.yaxis):
        axis.set_visible(False)
    if not axes.value("Visible"):
        return
    for letter in "XY":
        ticks = axes.get(f"{letter}Tick") if letter == "Y" or axes.left_side() or axes.twin is None else []
        low, high = axes.get(f"{letter}Lim")
        labels = axes.get(f"{letter}TickLabel") if len(ticks) else []
        kept = [
            (float(tick), label)
            for tick, label in zip(ticks, labels, strict=True)
            if low <= tick <= high or np.isclose(tick, (low, high)).any()
        ]
        small = minor_ticks(axes, letter)
        draw_grid(place, axes, letter, [tick for tick, _ in kept], small)
        draw_ticks(place, axes, letter, box, kept, small)
        write_aside(place, axes, letter, [tick for tick, _ in kept])


def write_aside(place: Any, axes: Axes, letter: str, ticks: list[float]) -> None:
    """The year or the day that all ticks of an axis of times share, at its end."""
    clock = axes.clock(letter)
    given = axes.ruler(letter).value("TickLabelFormatMode") == "manual"
    if clock is None or given or axes.value(f"{letter}TickLabelMode") == "manual":
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

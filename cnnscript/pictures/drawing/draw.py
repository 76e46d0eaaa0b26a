"""Figures to pixels.

A figure that is only an image at full size is put together directly.  Everything else is laid out by us, to the pixel
(layout.py), and drawn by matplotlib's Agg, which is imported here and nowhere before: its locators, formatters and
autoscaling are not used. One inch is 96 pixels, so that fonts in points come out as on MATLAB's screen.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import numpy as np

from cnnscript.pictures.drawing import paint
from cnnscript.pictures.drawing.draw_words import quiet_text, write_above, write_layout
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.annotations import Annotation
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.primitives import Image

DPI = layout.PIXELS_PER_INCH


def rasterise(figure: Figure, scale: float = 1.0, only: Graphic | None = None) -> np.ndarray:
    """The figure, or one axes or layout of it, as H×W×3 uint8; scale: pixels per pixel of MATLAB's screen."""
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


def save_vector(
    figure: Figure,
    file: Any,
    kind: str,
    only: Graphic | None = None,
    border: float | None = None,
    sheet: layout.Box | None = None,
) -> None:
    """The figure, or one axes or layout of it, as pdf, svg or eps, into an open binary file.

    border: cut close to what is drawn, but for so many pixels.  sheet: the sheet that the figure is on, in pixels from
    the figure's lower left corner.
    """
    from matplotlib.figure import Figure as Page
    from matplotlib.transforms import Bbox

    width, height = layout.figure_size(figure)
    page = Page(figsize=(width / DPI, height / DPI), dpi=DPI)
    with quiet_text():
        fill(page, figure, only)
        options: dict[str, Any] = {"metadata": {"Date": None}} if kind == "svg" else {}
        if border is not None:
            options |= {"bbox_inches": "tight", "pad_inches": border / DPI}
        elif sheet is not None:
            options["bbox_inches"] = Bbox.from_bounds(*(length / DPI for length in sheet))
        page.savefig(file, format=kind, **options)


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
            smooth = image.value("Interpolation") == "bilinear"
            region[:] = paint.over(paint.magnified(paint.image_rgba(image), region.shape[:2], smooth), region)
    return page


def plainly_placed(image: Image, axes: Axes) -> bool:
    """Whether the first row is on top and the first column on the left."""
    (left, right), (top, bottom) = image.edges("X"), image.edges("Y")
    return left < right and top < bottom and axes.value("YDir") == "reverse" and axes.value("XDir") == "normal"


def fill(
    page: Any, figure: Figure, only: Graphic | None = None, left_out: Container[Graphic] = ()
) -> dict[Axes, Any]:
    """Draw all of a figure, or one axes or layout of it, on a matplotlib figure of its size; its flat axes and
    matplotlib's axes for them.

    left_out: objects of flat axes that are not drawn.
    """
    from cnnscript.pictures.drawing.draw_annotations import draw_annotation  # these bring matplotlib in
    from cnnscript.pictures.drawing.draw_axes import draw_axes
    from cnnscript.pictures.drawing.draw_panels import draw_panel

    for place in list(page.axes):  # emptying them first, as clear does, takes longer than all it saves
        page.delaxes(place)
    page.clear()
    width, height = layout.figure_size(figure)
    page.set_facecolor(figure.value("Color"))
    if only is None:
        for panel in figure.walk():
            if panel.kind in ("uipanel", "uibuttongroup") and panel.value("Visible"):
                draw_panel(page, panel, width, height)
    places: dict[Axes, Any] = {}
    for axes in figure.all_axes():
        if only is None or only in (axes, axes.parent):
            place = draw_axes(page, axes, width, height, left_out)
            if place is not None:
                places[axes] = place
    if only is not None:
        if only.kind == "tiledlayout":
            write_layout(page, only, width, height)
        return places
    for child in figure.walk():
        if child.kind == "subplottext" and child.value("Visible"):
            write_above(page, child, height)
        elif child.kind == "tiledlayout" and child.value("Visible"):
            write_layout(page, child, width, height)
        elif isinstance(child, Annotation) and child.value("Visible"):
            draw_annotation(page, child, width, height)
    return places

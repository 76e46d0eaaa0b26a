"""Figures to files that a script asks for: saveas, print, exportgraphics."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing import draw
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.layout import PIXELS_PER_INCH, Box, to_pixels
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import WHITE
from cnnscript.pictures.images.files import FORMATS, PNG_COMPRESSION, write_whole
from cnnscript.pictures.images.image_writers import write_image
from cnnscript.pictures.images.resize import imresize

VECTOR = {"pdf": "pdf", "svg": "svg", "eps": "eps", "epsc": "eps"}
OUTPUT_FAULT = "MATLAB:print:CannotCreateOutputFile"
UNITS_PER_INCH = {"inches": 1.0, "points": 72.0, "centimeters": 2.54}
GREY_WEIGHTS = (0.298936, 0.587043, 0.114021)
BORDER = 10  # pixels of the screen that exportgraphics leaves around what is drawn


def save_figure(
    figure: Figure,
    path: Path,
    kind: str,
    resolution: float = 150,
    on_paper: bool = False,
    page: str = "",
    quality: int | None = None,
) -> None:
    """Write a figure in a format by name; resolution in dots per inch (96 is the screen's).

    on_paper: as large as its PaperPosition says, on white.  page:
    'fillpage' or 'bestfit' for a pdf of the figure's PaperSize.  quality: of a JPEG, 0 to 100.
    """
    if kind in VECTOR:
        with paper(figure, page) if on_paper else contextlib.nullcontext():
            sheet = paper_sheet(figure, page) if on_paper and kind == "pdf" else None
            write_whole(path, lambda file: draw.save_vector(figure, file, VECTOR[kind], sheet=sheet), OUTPUT_FAULT)
        return
    if kind not in FORMATS:
        raise ScriptError(
            "MATLAB:saveas:badFormat",
            f"Unsupported format or extension: '{kind}'.",
            notes=("formats: " + ", ".join(sorted({*VECTOR, *FORMATS, "fig"})),),
        )
    pixels = paper_pixels(figure, resolution) if on_paper else draw.rasterise(figure, resolution / draw.DPI)
    save_pixels(pixels, path, kind, resolution, quality)


def save_pixels(pixels: np.ndarray, path: Path, kind: str, resolution: float, quality: int | None = None) -> None:
    """H×W×3 or H×W uint8 as an image file that knows its dots per inch."""
    from PIL import Image

    image = Image.fromarray(np.ascontiguousarray(pixels))
    options: dict[str, Any] = {"dpi": (resolution, resolution)}
    if FORMATS[kind] == "JPEG":
        options["quality"] = 90 if quality is None else quality
    elif FORMATS[kind] == "PNG":
        options["compress_level"] = PNG_COMPRESSION
    write_whole(path, lambda file: image.save(file, FORMATS[kind], **options), OUTPUT_FAULT)


def paper_pixels(figure: Figure, resolution: float) -> np.ndarray:
    """The pixels of a figure as it is printed, H×W×3 uint8."""
    with paper(figure):
        return draw.rasterise(figure, resolution / draw.DPI)


@contextlib.contextmanager
def paper(figure: Figure, page: str = "") -> Iterator[None]:
    """The figure as it is on paper, for as long as it is drawn: of the size that PaperPosition says (where that was
    set, or a page is to be filled), and white unless InvertHardcopy is off."""
    before = figure.values.get("Color")
    figure.paper = paper_size(figure, page)
    if figure.value("InvertHardcopy"):
        figure.values["Color"] = WHITE
    try:
        yield
    finally:
        figure.paper = None
        if before is None:
            figure.values.pop("Color", None)
        else:
            figure.values["Color"] = before


def whole_sheet(figure: Figure) -> Box:
    """The sheet of paper that a figure is printed on, in the screen's pixels."""
    return to_pixels(np.array((0, 0, *figure.sheet)), "inches", 1, 1)


def paper_sheet(figure: Figure, page: str) -> Box:
    """The sheet seen from the lower left corner of the figure: where PaperPosition puts it, else about its middle."""
    sheet = whole_sheet(figure)
    if not page and figure.value("PaperPositionMode") == "manual":
        place = to_pixels(figure.value("PaperPosition"), figure.value("PaperUnits"), sheet.width, sheet.height)
        return Box(-place.left, -place.bottom, sheet.width, sheet.height)
    width, height = draw.layout.figure_size(figure)
    return Box((width - sheet.width) / 2, (height - sheet.height) / 2, sheet.width, sheet.height)


def paper_size(figure: Figure, page: str = "") -> tuple[int, int] | None:
    """Width and height in the screen's pixels that a figure has on paper; None: as on the screen."""
    sheet, units = whole_sheet(figure), figure.value("PaperUnits")
    if page:
        margin = 0.5 * PIXELS_PER_INCH  # a quarter of an inch on each side
        room = sheet.width - margin, sheet.height - margin
        if page == "fillpage":
            return round(room[0]), round(room[1])
        width, height = draw.layout.figure_size(figure)
        factor = min(room[0] / width, room[1] / height)
        return round(width * factor), round(height * factor)
    if figure.value("PaperPositionMode") != "manual":
        return None
    box: Box = to_pixels(figure.value("PaperPosition"), units, sheet.width, sheet.height)
    return max(1, round(box.width)), max(1, round(box.height))


# ------------------------------------------------------------------------------------------ cut close to what is drawn
class Cut(NamedTuple):
    """How exportgraphics cuts what is drawn out of its figure.

    resolution: dots per inch.  width, height: of the picture in `units`; None follows the other, or the screen.
    padding: 'tight', 'figure' (all of it), or the margin in `units`.  stretched: width and height both hold, whatever
    becomes of the proportions.
    """

    resolution: float = 150.0
    grey: bool = False
    units: str = "pixels"
    width: float | None = None
    height: float | None = None
    padding: float | str = "tight"
    stretched: bool = False

    def pixels(self, length: float) -> float:
        """A length in `units` as pixels of the picture."""
        return length if self.units == "pixels" else length / UNITS_PER_INCH[self.units] * self.resolution


def export_pixels(figure: Figure, only: Graphic | None, cut: Cut) -> np.ndarray:
    """The picture that exportgraphics makes, H×W×3 uint8."""
    scale = cut.resolution / draw.DPI
    pixels = margined(draw.rasterise(figure, scale, only), cut, scale)
    if cut.width is None and cut.height is None:
        return pixels
    wide = cut.pixels(cut.width) if cut.width is not None else float("inf")
    high = cut.pixels(cut.height) if cut.height is not None else float("inf")
    factor = min(wide / pixels.shape[1], high / pixels.shape[0])
    pixels = margined(draw.rasterise(figure, scale * factor, only), cut, scale * factor)
    if cut.stretched and cut.width is not None and cut.height is not None:
        return imresize(np.asfortranarray(pixels), (round(high), round(wide)))
    size = (
        round(high) if high < float("inf") else pixels.shape[0],
        round(wide) if wide < float("inf") else pixels.shape[1],
    )
    return centred(pixels, size)


def margined(pixels: np.ndarray, cut: Cut, scale: float) -> np.ndarray:
    """A drawn figure with the margin that is wanted around what is on it."""
    if cut.padding == "figure":
        return pixels
    if cut.padding == "tight":
        return trim(pixels, round(BORDER * scale))
    border = round(cut.pixels(float(cut.padding)))
    close = trim(pixels, 0)
    return centred(close, (close.shape[0] + 2 * border, close.shape[1] + 2 * border), pixels[0, 0])


def centred(pixels: np.ndarray, size: tuple[int, int], colour: np.ndarray | None = None) -> np.ndarray:
    """Pixels in the middle of a page of another size; what does not fit is cut off on both sides."""
    page = np.empty((*size, 3), np.uint8)
    page[:] = pixels[0, 0] if colour is None else colour
    put, take = [], []
    for there, length in zip(size, pixels.shape, strict=False):
        span, gap = min(there, length), (there - length) // 2
        put.append(slice(max(gap, 0), max(gap, 0) + span))
        take.append(slice(max(-gap, 0), max(-gap, 0) + span))
    page[tuple(put)] = pixels[tuple(take)]
    return page


def save_export(
    figure: Figure,
    only: Graphic | None,
    path: Path,
    kind: str,
    cut: Cut,
    as_image: bool = False,
    append: bool = False,
) -> None:
    """Write a figure, or one axes or layout of it, cut close; as_image: pixels in a pdf too.  append: a gif's frame."""
    if kind in VECTOR and not as_image:
        if cut.width is not None or cut.height is not None or cut.grey:
            raise ScriptError(
                "MATLAB:print:exportgraphics:vector",
                "Width, Height and Colorspace 'gray' are for pictures, not for vectors.",
                hint="ContentType 'image' puts pixels into a pdf file",
            )
        if cut.padding == "figure":
            border = None
        elif cut.padding == "tight":
            border = float(BORDER)
        else:
            border = cut.pixels(float(cut.padding)) * draw.DPI / (draw.DPI if cut.units == "pixels" else cut.resolution)
        write_whole(path, lambda file: draw.save_vector(figure, file, VECTOR[kind], only, border), OUTPUT_FAULT)
        return
    pixels = export_pixels(figure, only, cut)
    if cut.grey:
        pixels = np.floor(pixels @ GREY_WEIGHTS + 0.5).astype(np.uint8)
    if kind == "gif" and append:
        write_image(path, pixels, kind="gif", WriteMode="append")
    elif kind in VECTOR:
        save_picture_page(pixels, path, VECTOR[kind], cut.resolution)
    else:
        save_pixels(pixels, path, kind, cut.resolution)


def save_picture_page(pixels: np.ndarray, path: Path, kind: str, resolution: float) -> None:
    """Pixels as a pdf, svg or eps of their size."""
    from matplotlib.figure import Figure as Page

    page = Page(figsize=(pixels.shape[1] / resolution, pixels.shape[0] / resolution), dpi=resolution)
    page.figimage(pixels, cmap="gray", vmin=0, vmax=255)
    write_whole(path, lambda file: page.savefig(file, format=kind), OUTPUT_FAULT)


def trim(pixels: np.ndarray, border: int) -> np.ndarray:
    """Pixels without the margin of one colour around them, but for a border."""
    differs = (pixels != pixels[0, 0]).any(axis=2)
    rows, columns = np.flatnonzero(differs.any(1)), np.flatnonzero(differs.any(0))
    if not rows.size:
        return pixels
    top, bottom = max(rows[0] - border, 0), rows[-1] + 1 + border
    left, right = max(columns[0] - border, 0), columns[-1] + 1 + border
    return pixels[top:bottom, left:right]

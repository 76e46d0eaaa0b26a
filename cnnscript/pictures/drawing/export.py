"""Figures to files that a script asks for: saveas, print, exportgraphics."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing import draw
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.images.files import FORMATS, write_whole

VECTOR = {"pdf": "pdf", "svg": "svg", "eps": "eps", "epsc": "eps"}
OUTPUT_FAULT = "MATLAB:print:CannotCreateOutputFile"
BORDER = 10  # pixels of the screen that exportgraphics leaves around what is drawn


def save_figure(
    figure: Figure, path: Path, kind: str, resolution: float = 150, only: Axes | None = None, trimmed: bool = False
) -> None:
    """Write a figure, or one axes of it, in a format by name; resolution in dots per inch (96 is the screen's)."""
    if kind in VECTOR:
        write_whole(path, lambda file: draw.save_vector(figure, file, VECTOR[kind], only), OUTPUT_FAULT)
        return
    if kind not in FORMATS:
        raise ScriptError(
            "MATLAB:saveas:badFormat",
            f"Unsupported format or extension: '{kind}'.",
            notes=("formats: " + ", ".join(sorted({*VECTOR, *FORMATS})),),
        )
    from PIL import Image

    pixels = draw.rasterise(figure, resolution / draw.DPI, only)
    if trimmed:
        pixels = trim(pixels, round(BORDER * resolution / draw.DPI))
    image = Image.fromarray(np.ascontiguousarray(pixels))
    options = {"dpi": (resolution, resolution)}
    if FORMATS[kind] == "JPEG":
        options["quality"] = 90
    write_whole(path, lambda file: image.save(file, FORMATS[kind], **options), OUTPUT_FAULT)


def trim(pixels: np.ndarray, border: int) -> np.ndarray:
    """Pixels without the margin of one colour around them, but for a border."""
    differs = (pixels != pixels[0, 0]).any(axis=2)
    rows, columns = np.flatnonzero(differs.any(1)), np.flatnonzero(differs.any(0))
    if not rows.size:
        return pixels
    top, bottom = max(rows[0] - border, 0), rows[-1] + 1 + border
    left, right = max(columns[0] - border, 0), columns[-1] + 1 + border
    return pixels[top:bottom, left:right]

"""Pictures as files: `figures/<script>-1.png`, `-2.png` ... in the order in which they were begun."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing import draw
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.images.files import PNG_COMPRESSION, write_whole


class FilePresenter:
    """Writes each picture to a folder, which it makes, and says where."""

    keeps = True

    def __init__(self, folder: str | Path, stem: str | Callable[[], str], say: Callable[[str], object]):
        self.folder, self.stem, self.say = Path(folder), stem, say

    def show(self, figure: Figure) -> None:
        stem = self.stem if isinstance(self.stem, str) else self.stem()
        path = self.folder / f"{stem}-{figure.page}.png"
        pixels = draw.rasterise(figure)
        try:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as fault:
                raise ScriptError(
                    "cnnscript:figures:folder",
                    f'Unable to make the folder "{self.folder}" for figures.',
                    notes=(fault.strerror or str(fault),),
                ) from None
            write_png(path, pixels)
        except ScriptError as fault:
            fault.hint = "--figures DIR puts pictures into another folder"
            raise
        self.say(f"{figure.called}: {path}")

    def close(self, figure: Figure) -> None:
        return None

    def finish(self) -> None:
        return None


def write_png(path: Path, pixels: np.ndarray) -> None:
    """H×W×3 uint8 as a PNG file, whole or not at all."""
    from PIL import Image

    image = Image.fromarray(np.ascontiguousarray(pixels))
    options = {"compress_level": PNG_COMPRESSION}
    write_whole(path, lambda file: image.save(file, "PNG", **options), "MATLAB:print:CannotCreateOutputFile")

"""Pictures for a page: PNG files in a folder, whose names the page learns as they are made."""

from __future__ import annotations

from pathlib import Path

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.images.resize import imresize
from cnnscript.pictures.presenters.file import write_png


class PagePresenter:
    """Writes `<stem>_01.png`, `<stem>_02.png` ... and keeps their names in `made` until somebody takes them.

    largest: height and width that no picture is larger than; None: no limit.
    """

    keeps = True

    def __init__(self, folder: Path, stem: str, largest: tuple[float, float] = (float("inf"), float("inf"))):
        self.folder, self.stem, self.largest = folder, stem, largest
        self.count = 0
        self.made: list[str] = []

    def show(self, figure: Figure) -> None:
        self.count += 1
        name = f"{self.stem}_{self.count:02d}.png"
        pixels = draw.rasterise(figure)
        factor = min(1.0, self.largest[0] / pixels.shape[0], self.largest[1] / pixels.shape[1])
        if factor < 1:
            size = tuple(max(1, round(length * factor)) for length in pixels.shape[:2])
            pixels = imresize(pixels, size)
        write_png(self.folder / name, pixels)
        self.made.append(name)

    def take(self) -> list[str]:
        """The names of the pictures made since the last call."""
        made, self.made = self.made, []
        return made

    def close(self, figure: Figure) -> None:
        return None

    def finish(self) -> None:
        return None

"""Images made from formulas: checkerboards; and Gaussian pyramids."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images.resize import imresize


def checkerboard(side: int, rows: int, columns: int) -> np.ndarray:
    """rows×columns tiles of two by two squares with `side` pixels, black first; the right half's white is 0.7."""
    y, x = np.mgrid[: 2 * rows * side, : 2 * columns * side]
    white = (y // max(side, 1) + x // max(side, 1)) % 2 == 1
    return np.where(white, np.where(x < columns * side, 1.0, 0.7), 0.0)


def steps(edges: tuple[float, ...], values: tuple[float, ...]):  # noqa: ANN201
    """A kernel that is constant between falling edges."""

    def kernel(x: np.ndarray) -> np.ndarray:
        out = np.zeros(x.shape)
        for edge, value in zip(reversed(edges), reversed(values), strict=True):
            out[x >= edge] = value
        return out

    return kernel


# P. Burt's generating kernel with a = 0.375, as imresize takes it
REDUCE = (steps((3.5, 2.5, 1.5, 0.5, -0.5, -1.5), (0.0, 0.0625, 0.25, 0.375, 0.25, 0.0625)), 5.0)
EXPAND = (steps((1.25, 0.75, 0.25, -0.25, -0.75, -1.25), (0.0, 0.125, 0.5, 0.75, 0.5, 0.125)), 3.0)


def pyramid_step(image: np.ndarray, expand: bool) -> np.ndarray:
    """One level down (half the size) or up (twice the size less one) in a Gaussian pyramid."""
    rows, columns = image.shape[:2]
    if expand:
        return imresize(image, (2 * rows - 1, 2 * columns - 1), 2.0, EXPAND, False)
    return imresize(image, (-(-rows // 2), -(-columns // 2)), 0.5, REDUCE, False)

"""Images made from formulas: the head phantom of L. Shepp and B. Logan, checkerboards; and Gaussian pyramids."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images.resize import imresize

# level, half axes, middle, angle in degrees of each ellipse (A. Jain, Fundamentals of Digital Image Processing, 439;
# the levels of the modified phantom are P. Toft's)
ELLIPSES = (
    (1.0, 0.69, 0.92, 0.0, 0.0, 0.0),
    (-0.98, 0.6624, 0.874, 0.0, -0.0184, 0.0),
    (-0.02, 0.11, 0.31, 0.22, 0.0, -18.0),
    (-0.02, 0.16, 0.41, -0.22, 0.0, 18.0),
    (0.01, 0.21, 0.25, 0.0, 0.35, 0.0),
    (0.01, 0.046, 0.046, 0.0, 0.1, 0.0),
    (0.01, 0.046, 0.046, 0.0, -0.1, 0.0),
    (0.01, 0.046, 0.023, -0.08, -0.605, 0.0),
    (0.01, 0.023, 0.023, 0.0, -0.606, 0.0),
    (0.01, 0.023, 0.046, 0.06, -0.605, 0.0),
)
MODIFIED_LEVELS = (1.0, -0.8, -0.2, -0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)


def ellipse_table(modified: bool) -> np.ndarray:
    table = np.array(ELLIPSES)
    if modified:
        table[:, 0] = MODIFIED_LEVELS
    return table


def phantom(table: np.ndarray, size: int) -> np.ndarray:
    """size×size: the sum of the levels of the ellipses that cover each pixel, from -1 to 1 in x and y."""
    axis = (np.arange(size) - (size - 1) / 2) / max((size - 1) / 2, np.finfo(float).tiny)
    x, y = axis[None, :], -axis[:, None]
    out = np.zeros((size, size))
    for level, a, b, x0, y0, angle in table:
        cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        along = ((x - x0) * cosine + (y - y0) * sine) ** 2 / a**2
        across = ((y - y0) * cosine - (x - x0) * sine) ** 2 / b**2
        out[along + across <= 1] += level
    return out


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

"""A field of displacements that lays one picture over another: J.-P. Thirion's demons (Medical Image Analysis 2, 1998,
243-260), from a coarse level to the finest, the field smoothed after each step."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import warping
from cnnscript.pictures.images.registration import reduced


def displaced(image: np.ndarray, field: np.ndarray) -> np.ndarray:
    """The image looked up at each pixel's place and the field's step from it (H×W×2: x, y); edges go on."""
    rows, columns = field.shape[:2]
    x, y = np.meshgrid(np.arange(1.0, columns + 1), np.arange(1.0, rows + 1))
    places = (
        np.clip(x + field[..., 0], 1, image.shape[1]), np.clip(y + field[..., 1], 1, image.shape[0])
    )  # fmt: skip
    return warping.look_up(image, places, "linear")


def field_between(moving: np.ndarray, fixed: np.ndarray, rounds: list[int], smoothing: float) -> np.ndarray:
    """H×W×2 displacements for grey images of one size; `rounds` steps at each level, the coarsest first."""
    from scipy.ndimage import gaussian_filter, zoom

    field = np.zeros((1, 1, 2))
    for level in range(len(rounds) - 1, -1, -1):
        step = 2**level
        target, source = reduced(fixed, step), reduced(moving, step)
        factors = [length / before for length, before in zip(target.shape, field.shape[:2], strict=True)]
        grown = [zoom(field[..., k], factors, order=1, mode="nearest", grid_mode=True) for k in (0, 1)]
        ratio = np.array((factors[1], factors[0])) if field.size > 2 else np.ones(2)
        field = np.stack(grown, axis=2) * ratio
        down, across = np.gradient(target) if min(target.shape) > 1 else (np.zeros(target.shape),) * 2
        steep = down**2 + across**2
        for _ in range(rounds[len(rounds) - 1 - level]):
            miss = displaced(source, field) - target
            below = steep + miss**2
            push = np.where(below > 1e-12, miss / np.where(below > 1e-12, below, 1), 0)
            # The picture seen is to move along its slope: where it is too bright, away from the brighter side.
            field[..., 0] -= push * across
            field[..., 1] -= push * down
            for k in (0, 1):
                field[..., k] = gaussian_filter(field[..., k], smoothing, mode="nearest")
    return field

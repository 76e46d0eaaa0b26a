"""Haze taken out of pictures by the dark channel: somewhere near each pixel of a clear picture one colour is dark, and
what lightens it is haze (K. He, J. Sun, X. Tang, IEEE Trans. PAMI 33, 2011, 2341-2353).  The negative of a dark picture
looks hazy, so that the same brightens it (X. Dong and others, ICME 2011)."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images.smoothing import guided

KEPT = 0.05  # of the haze, so that far things still look far
THINNEST = 0.1  # light of the scene that is taken to come through at least


def air_light(level: np.ndarray, dark: np.ndarray, by_quarters: bool) -> np.ndarray:
    """The colour of the haze: of the brightest quarter of the brightest quarter, and so on, the pixel nearest to white;
    or of the pixels whose dark channel is brightest (one in a thousand) the brightest."""
    if by_quarters:
        part = level
        while min(part.shape[:2]) > 32:
            rows, columns = part.shape[0] // 2, part.shape[1] // 2
            quarters = [part[:rows, :columns], part[:rows, columns:], part[rows:, :columns], part[rows:, columns:]]
            part = max(quarters, key=lambda one: one.mean() - one.std())
        flat = part.reshape(-1, level.shape[2])
        return flat[np.argmin(((1 - flat) ** 2).sum(1))]
    count = max(dark.size // 1000, 1)
    flat = level.reshape(-1, level.shape[2])[np.argsort(dark.ravel(), kind="stable")[-count:]]
    return flat[np.argmax(flat.sum(1))]


def dark_channel(level: np.ndarray, block: int) -> np.ndarray:
    from scipy.ndimage import minimum_filter

    dark = level.min(2)
    return minimum_filter(dark, block, mode="nearest") if block > 1 else dark


def without_haze(
    level: np.ndarray, amount: float, simple: bool, light: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The picture (H×W×C, 0 to 1) with `amount` (0 to 1) of its haze taken out, how thick the haze is (H×W, 0 to 1),
    and the light of the air.

    simple: the dark channel of single pixels; else of small blocks.
    """
    dark = dark_channel(level, 1 if simple else 15)
    if light is None:
        light = air_light(level, dark, simple)
    light = np.maximum(light, 1e-3)
    thickness = dark_channel(level / light, 1 if simple else 15)
    sizes = [min(2 * (length // 16) + 1, 41) for length in dark.shape]
    thickness = np.clip(guided(thickness, level.mean(2), sizes, 1e-3), 0, 1)
    through = np.maximum(1 - amount * (1 - KEPT) * thickness, THINNEST)[..., None]
    return np.clip((level - light) / through + light, 0, 1), thickness, light

"""Pictures freed of haze, of darkness and of uneven light."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import filters, smoothing


def darkest(image: np.ndarray, size: int) -> np.ndarray:
    """The darkest level of any channel in a square around each pixel of H×W×C."""
    from scipy.ndimage import minimum_filter

    return minimum_filter(image.min(2), size, mode="nearest")


def air_light(image: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """The colour of the air: that of the brightest of the thousandth part of pixels with the lightest dark channel."""
    count = max(1, int(np.ceil(dark.size / 1000)))
    places = np.argsort(-dark.ravel(), kind="stable")[:count]
    colours = image.reshape(-1, image.shape[2])[places]
    return colours[int(colours.sum(1).argmax())]


def without_haze(
    image: np.ndarray, amount: float, air: np.ndarray | None, refined: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """H×W×C levels without the light of the air, by the dark channel (K. He, J. Sun, X. Tang, IEEE Trans. PAMI 33,
    2011); the depth of the haze follows the edges of the picture, the more so if refined.

    Returns the image, the thickness of the haze (0 to 1) and the colour of the air.
    """
    rows, columns = image.shape[:2]
    size = max(3, int(np.ceil(min(rows, columns) / 400 * 15)))
    dark = darkest(image, size)
    if air is None:
        air = air_light(image, dark)
    thickness = darkest(image / np.maximum(air, 0.05), size if not refined else max(3, size // 2))
    side = 2 * (size if not refined else 2 * size) + 1
    grey = image.mean(2)
    thickness = np.clip(smoothing.guided(thickness, grey, [side, side], 1e-3), 0, 1)
    through = np.maximum(1 - 0.95 * amount * thickness, 0.1)
    made = (image - air) / through[:, :, None] + air
    return np.clip(made, 0, 1), amount * thickness, air


def stretched(image: np.ndarray) -> np.ndarray:
    """The levels between the darkest and the brightest hundredth, all channels together, stretched to 0 and 1."""
    low, high = np.quantile(image, (0.01, 0.99))
    return np.clip((image - low) / (high - low), 0, 1) if high > low else image


def flat_field(image: np.ndarray, sigma: float, size: int, mask: np.ndarray) -> np.ndarray:
    """A grey image over its light, which is the image under a Gaussian, times the mean level under a mask."""
    shade = filters.smoothed(image, [sigma] * 2, [size] * 2, "symmetric")
    level = float(image[mask].mean()) if mask.any() else 0.0
    return np.where(mask, image * level / np.maximum(shade, 1e-6), image)

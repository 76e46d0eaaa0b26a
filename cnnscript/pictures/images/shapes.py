"""Morphology: the shapes that MATLAB's strel makes, and images made larger and smaller by them."""

from __future__ import annotations

import numpy as np

# For the disk made of 4, 6 or 8 lines (R. Adams, Radial decomposition of discs and spheres, CVGIP 55, 1993): where the
# lines run, as (rows, columns).
RAYS = {
    4: ((0, 1), (1, 1), (1, 0), (1, -1)),
    6: ((0, 1), (1, 2), (2, 1), (1, 0), (2, -1), (1, -2)),
    8: ((0, 1), (1, 2), (1, 1), (2, 1), (1, 0), (2, -1), (1, -1), (1, -2)),
}


def disk(radius: int, lines: int = 4) -> np.ndarray:
    """MATLAB's disk: of `lines` lines (4, 6, 8), or with 0 (and below radius 3) all pixels no farther than `radius`."""
    if lines == 0 or radius < 3:
        y, x = np.ogrid[-radius : radius + 1, -radius : radius + 1]
        return x**2 + y**2 <= radius**2
    angle = np.pi / (2 * lines)
    length = 2 * radius / (1 / np.tan(angle) + 1 / np.sin(angle))
    shape = np.ones((1, 1), bool)
    for down, across in RAYS[lines]:
        count = int(length / np.hypot(down, across))
        shape = grown(shape, ray(count, down, across))
    missing = radius - shape.shape[0] // 2 - 1
    if missing >= 0:  # lines along rows and columns make up for what was rounded off
        shape = grown(grown(shape, np.ones((2 * missing + 1, 1), bool)), np.ones((1, 2 * missing + 1), bool))
    return shape


def ray(count: int, down: int, across: int) -> np.ndarray:
    """2·count + 1 points in a line through the middle."""
    made = np.zeros((2 * count * abs(down) + 1, 2 * count * abs(across) + 1), bool)
    steps = np.arange(-count, count + 1)
    made[count * abs(down) + steps * down, count * abs(across) + steps * across] = True
    return made


def grown(shape: np.ndarray, other: np.ndarray) -> np.ndarray:
    """All sums of a point of one shape and a point of the other."""
    from scipy.signal import convolve2d

    return convolve2d(shape.astype(int), other.astype(int)) > 0


def line(length: float, degrees: float) -> np.ndarray:
    """A line of about `length` pixels at an angle from the x-axis, the middle pixel in its middle."""
    angle = np.deg2rad(degrees % 180)
    right, up = round((length - 1) / 2 * np.cos(angle)), round((length - 1) / 2 * np.sin(angle))
    steps = max(abs(right), abs(up))
    made = np.zeros((2 * abs(up) + 1, 2 * abs(right) + 1), bool)
    for k in range(-steps, steps + 1):
        share = k / steps if steps else 0
        made[abs(up) - int(np.floor(share * up + 0.5)), abs(right) + int(np.floor(share * right + 0.5))] = True
    return made | made[::-1, ::-1]


def diamond(reach: int) -> np.ndarray:
    y, x = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    return np.abs(x) + np.abs(y) <= reach


def octagon(reach: int) -> np.ndarray:
    """An octagon; reach is a multiple of 3."""
    y, x = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    return np.abs(x) + np.abs(y) <= reach + reach // 3


# ----------------------------------------------------------------------------------------------------- grow and shrink
def dilate(image: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Each pixel the highest that the shape, turned by half about it, covers; outside lies the lowest value."""
    return reach_over(image, centred(shape)[::-1, ::-1], highest=True)


def erode(image: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Each pixel the lowest that the shape about it covers; outside lies the highest value."""
    return reach_over(image, centred(shape), highest=False)


def centred(shape: np.ndarray) -> np.ndarray:
    """A shape with odd sides: the middle of an even side is its lower half's last."""
    return np.pad(shape, [(int(n % 2 == 0), 0) for n in shape.shape])


def reach_over(image: np.ndarray, shape: np.ndarray, highest: bool) -> np.ndarray:
    from scipy import ndimage

    if not image.size:
        return image
    if not shape.any():
        return np.full(image.shape, edge_value(image.dtype, highest), image.dtype)
    search = ndimage.maximum_filter if highest else ndimage.minimum_filter
    # SciPy has no filter for truth, and what lies outside must fit into a double.
    level = image.astype(np.uint8 if image.dtype == bool else float if image.dtype.itemsize == 8 else image.dtype)
    outside = 1 - int(highest) if image.dtype == bool else edge_value(level.dtype, highest)
    planes = level.reshape(*level.shape[:2], -1)
    made = [search(planes[:, :, k], footprint=shape, mode="constant", cval=outside) for k in range(planes.shape[2])]
    return np.asfortranarray(np.stack(made, axis=2).reshape(image.shape).astype(image.dtype))


def edge_value(dtype: np.dtype, highest: bool) -> float:
    """What lies outside an image when the highest, or the lowest, value is looked for."""
    if dtype.kind == "f":
        return -np.inf if highest else np.inf
    if dtype.kind == "b":
        return float(not highest)
    bounds = np.iinfo(dtype)
    return bounds.min if highest else bounds.max


# --------------------------------------------------------------------------------------------------- regions and holes
def neighbours(connectivity: int) -> np.ndarray:
    """The 3×3 shape of 4 or 8 neighbours."""
    return np.ones((3, 3), bool) if connectivity == 8 else diamond(1)


def regions(mask: np.ndarray, connectivity: int = 8) -> tuple[np.ndarray, int]:
    """Numbers from 1 for the connected regions of H×W truth, columns first as MATLAB counts; and how many there are."""
    from scipy.ndimage import label

    found, count = label(mask.T, neighbours(connectivity))
    return found.T, count


def without_holes(image: np.ndarray, connectivity: int = 4) -> np.ndarray:
    """What is enclosed filled: in truth set, in grey raised to the lowest level of what encloses it."""
    if not image.size:
        return image
    if image.dtype == bool:
        from scipy.ndimage import binary_fill_holes

        return np.asfortranarray(binary_fill_holes(image, neighbours(connectivity)))
    from skimage.morphology import reconstruction

    seed = np.full(image.shape, image.max(), float)
    seed[[0, -1]] = image[[0, -1]]
    seed[:, [0, -1]] = image[:, [0, -1]]
    made = reconstruction(seed, image.astype(float), "erosion", neighbours(connectivity))
    return np.asfortranarray(made.astype(image.dtype))


def filled_from(mask: np.ndarray, places: list[tuple[int, int]], connectivity: int = 4) -> np.ndarray:
    """H×W truth with the dark regions in which the places (row, column from 0) lie set."""
    dark, _ = regions(~mask, connectivity)
    chosen = {int(dark[place]) for place in places} - {0}
    return np.asfortranarray(mask | np.isin(dark, list(chosen)))

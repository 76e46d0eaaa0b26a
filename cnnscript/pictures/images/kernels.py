"""Filters of images by a matrix of weights: the weights that MATLAB's fspecial makes, and their application."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images.resize import rounded

PADDING = {"replicate": "edge", "circular": "wrap", "symmetric": "symmetric"}


def gaussian(size: tuple[int, int], sigma: float) -> np.ndarray:
    """exp(-(x² + y²) / 2σ²) about the middle, made to sum to 1; what is too small to count is 0."""
    y, x = np.ogrid[tuple(slice(-(n - 1) / 2, (n - 1) / 2 + 0.5) for n in size)]
    weights = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    weights[weights < np.finfo(float).eps * weights.max()] = 0
    return weights / weights.sum()


def laplacian_of_gaussian(size: tuple[int, int], sigma: float) -> np.ndarray:
    """The Laplacian of a Gaussian, made to sum to 0."""
    y, x = np.ogrid[tuple(slice(-(n - 1) / 2, (n - 1) / 2 + 0.5) for n in size)]
    weights = gaussian(size, sigma) * (x**2 + y**2 - 2 * sigma**2) / sigma**4
    return weights - weights.mean()


def laplacian(alpha: float) -> np.ndarray:
    """A 3×3 Laplacian; alpha (0 to 1) says how much the corners count."""
    corner, edge = alpha / (alpha + 1), (1 - alpha) / (alpha + 1)
    return np.array([[corner, edge, corner], [edge, -4 / (alpha + 1), edge], [corner, edge, corner]])


def unsharp(alpha: float) -> np.ndarray:
    """What sharpens: the picture less its Laplacian."""
    return np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]) - laplacian(alpha)


def disk(radius: float) -> np.ndarray:
    """How much of each pixel a disk about the middle one covers, made to sum to 1 (the middle one counts as covered
    by a disk as large as it)."""
    reach = int(np.ceil(radius - 0.5))
    edges = np.arange(-reach, reach + 2) - 0.5
    corner = np.sign(edges)[:, None] * np.sign(edges) * quarter(np.abs(edges)[:, None], np.abs(edges), radius)
    area = corner[1:, 1:] - corner[:-1, 1:] - corner[1:, :-1] + corner[:-1, :-1]
    area[reach, reach] = min(np.pi * radius**2, 1.0)
    return area / area.sum()


def quarter(x: np.ndarray, y: np.ndarray, radius: float) -> np.ndarray:
    """The area that a disk about the origin shares with the rectangle from the origin to (x, y), neither below 0."""
    x, y = np.minimum(x, radius), np.minimum(y, radius)

    def under(along: np.ndarray) -> np.ndarray:
        """The area under the circle from 0 to `along`."""
        return (along * np.sqrt(radius**2 - along**2) + radius**2 * np.arcsin(along / radius)) / 2

    flat = np.minimum(x, np.sqrt(radius**2 - y**2))  # up to here the circle is higher than y
    return flat * y + under(x) - under(flat)


def motion(length: float, angle: float) -> np.ndarray:
    """What a camera that moves `length` pixels along a line of `angle` degrees (counter-clockwise) makes of a point:
    each pixel weighs 1 less its distance from the segment, the whole made to sum to 1."""
    length = max(1.0, length)
    half = (length - 1) / 2
    turn = np.remainder(angle, 180) / 180 * np.pi
    cosine, sine = np.cos(turn), np.sin(turn)
    side = 1.0 if cosine > 0 else -1.0 if cosine < 0 else 0.0
    tiny = np.finfo(float).eps
    across = int(np.trunc(half * cosine + side - length * tiny))
    down = int(np.trunc(half * sine + 1 - length * tiny))
    x, y = np.meshgrid(side * np.arange(abs(across) + 1), np.arange(down + 1))
    distance = y * cosine - x * sine
    beyond = (np.hypot(x, y) >= half) & (np.abs(distance) <= 1)
    past = half - np.abs((x[beyond] + distance[beyond] * sine) / cosine)
    distance[beyond] = np.hypot(distance[beyond], past)
    part = np.maximum(1 + tiny - np.abs(distance), 0)
    rows, columns = part.shape
    weights = np.zeros((2 * rows - 1, 2 * columns - 1))
    weights[:rows, :columns] = part[::-1, ::-1]
    weights[rows - 1 :, columns - 1 :] = part
    weights /= weights.sum() + tiny * length * length
    return weights[::-1] if cosine > 0 else weights


def gaussian_volume(sizes: list[int], sigmas: list[float], laplacian: bool) -> np.ndarray:
    """A Gaussian in three dimensions made to sum to 1, or its Laplacian, made to sum to 0."""
    axes = np.ogrid[tuple(slice(-(n - 1) / 2, (n - 1) / 2 + 0.5) for n in sizes)]
    weights = np.exp(-sum(axis**2 / (2 * sigma**2) for axis, sigma in zip(axes, sigmas, strict=True)))
    weights[weights < np.finfo(float).eps * weights.max()] = 0
    weights /= weights.sum()
    if not laplacian:
        return weights
    bend = sum(axis**2 / sigma**4 - 1 / sigma**2 for axis, sigma in zip(axes, sigmas, strict=True))
    weights = weights * bend
    return weights - weights.mean()


def laplacian_of_volume(edges: float, corners: float) -> np.ndarray:
    """A 3×3×3 Laplacian: shares of the ones over the 6 faces, the 12 edges and the 8 corners (T. Lindeberg, Scale-Space
    Theory in Computer Vision, 1994)."""
    far = np.abs(np.indices((3, 3, 3)) - 1).sum(0)
    weights = np.select([far == 1, far == 2, far == 3], [1 - edges - corners, edges / 4, corners / 4], 0.0)
    weights[1, 1, 1] = -weights.sum()
    return weights


def ellipsoid(half: list[float]) -> np.ndarray:
    """1 in all places within an ellipsoid of half axes, made to sum to 1."""
    reach = [int(np.ceil(axis)) for axis in half]
    axes = np.ogrid[tuple(slice(-n, n + 1) for n in reach)]
    inside = sum(axis**2 / size**2 for axis, size in zip(axes, half, strict=True)) <= 1
    return inside / inside.sum()


def padded(image: np.ndarray, around: list[tuple[int, int]], outside: str | float) -> np.ndarray:
    """The image with `around` (before, after) more along each dimension: 'replicate', 'circular', 'symmetric' or a
    number."""
    if isinstance(outside, str):
        return np.pad(image, around, PADDING[outside])
    return np.pad(image, around, constant_values=outside)


def correlated(wide: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The sums of `wide` under `weights` (as many dimensions, none longer) at all places where these fit, in doubles.

    Weights of 0 do not look at what is under them (it may be NaN).
    """
    from scipy.ndimage import correlate

    wide = np.ascontiguousarray(wide, float)
    sizes = np.abs(weights[weights != 0])
    factor = 1.0
    if sizes.size and not 1e-10 < sizes.min() <= sizes.max() < 1e10:  # SciPy leaves out weights of less than eps
        factor = float(sizes.max())
        if sizes.min() / factor <= 1e-15:
            return slow_sums(wide, weights)
    made = correlate(wide, weights / factor, mode="constant") * factor
    return made[tuple(slice(n // 2, n // 2 + m - n + 1) for n, m in zip(weights.shape, wide.shape, strict=True))]


def slow_sums(wide: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """`correlated`, weight by weight."""
    shape = [m - n + 1 for n, m in zip(weights.shape, wide.shape, strict=True)]
    total = np.zeros(shape)
    for place in np.argwhere(weights != 0):
        total += weights[tuple(place)] * wide[tuple(slice(k, k + m) for k, m in zip(place, shape, strict=True))]
    return total


def separated(weights: np.ndarray, large: int = 49) -> list[np.ndarray]:
    """A large matrix of rank 1 as a column and a row (long sums become short ones), any other weights as they are."""
    if weights.ndim == 2 and weights.size >= large and min(weights.shape) > 1 and np.isfinite(weights).all():
        u, s, v = np.linalg.svd(weights)
        if s[1] <= max(weights.shape) * np.finfo(float).eps * s[0] and s[0] > 0:
            return [u[:, :1] * np.sqrt(s[0]), v[:1] * np.sqrt(s[0])]
    return [weights]


def apply(
    image: np.ndarray, weights: np.ndarray, outside: str | float = 0.0, full: bool = False, turned: bool = False
) -> np.ndarray:
    """The image (of any number of dimensions) filtered in its own class, rounded and kept within it.

    The first dimensions of the image meet those of the weights; what is left of the image is filtered plane by plane.
    outside: 'replicate', 'circular', 'symmetric' or a number.  full: also where the weights reach over the edge.
    turned: convolution instead of correlation.
    """
    made = sums(image, weights, outside, full, turned)
    if image.dtype == bool:
        return np.asfortranarray(made >= 0.5)
    return np.asfortranarray(rounded(made, image.dtype))


def sums(
    image: np.ndarray, weights: np.ndarray, outside: str | float = 0.0, full: bool = False, turned: bool = False
) -> np.ndarray:
    """`apply`, in doubles."""
    if turned:
        weights = weights[tuple(slice(None, None, -1) for _ in range(weights.ndim))]
    dimensions = max(image.ndim, weights.ndim)
    image = image.reshape(image.shape + (1,) * (dimensions - image.ndim))
    around = []
    for length, size in zip(image.shape, weights.shape, strict=False):
        before = (size - 1) // 2
        after = size - 1 - before
        around.append((before + after, before + after) if full else (before, after))
        if length == 0:
            return image.astype(float)
    around += [(0, 0)] * (dimensions - weights.ndim)
    wide = padded(image.astype(float), around, outside)
    # the sums of integers are rounded: halves must be exact as long as MATLAB's are
    for part in separated(weights, 49 if image.dtype.kind == "f" else 289):
        wide = correlated(wide, part.reshape(part.shape + (1,) * (dimensions - part.ndim)))
    return wide

"""What lies around each pixel: order statistics, modes, spreads and entropies of windows; sums of boxes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnscript.pictures.images import kernels, scale

BLOCK = 1 << 22  # numbers of windows that are laid out at once


def window_ranks(
    image: np.ndarray, ranks: Sequence[int], domain: np.ndarray, outside: str | float, offsets: np.ndarray | None = None
) -> list[np.ndarray]:
    """The `ranks` (from 0) of the pixels under the true places of `domain`, each an image of the class of `image`.

    The middle of a domain of even length is the one before.  offsets: what is added to the pixels first, one for each
    true place in column-major order (the results are doubles then).
    """
    around = [((n - 1) // 2, n - 1 - (n - 1) // 2) for n in domain.shape]
    wide = kernels.padded(image, around, outside)
    places = sorted(map(tuple, np.argwhere(domain).tolist()), key=lambda place: place[::-1])
    made = [np.empty(image.shape, float if offsets is not None else image.dtype, order="F") for _ in ranks]
    rest = image.shape[1:]
    step = max(1, BLOCK // max(1, len(places) * int(np.prod(rest))))
    for start in range(0, image.shape[0], step):
        rows = min(step, image.shape[0] - start)
        lengths = (rows, *rest)
        layers = np.stack([wide[start + p[0] :][tuple(map(slice, (0, *p[1:]), ends(p, lengths)))] for p in places])
        if offsets is not None:
            layers = layers + offsets.reshape(-1, *(1,) * image.ndim)
        if len(ranks) == 1 and layers.dtype.kind != "f":
            layers.partition(ranks[0], axis=0)
        else:
            layers.sort(axis=0)
        for rank, target in zip(ranks, made, strict=True):
            target[start : start + rows] = layers[rank]
    return made


def ends(place: tuple[int, ...], lengths: tuple[int, ...]) -> list[int]:
    """Where a window that begins at `place` ends, along each dimension; along the first from 0."""
    return [lengths[0], *(k + n for k, n in zip(place[1:], lengths[1:], strict=True))]


def median(image: np.ndarray, sizes: Sequence[int], outside: str | float) -> np.ndarray:
    """Medians of windows; of an even number of pixels the mean of the two in the middle, rounded in the class (of
    logicals true where either is)."""
    count = int(np.prod(sizes))
    domain = np.ones(tuple(sizes), bool)
    if count % 2:
        return window_ranks(image, [count // 2], domain, outside)[0]
    low, high = window_ranks(image, [count // 2 - 1, count // 2], domain, outside)
    if image.dtype == bool:
        return low | high
    return kernels.rounded(low.astype(float) / 2 + high.astype(float) / 2, image.dtype)


def mode(image: np.ndarray, sizes: Sequence[int], outside: str | float) -> np.ndarray:
    """The most frequent value of each window; of several the smallest."""
    around = [(n // 2, n // 2) for n in sizes]
    values, codes = np.unique(image, return_inverse=True)
    wide = kernels.padded(codes.reshape(image.shape), around, outside)
    if not isinstance(outside, str):
        places = np.ones(image.shape, bool)
        inside = kernels.padded(places, around, 0.0).astype(bool)
        values, codes = np.unique(np.append(values, values.dtype.type(outside)), return_inverse=True)
        wide = np.where(inside, codes[wide], codes[-1])
    best = np.zeros(image.shape, np.intp)
    most = np.zeros(image.shape, np.intp)
    for value in range(len(values)):
        count = (wide == value).astype(np.intp)
        for axis, size in enumerate(sizes):
            count = running_sums(count, size, axis)
        better = count > most
        best[better], most[better] = value, count[better]
    return np.asfortranarray(values[best])


def running_sums(values: np.ndarray, size: int, axis: int) -> np.ndarray:
    """The sums of `size` numbers that follow each other along an axis, at all places where they fit."""
    total = np.cumsum(values, axis)
    total = np.insert(total, 0, 0, axis)
    length = total.shape[axis]
    return np.take(total, range(size, length), axis) - np.take(total, range(length - size), axis)


def deviation(image: np.ndarray, domain: np.ndarray) -> np.ndarray:
    """The standard deviation (by n-1) of what lies under the true places of `domain`, the edge mirrored."""
    count = int(domain.sum())
    if count < 2:
        return np.zeros(image.shape)
    weights = domain.astype(float)
    squares = kernels.sums(image.astype(float) ** 2, weights / (count - 1), "symmetric")
    plain = kernels.sums(image.astype(float), weights, "symmetric")
    return np.sqrt(np.maximum(squares - plain**2 / (count * (count - 1)), 0))


def entropy(image: np.ndarray) -> float:
    """-Σ p·log2(p) over the grey levels of an image, as uint8 (logical: two levels)."""
    levels = image if image.dtype == bool else scale.im2uint8(image)
    counts = np.bincount(levels.ravel().astype(np.uint8), minlength=256)
    share = counts[counts > 0] / max(levels.size, 1)
    return float(-(share * np.log2(share)).sum()) + 0.0


def window_entropies(image: np.ndarray, domain: np.ndarray) -> np.ndarray:
    """`entropy` of what lies under the true places of `domain` around each pixel, the edge mirrored."""
    levels = (image if image.dtype == bool else scale.im2uint8(image)).astype(np.intp)
    around = [(n // 2, n // 2) for n in domain.shape]
    wide = kernels.padded(levels, around, "symmetric")
    places = np.argwhere(domain)
    layers = np.sort(
        np.stack([wide[tuple(slice(k, k + n) for k, n in zip(p, image.shape, strict=True))] for p in places]), axis=0
    )
    total = np.zeros(image.shape)
    run = np.ones(image.shape)  # how often the value of the last layer has come so far
    count = len(places)
    for k in range(count):
        ends = layers[k + 1] != layers[k] if k + 1 < count else np.ones(image.shape, bool)
        share = run[ends] / count
        total[ends] -= share * np.log2(share)
        run = np.where(ends, 1.0, run + 1)
    return np.asfortranarray(total + 0.0)


def wiener(image: np.ndarray, sizes: Sequence[int], noise: float | None) -> tuple[np.ndarray, float]:
    """Pixels drawn towards the mean of their window the more, the less its variance exceeds that of the noise (J. Lim,
    Two-Dimensional Signal and Image Processing, 1990, p. 548); the mean of all variances stands for an unknown noise.

    image: doubles.  Returns the image and the noise.
    """
    weights = np.full(tuple(sizes), 1.0)
    count = weights.size
    mean = kernels.sums(image, weights) / count
    variance = kernels.sums(image**2, weights) / count - mean**2
    if noise is None:
        noise = float(variance.mean()) if variance.size else 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (image - mean) / np.maximum(variance, noise) * np.maximum(variance - noise, 0)
    return mean + share, noise


def box_means(image: np.ndarray, sizes: Sequence[int], factor: float, outside: str | float) -> np.ndarray:
    """The sums of windows times `factor`, in the class of `image`."""
    around = [(n // 2, n // 2) for n in sizes] + [(0, 0)] * (image.ndim - len(sizes))
    wide = kernels.padded(image.astype(float), around, outside)
    exact = image.dtype.kind != "f"
    for axis, size in enumerate(sizes):
        wide = running_sums(wide, size, axis) if exact else kernels.correlated(
            wide, np.ones([size if k == axis else 1 for k in range(wide.ndim)])
        )  # fmt: skip
    made = wide * factor
    return np.asfortranarray(made >= 0.5 if image.dtype == bool else kernels.rounded(made, image.dtype))


def upright_integral(image: np.ndarray, dimensions: int) -> np.ndarray:
    """Sums of all that is above and to the left, with a row and a column (and a plane) of zeros before."""
    total = image.astype(float)
    for axis in range(dimensions):
        total = np.cumsum(total, axis)
    return np.asfortranarray(np.pad(total, [(1, 0)] * dimensions + [(0, 0)] * (image.ndim - dimensions)))


def rotated_integral(image: np.ndarray) -> np.ndarray:
    """Sums over the triangle that opens upwards from each pixel, with a row of zeros before and a column on either
    side (R. Lienhart, J. Maydt, ICIP 2002)."""
    rows, columns = image.shape[:2]
    wide = np.zeros((rows + 1, columns + 2, *image.shape[2:]), order="F")
    wide[1:, 1:-1] = image
    total = np.zeros_like(wide)
    for row in range(1, rows + 1):
        above = total[row - 1]
        left = np.zeros_like(above)
        right = np.zeros_like(above)
        left[1:] = above[:-1]
        right[:-1] = above[1:]
        before = total[row - 2] if row > 1 else np.zeros_like(above)
        total[row] = left + right - before + wide[row] + wide[row - 1]
        # at either side the triangle is cut by the edge of the picture: only one of the two parts is there
        total[row, 0] = above[1] if columns else 0
        total[row, -1] = above[-2] if columns else 0
    return total

"""Gradients of images, and the edges that MATLAB's edge finds.

All in doubles or, where the image is single, rounded to single after each filter as MATLAB does.
"""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import kernels

SOBEL = np.array([[1.0, 2, 1], [0, 0, 0], [-1, -2, -1]])
PREWITT = np.array([[1.0, 1, 1], [0, 0, 0], [-1, -1, -1]])
ROBERTS = np.array([[1.0, 0], [0, -1]]), np.array([[0.0, 1], [-1, 0]])


def filtered(image: np.ndarray, weights: np.ndarray, turned: bool = False) -> np.ndarray:
    return kernels.apply(image, weights, "replicate", turned=turned)


def gradient_pair(image: np.ndarray, method: str) -> tuple[np.ndarray, np.ndarray]:
    """The change to the right and the change downwards of a float image: 'sobel', 'prewitt', 'central' (halves of the
    difference of both neighbours), 'intermediate' (to the next one; 0 at the end) or 'roberts' (along diagonals)."""
    if method in ("sobel", "prewitt"):
        weights = -(SOBEL if method == "sobel" else PREWITT)
        return filtered(image, weights.T), filtered(image, weights)
    if method == "roberts":
        return filtered(image, ROBERTS[0]), filtered(image, ROBERTS[1])
    change = central if method == "central" else following
    return change(image, 1), change(image, 0)


def gradient_triple(volume: np.ndarray, method: str) -> list[np.ndarray]:
    """The changes along columns, rows and planes of a float volume, by the methods of `gradient_pair`."""
    if method in ("central", "intermediate"):
        change = central if method == "central" else following
        return [change(volume, axis) for axis in (1, 0, 2)]
    peak = np.array([[1.0, 3, 1], [3, 6, 3], [1, 3, 1]]) if method == "sobel" else np.ones((3, 3))
    weights = np.stack((-peak, 0 * peak, peak), axis=2)
    return [filtered(volume, np.moveaxis(weights, 2, axis)) for axis in (1, 0, 2)]


def central(image: np.ndarray, axis: int) -> np.ndarray:
    return np.gradient(image, axis=axis) if image.shape[axis] > 1 else np.zeros_like(image)


def following(image: np.ndarray, axis: int) -> np.ndarray:
    made = np.zeros_like(image)
    made[(slice(None),) * axis + (slice(0, max(image.shape[axis] - 1, 0)),)] = np.diff(image, axis=axis)
    return made


# --------------------------------------------------------------------------------------------------- by the gradient
def by_gradient(
    image: np.ndarray, method: str, threshold: float | None, direction: str, thin: bool
) -> tuple[np.ndarray, float, np.ndarray, np.ndarray]:
    """Where the gradient is above a threshold ('sobel', 'prewitt' or 'roberts'); thin: and not below its neighbours.

    Without a threshold it is the root of 4 (Roberts: 6) times the mean squared gradient.
    Returns the edges, the threshold and both gradients.
    """
    if method == "roberts":
        weights, scale, slant = [each / 2 for each in ROBERTS], 6, (-1, 1, 1, -1)
    else:
        one = SOBEL / 8 if method == "sobel" else PREWITT / 6
        weights, scale, slant = [one.T, one], 4, (0, 0, 0, 0)
    across, down = filtered(image, weights[0]), filtered(image, weights[1])
    use_across, use_down = direction != "horizontal", direction != "vertical"
    strength = use_across * across * across + use_down * down * down
    if threshold is None:
        cutoff = scale * float(strength.mean(dtype=float)) if strength.size else 0.0
        threshold = float(np.sqrt(cutoff))
    else:
        cutoff = threshold**2
    found = strength > cutoff
    if thin:
        tiny = 100 * np.finfo(float).eps
        wide = np.pad(strength, 1, constant_values=np.nan)
        rows, columns = strength.shape

        def beside(row: int, column: int) -> np.ndarray:
            return wide[1 + row : 1 + row + rows, 1 + column : 1 + column + columns]

        left, right = beside(slant[0], -1), beside(slant[1], 1)
        above, below = beside(-1, slant[2]), beside(1, slant[3])
        x, y = np.abs(across), np.abs(down)
        # comparing with NaN, which stands outside, is false; turned round it says what MATLAB assumes there: true
        found &= ((x >= use_across * y - tiny) & ~(left > strength) & ~(strength <= right)) | (
            (y >= use_down * x - tiny) & ~(above > strength) & ~(strength <= below)
        )
    return found, threshold, across, down


# ------------------------------------------------------------------------------------------------ by zero crossings
def by_crossings(image: np.ndarray, weights: np.ndarray, threshold: float | None) -> tuple[np.ndarray, float]:
    """Where the filtered image crosses zero by more than a threshold (0.75 times its mean absolute value); the edge is
    on the negative side, or on the zero itself."""
    weights = weights - weights.sum() / weights.size
    b = filtered(image, weights)
    if threshold is None:
        threshold = 0.75 * float(np.abs(b).mean(dtype=float)) if b.size else 0.0
    edges = np.zeros(b.shape, bool)
    if min(b.shape) < 3:
        return edges, threshold
    middle = b[1:-1, 1:-1]
    for before, after in ((b[1:-1, :-2], b[1:-1, 2:]), (b[:-2, 1:-1], b[2:, 1:-1])):
        for other in (before, after):
            edges[1:-1, 1:-1] |= (middle < 0) & (other > 0) & (np.abs(middle - other) > threshold)
        opposite = ((before < 0) & (after > 0)) | ((before > 0) & (after < 0))
        edges[1:-1, 1:-1] |= (middle == 0) & opposite & (np.abs(before - after) > 2 * threshold)
    return edges, threshold


# ------------------------------------------------------------------------------------------------------------- Canny
def smooth_gradient(image: np.ndarray, sigma: float) -> tuple[np.ndarray, np.ndarray]:
    """The gradient of the image smoothed by a Gaussian, with the derivative of the Gaussian made to sum to 0."""
    reach = int(np.ceil(4 * sigma))
    bell = np.exp(-(np.arange(-reach, reach + 1.0) ** 2) / (2 * sigma**2))
    bell /= bell.sum()
    slope = np.gradient(bell)
    slope[slope > 0] /= slope[slope > 0].sum()
    slope[slope < 0] /= abs(slope[slope < 0].sum())
    x = filtered(filtered(image, bell[:, None], True), slope[None], True)
    y = filtered(filtered(image, bell[None], True), slope[:, None], True)
    return x, y


def canny_thresholds(strength: np.ndarray) -> tuple[float, float]:
    """The strength (0 to 1) that more than 0.7 of the pixels do not exceed, in 64 steps, and 0.4 times that."""
    levels = np.floor(strength.astype(float).ravel() * 63 + 0.5).astype(int)
    counts = np.cumsum(np.bincount(np.clip(levels, 0, 63), minlength=64))
    above = np.flatnonzero(counts > 0.7 * strength.size)
    high = (above[0] + 1) / 64 if above.size else 1.0
    return 0.4 * high, high


def ridges(x: np.ndarray, y: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """Where the strength is not below what it is one step on and one step back along the gradient (interpolated
    between the two pixels there); never at the border."""
    kept = np.zeros(strength.shape, bool)
    if min(strength.shape) < 3:
        return kept
    u, v, centre = x[1:-1, 1:-1], y[1:-1, 1:-1], strength[1:-1, 1:-1]
    rows, columns = strength.shape

    def at(row: int, column: int) -> np.ndarray:
        return strength[1 + row : rows - 1 + row, 1 + column : columns - 1 + column]

    with np.errstate(invalid="ignore", divide="ignore"):
        flat, steep = np.abs(v / u), np.abs(u / v)
    sectors = (
        (((v <= 0) & (u > -v)) | ((v >= 0) & (u < -v)), flat, (0, 1), (-1, 1)),
        (((u > 0) & (-v >= u)) | ((u < 0) & (-v <= u)), steep, (-1, 0), (-1, 1)),
        (((u <= 0) & (u > v)) | ((u >= 0) & (u < v)), steep, (-1, 0), (-1, -1)),
        (((v < 0) & (u <= v)) | ((v > 0) & (u >= v)), flat, (0, -1), (-1, -1)),
    )
    inner = kept[1:-1, 1:-1]
    for inside, share, near, corner in sectors:
        one = at(*near) * (1 - share) + at(*corner) * share
        other = at(-near[0], -near[1]) * (1 - share) + at(-corner[0], -corner[1]) * share
        inner |= inside & (centre >= one) & (centre >= other)
    return kept


def canny(
    image: np.ndarray, thresholds: tuple[float | None, float] | None, sigma: float, sobel: bool = False
) -> tuple[np.ndarray, tuple[float, float]]:
    """J. Canny's edges (IEEE Trans. PAMI 8, 1986): ridges of the gradient above the low threshold that hang together
    with one above the high one.

    thresholds: low and high, between 0 and 1 of the largest gradient; None for the low: 0.4 times the high.
    sobel: a Gaussian of 5 by 5 pixels and Sobel's gradient in place of the derivative of a Gaussian.
    """
    from scipy.ndimage import label

    if sobel:
        bell = kernels.gaussian((5, 5), sigma)
        x, y = gradient_pair(filtered(image, bell), "sobel")
    else:
        x, y = smooth_gradient(image, sigma)
    strength = np.hypot(x, y)
    largest = strength.max(initial=0)
    if largest > 0:
        strength = strength / largest
    if thresholds is None:
        low, high = canny_thresholds(strength)
    else:
        high = thresholds[1]
        low = 0.4 * high if thresholds[0] is None else thresholds[0]
    weak = ridges(x, y, strength) & (strength > low)
    parts, count = label(weak, np.ones((3, 3)))
    strong = np.zeros(count + 1, bool)
    strong[parts[weak & (strength > high)]] = True
    strong[0] = False
    return strong[parts], (low, high)

"""Two pictures of one thing laid over each other: correlations, phase correlation, and a search for the transformation
under which they are most alike.

Matrices multiply columns (x, y, 1) of the moving image's places; places are counted from 1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnscript.pictures.images import warping


def normalized_correlation(template: np.ndarray, image: np.ndarray) -> np.ndarray:
    """The correlation coefficient of a template with what lies under it, for each way to lay it on the image with an
    overlap: (rows + template rows - 1) × (columns + template columns - 1), 0 where the image is even (J. Lewis, 1995).
    """
    from scipy.signal import fftconvolve

    own = template.astype(float) - template.mean()
    level = image.astype(float)
    count = template.size
    product = fftconvolve(level, own[::-1, ::-1])
    ones = np.ones(template.shape)
    sums, squares = window_sums(level, ones.shape), window_sums(level**2, ones.shape)
    spread = np.maximum(squares - sums**2 / count, 0)
    below = np.sqrt(spread * (own**2).sum())
    tolerance = np.sqrt(np.finfo(float).eps) * max(float(np.abs(below).max()), 1e-300)
    out = np.where(below > tolerance, product / np.where(below > tolerance, below, 1), 0.0)
    out[np.abs(out) > 1 + np.sqrt(np.finfo(float).eps)] = 0.0
    return out


def window_sums(level: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The sums under windows of a size that overlap the array anywhere."""
    rows, columns = size
    wide = np.pad(level, ((rows, rows - 1), (columns, columns - 1)))
    total = wide.cumsum(0).cumsum(1)
    total = np.pad(total, ((1, 0), (1, 0)))[1:, 1:]
    return total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns] + total[:-rows, :-columns]


# ---------------------------------------------------------------------------------------------------- phase correlation
def windowed(level: np.ndarray) -> np.ndarray:
    """Edges faded out by Blackman's window, about the mean."""
    return (level - level.mean()) * np.outer(np.blackman(level.shape[0]), np.blackman(level.shape[1]))


def shift_between(moving: np.ndarray, fixed: np.ndarray, window: bool) -> tuple[tuple[float, float], float]:
    """How far (x, y) the moving image is to be shifted to lie on the fixed one, and the height of the peak."""
    from scipy import fft

    shape = tuple(int(fft.next_fast_len(a + b - 1)) for a, b in zip(moving.shape, fixed.shape, strict=True))
    first, second = (windowed(part) if window else part - part.mean() for part in (moving, fixed))
    cross = fft.fft2(second, shape) * np.conj(fft.fft2(first, shape))
    size = np.abs(cross)
    # frequencies that hardly occur say nothing of the shift
    phase = np.where(size > 1e-10 * size.max(), cross / np.where(size > 0, size, 1), 0)
    surface = np.real(fft.ifft2(phase))
    row, column = np.unravel_index(int(np.argmax(surface)), shape)
    peak = float(surface[row, column])
    found = []
    for at, length, line in ((column, shape[1], surface[row]), (row, shape[0], surface[:, column])):
        before, here, after = (line[(at + k) % length] for k in (-1, 0, 1))
        weights = np.maximum((before, here, after), 0)
        fine = (weights[2] - weights[0]) / weights.sum() if weights.sum() > 0 else 0.0
        place = at + fine
        found.append(float(place - length if at > length // 2 else place))
    return (found[0], found[1]), peak


def turn_and_scale(moving: np.ndarray, fixed: np.ndarray, scaled: bool) -> tuple[float, float]:
    """The angle in degrees (of a matrix [c -s; s c]) and the factor between two images, from the magnitudes of their
    spectra in polar coordinates; the angle is known up to half a turn (B. Reddy and B. Chatterji, 1996)."""
    from scipy import fft

    side = int(fft.next_fast_len(max(*moving.shape, *fixed.shape)))
    rings, rays = 512, 720
    largest = side / 2
    radii = largest ** (np.arange(rings) / rings) if scaled else np.linspace(1, largest, rings)
    angles = np.arange(rays) * np.pi / rays
    polar = []
    for part in (moving, fixed):
        spectrum = np.abs(fft.fftshift(fft.fft2(windowed(part), (side, side))))
        y, x = np.mgrid[:side, :side] - side // 2
        spectrum = np.log1p(spectrum) * (1 - np.exp(-(x**2 + y**2) / (2 * (side / 32) ** 2)))
        places = [
            side // 2 + 1 + np.outer(np.cos(angles), radii),
            side // 2 + 1 + np.outer(np.sin(angles), radii),
        ]
        polar.append(warping.look_up(spectrum, places, "linear"))
    first, second = (part - part.mean() for part in polar)
    along = fft.fft(second, axis=0) * np.conj(fft.fft(first, axis=0))
    if not scaled:
        surface = np.real(fft.ifft(along.sum(1)))
        return peak_place(surface) * 180 / rays, 1.0
    padded = fft.fft2(second, (rays, 2 * rings)) * np.conj(fft.fft2(first, (rays, 2 * rings)))
    surface = np.real(fft.ifft2(padded))
    row, column = np.unravel_index(int(np.argmax(surface)), surface.shape)
    turn = peak_place(surface[:, column]) * 180 / rays
    shift = peak_place(surface[row])
    shift = shift - 2 * rings if shift > rings else shift
    return turn, float(largest ** (-shift / rings))


def peak_place(line: np.ndarray) -> float:
    """The place of the greatest value of a line that goes round, with a parabola through it and its neighbours."""
    at = int(np.argmax(line))
    before, here, after = (line[(at + k) % line.size] for k in (-1, 0, 1))
    bend = before - 2 * here + after
    return float(at + (0.5 * (before - after) / bend if bend < 0 else 0))


# --------------------------------------------------------------------------------------------------------------- search
def matrix_of(values: np.ndarray, kind: str, middle: np.ndarray, size: float) -> np.ndarray:
    """A transformation about the fixed image's middle, all of whose numbers are of one order of magnitude: shifts in
    parts of the image's size, angles in radians, the logarithm of the scale."""
    matrix = np.eye(3)
    if kind == "affine":
        matrix[:2, :2] += values[:4].reshape(2, 2)
        shift = values[4:]
    else:
        shift = values[-2:]
        if kind != "translation":
            cosine, sine = np.cos(values[0]), np.sin(values[0])
            factor = np.exp(values[1]) if kind == "similarity" else 1.0
            matrix[:2, :2] = factor * np.array(((cosine, -sine), (sine, cosine)))
    matrix[:2, 2] = middle + shift * size - matrix[:2, :2] @ middle
    return matrix


def seen(image: np.ndarray, matrix: np.ndarray, shape: tuple[int, int], step: int) -> np.ndarray:
    """A moving image under a matrix, on the fixed image's pixels; NaN outside.  Both are reduced by `step`: the middle
    of pixel k (from 0) lies at step (k + 1/2) + 1/2 of the whole images."""
    from scipy.ndimage import affine_transform

    place = np.array(((step, 0, 0.5 * step + 0.5), (0, step, 0.5 * step + 0.5), (0, 0, 1)))
    back = np.linalg.solve(place, np.linalg.solve(matrix, place))
    rows_first = back[:2][::-1, [1, 0, 2]]
    return affine_transform(
        image, rows_first[:, :2], rows_first[:, 2], shape, order=1, mode="constant", cval=np.nan, prefilter=False
    )


def reduced(image: np.ndarray, step: int) -> np.ndarray:
    from cnnscript.pictures.images.resize import imresize

    if step == 1:
        return image
    return imresize(image, (max(image.shape[0] // step, 1), max(image.shape[1] // step, 1)), None, "bilinear")


def mutual_information(first: np.ndarray, second: np.ndarray, bins: int) -> float:
    """Of two sets of levels, from a histogram of pairs."""
    levels = []
    for part in (first, second):
        low, width = part.min(), np.ptp(part)
        levels.append(np.minimum((part - low) * (bins / (width or 1.0)), bins - 1).astype(np.intp))
    counts = np.bincount(levels[0] * bins + levels[1], minlength=bins**2).reshape(bins, bins)
    share = counts / counts.sum()
    apart = np.outer(share.sum(1), share.sum(0))
    there = share > 0
    return float((share[there] * np.log(share[there] / apart[there])).sum())


def search(
    moving: np.ndarray,
    fixed: np.ndarray,
    kind: str,
    start: np.ndarray,
    levels: int,
    rounds: int,
    bins: int | None,
    told: Callable[[int, int, float], None],
) -> np.ndarray:
    """The matrix under which the moving image (H×W doubles) is most like the fixed one: least squares of levels, or
    with `bins` most mutual information.  From a coarse level to the finest, each from the last one's result."""
    from scipy import optimize

    count = {"translation": 2, "rigid": 3, "similarity": 4, "affine": 6}[kind]
    middle = (np.array(fixed.shape[::-1], float) + 1) / 2
    size = float(max(fixed.shape))
    values = np.zeros(count)
    low, high = fixed.min(), fixed.max()
    width = float(high - low) or 1.0
    for level in range(levels - 1, -1, -1):
        step = 2**level
        if level and min(*fixed.shape, *moving.shape) // step < 8:
            continue
        coarse, wanted = reduced(moving, step), reduced(fixed, step) / width
        shape = wanted.shape

        def look(numbers: np.ndarray, image: np.ndarray = coarse, step: int = step, shape: tuple = shape) -> np.ndarray:
            return seen(image, matrix_of(numbers, kind, middle, size) @ start, shape, step) / width

        def misses(numbers: np.ndarray, wanted: np.ndarray = wanted) -> np.ndarray:
            found = look(numbers) - wanted
            there = ~np.isnan(found)
            share = there.mean()
            return np.where(there, found, 0).ravel() / np.sqrt(share) if share > 0.05 else np.ones(found.size)

        def unlike(numbers: np.ndarray, wanted: np.ndarray = wanted) -> float:
            found = look(numbers)
            there = ~np.isnan(found)
            if there.mean() < 0.3:
                return 0.0
            return -mutual_information(found[there], wanted[there], bins or 32)

        if bins is None:
            # About 1, not 0: SciPy's steps are parts of the numbers.  A quarter of a pixel, so that slopes are those of
            # the picture and not of the pixels that enter it.
            made = optimize.least_squares(
                lambda numbers: misses(numbers - 1),
                values + 1,
                diff_step=0.25 / size * step,
                max_nfev=max(rounds, 1),
                xtol=1e-6,
                ftol=1e-6,
            )
            values, worth = made.x - 1, float(2 * made.cost / wanted.size)
        else:
            simplex = np.vstack([values, values + np.diag(np.full(count, 4.0 * step / size))])
            made = optimize.minimize(
                unlike, values, method="Nelder-Mead",
                options={
                    "initial_simplex": simplex, "maxfev": max(4 * rounds, 1), "xatol": 0.01 / size, "fatol": 1e-6
                },
            )  # fmt: skip
            values, worth = made.x, float(made.fun)
        told(level, int(made.nfev), worth)
    return matrix_of(values, kind, middle, size) @ start

"""Lines by the Hough transform, and circles by a transform of phases.

Places are counted from 0 here: x to the right, y downwards.
"""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import edges


def hough(image: np.ndarray, angles: np.ndarray, resolution: float) -> tuple[np.ndarray, np.ndarray]:
    """How many pixels of a logical image lie on each line x·cos θ + y·sin θ = ρ, and all ρ.

    angles: θ in degrees, the columns of the result; its rows are distances from -D to D, where D is the diagonal
    rounded up to the resolution.
    """
    rows, columns = image.shape
    diagonal = np.hypot(rows - 1, columns - 1)
    reach = int(np.ceil(diagonal / resolution))
    distances = np.linspace(-reach * resolution, reach * resolution, 2 * reach + 1)
    y, x = np.nonzero(image)
    found = np.zeros((distances.size, angles.size), order="F")
    slope = (distances.size - 1) / (distances[-1] - distances[0]) if reach else 0.0
    for column, angle in enumerate(np.deg2rad(angles)):
        along = x * np.cos(angle) + y * np.sin(angle)
        places = np.floor(slope * (along - distances[0]) + 0.5).astype(int)
        found[:, column] = np.bincount(places, minlength=distances.size)
    return found, distances


def hough_peaks(
    votes: np.ndarray, count: int, threshold: float, neighborhood: tuple[int, int], wraps: bool
) -> np.ndarray:
    """The rows and columns of the largest votes, each clearing a neighborhood around it, while they reach a threshold.

    wraps: the columns are angles that go once round, so that the neighborhood goes on upside down past either end.
    """
    left = votes.copy()
    peaks = []
    half_rows, half_columns = (neighborhood[0] - 1) // 2, (neighborhood[1] - 1) // 2
    rows, columns = votes.shape
    while len(peaks) < count and left.size:
        place = int(np.argmax(left.ravel("F")))
        row, column = place % rows, place // rows
        if not left[row, column] >= threshold:
            break
        peaks.append((row, column))
        y, x = np.meshgrid(
            np.arange(max(row - half_rows, 0), min(row + half_rows, rows - 1) + 1),
            np.arange(column - half_columns, column + half_columns + 1),
            indexing="ij",
        )
        if wraps:
            low, high = x < 0, x >= columns
            y = np.where(low | high, rows - 1 - y, y)
            x = np.where(low, x + columns, np.where(high, x - columns, x))
            inside = (x >= 0) & (x < columns)
        else:
            inside = (x >= 0) & (x < columns)
        left[y[inside], x[inside]] = 0
    return np.array(peaks, int).reshape(-1, 2)


def segments(
    image: np.ndarray,
    angles: np.ndarray,
    distances: np.ndarray,
    peaks: np.ndarray,
    gap: float,
    shortest: float,
) -> list[tuple[tuple[int, int], tuple[int, int], float, float]]:
    """The pieces of lines of Hough's peaks (rows and columns, from 0): both ends (x, y), θ and ρ of each.

    Pixels on one line that are no farther apart than `gap` make one piece; pieces shorter than `shortest` are left out.
    """
    y, x = (each for each in np.nonzero(image.T)[::-1])
    found = []
    slope = (distances.size - 1) / (distances[-1] - distances[0]) if distances.size > 1 else 0.0
    for row, column in peaks.tolist():
        angle = np.deg2rad(angles[column])
        places = np.floor(slope * (x * np.cos(angle) + y * np.sin(angle) - distances[0]) + 0.5)
        on = places == row
        if not on.any():
            continue
        over, down = x[on], y[on]
        # along the side on which the line is longer
        keys = (over, down) if np.ptp(down) > np.ptp(over) else (down, over)
        order = np.lexsort(keys)
        over, down = over[order], down[order]
        steps = np.hypot(np.diff(over), np.diff(down))
        cuts = np.concatenate(([-1], np.flatnonzero(steps > gap), [over.size - 1]))
        for start, end in zip(cuts[:-1] + 1, cuts[1:], strict=True):
            if np.hypot(over[end] - over[start], down[end] - down[start]) >= shortest:
                ends = (int(over[start]), int(down[start])), (int(over[end]), int(down[end]))
                found.append((*ends, float(angles[column]), float(distances[row])))
    return found


# ------------------------------------------------------------------------------------------------------------ circles
def circle_votes(
    image: np.ndarray, low: float, high: float, bright: bool, threshold: float | None, phases: bool
) -> np.ndarray:
    """Complex votes of edge pixels for the centres of circles of radius low to high: along their gradient, each
    radius r by 1/(2πr), turned by a phase that tells the radius (T. Atherton, D. Kerbyson, Image and Vision Computing
    17, 1999).

    image: H×W levels.  threshold: of the gradient, 0 to 1 of its largest (None: Otsu's).
    """
    from cnnscript.pictures.images.thresholds import histogram, otsu_of_counts

    across, down = edges.gradient_pair(image, "sobel")
    strength = np.hypot(across, down)
    most = strength.max(initial=0)
    total = np.zeros(image.shape, complex)
    if not most > 0:
        return total
    if threshold is None:
        threshold = otsu_of_counts(histogram(strength / most))[0]
    y, x = np.nonzero(strength > threshold * most)
    sign = 1.0 if bright else -1.0
    unit_x, unit_y = across[y, x] / strength[y, x], down[y, x] / strength[y, x]
    radii = np.arange(low, high + 1e-9, 0.5)
    for radius in radii:
        column = np.floor(x + sign * radius * unit_x + 0.5).astype(int)
        row = np.floor(y + sign * radius * unit_y + 0.5).astype(int)
        inside = (column >= 0) & (column < image.shape[1]) & (row >= 0) & (row < image.shape[0])
        turn = 0.0
        if phases and high > low:
            turn = 2 * np.pi * (np.log(radius) - np.log(low)) / (np.log(high) - np.log(low)) - np.pi
        np.add.at(total, (row[inside], column[inside]), np.exp(1j * turn) / (2 * np.pi * radius))
    return total


def circle_centres(votes: np.ndarray, sensitivity: float) -> tuple[np.ndarray, np.ndarray]:
    """Where the votes have peaks, x and y weighed over each peak, and its height, the strongest first.

    The votes are smoothed by a median of 5 by 5, all bumps lower than 1 - sensitivity are taken off (by
    h-maxima); a peak's height is what is left of it.
    """
    from scipy.ndimage import center_of_mass, label, median_filter
    from skimage.morphology import local_maxima, reconstruction

    level = np.abs(votes)
    floor = max(1 - sensitivity - float(np.spacing(1 - sensitivity)), 0.0)
    smooth = median_filter(level, 5, mode="constant")
    if not smooth.any():
        return np.zeros((0, 2)), np.zeros(0)
    lowered = reconstruction(smooth - floor, smooth, method="dilation") if floor > 0 else smooth
    labels, count = label(local_maxima(lowered, connectivity=2), np.ones((3, 3)))
    if not count:
        return np.zeros((0, 2)), np.zeros(0)
    centres = np.array(center_of_mass(level, labels, np.arange(1, count + 1)))[:, ::-1]
    centres = centres[np.isfinite(centres).all(1)]
    heights = lowered[tuple(np.floor(centres[:, ::-1] + 0.5).astype(int).T)]
    order = [k for k in np.argsort(-heights, kind="stable") if heights[k] > 0]
    return centres[order], heights[order]

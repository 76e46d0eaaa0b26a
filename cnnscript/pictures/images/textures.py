"""Textures: co-occurrences of grey levels, Gabor filters, histograms of gradients and of local binary patterns."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from cnnscript.pictures.images import kernels


def grey_steps(image: np.ndarray, limits: tuple[float, float], levels: int) -> np.ndarray:
    """Levels from 1 to `levels` of equal width between limits; NaN stays."""
    low, high = limits
    if low == high:
        return np.where(np.isnan(image), np.nan, 1.0) if image.dtype.kind == "f" else np.ones(image.shape)
    slope = levels / (high - low)
    made = np.floor(slope * image.astype(float) + (1 - slope * low))
    return np.clip(made, 1, levels)


def co_occurrences(steps: np.ndarray, offset: tuple[int, int], levels: int, symmetric: bool) -> np.ndarray:
    """How often a level (row) has another (column) at an offset of rows and columns; symmetric: either way round."""
    down, across = offset
    rows, columns = steps.shape
    first = steps[max(0, -down) : max(rows - max(0, down), 0), max(0, -across) : max(columns - max(0, across), 0)]
    second = steps[max(0, down) : max(rows - max(0, -down), 0), max(0, across) : max(columns - max(0, -across), 0)]
    known = ~(np.isnan(first) | np.isnan(second))
    places = (first[known].astype(int) - 1) * levels + second[known].astype(int) - 1
    made = np.bincount(places, minlength=levels * levels).reshape(levels, levels).astype(float)
    return made + made.T if symmetric else made


def co_occurrence_properties(counts: np.ndarray) -> dict[str, float]:
    """Contrast, correlation, energy and homogeneity of co-occurrences, made to sum to 1."""
    total = counts.sum()
    share = counts / total if total else counts
    row, column = np.indices(share.shape) + 1.0
    mean_row, mean_column = (row * share).sum(), (column * share).sum()
    spread_row = np.sqrt(((row - mean_row) ** 2 * share).sum())
    spread_column = np.sqrt(((column - mean_column) ** 2 * share).sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = ((row - mean_row) * (column - mean_column) * share).sum() / (spread_row * spread_column)
    return {
        "Contrast": float(((row - column) ** 2 * share).sum()),
        "Correlation": float(correlation),
        "Energy": float((share**2).sum()),
        "Homogeneity": float((share / (1 + np.abs(row - column))).sum()),
    }


# ------------------------------------------------------------------------------------------------------------- Gabor
def gabor_spreads(wavelength: float, bandwidth: float, aspect: float) -> tuple[float, float]:
    """The standard deviations of the Gaussian across and along the stripes."""
    across = wavelength / np.pi * np.sqrt(np.log(2) / 2) * (2**bandwidth + 1) / (2**bandwidth - 1)
    return float(across), float(across / aspect)


def gabor_reach(wavelength: float, bandwidth: float, aspect: float) -> int:
    """How far the kernel of a Gabor filter reaches from its middle."""
    return max(ceil(7 * spread) for spread in gabor_spreads(wavelength, bandwidth, aspect))


def gabor_kernel(wavelength: float, orientation: float, bandwidth: float, aspect: float) -> np.ndarray:
    """Stripes of a wavelength (pixels), at an orientation (degrees), under a Gaussian: complex."""
    reach = gabor_reach(wavelength, bandwidth, aspect)
    across, along = gabor_spreads(wavelength, bandwidth, aspect)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(float)
    angle = np.deg2rad(orientation)
    u, v = x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)
    bell = np.exp(-((u / across) ** 2 + (v / along) ** 2) / 2)
    return bell * np.exp(2j * np.pi * u / wavelength)


def gabor_response(
    image: np.ndarray, wavelength: float, orientation: float, bandwidth: float, aspect: float, reach: int
) -> np.ndarray:
    """The image, its edge replicated `reach` pixels on, filtered in the frequency plane (A. Jain, F. Farrokhnia,
    Pattern Recognition 24, 1991): complex."""
    wide = kernels.padded(image, [(reach, reach), (reach, reach)], "replicate")
    across, along = gabor_spreads(wavelength, bandwidth, aspect)
    v, u = (np.fft.fftfreq(n) for n in wide.shape)
    angle = np.deg2rad(orientation)
    u, v = u[None], v[:, None]
    turned = u * np.cos(angle) - v * np.sin(angle), u * np.sin(angle) + v * np.cos(angle)
    widths = 1 / (2 * np.pi * across), 1 / (2 * np.pi * along)
    response = (
        2
        * np.pi
        * across
        * along
        * np.exp(-(((turned[0] - 1 / wavelength) / widths[0]) ** 2 + (turned[1] / widths[1]) ** 2) / 2)
    )
    made = np.fft.ifft2(np.fft.fft2(wide) * response)
    return made[reach : reach + image.shape[0], reach : reach + image.shape[1]]


# --------------------------------------------------------------------------------------------------------- gradients
def strongest_gradient(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Size and direction (radians) of the gradient by [-1 0 1]; of colours the channel where it is largest."""
    channels = image.reshape(*image.shape[:2], -1).astype(float)
    wide = np.pad(channels, ((1, 1), (1, 1), (0, 0)), "edge")
    x, y = wide[1:-1, 2:] - wide[1:-1, :-2], wide[2:, 1:-1] - wide[:-2, 1:-1]
    size = np.hypot(x, y)
    best = size.argmax(2)[:, :, None]
    x, y, size = (np.take_along_axis(each, best, 2)[:, :, 0] for each in (x, y, size))
    return size, np.arctan2(-y, x)


def block_histogram(
    size: np.ndarray, direction: np.ndarray, cell: tuple[int, int], block: tuple[int, int], bins: int, signed: bool
) -> np.ndarray:
    """The histograms of the cells of one block of gradients, cell by cell (column-major): under a Gaussian, shared
    between the nearest bins and cells, made of length 1, cut at 0.2 and made of length 1 again (N. Dalal, B. Triggs,
    CVPR 2005)."""
    rows, columns = size.shape
    y, x = np.mgrid[:rows, :columns] + 0.5
    spread = rows / 2, columns / 2
    bell = np.exp(-(((y - rows / 2) / spread[0]) ** 2 + ((x - columns / 2) / spread[1]) ** 2) / 2)
    turn = 2 * np.pi if signed else np.pi
    place = np.mod(direction, turn) / turn * bins - 0.5
    down, across = y / cell[0] - 0.5, x / cell[1] - 0.5
    lows = [np.floor(each).astype(int) for each in (down, across, place)]
    shares = [each - low for each, low in zip((down, across, place), lows, strict=True)]
    made = np.zeros((block[0], block[1], bins))
    for corner in np.ndindex(2, 2, 2):
        row, column, angle = (low + step for low, step in zip(lows, corner, strict=True))
        weight = size * bell
        for share, step in zip(shares, corner, strict=True):
            weight = weight * (share if step else 1 - share)
        inside = (row >= 0) & (row < block[0]) & (column >= 0) & (column < block[1])
        np.add.at(made, (row[inside], column[inside], np.mod(angle[inside], bins)), weight[inside])
    flat = made.transpose(1, 0, 2).ravel()
    for limit in (0.2, np.inf):
        flat = np.minimum(flat / (np.linalg.norm(flat) + np.finfo(np.float32).eps), limit)
    return flat


def gradient_histograms(
    image: np.ndarray, cell: tuple[int, int], block: tuple[int, int], step: tuple[int, int], bins: int, signed: bool
) -> np.ndarray:
    """The block histograms of an image, block by block (column-major)."""
    size, direction = strongest_gradient(image)
    cells = image.shape[0] // cell[0], image.shape[1] // cell[1]
    made = []
    for column in range(0, cells[1] - block[1] + 1, step[1]):
        for row in range(0, cells[0] - block[0] + 1, step[0]):
            where = (
                slice(row * cell[0], (row + block[0]) * cell[0]),
                slice(column * cell[1], (column + block[1]) * cell[1]),
            )
            made.append(block_histogram(size[where], direction[where], cell, block, bins, signed))
    return np.concatenate(made) if made else np.zeros(0)


def cell_weights(
    features: np.ndarray, cells: tuple[int, int], block: tuple[int, int], step: tuple[int, int], bins: int
) -> np.ndarray:
    """The mean of each cell's histograms over the blocks that it is in, the largest 1: rows × columns × bins."""
    total, count = np.zeros((*cells, bins)), np.zeros((*cells, 1))
    parts = iter(features.reshape(-1, block[1], block[0], bins))
    for column in range(0, cells[1] - block[1] + 1, step[1]):
        for row in range(0, cells[0] - block[0] + 1, step[0]):
            where = slice(row, row + block[0]), slice(column, column + block[1])
            total[where] += next(parts).transpose(1, 0, 2)
            count[where] += 1
    mean = total / np.maximum(count, 1)
    return mean / (mean.max(initial=0) or 1)


def star_lines(weights: np.ndarray, cell: tuple[int, int], signed: bool) -> tuple[np.ndarray, np.ndarray]:
    """Lines about the middles of cells (x and y in pixels from 1, NaN between lines), one for each bin, along the edges
    that make its gradients and as long as its weight says."""
    rows, columns, bins = weights.shape
    turn = (2 if signed else 1) * np.pi
    angle = (np.arange(bins) + 0.5) / bins * turn + np.pi / 2
    row, column, place = np.nonzero(weights > 0)
    half = 0.45 * min(cell) * weights[row, column, place]
    middle_x, middle_y = column * cell[1] + (cell[1] + 1) / 2, row * cell[0] + (cell[0] + 1) / 2
    over, up = half * np.cos(angle[place]), half * np.sin(angle[place])
    x = np.stack((middle_x - over, middle_x + over, np.full(half.size, np.nan)), axis=1)
    y = np.stack((middle_y + up, middle_y - up, np.full(half.size, np.nan)), axis=1)
    return x.ravel(), y.ravel()


# ---------------------------------------------------------------------------------------------------- binary patterns
def binary_patterns(image: np.ndarray, neighbours: int, radius: int, linear: bool) -> np.ndarray:
    """For each pixel at least `radius` from the edge a number whose bits say which of the neighbours on a circle are
    not darker (T. Ojala and others, IEEE Trans. PAMI 24, 2002), counter-clockwise from the right."""
    rows, columns = image.shape
    inner = image[radius : rows - radius, radius : columns - radius]
    codes = np.zeros(inner.shape, np.int64)
    for k in range(neighbours):
        angle = 2 * np.pi * k / neighbours
        down, across = -radius * np.sin(angle), radius * np.cos(angle)
        down, across = (round(each, 8) for each in (down, across))
        if not linear:
            down, across = float(np.floor(down + 0.5)), float(np.floor(across + 0.5))
        top, left = int(np.floor(down)), int(np.floor(across))
        share_down, share_across = down - top, across - left
        value = np.zeros(inner.shape)
        for dy, wy in ((0, 1 - share_down), (1, share_down)):
            for dx, wx in ((0, 1 - share_across), (1, share_across)):
                if wy * wx:
                    y, x = radius + top + dy, radius + left + dx
                    value += wy * wx * image[y : y + inner.shape[0], x : x + inner.shape[1]]
        codes |= (value >= inner - 1e-9 * np.abs(inner)).astype(np.int64) << k
    return codes


def pattern_bins(neighbours: int, upright: bool) -> np.ndarray:
    """The bin of each code: uniform patterns (at most two changes around the circle) have their own, or one for each
    number of bits if turns do not count; all others share the last."""
    codes = np.arange(1 << neighbours)
    turned = (codes >> 1) | ((codes & 1) << (neighbours - 1))
    changes = np.array([bin(code).count("1") for code in codes ^ turned])
    ones = np.array([bin(code).count("1") for code in codes])
    if not upright:
        return np.where(changes <= 2, ones, neighbours + 1)
    uniform = np.flatnonzero(changes <= 2)
    order = sorted(uniform.tolist(), key=lambda code: (ones[code], code))
    made = np.full(codes.size, len(order))
    made[order] = np.arange(len(order))
    return made


def pattern_histograms(
    image: np.ndarray, neighbours: int, radius: int, upright: bool, linear: bool, cell: Sequence[int]
) -> np.ndarray:
    """Counts of pattern bins in each cell, cells in column-major order: cells × bins."""
    table = pattern_bins(neighbours, upright)
    bins = int(table.max()) + 1
    rows, columns = image.shape
    codes = np.full(image.shape, -1, np.int64)
    codes[radius : rows - radius, radius : columns - radius] = table[binary_patterns(image, neighbours, radius, linear)]
    made = []
    for column in range(0, columns - cell[1] + 1, cell[1]):
        for row in range(0, rows - cell[0] + 1, cell[0]):
            part = codes[row : row + cell[0], column : column + cell[1]]
            made.append(np.bincount(part[part >= 0], minlength=bins))
    return np.array(made, float).reshape(-1, bins)

"""What the pictures of features are made with, written out in NumPy's double precision."""

import numpy as np


class Middle:
    """A stream whose numbers shift no picture, and whose noise is that of a generator."""

    def __init__(self, seed=0):
        self.random = np.random.default_rng(seed)

    def uniforms(self, count):
        return np.full(count, 0.5)

    def normals(self, count):
        return self.random.standard_normal(count)


class Anywhere(Middle):
    """A stream that shifts pictures."""

    def uniforms(self, count):
        return self.random.uniform(size=count)


def halving(n):
    """The matrix that blurs n numbers with 1 4 6 4 1 and keeps every second one; zeros lie around."""
    out = -(-n // 2)
    before = max((out - 1) * 2 + 5 - n, 0) // 2
    matrix = np.zeros((out, n))
    for row in range(out):
        for k, weight in enumerate((1, 4, 6, 4, 1)):
            if 0 <= row * 2 - before + k < n:
                matrix[row, row * 2 - before + k] = weight / 16
    return matrix


def normalized(gradient, octaves=4):
    """The Laplacian pyramid normalisation of one gradient H×W×C."""

    def both(down, across, image):
        return np.einsum("ij,jkc,lk->ilc", down, image, across)

    def unit(band):
        return band / np.sqrt(np.mean(band**2))

    bands, matrices, low = [], [], gradient / np.abs(gradient).max()
    for _ in range(octaves):
        down, across = halving(low.shape[0]), halving(low.shape[1])
        high, low = low, both(down, across, low)
        bands.append(high - both(2 * down.T, 2 * across.T, low))
        matrices.append((2 * down.T, 2 * across.T))
    total = unit(low)
    for band, (up, across) in zip(reversed(bands), reversed(matrices), strict=True):
        total = both(up, across, total) + unit(band)
    return total


def filtered_maps(image, kernel, bias):
    """The map of one filter h×w×C that slides over an image H×W×C."""
    height, width, _ = kernel.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    return np.array(
        [[np.sum(image[i : i + height, j : j + width] * kernel) + bias for j in range(columns)] for i in range(rows)]
    )


def pulled(answers):
    """How strongly a map answers, and the weight of each of its places."""
    weights = np.maximum(answers, 0) + np.abs(answers).mean()
    weights = weights / weights.sum()
    return np.sum(weights * answers), weights


def slope(weights, kernel, shape):
    """The slope of a weighted sum of one filter's map with respect to the image."""
    found = np.zeros(shape)
    for i, row in enumerate(weights):
        for j, weight in enumerate(row):
            found[i : i + kernel.shape[0], j : j + kernel.shape[1]] += weight * kernel
    return found

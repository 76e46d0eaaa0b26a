"""Image resizing with MATLAB's numbers.

Each output pixel is a weighted mean of input pixels, along one dimension after the other:

1.  The centre of output pixel `x` (counted from 1) lies at `u = x/s + (1 - 1/s)/2` on the input, `s` being the scale:
    pixels are squares that cover the image edge to edge, not points whose corners coincide.
2.  The weight of input pixel `i` is `k(u - i)`.  When the image shrinks (`s < 1`) and antialiasing is on, the kernel is
    stretched over more pixels: `s k(s (u - i))`.
3.  The weights of one output pixel are divided by their sum.
4.  Pixels outside the image are its mirror, the edge repeated: `... 2 1 | 1 2 3 ... n | n n-1 ...`.
5.  The dimension with the smaller scale goes first.  Integer classes are rounded (halves away from zero) and clamped
    after each dimension, so the order shows in the result.

The bicubic kernel is Keys' with a = -1/2 (IEEE Trans. ASSP 29, 1981, 1153-1160).  Logical images are resized as 0 and
255 and compared with 128.  Method 'nearest' never antialiases unless told to, and copies pixels, so that any class
survives.

The weights of one dimension form a banded matrix.  It is cut into blocks of rows, each of which is a small dense matrix
product over the few input rows that it touches, so that the work is BLAS's and no sparse library is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from cnnscript.errors import ScriptError

Kernel = Callable[[np.ndarray], np.ndarray]


def cubic(x: np.ndarray) -> np.ndarray:
    """Keys' cubic convolution kernel with a = -1/2; four pixels wide."""
    x = np.abs(x)
    near = (1.5 * x - 2.5) * x**2 + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return np.where(x <= 1, near, np.where(x <= 2, far, 0.0))


def triangle(x: np.ndarray) -> np.ndarray:
    """Linear interpolation; two pixels wide."""
    return np.maximum(1 - np.abs(x), 0)


def box(x: np.ndarray) -> np.ndarray:
    """The pixel that covers the point; one pixel wide, closed on the left."""
    return ((x >= -0.5) & (x < 0.5)).astype(float)


def lanczos2(x: np.ndarray) -> np.ndarray:
    """sinc windowed by the main lobe of a sinc twice as wide; four pixels wide."""
    return np.sinc(x) * np.sinc(x / 2) * (np.abs(x) < 2)


def lanczos3(x: np.ndarray) -> np.ndarray:
    """sinc windowed by the main lobe of a sinc three times as wide; six pixels wide."""
    return np.sinc(x) * np.sinc(x / 3) * (np.abs(x) < 3)


KERNELS: dict[str, tuple[Kernel, float]] = {
    "nearest": (box, 1.0),
    "bilinear": (triangle, 2.0),
    "bicubic": (cubic, 4.0),
    "box": (box, 1.0),
    "triangle": (triangle, 2.0),
    "cubic": (cubic, 4.0),
    "lanczos2": (lanczos2, 4.0),
    "lanczos3": (lanczos3, 6.0),
}

# Multiplications in one product.  Above this OpenBLAS wakes its threads, which costs more than such small products
# take, and much more on a machine with other things to do.
LARGEST_PRODUCT = 2**18
ROWS_PER_BLOCK = 32  # of the banded matrix; below about 16 the products are too small for BLAS, above 64 too empty


def imresize(
    image: np.ndarray,
    size: tuple[float, float] | None = None,
    scale: float | tuple[float, float] | None = None,
    method: str | tuple[Kernel, float] = "bicubic",
    antialiasing: bool | None = None,
) -> np.ndarray:
    """The image at another size, as MATLAB's imresize gives it.

    image: H×W or H×W×..., any real or logical class; kept.  size: (rows, columns), one of them may be NaN and then
    follows the other.  scale: one factor, or one for rows and one for columns.  Of size and scale at least one is
    given. method: a name in KERNELS, or (kernel, width).  antialiasing: None for MATLAB's default: on, except for
    'nearest'.
    """
    rows_columns, scales = output_size(image.shape[:2], size, scale)
    if antialiasing is None:
        antialiasing = method != "nearest"
    order = (0, 1) if scales[0] <= scales[1] else (1, 0)
    if method == "nearest" and (not antialiasing or min(scales) >= 1):
        for dimension in order:
            pixels = nearest_pixels(image.shape[dimension], rows_columns[dimension], scales[dimension])
            image = np.take(image, pixels, dimension)
        return np.asfortranarray(image)
    if image.dtype == bool:
        whole = imresize(image.astype(np.uint8) * np.uint8(255), rows_columns, scales, method, antialiasing)
        return whole > 128

    # Column-major images are looked at transposed: planes × columns × rows, contiguous without a copy.
    planes = image.T.reshape(-1, image.shape[1], image.shape[0]) if image.size else image.T
    for dimension in order:
        blocks = band(image.shape[dimension], rows_columns[dimension], scales[dimension], method, antialiasing)
        planes = rounded(multiply(blocks, planes, rows_columns[dimension], last=dimension == 0), image.dtype)
    shape = rows_columns + image.shape[2:]
    return planes.reshape(shape[::-1]).T


def output_size(
    shape: tuple[int, ...], size: tuple[float, float] | None, scale: float | tuple[float, float] | None
) -> tuple[tuple[int, int], tuple[float, float]]:
    """The rows and columns to make of an image of `shape`, and the two scales, from what the caller gave of either."""
    if 0 in shape:
        raise ScriptError(
            "MATLAB:images:imresize:expectedNonempty",
            "Expected input number 1, A, to be nonempty.",
            notes=("the image has no pixels",),
        )
    if scale is not None:
        scales = (float(scale), float(scale)) if isinstance(scale, (int, float)) else (float(scale[0]), float(scale[1]))
        if not all(s > 0 and s * n < 2**31 for s, n in zip(scales, shape, strict=False)):
            raise ScriptError("MATLAB:images:imresize:invalidScale", "The scale must be one or two positive numbers.")
        made = size or tuple(math.ceil(s * n) for s, n in zip(scales, shape, strict=False))
    else:
        given = [s for s in size or () if not math.isnan(s)]
        if not given:
            raise ScriptError("MATLAB:images:imresize:allNaN", "One element of the output size may be NaN, not both.")
        if not all(math.isfinite(s) and s > 0 for s in given):
            raise ScriptError(
                "MATLAB:images:imresize:invalidOutputSize",
                "The output size must be two positive numbers, of which one may be NaN.",
                notes=("got [" + " ".join(f"{s:g}" for s in size) + "]",),
            )
        if len(given) == 1:
            kept = 1 if math.isnan(size[0]) else 0
            scales = (size[kept] / shape[kept],) * 2
            made = tuple(math.ceil(scales[0] * n if math.isnan(s) else s) for s, n in zip(size, shape, strict=False))
        else:
            made = tuple(math.ceil(s) for s in size)
            scales = (made[0] / shape[0], made[1] / shape[1])
    return (int(made[0]), int(made[1])), scales


@lru_cache(64)
def nearest_pixels(length: int, made: int, scale: float) -> np.ndarray:
    """For each of `made` output pixels the input pixel (from 0) that covers its centre."""
    centres = np.arange(1, made + 1) / scale + 0.5 * (1 - 1 / scale)
    return mirrored(np.floor(centres + 0.5), length)


def mirrored(indices: np.ndarray, length: int) -> np.ndarray:
    """Pixel numbers counted from 1, anywhere, as indices from 0 into an image of `length` that goes on as its
    mirror."""
    folded = np.mod(indices - 1, 2 * length).astype(np.intp)
    return np.where(folded < length, folded, 2 * length - 1 - folded)


Band = tuple[tuple[int, int, int, int, np.ndarray], ...]


def band(length: int, made: int, scale: float, method: str | tuple[Kernel, float], antialiasing: bool) -> Band:
    """The weights from `length` pixels to `made`: blocks (first row, end row, first column, end column, dense
    matrix)."""
    if isinstance(method, str):
        return _band_by_name(length, made, scale, method, antialiasing)
    return _band(length, made, scale, *method, antialiasing)


@lru_cache(64)
def _band_by_name(length: int, made: int, scale: float, method: str, antialiasing: bool) -> Band:
    return _band(length, made, scale, *KERNELS[method], antialiasing)


def _band(length: int, made: int, scale: float, kernel: Kernel, width: float, antialiasing: bool) -> Band:
    shrinks = scale < 1 and antialiasing
    stretch = scale if shrinks else 1.0
    width = width / stretch
    centres = np.arange(1, made + 1) / scale + 0.5 * (1 - 1 / scale)
    # One pixel more than the kernel is wide, at either side: the rounding of `left` may cost one.
    touched = np.floor(centres - width / 2)[:, None] + np.arange(math.ceil(width) + 2)
    weights = stretch * np.asarray(kernel(stretch * (centres[:, None] - touched)), float)
    weights /= weights.sum(1, keepdims=True)
    columns = mirrored(touched, length)
    columns[weights == 0] = -1  # a pixel that weighs nothing must not widen its block
    blocks = []
    for first in range(0, made, ROWS_PER_BLOCK):
        end = min(first + ROWS_PER_BLOCK, made)
        used = columns[first:end]
        low, high = int(used[used >= 0].min()), int(used.max()) + 1
        dense = np.zeros((end - first, high - low))
        rows, taps = np.nonzero(used >= 0)
        np.add.at(dense, (rows, used[rows, taps] - low), weights[first:end][rows, taps])
        blocks.append((first, end, low, high, dense))
    if blocks[0][4].shape[1] >= length / 2:  # the blocks overlap so much that one product is less work
        whole = np.zeros((made, length))
        for first, end, low, high, dense in blocks:
            whole[first:end, low:high] = dense
        blocks = [(0, made, 0, length, whole)]
    for block in blocks:
        block[4].setflags(write=False)
    return tuple(blocks)


def multiply(blocks: Band, planes: np.ndarray, made: int, last: bool) -> np.ndarray:
    """The band times every plane (planes × columns × rows), along the last axis or the one before."""
    planes = np.ascontiguousarray(planes, float)
    count, columns, rows = planes.shape
    if last:
        flat = planes.reshape(-1, rows)
        out = np.empty((count * columns, made))
        for first, end, low, high, dense in blocks:
            weights = dense.T
            for some in slices(count * columns, dense.size):
                np.matmul(flat[some, low:high], weights, out=out[some, first:end])
        return out.reshape(count, columns, made)
    out = np.empty((count, made, rows))
    for first, end, low, high, dense in blocks:
        for some in slices(rows, dense.size):
            np.matmul(dense, planes[:, low:high, some], out=out[:, first:end, some])
    return out


def slices(length: int, cost: int) -> list[slice]:
    """Cuts of `length` vectors, each of which takes `cost` multiplications, so that no product is LARGEST_PRODUCT or
    more."""
    step = max(LARGEST_PRODUCT // max(cost, 1), 16)
    return [slice(start, start + step) for start in range(0, length, step)]


def rounded(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Floating-point `values` in an image class: integers rounded, halves away from zero, and clamped."""
    if dtype.kind not in "iu":
        return values.astype(dtype, copy=False)
    bounds = np.iinfo(dtype)
    whole = np.copysign(np.floor(np.abs(values) + 0.5), values)
    return np.clip(whole, bounds.min, bounds.max).astype(dtype)

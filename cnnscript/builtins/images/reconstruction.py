"""Images rebuilt from markers; their highest and lowest regions."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import neighbours_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import connected, rebuild
from cnnscript.values.numeric import norm, size_text


def image_and_neighbours(value: Any, conn: Any, function: str) -> tuple[np.ndarray, np.ndarray]:
    image = take.pixels(value, function, "I")
    neighbours = connected.maximal(image.ndim) if conn is None else neighbours_of(conn, function, image.ndim)
    return image, neighbours


def height_of(value: Any, function: str) -> float:
    height = take.number(value, function, "H")
    if not height >= 0:
        raise take.refusal(function, "H", "a nonnegative number", value)
    return height


@builtin
def imreconstruct(marker, mask, conn=None, /):
    """
    J = imreconstruct(marker, mask)
    J = imreconstruct(marker, mask, conn)

    The marker grown again and again, but nowhere above the mask, until nothing changes.

    conn is 8 (or 4) in planes, 26 (18, 6) in space, or a 3-by-3-...-by-3 array.

    Examples
      >> imreconstruct([0 0 5 0 0 0], [2 3 6 4 0 9])
      ans =
           2     3     5     4     0     0
      >> imreconstruct(logical([1 0 0; 0 0 0; 0 0 0]), logical([1 0 1; 0 1 0; 1 0 0]), 4)
      ans =
        3×3 logical array
         1   0   0
         0   0   0
         0   0   0

    See also imfill, imclearborder, imhmax, imregionalmax, imopen.
    """
    low, high = take.pixels(marker, "imreconstruct", "marker"), take.pixels(mask, "imreconstruct", "mask")
    if low.shape != high.shape:
        raise ScriptError(
            "images:imreconstruct:notSameSize",
            "MARKER and MASK must be the same size.",
            notes=(f"{size_text(low.shape)} and {size_text(high.shape)}",),
        )
    if low.dtype != high.dtype:
        raise ScriptError("images:imreconstruct:notSameClass", "MARKER and MASK must be of the same class.")
    if low.dtype.kind == "f" and (np.isnan(low).any() or np.isnan(high).any()):
        raise ScriptError("images:imreconstruct:expectedNonNaN", "MARKER and MASK must not contain NaN.")
    if (low > high).any():
        raise ScriptError("images:imreconstruct:markerGreaterThanMask", "MARKER pixels must be <= MASK pixels.")
    neighbours = connected.maximal(high.ndim) if conn is None else neighbours_of(conn, "imreconstruct", high.ndim)
    return norm(np.asfortranarray(rebuild.reconstruct(low, high, neighbours)))


@builtin
def imregionalmax(I, conn=None, /):  # noqa: E741
    """
    J = imregionalmax(I)
    J = imregionalmax(I, conn)

    Truth on connected pixels of one level about which all others are lower.

    Examples
      >> imregionalmax([1 3 3 2 5])
      ans =
        1×5 logical array
         0   1   1   0   1
      >> imregionalmax([2 0; 0 1], 4)
      ans =
        2×2 logical array
         1   0
         0   1

    See also imregionalmin, imextendedmax, imreconstruct.
    """
    image, neighbours = image_and_neighbours(I, conn, "imregionalmax")
    return norm(np.asfortranarray(rebuild.regional_maxima(image, neighbours)))


@builtin
def imregionalmin(I, conn=None, /):  # noqa: E741
    """
    J = imregionalmin(I)
    J = imregionalmin(I, conn)

    Truth on connected pixels of one level about which all others are higher.

    Examples
      >> imregionalmin([1 3 3 2 5])
      ans =
        1×5 logical array
         1   0   0   1   0
      >> imregionalmin([2 3; 3 1], 4)
      ans =
        2×2 logical array
         1   0
         0   1

    See also imregionalmax, imextendedmin, imimposemin, watershed.
    """
    image, neighbours = image_and_neighbours(I, conn, "imregionalmin")
    return norm(np.asfortranarray(minima(image, neighbours)))


def minima(image: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """Truth on regional minima; NaN lies above all."""
    ranks = np.unique(image, return_inverse=True)[1].reshape(image.shape)
    return rebuild.regional_maxima(-ranks, neighbours)


def heights_cut(image: np.ndarray, height: float, neighbours: np.ndarray) -> np.ndarray:
    """What imhmax gives."""
    if image.dtype == bool:
        image = image.astype(float)
    return rebuild.reconstruct(rebuild.lowered(image, height), image, neighbours)


def depths_filled(image: np.ndarray, height: float, neighbours: np.ndarray) -> np.ndarray:
    """What imhmin gives."""
    if image.dtype == bool:
        image = image.astype(float)
    return rebuild.complement(heights_cut(rebuild.complement(image), height, neighbours))


@builtin
def imhmax(I, H, conn=None, /):  # noqa: E741
    """
    J = imhmax(I, H)
    J = imhmax(I, H, conn)

    An image whose peaks are cut by H; those lower than H go.

    Examples
      >> imhmax([0 2 0 7 1], 3)
      ans =
           0     0     0     4     1
      >> imhmax(uint8([0 2 0]), 5, 4)
      ans =
        1×3 uint8 row vector
         0   0   0

    See also imhmin, imextendedmax, imreconstruct.
    """
    image, neighbours = image_and_neighbours(I, conn, "imhmax")
    return norm(np.asfortranarray(heights_cut(image, height_of(H, "imhmax"), neighbours)))


@builtin
def imhmin(I, H, conn=None, /):  # noqa: E741
    """
    J = imhmin(I, H)
    J = imhmin(I, H, conn)

    An image whose hollows are filled by H; those shallower than H go.

    Examples
      >> imhmin([9 7 9 2 8], 3)
      ans =
           9     9     9     5     8
      >> imhmin(uint8([9 7 9 1]), 5, 8)
      ans =
        1×4 uint8 row vector
         9   9   9   6

    See also imhmax, imextendedmin, imimposemin, watershed.
    """
    image, neighbours = image_and_neighbours(I, conn, "imhmin")
    return norm(np.asfortranarray(depths_filled(image, height_of(H, "imhmin"), neighbours)))


@builtin
def imextendedmax(I, H, conn=None, /):  # noqa: E741
    """
    BW = imextendedmax(I, H)
    BW = imextendedmax(I, H, conn)

    The regional maxima of an image whose peaks are cut by H.

    Examples
      >> imextendedmax([0 2 0 7 6], 3)
      ans =
        1×5 logical array
         0   0   0   1   1
      >> imextendedmax([9 0; 0 8], 2, 4)
      ans =
        2×2 logical array
         1   0
         0   1

    See also imextendedmin, imhmax, imregionalmax.
    """
    image, neighbours = image_and_neighbours(I, conn, "imextendedmax")
    return norm(np.asfortranarray(rebuild.regional_maxima(
        heights_cut(image, height_of(H, "imextendedmax"), neighbours), neighbours
    )))  # fmt: skip


@builtin
def imextendedmin(I, H, conn=None, /):  # noqa: E741
    """
    BW = imextendedmin(I, H)
    BW = imextendedmin(I, H, conn)

    The regional minima of an image whose hollows are filled by H.

    Examples
      >> imextendedmin([9 7 9 2 3], 3)
      ans =
        1×5 logical array
         0   0   0   1   1
      >> imextendedmin([0 9; 9 1], 2, 4)
      ans =
        2×2 logical array
         1   0
         0   1

    See also imextendedmax, imhmin, imimposemin, imregionalmin.
    """
    image, neighbours = image_and_neighbours(I, conn, "imextendedmin")
    filled = depths_filled(image, height_of(H, "imextendedmin"), neighbours)
    return norm(np.asfortranarray(minima(filled, neighbours)))


@builtin
def imimposemin(I, BW, conn=None, /):  # noqa: E741
    """
    J = imimposemin(I, BW)
    J = imimposemin(I, BW, conn)

    An image that has its regional minima where a mask is set, and only there: -Inf, or the least of an integer class.

    Examples
      >> imimposemin([5 1 5 3 5], logical([0 0 0 1 0]))
      ans =
          5.0040    5.0040    5.0040      -Inf    5.0040
      >> imimposemin(uint8([5 1 5 3 5]), logical([0 0 0 1 0]), 8)
      ans =
        1×5 uint8 row vector
         6   6   6   0   6

    See also imregionalmin, imhmin, watershed.
    """
    image, neighbours = image_and_neighbours(I, conn, "imimposemin")
    marker = take.pixels(BW, "imimposemin", "BW") != 0
    if marker.shape != image.shape:
        raise ScriptError(
            "images:imimposemin:notSameSize",
            "I and BW must be the same size.",
            notes=(f"{size_text(image.shape)} and {size_text(marker.shape)}",),
        )
    if image.dtype == bool:
        image = image.astype(float)
    if not image.size:
        return norm(image)
    if image.dtype.kind == "f":
        step = float(image.max()) - float(image.min())
        step = 0.1 if step == 0 else step * 0.001
        pits = np.where(marker, -np.inf, np.inf).astype(image.dtype)
    else:
        bounds = np.iinfo(image.dtype)
        step = 1.0
        pits = np.where(marker, bounds.min, bounds.max).astype(image.dtype)
    floor = np.minimum(rebuild.lowered(image, -step), pits)
    turned = rebuild.reconstruct(rebuild.complement(pits), rebuild.complement(floor), neighbours)
    return norm(np.asfortranarray(rebuild.complement(turned)))

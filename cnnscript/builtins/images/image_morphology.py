"""Morphology of images: growing and shrinking by shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.structuring_elements import shapes_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import grow
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none


def operands(A: Any, SE: Any, function: str) -> tuple[np.ndarray, list[np.ndarray]]:
    """The image and the shapes."""
    image, shapes = take.pixels(A, function), shapes_of(SE, function)
    if image.dtype == bool and any(shape.dtype != bool for shape in shapes):
        raise ScriptError(
            f"images:{function}:binaryImageWithNonflatStrel",
            "A mask cannot be grown or shrunk by a shape with heights.",
        )
    return image, shapes


def over(image: np.ndarray, shapes: list[np.ndarray], step: Callable) -> np.ndarray:
    for shape in shapes:
        image = step(image, shape)
    return image


def options_of(rest: tuple, function: str) -> tuple[bool, str, int | None]:
    """Whether bits are packed, the size of the result ('same' or 'full'), and the rows of a packed mask."""
    packed, size, rows = False, "same", None
    for value in rest:
        if text_or_none(value) is None:
            rows = take.count(value, function, "m")
            continue
        word = take.choice(value, ("ispacked", "notpacked", "same", "full"), function, "the option")
        if word in ("same", "full"):
            size = word
        else:
            packed = word == "ispacked"
    return packed, size, rows


def packed_bits(image: np.ndarray, rows: int | None, function: str) -> np.ndarray:
    if image.dtype != np.uint32 or image.ndim != 2:
        raise ScriptError(f"images:{function}:invalidPackedInput", "A packed image is a matrix of class uint32.")
    if rows is not None and not (image.shape[0] - 1) * 32 < rows <= image.shape[0] * 32 and image.shape[0]:
        raise ScriptError(f"images:{function}:inconsistentPackedM", "m does not fit the rows of the packed image.")
    return grow.unpack(image, rows)


@builtin
def imdilate(A, SE, /, *rest):
    """
    J = imdilate(A, SE)
    J = imdilate(A, nhood)
    J = imdilate(A, SE, packopt)
    J = imdilate(..., shape)

    Each pixel the highest under a shape: bright regions grow.

    packopt is 'ispacked' for masks of bwpack ('notpacked'); the shape 'full' gives all that is reached, 'same' (the
    default) the size of the image. A shape in the plane works on each plane of an image with more dimensions.

    Examples
      >> imdilate([0 0 5 0 0], ones(1, 3))
      ans =
           0     5     5     5     0
      >> imdilate(1, strel('line', 3, 0), 'full')
      ans =
           1     1     1
      >> bwunpack(imdilate(bwpack([true false false]), ones(1, 3), 'ispacked'), 1)
      ans =
        1×3 logical array
         1   1   0

    See also imerode, imopen, bwpack, strel.
    """
    image, shapes = operands(A, SE, "imdilate")
    packed, size, rows = options_of(rest, "imdilate")
    if rows is not None:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if packed:
        image = packed_bits(image, rows, "imdilate")
        _, shapes = operands(image != 0, SE, "imdilate")
    for shape in shapes:
        if size == "full":
            image = wider(image, shape, highest=True)
        image = grow.dilate(image, shape)
    return norm(np.asfortranarray(grow.pack(image) if packed else image))


@builtin
def imerode(A, SE, /, *rest):
    """
    J = imerode(A, SE)
    J = imerode(A, nhood)
    J = imerode(..., packopt, m)
    J = imerode(..., shape)

    Each pixel the lowest under a shape: bright regions shrink.

    packopt 'ispacked' is for masks of bwpack, which had m rows. The shape is 'same' or 'full'.

    Examples
      >> imerode([true true true false], [1 1 1])
      ans =
        1×4 logical array
         1   1   0   0
      >> bwunpack(imerode(bwpack([true true false]), ones(1, 3), 'ispacked', 1), 1)
      ans =
        1×3 logical array
         1   0   0

    See also imdilate, imclose, bwpack, strel.
    """
    image, shapes = operands(A, SE, "imerode")
    packed, size, rows = options_of(rest, "imerode")
    if packed:
        if rows is None:
            raise ScriptError("images:imerode:missingPackedM", "For a packed image m must be given.")
        image = packed_bits(image, rows, "imerode")
        _, shapes = operands(image != 0, SE, "imerode")
    for shape in shapes:
        if size == "full":
            image = wider(image, shape, highest=False)
        image = grow.erode(image, shape)
    return norm(np.asfortranarray(grow.pack(image) if packed else image))


def wider(image: np.ndarray, shape: np.ndarray, highest: bool) -> np.ndarray:
    sizes = [n + (shape.shape[k] if k < shape.ndim else 1) for k, n in enumerate(image.shape)]
    require_memory(tuple(sizes), image.dtype.itemsize)
    return grow.widened(image, shape, highest)


def opened(image: np.ndarray, shapes: list[np.ndarray]) -> np.ndarray:
    return over(over(image, shapes, grow.erode), shapes[::-1], grow.dilate)


def closed(image: np.ndarray, shapes: list[np.ndarray]) -> np.ndarray:
    return over(over(image, shapes, grow.dilate), shapes[::-1], grow.erode)


def less(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """The difference, within the class; of truth, what only the first has."""
    if one.dtype == bool:
        return one & ~two
    if one.dtype.kind == "u":
        return one - np.minimum(one, two)
    if one.dtype.kind == "i":
        bounds = np.iinfo(one.dtype)
        return np.clip(one.astype(float) - two.astype(float), bounds.min, bounds.max).astype(one.dtype)
    return one - two


@builtin
def imopen(A, SE, /):
    """
    J = imopen(A, SE)
    J = imopen(A, nhood)

    Shrink and grow again: bright things smaller than a shape go.

    Examples
      >> imopen([9 0 7 7 7 0], strel('line', 3, 0))
      ans =
           0     0     7     7     7     0

    See also imclose, imtophat, imerode, imdilate, strel.
    """
    return norm(opened(*operands(A, SE, "imopen")))


@builtin
def imclose(A, SE, /):
    """
    J = imclose(A, SE)
    J = imclose(A, nhood)

    Grow and shrink again: dark things smaller than a shape go.

    Examples
      >> imclose([7 7 0 7 7], strel('square', 3))
      ans =
           7     7     7     7     7

    See also imopen, imbothat, imerode, imdilate, strel.
    """
    return norm(closed(*operands(A, SE, "imclose")))


@builtin
def imtophat(A, SE, /):
    """
    J = imtophat(A, SE)
    J = imtophat(A, nhood)

    What opening takes away: bright things smaller than a shape.

    Examples
      >> imtophat(uint8([9 1 7 7 7 2]), ones(1, 3))
      ans =
        1×6 uint8 row vector
         8   0   0   0   0   0

    See also imbothat, imopen, strel.
    """
    image, shapes = operands(A, SE, "imtophat")
    return norm(np.asfortranarray(less(image, opened(image, shapes))))


@builtin
def imbothat(A, SE, /):
    """
    J = imbothat(A, SE)
    J = imbothat(A, nhood)

    What closing adds: dark things smaller than a shape.

    Examples
      >> imbothat([7 7 0 7 7], ones(1, 3))
      ans =
           0     0     7     0     0

    See also imtophat, imclose, strel.
    """
    image, shapes = operands(A, SE, "imbothat")
    return norm(np.asfortranarray(less(closed(image, shapes), image)))


@builtin
def bwhitmiss(BW, SE1, /, *rest):
    """
    BW2 = bwhitmiss(BW, SE1, SE2)
    BW2 = bwhitmiss(BW, interval)

    Where a mask has ones under one shape and zeros under another.

    interval is both shapes in one: 1 for ones, -1 for zeros, 0 for either. Outside the image lies either.

    Examples
      >> bwhitmiss(logical([0 1 1 0 1 0]), [-1 1 1])
      ans =
        1×6 logical array
         0   1   0   0   0   0
      >> bwhitmiss(logical([0 1 1 0 1 0]), [0 1 1], [1 0 0])
      ans =
        1×6 logical array
         0   1   0   0   0   0

    See also imerode, strel, bwlookup.
    """
    mask = take.pixels(BW, "bwhitmiss", "BW") != 0
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if rest:
        ones, zeros = shapes_of(SE1, "bwhitmiss"), shapes_of(rest[0], "bwhitmiss")
        if any(shape.dtype != bool for shape in ones + zeros):
            raise ScriptError("images:bwhitmiss:mustBeFlat", "The structuring elements must have no heights.")
    else:
        interval = take.pixels(SE1, "bwhitmiss", "interval")
        if not np.isin(interval, (-1, 0, 1)).all():
            raise take.refusal("bwhitmiss", "interval", "an array of 1, 0 and -1", SE1)
        ones, zeros = [interval == 1], [interval == -1]
    return norm(np.asfortranarray(over(mask, ones, grow.erode) & over(~mask, zeros, grow.erode)))

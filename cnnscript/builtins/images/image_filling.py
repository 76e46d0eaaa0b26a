"""Holes in images filled, and filters of a region only."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_smoothing import back, grey_or_colour, positive
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import filling, kernels, quality
from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm, size_text


def mask_of(value: Any, image: np.ndarray, function: str, argument: str = "mask") -> np.ndarray:
    """Which pixels are meant, as large as the image."""
    array = take.pixels(value, function, argument)
    if array.shape != image.shape[:2]:
        raise ScriptError(
            f"images:{function}:sizeMismatch",
            f"Expected {argument} to have as many rows and columns as the image.",
            notes=(f"got {size_text(array.shape)} for {size_text(image.shape)}",),
        )
    return array != 0


@builtin
def regionfill(session, A, x, y=None, /):
    """
    J = regionfill(I, mask)
    J = regionfill(I, x, y)

    Fill a region of a grey image smoothly from the pixels around it (each pixel the mean of its four neighbours).

    The region is where mask is not 0, or a polygon with the corners x and y.

    Examples
      >> J = regionfill([1 2 3; 4 99 6; 7 8 9], [0 0 0; 0 1 0; 0 0 0])
      J =
           1     2     3
           4     5     6
           7     8     9
      >> J = regionfill(uint8(repmat(0:10:60, 5, 1)), [3 5 5 3], [2 2 4 4]); J(3, :)
      ans =
        1×7 uint8 row vector
          0   10   20   30   40   50   60

    See also roifilt2, inpaintCoherent, inpaintExemplar, poly2mask.
    """
    image = matrix(A, "regionfill", "I")
    if y is None:
        mask = mask_of(x, image, "regionfill")
    else:
        mask = (
            take.pixels(
                session.call("poly2mask", 1, x, y, float(image.shape[0]), float(image.shape[1])), "regionfill", "mask"
            ).reshape(image.shape)
            != 0
        )
    return back(filling.smooth(image.astype(float), mask), image)


@builtin
def roifilt2(session, first, second, third, /, *parameters):
    """
    J = roifilt2(h, I, BW)
    J = roifilt2(I, BW, fun)
    J = roifilt2(I, BW, fun, P1, P2, ...)

    Filter a grey image by weights (as filter2 does), or by a function, only where a mask is not 0.

    Examples
      >> J = roifilt2(ones(3), magic(3), [0 0 0; 0 1 1; 0 0 0])
      J =
           8     1     6
           3    45    30
           4     9     2
      >> J = roifilt2(uint8([1 2 3]), [1 0 1], @(x) x + 10)
      J =
        1×3 uint8 row vector
         11    2   13
      >> J = roifilt2(uint8([1 2 3]), [1 0 1], @(x, n) x + n, 7)
      J =
        1×3 uint8 row vector
          8    2   10

    See also regionfill, filter2, imfilter, poly2mask.
    """
    if type(third) is Function or isinstance(third, str):
        image = matrix(first, "roifilt2", "I")
        mask = mask_of(second, image, "roifilt2", "BW")
        call = function_of(session, third, "roifilt2").call
        found = take.pixels(call(1, norm(image), *parameters), "roifilt2", "the result of the function")
        if found.shape != image.shape:
            raise ScriptError("images:roifilt2:imageSizeMismatch", "The function must give an image of the same size.")
        return back(np.where(mask, found.astype(float), image.astype(float)), image)
    if parameters:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    weights = np.asarray(matrix(first, "roifilt2", "h"), float)
    image = matrix(second, "roifilt2", "I")
    mask = mask_of(third, image, "roifilt2", "BW")
    return back(np.where(mask, kernels.sums(image, weights), image.astype(float)), image)


@builtin
def inpaintCoherent(A, mask, /, *, SmoothingFactor=2.0, Radius=5.0):
    """
    J = inpaintCoherent(I, mask)
    J = inpaintCoherent(I, mask, Name=Value)

    Fill the masked pixels of an image from the edge of the hole inwards, along the lines that run into it.

    Coherence transport after F. Bornemann and T. Maerz (2007); in detail the numbers differ from MATLAB's.

    Options
      SmoothingFactor  less follows lines more closely (2)
      Radius           how far known pixels count (5)

    Examples
      >> I = repmat(uint8([10 10 10 200 200 200]), 8, 1); mask = false(8, 6); mask(4:5, :) = true;
      >> J = I; J(mask) = 99; J = inpaintCoherent(J, mask); mean(abs(double(J(4, :)) - double(I(4, :)))) < 15
      ans =
        logical
         1
      >> J = inpaintCoherent(ones(5, 5, 3), eye(5), Radius=3); max(abs(J(:) - 1)) < 1e-12
      ans =
        logical
         1

    See also inpaintExemplar, regionfill.
    """
    image = grey_or_colour(A, "inpaintCoherent")
    holes = mask_of(mask, image, "inpaintCoherent")
    factor = positive(SmoothingFactor, "inpaintCoherent", "SmoothingFactor", 2.0)
    reach = take.count(Radius, "inpaintCoherent", "Radius")
    if not 1 <= reach <= 100:
        raise take.refusal("inpaintCoherent", "Radius", "a positive integer of at most 100", Radius)
    level = image.astype(float).reshape(*image.shape[:2], -1) / quality.class_range(image.dtype)
    made = filling.coherent(level, holes, 2 / factor, reach) * quality.class_range(image.dtype)
    return back(np.where(holes[:, :, None], made, image.reshape(level.shape)).reshape(image.shape), image)


@builtin
def inpaintExemplar(A, mask, /, *, FillOrder="gradient", PatchSize=9.0):
    """
    J = inpaintExemplar(I, mask)
    J = inpaintExemplar(I, mask, Name=Value)

    Fill the masked pixels of an image patch by patch with the most alike patches from elsewhere.

    After A. Criminisi and others (2004); in detail the numbers differ from MATLAB's.

    Options
      FillOrder  what comes first: by the 'gradient' or the structure 'tensor'
      PatchSize  one number or [rows cols], odd (9)

    Examples
      >> I = repmat(uint8([10 10 200 200]), 16, 9); mask = false(16, 36); mask(7:9, 9:11) = true;
      >> J = I; J(mask) = 0; isequal(inpaintExemplar(J, mask, PatchSize=5), I)
      ans =
        logical
         1
      >> J = inpaintExemplar(J, mask, FillOrder='tensor'); J(8, 10) == I(8, 10)
      ans =
        logical
         1

    See also inpaintCoherent, regionfill.
    """
    image = grey_or_colour(A, "inpaintExemplar")
    holes = mask_of(mask, image, "inpaintExemplar")
    order = take.choice(FillOrder, ("gradient", "tensor"), "inpaintExemplar", "FillOrder")
    given = take.counts(PatchSize, "inpaintExemplar", "PatchSize", (1, 2))
    sizes = (given * 2)[:2]
    if any(n < 3 or n % 2 == 0 or n > m for n, m in zip(sizes, image.shape, strict=False)):
        raise take.refusal("inpaintExemplar", "PatchSize", "odd, from 3 to the size of the image", PatchSize)
    level = image.astype(float).reshape(*image.shape[:2], -1)
    made = filling.exemplar(level, holes, (sizes[0], sizes[1]), order == "tensor")
    return back(np.where(holes[:, :, None], made, level).reshape(image.shape), image)

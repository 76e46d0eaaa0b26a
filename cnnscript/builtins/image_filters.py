"""Filters of images, and what is black and what is white."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures import colour, filters, scale
from cnnscript.values.numeric import norm


@builtin
def imgaussfilt(A, sigma=0.5, /, *, FilterSize=None, Padding="replicate"):
    """
    B = imgaussfilt(A)
    B = imgaussfilt(A, sigma)
    B = imgaussfilt(A, Name=Value)

    Smooth an image with a Gaussian of standard deviation sigma (0.5), or [sigmarows sigmacols].

    Options
      FilterSize  odd size of the filter, one number or [rows cols] (2*ceil(2*sigma)+1)
      Padding     what lies outside: 'replicate' (the edge, the default), 'circular', 'symmetric', or a number

    Examples
      >> imgaussfilt([0 0 1 0 0], 1)
      ans =
          0.0545    0.2442    0.4026    0.2442    0.0545
      >> B = imgaussfilt(uint8(magic(4)), FilterSize=3); class(B)
      ans =
          'uint8'

    See also imresize, imadjust.
    """
    array = take.pixels(A, "imgaussfilt")
    sigmas = take.numbers(sigma, "imgaussfilt", "sigma", (1, 2))
    if min(sigmas) <= 0:
        raise take.refusal("imgaussfilt", "sigma", "positive", sigma)
    sigmas = (sigmas * 2)[:2] if len(sigmas) == 1 else sigmas
    if FilterSize is None:
        sizes = [2 * int(np.ceil(2 * each)) + 1 for each in sigmas]
    else:
        given = [int(each) for each in take.numbers(FilterSize, "imgaussfilt", "FilterSize", (1, 2))]
        sizes = (given * 2)[:2] if len(given) == 1 else given
        if any(each < 1 or each % 2 == 0 for each in sizes):
            raise take.refusal("imgaussfilt", "FilterSize", "odd and positive", FilterSize)
    outside: str | float
    if isinstance(Padding, str) or hasattr(Padding, "data"):
        outside = take.choice(Padding, ("replicate", "circular", "symmetric"), "imgaussfilt", "Padding")
    else:
        outside = take.number(Padding, "imgaussfilt", "Padding")
    return norm(filters.gaussian(array, (sigmas[0], sigmas[1]), (sizes[0], sizes[1]), outside))


@builtin(outputs=2)
def graythresh(nargout, A, /):
    """
    T = graythresh(A)
    [T, EM] = graythresh(A)

    The grey level (0 to 1) that parts an image best into dark and bright, by Otsu's method; EM (0 to 1) says how well.

    Examples
      >> [T, EM] = graythresh(uint8([10 10 200 200]))
      T =
          0.4098
      EM =
           1

    See also imbinarize, im2double.
    """
    array = take.pixels(A, "graythresh")
    level, worth = filters.otsu(colour.rgb2gray(array) if array.ndim == 3 else array)
    return level, worth


@builtin
def imbinarize(A, T=None, /):
    """
    BW = imbinarize(A)
    BW = imbinarize(A, T)

    Which pixels are brighter than a level from 0 to 1; without T the one that graythresh gives.

    Examples
      >> imbinarize(uint8([10 10 200 200]))
      ans =
        1×4 logical array
         0   0   1   1
      >> imbinarize([0.2 0.7], 0.5)
      ans =
        1×2 logical array
         0   1

    See also graythresh, im2double.
    """
    array = take.pixels(A, "imbinarize")
    if array.ndim != 2:
        raise ScriptError(
            "MATLAB:images:imbinarize:expectedGray",
            "Expected the image to be a grey image.",
            hint="imbinarize(im2gray(A))",
        )
    level = filters.otsu(array)[0] if T is None else take.number(T, "imbinarize", "T")
    return norm(scale.im2double(array) > level)


@builtin
def boundarymask(L, conn=8.0, /):
    """
    mask = boundarymask(L)
    mask = boundarymask(BW, conn)

    Which pixels lie at the boundary of a region: they have a neighbour of another label (8 neighbours, or 4).

    Examples
      >> boundarymask([1 1 1 2 2 2])
      ans =
        1×6 logical array
         0   0   1   1   0   0
      >> boundarymask([1 1; 1 2], 4)
      ans =
        2×2 logical array
         0   1
         1   1

    See also imoverlay, imbinarize.
    """
    array = take.pixels(L, "boundarymask")
    neighbours = take.number(conn, "boundarymask", "conn")
    if neighbours not in (4, 8):
        raise take.refusal("boundarymask", "conn", "4 or 8", conn)
    return norm(filters.boundaries(array, neighbours == 8))

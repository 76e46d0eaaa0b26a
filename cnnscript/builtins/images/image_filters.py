"""Filters of images by weights, and what is black and what is white."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import filters, kernels
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, norm
from cnnscript.values.text import text_or_none


@builtin
def imgaussfilt(A, sigma=0.5, /, *, FilterSize=None, Padding="replicate", FilterDomain="auto"):
    """
    B = imgaussfilt(A)
    B = imgaussfilt(A, sigma)
    B = imgaussfilt(A, Name=Value)

    Smooth an image with a Gaussian of standard deviation sigma (0.5), or [sigmarows sigmacols].

    Options
      FilterSize    odd size of the filter, one number or [rows cols] (2*ceil(2*sigma)+1)
      Padding       what lies outside: 'replicate' (the edge, the default), 'circular', 'symmetric', or a number
      FilterDomain  'spatial', 'frequency' (both give the same here but for rounding) or 'auto'

    Examples
      >> imgaussfilt([0 0 1 0 0], 1)
      ans =
          0.0545    0.2442    0.4026    0.2442    0.0545
      >> B = imgaussfilt(uint8(magic(4)), FilterSize=3); class(B)
      ans =
          'uint8'

    See also imgaussfilt3, imboxfilt, fspecial.
    """
    array = take.pixels(A, "imgaussfilt")
    sigmas, sizes, outside = gaussian_arguments("imgaussfilt", 2, sigma, FilterSize, Padding, FilterDomain)
    return norm(filters.gaussian(array, sigmas, sizes, outside))


@builtin
def imgaussfilt3(A, sigma=0.5, /, *, FilterSize=None, Padding="replicate", FilterDomain="auto"):
    """
    B = imgaussfilt3(A)
    B = imgaussfilt3(A, sigma)
    B = imgaussfilt3(A, Name=Value)

    Smooth a volume with a Gaussian of standard deviation sigma (0.5), or [rows cols planes].

    Options
      FilterSize    odd size of the filter, one number or [rows cols planes] (2*ceil(2*sigma)+1)
      Padding       what lies outside: 'replicate' (the edge, the default), 'circular', 'symmetric', or a number
      FilterDomain  'spatial', 'frequency' (both give the same here but for rounding) or 'auto'

    Examples
      >> A = zeros(3, 3, 3); A(2, 2, 2) = 1; B = imgaussfilt3(A, 1, FilterSize=3); squeeze(B(2, 2, :))'
      ans =
          0.0560    0.0923    0.0560
      >> B = imgaussfilt3(A); size(B)
      ans =
           3     3     3

    See also imgaussfilt, imboxfilt3.
    """
    array = take.pixels(A, "imgaussfilt3")
    if array.ndim > 3:
        raise take.refusal("imgaussfilt3", "A", "a volume", A)
    sigmas, sizes, outside = gaussian_arguments("imgaussfilt3", 3, sigma, FilterSize, Padding, FilterDomain)
    planes = array.reshape(array.shape + (1,) * (3 - array.ndim))
    return norm(filters.gaussian(planes, sigmas, sizes, outside))


def gaussian_arguments(
    function: str, dimensions: int, sigma: Any, FilterSize: Any, Padding: Any, FilterDomain: Any
) -> tuple[list[float], list[int], str | float]:
    """Standard deviations and sizes of a Gaussian along each of its dimensions, and what lies outside the image."""
    sigmas = take.numbers(sigma, function, "sigma", (1, dimensions))
    if not all(0 < each < np.inf for each in sigmas):
        raise take.refusal(function, "sigma", "positive", sigma)
    sigmas = (sigmas * dimensions)[:dimensions]
    if FilterSize is None:
        sizes = [2 * int(np.ceil(2 * each)) + 1 for each in sigmas]
    else:
        sizes = odd_sizes(FilterSize, function, "FilterSize", dimensions)
    take.choice(FilterDomain, ("auto", "frequency", "spatial"), function, "FilterDomain")
    for size in sizes:
        require_memory((size,), 8)
    return sigmas, sizes, padding_of(Padding, function)


def odd_sizes(value: Any, function: str, argument: str, dimensions: int) -> list[int]:
    """Odd sizes of a filter, one for each dimension, from one number or as many."""
    given = take.counts(value, function, argument, (1, dimensions))
    if any(each < 1 or each % 2 == 0 for each in given):
        raise take.refusal(function, argument, "odd and positive", value)
    return (given * dimensions)[:dimensions]


def padding_of(value: Any, function: str) -> str | float:
    """What lies outside an image: a word, or the number that it is."""
    if text_or_none(value) is not None:
        return take.choice(value, ("replicate", "circular", "symmetric"), function, "Padding")
    return take.number(value, function, "Padding")


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
    if array.ndim != 2:
        raise take.refusal("boundarymask", "L", "a matrix of labels", L)
    neighbours = take.number(conn, "boundarymask", "conn")
    if neighbours not in (4, 8):
        raise take.refusal("boundarymask", "conn", "4 or 8", conn)
    return norm(filters.boundaries(array, neighbours == 8))


@builtin
def fspecial(kind, /, *parameters):
    """
    h = fspecial(type)
    h = fspecial('average', hsize)
    h = fspecial('gaussian', hsize, sigma)
    h = fspecial('disk', radius)
    h = fspecial('laplacian', alpha)
    h = fspecial('motion', len, theta)

    The weights of a filter for imfilter.

    Types: average (hsize 3), disk (radius 5), gaussian (hsize 3, sigma 0.5), laplacian (alpha 0.2), log (hsize 5,
    sigma 0.5), motion (len 9 pixels, theta 0 degrees), prewitt, sobel, unsharp (alpha 0.2). hsize is one number or
    [rows cols].

    Examples
      >> fspecial('sobel')
      ans =
           1     2     1
           0     0     0
          -1    -2    -1
      >> fspecial('gaussian', 3, 0.5)
      ans =
          0.0113    0.0838    0.0113
          0.0838    0.6193    0.0838
          0.0113    0.0838    0.0113
      >> fspecial('average', [1 4]), fspecial('laplacian', 0), size(fspecial('disk', 2))
      ans =
          0.2500    0.2500    0.2500    0.2500
      ans =
           0     1     0
           1    -4     1
           0     1     0
      ans =
           5     5
      >> fspecial('motion', 3, 45)
      ans =
               0    0.0754    0.1883
          0.0754    0.3215    0.0754
          0.1883    0.0754         0

    See also imfilter, imgaussfilt, conv2.
    """
    word = take.choice(
        kind,
        ("average", "disk", "gaussian", "laplacian", "log", "motion", "prewitt", "sobel", "unsharp"),
        "fspecial",
        "the type",
    )
    most = {"gaussian": 2, "log": 2, "motion": 2, "prewitt": 0, "sobel": 0}.get(word, 1)
    if len(parameters) > most:
        raise ScriptError(
            "MATLAB:images:fspecial:tooManyArgsForThisFilter", "Too many input arguments for this filter."
        )
    if word == "sobel":
        return np.asfortranarray([[1.0, 2, 1], [0, 0, 0], [-1, -2, -1]])
    if word == "prewitt":
        return np.asfortranarray([[1.0, 1, 1], [0, 0, 0], [-1, -1, -1]])
    if word in ("laplacian", "unsharp"):
        alpha = take.number(parameters[0], "fspecial", "alpha") if parameters else 0.2
        if not 0 <= alpha <= 1:
            raise take.refusal("fspecial", "alpha", "a number from 0 to 1", parameters[0])
        return norm(kernels.laplacian(alpha) if word == "laplacian" else kernels.unsharp(alpha))
    if word == "motion":
        length = take.number(parameters[0], "fspecial", "len") if parameters else 9.0
        angle = take.number(parameters[1], "fspecial", "theta") if len(parameters) > 1 else 0.0
        if not 0 < length < np.inf or not np.isfinite(angle):
            raise take.refusal("fspecial", "len", "positive and finite, and theta finite", parameters[0])
        require_memory((int(length) + 2, int(length) + 2), 8)
        return norm(np.asfortranarray(kernels.motion(length, angle)))
    if word == "disk":
        radius = take.number(parameters[0], "fspecial", "the radius") if parameters else 5.0
        if not radius > 0:
            raise take.refusal("fspecial", "the radius", "positive", parameters[0])
        return norm(kernels.disk(radius))
    size = filter_size(parameters[0] if parameters else {"log": 5.0}.get(word, 3.0))
    if word == "average":
        return norm(np.full(size, 1 / (size[0] * size[1])))
    sigma = take.number(parameters[1], "fspecial", "sigma") if len(parameters) > 1 else 0.5
    if not sigma > 0:
        raise take.refusal("fspecial", "sigma", "positive", parameters[1])
    return norm(kernels.gaussian(size, sigma) if word == "gaussian" else kernels.laplacian_of_gaussian(size, sigma))


def filter_size(value: Any) -> tuple[int, int]:
    """Rows and columns of a filter, from one number or two."""
    given = take.numbers(value, "fspecial", "hsize", (1, 2))
    if not all(1 <= n < float("inf") and n == int(n) for n in given):
        raise take.refusal("fspecial", "hsize", "positive integers", value)
    require_memory((int(given[0]), int(given[-1])), 8)
    return int(given[0]), int(given[-1])


@builtin
def imfilter(A, h, /, *options):
    """
    B = imfilter(A, h)
    B = imfilter(A, h, options)

    An image of any number of dimensions filtered by weights (a matrix, or an array of as many), in its own class.

    Sums are taken in doubles and rounded, halves away from zero, into the class of A. A matrix filters each plane.

    Options, in any order: what lies outside ('replicate', 'symmetric', 'circular' or a number; 0), the size ('same' or
    'full'), and 'corr' (the default) or 'conv', which turns the weights by half.

    Examples
      >> imfilter([1 2 3 4], [1 1 1])
      ans =
           3     6     9     7
      >> imfilter(uint8([10 20 250]), [1 1], 'conv', 'replicate')
      ans =
        1×3 uint8 row vector
          30   255   255
      >> imfilter([1 2], [1 2 3], 'full')
      ans =
           3     8     5     2

    See also fspecial, imgaussfilt, conv2.
    """
    weights = np.asarray(take.pixels(h, "imfilter", "h"), float)
    if not weights.size:
        raise take.refusal("imfilter", "h", "an array of weights that is not empty", h)
    outside: str | float = 0.0
    full = turned = False
    for value in options:
        if text_or_none(value) is None:
            outside = take.number(value, "imfilter", "what lies outside")
            continue
        word = take.choice(value, (*kernels.PADDING, "same", "full", "corr", "conv"), "imfilter", "the option")
        full, turned = (word == "full" or full and word != "same"), (word == "conv" or turned and word != "corr")
        outside = word if word in kernels.PADDING else outside
    if isinstance(A, complex) or getattr(A, "dtype", DOUBLE).kind == "c":
        image = np.atleast_2d(A)
        parts = [kernels.apply(part, weights, outside, full, turned) for part in (image.real, image.imag)]
        return norm(np.asfortranarray(parts[0] + 1j * parts[1]))
    return norm(kernels.apply(take.pixels(A, "imfilter"), weights, outside, full, turned))

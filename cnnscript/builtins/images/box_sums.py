"""Sums and means of boxes of pixels."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_filters import odd_sizes, padding_of
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.images import neighbourhoods
from cnnscript.values.numeric import norm


@builtin
def imboxfilt(A, filterSize=3.0, /, *, NormalizationFactor=None, Padding="replicate"):
    """
    B = imboxfilt(A)
    B = imboxfilt(A, filterSize)
    B = imboxfilt(..., Name=Value)

    Each pixel the mean of a box around it (3 by 3; an odd number or [rows cols]), in the class of A.

    Options
      NormalizationFactor  what the sums of the boxes are multiplied by (1 over the number of pixels)
      Padding              outside: 'replicate' (the edge, the default), 'circular', 'symmetric', or a number

    Examples
      >> imboxfilt([1 2 6; 1 2 6])
      ans =
          1.3333    3.0000    4.6667
          1.3333    3.0000    4.6667
      >> imboxfilt(uint8([1 2 6]), [1 3], NormalizationFactor=1)
      ans =
        1×3 uint8 row vector
          4    9   14

    See also imboxfilt3, imgaussfilt, integralBoxFilter.
    """
    return boxed("imboxfilt", A, 2, filterSize, NormalizationFactor, Padding)


@builtin
def imboxfilt3(A, filterSize=3.0, /, *, NormalizationFactor=None, Padding="replicate"):
    """
    B = imboxfilt3(A)
    B = imboxfilt3(A, filterSize)
    B = imboxfilt3(..., Name=Value)

    Each voxel the mean of a box around it (3 by 3 by 3; an odd number or [rows cols planes]), in the class of A.

    Options
      NormalizationFactor  what the sums of the boxes are multiplied by (1 over the number of voxels)
      Padding              outside: 'replicate' (the edge, the default), 'circular', 'symmetric', or a number

    Examples
      >> A = zeros(3, 3, 3); A(2, 2, 2) = 27; B = imboxfilt3(A); B(1, 1, 1)
      ans =
           1
      >> B = imboxfilt3(A, [1 1 3], Padding=0); squeeze(B(2, 2, :))'
      ans =
           9     9     9

    See also imboxfilt, imgaussfilt3.
    """
    return boxed("imboxfilt3", A, 3, filterSize, NormalizationFactor, Padding)


def boxed(function: str, A: Any, dimensions: int, filterSize: Any, factor: Any, Padding: Any) -> Any:
    array = take.pixels(A, function)
    sizes = odd_sizes(filterSize, function, "filterSize", dimensions)
    wide = array.reshape(array.shape + (1,) * (dimensions - array.ndim))
    times = 1 / float(np.prod(sizes)) if factor is None else take.number(factor, function, "NormalizationFactor")
    outside = padding_of(Padding, function)
    return norm(neighbourhoods.box_means(wide, sizes, times, outside)) if array.size else norm(array)


@builtin
def integralImage(A, orientation="upright", /):
    """
    J = integralImage(I)
    J = integralImage(I, orientation)

    The sums of all pixels above and to the left of each, with a row and a column of zeros before them (double).

    With the orientation 'rotated' the sums of the triangle that opens upwards from each pixel, with a row of zeros
    above and a column on either side; sums of rectangles turned by 45 degrees come from it.

    Examples
      >> J = integralImage(magic(3))
      J =
           0     0     0     0
           0     8     9    15
           0    11    17    30
           0    15    30    45
      >> J = integralImage(magic(3), 'rotated')
      J =
           0     0     0     0     0
           0     8     1     6     0
           8    12    20    14     6
          12    27    39    29    14

    See also integralBoxFilter, integralImage3, cumsum.
    """
    array = take.pixels(A, "integralImage", "I")
    if take.choice(orientation, ("upright", "rotated"), "integralImage", "orientation") == "rotated":
        return norm(neighbourhoods.rotated_integral(array))
    return norm(neighbourhoods.upright_integral(array, 2))


@builtin
def integralImage3(A, /):
    """
    J = integralImage3(I)

    The sums of all voxels above, to the left and before each, with a row, a column and a plane of zeros before them.

    Examples
      >> J = integralImage3(ones(2, 2, 2)); size(J), J(end)
      ans =
           3     3     3
      ans =
           8

    See also integralImage, integralBoxFilter3.
    """
    array = take.pixels(A, "integralImage3", "I")
    if array.ndim > 3:
        raise take.refusal("integralImage3", "I", "a volume", A)
    return norm(neighbourhoods.upright_integral(array.reshape(array.shape + (1,) * (3 - array.ndim)), 3))


@builtin
def integralBoxFilter(intA, filterSize=3.0, /, *, NormalizationFactor=None):
    """
    B = integralBoxFilter(intA)
    B = integralBoxFilter(intA, filterSize)
    B = integralBoxFilter(..., Name=Value)

    The means of boxes of pixels (3 by 3), where these fit into the picture whose integral image is intA.

    Options
      NormalizationFactor  what the sums of the boxes are multiplied by (1 over the number of pixels)

    Examples
      >> B = integralBoxFilter(integralImage(magic(4)))
      B =
          7.6667    8.0000
          9.0000    9.3333
      >> B = integralBoxFilter(integralImage(magic(3)), [1 3], NormalizationFactor=1)
      B =
          15
          15
          15

    See also integralImage, imboxfilt.
    """
    return integral_boxes("integralBoxFilter", intA, 2, filterSize, NormalizationFactor)


@builtin
def integralBoxFilter3(intA, filterSize=3.0, /, *, NormalizationFactor=None):
    """
    B = integralBoxFilter3(intA)
    B = integralBoxFilter3(intA, filterSize)
    B = integralBoxFilter3(..., Name=Value)

    The means of boxes of voxels (3 by 3 by 3), where these fit into the volume whose integral image is intA.

    Options
      NormalizationFactor  what the sums of the boxes are multiplied by (1 over the number of voxels)

    Examples
      >> B = integralBoxFilter3(integralImage3(ones(3, 3, 4)), 3, NormalizationFactor=1)
      B(:,:,1) =
          27
      B(:,:,2) =
          27

    See also integralImage3, imboxfilt3.
    """
    return integral_boxes("integralBoxFilter3", intA, 3, filterSize, NormalizationFactor)


def integral_boxes(function: str, intA: Any, dimensions: int, filterSize: Any, factor: Any) -> Any:
    total = take.pixels(intA, function, "intA").astype(float)
    sizes = odd_sizes(filterSize, function, "filterSize", dimensions)
    if total.ndim < dimensions or any(n < size + 1 for n, size in zip(total.shape, sizes, strict=False)):
        raise take.refusal(function, "intA", "an integral image larger than the filter", intA)
    times = 1 / float(np.prod(sizes)) if factor is None else take.number(factor, function, "NormalizationFactor")
    for axis, size in enumerate(sizes):
        length = total.shape[axis]
        total = np.take(total, range(size, length), axis) - np.take(total, range(length - size), axis)
    return norm(np.asfortranarray(total * times))

"""Image classes and colours: what 0 to 1, 0 to 255, grey, true colour and indexed mean to each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colormaps, colour, scale
from cnnscript.values.numeric import norm, saturated


@builtin
def mat2gray(A, limits=None, /):
    """
    I = mat2gray(A)
    I = mat2gray(A, [lo hi])

    Stretch numbers to grey levels from 0 to 1.

    By default the lowest of all values becomes 0 and the highest 1. Where all are equal they are only clipped. The
    result is double, or single for single.

    Examples
      >> mat2gray([2 4; 6 10])
      ans =
               0    0.2500
          0.5000    1.0000
      >> mat2gray([-5 0 5], [0 10])
      ans =
               0         0    0.5000

    See also rescale, im2double, imshow.
    """
    between = None
    if limits is not None:
        between = tuple(take.numbers(limits, "mat2gray", "the limits", 2))
    return norm(np.asfortranarray(scale.mat2gray(take.pixels(A, "mat2gray"), between)))


def indexed(array: np.ndarray, flag: Any, function: str) -> np.ndarray:
    """Rows of a colour map that count from 1, as floating point; integers count from 0."""
    take.choice(flag, ("indexed",), function, "the second argument")
    if array.dtype.name not in ("uint8", "uint16", "float32", "float64", "bool"):
        raise ScriptError(
            f"MATLAB:images:{function}:invalidIndexedImage",
            "An indexed image can be single, double, uint8, uint16, or logical.",
        )
    if array.dtype.kind == "f" and function != "im2double" and array.size and array.min() < 1:
        raise ScriptError(
            f"MATLAB:images:{function}:invalidIndexedImage", "Invalid indexed image: an index was less than 1."
        )
    return array.astype(float) + (1 if array.dtype.kind == "u" else 0)


def indexed_whole(array: np.ndarray, flag: Any, dtype: np.dtype, function: str) -> np.ndarray:
    """Rows of a colour map that count from 0, as integers."""
    if array.dtype == bool:
        take.choice(flag, ("indexed",), function, "the second argument")
        return array.astype(dtype)
    rows = indexed(array, flag, function) - 1
    if rows.size and rows.max() > np.iinfo(dtype).max:
        raise ScriptError(
            f"MATLAB:images:{function}:tooManyColors",
            f"Too many colors for {np.iinfo(dtype).bits}-bit integer storage.",
        )
    return saturated(rows, dtype)


@builtin
def im2double(A, flag=None, /):
    """
    J = im2double(I)
    J = im2double(X, 'indexed')

    An image as double: integers are divided by their largest value, logical becomes 0 and 1.

    Examples
      >> im2double(uint8([0 51 255]))
      ans =
               0    0.2000    1.0000
      >> im2double(uint8([0 1]), 'indexed')
      ans =
           1     2

    See also im2single, im2uint8, mat2gray.
    """
    array = take.pixels(A, "im2double")
    if flag is not None:
        return norm(indexed(array, flag, "im2double").astype(float))
    return norm(scale.im2double(array))


@builtin
def im2single(A, flag=None, /):
    """
    J = im2single(I)
    J = im2single(X, 'indexed')

    An image as single, like im2double.

    Examples
      >> class(im2single(uint8(255)))
      ans =
          'single'
      >> im2single(uint8([0 1]), 'indexed')
      ans =
        1×2 single row vector
           1     2

    See also im2double, im2uint8.
    """
    array = take.pixels(A, "im2single")
    if flag is not None:
        return norm(indexed(array, flag, "im2single").astype(np.float32))
    return norm(scale.im2double(array, np.float32))


@builtin
def im2uint8(A, flag=None, /):
    """
    J = im2uint8(I)
    J = im2uint8(X, 'indexed')

    An image as uint8: floating point is multiplied by 255, rounded and clipped.

    Examples
      >> im2uint8([0 0.5 1 2])
      ans =
        1×4 uint8 row vector
           0   128   255   255
      >> im2uint8([1 2], 'indexed')
      ans =
        1×2 uint8 row vector
         0   1

    See also im2double, im2uint16, uint8.
    """
    array = take.pixels(A, "im2uint8")
    if flag is not None:
        return norm(indexed_whole(array, flag, np.dtype(np.uint8), "im2uint8"))
    return norm(scale.im2uint8(array))


@builtin
def im2uint16(A, flag=None, /):
    """
    J = im2uint16(I)
    J = im2uint16(X, 'indexed')

    An image as uint16: floating point is multiplied by 65535, rounded and clipped.

    Examples
      >> im2uint16([1 300], 'indexed')
      ans =
        1×2 uint16 row vector
           0   299
      >> im2uint16(uint8([0 1 255]))
      ans =
        1×3 uint16 row vector
             0     257   65535

    See also im2double, im2uint8.
    """
    array = take.pixels(A, "im2uint16")
    if flag is not None:
        return norm(indexed_whole(array, flag, np.dtype(np.uint16), "im2uint16"))
    return norm(scale.im2uint16(array))


@builtin
def imcomplement(A, /):
    """
    J = imcomplement(I)

    The negative of an image: white becomes black.

    Examples
      >> imcomplement(uint8([0 100 255]))
      ans =
        1×3 uint8 row vector
         255   155     0
      >> imcomplement([0 0.25 1])
      ans =
          1.0000    0.7500         0

    See also imadjust, im2uint8.
    """
    array = take.pixels(A, "imcomplement")
    if array.dtype.kind == "b":
        return norm(~array)
    if array.dtype.kind == "u":
        return norm(np.iinfo(array.dtype).max - array)
    return norm(~array if array.dtype.kind == "i" else 1 - array)


# ------------------------------------------------------------------------------------------------------ grey and colour
@builtin
def rgb2gray(RGB, /):
    """
    I = rgb2gray(RGB)
    newmap = rgb2gray(map)

    The luminance of a colour image or of a colormap: 0.2989 R + 0.5870 G + 0.1140 B.

    Examples
      >> rgb2gray(cat(3, uint8(255), uint8(0), uint8(0)))
      ans =
        uint8
         76
      >> rgb2gray([1 1 1])
      ans =
           1     1     1

    See also im2gray, ind2gray, mat2gray.
    """
    return norm(colour.rgb2gray(take.pixels(RGB, "rgb2gray", "RGB")))


@builtin
def im2gray(A, /):
    """
    J = im2gray(I)

    A colour image as grey levels; a grey image as it is.

    Examples
      >> size(im2gray(zeros(4, 6, 3)))
      ans =
           4     6
      >> im2gray([0 1])
      ans =
           0     1

    See also rgb2gray.
    """
    array = take.pixels(A, "im2gray")
    return norm(colour.rgb2gray(array) if array.ndim == 3 else array)


@builtin
def ind2rgb(X, map, /):
    """
    RGB = ind2rgb(X, map)

    An indexed image as true colour.

    Integers count the colours of the map from 0, floating point from 1.

    Examples
      >> squeeze(ind2rgb(2, [1 0 0; 0 0 1]))'
      ans =
           0     0     1
      >> size(ind2rgb(uint8(magic(4)), jet(16)))
      ans =
           4     4     3

    See also gray2ind, ind2gray, colormap.
    """
    return norm(np.asfortranarray(colour.ind2rgb(take.pixels(X, "ind2rgb", "X"), take.colour_map(map, "ind2rgb"))))


@builtin
def ind2gray(X, map, /):
    """
    I = ind2gray(X, map)

    An indexed image as grey levels.

    Examples
      >> ind2gray([1 2], [0 0 0; 1 1 1])
      ans =
           0     1

    See also ind2rgb, rgb2gray.
    """
    return norm(colour.ind2gray(take.pixels(X, "ind2gray", "X"), take.colour_map(map, "ind2gray")))


@builtin(outputs=2)
def gray2ind(nargout, A, n=None, /):
    """
    [X, cmap] = gray2ind(I, n)
    [X, cmap] = gray2ind(I)

    A grey image as an indexed one with n grey levels (64; 2 for logical).

    X is uint8, or uint16 for more than 256 levels, and counts from 0.

    Examples
      >> [X, cmap] = gray2ind([0 0.5 1], 16)
      X =
        1×3 uint8 row vector
          0    8   15
      cmap =
               0         0         0
          0.0667    0.0667    0.0667
          0.1333    0.1333    0.1333
          0.2000    0.2000    0.2000
          0.2667    0.2667    0.2667
          0.3333    0.3333    0.3333
          0.4000    0.4000    0.4000
          0.4667    0.4667    0.4667
          0.5333    0.5333    0.5333
          0.6000    0.6000    0.6000
          0.6667    0.6667    0.6667
          0.7333    0.7333    0.7333
          0.8000    0.8000    0.8000
          0.8667    0.8667    0.8667
          0.9333    0.9333    0.9333
          1.0000    1.0000    1.0000

    See also ind2rgb, mat2gray.
    """
    array = take.pixels(A, "gray2ind")
    levels = (2 if array.dtype.kind == "b" else 64) if n is None else take.count(n, "gray2ind", "n")
    if not 1 <= levels <= 65536:
        raise take.refusal("gray2ind", "n", "an integer from 1 to 65536", n)
    return norm(colour.gray2ind(array, levels)), norm(np.array(colormaps.colormap("gray", levels)))


def three_channels(value: Any, function: str) -> np.ndarray:
    array = take.pixels(value, function)
    if array.shape[-1] != 3 or array.ndim not in (2, 3):
        raise take.refusal(function, "the image", "m-by-n-by-3 or p-by-3", value)
    return array


@builtin
def rgb2hsv(RGB, /):
    """
    HSV = rgb2hsv(RGB)
    hsvmap = rgb2hsv(rgbmap)

    RGB to hue, saturation and value, all from 0 to 1.

    Examples
      >> rgb2hsv([0 0 0.5])
      ans =
          0.6667    1.0000    0.5000

    See also hsv2rgb, rgb2lab.
    """
    array = three_channels(RGB, "rgb2hsv")
    hsv = colour.rgb2hsv(array)
    return norm(np.asfortranarray(hsv.astype(np.float32) if array.dtype == np.float32 else hsv))


@builtin
def hsv2rgb(HSV, /):
    """
    RGB = hsv2rgb(HSV)
    rgbmap = hsv2rgb(hsvmap)

    Hue, saturation and value to RGB.

    Examples
      >> hsv2rgb([0.5 1 1])
      ans =
           0     1     1

    See also rgb2hsv.
    """
    array = three_channels(HSV, "hsv2rgb")
    rgb = colour.hsv2rgb(array)
    return norm(np.asfortranarray(rgb.astype(np.float32) if array.dtype == np.float32 else rgb))

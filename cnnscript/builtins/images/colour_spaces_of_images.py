"""Images and colour maps in the spaces of CIE, in linear light, and as television sends them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour_spaces as spaces
from cnnscript.pictures.images import scale
from cnnscript.values.numeric import norm, saturated
from cnnscript.values.text import text_or_none

SPACES = ("srgb", "adobe-rgb-1998", "linear-rgb", "prophoto-rgb")
OUTPUT_TYPES = ("double", "single", "uint8", "uint16")


def colours_of(value: Any, function: str, argument: str = "the image", most: int = 4) -> np.ndarray:
    """An array of colours with the colours last: n×3, H×W×3 or P×H×W×3."""
    array = take.pixels(value, function, argument)
    axis = 1 if array.ndim == 2 else 2
    if array.shape[axis] != 3 or array.ndim > most:
        raise take.refusal(function, argument, "m-by-n-by-3 or p-by-3", value)
    return np.moveaxis(array, 2, -1) if array.ndim == 4 else array


def colours_back(array: np.ndarray) -> Any:
    return norm(np.asfortranarray(np.moveaxis(array, -1, 2) if array.ndim == 4 else array))


def levels_of(array: np.ndarray) -> np.ndarray:
    return scale.im2double(array) if array.dtype.kind != "f" else array.astype(float)


def like(values: np.ndarray, array: np.ndarray) -> np.ndarray:
    return values.astype(np.float32) if array.dtype == np.float32 else values


def real_colours(value: Any, function: str) -> np.ndarray:
    array = colours_of(value, function)
    if array.dtype.kind != "f":
        raise ScriptError(
            f"MATLAB:{function}:invalidType",
            "Expected input number 1 to be one of these types:\n\nsingle, double",
        )
    return array


def white_point(value: Any, function: str) -> np.ndarray:
    if text_or_none(value) is not None:
        return np.array(spaces.WHITE_POINTS[take.choice(value, tuple(spaces.WHITE_POINTS), function, "WhitePoint")])
    found = np.array(take.numbers(value, function, "WhitePoint", 3))
    if not (found > 0).all():
        raise take.refusal(function, "WhitePoint", "positive", value)
    return found


def in_type(values: np.ndarray, output: Any, source: np.ndarray, function: str) -> np.ndarray:
    """Levels in the class asked for; by default single for single, else double."""
    if output is None:
        return like(values, source)
    word = take.choice(output, OUTPUT_TYPES, function, "OutputType")
    if word == "uint8":
        return scale.im2uint8(values)
    return scale.im2uint16(values) if word == "uint16" else values.astype(np.float32 if word == "single" else float)


def space_of(value: Any, function: str) -> str:
    return take.choice(value, SPACES, function, "ColorSpace")


@builtin
def rgb2xyz(RGB, /, *, ColorSpace="srgb", WhitePoint="d65"):
    """
    XYZ = rgb2xyz(RGB)
    XYZ = rgb2xyz(RGB, Name=Value)

    Red, green and blue of an image or a colour map as CIE 1931 XYZ.

    Options
      ColorSpace  of the input: 'srgb', 'adobe-rgb-1998', 'linear-rgb' or 'prophoto-rgb'
      WhitePoint  of the output: 'a', 'c', 'e', 'd50', 'd55', 'd65', 'icc' or three numbers

    Examples
      >> rgb2xyz([1 1 1])
      ans =
          0.9505    1.0000    1.0888
      >> rgb2xyz([1 1 1], WhitePoint='d50')
      ans =
          0.9642    1.0000    0.8251

    See also xyz2rgb, rgb2lab, xyz2lab, whitepoint.
    """
    array = colours_of(RGB, "rgb2xyz")
    white = white_point(WhitePoint, "rgb2xyz")
    return colours_back(like(spaces.rgb2xyz(levels_of(array), space_of(ColorSpace, "rgb2xyz"), white), array))


@builtin
def xyz2rgb(XYZ, /, *, ColorSpace="srgb", WhitePoint="d65", OutputType=None):
    """
    RGB = xyz2rgb(XYZ)
    RGB = xyz2rgb(XYZ, Name=Value)

    CIE 1931 XYZ as red, green and blue; colours that the space lacks fall outside 0 to 1.

    Options
      ColorSpace  of the output: 'srgb', 'adobe-rgb-1998', 'linear-rgb' or 'prophoto-rgb'
      WhitePoint  of the input: 'a', 'c', 'e', 'd50', 'd55', 'd65', 'icc' or three numbers
      OutputType  'double', 'single', 'uint8' or 'uint16'

    Examples
      >> xyz2rgb([0.25 0.40 0.10])
      ans =
          0.4174    0.7434    0.2152
      >> xyz2rgb([0.25 0.40 0.10], OutputType='uint8')
      ans =
        1×3 uint8 row vector
         106   190    55

    See also rgb2xyz, lab2rgb, xyz2lab.
    """
    array = real_colours(XYZ, "xyz2rgb")
    white = white_point(WhitePoint, "xyz2rgb")
    rgb = spaces.xyz2rgb(array.astype(float), space_of(ColorSpace, "xyz2rgb"), white)
    return colours_back(in_type(rgb, OutputType, array, "xyz2rgb"))


@builtin
def rgb2lab(RGB, /, *, ColorSpace="srgb", WhitePoint="d65"):
    """
    lab = rgb2lab(RGB)
    lab = rgb2lab(RGB, Name=Value)

    Red, green and blue of an image or a colour map as CIE 1976 L*a*b*.

    Options
      ColorSpace  of the input: 'srgb', 'adobe-rgb-1998', 'linear-rgb' or 'prophoto-rgb'
      WhitePoint  'a', 'c', 'e', 'd50', 'd55', 'd65', 'icc' or three numbers

    Examples
      >> rgb2lab([1 0 0])
      ans =
         53.2408   80.0925   67.2032
      >> rgb2lab([0.2 0.3 0.4], ColorSpace='adobe-rgb-1998')
      ans =
         30.1783   -5.6902  -20.8223

    See also lab2rgb, rgb2xyz, rgb2hsv, deltaE.
    """
    array = colours_of(RGB, "rgb2lab")
    white = white_point(WhitePoint, "rgb2lab")
    xyz = spaces.rgb2xyz(levels_of(array), space_of(ColorSpace, "rgb2lab"), white)
    return colours_back(like(spaces.xyz2lab(xyz, white), array))


@builtin
def lab2rgb(lab, /, *, ColorSpace="srgb", WhitePoint="d65", OutputType=None):
    """
    RGB = lab2rgb(lab)
    RGB = lab2rgb(lab, Name=Value)

    CIE 1976 L*a*b* as red, green and blue; colours that the space lacks fall outside 0 to 1.

    Options
      ColorSpace  of the output: 'srgb', 'adobe-rgb-1998', 'linear-rgb' or 'prophoto-rgb'
      WhitePoint  'a', 'c', 'e', 'd50', 'd55', 'd65', 'icc' or three numbers
      OutputType  'double', 'single', 'uint8' or 'uint16'

    Examples
      >> lab2rgb([70 5 10])
      ans =
          0.7359    0.6566    0.6010
      >> lab2rgb([70 5 10], OutputType='uint8')
      ans =
        1×3 uint8 row vector
         188   167   153

    See also rgb2lab, lab2xyz, xyz2rgb.
    """
    array = real_colours(lab, "lab2rgb")
    white = white_point(WhitePoint, "lab2rgb")
    xyz = spaces.lab2xyz(array.astype(float), white)
    rgb = spaces.xyz2rgb(xyz, space_of(ColorSpace, "lab2rgb"), white)
    return colours_back(in_type(rgb, OutputType, array, "lab2rgb"))


@builtin
def xyz2lab(XYZ, /, *, WhitePoint="d65"):
    """
    lab = xyz2lab(XYZ)
    lab = xyz2lab(XYZ, WhitePoint=wp)

    CIE 1931 XYZ as CIE 1976 L*a*b*.

    Options
      WhitePoint  'a', 'c', 'e', 'd50', 'd55', 'd65', 'icc' or three numbers

    Examples
      >> xyz2lab([0.25 0.40 0.10])
      ans =
         69.4695  -48.0439   57.1259
      >> xyz2lab([0.25 0.40 0.10], WhitePoint='d50')
      ans =
         69.4695  -49.5717   48.3864

    See also lab2xyz, rgb2lab, rgb2xyz.
    """
    array = real_colours(XYZ, "xyz2lab")
    return colours_back(like(spaces.xyz2lab(array.astype(float), white_point(WhitePoint, "xyz2lab")), array))


@builtin
def lab2xyz(lab, /, *, WhitePoint="d65"):
    """
    XYZ = lab2xyz(lab)
    XYZ = lab2xyz(lab, WhitePoint=wp)

    CIE 1976 L*a*b* as CIE 1931 XYZ.

    Options
      WhitePoint  'a', 'c', 'e', 'd50', 'd55', 'd65', 'icc' or three numbers

    Examples
      >> lab2xyz([50 10 -5])
      ans =
          0.1942    0.1842    0.2282
      >> lab2xyz([50 10 -5], WhitePoint='d50')
      ans =
          0.1970    0.1842    0.1729

    See also xyz2lab, lab2rgb, whitepoint.
    """
    array = real_colours(lab, "lab2xyz")
    return colours_back(like(spaces.lab2xyz(array.astype(float), white_point(WhitePoint, "lab2xyz")), array))


@builtin
def rgb2lightness(RGB, /):
    """
    L = rgb2lightness(RGB)

    The lightness of an sRGB image, from 0 to 100: the L* of L*a*b*.

    Examples
      >> rgb2lightness(cat(3, 1, 1, 1))
      ans =
         100

    See also rgb2lab, rgb2gray.
    """
    array = colours_of(RGB, "rgb2lightness", most=3)
    white = np.array(spaces.WHITE_POINTS["d65"])
    lab = spaces.xyz2lab(spaces.rgb2xyz(levels_of(array), "srgb", white), white)
    return norm(np.asfortranarray(like(lab[..., 0], array)))


@builtin
def rgb2lin(A, /, *, ColorSpace="srgb", OutputType=None):
    """
    B = rgb2lin(A)
    B = rgb2lin(A, Name=Value)

    Linear light of an image: its gamma curve undone.

    Options
      ColorSpace  'srgb', 'adobe-rgb-1998' or 'prophoto-rgb'
      OutputType  'double', 'single', 'uint8' or 'uint16' (that of a floating-point image, else double)

    Examples
      >> rgb2lin([0 0.02 0.5 1])
      ans =
               0    0.0015    0.2140    1.0000
      >> rgb2lin(uint8([0 128 255]), OutputType='uint8')
      ans =
        1×3 uint8 row vector
           0    55   255

    See also lin2rgb, rgb2xyz.
    """
    return through_curve(A, ColorSpace, OutputType, spaces.linear, "rgb2lin")


@builtin
def lin2rgb(A, /, *, ColorSpace="srgb", OutputType=None):
    """
    B = lin2rgb(A)
    B = lin2rgb(A, Name=Value)

    An image with the gamma curve of a colour space, from linear light.

    Options
      ColorSpace  'srgb', 'adobe-rgb-1998' or 'prophoto-rgb'
      OutputType  'double', 'single', 'uint8' or 'uint16' (the class of the image)

    Examples
      >> lin2rgb([0 0.002 0.5 1])
      ans =
               0    0.0258    0.7354    1.0000

    See also rgb2lin, xyz2rgb.
    """
    return through_curve(A, ColorSpace, OutputType, spaces.encoded, "lin2rgb")


def through_curve(image: Any, space: Any, output: Any, curve: Any, function: str) -> Any:
    array = take.pixels(image, function)
    word = take.choice(space, ("srgb", "adobe-rgb-1998", "prophoto-rgb"), function, "ColorSpace")
    made = curve(levels_of(array), word)
    if output is None and function == "lin2rgb" and array.dtype.kind == "u":
        return norm(np.asfortranarray(scale.back_to_class(made, array.dtype)))
    return norm(np.asfortranarray(in_type(made, output, array, function)))


# ------------------------------------------------------------------------------------------------- television's spaces
@builtin
def rgb2ntsc(RGB, /):
    """
    YIQ = rgb2ntsc(RGB)
    YIQmap = rgb2ntsc(map)

    Red, green and blue as NTSC's luminance and two chrominances.

    Examples
      >> YIQmap = rgb2ntsc([1 0 0; 0 0 1])
      YIQmap =
          0.2989    0.5959    0.2115
          0.1140   -0.3216    0.3114
      >> size(rgb2ntsc(zeros(2, 2, 3, 'uint8')))
      ans =
           2     2     3

    See also ntsc2rgb, rgb2ycbcr, rgb2gray.
    """
    array = colours_of(RGB, "rgb2ntsc", most=3)
    return colours_back(like(spaces.rgb2ntsc(levels_of(array)), array))


@builtin
def ntsc2rgb(YIQ, /):
    """
    RGB = ntsc2rgb(YIQ)
    map = ntsc2rgb(YIQmap)

    NTSC's luminance and chrominances as red, green and blue from 0 to 1.

    Examples
      >> map = ntsc2rgb([0.9 0 0; 0.5 0.2 0.1])
      map =
          0.9000    0.9000    0.9000
          0.7533    0.3809    0.4491

    See also rgb2ntsc, ycbcr2rgb.
    """
    array = colours_of(YIQ, "ntsc2rgb", most=3)
    return colours_back(like(spaces.ntsc2rgb(levels_of(array)), array))


@builtin
def rgb2ycbcr(RGB, /):
    """
    YCBCR = rgb2ycbcr(RGB)
    YCbCrmap = rgb2ycbcr(map)

    Red, green and blue as luminance and two differences of colour, in the same class.

    For uint8 Y runs from 16 to 235, Cb and Cr from 16 to 240 (ITU-R BT.601).

    Examples
      >> squeeze(rgb2ycbcr(cat(3, uint8(255), uint8(0), uint8(0))))'
      ans =
        1×3 uint8 row vector
          81    90   240
      >> YCbCrmap = rgb2ycbcr([1 1 1; 0 0 0])
      YCbCrmap =
          0.9216    0.5020    0.5020
          0.0627    0.5020    0.5020

    See also ycbcr2rgb, rgb2ntsc, rgb2hsv.
    """
    return television(RGB, spaces.rgb2ycbcr, "rgb2ycbcr")


@builtin
def ycbcr2rgb(YCBCR, /):
    """
    RGB = ycbcr2rgb(YCBCR)
    map = ycbcr2rgb(YCbCrmap)

    Luminance and differences of colour as red, green and blue, in the same class.

    Examples
      >> squeeze(ycbcr2rgb(cat(3, uint8(81), uint8(90), uint8(240))))'
      ans =
        1×3 uint8 row vector
         254     0     0
      >> map = round(ycbcr2rgb([235 128 128]/255), 4)
      map =
           1     1     1

    See also rgb2ycbcr, ntsc2rgb.
    """
    return television(YCBCR, spaces.ycbcr2rgb, "ycbcr2rgb")


def television(value: Any, convert: Any, function: str) -> Any:
    array = colours_of(value, function, most=3)
    if array.dtype.name not in ("uint8", "uint16", "float32", "float64"):
        raise scale.unknown_class(function, array.dtype.name)
    white = float(np.iinfo(array.dtype).max) if array.dtype.kind == "u" else 1.0
    made = convert(array.astype(float), white)
    return colours_back(saturated(made, array.dtype) if array.dtype.kind == "u" else made.astype(array.dtype))

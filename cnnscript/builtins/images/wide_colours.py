"""Colours of wide gamut (ITU-R BT.2020 and BT.2100), as cameras and televisions code them in 10 or 12 bits."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.colour_spaces_of_images import colours_back, colours_of, real_colours
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour_spaces as spaces
from cnnscript.values.numeric import saturated


def coded(value: Any, function: str) -> np.ndarray:
    array = colours_of(value, function, "input number 1", most=3)
    if array.dtype != np.uint16:
        raise take.refusal(function, "input number 1", "of class uint16", value)
    return array.astype(float)


def unit_of(bits: Any, function: str) -> float:
    """What one step of 8 bits is in more."""
    count = take.number(bits, function, "the bits per sample")
    if count not in (10, 12):
        raise take.refusal(function, "the bits per sample", "10 or 12", bits)
    return 2.0 ** (count - 8)


def curve_of(space: Any, function_name: Any, function: str) -> str:
    word = take.choice(space, ("BT.2020", "BT.2100"), function, "ColorSpace")
    if word == "BT.2020":
        if function_name is not None:
            raise ScriptError(f"images:{function}:curve", "LinearizationFcn goes with the ColorSpace 'BT.2100'.")
        return word
    return (
        take.choice(function_name, ("PQ", "HLG"), function, "LinearizationFcn") if function_name is not None else "PQ"
    )


def whole(values: np.ndarray) -> Any:
    return colours_back(saturated(values, np.dtype(np.uint16)))


@builtin
def rgbwide2xyz(RGB, bps, /, *, ColorSpace="BT.2020", LinearizationFcn=None):
    """
    XYZ = rgbwide2xyz(RGB, bps)
    XYZ = rgbwide2xyz(RGB, bps, Name=Value)

    Wide-gamut red, green and blue (uint16, of 10 or 12 bits, narrow range) as CIE 1931 XYZ under D65.

    Options
      ColorSpace        'BT.2020' or 'BT.2100'
      LinearizationFcn  of 'BT.2100': 'PQ' or 'HLG'

    Examples
      >> rgbwide2xyz(uint16([940 940 940]), 10)
      ans =
          0.9505    1.0000    1.0888

    See also xyz2rgbwide, rgbwide2ycbcr, rgb2xyz.
    """
    unit = unit_of(bps, "rgbwide2xyz")
    level = (coded(RGB, "rgbwide2xyz") - 16 * unit) / (219 * unit)
    light = spaces.wide_linear(level, curve_of(ColorSpace, LinearizationFcn, "rgbwide2xyz"))
    return colours_back(light @ spaces.to_xyz("bt.2020").T)


@builtin
def xyz2rgbwide(XYZ, bps, /, *, ColorSpace="BT.2020", LinearizationFcn=None):
    """
    RGB = xyz2rgbwide(XYZ, bps)
    RGB = xyz2rgbwide(XYZ, bps, Name=Value)

    CIE 1931 XYZ under D65 as wide-gamut red, green and blue (uint16, of 10 or 12 bits, narrow range).

    Options
      ColorSpace        'BT.2020' or 'BT.2100'
      LinearizationFcn  of 'BT.2100': 'PQ' or 'HLG'

    Examples
      >> xyz2rgbwide(whitepoint('d65'), 10)
      ans =
        1×3 uint16 row vector
         940   940   940
      >> xyz2rgbwide([0 0 0], 12, ColorSpace='BT.2100', LinearizationFcn='HLG')
      ans =
        1×3 uint16 row vector
         256   256   256

    See also rgbwide2xyz, ycbcr2rgbwide, xyz2rgb.
    """
    unit = unit_of(bps, "xyz2rgbwide")
    light = real_colours(XYZ, "xyz2rgbwide").astype(float) @ np.linalg.inv(spaces.to_xyz("bt.2020")).T
    level = spaces.wide_encoded(light, curve_of(ColorSpace, LinearizationFcn, "xyz2rgbwide"))
    return whole(level * 219 * unit + 16 * unit)


@builtin
def rgbwide2ycbcr(RGB, bps, /):
    """
    YCBCR = rgbwide2ycbcr(RGB, bps)

    Wide-gamut red, green and blue (uint16, of 10 or 12 bits, narrow range) as BT.2020's YCbCr.

    Examples
      >> rgbwide2ycbcr(uint16([940 64 64]), 10)
      ans =
        1×3 uint16 row vector
         294   387   960

    See also ycbcr2rgbwide, rgbwide2xyz, rgb2ycbcr.
    """
    unit = unit_of(bps, "rgbwide2ycbcr")
    values = spaces.rgb2ycbcr_wide((coded(RGB, "rgbwide2ycbcr") - 16 * unit) / (219 * unit))
    return whole((values * (219, 224, 224) + (16, 128, 128)) * unit)


@builtin
def ycbcr2rgbwide(YCBCR, bps, /):
    """
    RGB = ycbcr2rgbwide(YCBCR, bps)

    BT.2020's YCbCr (uint16, of 10 or 12 bits) as wide-gamut red, green and blue.

    Examples
      >> ycbcr2rgbwide(uint16([294 387 960]), 10)
      ans =
        1×3 uint16 row vector
         940    64    64

    See also rgbwide2ycbcr, xyz2rgbwide, ycbcr2rgb.
    """
    unit = unit_of(bps, "ycbcr2rgbwide")
    values = (coded(YCBCR, "ycbcr2rgbwide") / unit - (16, 128, 128)) / (219, 224, 224)
    return whole((spaces.ycbcr2rgb_wide(values) * 219 + 16) * unit)

"""Colours in other classes, as hexadecimal text, and how far apart they are; lights of scenes."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.colour_spaces_of_images import (
    SPACES,
    colours_back,
    colours_of,
    in_type,
    levels_of,
    like,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour_spaces as spaces
from cnnscript.pictures.images import scale
from cnnscript.pictures.images.colour import parse_colour
from cnnscript.values.numeric import norm, saturated
from cnnscript.values.text import string_array, texts_or_none

WHITE = np.array(spaces.WHITE_POINTS["d65"])
LAB_STEPS = {"uint8": (255.0, 1.0, 128.0), "uint16": (65280.0, 256.0, 128.0)}  # of L* 100, a* 1; added to a*


@builtin
def whitepoint(illuminant="icc", /):
    """
    xyz = whitepoint
    xyz = whitepoint(illuminant)

    The XYZ of a light's white: 'a', 'c', 'e', 'd50', 'd55', 'd65' or 'icc' (the default).

    Examples
      >> xyz = whitepoint('d65')
      xyz =
          0.9505    1.0000    1.0888

    See also rgb2xyz, xyz2lab, chromadapt.
    """
    word = take.choice(illuminant, tuple(spaces.WHITE_POINTS), "whitepoint", "the illuminant")
    return norm(np.array([spaces.WHITE_POINTS[word]]))


# --------------------------------------------------------------------------------------------------- classes of colours
def lab_numbers(value: Any, function: str) -> np.ndarray:
    """L*a*b* (of any class that encodes it) as doubles."""
    array = colours_of(value, function)
    if array.dtype.kind == "f":
        return array.astype(float)
    if array.dtype.name not in LAB_STEPS:
        raise scale.unknown_class(function, array.dtype.name)
    per_light, per_colour, offset = LAB_STEPS[array.dtype.name]
    numbers = array.astype(float)
    colours = numbers[..., 1:] / per_colour - offset
    return np.concatenate([numbers[..., :1] * 100 / per_light, colours], axis=-1)


def lab_in_class(lab: np.ndarray, kind: str) -> np.ndarray:
    per_light, per_colour, offset = LAB_STEPS[kind]
    made = np.stack([lab[..., 0] * per_light / 100, *((lab[..., k] + offset) * per_colour for k in (1, 2))], axis=-1)
    return saturated(made, np.dtype(kind))


@builtin
def lab2double(lab, /):
    """
    labd = lab2double(lab)

    L*a*b* of class uint8 or uint16 as double.

    Examples
      >> lab2double(uint8([255 128 0]))
      ans =
         100     0  -128

    See also lab2uint8, lab2uint16, rgb2lab.
    """
    return colours_back(lab_numbers(lab, "lab2double"))


@builtin
def lab2uint8(lab, /):
    """
    lab8 = lab2uint8(lab)

    L*a*b* as uint8: L* times 255/100, a* and b* plus 128.

    Examples
      >> lab2uint8([100 0 -20])
      ans =
        1×3 uint8 row vector
         255   128   108

    See also lab2double, lab2uint16.
    """
    return colours_back(lab_in_class(lab_numbers(lab, "lab2uint8"), "uint8"))


@builtin
def lab2uint16(lab, /):
    """
    lab16 = lab2uint16(lab)

    L*a*b* as uint16: L* times 65280/100, a* and b* plus 128, times 256.

    Examples
      >> lab2uint16([100 0 -20])
      ans =
        1×3 uint16 row vector
         65280   32768   27648

    See also lab2double, lab2uint8.
    """
    return colours_back(lab_in_class(lab_numbers(lab, "lab2uint16"), "uint16"))


@builtin
def xyz2double(xyz, /):
    """
    xyzd = xyz2double(xyz)

    XYZ of class uint16 as double: 32768 is 1.

    Examples
      >> xyz2double(uint16([32768 16384 0]))
      ans =
          1.0000    0.5000         0

    See also xyz2uint16, rgb2xyz.
    """
    array = colours_of(xyz, "xyz2double")
    if array.dtype != np.uint16 and array.dtype.kind != "f":
        raise scale.unknown_class("xyz2double", array.dtype.name)
    return colours_back(array.astype(float) / 32768 if array.dtype == np.uint16 else array.astype(float))


@builtin
def xyz2uint16(xyz, /):
    """
    xyz16 = xyz2uint16(xyz)

    XYZ as uint16: 1 is 32768.

    Examples
      >> xyz2uint16([0.1 0.5 1])
      ans =
        1×3 uint16 row vector
          3277   16384   32768

    See also xyz2double, rgb2xyz.
    """
    array = colours_of(xyz, "xyz2uint16")
    if array.dtype == np.uint16:
        return colours_back(array)
    if array.dtype.kind != "f":
        raise scale.unknown_class("xyz2uint16", array.dtype.name)
    return colours_back(saturated(array.astype(float) * 32768, np.dtype(np.uint16)))


@builtin
def hex2rgb(hexStr, outputType="double", /):
    """
    rgb = hex2rgb(hexStr)
    rgb = hex2rgb(hexStr, outputType)

    Hexadecimal colours such as "#0072BD" or "#F80" as rows of red, green and blue from 0 to 1 (uint8: from 0 to 255).

    hexStr is a text or several; outputType is 'double', 'single', 'uint8' or 'uint16'.

    Examples
      >> rgb = hex2rgb("#FF8000")
      rgb =
          1.0000    0.5020         0
      >> rgb = hex2rgb(["#F00" "#00F"], 'uint8')
      rgb =
        2×3 uint8 matrix
         255     0     0
           0     0   255

    See also rgb2hex, colormap.
    """
    words = texts_or_none(hexStr)
    if words is None or not words:
        raise take.refusal("hex2rgb", "the colors", "text", hexStr)
    rows = []
    for word in words:
        digits = word.strip()
        digits = digits if digits.startswith("#") else "#" + digits
        if len(digits) not in (4, 7) or any(letter not in "0123456789abcdefABCDEF" for letter in digits[1:]):
            raise ScriptError(
                "MATLAB:hex2rgb:InvalidHexadecimal",
                "Hexadecimal color codes must have three or six digits after an optional '#'.",
                notes=(f"got {word!r}",),
            )
        rows.append(parse_colour(digits))
    word = take.choice(outputType, ("double", "single", "uint8", "uint16"), "hex2rgb", "the output type")
    return norm(np.asfortranarray(in_type(np.array(rows), word, np.zeros(1), "hex2rgb")))


@builtin
def rgb2hex(rgb, /, *, Shorthand=False):
    """
    hexStr = rgb2hex(rgb)
    hexStr = rgb2hex(rgb, Shorthand=true)

    Rows of red, green and blue (0 to 1, or of class uint8 or uint16) as hexadecimal colours.

    Options
      Shorthand  three digits, where each pair could be one (false)

    Examples
      >> hexStr = rgb2hex([0 0.447 0.741])
      hexStr =
          "#0072BD"
      >> hexStr = rgb2hex([1 0 0; 0 0 1], Shorthand=true)
      hexStr =
        2×1 string array
          "#F00"
          "#00F"

    See also hex2rgb, colormap.
    """
    array = take.pixels(rgb, "rgb2hex")
    if array.ndim != 2 or array.shape[1] != 3:
        raise take.refusal("rgb2hex", "the colors", "an n-by-3 matrix", rgb)
    if array.dtype.kind == "f" and not ((array >= 0) & (array <= 1)).all():
        raise take.refusal("rgb2hex", "the colors", "numbers from 0 to 1", rgb)
    words = ["#" + "".join(f"{level:02X}" for level in row) for row in scale.im2uint8(array).tolist()]
    if take.flag(Shorthand, "rgb2hex", "Shorthand"):
        words = [
            f"#{word[1]}{word[3]}{word[5]}" if all(word[k] == word[k + 1] for k in (1, 3, 5)) else word
            for word in words
        ]
    return string_array(words, (len(words), 1))


# --------------------------------------------------------------------------------------------------------- differences
def two_labs(first: Any, second: Any, given_lab: Any, function: str) -> tuple[np.ndarray, np.ndarray, bool]:
    a, b = colours_of(first, function), colours_of(second, function)
    if a.shape != b.shape and a.size != 3 and b.size != 3:
        raise ScriptError(f"images:{function}:mismatchedSize", "I1 and I2 must have the same size.")
    single = a.dtype == np.float32 or b.dtype == np.float32
    if take.flag(given_lab, function, "isInputLab"):
        return lab_numbers(first, function), lab_numbers(second, function), single
    return *(spaces.xyz2lab(spaces.rgb2xyz(levels_of(part), "srgb", WHITE), WHITE) for part in (a, b)), single


def differences(values: np.ndarray, single: bool) -> Any:
    made = values.astype(np.float32) if single else values
    return norm(np.asfortranarray(made if made.ndim > 1 else made.reshape(-1, 1)))


@builtin
def deltaE(I1, I2, /, *, isInputLab=False):
    """
    dE = deltaE(I1, I2)
    dE = deltaE(I1, I2, isInputLab=true)

    How far the colours of two images are apart: the distance in L*a*b* (CIE 1976).

    Options
      isInputLab  whether the colours are L*a*b* already (false: sRGB)

    Examples
      >> dE = deltaE([50 0 0], [50 3 4], isInputLab=true)
      dE =
           5
      >> dE = round(deltaE([1 1 1], [0 0 0]), 4)
      dE =
         100

    See also imcolordiff, rgb2lab, colorangle.
    """
    first, second, single = two_labs(I1, I2, isInputLab, "deltaE")
    return differences(spaces.cie76(first, second), single)


@builtin
def imcolordiff(
    I1, I2, /, *, Standard="CIE94", isInputLab=False, kL=1.0, kC=1.0, kH=1.0, K1=0.045, K2=0.015
):  # fmt: skip
    """
    dE = imcolordiff(I1, I2)
    dE = imcolordiff(I1, I2, Name=Value)

    How far the colours of two images look apart, by CIE94 or CIEDE2000.

    CIEDE2000 is scikit-image's, whose numbers are those of the standard's test data.

    Options
      Standard    'CIE94' or 'CIEDE2000'
      isInputLab  whether the colours are L*a*b* already (false: sRGB)
      kL          weight of lightness (1)
      kC          weight of chroma (1)
      kH          weight of hue (1)
      K1          of CIE94: 0.045
      K2          of CIE94: 0.015

    Examples
      >> dE = imcolordiff([50 0 0], [50 3 4], isInputLab=true)
      dE =
           5
      >> dE = imcolordiff([50 2.6772 -79.7751], [50 0 -82.7485], isInputLab=true, Standard='CIEDE2000')
      dE =
          2.0425

    See also deltaE, rgb2lab.
    """
    first, second, single = two_labs(I1, I2, isInputLab, "imcolordiff")
    names, given = ("kL", "kC", "kH", "K1", "K2"), (kL, kC, kH, K1, K2)
    weights = tuple(take.number(value, "imcolordiff", name) for name, value in zip(names, given, strict=True))
    if not all(weight > 0 for weight in weights[:3]):
        raise take.refusal("imcolordiff", "kL, kC and kH", "positive", kL)
    word = take.choice(Standard, ("CIE94", "CIEDE2000"), "imcolordiff", "Standard")
    found = spaces.cie94(first, second, weights) if word == "CIE94" else spaces.ciede2000(first, second, weights)
    return differences(np.asarray(found), single)


@builtin
def colorangle(rgb1, rgb2, /):
    """
    angle = colorangle(rgb1, rgb2)

    The angle in degrees between two colours as vectors of red, green and blue.

    Examples
      >> angle = round(colorangle([1 0 0], [1 1 0]), 4)
      angle =
          45

    See also illumgray, illumpca, deltaE.
    """
    pair = []
    for number, value in ((1, rgb1), (2, rgb2)):
        vector = np.array(take.numbers(value, "colorangle", f"input number {number}", 3))
        if not np.isfinite(vector).all() or not vector.any():
            raise take.refusal("colorangle", f"input number {number}", "finite and not all zero", value)
        pair.append(vector / np.linalg.norm(vector))
    return float(np.degrees(np.arccos(np.clip(pair[0] @ pair[1], -1, 1))))


# ------------------------------------------------------------------------------------------------------------- lights
def linear_pixels(image: Any, mask: Any, function: str) -> np.ndarray:
    """The pixels (n×3, from 0 to 1) of an image that a mask leaves."""
    array = take.pixels(image, function, "input number 1, A,")
    if array.ndim != 3 or array.shape[2] != 3 or not array.size:
        raise take.refusal(function, "input number 1, A,", "m-by-n-by-3", image)
    level = levels_of(array).reshape(-1, 3)
    if mask is None:
        return level
    kept = take.pixels(mask, function, "Mask")
    if kept.shape != array.shape[:2] or not (kept != 0).any():
        raise take.refusal(function, "Mask", "of the size of the image, with true in it", mask)
    return level[(kept != 0).ravel()]


def percents(value: Any, function: str, most: int) -> list[float]:
    given = take.numbers(value, function, "the percentile", tuple(range(1, most + 1)))
    if not all(0 <= number <= 100 for number in given) or sum(given) >= 100 and most == 2:
        raise take.refusal(function, "the percentile", "from 0 to 100", value)
    return given


@builtin
def illumgray(A, percentile=1.0, /, *, Mask=None, Norm=1.0):
    """
    illuminant = illumgray(A)
    illuminant = illumgray(A, percentile)
    illuminant = illumgray(..., Name=Value)

    The light of a scene, if its colours are grey on the whole (A is linear RGB).

    percentile is the share of the darkest and of the brightest values of each channel that does not count (1).

    Options
      Mask  logical matrix of the pixels that count
      Norm  1 for the mean; p for the p-norm of the values

    Examples
      >> illuminant = illumgray(cat(3, [0.2 0.4], [0.1 0.1], [0.5 0.5]), 0)
      illuminant =
          0.3000    0.1000    0.5000

    See also illumwhite, illumpca, chromadapt, rgb2lin.
    """
    level = linear_pixels(A, Mask, "illumgray")
    ends = percents(percentile, "illumgray", 2)
    ends = ends * 2 if len(ends) == 1 else ends
    power = take.number(Norm, "illumgray", "Norm")
    if not power >= 1:
        raise take.refusal("illumgray", "Norm", "1 or more", Norm)
    low, high = int(len(level) * ends[0] / 100), len(level) - int(len(level) * ends[1] / 100)
    kept = np.sort(level, axis=0)[low:high]
    if not len(kept):
        raise take.refusal("illumgray", "the percentile", "so that pixels are left", percentile)
    found = kept.max(0) if np.isinf(power) else (kept**power).mean(0) ** (1 / power)
    return norm(found.reshape(1, 3))


@builtin
def illumwhite(A, topPercentile=1.0, /, *, Mask=None):
    """
    illuminant = illumwhite(A)
    illuminant = illumwhite(A, topPercentile)
    illuminant = illumwhite(..., Mask=m)

    The light of a scene, if its brightest surface is white (A is linear RGB).

    topPercentile is the share of the brightest values of each channel that does not count (1).

    Options
      Mask  logical matrix of the pixels that count

    Examples
      >> illuminant = illumwhite(cat(3, [0.2 0.4], [0.1 0.1], [0.5 0.3]), 0)
      illuminant =
          0.4000    0.1000    0.5000

    See also illumgray, illumpca, chromadapt.
    """
    level = linear_pixels(A, Mask, "illumwhite")
    share = percents(topPercentile, "illumwhite", 1)[0]
    place = max(len(level) - 1 - int(len(level) * share / 100), 0)
    return norm(np.sort(level, axis=0)[place].reshape(1, 3))


@builtin
def illumpca(A, percentage=3.5, /, *, Mask=None):
    """
    illuminant = illumpca(A)
    illuminant = illumpca(A, percentage)
    illuminant = illumpca(..., Mask=m)

    The light of a scene from its brightest and darkest pixels (A is linear RGB): their main direction.

    percentage of the pixels, at each end, is looked at (3.5) (D. Cheng and others, 2014).

    Options
      Mask  logical matrix of the pixels that count

    Examples
      >> illuminant = illumpca(cat(3, [0.3 0.6], [0.2 0.4], [0.1 0.2]), 50)
      illuminant =
          0.8018    0.5345    0.2673

    See also illumgray, illumwhite, chromadapt.
    """
    level = linear_pixels(A, Mask, "illumpca")
    share = percents(percentage, "illumpca", 1)[0]
    if not 0 < share <= 50:
        raise take.refusal("illumpca", "the percentage", "above 0, to 50", percentage)
    mean = level.mean(0)
    if not mean.any():
        return norm(np.zeros((1, 3)))
    along = level @ (mean / np.linalg.norm(mean))
    count = max(int(np.ceil(len(level) * share / 100)), 1)
    order = np.argsort(along, kind="stable")
    kept = level[np.unique(np.r_[order[:count], order[-count:]])]
    _, vectors = np.linalg.eigh(kept.T @ kept)
    return norm(np.abs(vectors[:, -1]).reshape(1, 3))


@builtin
def chromadapt(A, illuminant, /, *, ColorSpace="srgb", Method="bradford"):
    """
    B = chromadapt(A, illuminant)
    B = chromadapt(A, illuminant, Name=Value)

    White balance: an image as it would look if the light of the scene, illuminant (red, green and blue), were white.

    Options
      ColorSpace  'srgb', 'adobe-rgb-1998', 'prophoto-rgb' or 'linear-rgb'
      Method      'bradford', 'vonkries' or 'simple' (red, green and blue divided by the light's)

    Examples
      >> B = chromadapt(cat(3, 0.5, 0.25, 0.25), [1 0.5 0.5], Method='simple', ColorSpace='linear-rgb'); B(:)'
      ans =
          0.2500    0.2500    0.2500
      >> size(chromadapt(rand(2, 3, 3), [0.9 1 0.8]))
      ans =
           2     3     3

    See also illumgray, illumwhite, illumpca, rgb2lin.
    """
    array = colours_of(A, "chromadapt", "input number 1, A,", most=3)
    light = np.array(take.numbers(illuminant, "chromadapt", "the illuminant", 3))
    if not (light > 0).all():
        raise take.refusal("chromadapt", "the illuminant", "positive", illuminant)
    space = take.choice(ColorSpace, SPACES, "chromadapt", "ColorSpace")
    method = take.choice(Method, ("bradford", "vonkries", "simple"), "chromadapt", "Method")
    level = levels_of(array)
    shown = spaces.linear(level, space)
    if method == "simple":
        source = spaces.linear(light, space)
        balanced = shown / (source / source[1])
    else:
        matrix = spaces.to_xyz(space)
        white = matrix.sum(1)
        source = matrix @ spaces.linear(light, space)
        adapted = spaces.adaptation(source / source[1], white, method)
        balanced = shown @ (np.linalg.inv(matrix) @ adapted @ matrix).T
    made = spaces.encoded(balanced, space)
    made = scale.back_to_class(made, array.dtype) if array.dtype.kind in "iu" else like(np.clip(made, 0, 1), array)
    return colours_back(made)

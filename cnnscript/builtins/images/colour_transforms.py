"""Colour transformations as structures, as older scripts use them: makecform and applycform."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.colour_spaces_of_images import colours_back, colours_of, levels_of, white_point
from cnnscript.builtins.images.colour_values import lab_in_class, lab_numbers
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour_spaces as spaces
from cnnscript.pictures.images import scale
from cnnscript.values.numeric import norm, saturated
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none

# by type: the spaces before and after
SPACES = {
    "srgb2lab": ("RGB", "Lab"), "lab2srgb": ("Lab", "RGB"), "srgb2xyz": ("RGB", "XYZ"), "xyz2srgb": ("XYZ", "RGB"),
    "xyz2lab": ("XYZ", "Lab"), "lab2xyz": ("Lab", "XYZ"), "lab2lch": ("Lab", "LCH"), "lch2lab": ("LCH", "Lab"),
    "xyz2xyl": ("XYZ", "xyY"), "xyl2xyz": ("xyY", "XYZ"), "xyz2uvl": ("XYZ", "uvL"), "uvl2xyz": ("uvL", "XYZ"),
    "xyz2upvpl": ("XYZ", "u'v'L"), "upvpl2xyz": ("u'v'L", "XYZ"), "adapt": ("XYZ", "XYZ"),
}  # fmt: skip
PROFILED = ("icc", "cmyk2srgb", "srgb2cmyk", "graytrc", "mattrc", "clut", "named")


@builtin
def makecform(
    kind, /, *rest, AdaptedWhitePoint="icc", WhitePoint="icc", WhiteStart=None, WhiteEnd="icc", AdaptModel="bradford"
):
    """
    cform = makecform(type)
    cform = makecform(type, Name=Value)

    A transformation of colours, for applycform.

    Types: 'srgb2lab', 'lab2srgb', 'srgb2xyz', 'xyz2srgb', 'xyz2lab', 'lab2xyz', 'lab2lch', 'lch2lab', 'xyz2xyl',
    'xyl2xyz', 'xyz2uvl', 'uvl2xyz', 'xyz2upvpl', 'upvpl2xyz' and 'adapt'. L*a*b* and XYZ are seen under the white of
    ICC profiles (D50), other than with rgb2lab, the newer way. Types that need a profile file are refused.

    Options
      AdaptedWhitePoint  of 'srgb2lab' and its like: the white that sRGB is adapted to
      WhitePoint         of 'xyz2lab' and 'lab2xyz'
      WhiteStart         of 'adapt': the white that colours are seen under
      WhiteEnd           of 'adapt': the white to see them under
      AdaptModel         of 'adapt': 'bradford', 'vonkries' or 'xyz'

    Examples
      >> cform = makecform('srgb2lab'); applycform([1 0 0], cform)
      ans =
         54.2924   80.8161   69.8875
      >> cform = makecform('adapt', WhiteStart=[0.9 1 0.8], WhiteEnd='d65'); round(applycform([0.9 1 0.8], cform), 4)
      ans =
          0.9505    1.0000    1.0888

    See also applycform, rgb2lab, rgb2xyz, whitepoint.
    """
    word = take.word(kind, "makecform", "the type").lower()
    if word in PROFILED:
        raise ScriptError(
            "cnnscript:makecform:profile", f"'{word}' needs ICC profiles, which cnnscript does not read.",
            hint="rgb2lab, rgb2xyz and their like need none",
        )  # fmt: skip
    word = take.choice(kind, tuple(SPACES), "makecform", "the type")
    take.no_options(list(rest), "makecform")
    before, after = SPACES[word]
    data: dict[str, Any] = {}
    if word == "adapt":
        if WhiteStart is None:
            raise ScriptError("images:makecform:whitePoints", "'adapt' needs WhiteStart.")
        data["WhiteStart"] = white_point(WhiteStart, "makecform")
        data["WhiteEnd"] = white_point(WhiteEnd, "makecform")
        data["AdaptModel"] = take.choice(AdaptModel, ("bradford", "vonkries", "xyz"), "makecform", "AdaptModel")
    elif "srgb" in word:
        data["WhitePoint"] = white_point(AdaptedWhitePoint, "makecform")
    elif word in ("xyz2lab", "lab2xyz"):
        data["WhitePoint"] = white_point(WhitePoint, "makecform")
    made = {name: value if isinstance(value, str) else norm(value.reshape(1, 3)) for name, value in data.items()}
    return Struct({"c_func": word, "ColorSpace_in": before, "ColorSpace_out": after, "cdata": Struct(made)})


def lengths(colours: np.ndarray) -> np.ndarray:
    chroma = np.hypot(colours[..., 1], colours[..., 2])
    return np.stack([colours[..., 0], chroma, np.degrees(np.arctan2(colours[..., 2], colours[..., 1])) % 360], -1)


def back_from_lengths(colours: np.ndarray) -> np.ndarray:
    angle = np.radians(colours[..., 2])
    return np.stack([colours[..., 0], colours[..., 1] * np.cos(angle), colours[..., 1] * np.sin(angle)], -1)


def shares(colours: np.ndarray, weights: tuple[float, float, float], factors: tuple[float, float]) -> np.ndarray:
    """X and Y in parts of a weighted sum, and Y."""
    below = colours @ np.array(weights)
    below = np.where(below == 0, 1, below)
    return np.stack([factors[0] * colours[..., 0] / below, factors[1] * colours[..., 1] / below, colours[..., 1]], -1)


def from_xyl(colours: np.ndarray) -> np.ndarray:
    x, y, light = np.moveaxis(colours, -1, 0)
    factor = light / np.where(y == 0, 1, y)
    return np.stack([x * factor, light, (1 - x - y) * factor], -1)


def from_uv(colours: np.ndarray, up: float) -> np.ndarray:
    """u and v of 1960 (v times `up` is v' of 1976)."""
    u, v, light = np.moveaxis(colours, -1, 0)
    v = v * up
    factor = light / np.where(v == 0, 1, 4 * v)
    return np.stack([9 * u * factor, light, (12 - 3 * u - 20 * v) * factor], -1)


PLAIN: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "lab2lch": lengths,
    "lch2lab": back_from_lengths,
    "xyz2xyl": lambda colours: shares(colours, (1, 1, 1), (1, 1)),
    "xyl2xyz": from_xyl,
    "xyz2uvl": lambda colours: shares(colours, (1, 15, 3), (4, 6)),
    "uvl2xyz": lambda colours: from_uv(colours, 1.5),
    "xyz2upvpl": lambda colours: shares(colours, (1, 15, 3), (4, 9)),
    "upvpl2xyz": lambda colours: from_uv(colours, 1.0),
}


@builtin
def applycform(A, C, /):
    """
    B = applycform(A, C)

    The colours of an image or a colour map through a transformation that makecform made.

    uint8 and uint16 sRGB gives L*a*b* in the same class (see lab2double), and the other way round; XYZ of integer
    colours is uint16.

    Examples
      >> B = applycform(uint8([255 255 255]), makecform('srgb2lab'))
      B =
        1×3 uint8 row vector
         255   128   128
      >> B = applycform([50 30 40], makecform('lab2lch'))
      B =
         50.0000   50.0000   53.1301
      >> round(applycform([100 0 0], makecform('lab2srgb')), 4)
      ans =
           1     1     1

    See also makecform, rgb2lab, lab2double.
    """
    fields = C.fields if isinstance(C, Struct) else {}
    word = text_or_none(fields.get("c_func", 0.0))
    if word not in SPACES or not isinstance(fields.get("cdata"), Struct):
        raise take.refusal("applycform", "input number 2, C,", "what makecform made", C)
    data = fields["cdata"].fields
    array = colours_of(A, "applycform", "input number 1, A,", most=3)
    if word in PLAIN:
        return colours_back(PLAIN[word](real(array, word)))
    if word == "adapt":
        start, end = (np.ravel(data[name]) for name in ("WhiteStart", "WhiteEnd"))
        method = {"xyz": "simple"}.get(data["AdaptModel"], data["AdaptModel"])
        return colours_back(real(array, word) @ spaces.adaptation(start, end, method).T)
    white = np.ravel(data["WhitePoint"])
    before, after = SPACES[word]
    whole = array.dtype.name if array.dtype.kind in "iu" else ""
    if before == "RGB":
        xyz = spaces.rgb2xyz(levels_of(array), "srgb", white)
    elif before == "Lab":
        xyz = spaces.lab2xyz(lab_numbers(A, "applycform"), white)
    else:
        xyz = array.astype(float) / 32768 if array.dtype == np.uint16 else real(array, word)
    if after == "Lab":
        lab = spaces.xyz2lab(xyz, white)
        return colours_back(lab_in_class(lab, whole) if whole else lab)
    if after == "XYZ":
        return colours_back(saturated(xyz * 32768, np.dtype(np.uint16)) if whole else xyz)
    rgb = np.clip(spaces.xyz2rgb(xyz, "srgb", white), 0, 1)
    return colours_back(scale.back_to_class(rgb, array.dtype) if whole else rgb)


def real(array: np.ndarray, word: str) -> np.ndarray:
    if array.dtype.kind != "f":
        raise ScriptError("images:applycform:classNotSupported", f"'{word}' takes colours of class double.")
    return array.astype(float)

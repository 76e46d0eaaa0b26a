"""Images changed at random, as training wants them: random affine transformations and colours."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.geometric_transforms import Transform, plane_turn
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, scale
from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm


def drawn(session: Any, value: Any, function: str, argument: str) -> float:
    """A number from a range [low high], evenly, or what a function of no arguments gives."""
    if isinstance(value, Function):
        return take.number(value.call(1), function, f"what the function of {argument} gives")
    low, high = take.numbers(value, function, argument, 2)
    if not low <= high or not np.isfinite((low, high)).all():
        raise take.refusal(function, argument, "two rising numbers", value)
    if low == high:
        return low
    return low + (high - low) * float(session.random.uniforms(1)[0])


def mirrored(session: Any, value: Any, argument: str) -> float:
    return -1.0 if take.flag(value, "randomAffine2d", argument) and session.random.uniforms(1)[0] > 0.5 else 1.0


NOTHING = np.zeros((1, 2))
UNIT = np.ones((1, 2))


@builtin
def randomAffine2d(
    session,
    /,
    *,
    XReflection=False,
    YReflection=False,
    Rotation=NOTHING,
    Scale=UNIT,
    XShear=NOTHING,
    YShear=NOTHING,
    XTranslation=NOTHING,
    YTranslation=NOTHING,
):
    """
    tform = randomAffine2d
    tform = randomAffine2d(Name=Value)

    An affine transformation drawn at random: mirrored, turned, scaled, sheared and shifted, in this order.

    Each range is [low high], or a function of no arguments that gives the number.

    Options
      XReflection   whether to mirror left and right half of the times (false)
      YReflection   whether to mirror up and down half of the times (false)
      Rotation      degrees ([0 0])
      Scale         factor ([1 1])
      XShear        degrees, between -90 and 90 ([0 0])
      YShear        degrees, between -90 and 90 ([0 0])
      XTranslation  pixels ([0 0])
      YTranslation  pixels ([0 0])

    Examples
      >> tform = randomAffine2d
      tform =
        affinetform2d with properties:
          Dimensionality: 2
                       A: [3×3 double]
      >> tform = randomAffine2d(Rotation=[90 90], XTranslation=[5 5]); tform.A
      ans =
           0    -1     5
           1     0     0
           0     0     1
      >> rng(0), tform = randomAffine2d(Scale=[1 2]); tform.A(1)
      ans =
          1.8147
      >> tform = randomAffine2d(Scale=@() 3); tform.A(1)
      ans =
           3

    See also affinetform2d, imwarp, affineOutputView, jitterColorHSV, randomCropWindow2d.
    """
    function = "randomAffine2d"
    across, down = mirrored(session, XReflection, "XReflection"), mirrored(session, YReflection, "YReflection")
    angle = drawn(session, Rotation, function, "Rotation")
    factor = drawn(session, Scale, function, "Scale")
    if not factor > 0:
        raise take.refusal(function, "Scale", "positive", Scale)
    shears = [drawn(session, value, function, name) for value, name in ((XShear, "XShear"), (YShear, "YShear"))]
    if not all(-90 < shear < 90 for shear in shears):
        raise take.refusal(function, "XShear and YShear", "between -90 and 90 degrees", XShear)
    shift = [
        drawn(session, value, function, name)
        for value, name in ((XTranslation, "XTranslation"), (YTranslation, "YTranslation"))
    ]
    along_x = np.array(((1.0, np.tan(np.radians(shears[0]))), (0.0, 1.0)))
    along_y = np.array(((1.0, 0.0), (np.tan(np.radians(shears[1])), 1.0)))
    matrix = np.eye(3)
    matrix[:2, :2] = along_y @ along_x @ (factor * plane_turn(angle)) @ np.diag((across, down))
    matrix[:2, 2] = shift
    return Transform("affinetform2d", matrix + 0.0)


@builtin
def jitterColorHSV(
    session, I, /, *, Contrast=UNIT, Hue=NOTHING, Saturation=NOTHING, Brightness=NOTHING  # noqa: E741
):  # fmt: skip
    """
    J = jitterColorHSV(I, Name=Value)

    The colours of an image changed at random.

    A range is [low high]; one number n stands for [-n n], of Contrast for [1-n 1+n]. It may be a function of no
    arguments that gives the number.

    Options
      Contrast    factor of the levels ([1 1])
      Hue         added to the hue, which goes round from 0 to 1 ([0 0])
      Saturation  added to the saturation ([0 0])
      Brightness  added to the brightness ([0 0])

    Examples
      >> J = jitterColorHSV(cat(3, 1, 0, 0), Hue=[0.5 0.5]); J(:)'
      ans =
           0     1     1
      >> J = jitterColorHSV(uint8(cat(3, 100, 50, 50)), Brightness=[0.2 0.2]); class(J), J(:)'
      ans =
          'uint8'
      ans =
        1×3 uint8 row vector
         151    76    76

    See also rgb2hsv, randomAffine2d, imerase.
    """
    array = take.pixels(I, "jitterColorHSV", "input number 1, I,")
    if array.ndim != 3 or array.shape[2] != 3:
        raise take.refusal("jitterColorHSV", "input number 1, I,", "m-by-n-by-3", I)
    contrast = drawn(session, around(Contrast, 1.0), "jitterColorHSV", "Contrast")
    if not contrast >= 0:
        raise take.refusal("jitterColorHSV", "Contrast", "nonnegative", Contrast)
    hue, saturation, brightness = (
        drawn(session, around(value, 0.0), "jitterColorHSV", name)
        for value, name in ((Hue, "Hue"), (Saturation, "Saturation"), (Brightness, "Brightness"))
    )
    if array.dtype.name not in ("uint8", "uint16", "float32", "float64"):
        raise scale.unknown_class("jitterColorHSV", array.dtype.name)
    hsv = colour.rgb2hsv(np.clip(scale.im2double(array) * contrast, 0, 1))
    hsv[..., 0] = (hsv[..., 0] + hue) % 1
    hsv[..., 1] = np.clip(hsv[..., 1] + saturation, 0, 1)
    hsv[..., 2] = np.clip(hsv[..., 2] + brightness, 0, 1)
    return norm(np.asfortranarray(scale.back_to_class(colour.hsv2rgb(hsv), array.dtype)))


def around(value: Any, middle: float) -> Any:
    """The range that one number stands for."""
    if isinstance(value, Function):
        return value
    given = take.numbers(value, "jitterColorHSV", "a range", (1, 2))
    if len(given) == 1:
        if given[0] < 0:
            raise ScriptError("images:jitterColorHSV:negative", "A range that is one number must be nonnegative.")
        return np.array([[middle - given[0], middle + given[0]]])
    return value

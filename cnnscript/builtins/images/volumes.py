"""Volumes resized and rotated, and random transformations of space."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.geometric_transforms import Transform
from cnnscript.builtins.images.image_augmentation import NOTHING, UNIT, drawn
from cnnscript.builtins.images.image_warping import fill_of, method_of, view_of_all, warped
from cnnscript.builtins.images.spatial_references import SpatialReference, default_reference
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images.resize import imresize
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none

METHODS = {
    "nearest": "nearest", "linear": "bilinear", "cubic": "bicubic", "box": "box", "triangle": "triangle",
    "lanczos2": "lanczos2", "lanczos3": "lanczos3",
}  # fmt: skip


def volume(value: Any, function: str) -> np.ndarray:
    array = take.pixels(value, function, "input number 1, V,")
    if array.ndim > 3 or not array.size:
        raise take.refusal(function, "input number 1, V,", "a nonempty array of three dimensions", value)
    return array if array.ndim == 3 else array.reshape(*array.shape, 1)


@builtin
def imresize3(V, /, *rest, OutputSize=None, Scale=None, Method=None, Antialiasing=None):
    """
    B = imresize3(V, scale)
    B = imresize3(V, [rows cols planes])
    B = imresize3(..., method)
    B = imresize3(..., Name=Value)

    Resize a volume along all three dimensions, as imresize does an image along two.

    method is 'cubic' (the default), 'nearest', 'linear', 'box', 'triangle', 'lanczos2' or 'lanczos3'; one or two sizes
    that are NaN keep the proportions.

    Options
      OutputSize    [rows cols planes], instead of the second argument
      Scale         one factor, or three
      Method        as above
      Antialiasing  whether shrinking widens the kernel (true; false with 'nearest')

    Examples
      >> size(imresize3(zeros(10, 20, 30), 0.5))
      ans =
           5    10    15
      >> squeeze(imresize3(cat(3, 0, 10), [1 1 4], 'linear'))'
      ans =
               0    2.5000    7.5000   10.0000
      >> size(imresize3(zeros(10, 20, 30), OutputSize=[5 NaN NaN], Method='nearest'))
      ans =
           5    10    15

    See also imresize, imrotate3, imcrop3.
    """
    array, values = volume(V, "imresize3"), list(rest)
    word = take.choice(values.pop(), tuple(METHODS), "imresize3", "the method") if (
        values and text_or_none(values[-1]) is not None
    ) else "cubic"  # fmt: skip
    if Method is not None:
        word = take.choice(Method, tuple(METHODS), "imresize3", "Method")
    take.no_options(values[1:], "imresize3")
    factors, sizes = None, None
    sized = OutputSize if OutputSize is not None else Scale if Scale is not None else values[0] if values else 0.0
    if values:
        given = take.numbers(values[0], "imresize3", "the scale or the output size", (1, 3))
        factors, sizes = (given * 3, None) if len(given) == 1 else (None, given)
    if Scale is not None:
        given = take.numbers(Scale, "imresize3", "Scale", (1, 3))
        factors, sizes = given * 3 if len(given) == 1 else given, None
    if OutputSize is not None:
        sizes, factors = take.numbers(OutputSize, "imresize3", "OutputSize", 3), None
    if sizes is not None:
        known = [size / length for size, length in zip(sizes, array.shape, strict=True) if not np.isnan(size)]
        if not known or not all(0 < factor < np.inf for factor in known):
            raise take.refusal("imresize3", "the output size", "positive, with one size that is no NaN", sized)
        made = [
            int(np.ceil(known[0] * length if np.isnan(size) else size))
            for size, length in zip(sizes, array.shape, strict=True)
        ]
        factors = [
            known[0] if np.isnan(size) else new / length
            for size, new, length in zip(sizes, made, array.shape, strict=True)
        ]
    elif factors is not None:
        if not all(0 < factor < np.inf for factor in factors):
            raise take.refusal("imresize3", "the scale", "positive", sized)
        made = [int(np.ceil(factor * length)) for factor, length in zip(factors, array.shape, strict=True)]
    else:
        raise ScriptError("images:imresize3:missingScaleAndSize", "Either scale or output size must be specified.")
    require_memory(tuple(made), 8)
    smooth = take.flag(Antialiasing, "imresize3", "Antialiasing") if Antialiasing is not None else None
    for axis in np.argsort(factors, kind="stable").tolist():
        lines = np.moveaxis(array, axis, 0)
        column = np.asfortranarray(lines.reshape(lines.shape[0], 1, -1))
        column = imresize(column, (made[axis], 1), (factors[axis], 1.0), METHODS[word], smooth)
        array = np.moveaxis(column.reshape(made[axis], *lines.shape[1:]), 0, axis)
    return norm(np.asfortranarray(array))


@builtin
def imrotate3(V, angle, W, /, *rest, FillValues=0.0):
    """
    B = imrotate3(V, angle, W)
    B = imrotate3(V, angle, W, method)
    B = imrotate3(V, angle, W, method, bbox)
    B = imrotate3(..., FillValues=value)

    Rotate a volume about an axis W = [x y z] through its middle, by degrees, counterclockwise as seen from its tip.

    method is 'linear' (the default), 'nearest' or 'cubic'; bbox is 'loose' (all of the volume, the default) or 'crop'.

    Options
      FillValues  what comes from outside (0)

    Examples
      >> squeeze(imrotate3(cat(3, [1 2; 3 4]), 90, [0 0 1]))
      ans =
           2     4
           1     3
      >> size(imrotate3(ones(4, 4, 4), 45, [0 0 1]))
      ans =
           6     6     4
      >> size(imrotate3(ones(4, 4, 4), 45, [0 0 1], 'nearest', 'crop'))
      ans =
           4     4     4

    See also imrotate, imresize3, imwarp.
    """
    array = volume(V, "imrotate3")
    degrees = take.number(angle, "imrotate3", "the angle")
    axis = np.array(take.numbers(W, "imrotate3", "the axis W", 3))
    if not np.isfinite(axis).all() or not axis.any() or not np.isfinite(degrees):
        raise take.refusal("imrotate3", "the axis W", "finite and not all zero", W)
    method, box = "linear", "loose"
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    for value in rest:
        word = take.word(value, "imrotate3", "the method or the box").lower()
        if word in ("loose", "crop"):
            box = word
        else:
            method = method_of(value, "imrotate3")
    matrix = np.eye(4)
    matrix[:3, :3] = about(axis / np.linalg.norm(axis), degrees)
    move = Transform("affinetform3d", matrix)
    reference = default_reference(array.shape, 3)
    out = view_of_all(move, reference)
    if box == "crop":
        middles = [(low + high) / 2 for low, high in out.limits]
        out = SpatialReference(
            reference.image_size,
            [(middle - n / 2, middle + n / 2) for middle, n in zip(middles, reference.counts, strict=True)],
        )
    require_memory(out.image_size, 64)
    fill = fill_of(FillValues, array, 3, "imrotate3")
    return norm(warped(array, reference, move, out, method, fill, smooth=True))


def about(axis: np.ndarray, degrees: float) -> np.ndarray:
    """The rotation about a unit vector (B. O. Rodrigues), where y goes down."""
    from cnnscript.pictures.images.warping import cosine_sine

    cosine, sine = cosine_sine(-degrees)
    x, y, z = axis
    cross = np.array(((0, -z, y), (z, 0, -x), (-y, x, 0)))
    return cosine * np.eye(3) + sine * cross + (1 - cosine) * np.outer(axis, axis)


@builtin
def randomAffine3d(
    session,
    /,
    *,
    XReflection=False,
    YReflection=False,
    ZReflection=False,
    Rotation=NOTHING,
    Scale=UNIT,
    XTranslation=NOTHING,
    YTranslation=NOTHING,
    ZTranslation=NOTHING,
):
    """
    tform = randomAffine3d
    tform = randomAffine3d(Name=Value)

    An affine transformation of space drawn at random: mirrored, turned about a random axis, scaled and shifted.

    Each range is [low high], or a function of no arguments that gives the number. A Shear is not taken.

    Options
      XReflection   whether to mirror along x half of the times (false)
      YReflection   whether to mirror along y half of the times (false)
      ZReflection   whether to mirror along z half of the times (false)
      Rotation      degrees ([0 0])
      Scale         factor ([1 1])
      XTranslation  voxels ([0 0])
      YTranslation  voxels ([0 0])
      ZTranslation  voxels ([0 0])

    Examples
      >> tform = randomAffine3d(Scale=[2 2], ZTranslation=[5 5]); tform.A
      ans =
           2     0     0     0
           0     2     0     0
           0     0     2     5
           0     0     0     1

    See also randomAffine2d, affinetform3d, imwarp.
    """
    function = "randomAffine3d"
    signs = [
        -1.0 if take.flag(value, function, name) and session.random.uniforms(1)[0] > 0.5 else 1.0
        for value, name in (
            (XReflection, "XReflection"), (YReflection, "YReflection"), (ZReflection, "ZReflection")
        )
    ]  # fmt: skip
    angle = drawn(session, Rotation, function, "Rotation")
    axis = session.random.normals(3) if angle else np.array((0.0, 0.0, 1.0))
    factor = drawn(session, Scale, function, "Scale")
    if not factor > 0:
        raise take.refusal(function, "Scale", "positive", Scale)
    matrix = np.eye(4)
    matrix[:3, :3] = factor * about(axis / np.linalg.norm(axis), -angle) @ np.diag(signs)
    shifts = ((XTranslation, "XTranslation"), (YTranslation, "YTranslation"), (ZTranslation, "ZTranslation"))
    matrix[:3, 3] = [drawn(session, value, function, name) for value, name in shifts]
    return Transform("affinetform3d", matrix + 0.0)

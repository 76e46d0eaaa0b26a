"""Images turned, shifted and warped."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.geometric_transforms import Transform
from cnnscript.builtins.images.spatial_references import SpatialReference, default_reference
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import warping
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none

METHODS = {
    "nearest": "nearest", "linear": "linear", "bilinear": "linear", "trilinear": "linear", "cubic": "cubic",
    "bicubic": "cubic", "tricubic": "cubic",
}  # fmt: skip


def method_of(value: Any, function: str) -> str:
    word = take.word(value, function, "the interpolation method").lower()
    exact = [name for name in METHODS if name == word]
    return METHODS[exact[0] if exact else take.choice(value, tuple(METHODS), function, "the interpolation method")]


def fill_of(value: Any, image: np.ndarray, count: int, function: str) -> np.ndarray | float:
    """What lies outside: a number, or one for each plane."""
    given = take.pixels(value, function, "FillValues").astype(float)
    if given.size == 1:
        return float(given.ravel()[0])
    planes = image.shape[count:]
    squeezed = given.reshape([n for n in given.shape if n != 1] or [1])
    if given.size == int(np.prod(planes)):
        return given.ravel()  # planes in row-major order, as the image's planes are flattened
    if planes and squeezed.size == planes[0]:
        return np.broadcast_to(squeezed.reshape(-1, *(1,) * (len(planes) - 1)), planes).ravel()
    raise ScriptError(
        f"images:{function}:invalidFillValues", "FillValues must be a number, or have one for each plane of the image."
    )


@builtin
def imrotate(image, angle, /, *rest):
    """
    J = imrotate(I, angle)
    J = imrotate(I, angle, method)
    J = imrotate(I, angle, method, bbox)

    Rotate an image counterclockwise about its middle, by degrees.

    method is 'nearest' (the default), 'bilinear' or 'bicubic'; bbox is 'loose' (all of the image, the default) or
    'crop' (the size of the image). What comes from outside is zero, and edges blend into it.

    Examples
      >> imrotate([1 2; 3 4], 90)
      ans =
           2     4
           1     3
      >> size(imrotate(ones(10), 45))
      ans =
          15    15
      >> imrotate(eye(3), 45, 'bilinear', 'crop')
      ans =
               0    0.0858         0
          0.5858    1.0000    0.5858
               0    0.0858         0

    See also imwarp, imtranslate, imresize, imcrop, rot90.
    """
    array = take.pixels(image, "imrotate", "input number 1, A,")
    method, box = "nearest", "loose"
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    for value in rest:
        found = take.choice(
            value, ("nearest", "bilinear", "bicubic", "loose", "crop"), "imrotate", "the method or the box"
        )
        method, box = (method, found) if found in ("loose", "crop") else (METHODS[found], box)
    degrees = take.number(angle, "imrotate", "the angle")
    if not np.isfinite(degrees):
        raise take.refusal("imrotate", "the angle", "finite", angle)
    if not array.size:
        return norm(array)
    return norm(warping.rotate(array, degrees, method, crop=box == "crop"))


@builtin(outputs=2)
def imtranslate(nargout, image, /, *rest, OutputView="same", FillValues=0.0):
    """
    B = imtranslate(A, translation)
    B = imtranslate(A, translation, method)
    B = imtranslate(..., Name=Value)
    [B, RB] = imtranslate(A, RA, translation, ...)

    Shift an image by [x y] pixels, right and down (a volume by [x y z]).

    method is 'linear' (the default), 'nearest' or 'cubic'; it matters where the shift is no whole number. RA and RB say
    where the images lie in the world, whose units the shift then has.

    Options
      OutputView  'same' (the size of the image) or 'full' (all of the shifted one)
      FillValues  what comes from outside: a number (0), or one for each plane

    Examples
      >> imtranslate([1 2 3; 4 5 6], [1 0])
      ans =
           0     1     2
           0     4     5
      >> imtranslate([1 2 3], [-1 0], FillValues=9)
      ans =
           2     3     9
      >> imtranslate([10 20], [0.5 0], OutputView='full')
      ans =
           5    15    10
      >> [B, RB] = imtranslate([1 2 3], imref2d([1 3]), [1 0], OutputView='full'); RB.XWorldLimits
      ans =
          0.5000    4.5000

    See also imrotate, imwarp, circshift.
    """
    array = take.pixels(image, "imtranslate", "input number 1, A,")
    values = list(rest)
    reference = values.pop(0) if values and isinstance(values[0], SpatialReference) else None
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    shift = take.numbers(values.pop(0), "imtranslate", "the translation", (2, 3))
    if not np.isfinite(shift).all():
        raise take.refusal("imtranslate", "the translation", "finite", rest[0])
    count = len(shift)
    method = method_of(values.pop(0), "imtranslate") if values else "linear"
    take.no_options(values, "imtranslate")
    full = take.choice(OutputView, ("same", "full"), "imtranslate", "OutputView") == "full"
    if array.ndim < count:
        array = array.reshape(*array.shape, 1)
    if reference is None:
        reference = default_reference(array.shape, count)
    elif tuple(array.shape[: len(reference.limits)]) != reference.image_size or len(reference.limits) != count:
        raise mismatched("imtranslate")
    if not array.size:
        return norm(array), reference
    steps = [step / extent for step, extent in zip(shift, reference.extents, strict=True)]
    require_memory(
        tuple(
            int(length + (np.ceil(abs(step)) if full else 0))
            for length, step in zip(array.shape, [steps[1], steps[0], *steps[2:]], strict=False)
        ),
        8,
    )
    fill = fill_of(FillValues, array, count, "imtranslate")
    made, starts = warping.translate(array, steps, method, fill, full)
    counts = [made.shape[axis] for axis in [1, 0, 2][:count]]
    ends = reference.world([np.array([start - 0.5, start - 0.5 + n]) for start, n in zip(starts, counts, strict=True)])
    limits = [(float(low), float(high)) for low, high in ends]
    return norm(made), SpatialReference(tuple(made.shape[:count]), limits)


def mismatched(function: str) -> ScriptError:
    return ScriptError(
        f"images:{function}:spatialRefAgreementRequired",
        "The ImageSize property of the spatial reference must be the size of the image.",
    )


@builtin(outputs=2)
def imwarp(nargout, A, /, *rest, OutputView=None, FillValues=0.0, SmoothEdges=False):
    """
    B = imwarp(A, tform)
    B = imwarp(A, D)
    B = imwarp(..., interp)
    B = imwarp(..., Name=Value)
    [B, RB] = imwarp(A, RA, tform, ...)

    Move the pixels of an image as a geometric transformation or a displacement field says.

    interp is 'linear' (the default), 'nearest' or 'cubic'. D holds for each pixel of B how far in x and y (D(:,:,1),
    D(:,:,2)) from its own place it comes from. RA and RB say where the images lie in the world. Only what lies between
    the middles of A's outermost pixels is in the picture, unless SmoothEdges blends them into what is outside.

    Options
      OutputView   an imref2d or imref3d for B (one that holds all of the moved image)
      FillValues   what comes from outside: a number (0), or one for each plane
      SmoothEdges  whether edges blend into what is outside (false)

    Examples
      >> imwarp([1 2; 3 4], affine2d([1 0 0; 0 1 0; 0 0 1]))
      ans =
           1     2
           3     4
      >> [B, RB] = imwarp([1 2 3], imref2d([1 3]), affine2d([-1 0 0; 0 1 0; 0 0 1])); B, RB.XWorldLimits
      B =
           3     2     1
      ans =
         -3.5000   -0.5000
      >> imwarp(uint8([10 20 30]), affinetform2d([1 0 0.5; 0 1 0]), OutputView=imref2d([1 3]), FillValues=255)
      ans =
        1×3 uint8 row vector
         255    15    25
      >> imwarp([10 20 30], cat(3, [1 0.5 0], [0 0 0]))
      ans =
          20    25    30

    See also affine2d, affinetform2d, imref2d, imrotate, imtranslate, affineOutputView.
    """
    image = take.pixels(A, "imwarp", "input number 1, A,")
    values = list(rest)
    reference = values.pop(0) if values and isinstance(values[0], SpatialReference) else None
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    move = values.pop(0)
    method = method_of(values.pop(0), "imwarp") if values and text_or_none(values[0]) is not None else "linear"
    take.no_options(values, "imwarp")
    smooth = take.flag(SmoothEdges, "imwarp", "SmoothEdges")
    if not hasattr(move, "inverse") or not hasattr(move, "dimensions"):
        return by_displacement(image, move, method, FillValues, smooth, OutputView)
    count = move.dimensions
    if image.ndim < count:
        image = image.reshape(*image.shape, 1)
    if not image.size:
        raise take.refusal("imwarp", "input number 1, A,", "nonempty", A)
    if reference is None:
        reference = default_reference(image.shape, count)
    elif len(reference.limits) != count or tuple(image.shape[:count]) != reference.image_size:
        raise mismatched("imwarp")
    if OutputView is None:
        out = view_of_all(move, reference)
    elif isinstance(OutputView, SpatialReference) and len(OutputView.limits) == count:
        out = OutputView
    else:
        raise take.refusal("imwarp", "OutputView", f"an imref{count}d object", OutputView)
    require_memory((*out.image_size, *image.shape[count:]), 24)
    fill = fill_of(FillValues, image, count, "imwarp")
    return norm(warped(image, reference, move, out, method, fill, smooth)), out


def view_of_all(move: Any, reference: SpatialReference) -> SpatialReference:
    """Where all of the moved image lies, in pixels of the size of the image's."""
    counts, limits = warping.fitting_grid(move.limits(reference.limits), reference.extents)
    require_memory(tuple(counts), 8)
    return SpatialReference(tuple(counts[axis] for axis in [1, 0, 2][: len(counts)]), limits)


def warped(
    image: np.ndarray,
    reference: SpatialReference,
    move: Any,
    out: SpatialReference,
    method: str,
    fill: np.ndarray | float,
    smooth: bool,
) -> np.ndarray:
    """The image seen through the pixels of another reference."""
    grids = np.meshgrid(*(np.arange(1.0, n + 1) for n in out.counts))
    world = out.world(grids)
    shape = grids[0].shape
    came_from = move.inverse(np.column_stack([place.ravel() for place in world]))
    places = reference.intrinsic([came_from[:, k].reshape(shape) for k in range(came_from.shape[1])])
    return warping.look_up(image, places, method, fill, smooth)


def by_displacement(image: np.ndarray, value: Any, method: str, fill: Any, smooth: bool, view: Any) -> tuple:
    """B(row, column) from where D points to."""
    if view is not None:
        raise ScriptError("images:imwarp:outputViewWithD", "OutputView goes with a transformation, not with a field D.")
    field = take.pixels(value, "imwarp", "the transformation or the displacement field").astype(float)
    count = field.ndim - 1
    if count not in (2, 3) or field.shape[-1] != count or image.ndim < count:
        raise take.refusal("imwarp", "the displacement field D", "m-by-n-by-2 or m-by-n-by-p-by-3", value)
    order = [1, 0, 2][:count]
    grids = np.meshgrid(*(np.arange(1.0, field.shape[axis] + 1) for axis in order))
    places = [grid + field[..., k] for k, grid in enumerate(grids)]
    made = warping.look_up(image, places, method, fill_of(fill, image, count, "imwarp"), smooth)
    return norm(made), default_reference(made.shape, count)


@builtin
def affineOutputView(sizeA, tform, /, *, BoundsStyle="CenterOutput"):
    """
    Rout = affineOutputView(sizeA, tform)
    Rout = affineOutputView(sizeA, tform, BoundsStyle=style)

    Where imwarp is to look for the output of an affine transformation.

    Options
      BoundsStyle  'CenterOutput' (the size of the image, about the middle of the moved one), 'FollowOutput' (all of
                   the moved image) or 'SameAsInput'

    Examples
      >> Rout = affineOutputView([10 20], affine2d([1 0 0; 0 1 0; 5 0 1])); Rout.XWorldLimits
      ans =
          5.5000   25.5000
      >> Rout = affineOutputView([10 20], affine2d([2 0 0; 0 2 0; 0 0 1]), BoundsStyle='FollowOutput'); Rout.ImageSize
      ans =
          20    40

    See also imwarp, imref2d.
    """
    if not isinstance(tform, Transform) or tform.freedom == "projective":
        raise take.refusal("affineOutputView", "TFORM", "an affine transformation object", tform)
    style = take.choice(BoundsStyle, ("CenterOutput", "FollowOutput", "SameAsInput"), "affineOutputView", "BoundsStyle")
    sizes = take.counts(sizeA, "affineOutputView", "the size of the image", (2, 3, 4))
    if len(sizes) < tform.dimensions or min(sizes) < 1:
        raise take.refusal("affineOutputView", "the size of the image", "positive", sizeA)
    reference = default_reference(tuple(sizes), tform.dimensions)
    if style == "SameAsInput":
        return reference
    if style == "FollowOutput":
        return view_of_all(tform, reference)
    middles = [(low + high) / 2 for low, high in tform.limits(reference.limits)]
    return SpatialReference(
        reference.image_size,
        [(middle - n / 2, middle + n / 2) for middle, n in zip(middles, reference.counts, strict=True)],
    )

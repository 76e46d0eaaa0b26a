"""Images of categories (labels of pixels) resized, cropped and moved: only whole pixels are copied."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_cutting import imcrop
from cnnscript.builtins.images.image_sizes import imresize
from cnnscript.builtins.images.image_warping import imrotate, imtranslate, imwarp
from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import EMPTY, as_array, norm
from cnnscript.values.text import text_or_none


def labels(value: Any, function: str) -> Categorical:
    if not isinstance(value, Categorical):
        raise take.refusal(function, "input number 1, A,", "the categorical array", value)
    return value


def codes(image: Categorical) -> Any:
    return norm(np.asfortranarray(image.codes))


def back(image: Categorical, made: Any) -> Categorical:
    array = as_array(made)
    found = np.zeros((0, 0), np.int64) if array.size == 0 and made is EMPTY else array.astype(np.int64)
    return Categorical(np.asfortranarray(found), list(image.names), image.ordinal, image.protected)


def nearest_only(rest: tuple, function: str, others: tuple[str, ...] = ()) -> tuple:
    """The arguments, of which a method is 'nearest'."""
    for value in rest:
        word = text_or_none(value)
        if word is not None and word.lower() not in ("nearest", *others):
            raise ScriptError(
                f"images:{function}:badInterp", "The interpolation of categorical images is 'nearest'.",
                notes=(f"got '{word}'",),
            )  # fmt: skip
    return rest


def fill_code(image: Categorical, value: Any, function: str) -> float:
    """0 (undefined) for missing, or a category's place."""
    if value is None or getattr(value, "untyped", False):
        return 0.0
    word = text_or_none(value)
    if word is None or word not in image.names:
        raise take.refusal(function, "FillValues", "missing, or the name of a category", value)
    return float(image.names.index(word) + 1)


@overload("categorical", name="imresize")
def imresize_labels(session, C, /, *rest, OutputSize=None, Scale=None, Method=None, Antialiasing=None):
    """
    B = imresize(C, scale)
    B = imresize(C, [rows cols])
    B = imresize(..., 'nearest')

    An image of categories at another size; pixels are copied.

    Options
      OutputSize    [rows cols], instead of the second argument
      Scale         one factor, or [rowfactor colfactor]
      Method        'nearest'
      Antialiasing  false

    Examples
      >> imresize(categorical({'sky' 'sea'}), [1 4])
      ans =
        1×4 categorical array
           sky      sky      sea      sea

    See also imresize, imwarp, categorical.
    """
    image = labels(C, "imresize")
    given = nearest_only(rest, "imresize")
    if Method is not None:
        nearest_only((Method,), "imresize")
    if Antialiasing is not None and take.flag(Antialiasing, "imresize", "Antialiasing"):
        raise ScriptError("images:imresize:categorical", "Categorical images are resized without antialiasing.")
    return back(image, imresize(session, 1, codes(image), *given, OutputSize=OutputSize, Scale=Scale, Method="nearest"))


@overload("categorical", name="imcrop", outputs=2)
def imcrop_labels(nargout, C, /, *rest):
    """
    J = imcrop(C, rect)
    [J, rect2] = imcrop(C, rect)

    The part of an image of categories inside a rectangle or a window.

    Examples
      >> [J, rect2] = imcrop(categorical([1 2 3]), [2 1 1 0])
      J =
        1×2 categorical array
           2      3
      rect2 =
           2     1     1     0

    See also imcrop, centerCropWindow2d.
    """
    image = labels(C, "imcrop")
    made, rectangle = imcrop(2, codes(image), *rest)[:2]
    return back(image, made), rectangle


@overload("categorical", name="imrotate")
def imrotate_labels(C, angle, /, *rest):
    """
    J = imrotate(C, angle)
    J = imrotate(C, angle, 'nearest', bbox)

    An image of categories turned counterclockwise by degrees; what comes from outside is undefined.

    Examples
      >> imrotate(categorical([1 2; 3 4]), 90)
      ans =
        2×2 categorical array
           2      4
           1      3
      >> size(imrotate(categorical(ones(10)), 30, 'nearest', 'crop'))
      ans =
          10    10

    See also imrotate, imwarp.
    """
    image = labels(C, "imrotate")
    return back(image, imrotate(codes(image), angle, *nearest_only(rest, "imrotate", ("loose", "crop"))))


@overload("categorical", name="imtranslate", outputs=2)
def imtranslate_labels(nargout, C, /, *rest, OutputView="same", FillValues=None):
    """
    B = imtranslate(C, translation)
    B = imtranslate(C, translation, Name=Value)

    An image of categories shifted by [x y] pixels.

    Options
      OutputView  'same' (the size of the image) or 'full' (all of the shifted one)
      FillValues  missing (undefined), or the name of a category

    Examples
      >> imtranslate(categorical({'sky' 'sea'}), [1 0])
      ans =
        1×2 categorical array
           <undefined>      sky

    See also imtranslate, imwarp.
    """
    image = labels(C, "imtranslate")
    fill = fill_code(image, FillValues, "imtranslate")
    given = (*nearest_only(rest, "imtranslate"), *(() if text_or_none(rest[-1] if rest else 0.0) else ("nearest",)))
    made, reference = imtranslate(2, codes(image), *given, OutputView=OutputView, FillValues=fill)
    return back(image, made), reference


@overload("categorical", name="imwarp", outputs=2)
def imwarp_labels(nargout, C, /, *rest, OutputView=None, FillValues=None, SmoothEdges=False):
    """
    B = imwarp(C, tform)
    [B, RB] = imwarp(C, RC, tform, Name=Value)

    An image of categories moved as a transformation or a displacement field says; pixels are copied.

    Options
      OutputView   an imref2d for B (one that holds all of the moved image)
      FillValues   missing (undefined), or the name of a category
      SmoothEdges  as of imwarp (false)

    Examples
      >> [B, RB] = imwarp(categorical({'sky' 'sea'}), affine2d([-1 0 0; 0 1 0; 0 0 1])); B
      B =
        1×2 categorical array
           sea      sky

    See also imwarp, randomAffine2d, affineOutputView.
    """
    image = labels(C, "imwarp")
    fill = fill_code(image, FillValues, "imwarp")
    given = (*nearest_only(rest, "imwarp"), *(() if text_or_none(rest[-1] if rest else 0.0) else ("nearest",)))
    made, reference = imwarp(
        2, codes(image), *given, OutputView=OutputView, FillValues=fill, SmoothEdges=SmoothEdges
    )  # fmt: skip
    return back(image, made), reference

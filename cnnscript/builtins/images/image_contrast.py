"""Contrast of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import scale
from cnnscript.values.numeric import EMPTY, norm


@builtin
def stretchlim(A, tol=None, /):
    """
    lohi = stretchlim(I)
    lohi = stretchlim(I, tol)

    The grey levels between which an image is stretched: all but the darkest and brightest hundredth of its pixels.

    tol is the share that is cut at each end, or [low high]. A colour image gives a column for each channel.

    Examples
      >> stretchlim(uint8(0:255))
      ans =
          0.0078
          0.9922
      >> stretchlim(uint8(0:255), 0)
      ans =
           0
           1

    See also imadjust, histeq.
    """
    array = take.pixels(A, "stretchlim")
    tails = (0.01, 0.99)
    if tol is not None:
        given = take.numbers(tol, "stretchlim", "the tolerance", (1, 2))
        tails = (given[0], 1 - given[0]) if len(given) == 1 else (given[0], given[1])
    channels = [array[:, :, k] for k in range(array.shape[2])] if array.ndim == 3 else [array]
    return norm(np.array([scale.stretch_limits(channel, tails) for channel in channels]).T)


@builtin
def imadjust(A, low_high_in=None, low_high_out=None, gamma=None, /):
    """
    J = imadjust(I)
    J = imadjust(I, [low_in high_in])
    J = imadjust(I, [low_in high_in], [low_out high_out])
    J = imadjust(I, [low_in high_in], [low_out high_out], gamma)

    Stretch the contrast of an image.

    Levels are from 0 to 1 whatever the class; [] for low and high stands for [0 1]. Without limits the darkest and
    brightest hundredth of the pixels is saturated.

    Examples
      >> imadjust(uint8([0 64 128 255]), [64 128]/255)
      ans =
        1×4 uint8 row vector
           0     0   255   255
      >> imadjust([0 0.25 1], [0 1], [0 1], 0.5)
      ans =
               0    0.5000    1.0000

    See also stretchlim, histeq, adapthisteq.
    """
    array = take.pixels(A, "imadjust")
    if low_high_in is None:
        if array.ndim != 2:
            raise ScriptError(
                "MATLAB:images:imadjust:invalidInputImage",
                "imadjust of a colour image needs its limits: imadjust(RGB, [low high]).",
            )
        low_in, high_in = scale.stretch_limits(array)
    else:
        low_in, high_in = adjust_limits(low_high_in)
    low_out, high_out = adjust_limits(low_high_out) if low_high_out is not None else (0.0, 1.0)
    power = take.number(gamma, "imadjust", "gamma") if gamma is not None else 1.0
    if not low_in < high_in:
        raise ScriptError(
            "MATLAB:imadjust:lowMustBeSmallerThanHigh",
            "In imadjust(A, [low_in high_in], ...), low_in must be less than high_in.",
        )
    return norm(scale.stretch_contrast(array, low_in, high_in, low_out, high_out, power))


def adjust_limits(value: Any) -> tuple[float, float]:
    given = take.numbers(value, "imadjust", "the limits", (0, 2))
    return (given[0], given[1]) if given else (0.0, 1.0)


@builtin
def histeq(A, n=None, /):
    """
    J = histeq(I)
    J = histeq(I, n)

    Spread the grey levels of an image until their histogram is about flat, in n levels (64).

    Examples
      >> histeq(uint8([100 100 101 101]))
      ans =
        1×4 uint8 row vector
          61    61   190   190
      >> histeq([0.2 0.8], 2)
      ans =
           0     1

    See also imadjust, adapthisteq.
    """
    array = take.pixels(A, "histeq")
    levels = take.count(n, "histeq", "n") if n is not None else 64
    if levels < 2:
        raise take.refusal("histeq", "n", "an integer above 1", n)
    return norm(scale.equalize_histogram(array, levels))


@builtin
def adapthisteq(A, /, *, NumTiles=EMPTY, ClipLimit=0.01, NBins=256.0):
    """
    J = adapthisteq(I)
    J = adapthisteq(I, Name=Value)

    Equalise the histogram of an image part by part, with limited contrast (CLAHE).

    scikit-image does it; its numbers are near MATLAB's, not the same.

    Options
      NumTiles   [rows cols] of parts (8 by 8)
      ClipLimit  0 to 1, more is more contrast (0.01)
      NBins      levels of the histograms (256)

    Examples
      >> J = adapthisteq(imread('camera.png')); class(J)
      ans =
          'uint8'
      >> size(adapthisteq(rand(64), NumTiles=[4 4]))
      ans =
          64    64

    See also histeq, imadjust.
    """
    array = take.pixels(A, "adapthisteq")
    if array.ndim != 2:
        raise take.refusal("adapthisteq", "the image", "a grey image", A)
    if not array.size:
        raise take.refusal("adapthisteq", "the image", "an image with pixels", A)
    tiles = take.numbers(NumTiles, "adapthisteq", "NumTiles", (0, 2)) or [8, 8]
    from skimage.exposure import equalize_adapthist

    kernel = [max(1, -(-array.shape[k] // max(1, int(tiles[k])))) for k in (0, 1)]
    level = np.clip(scale.im2double(array), 0, 1)
    out = equalize_adapthist(
        level,
        kernel_size=kernel,
        clip_limit=take.number(ClipLimit, "adapthisteq", "ClipLimit"),
        nbins=take.count(NBins, "adapthisteq", "NBins"),
    )
    return norm(np.asfortranarray(scale.back_to_class(out, array.dtype)))

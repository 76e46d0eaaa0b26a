"""Contrast of images: levels stretched, bent and looked up."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import scale
from cnnscript.pictures.images.resize import rounded
from cnnscript.values.numeric import CLASS_OF_DTYPE, norm


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

    See also imadjust, histeq, decorrstretch.
    """
    array = take.pixels(A, "stretchlim")
    tails = (0.01, 0.99)
    if tol is not None:
        given = take.numbers(tol, "stretchlim", "the tolerance", (1, 2))
        tails = (given[0], 1 - given[0]) if len(given) == 1 else (given[0], given[1])
        if not 0 <= tails[0] < tails[1] <= 1:
            raise ScriptError(
                "images:stretchlim:invalidTolOrder" if len(given) == 2 else "images:stretchlim:tolOutOfRange",
                "TOL must be between 0 and 1, and TOL(1) must be less than TOL(2)."
                if len(given) == 2
                else "TOL must be in the range [0 0.5).",
            )
    channels = [array[:, :, k] for k in range(array.shape[2])] if array.ndim == 3 else [array]
    return norm(np.array([scale.stretch_limits(channel, tails) for channel in channels]).T)


@builtin
def imadjust(A, low_high_in=None, low_high_out=None, gamma=None, /):
    """
    J = imadjust(I)
    J = imadjust(I, [low_in high_in])
    J = imadjust(I, [low_in high_in], [low_out high_out])
    J = imadjust(I, [low_in high_in], [low_out high_out], gamma)
    J = imadjust(RGB, ...)
    newmap = imadjust(map, ...)

    Stretch the contrast of an image.

    Levels are from 0 to 1 whatever the class; [] for low and high stands for [0 1]. Without limits the darkest and
    brightest hundredth of the pixels is saturated. For true colour and colour maps low and high may be rows of three,
    and gamma one for each channel.

    Examples
      >> imadjust(uint8([0 64 128 255]), [64 128]/255)
      ans =
        1×4 uint8 row vector
           0     0   255   255
      >> imadjust([0 0.25 1], [0 1], [0 1], 0.5)
      ans =
               0    0.5000    1.0000
      >> imadjust(uint8([0 100 255]), [0 1], [1 0])
      ans =
        1×3 uint8 row vector
         255   155     0
      >> newmap = imadjust([0 0.5 1; 0.2 0.4 0.6], [0 0 0; 0.5 1 1], [])
      newmap =
               0    0.5000    1.0000
          0.4000    0.4000    0.6000

    See also stretchlim, histeq, adapthisteq, imadjustn.
    """
    array = take.pixels(A, "imadjust", "input number 1")
    if array.dtype.name not in ("uint8", "uint16", "int16", "float32", "float64"):
        raise scale.unknown_class("imadjust", "logical" if array.dtype == bool else array.dtype.name)
    colour = array.ndim == 3 and array.shape[2] == 3
    is_map = array.ndim == 2 and array.shape[1] == 3 and array.dtype == np.float64 and low_high_in is not None
    if array.ndim > 2 and not colour or array.ndim > 3:
        raise take.refusal("imadjust", "input number 1", "an m-by-n matrix or m-by-n-by-3", A)
    if low_high_in is None and colour:
        raise ScriptError(
            "images:imadjust:oneArgOnlyGrayscale",
            "IMADJUST(I) is only supported for 2-D grayscale images.",
            hint="imadjust(RGB, stretchlim(RGB), [])",
        )
    bounds_in = scale.stretch_limits(array) if low_high_in is None else limits(low_high_in, "imadjust")
    return norm(adjusted(array, bounds_in, low_high_out, gamma, colour or is_map, "imadjust"))


@builtin
def imadjustn(V, low_high_in=None, low_high_out=None, gamma=None, /):
    """
    J = imadjustn(V)
    J = imadjustn(V, [low_in high_in])
    J = imadjustn(V, [low_in high_in], [low_out high_out])
    J = imadjustn(V, [low_in high_in], [low_out high_out], gamma)

    Stretch the contrast of an array of any number of dimensions, as imadjust does an image.

    Examples
      >> imadjustn(cat(3, 0.2, 0.4, 0.6), [0.2 0.6])
      ans(:,:,1) =
           0
      ans(:,:,2) =
          0.5000
      ans(:,:,3) =
           1
      >> size(imadjustn(rand(3, 3, 3)))
      ans =
           3     3     3

    See also imadjust, stretchlim.
    """
    array = take.pixels(V, "imadjustn", "input number 1, V,")
    if array.dtype.name not in ("uint8", "uint16", "int16", "float32", "float64"):
        raise scale.unknown_class("imadjustn", "logical" if array.dtype == bool else array.dtype.name)
    flat = array.reshape(1, array.size)
    bounds_in = scale.stretch_limits(flat) if low_high_in is None else limits(low_high_in, "imadjustn")
    return norm(adjusted(array, bounds_in, low_high_out, gamma, False, "imadjustn"))


def adjusted(
    array: np.ndarray, bounds_in: Any, low_high_out: Any, gamma: Any, by_channel: bool, function: str
) -> np.ndarray:
    bounds_out = limits(low_high_out, function) if low_high_out is not None else np.array([0.0, 1.0])
    power = np.array(take.numbers(gamma, function, "gamma", (1, 3))) if gamma is not None else np.array([1.0])
    low_in, high_in = np.asarray(bounds_in, float)
    low_out, high_out = bounds_out
    if not by_channel and (np.size(low_in) > 1 or np.size(low_out) > 1 or power.size > 1):
        raise ScriptError(
            f"MATLAB:{function}:inputsOfThreeForGrey", "Limits and gamma of a grey image are one pair and one number."
        )
    for name, pair in (("low_high_in", (low_in, high_in)), ("low_high_out", (low_out, high_out))):
        if not all(((edge >= 0) & (edge <= 1)).all() for edge in pair):
            raise ScriptError(
                f"MATLAB:{function}:parametersAreOutOfRange",
                f"Parameters LOW_IN, HIGH_IN, LOW_OUT, and HIGH_OUT must be in the range [0.0, 1.0]: {name}.",
            )
    if not (low_in < high_in).all():
        raise ScriptError(
            "MATLAB:imadjust:lowMustBeSmallerThanHigh",
            "In imadjust(A, [low_in high_in], ...), low_in must be less than high_in.",
        )
    if not (power >= 0).all():
        raise ScriptError(f"MATLAB:{function}:gammaMustBeNonnegative", "GAMMA must be a nonnegative number.")
    return scale.stretch_contrast(array, low_in, high_in, low_out, high_out, power if power.size > 1 else power[0])


def limits(value: Any, function: str) -> np.ndarray:
    """Low and high, each a number or one for each channel."""
    array = take.pixels(value, function, "the limits").astype(float)
    if not array.size:
        return np.array([0.0, 1.0])
    if array.shape == (2, 3):
        return array
    return np.array(take.numbers(value, function, "the limits", 2))


@builtin
def intlut(A, LUT, /):
    """
    B = intlut(A, LUT)

    Integers looked up in a table of their own class, whose first entry stands for the least of them.

    uint8 needs 256 entries, uint16 and int16 need 65536.

    Examples
      >> intlut(uint8([0 1 255]), uint8(255:-1:0))
      ans =
        1×3 uint8 row vector
         255   254     0

    See also ind2gray, imadjust.
    """
    array, table = take.pixels(A, "intlut", "input number 1, A,"), take.pixels(LUT, "intlut", "input number 2, LUT,")
    if array.dtype.name not in ("uint8", "uint16", "int16"):
        raise take.refusal("intlut", "input number 1, A,", "uint8, uint16 or int16", A)
    if table.dtype != array.dtype:
        raise ScriptError(
            "images:intlut:inputsHaveDifferentClasses", "A and LUT must be of the same class.",
            notes=(f"A is {CLASS_OF_DTYPE[array.dtype]}, LUT {CLASS_OF_DTYPE[table.dtype]}",),
        )  # fmt: skip
    entries = 256 if array.dtype == np.uint8 else 65536
    if table.size != entries:
        raise ScriptError("images:intlut:wrongNumberOfElementsInLUT", f"LUT must have {entries} elements.")
    first = np.iinfo(array.dtype).min
    return norm(np.asfortranarray(table.ravel(order="F")[array.astype(np.intp) - first]))


@builtin
def decorrstretch(A, /, *, Mode="correlation", TargetMean=None, TargetSigma=None, Tol=None, SampleSubs=None):
    """
    S = decorrstretch(A)
    S = decorrstretch(A, Name=Value)

    Exaggerate the differences of colour: the channels of an image made uncorrelated, with their means and spreads kept.

    Options
      Mode         'correlation' (each channel by its own spread first) or 'covariance'
      TargetMean   mean of each channel, or one for all (that of the image)
      TargetSigma  standard deviation of each channel, or one for all (that of the image)
      Tol          share saturated at the ends afterwards, as in stretchlim
      SampleSubs   {rows, columns} of the pixels that means and correlations are taken of

    Examples
      >> S = decorrstretch(cat(3, [0 0.2; 0.4 0.7], [0.1 0.2; 0.6 0.6]), TargetMean=0.5, TargetSigma=0.1);
      >> round(corr2(S(:,:,1), S(:,:,2)), 4)
      ans =
           0
      >> size(decorrstretch(rand(4, 4, 3), Tol=0.01))
      ans =
           4     4     3

    See also imadjust, stretchlim, corr2.
    """
    array = take.pixels(A, "decorrstretch", "input number 1, A,")
    if array.ndim > 3 or not array.size:
        raise take.refusal("decorrstretch", "input number 1, A,", "an m-by-n-by-k image", A)
    if array.dtype.kind == "b":
        raise scale.unknown_class("decorrstretch", "logical")
    planes = array.astype(float).reshape(*array.shape[:2], -1)
    channels = planes.shape[2]
    flat = planes.reshape(-1, channels, order="F")
    sample = flat
    if SampleSubs is not None:
        sample = sampled(planes, SampleSubs)
    mean, covariance = sample.mean(0), np.zeros((channels, channels))
    if len(sample) > 1:
        covariance = np.cov(sample, rowvar=False).reshape(channels, channels)
    sigma = np.sqrt(np.diag(covariance))
    target_mean, target_sigma = mean, sigma
    if TargetMean is not None:
        target_mean = np.broadcast_to(take.numbers(TargetMean, "decorrstretch", "TargetMean", (1, channels)), channels)
    if TargetSigma is not None:
        given = take.numbers(TargetSigma, "decorrstretch", "TargetSigma", (1, channels))
        if min(given) < 0:
            raise take.refusal("decorrstretch", "TargetSigma", "nonnegative", TargetSigma)
        target_sigma = np.broadcast_to(given, channels)
    own = np.where(sigma > 0, sigma, 1.0)
    if take.choice(Mode, ("correlation", "covariance"), "decorrstretch", "Mode") == "covariance":
        own = np.ones(channels)
    values, vectors = np.linalg.eigh(covariance / np.outer(own, own))
    stretch = np.where(values > 1e-12 * max(values.max(), 1e-300), 1 / np.sqrt(np.maximum(values, 1e-300)), 0.0)
    matrix = (vectors * stretch) @ vectors.T / own[:, None] * target_sigma
    out = ((flat - mean) @ matrix + target_mean).reshape(planes.shape, order="F").reshape(array.shape, order="F")
    out = np.asfortranarray(rounded(out, array.dtype))
    if Tol is None:
        return norm(out)
    level = out.reshape(planes.shape, order="F")
    ends = np.asarray(stretchlim(norm(np.asfortranarray(level)), Tol)).reshape(2, channels)
    made = [scale.stretch_contrast(level[:, :, k], *ends[:, k]) for k in range(channels)]
    return norm(np.asfortranarray(np.stack(made, axis=2)).reshape(array.shape, order="F"))


def sampled(planes: np.ndarray, value: Any) -> np.ndarray:
    """The pixels at {rows, columns}."""
    parts = value.ravel(order="F").tolist() if isinstance(value, np.ndarray) and value.dtype == object else []
    if len(parts) != 2:
        raise take.refusal("decorrstretch", "SampleSubs", "a cell {rows, columns}", value)
    rows, columns = (np.array(take.numbers(part, "decorrstretch", "SampleSubs"), int) - 1 for part in parts)
    if rows.size != columns.size or not rows.size:
        raise take.refusal("decorrstretch", "SampleSubs", "two lists of the same length", value)
    high, wide = planes.shape[:2]
    if min(rows.min(), columns.min()) < 0 or rows.max() >= high or columns.max() >= wide:
        raise take.refusal("decorrstretch", "SampleSubs", "rows and columns of the image", value)
    return planes[rows, columns]

"""How good an image is, beside another one."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import quality
from cnnscript.values.numeric import class_of, norm, size_text

SINGLE = np.dtype(np.float32)


def pair(A: Any, B: Any, function: str, alike: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Two images of one size, and of one class."""
    one, other = take.pixels(A, function, "A"), take.pixels(B, function, "ref")
    if one.shape != other.shape:
        raise ScriptError(
            "images:validate:unequalSizeMatrices",
            f"Function {function.upper()} expected A and ref to be the same size.",
            notes=(f"{size_text(one.shape)} and {size_text(other.shape)}",),
        )
    if alike and one.dtype != other.dtype:
        raise ScriptError(
            f"images:{function}:differentClassMatrices",
            "A and ref must be of the same class.",
            notes=(f"{class_of(A)} and {class_of(B)}",),
        )
    return one, other


def like(value: Any, *images: np.ndarray) -> Any:
    """Single where an image is single."""
    array = np.asarray(value)
    if any(image.dtype == SINGLE for image in images):
        array = array.astype(np.complex64 if array.dtype.kind == "c" else np.float32)
    return norm(np.asfortranarray(array.reshape(1, 1) if array.ndim < 2 else array))


def described_axes(value: Any, image: np.ndarray, function: str) -> str | None:
    """What each dimension is: letters S (in space), C (channel), B (batch); None where nothing is said."""
    if value is None:
        return None
    word = take.word(value, function, "DataFormat").upper()
    if set(word) - set("SCBT") or any(word.count(letter) > 1 for letter in "CBT") or not word.count("S"):
        raise take.refusal(function, "DataFormat", "letters of S, C and B with at least one S", value)
    if image.ndim > len(word):
        raise ScriptError(
            f"images:{function}:dataFormatMismatch",
            "DataFormat must have a letter for each dimension of the images.",
            notes=(f"'{word}' for {image.ndim} dimensions",),
        )
    return word


@builtin
def immse(X, Y, /):
    """
    err = immse(X, Y)

    The mean of the squared differences of two images of one size and class.

    Examples
      >> err = immse(uint8([1 2 3]), uint8([1 2 6]))
      err =
           3
      >> class(immse(single(1), single(2)))
      ans =
          'single'

    See also psnr, ssim.
    """
    one, other = pair(X, Y, "immse")
    if not one.size:
        return norm(np.zeros((0, 0)))
    return like(quality.mean_squared_error(one, other), one)


@builtin(outputs=2)
def psnr(nargout, A, ref, peakval=None, /, *, DataFormat=None):
    """
    peaksnr = psnr(A, ref)
    peaksnr = psnr(A, ref, peakval)
    peaksnr = psnr(..., DataFormat=format)
    [peaksnr, snr] = psnr(...)

    The signal-to-noise ratio of an image beside a reference, in decibels: of the peak (peakval, the range of the
    class), and of the mean square of the reference.

    Options
      DataFormat  what the dimensions are, such as 'SSCB': one value for each of the batch B

    Examples
      >> [peaksnr, snr] = psnr(uint8([10 20 30]), uint8([10 20 40]))
      peaksnr =
         32.9020
      snr =
         13.2222
      >> psnr([0.1 0.2], [0.1 0.3])
      ans =
         23.0103
      >> psnr([1 2; 3 4], [1 2; 3 5], 10), psnr(zeros(2), zeros(2))
      ans =
         26.0206
      ans =
         Inf
      >> squeeze(psnr(zeros(2, 2, 1, 2), ones(2, 2, 1, 2), DataFormat='SSCB'))'
      ans =
           0     0

    See also immse, ssim.
    """
    one, other = pair(A, ref, "psnr")
    if not one.size:
        return norm(np.zeros((0, 0))), norm(np.zeros((0, 0)))
    peak = quality.class_range(one.dtype) if peakval is None else take.number(peakval, "psnr", "peakval")
    axes = None
    word = described_axes(DataFormat, one, "psnr")
    if word is not None:
        one, other = (each.reshape(each.shape + (1,) * (len(word) - each.ndim)) for each in (one, other))
        axes = tuple(k for k, letter in enumerate(word) if letter in "SC")
    error = quality.mean_squared_error(one, other, axes)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = (other.astype(float) ** 2).mean(axes, keepdims=axes is not None)
        found = 10 * np.log10(peak**2 / error), 10 * np.log10(power / error)
    return like(found[0], one), like(found[1], one)


def positive_range(value: Any, image: np.ndarray, function: str) -> float:
    """The range of levels: of the class, or as it is given."""
    if value is None:
        return quality.class_range(image.dtype)
    found = take.number(value, function, "DynamicRange")
    if not 0 < found < np.inf:
        raise take.refusal(function, "DynamicRange", "positive", value)
    return found


def positive_radius(value: Any, function: str, argument: str) -> float:
    found = take.number(value, function, argument)
    if not 0 < found < 1e4:
        raise take.refusal(function, argument, "positive", value)
    return found


@builtin(outputs=2)
def ssim(
    nargout, A, ref, /, *, DataFormat=None, DynamicRange=None, Exponents=None, Radius=1.5, RegularizationConstants=None
):
    """
    ssimval = ssim(A, ref)
    ssimval = ssim(A, ref, Name=Value)
    [ssimval, ssimmap] = ssim(...)

    The structural similarity of an image and a reference: the mean over all pixels, and the value of each pixel.

    Luminance, contrast and structure are compared under a Gaussian; three dimensions are a volume, unless DataFormat
    says otherwise.

    Options
      DataFormat               what the dimensions are, such as 'SSC': one value for each channel C and each of batch B
      DynamicRange             range of the levels (that of the class)
      Exponents                powers of luminance, contrast and structure ([1 1 1])
      Radius                   standard deviation of the Gaussian (1.5)
      RegularizationConstants  three numbers ([(0.01*L)^2 (0.03*L)^2 (0.03*L)^2/2] of the range L)

    Examples
      >> ssimval = ssim(uint8(magic(8)), uint8(magic(8)))
      ssimval =
           1
      >> [ssimval, ssimmap] = ssim([0 0.5; 1 0.5], [0 0.5; 1 1]); ssimval, size(ssimmap)
      ssimval =
          0.8096
      ans =
           2     2
      >> ssim(magic(8)/64, flipud(magic(8))/64, Exponents=[1 2 2], Radius=1)
      ans =
          0.8556

    See also multissim, psnr, immse.
    """
    one, other = pair(A, ref, "ssim")
    if not one.size:
        return norm(np.zeros((0, 0))), norm(one)
    word = described_axes(DataFormat, one, "ssim")
    top = positive_range(DynamicRange, one, "ssim")
    constants = [(0.01 * top) ** 2, (0.03 * top) ** 2, (0.03 * top) ** 2 / 2]
    if RegularizationConstants is not None:
        constants = take.numbers(RegularizationConstants, "ssim", "RegularizationConstants", 3)
        if not min(constants) >= 0:
            raise take.refusal("ssim", "RegularizationConstants", "three nonnegative numbers", RegularizationConstants)
    powers = [1.0, 1.0, 1.0] if Exponents is None else take.numbers(Exponents, "ssim", "Exponents", 3)
    if not min(powers) >= 0:
        raise take.refusal("ssim", "Exponents", "three nonnegative numbers", Exponents)
    radius = positive_radius(Radius, "ssim", "Radius")
    if word is None:
        if one.ndim > 3:
            raise ScriptError("images:ssim:dataFormatNeeded", "Images of more than three dimensions need a DataFormat.")
        word = "S" * one.ndim
    order = sorted(range(len(word)), key=lambda k: word[k] != "S")
    parts = [
        np.transpose(quality.lowered(each).reshape(each.shape + (1,) * (len(word) - each.ndim)), order)
        for each in (one, other)
    ]
    spatial = word.count("S")
    made = quality.similarity(parts[0], parts[1], constants, powers, radius, spatial)
    made = np.transpose(made, np.argsort(order))
    axes = tuple(k for k, letter in enumerate(word) if letter == "S")
    return like(made.mean(axes, keepdims=True), one), like(made, one)


@builtin(outputs=2)
def multissim(nargout, A, ref, /, *, NumScales=None, ScaleWeights=None, Sigma=1.5, DynamicRange=None):
    """
    score = multissim(I, Iref)
    score = multissim(I, Iref, Name=Value)
    [score, qualityMaps] = multissim(...)

    The structural similarity of two images over several scales, each half as large as the one before.

    Each plane of more than two dimensions has a score. The scales are means of 2 by 2 pixels, as in the paper of
    Z. Wang and others (2003).

    Options
      NumScales     how many (5)
      ScaleWeights  of the scales (a Gaussian); made to sum to 1
      Sigma         standard deviation of the Gaussian (1.5)
      DynamicRange  range of the levels (that of the class)

    Examples
      >> I = double(imread('camera.png'))/255; score = multissim(I, I)
      score =
           1
      >> [score, qualityMaps] = multissim(I, flipud(I), NumScales=2); size(qualityMaps), size(qualityMaps{2})
      ans =
           1     2
      ans =
         256   256

    See also multissim3, ssim.
    """
    return scales("multissim", 2, A, ref, NumScales, ScaleWeights, Sigma, DynamicRange)


@builtin(outputs=2)
def multissim3(nargout, A, ref, /, *, NumScales=None, ScaleWeights=None, Sigma=1.5, DynamicRange=None):
    """
    score = multissim3(V, Vref)
    score = multissim3(V, Vref, Name=Value)
    [score, qualityMaps] = multissim3(...)

    The structural similarity of two volumes over several scales, each half as large as the one before.

    Options
      NumScales     how many (5)
      ScaleWeights  of the scales (a Gaussian); made to sum to 1
      Sigma         standard deviation of the Gaussian (1.5)
      DynamicRange  range of the levels (that of the class)

    Examples
      >> V = rand(20, 20, 20); [score, qualityMaps] = multissim3(V, V, NumScales=2); score, size(qualityMaps{2})
      score =
           1
      ans =
          10    10    10
      >> score = multissim3(V, 1 - V, NumScales=1) < 0.5
      score =
        logical
         1

    See also multissim, ssim.
    """
    return scales("multissim3", 3, A, ref, NumScales, ScaleWeights, Sigma, DynamicRange)


def scales(function: str, spatial: int, A: Any, ref: Any, count: Any, weights: Any, sigma: Any, top: Any) -> tuple:
    one, other = pair(A, ref, function)
    number = 5 if count is None else take.count(count, function, "NumScales")
    if weights is None:
        shares = np.exp(-((np.arange(number) - (number - 1) / 2) ** 2) / 2)
    else:
        shares = np.array(take.numbers(weights, function, "ScaleWeights"))
        if count is not None and shares.size != number or shares.size == 0 or not shares.min() >= 0:
            raise take.refusal(function, "ScaleWeights", "a nonnegative weight for each scale", weights)
    if not shares.size or not shares.sum() > 0:
        raise take.refusal(function, "NumScales", "positive", count)
    limit = positive_range(top, one, function)
    constants = [(0.01 * limit) ** 2, (0.03 * limit) ** 2, 0.0]
    radius = positive_radius(sigma, function, "Sigma")
    one, other = (each.reshape(each.shape + (1,) * (spatial - each.ndim)) for each in (one, other))
    if min(one.shape[:spatial]) < 2 ** (shares.size - 1):
        raise ScriptError(
            f"images:{function}:imageTooSmall",
            "The images are too small for so many scales.",
            notes=(f"{size_text(one.shape)} for {shares.size} scales",),
        )
    score, maps = quality.multiscale_similarity(
        quality.lowered(one), quality.lowered(other), constants, (shares / shares.sum()).tolist(), radius, spatial
    )
    kind = float if one.dtype == float else np.float32
    cells = np.empty((1, len(maps)), object, order="F")
    cells[0, :] = [norm(np.asfortranarray(each.astype(kind))) for each in maps]
    return norm(np.asfortranarray(score.astype(kind))), cells

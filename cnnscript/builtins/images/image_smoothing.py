"""Filters that keep edges, and sharpening."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_filters import odd_sizes, padding_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, colour_spaces, quality, scale, smoothing
from cnnscript.pictures.images.resize import rounded
from cnnscript.values.numeric import norm


def grey_or_colour(value: Any, function: str, argument: str = "I") -> np.ndarray:
    array = take.pixels(value, function, argument)
    if array.ndim > 3 or array.ndim == 3 and array.shape[2] != 3:
        raise take.refusal(function, argument, "a grey image or a colour image of three channels", value)
    if not array.size:
        raise take.refusal(function, argument, "an image with pixels", value)
    return array


def positive(value: Any, function: str, argument: str, default: float) -> float:
    if value is None:
        return default
    found = take.number(value, function, argument)
    if not 0 < found < np.inf:
        raise take.refusal(function, argument, "positive and finite", value)
    return found


def back(made: np.ndarray, array: np.ndarray) -> Any:
    """In the class of the image, rounded."""
    return norm(np.asfortranarray(made >= 0.5 if array.dtype == bool else rounded(made, array.dtype)))


@builtin
def imsharpen(A, /, *, Radius=1.0, Amount=0.8, Threshold=0.0):
    """
    B = imsharpen(A)
    B = imsharpen(A, Name=Value)

    Sharpen an image by unsharp masking; of a colour image the lightness (L*).

    Options
      Radius     standard deviation of the Gaussian (1)
      Amount     how strong (0.8)
      Threshold  0 to 1: differences of less than this share of the largest stay (0)

    Examples
      >> imsharpen(uint8([10 10 10 200 200 200]))
      ans =
        1×6 uint8 row vector
          10     2     0   245   208   200
      >> imsharpen([0 0 1 0 0], Radius=0.5, Amount=2, Threshold=0.5)
      ans =
               0         0    1.4260         0         0

    See also imgaussfilt, fspecial, imadjust.
    """
    array = grey_or_colour(A, "imsharpen", "A")
    radius, amount = positive(Radius, "imsharpen", "Radius", 1.0), take.number(Amount, "imsharpen", "Amount")
    threshold = take.number(Threshold, "imsharpen", "Threshold")
    if not 0 <= threshold <= 1:
        raise take.refusal("imsharpen", "Threshold", "a number from 0 to 1", Threshold)
    if not 0 <= amount < np.inf:
        raise take.refusal("imsharpen", "Amount", "a nonnegative number", Amount)
    level = array.astype(float) if array.dtype.kind not in "ui" else scale.im2double(array)
    if array.ndim == 3:
        white = np.array(colour_spaces.WHITE_POINTS["d65"])
        lab = colour_spaces.xyz2lab(colour_spaces.rgb2xyz(level, "srgb", white), white)
        lab[:, :, 0] = smoothing.sharpened(lab[:, :, 0], radius, amount, threshold)
        made = colour_spaces.xyz2rgb(colour_spaces.lab2xyz(lab, white), "srgb", white)
    else:
        made = smoothing.sharpened(level, radius, amount, threshold)
    if array.dtype == bool:
        return norm(np.asfortranarray(made >= 0.5))
    return norm(np.asfortranarray(scale.back_to_class(made, array.dtype)))


@builtin
def imbilatfilt(A, /, *rest, NeighborhoodSize=None, Padding="replicate"):
    """
    J = imbilatfilt(I)
    J = imbilatfilt(I, degreeOfSmoothing)
    J = imbilatfilt(I, degreeOfSmoothing, spatialSigma)
    J = imbilatfilt(..., Name=Value)

    Smooth an image but not over its edges: a mean in which near and alike pixels weigh more.

    degreeOfSmoothing is the variance of levels that is smoothed away (0.01 of the squared range of the class),
    spatialSigma the standard deviation of distances (1).

    Options
      NeighborhoodSize  odd side of the neighborhood (2*ceil(2*spatialSigma)+1)
      Padding           outside: 'replicate' (the edge, the default), 'symmetric', 'circular', or a number

    Examples
      >> imbilatfilt(uint8([10 20 10 20 200 210]))
      ans =
        1×6 uint8 row vector
          12    15    15    17   204   208
      >> imbilatfilt([0 1 0 1], 1), imbilatfilt([0 1 0 1], 1, 0.5, NeighborhoodSize=3)
      ans =
          0.1639    0.5813    0.4187    0.8361
      ans =
          0.0674    0.8590    0.1410    0.9326

    See also imguidedfilter, imnlmfilt, imdiffusefilt, imgaussfilt.
    """
    array, values = grey_or_colour(A, "imbilatfilt"), list(rest)
    top = quality.class_range(array.dtype)
    degree = positive(values.pop(0) if values else None, "imbilatfilt", "degreeOfSmoothing", 0.01 * top**2)
    sigma = positive(values.pop(0) if values else None, "imbilatfilt", "spatialSigma", 1.0)
    take.no_options(values, "imbilatfilt")
    size = 2 * int(np.ceil(2 * min(sigma, 1e4))) + 1
    if NeighborhoodSize is not None:
        size = odd_sizes(NeighborhoodSize, "imbilatfilt", "NeighborhoodSize", 1)[0]
    if size > 2 * max(array.shape[:2]) + 1:
        raise take.refusal("imbilatfilt", "the neighborhood", "no larger than the image", size)
    made = smoothing.bilateral(array.astype(float), degree, sigma, size, padding_of(Padding, "imbilatfilt"))
    return back(made, array)


@builtin
def imguidedfilter(A, G=None, /, *, NeighborhoodSize=5.0, DegreeOfSmoothing=None):
    """
    B = imguidedfilter(A, G)
    B = imguidedfilter(A)
    B = imguidedfilter(..., Name=Value)

    Smooth an image along the edges of a guide, by default of its own.

    Options
      NeighborhoodSize   of the boxes, one number or [rows cols] ([5 5])
      DegreeOfSmoothing  variances of the guide below it count as flat (0.01 of the squared range of its class)

    Examples
      >> imguidedfilter([0 0.1 0 0.1 1 0.9 1 0.9], NeighborhoodSize=[1 3])
      ans =
          0.0273    0.0545    0.0330    0.1061    0.9745    0.9228    0.9545    0.9273
      >> B = imguidedfilter(uint8(magic(4)), rand(4, 4, 3), DegreeOfSmoothing=1); class(B)
      ans =
          'uint8'

    See also imbilatfilt, imdiffusefilt.
    """
    array = take.pixels(A, "imguidedfilter", "A")
    guide = array if G is None else take.pixels(G, "imguidedfilter", "G")
    for each in (array, guide):
        if each.ndim > 3 or each.ndim == 3 and each.shape[2] != 3 or not each.size:
            raise take.refusal("imguidedfilter", "A and G", "grey or colour images", A)
    if array.shape[:2] != guide.shape[:2]:
        raise ScriptError(
            "images:imguidedfilter:sizeMismatch", "A and G must have as many rows and columns."
        )  # fmt: skip
    sizes = [int(n) for n in take.counts(NeighborhoodSize, "imguidedfilter", "NeighborhoodSize", (1, 2))]
    sizes = (sizes * 2)[:2]
    if min(sizes) < 1:
        raise take.refusal("imguidedfilter", "NeighborhoodSize", "positive", NeighborhoodSize)
    sizes = [n + 1 - n % 2 for n in sizes]
    top = quality.class_range(guide.dtype)
    degree = positive(DegreeOfSmoothing, "imguidedfilter", "DegreeOfSmoothing", 0.01 * top**2)
    return back(smoothing.guided(array.astype(float), guide.astype(float), sizes, degree), array)


@builtin
def imdiffusefilt(
    A, /, *, ConductionMethod="exponential", Connectivity="maximal", GradientThreshold=None, NumberOfIterations=None
):
    """
    J = imdiffusefilt(I)
    J = imdiffusefilt(I, Name=Value)

    Smooth a grey image or a volume by anisotropic diffusion, which stops at edges.

    Options
      ConductionMethod    'exponential' or 'quadratic'
      Connectivity        'maximal' (8 or 26 neighbours) or 'minimal' (4 or 6)
      GradientThreshold   differences that count as edges, one or one for each iteration (0.1 of the range of the class)
      NumberOfIterations  how many (5)

    Examples
      >> imdiffusefilt([0 0.05 0 1 0.95 1])
      ans =
          0.0166    0.0167    0.0166    0.9834    0.9833    0.9834
      >> imdiffusefilt(uint8([9 20 9 99]), NumberOfIterations=1, ConductionMethod='quadratic', Connectivity='minimal')
      ans =
        1×4 uint8 row vector
         11   15   13   97

    See also imbilatfilt, imguidedfilter, imnlmfilt.
    """
    array = take.pixels(A, "imdiffusefilt", "I")
    if array.ndim > 3 or not array.size:
        raise take.refusal("imdiffusefilt", "I", "a grey image or a volume", A)
    every = take.choice(Connectivity, ("maximal", "minimal"), "imdiffusefilt", "Connectivity") == "maximal"
    method = take.choice(ConductionMethod, ("exponential", "quadratic"), "imdiffusefilt", "ConductionMethod")
    if GradientThreshold is None:
        thresholds = [0.1 * quality.class_range(array.dtype)]
    else:
        thresholds = take.numbers(GradientThreshold, "imdiffusefilt", "GradientThreshold")
    if not thresholds or not min(thresholds) > 0:
        raise take.refusal("imdiffusefilt", "GradientThreshold", "positive", GradientThreshold)
    if NumberOfIterations is None:
        count = len(thresholds) if len(thresholds) > 1 else 5
    else:
        count = take.count(NumberOfIterations, "imdiffusefilt", "NumberOfIterations")
    if count < 1 or len(thresholds) > 1 and len(thresholds) != count:
        raise ScriptError(
            "images:imdiffusefilt:numIterations",
            "NumberOfIterations must be positive, and GradientThreshold a number or one for each iteration.",
        )
    steps = thresholds * count if len(thresholds) == 1 else thresholds
    return back(smoothing.diffused(array.astype(float), steps, every, method == "exponential"), array)


@builtin(outputs=2)
def imnlmfilt(nargout, A, /, *, DegreeOfSmoothing=None, SearchWindowSize=21.0, ComparisonWindowSize=5.0):
    """
    J = imnlmfilt(I)
    J = imnlmfilt(I, Name=Value)
    [J, estDoS] = imnlmfilt(...)

    Take noise out of an image by means of pixels whose surroundings are alike (non-local means).

    The weights are exp(-d^2/h^2) of the mean squared difference d^2 of the windows; in detail they differ from
    MATLAB's.

    Options
      DegreeOfSmoothing     h (the standard deviation of the noise, estimated by Immerkaer's method)
      SearchWindowSize      odd side of the window in which others are looked for (21)
      ComparisonWindowSize  odd side of the windows that are compared (5)

    Examples
      >> [J, estDoS] = imnlmfilt(repmat(uint8([10 10 10 90 90 90]), 6, 1)); J(1, :), estDoS
      ans =
        1×6 uint8 row vector
         10   10   10   90   90   90
      estDoS =
           0
      >> J = imnlmfilt(single(magic(6))/36, DegreeOfSmoothing=1, SearchWindowSize=5, ComparisonWindowSize=3); class(J)
      ans =
          'single'

    See also imbilatfilt, wiener2, medfilt2.
    """
    array = grey_or_colour(A, "imnlmfilt")
    search = odd_sizes(SearchWindowSize, "imnlmfilt", "SearchWindowSize", 1)[0]
    patch = odd_sizes(ComparisonWindowSize, "imnlmfilt", "ComparisonWindowSize", 1)[0]
    if patch > search or search > min(array.shape[:2]) and SearchWindowSize != 21:
        raise ScriptError(
            "images:imnlmfilt:windowSize",
            "ComparisonWindowSize must not exceed SearchWindowSize, nor that the size of the image.",
        )
    level = array.astype(float)
    planes = level.reshape(*level.shape[:2], -1)
    found = float(np.mean([smoothing.noise_deviation(planes[:, :, k]) for k in range(planes.shape[2])]))
    degree = positive(DegreeOfSmoothing, "imnlmfilt", "DegreeOfSmoothing", found)
    if degree == 0:  # nothing to smooth
        return norm(array), found
    return back(smoothing.alike_patches(level, degree, search, patch), array), degree


@builtin
def locallapfilt(A, sigma, alpha, beta=1.0, /, *, ColorMode="luminance", NumIntensityLevels="auto"):
    """
    B = locallapfilt(I, sigma, alpha)
    B = locallapfilt(I, sigma, alpha, beta)
    B = locallapfilt(..., Name=Value)

    Enhance (alpha < 1) or smooth (alpha > 1) details of less than sigma, without halos, and stretch the rest by beta.

    Fast local Laplacian filtering as in the paper of M. Aubry and others (2014); in detail it differs from MATLAB's.

    Options
      ColorMode           of colour images: 'luminance' or 'separate' channels
      NumIntensityLevels  how many levels are computed ('auto': more for smaller sigma)

    Examples
      >> A = repmat(single([0.2 0.25 0.2 0.8 0.75 0.8]), 6, 1); B = locallapfilt(A, 0.2, 0.5); range(B(1, 1:3)) > 0.05
      ans =
        logical
         1
      >> B = locallapfilt(A, 0.2, 3, 1, NumIntensityLevels=20); range(B(1, 1:3)) < 0.05
      ans =
        logical
         1

    See also localcontrast, imsharpen, adapthisteq.
    """
    array = grey_or_colour(A, "locallapfilt")
    edge = positive(sigma, "locallapfilt", "sigma", 0.2)
    detail = positive(alpha, "locallapfilt", "alpha", 1.0)
    stretch = take.number(beta, "locallapfilt", "beta")
    if not 0 <= stretch < np.inf:
        raise take.refusal("locallapfilt", "beta", "nonnegative", beta)
    mode = take.choice(ColorMode, ("luminance", "separate"), "locallapfilt", "ColorMode")
    if isinstance(NumIntensityLevels, str) or hasattr(NumIntensityLevels, "data"):
        take.choice(NumIntensityLevels, ("auto",), "locallapfilt", "NumIntensityLevels")
        samples = int(np.clip(np.ceil(4 / edge), 16, 100))
    else:
        samples = take.count(NumIntensityLevels, "locallapfilt", "NumIntensityLevels")
        if samples < 2:
            raise take.refusal("locallapfilt", "NumIntensityLevels", "2 or more", NumIntensityLevels)
    made = laplacians(array, edge, detail, stretch, samples, mode)
    return norm(np.asfortranarray(scale.back_to_class(made, array.dtype)))


def laplacians(array: np.ndarray, sigma: float, alpha: float, beta: float, samples: int, mode: str) -> np.ndarray:
    level = scale.im2double(array)
    if level.ndim == 2:
        return smoothing.local_laplacian(level, sigma, alpha, beta, samples)
    if mode == "separate":
        return np.stack(
            [smoothing.local_laplacian(level[:, :, k], sigma, alpha, beta, samples) for k in range(3)], axis=2
        )
    grey = colour.rgb2gray(level)
    made = smoothing.local_laplacian(grey, sigma, alpha, beta, samples)
    return level * (made / np.maximum(grey, np.finfo(float).eps))[:, :, None]


@builtin
def localcontrast(A, edgeThreshold=0.3, amount=0.25, /):
    """
    B = localcontrast(A)
    B = localcontrast(A, edgeThreshold, amount)

    More (amount > 0) or less (amount < 0) contrast of details; edges larger than edgeThreshold (0.3) stay as they are.

    By locallapfilt, with alpha 1-amount for more and 1-4*amount for less; in detail it differs from MATLAB's.

    Examples
      >> A = repmat(uint8([50 60 50 200 190 200]), 6, 1); B = localcontrast(A); range(B(1, 1:3)) > 10
      ans =
        logical
         1
      >> B = localcontrast(A, 0.3, -0.8); range(B(1, 1:3)) < 10
      ans =
        logical
         1

    See also locallapfilt, imadjust.
    """
    array = grey_or_colour(A, "localcontrast", "A")
    edge = take.number(edgeThreshold, "localcontrast", "edgeThreshold")
    much = take.number(amount, "localcontrast", "amount")
    if not 0 <= edge <= 1:
        raise take.refusal("localcontrast", "edgeThreshold", "a number from 0 to 1", edgeThreshold)
    if not -1 <= much <= 1:
        raise take.refusal("localcontrast", "amount", "a number from -1 to 1", amount)
    if edge == 0 or much == 0:
        return norm(array)
    alpha = max(1 - much, 0.01) if much > 0 else 1 - 4 * much
    made = laplacians(array, edge, alpha, 1.0, int(np.clip(np.ceil(4 / edge), 16, 100)), "luminance")
    return norm(np.asfortranarray(scale.back_to_class(made, array.dtype)))


@builtin
def fibermetric(A, thickness=None, /, *, ObjectPolarity="bright", StructureSensitivity=None):
    """
    J = fibermetric(I)
    J = fibermetric(I, thickness)
    J = fibermetric(..., Name=Value)

    How much each pixel of a grey image (or voxel) looks like a tube, 0 to 1, by Frangi's measure.

    thickness is one or more numbers of pixels ([4 6 8 10 12 14]); the largest answer counts.

    Options
      ObjectPolarity        'bright' or 'dark' tubes
      StructureSensitivity  less finds weaker tubes (0.01 of the range of the class)

    Examples
      >> A = zeros(20); A(:, 10:11) = 1; J = fibermetric(A, 4); J(10, 10) > 0.9
      ans =
        logical
         1
      >> J = fibermetric(1 - A, [4 6], ObjectPolarity='dark'); [size(J) J(10, 2) < 0.1]
      ans =
          20    20     1

    See also edge, imgradient.
    """
    array = take.pixels(A, "fibermetric", "I")
    if array.ndim > 3 or not array.size or min(array.shape) < 2:
        raise take.refusal("fibermetric", "I", "a grey image or a volume of at least two pixels each way", A)
    sizes = [4.0, 6, 8, 10, 12, 14] if thickness is None else take.numbers(thickness, "fibermetric", "thickness")
    if not sizes or not all(0 < size < 1000 for size in sizes):
        raise take.refusal("fibermetric", "thickness", "positive", thickness)
    bright = take.choice(ObjectPolarity, ("bright", "dark"), "fibermetric", "ObjectPolarity") == "bright"
    weak = positive(
        StructureSensitivity, "fibermetric", "StructureSensitivity", 0.01 * quality.class_range(array.dtype)
    )
    level = array.astype(float)
    made = np.max([smoothing.fibers(level, size, weak, bright) for size in sizes], axis=0)
    return norm(np.asfortranarray(made.astype(float if array.dtype == float else np.float32)))

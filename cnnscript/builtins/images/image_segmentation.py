"""Regions of images by colour, by moving contours and fronts; and how well two segmentations agree."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_filling import mask_of
from cnnscript.builtins.images.image_smoothing import positive
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, edges, filling, filters, scale, segmentation
from cnnscript.pictures.images.resize import rounded
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import norm, numel_of, size_text


# --------------------------------------------------------------------------------------------------------- by colour
@builtin(outputs=2)
def imsegkmeans(
    session, nargout, A, k, /, *, NormalizeInput=True, NumAttempts=3.0, MaxIterations=100.0, Threshold=1e-4
):
    """
    L = imsegkmeans(I, k)
    [L, centers] = imsegkmeans(I, k)
    [L, centers] = imsegkmeans(I, k, Name=Value)

    Label the pixels of an image by k clusters of their colours (k-means); centers has a row for each, in the class of
    I.

    Starts are drawn by the session's random numbers; labels come in the order in which they first appear, column by
    column, which may not be MATLAB's.

    Options
      NormalizeInput  whether channels are first made to have mean 0 and variance 1 (true)
      NumAttempts     how many starts are tried (3)
      MaxIterations   of each (100)
      Threshold       change at which it stops (1e-4)

    Examples
      >> [L, centers] = imsegkmeans(uint8([10 12 200; 11 13 210]), 2)
      L =
        2×3 uint8 matrix
         1   1   2
         1   1   2
      centers =
        2×1 uint8 column vector
          12
         205
      >> L = imsegkmeans(rand(5, 6, 3), 3, NumAttempts=1); size(L), class(L)
      ans =
           5     6
      ans =
          'uint8'

    See also superpixels, kmeans, labeloverlay, imsegkmeans3.
    """
    array = take.pixels(A, "imsegkmeans", "I")
    if array.ndim > 3:
        raise take.refusal("imsegkmeans", "I", "an image", A)
    planes = array.reshape(array.shape + (1,) * (3 - array.ndim))
    return clustered(session, "imsegkmeans", planes, k, NormalizeInput, NumAttempts, MaxIterations, Threshold)


@builtin(outputs=2)
def imsegkmeans3(
    session, nargout, A, k, /, *, NormalizeInput=True, NumAttempts=3.0, MaxIterations=100.0, Threshold=1e-4
):
    """
    L = imsegkmeans3(V, k)
    [L, centers] = imsegkmeans3(V, k)
    [L, centers] = imsegkmeans3(V, k, Name=Value)

    Label the voxels of a volume (with channels along the fourth dimension) by k clusters (k-means).

    Options
      NormalizeInput  whether channels are first made to have mean 0 and variance 1 (true)
      NumAttempts     how many starts are tried (3)
      MaxIterations   of each (100)
      Threshold       change at which it stops (1e-4)

    Examples
      >> V = cat(3, zeros(2), ones(2)); [L, centers] = imsegkmeans3(V, 2); squeeze(L(1, 1, :))', centers'
      ans =
        1×2 uint8 row vector
         1   2
      ans =
           0     1

    See also imsegkmeans, superpixels3.
    """
    array = take.pixels(A, "imsegkmeans3", "V")
    if array.ndim > 4:
        raise take.refusal("imsegkmeans3", "V", "a volume", A)
    volume = array.reshape(array.shape + (1,) * (4 - array.ndim))
    return clustered(session, "imsegkmeans3", volume, k, NormalizeInput, NumAttempts, MaxIterations, Threshold)


def clustered(
    session: Any, function: str, array: np.ndarray, k: Any, normalize: Any, attempts: Any, steps: Any, threshold: Any
) -> tuple:
    count = take.count(k, function, "k")
    points = array.reshape(int(np.prod(array.shape[:-1])), array.shape[-1], order="F").astype(float)
    if not 1 <= count <= points.shape[0] or not points.size:
        raise take.refusal(function, "k", "from 1 to the number of pixels", k)
    if not np.isfinite(points).all():
        raise take.refusal(function, "the image", "finite", array)
    tries, most = take.count(attempts, function, "NumAttempts"), take.count(steps, function, "MaxIterations")
    if not tries or not most:
        raise take.refusal(function, "NumAttempts and MaxIterations", "positive", attempts)
    mean, spread = np.zeros(points.shape[1]), np.ones(points.shape[1])
    if take.flag(normalize, function, "NormalizeInput"):
        mean, spread = points.mean(0), points.std(0)
        spread = np.where(spread > 0, spread, 1)
    seed = int(session.random.uniforms(1)[0] * 2**31)
    distinct = len(np.unique(points[:10000], axis=0))
    distinct = distinct if distinct >= count else len(np.unique(points, axis=0))
    if distinct < count:
        raise ScriptError(
            f"images:{function}:tooFewColors",
            "The image must have at least k different colours.",
            notes=(f"it has {distinct}, k is {count}",),
        )
    labels, centres = segmentation.colour_clusters(
        (points - mean) / spread, count, tries, most, positive(threshold, function, "Threshold", 1e-4), seed
    )
    kind = np.uint8 if count < 256 else np.uint16 if count < 65536 else np.uint32
    made = (labels + 1).astype(kind).reshape(array.shape[:-1], order="F")
    dtype = np.dtype(np.float32) if array.dtype.kind == "b" else array.dtype
    return norm(np.asfortranarray(made)), norm(np.asfortranarray(rounded(centres * spread + mean, dtype)))


@builtin(outputs=2)
def superpixels3(nargout, A, N, /, *, Compactness=None, Method="slic0", NumIterations=10.0):
    """
    [L, NumLabels] = superpixels3(A, N)
    [L, NumLabels] = superpixels3(A, N, Name=Value)

    About N regions of like grey of a volume, as labels from 1 (SLIC of R. Achanta and others, 2012; in detail they
    differ from MATLAB's).

    Options
      Compactness    how cubic regions are (0.001 with 'slic0', 0.05 with 'slic')
      Method         'slic0' (adapts compactness) or 'slic'
      NumIterations  steps (10)

    Examples
      >> A = zeros(12, 12, 12); A(:, :, 7:12) = 1; [L, n] = superpixels3(A, 8, Method='slic'); n > 1, size(L)
      ans =
        logical
         1
      ans =
          12    12    12

    See also superpixels, imsegkmeans3.
    """
    from skimage.segmentation import slic

    array = take.pixels(A, "superpixels3", "A")
    if array.ndim != 3 or not array.size:
        raise take.refusal("superpixels3", "A", "a volume", A)
    method = take.choice(Method, ("slic0", "slic"), "superpixels3", "Method")
    wanted = take.count(N, "superpixels3", "N")
    if not wanted:
        raise take.refusal("superpixels3", "N", "a positive integer", N)
    usual = 0.001 if method == "slic0" else 0.05
    labels = slic(
        np.ascontiguousarray(scale.mat2gray(array)),
        n_segments=wanted,
        compactness=positive(Compactness, "superpixels3", "Compactness", usual),
        max_num_iter=max(take.count(NumIterations, "superpixels3", "NumIterations"), 1),
        slic_zero=method == "slic0",
        start_label=1,
        channel_axis=None,
    )
    return norm(np.asfortranarray(labels.astype(float))), float(labels.max())


# --------------------------------------------------------------------------------------------------------- agreement
def compared(one: Any, other: Any, function: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """Pairs of masks: of logical images one, of labels one for each, of categoricals one for each category."""
    if isinstance(one, Categorical) or isinstance(other, Categorical):
        if not (isinstance(one, Categorical) and isinstance(other, Categorical)):
            raise ScriptError(
                f"images:{function}:differentClass", "Both segmentations must be categorical, or neither."
            )
        names = list(one.names)
        if list(other.names) != names:
            raise ScriptError(
                f"images:{function}:differentCategories", "Both segmentations must have the same categories."
            )
        codes = np.asarray(one.codes), np.asarray(other.codes)
        masks = [(codes[0] == k + 1, codes[1] == k + 1) for k in range(len(names))]
    else:
        arrays = take.pixels(one, function, "the segmentation"), take.pixels(other, function, "the segmentation")
        if all(array.dtype.kind == "b" for array in arrays):
            masks = [(arrays[0], arrays[1])]
        else:
            for array in arrays:
                if array.size and (not (array >= 0).all() or (array != np.floor(array)).any()):
                    raise take.refusal(function, "the labels", "nonnegative integers", one)
            most = int(max(array.max(initial=0) for array in arrays))
            masks = [(arrays[0] == k, arrays[1] == k) for k in range(1, most + 1)]
        codes = arrays
    if codes[0].shape != codes[1].shape:
        raise ScriptError(
            f"images:{function}:sizeMismatch",
            "Both segmentations must be the same size.",
            notes=(f"{size_text(codes[0].shape)} and {size_text(codes[1].shape)}",),
        )
    return masks


@builtin
def dice(one, other, /):
    """
    similarity = dice(BW1, BW2)
    similarity = dice(L1, L2)
    similarity = dice(C1, C2)

    Twice what two masks share over what they have together, 0 to 1; of labels and categories one number for each.

    Examples
      >> similarity = dice(logical([1 1 0]), logical([1 0 0]))
      similarity =
          0.6667
      >> similarity = dice([1 1 2 2], [1 2 2 3])'
      similarity =
          0.6667    0.5000         0
      >> similarity = dice(categorical(["a" "b" "b"]), categorical(["a" "a" "b"]))'
      similarity =
          0.6667    0.6667

    See also jaccard, bfscore.
    """
    return norm(np.array([segmentation.overlap(*pair)[0] for pair in compared(one, other, "dice")]).reshape(-1, 1))


@builtin(name="jaccard")
def jaccard_similarity(one, other, /):
    """
    similarity = jaccard(BW1, BW2)
    similarity = jaccard(L1, L2)
    similarity = jaccard(C1, C2)

    What two masks share over what either has, 0 to 1; of labels and categories one number for each.

    Examples
      >> similarity = jaccard(logical([1 1 0]), logical([1 0 0]))
      similarity =
          0.5000
      >> similarity = jaccard([1 1 2 2], [1 2 2 3])'
      similarity =
          0.5000    0.3333         0
      >> similarity = jaccard(categorical(["a" "b" "b"]), categorical(["a" "a" "b"]))'
      similarity =
          0.5000    0.5000

    See also dice, bfscore.
    """
    return norm(np.array([segmentation.overlap(*pair)[1] for pair in compared(one, other, "jaccard")]).reshape(-1, 1))


@builtin(outputs=3)
def bfscore(nargout, prediction, truth, theta=None, /):
    """
    score = bfscore(prediction, groundTruth)
    [score, precision, recall] = bfscore(prediction, groundTruth)
    [score, precision, recall] = bfscore(prediction, groundTruth, theta)

    How well the outlines of two segmentations agree, 0 to 1: which share of each lies within theta pixels of the other
    (0.75% of the diagonal of the image); of labels and categories one number for each.

    Examples
      >> A = false(20); A(5:10, 5:10) = true; score = bfscore(A, A)
      score =
           1
      >> [score, precision, recall] = bfscore(A, circshift(A, 1), 1)
      score =
           1
      precision =
           1
      recall =
           1
      >> [score, precision, recall] = bfscore(2 * A, A + 0);
      >> score'
      ans =
           0     0

    See also dice, jaccard.
    """
    masks = compared(prediction, truth, "bfscore")
    if masks and masks[0][0].ndim != 2:
        raise take.refusal("bfscore", "the segmentation", "a matrix", prediction)
    shape = masks[0][0].shape if masks else (1, 1)
    reach = 0.75 / 100 * float(np.hypot(*shape)) if theta is None else positive(theta, "bfscore", "theta", 1.0)
    found = np.array([segmentation.boundary_agreement(*pair, reach) for pair in masks]).reshape(-1, 3)
    return tuple(norm(np.asfortranarray(found[:, k : k + 1])) for k in range(3))


# ------------------------------------------------------------------------------------------------ contours and fronts
@builtin
def activecontour(A, mask, /, *rest, SmoothFactor=None, ContractionBias=None):
    """
    BW = activecontour(A, mask)
    BW = activecontour(A, mask, n)
    BW = activecontour(A, mask, n, method)
    BW = activecontour(A, mask, n, method, Name=Value)

    Part an image into object and background by a contour that moves from a mask, n steps (100).

    Methods: 'Chan-Vese' (the default; two means of grey) or 'edge' (the contour stops at edges). It is scikit-image's
    morphological snakes that move; MATLAB's contours differ by pixels.

    Options
      SmoothFactor     how smooth the contour is kept (0 with 'Chan-Vese', 1 with 'edge')
      ContractionBias  above 0 it shrinks, below 0 it grows (0 with 'Chan-Vese', 0.3 with 'edge')

    Examples
      >> A = zeros(30); A(10:20, 8:22) = 1; mask = false(30); mask(3:27, 3:27) = true;
      >> BW = activecontour(A, mask); isequal(BW, A == 1)
      ans =
        logical
         1
      >> BW = activecontour(A, mask, 60, 'edge'); dice(BW, A == 1) > 0.8
      ans =
        logical
         1
      >> BW = activecontour(A, mask, 10, 'Chan-Vese', SmoothFactor=1); size(BW)
      ans =
          30    30

    See also imsegfmm, imsegkmeans, superpixels.
    """
    image = take.pixels(A, "activecontour", "A")
    if image.ndim == 3 and image.shape[2] == 3:
        image = colour.rgb2gray(image)
    if image.ndim != 2 or not image.size:
        raise take.refusal("activecontour", "A", "a grey or colour image", A)
    start, values = mask_of(mask, image, "activecontour"), list(rest)
    steps = take.count(values.pop(0), "activecontour", "n") if values and not isinstance(values[0], str) else 100
    method = take.choice(values.pop(0), ("Chan-Vese", "edge"), "activecontour", "method") if values else "Chan-Vese"
    take.no_options(values, "activecontour")
    by_edges = method == "edge"
    smooth = (
        (1.0 if by_edges else 0.0)
        if SmoothFactor is None
        else take.number(SmoothFactor, "activecontour", "SmoothFactor")
    )
    bias = 0.3 if by_edges else 0.0
    if ContractionBias is not None:
        bias = take.number(ContractionBias, "activecontour", "ContractionBias")
    if not steps or not 0 <= smooth < 100:
        raise take.refusal("activecontour", "n and SmoothFactor", "positive and nonnegative", SmoothFactor)
    made = segmentation.moving_contour(image, start, steps, int(np.ceil(smooth)), by_edges, bias)
    return norm(np.asfortranarray(made))


@builtin(outputs=2)
def imsegfmm(nargout, W, /, *rest):
    """
    BW = imsegfmm(W, mask, thresh)
    BW = imsegfmm(W, C, R, thresh)
    BW = imsegfmm(W, C, R, P, thresh)
    [BW, D] = imsegfmm(...)

    What a front that starts at a mask, or at columns C, rows R (and planes P), reaches within thresh, when it moves
    with the weights W; D is its time of arrival, made to go from 0 to 1.

    Examples
      >> W = ones(1, 6); W(4:6) = 0.01; mask = logical([1 0 0 0 0 0]); [BW, D] = imsegfmm(W, mask, 0.1)
      BW =
        1×6 logical array
         1   1   1   0   0   0
      D =
               0    0.0033    0.0066    0.3377    0.6689    1.0000
      >> BW = imsegfmm(ones(5), 3, 3, 0.5)
      BW =
        5×5 logical array
         0   0   0   0   0
         0   0   1   0   0
         0   1   1   1   0
         0   0   1   0   0
         0   0   0   0   0
      >> size(imsegfmm(ones(3, 3, 3), 2, 2, 2, 0.5))
      ans =
           3     3     3

    See also graydiffweight, gradientweight, activecontour.
    """
    speed = take.pixels(W, "imsegfmm", "W").astype(float)
    if speed.ndim > 3 or not (speed >= 0).all():
        raise take.refusal("imsegfmm", "W", "nonnegative weights", W)
    if len(rest) not in (2, 3, 4):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    threshold = take.number(rest[-1], "imsegfmm", "thresh")
    if not 0 <= threshold <= 1:
        raise take.refusal("imsegfmm", "thresh", "a number from 0 to 1", rest[-1])
    seeds = seeds_of(rest[:-1], speed.shape, "imsegfmm")
    times = filling.arrival_times(speed, seeds)
    reached = np.isfinite(times)
    most = times[reached].max(initial=0)
    times = times / most if most > 0 else times
    return norm(np.asfortranarray(times <= threshold)), norm(np.asfortranarray(times))


def seeds_of(values: tuple, shape: tuple[int, ...], function: str) -> np.ndarray:
    """A mask: given, or of columns, rows (and planes)."""
    if len(values) == 1:
        mask = take.pixels(values[0], function, "mask")
        if mask.shape != shape:
            raise ScriptError(f"images:{function}:sizeMismatch", "The mask must be as large as the image.")
        return mask != 0
    places = [take.counts(value, function, "the places", numel_of(value)) for value in values]
    if len(values) != len(shape) or len({len(each) for each in places}) > 1:
        raise ScriptError(f"images:{function}:places", "Columns, rows (and planes) must be as many.")
    mask = np.zeros(shape, bool)
    for place in zip(*places, strict=True):
        index = (place[1], place[0], *place[2:])
        if not all(1 <= k <= n for k, n in zip(index, shape, strict=True)):
            raise ScriptError(f"images:{function}:places", "The places must lie in the image.")
        mask[tuple(k - 1 for k in index)] = True
    return mask


@builtin
def graydiffweight(A, /, *rest, RolloffFactor=0.5, GrayDifferenceCutoff=None):
    """
    W = graydiffweight(I, refGrayVal)
    W = graydiffweight(I, mask)
    W = graydiffweight(I, C, R)
    W = graydiffweight(V, C, R, P)
    W = graydiffweight(..., Name=Value)

    Weights for imsegfmm: large where a pixel is like a grey value, or like the mean of a mask or of places.

    W is the difference, as a share of the cutoff (at most 1), to the power -RolloffFactor*2; the formula is our own.

    Options
      RolloffFactor         how fast weights fall (0.5)
      GrayDifferenceCutoff  differences above it count as it (the range of I)

    Examples
      >> W = graydiffweight([0 0.25 1], 0)
      W =
              1000           4           1
      >> W = graydiffweight(uint8([10 20 30]), logical([1 0 0]), RolloffFactor=1); W(2) / W(3)
      ans =
           4
      >> isequal(graydiffweight(magic(3), 1, 2), graydiffweight(magic(3), 3)), size(graydiffweight(ones(2,2,2),1,1,1))
      ans =
        logical
         1
      ans =
           2     2     2

    See also imsegfmm, gradientweight.
    """
    image = take.pixels(A, "graydiffweight", "I").astype(float)
    if not 1 <= len(rest) <= 3:
        raise ScriptError("MATLAB:minrhs", "graydiffweight takes a grey value, a mask, or places.")
    if len(rest) == 1 and numel_of(rest[0]) == 1 and image.size != 1:
        reference = take.number(rest[0], "graydiffweight", "refGrayVal")
    else:
        chosen = image[seeds_of(rest, image.shape, "graydiffweight")]
        if not chosen.size:
            raise take.refusal("graydiffweight", "the mask", "one with pixels", rest[0])
        reference = float(chosen.mean())
    power = positive(RolloffFactor, "graydiffweight", "RolloffFactor", 0.5)
    change = np.abs(image - reference)
    cutoff = positive(
        GrayDifferenceCutoff, "graydiffweight", "GrayDifferenceCutoff", float(change.max(initial=0)) or 1.0
    )
    share = np.clip(change / cutoff, 1e-3, 1)
    return norm(np.asfortranarray(share ** (-2 * power)))


@builtin
def gradientweight(A, sigma=1.5, /, *, RolloffFactor=3.0, WeightCutoff=0.25):
    """
    W = gradientweight(I)
    W = gradientweight(I, sigma)
    W = gradientweight(..., Name=Value)

    Weights for imsegfmm: small (down to 1e-3) where a grey image changes, 1 where it does not.

    The change is that under a Gaussian of standard deviation sigma (1.5), from 0 to 1; the formula is our own.

    Options
      RolloffFactor  how fast weights fall (3)
      WeightCutoff   weights below it become 1e-3 (0.25)

    Examples
      >> I = zeros(5, 20); I(:, 11:20) = 1; W = gradientweight(I, 1); W(3, [1 10 20])
      ans =
          1.0000    0.0010    1.0000
      >> W = gradientweight(ones(3)); W(2, 2)
      ans =
           1

    See also imsegfmm, graydiffweight, imgradient.
    """
    image = scale.im2double(matrix(A, "gradientweight", "I"))
    spread = positive(sigma, "gradientweight", "sigma", 1.5)
    power = positive(RolloffFactor, "gradientweight", "RolloffFactor", 3.0)
    cutoff = take.number(WeightCutoff, "gradientweight", "WeightCutoff")
    if not 1e-3 <= cutoff <= 1:
        raise take.refusal("gradientweight", "WeightCutoff", "from 1e-3 to 1", WeightCutoff)
    size = 2 * int(np.ceil(2 * min(spread, 1e4))) + 1
    across, down = edges.gradient_pair(filters.smoothed(image, [spread] * 2, [size] * 2), "central")
    change = np.hypot(across, down)
    most = change.max(initial=0)
    made = (1 - change / most if most > 0 else np.ones(image.shape)) ** power
    return norm(np.asfortranarray(np.where(made < cutoff, 1e-3, made)))

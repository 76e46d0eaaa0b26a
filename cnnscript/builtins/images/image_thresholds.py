"""Images in black and white, and in a few levels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, scale, thresholds
from cnnscript.values.numeric import as_array, norm, saturated
from cnnscript.values.text import text_or_none
from cnnscript.values.warn import warn


@builtin(outputs=2)
def graythresh(nargout, A, /):
    """
    T = graythresh(A)
    [T, EM] = graythresh(A)

    The grey level (0 to 1) that parts an image best into dark and bright, by Otsu's method; EM (0 to 1) says how well.

    The pixels of all channels count alike.

    Examples
      >> [T, EM] = graythresh(uint8([10 10 200 200]))
      T =
          0.4098
      EM =
           1

    See also otsuthresh, imbinarize, adaptthresh, multithresh.
    """
    array = take.pixels(A, "graythresh", "input number 1, I,")
    return thresholds.otsu_of_counts(thresholds.histogram(array))


@builtin(outputs=2)
def otsuthresh(nargout, counts, /):
    """
    T = otsuthresh(counts)
    [T, EM] = otsuthresh(counts)

    The level from 0 to 1 that parts a histogram best, by Otsu's method; EM (0 to 1) says how well.

    Examples
      >> [T, EM] = otsuthresh([5 0 0 0 5])
      T =
          0.3750
      EM =
           1
      >> T = otsuthresh(imhist(uint8([10 10 200 200])))
      T =
          0.4098

    See also graythresh, imhist, imbinarize.
    """
    array = take.pixels(counts, "otsuthresh", "input number 1, COUNTS,").astype(float)
    if array.ndim != 2 or min(array.shape) != 1:
        raise take.refusal("otsuthresh", "input number 1, COUNTS,", "a vector", counts)
    if not (array >= 0).all():
        raise take.refusal("otsuthresh", "input number 1, COUNTS,", "nonnegative", counts)
    return thresholds.otsu_of_counts(array.ravel())


@builtin
def adaptthresh(A, /, *rest, NeighborhoodSize=None, ForegroundPolarity="bright", Statistic="mean"):
    """
    T = adaptthresh(I)
    T = adaptthresh(I, sensitivity)
    T = adaptthresh(..., Name=Value)

    A level from 0 to 1 for each pixel, from the brightness around it.

    sensitivity (0 to 1, 0.5) says how much becomes foreground.

    Options
      NeighborhoodSize    odd sizes of what counts as around (2*floor(size(I)/16)+1)
      ForegroundPolarity  'bright' or 'dark'
      Statistic           'mean', 'median' or 'gaussian'

    Examples
      >> adaptthresh([0 0.5 1], 0.6, NeighborhoodSize=3)
      ans =
          0.1667    0.5000    0.8333
      >> adaptthresh(uint8([0 51 102]), NeighborhoodSize=[1 3], ForegroundPolarity='dark')
      ans =
          0.0600    0.1800    0.3000
      >> size(adaptthresh(rand(40)))
      ans =
          40    40

    See also imbinarize, graythresh, otsuthresh.
    """
    array = take.pixels(A, "adaptthresh", "input number 1, I,")
    sensitivity = fraction(rest[0], "adaptthresh", "the sensitivity") if rest else 0.5
    take.no_options(list(rest[1:]), "adaptthresh")
    return norm(adaptive_levels(array, sensitivity, NeighborhoodSize, ForegroundPolarity, Statistic, "adaptthresh"))


def adaptive_levels(
    array: np.ndarray, sensitivity: float, size: Any, polarity: Any, statistic: Any, function: str
) -> np.ndarray:
    if size is None:
        sizes = [2 * (length // 16) + 1 for length in array.shape]
    else:
        sizes = take.counts(size, function, "NeighborhoodSize", (1, array.ndim))
        sizes = sizes * array.ndim if len(sizes) == 1 else sizes
        if any(length % 2 == 0 for length in sizes):
            raise take.refusal(function, "NeighborhoodSize", "odd", size)
    bright = take.choice(polarity, ("bright", "dark"), function, "ForegroundPolarity") == "bright"
    word = take.choice(statistic, ("mean", "median", "gaussian"), function, "Statistic")
    if not array.size:
        return array.astype(float)
    return thresholds.adaptive(array, sensitivity, tuple(sizes), word, bright)


def fraction(value: Any, function: str, argument: str) -> float:
    found = take.number(value, function, argument)
    if not 0 <= found <= 1:
        raise take.refusal(function, argument, "a number from 0 to 1", value)
    return found


@builtin
def imbinarize(A, T=None, /, *, Sensitivity=None, ForegroundPolarity=None):
    """
    BW = imbinarize(I)
    BW = imbinarize(I, method)
    BW = imbinarize(I, T)
    BW = imbinarize(I, 'adaptive', Name=Value)

    Which pixels are brighter than a level from 0 to 1, or than a level for each pixel.

    method is 'global' (the level that graythresh gives, the default) or 'adaptive' (the levels of adaptthresh).

    Options
      Sensitivity         of 'adaptive', 0 to 1 (0.5)
      ForegroundPolarity  of 'adaptive': 'bright' or 'dark'

    Examples
      >> imbinarize(uint8([10 10 200 200]))
      ans =
        1×4 logical array
         0   0   1   1
      >> imbinarize([0.2 0.7], 0.5)
      ans =
        1×2 logical array
         0   1
      >> nnz(imbinarize(mod(magic(32), 2), 'adaptive', Sensitivity=0.6))
      ans =
         512
      >> imbinarize([0.1 0.9; 0.1 0.8], [0.5 0.95; 0 1])
      ans =
        2×2 logical array
         0   0
         1   0

    See also graythresh, adaptthresh, otsuthresh, im2bw.
    """
    array = take.pixels(A, "imbinarize", "input number 1, I,")
    word = text_or_none(T)
    if word is not None:
        word = take.choice(T, ("global", "adaptive"), "imbinarize", "the method")
    if word != "adaptive" and (Sensitivity is not None or ForegroundPolarity is not None):
        raise ScriptError(
            "MATLAB:images:imbinarize:onlyAdaptive", "Sensitivity and ForegroundPolarity go with the method 'adaptive'."
        )
    if array.dtype == bool:
        raise scale.unknown_class("imbinarize", "logical")
    level: Any
    if word == "adaptive":
        sensitivity = fraction(Sensitivity, "imbinarize", "Sensitivity") if Sensitivity is not None else 0.5
        polarity = ForegroundPolarity if ForegroundPolarity is not None else "bright"
        level = adaptive_levels(array, sensitivity, None, polarity, "mean", "imbinarize")
    elif word == "global" or T is None:
        level = thresholds.otsu_of_counts(thresholds.histogram(array))[0]
    else:
        level = take.pixels(T, "imbinarize", "input number 2, T,").astype(float)
        if level.size != 1 and level.shape != array.shape:
            raise ScriptError("images:imbinarize:sizeMismatch", "I and T must be the same size, or T must be a number.")
    return norm(thresholds.brighter(array, level))


@builtin
def im2bw(A, /, *rest):
    """
    BW = im2bw(I)
    BW = im2bw(I, level)
    BW = im2bw(X, map, level)

    Which pixels are brighter than a level from 0 to 1 (0.5); colour is looked at as grey.

    Examples
      >> im2bw(uint8([10 127 128 255]))
      ans =
        1×4 logical array
         0   0   1   1
      >> im2bw([0.2 0.7], 0.1)
      ans =
        1×2 logical array
         1   1
      >> im2bw([1 2], [0 0 0; 1 1 1], 0.5)
      ans =
        1×2 logical array
         0   1

    See also imbinarize, graythresh, rgb2gray.
    """
    array, values = take.pixels(A, "im2bw"), list(rest)
    if values and take.pixels(values[0], "im2bw", "the level").size > 1:
        array = colour.ind2rgb(array, take.colour_map(values.pop(0), "im2bw"))
    level = take.number(values.pop(0), "im2bw", "the level") if values else 0.5
    if values or not 0 <= level <= 1:
        raise ScriptError("MATLAB:images:im2bw:outOfRangeLevel", "LEVEL must be in the range [0 1].")
    grey = colour.rgb2gray(array) if array.ndim == 3 else array
    return norm(grey if grey.dtype == bool else thresholds.brighter(grey, level))


@builtin(outputs=2)
def multithresh(nargout, A, N=1.0, /):
    """
    thresh = multithresh(A)
    thresh = multithresh(A, N)
    [thresh, metric] = multithresh(...)

    N levels (1) that part an image best into N + 1 classes, by Otsu's method, in the image's own class.

    The levels are looked for in 256 steps between the least and the greatest value: for N up to 2 among all, above by
    the simplex search of fminsearch. metric (0 to 1) says how well they part.

    Examples
      >> [thresh, metric] = multithresh(uint8([10 12 100 102 200 202]), 2)
      thresh =
        1×2 uint8 row vector
          56   150
      metric =
          0.9998
      >> multithresh([0 0 1 1])
      ans =
          0.4980

    See also imquantize, graythresh, otsuthresh.
    """
    array = take.pixels(A, "multithresh", "input number 1, A,")
    count = take.count(N, "multithresh", "N")
    if not 1 <= count <= 20:
        raise take.refusal("multithresh", "N", "an integer from 1 to 20", N)
    if array.dtype == bool:
        raise scale.unknown_class("multithresh", "logical")
    if not array.size:
        warn("images:multithresh:degenerateInput", "No solution exists because the image has no pixels.")
        return norm(np.arange(1.0, count + 1)), 0.0
    flat = array.ravel().astype(float)
    flat = flat[np.isfinite(flat)]
    different = np.unique(flat)
    if different.size <= count:
        warn(
            "images:multithresh:degenerateInput",
            f"No solution exists because the number of unique values in the image are too few to find {count} "
            "thresholds. Returning an arbitrarily chosen solution.",
        )
        spare = np.arange(1, count + 1) + (different[-1] if different.size else 0)
        return norm(in_class_of(np.sort(np.r_[different, spare][:count]), array)), 0.0
    low, high = different[0], different[-1]
    levels = np.floor((flat - low) / (high - low) * 255 + 0.5).astype(int)
    share = np.bincount(levels, minlength=256) / levels.size
    found, metric = thresholds.several(share, count, simplex_search)
    return norm(in_class_of(low + found / 255 * (high - low), array)), metric


def in_class_of(values: np.ndarray, array: np.ndarray) -> np.ndarray:
    return saturated(values, array.dtype) if array.dtype.kind in "iu" else values.astype(array.dtype)


def simplex_search(function: Callable[[np.ndarray], float], start: np.ndarray) -> np.ndarray:
    """Where `function` is least near `start`, to a whole step: fminsearch with TolX 1."""
    from cnnscript.builtins.numerical.zeros_and_minima import nelder_mead_step

    count = start.size
    simplex = np.vstack([start, *([start] * count)])
    for place in range(count):
        simplex[place + 1, place] = 1.05 * start[place] if start[place] else 0.00025
    values = np.array([function(corner) for corner in simplex])
    for _ in range(200 * count):
        order = np.argsort(values, kind="stable")
        simplex, values = simplex[order], values[order]
        if np.abs(values[1:] - values[0]).max() <= 1e-4 and np.abs(simplex[1:] - simplex[0]).max() <= 1:
            break
        nelder_mead_step(simplex, values, function)
    return simplex[np.argmin(values)]


@builtin(outputs=2)
def imquantize(nargout, A, levels, values=None, /):
    """
    quant_A = imquantize(A, levels)
    quant_A = imquantize(A, levels, values)
    [quant_A, index] = imquantize(...)

    An image in N + 1 steps that N rising levels part: the number of the step, or the step's own value.

    A pixel that equals a level belongs to the step below it.

    Examples
      >> imquantize([1 2 3 4 5], [2 4])
      ans =
           1     1     2     2     3
      >> [q, index] = imquantize([1 2 3 4 5], [2 4], uint8([0 100 200]))
      q =
        1×5 uint8 row vector
           0     0   100   100   200
      index =
           1     1     2     2     3

    See also multithresh, discretize, label2rgb.
    """
    array = take.pixels(A, "imquantize", "input number 1, A,")
    edges = np.array(take.numbers(levels, "imquantize", "input number 2, LEVELS,"))
    if (np.diff(edges) < 0).any() or np.isnan(edges).any():
        raise take.refusal("imquantize", "input number 2, LEVELS,", "nondecreasing", levels)
    steps = np.asfortranarray(np.searchsorted(edges, array.astype(float), "left"))
    if array.dtype.kind == "f":
        steps[np.isnan(array)] = 0
    index = norm(steps + 1.0)
    if values is None:
        return index, index
    given = as_array(values)
    take.pixels(values, "imquantize", "input number 3, VALUES,")
    if given.size != edges.size + 1:
        raise ScriptError(
            "images:imquantize:sizeMismatch", "VALUES must have one element more than LEVELS.",
            notes=(f"VALUES has {given.size}, LEVELS {edges.size}",),
        )  # fmt: skip
    return norm(given.ravel(order="F")[steps]), index

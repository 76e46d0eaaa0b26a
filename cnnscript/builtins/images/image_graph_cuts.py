"""Object and background parted by graph cuts of superpixels."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_smoothing import positive
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour_spaces, graph_cuts, scale
from cnnscript.values.numeric import norm, size_text


def regions_of(A: Any, L: Any, function: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, and mean colour and size of each region; colours as L*a*b*."""
    labels = take.pixels(L, function, "L")
    image = scale.im2double(take.pixels(A, function, "A"))
    if labels.ndim == 2 and image.ndim == 3 and image.shape[2] == 3:
        white = np.array(colour_spaces.WHITE_POINTS["d65"])
        image = colour_spaces.xyz2lab(colour_spaces.rgb2xyz(image, "srgb", white), white) / 100
    if image.shape[: labels.ndim] != labels.shape or not labels.size:
        raise ScriptError(
            f"images:{function}:sizeMismatch",
            "L must have as many rows and columns as the image.",
            notes=(f"{size_text(labels.shape)} and {size_text(image.shape)}",),
        )
    if not (labels >= 0).all() or (labels != np.floor(labels)).any():
        raise take.refusal(function, "L", "labels of 0 or more", L)
    whole = labels.astype(np.intp)
    if whole.max() > whole.size:
        raise take.refusal(function, "L", "labels without large gaps", L)
    if not whole.any():
        raise take.refusal(function, "L", "labels with a region", L)
    return whole, *graph_cuts.region_means(image, whole)


def marked(value: Any, labels: np.ndarray, function: str, argument: str) -> np.ndarray:
    """Which regions (from 0) a mask, or linear indices of pixels, touch."""
    array = take.pixels(value, function, argument)
    made = np.zeros(int(labels.max()) + 1, bool)
    if array.shape == labels.shape:
        made[np.unique(labels[array != 0])] = True
    elif array.size:
        places = np.array(take.counts(value, function, argument, array.size))
        if places.min() < 1 or places.max() > labels.size:
            raise ScriptError(f"images:{function}:outOfRange", f"{argument} must lie in the image.")
        made[np.unique(labels.ravel("F")[places - 1])] = True
    return made[1:]


def as_mask(found: np.ndarray, labels: np.ndarray) -> Any:
    return norm(np.asfortranarray(np.append(False, found)[labels]))


@builtin
def lazysnapping(A, L, foremask, backmask, /, *, EdgeWeightScaleFactor=500.0, Connectivity=None):
    """
    BW = lazysnapping(A, L, foremask, backmask)
    BW = lazysnapping(A, L, foreind, backind)
    BW = lazysnapping(..., Name=Value)

    Part an image into object and background where some of both is marked, by masks or linear indices; L are the
    labels of its superpixels.

    After Y. Li and others (2004), with colours in L*a*b*; single regions may fall otherwise than in MATLAB.

    Options
      EdgeWeightScaleFactor  more keeps neighbours together (500)
      Connectivity           which pixels of regions are neighbours: 4 or 8, in volumes 6, 18 or 26 (8, 26)

    Examples
      >> A = zeros(20, 20, 3); A(6:15, 6:15, 1) = 1; L = reshape(1:400, 20, 20);
      >> fore = false(20); fore(10, 10) = true; back = false(20); back(2, 2) = true;
      >> BW = lazysnapping(A, L, fore, back); isequal(BW, A(:, :, 1) == 1)
      ans =
        logical
         1
      >> BW = lazysnapping(A, L, 190, [1 2], EdgeWeightScaleFactor=10); nnz(BW)
      ans =
         100

    See also grabcut, superpixels, activecontour.
    """
    labels, colours, _ = regions_of(A, L, "lazysnapping")
    inside = marked(foremask, labels, "lazysnapping", "foremask")
    outside = marked(backmask, labels, "lazysnapping", "backmask")
    if not inside.any() or not outside.any():
        raise ScriptError(
            "images:lazysnapping:noMarks", "Both masks must mark a region, of the object and of the background."
        )
    pairs = graph_cuts.neighbours(labels, connectivity_of(Connectivity, labels, "lazysnapping"))
    strength = positive(EdgeWeightScaleFactor, "lazysnapping", "EdgeWeightScaleFactor", 500.0) / 1000
    found = graph_cuts.snapped(colours, pairs, inside, outside, strength)
    return as_mask(found, labels)


def connectivity_of(value: Any, labels: np.ndarray, function: str) -> int:
    """How many neighbours a pixel has: 4 or 8, of a voxel 6, 18 or 26; by default the most."""
    allowed = (4, 8) if labels.ndim == 2 else (6, 18, 26)
    if value is None:
        return allowed[-1]
    found = take.number(value, function, "Connectivity")
    if found not in allowed:
        raise take.refusal(function, "Connectivity", " or ".join(map(str, allowed)), value)
    return int(found)


@builtin
def grabcut(A, L, ROI, foremask=None, backmask=None, /, *, MaximumIterations=5.0, Connectivity=None):
    """
    BW = grabcut(A, L, ROI)
    BW = grabcut(A, L, ROI, foremask, backmask)
    BW = grabcut(..., Name=Value)

    Find the object in a region of interest of an image; L are the labels of its superpixels, what lies outside of ROI
    is background.

    After C. Rother and others (2004), with colours in L*a*b*; single regions may fall otherwise than in MATLAB.

    Options
      MaximumIterations  steps (5)
      Connectivity       which pixels of regions are neighbours: 4 or 8, in volumes 6, 18 or 26 (8, 26)

    Examples
      >> rng(1); A = 0.1 * rand(20, 20, 3); A(6:15, 6:15, 1) = 0.9; L = reshape(1:400, 20, 20); ROI = false(20);
      >> ROI(3:18, 3:18) = true; BW = grabcut(A, L, ROI); isequal(BW, A(:, :, 1) > 0.5)
      ans =
        logical
         1
      >> fore = false(20); fore(10, 9) = true; BW = grabcut(A, L, ROI, fore, false(20), MaximumIterations=1); BW(10, 9)
      ans =
        logical
         1

    See also lazysnapping, superpixels, activecontour.
    """
    labels, colours, sizes = regions_of(A, L, "grabcut")
    area = take.pixels(ROI, "grabcut", "ROI")
    if area.shape != labels.shape:
        raise ScriptError("images:grabcut:sizeMismatch", "ROI must be as large as L.")
    outside_area = marked(area == 0, labels, "grabcut", "ROI")
    possible = marked(area, labels, "grabcut", "ROI") & ~outside_area
    none = np.zeros(len(colours), bool)
    inside = none if foremask is None else marked(foremask, labels, "grabcut", "foremask")
    outside = none if backmask is None else marked(backmask, labels, "grabcut", "backmask")
    steps = take.count(MaximumIterations, "grabcut", "MaximumIterations")
    if not steps:
        raise take.refusal("grabcut", "MaximumIterations", "positive", MaximumIterations)
    pairs = graph_cuts.neighbours(labels, connectivity_of(Connectivity, labels, "grabcut"))
    found = graph_cuts.grabbed(colours, sizes, pairs, possible | inside, inside, outside & ~inside, steps)
    return as_mask(found, labels)

"""Regions of images: superpixels, and labels as colours."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_display import grey_or_colour
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colormaps, colour, scale
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none, texts_or_none


def labels_of(value: Any, function: str) -> np.ndarray:
    """Whole numbers from 0 for each pixel, from numbers, truth or a categorical (undefined: 0)."""
    if isinstance(value, Categorical):
        return np.asarray(value.codes).astype(np.intp)
    array = take.pixels(value, function, "the labels")
    if array.ndim != 2 or (array.dtype.kind == "f" and ((array < 0) | (array != np.floor(array))).any()):
        raise take.refusal(function, "the labels", "a matrix of nonnegative integers", value)
    return array.astype(np.intp)


def label_count(value: Any, labels: np.ndarray) -> int:
    """How many labels there are: the largest, or all categories."""
    return len(value.names) if isinstance(value, Categorical) else int(labels.max(initial=0))


def label_colours(value: Any, count: int, function: str) -> np.ndarray:
    """`count` or more colours: of a map by name, by function, or as they are given."""
    if value is None:
        return colormaps.colormap("jet", count)
    if isinstance(value, Function):
        return take.colour_map(value.call(1, float(count)), function)
    word = text_or_none(value)
    if word is not None:
        return colormaps.colormap(take.choice(value, tuple(colormaps.MAPS), function, "the colormap"), count)
    colours = take.colour_map(value, function)
    if len(colours) < count:
        raise ScriptError(
            f"MATLAB:images:{function}:tooFewColors",
            "The colormap must have a colour for each label.",
            notes=(f"{len(colours)} colours, {count} labels",),
        )
    return colours


@builtin
def label2rgb(L, cmap=None, zerocolor=None, order=None, /, *, OutputFormat="image"):
    """
    RGB = label2rgb(L)
    RGB = label2rgb(L, cmap)
    RGB = label2rgb(L, cmap, zerocolor)
    RGB = label2rgb(L, cmap, zerocolor, order)
    RGB = label2rgb(..., OutputFormat=format)

    Labels as colours (uint8): 0 is white, or zerocolor; the others run along a colormap (jet).

    L may be categorical. With the order 'shuffle' neighbours differ more; the order is the same each time, but not
    MATLAB's.

    Options
      OutputFormat  'image', or 'triplets' for the colour of each label, a row each

    Examples
      >> squeeze(label2rgb([0 1 2], [1 0 0; 0 0 1]))
      ans =
        3×3 uint8 matrix
         255   255   255
         255     0     0
           0     0   255
      >> squeeze(label2rgb([0 1], 'hsv', 'k', 'noshuffle'))
      ans =
        2×3 uint8 matrix
           0     0     0
         255     0     0
      >> size(label2rgb(magic(4), @spring, 'c', 'shuffle'))
      ans =
           4     4     3

    See also labeloverlay, bwlabel, ind2rgb.
    """
    labels = labels_of(L, "label2rgb")
    if labels.size and labels.min() < 0:
        raise take.refusal("label2rgb", "L", "labels of 0 or more", L)
    count = label_count(L, labels)
    colours = label_colours(cmap, count, "label2rgb")[:count]
    if order is not None and take.choice(order, ("shuffle", "noshuffle"), "label2rgb", "the order") == "shuffle":
        colours = colours[np.random.default_rng(0).permutation(count)]
    none = (1.0, 1.0, 1.0) if zerocolor is None else take.colour(zerocolor)
    table = scale.im2uint8(np.vstack((np.array([none]), colours)))
    if take.choice(OutputFormat, ("image", "triplets"), "label2rgb", "OutputFormat") == "triplets":
        return norm(np.asfortranarray(table[1:]))
    return norm(np.asfortranarray(table[labels]))


def included(value: Any, labels: Any) -> list[float]:
    """The labels that are to be shown, as numbers: categories may be named."""
    names = texts_or_none(value)
    if names is None:
        return take.numbers(value, "labeloverlay", "IncludedLabels")
    known = labels.names if isinstance(labels, Categorical) else []
    strange = next((name for name in names if name not in known), None)
    if strange is not None:
        raise ScriptError(
            "images:labeloverlay:unknownCategory",
            f"IncludedLabels names '{strange}', which is no category of the labels.",
            notes=("categories: " + ", ".join(known) if known else "the labels are no categorical",),
        )
    return [known.index(name) + 1.0 for name in names]


@builtin
def labeloverlay(A, L, /, *, Colormap=None, IncludedLabels=None, Transparency=0.5):
    """
    B = labeloverlay(A, L)
    B = labeloverlay(A, BW)
    B = labeloverlay(A, C)
    B = labeloverlay(..., Name=Value)

    An image with labels laid over it in colours (uint8); label 0 and undefined categories show the image alone.

    Options
      Colormap        colours of the labels: a name or n-by-3 (jet)
      IncludedLabels  which labels are shown: numbers, or names of categories
      Transparency    of the labels, 0 (opaque) to 1 (0.5)

    Examples
      >> squeeze(labeloverlay(uint8([100 100]), [0 1], Colormap=[1 0 0]))
      ans =
        2×3 uint8 matrix
         100   100   100
         178    50    50

    See also label2rgb, imoverlay, superpixels.
    """
    base = colour.as_rgb(scale.im2uint8(grey_or_colour(A, "labeloverlay")))
    labels = labels_of(L, "labeloverlay")
    if labels.shape != base.shape[:2]:
        raise ScriptError(
            "MATLAB:images:labeloverlay:sizeMismatch",
            "The labels must have as many rows and columns as the image.",
            notes=(f"image {base.shape[0]}x{base.shape[1]}, labels {labels.shape[0]}x{labels.shape[1]}",),
        )
    clear = take.number(Transparency, "labeloverlay", "Transparency")
    if not 0 <= clear <= 1:
        raise take.refusal("labeloverlay", "Transparency", "a number from 0 to 1", Transparency)
    shown = labels > 0
    if IncludedLabels is not None:
        shown &= np.isin(labels, included(IncludedLabels, L))
    colours = label_colours(Colormap, label_count(L, labels), "labeloverlay")
    made = np.ascontiguousarray(base).copy()
    places = np.flatnonzero(shown)
    if places.size:
        under = made.reshape(-1, 3)[places]
        paint = (colours * (255 * (1 - clear)))[labels.reshape(-1)[places] - 1]
        made.reshape(-1, 3)[places] = np.floor(under * clear + paint + 0.5)
    return norm(np.asfortranarray(made))


@builtin(outputs=2)
def superpixels(nargout, A, N, /, *, Compactness=10.0, Method="slic0", NumIterations=10.0, IsInputLab=False):
    """
    [L, NumLabels] = superpixels(A, N)
    [L, NumLabels] = superpixels(A, N, Name=Value)

    About N regions of like colour, as labels from 1 (SLIC of R. Achanta and others, 2012; in detail they differ from
    MATLAB's).

    Options
      Compactness    how square regions are (10); with 'slic0' only where it begins
      Method         'slic0' (adapts compactness) or 'slic'
      NumIterations  steps (10)
      IsInputLab     whether A is in L*a*b*

    Examples
      >> A = zeros(40); A(:, 21:40) = 1; [L, n] = superpixels(A, 4); [n L(1, 1) L(1, 20) L(1, 21)]
      ans =
           4     1     1     2

    See also boundarymask, label2rgb.
    """
    from skimage.segmentation import slic

    array = take.pixels(A, "superpixels")
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] != 3):
        raise ScriptError("MATLAB:images:superpixels:size", "A must be a grey or a colour image.")
    lab = take.flag(IsInputLab, "superpixels", "IsInputLab")
    method = take.choice(Method, ("slic0", "slic"), "superpixels", "Method")
    wanted = take.count(N, "superpixels", "N")
    if not wanted:
        raise take.refusal("superpixels", "N", "a positive integer", N)
    level = np.ascontiguousarray(array if lab else colour.as_rgb(scale.im2double(array)))
    labels = slic(
        level,
        n_segments=wanted,
        compactness=take.number(Compactness, "superpixels", "Compactness"),
        max_num_iter=take.count(NumIterations, "superpixels", "NumIterations"),
        slic_zero=method == "slic0",
        convert2lab=not lab,
        start_label=1,
        channel_axis=-1 if level.ndim == 3 else None,
    )
    return norm(np.asfortranarray(labels.astype(float))), float(labels.max())

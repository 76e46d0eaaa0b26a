"""Polygons and ranges of grey as masks: poly2mask, roipoly, roicolor, poly2label."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import regions_of_interest as regions
from cnnscript.pictures.images import polygons
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import is_cell, norm


def no_mouse(function: str, hint: str) -> ScriptError:
    """The one sentence of what is drawn by hand."""
    return ScriptError(
        f"images:{function}:interactive", "Drawing a region with the mouse needs MATLAB's desktop.", hint=hint
    )


def corners_of(x: Any, y: Any, function: str) -> tuple[np.ndarray, np.ndarray]:
    across, down = (np.array(take.numbers(value, function, "the polygon"), float) for value in (x, y))
    if len(across) != len(down):
        raise ScriptError(f"images:{function}:vectorSizeMismatch", "xi and yi must have the same length.")
    if not (np.isfinite(across).all() and np.isfinite(down).all()):
        raise take.refusal(function, "the polygon", "finite numbers", x)
    return across, down


@builtin
def poly2mask(xi, yi, m, n, /):
    """
    BW = poly2mask(xi, yi, m, n)

    The mask (m rows, n columns) of the pixels inside a polygon, by MATLAB's rule: edges run on a grid five times as
    fine, and a pixel counts when its middle lies inside.

    Examples
      >> poly2mask([0.5 2.5 2.5 0.5], [0.5 0.5 2.5 2.5], 3, 3)
      ans =
        3×3 logical array
         1   1   0
         1   1   0
         0   0   0

    See also roipoly, bwconvhull, inpolygon.
    """
    x, y = corners_of(xi, yi, "poly2mask")
    rows, columns = take.count(m, "poly2mask", "m"), take.count(n, "poly2mask", "n")
    require_memory((rows, columns), 8)
    return norm(np.asfortranarray(polygons.mask_of(x, y, rows, columns)))


@builtin(outputs=5)
def roipoly(nargout, /, *args):
    """
    BW = roipoly(I, xi, yi)
    BW = roipoly(x, y, I, xi, yi)
    BW = roipoly(m, n, xi, yi)
    [BW, xi2, yi2] = roipoly(...)
    [x2, y2, BW, xi2, yi2] = roipoly(...)

    The mask of the pixels of an image inside a polygon. x and y say where the first and the last column and row lie.

    Examples
      >> BW = roipoly(zeros(2, 3), [0.5 2.5 2.5 0.5], [0.5 0.5 1.5 1.5])
      BW =
        2×3 logical array
         1   1   0
         0   0   0
      >> [BW, xi] = roipoly(2, 2, [0 9 9], [0 0 9]); xi'
      ans =
           0     9     9     0
      >> [x2, y2, BW, xi2, yi2] = roipoly([10 20], [1 2], ones(2), [5 15 15 5], [0 0 3 3]); BW, x2
      BW =
        2×2 logical array
         1   0
         1   0
      x2 =
          10    20

    See also poly2mask, roicolor, createMask.
    """
    if len(args) < 3 or len(args) > 5:
        if len(args) > 5:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        raise no_mouse("roipoly", "roipoly(I, xi, yi) takes the corners")
    x_ends, y_ends = None, None
    if len(args) == 4:
        shape = (take.count(args[0], "roipoly", "m"), take.count(args[1], "roipoly", "n"))
        require_memory(shape, 8)
    else:
        shape = take.pixels(args[-3], "roipoly", "I").shape[:2]
    if len(args) == 5:
        x_ends, y_ends = (take.numbers(value, "roipoly", "x and y") for value in args[:2])
        if min(len(x_ends), len(y_ends)) < 2:
            raise take.refusal("roipoly", "x and y", "the places of the first and the last column and row", args[0])
    x, y = corners_of(args[-2], args[-1], "roipoly")
    if len(x) and (x[0] != x[-1] or y[0] != y[-1]):
        x, y = np.append(x, x[0]), np.append(y, y[0])
    ends = (
        (x_ends[0], x_ends[-1]) if x_ends else (1.0, float(shape[1])),
        (y_ends[0], y_ends[-1]) if y_ends else (1.0, float(shape[0])),
    )
    across, down = regions.pixel_of(x, ends[0], shape[1]), regions.pixel_of(y, ends[1], shape[0])
    mask = norm(np.asfortranarray(polygons.mask_of(across, down, *shape)))
    xi, yi = norm(x.reshape(-1, 1)), norm(y.reshape(-1, 1))
    if nargout > 3:
        return norm(np.array([ends[0]])), norm(np.array([ends[1]])), mask, xi, yi
    return mask, xi, yi


@builtin
def roicolor(A, low, high=None, /):
    """
    BW = roicolor(A, low, high)
    BW = roicolor(A, v)

    The mask of the pixels from low to high, or of those that are in v.

    Examples
      >> roicolor([1 2 3 4], 2, 3)
      ans =
        1×4 logical array
         0   1   1   0
      >> roicolor(uint8([1 2 3 4]), [1 4])
      ans =
        1×4 logical array
         1   0   0   1

    See also roipoly, poly2mask, imbinarize.
    """
    image = take.pixels(A, "roicolor", "A")
    if high is None:
        found = np.isin(image.astype(float), take.numbers(low, "roicolor", "v"))
    else:
        found = (image >= take.number(low, "roicolor", "low")) & (image <= take.number(high, "roicolor", "high"))
    return norm(np.asfortranarray(found))


@builtin
def poly2label(roi_positions, roi_label_ids, image_size, /):
    """
    L = poly2label(roiPositions, roiLabelIDs, imageSize)

    A label matrix of polygons (a cell of n-by-2 corners, x and y): each its number, later ones over earlier ones.

    Examples
      >> poly2label({[0.5 0.5; 2.5 0.5; 2.5 1.5; 0.5 1.5], [2.5 0.5; 3.5 0.5; 3.5 2.5; 2.5 2.5]}, uint8([1 2]), [2 3])
      ans =
        2×3 uint8 matrix
         1   1   2
         0   0   2

    See also poly2mask, labelmatrix, label2rgb.
    """
    if not is_cell(roi_positions):
        raise take.refusal("poly2label", "roiPositions", "a cell array", roi_positions)
    numbers = take.pixels(roi_label_ids, "poly2label", "roiLabelIDs")
    rows, columns = take.counts(image_size, "poly2label", "imageSize", tuple(range(2, 9)))[:2]
    if numbers.size != roi_positions.size:
        raise ScriptError("images:poly2label:sizeMismatch", "Each ROI must have one label.")
    require_memory((rows, columns), 8)
    labels = np.zeros((rows, columns), numbers.dtype if numbers.dtype != bool else float, order="F")
    for place, label in zip(roi_positions.ravel(order="F"), numbers.ravel(order="F"), strict=True):
        corners = take.pixels(place, "poly2label", "roiPositions").astype(float)
        if corners.ndim != 2 or corners.shape[1] != 2 or not np.isfinite(corners).all():
            raise take.refusal("poly2label", "each ROI", "n-by-2 finite numbers", place)
        labels[polygons.mask_of(corners[:, 0], corners[:, 1], rows, columns)] = label
    return norm(labels)

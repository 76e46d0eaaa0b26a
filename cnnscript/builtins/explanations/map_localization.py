"""Does a map point at the object?  pointingGame."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.explanations.map_methods import check_finite
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.explain import localization
from cnnscript.values import take
from cnnscript.values.numeric import class_of, norm, size_text


@builtin(outputs=4)
def pointingGame(nargout, map, mask, /, *, Tolerance=15.0):  # noqa: N802
    """
    hit = pointingGame(map,mask)
    [hit,mass,rank,place] = pointingGame(map,mask)
    [hit,mass,rank,place] = pointingGame(map,mask,Tolerance=t)

    Does a map point at the object? The highest pixel of the map must lie in the mask or next to it (the pointing game,
    arXiv:1608.00507).

    mask is h×w like the map, true (not 0) where the object is; boxes [x y width height], one a row, are taken for it,
    too. mass is the share of what is positive in the map that lies in the mask, rank the share of the highest pixels,
    as many as the mask has, that do (relevance mass and rank accuracy, arXiv:2003.07258): 1 is best, and a map that
    knows nothing gets the mask's share of the image. place is [row column] of the highest pixel, of equals the upper
    left one. h×w×K maps give a column for each: hit, mass and rank are 1×K, place is K×2.

    Options
      Tolerance             how many pixels from the mask still hit (15, as in the paper)

    Examples
      >> map = zeros(40); map(10,20) = 2; map(30,5) = 1;
      >> mask = false(40); mask(8:14,18:25) = true;
      >> [hit,mass,rank,place] = pointingGame(map,mask,Tolerance=0)
      hit =
        logical
         1
      mass =
          0.6667
      rank =
          0.0179
      place =
          10    20
      >> pointingGame(map,[1 25 8 8])
      ans =
        logical
         0

    See also verify, compareMaps, gradCAM, regionprops.
    """
    maps = np.atleast_2d(take.real(map.value if class_of(map) == "dlarray" else map, "map"))
    if maps.ndim > 3 or not maps.size:
        raise ScriptError(
            "deep:pointingGame:InvalidMap", "The map must be h×w, or h×w×K for several.",
            notes=(f"it is {size_text(maps.shape, '×')}",),
        )  # fmt: skip
    check_finite(maps)
    size = maps.shape[:2]
    where = object_mask(mask, size)
    tolerance = take.number(Tolerance, "Tolerance")
    if not 0 <= tolerance < np.inf:
        raise take.wanted("0 or more", "Tolerance", Tolerance, "MATLAB:expectedNonnegative")
    planes = np.moveaxis(maps.reshape(*size, -1), -1, 0)
    hits = np.array([[localization.points_at(one, where, tolerance) for one in planes]])
    mass = np.array([[localization.mass_accuracy(one, where) for one in planes]])
    rank = np.array([[localization.rank_accuracy(one, where) for one in planes]])
    places = np.array([localization.highest(one) for one in planes], float) + 1
    return tuple(norm(np.asfortranarray(one)) for one in (hits, mass, rank, places)[: max(1, nargout)])


def object_mask(value: Any, size: tuple[int, int], name: str = "mask") -> np.ndarray:
    """Where the object is: H×W, of a mask, or of boxes [x y width height] (of pixels whose centres they hold)."""
    array = np.atleast_2d(take.real(value, name))
    if array.shape == size:
        mask = array != 0
    elif array.ndim == 2 and array.shape[1] == 4 and len(array) and class_of(value) != "logical":
        check_finite(array, name)
        down, across = np.arange(1, size[0] + 1)[:, None], np.arange(1, size[1] + 1)[None, :]
        mask = np.zeros(size, bool)
        for left, top, width, height in array:
            mask |= (down >= top) & (down < top + height) & (across >= left) & (across < left + width)
    else:
        raise ScriptError(
            "deep:pointingGame:MaskOfAnotherSize",
            "The mask must have the height and width of the map, or be boxes [x y width height].",
            notes=(f"the mask is {size_text(array.shape)}", f"the map is {size_text(size)}"),
        )
    if not mask.any():
        raise ScriptError(
            "deep:pointingGame:EmptyMask", "The mask must have a pixel: there is nothing to point at.",
            notes=(f"it is {size_text(array.shape)}",),
        )  # fmt: skip
    return mask

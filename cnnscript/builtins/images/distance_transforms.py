"""Distances of pixels to masks."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import is_word, mask_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import distances
from cnnscript.values.numeric import norm


@builtin(outputs=2)
def bwdist(nargout, BW, method="euclidean", /):
    """
    D = bwdist(BW)
    D = bwdist(BW, method)
    [D, idx] = bwdist(...)

    The distance (single) of each pixel to the nearest that is not zero, and the linear index (uint32) of that one.

    method is 'euclidean', 'cityblock', 'chessboard' or 'quasi-euclidean'. SciPy measures; which of several equally
    near pixels is told may differ from MATLAB's.

    Examples
      >> [D, idx] = bwdist([0 1 0 0 0])
      D =
        1×5 single row vector
           1     0     1     2     3
      idx =
        1×5 uint32 row vector
         2   2   2   2   2
      >> bwdist([1 0; 0 0; 0 0], 'quasi-euclidean')
      ans =
        3×2 single matrix
               0    1.0000
          1.0000    1.4142
          2.0000    2.4142

    See also bwdistgeodesic, graydist, watershed, bwulterode.
    """
    mask = mask_of(BW, "bwdist")
    metric = take.choice(method, distances.METRICS, "bwdist", "the method")
    found, places = distances.nearest(mask, metric, nargout > 1)
    if places is None:
        return norm(np.asfortranarray(found)), None
    dtype = np.uint32 if mask.size < 2**32 else np.uint64
    return norm(np.asfortranarray(found)), norm(np.asfortranarray(places.astype(dtype)))


def seeds_of(places: tuple, shape: tuple[int, ...], function: str) -> np.ndarray:
    """A mask; columns and rows; or linear indices."""
    seeds = np.zeros(shape, bool)
    outside = ScriptError(f"images:{function}:outOfRange", "The seeds must lie in the image.")
    if len(places) == 2:
        columns, rows = (np.array(take.numbers(value, function, "the seeds")) for value in places)
        if len(columns) != len(rows) or len(shape) != 2:
            raise ScriptError(f"images:{function}:sizeMismatch", "C and R must have the same number of elements.")
        if ((columns < 1) | (columns > shape[1]) | (rows < 1) | (rows > shape[0])).any() or (
            (columns != np.floor(columns)) | (rows != np.floor(rows))
        ).any():
            raise outside
        seeds[rows.astype(int) - 1, columns.astype(int) - 1] = True
        return seeds
    given = take.pixels(places[0], function, "the seeds")
    if given.dtype == bool:
        if given.shape != shape:
            raise ScriptError(f"images:{function}:sizeMismatch", "The mask must have the size of the image.")
        return given
    at = given.ravel(order="F").astype(float)
    if ((at < 1) | (at > seeds.size) | (at != np.floor(at))).any():
        raise outside
    flat = seeds.ravel(order="F")
    flat[at.astype(int) - 1] = True
    return flat.reshape(shape, order="F")


def split_method(args: tuple, function: str, default: str) -> tuple[tuple, str]:
    method = default
    if args and is_word(args[-1]):
        method = take.choice(args[-1], distances.METRICS[1:], function, "the method")
        args = args[:-1]
    if len(args) not in (1, 2):
        raise ScriptError("MATLAB:minrhs" if not args else "MATLAB:maxrhs", f"{function} takes one set of seeds.")
    return args, method


@builtin
def bwdistgeodesic(BW, /, *args):
    """
    D = bwdistgeodesic(BW, mask)
    D = bwdistgeodesic(BW, C, R)
    D = bwdistgeodesic(BW, ind)
    D = bwdistgeodesic(..., method)

    The length (single) of the shortest path within a mask to a seed: NaN outside the mask, Inf where no path leads.

    Seeds are a mask, columns and rows, or linear indices. method is 'chessboard' (the default), 'cityblock' or
    'quasi-euclidean'.

    Examples
      >> bwdistgeodesic(logical([1 1 1; 0 0 1; 1 1 1]), 1, 1, 'cityblock')
      ans =
        3×3 single matrix
           0     1     2
         NaN   NaN     3
           6     5     4
      >> bwdistgeodesic(logical([1 1 0 1]), 1)
      ans =
        1×4 single row vector
           0     1   NaN   Inf

    See also bwdist, graydist.
    """
    mask = mask_of(BW, "bwdistgeodesic")
    places, method = split_method(args, "bwdistgeodesic", "chessboard")
    seeds = seeds_of(places, mask.shape, "bwdistgeodesic")
    return norm(np.asfortranarray(distances.within(mask, seeds, method)))


@builtin
def graydist(A, /, *args):
    """
    T = graydist(I, mask)
    T = graydist(I, C, R)
    T = graydist(I, ind)
    T = graydist(..., method)

    The least cost of a path to a seed, where each step costs the mean of its two pixels times its length.

    Seeds and methods are those of bwdistgeodesic. T is double for a double image, else single.

    Examples
      >> graydist([1 3 5], 1)
      ans =
           0     2     6
      >> graydist(uint8([2 2; 9 2]), logical([1 0; 0 0]), 'quasi-euclidean')
      ans =
        2×2 single matrix
               0    2.0000
          5.5000    2.8284

    See also bwdistgeodesic, bwdist.
    """
    image = take.pixels(A, "graydist", "I")
    if not (image >= 0).all():
        raise take.refusal("graydist", "I", "an image of nonnegative numbers", A)
    places, method = split_method(args, "graydist", "chessboard")
    seeds = seeds_of(places, image.shape, "graydist")
    made: Any = distances.over_grey(image, seeds, method)
    return norm(np.asfortranarray(made if image.dtype == float else made.astype(np.float32)))

"""Regions filled, kept, chosen or taken away."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import is_word, mask_of, neighbours_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import connected, polygons, rebuild
from cnnscript.values.numeric import EMPTY, norm
from cnnscript.values.text import texts_or_none
from cnnscript.values.warn import warn


@builtin(outputs=2)
def imfill(nargout, A, /, *rest):
    """
    J = imfill(BW, 'holes')
    J = imfill(BW, conn, 'holes')
    J = imfill(A)
    J = imfill(A, conn)
    J = imfill(BW, locations)
    J = imfill(BW, locations, conn)
    [J, locations] = imfill(...)

    Fill what is enclosed: the holes of a mask, the dark hollows of a grey image, or the dark regions at locations.

    locations are linear indices, or rows and columns. conn is 4 (6 in space), or another connectivity of the
    background.

    Examples
      >> imfill(logical([1 1 1; 1 0 1; 1 1 1]), 'holes')
      ans =
        3×3 logical array
         1   1   1
         1   1   1
         1   1   1
      >> imfill([5 5 5; 5 1 6; 5 5 5])
      ans =
           5     5     5
           5     5     6
           5     5     5
      >> [J, places] = imfill(logical([0 1 0]), [1 3], 8)
      J =
        1×3 logical array
         0   1   1
      places =
           3

    See also bwselect, imreconstruct, bwlabel, bwareaopen.
    """
    array = take.pixels(A, "imfill")
    given = list(rest)
    holes = bool(given) and is_word(given[-1])
    if holes:
        take.choice(given.pop(), ("holes",), "imfill", "the option")
    if len(given) > (1 if holes else 2):
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    grey = array.dtype != bool
    if not grey and not holes and not given:
        raise ScriptError(
            "MATLAB:images:imfill:interactive",
            "Choosing places with the mouse needs MATLAB's desktop.",
            hint="imfill(BW, 'holes') fills all holes",
        )
    located = not holes and not grey or len(given) == 2
    conn = given[1 if located else 0] if len(given) > (1 if located else 0) else None
    neighbours = connected.minimal(array.ndim) if conn is None else neighbours_of(conn, "imfill", array.ndim)
    if not located:
        return norm(np.asfortranarray(rebuild.without_holes(array, neighbours))), EMPTY
    if grey:
        raise ScriptError("MATLAB:images:imfill:notLogical", "With locations the image must be logical.")
    places = places_in(given[0], array.shape)
    dark, _ = connected.labelled(~array, neighbours)
    chosen = np.unique(dark.ravel(order="F")[places])
    filled = array | np.isin(dark, chosen[chosen > 0])
    return norm(np.asfortranarray(filled)), norm((places + 1.0).reshape(-1, 1))


def places_in(value: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Places (from 0, down the columns) of linear indices, or of rows of subscripts."""
    given = np.asarray(take.pixels(value, "imfill", "the locations"), float)
    if given.size and ((given != np.floor(given)) | (given < 1)).any():
        raise take.refusal("imfill", "the locations", "positive integers", value)
    if given.ndim == 2 and given.shape[1] == len(shape) and given.shape[1] > 1:
        within = (given <= np.array(shape)).all(axis=1)
        found = np.ravel_multi_index(tuple((given[within] - 1).astype(int).T), shape, order="F")
    elif given.ndim == 2 and 1 in given.shape or not given.size:
        flat = given.ravel(order="F")
        within = flat <= np.prod(shape)
        found = flat[within].astype(int) - 1
    else:
        raise ScriptError(
            "images:imfill:badLocationSize", f"Locations are a column of indices, or rows of {len(shape)} subscripts."
        )
    if not within.all():
        warn("images:imfill:outOfRange", "Ignoring out-of-range input locations.")
    return found


@builtin
def imclearborder(J, conn=None, /, *, Borders=None):
    """
    K = imclearborder(J)
    K = imclearborder(J, conn)
    K = imclearborder(J, Borders=borders)

    An image without the bright regions that touch its border.

    Options
      Borders  the borders that count: "all", names ("left", "right", "top", "bottom", "front", "back") or logicals,
               dimensions by 2 (all)

    Examples
      >> imclearborder([1 0 0 0; 0 0 1 0; 0 0 0 0])
      ans =
           0     0     0     0
           0     0     1     0
           0     0     0     0
      >> imclearborder(logical([1 0 0; 0 1 0; 0 0 0]), 4)
      ans =
        3×3 logical array
         0   0   0
         0   1   0
         0   0   0
      >> imclearborder(logical([1 0 1]), Borders=["left" "top"])
      ans =
        1×3 logical array
         0   0   0

    See also imfill, imreconstruct, bwareaopen.
    """
    array = take.pixels(J, "imclearborder")
    neighbours = connected.maximal(array.ndim) if conn is None else neighbours_of(conn, "imclearborder", array.ndim)
    sides = None if Borders is None else borders_of(Borders, array.ndim)
    if array.dtype == bool:
        return norm(np.asfortranarray(array & ~connected.touching_border(array, neighbours, sides)))
    if not array.size:
        return array
    lowest = array.min() if array.dtype.kind == "f" else np.iinfo(array.dtype).min
    if array.dtype.kind == "f":
        lowest = min(float(lowest), 0.0)
    if sides is None:
        sides = connected.stepped(neighbours, array.ndim)
    marker = np.where(connected.border_of(array.shape, sides), array, np.array(lowest, array.dtype))
    reached = rebuild.reconstruct(marker, array, neighbours)
    return norm(np.asfortranarray(array - reached))


NAMES = {"top": (0, 0), "bottom": (0, 1), "left": (1, 0), "right": (1, 1), "front": (2, 0), "back": (2, 1)}


def borders_of(value: Any, dimensions: int) -> np.ndarray:
    """dimensions x 2 truth: the first and the last border along each."""
    words = texts_or_none(value)
    sides = np.zeros((max(dimensions, 3), 2), bool)
    if words is None:
        array = take.pixels(value, "imclearborder", "Borders")
        if array.shape != (dimensions, 2):
            raise take.refusal("imclearborder", "Borders", f"names of borders or {dimensions}-by-2 logicals", value)
        return array != 0
    for word in words:
        found = take.choice(word, ("all", *NAMES), "imclearborder", "Borders")
        if found == "all":
            sides[:] = True
        else:
            sides[NAMES[found]] = True
    return sides[:dimensions]


@builtin
def bwareaopen(BW, P, conn=None, /):
    """
    BW2 = bwareaopen(BW, P)
    BW2 = bwareaopen(BW, P, conn)

    A mask without its regions of fewer than P pixels.

    Examples
      >> bwareaopen(logical([1 0 1 1]), 2)
      ans =
        1×4 logical array
         0   0   1   1
      >> bwareaopen(logical(eye(2)), 2, 4)
      ans =
        2×2 logical array
         0   0
         0   0

    See also bwareafilt, bwconncomp, bwlabel, imopen.
    """
    mask = mask_of(BW, "bwareaopen")
    least = take.number(P, "bwareaopen", "P")
    if not least >= 0 or least != np.floor(least):
        raise take.refusal("bwareaopen", "P", "a nonnegative integer", P)
    neighbours = connected.maximal(mask.ndim) if conn is None else neighbours_of(conn, "bwareaopen", mask.ndim)
    labels, count = connected.labelled(mask, neighbours)
    large = np.bincount(labels.ravel(), minlength=count + 1) >= least
    large[0] = False
    return norm(np.asfortranarray(large[labels]))


@builtin(outputs=4)
def bwselect(nargout, /, *args):
    """
    BW2 = bwselect(BW, c, r)
    BW2 = bwselect(BW, c, r, n)
    [BW2, idx] = bwselect(BW, c, r)
    BW2 = bwselect(x, y, BW, xi, yi)
    [x, y, BW2, idx] = bwselect(x, y, BW, xi, yi, n)

    The regions of a mask at columns c and rows r; n is 8 or 4. x and y say where the first and the last column and
    row lie.

    Examples
      >> BW = logical([1 1 0; 0 0 0; 0 1 1]);
      >> [BW2, idx] = bwselect(BW, 3, 3, 4)
      BW2 =
        3×3 logical array
         0   0   0
         0   0   0
         0   1   1
      idx =
           6
           9
      >> [x, y, BW2, idx] = bwselect([10 30], [1 3], BW, 10, 1, 8); x, idx'
      x =
          10    30
      ans =
           1     4

    See also bwlabel, imfill, bwconncomp.
    """
    if len(args) in (5, 6):
        x, y, image, chosen_x, chosen_y = args[:5]
        rest = args[5:]
    elif len(args) in (3, 4):
        image, chosen_x, chosen_y = args[:3]
        rest = args[3:]
        x = y = None
    else:
        raise ScriptError(
            "images:bwselect:interactive" if len(args) < 3 else "MATLAB:maxrhs",
            "Choosing regions with the mouse needs MATLAB's desktop."
            if len(args) < 3
            else "Too many input arguments.",
            hint="bwselect(BW, columns, rows) takes the places",
        )
    mask = mask_of(image, "bwselect")
    if mask.ndim != 2:
        raise take.refusal("bwselect", "BW", "a matrix", image)
    conn = take.number(rest[0], "bwselect", "n") if rest else 8
    if conn not in (4, 8):
        raise take.refusal("bwselect", "n", "4 or 8", rest[0])
    columns, rows = take.numbers(chosen_x, "bwselect", "c"), take.numbers(chosen_y, "bwselect", "r")
    if len(columns) != len(rows):
        raise ScriptError("images:bwselect:sizeMismatch", "c and r must have the same number of elements.")
    if x is not None:
        columns = pixel_places(columns, take.numbers(x, "bwselect", "x"), mask.shape[1])
        rows = pixel_places(rows, take.numbers(y, "bwselect", "y"), mask.shape[0])
    at_column = polygons.half_away(np.array(columns)) - 1
    at_row = polygons.half_away(np.array(rows)) - 1
    inside = (at_row >= 0) & (at_row < mask.shape[0]) & (at_column >= 0) & (at_column < mask.shape[1])
    labels, _ = connected.labelled(mask, connected.neighbourhood(int(conn)))
    chosen = np.unique(labels[at_row[inside].astype(int), at_column[inside].astype(int)])
    found = np.isin(labels, chosen[chosen > 0])
    result = norm(np.asfortranarray(found))
    places = norm((np.flatnonzero(found.ravel(order="F")) + 1.0).reshape(-1, 1))
    if nargout > 2:
        if x is None:
            x, y = norm(np.array([[1.0, mask.shape[1]]])), norm(np.array([[1.0, mask.shape[0]]]))
        return x, y, result, places
    return result, places


def pixel_places(values: list[float], ends: list[float], count: int) -> list[float]:
    """Coordinates as pixels from 1, where the first and the last of `count` pixels lie at the ends."""
    if count == 1 or len(ends) < 2 or ends[0] == ends[-1]:
        return [value - ends[0] + 1 for value in values] if ends else values
    share = (count - 1) / (ends[-1] - ends[0])
    return [(value - ends[0]) * share + 1 for value in values]

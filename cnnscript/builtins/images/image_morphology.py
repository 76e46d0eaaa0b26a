"""Morphology of images: structuring elements, growing and shrinking, holes and regions."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import shapes
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none


class StructuringElement(Object):
    """What strel gives: a shape that images are grown and shrunk by."""

    class_name = "strel"

    def __init__(self, shape: np.ndarray):
        self.shape = shape

    def property_names(self) -> list[str]:
        return ["Neighborhood", "Dimensionality"]

    def get(self, name: str) -> Any:
        if name == "Neighborhood":
            return norm(np.asfortranarray(self.shape))
        if name == "Dimensionality":
            return 2.0
        raise ScriptError(
            "MATLAB:noSuchMethodOrField", f"Unrecognized method, property, or field '{name}' for class 'strel'."
        )

    def show(self, name: str, form: Any) -> str:
        loose = "" if form.spacing == "compact" else "\n"
        return f"{name} = \n{loose}{self.disp(form)}{loose}"

    def disp(self, form: Any) -> str:
        size = "×".join(map(str, self.shape.shape))
        loose = "" if form.spacing == "compact" else "\n"
        return (
            f"strel is a arbitrary shaped structuring element with properties:\n{loose}"
            f"      Neighborhood: [{size} logical]\n    Dimensionality: 2\n"
        )


def shape_of(value: Any, function: str) -> np.ndarray:
    """The shape of a strel, or of a matrix of zeros and ones."""
    if isinstance(value, StructuringElement):
        return value.shape
    array = take.pixels(value, function, "the structuring element")
    if array.ndim != 2:
        raise take.refusal(function, "the structuring element", "a strel or a matrix of zeros and ones", value)
    return array != 0


@builtin
def strel(shape, /, *sizes):
    """
    SE = strel(nhood)
    SE = strel('disk', r)
    SE = strel('disk', r, n)
    SE = strel('square', w)
    SE = strel('rectangle', [m n])
    SE = strel('line', len, deg)

    A shape for imdilate, imerode, imopen and imclose.

    nhood is a matrix of zeros and ones. The other shapes are 'diamond' and 'octagon', with their reach. A disk is made
    of n lines (4, the default, 6 or 8) as MATLAB makes it, or with n = 0 of all pixels within r.

    Examples
      >> SE = strel('disk', 2); SE.Neighborhood
      ans =
        5×5 logical array
         0   0   1   0   0
         0   1   1   1   0
         1   1   1   1   1
         0   1   1   1   0
         0   0   1   0   0
      >> size(strel('disk', 15, 4).Neighborhood), sum(strel('square', 3).Neighborhood, 'all')
      ans =
          29    29
      ans =
           9
      >> strel('line', 3, 90).Neighborhood', size(strel('rectangle', [2 3]).Neighborhood), strel([0 1]).Neighborhood
      ans =
        1×3 logical array
         1   1   1
      ans =
           2     3
      ans =
        1×2 logical array
         0   1

    See also imdilate, imerode, imopen, imclose.
    """
    if text_or_none(shape) is None:
        return StructuringElement(shape_of(shape, "strel"))
    word = take.choice(
        shape,
        ("arbitrary", "diamond", "disk", "line", "octagon", "rectangle", "square"),
        "strel",
        "the shape",
    )
    if not 1 <= len(sizes) <= (2 if word in ("disk", "line") else 1):
        raise ScriptError("MATLAB:minrhs", f"strel('{word}') takes its size.")
    if word == "arbitrary":
        return StructuringElement(shape_of(sizes[0], "strel"))
    if word == "rectangle":
        rows, columns = take.counts(sizes[0], "strel", "[m n]", 2)
        require_memory((rows, columns), 1)
        return StructuringElement(np.ones((rows, columns), bool))
    if word == "line":
        return StructuringElement(
            shapes.line(take.number(sizes[0], "strel", "the length"), take.number(sizes[1], "strel", "the angle"))
            if len(sizes) == 2
            else shapes.line(take.number(sizes[0], "strel", "the length"), 0.0)
        )
    size = take.count(sizes[0], "strel", "the size")
    require_memory((2 * size + 1, 2 * size + 1), 8)
    if word == "disk":
        lines = take.count(sizes[1], "strel", "n") if len(sizes) == 2 else 4
        if lines not in (0, 4, 6, 8):
            raise take.refusal("strel", "n", "0, 4, 6 or 8", sizes[1])
        return StructuringElement(shapes.disk(size, lines))
    if word == "octagon":
        if size % 3:
            raise take.refusal("strel", "the size of an octagon", "a multiple of 3", sizes[0])
        return StructuringElement(shapes.octagon(size))
    return StructuringElement(shapes.diamond(size) if word == "diamond" else np.ones((size, size), bool))


@builtin
def imdilate(A, SE, /):
    """
    J = imdilate(A, SE)

    Each pixel the highest under a shape: bright regions grow.

    Examples
      >> imdilate([0 0 5 0 0], ones(1, 3))
      ans =
           0     5     5     5     0

    See also imerode, imopen, strel.
    """
    return norm(shapes.dilate(take.pixels(A, "imdilate"), shape_of(SE, "imdilate")))


@builtin
def imerode(A, SE, /):
    """
    J = imerode(A, SE)

    Each pixel the lowest under a shape: bright regions shrink.

    Examples
      >> imerode([true true true false], [1 1 1])
      ans =
        1×4 logical array
         1   1   0   0

    See also imdilate, imclose, strel.
    """
    return norm(shapes.erode(take.pixels(A, "imerode"), shape_of(SE, "imerode")))


@builtin
def imopen(A, SE, /):
    """
    J = imopen(A, SE)

    Shrink and grow again: bright things smaller than a shape go.

    Examples
      >> imopen([9 0 7 7 7 0], strel('line', 3, 0))
      ans =
           0     0     7     7     7     0

    See also imclose, imerode, imdilate, strel.
    """
    array, shape = take.pixels(A, "imopen"), shape_of(SE, "imopen")
    return norm(shapes.dilate(shapes.erode(array, shape), shape))


@builtin
def imclose(A, SE, /):
    """
    J = imclose(A, SE)

    Grow and shrink again: dark things smaller than a shape go.

    Examples
      >> imclose([7 7 0 7 7], strel('square', 3))
      ans =
           7     7     7     7     7

    See also imopen, imerode, imdilate, strel.
    """
    array, shape = take.pixels(A, "imclose"), shape_of(SE, "imclose")
    return norm(shapes.erode(shapes.dilate(array, shape), shape))


@builtin
def imfill(A, where=None, conn=4.0, /):
    """
    J = imfill(BW, 'holes')
    J = imfill(A)
    J = imfill(BW, locations)
    J = imfill(BW, locations, conn)

    Fill what is enclosed: the holes of a mask, the dark hollows of a grey image, or the dark regions at locations.

    locations are linear indices, or rows and columns. conn is 4 or 8.

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
      >> imfill(logical([0 1 0]), [1 3], 8)
      ans =
        1×3 logical array
         0   1   1

    See also imclose, bwlabel, bwareaopen.
    """
    array = take.pixels(A, "imfill")
    neighbours = connectivity(conn, "imfill")
    if array.ndim != 2:
        raise ScriptError("MATLAB:images:imfill:expected2D", "Expected the image to be two-dimensional.")
    if where is None or text_or_none(where) is not None:
        if where is not None:
            take.choice(where, ("holes",), "imfill", "the option")
        elif array.dtype == bool:
            raise ScriptError(
                "MATLAB:images:imfill:interactive",
                "Choosing places with the mouse needs MATLAB's desktop.",
                hint="imfill(BW, 'holes') fills all holes",
            )
        return norm(shapes.without_holes(array, neighbours))
    if array.dtype != bool:
        raise ScriptError("MATLAB:images:imfill:notLogical", "With locations the image must be logical.")
    places = np.asarray(take.pixels(where, "imfill", "the locations"), float)
    if places.ndim == 2 and places.shape[1] == 2 and places.shape[0] >= 1:
        rows, columns = places[:, 0] - 1, places[:, 1] - 1
    else:
        rows, columns = (places.ravel(order="F") - 1) % array.shape[0], (places.ravel(order="F") - 1) // array.shape[0]
    chosen = [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]
    if any(not (0 <= row < array.shape[0] and 0 <= column < array.shape[1]) for row, column in chosen):
        raise ScriptError("MATLAB:images:imfill:outOfRange", "Locations must lie in the image.")
    return norm(shapes.filled_from(array, chosen, neighbours))


def connectivity(value: Any, function: str) -> int:
    """4 or 8."""
    found = take.number(value, function, "conn")
    if found not in (4, 8):
        raise take.refusal(function, "conn", "4 or 8", value)
    return int(found)


@builtin(outputs=2)
def bwlabel(nargout, BW, conn=8.0, /):
    """
    L = bwlabel(BW)
    L = bwlabel(BW, conn)
    [L, n] = bwlabel(...)

    Numbers for the connected regions of a mask, counted along columns.

    Examples
      >> bwlabel([1 0 1; 0 0 1; 1 0 0])
      ans =
           1     0     3
           0     0     3
           2     0     0
      >> [L, n] = bwlabel(eye(3), 4); n
      n =
           3

    See also bwareaopen, label2rgb, imfill.
    """
    mask = take.pixels(BW, "bwlabel")
    if mask.ndim != 2:
        raise ScriptError("MATLAB:images:bwlabel:expected2D", "Expected BW to be two-dimensional.")
    labels, count = shapes.regions(mask != 0, connectivity(conn, "bwlabel"))
    return norm(np.asfortranarray(labels.astype(float))), float(count)


@builtin
def bwareaopen(BW, P, conn=8.0, /):
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

    See also bwlabel, imopen.
    """
    mask = take.pixels(BW, "bwareaopen") != 0
    if mask.ndim != 2:
        raise take.refusal("bwareaopen", "BW", "a matrix", BW)
    labels, count = shapes.regions(mask, connectivity(conn, "bwareaopen"))
    large = np.bincount(labels.ravel(), minlength=count + 1) >= take.number(P, "bwareaopen", "P")
    large[0] = False
    return norm(np.asfortranarray(large[labels]))

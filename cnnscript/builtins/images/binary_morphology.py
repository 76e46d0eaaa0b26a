"""Morphology of masks: operations of bwmorph, tables of neighbourhoods, outlines, skeletons, packed masks."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import mask_of, neighbours_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import connected, distances, grow, measures, rebuild, tables_of_bits
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.text import text_or_none


def plane(value: Any, function: str) -> np.ndarray:
    mask = mask_of(value, function)
    if mask.ndim != 2:
        raise ScriptError(f"MATLAB:images:{function}:expected2D", "Expected BW to be two-dimensional.")
    return mask


@builtin
def bwmorph(BW, operation, n=1.0, /):
    """
    BW2 = bwmorph(BW, operation)
    BW2 = bwmorph(BW, operation, n)

    An operation on a mask, n times, or with n = Inf until nothing changes.

    'bothat', 'branchpoints' (of a skeleton), 'bridge' (gaps of one pixel), 'clean' (pixels alone), 'close', 'diag'
    (ones that meet at a corner), 'dilate', 'endpoints' (of a skeleton), 'erode', 'fatten', 'fill' (holes of one pixel),
    'hbreak', 'majority', 'open', 'perim4', 'perim8', 'remove' (what lies inside), 'shrink' (to points and rings),
    'skeleton', 'spur' (ends of lines), 'thicken', 'thin', 'tophat'. Each is made of the tables of 3-by-3 pixels that
    MATLAB's rules give.

    Examples
      >> BW = logical([0 0 1 0 0; 0 0 1 0 0; 1 1 1 1 1]);
      >> bwmorph(BW, 'branchpoints'), bwmorph(BW, 'endpoints')
      ans =
        3×5 logical array
         0   0   0   0   0
         0   0   0   0   0
         0   0   1   0   0
      ans =
        3×5 logical array
         0   0   1   0   0
         0   0   0   0   0
         1   0   0   0   1
      >> sum(bwmorph(true(7, 3), 'shrink', Inf), 'all'), any(bwmorph(true(3, 9), 'thin', Inf))
      ans =
           1
      ans =
        1×9 logical array
         0   1   1   1   1   1   1   1   0

    See also bwskel, bwlookup, imdilate, imerode, bwperim.
    """
    mask = plane(BW, "bwmorph")
    word = take.choice(operation, tables_of_bits.OPERATIONS, "bwmorph", "the operation")
    times = np.inf if (text_or_none(n) or "").lower() == "inf" else take.number(n, "bwmorph", "n")
    if np.isnan(times) or times < 0 or (np.isfinite(times) and times != int(times)):
        raise take.refusal("bwmorph", "n", "a nonnegative integer, or Inf", n)
    return norm(np.asfortranarray(tables_of_bits.morph(mask, word, times)))


@builtin
def bwskel(A, /, *, MinBranchLength=0.0):
    """
    B = bwskel(A)
    B = bwskel(V)
    B = bwskel(..., MinBranchLength=N)

    The lines in the middle of the regions of a mask (logical; in the plane or in space).

    T. C. Lee's medial axis thinning (1994), as scikit-image has it.

    Options
      MinBranchLength  branches of fewer pixels go (0)

    Examples
      >> B = bwskel(true(3, 9)); sum(B, 'all') > 5
      ans =
        logical
         1
      >> A = false(5, 20); A(3, :) = 1; A(2, 10) = 1; sum(bwskel(A, MinBranchLength=3), 'all')
      ans =
          20

    See also bwmorph, bwulterode.
    """
    mask = take.pixels(A, "bwskel", "A")
    if mask.dtype != bool or mask.ndim not in (2, 3):
        raise take.refusal("bwskel", "A", "a logical matrix or a logical array of three dimensions", A)
    shortest = take.count(MinBranchLength, "bwskel", "MinBranchLength")
    if not mask.any():
        return norm(mask)
    from skimage.morphology import skeletonize

    found = np.asarray(skeletonize(np.ascontiguousarray(mask), method="lee")) != 0
    if shortest:
        found = distances.branches_pruned(found, shortest)
    return norm(np.asfortranarray(found))


def table_of(value: Any, function: str) -> np.ndarray:
    array = take.pixels(value, function, "lut")
    if array.size not in (16, 512):
        raise take.refusal(function, "lut", "a vector of 16 or 512 elements", value)
    return array.ravel(order="F")


@builtin
def bwlookup(BW, lut, /):
    """
    J = bwlookup(BW, lut)

    What a table says of the 2-by-2 (16 elements) or 3-by-3 (512) pixels about each pixel, of the table's class.

    Examples
      >> lut = makelut(@(x) sum(x(:)) >= 3, 2);
      >> bwlookup(logical([1 1; 1 0]), lut)
      ans =
           1     0
           0     0

    See also makelut, applylut, bwmorph.
    """
    return norm(np.asfortranarray(tables_of_bits.look_up(plane(BW, "bwlookup"), table_of(lut, "bwlookup"))))


@builtin
def applylut(BW, LUT, /):
    """
    A = applylut(BW, LUT)

    What a table says of the pixels about each pixel; logical where the table has only 0 and 1, uint8 where it has
    integers up to 255.

    Examples
      >> applylut(logical([1 1; 1 0]), makelut('sum(x(:)) >= 3', 2))
      ans =
        2×2 logical array
         1   0
         0   0

    See also bwlookup, makelut.
    """
    table = table_of(LUT, "applylut")
    if table.dtype != bool:
        if np.isin(table, (0, 1)).all():
            table = table != 0
        elif ((table >= 0) & (table <= 255) & (table == np.floor(table))).all():
            table = table.astype(np.uint8)
        else:
            table = table.astype(float)
    return norm(np.asfortranarray(tables_of_bits.look_up(plane(BW, "applylut"), table)))


@builtin
def makelut(session, fun, n, /, *rest):
    """
    lut = makelut(fun, n)

    The table (16 or 512 numbers, a column) of what a function gives for each n-by-n (2 or 3) mask.

    Examples
      >> reshape(makelut(@(x) x(1), 2), 2, 8)
      ans =
           0     0     0     0     0     0     0     0
           1     1     1     1     1     1     1     1
      >> size(makelut(@(x, k) sum(x(:)) == k, 3, 2))
      ans =
         512     1

    See also bwlookup, applylut.
    """
    side = take.count(n, "makelut", "n")
    if side not in (2, 3):
        raise take.refusal("makelut", "n", "2 or 3", n)
    word = text_or_none(fun)
    if word is not None and not word.isidentifier():
        fun = session.call("inline", 1, word)
    made = np.zeros((2 ** (side * side), 1))
    bits = np.arange(side * side)
    for code in range(len(made)):
        patch = np.asfortranarray((code >> bits & 1).astype(float).reshape((side, side), order="F"))
        value = fun.call(1, patch, *rest) if isinstance(fun, Function) else session.call("feval", 1, fun, patch, *rest)
        made[code, 0] = take.number(value, "makelut", "what the function gives")
    return norm(made)


@builtin
def bwperim(BW, conn=None, /):
    """
    BW2 = bwperim(BW)
    BW2 = bwperim(BW, conn)

    The pixels of a mask that have a zero (or the border) beside them. conn is 4 (6 in space) or another connectivity.

    Examples
      >> bwperim(true(3))
      ans =
        3×3 logical array
         1   1   1
         1   0   1
         1   1   1
      >> bwperim(logical([1 1 1; 1 1 1; 1 1 0]), 8)
      ans =
        3×3 logical array
         1   1   1
         1   1   1
         1   1   0

    See also bwboundaries, bwarea, bweuler, boundarymask.
    """
    mask = mask_of(BW, "bwperim")
    neighbours = connected.minimal(mask.ndim) if conn is None else neighbours_of(conn, "bwperim", mask.ndim)
    if not mask.size:
        return norm(mask)
    inside = grow.erode(np.pad(mask, 1), connected.fitted(neighbours, mask.ndim))
    return norm(np.asfortranarray(mask & ~inside[(slice(1, -1),) * mask.ndim]))


@builtin
def bweuler(BW, n=8.0, /):
    """
    eul = bweuler(BW)
    eul = bweuler(BW, n)

    How many regions a mask has less how many holes; n is 8 or 4.

    Examples
      >> bweuler(logical([1 1 1; 1 0 1; 1 1 1])), bweuler(eye(3), 4)
      ans =
           0
      ans =
           3

    See also bwarea, regionprops, bwlabel.
    """
    mask = plane(BW, "bweuler")
    connectivity = take.number(n, "bweuler", "n")
    if connectivity not in (4, 8):
        raise take.refusal("bweuler", "n", "4 or 8", n)
    return float(connected.euler_number(mask, int(connectivity)))


@builtin
def bwarea(BW, /):
    """
    total = bwarea(BW)

    The area of a mask: pixels weighed by the patterns of 2-by-2 that they lie in.

    Examples
      >> bwarea(true), bwarea(eye(2))
      ans =
           1
      ans =
          2.2500

    See also bweuler, bwperim, regionprops.
    """
    return connected.weighted_area(plane(BW, "bwarea"))


@builtin
def bwpack(BW, /):
    """
    BWP = bwpack(BW)

    A mask packed: 32 rows of each column in one uint32, the first in the lowest bit.

    Examples
      >> bwpack(logical([1 0; 1 1; 0 1]))
      ans =
        1×2 uint32 row vector
         3   6

    See also bwunpack, imdilate, imerode.
    """
    return norm(np.asfortranarray(grow.pack(plane(BW, "bwpack"))))


@builtin
def bwunpack(BWP, m=None, /):
    """
    BW = bwunpack(BWP)
    BW = bwunpack(BWP, m)

    The mask that bwpack packed; m is how many rows it had.

    Examples
      >> bwunpack(uint32([3 6]), 3)
      ans =
        3×2 logical array
         1   0
         1   1
         0   1
      >> size(bwunpack(uint32(7)))
      ans =
          32     1

    See also bwpack.
    """
    packed = take.pixels(BWP, "bwunpack", "BWP")
    if packed.dtype != np.uint32 or packed.ndim != 2:
        raise take.refusal("bwunpack", "BWP", "a matrix of class uint32", BWP)
    rows = None if m is None else take.count(m, "bwunpack", "m")
    if rows is not None and not max(0, (packed.shape[0] - 1) * 32) < max(rows, 1) <= max(packed.shape[0] * 32, 1):
        raise take.refusal("bwunpack", "m", "the number of rows that were packed", m)
    return norm(np.asfortranarray(grow.unpack(packed, rows)))


@builtin
def bwulterode(BW, method="euclidean", conn=None, /):
    """
    BW2 = bwulterode(BW)
    BW2 = bwulterode(BW, method, conn)

    The ultimate erosion of a mask: where the distance to its outside is highest. Methods are those of bwdist.

    Examples
      >> bwulterode(logical([0 0 0 0 0; 0 1 1 1 0; 0 1 1 1 0; 0 1 1 1 0; 0 0 0 0 0]))
      ans =
        5×5 logical array
         0   0   0   0   0
         0   0   0   0   0
         0   0   1   0   0
         0   0   0   0   0
         0   0   0   0   0
      >> bwulterode(logical([0 1 1 1 0]), 'cityblock', 4)
      ans =
        1×5 logical array
         0   0   1   0   0

    See also bwdist, bwskel, imregionalmax.
    """
    mask = mask_of(BW, "bwulterode")
    metric = take.choice(method, distances.METRICS, "bwulterode", "the method")
    neighbours = connected.maximal(mask.ndim) if conn is None else neighbours_of(conn, "bwulterode", mask.ndim)
    distance, _ = distances.nearest(~mask, metric)
    return norm(np.asfortranarray(rebuild.regional_maxima(distance, neighbours) & mask))


@builtin
def bwconvhull(BW, method="union", conn=8.0, /):
    """
    CH = bwconvhull(BW)
    CH = bwconvhull(BW, method)
    CH = bwconvhull(BW, 'objects', conn)

    The convex hull of a mask ('union', the default) or of each of its regions ('objects').

    Examples
      >> bwconvhull(logical([1 0 0; 0 0 0; 1 0 1]))
      ans =
        3×3 logical array
         1   0   0
         1   1   0
         1   1   1
      >> bwconvhull(logical([1 0 1; 1 1 0; 0 0 1]), 'objects', 4)
      ans =
        3×3 logical array
         1   0   1
         1   1   0
         0   0   1

    See also regionprops, bwlabel.
    """
    mask = plane(BW, "bwconvhull")
    word = take.choice(method, ("union", "objects"), "bwconvhull", "the method")
    if as_array(conn).size != 1 or take.number(conn, "bwconvhull", "conn") not in (4, 8):
        raise take.refusal("bwconvhull", "conn", "4 or 8", conn)
    if word == "union":
        labels, count = mask.astype(int), int(mask.any())
    else:
        labels, count = connected.labelled(mask, neighbours_of(conn, "bwconvhull"))
    found = np.zeros(mask.shape, bool)
    for places in connected.members(labels, count):
        points = measures.coordinates(places, mask.shape)
        box = measures.box_of(points, 2)
        inside = measures.convex_image(measures.mask_in_box(points, box), box)
        left, top, width, height = (int(np.ceil(number)) for number in box)
        found[top - 1 : top - 1 + height, left - 1 : left - 1 + width] |= inside
    return norm(np.asfortranarray(found))

"""Connected regions of masks: neighbours, regions by number, their pixels."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import connected
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import OBJECT, as_array, is_cell, norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none


def neighbours_of(value: Any, function: str, dimensions: int | None = None) -> np.ndarray:
    """The neighbourhood that a connectivity means: 4, 8, 6, 18, 26, or 3x3(x3...) zeros and ones about a one."""
    wanted = "4, 8, 6, 18, 26 or a 3-by-3-...-by-3 array of zeros and ones, symmetric about the one in its middle"
    if isinstance(value, str) or is_cell(value) or hasattr(value, "class_name"):
        raise not_connectivity(function, wanted, value)
    array = take.pixels(value, function, "conn")
    if array.size == 1:
        if array.item() not in connected.NAMED:
            raise not_connectivity(function, wanted, value)
        found = connected.neighbourhood(int(array.item()))
    else:
        found = array != 0
        if set(array.shape) != {3} or not np.isin(array, (0, 1)).all() or not found[(1,) * array.ndim] or (
            found != np.flip(found)
        ).any():
            raise not_connectivity(function, wanted, value)
    if dimensions is not None and found.ndim > max(dimensions, 2):
        raise ScriptError(
            f"images:{function}:badDimensions",
            f"The connectivity is for {found.ndim} dimensions; the image has {dimensions}.",
        )
    return found


def not_connectivity(function: str, wanted: str, value: Any) -> ScriptError:
    refused = take.refusal(function, "conn", wanted, value)
    return ScriptError(f"images:{function}:notConnectivity", refused.message, notes=refused.notes)


def mask_of(value: Any, function: str, argument: str = "BW") -> np.ndarray:
    """What is not zero."""
    array = take.pixels(value, function, argument)
    return array if array.dtype == bool else array != 0


def components(value: Any, function: str) -> tuple[tuple[int, ...], list[np.ndarray], np.ndarray]:
    """What a struct of bwconncomp holds: the size of the image, the places (from 0) of each region, the neighbours."""
    fields = value.fields if type(value) is Struct else {}
    if not {"Connectivity", "ImageSize", "NumObjects", "PixelIdxList"} <= fields.keys():
        raise take.refusal(function, "CC", "a structure that bwconncomp gives", value)
    shape = tuple(take.counts(fields["ImageSize"], function, "ImageSize", tuple(range(2, 33))))
    lists = fields["PixelIdxList"]
    if not is_cell(lists):
        raise take.refusal(function, "PixelIdxList", "a cell array", lists)
    total = int(np.prod(shape))
    found = []
    for item in lists.ravel(order="F"):
        places = as_array(take.pixels(item, function, "PixelIdxList")).ravel(order="F").astype(float)
        if ((places < 1) | (places > total) | (places != np.floor(places))).any():
            raise take.refusal(function, "PixelIdxList", f"indices from 1 to {total}", item)
        found.append(places.astype(np.intp) - 1)
    return shape, found, neighbours_of(fields["Connectivity"], function)


def painted(shape: tuple[int, ...], lists: list[np.ndarray], dtype: Any) -> np.ndarray:
    """Labels of regions given by their places."""
    labels = np.zeros(int(np.prod(shape)), dtype)
    for number, places in enumerate(lists, start=1):
        labels[places] = number
    return labels.reshape(shape, order="F")


@builtin(outputs=2)
def bwlabel(nargout, BW, conn=8.0, /):
    """
    L = bwlabel(BW)
    L = bwlabel(BW, conn)
    [L, n] = bwlabel(...)

    Numbers for the connected regions of a mask, counted along columns. conn is 4 or 8.

    Examples
      >> bwlabel([1 0 1; 0 0 1; 1 0 0])
      ans =
           1     0     3
           0     0     3
           2     0     0
      >> [L, n] = bwlabel(eye(3), 4); n
      n =
           3

    See also bwlabeln, bwconncomp, bwareaopen, label2rgb, imfill.
    """
    mask = mask_of(BW, "bwlabel")
    if mask.ndim != 2:
        raise ScriptError("MATLAB:images:bwlabel:expected2D", "Expected BW to be two-dimensional.")
    if take.number(conn, "bwlabel", "conn") not in (4, 8):
        raise take.refusal("bwlabel", "conn", "4 or 8", conn)
    labels, count = connected.labelled(mask, neighbours_of(conn, "bwlabel"))
    return norm(np.asfortranarray(labels.astype(float))), float(count)


@builtin(outputs=2)
def bwlabeln(nargout, BW, conn=None, /):
    """
    L = bwlabeln(BW)
    L = bwlabeln(BW, conn)
    [L, n] = bwlabeln(...)

    Numbers for the connected regions of a mask of any number of dimensions, counted down the columns.

    conn is 4 or 8 (planes), 6, 18 or 26 (space), or a 3-by-3-...-by-3 array; without it all neighbours count.

    Examples
      >> [L, n] = bwlabeln(cat(3, [1 0], [0 1])); n, squeeze(L(1, 2, :))'
      n =
           1
      ans =
           0     1
      >> max(bwlabeln(cat(3, [1 0], [0 1]), 6), [], 'all')
      ans =
           2

    See also bwlabel, bwconncomp, conndef.
    """
    mask = mask_of(BW, "bwlabeln")
    neighbours = connected.maximal(mask.ndim) if conn is None else neighbours_of(conn, "bwlabeln", mask.ndim)
    labels, count = connected.labelled(mask, neighbours)
    return norm(np.asfortranarray(labels.astype(float))), float(count)


@builtin
def bwconncomp(BW, conn=None, /):
    """
    CC = bwconncomp(BW)
    CC = bwconncomp(BW, conn)

    The connected regions of a mask as a struct: Connectivity, ImageSize, NumObjects and PixelIdxList, a cell with the
    linear indices of each.

    conn is 8 (or 4) in planes, 26 (18, 6) in space, or a 3-by-3-...-by-3 array.

    Examples
      >> CC = bwconncomp([1 1 0; 0 0 0; 0 1 1])
      CC =
        struct with fields:
          Connectivity: 8
             ImageSize: [3 3]
            NumObjects: 2
          PixelIdxList: {[2×1 double]  [2×1 double]}
      >> CC = bwconncomp(eye(3), 4); CC.NumObjects
      ans =
           3

    See also labelmatrix, regionprops, bwlabel, bwlabeln.
    """
    mask = mask_of(BW, "bwconncomp")
    if conn is None:
        neighbours = connected.maximal(mask.ndim)
        named: Any = {2: 8.0, 3: 26.0}.get(mask.ndim, norm(np.asfortranarray(neighbours.astype(float))))
    else:
        neighbours = neighbours_of(conn, "bwconncomp", mask.ndim)
        named = conn if as_array(conn).size > 1 else float(as_array(conn).item())
    labels, count = connected.labelled(mask, neighbours)
    lists = np.empty((1, count), OBJECT)
    for k, places in enumerate(connected.members(labels, count)):
        lists[0, k] = norm((places + 1.0).reshape(-1, 1))
    return Struct({
        "Connectivity": named, "ImageSize": norm(np.array([mask.shape], float)),
        "NumObjects": float(count), "PixelIdxList": lists,
    })  # fmt: skip


@builtin
def labelmatrix(CC, /):
    """
    L = labelmatrix(CC)

    The regions of bwconncomp as a label matrix, of the smallest class that holds the numbers.

    Examples
      >> labelmatrix(bwconncomp([1 0 1 1]))
      ans =
        1×4 uint8 row vector
         1   0   2   2

    See also bwconncomp, label2rgb, regionprops.
    """
    shape, lists, _ = components(CC, "labelmatrix")
    require_memory(shape, 8)
    count = len(lists)
    dtype = np.uint8 if count <= 255 else np.uint16 if count <= 65535 else np.uint32 if count < 2**32 else float
    return norm(painted(shape, lists, dtype))


@builtin
def label2idx(L, /):
    """
    pixelIndexList = label2idx(L)

    The linear indices of the pixels of each label, in a cell.

    Examples
      >> c = label2idx([1 2 2; 0 1 2])
      c =
        1×2 cell array
          {2×1 double}    {3×1 double}
      >> c{1}'
      ans =
           1     4

    See also bwconncomp, labelmatrix.
    """
    labels = labels_of(L, "label2idx")
    count = int(labels.max(initial=0))
    require_memory((count,), 8)
    lists = np.empty((1, count), OBJECT)
    for k, places in enumerate(connected.members(labels, count)):
        lists[0, k] = norm((places + 1.0).reshape(-1, 1))
    return lists


def labels_of(value: Any, function: str) -> np.ndarray:
    """Whole numbers from 0."""
    array = take.pixels(value, function, "L")
    if array.dtype.kind == "f" and ((array < 0) | (array != np.floor(array)) | (array > 2**53)).any() or (
        array.dtype.kind == "i" and (array < 0).any()
    ):
        raise take.refusal(function, "L", "a label matrix of nonnegative integers", value)
    return array.astype(np.int64)


@builtin
def conndef(num_dims, type_, /):
    """
    conn = conndef(num_dims, 'minimal')
    conn = conndef(num_dims, 'maximal')

    The neighbourhood of the fewest or of the most neighbours in so many dimensions.

    Examples
      >> conndef(2, 'minimal')
      ans =
           0     1     0
           1     1     1
           0     1     0
      >> size(conndef(3, 'maximal'))
      ans =
           3     3     3

    See also bwlabeln, imfill.
    """
    dimensions = take.count(num_dims, "conndef", "num_dims")
    if not 2 <= dimensions <= 12:
        raise take.refusal("conndef", "num_dims", "an integer of 2 or more", num_dims)
    least = take.choice(type_, ("minimal", "maximal"), "conndef", "the type") == "minimal"
    return norm(np.asfortranarray((connected.minimal if least else connected.maximal)(dimensions).astype(float)))


@builtin
def iptcheckconn(conn, func_name, var_name, arg_pos, /):
    """
    iptcheckconn(conn, func_name, var_name, arg_pos)

    An error in a function's name when conn is no connectivity.

    Examples
      >> iptcheckconn(8, 'myfun', 'CONN', 2)
      >> try, iptcheckconn(5, 'myfun', 'CONN', 2), catch e, disp(e.identifier), end
      images:myfun:notConnectivity

    See also conndef.
    """
    function = take.word(func_name, "iptcheckconn", "func_name")
    variable = take.word(var_name, "iptcheckconn", "var_name")
    position = take.count(arg_pos, "iptcheckconn", "arg_pos")
    try:
        neighbours_of(conn, function)
    except ScriptError as fault:
        raise ScriptError(
            f"images:{function}:notConnectivity",
            f"Function {function} expected input number {position}, {variable}, to be a valid connectivity specifier.",
            notes=fault.notes,
        ) from None


def same_size(image: np.ndarray, shape: tuple[int, ...], function: str) -> None:
    if image.shape != shape:
        raise ScriptError(
            f"images:{function}:sizeMismatch",
            "The image and the regions must have the same size.",
            notes=(f"image {size_text(image.shape)}, regions {size_text(shape)}",),
        )


def is_word(value: Any) -> bool:
    return text_or_none(value) is not None

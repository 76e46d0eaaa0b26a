"""Cosine transforms and quadtrees of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import blocks
from cnnscript.values.functions import Function
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import as_array, norm, size_text
from cnnscript.values.text import text_or_none


def cosine(A: Any, rest: list[Any], function: str, inverse: bool) -> Any:
    array = A if isinstance(A, np.ndarray) and A.dtype.kind == "c" else take.pixels(A, function, "A")
    if array.ndim != 2:
        raise ScriptError(f"MATLAB:{function}:expected2D", "Expected input number 1, A, to be two-dimensional.")
    sizes = list(array.shape)
    if len(rest) == 1:
        sizes = take.counts(rest[0], function, "[m n]", 2)
    elif rest:
        sizes = [take.count(value, function, "the size") for value in rest]
    require_memory(tuple(sizes), 8)
    from scipy.fft import dctn, idctn

    kept = array[: sizes[0], : sizes[1]]
    wide = np.pad(kept, [(0, n - m) for n, m in zip(sizes, kept.shape, strict=True)])
    wide = wide.astype(wide.dtype if wide.dtype.kind in "fc" else float)
    if not wide.size:
        return norm(np.asfortranarray(wide))
    return norm(np.asfortranarray((idctn if inverse else dctn)(wide, norm="ortho")))


@builtin
def dct2(A, /, *rest):
    """
    B = dct2(A)
    B = dct2(A, m, n)
    B = dct2(A, [m n])

    The discrete cosine transform of a matrix in two dimensions, with zeros around it or cut to m by n.

    Examples
      >> B = dct2([1 2; 3 4])
      B =
          5.0000   -1.0000
         -2.0000         0
      >> B = dct2(ones(2), 3, 2); size(B), dct2(ones(4), [1 1])
      ans =
           3     2
      ans =
          1.0000

    See also idct2, dctmtx, fft2.
    """
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return cosine(A, list(rest), "dct2", False)


@builtin
def idct2(A, /, *rest):
    """
    B = idct2(A)
    B = idct2(A, m, n)
    B = idct2(A, [m n])

    The matrix whose discrete cosine transform A is, with zeros around it or cut to m by n.

    Examples
      >> B = idct2(dct2([1 2; 3 4]))
      B =
          1.0000    2.0000
          3.0000    4.0000
      >> size(idct2(ones(4), 2, 8)), size(idct2(ones(4), [3 3]))
      ans =
           2     8
      ans =
           3     3

    See also dct2, dctmtx, ifft2.
    """
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return cosine(A, list(rest), "idct2", True)


@builtin
def dctmtx(n, /):
    """
    D = dctmtx(n)

    The n by n matrix of the discrete cosine transform: D*A transforms the columns of A, D*A*D' is dct2(A).

    Examples
      >> D = dctmtx(2)
      D =
          0.7071    0.7071
          0.7071   -0.7071

    See also dct2, idct2.
    """
    size = take.count(n, "dctmtx", "n")
    if not size:
        raise take.refusal("dctmtx", "n", "a positive integer", n)
    require_memory((size, size), 8)
    rows, columns = np.ogrid[:size, :size]
    made = np.sqrt(2 / size) * np.cos(np.pi * (2 * columns + 1) * rows / (2 * size))
    made[0] /= np.sqrt(2)
    return norm(np.asfortranarray(made))


# ---------------------------------------------------------------------------------------------------------- quadtrees
def side_of(value: Any, function: str) -> int:
    side = take.count(value, function, "dim")
    if not side:
        raise take.refusal(function, "dim", "a positive integer", value)
    return side


def tree_of(value: Any, image: np.ndarray, function: str) -> np.ndarray:
    """The sizes of blocks at their upper left pixels, as a full matrix."""
    sizes = value.full() if getattr(value, "is_sparse", False) else matrix(value, function, "S")
    if sizes.shape != image.shape:
        raise ScriptError(f"images:{function}:sizeMismatch", "S must be as large as the image.")
    return np.asarray(sizes, float)


@builtin
def qtdecomp(session, A, /, *rest):
    """
    S = qtdecomp(I)
    S = qtdecomp(I, threshold)
    S = qtdecomp(I, threshold, mindim)
    S = qtdecomp(I, threshold, [mindim maxdim])
    S = qtdecomp(I, fun)
    S = qtdecomp(I, fun, P1, P2, ...)

    Square blocks of an image that are cut into four as long as their pixels differ: a sparse matrix with the side of
    each block at its upper left pixel.

    A block is cut where its largest pixel is above its smallest by more than threshold (0 to 1, times the range of an
    integer class), or where fun (of an m by m by k array of blocks) says so. Sides should be powers of 2.

    Examples
      >> S = full(qtdecomp([1 1 1 1; 1 1 1 1; 1 1 1 2; 1 1 2 2]))
      S =
           2     0     2     0
           0     0     0     0
           2     0     1     1
           0     0     1     1
      >> S = full(qtdecomp(uint8(magic(4)), 0.03, 2))
      S =
           2     0     2     0
           0     0     0     0
           2     0     2     0
           0     0     0     0
      >> S = qtdecomp(magic(4), @(b) squeeze(any(any(b > 15)))); nnz(S)
      ans =
           7
      >> S = qtdecomp(magic(4), 1, [1 2]); full(S)
      ans =
           1     1     1     1
           1     1     1     1
           1     1     1     1
           1     1     1     1
      >> S = qtdecomp(magic(4), @(b, most) squeeze(max(max(b)) > most), 14); nnz(S)
      ans =
          10

    See also qtgetblk, qtsetblk, blockproc.
    """
    from scipy.sparse import csc_array

    from cnnscript.values.sparse import Sparse

    image = take.pixels(A, "qtdecomp", "I")
    if image.ndim != 2 or not image.size:
        raise take.refusal("qtdecomp", "I", "a grey image with pixels", A)
    values = list(rest)
    most, least = min(image.shape), 1
    call, threshold = None, 0.0
    if values and (type(values[0]) is Function or text_or_none(values[0]) is not None):
        call = function_of(session, values.pop(0), "qtdecomp").call
    else:
        if values:
            threshold = take.number(values.pop(0), "qtdecomp", "threshold")
            if image.dtype.kind in "ui":
                threshold *= float(np.iinfo(image.dtype).max)
        if values:
            limits = take.counts(values.pop(0), "qtdecomp", "[mindim maxdim]", (1, 2))
            least, most = limits[0], limits[1] if len(limits) > 1 else most
        take.no_options(values, "qtdecomp")
    if least < 1 or most < least or any(n % most for n in image.shape):
        raise ScriptError(
            "images:qtdecomp:maxdimMustDivideSize",
            "The size of the image must be a multiple of the largest blocks.",
            notes=(f"{size_text(image.shape)}, blocks of {most}",),
        )
    sizes = np.zeros(image.shape)
    sizes[::most, ::most] = most
    side = most
    while side > least and side % 2 == 0:
        found, places = blocks.square_blocks(image, sizes, side)
        if not len(places):
            break
        if call is not None:
            cut = as_array(call(1, norm(found), *values)).ravel("F") != 0
            if cut.size != len(places):
                raise ScriptError("images:qtdecomp:wrongSize", "The function must give one truth value for each block.")
        else:
            spread = found.max((0, 1)).astype(float) - found.min((0, 1)).astype(float)
            cut = spread > threshold
        side //= 2
        for row, column in places[cut].tolist():
            sizes[row : row + 2 * side : side, column : column + 2 * side : side] = side
        if not cut.any():
            break
    return Sparse(csc_array(sizes))


@builtin(outputs=3)
def qtgetblk(nargout, A, S, dim, /):
    """
    vals = qtgetblk(I, S, dim)
    [vals, idx] = qtgetblk(I, S, dim)
    [vals, r, c] = qtgetblk(I, S, dim)

    The blocks of a quadtree whose side is dim (dim by dim by k), and where they begin.

    Examples
      >> I = [1 1 1 1; 1 1 1 1; 1 1 1 2; 1 1 2 2]; [vals, r, c] = qtgetblk(I, qtdecomp(I), 2); size(vals), [r c]
      ans =
           2     2     3
      ans =
           1     1
           3     1
           1     3
      >> [vals, idx] = qtgetblk(I, qtdecomp(I), 1); squeeze(vals)', idx'
      ans =
           1     2     2     2
      ans =
          11    12    15    16

    See also qtdecomp, qtsetblk.
    """
    image = matrix(A, "qtgetblk", "I")
    found, places = blocks.square_blocks(image, tree_of(S, image, "qtgetblk"), side_of(dim, "qtgetblk"))
    if not len(places):
        empty = norm(np.zeros((0, 0)))
        return (empty,) * 3
    rows, columns = places[:, :1] + 1.0, places[:, 1:] + 1.0
    if nargout == 2:
        return norm(found), norm(rows + (columns - 1) * image.shape[0])
    return norm(found), norm(np.asfortranarray(rows)), norm(np.asfortranarray(columns))


@builtin
def qtsetblk(A, S, dim, vals, /):
    """
    J = qtsetblk(I, S, dim, vals)

    An image with other pixels in the blocks of a quadtree whose side is dim: vals is dim by dim by k.

    Examples
      >> I = [1 1 1 1; 1 1 1 1; 1 1 1 2; 1 1 2 2]; J = qtsetblk(I, qtdecomp(I), 2, zeros(2, 2, 3))
      J =
           0     0     0     0
           0     0     0     0
           0     0     1     2
           0     0     2     2

    See also qtdecomp, qtgetblk.
    """
    image = matrix(A, "qtsetblk", "I")
    side = side_of(dim, "qtsetblk")
    _, places = blocks.square_blocks(image, tree_of(S, image, "qtsetblk"), side)
    values = take.pixels(vals, "qtsetblk", "vals")
    values = values.reshape(values.shape + (1,) * (3 - values.ndim))
    if values.shape != (side, side, len(places)) and len(places):
        raise ScriptError(
            "images:qtsetblk:sizeMismatch",
            "vals must have a plane for each block.",
            notes=(f"got {size_text(values.shape)}, not {size_text((side, side, len(places)))}",),
        )
    made = image.copy(order="F")
    for k, (row, column) in enumerate(places.tolist()):
        made[row : row + side, column : column + side] = values[:, :, k]
    return norm(made)

"""Functions over blocks and neighbourhoods of an image."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.local_statistics import matrix, window_sizes
from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import blocks, kernels
from cnnscript.values.numeric import as_array, norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none

KINDS = ("distinct", "sliding")


def indexed(rest: list[Any], function: str) -> bool:
    """Whether the next argument is the word 'indexed'; it is taken off."""
    if rest and text_or_none(rest[0]) is not None:
        take.choice(rest.pop(0), ("indexed",), function, "the option")
        return True
    return False


def outside_of(array: np.ndarray, is_indexed: bool) -> float:
    """What lies outside an image: 0, in an indexed image of doubles 1."""
    return 1.0 if is_indexed and array.dtype.kind == "f" else 0.0


def widened(array: np.ndarray, sizes: list[int], outside: float) -> np.ndarray:
    """The image with what lies outside, so that a window fits at each pixel; the middle is rounded down."""
    around = [((n - 1) // 2, n - 1 - (n - 1) // 2) for n in sizes]
    return kernels.padded(array, around, outside)


@builtin
def im2col(A, /, *rest):
    """
    B = im2col(A, [m n])
    B = im2col(A, [m n], block_type)
    B = im2col(A, 'indexed', ...)

    Blocks of m by n pixels as columns: all windows ('sliding', the default), or the blocks side by side ('distinct',
    the last filled up with zeros, or ones in an indexed image of doubles).

    Examples
      >> B = im2col(magic(3), [2 2])
      B =
           8     3     1     5
           3     4     5     9
           1     5     6     7
           5     9     7     2
      >> B = im2col([1 2 3; 4 5 6], [2 2], 'distinct')
      B =
           1     3
           4     6
           2     0
           5     0
      >> B = im2col([1 2 3], 'indexed', [1 2], 'distinct')
      B =
           1     3
           2     1

    See also col2im, colfilt, blockproc.
    """
    array, values = matrix(A, "im2col"), list(rest)
    outside = outside_of(array, indexed(values, "im2col"))
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    rows, columns = window_sizes(values.pop(0), "im2col", 2)
    kind = take.choice(values.pop(0), KINDS, "im2col", "the type of blocks") if values else "sliding"
    take.no_options(values, "im2col")
    if kind == "sliding":
        return norm(blocks.sliding_columns(array, rows, columns))
    return norm(blocks.distinct_columns(array, rows, columns, outside))


@builtin
def col2im(B, size, shape, kind="sliding", /):
    """
    A = col2im(B, [m n], [M N])
    A = col2im(B, [m n], [M N], 'distinct')
    A = col2im(B, [m n], [M N], 'sliding')

    The image of M by N pixels that columns of blocks make: of 'distinct' ones side by side; or, of 'sliding' ones, of
    one number for each window ((M-m+1) by (N-n+1) pixels).

    Examples
      >> A = col2im([1 2; 3 4; 5 6; 7 8], [2 2], [2 4], 'distinct')
      A =
           1     5     2     6
           3     7     4     8
      >> A = col2im(sum(im2col(magic(3), [2 2])), [2 2], [3 3])
      A =
          17    19
          21    23

    See also im2col, colfilt.
    """
    array = matrix(B, "col2im", "B")
    rows, columns = window_sizes(size, "col2im", 2)
    high, wide = take.counts(shape, "col2im", "the size of the image", 2)
    if take.choice(kind, KINDS, "col2im", "the type of blocks") == "sliding":
        out = (max(high - rows + 1, 0), max(wide - columns + 1, 0))
        if array.size != out[0] * out[1]:
            raise ScriptError(
                "MATLAB:getReshapeDims:notSameNumel",
                "Number of elements must not change. Use [] as one of the size inputs to automatically calculate the "
                "appropriate size for that dimension.",
                notes=(f"{array.size} numbers for {size_text(out)}",),
            )
        return norm(array.reshape(out, order="F"))
    count = -(-high // rows) * -(-wide // columns)
    if array.shape != (rows * columns, count):
        raise ScriptError(
            "images:col2im:sizeMismatch",
            "B must have a row for each pixel of a block and a column for each block.",
            notes=(f"got {size_text(array.shape)}, not {size_text((rows * columns, count))}",),
        )
    return norm(blocks.from_distinct_columns(array, rows, columns, (high, wide)))


@builtin
def colfilt(session, A, /, *rest):
    """
    B = colfilt(A, [m n], block_type, fun)
    B = colfilt(A, [m n], [mblock nblock], block_type, fun)
    B = colfilt(A, 'indexed', ...)

    A function of columns over an image: 'sliding' gives it each window of m by n pixels as a column and takes one
    number for each; 'distinct' gives it blocks side by side and takes as large a matrix.

    Outside lie zeros, or ones in an indexed image of doubles. [mblock nblock] only saves memory in MATLAB.

    Examples
      >> B = colfilt([1 2 3; 4 5 6; 7 8 9], [3 3], 'sliding', @max)
      B =
           5     6     6
           8     9     9
           8     9     9
      >> B = colfilt(magic(4), [2 2], 'distinct', @(x) ones(4, 1) * mean(x))
      B =
          8.5000    8.5000    8.5000    8.5000
          8.5000    8.5000    8.5000    8.5000
          8.5000    8.5000    8.5000    8.5000
          8.5000    8.5000    8.5000    8.5000

    See also nlfilter, blockproc, im2col.
    """
    array, values = matrix(A, "colfilt"), list(rest)
    outside = outside_of(array, indexed(values, "colfilt"))
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    sizes = window_sizes(values.pop(0), "colfilt", 2)
    if values and text_or_none(values[0]) is None:
        take.counts(values.pop(0), "colfilt", "[mblock nblock]", 2)
    if len(values) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    kind = take.choice(values.pop(0), KINDS, "colfilt", "the type of blocks")
    call = function_of(session, values.pop(0), "colfilt").call
    if kind == "sliding":
        columns = blocks.sliding_columns(widened(array, sizes, outside), sizes[0], sizes[1])
        made = as_array(call(1, norm(columns), *values))
        if made.size != array.size:
            raise ScriptError(
                "images:colfilt:wrongSize",
                "The function must give one number for each column.",
                notes=(f"{made.size} numbers for {array.size} columns",),
            )
        return norm(made.reshape(array.shape, order="F"))
    columns = blocks.distinct_columns(array, sizes[0], sizes[1], outside)
    made = as_array(call(1, norm(columns), *values))
    if made.shape != columns.shape:
        raise ScriptError(
            "images:colfilt:wrongSize",
            "The function must give a matrix as large as the one it gets.",
            notes=(f"{size_text(made.shape)} for {size_text(columns.shape)}",),
        )
    return norm(blocks.from_distinct_columns(made, sizes[0], sizes[1], array.shape))


@builtin
def nlfilter(session, A, /, *rest):
    """
    B = nlfilter(A, [m n], fun)
    B = nlfilter(A, 'indexed', ...)

    A function of the m by n pixels around each pixel; it gives one number. Outside lie zeros, or ones in an indexed
    image of doubles.

    Examples
      >> B = nlfilter(magic(3), [3 3], @(x) max(x(:)))
      B =
           8     8     7
           9     9     9
           9     9     9
      >> B = nlfilter([1 2 3], 'indexed', [1 2], @(x) x(2))
      B =
           2     3     1

    See also colfilt, blockproc, medfilt2.
    """
    array, values = matrix(A, "nlfilter"), list(rest)
    outside = outside_of(array, indexed(values, "nlfilter"))
    if len(values) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    rows, columns = window_sizes(values.pop(0), "nlfilter", 2)
    call = function_of(session, values.pop(0), "nlfilter").call
    wide = widened(array, [rows, columns], outside)
    made: np.ndarray | None = None
    for column in range(array.shape[1]):
        for row in range(array.shape[0]):
            window = np.asfortranarray(wide[row : row + rows, column : column + columns])
            found = as_array(call(1, norm(window), *values))
            if found.size != 1:
                raise ScriptError(
                    "images:nlfilter:wrongSize",
                    "The function must give one number.",
                    notes=(f"it gave {size_text(found.shape)}",),
                )
            if made is None:
                made = np.zeros(array.shape, found.dtype, order="F")
            made[row, column] = found.item()
    return norm(array if made is None else made)


@builtin(outputs=2)
def bestblk(nargout, siz, k=100.0, /):
    """
    siz = bestblk([m n])
    siz = bestblk([m n], k)
    [mb, nb] = bestblk(...)

    The size of blocks, up to k (100) on a side, that needs the least padding of an image of m by n pixels.

    Examples
      >> siz = bestblk([640 800], 72)
      siz =
          64    50
      >> [mb, nb] = bestblk([640 80])
      mb =
          80
      nb =
          80

    See also blockproc, im2col.
    """
    lengths = take.counts(siz, "bestblk", "the size", 2)
    most = take.count(k, "bestblk", "k")
    if not most:
        raise take.refusal("bestblk", "k", "positive", k)
    found = [float(blocks.best_length(length, most)) for length in lengths]
    return tuple(found) if nargout > 1 else norm(np.array([found]))


@builtin
def blockproc(
    session,
    A,
    size,
    fun,
    /,
    *,
    BorderSize=None,
    TrimBorder=True,
    PadPartialBlocks=False,
    PadMethod=0.0,
    DisplayWaitbar=True,
    UseParallel=False,
    Destination=None,
):
    """
    B = blockproc(A, [m n], fun)
    B = blockproc(filename, [m n], fun)
    B = blockproc(..., Name=Value)

    A function over blocks of m by n pixels of an image (or an image file), side by side; its results make an image.

    The function gets a struct: data, border, blockSize, location (row and column of the block's first pixel) and
    imageSize.

    Options
      BorderSize        [v h] pixels more above and below, left and right of each block ([0 0])
      TrimBorder        whether these are cut from the results again (true)
      PadPartialBlocks  whether blocks at the end are filled up to m by n (false)
      PadMethod         what lies outside: a number (0), 'replicate' or 'symmetric'
      DisplayWaitbar    there is none
      UseParallel       blocks come one after another either way
      Destination       the name of a file that gets the result

    Examples
      >> B = blockproc(magic(4), [2 2], @(block) mean2(block.data))
      B =
          8.5000    8.5000
          8.5000    8.5000
      >> B = blockproc(1:5, [1 2], @(block) block.data(end:-1:1))
      B =
           2     1     4     3     5
      >> blockproc(ones(3), [2 2], @(block) sum(block.data(:)), BorderSize=[1 1], TrimBorder=false)
      ans =
           9     6
           6     4
      >> blockproc(zeros(2, 3), [2 2], @(block) block.location, PadPartialBlocks=true, PadMethod='replicate')
      ans =
           1     1     1     3

    See also colfilt, nlfilter, im2col, bestblk.
    """
    name = text_or_none(A)
    source = session.call("imread", 1, A) if name is not None else A
    array = take.pixels(source, "blockproc", "A")
    if array.ndim > 3:
        raise take.refusal("blockproc", "A", "an image", A)
    rows, columns = window_sizes(size, "blockproc", 2)
    call = function_of(session, fun, "blockproc").call
    border = [0, 0] if BorderSize is None else take.counts(BorderSize, "blockproc", "BorderSize", 2)
    trim = take.flag(TrimBorder, "blockproc", "TrimBorder")
    fill = take.flag(PadPartialBlocks, "blockproc", "PadPartialBlocks")
    take.flag(DisplayWaitbar, "blockproc", "DisplayWaitbar")
    take.flag(UseParallel, "blockproc", "UseParallel")
    if text_or_none(PadMethod) is not None:
        outside: str | float = take.choice(PadMethod, ("replicate", "symmetric"), "blockproc", "PadMethod")
    else:
        outside = take.number(PadMethod, "blockproc", "PadMethod")
    high, wide = array.shape[:2]
    more = [(-high % rows, -wide % columns)[k] if fill else 0 for k in (0, 1)]
    around = [(border[0], border[0] + more[0]), (border[1], border[1] + more[1])] + [(0, 0)] * (array.ndim - 2)
    padded = kernels.padded(array, around, outside) if array.size else array
    lines = []
    shown = norm(np.array([[float(high), float(wide)]]))
    edges = norm(np.array([[float(border[0]), float(border[1])]]))
    for row in range(0, high, rows):
        line = []
        for column in range(0, wide, columns):
            lengths = [min(rows, high + more[0] - row), min(columns, wide + more[1] - column)]
            part = padded[row : row + lengths[0] + 2 * border[0], column : column + lengths[1] + 2 * border[1]]
            block = Struct(
                {
                    "border": edges,
                    "blockSize": norm(np.array([[float(n) for n in lengths]])),
                    "data": norm(np.asfortranarray(part)),
                    "imageSize": shown,
                    "location": norm(np.array([[row + 1.0, column + 1.0]])),
                }
            )
            found = call(1, block)
            if found is None:
                raise ScriptError(
                    "MATLAB:TooManyOutputs", "The function gave no result for a block: too many output arguments."
                )
            made = as_array(found)
            if trim and any(border):
                made = made[border[0] : made.shape[0] - border[0], border[1] : made.shape[1] - border[1]]
            line.append(made)
        lines.append(line)
    out = joined(lines, array)
    if Destination is not None:
        session.call("imwrite", 0, norm(out), Destination)
    return norm(out)


def joined(lines: list[list[np.ndarray]], array: np.ndarray) -> np.ndarray:
    """The results of blocks as one image."""
    if not lines or not lines[0]:
        return array
    most = max(part.ndim for line in lines for part in line)
    lines = [[part.reshape(part.shape + (1,) * (most - part.ndim)) for part in line] for line in lines]
    try:
        return np.asfortranarray(np.concatenate([np.concatenate(line, 1) for line in lines], 0))
    except ValueError:
        raise ScriptError(
            "images:blockproc:mismatchedBlockSizes",
            "The results of the blocks do not fit beside each other.",
            notes=("their sizes: " + ", ".join(size_text(part.shape) for part in lines[0][:6]),),
        ) from None

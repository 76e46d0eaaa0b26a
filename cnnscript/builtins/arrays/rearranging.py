"""The same elements in another arrangement: reshape, permute, squeeze, cat, circshift, flip, rot90."""

from __future__ import annotations

from math import prod

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.arrays.dimensions import (
    axis_of,
    first_axis,
    length_of,
    require_numeric,
    trimmed,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import concatenate, operators, take
from cnnscript.values.numeric import ndarray, norm, size_of, size_text
from cnnscript.values.take import described


@builtin
def reshape(x, first, /, *rest):
    """
    reshape(A, [m n ...])
    reshape(A, m, n, ...)
    reshape(A, ..., [], ...)

    The same elements, column by column, in another size; [] stands for the length that fits.

    Examples
      >> reshape(1:6, [2 3])
      ans =
           1     3     5
           2     4     6
      >> reshape(1:6, 3, 2)
      ans =
           1     4
           2     5
           3     6
      >> reshape(1:6, [], 2)
      ans =
           1     4
           2     5
           3     6

    See also permute, squeeze, size.
    """
    array, back = require_parts(x, "reshape")
    if not rest:
        if type(first) is not ndarray or first.size < 2:
            raise ScriptError(
                "MATLAB:getReshapeDims:sizeVector",
                "Size vector must have at least two elements.",
                notes=(f"got {described(first)}",),
            )
        lengths = [reshaped_length(norm(item)) for item in first.ravel("F")]
    else:
        lengths, unknown = [], None
        for place, item in enumerate((first, *rest)):
            if type(item) is ndarray and item.size == 0:
                if unknown is not None:
                    raise ScriptError("MATLAB:getReshapeDims:unknownDim", "Size can only have one unknown dimension.")
                unknown = place
                lengths.append(1)
            else:
                lengths.append(reshaped_length(item))
        if unknown is not None:
            known = prod(lengths)
            if known == 0 or array.size % known:
                raise ScriptError(
                    "MATLAB:getReshapeDims:notDivisible",
                    f"Product of known dimensions, {known}, not divisible into total number of elements, {array.size}.",
                )
            lengths[unknown] = array.size // known
    if prod(lengths) != array.size:
        raise ScriptError(
            "MATLAB:getReshapeDims:notSameNumel",
            "Number of elements must not change. Use [] as one of the size inputs to automatically calculate the "
            "appropriate size for that dimension.",
            notes=(
                f"the array is {size_text(size_of(x))}, {array.size} elements",
                f"{size_text(tuple(lengths))} has {prod(lengths)}",
            ),
        )
    return back(array.reshape(trimmed(lengths), order="F"))


def reshaped_length(item) -> int:
    if type(item) is float and item < 0 or isinstance(item, np.signedinteger) and item < 0:
        raise ScriptError(
            "MATLAB:getReshapeDims:negativeSize",
            "Size arguments must be real integers.",
            notes=(f"got {float(item):g}",),
        )
    return length_of(item, "reshape")


def permutation(order, ndim: int, name: str) -> list[int]:
    """A permutation argument as axes from 0."""
    axes = [axis_of(norm(item), name) for item in require_numeric(order, name).ravel("F")]
    if sorted(axes) != list(range(len(axes))):
        raise ScriptError(
            f"MATLAB:{name}:badIndex",
            "Each dimension from 1 to N must appear exactly once in the permutation order.",
            notes=("got " + " ".join(str(axis + 1) for axis in axes),),
        )
    if len(axes) < ndim:
        raise ScriptError(
            f"MATLAB:{name}:tooFewIndices",
            "'order' must have at least N elements for an N-D array.",
            notes=(f"the array has {ndim} dimensions, the order {len(axes)}",),
        )
    return axes


def permuted(x, axes: list[int], name: str):
    array, back = require_parts(x, name)
    array = array.reshape(array.shape + (1,) * (len(axes) - array.ndim), order="F")
    result = np.asfortranarray(array.transpose(axes))
    return back(result.reshape(trimmed(list(result.shape)), order="F"))


@builtin
def permute(x, order, /):
    """
    permute(A, order)

    Dimensions in another order.

    Examples
      >> size(permute(zeros(2, 3, 4), [3 1 2]))
      ans =
           4     2     3

    See also ipermute, transpose, reshape, squeeze.
    """
    return permuted(x, permutation(order, len(size_of(x)), "permute"), "permute")


@builtin
def ipermute(x, order, /):
    """
    ipermute(A, order)

    Undo permute.

    Examples
      >> size(ipermute(zeros(4, 2, 3), [3 1 2]))
      ans =
           2     3     4

    See also permute.
    """
    axes = permutation(order, len(size_of(x)), "ipermute")
    return permuted(x, [axes.index(axis) for axis in range(len(axes))], "ipermute")


@builtin
def squeeze(x, /):
    """
    squeeze(A)

    Dimensions of length 1 taken out (not from a matrix or vector).

    Examples
      >> size(squeeze(zeros(1, 1, 5)))
      ans =
           5     1

    See also reshape, permute, shiftdim.
    """
    shape = size_of(x)
    if len(shape) <= 2:
        return x
    array, back = require_parts(x, "squeeze")
    lengths = [length for length in shape if length != 1]
    lengths += [1] * (2 - len(lengths))
    return back(array.reshape(tuple(lengths), order="F"))


@builtin(outputs=2)
def shiftdim(nargout, x, count=None, /):
    """
    shiftdim(A, n)
    [B, n] = shiftdim(A)

    Dimensions shifted n to the left (around), or to the right with new singletons for n < 0; without n,
    leading dimensions of length 1 are taken out.

    Examples
      >> size(shiftdim(zeros(2, 3, 4), 1))
      ans =
           3     4     2
      >> [b, n] = shiftdim(zeros(1, 1, 3))
      b =
           0
           0
           0
      n =
           2

    See also circshift, permute, squeeze.
    """
    shape = size_of(x)
    steps = first_axis(shape) if count is None else take.integer(count, "Number of shifts")
    array, back = require_parts(x, "shiftdim")
    if steps >= 0:
        turn = steps % len(shape)
        if count is None:
            lengths = list(shape[steps:])
            lengths += [1] * (2 - len(lengths))
            return back(array.reshape(tuple(lengths), order="F")), float(steps)
        axes = list(range(turn, len(shape))) + list(range(turn))
        return permuted(x, axes, "shiftdim"), float(steps)
    return back(array.reshape((1,) * -steps + shape, order="F")), float(steps)


@builtin
def cat(dim, /, *values):
    """
    cat(dim, A, B, ...)

    Join arrays along a dimension.

    Examples
      >> cat(1, [1 2], [3 4])
      ans =
           1     2
           3     4
      >> size(cat(3, zeros(2), ones(2)))
      ans =
           2     2     2

    See also horzcat, vertcat, repmat.
    """
    return concatenate.cat(axis_of(dim, "cat") + 1, *values)


@builtin
def horzcat(*values):
    """
    horzcat(A, B, ...)

    Join arrays beside each other: [A B ...].

    Examples
      >> horzcat([1; 2], [3; 4])
      ans =
           1     3
           2     4

    See also vertcat, cat.
    """
    return concatenate.horzcat(*values)


@builtin
def vertcat(*values):
    """
    vertcat(A, B, ...)

    Join arrays below each other: [A; B; ...].

    Examples
      >> vertcat([1 2], [3 4])
      ans =
           1     2
           3     4

    See also horzcat, cat.
    """
    return concatenate.vertcat(*values)


@builtin
def transpose(x, /):
    """
    transpose(A)

    Rows and columns exchanged: A.'.

    Examples
      >> transpose([1 2; 3 4])
      ans =
           1     3
           2     4

    See also ctranspose, permute.
    """
    return operators.transpose(x)


@builtin
def ctranspose(x, /):
    """
    ctranspose(A)

    Complex conjugate transpose: A'.

    Examples
      >> ctranspose([1+1i 2i])
      ans =
         1.0000 - 1.0000i
         0.0000 - 2.0000i

    See also transpose, conj.
    """
    return operators.ctranspose(x)


# -------------------------------------------------------------------------------------------------- turning, shifting
@builtin
def circshift(x, count, dim=None, /):
    """
    circshift(A, k)
    circshift(A, k, dim)
    circshift(A, [k1 k2 ...])

    Elements shifted k places down (along the first dimension longer than 1, or along dim), around the end.

    Examples
      >> circshift(1:5, 2)
      ans =
           4     5     1     2     3
      >> circshift([1 2; 3 4; 5 6], 1, 1)
      ans =
           5     6
           1     2
           3     4

    See also flip, rot90, shiftdim.
    """
    array, back = require_parts(x, "circshift")
    counts = [take.integer(float(item), "Shift amount") for item in take.vector(count, "Shift amount")]
    if dim is not None:
        if len(counts) != 1:
            raise ScriptError(
                "MATLAB:circshift:InvalidShiftType", "Shift amount must be a scalar when a dimension is specified."
            )
        axes = [axis_of(dim, "circshift")]
    elif len(counts) == 1:
        axes = [first_axis(array.shape)]
    else:
        axes = list(range(len(counts)))
    for axis, steps in zip(axes, counts, strict=True):
        if axis < array.ndim:
            array = np.roll(array, steps, axis)
    return back(np.asfortranarray(array))


def flipped(x, axis: int, name: str):
    array, back = require_parts(x, name)
    return back(np.array(np.flip(array, axis), order="F")) if axis < array.ndim else x


@builtin
def flip(x, dim=None, /):
    """
    flip(A)
    flip(A, dim)

    Elements in reverse order along a dimension.

    Examples
      >> flip([1 2 3])
      ans =
           3     2     1
      >> flip([1 2; 3 4], 2)
      ans =
           2     1
           4     3

    See also fliplr, flipud, rot90, circshift.
    """
    return flipped(x, first_axis(size_of(x)) if dim is None else axis_of(dim, "flip"), "flip")


@builtin
def flipdim(x, dim, /):
    """
    flipdim(A, dim)

    Elements in reverse order along a dimension: the older name of flip.

    Examples
      >> flipdim([1 2; 3 4], 1)
      ans =
           3     4
           1     2

    See also flip.
    """
    return flipped(x, axis_of(dim, "flipdim"), "flipdim")


@builtin
def fliplr(x, /):
    """
    fliplr(A)

    Columns in reverse order.

    Examples
      >> fliplr([1 2; 3 4])
      ans =
           2     1
           4     3

    See also flipud, flip.
    """
    return flipped(x, 1, "fliplr")


@builtin
def flipud(x, /):
    """
    flipud(A)

    Rows in reverse order.

    Examples
      >> flipud([1 2; 3 4])
      ans =
           3     4
           1     2

    See also fliplr, flip.
    """
    return flipped(x, 0, "flipud")


@builtin
def rot90(x, count=1.0, /):
    """
    rot90(A)
    rot90(A, k)

    Turned by 90 degrees (k times) counterclockwise.

    Examples
      >> rot90([1 2; 3 4])
      ans =
           2     4
           1     3
      >> rot90([1 2; 3 4], 2)
      ans =
           4     3
           2     1

    See also flip, transpose, circshift.
    """
    array, back = require_parts(x, "rot90")
    turns = require_numeric(count, "rot90")
    if turns.size != 1 or turns.dtype.kind == "c" or turns.item() != turns.item() // 1:
        raise ScriptError("MATLAB:rot90:kNonInteger", "k must be a scalar integer.", notes=(f"got {described(count)}",))
    return back(np.array(np.rot90(array, int(turns.item())), order="F"))

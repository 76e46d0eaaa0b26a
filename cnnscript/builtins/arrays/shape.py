"""The size of a value, and questions about it: size, numel, length, ndims, isempty, isvector, isrow, ..."""

from __future__ import annotations

from math import prod

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, require_numeric, require_real
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, is_empty, ndarray, norm, numel_of, size_of, size_text
from cnnscript.values.take import described
from cnnscript.values.text import is_text


@builtin
def size(nargout, x, /, *rest):
    """
    size(A)
    size(A, dim)
    size(A, [dim1 dim2 ...])
    size(A, dim1, dim2, ...)
    [m, n, ...] = size(A)

    The size of an array: its length in each dimension.

    With fewer outputs than dimensions the last output is the product of the lengths that are left.

    Examples
      >> size(zeros(2, 3))
      ans =
           2     3
      >> size(zeros(2, 3), 2)
      ans =
           3
      >> size(zeros(2, 3, 4), [1 3])
      ans =
           2     4
      >> [m, n] = size(zeros(2, 3, 4))
      m =
           2
      n =
          12

    See also numel, length, ndims, isempty.
    """
    shape = size_of(x)
    if not rest:
        if nargout <= 1:
            return np.array([shape], DOUBLE, order="F")
        if nargout >= len(shape):
            return tuple(map(float, shape)) + (1.0,) * (nargout - len(shape))
        return (*map(float, shape[: nargout - 1]), float(prod(shape[nargout - 1 :])))
    if len(rest) == 1 and type(rest[0]) is float:
        number = rest[0]
        if number >= 1.0 and number == number // 1.0:
            if nargout > 1:
                raise ScriptError(
                    "MATLAB:maxlhs", "Too many output arguments.", notes=("size(A, dim) gives one number",)
                )
            return float(shape[int(number) - 1]) if number <= len(shape) else 1.0
    axes: list[int] = []
    for item in rest:
        if type(item) is ndarray and len(rest) == 1:
            axes += [axis_of(norm(part), "size") for part in item.ravel("F")]
        else:
            axes.append(axis_of(item, "size"))
    lengths = [float(shape[axis]) if axis < len(shape) else 1.0 for axis in axes]
    if nargout <= 1:
        return norm(np.array([lengths], DOUBLE, order="F"))
    if nargout != len(lengths):
        raise ScriptError(
            "MATLAB:size:nargoutMismatch",
            "Incorrect number of output arguments. Number of output arguments must equal the number of input "
            "dimension arguments.",
            notes=(f"{nargout} outputs, {len(lengths)} dimensions",),
        )
    return tuple(lengths)


@builtin
def numel(x, /, *indices):
    """
    numel(A)
    numel(A, i1, i2, ...)

    How many elements an array has, or a part of it: numel(A, 1, ':') is that of A(1, :).

    Examples
      >> numel(zeros(2, 3))
      ans =
           6
      >> numel(zeros(2, 3), 1, ':')
      ans =
           3

    See also size, length, ndims.
    """
    if type(x) is ndarray and not indices:
        return float(x.size)
    if not indices:
        return float(numel_of(x))
    lengths = list(size_of(x)) + [1] * len(indices)
    lengths[len(indices) - 1] = prod(lengths[len(indices) - 1 :])  # the last index counts through what is left
    counts = [
        length if is_text(index) and index == ":" else numel_of(index)
        for index, length in zip(indices, lengths, strict=False)
    ]
    return float(prod(counts))


@builtin
def length(x, /):
    """
    length(A)

    The largest dimension of an array, 0 when it is empty.

    Examples
      >> length(zeros(2, 5))
      ans =
           5

    See also size, numel.
    """
    shape = x.shape if type(x) is ndarray else size_of(x)
    return float(max(shape)) if 0 not in shape else 0.0


@builtin
def ndims(x, /):
    """
    ndims(A)

    The number of dimensions of an array, at least 2.

    Examples
      >> ndims(zeros(2, 3, 4))
      ans =
           3

    See also size, numel, ismatrix.
    """
    return float(len(size_of(x)))


@builtin
def height(x, /):
    """
    height(A)

    The number of rows.

    Examples
      >> height(zeros(2, 3))
      ans =
           2

    See also width, size.
    """
    return float(size_of(x)[0])


@builtin
def width(x, /):
    """
    width(A)

    The number of columns.

    Examples
      >> width(zeros(2, 3))
      ans =
           3

    See also height, size.
    """
    return float(size_of(x)[1])


# ------------------------------------------------------------------------------------------------------- questions
@builtin
def isempty(x, /):
    """
    isempty(A)

    Whether an array has no elements.

    Examples
      >> isempty([])
      ans =
        logical
         1
      >> isempty("")
      ans =
        logical
         0

    See also size, numel, isscalar.
    """
    if type(x) is ndarray:
        return x.size == 0
    return is_empty(x)


@builtin
def isscalar(x, /):
    """
    isscalar(A)

    Whether a value is 1-by-1.

    Examples
      >> isscalar(5)
      ans =
        logical
         1

    See also isvector, ismatrix, isempty.
    """
    return size_of(x) == (1, 1)


@builtin
def isvector(x, /):
    """
    isvector(A)

    Whether a value is 1-by-n or n-by-1.

    Examples
      >> isvector([1 2 3])
      ans =
        logical
         1

    See also isrow, iscolumn, isscalar, ismatrix.
    """
    shape = size_of(x)
    return len(shape) == 2 and 1 in shape


@builtin
def isrow(x, /):
    """
    isrow(A)

    Whether a value is 1-by-n.

    Examples
      >> isrow([1; 2])
      ans =
        logical
         0

    See also iscolumn, isvector.
    """
    shape = size_of(x)
    return len(shape) == 2 and shape[0] == 1


@builtin
def iscolumn(x, /):
    """
    iscolumn(A)

    Whether a value is n-by-1.

    Examples
      >> iscolumn([1; 2])
      ans =
        logical
         1

    See also isrow, isvector.
    """
    shape = size_of(x)
    return len(shape) == 2 and shape[1] == 1


@builtin
def ismatrix(x, /):
    """
    ismatrix(A)

    Whether a value has two dimensions.

    Examples
      >> ismatrix(zeros(2, 3, 4))
      ans =
        logical
         0

    See also isvector, issquare, ndims.
    """
    return len(size_of(x)) == 2


@builtin
def issquare(x, /):
    """
    issquare(A)

    Whether a value has two dimensions of equal length.

    Examples
      >> issquare(zeros(3))
      ans =
        logical
         1

    See also ismatrix.
    """
    shape = size_of(x)
    return len(shape) == 2 and shape[0] == shape[1]


# -------------------------------------------------------------------------------------------- subscripts and indices
@builtin
def sub2ind(size, first, /, *rest):
    """
    sub2ind(size, row, column, ...)

    Linear indices from subscripts.

    Examples
      >> sub2ind([3 4], 2, 3)
      ans =
           8

    See also ind2sub, find.
    """
    lengths = [take.integer(float(item), "Size", 0) for item in take.vector(size, "Size")]
    if len(lengths) < 2:
        raise ScriptError(
            "MATLAB:sub2ind:InvalidSize",
            "Size vector must have at least two elements.",
            notes=(f"got {described(size)}",),
        )
    subscripts = [require_numeric(item, "sub2ind") for item in (first, *rest)]
    if any(subscript.dtype.kind == "c" for subscript in subscripts):
        raise ScriptError("MATLAB:sub2ind:IndexMustBeInteger", "Subscripts must be positive integers.")
    if len(subscripts) < len(lengths):
        lengths = [*lengths[: len(subscripts) - 1], prod(lengths[len(subscripts) - 1 :])]
    lengths += [1] * (len(subscripts) - len(lengths))
    shape = subscripts[0].shape
    index, stride = np.zeros(shape), 1
    for place, (subscript, limit) in enumerate(zip(subscripts, lengths, strict=True), 1):
        if subscript.shape != shape:
            raise ScriptError(
                "MATLAB:sub2ind:SubscriptVectorSize",
                "The subscript vectors must all be of the same size.",
                notes=(f"the first is {size_text(shape)}", f"number {place} is {size_text(subscript.shape)}"),
            )
        if subscript.size and (subscript.min() < 1 or subscript.max() > limit):
            raise ScriptError(
                "MATLAB:sub2ind:IndexOutOfRange",
                "Out of range subscript.",
                notes=(f"subscript {place} goes from 1 to {limit}",),
            )
        if np.any(subscript != np.floor(subscript)):
            raise ScriptError("MATLAB:sub2ind:IndexMustBeInteger", "Subscripts must be positive integers.")
        index = index + (subscript.astype(DOUBLE) - 1) * stride
        stride *= limit
    return norm(np.asfortranarray(index + 1))


@builtin
def ind2sub(nargout, size, index, /):
    """
    [row, column] = ind2sub(size, index)
    [s1, s2, s3, ...] = ind2sub(size, index)

    Subscripts from linear indices.

    Examples
      >> [row, column] = ind2sub([3 4], 8)
      row =
           2
      column =
           3
      >> [s1, s2, s3] = ind2sub([2 2 2], 7)
      s1 =
           1
      s2 =
           2
      s3 =
           2

    See also sub2ind, find.
    """
    lengths = [take.count(float(item), "Size") for item in take.vector(size, "Size")]
    indices = require_real(index, "ind2sub")
    if len(lengths) < 2:
        raise ScriptError(
            "MATLAB:ind2sub:InvalidSize",
            "Size vector must have at least two elements.",
            notes=(f"got {described(size)}",),
        )
    if indices.size and (indices.min() < 1 or np.any(indices != np.floor(indices))):
        raise ScriptError("MATLAB:ind2sub:IndexMustBePositiveInteger", "Linear indices must be positive integers.")
    count = max(1, nargout)
    if indices.size and count >= len(lengths) and indices.max() > prod(lengths):
        raise ScriptError(
            "MATLAB:ind2sub:IndexOutOfRange",
            "Index out of range.",
            notes=(f"a {size_text(tuple(lengths))} array has {prod(lengths)} elements",),
        )
    rest = indices.astype(np.int64) - 1
    outputs = []
    for place in range(count - 1):
        limit = lengths[place] if place < len(lengths) else 1
        outputs.append(norm((rest % limit + 1).astype(DOUBLE, order="F")))
        rest = rest // limit
    outputs.append(norm((rest + 1).astype(DOUBLE, order="F")))
    return tuple(outputs)

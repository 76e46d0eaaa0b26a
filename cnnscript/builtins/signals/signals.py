"""Sequences through filters: conv, deconv, conv2, convn, filter, filter2."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, size_text
from cnnscript.values.text import is_text

SHAPES = ("full", "same", "valid")


def floats(value, name: str) -> ndarray:
    array = require_numeric(value, name)
    return array if array.dtype.kind in "fc" else array.astype(DOUBLE)


@builtin(keeps_single=True)
def conv(u, v, shape="full", /):
    """
    conv(u, v)
    conv(u, v, shape)

    Convolution of vectors, the product of polynomials: 'full', 'same' size as u, or the 'valid' part.

    Examples
      >> conv([1 2], [1 3])
      ans =
           1     5     6
      >> conv([1 2 3], [1 1 1], 'same')
      ans =
           3     6     5

    See also deconv, conv2, filter.
    """
    a, b = floats(u, "conv"), floats(v, "conv")
    for array in (a, b):
        if array.ndim > 2 or 1 not in array.shape:
            raise ScriptError(
                "MATLAB:conv:AorBNotVector", "A and B must be vectors.", notes=(f"got {size_text(array.shape)}",)
            )
    word = take.choice(shape, SHAPES, "Shape")
    first, second = a.ravel("F"), b.ravel("F")
    if not first.size or not second.size:
        full = np.zeros(max(0, first.size + second.size - 1))
    else:
        full = np.convolve(first, second)
    if word == "same":
        start = int(np.ceil((second.size - 1) / 2))
        full = full[start : start + first.size]
    elif word == "valid":
        full = full[second.size - 1 : first.size] if first.size >= second.size else full[:0]
    leader = b if word == "full" and a.size <= b.size else a  # whose direction the result takes
    return norm(full.reshape((1, -1) if leader.shape[0] == 1 else (-1, 1)))


@builtin(outputs=2, keeps_single=True)
def deconv(nargout, y, h, /):
    """
    [q, r] = deconv(y, h)

    Division of polynomials: y = conv(h, q) + r.

    Examples
      >> [q, r] = deconv([1 5 6], [1 2])
      q =
           1     3
      r =
           0     0     0

    See also conv, roots.
    """
    top, bottom = floats(y, "deconv"), floats(h, "deconv")
    a, b = top.ravel("F"), bottom.ravel("F")
    if not b.size or b[0] == 0:
        raise ScriptError("MATLAB:deconv:ZeroCoef1", "First coefficient of A must be non-zero.")
    if b.size > a.size:
        return 0.0, norm(top)
    quotient, _ = np.polydiv(a, b) if a.any() else (np.zeros(a.size - b.size + 1), 0)
    quotient = np.concatenate([np.zeros(a.size - b.size + 1 - quotient.size), quotient])
    rest = a - np.convolve(b, quotient)
    shape = (-1, 1) if top.shape[1] == 1 and top.size > 1 else (1, -1)
    return norm(quotient.reshape(shape)), norm(rest.reshape(shape))


@builtin(keeps_single=True)
def conv2(a, b, c=None, shape=None, /):
    """
    conv2(A, B)
    conv2(A, B, shape)
    conv2(u, v, A)
    conv2(u, v, A, shape)

    Convolution of matrices: 'full', 'same' size as A, or the 'valid' part; with vectors, u along the columns and
    then v along the rows.

    Examples
      >> conv2([1 2; 3 4], [1 1])
      ans =
           1     3     2
           3     7     4
      >> conv2(ones(3), ones(2), 'valid')
      ans =
           4     4
           4     4
      >> conv2([1; 1], [1 1], [1 2; 3 4], 'same')
      ans =
          10     6
           7     4

    See also conv, filter2, convn.
    """
    if c is not None and not is_text(c):
        column, row = floats(a, "conv2").ravel("F"), floats(b, "conv2").ravel("F")
        image, kernel = floats(c, "conv2"), np.outer(column, row)
        word = "full" if shape is None else take.choice(shape, SHAPES, "Shape")
    else:
        image, kernel = floats(a, "conv2"), floats(b, "conv2")
        word = "full" if c is None else take.choice(c, SHAPES, "Shape")
    if image.ndim > 2 or kernel.ndim > 2:
        raise ScriptError("MATLAB:conv2:inputTypeND", "N-D arrays are not supported.", hint="convn takes N-D arrays")
    return norm(np.asfortranarray(convolved(image, kernel, word)))


def convolved(image: ndarray, kernel: ndarray, word: str) -> ndarray:
    """Two-dimensional convolution by sums of shifted copies (small kernels) or by SciPy."""
    dtype = np.result_type(image.dtype, kernel.dtype)
    rows, columns = image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1
    if not image.size or not kernel.size:
        full = np.zeros((max(rows, 0), max(columns, 0)), dtype)
    elif min(kernel.size, image.size) <= 81:
        small, large = (kernel, image) if kernel.size <= image.size else (image, kernel)
        full = np.zeros((rows, columns), dtype, order="F")
        for row in range(small.shape[0]):
            for column in range(small.shape[1]):
                if small[row, column] != 0:
                    full[row : row + large.shape[0], column : column + large.shape[1]] += small[row, column] * large
    else:
        import scipy.signal

        full = scipy.signal.convolve2d(image, kernel)
    if word == "full":
        return full
    if word == "same":
        top, left = int(np.ceil((kernel.shape[0] - 1) / 2)), int(np.ceil((kernel.shape[1] - 1) / 2))
        return full[top : top + image.shape[0], left : left + image.shape[1]]
    return full[kernel.shape[0] - 1 : image.shape[0], kernel.shape[1] - 1 : image.shape[1]]


@builtin
def convn(a, b, shape="full", /):
    """
    convn(A, B)
    convn(A, B, shape)

    Convolution of N-dimensional arrays: 'full', 'same' size as A, or the 'valid' part.

    Examples
      >> size(convn(ones(3, 3, 3), ones(2, 2, 2)))
      ans =
           4     4     4
      >> size(convn(ones(3, 3, 3), ones(2, 2, 2), 'valid'))
      ans =
           2     2     2

    See also conv2, conv.
    """
    import scipy.signal

    x, y = floats(a, "convn"), floats(b, "convn")
    ndim = max(x.ndim, y.ndim)
    x, y = (array.reshape(array.shape + (1,) * (ndim - array.ndim), order="F") for array in (x, y))
    full = (
        scipy.signal.convolve(x, y, method="direct")
        if x.size and y.size
        else np.zeros([max(n + m - 1, 0) for n, m in zip(x.shape, y.shape, strict=True)])
    )
    word = take.choice(shape, SHAPES, "Shape")
    if word == "same":
        full = full[tuple(slice(-(-(m - 1) // 2), -(-(m - 1) // 2) + n) for n, m in zip(x.shape, y.shape, strict=True))]
    elif word == "valid":
        full = full[tuple(slice(m - 1, max(n, m - 1)) for n, m in zip(x.shape, y.shape, strict=True))]
    return norm(np.asfortranarray(full))


@builtin(keeps_single=True)
def filter2(h, x, shape="same", /):
    """
    filter2(H, X)
    filter2(H, X, shape)

    Correlation of a matrix with a kernel: conv2 with the kernel turned by 180 degrees.

    Examples
      >> filter2([1 2], [1 2 3])
      ans =
           5     8     3
      >> filter2([1 2], [1 2 3], 'valid')
      ans =
           5     8

    See also conv2, filter.
    """
    kernel = np.rot90(floats(h, "filter2"), 2)
    word = take.choice(shape, SHAPES, "Shape")
    return norm(np.asfortranarray(convolved(floats(x, "filter2"), kernel, word)))


@builtin(name="filter", outputs=2)
def filter_(nargout, b, a, x, initial=None, dim=None, /):
    """
    filter(b, a, x)
    [y, zf] = filter(b, a, x, zi)
    filter(b, a, x, zi, dim)

    A sequence through a digital filter with numerator b and denominator a; and the state it ends in.

    Examples
      >> filter(1, [1 -0.5], [1 0 0])
      ans =
          1.0000    0.5000    0.2500
      >> [y, zf] = filter([1 1], 1, [1 2 3])
      y =
           1     3     5
      zf =
           3
      >> filter([0.5 0.5], 1, [1 2; 3 4], [], 2)
      ans =
          0.5000    1.5000
          1.5000    3.5000

    See also conv, filter2, movmean.
    """
    import scipy.signal

    top, bottom = floats(b, "filter").ravel("F"), floats(a, "filter").ravel("F")
    array = floats(x, "filter")
    if not top.size:
        raise ScriptError("MATLAB:filter:emptyNumerator", "First input must not be empty.")
    if not bottom.size or bottom[0] == 0:
        raise ScriptError(
            "MATLAB:filter:zeroFirstCoefficient", "First denominator filter coefficient must be non-zero."
        )
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "filter")
    length = max(top.size, bottom.size) - 1
    shape = list(array.shape)
    shape[axis] = length
    state = np.zeros(shape)
    if initial is not None and np.size(initial):
        given = floats(initial, "filter")
        if given.size not in (np.prod(shape), length):
            raise ScriptError(
                "MATLAB:filter:wrongSizeInitialConditions",
                "Initial conditions must be a vector of length max(length(a),length(b))-1, or an array with the "
                "leading dimension of size max(length(a),length(b))-1 and with remaining dimensions matching those "
                "of x.",
            )
        state = (
            given.reshape(shape, order="F")
            if given.size == np.prod(shape)
            else np.broadcast_to(given.reshape([length if place == axis else 1 for place in range(array.ndim)]), shape)
        )
    if array.size == 0:
        return x, norm(np.asfortranarray(state))
    result, final = (
        scipy.signal.lfilter(top, bottom, array, axis=axis, zi=state)
        if length
        else (array * (top[0] / bottom[0]), state)
    )
    final = np.moveaxis(final, axis, 0)
    if array.ndim == 2 and 1 in array.shape:
        final = final.reshape(-1, 1)
    return norm(
        np.asfortranarray(result.astype(array.dtype, copy=False) if result.dtype.kind == "f" else result)
    ), norm(np.asfortranarray(final))


@builtin
def fftfilt(b, x, count=None, /):
    """
    y = fftfilt(b, x)
    y = fftfilt(b, x, n)

    Columns filtered by a long filter b (without feedback), piece by piece with Fourier transforms; n is the length of
    the pieces.

    Examples
      >> y = round(fftfilt([1 1]/2, [1 2 3 4]), 4)
      y =
          0.5000    1.5000    2.5000    3.5000
      >> y = round(fftfilt([1 1]/2, [1 2 3 4], 8), 4)
      y =
          0.5000    1.5000    2.5000    3.5000

    See also filter, conv, fft.
    """
    from scipy.signal import oaconvolve

    weights, values = floats(b, "fftfilt"), floats(x, "fftfilt")
    if count is not None:
        take.positive(count, "n")  # how long the pieces are changes nothing but the time it takes
    if weights.ndim > 2 or values.ndim > 2:
        raise ScriptError("signal:fftfilt:InvalidDimensions", "B and X must be vectors or matrices.")
    row = values.shape[0] == 1
    columns = values.reshape(-1, 1, order="F") if row else values
    filters = weights.reshape(-1, 1, order="F") if 1 in weights.shape else weights
    if filters.shape[1] > 1 and columns.shape[1] not in (1, filters.shape[1]):
        raise ScriptError(
            "signal:fftfilt:InvalidDimensions", "Filter matrix B must have the same number of columns as the input X."
        )
    width = max(filters.shape[1], columns.shape[1])
    filters = np.broadcast_to(filters, (len(filters), width))
    columns = np.broadcast_to(columns, (len(columns), width))
    found = oaconvolve(columns, filters, axes=0)[: len(columns)] if columns.size else columns
    if weights.dtype.kind != "c" and values.dtype.kind != "c":
        found = found.real
    return norm(np.asfortranarray(found.T if row and width == 1 else found))

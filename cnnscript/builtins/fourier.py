"""Fourier transforms: fft, ifft, fft2, ifft2, fftshift, ifftshift."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import axis_of, first_axis, require_memory, require_numeric, unsupported
from cnnscript.builtins.elements import narrowed
from cnnscript.builtins.registry import builtin
from cnnscript.values import take
from cnnscript.values.numeric import COMPLEX, COMPLEX_SINGLE, SINGLE, ndarray, norm


def transformed(x, count, dim, name: str, function):
    """A Fourier transform along a dimension, of a length."""
    array = require_numeric(x, name)
    if array.dtype.kind in "iu":
        raise unsupported(x, name)
    single = array.dtype in (SINGLE, COMPLEX_SINGLE)
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
    if axis >= array.ndim:
        return norm(array.astype(COMPLEX))
    length = None if count is None or np.size(count) == 0 else take.count(count, "Transform length")
    if length:
        require_memory((*array.shape[:axis], length, *array.shape[axis + 1 :]), 16)
    if length == 0 or (array.shape[axis] == 0 and length is None):
        return norm(np.zeros((*array.shape[:axis], 0, *array.shape[axis + 1 :]), array.dtype))
    result = function(array, length, axis)
    return norm(np.asfortranarray(result.astype(COMPLEX_SINGLE if single else COMPLEX)))


@builtin
def fft(x, count=None, dim=None, /):
    """
    fft(X)
    fft(X, n)
    fft(X, n, dim)

    Discrete Fourier transform along a dimension, of length n.

    Examples
      >> real(fft([1 2 3 4]))
      ans =
          10    -2    -2    -2
      >> abs(fft([1 1], 4))
      ans =
          2.0000    1.4142         0    1.4142
      >> real(fft([1 2; 3 4], [], 2))
      ans =
           3    -1
           7    -1

    See also ifft, fft2, fftshift.
    """
    return narrowed(transformed(x, count, dim, "fft", np.fft.fft))


@builtin
def ifft(x, count=None, dim=None, /):
    """
    ifft(X)
    ifft(X, n)
    ifft(X, n, dim)

    Inverse of fft; real for transforms of real sequences.

    Examples
      >> ifft(fft([1 2 3]))
      ans =
           1     2     3

    See also fft, ifft2.
    """
    result = transformed(x, count, dim, "ifft", np.fft.ifft)
    array = require_numeric(x, "ifft")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "ifft")
    return narrowed(without_rounding(result, array, (axis,)))


def without_rounding(result, array: ndarray, axes: tuple[int, ...]):
    """A result made real when what was transformed is conjugate symmetric (the transform of real numbers)."""
    if array.dtype.kind != "c" or type(result) is not ndarray or axes[-1] >= array.ndim:
        return result
    mirrored = array
    for axis in axes:
        mirrored = np.roll(np.flip(mirrored, axis), 1, axis)
    return result.real.copy(order="F") if np.array_equal(mirrored.conj(), array) else result


@builtin
def fft2(x, rows=None, columns=None, /):
    """
    fft2(X)
    fft2(X, m, n)

    Two-dimensional Fourier transform.

    Examples
      >> fft2([1 2; 3 4])
      ans =
          10    -2
          -4     0
      >> size(fft2([1 2; 3 4], 4, 3))
      ans =
           4     3

    See also ifft2, fft, fftshift.
    """
    step = transformed(x, rows, 1.0, "fft2", np.fft.fft)
    return narrowed(transformed(step, columns, 2.0, "fft2", np.fft.fft))


@builtin
def ifft2(x, rows=None, columns=None, /):
    """
    ifft2(X)
    ifft2(X, m, n)

    Inverse of fft2.

    Examples
      >> ifft2(fft2([1 2; 3 4]))
      ans =
           1     2
           3     4

    See also fft2, ifft.
    """
    step = transformed(x, rows, 1.0, "ifft2", np.fft.ifft)
    return narrowed(transformed(step, columns, 2.0, "ifft2", np.fft.ifft))


def shifted(x, dim, name: str, function):
    array = require_numeric(x, name)
    axes = range(array.ndim) if dim is None else (axis_of(dim, name),)
    return norm(np.asfortranarray(function(array, [axis for axis in axes if axis < array.ndim])))


@builtin
def fftshift(x, dim=None, /):
    """
    fftshift(X)
    fftshift(X, dim)

    The zero frequency moved to the middle.

    Examples
      >> fftshift([1 2 3 4])
      ans =
           3     4     1     2
      >> fftshift([1 2; 3 4], 1)
      ans =
           3     4
           1     2

    See also ifftshift, fft.
    """
    return shifted(x, dim, "fftshift", np.fft.fftshift)


@builtin
def ifftshift(x, dim=None, /):
    """
    ifftshift(X)
    ifftshift(X, dim)

    Inverse of fftshift.

    Examples
      >> ifftshift([1 2 3])
      ans =
           2     3     1

    See also fftshift, ifft.
    """
    return shifted(x, dim, "ifftshift", np.fft.ifftshift)

"""Fourier transforms: fft, ifft, fft2, ifft2, fftshift, ifftshift."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, require_memory, require_numeric
from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import COMPLEX, COMPLEX_SINGLE, DOUBLE, SINGLE, ndarray, norm
from cnnscript.values.text import is_text


def transformed(x, count, dim, name: str, function):
    """A Fourier transform along a dimension, of a length."""
    array = require_numeric(x, name)
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
    if result.dtype.kind == "f":
        return norm(np.asfortranarray(result.astype(SINGLE if single else DOUBLE)))
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
def ifft(x, /, *rest):
    """
    ifft(X)
    ifft(X, n)
    ifft(X, n, dim)
    ifft(..., symmetry)

    Inverse of fft; real for transforms of real sequences. 'symmetric' takes X as conjugate symmetric whatever its
    second half says, so that the answer is real; the default is 'nonsymmetric'.

    Examples
      >> ifft(fft([1 2 3]))
      ans =
           1     2     3
      >> ifft([6 -1.5+0.866i 0], 'symmetric')
      ans =
          1.0000    2.0000    3.0000

    See also fft, ifft2.
    """
    (count, dim), symmetric = lengths_and_symmetry(rest, 2)
    if symmetric:
        return transformed(x, count, dim, "ifft", of_first_half)
    result = transformed(x, count, dim, "ifft", np.fft.ifft)
    array = require_numeric(x, "ifft")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "ifft")
    return narrowed(without_rounding(result, array, (axis,)))


def lengths_and_symmetry(rest: tuple, most: int) -> tuple[list, bool]:
    """The arguments of an inverse transform after X, and whether the last of them says 'symmetric'."""
    symmetric = bool(rest) and is_text(rest[-1])
    if symmetric:
        symmetric = take.choice(rest[-1], ("symmetric", "nonsymmetric"), "Symmetry") == "symmetric"
        rest = rest[:-1]
    if len(rest) > most:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return [*rest, *[None] * (most - len(rest))], symmetric


def of_first_half(array: ndarray, length: int | None, axis: int) -> ndarray:
    """The real sequence whose transform begins with the first half of an array."""
    length = array.shape[axis] if length is None else length
    half = np.take(array, range(min(length // 2 + 1, array.shape[axis])), axis)
    return np.fft.irfft(half, length, axis)


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
def ifft2(x, /, *rest):
    """
    ifft2(X)
    ifft2(X, m, n)
    ifft2(..., symmetry)

    Inverse of fft2. 'symmetric' says that the answer is real; the default is 'nonsymmetric'.

    Examples
      >> ifft2(fft2([1 2; 3 4]))
      ans =
           1     2
           3     4
      >> ifft2([1 1i], 'symmetric')
      ans =
          0.5000    0.5000

    See also fft2, ifft.
    """
    (rows, columns), symmetric = lengths_and_symmetry(rest, 2)
    step = transformed(x, rows, 1.0, "ifft2", np.fft.ifft)
    result = narrowed(transformed(step, columns, 2.0, "ifft2", np.fft.ifft))
    return norm(np.asfortranarray(np.real(result))) if symmetric else result


def shifted(x, dim, name: str, function):
    array, back = require_parts(x, name)  # text and cells move as numbers do
    axes = range(array.ndim) if dim is None else (axis_of(dim, name),)
    return back(np.asfortranarray(function(array, [axis for axis in axes if axis < array.ndim])))


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

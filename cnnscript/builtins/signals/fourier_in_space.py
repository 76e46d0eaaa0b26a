"""Fourier transforms along all dimensions: fftn, ifftn."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.signals.fourier import transformed, without_rounding
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import norm, numel_of
from cnnscript.values.text import is_text


def along_all(x, size, name: str, function):
    """A transform along each dimension in turn, of the lengths given or its own."""
    array = require_numeric(x, name)
    lengths: list = [None] * array.ndim
    if size is not None and numel_of(size):
        wanted = take.vector(size, "Size")
        if wanted.size < array.ndim:
            raise ScriptError(
                f"MATLAB:{name}:sizeVector", "The size must have an element for each dimension of X.",
                notes=(f"X has {array.ndim} dimensions, the size {wanted.size} elements",),
            )  # fmt: skip
        lengths = [float(length) for length in wanted]
        array = array.reshape(array.shape + (1,) * (len(lengths) - array.ndim), order="F")
    found = norm(array)
    for axis, length in enumerate(lengths):
        found = transformed(found, length, axis + 1.0, name, function)
    return found


@builtin
def fftn(x, size=None, /):
    """
    Y = fftn(X)
    Y = fftn(X, sz)

    Fourier transform along all dimensions, of the size sz (padded with zeros or cut).

    Examples
      >> Y = fftn([1 2; 3 4])
      Y =
          10    -2
          -4     0
      >> Y = size(fftn(ones(2, 2, 2), [2 3 4]))
      Y =
           2     3     4

    See also ifftn, fft, fft2.
    """
    return narrowed(along_all(x, size, "fftn", np.fft.fft))


@builtin
def ifftn(x, size=None, symmetry=None, /):
    """
    X = ifftn(Y)
    X = ifftn(Y, sz)
    X = ifftn(..., 'symmetric')

    Inverse Fourier transform along all dimensions; 'symmetric' takes Y as conjugate symmetric, so that X is real.

    Examples
      >> X = ifftn([10 -2; -4 0])
      X =
           1     2
           3     4
      >> X = ifftn(fftn([1 2 3]), 'symmetric')
      X =
           1     2     3

    See also fftn, ifft, ifft2.
    """
    if size is not None and is_text(size):
        size, symmetry = None, size
    real = symmetry is not None and take.choice(symmetry, ("symmetric", "nonsymmetric"), "Symmetry") == "symmetric"
    array = require_numeric(x, "ifftn")
    found = along_all(x, size, "ifftn", np.fft.ifft)
    if real:
        return norm(np.asfortranarray(np.real(found)))
    return narrowed(without_rounding(found, array, tuple(range(array.ndim))))

"""Complex numbers: complex, real, imag, conj, isreal."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.elementary.elements import floats_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import (
    COMPLEX,
    COMPLEX_SINGLE,
    SINGLE,
    as_array,
    is_numeric,
    ndarray,
    norm,
)
from cnnscript.values.text import CharArray


@builtin(name="complex")
def complex_(real, imaginary=None, /):
    """
    complex(a)
    complex(a, b)

    Complex numbers from real and imaginary parts.

    Examples
      >> complex(3, 4)
      ans =
         3.0000 + 4.0000i
      >> isreal(complex(5))
      ans =
        logical
         0

    See also real, imag, isreal.
    """
    if imaginary is None:
        value = floats_of(real, "complex")
        if type(value) is float or type(value) is complex:
            return complex(value)
        array = as_array(value)
        result = array.astype(COMPLEX_SINGLE if array.dtype in (SINGLE, COMPLEX_SINGLE) else COMPLEX)
        return result if type(value) is ndarray else norm(result)
    from cnnscript.builtins.elementary.elements import operands

    a, b, dtype = operands(real, imaginary, "complex", floats=True)
    if dtype.kind == "c":
        raise ScriptError("MATLAB:complex:inputsMustBeReal", "Inputs must be real.")
    shape = np.broadcast_shapes(a.shape, b.shape)
    result = np.empty(shape, COMPLEX_SINGLE if dtype == SINGLE else COMPLEX, order="F")
    result.real, result.imag = a, b
    return norm(result)


@builtin(name="real")
def real_(z, /):
    """
    real(Z)

    Real part of each element.

    Examples
      >> real(3+4i)
      ans =
           3

    See also imag, conj, complex.
    """
    return parts(z, "real", np.real)


@builtin
def imag(z, /):
    """
    imag(Z)

    Imaginary part of each element.

    Examples
      >> imag(3+4i)
      ans =
           4

    See also real, conj, complex.
    """
    return parts(z, "imag", np.imag)


@builtin
def conj(z, /):
    """
    conj(Z)

    Complex conjugate of each element.

    Examples
      >> conj(3+4i)
      ans =
         3.0000 - 4.0000i

    See also real, imag, ctranspose.
    """
    return parts(z, "conj", np.conj)


def parts(z, name: str, function):
    from cnnscript.builtins.elementary.elements import numbers_of

    value = numbers_of(z, name)
    if type(value) is ndarray:
        return norm(np.array(function(value), order="F"))
    return norm(function(value)) if type(value) is not float else (0.0 if name == "imag" else value)


@builtin
def isreal(x, /):
    """
    isreal(X)

    True for arrays that hold no complex numbers.

    Examples
      >> isreal([1 2i])
      ans =
        logical
         0

    See also complex, isnumeric.
    """
    if type(x) is complex:
        return False
    dtype = getattr(x, "dtype", None)
    if dtype is not None:
        return dtype.kind not in "cO"
    return is_numeric(x) or type(x) in (bool, str) or type(x) is CharArray

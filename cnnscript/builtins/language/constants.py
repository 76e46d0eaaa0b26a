"""Numbers with names: pi, eps, i, realmax, realmin, intmax, intmin, flintmax."""

from __future__ import annotations

import math

import numpy as np

from cnnscript.builtins.arrays.dimensions import unsupported
from cnnscript.builtins.registry import alias, builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DTYPE_OF_CLASS, INTEGER_CLASSES, class_of, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none


@builtin
def pi():
    """
    pi

    The ratio of a circle's circumference to its diameter.

    Examples
      >> pi
      ans =
          3.1416

    See also eps, Inf, NaN.
    """
    return math.pi


@builtin
def i():
    """
    i

    The imaginary unit.

    Examples
      >> 2*i
      ans =
         0.0000 + 2.0000i

    See also complex, imag.
    """
    return 1j


alias("j", "i")


def float_class(args: tuple, name: str) -> np.dtype:
    """The float class asked for by name or by 'like' and a prototype; double for no argument."""
    if not args:
        return DTYPE_OF_CLASS["double"]
    word = text_or_none(args[0]) if is_text(args[0]) else None
    if word == "like" and len(args) == 2:
        word = class_of(args[1])
    if word not in ("double", "single") or len(args) > 2:
        raise ScriptError(
            f"MATLAB:{name}:invalidClassName",
            "Input must be the string 'single' or 'double'.",
            notes=(f"{name} got {described(args[0])}",),
        )
    return DTYPE_OF_CLASS[word]


@builtin
def eps(*args):
    """
    eps
    eps(x)
    eps(classname)

    Distance from 1, or from abs(x), to the next larger number of its class.

    Examples
      >> eps
      ans =
         2.2204e-16
      >> eps(1000)
      ans =
         1.1369e-13
      >> eps('single')
      ans =
        single
         1.1921e-07

    See also realmax, realmin, intmax.
    """
    if len(args) == 1 and not is_text(args[0]):
        x = args[0]
        if type(x) is float:
            return math.ulp(x) if math.isfinite(x) else math.nan
        if class_of(x) not in ("double", "single"):
            raise unsupported(x, "eps")
        with np.errstate(all="ignore"):
            size = np.abs(x)
            spacing = np.spacing(size)
        result = np.where(np.isfinite(size), spacing, np.nan).astype(spacing.dtype)
        return norm(result if type(x) is ndarray else result[()])
    return norm(np.finfo(float_class(args, "eps")).eps)


@builtin
def realmax(*args):
    """
    realmax
    realmax(classname)

    Largest positive number of a float class.

    Examples
      >> realmax
      ans =
        1.7977e+308
      >> realmax('single')
      ans =
        single
         3.4028e+38

    See also realmin, intmax, flintmax, eps.
    """
    return norm(np.finfo(float_class(args, "realmax")).max)


@builtin
def realmin(*args):
    """
    realmin
    realmin(classname)

    Smallest positive normalised number of a float class.

    Examples
      >> realmin
      ans =
        2.2251e-308
      >> realmin('single')
      ans =
        single
         1.1755e-38

    See also realmax, intmin, eps.
    """
    return norm(np.finfo(float_class(args, "realmin")).tiny)


@builtin
def flintmax(*args):
    """
    flintmax
    flintmax(classname)

    Largest of the whole numbers that a float class holds without gaps.

    Examples
      >> flintmax
      ans =
         9.0072e+15
      >> flintmax('single')
      ans =
        single
          16777216

    See also realmax, intmax.
    """
    dtype = float_class(args, "flintmax")
    return norm(dtype.type(2.0 ** (53 if dtype.itemsize == 8 else 24)))


def integer_limits(args: tuple, name: str) -> np.iinfo:
    """The limits of the integer class asked for: by name, by a variable of it, by 'like'; int32 for no argument."""
    if not args:
        return np.iinfo(np.int32)
    word = text_or_none(args[0]) if is_text(args[0]) else class_of(args[0])
    if word == "like" and len(args) == 2:
        word = class_of(args[1])
    if word not in INTEGER_CLASSES:
        raise ScriptError(
            f"MATLAB:{name}:invalidClassName",
            f"Invalid class name for {name.upper()}.",
            notes=(f"got '{word}', which is no integer class",),
        )
    return np.iinfo(word)


@builtin
def intmax(*args):
    """
    intmax
    intmax(classname)
    intmax(x)

    Largest number of an integer class (int32), or of the class of a variable.

    Examples
      >> intmax
      ans =
        int32
         2147483647
      >> intmax('uint8')
      ans =
        uint8
         255

    See also intmin, realmax, flintmax.
    """
    limits = integer_limits(args, "intmax")
    return limits.dtype.type(limits.max)


@builtin
def intmin(*args):
    """
    intmin
    intmin(classname)
    intmin(x)

    Smallest number of an integer class (int32), or of the class of a variable.

    Examples
      >> intmin('int8')
      ans =
        int8
         -128

    See also intmax, realmin.
    """
    limits = integer_limits(args, "intmin")
    return limits.dtype.type(limits.min)

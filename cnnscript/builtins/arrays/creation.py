"""Arrays made from a size or a range: zeros, ones, eye, true, false, Inf, NaN, colon, linspace, logspace."""

from __future__ import annotations

from math import inf, nan

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory, shape_from
from cnnscript.builtins.elementary.elements import floats_of
from cnnscript.builtins.registry import alias, builtin
from cnnscript.errors import ScriptError
from cnnscript.values import ranges, take
from cnnscript.values.categorical import Categorical
from cnnscript.values.memory import out_of_memory
from cnnscript.values.numeric import (
    COMPLEX,
    COMPLEX_SINGLE,
    DOUBLE,
    DTYPE_OF_CLASS,
    INTEGER_CLASSES,
    LOGICAL,
    SINGLE,
    as_array,
    class_of,
    ndarray,
    norm,
    numel_of,
)
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray, elements, struct_array
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import CharArray, String, chars, codes_of, is_text, text_or_none

FLOAT_CLASSES = frozenset(("double", "single"))

NUMERIC_CLASSES = FLOAT_CLASSES | INTEGER_CLASSES


def class_arguments(args: tuple, name: str, classes=NUMERIC_CLASSES) -> tuple[tuple, np.dtype]:
    """The size arguments, and the class that `..., 'int8'` or `..., 'like', prototype` asks for."""
    dtype = DOUBLE
    if len(args) >= 2 and is_text(args[-2]) and (text_or_none(args[-2]) or "").lower() == "like":
        word = class_of(args[-1])
        if word not in classes:
            raise ScriptError(
                f"MATLAB:{name}:invalidPrototype",
                f"Prototype of class '{word}' is not supported.",
                notes=(f"{name} got it after 'like'",),
            )
        dtype = DTYPE_OF_CLASS[word]
        if type(args[-1]) is complex or getattr(args[-1], "dtype", DOUBLE).kind == "c":
            dtype = COMPLEX_SINGLE if word == "single" else COMPLEX
        args = args[:-2]
    elif args and is_text(args[-1]):
        word = text_or_none(args[-1]) or ""
        if word not in classes:
            if word.lower() == "like":
                raise ScriptError(
                    "MATLAB:minrhs", "Not enough input arguments.", notes=("'like' needs a prototype after it",)
                )
            raise ScriptError(
                f"MATLAB:{name}:invalidInputClass",
                'Trailing string input must be a valid numeric class name or "like".',
                notes=(f"{name} got {described(args[-1])}",),
            )
        dtype = DTYPE_OF_CLASS[word]
        args = args[:-1]
    return args, dtype


def filled(args: tuple, name: str, fill, classes=NUMERIC_CLASSES):
    """An array of one number, from the arguments of zeros, ones, Inf, ..."""
    args, dtype = class_arguments(args, name, classes)
    shape = shape_from(args, name)
    if len(shape) == 2 and shape[0] == 1 and shape[1] == 1:
        return norm(dtype.type(fill))
    require_memory(shape, dtype.itemsize)
    try:
        if fill == 0:
            return np.zeros(shape, dtype, order="F")
        result = np.empty(shape, dtype, order="F")
    except (MemoryError, ValueError):
        raise out_of_memory() from None
    result.fill(fill)
    return result


@builtin
def zeros(*args):
    """
    zeros
    zeros(n)
    zeros(m, n, ...)
    zeros([m n ...])
    zeros(..., classname)
    zeros(..., 'like', p)

    An array of zeros.

    Examples
      >> zeros(2, 3)
      ans =
           0     0     0
           0     0     0
      >> zeros([1 3], 'uint8')
      ans =
        1×3 uint8 row vector
         0   0   0
      >> class(zeros(1, 'like', single(1)))
      ans =
          'single'

    See also ones, eye, repmat, false.
    """
    if len(args) == 2:
        rows, columns = args
        if type(rows) is float is type(columns) and rows >= 1.0 <= columns and 1.0 < rows * columns < 1e6:
            m, n = int(rows), int(columns)
            if m == rows and n == columns:
                return np.zeros((m, n), order="F")
    return filled(args, "zeros", 0.0)


@builtin
def ones(*args):
    """
    ones
    ones(n)
    ones(m, n, ...)
    ones([m n ...])
    ones(..., classname)
    ones(..., 'like', p)

    An array of ones.

    Examples
      >> ones(2)
      ans =
           1     1
           1     1
      >> ones(1, 2, 'int8')
      ans =
        1×2 int8 row vector
         1   1

    See also zeros, eye, repmat, true.
    """
    return filled(args, "ones", 1.0)


@builtin(name="true")
def true_(*args):
    """
    true
    true(n)
    true(m, n, ...)

    Logical 1, or an array of it.

    Examples
      >> true
      ans =
        logical
         1
      >> true(1, 2)
      ans =
        1×2 logical array
         1   1

    See also false, logical, ones.
    """
    return filled_logical(args, "true", True) if args else True


@builtin(name="false")
def false_(*args):
    """
    false
    false(n)
    false(m, n, ...)

    Logical 0, or an array of it.

    Examples
      >> false(1, 3)
      ans =
        1×3 logical array
         0   0   0

    See also true, logical, zeros.
    """
    return filled_logical(args, "false", False) if args else False


def filled_logical(args: tuple, name: str, fill: bool):
    if len(args) >= 2 and is_text(args[-2]) and (text_or_none(args[-2]) or "").lower() == "like":
        args = args[:-2]
    shape = shape_from(args, name)
    if shape == (1, 1):
        return fill
    require_memory(shape, 1)
    return np.full(shape, fill, LOGICAL, order="F")


@builtin(name="Inf")
def infinity(*args):
    """
    Inf
    Inf(n)
    Inf(m, n, ...)
    Inf(..., classname)

    Infinity, or an array of it.

    Examples
      >> Inf(1, 2)
      ans =
         Inf   Inf

    See also NaN, isinf, realmax.
    """
    return filled(args, "Inf", inf, FLOAT_CLASSES) if args else inf


@builtin(name="NaN")
def not_a_number(*args):
    """
    NaN
    NaN(n)
    NaN(m, n, ...)
    NaN(..., classname)

    Not a number, or an array of it.

    Examples
      >> NaN(1, 2)
      ans =
         NaN   NaN

    See also Inf, isnan.
    """
    return filled(args, "NaN", nan, FLOAT_CLASSES) if args else nan


alias("inf", "Inf")

alias("nan", "NaN")


@builtin
def eye(*args):
    """
    eye
    eye(n)
    eye(m, n)
    eye([m n])
    eye(..., classname)

    Identity matrix: ones on the diagonal, zeros elsewhere.

    Examples
      >> eye(2)
      ans =
           1     0
           0     1
      >> eye(2, 3)
      ans =
           1     0     0
           0     1     0

    See also zeros, ones, diag.
    """
    args, dtype = class_arguments(args, "eye", NUMERIC_CLASSES)
    shape = shape_from(args, "eye")
    if len(shape) > 2:
        raise ScriptError(
            "MATLAB:eye:ndarray", "N-dimensional arrays are not supported.", notes=("eye takes one or two sizes",)
        )
    require_memory(shape, dtype.itemsize)
    return norm(np.eye(shape[0], shape[1], dtype=dtype, order="F"))


@builtin
def colon(start, step, stop=None, /):
    """
    colon(j, k)
    colon(j, i, k)

    The range j:k or j:i:k as a function.

    Examples
      >> colon(1, 3)
      ans =
           1     2     3
      >> colon(1, 2, 5)
      ans =
           1     3     5

    See also linspace.
    """
    if stop is None:
        return ranges.colon(start, None, step)
    return ranges.colon(start, step, stop)


@builtin
def linspace(first, last, count=100.0, /):
    """
    linspace(a, b)
    linspace(a, b, n)

    A row of n (100) evenly spaced points from a to b, ends included; b alone for n = 1, none for n < 1.

    Examples
      >> linspace(0, 1, 5)
      ans =
               0    0.2500    0.5000    0.7500    1.0000
      >> size(linspace(0, 1))
      ans =
           1   100

    See also logspace, colon.
    """
    a, b = floats_of(first, "linspace"), floats_of(last, "linspace")
    if numel_of(a) != 1 or numel_of(b) != 1 or numel_of(count) != 1:
        raise ScriptError("MATLAB:linspace:scalarInputs", "Inputs must be scalars.")
    number = float(np.floor(take.array(count, "Number of points").real.item()))
    if number != number or number == inf:
        raise ScriptError("MATLAB:linspace:nonFiniteN", "Number of points must be finite.", notes=(f"got {number:g}",))
    points = max(0, int(number))
    require_memory((1, points), 8)
    dtype = SINGLE if class_of(a) == "single" or class_of(b) == "single" else DOUBLE
    if points < 2:
        return norm(np.array([[b]])[:, :points].astype(np.result_type(dtype, np.asarray(b).dtype)))
    steps = np.arange(points, dtype=DOUBLE)
    if a == -b and points > 2:
        values = b * ((2 * steps - (points - 1)) / (points - 1))  # symmetric about an exact 0
    else:
        values = a + steps * ((b - a) / (points - 1))
    values[0], values[-1] = a, b
    if values.dtype.kind != "c":
        values = values.astype(dtype)
    return norm(values)


@builtin
def logspace(first, last, count=50.0, /):
    """
    logspace(a, b)
    logspace(a, b, n)

    A row of n (50) points from 10^a to 10^b, evenly spaced in their logarithms.

    Examples
      >> logspace(0, 2, 3)
      ans =
           1    10   100

    See also linspace.
    """
    exponents = linspace(first, last, count)
    return norm(np.power(10.0, exponents))


# -------------------------------------------------------------------------------------------------------- repetition
def parts_of(value):
    """A value's elements as an array that can be indexed and reshaped, and the function that makes a value of one;
    None twice for an object that is no array."""
    kind = type(value)
    if kind is ndarray or kind in (float, bool, complex) or isinstance(value, np.generic):
        return as_array(value), norm
    if kind is str or kind is CharArray:
        return codes_of(value), chars
    if kind is String:
        return value.data, lambda array: String(array, value.untyped)
    if kind is Struct or kind is StructArray:
        return elements(value), lambda array: struct_array(value.names(), array)
    if kind is Categorical:
        return value.codes, lambda array: Categorical(array, value.names, value.ordinal, value.protected)
    return value.parts() if isinstance(value, Object) else (None, None)


def require_parts(value, name: str):
    """`parts_of`, or MATLAB's error for an object that is no array."""
    array, back = parts_of(value)
    if array is None:
        raise unfit_inputs(name, f"got an object of class {class_of(value)}")
    return array, back

"""Sums, products, means and tests along dimensions: sum, prod, mean, any, all, nnz, cumsum, cumprod, diff."""

from __future__ import annotations

from math import prod as prod_of

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    CLASS_WORDS,
    MISSING_WORDS,
    WHOLE,
    axis_of,
    first_axis,
    read_options,
    reduced_axes,
    require_numeric,
    unsupported,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import DOUBLE, as_array, class_of, fortran, ndarray, norm, saturated
from cnnscript.values.take import described


def reduction(x, rest: tuple, name: str) -> tuple[ndarray, tuple[int, ...], dict]:
    """The array, the axes to collapse and the words of `sum(A, dim, outtype, nanflag)`."""
    array = require_numeric(x, name)
    values, words = read_options(rest, name, whole=WHOLE, missing=MISSING_WORDS, kind=CLASS_WORDS)
    if not values and "whole" not in words and array.shape == (0, 0):
        return array, (0, 1), words
    return array, reduced_axes(values, "whole" in words, array.shape, name), words


def accumulator(array: ndarray, words: dict, name: str) -> tuple[np.dtype, np.dtype]:
    """The class in which sums accumulate and the class of the result: floats in their own, all else in double."""
    own = array.dtype
    kind = words.get("kind", "default")
    if own.kind in "fc":
        if kind == "double" and own.itemsize == (4 if own.kind == "f" else 8):
            own = np.dtype(np.float64 if own.kind == "f" else np.complex128)
        return own, own
    if kind == "native":
        if own.kind == "b" and name in ("prod", "mean"):
            raise ScriptError(
                f"MATLAB:{name}:invalidNative", f"Native accumulation of logical is not supported by {name}."
            )
        return DOUBLE, own
    return DOUBLE, DOUBLE


def finished(result, dtype: np.dtype):
    """A result of `keepdims` form in the class asked for."""
    if dtype.kind in "iu":
        return norm(saturated(np.asarray(result), dtype))
    if dtype.kind == "b":
        return norm(np.asarray(result) != 0)
    return norm(fortran(result) if type(result) is ndarray else result)


def present(array: ndarray, axes: tuple[int, ...]) -> tuple[int, ...]:
    """Those axes that the array has."""
    return axes if axes[-1] < array.ndim else tuple(axis for axis in axes if axis < array.ndim)


@builtin(name="sum")
def sum_(x, /, *rest):
    """
    sum(A)
    sum(A, dim)
    sum(A, [dim1 dim2 ...])
    sum(A, 'all')
    sum(..., outtype)
    sum(..., nanflag)

    Sum of the elements along a dimension (the first longer than 1), dimensions, or all of them.

    Integers and logicals are summed as double unless the type is 'native'.  'omitnan' leaves NaN out.

    Examples
      >> sum([1 2; 3 4])
      ans =
           4     6
      >> sum([1 2; 3 4], 2)
      ans =
           3
           7
      >> sum(ones(2, 3, 4), [1 2])
      ans(:,:,1) =
           6
      ans(:,:,2) =
           6
      ans(:,:,3) =
           6
      ans(:,:,4) =
           6
      >> sum([1 NaN; 3 4], 'all', 'omitnan')
      ans =
           8
      >> sum(int8([100 100]), 'native')
      ans =
        int8
         127

    See also prod, mean, cumsum, nnz.
    """
    if not rest and type(x) is ndarray and x.dtype == DOUBLE and x.ndim == 2 and x.size:
        if 1 in x.shape:
            return float(np.add.reduce(x, axis=None))
        return np.add.reduce(x, axis=0).reshape(1, -1)
    array, axes, words = reduction(x, rest, "sum")
    accumulate, result = accumulator(array, words, "sum")
    axes = present(array, axes)
    if words.get("missing") and array.dtype.kind in "fc":
        array = np.where(np.isnan(array), array.dtype.type(0), array)
    if result.kind in "iu" and result.itemsize == 8:
        return whole_reduced(np.add, array, axes, result)
    return finished(np.add.reduce(array, axis=axes, dtype=accumulate, keepdims=True), result)


def whole_reduced(function, array: ndarray, axes: tuple[int, ...], dtype: np.dtype):
    """A sum or product of 64-bit integers, which doubles would round, in whole numbers of any length."""
    exact = np.asarray(function.reduce(array.astype(object), axis=axes, keepdims=True))
    limits = np.iinfo(dtype)
    held = [min(max(int(number), int(limits.min)), int(limits.max)) for number in exact.ravel("F").tolist()]
    return norm(np.array(held, dtype).reshape(exact.shape, order="F"))


@builtin(name="prod")
def prod(x, /, *rest):
    """
    prod(A)
    prod(A, dim)
    prod(A, [dim1 dim2 ...])
    prod(A, 'all')
    prod(..., outtype)
    prod(..., nanflag)

    Product of the elements along a dimension, dimensions, or all of them.

    Examples
      >> prod([1 2; 3 4])
      ans =
           3     8
      >> prod([1 2; 3 4], 'all')
      ans =
          24

    See also sum, cumprod.
    """
    array, axes, words = reduction(x, rest, "prod")
    accumulate, result = accumulator(array, words, "prod")
    axes = present(array, axes)
    if words.get("missing") and array.dtype.kind in "fc":
        array = np.where(np.isnan(array), array.dtype.type(1), array)
    if result.kind in "iu" and result.itemsize == 8:
        return whole_reduced(np.multiply, array, axes, result)
    return finished(np.multiply.reduce(array, axis=axes, dtype=accumulate, keepdims=True), result)


@builtin
def mean(x, /, *rest, Weights=None):
    """
    mean(A)
    mean(A, dim)
    mean(A, [dim1 dim2 ...])
    mean(A, 'all')
    mean(..., outtype)
    mean(..., nanflag)
    mean(..., Weights=W)

    Average of the elements along a dimension, dimensions, or all of them.

    Options
      Weights  how much each element counts: a vector along the dimension, or an array as large as A

    Examples
      >> mean([1 2; 3 5])
      ans =
          2.0000    3.5000
      >> mean([1 2; 3 5], 2)
      ans =
          1.5000
          4.0000
      >> mean([1 NaN 3], 'omitnan')
      ans =
           2
      >> mean([1 2 6], Weights=[1 2 1])
      ans =
          2.7500

    See also median, mode, sum, std.
    """
    if Weights is not None:
        return weighted_mean(x, rest, Weights)
    if not rest and type(x) is ndarray and x.dtype == DOUBLE and x.ndim == 2 and 1 in x.shape and x.size:
        return float(np.add.reduce(x, axis=None)) / x.size
    array, axes, words = reduction(x, rest, "mean")
    accumulate, result = accumulator(array, words, "mean")
    axes = present(array, axes)
    if words.get("missing") and array.dtype.kind in "fc":
        lost = np.isnan(array)
        total = np.add.reduce(np.where(lost, array.dtype.type(0), array), axis=axes, dtype=accumulate, keepdims=True)
        count = np.add.reduce(~lost, axis=axes, dtype=DOUBLE, keepdims=True).astype(accumulate)
        return finished(total / count, result)
    total = np.add.reduce(array, axis=axes, dtype=accumulate, keepdims=True)
    count = prod_of(array.shape[axis] for axis in axes)
    return finished(total / accumulate.type(count), result)


def weighted_mean(x, rest: tuple, weights):
    """The mean of elements that do not all count the same."""
    array, axes, words = reduction(x, rest, "mean")
    accumulate, result = accumulator(array, words, "mean")
    axes = present(array, axes)
    share = weights_along(weights, array.shape, axes, "mean").astype(accumulate, copy=False)
    if words.get("missing") and array.dtype.kind in "fc":
        lost = np.isnan(array)
        array, share = np.where(lost, array.dtype.type(0), array), np.where(lost, 0, share)
    total = np.add.reduce(share * array, axis=axes, dtype=accumulate, keepdims=True)
    return finished(total / np.add.reduce(share, axis=axes, dtype=accumulate, keepdims=True), result)


def weights_along(weights, shape: tuple[int, ...], axes: tuple[int, ...], name: str) -> ndarray:
    """Weights of all elements, from an array of them or from a vector along the one dimension worked along."""
    given = require_numeric(weights, name)
    if given.dtype.kind == "c" or not (given >= 0).all():
        raise ScriptError(f"MATLAB:{name}:invalidWeight", "Weights must be real and nonnegative.")
    if given.shape == shape:
        return given.astype(DOUBLE)
    if len(axes) == 1 and given.ndim == 2 and 1 in given.shape and given.size == shape[axes[0]]:
        lengths = [1] * len(shape)
        lengths[axes[0]] = given.size
        return np.broadcast_to(given.astype(DOUBLE).reshape(lengths), shape)
    raise ScriptError(
        f"MATLAB:{name}:invalidSizeWgts",
        "Weights must be a vector with the same length as the operating dimension, or an array with the same size as "
        "the input data.",
        notes=(f"got {described(weights)}",),
    )


# ------------------------------------------------------------------------------------------------------------ tests
def is_short(x) -> bool:
    """Is this a real double vector of one to seven elements?"""
    return type(x) is ndarray and x.dtype is DOUBLE and x.ndim == 2 and 0 < x.size < 8 and 1 in x.shape


def tested(x, rest: tuple, name: str, function):
    """any or all."""
    if (
        type(x) is ndarray
        and x.dtype.kind == "O"
        or not hasattr(x, "dtype")
        and class_of(x) not in ("double", "logical", "char")
    ):
        raise unsupported(x, name)
    array = require_numeric(x, name)
    values, words = read_options(rest, name, whole=WHOLE)
    if not values and not words and array.shape == (0, 0):
        axes = (0, 1)
    else:
        axes = reduced_axes(values, "whole" in words, array.shape, name)
    if name == "any" and array.dtype.kind in "fc":
        array = (array != 0) & ~np.isnan(array)
    flags = array if array.dtype.kind == "b" else array != 0
    return norm(fortran(function(flags, axis=present(array, axes), keepdims=True)))


@builtin(name="any")
def any_(x, /, *rest):
    """
    any(A)
    any(A, dim)
    any(A, [dim1 dim2 ...])
    any(A, 'all')

    Whether any element along a dimension is true or not 0.

    Examples
      >> any([0 0; 0 1])
      ans =
        1×2 logical array
         0   1
      >> any([0 0; 0 1], 'all')
      ans =
        logical
         1

    See also all, nnz, find.
    """
    if not rest and type(x) is ndarray and x.dtype.kind == "b" and x.ndim == 2 and 1 in x.shape:
        return bool(x.any())
    if not rest and is_short(x):
        return any(number != 0.0 and number == number for number in x.ravel().tolist())
    return tested(x, rest, "any", np.any)


@builtin(name="all")
def all_(x, /, *rest):
    """
    all(A)
    all(A, dim)
    all(A, [dim1 dim2 ...])
    all(A, 'all')

    Whether all elements along a dimension are true or not 0.

    Examples
      >> all([1 0; 1 1])
      ans =
        1×2 logical array
         1   0
      >> all([1 0; 1 1], 2)
      ans =
        2×1 logical array
         0
         1

    See also any, nnz.
    """
    if not rest and type(x) is ndarray and x.dtype.kind == "b" and x.ndim == 2 and 1 in x.shape:
        return bool(x.all())
    return tested(x, rest, "all", np.all)


@builtin
def nnz(x, /):
    """
    nnz(A)

    How many elements are not 0.

    Examples
      >> nnz([1 0 3])
      ans =
           2

    See also find, any, sum.
    """
    return float(np.count_nonzero(require_numeric(x, "nnz")))


# ------------------------------------------------------------------------------------------------------- cumulative
DIRECTIONS = {"forward": False, "reverse": True}


def running(x, rest: tuple, name: str, function, neutral: float):
    """cumsum or cumprod: integers keep their class (saturating), logical and char become double."""
    array = require_numeric(x, name)
    values, words = read_options(rest, name, missing=MISSING_WORDS, direction=DIRECTIONS)
    if len(values) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    axis = axis_of(values[0], name) if values else first_axis(array.shape)
    if array.dtype.kind == "b" or class_of(x) == "char":
        array = array.astype(DOUBLE)
    if axis >= array.ndim:
        return norm(array)
    if words.get("missing") and array.dtype.kind in "fc":
        array = np.where(np.isnan(array), array.dtype.type(neutral), array)
    backwards = words.get("direction")
    if backwards:
        array = np.flip(array, axis)
    if array.dtype.kind in "iu":
        result = saturating_scan(array, axis, function)
    else:
        result = function.accumulate(array, axis=axis)
    if backwards:
        result = np.flip(result, axis)
    return norm(np.asfortranarray(result))


def saturating_scan(array: ndarray, axis: int, function) -> ndarray:
    """A running sum or product of integers, each step held to the range of the class."""
    if array.dtype.itemsize == 8 and array.size:
        return exact_scan(array, axis, function)
    whole = function.accumulate(array.astype(DOUBLE), axis=axis)
    limits = np.iinfo(array.dtype)
    if array.size == 0 or whole.min() >= limits.min and whole.max() <= limits.max:
        return saturated(whole, array.dtype)
    moved = np.moveaxis(array.astype(DOUBLE), axis, 0)
    result = np.empty_like(moved)
    total = moved[0]
    result[0] = total
    for place in range(1, moved.shape[0]):
        total = np.clip(function(total, moved[place]), float(limits.min), float(limits.max))
        result[place] = total
    return saturated(np.moveaxis(result, 0, axis), array.dtype)


def exact_scan(array: ndarray, axis: int, function) -> ndarray:
    """The same for 64 bits, where doubles would round: in whole numbers of any length unless all stay small."""
    rough = np.abs(function.accumulate(np.abs(array.astype(DOUBLE)), axis=axis))
    if rough.max() < 2.0**62:
        return function.accumulate(array, axis=axis)
    limits = np.iinfo(array.dtype)
    moved = np.moveaxis(array, axis, 0)
    result = np.empty_like(moved)
    total = moved[0].astype(object)
    result[0] = moved[0]
    for place in range(1, moved.shape[0]):
        total = np.clip(function(total, moved[place].astype(object)), int(limits.min), int(limits.max))
        result[place] = total
    return np.moveaxis(result, 0, axis)


@builtin
def cumsum(x, /, *rest):
    """
    cumsum(A)
    cumsum(A, dim)
    cumsum(..., direction)
    cumsum(..., nanflag)

    Running sum along a dimension, 'forward' or 'reverse'.

    Examples
      >> cumsum([1 2 3])
      ans =
           1     3     6
      >> cumsum([1 2; 3 4], 2)
      ans =
           1     3
           3     7
      >> cumsum([1 2 3], 'reverse')
      ans =
           6     5     3

    See also sum, cumprod, cummax.
    """
    if not rest and type(x) is ndarray and x.dtype == DOUBLE and x.ndim == 2 and 1 in x.shape and x.size:
        return np.add.accumulate(x.ravel("F")).reshape(x.shape, order="F")
    return running(x, rest, "cumsum", np.add, 0.0)


@builtin
def cumprod(x, /, *rest):
    """
    cumprod(A)
    cumprod(A, dim)
    cumprod(..., direction)
    cumprod(..., nanflag)

    Running product along a dimension, 'forward' or 'reverse'.

    Examples
      >> cumprod([1 2 3 4])
      ans =
           1     2     6    24

    See also prod, cumsum.
    """
    return running(x, rest, "cumprod", np.multiply, 1.0)


# ------------------------------------------------------------------------------------------------------ differences
@builtin
def diff(x, order=1.0, dim=None, /):
    """
    diff(X)
    diff(X, n)
    diff(X, n, dim)

    Differences of neighbours along a dimension, n times.

    Examples
      >> diff([1 4 9 16])
      ans =
           3     5     7
      >> diff([1 4 9 16], 2)
      ans =
           2     2
      >> diff([1 4; 9 16], 1, 2)
      ans =
           3
           7

    See also sum, cumsum, gradient.
    """
    array = require_numeric(x, "diff")
    times = 1 if type(order) is ndarray and order.size == 0 else take.integer(order, "Difference order N")
    if times < 1:
        raise ScriptError(
            "MATLAB:diff:differenceOrderMustBePositiveInteger",
            "Difference order N must be a positive integer scalar.",
            notes=(f"got {described(order)}",),
        )
    if array.dtype.kind == "b":
        array = array.astype(DOUBLE)
    for _ in range(times):
        axis = first_axis(array.shape) if dim is None else axis_of(dim, "diff")
        if axis >= array.ndim or array.shape[axis] <= 1:
            shape = list(array.shape)
            if dim is None and array.size <= 1:
                return np.zeros((0, 0), array.dtype, order="F")
            if axis < array.ndim:
                shape[axis] = 0
            else:
                shape += [1] * (axis - array.ndim) + [0]
            return np.zeros(shape, array.dtype, order="F")
        later = array[(slice(None),) * axis + (slice(1, None),)]
        earlier = array[(slice(None),) * axis + (slice(None, -1),)]
        array = as_array(operators.minus(later, earlier)) if array.dtype.kind in "iu" else later - earlier
    return norm(fortran(array))

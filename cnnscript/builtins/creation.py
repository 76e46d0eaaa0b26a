"""Arrays made from a size or a range: zeros, ones, eye, true, Inf, linspace, colon, repmat, meshgrid, ..."""

from __future__ import annotations

from math import inf, nan

import numpy as np

from cnnscript.builtins.dimensions import length_of, require_memory, require_numeric, shape_from, trimmed
from cnnscript.builtins.elements import floats_of, rows_together
from cnnscript.builtins.registry import alias, builtin
from cnnscript.errors import ScriptError
from cnnscript.values import ranges
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
    is_numeric,
    ndarray,
    norm,
    numel_of,
)
from cnnscript.values.take import described
from cnnscript.values.text import CharArray, String, is_text, text_or_none

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
        return np.full(shape, fill, dtype, order="F")
    except (MemoryError, ValueError):
        raise ScriptError("MATLAB:nomem", "Out of memory.", notes=(f"{name} asked for {shape}",)) from None


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
        if type(rows) is float is type(columns) and rows > 1.0 < columns and rows * columns < 1e6:
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

    A row of n (100) evenly spaced points from a to b, ends included.

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
    number = float(np.floor(as_array(count).real.item()))
    if number != number or number == inf:
        raise ScriptError("MATLAB:linspace:nonFiniteN", "Number of points must be finite.", notes=(f"got {number:g}",))
    points = max(1, int(number))
    require_memory((1, points), 8)
    dtype = SINGLE if class_of(a) == "single" or class_of(b) == "single" else DOUBLE
    if points == 1:
        return norm(np.array([[b]]).astype(np.result_type(dtype, np.asarray(b).dtype)))
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
    """A value's elements as an array that can be indexed and reshaped, and the function that makes a value of one."""
    kind = type(value)
    if kind is ndarray:
        return value, lambda array: norm(array)
    if kind is str or kind is CharArray:
        from cnnscript.values.text import chars, codes_of

        return codes_of(value), chars
    if kind is String:
        return value.data, String
    if kind in (float, bool, complex) or isinstance(value, np.generic):
        return as_array(value), lambda array: norm(array)
    name = kind.__name__
    if name in ("Struct", "StructArray"):
        from cnnscript.values.structs import elements, struct_array

        return elements(value), lambda array: struct_array(value.names(), array)
    if name == "Categorical":
        return value.codes, lambda array: kind(array, value.names, value.ordinal, value.protected)
    return None, None


def require_parts(value, name: str):
    """`parts_of`, or MATLAB's error for an object that is no array."""
    array, back = parts_of(value)
    if array is None:
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Incorrect number or types of inputs or outputs for function '{name}'.",
            notes=(f"got an object of class {class_of(value)}",),
        )
    return array, back


@builtin
def repmat(x, first, /, *rest):
    """
    repmat(A, n)
    repmat(A, m, n, ...)
    repmat(A, [m n ...])

    Copies of an array, laid beside each other.

    Examples
      >> repmat([1 2], 2, 2)
      ans =
           1     2     1     2
           1     2     1     2
      >> repmat('ab', 1, 3)
      ans =
          'ababab'

    See also repelem, cat, kron.
    """
    lengths: list[int] = []
    for item in (first, *rest):
        if type(item) is ndarray:
            lengths += [length_of(norm(part), "repmat") for part in item.ravel("F")]
        else:
            lengths.append(length_of(item, "repmat"))
    if len(lengths) == 1:
        lengths *= 2
    array, back = require_parts(x, "repmat")
    shape = array.shape + (1,) * (len(lengths) - array.ndim)
    lengths += [1] * (len(shape) - len(lengths))
    total = tuple(a * b for a, b in zip(shape, lengths, strict=True))
    require_memory(total, array.dtype.itemsize)
    if array.size == 1:
        result = np.empty(total, array.dtype, order="F")
        result[...] = array.item() if array.dtype != object else array.reshape(-1)[0]
        if array.dtype == object:
            result.fill(array.reshape(-1)[0])
    else:
        result = np.asfortranarray(np.tile(array.reshape(shape, order="F"), lengths))
    return back(result.reshape(trimmed(list(total)), order="F"))


@builtin
def repelem(x, first, /, *rest):
    """
    repelem(v, n)
    repelem(v, counts)
    repelem(A, m, n, ...)

    Copies of each element, in place.

    Examples
      >> repelem([1 2 3], 2)
      ans =
           1     1     2     2     3     3
      >> repelem([7 8], [1 3])
      ans =
           7     8     8     8
      >> repelem([1 2; 3 4], 1, 2)
      ans =
           1     1     2     2
           3     3     4     4

    See also repmat, kron.
    """
    array, back = require_parts(x, "repelem")
    counts = [require_numeric(item, "repelem").ravel("F") for item in (first, *rest)]
    for count in counts:
        if count.size and (np.any(count < 0) or np.any(count != np.floor(count))):
            raise ScriptError(
                "MATLAB:repelem:invalidReplications",
                "Replication factors must be real, nonnegative integers in the index range.",
            )
    if len(counts) == 1:
        if array.ndim > 2 or 1 not in array.shape:
            raise ScriptError(
                "MATLAB:repelem:invalidInputs",
                "Replication factors must be specified for each dimension: A is not a vector.",
            )
        axes = [0] if array.shape[1] == 1 and array.shape[0] != 1 else [1]
    else:
        axes = list(range(len(counts)))
    array = array.reshape(array.shape + (1,) * (max(axes) + 1 - array.ndim), order="F")
    for axis, count in zip(axes, counts, strict=True):
        if count.size not in (1, array.shape[axis]):
            raise ScriptError(
                "MATLAB:repelem:mismatchedReplications",
                "Replication vectors must have as many elements as the corresponding dimension of the input.",
                notes=(f"dimension {axis + 1} has {array.shape[axis]}, the vector {count.size}",),
            )
        array = np.repeat(array, count.astype(np.int64), axis=axis)
    return back(np.asfortranarray(array.reshape(trimmed(list(array.shape)), order="F")))


# ------------------------------------------------------------------------------------------------------------- grids
@builtin(outputs=3)
def meshgrid(nargout, x, y=None, z=None, /):
    """
    [X, Y] = meshgrid(x, y)
    [X, Y] = meshgrid(x)
    [X, Y, Z] = meshgrid(x, y, z)

    Coordinates of a grid: X varies along the columns, Y along the rows.

    Examples
      >> [X, Y] = meshgrid(1:3, 1:2)
      X =
           1     2     3
           1     2     3
      Y =
           1     1     1
           2     2     2
      >> [X, Y, Z] = meshgrid(1:2, 1, 5)
      X =
           1     2
      Y =
           1     1
      Z =
           5     5

    See also ndgrid.
    """
    a = require_numeric(x, "meshgrid").ravel("F")
    b = a if y is None else require_numeric(y, "meshgrid").ravel("F")
    if z is None and nargout < 3:
        shape = (b.size, a.size)
        return rows_together(np.broadcast_to(a, shape)), rows_together(np.broadcast_to(b[:, None], shape))
    c = a if z is None and y is None else require_numeric(z, "meshgrid").ravel("F")
    shape = (b.size, a.size, c.size)
    parts = (a[None, :, None], b[:, None, None], c[None, None, :])
    return tuple(rows_together(np.broadcast_to(part, shape)) for part in parts)


@builtin
def ndgrid(nargout, first, /, *rest):
    """
    [X1, X2, ...] = ndgrid(x1, x2, ...)
    [X1, X2] = ndgrid(x)

    Coordinates of a grid: the k-th output varies along dimension k.

    Examples
      >> [a, b] = ndgrid(1:2, 1:3)
      a =
           1     1     1
           2     2     2
      b =
           1     2     3
           1     2     3

    See also meshgrid.
    """
    vectors = [require_numeric(item, "ndgrid").ravel("F") for item in (first, *rest)]
    if len(vectors) == 1:
        vectors *= max(2, nargout)
    shape = tuple(vector.size for vector in vectors)
    grids = []
    for axis, vector in enumerate(vectors):
        place = [1] * len(shape)
        place[axis] = vector.size
        grids.append(rows_together(np.broadcast_to(vector.reshape(place), shape)))
    return tuple(grids)


# --------------------------------------------------------------------------------------------------------- complex
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
    from cnnscript.builtins.elements import operands

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
    from cnnscript.builtins.elements import numbers_of

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

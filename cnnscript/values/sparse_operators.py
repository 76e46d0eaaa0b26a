"""The operators on sparse matrices: which results are sparse, and how they are computed without the zeros.

Sums of a sparse matrix and a full one are full, as are matrix products with a full one; elementwise products,
quotients, powers, comparisons and logic are sparse.
"""

from __future__ import annotations

import operator as python_operator
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import (
    COMPLEX,
    DOUBLE,
    INTEGER_CLASSES,
    LOGICAL,
    as_array,
    class_of,
    ndarray,
    norm,
    size_of,
    size_text,
)
from cnnscript.values.operands import SYMBOLS, number_of, size_mismatch
from cnnscript.values.sparse import (
    Sparse,
    as_sparse,
    from_keys,
    from_places,
    full_value,
    is_scalar,
    sparse_value,
    to_double,
    to_logical,
    zeros,
)

ELEMENTWISE: dict[str, Callable] = {
    "plus": operators.plus, "minus": operators.minus, "times": operators.times, "rdivide": operators.rdivide,
    "power": operators.power, "eq": operators.eq, "ne": operators.ne, "lt": operators.lt, "le": operators.le,
    "gt": operators.gt, "ge": operators.ge, "and": operators.and_, "or": operators.or_,
}  # fmt: skip
COMPARISONS = {
    "eq": python_operator.eq, "ne": python_operator.ne, "lt": python_operator.lt, "le": python_operator.le,
    "gt": python_operator.gt, "ge": python_operator.ge,
}  # fmt: skip
MATRIX = ("mtimes", "mrdivide", "mldivide", "mpower")
WITH_SCALAR = {"mtimes": "times", "mrdivide": "rdivide", "mldivide": "ldivide", "mpower": "power"}


def operate(name: str, args: tuple) -> Any:
    """An operator function with a sparse matrix among its operands; NotImplemented for operands it knows nothing of."""
    if name == "colon":
        return operators_colon(args)
    if len(args) == 1:
        return _unary(name, args[0])
    if name not in ELEMENTWISE and name not in MATRIX and name != "ldivide" or len(args) != 2:
        return NotImplemented
    first, second = args
    for other in args:
        if type(other) is not Sparse and number_of(other)[0] is None:
            return NotImplemented
    for other in args:
        _require_sparse_class(name, other)
    if name == "ldivide":
        name, first, second = "rdivide", second, first
    if name in MATRIX:
        return _matrix(name, first, second)
    return elementwise(name, first, second)


def operators_colon(args: tuple) -> Any:
    from cnnscript.values.ranges import colon

    return colon(*(full_value(arg) for arg in args))


def _require_sparse_class(name: str, other: Any) -> None:
    """Raise MATLAB's error for an operand of a class that cannot meet a sparse matrix."""
    class_name = class_of(other)
    if class_name == "single" and name not in COMPARISONS and name not in ("and", "or"):
        raise ScriptError(
            f"MATLAB:{name}:sparseSingleNotSupported",
            f"{name.upper()} ({SYMBOLS[name]}) is not supported for one sparse argument and one single argument.",
            hint="double(...) of the single one, or full(...) of the sparse one",
        )
    if class_name in INTEGER_CLASSES and name not in COMPARISONS and name not in ("and", "or"):
        raise ScriptError(
            "MATLAB:mixedClasses",
            "Integers can only be combined with integers of the same class, or scalar doubles.",
            notes=(f"one operand is {class_name}, the other a sparse matrix",),
            hint="double(...) of the integers, or full(...) of the sparse matrix",
        ) if not is_scalar(other) or name in MATRIX else ScriptError(
            "MATLAB:unimplementedSparseType",
            f"Operator '{SYMBOLS[name]}' is not supported for sparse matrices and integers of class {class_name}.",
        )


# ----------------------------------------------------------------------------------------------------- one operand
def _unary(name: str, value: Sparse) -> Any:
    matrix = value.matrix
    if name == "uminus":
        return value.with_data(-to_double(value).matrix.data)
    if name == "uplus":
        return to_double(value)
    if name == "transpose":
        return Sparse(canonical(matrix.T))
    if name == "ctranspose":
        return Sparse(canonical(matrix.conj().T))
    if name == "not":
        return not_(value)
    return NotImplemented


def not_(value: Sparse) -> Sparse:
    """Which elements are zero."""
    return sparse_value(np.logical_not(to_logical(value).full()))


# ------------------------------------------------------------------------------------------------ element by element
def elementwise(name: str, first: Any, second: Any) -> Any:
    """An elementwise operator on a sparse matrix and a sparse, full or scalar operand."""
    shape = _common_shape(first, second)
    both = type(first) is Sparse and type(second) is Sparse
    if both and shape == (1, 1):
        return sparse_value(ELEMENTWISE[name](full_value(first), full_value(second)))
    if name in ("plus", "minus"):
        if not both:
            return ELEMENTWISE[name](full_value(first), full_value(second))
        return _added(name, first, second, shape)
    if name == "times":
        return _product(first, second, shape)
    if name == "rdivide" and type(first) is Sparse and _is_line(second, shape) and first.size() == shape:
        divisor = as_array(second).astype(_number_dtype(second))
        if divisor.all() and not np.isnan(divisor).any():
            return _at_elements(operators.rdivide, first, divisor)
    if name == "power" and is_scalar(second) and type(first) is Sparse and not is_scalar(first):
        exponent = as_array(full_value(second)).item()
        if not isinstance(exponent, complex) and exponent > 0:
            powers = operators.power(norm(to_double(first).matrix.data.reshape(-1, 1)), float(exponent))
            return first.with_data(as_array(powers).ravel())
    if name in COMPARISONS and _false_at_zero(name, first, second):
        return _compared(name, first, second, shape)
    if name in ("and", "or"):
        return _logic(name, first, second, shape)
    return sparse_value(ELEMENTWISE[name](full_value(first), full_value(second)))


def _common_shape(first: Any, second: Any) -> tuple[int, int]:
    a, b = size_of(first), size_of(second)
    if len(a) > 2 or len(b) > 2:
        raise ScriptError("MATLAB:sparseNDArray", "N-dimensional indexing allowed for full matrices only.")
    shape = []
    for m, n in zip(a, b, strict=True):
        if m != n and 1 not in (m, n):
            raise size_mismatch(first, second)
        shape.append(n if m == 1 else m)
    return shape[0], shape[1]


def _spread(value: Any, shape: tuple[int, int]) -> Sparse:
    """A sparse matrix expanded along its dimensions of length 1."""
    value = as_sparse(value)
    rows, columns = value.size()
    if (rows, columns) == shape:
        return value
    row, column, data = value.places()
    down, across = (shape[0] if rows == 1 else 1), (shape[1] if columns == 1 else 1)
    count = data.size
    if rows == 1 and down != 1:
        row, column, data = np.tile(np.arange(down), count), np.repeat(column, down), np.repeat(data, down)
        count = data.size
    elif down == 1 and rows == 1 and shape[0] == 0:
        return zeros(*shape, value.dtype)
    if columns == 1 and across != 1:
        row, data = np.tile(row, across), np.tile(data, across)
        column = np.repeat(np.arange(across), count)
    return from_places(row, column, data, shape)


def _number_dtype(value: Any) -> np.dtype:
    dtype = value.dtype if type(value) is Sparse else as_array(value).dtype
    return COMPLEX if dtype.kind == "c" else DOUBLE


def _added(name: str, first: Sparse, second: Sparse, shape: tuple[int, int]) -> Sparse:
    a, b = to_double(_spread(first, shape)).matrix, to_double(_spread(second, shape)).matrix
    return Sparse(canonical(a + b if name == "plus" else a - b))


def _is_line(value: Any, shape: tuple[int, int]) -> bool:
    """Is a value a scalar, or a row or column beside a matrix of a size?"""
    return is_scalar(value) or 1 in size_of(value) and 1 not in shape


def _at_elements(operation: Callable, value: Sparse, other: ndarray) -> Sparse:
    """An elementwise operation of the stored elements and those of a full array that stand beside them (which may be a
    row, a column or a scalar); what is zero stays."""
    rows, columns, data = to_double(value).places()
    if not data.size:
        return to_double(value)
    beside = other[rows if other.shape[0] > 1 else 0, columns if other.shape[1] > 1 else 0]
    beside = norm(beside.reshape(-1, 1)) if np.ndim(beside) else beside.item()
    return value.with_data(as_array(operation(norm(data.reshape(-1, 1)), beside)).ravel())


def _product(first: Any, second: Any, shape: tuple[int, int]) -> Sparse:
    """first .* second: only where both are not zero, and where one is zero and the other Inf or NaN."""
    if is_scalar(first) and not (type(first) is Sparse and not is_scalar(second)):
        first, second = second, first
    if type(first) is Sparse and is_scalar(second):
        return _at_elements(operators.times, first, as_array(second).astype(_number_dtype(second)))
    if type(first) is not Sparse or first.size() != shape:
        first, second = second, first
    if type(first) is Sparse and first.size() == shape and (type(second) is ndarray or _is_line(second, shape)):
        factor = as_array(second).astype(_number_dtype(second))
        if np.isfinite(factor).all():
            return _at_elements(operators.times, first, factor)
    a, b = to_double(_spread(first, shape)), to_double(_spread(second, shape))
    if np.isfinite(a.matrix.data).all() and np.isfinite(b.matrix.data).all():
        return Sparse(canonical(a.matrix.multiply(b.matrix)))
    keys = np.union1d(a.keys(), b.keys())
    with_zeros = operators.times(norm(a.at(keys).reshape(-1, 1)), norm(b.at(keys).reshape(-1, 1)))
    return from_keys(keys, as_array(with_zeros).ravel(), shape)


def _false_at_zero(name: str, first: Any, second: Any) -> bool:
    """Is a comparison of a sparse matrix (with sparse, or with a scalar) false where the matrix is zero?"""
    if type(first) is Sparse and type(second) is Sparse:
        return name in ("ne", "lt", "gt") and not is_scalar(first) and not is_scalar(second)
    scalar = first if is_scalar(first) else second
    if not is_scalar(scalar) or type(scalar) is Sparse or class_of(scalar) in INTEGER_CLASSES:
        return False
    number = as_array(scalar).item()
    zero, number = (number, 0.0) if scalar is first else (0.0, number)
    if name not in ("eq", "ne"):
        zero, number = np.real(zero), np.real(number)
    return not COMPARISONS[name](zero, number)


def _compared(name: str, first: Any, second: Any, shape: tuple[int, int]) -> Sparse:
    if type(first) is Sparse and type(second) is Sparse:
        a, b = _spread(first, shape), _spread(second, shape)
        keys = np.union1d(a.keys(), b.keys())
        left, right = a.at(keys), b.at(keys)
    else:
        given = first if type(first) is Sparse else second
        keys = given.keys()
        data = given.matrix.data
        left, right = (data, second) if given is first else (first, data)
        left, right = (full_value(side) for side in (left, right))
    left, right = (norm(side.reshape(-1, 1)) if type(side) is ndarray else side for side in (left, right))
    if not keys.size:
        return zeros(*shape, LOGICAL)
    return from_keys(keys, as_array(ELEMENTWISE[name](left, right)).ravel(), shape)


def _logic(name: str, first: Any, second: Any, shape: tuple[int, int]) -> Sparse:
    sides = []
    for side in (first, second):
        if type(side) is not Sparse:
            from cnnscript.values.compare import logical_of

            side = as_sparse(logical_of(side))
        sides.append(_spread(to_logical(side), shape))
    a, b = sides
    if name == "and":
        return Sparse(canonical(a.matrix.multiply(b.matrix)))
    return Sparse(canonical((a.matrix + b.matrix).astype(LOGICAL)))


# ---------------------------------------------------------------------------------------------------------- matrices
def _matrix(name: str, first: Any, second: Any) -> Any:
    if (
        name == "mtimes" and (is_scalar(first) or is_scalar(second))
        or name == "mrdivide" and is_scalar(second)
        or name == "mldivide" and is_scalar(first)
        or name == "mpower" and is_scalar(first) and is_scalar(second)
    ):  # fmt: skip
        if name == "mldivide":
            return elementwise("rdivide", second, first)
        return elementwise(WITH_SCALAR[name], first, second)
    if name == "mtimes":
        return _multiplied(first, second)
    if name == "mpower":
        return _raised(first, second)
    from cnnscript.values import sparse_solving

    return sparse_solving.divided(name, first, second)


def _multiplied(first: Any, second: Any) -> Any:
    a, b = size_of(first), size_of(second)
    if len(a) > 2 or len(b) > 2 or a[1] != b[0]:
        raise ScriptError(
            "MATLAB:innerdim",
            "Incorrect dimensions for matrix multiplication. Check that the number of columns in the first matrix "
            "matches the number of rows in the second matrix. To operate on each element of the matrix individually, "
            "use TIMES (.*) for elementwise multiplication.",
            notes=(f"left is {size_text(a)}", f"right is {size_text(b)}"),
        )
    left = to_double(first).matrix if type(first) is Sparse else as_array(first).astype(_number_dtype(first))
    right = to_double(second).matrix if type(second) is Sparse else as_array(second).astype(_number_dtype(second))
    if type(first) is Sparse and type(second) is Sparse:
        return Sparse(canonical(left @ right))
    return operators.uplus(norm(np.asfortranarray(left @ right)))


def _raised(first: Any, second: Any) -> Any:
    matrix = first if not is_scalar(first) else second
    rows, columns = size_of(matrix)
    if not is_scalar(first) and not is_scalar(second) or rows != columns:
        raise ScriptError(
            "MATLAB:square",
            "Incorrect dimensions for raising a matrix to a power. Check that the matrix is square and the power is a "
            "scalar. To operate on each element of the matrix individually, use POWER (.^) for elementwise power.",
        )
    if type(first) is Sparse and is_scalar(second):
        exponent = as_array(full_value(second)).item()
        if not isinstance(exponent, complex) and exponent == int(exponent) and abs(exponent) < 2**31:
            from scipy.sparse import eye_array

            base = to_double(first)
            if exponent < 0:
                from cnnscript.values import sparse_solving

                base = sparse_solving.inverse(base)
            result, square = eye_array(rows, format="csc"), base.matrix
            remaining = abs(int(exponent))
            while remaining:
                if remaining & 1:
                    result = result @ square
                remaining >>= 1
                if remaining:
                    square = square @ square
            return Sparse(canonical(result))
        return sparse_value(operators.mpower(full_value(first), full_value(second)))
    return operators.mpower(full_value(first), full_value(second))

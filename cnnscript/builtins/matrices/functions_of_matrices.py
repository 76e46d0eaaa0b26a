"""Functions of square matrices: funm.

The Schur-Parlett algorithm (Davies and Higham 2003): eigenvalues near each other come in one block of the Schur form, a
Taylor series is summed for each block, and Sylvester equations give the blocks between.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.matrices.linear import finite_matrix, square_matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, as_array, ndarray, norm, numel_of
from cnnscript.values.structs import Struct

Derivative = Callable[[ndarray, int], ndarray]  # (points, k): the k-th derivative at each point

KNOWN: dict[str, Derivative] = {
    "exp": lambda x, k: np.exp(x),
    "sin": lambda x, k: (np.sin, np.cos)[k % 2](x) * (1, 1, -1, -1)[k % 4],
    "cos": lambda x, k: (np.cos, np.sin)[k % 2](x) * (1, -1, -1, 1)[k % 4],
    "sinh": lambda x, k: (np.sinh, np.cosh)[k % 2](x),
    "cosh": lambda x, k: (np.cosh, np.sinh)[k % 2](x),
}


@builtin(outputs=3)
def funm(session, nargout, A, fun, options=None, /, *more):
    """
    F = funm(A, fun)
    F = funm(A, fun, options)
    F = funm(A, fun, options, p1, p2, ...)
    [F, exitflag, output] = funm(...)

    A function of a square matrix: @exp, @log, @sin, @cos, @sinh, @cosh, or a function fun(x, k, p1, ...) that gives the
    k-th derivative at each element of x and has a Taylor series that converges everywhere.

    The structure options may have the fields TolBlk (eigenvalues as near as this come in one block, 0.1), TolTay
    (where a Taylor series ends, eps), MaxTerms (of a Taylor series, 250), Ord (the block of each eigenvalue) and
    Display ('off').  exitflag is 1 where a Taylor series did not converge; output has the fields terms, ind, ord and T.

    Examples
      >> F = funm([1 1; 0 1], @exp)
      F =
          2.7183    2.7183
               0    2.7183
      >> square = @(x, k) (k == 0) * x.^2 + (k == 1) * 2*x + (k == 2) * 2;
      >> F = funm([1 2; 3 4], square); disp(round(F, 10))
           7    10
          15    22

    See also expm, logm, sqrtm, schur.
    """
    from scipy import linalg

    matrix = finite_matrix(square_matrix(A, "funm"), "funm")
    function = function_of(session, fun, "funm")
    limits = read_options(options, len(matrix))
    logarithm = function.text == "log" and not more
    derivative = KNOWN.get(function.text) or asked(function, more)
    if not matrix.size:
        return A, 0.0, Struct({})
    triangle, unitary = linalg.schur(matrix.astype(complex), output="complex")
    labels = clusters(np.diagonal(triangle), limits["TolBlk"]) if limits["Ord"] is None else limits["Ord"]
    triangle, unitary, sizes = in_blocks(triangle, unitary, labels)
    edges = np.append(0, np.cumsum(sizes))
    blocks = [slice(int(begin), int(end)) for begin, end in zip(edges[:-1], edges[1:], strict=True)]
    found = np.zeros_like(triangle)
    terms, failed = [], False
    for block in blocks:
        part = triangle[block, block]
        if logarithm:
            found[block, block], count = of_log(part), 1
        else:
            found[block, block], count, converged = taylor(derivative, part, limits["TolTay"], limits["MaxTerms"])
            failed |= not converged
        terms.append(float(count))
    for away in range(1, len(blocks)):
        for first in range(len(blocks) - away):
            row, column = blocks[first], blocks[first + away]
            right = found[row, row] @ triangle[row, column] - triangle[row, column] @ found[column, column]
            for middle in blocks[first + 1 : first + away]:
                right = right + found[row, middle] @ triangle[middle, column]
                right = right - triangle[row, middle] @ found[middle, column]
            found[row, column] = linalg.solve_sylvester(triangle[row, row], -triangle[column, column], right)
    result = unitary @ found @ unitary.conj().T
    size = np.abs(result).max()
    if matrix.dtype.kind != "c" and np.abs(result.imag).max() <= 10 * len(matrix) * np.finfo(float).eps * size:
        result = result.real
    if matrix.dtype in (np.float32, np.complex64):
        result = result.astype(np.complex64 if result.dtype.kind == "c" else np.float32)
    places = np.empty((1, len(blocks)), OBJECT, order="F")
    for at, block in enumerate(blocks):
        places[0, at] = norm(np.arange(block.start + 1.0, block.stop + 1).reshape(1, -1))
    output = Struct(
        {
            "terms": norm(np.array([terms])),
            "ind": places,
            "ord": norm(np.asarray(labels, float).reshape(1, -1)),
            "T": norm(np.asfortranarray(triangle)),
        }
    )
    return norm(np.asfortranarray(result)), float(failed), output


def read_options(options: Any, size: int) -> dict[str, Any]:
    """TolBlk, TolTay, MaxTerms and Ord."""
    found: dict[str, Any] = {"TolBlk": 0.1, "TolTay": np.finfo(float).eps, "MaxTerms": 250, "Ord": None}
    if options is None or not isinstance(options, Struct) and numel_of(options) == 0:
        return found
    if not isinstance(options, Struct):
        raise take.wanted("a structure", "options", options)
    for name, value in options.fields.items():
        if name == "Display":
            if take.choice(value, ("off", "on", "verbose"), name) != "off":
                raise ScriptError("cnnscript:NotYet", f"'{name}' other than 'off' is not in cnnscript's funm yet.")
        elif name in ("TolBlk", "TolTay"):
            found[name] = take.number(value, name)
            if not found[name] > 0:
                raise take.wanted("positive", name, value)
        elif name == "MaxTerms":
            found[name] = take.positive(value, name)
        elif name == "Ord":
            if numel_of(value):
                labels = take.vector(value, name)
                if labels.size != size:
                    raise take.wanted(f"a vector of {size} elements", name, value)
                found[name] = labels
        elif name == "MaxSqrt":
            raise ScriptError("cnnscript:NotYet", "'MaxSqrt' is not in cnnscript's funm yet.")
        else:
            raise ScriptError("MATLAB:funm:InvalidOption", f"'{name}' is not an option of funm.")
    return found


def asked(function: Any, more: tuple) -> Derivative:
    """The derivatives that a function of the program gives."""

    def derivative(points: ndarray, k: int) -> ndarray:
        values = points.real if not points.imag.any() else points
        given = as_array(function.call(1, norm(np.asfortranarray(values.reshape(-1, 1))), float(k), *more))
        if given.size not in (1, points.size) or given.dtype.kind not in "fciub":
            raise ScriptError(
                "MATLAB:funm:FunctionSize", "The function must give as many numbers as it is asked about.",
                notes=(f"asked about {points.size}, got {take.described(norm(given))}",),
            )  # fmt: skip
        return np.broadcast_to(given.ravel("F"), points.shape).astype(complex)

    return derivative


def clusters(values: ndarray, near: float) -> ndarray:
    """A number for each eigenvalue: the same for those that a chain of steps of at most `near` connects."""
    labels = np.arange(1, values.size + 1)
    for one in range(values.size):
        for other in range(one + 1, values.size):
            if abs(values[one] - values[other]) <= near and labels[one] != labels[other]:
                labels[labels == labels[other]] = labels[one]
    return np.unique(labels, return_inverse=True)[1] + 1.0


def in_blocks(triangle: ndarray, unitary: ndarray, labels: ndarray) -> tuple[ndarray, ndarray, list[int]]:
    """The Schur form with equal labels side by side, in the order of their mean places; and the sizes of the blocks."""
    from scipy import linalg

    exchange = linalg.get_lapack_funcs("trexc", (triangle,))
    now = list(labels)
    order = sorted(set(now), key=lambda label: np.mean(np.flatnonzero(labels == label)))
    place, sizes = 0, []
    for label in order:
        sizes.append(now.count(label))
        for _ in range(sizes[-1]):
            at = now.index(label, place)
            if at != place:
                triangle, unitary, _ = exchange(triangle, unitary, at + 1, place + 1)
                now.insert(place, now.pop(at))
            place += 1
    return np.triu(triangle), unitary, sizes


def taylor(derivative: Derivative, part: ndarray, limit: float, most: int) -> tuple[ndarray, int, bool]:
    """The function of a block by its Taylor series about the mean eigenvalue; how many terms, and whether it ended."""
    size = len(part)
    centre = np.diagonal(part).mean()
    step = part - centre * np.eye(size)
    point = np.array([centre])
    total = derivative(point, 0)[0] * np.eye(size, dtype=complex)
    if size == 1:
        return total, 1, True
    power = np.eye(size, dtype=complex)
    small = 0
    for k in range(1, most + 1):
        power = power @ step / k
        term = derivative(point, k)[0] * power
        total = total + term
        # a term may be 0 by chance (every second derivative of sin at 0): as many as the block is wide are waited for
        small = small + 1 if np.abs(term).sum(1).max() <= limit * np.abs(total).sum(1).max() else 0
        if small > max(size, 2) or not power.any():
            return total, k, True
    return total, most, False


def of_log(part: ndarray) -> ndarray:
    from scipy import linalg

    if not np.diagonal(part).all():
        raise ScriptError("MATLAB:funm:logOfZero", "The logarithm of a singular matrix is not defined.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own measure of the error
        return linalg.logm(part) if len(part) > 1 else np.log(part)

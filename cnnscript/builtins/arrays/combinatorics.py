"""Choosing and arranging: factorial, nchoosek, perms; and fractions: rat."""

from __future__ import annotations

from itertools import combinations, permutations
from math import comb, inf

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.arrays.dimensions import require_memory, require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.convert import rows_as_char
from cnnscript.values.numeric import (
    DOUBLE,
    DTYPE_OF_CLASS,
    INTEGER_CLASSES,
    class_of,
    norm,
    saturated,
)
from cnnscript.values.take import described
from cnnscript.values.text import is_text

# ----------------------------------------------------------------------------------------------------- combinatorics
FACTORIALS = np.cumprod(np.concatenate([[1.0], np.arange(1.0, 171.0)]))


@builtin
def factorial(n, /):
    """
    factorial(n)

    Product of the numbers 1 to n, for each element.

    Examples
      >> factorial([0 3 5])
      ans =
           1     6   120

    See also nchoosek, prod, gamma.
    """
    array = require_numeric(n, "factorial")
    if array.dtype.kind in "cb" or np.any(array < 0) or np.any(array != np.floor(array)):
        raise ScriptError(
            "MATLAB:factorial:NNegativeInt",
            "N must be an array of real non-negative integers.",
            notes=(f"got {described(n)}",),
        )
    result = np.where(array.astype(float) > 170, inf, FACTORIALS[np.minimum(array.astype(float), 170).astype(np.int64)])
    return norm(
        np.asfortranarray(saturated(result, array.dtype) if array.dtype.kind in "iu" else result.astype(array.dtype))
    )


@builtin
def nchoosek(n, k, /):
    """
    nchoosek(n, k)
    nchoosek(v, k)

    How many ways there are to choose k of n; for a vector, a matrix whose rows are the ways.

    Examples
      >> nchoosek(5, 2)
      ans =
          10
      >> nchoosek([1 2 3], 2)
      ans =
           1     2
           1     3
           2     3

    See also perms, factorial.
    """
    count = take.integer(k, "K", 0)
    array, back = require_parts(n, "nchoosek")
    if array.size == 1 and not is_text(n):
        total = take.integer(n, "N", 0)
        if count > total:
            raise ScriptError(
                "MATLAB:nchoosek:KOutOfRange",
                "K must be an integer between 0 and N.",
                notes=(f"N is {total}, K is {count}",),
            )
        ways = float(comb(total, count))
        kinds = [class_of(n), class_of(k)]
        whole = [kind for kind in kinds if kind in INTEGER_CLASSES]
        if whole:
            return norm(saturated(np.array([[ways]]), DTYPE_OF_CLASS[whole[0]]))
        return np.float32(ways) if "single" in kinds else ways
    require_memory((comb(array.size, count) if count <= array.size else 0, max(count, 1)), 8)
    flat = array.ravel("F")
    ways = list(combinations(range(flat.size), count)) if count <= flat.size else []
    places = np.array(ways, np.int64).reshape(len(ways), count)
    return back(np.asfortranarray(flat[places]))


@builtin
def perms(v, unique=None, /):
    """
    perms(v)
    perms(v, 'unique')

    All orders of the elements of a vector, one a row, in reverse order; 'unique': each row once.

    Examples
      >> perms([1 2 3])
      ans =
           3     2     1
           3     1     2
           2     3     1
           2     1     3
           1     3     2
           1     2     3
      >> perms([1 2 1], 'unique')
      ans =
           2     1     1
           1     2     1
           1     1     2

    See also nchoosek, randperm.
    """
    array, back = require_parts(v, "perms")
    flat = array.ravel("F")
    if unique is not None:
        take.choice(unique, ("unique",), "Option")
        return back(np.asfortranarray(unique_orders(flat)))
    if flat.size > 11:
        require_memory((int(np.prod(np.arange(1.0, flat.size + 1))), flat.size), 8)
    orders = list(permutations(range(flat.size - 1, -1, -1)))
    places = np.array(orders, np.int64).reshape(len(orders), flat.size)
    return back(np.asfortranarray(flat[places]))


def unique_orders(flat: np.ndarray) -> np.ndarray:
    """The distinct orders of elements, the largest row first."""
    if flat.dtype.kind == "O":
        raise ScriptError("MATLAB:perms:InvalidInput", "'unique' needs numbers, logical values or characters.")
    ranks = np.unique(flat, return_inverse=True)[1].ravel()
    distinct = flat[np.unique(ranks, return_index=True)[1]]
    row, rows = sorted(ranks.tolist(), reverse=True), []
    while True:  # the next smaller row, as in a dictionary read backwards
        rows.append(list(row))
        require_memory((len(rows), len(row)), 8)
        falls = [place for place in range(len(row) - 1) if row[place] > row[place + 1]]
        if not falls:
            break
        at = falls[-1]
        other = max(place for place in range(at + 1, len(row)) if row[place] < row[at])
        row[at], row[other] = row[other], row[at]
        row[at + 1 :] = reversed(row[at + 1 :])
    return distinct[np.array(rows, np.int64).reshape(len(rows), flat.size)]


@builtin(outputs=2)
def rat(nargout, x, tolerance=None, /):
    """
    rat(X)
    rat(X, tol)
    [N, D] = rat(X)

    A fraction near X: its numerator and denominator, or the continued fraction as text.

    Examples
      >> [N, D] = rat(0.75)
      N =
           3
      D =
           4
      >> rat(pi)
      ans =
          '3 + 1/(7 + 1/(16))'
      >> rat(pi, 0.01)
      ans =
          '3 + 1/(7)'

    See also rats, format.
    """
    array = require_numeric(x, "rat")
    if array.dtype.kind == "c":
        raise ScriptError("MATLAB:rat:complexInput", "X must be real.", hint="rat(real(X)) and rat(imag(X))")
    array = array.astype(DOUBLE)
    flat = array.ravel("F")
    finite = np.abs(flat[np.isfinite(flat)])
    limit = 1e-6 * float(finite.sum()) if tolerance is None else take.number(tolerance, "Tolerance")
    found = [continued(float(item), limit) for item in flat.tolist()]
    if nargout < 2:
        return rows_as_char([text for _, _, text in found])
    return tuple(
        norm(np.array([item[place] for item in found], DOUBLE).reshape(array.shape, order="F")) for place in range(2)
    )


@builtin
def rats(x, length=13.0, /):
    """
    rats(X)
    rats(X, len)

    Fractions near the elements of X as text, one row for each row of X.

    Each takes len (13) characters and a space before them, with its bar in the middle; one that needs more room is
    an asterisk.

    Examples
      >> rats([0.5 1; 0.25 pi])
      ans =
        2×28 char array
          '      1/2            1      '
          '      1/4         355/113   '

    See also rat, format.
    """
    array = require_numeric(x, "rats")
    if array.dtype.kind == "c" or array.ndim > 2:
        raise ScriptError("MATLAB:rats:InvalidInput", "X must be a real matrix.", notes=(f"got {described(x)}",))
    width = take.positive(length, "Length")
    half = (width - 1) // 2
    array = array.astype(DOUBLE)
    limit = min(10 ** (-(width - 1) / 2) * float(np.abs(array[np.isfinite(array)]).sum()), 0.1)
    rows = []
    for row in array:
        parts = []
        for number in row.tolist():
            top, bottom, _ = continued(number, limit)
            if not np.isfinite(number):
                top_text, bottom_text = ("0" if number != number else f"{top:g}"), "/0"
            else:
                top_text, bottom_text = f"{top:.0f}", "" if bottom == 1 else f"/{bottom:.0f}"
            if len(top_text) > half + (not bottom_text) or len(bottom_text) > width - half:
                top_text, bottom_text = "*", ""
            whole = f"{top_text:>{half + 1}}" if not bottom_text else f"{top_text:>{half}}{bottom_text}"
            parts.append(f" {whole:<{width}}")
        rows.append("".join(parts))
    return rows_as_char(rows)


def continued(number: float, limit: float) -> tuple[float, float, str]:
    """Numerator, denominator and text of a continued fraction within a limit."""
    if number != number:
        return number, 1.0, "NaN"
    if number in (inf, -inf):
        return float(np.sign(number)), 0.0, "Inf" if number > 0 else "-Inf"
    last_n, last_d, n, d = 1.0, 0.0, float(np.round(number)), 1.0
    steps = [n]
    rest = number - n
    while abs(number - n / d) >= limit and rest != 0:
        rest = 1 / rest
        step = float(np.round(rest))
        steps.append(step)
        last_n, n = n, n * step + last_n
        last_d, d = d, d * step + last_d
        rest -= step
    sign = -1.0 if d < 0 else 1.0
    text = f"{steps[0]:g}" + "".join(f" + 1/({step:g}" for step in steps[1:]) + ")" * (len(steps) - 1)
    return sign * n, sign * d, text

"""Fractions of polynomials and matrices in them: residue, mpoles, padecoef, polyvalm, polyeig."""

from __future__ import annotations

from math import factorial

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.matrices.linear import finite_matrix, square_matrix
from cnnscript.builtins.numerical.polynomials import coefficients
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, ndarray, norm, numel_of


def trimmed(terms: ndarray) -> ndarray:
    nonzero = np.flatnonzero(terms)
    return terms[nonzero[0] :] if nonzero.size else terms[:0]


def multiples(poles: ndarray, tolerance: float, reorder: bool) -> tuple[ndarray, ndarray]:
    """How often each pole has come, and the places of the poles in that order (from 0)."""
    order = np.argsort(-np.abs(poles), kind="stable") if reorder else np.arange(poles.size)
    left = order.tolist()
    counts, places = [], []
    while left:
        first = left[0]
        reach = tolerance * abs(poles[first]) if poles[first] != 0 else tolerance
        same = [place for place in left if abs(poles[place] - poles[first]) < reach or place == first]
        places += same
        counts += range(1, len(same) + 1)
        left = [place for place in left if place not in same]
    return np.array(counts, float), np.array(places, int)


@builtin(outputs=2)
def mpoles(nargout, p, tolerance=1e-3, reorder=1.0, /):
    """
    m = mpoles(p)
    m = mpoles(p, tol)
    m = mpoles(p, tol, reorder)
    [m, idx] = mpoles(...)

    How often each pole has come up to its place, poles sorted by size; equal are those within tol of each other.

    Examples
      >> [m, idx] = mpoles([2 3 1 1 2])
      m =
           1
           1
           2
           1
           2
      idx =
           2
           1
           5
           3
           4
      >> m = mpoles([1 1.01 3], 0.1)'
      m =
           1     1     2
      >> m = mpoles([1 3 1], 0.001, 0)'
      m =
           1     2     1

    See also residue, roots.
    """
    poles = require_numeric(p, "mpoles").ravel("F").astype(complex)
    limit = 1e-3 if not numel_of(tolerance) else take.number(tolerance, "Tolerance")
    counts, places = multiples(poles, limit, take.flag(reorder, "Reorder"))
    return norm(counts.reshape(-1, 1)), norm((places + 1.0).reshape(-1, 1))


@builtin(outputs=3, keeps_single=True)
def residue(nargout, first, second, third=None, /):
    """
    [r, p, k] = residue(b, a)
    [b, a] = residue(r, p, k)

    Partial fractions of b/a: residues r at the poles p and the polynomial k that is left; and back.

    Of a pole that comes m times the residues belong to the powers 1 to m of 1/(s - p).

    Examples
      >> [r, p, k] = residue([-4 8], [1 6 8])
      r =
         -12
           8
      p =
          -4
          -2
      k =
           []
      >> [b, a] = residue([-12; 8], [-4; -2], [])
      b =
          -4     8
      a =
           1     6     8
      >> [r, p, k] = residue([2 0 0 1 0], [1 0 1]); k
      k =
           2     0    -2

    See also mpoles, roots, deconv, poly.
    """
    if third is not None:
        return joined(first, second, third)
    upper, lower = coefficients(first, "residue"), trimmed(coefficients(second, "residue"))
    if not lower.size:
        raise ScriptError("MATLAB:residue:FirstCoefficientZero", "The denominator must not be zero.")
    upper, lower = upper / lower[0], lower / lower[0]
    upper = trimmed(upper)
    rest = EMPTY
    if upper.size >= lower.size:
        quotient, upper = np.polydiv(upper, lower)
        rest = narrowed(quotient.reshape(1, -1))
    if lower.size == 1:
        return np.zeros((0, 1), order="F"), np.zeros((0, 1), order="F"), rest
    poles = np.roots(lower).astype(complex)
    counts, order = multiples(poles, 1e-3, True)
    poles = poles[order]
    starts = np.flatnonzero(counts == 1)
    found = np.zeros(poles.size, complex)
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < starts.size else poles.size
        poles[start:end] = poles[start:end].mean()
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < starts.size else poles.size
        pole, times = poles[start], end - start
        others = np.poly(np.concatenate([poles[:start], poles[end:]])) if poles.size > times else np.ones(1)
        series = divided(about(upper, pole), about(others, pole), times)
        found[start:end] = series[::-1]
    real = not np.iscomplexobj(upper) and not np.iscomplexobj(lower)
    if real:
        found, poles = (np.where(np.abs(part.imag) == 0, part.real, part) for part in (found, poles))
    return narrowed(found.reshape(-1, 1)), narrowed(poles.reshape(-1, 1)), rest


def about(terms: ndarray, point: complex) -> ndarray:
    """The coefficients of a polynomial in powers of (s - point), lowest first."""
    terms, found = np.asarray(terms, complex).copy(), []
    while terms.size:
        for place in range(1, terms.size):
            terms[place] += point * terms[place - 1]
        found.append(terms[-1])
        terms = terms[:-1]
    return np.array(found) if found else np.zeros(1)


def divided(one: ndarray, two: ndarray, count: int) -> ndarray:
    """The first terms of a quotient of power series, lowest first."""
    one, two = (np.pad(part, (0, max(0, count - part.size)))[:count] for part in (one, two))
    found = np.zeros(count, complex)
    for place in range(count):
        found[place] = (one[place] - found[:place] @ two[place:0:-1]) / two[0]
    return found


def joined(residues, poles, rest):
    """One fraction from partial ones."""
    values, points = (require_numeric(part, "residue").ravel("F").astype(complex) for part in (residues, poles))
    if values.size != points.size:
        raise ScriptError(
            "MATLAB:residue:RAndPSizeMismatch", "R and P must have the same number of elements.",
            notes=(f"{values.size} residues, {points.size} poles",),
        )  # fmt: skip
    counts, order = multiples(points, 1e-3, False)
    points, values = points[order], values[order]
    lower = np.poly(points) if points.size else np.ones(1)
    upper = np.zeros(max(1, points.size), complex)
    for place in range(points.size):
        first = place - int(counts[place]) + 1
        kept = np.ones(points.size, bool)
        kept[first : place + 1] = False
        part = values[place] * np.atleast_1d(np.poly(points[kept]) if kept.any() else np.ones(1))
        upper[-part.size :] += part
    extra = coefficients(rest, "residue") if numel_of(rest) else np.zeros(0)
    upper = np.polyadd(upper, np.convolve(extra, lower)) if extra.size else upper
    upper = trimmed(upper) if trimmed(upper).size else np.zeros(1)
    scale = np.abs(upper).max() + np.abs(lower).max()
    parts = [np.where(np.abs(part.imag) < 1e-13 * scale, part.real, part) for part in (upper + 0j, lower + 0j)]
    return narrowed(parts[0].reshape(1, -1)), narrowed(parts[1].reshape(1, -1))


@builtin(outputs=2)
def padecoef(nargout, T, N=1.0, /):
    """
    [num, den] = padecoef(T)
    [num, den] = padecoef(T, N)

    Padé approximation of order N (1) of the delay exp(-T*s) as a fraction of polynomials.

    Examples
      >> [num, den] = padecoef(0.5)
      num =
          -1     4
      den =
           1     4
      >> [num, den] = padecoef(1, 2)
      num =
           1    -6    12
      den =
           1     6    12

    See also residue, polyval.
    """
    delay = take.number(T, "T")
    if not 0 <= delay < np.inf:
        raise ScriptError("MATLAB:padecoef:InvalidT", "T must be a nonnegative finite number.")
    order = take.count(N, "N")
    if delay == 0 or order == 0:
        return 1.0, 1.0
    terms = np.array([
        factorial(2 * order - k) / (factorial(k) * factorial(order - k)) * delay**k for k in range(order, -1, -1)
    ])  # fmt: skip
    signs = np.array([(-1.0) ** k for k in range(order, -1, -1)])
    # both are divided by the first coefficient of the denominator
    return norm((signs * terms / terms[0]).reshape(1, -1)), norm((terms / terms[0]).reshape(1, -1))


@builtin(keeps_single=True)
def polyvalm(p, x, /):
    """
    Y = polyvalm(p, X)

    A polynomial of a square matrix.

    Examples
      >> Y = polyvalm([1 0 1], [1 2; 3 4])
      Y =
           8    10
          15    23

    See also polyval, poly.
    """
    terms = coefficients(p, "polyvalm")
    matrix = square_matrix(x, "polyvalm")
    found = np.zeros(matrix.shape, np.result_type(matrix, terms, float))
    unit = np.eye(len(matrix))
    for term in terms:
        found = found @ matrix + term * unit
    return narrowed(np.asfortranarray(found))


@builtin(outputs=3)
def polyeig(nargout, /, *matrices):
    """
    e = polyeig(A0, A1, ..., Ap)
    [X, e] = polyeig(A0, A1, ..., Ap)
    [X, e, s] = polyeig(A0, A1, ..., Ap)

    Eigenvalues of (A0 + e*A1 + ... + e^p*Ap)*x = 0, the vectors x and the condition numbers s.

    Examples
      >> e = polyeig([6 0; 0 2], [-5 0; 0 -3], eye(2))'
      e =
          2.0000    3.0000    1.0000    2.0000
      >> [X, e, s] = polyeig(2, -3, 1); e'
      ans =
          1.0000    2.0000

    See also eig, roots.
    """
    import scipy.linalg

    if not matrices:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    parts = [finite_matrix(square_matrix(matrix, "polyeig"), "polyeig") for matrix in matrices]
    count = len(parts[0])
    if any(len(part) != count for part in parts):
        raise ScriptError("MATLAB:polyeig:NonSquare", "All matrices must be square and of the same size.")
    degree = len(parts) - 1
    dtype = np.result_type(*parts, float)
    if degree == 0:
        values, vectors = np.linalg.eig(parts[0])
        return (narrowed(values.reshape(-1, 1)),) if nargout < 2 else (
            narrowed(np.asfortranarray(vectors)), narrowed(values.reshape(-1, 1)), norm(np.ones((count, 1)))
        )  # fmt: skip
    size = count * degree
    left, right = np.eye(size, dtype=dtype), np.zeros((size, size), dtype)
    left[:count, :count] = parts[0]
    for k in range(degree):
        right[:count, k * count : (k + 1) * count] = -parts[k + 1]
    for k in range(1, degree):
        right[k * count : (k + 1) * count, (k - 1) * count : k * count] = np.eye(count)
    values, lefts, vectors = scipy.linalg.eig(left, right, left=True, right=True)
    if nargout < 2:
        return (narrowed(values.reshape(-1, 1)),)
    # of the blocks of each vector the one that fits the equation best
    chosen = np.empty((count, size), complex)
    for place in range(size):
        best, least = None, np.inf
        for k in range(degree):
            part = vectors[k * count : (k + 1) * count, place]
            length = np.linalg.norm(part)
            if not length:
                continue
            part = part / length
            value = values[place]
            wrong = (
                sum((matrix @ part) * value**power for power, matrix in enumerate(parts))
                if np.isfinite(value)
                else parts[-1] @ part
            )
            size_of_wrong = np.linalg.norm(wrong)
            if size_of_wrong < least:
                best, least = part, size_of_wrong
        chosen[:, place] = best if best is not None else 0
    spread = np.ones(size)
    for place in range(size):
        value = values[place]
        if not np.isfinite(value):
            continue
        derivative = sum(power * value ** (power - 1) * matrix for power, matrix in enumerate(parts) if power)
        near = np.linalg.svd(sum(value**power * matrix for power, matrix in enumerate(parts)))[0][:, -1]
        bottom = abs(near.conj() @ derivative @ chosen[:, place])
        top = np.sqrt(sum(abs(value) ** (2 * power) for power in range(degree + 1)))
        spread[place] = top / bottom if bottom else np.inf
    return narrowed(np.asfortranarray(chosen)), narrowed(values.reshape(-1, 1)), norm(spread.reshape(-1, 1))

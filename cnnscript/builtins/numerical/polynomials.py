"""Polynomials: polyfit, polyval, roots, poly, polyder, polyint."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric, unsupported
from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import DOUBLE, EMPTY, as_array, ndarray, norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.warn import warn


def coefficients(value, name: str) -> ndarray:
    """A polynomial: a vector of coefficients, highest power first."""
    array = require_numeric(value, name)
    if array.dtype.kind in "iu":
        raise unsupported(value, name)
    if array.size and (array.ndim > 2 or 1 not in array.shape):
        raise ScriptError(
            f"MATLAB:{name}:InputsMustBeVectors", "Inputs must be vectors.", notes=(f"got {described(value)}",)
        )
    flat = array.ravel("F")
    return flat.astype(DOUBLE) if flat.dtype.kind == "b" else flat


@builtin(outputs=3, keeps_single=True)
def polyfit(nargout, x, y, degree, /):
    """
    polyfit(x, y, n)
    [p, S] = polyfit(x, y, n)
    [p, S, mu] = polyfit(x, y, n)

    The polynomial of degree n that fits points best in the least squares sense, highest power first.

    S has fields R, df, normr (and rsquared); mu is the mean and deviation by which x was scaled.

    Examples
      >> polyfit([0 1 2], [1 3 5], 1)
      ans =
          2.0000    1.0000
      >> [p, S] = polyfit([1 2 3 4], [1 4 9 16], 1); p
      p =
          5.0000   -5.0000
      >> [p, S, mu] = polyfit([1 2 3], [2 4 6], 1); mu
      mu =
           2
           1

    See also polyval, roots, interp1.
    """
    a, b = coefficients(x, "polyfit"), coefficients(y, "polyfit")
    if a.size != b.size:
        raise ScriptError(
            "MATLAB:polyfit:XYSizeMismatch",
            "The first two inputs must have the same number of elements.",
            notes=(f"{a.size} and {b.size} elements",),
        )
    order = take.count(degree, "Degree")
    scale = ()
    if nargout > 2:
        scale = (a.mean(), a.std(ddof=1) if a.size > 1 else 0.0)
        a = (a - scale[0]) / scale[1]
    matrix = np.vander(a, order + 1)
    left, right = np.linalg.qr(matrix)
    if a.size < order + 1 or np.linalg.matrix_rank(right) < order + 1:
        badly_posed(a.size < order + 1, bool(scale))
        if a.size < order + 1:  # of all that fit, the one with the fewest coefficients that are not 0
            found = as_array(operators.mldivide(right, (left.conj().T @ b).reshape(-1, 1))).ravel()
        else:
            found = np.linalg.lstsq(matrix, b, rcond=None)[0]
    else:
        found = np.linalg.solve(right, left.conj().T @ b)
    rest = b - matrix @ found
    quality = Struct(
        {
            "R": norm(np.asfortranarray(right)),
            "df": float(max(0, a.size - order - 1)),
            "normr": norm(np.linalg.norm(rest)),
            "rsquared": norm(1 - (np.abs(rest) ** 2).sum() / (np.abs(b - b.mean()) ** 2).sum()),
        }
    )
    polynomial = norm(found.reshape(1, -1))
    return (polynomial, quality, norm(np.array(scale).reshape(-1, 1)))[: max(nargout, 1)]


def badly_posed(ambiguous: bool, scaled: bool) -> None:
    """Warn of a fit that its points do not determine."""
    if ambiguous:
        warn("MATLAB:polyfit:PolyNotUnique", "Polynomial is not unique; degree >= number of data points.")
    elif scaled:
        warn(
            "MATLAB:polyfit:RepeatedPoints",
            "Polynomial is badly conditioned. Add points with distinct X values or reduce the degree of the "
            "polynomial.",
        )
    else:
        warn(
            "MATLAB:polyfit:RepeatedPointsOrRescale",
            "Polynomial is badly conditioned. Add points with distinct X values, reduce the degree of the polynomial, "
            "or try centering and scaling as described in HELP POLYFIT.",
        )


@builtin(outputs=2, keeps_single=True)
def polyval(nargout, p, x, quality=None, scale=None, /):
    """
    polyval(p, x)
    polyval(p, x, [], mu)
    [y, delta] = polyval(p, x, S)

    Values of a polynomial; delta estimates the error of a fit.

    Examples
      >> polyval([1 0 -1], [2 3])
      ans =
           3     8
      >> polyval([2 4], 3, [], [2; 1])
      ans =
           6
      >> [p, S] = polyfit([0 1 2 3], [0 1 2 4], 1);
      >> [y, delta] = polyval(p, 1, S)
      y =
          1.1000
      delta =
          0.4416

    See also polyfit, roots, conv.
    """
    terms = coefficients(p, "polyval")
    points = require_numeric(x, "polyval")
    points = points.astype(DOUBLE) if points.dtype.kind in "iub" else points
    if scale is not None:
        if np.size(scale) != 2:
            raise ScriptError("MATLAB:polyval:InvalidMu", "MU must be a vector with two elements: mean and deviation.")
        mean, deviation = take.vector(scale, "mu")
        points = (points - mean) / deviation
    value = np.zeros(points.shape, np.result_type(points.dtype, terms.dtype if terms.size else DOUBLE))
    for term in terms.tolist():
        value = value * points + term
    result = norm(np.asfortranarray(value))
    if nargout < 2:
        return result
    if not isinstance(quality, Struct) or not {"R", "df", "normr"} <= quality.fields.keys():
        raise ScriptError(
            "MATLAB:polyval:InvalidS",
            "S must be the structure that POLYFIT gives.",
            notes=(f"got {described(quality)}",) if quality is not None else (),
        )
    triangle = require_numeric(quality.fields["R"], "polyval")
    if triangle.shape != (terms.size, terms.size):
        raise ScriptError(
            "MATLAB:dimagree",
            "Matrix dimensions must agree.",
            notes=(f"S.R is {size_text(triangle.shape)}", f"the polynomial has {terms.size} coefficients"),
        )
    spread = np.linalg.solve(triangle.T, np.vander(points.ravel("F"), terms.size).T)
    error = np.sqrt(1 + (spread**2).sum(axis=0)) * quality.fields["normr"] / np.sqrt(quality.fields["df"])
    return result, norm(error.reshape(points.shape, order="F"))


@builtin(keeps_single=True)
def roots(p, /):
    """
    roots(p)

    Roots of a polynomial, in a column.

    Examples
      >> roots([1 -3 2])
      ans =
           2
           1

    See also poly, polyval.
    """
    terms = coefficients(p, "roots")
    if not np.isfinite(terms).all():
        raise ScriptError("MATLAB:roots:NonFiniteInput", "Input to ROOTS must not contain NaN or Inf.")
    nonzero = np.flatnonzero(terms)
    if not nonzero.size:
        return EMPTY
    terms, zeros = terms[nonzero[0] :], terms.size - 1 - nonzero[-1]
    found = np.linalg.eigvals(companion(terms[: terms.size - zeros])) if terms.size - zeros > 1 else np.zeros(0)
    found = np.concatenate([found, np.zeros(zeros)])
    return narrowed(found.reshape(-1, 1)) if found.size else np.zeros((0, 1), order="F")


def companion(terms: ndarray) -> ndarray:
    matrix = np.diag(np.ones(terms.size - 2, terms.dtype), -1)
    matrix[0] = -terms[1:] / terms[0]
    return matrix


@builtin(keeps_single=True)
def poly(x, /):
    """
    poly(r)
    poly(A)

    The polynomial with given roots, or the characteristic polynomial of a matrix.

    Examples
      >> poly([1 2])
      ans =
           1    -3     2

    See also roots, polyval, eig.
    """
    array = (
        require_numeric(x, "poly").astype(DOUBLE)
        if require_numeric(x, "poly").dtype.kind != "c"
        else require_numeric(x, "poly")
    )
    if array.size == 0:
        return 1.0
    if array.ndim == 2 and array.shape[0] == array.shape[1] and array.size > 1:
        zeros = np.linalg.eigvals(array)
    elif 1 in array.shape:
        zeros = array.ravel("F")
    else:
        raise ScriptError(
            "MATLAB:poly:InputSize",
            "Argument must be a vector or a square matrix.",
            notes=(f"got {size_text(array.shape)}",),
        )
    terms = np.ones(1, zeros.dtype)
    for zero in zeros:
        terms = np.convolve(terms, [1, -zero])
    if terms.dtype.kind == "c" and np.allclose(np.sort_complex(zeros), np.sort_complex(zeros.conj())):
        terms = terms.real
    return narrowed(terms.reshape(1, -1))


@builtin(outputs=2, keeps_single=True)
def polyder(nargout, p, q=None, /):
    """
    polyder(p)
    polyder(p, q)
    [n, d] = polyder(p, q)

    Derivative of a polynomial, or of the product of two; with two outputs, of their quotient p/q, as n/d.

    Examples
      >> polyder([1 2 3])
      ans =
           2     2
      >> polyder([1 0], [1 1])
      ans =
           2     1
      >> [n, d] = polyder([1 0], [1 1])
      n =
           1
      d =
           1     2     1

    See also polyint, polyval.
    """
    terms = coefficients(p, "polyder")
    if nargout > 1:
        below = coefficients(1.0 if q is None else q, "polyder")
        first = np.polysub(convolved(derivative(terms), below), convolved(terms, derivative(below)))
        return leading(first), leading(convolved(below, below))
    if q is not None and terms.size:
        terms = np.convolve(terms, coefficients(q, "polyder"))
    return leading(derivative(terms))


def convolved(left: ndarray, right: ndarray) -> ndarray:
    return np.convolve(left, right) if left.size and right.size else np.zeros(1)


def derivative(terms: ndarray) -> ndarray:
    """Coefficients of the derivative of a polynomial: [0] for a constant."""
    return terms[:-1] * np.arange(terms.size - 1, 0, -1) if terms.size > 1 else np.zeros(1)


def leading(terms: ndarray):
    """Coefficients in a row, without zeros before the first that counts."""
    nonzero = np.flatnonzero(terms)
    return norm(terms[nonzero[0] :].reshape(1, -1)) if nonzero.size else 0.0


@builtin(keeps_single=True)
def polyint(p, constant=0.0, /):
    """
    polyint(p)
    polyint(p, k)

    Integral of a polynomial with a constant.

    Examples
      >> polyint([2 2])
      ans =
           1     2     0
      >> polyint([2 2], 5)
      ans =
           1     2     5

    See also polyder, polyval.
    """
    terms = coefficients(p, "polyint")
    result = np.append(terms / np.arange(terms.size, 0, -1), take.number(constant, "Constant"))
    return norm(result.reshape(1, -1))

"""Piecewise polynomials: spline, pchip, makima, ppval, mkpp, unmkpp."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import require_numeric
from cnnscript.builtins.interpolation import interp1
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.take import described


def piecewise(breaks: ndarray, coefficients: ndarray) -> Struct:
    """MATLAB's struct of a piecewise polynomial: pieces × order coefficients, highest power first."""
    return Struct(
        {
            "form": "pp",
            "breaks": norm(breaks.reshape(1, -1)),
            "coefs": norm(np.asfortranarray(coefficients)),
            "pieces": float(coefficients.shape[0]),
            "order": float(coefficients.shape[1]),
            "dim": 1.0,
        }
    )


def points_of(x, y, name: str) -> tuple[ndarray, ndarray]:
    """Sample points in order, and their values."""
    points, values = take.vector(x, "x"), take.vector(y, "y")
    if points.size < 2:
        raise ScriptError(
            "MATLAB:chckxy:NotEnoughPts",
            "There should be at least two data points.",
            notes=(f"{name} got {points.size}",),
        )
    order = np.argsort(points, kind="stable")
    if np.any(np.diff(points[order]) == 0):
        raise ScriptError("MATLAB:chckxy:RepeatedSites", "The data sites should be distinct.")
    return points[order], values[order] if values.size == points.size else values


def smooth(x, y, xq, name: str, kind: str):
    """A piecewise cubic through points: its values at xq, or the struct of it."""
    import scipy.interpolate

    points, values = points_of(x, y, name)
    clamped = name == "spline" and values.size == points.size + 2
    if clamped:  # the first and last value are slopes at the ends
        order = np.argsort(take.vector(x, "x"), kind="stable")
        inner = values[1:-1][order]
        curve = scipy.interpolate.CubicSpline(points, inner, bc_type=((1, values[0]), (1, values[-1])))
    elif values.size != points.size:
        raise ScriptError(
            "MATLAB:chckxy:NumSitesMismatchValues",
            f"The number of sites, {points.size}, is incompatible with the number of values, {values.size}.",
        )
    elif xq is not None:
        return interp1(norm(points.reshape(1, -1)), norm(values.reshape(1, -1)), xq, kind)
    elif kind == "spline":
        curve = scipy.interpolate.CubicSpline(points, values, bc_type="not-a-knot")
    elif kind == "pchip":
        curve = scipy.interpolate.PchipInterpolator(points, values)
    else:
        curve = scipy.interpolate.Akima1DInterpolator(points, values, method="makima")
    if xq is None:
        return piecewise(points, curve.c.T)
    wanted = require_numeric(xq, name)
    return norm(np.asfortranarray(curve(wanted)))


@builtin
def spline(x, y, xq=None, /):
    """
    spline(x, y, xq)
    pp = spline(x, y)

    Cubic spline through points (not-a-knot; two more values than points give the slopes at the ends).

    Examples
      >> spline([0 1 2 3], [0 1 8 27], 1.5)
      ans =
          3.3750
      >> pp = spline([0 1 2 3], [0 1 8 27]);

    See also pchip, makima, ppval, interp1.
    """
    return smooth(x, y, xq, "spline", "spline")


@builtin
def pchip(x, y, xq=None, /):
    """
    pchip(x, y, xq)
    pp = pchip(x, y)

    Piecewise cubic through points that keeps their shape: no overshoot.

    Examples
      >> pchip([0 1 2], [0 1 1], 1.5)
      ans =
           1
      >> pp = pchip([0 1 2], [0 1 1]);

    See also spline, makima, ppval, interp1.
    """
    return smooth(x, y, xq, "pchip", "pchip")


@builtin
def makima(x, y, xq=None, /):
    """
    makima(x, y, xq)
    pp = makima(x, y)

    Piecewise cubic through points by the modified Akima rule.

    Examples
      >> makima([0 1 2 3], [0 1 2 3], 1.5)
      ans =
          1.5000
      >> pp = makima([0 1 2 3], [0 1 2 3]);

    See also spline, pchip, ppval.
    """
    return smooth(x, y, xq, "makima", "makima")


@builtin
def mkpp(breaks, coefficients, /):
    """
    mkpp(breaks, coefs)

    A piecewise polynomial from breaks and a matrix of coefficients, one row a piece.

    Examples
      >> ppval(mkpp([0 1 2], [1 0; 2 1]), [0.5 1.5])
      ans =
          0.5000    2.0000

    See also ppval, unmkpp, spline.
    """
    edges = take.vector(breaks, "Breaks")
    table = require_numeric(coefficients, "mkpp").astype(DOUBLE)
    pieces = edges.size - 1
    if pieces < 1 or table.size % pieces:
        raise ScriptError(
            "MATLAB:mkpp:PPNumberMismatchCoeffs",
            f"The requested number of polynomial pieces, {pieces}, is incompatible with the proposed number of "
            f"coefficients, {table.size}.",
        )
    return piecewise(edges, table.reshape((pieces, -1), order="F"))


def parts(pp, name: str) -> tuple[ndarray, ndarray]:
    if not isinstance(pp, Struct) or not {"breaks", "coefs"} <= set(pp.fields):
        raise ScriptError(
            f"MATLAB:{name}:unknownfn",
            "The input array does not seem to describe a pp function.",
            notes=(f"got {described(pp)}",),
        )
    edges = take.vector(pp.fields["breaks"], "Breaks")
    return edges, take.array(pp.fields["coefs"], "Coefficients").reshape((edges.size - 1, -1), order="F")


@builtin(outputs=4)
def unmkpp(nargout, pp, /):
    """
    [breaks, coefs, pieces, order] = unmkpp(pp)

    The parts of a piecewise polynomial.

    Examples
      >> [breaks, coefs, pieces, order] = unmkpp(mkpp([0 1 2], [1 0; 2 1]))
      breaks =
           0     1     2
      coefs =
           1     0
           2     1
      pieces =
           2
      order =
           2

    See also mkpp, ppval.
    """
    edges, table = parts(pp, "unmkpp")
    return norm(edges.reshape(1, -1)), norm(table), float(table.shape[0]), float(table.shape[1])


@builtin
def ppval(pp, xq, /):
    """
    ppval(pp, xq)

    Values of a piecewise polynomial.

    Examples
      >> ppval(spline([0 1 2 3], [0 1 8 27]), [0.5 4])
      ans =
          0.1250   64.0000

    See also spline, mkpp.
    """
    edges, table = parts(pp, "ppval")
    wanted = require_numeric(xq, "ppval").astype(DOUBLE)
    piece = np.clip(np.searchsorted(edges, wanted, side="right") - 1, 0, table.shape[0] - 1)
    inside = wanted - edges[piece]
    value = np.zeros(wanted.shape)
    for column in range(table.shape[1]):
        value = value * inside + table[piece, column]
    return norm(np.asfortranarray(value))

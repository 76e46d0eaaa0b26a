"""Piecewise polynomials: spline, pchip, makima, ppval, mkpp, unmkpp."""

from __future__ import annotations

from math import prod

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, SINGLE, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.warn import warn


def piecewise(breaks: ndarray, coefficients: ndarray, sizes: tuple[int, ...] = (1,)) -> Struct:
    """MATLAB's struct of a piecewise polynomial.

    coefficients   order x pieces x components, highest power first (as SciPy has them)
    sizes          the size of one value; its product is the number of components
    """
    order, pieces, components = coefficients.shape
    table = coefficients.transpose(2, 1, 0).reshape((components * pieces, order), order="F")
    return Struct(
        {
            "form": "pp",
            "breaks": norm(breaks.reshape(1, -1)),
            "coefs": norm(np.asfortranarray(table)),
            "pieces": float(pieces),
            "order": float(order),
            "dim": norm(np.array([sizes], DOUBLE)),
        }
    )


def straight_pieces(points: ndarray, values: ndarray) -> Struct:
    """The straight lines between values at points; the points lie along the last dimension of `values`."""
    sizes, columns = by_columns(values)
    order = np.argsort(points, kind="stable")
    points, columns = points[order], columns[order]
    slopes = np.diff(columns, axis=0) / np.diff(points)[:, None]
    return piecewise(points, np.stack([slopes, columns[:-1]]), sizes)


def by_columns(values: ndarray) -> tuple[tuple[int, ...], ndarray]:
    """The size of one value, and the values at each point in a row of a matrix: points lie along the last dimension
    (vectors, whichever way they lie, hold one value a point)."""
    values = values.astype(DOUBLE) if values.dtype.kind in "iub" else values
    if not values.size:
        raise ScriptError("MATLAB:chckxy:NotEnoughPts", "There should be at least two data points.")
    if values.ndim == 2 and 1 in values.shape:
        return (1,), values.reshape(-1, 1)
    return values.shape[:-1], values.reshape((-1, values.shape[-1]), order="F").T


def curve(points: ndarray, columns: ndarray, kind: str):
    """SciPy's piecewise cubic through rows of values at points, in order; with two more rows than points the first
    and last are the slopes at the ends of a spline."""
    import scipy.interpolate

    if kind == "spline":
        if len(columns) == points.size + 2:
            ends = ((1, columns[0]), (1, columns[-1]))
            return scipy.interpolate.CubicSpline(points, columns[1:-1], bc_type=ends)
        return scipy.interpolate.CubicSpline(points, columns, bc_type="not-a-knot")
    if columns.dtype.kind == "c":
        real, imaginary = (curve(points, part, kind) for part in (columns.real, columns.imag))
        return scipy.interpolate.PPoly(real.c + 1j * imaginary.c, real.x)
    if kind == "makima" and points.size > 2:
        return scipy.interpolate.Akima1DInterpolator(points, columns, method="makima", extrapolate=True)
    return scipy.interpolate.PchipInterpolator(points, columns)


def smooth(x, y, xq, kind: str):
    """A piecewise cubic through points: its values at xq, or the struct of it."""
    points = take.vector(x, "x")
    sizes, columns = by_columns(require_numeric(y, kind))
    slopes = kind == "spline" and len(columns) == points.size + 2
    if not slopes and len(columns) != points.size:
        raise ScriptError(
            "MATLAB:chckxy:NumSitesMismatchValues",
            f"The number of sites, {points.size}, is incompatible with the number of values, {len(columns)}.",
        )
    first, last = (columns[:1], columns[-1:]) if slopes else (columns[:0], columns[:0])
    inner = columns[1:-1] if slopes else columns
    if not np.isfinite(points).all():
        raise ScriptError("MATLAB:chckxy:NotFinite", "All the data sites must be finite.")
    if (lost := np.isnan(inner).any(axis=1)).any():
        warn("MATLAB:chckxy:IgnoreNaN", "All data points with NaN in their value will be ignored.")
        points, inner = points[~lost], inner[~lost]
    if points.size < 2:
        raise ScriptError(
            "MATLAB:chckxy:NotEnoughPts",
            "There should be at least two data points.",
            notes=(f"{kind} got {points.size}",),
        )
    order = np.argsort(points, kind="stable")
    points, inner = points[order], inner[order]
    if np.any(np.diff(points) == 0):
        raise ScriptError("MATLAB:chckxy:RepeatedSites", "The data sites should be distinct.")
    if not np.isfinite(inner).all():
        raise ScriptError(f"MATLAB:{kind}:infiniteValues", "Values must be finite.", notes=(f"{kind} got Inf",))
    found = curve(points, np.concatenate([first, inner, last]), kind)
    made = piecewise(points, found.c, sizes)
    return made if xq is None else evaluated(made, require_numeric(xq, kind), kind)


def evaluated(pp: Struct, wanted: ndarray, name: str):
    """The values of a piecewise polynomial; beyond its ends the first and last piece go on."""
    edges, table, sizes = parts(pp, name)
    if wanted.dtype.kind == "c":
        raise ScriptError(f"MATLAB:{name}:complexPoints", "Query points must be real.")
    places = wanted.ravel("F").astype(SINGLE if wanted.dtype == SINGLE else DOUBLE)
    piece = np.clip(np.searchsorted(edges, places, side="right") - 1, 0, table.shape[1] - 1)
    inside = places - edges[piece]
    value = np.zeros((table.shape[0], places.size), np.result_type(table.dtype, places.dtype))
    for column in range(table.shape[2]):
        value = value * inside + table[:, piece, column]
    if sizes == (1,):
        shape = wanted.shape
    elif wanted.ndim == 2 and 1 in wanted.shape:
        shape = (*sizes, places.size)
    else:
        shape = (*sizes, *wanted.shape)
    return norm(np.asfortranarray(value.reshape(shape, order="F")))


@builtin(keeps_single=True)
def spline(x, y, xq=None, /):
    """
    spline(x, y, xq)
    pp = spline(x, y)

    Cubic spline through points (not-a-knot; two more values than points give the slopes at the ends).

    The columns of a matrix y (its last dimension) are values at the points, that is each row is a curve.

    Examples
      >> spline([0 1 2 3], [0 1 8 27], 1.5)
      ans =
          3.3750
      >> pp = spline([0 1 2 3], [0 1 8 27]);

    See also pchip, makima, ppval, interp1.
    """
    return smooth(x, y, xq, "spline")


@builtin(keeps_single=True)
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
    return smooth(x, y, xq, "pchip")


@builtin(keeps_single=True)
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
    return smooth(x, y, xq, "makima")


@builtin
def mkpp(breaks, coefficients, sizes=1.0, /):
    """
    mkpp(breaks, coefs)
    mkpp(breaks, coefs, d)

    A piecewise polynomial from breaks and a matrix of coefficients, one row a piece; with values of size d one row
    for each component of each piece.

    Examples
      >> ppval(mkpp([0 1 2], [1 0; 2 1]), [0.5 1.5])
      ans =
          0.5000    2.0000
      >> ppval(mkpp([0 1], [1 0; 2 0], 2), 0.5)
      ans =
          0.5000
          1.0000

    See also ppval, unmkpp, spline.
    """
    edges = take.vector(breaks, "Breaks")
    table = require_numeric(coefficients, "mkpp")
    table = table.astype(DOUBLE) if table.dtype.kind in "iub" else table
    sizes = tuple(take.positive(float(item), "d") for item in take.vector(sizes, "d"))
    pieces, components = edges.size - 1, prod(sizes)
    if pieces < 1 or not table.size or table.size % (pieces * components):
        raise ScriptError(
            "MATLAB:mkpp:PPNumberMismatchCoeffs",
            f"The requested number of polynomial pieces, {pieces}, is incompatible with the proposed size of a "
            f"coefficient, {components}, and the number of coefficients, {table.size}.",
        )
    return piecewise(edges, table.reshape((components, pieces, -1), order="F").transpose(2, 1, 0), sizes)


def parts(pp, name: str) -> tuple[ndarray, ndarray, tuple[int, ...]]:
    """The breaks, the coefficients (components x pieces x order) and the size of one value."""
    if not isinstance(pp, Struct) or not {"breaks", "coefs"} <= pp.fields.keys():
        raise ScriptError(
            f"MATLAB:{name}:unknownfn",
            "The input array does not seem to describe a pp function.",
            notes=(f"got {described(pp)}",),
        )
    edges = take.vector(pp.fields["breaks"], "Breaks")
    sizes = tuple(take.positive(float(item), "dim") for item in take.vector(pp.fields.get("dim", 1.0), "dim"))
    table = require_numeric(pp.fields["coefs"], name)
    if edges.size < 2 or not table.size or table.size % ((edges.size - 1) * prod(sizes)):
        raise ScriptError(
            f"MATLAB:{name}:unknownfn",
            "The input array does not seem to describe a pp function.",
            notes=(f"{edges.size} breaks, {table.size} coefficients",),
        )
    return edges, table.reshape((prod(sizes), edges.size - 1, -1), order="F"), sizes


@builtin(outputs=5)
def unmkpp(nargout, pp, /):
    """
    [breaks, coefs, pieces, order, dim] = unmkpp(pp)

    The parts of a piecewise polynomial.

    Examples
      >> [breaks, coefs, pieces, order, dim] = unmkpp(mkpp([0 1 2], [1 0; 2 1]))
      breaks =
           0     1     2
      coefs =
           1     0
           2     1
      pieces =
           2
      order =
           2
      dim =
           1

    See also mkpp, ppval.
    """
    edges, table, sizes = parts(pp, "unmkpp")
    rows = table.reshape((-1, table.shape[2]), order="F")
    found = (norm(edges.reshape(1, -1)), norm(np.asfortranarray(rows)), float(table.shape[1]), float(table.shape[2]))
    return (*found, norm(np.array([sizes], DOUBLE)))


@builtin(keeps_single=True)
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
    if isinstance(xq, Struct) and not isinstance(pp, Struct):
        pp, xq = xq, pp
    return evaluated(pp, require_numeric(xq, "ppval"), "ppval")

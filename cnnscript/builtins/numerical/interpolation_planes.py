"""Values between the points of a grid in the plane: interp2."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.numerical.interpolation import interpolated
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, SINGLE, ndarray, norm, size_text
from cnnscript.values.text import is_text

METHODS = ("linear", "nearest", "cubic", "spline", "makima")


@builtin
def interp2(v, /, *rest):
    """
    interp2(X, Y, V, Xq, Yq)
    interp2(V, Xq, Yq)
    interp2(V)
    interp2(V, k)
    interp2(..., method)
    interp2(..., method, extrapval)

    Values between the points of a grid: 'linear', 'nearest', 'cubic' (cubic convolution, of points at equal steps;
    other points go by 'spline'), 'spline', 'makima'.

    Without query points the grid is refined: k times (once) halved.  Outside the grid the value is NaN ('spline' and
    'makima' go on), or extrapval.

    Examples
      >> interp2([1 2; 3 4], 1.5, 1.5)
      ans =
          2.5000
      >> interp2([1 2; 3 4], 1.2, 1, 'nearest')
      ans =
           1
      >> interp2([1 2; 3 4], 9, 9, 'linear', 0)
      ans =
           0
      >> interp2([1 2; 3 4])
      ans =
          1.0000    1.5000    2.0000
          2.0000    2.5000    3.0000
          3.0000    3.5000    4.0000
      >> interp2(1:2, 1:2, [1 2; 3 4], 2, 1.5)
      ans =
           3
      >> size(interp2(magic(4), 2))
      ans =
          13    13

    See also interp1, imresize.
    """
    arguments = [v, *rest]
    first = next((place for place, item in enumerate(arguments) if is_text(item)), len(arguments))
    method, outside = "linear", None
    if first < len(arguments):
        method = take.choice(take.text(arguments[first], "Method").lstrip("*"), METHODS, "Method")
    if first + 1 < len(arguments):
        outside = take.number(arguments[first + 1], "Extrapolation value")
    elif method not in ("spline", "makima"):
        outside = np.nan
    x, y, values, xq, yq = grid_and_queries([require_numeric(item, "interp2") for item in arguments[:first]])
    found = between(x, y, values, xq, yq, method)
    if outside is not None:
        found[(xq < x[0]) | (xq > x[-1]) | (yq < y[0]) | (yq > y[-1])] = outside
    found[np.isnan(xq) | np.isnan(yq)] = np.nan
    return norm(np.asfortranarray(found))


def grid_and_queries(numbers: list[ndarray]) -> tuple[ndarray, ndarray, ndarray, ndarray, ndarray]:
    """The grid's vectors (ascending), its values, and query points in two arrays of one size."""
    if len(numbers) not in (1, 2, 3, 5):
        raise ScriptError(
            "MATLAB:interp2:nargin",
            "Wrong number of input arguments.",
            notes=("interp2(X, Y, V, Xq, Yq), interp2(V, Xq, Yq), interp2(V, k)",),
        )
    values = numbers[2] if len(numbers) == 5 else numbers[0]
    if values.ndim != 2 or min(values.shape) < 2:
        raise ScriptError(
            "MATLAB:interp2:NotEnoughPointsNargin" if values.ndim == 2 else "MATLAB:interp2:VNotMatrix",
            "Interpolation requires at least two sample points for each grid dimension.",
            notes=(f"V is {size_text(values.shape)}",),
        )
    values = values.astype(DOUBLE) if values.dtype.kind in "iub" else values
    rows, columns = values.shape
    if len(numbers) == 5:
        x, y = grid_vector(numbers[0], numbers[1], columns, "X", 1), grid_vector(numbers[1], numbers[0], rows, "Y", 0)
        if x[0] > x[-1]:
            x, values = x[::-1], values[:, ::-1]
        if y[0] > y[-1]:
            y, values = y[::-1], values[::-1]
    else:
        x, y = np.arange(1.0, columns + 1), np.arange(1.0, rows + 1)
    if len(numbers) < 3:
        halvings = take.count(norm(numbers[1]), "K") if len(numbers) == 2 else 1
        steps = [np.linspace(1, length, ((length - 1) << halvings) + 1) for length in (columns, rows)]
        xq, yq = np.meshgrid(*steps)
        return x, y, values, xq, yq
    xq, yq = numbers[-2:]
    if xq.dtype.kind == "c" or yq.dtype.kind == "c":
        raise ScriptError("MATLAB:interp2:ComplexQuery", "Query points must be real.")
    if xq.shape != yq.shape:
        if xq.ndim == yq.ndim == 2 and (xq.shape[0], yq.shape[1]) == (1, 1):
            xq, yq = np.broadcast_arrays(xq, yq)
        elif xq.ndim == yq.ndim == 2 and (xq.shape[1], yq.shape[0]) == (1, 1):
            xq, yq = np.broadcast_arrays(xq.T, yq.T)
        elif xq.size == 1 or yq.size == 1:
            xq, yq = np.broadcast_arrays(xq.reshape((1,) * (yq.ndim - 2) + (1, 1)) if xq.size == 1 else xq, yq)
        else:
            raise ScriptError(
                "MATLAB:interp2:XiYiSizeMismatch",
                "Query points must be arrays of the same size, or vectors.",
                notes=(f"Xq is {size_text(xq.shape)}", f"Yq is {size_text(yq.shape)}"),
            )
    return x, y, values, np.array(xq, DOUBLE), np.array(yq, DOUBLE)


def grid_vector(points: ndarray, other: ndarray, length: int, name: str, axis: int) -> ndarray:
    """The steps of a grid along one side, from a vector or from the matrix that `meshgrid` gives."""
    vector = points.ravel("F")
    if points.ndim == 2 and min(points.shape) > 1:
        if points.shape != other.shape:
            raise ScriptError(
                "MATLAB:interp2:XYSizeMismatch",
                "X and Y must be matrices of the same size, or vectors.",
                notes=(f"{name} is {size_text(points.shape)}, the other {size_text(other.shape)}",),
            )
        vector = points[0] if axis == 1 else points[:, 0]
    if vector.dtype.kind == "c" or vector.size != length:
        raise ScriptError(
            f"MATLAB:interp2:{name}LengthMismatchV",
            f"The length of {name} must match the size of V.",
            notes=(f"{name} has {vector.size}, V {length} {'columns' if axis else 'rows'}",),
        )
    vector = vector.astype(DOUBLE)
    steps = np.diff(vector)
    if not (np.all(steps > 0) or np.all(steps < 0)):
        raise ScriptError(
            "MATLAB:griddedInterpolant:NonMonotonicCompVecsErrId",
            "Grid vectors must be strictly monotonically increasing or decreasing.",
            notes=(f"{name} is not",),
        )
    return vector


def between(x: ndarray, y: ndarray, values: ndarray, xq: ndarray, yq: ndarray, method: str) -> ndarray:
    """Values at query points; what lies outside goes on by the method's own rule."""
    if method == "linear":
        (left, across), (above, down) = cell_of(x, xq), cell_of(y, yq)
        upper = mixed(values[above, left], values[above, left + 1], across)
        lower = mixed(values[above + 1, left], values[above + 1, left + 1], across)
        found = mixed(upper, lower, down)
    elif method == "nearest":
        (left, across), (above, down) = cell_of(x, xq), cell_of(y, yq)
        found = values[above + (down >= 0.5), left + (across >= 0.5)].astype(values.dtype)
    else:
        if method == "cubic" and not all(np.allclose(np.diff(p), p[1] - p[0], rtol=1e-10, atol=0) for p in (x, y)):
            method = "spline"
        found = by_lines(x, y, values, xq, yq, method)
    return found.astype(values.dtype) if values.dtype == SINGLE else found


def cell_of(points: ndarray, wanted: ndarray) -> tuple[ndarray, ndarray]:
    """The interval each query lies in, and how far along it, from 0 to 1 (beyond that outside)."""
    left = np.clip(np.searchsorted(points, wanted, side="right") - 1, 0, points.size - 2)
    return left, (wanted - points[left]) / (points[left + 1] - points[left])


def mixed(low: ndarray, high: ndarray, share: ndarray) -> ndarray:
    """A value between two; at the ends exactly these, also where the other one is NaN."""
    with np.errstate(invalid="ignore"):
        return np.where(share == 0, low, np.where(share == 1, high, low + share * (high - low)))


def by_lines(x: ndarray, y: ndarray, values: ndarray, xq: ndarray, yq: ndarray, method: str) -> ndarray:
    """First down each column to the rows asked for, then across each of these to its queries."""
    rows, row_of = np.unique(yq.ravel(), return_inverse=True)
    lines = interpolated(y, values, rows, method)
    columns, column_of = np.unique(xq.ravel(), return_inverse=True)
    if rows.size * columns.size <= 4 * xq.size + 1000:  # a grid, or nearly
        whole = interpolated(x, np.ascontiguousarray(lines.T), columns, method)
        return whole[column_of.reshape(-1), row_of.reshape(-1)].reshape(xq.shape)
    found = np.empty(xq.size, lines.dtype)
    order = np.argsort(row_of, kind="stable")
    starts = np.searchsorted(row_of[order], np.arange(rows.size + 1))
    flat = xq.ravel()
    for row in range(rows.size):
        at = order[starts[row] : starts[row + 1]]
        found[at] = interpolated(x, lines[row][:, None], flat[at], method)[:, 0]
    return found.reshape(xq.shape)

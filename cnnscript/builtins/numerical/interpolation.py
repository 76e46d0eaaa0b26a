"""Values between points of a line: interp1, and the rules of its methods."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.numerical.piecewise import curve, smooth, straight_pieces
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import COMPLEX_SINGLE, DOUBLE, SINGLE, class_of, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none

# ------------------------------------------------------------------------------------------------------ interpolation
METHODS = ("linear", "nearest", "next", "previous", "cubic", "pchip", "spline", "makima", "v5cubic")


@builtin
def interp1(x, v, xq=None, /, *rest):
    """
    interp1(x, v, xq)
    interp1(v, xq)
    interp1(x, v, xq, method)
    interp1(x, v, xq, method, extrapolation)
    pp = interp1(x, v, method, 'pp')

    Values between points of a function: 'linear', 'nearest', 'next', 'previous', 'pchip', 'spline', 'makima',
    'cubic' (cubic convolution, of points at equal steps; other points go by 'spline').  Outside NaN ('spline',
    'pchip' and 'makima' go on), 'extrap' or a value.

    Examples
      >> interp1([1 2 3], [10 20 40], 2.5)
      ans =
          30
      >> interp1([10 20 40], 1.5)
      ans =
          15
      >> interp1([1 2 3], [10 20 40], 2.4, 'nearest')
      ans =
          20
      >> interp1([1 2 3], [10 20 40], [0 4], 'linear', 'extrap')
      ans =
           0    60

    See also interp2, polyfit.
    """
    options = list(rest)
    if class_of(x) in ("datetime", "duration"):
        x, xq = of_times(x, xq)
    if options and text_or_none(options[-1]) == "pp" and (word := text_or_none(xq)) is not None:
        return polynomial_through(x, v, word)
    if xq is None or is_text(xq):
        if xq is not None:
            options.insert(0, xq)
        values, wanted = require_numeric(x, "interp1"), require_numeric(v, "interp1")
        length = values.size if 1 in values.shape else values.shape[0]
        points = np.arange(1.0, length + 1)
    else:
        points = real_part_of(require_numeric(x, "interp1").ravel("F"), "X").astype(DOUBLE)
        values, wanted = require_numeric(v, "interp1"), require_numeric(xq, "interp1")
    wanted = real_part_of(wanted, "Xq")
    single = any(class_of(value) == "single" for value in (x, v, xq) if value is not None)
    if not values.size:
        raise ScriptError("MATLAB:interp1:NotEnoughPts", "Interpolation requires at least two sample points.")
    method, outside = interpolation_options(options)
    vector = values.ndim == 2 and 1 in values.shape
    columns = values.reshape(-1, 1, order="F") if vector else values.reshape(values.shape[0], -1, order="F")
    columns = columns.astype(DOUBLE) if columns.dtype.kind in "iub" else columns
    if points.size != columns.shape[0]:
        raise ScriptError(
            "MATLAB:interp1:YInvalidNumRows",
            "X and V must be of the same length.",
            notes=(f"X has {points.size}, V {columns.shape[0]}",),
        )
    if points.size < 2:
        raise ScriptError(
            "MATLAB:interp1:NotEnoughPts", "Interpolation requires at least two sample points in each dimension."
        )
    order = np.argsort(points, kind="stable")
    points, columns = points[order], columns[order]
    if np.any(np.diff(points) == 0):
        raise ScriptError("MATLAB:griddedInterpolant:NonUniqueCompVecsPtsErrId", "Sample points must be unique.")
    places = wanted.ravel("F").astype(DOUBLE)
    found = interpolated(points, columns, places, method)
    beyond = (places < points[0]) | (places > points[-1])
    if outside is not None and beyond.any():
        found[beyond] = outside
    found[np.isnan(places)] = np.nan
    if vector:
        shape = wanted.shape
    elif wanted.ndim == 2 and 1 in wanted.shape:
        shape = (wanted.size, *values.shape[1:])
    else:
        shape = (*wanted.shape, *values.shape[1:])
    found = found.reshape(shape, order="F")
    if single and found.dtype.kind in "fc":
        found = found.astype(COMPLEX_SINGLE if found.dtype.kind == "c" else SINGLE)
    return norm(np.asfortranarray(found))


def of_times(x, xq) -> tuple:
    """Sample points and query points in time, as numbers."""
    if class_of(xq) != class_of(x):
        raise ScriptError(
            "MATLAB:interp1:TimeMismatch",
            "Query points must be times of the same kind as the sample points.",
            notes=(f"X is {described(x)}, Xq {described(xq)}",),
        )
    return norm(x.data), norm(x.milliseconds_of(xq))


def interpolation_options(options: list) -> tuple[str, float | None]:
    """The method, and the value outside (None: go on)."""
    method, outside, chosen = "linear", np.nan, False
    for option in options:
        if not is_text(option):
            outside, chosen = take.number(option, "Extrapolation value"), True
        elif (text_or_none(option) or "").lower() == "extrap":
            outside, chosen = None, True
        else:
            word = (text_or_none(option) or "").lower().lstrip("*")
            method = take.choice(word, METHODS, "Method")
    if not chosen and method in ("pchip", "spline", "makima"):
        outside = None
    return method, outside


def interpolated(points: ndarray, columns: ndarray, places: ndarray, method: str) -> ndarray:
    """Columns of values at places; outside the first or last piece goes on."""
    if method in ("cubic", "v5cubic"):
        if points.size > 2 and np.allclose(np.diff(points), points[1] - points[0], rtol=1e-10, atol=0):
            return convolved(points, columns, places)
        method = "spline"
    if method in ("pchip", "spline", "makima"):
        return np.array(curve(points, columns, method)(places))
    left = np.clip(np.searchsorted(points, places, side="right") - 1, 0, points.size - 2)
    if method == "linear":
        start, stop = points[left], points[left + 1]
        share = ((places - start) / (stop - start))[:, None]
        low, high = columns[left], columns[left + 1]
        return np.where(share == 0, low, np.where(share == 1, high, low + share * (high - low)))
    if method == "nearest":
        nearer = left + (places - points[left] >= points[left + 1] - places)
        return columns[nearer].astype(DOUBLE if columns.dtype.kind in "iub" else columns.dtype)
    if method == "previous":
        return columns[np.where(places >= points[-1], points.size - 1, left)] * 1.0
    return columns[np.where(places <= points[left], left, left + 1)] * 1.0


def convolved(points: ndarray, columns: ndarray, places: ndarray) -> ndarray:
    """Columns of values, at equal steps, by cubic convolution (Keys 1981, eq. 8, third order; at the edges his
    eq. 19: the value beyond is 3f0 - 3f1 + f2)."""
    before = 3 * columns[0] - 3 * columns[1] + columns[2]
    after = 3 * columns[-1] - 3 * columns[-2] + columns[-3]
    wide = np.concatenate([before[None], columns, after[None]])
    step = (points[-1] - points[0]) / (points.size - 1)
    exact = (places - points[0]) / step
    left = np.clip(np.nan_to_num(np.floor(exact)), 0, points.size - 2).astype(np.int64)
    s = (exact - left)[:, None]
    weights = (((2 - s) * s - 1) * s, (3 * s - 5) * s * s + 2, ((4 - 3 * s) * s + 1) * s, (s - 1) * s * s)
    return sum(weight * wide[left + shift] for shift, weight in enumerate(weights)) / 2


def polynomial_through(points, values, word: str):
    """What `interp1(x, v, method, 'pp')` gives: the piecewise polynomial itself."""
    method = take.choice(word.lstrip("*"), METHODS, "Method")
    values = require_numeric(values, "interp1")
    if values.ndim != 2 or 1 not in values.shape:
        values = np.asfortranarray(np.moveaxis(values, 0, -1))  # there the points lie along the last dimension
    if method == "linear":
        return straight_pieces(take.vector(points, "X"), values)
    if method in ("spline", "pchip", "makima"):
        return smooth(points, norm(values), None, method)
    raise ScriptError(
        "MATLAB:interp1:ppGriddedInterpolant",
        f"The piecewise polynomial of the method '{method}' is not in cnnscript.",
        hint="'linear', 'spline', 'pchip' and 'makima' have one",
    )


def real_part_of(array: ndarray, name: str) -> ndarray:
    if array.dtype.kind == "c":
        raise ScriptError("MATLAB:interp1:complexPoints", f"{name} must be real.")
    return array

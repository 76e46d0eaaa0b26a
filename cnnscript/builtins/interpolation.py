"""Values between points: interp1, interp2."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
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

    Values between points of a function: 'linear', 'nearest', 'next', 'previous', 'pchip' ('cubic'), 'spline',
    'makima'.  Outside NaN ('spline', 'pchip' and 'makima' go on), 'extrap' or a value.

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
    if xq is None or is_text(xq):
        if xq is not None:
            options.insert(0, xq)
        values, wanted = require_numeric(x, "interp1"), require_numeric(v, "interp1")
        length = values.size if 1 in values.shape else values.shape[0]
        points = np.arange(1.0, length + 1)
    else:
        points = require_numeric(x, "interp1").ravel("F").astype(DOUBLE)
        values, wanted = require_numeric(v, "interp1"), require_numeric(xq, "interp1")
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
    return norm(np.asfortranarray(found.reshape(shape, order="F")))


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
    if not chosen and method in ("cubic", "pchip", "spline", "makima"):
        outside = None
    return method, outside


def interpolated(points: ndarray, columns: ndarray, places: ndarray, method: str) -> ndarray:
    """Columns of values at places; outside the first or last piece goes on."""
    if method in ("cubic", "pchip", "spline", "makima", "v5cubic"):
        import scipy.interpolate

        if method == "spline":
            kind = scipy.interpolate.CubicSpline(points, columns, bc_type="not-a-knot")
        elif method == "makima" and points.size > 2:
            kind = scipy.interpolate.Akima1DInterpolator(points, columns, method="makima", extrapolate=True)
        else:
            kind = scipy.interpolate.PchipInterpolator(points, columns)
        return np.array(kind(places, extrapolate=True) if method == "makima" else kind(places))
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


@builtin
def interp2(v, /, *rest):
    """
    interp2(X, Y, V, Xq, Yq)
    interp2(V, Xq, Yq)
    interp2(..., method)
    interp2(..., method, outside)

    Values between points of a matrix: 'linear', 'nearest', 'cubic' or 'spline'; NaN (or a value) outside.

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

    See also interp1, imresize.
    """
    arguments = [v, *rest]
    words = [item for item in arguments if is_text(item)]
    first = next((place for place, item in enumerate(arguments) if is_text(item)), len(arguments))
    outside = take.number(arguments[first + 1], "Extrapolation value") if first + 1 < len(arguments) else np.nan
    numbers = [require_numeric(item, "interp2") for item in arguments[:first]]
    method = take.choice(words[0], ("linear", "nearest", "cubic", "spline"), "Method") if words else "linear"
    if len(numbers) == 3:
        values, xq, yq = numbers
        x, y = np.arange(1.0, values.shape[1] + 1), np.arange(1.0, values.shape[0] + 1)
    elif len(numbers) == 5:
        x, y, values, xq, yq = numbers
        x = x[0] if x.ndim == 2 and min(x.shape) > 1 else x.ravel("F")
        y = y[:, 0] if y.ndim == 2 and min(y.shape) > 1 else y.ravel("F")
    else:
        raise ScriptError(
            "MATLAB:interp2:nargin",
            "Wrong number of input arguments.",
            notes=("interp2(X, Y, V, Xq, Yq) or interp2(V, Xq, Yq)",),
        )
    if xq.shape != yq.shape and xq.ndim == yq.ndim == 2 and xq.shape[0] == 1 and yq.shape[1] == 1:
        xq, yq = np.broadcast_arrays(xq, yq)
    import scipy.interpolate

    if method in ("cubic", "spline"):
        spline = scipy.interpolate.RectBivariateSpline(
            y, x, values, kx=min(3, values.shape[0] - 1), ky=min(3, values.shape[1] - 1)
        )
        found = spline.ev(yq, xq)
        found = np.where((xq < x[0]) | (xq > x[-1]) | (yq < y[0]) | (yq > y[-1]), outside, found)
    else:
        grid = scipy.interpolate.RegularGridInterpolator(
            (y, x), values.astype(DOUBLE), method=method, bounds_error=False, fill_value=outside
        )
        found = grid(np.stack([yq, xq], axis=-1))
    return norm(np.asfortranarray(found))

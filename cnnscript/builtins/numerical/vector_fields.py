"""Fields of vectors and trends of columns: curl, divergence, detrend."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, size_text
from cnnscript.values.text import is_text


def field_of(args: tuple, name: str) -> tuple[list[ndarray], list[ndarray]]:
    """The components of a field, and the coordinates along x, y (and z)."""
    arrays = [require_numeric(part, name).astype(DOUBLE) for part in args]
    if len(arrays) in (2, 3):
        parts, places = arrays, None
    elif len(arrays) in (4, 6):
        half = len(arrays) // 2
        places, parts = arrays[:half], arrays[half:]
    else:
        raise ScriptError(f"MATLAB:{name}:nargin", "Wrong number of input arguments.")
    count = len(parts)
    shape = parts[0].shape
    if any(part.shape != shape for part in parts) or len(shape) != count:
        raise ScriptError(
            f"MATLAB:{name}:UVWSizeMismatch", "The components of the field must be arrays of the same size.",
            notes=tuple(size_text(part.shape) for part in parts),
        )  # fmt: skip
    lengths = [shape[1], shape[0], *shape[2:]]
    if places is None:
        return parts, [np.arange(1.0, length + 1) for length in lengths]
    axes = [1, 0, 2][:count]
    vectors = []
    for place, axis, length in zip(places, axes, lengths, strict=True):
        if place.shape == shape and min(shape) > 1:
            where: list = [0] * place.ndim
            where[axis] = slice(None)
            place = place[tuple(where)]
        place = place.ravel("F")
        if place.size != length:
            raise ScriptError(f"MATLAB:{name}:XYZSizeMismatch", "The coordinates must fit the components of the field.")
        vectors.append(place)
    return parts, vectors


def slope(part: ndarray, place: ndarray, axis: int) -> ndarray:
    """MATLAB's gradient along an axis: central differences, one-sided at the ends."""
    if part.shape[axis] < 2:
        return np.zeros_like(part)
    moved = np.moveaxis(part, axis, 0)
    found = np.empty_like(moved)
    widths = np.diff(place).reshape(-1, *(1,) * (moved.ndim - 1))
    found[0], found[-1] = (moved[1] - moved[0]) / widths[0], (moved[-1] - moved[-2]) / widths[-1]
    found[1:-1] = (moved[2:] - moved[:-2]) / (widths[1:] + widths[:-1])
    return np.moveaxis(found, 0, axis)


@builtin
def divergence(*args):
    """
    div = divergence(U, V)
    div = divergence(X, Y, U, V)
    div = divergence(X, Y, Z, U, V, W)
    div = divergence(U, V, W)

    Divergence of a field of vectors on a grid (meshgrid's).

    Examples
      >> [x, y] = meshgrid(1:3); div = divergence(x, y, 2*x, 3*y)
      div =
           5     5     5
           5     5     5
           5     5     5

    See also curl, gradient.
    """
    parts, places = field_of(args, "divergence")
    axes = (1, 0, 2)
    return norm(np.asfortranarray(sum(
        slope(part, place, axis) for part, place, axis in zip(parts, places, axes[: len(parts)], strict=True)
    )))  # fmt: skip


@builtin(outputs=4)
def curl(nargout, /, *args):
    """
    [curlz, cav] = curl(X, Y, U, V)
    [curlz, cav] = curl(U, V)
    [curlx, curly, curlz, cav] = curl(X, Y, Z, U, V, W)
    [curlx, curly, curlz, cav] = curl(U, V, W)
    cav = curl(...)

    Curl of a field of vectors on a grid, and half its size along the flow (the angular velocity cav).

    Examples
      >> [x, y] = meshgrid(1:3); [curlz, cav] = curl(x, y, -y, x); curlz
      curlz =
           2     2     2
           2     2     2
           2     2     2
      >> cav = curl(-y, x); cav(1)
      ans =
           1
      >> [x, y, z] = meshgrid(1:2); [curlx, curly, curlz, cav] = curl(x, y, z, -y, x, 0*z); curlz(1)
      ans =
           2

    See also divergence, gradient.
    """
    parts, places = field_of(args, "curl")
    if len(parts) == 2:
        u, v = parts
        around = slope(v, places[0], 1) - slope(u, places[1], 0)
        outputs = (around, around / 2)
        shaped = tuple(norm(np.asfortranarray(part)) for part in outputs)
        return shaped if nargout > 1 else shaped[1]
    u, v, w = parts
    x, y, z = places
    turns = (
        slope(w, y, 0) - slope(v, z, 2), slope(u, z, 2) - slope(w, x, 1), slope(v, x, 1) - slope(u, y, 0),
    )  # fmt: skip
    speed = np.sqrt(u**2 + v**2 + w**2)
    with np.errstate(all="ignore"):
        along = sum(turn * part for turn, part in zip(turns, parts, strict=True)) / speed / 2
    outputs = (*turns, np.where(speed == 0, 0.0, along))
    shaped = tuple(norm(np.asfortranarray(part)) for part in outputs)
    return shaped if nargout > 1 else shaped[3]


@builtin(keeps_single=True)
def detrend(x, degree=1.0, bends=None, /, *, Continuous=True, SamplePoints=None):
    """
    D = detrend(A)
    D = detrend(A, n)
    D = detrend(A, 'constant')
    D = detrend(A, n, bp)
    D = detrend(A, n, bp, Name, Value)

    Columns without their trend: a polynomial of degree n (1), in pieces that meet at the break points bp.

    Options
      Continuous    whether the pieces meet (true)
      SamplePoints  where the values stand (1, 2, 3 ...)

    Examples
      >> D = detrend([1 2 4 3])
      D =
         -0.3000   -0.1000    1.1000   -0.7000
      >> D = detrend([1 2 4 3], 'constant')
      D =
         -1.5000   -0.5000    1.5000    0.5000
      >> D = round(detrend([0 1 2 1 0], 1, 3), 10)
      D =
           0     0     0     0     0
      >> D = detrend([1 5 2 8], 0, 3, 'Continuous', false)
      D =
         -2.0000    2.0000   -3.0000    3.0000

    See also polyfit, mean.
    """
    array = require_numeric(x, "detrend")
    array = array.astype(DOUBLE) if array.dtype.kind in "iub" else array
    if is_text(degree):
        order = {"constant": 0, "linear": 1}[take.choice(degree, ("constant", "linear"), "Trend")]
    else:
        order = take.count(degree, "n")
    if not array.size:
        return x
    vector = array.ndim == 2 and array.shape[0] == 1
    columns = array.reshape(-1, 1) if vector else array.reshape(array.shape[0], -1, order="F")
    count = len(columns)
    if not count:
        return norm(array)
    order = min(order, count)  # enough to pass through all points
    points = np.arange(1.0, count + 1) if SamplePoints is None else take.vector(SamplePoints, "SamplePoints")
    if points.size != count:
        raise ScriptError("MATLAB:detrend:SamplePointsInvalid", "There must be a sample point for each value.")
    given = np.zeros(0) if bends is None else take.vector(bends, "Break points")
    breaks = np.unique(given)
    if bends is not None and SamplePoints is None:
        breaks = breaks[(breaks > 1) & (breaks < count)]
        breaks = points[breaks.astype(int) - 1] if breaks.size else breaks
    breaks = breaks[(breaks > points[0]) & (breaks < points[-1])]
    scale = points[-1] - points[0] or 1.0
    t = (points - points[0]) / scale
    if take.flag(Continuous, "Continuous") and order > 0:
        terms = [t**power for power in range(order + 1)]
        for bend in (breaks - points[0]) / scale:
            terms += [np.maximum(t - bend, 0) ** power for power in range(1, order + 1)]
    elif take.flag(Continuous, "Continuous"):
        terms = [np.ones(count)]
    else:
        edges = np.concatenate([[-np.inf], breaks, [np.inf]])
        terms = []
        for low, high in zip(edges[:-1], edges[1:], strict=True):
            inside = (points >= low) & (points < high)
            terms += [np.where(inside, t**power, 0.0) for power in range(order + 1)]
    matrix = np.stack(terms, axis=1)
    found = columns - matrix @ np.linalg.lstsq(matrix, columns, rcond=None)[0]
    return norm(np.asfortranarray(found.reshape(array.shape, order="F")))

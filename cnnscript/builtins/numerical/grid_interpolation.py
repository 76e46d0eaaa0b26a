"""Values between points of grids of any dimension: interpn, interp3, griddedInterpolant, interpft."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, require_numeric
from cnnscript.builtins.numerical.interpolation import interpolated
from cnnscript.builtins.registry import builtin
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, OBJECT, SINGLE, as_array, is_cell, ndarray, norm, size_text
from cnnscript.values.objects import Object
from cnnscript.values.take import described
from cnnscript.values.text import is_text

METHODS = ("linear", "nearest", "next", "previous", "cubic", "pchip", "spline", "makima")


def grid_vectors(parts: list, values: ndarray, name: str, swapped: bool = False) -> list[ndarray]:
    """The coordinates along each dimension, from vectors or full grids (meshgrid's when `swapped`)."""
    axes = list(range(len(parts)))
    if swapped:
        axes[:2] = [1, 0]
    lengths = list(values.shape) + [1] * len(parts)
    vectors: list[Any] = [None] * len(parts)
    for part, axis in zip(parts, axes, strict=True):
        array = require_numeric(part, name).astype(DOUBLE)
        if array.shape == values.shape and array.ndim == values.ndim and min(array.shape) > 1:
            place: list[Any] = [0] * array.ndim
            place[axis] = slice(None)
            array = array[tuple(place)]
        vectors[axis] = array.ravel("F")
    for axis, vector in enumerate(vectors):
        if vector.size != lengths[axis]:
            raise ScriptError(
                f"MATLAB:{name}:NumVecsMismatch",
                "The grid vectors must have as many elements as the values have along each dimension.",
                notes=(f"dimension {axis + 1}: {vector.size} and {lengths[axis]}",),
            )
        if np.any(np.diff(vector) <= 0):
            if np.all(np.diff(vector) < 0):
                continue
            raise ScriptError(
                "MATLAB:griddedInterpolant:NonMonotonicCompVecsErrId",
                "The sample points must be in strictly ascending or descending order.",
            )
    return vectors


def rising(vectors: list[ndarray], values: ndarray) -> tuple[list[ndarray], ndarray]:
    """Grids whose coordinates ascend."""
    for axis, vector in enumerate(vectors):
        if vector.size > 1 and vector[1] < vector[0]:
            vectors = [*vectors[:axis], vector[::-1], *vectors[axis + 1 :]]
            values = np.flip(values, axis)
    return vectors, values


def sampled(vectors: list[ndarray], values: ndarray, points: list[ndarray], method: str, outside) -> ndarray:
    """Values at points (arrays of coordinates of equal size, flat); outside None: go on with the last piece."""
    vectors, values = rising(vectors, values)
    if any(vector.size < 2 for vector in vectors):
        raise ScriptError(
            "MATLAB:griddedInterpolant:DegenerateGridErrId",
            "Interpolation requires at least two sample points for each grid dimension.",
        )
    found = _sampled(vectors, values, points, method)
    beyond = np.zeros(points[0].size, bool)
    lost = np.zeros(points[0].size, bool)
    for vector, place in zip(vectors, points, strict=True):
        beyond |= (place < vector[0]) | (place > vector[-1])
        lost |= np.isnan(place)
    if outside is not None:
        found = np.where(beyond, outside, found)
    return np.where(lost, np.nan, found)


def _sampled(vectors, values, points, method):
    if method in ("linear", "nearest", "next", "previous"):
        return by_cells(vectors, values, points, method)
    if method == "spline":
        return by_splines(vectors, values, points)
    return by_dimensions(vectors, values, points, "pchip" if method == "cubic" and len(vectors) == 1 else method)


def by_cells(vectors, values, points, method) -> ndarray:
    """From the corners of the cell that each point lies in."""
    lefts, shares = [], []
    for vector, place in zip(vectors, points, strict=True):
        left = np.clip(np.searchsorted(vector, place, side="right") - 1, 0, vector.size - 2)
        share = (place - vector[left]) / (vector[left + 1] - vector[left])
        if method == "nearest":
            share = np.where(share >= 0.5, 1.0, 0.0)
        elif method == "next":
            share = np.where(share > 0, 1.0, 0.0)
        elif method == "previous":
            share = np.where(share >= 1, 1.0, 0.0)
        lefts.append(left)
        shares.append(share)
    found = np.zeros(points[0].size, np.result_type(values, float))
    for corner in np.ndindex(*(2,) * len(vectors)):
        weight = np.ones(points[0].size)
        for side, share in zip(corner, shares, strict=True):
            weight = weight * (share if side else 1 - share)
        term = values[tuple(left + side for side, left in zip(corner, lefts, strict=True))]
        found = found + np.where(weight == 0, 0.0, weight * term)
    return found


def by_splines(vectors, values, points) -> ndarray:
    """Not-a-knot splines along each dimension: a tensor product."""
    from scipy.interpolate import NdBSpline, make_interp_spline

    terms, knots, orders = values.astype(np.result_type(values, float)), [], []
    for axis, vector in enumerate(vectors):
        order = min(3, vector.size - 1)
        spline = make_interp_spline(vector, np.moveaxis(terms, axis, 0), k=order)
        terms = np.moveaxis(spline.c, 0, axis)
        knots.append(spline.t)
        orders.append(order)
    spline = NdBSpline(tuple(knots), terms, tuple(orders), extrapolate=True)
    return spline(np.stack(points, axis=-1))


def by_dimensions(vectors, values, points, method) -> ndarray:
    """One dimension after the other, for each point: cubic convolution (Keys, 1981), pchip or makima."""
    found = np.empty(points[0].size, np.result_type(values, float))
    if method == "cubic":
        return by_convolution(vectors, values, points)
    for at in range(points[0].size):
        part = values
        for vector, place in zip(vectors, points, strict=True):
            columns = part.reshape(part.shape[0], -1, order="F")
            row = interpolated(vector, columns, np.array([place[at]]), method)
            part = row.reshape(part.shape[1:] or (1,), order="F")
        found[at] = part.ravel()[0]
    return found


def by_convolution(vectors, values, points) -> ndarray:
    """Cubic convolution on even grids; beyond the grid its quadratic continuation is used."""
    whole = values.astype(np.result_type(values, float))
    for axis, vector in enumerate(vectors):
        steps = np.diff(vector)
        if vector.size < 3 or not np.allclose(steps, steps[0], rtol=1e-9):
            return by_splines(vectors, values, points)  # as MATLAB does on uneven grids
        moved = np.moveaxis(whole, axis, 0)
        first, last = 3 * moved[0] - 3 * moved[1] + moved[2], 3 * moved[-1] - 3 * moved[-2] + moved[-3]
        whole = np.moveaxis(np.concatenate([first[None], moved, last[None]]), 0, axis)
    lefts, weights = [], []
    for vector, place in zip(vectors, points, strict=True):
        left = np.clip(np.searchsorted(vector, place, side="right") - 1, 0, vector.size - 2)
        s = (place - vector[left]) / (vector[1] - vector[0])
        lefts.append(left)
        inner = ((3 * s - 5) * s * s + 2) / 2, ((4 - 3 * s) * s + 1) * s / 2
        weights.append([((2 - s) * s - 1) * s / 2, *inner, (s - 1) * s * s / 2])
    found = np.zeros(points[0].size, whole.dtype)
    for corner in np.ndindex(*(4,) * len(vectors)):
        weight = np.ones(points[0].size)
        for side, options in zip(corner, weights, strict=True):
            weight = weight * options[side]
        found += weight * whole[tuple(left + side for side, left in zip(corner, lefts, strict=True))]
    return found


def query_points(parts: list, name: str, swapped: bool = False) -> tuple[list[ndarray], tuple[int, ...]]:
    """Flat coordinates of the points asked for, and their shape; vectors of different direction are a grid."""
    arrays = [require_numeric(part, name).astype(DOUBLE) for part in parts]
    shapes = {array.shape for array in arrays}
    if len(shapes) == 1:
        return [array.ravel("F") for array in arrays], arrays[0].shape
    if all(array.ndim == 2 and 1 in array.shape for array in arrays):
        vectors = [array.ravel("F") for array in arrays]
        if swapped:
            vectors[:2] = vectors[1::-1]
        grids = list(np.meshgrid(*vectors, indexing="ij"))
        if swapped:
            grids[:2] = grids[1::-1]
        return [grid.ravel("F") for grid in grids], grids[0].shape
    raise ScriptError(
        f"MATLAB:{name}:QueryPointSizeMismatch", "The query points must be arrays of the same size, or vectors.",
        notes=tuple(size_text(array.shape) for array in arrays),
    )  # fmt: skip


def split_words(args: tuple, name: str) -> tuple[list, str, float]:
    """The arrays, the method and the value outside."""
    first = next((place for place, item in enumerate(args) if is_text(item)), len(args))
    method = take.choice(args[first], METHODS, "Method") if first < len(args) else "linear"
    outside = np.nan
    if first + 1 < len(args):
        outside = take.number(args[first + 1], "Extrapolation value")
    if first + 2 < len(args):
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return list(args[:first]), method, outside


def refined_grid(values: ndarray, times: float, name: str) -> tuple[list, tuple]:
    """The grid between whose points 2^times - 1 others are put."""
    step = 0.5 ** take.integer(times, "k", 0)
    vectors = [np.arange(1, length + step / 2, step) if length > 1 else np.ones(1) for length in values.shape]
    grids = np.meshgrid(*vectors, indexing="ij")
    return [grid.ravel("F") for grid in grids], grids[0].shape


def wrong_count(name: str, values: ndarray) -> ScriptError:
    return ScriptError(
        f"MATLAB:{name}:nargin",
        "Wrong number of input arguments or some dimension mismatch.",
        notes=(
            f"{name}(X1, ..., Xn, V, Xq1, ..., Xqn), {name}(V, Xq1, ..., Xqn) or {name}(V, k)",
            f"the values have {values.ndim} dimensions",
        ),
    )


def gridded(args: tuple, name: str, swapped: bool):
    arrays, method, outside = split_words(args, name)
    if not arrays:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    if len(arrays) <= 2:  # the values, and how often the grid is refined
        values = require_numeric(arrays[0], name)
        points, shape = refined_grid(values, arrays[1] if len(arrays) == 2 else 1.0, name)
        vectors = [np.arange(1.0, length + 1) for length in values.shape]
    else:
        values = require_numeric(arrays[0], name)
        if values.ndim == len(arrays) - 1 and min(values.shape) > 1:  # the values alone: the grid is 1, 2, 3 ...
            vectors = [np.arange(1.0, length + 1) for length in values.shape]
            points, shape = query_points(arrays[1:], name, swapped)
        elif len(arrays) % 2:
            count = len(arrays) // 2
            values = require_numeric(arrays[count], name)
            values = values.ravel("F") if count == 1 and 1 in values.shape else values
            if values.ndim != count or name == "interp3" and count != 3:
                raise wrong_count(name, values)
            vectors = grid_vectors(arrays[:count], values, name, swapped)
            points, shape = query_points(arrays[count + 1 :], name, swapped)
        else:
            raise wrong_count(name, values)
        if swapped:
            points[:2] = points[1::-1]
    found = sampled(vectors, values, points, method, outside)
    found = found.astype(SINGLE) if values.dtype == SINGLE else found
    return norm(np.asfortranarray(found.reshape(shape, order="F")))


@builtin
def interpn(*args):
    """
    Vq = interpn(X1, ..., Xn, V, Xq1, ..., Xqn)
    Vq = interpn(V, Xq1, ..., Xqn)
    Vq = interpn(V, k)
    Vq = interpn(..., method)
    Vq = interpn(..., method, extrapval)

    Values between the points of a grid of any dimension (ndgrid's): 'linear', 'nearest', 'pchip', 'cubic', 'makima'
    or 'spline'; NaN (or a value) outside.

    Examples
      >> Vq = interpn([1 2; 3 4], 1.5, 1.25)
      Vq =
          2.2500
      >> Vq = interpn(1:3, [10 20 40], 2.5)
      Vq =
          30
      >> Vq = interpn([1 2; 3 4], 1)
      Vq =
          1.0000    1.5000    2.0000
          2.0000    2.5000    3.0000
          3.0000    3.5000    4.0000
      >> Vq = interpn([1 2; 3 4], 9, 9, 'nearest', 0)
      Vq =
           0

    See also interp1, interp2, interp3, griddedInterpolant.
    """
    return gridded(args, "interpn", False)


@builtin
def interp3(*args):
    """
    Vq = interp3(X, Y, Z, V, Xq, Yq, Zq)
    Vq = interp3(V, Xq, Yq, Zq)
    Vq = interp3(V, k)
    Vq = interp3(..., method)
    Vq = interp3(..., method, extrapval)

    Values between the points of a grid in space (meshgrid's): 'linear', 'nearest', 'cubic', 'makima' or 'spline'.

    Examples
      >> V = reshape(1:8, 2, 2, 2); Vq = interp3(V, 1.5, 1, 1.5)
      Vq =
           4
      >> Vq = interp3(1:2, 1:2, 1:2, V, 1, 2, 1.5)
      Vq =
           4
      >> Vq = interp3(V, 5, 5, 5, 'linear', 0)
      Vq =
           0

    See also interpn, interp2, meshgrid.
    """
    return gridded(args, "interp3", True)


@builtin(keeps_single=True)
def interpft(x, n, dim=None, /):
    """
    y = interpft(X, n)
    y = interpft(X, n, dim)

    n equally spaced values of a periodic function, by the Fourier transform.

    Examples
      >> y = interpft([0 1 0 -1], 8)
      y =
               0    0.7071    1.0000    0.7071         0   -0.7071   -1.0000   -0.7071
      >> y = interpft([1 2; 3 4], 2, 2)
      y =
           1     2
           3     4

    See also interp1, fft.
    """
    array = require_numeric(x, "interpft")
    array = array.astype(DOUBLE) if array.dtype.kind in "iub" else array
    wanted = take.positive(n, "n")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "interpft")
    length = array.shape[axis] if axis < array.ndim else 1
    times = 1
    if wanted < length:  # more points than there are, then each of some
        times = wanted and int(np.floor(length / wanted)) + 1
    many = wanted * times
    moved = np.moveaxis(array, axis, 0)
    spectrum = np.fft.fft(moved, axis=0)
    half = int(np.ceil((length + 1) / 2))
    padded = np.zeros((many, *moved.shape[1:]), complex)
    padded[:half], padded[many - (length - half) :] = spectrum[:half], spectrum[half:]
    if length % 2 == 0 and many > length:
        padded[half - 1] /= 2
        padded[half - 1 + many - length] = padded[half - 1]
    found = np.fft.ifft(padded, axis=0) * (many / length)
    found = found[::times] if times > 1 else found
    found = found.real if array.dtype.kind != "c" else found
    return norm(np.asfortranarray(np.moveaxis(found, 0, axis)))


class GriddedInterpolant(Object):
    """griddedInterpolant: values on a grid that are asked for between its points by F(xq, yq, ...)."""

    class_name = "griddedInterpolant"

    def __init__(self, vectors: list[ndarray], values: ndarray, method: str, outside: str):
        self.vectors, self.values, self.method, self.outside = vectors, values, method, outside

    def property_names(self) -> list[str]:
        return ["GridVectors", "Values", "Method", "ExtrapolationMethod"]

    def get(self, name: str) -> Any:
        if name == "GridVectors":
            cell = np.empty((1, len(self.vectors)), OBJECT)
            for place, vector in enumerate(self.vectors):
                cell[0, place] = norm(vector.reshape(1, -1))
            return cell
        if name == "Values":
            return norm(np.asfortranarray(self.values.reshape(1, -1) if self.values.ndim == 1 else self.values))
        if name == "Method":
            return self.method
        if name == "ExtrapolationMethod":
            return self.outside
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> GriddedInterpolant:
        if name == "Method":
            word = take.choice(value, METHODS, name)
            return GriddedInterpolant(self.vectors, self.values, word, self.outside)
        if name == "ExtrapolationMethod":
            word = take.choice(value, (*METHODS, "none", "boundary"), name)
            return GriddedInterpolant(self.vectors, self.values, self.method, word)
        if name == "Values":
            values = require_numeric(value, "griddedInterpolant")
            values = values.ravel("F") if self.values.ndim == 1 else values
            if values.shape != self.values.shape:
                raise ScriptError(
                    "MATLAB:griddedInterpolant:ValuesSize", "Values must have the size of the grid.",
                    notes=(f"got {described(value)}",),
                )  # fmt: skip
            return GriddedInterpolant(self.vectors, values, self.method, self.outside)
        super().set(name, value)
        return self

    def index(self, args: tuple) -> Any:
        count = len(self.vectors)
        if len(args) == 1 and is_cell(args[0]):
            vectors = [require_numeric(part, "griddedInterpolant").ravel("F") for part in args[0].ravel("F").tolist()]
            grids = np.meshgrid(*vectors, indexing="ij")
            points, shape = [grid.ravel("F").astype(DOUBLE) for grid in grids], grids[0].shape
            if count == 1:
                shape = as_array(args[0].ravel("F")[0]).shape
        elif len(args) == 1 and count > 1:
            array = require_numeric(args[0], "griddedInterpolant").astype(DOUBLE)
            if array.ndim != 2 or array.shape[1] != count:
                raise ScriptError(
                    "MATLAB:griddedInterpolant:BadQuery", f"A matrix of query points must have {count} columns.",
                    notes=(f"got {described(args[0])}",),
                )  # fmt: skip
            points, shape = [array[:, place] for place in range(count)], (array.shape[0], 1)
        elif len(args) == count:
            points, shape = query_points(list(args), "griddedInterpolant")
        else:
            raise ScriptError(
                "MATLAB:griddedInterpolant:BadQuery",
                "There must be a query coordinate for each dimension of the grid.",
                notes=(f"{len(args)} of {count}",),
            )  # fmt: skip
        return norm(np.asfortranarray(self.at(points).reshape(shape, order="F")))

    def at(self, points: list[ndarray]) -> ndarray:
        outside = np.nan if self.outside == "none" else None
        found = sampled(self.vectors, self.values, points, self.method, outside)
        if self.outside in ("none", self.method):
            return found
        beyond = np.zeros(points[0].size, bool)
        for vector, place in zip(self.vectors, points, strict=True):
            beyond |= (place < vector.min()) | (place > vector.max())
        if beyond.any():
            part = [place[beyond] for place in points]
            word = self.outside
            if word == "boundary":
                part = [np.clip(place, v.min(), v.max()) for place, v in zip(part, self.vectors, strict=True)]
                word = self.method
            found[beyond] = sampled(self.vectors, self.values, part, word, None)
        return found

    def disp(self, form: Any) -> str:
        pairs = [(word, self.get(word)) for word in self.property_names()]
        return f"  griddedInterpolant with properties:\n{form.blank}{fields_body(pairs, form)}{form.blank}"


@builtin
def griddedInterpolant(*args):
    """
    F = griddedInterpolant(x, v)
    F = griddedInterpolant(X1, ..., Xn, V)
    F = griddedInterpolant(V)
    F = griddedInterpolant({x1, ..., xn}, V)
    F = griddedInterpolant(..., Method)
    F = griddedInterpolant(..., Method, ExtrapolationMethod)

    Values on a grid (ndgrid's) that F(xq) or F(xq1, ..., xqn) gives between its points.

    Method is 'linear', 'nearest', 'next', 'previous', 'pchip', 'cubic', 'makima' or 'spline'; the same go on outside,
    or 'none'.

    Examples
      >> F = griddedInterpolant([1 2 3], [10 20 40]); F([1.5 4])
      ans =
          15    60
      >> F = griddedInterpolant([1 2; 3 4]); F(1.5, 2)
      ans =
           3
      >> F = griddedInterpolant({1:2, 1:3}, [1 2 3; 4 5 6], 'nearest', 'none')
      F =
        griddedInterpolant with properties:
                  GridVectors: {[1 2]  [1 2 3]}
                       Values: [2×3 double]
                       Method: 'nearest'
          ExtrapolationMethod: 'none'

    See also interpn, interp1.
    """
    first = next((place for place, item in enumerate(args) if is_text(item)), len(args))
    arrays, words = list(args[:first]), args[first:]
    if len(words) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    method = take.choice(words[0], METHODS, "Method") if words else "linear"
    outside = take.choice(words[1], (*METHODS, "none", "boundary"), "ExtrapolationMethod") if len(words) > 1 else method
    if not arrays:
        arrays = [norm(np.array([[1.0, 2.0]])), norm(np.zeros((1, 2)))]
    values = require_numeric(arrays[-1], "griddedInterpolant")
    grid = arrays[:-1]
    if len(grid) == 1 and is_cell(grid[0]):
        grid = grid[0].ravel("F").tolist()
    if values.ndim == 2 and 1 in values.shape and len(grid) <= 1:
        values = values.ravel("F")
    values = values.astype(DOUBLE) if values.dtype.kind in "iub" else values
    if not grid:
        vectors = [np.arange(1.0, length + 1) for length in values.shape]
    else:
        if len(grid) != values.ndim:
            raise ScriptError(
                "MATLAB:griddedInterpolant:NumVecsMismatch", "There must be a grid vector for each dimension of V.",
                notes=(f"{len(grid)} vectors, {values.ndim} dimensions",),
            )  # fmt: skip
        vectors = grid_vectors(grid, values, "griddedInterpolant")
    return GriddedInterpolant(vectors, values, method, outside)

"""Values between scattered points: griddata, griddatan, scatteredInterpolant."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.numerical.triangulations import coordinates_and_options, geometric, points_of, triangles
from cnnscript.builtins.registry import builtin
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, numel_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.text import is_text

SCATTERED = ("linear", "nearest", "natural", "cubic", "v4")


def scattered(points: ndarray, values: ndarray, asked: ndarray, method: str, name: str) -> ndarray:
    """Values at points among scattered ones; NaN outside their hull ('nearest' and 'v4' know none)."""
    from scipy import interpolate

    kept = ~np.isnan(points).any(axis=1) & ~np.isnan(values)
    points, values = points[kept], values[kept]
    if len(points) == 0:
        raise ScriptError(f"MATLAB:{name}:NotEnoughPoints", "There are no sample points.")
    distinct, inverse = np.unique(points, axis=0, return_inverse=True)
    if len(distinct) < len(points):  # points that come twice count once, with the mean of their values
        counts = np.bincount(inverse.ravel())
        real = np.bincount(inverse.ravel(), values.real) / counts
        values = real + 1j * np.bincount(inverse.ravel(), values.imag) / counts if values.dtype.kind == "c" else real
        points = distinct
    if method == "natural":
        raise ScriptError(
            "cnnscript:NotYet", f"The method 'natural' of {name} is not in cnnscript yet.",
            hint="'linear' and 'cubic' are",
        )  # fmt: skip
    if method == "nearest":
        return np.asarray(interpolate.NearestNDInterpolator(points, values)(asked))
    if method == "v4":
        return biharmonic(points, values, asked)
    if method == "cubic":
        return np.asarray(geometric(lambda: interpolate.CloughTocher2DInterpolator(points, values)(asked), name))
    return np.asarray(geometric(lambda: interpolate.LinearNDInterpolator(points, values)(asked), name))


def biharmonic(points: ndarray, values: ndarray, asked: ndarray) -> ndarray:
    """Sandwell's biharmonic spline (1987)."""

    def green(far: ndarray) -> ndarray:
        with np.errstate(all="ignore"):
            return np.where(far == 0, 0.0, far**2 * (np.log(far) - 1))

    def distances(one, two):
        return np.linalg.norm(one[:, None, :] - two[None, :, :], axis=2)

    weights = np.linalg.lstsq(green(distances(points, points)), values, rcond=None)[0]
    return green(distances(asked, points)) @ weights


@builtin(outputs=3)
def griddata(nargout, /, *args):
    """
    vq = griddata(x, y, v, xq, yq)
    vq = griddata(x, y, z, v, xq, yq, zq)
    vq = griddata(..., method)
    [Xq, Yq, vq] = griddata(x, y, v, xq, yq)

    Values between scattered points: 'linear', 'nearest', 'cubic' or 'v4'; NaN outside their hull.

    A row xq and a column yq span a grid.

    Examples
      >> vq = griddata([0 1 0 1], [0 0 1 1], [0 1 1 2], 0.5, 0.25)
      vq =
          0.7500
      >> vq = griddata([0 1 0 1], [0 0 1 1], [0 1 1 2], 0.9, 0.9, 'nearest')
      vq =
           2
      >> vq = griddata([0 1 0 0], [0 0 1 0], [0 0 0 1], [0 1 2 3], 0.2, 0.2, 0.2)
      vq =
          1.2000
      >> [Xq, Yq, vq] = griddata([0 1 0 1], [0 0 1 1], [0 1 1 2], [0 1], [0; 1]); vq
      vq =
           0     1
           1     2

    See also scatteredInterpolant, griddatan, interp2.
    """
    parts, options = coordinates_and_options(args)
    method = take.choice(options[0], SCATTERED, "Method") if options and is_text(options[0]) else "linear"
    if len(parts) not in (5, 7):
        raise ScriptError("MATLAB:griddata:nargin", "Wrong number of input arguments.")
    count = len(parts) // 2
    values = require_numeric(parts[count], "griddata")
    values = values.astype(complex if values.dtype.kind == "c" else DOUBLE)
    asked = [require_numeric(part, "griddata").astype(DOUBLE) for part in parts[count + 1 :]]
    shapes = {array.shape for array in asked}
    if count == 2 and len(shapes) > 1 and asked[0].shape[0] == 1 and asked[1].shape[1] == 1:
        asked = [np.asfortranarray(grid) for grid in np.broadcast_arrays(*asked)]
    elif count == 2 and len(shapes) > 1 and all(1 in array.shape for array in asked):
        asked = list(np.meshgrid(asked[0].ravel("F"), asked[1].ravel("F")))
    elif len(shapes) > 1:
        raise ScriptError(
            "MATLAB:griddata:QuerySizeMismatch", "The query points must be arrays of the same size.",
            notes=tuple(size_text(array.shape) for array in asked),
        )  # fmt: skip
    grids = None
    coordinates = parts[:count]
    if values.ndim == 2 and min(values.shape) > 1 and numel_of(coordinates[0]) != values.size and count == 2:
        grids = np.meshgrid(*(take.vector(part, "Coordinates") for part in coordinates))
        coordinates = tuple(np.asfortranarray(grid) for grid in grids)
    points = points_of(coordinates, "griddata")
    if len(points) != values.size:
        raise ScriptError(
            "MATLAB:griddata:InputSizeMismatch", "There must be a value for each point.",
            notes=(f"{len(points)} points, {values.size} values",),
        )  # fmt: skip
    flat = np.column_stack([array.ravel("F") for array in asked])
    found = scattered(points, values.ravel("F"), flat, method, "griddata")
    vq = norm(np.asfortranarray(found.reshape(asked[0].shape, order="F")))
    if nargout > 1:
        return norm(np.asfortranarray(asked[0])), norm(np.asfortranarray(asked[1])), vq
    return vq


@builtin
def griddatan(x, v, xq, method="linear", options=None, /):
    """
    vq = griddatan(X, v, Xq)
    vq = griddatan(X, v, Xq, method)

    Values between the scattered rows of X, in any dimension: 'linear' or 'nearest'.

    Examples
      >> vq = griddatan([0 0; 1 0; 0 1], [0; 1; 1], [0.25 0.25])
      vq =
          0.5000
      >> vq = griddatan([0 0; 1 0; 0 1], [0; 1; 1], [0.9 0.2], 'nearest')
      vq =
           1

    See also griddata, delaunayn.
    """
    word = take.choice(method, ("linear", "nearest"), "Method")
    if options is not None and numel_of(options):
        raise ScriptError("cnnscript:NotYet", "Options of Qhull are not in cnnscript's griddatan yet.")
    points, asked = points_of((x,), "griddatan"), points_of((xq,), "griddatan")
    values = require_numeric(v, "griddatan").ravel("F").astype(DOUBLE)
    if values.size != len(points) or asked.shape[1] != points.shape[1]:
        raise ScriptError("MATLAB:griddatan:InputSizeMismatch", "There must be a value for each row of X.")
    return norm(scattered(points, values, asked, word, "griddatan").reshape(-1, 1))


class ScatteredInterpolant(Object):
    """scatteredInterpolant: values at scattered points that are asked for between them by F(xq, yq)."""

    class_name = "scatteredInterpolant"

    def __init__(self, points: ndarray, values: ndarray, method: str, outside: str):
        self.points, self.values, self.method, self.outside = points, values, method, outside

    def property_names(self) -> list[str]:
        return ["Points", "Values", "Method", "ExtrapolationMethod"]

    def get(self, name: str) -> Any:
        found = {
            "Points": lambda: norm(np.asfortranarray(self.points)),
            "Values": lambda: norm(self.values.reshape(-1, 1)),
            "Method": lambda: self.method,
            "ExtrapolationMethod": lambda: self.outside,
        }
        if name not in found:
            raise self.no_property(name)
        return found[name]()

    def set(self, name: str, value: Any) -> ScatteredInterpolant:
        parts = {
            "Points": self.points,
            "Values": self.values,
            "Method": self.method,
            "ExtrapolationMethod": self.outside,
        }
        if name == "Method":
            parts[name] = take.choice(value, ("linear", "nearest", "natural"), name)
        elif name == "ExtrapolationMethod":
            parts[name] = take.choice(value, ("linear", "nearest", "none", "boundary"), name)
        elif name == "Points":
            parts[name] = points_of((value,), "scatteredInterpolant")
        elif name == "Values":
            parts[name] = require_numeric(value, "scatteredInterpolant").ravel("F").astype(DOUBLE)
        else:
            super().set(name, value)
        return ScatteredInterpolant(*parts.values())

    def index(self, args: tuple) -> Any:
        count = self.points.shape[1]
        if len(self.points) != self.values.size:
            raise ScriptError("MATLAB:scatteredInterpolant:Sizes", "There must be a value for each point.")
        if len(args) == 1:
            asked = points_of(args, "scatteredInterpolant")
            shape: tuple = (len(asked), 1)
        else:
            arrays = [take.real(part, "Query points") for part in args]
            if len(arrays) == count and len({array.shape for array in arrays}) > 1:
                if not all(1 in array.shape for array in arrays):
                    raise ScriptError(
                        "MATLAB:scatteredInterpolant:BadQuery", "The query points must be arrays of the same size."
                    )
                arrays = list(np.meshgrid(*(array.ravel("F") for array in arrays), indexing="ij"))
            asked, shape = np.column_stack([array.ravel("F") for array in arrays]), arrays[0].shape
        if asked.shape[1] != count:
            raise ScriptError(
                "MATLAB:scatteredInterpolant:BadQuery", f"Query points must have {count} coordinates.",
                notes=(f"got {asked.shape[1]}",),
            )  # fmt: skip
        found = scattered(self.points, self.values, asked, self.method, "scatteredInterpolant")
        lost = np.isnan(found) & ~np.isnan(asked).any(axis=1)
        if self.method == "nearest" and self.outside == "none":
            inside = scattered(self.points, self.values, asked, "linear", "scatteredInterpolant")
            found = np.where(np.isnan(inside), np.nan, found)
        if lost.any() and self.outside != "none":
            if self.outside == "linear":
                found[lost] = self.beyond(asked[lost])
            else:
                found[lost] = scattered(self.points, self.values, asked[lost], "nearest", "scatteredInterpolant")
        return norm(np.asfortranarray(found.reshape(shape, order="F")))

    def beyond(self, asked: ndarray) -> ndarray:
        """Outside the hull: the plane of the simplex whose middle is nearest to the point."""
        corners = triangles(self.points, "scatteredInterpolant")
        middles = self.points[corners].mean(axis=1)
        found = np.empty(len(asked))
        for place, point in enumerate(asked):
            simplex = corners[np.linalg.norm(middles - point, axis=1).argmin()]
            base = self.points[simplex[0]]
            slope = np.linalg.lstsq(
                self.points[simplex[1:]] - base, self.values[simplex[1:]] - self.values[simplex[0]], rcond=None
            )[0]
            found[place] = self.values[simplex[0]] + (point - base) @ slope
        return found

    def disp(self, form: Any) -> str:
        pairs = [(word, self.get(word)) for word in self.property_names()]
        return f"  scatteredInterpolant with properties:\n{form.blank}{fields_body(pairs, form)}{form.blank}"


@builtin
def scatteredInterpolant(*args):
    """
    F = scatteredInterpolant(x, y, v)
    F = scatteredInterpolant(x, y, z, v)
    F = scatteredInterpolant(P, v)
    F = scatteredInterpolant(..., Method)
    F = scatteredInterpolant(..., Method, ExtrapolationMethod)

    Values at scattered points that F(xq, yq) gives between them: 'linear' or 'nearest'.

    Outside the hull of the points 'linear' goes on, 'nearest' takes the nearest, 'none' is NaN.

    Examples
      >> F = scatteredInterpolant([0 1 0 1]', [0 0 1 1]', [0 1 1 2]')
      F =
        scatteredInterpolant with properties:
                       Points: [4×2 double]
                       Values: [4×1 double]
                       Method: 'linear'
          ExtrapolationMethod: 'linear'
      >> F(0.5, 0.25)
      ans =
          0.7500
      >> F = scatteredInterpolant([0 0; 1 0; 0 1], [0; 1; 1], 'nearest', 'none'); F(0.9, 0)
      ans =
           1

    See also griddata, griddedInterpolant, delaunay.
    """
    parts, words = coordinates_and_options(args)
    if len(words) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    method = take.choice(words[0], ("linear", "nearest", "natural"), "Method") if words else "linear"
    usual = "nearest" if method == "nearest" else "linear"
    outside = usual
    if len(words) > 1:
        outside = take.choice(words[1], ("linear", "nearest", "none", "boundary"), "ExtrapolationMethod")
    if not parts:
        return ScatteredInterpolant(np.zeros((0, 2)), np.zeros(0), method, outside)
    *coordinates, values = parts
    points = points_of(tuple(coordinates), "scatteredInterpolant")
    flat = require_numeric(values, "scatteredInterpolant").ravel("F").astype(DOUBLE)
    if len(points) != flat.size:
        raise ScriptError(
            "MATLAB:scatteredInterpolant:InputSizeMismatch", "There must be a value for each point.",
            notes=(f"{len(points)} points, {flat.size} values",),
        )  # fmt: skip
    return ScatteredInterpolant(points, flat, method, outside)

"""Geometric transformations from pairs of points."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.geometric_transforms import Transform
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import fitting
from cnnscript.values.numeric import norm
from cnnscript.values.objects import Object

# the types of the older functions and of the newer ones, and what they are called here
OLDER = {"nonreflectivesimilarity": "similarity", "similarity": "reflectivesimilarity"}
NEWER = {"similarity": "similarity", "reflectivesimilarity": "reflectivesimilarity"}
FITTED = ("affine", "projective", "polynomial", "pwl", "lwm")


class FittedTransform(Object):
    """A transformation that only says where points come from: polynomials, pieces or local means."""

    methods = frozenset(("outputLimits", "transformPointsInverse"))
    dimensions = 2
    newer = False

    def __init__(self, kind: str, moving: np.ndarray, fixed: np.ndarray, number: int):
        word = {"polynomial": "Polynomial", "pwl": "PiecewiseLinear", "lwm": "LocalWeightedMean"}[kind]
        self.class_name = f"images.geotrans.{word}Transformation2D"  # type: ignore[misc]
        self.kind, self.moving, self.fixed, self.number = kind, moving, fixed, number
        self.coefficients: tuple[np.ndarray, np.ndarray] | None = None
        if kind == "polynomial":
            self.coefficients = fitting.polynomial(moving, fixed, number)

    def property_names(self) -> list[str]:
        return {"polynomial": ["A", "B", "Degree"], "lwm": ["N"]}.get(self.kind, []) + ["Dimensionality"]

    def get(self, name: str) -> Any:
        if name == "Dimensionality":
            return 2.0
        if name in ("Degree", "N") and name in self.property_names():
            return float(self.number)
        if name in ("A", "B") and self.coefficients is not None:
            return norm(self.coefficients["AB".index(name)].reshape(1, -1).copy())
        raise self.no_property(name)

    def inverse(self, points: np.ndarray) -> np.ndarray:
        if self.coefficients is not None:
            columns = fitting.terms(points, self.number)
            return np.column_stack([columns @ part for part in self.coefficients])
        if self.kind == "pwl":
            return fitting.piecewise(self.moving, self.fixed, points)
        return fitting.local_mean(self.moving, self.fixed, self.number, points)

    def limits(self, box: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """The box around the places that the edge of a box is looked up from, found by Newton's steps from where an
        affine transformation would put them; the control points' own box where there is none."""
        (left, right), (top, bottom) = box
        along = np.linspace(0, 1, 9)
        edge = np.vstack([
            np.column_stack([left + (right - left) * along, np.full(9, y)]) for y in (top, bottom)
        ] + [np.column_stack([np.full(9, x), top + (bottom - top) * along]) for x in (left, right)])  # fmt: skip
        matrix = fitting.fit(self.moving, self.fixed, "affine")
        if self.kind == "polynomial":
            places = edge @ matrix[:2, :2].T + matrix[:2, 2]
            for _ in range(20):
                step = 1e-4 * max(np.ptp(self.fixed), 1.0)
                now = self.inverse(places)
                slopes = [(self.inverse(places + move) - now) / step for move in ((step, 0), (0, step))]
                jacobian = np.stack(slopes, axis=2)
                good = np.abs(np.linalg.det(jacobian)) > 1e-9
                places[good] += np.linalg.solve(jacobian[good], (edge - now)[good][..., None])[..., 0]
            missed = np.abs(self.inverse(places) - edge).max(1) > 0.5
            places = places[~missed & np.isfinite(places).all(1)]
            if len(places):
                return list(zip(places.min(0).tolist(), places.max(0).tolist(), strict=True))
        return list(zip(self.fixed.min(0).tolist(), self.fixed.max(0).tolist(), strict=True))


def point_pairs(moving: Any, fixed: Any, function: str) -> tuple[np.ndarray, np.ndarray]:
    pairs = []
    for name, value in (("movingPoints", moving), ("fixedPoints", fixed)):
        array = take.pixels(value, function, name).astype(float)
        if array.ndim != 2 or array.shape[1] != 2 or not np.isfinite(array).all():
            raise take.refusal(function, name, "an m-by-2 matrix of finite numbers", value)
        pairs.append(array)
    if len(pairs[0]) != len(pairs[1]):
        raise ScriptError(
            "images:geotrans:differentNumbersOfControlPoints",
            "The number of moving points must be the number of fixed points.",
            notes=(f"{len(pairs[0])} moving, {len(pairs[1])} fixed",),
        )
    return pairs[0], pairs[1]


def fitted(moving: Any, fixed: Any, kind: Any, rest: tuple, function: str, newer: bool) -> Any:
    u, x = point_pairs(moving, fixed, function)
    names = NEWER if newer else OLDER
    word = take.choice(kind, (*names, *FITTED), function, "the type of transformation")
    word = names.get(word, word)
    if word in ("polynomial", "lwm"):
        if len(rest) > 1:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        number = take.count(rest[0], function, "the degree or the number of points") if rest else 12
        if word == "polynomial" and (not rest or number not in (2, 3, 4)):
            raise ScriptError("images:geotrans:invalidDegree", "The degree of a polynomial must be 2, 3 or 4.")
        if word == "lwm" and not 6 <= number <= len(u):
            raise ScriptError(
                "images:geotrans:lwmNumberOfPoints",
                "The number of points of 'lwm' must be 6 or more, and not exceed that of the pairs.",
            )
        return FittedTransform(word, u, x, number)
    if rest:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if word == "pwl":
        if len(u) < 4:
            raise fitting.too_few(4, "piecewise linear")
        return FittedTransform(word, u, x, 0)
    matrix = fitting.fit(u, x, word)
    if newer:
        name = {"similarity": "simtform2d", "projective": "projtform2d"}.get(word, "affinetform2d")
    else:
        name = "projective2d" if word == "projective" else "affine2d"
    return Transform(name, matrix)


@builtin
def fitgeotrans(movingPoints, fixedPoints, transformationType, /, *rest):
    """
    tform = fitgeotrans(movingPoints, fixedPoints, transformationType)
    tform = fitgeotrans(movingPoints, fixedPoints, 'polynomial', degree)
    tform = fitgeotrans(movingPoints, fixedPoints, 'lwm', n)

    The transformation that takes pairs of points (rows [x y]) to each other, with least squares where there are more
    pairs than needed.

    Types: 'nonreflectivesimilarity', 'similarity' (with a mirror, where it fits better) and 'affine' (give affine2d),
    'projective' (projective2d), 'polynomial' of degree 2, 3 or 4, 'pwl' (linear in triangles), 'lwm' (local weighted
    mean of n points, 12). The last three only say where points come from.

    Examples
      >> tform = fitgeotrans([0 0; 1 0; 0 1], [5 5; 7 5; 5 8], 'affine'); round(tform.T, 4)
      ans =
           2     0     0
           0     3     0
           5     5     1
      >> tform = fitgeotrans([0 0; 1 0; 1 1; 0 1], [0 0; 2 0; 1 1; 0 1], 'projective');
      >> round(transformPointsForward(tform, [1 0]), 4)
      ans =
           2     0
      >> [u, v] = meshgrid(1:3); tform = fitgeotrans([u(:) v(:)], 2*[u(:) v(:)], 'polynomial', 2); tform.Degree
      ans =
           2

    See also fitgeotform2d, cp2tform, affine2d, imwarp, transformPointsInverse.
    """
    return fitted(movingPoints, fixedPoints, transformationType, rest, "fitgeotrans", newer=False)


@builtin
def fitgeotform2d(movingPoints, fixedPoints, tformType, /, *rest):
    """
    tform = fitgeotform2d(movingPoints, fixedPoints, tformType)
    tform = fitgeotform2d(movingPoints, fixedPoints, 'polynomial', degree)
    tform = fitgeotform2d(movingPoints, fixedPoints, 'lwm', n)

    Like fitgeotrans; gives simtform2d for 'similarity', affinetform2d for 'reflectivesimilarity' and 'affine',
    projtform2d for 'projective'.

    Examples
      >> tform = fitgeotform2d([0 0; 1 0], [5 5; 5 7], 'similarity'); round(tform.A, 4)
      ans =
           0    -2     5
           2     0     5
           0     0     1

    See also fitgeotrans, simtform2d, affinetform2d, projtform2d, imwarp.
    """
    return fitted(movingPoints, fixedPoints, tformType, rest, "fitgeotform2d", newer=True)

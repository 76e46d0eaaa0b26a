"""Plane and space transformations by functions of a program."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, norm
from cnnscript.values.objects import Object


class CustomTransform(Object):
    """Where points come from (and perhaps where they go), by functions of a matrix with a row for each point."""

    methods = frozenset(("outputLimits", "transformPointsForward", "transformPointsInverse"))

    def __init__(self, dimensions: int, inverse: Function, forward: Function | None):
        self.class_name = f"geometricTransform{dimensions}d"  # type: ignore[misc]
        self.dimensions, self.back, self.there = dimensions, inverse, forward
        if forward is not None:
            self.forward = lambda points: self.through(forward, points)

    def property_names(self) -> list[str]:
        return ["InverseFcn", "ForwardFcn", "Dimensionality"]

    def get(self, name: str) -> Any:
        if name == "Dimensionality":
            return float(self.dimensions)
        if name == "InverseFcn":
            return self.back
        if name == "ForwardFcn":
            return self.there if self.there is not None else EMPTY
        raise self.no_property(name)

    def through(self, function: Function, points: np.ndarray) -> np.ndarray:
        given = function.call(1, norm(np.asfortranarray(points)))
        found = take.pixels(given, self.class_name, "what the function gives").astype(float)
        if found.size != points.size:
            raise ScriptError(
                "images:geometricTransform:size", "The function must give a row of coordinates for each point."
            )
        return found.reshape(points.shape)

    def inverse(self, points: np.ndarray) -> np.ndarray:
        return self.through(self.back, points)

    def limits(self, box: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """The box around where the functions put a grid of points of a box; without a forward function that is looked
        for, from the points themselves on."""
        axes = [np.linspace(low, high, 9 if self.dimensions == 2 else 5) for low, high in box]
        points = np.column_stack([part.ravel() for part in np.meshgrid(*axes)])
        if self.there is not None:
            moved = self.through(self.there, points)
        else:
            moved = points.copy()
            step = 1e-4 * max(float(np.ptp(points)), 1.0)
            for _ in range(30):
                now = self.inverse(moved)
                slopes = [(self.inverse(moved + step * one) - now) / step for one in np.eye(self.dimensions)]
                jacobian = np.stack(slopes, axis=2)
                good = np.abs(np.linalg.det(jacobian)) > 1e-9
                moved[good] += np.linalg.solve(jacobian[good], (points - now)[good][..., None])[..., 0]
            missed = np.abs(self.inverse(moved) - points).max(1)
            moved = moved[(missed < 0.5) & np.isfinite(moved).all(1)]
        moved = moved[np.isfinite(moved).all(1)]
        if not len(moved):
            raise ScriptError(
                "images:geometricTransform:limits",
                "Where the transformation puts the image was not found.",
                hint="give imwarp an OutputView",
            )
        return list(zip(moved.min(0).tolist(), moved.max(0).tolist(), strict=True))


def made(dimensions: int, inverse: Any, forward: Any) -> CustomTransform:
    name = f"geometricTransform{dimensions}d"
    for number, value in ((1, inverse), (2, forward)):
        if not isinstance(value, Function) and not (number == 2 and value is None):
            raise take.refusal(name, f"input number {number}", "a function handle", value)
    return CustomTransform(dimensions, inverse, forward)


@builtin
def geometricTransform2d(inverseFcn, forwardFcn=None, /):
    """
    tform = geometricTransform2d(inverseFcn)
    tform = geometricTransform2d(inverseFcn, forwardFcn)

    A transformation of the plane by functions: of a matrix with a row [x y] for each point they give another.

    Examples
      >> tform = geometricTransform2d(@(p) p/2, @(p) 2*p)
      tform =
        geometricTransform2d with properties:
              InverseFcn: @(p)p/2
              ForwardFcn: @(p)2*p
          Dimensionality: 2
      >> imwarp([1 2 3], geometricTransform2d(@(p) [4 - p(:, 1), p(:, 2)]))
      ans =
           3     2     1

    See also geometricTransform3d, affinetform2d, imwarp, transformPointsInverse.
    """
    return made(2, inverseFcn, forwardFcn)


@builtin
def geometricTransform3d(inverseFcn, forwardFcn=None, /):
    """
    tform = geometricTransform3d(inverseFcn)
    tform = geometricTransform3d(inverseFcn, forwardFcn)

    A transformation of space by functions: of a matrix with a row [x y z] for each point they give another.

    Examples
      >> tform = geometricTransform3d(@(p) p/2); transformPointsInverse(tform, [2 4 6])
      ans =
           1     2     3

    See also geometricTransform2d, affinetform3d, imwarp.
    """
    return made(3, inverseFcn, forwardFcn)

"""What can be asked of geometric transformations: points and limits moved, inverses, kinds."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.geometric_transforms import CLOSE, FREEDOM, Transform
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import norm


def transform_of(value: Any, function: str) -> Any:
    if not hasattr(value, "inverse") or not hasattr(value, "dimensions"):
        raise take.refusal(function, "input number 1, TFORM,", "a geometric transformation object", value)
    return value


def points_moved(nargout: int, tform: Any, values: tuple, way: str, function: str) -> tuple:
    """Points as a matrix with a row each, or as an array for each coordinate."""
    found = transform_of(tform, function)
    move = getattr(found, way, None)
    if move is None:
        raise ScriptError(
            "MATLAB:noSuchMethodOrField",
            f"A {found.class_name} does not say where points go, only where they come from.",
        )
    if len(values) == 1:
        points = take.pixels(values[0], function, "input number 2").astype(float)
        if points.ndim != 2 or points.shape[1] != found.dimensions:
            raise take.refusal(function, "the points", f"a matrix with {found.dimensions} columns", values[0])
        return (norm(np.asfortranarray(move(points))),)
    if len(values) != found.dimensions:
        raise ScriptError("MATLAB:minrhs", f"{function} takes a matrix of points, or {found.dimensions} coordinates.")
    parts = [take.pixels(value, function, "a coordinate").astype(float) for value in values]
    if len({part.shape for part in parts}) > 1:
        raise ScriptError("images:geotrans:sizeMismatch", "The coordinates must have the same size.")
    moved = move(np.column_stack([part.ravel(order="F") for part in parts]))
    return tuple(norm(moved[:, k].reshape(parts[0].shape, order="F")) for k in range(found.dimensions))


@builtin(outputs=3)
def transformPointsForward(nargout, tform, /, *points):
    """
    X = transformPointsForward(tform, U)
    [x, y] = transformPointsForward(tform, u, v)

    Where a transformation puts points.

    Examples
      >> X = transformPointsForward(affine2d([2 0 0; 0 3 0; 1 1 1]), [0 0; 10 10])
      X =
           1     1
          21    31
      >> [x, y] = transformPointsForward(rigidtform2d(90, [0 0]), 1, 0)
      x =
           0
      y =
           1

    See also transformPointsInverse, affine2d, affinetform2d.
    """
    return points_moved(nargout, tform, points, "forward", "transformPointsForward")


@builtin(outputs=3)
def transformPointsInverse(nargout, tform, /, *points):
    """
    U = transformPointsInverse(tform, X)
    [u, v] = transformPointsInverse(tform, x, y)

    Where a transformation takes points from.

    Examples
      >> U = transformPointsInverse(affine2d([2 0 0; 0 4 0; 1 1 1]), [1 1; 3 5])
      U =
           0     0
           1     1
      >> [u, v] = transformPointsInverse(transltform2d(3, 4), 3, 4)
      u =
           0
      v =
           0

    See also transformPointsForward, invert.
    """
    return points_moved(nargout, tform, points, "inverse", "transformPointsInverse")


@builtin
def invert(tform, /):
    """
    invtform = invert(tform)

    The transformation that undoes another.

    Examples
      >> invtform = invert(affine2d([2 0 0; 0 4 0; 1 1 1])); invtform.T
      ans =
          0.5000         0         0
               0    0.2500         0
         -0.5000   -0.2500    1.0000

    See also transformPointsInverse, affine2d, affinetform2d.
    """
    if not isinstance(tform, Transform):
        raise take.refusal("invert", "input number 1, TFORM,", "a geometric transformation object", tform)
    matrix = np.linalg.inv(tform.matrix)
    if tform.freedom != "projective":
        matrix[-1] = np.eye(len(matrix))[-1]
    if tform.freedom == "translation":
        matrix[:-1, :-1] = np.eye(tform.dimensions)
    angle = -tform.angle if tform.angle is not None else None
    return Transform(tform.class_name, matrix, angle, 1 / tform.factor if tform.factor is not None else None)


@builtin(outputs=3)
def outputLimits(nargout, tform, /, *limits):
    """
    [xLimitsOut, yLimitsOut] = outputLimits(tform, xLimitsIn, yLimitsIn)

    The box around what a transformation makes of a box.

    Examples
      >> [xLimitsOut, yLimitsOut] = outputLimits(affine2d([0 2 0; -1 0 0; 0 0 1]), [0 10], [0 20])
      xLimitsOut =
         -20     0
      yLimitsOut =
           0    20

    See also transformPointsForward, imref2d, affineOutputView.
    """
    found = transform_of(tform, "outputLimits")
    if len(limits) != found.dimensions:
        raise ScriptError("MATLAB:minrhs", f"outputLimits takes {found.dimensions} pairs of limits.")
    box = []
    for value in limits:
        low, high = take.numbers(value, "outputLimits", "the limits", 2)
        box.append((low, high))
    return tuple(norm(np.array([ends])) for ends in found.limits(box))


def fits(tform: Any, kind: str, function: str) -> bool:
    """Whether a transformation is of a kind: its linear part a rotation (with a scale), or nothing."""
    if not isinstance(tform, Transform):
        raise take.refusal(function, "input number 1, TFORM,", "a geometric transformation object", tform)
    if FREEDOM[tform.freedom] <= FREEDOM[kind]:
        return True
    size = tform.dimensions
    part = tform.matrix[:-1, :-1]
    if not np.allclose(tform.matrix[-1], np.eye(size + 1)[-1], atol=CLOSE):
        return False
    if kind == "translation":
        return bool(np.allclose(part, np.eye(size), atol=CLOSE))
    factor = abs(np.linalg.det(part)) ** (1 / size) if kind == "similarity" else 1.0
    return bool(np.allclose(part @ part.T, factor**2 * np.eye(size), atol=CLOSE * max(factor**2, 1))) and (
        kind == "similarity" or bool(np.linalg.det(part) > 0)
    )


@builtin
def isRigid(tform, /):
    """
    tf = isRigid(tform)

    Whether a transformation only turns and shifts.

    Examples
      >> isRigid(affine2d([0 1 0; -1 0 0; 5 6 1])), isRigid(affine2d([2 0 0; 0 2 0; 0 0 1]))
      ans =
        logical
         1
      ans =
        logical
         0

    See also isSimilarity, isTranslation.
    """
    return fits(tform, "rigid", "isRigid")


@builtin
def isSimilarity(tform, /):
    """
    tf = isSimilarity(tform)

    Whether a transformation only turns (or mirrors), scales and shifts.

    Examples
      >> isSimilarity(affine2d([0 2 0; -2 0 0; 5 6 1])), isSimilarity(affine2d([1 1 0; 0 1 0; 0 0 1]))
      ans =
        logical
         1
      ans =
        logical
         0

    See also isRigid, isTranslation.
    """
    return fits(tform, "similarity", "isSimilarity")


@builtin
def isTranslation(tform, /):
    """
    tf = isTranslation(tform)

    Whether a transformation only shifts.

    Examples
      >> isTranslation(affine2d([1 0 0; 0 1 0; 5 6 1])), isTranslation(rigidtform2d(10, [1 1]))
      ans =
        logical
         1
      ans =
        logical
         0

    See also isRigid, isSimilarity.
    """
    return fits(tform, "translation", "isTranslation")

"""Slopes of numbers on a grid: gradient, del2."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.signals.signals import floats
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm


@builtin
def gradient(nargout, f, /, *spacing):
    """
    gradient(F)
    gradient(F, h)
    [FX, FY, ...] = gradient(F, hx, hy, ...)

    Slopes along the columns (x), the rows (y), ...: central differences inside, one-sided at the ends.

    Examples
      >> gradient([1 4 9 16])
      ans =
           3     4     6     7
      >> gradient([1 4 9 16], 2)
      ans =
          1.5000    2.0000    3.0000    3.5000
      >> [FX, FY] = gradient([1 2; 3 5])
      FX =
           1     1
           2     2
      FY =
           2     3
           2     3

    See also diff, del2.
    """
    array = floats(f, "gradient")
    if array.ndim == 2 and 1 in array.shape:
        steps = np.asarray(take.array(spacing[0]).ravel("F")) if spacing else np.ones(1)
        return norm(slopes(array, 1 if array.shape[0] == 1 else 0, steps))
    axes = [1, 0, *range(2, array.ndim)]
    given = [take.array(item).ravel("F") for item in spacing] or [np.ones(1)]
    if len(given) == 1:
        given = given * len(axes)
    if len(given) != len(axes):
        raise ScriptError(
            "MATLAB:gradient:InvalidInputs",
            "Invalid number of input arguments.",
            notes=(f"{len(given)} spacings, {len(axes)} dimensions",),
        )
    return tuple(norm(slopes(array, axis, steps)) for axis, steps in zip(axes[: max(1, nargout)], given, strict=False))


def slopes(array: ndarray, axis: int, steps: ndarray) -> ndarray:
    if array.shape[axis] < 2:
        return np.zeros(array.shape, array.dtype, order="F")
    if steps.size not in (1, array.shape[axis]):
        raise ScriptError(
            "MATLAB:gradient:InvalidSpacing",
            "Spacing must be a scalar or have one point for each element.",
            notes=(f"{steps.size} points, length {array.shape[axis]}",),
        )
    moved = np.moveaxis(array, axis, -1)
    points = steps if steps.size > 1 else np.arange(moved.shape[-1]) * steps[0]
    result = np.empty(moved.shape, array.dtype)
    result[..., 1:-1] = (moved[..., 2:] - moved[..., :-2]) / (points[2:] - points[:-2])
    result[..., 0] = (moved[..., 1] - moved[..., 0]) / (points[1] - points[0])
    result[..., -1] = (moved[..., -1] - moved[..., -2]) / (points[-1] - points[-2])
    return np.asfortranarray(np.moveaxis(result, -1, axis))


@builtin(keeps_single=True)
def del2(u, /, *steps):
    """
    del2(U)
    del2(U, h)
    del2(U, hx, hy, ...)

    Discrete Laplacian over four (over twice the number of dimensions beyond two).

    The spacing is a number for all dimensions, or for each one a number or the places of the points: along columns of
    U (x) first, then along rows (y), then along the other dimensions.

    Examples
      >> del2([1 4 9 16])
      ans =
          0.5000    0.5000    0.5000    0.5000
      >> del2([1 9 16 36], [1 3 4 6])
      ans =
          0.5000    0.5000    0.5000    0.5000

    See also gradient, diff.
    """
    array = floats(u, "del2")
    axes = [axis for axis, length in enumerate(array.shape) if length > 1]
    places = spacings(steps, array, axes)
    total = np.zeros(array.shape)
    for axis in axes:
        moved = np.moveaxis(array, axis, -1)
        total += np.moveaxis(second_differences(moved, places[axis]), -1, axis)
    return norm(np.asfortranarray(total / max(4, 2 * len(axes))))


def spacings(steps: tuple, array: ndarray, axes: list[int]) -> dict[int, ndarray]:
    """The places of the points along each axis that has several."""
    vector = len(axes) == 1 and array.ndim == 2
    given = [take.vector(step, "Spacing") for step in steps]
    if not given or len(given) == 1 and given[0].size == 1:
        step = given[0][0] if given else 1.0
        return {axis: step * np.arange(array.shape[axis]) for axis in axes}
    if len(given) != (1 if vector else array.ndim):
        raise ScriptError(
            "MATLAB:del2:InvalidInputs", "Invalid number of inputs.", notes=(f"got {len(given)} spacings",)
        )
    order = axes if vector else [1, 0, *range(2, array.ndim)]
    places = {}
    for axis, step in zip(order, given, strict=True):
        if step.size == 1:
            places[axis] = step[0] * np.arange(array.shape[axis])
        elif step.size == array.shape[axis]:
            places[axis] = step
        else:
            raise ScriptError(
                "MATLAB:del2:InvalidSpacing",
                "Length of the spacing vectors must match the size of the corresponding dimension.",
                notes=(f"{step.size} places, length {array.shape[axis]}",),
            )
    return places


def second_differences(moved: ndarray, places: ndarray) -> ndarray:
    """Second derivatives along the last axis: from three points inside, extended in a line at both ends."""
    second = np.zeros(moved.shape)
    if moved.shape[-1] < 3:
        return second
    step = np.diff(places)
    slope = np.diff(moved, axis=-1) / step
    second[..., 1:-1] = 2 * np.diff(slope, axis=-1) / (step[1:] + step[:-1])
    if moved.shape[-1] == 3:
        second[..., 0] = second[..., -1] = second[..., 1]
        return second
    change = (second[..., 2] - second[..., 1]) / step[1]
    second[..., 0] = second[..., 1] - change * step[0]
    change = (second[..., -2] - second[..., -3]) / step[-2]
    second[..., -1] = second[..., -2] + change * step[-1]
    return second

"""Arguments that functions of three dimensions share: grids, heights, colours; the axes that they draw in."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.camera import SOLID
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.numeric import as_array, size_text


def too_few(function: str, usage: str) -> ScriptError:
    return ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}({usage})",))


def sizes_differ(*notes: str) -> ScriptError:
    return ScriptError("MATLAB:surf:size", "Data dimensions must agree.", notes=notes)


def solid_axes(session: Any, axes: Axes | None) -> Axes:
    """The axes to draw in, seen as view(3) and with a grid unless it holds what it has."""
    axes = session.desk.newplot(axes)
    if axes.value("NextPlot") != "add":
        axes.set("View", np.array(SOLID))
        axes.values |= {"XGrid": True, "YGrid": True, "ZGrid": True}
    return axes


def real_array(value: Any, function: str, what: str) -> np.ndarray:
    """A real array of doubles; complex numbers are refused as MATLAB does."""
    extract = getattr(value, "extractdata", None)
    value = extract() if extract is not None else value
    array = as_array(value) if not isinstance(value, str) and not hasattr(value, "class_name") else None
    if array is not None and array.dtype.kind == "c":
        raise ScriptError(f"MATLAB:{function}:ComplexInput", "X, Y, Z, and C cannot be complex.")
    return np.asarray(take.pixels(value, function, what), float)


def split_call(
    args: tuple, function: str, numeric: int = 0
) -> tuple[Axes | None, list[Any], list[tuple[str, Any]]]:
    """The axes, the values and the property pairs of a call."""
    axes, rest = axes_first(args)
    cut = first_option(rest, numeric)
    axes, given = parent_of(pairs(rest[cut:], function), axes)
    return axes, list(rest[:cut]), given


class Grid:
    """X, Y, Z and colours over a grid.

    x, y    as large as z, or a vector with a number for each column and row
    colours None where none were given
    counted whether x and y were not given
    """

    def __init__(self, values: list[Any], function: str, least: int = 2):
        if not 1 <= len(values) <= 4:
            error = too_few if not values else lambda *_: ScriptError("MATLAB:maxrhs", "Too many input arguments.")
            raise error(function, "X, Y, Z")
        arrays = [real_array(value, function, "the coordinates") for value in values]
        self.counted = len(arrays) < 3
        self.z = arrays[0] if self.counted else arrays[2]
        self.colours = arrays[-1] if len(arrays) in (2, 4) else None
        if self.colours is not None and self.colours.ndim == 3:
            given = np.asarray(as_array(values[-1]))
            self.colours = given if given.dtype.kind in "iu" else self.colours
        if self.z.ndim != 2 or min(self.z.shape) < least:
            raise ScriptError(
                f"MATLAB:{function}:badZ",
                "Z must be a matrix, not a scalar or vector.",
                notes=("got " + size_text(self.z.shape),),
            )
        rows, columns = self.z.shape
        self.x, self.y = (
            (np.arange(1.0, columns + 1).reshape(1, -1), np.arange(1.0, rows + 1).reshape(-1, 1))
            if self.counted
            else arrays[:2]
        )
        for name, each, length in (("X", self.x, columns), ("Y", self.y, rows)):
            if each.shape != self.z.shape and not (each.size == length and length in each.shape):
                raise sizes_differ(f"{name} is {size_text(each.shape)}, Z is {size_text(self.z.shape)}")
        if self.colours is not None and self.colours.shape[:2] != self.z.shape and (
            self.colours.shape[:2] != (rows - 1, columns - 1) or self.colours.ndim != 2
        ):
            raise sizes_differ(f"C is {size_text(self.colours.shape)}, Z is {size_text(self.z.shape)}")

    def full(self) -> tuple[np.ndarray, np.ndarray]:
        """X and Y as large as Z."""
        x = self.x if self.x.shape == self.z.shape else np.broadcast_to(self.x.reshape(1, -1), self.z.shape)
        y = self.y if self.y.shape == self.z.shape else np.broadcast_to(self.y.reshape(-1, 1), self.z.shape)
        return np.array(x), np.array(y)


def same_lengths(values: list[Any], function: str, names: str) -> list[np.ndarray]:
    """Arrays with as many elements each."""
    arrays = [real_array(value, function, name) for value, name in zip(values, names, strict=True)]
    if len({array.size for array in arrays}) > 1:
        raise ScriptError(
            f"MATLAB:{function}:mismatchedLengths",
            "Vectors must be the same length.",
            notes=tuple(f"{name} is {size_text(array.shape)}" for name, array in zip(names, arrays, strict=True)),
        )
    return arrays


def columns_of(arrays: list[np.ndarray]) -> list[list[np.ndarray]]:
    """The curves of X, Y and Z: one where all are vectors, else one a column; vectors go with every column."""
    matrices = [array for array in arrays if min(array.shape) > 1]
    if not matrices:
        if len({array.size for array in arrays}) > 1:
            raise ScriptError("MATLAB:plot3:mismatchedLengths", "Vectors must be the same length.")
        return [[array.ravel(order="F") for array in arrays]]
    shape = matrices[0].shape
    if any(array.ndim > 2 or array.shape != shape for array in matrices):
        raise ScriptError("MATLAB:plot3:mismatchedSizes", "Data dimensions must agree.")
    made = []
    for array in arrays:
        if min(array.shape) > 1:
            made.append(list(array.T))
        elif array.size == shape[0]:
            made.append([array.ravel()] * shape[1])
        elif array.size == shape[1]:
            made.append([np.full(shape[0], number) for number in array.ravel()])
        else:
            raise ScriptError("MATLAB:plot3:mismatchedLengths", "Vectors must be the same length.")
    return [list(curve) for curve in zip(*made, strict=True)]


def set_all(graphic: Graphic, values: dict[str, Any]) -> None:
    for name, value in values.items():
        graphic.set(name, value)

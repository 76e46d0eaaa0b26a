"""Surfaces over grids, and the lights that shine on them."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Patch, Plotted
from cnnscript.pictures.graphics.properties import (
    BLACK,
    LINE_STYLES,
    LIT,
    MARKERS,
    MODE,
    WHITE,
    Property,
    alpha,
    anything,
    array,
    choice,
    colour,
    floats,
    on_off,
    positive,
    vector,
)
from cnnscript.pictures.images import scale


def no_volume(value: Any) -> np.ndarray:
    """A matrix, or a vector."""
    made = array(value)
    if made.ndim > 2:
        raise ValueError("Value must be a matrix or a vector.")
    return made


class Surface(Plotted):
    """surf, mesh, pcolor: heights over a grid.

    ZData is rows × columns; XData and YData are as large, or a vector with a number for each column and row. CData has
    a level or a colour (rows × columns × 3) for each point of the grid.
    """

    kind, class_name = "surface", "matlab.graphics.chart.primitive.Surface"
    shown = ("EdgeColor", "LineStyle", "FaceColor", "FaceLighting", "FaceAlpha", "XData", "YData", "ZData", "CData")
    own: ClassVar = {
        **{f"{letter}Data": Property(lambda: np.zeros((0, 0)), no_volume, f"{letter}DataMode") for letter in "XYZ"},
        "XDataMode": MODE,
        "YDataMode": MODE,
        "ZDataMode": MODE,
        "CData": Property(None, array, "CDataMode"),
        "CDataMode": MODE,
        "CDataMapping": Property("scaled", choice("scaled", "direct")),
        "AlphaData": Property(lambda: floats(1), array),
        "AlphaDataMapping": Property("scaled", choice("none", "scaled", "direct")),
        "FaceColor": Property("flat", colour("none", "flat", "interp", "texturemap")),
        "EdgeColor": Property(BLACK, colour("none", "flat", "interp")),
        "FaceAlpha": Property(1.0, alpha("flat", "interp", "texturemap")),
        "EdgeAlpha": Property(1.0, alpha("flat", "interp")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "MeshStyle": Property("both", choice("both", "row", "column")),
        "FaceLighting": Property("flat", choice("flat", "gouraud", "none")),
        **LIT,
        "VertexNormals": Property(None, array),
        "Marker": Property("none", choice(*MARKERS)),
        "MarkerSize": Property(6.0, positive),
        "MarkerEdgeColor": Property("auto", colour("auto", "none", "flat")),
        "MarkerFaceColor": Property("none", colour("auto", "none", "flat")),
    }

    def get_XData(self) -> np.ndarray:
        return self.counted("XData", 1)

    def get_YData(self) -> np.ndarray:
        return self.counted("YData", 0).reshape(self.value("YData").shape if self.value("YData").size else (-1, 1))

    def fits(self) -> bool:
        return np.ndim(self.value("ZData")) == 2 and min(self.grid().shape[:2]) > 1

    def counted(self, name: str, dimension: int) -> np.ndarray:
        """Coordinates as set, or 1, 2, 3 ..."""
        given = self.value(name)
        count = np.shape(np.atleast_2d(self.value("ZData")))[dimension]
        return given if np.size(given) else np.arange(1.0, count + 1).reshape(1, -1)

    def get_CData(self) -> np.ndarray:
        own = self.value("CData")
        return np.asarray(own if own is not None else self.value("ZData"))

    def grid(self) -> np.ndarray:
        """Every point of the grid, rows × columns × 3."""
        z = np.asarray(self.value("ZData"), float)
        x, y = np.asarray(self.get("XData"), float), np.asarray(self.get("YData"), float)
        x = x if x.shape == z.shape and min(z.shape) > 1 else x.reshape(1, -1)
        y = y if y.shape == z.shape and min(z.shape) > 1 else y.reshape(-1, 1)
        if x.shape[1] != z.shape[1] or y.shape[0] != z.shape[0]:
            return np.zeros((0, 0, 3))  # MATLAB draws no surface while its data do not fit
        return np.stack(np.broadcast_arrays(x, y, z), axis=-1)

    def colour_extent(self) -> tuple[float, float] | None:
        levels = self.get_CData()
        paints = {self.value("FaceColor"), self.value("EdgeColor")}
        if levels.ndim == 3 or self.value("CDataMapping") == "direct" or not paints & {"flat", "interp", "texturemap"}:
            return None
        return scale.display_limits(np.asarray(levels, float))


class PlainSurface(Surface):
    """What surface and pcolor make."""

    kind, class_name = "surface", "matlab.graphics.primitive.Surface"


class FunctionSurface(Surface):
    """fsurf, fmesh: a function of two variables, or three of two parameters."""

    kind, class_name = "functionsurface", "matlab.graphics.function.FunctionSurface"
    shown = ("Function", "EdgeColor", "LineStyle", "FaceColor")
    own: ClassVar = {
        "Function": Property(None, anything),
        "XFunction": Property(None, anything),
        "YFunction": Property(None, anything),
        "ZFunction": Property(None, anything),
        "XRange": Property(lambda: floats(-5, 5), vector(2)),
        "YRange": Property(lambda: floats(-5, 5), vector(2)),
        "URange": Property(lambda: floats(-5, 5), vector(2)),
        "VRange": Property(lambda: floats(-5, 5), vector(2)),
        "MeshDensity": Property(35.0, positive),
        "ShowContours": Property(False, on_off),
    }


class ImplicitFunctionSurface(Patch):
    """fimplicit3: where a function of three variables is zero."""

    kind, class_name = "implicitfunctionsurface", "matlab.graphics.function.ImplicitFunctionSurface"
    shown = ("Function", "EdgeColor", "LineStyle", "FaceColor")
    own: ClassVar = {
        "Function": Property(None, anything),
        **{f"{letter}Range": Property(lambda: floats(-5, 5), vector(2)) for letter in "XYZ"},
        "MeshDensity": Property(35.0, positive),
    }


class Light(Graphic):
    """A light: shining along a direction from infinitely far, or from a place."""

    kind, class_name = "light", "matlab.graphics.primitive.Light"
    shown = ("Color", "Style", "Position", "Visible")
    own: ClassVar = {
        "Color": Property(WHITE, colour("none")),
        "Style": Property("infinite", choice("infinite", "local")),
        "Position": Property(lambda: floats(1, 0, 1), vector(3)),
    }

"""Fields over a grid: contours of heights, arrows of directions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.limits import ticks
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Plotted, reach
from cnnscript.pictures.graphics.properties import (
    BLACK,
    LINE_STYLES,
    MARKERS,
    MODE,
    Property,
    anything,
    array,
    choice,
    colour,
    fraction,
    increasing,
    number,
    on_off,
    positive,
)
from cnnscript.pictures.images import scale


def height_or_end(value: Any) -> Any:
    """A height, or 'zmin' or 'zmax': the end of the axis."""
    return choice("zmin", "zmax")(value) if isinstance(value, str) else number(value)


class Contour(Plotted):
    """contour, contourf, contour3: lines of equal height over a grid, or the bands between them.

    count: how many levels were asked for.  raised: whether the lines lie at their height (contour3).
    label_font: properties of the text of labels.
    """

    kind, class_name = "contour", "matlab.graphics.chart.primitive.Contour"
    shown = ("EdgeColor", "LineStyle", "LineWidth", "FaceColor", "LevelList", "XData", "YData", "ZData")
    own: ClassVar = {
        "LevelList": Property(None, increasing, "LevelListMode"),
        "LevelListMode": MODE,
        "LevelStep": Property(None, positive, "LevelStepMode"),
        "LevelStepMode": MODE,
        "Fill": Property(False, on_off),
        "FaceColor": Property("none", colour("flat", "none")),
        "FaceAlpha": Property(1.0, fraction),
        "EdgeColor": Property("flat", colour("flat", "none")),
        "EdgeAlpha": Property(1.0, fraction),
        "LineColor": Property("flat", colour("flat", "none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "ShowText": Property(False, on_off),
        "TextList": Property(None, array, "TextListMode"),
        "TextListMode": MODE,
        "TextStep": Property(None, positive, "TextStepMode"),
        "TextStepMode": MODE,
        "LabelSpacing": Property(144.0, positive),
        "LabelFormat": Property("%g", anything),
        "ZLocation": Property(0.0, height_or_end),
        "ContourMatrix": Property(),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.count: int | None = None
        self.raised = False
        self.label_font: dict[str, Any] = {}
        super().__init__(parent, **given)

    def fits(self) -> bool:
        z = np.asarray(self.value("ZData"))
        if z.ndim != 2 or min(z.shape) < 2:
            return False
        x, y = np.size(self.get("XData")), np.size(self.get("YData"))
        return x in (z.shape[1], z.size) and y in (z.shape[0], z.size)

    def before_LineColor(self, asked: Any) -> Any:
        self.values["EdgeColor"] = asked
        return asked

    def before_EdgeColor(self, asked: Any) -> Any:
        self.values["LineColor"] = asked
        return asked

    def before_Fill(self, asked: bool) -> bool:
        self.values["FaceColor"] = "flat" if asked else "none"
        return asked

    def before_FaceColor(self, asked: Any) -> Any:
        self.values["Fill"] = asked != "none"
        return asked

    def before_LevelStep(self, step: float) -> float:
        self.values |= {"LevelListMode": "auto"}
        return step

    def get_LevelStep(self) -> float:
        if self.value("LevelStepMode") == "manual":
            return self.values["LevelStep"]
        steps = np.diff(self.get_LevelList())
        return float(steps[-1]) if steps.size else 0.0

    def get_TextList(self) -> np.ndarray:
        given = self.value("TextList")
        return given if given is not None and self.value("TextListMode") == "manual" else self.get_LevelList()

    def get_TextStep(self) -> float:
        return self.value("TextStep") or self.get_LevelStep()

    def get_XData(self) -> np.ndarray:
        given = self.value("XData")
        return given if np.size(given) else np.arange(1.0, np.shape(self.value("ZData"))[1] + 1).reshape(1, -1)

    def get_YData(self) -> np.ndarray:
        given = self.value("YData")
        return given if np.size(given) else np.arange(1.0, np.shape(self.value("ZData"))[0] + 1).reshape(-1, 1)

    def get_LevelList(self) -> np.ndarray:
        """The heights at which lines run: those given, so many, or round ones."""
        given = self.value("LevelList")
        if given is not None and self.value("LevelListMode") == "manual":
            return given
        found = reach(self.value("ZData"))
        if found is None or found[0] == found[1]:
            return np.zeros(0)
        low, high = found
        if self.value("LevelStepMode") == "manual":
            step = self.values["LevelStep"]
            inner = np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1)[:10_000] * step
        elif self.count is not None:
            inner = np.linspace(low, high, self.count + 2)[1:-1]
        else:
            inner = ticks(low, high)
            inner = inner[(inner > low) & (inner < high)]
        return np.unique(np.r_[low, inner]) if self.value("Fill") else inner

    def grid(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """X and Y of the columns and rows (or of each point), and the heights."""
        z = np.asarray(self.value("ZData"), float)
        x, y = self.flat("XData"), self.flat("YData")
        if x.size == z.size and z.shape[0] > 1:
            x = x.reshape(z.shape, order="F")
        if y.size == z.size and z.shape[1] > 1:
            y = y.reshape(z.shape, order="F")
        if x.ndim != y.ndim:
            x = x if x.ndim == 2 else np.broadcast_to(x.reshape(1, -1), z.shape)
            y = y if y.ndim == 2 else np.broadcast_to(y.reshape(-1, 1), z.shape)
        return x, y, z

    def lines(self) -> Iterator[tuple[float, np.ndarray]]:
        """Level and points (n×2) of each line, higher ground to the right.

        Lines begin where MATLAB's begin: the grid is searched column by column from the left, each from the top.
        """
        levels = [level for level in self.get_LevelList().tolist() if np.isfinite(level)]
        if not levels:
            return
        from contourpy import contour_generator

        x, y, z = self.grid()
        if x.ndim == 1:
            x, y = np.meshgrid(x, y)
        turned = [part[::-1].T for part in (y, x, np.ma.masked_invalid(z))]
        generator = contour_generator(*turned)
        for level in levels:
            for points in generator.lines(level):
                line = np.asarray(points)[:, ::-1]
                # A line that goes through a point of the grid has it once.
                new = np.r_[True, (np.diff(line, axis=0) != 0).any(1)]
                yield level, line[new] if new.sum() > 1 else line

    def bands(self) -> Iterator[tuple[float, list[np.ndarray]]]:
        """Level and outlines (outer ones, their holes joined to them) of what lies from each level to the next."""
        levels = self.get_LevelList()
        levels = levels[np.isfinite(levels)]
        if not levels.size or not np.isfinite(np.asarray(self.value("ZData"), float)).any():
            return
        from contourpy import FillType, contour_generator

        x, y, z = self.grid()
        generator = contour_generator(x, y, np.ma.masked_invalid(z), fill_type=FillType.OuterOffset)
        top = max(float(np.ma.masked_invalid(z).max()), levels[-1])
        bounds = np.r_[levels, top + 1e-9 * max(1.0, abs(top))]
        for low, high in zip(bounds[:-1], bounds[1:], strict=True):
            rings: list[np.ndarray] = []
            for points, offsets in zip(*generator.filled(low, high), strict=True):
                whole = [points[offsets[0] : offsets[1]]]
                for begin, end in zip(offsets[1:-1], offsets[2:], strict=True):
                    # A hole is reached by a line there and back, which is not seen.
                    whole += [points[begin:end], whole[0][-1:]]
                rings.append(np.concatenate(whole))
            yield float(low), rings

    def get_ContourMatrix(self) -> np.ndarray:
        """MATLAB's 2×n matrix: for each line its level and number of points, then the points."""
        parts = [np.zeros((2, 0))]
        for level, points in self.lines():
            parts += [np.array([[level], [len(points)]], float), points.T]
        return np.hstack(parts)

    def colour_extent(self) -> tuple[float, float] | None:
        levels = self.get_LevelList()
        if not levels.size:
            return None
        return scale.display_limits(self.value("ZData") if self.value("Fill") or self.raised else levels)

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter in "XY":
            return reach(self.get(f"{letter}Data"))
        if self.raised:
            return reach(self.value("ZData"))
        at = self.value("ZLocation")
        return None if isinstance(at, str) else (at, at)


class FunctionContour(Contour):
    """fcontour: the contours of a function of two variables."""

    kind, class_name = "functioncontour", "matlab.graphics.function.FunctionContour"
    shown = ("Function", "LineColor", "LineStyle", "LineWidth", "Fill", "LevelList")
    own: ClassVar = {
        "Function": Property(None, anything),
        "XRange": Property(lambda: np.array((-5.0, 5.0)), array),
        "YRange": Property(lambda: np.array((-5.0, 5.0)), array),
        "MeshDensity": Property(71.0, positive),
    }


SPREAD, BACK = 0.33, 0.33  # half the width of an arrow's head, and its length, as parts of the arrow


class Quiver(Plotted):
    """quiver, quiver3: arrows at places, along and as long as (UData, VData, WData), scaled so that they do not
    overlap."""

    kind, class_name = "quiver", "matlab.graphics.chart.primitive.Quiver"
    shown = ("Color", "LineStyle", "LineWidth", "XData", "YData", "ZData", "UData", "VData", "WData")
    own: ClassVar = {
        **{f"{letter}Data": Property(lambda: np.zeros((0, 0)), array) for letter in "ZUVW"},
        "AutoScale": Property(True, on_off),
        "AutoScaleFactor": Property(0.9, positive),
        "ScaleFactor": Property(),
        "Color": Property((0.0, 0.4470, 0.7410), colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "ShowArrowHead": Property(True, on_off),
        "MaxHeadSize": Property(0.2, positive),
        "Alignment": Property("tail", choice("tail", "center", "head")),
        "AlignVertexCenters": Property(False, on_off),
        "Marker": Property("none", choice(*MARKERS)),
        "MarkerSize": Property(6.0, positive),
        "MarkerEdgeColor": Property("auto", colour("auto", "none")),
        "MarkerFaceColor": Property("none", colour("auto", "none")),
        "EdgeColor": Property(BLACK, colour("none")),
    }

    def fits(self) -> bool:
        u = np.atleast_2d(self.value("UData"))
        x, y = np.size(self.value("XData")), np.size(self.value("YData"))
        along = u.ndim == 2 and x in (0, u.size, u.shape[1]) and y in (0, u.size, u.shape[0])
        return along and np.size(self.value("VData")) == u.size

    def places(self) -> np.ndarray:
        """Where the arrows begin: n×3."""
        u = np.asarray(self.value("UData"), float)
        x, y, z = (np.asarray(self.value(f"{letter}Data"), float) for letter in "XYZ")
        rows, columns = (u.shape if u.ndim == 2 else (1, u.size)) if u.size else (0, 0)
        if not x.size:
            x = np.arange(1.0, columns + 1)
        if not y.size:
            y = np.arange(1.0, rows + 1)
        if x.size != u.size:
            x = np.broadcast_to(x.reshape(1, -1), (rows, columns))
        if y.size != u.size:
            y = np.broadcast_to(y.reshape(-1, 1), (rows, columns))
        z = z if z.size == u.size else np.zeros(u.size)
        return np.column_stack([part.ravel(order="F") for part in (x, y, z)])

    def directions(self) -> np.ndarray:
        u, v, w = (self.flat(f"{letter}Data") for letter in "UVW")
        return np.column_stack([u, v, w if w.size == u.size else np.zeros(u.size)])

    def get_ScaleFactor(self) -> float:
        """What the directions are multiplied by: the longest arrow becomes as long as the grid's spacing (as if the
        places were in an even grid), times AutoScaleFactor."""
        if not self.value("AutoScale"):
            return 1.0
        places, ways = self.places(), self.directions()
        there = np.isfinite(places).all(1) & np.isfinite(ways).all(1)
        if not there.any():
            return 1.0
        solid = self.flat("ZData").size > 0
        rows, columns = np.asarray(self.value("UData")).shape[:2]
        if min(rows, columns) == 1:
            rows = columns = np.sqrt(len(ways))
        span = np.ptp(places[there], axis=0)
        steps = span[:2] / np.array((max(columns, 1), max(rows, 1)))
        if solid:
            steps = np.r_[steps, span[2] / max(rows, columns, 1)]
        space = float((steps**2).sum())
        longest = np.sqrt((ways[there] ** 2).sum(1).max() / space) if space > 0 else 0.0
        return float(self.value("AutoScaleFactor") / longest) if longest > 0 else float(self.value("AutoScaleFactor"))

    def arrows(self) -> Iterator[np.ndarray]:
        """The lines of the arrows (points × 3): a shaft and, where it has a length, a head."""
        places, ways = self.places(), self.directions() * self.get_ScaleFactor()
        if len(places) != len(ways):
            return
        shift = {"tail": 0.0, "center": 0.5, "head": 1.0}[self.value("Alignment")]
        begin = places - shift * ways
        end = begin + ways
        size = self.value("MaxHeadSize") / 0.2
        solid = self.flat("ZData").size > 0
        for tail, tip, way in zip(begin, end, ways, strict=True):
            if not (np.isfinite(tail).all() and np.isfinite(way).all()):
                continue
            yield np.array([tail, tip])
            if self.value("ShowArrowHead") and way.any():
                across = np.array((-way[1], way[0], 0.0))
                if solid:
                    flat = np.hypot(way[0], way[1])
                    length = float(np.linalg.norm(way))
                    across = across / flat * length if flat > 1e-12 * length else np.array((0.0, length, 0.0))
                back = min(SPREAD * size, 1.0) * way
                side = min(SPREAD * size, 1.0) * BACK * across
                yield np.array([tip - back - side, tip, tip - back + side])

    def extent(self, letter: str) -> tuple[float, float] | None:
        """Arrows from beginning to end count."""
        places, ways = self.places(), self.directions()
        if len(places) != len(ways) or not len(places) or letter == "Z" and not self.flat("ZData").size:
            return None
        column = "XYZ".index(letter)
        tips = places + ways * self.get_ScaleFactor()
        return reach(np.r_[places[:, column], tips[:, column]])

"""The kinds of objects that plots are made of: lines, points, areas, polygons."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import (
    BLACK,
    DARK,
    FONT,
    LINE_STYLES,
    LIT,
    MARKERS,
    Property,
    alpha,
    anything,
    array,
    box,
    choice,
    colour,
    curvature,
    floats,
    fraction,
    number,
    or_empty,
    places,
    positive,
    text,
)
from cnnscript.pictures.images import scale


def number_or(*words: str) -> Any:
    """A number from 0 to 1, or one of `words`."""

    def check(value: Any) -> Any:
        return value.lower() if isinstance(value, str) and value.lower() in words else fraction(value)

    return check


def areas(value: Any) -> np.ndarray:
    """Numbers of which none is below 0."""
    numbers = array(value)
    if (np.asarray(numbers, float) < 0).any():
        raise ValueError("Value must be a vector of positive numbers.")
    return numbers


def paints(value: Any) -> Any:
    """A colour, or numbers that are levels or rows of red, green and blue."""
    if isinstance(value, str):
        return np.array([colour()(value)])
    return array(value)


def reach(values: Any) -> tuple[float, float] | None:
    """The lowest and the highest finite value; None where there is none."""
    numbers = np.asarray(values, float).ravel()
    numbers = numbers[np.isfinite(numbers)]
    return (float(numbers.min()), float(numbers.max())) if numbers.size else None


class Plotted(Graphic):
    """What lies at coordinates XData, YData (and ZData), and may be named in a legend.

    categories: per axis letter, the names that stand at 1, 2, 3 ... where the data were categories.
    clocks: per axis letter, how time is written (a TimeAxis in a word) where the data were times.
    main: the property that takes the axes' next colour.  automatic: that colour, as long as it is not another's.
    """

    kind = "plotted"
    main = "Color"
    own = {
        "SeriesIndex": Property(None, number),
        "DisplayName": Property("", text),
        "XData": Property(lambda: np.zeros(0), array),
        "YData": Property(lambda: np.zeros(0), array),
        "ZData": Property(lambda: np.zeros(0), array),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.categories: dict[str, list[str]] = {}
        self.clocks: dict[str, str] = {}
        self.automatic: tuple[float, ...] | None = None
        super().__init__(parent, **given)

    def follow(self, colour: tuple[float, ...], index: float) -> None:
        """Take a colour of the axes' colour order, and remember that nobody chose it."""
        self.set(self.main, np.array(colour) if self.main == "CData" else colour)
        self.automatic = colour
        self.values["SeriesIndex"] = float(index)

    def recolour(self, order: np.ndarray) -> None:
        """Take the colour of a new colour order, unless the object has one of its own."""
        index = self.value("SeriesIndex")
        if self.automatic is not None and index and tuple(np.ravel(self.value(self.main))) == self.automatic:
            self.follow(tuple(float(part) for part in order[(int(index) - 1) % len(order)]), index)

    def before_SeriesIndex(self, index: float) -> float:
        axes = self.up("axes") or self.up("polaraxes")
        if index < 1 or index != int(index):
            raise ValueError("Value must be a positive integer.")
        if axes is not None:
            order = axes.value("ColorOrder")
            self.follow(tuple(float(part) for part in order[(int(index) - 1) % len(order)]), index)
        return index

    def fits(self) -> bool:
        """As many coordinates along each axis."""
        count = np.size(self.get("YData"))
        return np.size(self.get("XData")) == count and np.size(self.get("ZData")) in (0, count)

    def flat(self, name: str) -> np.ndarray:
        """Coordinates as a flat array of doubles."""
        return np.asarray(self.get(name), float).ravel(order="F")

    def extent(self, letter: str) -> tuple[float, float] | None:
        if self.categories.get(letter):
            return 0.5, len(self.categories[letter]) + 0.5
        return reach(self.get(f"{letter}Data"))


class Line(Plotted):
    kind, class_name = "line", "matlab.graphics.chart.primitive.Line"
    shown = ("Color", "LineStyle", "LineWidth", "Marker", "MarkerSize", "MarkerFaceColor", "XData", "YData", "ZData")
    own = {
        "Color": Property((0.0, 0.4470, 0.7410), colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Marker": Property("none", choice(*MARKERS)),
        "MarkerSize": Property(6.0, positive),
        "MarkerEdgeColor": Property("auto", colour("auto", "none")),
        "MarkerFaceColor": Property("none", colour("auto", "none")),
        "MarkerIndices": Property(None, or_empty(places)),
        "MaximumNumPoints": Property(1e6, positive),
    }


    def get_MarkerIndices(self) -> np.ndarray:
        given = self.value("MarkerIndices")
        return np.arange(1.0, np.size(self.get("YData")) + 1) if given is None else given


class ConstantLine(Graphic):
    """xline, yline: a line all through the axes; it does not move the limits."""

    kind, class_name = "constantline", "matlab.graphics.chart.decoration.ConstantLine"
    shown = ("InterceptAxis", "Value", "Color", "LineStyle", "LineWidth", "Label", "DisplayName")
    own = {
        **FONT,
        "InterceptAxis": Property("x", choice("x", "y")),
        "Value": Property(0.0, number),
        "Color": Property(DARK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Alpha": Property(0.7, fraction),
        "Label": Property("", text),
        "LabelHorizontalAlignment": Property("right", choice("left", "center", "right")),
        "LabelVerticalAlignment": Property("top", choice("top", "middle", "bottom")),
        "LabelOrientation": Property("aligned", choice("aligned", "horizontal")),
        "DisplayName": Property("", text),
    }


class Scatter(Plotted):
    main = "CData"

    def fits(self) -> bool:
        count = np.size(self.get("XData"))
        colours = self.get("CData")
        paints = isinstance(colours, str) or np.size(colours) in (0, 1, 3, count, 3 * count)
        return super().fits() and np.size(self.get("SizeData")) in (1, count) and paints and self.painted(count)

    def painted(self, count: int) -> bool:
        """Whether what stands for colours in CData lies between 0 and 1."""
        given = self.get("CData")
        colours = np.asarray(given, float) if not isinstance(given, str) else np.zeros(0)
        rgb = colours.size == 3 * count and count > 1 or colours.size == 3 and not self.levels_of_three(colours)
        return not rgb or bool(((colours >= 0) & (colours <= 1)).all())

    kind, class_name = "scatter", "matlab.graphics.chart.primitive.Scatter"
    shown = ("Marker", "MarkerEdgeColor", "MarkerFaceColor", "SizeData", "LineWidth", "XData", "YData")
    own = {
        "Marker": Property("o", choice(*MARKERS)),
        "SizeData": Property(lambda: floats(36), areas),
        "CData": Property(lambda: floats(0, 0.4470, 0.7410), paints),
        "MarkerEdgeColor": Property("flat", colour("flat", "none", "auto")),
        "MarkerFaceColor": Property("none", colour("flat", "none", "auto")),
        "MarkerFaceAlpha": Property(1.0, number_or("flat")),
        "MarkerEdgeAlpha": Property(1.0, number_or("flat")),
        "AlphaData": Property(1.0, array),
        "AlphaDataMapping": Property("scaled", choice("scaled", "direct", "none")),
        "XJitter": Property("none", choice("none", "density", "rand", "randn")),
        "YJitter": Property("none", choice("none", "density", "rand", "randn")),
        "XJitterWidth": Property(None, number),
        "YJitterWidth": Property(None, number),
        "LineWidth": Property(0.5, positive),
    }

    def colour_extent(self) -> tuple[float, float] | None:
        if isinstance(self.value("CData"), str):
            return None
        colours = np.asarray(self.value("CData"))
        count = self.flat("XData").size
        return (
            scale.display_limits(colours)
            if colours.size == count and colours.ndim <= 2 and count not in (1, 3) or self.levels_of_three(colours)
            else None
        )

    def levels_of_three(self, colours: np.ndarray) -> bool:
        """Whether three numbers for three points are levels: a column is, a row is red, green and blue."""
        return colours.ndim == 2 and colours.shape == (3, 1) and self.flat("XData").size == 3

    def sizes(self) -> np.ndarray:
        """The areas of the markers in square points."""
        return np.asarray(self.value("SizeData"), float).ravel(order="F")

    def spread(self, letter: str) -> np.ndarray:
        """The coordinates along an axis, each moved aside as XJitter or YJitter asks."""
        at = self.flat(f"{letter}Data")
        way = self.value(f"{letter}Jitter")
        if way == "none" or not at.size:
            return at
        places = np.unique(at[np.isfinite(at)])
        width = self.value(f"{letter}JitterWidth")
        width = 0.9 * (float(np.min(np.diff(places))) if places.size > 1 else 1.0) if width is None else width
        chance = np.random.default_rng(0)
        if way != "density":
            drawn = chance.random(at.size) - 0.5 if way == "rand" else chance.standard_normal(at.size) / 6
            return at + width * drawn
        across = self.flat("YData" if letter == "X" else "XData")
        moved = at.copy()
        for place in places:
            mine = np.flatnonzero((at == place) & np.isfinite(across))
            dense = density(across[mine])
            moved[mine] = place + width * dense * (chance.random(mine.size) - 0.5)
        return moved

    def extent(self, letter: str) -> tuple[float, float] | None:
        if self.categories.get(letter) or letter == "Z":
            return super().extent(letter)
        return reach(self.spread(letter))


def density(values: np.ndarray) -> np.ndarray:
    """How dense numbers lie at each of them, by a Gaussian kernel of Silverman's width; 1 where densest."""
    if values.size < 2 or not values.std():
        return np.full(values.size, 1.0 if values.size > 1 else 0.0)
    width = 1.06 * values.std(ddof=1) * values.size ** (-1 / 5)
    grid = np.linspace(values.min(), values.max(), 100)
    heights = np.exp(-(((grid[:, None] - values[None]) / width) ** 2) / 2).sum(1)
    return np.interp(values, grid, heights / heights.max())


BUBBLES = (5.0, 50.0)  # diameters in points of the smallest and the largest bubble


def bubble_limits(axes: Graphic) -> tuple[float, float]:
    """The sizes between which the diameters of an axes' bubbles grow."""
    found = [each for child in axes.children if isinstance(child, Bubble) and (each := reach(child.value("SizeData")))]
    if not found:
        return 0.0, 1.0
    return min(low for low, _ in found), max(high for _, high in found)


class Bubble(Scatter):
    """bubblechart: SizeData are numbers that diameters grow with, not areas."""

    kind, class_name = "bubblechart", "matlab.graphics.chart.primitive.BubbleChart"
    own: ClassVar = {
        "MarkerFaceAlpha": Property(0.6, number_or("flat")),
        "MarkerFaceColor": Property("flat", colour("flat", "none", "auto")),
    }

    def sizes(self) -> np.ndarray:
        numbers = np.asarray(self.value("SizeData"), float).ravel(order="F")
        axes = self.up("axes") or self.up("polaraxes")
        low, high = axes.bubbles.get("limits") or bubble_limits(axes)
        least, most = axes.bubbles.get("size") or BUBBLES
        if numbers.size == 1:
            numbers = np.full(self.flat("XData").size, numbers[0])
        share = np.clip((numbers - low) / (high - low), 0, 1) if high > low else np.full(numbers.size, 0.5)
        return (least + share * (most - least)) ** 2


def faces(value: Any) -> np.ndarray:
    """Indices of vertices, a row each face."""
    rows = np.atleast_2d(np.asarray(array(value), float))
    there = rows[~np.isnan(rows)]
    if rows.ndim != 2 or (there < 1).any() or (there != np.floor(there)).any():
        raise ValueError("Value must be a matrix of positive integers, a row for each face.")
    return rows


def vertices(value: Any) -> np.ndarray:
    """Points in the plane or in space, a row each."""
    rows = np.asarray(array(value), float)
    if rows.ndim != 2 or rows.size and rows.shape[1] not in (2, 3):
        raise ValueError("Value must be a matrix of two or three columns, a row for each vertex.")
    return rows


class Patch(Plotted):
    """Filled polygons: Faces, a row of indices into the rows of Vertices each (NaN where one has fewer corners); or
    XData, YData and ZData with a column each.  What is set last holds, the other form is reckoned from it."""

    kind, class_name = "patch", "matlab.graphics.primitive.Patch"
    shown = ("FaceColor", "FaceAlpha", "EdgeColor", "LineStyle", "Faces", "Vertices")
    own = {
        "Faces": Property(None, faces),
        "Vertices": Property(None, vertices),
        "FaceVertexCData": Property(None, array),
        "FaceColor": Property(BLACK, colour("none", "flat", "interp")),
        "FaceAlpha": Property(1.0, alpha("flat", "interp")),
        "EdgeColor": Property(BLACK, colour("none", "flat", "interp")),
        "EdgeAlpha": Property(1.0, alpha("flat", "interp")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "CData": Property(None, anything),
        "CDataMapping": Property("scaled", choice("scaled", "direct")),
        "AlphaDataMapping": Property("scaled", choice("none", "scaled", "direct")),
        "FaceVertexAlphaData": Property(None, array),
        "VertexNormals": Property(None, array),
        "FaceLighting": Property("flat", choice("flat", "gouraud", "none")),
        **LIT,
        "Marker": Property("none", choice(*MARKERS)),
        "MarkerSize": Property(6.0, positive),
        "MarkerEdgeColor": Property("auto", colour("auto", "none", "flat")),
        "MarkerFaceColor": Property("none", colour("auto", "none", "flat")),
    }

    def fits(self) -> bool:
        if self.value("Faces") is not None and self.value("Vertices") is not None:
            return True
        count = np.size(self.value("YData"))
        return np.size(self.value("XData")) == count and np.size(self.value("ZData")) in (0, count)

    def before_XData(self, value: np.ndarray) -> np.ndarray:
        if self.values.get("Faces") is not None and self.values.get("Vertices") is not None:
            self.values |= {name: self.get(name) for name in ("XData", "YData", "ZData")}
        self.values |= {"Faces": None, "Vertices": None}
        return value

    before_YData = before_ZData = before_XData

    def get_XData(self) -> np.ndarray:
        return self.corners(0)

    def get_YData(self) -> np.ndarray:
        return self.corners(1)

    def get_ZData(self) -> np.ndarray:
        return self.corners(2)

    def corners(self, column: int) -> np.ndarray:
        """One coordinate of the corners, a column for each polygon, NaN where it has fewer."""
        rows, points = self.value("Faces"), self.value("Vertices")
        if rows is None or points is None:
            return self.value(("XData", "YData", "ZData")[column])
        if column >= points.shape[1] or not rows.size:
            return np.zeros(0)
        there = ~np.isnan(rows)
        if rows[there].max(initial=0) > len(points):
            raise ScriptError(
                "MATLAB:hg:patch:BadFaces",
                "Error setting property 'Faces' of class 'Patch'. Faces name vertices that are not there.",
                notes=(f"the largest index is {rows[there].max():.0f}, there are {len(points)} vertices",),
            )
        places = np.where(there, rows, 1).astype(int) - 1
        return np.where(there, points[places, column], np.nan).T

    def get_Faces(self) -> np.ndarray:
        given = self.value("Faces")
        if given is not None:
            return given
        shape = np.shape(self.value("XData"))
        count = int(np.prod(shape))
        each = shape[0] if len(shape) == 2 and min(shape) > 1 else count
        return np.arange(1.0, count + 1).reshape(each, -1, order="F").T if count else np.zeros((0, 0))

    def get_Vertices(self) -> np.ndarray:
        given = self.value("Vertices")
        if given is not None:
            return given
        columns = [self.flat(name) for name in ("XData", "YData", "ZData") if np.size(self.value(name))]
        return np.column_stack(columns) if columns else np.zeros((0, 0))

    def polygons(self) -> list[np.ndarray]:
        """The corners of each polygon, points × 3 (z is 0 where there is none)."""
        x, y, z = (np.asarray(self.get(name), float) for name in ("XData", "YData", "ZData"))
        if not x.size or x.size != y.size:
            return []
        z = z if z.size == x.size else np.zeros(x.size)
        faces = self.value("Faces")
        each = x.shape[0] if faces is not None or x.ndim == 2 and min(x.shape) > 1 else x.size
        table = np.stack([part.reshape(each, -1, order="F") for part in (x, y, z)])
        return [table[:, ~np.isnan(table[:, :, k]).any(0), k].T for k in range(table.shape[2])]

    def paints(self) -> np.ndarray | None:
        """What gives the polygons their colours where FaceColor is flat or interp, a row each: a level, or red, green
        and blue."""
        given, rows = self.value("FaceVertexCData"), self.value("Faces")
        count = len(self.polygons())
        if given is not None and given.size and rows is not None:
            levels = np.asarray(given, float)
            levels = levels.reshape(-1, 1) if levels.ndim < 2 or levels.shape[0] == 1 != count else levels
            if len(levels) == count:
                return levels
            if len(levels) != len(self.get_Vertices()):
                return None
            corners = [levels[row[~np.isnan(row)].astype(int) - 1] for row in rows]
            interp = self.value("FaceColor") == "interp"
            return np.stack([each.mean(0) if interp else each[0] for each in corners])
        own = self.value("CData")
        if own is None or not np.size(own):
            return None
        levels = np.asarray(own, float)
        if levels.ndim == 3:
            return levels.mean(0) if levels.shape[1] == count else None
        one_each = levels.ndim == 2 and levels.shape[1] == count
        return (levels.mean(0) if one_each else np.full(count, levels.mean())).reshape(-1, 1)

    def colour_extent(self) -> tuple[float, float] | None:
        if not {self.value("FaceColor"), self.value("EdgeColor")} & {"flat", "interp"}:
            return None
        if self.value("CDataMapping") == "direct":
            return None
        given = self.value("FaceVertexCData") if self.value("Faces") is not None else self.value("CData")
        levels = np.zeros(0) if given is None else np.asarray(given, float)
        rgb = levels.ndim == 3 or self.value("Faces") is not None and levels.ndim == 2 and levels.shape[1] == 3
        return scale.display_limits(levels) if levels.size and not rgb else None


class Area(Plotted):
    main = "FaceColor"
    kind, class_name = "area", "matlab.graphics.chart.primitive.Area"
    shown = ("FaceColor", "EdgeColor", "LineStyle", "BaseValue", "XData", "YData")
    own = {
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none")),
        "FaceAlpha": Property(1.0, fraction),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "BaseValue": Property(0.0, number),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.below = np.zeros(0)
        super().__init__(parent, **given)

    def floor(self) -> np.ndarray:
        heights = self.flat("YData")
        return self.below if self.below.size == heights.size else np.full(heights.size, self.value("BaseValue"))

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter != "Y":
            return super().extent(letter)
        floor = self.floor()
        return reach(np.r_[floor, floor + self.flat("YData")])


class Rectangle(Graphic):
    kind, class_name = "rectangle", "matlab.graphics.primitive.Rectangle"
    shown = ("FaceColor", "EdgeColor", "LineWidth", "LineStyle", "Curvature", "Position")
    own = {
        "Position": Property(lambda: floats(0, 0, 1, 1), box),
        "Curvature": Property(lambda: floats(0, 0), curvature),
        "FaceColor": Property("none", colour("none")),
        "FaceAlpha": Property(1.0, fraction),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
    }

    def set(self, name: str, value: Any) -> None:
        """A colour with a fourth number is a colour and its alpha."""
        found = self.find_name(name)
        if found in ("FaceColor", "EdgeColor") and not isinstance(value, str) and np.size(value) == 4:
            numbers = np.ravel(value).astype(float)
            super().set(found, numbers[:3])
            if found == "FaceColor":
                super().set("FaceAlpha", float(numbers[3]))
            return
        super().set(name, value)

    def extent(self, letter: str) -> tuple[float, float] | None:
        left, bottom, width, height = self.value("Position")
        return {"X": (left, left + width), "Y": (bottom, bottom + height)}.get(letter)

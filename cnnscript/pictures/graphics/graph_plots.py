"""Pictures of graphs: nodes, edges, and their labels."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics import graph_layouts
from cnnscript.pictures.graphics.node_tables import NodeTable
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Plotted, reach
from cnnscript.pictures.graphics.properties import (
    INTERPRETERS,
    LINE_STYLES,
    MARKERS,
    Property,
    array,
    choice,
    number,
    on_off,
    positive,
    text,
)
from cnnscript.pictures.images import scale
from cnnscript.pictures.images.colour import parse_colour

BLUE, BLACK = (0.0, 0.4470, 0.7410), (0.0, 0.0, 0.0)
MANY = 100  # nodes: with more of them marks are smaller and labels are left out


def colours(value: Any) -> Any:
    """A colour, 'none' or 'flat', or a row of red, green and blue for each."""
    if isinstance(value, str) and value.lower() in ("none", "flat"):
        return value.lower()
    table = np.asarray(value) if not isinstance(value, str) else None
    if table is not None and table.ndim == 2 and table.shape[0] > 1 and table.shape[1] == 3:
        return np.array([parse_colour(row) for row in table])
    return parse_colour(value)


def each_of(check: Any) -> Any:
    """What `check` takes, once or for each."""

    def checked(value: Any) -> Any:
        if isinstance(value, list) and len(value) != 1:
            return [check(item) for item in value]
        if isinstance(value, np.ndarray) and value.size > 1:
            return np.array([[check(item) for item in value.ravel(order="F").tolist()]])
        return check(value[0] if isinstance(value, list) else value)

    return checked


def labels(value: Any) -> list[str]:
    """Texts, or numbers written out; a single empty text is no label at all."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [str(item) for item in value]
    return [f"{item:.5g}" for item in np.asarray(array(value), float).ravel(order="F").tolist()]


class GraphPlot(Plotted):
    """plot(G): nodes at XData and YData, joined by edges.

    ends: pairs of nodes from 0.  directed: whether edges have arrows.  bends: for each edge the places that it passes.
    node_table: what is said of the nodes, where the graph is there to be browsed.
    """

    kind, class_name = "graphplot", "matlab.graphics.chart.primitive.GraphPlot"
    shown = ("NodeColor", "MarkerSize", "Marker", "EdgeColor", "LineWidth", "LineStyle", "NodeLabel", "EdgeLabel",
             "XData", "YData", "ZData")  # fmt: skip
    own: ClassVar = {
        "NodeColor": Property(BLUE, colours),
        "EdgeColor": Property(BLUE, colours),
        "NodeCData": Property(None, array),
        "EdgeCData": Property(None, array),
        "Marker": Property("o", each_of(choice(*MARKERS))),
        "MarkerSize": Property(None, each_of(positive)),
        "LineWidth": Property(0.5, each_of(positive)),
        "LineStyle": Property("-", each_of(choice(*LINE_STYLES))),
        "EdgeAlpha": Property(0.5, number),
        "ArrowSize": Property(None, each_of(number)),
        "ArrowPosition": Property(0.5, each_of(number)),
        "ShowArrows": Property(None, on_off),
        "NodeLabel": Property(None, labels, "NodeLabelMode"),
        "NodeLabelMode": Property("auto", choice("auto", "manual")),
        "EdgeLabel": Property(list, labels, "EdgeLabelMode"),
        "EdgeLabelMode": Property("auto", choice("auto", "manual")),
        "NodeLabelColor": Property(BLACK, colours),
        "EdgeLabelColor": Property(BLACK, colours),
        "NodeFontSize": Property(8.0, each_of(positive)),
        "EdgeFontSize": Property(8.0, each_of(positive)),
        "NodeFontName": Property("Helvetica", text),
        "EdgeFontName": Property("Helvetica", text),
        "NodeFontWeight": Property("normal", choice("normal", "bold")),
        "EdgeFontWeight": Property("normal", choice("normal", "bold")),
        "NodeFontAngle": Property("normal", choice("normal", "italic")),
        "EdgeFontAngle": Property("normal", choice("normal", "italic")),
        "Interpreter": Property("tex", choice(*INTERPRETERS)),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.ends = np.zeros((0, 2), int)
        self.directed = False
        self.names: list[str] = []
        self.bends: list[list[tuple[float, float]]] = []
        self.node_table: NodeTable | None = None
        super().__init__(parent, **given)

    def fill(self, count: int, ends: np.ndarray, directed: bool, names: list[str]) -> None:
        self.ends, self.directed, self.names = np.asarray(ends, int).reshape(-1, 2), directed, names
        self.values |= {"XData": np.zeros(count), "YData": np.zeros(count)}

    # -------------------------------------------------------------------------------------------------------- layouts
    def natural(self) -> str:
        """The layout for a graph of this size and kind: layers for trees and for graphs without circles."""
        count = len(self.names)
        if count > MANY:
            return "layered" if self.directed and self.flows() else "subspace"
        if self.directed and self.flows():
            return "layered"
        return "force"

    def flows(self) -> bool:
        """Whether all edges lead on."""
        rank = graph_layouts.ranks(len(self.names), self.ends)
        return len(self.ends) > 0 and bool((rank[self.ends[:, 0]] < rank[self.ends[:, 1]]).all())

    def arrange(self, way: str, **options: Any) -> None:
        """Put the nodes where a layout wants them."""
        count = len(self.names)
        way = self.natural() if way == "auto" else way
        self.bends = []
        if way == "circle":
            x, y = graph_layouts.circle(count)
            centre = options.get("centre")
            if centre is not None and count > 1:
                others = [k for k in range(count) if k != centre]
                x, y = np.zeros(count), np.zeros(count)
                x[others], y[others] = graph_layouts.circle(count - 1)
        elif way == "force":
            x, y = graph_layouts.force(count, self.ends, options.get("steps", 100), options.get("start"))
        elif way == "subspace":
            x, y = graph_layouts.subspace(count, self.ends)
        else:
            x, y, bends = graph_layouts.layered(count, self.ends, options.get("sources"))
            turn = options.get("direction", "down")
            x, y = turned(x, y, turn)
            self.bends = [
                list(zip(*(part.tolist() for part in turned(*np.array(each).reshape(-1, 2).T, turn)), strict=True))
                for each in bends
            ]
        self.values |= {"XData": x, "YData": y}
        self.touch()

    def before_XData(self, value: np.ndarray) -> np.ndarray:
        return self.placed(value)

    def before_YData(self, value: np.ndarray) -> np.ndarray:
        return self.placed(value)

    def placed(self, value: np.ndarray) -> np.ndarray:
        if value.size != len(self.names):
            raise ValueError(f"Value must have {len(self.names)} elements, one for each node.")
        self.bends = []
        return value

    # --------------------------------------------------------------------------------------------------------- looks
    def get_NodeLabel(self) -> list[str]:
        if self.value("NodeLabelMode") == "manual":
            given = self.values["NodeLabel"]
            return given if given else [""] * len(self.names)
        return self.names if len(self.names) <= MANY else [""] * len(self.names)

    def get_EdgeLabel(self) -> list[str]:
        given = self.value("EdgeLabel")
        return given if given else [""] * len(self.ends)

    def get_MarkerSize(self) -> Any:
        own = self.value("MarkerSize")
        return own if own is not None else 4.0 if len(self.names) <= MANY else 2.0

    def get_ArrowSize(self) -> Any:
        own = self.value("ArrowSize")
        return own if own is not None else 7.0 if len(self.names) <= MANY else 4.0

    def get_ShowArrows(self) -> bool:
        own = self.value("ShowArrows")
        return self.directed if own is None else own

    def per(self, name: str, count: int) -> list[Any]:
        """A property for each of the nodes or edges."""
        value = self.get(name)
        if isinstance(value, np.ndarray):
            rows = name.endswith("Color")
            value = [tuple(row) for row in value.tolist()] if rows else value.ravel(order="F").tolist()
        if isinstance(value, list):
            return [value[k % len(value)] for k in range(count)] if value else [None] * count
        return [value] * count

    def put(self, name: str, places: list[int], count: int, value: Any) -> None:
        """Set a property for some of the nodes or edges."""
        each = self.per(name, count)
        for place in places:
            each[place] = value
        if name.endswith("Color") and "none" not in each and "flat" not in each:
            self.values[name] = np.array([parse_colour(one) for one in each])
        else:
            self.values[name] = np.array([each]) if all(isinstance(one, float) for one in each) else each
        self.touch()

    def colour_extent(self) -> tuple[float, float] | None:
        found = [
            scale.display_limits(self.value(f"{side}CData"))
            for side in ("Node", "Edge")
            if isinstance(self.value(f"{side}Color"), str)
            and self.value(f"{side}Color") == "flat"
            and self.value(f"{side}CData") is not None
        ]
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None

    def extent(self, letter: str) -> tuple[float, float] | None:
        found = reach(self.flat(f"{letter}Data")) if letter in "XY" else None
        if found is None:
            return None
        free = 0.08 * (found[1] - found[0]) or 0.5
        return found[0] - free, found[1] + free

    def tight(self, letter: str) -> bool:
        return letter in "XY"


def turned(x: np.ndarray, y: np.ndarray, direction: str) -> tuple[np.ndarray, np.ndarray]:
    """Layers that run down, turned so that they run up, to the left or to the right."""
    if direction == "down":
        return x, y
    if direction == "up":
        return x, -y
    return (-y, x) if direction == "right" else (y, x)

"""A graph and the table of its nodes side by side in a window, to be looked through with mouse and keys.

Both can be longer than the window: the wheel moves what is under the mouse. A click on a node marks its row and the
other way round; below the table stands all that is known of what is marked. Up, down, page up, page down, home and end
move the mark; + and - make the graph larger and smaller; left and right move the table's columns. What is wrong is red.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import numpy as np

from cnnscript.pictures.graphics.graph_plots import GraphPlot
from cnnscript.pictures.graphics.layout import PIXELS_PER_INCH
from cnnscript.pictures.graphics.node_tables import NodeTable, shortened

SIZE = (1240.0, 800.0)  # of the window at first, in pixels of MATLAB's screen, as all lengths here
GRAPH = (0.01, 0.02, 0.36, 0.91)  # left, bottom, width, height as parts of the window
TABLE, DETAILS = (0.38, 0.36, 0.61, 0.57), (0.38, 0.02, 0.61, 0.31)
ROW, LETTER = 16, 7.0  # height of a line of the table, width of a letter in it (fonts are fitted to whole pixels)
TEXT = {"family": "monospace", "fontsize": 8, "parse_math": False, "clip_on": True}
LEVEL, COLUMN = (16.0, 44.0), 260.0  # least and most pixels from layer to layer; most from column to column
NEAR = 12  # pixels around a node where the mouse is over it
WIDEST = 48  # letters of a column
INK, FAULT, CHOSEN = "#0072bd", "#c00000", "#ffd98a"
MOVES = {"up": -1, "down": 1, "pageup": -20, "pagedown": 20, "home": -(10**9), "end": 10**9}


def browsed(figure: Any) -> GraphPlot | None:
    """The plotted graph in a figure that has a table of its nodes."""
    found = (part for part in figure.walk() if isinstance(part, GraphPlot) and part.node_table is not None)
    return next(found, None)


class GraphBrowser:
    """Looks through one plotted graph on a page of matplotlib.

    chosen: the node that is marked, or None.  first: the first row of the table in sight.  corner: where in the whole
    graph, in pixels, the upper left corner of what is in sight is.
    """

    def __init__(self, page: Any, plot: GraphPlot) -> None:
        assert plot.node_table is not None
        self.page, self.plot = page, plot
        self.table: NodeTable = plot.node_table
        self.chosen: int | None = None
        self.hovered: int | None = None
        self.first, self.shift, self.line, self.zoom = 0, 0, 0, 1.0
        self.corner = np.zeros(2)
        self.ground: Any = None  # the window's pixels without what the mouse brings up
        answers = {"scroll_event": self.wheel, "button_press_event": self.click, "motion_notify_event": self.hover,
                   "key_press_event": self.key, "resize_event": lambda event: self.draw(),
                   "draw_event": self.drawn}  # fmt: skip
        self.connections = [page.canvas.mpl_connect(name, answer) for name, answer in answers.items()]

    def end(self) -> None:
        """Answer no more."""
        for connection in self.connections:
            self.page.canvas.mpl_disconnect(connection)

    # ---------------------------------------------------------------------------------------------------------- places
    def extent(self, part: tuple[float, ...]) -> np.ndarray:
        """Width and height of a part of the window."""
        return self.page.bbox.size * part[2:] * PIXELS_PER_INCH / self.page.dpi

    def places(self) -> tuple[np.ndarray, Any]:
        """Where the nodes are, in pixels from the upper left of the whole graph, and what puts other points there."""
        x, y = self.plot.flat("XData"), self.plot.flat("YData")
        left, right, top = x.min(), x.max(), y.max()
        width, height = self.extent(GRAPH)
        levels = max(top - y.min(), 1.0)
        step = float(np.clip((height - 40) / levels, *LEVEL)) * self.zoom
        across = min(COLUMN, (width - 20) / (right - left + 1.0)) * self.zoom

        def put(points: Any) -> np.ndarray:
            spots = np.asarray(points, float).reshape(-1, 2)
            return np.stack([20 + (spots[:, 0] - left) * across, 20 + (top - spots[:, 1]) * step], axis=1)

        return put(np.stack([x, y], axis=1)), put

    def rows_in_sight(self) -> int:
        return max(1, int(self.extent(TABLE)[1] // ROW) - 1)  # one is the head

    # --------------------------------------------------------------------------------------------------------- drawing
    def draw(self) -> None:
        self.page.clear()
        self.page.set_facecolor("white")
        self.page.text(0.01, 0.965, self.table.title, fontsize=11, weight="bold", parse_math=False)
        self.areas = {part: self.area(part) for part in (GRAPH, TABLE, DETAILS)}
        if self.table.rows:
            self.draw_graph(self.areas[GRAPH])
            self.draw_rows(self.areas[TABLE])
        self.draw_details(self.areas[DETAILS])
        self.page.canvas.draw_idle()

    def area(self, part: tuple[float, ...]) -> Any:
        """Axes whose units are pixels from its upper left corner."""
        made = self.page.add_axes(part, xticks=(), yticks=())
        made.set(xlim=(0, self.extent(part)[0]), ylim=(self.extent(part)[1], 0))
        return made

    def draw_graph(self, area: Any) -> None:
        from matplotlib.collections import LineCollection

        places, put = self.places()
        room = self.extent(GRAPH)
        self.corner = np.clip(self.corner, 0, np.maximum(places.max(axis=0) + 40 - room, 0))
        bends = self.plot.bends or [[]] * len(self.plot.ends)
        paths = [
            np.vstack([places[one], *([put(bend)] if bend else []), places[other]]) - self.corner
            for (one, other), bend in zip(self.plot.ends.tolist(), bends, strict=True)
        ]
        area.add_collection(LineCollection(paths, colors=INK, linewidths=0.7, alpha=0.6))
        spots = places - self.corner
        seen = np.flatnonzero(((spots >= -20) & (spots <= room + 20)).all(axis=1))
        inks = [FAULT if k in self.table.faults else INK for k in seen]
        area.scatter(*spots[seen].T, s=16, c=inks, zorder=3)
        if self.chosen is not None:
            area.scatter(*spots[self.chosen], s=90, c=CHOSEN, edgecolors=INK, zorder=2)
        for k in seen:
            level = spots[np.abs(spots[:, 1] - spots[k, 1]) < 1, 0]
            further = level[level > spots[k, 0]]
            free = (further.min() if further.size else room[0]) - spots[k, 0] - 14
            words = shortened(self.table.rows[k][0], int(free / (LETTER * 0.77)))
            area.text(spots[k, 0] + 7, spots[k, 1], words, va="center", fontsize=7, parse_math=False, clip_on=True)

    def draw_rows(self, area: Any) -> None:
        count = self.rows_in_sight()
        self.first = int(np.clip(self.first, 0, max(0, len(self.table.rows) - count)))
        widths = self.table.widths(WIDEST)
        letters = int(self.extent(TABLE)[0] / LETTER) - 1

        def line(number: str, texts: tuple[str, ...]) -> str:
            cells = [f"{shortened(text, width):<{width}}" for text, width in zip(texts, widths, strict=True)]
            rest = "  ".join(cells[1:])[self.shift :]
            return shortened(f"{number:>4} {cells[0]}  {rest}".rstrip(), letters)

        area.text(4, ROW / 2, line("", self.table.heads), va="center", weight="bold", **TEXT)
        width = self.extent(TABLE)[0]
        for place, k in enumerate(range(self.first, min(self.first + count, len(self.table.rows))), 1):
            if k == self.chosen:
                area.fill_between([0, width], place * ROW, (place + 1) * ROW, color=CHOSEN, linewidth=0)
            ink = FAULT if k in self.table.faults else "black"
            words = line(str(k + 1), self.table.rows[k])
            area.text(4, (place + 0.5) * ROW, words, va="center", color=ink, **TEXT)

    def draw_details(self, area: Any) -> None:
        if self.chosen is None:
            said = ["click a node or a row: what is known of it stands here"]
            named = [f"{self.table.rows[k][0]}: {text}" for k, texts in self.table.faults.items() for text in texts]
            wrong = self.table.wrong + named
        else:
            said = self.table.details(self.chosen).strip("\n").splitlines()
            wrong = self.table.faults.get(self.chosen, [])
        letters, count = (int(length) for length in self.extent(DETAILS) / (LETTER, ROW))
        wrong = [part for text in wrong for part in wrap(text, letters - 2)]
        lines = [(text, FAULT) for text in wrong] + [(text, "black") for text in said]
        self.line = max(0, min(self.line, len(lines) - count))
        for place, (text, ink) in enumerate(lines[self.line : self.line + count], 1):
            area.text(4, (place - 0.5) * ROW, shortened(text, letters - 1), va="center", color=ink, **TEXT)

    def drawn(self, event: Any) -> None:
        """All was drawn: what the mouse brings up goes over it, alone, so that it is there at once."""
        self.ground = self.page.canvas.copy_from_bbox(self.page.bbox)
        self.draw_hint()  # the toolkit shows the whole next

    def draw_hint(self) -> None:
        """Mark the node that the mouse is over, and its row, and say what it is."""
        if self.hovered is not None:
            for area, part in self.hint(self.hovered):
                area.draw_artist(part)
                part.remove()

    def hint(self, node: int) -> list[tuple[Any, Any]]:
        graph, table = self.areas[GRAPH], self.areas[TABLE]
        spot, room = self.places()[0][node] - self.corner, self.extent(GRAPH)
        row = node - self.first + 1
        band = table.fill_between([0, self.extent(TABLE)[0]], row * ROW, (row + 1) * ROW, color=INK, alpha=0.12)
        parts = [(table, band)] if 1 <= row <= self.rows_in_sight() else []
        if not ((spot >= 0) & (spot <= room)).all():
            return parts
        left, up = spot < room / 2
        words = graph.text(
            *(spot + (12 if left else -12, 14 if up else -14)), self.table.hint(node), ha="left" if left else "right",
            va="top" if up else "bottom", bbox={"facecolor": "#ffffe8", "edgecolor": "#999999"}, **TEXT,
        )  # fmt: skip
        words.set_clip_on(False)
        return [*parts, (graph, graph.scatter(*spot, s=90, c="none", edgecolors=INK)), (graph, words)]

    # --------------------------------------------------------------------------------------------------------- answers
    def part_of(self, event: Any) -> tuple[float, ...] | None:
        """Which part of the window the mouse is in."""
        return next((part for part, area in self.areas.items() if event.inaxes is area), None)

    def node_at(self, event: Any) -> int | None:
        """The node that the mouse is over, in the graph or in the table."""
        part = self.part_of(event)
        if not self.table.rows:
            return None
        if part is GRAPH:
            apart = np.hypot(*(self.places()[0] - self.corner - (event.xdata, event.ydata)).T)
            return int(apart.argmin()) if apart.min() <= NEAR else None
        if part is TABLE and event.ydata >= ROW:
            k = self.first + int(event.ydata // ROW) - 1
            return k if k < len(self.table.rows) else None
        return None

    def wheel(self, event: Any) -> None:
        part, step = self.part_of(event), int(np.sign(event.step))
        if part is GRAPH and event.key in ("control", "ctrl"):
            self.enlarge(1.25**step)
        elif part is GRAPH:
            self.corner[0 if event.key == "shift" else 1] -= 60 * step
        elif part is TABLE:
            self.first -= 3 * step
        elif part is DETAILS:
            self.line -= 2 * step
        self.draw()

    def click(self, event: Any) -> None:
        toolbar = self.page.canvas.toolbar
        node = self.node_at(event)
        if node is not None and event.button == 1 and not (toolbar is not None and toolbar.mode):
            self.choose(node, self.part_of(event))

    def hover(self, event: Any) -> None:
        node = self.node_at(event)
        if node != self.hovered:
            self.hovered = node
            self.page.canvas.restore_region(self.ground)
            self.draw_hint()
            self.page.canvas.blit(self.page.bbox)

    def key(self, event: Any) -> None:
        if event.key in MOVES and self.table.rows:
            at = -1 if self.chosen is None else self.chosen
            self.choose(int(np.clip(at + MOVES[event.key], 0, len(self.table.rows) - 1)))
        elif event.key in ("+", "=", "-"):
            self.enlarge(0.8 if event.key == "-" else 1.25)
            self.draw()
        elif event.key in ("left", "right"):
            self.shift = max(0, self.shift + (8 if event.key == "right" else -8))
            self.draw()

    def enlarge(self, factor: float) -> None:
        """The graph larger or smaller about the middle of what is in sight."""
        middle = self.corner + self.extent(GRAPH) / 2
        before, self.zoom = self.zoom, float(np.clip(self.zoom * factor, 0.1, 10))
        self.corner = middle * (self.zoom / before) - self.extent(GRAPH) / 2

    def choose(self, node: int, seen_in: tuple[float, ...] | None = None) -> None:
        """Mark a node and bring it into sight wherever it was not clicked."""
        self.chosen, self.line = node, 0
        count = self.rows_in_sight()
        if seen_in is not TABLE and not self.first <= node < self.first + count:
            self.first = node - count // 2
        if seen_in is not GRAPH:
            spot, room = self.places()[0][node] - self.corner, self.extent(GRAPH)
            if not ((spot > 20) & (spot < room - 20)).all():
                self.corner = self.corner + spot - room / 2
        self.draw()

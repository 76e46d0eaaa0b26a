"""The desk: all figures, which of them is current, and the moments at which what they show is to be seen.

A picture is shown by the desk's presenter, never by the functions that draw. Where nobody watches a window, a picture
counts as finished when it is about to be replaced (imshow into an axes that already shows something, clf, close ...),
at `drawnow`, and at the end; each is shown once.

A figure that is not visible is never shown: as in MATLAB the script that hid it saves it, if it is to be kept.

A picture that cannot be shown (a read-only folder, a full disk) does not stop the program: the first fault is kept,
and raised at the end of the statement at the prompt, or of the script.

A figure remembers its page, the place of its picture among all of the run, from the moment it has something to show,
so that pages are numbered in the order in which pictures were begun.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.annotations import Annotation
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import FigureTitle, TiledLayout
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.interface_objects import Interface
from cnnscript.pictures.graphics.objects import Graphic, Several
from cnnscript.pictures.graphics.properties import UNITS, Property, anything, choice, on_off
from cnnscript.pictures.graphics.stacked_chart import StackedLineChart

ALWAYS_KEPT = frozenset(("CreateFcn", "DeleteFcn"))  # what emptying an axes leaves alone


class Presenter(Protocol):
    """Who makes figures visible.

    keeps: a picture is lost when it is replaced, so it must be shown before (files, text); False where the user has
    been watching (windows).
    """

    keeps: bool

    def show(self, figure: Figure) -> None:
        """The figure as it is now is to be seen."""

    def close(self, figure: Figure) -> None:
        """The figure is being deleted."""

    def finish(self) -> None:
        """Nothing more will be drawn."""


class Nobody:
    """A presenter that shows nothing."""

    keeps = False

    def show(self, figure: Figure) -> None:
        return None

    def close(self, figure: Figure) -> None:
        return None

    def finish(self) -> None:
        return None


class Desk(Graphic):
    """The root of all graphics objects (`groot`)."""

    kind, class_name = "root", "matlab.ui.Root"
    shown = ("CurrentFigure", "ScreenPixelsPerInch", "ScreenSize", "MonitorPositions", "Units")
    own = {
        "CurrentFigure": Property(None, anything),
        "ScreenSize": Property(lambda: np.array((1.0, 1.0, *layout.SCREEN))),
        "MonitorPositions": Property(lambda: np.array((1.0, 1.0, *layout.SCREEN))),
        "ScreenPixelsPerInch": Property(float(layout.PIXELS_PER_INCH)),
        "ScreenDepth": Property(32.0),
        "ShowHiddenHandles": Property(False, on_off),
        "Units": Property("pixels", choice(*UNITS)),
    }

    def __init__(self, presenter: Presenter | None = None):
        self.presenter: Presenter = presenter or Nobody()
        self.current: Figure | None = None
        self.caller: Callable[[Graphic, str, Any], None] | None = None  # runs callbacks: object, property, program
        self.called: list[Graphic] = []  # the objects whose callbacks run now, the innermost last
        super().__init__()
        self.clock = 0
        self.pages = 0
        self.fault: Exception | None = None  # why a picture could not be shown, until it is said
        self.told: set[str] = set()  # notices about bundled pictures that the user has been given

    def get_CurrentFigure(self) -> Figure | Several:
        return self.current or Several()

    def reset(self) -> None:
        super().reset()
        self.defaults.clear()

    def get_CallbackObject(self) -> Graphic | Several:
        return self.called[-1] if self.called else Several()

    def before_CurrentFigure(self, figure: Any) -> None:
        if not isinstance(figure, Figure):
            raise ValueError("Value must be a handle of a figure.")
        self.current = figure

    # -------------------------------------------------------------------------------------------------- when it is seen
    def tick(self, changed: Graphic) -> int:
        """One step of the clock: `changed` looks different from now on."""
        self.clock += 1
        figure = changed.up("figure")
        if figure is not None and figure.page is None and figure.value("Visible") and has_content(figure):
            self.pages += 1
            figure.page = self.pages
        if figure is not None and not self.presenter.keeps:
            figure.note(changed)
        return self.clock

    def replacing(self, node: Graphic) -> None:
        """What `node` (a figure, or something in one) shows is about to go: let it be seen if it has not been."""
        figure = node.up("figure")
        if figure is None or not self.presenter.keeps or node.stamp <= figure.seen or not figure.value("Visible"):
            return
        if any(isinstance(part, Axes) and part.begun() for part in node.walk()):
            self.show(figure)

    def showable(self, figure: Figure) -> bool:
        something = any(not isinstance(node, Interface | Figure) for node in figure.walk())
        return bool(figure.value("Visible")) and (something or not self.presenter.keeps)

    def show(self, figure: Figure) -> None:
        """Have the figure seen as it is now."""
        figure.seen = self.clock
        if figure.page is None:
            self.pages += 1
            figure.page = self.pages
        try:
            self.presenter.show(figure)
        except BrokenPipeError:  # nobody reads our output any more
            raise
        except Exception as fault:  # also ours: the other figures are to be seen nonetheless
            self.fault = self.fault or fault
        finally:
            figure.page = None

    def update(self) -> None:
        """Have every figure seen that has changed since it was last seen (drawnow)."""
        waiting = [figure for figure in self.figures() if figure.stamp > figure.seen and self.showable(figure)]
        for figure in sorted(waiting, key=lambda figure: (figure.page or 0, figure.number)):
            self.show(figure)

    def flush(self) -> None:
        """As `update`, at the end of a line at the prompt; raises why a picture could not be shown."""
        self.update()
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault

    def finish(self) -> None:
        """The script is over: show what has not been seen, and let the presenter end its work."""
        try:
            self.flush()
        finally:
            self.presenter.finish()

    # ---------------------------------------------------------------------------------------------------------- figures
    def figures(self) -> list[Figure]:
        return [child for child in self.children if isinstance(child, Figure)]

    def figure(self, number: int | None = None, make: bool = True) -> Figure | None:
        """The figure of a number, made if it is not there (unless make is False), and now current; None: a new one.

        Figures without IntegerHandle are not found by a number and take none from the others.
        """
        there = self.numbered()
        if number is None:
            number = self.next_number()
        found = there.get(number)
        if found is None and make:
            found = Figure(self, number)
        if found is not None:
            self.current = found
        return found

    def numbered(self) -> dict[int, Figure]:
        """The figures that scripts can name by a number."""
        return {figure.number: figure for figure in self.figures() if figure.value("IntegerHandle")}

    def current_figure(self) -> Figure:
        """gcf: the current figure, made if there is none."""
        return self.current or self.figure()

    def select(self, node: Figure | Axes) -> None:
        """Make a figure or an axes the current one."""
        figure = node.up("figure")
        if isinstance(node, Axes):
            figure.current_axes = node
        self.current = figure

    def close(self, figure: Figure) -> None:
        """Delete a figure, having shown what it shows."""
        self.replacing(figure)
        self.presenter.close(figure)
        figure.delete()
        if self.current is figure:
            open_ones = (other for other in reversed(self.figures()) if other.value("HandleVisibility") == "on")
            self.current = next(open_ones, None)

    def clear(self, figure: Figure) -> None:
        """clf: delete all that is on a figure."""
        self.replacing(figure)
        for child in list(figure.children):
            child.delete()
        figure.current_axes, figure.page = None, None
        figure.touch()

    def remove(self, node: Graphic) -> None:
        """delete(h): take any object off the desk."""
        if isinstance(node, Figure):
            self.close(node)
            return
        figure = node.up("figure")
        if isinstance(node, (Axes, TiledLayout)):
            self.replacing(node)
        if isinstance(node, Axes) and node.twin is not None:
            node.twin.delete()
        node.delete()
        if figure is not None and figure.current_axes is not None and figure.current_axes.deleted:
            figure.current_axes = next(iter(reversed(figure.all_axes())), None)

    # ------------------------------------------------------------------------------------------------------------- axes
    def current_axes(self) -> Axes:
        """gca: the current axes, made if there is none."""
        figure = self.current_figure()
        if figure.current_axes is None or figure.current_axes.deleted:
            figure.current_axes = Axes(figure)
        return figure.current_axes

    def new_axes(self, parent: Graphic | None = None, **given: Any) -> Axes:
        axes = Axes(parent or self.current_figure(), **given)
        self.select(axes)
        return axes

    def chart(self, kind: type[Axes], **given: Any) -> Axes:
        """A new chart in the place of the current axes, which goes."""
        figure = self.current_figure()
        old = figure.current_axes
        if old is None or old.deleted:
            made = kind(figure)
        else:
            self.replacing(old)
            if old.stamp <= figure.seen:
                figure.page = None
            made = kind(old.parent)
            made.cell, made.span = old.cell, old.span
            made.values |= {name: value for name, value in old.values.items() if name in Axes.kept}
            old.delete()
        self.select(made)
        for name, value in given.items():
            made.set(name, value)
        made.touch()
        return made

    def make_way(self) -> Axes | None:
        """What the NextPlot of the current figure asks for before a plot: a figure without what is on it, or a new
        one; 'add', the usual, asks for nothing."""
        figure = self.current
        mode = figure.value("NextPlot") if figure is not None else "add"
        if mode == "new":
            self.figure()
        elif mode != "add" and figure.children and (figure.current_axes is None or not figure.current_axes.spared):
            self.clear(figure)
            if mode == "replace":
                kept = ("Position", "PositionMode", "Units", "NextPlot", "Visible")
                figure.values = {name: value for name, value in figure.values.items() if name in kept}
        return None

    def newplot(self, axes: Axes | None = None, kind: type[Axes] | None = None) -> Axes:
        """The axes that a high-level plotting function draws in, emptied unless hold is on.

        kind: where it has to be of another kind (polar) than plain axes.  Axes of the wrong kind give way to one of the
        right kind, unless they are held.
        """
        axes = axes or self.make_way() or self.current_axes()
        if isinstance(axes.parent, StackedLineChart):
            axes = self.instead_of(axes.parent)
        if (kind or Axes).coordinates != axes.coordinates:
            if axes.value("NextPlot") == "add":
                raise ScriptError(
                    "MATLAB:newplot:WrongAxes",
                    f"Adding {(kind or Axes).coordinates} plots to {axes.coordinates} axes is not supported.",
                )
            self.select(axes)
            return self.chart(kind or Axes)
        mode = "add" if axes.spared else axes.value("NextPlot")
        axes.spared = False
        if mode != "add":
            self.empty(axes, reset=mode in ("replace", "replaceall"))
        return axes

    def instead_of(self, chart: StackedLineChart) -> Axes:
        """New axes in the place of a chart of several, which goes."""
        self.replacing(chart)
        made = Axes(chart.parent)
        made.span = chart.span
        if "Position" in chart.values:
            made.set("Position", chart.values["Position"])
        chart.delete()
        self.select(made)
        return made

    def stacked_chart(self, count: int) -> StackedLineChart:
        """A chart with room for so many plots, in the place of the current axes, which goes."""
        old = self.newplot()
        made = StackedLineChart(old.parent, TileArrangement="fixed", TileSpacing="none")
        made.values["GridSize"] = np.array((float(count), 1.0))
        made.span = old.span
        if old.span is not None:
            made.values["Padding"] = "tight"
        elif old.cell is not None or old.value("PositionMode") == "manual":
            made.values |= {"Position": old.get("Position"), "PositionMode": "manual", "Padding": "tight"}
        self.replacing(old)
        old.delete()
        return made

    def empty(self, axes: Axes, reset: bool) -> None:
        """cla, or with reset `cla reset`: delete what is in an axes, and give it its first properties again."""
        self.replacing(axes)
        figure = axes.up("figure")
        if axes.stamp <= figure.seen:
            # What is drawn next is a picture of its own, even where the old one had already been seen.
            figure.page = None
        for child in list(axes.children):
            if reset or child.value("HandleVisibility") == "on":
                child.delete()
        axes.values["ColorOrderIndex"] = 1.0
        if reset:
            axes.own_map = False
            kept = {name: value for name, value in axes.values.items() if name in axes.kept | ALWAYS_KEPT}
            axes.values = axes.inherited(axes.parent) | kept
            axes.labels.clear()
            axes.parts.clear()
            axes.take_colours()
            for ruler in axes.rulers.values():
                ruler.values.clear()
            axes.fitted = None
            axes.border = "loose"

    def subplot(
        self,
        rows: int,
        columns: int,
        first: int,
        last: int,
        replace: bool = False,
        moving: Axes | None = None,
        parent: Graphic | None = None,
    ) -> Axes:
        """The axes in cells first to last (from 1) of a grid; axes that would lie under it are deleted.  moving: an
        axes that is put there."""
        alone = (rows, columns, first, last) == (1, 1, 1, 1)
        made = self.axes_at(layout.subplot_box(rows, columns, first, last), replace, not alone, moving, parent)
        made.gaps = layout.subplot_gaps(rows, columns)
        return made

    def axes_at(
        self,
        box: tuple[float, float, float, float],
        replace: bool = False,
        cell: bool = True,
        moving: Axes | None = None,
        parent: Graphic | None = None,
    ) -> Axes:
        figure = moving.up("figure") if moving is not None else self.current_figure()
        under: list[Graphic] = []
        for axes in figure.all_axes():
            if axes is moving or axes.twin is not None and not axes.left_side():
                continue
            if layout.panel_of(axes) is not layout.panel_of(moving or parent or figure, itself=moving is None):
                continue
            chart = axes.parent if isinstance(axes.parent, StackedLineChart) else None
            if chart is not None and not isinstance(chart.parent, TiledLayout):
                if overlap(tuple(chart.get("Position")), box):
                    under.append(chart)
                continue
            there = axes.cell or tuple(axes.value("Position"))
            if max(abs(a - b) for a, b in zip(there, box, strict=True)) < 1e-6 and not isinstance(
                axes.parent, TiledLayout
            ):
                if not replace and moving is None:
                    self.select(axes)
                    return axes
                under.append(axes)
            elif overlap(there, box) or isinstance(axes.parent, TiledLayout):
                under.append(axes)
        for node in [*under, *(child for child in figure.children if type(child) is TiledLayout)]:
            if not node.deleted:
                self.remove(node)
        axes = moving or Axes(parent or figure)
        if parent is not None and axes.parent is not parent:
            axes.move(parent)
        axes.cell = tuple(box) if cell else None
        axes.span, axes.side, axes.fitted = None, "", None
        axes.values["Position"] = np.array(box)
        axes.values["PositionMode"] = "auto" if cell else "manual"
        if not cell and moving is None and np.allclose(box, (0.13, 0.11, 0.775, 0.815)):
            axes.values["PositionMode"] = "auto"
        self.select(axes)
        return axes

    # ---------------------------------------------------------------------------------------------------- tiled layouts
    def tiled_layout(
        self, arrangement: str, rows: int = 1, columns: int = 1, parent: Graphic | None = None
    ) -> TiledLayout:
        """A new layout, alone on the current figure, or in the next tile of another."""
        if parent is None:
            figure = self.current_figure()
            self.clear(figure)
        made = TiledLayout(parent or self.current_figure(), TileArrangement=arrangement)
        if isinstance(parent, TiledLayout):
            there = [child.span[0] for child in parent.children if getattr(child, "span", None)]
            place = next(k for k in range(len(there) + 1) if k not in there)
            made.span = (place, place, 1, 1)
        made.values["GridSize"] = np.array((float(rows), float(columns)))
        return made

    def current_layout(self) -> TiledLayout | None:
        """The layout of the current axes, else the first on the current figure."""
        axes = self.current_figure().current_axes
        tiles = axes.parent if axes is not None else None
        if isinstance(tiles, StackedLineChart):
            tiles = tiles.parent
        if isinstance(tiles, TiledLayout):
            return tiles
        return next((child for child in self.current_figure().children if type(child) is TiledLayout), None)

    def side_tile(self, tiles: TiledLayout | None, side: str) -> Axes:
        """The axes at a side of a layout."""
        tiles = tiles or self.current_layout() or self.tiled_layout("flow")
        found = next((child for child in tiles.children if isinstance(child, Axes) and child.side == side), None)
        if found is None:
            found = Axes(tiles)
            found.side = side
        self.select(found)
        return found

    def next_tile(
        self, tiles: TiledLayout | None = None, at: int | None = None, rows: int = 1, columns: int = 1
    ) -> Axes:
        """The axes in tile number `at` (from 1), or in the first free place for rows × columns tiles."""
        tiles = tiles or self.current_layout() or self.tiled_layout("flow")
        there = [child for child in tiles.children if isinstance(child, (Axes, TiledLayout)) and child.span]
        if at is not None:
            found = next((node for node in there if node.span[0] == at - 1 and isinstance(node, Axes)), None)
            if found is not None and (rows, columns) in ((1, 1), found.span[2:]):
                self.select(found)
                return found
        grid_rows, grid_columns = tiles.grid()
        flows = tiles.value("TileArrangement") != "fixed"
        used = {cell for node in there for cell in cells(tiles, node.span)} if not flows else set()
        if at is None and flows:
            start = max((node.span[0] + 1 for node in there), default=0)
        elif at is None:
            start = next(
                (
                    k
                    for k in range(grid_rows * grid_columns)
                    if tiles.place(k)[0] + rows <= grid_rows
                    and tiles.place(k)[1] + columns <= grid_columns
                    and used.isdisjoint(cells(tiles, (k, k, rows, columns)))
                ),
                None,
            )
            if start is None:
                raise ScriptError(
                    "MATLAB:graphics:tiledlayout:LayoutFull",
                    "The layout does not have sufficient space.",
                    notes=(f"{grid_rows}x{grid_columns} tiles",),
                )
        else:
            start = at - 1
            if not flows and start >= grid_rows * grid_columns:
                raise ScriptError(
                    "MATLAB:graphics:tiledlayout:TileOutOfRange",
                    f"Tile {at} is outside the layout.",
                    notes=(f"{grid_rows}x{grid_columns} tiles",),
                )
        axes = Axes(tiles)
        axes.span = (start, start, rows, columns)
        axes.touch()
        self.select(axes)
        return axes

    def figure_title(self, words: str | list[str], figure: Figure | None = None) -> FigureTitle:
        """sgtitle: one on a figure, made or changed."""
        figure = figure or self.current_figure()
        made = next((child for child in figure.children if isinstance(child, FigureTitle)), None) or FigureTitle(figure)
        made.set("String", words)
        return made

    def find(self, wanted: Callable[[Graphic], bool]) -> list[Graphic]:
        """Every object on the desk for which `wanted` is true, figures newest first."""
        return [node for child in reversed(self.children) for node in child.walk() if wanted(node)]

    def next_number(self) -> int:
        """The smallest number that no figure is named by."""
        there = self.numbered()
        return next(n for n in range(1, len(there) + 2) if n not in there)


def has_content(figure: Figure) -> bool:
    """Whether a picture has been begun on a figure: something is drawn or written on it."""
    return any(axes.begun() for axes in figure.all_axes()) or any(
        isinstance(child, Annotation) for child in figure.children
    )


def overlap(one: Any, other: Any) -> bool:
    """Whether two boxes (left, bottom, width, height) share more than an edge."""
    return all(one[k] + 1e-9 < other[k] + other[k + 2] and other[k] + 1e-9 < one[k] + one[k + 2] for k in (0, 1))


def cells(tiles: TiledLayout, span: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Rows and columns (from 0) of the tiles that a span takes."""
    row, column = tiles.place(span[0])
    return [(row + down, column + across) for down in range(span[2]) for across in range(span[3])]

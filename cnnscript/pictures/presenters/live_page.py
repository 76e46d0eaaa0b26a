"""The page of a window on which only what has changed is drawn again.

What moves (lines that grow, words and rectangles that change) lies over a kept picture of all else.  That picture is
made anew when anything else has changed: limits, a legend, a new object, the size of the window.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes as Place
from matplotlib.text import Text as Words

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.drawing.draw_axes import draw_child
from cnnscript.pictures.drawing.draw_beside import draw_legend
from cnnscript.pictures.drawing.draw_lines import joined_points, marked_points
from cnnscript.pictures.drawing.draw_space import has_heights
from cnnscript.pictures.graphics import beside_boxes, layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import ColorBar, Legend
from cnnscript.pictures.graphics.constant_regions import ConstantRegion
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.objects import DATA, Graphic
from cnnscript.pictures.graphics.plots import Line, Rectangle
from cnnscript.pictures.graphics.primitives import Image, Text
from cnnscript.pictures.graphics.series import AnimatedLine
from cnnscript.pictures.presenters.buttons import draw_buttons

AROUND = 2  # pixels around words that may be theirs
MOVING = (AnimatedLine, Line, Rectangle, Text)  # kinds that may be drawn alone


class LivePage:
    """moving  the objects that have changed before, and will again
    pieces     what matplotlib draws of each of them and of what lies over them
    pictures   of objects that are words, which take long to draw: left and bottom pixel, pixels, and what they hold for
    frames     on what of its axes that depends which an object is in
    looks      of lines, as legends show them
    ground     the picture without them; None where there is none
    """

    def __init__(self, page: Any, figure: Figure):
        self.page, self.figure = page, figure
        self.moving: set[Graphic] = set()
        self.pieces: dict[Graphic, list[Any]] = {}
        self.places: dict[Axes, Any] = {}
        self.frames: dict[Axes, tuple] = {}
        self.looks: dict[Graphic, str] = {}
        self.pictures: dict[Graphic, tuple[int, int, np.ndarray, tuple]] = {}
        self.sheet: Any = None  # on which words are drawn
        self.ground: Any = None
        self.watching = page.canvas.mpl_connect("draw_event", lambda event: self.drawn())
        self.print_whole = page.canvas.print_figure
        page.canvas.print_figure = self.print_figure

    def end(self) -> None:
        """Something else is drawn on the page from now on."""
        self.page.canvas.mpl_disconnect(self.watching)
        self.page.canvas.print_figure = self.print_whole

    def print_figure(self, *given: Any, **options: Any) -> Any:
        """The window is saved: matplotlib draws then what moves too, but never axes that do, as legends are."""
        places = [piece for pieces in self.pieces.values() for piece in pieces if isinstance(piece, Place)]
        for piece in places:
            piece.set_animated(False)
        try:
            return self.print_whole(*given, **options)
        finally:
            for piece in places:
                piece.set_animated(True)

    def paint(self) -> None:
        """Have the window show the figure as it is now."""
        changed = self.figure.take_changes()
        if changed is None or not self.only_moved(changed):
            self.paint_all(changed or set())
            return
        for node in changed:
            if not self.moved(node):
                for piece in self.pieces[node]:
                    piece.remove()
                self.pieces[node] = self.made(node, {each: at for at, each in enumerate(node.parent.drawn())})
        self.page.canvas.restore_region(self.ground)
        self.draw_moving()
        self.page.canvas.blit(self.page.bbox)

    def only_moved(self, changed: set[Graphic]) -> bool:
        """Is all that has changed drawn apart from the picture, which is as it was?"""
        return (
            self.ground is not None
            and all(node in self.moving and not node.deleted for node in changed)
            and all(look(node) == self.looks[node] for node in changed)
            and all(frame(axes) == before for axes, before in self.frames.items())
        )

    def moved(self, node: Graphic) -> bool:
        """Give what matplotlib draws of a growing line its new points; False where that is to be made anew."""
        pieces, axes = self.pieces[node], node.parent
        if not (isinstance(node, AnimatedLine) and pieces and node.value("LineStyle") != "none"):
            return False
        for piece, points in zip(pieces, (joined_points, marked_points), strict=False):
            piece.set_data(*points(node, axes))
        return True

    # -------------------------------------------------------------------------------------------------------- all of it
    def paint_all(self, changed: set[Graphic]) -> None:
        self.ground = None
        free = free_axes(self.figure)
        moving = {node for node in (*self.moving, *changed, *self.figure.lively) if may_move(node, free)}
        moving |= {node for axes in free for node in axes.children if isinstance(node, AnimatedLine)}
        self.moving = {node for node in moving if not node.deleted}
        over = [node for axes in free for node in covering(axes, self.moving)]
        width, height = layout.figure_size(self.figure)
        self.places = draw.fill(self.page, self.figure, left_out={*self.moving, *over})
        draw_buttons(self.page, self.figure)
        homes = {node.parent for node in (*self.moving, *over)}
        self.frames = {axes: frame(axes) for axes in free if axes in homes}
        self.looks = {node: look(node) for node in self.moving}
        orders = {axes: {node: at for at, node in enumerate(axes.drawn())} for axes in homes}
        self.pieces = {}
        self.pictures = {node: held for node, held in self.pictures.items() if not isinstance(node, Legend)}
        for node in (*self.moving, *over):
            if isinstance(node, Legend):
                before = len(self.page.axes)
                draw_legend(self.page, node, width, height)
                self.pieces[node] = self.page.axes[before:]
                for piece in self.pieces[node]:
                    piece.set_animated(True)
            else:
                self.pieces[node] = self.made(node, orders[node.parent])
        self.page.canvas.draw()

    def made(self, node: Graphic, order: dict[Graphic, int]) -> list[Any]:
        """What matplotlib draws of an object; nothing else draws it.  order: of what its axes draw."""
        axes = node.parent
        if not node.value("Visible") or node not in order:
            return []
        place = self.places[axes]
        before = set(place.get_children())
        draw_child(place, node, axes, layout.plot_box(axes), order[node])
        pieces = [piece for piece in place.get_children() if piece not in before]
        for piece in pieces:
            piece.set_animated(True)
        return pieces

    def drawn(self) -> None:
        """The toolkit has had all drawn but what moves: that comes over it."""
        canvas = self.page.canvas
        if canvas.is_saving():  # then matplotlib draws what moves too, in another size
            self.ground = None
            return
        self.ground = canvas.copy_from_bbox(self.page.bbox)
        renderer = canvas.get_renderer()
        size = int(renderer.width), int(renderer.height), renderer.dpi
        if self.sheet is None or (int(self.sheet.width), int(self.sheet.height), self.sheet.dpi) != size:
            self.sheet = type(renderer)(*size)
            self.pictures.clear()
        self.draw_moving()

    def draw_moving(self) -> None:
        renderer = self.page.canvas.get_renderer()
        every = [(piece, node) for node, pieces in self.pieces.items() for piece in pieces]
        for piece, node in sorted(every, key=lambda one: one[0].get_zorder()):
            if not isinstance(piece, Words | Place):
                piece.draw(renderer)
                continue
            # the tools of the window move what matplotlib draws, not our axes
            place = self.places[node.parent]
            holds = node.stamp, self.frames[node.parent], (*place.viewLim.extents, *place.bbox.extents)
            if node not in self.pictures or self.pictures[node][-1] != holds:
                self.pictures[node] = *self.picture(piece), holds
            left, bottom, pixels, _ = self.pictures[node]
            if pixels.size:
                renderer.draw_image(renderer.new_gc(), left, bottom, pixels)

    def picture(self, piece: Any) -> tuple[int, int, np.ndarray]:
        """A piece alone: left and bottom pixel, and its pixels with alphas, the lowest first."""
        self.sheet.clear()
        box = piece.get_window_extent(self.sheet).padded(AROUND)
        piece.draw(self.sheet)
        pixels = np.asarray(self.sheet.buffer_rgba())
        height, width = pixels.shape[:2]
        left, right = (int(np.clip(end, 0, width)) for end in (np.floor(box.x0), np.ceil(box.x1)))
        bottom, top = (int(np.clip(end, 0, height)) for end in (np.floor(box.y0), np.ceil(box.y1)))
        return left, bottom, np.ascontiguousarray(pixels[height - top : height - bottom, left:right][::-1])


def free_axes(figure: Figure) -> list[Axes]:
    """The axes in which objects may be drawn alone: flat ones that nothing else on the figure overlaps."""
    every = figure.all_axes()
    boxes = {axes: layout.plot_box(axes) for axes in every}
    bars = [node for node in figure.walk() if isinstance(node, ColorBar)]
    return [
        axes for axes in every
        if type(axes) is Axes and axes.twin is None and not bars and not layout.in_space(axes) and not has_heights(axes)
        and axes.value("Layer") == "bottom"
        and not any(apart is not axes and overlap(boxes[axes], boxes[apart]) for apart in every)
    ]  # fmt: skip


def overlap(one: layout.Box, other: layout.Box) -> bool:
    return (
        one.left < other.left + other.width and other.left < one.left + one.width
        and one.bottom < other.bottom + other.height and other.bottom < one.bottom + one.height
    )  # fmt: skip


def may_move(node: Graphic, free: list[Axes]) -> bool:
    """Whether an object may be drawn alone; lines among names or times, which stand on the axes, may not."""
    if type(node) not in MOVING or node.parent not in free:
        return False
    return not (isinstance(node, Line) and (any(node.categories.values()) or any(node.clocks.values())))


def level(node: Graphic, order: int) -> float:
    """How high an object lies over its axes."""
    if isinstance(node, Text):
        return 80.0
    if isinstance(node, Image):
        return 1.0
    if isinstance(node, ConstantRegion) and node.value("Layer") == "bottom":
        return 2.4
    return 3 + order * 0.01


def covering(axes: Axes, moving: set[Graphic]) -> list[Graphic]:
    """What lies over the lowest that moves in an axes and does not move itself."""
    levels = {node: level(node, order) for order, node in enumerate(axes.drawn())}
    lowest = min((height for node, height in levels.items() if node in moving), default=np.inf)
    over: list[Graphic] = [node for node, height in levels.items() if height > lowest and node not in moving]
    legends = [node for node in axes.children if isinstance(node, Legend) and node.value("Visible")]
    return over + legends if np.isfinite(lowest) else []


def frame(axes: Axes) -> tuple:
    """What the kept picture of an axes depends on and what moves in it may change."""
    legends = [node for node in axes.children if isinstance(node, Legend) and node.value("Visible")]
    boxes = [beside_boxes.legend_box(node) for node in legends if node.entries()]
    return (*axes.get("XLim").tolist(), *axes.get("YLim").tolist(), layout.plot_box(axes), *boxes)


def look(node: Graphic) -> str:
    """All about a line but where its points are: a legend shows it."""
    if not isinstance(node, Line):
        return ""
    return repr({name: value for name, value in node.values.items() if name not in DATA})

"""The box of an axes in space: walls, grid, edges, ticks and the words along them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_lines import DASHES
from cnnscript.pictures.drawing.draw_ticks import has_minor_grid, has_minor_ticks, minor_ticks
from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.camera import Camera
from cnnscript.pictures.graphics.text_sizes import line_height, line_width

GAP = 3.0  # pixels between a tick and its label, and between labels and the name of the axis
SHORTEST = 6.0  # an axis that is seen shorter than this many pixels has no ticks


class SpaceFrame:
    """Which walls of the plot box are seen behind what is drawn, and on which edges the ticks stand."""

    def __init__(self, camera: Camera):
        self.camera = camera
        self.front = self.nearer_sides()

    def nearer_sides(self) -> np.ndarray:
        """For each axis, which end of the box (0 or 1) faces the camera."""
        camera = self.camera
        if camera.perspective:
            eye = camera.target + camera.look[2] * camera.distance
            return np.where(eye > camera.sides, 1, np.where(eye < 0, 0, camera.look[2] > 0)).astype(int)
        return (camera.look[2] > 1e-9).astype(int)

    def walls(self) -> list[np.ndarray]:
        """The three walls behind, 4×3 each, in the plot box."""
        made = []
        for axis in range(3):
            one, two = (k for k in range(3) if k != axis)
            wall = np.zeros((4, 3))
            wall[:, axis] = 1 - self.front[axis]
            wall[:, one], wall[:, two] = [0, 1, 1, 0], [0, 0, 1, 1]
            made.append(wall * self.camera.sides)
        return made

    def edge(self, axis: int) -> tuple[np.ndarray, np.ndarray]:
        """The two ends (in the plot box) of the edge along which an axis has its ticks: of the edges that bound what
        is seen of the box, the lowest for x and y, the leftmost for z."""
        one, two = (k for k in range(3) if k != axis)
        found = []
        for a, b in ((self.front[one], 1 - self.front[two]), (1 - self.front[one], self.front[two])):
            ends = np.zeros((2, 3))
            ends[1, axis] = 1
            ends[:, one], ends[:, two] = a, b
            middle = self.camera.pixels(ends.mean(0) * self.camera.sides)[0]
            upright = np.diff(self.camera.pixels(ends * self.camera.sides)[0], axis=0)[0]
            leans = axis == 2 or abs(upright[0]) < 1e-6 * abs(upright[1])
            found.append((round(float(middle[0] if leans else middle[1]), 6), ends * self.camera.sides))
        ends = min(found, key=lambda each: each[0])[1]
        return ends[0], ends[1]

    def outward(self, axis: int) -> np.ndarray:
        """The direction (in pixels) in which the ticks of an axis point: away from the box, along another axis."""
        begin, end = (self.camera.pixels(each)[0] for each in self.edge(axis))
        along, middle = end - begin, self.camera.pixels(self.camera.sides / 2)[0]
        away = (begin + end) / 2 - middle
        best, found = -1.0, np.array((0.0, -1.0))
        for other in range(3):
            if other == axis or (axis < 2 and other == 2):
                continue
            step = np.zeros(3)
            step[other] = self.camera.sides[other]
            seen = self.camera.pixels(self.camera.sides / 2 + step)[0] - middle
            # The part of the other axis that leads away from this one.
            across = abs(seen[0] * along[1] - seen[1] * along[0]) / max(float(np.hypot(*along)), 1e-9)
            if across > best + 1e-6:
                best, found = across, seen * np.sign(seen @ away or 1.0)
        length = float(np.hypot(*found))
        return found / length if length > 1e-6 else np.array((0.0, -1.0))


def draw_frame(place: Any, transform: Any, axes: Axes, camera: Camera) -> None:
    """Walls, grid, edges and ticks of an axes that is seen."""
    frame = SpaceFrame(camera)
    if axes.value("Visible"):
        draw_walls(place, transform, axes, frame)
        draw_edges(place, transform, axes, frame)
    for axis, letter in enumerate("XYZ"):
        draw_ruler(place, transform, axes, frame, axis, letter)


def line(place: Any, transform: Any, ends: np.ndarray, **style: Any) -> None:
    from matplotlib.lines import Line2D

    place.add_artist(Line2D(ends[:, 0], ends[:, 1], transform=transform, clip_on=False, **style))


def draw_walls(place: Any, transform: Any, axes: Axes, frame: SpaceFrame) -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.patches import Polygon

    camera = frame.camera
    for wall in frame.walls():
        flat = camera.pixels(wall)[0]
        if axes.value("Color") != "none":
            place.add_patch(
                Polygon(flat, closed=True, facecolor=axes.value("Color"), edgecolor="none", transform=transform,
                clip_on=False, zorder=0.1)
            )  # fmt: skip
    for small in (True, False):
        lines = []
        for axis, letter in enumerate("XYZ"):
            if has_minor_grid(axes, letter) if small else axes.value(f"{letter}Grid"):
                ticks = minor_ticks(axes, letter) if small else axes.get(f"{letter}Tick")
                lines += grid_lines(frame, along_side(camera, axis, ticks), axis)
        if not lines:
            continue
        word = "MinorGrid" if small else "Grid"
        paint = axes.value(f"{word}Color")
        made = LineCollection(
            lines, colors=["none" if paint == "none" else (*paint, axes.value(f"{word}Alpha"))],
            linestyles=DASHES[axes.value(f"{word}LineStyle")] or "none", linewidths=0.6, zorder=0.2, clip_on=False,
        )  # fmt: skip
        made.set_transform(transform)
        place.add_collection(made, autolim=False)


def grid_lines(frame: SpaceFrame, places: np.ndarray, axis: int) -> list[np.ndarray]:
    """The lines across the walls at places of an axis, 2×2 pixels each."""
    camera, lines = frame.camera, []
    for at in places:
        for other in (k for k in range(3) if k != axis):
            # On the wall that stands at the far end of the third axis.
            ends = np.zeros((2, 3))
            third = 3 - axis - other
            ends[:, third] = (1 - frame.front[third]) * camera.sides[third]
            ends[:, axis], ends[1, other] = at, camera.sides[other]
            lines.append(camera.pixels(ends)[0])
    return lines


def along_side(camera: Camera, axis: int, values: np.ndarray) -> np.ndarray:
    """Where values of an axis are along its side of the plot box, those within it."""
    values = np.asarray(values, float)
    places = np.tile(np.where(camera.logarithmic, 10.0**camera.low, camera.low), (len(values), 1))
    places[:, axis] = values
    found = camera.boxed(places)[:, axis]
    return found[(found >= -1e-9) & (found <= camera.sides[axis] + 1e-9)]


def draw_edges(place: Any, transform: Any, axes: Axes, frame: SpaceFrame) -> None:
    """The edges along which the ticks stand; with the box on those of the walls, or all."""
    camera = frame.camera
    width = max(axes.value("LineWidth"), 0.5) * 1.2
    for axis, letter in enumerate("XYZ"):
        if axes.value(f"{letter}Color") == "none":
            continue
        style = {"color": axes.value(f"{letter}Color"), "linewidth": width, "solid_capstyle": "projecting"}
        line(place, transform, camera.pixels(np.array(frame.edge(axis)))[0], zorder=0.5, **style)
        if not axes.value("Box"):
            continue
        one, two = (k for k in range(3) if k != axis)
        for a in (0, 1):
            for b in (0, 1):
                ends = np.zeros((2, 3))
                ends[1, axis] = 1
                ends[:, one], ends[:, two] = a, b
                ahead = a == frame.front[one] and b == frame.front[two]
                if not ahead or axes.value("BoxStyle") == "full":
                    line(place, transform, camera.pixels(ends * camera.sides)[0], zorder=75 if ahead else 0.4, **style)


def draw_ruler(place: Any, transform: Any, axes: Axes, frame: SpaceFrame, axis: int, letter: str) -> None:
    """Ticks and their labels along an edge, and the axis' name beyond them."""
    camera = frame.camera
    begin, end = frame.edge(axis)
    ends = camera.pixels(np.array([begin, end]))[0]
    if float(np.hypot(*(ends[1] - ends[0]))) < SHORTEST:
        return
    out, size = frame.outward(axis), axes.value("FontSize") * layout.PIXELS_PER_INCH / 72
    taken: list[tuple[np.ndarray, np.ndarray]] = []
    if axes.value("Visible") and axes.value(f"{letter}Color") != "none":
        taken = draw_ticks(place, transform, axes, frame, axis, out, size)
        write_power(place, transform, axes, axis, ends, out, taken)
    name = f"{letter}Label"
    if not axes.words_of(name):
        return
    label = axes.labels[name]
    lines = layout.lines_of(axes.words_of(name))
    each = label.value("FontSize")
    extent = np.array((max(line_width(line, each) for line in lines), line_height(each) * len(lines)))
    turn = label.value("Rotation") or (90.0 if letter == "Z" else 0.0)
    extent = extent[::-1] if abs(turn) == 90 else extent
    at = beyond(ends, out, extent, taken)
    colour = label.values.get("Color", axes.value(f"{letter}Color"))
    place.text(
        *at, line_text(lines, label.value("Interpreter")), transform=transform, ha="center", va="center",
        rotation=turn, zorder=80, **font(label) | {"color": colour if colour != "none" else (0, 0, 0)},
    )  # fmt: skip


def beyond(
    ends: np.ndarray, out: np.ndarray, extent: np.ndarray, taken: list[tuple[np.ndarray, np.ndarray]]
) -> np.ndarray:
    """The middle of words (of a width and height) that stand at the middle of an edge, on the line that touches the
    boxes (middle, width and height) beside it from outside."""
    way = ends[1] - ends[0]
    normal = np.array((-way[1], way[0])) / max(float(np.hypot(*way)), 1e-9)
    normal = normal if normal @ out > 0 else -normal
    far = max((float((middle - ends[0]) @ normal + np.abs(normal) @ size / 2) for middle, size in taken), default=GAP)
    away = (far + 1 + float(np.abs(normal) @ extent) / 2) / max(float(normal @ out), 0.2)
    return ends.mean(0) + out * away


def clear_of(
    at: np.ndarray, extent: np.ndarray, out: np.ndarray, taken: list[tuple[np.ndarray, np.ndarray]]
) -> np.ndarray:
    """The middle of words moved outwards until they touch none of the boxes (middle, width and height) in their way."""
    for _ in range(120):
        if not any((np.abs(at - middle) < (extent + size) / 2).all() for middle, size in taken):
            break
        at = at + out
    return at


def write_power(
    place: Any, transform: Any, axes: Axes, axis: int, ends: np.ndarray, out: np.ndarray,
    taken: list[tuple[np.ndarray, np.ndarray]],
) -> None:  # fmt: skip
    """The power of ten for tick labels to be multiplied by: above the z-axis, beyond the last labels of the others."""
    letter = "XYZ"[axis]
    ruler = axes.ruler(letter)
    power = ruler.power()
    if not power:
        return
    style = {"fontsize": axes.value("FontSize"), "color": axes.value(f"{letter}Color"), "transform": transform}
    if axis == 2:
        top = ends[int(ends[1, 1] > ends[0, 1])]
        place.text(top[0], top[1] + 4, line_text(power, "tex"), ha="left", va="bottom", zorder=0.6, **style)
        return
    each = axes.value("FontSize")
    extent = np.array((line_width("x10^5", each), line_height(each) + 2))
    far = ends[int(abs(ends[1, 0] - ends.mean(0)[0]) > 0)]
    at = clear_of(far + out * GAP + support(out, extent), extent, out, taken)
    place.text(*at, line_text(power, "tex"), ha="center", va="center", zorder=0.6, **style)
    taken.append((at, extent))


def draw_ticks(
    place: Any, transform: Any, axes: Axes, frame: SpaceFrame, axis: int, out: np.ndarray, size: float
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Ticks and labels of an axis; where the labels are: middle, width and height each, in pixels."""
    camera, letter = frame.camera, "XYZ"[axis]
    begin, _ = frame.edge(axis)
    values = np.asarray(axes.get(f"{letter}Tick"), float)
    words = axes.get(f"{letter}TickLabel")
    places = np.tile(np.where(camera.logarithmic, 10.0**camera.low, camera.low), (len(values), 1))
    if len(values):
        places[:, axis] = values
    found = camera.boxed(places)[:, axis] if len(values) else np.zeros(0)
    direction = axes.value("TickDir") if "TickDir" in axes.values and axes.values["TickDir"] != "in" else "out"
    longest = max(
        float(np.hypot(*(camera.pixels(step * camera.sides)[0] - camera.pixels(np.zeros(3))[0]))) for step in np.eye(3)
    )
    length = 0.0 if direction == "none" else axes.value("TickLength")[1] * longest
    colour, taken = axes.value(f"{letter}Color"), []
    for at in along_side(camera, axis, minor_ticks(axes, letter)) if has_minor_ticks(axes, letter) else ():
        spot = begin.copy()
        spot[axis] = at
        foot = camera.pixels(spot)[0]
        line(place, transform, np.array([foot, foot + out * length / 2]), color=colour, linewidth=0.6, zorder=0.5)
    for at, label in zip(found, words, strict=False):
        if not -1e-9 <= at <= camera.sides[axis] + 1e-9:
            continue
        spot = begin.copy()
        spot[axis] = at
        foot = camera.pixels(spot)[0]
        if length:
            ends = np.array([foot, foot + out * length])
            line(place, transform, ends, color=colour, linewidth=0.6, zorder=0.5)
        bare = label.replace("{", "").replace("}", "").replace("^", "")
        extent = np.array((line_width(bare, axes.value("FontSize")), size))
        middle = foot + out * (length + GAP * 0.7) + support(out, extent, upright=axis == 2)
        middle = middle - (0, 0 if axis == 2 else 2)
        place.text(
            *middle, line_text(label, axes.value("TickLabelInterpreter")), transform=transform, ha="center",
            va="center", fontsize=axes.value("FontSize"), color=colour,
            rotation=axes.value(f"{letter}TickLabelRotation"), zorder=0.6,
        )  # fmt: skip
        taken.append((middle, extent))
    return taken


def support(out: np.ndarray, extent: np.ndarray, upright: bool = False) -> np.ndarray:
    """How far the middle of words of some width and height is from the point where they begin, in a direction: they
    begin with a corner, and with the middle of a side where the direction leads straight to it."""
    strong = np.clip((3, 8) * out, -1, 1)
    if upright and abs(out[0]) > abs(out[1]) / 2:
        strong[1] = 0
    return strong * extent / 2

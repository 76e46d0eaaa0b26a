"""Lines, points, words and flat things in space."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing import paint
from cnnscript.pictures.drawing.draw_lines import DOT, MARKER_SIGNS, points
from cnnscript.pictures.drawing.draw_plots import scatter_colours
from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.drawing.scene import cut_lines, rgba
from cnnscript.pictures.drawing.space_faces import Stage, around, draw_patch, draw_surface, moved
from cnnscript.pictures.graphics import bars, fields, layout, plots, series
from cnnscript.pictures.graphics.constant_regions import ConstantRegion
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.pair_bins import Histogram2
from cnnscript.pictures.graphics.primitives import Image, Text
from cnnscript.pictures.graphics.surfaces import Surface

# Lengths of marks and gaps in points, as matplotlib has them for lines one point wide.
PATTERNS = {"--": (3.7, 1.6), ":": (1.0, 1.65), "-.": (6.4, 1.6, 1.0, 1.6)}
FINEST = 400  # pixels along a side of an image that lies in space


def place_of(node: Graphic) -> np.ndarray:
    """The points of an object with XData, YData and perhaps ZData: n×3."""
    x, y, z = (node.flat(f"{letter}Data") for letter in "XYZ")
    count = min(x.size, y.size)
    z = z if z.size == count else np.zeros(count)
    return np.column_stack([x[:count], y[:count], z])


def polyline(
    stage: Stage, places: np.ndarray, colour: Any, width: float, style: str, alpha: float = 1.0, lift: bool = True
) -> None:
    """A line through points of data, in pieces that can be sorted; whole where there is nothing else to sort."""
    if style == "none" or colour == "none" or len(places) < 2:
        return
    boxed = stage.camera.boxed(places)
    begin, end, kept = cut_lines(boxed[:-1], boxed[1:], stage.camera.sides)
    if not len(kept):
        return
    (one, first), (two, last) = stage.camera.pixels(begin), stage.camera.pixels(end)
    lifted = stage.lift if lift else 0.0
    if style != "-":
        one, two, first, last = dashed(one, two, first, last, kept, PATTERNS[style], width)
        kept = np.arange(0, 2 * len(one), 2)
    elif not stage.several:
        breaks = np.flatnonzero((np.diff(kept) != 1) | (one[1:] != two[:-1]).any(1)) + 1
        for part in np.split(np.arange(len(kept)), breaks):
            line = np.concatenate([one[part], two[part[-1:]]])
            stage.scene.strokes(line[None], first[part].mean(keepdims=True), rgba(colour, 1, alpha), width)
        return
    strokes = np.stack([one, two], axis=1)
    stage.scene.strokes(strokes, (first + last) / 2 + lifted, rgba(colour, len(strokes), alpha), width)


def dashed(
    one: np.ndarray, two: np.ndarray, first: np.ndarray, last: np.ndarray, kept: np.ndarray, pattern: tuple,
    width: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Segments cut into the marks of a dashed line that runs on from one segment to the next."""
    unit = max(width, 1.0) * layout.PIXELS_PER_INCH / 72
    lengths = np.hypot(*(two - one).T)
    ends = np.cumsum(lengths)
    begins = ends - lengths
    period = sum(pattern) * unit
    marks, at = [], 0.0
    for k in range(0, len(pattern), 2):
        marks.append((at, at + pattern[k] * unit))
        at += (pattern[k] + pattern[k + 1]) * unit
    count = int(min(np.ceil(ends[-1] / period), 20_000))
    bounds = (np.arange(count)[:, None, None] * period + np.array(marks)[None]).reshape(-1, 2)
    made = []
    for k, (low, high) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        if high <= low:
            continue
        from_, to = np.searchsorted(bounds[:, 1], low, "right"), np.searchsorted(bounds[:, 0], high, "left")
        for mark in bounds[from_:to]:
            made.append((k, max((mark[0] - low) / (high - low), 0.0), min((mark[1] - low) / (high - low), 1.0)))
    if not made:
        return one[:0], two[:0], first[:0], last[:0]
    table = np.array(made)
    row, share, other = table[:, 0].astype(int), table[:, 1:2], table[:, 2:3]
    step, rise = two[row] - one[row], (last - first)[row]
    return (
        one[row] + share * step, one[row] + other * step,
        first[row] + share[:, 0] * rise, first[row] + other[:, 0] * rise,
    )  # fmt: skip


def points_inside(stage: Stage, boxed: np.ndarray) -> np.ndarray:
    slack = 1e-9
    return ((boxed >= -slack) & (boxed <= stage.camera.sides + slack)).all(1)


def draw_line(stage: Stage, node: plots.Line, matrix: np.ndarray | None) -> None:
    places = place_of(node)
    if isinstance(node, series.Stair) and len(places):
        places = np.repeat(places, 2, axis=0)[1:]
        places[1::2, 1] = places[0:-1:2, 1]
        places = np.vstack([places[0], places])
    places, main = moved(places, matrix), node.value("Color")
    width = points(node.value("LineWidth"))
    if isinstance(node, series.Stem):
        floor = places.copy()
        column = 2 if node.flat("ZData").size else 1
        floor[:, column] = node.value("BaseValue")
        for low, high in zip(floor, places, strict=True):
            polyline(stage, np.array([low, high]), main, width, node.value("LineStyle"))
    else:
        polyline(stage, places, main, width, node.value("LineStyle"))
    marker = MARKER_SIGNS[node.value("Marker")]
    if not marker:
        return
    every = node.value("MarkerIndices")
    if every is not None and every.size and not isinstance(node, series.Stair):
        places = places[every.ravel().astype(int) - 1]
    elif isinstance(node, series.Stair):
        places = moved(place_of(node), matrix)
    boxed = stage.camera.boxed(places)
    boxed = boxed[points_inside(stage, boxed)]
    flat, near = stage.camera.pixels(boxed)
    edge, face = node.value("MarkerEdgeColor"), node.value("MarkerFaceColor")
    edge = main if edge == "auto" else edge
    ground = stage.axes.value("Color")
    face = (ground if ground != "none" else "none") if face == "auto" else face
    dot = marker == "."
    stage.scene.markers(
        flat, near + stage.lift, "o" if dot else marker,
        np.full(len(flat), node.value("MarkerSize") * (DOT if dot else 1)),
        rgba(edge if dot else face, len(flat)), rgba(edge, len(flat)), width,
    )  # fmt: skip


def draw_scatter(stage: Stage, node: plots.Scatter, matrix: np.ndarray | None) -> None:
    places = moved(place_of(node), matrix)
    boxed = stage.camera.boxed(places)
    there = points_inside(stage, boxed)
    flat, near = stage.camera.pixels(boxed[there])
    count, tones = len(flat), np.asarray(scatter_colours(node, stage.axes), float)
    tones = tones[there] if tones.ndim == 2 and len(tones) == len(there) else tones.reshape(-1)[:3]
    marker = MARKER_SIGNS[node.value("Marker")]
    if not marker:
        return
    sizes = np.sqrt(np.broadcast_to(np.asarray(node.value("SizeData"), float).ravel(), len(there))[there])
    edge, face = node.value("MarkerEdgeColor"), node.value("MarkerFaceColor")
    edge = tones if edge in ("flat", "auto") else edge
    face = tones if face in ("flat", "auto") else face
    dot = marker == "."
    stage.scene.markers(
        flat, near + stage.lift, "o" if dot else marker, sizes * (DOT if dot else 1),
        rgba(edge if dot else face, count, node.value("MarkerFaceAlpha")),
        rgba(edge, count, node.value("MarkerEdgeAlpha")),
        points(node.value("LineWidth")),
    )  # fmt: skip


def draw_image(stage: Stage, node: Image, matrix: np.ndarray | None) -> None:
    """An image lies at height 0."""
    pixels = paint.image_rgba(node)
    if not pixels.size:
        return
    steps = [max(1, int(np.ceil(length / FINEST))) for length in pixels.shape[:2]]
    pixels = pixels[:: steps[0], :: steps[1]].astype(float) / 255
    high, wide = pixels.shape[:2]
    x, y = np.linspace(*node.edges("X"), wide + 1), np.linspace(*node.edges("Y"), high + 1)
    grid = moved(np.stack([*np.meshgrid(x, y), np.zeros((high + 1, wide + 1))], axis=-1), matrix)
    flat, near = stage.camera.pixels(around(stage.camera.boxed(grid)))
    stage.scene.polygons(flat, near.mean(1), pixels.reshape(-1, 4))


def flat_patch(stage: Stage, corners: list[np.ndarray], face: Any, edge: Any, alpha: float, node: Graphic) -> None:
    """Polygons at height 0 that belong to an object of the plane, such as bars."""
    for ring in corners:
        places = np.column_stack([ring, np.zeros(len(ring))]) if ring.shape[1] == 2 else ring
        made = plots.Patch(None, Faces=np.arange(1.0, len(places) + 1)[None], Vertices=places, FaceColor=face)
        made.values |= {
            "EdgeColor": edge,
            "FaceAlpha": alpha,
            "LineWidth": node.value("LineWidth"),
            "LineStyle": node.value("LineStyle"),
        }
        draw_patch(stage, made, None)


def draw_bar(stage: Stage, node: bars.Bar, matrix: np.ndarray | None) -> None:
    low, width, base, height = (np.broadcast_to(part, np.shape(node.boxes()[0])) for part in node.boxes())
    face = node.value("FaceColor")
    face = (0.0, 0.4470, 0.7410) if face == "flat" else face
    rings = []
    for left, wide, under, high in zip(low, width, base, height, strict=True):
        ring = np.array([[left, under], [left + wide, under], [left + wide, under + high], [left, under + high]])
        rings.append(ring[:, ::-1] if node.value("Horizontal") else ring)
    flat_patch(stage, rings, face, node.value("EdgeColor"), node.value("FaceAlpha"), node)


def draw_histogram(stage: Stage, node: bars.Histogram, matrix: np.ndarray | None) -> None:
    edges, values = np.ravel(node.get("BinEdges")), np.ravel(node.get("Values"))
    face, edge = node.value("FaceColor"), node.value("EdgeColor")
    face = (0.0, 0.4470, 0.7410) if face == "auto" else face
    rings = []
    for low, high, value in zip(edges[:-1], edges[1:], values, strict=False):
        ring = np.array([[low, 0], [high, 0], [high, value], [low, value]])
        rings.append(ring if node.value("Orientation") == "vertical" else ring[:, ::-1])
    flat_patch(stage, rings, face, face if edge == "auto" else edge, node.value("FaceAlpha"), node)


def draw_constant(stage: Stage, node: plots.ConstantLine, matrix: np.ndarray | None) -> None:
    upright = node.value("InterceptAxis") == "x"
    low, high = stage.axes.get("YLim" if upright else "XLim")
    at = node.value("Value")
    ends = np.array([[at, low, 0], [at, high, 0]] if upright else [[low, at, 0], [high, at, 0]])
    width = points(node.value("LineWidth"))
    polyline(stage, moved(ends, matrix), node.value("Color"), width, node.value("LineStyle"), node.value("Alpha"))


def draw_constant_region(stage: Stage, node: ConstantRegion, matrix: np.ndarray | None) -> None:
    """A band on the floor at height 0."""
    ends = node.bounds(stage.axes)
    if ends is None:
        return
    upright = node.value("InterceptAxis") == "x"
    low, high = stage.axes.get("YLim" if upright else "XLim")
    ring = np.array([[ends[0], low], [ends[1], low], [ends[1], high], [ends[0], high]])
    rings = [ring if upright else ring[:, ::-1]]
    flat_patch(stage, rings, node.value("FaceColor"), node.value("EdgeColor"), node.value("FaceAlpha"), node)


def draw_pair_bins(stage: Stage, node: Histogram2, matrix: np.ndarray | None) -> None:
    """Bars or tiles of a histogram of pairs, walls a little darker than lids."""
    corners, values, bright = node.faces()
    face, edge = node.value("FaceColor"), node.value("EdgeColor")
    if not len(corners):
        return
    tile = node.value("DisplayStyle") == "tile"
    paint = np.tile(np.asarray(node.auto if isinstance(face, str) else face, float), (len(corners), 1))
    if face == "flat" or tile and face == "auto":
        paint = stage.levels(values[:, None])
    made = plots.Patch(
        None, Faces=np.arange(1.0, 4 * len(corners) + 1).reshape(-1, 4), Vertices=corners.reshape(-1, 3),
        FaceVertexCData=paint * bright[:, None], FaceColor="none" if face == "none" else "flat",
        FaceAlpha=node.value("FaceAlpha"), EdgeAlpha=node.value("EdgeAlpha"), LineWidth=node.value("LineWidth"),
        LineStyle=node.value("LineStyle"), FaceLighting="none",
    )  # fmt: skip
    made.set("EdgeColor", node.auto if edge == "auto" else edge)
    draw_patch(stage, made, matrix)


def draw_area(stage: Stage, node: plots.Area, matrix: np.ndarray | None) -> None:
    x, floor = node.flat("XData"), node.floor()
    ring = np.column_stack([np.r_[x, x[::-1]], np.r_[floor + node.flat("YData"), floor[::-1]]])
    flat_patch(stage, [ring], node.value("FaceColor"), node.value("EdgeColor"), node.value("FaceAlpha"), node)


def draw_rectangle(stage: Stage, node: plots.Rectangle, matrix: np.ndarray | None) -> None:
    left, bottom, width, height = node.value("Position")
    ring = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * (width, height) + (left, bottom)
    if float(np.max(np.asarray(node.value("Curvature"), float))) >= 1:
        turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
        ring = np.column_stack([np.cos(turn), np.sin(turn)]) / 2 * (width, height)
        ring = ring + (left + width / 2, bottom + height / 2)
    ring = moved(np.column_stack([ring, np.zeros(len(ring))]), matrix)
    flat_patch(stage, [ring], node.value("FaceColor"), node.value("EdgeColor"), node.value("FaceAlpha"), node)


def draw_contour(stage: Stage, node: fields.Contour, matrix: np.ndarray | None) -> None:
    """Lines of equal height, at their height (contour3) or all at one."""
    style, asked = node.value("LineStyle"), node.value("LineColor")
    width, ground = points(node.value("LineWidth")), contour_height(stage, node)
    if node.value("Fill"):
        for level, rings in node.bands():
            tone = stage.levels(np.array([[level]]))[0]
            for ring in rings:
                places = np.column_stack([ring, np.full(len(ring), ground)])
                flat, near = stage.camera.project(moved(places, matrix))
                stage.scene.polygons(flat[None], near.mean(keepdims=True), rgba(tone, 1))
    for level, line in node.lines():
        height = level if node.raised else ground
        places = moved(np.column_stack([line, np.full(len(line), height)]), matrix)
        tone = stage.levels(np.array([[level]]))[0] if asked == "flat" and not node.value("Fill") else asked
        tone = (0.0, 0.0, 0.0) if isinstance(tone, str) and tone == "flat" else tone
        if not isinstance(tone, str):
            polyline(stage, places, tuple(tone), width, style)
        if node.value("ShowText") and np.isclose(node.get("TextList"), level).any():
            at = stage.camera.project(places[len(places) // 2])[0]
            own = node.label_font
            style_of = {"fontsize": own.get("FontSize", 10.0), "color": own.get("Color", (0.0, 0.0, 0.0))}
            stage.words.append((at, f"{round(level, 12):.5g}", style_of))


def contour_height(stage: Stage, node: fields.Contour) -> float:
    at = node.value("ZLocation")
    return float(stage.axes.get("ZLim")[0 if at == "zmin" else 1]) if isinstance(at, str) else float(at)


def draw_quiver(stage: Stage, node: fields.Quiver, matrix: np.ndarray | None) -> None:
    width = points(node.value("LineWidth"))
    for line in node.arrows():
        polyline(stage, moved(line, matrix), node.value("Color"), width, node.value("LineStyle"))


def draw_error_bars(stage: Stage, node: series.ErrorBar, matrix: np.ndarray | None) -> None:
    draw_line(stage, node, matrix)
    places = place_of(node)
    for column, letter in enumerate("XY"):
        low, high = node.deltas(letter)
        for place, less, more in zip(places, low, high, strict=True):
            ends = np.array([place, place])
            ends[0, column] -= less
            ends[1, column] += more
            polyline(stage, moved(ends, matrix), node.value("Color"), points(node.value("LineWidth")), "-")


def write_in_space(stage: Stage, place: Any, transform: Any, node: Text, matrix: np.ndarray | None) -> None:
    """Words at a place in space, over all else."""
    if node.value("Units") != "data":
        x, y = node.value("Position")[:2]
        if node.value("Units") == "pixels":
            at, transform = (x, y), transform
        else:
            at, transform = (x, y), place.transAxes
    else:
        flat, _ = stage.camera.project(moved(node.value("Position")[None], matrix))
        if np.isnan(flat).any():
            return
        at = tuple(flat[0])
    vertical = {"middle": "center", "cap": "top"}.get(node.value("VerticalAlignment"), node.value("VerticalAlignment"))
    place.text(
        *at,
        line_text(node.value("String"), node.value("Interpreter")),
        transform=transform,
        rotation=node.value("Rotation"),
        ha=node.value("HorizontalAlignment"),
        va=vertical,
        rotation_mode="anchor" if node.value("Rotation") else "default",
        zorder=80,
        **font(node),
    )


# The first kind that fits draws.
DRAWERS: dict[type, Any] = {
    Surface: draw_surface,
    plots.Patch: draw_patch,
    Histogram2: draw_pair_bins,
    Image: draw_image,
    fields.Quiver: draw_quiver,
    series.ErrorBar: draw_error_bars,
    fields.Contour: draw_contour,
    plots.Line: draw_line,
    plots.Scatter: draw_scatter,
    bars.Bar: draw_bar,
    bars.Histogram: draw_histogram,
    plots.ConstantLine: draw_constant,
    ConstantRegion: draw_constant_region,
    plots.Area: draw_area,
    plots.Rectangle: draw_rectangle,
}
FACES = (Surface, plots.Patch, Histogram2, Image, bars.Bar, bars.Histogram, plots.Area, plots.Rectangle)

"""Faces in space: surfaces and patches, their colours between their corners, their light and their edges."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_lines import DASHES, MARKER_SIGNS, points
from cnnscript.pictures.drawing.lighting import Shine, face_normals, grid_normals, lit, vertex_normals
from cnnscript.pictures.drawing.scene import Scene, cut, cut_lines, inside_box, rgba
from cnnscript.pictures.graphics import plots
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.camera import Camera
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.surfaces import Surface
from cnnscript.pictures.images import colour, scale

CELL = 3.0  # pixels across a piece of a face whose colour changes from corner to corner
MOST = 60_000  # pieces that the faces of one object are cut into, about
FEW = np.array((1.0, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 26, 34, 44, 58, 76, 100))  # pieces along a side, one of these
LONG = 0.12  # faces longer than this part of the box are cut, so that near and far of them are told apart


class Stage:
    """What drawing in space needs: where pieces go, the camera, the lights."""

    def __init__(self, axes: Axes, camera: Camera):
        self.axes, self.camera, self.scene = axes, camera, Scene()
        self.shine = Shine(camera, axes)
        self.lift = 0.0  # how much nearer lines and points are taken to be, so that those on a surface are seen
        self.several = False  # whether there is more than one thing to sort
        self.words: list[tuple[np.ndarray, str, dict[str, Any]]] = []  # labels of contours: pixels, words, font

    @cached_property
    def colours(self) -> np.ndarray:
        return self.axes.get("Colormap")

    @cached_property
    def limits(self) -> tuple[float, ...]:
        return tuple(self.axes.get("CLim").tolist())

    def levels(self, values: np.ndarray, mapping: str = "scaled") -> np.ndarray:
        """Colours (n×3) of levels (n×1) or of colours (n×3)."""
        if values.shape[-1] == 3:
            return np.clip(values, 0, 1)
        colours = self.colours
        if mapping == "direct":
            return colours[colour.map_rows(values[:, 0], len(colours))]
        limits = self.limits
        if self.axes.value("ColorScale") == "log":
            with np.errstate(divide="ignore", invalid="ignore"):
                values, limits = np.log10(values), tuple(np.log10(np.maximum(limits, 1e-300)))
        return colours[colour.scaled_rows(values[:, 0], limits, len(colours))]

    def opacity(self, values: np.ndarray, mapping: str) -> np.ndarray:
        """AlphaData as numbers from 0 to 1."""
        table = np.asarray(self.axes.value("Alphamap"), float).ravel()
        if mapping == "none":
            return np.clip(values, 0, 1)
        if mapping == "direct":
            return table[colour.map_rows(np.asarray(values, float), len(table))]
        low, high = self.axes.get("ALim")
        if self.axes.value("ALimMode") == "auto":
            low, high = scale.display_limits(values)
        return table[colour.scaled_rows(values, (low, high), len(table))]


def as_levels(values: Any) -> np.ndarray:
    """CData as rows × columns × channels of doubles; colours of integer classes from 0 to 1."""
    made = np.asarray(values)
    if made.ndim == 3 and made.dtype.kind in "iu":
        made = made / float(np.iinfo(made.dtype).max)
    made = np.asarray(made, float)
    return made if made.ndim == 3 else made[..., None]


# ------------------------------------------------------------------------------------------------------------- surfaces
def draw_surface(stage: Stage, node: Surface, matrix: np.ndarray | None) -> None:
    grid = moved(node.grid(), matrix)
    if min(grid.shape[:2], default=0) < 1 or not grid.size:
        return
    boxed = stage.camera.boxed(grid)
    rows, columns = grid.shape[:2]
    levels = as_levels(node.get("CData"))
    texture = None
    if node.value("FaceColor") == "texturemap":
        texture, levels = levels, np.zeros((rows, columns, 1))
    elif levels.shape[:2] == (rows - 1, columns - 1):
        levels = np.pad(levels, ((0, 1), (0, 1), (0, 0)), mode="edge")
    if levels.shape[:2] != (rows, columns):
        return
    if min(rows, columns) > 1:
        alpha = surface_alpha(stage, node, (rows, columns))
        corners = around(boxed)
        normals = around(grid_normals(boxed)) if stage.shine else None
        faces = Faces(stage, node, corners, around(levels), around(alpha[..., None])[..., 0], normals)
        there = ~np.isnan(corners).any((1, 2))
        faces.keep(there)
        if texture is not None:
            faces.texture(texture, rows - 1, columns - 1)
        else:
            faces.paint()
        if not faces.edged:
            steps = np.ones((len(corners), 2))
            steps[there] = faces.steps
            centres = stage.camera.pixels(corners)[1].mean(1)
            shape = (rows - 1, columns - 1)
            grid_edges(stage, node, boxed, levels, centres.reshape(shape), steps.reshape(*shape, 2))
    else:
        grid_edges(stage, node, boxed, levels, np.zeros((rows - 1, columns - 1)), np.ones((rows - 1, columns - 1, 2)))
    corner_markers(stage, node, boxed.reshape(-1, 3), levels.reshape(rows * columns, -1))


def around(table: np.ndarray) -> np.ndarray:
    """The four corners of each cell of a grid: (r·c)×4×..., the corner of least row and column first."""
    quads = np.stack([table[:-1, :-1], table[:-1, 1:], table[1:, 1:], table[1:, :-1]], axis=2)
    return quads.reshape(-1, *quads.shape[2:])


def surface_alpha(stage: Stage, node: Surface, shape: tuple[int, int]) -> np.ndarray:
    """How opaque each point of the grid is."""
    asked = node.value("FaceAlpha")
    if not isinstance(asked, str):
        return np.full(shape, asked)
    given = np.asarray(node.value("AlphaData"), float)
    made = stage.opacity(given, node.value("AlphaDataMapping")) if given.size > 1 else np.clip(given, 0, 1)
    if made.size == 1:
        return np.full(shape, made.ravel()[0])
    return made if made.shape == shape else np.ones(shape)


def grid_edges(
    stage: Stage, node: Surface, boxed: np.ndarray, levels: np.ndarray, centres: np.ndarray, steps: np.ndarray
) -> None:
    """The lines of a grid, each as near as the nearer of the pieces of faces beside it.

    centres: how near the middle of each face is, NaN where there is none.  steps: in how many pieces it is cut along
    columns and along rows.
    """
    if node.value("EdgeColor") == "none" or not DASHES[node.value("LineStyle")]:
        return
    style = node.value("MeshStyle")
    cut_up = stage.several or float(steps.max(initial=1)) > 1
    near = stage.camera.pixels(boxed)[1]
    there = np.isfinite(centres)

    def strokes(begin: np.ndarray, end: np.ndarray, first: np.ndarray, last: np.ndarray, rise: np.ndarray) -> None:
        edge_strokes(stage, node, begin, end, first, last, rise.reshape(-1), cut_up)

    if style != "column" and boxed.shape[1] > 1:
        rise = slack_beside(near, there, steps, cut_up)
        strokes(boxed[:, :-1], boxed[:, 1:], levels[:, :-1], levels[:, 1:], rise)
    if style != "row" and boxed.shape[0] > 1:
        rise = slack_beside(near.T, there.T, steps.transpose(1, 0, 2)[..., ::-1], cut_up).T
        strokes(boxed[:-1], boxed[1:], levels[:-1], levels[1:], rise)


def slack_beside(near: np.ndarray, there: np.ndarray, steps: np.ndarray, cut_up: bool) -> np.ndarray:
    """How much nearer than the edges along the rows of a grid the pieces of the faces beside them may be.

    near: of the grid's points.  there: which faces are.  steps: in how many pieces they are cut, along rows and across.
    """
    made = np.zeros((near.shape[0], near.shape[1] - 1))
    if not there.size:
        return made
    along = np.abs(near[:, 1:] - near[:, :-1]) / 2 * cut_up
    for edge, beyond in ((slice(None, -1), slice(1, None)), (slice(1, None), slice(None, -1))):
        # Half-way to the edge on the other side of the face, at either end, in as many pieces as it is cut.
        over = near[beyond] - near[edge]
        rise = np.fmax(over[:, :-1], over[:, 1:]) / 2 / steps[..., 1] + along[edge] / steps[..., 0]
        made[edge] = np.fmax(made[edge], np.where(there, rise, 0.0))
    return np.nan_to_num(made)


def edge_strokes(
    stage: Stage, node: Graphic, begin: np.ndarray, end: np.ndarray, first: np.ndarray, last: np.ndarray,
    slack: np.ndarray, cut_up: bool, flat_lying: bool = False,
) -> None:  # fmt: skip
    """Edges from begin to end (… ×3), whose ends have levels.

    slack: how much nearer than they are they count, so as to lie over the faces beside them; flat_lying: it is how near
    they are.  cut_up: whether long edges are cut, since the faces beside them are.
    """
    begin, end = begin.reshape(-1, 3), end.reshape(-1, 3)
    first, last = first.reshape(len(begin), -1), last.reshape(len(begin), -1)
    asked = node.value("EdgeColor")
    length = float(np.nanmax(np.abs(end - begin), initial=0.0))
    step = min(int(np.ceil(3 * length / LONG)), 36) if cut_up and not flat_lying else 1
    if asked == "interp" and len(begin) * 4 <= MOST:
        step = max(step, 4)
    if step > 1:
        share = np.linspace(0, 1, step + 1)[:, None, None]
        places, tones = begin + share * (end - begin), first + share * (last - first)
        if asked != "interp":
            tones = np.broadcast_to(first, tones.shape)
        begin, end = places[:-1].reshape(-1, 3), places[1:].reshape(-1, 3)
        first, last = tones[:-1].reshape(len(begin), -1), tones[1:].reshape(len(begin), -1)
        slack = np.tile(slack, step)
    begin, end, kept = cut_lines(begin, end, stage.camera.sides)
    flat, own = stage.camera.pixels(np.stack([begin, end], axis=1))
    first, last, slack = first[kept], last[kept], slack[kept]
    if asked == "flat":
        paint = stage.levels(first, node.value("CDataMapping"))
    elif asked == "interp":
        paint = stage.levels((first + last) / 2, node.value("CDataMapping"))
    else:
        paint = np.tile(np.asarray(asked, float), (len(flat), 1))
    alpha = node.value("EdgeAlpha")
    # Pieces of faces along an edge may be as near as its nearer end.
    near = slack if flat_lying else (own.max(1) if step > 1 else own.mean(1)) + slack
    stage.scene.strokes(
        flat,
        near + 1e-6,
        rgba(paint, len(flat), 1.0 if isinstance(alpha, str) else alpha),
        points(node.value("LineWidth")),
        DASHES[node.value("LineStyle")],
    )


def corner_markers(stage: Stage, node: Graphic, boxed: np.ndarray, levels: np.ndarray) -> None:
    """Markers at the points of a surface or patch."""
    sign = MARKER_SIGNS[node.value("Marker")]
    if not sign:
        return
    flat, near = stage.camera.pixels(boxed)
    there = ~np.isnan(flat).any(1)
    tones = stage.levels(levels[there], node.value("CDataMapping"))
    rule = node.value("EdgeColor")
    own = tones if rule in ("flat", "interp") else (0.0, 0.0, 0.0) if rule == "none" else rule
    edge, face = (
        tones if asked == "flat" else own if asked == "auto" else asked
        for asked in (node.value("MarkerEdgeColor"), node.value("MarkerFaceColor"))
    )
    count = int(there.sum())
    stage.scene.markers(
        flat[there], near[there] + stage.lift, sign, np.full(count, node.value("MarkerSize")), rgba(face, count),
        rgba(edge, count), points(node.value("LineWidth")),
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- patches
def draw_patch(stage: Stage, node: plots.Patch, matrix: np.ndarray | None) -> None:
    """The faces of a patch, those with as many corners together."""
    rows, places = node.get("Faces"), np.asarray(node.get("Vertices"), float)
    if not np.size(rows) or not len(places):
        return
    places = moved(np.column_stack([places, np.zeros((len(places), 3 - places.shape[1]))]), matrix)
    boxed = stage.camera.boxed(places)
    table = np.where(np.isnan(rows), 0, rows).astype(int) - 1
    counts = (table >= 0).sum(1)
    levels, alpha = patch_levels(node, len(rows), len(places)), patch_alpha(stage, node, len(places))
    normals = None
    if stage.shine:
        given = node.value("VertexNormals")
        solid = table[counts >= 3]
        normals = vertex_normals(boxed, solid) if len(solid) else np.zeros_like(boxed)
        if given is not None and np.shape(given) == boxed.shape:
            normals = np.asarray(given, float) / stage.camera.stretch()
    for many in sorted(set(counts.tolist())):
        chosen = np.flatnonzero(counts == many)
        index = table[chosen][:, :many]
        if many == 0 or index.max() >= len(places):
            continue
        corners = boxed[index]
        own = levels[1][index] if levels[0] == "vertex" else np.repeat(levels[1][chosen, None], many, axis=1)
        if many < 3:
            if many == 2 and node.value("EdgeColor") != "none":
                ends = (part[:, k] for part in (corners, own) for k in (0, 1))
                edge_strokes(stage, node, *ends, np.zeros(len(own)), stage.several)
            continue
        # A polygon through points that are not there is not filled, and its edge is open.
        broken = np.isnan(corners).any((1, 2))
        if broken.any():
            Faces(stage, node, corners[broken], own[broken], alpha[index][broken], None).outline()
        faces = Faces(stage, node, corners, own, alpha[index], normals[index] if normals is not None else None)
        faces.keep(~broken)
        faces.paint()
        if not faces.edged:
            faces.outline()
    corner_markers(stage, node, boxed, levels[1] if levels[0] == "vertex" else np.zeros((len(boxed), 1)))


def patch_levels(node: plots.Patch, faces: int, corners: int) -> tuple[str, np.ndarray]:
    """'vertex' or 'face', and a level or colour for each of them."""
    given = node.value("FaceVertexCData")
    if given is not None and np.size(given):
        levels = np.asarray(given, float)
        levels = levels.reshape(-1, 1) if levels.ndim < 2 or levels.shape[0] == 1 and levels.shape[1] != 3 else levels
        if len(levels) == corners and (corners != faces or node.value("FaceColor") == "interp"):
            return "vertex", levels
        if len(levels) == faces:
            return "face", levels
        return ("vertex", levels) if len(levels) == corners else ("face", np.tile(levels[:1], (faces, 1)))
    own = node.value("CData")
    if own is None or not np.size(own):
        return "face", np.zeros((faces, 1))
    levels = np.asarray(own, float)
    if levels.ndim == 3 and levels.shape[2] == 3:
        flat = levels.reshape(-1, 3, order="F")
        return ("vertex", flat) if len(flat) == corners else ("face", np.resize(flat, (faces, 3)))
    if levels.size == corners and corners != faces:
        return "vertex", levels.reshape(-1, 1, order="F")
    if levels.size == faces:
        return "face", levels.reshape(-1, 1, order="F")
    return "face", np.full((faces, 1), levels.ravel()[0])


def patch_alpha(stage: Stage, node: plots.Patch, corners: int) -> np.ndarray:
    asked = node.value("FaceAlpha")
    if not isinstance(asked, str):
        return np.full(corners, asked)
    given = node.value("FaceVertexAlphaData")
    made = stage.opacity(np.asarray(given, float).ravel(), node.value("AlphaDataMapping")) if given is not None else []
    return made if np.size(made) == corners else np.ones(corners)


# ---------------------------------------------------------------------------------------------------------------- faces
class Faces:
    """Polygons with as many corners each, on their way into the scene.

    corners  n×k×3, in the plot box
    levels   n×k×c, a level or a colour a corner
    alpha    n×k
    normals  n×k×3, or None where no light shines
    edged    whether the faces have been drawn with their edges
    steps    n×2, in how many pieces each has been cut along its first and second side
    """

    def __init__(
        self, stage: Stage, node: Any, corners: np.ndarray, levels: np.ndarray, alpha: np.ndarray,
        normals: np.ndarray | None,
    ):  # fmt: skip
        self.stage, self.node = stage, node
        self.corners, self.levels, self.alpha, self.normals = corners, levels, alpha, normals
        self.edged = False
        self.steps = np.ones((len(corners), 2))

    def keep(self, chosen: np.ndarray) -> None:
        self.corners, self.levels, self.alpha = self.corners[chosen], self.levels[chosen], self.alpha[chosen]
        self.normals = self.normals[chosen] if self.normals is not None else None
        self.steps = self.steps[chosen]

    def lighting(self) -> str:
        return self.node.value("FaceLighting") if self.normals is not None else "none"

    def paint(self) -> None:
        node, asked = self.node, self.node.value("FaceColor")
        if asked == "none" or not len(self.corners):
            return
        graded = asked == "interp" or self.lighting() == "gouraud" or node.value("FaceAlpha") == "interp"
        pieces = self.split(CELL) if graded else self.split(None)
        levels = pieces["levels"]
        if asked in ("flat", "texturemap"):
            levels = pieces["first"]
        if isinstance(asked, str):
            paint = self.stage.levels(levels, node.value("CDataMapping"))
        else:
            paint = np.tile(np.asarray(asked, float), (len(levels), 1))
        self.put(pieces, paint, np.isnan(levels).any(1) & isinstance(asked, str))

    def put(self, pieces: dict[str, np.ndarray], paint: np.ndarray, missing: np.ndarray) -> None:
        """The pieces in their colours into the scene."""
        corners, node, camera = pieces["corners"], self.node, self.stage.camera
        if self.lighting() != "none":
            normals = pieces["normals"] if self.lighting() == "gouraud" else face_normals(corners)
            paint = lit(paint, self.stage.shine.fall(node, corners.mean(1), normals))
        flat, near = camera.pixels(corners)
        whole = inside_box(corners, camera.sides)
        fill = rgba(paint, len(paint), pieces["alpha"])
        fill[missing, 3] = 0
        edge = None
        line, dash = node.value("EdgeColor"), DASHES[node.value("LineStyle")]
        uncut = len(corners) == len(self.corners)
        if uncut and not isinstance(line, str) and dash and (whole == 1).all() and self.plain_mesh():
            opaque = node.value("EdgeAlpha")
            edge = rgba(line, len(paint), 1.0 if isinstance(opaque, str) else opaque)
            edge[missing] = 0
            self.edged = True
        kept = whole == 1
        depth = near.max(1) - near.min(1)
        if depth.size:
            self.stage.lift = max(self.stage.lift, min(0.05, float(np.nanmedian(depth)) / 2))
        self.stage.scene.polygons(
            flat[kept],
            near[kept].mean(1),
            fill[kept],
            None if edge is None else edge[kept],
            points(node.value("LineWidth")),
            dash or "-",
        )
        for k in np.flatnonzero(whole == 0).tolist():
            rest = cut(corners[k], camera.sides)
            if len(rest) > 2:
                shape, rest_near = camera.pixels(rest)
                self.stage.scene.polygons(shape[None], rest_near.mean(keepdims=True), fill[k : k + 1])

    def plain_mesh(self) -> bool:
        return "MeshStyle" not in self.node.table or self.node.value("MeshStyle") == "both"

    def split(self, cell: float | None) -> dict[str, np.ndarray]:
        """The faces in pieces: about `cell` pixels wide, or short enough to be sorted (None).

        corners: m×k×3; levels, alpha and normals at the middle of each piece; first: the level of the face's first
        corner.
        """
        count, many = self.corners.shape[:2]
        if cell is None and (not self.stage.several or self.alpha.min(initial=1.0) < 1):
            return self.unsplit()
        if many > 4 and cell is None:
            return self.unsplit()
        sides = self.corners - np.roll(self.corners, -1, axis=1)
        if cell is None:
            lengths, limit = np.abs(sides).max(2) / LONG, 12
        else:
            flat, _ = self.stage.camera.pixels(self.corners)
            lengths, limit = np.hypot(*np.moveaxis(flat - np.roll(flat, -1, axis=1), -1, 0)) / cell, 100
        longest = np.stack([lengths[:, ::2], lengths[:, 1::2]], 1).max(2) if many == 4 else lengths.max(1)[:, None]
        steps = np.clip(np.ceil(np.nan_to_num(longest)), 1, limit) * np.ones((1, 2))
        while steps.prod(1).sum() * len(fans(many)) > MOST and steps.max() > 1:
            steps = np.maximum(1, np.floor(steps * 0.8))
        steps = FEW[np.searchsorted(FEW, steps)]
        if steps.max(initial=1) == 1 and many <= 4:
            return self.unsplit()
        self.steps = steps
        parts = []
        for pair in sorted({(int(u), int(v)) for u, v in np.unique(steps, axis=0)}):
            chosen = (steps == pair).all(1)
            for fan in fans(many):
                parts.append(self.pieces(chosen, fan, *pair))
        most = max(part["corners"].shape[1] for part in parts)
        for part in parts:
            short = most - part["corners"].shape[1]
            if short:
                part["corners"] = np.concatenate([part["corners"]] + [part["corners"][:, -1:]] * short, axis=1)
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def unsplit(self) -> dict[str, np.ndarray]:
        made = {
            "corners": self.corners,
            "levels": self.levels.mean(1),
            "first": self.levels[:, 0],
            "alpha": self.alpha.mean(1) if self.node.value("FaceAlpha") == "interp" else self.alpha[:, 0],
        }
        return made | ({"normals": self.normals.mean(1)} if self.normals is not None else {})

    def pieces(self, chosen: np.ndarray, fan: tuple[int, ...], along: int, up: int) -> dict[str, np.ndarray]:
        """Some faces (a triangle or quadrangle of their corners) in along × up pieces."""
        # Pieces × corners of a piece × corners of the face.
        weights = quarters(along, up) if len(fan) == 4 else thirds(along)
        middle = weights.mean(1)

        def mixed(table: np.ndarray, weight: np.ndarray) -> np.ndarray:
            return np.tensordot(table, weight, axes=(1, weight.ndim - 1))

        corners = np.moveaxis(mixed(self.corners[chosen][:, fan], weights), 1, -1)
        each = corners.shape[1]
        made = {
            "corners": corners.reshape(-1, *corners.shape[2:]),
            "levels": np.moveaxis(mixed(self.levels[chosen][:, fan], middle), 1, -1).reshape(-1, self.levels.shape[2]),
            "first": np.repeat(self.levels[chosen][:, 0], each, axis=0),
            "alpha": mixed(self.alpha[chosen][:, fan], middle).reshape(-1),
        }
        if self.normals is not None:
            made["normals"] = np.moveaxis(mixed(self.normals[chosen][:, fan], middle), 1, -1).reshape(-1, 3)
        return made

    def texture(self, picture: np.ndarray, rows: int, columns: int) -> None:
        """A picture laid over a grid of rows × columns faces."""
        if not len(self.corners) or len(self.corners) != rows * columns:
            return
        flat, _ = self.stage.camera.pixels(self.corners)
        size = np.hypot(*np.moveaxis(flat - np.roll(flat, -1, axis=1), -1, 0)).max()
        high, wide = picture.shape[:2]
        step = int(np.clip(np.ceil(size / 1.5), 1, max(1, np.ceil(max(high / rows, wide / columns)))))
        while step > 1 and rows * columns * step**2 > 2 * MOST:
            step = max(1, int(step * 0.9))
        pieces = self.pieces(np.ones(len(self.corners), bool), (0, 1, 2, 3), step, step)
        middle = quarters(step, step).mean(1)
        across, down = middle[:, 1] + middle[:, 2], middle[:, 2] + middle[:, 3]
        row, column = (part.reshape(-1, 1) for part in np.divmod(np.arange(rows * columns), columns))
        at = (
            np.clip(((row + down) / rows * high).astype(int), 0, high - 1),
            np.clip(((column + across) / columns * wide).astype(int), 0, wide - 1),
        )
        paint = self.stage.levels(picture[at].reshape(-1, picture.shape[2]), self.node.value("CDataMapping"))
        self.put(pieces, paint, np.zeros(len(paint), bool))

    def outline(self) -> None:
        """The edges of the faces, cut as finely as the faces are."""
        node = self.node
        if node.value("EdgeColor") == "none" or not DASHES[node.value("LineStyle")] or not len(self.corners):
            return
        begin, end = self.corners, np.roll(self.corners, -1, axis=1)
        first, last = self.levels, np.roll(self.levels, -1, axis=1)
        camera = self.stage.camera
        centres = camera.pixels(self.corners)[1].mean(1)[:, None]
        if self.corners.shape[1] > 4:  # such faces are not cut, and their edges lie right upon them
            near = np.broadcast_to(np.nan_to_num(centres), begin.shape[:2])
            near = np.where(np.isnan(centres), camera.pixels((begin + end) / 2)[1], near)
            edge_strokes(self.stage, node, begin, end, first, last, near.reshape(-1), False, flat_lying=True)
            return
        near = camera.pixels(self.corners)[1]
        cut_up = self.stage.several or float(self.steps.max(initial=1)) > 1
        many = near.shape[1]
        along = self.steps[:, np.arange(many) % 2] if many == 4 else np.repeat(self.steps[:, :1], many, axis=1)
        across = self.steps[:, (np.arange(many) + 1) % 2] if many == 4 else along
        # The corners on the other side of the face from either end of each edge.
        over = np.fmax(np.roll(near, 1, 1) - near, np.roll(near, -2, 1) - np.roll(near, -1, 1))
        slack = over / 2 / across + np.abs(np.roll(near, -1, 1) - near) / 2 * cut_up / along
        slack = np.maximum(np.nan_to_num(slack), 0).reshape(-1)
        edge_strokes(self.stage, node, begin, end, first, last, slack, cut_up)


def fans(many: int) -> list[tuple[int, ...]]:
    """A polygon's corners as triangles, a quadrangle as it is."""
    return [tuple(range(many))] if many <= 4 else [(0, k, k + 1) for k in range(1, many - 1)]


def quarters(along: int, up: int) -> np.ndarray:
    """Weights of a quadrangle's corners at the corners of its along × up pieces: pieces × 4 × 4."""
    v, u = (part.ravel() for part in np.meshgrid(np.arange(up) / up, np.arange(along) / along, indexing="ij"))
    more, higher = 1 / along, 1 / up
    places = [(u, v), (u + more, v), (u + more, v + higher), (u, v + higher)]
    return np.stack([np.stack([(1 - a) * (1 - b), a * (1 - b), a * b, (1 - a) * b], axis=-1) for a, b in places], 1)


def thirds(step: int) -> np.ndarray:
    """Weights of a triangle's corners at the corners of its step² pieces: pieces × 3 × 3."""
    made = []
    for i in range(step):
        for j in range(step - i):
            made.append(((i, j), (i + 1, j), (i, j + 1)))
            if i + j < step - 1:
                made.append(((i + 1, j), (i + 1, j + 1), (i, j + 1)))
    at = np.array(made, float) / step
    return np.concatenate([1 - at.sum(-1, keepdims=True), at], axis=-1)


def moved(places: np.ndarray, matrix: np.ndarray | None) -> np.ndarray:
    """Points (… ×3) through a 4×4 matrix of a transform object."""
    if matrix is None:
        return places
    made = places @ matrix[:3, :3].T + matrix[:3, 3]
    scale_by = places @ matrix[3, :3] + matrix[3, 3]
    return made / scale_by[..., None]

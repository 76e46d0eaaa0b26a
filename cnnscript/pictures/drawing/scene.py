"""What is seen in space, put together from flat pieces and painted from far to near.

A piece is a polygon, a stroke or a marker, in pixels from the lower left corner of the axes' place, with its nearness
to the camera, its colours and its line. All pieces of an axes are sorted together, so that lines run behind surfaces
and points stick out of them; matplotlib draws them as collections of paths, alike in png, pdf and svg.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics import layout

CLEAR = np.zeros(4)
SEAM = 0.75  # width of the line in its own colour that joins an opaque face to its neighbours, in points


def rgba(paint: Any, count: int, alpha: Any = 1.0) -> np.ndarray:
    """One colour, or one each, with alpha, as count × 4; 'none' is clear."""
    made = np.zeros((count, 4))
    if isinstance(paint, str) and paint == "none":
        return made
    made[:, :3] = np.clip(np.asarray(paint, float).reshape(-1, 3), 0, 1)
    made[:, 3] = np.clip(np.asarray(alpha, float).reshape(-1) if np.ndim(alpha) else alpha, 0, 1)
    return made


class Scene:
    """Pieces on their way to the page."""

    def __init__(self) -> None:
        self.paths: list[Any] = []
        self.near: list[np.ndarray] = []
        self.faces: list[np.ndarray] = []
        self.edges: list[np.ndarray] = []
        self.widths: list[np.ndarray] = []
        self.dashes: list[Any] = []
        self.smooth: list[np.ndarray] = []

    def polygons(
        self, corners: np.ndarray, near: np.ndarray, face: np.ndarray, edge: np.ndarray | None = None,
        width: float = 0.5, dash: Any = "-",
    ) -> None:  # fmt: skip
        """n polygons of k corners (n×k×2); face, edge: n×4, edge None where faces are to join without a seam."""
        from matplotlib.path import Path

        count, many = corners.shape[:2]
        if not count:
            return
        closed = np.concatenate([corners, corners[:, :1]], axis=1)
        codes = np.full(many + 1, Path.LINETO, np.uint8)
        codes[0], codes[-1] = Path.MOVETO, Path.CLOSEPOLY
        # Thousands of paths: the quick maker of matplotlib's own, where it is there.
        quick = getattr(Path, "_fast_from_codes_and_verts", None)
        self.paths += [quick(each, codes) for each in closed] if quick else [Path(each, codes) for each in closed]
        smooth = np.ones(count, bool)
        widths = np.full(count, width)
        if edge is None:
            opaque = face[:, 3] >= 1
            edge = np.where(opaque[:, None], face, CLEAR)
            smooth, widths = opaque, np.full(count, SEAM)
        self.note(near, face, edge, widths, dash, smooth)

    def strokes(
        self, ends: np.ndarray, near: np.ndarray, paint: np.ndarray, width: float, dash: Any = "-"
    ) -> None:
        """n open lines of k points (n×k×2) in colours n×4."""
        from matplotlib.path import Path

        if len(ends):
            quick = getattr(Path, "_fast_from_codes_and_verts", None)
            self.paths += [quick(each, None) for each in ends] if quick else [Path(each) for each in ends]
            count = len(ends)
            self.note(near, np.zeros((count, 4)), paint, np.full(count, width), dash, np.ones(count, bool))

    def markers(
        self, at: np.ndarray, near: np.ndarray, sign: Any, sizes: np.ndarray, face: np.ndarray, edge: np.ndarray,
        width: float,
    ) -> None:  # fmt: skip
        """A marker at each of n places (n×2); sizes in points."""
        from matplotlib.markers import MarkerStyle
        from matplotlib.path import Path

        if not len(at):
            return
        style = MarkerStyle(sign)
        shape = style.get_path().transformed(style.get_transform())
        vertices, codes = shape.vertices, shape.codes
        pixels = np.broadcast_to(sizes, len(at)) * layout.PIXELS_PER_INCH / 72
        made = vertices[None] * pixels[:, None, None] + at[:, None, :]
        quick = getattr(Path, "_fast_from_codes_and_verts", None)
        self.paths += [quick(each, codes) for each in made] if quick else [Path(each, codes) for each in made]
        if not style.is_filled():
            face = np.zeros_like(face)
        self.note(near, face, edge, np.full(len(at), width), "-", np.ones(len(at), bool))

    def note(
        self, near: np.ndarray, face: np.ndarray, edge: np.ndarray, widths: np.ndarray, dash: Any, smooth: np.ndarray
    ) -> None:
        self.near.append(np.asarray(near, float))
        self.faces.append(face)
        self.edges.append(edge)
        self.widths.append(widths)
        self.dashes += [dash] * len(near)
        self.smooth.append(smooth)

    def draw(self, place: Any, transform: Any, zorder: float, clipped: bool = False, sort: bool = True) -> None:
        """Paint all pieces in an axes of matplotlib, far ones first; pieces as near as each other in their order."""
        if not self.paths:
            return
        from matplotlib.collections import PathCollection

        near = np.nan_to_num(np.concatenate(self.near))
        order = np.argsort(np.round(near, 9), kind="stable") if sort else np.arange(near.size)
        widths = np.concatenate(self.widths)[order]
        if (widths == widths[0]).all():
            widths = widths[:1]  # matplotlib takes its time for every width it is given
        made = PathCollection(
            [self.paths[k] for k in order],
            facecolors=np.concatenate(self.faces)[order],
            edgecolors=np.concatenate(self.edges)[order],
            linewidths=widths,
            linestyles="-" if set(self.dashes) == {"-"} else [self.dashes[k] for k in order],
            antialiaseds=np.concatenate(self.smooth)[order],
            capstyle="round",
            joinstyle="round",
            zorder=zorder,
            clip_on=clipped,
        )
        made.set_transform(transform)
        place.add_collection(made, autolim=False)
        if clipped:
            made.set_clip_path(place.patch)


# -------------------------------------------------------------------------------------------------- what limits cut off
def inside_box(corners: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Which faces (n×k×3, in the plot box) lie in it wholly (1), partly (0), or not at all (-1)."""
    slack = 1e-9 * np.maximum(sides, 1e-9)
    under, over = corners < -slack, corners > sides + slack
    out = (under.all(1) | over.all(1)).any(1)
    partly = (under | over).any((1, 2))
    return np.where(out, -1, np.where(partly, 0, 1))


def cut(corners: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """A polygon (k×3) without what lies outside the plot box; fewer than three corners where nothing is left."""
    for axis in range(3):
        for bound, sign in ((0.0, 1.0), (sides[axis], -1.0)):
            inward = (corners[:, axis] - bound) * sign
            if (inward >= 0).all():
                continue
            kept = []
            for k in range(len(corners)):
                here, there = inward[k - 1], inward[k]
                if (here >= 0) != (there >= 0):
                    share = here / (here - there)
                    kept.append(corners[k - 1] + share * (corners[k] - corners[k - 1]))
                if there >= 0:
                    kept.append(corners[k])
            corners = np.array(kept).reshape(-1, 3)
            if len(corners) < 3:
                return np.zeros((0, 3))
    return corners


def cut_lines(begin: np.ndarray, end: np.ndarray, sides: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Segments (n×3 each) without what lies outside the plot box, and which of them are left (by their numbers)."""
    step = end - begin
    with np.errstate(divide="ignore", invalid="ignore"):
        first, last = -begin / step, (sides - begin) / step
    level = step == 0
    outside = level & ((begin < -1e-9) | (begin > sides + 1e-9))
    enter = np.where(level, 0.0, np.minimum(first, last)).max(1).clip(0, None)
    leave = np.where(level, 1.0, np.maximum(first, last)).min(1).clip(None, 1)
    kept = np.flatnonzero((enter < leave) & ~outside.any(1))
    one, two = enter[kept, None], leave[kept, None]
    return begin[kept] + one * step[kept], begin[kept] + two * step[kept], kept

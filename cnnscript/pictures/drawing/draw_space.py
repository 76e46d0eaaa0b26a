"""Axes in space, and things with heights in axes seen from above."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_beside import draw_colorbar, draw_legend
from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.drawing.space_faces import Stage
from cnnscript.pictures.drawing.space_frame import draw_frame
from cnnscript.pictures.drawing.space_marks import DRAWERS, FACES, write_in_space
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import ColorBar, Legend
from cnnscript.pictures.graphics.camera import Camera
from cnnscript.pictures.graphics.fields import Contour, Quiver
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.pair_bins import Histogram2
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.graphics.surfaces import Light, Surface

GROUPS = ("hggroup", "hgtransform")


def leaves(parent: Graphic, matrix: np.ndarray | None = None) -> Iterator[tuple[Graphic, np.ndarray | None]]:
    """What is drawn in an axes or a group, and the 4×4 matrix that its groups put it through."""
    for child in parent.children:
        if not child.value("Visible"):
            continue
        if child.kind in GROUPS:
            own = np.asarray(child.value("Matrix"), float) if "Matrix" in child.table else None
            inner = own if matrix is None else matrix if own is None else matrix @ own
            yield from leaves(child, inner)
        else:
            yield child, matrix


def has_heights(axes: Axes) -> bool:
    """Whether something in an axes needs to be sorted by height, or is put through a matrix."""
    for node, matrix in leaves(axes):
        if matrix is not None or isinstance(node, (Surface, Histogram2)) or getattr(node, "raised", False):
            return True
        if "ZData" in node.table and not isinstance(node, (Contour, Quiver)):
            heights = np.asarray(node.get("ZData"), float)
            if heights.size and (heights[np.isfinite(heights)] != 0).any():
                return True
    return False


def in_scene(node: Graphic) -> bool:
    """Whether an object is drawn among pieces in space; what is not belongs to the plane."""
    return isinstance(node, (Text, Light, *DRAWERS)) or node.kind in GROUPS


def draw_in_space(page: Any, axes: Axes, width: int, height: int) -> None:
    """An axes in three dimensions, with its box, its words and what is beside it."""
    box = layout.axes_box(axes)
    place = page.add_axes((box.left / width, box.bottom / height, box.width / width, box.height / height))
    place.set_axis_off()
    place.set_autoscale_on(False)
    transform = pixel_transform(place, box)
    camera = Camera(axes)
    draw_frame(place, transform, axes, camera)
    stage = Stage(axes, camera)
    draw_scene(stage, place, transform)
    stage.scene.draw(place, transform, 3, sort=axes.value("SortMethod") == "depth")
    write_title(place, transform, axes, camera, box)
    for child in axes.children:
        if isinstance(child, ColorBar) and child.value("Visible"):
            draw_colorbar(page, child, width, height)
        elif isinstance(child, Legend) and child.value("Visible"):
            draw_legend(page, child, width, height)


def draw_from_above(place: Any, axes: Axes, box: layout.Box) -> None:
    """What an axes that is seen from straight above holds, higher things over lower ones."""
    camera = Camera(axes)
    camera.scale, camera.middle = np.array((box.width, box.height)) / camera.sides[:2], box_middle(box)
    stage = Stage(axes, camera)
    draw_scene(stage, place, pixel_transform(place, box))
    stage.scene.draw(place, pixel_transform(place, box), 3)


def box_middle(box: layout.Box) -> np.ndarray:
    return np.array((box.width, box.height)) / 2


def pixel_transform(place: Any, box: layout.Box) -> Any:
    """From pixels of MATLAB's screen, from the lower left corner of an axes, to matplotlib's."""
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1 / box.width, 1 / box.height) + place.transAxes


def draw_scene(stage: Stage, place: Any, transform: Any) -> None:
    """All that an axes holds into the scene: faces first, so that lines know how far to lie over them."""
    every = list(leaves(stage.axes))
    solid = [(node, matrix) for node, matrix in every if isinstance(node, FACES)]
    rest = [(node, matrix) for node, matrix in every if not isinstance(node, FACES)]
    shapes = sum(isinstance(node, tuple(DRAWERS)) for node, _ in every)
    stage.several = bool(solid) and (shapes > 1 or any(not isinstance(node, Surface) for node, _ in solid))
    for node, matrix in [*solid, *rest]:
        if isinstance(node, Text):
            write_in_space(stage, place, transform, node, matrix)
            continue
        for kind, draw in DRAWERS.items():
            if isinstance(node, kind):
                draw(stage, node, matrix)
                break
    for at, words, style in stage.words:
        place.text(*at, words, transform=transform, ha="center", va="center", zorder=79, **style)


def write_title(place: Any, transform: Any, axes: Axes, camera: Camera, box: layout.Box) -> None:
    """Title and subtitle over the middle of the axes, above its highest corner."""
    from cnnscript.pictures.graphics.camera import CORNERS

    top = max(float(camera.pixels(CORNERS * camera.sides)[0][:, 1].max()), 0.0) if axes.value("Visible") else box.height
    above = min(top, box.height) + 7.0
    for name in ("Subtitle", "Title"):
        words = axes.words_of(name)
        if words:
            label = axes.labels[name]
            side = axes.value("TitleHorizontalAlignment")
            place.text(
                {"left": 0, "center": box.width / 2, "right": box.width}[side],
                above,
                line_text(words, label.value("Interpreter")),
                transform=transform,
                ha=side,
                va="bottom",
                zorder=80,
                **font(label),
            )
            above += label.value("FontSize") * 1.6 * len(layout.lines_of(words))

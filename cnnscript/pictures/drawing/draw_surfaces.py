"""Axes in three dimensions: surfaces and meshes."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_beside import draw_colorbar, draw_legend
from cnnscript.pictures.drawing.draw_lines import points, shade
from cnnscript.pictures.drawing.draw_plots import draw_patch, patch_fills
from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.graphics import beside, layout, plots
from cnnscript.pictures.graphics.axes import Axes

FLAT_VIEW = (0.0, 90.0)


def in_space(axes: Axes) -> bool:
    """Does the axes hold nothing but patches, some with heights, and is it not seen straight from above?"""
    patches = axes.drawn()
    return (
        tuple(axes.value("View")) != FLAT_VIEW
        and all(isinstance(child, plots.Patch) for child in patches)
        and any(np.size(child.get("ZData")) for child in patches)
    )


def draw_3d(page: Any, axes: Axes, width: int, height: int) -> None:
    """An axes that holds surfaces; seen straight from above it is drawn flat."""
    box = layout.axes_box(axes)
    rectangle = (box.left / width, box.bottom / height, box.width / width, box.height / height)
    surfaces = [child for child in axes.drawn() if isinstance(child, plots.Surface)]
    flat = tuple(axes.value("View")) == FLAT_VIEW
    place = page.add_axes(rectangle) if flat else page.add_axes(rectangle, projection="3d")
    for node in surfaces:
        if flat:
            draw_flat(place, node, axes)
        else:
            draw_surface(place, node, axes)
    for order, node in enumerate(axes.drawn()):
        if isinstance(node, plots.Patch) and node.value("Visible"):
            if flat:
                draw_patch(place, node, axes, 3 + order * 0.01)
            else:
                draw_polygons(place, node, axes)
    if flat:
        place.set_xlim(*axes.get("XLim"))
        place.set_ylim(*axes.get("YLim"))
        if axes.value("YDir") == "reverse":
            place.set_ylim(*axes.get("YLim")[::-1])
    else:
        turn, rise = axes.value("View")
        place.view_init(elev=rise, azim=turn - 90)
        for axis in (place.xaxis, place.yaxis, place.zaxis):
            axis.set_pane_color(axes.value("Color") if axes.value("Color") != "none" else (1.0, 1.0, 1.0, 0.0))
        for letter in "XYZ":
            getattr(place, f"set_{letter.lower()}lim")(*axes.get(f"{letter}Lim"))
    for name in ("Title", "XLabel", "YLabel", "ZLabel"):
        if axes.words_of(name) and hasattr(place, "set_" + name.lower()):
            label = axes.labels[name]
            getattr(place, "set_" + name.lower())(
                line_text(axes.words_of(name), label.value("Interpreter")), **font(label)
            )
    if not axes.value("Visible"):
        place.set_axis_off()
    for child in axes.children:
        if isinstance(child, beside.ColorBar) and child.value("Visible"):
            draw_colorbar(page, child, width, height)
        elif isinstance(child, beside.Legend) and child.value("Visible"):
            draw_legend(page, child, width, height)


def draw_polygons(place: Any, node: plots.Patch, axes: Axes) -> None:
    from mpl_toolkits.mplot3d.art3d import Poly3DCollection

    edge = node.value("EdgeColor")
    place.add_collection3d(
        Poly3DCollection(
            node.polygons(),
            facecolors=patch_fills(node, axes),
            edgecolors="none" if edge in ("flat", "interp") else edge,
            linewidths=points(node.value("LineWidth")),
        )
    )


def grid(node: plots.Surface) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X, Y and Z of every grid point (rows × columns)."""
    z = np.asarray(node.get("ZData"), float)
    x, y = np.asarray(node.get("XData"), float), np.asarray(node.get("YData"), float)
    x = x if x.shape == z.shape else np.broadcast_to(x.ravel() if x.size else np.arange(1.0, z.shape[1] + 1), z.shape)
    y = (
        y
        if y.shape == z.shape
        else np.broadcast_to((y.ravel() if y.size else np.arange(1.0, z.shape[0] + 1))[:, None], z.shape)
    )
    return x, y, z


def line_colour(node: plots.Surface) -> Any:
    edge = node.value("EdgeColor")
    return "none" if edge in ("flat", "interp") else edge


def draw_flat(place: Any, node: plots.Surface, axes: Axes) -> None:
    x, y, _ = grid(node)
    levels = node.get("CData")[:-1, :-1]
    mesh = place.pcolormesh(
        x, y, np.zeros_like(levels), edgecolors=line_colour(node), linewidth=points(node.value("LineWidth"))
    )
    mesh.set_array(None)
    mesh.set_facecolor(shade(levels, axes).reshape(-1, 3))


def draw_surface(place: Any, node: plots.Surface, axes: Axes) -> None:
    x, y, z = grid(node)
    faces = shade(node.get("CData"), axes)
    if node.value("FaceColor") == "none" or node.value("FaceColor") == (1.0, 1.0, 1.0):
        place.plot_wireframe(x, y, z, color=(0.0, 0.4470, 0.7410), linewidth=0.6)
        return
    place.plot_surface(
        x,
        y,
        z,
        facecolors=np.clip(faces, 0, 1),
        edgecolor=line_colour(node),
        linewidth=points(node.value("LineWidth")) * 0.6,
        rstride=1,
        cstride=1,
        shade=False,
        alpha=node.value("FaceAlpha") if node.value("FaceAlpha") < 1 else None,
    )

"""Surfaces' normals, and what they throw back of light: surfnorm, surfl, diffuse, specular."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.figures.plot_surfaces import new_surface
from cnnscript.builtins.figures.space_arguments import (
    Grid,
    real_array,
    set_all,
    sizes_differ,
    solid_axes,
    split_call,
    too_few,
)
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.graphics import plots, surfaces
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none


def normals_of(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Unit normals at the points of a grid: rows × columns × 3, edges continued by parabolas."""
    grid = np.stack([x, y, z], axis=-1)
    if min(z.shape) < 3:
        down, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    else:
        wide = np.concatenate(
            [3 * grid[:1] - 3 * grid[1:2] + grid[2:3], grid, 3 * grid[-1:] - 3 * grid[-2:-1] + grid[-3:-2]]
        )
        down = (wide[2:] - wide[:-2]) / 2
        wide = np.concatenate(
            [
                3 * grid[:, :1] - 3 * grid[:, 1:2] + grid[:, 2:3],
                grid,
                3 * grid[:, -1:] - 3 * grid[:, -2:-1] + grid[:, -3:-2],
            ],
            axis=1,
        )
        across = (wide[:, 2:] - wide[:, :-2]) / 2
    made = np.cross(across, down)
    length = np.linalg.norm(made, axis=-1, keepdims=True)
    return made / np.where(length == 0, np.finfo(float).eps, length)


@builtin(outputs=3)
def surfnorm(session, nargout, /, *args):
    """
    surfnorm(Z)
    surfnorm(X, Y, Z)
    surfnorm(..., Name=Value)
    [Nx, Ny, Nz] = surfnorm(...)

    The normals of a surface, of length 1; without outputs the surface and its normals are shown.

    Examples
      >> [Nx, Ny, Nz] = surfnorm(zeros(3)); [Nx(1) Ny(1) Nz(1)]
      ans =
           0     0     1
      >> surfnorm(peaks(5))
      figure 1: surface 5x5, line 75 points

    See also surf, surfl.
    """
    axes, values, given = split_call(args, "surfnorm")
    grid = Grid(values, "surfnorm")
    x, y = grid.full()
    made = normals_of(x, y, grid.z)
    if nargout:
        return tuple(norm(np.asfortranarray(made[..., k] + 0.0)) for k in range(3))
    axes = solid_axes(session, axes)
    set_pairs(new_surface(axes, grid), given)
    begin = np.stack([x, y, grid.z], axis=-1).reshape(-1, 3)
    span = np.ptp(begin, axis=0)
    tips = begin + made.reshape(-1, 3) * span.max() / max(grid.z.shape)
    ends = np.stack([begin, tips, np.full_like(begin, np.nan)], axis=1).reshape(-1, 3)
    plots.Line(axes, XData=ends[:, 0], YData=ends[:, 1], ZData=ends[:, 2], Color=(1.0, 0.0, 0.0))
    axes.touch()
    return None


def direction(value: Any, function: str) -> np.ndarray:
    """A unit direction from [x y z], or from [azimuth elevation] in degrees."""
    given = np.array(take.numbers(value, function, "the direction", (2, 3)))
    if given.size == 2:
        turn, rise = np.deg2rad(given)
        given = np.array((np.cos(rise) * np.sin(turn), -np.cos(rise) * np.cos(turn), np.sin(rise)))
    length = np.linalg.norm(given)
    return given / length if length else given


def read_normals(values: tuple, function: str) -> np.ndarray:
    """The parts of normals, of the same size, as … ×3."""
    parts = [real_array(each, function, "the normals") for each in values]
    if len({part.shape for part in parts}) > 1:
        raise sizes_differ()
    return np.stack(parts, axis=-1)


def gleam(normals: np.ndarray, source: np.ndarray, view: np.ndarray, spread: float = 10.0) -> np.ndarray:
    """What a shiny surface throws back from a source to the viewer, 0 to 1."""
    slope = normals @ source
    mirrored = np.clip((2 * slope[..., None] * normals - source) @ view, 0, None)
    return np.where(slope > 0, mirrored**spread, 0.0)


@builtin
def diffuse(nx, ny, nz, s, /):
    """
    R = diffuse(Nx, Ny, Nz, S)

    What a dull surface with normals (Nx, Ny, Nz) throws back of light from S, a direction or [azimuth elevation].

    Examples
      >> R = diffuse(0, 0, 1, [0 0 2])
      R =
           1

    See also specular, surfl, surfnorm.
    """
    parts = read_normals((nx, ny, nz), "diffuse")
    return norm(np.clip(parts @ direction(s, "diffuse"), 0, None))


@builtin
def specular(nx, ny, nz, s, v, spread=10.0, /):
    """
    R = specular(Nx, Ny, Nz, S, V)
    R = specular(Nx, Ny, Nz, S, V, spread)

    What a shiny surface with normals (Nx, Ny, Nz) throws back of light from S to a viewer at V.

    Examples
      >> R = specular(0, 0, 1, [0 0 1], [0 0 1])
      R =
           1

    See also diffuse, surfl, surfnorm.
    """
    parts = read_normals((nx, ny, nz), "specular")
    found = gleam(parts, direction(s, "specular"), direction(v, "specular"), take.number(spread, "specular", "spread"))
    return norm(found)


@builtin(outputs=1)
def surfl(session, nargout, /, *args):
    """
    surfl(Z)
    surfl(X, Y, Z)
    surfl(..., 'light')
    surfl(..., 'cdata')
    surfl(..., s)
    surfl(X, Y, Z, s, k)
    h = surfl(...)

    A surface whose colours are those of a light shining on it.

    s is the light's direction, [x y z] or [azimuth elevation], by default 45 degrees beside the view. k holds the
    strengths of ambient, diffuse and specular light and the spread of the last ([.55 .6 .4 10]). 'light' makes a
    light object instead; h then holds the surface and the light.

    Examples
      >> surfl(peaks(20)); shading interp; colormap gray
      figure 1: surface 20x20

    See also surf, light, shading, surfnorm.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    words = [word for value in values if (word := text_or_none(value)) is not None]
    method = words[0].lower() if words else "cdata"
    cut = first_option(rest, 0)
    given = pairs(rest[cut + 1 :] if method in ("light", "cdata") and words else rest[cut:], "surfl")
    if words and method not in ("light", "cdata"):
        method = "cdata"
    axes, given = parent_of(given, axes)
    values = values[:cut]
    if not values:
        raise too_few("surfl", "X, Y, Z")
    many = 3 if len(values) >= 3 and real_array(values[2], "surfl", "Z").size > 4 else 1
    grid = Grid(values[:many], "surfl")
    source = values[many] if len(values) > many else None
    strengths = (
        take.numbers(values[many + 1], "surfl", "k", 4) if len(values) > many + 1 else [0.55, 0.6, 0.4, 10.0]
    )
    axes = solid_axes(session, axes)
    made = new_surface(axes, grid)
    turn, rise = axes.get("View")
    view_from = np.array((turn, rise))
    toward = direction(view_from if source is None else source, "surfl")
    if source is None:
        toward = direction(np.array((turn + 45, rise)), "surfl")
    every: list[Any] = [made]
    if method == "light":
        set_all(made, {"FaceColor": "interp", "EdgeColor": "none", "FaceLighting": "gouraud"})
        set_all(made, {"AmbientStrength": min(strengths[0], 1.0), "DiffuseStrength": min(strengths[1], 1.0)})
        set_all(made, {"SpecularStrength": min(strengths[2], 1.0), "SpecularExponent": strengths[3]})
        every.append(surfaces.Light(axes, Position=toward))
    else:
        x, y = grid.full()
        normals = normals_of(x, y, grid.z)
        shade = strengths[0] + strengths[1] * np.clip(normals @ toward, 0, None)
        shade = shade + strengths[2] * gleam(normals, toward, direction(view_from, "surfl"), strengths[3])
        made.set("CData", shade / sum(strengths[:3]))
    set_pairs(made, given)
    axes.touch()
    return (wrap_list(every) if len(every) > 1 else wrap(made)) if nargout else None

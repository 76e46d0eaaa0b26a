"""Solids to try pictures on: sphere, cylinder, ellipsoid."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first
from cnnscript.builtins.figures.plot_surfaces import surface_plot
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.numeric import norm


def ball(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, y and z of a sphere of radius 1 with count × count faces."""
    theta = np.arange(-count, count + 1, 2) / count * np.pi
    phi = (theta / 2)[:, None]
    near, across = np.cos(phi), np.sin(theta)
    near[[0, -1]], across[[0, -1]] = 0, 0
    return near * np.cos(theta), near * across, np.sin(phi) * np.ones(count + 1)


def give(session: Any, nargout: int, axes: Axes | None, solid: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Any:
    """The coordinates, or the surface shown where nobody asks for them."""
    solid = tuple(np.asfortranarray(part) for part in solid)
    if nargout:
        return tuple(norm(part) for part in solid)
    from cnnscript.builtins.language.handles import wrap

    surface_plot(session, 0, (*((wrap(axes),) if axes is not None else ()), *solid), "surf")
    return None


def face_count(value: Any, function: str) -> int:
    return max(1, int(take.number(value, function, "n")))


@builtin(outputs=3)
def sphere(session, nargout, /, *args):
    """
    sphere
    sphere(n)
    sphere(ax, ...)
    [X, Y, Z] = sphere
    [X, Y, Z] = sphere(n)

    A sphere of radius 1 with n-by-n faces (20); without outputs it is shown.

    Examples
      >> [X, Y, Z] = sphere(2); Z
      Z =
          -1    -1    -1
           0     0     0
           1     1     1
      >> sphere
      figure 1: surface 21x21

    See also cylinder, ellipsoid, surf.
    """
    axes, rest = axes_first(args)
    return give(session, nargout, axes, ball(face_count(rest[0], "sphere") if rest else 20))


@builtin(outputs=3)
def cylinder(session, nargout, /, *args):
    """
    cylinder
    cylinder(r)
    cylinder(r, n)
    cylinder(ax, ...)
    [X, Y, Z] = cylinder(...)

    A solid about the z-axis with the radii r from height 0 to 1 and n faces around (20); without outputs it is shown.

    Examples
      >> [X, Y, Z] = cylinder([1 2], 4); X
      X =
          1.0000    0.0000   -1.0000   -0.0000    1.0000
          2.0000    0.0000   -2.0000   -0.0000    2.0000

    See also sphere, ellipsoid, surf.
    """
    axes, rest = axes_first(args)
    radii = np.array(take.numbers(rest[0], "cylinder", "r")) if rest else np.ones(2)
    count = face_count(rest[1], "cylinder") if len(rest) > 1 else 20
    radii = np.repeat(radii, 2) if radii.size == 1 else radii
    if radii.size < 2:
        raise ScriptError("MATLAB:cylinder:r", "The radii must be a vector of numbers.")
    theta = np.arange(count + 1) / count * 2 * np.pi
    sine = np.sin(theta)
    sine[-1] = 0
    heights = np.arange(radii.size)[:, None] / (radii.size - 1) * np.ones(count + 1)
    return give(session, nargout, axes, (radii[:, None] * np.cos(theta), radii[:, None] * sine, heights))


@builtin(outputs=3)
def ellipsoid(session, nargout, /, *args):
    """
    ellipsoid(xc, yc, zc, xr, yr, zr)
    ellipsoid(xc, yc, zc, xr, yr, zr, n)
    ellipsoid(ax, ...)
    [X, Y, Z] = ellipsoid(...)

    An ellipsoid about a point with radii along the axes and n-by-n faces (20); without outputs it is shown.

    Examples
      >> [X, Y, Z] = ellipsoid(1, 2, 3, 1, 1, 5, 2); Z(:, 1)'
      ans =
          -2     3     8

    See also sphere, cylinder, surf.
    """
    axes, rest = axes_first(args)
    if len(rest) < 6:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("ellipsoid(xc, yc, zc, xr, yr, zr)",))
    numbers = [take.number(value, "ellipsoid", "the argument") for value in rest[:6]]
    x, y, z = ball(face_count(rest[6], "ellipsoid") if len(rest) > 6 else 20)
    middle, radii = numbers[:3], numbers[3:]
    return give(
        session, nargout, axes,
        tuple(part * radius + at for part, radius, at in zip((x, y, z), radii, middle, strict=True)),
    )  # fmt: skip

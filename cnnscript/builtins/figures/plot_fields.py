"""Arrows of fields: quiver, quiver3."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec
from cnnscript.builtins.figures.space_arguments import real_array, set_all, sizes_differ, solid_axes, too_few
from cnnscript.builtins.language.handles import wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import fields, showing
from cnnscript.values.text import text_or_none


def read_arrows(args: tuple, function: str) -> tuple[Any, list[np.ndarray], dict[str, Any], list[tuple[str, Any]]]:
    """The axes, the arrays, and the properties (from scale, line spec and 'filled'; given by name) of a call."""
    axes, rest = axes_first(args)
    values, arrays = list(rest), []
    properties: dict[str, Any] = {}
    while values:
        word = text_or_none(values[0])
        if word is not None:
            if word.lower() == "off" and arrays and "AutoScale" not in properties:
                properties["AutoScale"] = False
                values.pop(0)
                continue
            break
        arrays.append(real_array(values.pop(0), function, "the coordinates"))
    filled = False
    while values and (word := text_or_none(values[0])) is not None:
        spec = read_line_spec(word)
        if word.lower() == "filled":
            filled = True
        elif spec is not None:
            if "Marker" in spec:
                # A marker stands where the arrow begins, and there is no head then.
                spec["ShowArrowHead"] = False
                spec.pop("LineStyle", None) if spec.get("LineStyle") == "none" else None
            properties |= spec
        else:
            break
        values.pop(0)
    if filled:
        properties["MarkerFaceColor"] = "auto"
    axes, given = parent_of(pairs(tuple(values), function), axes)
    tried(fields.Quiver, given)
    return axes, arrays, properties, given


def take_scale(arrays: list[np.ndarray], counts: tuple[int, ...], properties: dict[str, Any]) -> None:
    """A number after the arrays says how long the arrows are; 0 leaves them as they are."""
    if len(arrays) in counts and arrays[-1].size == 1 and len(arrays) - 1 not in (1,):
        factor = float(arrays.pop().ravel()[0])
        properties |= {"AutoScale": False} if factor == 0 else {"AutoScale": True, "AutoScaleFactor": abs(factor)}


def fit_places(places: list[np.ndarray], shape: tuple[int, ...], function: str) -> list[np.ndarray]:
    """X and Y as large as the directions; vectors stand for columns and rows."""
    x, y = places[:2]
    if x.shape == shape and y.shape == shape or x.size == y.size == int(np.prod(shape)):
        return places
    if min(x.shape) == 1 and min(y.shape) == 1 and shape == (y.size, x.size):
        return [*np.meshgrid(x.ravel(), y.ravel()), *places[2:]]
    raise ScriptError(
        f"MATLAB:{function}:SizeMismatch",
        "The size of X must match the size of U or the number of columns of U."
        if x.size != shape[-1]
        else "The size of Y must match the size of U or the number of rows of U.",
    )


@builtin(outputs=1)
def quiver(session, nargout, /, *args):
    """
    quiver(U, V)
    quiver(X, Y, U, V)
    quiver(..., scale)
    quiver(..., spec)
    quiver(..., 'filled')
    quiver(ax, ...)
    quiver(..., Name=Value)
    q = quiver(...)

    Arrows along (U, V) at the points (X, Y).

    Arrows are made as long as they can be without overlapping, times scale (0.9 by default); 0 or 'off' draws them at
    their own length.

    Examples
      >> [X, Y] = meshgrid(1:3); q = quiver(X, Y, Y, -X, 'off'); q.AutoScale
      ans =
          'off'
      figure 1: quiver 9 arrows

    See also quiver3, contour, gradient.
    """
    axes, arrays, properties, given = read_arrows(args, "quiver")
    take_scale(arrays, (3, 5), properties)
    if len(arrays) not in (2, 4):
        raise too_few("quiver", "X, Y, U, V")
    u, v = arrays[-2:]
    if u.shape != v.shape and u.size != v.size:
        raise ScriptError("MATLAB:quiver:UVSizeMismatch", "U and V must be the same size.")
    places = fit_places(arrays[:2], u.shape, "quiver") if len(arrays) == 4 else []
    axes = session.desk.newplot(axes)
    if not axes.drawn() and axes.value("NextPlot") != "add":
        axes.values["Box"] = True
    made = fields.Quiver(axes, UData=u, VData=v)
    if places:
        set_all(made, {"XData": places[0], "YData": places[1]})
    finish(axes, made, properties, given)
    return wrap(made) if nargout else None


def finish(axes: Any, made: fields.Quiver, properties: dict[str, Any], given: list[tuple[str, Any]]) -> None:
    if "Color" not in properties:
        made.set("Color", showing.next_colour(axes))
    set_all(made, properties)
    set_pairs(made, given)
    axes.touch()


@builtin(outputs=1)
def quiver3(session, nargout, /, *args):
    """
    quiver3(Z, U, V, W)
    quiver3(X, Y, Z, U, V, W)
    quiver3(..., scale)
    quiver3(..., spec)
    quiver3(ax, ...)
    quiver3(..., Name=Value)
    q = quiver3(...)

    Arrows along (U, V, W) at points in space.

    Examples
      >> q = quiver3(0, 0, 0, 1, 2, 3, 'off'); q.WData
      ans =
           3
      figure 1: quiver 1 arrows

    See also quiver, surfnorm, plot3.
    """
    axes, arrays, properties, given = read_arrows(args, "quiver3")
    if len(arrays) in (5, 7) and arrays[-1].size == 1:
        take_scale(arrays, (5, 7), properties)
    if len(arrays) not in (4, 6):
        raise too_few("quiver3", "X, Y, Z, U, V, W")
    u, v, w = arrays[-3:]
    z = arrays[-4]
    if len({part.size for part in (u, v, w)}) > 1:
        raise sizes_differ()
    if z.size != u.size:
        raise ScriptError("MATLAB:quiver3:XYZMismatch", "X,Y,Z and U,V,W must be the same size.")
    if len(arrays) == 4:
        rows, columns = (u.shape + (1,))[:2]
        places = list(np.meshgrid(np.arange(1.0, columns + 1), np.arange(1.0, rows + 1)))
    else:
        places = fit_places(arrays[:2], u.shape, "quiver3")
    axes = solid_axes(session, axes)
    made = fields.Quiver(axes, UData=u, VData=v)
    set_all(made, {"XData": places[0], "YData": places[1], "ZData": z, "WData": w})
    finish(axes, made, properties, given)
    return wrap(made) if nargout else None

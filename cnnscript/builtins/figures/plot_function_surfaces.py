"""Surfaces, contours and curves in space of functions: fsurf, fmesh, fcontour, fplot3, ezsurf and their kin."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_functions import asked, expression, interval, is_function, is_range
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec, spec_refused
from cnnscript.builtins.figures.plot_surfaces import mesh_look
from cnnscript.builtins.figures.space_arguments import set_all, solid_axes, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import fields, plots, showing, surfaces
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.numeric import as_array
from cnnscript.values.text import text_or_none

RANGE = [-5.0, 5.0]


def is_asked(value: Any) -> bool:
    """A function, or a constant that stands for one."""
    if is_function(value):
        return True
    array = as_array(value) if text_or_none(value) is None and not hasattr(value, "class_name") else None
    return array is not None and array.dtype.kind in "fiub" and array.size == 1


def reckon(session: Any, function: Any, name: str, *parts: np.ndarray) -> np.ndarray:
    if not is_function(function):
        return np.full(parts[0].shape, float(np.ravel(as_array(function))[0]))
    return asked(session, function, name)(*parts)


def read_functions(
    args: tuple, name: str, counts: tuple[int, ...], kind: type
) -> tuple[Axes | None, list[Any], list[float], dict[str, Any], list[tuple[str, Any]]]:
    """The axes, functions, range (two numbers for each variable), line spec and properties of a call."""
    axes, rest = axes_first(args)
    values = list(rest)
    functions = []
    while values and len(functions) < max(counts) and is_asked(values[0]):
        functions.append(values.pop(0))
    if len(functions) not in counts:
        if not functions and values:
            raise ScriptError(f"MATLAB:{name}:InvalidFunction", "Input must be a function of two variables.")
        raise too_few(name, "f")
    bounds = [*RANGE]
    if values and text_or_none(values[0]) is None:
        bounds = interval(values.pop(0), name, (2,) if name == "fplot3" else (2, 4))
    spec: dict[str, Any] = {}
    if values and (read := read_line_spec(text_or_none(values[0]) or "?")) is not None:
        spec = read
        values.pop(0)
    elif len(values) % 2:
        raise spec_refused(text_or_none(values[0]) or "")
    axes, given = parent_of(pairs(tuple(values), name), axes)
    tried(kind, given)
    return axes, functions, bounds, spec, given


def option(given: list[tuple[str, Any]], kind: type, name: str, default: float) -> float:
    """A number among the properties that is needed before the object is made."""
    for word, value in given:
        if kind.find_name(word) == name:
            return take.number(value, name, name)
    return default


def function_surface(session: Any, nargout: int, args: tuple, name: str) -> Any:
    kind = surfaces.FunctionSurface
    axes, functions, bounds, spec, given = read_functions(args, name, (1, 3), kind)
    bounds = bounds * 2 if len(bounds) == 2 else bounds
    count = int(option(given, kind, "MeshDensity", 35))
    u, v = np.meshgrid(np.linspace(*bounds[:2], count), np.linspace(*bounds[2:], count))
    parts = [reckon(session, function, name, u, v) for function in functions]
    x, y, z = (u, v, parts[0]) if len(parts) == 1 else parts
    axes = solid_axes(session, axes)
    made = kind(axes, XData=x, YData=y, ZData=z)
    if len(parts) == 1:
        made.values |= {"Function": functions[0], "XRange": np.array(bounds[:2]), "YRange": np.array(bounds[2:])}
        if axes.value("NextPlot") != "add":
            axes.values |= {"XLimitMethod": "tight", "YLimitMethod": "tight"}
    else:
        names = ("XFunction", "YFunction", "ZFunction")
        made.values |= dict(zip(names, functions, strict=True))
        made.values |= {"URange": np.array(bounds[:2]), "VRange": np.array(bounds[2:])}
    if name == "fmesh":
        set_all(made, mesh_look(axes))
        made.set("FaceColor", "none")
    set_all(made, {{"Color": "EdgeColor"}.get(key, key): value for key, value in spec.items()})
    set_pairs(made, given)
    if made.value("ShowContours"):
        fields.Contour(axes, XData=x, YData=y, ZData=z, ZLocation="zmin", HandleVisibility="off")
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def fsurf(session, nargout, /, *args):
    """
    fsurf(f)
    fsurf(f, [min max])
    fsurf(f, [xmin xmax ymin ymax])
    fsurf(funx, funy, funz)
    fsurf(funx, funy, funz, uvinterval)
    fsurf(..., spec)
    fsurf(..., Name=Value)
    fsurf(ax, ...)
    fs = fsurf(...)

    The surface of a function of x and y, from -5 to 5 along both, or of three functions of two parameters.

    MeshDensity says at how many points along each it is asked (35), ShowContours adds its contours on the floor.

    Examples
      >> fs = fsurf(@(x, y) sin(x) + cos(y), [0 6], MeshDensity=20); size(fs.ZData)
      ans =
          20    20
      figure 1: functionsurface

    See also fmesh, fcontour, surf, ezsurf.
    """
    return function_surface(session, nargout, args, "fsurf")


@builtin(outputs=1)
def fmesh(session, nargout, /, *args):
    """
    fmesh(f)
    fmesh(f, [min max])
    fmesh(f, [xmin xmax ymin ymax])
    fmesh(funx, funy, funz)
    fmesh(..., Name=Value)
    fs = fmesh(...)

    The surface of a function as lines; otherwise as fsurf.

    Examples
      >> fmesh(@(x, y) x.*y)
      figure 1: functionsurface

    See also fsurf, mesh, ezmesh.
    """
    return function_surface(session, nargout, args, "fmesh")


@builtin(outputs=1)
def fcontour(session, nargout, /, *args):
    """
    fcontour(f)
    fcontour(f, [min max])
    fcontour(f, [xmin xmax ymin ymax])
    fcontour(..., spec)
    fcontour(..., Name=Value)
    fcontour(ax, ...)
    fc = fcontour(...)

    Lines of equal height of a function of x and y, from -5 to 5 along both; Fill colours the bands between them.

    Examples
      >> fc = fcontour(@(x, y) x.^2 - y.^2, [-2 2], LevelList=[-1 0 1]); fc.XRange
      ans =
          -2     2
      figure 1: functioncontour

    See also contour, fsurf, ezcontour.
    """
    kind = fields.FunctionContour
    axes, functions, bounds, spec, given = read_functions(args, "fcontour", (1,), kind)
    bounds = bounds * 2 if len(bounds) == 2 else bounds
    count = int(option(given, kind, "MeshDensity", 71))
    x, y = np.linspace(*bounds[:2], count), np.linspace(*bounds[2:], count)
    z = reckon(session, functions[0], "fcontour", *np.meshgrid(x, y))
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values |= {"Box": True, "XLimitMethod": "tight", "YLimitMethod": "tight", "Layer": "top"}
    made = kind(axes, XData=x, YData=y, ZData=z)
    made.values |= {"Function": functions[0], "XRange": np.array(bounds[:2]), "YRange": np.array(bounds[2:])}
    set_all(made, {{"Color": "LineColor"}.get(key, key): value for key, value in spec.items() if key != "Marker"})
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def fplot3(session, nargout, /, *args):
    """
    fplot3(funx, funy, funz)
    fplot3(funx, funy, funz, [tmin tmax])
    fplot3(..., spec)
    fplot3(..., Name=Value)
    fplot3(ax, ...)
    fp = fplot3(...)

    The path in space that three functions of a parameter describe, from -5 to 5.

    Examples
      >> fp = fplot3(@(t) sin(t), @(t) cos(t), @(t) t, [0 6], 'r'); fp.ZData(end)
      ans =
           6
      figure 1: line 500 points

    See also plot3, fplot, ezplot3.
    """
    axes, functions, bounds, spec, given = read_functions(args, "fplot3", (3,), plots.Line)
    t = np.linspace(*bounds, 500)
    parts = [reckon(session, function, "fplot3", t) for function in functions]
    axes = solid_axes(session, axes)
    made = plots.Line(axes, **dict(zip(("XData", "YData", "ZData"), parts, strict=True)))
    showing.follow(axes, made, coloured="Color" not in spec)
    set_all(made, spec)
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


# ------------------------------------------------------------------------------------------------------------------- ez
FINE = 60  # points along a side


def ez_surface(session: Any, nargout: int, args: tuple, name: str) -> Any:
    """ezsurf, ezmesh, ezcontour and their kin: [axes,] f or x, y, z [, domain] [, n] [, 'circ']."""
    axes, rest = axes_first(args)
    values = list(rest)
    circle = bool(values) and text_or_none(values[-1]) == "circ"
    if circle:
        values.pop()
    count, bounds = FINE, [-2 * np.pi, 2 * np.pi]
    while len(values) > 1 and is_range(values[-1]):
        last = np.ravel(as_array(values[-1]))
        if last.size == 1:
            count = max(2, int(take.number(values.pop(), name, "n")))
        else:
            bounds = interval(values.pop(), name, (2, 4))
    if len(values) not in (1, 3) or "contour" in name and len(values) == 3:
        raise too_few(name, "f") if not values else ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    bounds = bounds * 2 if len(bounds) == 2 else bounds
    u, v = np.meshgrid(np.linspace(*bounds[:2], count), np.linspace(*bounds[2:], count))
    if circle:
        turn, radius = np.meshgrid(np.linspace(0, 2 * np.pi, count), np.linspace(0, 1, count))
        half = np.ptp(bounds[:2]) / 2 * np.sqrt(2), np.ptp(bounds[2:]) / 2 * np.sqrt(2)
        u = np.mean(bounds[:2]) + half[0] * radius * np.cos(turn)
        v = np.mean(bounds[2:]) + half[1] * radius * np.sin(turn)
    read = [expression(session, value) for value in values]
    names = sorted({word for _, found, _ in read for word in found})[:2]
    names = names if len(names) == 2 else sorted({*names, *("x", "y")[: 2 - len(names)]})[:2]
    parts = []
    for (function, found, _), value in zip(read, values, strict=True):
        own = [u if word == names[0] else v for word in found]
        if is_function(value) or not found and "(" in read[0][2]:
            own = [u, v]
        parts.append(asked(session, function, name)(*(own or [u])))
    x, y, z = (u, v, parts[0]) if len(parts) == 1 else parts
    if "contour" in name:
        axes = session.desk.newplot(axes)
        axes.values |= {"Box": True, "XLimitMethod": "tight", "YLimitMethod": "tight", "Layer": "top"}
        made: Any = fields.Contour(axes, XData=x, YData=y, ZData=z, Fill=name.endswith("f"))
    else:
        axes = solid_axes(session, axes)
        made = surfaces.Surface(axes, XData=x, YData=y, ZData=z)
        if "mesh" in name:
            set_all(made, mesh_look(axes))
        if name.endswith("c"):
            fields.Contour(axes, XData=x, YData=y, ZData=z, ZLocation="zmin")
        if len(parts) == 1:
            axes.values |= {"XLimitMethod": "tight", "YLimitMethod": "tight"}
    titles = read[0][2]
    if len(read) == 3:
        titles = ", ".join(f"{letter} = {text}" for letter, (_, _, text) in zip("xyz", read, strict=True))
    labels = [*(names if len(read) == 1 else ("x", "y")), "z" if len(read) == 3 else ""]
    for word, words in zip(("XLabel", "YLabel", "ZLabel", "Title"), (*labels, titles), strict=True):
        if words:
            axes.label(word).values["String"] = words
    axes.label("Title").values["FontWeight"] = "normal"
    axes.touch()
    return wrap(made) if nargout else None


EZ = {
    "ezsurf": ("A surface", "surface 60x60", "fsurf, surf"),
    "ezsurfc": ("A surface and its contours", "surface 60x60, contour 60x60", "surfc, ezsurf"),
    "ezmesh": ("A surface as lines", "surface 60x60", "fmesh, mesh"),
    "ezmeshc": ("A surface as lines and its contours", "surface 60x60, contour 60x60", "meshc, ezmesh"),
    "ezcontour": ("Lines of equal height", "contour 60x60", "fcontour, contour"),
    "ezcontourf": ("Bands between lines of equal height", "contour 60x60", "contourf, ezcontour"),
}


def declare_ez() -> None:
    """Declare ezsurf ... ezcontourf, which differ in what they draw."""
    for name, (what, words, kin) in EZ.items():
        declare_one(name, f"""
            {name}(f)
            {name}(f, [min max])
            {name}(f, [xmin xmax ymin ymax])
            {name}(..., n)
            {name}(ax, ...)
            h = {name}(...)

            {what} of a function of two variables, a handle or an expression in text, from -2*pi to 2*pi along both.

            The expression is the title. n says at how many points along each variable it is asked (60).

            Examples
              >> {name}('x*exp(-x^2 - y^2)', [-2 2])
              figure 1: {words}, title 'x*exp(-x^2 - y^2)', xlabel 'x', ylabel 'y'

            See also {kin}.
            """)  # fmt: skip


def declare_one(name: str, text: str) -> None:
    def function(session, nargout, /, *args):
        return ez_surface(session, nargout, args, name)

    function.__doc__ = text
    builtin(function, name=name, outputs=1)


declare_ez()


@builtin(outputs=1)
def ezplot3(session, nargout, /, *args):
    """
    ezplot3(x, y, z)
    ezplot3(x, y, z, [tmin tmax])
    ezplot3(..., 'animate')
    ezplot3(ax, ...)
    h = ezplot3(...)

    The path in space that three functions of t describe, handles or expressions in text, from 0 to 2*pi.

    Examples
      >> ezplot3('sin(t)', 'cos(t)', 't')
      figure 1: line 300 points, title 'x = sin(t), y = cos(t), z = t', xlabel 'x', ylabel 'y', zlabel 'z'

    See also fplot3, plot3.
    """
    axes, rest = axes_first(args)
    values = [value for value in rest if text_or_none(value) != "animate"]
    bounds = interval(values.pop(), "ezplot3") if len(values) == 4 else [0.0, 2 * np.pi]
    if len(values) != 3:
        raise too_few("ezplot3", "x, y, z")
    read = [expression(session, value) for value in values]
    t = np.linspace(*bounds, 300)
    parts = [asked(session, function, "ezplot3")(t) for function, _, _ in read]
    axes = solid_axes(session, axes)
    made = plots.Line(axes, **dict(zip(("XData", "YData", "ZData"), parts, strict=True)))
    showing.follow(axes, made)
    title = ", ".join(f"{name} = {text}" for name, (_, _, text) in zip("xyz", read, strict=True))
    for word, words in (("XLabel", "x"), ("YLabel", "y"), ("ZLabel", "z"), ("Title", title)):
        axes.label(word).values["String"] = words
    axes.label("Title").values["FontWeight"] = "normal"
    axes.touch()
    return wrap(made) if nargout else None

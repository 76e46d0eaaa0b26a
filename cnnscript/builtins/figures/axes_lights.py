"""Light on surfaces, how they shine, how their colours run, and how clear they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.figures.space_arguments import real_array, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, surfaces
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.camera import Camera
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.primitives import Image
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.text import text_or_none

SOLID = (surfaces.Surface, plots.Patch)


def objects_first(session: Any, args: tuple, kinds: tuple[type, ...]) -> tuple[list[Graphic], Axes, tuple]:
    """The objects of some kinds that a call is about, the axes they are in, and the other arguments: those given, those
    in the axes given, or those in the current axes."""
    if args and isinstance(args[0], (Handle, HandleArray)):
        given = graphics_of(args[0])
        found = [node for each in given for node in each.walk() if isinstance(node, kinds)]
        axes = next((each.up("axes") for each in given if each.up("axes") is not None), None)
        return found, axes or session.desk.current_axes(), args[1:]
    axes, rest = axes_first(args)
    axes = axes or session.desk.current_axes()
    return [node for node in axes.walk() if isinstance(node, kinds)], axes, rest


def is_mesh(node: Graphic, axes: Axes) -> bool:
    """Whether an object is lines before faces of the background's colour."""
    return node.value("FaceColor") in (axes.value("Color"), "none") and node.value("EdgeColor") != "none"


def is_plain(node: Graphic) -> bool:
    """Whether a patch has no colour data that its faces could show."""
    return isinstance(node, plots.Patch) and all(node.value(name) is None for name in ("FaceVertexCData", "CData"))


# --------------------------------------------------------------------------------------------------------------- lights
@builtin(outputs=1)
def light(session, nargout, /, *args):
    """
    light
    light(Name=Value)
    light(ax, ...)
    lt = light(...)

    Add a light to an axes. It shines along Position from infinitely far, or, with Style 'local', from there.

    Lights change the colours of surfaces and patches whose FaceLighting is 'flat' or 'gouraud'.

    Examples
      >> surf(peaks(9)); lt = light('Position', [-1 0 1]); lt.Style
      ans =
          'infinite'
      figure 1: surface 9x9

    See also camlight, lightangle, lighting, material.
    """
    axes, rest = axes_first(args)
    axes, given = parent_of(pairs(rest, "light"), axes)
    tried(surfaces.Light, given)
    made = surfaces.Light(axes or session.desk.current_axes())
    set_pairs(made, given)
    return wrap(made) if nargout else None


PLACES = {"headlight": (0.0, 0.0), "right": (30.0, 30.0), "left": (-30.0, 30.0)}


@builtin(outputs=1)
def camlight(session, nargout, /, *args):
    """
    camlight
    camlight('headlight')
    camlight('right')
    camlight('left')
    camlight(az, el)
    camlight(..., style)
    camlight(lt, ...)
    camlight(ax, ...)
    lt = camlight(...)

    Add a light near the camera: where it is, or to its right (the default) or left and above, or at an azimuth and
    elevation from it in degrees. The style is 'local' or 'infinite'.

    Examples
      >> surf(peaks(9)); view(0, 0); lt = camlight('headlight'); round(lt.Position(1), 4)
      ans =
           5
      figure 1: surface 9x9

    See also light, lightangle, campos.
    """
    values, known, axes = list(args), None, None
    if values and isinstance(values[0], Handle):
        graphic = values.pop(0).graphic
        axes = graphic if isinstance(graphic, Axes) else graphic.up("axes")
        known = graphic if isinstance(graphic, surfaces.Light) else None
    axes = axes or session.desk.current_axes()
    style, angles, numbers = "local", PLACES["right"], []
    for value in values:
        if text_or_none(value) is None:
            numbers += take.numbers(value, "camlight", "azimuth and elevation", (1, 2))
            continue
        word = take.choice(value, (*PLACES, "local", "infinite"), "camlight", "the option")
        if word in PLACES:
            angles = PLACES[word]
        else:
            style = word
    if numbers:
        if len(numbers) != 2:
            raise ScriptError("MATLAB:camlight:args", "camlight takes an azimuth and an elevation.")
        angles = tuple(numbers)
    camera = Camera(axes)
    turn, rise = np.deg2rad(angles)
    way = np.array((np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise))) @ camera.look
    place = camera.data(camera.target + way * camera.distance)
    made = known or surfaces.Light(axes)
    made.set("Position", place if style == "local" else place - camera.data(camera.target))
    made.set("Style", style)
    return wrap(made) if nargout else None


@builtin(outputs=2)
def lightangle(session, nargout, /, *args):
    """
    lightangle(az, el)
    lightangle(ax, az, el)
    lightangle(lt, az, el)
    lt = lightangle(az, el)
    [az, el] = lightangle(lt)

    A light in a direction: degrees around and above, as view counts them.

    Examples
      >> surf(peaks(9)); lt = lightangle(-45, 30); [az, el] = lightangle(lt); round([az el])
      ans =
         -45    30
      figure 1: surface 9x9

    See also light, camlight, view.
    """
    from cnnscript.pictures.graphics.camera import angles, turned

    values, known, axes = list(args), None, None
    if values and isinstance(values[0], Handle):
        graphic = values.pop(0).graphic
        axes = graphic if isinstance(graphic, Axes) else graphic.up("axes")
        known = graphic if isinstance(graphic, surfaces.Light) else None
    if known is not None and not values:
        return angles(known.value("Position"))
    if len(values) != 2:
        raise too_few("lightangle", "az, el")
    turn, rise = (take.number(value, "lightangle", "the angle") for value in values)
    made = known or surfaces.Light(axes or session.desk.current_axes())
    distance = float(np.linalg.norm(made.value("Position"))) if known is not None else 1.0
    made.set("Position", turned(turn, rise)[2] * (distance or 1.0))
    return wrap(made) if nargout else None


@builtin
def lighting(session, /, *args):
    """
    lighting flat
    lighting gouraud
    lighting none
    lighting(ax, method)

    How lights shine on the surfaces and patches of an axes: face by face, mixed between corners, or not at all.

    Examples
      >> s = surf(peaks(9)); camlight; lighting gouraud; s.FaceLighting
      ans =
          'gouraud'
      figure 1: surface 9x9

    See also light, camlight, material, shading.
    """
    every, axes, rest = objects_first(session, args, SOLID)
    if len(rest) != 1:
        raise too_few("lighting", "method")
    word = take.choice(rest[0], ("flat", "gouraud", "phong", "none"), "lighting", "the method")
    word = "gouraud" if word == "phong" else word
    for node in every:
        mesh = is_mesh(node, axes)
        node.set("FaceLighting", "none" if mesh else word)
        node.set("EdgeLighting", word if mesh else "none")


MATERIALS = {
    "shiny": (0.3, 0.6, 0.9, 20.0, 1.0),
    "dull": (0.3, 0.8, 0.0, 10.0, 1.0),
    "metal": (0.3, 0.3, 1.0, 25.0, 0.5),
    "default": (0.3, 0.6, 0.9, 10.0, 1.0),
}
STRENGTHS = ("AmbientStrength", "DiffuseStrength", "SpecularStrength", "SpecularExponent", "SpecularColorReflectance")


@builtin
def material(session, /, *args):
    """
    material shiny
    material dull
    material metal
    material default
    material([ka kd ks])
    material([ka kd ks n])
    material([ka kd ks n sc])
    material(ax, ...)

    How surfaces and patches throw light back: the strengths of ambient, diffuse and specular light, the exponent of
    the last, and how much it takes the light's colour.

    Examples
      >> s = surf(peaks(9)); material dull; s.DiffuseStrength
      ans =
          0.8000
      figure 1: surface 9x9

    See also lighting, light, camlight.
    """
    every, _, rest = objects_first(session, args, SOLID)
    if len(rest) != 1:
        raise too_few("material", "mode")
    if text_or_none(rest[0]) is not None:
        numbers = MATERIALS[take.choice(rest[0], tuple(MATERIALS), "material", "the mode")]
    else:
        numbers = take.numbers(rest[0], "material", "the strengths", (3, 4, 5))
    for node in every:
        for name, number in zip(STRENGTHS, numbers, strict=False):
            node.set(name, number)


# -------------------------------------------------------------------------------------------------------------- shading
@builtin
def shading(session, /, *args):
    """
    shading flat
    shading faceted
    shading interp
    shading(ax, mode)

    How the colours of surfaces and patches run: each face in one colour without and with lines between them, or mixed
    from corner to corner.

    Examples
      >> s = surf(peaks(9)); shading interp; {s.FaceColor, s.EdgeColor}
      ans =
        1×2 cell array
          {'interp'}    {'none'}
      figure 1: surface 9x9

    See also surf, pcolor, colormap, lighting.
    """
    every, axes, rest = objects_first(session, args, SOLID)
    if len(rest) != 1:
        raise too_few("shading", "mode")
    word = take.choice(rest[0], ("flat", "faceted", "interp"), "shading", "the mode")
    for node in every:
        asked = node.value("FaceColor")
        if is_mesh(node, axes):
            node.set("EdgeColor", "interp" if word == "interp" else "flat")
        elif asked == "texturemap" or not isinstance(asked, str) and is_plain(node):
            node.set("EdgeColor", (0.0, 0.0, 0.0) if word == "faceted" else "none")
        elif asked != "none":
            node.set("FaceColor", "interp" if word == "interp" else "flat")
            node.set("EdgeColor", (0.0, 0.0, 0.0) if word == "faceted" else "none")


@builtin
def hidden(session, /, *args):
    """
    hidden
    hidden on
    hidden off
    hidden(ax, state)

    Whether the faces of meshes hide what is behind them; without an argument the other way from now.

    Examples
      >> s = mesh(peaks(9)); hidden off; s.FaceColor
      ans =
          'none'
      figure 1: surface 9x9

    See also mesh, shading.
    """
    every, axes, rest = objects_first(session, args, SOLID)
    word = take.choice(rest[0], ("on", "off"), "hidden", "the state") if rest else None
    for node in every:
        if not is_mesh(node, axes):
            continue
        off = word == "off" if word else node.value("FaceColor") != "none"
        ground = axes.value("Color") if axes.value("Color") != "none" else axes.up("figure").value("Color")
        node.set("FaceColor", "none" if off else ground)


# ---------------------------------------------------------------------------------------------------------------- alpha
@builtin
def alpha(session, /, *args):
    """
    alpha(value)
    alpha('flat')
    alpha('interp')
    alpha('clear')
    alpha('opaque')
    alpha(matrix)
    alpha('x')
    alpha('color')
    alpha(objects, ...)

    How opaque the surfaces, patches and images of an axes are: 0 is clear, 1 opaque; or by their AlphaData, which a
    matrix, the coordinate 'x', 'y' or 'z', 'color' (CData) or 'rand' set.

    Examples
      >> s = surf(peaks(9)); alpha(0.5); s.FaceAlpha
      ans =
          0.5000
      figure 1: surface 9x9

    See also alphamap, alim, shading.
    """
    every, _, rest = objects_first(session, args, (*SOLID, Image))
    if len(rest) != 1:
        raise too_few("alpha", "value")
    word = text_or_none(rest[0])
    if word is None:
        values = real_array(rest[0], "alpha", "the value")
        for node in every:
            if isinstance(node, Image):
                node.set("AlphaData", values if values.size > 1 else float(values.ravel()[0]))
            elif values.size == 1:
                node.set("FaceAlpha", float(values.ravel()[0]))
            else:
                set_alpha_data(node, values)
        return
    word = take.choice(
        rest[0],
        ("flat", "interp", "texture", "clear", "opaque", "x", "y", "z", "color", "rand", "scaled", "direct", "none"),
        "alpha",
        "the option",
    )
    for node in every:
        if word in ("scaled", "direct", "none"):
            node.set("AlphaDataMapping", word)
        elif isinstance(node, Image):
            if word in ("clear", "opaque"):
                node.set("AlphaData", float(word == "opaque"))
        elif word in ("clear", "opaque"):
            node.set("FaceAlpha", float(word == "opaque"))
        elif word in ("flat", "interp", "texture"):
            node.set("FaceAlpha", "texturemap" if word == "texture" else word)
        else:
            set_alpha_data(node, data_of(session, node, word))


def data_of(session: Any, node: Graphic, word: str) -> np.ndarray:
    """The numbers by which an object is to be more or less opaque."""
    if isinstance(node, surfaces.Surface):
        grid = node.grid()
        if word == "rand":
            return np.asarray(session.call("rand", 1, *(float(n) for n in grid.shape[:2])))
        return np.asarray(node.get("CData"), float) if word == "color" else grid[..., "xyz".index(word)]
    places = node.get("Vertices")
    if word == "rand":
        return np.asarray(session.call("rand", 1, float(len(places)), 1.0)).reshape(-1, 1)
    if word == "color":
        given = node.value("FaceVertexCData")
        return np.zeros((0, 0)) if given is None else np.asarray(given, float)
    column = "xyz".index(word)
    return places[:, column : column + 1] if column < places.shape[1] else np.zeros((len(places), 1))


def set_alpha_data(node: Graphic, values: np.ndarray) -> None:
    patch = isinstance(node, plots.Patch)
    wanted = (len(node.get("Vertices")),) if patch else np.shape(node.value("ZData"))
    if patch and values.size != wanted[0] or not patch and values.shape != wanted:
        raise ScriptError(
            "MATLAB:alpha:MatrixMustBeSameSize",
            "Alpha data matrix must be the same size as the object's color data.",
            notes=(f"got {size_text(values.shape)}",),
        )
    node.set("FaceVertexAlphaData" if patch else "AlphaData", values.reshape(-1, 1, order="F") if patch else values)
    node.set("FaceAlpha", "interp" if node.value("FaceColor") == "interp" or patch else "flat")


@builtin(outputs=1)
def alphamap(session, nargout, /, *args):
    """
    amap = alphamap
    alphamap(values)
    alphamap('default')
    alphamap('rampup')
    alphamap('rampup', n)
    alphamap('increase', step)
    alphamap(ax, ...)

    The numbers to which AlphaData are mapped, from clear (0) to opaque (1).

    'rampup' and 'rampdown' rise and fall, 'vup' is highest in the middle and 'vdown' lowest; 'increase' and
    'decrease' add and take 0.1, 'spin' turns the map by one.

    Examples
      >> surf(peaks(9)); alphamap('rampdown', 3); amap = alphamap
      amap =
          1.0000    0.5000         0
      figure 1: surface 9x9

    See also alpha, alim, colormap.
    """
    axes, rest = axes_first(args)
    axes = axes or session.desk.current_axes()
    now = np.asarray(axes.value("Alphamap"), float).ravel()
    if not rest:
        return norm(now.reshape(1, -1))
    word = text_or_none(rest[0])
    if word is None:
        made = real_array(rest[0], "alphamap", "the map").ravel(order="F")
        if not made.size or not ((made >= 0) & (made <= 1)).all():
            raise ScriptError("MATLAB:alphamap:InvalidMap", "Alphamap must be an array of values between 0 and 1.")
    else:
        word = take.choice(
            rest[0],
            ("default", "rampup", "rampdown", "vup", "vdown", "increase", "decrease", "spin"),
            "alphamap",
            "the option",
        )
        more = take.number(rest[1], "alphamap", "the number") if len(rest) > 1 else None
        made = alpha_map(word, more, now)
    axes.set("Alphamap", made)
    return norm(made.reshape(1, -1)) if nargout else None


def alpha_map(word: str, more: float | None, now: np.ndarray) -> np.ndarray:
    if word in ("increase", "decrease"):
        step = 0.1 if more is None else more
        return np.clip(now + (step if word == "increase" else -step), 0, 1)
    if word == "spin":
        return np.roll(now, -int(1 if more is None else more))
    count = 64 if word == "default" and more is None else len(now) if more is None else max(1, int(more))
    ramp = np.linspace(0, 1, count)
    if word in ("default", "rampup"):
        return ramp
    if word == "rampdown":
        return ramp[::-1].copy()
    middle = 1 - np.abs(2 * ramp - 1)
    return middle if word == "vup" else 1 - middle


@builtin(outputs=1)
def alim(session, nargout, /, *args):
    """
    limits = alim
    alim([low high])
    alim('auto')
    alim('manual')
    alim(ax, ...)

    The AlphaData that are mapped to the ends of the alphamap.

    Examples
      >> surf(peaks(9)); alim([-1 1]); limits = alim
      limits =
          -1     1
      figure 1: surface 9x9

    See also alpha, alphamap, clim.
    """
    axes, rest = axes_first(args)
    axes = axes or session.desk.current_axes()
    if rest and text_or_none(rest[0]) is not None:
        word = take.choice(rest[0], ("auto", "manual", "mode"), "alim", "the option")
        if word == "mode":
            return axes.value("ALimMode")
        axes.set("ALimMode", word)
    elif rest:
        axes.set("ALim", np.array(take.numbers(rest[0], "alim", "the limits", 2)))
    return norm(axes.get("ALim").reshape(1, -1)) if nargout or not rest else None

"""From where axes are seen: view and the camera functions."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, several_axes
from cnnscript.builtins.figures.space_arguments import too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.camera import SOLID, Camera, angles, turned
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none


def axes_of(session: Any, args: tuple) -> tuple[Axes, list[Any]]:
    axes, rest = axes_first(args)
    return axes or session.desk.current_axes(), list(rest)


@builtin(outputs=2)
def view(session, nargout, /, *args):
    """
    view(2)
    view(3)
    view(az, el)
    view([az el])
    view([x y z])
    view(ax, ...)
    [az, el] = view
    T = view

    From where an axes is seen, in degrees around and above, or from a direction.

    view(2) is from straight above, view(3) is (-37.5, 30). T is the 4-by-4 matrix that turns the plot box so.

    Examples
      >> surf(magic(4)); view(30, 60); ax = gca; ax.View
      ans =
          30    60
      figure 1: surface 4x4
      >> view([1 0 0]); [az, el] = view
      az =
          90
      el =
           0
      figure 1: surface 4x4

    See also surf, campos, rotate3d, axis.
    """
    if many := several_axes(args):
        for each in many:
            view(session, 0, each, *args[1:])
        return None
    axes, rest = axes_of(session, args)
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if rest:
        given = [n for value in rest for n in take.numbers(value, "view", "the view")]
        if len(given) == 1 and given[0] in (2.0, 3.0):
            found = (0.0, 90.0) if given[0] == 2 else SOLID
        elif len(given) == 2:
            found = (given[0], given[1])
        elif len(given) == 3:
            found = angles(np.array(given)) if any(given[:2]) else (0.0, 90.0 if given[2] >= 0 else -90.0)
        else:
            raise ScriptError("MATLAB:view:args", "view takes 2, 3, an azimuth and an elevation, or a direction.")
        if not np.isfinite(found).all():
            raise ScriptError("MATLAB:view:args", "Azimuth and elevation must be finite.")
        axes.set("View", np.array(found))
    if nargout > 1:
        turn, rise = axes.get("View").tolist()
        return turn, rise
    if nargout == 1 or not rest:
        made = np.eye(4)
        made[:3, :3] = turned(*axes.get("View"))
        made[:3, 3] = -made[:3, :3] @ np.full(3, 0.5)
        made[2] = -made[2]
        made[2, 3] += 5 * np.sqrt(3)
        return norm(np.asfortranarray(made + 0.0))
    return None


@builtin
def viewmtx(az, el, phi=0.0, xc=None, /):
    """
    T = viewmtx(az, el)
    T = viewmtx(az, el, phi)
    T = viewmtx(az, el, phi, xc)

    The 4-by-4 matrix that turns points so that they are seen from an azimuth and elevation in degrees; phi is the angle
    of view of a perspective, xc what is looked at in the unit box.

    Examples
      >> T = viewmtx(0, 90)
      T =
           1     0     0     0
           0     1     0     0
           0     0     1     0
           0     0     0     1

    See also view.
    """
    turn, rise, angle = (take.number(value, "viewmtx", "the angle") for value in (az, el, phi))
    made = np.eye(4)
    made[:3, :3] = np.round(turned(turn, rise), 15)
    if angle <= 0 and xc is None:
        return norm(np.asfortranarray(made + 0.0))
    middle = np.array(take.numbers(xc, "viewmtx", "xc", 3)) if xc is not None else np.full(3, 0.5)
    made[:, 3] = made @ np.r_[-middle, 1]
    if angle > 0:
        away = np.sqrt(2) / 2 / np.tan(np.deg2rad(angle) / 2)
        sight = np.eye(4)
        sight[3, 2:] = -1 / away, 1
        made = sight @ made
    return norm(np.asfortranarray(made + 0.0))


def camera_property(session: Any, nargout: int, args: tuple, name: str, function: str, count: int) -> Any:
    """campos, camtarget, camup, camva: get, set, mode."""
    axes, rest = axes_of(session, args)
    if not rest:
        found = axes.get(name)
        return norm(found.reshape(1, -1)) if count > 1 else float(found)
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if text_or_none(rest[0]) is not None:
        word = take.choice(rest[0], ("auto", "manual", "mode"), function, "the option")
        if word == "mode":
            return axes.value(f"{name}Mode")
        if word == "manual":
            axes.values[name] = axes.get(name)
        axes.set(f"{name}Mode", word)
    else:
        given = take.numbers(rest[0], function, "the value", count)
        axes.set(name, np.array(given) if count > 1 else given[0])
    return camera_property(session, 1, args[: len(args) - len(rest)], name, function, count) if nargout else None


@builtin(outputs=1)
def campos(session, nargout, /, *args):
    """
    pos = campos
    campos([x y z])
    campos('auto')
    campos(ax, ...)

    Where the camera stands, in data units; 'auto', 'manual' and 'mode' are about who chooses it.

    Examples
      >> surf(peaks(9)); campos([100 5 0]); pos = campos
      pos =
         100     5     0
      figure 1: surface 9x9

    See also camtarget, camup, camva, view.
    """
    return camera_property(session, nargout, args, "CameraPosition", "campos", 3)


@builtin(outputs=1)
def camtarget(session, nargout, /, *args):
    """
    target = camtarget
    camtarget([x y z])
    camtarget('auto')
    camtarget(ax, ...)

    What the camera looks at, in data units: the middle of the axes unless it is set.

    Examples
      >> axis([0 4 0 2 0 6]); view(3); target = camtarget
      target =
           2     1     3
      figure 1: empty axes

    See also campos, camup, camva.
    """
    return camera_property(session, nargout, args, "CameraTarget", "camtarget", 3)


@builtin(outputs=1)
def camup(session, nargout, /, *args):
    """
    up = camup
    camup([x y z])
    camup('auto')
    camup(ax, ...)

    Which direction of the data is up in the picture.

    Examples
      >> surf(peaks(9)); camup([1 0 0]); up = camup
      up =
           1     0     0
      figure 1: surface 9x9

    See also campos, camtarget, camroll.
    """
    return camera_property(session, nargout, args, "CameraUpVector", "camup", 3)


@builtin(outputs=1)
def camva(session, nargout, /, *args):
    """
    angle = camva
    camva(degrees)
    camva('auto')
    camva(ax, ...)

    The angle that the camera sees; a smaller one shows things larger.

    Examples
      >> surf(peaks(9)); angle = camva
      angle =
         10.3396
      figure 1: surface 9x9

    See also camzoom, campos, camtarget.
    """
    return camera_property(session, nargout, args, "CameraViewAngle", "camva", 1)


@builtin(outputs=1)
def camproj(session, nargout, /, *args):
    """
    type = camproj
    camproj('orthographic')
    camproj('perspective')
    camproj(ax, ...)

    Whether things far away are as large as near ones, or smaller.

    Examples
      >> surf(peaks(9)); camproj('perspective'); type = camproj
      type =
          'perspective'
      figure 1: surface 9x9

    See also campos, camva.
    """
    axes, rest = axes_of(session, args)
    if rest:
        axes.set("Projection", take.choice(rest[0], ("orthographic", "perspective"), "camproj", "the projection"))
    return axes.value("Projection") if nargout or not rest else None


# ------------------------------------------------------------------------------------------------------------ movements
def turned_about(vectors: np.ndarray, about: np.ndarray, degrees: float) -> np.ndarray:
    """Vectors turned about an axis, against the clock seen from its tip (Rodrigues)."""
    about = about / (np.linalg.norm(about) or 1.0)
    cosine, sine = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    along = (vectors @ about)[..., None] * about if np.ndim(vectors) > 1 else vectors @ about * about
    return vectors * cosine + np.cross(about, vectors) * sine + along * (1 - cosine)


def place_camera(axes: Axes, camera: Camera, position: np.ndarray, target: np.ndarray | None, up: Any) -> None:
    """Put the camera at places of the plot box; up is a direction of it."""
    if target is not None:
        axes.set("CameraTarget", camera.data(target))
    axes.set("CameraPosition", camera.data(position))
    if up is not None:
        made = np.asarray(up) / camera.stretch()
        axes.set("CameraUpVector", made / (np.linalg.norm(made) or 1.0))


DIRECTIONS = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}


def orbit(session: Any, args: tuple, function: str) -> tuple[Axes, Camera, np.ndarray, np.ndarray]:
    """The axes, its camera, the way from camera to target, and what is up, after the turns of camorbit and campan."""
    axes, rest = axes_of(session, args)
    if not 2 <= len(rest) <= 4:
        raise too_few(function, "dtheta, dphi")
    theta, phi = (take.number(value, function, "the angle") for value in rest[:2])
    system = take.choice(rest[2], ("data", "camera"), function, "the coordinate system") if len(rest) > 2 else "data"
    about: Any = DIRECTIONS["z"]
    if len(rest) > 3 and system == "camera":
        raise ScriptError(f"MATLAB:{function}:args", "A direction goes with the coordinate system 'data' only.")
    if len(rest) > 3:
        word = text_or_none(rest[3])
        about = DIRECTIONS[take.choice(rest[3], ("x", "y", "z"), function, "the direction")] if word else np.array(
            take.numbers(rest[3], function, "the direction", 3)
        )
    camera = Camera(axes)
    way, up = -camera.look[2] * camera.distance, camera.look[1]
    axis = camera.look[1] if system == "camera" else np.asarray(about, float)
    right = camera.look[0]
    way, up, right = (turned_about(each, axis, -theta) for each in (way, up, right))
    return axes, camera, turned_about(way, right, -phi), turned_about(up, right, -phi)


@builtin
def camorbit(session, /, *args):
    """
    camorbit(dtheta, dphi)
    camorbit(dtheta, dphi, 'camera')
    camorbit(dtheta, dphi, 'data', direction)
    camorbit(ax, ...)

    Move the camera around what it looks at, by degrees to the side and up.

    Examples
      >> surf(peaks(9)); camorbit(10, 0); [az, el] = view; round([az el], 4)
      ans =
        -47.5000   30.0000
      figure 1: surface 9x9

    See also camroll, campan, view.
    """
    axes, camera, way, up = orbit(session, args, "camorbit")
    plain = np.asarray(axes.get("CameraUpVector"))
    rest = axes_first(args)[1]
    level = len(rest) < 3 and tuple(plain) == DIRECTIONS["z"]
    place_camera(axes, camera, camera.target - way, None, None if level else up)


@builtin
def campan(session, /, *args):
    """
    campan(dtheta, dphi)
    campan(dtheta, dphi, 'camera')
    campan(dtheta, dphi, 'data', direction)
    campan(ax, ...)

    Turn the camera where it stands, by degrees to the side and up.

    Examples
      >> surf(peaks(9)); before = campos; campan(5, 0); max(abs(campos - before)) < 1e-9
      ans =
        logical
         1
      figure 1: surface 9x9

    See also camorbit, camdolly.
    """
    axes, camera, way, _ = orbit(session, args, "campan")
    eye = camera.target + camera.look[2] * camera.distance
    place_camera(axes, camera, eye, eye + way, None)


@builtin
def camroll(session, /, *args):
    """
    camroll(dtheta)
    camroll(ax, dtheta)

    Turn the camera about the line along which it looks, by degrees with the clock.

    Examples
      >> surf(peaks(9)); view(0, 0); camroll(90); round(camup, 4)
      ans =
           1     0     0
      figure 1: surface 9x9

    See also camup, camorbit.
    """
    axes, rest = axes_of(session, args)
    if len(rest) != 1:
        raise too_few("camroll", "dtheta")
    camera = Camera(axes)
    up = turned_about(camera.look[1], -camera.look[2], take.number(rest[0], "camroll", "the angle"))
    made = up / camera.stretch()
    axes.set("CameraUpVector", made / np.linalg.norm(made))


@builtin
def camzoom(session, /, *args):
    """
    camzoom(factor)
    camzoom(ax, factor)

    Show what is seen larger by a factor.

    Examples
      >> surf(peaks(9)); before = camva; camzoom(2); round(before / camva, 2)
      ans =
           2
      figure 1: surface 9x9

    See also camva, camdolly.
    """
    axes, rest = axes_of(session, args)
    if len(rest) != 1:
        raise too_few("camzoom", "factor")
    factor = take.number(rest[0], "camzoom", "the factor")
    if not 0 < factor < np.inf:
        raise ScriptError("MATLAB:camzoom:InvalidInput", "The zoom factor must be positive.")
    half = np.tan(np.deg2rad(axes.get("CameraViewAngle")) / 2) / factor
    axes.set("CameraViewAngle", float(2 * np.rad2deg(np.arctan(half))))


@builtin
def camdolly(session, /, *args):
    """
    camdolly(dx, dy, dz)
    camdolly(dx, dy, dz, targetmode)
    camdolly(dx, dy, dz, targetmode, coordsys)
    camdolly(ax, ...)

    Move the camera: to the right and up by parts of what it sees, forward by parts of the way to what it looks at.

    targetmode is 'movetarget' (what it looks at moves too) or 'fixtarget'; coordsys is 'camera', 'pixels' or 'data'.

    Examples
      >> surf(peaks(9)); before = camtarget; camdolly(0, 0, 0.5, 'fixtarget'); max(abs(camtarget - before)) < 1e-9
      ans =
        logical
         1
      figure 1: surface 9x9

    See also camorbit, camzoom, campan.
    """
    axes, rest = axes_of(session, args)
    if not 3 <= len(rest) <= 5:
        raise too_few("camdolly", "dx, dy, dz")
    step = np.array([take.number(value, "camdolly", "the step") for value in rest[:3]])
    modes = ("movetarget", "fixtarget")
    mode = take.choice(rest[3], modes, "camdolly", "targetmode") if len(rest) > 3 else "movetarget"
    system = take.choice(rest[4], ("camera", "pixels", "data"), "camdolly", "coordsys") if len(rest) > 4 else "camera"
    camera = Camera(axes)
    if system == "data":
        way = step * camera.stretch()
    else:
        seen = 2 * camera.distance * np.tan(np.deg2rad(camera.angle) / 2)
        across = step[:2] * seen if system == "camera" else step[:2] / camera.scale
        way = across @ camera.look[:2] - step[2] * camera.distance * camera.look[2]
    eye = camera.target + camera.look[2] * camera.distance + way
    place_camera(axes, camera, eye, camera.target + (way if mode == "movetarget" else 0), None)


@builtin
def camlookat(session, /, *args):
    """
    camlookat
    camlookat(objects)
    camlookat(ax)

    Move the camera so that objects fill what it sees, from the direction from which it looks.

    Examples
      >> s = surf(peaks(9)); camlookat(s); round(camtarget, 1)
      ans =
          5.0000    5.0000    1.2000
      figure 1: surface 9x9

    See also campos, camtarget, camdolly.
    """
    if len(args) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    alone = axes_first(args)[0]
    if args and alone is None and not isinstance(args[0], (Handle, HandleArray)):
        raise ScriptError("MATLAB:camlookat:InvalidHandle", "The input must be graphics objects or an axes.")
    given: list[Graphic] = [alone] if alone is not None else graphics_of(args[0]) if args else []
    if len({each.up("axes") for each in given}) > 1:
        raise ScriptError("MATLAB:camlookat:DifferentAxes", "All objects must be in the same axes.")
    axes = next((each.up("axes") for each in given), None) or session.desk.current_axes()
    objects = [each for each in given if not isinstance(each, Axes)] or axes.drawn()
    found = []
    for letter in "XYZ":
        ends = [reach for each in objects if hasattr(each, "extent") and (reach := each.extent(letter)) is not None]
        found.append((min(end[0] for end in ends), max(end[1] for end in ends)) if ends else (0.0, 0.0))
    camera = Camera(axes)
    low, high = camera.boxed(np.array(found)[:, 0]), camera.boxed(np.array(found)[:, 1])
    radius = float(np.linalg.norm(high - low)) / 2 or 1.0
    angle = axes.get("CameraViewAngle")
    away = radius / np.sin(np.deg2rad(angle) / 2)
    middle = (low + high) / 2
    place_camera(axes, camera, middle + camera.look[2] * away, middle, None)
    axes.set("CameraViewAngle", angle)


# -------------------------------------------------------------------------------------------------------------- turning
@builtin
def rotate(h, direction, alpha, origin=None, /):
    """
    rotate(h, direction, alpha)
    rotate(h, direction, alpha, origin)

    Turn objects by alpha degrees about a line: direction is [x y z], or [azimuth elevation] in degrees; it goes
    through origin, by default the middle of the axes.

    The objects' coordinates are changed.

    Examples
      >> h = plot3([0 1], [0 0], [0 0]); rotate(h, [0 0 1], 90, [0 0 0]); round(h.YData, 4)
      ans =
           0     1
      figure 1: line 2 points

    See also view, rotate3d, camorbit.
    """
    given = np.array(take.numbers(direction, "rotate", "the direction", (2, 3)))
    if given.size == 2:
        turn, rise = np.deg2rad(given)
        given = np.array((np.cos(rise) * np.cos(turn), np.cos(rise) * np.sin(turn), np.sin(rise)))
    degrees = take.number(alpha, "rotate", "alpha")
    for node in graphics_of(h):
        axes = node.up("axes")
        middle = (
            np.array(take.numbers(origin, "rotate", "the origin", 3))
            if origin is not None
            else np.array([np.mean(axes.get(f"{letter}Lim")) for letter in "XYZ"])
        )
        turn_object(node, given, degrees, middle)


def turn_object(node: Graphic, about: np.ndarray, degrees: float, middle: np.ndarray) -> None:
    if node.kind == "text":
        node.set("Position", turned_about(node.value("Position") - middle, about, degrees) + middle)
        return
    if isinstance(node, plots.Patch) and node.value("Faces") is not None:
        places = node.get("Vertices")
        places = np.column_stack([places, np.zeros((len(places), 3 - places.shape[1]))])
        node.set("Vertices", turned_about(places - middle, about, degrees) + middle)
        return
    if "ZData" not in node.table:
        raise ScriptError("MATLAB:rotate:invalidHandle", f"A {node.kind} cannot be turned by rotate.")
    if node.kind == "surface":
        places = node.grid()
    else:
        x, y = (np.asarray(node.get(f"{letter}Data"), float) for letter in "XY")
        z = np.asarray(node.get("ZData"), float)
        places = np.stack(np.broadcast_arrays(x, y, z if z.size == x.size else np.zeros_like(x)), axis=-1)
    made = turned_about(places.reshape(-1, 3) - middle, about, degrees).reshape(places.shape) + middle
    for column, letter in enumerate("XYZ"):
        node.set(f"{letter}Data", made[..., column])

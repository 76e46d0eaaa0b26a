"""Values that programs keep with graphics objects: setappdata, getappdata, isappdata, rmappdata."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY
from cnnscript.values.structs import Struct


def kept_with(session: Any, handle: Any, name: str) -> dict[str, Any]:
    """The values kept with the object of a handle (0: the root; a number: a figure)."""
    found: Graphic
    if isinstance(handle, Handle | HandleArray):
        graphics = graphics_of(handle)
        if len(graphics) != 1:
            raise take.wanted("one handle", "H", handle)
        graphics[0].alive()
        found = graphics[0]
    elif type(handle) is float and handle == 0:
        found = session.desk
    else:
        found = figure_of(session, handle, name)
    if not hasattr(found, "application_data"):
        found.application_data = {}
    return found.application_data


@builtin
def setappdata(session, obj, name, value, /):
    """
    setappdata(obj, name, val)

    Keep a value with a graphics object (0: the root) under a name.

    Examples
      >> setappdata(0, 'count', 3); disp(getappdata(0, 'count'))
           3

    See also getappdata, isappdata, rmappdata.
    """
    kept_with(session, obj, "setappdata")[take.text(name, "Name")] = value


@builtin
def getappdata(session, obj, name=None, /):
    """
    val = getappdata(obj, name)
    vals = getappdata(obj)

    A value kept with a graphics object, [] where there is none of that name; or all, as a struct.

    Examples
      >> f = figure; setappdata(f, 'a', 1); val = getappdata(f, 'a')
      val =
           1
      >> vals = getappdata(f)
      vals =
        struct with fields:
          a: 1

    See also setappdata, isappdata, rmappdata.
    """
    found = kept_with(session, obj, "getappdata")
    if name is None:
        return Struct(dict(found))
    return found.get(take.text(name, "Name"), EMPTY)


@builtin
def isappdata(session, obj, name, /):
    """
    tf = isappdata(obj, name)

    Whether a value is kept with a graphics object under a name.

    Examples
      >> tf = isappdata(0, 'nothing')
      tf =
        logical
         0

    See also setappdata, getappdata.
    """
    return take.text(name, "Name") in kept_with(session, obj, "isappdata")


@builtin
def rmappdata(session, obj, name, /):
    """
    rmappdata(obj, name)

    Take away a value kept with a graphics object.

    Examples
      >> setappdata(0, 'a', 1); rmappdata(0, 'a'); disp(isappdata(0, 'a'))
         0

    See also setappdata, getappdata.
    """
    found, word = kept_with(session, obj, "rmappdata"), take.text(name, "Name")
    if word not in found:
        raise ScriptError(
            "MATLAB:HandleGraphics:Appdata:InvalidPropertyName",
            "Invalid application-defined property name.",
            notes=(f"nothing is kept under '{word}'",),
        )
    del found[word]

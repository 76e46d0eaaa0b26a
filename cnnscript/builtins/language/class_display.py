"""What classes with a display of their own call: the functions of matlab.mixin.CustomDisplay, groups of properties."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described
from cnnscript.code import custom_display
from cnnscript.errors import ScriptError
from cnnscript.values.instances import KINDS


def displayed(value: Any) -> Any:
    """An object of a program's class; raises ScriptError for anything else."""
    if not isinstance(value, KINDS):
        raise ScriptError(
            "MATLAB:class:RequireClass",
            "The argument must be an object of a class derived from matlab.mixin.CustomDisplay.",
            notes=(f"got {described(value)}",),
        )
    return value


@builtin(name="matlab.mixin.util.PropertyGroup")
def property_group(properties, title="", /):
    """
    g = matlab.mixin.util.PropertyGroup(properties)
    g = matlab.mixin.util.PropertyGroup(properties, title)

    A group of properties that an object's display shows together: names in a cell array, or a struct with values.

    Examples
      >> g = matlab.mixin.util.PropertyGroup(struct('a', 1), 'First');
      >> disp(g.Title)
      First
      >> disp(matlab.mixin.util.PropertyGroup({'a', 'b'}).NumProperties)
           2

    See also disp, display, properties.
    """
    return custom_display.group_of((properties, title))


@builtin(name="matlab.mixin.CustomDisplay.displayPropertyGroups")
def display_property_groups(obj, groups, /):
    """
    matlab.mixin.CustomDisplay.displayPropertyGroups(obj, groups)

    Print groups of properties of an object, as its display does.

    Examples
      >> try, matlab.mixin.CustomDisplay.displayPropertyGroups(1, []), catch e, disp(e.identifier), end
      MATLAB:class:RequireClass

    See also disp, display.
    """
    custom_display.display_groups(displayed(obj), groups)


@builtin(name="matlab.mixin.CustomDisplay.getClassNameForHeader")
def class_name_for_header(obj, /):
    """
    s = matlab.mixin.CustomDisplay.getClassNameForHeader(obj)

    The name of an object's class as the header of its display shows it, without packages.

    Examples
      >> try, matlab.mixin.CustomDisplay.getClassNameForHeader(1), catch e, disp(e.identifier), end
      MATLAB:class:RequireClass

    See also class, disp.
    """
    return custom_display.class_name_for_header(displayed(obj))


@builtin(name="matlab.mixin.CustomDisplay.getSimpleHeader")
def simple_header(obj, /):
    """
    s = matlab.mixin.CustomDisplay.getSimpleHeader(obj)

    The header that the display of an object has by default.

    Examples
      >> try, matlab.mixin.CustomDisplay.getSimpleHeader(1), catch e, disp(e.identifier), end
      MATLAB:class:RequireClass

    See also class, disp.
    """
    return custom_display.simple_header(displayed(obj))


@builtin(name="matlab.mixin.CustomDisplay.getDetailedHeader")
def detailed_header(obj, /):
    """
    s = matlab.mixin.CustomDisplay.getDetailedHeader(obj)

    The header of an object's display with the packages of its class, and whether it is a handle.

    Examples
      >> try, matlab.mixin.CustomDisplay.getDetailedHeader(1), catch e, disp(e.identifier), end
      MATLAB:class:RequireClass

    See also class, disp.
    """
    return custom_display.detailed_header(displayed(obj))


@builtin(name="matlab.mixin.CustomDisplay.convertDimensionsToString")
def dimensions_to_string(obj, /):
    """
    s = matlab.mixin.CustomDisplay.convertDimensionsToString(obj)

    The size of an object array as the header of its display shows it.

    Examples
      >> try, matlab.mixin.CustomDisplay.convertDimensionsToString(1), catch e, disp(e.identifier), end
      MATLAB:class:RequireClass

    See also size, disp.
    """
    return custom_display.dimensions_text(displayed(obj))


@builtin(name="matlab.mixin.CustomDisplay.getDeletedHandleText")
def deleted_handle_text(obj, /):
    """
    s = matlab.mixin.CustomDisplay.getDeletedHandleText(obj)

    What is shown for a handle to a deleted object.

    Examples
      >> try, matlab.mixin.CustomDisplay.getDeletedHandleText(1), catch e, disp(e.identifier), end
      MATLAB:class:RequireClass

    See also delete, isvalid, disp.
    """
    return custom_display.deleted_text(displayed(obj))


@builtin(name="matlab.mixin.CustomDisplay.getHandleText")
def handle_text(obj, /):
    """
    s = matlab.mixin.CustomDisplay.getHandleText(obj)

    The word 'handle', as headers name what handle objects are.

    Examples
      >> try, matlab.mixin.CustomDisplay.getHandleText(1), catch e, disp(e.identifier), end
      MATLAB:class:RequireClass

    See also class, disp.
    """
    displayed(obj)
    return "handle"

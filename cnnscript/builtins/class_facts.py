"""What is known of classes: their metaclass, superclasses, events, members of an enumeration."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.code.enumerations import all_members
from cnnscript.code.metaclasses import metaclass as description_of
from cnnscript.code.unit import in_scope_of_caller
from cnnscript.errors import ScriptError
from cnnscript.values.instances import KINDS
from cnnscript.values.numeric import OBJECT, class_of
from cnnscript.values.text import cell_of_texts, text_or_none


def definition_of(session: Any, value: Any, name: str) -> Any:
    """The class of an object, or of that name; raises ScriptError where a program defines none such."""
    if isinstance(value, KINDS):
        return value.definition
    word = text_or_none(value)
    found = session.find_class(word) if word else None
    if found is None:
        what = f"'{word}'" if word else f"a {class_of(value)}"
        raise ScriptError(
            f"MATLAB:{name}:classNotFound",
            f"Class {what} not found.",
            notes=(f"{name} takes an object, or the name of a class that a file defines",),
        )
    return found


def column_of(names: list[str]) -> Any:
    return cell_of_texts(names) if names else np.empty((0, 1), OBJECT)


@builtin
def metaclass(session, x, /):
    """
    metaclass(obj)

    The description of an object's class, as ?Name gives it of a class by name.

    Examples
      >> try, metaclass(5), catch e, disp(e.message), end
      Class a double not found.

    See also class, superclasses, properties, methods.
    """
    return description_of(definition_of(session, x, "metaclass"))


@builtin
def superclasses(session, nargout, x, /):
    """
    superclasses(obj)
    s = superclasses(classname)

    The names of the classes that a class derives from.

    Examples
      >> try, superclasses('NoSuchClass'), catch e, disp(e.message), end
      Class 'NoSuchClass' not found.

    See also metaclass, isa, class.
    """
    found = definition_of(session, x, "superclasses")
    names = list(found.ancestors)
    if nargout:
        return column_of(names)
    lines = "".join(f"    {name}\n" for name in names)
    session.out.write(f"\nSuperclasses for class {found.name}:\n\n{lines}\n")
    return None


@builtin
def events(session, nargout, x, /):
    """
    events(obj)
    e = events(classname)

    The names of the events that objects of a handle class notify of.

    Examples
      >> try, events('NoSuchClass'), catch e, disp(e.message), end
      Class 'NoSuchClass' not found.

    See also properties, methods, metaclass.
    """
    found = definition_of(session, x, "events")
    names = [name for name, given in found.events.items() if given.get("Hidden") is not True]
    if nargout:
        return column_of(names)
    lines = "".join(f"    {name}\n" for name in names)
    session.out.write(f"\nEvents for class {found.name}:\n\n{lines}\n")
    return None


@builtin(outputs=2)
def enumeration(session, nargout, x, /):
    """
    enumeration(classname)
    [m, s] = enumeration(obj)

    The members of an enumeration, and their names.

    Examples
      >> try, [m, s] = enumeration('NoSuchClass'), catch e, disp(e.message), end
      Class 'NoSuchClass' not found.

    See also class, properties, metaclass.
    """
    found = definition_of(session, x, "enumeration")
    names = list(found.members)
    if nargout == 0:
        lines = "".join(f"    {name}\n" for name in names)
        session.out.write(f"\nEnumeration members for class '{found.name}':\n\n{lines}\n")
        return None
    members = all_members(found) if names else found.empty(1)
    return members, column_of(names)


@builtin(name="builtin")
def builtin_(session, nargout, name, /, *inputs):
    """
    builtin(name, x1, ...)
    [y1, y2] = builtin(name, x1, ...)

    Call the built-in function of a name, whatever methods the classes of its arguments have.

    Examples
      >> builtin('max', [3 9 2])
      ans =
           9
      >> [m, k] = builtin('max', [3 9 2])
      m =
           9
      k =
           2

    See also feval, class.
    """
    word = text_or_none(name)
    bound = session.builtin(word) if word else None
    if bound is None:
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Cannot find builtin function '{word}'." if word else "builtin takes the name of a function.",
        )
    call = in_scope_of_caller(bound.call) if bound.needs_scope else bound.call
    return call(nargout, *inputs)

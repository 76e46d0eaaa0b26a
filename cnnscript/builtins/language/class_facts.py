"""What is known of classes: their metaclass, superclasses, events, members of an enumeration."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.text.texts import one_text
from cnnscript.code.class_bases import BASES
from cnnscript.code.enumerations import all_members
from cnnscript.code.exceptions import MException
from cnnscript.code.linking import in_scope_of_caller
from cnnscript.code.members import PUBLIC
from cnnscript.code.metaclasses import MetaArray, found_among
from cnnscript.code.metaclasses import metaclass as description_of
from cnnscript.errors import ScriptError
from cnnscript.values.instances import KINDS, InstanceArray
from cnnscript.values.numeric import OBJECT, class_of, norm
from cnnscript.values.objects import Object
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
def isprop(thing, name, /):
    """
    tf = isprop(obj, PropertyName)

    Whether an object has a property of that name; of an array of objects, which of them have it.

    Examples
      >> disp(isprop(containers.Map, 'Count'))
         1

    See also ismethod, properties, isfield.
    """
    word = one_text(name, "isprop", "Property name")
    if type(thing) is InstanceArray:
        flags = np.zeros(thing.size(), bool, order="F")
        for at, item in np.ndenumerate(thing.data()):
            flags[at] = has_property(item, word)
        return norm(flags)
    return isinstance(thing, Object) and has_property(thing, word)


def has_property(thing: Object, word: str) -> bool:
    """Has an object a property of that name that somebody outside its class may use?  (One without a `definition` is
    of a class of ours.)"""
    if not isinstance(thing, KINDS):
        return word in thing.property_names()
    item = thing.definition.properties.get(word)
    return item is not None and PUBLIC in (item.get_access, item.set_access)


@builtin
def ismethod(thing, name, /):
    """
    tf = ismethod(obj, methodName)

    Whether an object has a method of that name.

    Examples
      >> disp(ismethod(containers.Map, 'keys'))
         1

    See also isprop, methods.
    """
    word = one_text(name, "ismethod", "Method name")
    return isinstance(thing, Object) and word in thing.methods


@builtin
def isenum(x, /):
    """
    tf = isenum(A)

    Whether a value is a member of an enumeration, or an array of them.

    Examples
      >> disp(isenum(5))
         0

    See also enumeration, isobject.
    """
    return isinstance(x, KINDS) and bool(x.definition.members)


@builtin
def properties(session, nargout, thing, /):
    """
    properties(obj)
    properties(classname)
    p = properties(obj)

    The names of an object's properties that are public to read and not hidden.

    Examples
      >> p = properties(containers.Map)
      p =
        3×1 cell array
          {'Count'    }
          {'KeyType'  }
          {'ValueType'}
      >> properties(containers.Map)
      Properties for class containers.Map:
          Count
          KeyType
          ValueType

    See also methods, isprop, fieldnames.
    """
    thing = class_or_object(session, thing)
    names = thing.property_names() if hasattr(thing, "property_names") else []
    if nargout:
        return column_of(names)
    if not names:
        session.out.write(f"\nNo properties for class {name_of_class(thing)}.\n\n")
        return None
    lines = "".join(f"    {name}\n" for name in names)
    session.out.write(f"\nProperties for class {name_of_class(thing)}:\n\n{lines}\n")
    return None


@builtin
def methods(session, nargout, thing, full="", /):
    """
    methods(obj)
    methods(classname)
    methods(___, '-full')
    m = methods(___)

    The names of an object's public methods that are not hidden; with '-full' how they are called.

    Examples
      >> methods(containers.Map)
      Methods for class containers.Map:
      isKey     isobject  length    remove    values
      isempty   keys      numel     size
      >> m = methods(containers.Map);
      >> disp(any(strcmp(m, 'isKey')))
         1
      >> text = evalc("methods(m, '-full')");

    See also properties, ismethod.
    """
    word = text_or_none(full)
    if word not in ("", "-full"):
        raise ScriptError("MATLAB:methods:UnknownOption", f"The option '{word}' is not '-full'.")
    thing = class_or_object(session, thing)
    if isinstance(thing, KINDS):
        thing = thing.definition
    known = getattr(thing, "public_methods", None)
    if known is None:
        return _methods_of_ours(session, nargout, thing)
    signatures = {name: method_signature(thing, name) for name in sorted(known)}
    if nargout:
        return column_of(list(signatures.values()) if word else list(signatures))
    if word:
        body = "".join(f"{line}\n" for line in signatures.values()) + "\n"
        session.out.write(f"\nMethods for class {thing.name}:\n\n{body}")
        return None
    static = [name for name in signatures if name in thing.methods and thing.methods[name].static]
    handles = [name for name in signatures if _from_handle(thing, name)]
    own = [name for name in signatures if name not in static and name not in handles]
    text = f"\nMethods for class {thing.name}:\n\n{in_columns(own)}\n"
    if static:
        text += f"\nStatic methods:\n\n{in_columns(static)}\n"
    if handles:
        text += f"\nCall \"methods('handle')\" for methods of {thing.name} inherited from handle.\n\n"
    session.out.write(text)
    return None


def _methods_of_ours(session: Any, nargout: int, thing: Any) -> Any:
    names = sorted(thing.methods) if hasattr(thing, "methods") else []
    if nargout:
        return column_of(names)
    own = name_of_class(thing)
    if names:
        session.out.write(f"\nMethods for class {own}:\n\n{in_columns(names)}\n")
    else:
        session.out.write(f"\nNo methods for class {own}.\n\n")
    return None


def _from_handle(definition: Any, name: str) -> bool:
    method = definition.methods.get(name)
    return method is not None and method.definer.name == "handle" != definition.name


def method_signature(definition: Any, name: str) -> str:
    """How a method is called: 'Static r = make(n)', '[a, b] = both(obj)  % Inherited from Base'."""
    method = definition.methods.get(name) or definition.constructor
    if method is None:
        return f"obj = {name}(varargin)"
    prefix = "Static " if method.static else "Abstract " if method.abstract else ""
    inherited = f"  % Inherited from {method.definer.name}" if method.definer is not definition else ""
    if method.node is None:
        return f"{prefix}varargout = {name}(obj, varargin){inherited}"
    inputs = ", ".join(parameter.name for parameter in method.node.parameters)
    outputs = ", ".join(parameter.name for parameter in method.node.outputs)
    given = f"[{outputs}] = " if len(method.node.outputs) > 1 else f"{outputs} = " if outputs else ""
    return f"{prefix}{given}{name}({inputs}){inherited}"


def in_columns(names: list[str], width: int = 80) -> str:
    """Names side by side in columns, down the first and then the next, as many as the window takes."""
    if not names:
        return ""
    each = max(map(len, names)) + 2
    columns = max(1, width // each)
    rows = -(-len(names) // columns)
    lines = ("".join(name.ljust(each) for name in names[row::rows]) for row in range(rows))
    return "".join(line + "\n" for line in lines)


def class_or_object(session: Any, thing: Any) -> Any:
    """The class that a text names; anything else as it is."""
    word = text_or_none(thing)
    if word is None:
        return thing
    if word == MException.class_name:
        return MException(ScriptError("", ""))
    found = session.find_class(word) or BASES.get(word)
    return thing if found is None else found


def name_of_class(thing: Any) -> str:
    return class_of(thing) if isinstance(thing, Object) else getattr(thing, "name", None) or class_of(thing)


@builtin(name="meta.class.fromName")
def class_from_name(session, name, /):
    """
    m = meta.class.fromName(classname)

    The description of a class by its name, as ?Name gives it; an empty one where there is no such class.

    Examples
      >> m = meta.class.fromName('handle');
      >> disp(m.Name)
      handle
      >> disp(isempty(meta.class.fromName('NoSuchClass')))
         1

    See also metaclass, superclasses.
    """
    word = one_text(name, "meta.class.fromName", "Class name")
    found = session.find_class(word) or BASES.get(word)
    return MetaArray("meta.class", np.empty((0, 0), OBJECT)) if found is None else description_of(found)


def _found_among(session: Any, value: Any, args: tuple) -> Any:
    def same(first: Any, second: Any) -> bool:
        return bool(session.builtin("isequal").call(1, first, second))

    return found_among(value, args, same)


for _name in ("meta.property", "meta.method", "meta.class", "meta.event"):

    @overload(_name)
    def findobj(session, value, /, *conditions):
        """
        h = findobj(list, PropertyName, value, ...)

        The descriptions in a list that fit.

        Examples
          >> m = meta.class.fromName('handle');
          >> f = findobj(m.MethodList, 'Name', 'isvalid');
          >> disp(f.Name)
          isvalid

        See also findobj, metaclass.
        """
        return _found_among(session, value, conditions)


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


@builtin(name="underlyingType")
def underlying_type(x, /):
    """
    type = underlyingType(X)

    The class of the numbers that a value holds: what is in a dlarray, the class itself of anything else.

    Examples
      >> disp(underlyingType(int8(1)))
      int8

    See also isUnderlyingType, class, mustBeUnderlyingType.
    """
    return getattr(x, "underlying_class", None) or class_of(x)


@builtin(name="isUnderlyingType")
def is_underlying_type(x, name, /):
    """
    tf = isUnderlyingType(X, typename)

    Whether the numbers that a value holds are of a class.

    Examples
      >> disp(isUnderlyingType(single(1), 'single'))
         1

    See also underlyingType, isa, class.
    """
    return underlying_type(x) == one_text(name, "isUnderlyingType", "Type name")

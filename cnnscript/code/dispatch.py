"""Function calls that classes take part in: `area(shape)` calls the method of the shape's class.

A name is watched once a class with a method of that name is loaded; only then, and only for that name, code of every
unit asks whether an object is among the arguments.  Programs without classes pay nothing.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from cnnscript.values.instances import Instance, InstanceArray, ruling
from cnnscript.values.number_objects import as_numbers, is_numbers

# functions that take an object of a class of numbers as the object it is
OF_OBJECTS = frozenset(
    [  # fmt: skip
        "class", "isa", "isobject", "isequal", "isequaln", "isenum", "metaclass", "properties", "methods",
        "enumeration", "superclasses", "events", "isprop", "ismethod", "disp", "display", "size", "numel", "length",
        "ndims", "isempty", "isscalar", "isvector", "isrow", "iscolumn", "ismatrix", "cellfun", "arrayfun", "cell",
        "struct", "fieldnames", "whos", "save", "load", "assert", "deal", "feval", "builtin", "horzcat", "vertcat",
        "cat", "repmat", "reshape", "subsref", "subsasgn", "setfield", "getfield", "set", "get", "containers.Map",
        "dictionary", "table", "func2str", "validateattributes", "mustBeA", "mustBeMember", "isstruct", "iscell",
        "num2cell", "inputname", "exist", "isvarname", "evalin", "assignin", "addParameter", "addOptional",
        "addRequired", "parse", "struct2cell", "cell2struct", "isgraphics", "ishandle", "isvalid", "eq", "ne",
        "permute", "circshift", "flip", "unique", "mustBeNonempty", "mustBeScalarOrEmpty", "jsonencode", "categorical",
        "transpose", "ctranspose",
    ]
)

_watched: weakref.WeakKeyDictionary[Any, set[str]] = weakref.WeakKeyDictionary()


def watched(host: Any) -> set[str]:
    """The names of methods of all classes loaded in a session."""
    return _watched.setdefault(host, set())


def watch(host: Any, names: Iterable[str], units: Iterable[Any]) -> None:
    """A class with these methods was loaded: calls already linked are linked anew, by way of `dispatching`."""
    known = watched(host)
    fresh = set(names) - known
    known |= fresh
    for unit in list(units):
        for name in fresh:
            key = "_f_" + name
            if key in unit.namespace and name not in unit.functions:
                unit.namespace[key] = dispatching(
                    name, unit.namespace[key], unit.reference(name) in ("scope", "script")
                )


def method_for(name: str, args: tuple) -> Any:
    """The method that a call with these arguments means; None where no object among them has it."""
    holder = None
    for arg in args:
        if type(arg) is Instance or type(arg) is InstanceArray:
            if holder is not None:
                holder = ruling(args)
                break
            holder = arg
    if holder is None:
        return None
    method = holder.definition.methods.get(name)
    if method is None or method.static:
        return None
    if not method.plain:
        method.require_access()
    return method


def dispatching(name: str, call: Callable[..., Any], scoped: bool = False) -> Callable[..., Any]:
    """`call`, but with objects of classes that have the method `name`, the method.

    scoped  `call` takes the variables of its caller before the count of outputs
    """
    if getattr(call, "dispatches", False):
        return call

    def with_objects(nargout: int, args: tuple, plain: Callable[..., Any], names: dict[str, Any]) -> Any:
        method = method_for(name, args)
        if method is None:
            if name not in OF_OBJECTS and any(is_numbers(arg) for arg in args):
                args = as_numbers(args)
            return plain(nargout, *args, **names)
        result = method.call(nargout, *args)
        if result is None and nargout == 1:
            from cnnscript.values.indexing import no_value

            raise no_value(name)
        return result

    dispatch: Callable[..., Any]
    if scoped:

        def dispatch(scope: Any, nargout: int, *args: Any, **names: Any) -> Any:
            for arg in args:
                kind = type(arg)
                if kind is Instance or kind is InstanceArray:
                    return with_objects(nargout, args, partial(call, scope), names)
            return call(scope, nargout, *args, **names)

    else:

        def dispatch(nargout: int, *args: Any, **names: Any) -> Any:
            for arg in args:
                kind = type(arg)
                if kind is Instance or kind is InstanceArray:
                    return with_objects(nargout, args, call, names)
            return call(nargout, *args, **names)

    dispatch.dispatches = True  # type: ignore[attr-defined]
    dispatch.__name__ = getattr(call, "__name__", name)
    return dispatch


def show_by_method(name: str, value: Any, out: Any, blank: str) -> bool:
    """Show an object by its class's own display or disp; False where it has neither."""
    display = value.definition.find_method("display")
    if display is not None:
        display.call(0, value)
        return True
    disp = value.definition.find_method("disp")
    if disp is None:
        return False
    out.write(f"{blank}{name} = \n{blank}")
    disp.call(0, value)
    if disp.node is not None:  # one of ours ends in a blank line
        out.write(blank)
    return True

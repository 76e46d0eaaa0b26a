"""How units find one another: all units of a session, functions and scripts called by name, names looked up anew."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cnnscript.code.dispatch import method_for
from cnnscript.code.scopes import caller_scope
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree

if TYPE_CHECKING:
    from cnnscript.code.lookup import Lookup
    from cnnscript.code.unit import Unit

SCRIPT_LIKE = {"script", "scope"}  # kinds that are called with the variables of the caller
_all_units: weakref.WeakKeyDictionary[Any, weakref.WeakSet[Any]] = weakref.WeakKeyDictionary()


def units_of(host: Any) -> weakref.WeakSet[Unit]:
    """Every unit of a session that is still in use."""
    return _all_units.setdefault(host, weakref.WeakSet())


def destroys(host: Any) -> bool:
    """Has a class of a session's programs a destructor?"""
    return any(unit.definition is not None and unit.definition.has_destructor for unit in list(units_of(host)))


def relink(host: Any) -> None:
    """Let every unit look for its functions again: the path or a file changed."""
    for unit in list(units_of(host)):
        before = {name: kind for name, (kind, _) in unit._references.items() if name not in unit.functions}
        for name in before:
            unit.namespace.pop("_f_" + name, None)
        unit._references.clear()
        unit._segments = None
        for name in before:
            unit.link(name)
        now = {name: unit._references[name][0] for name in before}
        if any(kind != now[name] and SCRIPT_LIKE & {kind, now[name]} for name, kind in before.items()):
            for name in unit.functions:  # a script is called otherwise than a function: their code is made anew
                unit.namespace.pop("_f_" + name, None)
                unit.namespace["_f_" + name] = unit._first_call(name, "_f_" + name, ())


def arity(node: tree.Function) -> tuple[int, int]:
    """nargin and nargout of a function as MATLAB counts: negative with varargin, varargout."""
    inputs, outputs = len(node.parameters), len(node.outputs)
    if node.parameters and node.parameters[-1].name == "varargin":
        inputs = -inputs
    if node.outputs and node.outputs[-1].name == "varargout":
        outputs = -outputs
    return inputs, outputs


def later(unit: Lookup, name: str) -> Callable[..., Any]:
    """A function that is generated or found when it is first called."""

    def call(nargout: int, *args: Any) -> Any:
        found = latest(unit).resolve(name)
        method = method_for(name, args) if name in unit.watched else None
        if method is not None:
            return method.call(nargout, *args)
        if found is None:
            raise unit.undefined(name, caller_scope())
        return found(nargout, *args)

    call.generated = lambda: latest(unit).resolve(name)  # type: ignore[attr-defined]
    call.unit = lambda: latest(unit)  # type: ignore[attr-defined]
    return call


def latest(unit: Lookup) -> Lookup:
    """The unit of the file as it was read last."""
    while unit.successor is not None:
        unit = unit.successor
    return unit


def in_scope_of_caller(call: Callable[..., Any]) -> Callable[..., Any]:
    """A built-in that needs a scope, callable without one: it gets that of the code that runs."""

    def with_scope(nargout: int, *args: Any) -> Any:
        return call(caller_scope(), nargout, *args)

    return with_scope


def script_call(unit: Unit) -> Callable[..., Any]:
    """Run a script file in the variables of whoever calls it by name."""

    def run(scope: Any, *args: Any) -> None:
        if type(scope) is int:  # the name was that of a function when the code that runs was made
            args, scope = (scope, *args), caller_scope() or unit.host.workspace
        if len(args) > 1 or args[0]:
            name = os.path.splitext(os.path.basename(unit.source.name))[0]
            raise ScriptError(
                "MATLAB:scriptNotAFunction", f"Attempt to execute SCRIPT {name} as a function:\n{unit.source.name}"
            )
        unit.run(scope)

    return run

"""Variables by name: the base workspace, and the variables of a function or script that is running.

Both are mappings from names to values.  A running function keeps its variables in a Python frame; code that reaches
for names at run time (`eval`, `assignin`, ...) keeps them in a dictionary, which is then the frame's namespace.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

from cnnscript.code.emit import RESERVED, mangled, plain_name
from cnnscript.errors import ScriptError

OPTIMIZED = 0x1  # CO_OPTIMIZED: the code keeps its variables in fast locals
SEGMENT = "_segment"  # the Python name of a piece of a script
DYNAMIC = "_script"  # ... of one that looks its names up as it runs
SCRIPTS = (SEGMENT, DYNAMIC)
MISSING = object()


class Variables(MutableMapping):
    """Variables by name, wherever their values are."""

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def names(self) -> list[str]:
        return list(self)

    def set(self, name: str, value: Any) -> None:
        self[name] = value

    def delete(self, name: str) -> None:
        del self[name]


class Workspace(Variables):
    """The base workspace (or the variables of a script that runs in another scope).

    variables     the values, kept in the dictionary that was given
    global_names  names declared global here: their values are in the host's `globals`
    imports       what was imported at the prompt
    """

    function = ""
    nargin = None
    nargout = None

    def __init__(self, variables: dict[str, Any] | None = None, global_values: dict[str, Any] | None = None):
        self.variables = {} if variables is None else variables
        self.global_names: set[str] = set()
        self.imports: list[str] = []
        self.global_values = global_values

    def __getitem__(self, name: str) -> Any:
        if name in self.global_names:
            return self.global_values[name]
        frame = self.running()
        if frame is not None:
            return frame[name]
        return self.variables[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self.global_names:
            self.global_values[name] = value
        frame = self.running()
        if frame is not None:
            frame[name] = value
        else:
            self.variables[name] = value

    def __delitem__(self, name: str) -> None:
        self.global_names.discard(name)
        frame = self.running()
        if frame is not None:
            del frame[name]
        else:
            del self.variables[name]

    def __iter__(self) -> Iterator[str]:
        frame = self.running()
        if frame is not None:
            yield from frame
        else:
            yield from [name for name in self.variables if name[0] != "_"]

    def caller(self) -> Workspace:
        return self

    def base(self) -> Workspace:
        return self

    def running(self) -> Scope | None:
        """The piece of a script that holds these variables while it runs."""
        frame = sys._getframe(1)
        found = None
        while frame is not None:
            if frame.f_code.co_name == SEGMENT and frame.f_locals.get("_workspace") is self.variables:
                found = frame
            frame = frame.f_back
        return Scope(found) if found is not None else None


class Scope(Variables):
    """The variables of a function or script that is running in a Python frame of generated code."""

    def __init__(self, frame: FrameType):
        self.frame = frame
        self.unit = frame.f_globals["_unit"]

    # ------------------------------------------------------------------------------------------------- the mapping
    @property
    def variables(self) -> dict[str, Any]:
        """The frame's namespace (a copy of it for fast locals)."""
        return self.frame.f_locals

    def copy(self) -> dict[str, Any]:
        """All variables that code here sees, in a dictionary of its own."""
        variables = dict(self.variables)
        if self.frame.f_code.co_name == SEGMENT:
            for name, value in variables["_workspace"].items():
                variables.setdefault(mangled(name), value)
        return variables

    @property
    def dynamic(self) -> bool:
        return not self.frame.f_code.co_flags & OPTIMIZED

    def __getitem__(self, name: str) -> Any:
        if self._is_global(name):
            return self.unit.host.globals[name]
        variables, key = self.variables, mangled(name)
        value = variables.get(key)
        if value is None and self.frame.f_code.co_name == SEGMENT:
            value = variables["_workspace"].get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __setitem__(self, name: str, value: Any) -> None:
        if self._is_global(name):
            self.unit.host.globals[name] = value
            return
        key, code = mangled(name), self.frame.f_code
        if self.dynamic:
            self.variables[key] = value
        elif key in code.co_varnames or key in code.co_cellvars or key in code.co_freevars:
            _write_local(self.frame, key, value)
        elif code.co_name == SEGMENT:
            self.frame.f_locals["_workspace"][name] = value
        else:
            raise ScriptError(
                "MATLAB:addVariableToStaticWorkspace",
                f'Attempt to add "{name}" to a static workspace.',
                hint=f"assign {name} = [] in {self.function} first",
            )

    def __delitem__(self, name: str) -> None:
        key = mangled(name)
        if self.dynamic:
            del self.variables[key]
        elif key in self.variables:
            _write_local(self.frame, key, None)
        else:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        names = dict.fromkeys(_plain(self.variables))
        if self.frame.f_code.co_name == SEGMENT:
            # beside the variables of a function that runs a script there are those of its generated code
            names.update(dict.fromkeys(name for name in self.variables["_workspace"] if name[:1] != "_"))
        names.update(dict.fromkeys(name for name in self.global_names if name in self.unit.host.globals))
        return iter(names)

    # ------------------------------------------------------------------------------------------------- where it is
    @property
    def function(self) -> str:
        """The function's name, '' in a script of the base workspace."""
        return self.unit.function_name(self.frame.f_code)

    @property
    def nargin(self) -> int | None:
        """The number of inputs of the running call (only in functions that ask for it)."""
        given = self.variables.get("_nargin")
        return None if given is None else int(given)

    @property
    def nargout(self) -> int | None:
        return self.variables.get("_nargout")

    @property
    def file(self) -> str:
        return self.unit.source.name

    def caller(self) -> Scope | Workspace:
        """The scope of the code that called this function."""
        frame = self.frame.f_back
        while frame is not None:
            if "_unit" in frame.f_globals and frame.f_code.co_name != "<lambda>":
                return Scope(frame)
            frame = frame.f_back
        return self.unit.host.workspace

    def base(self) -> Workspace:
        return self.unit.host.workspace

    @property
    def global_names(self) -> frozenset[str] | set[str]:
        """Names declared global here (in a script the set itself, which scripts it calls add to)."""
        code = self.frame.f_code
        return self.unit.workspace_globals if code.co_name in SCRIPTS else self.unit.global_names(code)

    def _is_global(self, name: str) -> bool:
        return name in self.global_names


def _plain(variables: dict[str, Any]) -> Iterator[str]:
    for key, value in list(variables.items()):
        if value is not None and (name := plain_name(key)) is not None:
            yield name


def _write_local(frame: FrameType, key: str, value: Any) -> None:
    """Write a fast local of a running frame (None takes it away)."""
    frame.f_locals[key] = value
    if sys.version_info < (3, 13):  # f_locals is a copy there, which this call writes back
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))


@contextmanager
def as_namespace(variables: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A workspace's dictionary as the namespace of Python code: the few names that Python keeps are written otherwise,
    and what the code leaves under names of ours is taken away."""
    for name in RESERVED & variables.keys():
        variables[mangled(name)] = variables.pop(name)
    try:
        yield variables
    finally:
        for key in [key for key in variables if key[0] == "_"]:
            name, value = plain_name(key), variables.pop(key)
            if name is not None:
                variables[name] = value


def current_scope() -> Scope:
    """The scope of the generated code that calls this."""
    return Scope(sys._getframe(1))


def caller_scope() -> Scope | None:
    """The scope of the innermost script code that runs now; None when none does."""
    frame = sys._getframe(1)
    while frame is not None:
        if "_unit" in frame.f_globals and frame.f_code.co_name != "<lambda>":
            return Scope(frame)
        frame = frame.f_back
    return None


def write_back(scope: Workspace | Scope, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Let the changes of a copy be those of the running function."""
    for key, value in after.items():
        name = plain_name(key)
        if name is not None and before.get(key) is not value:
            scope[name] = value
    for key in before:
        name = plain_name(key)
        if name is not None and key not in after and name in scope:
            del scope[name]

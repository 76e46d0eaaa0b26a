"""What generated code asks of the session: its built-ins, files, variables and output."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from cnnscript.code.scopes import Workspace
from cnnscript.errors import ScriptError


class Bound(NamedTuple):
    """A built-in as a host hands it in: `call(nargout, *args)`, or `call(scope, nargout, *args)` with needs_scope."""

    call: Callable[..., Any]
    needs_scope: bool = False
    floats: Callable[..., Any] | None = None
    takes_names: bool = False  # `call` takes the keyword `names`: which variables the arguments are


class Host(Protocol):
    """What generated code asks of the session."""

    globals: dict[str, Any]
    workspace: Workspace

    def builtin(self, name: str) -> Bound | None: ...
    def builtin_names(self) -> Iterable[str]: ...
    def find_function(self, name: str, origin: str | None) -> Any: ...
    def is_package(self, name: str) -> bool: ...
    def table_version(self) -> str: ...
    def settable_properties(self, name: str) -> dict[str, Any] | None: ...
    def show(self, name: str, value: Any) -> None: ...
    def undefined(self, name: str) -> ScriptError: ...
    def shell(self, command: str) -> None: ...

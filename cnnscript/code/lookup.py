"""What the names in a unit mean: its functions, files in reach, built-ins; and how they come into its namespace."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cnnscript.code import emit
from cnnscript.code.dispatch import dispatching, watched
from cnnscript.code.linking import arity, in_scope_of_caller, later, script_call
from cnnscript.code.program_text import ProgramText
from cnnscript.code.scopes import Scope, Workspace, caller_scope
from cnnscript.code.undefined import called_by_anonymous, undefined_for
from cnnscript.errors import ScriptError, Source
from cnnscript.syntax import tree
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY
from cnnscript.values.objects import Object

if TYPE_CHECKING:
    from cnnscript.code.hosts import Host


class Lookup(ProgramText):
    """The names of a unit: found once (`reference`), linked into the namespace of the generated code (`link`)."""

    def __init__(self, program: tree.Program, source: Source, host: Host, kind: str):
        super().__init__(program, source, kind)
        self.host = host
        self.successor: Lookup | None = None  # the unit of the same file, read again after it changed
        self.around: Lookup | None = None  # for text of `eval`: the unit whose functions it sees
        self.definition: Any = None  # of a class file: its class
        self.watched = watched(host)
        self.namespace: dict[str, Any] = {}
        self._references: dict[str, tuple[str | None, Any]] = {}
        self._persistents: dict[str, dict[str, Any]] = {}
        self._constants = 0

    def compile_function(self, name: str) -> Callable[..., Any]:
        """Generate the code of one of this unit's functions."""
        raise NotImplementedError

    # -------------------------------------------------------------------------------------------------- what it means
    def find_class(self, name: str) -> Any:
        """The definition of a class by name, as code of this unit means it; None where there is none."""
        from cnnscript.code.classes import ClassDefinition

        own = self.definition
        if own is not None and name in (own.name, own.short_name):
            return own
        found = self.host.find_function(name, self.origin)
        call = found.call if isinstance(found, Function) else None
        return call if isinstance(call, ClassDefinition) else None

    def imported(self, name: str, imports: list[str]) -> str:
        """The full name that `import` gives a name; the name itself where none does."""
        for one in imports:
            package, _, last = one.rpartition(".")
            if package and last in ("*", name) and self.reference(f"{package}.{name}") is not None:
                return f"{package}.{name}"
        return name

    def reference(self, name: str, imports: list[str] | tuple = ()) -> str | None:
        """What a name that is no variable means: 'local', 'file', 'script', 'builtin', 'scope', or None."""
        known = self._references.get(name)
        if known is None or known[0] is None and imports:
            known = self._references[name] = self._look_up(name, imports)
        if self.keeper is not None:
            self.keeper.note("refer", name, tuple(imports), known[0])
        return known[0]

    def _look_up(self, name: str, imports: list[str] | tuple) -> tuple[str | None, Any]:
        if name in self.functions:
            return "local", None
        if self.around is not None and self.around.reference(name) in ("local", "file"):
            return "file", self.around.handle(name)
        candidates = [name]
        for imported in imports:
            package, _, last = imported.rpartition(".")
            if last in ("*", name):
                candidates.append(f"{package}.{name}")
        own = self.definition
        if own is not None and name in (own.short_name, own.name):
            return "file", Function(own, own.name)
        for candidate in candidates:
            if "." in candidate and (member := self._member_of_class(candidate)) is not None:
                return "file", member
            if "." not in candidate or self.host.is_package(candidate.partition(".")[0]):
                found = self._found_file(candidate)
                if found is not None:
                    return ("script" if isinstance(found, Lookup) else "file"), found
            bound = self.host.builtin(candidate)
            if bound is not None:
                return ("scope" if bound.needs_scope else "builtin"), bound
        return None, None

    def _member_of_class(self, name: str) -> Function | None:
        """What Class.name means: a static method, a constant property, an enumeration's member."""
        word, _, last = name.rpartition(".")
        if "." in word and not self.host.is_package(word.partition(".")[0]):
            return None
        definition = self.find_class(word)
        return definition.static(last) if definition is not None else None

    def _found_file(self, name: str) -> Any:
        """The function, class or script in a file of that name; one with a fault in it raises it when it is called."""
        try:
            return self.host.find_function(name, self.origin)
        except ScriptError as fault:
            problem = fault

        def call(nargout: int, *args: Any) -> Any:
            self._references.pop(name, None)  # the file may be mended meanwhile
            raise problem

        return Function(call, name)

    def takes_names(self, name: str) -> bool:
        """Is the function of that name a built-in that asks which variables its arguments are?"""
        kind = self.reference(name)
        return kind == "builtin" and self._references[name][1].takes_names

    def handle(self, name: str) -> Function:
        """A handle to a function by name, as code of this unit means it."""
        node = self.functions.get(name)
        if node is None:
            return self._handle_elsewhere(name)
        return Function(later(self, name), name, None, *arity(node), origin=self.source.name)

    def _handle_elsewhere(self, name: str) -> Function:
        kind = self.reference(name)
        found = self._references[name][1]
        if kind == "file" and name not in self.watched:
            return found
        if found is None or kind == "script":
            call = later(self, name)
        else:
            call = in_scope_of_caller(found.call) if kind == "scope" else found.call
        return Function(dispatching(name, call) if name in self.watched else call, name)

    # --------------------------------------------------------------------------------------------- into the namespace
    def link(self, name: str, imports: list[str] | tuple = ()) -> str:
        """Make a function callable in the namespace; its Python name there."""
        key = "_f_" + name
        if key not in self.namespace:
            kind = self.reference(name, imports)
            found = self._references[name][1]
            if kind == "builtin" or kind == "scope":
                self.namespace[key] = found.call
            elif kind == "script":
                self.namespace[key] = script_call(found)
            else:
                self.namespace[key] = self._first_call(name, key, tuple(imports))
            self._watch(name, key, kind)
        if self.keeper is not None:
            self.keeper.note("link", name, tuple(imports))
        return key

    def _watch(self, name: str, key: str, kind: str | None) -> None:
        """Let a name that classes have methods of go by way of them."""
        if name in self.watched and kind != "local":
            self.namespace[key] = dispatching(name, self.namespace[key], kind in ("scope", "script"))

    def link_floats(self, name: str) -> str:
        """The form of a built-in for doubles, in the namespace."""
        key = "_d_" + name
        bound = self.host.builtin(name)
        assert bound is not None, name
        self.namespace[key] = bound.floats
        if self.keeper is not None:
            self.keeper.note("floats", name)
        return key

    def _first_call(self, name: str, key: str, imports: tuple) -> Callable[..., Any]:
        """Stands for a function until it is called: then it is generated, or looked for once more."""

        def first(nargout: int, *args: Any) -> Any:
            call = self.resolve(name, imports)
            if call is None:
                return self._last_resort(name, nargout, args)
            self.namespace[key] = call
            self._watch(name, key, "local" if name in self.functions else None)
            return call(nargout, *args)

        return first

    def resolve(self, name: str, imports: tuple = ()) -> Callable[..., Any] | None:
        """The function that a name means, generated; None where there is none."""
        if name in self.functions:
            made = self.namespace.get("_f_" + name)
            if made is None or getattr(made, "__name__", "") == "first":
                made = self.compile_function(name)
            return made
        kind, found = self._references[name] = self._look_up(name, imports)
        if kind == "file":
            generated = getattr(found.call, "generated", None)
            return generated() if generated is not None else found.call
        if kind == "script":
            return lambda nargout, *args: script_call(found)(caller_scope(), nargout, *args)
        if kind == "scope":
            return in_scope_of_caller(found.call)
        return found.call if kind == "builtin" else None

    def _last_resort(self, name: str, nargout: int, args: tuple) -> Any:
        """A name that is no function: a variable that `assignin` or `load` made meanwhile, else an error."""
        from cnnscript.code.calls import call_value

        for arg in args:
            if isinstance(arg, Object) and (method := arg.own_method(name)) is not None:
                return method(nargout, *args)
        scope = caller_scope()
        if called_by_anonymous():  # it took its variables with it when it was made
            raise undefined_for(self.undefined(name, scope), name, args)
        value = scope.get(name) if scope is not None else None
        if value is None:
            raise self.undefined(name, scope)
        return call_value(value, max(nargout, 1), *args)

    def undefined(self, name: str, scope: Scope | Workspace | None) -> ScriptError:
        """The error for a name that is nothing; a variable of the code that runs is the first to be meant."""
        from difflib import get_close_matches

        error = self.host.undefined(name)
        by_folded = {word.lower(): word for word in scope or ()}
        near = get_close_matches(name.lower(), by_folded, 1, 0.75)
        if near:
            error.hint = f"did you mean '{by_folded[near[0]]}'?"
        return error

    def constant_of(self, value: Any, place: emit.Place) -> ast.expr:
        """A value that no Python literal can be, kept in the namespace."""
        self._constants += 1
        name = f"_c{self._constants}"
        self.namespace[name] = value
        if self.keeper is not None:
            self.keeper.note_constant(name, value)
        return emit.load(name, place)

    def persistents(self, function: str) -> str:
        """The Python name of the dictionary with a function's persistent variables; new ones are []."""
        key = "_p_" + function
        if key not in self.namespace:
            self.namespace[key] = self._persistents[function] = _Blank()
        if self.keeper is not None:
            self.keeper.note("persistents", function)
        return key


class _Blank(dict):
    """Persistent variables: one that was never set is []."""

    def __missing__(self, name: str) -> Any:
        return EMPTY

"""What the generator knows at a place of a function: its variables, which of them are set, what a name means there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cnnscript.code import emit
from cnnscript.code.emit import Place, mangled
from cnnscript.code.infer import Types
from cnnscript.code.names import Names, names_of
from cnnscript.errors import ScriptError, Span
from cnnscript.syntax import tree

DEEPEST_BLOCKS = 18  # CPython allows 20 loops and try blocks inside one another; two are ours


def function_name(function: tree.Function | None) -> str:
    return function.name if function is not None else ""


class NeedsDynamic(Exception):
    """This script uses a name now as a function, now as a variable: it must look names up as it runs."""


class Context:
    """The generator's knowledge; `Generator` adds what it makes of it.

    variables   names that are variables here
    bound       variables that are surely set at this point
    dynamic     variables live in a dictionary and any name may be one
    is_script   the statements of a script (or the prompt): a name not set may still be a function
    persistent_names  persistent variables, each with the function that declares it
    own         parameters and captured variables of the anonymous functions around this point
    counters    loop variables that have an integer beside them: name to the integer's name
    positive    those of them that start at 1 or above and count up
    ends        what `end` means, innermost last
    """

    def __init__(self, unit: Any, function: tree.Function | None, dynamic: bool):
        self.unit = unit
        self.source = unit.source
        self.function = function
        self.is_script = function is None
        self.dynamic = dynamic
        self.variables: set[str] = set()
        self.bound: set[str] = set()
        self.own: set[str] = set()
        self.anonymous_parameters: list[str] | None = None  # of the innermost anonymous function around this point
        self.maybe: set[str] = set()
        self.global_names: set[str] = set()
        self.persistent_names: dict[str, str] = {}
        self.nested: set[str] = set()
        self.counters: dict[str, str] = {}
        self.positive: set[str] = set()
        self.ends: list[Any] = []
        self.temporaries: list[str] = []
        self.count = 0
        self.depth = 0
        self.imports: list[str] = []
        self.names = Names()
        self.types = Types(self.is_builtin, self.floats_of)
        self._places: dict[tuple[int, int], Place] = {}

    # ------------------------------------------------------------------------- what the parts above this one answer
    def value(self, node: tree.Node) -> ast.expr:
        """An expression with exactly one value (`Expressions`)."""
        raise NotImplementedError

    def operand(self, node: tree.Node) -> ast.expr:
        """One operand of an operator (`References`)."""
        raise NotImplementedError

    def whole(self, node: tree.Node) -> ast.expr | None:
        """An index as a Python integer, where that is known (`Operators`)."""
        raise NotImplementedError

    def surely_positive(self, node: tree.Node) -> bool:
        """Is the index that `whole` gives above 0 (`Operators`)?"""
        raise NotImplementedError

    def is_atom(self, node: tree.Node) -> bool:
        """May this be evaluated twice at no cost (`Operators`)?"""
        raise NotImplementedError

    # ------------------------------------------------------------------------------------------------------- places
    def place(self, node: tree.Node) -> Place:
        """Where a node was written."""
        key = node.start, node.stop
        known = self._places.get(key)
        if known is None:
            line, column = self.source.position(node.start)
            end_line, end_column = self.source.position(node.stop)
            known = self._places[key] = line, column - 1, end_line, end_column - 1
        return known

    def fault(self, node: tree.Node, identifier: str, message: str, hint: str | None = None) -> ScriptError:
        """An error of the text itself."""
        return ScriptError(identifier, message, Span(self.source, node.start, node.stop), hint=hint)

    def temporary(self) -> str:
        """A name for a value in the middle of a statement, let go after it."""
        self.count += 1
        name = f"_t{self.count}"
        self.temporaries.append(name)
        return name

    def kept(self) -> str:
        """A name for a value that lives longer than a statement."""
        self.count += 1
        return f"_k{self.count}"

    @contextmanager
    def nesting(self, node: tree.Node) -> Iterator[None]:
        """One more loop or try around what follows."""
        self.depth += 1
        if self.depth > DEEPEST_BLOCKS:
            raise self.fault(
                node,
                "MATLAB:cnnscript:nestedTooDeep",
                f"Loops and try blocks are nested more than {DEEPEST_BLOCKS} deep.",
                hint="move the inner ones into a function",
            )
        try:
            yield
        finally:
            self.depth -= 1

    # -------------------------------------------------------------------------------------------------------- names
    def learn(self, body: list[tree.Node]) -> Names:
        """Read the statements of this function for their names."""
        self.names = names = names_of(body)
        self.variables |= set(names.definitions)
        self.global_names = set(names.global_names)
        if self.dynamic:  # what a script declares global is so for its caller
            for script in self.unit.called_scripts(names.mentioned - self.variables):
                self.global_names |= script.declared_globals
                self.variables |= script.declared_globals
        self.persistent_names = dict.fromkeys(names.persistent_names, function_name(self.function))
        whole = names_of(self.unit.program.body) if self.is_script else names
        typed = self.unit.host.workspace.imports if self.is_script and self.unit.kind == "prompt" else []
        self.imports = [*typed, *whole.imports]
        return names

    def reference(self, name: str) -> str | None:
        """What a name that is no variable means: 'nested', 'local', 'file', 'script', 'builtin', 'scope' (a built-in
        that reaches for variables), or None for nothing known."""
        if name in self.nested:
            return "nested"
        return self.unit.reference(self.unit.imported(name, self.imports))

    def is_builtin(self, name: str) -> bool:
        if name in self.variables or name in self.own or name in self.unit.watched:
            return False
        return self.reference(name) == "builtin"

    def floats_of(self, name: str) -> Any:
        bound = self.unit.host.builtin(name)
        return None if bound is None else bound.floats

    def is_variable(self, name: str) -> bool:
        return name in self.own or name in self.variables

    def function_name(self, name: str) -> str:
        """The Python name of a function, linked into the namespace."""
        if name in self.nested:
            return "_f_" + name
        return self.unit.link(self.unit.imported(name, self.imports))

    # ---------------------------------------------------------------------------------------------------- variables
    def load(self, name: str, place: Place) -> ast.expr:
        """Read a variable."""
        if name not in self.own:
            if name in self.global_names:
                return emit.subscript(emit.load("_globals", place), emit.constant(name, place), emit.LOAD, place)
            if name in self.persistent_names:
                return self.persistent(name, emit.LOAD, place)
        return emit.load(mangled(name), place)

    def target(self, name: str, place: Place) -> ast.expr:
        """Write a variable."""
        if name in self.global_names:
            return emit.subscript(emit.load("_globals", place), emit.constant(name, place), emit.STORE, place)
        if name in self.persistent_names:
            return self.persistent(name, emit.STORE, place)
        return emit.store(mangled(name), place)

    def is_local(self, name: str) -> bool:
        """Is it a plain Python variable (no global, persistent)?"""
        return name in self.own or name not in self.global_names and name not in self.persistent_names

    def persistent(self, name: str, context: ast.expr_context, place: Place) -> ast.expr:
        values = self.unit.persistents(self.persistent_names[name])
        return emit.subscript(emit.load(values, place), emit.constant(name, place), context, place)

    def in_variables(self, name: str, place: Place) -> ast.expr:
        """Python's `'name' in locals()`."""
        return emit.compare(
            emit.constant(mangled(name), place), ast.In(), emit.call("_locals", [], place), place
        )

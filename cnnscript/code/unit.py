"""A unit: one file (or text of the prompt), ready to run; its functions.

`program_text` knows its text, `lookup` what its names mean.

Code is generated when it is first needed: a function at its first call, a piece of a script just before it runs, when
it is known which names are variables.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

from cnnscript.code.calls import Return, leave
from cnnscript.code.context import NeedsDynamic
from cnnscript.code.dispatch import watch
from cnnscript.code.generate import Generator
from cnnscript.code.hosts import Host
from cnnscript.code.linking import units_of
from cnnscript.code.lookup import Lookup
from cnnscript.code.names import names_of
from cnnscript.code.runtime import namespace
from cnnscript.code.scopes import DYNAMIC, SEGMENT, Scope, Workspace, as_namespace, write_back
from cnnscript.code.traces import explained
from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax import tree
from cnnscript.values.functions import Function

# built-ins that read variables by name but change none: code that calls them keeps its fast variables
READERS = frozenset(
    [  # fmt: skip
        "exist", "who", "whos", "which", "save", "display", "inputname", "narginchk", "nargoutchk",
        "nargchk", "nargin", "nargout", "mfilename", "dbstack", "isglobal", "celldisp",
    ]
)
DEEPEST = 5000  # Python frames: one for each call of a program, several for one through cellfun and the like
sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST))
KINDS = {float: "double", Function: "function"}  # kinds of known variables for which the code differs


@dataclass
class Segment:
    """Consecutive statements of a script, run as one function, or looked up name by name when `dynamic`."""

    body: list[tree.Node]
    dynamic: bool
    codes: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def words(self) -> set[str]:
        """The names these statements mention."""
        names = names_of(self.body)
        return names.mentioned | set(names.definitions)


def put_back(variables: dict[str, Any], stop: BaseException, code: CodeType) -> None:
    """What a piece of a script does itself when it ends, done for it: Python 3.13 lets Ctrl-C out of a `while` that is
    jumping back without running the `finally` around it."""
    at = stop.__traceback__
    while at is not None:
        if at.tb_frame.f_code is code:
            leave(variables, dict(at.tb_frame.f_locals))
            return
        at = at.tb_next


class Unit(Lookup):
    """One program text, ready to run."""

    def __init__(self, program: tree.Program, source: Source, host: Host, kind: str = "script"):
        super().__init__(program, source, host, kind)
        self.namespace = namespace(self)
        self.is_script = bool(program.body) or not program.functions
        self.locked = False  # `mlock`: what its functions remember is not cleared
        self.workspace_globals: set[str] = set()
        self.positions: dict[int, tuple[CodeType, list]] = {}
        self.followed: dict[tuple[int, int], bool] = {}  # by code and instruction: does an index follow its own?
        self.constructors: dict[str, Callable[[], Any]] = {}  # what gives a constructor its object, by function
        self._segments: list[Segment] | None = None
        self._defining = False
        if program.classes:
            self.require_class_file()
            self.is_script = False
        units_of(host).add(self)

    # ------------------------------------------------------------------------------------------------------ running
    def run(self, workspace: Workspace | Scope) -> None:
        """Run the statements with the variables of a workspace.

        Raises ScriptError with its place and callers, InternalError, or what is no `Exception`.
        """
        if self.kind == "prompt" and isinstance(workspace, Workspace):
            workspace.imports += names_of(self.program.body).imports
        if isinstance(workspace, Scope) and not workspace.dynamic:  # called by a handle or `feval`
            copied, variables = True, workspace.copy()
        else:
            copied, variables = False, workspace.variables
        before = dict(variables) if copied else {}
        try:
            for segment in self.segments():
                names = workspace.global_names
                self.workspace_globals = names if isinstance(names, set) else set(names)
                if self._run_segment(segment, variables):
                    break
        except Return:
            return
        except Exception as error:
            raise explained(error).with_traceback(None) from None
        finally:
            if copied:
                write_back(workspace, before, variables)
            self.note_globals(workspace)

    def segments(self) -> list[Segment]:
        """The statements in pieces: those that reach for names at run time by themselves, the others together."""
        if self._segments is None:
            pieces: list[Segment] = []
            for statement in self.program.body:
                dynamic = self.reaches_for_names([statement])
                alone = dynamic or type(statement) is tree.Global
                if alone or not pieces or pieces[-1].dynamic or type(pieces[-1].body[-1]) is tree.Global:
                    pieces.append(Segment([], dynamic))
                pieces[-1].body.append(statement)
            self._segments = pieces
        return self._segments

    def _run_segment(self, segment: Segment, variables: dict[str, Any]) -> bool:
        """Run one piece; True where it returned."""
        for statement in segment.body:
            if type(statement) is tree.Global:
                self.workspace_globals.update(statement.names)
        if segment.dynamic:
            return self._run_dynamic(segment, variables)
        # types only: a dictionary of values would be one more holder of each
        words = segment.words
        known = {name: type(value) for name, value in variables.items() if name in words}
        key = (frozenset((name, KINDS.get(kind)) for name, kind in known.items()), frozenset(self.workspace_globals))
        function = segment.codes.get(key)
        if function is None:
            try:
                code = Generator(self, None, known=known).segment(segment.body)
            except NeedsDynamic:
                segment.dynamic = True
                return self._run_dynamic(segment, variables)
            exec(code, self.namespace)
            function = segment.codes[key] = self.namespace.pop(SEGMENT)
        try:
            return bool(function(variables))
        except KeyboardInterrupt as stop:
            put_back(variables, stop, function.__code__)
            raise

    def _run_dynamic(self, segment: Segment, variables: dict[str, Any]) -> bool:
        key = frozenset(self.workspace_globals)
        code = segment.codes.get(key)
        if code is None:
            code = segment.codes[key] = Generator(self, None, dynamic=True).dynamic_body(segment.body, DYNAMIC)
        with as_namespace(variables):
            try:
                exec(code, self.namespace, variables)
            except Return:
                return True
        return False

    @cached_property
    def declared_globals(self) -> frozenset[str]:
        """Names that this script, or one it calls, declares global."""
        return frozenset(self._globals_of_scripts({self}))

    def _globals_of_scripts(self, seen: set[Unit]) -> set[str]:
        found: set[str] = set()
        for statement in self.program.body:
            for node in tree.walk(statement):
                if type(node) is tree.Global:
                    found.update(node.names)
        for called in self.called_scripts(names_of(self.program.body).mentioned):
            if called not in seen:
                seen.add(called)
                found |= called._globals_of_scripts(seen)
        return found

    def called_scripts(self, names: set[str]) -> list[Unit]:
        """The scripts among these names."""
        return [self._references[name][1] for name in names if self.reference(name) == "script"]

    def note_globals(self, workspace: Workspace | Scope) -> None:
        """Let the workspace's dictionary show the values of its global names."""
        for name in workspace.global_names:
            if name in self.host.globals:
                workspace.variables[name] = self.host.globals[name]

    def reaches_for_names(self, nodes: list[tree.Node]) -> bool:
        """Do these statements call what reads or writes variables by their names?"""
        pending = list(nodes)
        while pending:
            node = pending.pop()
            if type(node) in (tree.Anonymous, tree.Function):
                continue
            if type(node) is tree.Command:
                if self._writes(node.name, False):
                    return True
            elif type(node) is tree.Expression:
                inner = node.expression
                base = inner.base if type(inner) is tree.Call else inner
                if type(base) is tree.Name and any(self._writes(name, False) for name in self._called(inner, base.id)):
                    return True
            elif type(node) is tree.Name and self._writes(node.id, True):
                return True
            pending += tree.children(node)
        return False

    def _called(self, node: tree.Node, name: str) -> list[str]:
        """The names of what a statement calls: its own, and that which feval('load',file) has as a constant."""
        calls = type(node) is tree.Call and name in ("feval", "builtin")
        first = next(iter(node.arguments), None) if calls else None
        told = first.value if type(first) is tree.Text else first.name if type(first) is tree.Handle else name
        return [name, told]

    def _writes(self, name: str, as_value: bool) -> bool:
        if name in READERS or name == "load" and as_value:
            return False
        return self.reference(name) in ("scope", "script")

    # ---------------------------------------------------------------------------------- files of functions and classes
    @property
    def function(self) -> Function:
        """The main function of a function file; the constructor of a class file."""
        if self.program.classes:
            return Function(self.class_definition(), self.program.classes[0].name, origin=self.source.name)
        return self.handle(self.program.functions[0].name)

    def class_definition(self) -> Any:
        """The class of a class file; from now on its methods are found where they are called as functions."""
        if self.definition is None:
            from cnnscript.code.classes import ClassDefinition

            if self._defining:
                raise self.fault(
                    self.program.classes[0], "MATLAB:class:recursion",
                    f"Class '{self.program.classes[0].name}' derives from itself.",
                )
            self._defining = True
            try:
                definition = ClassDefinition(self)
            finally:
                self._defining = False
            self.definition = definition
            numbers = self.host.builtin_names() if definition.number_class is not None else ()
            watch(self.host, [*definition.methods, *numbers], units_of(self.host))
        return self.definition

    def require_class_file(self) -> None:
        """Raise the ScriptError where a class is not alone in a file."""
        first, *others = self.program.classes
        start = min(first.stop, first.start + len("classdef"))
        span = Span(self.source, first.start, start)
        if self.kind != "script" or self.program.body:
            raise ScriptError(
                "MATLAB:m_classdef_outside_file",
                'Illegal use of reserved keyword "classdef".',
                span,
                hint=f"a class is written in a file of its own, {first.name}.m",
            )
        if others:
            place = Span(self.source, others[0].start, others[0].start + len("classdef"))
            raise ScriptError("MATLAB:m_two_classes", "A file defines one class only.", place)

    def settable_properties(self, name: str) -> dict[str, Any] | None:
        """What anybody may set of the objects of a class, each with what checks a value (None: nothing)."""
        definition = self.find_class(name)
        if definition is None:
            return self.host.settable_properties(name)
        from cnnscript.code.members import PUBLIC

        return {
            word: item.checked
            for word, item in definition.properties.items()
            if item.set_access == PUBLIC and not item.is_constant and not item.is_hidden
        }

    # ---------------------------------------------------------------------------------------------------- functions
    def compile_function(self, name: str) -> Callable[..., Any]:
        """Generate the code of one of this unit's functions."""
        code = self._code(name)
        if code is None:
            from cnnscript.code.dynamic import DynamicFunction

            made: Callable[..., Any] = DynamicFunction(self, self.functions[name])
        else:
            exec(code, self.namespace)
            made = self.namespace["_f_" + name]
        self.namespace["_f_" + name] = made
        return made

    def link_general(self, name: str) -> str:
        """The form of a function for parameters of any class, generated when it is first called."""
        key = "_g_" + name

        def first(nargout: int, *args: Any) -> Any:
            made: dict[str, Any] = {}
            code = self._code(name, general=True)
            assert code is not None, "a general form is never looked up name by name"
            exec(code, self.namespace, made)
            self.namespace[key] = made["_f_" + name]
            return self.namespace[key](nargout, *args)

        self.namespace[key] = first
        if self.keeper is not None:
            self.keeper.note("general", name)
        return key

    def _code(self, name: str, general: bool = False) -> CodeType | None:
        """The code of a function, kept or generated; None where its names are looked up as it runs."""
        if self.keeper is None:
            return self._generate(name, general)
        form = f"{name} general" if general else name
        code = self.keeper.find(form)
        if code is None:
            self.read_whole()
            with self.keeper.recording(form) as made:
                code = self._generate(name, general)
                made += [code] if code is not None else []
        return code

    def read_whole(self) -> None:
        """Have the bodies of all functions at hand."""

    def _generate(self, name: str, general: bool) -> CodeType | None:
        node = self.functions[name]
        if not general and self.reaches_for_names(node.body) and not node.nested:
            return None
        generator = Generator(self, node)
        generator.general = general
        return generator.compiled(generator.function_definition())

    def forget(self) -> None:
        """Drop the values of persistent variables, unless a function locked them."""
        if self.locked:
            return
        for values in self._persistents.values():
            values.clear()

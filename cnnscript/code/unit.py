"""A unit: one file (or text of the prompt), its functions, and how its names find theirs.

Code is generated when it is first needed: a function at its first call, a piece of a script just before it runs, when
it is known which names are variables.
"""

from __future__ import annotations

import ast
import os
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any, NamedTuple, Protocol

from cnnscript.code import emit
from cnnscript.code.context import NeedsDynamic
from cnnscript.code.dispatch import dispatching, watch, watched
from cnnscript.code.generate import Generator
from cnnscript.code.linking import arity, in_scope_of_caller, later, script_call, units_of
from cnnscript.code.names import names_of
from cnnscript.code.scopes import DYNAMIC, SEGMENT, Scope, Workspace, as_namespace, caller_scope
from cnnscript.code.undefined import called_by_anonymous, undefined_for
from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax import tree
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY

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


@dataclass(slots=True)
class About:
    """What traces and scopes want to know of a piece of generated code."""

    name: str
    parameters: frozenset[str] = frozenset()
    global_names: frozenset[str] = frozenset()
    node: tree.Function | None = None


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


class Unit:
    """One program text, ready to run."""

    def __init__(self, program: tree.Program, source: Source, host: Host, kind: str = "script"):
        from cnnscript.code.runtime import namespace

        self.program = program
        self.source = source
        self.host = host
        self.kind = kind
        # absolute, as the program may change its folder
        self.origin = os.path.abspath(source.name) if source.name and os.path.exists(source.name) else None
        self.functions = {function.name: function for function in program.functions}
        self.successor: Unit | None = None  # the unit of the same file, read again after it changed
        self.locked = False  # `mlock`: what its functions remember is not cleared
        self.around: Unit | None = None  # for text of `eval`: the unit whose functions it sees
        self.is_script = bool(program.body) or not program.functions
        self.namespace = namespace(self)
        self.workspace_globals: set[str] = set()
        self._about: dict[str, About] = {}
        self._references: dict[str, tuple[str | None, Any]] = {}
        self.positions: dict[int, tuple[CodeType, list]] = {}
        self.followed: dict[tuple[int, int], bool] = {}  # by code and instruction: does an index follow its own?
        self._constants = 0
        self._segments: list[Segment] | None = None
        self._defining = False
        self._persistents: dict[str, dict[str, Any]] = {}
        self.definition: Any = None
        self.keeper: Any = None  # notes what generations do, where code is kept between runs (`kept_code`)
        self.watched = watched(host)
        self.constructors: dict[str, Callable[[], Any]] = {}  # what gives a constructor its object, by function
        if program.classes:
            self.require_class_file()
            self.is_script = False
        units_of(host).add(self)

    # ------------------------------------------------------------------------------------------------------ running
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

    def fault(self, node: tree.Node, identifier: str, message: str, hint: str | None = None) -> ScriptError:
        """An error of the text itself."""
        return ScriptError(identifier, message, Span(self.source, node.start, node.stop), hint=hint)

    def find_class(self, name: str) -> Any:
        """The definition of a class by name, as code of this unit means it; None where there is none."""
        from cnnscript.code.classes import ClassDefinition

        own = self.definition
        if own is not None and name in (own.name, own.short_name):
            return own
        found = self.host.find_function(name, self.origin)
        call = found.call if isinstance(found, Function) else None
        return call if isinstance(call, ClassDefinition) else None

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

    def run(self, workspace: Workspace | Scope) -> None:
        """Run the statements with the variables of a workspace.

        Raises ScriptError with its place and callers, InternalError, or what is no `Exception`.
        """
        from cnnscript.code.calls import Return
        from cnnscript.code.traces import explained

        if self.kind == "prompt" and isinstance(workspace, Workspace):
            workspace.imports += names_of(self.program.body).imports
        copied = isinstance(workspace, Scope) and not workspace.dynamic  # called by a handle or `feval`
        variables = workspace.copy() if copied else workspace.variables
        before = dict(variables) if copied else {}
        try:
            for segment in self.segments():
                names = getattr(workspace, "global_names", set())
                self.workspace_globals = names if isinstance(names, set) else set(names)
                if self._run_segment(segment, variables):
                    break
        except Return:
            return
        except Exception as error:
            raise explained(error).with_traceback(None) from None
        finally:
            if copied:
                from cnnscript.code.evaluate import write_back

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
        return bool(function(variables))

    def _run_dynamic(self, segment: Segment, variables: dict[str, Any]) -> bool:
        from cnnscript.code.calls import Return

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
        for name in getattr(workspace, "global_names", ()):
            if name in self.host.globals:
                workspace.variables[name] = self.host.globals[name]

    def reaches_for_names(self, nodes: list[tree.Node]) -> bool:
        """Do these statements call what reads or writes variables by their names?"""
        pending = list(nodes)
        while pending:
            node = pending.pop()
            kind = type(node)
            if kind in (tree.Anonymous, tree.Function):
                continue
            name, as_value = None, True
            if kind is tree.Command:
                name, as_value = node.name, False
            elif kind is tree.Expression and type(node.expression) in (tree.Name, tree.Call):
                inner = node.expression
                base = inner if type(inner) is tree.Name else inner.base
                if type(base) is tree.Name and self._writes(base.id, False):
                    return True
            elif kind is tree.Name:
                name = node.id
            if name is not None and self._writes(name, as_value):
                return True
            pending += tree.children(node)
        return False

    def _writes(self, name: str, as_value: bool) -> bool:
        if name in READERS or name == "load" and as_value:
            return False
        return self.reference(name) in ("scope", "script")

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
            exec(self._code(name, general=True), self.namespace, made)
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

    # -------------------------------------------------------------------------------------------------------- names
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
                    return ("script" if isinstance(found, Unit) else "file"), found
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

    def takes_names(self, name: str) -> bool:
        """Is the function of that name a built-in that asks which variables its arguments are?"""
        kind = self.reference(name)
        return kind == "builtin" and self._references[name][1].takes_names

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

    def link_floats(self, name: str) -> str:
        """The form of a built-in for doubles, in the namespace."""
        key = "_d_" + name
        self.namespace[key] = self.host.builtin(name).floats
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

        scope = caller_scope()
        value = scope.get(name) if scope is not None else None
        if value is None:
            error = self.undefined(name, scope)
            raise undefined_for(error, name, args) if called_by_anonymous() else error
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

    # --------------------------------------------------------------------------------------------------- persistent
    def persistents(self, function: str) -> str:
        """The Python name of the dictionary with a function's persistent variables; new ones are []."""
        key = "_p_" + function
        if key not in self.namespace:
            self.namespace[key] = self._persistents[function] = _Blank()
        if self.keeper is not None:
            self.keeper.note("persistents", function)
        return key

    def forget(self) -> None:
        """Drop the values of persistent variables, unless a function locked them."""
        if self.locked:
            return
        for values in self._persistents.values():
            values.clear()

    # ------------------------------------------------------------------------------- what traces and scopes ask for
    def describe(self, generator: Generator, outer: Any) -> None:
        """Note what is known of a function being generated, by its Python name."""
        function = generator.function
        if function is None:
            about = About("", global_names=frozenset(generator.global_names))
            self._about[SEGMENT] = self._about[DYNAMIC] = about
            return
        names = frozenset(parameter.name for parameter in function.parameters)
        self._about["_f_" + function.name] = About(
            function.name, names, frozenset(generator.global_names), function
        )
        if self.keeper is not None:
            self.keeper.note("about", function.name, tuple(sorted(names)), tuple(sorted(generator.global_names)))

    def about(self, code: CodeType) -> About:
        return self._about.get(code.co_name, _NOTHING)

    def function_name(self, code: CodeType) -> str:
        return self.about(code).name

    def parameters(self, code: CodeType) -> frozenset[str]:
        return self.about(code).parameters

    def global_names(self, code: CodeType) -> frozenset[str]:
        return self.about(code).global_names

    def frame_name(self, code: CodeType, span: Span | None) -> str:
        """What a stack calls this code: its function, its script, '@(...)...'; '' for text of the prompt."""
        if code.co_name == "<lambda>":
            return self.anonymous_at(span)
        if code.co_name.startswith("_f_"):
            return code.co_name[3:]
        if self.kind == "script" and self.source.name[:1] not in ("<", "-"):
            return os.path.splitext(os.path.basename(self.source.name))[0]
        return ""

    def anonymous_at(self, span: Span | None) -> str:
        from cnnscript.code.anonymous import text_of

        if span is None:
            return "@()"
        around = [
            node
            for node in tree.walk(self.program)
            if type(node) is tree.Anonymous and node.start <= span.start and span.stop <= node.stop
        ]
        if not around:
            return "@()"
        return text_of(min(around, key=lambda node: node.stop - node.start), self.source.text)

    def node_at(self, span: Span) -> tree.Node | None:
        """The innermost node written in exactly these characters."""
        found = None
        parts, starts = self._parts
        at = bisect_right(starts, span.start) - 1
        pending: list[tree.Node] = [parts[at]] if at >= 0 else []
        while pending:
            node = pending.pop()
            same = node.start == span.start and node.stop == span.stop and type(node) is not tree.Program
            if same and (found is None or type(node) is not tree.Parenthesised):
                found = node
            if node.start <= span.start and span.stop <= node.stop:
                pending += tree.children(node)
        return found

    @cached_property
    def _parts(self) -> tuple[list[tree.Node], list[int]]:
        """The statements and functions of the program in the order they are written, and where each starts."""
        program = self.program
        parts = sorted([*program.body, *program.functions, *program.classes], key=lambda node: node.start)
        return parts, [node.start for node in parts]

    def usage(self, name: str) -> str | None:
        """How a function of this unit is called."""
        node = self.functions.get(name)
        if node is None:
            return None
        return f"{name}({', '.join(parameter.name for parameter in node.parameters)})"


class _Blank(dict):
    """Persistent variables: one that was never set is []."""

    def __missing__(self, name: str) -> Any:
        return EMPTY


_NOTHING = About("")

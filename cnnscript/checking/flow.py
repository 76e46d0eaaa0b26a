"""One function, or the statements of a script: its variables in the order they are set, and its names.

A variable is read before it is set only where no way through the program sets it first; a name is nothing only where
nothing unknown here (`eval`, `load`, a caller, a folder) may bring it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cnnscript.checking import calls
from cnnscript.checking.files import File
from cnnscript.checking.findings import ERROR, NOTE, Finding
from cnnscript.checking.findings import MISSING as MISSING_IDENTIFIER
from cnnscript.checking.reach import Meaning, Reach
from cnnscript.code.names import base_of, names_of
from cnnscript.errors import ScriptError, Span
from cnnscript.syntax import tree

EVALUATES = frozenset(["eval", "evalc", "evalin", "assignin", "run", "keyboard", "openvar", "uiimport", "dbstop"])
ASKS = frozenset(["exist", "isvarname", "which", "who", "whos", "isglobal"])
# conditions that ask where the program runs: what stands under them may not be meant for here
PLATFORM = frozenset(
    [  # fmt: skip
        "exist", "which", "isdeployed", "ispc", "isunix", "ismac", "isMATLABReleaseOlderThan", "verLessThan", "version",
        "ver", "OCTAVE_VERSION", "usejava", "license", "isOctave", "is_octave", "isoctave", "computer", "canUseGPU",
        "gpuDeviceCount", "isfile", "isstudent", "feature", "ismcc", "mcc",
    ]
)
NO_NAMES: frozenset[str] = frozenset()


def validations(item: tree.Argument) -> list[tree.Node]:
    """The validators of an argument or a property as they are called: a name alone is given the value."""
    return [
        tree.Call(node.start, node.stop, node, [tree.Name(node.start, node.stop, item.name)])
        if type(node) is tree.Name
        else node
        for node in item.validators or ()
    ]


class Flow:
    """The checks of one function (None: of a script's statements).

    variables  names assigned anywhere in it, in functions around it that it shares them with, or in nested ones
    unknown    from which place on a name may come from elsewhere, and why
    loaded     from which place on `load` brings variables, and of which file
    """

    def __init__(self, file: File, reach: Reach, function: tree.Function | None, outer: Flow | None = None):
        self.file = file
        self.reach = reach
        self.function = function
        self.outer = outer
        self.findings: list[Finding] = []
        self.body = file.program.body if function is None else function.body
        names = names_of(self.body) if function is not None else file.names
        self.imports = [*names.imports, *(outer.imports if outer else [])]
        self.parameters: set[str] = set()
        self.outputs: set[str] = set()
        if function is not None:
            self.parameters = {parameter.name for parameter in function.parameters} - {"~"}
            self.outputs = {parameter.name for parameter in function.outputs}
            self.parameters |= {argument.name for block in function.arguments for argument in block.arguments}
        self.start = self.parameters | {"ans"} | names.global_names | names.persistent_names
        self.variables = set(names.definitions) | self.parameters | self.outputs | {"ans"} | file.lost
        self.start |= file.lost
        self.nested: set[str] = set()
        if function is not None:
            self.nested = {inner.name for inner in function.nested}
            for inner in _all_nested(function):
                own = {parameter.name for parameter in (*inner.parameters, *inner.outputs)}
                shared = set(names_of(inner.body).definitions) - own
                self.variables |= shared
                self.start |= shared
        if outer is not None:
            self.nested |= outer.nested
            self.variables |= outer.variables
            self.start |= outer.variables - self.outputs
        self.asked: set[str] = set()
        self.unknown: tuple[int, str] | None
        self.loaded: tuple[int, str] | None
        self.unknown, self.loaded = (outer.unknown, outer.loaded) if outer else (None, None)
        self._at = 0
        self._assigned: dict[int, Counter[str]] = {}
        self._guarded = 0
        self._look_for_strangers()

    # ------------------------------------------------------------------------------------------------------ the whole
    def check(self) -> list[Finding]:
        if self.function is not None:
            for block in self.function.arguments:
                for argument in block.arguments:
                    for part in (*validations(argument), argument.default):
                        if part is not None:
                            self.expression(part, self.variables, NO_NAMES)
        self.statements(self.body, set(self.start), Counter())
        if self.function is not None:
            for inner in self.function.nested:
                self.findings += Flow(self.file, self.reach, inner, self).check()
        return self.findings

    def _look_for_strangers(self) -> None:
        """Note what makes names of this function unknown: text that is run, files that are loaded, scripts called."""
        for statement in self.body:
            self._at = 0 if self.outer is not None else statement.start  # a nested function may run at any time
            for node in tree.walk(statement):
                kind = type(node)
                if kind is tree.Command:
                    self._strange_command(node)
                elif kind is tree.Expression:
                    inner = node.expression
                    base = inner.base if type(inner) is tree.Call else inner
                    if type(base) is tree.Name and base.id not in self.variables:
                        self._strange_call(base.id, inner.arguments if type(inner) is tree.Call else [])
                elif kind is tree.Call and type(node.base) is tree.Name and node.base.id in (EVALUATES | ASKS):
                    if node.base.id in ASKS:
                        self.asked |= {part.value for part in node.arguments if type(part) is tree.Text}
                    elif node.base.id not in self.variables and node.base.id != "run":
                        self._make_unknown(f"{node.base.id} may set it")

    def _strange_command(self, node: tree.Command) -> None:
        if node.name in ASKS:
            self.asked |= set(node.arguments)
        elif node.name == "load":
            names = [word for word in node.arguments if not word.startswith("-")]
            self._loads(names[0] if names else "", names[1:])
        elif node.name in ("syms", "sym", "symfun"):
            self._set(node.arguments)
        elif node.name not in self.variables:
            self._strange_call(node.name, [])

    def _strange_call(self, name: str, arguments: list[tree.Node]) -> None:
        texts = [part.value for part in arguments if type(part) is tree.Text and not part.value.startswith("-")]
        if name == "load":
            certain = arguments and type(arguments[0]) is tree.Text
            self._loads(texts[0] if certain else "a file", texts[1 if certain else 0 :])
        elif name == "syms":
            self._set(texts)
        elif name in EVALUATES:
            self._make_unknown(f"{name} may set it")
        else:
            meaning = self.reach.meaning(name, self.file, self.imports)
            if meaning.kind == "script" and meaning.file is not self.file:
                self._calls_script(meaning.file, set())
            elif meaning.file not in (None, self.file) and meaning.file.changes_its_caller:
                self._make_unknown(f"{name} may set it")

    def _calls_script(self, script: Any, seen: set[str]) -> None:
        """The variables of a script are ours from where it is called; here: from the start."""
        if script.path in seen:
            return
        seen.add(script.path)
        self._set(script.names.definitions)
        self._set(script.lost)
        inner = Flow(script, self.reach, None) if script.words & (EVALUATES | {"load"}) else None
        if inner is not None and inner.unknown:
            self._make_unknown(inner.unknown[1])
        if inner is not None and inner.loaded:
            self._loads(inner.loaded[1], [])
        for name in script.names.mentioned - set(script.names.definitions):
            meaning = self.reach.meaning(name, script)
            if meaning.kind == "script" and meaning.file is not script:
                self._calls_script(meaning.file, seen)

    def _set(self, names: Iterable[str]) -> None:
        self.variables |= set(names)
        self.start |= set(names)

    def _loads(self, name: str, variables: list[str]) -> None:
        if variables:
            self._set(variables)
        else:
            self.loaded = self.loaded or (self._at, name or "a file")

    def _make_unknown(self, why: str) -> None:
        self.unknown = self.unknown or (self._at, why)

    def _stranger(self, node: tree.Node) -> str:
        """Why a name at this place may be a variable from elsewhere; '' where it may not."""
        if self.unknown is not None and node.start >= self.unknown[0]:
            return self.unknown[1]
        if self.loaded is not None and node.start >= self.loaded[0]:
            return f"a variable of '{self.loaded[1]}', maybe"
        return ""

    # ----------------------------------------------------------------------------------------------------- statements
    def assigned(self, body: list[tree.Node]) -> Counter[str]:
        """How often each name is assigned in these statements."""
        key = id(body)
        if key not in self._assigned:
            definitions = names_of(body).definitions
            self._assigned[key] = Counter({name: len(all_of) for name, all_of in definitions.items()})
        return self._assigned[key]

    def statements(self, body: list[tree.Node], now: set[str], later: Counter[str]) -> None:
        """Check statements in order.

        now    the names that may be set where they start; grows as they do
        later  in a loop: the names that a further round may find set, with the number of places that set them.
               What is read on the straight way through a loop is read in its first round
        """
        for statement in body:
            kind = type(statement)
            if kind is tree.Expression:
                self.expression(statement.expression, now, later, 0)
            elif kind is tree.Assign:
                self.expression(statement.value, now, later)
                self.target(statement.target, now, later)
            elif kind is tree.MultiAssign:
                self.expression(statement.value, now, later, len(statement.targets))
                for target in statement.targets:
                    self.target(target, now, later)
            elif kind is tree.If:
                later = self._if(statement, now, later)
            elif kind is tree.For:
                self.expression(statement.sequence, now, later)
                if statement.workers is not None:
                    self.expression(statement.workers, now, later)
                self._loop(statement, statement.body, now, later, base_of(statement.variable))
            elif kind is tree.While:
                self.expression(statement.test, now, later)
                self._loop(statement, statement.body, now, later, None)
            elif kind is tree.Switch:
                self.expression(statement.subject, now, later)
                self._ways([inner for _, inner in statement.cases] + [statement.otherwise or []], now, later,
                           [value for value, _ in statement.cases])  # fmt: skip
                later = self._after(statement, now, later)
            elif kind is tree.Try:
                self._try(statement, now, later)
                later = self._after(statement, now, later)
            elif kind is tree.Spmd:
                self.statements(statement.body, now, later)
            elif kind is tree.Command:
                if statement.name not in now:
                    self.name(statement, statement.name, len(statement.name), [], False)
            elif kind in (tree.Global, tree.Persistent):
                now.update(statement.names)

    def _after(self, statement: tree.Node, now: set[str], later: Counter[str]) -> Counter[str]:
        """After a branch that may end the round of a loop, the way is no longer straight."""
        if later and any(type(node) in (tree.Continue, tree.Break) for node in tree.walk(statement)):
            now.update(later)
            return Counter()
        return later

    def _if(self, statement: tree.If, now: set[str], later: Counter[str]) -> Counter[str]:
        for k, (test, _) in enumerate(statement.branches):
            self.expression(test, now if k == 0 else now | set(later), later)
        platform = any(self._asks_where(test) for test, _ in statement.branches)
        self._guarded += platform
        bodies = [inner for _, inner in statement.branches] + [statement.orelse or []]
        self._ways(bodies, now, later)
        self._guarded -= platform
        return self._after(statement, now, later)

    def _asks_where(self, test: tree.Node) -> bool:
        return any(type(node) is tree.Name and node.id in PLATFORM for node in tree.walk(test))

    def _ways(
        self, bodies: list[list[tree.Node]], now: set[str], later: Counter[str],
        tests: Iterable[tree.Node] = (),
    ) -> None:  # fmt: skip
        """Ways of which one is taken."""
        before = now | set(later)
        for test in tests:
            self.expression(test, before, later)
        for body in bodies:
            after = set(before)
            self.statements(body, after, Counter())
            now |= after - set(later) | (after & set(self.assigned(body)))

    def _loop(
        self, statement: tree.Node, body: list[tree.Node], now: set[str], later: Counter[str],
        variable: str | None,
    ) -> None:  # fmt: skip
        own = self.assigned(body)
        outside = {name for name, times in later.items() if times > own[name]}
        inside = now | outside
        if variable is not None:
            inside.add(variable)
            now.add(variable)
        self.statements(body, inside, own)
        now |= set(own)

    def _try(self, statement: tree.Try, now: set[str], later: Counter[str]) -> None:
        self._guarded += 1
        inside = now | set(later)
        self.statements(statement.body, inside, Counter())
        self._guarded -= 1
        now |= set(self.assigned(statement.body))
        if statement.name:
            now.add(statement.name)
        handler = now | set(later)
        self.statements(statement.handler, handler, Counter())
        now |= set(self.assigned(statement.handler))

    def target(self, target: tree.Node, now: set[str], later: Iterable[str]) -> None:
        name = base_of(target)
        while type(target) not in (tree.Name, tree.Skip):
            if type(target) in (tree.Call, tree.Brace):
                for argument in target.arguments:
                    self.expression(argument, now, later)
            elif type(target) is tree.DynamicField:
                self.expression(target.name, now, later)
            following = target.expression if type(target) is tree.Parenthesised else getattr(target, "base", None)
            if following is None:
                break
            target = following
        if name is not None:
            now.add(name)

    # ---------------------------------------------------------------------------------------------------- expressions
    def expression(self, node: tree.Node, now: set[str], later: Iterable[str], outputs: int = 1) -> None:
        """Check the names and calls of an expression; `outputs` are asked of it."""
        waiting: list[tuple[tree.Node, frozenset[str], bool]] = [(node, NO_NAMES, False)]
        whole = node
        while waiting:
            node, own, tentative = waiting.pop()
            kind = type(node)
            if kind is tree.Name:
                self.read(node, own, now, later, tentative, outputs if node is whole else 1)
            elif kind is tree.Call and type(node.base) is tree.Name:
                name = node.base.id
                if name in own or name in self.variables:
                    waiting.append((node.base, own, tentative))
                else:
                    meaning = self.name(node.base, name, len(name), node.arguments, tentative)
                    if meaning.kind not in ("nothing", "missing"):
                        self.call(node, name, node.arguments, meaning, outputs if node is whole else 1, tentative)
                waiting += [(part, own, tentative) for part in node.arguments]
            elif kind is tree.Field:
                chain = dotted(node)
                if chain is None or chain[0] in own or chain[0] in self.variables:
                    waiting.append((node.base, own, tentative))
                else:
                    self.chain(node, chain, tentative)
            elif kind is tree.Handle:
                self.handle(node, own)
            elif kind is tree.Anonymous:
                parameters = {parameter.name for parameter in node.parameters}
                waiting.append((node.body, own | parameters, True))
            elif kind is tree.AndAlso or kind is tree.OrElse:
                waiting.append((node.right, own, True))
                waiting.append((node.left, own, tentative))
            elif kind is not tree.Number and kind is not tree.Text:
                waiting += [(part, own, tentative) for part in tree.children(node)]

    def read(
        self, node: tree.Name, own: frozenset[str], now: set[str], later: Iterable[str], tentative: bool, outputs: int
    ) -> None:
        name = node.id
        if name in own or name in now:
            return
        if name not in self.variables:
            meaning = self.name(node, name, len(name), [], tentative)
            if meaning.kind not in ("nothing", "missing"):
                self.call(node, name, [], meaning, outputs, tentative)
            return
        if tentative or name in self.asked or self._stranger(node) or self.file.mistakes:
            return
        if self.reach.meaning(name, self.file, self.imports).kind != "nothing" or name in self.nested:
            return
        error = ScriptError("MATLAB:UndefinedFunction", f"Unrecognized function or variable '{name}'.")
        error.notes = (f"'{name}' is set further down, but no way leads from there to here",)
        if name in later:
            error.notes = (f"'{name}' is set in this loop after it is read: the first round finds nothing",)
        self._note(node, error, NOTE if self._called_by_others() or self._guarded else ERROR)
        now.add(name)  # once is enough

    def name(
        self, node: tree.Node, name: str, width: int, arguments: list[tree.Node], tentative: bool
    ) -> Meaning:
        """A name that is no variable: what it means, and a finding where that is nothing."""
        if name in self.nested:
            return Meaning("nested")
        meaning = self.reach.meaning(name, self.file, self.imports)
        if meaning.kind == "nothing" or meaning.kind == "missing":
            if name in ("nargin", "nargout", "varargin", "varargout", "end"):
                return Meaning("fact")
            self._nothing(tree.Node(node.start, node.start + width), name, meaning, bool(arguments))
        return meaning

    def chain(self, node: tree.Field, chain: list[str], tentative: bool) -> None:
        """a.b.c where `a` is no variable: a package's function, a class's member, or a field of what `a` gives."""
        root = tree.Name(node.start, node.start + len(chain[0]), chain[0])
        if chain[0] in self.nested:
            return
        for length in range(len(chain), 0, -1):
            kind = self.reach.meaning(".".join(chain[:length]), self.file, self.imports).kind
            if kind == "missing":
                whole = ".".join(chain[:length])
                self._nothing(tree.Node(node.start, node.start + len(whole)), whole, Meaning("missing"), False)
                return
            if kind == "package":
                whole = ".".join(chain)
                self._nothing(tree.Node(node.start, node.start + len(whole)), whole, Meaning("nothing"), False)
                return
            if kind != "nothing":
                return
        self.name(root, chain[0], len(chain[0]), [], tentative)

    def handle(self, node: tree.Handle, own: frozenset[str]) -> None:
        name = node.name
        if name in self.nested or name in own:
            return
        meaning = self.reach.meaning(name, self.file, self.imports)
        if meaning.kind not in ("nothing", "missing"):
            return
        head = name.partition(".")[0]
        if "." in name and (head in self.variables or self.reach.meaning(head, self.file).kind != "nothing"):
            return
        self._nothing(tree.Node(node.start, node.stop), name, meaning, True)

    def call(
        self, node: tree.Node, name: str, arguments: list[tree.Node], meaning: Meaning, outputs: int, tentative: bool
    ) -> None:
        if name in self.reach.methods and meaning.kind != "local":
            return  # an object among the arguments decides
        needs = self.reach.table.needs
        missing = needs(name) if needs is not None and meaning.kind == "builtin" else None
        if missing is not None:
            self._note(tree.Node(node.start, node.start + len(name)), missing, NOTE if self._guarded else ERROR)
        if tentative and outputs == 1:
            outputs = 0  # nobody may ask for a value: cellfun(@(x) disp(x), c)
        for place, error in calls.faults(node, name, arguments, meaning, outputs):
            if type(node) is tree.Name and (self._stranger(node) or self._called_by_others()):
                continue  # a variable of that name is as likely
            unsure = self._guarded or self._stranger(node) or self._called_by_others()
            self._note(place, error, NOTE if unsure else ERROR)

    # ------------------------------------------------------------------------------------------------------- findings
    def _nothing(self, node: tree.Node, name: str, meaning: Meaning, called: bool) -> None:
        """A name that means nothing here: an error, or a note where something unknown may bring it."""
        missing = meaning.kind == "missing"
        if name in self.asked:
            return
        severity = ERROR
        why = self._stranger(node)
        if not why and self.file.program.body and self.function is None and self._called_by_others():
            why = "a caller of this script may set it"
        if not why and not missing and not self.file.adds_known_folders:
            why = "it may be in a folder that addpath adds"
        if why and not (missing and called):
            severity = NOTE
        if self._guarded:
            severity = NOTE
        error = self.reach.undefined(name, self.file, () if missing else self.variables)
        if missing:
            error.identifier = MISSING_IDENTIFIER
        elif severity == NOTE and why:
            error.message = f"'{name}' is set nowhere here: {why}."
            error.hint = None
        self._note(node, error, severity, name if missing else "")

    def _called_by_others(self) -> bool:
        """May another file call this script, with variables of its own?"""
        return self.function is None and self.reach.is_called(self.file)

    def _note(self, node: tree.Node, error: ScriptError, severity: str, name: str = "") -> None:
        error.span = Span(self.file.source, node.start, node.stop)
        self.findings.append(Finding(self.file.path, severity, error, name))


def dotted(node: tree.Node) -> list[str] | None:
    """The words of `a.b.c`; None for anything else."""
    words = []
    while type(node) is tree.Field:
        words.append(node.name)
        node = node.base
    if type(node) is not tree.Name:
        return None
    return [node.id, *reversed(words)]


def _all_nested(function: tree.Function) -> Iterable[tree.Function]:
    for inner in function.nested:
        yield inner
        yield from _all_nested(inner)

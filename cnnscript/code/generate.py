"""Functions and pieces of scripts: tree to compiled Python code.

A function becomes `def _f_name(_nargout, a=None, b=None, *varargin)` (None: not given) with its variables as Python's
fast locals.  A piece of a script becomes `def _segment(_workspace)`, which takes its variables out of the workspace and
always puts them back.  Where names are only known as the program runs, the statements are compiled as a module's would
be, and run with the variables as their namespace.
"""

from __future__ import annotations

import ast
import gc
from types import CodeType
from typing import Any

from cnnscript.code import emit
from cnnscript.code.emit import Place, mangled, plain_name
from cnnscript.code.infer import is_handle
from cnnscript.code.names import Names, loop_bounds, names_of
from cnnscript.code.statements import Statements
from cnnscript.syntax import tree
from cnnscript.values.functions import Function

FEW_OUTPUTS = 4  # with more, the outputs are gathered by a function
TOP: Place = (1, 0, 1, 0)


class Generator(Statements):
    """Makes the code of one function or piece of a script."""

    def __init__(self, unit: Any, function: tree.Function | None, dynamic: bool = False, known: dict | None = None):
        super().__init__(unit, function, dynamic)
        self.outputs_named = [parameter.name for parameter in function.outputs] if function else []
        self.known = known or {}
        self.general = False

    # ---------------------------------------------------------------------------------------------------- functions
    def function_definition(self, outer: Generator | None = None) -> ast.FunctionDef:
        """The Python function; `outer` is the generator of the function around a nested one."""
        function = self.function
        place = self.head()
        names = self.learn(function.body)
        parameters = [parameter.name for parameter in function.parameters]
        self.variables |= {name for name in parameters + self.outputs_named if name != "~"}
        self.nested = {inner.name for inner in function.nested} | (outer.nested if outer else set())
        shared: set[str] = set()
        if outer is not None:
            self.imports += outer.imports
            own = {*parameters, *self.outputs_named, "ans"}
            around = outer.shared_variables
            shared = {name for name in around if name not in own}
            self.variables |= shared
            # what the function around keeps elsewhere is not Python's to share
            self.global_names |= shared & outer.global_names
            kept = shared & set(outer.persistent_names)
            self.persistent_names |= {name: outer.persistent_names[name] for name in kept}
        self.shared_variables = set(self.variables)
        nested = [(inner, names_of(inner.body)) for inner in function.nested]
        for inner, inner_names in nested:
            self.share(names, inner, inner_names)
        guard: list[ast.stmt] = []
        if outer is None and not nested and not function.arguments and not self.general:
            guard = self.assume(names, parameters, place)
        self.infer(names, parameters, shared, nested)
        prologue = guard + self.prologue(parameters, place) + self.constructed(place)
        if outer is not None:
            written = sorted(mangled(name) for name in shared if name in names.definitions and self.is_local(name))
            if written:
                prologue.insert(0, emit.put(ast.Nonlocal(written), place))
        prologue += self.cells_for(nested, parameters, shared, place)
        prologue += [Generator(self.unit, inner).function_definition(self) for inner, _ in nested]
        prologue += self.declared_arguments(place)
        if not function.outputs:
            named = emit.constant(function.name, place)
            refuse = emit.statement(emit.call("_no_outputs", [named], place), place)
            prologue.insert(0, emit.when(emit.load("_nargout", place), [refuse], [], place))
        self.bound |= {"varargin"} if parameters[-1:] == ["varargin"] else set()
        statements = self.block(function.body)
        statements += self.return_(tree.Return(function.stop, function.stop))
        self.unit.describe(self, outer)
        formal = self.formal_parameters(parameters, place)
        return emit.define("_f_" + function.name, formal, prologue + statements, place)

    def constructed(self, place: Place) -> list[ast.stmt]:
        """In a constructor: its object, which is waiting for it."""
        if self.function.name not in self.unit.constructors:
            return []
        name = self.outputs_named[0]
        self.bound.add(name)
        taken = emit.call_of(self.unit.constant_of(self.unit.constructors[self.function.name], place), [], place)
        return [emit.assign(emit.store(mangled(name), place), taken, place)]

    def assume(self, names: Names, parameters: list[str], place: Place) -> list[ast.stmt]:
        """Take parameters that bound a counting loop for doubles.  A call with anything else goes to a general form of
        the function, which is made when it is first needed."""
        bounds = loop_bounds(self.function.body)
        assumed = [name for name in parameters if name in bounds and name not in names.definitions]
        assumed = [name for name in assumed if name not in self.outputs_named and name not in ("~", "varargin")]
        if not assumed:
            return []
        self.types.assumed = set(assumed)
        nowhere = (*place[:2], *place[:2])  # the call of the general form is no call of the program
        kinds = [emit.call("_type", [emit.load(mangled(name), place)], place) for name in assumed]
        tests = [emit.compare(kind, ast.IsNot(), emit.load("_float", place), place) for kind in kinds]
        test = emit.any_of(tests, place) if len(tests) > 1 else tests[0]
        formal = self.formal_parameters(parameters, place)
        given: list[ast.expr] = [emit.load(argument.arg, nowhere) for argument in formal.args]
        if formal.vararg is not None:
            given.append(emit.starred(emit.load(formal.vararg.arg, nowhere), nowhere))
        result = emit.call(self.unit.link_general(self.function.name), given, nowhere)
        return [emit.when(test, [emit.put(ast.Return(result), nowhere)], [], place)]

    def head(self) -> Place:
        line, column = self.source.position(self.function.start)
        return line, column - 1, line, column + 7

    def share(self, names: Names, inner: tree.Function, inner_names: Names) -> None:
        """A variable of a nested function that this one mentions too belongs to this one."""
        own = {parameter.name for parameter in inner.parameters + inner.outputs} | {"ans"}
        common = {name for name in inner_names.definitions if name in names.mentioned and name not in own}
        self.variables |= common
        self.shared_variables |= common

    def infer(self, names: Names, parameters: list[str], shared: set[str], nested: list) -> None:
        excluded = {*parameters, *self.outputs_named, *shared, "ans"} | self.global_names | set(self.persistent_names)
        excluded -= {name for name in self.outputs_named if name not in parameters and not nested}
        for inner, _ in nested:
            excluded |= {word.id for word in tree.walk(inner) if type(word) is tree.Name}
            excluded |= set(names_of(inner.body).definitions)
        if not self.dynamic:
            self.types.infer(names, excluded)

    def formal_parameters(self, parameters: list[str], place: Place) -> ast.arguments:
        if self.function.arguments:
            return emit.formal(["_nargout"], place, vararg="_given")
        rest = parameters[-1:] == ["varargin"]
        named = parameters[:-1] if rest else parameters
        names = ["_nargout"] + [f"_skipped{at}" if name == "~" else mangled(name) for at, name in enumerate(named)]
        unset = [emit.constant(None, place) for _ in named]
        return emit.formal(names, place, vararg="varargin" if rest else None, defaults=unset)

    def prologue(self, parameters: list[str], place: Place) -> list[ast.stmt]:
        """Count the inputs where somebody asks, and unset the parameters that were not given."""
        if self.function.arguments:
            return []
        rest = parameters[-1:] == ["varargin"]
        named = parameters[:-1] if rest else parameters
        python = [f"_skipped{at}" if name == "~" else mangled(name) for at, name in enumerate(named)]
        made: list[ast.stmt] = []
        if self.asks_nargin():
            count: ast.expr = emit.constant(0.0, place)
            for at, name in enumerate(python):
                given = emit.compare(emit.load(name, place), ast.IsNot(), emit.constant(None, place), place)
                count = emit.either(given, emit.constant(at + 1.0, place), count, place)
            if rest:
                more = emit.call("_float", [emit.call("_len", [emit.load("varargin", place)], place)], place)
                count = emit.binary(count, ast.Add(), more, place)
            made.append(emit.assign(emit.store("_nargin", place), count, place))
        unset: list[ast.stmt] = []
        for name, word in zip(python, named, strict=True):
            test = emit.compare(emit.load(name, place), ast.Is(), emit.constant(None, place), place)
            gone: list[ast.stmt] = [emit.put(ast.Pass(), place)]
            if word != "~":
                gone = [emit.put(ast.Delete([emit.put(ast.Name(name, emit.DELETE), place)]), place)]
            # the first parameter's test is innermost: when the last was given, all were
            unset = [emit.when(test, gone + unset, [], place)]
        made += unset
        if rest:
            cell = emit.call("_cell_row", [emit.starred(emit.load("varargin", place), place)], place)
            made.append(emit.assign(emit.store("varargin", place), cell, place))
        return made

    def asks_nargin(self) -> bool:
        words = {"nargin", "narginchk", "nargchk", "inputname", "exist", "print_usage", "evalin", "eval"}
        inside = set(self.names.mentioned)
        for inner in self.function.nested:
            inside |= {node.id for node in tree.walk(inner) if type(node) is tree.Name}
        return bool(words & inside)

    def cells_for(self, nested: list, parameters: list[str], shared: set[str], place: Place) -> list[ast.stmt]:
        """Python wants a variable that a nested function writes to be written here as well."""
        made: list[ast.stmt] = []
        for inner, inner_names in nested:
            own = {parameter.name for parameter in inner.parameters + inner.outputs} | {"ans"}
            for name in sorted(set(inner_names.definitions) - own):
                if name in self.variables and name not in self.names.definitions and name not in parameters:
                    if name in shared or not self.is_local(name):
                        continue
                    made.append(emit.assign(emit.store(mangled(name), place), emit.constant(None, place), place))
                    gone = emit.put(ast.Name(mangled(name), emit.DELETE), place)
                    made.append(emit.put(ast.Delete([gone]), place))
        return made

    def declared_arguments(self, place: Place) -> list[ast.stmt]:
        """The `arguments` blocks: bind, convert, check, fill in defaults."""
        if not self.function.arguments:
            return []
        from cnnscript.code.arguments import declared_arguments

        return declared_arguments(self, place)

    def return_(self, node: tree.Return) -> list[ast.stmt]:
        place = self.place(node)
        if self.is_script:
            if self.dynamic:
                return [emit.put(ast.Raise(emit.call("_Return", [], place), None), place)]
            return [emit.put(ast.Return(emit.constant(True, place)), place)]
        if self.dynamic:
            return [emit.put(ast.Raise(emit.call("_Return", [], place), None), place)]
        return self.checked_outputs(place) + self.return_outputs(place)

    def checked_outputs(self, place: Place) -> list[ast.stmt]:
        """What an `arguments (Output)` block wants of the outputs."""
        from cnnscript.code.arguments import declared_outputs

        return declared_outputs(self, place) if self.function.arguments else []

    def return_outputs(self, place: Place) -> list[ast.stmt]:
        names = self.outputs_named
        function = emit.constant(self.function.name, place)
        asked = emit.load("_nargout", place)
        if not names:
            return [emit.put(ast.Return(emit.constant(None, place)), place)]
        if names[-1] == "varargout" or len(names) > FEW_OUTPUTS:
            # each output by itself, as one that is not asked for need not be set
            listed = [self.output_or_unset(name, place) for name in names]
            words = emit.tuple_of([emit.constant(name, place) for name in names], place)
            stores = [emit.store(f"_o{at}", place) for at in range(len(names))]
            body = [piece for store, (tried, failed) in zip(stores, listed, strict=True)
                    for piece in self.tried(store, tried, failed, place)]
            values = emit.tuple_of([emit.load(f"_o{at}", place) for at in range(len(names))], place)
            result = emit.call("_gathered", [asked, words, values, function], place)
            return [*body, emit.put(ast.Return(result), place)]
        made: list[ast.stmt] = []
        for count in range(len(names), 1, -1):
            values = emit.tuple_of([self.load(name, place) for name in names[:count]], place)
            test = emit.compare(asked, ast.Eq(), emit.constant(count, place), place)
            returned = self.checked_return(values, names[:count], place)
            made.append(emit.when(test, returned, [], place))
        if len(names) > 1:
            many = emit.compare(asked, ast.Gt(), emit.constant(len(names), place), place)
            refuse = emit.statement(emit.call("_no_outputs", [function], place), place)
            made.append(emit.when(many, [refuse], [], place))
        return made + self.checked_return(self.load(names[0], place), names[:1], place)

    def tried(self, store: ast.expr, value: ast.expr, surely: bool, place: Place) -> list[ast.stmt]:
        first = emit.assign(store, value, place)
        if surely:
            return [first]
        missing = emit.assign(store, emit.load("_unset", place), place)
        return [emit.guarded([first], [missing], place)]

    def output_or_unset(self, name: str, place: Place) -> tuple[ast.expr, bool]:
        return self.load(name, place), name in self.bound or not self.is_local(name)

    def checked_return(self, value: ast.expr, names: list[str], place: Place) -> list[ast.stmt]:
        returned = emit.put(ast.Return(value), place)
        if all(name in self.bound or not self.is_local(name) for name in names):
            return [returned]
        words = emit.tuple_of([emit.constant(name, place) for name in names], place)
        arguments = [
            emit.load("_nargout", place),
            words,
            emit.call("_locals", [], place),
            emit.constant(self.function.name, place),
        ]
        failed = emit.put(ast.Return(emit.call("_missing_output", arguments, place)), place)
        return [emit.guarded([returned], [failed], place)]

    # ------------------------------------------------------------------------------------------------------ scripts
    def segment(self, body: list[tree.Node]) -> CodeType:
        """A piece of a script as `def _segment(_workspace)`; `known`: the types of the variables at its start."""
        names = self.learn(body)
        self.global_names |= self.unit.workspace_globals
        used = [name for name in self.known if name in names.mentioned or name in names.definitions]
        used = [name for name in used if name not in self.global_names]
        self.variables |= set(used) | self.global_names
        self.bound = set(used)
        excluded = {"ans"} | self.global_names | {name for name in used if self.known[name] is not float}
        self.types.infer(names, excluded)
        excluded = {"ans"} | self.global_names | {name for name in used if self.known[name] is not Function}
        self.types.functions = {
            name
            for name in set(names.definitions) | set(used)
            if name not in excluded and all(is_handle(item) for item in names.definitions.get(name, ()))
        }
        place = self.place(body[0]) if body else TOP
        taken: list[ast.stmt] = []
        for name in used:
            key = emit.constant(name, place)
            if name in names.definitions:  # taken out, or the workspace would be a second holder of the value
                pop = emit.attribute(emit.load("_workspace", place), "pop", place)
                value: ast.expr = emit.call_of(pop, [key], place)
            else:
                value = emit.subscript(emit.load("_workspace", place), key, emit.LOAD, place)
            taken.append(emit.assign(emit.store(mangled(name), place), value, place))
        self.depth = 1
        statements = taken + self.block(body)
        nowhere = (*place[:2], *place[:2])  # no part of the program: a step does not stop there
        given = [emit.load("_workspace", nowhere), emit.call("_locals", [], nowhere)]
        leave = emit.statement(emit.call("_leave", given, nowhere), nowhere)
        whole = ast.Try(statements or [emit.put(ast.Pass(), place)], [], [], [leave])
        function = emit.define(
            "_segment", emit.formal(["_workspace"], place), [emit.put(whole, place)], (place[0], place[1], *place[:2])
        )
        self.unit.describe(self, None)
        return self.compiled(function)

    def dynamic_body(self, body: list[tree.Node], name: str) -> CodeType:
        """Statements to be run with the variables as their namespace."""
        self.learn(body)
        if self.is_script:
            self.global_names |= self.unit.workspace_globals
        parameters = [parameter.name for parameter in self.function.parameters] if self.function else []
        self.variables |= set(parameters) | set(self.outputs_named)
        statements = self.declared_arguments(TOP) if self.function else []
        statements += self.block(body)
        self.unit.describe(self, None)
        module = ast.Module(statements, [])
        code = compile_tree(module, self.source.name, self)
        return code.replace(co_name=name, co_qualname=name)

    def expression_code(self, node: tree.Node, nargout: int, name: str) -> CodeType:
        """An expression whose value is left in `_result`."""
        place = self.place(node)
        self.names = Names()
        result = self.outputs_of(node, nargout)
        self.unit.describe(self, None)
        module = ast.Module([emit.assign(emit.store("_result", place), result, place)], [])
        return compile_tree(module, self.source.name, self).replace(co_name=name, co_qualname=name)

    def compiled(self, function: ast.FunctionDef) -> CodeType:
        return compile_tree(ast.Module([function], []), self.source.name, self)


def named(code: CodeType) -> CodeType:
    """The code with its lambdas named as ours, so that Python's complaint about their arguments can be told."""
    if not any(type(inner) is CodeType for inner in code.co_consts):
        return code
    inside = tuple(named(inner) if type(inner) is CodeType else inner for inner in code.co_consts)
    inside = tuple(
        inner.replace(co_qualname="_f_<lambda>") if type(inner) is CodeType and inner.co_name == "<lambda>" else inner
        for inner in inside
    )
    return code.replace(co_consts=inside)


def compile_tree(module: ast.Module, name: str, generator: Generator) -> CodeType:
    """compile(), with what Python refuses said in words of the program."""
    try:
        # a destructor that Python's collector runs meanwhile would compile too, which `compile` does not survive
        collects = gc.isenabled()
        gc.disable()
        try:
            code = compile(module, name, "exec", dont_inherit=True)
        finally:
            if collects:
                gc.enable()
        return named(code)
    except RecursionError:
        whole = generator.function or tree.Node(0, 0)
        raise generator.fault(
            whole,
            "MATLAB:cnnscript:nestedTooDeep",
            "An expression is nested too deep.",
            hint="split it into several statements",
        ) from None
    except SyntaxError as refusal:
        if "outside loop" in str(refusal) or "not properly in loop" in str(refusal):
            word = "BREAK" if "break" in str(refusal) else "CONTINUE"
            offset = generator.source.offset(refusal.lineno or 1, (refusal.offset or 0) + 1)
            node = tree.Node(offset, offset + len(word))
            message = f"{word.title()} must be in a FOR or WHILE loop." if word == "BREAK" else (
                "CONTINUE must be in a FOR or WHILE loop."
            )
            raise generator.fault(node, f"MATLAB:m_{word.lower()}_outside_loop", message) from None
        if str(refusal).startswith("duplicate argument"):
            offset = generator.source.offset(refusal.lineno or 1)
            name = plain_name(str(refusal).split("'")[1]) or "?"
            raise generator.fault(
                tree.Node(offset, offset + 1),
                "MATLAB:m_duplicate_input",
                f"The input '{name}' is named more than once.",
            ) from None
        raise

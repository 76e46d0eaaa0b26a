"""Statements: tree nodes to lists of Python statements."""

from __future__ import annotations

import ast

from cnnscript.code import emit
from cnnscript.code.emit import Place, mangled
from cnnscript.code.infer import is_whole, whole_value
from cnnscript.code.targets import Targets
from cnnscript.syntax import tree


class Statements(Targets):
    """All statements; a subclass says what `return` becomes."""

    def block(self, body: list[tree.Node]) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for statement in body:
            made += self.one_statement(statement)
        return made

    def one_statement(self, node: tree.Node) -> list[ast.stmt]:
        """A statement, and the release of what it kept on its way."""
        outer, self.temporaries = self.temporaries, []
        made = STATEMENTS[type(node)](self, node)
        kept, self.temporaries = self.temporaries, outer
        if kept:
            place = self.place(node)
            stores = [emit.store(name, place) for name in dict.fromkeys(kept)]
            made.append(emit.put(ast.Assign(stores, emit.constant(None, place)), place))
        return made

    def body(self, statements: list[tree.Node], place: Place) -> list[ast.stmt]:
        return self.block(statements) or [emit.put(ast.Pass(), place)]

    # --------------------------------------------------------------------------------------------------- expressions
    def expression(self, node: tree.Expression) -> list[ast.stmt]:
        inner = node.expression
        place = self.place(inner)
        if type(inner) is tree.Name and not self.may_be_function(inner.id):
            if node.quiet:
                return [emit.statement(self.value(inner), place)]
            return [self.show(inner.id, place)]
        if type(inner) in (tree.Brace, tree.Field, tree.DynamicField) and self.may_be_list(inner):
            return self.listed_expression(inner, node.quiet, place)
        if self.constructs(inner):
            target = tree.Name(inner.start, inner.stop, inner.method)
            return self.assign(tree.Assign(node.start, node.stop, target, inner, node.quiet))
        result = self.outputs_of(inner, 0)
        name = emit.constant(inner.id, place) if type(inner) is tree.Name else None
        if type(inner) is tree.Name and (self.dynamic or self.is_variable(inner.id)):
            return self.answer(result, node.quiet, place, name)
        if not self.is_call(inner):
            made = [emit.assign(self.target("ans", place), result, place)]
            self.settle("ans")
            return made if node.quiet else [*made, self.show("ans", place)]
        return self.answer(result, node.quiet, place)

    def is_call(self, node: tree.Node) -> bool:
        """May the value of this be none at all?"""
        return type(node) in (tree.Name, tree.Call, tree.Field, tree.SuperCall)

    def answer(self, result: ast.expr, quiet: bool, place: Place, name: ast.expr | None = None) -> list[ast.stmt]:
        """A value that may be none into `ans`; `name`: a variable of this name is shown under it instead."""
        if quiet and not self.is_script and "ans" not in self.names.mentioned and not self.dynamic:
            return [emit.statement(result, place)]
        kept = self.temporary()
        first = emit.assign(emit.store(kept, place), result, place)
        stored: list[ast.stmt] = [emit.assign(self.target("ans", place), emit.load(kept, place), place)]
        if not quiet:
            stored.append(self.show("ans", place))
        if name is not None:
            shown = [] if quiet else [self.show(name.value, place)]
            known = self.in_variables(name.value, place)
            stored = [emit.when(known, shown or [emit.put(ast.Pass(), place)], stored, place)]
        test = emit.compare(emit.load(kept, place), ast.IsNot(), emit.constant(None, place), place)
        return [first, emit.when(test, stored, [], place)]

    def listed_expression(self, inner: tree.Node, quiet: bool, place: Place) -> list[ast.stmt]:
        """c{:} and s.a as a statement: each value is `ans` in turn."""
        asked = emit.constant(0, place)
        if type(inner) is tree.Brace:
            values = self.several(inner)
        else:
            values = emit.call("_dot_statement", [self.whole_value(inner.base), self.field_key(inner), asked], place)
        body: list[ast.stmt] = [] if quiet else [self.show("ans", place)]
        loop = ast.For(self.target("ans", place), values, body or [emit.put(ast.Pass(), place)], [])
        return [emit.put(loop, place)]

    def command(self, node: tree.Command) -> list[ast.stmt]:
        """hold on"""
        texts = [tree.Text(node.start, node.stop, word, "char") for word in node.arguments]
        base = tree.Name(node.start, node.stop, node.name)
        place = self.place(node)
        call = tree.Call(node.start, node.stop, base, texts)
        if node.name in self.variables and self.may_be_function(node.name):
            return self.answer(self.either_call(call, 0, place), node.quiet, place)
        return self.answer(self.function_call(call, texts, 0), node.quiet, place)

    def shell(self, node: tree.Shell) -> list[ast.stmt]:
        place = self.place(node)
        return [emit.statement(emit.call("_shell", [emit.constant(node.text, place)], place), place)]

    # --------------------------------------------------------------------------------------------------------- flow
    def if_(self, node: tree.If) -> list[ast.stmt]:
        place = self.place(node)
        before = set(self.bound)
        after: set[str] | None = None
        pieces: list[tuple[ast.expr, list[ast.stmt], Place]] = []
        for test, inner in node.branches:
            where = self.place(test)
            condition = self.condition(test)
            entry = set(self.bound)
            made = self.body(inner, where)
            after = set(self.bound) if after is None else after & self.bound
            self.bound = entry
            pieces.append((condition, made, where))
        orelse = self.block(node.orelse or [])
        after = (after or set()) & self.bound
        self.bound = before | after
        for condition, made, _ in reversed(pieces):
            orelse = [emit.when(condition, made, orelse, place)]
        return orelse

    def while_(self, node: tree.While) -> list[ast.stmt]:
        place = self.place(node)
        before = set(self.bound)
        with self.nesting(node):
            test = self.condition(node.test)
            body = self.body(node.body, place)
        self.bound = before
        return [emit.put(ast.While(test, body, []), place)]

    def switch(self, node: tree.Switch) -> list[ast.stmt]:
        place = self.place(node)
        subject = self.kept()
        first = emit.assign(emit.store(subject, place), self.value(node.subject), place)
        text = emit.call("_type", [emit.load(subject, place)], place)
        other = emit.compare(text, ast.IsNot(), emit.load("_str", place), place)
        checked = emit.call("_switch_on", [emit.load(subject, place)], place)
        check = emit.when(other, [emit.assign(emit.store(subject, place), checked, place)], [], place)
        before = set(self.bound)
        after: set[str] | None = None
        pieces = []
        for value, inner in node.cases:
            condition = self.case(subject, value)
            made = self.body(inner, self.place(value))
            after = set(self.bound) if after is None else after & self.bound
            self.bound = set(before)
            pieces.append((condition, made))
        orelse = self.block(node.otherwise or [])
        after = self.bound if after is None else after & self.bound
        self.bound = before | after
        for condition, made in reversed(pieces):
            orelse = [emit.when(condition, made, orelse, place)]
        release = emit.assign(emit.store(subject, place), emit.constant(None, place), place)
        return [first, check, *orelse, release]

    def case(self, subject: str, value: tree.Node) -> ast.expr:
        """Does the subject of a switch match this case?"""
        place = self.place(value)
        load = emit.load(subject, place)
        texts = None
        if type(value) is tree.Text and value.kind == "char":
            texts = [value]
        elif type(value) is tree.Cell:
            items = [item for row in value.rows for item in row]
            if items and all(type(item) is tree.Text and item.kind == "char" for item in items):
                texts = items
        if texts is not None:
            kind = emit.compare(emit.call("_type", [load], place), ast.Is(), emit.load("_str", place), place)
            words = [emit.constant(text.value, place) for text in texts]
            if len(words) == 1:
                same = emit.compare(emit.load(subject, place), ast.Eq(), words[0], place)
            else:
                same = emit.compare(emit.load(subject, place), ast.In(), emit.tuple_of(words, place), place)
            slow = emit.call("_matches", [emit.load(subject, place), self.value(value)], place)
            return emit.either(kind, same, slow, place)
        if is_whole(value):
            kind = emit.compare(emit.call("_type", [load], place), ast.Is(), emit.load("_float", place), place)
            same = emit.compare(emit.load(subject, place), ast.Eq(), self.value(value), place)
            slow = emit.call("_matches", [emit.load(subject, place), self.value(value)], place)
            return emit.either(kind, same, slow, place)
        return emit.call("_matches", [load, self.value(value)], place)

    def try_(self, node: tree.Try) -> list[ast.stmt]:
        """The handler runs after the Python handler, so that nothing holds the traceback meanwhile."""
        place = self.place(node)
        before = set(self.bound)
        caught = self.kept()
        note = emit.assign(
            emit.store(caught, place), emit.call("_caught", [emit.load("_error", place)], place), place
        )
        clear = emit.assign(emit.store(caught, place), emit.constant(None, place), place)
        with self.nesting(node):
            body = self.body(node.body, place)
        after_body = set(self.bound)
        self.bound = set(before)
        protected = emit.guarded(body, [note], place, "_Exception", "_error")
        handler: list[ast.stmt] = []
        if node.name:
            handler.append(emit.assign(self.target(node.name, place), emit.load(caught, place), place))
            self.settle(node.name)
        handler.append(emit.assign(emit.store(caught, place), emit.constant(None, place), place))
        handler += self.block(node.handler)
        self.bound = before | (after_body & self.bound)
        failed = emit.compare(emit.load(caught, place), ast.IsNot(), emit.constant(None, place), place)
        return [clear, protected, emit.when(failed, handler, [], place)]

    # -------------------------------------------------------------------------------------------------------- loops
    def for_(self, node: tree.For) -> list[ast.stmt]:
        place = self.place(node)
        if type(node.variable) is not tree.Name:
            raise self.fault(node.variable, "MATLAB:m_invalid_loop_variable", "The variable of a loop must be a name.")
        name = node.variable.id
        body: list[ast.stmt] = []
        if node.workers is not None:
            body.append(emit.statement(self.value(node.workers), place))
        if self.counts(node):
            return body + self.counted_loop(node, name, place)
        return body + self.plain_loop(node, name, place)

    def counts(self, node: tree.For) -> bool:
        """a:b or a:s:b with whole a and s, a double b, and a body that leaves the variable alone."""
        sequence = node.sequence
        while type(sequence) is tree.Parenthesised:
            sequence = sequence.expression
        if type(sequence) is not tree.Range or self.dynamic or not self.is_local(node.variable.id):
            return False
        if node.variable.id in self.names.assigned_in_loops.get(id(node), {node.variable.id}):
            return False
        if not indexes_with(node.body, node.variable.id):
            return False
        whole = is_whole(sequence.first) and (sequence.step is None or is_whole(sequence.step))
        if not whole or sequence.step is not None and whole_value(sequence.step) == 0:
            return False
        return self.types.is_float(sequence.last)

    def counted_loop(self, node: tree.For, name: str, place: Place) -> list[ast.stmt]:
        """The variable has a Python integer beside it, by which arrays are indexed without a call."""
        sequence = node.sequence
        while type(sequence) is tree.Parenthesised:
            sequence = sequence.expression
        first = emit.constant(whole_value(sequence.first), place)
        step = emit.constant(whole_value(sequence.step) if sequence.step is not None else 1, place)
        numbers = emit.call("_counter", [first, step, self.value(sequence.last)], place)
        self.count += 1
        counter = f"_i{self.count}"
        was_known = name in self.types.floats
        before = set(self.bound)
        outer_counter = self.counters.get(name)
        self.counters[name] = counter
        was_positive = name in self.positive
        self.positive.discard(name)
        if whole_value(sequence.first) >= 1 and (sequence.step is None or whole_value(sequence.step) > 0):
            self.positive.add(name)
        self.types.floats.add(name)
        self.bound.add(name)
        moved = emit.call("_float", [emit.load(counter, place)], place)
        with self.nesting(node):
            inner = [emit.assign(emit.store(mangled(name), place), moved, place), *self.block(node.body)]
        del self.counters[name]
        self.positive.discard(name)
        if was_positive:
            self.positive.add(name)
        if outer_counter is not None:
            self.counters[name] = outer_counter
        if not was_known:
            self.types.floats.discard(name)
        self.bound = before
        loop = emit.put(ast.For(emit.store(counter, place), numbers, inner, []), place)
        return self.after_empty(name, loop, numbers, place)

    def after_empty(self, name: str, loop: ast.For, numbers: ast.expr, place: Place) -> list[ast.stmt]:
        """A loop over nothing leaves its variable empty, where anybody outside the loop reads it."""
        if name not in self.names.outside or name in self.types.floats:
            return [loop]
        kept = self.kept()
        loop.iter = emit.load(kept, place)
        empty = emit.assign(self.target(name, place), emit.load("_EMPTY", place), place)
        self.settle(name)
        return [emit.assign(emit.store(kept, place), numbers, place), empty, loop]

    def plain_loop(self, node: tree.For, name: str, place: Place) -> list[ast.stmt]:
        sequence = node.sequence
        while type(sequence) is tree.Parenthesised:
            sequence = sequence.expression
        if type(sequence) is tree.Range:
            step = self.value(sequence.step) if sequence.step is not None else emit.constant(1.0, place)
            values = emit.call("_frange", [self.value(sequence.first), step, self.value(sequence.last)], place)
        else:
            values = emit.call("_columns", [self.value(sequence)], place)
        before = set(self.bound)
        scoped = self.types.counts_in_floats(sequence) and not self.dynamic and self.is_local(name)
        scoped = scoped and name not in self.names.assigned_in_loops.get(id(node), {name})
        was_known = name in self.types.floats
        if scoped:
            self.types.floats.add(name)
        if self.is_local(name):
            self.bound.add(name)
        outer = self.counters.pop(name, None)
        with self.nesting(node):
            inner = self.body(node.body, place)
        if outer is not None:
            self.counters[name] = outer
        if scoped and not was_known:
            self.types.floats.discard(name)
        self.bound = before
        loop = emit.put(ast.For(self.target(name, place), values, inner, []), place)
        return self.after_empty(name, loop, values, place)

    def break_(self, node: tree.Break) -> list[ast.stmt]:
        return [emit.put(ast.Break(), self.place(node))]

    def continue_(self, node: tree.Continue) -> list[ast.stmt]:
        return [emit.put(ast.Continue(), self.place(node))]

    def return_(self, node: tree.Return) -> list[ast.stmt]:
        raise NotImplementedError

    # --------------------------------------------------------------------------------------------------- declarations
    def global_(self, node: tree.Global) -> list[ast.stmt]:
        """A new global is []."""
        place = self.place(node)
        made = []
        declare = "_declare_global" if self.is_script else "_new_global"
        for name in node.names:
            arguments = [emit.constant(name, place)]
            made.append(emit.statement(emit.call(declare, arguments, place), place))
        return made

    def persistent_(self, node: tree.Persistent) -> list[ast.stmt]:
        if self.function is None:
            raise self.fault(
                node,
                "MATLAB:m_persistent_outside_function",
                "The PERSISTENT declaration is only allowed in a function.",
            )
        return []

    def import_(self, node: tree.Import) -> list[ast.stmt]:
        return []

    def spmd(self, node: tree.Spmd) -> list[ast.stmt]:
        return self.block(node.body)


def indexes_with(body: list[tree.Node], name: str) -> bool:
    """Is a name part of an index (or argument) anywhere in these statements?"""
    for statement in body:
        for node in tree.walk(statement):
            if type(node) is tree.Call:
                for argument in node.arguments:
                    if any(type(inner) is tree.Name and inner.id == name for inner in tree.walk(argument)):
                        return True
    return False


STATEMENTS = {
    tree.Expression: Statements.expression,
    tree.Assign: Statements.assign,
    tree.MultiAssign: Statements.multi_assign,
    tree.Command: Statements.command,
    tree.Shell: Statements.shell,
    tree.If: Statements.if_,
    tree.While: Statements.while_,
    tree.For: Statements.for_,
    tree.Switch: Statements.switch,
    tree.Try: Statements.try_,
    tree.Spmd: Statements.spmd,
    tree.Break: Statements.break_,
    tree.Continue: Statements.continue_,
    tree.Return: lambda generator, node: generator.return_(node),
    tree.Global: Statements.global_,
    tree.Persistent: Statements.persistent_,
    tree.Import: Statements.import_,
}

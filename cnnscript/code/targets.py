"""Assignments: the left sides `x`, `x(i)`, `c{i}`, `s.a`, paths of them, lists, and deletion."""

from __future__ import annotations

import ast

from cnnscript.code import emit
from cnnscript.code.emit import Place, mangled
from cnnscript.code.expressions import Expressions
from cnnscript.code.names import base_of, contains_end, read_of
from cnnscript.code.references import LISTS
from cnnscript.syntax import tree
from cnnscript.values import sharing

TOP: Place = (1, 0, 1, 0)
FAST_ASSIGN = {1: "_assign1", 2: "_assign2", 3: "_assign3"}


class Targets(Expressions):
    """Statements that assign."""

    def assign(self, node: tree.Assign) -> list[ast.stmt]:
        target, value = node.target, node.value
        name = base_of(target)
        place = self.place(node)
        if type(target) is tree.Name:
            body = self.assign_name(target.id, value, place)
        elif type(target) in (tree.Call, tree.Brace, tree.Field, tree.DynamicField):
            body = self.assign_part(target, value, place)
        else:
            raise self.fault(target, "MATLAB:m_invalid_lhs_of_assignment", "This cannot be assigned to.")
        if not node.quiet:
            body.append(self.show(name, place))
        return body

    def assign_name(self, name: str, value: tree.Node, place: Place) -> list[ast.stmt]:
        body: list[ast.stmt] = []
        joined = self.append_inline(name, value, place)
        if joined is not None:
            return joined
        if type(value) in LISTS and self.may_be_list(value) and type(value) is not tree.Brace:
            given = self.field(value)
        else:
            given = self.value(value)
        checked = self.unchecked_call(given)
        if checked is not None and self.is_local(name):
            # the value is tested where it lies: no second name would hold it
            given, word = checked
            body.append(emit.assign(self.target(name, place), given, place))
            test = emit.compare(self.load(name, place), ast.Is(), emit.constant(None, place), place)
            lost = emit.statement(emit.call("_no_value", [emit.constant(word, place)], place), place)
            self.bound.add(name)
            return [*body, emit.when(test, [self.undo(name, place), lost], [], place)]
        body.append(emit.assign(self.target(name, place), given, place))
        if self.is_local(name):
            self.bound.add(name)
        return body

    def append_inline(self, name: str, value: tree.Node, place: Place) -> list[ast.stmt] | None:
        """x = [x more] for text: Python lengthens a text that nobody else holds without copying it."""
        if type(value) is not tree.Matrix or len(value.rows) != 1 or not 2 <= len(value.rows[0]) <= 6:
            return None
        first, *rest = value.rows[0]
        if type(first) is not tree.Name or first.id != name or not self.is_atom(first) or name not in self.bound:
            return None
        if any(type(item) in LISTS and self.may_be_list(item) for item in rest):
            return None
        if any(self.types.is_float(item) for item in rest):
            if len(rest) > 1:
                return None
            longer = emit.call("_append_row", [emit.load(mangled(name), place), self.value(rest[0])], place)
            return [emit.assign(self.target(name, place), longer, place)]
        python = mangled(name)
        kept = [self.temporary() for _ in rest]
        body = [
            emit.assign(emit.store(word, place), self.value(item), place)
            for word, item in zip(kept, rest, strict=True)
        ]
        kinds = [emit.call("_type", [emit.load(word, place)], place) for word in (python, *kept)]
        # type(x) is str is type(a) is type(b): all are text
        chain = ast.Compare(kinds[0], [ast.Is()] * len(kinds), [emit.load("_str", place), *kinds[1:]])
        tail: ast.expr = emit.load(kept[0], place)
        for word in kept[1:]:
            tail = emit.binary(tail, ast.Add(), emit.load(word, place), place)
        longer = emit.binary(emit.load(python, place), ast.Add(), tail, place)
        joined = emit.call("_horzcat", [emit.load(word, place) for word in (python, *kept)], place)
        fast = emit.assign(emit.store(python, place), longer, place)
        slow = emit.assign(emit.store(python, place), joined, place)
        return [*body, emit.when(emit.put(chain, place), [fast], [slow], place)]

    def undo(self, name: str, place: Place) -> ast.stmt:
        return emit.put(ast.Delete([emit.put(ast.Name(mangled(name), emit.DELETE), place)]), place)

    def unchecked_call(self, given: ast.expr) -> tuple[ast.expr, str] | None:
        """The call inside what `checked` made, and the function's name."""
        if type(given) is ast.IfExp and type(given.test) is ast.Compare and type(given.test.left) is ast.NamedExpr:
            last = given.orelse
            if type(last) is ast.Call and type(last.func) is ast.Name and last.func.id == "_no_value":
                self.temporaries.remove(given.test.left.target.id)
                return given.test.left.value, last.args[0].value
        return None

    # -------------------------------------------------------------------------------------------------------- parts
    def assign_part(self, target: tree.Node, value: tree.Node, place: Place) -> list[ast.stmt]:
        chain = path_of(target)
        deletes = type(target) is tree.Call and (is_empty_literal(value) or len(chain) == 2 and is_empty_text(value))
        name = chain[0].id if type(chain[0]) is tree.Name else None
        if name is None:
            raise self.fault(target, "MATLAB:m_invalid_lhs_of_assignment", "This cannot be assigned to.")
        if self.may_be_unset(name) and (self.dynamic or read_of(name, [value]) is None) and mentions(name, value):
            kept = self.temporary()  # the value is made first, while the variable is not there yet
            first = emit.assign(emit.store(kept, place), self.value(value), place)
            return [first, *self.assign_kept(target, kept, place)]
        body = self.require_read(target, value) + self.make_base(name, place)
        two_fields = len(chain) == 3 and type(chain[1]) is tree.Field is type(chain[2])
        if (len(chain) == 2 or two_fields) and not deletes:
            done = self.assign_inline(target, name, value, place)
            if done is not None:
                return body + done
        where = self.place(target)
        if len(chain) == 2:
            step = chain[1]
            if appends(step) and not deletes:
                function = "_append" if type(step) is tree.Call else "_append_brace"
                result = emit.call(function, [self.load(name, place), self.value(value)], place)
                body.append(emit.assign(self.target(name, place), result, place))
                self.settle(name)
                return body
            given = self.indices(step.arguments, self.end_in(name, [])) if type(step) in (tree.Call, tree.Brace) else []
            if deletes:
                function = "_delete" if type(value) is tree.Matrix else "_delete_by_text"
                result = emit.call(function, [self.load(name, place), emit.tuple_of(given, place)], place)
            elif type(step) in (tree.Field, tree.DynamicField):
                arguments = [self.load(name, place), self.field_key(step), self.value(value)]
                result = emit.call("_assign_field", arguments, place)
            else:
                result = self.assign_indices(name, step, given, self.value(value), place)
        else:
            rhs = emit.load("_DELETED", place) if deletes else self.value(value)
            result = emit.call("_assign_path", [self.load(name, place), self.steps(name, chain[1:], where), rhs], place)
        body.append(emit.assign(self.target(name, place), result, place))
        self.settle(name)
        return body

    def settle(self, name: str) -> None:
        if self.is_local(name):
            self.bound.add(name)

    def assign_indices(
        self, name: str, step: tree.Node, given: list[ast.expr], rhs: ast.expr, place: Place
    ) -> ast.expr:
        plain = not any(type(item) is ast.Starred for item in given)
        if type(step) is tree.Brace:
            if plain and len(given) == 1:
                return emit.call("_assign_brace1", [self.load(name, place), given[0], rhs], place)
            return emit.call("_assign_brace", [self.load(name, place), emit.tuple_of(given, place), rhs], place)
        if plain and len(given) in FAST_ASSIGN:
            return emit.call(FAST_ASSIGN[len(given)], [self.load(name, place), *given, rhs], place)
        return emit.call("_assign", [self.load(name, place), emit.tuple_of(given, place), rhs], place)

    def may_be_unset(self, name: str) -> bool:
        return name not in self.bound and self.is_local(name)

    def require_read(self, target: tree.Node, value: tree.Node) -> list[ast.stmt]:
        """Let a variable of which a part is written be there already where its new value or the place is made of it."""
        name = base_of(target)
        if self.dynamic or name is None or not self.may_be_unset(name):
            return []
        found = read_of(name, [value, *(part for step in path_of(target)[1:] for part in inside(step))])
        if found is None:
            return []
        place = self.place(found)
        return [emit.statement(self.load(name, place), place)]

    def make_base(self, name: str, place: Place) -> list[ast.stmt]:
        """Let a variable that may not exist yet be None before its first part is written."""
        if not self.may_be_unset(name):
            return []
        missing = [emit.assign(self.target(name, place), emit.constant(None, place), place)]
        return [emit.guarded([emit.statement(self.load(name, place), place)], missing, place)]

    def end_in(self, name: str, steps: list[tree.Node]):
        """What `end` means in the indices of the step after `steps` of a target."""
        if not steps and name in self.bound:
            return lambda: self.load(name, TOP)
        return lambda place: self.load(name, place), lambda place: self.steps(name, steps, place)

    def steps(self, name: str, chain: list[tree.Node], place: Place) -> ast.expr:
        """The steps of a path as the tuple that `assign_path` takes."""
        made: list[ast.expr] = []
        for at, step in enumerate(chain):
            if type(step) in (tree.Field, tree.DynamicField):
                pair = [emit.constant(".", place), self.field_key(step)]
            else:
                mark = "(" if type(step) is tree.Call else "{"
                given = self.indices(step.arguments, self.end_in(name, chain[:at]))
                pair = [emit.constant(mark, place), emit.tuple_of(given, place)]
            made.append(emit.tuple_of(pair, place))
        return emit.tuple_of(made, place)

    # ------------------------------------------------------------------------------------------------------- inline
    def assign_inline(self, target: tree.Node, name: str, value: tree.Node, place: Place) -> list[ast.stmt] | None:
        """s.name = v and A(i, j) = double without a call, where nobody else holds the base."""
        if not self.is_local(name) or self.dynamic:
            return None
        if type(target) is tree.Field and type(target.base) is tree.Name:
            return self.assign_field_inline(target, name, value, place)
        if type(target) is tree.Field:
            return self.assign_inner_field_inline(target, name, value, place)
        if type(target) is tree.Call and self.types.is_float(value) and not contains_end(target.arguments):
            return self.assign_item_inline(target, name, value, place)
        return None

    def unshared(self, name: str, place: Place) -> ast.expr:
        count = emit.call("_getrefcount", [emit.load(mangled(name), place)], place)
        return emit.compare(count, ast.LtE(), emit.constant(sharing.LOCAL, place), place)

    def is_a(self, name: str, kind: str, place: Place) -> ast.expr:
        return emit.compare(
            emit.call("_type", [emit.load(mangled(name), place)], place), ast.Is(), emit.load(kind, place), place
        )

    def assign_field_inline(self, target: tree.Field, name: str, value: tree.Node, place: Place) -> list[ast.stmt]:
        kept = self.temporary()
        python = mangled(name)
        first = emit.assign(emit.store(kept, place), self.value(value), place)
        fields = emit.attribute(emit.load(python, place), "fields", place)
        key = emit.constant(target.name, place)
        fast = emit.assign(emit.subscript(fields, key, emit.STORE, place), emit.load(kept, place), place)
        arguments = [emit.load(python, place), emit.constant(target.name, place), emit.load(kept, place)]
        slow = emit.assign(emit.store(python, place), emit.call("_assign_field", arguments, place), place)
        test = emit.both([self.is_a(name, "_Struct", place), self.unshared(name, place)], place)
        self.bound.add(name)
        return [first, emit.when(test, [fast], [slow], place)]

    def assign_inner_field_inline(
        self, target: tree.Field, name: str, value: tree.Node, place: Place
    ) -> list[ast.stmt]:
        """s.part.name = v"""
        kept, part = self.temporary(), self.temporary()
        python = mangled(name)
        first = emit.assign(emit.store(kept, place), self.value(value), place)
        fields = emit.attribute(emit.attribute(emit.load(python, place), "fields", place), "get", place)
        taken = emit.call_of(fields, [emit.constant(target.base.name, place)], place)
        kind = emit.call("_type", [emit.walrus(part, taken, place)], place)
        # the part is held by its struct, and by the name it has here
        count = emit.call("_getrefcount", [emit.load(part, place)], place)
        test = emit.both(
            [
                self.is_a(name, "_Struct", place),
                self.unshared(name, place),
                emit.compare(kind, ast.Is(), emit.load("_Struct", place), place),
                emit.compare(count, ast.LtE(), emit.constant(sharing.LOCAL + 1, place), place),
            ],
            place,
        )
        inner = emit.attribute(emit.load(part, place), "fields", place)
        key = emit.constant(target.name, place)
        fast = emit.assign(emit.subscript(inner, key, emit.STORE, place), emit.load(kept, place), place)
        release = emit.assign(emit.store(part, place), emit.constant(None, place), place)
        steps = self.steps(name, [target.base, target], place)
        call = emit.call("_assign_path", [emit.load(python, place), steps, emit.load(kept, place)], place)
        slow = emit.assign(emit.store(python, place), call, place)
        self.bound.add(name)
        return [first, emit.when(test, [fast], [release, slow], place)]

    def assign_item_inline(
        self, target: tree.Call, name: str, value: tree.Node, place: Place
    ) -> list[ast.stmt] | None:
        arguments = target.arguments
        count = len(arguments)
        if not 1 <= count <= 3 or not any(True for argument in arguments for _ in self.counters_in(argument)):
            return None
        whole = [self.whole(argument) for argument in arguments]
        if any(item is None for item in whole):
            return None
        python = mangled(name)
        kept = self.temporary()

        def array(part: str) -> ast.expr:
            return emit.attribute(emit.load(python, place), part, place)

        axes = range(count) if count > 1 else (1,)
        tests = [
            self.is_a(name, "_ndarray", place),
            emit.compare(array("dtype"), ast.Is(), emit.load("_double", place), place),
            emit.compare(array("ndim"), ast.Eq(), emit.constant(max(count, 2), place), place),
        ]
        if count == 1:
            first = emit.subscript(array("shape"), emit.constant(0, place), emit.LOAD, place)
            tests.append(emit.compare(first, ast.Eq(), emit.constant(1, place), place))
        tests += [
            self.unshared(name, place),
            emit.compare(array("base"), ast.Is(), emit.constant(None, place), place),
        ]
        for axis, argument in zip(axes, arguments, strict=True):
            # the shape is fetched once: each fetch makes a tuple
            shape = emit.walrus("_s", array("shape"), place) if axis == axes[0] else emit.load("_s", place)
            length = emit.subscript(shape, emit.constant(axis, place), emit.LOAD, place)
            tests.append(emit.compare(length, ast.GtE(), self.whole(argument), place))
            if not self.surely_positive(argument):
                tests.append(emit.compare(self.whole(argument), ast.Gt(), emit.constant(0, place), place))
        places = [self.less_one(item, place) for item in whole]
        if count == 1:
            places.insert(0, emit.constant(0, place))
        item = emit.subscript(emit.load(python, place), emit.tuple_of(places, place), emit.STORE, place)
        fast = emit.assign(item, emit.load(kept, place), place)
        given = [self.value(argument) for argument in arguments]
        call = emit.call(FAST_ASSIGN[count], [emit.load(python, place), *given, emit.load(kept, place)], place)
        slow = emit.assign(emit.store(python, place), call, place)
        self.bound.add(name)
        return [
            emit.assign(emit.store(kept, place), self.value(value), place),
            emit.when(emit.both(tests, place), [fast], [slow], place),
        ]

    # -------------------------------------------------------------------------------------------------------- lists
    def multi_assign(self, node: tree.MultiAssign) -> list[ast.stmt]:
        """[a, b(2), ~, c{1:3}, s.x] = value"""
        place = self.place(node)
        targets = node.targets
        for target in targets:
            if type(target) is not tree.Skip and base_of(target) is None:
                raise self.fault(target, "MATLAB:m_invalid_lhs_of_assignment", "This cannot be assigned to.")
        if len(targets) == 1 and type(targets[0]) in (tree.Name, tree.Call):
            return self.assign(tree.Assign(node.start, node.stop, targets[0], node.value, node.quiet))
        if len(targets) == 1 and self.is_wrapped(targets[0]) and "varargout" not in self.bound:
            return self.wrap(node, place)
        body: list[ast.stmt] = []
        for target in targets:
            if type(target) not in (tree.Skip, tree.Name):
                body += self.require_read(target, node.value)
        counts = [self.list_count(target, body) for target in targets]
        if any(type(count) is str for count in counts):
            return self.spread(node, body, counts, place)
        values = self.outputs(node.value, len(targets), place)
        kept = [None if type(target) is tree.Skip else self.kept_name(target) for target in targets]
        stores = [
            emit.store("_", place) if type(target) is tree.Skip else self.direct(target, name, place)
            for target, name in zip(targets, kept, strict=True)
        ]
        body.append(emit.assign(emit.put(ast.Tuple(stores, emit.STORE), place), values, place))
        for target, name in zip(targets, kept, strict=True):
            if name is not None:
                body += self.assign_kept(target, name, place)
            elif type(target) is tree.Name:
                self.settle(target.id)
        if not node.quiet:
            body += [self.show(base_of(target), place) for target in targets if type(target) is not tree.Skip]
        return body

    def is_wrapped(self, target: tree.Node) -> bool:
        """Is this `varargout{1:nargout}`?"""
        if type(target) is not tree.Brace or len(target.arguments) != 1 or not self.is_local("varargout"):
            return False
        if self.dynamic or self.function is None or self.is_script:
            return False
        index = target.arguments[0]
        return (
            type(target.base) is tree.Name
            and target.base.id == "varargout"
            and type(index) is tree.Range
            and index.step is None
            and type(index.first) is tree.Number
            and index.first.value == 1.0
            and type(index.last) is tree.Name
            and index.last.id == "nargout"
            and not self.is_variable("nargout")
        )

    def wrap(self, node: tree.MultiAssign, place: Place) -> list[ast.stmt]:
        """[varargout{1:nargout}] = f(...): all that f gives; where nothing is asked for, what it would give as ans."""
        asked = emit.load("_nargout", place)
        if type(node.value) in LISTS and (type(node.value) is tree.Brace or self.dotted(node.value) is None):
            if type(node.value) is tree.Field:
                base = self.whole_value(node.value.base)
                given = emit.call("_dot_tuple", [base, self.field_key(node.value), asked], place)
            else:
                given = emit.call("_wrapped_list", [self.several(node.value), asked], place)
        else:
            given = emit.call("_wrapped", [self.outputs_of(node.value, asked), asked], place)
        cell = emit.call("_cell_row", [emit.starred(given, place)], place)
        body = [emit.assign(self.target("varargout", place), cell, place)]
        self.settle("varargout")
        return body if node.quiet else [*body, self.show("varargout", place)]

    def kept_name(self, target: tree.Node) -> str | None:
        return None if type(target) is tree.Name else self.temporary()

    def direct(self, target: tree.Node, name: str | None, place: Place) -> ast.expr:
        return self.target(target.id, place) if name is None else emit.store(name, place)

    def outputs(self, value: tree.Node, count: int | ast.expr, place: Place) -> ast.expr:
        """The right side of [...] = as a tuple of `count` values."""
        asked = emit.constant(count, place) if type(count) is int else count
        if type(value) in LISTS and (type(value) is tree.Brace or self.dotted(value) is None):
            if type(value) is tree.Field:
                return emit.call(
                    "_dot_tuple", [self.whole_value(value.base), self.field_key(value), asked], place
                )
            return emit.call("_first_of", [self.several(value), asked], place)
        return emit.call("_outputs", [self.outputs_of(value, count if type(count) is int else asked), asked], place)

    def assign_kept(self, target: tree.Node, name: str, place: Place) -> list[ast.stmt]:
        """Write a value that has a Python name into a target."""
        chain = path_of(target)
        variable = chain[0].id
        body = self.make_base(variable, place)
        rhs = emit.load(name, place)
        if len(chain) == 2 and type(chain[1]) in (tree.Call, tree.Brace):
            given = self.indices(chain[1].arguments, self.end_in(variable, []))
            result = self.assign_indices(variable, chain[1], given, rhs, place)
        else:
            steps = self.steps(variable, chain[1:], place)
            result = emit.call("_assign_path", [self.load(variable, place), steps, rhs], place)
        body.append(emit.assign(self.target(variable, place), result, place))
        self.settle(variable)
        return body

    def list_count(self, target: tree.Node, body: list[ast.stmt]) -> int | str:
        """1, or the Python name of how many values a target takes."""
        if type(target) in (tree.Skip, tree.Name, tree.Call):
            return 1
        if type(target) is tree.Brace and all(self.picks_one(item) for item in target.arguments):
            return 1
        chain = path_of(target)
        place = self.place(target)
        variable = chain[0].id
        body += self.make_base(variable, place)
        self.settle(variable)
        name = self.temporary()
        steps = self.steps(variable, chain[1:], place)
        counted = emit.call("_target_count", [self.load(variable, place), steps], place)
        body.append(emit.assign(emit.store(name, place), counted, place))
        return name

    def spread(
        self, node: tree.MultiAssign, body: list[ast.stmt], counts: list[int | str], place: Place
    ) -> list[ast.stmt]:
        """Targets of which some take several values, known only when they are reached."""

        def count(at: int) -> ast.expr:
            known = counts[at]
            return emit.constant(known, place) if type(known) is int else emit.load(known, place)

        total = count(0)
        for at in range(1, len(counts)):
            total = emit.binary(total, ast.Add(), count(at), place)
        values = self.temporary()
        body.append(emit.assign(emit.store(values, place), self.outputs(node.value, total, place), place))
        position = self.temporary()
        body.append(emit.assign(emit.store(position, place), emit.constant(0, place), place))
        for at, target in enumerate(node.targets):
            stop = emit.binary(emit.load(position, place), ast.Add(), count(at), place)
            cut = emit.put(ast.Slice(emit.load(position, place), stop), place)
            part = emit.subscript(emit.load(values, place), cut, emit.LOAD, place)
            if type(target) is tree.Name:
                body.append(emit.assign(self.target(target.id, place), emit.call("_one", [part], place), place))
                self.settle(target.id)
            elif type(target) is not tree.Skip:
                chain = path_of(target)
                variable = chain[0].id
                body += self.make_base(variable, place)
                arguments = [self.load(variable, place), self.steps(variable, chain[1:], place), part]
                result = emit.call("_assign_list", arguments, place)
                body.append(emit.assign(self.target(variable, place), result, place))
                self.settle(variable)
            moved = emit.binary(emit.load(position, place), ast.Add(), count(at), place)
            body.append(emit.assign(emit.store(position, place), moved, place))
        if not node.quiet:
            body += [self.show(base_of(target), place) for target in node.targets if type(target) is not tree.Skip]
        return body

    def show(self, name: str, place: Place) -> ast.stmt:
        """Print a variable as a statement without `;` does."""
        return emit.statement(emit.call("_show", [emit.constant(name, place), self.load(name, place)], place), place)


def appends(step: tree.Node) -> bool:
    """x(end+1) or c{end+1}"""
    if type(step) not in (tree.Call, tree.Brace) or len(step.arguments) != 1:
        return False
    index = step.arguments[0]
    return (
        type(index) is tree.Binary
        and index.operator == "+"
        and type(index.left) is tree.End
        and type(index.right) is tree.Number
        and index.right.value == 1.0
    )


def path_of(target: tree.Node) -> list[tree.Node]:
    """A target as its variable and the steps that follow, outermost last."""
    chain: list[tree.Node] = []
    while type(target) in (tree.Call, tree.Brace, tree.Field, tree.DynamicField):
        chain.append(target)
        target = target.base
    return [target, *reversed(chain)]


def mentions(name: str, value: tree.Node) -> bool:
    """Is a name written anywhere in an expression?"""
    return any(type(node) is tree.Name and node.id == name for node in tree.walk(value))


def inside(step: tree.Node) -> list[tree.Node]:
    """What is written in a step of a path: indices, or the expression of a dynamic field."""
    return tree.children(step)[1:]


def is_empty_text(node: tree.Node) -> bool:
    """`''` as written, which deletes too."""
    return type(node) is tree.Text and node.kind == "char" and not node.value


def is_empty_literal(node: tree.Node) -> bool:
    """`[]` as written: what deletes on the right side of `x(...) =`."""
    return type(node) is tree.Matrix and not any(node.rows)

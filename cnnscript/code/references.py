"""Names and what follows them: variables, calls, indices, fields, function handles."""

from __future__ import annotations

import ast

from cnnscript.code import emit
from cnnscript.code.context import Context, NeedsDynamic
from cnnscript.code.emit import Place, mangled
from cnnscript.code.infer import DOUBLE_RESULTS, LOGICAL_RESULTS
from cnnscript.code.names import contains_end
from cnnscript.syntax import tree

LISTS = (tree.Brace, tree.Field, tree.DynamicField)
# what braces with one index are read by, by what becomes of a list of several values
BRACE_OF = {"_one": "_brace1", "_operand": "_brace_operand", "_brace_list_single": "_brace_single"}
FASTEST = {1: "_index1", 2: "_index2", 3: "_index3"}


class References(Context):
    """Expressions that start with a name."""

    # -------------------------------------------------------------------------------------------------------- names
    def name(self, node: tree.Name, nargout: int | ast.expr = 1) -> ast.expr:
        place = self.place(node)
        name = node.id
        if name in self.own:
            if name in self.maybe:
                known = emit.compare(emit.load(mangled(name), place), ast.IsNot(), emit.load("_unset", place), place)
                return emit.either(known, emit.load(mangled(name), place), self.function_call(node, [], nargout), place)
            return self.load(name, place)
        if name in self.variables:
            if name in self.bound or not self.is_local(name):
                return self.load(name, place)
            if self.dynamic:
                return self.variable_or_function(node, nargout, place)
            if self.is_script and self.reference(name) is not None:
                raise NeedsDynamic(name)
            return self.load(name, place)
        if self.dynamic:
            return self.variable_or_function(node, nargout, place)
        return self.function_call(node, [], nargout)

    def variable_or_function(self, node: tree.Name, nargout: int | ast.expr, place: Place) -> ast.expr:
        function = self.function_call(node, [], nargout)
        return emit.either(self.in_variables(node.id, place), emit.load(mangled(node.id), place), function, place)

    def may_be_function(self, name: str) -> bool:
        """Is this name, in this place, not surely a variable?"""
        if name in self.own:
            return name in self.maybe
        if name in self.variables:
            if name in self.bound or not self.is_local(name):
                return False
            if self.dynamic:
                return self.reference(name) is not None
            if self.is_script and self.reference(name) is not None:
                raise NeedsDynamic(name)
            return False
        return True

    # ---------------------------------------------------------------------------------------------------- functions
    def function_call(self, node: tree.Node, arguments: list[tree.Node], nargout: int | ast.expr) -> ast.expr:
        """Call the function that a name means; `node` is the whole expression, whose base or self is the Name."""
        place = self.place(node)
        name = node.id if type(node) is tree.Name else node.base.id
        special = self.call_facts(name, arguments, place)
        if special is not None:
            return special
        return self.call_by_name(name, arguments, nargout, place)

    def call_facts(self, name: str, arguments: list[tree.Node], place: Place) -> ast.expr | None:
        """nargin and nargout of the function itself."""
        if self.anonymous_parameters is not None and name in ("nargin", "nargout") and not arguments:
            if name == "nargout":
                return emit.call("_float", [emit.load("_nargout", place)], place)
            from cnnscript.code.anonymous import given_count

            return given_count(self.anonymous_parameters, place)
        if name in ("nargin", "nargout") and not arguments and self.function is not None and not self.is_script:
            if name == "nargin":
                return emit.load("_nargin", place)
            return emit.call("_float", [emit.load("_nargout", place)], place)
        return None

    def call_by_name(
        self, name: str, arguments: list[tree.Node], nargout: int | ast.expr, place: Place
    ) -> ast.expr:
        if self.types.calls_on_floats(name, arguments):
            return emit.call(self.unit.link_floats(name), [self.value(argument) for argument in arguments], place)
        kind = self.reference(name)
        function = self.function_name(name)
        asked = emit.constant(nargout, place) if type(nargout) is int else nargout
        given = [asked, *self.arguments(arguments)]
        if kind in ("scope", "script"):
            given.insert(0, emit.call("_scope", [], place))
        result = emit.call(function, given, place)
        if kind == "builtin" and self.unit.takes_names(name):
            self.hand_names(result, arguments, place)
        if nargout == 1 and kind in ("builtin", "scope", "script"):
            return self.checked(result, name, place)
        return result

    def hand_names(self, call: ast.Call, arguments: list[tree.Node], place: Place) -> None:
        """Have a call be told which variables its arguments are."""
        names = emit.tuple_of(self.argument_names(arguments, place), place)
        call.keywords.append(emit.put(ast.keyword("names", names), place))

    def argument_names(self, arguments: list[tree.Node], place: Place) -> list[ast.expr]:
        """The variable that each argument is, '' for any other expression; up to the first that may be a list."""
        names: list[ast.expr] = []
        for argument in arguments:
            if type(argument) in LISTS and self.may_be_list(argument):
                break
            name = argument.id if type(argument) is tree.Name else ""
            if not name or self.is_variable(name):
                names.append(emit.constant(name, place))
            elif self.dynamic:
                known = self.in_variables(name, place)
                names.append(emit.either(known, emit.constant(name, place), emit.constant("", place), place))
            else:
                names.append(emit.constant("", place))
        return names

    def checked(self, result: ast.expr, name: str, place: Place) -> ast.expr:
        """The value of a call, or the error that it has none."""
        if self.surely_gives(name):
            return result
        kept = self.temporary()
        test = emit.compare(emit.walrus(kept, result, place), ast.IsNot(), emit.constant(None, place), place)
        lost = emit.call("_no_value", [emit.constant(name, place)], place)
        return emit.either(test, emit.load(kept, place), lost, place)

    def surely_gives(self, name: str) -> bool:
        return name in ALWAYS_VALUES or name in DOUBLE_RESULTS or name in LOGICAL_RESULTS

    def arguments(self, arguments: list[tree.Node]) -> list[ast.expr]:
        """Arguments of a function: lists expand, `:` is text, `end` belongs to what is around."""
        given: list[ast.expr] = []
        for argument in arguments:
            kind = type(argument)
            if kind is tree.Colon:
                given.append(emit.constant(":", self.place(argument)))
            elif kind is tree.Named:
                given.append(self.unit.constant_of(self.string(argument.name), self.place(argument)))
                given.append(self.value(argument.value))
            else:
                given.append(self.argument(argument))
        return given

    def argument(self, node: tree.Node) -> ast.expr:
        """One argument: an expression, or a starred list."""
        if type(node) in LISTS and self.may_be_list(node):
            return emit.starred(self.several(node), self.place(node))
        return self.value(node)

    def operand(self, node: tree.Node) -> ast.expr:
        """One operand of an operator: a list of other than one value is too many of them, or too few."""
        kind = type(node)
        if kind is tree.Brace and self.may_be_list(node):
            return self.brace(node, "_operand")
        if kind in (tree.Field, tree.DynamicField) and self.dotted(node) is None:
            return self.field(node, "_operand")
        return self.value(node)

    def may_be_list(self, node: tree.Node) -> bool:
        """May this brace or dot expression be other than one value?"""
        if type(node) is tree.Brace:
            return not all(self.picks_one(argument) for argument in node.arguments) or not node.arguments
        return self.dotted(node) is None

    def picks_one(self, index: tree.Node) -> bool:
        return self.types.is_float(index) or type(index) is tree.End

    # ----------------------------------------------------------------------------------------------------- indexing
    def call(self, node: tree.Call, nargout: int | ast.expr = 1) -> ast.expr:
        """base(arguments) as one value (or what nargout asks for)."""
        base = node.base
        place = self.place(node)
        if type(base) is tree.Name:
            if not self.may_be_function(base.id):
                if self.is_handle(base.id) and not contains_end(node.arguments):
                    return self.handle_call(node, nargout, place)
                return self.index(node, nargout)
            if not self.is_variable(base.id) and not self.dynamic:
                return self.function_call(node, node.arguments, nargout)
            if contains_end(node.arguments) and self.reference(base.id) is None:
                return self.index(node, nargout)
            return self.either_call(node, nargout, place)
        if type(base) is tree.Field:
            name = self.dotted(base)
            if name is not None:
                return self.call_by_name(name, node.arguments, nargout, place)
            if not self.ends_here(node.arguments):
                given = self.indices(node.arguments, None)
                asked = emit.constant(nargout, place) if type(nargout) is int else nargout
                value = self.whole_value(base.base)
                return emit.call("_dot_call", [value, emit.constant(base.name, place), asked, *given], place)
        return self.index(node, nargout)

    def ends_here(self, arguments: list[tree.Node]) -> bool:
        """May an `end` in these arguments be that of the call itself, not of a value indexed inside them?"""
        pending: list[tree.Node] = list(arguments)
        while pending:
            node = pending.pop()
            kind = type(node)
            if kind is tree.End:
                return True
            indexed = kind is tree.Brace or (
                kind is tree.Call and not (type(node.base) is tree.Name and self.may_be_function(node.base.id))
            )
            pending += [node.base] if indexed else tree.children(node)
        return False

    def is_handle(self, name: str) -> bool:
        return name in self.types.functions and name not in self.own and self.is_local(name)

    def handle_call(self, node: tree.Call, nargout: int | ast.expr, place: Place) -> ast.expr:
        """Call a variable that is surely a function handle."""
        function = emit.attribute(self.load(node.base.id, place), "call", place)
        asked = emit.constant(nargout, place) if type(nargout) is int else nargout
        result = emit.call_of(function, [asked, *self.arguments(node.arguments)], place)
        return self.checked(result, node.base.id, place) if nargout == 1 else result

    def either_call(self, node: tree.Call, nargout: int | ast.expr, place: Place) -> ast.expr:
        """A name that may be a variable or a function when it is reached."""
        name = node.base.id
        asked = emit.constant(nargout, place) if type(nargout) is int else nargout
        known = emit.load(mangled(name), place) if name in self.own else None
        if known is None:
            lookup = emit.attribute(emit.call("_locals", [], place), "get", place)
            known = emit.call_of(lookup, [emit.constant(mangled(name), place), emit.load("_unset", place)], place)
        kept = self.temporary()
        variable = emit.walrus(kept, known, place)
        given = self.indices(node.arguments, lambda: emit.load(kept, place), perhaps=True)
        scoped = self.reference(name) in ("scope", "script")
        scope = emit.call("_scope", [], place) if scoped else emit.constant(None, place)
        function = emit.load(self.function_name(name), place)
        result = emit.call("_either", [variable, function, scope, asked, *given], place)
        if self.reference(name) == "builtin" and self.unit.takes_names(name):
            self.hand_names(result, node.arguments, place)
        return result

    def index(self, node: tree.Call, nargout: int | ast.expr) -> ast.expr:
        place = self.place(node)
        base, again = self.base(node.base, node.arguments)
        if nargout != 1:
            asked = emit.constant(nargout, place) if type(nargout) is int else nargout
            return emit.call("_call_value", [base, asked, *self.indices(node.arguments, again)], place)
        inline = self.inline_index(node, place)
        if inline is not None:
            return inline
        given = self.indices(node.arguments, again)
        fastest = FASTEST.get(len(given))
        if fastest and not any(type(item) is ast.Starred for item in given):
            return emit.call(fastest, [base, *given], place)
        return emit.call("_index", [base, emit.tuple_of(given, place)], place)

    def base(self, node: tree.Node, arguments: list[tree.Node]):
        """The value being indexed, and how to name it again for `end`."""
        if type(node) is tree.Name and self.is_variable(node.id):
            return self.variable(node), lambda: self.variable(node)
        if not contains_end(arguments):
            return self.whole_value(node), None
        kept = self.temporary()
        place = self.place(node)
        return emit.walrus(kept, self.whole_value(node), place), lambda: emit.load(kept, place)

    def variable(self, node: tree.Name) -> ast.expr:
        return self.load(node.id, self.place(node))

    def whole_value(self, node: tree.Node) -> ast.expr:
        """A value that something follows: a list of other than one value is an error."""
        if type(node) in (tree.Field, tree.DynamicField) and self.dotted(node) is None:
            return self.field(node, "_single")
        if type(node) is tree.Brace and self.may_be_list(node):
            return self.brace(node, "_brace_list_single")
        return self.value(node)

    def inline_index(self, node: tree.Call | tree.Brace, place: Place) -> ast.expr | None:
        """x(i), x(i, j), x(i, j, k) of a double array, or c{i} of a cell, by loop counters and whole numbers, read
        without a call."""
        base = node.base
        count = len(node.arguments)
        if type(base) is not tree.Name or not 1 <= count <= 3 or not self.is_local(base.id) or base.id in self.own:
            return None
        if not any(True for argument in node.arguments for _ in self.counters_in(argument)):
            return None
        whole = [self.whole(argument) for argument in node.arguments]
        if any(item is None for item in whole):
            return None

        def array() -> ast.expr:
            return emit.load(mangled(base.id), place)

        def has(name: str, operator: ast.cmpop, value: ast.expr) -> ast.expr:
            return emit.compare(emit.attribute(array(), name, place), operator, value, place)

        tests = [
            emit.compare(emit.call("_type", [array()], place), ast.Is(), emit.load("_ndarray", place), place),
            has("dtype", ast.Is(), emit.load("_double" if type(node) is tree.Call else "_object", place)),
            has("ndim", ast.Eq(), emit.constant(max(count, 2), place)),
        ]
        if count == 1:
            row = emit.subscript(
                emit.attribute(array(), "shape", place), emit.constant(0, place), emit.LOAD, place
            )
            tests.append(emit.compare(row, ast.Eq(), emit.constant(1, place), place))
        tests += [
            emit.compare(self.whole(argument), ast.Gt(), emit.constant(0, place), place)
            for argument in node.arguments
            if not self.surely_positive(argument)
        ]
        places = [self.less_one(item, place) for item in whole]
        fast = emit.call_of(emit.attribute(array(), "item", place), places, place)
        floats = [self.value(argument) for argument in node.arguments]
        function = FASTEST[count] if type(node) is tree.Call else "_brace1"
        slow = emit.call(function, [array(), *floats], place)
        return emit.either(emit.both(tests, place), fast, slow, place)

    def counters_in(self, node: tree.Node):
        for inner in tree.walk(node):
            if type(inner) is tree.Name and inner.id in self.counters:
                yield inner.id

    def less_one(self, index: ast.expr, place: Place) -> ast.expr:
        """A 1-based Python integer as a 0-based one."""
        if type(index) is ast.Constant:
            return emit.constant(index.value - 1, place)
        return emit.binary(index, ast.Sub(), emit.constant(1, place), place)

    def indices(self, arguments: list[tree.Node], again, perhaps: bool = False) -> list[ast.expr]:
        """Indices into a value; `again` makes an expression of it for `end` (None where `end` is that around).

        perhaps: it may be unset when it is reached, and a function is called: then, too, `end` is that around.
        """
        given: list[ast.expr] = []
        count = len(arguments)
        for position, argument in enumerate(arguments):
            if again is not None:
                self.ends.append((again, position, count, perhaps))
            kind = type(argument)
            place = self.place(argument)
            if kind is tree.Colon:
                given.append(emit.load("_COLON", place))
            elif kind is tree.Range:
                given.append(self.span(argument, place))
            elif kind is tree.Named:
                given += self.arguments([argument])
            else:
                given.append(self.argument(argument))
            if again is not None:
                self.ends.pop()
        return given

    def span(self, node: tree.Range, place: Place) -> ast.expr:
        """a:b as an index: places without an array where it can be."""
        first = self.value(node.first)
        step = self.value(node.step) if node.step is not None else None
        last = self.value(node.last)
        if step is None:
            return emit.call("_span", [first, last], place)
        return emit.call("_span_by", [first, step, last], place)

    def end(self, node: tree.End) -> ast.expr:
        place = self.place(node)
        if not self.ends:
            message = "The end operator must be used within an array index expression."
            raise self.fault(node, "MATLAB:m_end_outside_index", message)
        return self.end_at(len(self.ends) - 1, place)

    def end_at(self, level: int, place: Place) -> ast.expr:
        """`end` in the indices of a level of values indexed, from the outermost (0) inwards."""
        again, position, count, perhaps = self.ends[level]
        if type(again) is tuple:
            base, steps = again
            of = [base(place), steps(place)]
            function = "_end_of_path"
        else:
            of = [again()]
            function = "_end_of"
        inner = emit.call(function, [*of, emit.constant(position, place), emit.constant(count, place)], place)
        if not (perhaps and level):
            return inner
        unset = emit.compare(again(), ast.Is(), emit.load("_unset", place), place)
        return emit.either(unset, self.end_at(level - 1, place), inner, place)

    # ----------------------------------------------------------------------------------------------- braces and dots
    def brace(self, node: tree.Brace, pick: str = "_one") -> ast.expr:
        """base{arguments} as one value."""
        place = self.place(node)
        inline = self.inline_index(node, place) if len(node.arguments) == 1 else None
        if inline is not None:
            return inline
        base, again = self.base(node.base, node.arguments)
        given = self.indices(node.arguments, again)
        if len(given) == 1 and type(given[0]) is not ast.Starred and type(node.arguments[0]) is not tree.Colon:
            return emit.call(BRACE_OF[pick], [base, given[0]], place)
        listed = emit.call("_brace", [base, emit.tuple_of(given, place)], place)
        return emit.call(pick, [listed], place)

    def several(self, node: tree.Node, nargout: int | ast.expr = 1) -> ast.expr:
        """A brace or dot expression as the tuple of all its values."""
        place = self.place(node)
        if type(node) is tree.Brace:
            base, again = self.base(node.base, node.arguments)
            given = self.indices(node.arguments, again)
            return emit.call("_brace", [base, emit.tuple_of(given, place)], place)
        return emit.call("_fields", [self.whole_value(node.base), self.field_key(node)], place)

    def field_key(self, node: tree.Node) -> ast.expr:
        place = self.place(node)
        if type(node) is tree.Field:
            return emit.constant(node.name, place)
        return emit.call("_field_name", [self.value(node.name)], place)

    def field(self, node: tree.Node, pick: str = "_one") -> ast.expr:
        """base.name as one value."""
        place = self.place(node)
        name = self.dotted(node)
        if name is not None:
            return self.call_by_name(name, [], 1, place)
        base = node.base
        key = self.field_key(node)
        if type(node) is tree.Field and type(base) is tree.Name and self.is_atom(base):
            struct = emit.load(mangled(base.id), place)
            test = emit.compare(emit.call("_type", [struct], place), ast.Is(), emit.load("_Struct", place), place)
            fields = emit.attribute(emit.load(mangled(base.id), place), "fields", place)
            fast = emit.subscript(fields, key, emit.LOAD, place)
            slow = emit.call("_dot" + pick, [emit.load(mangled(base.id), place), self.field_key(node)], place)
            return emit.either(test, fast, slow, place)
        return emit.call("_dot" + pick, [self.whole_value(base), key], place)

    def dotted(self, node: tree.Node) -> str | None:
        """'package.name' where this chain of dots names a function in a package; None for fields of a value."""
        words: list[str] = []
        while type(node) is tree.Field:
            words.append(node.name)
            node = node.base
        if type(node) is not tree.Name or self.is_variable(node.id) or self.dynamic and node.id in self.maybe:
            return None
        if not words:
            return None
        rest = ".".join(reversed(words))
        packages = [one.rpartition(".")[0] for one in self.imports if one.rpartition(".")[2] in ("*", node.id)]
        first = self.unit.imported(node.id, self.imports) if self.imports else node.id
        for name in (f"{first}.{rest}", *(f"{package}.{node.id}.{rest}" for package in packages)):
            if self.reference(name) is not None:
                return name
        return None

    # ------------------------------------------------------------------------------------------------------ handles
    def handle(self, node: tree.Handle) -> ast.expr:
        place = self.place(node)
        first, dot, rest = node.name.partition(".")
        if dot and (self.is_variable(first) or self.dynamic):
            base = self.load(first, place)
            bound = emit.call("_method_handle", [base, *[emit.constant(w, place) for w in (first, rest)]], place)
            if self.is_variable(first) and (first in self.bound or first in self.own):
                return bound
            plain = emit.call("_handle", [emit.constant(node.name, place)], place)
            return emit.either(self.in_variables(first, place), bound, plain, place)
        if node.name in self.nested:
            return emit.call(
                "_nested_handle", [emit.load("_f_" + node.name, place), emit.constant(node.name, place)], place
            )
        name = self.unit.imported(node.name, self.imports) if self.imports else node.name
        return emit.call("_handle", [emit.constant(name, place)], place)

    def anonymous(self, node: tree.Anonymous) -> ast.expr:
        from cnnscript.code.anonymous import anonymous

        return anonymous(self, node)


ALWAYS_VALUES = frozenset(
    [  # fmt: skip
        "zeros", "ones", "size", "sum", "prod", "mean", "max", "min", "abs", "sqrt", "exp", "log",
        "sin", "cos", "tan", "floor", "ceil", "round", "fix", "mod", "rem", "cell", "struct", "strcat",
        "sprintf", "num2str", "str2double", "strrep", "strsplit", "strjoin", "upper", "lower",
        "strtrim", "cat", "horzcat", "vertcat", "reshape", "repmat", "permute", "linspace", "find",
        "any", "all", "sort", "unique", "cumsum", "cumprod", "double", "single", "int8", "int16",
        "int32", "int64", "uint8", "uint16", "uint32", "uint64", "logical", "char", "string", "isfield",
        "strcmp", "strcmpi", "ismember", "numel", "length", "true", "false", "isnan", "isinf",
        "fieldnames",
    ]
)

"""Operators and conditions: arithmetic on double scalars inline, everything else by the functions of `values`."""

from __future__ import annotations

import ast

from cnnscript.code import emit
from cnnscript.code.context import Context
from cnnscript.code.emit import Place
from cnnscript.code.infer import is_whole
from cnnscript.syntax import tree

FUNCTION_OF = {
    "+": "_plus",
    "-": "_minus",
    ".*": "_times",
    "*": "_mtimes",
    "./": "_rdivide",
    "/": "_mrdivide",
    ".\\": "_ldivide",
    "\\": "_mldivide",
    ".^": "_power",
    "^": "_mpower",
    "<": "_lt",
    "<=": "_le",
    ">": "_gt",
    ">=": "_ge",
    "==": "_eq",
    "~=": "_ne",
    "!=": "_ne",
    "&": "_and",
    "|": "_or",
}
PYTHON_OF = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult, ".*": ast.Mult}
COMPARISON_OF = {
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
    "==": ast.Eq,
    "~=": ast.NotEq,
    "!=": ast.NotEq,
}


class Operators(Context):
    """Expressions with operators."""

    def binary(self, node: tree.Binary) -> ast.expr:
        place = self.place(node)
        operator = node.operator
        if operator in PYTHON_OF:
            return self.inline(node, lambda left, right: emit.binary(left, PYTHON_OF[operator](), right, place))
        if operator in COMPARISON_OF:
            return self.inline(node, lambda left, right: emit.compare(left, COMPARISON_OF[operator](), right, place))
        if operator in ("/", "./"):
            return self.division(node, place)
        if operator in ("^", ".^") and type(node.right) is tree.Number and node.right.value == 2.0:
            base = node.left
            if self.is_atom(base):
                square = emit.binary(self.value(base), ast.Mult(), self.value(base), place)
                if self.types.is_float(base):
                    return square
                return emit.either(self.float_test([base], place), square, self.by_function(node, place), place)
        return self.by_function(node, place)

    def by_function(self, node: tree.Binary, place: Place) -> ast.expr:
        return emit.call(FUNCTION_OF[node.operator], [self.operand(node.left), self.operand(node.right)], place)

    def inline(self, node: tree.Binary, make, wrap: str | None = None) -> ast.expr:
        """The operator on Python floats where both operands are, else its function (`wrap` around that)."""
        place = self.place(node)
        left, right = node.left, node.right
        unknown = [side for side in (left, right) if not self.types.is_float(side)]
        if not unknown:
            return make(self.value(left), self.value(right))
        slow = self.by_function(node, place)
        if wrap:
            slow = emit.call(wrap, [slow], place)
        if not all(self.is_atom(side) for side in unknown):
            return slow
        return emit.either(self.float_test(unknown, place), make(self.value(left), self.value(right)), slow, place)

    def division(self, node: tree.Binary, place: Place) -> ast.expr:
        left, right = node.left, node.right
        unknown = [side for side in (left, right) if not self.types.is_float(side)]
        by_number = type(right) is tree.Number and type(right.value) is float and right.value != 0.0
        if not all(self.is_atom(side) for side in unknown) or not (by_number or self.is_atom(right)):
            return self.by_function(node, place)
        quotient = emit.binary(self.value(left), ast.Div(), self.value(right), place)
        tests = [self.float_test(unknown, place)] if unknown else []
        if not by_number:
            tests.append(self.value(right))  # a divisor of 0 gives Inf or NaN, which Python refuses
        if not tests:
            return quotient
        test = emit.both(tests, place) if len(tests) > 1 else tests[0]
        return emit.either(test, quotient, self.by_function(node, place), place)

    def is_atom(self, node: tree.Node) -> bool:
        """May this be evaluated twice at no cost?  A plain variable or a number."""
        if type(node) is tree.Number:
            return type(node.value) is float
        if type(node) is not tree.Name or not self.is_variable(node.id) or not self.is_local(node.id):
            return False
        return node.id in self.own and node.id not in self.maybe or not self.dynamic or node.id in self.bound

    def float_test(self, nodes: list[tree.Node], place: Place) -> ast.expr:
        """type(x) is float, or type(x) is float is type(y)"""
        kinds = [emit.call("_type", [self.value(node)], place) for node in nodes]
        if len(kinds) == 1 or nodes[0].id == nodes[1].id:
            return emit.compare(kinds[0], ast.Is(), emit.load("_float", place), place)
        return emit.put(ast.Compare(kinds[0], [ast.Is(), ast.Is()], [emit.load("_float", place), kinds[1]]), place)

    def unary(self, node: tree.Unary) -> ast.expr:
        place = self.place(node)
        operand = node.operand
        if node.operator == "-":
            if type(operand) is tree.Number and type(operand.value) in (float, complex):
                return emit.constant(-operand.value, place)
            if self.types.is_float(operand):
                return emit.put(ast.UnaryOp(ast.USub(), self.value(operand)), place)
            return emit.call("_uminus", [self.operand(operand)], place)
        if node.operator == "+":
            return emit.call("_uplus", [self.operand(operand)], place)
        if self.types.is_logical(operand):
            return emit.negation(self.value(operand), place)
        return emit.call("_not", [self.operand(operand)], place)

    def postfix(self, node: tree.Postfix) -> ast.expr:
        function = "_ctranspose" if node.operator == "'" else "_transpose"
        return emit.call(function, [self.operand(node.operand)], self.place(node))

    def and_also(self, node: tree.AndAlso) -> ast.expr:
        return emit.both([self.condition(node.left, "_short"), self.condition(node.right, "_short")], self.place(node))

    def or_else(self, node: tree.OrElse) -> ast.expr:
        sides = [self.condition(node.left, "_short"), self.condition(node.right, "_short")]
        return emit.any_of(sides, self.place(node))

    # --------------------------------------------------------------------------------------------------- conditions
    def condition(self, node: tree.Node, truth: str = "_truth") -> ast.expr:
        """A Python condition: what `if` (`_truth`) or && (`_short`) makes of an expression."""
        kind = type(node)
        place = self.place(node)
        if kind is tree.Parenthesised:
            return self.condition(node.expression, truth)
        if kind is tree.AndAlso:
            return self.and_also(node)
        if kind is tree.OrElse:
            return self.or_else(node)
        if self.types.is_logical(node):
            return self.value(node)
        if kind is tree.Binary:
            if node.operator in COMPARISON_OF:
                python = COMPARISON_OF[node.operator]
                return self.inline(node, lambda left, right: emit.compare(left, python(), right, place), truth)
            if node.operator in "|&" and truth == "_truth":
                return self.element_wise_condition(node, place)
        if kind is tree.Unary and node.operator in "~!" and self.types.is_float(node.operand):
            return emit.call(truth, [emit.call("_not", [self.value(node.operand)], place)], place)
        return emit.call(truth, [self.value(node)], place)

    def element_wise_condition(self, node: tree.Binary, place: Place) -> ast.expr:
        """| and & in the condition of if and while do not evaluate the right side when a scalar left side decides."""
        name = self.temporary()
        decided = "_decides_or" if node.operator == "|" else "_decides_and"
        first = emit.walrus(name, self.operand(node.left), place)
        whole = emit.call(
            "_truth",
            [emit.call(FUNCTION_OF[node.operator], [emit.load(name, place), self.operand(node.right)], place)],
            place,
        )
        outcome = emit.constant(node.operator == "|", place)
        return emit.either(emit.call(decided, [first], place), outcome, whole, place)

    # ------------------------------------------------------------------------------------ whole numbers for indices
    def surely_positive(self, node: tree.Node) -> bool:
        """Is the index that `whole` gives for this above 0 however the loops go?"""
        if type(node) is tree.Parenthesised:
            return self.surely_positive(node.expression)
        if type(node) is tree.Name:
            return node.id in self.positive
        if type(node) is tree.Number:
            return node.value >= 1
        if type(node) is tree.Binary and node.operator in ("+", "*", ".*"):
            return self.surely_positive(node.left) and self.surely_positive(node.right)
        return False

    def whole(self, node: tree.Node) -> ast.expr | None:
        """The 1-based index as a Python integer where loop counters and whole numbers give it; None elsewhere."""
        place = self.place(node)
        if type(node) is tree.Parenthesised:
            return self.whole(node.expression)
        if type(node) is tree.Name and node.id in self.counters and node.id not in self.own:
            return emit.load(self.counters[node.id], place)
        if is_whole(node) and type(node) is tree.Number and 1 <= node.value < 2**31:
            return emit.constant(int(node.value), place)
        if type(node) is tree.Binary and node.operator in ("+", "-", "*", ".*"):
            left, right = self.whole(node.left), self.whole(node.right)
            if left is not None and right is not None:
                return emit.binary(left, PYTHON_OF[node.operator](), right, place)
        return None

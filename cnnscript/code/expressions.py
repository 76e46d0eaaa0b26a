"""Expressions: tree nodes to Python expressions that give one value, several, or what a caller asks for."""

from __future__ import annotations

import ast

import numpy as np

from cnnscript.code import emit
from cnnscript.code.emit import Place
from cnnscript.code.operators import Operators
from cnnscript.code.references import LISTS, References
from cnnscript.syntax import tree
from cnnscript.values.text import String

LARGE_LITERAL = 4  # numbers from which on a matrix of numbers is made once, when the code is


class Expressions(Operators, References):
    """All expressions."""

    def value(self, node: tree.Node) -> ast.expr:
        """An expression with exactly one value."""
        return EXPRESSIONS[type(node)](self, node)

    def outputs_of(self, node: tree.Node, nargout: int | ast.expr) -> ast.expr:
        """An expression with the outputs asked for: one value or None for nargout 0 and 1, a tuple above."""
        place = self.place(node)
        kind = type(node)
        if kind is tree.Parenthesised:
            return self.value(node)
        if kind is tree.Name:
            return self.name(node, nargout) if self.may_be_function(node.id) else self.value(node)
        if kind is tree.Call:
            return self.call(node, nargout)
        if kind is tree.SuperCall:
            return self.super_call(node, nargout)
        if kind is tree.Field and (name := self.dotted(node)) is not None:
            return self.call_by_name(name, [], nargout, place)
        if kind is tree.Field and nargout != 1:
            asked = emit.constant(nargout, place) if type(nargout) is int else nargout
            return emit.call("_dot_outputs", [self.whole_value(node.base), self.field_key(node), asked], place)
        if kind in LISTS:
            asked = emit.constant(nargout, place) if type(nargout) is int else nargout
            return emit.call("_listed", [self.several(node), asked], place)
        return self.value(node)

    # ----------------------------------------------------------------------------------------------------- literals
    def number(self, node: tree.Number) -> ast.expr:
        if type(node.value) in (float, complex):
            return emit.constant(node.value, self.place(node))
        return self.unit.constant_of(node.value, self.place(node))

    def text(self, node: tree.Text) -> ast.expr:
        if node.kind == "char":
            return emit.constant(node.value, self.place(node))
        return self.unit.constant_of(self.string(node.value), self.place(node))

    def string(self, text: str) -> String:
        return String.of(text)

    def parenthesised(self, node: tree.Parenthesised) -> ast.expr:
        return self.value(node.expression)

    def range(self, node: tree.Range) -> ast.expr:
        place = self.place(node)
        step = self.value(node.step) if node.step is not None else emit.constant(None, place)
        return emit.call("_colon", [self.value(node.first), step, self.value(node.last)], place)

    def matrix(self, node: tree.Matrix) -> ast.expr:
        place = self.place(node)
        rows = [row for row in node.rows if row]
        if not rows:
            return emit.load("_EMPTY", place)
        known = self.number_matrix(rows)
        if known is not None:
            return self.unit.constant_of(known, place)
        if len(rows) == 1:
            items = [self.argument(item) for item in rows[0]]
            if len(items) == 1 and type(items[0]) is not ast.Starred:
                return items[0]
            return emit.call("_horzcat", items, place)
        lines = [[self.argument(item) for item in row] for row in rows]
        if all(len(line) == 1 and type(line[0]) is not ast.Starred for line in lines):
            return emit.call("_vertcat", [line[0] for line in lines], place)
        return emit.call("_matrix_rows", [self.rows(lines, place)], place)

    def rows(self, lines: list[list[ast.expr]], place: Place) -> ast.expr:
        return emit.tuple_of([emit.tuple_of(line, place) for line in lines], place)

    def number_matrix(self, rows: list[list[tree.Node]]) -> np.ndarray | None:
        """A matrix of four or more real numbers as written, made now; shared by all who read it."""
        numbers = []
        for row in rows:
            if len(row) != len(rows[0]):
                return None
            for item in row:
                sign = 1.0
                if type(item) is tree.Unary and item.operator == "-":
                    item, sign = item.operand, -1.0
                if type(item) is not tree.Number or type(item.value) is not float:
                    return None
                numbers.append(sign * item.value)
        if len(numbers) < LARGE_LITERAL:
            return None
        return np.array(numbers).reshape(len(rows), len(rows[0])).copy("F")

    def cell(self, node: tree.Cell) -> ast.expr:
        place = self.place(node)
        rows = [row for row in node.rows if row]
        if len(rows) <= 1:
            return emit.call("_cell_row", [self.argument(item) for item in rows[0]] if rows else [], place)
        lines = [[self.argument(item) for item in row] for row in rows]
        return emit.call("_cell_rows", [self.rows(lines, place)], place)

    # ------------------------------------------------------------------------------------------ where they do not go
    def colon(self, node: tree.Colon) -> ast.expr:
        return emit.constant(":", self.place(node))

    def named(self, node: tree.Named) -> ast.expr:
        raise self.fault(node, "MATLAB:m_illegal_named_argument", "Name=value is for the arguments of a function.")

    def super_call(self, node: tree.SuperCall, nargout: int | ast.expr = 1) -> ast.expr:
        """obj@Super(arguments) in a constructor, method@Super(arguments) in a method."""
        place = self.place(node)
        if self.unit.definition is None:
            raise self.fault(
                node,
                "MATLAB:class:SuperclassCallOutsideClass",
                "A call to a superclass is only allowed in a method of a class that derives from it.",
            )
        given = self.arguments(node.arguments)
        superclass = emit.constant(node.superclass, place)
        if self.constructs(node):
            return emit.call("_construct_base", [superclass, self.load(node.method, place), *given], place)
        asked = emit.constant(nargout, place) if type(nargout) is int else nargout
        return emit.call("_call_base", [emit.constant(node.method, place), superclass, asked, *given], place)

    def constructs(self, node: tree.Node) -> bool:
        """Is this the call of a superclass's constructor?"""
        name = self.function.name if self.function is not None else ""
        return (
            type(node) is tree.SuperCall
            and name in self.unit.constructors
            and node.method == self.function.outputs[0].name
        )

    def metaclass(self, node: tree.Metaclass) -> ast.expr:
        return emit.call("_metaclass", [emit.constant(node.name, self.place(node))], self.place(node))


EXPRESSIONS = {
    tree.Number: Expressions.number,
    tree.Text: Expressions.text,
    tree.Name: Expressions.name,
    tree.Colon: Expressions.colon,
    tree.End: Expressions.end,
    tree.Call: Expressions.call,
    tree.Brace: Expressions.brace,
    tree.Field: Expressions.field,
    tree.DynamicField: Expressions.field,
    tree.Binary: Expressions.binary,
    tree.Unary: Expressions.unary,
    tree.Postfix: Expressions.postfix,
    tree.AndAlso: Expressions.and_also,
    tree.OrElse: Expressions.or_else,
    tree.Range: Expressions.range,
    tree.Matrix: Expressions.matrix,
    tree.Cell: Expressions.cell,
    tree.Parenthesised: Expressions.parenthesised,
    tree.Anonymous: Expressions.anonymous,
    tree.Handle: Expressions.handle,
    tree.Named: Expressions.named,
    tree.SuperCall: Expressions.super_call,
    tree.Metaclass: Expressions.metaclass,
}

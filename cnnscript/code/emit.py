"""Small makers of Python `ast` nodes, each with the place of the source it stands for.

A place is (line, column, end line, end column), lines from 1 and columns from 0, as Python's own traceback keeps it.
Variables of a program keep their names; every name of ours starts with `_`, which no name of the language can.
"""

from __future__ import annotations

import ast
from typing import Any

Place = tuple[int, int, int, int]
LOAD, STORE, DELETE = ast.Load(), ast.Store(), ast.Del()
RESERVED = frozenset(("None", "True", "False", "__debug__"))


def put(node: Any, place: Place) -> Any:
    """The node with its place."""
    node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = place
    return node


def mangled(name: str) -> str:
    """The Python name of a variable: its own, but for the few words that Python's compiler keeps for itself."""
    return "_v_" + name if name in RESERVED else name


def plain_name(name: str) -> str | None:
    """The variable that a Python name stands for; None for a name of ours."""
    if name[0] != "_":
        return name
    return name[3:] if name.startswith("_v_") else None


def load(name: str, place: Place) -> ast.Name:
    return put(ast.Name(name, LOAD), place)


def store(name: str, place: Place) -> ast.Name:
    return put(ast.Name(name, STORE), place)


def constant(value: Any, place: Place) -> ast.Constant:
    return put(ast.Constant(value), place)


def call(function: str, args: list, place: Place) -> ast.Call:
    return put(ast.Call(load(function, place), args, []), place)


def call_of(function: ast.expr, args: list, place: Place) -> ast.Call:
    return put(ast.Call(function, args, []), place)


def attribute(value: ast.expr, name: str, place: Place) -> ast.Attribute:
    return put(ast.Attribute(value, name, LOAD), place)


def subscript(value: ast.expr, key: ast.expr, context: ast.expr_context, place: Place) -> ast.Subscript:
    return put(ast.Subscript(value, key, context), place)


def either(test: ast.expr, yes: ast.expr, no: ast.expr, place: Place) -> ast.IfExp:
    return put(ast.IfExp(test, yes, no), place)


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr, place: Place) -> ast.Compare:
    return put(ast.Compare(left, [operator], [right]), place)


def binary(left: ast.expr, operator: ast.operator, right: ast.expr, place: Place) -> ast.BinOp:
    return put(ast.BinOp(left, operator, right), place)


def both(values: list, place: Place) -> ast.BoolOp:
    return put(ast.BoolOp(ast.And(), values), place)


def any_of(values: list, place: Place) -> ast.BoolOp:
    return put(ast.BoolOp(ast.Or(), values), place)


def negation(value: ast.expr, place: Place) -> ast.UnaryOp:
    return put(ast.UnaryOp(ast.Not(), value), place)


def walrus(name: str, value: ast.expr, place: Place) -> ast.NamedExpr:
    return put(ast.NamedExpr(store(name, place), value), place)


def tuple_of(values: list, place: Place) -> ast.Tuple:
    return put(ast.Tuple(values, LOAD), place)


def starred(value: ast.expr, place: Place) -> ast.Starred:
    return put(ast.Starred(value, LOAD), place)


def assign(target: ast.expr, value: ast.expr, place: Place) -> ast.Assign:
    return put(ast.Assign([target], value), place)


def statement(value: ast.expr, place: Place) -> ast.Expr:
    return put(ast.Expr(value), place)


def when(test: ast.expr, body: list, orelse: list, place: Place) -> ast.If:
    return put(ast.If(test, body, orelse), place)


def guarded(body: list, handler: list, place: Place, kind: str = "_NameError", name: str | None = None) -> ast.Try:
    """try: body; except kind [as name]: handler"""
    caught = put(ast.ExceptHandler(load(kind, place), name, handler), place)
    return put(ast.Try(body, [caught], [], []), place)


def define(name: str, args: ast.arguments, body: list, place: Place) -> ast.FunctionDef:
    # the place is that of the first line only: what is said about a function must not span it all
    node = put(ast.FunctionDef(name, args, body, [], None), place)
    if hasattr(node, "type_params") or "type_params" in ast.FunctionDef._fields:
        node.type_params = []
    return node


def formal(names: list[str], place: Place, **more: Any) -> ast.arguments:
    """Positional parameters; more: vararg (name), defaults, kwonlyargs (names), kw_defaults."""
    vararg = more.get("vararg")
    return ast.arguments(
        posonlyargs=[],
        args=[put(ast.arg(name), place) for name in names],
        vararg=put(ast.arg(vararg), place) if vararg else None,
        kwonlyargs=[put(ast.arg(name), place) for name in more.get("kwonlyargs", ())],
        kw_defaults=more.get("kw_defaults", []),
        kwarg=None,
        defaults=more.get("defaults", []),
    )

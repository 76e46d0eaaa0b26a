"""What every node of a tree has, and the nodes of expressions (tree.py has the others, and shows these too)."""

from __future__ import annotations

# Plain classes, written out: dataclasses would write the same `__init__`s at every start, which takes 15 ms.


class Node:
    """What all nodes have: the place they were written in."""

    __slots__ = ("start", "stop")

    def __init__(self, start: int, stop: int):
        self.start = start
        self.stop = stop

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in parts(self))})"


def parts(node: Node) -> tuple[str, ...]:
    """The names of a node's fields, its place first."""
    return ("start", "stop", *(name for name in type(node).__slots__ if name not in ("start", "stop")))


# ------------------------------------------------------------------------------------------------ expressions
class Number(Node):
    __slots__ = ("value",)

    def __init__(self, start: int, stop: int, value: object):
        self.start = start
        self.stop = stop
        self.value = value  # float, complex (1i), or a numpy integer scalar (0xFFu8)


class Text(Node):
    """'characters' (kind "char") or "string" (kind "string")."""

    __slots__ = ("value", "kind")

    def __init__(self, start: int, stop: int, value: str, kind: str):
        self.start = start
        self.stop = stop
        self.value = value
        self.kind = kind


class Name(Node):
    __slots__ = ("id",)

    def __init__(self, start: int, stop: int, id: str):
        self.start = start
        self.stop = stop
        self.id = id


class Colon(Node):
    """A lone `:` as an index."""

    __slots__ = ()


class End(Node):
    """`end` inside an index."""

    __slots__ = ()


class Skip(Node):
    """`~` as a target or a parameter."""

    __slots__ = ()


class Call(Node):
    """`base(arguments)`: an index or a call, which only names decide."""

    __slots__ = ("base", "arguments")

    def __init__(self, start: int, stop: int, base: Node, arguments: list[Node]):
        self.start = start
        self.stop = stop
        self.base = base
        self.arguments = arguments


class Brace(Node):
    __slots__ = ("base", "arguments")

    def __init__(self, start: int, stop: int, base: Node, arguments: list[Node]):
        self.start = start
        self.stop = stop
        self.base = base
        self.arguments = arguments


class Field(Node):
    __slots__ = ("base", "name")

    def __init__(self, start: int, stop: int, base: Node, name: str):
        self.start = start
        self.stop = stop
        self.base = base
        self.name = name


class DynamicField(Node):
    __slots__ = ("base", "name")

    def __init__(self, start: int, stop: int, base: Node, name: Node):
        self.start = start
        self.stop = stop
        self.base = base
        self.name = name


class SuperCall(Node):
    """`method@Super.Class(arguments)`."""

    __slots__ = ("method", "superclass", "arguments")

    def __init__(self, start: int, stop: int, method: str, superclass: str, arguments: list[Node]):
        self.start = start
        self.stop = stop
        self.method = method
        self.superclass = superclass
        self.arguments = arguments


class Metaclass(Node):
    """`?Name`."""

    __slots__ = ("name",)

    def __init__(self, start: int, stop: int, name: str):
        self.start = start
        self.stop = stop
        self.name = name


class Binary(Node):
    """All operators of two operands but && and ||; `at` is the operator's own first character."""

    __slots__ = ("operator", "left", "right", "at")

    def __init__(self, start: int, stop: int, operator: str, left: Node, right: Node, at: int):
        self.start = start
        self.stop = stop
        self.operator = operator
        self.left = left
        self.right = right
        self.at = at


class Unary(Node):
    __slots__ = ("operator", "operand")

    def __init__(self, start: int, stop: int, operator: str, operand: Node):
        self.start = start
        self.stop = stop
        self.operator = operator  # + - ~
        self.operand = operand


class Postfix(Node):
    __slots__ = ("operator", "operand")

    def __init__(self, start: int, stop: int, operator: str, operand: Node):
        self.start = start
        self.stop = stop
        self.operator = operator  # ' or .'
        self.operand = operand


class AndAlso(Node):
    __slots__ = ("left", "right")

    def __init__(self, start: int, stop: int, left: Node, right: Node):
        self.start = start
        self.stop = stop
        self.left = left
        self.right = right


class OrElse(Node):
    __slots__ = ("left", "right")

    def __init__(self, start: int, stop: int, left: Node, right: Node):
        self.start = start
        self.stop = stop
        self.left = left
        self.right = right


class Range(Node):
    __slots__ = ("first", "step", "last")

    def __init__(self, start: int, stop: int, first: Node, step: Node | None, last: Node):
        self.start = start
        self.stop = stop
        self.first = first
        self.step = step
        self.last = last


class Matrix(Node):
    __slots__ = ("rows",)

    def __init__(self, start: int, stop: int, rows: list[list[Node]]):
        self.start = start
        self.stop = stop
        self.rows = rows


class Cell(Node):
    __slots__ = ("rows",)

    def __init__(self, start: int, stop: int, rows: list[list[Node]]):
        self.start = start
        self.stop = stop
        self.rows = rows


class Parenthesised(Node):
    """`(expr)`: kept because `(c{:})` is one value and `(a)'` and command syntax tell it from `a`."""

    __slots__ = ("expression",)

    def __init__(self, start: int, stop: int, expression: Node):
        self.start = start
        self.stop = stop
        self.expression = expression


class Parameter(Node):
    """A formal parameter; `name` is '~' where it is ignored."""

    __slots__ = ("name",)

    def __init__(self, start: int, stop: int, name: str):
        self.start = start
        self.stop = stop
        self.name = name


class Anonymous(Node):
    __slots__ = ("parameters", "body")

    def __init__(self, start: int, stop: int, parameters: list[Parameter], body: Node):
        self.start = start
        self.stop = stop
        self.parameters = parameters
        self.body = body


class Handle(Node):
    """`@name` or `@package.name`."""

    __slots__ = ("name",)

    def __init__(self, start: int, stop: int, name: str):
        self.start = start
        self.stop = stop
        self.name = name


class Named(Node):
    """`Name=value` among the arguments of a call."""

    __slots__ = ("name", "value")

    def __init__(self, start: int, stop: int, name: str, value: Node):
        self.start = start
        self.stop = stop
        self.name = name
        self.value = value

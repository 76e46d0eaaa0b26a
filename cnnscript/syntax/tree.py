"""The tree of a program: one small class a construct, each with the characters `start:stop` it was written in.

Nodes are read-only by convention (the builder makes them, everybody else reads them).  `children(node)` walks one level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(slots=True, eq=False)
class Node:
    start: int
    stop: int


# ------------------------------------------------------------------------------------------------ expressions
@dataclass(slots=True, eq=False)
class Number(Node):
    value: object  # float, complex (1i), or a numpy integer scalar (0xFFu8)


@dataclass(slots=True, eq=False)
class Text(Node):
    """'characters' (kind "char") or "string" (kind "string")."""

    value: str
    kind: str


@dataclass(slots=True, eq=False)
class Name(Node):
    id: str


@dataclass(slots=True, eq=False)
class Colon(Node):
    """A lone `:` as an index."""


@dataclass(slots=True, eq=False)
class End(Node):
    """`end` inside an index."""


@dataclass(slots=True, eq=False)
class Skip(Node):
    """`~` as a target or a parameter."""


@dataclass(slots=True, eq=False)
class Call(Node):
    """`base(arguments)`: an index or a call, which only names decide."""

    base: Node
    arguments: list[Node]


@dataclass(slots=True, eq=False)
class Brace(Node):
    base: Node
    arguments: list[Node]


@dataclass(slots=True, eq=False)
class Field(Node):
    base: Node
    name: str


@dataclass(slots=True, eq=False)
class DynamicField(Node):
    base: Node
    name: Node


@dataclass(slots=True, eq=False)
class SuperCall(Node):
    """`method@Super.Class(arguments)`."""

    method: str
    superclass: str
    arguments: list[Node]


@dataclass(slots=True, eq=False)
class Metaclass(Node):
    """`?Name`."""

    name: str


@dataclass(slots=True, eq=False)
class Binary(Node):
    """All operators of two operands but && and ||; `at` is the operator's own first character."""

    operator: str
    left: Node
    right: Node
    at: int


@dataclass(slots=True, eq=False)
class Unary(Node):
    operator: str  # + - ~
    operand: Node


@dataclass(slots=True, eq=False)
class Postfix(Node):
    operator: str  # ' or .'
    operand: Node


@dataclass(slots=True, eq=False)
class AndAlso(Node):
    left: Node
    right: Node


@dataclass(slots=True, eq=False)
class OrElse(Node):
    left: Node
    right: Node


@dataclass(slots=True, eq=False)
class Range(Node):
    first: Node
    step: Node | None
    last: Node


@dataclass(slots=True, eq=False)
class Matrix(Node):
    rows: list[list[Node]]


@dataclass(slots=True, eq=False)
class Cell(Node):
    rows: list[list[Node]]


@dataclass(slots=True, eq=False)
class Parenthesised(Node):
    """`(expr)`: kept because `(c{:})` is one value and `(a)'` and command syntax tell it from `a`."""

    expression: Node


@dataclass(slots=True, eq=False)
class Anonymous(Node):
    parameters: list[Parameter]
    body: Node


@dataclass(slots=True, eq=False)
class Handle(Node):
    """`@name` or `@package.name`."""

    name: str


@dataclass(slots=True, eq=False)
class Named(Node):
    """`Name=value` among the arguments of a call."""

    name: str
    value: Node


# ------------------------------------------------------------------------------------------------- statements
@dataclass(slots=True, eq=False)
class Expression(Node):
    """An expression as a statement; `quiet` when `;` ends it."""

    expression: Node
    quiet: bool


@dataclass(slots=True, eq=False)
class Assign(Node):
    """`target = value`; the target is a Name, Call, Brace, Field or DynamicField."""

    target: Node
    value: Node
    quiet: bool


@dataclass(slots=True, eq=False)
class MultiAssign(Node):
    """`[a, ~, b.c] = value`."""

    targets: list[Node]
    value: Node
    quiet: bool


@dataclass(slots=True, eq=False)
class Command(Node):
    """`hold on`: each argument is text as written, quotes taken off."""

    name: str
    arguments: list[str]
    quiet: bool


@dataclass(slots=True, eq=False)
class Shell(Node):
    """`!command line`."""

    text: str


@dataclass(slots=True, eq=False)
class If(Node):
    branches: list[tuple[Node, list[Node]]]
    orelse: list[Node] | None


@dataclass(slots=True, eq=False)
class While(Node):
    test: Node
    body: list[Node]


@dataclass(slots=True, eq=False)
class For(Node):
    """`for variable = sequence`; `parallel` for parfor, whose `workers` bound is evaluated and otherwise unused."""

    variable: Node
    sequence: Node
    body: list[Node]
    parallel: bool
    workers: Node | None


@dataclass(slots=True, eq=False)
class Spmd(Node):
    body: list[Node]


@dataclass(slots=True, eq=False)
class Switch(Node):
    subject: Node
    cases: list[tuple[Node, list[Node]]]
    otherwise: list[Node] | None


@dataclass(slots=True, eq=False)
class Try(Node):
    body: list[Node]
    name: str | None
    handler: list[Node]


@dataclass(slots=True, eq=False)
class Break(Node):
    pass


@dataclass(slots=True, eq=False)
class Continue(Node):
    pass


@dataclass(slots=True, eq=False)
class Return(Node):
    pass


@dataclass(slots=True, eq=False)
class Global(Node):
    names: list[str]


@dataclass(slots=True, eq=False)
class Persistent(Node):
    names: list[str]


@dataclass(slots=True, eq=False)
class Import(Node):
    """`import pkg.fn pkg2.*`."""

    names: list[str]


# -------------------------------------------------------------------------------- functions, classes and files
@dataclass(slots=True, eq=False)
class Parameter(Node):
    """A formal parameter; `name` is '~' where it is ignored."""

    name: str


@dataclass(slots=True, eq=False)
class Argument(Node):
    """One line of an arguments or properties block: `name.option (sizes) class {validators} = default`."""

    name: str
    option: str | None
    sizes: list[Node] | None  # Number or Colon
    class_name: str | None
    validators: list[Node] | None
    default: Node | None
    from_class: str | None = None  # `options.?Class`


@dataclass(slots=True, eq=False)
class Arguments(Node):
    attributes: list[str]  # Input, Output, Repeating
    arguments: list[Argument]


@dataclass(slots=True, eq=False)
class Function(Node):
    """`nested` functions are those written inside this one's body; `name` may be dotted (get.Prop, set.Prop)."""

    name: str
    parameters: list[Parameter]
    outputs: list[Parameter]
    arguments: list[Arguments]
    body: list[Node]
    nested: list[Function]


@dataclass(slots=True, eq=False)
class Attribute(Node):
    """`Access = private`, `Constant`, `~Hidden`."""

    name: str
    value: Node | None


@dataclass(slots=True, eq=False)
class Properties(Node):
    attributes: list[Attribute]
    properties: list[Argument]


@dataclass(slots=True, eq=False)
class Methods(Node):
    """`declared` are signatures without a body (abstract, or in a file of their own)."""

    attributes: list[Attribute]
    methods: list[Function]
    declared: list[Function]


@dataclass(slots=True, eq=False)
class Events(Node):
    attributes: list[Attribute]
    names: list[str]


@dataclass(slots=True, eq=False)
class Enumeration(Node):
    attributes: list[Attribute]
    members: list[tuple[str, list[Node]]]


@dataclass(slots=True, eq=False)
class Class(Node):
    name: str
    attributes: list[Attribute]
    superclasses: list[str]
    blocks: list[Node]  # Properties, Methods, Events, Enumeration


@dataclass(slots=True, eq=False)
class Program(Node):
    """A file: statements (a script), functions, a class.  A file with functions and no statements is a function file."""

    body: list[Node]
    functions: list[Function]
    classes: list[Class]
    sections: list[tuple[int, str]]  # offset and title of each `%%` line


def children(node: Node) -> Iterator[Node]:
    """The nodes written directly inside `node`, in the order of its fields."""
    for entry in fields(node):
        yield from _nodes(getattr(node, entry.name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _nodes(item)


def walk(node: Node) -> Iterator[Node]:
    """`node` and all below it, outermost first."""
    yield node
    for child in children(node):
        yield from walk(child)

"""The tree of a program: one small class a construct, each with the characters `start:stop` it was written in.

Nodes are read-only by convention: the builder makes them, everybody else reads them.  `children` walks one level.
"""

from __future__ import annotations

from collections.abc import Iterator

from cnnscript.syntax.expression_nodes import (  # noqa: F401  the whole tree is read from here
    AndAlso,
    Anonymous,
    Binary,
    Brace,
    Call,
    Cell,
    Colon,
    DynamicField,
    End,
    Field,
    Handle,
    Matrix,
    Metaclass,
    Name,
    Named,
    Node,
    Number,
    OrElse,
    Parameter,
    Parenthesised,
    Postfix,
    Range,
    Skip,
    SuperCall,
    Text,
    Unary,
    parts,
)


# ------------------------------------------------------------------------------------------------- statements
class Expression(Node):
    """An expression as a statement; `quiet` when `;` ends it."""

    __slots__ = ("expression", "quiet")

    def __init__(self, start: int, stop: int, expression: Node, quiet: bool):
        self.start = start
        self.stop = stop
        self.expression = expression
        self.quiet = quiet


class Assign(Node):
    """`target = value`; the target is a Name, Call, Brace, Field or DynamicField."""

    __slots__ = ("target", "value", "quiet")

    def __init__(self, start: int, stop: int, target: Node, value: Node, quiet: bool):
        self.start = start
        self.stop = stop
        self.target = target
        self.value = value
        self.quiet = quiet


class MultiAssign(Node):
    """`[a, ~, b.c] = value`."""

    __slots__ = ("targets", "value", "quiet")

    def __init__(self, start: int, stop: int, targets: list[Node], value: Node, quiet: bool):
        self.start = start
        self.stop = stop
        self.targets = targets
        self.value = value
        self.quiet = quiet


class Command(Node):
    """`hold on`: each argument is text as written, quotes taken off."""

    __slots__ = ("name", "arguments", "quiet")

    def __init__(self, start: int, stop: int, name: str, arguments: list[str], quiet: bool):
        self.start = start
        self.stop = stop
        self.name = name
        self.arguments = arguments
        self.quiet = quiet


class Shell(Node):
    """`!command line`."""

    __slots__ = ("text",)

    def __init__(self, start: int, stop: int, text: str):
        self.start = start
        self.stop = stop
        self.text = text


class If(Node):
    __slots__ = ("branches", "orelse")

    def __init__(self, start: int, stop: int, branches: list[tuple[Node, list[Node]]], orelse: list[Node] | None):
        self.start = start
        self.stop = stop
        self.branches = branches
        self.orelse = orelse


class While(Node):
    __slots__ = ("test", "body")

    def __init__(self, start: int, stop: int, test: Node, body: list[Node]):
        self.start = start
        self.stop = stop
        self.test = test
        self.body = body


class For(Node):
    """`for variable = sequence`; `parallel` for parfor, whose `workers` bound is evaluated and otherwise unused."""

    __slots__ = ("variable", "sequence", "body", "parallel", "workers")

    def __init__(
        self,
        start: int,
        stop: int,
        variable: Node,
        sequence: Node,
        body: list[Node],
        parallel: bool,
        workers: Node | None,
    ):
        self.start = start
        self.stop = stop
        self.variable = variable
        self.sequence = sequence
        self.body = body
        self.parallel = parallel
        self.workers = workers


class Spmd(Node):
    __slots__ = ("body",)

    def __init__(self, start: int, stop: int, body: list[Node]):
        self.start = start
        self.stop = stop
        self.body = body


class Switch(Node):
    __slots__ = ("subject", "cases", "otherwise")

    def __init__(
        self, start: int, stop: int, subject: Node, cases: list[tuple[Node, list[Node]]], otherwise: list[Node] | None
    ):
        self.start = start
        self.stop = stop
        self.subject = subject
        self.cases = cases
        self.otherwise = otherwise


class Try(Node):
    __slots__ = ("body", "name", "handler")

    def __init__(self, start: int, stop: int, body: list[Node], name: str | None, handler: list[Node]):
        self.start = start
        self.stop = stop
        self.body = body
        self.name = name
        self.handler = handler


class Break(Node):
    __slots__ = ()


class Continue(Node):
    __slots__ = ()


class Return(Node):
    __slots__ = ()


class Global(Node):
    __slots__ = ("names",)

    def __init__(self, start: int, stop: int, names: list[str]):
        self.start = start
        self.stop = stop
        self.names = names


class Persistent(Node):
    __slots__ = ("names",)

    def __init__(self, start: int, stop: int, names: list[str]):
        self.start = start
        self.stop = stop
        self.names = names


class Import(Node):
    """`import pkg.fn pkg2.*`."""

    __slots__ = ("names",)

    def __init__(self, start: int, stop: int, names: list[str]):
        self.start = start
        self.stop = stop
        self.names = names


# -------------------------------------------------------------------------------- functions, classes and files
class Argument(Node):
    """One line of an arguments or properties block: `name.option (sizes) class {validators} = default`."""

    __slots__ = ("name", "option", "sizes", "class_name", "validators", "default", "from_class")

    def __init__(
        self,
        start: int,
        stop: int,
        name: str,
        option: str | None,
        sizes: list[Node] | None,
        class_name: str | None,
        validators: list[Node] | None,
        default: Node | None,
        from_class: str | None = None,
    ):
        self.start = start
        self.stop = stop
        self.name = name
        self.option = option
        self.sizes = sizes  # Number or Colon
        self.class_name = class_name
        self.validators = validators
        self.default = default
        self.from_class = from_class  # `options.?Class`


class Arguments(Node):
    __slots__ = ("attributes", "arguments")

    def __init__(self, start: int, stop: int, attributes: list[str], arguments: list[Argument]):
        self.start = start
        self.stop = stop
        self.attributes = attributes  # Input, Output, Repeating
        self.arguments = arguments


class Function(Node):
    """`nested` functions are those written inside this one's body; `name` may be dotted (get.Prop, set.Prop)."""

    __slots__ = ("name", "parameters", "outputs", "arguments", "body", "nested")

    def __init__(
        self,
        start: int,
        stop: int,
        name: str,
        parameters: list[Parameter],
        outputs: list[Parameter],
        arguments: list[Arguments],
        body: list[Node],
        nested: list[Function],
    ):
        self.start = start
        self.stop = stop
        self.name = name
        self.parameters = parameters
        self.outputs = outputs
        self.arguments = arguments
        self.body = body
        self.nested = nested


class Attribute(Node):
    """`Access = private`, `Constant`, `~Hidden`."""

    __slots__ = ("name", "value")

    def __init__(self, start: int, stop: int, name: str, value: Node | None):
        self.start = start
        self.stop = stop
        self.name = name
        self.value = value


class Properties(Node):
    __slots__ = ("attributes", "properties")

    def __init__(self, start: int, stop: int, attributes: list[Attribute], properties: list[Argument]):
        self.start = start
        self.stop = stop
        self.attributes = attributes
        self.properties = properties


class Methods(Node):
    """`declared` are signatures without a body (abstract, or in a file of their own)."""

    __slots__ = ("attributes", "methods", "declared")

    def __init__(
        self, start: int, stop: int, attributes: list[Attribute], methods: list[Function], declared: list[Function]
    ):
        self.start = start
        self.stop = stop
        self.attributes = attributes
        self.methods = methods
        self.declared = declared


class Events(Node):
    __slots__ = ("attributes", "names")

    def __init__(self, start: int, stop: int, attributes: list[Attribute], names: list[str]):
        self.start = start
        self.stop = stop
        self.attributes = attributes
        self.names = names


class Enumeration(Node):
    __slots__ = ("attributes", "members")

    def __init__(self, start: int, stop: int, attributes: list[Attribute], members: list[tuple[str, list[Node]]]):
        self.start = start
        self.stop = stop
        self.attributes = attributes
        self.members = members


class Class(Node):
    __slots__ = ("name", "attributes", "superclasses", "blocks")

    def __init__(
        self, start: int, stop: int, name: str, attributes: list[Attribute], superclasses: list[str], blocks: list[Node]
    ):
        self.start = start
        self.stop = stop
        self.name = name
        self.attributes = attributes
        self.superclasses = superclasses
        self.blocks = blocks  # Properties, Methods, Events, Enumeration


class Program(Node):
    """A file: statements (a script), functions, classes.  Functions without statements make a function file."""

    __slots__ = ("body", "functions", "classes", "sections")

    def __init__(
        self,
        start: int,
        stop: int,
        body: list[Node],
        functions: list[Function],
        classes: list[Class],
        sections: list[tuple[int, str]],
    ):
        self.start = start
        self.stop = stop
        self.body = body
        self.functions = functions
        self.classes = classes
        self.sections = sections  # offset and title of each `%%` line


def children(node: Node) -> list[Node]:
    """The nodes written directly inside `node`, in the order of its fields."""
    kind = type(node)
    fields = _fields.get(kind)
    if fields is None:
        fields = _fields[kind] = parts(node)[2:]
    found: list[Node] = []
    for name in fields:
        value = getattr(node, name)
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            _gather(value, found)
    return found


_fields: dict[type, tuple[str, ...]] = {}


def _gather(values: list | tuple, found: list[Node]) -> None:
    for value in values:
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            _gather(value, found)


def walk(node: Node) -> Iterator[Node]:
    """`node` and all below it, outermost first; a tree may be deeper than Python's stack."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))

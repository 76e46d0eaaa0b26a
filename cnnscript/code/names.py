"""Which names of a function are variables, and what is known of their values without running it.

A name that is assigned anywhere in a function is a variable in all of it; every other name is a function.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cnnscript.syntax import tree

OTHER = object()  # a definition of which nothing is known


@dataclass(slots=True)
class Names:
    """What the statements of one function say about its names (nested functions apart).

    definitions  variable to what it is defined by: an expression, a `For`, or OTHER
    mentioned    every name written anywhere, also inside anonymous functions
    outside      names read outside the loops that count with them
    """

    definitions: dict[str, list[Any]] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    persistent_names: set[str] = field(default_factory=set)
    imports: list[str] = field(default_factory=list)
    assigned_in_loops: dict[int, set[str]] = field(default_factory=dict)

    def define(self, name: str, value: Any) -> None:
        self.definitions.setdefault(name, []).append(value)


def names_of(body: list[tree.Node]) -> Names:
    """The names of a list of statements."""
    names = Names()
    _statements(body, names, frozenset())
    return names


def base_of(target: tree.Node) -> str | None:
    """The variable that a target writes; None for `~`."""
    while type(target) in (tree.Call, tree.Brace, tree.Field, tree.DynamicField, tree.Parenthesised):
        target = target.expression if type(target) is tree.Parenthesised else target.base
    return target.id if type(target) is tree.Name else None


def _statements(body: list[tree.Node], names: Names, loops: frozenset[str]) -> set[str]:
    """Collect; gives back the names assigned in these statements."""
    assigned: set[str] = set()

    def define(name: str, value: Any) -> None:
        names.define(name, value)
        assigned.add(name)

    def read(node: tree.Node | None) -> None:
        if node is not None:
            _reads(node, names, loops)

    for statement in body:
        kind = type(statement)
        if kind is tree.Assign:
            _target(statement.target, statement.value, define, read)
            read(statement.value)
        elif kind is tree.Expression:
            read(statement.expression)
            if type(statement.expression) is not tree.Name:
                define("ans", OTHER)
            elif statement.expression.id not in names.definitions:
                names.define("ans", OTHER)
        elif kind is tree.MultiAssign:
            sizes = _is_size(statement)
            for target in statement.targets:
                _target(target, sizes or OTHER, define, read)
            read(statement.value)
        elif kind is tree.If:
            for test, inner in statement.branches:
                read(test)
                assigned |= _statements(inner, names, loops)
            assigned |= _statements(statement.orelse or [], names, loops)
        elif kind is tree.For:
            read(statement.sequence)
            read(statement.workers)
            variable = base_of(statement.variable)
            define(variable, statement)
            inner = _statements(statement.body, names, loops | {variable})
            names.assigned_in_loops[id(statement)] = inner
            assigned |= inner
        elif kind is tree.While:
            read(statement.test)
            assigned |= _statements(statement.body, names, loops)
        elif kind is tree.Switch:
            read(statement.subject)
            for value, inner in statement.cases:
                read(value)
                assigned |= _statements(inner, names, loops)
            assigned |= _statements(statement.otherwise or [], names, loops)
        elif kind is tree.Try:
            assigned |= _statements(statement.body, names, loops)
            if statement.name:
                define(statement.name, OTHER)
            assigned |= _statements(statement.handler, names, loops)
        elif kind is tree.Spmd:
            assigned |= _statements(statement.body, names, loops)
        elif kind is tree.Global:
            names.global_names.update(statement.names)
            for name in statement.names:
                define(name, OTHER)
        elif kind is tree.Persistent:
            names.persistent_names.update(statement.names)
            for name in statement.names:
                define(name, OTHER)
        elif kind is tree.Command:
            names.mentioned.add(statement.name)
            define("ans", OTHER)
        elif kind is tree.Import:
            names.imports += statement.names
    return assigned


def _target(target: tree.Node, value: Any, define: Any, read: Any) -> None:
    name = base_of(target)
    if name is None:
        return
    define(name, value if type(target) is tree.Name else OTHER)
    while type(target) is not tree.Name:
        if type(target) in (tree.Call, tree.Brace):
            for argument in target.arguments:
                read(argument)
        elif type(target) is tree.DynamicField:
            read(target.name)
        target = target.expression if type(target) is tree.Parenthesised else target.base


def _reads(node: tree.Node, names: Names, loops: frozenset[str]) -> None:
    for inner in tree.walk(node):
        if type(inner) is tree.Name:
            names.mentioned.add(inner.id)
            if inner.id not in loops:
                names.outside.add(inner.id)
        elif type(inner) is tree.Handle and "." in inner.name:  # @object.method
            names.mentioned.add(inner.name.partition(".")[0])
            names.outside.add(inner.name.partition(".")[0])


def _is_size(statement: tree.MultiAssign) -> tree.Node | None:
    """`[m, n] = size(x)`: the call, whose outputs are all doubles."""
    value = statement.value
    if type(value) is tree.Call and type(value.base) is tree.Name and value.base.id == "size":
        return SizeOutputs(value.start, value.stop)
    return None


class SizeOutputs(tree.Node):
    """Stands for one of several outputs of `size`."""


def free_names(node: tree.Anonymous) -> list[str]:
    """Names an anonymous function mentions beyond its own parameters, in order."""
    own = {parameter.name for parameter in node.parameters}
    found: dict[str, None] = {}
    for inner in tree.walk(node.body):
        if type(inner) is tree.Name and inner.id not in own:
            found[inner.id] = None
        elif type(inner) is tree.Handle and "." in inner.name:  # @object.method
            found[inner.name.partition(".")[0]] = None
    return list(found)


def loop_bounds(body: list[tree.Node]) -> set[str]:
    """Names that are (part of) a bound of a counting loop."""
    found: set[str] = set()
    for statement in body:
        for node in tree.walk(statement):
            if type(node) is tree.For and type(node.sequence) is tree.Range:
                for part in (node.sequence.first, node.sequence.step, node.sequence.last):
                    found |= _arithmetic_names(part)
    return found


def _arithmetic_names(node: tree.Node | None) -> set[str]:
    if type(node) is tree.Name:
        return {node.id}
    if type(node) is tree.Binary and node.operator in "+-*":
        return _arithmetic_names(node.left) | _arithmetic_names(node.right)
    return _arithmetic_names(node.expression) if type(node) is tree.Parenthesised else set()


def read_of(name: str, nodes: list[tree.Node]) -> tree.Name | None:
    """The place where evaluating these nodes surely reads a variable: not in an anonymous function, whose body waits,
    and not behind && and ||."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if type(node) is tree.Name:
            if node.id == name:
                return node
        elif type(node) in (tree.AndAlso, tree.OrElse):
            waiting.append(node.left)
        elif type(node) is not tree.Anonymous:
            waiting += reversed(tree.children(node))
    return None


def contains_end(nodes: list[tree.Node]) -> bool:
    """Is there an `end` in these indices (also one that belongs to a call inside)?"""
    return any(type(inner) is tree.End for node in nodes for inner in tree.walk(node))

"""Anonymous functions: a Python lambda whose captured values are its defaults, and the text they are shown as."""

from __future__ import annotations

import ast
from typing import Any

from cnnscript.code import emit
from cnnscript.code.emit import mangled
from cnnscript.code.names import free_names
from cnnscript.syntax import tree


def anonymous(generator: Any, node: tree.Anonymous) -> ast.expr:
    """The expression that makes the `Function` of `@(...) body`."""
    place = generator.place(node)
    parameters = [parameter.name for parameter in node.parameters]
    rest = bool(parameters) and parameters[-1] == "varargin"
    named = parameters[:-1] if rest else parameters
    captured, maybe = _captured(generator, node)
    defaults = [_capture(generator, name, name in maybe, place) for name in captured]
    used = {inner.id for inner in tree.walk(node.body) if type(inner) is tree.Name}
    needed = max((at + 1 for at, name in enumerate(named) if name in used), default=0)

    around, generator.anonymous_parameters = generator.anonymous_parameters, parameters
    outer = (generator.own, generator.maybe, generator.ends, generator.counters, generator.types.floats)
    generator.own = {*outer[0], *parameters, *captured} - {"~"}
    generator.maybe = (outer[1] | maybe) - set(parameters)
    generator.ends, generator.counters = [], {}
    generator.types.floats = outer[4] - set(parameters) - set(captured) | (
        {name for name in captured if name in outer[4]} - set(parameters)
    )
    written = node.body
    # around the whole body they do not keep a call from giving several values
    while type(written) is tree.Parenthesised:
        written = written.expression
    body = generator.outputs_of(written, emit.load("_nargout", place))
    generator.anonymous_parameters = around
    generator.own, generator.maybe, generator.ends, generator.counters, generator.types.floats = outer

    if rest:
        # varargin is a cell inside: one more function makes it of the tuple
        body = emit.call_of(
            emit.put(ast.Lambda(emit.formal(["varargin"], place), body), place),
            [emit.call("_cell_row", [emit.starred(emit.load("_rest", place), place)], place)],
            place,
        )
    names = [f"_skipped{at}" if name == "~" else mangled(name) for at, name in enumerate(named)]
    optional = [emit.constant(None, place) for _ in names[needed:]]
    arguments = emit.formal(
        ["_nargout", *names],
        place,
        vararg="_rest" if rest else None,
        defaults=optional,
        kwonlyargs=[mangled(name) for name in captured],
        kw_defaults=defaults,
    )
    function = emit.put(ast.Lambda(arguments, body), place)
    count = float(-len(named) - 1 if rest else len(named))
    return emit.call(
        "_anonymous",
        [function, emit.constant(text_of(node, generator.source.text), place), emit.constant(count, place)],
        place,
    )


def given_count(parameters: list[str], place: emit.Place) -> ast.expr:
    """`nargin` inside an anonymous function: how many inputs its call gave."""
    rest = parameters[-1:] == ["varargin"]
    named = parameters[:-1] if rest else parameters
    count: ast.expr = emit.constant(0.0, place)
    for at, name in enumerate(named):
        python = f"_skipped{at}" if name == "~" else mangled(name)
        given = emit.compare(emit.load(python, place), ast.IsNot(), emit.constant(None, place), place)
        count = emit.either(given, emit.constant(at + 1.0, place), count, place)
    if rest:
        more = emit.call("_float", [emit.attribute(emit.load("varargin", place), "size", place)], place)
        count = emit.binary(count, ast.Add(), more, place)
    return count


def _captured(generator: Any, node: tree.Anonymous) -> tuple[list[str], set[str]]:
    """Variables around that the function takes with it, and those of which only running tells whether they exist."""
    captured: list[str] = []
    maybe: set[str] = set()
    for name in free_names(node):
        if name in generator.own:
            captured.append(name)
            if name in generator.maybe:
                maybe.add(name)
        elif name in generator.variables:
            captured.append(name)
            if name not in generator.bound and generator.is_local(name) and (generator.dynamic or generator.is_script):
                maybe.add(name)
        elif generator.dynamic:
            captured.append(name)
            maybe.add(name)
    return captured, maybe


def _capture(generator: Any, name: str, maybe: bool, place: emit.Place) -> ast.expr:
    if name in generator.own:
        return emit.load(mangled(name), place)
    if maybe:
        lookup = emit.attribute(emit.call("_locals", [], place), "get", place)
        return emit.call_of(lookup, [emit.constant(mangled(name), place), emit.load("_unset", place)], place)
    return generator.load(name, place)


# -------------------------------------------------------------------------------------------------------------- text
def text_of(node: tree.Node, source: str) -> str:
    """An expression as MATLAB writes it back: no blanks, commas between elements."""
    return _Writer(source).write(node)


class _Writer:
    """Writes expressions; numbers and text keep the spelling of the source."""

    def __init__(self, source: str):
        self.source = source

    def write(self, node: tree.Node) -> str:
        kind = type(node)
        if kind is tree.Name:
            return node.id
        if kind is tree.Number or kind is tree.Text:
            return self.source[node.start : node.stop]
        if kind is tree.Binary:
            return self.write(node.left) + node.operator + self.write(node.right)
        if kind is tree.AndAlso:
            return f"{self.write(node.left)}&&{self.write(node.right)}"
        if kind is tree.OrElse:
            return f"{self.write(node.left)}||{self.write(node.right)}"
        if kind is tree.Unary:
            return node.operator + self.write(node.operand)
        if kind is tree.Postfix:
            return self.write(node.operand) + node.operator
        if kind is tree.Parenthesised:
            return f"({self.write(node.expression)})"
        if kind is tree.Call:
            return f"{self.write(node.base)}({self.list(node.arguments)})"
        if kind is tree.Brace:
            return f"{self.write(node.base)}{{{self.list(node.arguments)}}}"
        if kind is tree.Field:
            return f"{self.write(node.base)}.{node.name}"
        if kind is tree.DynamicField:
            return f"{self.write(node.base)}.({self.write(node.name)})"
        if kind is tree.Range:
            step = "" if node.step is None else self.write(node.step) + ":"
            return f"{self.write(node.first)}:{step}{self.write(node.last)}"
        if kind is tree.Matrix:
            return "[" + ";".join(self.list(row) for row in node.rows) + "]"
        if kind is tree.Cell:
            return "{" + ";".join(self.list(row) for row in node.rows) + "}"
        if kind is tree.Anonymous:
            names = ",".join(parameter.name for parameter in node.parameters)
            return f"@({names}){self.write(node.body)}"
        if kind is tree.Handle:
            return "@" + node.name
        if kind is tree.Named:
            return f"{node.name}={self.write(node.value)}"
        if kind is tree.End:
            return "end"
        if kind is tree.Colon:
            return ":"
        return self.source[node.start : node.stop]

    def list(self, nodes: list[tree.Node]) -> str:
        return ",".join(self.write(node) for node in nodes)

"""The case files, and a way to write a tree down: `shape` puts brackets around every construct."""

from pathlib import Path

import pytest

from cnnscript.syntax import tree

CASES = Path(__file__).parent / "cases"


def read_cases(path):
    """(text, expected) of each case: lines after `>>> ` and `... ` are the text, those up to a blank line expected."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        text = [line[4:] for line in lines if line.startswith((">>> ", "... ")) or line in (">>>", "...")]
        if text:
            yield "\n".join(text), "\n".join(lines[len(text) :])


def pytest_generate_tests(metafunc):
    if "tree_case" in metafunc.fixturenames:
        cases = [case for path in sorted(CASES.glob("*.txt")) if path.stem != "mistakes" for case in read_cases(path)]
        metafunc.parametrize("tree_case", cases, ids=[text for text, _ in cases])
    if "mistake_case" in metafunc.fixturenames:
        cases = list(read_cases(CASES / "mistakes.txt"))
        metafunc.parametrize("mistake_case", cases, ids=[text for text, _ in cases])


@pytest.fixture
def shape():
    return write


def write(node):
    """A node, a list of statements or a program as one text."""
    if isinstance(node, list):
        return " | ".join(map(write, node))
    return WRITERS[type(node)](node)


def listed(nodes):
    return ", ".join(map(write, nodes))


def rows(node):
    return "; ".join(map(listed, node.rows))


def block(statements):
    return "{ " + write(statements) + " }" if statements else "{}"


def number(node):
    if type(node.value) is float:
        return f"{node.value:.12g}"
    return f"{node.value.imag:.12g}i" if type(node.value) is complex else f"{node.value.dtype}:{node.value}"


def text(node):
    quote = "'" if node.kind == "char" else '"'
    return quote + node.value + quote


def end(node):
    return ";" if node.quiet else ""


def condition(node):
    parts = [f"{word} {write(test)} {block(body)}" for word, (test, body) in zip(words(), node.branches, strict=False)]
    return " ".join(parts + ([] if node.orelse is None else ["else " + block(node.orelse)]))


def words():
    yield "if"
    while True:
        yield "elseif"


def loop(node):
    word = "parfor" if node.parallel else "for"
    workers = f", {write(node.workers)}" if node.workers else ""
    return f"{word} {write(node.variable)} = {write(node.sequence)}{workers} {block(node.body)}"


def switch(node):
    parts = [f"switch {write(node.subject)}"] + [f"case {write(value)} {block(body)}" for value, body in node.cases]
    return " ".join(parts + ([] if node.otherwise is None else ["otherwise " + block(node.otherwise)]))


def attempt(node):
    name = f" {node.name}" if node.name else ""
    return f"try {block(node.body)} catch{name} {block(node.handler)}"


def head(node):
    given = f"[{listed(node.outputs)}] = " if node.outputs else ""
    return f"{given}{node.name}({listed(node.parameters)})"


def function(node):
    return f"function {head(node)} " + block([*node.arguments, *node.body, *node.nested])


def argument(node):
    parts = [node.name + (f".{node.option}" if node.option else "")]
    if node.from_class:
        parts[0] += f".?{node.from_class}"
    if node.sizes is not None:
        parts.append(f"({listed(node.sizes)})")
    if node.class_name:
        parts.append(node.class_name)
    if node.validators is not None:
        parts.append("{" + listed(node.validators) + "}")
    if node.default:
        parts.append("= " + write(node.default))
    return " ".join(parts)


def attributes(node):
    return f"({listed(node.attributes)})" if node.attributes else ""


def a_class(node):
    above = " < " + ", ".join(node.superclasses) if node.superclasses else ""
    return f"classdef{attributes(node)} {node.name}{above} {block(node.blocks)}"


def methods(node):
    return f"methods{attributes(node)} " + block([*node.methods]) + "".join(f" {head(one)}" for one in node.declared)


def enumeration(node):
    members = ", ".join(name + (f"({listed(given)})" if given else "") for name, given in node.members)
    return f"enumeration{attributes(node)} {members}"


def program(node):
    return write([*node.body, *node.functions, *node.classes])


WRITERS = {
    tree.Number: number,
    tree.Text: text,
    tree.Name: lambda n: n.id,
    tree.Colon: lambda n: ":",
    tree.End: lambda n: "end",
    tree.Skip: lambda n: "~",
    tree.Call: lambda n: f"{write(n.base)}({listed(n.arguments)})",
    tree.Brace: lambda n: f"{write(n.base)}{{{listed(n.arguments)}}}",
    tree.Field: lambda n: f"{write(n.base)}.{n.name}",
    tree.DynamicField: lambda n: f"{write(n.base)}.({write(n.name)})",
    tree.SuperCall: lambda n: f"{n.method}@{n.superclass}({listed(n.arguments)})",
    tree.Metaclass: lambda n: f"?{n.name}",
    tree.Binary: lambda n: f"({write(n.left)} {n.operator} {write(n.right)})",
    tree.Unary: lambda n: f"({n.operator}{write(n.operand)})",
    tree.Postfix: lambda n: f"({write(n.operand)}{n.operator})",
    tree.AndAlso: lambda n: f"({write(n.left)} && {write(n.right)})",
    tree.OrElse: lambda n: f"({write(n.left)} || {write(n.right)})",
    tree.Range: lambda n: "(" + ":".join(write(part) for part in (n.first, n.step, n.last) if part) + ")",
    tree.Matrix: lambda n: f"[{rows(n)}]",
    tree.Cell: lambda n: f"{{{rows(n)}}}",
    tree.Parenthesised: lambda n: f"({write(n.expression)})",
    tree.Anonymous: lambda n: f"(@({listed(n.parameters)}) {write(n.body)})",
    tree.Handle: lambda n: f"@{n.name}",
    tree.Named: lambda n: f"{n.name}={write(n.value)}",
    tree.Expression: lambda n: write(n.expression) + end(n),
    tree.Assign: lambda n: f"{write(n.target)} = {write(n.value)}{end(n)}",
    tree.MultiAssign: lambda n: f"[{listed(n.targets)}] = {write(n.value)}{end(n)}",
    tree.Command: lambda n: n.name + "".join(f" <{word}>" for word in n.arguments) + end(n),
    tree.Shell: lambda n: f"!{n.text}",
    tree.If: condition,
    tree.While: lambda n: f"while {write(n.test)} {block(n.body)}",
    tree.For: loop,
    tree.Spmd: lambda n: f"spmd {block(n.body)}",
    tree.Switch: switch,
    tree.Try: attempt,
    tree.Break: lambda n: "break",
    tree.Continue: lambda n: "continue",
    tree.Return: lambda n: "return",
    tree.Global: lambda n: "global " + " ".join(n.names),
    tree.Persistent: lambda n: "persistent " + " ".join(n.names),
    tree.Import: lambda n: "import " + " ".join(n.names),
    tree.Parameter: lambda n: n.name,
    tree.Argument: argument,
    tree.Arguments: lambda n: "arguments" + "".join(f" {word}" for word in n.attributes) + " " + block(n.arguments),
    tree.Function: function,
    tree.Attribute: lambda n: n.name + (f" = {write(n.value)}" if n.value else ""),
    tree.Properties: lambda n: f"properties{attributes(n)} {block(n.properties)}",
    tree.Methods: methods,
    tree.Events: lambda n: f"events{attributes(n)} " + " ".join(n.names),
    tree.Enumeration: enumeration,
    tree.Class: a_class,
    tree.Program: program,
}

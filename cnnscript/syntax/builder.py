"""One function for each rule of the grammar: (start, stop, the rule's parts) to a node of `tree`.

`start:stop` are the characters the construct was written in.  A part left out ("[x]" in the grammar) is None.
"""

from __future__ import annotations

from typing import Any

from cnnscript.syntax import tree
from cnnscript.syntax.lexer import Token


class Fault(Exception):
    """What the grammar allows and MATLAB does not."""

    def __init__(self, identifier: str, message: str, start: int, stop: int, hint: str | None = None):
        super().__init__(message)
        self.identifier = identifier
        self.message = message
        self.start = start
        self.stop = stop
        self.hint = hint


# ------------------------------------------------------------------------------------------------ files and statements
def program(start: int, stop: int, *items: Any) -> tree.Program:
    functions = [item for item in items if type(item) is tree.Function]
    classes = [item for item in items if type(item) is tree.Class]
    body = [item for item in items if type(item) is not tree.Function and type(item) is not tree.Class]
    return tree.Program(start, stop, body, functions, classes, [])


def block(start: int, stop: int, *statements: Any) -> list[Any]:
    return list(statements)


def quiet(start: int, stop: int, statement: Any) -> Any:
    if type(statement) in QUIET:
        statement.quiet = True
    return statement


QUIET = (tree.Expression, tree.Assign, tree.MultiAssign, tree.Command)


def expression(start: int, stop: int, value: Any) -> tree.Expression:
    return tree.Expression(start, stop, value, False)


def assign(start: int, stop: int, target: Any, value: Any) -> tree.Assign:
    return tree.Assign(start, stop, target, value, False)


def multi_assign(start: int, stop: int, _: Token, *parts: Any) -> tree.MultiAssign:
    return tree.MultiAssign(start, stop, list(parts[:-1]), parts[-1], False)


def skip(start: int, stop: int, _: Token) -> tree.Skip:
    return tree.Skip(start, stop)


def command(start: int, stop: int, name: Token, *words: Token) -> tree.Command | tree.Import:
    arguments = [_unquoted(word.text) for word in words]
    if name.text == "import":
        return tree.Import(start, stop, arguments)
    return tree.Command(start, stop, name.text, arguments, False)


def _unquoted(word: str) -> str:
    quote = word[0]
    if quote in "'\"" and len(word) > 1 and word[-1] == quote:
        return word[1:-1].replace(quote * 2, quote)
    return word


def shell(start: int, stop: int, line: Token) -> tree.Shell:
    return tree.Shell(start, stop, line.text[1:])


def break_(start: int, stop: int) -> tree.Break:
    return tree.Break(start, stop)


def continue_(start: int, stop: int) -> tree.Continue:
    return tree.Continue(start, stop)


def return_(start: int, stop: int) -> tree.Return:
    return tree.Return(start, stop)


def global_(start: int, stop: int, *names: Token) -> tree.Global:
    return tree.Global(start, stop, [name.text for name in names])


def persistent_(start: int, stop: int, *names: Token) -> tree.Persistent:
    return tree.Persistent(start, stop, [name.text for name in names])


def if_block(start: int, stop: int, test: Any, body: Any, *parts: Any) -> tree.If:
    *more, orelse, _ = parts  # the last is END
    return tree.If(start, stop, [(test, body), *more], orelse)


def elseif_part(start: int, stop: int, test: Any, body: Any) -> tuple[Any, Any]:
    return test, body


def else_part(start: int, stop: int, body: Any) -> Any:
    return body


def while_block(start: int, stop: int, test: Any, body: Any, _: Token) -> tree.While:
    return tree.While(start, stop, test, body)


def for_block(start: int, stop: int, variable: Token, sequence: Any, body: Any, _: Token) -> tree.For:
    name = tree.Name(variable.start, variable.stop, variable.text)
    return tree.For(start, stop, name, sequence, body, False, None)


def parfor_block(start: int, stop: int, variable: Token, sequence: Any, *parts: Any) -> tree.For:
    *workers, body, _ = parts
    name = tree.Name(variable.start, variable.stop, variable.text)
    return tree.For(start, stop, name, sequence, body, True, workers[0] if workers else None)


def spmd_block(start: int, stop: int, *parts: Any) -> tree.Spmd:
    return tree.Spmd(start, stop, parts[-2])  # how many workers makes no difference here


def switch_block(start: int, stop: int, subject: Any, *parts: Any) -> tree.Switch:
    *cases, otherwise, _ = parts
    return tree.Switch(start, stop, subject, cases, otherwise)


def case_part(start: int, stop: int, value: Any, body: Any) -> tuple[Any, Any]:
    return value, body


def otherwise_part(start: int, stop: int, body: Any) -> Any:
    return body


def try_block(start: int, stop: int, body: Any, handler: Any, _: Token) -> tree.Try:
    name, statements = handler or (None, [])
    return tree.Try(start, stop, body, name, statements)


def catch_part(start: int, stop: int, name: Token | None, body: Any) -> tuple[str | None, Any]:
    return name.text if name else None, body


# -------------------------------------------------------------------------------------------------------- functions
def function(start: int, stop: int, results: Any, name: str, formal: Any, parts: list[Any], _: Token) -> tree.Function:
    arguments = [part for part in parts if type(part) is tree.Arguments]
    nested = [part for part in parts if type(part) is tree.Function]
    body = [part for part in parts if type(part) is not tree.Arguments and type(part) is not tree.Function]
    return tree.Function(start, stop, name, formal or [], results or [], arguments, body, nested)


def function_body(start: int, stop: int, *parts: Any) -> list[Any]:
    return list(parts)


def outputs(start: int, stop: int, *names: Token) -> list[tree.Parameter]:
    return [tree.Parameter(name.start, name.stop, name.text) for name in names]


def parameters(start: int, stop: int, *formal: tree.Parameter) -> list[tree.Parameter]:
    return list(formal)


def parameter(start: int, stop: int, name: Token) -> tree.Parameter:
    return tree.Parameter(start, stop, name.text)


def dotted(start: int, stop: int, *names: Token) -> str:
    return ".".join([name.text for name in names])


def arguments_block(start: int, stop: int, _: Token, given: Any, *parts: Any) -> tree.Arguments:
    kinds = [attribute.name for attribute in given or []]
    return tree.Arguments(start, stop, kinds, list(parts[:-1]))


def declaration(start: int, stop: int, name: Token, *rest: Any) -> tree.Argument:
    return tree.Argument(start, stop, name.text, None, *rest)


def option_declaration(start: int, stop: int, name: Token, option: Token, *rest: Any) -> tree.Argument:
    return tree.Argument(start, stop, name.text, option.text, *rest)


def class_options(start: int, stop: int, name: Token, class_name: str) -> tree.Argument:
    return tree.Argument(start, stop, name.text, None, None, None, None, None, class_name)


def skipped_declaration(
    start: int, stop: int, _: Token, size: Any, class_name: str | None, validator: Any
) -> tree.Argument:
    return tree.Argument(start, stop, "~", None, size, class_name, validator, None)


def sizes(start: int, stop: int, *given: Any) -> list[Any]:
    return list(given)


def validators(start: int, stop: int, *given: Any) -> list[Any]:
    return list(given)


# ---------------------------------------------------------------------------------------------------------- classes
def class_file(start: int, stop: int, given: Any, name: Token, supers: Any, *parts: Any) -> tree.Class:
    return tree.Class(start, stop, name.text, given or [], supers or [], list(parts[:-1]))


def superclasses(start: int, stop: int, _: Token, *names: Any) -> list[str]:
    return [name for name in names if type(name) is str]


def attributes(start: int, stop: int, *given: tree.Attribute) -> list[tree.Attribute]:
    return list(given)


def attribute(start: int, stop: int, name: Token, value: Any) -> tree.Attribute:
    return tree.Attribute(start, stop, name.text, value)


def negated_attribute(start: int, stop: int, _: Token, name: Token) -> tree.Attribute:
    false = tree.Name(name.start, name.stop, "false")
    return tree.Attribute(start, stop, name.text, false)


def properties(start: int, stop: int, _: Token, given: Any, *parts: Any) -> tree.Properties:
    return tree.Properties(start, stop, given or [], list(parts[:-1]))


def methods(start: int, stop: int, _: Token, given: Any, *parts: Any) -> tree.Methods:
    written = [part for part in parts if type(part) is tree.Function and part.body is not NO_BODY]
    declared = [part for part in parts if type(part) is tree.Function and part.body is NO_BODY]
    for part in declared:
        part.body = []
    return tree.Methods(start, stop, given or [], written, declared)


NO_BODY: list[Any] = []  # marks a signature until `methods` has sorted it out


def signature(start: int, stop: int, results: Any, name: str, formal: Any) -> tree.Function:
    return tree.Function(start, stop, name, formal or [], results or [], [], NO_BODY, [])


def events(start: int, stop: int, _: Token, given: Any, *names: Token) -> tree.Events:
    return tree.Events(start, stop, given or [], [name.text for name in names[:-1]])


def enumeration(start: int, stop: int, _: Token, given: Any, *members: Any) -> tree.Enumeration:
    return tree.Enumeration(start, stop, given or [], list(members[:-1]))


def member(start: int, stop: int, name: Token, given: Any) -> tuple[str, list[Any]]:
    return name.text, given or []


# ------------------------------------------------------------------------------------------------------ expressions
def anonymous(start: int, stop: int, formal: Any, body: Any) -> tree.Anonymous:
    return tree.Anonymous(start, stop, formal, body)


def or_else(start: int, stop: int, left: Any, right: Any) -> tree.OrElse:
    return tree.OrElse(start, stop, left, right)


def and_also(start: int, stop: int, left: Any, right: Any) -> tree.AndAlso:
    return tree.AndAlso(start, stop, left, right)


def binary(start: int, stop: int, left: Any, operator: Token, right: Any) -> tree.Binary:
    return tree.Binary(start, stop, operator.text, left, right, operator.start)


def range(start: int, stop: int, first: Any, second: Any, third: Any) -> tree.Range:
    if third is None:
        return tree.Range(start, stop, first, None, second)
    return tree.Range(start, stop, first, second, third)


def unary(start: int, stop: int, operator: Token, operand: Any) -> tree.Unary:
    return tree.Unary(start, stop, operator.text, operand)


def postfix(start: int, stop: int, operand: Any, operator: Token) -> tree.Postfix:
    return tree.Postfix(start, stop, operator.text, operand)


def number(start: int, stop: int, token: Token) -> tree.Number:
    text = token.text
    if text[:2] in ("0x", "0X", "0b", "0B"):
        return tree.Number(start, stop, _integer(token))
    if text[-1] in "ijIJ":
        return tree.Number(start, stop, complex(0.0, _float(text[:-1])))
    return tree.Number(start, stop, _float(text))


def _float(text: str) -> float:
    return float(text.replace("d", "e").replace("D", "e"))


def _integer(token: Token) -> Any:
    """0xFF and 0b101: the smallest unsigned class that holds it, or the class of the suffix; s: two's complement."""
    digits, sign, width = token.text[2:], "u", ""
    for mark in "us":
        if mark in digits:
            digits, width = digits.split(mark)
            sign = mark
    value = int(digits, 16 if token.text[1] in "xX" else 2)
    bits = int(width) if width else next((size for size in (8, 16, 32, 64) if value < 2**size), 0)
    if not bits or value >= 2**bits:
        size = f"{bits} bits" if bits else "64 bits"
        message = f"The number '{token.text}' does not fit in {size}."
        raise Fault("MATLAB:m_number_too_large", message, token.start, token.stop)
    import numpy

    unsigned = numpy.array(value, dtype=f"uint{bits}")
    return unsigned[()] if sign == "u" else unsigned.view(f"int{bits}")[()]


def chars(start: int, stop: int, token: Token) -> tree.Text:
    return tree.Text(start, stop, token.text[1:-1].replace("''", "'"), "char")


def string(start: int, stop: int, token: Token) -> tree.Text:
    return tree.Text(start, stop, token.text[1:-1].replace('""', '"'), "string")


def end_index(start: int, stop: int, _: Token) -> tree.End:
    return tree.End(start, stop)


def parenthesised(start: int, stop: int, value: Any) -> tree.Parenthesised:
    return tree.Parenthesised(start, stop, value)


def handle(start: int, stop: int, name: str) -> tree.Handle:
    return tree.Handle(start, stop, name)


def metaclass(start: int, stop: int, name: str) -> tree.Metaclass:
    return tree.Metaclass(start, stop, name)


def super_call(start: int, stop: int, method: Token, superclass: str, given: Any = None) -> tree.SuperCall:
    return tree.SuperCall(start, stop, method.text, superclass, given or [])


def name(start: int, stop: int, token: Token) -> tree.Name:
    return tree.Name(start, stop, token.text)


def field(start: int, stop: int, base: Any, token: Token) -> tree.Field:
    return tree.Field(start, stop, base, token.text)


def dynamic_field(start: int, stop: int, base: Any, value: Any) -> tree.DynamicField:
    return tree.DynamicField(start, stop, base, value)


def call(start: int, stop: int, base: Any, given: list[Any]) -> tree.Call:
    return tree.Call(start, stop, base, given)


def brace(start: int, stop: int, base: Any, given: list[Any]) -> tree.Brace:
    return tree.Brace(start, stop, base, given)


def inputs(start: int, stop: int, *given: Any) -> list[Any]:
    return list(given)


def indices(start: int, stop: int, *given: Any) -> list[Any]:
    return list(given)


def colon(start: int, stop: int) -> tree.Colon:
    return tree.Colon(start, stop)


def named(start: int, stop: int, name: Token, value: Any) -> tree.Named:
    return tree.Named(start, stop, name.text, value)


def matrix(start: int, stop: int, lines: list[list[Any]]) -> tree.Matrix:
    return tree.Matrix(start, stop, lines)


def cell(start: int, stop: int, lines: list[list[Any]]) -> tree.Cell:
    return tree.Cell(start, stop, lines)


def rows(start: int, stop: int, *lines: list[Any]) -> list[list[Any]]:
    return list(lines)


def row(start: int, stop: int, *items: Any) -> list[Any]:
    return list(items)

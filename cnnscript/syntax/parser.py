"""Tokens to a tree: the LALR loop over the table, and what the package offers (`parse`, `incomplete`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax import builder, table, tree
from cnnscript.syntax.lexer import Lexer, Token

DEEPEST = 4000  # constructs inside one another, counted in states of the parser
Make = Callable[[int, int, list[Any]], Any]  # start, stop and parts of a construct to its value


class Unexpected(Exception):
    """No rule goes on with this token.  `states` are the parser's, outermost first."""

    def __init__(self, token: Token, states: list[int]):
        super().__init__(token)
        self.token = token
        self.states = states


class Parser:
    """The parser of one table; `build` has one method for each rule of the grammar."""

    def __init__(self, rules: dict[str, Any], build: Any):
        self.lexer = Lexer(rules["terminals"])
        self.actions: list[dict[str, int]] = rules["actions"]
        self.gotos: list[dict[str, int]] = rules["gotos"]
        self.start: int = rules["start"]
        self.end: int = rules["end"]
        self.rules = [(name, size, _maker(callback, parts, build)) for name, size, callback, parts in rules["rules"]]
        # rules of one symbol that only pass it on: expr → or_else → and_also → ... → reference
        one = [size == 1 and callback is None for _, size, callback, _ in rules["rules"]]
        self.passes = {-number - 1 for number, passes in enumerate(one) if passes}
        self.shortcuts: dict[tuple[int, int, str], int] = {}

    def parse(self, tokens: list[Token], length: int) -> Any:
        """The value of the whole; `length` is where the text ends.  Raises `Unexpected`."""
        actions, gotos, rules, passes, shortcuts = self.actions, self.gotos, self.rules, self.passes, self.shortcuts
        state, stop = self.start, 0
        states, values, starts = [state], [], []
        for token in [*tokens, Token("$END", "", length, length)]:
            kind = token.kind
            while True:
                action = actions[state].get(kind)
                if action is None:
                    raise Unexpected(token, states)
                if action >= 0:
                    states.append(action)
                    values.append(token)
                    starts.append(token.start)
                    state, stop = action, token.stop
                    break
                if action in passes:
                    key = (states[-2], state, kind)
                    if key not in shortcuts:
                        shortcuts[key] = self._pass_on(*key)
                    state = states[-1] = shortcuts[key]
                    continue
                name, size, make = rules[-action - 1]
                if size:
                    start = starts[-size]
                    value = make(start, stop, values[-size:])
                    del states[-size:], values[-size:], starts[-size:]
                else:
                    start = stop
                    value = make(start, stop, [])
                state = gotos[states[-1]][name]
                states.append(state)
                values.append(value)
                starts.append(start)
                if state == self.end and kind == "$END":
                    return value
            if len(states) > DEEPEST:
                raise Unexpected(Token("TOO_DEEP", token.text, token.start, token.stop), states)
        raise AssertionError("the table accepts no end")

    def _pass_on(self, below: int, state: int, kind: str) -> int:
        """The state after all the passing-on rules that `kind` brings about above `below`."""
        action = self.actions[state].get(kind)
        while action in self.passes:
            state = self.gotos[below][self.rules[-action - 1][0]]
            action = self.actions[state].get(kind)
        return state

    def accepts(self, states: list[int]) -> set[str]:
        """The kinds of token that may follow in these states."""
        return {kind for kind in self.actions[states[-1]] if self._accepts(list(states), kind)}

    def _accepts(self, states: list[int], kind: str) -> bool:
        while True:
            action = self.actions[states[-1]].get(kind)
            if action is None:
                return False
            if action >= 0:
                return True
            name, size, _ = self.rules[-action - 1]
            if size:
                del states[-size:]
            states.append(self.gotos[states[-1]][name])
            if kind == "$END" and states[-1] == self.end:
                return True


def _maker(callback: str | None, parts: list[int], build: Any) -> Make:
    """What a rule does with its symbols (`table._plain_rule` says what the parts are)."""
    if callback is None:
        (place,) = parts
        return lambda start, stop, symbols: symbols[place]
    if callback == "":
        if not parts:
            return lambda start, stop, symbols: []
        if parts[0] < -1:
            return lambda start, stop, symbols: _extend(symbols, parts)
        return lambda start, stop, symbols: _gather(symbols, parts)
    method = getattr(build, callback)
    if all(part >= 0 for part in parts):
        if not parts:
            return lambda start, stop, symbols: method(start, stop)
        if len(parts) == 1:
            (place,) = parts
            return lambda start, stop, symbols: method(start, stop, symbols[place])
        if len(parts) == 2:
            first, second = parts
            return lambda start, stop, symbols: method(start, stop, symbols[first], symbols[second])
        return lambda start, stop, symbols: method(start, stop, *[symbols[part] for part in parts])
    return lambda start, stop, symbols: method(start, stop, *_gather(symbols, parts))


def _gather(symbols: list[Any], parts: list[int]) -> list[Any]:
    gathered: list[Any] = []
    for part in parts:
        if part >= 0:
            gathered.append(symbols[part])
        elif part == -1:
            gathered.append(None)
        else:
            gathered += symbols[-2 - part]
    return gathered


def _extend(symbols: list[Any], parts: list[int]) -> list[Any]:
    """`_gather` for a group that starts with a group: a list of n items is made in n steps, not n²."""
    gathered = symbols[-2 - parts[0]]
    gathered += _gather(symbols, parts[1:])
    return gathered


# ------------------------------------------------------------------------------------------------- what it is all for
@cache
def the_parser() -> Parser:
    """The parser of the language, made when first needed."""
    return Parser(table.load(), builder)


def parse(source: Source, variables: frozenset[str] = frozenset()) -> tree.Program:
    """The tree of a program text.

    variables  names known to be variables before the first line: `a -1` is then a difference, not a command
    Raises ScriptError ('MATLAB:m_...') with the span of the first fault.
    """
    parser = the_parser()
    scan = parser.lexer.scan(source.text, variables)
    try:
        program = parser.parse(scan.closed_tokens(), len(source.text))
    except Unexpected as fault:
        from cnnscript.syntax import mistakes  # only a mistake needs it

        raise mistakes.describe(source, scan, fault.token, parser.accepts(fault.states)) from None
    except builder.Fault as fault:
        span = Span(source, fault.start, fault.stop)
        raise ScriptError(fault.identifier, fault.message, span, hint=fault.hint) from None
    program.start, program.stop, program.sections = 0, len(source.text), scan.sections
    return program


def incomplete(text: str) -> bool:
    """Whether a text typed so far needs more lines: a block, a [ ] or { }, a call after a comma, or "..." is open.

    A text with a mistake in it is complete: more lines would not mend it.
    """
    parser = the_parser()
    scan = parser.lexer.scan(text + "\n")
    try:
        parser.parse(scan.tokens, len(text) + 1)
    except Unexpected as fault:
        return fault.token.kind in ("$END", "OPEN_COMMENT")
    except builder.Fault:
        return False
    return scan.goes_on

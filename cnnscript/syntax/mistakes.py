"""What is wrong with a text, in words.

The parser says which token no rule goes on with, and what it would have taken.  `describe` asks the functions of
`KINDS` in turn; the first that knows the mistake names it: MATLAB's identifier and sentence, the span, notes with the
facts (which bracket is open, which block is never closed), and a hint where it is a habit from another language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax.lexer import CLOSING, DEEPEST, OPENING, OPERAND_END, Scan, Token

EXPRESSION = (
    "Invalid expression. Check for missing multiplication operator, missing or unbalanced delimiters, "
    "or other syntax error. To construct matrices, use brackets instead of parentheses."
)
DELIMITERS = (
    "Invalid expression. When calling a function or indexing a variable, use parentheses. "
    "Otherwise, check for mismatched delimiters."
)
CHARACTER = (
    "Invalid text character. Check for unsupported symbol, invisible character, or pasting of non-ASCII characters."
)
EQUAL = (
    "Incorrect use of '=' operator. To assign a value to a variable, use '='. To compare values for equality, use '=='."
)
TARGET = "The expression to the left of the equals sign is not a valid target for an assignment."
INCOMPLETE = "Expression or statement is incomplete or incorrect."
OPERATOR = "Invalid use of operator."

VALUE = {"NAME", "NUMBER", "LPAR", "LSQB", "LBRACE"}  # where all of these may come, a value may
BINARY = {"ADD_OP", "MUL_OP", "COMPARE_OP"}
PAIRS = {"RPAR": "LPAR", "RSQB": "LSQB", "RBRACE": "LBRACE"}
INSIDE = {"ELSE": "IF", "ELSEIF": "IF", "CASE": "SWITCH", "OTHERWISE": "SWITCH", "CATCH": "TRY"}
OCTAVE_END = re.compile(r"end(if|while|for|function|switch|parfor|_try_catch|_unwind_protect)")
PUNCTUATION = {"_NEWLINE": "the end of the line", "$END": "the end of the text"}
SHOWN = {
    "_NEWLINE": "the end of the line", "RPAR": "`)`", "RSQB": "`]`", "RBRACE": "`}`", "COMMA": "`,`",
    "SEMICOLON": "`;`", "EQUAL": "`=`", "EXTENDS": "`<`", "END": "`end`", "CASE": "`case`", "NOT": "`~`",
}  # fmt: skip


class Place:
    """Where the parser stopped, and what surrounds it."""

    def __init__(self, source: Source, scan: Scan, token: Token, accepted: set[str]):
        self.source = source
        self.scan = scan
        self.token = token
        self.accepted = accepted
        self.before: list[Token] = []  # the statement so far
        self.open: list[Token] = []  # its brackets that are not closed
        for other in scan.tokens:
            if other is token or other.start >= token.start and other.stop > other.start:
                break
            if other.kind in OPENING or other.kind in ("LHS_OPEN", "TOO_DEEP"):
                self.open.append(other)
            elif other.kind in CLOSING and self.open:
                self.open.pop()
            if not self.open and other.kind in ("_NEWLINE", "COMMA", "SEMICOLON"):
                self.before.clear()
            else:
                self.before.append(other)

    @property
    def last(self) -> Token:
        """The token before the fault; an empty one at the start of a statement."""
        return self.before[-1] if self.before else Token("", "", self.token.start, self.token.start)

    def line(self, token: Token) -> int:
        return self.source.position(token.start)[0]

    def text(self, start: int, stop: int) -> str:
        return self.source.text[start:stop]

    def error(
        self, name: str, message: str, *notes: str, at: Token | None = None, hint: str | None = None, width: int = 0
    ) -> ScriptError:
        token = at or self.token
        stop = token.start + width if width else max(token.stop, token.start + 1)
        span = Span(self.source, token.start, min(stop, max(token.start, len(self.source.text))))
        return ScriptError(f"MATLAB:m_{name}", message, span, notes=notes, hint=hint)


def describe(source: Source, scan: Scan, token: Token, accepted: set[str]) -> ScriptError:
    """The error for a token that no rule goes on with, where `accepted` are the kinds that one would."""
    place = Place(source, scan, token, accepted)
    return next(error for error in (kind(place) for kind in KINDS) if error is not None)


# ------------------------------------------------------------------------------------------------ faults of the lexer
def _open_text(place: Place) -> ScriptError | None:
    if place.token.kind == "OPEN_CHARS":
        return place.error("unterminated_chars", "Character vector is not terminated properly.", width=1)
    if place.token.kind == "OPEN_STRING":
        return place.error("unterminated_string", "String is not terminated properly.", width=1)
    if place.token.kind == "OPEN_COMMENT":
        line = place.line(place.token)
        message = f"The block comment of line {line} is never closed."
        return place.error("unterminated_comment", message, hint="`%}` alone on a line closes it")
    return None


def _too_deep(place: Place) -> ScriptError | None:
    if place.token.kind != "TOO_DEEP":
        return None
    if len(place.open) >= DEEPEST:
        return place.error("nesting", "Nesting of {, [, and ( cannot exceed a depth of 32.")
    return place.error("nesting", "The program is nested too deeply.")


def _illegal_character(place: Place) -> ScriptError | None:
    if place.token.kind != "ILLEGAL":
        return None
    text, hint = place.token.text, None
    character = text[0]
    if character == "_" and place.last.kind == "NUMBER" and place.last.stop == place.token.start:
        return place.error("illegal_character", CHARACTER, hint="digits are written without `_`")
    if character == "_":
        return place.error(
            "illegal_character", CHARACTER, f"'{text}' starts with '_'", hint="a name starts with a letter"
        )
    if character == "!":
        hint = "not is `~`, not equal is `~=`"
    elif character == "#":
        hint = "a comment starts with `%`"
    elif character.isascii():
        named = f"'{character}'" if character.isprintable() else f"the character with code {ord(character)}"
        return place.error("illegal_character", CHARACTER, f"{named} is not part of the language", width=1)
    else:
        import unicodedata

        note = f"'{character}' is U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
        plain = TYPOGRAPHY.get(character) or unicodedata.normalize("NFKC", character)
        hint = f"write `{plain}`" if len(plain) == 1 and plain.isascii() and plain.isprintable() else None
        if plain == " ":
            hint = "write a plain blank"
        return place.error("illegal_character", CHARACTER, note, hint=hint, width=1)
    return place.error("illegal_character", CHARACTER, hint=hint, width=1)


# what word processors and web pages make of a quote, a minus and so on
TYPOGRAPHY = {
    plain: mark
    for mark, plains in (("'", "‘’‚′´"), ('"', "“”„″"), ("-", "‐‑‒–—−"), ("*", "×"), ("/", "÷"))
    for plain in plains
}


# ------------------------------------------------------------------------------------ blocks and brackets never closed
def _open_bracket(place: Place) -> ScriptError | None:
    """The text or the line ends inside brackets."""
    if not place.open or place.token.kind not in ("$END", "_NEWLINE"):
        return None
    bracket = place.open[-1]
    hint = None
    if place.token.kind == "_NEWLINE" and place.source.text[place.token.stop :].strip():
        hint = "a line that goes on in the next ends with `...`"
    note = f"the `{bracket.text}` of line {place.line(bracket)} is never closed"
    return place.error("unbalanced", DELIMITERS, note, at=bracket, hint=hint)


def _older_bracket(place: Place) -> ScriptError | None:
    """A new statement where a bracket of an earlier line is open."""
    bracket = place.open[-1] if place.open else place.token
    line = place.line(bracket)
    keyword = place.token.kind in place.scan.lexer.keywords.values()
    starts = keyword or place.token.kind == "EQUAL" and bracket.kind in ("LSQB", "LBRACE")
    if not starts or line == place.line(place.token):
        return None
    return place.error("unbalanced", DELIMITERS, f"the `{bracket.text}` of line {line} is never closed", at=bracket)


def _open_block(place: Place) -> ScriptError | None:
    """A block is open where the text ends, or where something comes that it cannot hold."""
    kind = place.token.kind
    if place.open or kind not in ("$END", "FUNCTION", "CLASSDEF", *INSIDE):
        return None
    if kind != "$END" and (place.before or kind in INSIDE and not _encloses(place, INSIDE[kind])):
        return None
    opener = _unclosed(place)
    if opener is None:
        return _function_inside(place)
    note = f"the `{opener.text}` of line {place.line(opener)} is never closed"
    return place.error(
        "missing_end",
        "At least one END is missing: the statement may begin here.",
        note,
        at=opener,
        hint=_why_open(place, opener),
    )


def _encloses(place: Place, opener: str) -> bool:
    return any(token.kind == opener for token in _blocks_at(place))


def _blocks_at(place: Place) -> list[Token]:
    """The openers of the blocks around the fault, outermost first."""
    at = place.token.start
    around = [opener for opener in place.scan.blocks if opener.start < at]
    around += [opener for opener, end in place.scan.closed if opener.start < at <= end.start]
    return sorted(around, key=lambda token: token.start)


def _unclosed(place: Place) -> Token | None:
    """The opener to blame: one whose `end` stands further left than it does, else the innermost that is open."""
    around = [token for token in place.scan.blocks if token.start < place.token.start]
    if not around:
        return None
    for opener, end in place.scan.closed:
        if around[-1].start < opener.start < place.token.start and _indent(place, end) < _indent(place, opener):
            return opener
    # where no function has an `end`, the innermost block that is none is to blame
    return next((token for token in reversed(around) if token.kind != "FUNCTION"), around[-1])


def _function_inside(place: Place) -> ScriptError | None:
    """A function in the middle of a block."""
    around = _blocks_at(place)
    if place.token.kind != "FUNCTION" or not around:
        return None
    return place.error(
        "function_definition_context",
        "Function definitions are not supported in this context. "
        "Functions can only be created as local or nested functions in code files.",
        f"it stands inside the `{around[-1].text}` of line {place.line(around[-1])}",
    )


def _indent(place: Place, token: Token) -> int:
    """Blanks before the line's first word; the token counts as far right where it is not that word."""
    line, column = place.source.position(token.start)
    before = place.source.line(line)[: column - 1]
    return column - 1 if not before.strip() else 10**6 if token.kind == "END" else -1


def _why_open(place: Place, opener: Token) -> str | None:
    last = opener
    for token in place.scan.tokens:
        if token.start > opener.start:
            if token.kind == "IF" and last.kind == "ELSE" and opener.kind == "IF":
                return "`else if` opens a second block; `elseif` is one word"
            if token.kind == "NAME" and OCTAVE_END.fullmatch(token.text):
                return f"a block ends with `end`; `{token.text}` is Octave's"
        last = token
    return None


def _keyword(place: Place) -> ScriptError | None:
    """A keyword where none may stand."""
    kind, text = place.token.kind, place.token.text
    if kind not in place.scan.lexer.keywords.values() or not text:
        return None
    notes = []
    if place.open or place.before:
        notes.append(f"`{text}` is a keyword and no name")
    elif kind == "END":
        notes.append("no block is open here")
    elif kind in INSIDE:
        notes.append(f"no `{INSIDE[kind].lower()}` is open here")
    return place.error("illegal_reserved_keyword_usage", f'Illegal use of reserved keyword "{text}".', *notes)


# ------------------------------------------------------------------------------------------------- assignments, habits
def _assignment(place: Place) -> ScriptError | None:
    """An "=" that assigns nothing."""
    token, last, before = place.token, place.last, place.before
    if token.kind != "EQUAL":
        return None
    first = before[0] if before else last
    if last.kind in ("ADD_OP", "MUL_OP", "POW_OP", "OR", "AND") and last.stop == token.start and not place.open:
        target = place.text(first.start, last.start).strip()
        hint = f"there is no `{last.text}=`: write {target} = {target} {last.text} ..." if target else None
        return place.error("equal", EQUAL, at=last, hint=hint, width=len(last.text) + 1)
    if any(bracket.kind == "LHS_OPEN" for bracket in place.open):
        return place.error("equal", EQUAL)
    if first.kind == "PERSISTENT":
        name = last.text
        hint = f"persistent {name}; if isempty({name}), {name} = ...; end"
        return place.error("equal", EQUAL, "a persistent variable starts empty", hint=hint)
    if first.kind == "GLOBAL":
        return place.error(
            "equal", EQUAL, "a declaration assigns nothing", hint=f"global {last.text}; {last.text} = ..."
        )
    if first.kind == "FUNCTION" and place.open:
        return place.error(
            "equal", EQUAL, "a parameter has no default here", hint="defaults go in an `arguments` block"
        )
    if place.open or first.kind in ("IF", "ELSEIF", "WHILE", "SWITCH", "CASE"):
        return place.error("equal", EQUAL, hint="compare with `==`")
    if any(other.kind == "EQUAL" for other in before):
        equal = next(other for other in before if other.kind == "EQUAL")
        outer, inner = place.text(first.start, equal.start).strip(), place.text(equal.stop, token.start).strip()
        hint = f"two statements: {inner} = ...; {outer} = {inner};"
        return place.error("equal", EQUAL, "one statement assigns once", hint=hint)
    return place.error(
        "invalid_lhs_of_assignment", TARGET, f"`{place.text(first.start, last.stop)}` is no variable", at=first,
        width=last.stop - first.start,
    )  # fmt: skip


def _targets(place: Place) -> ScriptError | None:
    """Something in [a, b] = ... that cannot be assigned to."""
    if not place.open or place.open[-1].kind != "LHS_OPEN" or place.token.kind == "SEMICOLON":
        return None
    return place.error("invalid_lhs_of_assignment", TARGET, "[ ] before `=` holds variables, `~` and commas")


def _habits(place: Place) -> ScriptError | None:
    """++ and -- and **, which other languages have."""
    token, before = place.token, place.before
    sign = place.text(token.start - 2, token.start).strip() if len(before) > 1 else ""
    if sign in ("++", "--") and token.kind in ("_NEWLINE", "SEMICOLON", "COMMA", "$END"):
        target = place.text(before[0].start, before[-2].start).strip()
        hint = f"there is no `{sign}`: write {target} = {target} {sign[0]} 1" if target else None
        return place.error("invalid_operator", OPERATOR, at=before[-2], hint=hint, width=2)
    if token.kind == "MUL_OP" == place.last.kind and token.text == "*" and place.last.stop == token.start:
        return place.error("invalid_operator", OPERATOR, at=place.last, hint="a power is `^` or `.^`", width=2)
    slash = place.last if token.kind == "_NEWLINE" else token
    if slash.text == "\\" and not place.source.line(place.line(slash)).partition("\\")[2].strip():
        return place.error("incomplete", INCOMPLETE, at=slash, hint="a line that goes on in the next ends with `...`")
    return None


# -------------------------------------------------------------------------------------------- what may not follow what
def _second_index(place: Place) -> ScriptError | None:
    """f(x)(2), [1 2 3](2)."""
    token, last = place.token, place.last
    if token.kind not in ("LPAR", "LBRACE", "DOT") or last.kind not in OPERAND_END or last.stop != token.start:
        return None
    if place.before[0].kind == "FUNCTION":
        return None
    if last.kind == "RPAR" and _opened_a_call(place):
        return place.error("index_after_call", "()-indexing must appear last in an index expression.")
    if last.kind in CLOSING:
        use = {"LPAR": "t(1)", "LBRACE": "t{1}", "DOT": "t.name"}[token.kind]
        return place.error("missing_operator", EXPRESSION, hint=f"name it first: t = ...; {use}")
    return None


def _opened_a_call(place: Place) -> bool:
    depth = 0
    for at in range(len(place.before) - 1, -1, -1):
        depth += (place.before[at].kind in CLOSING) - (place.before[at].kind in OPENING)
        if not depth:
            return at > 0 and place.before[at - 1].kind in OPERAND_END
    return False


def _closing(place: Place) -> ScriptError | None:
    """A bracket that closes nothing, or something else."""
    token = place.token
    if token.kind not in CLOSING:
        return None
    if not place.open:
        return place.error("unbalanced", DELIMITERS, f"`{token.text}` closes nothing here")
    bracket = place.open[-1]
    if bracket.kind not in (PAIRS[token.kind], "LHS_OPEN"):
        line = place.line(bracket)
        where = "" if line == place.line(token) else f" of line {line}"
        return place.error("unbalanced", DELIMITERS, f"`{token.text}` cannot close the `{bracket.text}`{where}")
    return None


def _no_operator(place: Place) -> ScriptError | None:
    """Two values side by side."""
    token, last = place.token, place.last
    if last.kind not in OPERAND_END or not place.accepted >= BINARY:
        return None
    if token.kind not in (VALUE | {"CHARS", "STRING", "AT", "QMARK", "NOT", "END_INDEX"}):
        return None
    hint = None
    if last.kind == "TRANSPOSE" and len(place.before) > 1 and place.before[-2].kind == "CHARS":
        hint = "texts are joined in brackets: ['a' 'b']"
        return place.error("missing_operator", EXPRESSION, "two texts stand side by side", at=last, hint=hint)
    if last.kind == "CHARS" and token.kind == "NAME" and last.stop == token.start:
        hint = "a quote inside text is written twice: 'it''s'"
    gap = f"between `{_short(last)}` and `{_short(token)}`"
    if not place.open:
        note = f"an operator is missing {gap}, or the end of the statement"
        return place.error("missing_operator", EXPRESSION, note, hint=hint)
    closing = {"(": ")", "[": "]", "{": "}"}[place.open[-1].text]
    note = f"an operator, `,` or `{closing}` is missing {gap}"
    return place.error("missing_operator", EXPRESSION, note, hint=hint)


def _after_names(place: Place) -> ScriptError | None:
    """f(Size=3, x): what has a name comes last."""
    if place.accepted != {"NAME"} or place.last.kind != "COMMA" or not place.open or place.open[-1].kind != "LPAR":
        return None
    return place.error("invalid_expression", EXPRESSION, "after `Name=value` only `Name=value` may follow")


def _no_value(place: Place) -> ScriptError | None:
    """An operator, a comma or the end where a value belongs."""
    if not place.accepted >= VALUE:
        return None
    token, last = place.token, place.last
    if token.kind in ("_NEWLINE", "SEMICOLON", "COMMA", "$END") and not place.open:
        return place.error("incomplete", INCOMPLETE, f"a value is missing after `{_short(last)}`", at=last)
    if token.kind in ("COMMA", *CLOSING):
        return place.error("incomplete", EXPRESSION, f"a value is missing before `{token.text}`")
    message = OPERATOR if not token.text[:1].isalnum() else EXPRESSION
    return place.error("invalid_operator", message, f"a value is missing before `{_short(token)}`")


def _anything_else(place: Place) -> ScriptError | None:
    got = PUNCTUATION.get(place.token.kind) or f"`{_short(place.token)}`"
    expected = list(_expected(place.accepted))
    notes = [f"got {got}"]
    if expected:
        *most, final = expected
        notes.append("expected " + (", ".join(most) + " or " if most else "") + final)
    return place.error("invalid_expression", EXPRESSION, *notes)


def _expected(accepted: set[str]) -> Iterator[str]:
    if accepted >= VALUE:
        yield "a value"
    elif "NAME" in accepted:
        yield "a name"
    if accepted >= BINARY:
        yield "an operator"
    yield from (words for kind, words in SHOWN.items() if kind in accepted)


def _short(token: Token) -> str:
    return token.text if len(token.text) <= 20 else token.text[:17] + "..."


KINDS: list[Callable[[Place], ScriptError | None]] = [
    _open_text, _too_deep, _illegal_character,
    _habits, _open_bracket, _older_bracket, _open_block, _keyword, _assignment, _targets,
    _second_index, _closing, _no_operator, _after_names, _no_value, _anything_else,
]  # fmt: skip

"""Text to tokens.

The scanner is made from the terminals of the grammar; this module adds what depends on where a word stands (the
grammar's head lists it).  A scan never fails: what is not in the language becomes a token of a kind that no rule
accepts (`FAULTS`), so that the parser reports the first fault, whichever of the two finds it, and the prompt can
colour unfinished text.
"""

from __future__ import annotations

import re
from typing import Any

FAULTS = {"ILLEGAL", "OPEN_CHARS", "OPEN_STRING", "OPEN_COMMENT", "TOO_DEEP"}
DEEPEST = 32  # brackets inside one another, as in MATLAB


def _kinds(words: str) -> frozenset[str]:
    return frozenset(words.split())


# after these a quote is a transpose, and in a matrix a blank separates
OPERAND_END = _kinds("NAME NUMBER CHARS STRING TRANSPOSE END_INDEX RPAR RSQB RBRACE")
OPERAND_START = _kinds("NAME NUMBER CHARS STRING LPAR LSQB LBRACE AT QMARK NOT ADD_OP END_INDEX")
SIGNS = frozenset(["ADD_OP", "NOT"])
BLANKS = " \t\r\f\v"
END_OF_FILE = "\x1a"  # old editors end a file with it: there the text ends
OPENING = frozenset(["LPAR", "LSQB", "LBRACE"])
CLOSING = frozenset(["RPAR", "RSQB", "RBRACE"])
OPENERS = _kinds("IF WHILE FOR PARFOR SPMD SWITCH TRY FUNCTION CLASSDEF")
HEADERS = _kinds("IF ELSEIF WHILE FOR PARFOR SWITCH CASE FUNCTION")  # a statement may follow their expression
BINDERS = _kinds("FUNCTION GLOBAL PERSISTENT FOR PARFOR")  # the names after them are variables
DECLARATIONS = _kinds("ARGUMENTS PROPERTIES METHODS EVENTS ENUMERATION")  # no commands on their lines
CLASS_WORDS = {"properties": "PROPERTIES", "methods": "METHODS", "events": "EVENTS", "enumeration": "ENUMERATION"}

# a name, blanks, then what is neither "(", "=", a separator, nor an operator with a blank after it
COMMAND = re.compile(
    r"""(?: [ \t] | \.\.\.[^\n]*\n )++
    (?! [(%;,\n\r] | =(?!=) | \.\.\.
      | (?: [-+*/\\^<>&|:~] | \.[*/\\^] | [~<>=]= | && | \|\| ) (?: [ \t\r\n] | \Z)
      | (?: [-+*/\\^|&]= | != | \*\* ) [ \t]                 # operators of other languages: a mistake, not a command
      | (?: \+\+ | -- ) [ \t]* (?: [;,\r\n] | \Z)
    )(?=\S)""",
    re.X,
)
FORMAT_SIGN = re.compile(r"[ \t]+\+[ \t]*(?:[;,%\r\n]|\Z)")  # `format +`: the one command whose word is an operator
COMMAND_WORD = re.compile(r"""[ \t]*((?:'(?:[^'\n\r]|'')*'|"(?:[^"\n\r]|"")*"|[^\s,;%'"])+)""")
COMMAND_GOES_ON = re.compile(r"[ \t]*\.\.\.[^\n]*\n")
BLOCK_COMMENT = re.compile(r"%\{[ \t\r]*(?:\n|\Z)")
BLOCK_EDGE = re.compile(r"^[ \t]*%([{}])[ \t\r]*$", re.M)
SECTION = re.compile(r"%%(?:[ \t\r\n]|\Z)")
CATCH_NAME = re.compile(r"[ \t]*(?=[;,\n\r%]|\.\.\.|\Z)")
ARGUMENTS = re.compile(r"[ \t]*(\([^()\n]*\))?[ \t]*(?=[\r\n%;,]|\Z)")
EQUALS = re.compile(r"(?:[ \t\r]|\.\.\.[^\n]*\n)*=(?!=)")
ALONE = re.compile(r"[ \t\r]*[,)]")
EXPRESSION_GOES_ON = re.compile(r"(?:[ \t\r\n]|%[^\n]*\n)*(?:[),|&<>=*/\\^:]|~=|\.[*/\\^'])")
BEFORE_PARAMETERS = re.compile(r"[ \t]*\(")
STRAY = re.compile(r"_[A-Za-z0-9_]*|[^\x00-\x7f]+|.", re.S)  # how much is one fault


class Token:
    """A word of the text: `text[start:stop]`.  Tokens that the lexer adds are empty."""

    __slots__ = ("kind", "text", "start", "stop")

    def __init__(self, kind: str, text: str, start: int, stop: int):
        self.kind = kind
        self.text = text
        self.start = start
        self.stop = stop

    def __repr__(self) -> str:
        return f"{self.kind}({self.text!r} {self.start}:{self.stop})"


class Lexer:
    """The scanner of one grammar."""

    def __init__(self, terminals: list[list[Any]]):
        self.keywords = {text: name for name, text, fixed in terminals if fixed and text.isidentifier()}
        self.marks = {text: name for name, text, fixed in terminals if fixed and not text.isidentifier()}
        patterns = {name: text for name, text, fixed in terminals if not fixed}
        blank = patterns.pop("BLANK")
        self.characters = re.compile(patterns.pop("CHARS"))
        quote = patterns.pop("TRANSPOSE")  # which of the two a quote is, `_quote` says
        marks = "|".join(map(re.escape, sorted(self.marks, key=len, reverse=True)))
        words = "|".join(f"(?P<{name}>{text})" for name, text in patterns.items())
        self.match = re.compile(f"(?:{blank})?(?:{words}|(?P<QUOTE>{quote})|(?P<MARK>{marks})|(?P<NOTHING>\\Z))").match
        self.statement_start = frozenset(["NAME", "NUMBER", "STRING", "LSQB", "NOT", *self.keywords.values()])

    def scan(self, text: str, variables: frozenset[str] = frozenset()) -> Scan:
        """All tokens of a text.  `variables`: names that are not commands."""
        scan = Scan(self, text, variables)
        scan.run()
        return scan


class Scan:
    """One pass over a text, and what it found.

    tokens     for the parser (see `closed_tokens`)
    comments   (start, stop) of each; sections  (offset, title) of each `%%` line
    blocks     the openers that no `end` closed, outermost first; closed  (opener, end) of the others
    brackets   open where the text ends: "(" group, "c" call or index, "i" index brace, "@" parameters, "[", "{"
    goes_on    the text ends in "..." or inside a block comment
    """

    def __init__(self, lexer: Lexer, text: str, variables: frozenset[str]):
        self.lexer = lexer
        self.text = text
        self.tokens: list[Token] = []
        self.comments: list[tuple[int, int]] = []
        self.sections: list[tuple[int, str]] = []
        self.blocks: list[Token] = []
        self.closed: list[tuple[Token, Token]] = []
        self.brackets: list[str] = []
        self.goes_on = False
        self.functions: list[int] = []  # where in `tokens` each function starts
        self.stray_ends = 0
        self.session = variables
        self.known = set(variables)  # variables so far, in this function
        self.outer: list[set[str]] = []  # those of the functions around it
        self.first: Token | None = None  # of the statement; None where one starts
        self.header = False  # in the expression of if, for ...
        self.binding = False  # the names that come are variables
        self.declaring = False  # in a block of declarations
        self.arguments_may_follow = False
        self.targets: int | None = None  # where in `tokens` the "[" stands that starts the statement
        self.joined = 0  # newlines before this offset are not the end of anything
        self.previous = ""  # kind of the last token
        self.blank = False  # something between the last token and this one
        self.on = {
            "LPAR": self._open, "LSQB": self._open, "LBRACE": self._open,
            "RPAR": self._close, "RSQB": self._close, "RBRACE": self._close,
            "EQUAL": self._equal, "COMMA": self._separate, "SEMICOLON": self._separate,
            "ELSE": self._separate, "TRY": self._separate, "OTHERWISE": self._separate, "CATCH": self._separate,
            "END": self._end_block, "COMPARE_OP": self._compare, "NOT": self._not,
        }  # fmt: skip

    # ------------------------------------------------------------------------------------------------- the loop
    def run(self) -> None:
        """Read the whole text."""
        text, match, brackets = self.text, self.lexer.match, self.brackets
        marks, keywords, statement_start = self.lexer.marks, self.lexer.keywords, self.lexer.statement_start
        at, end = int(text.startswith("\ufeff")), len(text)
        while at < end:
            found = match(text, at)
            if found is None:
                at = self._stray(at)
                continue
            kind = found.lastgroup or ""
            start, stop = found.span(kind)
            if start > at:
                self.blank = True
            operand = self.previous in OPERAND_END
            in_matrix = bool(brackets) and brackets[-1] in "[{"
            if kind == "NAME":
                if self.previous != "DOT":
                    kind = keywords.get(found[kind], kind)
                    if kind == "END":
                        kind = self._end(stop)
            elif kind == "MARK":
                kind = marks[found[kind]]
            elif kind == "QUOTE":
                kind, stop = self._quote(start, stop, operand and not (in_matrix and self.blank))
            elif kind == "_NEWLINE":
                self._newline(start, stop)
                at = stop
                continue
            elif kind in ("COMMENT", "ELLIPSIS", "NOTHING"):
                at = self._skip(kind, start, stop)
                continue
            if operand:
                if in_matrix:
                    if self.blank and kind in OPERAND_START and not (kind in SIGNS and text[stop : stop + 1] in " \t"):
                        self.put("COMMA", start, start)
                elif (
                    self.header
                    and kind in statement_start
                    and not brackets
                    and (self.blank or self.previous in CLOSING)
                ):
                    self.put("COMMA", start, start)
                    at = start
                    continue
            if self.first is None and kind == "NAME":
                kind = self._first_word(found["NAME"], stop)
                if kind == "CMD_NAME":
                    at = self._command(start, stop)
                    continue
            self.put(kind, start, stop)
            at = stop

    def put(self, kind: str, start: int, stop: int) -> None:
        """Append a token and note what it means for the next."""
        token = Token(kind, self.text[start:stop], start, stop)
        if self.first is None:
            self._begin(token)
        elif kind == "NAME" and self.binding:
            self.known.add(token.text)
        on = self.on.get(kind)
        self.previous = on(token) if on is not None else kind
        self.tokens.append(token)
        self.blank = False

    def closed_tokens(self) -> list[Token]:
        """The tokens, with an END for each function where a file of functions has none of its own."""
        if not self.functions or self.stray_ends or len(self.blocks) < len(self.functions):
            return self.tokens
        if any(token.kind != "_NEWLINE" for token in self.tokens[: self.functions[0]]):
            return self.tokens  # in a script or beside a class each function has its own
        tokens, at = [], 0
        for place in self.functions[1:]:
            tokens += self.tokens[at:place]
            tokens.append(Token("END", "", self.tokens[place].start, self.tokens[place].start))
            at = place
        stop = len(self.text)
        return tokens + self.tokens[at:] + [Token("_NEWLINE", "", stop, stop), Token("END", "", stop, stop)]

    def _end(self, stop: int) -> str:
        """What `end` is: the last index, the name of a method (function k = end(object, n)), or the end of a block."""
        if "c" in self.brackets or "i" in self.brackets:
            return "END_INDEX"
        defined = self.previous in ("EQUAL", "FUNCTION") and (self.declaring or self.header) and not self.brackets
        return "NAME" if defined and BEFORE_PARAMETERS.match(self.text, stop) else "END"

    # -------------------------------------------------------------------------------------- where a statement starts
    def _begin(self, token: Token) -> None:
        kind = token.kind
        self.first = token
        self.header = kind in HEADERS
        self.binding = kind in BINDERS
        if kind == "FUNCTION":
            self.functions.append(len(self.tokens))
            self.outer.append(self.known)
            self.known = set(self.session)
            self.arguments_may_follow = True
        elif not self.declaring and kind != "ARGUMENTS":
            self.arguments_may_follow = False
        if kind in OPENERS or kind in DECLARATIONS:
            self.blocks.append(token)
            self.declaring = kind in DECLARATIONS

    def _first_word(self, word: str, stop: int) -> str:
        """What a name is that starts a statement."""
        if self.previous == "CATCH" and CATCH_NAME.match(self.text, stop):
            self.known.add(word)
            return "CATCH_NAME"
        if self.blocks and self.blocks[-1].kind == "CLASSDEF":
            return CLASS_WORDS.get(word, "NAME")
        if word == "arguments" and self.arguments_may_follow and ARGUMENTS.match(self.text, stop):
            return "ARGUMENTS"
        if self.declaring or word in self.known:
            return "NAME"
        if not COMMAND.match(self.text, stop) and not (word == "format" and FORMAT_SIGN.match(self.text, stop)):
            return "NAME"
        return "CMD_NAME"

    def _command(self, start: int, stop: int) -> int:
        """The words of a command; where it ends."""
        self.put("CMD_NAME", start, stop)
        while True:
            more = COMMAND_GOES_ON.match(self.text, stop)
            word = COMMAND_WORD.match(self.text, more.end() if more else stop)
            if word is None:
                return stop
            self.put("CMD_ARG", word.start(1), word.end())
            stop = word.end()

    # ------------------------------------------------------------------------------------- what some tokens change
    def _open(self, token: Token) -> str:
        kind, brackets = token.kind, self.brackets
        operand = self.previous in OPERAND_END
        if kind == "LPAR":
            brackets.append("@" if self.previous == "AT" else "c" if operand else "(")
        elif kind == "LBRACE":
            brackets.append("i" if operand else "{")
        else:
            if self.first is token and not self.declaring:
                self.targets = len(self.tokens)
            brackets.append("[")
        if len(brackets) > DEEPEST:
            token.kind = "TOO_DEEP"
        return kind

    def _close(self, token: Token) -> str:
        if self.brackets and self.brackets.pop() == "@":
            return "PARAMETERS"  # no operand: an expression follows
        if self.targets is not None and not self.brackets:
            if EQUALS.match(self.text, token.stop):
                self._make_targets(self.targets)
            self.targets = None
        return token.kind

    def _make_targets(self, place: int) -> None:
        """What was read as a matrix from token `place` on is the left side of an assignment."""
        inside, depth = self.tokens[place + 1 :], 0
        self.tokens[place].kind = "LHS_OPEN"
        del self.tokens[place + 1 :]
        for token in inside:
            last = self.tokens[-1]
            if depth == 0:
                if token.kind == "NOT":
                    token.kind = "SKIP"
                if token.kind == "SKIP" and last.kind in OPERAND_END or last.kind == "SKIP" and token.kind != "COMMA":
                    last = Token("COMMA", "", token.start, token.start)
                    self.tokens.append(last)
                if token.kind == "NAME" and last.kind in ("LHS_OPEN", "COMMA"):
                    self.known.add(token.text)
            depth += (token.kind in OPENING) - (token.kind in CLOSING)
            self.tokens.append(token)

    def _equal(self, token: Token) -> str:
        first = self.first
        if first is not None and first.kind == "NAME" and not self.brackets:
            self.known.add(first.text)
        elif first is not None and first.kind in ("FOR", "PARFOR"):
            self.binding = False  # what follows is the sequence
        return "EQUAL"

    def _separate(self, token: Token) -> str:
        if not self.brackets:
            self.first = None
        return token.kind

    def _end_block(self, token: Token) -> str:
        if self.brackets:
            return "END"
        if not self.blocks:
            self.stray_ends += 1
            return "END"
        opener = self.blocks.pop()
        self.closed.append((opener, token))
        if opener.kind == "FUNCTION":
            self.known = self.outer.pop()
        self.declaring = bool(self.blocks) and self.blocks[-1].kind in DECLARATIONS
        return "END"

    def _compare(self, token: Token) -> str:
        if token.text == "<" and self.first is not None and self.first.kind == "CLASSDEF":
            token.kind = "EXTENDS"
        return token.kind

    def _not(self, token: Token) -> str:
        """`~` alone in a list of parameters, or at the start of a line of an arguments block."""
        if self.first is token:
            skipped = self.declaring
        else:
            defining = self.declaring or self.first is not None and self.first.kind == "FUNCTION"
            listed = self.brackets and (self.brackets[-1] == "@" or defining)
            skipped = bool(listed and ALONE.match(self.text, token.stop))
        if skipped:
            token.kind = "SKIP"
        return token.kind

    # ---------------------------------------------------------------------------------- quotes, newlines, comments
    def _quote(self, start: int, stop: int, transpose: bool) -> tuple[str, int]:
        if transpose or stop > start + 1:
            return "TRANSPOSE", stop
        text = self.lexer.characters.match(self.text, start)
        if text is None:
            return "OPEN_CHARS", self._line_end(start)
        return "CHARS", text.end()

    def _newline(self, start: int, stop: int) -> None:
        kind = "_NEWLINE"
        if self.brackets:
            if self.brackets[-1] in "[{":
                kind = "SEMICOLON"
            elif self._expression_goes_on(stop):
                self.blank = True
                return
            else:  # a "(" that is never closed: the next line is read as if it were
                self.brackets.clear()
                self.targets = None
        if self.previous != kind:  # one is as good as many
            self.tokens.append(Token(kind, "\n", start, stop))
        if not self.brackets:
            self.first = None
        self.previous = kind
        self.blank = False

    def _expression_goes_on(self, stop: int) -> bool:
        """Whether a newline inside ( ) is harmless: MATLAB wants "..." there; a comma or an operator is as clear."""
        if self.previous not in OPERAND_END or stop <= self.joined:
            return True
        rest = EXPRESSION_GOES_ON.match(self.text, stop)
        if rest is None:
            return False
        self.joined = rest.end()
        return True

    def _skip(self, kind: str, start: int, stop: int) -> int:
        """Pass over a comment or a continuation; where to read on."""
        text = self.text
        self.blank = True
        if kind == "ELLIPSIS":
            self.comments.append((start, stop))
            self.goes_on = stop == len(text)
        elif kind == "COMMENT":
            alone = not text[text.rfind("\n", 0, start) + 1 : start].strip(BLANKS + "\ufeff")
            if alone and BLOCK_COMMENT.match(text, start):
                return self._block_comment(start)
            self.comments.append((start, stop))
            if alone and not self.brackets and SECTION.match(text, start):
                self.sections.append((start, text[start + 2 : stop].strip()))
        return stop

    def _block_comment(self, start: int) -> int:
        depth = 1
        for edge in BLOCK_EDGE.finditer(self.text, start + 2):
            depth += 1 if edge[1] == "{" else -1
            if not depth:
                self.comments.append((start, edge.end()))
                return edge.end()
        end = len(self.text)
        self.goes_on = True
        self.comments.append((start, end))
        self.put("OPEN_COMMENT", start, min(start + 2, end))
        return end

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end - (self.text[end - 1] == "\r")

    def _stray(self, at: int) -> int:
        """Name what no pattern matched; where to read on."""
        text = self.text
        while text[at] in BLANKS:
            at += 1
            self.blank = True
        if text[at] == END_OF_FILE:
            return len(text)
        if text[at] == "!" and self.first is None:
            stop = self._line_end(at)
            self.put("SHELL", at, stop)
        elif text[at] == '"':
            stop = self._line_end(at)
            self.put("OPEN_STRING", at, stop)
        else:
            fault = STRAY.match(text, at)
            stop = fault.end() if fault else at + 1
            self.put("ILLEGAL", at, stop)
        return stop

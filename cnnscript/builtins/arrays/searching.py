"""Regular expressions: regexp, regexpi, regexprep, regexptranslate."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.patterns import Pattern, translated
from cnnscript.builtins.text.texts import described, held, one_text, shaped, text_items
from cnnscript.code.scopes import caller_scope
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, is_cell, norm
from cnnscript.values.structs import Struct, StructArray, struct_array
from cnnscript.values.text import MISSING, String, cell_of_texts, is_text, text_or_none

OUTPUTS = ("start", "end", "tokenextents", "match", "tokens", "names", "split")
SWITCHES = {
    "matchcase": ("ignore_case", False),
    "ignorecase": ("ignore_case", True),
    "dotall": ("dot_all", True),
    "dotexceptnewline": ("dot_all", False),
    "stringanchors": ("line_anchors", False),
    "lineanchors": ("line_anchors", True),
    "literalspacing": ("free", False),
    "freespacing": ("free", True),
}
OTHER = ("once", "all", "emptymatch", "noemptymatch", "warnings", "forcecelloutput", "preservecase")


class Wishes:
    """What the words after the pattern ask for."""

    def __init__(self, rest: tuple, name: str, ignore_case: bool):
        self.once = self.empty = self.forced = self.preserve = False
        self.outputs: list[str] = []
        self.flags: dict[str, bool] = {"ignore_case": ignore_case}
        self.which: int | None = None
        for item in rest:
            if name == "regexprep" and type(item) is float:
                self.which = int(item)
                continue
            word = one_text(item, name, "Option").lower()
            if word in OUTPUTS and name != "regexprep":
                self.outputs.append(word)
            elif word in ("tokenextent", "extents") and name != "regexprep":
                self.outputs.append("tokenextents")
            elif word in SWITCHES:
                flag, value = SWITCHES[word]
                self.flags[flag] = value
            elif word in OTHER:
                self.once = word == "once" or (self.once and word != "all")
                self.empty = word == "emptymatch" or (self.empty and word != "noemptymatch")
                self.forced = self.forced or word == "forcecelloutput"
                self.preserve = self.preserve or word == "preservecase"
            else:
                raise ScriptError(
                    f"MATLAB:{name}:unknownOption",
                    f"Unknown option '{word}'.",
                    notes=("known: " + ", ".join((*OUTPUTS, *SWITCHES, *OTHER)),),
                )
        if self.preserve:
            self.flags["ignore_case"] = True

    def compile(self, pattern: str) -> Pattern:
        return translated(pattern, **self.flags)


def found_in(text: str, pattern: Pattern, wishes: Wishes) -> list[re.Match]:
    """The matches in a text: none of them empty unless asked for, the first only for 'once'."""
    found = []
    for match in pattern.finder.finditer(text):
        if match.end() > match.start() or wishes.empty:
            found.append(match)
            if wishes.once:
                break
    return found


def token_spans(match: re.Match) -> list[tuple[int, int]]:
    """Start and end (from 0) of each token: of the whole match when the pattern has none; an unmatched token is empty
    where it was expected."""
    count = match.re.groups
    if not count:
        return [match.span()]
    spans, at = [], match.start()
    for number in range(1, count + 1):
        span = match.span(number)
        if span[0] < 0:
            span = (at, at)
        at = span[1]
        spans.append(span)
    return spans


def numbers_row(values: list[float]) -> Any:
    return norm(np.array([values], float)) if values else np.zeros((0, 0))


class Answers:
    """The outputs of one search of one text, made when asked for."""

    def __init__(self, text: str, pattern: Pattern, wishes: Wishes, as_string: bool):
        self.text = text
        self.pattern = pattern
        self.once = wishes.once
        self.matches = found_in(text, pattern, wishes)
        self.as_string = as_string

    def row(self, texts: list[str]) -> Any:
        if self.as_string:
            return String(shaped(texts, (1, len(texts)) if texts else (0, 0)))
        return cell_of_texts(texts, column=False) if texts else np.empty((0, 0), OBJECT)

    def one(self, text: str) -> Any:
        return String.of(text) if self.as_string else text

    def start(self) -> Any:
        return numbers_row([match.start() + 1.0 for match in self.matches])

    def end(self) -> Any:
        return numbers_row([float(match.end()) for match in self.matches])

    def match(self) -> Any:
        if self.once:
            if self.matches:
                return self.one(self.matches[0].group())
            return String(shaped([MISSING], (1, 1))) if self.as_string else ""
        return self.row([match.group() for match in self.matches])

    def tokens(self) -> Any:
        made = [self.row([self.text[a:b] for a, b in token_spans(match)]) for match in self.matches]
        if self.once:
            return made[0] if made else self.row([])
        return shaped(made, (1, len(made))) if made else np.empty((0, 0), OBJECT)

    def tokenextents(self) -> Any:
        made = [norm(np.array([[a + 1.0, b] for a, b in token_spans(match)])) for match in self.matches]
        if self.once:
            return made[0] if made else np.zeros((0, 0))
        return shaped(made, (1, len(made))) if made else np.empty((0, 0), OBJECT)

    def names(self) -> Any:
        groups: dict[str, list[int]] = {}
        for number, name in self.pattern.names.items():
            groups.setdefault(name, []).append(number)
        if not groups:
            return Struct({})
        parts = []
        for match in self.matches:
            part = {}
            for name, numbers in groups.items():
                part[name] = self.one(next((match.group(n) for n in numbers if match.group(n) is not None), ""))
            parts.append(part)
        if not parts:
            return StructArray(list(groups), np.empty((0, 0) if self.once else (1, 0), OBJECT))
        return struct_array(list(groups), shaped(parts, (1, len(parts))))

    def split(self) -> Any:
        pieces, last = [], 0
        for match in self.matches:
            pieces.append(self.text[last : match.start()])
            last = match.end()
        return self.row([*pieces, self.text[last:]])


def search(name: str, nargout: int, text: Any, pattern: Any, rest: tuple, ignore_case: bool) -> tuple:
    """regexp and regexpi."""
    wishes = Wishes(rest, name, ignore_case)
    order = wishes.outputs + [output for output in OUTPUTS if output not in wishes.outputs]
    order = order[: max(nargout, 1)]
    for what, value in (("text", text), ("pattern", pattern)):
        if not (is_text(value) or is_cell(value)):
            raise ScriptError(
                f"MATLAB:{name}:invalidInput" if what == "text" else f"MATLAB:{name}:invalidPattern",
                f"The '{'STRING' if what == 'text' else 'EXPRESSION'}' input must be either a char row vector, a cell "
                "array of char row vectors, or a string array.",
                notes=(f"{name} got {described(value)}",),
            )
    word, source = text_or_none(text), text_or_none(pattern)
    if word is not None and source is not None and not wishes.forced:
        answers = Answers(word, wishes.compile(source), wishes, type(text) is String)
        return tuple(getattr(answers, output)() for output in order)
    words, shape, kind = text_items(text, name)
    sources, source_shape, _ = text_items(pattern, name)
    if MISSING in sources:
        raise ScriptError(f"MATLAB:{name}:invalidInput", "An expression must not be missing.")
    if len(words) != 1 and len(sources) != 1 and shape != source_shape:
        raise ScriptError(
            f"MATLAB:{name}:mismatchedSizes",
            "The text and the expressions must have the same size, or one of them be a scalar.",
        )
    if len(words) == 1 and len(sources) != 1:
        words, shape = words * len(sources), source_shape
    if len(sources) == 1:
        sources = sources * len(words)
    columns: list[list] = [[] for _ in order]
    for word, source in zip(words, sources, strict=True):
        answers = Answers("" if word is MISSING else word, wishes.compile(source), wishes, kind == "string")
        for column, output in zip(columns, order, strict=True):
            column.append(getattr(answers, output)())
    if wishes.once and kind == "string" and order[0] == "match":
        columns[0] = [item.data.item() for item in columns[0]]
        return (String(shaped(columns[0], shape)), *(shaped(column, shape) for column in columns[1:]))
    return tuple(shaped(column, shape) for column in columns)


@builtin(outputs=7)
def regexp(nargout, text, pattern, /, *rest):
    """
    startIndex = regexp(str, expression)
    [startIndex, endIndex] = regexp(str, expression)
    out = regexp(str, expression, outkey)
    [tokens, matches] = regexp(str, expression, outkey1, outkey2)
    out = regexp(str, expression, 'once')

    Search texts with a regular expression.

    Output keys: 'start', 'end', 'tokenExtents', 'match', 'tokens', 'names', 'split'; without them the outputs come in
    this order. 'once' stops at the first match. Further words: 'ignorecase', 'lineanchors', 'dotexceptnewline',
    'freespacing', 'emptymatch', 'forceCellOutput' and their opposites.

    Examples
      >> startIndex = regexp('bat cat', '[bc]at')
      startIndex =
           1     5
      >> [startIndex, endIndex] = regexp('conv12', '\\d+')
      startIndex =
           5
      endIndex =
           6
      >> out = regexp('conv1 conv2', 'conv\\d', 'match')
      out =
        1×2 cell array
          {'conv1'}    {'conv2'}
      >> [tokens, matches] = regexp('fire9-relu', '(\\w+)-(\\w+)', 'tokens', 'match');
      >> tokens{1}
      ans =
        1×2 cell array
          {'fire9'}    {'relu'}
      >> out = regexp('k=3', '(?<key>\\w)=(?<value>\\d)', 'names')
      out =
        struct with fields:
            key: 'k'
          value: '3'

    See also regexpi, regexprep, strfind, strsplit, contains.
    """
    return search("regexp", nargout, text, pattern, rest, False)


@builtin(outputs=7)
def regexpi(nargout, text, pattern, /, *rest):
    """
    startIndex = regexpi(str, expression)
    [startIndex, endIndex] = regexpi(str, expression)
    out = regexpi(str, expression, outkey)

    As regexp, whatever the case of letters.

    Examples
      >> [startIndex, endIndex] = regexpi('ReLU', 'lu');
      >> startIndex
      startIndex =
           3
      >> out = regexpi('ReLU', 'relu', 'match', 'once')
      out =
          'ReLU'

    See also regexp, regexprep.
    """
    return search("regexpi", nargout, text, pattern, rest, True)


# ------------------------------------------------------------------------------------------------------- replacing
REPLACEMENT = re.compile(r"\$(\d{1,2})|\$<(\w+)>|\$\{((?:[^{}]|\{[^{}]*\})*)\}|\\(.)", re.DOTALL)
PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "b": "\b"}


def expansion(session: Any, template: str, match: re.Match, names: dict[int, str]) -> str:
    """A replacement text for one match: $1, $<name>, ${command}, escape sequences."""

    def token(number: int) -> str | None:
        if number == 0:
            return match.group()
        if number <= match.re.groups:
            return match.group(number) or ""
        return None

    def part(found: re.Match) -> str:
        if found[1]:
            value = token(int(found[1]))
            if value is None and len(found[1]) == 2:  # $12 of a pattern with one token is $1 and a 2
                shorter = token(int(found[1][0]))
                return found[0] if shorter is None else shorter + found[1][1]
            return found[0] if value is None else value
        if found[2]:
            for number, name in names.items():
                if name == found[2] and match.group(number) is not None:
                    return match.group(number)
            return ""
        if found[3] is not None:
            code = re.sub(r"\$(\d)", lambda m: "'" + (token(int(m[1])) or "").replace("'", "''") + "'", found[3])
            value = text_or_none(session.evaluate(code, caller_scope() or session.workspace, 1))
            if value is None:
                raise ScriptError(
                    "MATLAB:regexprep:EvalError",
                    "A command in a replacement must give text.",
                    notes=(f"the command is {found[3]}",),
                )
            return value
        return PLAIN_ESCAPES.get(found[4], found[4])

    return REPLACEMENT.sub(part, template)


def case_of(example: str, text: str) -> str:
    """A replacement in the case of what it replaces ('preservecase')."""
    if example.isupper():
        return text.upper()
    if example.islower():
        return text.lower()
    if example[:1].isupper() and example[1:].islower():
        return text[:1].upper() + text[1:].lower()
    return text


def replaced(session: Any, text: str, pattern: Pattern, template: str, wishes: Wishes) -> str:
    plain = "$" not in template and "\\" not in template
    out, last, number = [], 0, 0
    for match in pattern.finder.finditer(text):
        if match.end() == match.start() and not wishes.empty:
            continue
        number += 1
        if wishes.which is not None and number != wishes.which:
            continue
        fresh = template if plain else expansion(session, template, match, pattern.names)
        if wishes.preserve:
            fresh = case_of(match.group(), fresh)
        out += [text[last : match.start()], fresh]
        last = match.end()
        if wishes.once:
            break
    return "".join([*out, text[last:]]) if out else text


@builtin
def regexprep(session, text, pattern, replacement, /, *rest):
    """
    newStr = regexprep(str, expression, replace)
    newStr = regexprep(str, expression, replace, option1, ..., optionM)

    Replace what matches a regular expression.

    In the replacement, $1 is the first token, $0 the whole match, ${command} the result of a command. Several
    expressions (a cell or string array) are replaced one after the other. Options: 'once', a number N for the N-th
    match, 'ignorecase', 'preservecase', 'lineanchors', 'emptymatch' ...

    Examples
      >> newStr = regexprep('conv1_2', '(\\d)_(\\d)', '$2.$1')
      newStr =
          'conv2.1'
      >> newStr = regexprep("aXbX", "x", "-", 'ignorecase')
      newStr =
          "a-b-"

    See also regexp, strrep, replace.
    """
    for value in (text, pattern, replacement):
        if not (is_text(value) or is_cell(value)):
            raise ScriptError(
                "MATLAB:regexprep:invalidInputs",
                "All inputs must be character vectors, cell arrays of character vectors, or string arrays.",
                notes=(f"regexprep got {described(value)}",),
            )
    wishes = Wishes(rest, "regexprep", False)
    sources, _, _ = text_items(pattern, "regexprep")
    templates, _, _ = text_items(replacement, "regexprep")
    if MISSING in sources or MISSING in templates:
        raise ScriptError("MATLAB:regexprep:invalidInputs", "Expressions and replacements must not be missing.")
    if len(templates) not in (1, len(sources)):
        raise ScriptError(
            "MATLAB:regexprep:mismatchedSizes",
            "The number of replacements must be 1 or the number of expressions.",
            notes=(f"{len(sources)} expressions, {len(templates)} replacements",),
        )
    if len(templates) == 1:
        templates = templates * len(sources)
    steps = [(wishes.compile(source), template) for source, template in zip(sources, templates, strict=True)]
    words, shape, kind = text_items(text, "regexprep")
    results = []
    for word in words:
        if word is not MISSING:
            for finder, template in steps:
                word = replaced(session, word, finder, template, wishes)
        results.append(word)
    return held(results, shape, kind)


@builtin
def regexptranslate(kind, text, /):
    """
    newExpr = regexptranslate(op, expr)

    A text as a regular expression: 'escape' makes every character mean itself, 'wildcard' reads * and ?, 'flexible'
    lets it match whatever its case.

    Examples
      >> newExpr = regexptranslate('escape', 'a.b')
      newExpr =
          'a\\.b'
      >> newExpr = regexptranslate('wildcard', '*.m')
      newExpr =
          '.*\\.m'

    See also regexp.
    """
    from cnnscript.builtins.text.texts import map_text

    word = one_text(kind, "regexptranslate", "Operation").lower()
    if word == "escape":
        return map_text(text, lambda part: re.sub(r"([$^.*+?\\()\[\]{}|<>])", r"\\\1", part), "regexptranslate")
    if word == "wildcard":

        def wild(part: str) -> str:
            part = re.sub(r"([$^.+\\()\[\]{}|])", r"\\\1", part)
            return part.replace("*", ".*").replace("?", ".")

        return map_text(text, wild, "regexptranslate")
    if word == "flexible":
        return map_text(text, lambda part: f"(?i){part}", "regexptranslate")
    raise ScriptError(
        "MATLAB:regexptranslate:BadOperation",
        "Operation must be 'escape', 'wildcard' or 'flexible'.",
        notes=(f"regexptranslate got '{word}'",),
    )

"""Parts of texts taken out, put in and replaced: extractBefore and its kind, strrep, replace, erase."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import (
    described,
    held,
    like_text,
    map_text,
    not_text,
    one_text,
    patterns,
    shaped,
    text_items,
    whole_number,
)
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import as_array, is_cell
from cnnscript.values.text import MISSING, String, is_char
from cnnscript.values.text_pattern import TextPattern, pattern_of


# ----------------------------------------------------------------------------------------------- before, after, between
def places_of(mark: Any, name: str, count: int) -> list:
    """A position argument for each of `count` texts: texts, patterns ready to search with, or character numbers."""
    if type(mark) is TextPattern:
        return [mark.finder] * count
    if is_char(mark) or type(mark) is String or is_cell(mark):
        found, _, _ = text_items(mark, name, "Position")
        if any(item is MISSING for item in found):
            raise ScriptError(f"MATLAB:string:{name}:missing", "A pattern must not be a missing string.")
        values: list = found
    else:
        values = [whole_number(item, name, "Position", 0) for item in as_array(mark).ravel("F").tolist()]
    if len(values) == 1:
        return values * count
    if len(values) != count:
        raise ScriptError(
            "MATLAB:string:InvalidPositionSize",
            "Position must be a scalar or have as many elements as the text.",
            notes=(f"{count} texts, {len(values)} positions",),
        )
    return values


def spot(word: str, mark: str | re.Pattern, at: int = 0) -> tuple[int, int] | None:
    """Where a text or pattern is first found from a place on: from 0, the end not included."""
    if type(mark) is str:
        found = word.find(mark, at)
        return None if found < 0 else (found, found + len(mark))
    match = mark.search(word, at)
    return None if match is None else match.span()


def out_of_range(place: int, length: int) -> ScriptError:
    return ScriptError(
        "MATLAB:string:PositionOutOfRange",
        "Numeric value exceeds the number of characters in element 1.",
        notes=(f"position {place} of {length} characters",),
    )


def per_text(text: Any, name: str, work: Callable[..., Any], *marks: Any, fixed: int = 9) -> Any:
    """`work(text, *marks)` on each text; what it does not find is <missing> in a string and '' in a char.

    fixed   from which mark on they have to be text (no character numbers)
    """
    texts, shape, kind = text_items(text, name)
    columns = [places_of(mark, name, len(texts)) for mark in marks]
    for column in columns[fixed:]:
        if any(type(mark) is not str for mark in column):
            raise not_text(name, marks[fixed], "New text")
    results = []
    for i, word in enumerate(texts):
        result = MISSING if word is MISSING else work(word, *(column[i] for column in columns))
        results.append("" if result is MISSING and kind != "string" else result)
    return held(results, shape, kind)


@builtin
def extractBefore(text, place, /):
    """
    newStr = extractBefore(str, pat)
    newStr = extractBefore(str, pos)

    The part of texts before a pattern or character number.

    Examples
      >> newStr = extractBefore('conv1_relu', '_')
      newStr =
          'conv1'
      >> newStr = extractBefore("abcd", 3)
      newStr =
          "ab"

    See also extractAfter, extractBetween.
    """

    def cut(word: str, mark: Any) -> Any:
        if type(mark) is not int:
            found = spot(word, mark)
            return word[: found[0]] if found else MISSING
        if not 1 <= mark <= len(word) + 1:
            raise out_of_range(mark, len(word))
        return word[: mark - 1]

    return per_text(text, "extractBefore", cut, place)


@builtin
def extractAfter(text, place, /):
    """
    newStr = extractAfter(str, pat)
    newStr = extractAfter(str, pos)

    The part of texts after a pattern or character number.

    Examples
      >> newStr = extractAfter('fire9-relu', '-')
      newStr =
          'relu'
      >> newStr = extractAfter("abcd", 3)
      newStr =
          "d"

    See also extractBefore, extractBetween.
    """

    def cut(word: str, mark: Any) -> Any:
        if type(mark) is not int:
            found = spot(word, mark)
            return word[found[1] :] if found else MISSING
        if not 0 <= mark <= len(word):
            raise out_of_range(mark, len(word))
        return word[mark:]

    return per_text(text, "extractAfter", cut, place)


def bounds_word(value: Any, name: str) -> str | None:
    if value is None:
        return None
    word = one_text(value, name, "Boundaries").lower()
    if word not in ("inclusive", "exclusive"):
        raise ScriptError(
            "MATLAB:string:InvalidBoundary",
            "Boundaries must be 'inclusive' or 'exclusive'.",
            notes=(f"{name} got '{word}'",),
        )
    return word


def spans_between(word: str, start: Any, end: Any, bounds: str | None) -> list[tuple[int, int]]:
    """The stretches (from 0, end not included) between two marks; the marks belong to them when `bounds` says so.

    Patterns are exclusive by default, character numbers inclusive.
    """
    spans, at = [], 0
    if type(start) is int:
        inside = bounds != "exclusive"
        if type(end) is not int:
            low = start - (1 if inside else 0)
            stop = spot(word, end, low)
            return [] if stop is None else [(low, stop[1] if bounds == "inclusive" else stop[0])]
        if not 1 <= start <= len(word) or not start - 1 <= end <= len(word):
            raise out_of_range(max(start, end), len(word))
        return [(start - 1, end) if inside else (start, end - 1)]
    while True:
        first = spot(word, start, at)
        if first is None:
            return spans
        if type(end) is not int:
            last = spot(word, end, first[1])
            if last is None:
                return spans
        else:
            last = (end - 1, end)
        spans.append((first[0], last[1]) if bounds == "inclusive" else (first[1], last[0]))
        at = last[1] if last[1] > first[0] else first[0] + 1
        if type(end) is int or at > len(word):
            return spans


def arranged(rows: list[list[str]], shape: tuple[int, ...], kind: str, text: Any) -> Any:
    """What was found in each text: a column for one text, a further dimension for several."""
    if len({len(row) for row in rows}) > 1:
        raise ScriptError(
            "MATLAB:string:MustHaveSameNumberOfMatches", "All elements must contain the same number of matches."
        )
    found = len(rows[0]) if rows else 0
    flat = [row[k] for k in range(found) for row in rows]
    if len(rows) == 1:
        return like_text(flat, text)
    shape = shape if found == 1 else ((shape[0], found) if shape[1:] == (1,) else (*shape, found))
    return String(shaped(flat, shape)) if kind == "string" else shaped(flat, shape)


@builtin
def extract(text, mark, /):
    """
    newStr = extract(str, pat)
    newStr = extract(str, pos)

    The parts of texts that a pattern matches, or the character at a place.

    Examples
      >> newStr = extract("conv1_conv12", "conv" + digitsPattern)
      newStr =
        2×1 string array
          "conv1"
          "conv12"
      >> newStr = extract('relu', 2)
      newStr =
          'e'

    See also extractBetween, digitsPattern, regexp.
    """
    texts, shape, kind = text_items(text, "extract")
    if not (type(mark) is TextPattern or is_char(mark) or type(mark) is String or is_cell(mark)):

        def letter(word: str, place: int) -> str:
            if not 1 <= place <= len(word):
                raise out_of_range(place, len(word))
            return word[place - 1]

        return per_text(text, "extract", letter, mark)
    one = pattern_of(mark)
    rows = [
        [] if word is MISSING else [m.group() for m in one.finder.finditer(word) if one.boundary or m.group()]
        for word in texts
    ]
    return arranged(rows, shape, kind, text)


@builtin
def extractBetween(text, start, end, /, *, Boundaries=None):
    """
    newStr = extractBetween(str, startPat, endPat)
    newStr = extractBetween(str, startPos, endPos)
    newStr = extractBetween(str, startPat, endPat, Name=Value)

    The parts of texts between two patterns, or from one character number to another.

    Options
      Boundaries  'exclusive' (default for patterns) or 'inclusive' (default for numbers)

    Examples
      >> newStr = extractBetween("a[b]c", "[", "]")
      newStr =
          "b"
      >> newStr = extractBetween("abcd", 2, 3)
      newStr =
          "bc"
      >> newStr = extractBetween("a[b]c", "[", "]", Boundaries="inclusive")
      newStr =
          "[b]"

    See also extractBefore, extractAfter, replaceBetween.
    """
    bounds = bounds_word(Boundaries, "extractBetween")
    texts, shape, kind = text_items(text, "extractBetween")
    starts, ends = (places_of(mark, "extractBetween", len(texts)) for mark in (start, end))
    rows = []
    for word, low, high in zip(texts, starts, ends, strict=True):
        rows.append([] if word is MISSING else [word[a:b] for a, b in spans_between(word, low, high, bounds)])
    return arranged(rows, shape, kind, text)


@builtin
def replaceBetween(text, start, end, new, /, *, Boundaries=None):
    """
    newStr = replaceBetween(str, startPat, endPat, newText)
    newStr = replaceBetween(str, startPos, endPos, newText)
    newStr = replaceBetween(str, startPat, endPat, newText, Name=Value)

    Texts with the parts between two patterns or positions replaced.

    Options
      Boundaries  'exclusive' (default for patterns) or 'inclusive' (default for numbers)

    Examples
      >> newStr = replaceBetween("a[b]c", "[", "]", "x")
      newStr =
          "a[x]c"
      >> newStr = replaceBetween("abcd", 2, 3, "--")
      newStr =
          "a--d"

    See also extractBetween, eraseBetween, replace.
    """
    bounds = bounds_word(Boundaries, "replaceBetween")

    def cut(word: str, low: Any, high: Any, fresh: str) -> str:
        out, at = [], 0
        for a, b in spans_between(word, low, high, bounds):
            out += [word[at:a], fresh]
            at = b
        return "".join([*out, word[at:]])

    return per_text(text, "replaceBetween", cut, start, end, new, fixed=2)


@builtin
def eraseBetween(text, start, end, /, *, Boundaries=None):
    """
    newStr = eraseBetween(str, startPat, endPat)
    newStr = eraseBetween(str, startPos, endPos)
    newStr = eraseBetween(str, startPat, endPat, Name=Value)

    Texts without the parts between two patterns or positions.

    Options
      Boundaries  'exclusive' (default for patterns) or 'inclusive' (default for numbers)

    Examples
      >> newStr = eraseBetween("a[b]c", "[", "]")
      newStr =
          "a[]c"
      >> newStr = eraseBetween("abcd", 2, 3)
      newStr =
          "ad"

    See also erase, extractBetween, replaceBetween.
    """
    return replaceBetween(text, start, end, "", Boundaries=Boundaries)


@builtin
def insertBefore(text, place, new, /):
    """
    newStr = insertBefore(str, pat, newText)
    newStr = insertBefore(str, pos, newText)

    Texts with something put in before every occurrence of a pattern, or before a character number.

    Examples
      >> newStr = insertBefore("relu", "lu", "-")
      newStr =
          "re-lu"
      >> newStr = insertBefore("relu", 1, "x")
      newStr =
          "xrelu"

    See also insertAfter, replace.
    """

    def put(word: str, mark: Any, fresh: str) -> str:
        if type(mark) is str:
            return word.replace(mark, fresh + mark) if mark else word
        if type(mark) is not int:
            return mark.sub(lambda match: fresh + match.group(), word)
        if not 1 <= mark <= len(word) + 1:
            raise out_of_range(mark, len(word))
        return word[: mark - 1] + fresh + word[mark - 1 :]

    return per_text(text, "insertBefore", put, place, new, fixed=1)


@builtin
def insertAfter(text, place, new, /):
    """
    newStr = insertAfter(str, pat, newText)
    newStr = insertAfter(str, pos, newText)

    Texts with something put in after every occurrence of a pattern, or after a character number.

    Examples
      >> newStr = insertAfter("relu", "re", "-")
      newStr =
          "re-lu"
      >> newStr = insertAfter("relu", 4, "1")
      newStr =
          "relu1"

    See also insertBefore, replace.
    """

    def put(word: str, mark: Any, fresh: str) -> str:
        if type(mark) is str:
            return word.replace(mark, mark + fresh) if mark else word
        if type(mark) is not int:
            return mark.sub(lambda match: match.group() + fresh, word)
        if not 0 <= mark <= len(word):
            raise out_of_range(mark, len(word))
        return word[:mark] + fresh + word[mark:]

    return per_text(text, "insertAfter", put, place, new, fixed=1)


# ------------------------------------------------------------------------------------------------------- replacing
@builtin
def strrep(text, old, new, /):
    """
    newStr = strrep(str, old, new)

    Texts with every occurrence of `old` replaced by `new`, overlapping ones too.

    Examples
      >> newStr = strrep('conv_1', '_', ' ')
      newStr =
          'conv 1'

    See also replace, regexprep, erase.
    """
    if type(text) is str and type(old) is str and type(new) is str and len(old) == 1:
        return text.replace(old, new)
    for value in (text, old, new):
        if not (is_char(value) or type(value) is String or is_cell(value)):
            raise ScriptError(
                "MATLAB:strrep:InvalidInputType",
                "Inputs must be character vectors, cell arrays of character vectors, or string arrays.",
                notes=(f"strrep got {described(value)}",),
            )
    read = [text_items(value, "strrep") for value in (text, old, new)]
    many = [shape for words, shape, _ in read if len(words) != 1]
    if any(shape != many[0] for shape in many):
        raise ScriptError("MATLAB:strrep:SizeMismatch", "Cell array or string array inputs must have the same size.")
    shape = many[0] if many else read[0][1]
    count = len(next((words for words, *_ in read if len(words) != 1), [""]))
    kinds = [kind for *_, kind in read]
    kind = "string" if "string" in kinds else "cell" if "cell" in kinds else "char"
    results = []
    for i in range(count):
        word, part, fresh = (words[i] if len(words) != 1 else words[0] for words, *_ in read)
        results.append(MISSING if MISSING in (word, part, fresh) else replaced(word, part, fresh))
    return held(results, shape, kind)


def replaced(word: str, part: str, fresh: str) -> str:
    """As MATLAB's strrep: every occurrence counts, also those that overlap the one before."""
    if not part or part not in word:
        return word
    if part[1:].find(part[0]) < 0:  # cannot overlap itself
        return word.replace(part, fresh)
    out, last, at = [], 0, word.find(part)
    while at >= 0:
        out += [word[last:at], fresh] if at >= last else [fresh]
        last = at + len(part)
        at = word.find(part, at + 1)
    return "".join([*out, word[last:]])


@builtin
def replace(text, old, new, /):
    """
    newStr = replace(str, old, new)

    Texts with every occurrence of a pattern replaced; of several patterns the longest that fits.

    Examples
      >> newStr = replace("conv_1", "_", " ")
      newStr =
          "conv 1"

    See also strrep, erase, regexprep.
    """
    news = patterns(new, "replace")
    if type(old) is TextPattern:
        if len(news) != 1:
            raise ScriptError(
                "MATLAB:string:InvalidReplaceSize",
                "New value must be a scalar or match the size of the old value.",
                notes=(f"one pattern, {len(news)} new texts",),
            )
        return map_text(text, lambda word: old.finder.sub(lambda match: news[0], word), "replace")
    olds = patterns(old, "replace")
    if len(news) not in (1, len(olds)):
        raise ScriptError(
            "MATLAB:string:InvalidReplaceSize",
            "New value must be a scalar or match the size of the old value.",
            notes=(f"{len(olds)} old texts, {len(news)} new ones",),
        )
    table = dict(zip(olds, news * len(olds) if len(news) == 1 else news, strict=True))
    table.pop("", None)
    if not table:
        return map_text(text, str, "replace")
    if len(table) == 1:
        part, fresh = next(iter(table.items()))
        return map_text(text, lambda word: word.replace(part, fresh), "replace")
    finder = re.compile("|".join(re.escape(part) for part in sorted(table, key=len, reverse=True)))
    return map_text(text, lambda word: finder.sub(lambda match: table[match.group()], word), "replace")


@builtin
def erase(text, match, /):
    """
    newStr = erase(str, match)

    Texts without the patterns.

    Examples
      >> newStr = erase('conv_1', '_')
      newStr =
          'conv1'

    See also replace, strrep.
    """
    if not (is_char(text) or type(text) is String or is_cell(text)):
        raise not_text("erase", text)
    return replace(text, match, "")

"""Texts compared, and found inside others: strcmp and its kind, contains, startsWith, strfind, count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, nearest
from cnnscript.builtins.text.texts import described, flag_of, map_texts_to, one_text, patterns, text_items, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import OBJECT, ndarray, norm, size_of
from cnnscript.values.text import MISSING, CharArray, String, is_text, text_or_none
from cnnscript.values.text_pattern import TextPattern

FALSE_SHAPES = (float, bool, complex)


# ---------------------------------------------------------------------------------------------------- whole texts
def compared(first: Any, second: Any, same: Callable[[str, str], bool], name: str) -> Any:
    """`same` on two texts, or element by element where one or both are cells or string arrays.

    Anything that is no text is equal to nothing: no error, as in MATLAB.
    """
    if type(first) is str and type(second) is str:
        return same(first, second)
    left, right = comparable(first), comparable(second)
    if left is None or right is None:
        return norm(np.zeros(broadcast_size(first, second), bool))
    (texts, shape, single), (others, other_shape, other_single) = left, right
    if single and other_single:
        return matches(texts[0], others[0], same)
    if single or len(texts) == 1 and len(others) != 1:
        texts, shape = texts * len(others), other_shape
    elif other_single or len(others) == 1:
        others = others * len(texts)
    elif shape != other_shape:
        raise ScriptError(
            f"MATLAB:{name}:InputsSizeMismatch",
            "Inputs must be the same size or either one can be a scalar.",
            notes=(f"the first is {described(first)}", f"the second is {described(second)}"),
        )
    flags = [matches(text, other, same) for text, other in zip(texts, others, strict=True)]
    return norm(np.array(flags, bool).reshape(shape, order="F"))


def matches(text: Any, other: Any, same: Callable[[str, str], bool]) -> bool:
    if type(text) is str and type(other) is str:
        return same(text, other)
    return type(text) is tuple and text == other and same("", "")


def comparable(value: Any) -> tuple[list, tuple[int, ...], bool] | None:
    """Texts, shape and whether the value is one text; None for what is no text.

    A char matrix is one text: a tuple of its size and characters.
    """
    kind = type(value)
    if kind is str:
        return [value], (1, 1), True
    if kind is String:
        return value.data.ravel("F").tolist(), value.data.shape, value.data.size == 1
    if kind is CharArray:
        if value.codes.size == 0 and value.codes.ndim == 2 and value.codes.shape[0] <= 1:
            return [""], (1, 1), True
        return [(value.codes.shape, value.codes.tobytes("F"))], (1, 1), True
    if kind is ndarray and value.dtype == OBJECT:
        texts: list = []
        for item in value.ravel("F").tolist():
            inner = comparable(item)
            texts.append(inner[0][0] if inner is not None and inner[2] else None)
        return texts, value.shape, False
    if kind is Categorical:
        return value.texts(), value.codes.shape, value.codes.size == 1
    return None


def broadcast_size(first: Any, second: Any) -> tuple[int, ...]:
    """The size of the all-false answer when one argument is no text: that of the cell or string array, if any."""
    for value in (first, second):
        if type(value) is String or type(value) is ndarray and value.dtype == OBJECT:
            return size_of(value)
    return (1, 1)


@builtin
def strcmp(s1, s2, /):
    """
    tf = strcmp(s1, s2)

    Whether texts are the same, letter for letter.

    With cells or string arrays, an answer for each element. What is no text equals nothing.

    Examples
      >> disp(strcmp('relu', 'relu'))
         1
      >> disp(strcmp({'conv', 'relu'}, 'relu'))
         0   1

    See also strcmpi, strncmp, isequal, contains.
    """
    if type(s1) is str and type(s2) is str:
        return s1 == s2
    return compared(s1, s2, str.__eq__, "strcmp")


@builtin
def strcmpi(s1, s2, /):
    """
    tf = strcmpi(s1, s2)

    Whether texts are the same but for upper and lower case.

    Examples
      >> disp(strcmpi('ReLU', 'relu'))
         1

    See also strcmp, strncmpi.
    """
    return compared(s1, s2, lambda a, b: a.lower() == b.lower(), "strcmpi")


@builtin
def strncmp(s1, s2, n, /):
    """
    tf = strncmp(s1, s2, n)

    Whether the first n characters of texts are the same.

    Examples
      >> disp(strncmp('conv1', 'conv2', 4))
         1

    See also strcmp, strncmpi, startsWith.
    """
    count = whole_number(n, "strncmp", "Number of characters")
    return compared(s1, s2, lambda a, b: len(a) >= count and len(b) >= count and a[:count] == b[:count], "strncmp")


@builtin
def strncmpi(s1, s2, n, /):
    """
    tf = strncmpi(s1, s2, n)

    Whether the first n characters of texts are the same but for upper and lower case.

    Examples
      >> disp(strncmpi('Conv1', 'conv2', 4))
         1

    See also strncmp, strcmpi.
    """
    count = whole_number(n, "strncmpi", "Number of characters")

    def same(a: str, b: str) -> bool:
        return len(a) >= count and len(b) >= count and a[:count].lower() == b[:count].lower()

    return compared(s1, s2, same, "strncmpi")


@builtin
def matches_(text, pattern, /, *, IgnoreCase=False):
    """
    TF = matches(str, pat)
    TF = matches(str, pat, Name=Value)

    Whether texts are the same as one of the patterns.

    Options
      IgnoreCase  true to ignore upper and lower case

    Examples
      >> disp(matches(["conv" "relu"], "relu"))
         0   1
      >> disp(matches("ReLU", "relu", IgnoreCase=true))
         1

    See also strcmp, contains, ismember.
    """
    return tested(text, pattern, IgnoreCase, "matches", lambda word, part: word == part)


# ----------------------------------------------------------------------------------------------------- parts of texts
def tested(text: Any, pattern: Any, ignore_case: Any, name: str, test: Callable[[str, str], bool]) -> Any:
    """Whether any of the patterns passes `test` for each text."""
    if type(pattern) is TextPattern:
        found = searcher(pattern, name, flag_of(ignore_case, name, "IgnoreCase"))
        return map_texts_to(text, lambda word: found(word) is not None, np.bool_, name, False)
    parts = patterns(pattern, name)
    if flag_of(ignore_case, name, "IgnoreCase"):
        parts = [part.lower() for part in parts]
        return map_texts_to(text, lambda word: any(test(word.lower(), part) for part in parts), np.bool_, name, False)
    if type(text) is str and len(parts) == 1:
        return test(text, parts[0])
    return map_texts_to(text, lambda word: any(test(word, part) for part in parts), np.bool_, name, False)


def searcher(pattern: TextPattern, name: str, ignore_case: bool) -> Callable[[str], Any]:
    """What finds a pattern in a text: anywhere, at its beginning, at its end, or as the whole of it."""
    if name == "endsWith":
        pattern = TextPattern(f"(?:{pattern.source})\\Z", pattern.written)
    finder = pattern.compiled(ignore_case)
    return {"startsWith": finder.match, "matches": finder.fullmatch}.get(name, finder.search)


@builtin
def contains(text, pattern, /, *, IgnoreCase=False):
    """
    TF = contains(str, pat)
    TF = contains(str, pat, Name=Value)

    Whether texts contain a pattern, or one of several.

    Options
      IgnoreCase  true to ignore upper and lower case

    Examples
      >> disp(contains(["conv1" "relu1"], "conv"))
         1   0
      >> disp(contains('Conv1', 'conv', 'IgnoreCase', true))
         1

    See also startsWith, endsWith, strfind, count.
    """
    return tested(text, pattern, IgnoreCase, "contains", str.__contains__)


@builtin
def startsWith(text, pattern, /, *, IgnoreCase=False):
    """
    TF = startsWith(str, pat)
    TF = startsWith(str, pat, Name=Value)

    Whether texts begin with a pattern, or one of several.

    Options
      IgnoreCase  true to ignore upper and lower case

    Examples
      >> disp(startsWith({'conv1', 'relu1'}, 'conv'))
         1   0

    See also endsWith, contains.
    """
    return tested(text, pattern, IgnoreCase, "startsWith", str.startswith)


@builtin
def endsWith(text, pattern, /, *, IgnoreCase=False):
    """
    TF = endsWith(str, pat)
    TF = endsWith(str, pat, Name=Value)

    Whether texts end with a pattern, or one of several.

    Options
      IgnoreCase  true to ignore upper and lower case

    Examples
      >> disp(endsWith('face.jpg', {'.png', '.jpg'}))
         1

    See also startsWith, contains.
    """
    return tested(text, pattern, IgnoreCase, "endsWith", str.endswith)


def occurrences(text: str, part: str | TextPattern) -> list[float]:
    """Where `part` begins in `text` (from 1), overlapping ones too (not those of a pattern)."""
    if type(part) is TextPattern:
        return [match.start() + 1.0 for match in part.finder.finditer(text) if part.boundary or match.group()]
    found, at = [], text.find(part) if part else -1
    while at >= 0:
        found.append(at + 1.0)
        at = text.find(part, at + 1)
    return found


def index_row(found: list[float]) -> Any:
    """Positions as a row; 0×0 when there are none."""
    return norm(np.array([found])) if found else np.zeros((0, 0))


@builtin
def strfind(text, pattern, /, *, ForceCellOutput=False):
    """
    k = strfind(str, pat)
    k = strfind(str, pat, Name=Value)

    Where a pattern begins in a text, overlapping occurrences too.

    A cell of texts gives a cell of positions.

    Options
      ForceCellOutput  true gives a cell for one text too

    Examples
      >> k = strfind('banana', 'ana')
      k =
           2     4

    See also contains, regexp, strrep.
    """
    part = pattern if type(pattern) is TextPattern else text_or_none(pattern)
    if part is None:
        raise ScriptError("MATLAB:strfind:InvalidPattern", "Pattern must be a string scalar or character vector.")
    word = text_or_none(text)
    if word is not None:
        result = index_row(occurrences(word, part))
        if flag_of(ForceCellOutput, "strfind", "ForceCellOutput"):
            from cnnscript.builtins.text.texts import shaped

            return shaped([result], (1, 1))
        return result
    if type(text) is CharArray:
        raise ScriptError("MATLAB:strfind:InputsMustBeRowText", "Input strings must have one row.")
    if type(text) is ndarray and text.dtype != OBJECT or not hasattr(text, "size") and type(text) in FALSE_SHAPES:
        raise ScriptError(
            "MATLAB:strfind:InvalidStringType",
            "First argument must be a string array, character vector, or cell array of character vectors.",
            notes=(f"strfind got {described(text)}",),
        )
    texts, shape, _ = text_items(text, "strfind")
    cell = np.empty(len(texts), OBJECT)
    for i, word in enumerate(texts):
        cell[i] = np.zeros((0, 0)) if word is MISSING else index_row(occurrences(word, part))
    return cell.reshape(shape, order="F")


@builtin
def count(text, pattern, /, *, IgnoreCase=False):
    """
    A = count(str, pat)
    A = count(str, pat, Name=Value)

    How often a pattern occurs in texts (without overlaps).

    Options
      IgnoreCase  true to ignore upper and lower case

    Examples
      >> disp(count("banana", "an"))
           2

    See also contains, strfind.
    """
    if type(pattern) is TextPattern:
        finder = pattern.compiled(flag_of(IgnoreCase, "count", "IgnoreCase"))
        empty = pattern.boundary

        def number(word: str) -> float:
            return float(sum(1 for match in finder.finditer(word) if empty or match.group()))

        return map_texts_to(text, number, np.float64, "count", np.nan)
    parts = sorted(patterns(pattern, "count"), key=len, reverse=True)
    if flag_of(IgnoreCase, "count", "IgnoreCase"):
        parts = [part.lower() for part in parts]
        return map_texts_to(text, lambda word: float(counted(word.lower(), parts)), np.float64, "count", np.nan)
    return map_texts_to(text, lambda word: float(counted(word, parts)), np.float64, "count", np.nan)


def counted(text: str, parts: list[str]) -> int:
    if len(parts) == 1:
        return text.count(parts[0]) if parts[0] else 0
    total = at = 0
    while at < len(text):
        for part in parts:
            if part and text.startswith(part, at):
                total, at = total + 1, at + len(part)
                break
        else:
            at += 1
    return total


@builtin
def strlength(text, /):
    """
    L = strlength(str)

    How many characters each text has.

    Examples
      >> disp(strlength(["conv" "relu1"]))
           4     5

    See also numel, length.
    """
    return map_texts_to(text, lambda word: float(len(word)), np.float64, "strlength", np.nan)


# ------------------------------------------------------------------------------------------------- words of a choice
@builtin
def validatestring(text, valid, /, *rest):
    """
    matchedStr = validatestring(str, validStrings)
    matchedStr = validatestring(str, validStrings, argIndex)
    matchedStr = validatestring(str, validStrings, funcName)
    matchedStr = validatestring(str, validStrings, funcName, varName, argIndex)

    The valid text that a (possibly shortened) text stands for; an error when there is none.

    Examples
      >> matchedStr = validatestring('r', {'red', 'green'})
      matchedStr =
          'red'
      >> matchedStr = validatestring('r', ["red" "green"], 'paint', 'colour', 1);
      >> matchedStr = validatestring('g', {'red', 'green'}, 2);
      >> matchedStr = validatestring('g', {'red', 'green'}, 'paint');

    See also strncmpi, validateattributes.
    """
    word = one_text(text, "validatestring", "Input")
    words = patterns(valid, "validatestring")
    folded = word.lower()
    found = [known for known in words if known.lower().startswith(folded)]
    exact = [known for known in found if known == word] or [known for known in found if len(known) == len(word)]
    found = exact or found
    if len(found) > 1:
        shortest = min(found, key=len)
        if all(known.lower().startswith(shortest.lower()) for known in found):
            found = [shortest]
    if len(found) == 1:
        return String.of(found[0]) if type(text) is String else found[0]
    number = ""
    if rest and not is_text(rest[-1]):  # the place of the input
        place = whole_number(rest[-1], "validatestring", "The place of the input", 1)
        number, rest = f" number {place}", rest[:-1]
    names = [one_text(item, "validatestring", "Name") for item in rest]
    if len(names) > 2:
        raise ScriptError("MATLAB:validatestring:badPosition", "The place of the input must be a whole number.")
    called = f", {names[1]}," if len(names) > 1 and names[1] else ""
    subject = f"Expected input{number}{called} to match one of these values:"
    listed = ", ".join(f"'{known}'" for known in words)
    where = "unrecognizedStringChoice" if not found else "ambiguousStringChoice"
    ending = (
        f"The input, '{word}', did not match any of the valid values."
        if not found
        else f"The input, '{word}', matched more than one valid value."
    )
    function = f"{names[0]}:" if names and names[0] else ""
    raise ScriptError(
        f"MATLAB:{function}{where}",
        f"{subject}\n\n{listed}\n\n{ending}",
        hint=nearest(word, words) if not found else None,
    )

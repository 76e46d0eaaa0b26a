"""Texts taken apart at delimiters: strsplit, split, strtok."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.joining import escaped
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.strings import WHITE, char_of
from cnnscript.builtins.text.texts import (
    described,
    flag_of,
    held,
    like_text,
    one_text,
    patterns,
    shaped,
    text_items,
    whole_number,
)
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, is_cell
from cnnscript.values.text import MISSING, CharArray, String, text_or_none, texts_or_none
from cnnscript.values.text_pattern import TextPattern


@builtin(outputs=2)
def strsplit(nargout, text, delimiter=None, /, *, CollapseDelimiters=True, DelimiterType="Simple"):
    """
    C = strsplit(str)
    C = strsplit(str, delimiter)
    C = strsplit(str, delimiter, Name=Value)
    [C, matches] = strsplit(str, delimiter)

    The pieces of a text between delimiters, as a row.

    Without a delimiter, white space divides. Several delimiters (a cell or string array) divide alike. Escape
    sequences such as \\n are understood.

    Options
      CollapseDelimiters  true (default): neighbouring delimiters count as one
      DelimiterType       'Simple' or 'RegularExpression'

    Examples
      >> C = strsplit('a, b', ', ')
      C =
        1×2 cell array
          {'a'}    {'b'}
      >> [C, matches] = strsplit('1,,2', ',', 'CollapseDelimiters', false)
      C =
        1×3 cell array
          {'1'}    {0×0 char}    {'2'}
      matches =
        1×2 cell array
          {','}    {','}
      >> numel(strsplit('a b'))
      ans =
           2

    See also split, strjoin, strtok, regexp.
    """
    word = text_or_none(text)
    if word is None:
        raise ScriptError(
            "MATLAB:strsplit:InvalidStringType",
            "First input must be either a character vector or a string scalar.",
            notes=(f"strsplit got {described(text)}",),
        )
    if (
        delimiter is not None
        and text_or_none(delimiter) is None
        and not (is_cell(delimiter) or type(delimiter) is String)
    ):
        raise ScriptError(
            "MATLAB:strsplit:InvalidDelimiterType",
            "Delimiter must be a character vector, a string array or a cell array of character vectors.",
            notes=(f"strsplit got {described(delimiter)}",),
        )
    parts = list(WHITE) if delimiter is None else patterns(delimiter, "strsplit")
    kind = one_text(DelimiterType, "strsplit", "DelimiterType").lower()
    if "regularexpression".startswith(kind) and kind:
        from cnnscript.builtins.text.patterns import translated

        source = "|".join(f"(?:{translated(part).source})" for part in parts)
    elif "simple".startswith(kind) and kind:
        source = "|".join(re.escape(part) for part in sorted(map(escaped, parts), key=len, reverse=True))
    else:
        raise ScriptError(
            "MATLAB:strsplit:InvalidDelimiterTypeValue",
            "DelimiterType must be 'Simple' or 'RegularExpression'.",
            notes=(f"strsplit got '{kind}'",),
        )
    if flag_of(CollapseDelimiters, "strsplit", "CollapseDelimiters"):
        source = f"(?:{source})+"
    pieces, found, last = [], [], 0
    for match in re.finditer(source, word):
        if match.end() == match.start():
            continue
        pieces.append(word[last : match.start()])
        found.append(match.group())
        last = match.end()
    pieces.append(word[last:])
    return like_text(pieces, text, column=False), like_text(found, text, column=False)


@builtin(outputs=2)
def split(nargout, text, /, *rest):
    """
    newStr = split(str)
    newStr = split(str, delimiter)
    newStr = split(str, delimiter, dim)
    [newStr, match] = split(str, delimiter)

    The pieces of texts between delimiters: a column for one text, a new dimension for several.

    Without a delimiter, runs of white space divide. Every text of an array must have as many pieces.

    Examples
      >> newStr = split("a b")
      newStr =
        2×1 string array
          "a"
          "b"
      >> newStr = split('a/b', '/')
      newStr =
        2×1 cell array
          {'a'}
          {'b'}
      >> newStr = split(["a-b" "c-d"], "-", 1)
      newStr =
        2×2 string array
          "a"    "c"
          "b"    "d"
      >> [newStr, match] = split("a-b", "-");
      >> match
      match =
          "-"

    See also strsplit, join, splitlines.
    """
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    texts, shape, kind = text_items(text, "split")
    if rest and type(rest[0]) is TextPattern:
        source = rest[0].source
    elif rest:
        source = "|".join(re.escape(part) for part in sorted(patterns(rest[0], "split"), key=len, reverse=True))
    else:
        source = f"[{WHITE}]+"
    pieces, found = [], []
    for word in texts:
        if word is MISSING:
            pieces.append([MISSING])
            found.append([])
            continue
        matches = list(re.finditer(source, word, re.DOTALL)) if source else []
        ends = [0, *(match.end() for match in matches)]
        starts = [*(match.start() for match in matches), len(word)]
        pieces.append([word[low:high] for low, high in zip(ends, starts, strict=True)])
        found.append([match.group() for match in matches])
    if len({len(row) for row in pieces}) > 1:
        counts = sorted({len(row) for row in pieces})
        raise ScriptError(
            "MATLAB:string:MustHaveSameNumberOfDelimiters" if rest else "MATLAB:string:MustHaveSameNumberOfSpaces",
            "All elements must split into the same number of pieces."
            if not rest
            else "All elements must contain the same number of delimiters.",
            notes=(f"there are elements of {counts[0]} and of {counts[-1]} pieces",),
        )
    length = len(pieces[0]) if pieces else 1
    if len(rest) > 1:
        axis = whole_number(rest[1], "split", "Dimension", 1) - 1
    elif len(texts) == 1:
        axis = 0
    else:
        # a new dimension: the second of a column, else the one after the last
        axis = 1 if len(shape) == 2 and shape[1] == 1 else len(shape)
    holder = "string" if kind == "string" else "cell"

    def arranged(rows: list[list], count: int) -> Any:
        lengths = [*shape, *[1] * (axis + 1 - len(shape))]
        if lengths[axis] != 1:
            raise ScriptError(
                "MATLAB:string:DimensionMustBeSingleton",
                "Dimension to split along must have length 1.",
                notes=(f"dimension {axis + 1} has length {lengths[axis]}",),
            )
        stacked = [shaped([row[k] for row in rows], tuple(lengths)) for k in range(count)]
        whole = (
            np.concatenate(stacked, axis) if stacked else np.empty([*lengths[:axis], 0, *lengths[axis + 1 :]], OBJECT)
        )
        return held(whole.ravel("F").tolist(), whole.shape, holder)

    return arranged(pieces, length), arranged(found, max(length - 1, 0))


@builtin(outputs=2)
def strtok(nargout, text, delimiters=WHITE + "\0", /):
    """
    token = strtok(str)
    token = strtok(str, delimiters)
    [token, remain] = strtok(str, delimiters)

    The first piece of a text up to one of the delimiter characters, and what remains.

    Delimiters in front are skipped; without any, white space divides.

    Examples
      >> token = strtok(' conv1 relu1')
      token =
          'conv1'
      >> [token, remain] = strtok('a=b', '=')
      token =
          'a'
      remain =
          '=b'

    See also strsplit, split.
    """
    letters = delimiters if type(delimiters) is str else None
    if letters is None:
        texts = texts_or_none(delimiters) if is_cell(delimiters) else texts_or_none(char_of(delimiters))
        letters = "".join(texts or [])

    def cut(word: str) -> tuple[str, str]:
        bare = word.lstrip(letters)
        for at, letter in enumerate(bare):
            if letter in letters:
                return bare[:at], bare[at:]
        return bare, ""

    if type(text) is CharArray and text.codes.size:
        raise ScriptError("MATLAB:strtok:InputMustBeRow", "Input text must have one row.")
    texts, shape, kind = text_items(text, "strtok")
    pairs = [(MISSING, MISSING) if word is MISSING else cut(word) for word in texts]
    return tuple(held(list(side), shape, kind) for side in zip(*pairs, strict=True)) if pairs else (text, text)

"""Names: which are valid, made valid, made unique."""

from __future__ import annotations

import re

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import held, map_texts_to, one_text, patterns, text_items, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import norm
from cnnscript.values.text import MISSING, cell_of_texts, is_text, text_or_none

KEYWORDS = [
    "break",
    "case",
    "catch",
    "classdef",
    "continue",
    "else",
    "elseif",
    "end",
    "for",
    "function",
    "global",
    "if",
    "otherwise",
    "parfor",
    "persistent",
    "return",
    "spmd",
    "switch",
    "try",
    "while",
]
LONGEST = 63
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def is_name(text: str) -> bool:
    return len(text) <= LONGEST and NAME.fullmatch(text) is not None and text not in KEYWORDS


@builtin
def isvarname(text, /):
    """
    tf = isvarname(s)

    Whether a text could be the name of a variable.

    Examples
      >> disp(isvarname('conv1'))
         1
      >> disp(isvarname('1conv'))
         0

    See also iskeyword, exist, namelengthmax.
    """
    word = text_or_none(text)
    return word is not None and is_name(word)


@builtin
def iskeyword(text=None, /):
    """
    tf = iskeyword(txt)
    words = iskeyword

    Whether a text is a word of the language itself, or all these words.

    Examples
      >> disp(iskeyword('for'))
         1
      >> words = iskeyword;
      >> disp(words{1})
      break

    See also isvarname.
    """
    if text is None:
        return cell_of_texts(KEYWORDS)
    return map_texts_to(text, lambda word: word in KEYWORDS, np.bool_, "iskeyword", False) if is_text(text) else False


@builtin
def namelengthmax():
    """
    len = namelengthmax

    The most characters a name may have.

    Examples
      >> disp(namelengthmax)
          63

    See also isvarname.
    """
    return float(LONGEST)


def valid(text: str, style: str, prefix: str) -> str:
    """A name made from any text, as matlab.lang.makeValidName makes it."""
    if is_name(text):
        return text
    # a letter after white space becomes a capital, the white space goes
    text = re.sub(r"\s+([a-z])", lambda found: found[1].upper(), text)
    text = re.sub(r"\s+", "", text) if re.search(r"\S", text) else text
    if style == "delete":
        text = re.sub(r"[^A-Za-z0-9_]", "", text)
    elif style == "hex":
        text = re.sub(r"[^A-Za-z0-9_]", lambda found: f"0x{ord(found[0]):02X}", text)
    else:
        text = re.sub(r"[^A-Za-z0-9_]", "_", text)
    if text in KEYWORDS:
        text = prefix + text[0].upper() + text[1:]
    elif not text or not text[0].isascii() or not text[0].isalpha():
        text = prefix + text
    return text[:LONGEST]


@builtin(name="matlab.lang.makeValidName", outputs=2)
def make_valid_name(nargout, text, /, *, ReplacementStyle="underscore", Prefix="x"):
    """
    N = matlab.lang.makeValidName(S)
    N = matlab.lang.makeValidName(S, Name=Value)
    [N, modified] = matlab.lang.makeValidName(S)

    Names for variables from any texts.

    Options
      ReplacementStyle  'underscore' (default), 'delete' or 'hex' for characters that no name has
      Prefix            what goes in front of a name that begins with no letter ('x')

    Examples
      >> N = matlab.lang.makeValidName('fire9-expand3x3')
      N =
          'fire9_expand3x3'
      >> [N, modified] = matlab.lang.makeValidName({'a', '1b'})
      N =
        1×2 cell array
          {'a'}    {'x1b'}
      modified =
        1×2 logical array
         0   1

    See also isvarname, matlab.lang.makeUniqueStrings.
    """
    style = one_text(ReplacementStyle, "makeValidName", "ReplacementStyle").lower()
    if style not in ("underscore", "delete", "hex"):
        raise ScriptError(
            "MATLAB:makeValidName:InvalidReplacementStyle",
            "ReplacementStyle must be 'underscore', 'delete' or 'hex'.",
            notes=(f"got '{style}'",),
        )
    prefix = one_text(Prefix, "makeValidName", "Prefix")
    texts, shape, kind = text_items(text, "makeValidName")
    names = [valid("" if word is MISSING else word, style, prefix) for word in texts]
    changed = [name != word for name, word in zip(names, texts, strict=True)]
    return held(names, shape, kind), norm(np.array(changed, bool).reshape(shape, order="F"))


@builtin(name="matlab.lang.makeUniqueStrings", outputs=2)
def make_unique_strings(nargout, text, taken="", longest=None, /):
    """
    U = matlab.lang.makeUniqueStrings(S)
    U = matlab.lang.makeUniqueStrings(S, excluded)
    [U, modified] = matlab.lang.makeUniqueStrings(S, excluded, maxLength)

    Texts made different from one another, and from others, by _1, _2 ... at their ends.

    Examples
      >> U = matlab.lang.makeUniqueStrings({'a', 'a'})
      U =
        1×2 cell array
          {'a'}    {'a_1'}
      >> [U, modified] = matlab.lang.makeUniqueStrings('b', {'b'}, 10);
      >> U
      U =
          'b_1'

    See also matlab.lang.makeValidName, unique.
    """
    texts, shape, kind = text_items(text, "makeUniqueStrings")
    texts = ["" if word is MISSING else word for word in texts]
    limit = whole_number(longest, "makeUniqueStrings", "Length") if longest is not None else None
    used = set(patterns(taken, "makeUniqueStrings")) if not (type(taken) is str and not taken) else set()
    mine = set(texts)
    out = []
    for word in texts:
        name, number = word, 0
        if limit is not None:
            name = name[:limit]
        while name in used or number and name in mine:
            number += 1
            ending = f"_{number}"
            name = (word if limit is None else word[: limit - len(ending)]) + ending
        used.add(name)
        out.append(name)
    changed = [name != word for name, word in zip(out, texts, strict=True)]
    return held(out, shape, kind), norm(np.array(changed, bool).reshape(shape, order="F"))


@builtin
def genvarname(text, taken="", /):
    """
    varname = genvarname(str)
    varname = genvarname(str, exclusions)

    A valid name from a text, different from those excluded.

    Examples
      >> varname = genvarname('1st')
      varname =
          'x1st'
      >> disp(genvarname('a', {'a'}))
      a1

    See also matlab.lang.makeValidName.
    """
    texts, shape, kind = text_items(text, "genvarname")
    texts = ["" if word is MISSING else word for word in texts]
    used = set(patterns(taken, "genvarname")) if not (type(taken) is str and not taken) else set()
    out = []
    for word in texts:
        base = name = valid(word, "hex", "x")
        number = 0
        while name in used:
            number += 1
            name = f"{base}{number}"
        used.add(name)
        out.append(name)
    return held(out, shape, kind)

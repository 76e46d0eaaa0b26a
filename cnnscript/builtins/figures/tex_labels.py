"""Formulas as TeX: texlabel."""

from __future__ import annotations

import re

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing.markup import SIGNS
from cnnscript.values.text import text_or_none

TOKEN = re.compile(r"\s+|[A-Za-z][A-Za-z0-9_]*|\d+\.?\d*|\.\d+|\.?[*^/']|.", re.S)
GREEK = {word for word in SIGNS if word.lower() in (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "pi", "rho", "sigma", "varsigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)}  # fmt: skip


@builtin
def texlabel(session, formula, literal=None, /):
    """
    s = texlabel(formula)
    s = texlabel(formula, 'literal')

    A formula in MATLAB's notation as TeX for titles and labels: names of Greek letters become the letters, digits at
    the end of a name stand lower, what is after `^` higher. 'literal': names stay as they are.

    Examples
      >> s = texlabel('lambda12^(3/2)/pi - pi*delta^(2/3)')
      s =
          '{\\lambda_{12}}^{{3}/{2}}/{\\pi} - {\\pi}{\\delta}^{{2}/{3}}'

    See also text, title, xlabel.
    """
    if literal is not None:
        take.choice(literal, ("literal",), "texlabel", "the option")
    line = text_or_none(formula)
    if line is None:
        raise ScriptError("MATLAB:texlabel:InvalidInput", "texlabel takes a formula as text.")
    return written([each for each in TOKEN.findall(line)], literal is None)


def written(tokens: list[str], named: bool) -> str:
    """The TeX of a list of tokens."""
    made, at = [], 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token[0].isalpha():
            made.append("{" + (name(token) if named else token.replace("_", r"\_")) + "}")
        elif token[0].isdigit() or token[0] == "." and token[1:].isdigit():
            made.append("{" + token + "}")
        elif token in ("*", ".*"):
            while made and made[-1].isspace():
                made.pop()
            while at < len(tokens) and tokens[at].isspace():
                at += 1
        elif token in ("^", ".^"):
            made.append("^")
            if at < len(tokens) and tokens[at] == "(":
                end = closing(tokens, at)
                made.append("{" + written(tokens[at + 1 : end], named) + "}")
                at = end + 1
        else:
            made.append(token.lstrip(".") if token in ("./", ".'") else token)
    return "".join(made)


def closing(tokens: list[str], at: int) -> int:
    """The place of the parenthesis that closes the one at `at`."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place] == "(") - (tokens[place] == ")")
        if depth == 0:
            return place
    return len(tokens)


def name(word: str) -> str:
    """A name: a Greek letter, and digits at the end or what is after `_` lower."""
    found = re.fullmatch(r"([A-Za-z]+)(\d+)", word) or re.fullmatch(r"([A-Za-z0-9]+)_(\w+)", word)
    stem, low = found.groups() if found else (word, "")
    stem = "\\" + stem if stem in GREEK else stem.replace("_", r"\_")
    return stem + ("_{" + (("\\" + low) if low in GREEK else low) + "}" if low else "")

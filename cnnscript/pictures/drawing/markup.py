"""MATLAB's TeX in text: `x_1`, `10^{-3}`, `\\alpha`, `\\bf` ... to matplotlib's mathtext, and to nothing where it is
not TeX."""

from __future__ import annotations

import re

SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ɛ", "zeta": "ζ", "eta": "η", "theta": "θ",
    "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "µ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "ϒ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "leq": "≤", "geq": "≥", "neq": "≠", "pm": "±", "times": "×", "cdot": "⋅",
    "div": "÷", "infty": "∞", "approx": "≈", "equiv": "≡", "sim": "~", "propto": "∝", "in": "∈", "subset": "⊂",
    "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃", "partial": "∂", "nabla": "∇", "int": "∫", "sum": "Σ",
    "surd": "√", "degree": "°", "leftarrow": "←", "rightarrow": "→", "uparrow": "↑", "downarrow": "↓",
    "leftrightarrow": "↔", "Leftarrow": "⇐", "Rightarrow": "⇒", "ldots": "…", "bullet": "•", "circ": "°", "ast": "*",
    "mid": "|", "copyright": "©", "o": "ο", "oplus": "⊕", "otimes": "⊗", "cdots": "⋯", "angle": "∠", "supset": "⊃",
    "supseteq": "⊇", "subseteq": "⊆", "cong": "≅", "wedge": "∧", "vee": "∨", "rfloor": "⌋", "lfloor": "⌊",
    "rceil": "⌉", "lceil": "⌈", "perp": "⊥", "neg": "¬", "langle": "⟨", "rangle": "⟩", "updownarrow": "↕", "Re": "ℜ",
    "Im": "ℑ", "aleph": "ℵ", "wp": "℘", "oslash": "⊘", "prime": "′", "ni": "∋", "clubsuit": "♣", "diamondsuit": "♦",
    "heartsuit": "♥", "spadesuit": "♠", "Leftrightarrow": "⇔", "Uparrow": "⇑", "Downarrow": "⇓", "le": "≤", "ge": "≥",
    "ne": "≠", "varpi": "ϖ",
}  # fmt: skip
STYLES = {"bf": "mathbf", "it": "mathit", "sl": "mathit", "rm": "mathregular"}
# What follows a sign stands as it is written; one blank after a change of letters ends the word, as in TeX.
TOKEN = re.compile(r"\\([A-Za-z]+)(?:(?<=\\bf|\\it|\\sl|\\rm)\s)?|\\(.)|([_^])|([{}])|([^\\_^{}]+)", re.S)


class BadMarkup(ValueError):
    """Text that is not TeX as MATLAB reads it."""


def mathtext(line: str, interpreter: str) -> str:
    """One line as matplotlib takes it.  'none': as it stands; 'latex': its own $...$; 'tex': MATLAB's subset of TeX.

    What cannot be read is written as it stands, as MATLAB does.
    """
    try:
        return read_markup(line, interpreter)
    except BadMarkup:
        return line.replace("$", r"\$")


def readable(line: str, interpreter: str) -> bool:
    """Whether a line is in the language of its interpreter."""
    try:
        read_markup(line, interpreter)
    except BadMarkup:
        return False
    return True


def read_markup(line: str, interpreter: str) -> str:
    if interpreter == "none" or (interpreter == "tex" and not any(sign in line for sign in "\\_^{}")):
        return line.replace("$", r"\$")
    if interpreter == "latex":
        made = latex(line)
    else:
        reader = Reader(line)
        made = "".join(reader.read())
        if reader.depth:
            raise BadMarkup(line)
    if not latex_fits(made):
        raise BadMarkup(line)
    return made


WORDS = {"textbf": "mathbf", "textit": "mathit", "textrm": "mathrm", "emph": "mathit", "texttt": "mathtt",
         "textsf": "mathsf", "text": "mathrm", "mbox": "mathrm"}  # fmt: skip
OUTSIDE = re.compile(r"\\(" + "|".join(WORDS) + r")\{([^{}]*)\}")
DIGITS = re.compile(r"(?<![\\\[A-Za-z\d])(\d+)(?![\d\]])")  # Computer Modern's math letters would slant them
PLAIN = ((r"\displaystyle", ""), (r"\textstyle", ""), (r"\tfrac", r"\frac"), (r"\boldsymbol", r"\mathbf"),
         (r"\bm{", r"\mathbf{"), (r"\ensuremath", ""), (r"\nonumber", ""))  # fmt: skip


def latex(line: str) -> str:
    """A line of LaTeX in the subset that mathtext reads: formulas between $ and words around them."""
    for old, new in (("$$", "$"), (r"\(", "$"), (r"\)", "$"), (r"\[", "$"), (r"\]", "$"), *PLAIN):
        line = line.replace(old, new)
    parts = re.split(r"(?<!\\)\$", line)
    if len(parts) % 2 == 0:
        raise BadMarkup(line)
    made = []
    for k, part in enumerate(parts):
        if k % 2:
            inner = OUTSIDE.sub(lambda found: f"\\{WORDS[found[1]]}{{{found[2].replace(' ', chr(92) + ' ')}}}", part)
            upright = DIGITS.sub(r"{\\mathrm{\1}}", inner.strip())
            made.append(f"${upright}$" if upright else "")
            continue
        if re.search(r"(?<!\\)[_^]", part):
            raise BadMarkup(line)
        made.append(outside(part))
    return "".join(made)


def outside(part: str) -> str:
    """Words of LaTeX outside formulas."""
    styled = OUTSIDE.sub(lambda found: "$\\" + WORDS[found[1]] + "{" + found[2].replace(" ", r"\ ") + "}$", part)
    pieces = re.split(r"(\$[^$]*\$)", styled)
    for k in range(0, len(pieces), 2):
        text = re.sub(r"\\(bf|it|rm|sf|tt|large|Large|small|huge|Huge|normalsize|bfseries|itshape)\b ?", "", pieces[k])
        text = text.replace("~", " ").replace(r"\\", "\n").replace(r"\,", " ").replace("{", "").replace("}", "")
        text = re.sub(r"\\([%#&_$])", lambda found: found[1] if found[1] != "$" else r"\$", text)
        if re.search(r"\\[A-Za-z]", text):
            raise BadMarkup(part)
        pieces[k] = text
    return "".join(pieces)


def leading_colour(words: str) -> str | tuple[float, float, float] | None:
    """The colour that a text in TeX begins with: \\color{red}, \\color[rgb]{1 0 0}; None where it begins otherwise."""
    found = re.match(r"[{\s]*\\color(?:\[rgb\])?\s*\{([^}]*)\}", words)
    if found is None:
        return None
    numbers = re.findall(r"[-+.\de]+", found[1]) if re.match(r"[\s\d.]", found[1]) else []
    if len(numbers) == 3:
        return tuple(min(max(float(each), 0.0), 1.0) for each in numbers)
    return found[1].strip() or None


def leading_size(words: str) -> float | None:
    """The size in points that a text in TeX begins with."""
    before = r"(?:[{\s]|\\(?:bf|it|rm|sl)\b|\\color(?:\[rgb\])?\{[^}]*\})*"
    found = re.match(before + r"\\fontsize\s*\{\s*([\d.]+)\s*\}", words)
    return float(found[1]) if found else None


def latex_fits(text: str) -> bool:
    """Whether mathtext can read a text."""
    from matplotlib.mathtext import MathTextParser

    signs = text.replace(r"\$", "").count("$")
    if signs % 2 or not signs:
        return not signs
    try:
        MathTextParser("path").parse(text)
    except ValueError:
        return False
    return True


class Reader:
    """Reads MATLAB's TeX, token by token, and gives the pieces of a mathtext line.

    depth: groups that are open; style: how letters are drawn now ('' as the text's font is).
    """

    def __init__(self, line: str):
        self.tokens = [match for match in TOKEN.finditer(line)]
        self.at = 0
        self.depth = 0
        self.style = ""

    def read(self, inside: bool = False) -> list[str]:
        """Pieces up to the end, or to the `}` that closes a group."""
        out: list[str] = []
        before = self.style
        self.depth += inside
        while self.at < len(self.tokens):
            word, escaped, shift, brace, plain = self.tokens[self.at].groups()
            self.at += 1
            if brace == "}":
                if not inside:
                    raise BadMarkup("a brace closes what was not opened")
                self.depth -= 1
                self.style = before
                break
            if brace == "{":
                out += self.read(inside=True)
            elif shift:
                out.append(self.shifted(shift))
            elif word:
                out.append(self.command(word))
            else:
                out.append(self.styled(escaped or plain))
        return out

    def styled(self, text: str) -> str:
        """Letters in the style of now."""
        if not self.style or not text.strip():
            return text.replace("$", r"\$")
        return f"$\\{self.style}{{{in_math(text)}}}$"

    def command(self, word: str) -> str:
        if word in SIGNS:
            return SIGNS[word]
        if word in ("fontname", "fontsize", "color"):
            self.skip_group()
            return ""
        if word in STYLES:
            self.style = STYLES[word] if word != "rm" else ""
            return ""
        longest = max((sign for sign in SIGNS if word.startswith(sign)), key=len, default="")
        raise BadMarkup(f"{word} is no sign" + (f"; {longest} is" if longest else ""))

    def skip_group(self) -> None:
        """Pass over the argument of \\color, \\fontname or \\fontsize, and [rgb] before it."""
        tokens = self.tokens
        if self.at < len(tokens) and (tokens[self.at].group(5) or "").strip().startswith("["):
            self.at += 1
        if self.at < len(tokens) and tokens[self.at].group(4) == "{":
            self.at += 1
            while self.at < len(tokens) and tokens[self.at].group(4) != "}":
                self.at += 1
            self.at += 1

    def shifted(self, shift: str) -> str:
        """A sub- or superscript: the next group, sign or single letter."""
        if self.at >= len(self.tokens):
            raise BadMarkup("nothing follows " + shift)
        word, escaped, _, brace, plain = self.tokens[self.at].groups()
        self.at += 1
        rest = ""
        before = self.style
        if brace == "{":
            self.style = ""
            inner = "".join(self.read(inside=True))
        elif word:
            inner = self.command(word)
        elif plain:
            inner, rest = plain[0], plain[1:]
        else:
            inner = escaped or ""
        self.style = before
        drawn = self.style or "mathregular"
        made = nested(inner) if "$" in inner else in_math(inner)
        return f"${shift}{{\\{drawn}{{{made}}}}}$" + (self.styled(rest) if rest else "")


def in_math(text: str) -> str:
    """Letters as they are drawn in math: blanks stay blanks, and signs that mean something there are letters."""
    text = text.replace("\\", "")
    for sign in ("#", "%", "&", "_", "$", "{", "}"):
        text = text.replace(sign, "\\" + sign)
    return text.replace(" ", r"\ ").replace("^", r"\hat{\ }")


def nested(inner: str) -> str:
    """A piece that has math in it already, inside math: its dollars go."""
    pieces = re.split(r"(?<!\\)\$", inner)
    return "".join(piece if k % 2 else in_math(piece.replace(r"\$", "$")) for k, piece in enumerate(pieces))

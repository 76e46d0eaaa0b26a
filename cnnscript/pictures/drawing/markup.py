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
    "mid": "|", "copyright": "©", "o": "ο", "oplus": "⊕", "otimes": "⊗", "cdots": "⋯",
}  # fmt: skip
STYLES = {"bf", "it", "rm", "sl", "fontname", "fontsize", "color"}
TOKEN = re.compile(r"\\([A-Za-z]+)\s?|\\(.)|([_^])|([{}])|([^\\_^{}]+)", re.S)


def mathtext(line: str, interpreter: str) -> str:
    """One line as matplotlib takes it.  'none': as it stands; 'latex': its own $...$; 'tex': MATLAB's subset of TeX."""
    if interpreter == "none" or (interpreter == "tex" and not any(sign in line for sign in "\\_^{}")):
        return line.replace("$", r"\$")
    if interpreter == "latex":
        return line if latex_fits(line) else line.replace("$", "").replace("\\", "")
    made = "".join(Reader(line).read())
    return made if latex_fits(made) else line.replace("$", r"\$")


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
    """Reads MATLAB's TeX, token by token, and gives the pieces of a mathtext line."""

    def __init__(self, line: str):
        self.tokens = [match for match in TOKEN.finditer(line)]
        self.at = 0

    def read(self, inside: bool = False) -> list[str]:
        """Pieces up to the end, or to the `}` that closes a group."""
        out: list[str] = []
        while self.at < len(self.tokens):
            word, escaped, shift, brace, plain = self.tokens[self.at].groups()
            self.at += 1
            if brace == "}":
                if inside:
                    break
                continue
            if brace == "{":
                out += self.read(inside=True)
            elif shift:
                out.append(self.shifted(shift))
            elif word:
                out.append(self.command(word))
            elif escaped:
                out.append(escaped.replace("$", r"\$"))
            else:
                out.append(plain.replace("$", r"\$"))
        return out

    def command(self, word: str) -> str:
        if word in SIGNS:
            return SIGNS[word]
        if word in ("fontname", "fontsize", "color"):
            self.skip_group()
            return ""
        return "" if word in STYLES else word

    def skip_group(self) -> None:
        if self.at < len(self.tokens) and self.tokens[self.at].group(4) == "{":
            self.at += 1
            self.read(inside=True)

    def shifted(self, shift: str) -> str:
        """A sub- or superscript: the next group, sign or single letter."""
        if self.at >= len(self.tokens):
            return r"\_" if shift == "_" else "^"
        word, escaped, _, brace, plain = self.tokens[self.at].groups()
        self.at += 1
        rest = ""
        if brace == "{":
            inner = "".join(self.read(inside=True))
        elif word:
            inner = self.command(word)
        elif plain:
            inner, rest = plain[0], plain[1:]
        else:
            inner = escaped or ""
        inner = inner.replace("$", "")
        # In math blanks vanish and hyphens become minus signs; both must stay in a name such as conv_{a b}.
        inner = inner.replace("\\", "").replace(" ", r"\ ").replace("%", r"\%").replace("#", r"\#").replace("&", r"\&")
        return f"${shift}{{\\mathregular{{{inner}}}}}$" + rest.replace("$", r"\$")

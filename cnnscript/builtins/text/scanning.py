"""Numbers and words read out of text by a format: sscanf, fscanf."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.arrays.joining import escaped
from cnnscript.builtins.files.binary_files import arranged, shape_wanted
from cnnscript.builtins.language.streams import reading
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import norm
from cnnscript.values.text import CharArray, chars

MISMATCH = "Matching failure in format."
BLANKS = " \t\n\r\v\f"
PART = re.compile(r"%(%|(\*?)(\d*)(?:\.\d+)?([hl]?)(\[\^?\]?[^\]]*\]|[diuoxfeEgGscq]\d*|u8|u16))|(\s+)|([^%\s]+)")
FLOAT = re.compile(r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?|inf(?:inity)?|nan)", re.IGNORECASE)
PATTERNS = {
    "d": re.compile(r"[-+]?\d+"),
    "u": re.compile(r"\+?\d+"),
    "i": re.compile(r"[-+]?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)"),
    "o": re.compile(r"[0-7]+"),
    "x": re.compile(r"(?:0[xX])?[0-9a-fA-F]+"),
    "s": re.compile(r"[^\s]+"),
}


WHOLE = {"d": 10, "u": 10, "i": 0, "o": 8, "x": 16}  # the bases of whole numbers, 0 for the number's own


class Step(NamedTuple):
    """One part of a scanning format: 'blank', 'literal' (text), or a conversion letter."""

    kind: str
    text: str = ""
    skip: bool = False
    width: int = 0
    long: bool = False


@lru_cache(maxsize=64)
def steps_of(template: str) -> tuple[Step, ...]:
    steps = []
    at = 0
    while at < len(template):
        found = PART.match(template, at)
        if found is None:
            raise ScriptError(
                "MATLAB:FileIO:InvalidFormat", "Invalid format.", notes=(f"at '{template[at : at + 10]}'",)
            )
        at = found.end()
        if found[6]:
            steps.append(Step("blank"))
        elif found[7]:
            steps.append(Step("literal", found[7]))
        elif found[1] == "%":
            steps.append(Step("literal", "%"))
        else:
            letter = found[5] or ""
            kind = "set" if letter.startswith("[") else letter[0]
            steps.append(Step(kind, letter, found[2] == "*", int(found[3] or 0), found[4] == "l"))
    return tuple(steps)


@lru_cache(maxsize=64)
def set_pattern(letters: str) -> re.Pattern:
    inside = letters[1:-1]
    negated = inside.startswith("^")
    inside = inside[1:] if negated else inside
    kept = re.sub(r"([][\\^])", r"\\\1", inside)
    return re.compile("[" + ("^" if negated else "") + kept + "]+")


class Scanner:
    """A text and how far it was read."""

    def __init__(self, text: str):
        self.text = text
        self.at = 0

    def blanks(self) -> None:
        text, at = self.text, self.at
        while at < len(text) and text[at] in BLANKS:
            at += 1
        self.at = at

    def done(self) -> bool:
        return self.at >= len(self.text)

    def number(self, step: Step) -> float | int | None:
        self.blanks()
        finder = PATTERNS.get(step.kind, FLOAT)
        stop = self.at + step.width if step.width else len(self.text)
        found = finder.match(self.text, self.at, stop)
        if found is None:
            return None
        self.at = found.end()
        word = found.group()
        if step.kind not in WHOLE:
            return float(word.lower().replace("d", "e"))
        base = WHOLE[step.kind]
        if base == 0:  # %i: the base shows in how the number begins, as in C
            bare = word.lower().lstrip("+-")
            base = 16 if bare.startswith("0x") else 8 if bare.startswith("0") else 10
        number = int(word, base)
        return number if step.long else float(number)

    def word(self, step: Step) -> str | None:
        if step.kind == "c":
            stop = self.at + max(step.width, 1)
            found = self.text[self.at : stop]
            self.at += len(found)
            return found or None
        if step.kind == "s":
            self.blanks()
        finder = PATTERNS["s"] if step.kind == "s" else set_pattern(step.text)
        stop = self.at + step.width if step.width else len(self.text)
        match = finder.match(self.text, self.at, stop)
        if match is None:
            return None
        self.at = match.end()
        return match.group()


def scan(text: str, template: str, most: int | None) -> tuple[list, bool, int, int]:
    """All that the format finds, used again and again: the items (floats and texts), whether all are text, how many
    conversions succeeded, and how far it read."""
    steps = steps_of(template)
    conversions = [step for step in steps if step.kind not in ("blank", "literal")]
    scanner, items, count = Scanner(text), [], 0
    kinds = {step.kind in ("s", "c", "set") for step in conversions if not step.skip}
    size = 0
    while conversions and (most is None or size < most):
        before = scanner.at
        for step in steps:
            if step.kind == "blank":
                scanner.blanks()
            elif step.kind == "literal":
                scanner.blanks()
                if not text.startswith(step.text, scanner.at):
                    return items, kinds == {True}, count, scanner.at
                scanner.at += len(step.text)
            else:
                if most is not None and size >= most:
                    return items, kinds == {True}, count, scanner.at
                place = scanner.at
                item = scanner.word(step) if step.kind in ("s", "c", "set") else scanner.number(step)
                if item is None:
                    scanner.at = place
                    if step.kind not in ("c", "set"):
                        scanner.blanks()
                    return items, kinds == {True}, count, scanner.at
                if not step.skip:
                    items.append(item)
                    count += 1
                    size += len(item) if type(item) is str else 1
        if scanner.at == before or scanner.done():
            break
    return items, kinds == {True}, count, scanner.at


def long_class(template: str) -> str:
    """'int64' or 'uint64' where the format has only whole numbers of 64 bits, signed or not; else ''."""
    steps = [step for step in steps_of(template) if step.kind not in ("blank", "literal") and not step.skip]
    if not steps or not all(step.long and step.kind in WHOLE for step in steps):
        return ""
    signed = {step.kind in "di" for step in steps}
    return "" if len(signed) > 1 else "int64" if signed == {True} else "uint64"


def scanned(items: list, all_text: bool, size: Any, template: str) -> Any:
    most, shape = shape_wanted(size)
    if all_text:
        text = "".join(items)
        if shape is None:
            return text if most is None else text[:most]
        return chars(arranged(np.array([ord(letter) for letter in text], np.uint32), shape))
    numbers: list[float] = []
    for item in items:
        numbers += [float(ord(letter)) for letter in item] if type(item) is str else [item]
    if not numbers:
        return np.zeros((0, 0))
    if name := long_class(template):
        limits = np.iinfo(name)
        held = [min(max(int(number), limits.min), limits.max) for number in numbers[:most]]
        return norm(arranged(np.array(held, name), shape))
    return norm(arranged(np.array(numbers[:most], float), shape))


@builtin(outputs=4)
def sscanf(nargout, text, template, size=np.inf, /):
    """
    A = sscanf(str, formatSpec)
    A = sscanf(str, formatSpec, sizeA)
    [A, n, errmsg, nextindex] = sscanf(str, formatSpec, sizeA)

    Numbers (and characters) read out of a text by a format, as a column or in the size given.

    Examples
      >> A = sscanf('3 4 5', '%d')
      A =
           3
           4
           5
      >> A = sscanf('conv12', 'conv%d')
      A =
          12
      >> [A, n, errmsg, nextindex] = sscanf('1,2', '%f,', [1 Inf]);
      >> disp(A)
           1     2

    See also fscanf, textscan, str2double, sprintf.
    """
    if type(text) is CharArray:  # its letters column by column
        word = "".join(map(chr, text.codes.ravel("F").tolist()))
    else:
        word = one_text(text, "sscanf", "Text")
    form = escaped(one_text(template, "sscanf", "Format"))
    most, _ = shape_wanted(size)
    items, all_text, count, at = scan(word, form, most)
    whole = at >= len(word) or most is not None and count >= most
    return scanned(items, all_text, size, form), float(count), "" if whole else MISMATCH, float(at + 1)


@builtin(outputs=2)
def fscanf(session, nargout, number, template, size=np.inf, /):
    """
    A = fscanf(fileID, formatSpec)
    A = fscanf(fileID, formatSpec, sizeA)
    [A, count] = fscanf(fileID, formatSpec)

    Numbers (and characters) read out of a file by a format.

    Examples
      >> fid = fopen('a.txt', 'w'); fprintf(fid, '1 2\\n3 4\\n'); fclose(fid);
      >> fid = fopen('a.txt');
      >> A = fscanf(fid, '%d', [2 Inf])
      A =
           1     3
           2     4
      >> frewind(fid)
      >> [A, count] = fscanf(fid, '%f');
      >> disp(count)
           4
      >> fclose(fid);

    See also sscanf, fgetl, textscan.
    """
    file = reading(session, number)
    here = file.stream.tell()
    text = file.stream.read().decode(file.encoding, "replace")
    most, _ = shape_wanted(size)
    form = escaped(one_text(template, "fscanf", "Format"))
    items, all_text, count, at = scan(text, form, most)
    file.stream.seek(here + len(text[:at].encode(file.encoding, "replace")))
    return scanned(items, all_text, size, form), float(count)

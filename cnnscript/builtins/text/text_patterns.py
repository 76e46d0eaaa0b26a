"""Patterns of text: digitsPattern, lettersPattern, wildcardPattern ..., and what repeats or wraps them."""

from __future__ import annotations

import re
from math import inf
from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import flag_of, one_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.text import String, text_or_none
from cnnscript.values.text_pattern import TextPattern, pattern_of

DIGIT, LETTER, LETTER_OR_DIGIT, WHITE = r"\d", r"[^\W\d_]", r"[^\W_]", r"\s"


def limits(values: tuple, name: str, least: int) -> tuple[str, str]:
    """How often something occurs: the quantifier of a regular expression, and the arguments as they are written.

    values  none (`least` or more), one (exactly so often), or the least and the most (Inf without end)
    """
    if len(values) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=(name,))
    if not values:
        return f"{{{least},}}", ""
    numbers = [take.number(value, "Number of characters") for value in values]
    for number in numbers:
        if number != inf and (number != number // 1 or number < 0) or numbers[0] == inf:
            raise ScriptError(
                f"MATLAB:{name}:mustBeNonnegativeInteger",
                "The number of characters must be a nonnegative integer.",
                notes=(f"{name} got {number:g}",),
            )
    if len(numbers) == 2 and numbers[1] < numbers[0]:
        raise ScriptError(
            f"MATLAB:{name}:InvalidRange",
            "The maximum must not be below the minimum.",
            notes=(f"{name} got {numbers[0]:g} and {numbers[1]:g}",),
        )
    written = "(" + ",".join("Inf" if number == inf else f"{number:g}" for number in numbers) + ")"
    if len(numbers) == 1:
        return f"{{{int(numbers[0])}}}", written
    most = "" if numbers[1] == inf else str(int(numbers[1]))
    return f"{{{int(numbers[0])},{most}}}", written


def of_characters(characters: str, values: tuple, name: str) -> TextPattern:
    times, written = limits(values, name, 1)
    return TextPattern(characters + times, name + written)


@builtin
def pattern_(text, /):
    """
    pat = pattern(txt)

    A pattern that matches a text; of several texts, any of them.

    Examples
      >> pat = pattern("relu")
      pat =
        pattern
        Matching:
          "relu"

    See also digitsPattern, lettersPattern, contains, extract.
    """
    return pattern_of(text)


@builtin
def digitsPattern(*counts):
    """
    pat = digitsPattern
    pat = digitsPattern(N)
    pat = digitsPattern(minCharacters, maxCharacters)

    Digits: as many as there are, N, or from a least to a greatest number of them.

    Examples
      >> pat = digitsPattern;
      >> disp(extract("conv12_3", pat)')
          "12"    "3"
      >> pat = digitsPattern(2);
      >> disp(extract("conv123", pat))
      12
      >> pat = "v" + digitsPattern(1, 3)
      pat =
        pattern
        Matching:
          "v" + digitsPattern(1,3)

    See also lettersPattern, alphanumericsPattern, wildcardPattern, extract.
    """
    return of_characters(DIGIT, counts, "digitsPattern")


@builtin
def lettersPattern(*counts):
    """
    pat = lettersPattern
    pat = lettersPattern(N)
    pat = lettersPattern(minCharacters, maxCharacters)

    Letters: as many as there are, N, or from a least to a greatest number of them.

    Examples
      >> pat = lettersPattern;
      >> disp(extract("conv12_relu", pat)')
          "conv"    "relu"
      >> pat = lettersPattern(3);
      >> disp(extract("conv1", pat))
      con
      >> pat = lettersPattern(2, Inf);
      >> disp(count("a bc def", pat))
           2

    See also digitsPattern, alphanumericsPattern, extract.
    """
    return of_characters(LETTER, counts, "lettersPattern")


@builtin
def alphanumericsPattern(*counts):
    """
    pat = alphanumericsPattern
    pat = alphanumericsPattern(N)
    pat = alphanumericsPattern(minCharacters, maxCharacters)

    Letters and digits: as many as there are, N, or from a least to a greatest number of them.

    Examples
      >> pat = alphanumericsPattern;
      >> disp(extract("conv1-relu1", pat)')
          "conv1"    "relu1"
      >> pat = alphanumericsPattern(3);
      >> disp(extract("a conv", pat))
      con
      >> pat = alphanumericsPattern(1, 2);
      >> disp(extract("abc", pat)')
          "ab"    "c"

    See also lettersPattern, digitsPattern, extract.
    """
    return of_characters(LETTER_OR_DIGIT, counts, "alphanumericsPattern")


@builtin
def whitespacePattern(*counts):
    """
    pat = whitespacePattern
    pat = whitespacePattern(N)
    pat = whitespacePattern(minCharacters, maxCharacters)

    White space: as much as there is, N characters, or from a least to a greatest number of them.

    Examples
      >> pat = whitespacePattern;
      >> newStr = replace("a   b", pat, "_")
      newStr =
          "a_b"
      >> pat = whitespacePattern(2);
      >> disp(count("a   b", pat))
           1
      >> pat = whitespacePattern(2, 3);
      >> disp(contains("a b", pat))
         0

    See also lettersPattern, strip, split.
    """
    return of_characters(WHITE, counts, "whitespacePattern")


@builtin
def wildcardPattern(*counts, Except=None):
    """
    pat = wildcardPattern
    pat = wildcardPattern(N)
    pat = wildcardPattern(minCharacters, maxCharacters)
    pat = wildcardPattern(..., Except=pat2)

    Any characters, as few as will do; N of them, or from a least to a greatest number.

    Options
      Except  characters or a pattern that are not among them

    Examples
      >> pat = "<" + wildcardPattern + ">";
      >> disp(extract("<a><b>", pat)')
          "<a>"    "<b>"
      >> pat = wildcardPattern(2);
      >> disp(extract("abcd", pat)')
          "ab"    "cd"
      >> pat = "x" + wildcardPattern(1, 2) + "y";
      >> disp(extract("xaay", pat))
      xaay
      >> pat = "x" + wildcardPattern(1, 9, Except="b") + "y";
      >> disp(contains("xaby", pat))
         0

    See also lettersPattern, regexpPattern, extract.
    """
    times, written = limits(counts, "wildcardPattern", 0)
    one = "."
    if Except is not None:
        other = pattern_of(Except)
        one = f"(?:(?!{other.source}).)"
        written = f"({written.strip('()')}{',' if written else ''}Except={other.written})"
    return TextPattern(one + times + "?", "wildcardPattern" + written)


@builtin
def characterListPattern(first, last=None, /):
    """
    pat = characterListPattern(list)
    pat = characterListPattern(startCharacter, endCharacter)

    One character of a list, or from one character to another.

    Examples
      >> pat = characterListPattern("aeiou");
      >> disp(count("convolution", pat))
           5
      >> pat = characterListPattern('a', 'c');
      >> disp(extract("xbz", pat))
      b

    See also lettersPattern, digitsPattern, pattern.
    """
    letters = one_text(first, "characterListPattern", "Characters")
    mark = '"' if type(first) is String else "'"
    if last is None:
        if not letters:
            raise ScriptError("MATLAB:string:MustBeNonempty", "The list of characters must not be empty.")
        return TextPattern("[" + re.escape(letters) + "]", f"characterListPattern({mark}{letters}{mark})")
    end = one_text(last, "characterListPattern", "The last character")
    if len(letters) != 1 or len(end) != 1 or end < letters:
        raise ScriptError(
            "MATLAB:string:InvalidCharacterRange",
            "The ends of a range of characters must be two characters in order.",
            notes=(f"got '{letters}' and '{end}'",),
        )
    written = f"characterListPattern({mark}{letters}{mark},{mark}{end}{mark})"
    return TextPattern(f"[{re.escape(letters)}-{re.escape(end)}]", written)


@builtin
def regexpPattern(expression, /, *, IgnoreCase=False, IgnoreWhitespace=False, Anchors="text", DotAll=None,
                  DotExceptNewline=False):  # fmt: skip
    """
    pat = regexpPattern(expression)
    pat = regexpPattern(expression, Name=Value)

    A regular expression as a pattern.

    Options
      IgnoreCase        whether upper and lower case are alike (false)
      IgnoreWhitespace  whether white space in the expression means nothing (false)
      Anchors           what ^ and $ stand at: the 'text' (default) or each 'line'
      DotAll            whether a dot is any character (true)
      DotExceptNewline  whether a dot is any character but a newline (false)

    Examples
      >> pat = regexpPattern("[a-z]+\\d");
      >> disp(extract("conv1 relu", pat))
      conv1
      >> pat = regexpPattern('conv', IgnoreCase=true);
      >> disp(contains("CONV1", pat))
         1

    See also regexp, wildcardPattern, contains.
    """
    from cnnscript.builtins.text.patterns import translated

    word = one_text(expression, "regexpPattern", "Expression")
    fold = flag_of(IgnoreCase, "regexpPattern", "IgnoreCase")
    lines = take.choice(Anchors, ("text", "line"), "Anchors") == "line"
    dot = not flag_of(DotExceptNewline, "regexpPattern", "DotExceptNewline")
    if DotAll is not None:
        dot = flag_of(DotAll, "regexpPattern", "DotAll")
    free = flag_of(IgnoreWhitespace, "regexpPattern", "IgnoreWhitespace")
    source = translated(word, ignore_case=fold, line_anchors=lines, dot_all=dot, free=free).source
    on = ("i" if fold else "") + ("m" if lines else "") + ("x" if free else "") + ("s" if dot else "")
    switches = on + ("" if dot else "-s")
    mark = '"' if type(expression) is String else "'"
    return TextPattern(f"(?{switches}:{source})", f"regexpPattern({mark}{word}{mark})")


# ------------------------------------------------------------------------------------------------ how often, how alike
def repeated(inner: Any, counts: tuple, name: str, ending: str) -> TextPattern:
    one = pattern_of(inner)
    if len(counts) == 1:
        counts = (counts[0], inf)  # a single number is the least
    times, written = limits(counts, name, 1)
    words = "," + written.strip("()") if written else ""
    return TextPattern(f"(?:{one.source}){times}{ending}", f"{name}({one.written}{words})")


@builtin
def asManyOfPattern(inner, /, *counts):
    """
    newpat = asManyOfPattern(pat)
    newpat = asManyOfPattern(pat, minPattern)
    newpat = asManyOfPattern(pat, minPattern, maxPattern)

    A pattern as often in a row as it is there: once at least, or from a least to a greatest number of times.

    Examples
      >> newpat = asManyOfPattern("ab");
      >> disp(extract("xababx", newpat))
      abab
      >> newpat = asManyOfPattern("a", 2);
      >> disp(count("a aa aaa", newpat))
           2
      >> newpat = asManyOfPattern("a", 1, 2);
      >> disp(count("aaa", newpat))
           2

    See also asFewOfPattern, optionalPattern, possessivePattern.
    """
    return repeated(inner, counts, "asManyOfPattern", "")


@builtin
def asFewOfPattern(inner, /, *counts):
    """
    newpat = asFewOfPattern(pat)
    newpat = asFewOfPattern(pat, minPattern)
    newpat = asFewOfPattern(pat, minPattern, maxPattern)

    A pattern as seldom in a row as will do: once at least, or from a least to a greatest number of times.

    Examples
      >> newpat = asFewOfPattern("ab");
      >> disp(count("abab", newpat))
           2
      >> newpat = asFewOfPattern("a", 2);
      >> disp(extract("aaa", newpat))
      aa
      >> newpat = asFewOfPattern("a", 1, 3) + "b";
      >> disp(extract("aab", newpat))
      aab

    See also asManyOfPattern, optionalPattern.
    """
    return repeated(inner, counts, "asFewOfPattern", "?")


def wrapped(inner: Any, before: str, name: str, after: str = ")") -> TextPattern:
    one = pattern_of(inner)
    return TextPattern(before + one.source + after, f"{name}({one.written})")


@builtin
def optionalPattern(inner, /):
    """
    newpat = optionalPattern(pat)

    A pattern that may be there or not.

    Examples
      >> newpat = "conv" + optionalPattern("_") + digitsPattern;
      >> disp(extract("conv_1 conv2", newpat)')
          "conv_1"    "conv2"

    See also asManyOfPattern, asFewOfPattern.
    """
    return wrapped(inner, "(?:", "optionalPattern", ")?")


@builtin
def possessivePattern(inner, /):
    """
    newpat = possessivePattern(pat)

    A pattern that gives nothing back once it has matched.

    Examples
      >> newpat = possessivePattern(asManyOfPattern("a")) + "a";
      >> disp(contains("aaa", newpat))
         0

    See also asManyOfPattern, optionalPattern.
    """
    return wrapped(inner, "(?>", "possessivePattern")


@builtin
def caseInsensitivePattern(inner, /):
    """
    newpat = caseInsensitivePattern(pat)

    A pattern to which upper and lower case are alike.

    Examples
      >> newpat = caseInsensitivePattern("relu");
      >> disp(contains("ReLU", newpat))
         1

    See also caseSensitivePattern, contains.
    """
    return wrapped(inner, "(?i:", "caseInsensitivePattern")


@builtin
def caseSensitivePattern(inner, /):
    """
    newpat = caseSensitivePattern(pat)

    A pattern to which upper and lower case differ, also inside one to which they do not.

    Examples
      >> newpat = caseInsensitivePattern("a" + caseSensitivePattern("b"));
      >> disp(contains(["Ab" "AB"], newpat))
         1   0

    See also caseInsensitivePattern, contains.
    """
    return wrapped(inner, "(?-i:", "caseSensitivePattern")


@builtin
def maskedPattern(inner, mask=None, /):
    """
    newpat = maskedPattern(pat)
    newpat = maskedPattern(pat, mask)

    A pattern that is written as a short word.

    Examples
      >> newpat = "v" + maskedPattern(digitsPattern(1) | "x", "number")
      newpat =
        pattern
        Matching:
          "v" + number
      >> newpat = maskedPattern("a");
      >> disp(contains("bab", newpat))
         1

    See also namedPattern, pattern.
    """
    one = pattern_of(inner)
    return TextPattern(one.source, one_text(mask, "maskedPattern", "Mask") if mask is not None else "<...>")


@builtin
def namedPattern(inner, name, description=None, /):
    """
    newpat = namedPattern(pat, name)
    newpat = namedPattern(pat, name, description)

    A pattern that is written as its name.

    Examples
      >> newpat = namedPattern(digitsPattern, "number");
      >> disp(extract("conv1", newpat))
      1
      >> newpat = namedPattern(digitsPattern, "number", "the number of a layer");
      >> disp(count("conv1 relu2", newpat))
           2

    See also maskedPattern, pattern.
    """
    one = pattern_of(inner)
    word = one_text(name, "namedPattern", "Name")
    if description is not None and text_or_none(description) is None:
        raise ScriptError("MATLAB:string:MustBeText", "The description of a pattern must be text.")
    return TextPattern(one.source, word)

"""Numbers in text: str2double, str2num, and other bases."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import char_matrix, described, one_text, real_numbers, text_items, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.convert import number_in_text
from cnnscript.values.numeric import as_array, is_cell, ndarray, norm, size_of
from cnnscript.values.text import MISSING, CharArray, String, is_text, text_or_none

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# what MATLAB says of text that is no number of its base
ILLEGAL = {
    "bin2dec": ("MATLAB:bin2dec:IllegalBinaryString", "Binary text must consist of characters 0 and 1."),
    "hex2dec": ("MATLAB:hex2dec:IllegalHexadecimal", "Input to hex2dec should have just 0-9, a-f, or A-F."),
}


@builtin
def str2double(text, /):
    """
    X = str2double(str)

    The number that a text spells, NaN where it spells none; for cells and string arrays, one for each.

    Examples
      >> X = str2double('3.25')
      X =
          3.2500
      >> X = str2double({'1e3', 'conv'})
      X =
              1000         NaN

    See also str2num, num2str, double.
    """
    if type(text) is str:
        return number_in_text(text)
    if type(text) is String:
        texts, shape = text.data.ravel("F").tolist(), text.data.shape
        numbers = [number_in_text(word) if word is not MISSING else np.nan for word in texts]
    elif is_cell(text):
        shape = text.shape
        numbers = []
        for item in text.ravel("F").tolist():
            word = text_or_none(item)
            numbers.append(np.nan if word is None else number_in_text(word))
    elif type(text) is CharArray:
        rows = text.rows()
        numbers, shape = [number_in_text(row) for row in rows], (len(rows), 1)
        if not rows:
            return float("nan")
    elif type(text) is ndarray and text.size == 0:
        return float("nan")
    else:
        return norm(np.full(size_of(text), np.nan, order="F"))
    return norm(np.array(numbers).reshape(shape, order="F"))


@builtin(outputs=2)
def str2num(session, nargout, text, /):
    """
    X = str2num(txt)
    [X, tf] = str2num(txt)

    The value of a text as an expression: '[1 2; 3 4]' is a matrix. [] where it is none.

    Examples
      >> X = str2num('[1 2] * 2')
      X =
           2     4
      >> [X, tf] = str2num('no number');
      >> disp(tf)
         0

    See also str2double, eval.
    """
    if not is_text(text):
        raise ScriptError(
            "MATLAB:str2num:InputText",
            "Input must be a character vector or string scalar.",
            notes=(f"str2num got {described(text)}",),
        )
    texts = ["" if word is MISSING else word for word in text_items(text, "str2num")[0]]
    from cnnscript.code import Workspace

    code = "[" + ";".join(texts) + "]"
    try:
        value = session.evaluate(code, Workspace({}), 1)
    except ScriptError:
        return np.zeros((0, 0)), False
    if is_text(value) or is_cell(value) or not isinstance(value, (float, bool, complex, ndarray, np.generic)):
        return np.zeros((0, 0)), False
    return value, True


# --------------------------------------------------------------------------------------------------------- other bases
def in_base(number: int, base: int) -> str:
    if number == 0:
        return "0"
    out = []
    while number:
        number, digit = divmod(number, base)
        out.append(DIGITS[digit])
    return "".join(reversed(out))


def whole_numbers(value: Any, name: str, negative: bool = False) -> list[int]:
    """The whole numbers of an argument (also of a cell of numbers), column-major."""
    if is_cell(value):
        return [number for item in value.ravel("F").tolist() for number in whole_numbers(item, name, negative)]
    if is_text(value) or not (type(value) in (float, bool, ndarray) or isinstance(value, np.generic)):
        raise ScriptError(
            f"MATLAB:{name}:MustBeNumeric", "Input must be numeric.", notes=(f"{name} got {described(value)}",)
        )
    numbers = []
    if as_array(value).dtype.kind == "c":
        raise ScriptError("MATLAB:expectedReal", "Input must be real.", notes=(f"{name} got {described(value)}",))
    for item in as_array(value).ravel("F").tolist():
        if item != item or item in (float("inf"), float("-inf")) or item != int(item) or item < 0 and not negative:
            raise ScriptError(
                f"MATLAB:{name}:FirstArg" if name != "dec2bin" else "MATLAB:dec2bin:MustBeNonNegativeFinite",
                "D must be a nonnegative integer smaller than flintmax."
                if not negative
                else "D must be whole numbers.",
                notes=(f"{name} got {item:g}",),
            )
        numbers.append(int(item))
    return numbers


def written(numbers: list[int], base: int, width: int, name: str) -> Any:
    texts = []
    for number in numbers:
        if number < 0:  # two's complement in 8, 16, 32 or 64 bits
            bits = next((bits for bits in (8, 16, 32, 64) if number >= -(1 << (bits - 1))), 64)
            number += 1 << bits
        texts.append(in_base(number, base))
    longest = max([width, *map(len, texts)], default=0)
    require_memory((len(texts), longest), 2)
    return char_matrix(text.rjust(longest, "0") for text in texts)


def least_width(value: Any, name: str) -> int:
    return 0 if value is None else whole_number(value, name, "Number of digits")


@builtin
def dec2bin(numbers, width=None, /):
    """
    binStr = dec2bin(D)
    binStr = dec2bin(D, minDigits)

    Whole numbers in binary digits, one a row.

    Examples
      >> binStr = dec2bin(5)
      binStr =
          '101'
      >> binStr = dec2bin([1 6], 4)
      binStr =
        2×4 char array
          '0001'
          '0110'

    See also bin2dec, dec2hex, dec2base.
    """
    return written(whole_numbers(numbers, "dec2bin", True), 2, least_width(width, "dec2bin"), "dec2bin")


@builtin
def dec2hex(numbers, width=None, /):
    """
    hexStr = dec2hex(D)
    hexStr = dec2hex(D, minDigits)

    Whole numbers in hexadecimal digits, one a row.

    Examples
      >> hexStr = dec2hex(255)
      hexStr =
          'FF'
      >> hexStr = dec2hex(255, 4)
      hexStr =
          '00FF'

    See also hex2dec, dec2bin, dec2base.
    """
    return written(whole_numbers(numbers, "dec2hex", True), 16, least_width(width, "dec2hex"), "dec2hex")


@builtin
def dec2base(numbers, base, width=None, /):
    """
    baseStr = dec2base(D, n)
    baseStr = dec2base(D, n, minDigits)

    Whole numbers in the digits of a base from 2 to 36, one a row.

    Examples
      >> baseStr = dec2base(23, 3)
      baseStr =
          '212'
      >> baseStr = dec2base(23, 3, 5)
      baseStr =
          '00212'

    See also base2dec, dec2bin, dec2hex.
    """
    return written(
        whole_numbers(numbers, "dec2base"), a_base(base, "dec2base"), least_width(width, "dec2base"), "dec2base"
    )


def a_base(value: Any, name: str) -> int:
    base = whole_number(value, name, "Base", 2)
    if base > 36:
        raise ScriptError(
            f"MATLAB:{name}:InvalidBase", "Base must be an integer between 2 and 36.", notes=(f"got {base}",)
        )
    return base


def read_base(value: Any, base: int, name: str) -> Any:
    if not (is_text(value) or is_cell(value)):
        raise ScriptError(
            f"MATLAB:{name}:MustBeText",
            "Input must be a string array, character array, or cell array of character vectors.",
            notes=(f"{name} got {described(value)}",),
        )
    texts, shape, kind = text_items(value, name)
    numbers = []
    for word in texts:
        plain = ("" if word is MISSING else word).replace(" ", "").upper()
        if base in (2, 16) and plain[:2] in ("0B", "0X"):
            plain = plain[2:]
        if any(letter not in DIGITS[:base] for letter in plain):
            raise ScriptError(
                *ILLEGAL.get(name, (f"MATLAB:{name}:InvalidCharacters", "Text contains characters other than digits.")),
                notes=(f"the text is '{word}'", f"digits: 0 to {DIGITS[base - 1]}"),
            )
        numbers.append(float(int(plain, base)) if plain else 0.0)
    if len(texts) == 1 and not texts[0]:
        return np.zeros((0, 0))
    if kind == "cell":
        shape = (len(numbers), 1)
    return norm(np.array(numbers).reshape(shape, order="F"))


@builtin
def bin2dec(text, /):
    """
    D = bin2dec(binStr)

    The number that binary digits spell.

    Examples
      >> D = bin2dec('101')
      D =
           5

    See also dec2bin, hex2dec, base2dec.
    """
    return read_base(text, 2, "bin2dec")


@builtin
def hex2dec(text, /):
    """
    D = hex2dec(hexStr)

    The number that hexadecimal digits spell.

    Examples
      >> D = hex2dec(["FF" "10"])
      D =
         255    16

    See also dec2hex, bin2dec, base2dec.
    """
    return read_base(text, 16, "hex2dec")


@builtin
def base2dec(text, base, /):
    """
    D = base2dec(baseStr, n)

    The number that the digits of a base from 2 to 36 spell.

    Examples
      >> D = base2dec('212', 3)
      D =
          23

    See also dec2base, bin2dec, hex2dec.
    """
    return read_base(text, a_base(base, "base2dec"), "base2dec")


@builtin
def unicode2native(text, encoding="utf-8", /):
    """
    bytes = unicode2native(str)
    bytes = unicode2native(str, encoding)

    The bytes of a text in an encoding (UTF-8).

    Examples
      >> bytes = unicode2native('Az')
      bytes =
        1×2 uint8 row vector
          65   122
      >> disp(numel(unicode2native('é', 'latin1')))
           1

    See also native2unicode, double.
    """
    word = one_text(text, "unicode2native", "Text")
    name = one_text(encoding, "unicode2native", "Encoding")
    try:
        return norm(np.frombuffer(word.encode(name, "replace"), np.uint8).reshape(1, -1).copy())
    except LookupError:
        raise ScriptError(
            "MATLAB:unicodeConversion:unsupportedEncoding", f"Encoding '{name}' is not supported."
        ) from None


@builtin
def native2unicode(data, encoding="utf-8", /):
    """
    str = native2unicode(bytes)
    str = native2unicode(bytes, encoding)

    The text that bytes spell in an encoding (UTF-8).

    Examples
      >> str = native2unicode(uint8([65 122]))
      str =
          'Az'
      >> disp(native2unicode(uint8(233), 'latin1'))
      é

    See also unicode2native, char.
    """
    if is_text(data):
        return data
    name = one_text(encoding, "native2unicode", "Encoding")
    data = real_numbers(data, "native2unicode", "Bytes")
    try:
        return bytes(data.astype(np.uint8).ravel("F").tolist()).decode(name, "replace")
    except LookupError:
        raise ScriptError(
            "MATLAB:unicodeConversion:unsupportedEncoding", f"Encoding '{name}' is not supported."
        ) from None


@builtin
def num2hex(numbers, /):
    """
    C = num2hex(X)

    The bits of numbers as hexadecimal digits, one number a row.

    Examples
      >> C = num2hex(1)
      C =
          '3ff0000000000000'
      >> disp(num2hex(single(1)))
      3f800000

    See also hex2num, dec2hex.
    """
    real_numbers(numbers, "num2hex", "Inputs to num2hex")
    array = as_array(numbers)
    width = array.dtype.itemsize
    return char_matrix(item.tobytes()[::-1].hex() for item in array.ravel("F").astype(f"<{array.dtype.kind}{width}"))


@builtin
def hex2num(text, /):
    """
    X = hex2num(hexStr)

    The double whose bits hexadecimal digits spell, filled up with zeros on the right.

    Examples
      >> X = hex2num('400921fb54442d18')
      X =
          3.1416

    See also num2hex, hex2dec.
    """
    texts, _, _ = text_items(text, "hex2num")
    numbers = []
    for word in texts:
        try:
            raw = bytes.fromhex(str(word).strip().replace(" ", "0").ljust(16, "0")[:16])
        except ValueError:
            raise ScriptError(
                "MATLAB:hex2num:OutOfRange", "Text must hold hexadecimal digits only.", notes=(f"the text is '{word}'",)
            ) from None
        numbers.append(np.frombuffer(raw[::-1], "<f8")[0])
    return norm(np.array(numbers).reshape(-1, 1))

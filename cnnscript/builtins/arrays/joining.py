"""Pieces of text put together: strcat, append, strvcat, strjoin, join."""

from __future__ import annotations

import math

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.strings import JOINED_TRIM, char_of
from cnnscript.builtins.text.texts import (
    char_matrix,
    described,
    held,
    shaped,
    text_items,
    whole_number,
)
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import is_cell, size_of
from cnnscript.values.text import MISSING, String, is_char, text_or_none


def expanded(read: list[tuple[list, tuple[int, ...], str]], name: str) -> tuple[list[list], tuple[int, ...]]:
    """Text arguments brought to one size (scalars and singleton dimensions are repeated)."""
    try:
        shape = np.broadcast_shapes(*(aligned_shape for _, aligned_shape, _ in read))
    except ValueError:
        raise ScriptError(
            f"MATLAB:{name}:NumberOfInputs" if name != "strcat" else "MATLAB:strcat:InvalidInputSize",
            "All nonscalar inputs must have compatible sizes.",
            notes=tuple(f"input {i} is {'x'.join(map(str, s))}" for i, (_, s, _) in enumerate(read, 1)),
        ) from None
    columns = []
    for texts, own, _ in read:
        array = np.broadcast_to(shaped(texts, own), shape) if len(texts) != 1 else None
        columns.append([texts[0]] * math.prod(shape) if array is None else array.ravel("F").tolist())
    return columns, shape


@builtin
def strcat(first, /, *rest):
    """
    s = strcat(s1, s2, ..., sn)

    Texts put together, element by element.

    Blanks at the end of char arguments go; those of cells and strings stay.

    Examples
      >> s = strcat('Image ', 'Net')
      s =
          'ImageNet'
      >> s = strcat({'conv '}, ["1" "2"])
      s =
        1×2 string array
          "conv 1"    "conv 2"

    See also append, join, strjoin, sprintf.
    """
    values = (first, *rest)
    for value in values:
        if not (is_char(value) or type(value) is String or is_cell(value)):
            raise ScriptError(
                "MATLAB:strcat:InvalidInputType",
                "Inputs must be character vectors, cell arrays of character vectors, or string arrays.",
                notes=(f"strcat got {described(value)}",),
            )
    holder = "string" if any(type(v) is String for v in values) else "cell" if any(map(is_cell, values)) else "char"
    if holder != "char":
        read = [text_items(value, "strcat") for value in values]
        columns, shape = expanded(read, "strcat")
        joined = (
            [MISSING if MISSING in row else "".join(row) for row in zip(*columns, strict=True)]
            if (holder == "string")
            else ["".join(row) for row in zip(*columns, strict=True)]
        )
        return held(joined, shape, holder)
    parts = [[value] if type(value) is str else value.rows() for value in values if size_of(value) != (0, 0)]
    height = max(map(len, parts), default=0)
    if any(len(rows) not in (1, height) for rows in parts):
        raise ScriptError(
            "MATLAB:strcat:NumberOfInputRows", "All the inputs must have the same number of rows or a single row."
        )
    if height <= 1:
        return "".join(rows[0].rstrip(JOINED_TRIM) for rows in parts if rows)
    whole = [rows * height if len(rows) == 1 else rows for rows in parts]
    return char_matrix("".join(part.rstrip(JOINED_TRIM) for part in row) for row in zip(*whole, strict=True))


@builtin
def append(first, /, *rest):
    """
    str = append(str1, ..., strN)

    Texts put together, element by element, keeping every blank.

    Examples
      >> str = append('Image ', 'Net')
      str =
          'Image Net'

    See also strcat, join.
    """
    read = [text_items(value, "append") for value in (first, *rest)]
    columns, shape = expanded(read, "append")
    kinds = {kind for *_, kind in read}
    holder = "string" if "string" in kinds else "cell" if "cell" in kinds else "char"
    joined = [MISSING if any(t is MISSING for t in row) else "".join(row) for row in zip(*columns, strict=True)]
    return held(joined, shape, holder)


@builtin
def strvcat(first, /, *rest):
    """
    S = strvcat(t1, t2, ..., tn)

    Texts as the rows of a char matrix; empty ones are left out.

    Examples
      >> S = strvcat('a', '', 'bc')
      S =
        2×2 char array
          'a '
          'bc'

    See also char, strcat.
    """
    rows: list[str] = []
    for value in (first, *rest):
        items = value.ravel("F").tolist() if is_cell(value) else [value]
        for item in items:
            made = char_of(item)
            rows += [made] if type(made) is str else made.rows()
    return char_matrix([row for row in rows if row])


def escaped(text: str) -> str:
    """Text with the escape sequences of sprintf (\\n, \\t, \\\\ ...) replaced by what they mean."""
    if "\\" not in text:
        return text
    plain = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
    out, i = [], 0
    while i < len(text):
        letter = text[i]
        if letter == "\\" and i + 1 < len(text) and text[i + 1] in plain:
            out.append(plain[text[i + 1]])
            i += 2
        else:
            out.append(letter)
            i += 1
    return "".join(out)


@builtin
def strjoin(texts, delimiter=" ", /):
    """
    str = strjoin(C)
    str = strjoin(C, delimiter)

    The texts of a cell or string array in a row, with a blank or `delimiter` between them.

    A cell of delimiters gives one for each gap. Escape sequences such as \\n are understood.

    Examples
      >> str = strjoin({'conv1', 'relu1'})
      str =
          'conv1 relu1'
      >> str = strjoin({'a', 'b', 'c'}, ', ')
      str =
          'a, b, c'

    See also join, strsplit, strcat.
    """
    if not (is_cell(texts) or type(texts) is String):
        raise ScriptError(
            "MATLAB:strjoin:InvalidCellType",
            "First input must be a string array or cell array of character vectors.",
            notes=(f"strjoin got {described(texts)}",),
        )
    words, _, holder = text_items(texts, "strjoin")
    one = text_or_none(delimiter)
    if one is not None:
        joined = escaped(one).join("" if word is MISSING else word for word in words)
    else:
        gaps, _, _ = text_items(delimiter, "strjoin", "Delimiter")
        if len(gaps) != max(len(words) - 1, 0):
            raise ScriptError(
                "MATLAB:strjoin:WrongNumberOfDelimiterElements",
                "Number of delimiters must equal one less than the number of elements in C.",
                notes=(f"{len(words)} texts, {len(gaps)} delimiters",),
            )
        texts = ["" if word is MISSING else word for word in words]
        joined = "".join(word + gap for word, gap in zip(texts, [*gaps, ""], strict=True)) if texts else ""
    return String.of(joined) if holder == "string" else joined


@builtin
def join(texts, /, *rest):
    """
    newStr = join(str)
    newStr = join(str, delimiter)
    newStr = join(str, delimiter, dim)

    The elements of a string array joined along its last dimension that is not 1.

    Examples
      >> newStr = join(["conv1" "relu1"])
      newStr =
          "conv1 relu1"
      >> newStr = join(["a" "b"; "c" "d"], "-")
      newStr =
        2×1 string array
          "a-b"
          "c-d"
      >> newStr = join(["a" "b"; "c" "d"], "-", 1)
      newStr =
        1×2 string array
          "a-c"    "b-d"

    See also strjoin, split, append.
    """
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    words, shape, holder = text_items(texts, "join")
    if holder == "char":
        return texts
    dimension = None
    if rest and not (is_char(rest[-1]) or type(rest[-1]) is String or is_cell(rest[-1])):
        dimension = whole_number(rest[-1], "join", "Dimension", 1) - 1
        if dimension >= len(shape):  # nothing stands along it
            return texts
        rest = rest[:-1]
    if dimension is None:
        dimension = max((axis for axis, length in enumerate(shape) if length != 1), default=1)
    data = shaped(words, shape + (1,) * (dimension + 1 - len(shape)))
    moved = np.moveaxis(data, dimension, 0)
    flat = moved.reshape((moved.shape[0], math.prod(moved.shape[1:])), order="F")
    if rest and (one := text_or_none(rest[0])) is None:
        gaps, _, _ = text_items(rest[0], "join", "Delimiter")
        if len(gaps) != max(len(flat) - 1, 0):
            raise ScriptError(
                "MATLAB:string:InvalidDelimiterSize",
                "Number of delimiters must equal one less than the number of elements.",
            )
    else:
        gaps = [one if rest else " "] * max(len(flat) - 1, 0)
    joined = []
    for column in flat.T.tolist():
        if not column:
            joined.append("")
            continue
        missing = any(word is MISSING for word in column)
        joined.append(MISSING if missing else "".join(w + g for w, g in zip(column, [*gaps, ""], strict=True)))
    result = np.moveaxis(shaped(joined, (1, *moved.shape[1:])), 0, dimension)
    while result.ndim > 2 and result.shape[-1] == 1:
        result = result[..., 0]
    result = np.asfortranarray(result)
    return String(result) if holder == "string" else result

"""Older text functions that scripts still use: strmatch, findstr, strread, textread, symvar, vectorize."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.joining import escaped
from cnnscript.builtins.files.text_files import file_text
from cnnscript.builtins.language.comparing import index_row, occurrences
from cnnscript.builtins.language.names import KEYWORDS
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.text_columns import (
    LINE_ENDS,
    Field,
    Layout,
    collected,
    column_value,
    columns_in_first_line,
    fields_of,
    read_columns,
    several,
    without_header,
)
from cnnscript.builtins.text.texts import one_text, real_number, text_items, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm
from cnnscript.values.text import MISSING, cell_of_texts, is_text

CONSTANTS = ("pi", "i", "j", "inf", "Inf", "nan", "NaN", "eps")


@builtin
def strmatch(text, texts, kind="", /):
    """
    x = strmatch(str, strarray)
    x = strmatch(str, strarray, 'exact')

    The numbers of the rows or cells that begin with a text, or are the same.

    Examples
      >> x = strmatch('conv', {'conv1', 'relu1', 'conv2'})
      x =
           1
           3
      >> x = strmatch('conv1', {'conv1', 'conv10'}, 'exact')
      x =
           1

    See also startsWith, strcmp, strfind.
    """
    word = one_text(text, "strmatch", "Text")
    rows, _, _ = text_items(texts, "strmatch", "Second")
    exact = one_text(kind, "strmatch", "Option").lower() == "exact"
    found = [
        float(number)
        for number, row in enumerate(rows, 1)
        if row is not MISSING and (row.rstrip(" \0") == word.rstrip(" \0") if exact else row.startswith(word))
    ]
    return norm(np.array(found).reshape(-1, 1)) if found else np.zeros((0, 1))


@builtin
def findstr(first, second, /):
    """
    k = findstr(str1, str2)

    Where the shorter of two texts begins in the longer one.

    Examples
      >> k = findstr('relu', 'conv1-relu')
      k =
           7

    See also strfind, contains.
    """
    one, other = one_text(first, "findstr", "First input"), one_text(second, "findstr", "Second input")
    return index_row(occurrences(one, other) if len(one) >= len(other) else occurrences(other, one))


COMMENTS = {"matlab": ("%",), "shell": ("#",), "c++": ("//",), "c": ("/*", "*/")}
OPTIONS = ("delimiter", "headerlines", "commentstyle", "emptyvalue", "whitespace", "endofline")


def outputs_of(nargout: int, text: str, args: tuple, name: str) -> tuple:
    """The columns of a text as outputs; an empty format gives one matrix, as many columns as the first line has."""
    rest = list(args)
    given = bool(rest) and is_text(rest[0])
    template = one_text(rest.pop(0), name, "Format") if given else "%f"
    if template.lower() in OPTIONS and len(rest) % 2:
        rest.insert(0, template)
        given, template = False, "%f"
    repeat = real_number(rest.pop(0), name, "The repeat count") if rest and not is_text(rest[0]) else -1.0
    options: dict[str, Any] = {}
    while rest:
        word = one_text(rest.pop(0), name, "Option").lower()
        if word not in OPTIONS or not rest:
            raise ScriptError(
                f"MATLAB:{name}:UnknownOption",
                f"'{word}' is not an option of {name} here.",
                notes=("known: " + ", ".join(OPTIONS),),
            )
        options[word] = rest.pop(0)
    layout = layout_of(options, name)
    start = without_header(text, whole_number(options.get("headerlines", 0.0), name, "headerlines"), layout.line_ends)
    body = text[start:]
    words = escaped(template)
    fields = fields_of(words) or (Field("number"),) * columns_in_first_line(body, layout)
    if not given:  # numbers alone: one output takes them all, several take turns
        fields *= max(nargout, 1)
    often = None if repeat < 0 or repeat == np.inf else whole_number(repeat, name, "The repeat count")
    columns, _, _ = read_columns(body, fields, layout, often)
    found = tuple(
        column_value(field._replace(class_name="double"), column, False, layout.empty)
        for field, column in zip(fields, columns, strict=True)
        if field.kind != "literal" and not field.skip
    )
    if not words.strip():
        found = tuple(collected(list(found), layout.empty))
    if nargout > len(found):
        raise ScriptError(
            f"MATLAB:{name}:OutputMismatch",
            "Number of outputs must match the number of unskipped input fields.",
            notes=(f"{len(found)} fields, {nargout} outputs",),
        )
    return found


def layout_of(options: dict[str, Any], name: str) -> Layout:
    """What stands between fields, from the options of strread and textread; a delimiter is each letter of a text."""
    given = several(options.get("delimiter", ""), "delimiter")
    delimiters = tuple(letter for text in given for letter in text)
    blanks = "".join(several(options.get("whitespace", " \b\t"), "whitespace"))
    style = several(options.get("commentstyle", ""), "commentstyle")
    return Layout(
        delimiters=delimiters,
        blanks="".join(letter for letter in blanks if letter not in delimiters),
        line_ends=several(options.get("endofline", ""), "endofline") or LINE_ENDS,
        empty=real_number(options.get("emptyvalue", 0.0), name, "emptyvalue"),
        comments=COMMENTS.get(style[0], style) if style else (),
    )


@builtin(outputs=None)
def strread(session, nargout, text, /, *args):
    """
    A = strread(str)
    [A, B] = strread(str, format)
    [A, B] = strread(str, format, N, 'delimiter', d)

    The fields of a text in columns, one output for each.

    Examples
      >> [A, B] = strread('conv 1 relu 2', '%s %d');
      >> disp(A{2})
      relu
      >> disp(double(B'))
           1     2
      >> A = strread('1,2', '%f', 'delimiter', ',');

    See also textscan, sscanf, textread.
    """
    return outputs_of(nargout, one_text(text, "strread", "Text"), args, "strread")


@builtin(outputs=None)
def textread(session, nargout, filename, /, *args):
    """
    [A, B] = textread(filename, format)
    [A, B] = textread(filename, format, N, 'headerlines', h)

    The fields of a text file in columns, one output for each.

    Examples
      >> writelines(["conv 1" "relu 2"], 'a.txt')
      >> [A, B] = textread('a.txt', '%s %f');
      >> disp(B')
           1     2

    See also textscan, readmatrix, strread.
    """
    return outputs_of(nargout, file_text(session, filename, "textread"), args, "textread")


@builtin
def symvar(text, /):
    """
    C = symvar(expr)

    The names of variables in an expression, sorted.

    Examples
      >> C = symvar('a * sin(x) + pi')
      C =
        2×1 cell array
          {'a'}
          {'x'}

    See also func2str, isvarname.
    """
    word = text.text if type(text) is Function else one_text(text, "symvar", "Expression")
    word = re.sub(r"'[^']*'|\"[^\"]*\"", "", word)
    names = {found[0] for found in re.finditer(r"(?<![\w.])[A-Za-z]\w*(?!\w*\s*\()", word)}
    return cell_of_texts(sorted(names - set(CONSTANTS) - set(KEYWORDS)))


@builtin
def vectorize(text, /):
    """
    S = vectorize(expr)

    An expression with a dot before *, / and ^, so that it works element by element.

    Examples
      >> S = vectorize('x^2 * y')
      S =
          'x.^2 .* y'

    See also str2func, func2str.
    """
    word = text.text if type(text) is Function else one_text(text, "vectorize", "Expression")
    return re.sub(r"(?<!\.)([*/^])", r".\1", word)

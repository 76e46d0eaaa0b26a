"""What a program prints: disp, display, format, fprintf, and the tables of who and whos."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import translate
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, nearest
from cnnscript.builtins.text.patterns import translated
from cnnscript.builtins.text.texts import flag_of, one_text
from cnnscript.display import disp as display_text
from cnnscript.display import show as shown_text
from cnnscript.display import workspace
from cnnscript.display.formats import NUMERIC, SPACING, Format
from cnnscript.display.printf import format_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, class_of, is_numeric
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, struct_array
from cnnscript.values.text import CharArray, String, cell_of_texts, text_or_none


# -------------------------------------------------------------------------------------------------------- disp, display
@builtin
def disp(session, X, /):
    """
    disp(X)

    Print a value without its name.

    An empty array prints nothing; text is printed as it is, numbers in the current format.

    Examples
      >> disp('hello')
      hello
      >> disp([1 2; 3 4])
           1     2
           3     4
      >> disp({1, 'two'})
          {[1]}    {'two'}

    See also display, fprintf, format, num2str.
    """
    session.out.write(display_text(X, session.format))


@builtin(name="display")
def display_(session, scope, X, name="", /):
    """
    display(X)
    display(X, name)

    Print a value as a statement without a semicolon does.

    The name is the variable's; an expression is printed without one.

    Examples
      >> x = 5; display(x)
      x =
           5
      >> display(7, 'seven')
      seven =
           7

    See also disp, format.
    """
    title = text_or_none(name) or _name_in(scope, X)
    session.out.write(shown_text(title, X, session.format) if title else display_text(X, session.format))


def _name_in(scope: Any, value: Any) -> str:
    """The one variable that holds this very value, or ''."""
    names = [name for name in scope if scope[name] is value]
    return names[0] if len(names) == 1 else ""


@builtin
def formattedDisplayText(
    session, X, /, *, NumericFormat="", LineSpacing="", UseTrueFalseForLogical=False, SuppressMarkup=False
):
    """
    s = formattedDisplayText(X)
    s = formattedDisplayText(X, Name=Value)

    The text that disp prints, as a string.

    Options
      NumericFormat           'short', 'long', 'shortG' ... as format takes them (the current one)
      LineSpacing             'loose' or 'compact' (the current one)
      UseTrueFalseForLogical  logical values are written true and false (false)
      SuppressMarkup          leave out marks of bold type; there are none here (false)

    Examples
      >> s = formattedDisplayText([1 2]); strlength(s) > 5
      ans =
        logical
         1
      >> disp(formattedDisplayText(pi, NumericFormat='long', LineSpacing='compact'))
         3.141592653589793

    See also disp, sprintf.
    """
    form = session.format
    flag_of(SuppressMarkup, "formattedDisplayText", "SuppressMarkup")
    if numeric := one_text(NumericFormat, "formattedDisplayText", "NumericFormat"):
        form = replace(form, numeric=_numeric_format(numeric))
    if spacing := one_text(LineSpacing, "formattedDisplayText", "LineSpacing").lower():
        if spacing not in SPACING:
            raise ScriptError("MATLAB:format:InvalidLineSpacing", "LineSpacing must be 'loose' or 'compact'.")
        form = replace(form, spacing=spacing)
    words = flag_of(UseTrueFalseForLogical, "formattedDisplayText", "UseTrueFalseForLogical")
    return String.of(display_text(X, replace(form, truth_words=words)))


# --------------------------------------------------------------------------------------------------------------- format
class DisplayFormat(Object):
    """What `fmt = format` gives: the display format as an object."""

    class_name = "matlab.display.DisplayFormatOptions"

    def __init__(self, form: Format):
        self.form = form

    def properties(self) -> dict[str, Any]:
        return {"NumericFormat": String.of(self.form.numeric), "LineSpacing": String.of(self.form.spacing)}

    def set(self, name: str, value: Any) -> DisplayFormat:
        word = text_or_none(value) or ""
        if name == "NumericFormat":
            return DisplayFormat(replace(self.form, numeric=_numeric_format(word)))
        if name == "LineSpacing":
            return DisplayFormat(_changed(self.form, word))
        raise self.no_property(name, setting=True)

    def disp(self, form: Format) -> str:
        lines = f'    NumericFormat: "{self.form.numeric}"\n      LineSpacing: "{self.form.spacing}"\n'
        return f"  DisplayFormatOptions with properties:\n{form.blank}{lines}"

    def equals(self, other: Any) -> bool:
        return isinstance(other, DisplayFormat) and other.form == self.form


_FORMAT_WORDS = {word.lower(): word for word in NUMERIC} | {"rat": "rational"}


def _numeric_format(word: str) -> str:
    """The display format a word names, in any letter case."""
    found = _FORMAT_WORDS.get(word.lower())
    if found is None:
        raise ScriptError(
            "MATLAB:format:UnknownOption",
            f"Unknown command option '{word}'.",
            notes=("format takes " + ", ".join((*NUMERIC, "compact", "loose")),),
            hint=nearest(word, [*NUMERIC, "compact", "loose", "rat"]),
        )
    return found


def _changed(form: Format, word: str) -> Format:
    folded = word.lower()
    if folded in ("compact", "loose"):
        return replace(form, spacing=folded)
    return replace(form, numeric=_numeric_format(word))


@builtin
def format(session, nargout, style="", kind="", /):  # noqa: A001 - MATLAB's name
    """
    format
    format style
    format(fmt)
    fmt = format

    Set how numbers are displayed and whether blank lines set values apart.

    short, long, shortE, longE, shortG, longG, shortEng, longEng, bank, hex, rat and + change numbers; compact and
    loose change the spacing. Without an argument, or with default, both go back to short and loose. What
    `fmt = format` gives can be handed back later.

    Examples
      >> format long, x = pi
      x =
         3.141592653589793
      >> format shortG, x = [pi 1e6]
      x =
             3.1416        1e+06
      >> fmt = format; format(fmt), format
      >> x = 1/3
      x =
          0.3333

    See also disp, num2str.
    """
    if isinstance(style, DisplayFormat):
        before, session.format = session.format, style.form
        return DisplayFormat(before) if nargout else None
    words = [text_or_none(word) for word in (style, kind)]
    if None in words:
        raise ScriptError("MATLAB:format:InvalidInput", "Input to format must be text.")
    if nargout and not words[0]:
        return DisplayFormat(session.format)
    before = session.format
    start = words[0].lower() in ("", "default")
    session.format = Format(width=before.width) if start else _changed(before, words[0] + words[1])
    return DisplayFormat(before) if nargout else None


# -------------------------------------------------------------------------------------------------------------- fprintf
def template_of(value: Any, name: str) -> str:
    """The text of a format argument, or MATLAB's error."""
    text = text_or_none(value)
    if text is None and type(value) is CharArray:
        text = "".join(map(chr, value.codes.ravel("F").tolist()))
    if text is None:
        raise ScriptError(
            f"MATLAB:{name}:InvalidFormat" if name else "MATLAB:printf:invalidInputType",
            "Invalid format.",
            notes=(f"the format has to be text; this is a {class_of(value)}",),
        )
    return text


@builtin
def fprintf(session, nargout, first, /, *A):
    """
    fprintf(formatSpec, A1, ..., An)
    fprintf(fileID, formatSpec, A1, ..., An)
    n = fprintf(___)

    Print formatted text on the screen or into a file.

    The format is used again until all data is used up. File 1 is the screen, 2 the error output, others come from
    fopen. n is the number of bytes written.

    Examples
      >> fprintf('%d: %.2f\\n', 1, pi)
      1: 3.14
      >> fprintf('%d ', [1 2 3]), fprintf('\\n')
      1 2 3
      >> n = fprintf(1, 'abc\\n')
      abc
      n =
           4

    See also sprintf, disp.
    """
    file = 1
    if type(first) is float or is_numeric(first) and as_array(first).size == 1:
        if not A:
            first, A = "%d\n", (first,)  # a number alone is printed
        else:
            file, first, A = take.integer(first, "File identifier"), A[0], A[1:]
    text = format_text(template_of(first, "fprintf"), A)
    write_to(session, file, text)
    return float(len(text.encode("utf-8", "surrogatepass"))) if nargout else None


def write_to(session: Any, file: int, text: str) -> None:
    """Write text to a file identifier: 1 the screen, 2 the error output, others the session's open files."""
    if file == 1:
        session.out.write(text)
    elif file == 2:
        session.err.write(text)
    else:
        files = getattr(session, "files", None)
        if files is None or file < 3:
            raise ScriptError(
                "MATLAB:FileIO:InvalidFid",
                "Invalid file identifier. Use fopen to generate a valid file identifier.",
                notes=(f"got {file}",),
            )
        files.write(file, text)


# ------------------------------------------------------------------------------------------------------------ who, whos
def _chosen(scope: Any, words: tuple) -> list[str]:
    """Names of the caller's variables that the words (names, patterns with *, '-regexp' and expressions) pick."""
    names = workspace.in_order({name: None for name in scope})
    wanted = [text_or_none(word) for word in words]
    if None in wanted:
        raise ScriptError("MATLAB:whos:InvalidInput", "Variable names must be text.")
    if not wanted:
        return names
    if wanted[0] == "-regexp":
        patterns = [translated(word).finder for word in wanted[1:]]
        return [name for name in names if any(pattern.search(name) for pattern in patterns)]
    if set(wanted) & {"global", "-global"}:
        names = [name for name in names if name in getattr(scope, "global_names", ())]
    matches = [re.compile(translate(word)) for word in wanted if word not in ("global", "-global")]
    return [name for name in names if not matches or any(match.match(name) for match in matches)]


def _from_file(session: Any, scope: Any, words: tuple) -> tuple[Any, tuple]:
    """The variables that are meant: those of the caller, or with '-file' those of a MAT-file; and the other words."""
    if words and getattr(words[0], "class_name", "") == "matlab.io.MatFile":
        return words[0].variables(words[0].names()), words[1:]
    texts = [text_or_none(word) for word in words]
    if "-file" not in texts:
        return scope, words
    at = texts.index("-file")
    if at + 1 >= len(words) or texts[at + 1] is None:
        raise ScriptError("MATLAB:whos:missingFile", "'-file' must be followed by the name of a MAT-file.")
    from cnnscript.builtins.files import saved_objects
    from cnnscript.builtins.files.matfiles import file_named, no_file, read_mat

    with saved_objects.keeping(saved_objects.Keeper(session)):
        path = file_named(session, texts[at + 1])
        if path is None:
            raise no_file(texts[at + 1])
        return read_mat(path, list), words[:at] + words[at + 2 :]


@builtin
def who(session, scope, nargout, /, *names):
    """
    who
    who(name1, ..., nameN)
    who('-file', filename, name1, ..., nameN)
    C = who

    List the variables in memory, or in a MAT-file.

    Names may hold * for any letters; '-regexp' makes them regular expressions.

    Examples
      >> a = 1; bc = 2; who
      Your variables are:
      a   bc
      >> C = who('b*')
      C =
        1×1 cell array
          {'bc'}
      >> save kept.mat bc; C = who('-file', 'kept.mat', 'b*'); disp(C{1})
      bc
      >> who -regexp ^a
      Your variables are:
      a

    See also whos.
    """
    scope, names = _from_file(session, scope, names)
    chosen = _chosen(scope, names)
    if nargout:
        return cell_of_texts(chosen)
    session.out.write(workspace.who_list(chosen, session.format.width))
    return None


@builtin
def whos(session, scope, nargout, /, *names):
    """
    whos
    whos(name1, ..., nameN)
    whos('-file', filename, name1, ..., nameN)
    S = whos

    List the variables in memory, or in a MAT-file, with their sizes and classes.

    Names may hold * for any letters; '-regexp' makes them regular expressions. S is a struct array with the fields
    name, size, bytes, class, global, sparse, complex, nesting and persistent.

    Examples
      >> a = 1; word = 'abc'; whos
        Name      Size            Bytes  Class     Attributes
        a         1x1                 8  double
        word      1x3                 6  char
      >> whos('w*')
        Name      Size            Bytes  Class    Attributes
        word      1x3                 6  char
      >> save kept.mat word; whos('-file', 'kept.mat', 'word')
        Name      Size            Bytes  Class    Attributes
        word      1x3                 6  char
      >> S = whos; S(2).name
      ans =
          'word'

    See also who.
    """
    scope, names = _from_file(session, scope, names)
    chosen = _chosen(scope, names)
    shared = getattr(scope, "global_names", ())
    rows = [workspace.row_of(name, scope[name], ("global",) if name in shared else ()) for name in chosen]
    if not nargout:
        session.out.write(workspace.whos_table(rows))
        return None
    data = np.empty((len(rows), 1), object)
    for i, row in enumerate(rows):
        data[i, 0] = _row_fields(row)
    return struct_array(list(data[0, 0]) if rows else ["name", "size", "bytes", "class"], data)


def _row_fields(row: workspace.Row) -> dict[str, Any]:
    words = row.attributes.split(", ")
    nesting = Struct({"function": "", "level": 1.0})
    return {
        "name": row.name,
        "size": np.array([row.size], float),
        "bytes": float(row.bytes),
        "class": row.class_name,
        "global": "global" in words,
        "sparse": "sparse" in words,
        "complex": "complex" in words,
        "nesting": nesting,
        "persistent": "persistent" in words,
    }

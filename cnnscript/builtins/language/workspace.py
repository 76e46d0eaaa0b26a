"""Variables by name: clear, clearvars, exist, isglobal; the screen: clc."""

from __future__ import annotations

import os
import re
from typing import Any

import numpy as np

from cnnscript.builtins.files.places import below_matlab_root, real_path
from cnnscript.builtins.language.function_files import is_file_in_matlab
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, patterns
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none

CLEAR_SCREEN = "\x1b[2J\x1b[3J\x1b[H"
FUNCTION_WORDS = ("functions", "classes", "all", "mex", "import", "java")


def matching(patterns_given: list[str], names: list[str], regular: bool = False) -> list[str]:
    """The names that fit one of the patterns: `*` any characters, `?` one; or regular expressions."""
    if regular:
        from cnnscript.builtins.text.patterns import translated

        finders = [translated(pattern).finder for pattern in patterns_given]
        return [name for name in names if any(finder.search(name) for finder in finders)]
    wanted = [re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")) for pattern in patterns_given]
    return [name for name in names if any(finder.fullmatch(name) for finder in wanted)]


def remove(scope: Any, name: str) -> None:
    """Take a variable away; of a global one only the link from here, its value stays."""
    if name not in scope.global_names:
        scope.delete(name)
    elif not scope.function:
        base = scope.base()
        base.global_names.discard(name)
        base.variables.pop(name, None)


def words_of(args: tuple, name: str) -> list[str]:
    return [word for arg in args for word in patterns(arg, name)]


@builtin
def clear(session, scope, /, *names):
    """
    clear
    clear name1 ... nameN
    clear -regexp expr1 ... exprN
    clear ItemType

    Remove variables.

    Names may hold `*`. Item types: all (variables, globals and what functions remember), variables, global, functions.

    Examples
      >> x = 1; y = 2;
      >> clear x
      >> disp(exist('x'))
           0
      >> clear -regexp ^y
      >> clear all
      >> disp(exist('y'))
           0
      >> clear

    See also clearvars, who, exist, clc.
    """
    words = words_of(names, "clear")
    regular = bool(words) and words[0] == "-regexp"
    if regular:
        words = words[1:]
    kind = words[0].lstrip("-") if len(words) == 1 and not regular else ""
    if not words or kind in ("all", "variables", "classes") and kind not in scope.names():
        for name in scope.names():
            remove(scope, name)
    if kind == "all" or words[:1] in (["global"], ["-global"]):
        gone = list(session.globals) if len(words) < 2 else matching(words[1:], list(session.globals))
        for name in gone:
            session.globals.pop(name, None)
            if name in scope.global_names:
                remove(scope, name)
        if kind != "all":
            return
    if kind in ("all", "import"):
        session.workspace.imports.clear()
    if kind in FUNCTION_WORDS:
        if kind in ("functions", "all", "classes"):
            session.forget_functions()
        return
    if words[:1] in (["-except"], ["-x"]):
        kept = matching(words[1:], scope.names())
        gone = [name for name in scope.names() if name not in kept]
    else:
        gone = matching(words, scope.names(), regular) if kind != "variables" else []
    for name in gone:
        remove(scope, name)
    functions = [word for word in words if word.isidentifier() and word not in gone]
    if functions and not regular:
        session.forget_functions(functions)


@builtin
def clearvars(session, scope, /, *names):
    """
    clearvars
    clearvars name1 ... nameN
    clearvars name1 -except keep1 ... keepN
    clearvars -regexp expr1 ... exprN

    Remove variables, but for some.

    Examples
      >> a = 1; b = 2; c = 3;
      >> clearvars -except b
      >> disp([exist('a') exist('b') exist('c')])
           0     1     0
      >> clearvars b
      >> clearvars

    See also clear, who.
    """
    groups: dict[str, list[str]] = {"names": [], "regexp": [], "except": [], "except regexp": []}
    group, except_part = "names", False
    for word in words_of(names, "clearvars"):
        if word == "-except":
            group, except_part = "except", True
        elif word == "-regexp":
            group = "except regexp" if except_part else "regexp"
        elif word == "-global":
            for name in scope.global_names:
                session.globals.pop(name, None)
        else:
            groups[group].append(word)
    present = scope.names()
    if groups["names"] or groups["regexp"]:
        gone = matching(groups["names"], present) + matching(groups["regexp"], present, regular=True)
    else:
        gone = present
    kept = matching(groups["except"], present) + matching(groups["except regexp"], present, regular=True)
    for name in dict.fromkeys(gone):
        if name not in kept:
            remove(scope, name)


@builtin
def clc(session, /):
    """
    clc

    Clear the screen. Where no person is at a prompt, nothing happens.

    Examples
      >> clc

    See also clear, close.
    """
    if session.interactive:
        session.out.write(CLEAR_SCREEN)
        session.out.flush()


@builtin
def isglobal(scope, name, /):
    """
    tf = isglobal(name)

    Whether a variable of that name is declared global here.

    Examples
      >> global g
      >> disp(isglobal('g'))
         1

    See also clear, who.
    """
    return one_text(name, "isglobal", "Name") in scope.global_names


# ------------------------------------------------------------------------------------------------------------- exist
NOTHING, VARIABLE, FILE, BUILT_IN, FOLDER, CLASS = 0.0, 1.0, 2.0, 5.0, 7.0, 8.0
CLASSES = ("containers.Map", "MException", "onCleanup")


def existing_file(session: Any, name: str) -> bool:
    """Whether a file, a function file or a bundled picture goes by that name."""
    if not name:
        return False
    inner = below_matlab_root(name)
    if inner is not None or os.sep not in name and "." in name:
        last = os.path.basename(inner) if inner is not None else name
        if last in session.bundled_pictures():
            return True
    if session.path.find_file(name) is not None:
        return True
    return re.fullmatch(r"[A-Za-z]\w*", name) is not None and session.path.find_function(name) is not None


def is_class(session: Any, name: str) -> bool:
    """Whether a file in reach defines a class of that name."""
    if re.fullmatch(r"[A-Za-z][\w.]*", name) is None or session.path.find_function(name) is None:
        return False
    try:
        return session.find_class(name) is not None
    except ScriptError:  # a file with a fault in it is a file
        return False


def existence(session: Any, scope: Any, name: str, kind: str) -> float:
    from cnnscript import builtins

    real_path(name)
    known = name in builtins.index()
    if kind in ("", "var") and name in scope.names():
        return VARIABLE
    if kind == "var":
        return NOTHING
    if kind in ("", "class") and is_class(session, name):
        return CLASS
    if kind in ("", "file") and existing_file(session, name):
        return FILE
    if kind == "file" and known:
        return FILE
    if kind in ("", "dir", "file") and name and os.path.isdir(os.path.expanduser(name)):
        if not (kind == "" and known):
            return FOLDER
        return FILE if is_file_in_matlab(name) else BUILT_IN
    if kind in ("", "class") and name in CLASSES:
        return CLASS
    if kind == "" and known:
        return FILE if is_file_in_matlab(name) else BUILT_IN
    if kind == "builtin" and known and not is_file_in_matlab(name):
        return BUILT_IN
    return NOTHING


@builtin
def exist(session, scope, name, kind="", /):
    """
    exist name
    exist name searchType
    n = exist(name, searchType)

    What goes by a name: 0 nothing, 1 a variable, 2 a file (functions that are files in MATLAB too), 5 a built-in
    function, 7 a folder, 8 a class.

    searchType: 'var', 'file', 'dir', 'builtin' or 'class'.

    Examples
      >> x = 3;
      >> exist x
      ans =
           1
      >> n = exist('no_such_thing')
      n =
           0
      >> disp(exist('sin', 'builtin'))
           5

    See also isfile, isfolder, which, isvarname.
    """
    words = patterns(name, "exist")
    sort = one_text(kind, "exist", "Type")
    if sort not in ("", "var", "file", "dir", "builtin", "class"):
        raise ScriptError(
            "MATLAB:exist:invalidSearchType",
            "Invalid search type. Valid types are 'var', 'file', 'dir', 'builtin' and 'class'.",
            notes=(f"exist got '{sort}'",),
        )
    if text_or_none(name) is not None:
        return existence(session, scope, words[0] if words else "", sort)
    return norm(np.array([[existence(session, scope, word, sort) for word in words]]))

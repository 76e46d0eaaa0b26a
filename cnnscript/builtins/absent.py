"""Names that mean nothing here: those MATLAB has (`absent.tsv`, with what comes nearest), and misspelt ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from cnnscript.builtins import absent_data
from cnnscript.errors import ScriptError

# what other languages call things
FOREIGN = {
    "printf": "fprintf",
    "print": "disp",
    "println": "disp",
    "puts": "disp",
    "len": "length",
    "range": "colon",
    "arange": "colon",
    "shape": "size",
    "array": "zeros",
    "append": "vertcat",
    "str": "string",
    "int": "int32",
    "float": "double",
    "bool": "logical",
    "None": "[]",
    "null": "[]",
    "True": "true",
    "False": "false",
    "argmax": "max",
    "argmin": "min",
    "columns": "size",
    "rows": "size",
    "fdisp": "disp",
    "imsave": "imwrite",
}


@cache
def absent() -> dict[str, str]:
    """Names that MATLAB has, with the nearest thing that may be there ('' for none)."""
    text = files("cnnscript.builtins").joinpath("absent.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


def missing_name_error(name: str, known: Iterable[str]) -> ScriptError:
    """The error for a name that is neither a variable nor a function.

    known   names that do mean something: built-ins, variables, functions in reach
    """
    known = set(known) - {name}
    if absent_data.is_function(name):
        return ScriptError("MATLAB:UndefinedFunction", f"{absent_data.sentence(name)}.", hint=absent_data.HINT)
    if name in absent():
        near = absent()[name]
        return ScriptError(
            "MATLAB:UndefinedFunction",
            f"'{name}' is not in cnnscript yet.",
            hint=f"what comes nearest is '{near}'" if near in known else None,
        )
    return ScriptError(
        "MATLAB:UndefinedFunction", f"Unrecognized function or variable '{name}'.", hint=suggestion(name, known)
    )


def suggestion(name: str, known: set[str]) -> str | None:
    """ "did you mean ...?" for a misspelt name, or None."""
    if name in FOREIGN and (FOREIGN[name] in known or FOREIGN[name] == "[]"):
        return f"did you mean {FOREIGN[name]!r}?" if FOREIGN[name] != "[]" else "an empty value is []"
    folded: dict[str, str] = {}
    for other in sorted(known):
        folded.setdefault(other.lower(), other)
    if name.lower() in folded:
        return f"did you mean '{folded[name.lower()]}'? upper and lower case differ"
    if len(name) < 3:
        return None
    near = difflib.get_close_matches(name.lower(), folded, 1, 0.72)
    if near:
        return f"did you mean '{folded[near[0]]}'?"
    elsewhere = {other.lower(): other for other in absent()}
    if name.lower() in elsewhere:
        return f"MATLAB's '{elsewhere[name.lower()]}' is not in cnnscript yet"
    return None

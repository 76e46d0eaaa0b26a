"""What programs remember from one session to the next: getpref, setpref, addpref, rmpref, ispref, prefdir.

The preferences are one MAT file in the user's data folder (or the file that CNNSCRIPT_PREFERENCES names).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.builtins.files import mat5
from cnnscript.builtins.files.matfiles import write_beside
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, is_cell, numel_of, size_of
from cnnscript.values.structs import Struct


def place() -> Path:
    """The file of the preferences."""
    named = os.environ.get("CNNSCRIPT_PREFERENCES")
    if named:
        return Path(named)
    from platformdirs import user_data_dir

    return Path(user_data_dir("cnnscript", appauthor=False)) / "preferences.mat"


def kept() -> dict[str, dict[str, Any]]:
    """Groups of preferences by name."""
    path = place()
    if not path.exists():
        return {}
    try:
        found = mat5.read(path.read_bytes())
    except (mat5.Damaged, OSError) as fault:
        raise ScriptError(
            "MATLAB:prefs:Unreadable", f"The file of preferences cannot be read: {path}", notes=(str(fault),),
            hint="delete it, and preferences begin anew",
        ) from None  # fmt: skip
    return {name: dict(group.fields) for name, group in found.items() if isinstance(group, Struct)}


def keep(groups: dict[str, dict[str, Any]], name: str) -> None:
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)

    def write(beside: str) -> None:
        with open(beside, "wb") as file:
            mat5.write({group: Struct(values) for group, values in groups.items()}, True, file.write)

    try:
        write_beside(str(path), write, name)
    except TypeError as fault:
        raise ScriptError("MATLAB:prefs:Unwritable", f"{name} cannot keep such a value.", notes=(str(fault),)) from None


def group_of(value: Any) -> str:
    word = take.text(value, "Group")
    if not word.isidentifier() or not word.isascii():
        raise ScriptError("MATLAB:prefs:InvalidGroup", "Group must be a valid variable name.", notes=(f"got '{word}'",))
    return word


def pairs_of(pref: Any, value: Any, name: str) -> list[tuple[str, Any]]:
    """Names and values: one of each, or a cell of each."""
    words = take.texts(pref, "Preference") if is_cell(pref) else [take.text(pref, "Preference")]
    values = list(value.ravel("F")) if is_cell(pref) and is_cell(value) else [value]
    if len(words) != len(values):
        raise ScriptError(
            f"MATLAB:{name}:InvalidInput", "The number of values must be the number of preferences.",
            notes=(f"{len(words)} preferences, {len(values)} values",),
        )  # fmt: skip
    for word in words:
        if not word.isidentifier() or not word.isascii():
            raise ScriptError("MATLAB:prefs:InvalidPref", f"'{word}' is not a valid name of a preference.")
    return list(zip(words, values, strict=True))


@builtin
def getpref(group=None, pref=None, default=None, /):
    """
    prefs = getpref
    prefs = getpref(group)
    value = getpref(group, pref)
    value = getpref(group, pref, default)
    values = getpref(group, {pref1, pref2}, {default1, default2})

    A preference that was kept. One that is not there gets the default, and is kept.

    Examples
      >> setpref('example', 'size', 227);
      >> value = getpref('example', 'size')
      value =
         227
      >> value = getpref('example', 'name', 'coffee')
      value =
          'coffee'
      >> prefs = getpref('example')
      prefs =
        struct with fields:
          size: 227
          name: 'coffee'
      >> values = getpref('example', {'size', 'name'}, {1, 'x'})
      values =
        1×2 cell array
          {[227]}    {'coffee'}
      >> prefs = getpref; isfield(prefs, 'example')
      ans =
        logical
         1
      >> rmpref('example');

    See also setpref, addpref, rmpref, ispref.
    """
    groups = kept()
    if group is None:
        return Struct({name: Struct(values) for name, values in groups.items()})
    word = group_of(group)
    if pref is None:
        if word not in groups:
            raise missing(word, None, groups)
        return Struct(groups[word])
    asked = pairs_of(pref, pref if default is None else default, "getpref")
    values = groups.setdefault(word, {})
    new = [(name, value) for name, value in asked if name not in values]
    if new and default is None:
        raise missing(word, new[0][0], groups)
    if new:
        values.update(new)
        keep(groups, "getpref")
    if not is_cell(pref):
        return values[asked[0][0]]
    found = np.empty(size_of(pref), OBJECT, order="F")
    for at, (name, _) in enumerate(asked):
        found[np.unravel_index(at, found.shape, "F")] = values[name]
    return found


def missing(group: str, pref: str | None, groups: dict) -> ScriptError:
    if pref is None or not groups.get(group):
        return ScriptError("MATLAB:getpref:GroupDoesNotExist", f"The preference group '{group}' does not exist.")
    return ScriptError(
        "MATLAB:getpref:PrefDoesNotExist", f"The preference '{pref}' does not exist in group '{group}'.",
        notes=("there are " + ", ".join(groups[group]),),
    )  # fmt: skip


@builtin
def setpref(group, pref, value, /):
    """
    setpref(group, pref, value)
    setpref(group, {pref1, pref2}, {value1, value2})

    Keep a preference for later sessions, in place of what it was.

    Examples
      >> setpref('example', 'size', 224);
      >> setpref('example', {'size', 'name'}, {227, 'coffee'});
      >> getpref('example', 'size')
      ans =
         227
      >> rmpref('example');

    See also getpref, addpref, rmpref, ispref.
    """
    groups = kept()
    groups.setdefault(group_of(group), {}).update(pairs_of(pref, value, "setpref"))
    keep(groups, "setpref")


@builtin
def addpref(group, pref, value, /):
    """
    addpref(group, pref, value)
    addpref(group, {pref1, pref2}, {value1, value2})

    Keep a new preference for later sessions: an error where it is there already.

    Examples
      >> addpref('example', 'size', 227)
      >> try, addpref('example', {'size', 'name'}, {1, 2}), catch e, disp(e.message), end
      The preference 'size' already exists in group 'example'.
      >> rmpref('example');

    See also setpref, getpref, rmpref, ispref.
    """
    groups = kept()
    values = groups.setdefault(group_of(group), {})
    for name, item in pairs_of(pref, value, "addpref"):
        if name in values:
            raise ScriptError(
                "MATLAB:addpref:PrefAlreadyExists",
                f"The preference '{name}' already exists in group '{take.text(group)}'.",
                hint="setpref changes it",
            )
        values[name] = item
    keep(groups, "addpref")


@builtin
def rmpref(group, pref=None, /):
    """
    rmpref(group)
    rmpref(group, pref)
    rmpref(group, {pref1, pref2})

    Forget a preference, or a whole group.

    Examples
      >> setpref('example', {'a', 'b', 'c'}, {1, 2, 3});
      >> rmpref('example', 'a')
      >> rmpref('example', {'b'})
      >> getpref('example')
      ans =
        struct with fields:
          c: 3
      >> rmpref('example')
      >> ispref('example')
      ans =
        logical
         0

    See also setpref, getpref, ispref.
    """
    groups = kept()
    word = group_of(group)
    if word not in groups:
        raise ScriptError("MATLAB:rmpref:GroupDoesNotExist", f"The preference group '{word}' does not exist.")
    if pref is None:
        del groups[word]
    else:
        for name, _ in pairs_of(pref, pref, "rmpref"):
            if name not in groups[word]:
                raise ScriptError(
                    "MATLAB:rmpref:PrefDoesNotExist", f"The preference '{name}' does not exist in group '{word}'."
                )
            del groups[word][name]
    keep(groups, "rmpref")


@builtin
def ispref(group, pref=None, /):
    """
    tf = ispref(group)
    tf = ispref(group, pref)
    tf = ispref(group, {pref1, pref2})

    Whether there is a group of preferences, or a preference in it.

    Examples
      >> tf = ispref('example')
      tf =
        logical
         0
      >> setpref('example', 'size', 227); tf = ispref('example', 'size')
      tf =
        logical
         1
      >> tf = ispref('example', {'size', 'name'})
      tf =
        1×2 logical array
         1   0
      >> rmpref('example');

    See also getpref, setpref, addpref, rmpref.
    """
    values = kept().get(take.text(group, "Group"))
    if pref is None:
        return values is not None
    values = values or {}
    if not is_cell(pref):
        return take.text(pref, "Preference") in values
    found = [word in values for word in take.texts(pref, "Preference")]
    return np.array(found, bool).reshape(size_of(pref), order="F") if numel_of(pref) else np.zeros(size_of(pref), bool)

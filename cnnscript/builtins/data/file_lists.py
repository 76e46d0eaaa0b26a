"""The files of a datastore: of folders, lists and wildcards; and how such a list is shown."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from typing import Any

from cnnscript.builtins import absent_data
from cnnscript.builtins.files.places import real_path
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import is_empty
from cnnscript.values.text import texts_or_none

DIGITS = "DigitDataset"
OWN_DIGITS = f"cnnscript's own is fullfile(toolboxdir('nnet'),'nndemos','nndatasets','{DIGITS}')"
MOST_SHOWN = 3  # files of a list
LONGEST = 50  # letters of a path


def locations(value: Any, function: str) -> list[str]:
    """The texts that say where the files are."""
    found = texts_or_none(value)
    if found is None:
        raise ScriptError(
            f"MATLAB:datastoreio:{function}:invalidLocation",
            "Files or folders must be specified as a string array, character vector, or cell array of character "
            "vectors.",
            notes=(f"got {take.described(value)}",),
        )
    return [str(text) for text in found]


def endings(value: Any, function: str) -> tuple[str, ...] | None:
    """The option FileExtensions: endings in small letters with their dot; None for -1, which allows the usual ones."""
    if type(value) is float and value == -1 or value is None:
        return None
    words = texts_or_none(value)
    if words is None or is_empty(value):
        raise ScriptError(
            f"MATLAB:datastoreio:{function}:invalidFileExtensions",
            "FileExtensions must be a string array, character vector, or cell array of character vectors.",
            notes=(f"got {take.described(value)}",),
        )
    wrong = [word for word in words if word and not word.startswith(".")]
    if wrong:
        raise ScriptError(
            f"MATLAB:datastoreio:{function}:invalidFileExtensions",
            f"A file extension must start with a period: '{wrong[0]}' does not.",
            hint=f"write '.{wrong[0]}'",
        )
    return tuple(word.lower() for word in words)


def is_of(name: str, wanted: tuple[str, ...] | None) -> bool:
    return wanted is None or os.path.splitext(name)[1].lower() in wanted


def inside(folder: str, wanted: tuple[str, ...] | None, deep: bool) -> list[str]:
    """The files of a folder in the order of their names, then (where asked) those of its subfolders."""
    found: list[str] = []
    pending, seen = [folder], set()
    while pending:
        here = pending.pop()
        real = os.path.realpath(here)
        if real in seen:  # a link that leads back
            continue
        seen.add(real)
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as fault:
            raise ScriptError(
                "MATLAB:datastoreio:pathlookup:folderUnreadable",
                f"Unable to read the folder '{here}'.",
                notes=(fault.strerror or str(fault),),
            ) from None
        folders = []
        for entry in listed:
            if entry.is_dir():
                folders.append(entry.path)
            elif is_of(entry.name, wanted):
                found.append(entry.path)
        if deep:
            pending += reversed(folders)
    return found


def look_up(
    session: Any, words: Iterable[str], wanted: tuple[str, ...] | None, deep: bool, checked: bool, usual: bool = False
) -> tuple[list[str], list[str]]:
    """The files that locations stand for, and their folders, both as full paths.

    wanted   endings of the files that are taken from folders; None for all
    deep     whether subfolders count
    checked  whether a file that is named must have a wanted ending too
    usual    whether these endings are the datastore's own and not the user's
    """
    files: list[str] = []
    folders: list[str] = []
    for word in words:
        paths = matching(session, word)
        if not paths:
            sentence = absent_data.sentence(word)
            advice = absent_data.hint(word) if sentence else OWN_DIGITS if DIGITS in word else None
            place = f"the current folder is {os.getcwd()}" if not os.path.isabs(word) else None
            raise ScriptError(
                "MATLAB:datastoreio:pathlookup:fileNotFound",
                f"Cannot find files or folders matching: '{word}'.",
                notes=tuple(filter(None, (place, sentence))),
                hint=advice,
            )
        here: list[str] = []
        for path in paths:
            if os.path.isdir(path):
                here += inside(path, wanted, deep)
                folders.append(path)
            elif is_of(path, wanted):
                here.append(path)
                folders.append(os.path.dirname(path))
            elif checked and len(paths) == 1:
                raise not_standard(path)
        if not here:
            if usual and (other := next((found for path in paths for found in some(path, deep)), None)):
                raise not_standard(other)
            raise ScriptError(
                "MATLAB:datastoreio:pathlookup:emptyFolder",
                f"No files with the wanted extensions were found in: '{word}'.",
                notes=("wanted: " + " ".join(wanted),) if wanted else (),
                hint=None if deep else "IncludeSubfolders=true looks into the subfolders too",
            )
        files += here
    return files, list(dict.fromkeys(folders))


def some(path: str, deep: bool) -> list[str]:
    """The files of a folder, whatever their endings; a file itself."""
    return inside(path, None, deep) if os.path.isdir(path) else [path]


def not_standard(path: str) -> ScriptError:
    return ScriptError(
        "MATLAB:datastoreio:filebaseddatastore:nonStandardExtensions",
        "Input folders or files contain non-standard file extensions.\n\n"
        "Use FileExtensions Name-Value pair to include the non-standard file extensions.",
        notes=(path,),
    )


def matching(session: Any, word: str) -> list[str]:
    """The full paths that a text stands for: a file or folder as given, beside the script or on the search path; all
    that match one with `*`."""
    path = real_path(word.replace("\\", "/") if os.sep == "/" and not os.path.exists(word) else word, session)
    places = [""] if os.path.isabs(path) else ["", *session.path.places()]
    for place in places:
        whole = os.path.join(place, path) if place else path
        if "*" in path:
            if found := sorted(glob.glob(glob.escape(whole).replace("[*]", "*"))):  # only * stands for others
                return [os.path.abspath(each) for each in found]
        elif path and os.path.exists(whole):
            return [os.path.abspath(whole)]
    return []


def last_folder(path: str) -> str:
    """The name of the folder that a file is in."""
    return os.path.basename(os.path.dirname(path))


# ------------------------------------------------------------------------------------------------------------- as text
def shortened(path: str) -> str:
    """The last folders of a path and its file, behind ' ...' where something was left off."""
    if len(path) <= LONGEST:
        return path
    parts = path.split(os.sep)
    kept = os.sep + parts.pop()
    while parts and len(kept) + len(parts[-1]) + 5 <= LONGEST:
        kept = os.sep + parts.pop() + kept
    return " ..." + kept


def shown_list(paths: list[str], indent: int) -> str:
    """Paths in braces, each on a line of its own, the first few of many."""
    if not paths:
        return "{}"
    edge = "\n" + " " * indent
    few = paths if len(paths) <= MOST_SHOWN else paths[:MOST_SHOWN]
    lines = f";{edge}".join(f"'{shortened(path)}'" for path in few)
    more = f"{edge} ... and {len(paths) - len(few)} more" if len(paths) > len(few) else ""
    return "{" + edge + lines + more + edge + "}"

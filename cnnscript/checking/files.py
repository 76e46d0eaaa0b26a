"""The files of a program: each is read once, and says what it defines."""

from __future__ import annotations

import os
import re
from functools import cached_property

from cnnscript.checking.folders import added
from cnnscript.code.names import Names, names_of
from cnnscript.errors import ScriptError, Source
from cnnscript.search_path import SCRIPT_ENDINGS as ENDINGS
from cnnscript.syntax import read_source, tree
from cnnscript.syntax.recovery import read_on

WORDS = re.compile(r"[A-Za-z]\w*")
REACHES_FOR_CALLER = frozenset(("assignin", "evalin"))


class File:
    """One program file, read as far as it can be.

    path      as it was named by whoever asked
    mistakes  of its text
    lost      words of statements that have a mistake
    """

    def __init__(self, path: str, source: Source | None = None):
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path))
        self.source = read_source(path) if source is None else source
        reading = read_on(self.source)
        self.mistakes: list[ScriptError] = reading.mistakes
        self.lost = reading.lost
        self.program = reading.program or tree.Program(0, 0, [], [], [], [])
        self.readable = reading.program is not None
        self.functions = {function.name: function for function in self.program.functions}

    @property
    def name(self) -> str:
        return os.path.splitext(os.path.basename(self.path))[0]

    @property
    def is_script(self) -> bool:
        return not self.program.classes and (bool(self.program.body) or not self.program.functions)

    @property
    def main(self) -> tree.Function | None:
        """The function that the file's name means."""
        return None if self.is_script or self.program.classes else self.program.functions[0]

    @property
    def class_node(self) -> tree.Class | None:
        return self.program.classes[0] if self.program.classes else None

    @cached_property
    def added_folders(self) -> tuple[list[str], bool]:
        """The folders that `addpath` adds here, and whether they are all known."""
        if "addpath" not in self.words:
            return [], True
        bodies = [self.program.body, *(function.body for function in self.program.functions)]
        return added([statement for body in bodies for statement in body], self.path)

    @property
    def adds_known_folders(self) -> bool:
        return self.added_folders[1]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(WORDS.findall(self.source.text))

    @cached_property
    def names(self) -> Names:
        """The names of a script's own statements."""
        return names_of(self.program.body)

    @property
    def changes_its_caller(self) -> bool:
        return not REACHES_FOR_CALLER.isdisjoint(self.words)

    @cached_property
    def methods(self) -> dict[str, tree.Function]:
        """The methods that a class file defines or declares."""
        if self.class_node is None:
            return {}
        return {
            method.name: method
            for block in self.class_node.blocks
            if type(block) is tree.Methods
            for method in [*block.methods, *block.declared]
        }


def program_files(paths: list[str], endings: tuple[str, ...] = ENDINGS) -> list[str]:
    """The files that paths mean: folders stand for all program files below them.

    Raises ScriptError for a path that is not there.
    """
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            for folder, inner, names in os.walk(path):
                inner[:] = sorted(name for name in inner if not name.startswith("."))
                for name in sorted(names):
                    if name.endswith(endings):
                        found[os.path.normpath(os.path.join(folder, name))] = None
        elif os.path.isfile(path):
            found[path] = None
        else:
            longer = [path + ending for ending in endings if os.path.isfile(path + ending)]
            if not longer:
                raise ScriptError("MATLAB:run:CannotRead", f"Unable to read file '{path}': No such file or directory.")
            found[longer[0]] = None
    return list(found)


def words_of(path: str) -> frozenset[str]:
    """The words of a file's text, comments too; none where it cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return frozenset(WORDS.findall(file.read()))
    except OSError:
        return frozenset()


def root_of(folder: str) -> str:
    """The folder from which files of a package, a class or a private folder are reached."""
    while os.path.basename(folder)[:1] in ("+", "@") or os.path.basename(folder) == "private":
        folder = os.path.dirname(folder)
    return folder

"""What a name that is no variable means in a file: a function of the file, of a file in reach, a built-in, nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from cnnscript.checking.files import ENDINGS, File, root_of, words_of
from cnnscript.code.class_bases import base_named
from cnnscript.errors import ScriptError
from cnnscript.search_path import SearchPath
from cnnscript.syntax import tree


class Table(NamedTuple):
    """The built-ins, as the checks are handed them.

    find       the declarations of a name (`registry.Builtin`): its own, then those for classes of values
    names      all names
    absent     names that MATLAB has and we have not, with what comes nearest
    undefined  the error for a name that means nothing, given the names that do
    networks   names of the functions that give a network
    network    what is known of what such a function gives for texts (networks.Known), or None
    needs      the error for a function that needs what is not installed, or None
    layering   names of the functions that make or change layers and graphs of layers
    surgery    what is certain of what they give (networks.Surgery), or None
    methods    names that are no functions, but that objects of MATLAB's own classes answer to
    """

    find: Callable[[str], list[Any]]
    names: Iterable[str]
    absent: dict[str, str]
    undefined: Callable[[str, Iterable[str]], ScriptError]
    networks: frozenset[str] = frozenset()
    network: Callable[[str, list[str]], Any] | None = None
    needs: Callable[[str], ScriptError | None] | None = None
    layering: frozenset[str] = frozenset()
    surgery: Any = None
    methods: frozenset[str] = frozenset()


class Meaning(NamedTuple):
    """kind     'local', 'file', 'script', 'class', 'builtin', 'method', 'package', 'missing' (MATLAB has it), 'nothing'
    function  of a local function, or the main function of a file
    file      where it is defined
    builtin   its declarations
    """

    kind: str
    function: tree.Function | None = None
    file: File | None = None
    builtin: Any = None


NOTHING = Meaning("nothing")
METHOD = Meaning("method")
PACKAGE = Meaning("package")
MISSING = Meaning("missing")


class Reach:
    """The functions that the files of one check can call.

    folders   where functions are looked for, besides a file's own folder
    methods   names of the methods of classes in reach: any call may be one of them
    """

    def __init__(self, table: Table, folders: list[str]):
        self.table = table
        self.names = frozenset(table.names)
        self.path = SearchPath()
        self.path.add(folders)
        self.methods: set[str] = set(table.methods)
        self._files: dict[str, File | None] = {}
        self._found: dict[tuple[str, str], Meaning] = {}
        self._classes_known: set[str] = set()
        self._undefined: dict[tuple[str, str], ScriptError] = {}
        self._words: dict[str, dict[str, frozenset[str]]] = {}

    def file(self, path: str) -> File | None:
        """A file, read once; None where it cannot be read."""
        key = os.path.abspath(path)
        if key not in self._files:
            try:
                self._files[key] = File(path)
            except ScriptError:
                self._files[key] = None
        return self._files[key]

    def add(self, file: File) -> None:
        """Know a file that has been read already."""
        self._files[os.path.abspath(file.path)] = file

    def is_called(self, script: File) -> bool:
        """Does another file read so far, or one beside the script, mention its name?"""
        others = [file for file in self._files.values() if file is not None and file is not script]
        if any(script.name in file.words for file in others):
            return True
        beside = self._words.get(script.folder)
        if beside is None:
            beside = self._words[script.folder] = {}
            for entry in self.path.listing(script.folder):
                path = os.path.join(script.folder, entry)
                if entry.endswith(ENDINGS) and path not in self._files:
                    beside[entry] = words_of(path)
        own = os.path.basename(script.path)
        return any(script.name in words for entry, words in beside.items() if entry != own)

    def learn_classes(self, folder: str) -> None:
        """Note the methods of the classes in a folder."""
        if folder in self._classes_known:
            return
        self._classes_known.add(folder)
        for entry in self.path.listing(folder):
            path = os.path.join(folder, entry)
            if entry.startswith("@"):
                inner = self.path.listing(path)
                self.methods |= {os.path.splitext(name)[0] for name in inner if name.endswith(".m")}
                path = os.path.join(path, entry[1:] + ".m")
            elif entry.startswith("+"):
                self.learn_classes(path)
                continue
            if path.endswith(".m") and _begins_a_class(path) and (file := self.file(path)) is not None:
                self.methods |= set(file.methods)
                for name in file.class_node.superclasses if file.class_node is not None else ():
                    if (base := base_named(name)) is not None:  # what its classes have from MATLAB's own
                        self.methods |= set(base.methods)

    def meaning(self, name: str, file: File, imports: Iterable[str] = ()) -> Meaning:
        """What a name, plain or dotted, means in a file."""
        if name in file.functions:
            return Meaning("local", file.functions[name], file)
        key = (name, file.folder)
        if key not in self._found:
            self._found[key] = self._look_up(name, file)
        found = self._found[key]
        if found.kind in ("nothing", "missing"):
            for one in imports:
                package, _, last = one.rpartition(".")
                if package and last in ("*", name):
                    inner = self.meaning(f"{package}.{name}", file)
                    if inner.kind not in ("nothing", "missing"):
                        return inner
        return found

    def _look_up(self, name: str, file: File) -> Meaning:
        root = root_of(file.folder)
        self.learn_classes(root)
        self.path.script = root
        path = self.path.find_function(name, os.path.abspath(file.path))
        if path is None and os.path.basename(file.folder).startswith("@"):  # functions beside the class's file
            path = next((p for e in (".m", ".cnns") if os.path.isfile(p := os.path.join(file.folder, name + e))), None)
        if path is not None:
            other = self.file(path)
            if other is None or not other.readable or other.mistakes and not other.class_node:
                return METHOD  # something, of which nothing is known
            if other.class_node is not None:
                return Meaning("class", None, other)
            if other.is_script and path.endswith(".cnns") and name in self.names:
                return Meaning("builtin", builtin=self.table.find(name))  # as Session.find_function
            return Meaning("script" if other.is_script else "file", other.main, other)
        if name in self.names:
            return Meaning("builtin", builtin=self.table.find(name))
        if name.rpartition(".")[2] in self.methods:
            return METHOD
        if "." not in name and self.is_package(name):
            return PACKAGE
        return MISSING if name in self.table.absent else NOTHING

    def is_package(self, name: str) -> bool:
        return self.path.is_package(name) or any(known.startswith(name + ".") for known in self.names)

    def undefined(self, name: str, file: File, variables: Iterable[str]) -> ScriptError:
        """The error for a name that means nothing in a file; the first variables asked with may be meant."""
        key = (name, file.path)
        if key not in self._undefined:
            self._undefined[key] = self.table.undefined(name, self.known_names().union(variables))
        return replace(self._undefined[key])

    def known_names(self) -> set[str]:
        return {*self.names, *self.path.function_names()}


def _begins_a_class(path: str) -> bool:
    """Is the first word of a file's code `classdef`?"""
    try:
        with open(path, "rb") as file:
            for line in file:
                words = line.strip(b"\xef\xbb\xbf \t\r\n")
                if words and not words.startswith(b"%"):
                    return words.startswith(b"classdef")
    except OSError:
        return False
    return False

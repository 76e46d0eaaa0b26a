"""What Tab offers: variables, functions, fields and properties, options and their values, file names, bundled pictures,
and the names of a network's layers.

Nothing of the user's is run: only names, fields and elements of what variables hold are looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

from prompt_toolkit.completion import Completer, Completion

from cnnscript import builtins
from cnnscript.builtins.language.names import KEYWORDS
from cnnscript.errors import ScriptError
from cnnscript.repl.cursor import Context, context
from cnnscript.values.functions import Function
from cnnscript.values.indexing import brace, end_of, get_field, index
from cnnscript.values.objects import Object
from cnnscript.values.structs import is_struct

# what a word of command syntax is followed by: fixed words, or a kind of name
COMMAND_WORDS: dict[str, str | list[str]] = {
    "format": ["short", "long", "shortG", "longG", "shortE", "longE", "compact", "loose"],
    "hold": ["on", "off"],
    "axis": ["on", "off", "equal", "tight", "image", "auto", "ij", "xy", "square"],
    "close": ["all"],
    "colorbar": ["off"],
    "grid": ["on", "off", "minor"],
    "colormap": [
        "parula",
        "jet",
        "turbo",
        "hsv",
        "hot",
        "cool",
        "gray",
        "bone",
        "copper",
        "pink",
        "spring",
        "summer",
        "autumn",
        "winter",
    ],
    "warning": ["on", "off"],
    "rng": ["default", "shuffle"],
    **dict.fromkeys(("clear", "clearvars", "who", "whos", "global", "save"), "variables"),
    **dict.fromkeys(("load", "cd", "ls", "dir", "run", "addpath", "delete", "mkdir", "!"), "files"),
    **dict.fromkeys(("help", "doc", "which", "type", "edit"), "functions"),
}
COMMANDS = frozenset(COMMAND_WORDS)
PICTURE_READERS = ("imread", "imfinfo", "imshow", "montage", "imtile")
STEP = re.compile(r"\.(\w+)|([({])([^)}]*)[)}]")
QUOTED = re.compile(r"""(?<!\w)(["'])([A-Za-z][\w.-]*)\1(?!\w)""")

Found = Iterator[tuple[str, str, str]]  # a name, what it is, and how much of it has been typed


# what functions make that are not called as it is
MAKERS = {
    "plot": "line", "plot3": "line", "loglog": "line", "semilogx": "line", "semilogy": "line", "barh": "bar",
    "stairs": "stair", "imagesc": "image", "scatter3": "scatter", "surf": "surface", "mesh": "surface",
    "contourf": "contour", "confusionchart": "confusionmatrixchart", "fill": "patch", "xline": "constantline",
    "yline": "constantline", "title": "text", "xlabel": "text", "ylabel": "text", "zlabel": "text", "subtitle": "text",
    "stem3": "stem", "quiver3": "quiver", "contour3": "contour", "pcolor": "surface", "surfc": "surface",
    "meshc": "surface", "fill3": "patch", "polarplot": "line", "polarscatter": "scatter", "swarmchart": "scatter",
    "polarhistogram": "histogram", "violinplot": "violin", "fplot": "functionline", "subplot": "axes",
}  # fmt: skip


def properties(function: str) -> tuple[str, ...]:
    """The properties that a function may be given which makes a graphics object."""
    from cnnscript.pictures.graphics.objects import every_kind

    kind = MAKERS.get(function, function)
    made = next((each for each in every_kind() if each.kind == kind), None)
    return () if made is None else tuple(sorted(name for name, one in made.table.items() if not one.hidden))


class SessionCompleter(Completer):
    """Completions from a session's workspace, its table of functions and its folders."""

    def __init__(self, session: Any):
        self.session = session

    def get_completions(self, document, complete_event) -> Iterator[Completion]:
        place = context(document.text_before_cursor, COMMANDS)
        closed = place.quote and document.text_after_cursor.startswith(place.quote)
        for text, what, typed in self.candidates(place):
            bare = text.removesuffix(place.quote)
            yield Completion(bare if closed else text, -len(typed), bare, what or None)

    def candidates(self, place: Context) -> Found:
        """Each name that fits, once: the nearest kind first."""
        seen = set()
        for found in self.every(place):
            if found[0] not in seen:
                seen.add(found[0])
                yield found

    def every(self, place: Context) -> Found:
        if place.kind == "member":
            yield from starting(place.word, member_names(self.value(place.owner)), "")
        elif place.kind == "text":
            yield from self.in_quotes(place)
        elif place.kind == "command":
            yield from self.command_words(place)
        elif place.kind == "name" and (place.word or place.call):
            if place.option:
                option, values = self.values_of(place)
                fitting = starting(place.word, values, option)
                yield from ((f'"{value}"', what, typed) for value, what, typed in fitting)
            else:
                yield from starting(place.word, (f"{name}=" for name in self.options(place.call)), "option")
            if place.word:
                yield from starting(place.word, self.variables(), "variable")
                yield from starting(place.word, self.session.function_names(), "function")
                yield from starting(place.word, KEYWORDS, "keyword")

    # --------------------------------------------------------------------------------------------- where names are from
    def variables(self) -> list[str]:
        return sorted(self.session.variables)

    def builtin(self, name: str) -> Any:
        """The built-in that a call means, None where the name is a variable or unknown."""
        return builtins.find(name) if name and name not in self.session.variables else None

    def options(self, call: str) -> tuple[str, ...]:
        entry = self.builtin(call)
        return (entry.options or properties(call)) if entry else ()

    def value(self, source: str) -> Any:
        """What a variable, or a member or element of one, holds; None where that is nothing or would need a call.

        source: names joined by dots, with indices that are numbers, `end` or variables.
        """
        name = re.match(r"\w+", source)
        if name is None or source.strip() != source:
            return None
        value = self.session.variables.get(name[0])
        at = name.end()
        while at < len(source) and value is not None and not isinstance(value, Function):
            step = STEP.match(source, at)
            if step is None:
                return None
            try:
                value = self.member(value, step[1]) if step[1] else self.element(value, step[2], step[3])
            except ScriptError:
                return None
            at = step.end()
        return value

    def member(self, value: Any, name: str) -> Any:
        return get_field(value, name) if is_struct(value) or isinstance(value, Object) else None

    def element(self, value: Any, bracket: str, source: str) -> Any:
        words = [word.strip() for word in source.split(",")]
        places = [
            float(word) if word.isdigit()
            else float(end_of(value, k, len(words))) if word == "end"
            else self.session.variables.get(word)
            for k, word in enumerate(words)
        ]  # fmt: skip
        if not all(isinstance(place, float) for place in places):
            return None
        return index(value, tuple(places)) if bracket == "(" else brace(value, tuple(places))[0]

    def values_of(self, place: Context) -> tuple[str, list[str]]:
        """The whole name of the option whose value is being typed, and the values that its help names."""
        entry = self.builtin(place.call)
        option = (entry.match_option(place.option) if entry and place.option else None) or ""
        return option, words_in(entry.help.options.get(option, "")) if entry else []

    # ------------------------------------------------------------------------------------------------------- in quotes
    def in_quotes(self, place: Context) -> Found:
        close = place.quote
        entry = self.builtin(place.call)
        option, values = self.values_of(place)
        if values:
            yield from starting(place.word, values, option, close)
            return
        for source in (place.call, *place.before):
            value = self.value(source) if source else None
            names = getattr(value, "layer_names", None)
            if names is not None:
                yield from containing(place.word, names(), "layer", close)
            keys = getattr(value, "sorted_keys", None)
            if keys is not None and source == place.call:
                yield from starting(place.word, (key for key in keys() if isinstance(key, str)), "key", close)
        if place.call in self.session.variables:  # an index
            return
        if entry is not None:
            said = starting(place.word, words_in(entry.help.text.partition("\nExamples")[0]), "", close)
            options = starting(place.word, self.options(place.call), "option", close)
            # What comes first in a call is no option.
            yield from (*options, *said) if place.before else (*said, *options)
        if place.call in PICTURE_READERS:
            from cnnscript.pictures.images import bundled

            yield from self.files(place.word)
            yield from starting(place.word, bundled.names(), "picture", close)
        else:
            yield from self.files(place.word)

    def command_words(self, place: Context) -> Found:
        words = COMMAND_WORDS[place.owner]
        if words == "files":
            yield from self.files(place.word)
        elif words == "variables":
            yield from starting(place.word, self.variables(), "variable")
        elif words == "functions":
            yield from starting(place.word, self.session.function_names(), "function")
        else:
            yield from starting(place.word, words, "")

    def files(self, typed: str) -> Found:
        """Files and folders whose path starts as typed."""
        folder, name = os.path.split(typed)
        try:
            with os.scandir(os.path.expanduser(folder) or ".") as listed:
                entries = sorted(
                    (entry.name, entry.is_dir())
                    for entry in listed
                    if entry.name.lower().startswith(name.lower()) and (name or not entry.name.startswith("."))
                )
        except (OSError, ValueError):  # no such folder; a name with a character of code 0
            return
        for found, is_folder in entries:
            yield found + ("/" if is_folder else ""), "folder" if is_folder else "file", name


def words_in(text: str) -> list[str]:
    """What stands in quotes, single or double ones."""
    return [found[2] for found in QUOTED.finditer(text)]


def member_names(value: Any) -> list[str]:
    """Fields of a struct; properties and methods of an object."""
    if is_struct(value):
        return value.names()
    if isinstance(value, Object):
        return [*value.property_names(), *sorted(value.methods)]
    return []


def starting(typed: str, names: Iterable[str], what: str, tail: str = "") -> Found:
    folded = typed.lower()
    for name in names:
        if name.lower().startswith(folded):
            yield name + tail, what, typed


def containing(typed: str, names: list[str], what: str, tail: str = "") -> Found:
    """Names that start as typed, or where there is none those that have it anywhere (`expand3x3`)."""
    first = list(starting(typed, names, what, tail))
    yield from first
    if not first:
        yield from ((name + tail, what, typed) for name in names if typed.lower() in name.lower())

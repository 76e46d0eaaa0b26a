"""The MATLAB face of everything: one file a topic, each built-in declared once under `@builtin` (see registry).

A topic is imported when a program first names one of its functions.  Which topic declares which name is an index made
from the declarations themselves (by importing all topics once) and kept in the user's cache folder; a changed file
makes it anew.
"""

from __future__ import annotations

import json
import os
from functools import cache
from importlib import import_module
from typing import Any

from cnnscript.builtins.registry import OVERLOADS, TABLE, Builtin
from cnnscript.syntax.table import cache_folder, keep

OWN = frozenset(("__init__", "registry"))


def find(name: str) -> Builtin | None:
    """The built-in of that name; its topic is imported."""
    entry = TABLE.get(name)
    if entry is None and (topic := index().get(name)) is not None:
        import_module(f"cnnscript.builtins.{topic}")
        entry = TABLE[name]
    if entry is not None and not entry.overloaded:
        entry.overloaded = kept()["overloads"].get(name, {})
        entry.sparse_topic = entry.overloaded.get("sparse", "")
    return entry


def load() -> None:
    """Import every topic; afterwards `registry.TABLE` holds all built-ins."""
    for topic in topics():
        import_module(f"cnnscript.builtins.{topic}")


def index() -> dict[str, str]:
    """The topic of every built-in's name."""
    return kept()["topics"]


@cache
def kept() -> dict[str, Any]:
    """What is declared where: `topics` by name; `overloads` by name and class."""
    path = os.path.join(cache_folder(), "builtins.json")
    key = fingerprint()
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        if found["key"] == key and type(found["topics"]) is dict is type(found["overloads"]):
            return found
    except (OSError, ValueError, KeyError, TypeError):
        found = None  # no index, or a damaged one: it is made anew
    load()
    overloads = {
        name: {word: entry.topic for word, entry in classes.items()} for name, classes in sorted(OVERLOADS.items())
    }
    made = {
        "key": key, "topics": {name: entry.topic for name, entry in sorted(TABLE.items())}, "overloads": overloads
    }  # fmt: skip
    keep(path, json.dumps(made).encode())
    return made


def fingerprint() -> str:
    """What the index was made from: name, size and time of each topic file."""
    with os.scandir(os.path.dirname(__file__)) as entries:
        files = sorted((e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries if e.name.endswith(".py"))
    return str(files)


def topics() -> list[str]:
    """The names of the topic modules beside this file."""
    names = (name for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py"))
    return sorted(name[:-3] for name in names if name[:-3] not in OWN)

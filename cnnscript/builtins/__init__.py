"""The MATLAB face of everything: one file a topic, each built-in declared once under `@builtin`.

    registry     what a declaration says, and how a built-in is called
    topic_files  which topics there are, and in which file each is
    absent       names that MATLAB has and we have not, with what comes nearest
    absent_data  example data that MATLAB has and we have not

    language     programs that ask about and act on programs: functions, classes, errors, paths, preferences
    arrays       making, shaping, sorting and searching arrays, cells, structs, dictionaries
    elementary   functions of single numbers
    matrices, sparse
                 linear algebra
    text, times, tables
                 strings and patterns; dates and durations; tables, timetables, categories
    statistics, learning
                 numbers in bulk, random numbers; classifiers and clusters
    signals, numerical, graphs
                 filters and transforms; interpolation, quadrature, equations, optimisation; graphs
    files, testing
                 what is read and written; unit tests
    images, figures
                 pictures as arrays; plots and the objects that they are made of
    data         collections of images and files, read piece by piece
    networks     what is asked of networks
    explanations what networks see, and whether the explanation is true
    differentiation
                 dlarray, and the gradients of what is computed with it
    training     networks trained, and what is measured meanwhile

A topic is imported when a program first names one of its functions.  Which topic declares which name is an index made
from the declarations themselves (by importing all topics once) and kept in the user's cache folder; a changed file
makes it anew.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

from cnnscript.builtins.registry import OVERLOADS, TABLE, Builtin
from cnnscript.builtins.topic_files import fingerprint, import_topic, topics
from cnnscript.syntax.table import cache_folder, keep
from cnnscript.values.objects import Object


def find(name: str) -> Builtin | None:
    """The built-in of that name; its topic is imported."""
    entry = TABLE.get(name)
    if entry is None and (topic := index().get(name)) is not None:
        import_topic(topic)
        entry = TABLE[name]
    if entry is not None and not entry.overloaded:
        entry.overloaded = kept()["overloads"].get(name, {})
    return entry


def load() -> None:
    """Import every topic; afterwards `registry.TABLE` holds all built-ins."""
    for topic in topics():
        import_topic(topic)


def index() -> dict[str, str]:
    """The topic of every built-in's name."""
    return kept()["topics"]


@cache
def kept() -> dict[str, Any]:
    """What is declared where: `topics` by name; `overloads` by name and class; `methods`, names of what only objects
    answer to (stats of a memoized function)."""
    path = os.path.join(cache_folder(), "builtins.json")
    key = fingerprint()
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        if found["key"] == key and type(found["topics"]) is dict is type(found["overloads"]) and found["methods"]:
            return found
    except (OSError, ValueError, KeyError, TypeError):
        found = None  # no index, or a damaged one: it is made anew
    load()
    overloads = {
        name: {word: entry.topic for word, entry in classes.items()} for name, classes in sorted(OVERLOADS.items())
    }
    made = {
        "key": key, "topics": {name: entry.topic for name, entry in sorted(TABLE.items())}, "overloads": overloads,
        "methods": sorted(methods_of(Object) - set(TABLE)),
    }  # fmt: skip
    keep(path, json.dumps(made).encode())
    return made


def methods_of(kind: type) -> frozenset[str]:
    """The methods that a class and all that are made of it answer to, where they are the same for all objects."""
    own = getattr(kind, "methods", None)
    names = own if isinstance(own, frozenset) else frozenset()
    return names.union(*(methods_of(one) for one in kind.__subclasses__()))

"""Which topics of built-ins there are: every module in a folder of this package, by its name alone."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType

HERE = os.path.dirname(__file__)


@cache
def places() -> dict[str, str]:
    """The module of every topic: 'fourier' is 'cnnscript.builtins.signals.fourier'."""
    return {entry.name[:-3]: f"cnnscript.builtins.{folder}.{entry.name[:-3]}" for folder, entry in files()}


@cache
def files() -> list[tuple[str, os.DirEntry[str]]]:
    """Every topic's folder and file, in order of their names."""
    with os.scandir(HERE) as entries:
        folders = sorted(each.name for each in entries if not each.name.startswith("_") and each.is_dir())
    found = []
    for folder in folders:
        with os.scandir(os.path.join(HERE, folder)) as entries:
            inside = [each for each in entries if each.name.endswith(".py") and each.name != "__init__.py"]
        found += [(folder, each) for each in sorted(inside, key=lambda each: each.name)]
    return found


def topics() -> list[str]:
    """The names of all topics."""
    return sorted(places())


def import_topic(topic: str) -> ModuleType:
    return import_module(places()[topic])


def fingerprint() -> str:
    """What an index of the declarations was made from: name, size and time of each topic's file."""
    return str([(e.name, (stat := e.stat()).st_size, stat.st_mtime_ns) for _, e in files()])

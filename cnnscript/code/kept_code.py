"""Generated code kept between runs: a large function file is read and compiled once.

An entry is one file in the user's cache folder.  It holds the whole text it was made from, the heads of the functions,
and for each function that was called its code (`marshal`) with the steps its generation took on the unit: which names
it linked, what each name meant, which constants it made.  The steps are taken again when the code is used; where a
name now means something else, the function is generated anew.  A file that is damaged, of another version or of
another text is as good as none; nowhere to write is no fault; the folder stays below `MOST_BYTES`, oldest out first.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from types import CodeType
from typing import Any

import numpy as np

from cnnscript.code.linking import units_of
from cnnscript.code.program_text import About
from cnnscript.code.unit import Unit
from cnnscript.errors import Source
from cnnscript.syntax import parse, tree
from cnnscript.syntax.table import cache_folder, keep
from cnnscript.values.numeric import ndarray
from cnnscript.values.text import String

LEAST = 4000  # characters of a file worth keeping
MOST_BYTES = 64 << 20
MAGIC = b"cnnscript code 1"
FOLDER = "code"


def load_unit(source: Source, host: Any) -> Unit:
    """The unit of a program file, from what is kept of it where that is worth it."""
    if len(source.text) < LEAST:
        return Unit(parse(source), source, host, "script")
    entry = _read(source, host)
    if entry is not None:
        return KeptUnit(source, host, entry)
    unit = Unit(parse(source), source, host, "script")
    if not unit.is_script and not unit.program.classes:
        unit.keeper = Keeper(unit, {"heads": _heads(unit.program), "constants": 0, "codes": {}})
    return unit


def save_units(host: Any) -> None:
    """Keep what was generated in this session."""
    keepers = [unit.keeper for unit in units_of(host) if unit.keeper is not None and unit.keeper.fresh]
    for keeper in keepers:
        keeper.save()
    if keepers:
        _make_room(os.path.join(cache_folder(), FOLDER))


class KeptUnit(Unit):
    """A unit whose text is parsed only when something asks for its tree."""

    def __init__(self, source: Source, host: Any, entry: dict[str, Any]):
        self._whole: tree.Program | None = None
        functions = [_head(*head) for head in entry["heads"]]
        super().__init__(tree.Program(0, len(source.text), [], functions, [], []), source, host, "script")
        self._whole = None
        self.keeper = Keeper(self, entry)

    @property
    def program(self) -> tree.Program:  # type: ignore[override]
        if self._whole is None:
            self._whole = parse(self.source)
            self.functions.update({function.name: function for function in self._whole.functions})
        return self._whole

    @program.setter
    def program(self, program: tree.Program) -> None:
        self._whole = program

    @property
    def function(self) -> Any:
        return self.handle(next(iter(self.functions)))

    def read_whole(self) -> None:
        self.program  # noqa: B018  reading it fills the functions


class Keeper:
    """What is kept of one unit.

    codes  'name' or 'name general' to (marshalled code, steps)
    """

    def __init__(self, unit: Unit, entry: dict[str, Any]):
        self.unit = unit
        self.entry = entry
        self.codes: dict[str, tuple[bytes, tuple]] = entry["codes"]
        self.fresh = False
        self.steps: list[tuple] | None = None
        unit._constants = entry["constants"]

    def find(self, form: str) -> CodeType | None:
        """The kept code, its names linked; None where there is none for what the names mean now."""
        kept = self.codes.get(form)
        if kept is None or self.unit.watched:
            return None
        code, steps = kept
        unit = self.unit
        for step in steps:
            if step[0] == "refer" and unit.reference(step[1], step[2]) != step[3]:
                return None
        for step in steps:
            _take(unit, step)
        return marshal.loads(code)

    @contextmanager
    def recording(self, form: str) -> Iterator[list[CodeType]]:
        """Note the steps of a generation; its code is put into the list."""
        made: list[CodeType] = []
        before, self.steps = self.steps, []
        try:
            yield made
            steps = list(dict.fromkeys(self.steps))
            if made and not any(step[0] == "lost" for step in steps) and not self.unit.watched:
                self.codes[form] = (marshal.dumps(made[0]), tuple(steps))
                self.fresh = True
        finally:
            self.steps = before

    def note(self, *step: Any) -> None:
        if self.steps is not None:
            self.steps.append(step)

    def note_constant(self, name: str, value: Any) -> None:
        if self.steps is not None:
            kept = _constant(value)
            self.steps.append(("lost",) if kept is None else ("constant", name, kept))

    def save(self) -> None:
        entry = {**self.entry, "codes": self.codes, "constants": self.unit._constants}
        payload = marshal.dumps({**entry, "made_from": _made_from(self.unit.source, self.unit.host)})
        self.fresh = False
        keep(_path(self.unit.source, self.unit.host), MAGIC + _check(payload) + payload)


def _take(unit: Unit, step: tuple) -> None:
    """Do to a unit what a generation did."""
    kind = step[0]
    if kind == "link":
        unit.link(step[1], step[2])
    elif kind == "floats":
        unit.link_floats(step[1])
    elif kind == "general":
        unit.link_general(step[1])
    elif kind == "persistents":
        unit.persistents(step[1])
    elif kind == "constant":
        unit.namespace[step[1]] = _value(step[2])
    elif kind == "about":
        unit._about["_f_" + step[1]] = About(step[1], frozenset(step[2]), frozenset(step[3]), None)


def _constant(value: Any) -> tuple | None:
    """A constant of generated code as what `marshal` takes; None for what is not kept."""
    if type(value) is String and value.data.size == 1 and type(value.data.flat[0]) is str:
        return "string", value.data.flat[0]
    if isinstance(value, np.generic) and value.dtype.kind in "fiucb":
        return "scalar", value.dtype.str, value.tobytes()
    if type(value) is ndarray and value.dtype.kind in "fiucb":
        return "array", value.dtype.str, value.shape, value.tobytes("F")
    return None


def _value(kept: tuple) -> Any:
    if kept[0] == "string":
        return String.of(kept[1])
    if kept[0] == "scalar":
        return np.frombuffer(kept[2], kept[1])[0]
    return np.array(np.frombuffer(kept[3], kept[1]).reshape(kept[2], order="F"), order="F")


# -------------------------------------------------------------------------------------------------------------- heads
def _heads(program: tree.Program) -> tuple:
    def words(parameters: list[tree.Parameter]) -> tuple:
        return tuple((one.start, one.stop, one.name) for one in parameters)

    return tuple((f.start, f.stop, f.name, words(f.parameters), words(f.outputs)) for f in program.functions)


def _head(start: int, stop: int, name: str, parameters: tuple, outputs: tuple) -> tree.Function:
    def words(parts: tuple) -> list[tree.Parameter]:
        return [tree.Parameter(*part) for part in parts]

    return tree.Function(start, stop, name, words(parameters), words(outputs), [], [], [])


# -------------------------------------------------------------------------------------------------------------- files
@cache
def _version() -> str:
    """What generated code depends on besides the text: Python, and our own files (name, size, time)."""
    folder = os.path.dirname(__file__)
    made: list[Any] = [sys.version, sys.implementation.cache_tag, marshal.version, np.__version__]
    for part in (folder, os.path.join(os.path.dirname(folder), "syntax")):
        with os.scandir(part) as entries:
            made += sorted((e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries if e.name.endswith(".py"))
    return repr(made)


def _made_from(source: Source, host: Any) -> tuple[str, str, str, str]:
    return _version(), host.table_version(), source.name, source.text


def _path(source: Source, host: Any) -> str:
    whole = "\0".join(_made_from(source, host)).encode("utf-8", "surrogatepass")
    return os.path.join(cache_folder(), FOLDER, f"{zlib.crc32(whole):08x}{zlib.adler32(whole):08x}.bin")


def _check(payload: bytes) -> bytes:
    return zlib.crc32(payload).to_bytes(4, "big") + zlib.adler32(payload).to_bytes(4, "big")


def _read(source: Source, host: Any) -> dict[str, Any] | None:
    path = _path(source, host)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return None
    payload = content[len(MAGIC) + 8 :]
    if content[: len(MAGIC)] != MAGIC or content[len(MAGIC) : len(MAGIC) + 8] != _check(payload):
        return None
    entry = marshal.loads(payload)
    if entry["made_from"] != _made_from(source, host):
        return None
    with suppress(OSError):
        os.utime(path)  # used lately
    return entry


def _make_room(folder: str) -> None:
    """Remove the entries that were not used for longest until the folder is small enough."""
    with suppress(OSError):
        with os.scandir(folder) as entries:
            files = sorted((e.stat().st_mtime_ns, e.stat().st_size, e.path) for e in entries)
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= MOST_BYTES:
                break
            with suppress(OSError):
                os.remove(path)
                total -= size

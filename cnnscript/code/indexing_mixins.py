"""matlab.mixin.indexing: classes that redefine `obj(...)`, `obj.name` or `obj{...}` one by one.

Their methods get the steps as an array of matlab.indexing.IndexingOperation, which `value.(operations)` applies to
another value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from cnnscript.code.members import Method
from cnnscript.errors import ScriptError
from cnnscript.values.assignment import DELETED
from cnnscript.values.numeric import OBJECT, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.selecting import select

MIXINS = {
    "matlab.mixin.indexing.RedefinesParen": ("(", "paren"),
    "matlab.mixin.indexing.RedefinesDot": (".", "dot"),
    "matlab.mixin.indexing.RedefinesBrace": ("{", "brace"),
}
OVERRIDES = "matlab.mixin.indexing.OverridesPublicDotMethodCall"
WORDS = {"(": "Paren", ".": "Dot", "{": "Brace"}
Step = tuple[str, Any]


class Operations(Object):
    """Steps of an index; several are an array, of which a part can be taken."""

    class_name: ClassVar[str] = "matlab.indexing.IndexingOperation"

    def __init__(self, steps: tuple[Step, ...], deletes: bool = False):
        self.steps = steps
        self.deletes = deletes

    def size(self) -> tuple[int, ...]:
        return (1, len(self.steps))

    def property_names(self) -> list[str]:
        if len(self.steps) != 1:
            return ["Type"]
        return ["Type", "Name" if self.steps[0][0] == "." else "Indices"]

    def get(self, name: str) -> Any:
        from cnnscript.code.subscripting import cell_of

        values = []
        for kind, key in self.steps:
            if name == "Type":
                values.append(Word("matlab.indexing.IndexingOperationType", WORDS[kind]))
            elif name == "Name" and kind == ".":
                values.append(key)
            elif name == "Indices" and kind != ".":
                values.append(cell_of(key))
            else:
                raise self.no_property(name)
        return values[0] if len(values) == 1 else tuple(values)

    def index(self, args: tuple) -> Any:
        row = np.empty((1, len(self.steps)), OBJECT)
        for at, step in enumerate(self.steps):
            row[0, at] = step
        return Operations(tuple(select(row, args).ravel("F").tolist()), self.deletes)


class Word(Object):
    """A member of one of MATLAB's enumerations of indexing, equal to itself and to its name."""

    def __init__(self, class_name: str, word: str):
        self.class_name = class_name  # type: ignore[misc]
        self.member = word

    def brief(self, form: Any) -> str:
        return self.member

    def operator(self, name: str, args: tuple) -> Any:
        if name not in ("eq", "ne") or len(args) != 2:
            return NotImplemented
        same = str(getattr(args[0], "member", args[0])) == str(getattr(args[1], "member", args[1]))
        return same == (name == "eq")

    def equals(self, other: Any) -> bool:
        return isinstance(other, Word) and other.member == self.member


def context(word: str) -> Word:
    return Word("matlab.indexing.IndexingContext", word)


# ------------------------------------------------------------------------------------------------- reading, writing
def readers(definition: Any) -> dict[str, Callable[..., Any]]:
    """What reads objects of a class, by the kind of the first step: its methods parenReference and so on."""
    return {kind: _reader(definition, word) for kind, word in redefined(definition)}


def writers(definition: Any) -> dict[str, Callable[..., Any]]:
    return {kind: _writer(definition, word) for kind, word in redefined(definition)}


def redefined(definition: Any) -> list[tuple[str, str]]:
    return [pair for name, pair in MIXINS.items() if name in definition.ancestors]


def _method(definition: Any, name: str) -> Any:
    method = definition.find_method(name)
    if method is None:
        raise ScriptError("MATLAB:class:UndefinedMethod", f"Class '{definition.name}' must define the method '{name}'.")
    return method


def _reader(definition: Any, word: str) -> Callable[..., Any]:
    return lambda nargout, value, steps: _method(value.definition, word + "Reference").call(
        nargout, value, Operations(steps)
    )


def _writer(definition: Any, word: str) -> Callable[..., Any]:
    def write(value: Any, steps: tuple[Step, ...], rhs: Any) -> Any:
        if rhs is DELETED:
            return _method(value.definition, word + "Delete").call(1, value, Operations(steps, True))
        return _method(value.definition, word + "Assign").call(1, value, Operations(steps), rhs)

    return write


def count(value: Any, steps: tuple[Step, ...]) -> int | None:
    """How many values a reference of several steps gives, by the class's parenListLength and so on; None without."""
    for kind, word in redefined(value.definition):
        if kind == steps[0][0]:
            method = value.definition.find_method(word + "ListLength")
            if method is not None and (len(steps) > 1 or kind != "("):
                return int(method.call(1, value, Operations(steps), context("Expression")))
    return None


# ------------------------------------------------------------------------------------------------------ what they give
def _size_of(value: Any) -> tuple[int, ...]:
    method = value.definition.find_method("size")
    if method is None:
        return value.size()
    return tuple(int(length) for length in np.asarray(method.call(1, value)).ravel())


def _total(value: Any) -> int:
    return int(np.prod(_size_of(value)))


def _end(nargout: int, value: Any, position: float, many: float) -> float:
    size = _size_of(value)
    at = int(position) - 1
    if position < many:
        return float(size[at]) if at < len(size) else 1.0
    return float(np.prod(size[at:])) if at < len(size) else 1.0


def _joined(axis: float) -> Callable[..., Any]:
    return lambda nargout, *parts: (
        next(part for part in parts if hasattr(part, "definition")).definition.find_method("cat").call(1, axis, *parts)
    )


PAREN_METHODS: dict[str, Callable[..., Any]] = {
    "numel": lambda nargout, value, *args: float(_total(value)),
    "length": lambda nargout, value: float(max(_size_of(value)) if _total(value) else 0),
    "ndims": lambda nargout, value: float(len(_size_of(value))),
    "isempty": lambda nargout, value: _total(value) == 0,
    "isscalar": lambda nargout, value: all(length == 1 for length in _size_of(value)),
    "end": _end,
    "horzcat": _joined(2.0),
    "vertcat": _joined(1.0),
}


def add_methods(base: Any) -> None:
    """What a class that redefines parentheses has besides: sizes, joining."""
    if base.name in MIXINS and MIXINS[base.name][1] == "paren":
        for name, call in PAREN_METHODS.items():
            base.methods[name] = Method(name, base, call)


def list_length(value: Any, operations: Any) -> float:
    """listLength(value, operations, context)"""
    from cnnscript.code.subscripting import plain_reference

    steps = list(operations.steps)
    if steps and steps[-1][0] == "(":
        return 1.0
    return float(len(plain_reference(value, steps, 1))) if steps else float(numel_of(value))

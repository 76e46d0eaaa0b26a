"""Enumerations: the members of a class by name, made once, and what functions of text make of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.code.members import Method
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.instances import KINDS, Instance, array_of
from cnnscript.values.number_objects import as_numbers, is_numbers, numbers_of, operated
from cnnscript.values.numeric import OBJECT, class_of, is_cell, norm, size_of
from cnnscript.values.text import String, cell_of_texts, text_or_none, texts_or_none


def member(definition: Any, name: str) -> Instance:
    """The member of that name, made when it is first asked for."""
    made = definition.enumerated.get(name)
    if made is None:
        given = _arguments(definition, name)
        made = definition.construct(definition.blank(), given)
        made = definition.enumerated[name] = made.copied() if not definition.is_handle else made
        made.member = name
    return made


def _arguments(definition: Any, name: str) -> tuple:
    """What a member is made with, evaluated in the class's file."""
    nodes = definition.members[name]
    if not nodes:
        return ()
    first, last = nodes[0].start, nodes[-1].stop
    output = tree.Parameter(first, last, "value")
    cell = tree.Cell(first, last, [nodes])
    body = [tree.Assign(first, last, tree.Name(first, last, "value"), cell, True)]
    evaluate = definition.function_of(f"member.{name}", [], [output], body, tree.Node(first, last))
    return tuple(evaluate(1).ravel("F").tolist())


def first_member(definition: Any) -> Instance:
    return member(definition, next(iter(definition.members)))


def all_members(definition: Any) -> Any:
    """Every member, as a column."""
    column = np.empty((len(definition.members), 1), OBJECT)
    for at, name in enumerate(definition.members):
        column[at, 0] = member(definition, name)
    return array_of(definition, column)


def member_of(definition: Any, args: tuple) -> Any:
    """Class(text): the members that texts name; a member is itself."""
    if len(args) != 1:
        raise ScriptError(
            "MATLAB:class:CannotConvert",
            f"Enumeration class '{definition.name}' makes members of their names.",
            notes=(f"got {len(args)} arguments",),
            hint=f"{definition.name}.{next(iter(definition.members))} is a member",
        )
    (value,) = args
    if isinstance(value, KINDS) and value.definition is definition:
        return value
    word = text_or_none(value)
    words = [word] if word is not None else texts_or_none(value)
    if words is None and definition.number_class is not None:
        return _of_numbers(definition, value)
    if words is None:
        raise ScriptError(
            "MATLAB:class:CannotConvert",
            f"Unable to convert a value of class '{class_of(value)}' to enumeration '{definition.name}'.",
        )
    shape = (1, 1) if word is not None else size_of(value)
    made = np.empty(shape, OBJECT, order="F")
    for at, name in zip(np.ndindex(made.T.shape), words, strict=True):
        if name not in definition.members:
            raise ScriptError(
                "MATLAB:class:EnumerationNotFound",
                f"'{name}' is not a member of the enumeration '{definition.name}'.",
                notes=("members: " + ", ".join(definition.members),),
            )
        made.T[at] = member(definition, name)
    return array_of(definition, made)


def _of_numbers(definition: Any, value: Any) -> Any:
    """The members that hold these numbers."""
    by_number = {}
    for name in reversed(definition.members):
        made = member(definition, name)
        by_number[complex(np.asarray(numbers_of(made)).item())] = made
    array = np.asarray(*as_numbers((value,)))
    shape = size_of(value)
    chosen = np.empty(shape, OBJECT, order="F")
    for at, number in zip(np.ndindex(chosen.T.shape), array.ravel("F").tolist(), strict=True):
        try:
            chosen.T[at] = by_number[complex(number)]
        except (KeyError, TypeError, ValueError):
            shown = f"{number:g}" if isinstance(number, int | float) else number
            raise ScriptError(
                "MATLAB:class:InvalidEnumValue",
                f"Unable to convert value '{shown}' to enumeration '{definition.name}': no member has it.",
                notes=("members: " + ", ".join(definition.members),),
            ) from None
    return array_of(definition, chosen)


# ---------------------------------------------------------------------------------------------------------- methods
def methods_of(definition: Any) -> dict[str, Method]:
    """The methods that every enumeration has."""
    host = definition.unit.host
    made = {
        "eq": lambda nargout, a, b: compared(a, b, True),
        "ne": lambda nargout, a, b: compared(a, b, False),
        "char": lambda nargout, value: host.builtin("char").call(1, as_text(value)),
        "string": lambda nargout, value: String(words_of(value)),
        "cellstr": lambda nargout, value: _cell(value),
    }
    for name in ("strcmp", "strcmpi", "strncmp", "strncmpi"):
        made[name] = _on_text(host, name, as_text)
    for name in ("categorical", "ismember"):
        made[name] = _on_text(host, name, _cell)
    for name in ("intersect", "setdiff", "setxor", "union", "unique"):
        made[name] = _on_sets(definition, name)
    hidden = ("categorical", "unique")
    return {name: Method(name, definition, call, hidden=name in hidden) for name, call in made.items()}


def _on_sets(definition: Any, name: str) -> Any:
    """A function of sets on members by their names, which gives members."""
    host = definition.unit.host

    def call(nargout: int, *args: Any) -> Any:
        given = (_cell(arg) if isinstance(arg, KINDS) else arg for arg in args)
        result = host.builtin(name).call(nargout, *given)
        texts, *places = result if type(result) is tuple else (result,)
        found = member_of(definition, (texts,)) if texts.size else definition.empty(1, *map(float, texts.shape))
        return (found, *places) if places else found

    return call


def _on_text(host: Any, name: str, texts: Any) -> Any:
    """A function of text that takes members by their names, as `texts` gives them."""

    def call(nargout: int, *args: Any) -> Any:
        return host.builtin(name).call(nargout, *(texts(arg) if isinstance(arg, KINDS) else arg for arg in args))

    return call


def words_of(value: Any) -> np.ndarray:
    """The names of members, in an object array of the same size."""
    words = np.empty(value.size(), OBJECT, order="F")
    for at, item in np.ndenumerate(value.data()):
        words[at] = item.member
    return words


def _cell(value: Any) -> Any:
    return words_of(value)


def as_text(value: Any) -> Any:
    """Members as text: one as char, several as a cell."""
    return value.member if type(value) is Instance else _cell(value)


def compared(first: Any, second: Any, equal: bool) -> Any:
    """== and ~= of members, of members with texts, and of members that are numbers with numbers."""
    others = [value for value in (first, second) if not isinstance(value, KINDS)]
    if any(is_numbers(value) for value in (first, second)) and all(_texts_of(value) is None for value in others):
        return operated("eq" if equal else "ne", (first, second))
    if isinstance(first, KINDS) and isinstance(second, KINDS) and first.class_name != second.class_name:
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Members of the enumerations '{first.class_name}' and '{second.class_name}' are not compared.",
        )
    a, b = _names(first), _names(second)
    if a.size != 1 and b.size != 1 and a.shape != b.shape:
        raise ScriptError("MATLAB:sizeDimensionsMustMatch", "Arrays have incompatible sizes for this operation.")
    a, b = np.broadcast_arrays(a, b) if a.size == 1 or b.size == 1 else (a, b)
    result = np.zeros(a.shape, bool, order="F")
    for at in np.ndindex(a.shape):
        result[at] = (a[at] == b[at]) == equal
    return norm(result)


def _texts_of(value: Any) -> np.ndarray | None:
    word = text_or_none(value)
    if word is not None:
        value = cell_of_texts([word])
    elif type(value) is String:
        value = value.data
    return value if is_cell(value) else None


def _names(value: Any) -> np.ndarray:
    """The names of members, or the texts of text."""
    if isinstance(value, KINDS):
        return words_of(value)
    texts = _texts_of(value)
    if texts is None:
        raise ScriptError(
            "MATLAB:UndefinedFunction", f"An enumeration is not compared with a value of class '{class_of(value)}'."
        )
    return texts

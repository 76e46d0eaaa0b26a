"""Objects that fit a description: findobj(list, 'Prop', value, '-or', '-isa', 'Class', ...)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import is_cell
from cnnscript.values.text import text_or_none, texts_or_none

Test = Callable[[Any], bool]


def fitting(items: list[Any], args: tuple, same: Callable[[Any, Any], bool]) -> list[Any]:
    """The items that the conditions hold for; without conditions all of them."""
    rest = list(args)
    if rest and _word(rest[0]) == "-depth":
        rest = rest[2:]  # what is asked here has no children
    if not rest:
        return items
    test = _any_of(rest, same)
    if rest:
        raise _malformed(rest[0])
    return [item for item in items if test(item)]


def _word(value: Any) -> str:
    word = text_or_none(value)
    return word.lower() if word is not None else ""


def _malformed(got: Any) -> ScriptError:
    return ScriptError(
        "MATLAB:class:InvalidArgument",
        "Conditions are property names with values, joined by '-and', '-or', '-xor' and '-not'.",
        notes=(f"got {text_or_none(got)!r}",) if text_or_none(got) is not None else (),
    )


def _any_of(rest: list, same: Callable) -> Test:
    first = _all_of(rest, same)
    while rest and _word(rest[0]) in ("-or", "-xor"):
        either = _word(rest.pop(0)) == "-or"
        first = _joined(first, _all_of(rest, same), either)
    return first


def _joined(first: Test, second: Test, either: bool) -> Test:
    if either:
        return lambda item: first(item) or second(item)
    return lambda item: first(item) != second(item)


def _all_of(rest: list, same: Callable) -> Test:
    tests = [_one(rest, same)]
    while rest and _word(rest[0]) not in ("-or", "-xor"):
        if _word(rest[0]) == "-and":
            rest.pop(0)
        tests.append(_one(rest, same))
    return lambda item: all(test(item) for test in tests)


def _one(rest: list, same: Callable) -> Test:
    if not rest:
        raise _malformed(None)
    first = rest.pop(0)
    word = _word(first)
    if is_cell(first):
        return _any_of(first.ravel("F").tolist(), same)
    if word == "-not":
        inner = _one(rest, same)
        return lambda item: not inner(item)
    if word == "-property":
        name = str(text_or_none(_next(rest)))
        return lambda item: name in item.property_names()
    if word == "-isa":
        kind = text_or_none(_next(rest))
        return lambda item: kind == item.class_name or kind in item.ancestors
    if word == "-function":
        return _by_function(rest)
    if word == "-regexp":
        name, pattern = str(text_or_none(_next(rest))), str(text_or_none(_next(rest)))
        return lambda item: _has(item, name) and re.search(pattern, text_or_none(item.get(name)) or "") is not None
    name = text_or_none(first)
    if name is None or name.startswith("-"):
        raise _malformed(first)
    wanted = _next(rest)
    return lambda item: _has(item, name) and _is(item.get(name), wanted, same)


def _by_function(rest: list) -> Test:
    about = _next(rest)
    name = text_or_none(about)
    if name is None:
        return lambda item: about.call(1, item) is True
    call = _next(rest).call
    return lambda item: _has(item, name) and call(1, item.get(name)) is True


def _next(rest: list) -> Any:
    if not rest:
        raise _malformed(None)
    return rest.pop(0)


def _has(item: Any, name: str) -> bool:
    return name in item.property_names()


def _is(value: Any, wanted: Any, same: Callable) -> bool:
    if type(value) in (bool, float) and type(wanted) in (bool, float):
        return value == wanted
    if (texts := texts_or_none(wanted)) is not None and text_or_none(value) is not None and len(texts) == 1:
        return text_or_none(value) == texts[0]
    return same(value, wanted)

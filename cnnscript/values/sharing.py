"""Copy on write: when may a value be changed in place?

Assignment shares; a write copies when somebody else holds the value.  "Somebody else" is a reference count above what
an unshared value shows at that place, measured when this module is loaded on code of the shape that the generator
makes.  A count too high only costs a copy.  Where this Python counts in a way that does not tell one holder from two,
every write copies.

    LOCAL      count of an unshared value in `getrefcount(name)` inline in generated code
    ARGUMENT   count of an unshared value inside `f` called as `name = f(name, ...)`
    CHILD      count of a value held once by a container, inside `f` called as `holder[key] = f(holder.get(key), ...)`
    TEMPORARY  count inside `f` called as `f(g(), ...)` of a value that nobody holds but this call
"""

from __future__ import annotations

from sys import getrefcount

_PROBE = """
def argument(value):
    return getrefcount(value)

def local(share):
    value = [0]
    other = value if share else None
    inline = getrefcount(value)
    return inline, argument(value)

def variable_of_a_closure(share):
    value = [0]
    other = value if share else None
    def inner():
        nonlocal value
        return getrefcount(value), argument(value)
    return inner()

def entry(share):
    holder = {'x': [0]}
    other = holder['x'] if share else None
    return getrefcount(holder['x']), argument(holder['x'])

def child(share):
    holder = {'x': [0]}
    other = holder['x'] if share else None
    return argument(holder.get('x'))

def temporary(share):
    return argument([0])

def passed_on(share):
    value = [0]
    other = value if share else None
    return through(value)

def through(value):
    return argument(value)
"""
_NAMESPACE = """
value = [0]
inline, called = getrefcount(value), argument(value)
other = value
inline_shared, called_shared = getrefcount(value), argument(value)
"""


def _measure() -> tuple[int, int, int, int] | None:
    """LOCAL, ARGUMENT, CHILD and TEMPORARY as this Python counts; None where that does not tell holders apart."""
    probe: dict = {"getrefcount": getrefcount}
    exec(compile(_PROBE, "<sharing>", "exec"), probe)
    names: dict = {}
    exec(compile(_NAMESPACE, "<sharing>", "exec"), probe, names)
    alone = probe["local"](False)
    places: list = [(probe[name](False), probe[name](True)) for name in ("local", "variable_of_a_closure", "entry")]
    places.append(((names["inline"], names["called"]), (names["inline_shared"], names["called_shared"])))
    for unshared, shared in places:
        if unshared != alone or any(two <= one for one, two in zip(unshared, shared, strict=True)):
            return None
    child = probe["child"](False)
    if probe["child"](True) <= child or probe["passed_on"](False) <= alone[1]:
        return None
    return alone[0], alone[1], child, probe["temporary"](False)


COUNTS = _measure()
ALWAYS_COPY = -1  # no count is as low: every write finds the value shared
LOCAL = ARGUMENT = CHILD = TEMPORARY = ALWAYS_COPY


def copy_always(on: bool) -> None:
    """Switch copy on write off (every write copies) or on again; code generated later knows."""
    global LOCAL, ARGUMENT, CHILD, TEMPORARY
    LOCAL, ARGUMENT, CHILD, TEMPORARY = (ALWAYS_COPY,) * 4 if on or COUNTS is None else COUNTS
    if TEMPORARY >= ARGUMENT:  # this Python does not tell them from variables
        TEMPORARY = ALWAYS_COPY


copy_always(False)

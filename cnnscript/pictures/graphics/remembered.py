"""What was reckoned about an object, kept until anything on its desk changes.

Where things go is asked for many times while one figure is drawn, and each answer needs those of others.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

_kept: WeakKeyDictionary[Any, dict[Any, tuple[int, Any]]] = WeakKeyDictionary()


def remembered(function: Callable) -> Callable:
    """A function of a graphics object (and other arguments that can be keys) that answers the same until the desk's
    clock goes on: whatever changes how something looks lets it tick."""

    @wraps(function)
    def asked(node: Any, *more: Any) -> Any:
        root = node.up("root")
        if root is None:
            return function(node, *more)
        answers = _kept.setdefault(node, {})
        key = (function, *more)
        held = answers.get(key)
        if held is not None and held[0] == root.clock:
            return held[1]
        made = function(node, *more)
        answers[key] = root.clock, made
        return made

    return asked

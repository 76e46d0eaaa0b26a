"""Functions that keep what they gave: memoize, and what asks and empties them: stats, clearCache."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.language.equality import isequaln
from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.indexing import called
from cnnscript.values.numeric import OBJECT, class_of, norm
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct


@dataclass
class Kept:
    """One call that was kept: its inputs, how many outputs were asked for, what it gave, how often it was met again."""

    inputs: tuple
    outputs: int
    result: Any
    hits: int = 0


class MemoizedFunction(Object):
    """What `memoize` makes: called with inputs that it has met, it gives what it gave then.

    kept   the calls in the order they were made, CacheSize of them at most
    """

    class_name: ClassVar[str] = "matlab.lang.MemoizedFunction"
    is_handle = True
    ancestors = ("handle",)
    methods: ClassVar[frozenset[str]] = frozenset(("stats", "clearCache"))

    def __init__(self, function: Function):
        self.function = function
        self.enabled = True
        self.cache_size = 10.0
        self.kept: list[Kept] = []
        self.total_hits = self.total_misses = 0
        self.caller = Function(self.call, function.text)

    def properties(self) -> dict[str, Any]:
        return {"Function": self.function, "Enabled": self.enabled, "CacheSize": self.cache_size}

    def set(self, name: str, value: Any) -> MemoizedFunction:
        if name == "Enabled":
            self.enabled = take.flag(value, "Enabled")
        elif name == "CacheSize":
            size = take.count(value, "CacheSize")
            if size < 1:
                raise ScriptError("MATLAB:memoize:CacheSize", "CacheSize must be a positive integer.")
            self.cache_size = float(size)
            del self.kept[: max(len(self.kept) - size, 0)]
        else:
            return super().set(name, value)
        return self

    def own_method(self, name: str) -> Any:
        return {"stats": stats, "clearCache": clear_cache}.get(name)

    def as_function(self) -> Function:
        return self.caller

    def index(self, args: tuple) -> Any:
        return called(self.caller, args)

    def call(self, nargout: int, *args: Any) -> Any:
        if not self.enabled:
            return self.function.call(nargout, *args)
        for kept in self.kept:
            if kept.outputs == nargout and same_inputs(kept.inputs, args):
                kept.hits += 1
                self.total_hits += 1
                return kept.result
        self.total_misses += 1
        result = self.function.call(nargout, *args)
        self.kept.append(Kept(args, nargout, result))
        del self.kept[: max(len(self.kept) - int(self.cache_size), 0)]
        return result

    def clear(self) -> None:
        self.kept.clear()
        self.total_hits = self.total_misses = 0


def same_inputs(one: tuple, other: tuple) -> bool:
    return len(one) == len(other) and all(
        class_of(a) == class_of(b) and bool(isequaln(a, b)) for a, b in zip(one, other, strict=True)
    )


_made: weakref.WeakKeyDictionary[Any, dict[str, MemoizedFunction]] = weakref.WeakKeyDictionary()


@builtin
def memoize(session, function, /):
    """
    f = memoize(fun)

    A function that keeps what it gave: called again with equal inputs of the same classes it gives that, without
    running. A named function has one such object. Its properties are Function, Enabled and CacheSize (10 calls);
    stats(f) tells what it keeps and clearCache(f) empties it.

    Examples
      >> f = memoize(@(x) rand(1, x));
      >> disp(isequal(f(3), f(3)))
         1
      >> s = stats(f); disp([s.Cache.TotalHits s.Cache.TotalMisses])
           1     1

    See also clearAllMemoizedCaches, feval.
    """
    target = function_of(session, function, "memoize")
    if target.anonymous:
        return MemoizedFunction(target)
    return _made.setdefault(session, {}).setdefault(target.text, MemoizedFunction(target))


@builtin
def clearAllMemoizedCaches(session, /):
    """
    clearAllMemoizedCaches

    Empty the caches of the named functions that were memoized.

    Examples
      >> f = memoize(@sin); y = f(1); clearAllMemoizedCaches; s = stats(f); disp(s.Cache.TotalMisses)
           0

    See also memoize.
    """
    for each in _made.get(session, {}).values():
        each.clear()


def clear_cache(nargout: int, function: MemoizedFunction) -> None:
    """clearCache(f): empty the cache."""
    function.clear()


def stats(nargout: int, function: MemoizedFunction) -> Struct:
    """stats(f): what is kept, and how often that served."""
    kept = function.kept
    counts = np.array([[float(each.hits) for each in kept]]).reshape(1, len(kept))
    cache = Struct(
        {
            "Inputs": cells([cells(list(each.inputs)) for each in kept]),
            "Nargout": norm(np.array([[float(each.outputs) for each in kept]]).reshape(1, len(kept))),
            "Outputs": cells([cells(given(each)) for each in kept]),
            "HitCount": norm(counts),
            "TotalHits": float(function.total_hits),
            "TotalMisses": float(function.total_misses),
        }
    )
    most = max(kept, key=lambda each: each.hits, default=None)
    best = np.zeros((0, 0)) if most is None or not most.hits else Struct(
        {"Hits": float(most.hits), "Input": cells(list(most.inputs))}
    )  # fmt: skip
    return Struct(
        {
            "Cache": cache,
            "MostHitCachedInput": best,
            "CacheHitRatePercent": 100.0 * function.total_hits / max(function.total_hits + function.total_misses, 1),
            "CacheOccupancyPercent": 100.0 * len(kept) / function.cache_size,
        }
    )


def given(call: Kept) -> list[Any]:
    return list(call.result) if call.outputs > 1 else [] if call.result is None else [call.result]


def cells(items: list[Any]) -> np.ndarray:
    made = np.empty((1, len(items)), OBJECT)
    for place, item in enumerate(items):
        made[0, place] = item
    return made

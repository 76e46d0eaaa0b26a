"""One run of a solver: the function of the program, how often it is asked, who watches, what is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.numerical.optimization_options import Told
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none


def callable_of(session, function, name: str) -> Callable:
    """`f(x)` of a function handle or a function's name, its result a script value."""
    if isinstance(function, Object):
        function = function.as_function() or function
    if type(function) is Function:
        return lambda *args: function.call(1, *args)
    word = text_or_none(function)
    if word and not word.replace(".", "_").isidentifier():  # an expression of x
        return callable_of(session, session.call("inline", 1, word), name)
    if word:
        return lambda *args: session.call(word, 1, *args)
    raise ScriptError(
        f"MATLAB:{name}:InvalidFUN",
        "The function must be a function handle or name.",
        notes=(f"got {described(function)}",),
    )


def number_from(value, name: str) -> float:
    try:
        return take.number(value)
    except ScriptError:
        raise ScriptError(
            f"MATLAB:{name}:ValueNotScalar",
            "The function must return a real scalar.",
            notes=(f"it gave {described(value)}",),
        ) from None


class Stopped(Exception):
    """An output function of the program asked the run to stop."""


class Run:
    """One call of a solver: the function it asks, how often, what it prints on the way and whom it tells.

    point   how a number or flat vector becomes what the function takes
    """

    def __init__(self, session, name: str, function: Any, options: Any, extra: tuple, point: Callable = float):
        self.session, self.name, self.extra, self.point = session, name, extra, point
        self.evaluate = callable_of(session, function, name)
        self.told = Told(name, options)
        self.told.refuse("PlotFcn")
        self.shown = self.told.display("notify")
        self.checked = self.told.word("FunValCheck", ("on", "off"), "off") == "on"
        self.watching = [self.watcher(one) for one in self.told.watchers()]
        self.calls = 0

    def watcher(self, function: Any) -> Callable:
        if type(function) is Function:
            return lambda *args: function.call(1, *args)
        return lambda *args: self.session.call(take.text(function, "OutputFcn"), 1, *args)

    def value(self, place: Any) -> float:
        """The function there: a real number, NaN where it is complex (fzero says so itself)."""
        self.calls += 1
        found = self.evaluate(self.point(place), *self.extra)
        if type(found) is complex:
            if self.checked or self.name != "fzero":
                raise self.bad("ComplexFval", "a complex value")
            return found  # type: ignore[return-value]
        number = number_from(found, self.name)
        if self.checked and (number != number or self.name == "fzero" and abs(number) == np.inf):
            raise self.bad("NaNFval", "an Inf or NaN value" if self.name == "fzero" else "a NaN value")
        return number

    def bad(self, word: str, what: str) -> ScriptError:
        return ScriptError(
            f"MATLAB:optimfun:{self.name}:{word}",
            f"User function returned {what} when evaluated;\n {self.name.upper()} cannot continue.",
        )

    def write(self, line: str, at: tuple[str, ...] = ("iter",)) -> None:
        if self.shown in at:
            self.session.out.write(line + "\n")

    def finish(self, message: str, good: bool) -> None:
        """The last words, as 'Display' wants them."""
        if self.shown in ("iter", "final") or self.shown == "notify" and not good:
            self.session.out.write(f" \n{message}\n")

    def tell(self, place: Any, state: str, **facts: Any) -> None:
        """Ask the output functions whether to go on."""
        if not self.watching:
            return
        values = Struct({key: float(value) if type(value) is int else value for key, value in facts.items()})
        stops = [watch(self.point(place), values, state) for watch in self.watching]
        if state != "done" and any(numel_of(stop) and take.flag(stop, "Stop") for stop in stops if stop is not None):
            raise Stopped


def require_double(name: str, *values: Any) -> None:
    if any(class_of(value) != "double" for value in values):
        raise ScriptError(
            f"MATLAB:{name}:NonDoubleInput", f"{name.upper()} only accepts inputs of data type double.",
            notes=("got " + ", ".join(described(value) for value in values),),
        )  # fmt: skip


def statistics_of(iterations: int, calls: int, algorithm: str, message: str) -> Struct:
    return Struct(
        {"iterations": float(iterations), "funcCount": float(calls), "algorithm": algorithm, "message": message}
    )


def of_problem(name: str, first: Any, rest: tuple, fields: tuple[str, ...]) -> tuple:
    """The arguments: as they are, or from one struct with the fields objective, x0 ..., solver, options."""
    if not isinstance(first, Struct) or rest:
        if len(rest) < len(fields) - 1:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        options = rest[len(fields) - 1] if len(rest) >= len(fields) else None
        return first, *rest[: len(fields) - 1], options, rest[len(fields) :]
    missing = [word for word in (*fields, "solver", "options") if word not in first.fields]
    if missing:
        raise ScriptError(
            f"MATLAB:{name}:Arg1NotProblemStruct",
            "The input to " + name.upper() + " should be either a structure with valid fields or consist of at least "
            + ("two" if len(fields) == 2 else "three") + " arguments.",
            notes=("the struct lacks " + ", ".join(missing),),
        )  # fmt: skip
    return *(first.fields[word] for word in fields), first.fields["options"], ()

"""Functions of each element of dlarrays, and of two elements: the language's own where nothing records, else those of
engine/recorded_operations."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.values import dlarrays
from cnnscript.values.dlarrays import DLArray, matched, numbers
from cnnscript.values.numeric import as_array

ONE_WORDS = """
    abs acos acosh acot acoth acsc acsch angle asec asech asin asinh atan atanh ceil conj cos cosd cosh cot coth csc csch
    deg2rad erf erfc exp expm1 fix floor gammaln imag log log10 log1p log2 rad2deg real round sec sech sign sin sind
    sinh sqrt tan tand tanh
"""
TWO_WORDS = "atan2 complex hypot mod rem"
TESTS_WORDS = "isnan isinf isfinite ismissing"  # logical: nothing to differentiate


def ordinary(session: Any, name: str, *args: Any, nargout: int = 1) -> Any:
    """What the function of numbers gives for the numbers of dlarrays."""
    return session.builtin(name).call(nargout, *(numbers(arg) for arg in args))


def wrapped(value: Any, labels: str) -> DLArray:
    """A result that nothing records, laid out as the labels say."""
    dlarrays.require_underlying(value)
    return dlarrays.dlarray(as_array(value), labels) if labels else DLArray(value)


def one_array(name: str) -> None:
    @overload("dlarray", name=name)
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        if source.record is None:
            return wrapped(ordinary(session, name, source, *rest), source.labels)
        if rest:
            raise not_recorded(name, "with more than one argument")
        return DLArray(None, source.labels, source.record.compute(name, source.record))


def two_arrays(name: str) -> None:
    @overload("dlarray", name=name)
    def function(session, x, y, /, *rest):
        first, second, labels = matched(as_dlarray(x), as_dlarray(y))
        record = first.record or second.record
        if record is None:
            return wrapped(ordinary(session, name, first, second, *rest), labels)
        if rest:
            raise not_recorded(name, "with more than two arguments")
        return DLArray(None, labels, record.compute(name, first.operand(), second.operand()))


def test_of_elements(name: str) -> None:
    @overload("dlarray", name=name)
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        return wrapped(ordinary(session, name, source, *rest), source.labels)


def not_recorded(name: str, form: str) -> ScriptError:
    """The error for a form of a function whose gradient is not known here."""
    return ScriptError(
        "deep:dlarray:FormNotDifferentiable",
        f"The function '{name}' {form} is not supported for traced dlarrays.",
        hint="extractdata(x) is its numbers, which dlgradient does not follow",
    )


for word in ONE_WORDS.split():
    one_array(word)
for word in TWO_WORDS.split():
    two_arrays(word)
for word in TESTS_WORDS.split():
    test_of_elements(word)


@overload("dlarray", name="round")
def round_(session, x, /, *rest):
    """round(dlX), round(dlX,N), round(dlX,N,type): constant between its steps."""
    source = as_dlarray(x)
    if source.record is None or not rest:
        made = ordinary(session, "round", source, *rest)
        if source.record is None:
            return wrapped(made, source.labels)
        return DLArray(None, source.labels, source.record.compute("round", source.record))
    steps = source.record.compute("minus", source.record, source.record)  # 0, and its derivative too
    made = as_array(ordinary(session, "round", source, *rest)).reshape(source.size(), order="F")
    return DLArray(None, source.labels, source.record.compute("plus", steps, made))


@overload("dlarray")
def xor(session, x, y, /):
    first, second, labels = matched(as_dlarray(x), as_dlarray(y))
    return wrapped(ordinary(session, "xor", first, second), labels)


@overload("dlarray")
def pagemtimes(session, x, y, /, *rest):
    """pagemtimes(X,Y): matrix products page by page, of arrays without labels."""
    first, second = as_dlarray(x), as_dlarray(y)
    if first.labels or second.labels:
        raise ScriptError(
            "deep:dlarray:pagemtimes:Labeled",
            "The function 'pagemtimes' is supported only for unformatted dlarrays.",
            hint="stripdims(x) takes the labels off",
        )
    record = first.record or second.record
    if record is None:
        return DLArray(ordinary(session, "pagemtimes", x, y, *rest))
    if rest:
        raise not_recorded("pagemtimes", "with transpositions")
    return DLArray(None, "", record.compute("mtimes", first.operand(), second.operand()))

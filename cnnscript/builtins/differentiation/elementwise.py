"""Functions of each element of dlarrays, and of two elements: the language's own where nothing records, else those of
engine/recorded_operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.builtins.differentiation.reference_pages import agrees, declare
from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.values import dlarrays
from cnnscript.values.dlarrays import DLArray, matched, numbers
from cnnscript.values.numeric import as_array

ONE = {
    "abs": "Absolute values", "acos": "Inverse cosines", "acosh": "Inverse hyperbolic cosines",
    "acot": "Inverse cotangents", "acoth": "Inverse hyperbolic cotangents", "acsc": "Inverse cosecants",
    "acosd": "Inverse cosines in degrees", "asind": "Inverse sines in degrees", "atand": "Inverse tangents in degrees",
    "cospi": "Cosines of multiples of pi", "cotd": "Cotangents of degrees", "cscd": "Cosecants of degrees",
    "erfcinv": "Inverse complementary error function", "erfinv": "Inverse error function", "gamma": "Gamma function",
    "secd": "Secants of degrees", "sinpi": "Sines of multiples of pi",
    "acsch": "Inverse hyperbolic cosecants", "angle": "Phase angles", "asec": "Inverse secants",
    "asech": "Inverse hyperbolic secants", "asin": "Inverse sines", "asinh": "Inverse hyperbolic sines",
    "atan": "Inverse tangents", "atanh": "Inverse hyperbolic tangents", "ceil": "Next greater whole numbers",
    "conj": "Complex conjugates", "cos": "Cosines", "cosd": "Cosines of degrees", "cosh": "Hyperbolic cosines",
    "cot": "Cotangents", "coth": "Hyperbolic cotangents", "csc": "Cosecants", "csch": "Hyperbolic cosecants",
    "deg2rad": "Degrees as radians", "erf": "Error function", "erfc": "Complementary error function",
    "exp": "Exponentials", "expm1": "Exponentials less one", "fix": "Numbers without their fractions",
    "floor": "Next smaller whole numbers", "gammaln": "Logarithms of the gamma function", "imag": "Imaginary parts",
    "log": "Natural logarithms", "log10": "Common logarithms", "log1p": "Logarithms of one more",
    "log2": "Binary logarithms", "rad2deg": "Radians as degrees", "real": "Real parts", "sec": "Secants",
    "sech": "Hyperbolic secants", "sign": "Signs", "sin": "Sines", "sind": "Sines of degrees",
    "sinh": "Hyperbolic sines", "sqrt": "Square roots", "tan": "Tangents", "tand": "Tangents of degrees",
    "tanh": "Hyperbolic tangents",
}  # fmt: skip
BEYOND_ONE = ("acosh", "acoth", "acsc", "asec")  # real beyond 1 only
TWO = {
    "atan2": "Angles of points", "complex": "Complex numbers of their parts", "hypot": "Lengths of hypotenuses",
    "nthroot": "Real roots", "mod": "What is left of a division, with the divisor's sign",
    "rem": "What is left of a division",
}  # fmt: skip
TESTS = {
    "isnan": "Where NaN is", "isinf": "Where Inf is", "isfinite": "Where neither Inf nor NaN is",
    "ismissing": "Where a number is missing",
}  # fmt: skip


def ordinary(session: Any, name: str, *args: Any, nargout: int = 1) -> Any:
    """What the function of numbers gives for the numbers of dlarrays."""
    return session.builtin(name).call(nargout, *(numbers(arg) for arg in args))


def wrapped(value: Any, labels: str) -> DLArray:
    """A result that nothing records, laid out as the labels say."""
    dlarrays.require_underlying(value)
    return dlarrays.dlarray(as_array(value), labels) if labels else DLArray(value)


def one_array(name: str, what: str) -> None:
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        if source.record is None:
            return wrapped(ordinary(session, name, source, *rest), source.labels)
        if rest:
            raise not_recorded(name, "with more than one argument")
        return DLArray(None, source.labels, source.record.compute(name, source.record))

    data = "[1.25 2.5; 1.75 8]" if name in BEYOND_ONE else "[0.25 0.5; 0.75 0.9]"
    declare(name, function, f"Y = {name}(dlX)", f"{what} of a dlarray.", agrees(f"{name}(x)", data))


def two_arrays(name: str, what: str) -> None:
    declare(
        name, of_two(name), f"Z = {name}(dlX,dlY)", f"{what}, of dlarrays label by label.",
        agrees(f"{name}(x,[3; 2])", "[0.25 -2.5; 1.75 8]"),
    )  # fmt: skip


def of_two(name: str) -> Callable:
    """A function of two arrays of which one may be a dlarray."""

    def function(session, x, y, /, *rest):
        first, second, labels = matched(as_dlarray(x), as_dlarray(y))
        record = first.record or second.record
        if record is None:
            return wrapped(ordinary(session, name, first, second, *rest), labels)
        if rest:
            raise not_recorded(name, "with more than two arguments")
        return DLArray(None, labels, record.compute(name, first.operand(), second.operand()))

    return function


def test_of_elements(name: str, what: str) -> None:
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        return wrapped(ordinary(session, name, source, *rest), source.labels)

    declare(name, function, f"tf = {name}(dlX)", f"{what} in a dlarray: a logical dlarray.",
            f"disp(isequal({name}(dlarray([1 NaN Inf])),{name}([1 NaN Inf])))")  # fmt: skip


def not_recorded(name: str, form: str) -> ScriptError:
    """The error for a form of a function whose gradient is not known here."""
    return ScriptError(
        "deep:dlarray:FormNotDifferentiable",
        f"The function '{name}' {form} is not supported for traced dlarrays.",
        hint="extractdata(x) is its numbers, which dlgradient does not follow",
    )


for word, meaning in ONE.items():
    one_array(word, meaning)
for word, meaning in TWO.items():
    two_arrays(word, meaning)
for word, meaning in TESTS.items():
    test_of_elements(word, meaning)


@overload("dlarray", name="round")
def round_(session, x, /, *rest):
    """
    Y = round(dlX)
    Y = round(dlX,N)
    Y = round(dlX,N,type)

    The numbers of a dlarray rounded; their gradients are 0.

    Examples
      >> disp(dlfeval(@(x) round(x,1),dlarray([0.26 2.5])))
        1×2 dlarray
          0.3000    2.5000

    See also dlarray, floor, fix.
    """
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
    """
    C = xor(dlX,dlY)

    Where just one of two dlarrays is not 0: a logical dlarray.

    Examples
      >> disp(extractdata(xor(dlarray([0 1 2]),1)))
         1   0   0

    See also dlarray, and, or.
    """
    first, second, labels = matched(as_dlarray(x), as_dlarray(y))
    return wrapped(ordinary(session, "xor", first, second), labels)


@overload("dlarray")
def pagemtimes(session, x, y, /, *rest):
    """
    Z = pagemtimes(dlX,dlY)

    Matrix products page by page, of dlarrays without labels.

    Examples
      >> f = @(x) pagemtimes(x,[1; 2]); x = reshape(1:8,2,2,2);
      >> disp(isequal(dlfeval(f,dlarray(x)),f(x)))
         1

    See also dlarray, mtimes.
    """
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
    pages = zip(first.size()[2:], second.size()[2:], strict=False)
    if first.size()[1] != second.size()[0] or any(one != other and 1 not in (one, other) for one, other in pages):
        ordinary(session, "pagemtimes", x, y)  # which says what does not fit
    return DLArray(None, "", record.compute("mtimes", first.operand(), second.operand()))

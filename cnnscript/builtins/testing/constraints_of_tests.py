"""matlab.unittest.constraints: what verifyThat and its relatives hold a value against, and tolerances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.code.test_case import CHECKS, Found, shown
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import as_array, class_of, is_cell, is_numeric, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none, texts_or_none

PACKAGE = "matlab.unittest.constraints."
OPERATORS = {"not": "Not", "and": "And", "or": "Or"}


class Constraint(Object):
    """What a value is to be: `problem(case, value)` says in lines what is wrong, None where nothing is."""

    def __init__(self, name: str, problem: Callable[[Instance, Any], Found]):
        self.class_name = PACKAGE + name
        self.problem = problem

    def operator(self, name: str, args: tuple) -> Any:
        """~c, c & d, c | d"""
        if name not in OPERATORS or not all(isinstance(arg, Constraint) for arg in args):
            return NotImplemented
        problems = [arg.problem for arg in args]

        def problem(case: Instance, value: Any) -> Found:
            found = [each(case, value) for each in problems]
            if name == "not":
                said = ["--> The constraint is satisfied.", "", "Actual Value:"]
                return [*said, *shown(value, case.definition.unit.host)] if found[0] is None else None
            if name == "or" and None in found:
                return None
            return [line for lines in found if lines for line in lines] or None

        return Constraint(OPERATORS[name], problem)

    def disp(self, form: Any) -> str:
        return f"  {self.class_name.rpartition('.')[2]} with no properties.\n{form.blank}"


class Tolerance(Object):
    """How far numbers may be from those expected: options AbsTol and RelTol of an equality."""

    def __init__(self, name: str, options: dict[str, Any]):
        self.class_name = PACKAGE + name
        self.options = options

    def operator(self, name: str, args: tuple) -> Any:
        if name != "or" or not all(isinstance(arg, Tolerance) for arg in args):
            return NotImplemented
        return Tolerance("OrTolerance", {key: value for arg in args for key, value in arg.options.items()})


def needed(args: tuple, count: int) -> None:
    if len(args) < count:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")


# ------------------------------------------------------------------------------------------------------ what is checked
def by_check(what: str) -> Callable[[list], Callable[[Instance, Any], Found]]:
    """The check of verifyTrue, verifySize ... as a constraint: the value, then what the constraint was made with."""
    return lambda args: lambda case, value: CHECKS[what][1](case, [value, *args])[0]


def by_test(test: Callable[..., bool], words: str) -> Callable[[list], Callable[[Instance, Any], Found]]:
    def made(args: list) -> Callable[[Instance, Any], Found]:
        def problem(case: Instance, value: Any) -> Found:
            host = case.definition.unit.host
            return None if test(value, *args) else [f"--> {words}", "", "Actual Value:", *shown(value, host)]

        return problem

    return made


def begins(value: Any, part: Any) -> bool:
    whole, start = text_or_none(value), text_or_none(part)
    return whole is not None and start is not None and whole.startswith(start)


def ends(value: Any, part: Any) -> bool:
    whole, end = text_or_none(value), text_or_none(part)
    return whole is not None and end is not None and whole.endswith(end)


def items(value: Any) -> set:
    texts = texts_or_none(value)
    return set(texts) if texts is not None else set(as_array(value).ravel().tolist())


def same(value: Any, wanted: Any) -> bool:
    return items(value) == items(wanted)


def has_field(value: Any, name: Any) -> bool:
    return hasattr(value, "names") and text_or_none(name) in value.names()


def throws(args: list) -> Callable[[Instance, Any], Found]:
    return lambda case, value: CHECKS["Error"][1](case, [value, *args])[0]


def warns(args: list) -> Callable[[Instance, Any], Found]:
    words = args[0].ravel("F").tolist() if is_cell(args[0]) else [args[0]]

    def problem(case: Instance, value: Any) -> Found:
        for word in words:
            found = CHECKS["Warning"][1](case, [value, word])[0]
            if found is not None:
                return found
        return None

    return problem


def is_equal(args: list) -> Callable[[Instance, Any], Found]:
    """IsEqualTo(expected), IsEqualTo(expected, 'Within', tolerance)"""
    options: list = []
    rest = args[1:]
    while rest:
        word = (text_or_none(rest[0]) or "").lower()
        if len(rest) < 2 or word != "within" or not isinstance(rest[1], Tolerance):
            raise ScriptError(
                "cnnscript:NotYet",
                "IsEqualTo takes the option 'Within' with a tolerance; others are not in cnnscript yet.",
            )
        for name, value in rest[1].options.items():
            options += [name, value]
        rest = rest[2:]
    return lambda case, value: CHECKS["Equal"][1](case, [value, args[0], *options])[0]


def finite(value: Any) -> bool:
    if not is_numeric(value) and class_of(value) != "logical":
        return False
    return bool(np.isfinite(as_array(value)).all())


# name, how many arguments at least, what it makes of them, summary, arguments and value of the example
CONSTRAINTS: tuple[tuple[str, int, Callable[[list], Any], str, str, str], ...] = (
    ("IsEqualTo", 1, is_equal, "A value equal to another one in class, size and elements.", "(3)", "1 + 2"),
    ("IsTrue", 0, by_check("True"), "The logical scalar true.", "", "2 > 1"),
    ("IsFalse", 0, by_check("False"), "The logical scalar false.", "", "2 < 1"),
    ("IsEmpty", 0, by_check("Empty"), "A value without elements.", "", "[]"),
    ("HasSize", 1, by_check("Size"), "A value of the given size.", "([2 3])", "ones(2, 3)"),
    ("HasLength", 1, by_check("Length"), "A value whose longest dimension is of the given length.", "(3)", "1:3"),
    ("HasElementCount", 1, by_check("NumElements"), "A value of so many elements.", "(6)", "ones(2, 3)"),
    ("HasField", 1, by_test(has_field, "The field is missing."), "A struct with a field.", "('a')", "struct('a', 1)"),
    ("IsGreaterThan", 1, by_check("GreaterThan"), "Numbers above another one.", "(2)", "3"),
    ("IsGreaterThanOrEqualTo", 1, by_check("GreaterThanOrEqual"), "Numbers not below another one.", "(3)", "3"),
    ("IsLessThan", 1, by_check("LessThan"), "Numbers below another one.", "(4)", "3"),
    ("IsLessThanOrEqualTo", 1, by_check("LessThanOrEqual"), "Numbers not above another one.", "(3)", "3"),
    ("IsOfClass", 1, by_check("Class"), "A value of exactly that class.", "('double')", "3"),
    ("IsInstanceOf", 1, by_check("InstanceOf"), "A value of that class or one derived from it.", "('double')", "3"),
    ("IsSameHandleAs", 1, by_check("SameHandle"), "The same handle object.", "(t)", "t"),
    ("IsFinite", 0, by_test(finite, "The value is not finite."), "Numbers that are neither NaN nor Inf.", "", "[1 2]"),
    (
        "IsReal", 0, by_test(lambda value: not np.iscomplexobj(as_array(value)), "The value is complex."),
        "Numbers without an imaginary part.", "", "1",
    ),
    (
        "HasNaN", 0, by_test(lambda value: bool(np.isnan(as_array(value)).any()), "The value has no NaN."),
        "Numbers with a NaN among them.", "", "[1 NaN]",
    ),
    (
        "HasUniqueElements", 0, by_test(lambda value: len(items(value)) == numel_of(value), "An element repeats."),
        "A value without two equal elements.", "", "[1 2 3]",
    ),
    ("ContainsSubstring", 1, by_check("Substring"), "Text that contains other text.", "('ell')", "'hello'"),
    (
        "StartsWithSubstring", 1, by_test(begins, "The text begins otherwise."), "Text that begins with other text.",
        "('he')", "'hello'",
    ),
    (
        "EndsWithSubstring", 1, by_test(ends, "The text ends otherwise."), "Text that ends with other text.",
        "('lo')", "'hello'",
    ),
    ("Matches", 1, by_check("Matches"), "Text that matches a regular expression.", "('h.*o')", "'hello'"),
    (
        "IsSubsetOf", 1, by_test(lambda value, whole: items(value) <= items(whole), "Elements are not in the set."),
        "Elements that are all in another set.", "([1 2 3])", "[3 1]",
    ),
    (
        "IsSupersetOf", 1, by_test(lambda value, part: items(value) >= items(part), "Elements are missing."),
        "Elements among which is all of another set.", "([1 3])", "[1 2 3]",
    ),
    ("IsSameSetAs", 1, by_test(same, "The sets differ."), "Elements of another set, in any order.", "([2 1])", "1:2"),
    ("Throws", 1, throws, "A function that raises an error with that identifier.", "('a:b')", "@() error('a:b', 'no')"),
    ("IssuesWarnings", 1, warns, "A function that issues warnings.", "({'a:b'})", "@() warning('a:b', 'hm')"),
    ("IssuesNoWarnings", 0, by_check("WarningFree"), "A function that issues no warning.", "", "@() 1"),
    ("ReturnsTrue", 0, by_check("ReturnsTrue"), "A function that returns true.", "", "@() true"),
)  # fmt: skip


def declare(name: str, count: int, made: Callable[[list], Any], summary: str, given: str, value: str) -> None:
    def constraint(*args):
        needed(args, count)
        return Constraint(name, made(list(args)))

    constraint.__doc__ = f"""
    constraint = {PACKAGE}{name}{"(value)" if count else ""}

    {summary}

    ~c, c & d and c | d combine constraints.

    Examples
      >> t = matlab.unittest.TestCase.forInteractiveUse;
      >> verifyThat(t, {value}, {PACKAGE}{name}{given})
      Verification passed.

    See also runtests, matlab.unittest.TestCase.forInteractiveUse.
    """
    builtin(name=PACKAGE + name)(constraint)


for _row in CONSTRAINTS:
    declare(*_row)


@builtin(name=PACKAGE + "AbsoluteTolerance")
def absolute_tolerance(value, /):
    """
    tolerance = matlab.unittest.constraints.AbsoluteTolerance(value)

    How far numbers may be from those expected.

    Examples
      >> t = matlab.unittest.TestCase.forInteractiveUse;
      >> within = matlab.unittest.constraints.AbsoluteTolerance(0.1);
      >> verifyThat(t, 1.05, matlab.unittest.constraints.IsEqualTo(1, 'Within', within))
      Verification passed.

    See also matlab.unittest.constraints.IsEqualTo, matlab.unittest.constraints.RelativeTolerance.
    """
    return Tolerance("AbsoluteTolerance", {"AbsTol": take.numeric(value, "Tolerance")})


@builtin(name=PACKAGE + "RelativeTolerance")
def relative_tolerance(value, /):
    """
    tolerance = matlab.unittest.constraints.RelativeTolerance(value)

    How far numbers may be from those expected, as a part of those.

    Examples
      >> t = matlab.unittest.TestCase.forInteractiveUse;
      >> within = matlab.unittest.constraints.RelativeTolerance(0.01);
      >> verifyThat(t, 100.5, matlab.unittest.constraints.IsEqualTo(100, 'Within', within))
      Verification passed.

    See also matlab.unittest.constraints.IsEqualTo, matlab.unittest.constraints.AbsoluteTolerance.
    """
    return Tolerance("RelativeTolerance", {"RelTol": take.numeric(value, "Tolerance")})

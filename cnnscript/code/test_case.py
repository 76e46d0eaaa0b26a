"""matlab.unittest.TestCase: verifications, assertions, assumptions and fatal assertions, as methods of test classes.

What a qualification finds goes to the object's recorder, which the runner of tests puts there; without one it is said
at once, as MATLAB does for interactive use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.display.values import show
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import DTYPE_OF_CLASS, as_array, class_of, is_cell, numel_of, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, text_or_none, texts_or_none

KINDS = {
    "verify": ("Verification", "MATLAB:unittest:VerificationFailed"),
    "assert": ("Assertion", "MATLAB:unittest:AssertionFailed"),
    "assume": ("Assumption", "MATLAB:unittest:AssumptionFailed"),
    "fatalAssert": ("Fatal assertion", "MATLAB:unittest:FatalAssertionFailed"),
}
Found = list[str] | None  # what is wrong, in lines; None where nothing is


class Recorder:
    """What happened in the test that runs."""

    def __init__(self) -> None:
        self.failures: list[tuple[str, str]] = []  # the kind of qualification, and the report of it
        self.teardowns: list[tuple[Any, tuple]] = []

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.failures)


def recorder_of(case: Instance) -> Recorder | None:
    return getattr(case, "recorder", None)


def shown(value: Any, host: Any) -> list[str]:
    lines = [line for line in show("x", value, host.format).splitlines() if line.strip()]
    return lines[1:] if lines[:1] and lines[0].startswith("x") else lines


# ---------------------------------------------------------------------------------------------------------- equality
def equal_with(host: Any, actual: Any, expected: Any, absolute: Any, relative: Any) -> str | None:
    """Why two values are not equal, in words; None where they are."""
    kind, other = class_of(actual), class_of(expected)
    if kind != other:
        return (
            f"Classes do not match.\n        Actual Class:\n            {kind}\n"
            f"        Expected Class:\n            {other}"
        )
    if size_of(actual) != size_of(expected):
        return (
            "Sizes do not match.\n        Actual size:\n            "
            f"{size_text(size_of(actual))}\n        Expected size:\n            {size_text(size_of(expected))}"
        )
    if kind in DTYPE_OF_CLASS and (absolute is not None or relative is not None):
        return _within(actual, expected, absolute, relative)
    if is_cell(expected):
        for at, (one, two) in enumerate(zip(actual.ravel("F").tolist(), expected.ravel("F").tolist(), strict=True)):
            problem = equal_with(host, one, two, absolute, relative)
            if problem is not None:
                return f"The cells at {at + 1} are not equal: {problem}"
        return None
    if type(expected) is Struct:
        if set(actual.fields) != set(expected.fields):
            return "The fields are not the same."
        for name, two in expected.fields.items():
            problem = equal_with(host, actual.fields[name], two, absolute, relative)
            if problem is not None:
                return f"The fields '{name}' are not equal: {problem}"
        return None
    if bool(host.builtin("isequaln").call(1, actual, expected)):
        return None
    if kind in DTYPE_OF_CLASS:
        return 'The numeric values are not equal using "isequaln".'
    return 'The values are not equal using "isequaln".'


def _within(actual: Any, expected: Any, absolute: Any, relative: Any) -> str | None:
    a, e = as_array(actual), as_array(expected)
    if a.dtype.kind in "iub":
        a, e = a.astype(float), e.astype(float)
    with np.errstate(all="ignore"):
        difference = np.abs(a - e)
        fits = (a == e) | (np.isnan(a) & np.isnan(e))
        if absolute is not None:
            fits |= difference <= np.asarray(absolute)
        if relative is not None:
            fits |= difference <= np.asarray(relative) * np.abs(e)
    if fits.all():
        return None
    tolerance = "relative" if absolute is None else "absolute"
    return f"The error was not within {tolerance} tolerance."


# ------------------------------------------------------------------------------------------------------------- checks
def _tolerances(args: list) -> tuple[Any, Any, list]:
    """AbsTol and RelTol, and the arguments that are neither."""
    given: dict[str, Any] = {}
    rest = []
    at = 0
    while at < len(args):
        word = text_or_none(args[at])
        if word is not None and word.lower() in ("abstol", "reltol") and at + 1 < len(args):
            given[word.lower()] = args[at + 1]
            at += 2
        else:
            rest.append(args[at])
            at += 1
    return given.get("abstol"), given.get("reltol"), rest


def _equal(case: Instance, args: list) -> tuple[Found, list]:
    absolute, relative, rest = _tolerances(args[2:])
    host = case.definition.unit.host
    problem = equal_with(host, args[0], args[1], absolute, relative)
    if problem is None:
        return None, rest
    lines = [f"--> {problem}", "", "Actual Value:", *shown(args[0], host), "Expected Value:", *shown(args[1], host)]
    return lines, rest


def _not_equal(case: Instance, args: list) -> tuple[Found, list]:
    same = bool(case.definition.unit.host.builtin("isequaln").call(1, args[0], args[1]))
    return (["--> The values are equal."] if same else None), args[2:]


def _simple(
    count: int, test: Callable[[Any, list], bool], words: str
) -> Callable[[Instance, list], tuple[Found, list]]:
    def check(case: Instance, args: list) -> tuple[Found, list]:
        host = case.definition.unit.host
        if test(host, args):
            return None, args[count:]
        return [f"--> {words}", "", "Actual Value:", *shown(args[0], host)], args[count:]

    return check


def _compared(name: str) -> Callable[[Any, list], bool]:
    return lambda host, args: bool(np.all(host.builtin(name).call(1, args[0], args[1])))


def _class_name(wanted: Any) -> str:
    """The name of a class: text, or what `?Name` gives."""
    name = text_or_none(wanted)
    if name is None and class_of(wanted) in ("meta.class", "matlab.metadata.Class"):
        name = text_or_none(wanted.get("Name"))
    if not name:
        raise ScriptError("MATLAB:unittest:Class:InvalidInput", "The class must be a name or a meta.class.")
    return name


def _is_class(host: Any, args: list) -> bool:
    return class_of(args[0]) == _class_name(args[1])


def _is_instance(host: Any, args: list) -> bool:
    name = _class_name(args[1])
    return bool(host.builtin("isa").call(1, args[0], name))


def _has_size(host: Any, args: list) -> bool:
    return [float(length) for length in size_of(args[0])] == [float(x) for x in as_array(args[1]).ravel("F")]


def _is_true(wanted: bool) -> Callable[[Any, list], bool]:
    return lambda host, args: type(args[0]) is bool and args[0] is wanted


def _same_handle(host: Any, args: list) -> bool:
    return args[0] is args[1]


def _contains(host: Any, args: list) -> bool:
    whole, part = text_or_none(args[0]), text_or_none(args[1])
    return whole is not None and part is not None and part in whole


def _matches(host: Any, args: list) -> bool:
    return re.search(text_or_none(args[1]) or "", text_or_none(args[0]) or "") is not None


def _error(case: Instance, args: list) -> tuple[Found, list]:
    """verifyError(testCase, function, identifier)"""
    function, wanted = args[0], args[1]
    if type(function) is not Function:
        return ["--> The first argument is no function handle."], args[2:]
    identifier = text_or_none(wanted)
    try:
        function.call(0)
    except ScriptError as fault:
        got = fault
    except Exception as error:
        from cnnscript.code.traces import explained

        got = explained(error)
    else:
        return ["--> The function did not throw any exception."], args[2:]
    if isinstance(wanted, Object) or identifier == got.identifier:
        return None, args[2:]
    return [
        "--> The function threw the wrong exception.",
        "",
        "Actual Exception:",
        f"    '{got.identifier}'",
        "Expected Exception:",
        f"    '{identifier}'",
    ], args[2:]


def _warnings_of(host: Any, function: Function) -> list[str]:
    before, host.warnings.heard = host.warnings.heard, []
    try:
        function.call(0)
        return host.warnings.heard
    finally:
        host.warnings.heard = before


def _warning(case: Instance, args: list) -> tuple[Found, list]:
    heard = _warnings_of(case.definition.unit.host, args[0])
    if text_or_none(args[1]) in heard:
        return None, args[2:]
    said = "--> The function did not issue the warning."
    return [said, "", "Actual Warnings:", *(f"    {one}" for one in heard)], args[2:]


def _warning_free(case: Instance, args: list) -> tuple[Found, list]:
    heard = _warnings_of(case.definition.unit.host, args[0])
    return (["--> The function issued warnings.", *(f"    {one}" for one in heard)] if heard else None), args[1:]


def _that(case: Instance, args: list) -> tuple[Found, list]:
    """verifyThat(testCase, value, constraint)"""
    problem = getattr(args[1], "problem", None)
    if problem is None:
        raise ScriptError(
            "MATLAB:unittest:Constraint:MustBeConstraint",
            "A value is verified against a constraint.",
            notes=(f"got a {class_of(args[1])}",),
            hint="matlab.unittest.constraints.IsEqualTo(expected) is one",
        )
    return problem(case, args[0]), args[2:]


def _fail(case: Instance, args: list) -> tuple[Found, list]:
    return ["--> It fails without condition."], args


CHECKS: dict[str, tuple[int, Callable[[Instance, list], tuple[Found, list]]]] = {
    "Equal": (2, _equal),
    "NotEqual": (2, _not_equal),
    "True": (1, _simple(1, _is_true(True), 'The value must evaluate to "true".')),
    "False": (1, _simple(1, _is_true(False), 'The value must evaluate to "false".')),
    "Empty": (1, _simple(1, lambda host, args: numel_of(args[0]) == 0, "The value must be empty.")),
    "NotEmpty": (1, _simple(1, lambda host, args: numel_of(args[0]) != 0, "The value must not be empty.")),
    "Size": (2, _simple(2, _has_size, "The value had an incorrect size.")),
    "Length": (
        2,
        _simple(2, lambda host, a: (max(size_of(a[0])) if numel_of(a[0]) else 0) == a[1], "The length is incorrect."),
    ),
    "NumElements": (2, _simple(2, lambda host, a: numel_of(a[0]) == a[1], "The number of elements is incorrect.")),
    "Class": (2, _simple(2, _is_class, "The value's class is incorrect.")),
    "InstanceOf": (2, _simple(2, _is_instance, "The value is no instance of the class.")),
    "GreaterThan": (2, _simple(2, _compared("gt"), "The value must be greater than the minimum value.")),
    "GreaterThanOrEqual": (2, _simple(2, _compared("ge"), "The value must be greater than or equal to the minimum.")),
    "LessThan": (2, _simple(2, _compared("lt"), "The value must be less than the maximum value.")),
    "LessThanOrEqual": (2, _simple(2, _compared("le"), "The value must be less than or equal to the maximum.")),
    "SameHandle": (2, _simple(2, _same_handle, "Values do not refer to the same handle.")),
    "NotSameHandle": (2, _simple(2, lambda host, args: args[0] is not args[1], "Values refer to the same handle.")),
    "Substring": (2, _simple(2, _contains, "The text does not contain the substring.")),
    "Matches": (2, _simple(2, _matches, "The text does not match the expression.")),
    "ReturnsTrue": (1, _simple(1, lambda host, args: args[0].call(1) is True, "The function did not return true.")),
    "Error": (2, _error),
    "Warning": (2, _warning),
    "WarningFree": (1, _warning_free),
    "That": (2, _that),
    "Fail": (0, _fail),
}


# --------------------------------------------------------------------------------------------------------- qualifying
def _qualification(kind: str, what: str) -> Callable[..., None]:
    count, check = CHECKS[what]

    def qualify(nargout: int, case: Instance, *args: Any) -> None:
        if len(args) < count:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        if type(case) is not Instance:  # another argument made the call come here
            raise ScriptError(
                "MATLAB:unittest:TestCase:InvalidInput",
                f"The first argument of {kind}{what} is the test case.",
                notes=(f"got a {class_of(case)}",),
            )
        lines, rest = check(case, list(args))
        report(case, kind, kind + what, lines, rest)

    return qualify


def report(case: Instance, kind: str, name: str, lines: Found, diagnostics: list) -> None:
    """Note what a qualification found; raise the ScriptError where the test must not go on."""
    title, identifier = KINDS[kind]
    recorder = recorder_of(case)
    if lines is None:
        if recorder is None:
            case.definition.unit.host.out.write(f"{title} passed.\n")
        return
    text = ""
    said = [_diagnostic(one) for one in diagnostics]
    if any(said):
        text += boxed("Test Diagnostic:", [line for one in said for line in one.splitlines()])
    text += boxed("Framework Diagnostic:", [f"{name} failed.", *lines])
    if recorder is None:
        case.definition.unit.host.out.write(f"{title} failed.\n{text}")
    else:
        recorder.failures.append((kind, text))
    if kind != "verify":
        raise ScriptError(identifier, f"{title} failed.")


def boxed(title: str, lines: list[str]) -> str:
    rule = "-" * len(title)
    return "".join(f"    {line}".rstrip() + "\n" for line in (rule, title, rule, *lines))


def _diagnostic(value: Any) -> str:
    if type(value) is Function:
        return text_or_none(value.call(1)) or ""
    if type(value) is String or is_cell(value):
        return "\n".join(texts_or_none(value) or ())
    return text_or_none(value) or ""


def add_teardown(nargout: int, case: Instance, function: Any, *args: Any) -> None:
    """addTeardown(testCase, function, args...)"""
    recorder = recorder_of(case)
    if recorder is not None:
        recorder.teardowns.append((function, args))


def apply_fixture(nargout: int, case: Instance, fixture: Any) -> Any:
    """fixture = applyFixture(testCase, fixture): set up now, undone when the test is over."""
    set_up = getattr(fixture, "set_up", None)
    if set_up is None:
        raise ScriptError(
            "MATLAB:unittest:TestCase:MustBeFixture", "A fixture is applied.", notes=(f"got a {class_of(fixture)}",)
        )
    undo = set_up(case.definition.unit.host)
    add_teardown(0, case, Function(lambda nargout: undo(), "undo"))
    return fixture


def log(nargout: int, case: Instance, *args: Any) -> None:
    """log(testCase, diagnostic), log(testCase, level, diagnostic): shown for levels 1 (terse)."""
    level = args[0] if len(args) == 2 else 2.0
    if type(level) is float and level <= 1:
        case.definition.unit.host.out.write(f"[Terse] Diagnostic logged: {_diagnostic(args[-1])}\n")


def run(nargout: int, case: Any, *args: Any) -> Any:
    """results = run(testCase), run(testCase, 'method')"""
    host = case.definition.unit.host
    wanted = [f"{case.class_name}/{text_or_none(word)}" for word in args] or [case.class_name]
    return host.builtin("runtests").call(1, wanted[0])


METHODS: dict[str, Callable[..., Any]] = {
    "run": run,
    **{kind + what: _qualification(kind, what) for kind in KINDS for what in CHECKS},
    "addTeardown": add_teardown,
    "applyFixture": apply_fixture,
    "log": log,
}

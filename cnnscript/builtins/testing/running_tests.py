"""Tests of programs: runtests, suites of classes derived from matlab.unittest.TestCase and of test functions."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.language.names import valid
from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.testing.suites_of_tests import Group, Results, Suite, Test
from cnnscript.builtins.text.texts import described
from cnnscript.code import Unit, explained
from cnnscript.code.test_case import Recorder, boxed
from cnnscript.errors import Quit, ScriptError, Source
from cnnscript.syntax import parse
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import EMPTY, OBJECT, is_cell, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts, text_or_none, texts_or_none

TEST_CASE = "matlab.unittest.TestCase"
CASE_TEXT = f"classdef FunctionTestCase < {TEST_CASE}\n properties\n  TestData = struct()\n end\nend\n"
RULE = "=" * 80
SECTION_LINE = re.compile(r"\s*%%(?:\s+(.*))?$")
FUNCTION_LINE = re.compile(r"\s*function\b")


# -------------------------------------------------------------------------------------------------------- test classes
def group_of_class(definition: Any) -> Group:
    """The tests of a class: its methods with the attribute Test, once for each combination of their parameters."""
    by_attribute: dict[str, list[Any]] = {}
    for method in [*definition.methods.values()]:
        for word in method.attributes:
            by_attribute.setdefault(word, []).append(method)

    def calling(word: str) -> list[Callable[[Instance], None]]:
        return [lambda case, call=method.call: call(0, case) for method in by_attribute.get(word, [])]

    group = Group(
        definition.name,
        lambda: definition(1),
        calling("TestClassSetup"),
        calling("TestMethodSetup"),
        calling("TestMethodTeardown"),
        calling("TestClassTeardown"),
    )
    for method in by_attribute.get("Test", []):
        names = [parameter.name for parameter in method.node.parameters[1:]] if method.node is not None else []
        for label, values in _combinations(definition, names):
            name = f"{definition.name}/{method.name}{label}"
            group.tests.append(
                Test(definition.name, name, lambda case, call=method.call, given=values: call(0, case, *given), values)
            )
    return group


def _combinations(definition: Any, names: list[str]) -> list[tuple[str, tuple]]:
    """All combinations of the values of test parameters, each with its label '(a=1,b=two)'."""
    combined: list[tuple[list[str], tuple]] = [([], ())]
    for name in names:
        item = definition.properties.get(name)
        if item is None or "TestParameter" not in item.attributes:
            raise ScriptError(
                "MATLAB:unittest:Parameter:NotFound", f"Class '{definition.name}' has no test parameter '{name}'."
            )
        choices = _choices(definition.blank().values[name])
        combined = [
            ([*words, f"{name}={word}"], (*values, value)) for words, values in combined for word, value in choices
        ]
    return [(f"({','.join(words)})" if words else "", values) for words, values in combined]


def _choices(value: Any) -> list[tuple[str, Any]]:
    if type(value) is Struct:
        return list(value.fields.items())
    found = []
    for at, item in enumerate(value.ravel("F").tolist() if is_cell(value) else [value]):
        word = text_or_none(item)
        plain = type(item) in (float, bool)
        found.append(
            (word if word is not None and word.isidentifier() else f"{item:g}" if plain else f"value{at + 1}", item)
        )
    return found


# ------------------------------------------------------------------------------------------------------ test functions
def function_case(session: Any) -> Instance:
    """The test case that test functions get, with a struct TestData."""
    known = session.__dict__.get("_function_case")
    if known is None:
        source = Source(CASE_TEXT, "<functiontests>")
        unit = Unit(parse(source, frozenset()), source, session)
        known = session.__dict__["_function_case"] = unit.class_definition()
    return known(1)


def group_of_functions(session: Any, handles: list[Function]) -> Group:
    """Local functions as tests: those whose name begins or ends with 'test', in any letter case."""
    by_name = {handle.text.rpartition("/")[2]: handle for handle in handles}
    origin = next((handle.origin for handle in handles if handle.origin), "")
    name = os.path.splitext(os.path.basename(origin))[0] or "tests"

    def calling(word: str) -> list[Callable[[Instance], None]]:
        found = by_name.get(word)
        return [lambda case: found.call(0, case)] if found is not None else []

    made: list[Instance] = []

    def make() -> Instance:
        if not made:
            made.append(function_case(session))
        return made[0]

    group = Group(name, make, calling("setupOnce"), calling("setup"), calling("teardown"), calling("teardownOnce"))
    for word, handle in by_name.items():
        if word.lower().startswith("test") or word.lower().endswith("test"):
            group.tests.append(Test(name, f"{name}/{word}", lambda case, call=handle.call: call(0, case)))
    return group


# ------------------------------------------------------------------------------------------------- sections of scripts
def group_of_script(session: Any, name: str, source: Source) -> Group:
    """The sections of a script as tests, each after the lines in front of the first one and with variables of its own;
    a script without sections is one test."""
    lines = source.text.splitlines()
    end = next((at for at, line in enumerate(lines) if FUNCTION_LINE.match(line)), len(lines))
    starts = [at for at, line in enumerate(lines[:end]) if SECTION_LINE.match(line)]
    group = Group(name, lambda: function_case(session))
    words = [(SECTION_LINE.match(lines[at])[1] or "").strip() for at in starts]
    titles = [valid(word, "underscore", "x") if word else f"Section{at}" for at, word in enumerate(words, 1)]
    spans = list(zip(titles, starts, [*starts[1:], end], strict=True)) or [(name, 0, end)]
    shared = starts[0] if starts else 0
    for title, first, last in spans:
        kept = [line if at < shared or first <= at < last or at >= end else "" for at, line in enumerate(lines)]
        text = "\n".join([f"function {name}, " + "\n".join(kept[:end]), "end", *kept[end:], ""])

        def call(case: Instance, text: str = text) -> None:
            section = Source(text, source.name)
            Unit(parse(section, frozenset()), section, session).function.call(0)

        group.tests.append(Test(name, f"{name}/{title}", call))
    return group


# ------------------------------------------------------------------------------------------------------------- running
class Runner:
    """Runs a suite and tells how it goes."""

    def __init__(self, session: Any):
        self.session = session
        self.out = session.out
        self.rows: list[dict[str, Any]] = []
        self.troubles: list[tuple[str, bool, bool, list[str]]] = []

    def run(self, suite: Suite) -> Results:
        for group in suite.groups:
            self.out.write(f"Running {group.name}\n")
            self.group(group)
            self.out.write(f"\nDone {group.name}\n__________\n\n")
        if self.troubles:
            self.out.write(self.summary())
        return Results(self.rows)

    def group(self, group: Group) -> None:
        shared = group.make()
        around = self.steps(group.before_all, shared, group.name)
        for test in group.tests:
            if around.failures:
                self.note(test, around, 0.0)
                continue
            started = time.perf_counter()
            recorder = self.one(group, test, shared)
            self.note(test, recorder, time.perf_counter() - started)
        ending = self.steps(group.after_all, shared, group.name)
        self.teardowns(ending, around.teardowns)

    def one(self, group: Group, test: Test, shared: Instance) -> Recorder:
        """A test with what is before and after it, on a copy of the object that the class's set-up has seen."""
        case = shared if not group.tests or shared.definition.name == "FunctionTestCase" else shared.copied()
        recorder = case.recorder = Recorder()
        self.guarded(recorder, [*group.before_each, test.call], case, test.name)
        self.out.write(".")
        self.guarded(recorder, group.after_each, case, test.name)
        self.teardowns(recorder, recorder.teardowns)
        return recorder

    def steps(self, calls: list[Callable[[Instance], None]], case: Instance, name: str) -> Recorder:
        recorder = case.recorder = Recorder()
        self.guarded(recorder, calls, case, name)
        return recorder

    def teardowns(self, recorder: Recorder, calls: list[tuple[Any, tuple]]) -> None:
        for function, args in reversed(calls):
            try:
                function.call(0, *args)
            except Exception as error:
                recorder.failures.append(("error", _thrown(error)))

    def guarded(self, recorder: Recorder, calls: list, case: Instance, name: str) -> bool:
        """Run calls until one fails; say what failed.  True where nothing did."""
        before = len(recorder.failures)
        for call in calls:
            try:
                call(case)
            except Quit:
                raise
            except Exception as error:
                seen = explained(error)
                if not seen.identifier.startswith("MATLAB:unittest:"):
                    recorder.failures.append(("error", _thrown(seen)))
                break
        for kind, text in recorder.failures[before:]:
            if kind == "assume":
                continue
            self.out.write(f"\n{RULE}\n{_words(kind)} in {name}{_ending(kind)}.\n{text}{RULE}\n")
        return len(recorder.failures) == before

    def note(self, test: Test, recorder: Recorder, seconds: float) -> None:
        failed = recorder.has("verify", "assert", "fatalAssert", "error")
        incomplete = recorder.has("assert", "assume", "fatalAssert", "error")
        self.rows.append(
            {
                "Name": test.name,
                "Passed": not (failed or incomplete),
                "Failed": failed,
                "Incomplete": incomplete,
                "Duration": seconds,
                "Details": Struct({}),
            }
        )
        if failed or incomplete:
            reasons = list(dict.fromkeys(_reason(kind) for kind, _ in recorder.failures))
            self.troubles.append((test.name, failed, incomplete, reasons))

    def summary(self) -> str:
        width = max(len(name) for name, *_ in self.troubles)
        head = f"     {'Name':<{width}}  Failed  Incomplete  Reason(s)"
        text = f"Failure Summary:\n\n{head}\n    {'=' * (len(head) + 14)}\n"
        for name, failed, incomplete, reasons in self.troubles:
            marks = f"{'X' if failed else ' ':^6}  {'X' if incomplete else ' ':^10}"
            text += f"     {name:<{width}}  {marks}  {reasons[0]}\n"
        return text + "\n"


def _words(kind: str) -> str:
    return {
        "verify": "Verification failed",
        "assert": "Assertion failed",
        "fatalAssert": "Fatal assertion failed",
        "error": "Error occurred",
    }[kind]


def _ending(kind: str) -> str:
    return "" if kind == "verify" else " and it did not run to completion"


def _reason(kind: str) -> str:
    return {
        "verify": "Failed by verification.",
        "assert": "Failed by assertion.",
        "fatalAssert": "Failed by fatal assertion.",
        "assume": "Filtered by assumption.",
        "error": "Errored.",
    }[kind]


def _thrown(error: Exception) -> str:
    seen = explained(error)
    lines = [f"Error using {seen.stack[0].name}" if seen.stack else "Error", *seen.message.splitlines()]
    about = boxed("Error ID:", [f"'{seen.identifier}'"]) if seen.identifier else ""
    return about + boxed("Error Details:", lines)


# ------------------------------------------------------------------------------------------------------------ the face
def suite_named(session: Any, word: str) -> Suite:
    """The tests of a class, a function file, a folder; 'Class/method' is one of them."""
    if os.path.isdir(word):
        return suite_of_folder(session, word)
    stem, _, chosen = word.partition("/")
    if word.endswith((".m", ".cnns")):
        stem, chosen = os.path.splitext(os.path.basename(word))[0], ""
    definition = session.find_class(stem)
    if definition is not None and TEST_CASE in definition.ancestors:
        groups = [group_of_class(definition)]
    else:
        found = session.find_function(stem, None)
        if isinstance(found, Unit):
            made = Suite([group_of_script(session, stem, found.source)])
        else:
            made = found.call(1) if isinstance(found, Function) and definition is None else None
        if type(made) is not Suite:
            raise ScriptError(
                "MATLAB:unittest:TestSuite:UnrecognizedSuite",
                f"No tests go by the name '{word}'.",
                notes=("tests are classes derived from matlab.unittest.TestCase, files of test functions and scripts",),
            )
        groups = made.groups
    if chosen:
        for group in groups:
            group.tests = [test for test in group.tests if test.name.rpartition("/")[2] == chosen]
    return Suite(groups)


def suite_of_folder(session: Any, folder: str) -> Suite:
    groups: list[Group] = []
    for entry in sorted(os.listdir(folder)):
        stem, ending = os.path.splitext(entry)
        if ending not in (".m", ".cnns") or "test" not in stem.lower() or not stem.isidentifier():
            continue
        if session.find_function(stem, None) is None:
            continue
        definition = session.find_class(stem)
        is_tests = stem.lower().startswith("test") or stem.lower().endswith("test")
        if definition is not None and TEST_CASE in definition.ancestors or definition is None and is_tests:
            try:
                groups += suite_named(session, stem).groups
            except ScriptError as fault:
                if fault.identifier != "MATLAB:unittest:TestSuite:UnrecognizedSuite":
                    raise
    return Suite(groups)


def suite_of(session: Any, value: Any) -> Suite:
    """Tests by what stands for them: a suite, a test case, names."""
    if type(value) is Suite:
        return value
    if isinstance(value, Instance) and TEST_CASE in value.ancestors:
        return Suite([group_of_class(value.definition)])
    words = texts_or_none(value)
    if words is None:
        raise ScriptError(
            "MATLAB:unittest:TestSuite:UnrecognizedSuite",
            "Tests are given by name.",
            notes=(f"got {described(value)}",),
        )
    return Suite([group for word in words for group in suite_named(session, word).groups])


@builtin
def runtests(session, tests="", /, *, OutputDetail=None, Verbosity=None, IncludeSubfolders=False, ProcedureName=None):
    """
    results = runtests
    results = runtests(tests)
    results = runtests(tests, Name, Value)

    Run tests and tell how they went: classes derived from matlab.unittest.TestCase, files of test functions, folders.

    Without an argument the tests of the current folder: files whose name begins or ends with 'test'.

    Options
      OutputDetail        0 to say nothing while they run
      Verbosity           the same
      IncludeSubfolders   true to look into folders below too
      ProcedureName       only tests of that name

    Examples
      >> r = runtests(pwd);
      >> disp(isempty(r))
         1
      >> r = runtests(pwd, OutputDetail=0, Verbosity=0, IncludeSubfolders=true, ProcedureName='testA');

    See also functiontests, assert.
    """
    suite = suite_of(session, tests) if numel_of(tests) else suite_of_folder(session, os.getcwd())
    if IncludeSubfolders is True:
        folders = [inner for inner, *_ in os.walk(text_or_none(tests) or os.getcwd())][1:]
        suite = Suite(suite.groups + [group for folder in folders for group in suite_of_folder(session, folder).groups])
    wanted = text_or_none(ProcedureName) if ProcedureName is not None else None
    if wanted is not None:
        for group in suite.groups:
            group.tests = [test for test in group.tests if test.name.rpartition("/")[2].partition("(")[0] == wanted]
    if 0.0 in (OutputDetail, Verbosity):
        with open(os.devnull, "w", encoding="utf-8") as nowhere, session.printing_to(nowhere):
            return Runner(session).run(suite)
    return Runner(session).run(suite)


@builtin
def functiontests(session, functions, /):
    """
    tests = functiontests(localfunctions)

    The tests among the local functions of a file: those whose names begin or end with 'test'. Functions named setup,
    teardown, setupOnce and teardownOnce run before and after each and all of them.

    Examples
      >> tests = functiontests({@sin});
      >> disp(numel(tests))
           0

    See also runtests, localfunctions.
    """
    handles = functions.ravel("F").tolist() if is_cell(functions) else [functions]
    if not all(type(handle) is Function for handle in handles):
        raise ScriptError(
            "MATLAB:unittest:functiontests:MustBeFunctionHandles", "Tests are a cell of function handles."
        )
    return Suite([group_of_functions(session, handles)] if handles else [])


@builtin(name="matlab.unittest.TestSuite.fromClass")
def suite_from_class(session, description, /):
    """
    suite = matlab.unittest.TestSuite.fromClass(?Class)

    The tests of a class.

    Examples
      >> try, matlab.unittest.TestSuite.fromClass(?handle), catch e, disp(e.message), end
      No tests go by the name 'handle'.

    See also runtests, functiontests.
    """
    return suite_named(session, str(description.get("Name")) if isinstance(description, Object) else "")


@builtin(name="matlab.unittest.TestSuite.fromFolder")
def suite_from_folder(session, folder, /):
    """
    suite = matlab.unittest.TestSuite.fromFolder(folder)

    The tests in a folder.

    Examples
      >> disp(isempty(matlab.unittest.TestSuite.fromFolder(pwd)))
         1

    See also runtests, functiontests.
    """
    return suite_of_folder(session, text_or_none(folder) or "")


@builtin(name="matlab.unittest.TestSuite.fromFile")
def suite_from_file(session, file, /):
    """
    suite = matlab.unittest.TestSuite.fromFile(file)

    The tests in a file.

    Examples
      >> try, matlab.unittest.TestSuite.fromFile('nothing.m'), catch e, disp(e.message), end
      No tests go by the name 'nothing.m'.

    See also runtests, functiontests.
    """
    return suite_named(session, text_or_none(file) or "")


@builtin(name="matlab.unittest.TestCase.forInteractiveUse")
def interactive_case(session, /):
    """
    testCase = matlab.unittest.TestCase.forInteractiveUse

    A test case to try verifications with at the prompt: each says whether it passed.

    Examples
      >> t = matlab.unittest.TestCase.forInteractiveUse;
      >> t.verifyEqual(1 + 1, 2)
      Verification passed.

    See also runtests, assert.
    """
    return function_case(session)


@overload("matlab.unittest.Test")
def run(session, suite, /):
    """
    results = run(suite)

    Run the tests of a suite.

    Examples
      >> disp(isempty(run(matlab.unittest.TestSuite.fromFolder(pwd))))
         1

    See also runtests, functiontests.
    """
    return Runner(session).run(suite)


@overload("matlab.unittest.TestResult")
def table(session, results, /):
    """
    T = table(results)

    Results of tests as a table, a test a row.

    Examples
      >> T = table(runtests(pwd));
      >> disp(width(T))
           5

    See also runtests.
    """
    names = results.property_names()[:-1]
    columns = []
    for name in names:
        values = [row[name] for row in results.rows]
        if name == "Name":
            columns.append(cell_of_texts(values) if values else EMPTY)
        else:
            columns.append(
                np.array(values, bool if type(values[0]) is bool else float).reshape(-1, 1) if values else EMPTY
            )
    listed = np.empty((1, len(names)), OBJECT)
    listed[0, :] = names
    return session.builtin("table").call(1, *columns, "VariableNames", listed)


@builtin
def assertSuccess(results, /):
    """
    assertSuccess(results)

    Raise an error where a test failed or did not complete.

    Examples
      >> assertSuccess(runtests(pwd));

    See also runtests, assert.
    """
    if type(results) is not Results:
        raise ScriptError(
            "MATLAB:UndefinedFunction", f"assertSuccess takes results of tests, not {described(results)}."
        )
    bad = [row["Name"] for row in results.rows if not row["Passed"]]
    if bad:
        raise ScriptError(
            "MATLAB:unittest:TestResult:UnsuccessfulRun", "At least one test failed: " + ", ".join(bad) + "."
        )
    return results

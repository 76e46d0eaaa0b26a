"""Suites of tests and their results, as objects of the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from cnnscript.display.objects import titled
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import OBJECT
from cnnscript.values.objects import Object
from cnnscript.values.selecting import select


@dataclass
class Test:
    """One test: 'Class/method', and what runs it with a test case."""

    group: str
    name: str
    call: Callable[[Instance], None]
    values: tuple = ()


@dataclass
class Group:
    """The tests of one file, and what is around each of them and around all."""

    name: str
    make: Callable[[], Instance]
    before_all: list[Callable[[Instance], None]] = field(default_factory=list)
    before_each: list[Callable[[Instance], None]] = field(default_factory=list)
    after_each: list[Callable[[Instance], None]] = field(default_factory=list)
    after_all: list[Callable[[Instance], None]] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)


class Suite(Object):
    """matlab.unittest.Test, an array of them."""

    class_name: ClassVar[str] = "matlab.unittest.Test"
    methods: ClassVar[frozenset[str]] = frozenset(["run"])

    def __init__(self, groups: list[Group]):
        self.groups = groups

    def tests(self) -> list[Test]:
        return [test for group in self.groups for test in group.tests]

    def size(self) -> tuple[int, ...]:
        return (1, len(self.tests()))

    def property_names(self) -> list[str]:
        return ["Name", "ProcedureName", "TestClass"]

    def get(self, name: str) -> Any:
        if name == "Name":
            values = [test.name for test in self.tests()]
        elif name == "ProcedureName":
            values = [test.name.rpartition("/")[2].partition("(")[0] for test in self.tests()]
        elif name == "TestClass":
            values = [test.group for test in self.tests()]
        else:
            raise self.no_property(name)
        return values[0] if len(values) == 1 else tuple(values)

    def index(self, args: tuple) -> Any:
        tests = self.tests()
        row = np.empty((1, len(tests)), OBJECT)
        for at, test in enumerate(tests):
            row[0, at] = test
        chosen = select(row, args).ravel("F").tolist()
        groups = []
        for group in self.groups:
            kept = [test for test in chosen if any(test is own for own in group.tests)]
            if kept:
                groups.append(Group(**{**group.__dict__, "tests": kept}))
        return Suite(groups)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return Suite([group for part in parts if type(part) is Suite for group in part.groups])

    def disp(self, form: Any) -> str:
        names = "".join(f"    {name}\n" for name in self.property_names())
        return f"  1×{len(self.tests())} Test array with properties:\n{form.blank}{names}{form.blank}"


class Results(Object):
    """matlab.unittest.TestResult, an array of them: rows of values by property."""

    class_name: ClassVar[str] = "matlab.unittest.TestResult"
    methods: ClassVar[frozenset[str]] = frozenset(["table", "assertSuccess"])

    def __init__(self, rows: list[dict[str, Any]]):
        self.rows = rows

    def size(self) -> tuple[int, ...]:
        return (1, len(self.rows))

    def property_names(self) -> list[str]:
        return ["Name", "Passed", "Failed", "Incomplete", "Duration", "Details"]

    def get(self, name: str) -> Any:
        if name not in self.property_names():
            raise self.no_property(name)
        values = tuple(row[name] for row in self.rows)
        return values[0] if len(values) == 1 else values

    def index(self, args: tuple) -> Any:
        row = np.empty((1, len(self.rows)), OBJECT)
        for at, one in enumerate(self.rows):
            row[0, at] = one
        return Results(select(row, args).ravel("F").tolist())

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return Results([row for part in parts if type(part) is Results for row in part.rows])

    def disp(self, form: Any) -> str:
        if len(self.rows) == 1:
            head = titled("TestResult", list(self.rows[0].items()), form)
        else:
            names = "".join(f"    {name}\n" for name in self.property_names())
            head = f"  1×{len(self.rows)} TestResult array with properties:\n{form.blank}{names}{form.blank}"
        passed, failed, incomplete = (
            sum(row[word] for row in self.rows) for word in ("Passed", "Failed", "Incomplete")
        )
        seconds = sum(row["Duration"] for row in self.rows)
        return (
            f"{head}Totals:\n   {passed} Passed, {failed} Failed, {incomplete} Incomplete.\n"
            f"   {seconds:.5g} seconds testing time.\n{form.blank}"
        )

"""Breakpoints, steps, and looking around where a program stands."""

import io
from collections import deque

import pytest

from cnnscript import cli
from cnnscript.session import Session

BAR = "function r = bar(x)\na = x + 1;\nb = a * 2;\nr = b + 3;\nend\n"
FACT = "function r = fact(n)\nif n <= 1\n  r = 1;\nelse\n  r = n * fact(n-1);\nend\nend\n"


@pytest.fixture
def converse(tmp_path, monkeypatch):
    """converse(lines): what a session prints that is given these lines, one after the other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bar.m").write_text(BAR)
    (tmp_path / "fact.m").write_text(FACT)
    (tmp_path / "two.m").write_text("x = 1;\ny = bar(x);\ndisp(y)\n")

    def converse(*lines):
        out = io.StringIO()
        session = Session(out=out, err=out)
        session.lines = deque(lines)
        while session.lines:
            session.attempt(session.lines.popleft(), name="")
        return [line.strip() for line in out.getvalue().splitlines() if line.strip()]

    return converse


def test_a_program_stops_shows_and_changes_its_variables_and_goes_on(converse):
    shown = converse("dbstop in bar at 3", "two", "disp(a)", "a = 100;", "fresh = a + 1;", "disp(fresh)", "dbcont")
    assert shown == ["3   b = a * 2;", "K>>      2", "K>> K>> K>>    101", "K>>    203"]


def test_steps_go_by_lines_into_functions_and_out_of_them(converse):
    assert converse("dbstop in two", "two", "dbstep", "dbstep in", "dbstep 2", "dbstep out", "dbstep", "dbcont") == [
        "1   x = 1;", "K>> 2   y = bar(x);", "K>> 2   a = x + 1;", "K>> 4   r = b + 3;", "K>> 2   y = bar(x);",
        "K>> 3   disp(y)", "K>>      7",
    ]  # fmt: skip


def test_the_stack_is_told_and_callers_are_looked_at(converse):
    shown = converse("dbstop in bar at 3", "two", "dbstack", "[s, k] = dbstack; disp({s.name}), disp([s.line k])",
                     "dbup", "disp(x)", "dbup", "dbdown", "dbcont")  # fmt: skip
    assert shown == [
        "3   b = a * 2;", "K>> > In bar (line 3)", "In two (line 2)", "K>>     {'bar'}    {'two'}", "3     2     1",
        "K>> In workspace belonging to two (line 2)", "K>>      1", "K>> In base workspace.",
        "K>> In workspace belonging to two (line 2)", "K>>      7",
    ]  # fmt: skip


def test_a_condition_decides_and_dbquit_ends_the_program_only(converse):
    assert converse("dbstop in fact at 5 if n==2", "fact(3)", "disp(n)", "dbquit", "disp(5)") == [
        "5   r = n * fact(n-1);", "K>>      2", "K>>      5",
    ]  # fmt: skip


def test_errors_stop_where_they_arise_as_caught_or_not(converse, tmp_path):
    (tmp_path / "er.m").write_text("function er\ntry\nerror('a:b', 'one');\ncatch\nend\nz = 1;\nerror('two')\n")
    assert converse("dbstop if error", "er", "disp(z)", "dbcont")[:3] == [
        "Error: two",
        "7   error('two')",
        "K>>      1",
    ]
    assert converse("dbstop if caught error", "er", "dbquit")[:2] == ["Error: one", "3   error('a:b', 'one');"]
    assert converse("dbstop if caught error x:y", "er")[:1] == ["error: two"]


def test_warnings_and_not_finite_numbers_stop_too(converse, tmp_path):
    (tmp_path / "wa.m").write_text("function wa\nwarning('w:x', 'careful')\nq = 1/0;\ndisp(q)\n")
    assert converse("dbstop if warning", "wa", "dbcont") == [
        "Warning: careful",
        "> In wa (line 2)",
        "2   warning('w:x', 'careful')",
        "K>>    Inf",
    ]
    shown = converse("warning off w:x", "dbstop if naninf", "wa", "disp(q)", "dbcont")
    assert shown == ["NaN/Inf breakpoint hit.", "4   disp(q)", "K>>    Inf", "K>>    Inf"]


def test_the_anonymous_function_of_a_line_has_a_breakpoint_of_its_own(converse, tmp_path):
    (tmp_path / "an.m").write_text("function an\nf = @(t) t + 1;\ndisp(f(4))\n")
    assert converse("dbstop in an at 2@", "an", "disp(t)", "dbcont") == [
        "2   f = @(t) t + 1;",
        "K>>      4",
        "K>>      5",
    ]


def test_breakpoints_are_listed_cleared_and_set_again(converse):
    shown = converse("dbstop in bar at 3", "dbstop in bar at 1", "dbstop in fact>fact", "dbstop if error", "dbstatus",
                     "b = dbstatus;", "dbclear in bar at 3", "dbclear if error", "dbstatus", "dbclear all", "dbstatus",
                     "dbstop(b)", "dbstatus bar")  # fmt: skip
    assert shown == [
        "Breakpoints for bar are on lines 2, 3.", "Breakpoint for fact is on line 2.", "Stop if error.",
        "Breakpoint for bar is on line 2.", "Breakpoint for fact is on line 2.",
        "Breakpoints for bar are on lines 2, 3.",
    ]  # fmt: skip


def test_keyboard_stops_and_its_new_variables_are_the_functions(converse, tmp_path):
    (tmp_path / "kb.m").write_text("function kb\na = 1;\nkeyboard\ndisp(a + b)\nend\n")
    assert converse("kb", "b = 41;", "dbcont") == ["K>> K>>     42"]


def test_a_mistake_at_the_stop_is_told_and_the_stop_stays(converse):
    shown = converse("dbstop in bar at 3", "two", "disp(nothing_here)", "disp(a)", "dbcont")
    assert "Unrecognized function or variable 'nothing_here'." in shown[1] and shown[-2:] == [
        "K>>      2",
        "K>>      7",
    ]


def test_a_program_from_a_pipe_reads_its_next_lines_where_it_stops(converse, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("dbstop in bar at 3\ntwo\nfor k = 1:2\n disp(a + k)\nend\ndbcont\n"))
    assert cli.main([]) == 0
    shown = [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert shown == ["3   b = a * 2;", "K>>      3", "4", "K>>      7"]


def test_the_end_of_input_at_a_stop_ends_the_program(converse):
    assert converse("dbstop in bar at 3", "two") == [
        "3   b = a * 2;",
        "K>>",
        "The input ended at a breakpoint: so does the program.",
    ]


def test_dbtype_numbers_the_lines(converse):
    assert converse("dbtype bar 2:3") == ["2     a = x + 1;", "3     b = a * 2;"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("dbstop in nowhere_at_all", "Cannot find function 'nowhere_at_all'."),
        ("dbstop in bar at 99", "Line 99 and those after it do nothing."),
        ("dbstop in bar at middle", "'middle' is no line and no function of this file."),
        ("dbstop if raining", "'raining' is nothing to stop at."),
        ("dbcont", "dbcont is for a program that stands at a breakpoint."),
    ],
)
def test_what_cannot_be_is_said(converse, code, message):
    assert message in converse(code)[0]


def test_keyboard_at_the_prompt_itself(converse):
    assert converse("keyboard", "x = 3;", "dbcont", "disp(x)") == ["K>> K>>      3"]


def test_methods_of_classes_have_breakpoints_too(converse, tmp_path):
    (tmp_path / "Acc.m").write_text(
        "classdef Acc < handle\nproperties\nn = 0\nend\nmethods\nfunction add(o, k)\no.n = o.n + k;\nend\nend\nend\n"
    )
    shown = converse("dbstop in Acc at 7 if k>1", "a = Acc;", "for i = 1:2, a.add(i); end", "disp(o.n)", "dbcont")
    assert shown == ["7   o.n = o.n + k;", "K>>      1", "K>>"]


@pytest.mark.parametrize("saved", ["struct('a', 1)", "setfield(b, 'line', 'x')", "setfield(b, 'cond', [1 2])"])
def test_dbstop_takes_only_structs_that_dbstatus_gave(converse, saved):
    shown = converse("dbstop in bar", "b = dbstatus;", f"dbstop({saved})")
    assert "must be one that dbstatus gave" in shown[0]

"""Errors and warnings in colour, and when they stay plain."""

import io
import re

import pytest

from cnnscript.repl.painting import PaintedErrors, painted, wants_colour

DIAGNOSTIC = (
    "error: Arrays have incompatible sizes for this operation.\n  add.m:3:7\n    c = a + b\n        - ^ -\n"
    "    a is 2x3\n  + needs equal sizes\n  in add (add.m:3), 4 times\n"
)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_parts_of_a_diagnostic_are_painted_and_no_letter_changes():
    text = painted(DIAGNOSTIC)
    assert re.sub(r"\x1b\[[\d;]*m", "", text) == DIAGNOSTIC
    lines = text.split("\n")
    assert lines[0] == "\x1b[1;31merror\x1b[0m: Arrays have incompatible sizes for this operation."
    assert [bool(re.match(r"\x1b", line)) for line in lines] == [True, True, False, True, False, True, True, False]


def test_warnings_are_painted_and_other_text_is_not():
    assert painted("Warning: careful\n").startswith("\x1b[1;38;5;130mWarning\x1b[0m: careful")
    assert painted("figures 1, 2: close\n") == "figures 1, 2: close\n"


@pytest.mark.parametrize(
    ("stream", "environment", "colour"),
    [
        (Terminal(), {"TERM": "xterm"}, True), (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False), (io.StringIO(), {"TERM": "xterm"}, False), (None, {}, False),
    ],
)  # fmt: skip
def test_colour_is_for_terminals_that_do_not_refuse_it(stream, environment, colour, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert wants_colour(stream, environment) is colour


def test_what_is_written_goes_to_the_standard_error_of_that_moment(monkeypatch):
    errors = PaintedErrors()
    late = io.StringIO()
    monkeypatch.setattr("sys.stderr", late)
    errors.write("error: no\n")
    errors.flush()
    assert late.getvalue() == "\x1b[1;31merror\x1b[0m: no\n"

"""Places in a source, and the diagnostic drawn from an error."""

from cnnscript.errors import Frame, ScriptError, Source, Span


def drawn(text, at, *marks, **parts):
    """The rendered error at the first `at` in a one-line text, with `marks` under it."""
    source = Source(text, "a.m")
    spans = [Span(source, text.index(word), text.index(word) + len(word)) for word in (at, *marks)]
    return ScriptError("", "No.", spans[0], tuple(spans[1:]), **parts).render()


def test_lines_and_columns_are_counted_from_one():
    source = Source("ab\ncd\r\n\nx", "a.m")
    assert [source.position(offset) for offset in (0, 2, 3, 8)] == [(1, 1), (1, 3), (2, 1), (4, 1)]
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["ab", "cd", "", "x"]
    assert source.offset(2, 2) == 4
    assert Span(source, 3, 5).text == "cd"


def test_a_place_has_a_name_unless_it_was_just_typed():
    assert Source("x", "a.m").place(1, 3) == "a.m:1:3"
    assert Source("x", "a.m").place(1) == "a.m:1"
    assert Source("x", "").place(1, 3) == ""
    assert Source("x\ny", "").place(2, 3) == "line 2"


def test_the_parts_of_a_diagnostic_stand_in_order():
    stack = (Frame("f", "f.m", 1), Frame("g", "g.m", 7), Frame("g", "g.m", 7), Frame("h", "", 2))
    assert drawn("c = a + b", "+", "a", "b", notes=("a is 2x3",), hint="transpose one", stack=stack) == (
        "error: No.\n  a.m:1:7\n    c = a + b\n        - ^ -\n    a is 2x3\n  + transpose one\n"
        "  in g (g.m:7), 2 times\n  in h"
    )


def test_tabs_and_indentation_keep_the_carets_in_place():
    assert drawn("\tx =\ty(3)", "y(3)") == "error: No.\n  a.m:1:6\n    x = y(3)\n        ^^^^"


def test_wide_letters_and_accents_keep_the_carets_in_place():
    assert drawn("disp('图像', y)", "y").endswith("\n    disp('图像', y)\n                 ^")
    assert drawn("disp('e\N{COMBINING ACUTE ACCENT}', y)", "y").splitlines()[-1] == "              ^"


def test_a_control_character_does_not_reach_the_terminal():
    assert "\x1b" not in drawn("x = '\x1b[2J' + y", "y")


def test_of_a_long_line_the_part_around_the_fault_is_shown():
    lines = drawn("x = [" + "1 " * 500 + "oops " + "2 " * 500 + "];", "oops").splitlines()
    assert len(lines[2]) <= 204 and lines[2][lines[3].index("^") :].startswith("oops") and lines[3].count("^") == 4


def test_carets_end_with_the_line():
    source = Source("x = [1 2\n3 4", "a.m")
    assert ScriptError("", "No.", Span(source, 4, 12)).render().splitlines()[-1] == "        ^^^^"

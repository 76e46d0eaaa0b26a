"""A text is read past its mistakes: each that stands for itself is told, the rest keeps its tree and its places."""

import pytest

from cnnscript.errors import Source
from cnnscript.syntax.recovery import read_on


def lines(text):
    return [fault.span.line for fault in read_on(Source(text)).mistakes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1;\ny = 2;\n", []),
        ("x = (1 + ;\ny = 2;\nz = [1 2\nw = 3;\n", [1, 3]),
        ("if x ==\n  disp(1)\nend\ns = 'abc\n", [1, 4]),
        ("for k = 1:\n  a = b c\nend\nwhile 1 +\n  x = 1;\nend\ny = ];\n", [1, 2, 4, 7]),
        ("function r = f(a\n r = a;\nend\nfunction r = g(b)\n r = b +;\nend\n", [1, 5]),
        ("switch x y\n case 1\n  z = 1;\nend\nq = );\n", [1, 5]),
        ("if a, b = (3; end\nc = 1;\nd = *2;\n", [1, 3]),
        ("x = 1 # one\ny = 2 # two\nz = )\n", [1, 3]),
        ("if a != 3\n y = 1;\nend\nif b != 4\n y = 2;\nend\n", [1, 4]),
        ("x = ‘abc’;\ny = );\n", [1, 1, 2]),
    ],
)
def test_every_mistake_that_stands_for_itself_is_told(text, expected):
    assert lines(text) == expected


def test_an_end_that_is_missing_is_told_alone():
    assert lines("if a\n x = 1;\n") != []
    assert lines("x = );\nif a\n x = 1;\n") == [1]  # it might be the line taken out


def test_what_is_left_keeps_its_place():
    text = "x = (1;\ny = 2;\nfunction f()\n  z = ];\nend\n"
    reading = read_on(Source(text))
    assert [text[node.start : node.stop] for node in reading.program.body] == ["y = 2"]
    assert [function.name for function in reading.program.functions] == ["f"]
    assert {"x", "z"} <= reading.lost


def test_loops_stay_loops_where_their_header_is_lost():
    reading = read_on(Source("for k = 1:(\n  break\nend\n"))
    assert type(reading.program.body[0]).__name__ == "While"


def test_a_text_of_nothing_but_mistakes_ends():
    reading = read_on(Source("x = );\n" * 1000))
    assert 5 <= len(reading.mistakes) <= 20

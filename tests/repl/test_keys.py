"""Where lines of a block go, and what a paste becomes."""

import pytest

from cnnscript.repl.keys import indentation, pasted, place_of


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("if x", 4), ("  for k = 1:3", 6), ("x = 1;", 0), ("  y = 2", 2), ("if x\n    y\nelse", 4),
        ("for k = 1:2, disp(k), end", 0), ("for k = 1:2, if k", 4), ("switch x", 4), ("switch x\n    case 1", 8),
        ("% if only", 0), ("x = 'for ever'", 0), ("y = x(end)", 0), ("if x(end)", 4), ("try", 4),
    ],
)  # fmt: skip
def test_the_next_line_is_indented_where_a_block_opened(text, blanks):
    assert indentation(text) == " " * blanks


@pytest.mark.parametrize(
    ("line", "before", "blanks"),
    [
        ("    end", "if x\n", 0), ("        end", "if x\n    for k = y(end)\n", 4), ("    else", "if x\n", 0),
        ("        case 2", "switch x\n    case 1\n        y\n", 4), ("    x = 1", "if x\n", 4), ("  end", "", 2),
        ("    catch e", "try\n", 0), ("        end", "if x\n    y = 1; if z, w, end\n", 0),
    ],
)  # fmt: skip
def test_a_line_that_ends_or_divides_a_block_stands_where_the_block_began(line, before, blanks):
    assert place_of(line, before) == " " * blanks


def test_a_paste_has_our_line_ends_and_no_last_one():
    assert pasted("a\r\nb\rc\n\n") == "a\nb\nc"
    assert pasted(">> a\nb\n>> c") == "a\nb\nc" and pasted("x >> y") == "x >> y"

"""Wrong texts: the whole diagnostic, word for word."""

import pytest

from cnnscript.errors import ScriptError, Source
from cnnscript.syntax import parse


def test_a_mistake_is_named_placed_and_explained(mistake_case):
    text, expected = mistake_case
    with pytest.raises(ScriptError) as caught:
        parse(Source(text))
    assert f"{caught.value.identifier}\n{caught.value.render()}" == expected


def test_a_mistake_in_a_file_is_placed_by_file_line_and_column():
    with pytest.raises(ScriptError) as caught:
        parse(Source("x = 1;\n\n  y = (1]\n", "deep/tutorial.m"))
    assert "  deep/tutorial.m:3:9\n" in caught.value.render()
    assert (caught.value.span.line, caught.value.span.column) == (3, 9)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_do_not_move_a_mistake(end):
    with pytest.raises(ScriptError) as caught:
        parse(Source(end.join(["x = 1;", "% c", "y = 2 +", "z"])))
    assert (caught.value.span.line, caught.value.span.column) == (3, 7)


@pytest.mark.parametrize(
    ("character", "hint"),
    [
        ("\u00a0", "write a plain blank"), ("\u2018", "write `'`"), ("\u2212", "write `-`"), ("\uff08", "write `(`"),
        ("\u00d7", "write `*`"), ("\u4e2d", None), ("\x01", None), ("$", None),
    ],
)  # fmt: skip
def test_a_character_that_looks_like_another_says_which(character, hint):
    with pytest.raises(ScriptError) as caught:
        parse(Source(f"x = 1{character}+ 2"))
    assert caught.value.identifier == "MATLAB:m_illegal_character"
    assert caught.value.hint == hint


def test_characters_of_any_kind_are_welcome_in_text_and_comments(shape):
    assert shape(parse(Source("x = '中–“”'; % ß\nt = \"é\";"))) == "x = '中–“”'; | t = \"é\";"

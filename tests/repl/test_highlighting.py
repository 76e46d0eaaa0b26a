"""Colours that can be read on a dark and on a light terminal."""

import pytest

from cnnscript.repl import highlighting
from cnnscript.repl.highlighting import coloured_lines


def luminance(colour):
    """Relative luminance of '#rrggbb' (WCAG 2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["BLUE", "GREEN", "PURPLE", "RED", "GOLD"])
def test_every_colour_stands_out_from_black_and_from_white(name):
    light = luminance(getattr(highlighting, name))
    assert (light + 0.05) / 0.05 > 4.4 and 1.05 / (light + 0.05) > 4.4


def test_each_word_has_the_class_of_its_kind():
    lines = coloured_lines("for k = 'a' % b\n!ls")
    assert [piece for piece in lines[0] if piece[1].strip()] == [
        ("class:keyword", "for"), ("class:name", "k"), ("class:operator", "="), ("class:text", "'a'"),
        ("class:comment", "% b"),
    ]  # fmt: skip
    assert ("class:shell", "!ls") in lines[1]


def test_all_of_the_text_is_there_whatever_it_is():
    for text in ("x = 'open", "a\n\n  b\t", "§ ¤", "if (", ""):
        assert "\n".join("".join(piece for _, piece in line) for line in coloured_lines(text)) == text


def test_a_variable_is_no_command():
    assert ("class:command", "on") in coloured_lines("hold on")[0]
    assert ("class:command", "on") not in coloured_lines("hold on", frozenset(["hold"]))[0]

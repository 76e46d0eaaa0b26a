"""Words and their kinds, for the prompt."""

import pytest

from cnnscript.syntax import tokens


def words(text):
    return [(kind, text[start:stop]) for kind, start, stop in tokens(text)]


def test_each_word_has_its_kind():
    assert words("if x(end) >= 1.5e3 % why\n  s = [\"a\" 'b'];") == [
        ("keyword", "if"), ("name", "x"), ("bracket", "("), ("keyword", "end"), ("bracket", ")"), ("operator", ">="),
        ("number", "1.5e3"), ("comment", "% why"), ("name", "s"), ("operator", "="), ("bracket", "["), ("text", '"a"'),
        ("text", "'b'"), ("bracket", "]"), ("operator", ";"),
    ]  # fmt: skip


def test_words_that_are_keywords_only_in_places():
    assert words("classdef A\nproperties (Constant)\nx\nend\nend")[:3] == [
        ("keyword", "classdef"), ("name", "A"), ("keyword", "properties"),
    ]  # fmt: skip
    assert words("properties(x)")[0] == ("name", "properties")
    assert words("function f(x)\narguments\nx\nend\nend")[5] == ("keyword", "arguments")
    assert words("s.end")[2] == ("name", "end")


def test_commands_shell_lines_and_comments():
    assert words("hold on; % c\n!ls -l\n%{\nblock\n%}\nx ... why\n= 1") == [
        ("name", "hold"), ("command", "on"), ("operator", ";"), ("comment", "% c"), ("shell", "!ls -l"),
        ("comment", "%{\nblock\n%}"), ("name", "x"), ("comment", "... why\n"), ("operator", "="), ("number", "1"),
    ]  # fmt: skip
    assert words("a'")[1] == ("operator", "'")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("x = 'abc", ("open-text", "'abc")),
        ('x = "abc', ("open-text", '"abc')),
        ("x = [1, 'a", ("open-text", "'a")),
        ("x = #", ("error", "#")),
        ("%{\nnever", ("comment", "%{\nnever")),
        ("f(((", ("bracket", "(")),
        ("if", ("keyword", "if")),
        ("x = 3 ) ) end", ("keyword", "end")),
        ("", None),
    ],
)
def test_unfinished_and_wrong_text_has_colours_too(text, last):
    assert (words(text) or [None])[-1] == last


def test_words_come_in_order_and_never_overlap():
    text = "function [a, ~] = f(x)\n%{\n c\n%}\n[a b] = g(x', ...\n 'q'); % d\nhold on\nend"
    found = tokens(text)
    assert all(start < stop for _, start, stop in found)
    assert all(one[2] <= other[1] for one, other in zip(found, found[1:], strict=False))

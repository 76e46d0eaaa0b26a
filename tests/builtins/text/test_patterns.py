r"""MATLAB's regular expressions as Python's: what is written differently, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnscript.builtins.text.patterns import translated
from cnnscript.errors import ScriptError


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\<b\w*", "foo bar", "bar"),
        (r"o\>", "foo bar", "o"),
        (r"a.b", "a\nb", "a\nb"),
        (r"b$", "ab\n", None),
        (r"(?<x>\d)\k<x>", "a11", "11"),
        (r"(\d)\1", "a11", "11"),
        (r"[[b]", "a[", "["),
        (r"[]a]", "]", "]"),
        (r"\x{41}", "A", "A"),
        (r"\o101", "A", "A"),
        (r"a(?i)b", "aB", "aB"),
        (r"(a(?i)b)c", "aBC", None),
        (r"(?-i)a", "A", None),
        (r"x{2,3}", "xxxx", "xxx"),
        (r"(?>a+)b", "aab", "aab"),
        (r"a++b", "aab", "aab"),
        (r"a(?#note)b", "ab", "ab"),
        (r"\j", "j", "j"),
        (r"(?<=1)2", "12", "2"),
    ],
)
def test_a_pattern_finds_what_it_finds_in_matlab(pattern, text, found):
    match = translated(pattern).finder.search(text)
    assert (match.group() if match else None) == found


def test_switches_for_a_group_and_for_lines():
    assert translated("(?i:a)b").finder.findall("Ab aB") == ["Ab"]
    assert [found.start() for found in translated("(?m)^b$").finder.finditer("a\nb\nb")] == [2, 4]
    assert translated("^b", line_anchors=True).finder.search("a\nb") and not translated("^b").finder.search("a\nb")
    assert translated(r"a\041").finder.search("xa!")


def test_groups_with_names_keep_them_also_when_a_name_occurs_twice():
    assert translated(r"(?<a>x)|(?<a>y)(?<b>z)").names == {1: "a", 2: "a", 3: "b"}


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "a\\", "(?<1a>x)", "(??x)", r"\k<no>", "*a"])
def test_a_pattern_that_is_not_well_formed_says_so(pattern):
    with pytest.raises(ScriptError) as caught:
        translated(pattern)
    assert caught.value.identifier == "MATLAB:regexp:invalidExpression"


@given(st.text(alphabet=r"ab()[]{}\<>?*+.^$|-1,:=!kx ", max_size=12))
def test_any_text_is_a_pattern_or_a_scripterror(pattern):
    try:
        translated(pattern).finder.search("aab")
    except ScriptError as fault:
        assert fault.identifier == "MATLAB:regexp:invalidExpression"

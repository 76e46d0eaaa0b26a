"""Any text gives a tree or a ScriptError, never anything else."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cnnscript.errors import ScriptError, Source
from cnnscript.syntax import incomplete, parse, tokens, tree
from cnnscript.syntax.reading import decode

CASES = Path(__file__).parent / "cases"
PROGRAMS = [
    "\n".join(line[4:] for line in block.split("\n") if line.startswith((">>> ", "... ")))
    for path in sorted(CASES.glob("*.txt"))
    for block in path.read_text(encoding="utf-8").split("\n\n")
]
WORDS = ["\n", "\n", "\n", " ", "\r\n", "\t", "\ufeff", "'a'", '"b"', "é"]
for line in (
    "if elseif else end for while switch case otherwise try catch function classdef properties methods arguments",
    "events enumeration return break continue global persistent parfor spmd x y f 1 2.5 0xFF 1i",
    "( ) [ ] { } ' \" . , ; : = == ~ ~= + - * / \\ ^ .' .* & && | || @ ? ! % %{ %} ... < > # _",
):
    WORDS += line.split()


def check(text):
    """The promise; and that what is said about a wrong text can be drawn."""
    try:
        program = parse(Source(text))
    except ScriptError as error:
        assert error.identifier.startswith("MATLAB:m_")
        assert 0 <= error.span.start <= error.span.stop <= len(text)
        assert error.render().startswith("error: " + error.message)
    else:
        assert all(0 <= node.start <= node.stop <= len(text) for node in tree.walk(program))
        assert not incomplete(text) or "function" in text or "..." in text or "%{" in text
    last = 0
    for _, start, stop in tokens(text):
        assert last <= start < stop <= len(text)
        last = stop


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_characters(text):
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(["", " "]))
def test_any_words(words, between):
    check(between.join(words))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(PROGRAMS), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), st.binary(max_size=3)), min_size=1, max_size=4),
)
def test_programs_with_bytes_changed(programs, changes):
    content = bytearray("\n".join(programs).encode())
    for at, width, instead in changes:
        at = at % (len(content) + 1)
        content[at : at + width] = instead
    check(decode(bytes(content))[0])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PROGRAMS), st.integers(0, 400))
def test_programs_cut_short(program, length):
    check(program[:length])

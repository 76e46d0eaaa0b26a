"""Indexing as function calls."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session():
    return Session(out=io.StringIO())


@pytest.mark.parametrize(
    ("value", "steps", "indexing"),
    [
        ("magic(4)", "'()', {2, ':'}", "(2, :)"),
        ("{1, 'ab', 3}", "'{}', {2}", "{2}"),
        ("struct('a', struct('b', [5 6 7]))", "'.', 'a', '.', 'b', '()', {3}", ".a.b(3)"),
        ("{[1 2], [3 4]}", "'{}', {2}, '()', {1}", "{2}(1)"),
    ],
)
def test_reading_is_what_indexing_reads(session, value, steps, indexing):
    session.run(f"v = {value}; a = subsref(v, substruct({steps})); b = v{indexing}; same = isequal(a, b);")
    assert session["same"] is True


@pytest.mark.parametrize(
    ("value", "steps", "indexing"),
    [
        ("magic(4)", "'()', {2, ':'}", "(2, :)"),
        ("{1, 'ab'}", "'{}', {3}", "{3}"),
        ("struct('a', 1)", "'.', 'b', '.', 'c'", ".b.c"),
        ("struct('a', [1 2])", "'.', 'a', '()', {4}", ".a(4)"),
    ],
)
def test_writing_is_what_an_indexed_assignment_writes(session, value, steps, indexing):
    session.run(f"v = {value}; w = v; a = subsasgn(v, substruct({steps}), 9); v{indexing} = 9; same = isequal(a, v);")
    session.run(f"kept = isequal(w, {value});")
    assert session["same"] is True and session["kept"] is True


@pytest.mark.parametrize("call", ["substruct('x', 1)", "substruct('()', 1)", "substruct('.')", "subsref(1, 2)"])
def test_what_says_no_indexing_is_refused(session, call):
    with pytest.raises(ScriptError):
        session.run(call)


def test_fields_as_names_and_values(session):
    session.run("c = namedargs2cell(struct('a', 1, 'b', 'x'));")
    assert np.array_equal(session["c"], np.array([["a", 1.0, "b", "x"]], object))

"""Copies are copies: whatever shares memory underneath, a write to one variable is never seen in another."""

import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values import sharing
from cnnscript.values.functions import Function
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import CharArray

ROW = [[0, 2, 3]]
PROGRAMS = [
    ("x = [1 2 3]; y = x; x(1) = 0;", {"x": [[0, 2, 3]], "y": [[1, 2, 3]]}),
    ("x = [1 2 3]; y = x; y(2) = 9; x(1) = 7;", {"x": [[7, 2, 3]], "y": [[1, 9, 3]]}),
    ("x = [1 2 3]; c = {x}; x(1) = 0; d = c{1};", {"x": ROW, "d": [[1, 2, 3]]}),
    ("x = [1 2 3]; s.a = x; x(1) = 0; d = s.a;", {"x": ROW, "d": [[1, 2, 3]]}),
    ("s.a = 1; t = s; t.a = 2; u = s.a;", {"u": 1.0}),
    ("x = [1 2 3]; f = @() x; x(1) = 0; d = f();", {"d": [[1, 2, 3]]}),
    ("x = [1 2 3]; z = g(x);\nfunction r = g(v)\n v(1) = 0; r = v;\nend\n", {"x": [[1, 2, 3]], "z": ROW}),
    ("x = [1 2 3]; for v = x, x(1) = 5; end, y = v;", {"x": [[5, 2, 3]], "y": 3.0}),
    ("x = [1 2 3]; y = x'; x(1) = 0;", {"x": ROW, "y": [[1], [2], [3]]}),
    ("x = [1 2 3]; y = x(:); y(1) = 0;", {"x": [[1, 2, 3]]}),
    ("x = [1 2 3]; y = x(:); x(1) = 0;", {"y": [[1], [2], [3]]}),
    ("x = [1 2 3]; y = x; x(4) = 4;", {"x": [[1, 2, 3, 4]], "y": [[1, 2, 3]]}),
    ("x = [1 2 3]; x(end+1) = 4; y = x; x(end+1) = 5;", {"y": [[1, 2, 3, 4]], "x": [[1, 2, 3, 4, 5]]}),
    ("c = {1, 2}; d = c; d{1} = 7; e = c{1};", {"e": 1.0}),
    # what the first fourteen leave out
    ("x = [1 2 3 4]; x(1) = 9; y = [1 2 3 4];", {"y": [[1, 2, 3, 4]]}),
    ("for k = 1:2, x = [1 2 3 4]; x(k) = 9; end, y = x(1);", {"y": 1.0}),
    ("s.a.b = 1; t = s; s.a.b = 2; u = t.a.b;", {"u": 1.0}),
    ("s.a.b = 1; t = s.a; s.a.b = 2; u = t.b;", {"u": 1.0}),
    ("s(2).a = 1; t = s; s(2).a = 5; u = t(2).a;", {"u": 1.0}),
    ("s(2).a = 1; t = s(2); t.a = 5; u = s(2).a;", {"u": 1.0}),
    ("c{2}{3} = 1; d = c{2}; c{2}{3} = 8; u = d{3};", {"u": 1.0}),
    ("c = {}; c{1} = [1 2 3]; c{2} = c{1}; c{1}(2) = 0; u = c{2};", {"u": [[1, 2, 3]]}),
    ("x = [1 2; 3 4]; y = reshape(x, 1, 4); y(1) = 7;", {"x": [[1, 2], [3, 4]]}),
    ("x = [1 2; 3 4]; y = x; x(:, end+1) = [5; 6]; x(1) = 0;", {"y": [[1, 2], [3, 4]]}),
    ("global g; g = [1 2 3]; x = g; g(1) = 0;", {"x": [[1, 2, 3]]}),
    ("x = [1 2 3]; try, y = x; y(1) = 0; error('stop'); catch, end", {"x": [[1, 2, 3]]}),
    ("x = [1 2 3]; f = @(v) v; y = f(x); y(1) = 0;", {"x": [[1, 2, 3]]}),
    ("a.x = [1 2 3]; b = a; for k = 1:3, a.x(k) = 0; end, u = b.x;", {"u": [[1, 2, 3]]}),
    ('s = "abc"; t = s; t(2) = "d"; u = numel(s);', {"u": 1.0}),
    ("x = 'abc'; y = x; y(1) = 'X'; u = double(x(1));", {"u": 97.0}),
    ("x = 'ab'; y = x; x = [x 'c']; u = numel(y);", {"u": 2.0}),
    ('s = ["a" "b"]; t = s.\'; s(1) = "x"; u = t(1) == "a";', {"u": True}),
    ("s(2).a = 1; t = s.'; s(2).a = 7; u = t(2).a;", {"u": 1.0}),
    ("s(2).a = 1; t = [s s]; s(2).a = 7; u = t(4).a;", {"u": 1.0}),
    ("s(2).a = 1; t = reshape(s, 2, 1); s(2).a = 7; u = t(2).a;", {"u": 1.0}),
    ("s(2).a = 1; t = repmat(s, 1, 2); s(2).a = 7; u = [t(2).a t(4).a];", {"u": [[1, 1]]}),
    ("s(2).a = 1; t = repmat(s(2), 1, 2); t(1).a = 7; u = t(2).a;", {"u": 1.0}),
    ("s(2).a = 1; for e = s, e.a = 7; end, u = s(2).a;", {"u": 1.0}),
    ("s(2).a = 1; t = arrayfun(@(e) e, s, UniformOutput=false); s(2).a = 7; u = t{2}.a;", {"u": 1.0}),
    ("s(2).a = 1; t = arrayfun(@(e) e, s(2), UniformOutput=false); s(2).a = 7; u = t{1}.a;", {"u": 1.0}),
    ("s.a = 1; t(1:3) = s; t(1).a = 7; u = t(2).a;", {"u": 1.0}),
    ("s(2).a = 1; c = num2cell(s); s(2).a = 7; u = c{2}.a;", {"u": 1.0}),
    ("x = 1:3; c = num2cell(x); y = cat(1, c{:}); x(1) = 9; u = y(1);", {"u": 1.0}),
    ("x = [1 2 3]; y = double(x); x(1) = 9; u = y(1);", {"u": 1.0}),
    ("x = [1 2 3]; y = real(x); x(1) = 9; u = y(1);", {"u": 1.0}),
    ("x = [1 2 3]; y = squeeze(x); x(1) = 9; u = y(1);", {"u": 1.0}),
    ("x = [1 2 3]; y = permute(x, [2 1]); y(1) = 9; u = x(1);", {"u": 1.0}),
    ("x = {1, 2}; y = reshape(x, 2, 1); x{1} = 9; u = y{1};", {"u": 1.0}),
    ("x = {1, 2}'; y = x'; x{1} = 9; u = y{1};", {"u": 1.0}),
    ("eval('x = [1 2 3];'); y = x; x(1) = 0;", {"y": [[1, 2, 3]]}),
    ("function r = n()\nx = [1 2 3]; y = x; h(); r = y;\nfunction h(), x(1) = 0; end\nend\nu = n();",
     {"u": [[1, 2, 3]]}),
]


@pytest.fixture(params=[False, True], ids=["copy on write", "always copy"])
def mode(request):
    sharing.copy_always(request.param)
    yield request.param
    sharing.copy_always(False)


@pytest.mark.parametrize(("text", "expected"), PROGRAMS, ids=[text[:40] for text, _ in PROGRAMS])
def test_a_copy_keeps_its_value(text, expected, mode):
    session = Session(out=io.StringIO())
    session.run(text)
    for name, value in expected.items():
        got = session.variables[name]
        assert np.array_equal(np.atleast_2d(got), np.atleast_2d(value)), name


def test_a_write_to_an_unshared_array_makes_no_copy():
    session = Session(out=io.StringIO())
    session.run("x = zeros(1, 1000);")
    before = session.variables["x"].__array_interface__["data"]
    session.run("x(3) = 1; x(4:5) = 2; for k = 6:9, x(k) = k; end")
    assert session.variables["x"].__array_interface__["data"] == before


def test_a_nested_write_copies_nothing_on_its_way():
    session = Session(out=io.StringIO())
    session.run("s.a.b{2} = zeros(1, 1000);")
    inner = session.variables["s"].fields["a"].fields["b"].item(1)
    place = inner.__array_interface__["data"]
    del inner
    session.run("for k = 1:5, s.a.b{2}(k) = k; end")
    assert session.variables["s"].fields["a"].fields["b"].item(1).__array_interface__["data"] == place


# ------------------------------------------------------------------------------------------------- random programs
NAMES = st.sampled_from(["x", "y", "z"])
INDEX = st.sampled_from(["1", "2", "3", "4", "end", "end+1", ":", "1:2", "[1 3]", "k"])
LEAF = st.one_of(
    st.integers(-3, 9).map(str),
    NAMES,
    st.sampled_from(["[1 2 3]", "[1 2; 3 4]", "{1, [2 3]}", "'ab'", "[]", "zeros(1, 3)", "[1 2 3 4 5]"]),
    NAMES.map(lambda name: f"{name}(:)"),
    NAMES.map(lambda name: f"{name}'"),
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}({pair[1]})"),
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}{{{pair[1]}}}"),
    NAMES.map(lambda name: f"{name}.a"),
    NAMES.map(lambda name: f"{name}.b"),
    NAMES.map(lambda name: f"{{{name}, {name}}}"),
    NAMES.map(lambda name: f"touched({name})"),
    NAMES.map(lambda name: f"same({name})"),
    NAMES.map(lambda name: f"struct('a', {{{name}}})"),
)
TARGET = st.one_of(
    NAMES,
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}({pair[1]})"),
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}{{{pair[1]}}}"),
    NAMES.map(lambda name: f"{name}.a"),
    NAMES.map(lambda name: f"{name}.a.b"),
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}.a({pair[1]})"),
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}({pair[1]}).a"),
    st.tuples(NAMES, INDEX, INDEX).map(lambda three: f"{three[0]}{{{three[1]}}}({three[2]})"),
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}(2, {pair[1]})"),
)
ASSIGNMENT = st.tuples(TARGET, LEAF).map(lambda pair: f"{pair[0]} = {pair[1]};")
STATEMENT = st.one_of(
    ASSIGNMENT,
    ASSIGNMENT,
    ASSIGNMENT,
    st.tuples(ASSIGNMENT, ASSIGNMENT).map(lambda two: f"for k = 1:3\n {two[0]}\n {two[1]}\nend"),
    st.tuples(NAMES, INDEX).map(lambda pair: f"{pair[0]}({pair[1]}) = [];"),
    st.tuples(NAMES, NAMES, NAMES).map(lambda three: f"[{three[0]}, {three[1]}] = swapped({three[2]});"),
    NAMES.map(lambda name: f"f = @() {name}; w = f();"),
    ASSIGNMENT.map(lambda one: f"try\n {one}\ncatch\nend"),
)
FUNCTIONS = """
function v = touched(v)
 v(1) = 5;
end
function v = same(v)
end
function [b, a] = swapped(a)
 b = a;
 try
  a(2) = 6;
 catch
 end
end
"""


def plain(value):
    """A value as plain Python, to be compared and to outlive its session."""
    if type(value) is np.ndarray and value.dtype == object:
        return ("cell", value.shape, [plain(item) for item in value.ravel("F").tolist()])
    if type(value) is np.ndarray:
        return (str(value.dtype), value.shape, value.ravel("F").tolist())
    if type(value) is Struct:
        return ("struct", [(name, plain(item)) for name, item in value.fields.items()])
    if type(value) is StructArray:
        return ("structs", value.data.shape, [[(k, plain(v)) for k, v in d.items()] for d in value.data.ravel("F")])
    if type(value) is CharArray:
        return ("letters", value.size(), list(value.rows()))
    return value.text if type(value) is Function else repr(value)


def outcome(statements, dynamic):
    """What each statement of a program leaves and says."""
    session = Session(out=io.StringIO())
    session.run("x = [1 2 3]; y = {1, [4 5 6], 'text'}; z.a = [7 8 9]; z.b = {1}; k = 2;")
    said = []
    body = "\n".join(f"try\n{one}\ncatch err\n m{at} = err.message;\nend" for at, one in enumerate(statements))
    if dynamic:
        body = "eval('1;');\n" + body
    try:
        # all in one function: its variables are fast locals (or a dictionary, with eval)
        head = "r = program(x, y, z, k);\nfunction r = program(x, y, z, k)\n"
        session.run(head + body + "\nr = {x, y, z};\nend\n" + FUNCTIONS)
        session.run(body + FUNCTIONS)
    except ScriptError as error:
        said.append(error.message)
    return said, {name: plain(value) for name, value in session.variables.items() if name not in ("f", "err")}


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STATEMENT, min_size=2, max_size=9), st.booleans())
def test_random_programs_do_the_same_as_with_copies_made_at_every_write(statements, dynamic):
    shared = outcome(statements, dynamic)
    sharing.copy_always(True)
    try:
        copied = outcome(statements, dynamic)
    finally:
        sharing.copy_always(False)
    assert shared == copied


HELD = {
    "a variable": "r = x + 1;",
    "two variables": "y = x; r = y + 1;",
    "a field": "s.a = x; r = s.a + 1; kept = s.a;",
    "a cell": "c = {x}; r = c{1} + 1; kept = c{1};",
    "a handle": "f = @() x; r = f() + 1; kept = f();",
    "a persistent variable": "keep(x); r = keep(0) + 1; kept = keep(0);",
    "a global variable": "global G; G = x; r = G + 1; kept = G;",
    "an argument": "r = plus(x, 1); r = feval(@plus, x, 1); q = @plus; r = q(x, 1);",
    "parentheses": "r = (x) + 1; r = [x] + 1;",
    "functions that give their input": "r = double(x) + 1; r = full(x) + 1; r = real(x) + 1; r = squeeze(x) + 1;",
    "other shapes of it": "r = x(:) + 1; r = x.' + 1; r = reshape(x, 1, []) + 1; r = permute(x, [1 2]) + 1;",
    "what deal gives": "r = deal(x) + 1; t = struct('q', x); r = t.q + 1; r = getfield(t, 'q') + 1;",
    "a function's input": "r = same(x) + 1; r = 2 * same(x) - same(x);",
    "a field of a field": "s.a.b = x; r = s.a.b + 1; kept = s.a.b;",
    "a map": "m = containers.Map; m('k') = x; r = m('k') + 1; kept = m('k');",
}
KEEP = "\nfunction r = keep(x)\npersistent p\nif isempty(p), p = x; end\nr = p;\nend\nfunction x = same(x)\nend\n"


@pytest.mark.parametrize("text", HELD.values(), ids=HELD)
def test_a_large_operation_never_writes_where_somebody_else_looks(run, text):
    """Results go where an operand was that only the operation holds; these are held."""
    before = "n = 40000; x = (1:n)'; kept = x; before = sum(x);\n"
    got = run(before + text + "\nafter = sum(x); other = sum(kept);" + KEEP)
    assert got["before"] == got["after"] == got["other"] == 40000 * 40001 / 2


def test_large_results_are_right_where_operands_are_reused(run):
    got = run(
        "x = (1:40000)'; a = (x + 1) .* 2 - x; b = 2 * (x - 1) - (x + x); c = (x + 1) + (x + 2); d = 3 - (x .* x);\n"
        "ok = [isequal(a, x + 2), all(b == -2), isequal(c, 2*x + 3), isequal(d, 3 - x.^2)];"
    )
    assert got["ok"].all()

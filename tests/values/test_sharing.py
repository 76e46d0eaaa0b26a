"""The counts that tell a value held once from a value held twice, on the code that the generator makes."""

import io

import pytest

from cnnscript.session import Session
from cnnscript.values import sharing


def test_this_python_tells_one_holder_from_two():
    assert sharing.COUNTS is not None
    assert (sharing.LOCAL, sharing.ARGUMENT, sharing.CHILD, sharing.TEMPORARY) == sharing.COUNTS


PLACES = {
    "a script": "x = zeros(1, 50); {write}",
    "a function": "f();\nfunction f\n x = zeros(1, 50); {write}\nend",
    "a parameter": "f(zeros(1, 50)); f(zeros(1, 50));\nfunction f(x)\n {write}\nend",
    "a nested function": "f();\nfunction f\n x = zeros(1, 50); g();\n function g\n  {write}\n end\nend",
    "a global": "global x\nx = zeros(1, 50); {write}",
    "a persistent variable": "f();\nfunction f\n persistent x\n x = zeros(1, 50); {write}\nend",
    "a dictionary of names": "eval('1;'); f();\nfunction f\n eval('1;'); x = zeros(1, 50); {write}\nend",
}
WRITES = [
    "x(3) = 1;",
    "x(1, 3) = 1;",
    "x(2:3) = 1;",
    "for k = 1:2, x(k) = 1; end",
    "for k = 1:2, x(1, k) = 1; end",
]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_held_once_is_written_in_place(place, write, monkeypatch):
    """`probe` notes the memory of x before and after: the same, and another one where y holds it too."""
    session = Session(out=io.StringIO())
    seen = []

    def probe(nargout, value):
        seen.append(value.__array_interface__["data"][0])

    bound = session.builtin("disp")
    session._bound["disp"] = bound._replace(call=probe)
    session.run(PLACES[place].format(write=f"disp(x); {write} disp(x); y = x; {write} disp(x);"))
    before, after, shared = seen[-3:]  # the first call of a function also makes it
    assert before == after
    assert shared != after


def test_a_nested_part_is_written_in_place_and_copied_where_its_container_is_shared():
    session = Session(out=io.StringIO())
    seen = []
    bound = session.builtin("disp")
    session._bound["disp"] = bound._replace(
        call=lambda nargout, value: seen.append(value.__array_interface__["data"][0])
    )
    session.run(
        "s.a.b = {zeros(1, 50)}; disp(s.a.b{1}); s.a.b{1}(3) = 1; disp(s.a.b{1});"
        "t = s; s.a.b{1}(3) = 2; disp(s.a.b{1}); disp(t.a.b{1});"
    )
    first, written, copied, kept = seen
    assert first == written == kept
    assert copied != kept

"""Objects of classes and function handles in MAT-files."""

import io

import pytest

from cnnscript.builtins.files import marked_values, mat5
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.structs import Struct

NODE = """
classdef Node < handle
    properties
        Value = 1
        Next
        F = @(x) x + 1
    end
    properties (Transient), Cache = 5; end
    properties (Access = private), Secret = 7; end
    properties (Dependent), Twice; end
    methods
        function o = Node(v), if nargin, o.Value = v; o.Secret = v * 100; o.Cache = 99; end, end
        function v = get.Twice(o), v = o.Value * 2; end
        function s = peek(o), s = o.Secret; end
    end
end
"""
VERSIONED = """
classdef Versioned
    properties, a = 1; end
    methods
        function s = saveobj(o), s.old = o.a; end
    end
    methods (Static)
        function o = loadobj(s), o = Versioned; o.a = s.old * 10; end
    end
end
"""
LIMITED = """
classdef Limited
    properties, n (1,1) double {mustBePositive} = 1; end
    methods
        function o = set.n(o, v), o.n = v + 0.5; end
    end
end
"""


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("Node", NODE), ("Versioned", VERSIONED), ("Limited", LIMITED)):
        (tmp_path / f"{name}.m").write_text(text)
    (tmp_path / "Day.m").write_text("classdef Day\n enumeration\n Monday, Sunday\n end\nend\n")
    return Session(out=io.StringIO(), err=io.StringIO())


def test_one_handle_object_stays_one_object_in_a_file(session):
    session.run("a = Node(3); b = Node(4); a.Next = b; b.Next = a; c = {a}; s.x = b; save f; clear; load f")
    session.run("v = [a.Next == b, b.Next == a, c{1} == a, s.x == b];")
    assert session["v"].tolist() == [[1, 1, 1, 1]]


def test_what_is_kept_are_the_stored_values(session):
    session.run("a = Node(3); save f a; clear; load f; v = [a.Value a.peek a.Cache a.Twice a.F(1)];")
    assert session["v"].tolist() == [[3, 300, 5, 6, 2]]


def test_arrays_enumerations_and_objects_inside_other_values(session):
    session.run("a = [Node(1) Node(2)]; d = [Day.Sunday Day.Monday]; c = {Limited}; save f; clear; load f")
    session.run("v = [a.Value]; w = d == Day.Sunday; k = class(c{1});")
    assert session["v"].tolist() == [[1, 2]]
    assert session["w"].tolist() == [[1, 0]]
    assert session["k"] == "Limited"


def test_saveobj_and_loadobj_have_their_say(session):
    session.run("x = Versioned; x.a = 5; save f x; clear; load f; v = x.a;")
    assert session["v"] == 50


def test_loading_goes_through_set_methods(session):
    session.run("x = Limited; x.n = 2; save f x; clear; load f; v = x.n;")
    assert session["v"] == 3.0


def test_a_class_that_is_gone_leaves_a_struct_and_a_warning(session, tmp_path):
    session.run("x = Limited; x.n = 2; y = 1; save f x y; clear")
    (tmp_path / "Limited.m").unlink()
    session.run("load f")
    assert session["x"].fields == {"n": 2.5}
    assert "Variable 'x' originally saved as a Limited cannot be instantiated" in session.err.getvalue()


def test_appending_keeps_objects_apart(session):
    session.run("a = Node(1); save f a; b = Node(2); save('f', 'b', '-append'); clear; load f; v = [a.Value b.Value];")
    assert session["v"].tolist() == [[1, 2]]


def test_function_handles_keep_what_they_captured(session):
    session.run("k = 3; f = @(x) abs(x) * k; g = @sin; save f f g; clear; load f; save f f g; clear; load f;")
    session.run("v = f(5); w = func2str(g);")
    assert session["v"] == 15
    assert session["w"] == "sin"


def test_a_file_that_would_run_something_is_refused(session, tmp_path):
    crafted = Struct({marked_values.MARK: "function_handle", "text": "@sin == delete('Day.m')", "captured": Struct({})})
    with open("crafted.mat", "wb") as file:
        mat5.write({"f": crafted}, True, file.write)
    with pytest.raises(ScriptError) as caught:
        session.run("load crafted")
    assert caught.value.identifier == "MATLAB:load:notAFunctionHandle"
    assert (tmp_path / "Day.m").exists()

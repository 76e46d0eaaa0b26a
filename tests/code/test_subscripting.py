"""Classes with subsref, subsasgn and subsindex of their own."""

import pytest

VEC = """
classdef Vec
    properties
        data = []
        meta = struct('a', 1)
    end
    methods
        function o = Vec(d)
            if nargin, o.data = d; end
        end
        function varargout = subsref(o, s)
            switch s(1).type
                case '()'
                    part = Vec(o.data(s(1).subs{:}));
                    if numel(s) == 1
                        varargout{1} = part;
                    else
                        [varargout{1:nargout}] = subsref(part, s(2:end));
                    end
                case '{}'
                    varargout{1} = o.data(s(1).subs{:}) * 100;
                case '.'
                    if strcmp(s(1).subs, 'twice')
                        varargout{1} = 2 * o.data;
                    else
                        [varargout{1:nargout}] = builtin('subsref', o, s);
                    end
            end
        end
        function o = subsasgn(o, s, v)
            if strcmp(s(1).type, '()')
                o.data(s(1).subs{:}) = v;
            elseif strcmp(s(1).type, '{}')
                o.data(s(1).subs{:}) = v / 100;
            else
                o = builtin('subsasgn', o, s, v);
            end
        end
        function n = end(o, k, n), n = numel(o.data); end
        function r = total(o, k), r = sum(o.data) * k; end
        function say(o), fprintf('%d values\\n', numel(o.data)); end
        function i = subsindex(o), i = o.data - 1; end
        function r = second(o), r = o.data(2); end
    end
end
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y = v(2).data;", 6),
        ("y = v(2:end).data;", [[6, 7, 8]]),
        ("y = v{3};", 700),
        ("y = v.twice;", [[10, 12, 14, 16]]),
        ("y = v(end).twice;", 16),
        ("y = v.data(end);", 8),
        ("y = v.total(10);", 260),
        ("y = total(v, 10);", 260),
        ("y = v(1:2).total(1);", 11),
        ("y = v.meta.a;", 1),
        ("y = second(v);", 6),
        ("y = v.second;", 6),
        ("v(2) = 50; y = v.data;", [[5, 50, 7, 8]]),
        ("v{1} = 700; y = v.data;", [[7, 6, 7, 8]]),
        ("v.meta.a = 4; y = v.meta.a;", 4),
        ("v.data(2) = 9; y = v.data;", [[5, 9, 7, 8]]),
        ("v(end + 1) = 3; y = v.data;", [[5, 6, 7, 8, 3]]),
        ("c = {v}; y = c{1}(3).data;", 7),
        ("s.v = v; s.v(1) = 77; y = s.v.data;", [[77, 6, 7, 8]]),
        ("x = 10:10:90; y = x(Vec([1 3]));", [[10, 30]]),
        ("f = @() v(2).data; y = f();", 6),
        ("y = subsref(v, substruct('{}', {1}));", 500),
        ("y = 0; for k = 1:3, y = y + v{k} + v(k).data; end", 1818),
    ],
)
def test_a_class_s_own_indexing_takes_the_whole_of_what_is_written(write, run, text, expected):
    write("Vec.m", VEC)
    session = run("v = Vec([5 6 7 8]); " + text)
    import numpy as np

    np.testing.assert_array_equal(session["y"], expected)


def test_a_statement_shows_the_value_that_a_reference_has(write, run):
    write("Vec.m", VEC)
    printed = run("v = Vec([5 6]);\nv.data(2)\nv.say\nv{1}").printed
    assert printed == "\nans =\n\n     6\n\n2 values\n\nans =\n\n   500\n\n"


def test_an_operand_goes_through_the_class_s_own_indexing(write, run):
    write("Fixed.m", "classdef Fixed\n properties, a = 1; end\n methods\n"
          "  function r = subsref(o, s), r = 100; end\n end\nend\n")  # fmt: skip
    assert run("f = Fixed; x = f.a + 1; y = f.a;")["x"] == 101


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eval('z = 1;'); s = 'abcdef'; y = s(1:min(end, 3));", "abc"),
        ("eval('z = 1;'); s = 'abcdef'; y = s(max(min(end, 9), 2));", "f"),
        ("eval('z = 1;'); min = [4 2 9]; s = 'abcdef'; y = s(min(end - 1));", "b"),
        ("eval('z = 1;'); s = 'abcdef'; t = [1 5]; y = s(t(min(end, 7)));", "e"),
        ("eval('z = 1;'); s = {1, {2, 'x'}}; y = s{min(end, 5)}{max(end, 1)};", "x"),
    ],
)
def test_end_is_that_of_the_innermost_variable_where_names_are_known_only_when_reached(run, text, expected):
    assert run(f"y = f();\nfunction y = f\n{text}\nend")["y"] == expected

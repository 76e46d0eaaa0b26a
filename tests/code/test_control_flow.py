"""if, switch, loops, try: what runs and how often."""

import numpy as np
import pytest

PROGRAMS = [
    # if
    ("if 1, a = 1; else, a = 2; end", "a", 1.0),
    ("if [], a = 1; else, a = 2; end", "a", 2.0),
    ("if [1 1 0], a = 1; else, a = 2; end", "a", 2.0),
    ("if 'a' == 'a', a = 1; elseif 1, a = 2; end", "a", 1.0),
    ("x = 3; if x < 2, a = 1; elseif x < 4, a = 2; else, a = 3; end", "a", 2.0),
    ("if 1 | error('no'), a = 1; end", "a", 1.0),
    ("a = 2; if 0 & error('no'), a = 1; end", "a", 2.0),
    ("if [1 1] | [0 1], a = 1; end", "a", 1.0),
    ("a = 0; if [1 0] | [0 0], a = 1; end", "a", 0.0),
    ("a = false || true && false;", "a", False),
    ("a = ~(1 > 2) && 3;", "a", True),
    ("x = [1 2 3]; a = 0; if ~x, a = 1; end", "a", 0.0),
    # switch
    ("switch 3, case 1, a = 1; case {2, 3}, a = 2; otherwise, a = 3; end", "a", 2.0),
    ("switch 'relu', case 'conv', a = 1; case {'relu', 'pool'}, a = 2; end", "a", 2.0),
    ("switch \"relu\", case 'relu', a = 1; otherwise, a = 2; end", "a", 1.0),
    ("switch 'relu', case \"relu\", a = 1; otherwise, a = 2; end", "a", 1.0),
    ("switch 'Relu', case 'relu', a = 1; otherwise, a = 2; end", "a", 2.0),
    ("switch 97, case 'a', a = 1; otherwise, a = 2; end", "a", 2.0),
    ("switch int8(3), case 3, a = 1; otherwise, a = 2; end", "a", 1.0),
    ("switch true, case 1, a = 1; end", "a", 1.0),
    ("a = 0; switch 5, case 1, a = 1; end", "a", 0.0),
    ("x = 2; switch x, case x, a = 1; end", "a", 1.0),
    ("k = 0; for i = 1:3, switch i, case 2, continue, end, k = k + i; end", "k", 4.0),
    # for
    ("s = 0; for k = 1:4, s = s + k; end", "s", 10.0),
    ("s = 0; for k = 4:-2:1, s = s + k; end", "s", 6.0),
    ("s = 0; for k = 0:0.25:1, s = s + k; end", "s", 2.5),
    ("s = 0; for k = [1 2; 3 4], s = s + k(1) * k(2); end", "s", 11.0),
    ("s = ''; for k = 'abc', s = [k s]; end", "s", "cba"),
    ("n = 0; for k = {1, 'a'}, n = n + iscell(k); end", "n", 2.0),
    ("n = 0; for k = zeros(0, 3), n = n + 1; end", "n", 3.0),
    ("n = 0; for k = [], n = n + 1; end", "n", 0.0),
    ("for k = 1:0, end, a = isempty(k);", "a", True),
    ("k = 5; for k = 1:0, end, a = isempty(k);", "a", True),
    ("for k = 1:3, if k == 2, break, end, end, a = k;", "a", 2.0),
    ("for k = 1:3, k = 10 * k; end, a = k;", "a", 30.0),
    ("n = 0; for k = uint8(250):255, n = n + 1; end, a = class(k);", "a", "uint8"),
    ("n = 0; for k = uint8(250):255, n = n + 1; end", "n", 6.0),
    ("n = 3; for k = 1:n, n = 10; end, a = k;", "a", 3.0),
    ("s = 0; for k = single(1):3, s = s + k; end, a = class(s);", "a", "single"),
    ("s = 0; for i = 1:3, for j = i:3, if j == 3, break, end, s = s + j; end, end", "s", 5.0),
    ("s = 0; for k = 1:10, if mod(k, 2), continue, end, s = s + k; end", "s", 30.0),
    ("s.a = 1; s(2).a = 5; t = 0; for e = s, t = t + e.a; end", "t", 6.0),
    ("t = 0; parfor k = 1:3, t = t + k; end", "t", 6.0),
    ("t = 0; parfor (k = 1:3, 2), t = t + k; end", "t", 6.0),
    ("t = 0; spmd, t = t + 1; end", "t", 1.0),
    # while
    ("k = 0; while k < 5, k = k + 1; end", "k", 5.0),
    ("k = 0; while true, k = k + 1; if k > 3, break, end, end", "k", 4.0),
    ("k = 3; n = 0; while k, k = k - 1; n = n + 1; end", "n", 3.0),
    ("k = 0; while k < 3 & k >= 0, k = k + 1; end", "k", 3.0),
    # try
    ("try, error('a:b', 'text %d', 3); catch e, end, a = e.identifier;", "a", "a:b"),
    ("try, error('a:b', 'text %d', 3); catch e, end, a = e.message;", "a", "text 3"),
    ("try, x = 1; catch, x = 2; end", "x", 1.0),
    ("try, x = [1 2 3]; x(7); catch, x = 2; end", "x", 2.0),
    ("try, try, error('in'); catch, error('out'); end, catch e, end, a = e.message;", "a", "out"),
    ("n = 0; for k = 1:3, try, if k == 2, continue, end, n = n + k; catch, end, end", "n", 4.0),
    ("n = 0; for k = 1:3, try, error('x'); catch, n = n + 1; continue, end, end", "n", 3.0),
    ("try, error('one'); catch e, try, rethrow(e); catch f, end, end, a = f.message;", "a", "one"),
    # return in a script ends it
    ("a = 1; if a, return, end, a = 2;", "a", 1.0),
    ("a = 1; eval('1;'); if a, return, end, a = 2;", "a", 1.0),
]


@pytest.mark.parametrize(("text", "name", "expected"), PROGRAMS, ids=[row[0][:50] for row in PROGRAMS])
def test_control_flow(run, text, name, expected):
    assert np.array_equal(run(text)[name], expected)


def test_a_condition_without_a_logical_meaning_is_an_error(fails):
    assert fails("if {1}, end").identifier == "MATLAB:invalidConversion"
    assert fails("[1 2] && 1").identifier == "MATLAB:nonLogicalConditional"
    assert fails("if NaN, end").identifier == "MATLAB:nologicalnan"


def test_switch_takes_a_scalar_or_text(fails):
    assert fails("switch [1 2], case [1 2], end").identifier == "MATLAB:SwitchExpressionMustBeScalar"


def test_loops_nested_deeper_than_python_allows_are_refused_in_words(fails):
    text = "".join(f"for k{at} = 1:1\n" for at in range(25)) + "end\n" * 25
    error = fails(text)
    assert error.identifier == "MATLAB:cnnscript:nestedTooDeep"
    assert error.span.line == 18


def test_seventeen_loops_are_not_too_deep(run):
    assert run("n = 0;" + "for k = 1:2\n" * 17 + "n = n + 1;" + "end\n" * 17)["n"] == 2.0**17


def test_a_long_expression_compiles(run):
    assert run("a = " + "+".join(["1"] * 900) + ";")["a"] == 900.0
    assert run("b = 1; a = " + "+".join(["b"] * 300) + ";")["a"] == 300.0


def test_break_outside_a_loop_is_an_error_of_the_text(fails):
    assert "loop" in fails("x = 1;\nif x, break, end").message

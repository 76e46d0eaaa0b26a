"""Functions in all their forms: inputs, outputs, nested, recursive, handles, captured values, persistent, global."""

import numpy as np
import pytest


def test_a_function_that_hands_on_outputs_gives_one_where_none_is_asked_for(run):
    ran = run("w([1 2 3])\nx = w(1);\n[a, b] = w([1 2 3]);\nfunction varargout = w(x)\n"
              " [varargout{1:nargout}] = size(x);\nend\n")  # fmt: skip
    assert ran.lines() == ["ans =", "1     3"]
    assert (ran["a"], ran["b"]) == (1, 3)


PROGRAMS = [
    ("x = f(3);\nfunction r = f(a)\n r = a + 1;\nend", "x", 4.0),
    ("function r = f(a)\n r = a + 1;\nend\nx = f(3);", "x", 4.0),
    ("x = f();\nfunction r = f\n r = 7;\nend", "x", 7.0),
    ("x = f;\nfunction r = f\n r = 7;\nend", "x", 7.0),
    ("[a, b] = f(2); x = [a b];\nfunction [p, q] = f(v)\n p = v; q = v * 10;\nend", "x", [[2, 20]]),
    ("x = f(2);\nfunction [p, q] = f(v)\n p = v; q = v * 10;\nend", "x", 2.0),
    ("x = f(2, 3);\nfunction r = f(a, b, c)\n r = nargin;\nend", "x", 2.0),
    ("x = f();\nfunction r = f(a, b, c)\n r = nargin;\nend", "x", 0.0),
    ("x = f(1, 2, 3);\nfunction r = f(a, varargin)\n r = numel(varargin) + nargin;\nend", "x", 5.0),
    ("x = f();\nfunction r = f(varargin)\n r = isempty(varargin) && iscell(varargin);\nend", "x", True),
    ("c = {1, 2, 3}; x = f(c{2:3});\nfunction r = f(varargin)\n r = [varargin{:}];\nend", "x", [[2, 3]]),
    ("x = f(1);\nfunction r = f(a, b)\n if nargin < 2, b = 5; end\n r = a + b;\nend", "x", 6.0),
    ("x = f(1);\nfunction r = f(a, b)\n if ~exist('b', 'var'), b = 5; end\n r = a + b;\nend", "x", 6.0),
    ("[a, b, c] = f(); x = [a b c];\nfunction varargout = f\n for k = 1:nargout, varargout{k} = k; end\nend",
     "x", [[1, 2, 3]]),
    ("[a, b] = f(); x = [a b];\nfunction [r, varargout] = f\n r = nargout; varargout = {8, 9};\nend", "x", [[2, 8]]),
    ("f(); x = 1;\nfunction r = f\nend", "x", 1.0),
    ("f(3); x = ans;\nfunction r = f(a)\n r = a;\nend", "x", 3.0),
    ("[a, b, c, d, e] = f(); x = [a b c d e];\nfunction [a, b, c, d, e] = f\n a = 1; b = 2; c = 3; d = 4; e = 5;\nend",
     "x", [[1, 2, 3, 4, 5]]),
    ("x = f();\nfunction [a, b, c, d, e] = f\n a = 1;\nend", "x", 1.0),
    ("[~, x] = f();\nfunction [a, b] = f\n a = 1; b = 2;\nend", "x", 2.0),
    ("x = f(1, 2);\nfunction r = f(~, b)\n r = b;\nend", "x", 2.0),
    ("x = f(5);\nfunction r = f(n)\n if n <= 1, r = 1; return, end\n r = n * f(n - 1);\nend", "x", 120.0),
    ("x = even(10);\nfunction r = even(n)\n if n == 0, r = true; else, r = odd(n - 1); end\nend\n"
     "function r = odd(n)\n if n == 0, r = false; else, r = even(n - 1); end\nend", "x", True),
    ("x = f(3);\nfunction a = f(a)\n a = a * 2;\nend", "x", 6.0),
    ("x = f([3 1 2]);\nfunction r = f(sum)\n r = sum(2);\nend", "x", 1.0),
    # a name assigned anywhere is a variable in all of the function
    ("x = f();\nfunction r = f\n k = 3; numel = k; r = numel + 1;\nend", "x", 4.0),
    # nested functions share
    ("x = f();\nfunction r = f\n k = 1; g(); r = k;\n function g\n  k = k + 10;\n end\nend", "x", 11.0),
    ("x = f();\nfunction r = f\n g(); r = k;\n function g\n  k = 5;\n end\nend", "x", 5.0),
    ("x = f();\nfunction r = f\n k = 1; r = g(5) + k;\n function r = g(k)\n  r = k;\n end\nend", "x", 6.0),
    ("h = f(); h(); x = h();\nfunction h = f\n n = 0; h = @g;\n function r = g\n  n = n + 1; r = n;\n end\nend",
     "x", 2.0),
    ("x = f();\nfunction r = f\n r = 0; v = zeros(1, 3); g(); r = v;\n function g\n  for k = 1:3, v(k) = k; end\n end\n"
     "end", "x", [[1, 2, 3]]),
    # handles
    ("g = @(a, b) a - b; x = g(5, 2);", "x", 3.0),
    ("k = 3; g = @(a) a * k; k = 100; x = g(2);", "x", 6.0),
    ("g = @() 42; x = g();", "x", 42.0),
    ("g = @(varargin) numel(varargin); x = g(1, 2, 3);", "x", 3.0),
    ("g = @(a, varargin) a + numel(varargin); x = g(1, 2, 3);", "x", 3.0),
    ("g = @(a, b) a; x = g(5);", "x", 5.0),
    ("g = @(~, b) b; x = g(5, 6);", "x", 6.0),
    ("add = @(a) @(b) a + b; h = add(3); x = h(4);", "x", 7.0),
    ("g = @size; [a, b] = g(ones(2, 3)); x = [a b];", "x", [[2, 3]]),
    ("g = @(v) size(v); [a, b] = g(ones(2, 3)); x = [a b];", "x", [[2, 3]]),
    ("c = {@sin, @(t) t + 1}; x = c{2}(4);", "x", 5.0),
    ("s.f = @(t) t + 1; x = s.f(4);", "x", 5.0),
    ("g = @f; x = g(2);\nfunction r = f(a)\n r = a * 3;\nend", "x", 6.0),
    ("x = apply(@(t) t * 2, 21);\nfunction r = apply(g, v)\n r = g(v);\nend", "x", 42.0),
    ("g = @(s) s.a; t.a = 9; x = g(t);", "x", 9.0),
    ("c = {1, 2, 3}; g = @() c{:}; [a, b] = g(); x = [a b];", "x", [[1, 2]]),
    ("g = @(v) v(end); x = g([1 2 9]);", "x", 9.0),
    ("g = @(v) v(:)'; x = g([1; 2]);", "x", [[1, 2]]),
    ("x = cellfun(@(t) numel(t), {1, 'ab', []});", "x", [[1, 2, 0]]),
    ("x = func2str(@(x) x.^2 + 1);", "x", "@(x)x.^2+1"),
    ("x = func2str(@(a,b) [a, b; 1 -2] ');", "x", "@(a,b)[a,b;1,-2]'"),
    ("x = func2str(@(a) strcat(a, 'b c', \"d\"));", "x", "@(a)strcat(a,'b c',\"d\")"),
    # persistent and global
    ("f(); f(); x = f();\nfunction r = f\n persistent n\n if isempty(n), n = 0; end\n n = n + 1; r = n;\nend",
     "x", 3.0),
    ("global g; g = 4; x = f();\nfunction r = f\n global g\n r = g + 1;\nend", "x", 5.0),
    ("global g; set5(); x = g;\nfunction set5\n global g\n g = 5;\nend", "x", 5.0),
    ("global g; x = isempty(g);", "x", True),
    ("global g; g(3) = 1; x = numel(g);", "x", 3.0),
    # text as code
    ("eval('x = 3;');", "x", 3.0),
    ("x = eval('1 + 2');", "x", 3.0),
    ("eval('error(''no'')', 'x = 8;');", "x", 8.0),
    ("x = f();\nfunction r = f\n eval('r = 5;');\nend", "x", 5.0),
    ("x = f(2);\nfunction r = f(a)\n r = eval('a * 4');\nend", "x", 8.0),
    ("x = f();\nfunction r = f\n evalin('base', 'y = 3;'); r = evalin('base', 'y');\nend", "x", 3.0),
    ("f(); x = y;\nfunction f\n assignin('base', 'y', 6);\nend", "x", 6.0),
    ("f(); x = y;\nfunction f\n assignin('caller', 'y', 6);\nend", "x", 6.0),
    ("for k = 1:3, f(k); end, x = y;\nfunction f(k)\n assignin('base', 'y', k);\nend", "x", 3.0),
    ("y = 1; for k = 1:3, f(k); end, x = y;\nfunction f(k)\n assignin('base', 'y', k);\nend", "x", 3.0),
    ("x = feval('numel', [1 2]);", "x", 2.0),
    ("x = feval(@plus, 1, 2);", "x", 3.0),
    ("y = 1; x = feval('exist', 'y');", "x", 1.0),
    ("y = 1; x = cellfun('exist', {'y'});", "x", 1.0),
    # names that are functions and variables in one script
    ("a = pi; pi = 3; x = pi - 3;", "x", 0.0),
    ("clear all; x = 1; y = 2; clear x; x = exist('x');", "x", 0.0),
    ("x = 1; y = 2; clearvars -except y; x = exist('x');", "x", 0.0),
    ("x = 5; x = who; x = numel(x);", "x", 1.0),
    # command form
    ("hold_it on\nfunction hold_it(word)\n assignin('base', 'x', word);\nend", "x", "on"),
    ("format long\nx = 1;", "x", 1.0),
    # named arguments
    ("x = f(1, Mode='fast');\nfunction r = f(a, name, value)\n r = [char(name) value];\nend", "x", "Modefast"),
]


IDS = [row[0].replace("\n", " ")[:70] for row in PROGRAMS]


@pytest.mark.parametrize(("text", "name", "expected"), PROGRAMS, ids=IDS)
def test_function(run, text, name, expected):
    got = run(text)[name]
    if isinstance(expected, str):
        assert got == expected
    else:
        assert np.array_equal(np.atleast_2d(got), np.atleast_2d(expected))


ERRORS = [
    ("f(1, 2);\nfunction f(a)\nend", "MATLAB:TooManyInputs", "Too many input arguments."),
    ("x = f(1);\nfunction f(a)\nend", "MATLAB:TooManyOutputs", "Too many output arguments."),
    ("[a, b] = f(1);\nfunction r = f(a)\n r = a;\nend", "MATLAB:TooManyOutputs", "Too many output arguments."),
    ("[a, b, c] = f(1);\nfunction [r, s] = f(a)\n r = a; s = a;\nend", "MATLAB:TooManyOutputs",
     "Too many output arguments."),
    ("x = f();\nfunction r = f(a)\n r = a;\nend", "MATLAB:minrhs", "Not enough input arguments."),
    ("x = f();\nfunction r = f\nend", "MATLAB:unassignedOutputs",
     'Output argument "r" (and possibly others) not assigned a value in the execution with "f" function.'),
    ("[a, b] = f();\nfunction [r, s] = f\n r = 1;\nend", "MATLAB:unassignedOutputs",
     'Output argument "s" (and possibly others) not assigned a value in the execution with "f" function.'),
    ("[a, b] = f();\nfunction varargout = f\n varargout{1} = 1;\nend", "MATLAB:unassignedOutputs",
     'Output argument "varargout{2}" (and possibly others) not assigned a value in the execution with "f" function.'),
    ("g = @(a) a; g(1, 2);", "MATLAB:TooManyInputs", "Too many input arguments."),
    ("g = @(a) a; g();", "MATLAB:minrhs", "Not enough input arguments."),
    ("x = nosuchname;", "MATLAB:UndefinedFunction", "Unrecognized function or variable 'nosuchname'."),
    ("x = nosuchname(3);", "MATLAB:UndefinedFunction", "Unrecognized function or variable 'nosuchname'."),
    ("nosuchname", "MATLAB:UndefinedFunction", "Unrecognized function or variable 'nosuchname'."),
    ("x = f();\nfunction r = f\n r = k; k = 1;\nend", "MATLAB:UndefinedFunction",
     "Unrecognized function or variable 'k'."),
    ("function r = f(n)\n r = f(n + 1);\nend\nf(1);", "MATLAB:recursionLimit",
     "Maximum recursion limit of 500 reached."),
    ("classdef C\nend", "MATLAB:m_classdef_outside_file", 'Illegal use of reserved keyword "classdef".'),
    ("x = zeros(1e7, 1e7);", "MATLAB:array:SizeLimitExceeded", None),
]


@pytest.mark.parametrize(("text", "identifier", "message"), ERRORS, ids=[row[0].replace("\n", " ") for row in ERRORS])
def test_a_call_that_cannot_be_says_why(fails, text, identifier, message):
    error = fails(text)
    assert error.identifier == identifier
    if message:
        assert error.message == message


def test_a_statement_call_shows_what_it_gives(run):
    assert run("f(2)\nfunction r = f(a)\n r = a;\nend").lines() == ["ans =", "2"]
    assert run("f(2)\nfunction f(a)\nend").lines() == []
    assert run("f(2)\nfunction r = f(a)\nend").lines() == []


def test_persistent_variables_live_until_they_are_forgotten(run):
    ran = run("x = 1;")
    text = "function r = f\n persistent n\n if isempty(n), n = 0; end\n n = n + 1; r = n;\nend\nf(); x = f();"
    assert run(text, into=ran)["x"] == 2.0
    assert run(text, into=ran)["x"] == 2.0  # another program has other persistent variables


def test_globals_are_seen_at_the_prompt_and_from_python(run):
    ran = run("global g\ng = 5;")
    run("setg();\nfunction setg\n global g\n g = 6;\nend", into=ran)
    assert run("x = g;", into=ran)["x"] == 6.0
    assert ran["g"] == 6.0


def test_a_variable_of_an_earlier_prompt_line_is_a_variable_in_the_next(run):
    ran = run("numel = [4 5 6];")
    assert run("x = numel(2);", into=ran)["x"] == 5.0
    run("clear numel", into=ran)
    assert run("x = numel([1 2]);", into=ran)["x"] == 2.0


def test_nargin_inside_an_anonymous_function_counts_its_own_inputs(run):
    ran = run(
        "f = @(a, b) nargin; g = @(a, varargin) nargin; x = [f() f(1) f(1, 2) g() g(1, 2, 3)]; y = outer(1, 2, 3);\n"
        "function r = outer(varargin)\nh = @(t) nargin;\nr = [h(1) nargin];\nend"
    )
    assert ran["x"].tolist() == [[0, 1, 2, 0, 3]] and ran["y"].tolist() == [[1, 3]]


def test_a_script_run_by_eval_shows_only_variables_of_the_function(write, run):
    write("inner_script.m", "it = 5;\nw = who;\n")
    body = "if nargin\n try\n  eval(name);\n catch err\n  disp(err.message)\n end\nend\nv = w';\n"
    write("outer.m", f"function v = outer(name)\n{body}end")
    assert run("v = outer('inner_script');")["v"].ravel().tolist() == ["it", "name"]


def test_parentheses_around_the_body_of_an_anonymous_function_do_not_keep_outputs_back(run):
    ran = run("f = @(t)(max(t)); [m, at] = f([3 9 2]); g = @(t)((size(t))); [r, c] = g(ones(2, 3));")
    assert (ran["m"], ran["at"], ran["r"], ran["c"]) == (9, 2, 2, 3)


def test_a_variable_evaluated_by_its_name_is_itself_not_called_nor_indexed(write, run):
    write("Picky.m", "classdef Picky\nmethods\nfunction r = subsref(o, s)\nerror('indexed');\nend\nend\nend")
    ran = run("f = @() 3; g = eval('f'); h = evalin('base', 'f'); k = [class(g) class(h)]; p = Picky; q = eval('p');")
    assert ran["k"] == "function_handle" * 2 and ran["q"].class_name == "Picky"

"""Every form of assignment, by what it leaves."""

import numpy as np
import pytest

PROGRAMS = [
    # names
    ("x = 5;", "x", 5.0),
    ("x = [];", "x", np.zeros((0, 0))),
    ("c = {7, 8}; x = c{:};", "x", 7.0),
    ("s(2).a = 4; s(1).a = 3; x = s.a;", "x", 3.0),
    ("3 + 4;", "ans", 7.0),
    ("x = 3; x;", "x", 3.0),
    ("None = 3; True = None + 1;", "True", 4.0),
    ("lambda = 2; del = lambda + 1;", "del", 3.0),
    # parentheses
    ("x = 1:3; x(2) = 7;", "x", [[1, 7, 3]]),
    ("x(3) = 7;", "x", [[0, 0, 7]]),
    ("x(2, 3) = 7;", "x", [[0, 0, 0], [0, 0, 7]]),
    ("x = []; x(end+1) = 1; x(end+1) = 2;", "x", [[1, 2]]),
    ("x = (1:2)'; x(end+1) = 3;", "x", [[1], [2], [3]]),
    ("x = 5; x(2) = 6;", "x", [[5, 6]]),
    ("x = ones(3); x(1:2, :) = '';", "x", [[1, 1, 1]]),
    ("x = 'abc'; x(2) = '';", "x", "ac"),
    ("s = [\"a\" \"b\"]; s(2) = ''; x = strlength(s);", "x", [[1, 0]]),
    ("x = subsasgn(ones(3), substruct('()', {':', 1:2}), []);", "x", [[1], [1], [1]]),
    ("x = zeros(2); x(:) = 1:4;", "x", [[1, 3], [2, 4]]),
    ("x = zeros(2); x(:, 1) = [5; 6];", "x", [[5, 0], [6, 0]]),
    ("x = zeros(2); x(:, 1) = [5 6];", "x", [[5, 0], [6, 0]]),
    ("x = []; x(:, end+1) = [1; 2]; x(:, end+1) = [3; 4];", "x", [[1, 3], [2, 4]]),
    ("x = []; x(end+1, :) = [1 2]; x(end+1, :) = [3 4];", "x", [[1, 2], [3, 4]]),
    ("x = zeros(2); x(x == 0) = 3;", "x", [[3, 3], [3, 3]]),
    ("x = 1:5; x(logical([1 0 1 0 0])) = [9 8];", "x", [[9, 2, 8, 4, 5]]),
    ("x = 1:5; x([1 1 2]) = [7 8 9];", "x", [[8, 9, 3, 4, 5]]),
    ("x = 1:5; x([]) = 3;", "x", [[1, 2, 3, 4, 5]]),
    ("x = 1:3; x(2:3) = x(1:2);", "x", [[1, 1, 2]]),
    ("x = zeros(2, 2); x(:, :, 2) = ones(2);", "x", np.stack([np.zeros((2, 2)), np.ones((2, 2))], 2)),
    ("x = zeros(1, 2, 2); x(1, 3) = 5;", "x", np.array([[[0, 5], [0, 0]]])),
    ("x = 1:3; x(1, 2) = 9; x(2, 2) = 8;", "x", [[1, 9, 3], [0, 8, 0]]),
    ("x = 'abc'; x(2) = 'X';", "x", "aXc"),
    ("x = 'abc'; x(2) = [];", "x", "ac"),
    ("x = 'abc'; x(end+1) = 'd';", "x", "abcd"),
    ("x = 'abc'; x(2) = 65;", "x", "aAc"),
    ("x = uint8([1 2 3]); x(2) = 300.6;", "x", np.array([[1, 255, 3]], np.uint8)),
    ("x = uint8([1 2 3]); x(2) = 1.5;", "x", np.array([[1, 2, 3]], np.uint8)),
    ("x = [1 2 3]; x(2) = int8(7); y = class(x);", "y", "double"),
    ("x = true(1, 2); x(1) = 5; y = class(x);", "y", "logical"),
    ("x = []; x(2) = int8(7); y = class(x);", "y", "int8"),
    ("x = [1 2]; x(2) = 3i; y = x(2);", "y", 3j),
    ("x = [1 2]; x(2) = 'a';", "x", [[1, 97]]),
    ("x = single([1 2]); x(2) = pi; y = class(x);", "y", "single"),
    ("s = \"a\"; s(3) = \"c\"; y = ismissing(s);", "y", [[False, True, False]]),
    ("s = [\"a\" \"b\"]; s(1) = 'z'; y = char(s(1));", "y", "z"),
    # deletion
    ("x = 1:5; x(2) = [];", "x", [[1, 3, 4, 5]]),
    ("x = 1:5; x([1 end]) = [];", "x", [[2, 3, 4]]),
    ("x = 1:5; x(x > 2) = [];", "x", [[1, 2]]),
    ("x = magic(3); x(:, 2) = [];", "x", [[8, 6], [3, 7], [4, 2]]),
    ("x = magic(3); x(2, :) = [];", "x", [[8, 1, 6], [4, 9, 2]]),
    ("x = magic(3); x(1:2:3, :) = [];", "x", [[3, 5, 7]]),
    ("x = magic(3); x(2) = [];", "x", [[8, 4, 1, 5, 9, 6, 7, 2]]),
    ("x = 1:3; x(:) = [];", "x", np.zeros((0, 0))),
    ("x = 1:3; x(:, :) = [];", "x", np.zeros((0, 3))),
    ("x = 1:3; x([]) = [];", "x", [[1, 2, 3]]),
    ("x = ones(2, 1, 2); x(2, []) = []; x = size(x);", "x", [[2, 1, 2]]),
    ("x = 1:3; x(2, false) = [];", "x", [[1, 2, 3]]),
    ("c = {1, 2, 3}; c(2) = []; x = numel(c);", "x", 2.0),
    ("c = {1, 2, 3}; c{2} = []; x = numel(c);", "x", 3.0),
    ("s(3).a = 1; s(2) = []; x = numel(s);", "x", 2.0),
    ("s.a = 1:4; s.a(2) = []; x = s.a;", "x", [[1, 3, 4]]),
    ("c = {1:4}; c{1}(2) = []; x = c{1};", "x", [[1, 3, 4]]),
    # braces
    ("c{3} = 'x'; x = size(c);", "x", [[1, 3]]),
    ("c{2, 2} = 1; x = isempty(c{1, 1});", "x", True),
    ("c = {}; c{end+1} = 1; c{end+1} = 2; x = numel(c);", "x", 2.0),
    ("c = {1}; c(3) = {5}; x = c{3};", "x", 5.0),
    ("c = cell(2); c(:) = {0}; x = c{2, 2};", "x", 0.0),
    ("c = {1, 2}; c{1}{2} = 5; x = 1;", None, None),
    ("c = {[], 2}; c{1}{2} = 5; x = c{1}{2};", "x", 5.0),
    ("c = {[1 2 3]}; c{1}(2) = 9; x = c{1};", "x", [[1, 9, 3]]),
    # fields
    ("s.a = 1; x = s.a;", "x", 1.0),
    ("s.a.b.c = 1; x = s.a.b.c;", "x", 1.0),
    ("n = 'dyn'; s.(n) = 3; x = s.dyn;", "x", 3.0),
    ("n = 'dyn'; s.(n).(n)(2) = 3; x = s.dyn.dyn;", "x", [[0, 3]]),
    ("s = []; s.a = 1; x = s.a;", "x", 1.0),
    ("s(3).a = 1; x = isempty(s(2).a);", "x", True),
    ("s.a = 1; s(2).b = 2; x = isempty(s(1).b) && isempty(s(2).a);", "x", True),
    ("s.a(3).b{2} = 'q'; x = s.a(3).b{2};", "x", "q"),
    ("s.list = {}; s.list{end+1} = 1; s.list{end+1} = 2; x = numel(s.list);", "x", 2.0),
    ("s.v = []; s.v(end+1) = 4; s.v(end+1) = 5; x = s.v;", "x", [[4, 5]]),
    ("s(2).v = [1 2]; s(2).v(end) = 7; x = s(2).v;", "x", [[1, 7]]),
    ("s(2, 2).a = 1; x = size(s);", "x", [[2, 2]]),
    ("s.a = 1; s(1).a = 2; x = s.a;", "x", 2.0),
    ("t.a = 1; s(2) = t; x = isempty(s(1).a);", "x", True),
    # lists
    ("[a, b] = deal(1, 2); x = [a b];", "x", [[1, 2]]),
    ("[a, b] = deal(7); x = [a b];", "x", [[7, 7]]),
    ("[~, i] = max([3 9 2]); x = i;", "x", 2.0),
    ("[x(2), y] = deal(1, 2);", "x", [[0, 1]]),
    ("[s.a, s.b] = deal(1, 2); x = [s.a s.b];", "x", [[1, 2]]),
    ("[c{1:3}] = deal(4, 5, 6); x = [c{:}];", "x", [[4, 5, 6]]),
    ("c = cell(1, 2); [c{:}] = size(ones(2, 3)); x = [c{:}];", "x", [[2, 3]]),
    ("s(3).a = 0; [s.a] = deal(7); x = [s.a];", "x", [[7, 7, 7]]),
    ("s(3).a = 0; [s(1:2).a] = deal(1, 2); x = [s(1:2).a];", "x", [[1, 2]]),
    ("c = {1, 2}; [a, b] = c{:}; x = [a b];", "x", [[1, 2]]),
    ("[a, c{1:2}] = deal(1, 2, 3); x = [a c{:}];", "x", [[1, 2, 3]]),
    ("[m, n] = size(zeros(3, 4)); x = m * n;", "x", 12.0),
    ("[a, a] = deal(1, 2); x = a;", "x", 2.0),
    ("[q, w] = size(zeros(2, 3, 4)); x = w;", "x", 12.0),
    ("x = [1 2 3]; [x(1), x(2)] = deal(x(2), x(1));", "x", [[2, 1, 3]]),
    # reading in arguments and literals
    ("c = {1, 2, 3}; x = max([c{:}]);", "x", 3.0),
    ("c = {[1 5 2], [], 2}; [m, i] = max(c{:}); x = i;", "x", 2.0),
    ("s(2).a = 5; s(1).a = 4; x = [s.a];", "x", [[4, 5]]),
    ("s(2).a = 5; s(1).a = 4; c = {s.a}; x = numel(c);", "x", 2.0),
    ("c = {1, {2, 3}}; x = c{2}{1};", "x", 2.0),
    ("x = 1:5; y = x(end); z = x(end-1); x = x([1 end]);", "x", [[1, 5]]),
    ("x = magic(4); x = x(end, 1);", "x", 4.0),
    ("x = magic(4); x = x(end);", "x", 1.0),
    ("x = 1:3; i = [5 6 7 1]; x = x(i(end));", "x", 1.0),
    ("x = 1:3; x = x(min(end, 5));", "x", 3.0),
    ("c = {1:3, 4:9}; x = c{end}(end);", "x", 9.0),
    ("s.a = 1:4; x = s.a(end);", "x", 4.0),
    ("x = magic(3); x(1, end+1) = 5; x = x(:, end);", "x", [[5], [0], [0]]),
    ("x = 'hello'; x = x(end:-1:1);", "x", "olleh"),
]


@pytest.mark.parametrize(("text", "name", "expected"), PROGRAMS, ids=[row[0][:60] for row in PROGRAMS])
def test_assignment(run, fails, text, name, expected):
    if name is None:
        fails(text)
        return
    got = run(text)[name]
    if isinstance(expected, str):
        assert got == expected
    else:
        assert np.array_equal(np.atleast_2d(got), np.atleast_2d(expected))
        assert np.shape(np.atleast_2d(got)) == np.shape(np.atleast_2d(expected))


ERRORS = [
    ("x = 1:3; x(1:2) = [1 2 3];", "MATLAB:matrix:singleSubscriptNumelMismatch",
     "Unable to perform assignment because the left and right sides have a different number of elements."),
    ("x = zeros(2); x(1, :) = [1 2 3];", "MATLAB:subsassigndimmismatch",
     "Unable to perform assignment because the size of the left side is 1-by-2 and the size of the right side is "
     "1-by-3."),
    ("x = zeros(2); x(7) = 1;", "MATLAB:matlab:growAmbiguous", "Attempt to grow array along ambiguous dimension."),
    ("x = 1:3; x(0) = 1;", "MATLAB:badsubscript", "Array indices must be positive integers or logical values."),
    ("x = 1:3; x(1.5) = 1;", "MATLAB:badsubscript", "Array indices must be positive integers or logical values."),
    ("x = 1:3; x(1, 0) = 1;", "MATLAB:badsubscript",
     "Index in position 2 is invalid. Array indices must be positive integers or logical values."),
    ("x = magic(3); x(2, 2) = [];", "MATLAB:subsdeldimmismatch",
     "A null assignment can have only one non-colon index."),
    ("x = 1:3; x(7) = [];", "MATLAB:subsdeldimmismatch", "Matrix index is out of range for deletion."),
    ("x = 1:3; x{2} = 1;", "MATLAB:cellAssToNonCell",
     "Unable to perform assignment because brace indexing is not supported for variables of this type."),
    ("x = 1:3; x.a = 1;", "MATLAB:structAssToNonStruct",
     "Unable to perform assignment because dot indexing is not supported for variables of this type."),
    ("x = 1:3; x(2) = {5};", "MATLAB:invalidConversion", "Conversion to double from cell is not possible."),
    ("x = 'abc'; x(2) = {5};", "MATLAB:invalidConversion", "Conversion to char from cell is not possible."),
    ("c = {1, 2, 3}; c{1:2} = 5;", "MATLAB:assigningToMultipleElements",
     "Assigning to 2 elements using a simple assignment statement is not supported. Consider using comma-separated "
     "list assignment."),
    ("c = {1}; c(2) = 5;", "MATLAB:invalidConversion", "Conversion to cell from double is not possible."),
    ("s(3).a = 1; s.a = 2;", "MATLAB:scalarStructRequired", "Scalar structure required for this assignment."),
    ("s.a = 1; t.b = 2; s(2) = t;", "MATLAB:heterogeneousStrucAssignment",
     "Subscripted assignment between dissimilar structures."),
    ("[a, b] = deal(1, 2, 3);", None, None),
    ("c = {1}; [a, b] = c{:};", "MATLAB:needMoreRhsOutputs",
     "Insufficient number of outputs from right hand side of equal sign to satisfy assignment."),
    ("[a, b] = numel(3);", "MATLAB:maxlhs", "Too many output arguments."),
    ("x = disp(3);", None, None),
    ("c = {}; x = c{:};", "MATLAB:needMoreRhsOutputs",
     "Insufficient number of outputs from right hand side of equal sign to satisfy assignment."),
]


@pytest.mark.parametrize(("text", "identifier", "message"), ERRORS, ids=[row[0] for row in ERRORS])
def test_an_assignment_that_cannot_be_says_why(fails, text, identifier, message):
    error = fails(text)
    if identifier:
        assert error.identifier == identifier
        assert error.message == message


def test_a_failed_assignment_leaves_the_variable_as_it_was(run):
    ran = run("x = 1:3; try, x(1:2) = [1 2 3]; catch, end, c = {1, 2}; try, c{4}(1) = 1:3; catch, end")
    assert ran["x"].tolist() == [[1, 2, 3]]
    assert ran["c"].shape == (1, 2)


def test_a_statement_without_semicolon_shows_the_whole_variable(run):
    assert run("x = 1:2; x(2) = 7").lines() == ["x =", "1     7"]
    assert run("[a, b] = deal(1, 2)").lines() == ["a =", "1", "b =", "2"]
    assert run("c = {3, 4}; c{:}").lines() == ["ans =", "3", "ans =", "4"]
    assert run("x = 3; x").lines() == ["x =", "3"]
    assert run("x = 3; x;").lines() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = magic(3); x(2, :) = [1 2 3];", [[8, 1, 6], [1, 2, 3], [4, 9, 2]]),
        ("x = magic(3); x(2, :) = [1; 2; 3];", [[8, 1, 6], [1, 2, 3], [4, 9, 2]]),
        ("x = magic(3); x(:, 1) = [1 2 3];", [[1, 1, 6], [2, 5, 7], [3, 9, 2]]),
        ("x = magic(3); x(1:2, 3) = 0;", [[8, 1, 0], [3, 5, 0], [4, 9, 2]]),
        ("x = magic(3); y = x; y(1, :) = 0;", [[8, 1, 6], [3, 5, 7], [4, 9, 2]]),
        ("x = magic(3); x(:, :) = x';", [[8, 3, 4], [1, 5, 9], [6, 7, 2]]),
        ("x = magic(3); x(1, :) = x(:, 1);", [[8, 3, 4], [3, 5, 7], [4, 9, 2]]),
        ("x = zeros(2, 2); x(3, :) = [1 2];", [[0, 0], [0, 0], [1, 2]]),
        ("x = zeros(2, 2, 2); x(:, :, 2) = [1 2; 3 4]; x = x(:, :, 2);", [[1, 2], [3, 4]]),
        ("x = [1 2]; for k = 1:3, x = [x k]; end", [[1, 2, 1, 2, 3]]),
        ("x = [1 2]; y = x; for k = 1:3, x = [x k]; end, x = y;", [[1, 2]]),
        ("x = [1 2]; for k = 1:2, x = [x [k k]]; end", [[1, 2, 1, 1, 2, 2]]),
        ("x = [1; 2]; x = [x; 3]; x = [x [4; 5; 6]];", [[1, 4], [2, 5], [3, 6]]),
    ],
)
def test_blocks_are_written_and_rows_grow_as_values(run, text, expected):
    assert run(text)["x"].tolist() == expected


@pytest.mark.parametrize(
    "text",
    [
        "zz(2) = zz(1) + 1",
        "zz.a = zz.b",
        "zz.a = zz",
        "zz(end + 1) = zz(end)",
        "zz(zz) = 3",
        "zz{2} = numel(zz)",
        "[zz.a, b] = deal(zz.q, 1)",
        "for k = 1:3, zz(k) = zz(k) + 1; end",
        "eval('1;'); zz.a = zz.b",
        "f()\nfunction f(), zz.y = zz.q(1); end",
        "f()\nfunction f(), eval('1;'); zz(3) = zz; end",
    ],
)
def test_a_part_made_of_a_variable_that_is_not_there_is_an_error(fails, text):
    assert fails(text).message == "Unrecognized function or variable 'zz'."


def test_a_part_may_be_made_of_the_function_of_that_name_or_of_what_is_not_evaluated(run):
    ran = run("sum(2) = sum(1:3); max.a = max([1 5 2]); zz.a = false && zz.b; yy.f = @() yy.g;")
    assert ran["sum"].tolist() == [[0.0, 6.0]]
    assert "max" in ran and "zz" in ran and "yy" in ran

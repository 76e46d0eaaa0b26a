"""Counts of inputs and outputs, names of options: told where the arguments are certain, only there."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = sin(1, 2, 3);", "Too many input arguments."),
        ("x = cos();", "Not enough input arguments."),
        ("[a, b] = numel(3);", "Too many output arguments."),
        ("f(1, 2, 3);\nfunction f(a, b), end", "Too many input arguments."),
        ("[p, q] = f(1);\nfunction r = f(a), r = a; end", "Too many output arguments."),
        ("x = f(1);\nfunction f(a), end", "Too many output arguments."),
    ],
)
def test_a_count_that_surely_fails_is_an_error(found, text, expected):
    assert [(severity, message) for _, severity, message in found(text)] == [("error", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "c = {1, 2}; x = max(c{:}); s.a = 1; y = sin(s.a); z = plus(c{:});",
        "f(1);\nfunction f(a, b, varargin), end",
        "f(1, 2, 3, 4);\nfunction f(varargin), end",
        "[a, b, c] = f();\nfunction varargout = f(), varargout = {1, 2, 3}; end",
        "cellfun(@(x) f(x), {1, 2});\nfunction f(a), end",
        "f(1, Size=3);\nfunction f(a, options)\n arguments\n  a\n  options.Size = 1\n end\nend",
        "[~] = size(3); [m, n, k] = size(3);",
        "f(1);\nfunction f(a)\n arguments\n  a (1,1) double {mustBePositive, mustBeMember(a, [1 2])}\n end\nend",
    ],
)
def test_a_count_that_may_be_right_is_no_error(found, text):
    assert [row for row in found(text) if row[1] == "error"] == []


def test_an_option_that_a_function_does_not_take_is_an_error_with_what_it_takes(check_files):
    (finding,) = check_files({"main.m": "I = rand(4);\nmontage(I, 'Sizee', [1 1]);"})
    assert finding.fault.message.startswith("'Sizee' is not a recognized parameter.")
    assert finding.fault.hint == "did you mean 'Size'?"
    assert finding.span.text == "'Sizee'"


def test_options_are_taken_in_any_case_by_prefix_and_with_equals(found):
    assert found("I = rand(4);\nmontage(I, 'siz', [1 1]); montage(I, BORDERsize=1); montage(I, Size=[1 1]);") == []
    assert [row[0] for row in found("I = rand(4);\nmontage(I, Sizee=[1 1]);")] == [2]


def test_a_call_that_an_object_may_take_is_no_error(found):
    shape = "classdef Shape\n methods\n  function r = sin(o, a, b)\n   r = 1;\n  end\n end\nend\n"
    assert found("s = Shape; x = sin(s, 1, 2);", Shape=shape) == []


def test_a_function_whose_file_has_a_mistake_is_not_counted(found):
    assert found("x = broken(1, 2);", broken="function r = broken(a, b = 3)\nr = a;\nend") == []


def test_what_an_object_s_class_may_take_is_no_error(found):
    assert found("T = table(1, 2); [a, b] = unique(T); s = sparse(2); x = sum(s, 1);") == []


def test_a_name_that_an_arguments_block_does_not_declare_is_an_error(check_files):
    function = "\nfunction f(a, options)\n arguments\n  a\n  options.Size = 1\n end\nend"
    (finding,) = check_files({"main.m": "f(1, Sizes=3);" + function})
    assert (finding.fault.message, finding.span.text) == ("Invalid argument name 'Sizes'.", "Sizes")
    assert finding.fault.hint == "did you mean 'Size'?"
    assert check_files({"main.m": "f(1, size=3); f(1, Size=3); f(1, 'Size', 3);" + function}) == []

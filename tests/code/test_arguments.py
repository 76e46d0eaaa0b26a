"""`arguments` blocks: sizes, classes, validators, defaults, repeating and named inputs, outputs."""

import numpy as np
import pytest

F = """
function r = f(a, name, options)
  arguments
    a (1,:) double
    name (1,1) string = "none"
    options.Scale (1,1) double {mustBePositive} = 1
    options.Mode char {mustBeMember(options.Mode, {'x', 'y'})} = 'x'
    options.Extra
  end
  r = struct('a', a, 'name', char(name), 'scale', options.Scale, 'mode', options.Mode, 'n', nargin);
  r.extra = isfield(options, 'Extra');
end
"""


def test_defaults_and_conversions(run):
    r = run("r = f(int8([1; 2]));" + F)["r"].fields
    assert r["a"].tolist() == [[1.0, 2.0]]
    assert r["a"].dtype == np.float64
    assert (r["name"], r["scale"], r["mode"], r["n"], r["extra"]) == ("none", 1.0, "x", 1.0, False)


def test_positional_and_named_inputs(run):
    r = run("r = f(3, 'abc', Scale=2, mode=\"y\", Extra=1);" + F)["r"].fields
    assert (r["name"], r["scale"], r["mode"], r["n"], r["extra"]) == ("abc", 2.0, "y", 2.0, True)
    r = run("r = f(3, 'Scale', 4);" + F)["r"].fields
    assert (r["name"], r["scale"], r["n"]) == ("none", 4.0, 1.0)


ERRORS = [
    ("f();", "MATLAB:minrhs", "Not enough input arguments."),
    ("f(1, 'a', 3);", "MATLAB:TooManyInputs", "Too many input arguments."),
    ("f(1, 'a', Bad=3);", "MATLAB:functionValidation:InvalidNameValue", "Invalid argument name 'Bad'."),
    ("f({});", "MATLAB:validation:UnableToConvert",
     "Invalid argument at position 1. Value must be of type double or be convertible to double."),
    ("f(ones(2));", "MATLAB:validation:IncompatibleSize", "Invalid argument at position 1. Value must be a vector."),
    ("f(1, [\"a\" \"b\"]);", "MATLAB:validation:IncompatibleSize",
     "Invalid argument at position 2. Value must be a scalar."),
    ("f(1, Scale=-1);", "MATLAB:validators:mustBePositive",
     "Invalid value for 'Scale' argument. Value must be positive."),
]


@pytest.mark.parametrize(("call", "identifier", "message"), ERRORS, ids=[row[0] for row in ERRORS])
def test_what_does_not_fit_is_said(fails, call, identifier, message):
    error = fails(call + F)
    assert (error.identifier, error.message) == (identifier, message)


def test_a_default_may_use_earlier_inputs(run):
    text = "x = g(3);\nfunction r = g(a, b)\n arguments\n  a\n  b = a * 2\n end\n r = a + b;\nend"
    assert run(text)["x"] == 9.0


def test_a_scalar_fills_the_declared_size(run):
    text = "x = g(3);\nfunction r = g(a)\n arguments\n  a (2,2)\n end\n r = a;\nend"
    assert run(text)["x"].tolist() == [[3, 3], [3, 3]]


def test_repeating_inputs_are_cells(run):
    text = """
x = g('w', 1, 'a', 2, 'b');
function r = g(first, number, letter)
  arguments
    first
  end
  arguments (Repeating)
    number (1,1) double
    letter char
  end
  r = [first [letter{:}] char(48 + [number{:}])];
end
"""
    assert run(text)["x"] == "wab12"


def test_varargin_may_repeat(run):
    text = "x = g(1, 2, 3);\nfunction r = g(varargin)\n"
    text += " arguments (Repeating)\n  varargin\n end\n r = numel(varargin);\nend"
    assert run(text)["x"] == 3.0


def test_outputs_are_converted(run):
    text = "x = g();\nfunction r = g\n arguments (Output)\n  r (1,1) int8\n end\n r = 3.7;\nend"
    assert run(text)["x"] == np.int8(4)


def test_an_output_that_does_not_fit_is_said(fails):
    error = fails("x = g();\nfunction r = g\n arguments (Output)\n  r (1,1) double\n end\n r = [1 2];\nend")
    assert error.message == "Invalid value for output argument 'r'. Value must be a scalar."


def test_a_function_with_arguments_may_reach_for_names(run):
    text = "x = g(2);\nfunction r = g(a, b)\n arguments\n  a double\n  b = 5\n end\n eval('r = a + b;');\nend"
    assert run(text)["x"] == 7.0


def test_every_parameter_must_be_declared(fails):
    error = fails("g(1, 2);\nfunction g(a, b)\n arguments\n  a\n end\nend")
    assert "'b' must be declared" in error.message


# ------------------------------------------------------------------------------- options of a class, outputs
def test_the_settable_properties_of_a_class_are_options(run, write, fails):
    write(
        "Look.m",
        "classdef Look\nproperties\nWidth (1,1) double = 2\nColor = 'r'\nend\n"
        "properties (SetAccess = private)\nHidden1 = 1\nend\nend\n",
    )
    function = "\nfunction r = f(x, o)\narguments\nx\no.?Look\no.Mine = 4\nend\nr = o;\nend"
    found = run("a = f(1, Width=\"5\"); b = f(1, 'color', 'b');" + function)
    assert (found["a"].fields["Width"], found["a"].fields["Mine"]) == (5.0, 4.0)
    assert found["b"].fields["Color"] == "b" and "Width" not in found["b"].fields
    error = fails("f(1, Width=[1 2])" + function)
    assert error.message == "Invalid value for 'Width' argument. Value must be a scalar."
    assert fails("f(1, Hidden1=3)" + function).message == "Invalid argument name 'Hidden1'."


def test_properties_of_graphics_objects_are_options_by_matlabs_class(run):
    function = "\nfunction r = f(o)\narguments\no.?matlab.graphics.chart.primitive.Line\nend\nr = o;\nend"
    found = run("s = f(LineWidth=2);" + function)
    assert found["s"].fields == {"LineWidth": 2.0}


def test_repeating_outputs_are_each_converted_and_checked(run, fails):
    function = (
        "\nfunction varargout = f(n)\narguments (Output, Repeating)\nvarargout single {mustBePositive}\nend\n"
        "varargout = {n, n + 1};\nend"
    )
    found = run("[a, b] = f(3); c = class(b);" + function)
    assert found["c"] == "single" and found["b"] == 4
    assert fails("[a, b] = f(-1);" + function).message == (
        "Invalid value for output argument 'varargout'. Value must be positive."
    )


def test_text_becomes_a_datetime_where_one_is_declared(run):
    found = run("a = f('2020-02-01'); \nfunction r = f(d)\narguments\nd (1,1) datetime\nend\nr = month(d);\nend")
    assert found["a"] == 2


@pytest.mark.parametrize(
    ("declared", "size"),
    [("(1,:) double = []", [1, 0]), ("(:,3) double = []", [0, 3]), ("(1,:) char = ''", [1, 0]),
     ("(1,:) string = []", [1, 0]), ("(:,1) cell = {}", [0, 1]), ("double = []", [0, 0])],
)  # fmt: skip
def test_nothing_fits_where_a_length_is_open(run, declared, size):
    found = run(f"a = size(f());\nfunction r = f(x)\narguments\nx {declared}\nend\nr = x;\nend")
    assert found["a"].tolist() == [size]

"""Names that mean nothing, variables read before they are set; and no alarm where something unknown may bring them."""

import pytest

UNKNOWN = "Unrecognized function or variable '{}'."


def errors(findings):
    return [(line, message) for line, severity, message in findings if severity == "error"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y = nosuch(3);", (1, "nosuch")),
        ("x = 1;\ny = x + nosuch;", (2, "nosuch")),
        ("f = @(x) x + nosuch;", (1, "nosuch")),
        ("f = @nosuch;", (1, "nosuch")),
        ("c = {1, nosuch};", (1, "nosuch")),
        ("nosuch on", (1, "nosuch")),
        ("x(nosuch) = 3;", (1, "nosuch")),
        ("y = x;\nx = 3;", (1, "x")),
        ("for k = 1:3\n  total = total + k;\nend", (2, "total")),
        ("for i = 1:2\n for k = 1:3\n  total = total + k;\n end\nend", (3, "total")),
        ("while n < 3\n  n = n + 1;\nend", (1, "n")),
        ("if true\n  a = 1;\nelse\n  b = a;\nend", (4, "a")),
        ("f(1);\nfunction r = f(a)\n  b = r;\n  r = a;\nend", (3, "r")),
    ],
)
def test_a_name_that_nothing_gives_is_an_error(found, text, expected):
    line, name = expected
    assert errors(found(text)) == [(line, UNKNOWN.format(name))]


@pytest.mark.parametrize(
    "text",
    [
        "x(3) = 1; x(end+1) = 2; s.a.b = x; c{2} = s;",
        "for k = 1:3, if k > 1, y = last; end, last = k; end",
        "for k = 1:3, if k == 1, last = 0; continue, end, y = last; last = k; end",
        "while true, if exist('n', 'var'), n = n + 1; else, n = 1; end, if n > 3, break, end, end",
        "for j = 1:3\n  v = j;\n  for i = 1:j-1\n    v = v - q(i);\n  end\n  q(j) = v;\nend",
        "if rand > 2, a = 1; end\nb = a;",
        "try\n  x = y;\ncatch\n  y = 1;\nend",
        "switch 3, case 1, a = 2; otherwise, b = 2; end, disp(a + b)",
        "[a, ~, b.c] = size(1); disp(a), disp(b.c)",
        "eval('x = 3;'); disp(x)",
        "assignin('base', 'x', 3); disp(x)",
        "x = f();\nfunction varargout = f(varargin), varargout{1} = nargin + nargout; end",
        "global g\ndisp(g)",
        "f(1);\nfunction f(a), persistent n; if isempty(n), n = 0; end, n = n + a; end",
        "outer;\nfunction outer\n  inner; disp(x)\n  function inner, x = 3; end\nend",
        "outer;\nfunction outer\n  x = 1; inner;\n  function inner, disp(x), end\nend",
        "f = @(x, varargin) x + numel(varargin); g = @() f(1);",
        "if exist('helper', 'file'), helper(3), end",
        "3 + 4; y = ans;",
        "import containers.*\nm = Map();",
        "m = containers.Map('KeyType', 'char', 'ValueType', 'any');",
        "x = matlab.lang.makeValidName('a b');",
        "hold on; axis equal; close all; format long",
        "load data.mat a b\ndisp(a + b)",
        "clear all; clc; a = 1; a, 'text'; {a};",
        "s = struct('f', @(t) t); s.f(3); n = s.('f'); t = {s.f};",
        "x.y(3).z{2} = 1; q = x.y(3).z{end};",
        "parfor k = 1:3, r(k) = k; end, disp(r)",
    ],
)
def test_a_program_that_runs_has_no_alarm(found, text):
    assert errors(found(text)) == []


def test_a_variable_that_load_may_bring_is_a_note(found):
    assert found("load('data.mat');\ndisp(kernels)") == [
        (2, "note", "'kernels' is set nowhere here: a variable of 'data.mat', maybe.")
    ]
    assert errors(found("disp(kernels)\nload('data.mat');")) == [(1, UNKNOWN.format("kernels"))]


def test_what_stands_in_try_is_a_note(found):
    assert found("try\n  nosuch(1);\ncatch\nend") == [(2, "note", UNKNOWN.format("nosuch"))]


def test_a_function_that_matlab_has_is_told_as_missing_also_after_load(check_files):
    from cnnscript.builtins.absent import absent

    name = next(name for name in sorted(absent()) if "." not in name)
    (finding,) = check_files({"main.m": f"load('data.mat');\ny = {name}(1);"})
    assert (finding.name, finding.severity) == (name, "error")
    assert finding.fault.message == f"'{name}' is not in cnnscript yet."


def test_a_misspelt_name_has_a_suggestion(check_files):
    (finding,) = check_files({"main.m": "threshold = 3;\ny = treshold + 1;"})
    assert finding.fault.hint == "did you mean 'threshold'?"
    record = finding.record()
    assert (record["line"], record["column"], record["end_column"]) == (2, 5, 12)


def test_functions_of_the_folder_private_packages_and_classes_are_known(found):
    text = "a = helper(1); b = pkg.inner(2); c = Shape(3); d = area(c); e = Shape.unit();"
    shape = "classdef Shape\n methods\n  function o = Shape(s)\n   o.x = hidden(s);\n  end\n  function a = area(o)\n"
    shape += "   a = 1;\n  end\n end\n methods (Static)\n  function u = unit()\n   u = 1;\n  end\n end\nend\n"
    others = {
        "helper": "function r = helper(x)\nr = hidden(x);\nend",
        "private__hidden": "function r = hidden(x)\nr = x;\nend",
        "+pkg__inner": "function r = inner(x)\nr = x;\nend",
        "Shape": shape,
    }
    assert found(text, **others) == []


def test_variables_of_a_script_that_is_called_are_known(found):
    assert found("settings;\ndisp(width * height)", settings="width = 3;\nmore;", more="height = 4;") == []


def test_a_script_that_is_called_has_notes_for_what_its_caller_may_set(check_files):
    findings = check_files({"part.m": "disp(breadth)", "main.m": "breadth = 3;\npart;"})
    assert [(finding.file, finding.severity) for finding in findings] == [("part.m", "note")]


def test_folders_that_addpath_adds_are_looked_in(found):
    lib = {"lib__deep__tool": "function r = tool(x)\nr = x;\nend"}
    assert found("addpath(genpath('lib'));\ny = tool(1);", **lib) == []
    assert found("addpath(fullfile(pwd, 'lib', 'deep'));\ny = tool(1);", **lib) == []
    assert errors(found("y = tool(1);", **lib)) == [(1, UNKNOWN.format("tool"))]
    assert [severity for _, severity, _ in found("addpath(getenv('X'));\ny = other(1);")] == ["note"]


def test_methods_of_a_class_see_each_other_and_what_handle_gives(found):
    text = "classdef main < handle\n properties\n  a = zeros(2);\n end\n methods\n  function o = main(v)\n   o.a = v;\n"
    text += "   addlistener(o, 'E', @(s, e) show(o));\n  end\n  function show(o)\n   disp(o.a); nosuch(o);\n  end\n"
    text += " end\n events\n  E\n end\nend\n"
    assert errors(found(text)) == [(11, UNKNOWN.format("nosuch"))]


def test_a_loaded_variable_named_as_a_function_is_no_alarm(found):
    assert found("load('d.mat');\ndisp(width + height)") == []


def test_classes_have_what_their_bases_have_from_matlab_through_classes_of_the_program(found):
    text = "classdef main < Base\n properties\n  a (1,1) double {mustBePositive} = 1\n end\n methods\n  function f(o)\n"
    text += "   notify(o, 'Changed'); addlistener(o, 'Changed', @(varargin) 1);\n  end\n end\nend"
    assert found(text, Base="classdef Base < handle\n events\n  Changed\n end\nend") == []


def test_what_only_objects_of_matlab_answer_to_is_no_alarm(found):
    assert found("f = dlaccelerate(@(x) x);\nclearCache(f)\nm = memoize(@sin);\ns = stats(m);") == []

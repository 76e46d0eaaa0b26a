"""Files: functions and scripts found by name, private ones, packages, imports, and what changes between calls."""

import io
import os

import pytest

from cnnscript.code import relink
from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def session():
    return Session(out=io.StringIO())


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    # the same second and size must not hide a change
    os.utime(path, ns=(write.clock, write.clock))
    write.clock += 10**9


write.clock = 10**18


def test_a_function_file_is_called_by_its_name(folder):
    write(folder / "twice.m", "function r = twice(x)\nr = helper(x) * 2;\nend\nfunction r = helper(x)\nr = x;\nend\n")
    s = session()
    s.run("y = twice(4); h = @twice; z = h(5); w = cellfun(@twice, {1, 2});")
    assert (s["y"], s["z"]) == (8.0, 10.0)
    assert s["w"].tolist() == [[2.0, 4.0]]
    with pytest.raises(ScriptError, match="helper"):
        s.run("helper(3)")


def test_files_may_call_each_other(folder):
    write(folder / "even.m", "function r = even(n)\nif n == 0, r = true; else, r = odd(n - 1); end\nend\n")
    write(folder / "odd.m", "function r = odd(n)\nif n == 0, r = false; else, r = even(n - 1); end\nend\n")
    s = session()
    s.run("y = even(9);")
    assert s["y"] is False


def test_a_file_comes_before_a_built_in(folder):
    write(folder / "numel.m", "function r = numel(x)\nr = -1;\nend\n")
    s = session()
    s.run("y = numel([1 2 3]); for k = 1:numel(4), y = k; end")
    assert s["y"] == -1.0


def test_a_script_runs_in_the_variables_of_its_caller(folder):
    write(folder / "setup.m", "base = base + 1;\nmade = base * 2;\n")
    s = session()
    s.run("base = 1;\nsetup\nx = made;\nfor k = 1:3\n  setup\nend\ny = base;")
    assert (s["x"], s["y"]) == (4.0, 5.0)
    s.run("z = g();\nfunction r = g\n base = 10;\n setup\n r = made;\nend")
    assert s["z"] == 22.0
    assert s["base"] == 5.0


def test_a_script_is_no_function(folder):
    write(folder / "setup.m", "x = 1;\n")
    with pytest.raises(ScriptError, match="SCRIPT setup as a function"):
        session().run("setup(3)")


def test_private_functions_are_seen_by_their_neighbours_only(folder):
    write(folder / "lib" / "private" / "concealed.m", "function r = concealed\nr = 7;\nend\n")
    write(folder / "lib" / "shown.m", "function r = shown\nr = concealed() + 1;\nend\n")
    s = session()
    s.run("addpath('lib'); x = shown();")
    assert s["x"] == 8.0
    with pytest.raises(ScriptError):
        s.run("concealed()")


def test_functions_in_packages(folder):
    write(folder / "+shapes" / "area.m", "function r = area(a, b)\nr = a * b;\nend\n")
    write(folder / "+shapes" / "+deep" / "one.m", "function r = one\nr = 1;\nend\n")
    s = session()
    s.run("x = shapes.area(3, 4); y = shapes.deep.one; h = @shapes.area; z = h(1, 2);")
    assert (s["x"], s["y"], s["z"]) == (12.0, 1.0, 2.0)
    s.run("import shapes.area\nw = area(5, 6);")
    assert s["w"] == 30.0
    s.run("v = g();\nfunction r = g\n import shapes.*\n r = area(2, 2);\nend")
    assert s["v"] == 4.0


def test_a_variable_hides_a_package(folder):
    write(folder / "+shapes" / "area.m", "function r = area\nr = 1;\nend\n")
    s = session()
    s.run("shapes.area = 5; x = shapes.area;")
    assert s["x"] == 5.0


def test_a_changed_file_is_read_again(folder):
    write(folder / "f.m", "function r = f\nr = 1;\nend\n")
    write(folder / "g.m", "function r = g\nr = f();\nend\n")
    s = session()
    s.run("x = g();")
    write(folder / "f.m", "function r = f\nr = 22;\nend\n")
    s.run("y = f();")
    assert (s["x"], s["y"]) == (1.0, 22.0)
    relink(s)
    s.run("z = g();")
    assert s["z"] == 22.0


def test_a_function_that_appears_later_is_found(folder):
    s = session()
    with pytest.raises(ScriptError):
        s.run("later()")
    write(folder / "later.m", "function r = later\nr = 3;\nend\n")
    s.run("x = later();")
    assert s["x"] == 3.0


def test_an_error_names_the_file_and_the_line(folder):
    write(folder / "broken.m", "function broken(x)\n  y = 1;\n  x(5)\nend\n")
    with pytest.raises(ScriptError) as caught:
        session().run("broken(1)")
    assert caught.value.span.line == 3
    assert caught.value.stack[0].file.endswith("broken.m")


def test_recursion_through_a_handle_and_cellfun(folder):
    text = "function r = depth(c)\nif iscell(c), r = 1 + max([0 cellfun(@depth, c)]); else, r = 0; end\nend\n"
    write(folder / "depth.m", text)
    s = session()
    s.run("x = depth({1, {2, {3}}});")
    assert s["x"] == 3.0


# --------------------------------------------------------------------------------------- files that change, scripts
def test_a_function_file_written_anew_is_used_at_once_also_by_compiled_callers_and_handles(run, write):
    write("other.m", "function r = other\nr = inner_value();\nend\n")
    ran = run(
        "got = zeros(0, 3);\n"
        "h = [];\n"
        "for k = 1:3\n"
        "  writelines(['function r = inner_value' newline 'r = ' num2str(k) ';' newline 'end'], 'inner_value.m')\n"
        "  if k == 1, h = @inner_value; end\n"
        "  got(end+1, :) = [inner_value, other, h()];\n"
        "end"
    )
    assert ran["got"].tolist() == [[1, 1, 1], [2, 2, 2], [3, 3, 3]]


def test_a_file_changed_by_somebody_else_is_seen_at_the_next_line_typed(run, write):
    path = write("answer.m", "function r = answer\nr = 1;\nend\n")
    ran = run("a = answer;")
    path.write_text("function r = answer\nr = 22;\nend\n")
    run("b = answer;", into=ran)
    assert (ran["a"], ran["b"]) == (1, 22)


def test_a_function_that_becomes_a_script_and_goes_away(run, write):
    ran = run(
        "writelines(\"function r = thing, r = 1; end\", 'thing.m'); a = thing;\n"
        "writelines(\"b = 2;\", 'thing.m'); thing\n"
        "delete thing.m\n"
        "try, thing, catch e, m = e.message; end"
    )
    assert (ran["a"], ran["b"], ran["m"]) == (1, 2, "Unrecognized function or variable 'thing'.")


def test_a_global_declared_in_a_called_script_is_the_callers_too(run, write):
    write("shared.m", "global G\nG = 5;\n")
    write("use_shared.m", "function r = use_shared\nglobal G\nr = G;\nend\n")
    ran = run("shared\na = use_shared; G = 7; b = use_shared;\nclear G\nG = 9; c = use_shared;\nd = caller();\n"
              "function r = caller\nshared\nG = G + 1;\nr = use_shared;\nend")
    assert [ran[name] for name in "abcd"] == [5, 7, 7, 6]


def test_a_global_of_a_local_function_is_no_global_of_the_script(run):
    ran = run("K = 5;\nlf\nx = K;\nfunction lf\nglobal K\nK = 77;\nend")
    assert ran["x"] == 5


def test_a_script_is_called_by_handle_and_feval_and_gives_no_value(run, write, fails):
    write("add_one.m", "v = v + 1;\n")
    ran = run("v = 0; h = @add_one; h(); feval('add_one'); feval(h); add_one")
    assert ran["v"] == 4
    assert fails("v = 0; q = add_one;").message.startswith("Attempt to execute SCRIPT add_one as a function:")


def test_clear_of_a_functions_name_drops_what_it_remembers(run, write):
    write("counts.m", "function r = counts\npersistent n\nif isempty(n), n = 0; end\nn = n + 1;\nr = n;\nend\n")
    ran = run("a = [counts counts];\nclear counts\nb = [counts counts];\nclear functions\nc = [counts a b];")
    assert ran["c"].tolist() == [[1, 1, 2, 1, 2]]


# -------------------------------------------------------------------------------------------------------------- import
def test_imports_name_functions_handles_and_classes_within_the_function_that_holds_them(run, write, fails):
    write("+pkg/f.m", "function r = f(x)\nr = x + 1;\nend\n")
    write("+pkg/+inner/g.m", "function r = g(x)\nr = x * 10;\nend\n")
    write("+pkg/Box.m", "classdef Box\nmethods (Static)\nfunction r = make(), r = 7; end\nend\nend\n")
    ran = run(
        "import pkg.*\nimport pkg.inner.g\na = f(1); h = @f; b = h(2); c = g(3); d = cellfun(@(x) f(x), {1, 2});\n"
        "e = Box.make(); k = outer();\nfunction r = outer\nimport pkg.f\nr = inside();\n"
        "  function q = inside\n  q = f(10);\n  end\nend"
    )
    assert [ran[name] for name in "abcek"] == [2, 3, 30, 7, 11] and ran["d"].tolist() == [[2, 3]]
    error = fails("import pkg.*\nx = other();\nfunction r = other\nr = f(1);\nend")
    assert error.identifier == "MATLAB:UndefinedFunction"


def test_what_is_imported_at_the_prompt_lasts_until_it_is_cleared(run, write):
    write("+pkg/f.m", "function r = f(x)\nr = x + 1;\nend\n")
    ran = run("import pkg.*")
    run("a = f(3);", into=ran)
    run("clear import", into=ran)
    with pytest.raises(ScriptError):
        run("a = f(3);", into=ran)
    assert ran["a"] == 4

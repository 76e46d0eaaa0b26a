"""Functions as values and text as program: handles, eval and its kind, counts of arguments, onCleanup."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    return made


def identifier(session, code):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    return caught.value.identifier


def test_a_handle_is_its_text_and_a_text_its_handle(session):
    session.run("t = func2str(@(x) x.^2 + 1); f = str2func('@(x) x + 1'); y = f(2); g = str2func('max'); z = g([3 9]);")
    assert session["t"] == "@(x)x.^2+1" and session["y"] == 3.0 and session["z"] == 9.0
    assert identifier(session, "func2str(5)") == "MATLAB:func2str:FirstArgMustBeFunctionHandle"
    assert identifier(session, "str2func('1 + ')") == "MATLAB:str2func:invalidFunctionName"


def test_a_handle_to_nothing_fails_only_when_called(session):
    session.run("f = str2func('no_such_function');")
    assert identifier(session, "f(1)") == "MATLAB:UndefinedFunction"


def test_feval_by_name_and_handle(session):
    session.run("[a, b] = feval('max', [3 9]); c = feval(@(x) x * 2, 4);")
    assert (session["a"], session["b"], session["c"]) == (9.0, 2.0, 8.0)
    assert identifier(session, "feval({})") == "MATLAB:feval:argMustBeStringOrFunctionHandle"


def test_eval_reads_and_writes_the_callers_variables(session):
    session.run("x = 2; eval('y = x + 1;'); z = eval('x * 10');")
    assert session["y"] == 3.0 and session["z"] == 20.0


def test_eval_in_a_function_stays_there(session):
    (session.folder / "inner.m").write_text("function r = inner()\neval('k = 4;');\nr = k;\nend\n")
    session.run("k = 1; r = inner();")
    assert session["r"] == 4.0 and session["k"] == 1.0


def test_eval_with_a_second_text_runs_it_where_the_first_fails(session):
    session.run("eval('error(''a:b'', ''no'')', 'm = lasterr;')")
    assert session["m"] == "no"


def test_evalc_gives_what_was_printed_and_puts_the_output_back(session):
    session.run("t = evalc('disp(3), warning(''slow'')'); disp(4)")
    assert session["t"].split() == ["3", "Warning:", "slow"] and session.err.getvalue() == ""
    assert session.out.getvalue().strip() == "4"
    with pytest.raises(ScriptError):
        session.run("evalc('error(''x'')')")
    session.run("disp(5)")
    assert session.out.getvalue().split() == ["4", "5"]


def test_assignin_and_evalin_reach_the_base_workspace(session):
    (session.folder / "putting.m").write_text(
        "function r = putting()\nassignin('base', 'q', 7);\nr = evalin('base', 'q + 1');\nend\n"
    )
    session.run("r = putting();")
    assert session["q"] == 7.0 and session["r"] == 8.0
    assert identifier(session, "assignin('base', '1a', 2)") == "MATLAB:assignin:InvalidVariable"
    assert identifier(session, "assignin('here', 'a', 2)") == "MATLAB:assignin:InvalidWorkspace"


def test_counts_of_inputs_and_outputs(session):
    (session.folder / "counted.m").write_text(
        "function [a, b] = counted(x, y, varargin)\na = nargin; b = nargout;\nend\n"
    )
    session.run(
        "[a, b] = counted(1); n = nargin('counted'); m = nargout('counted'); k = nargin(@(p, q) p); s = nargin('size');"
    )
    assert (session["a"], session["b"]) == (1.0, 2.0)
    assert (session["n"], session["m"], session["k"], session["s"]) == (-3.0, 2.0, 2.0, -1.0)


def test_narginchk_counts_the_inputs_of_the_function_it_stands_in(session):
    (session.folder / "checked.m").write_text("function checked(varargin)\nnarginchk(1, 2);\nend\n")
    session.run("checked(1)")
    assert identifier(session, "checked()") == "MATLAB:narginchk:notEnoughInputs"
    assert identifier(session, "checked(1, 2, 3)") == "MATLAB:narginchk:tooManyInputs"
    assert identifier(session, "narginchk(0, 1)") == "MATLAB:narginchk:notCalledFromFunction"


def test_the_task_of_a_cleanup_runs_when_its_function_ends_for_whatever_reason(session):
    (session.folder / "failing.m").write_text(
        "function failing()\nc = onCleanup(@() disp('done'));\nerror('a:b', 'no');\nend\n"
    )
    session.run("try, failing(), catch e, m = e.message; end; clear e")
    assert session["m"] == "no" and "done" in session.out.getvalue()


def test_the_task_of_a_cleanup_runs_once(session):
    session.run("c = onCleanup(@() disp('done')); clear c")
    assert session.out.getvalue().split() == ["done"]


def test_handles_made_of_text_capture_no_variables_and_reach_local_functions(run):
    fault = run.fault("x = 5; f = str2func('@(t) t + x'); f(2)")
    assert fault.message == "Unrecognized function or variable 'x'."
    run("g = str2func('@(t) loc(t) + 1'); y = g(2);\nfunction r = loc(t)\n r = 10*t;\nend")
    assert run["y"] == 21.0


def test_anonymous_functions_see_no_variable_that_came_later(run):
    assert "'later'" in run.fault("f = @() later; later = 3; f()").message

"""The Python face: values in and out, errors with their place, ports handed in."""

import io
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cnnscript import ScriptError, Session


@pytest.fixture
def session():
    out = io.StringIO()
    return Session(out=out, err=out, figures="words")


def test_values_go_in_and_come_out(session):
    session["x"] = 3
    session["a"] = np.arange(6.0).reshape(2, 3)
    session["words"] = ["one", "two"]
    session.run("y = magic(x); b = a'; n = numel(words); w = words{2};")
    assert session["y"].tolist() == [[8, 1, 6], [3, 5, 7], [4, 9, 2]]
    assert session["b"].shape == (3, 2) and session["n"] == 2.0 and session["w"] == "two"
    assert "y" in session and "nothing" not in session


def test_what_is_no_variable_is_not_let_in(session):
    with pytest.raises(ValueError, match="'1x' is no name"):
        session["1x"] = 3
    with pytest.raises(TypeError, match="no class of the language holds a Python value"):
        session["x"] = object()
    with pytest.raises(KeyError):
        session["x"]


def test_an_array_given_out_is_not_written_by_the_program(session):
    session.run("x = zeros(2, 2);")
    given = session["x"]
    session.run("x(1) = 5;")
    assert given[0, 0] == 0 and session["x"][0, 0] == 5


def test_a_fault_has_identifier_message_and_place(session):
    with pytest.raises(ScriptError) as caught:
        session.run("x = [1 2 3];\ny = x(4);")
    error = caught.value
    assert error.identifier == "MATLAB:badsubscript"
    assert error.message == "Index exceeds the number of array elements. Index must not exceed 3."
    assert error.span.line == 2 and error.span.text == "x(4)"


def test_what_ran_before_a_fault_stays(session):
    assert not session.attempt("x = 5; y = x + nothing; z = 1;")
    assert session["x"] == 5.0 and "z" not in session


def test_two_sessions_share_nothing():
    one, two = Session(out=io.StringIO()), Session(out=io.StringIO())
    one.run("x = 1; format long; global g; g = 2;")
    two.run("format short")
    assert "x" not in two and one.format.numeric == "long" and two.globals.get("g") is None


def test_sessions_in_threads_keep_their_output_and_their_warnings_apart():
    def task(number):
        session = sessions[number]
        session.run(f"""x = {number}; for k = 1:200, x = x + log(0) * 0 + inf(1) - 1 / x; x = {number}; end
            y = [1 2; 2 4] \\ [{number}; 1]; z = [{number} 0] ./ 0; disp(x)""")

    sessions = [Session(out=io.StringIO(), err=io.StringIO()) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(task, range(4)))  # a NumPy warning in one of them would be an error
    for number, session in enumerate(sessions):
        assert session.out.getvalue() == f"     {number}\n\n"
        assert session.err.getvalue().count("Matrix is singular") == 1


def test_ctrl_c_comes_back_with_the_workspace_whole(session):
    threading.Timer(0.5, signal.raise_signal, (signal.SIGINT,)).start()
    assert not session.attempt("k = 0; kept = 7; while true, k = k + 1; end")
    assert session["kept"] == 7.0 and session["k"] > 0
    assert session.attempt("disp(kept)")
    assert "Operation terminated by user" in session.err.getvalue()


def test_a_function_file_changed_on_disk_is_read_again(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "answer.m"
    file.write_text("function r = answer\nr = 1;\n")
    session.run("a = answer;")
    file.write_text("function r = answer\nr = 1234;\n")
    session.run("b = answer;")
    assert (session["a"], session["b"]) == (1.0, 1234.0)


def test_a_change_is_seen_that_leaves_size_and_time_as_they_were(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "answer.m"
    for number in range(10):  # quicker than the file system's clock ticks
        file.write_text(f"function r = answer\npersistent n\nn = [n 1]; r = {number} + 10 * numel(n);\n")
        session.run("a = answer; b = answer;")
        assert (session["a"], session["b"]) == (10.0 + number, 20.0 + number)


def test_a_file_on_the_path_is_found_and_a_private_one_only_from_beside(session, tmp_path, monkeypatch):
    (tmp_path / "lib" / "private").mkdir(parents=True)
    (tmp_path / "lib" / "outer.m").write_text("function r = outer\nr = inner + 1;\n")
    (tmp_path / "lib" / "private" / "inner.m").write_text("function r = inner\nr = 41;\n")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    session.path.add([str(tmp_path / "lib")])
    session.run("x = outer;")
    assert session["x"] == 42.0
    with pytest.raises(ScriptError, match="inner"):
        session.run("y = inner;")


def test_a_script_called_by_name_shares_the_workspace(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "setup_it.m").write_text("base = start * 2;\n")
    session.run("start = 4; setup_it; x = base + 1;")
    assert session["x"] == 9.0


def test_a_fault_of_ours_says_so_and_shows_no_traceback(session, monkeypatch):
    from cnnscript.builtins import find

    entry = find("numel")
    monkeypatch.setattr(entry, "bind", lambda session: lambda nargout, *args: 1 / 0)
    assert not session.attempt("x = numel(1);")
    said = session.err.getvalue()
    assert said.startswith("internal error at <prompt>:1:5: ZeroDivisionError") and "Traceback" not in said


def test_a_session_that_ends_no_longer_measures_the_process():
    session = Session(out=io.StringIO())
    session.run("profile on")
    assert is_measured()
    session.close()
    assert not is_measured()


def is_measured():
    """Is a profiler on?  From Python 3.12 on cProfile is a tool of sys.monitoring."""
    monitoring = getattr(sys, "monitoring", None)
    return sys.getprofile() is not None or (
        monitoring is not None and monitoring.get_tool(monitoring.PROFILER_ID) is not None
    )


def test_the_task_of_a_clean_up_runs_at_the_end_of_the_session_and_never_after_it():
    out = io.StringIO()
    session = Session(out=out)
    session.run("c = onCleanup(@() disp('over')); d = onCleanup(@() disp('late')); e = {d}; clear d")
    session.close()
    assert out.getvalue() == "over\n"
    out.close()
    session.variables.clear()


def test_a_figure_that_cannot_be_drawn_is_told_and_loses_no_other(tmp_path, monkeypatch):
    import io

    from cnnscript import Session
    from cnnscript.pictures.drawing import draw

    drawn = draw.rasterise

    def failing(figure, *rest, **named):
        if figure.number == 1:
            raise ZeroDivisionError("what nobody thought of")
        return drawn(figure, *rest, **named)

    monkeypatch.setattr(draw, "rasterise", failing)
    said = io.StringIO()
    session = Session(out=io.StringIO(), err=said, figures=str(tmp_path))
    assert session.attempt("figure(1); plot(1:3); figure(2); plot(1:4); drawnow; x = 1;")
    assert session["x"] == 1 and not session.close()
    assert "internal error: ZeroDivisionError" in said.getvalue() and "Traceback" not in said.getvalue()
    assert [path.name for path in tmp_path.iterdir()] == ["figure-2.png"]


def test_a_script_named_like_a_builtin_does_not_hide_it_as_a_file_of_matlabs_does(tmp_path):
    (tmp_path / "numel.cnns").write_text("x = 7;")
    (tmp_path / "main.cnns").write_text("n = numel([1 2 3]);")
    (tmp_path / "ndims.m").write_text("function n = ndims(x), n = 99; end")
    session = Session()
    session.run_file(str(tmp_path / "main.cnns"))
    assert session["n"] == 3
    (tmp_path / "other.cnns").write_text("n = ndims(1);")
    session.run_file(str(tmp_path / "other.cnns"))
    assert session["n"] == 99

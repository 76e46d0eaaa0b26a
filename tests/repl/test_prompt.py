"""The prompt through real keys: statements, blocks, faults, leaving."""

import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from cnnscript.repl import converse
from cnnscript.repl.keys import indentation
from cnnscript.session import Session


@pytest.fixture
def talk(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_HISTORY", str(tmp_path / "history"))

    def run(keys):
        out = io.StringIO()
        session = Session(out=out, err=out, figures="words", interactive=True)
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys)
            status = converse(session)
        return status, out.getvalue(), session

    return run


def test_a_statement_runs_at_enter_and_exit_leaves(talk):
    status, said, session = talk("x = 4;\rdisp(x * 2)\rexit\r")
    assert status == 0 and "     8\n" in said and session["x"] == 4.0


def test_an_open_block_goes_on_in_the_next_line(talk):
    _, said, _ = talk("for k = 1:2\rdisp(k)\rend\rexit\r")
    assert "     1\n\n     2\n" in said


def test_a_fault_comes_back_to_the_prompt_with_everything_kept(talk):
    _, said, session = talk("x = 3;\rx(9)\rdisp(x)\rexit\r")
    assert "error: Index exceeds" in said and said.rstrip().endswith("3")


def test_control_d_leaves(talk):
    assert talk("x = 1;\r\x04")[0] == 0


def test_control_c_drops_the_line_being_typed(talk):
    _, _, session = talk("x = 1;\ry = \x03x = 2;\rexit\r")
    assert session["x"] == 2.0 and "y" not in session


def test_exit_with_a_status(talk):
    assert talk("exit(4)\r")[0] == 4


def test_history_is_kept_between_sessions(talk):
    talk("first = 1;\r\x04")
    _, _, session = talk("\x1b[A\r\x04")
    assert session["first"] == 1.0


@pytest.mark.parametrize(
    ("line", "blanks"), [("if x", 4), ("  for k = 1:3", 6), ("x = 1;", 0), ("  y = 2", 2), ("else", 4)]
)
def test_a_block_is_indented(line, blanks):
    assert indentation(line) == " " * blanks

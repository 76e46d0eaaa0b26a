"""The prompt through real keys: statements, blocks, pastes, history, faults, leaving."""

import io
import sys
import threading
import time

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from cnnscript.repl import converse
from cnnscript.session import Session

UP, DOWN, CTRL_C, CTRL_D, CTRL_R = "\x1b[A", "\x1b[B", "\x03", "\x04", "\x12"


def paste(text):
    return f"\x1b[200~{text}\x1b[201~"


@pytest.fixture
def talk(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_HISTORY", str(tmp_path / "history"))
    monkeypatch.chdir(tmp_path)

    def run(*pieces, moment=0.2):
        """Type the pieces, with a moment between them (seconds) in which the prompt looks something up."""
        out = io.StringIO()
        session = Session(out=out, err=out, figures="words", interactive=True)
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):

            def type_them():
                for piece in pieces:
                    pipe.send_bytes(piece) if isinstance(piece, bytes) else pipe.send_text(piece)
                    time.sleep(moment if piece is not pieces[-1] else 0)

            typing = threading.Thread(target=type_them)
            typing.start()
            status = converse(session)
            typing.join()
        return status, out.getvalue(), session

    return run


def test_a_statement_runs_at_enter_and_exit_leaves(talk):
    status, said, session = talk("x = 4;\rdisp(x * 2)\rexit\r")
    assert status == 0 and "     8\n" in said and session["x"] == 4.0


def test_an_open_block_goes_on_in_the_next_line(talk):
    _, said, _ = talk("for k = 1:2\rdisp(k)\rend\rexit\r")
    assert "     1\n\n     2\n" in said


def test_a_fault_is_drawn_under_the_typed_line_and_everything_is_kept(talk):
    _, said, session = talk("x = 3;\rx(9)\rdisp(x)\rexit\r")
    assert "must not exceed 1.\n    x(9)\n    ^^^^\n" in said and said.rstrip().endswith("3")


def test_a_fault_in_several_lines_names_the_line(talk):
    _, said, _ = talk(paste("x = 1;\ny = x + nothing;") + "\rexit\r")
    assert "error: Unrecognized function or variable 'nothing'.\n  line 2\n    y = x + nothing;\n" in said


def test_pasted_lines_wait_for_enter_and_run_in_order(talk):
    _, _, session = talk(paste("x = 1;\nfor k = 1:3\n    x = x * 2;\nend\ny = x;\n") + "\rexit\r")
    assert session["y"] == 8.0


def test_a_pasted_session_loses_its_prompts(talk):
    _, _, session = talk(paste(">> x = 1;\n>> y = x + 1;") + "\rexit\r")
    assert session["y"] == 2.0


def test_control_d_leaves(talk):
    assert talk("x = 1;\r" + CTRL_D)[0] == 0


def test_control_c_drops_the_line_being_typed(talk):
    _, _, session = talk("x = 1;\ry = " + CTRL_C + "x = 2;\rexit\r")
    assert session["x"] == 2.0 and "y" not in session


def test_exit_with_a_status(talk):
    assert talk("exit(4)\r")[0] == 4


def test_history_is_kept_between_sessions(talk):
    talk("first = 1;\r" + CTRL_D)
    _, _, session = talk(UP + "\r" + CTRL_D)
    assert session["first"] == 1.0


def test_up_finds_earlier_lines_that_begin_alike(talk):
    _, _, session = talk("apple = 1;\rbanana = 2;\rclear\r", "app" + UP + "\rexit\r")
    assert session["apple"] == 1.0 and "banana" not in session


def test_control_r_searches_earlier_lines(talk):
    _, _, session = talk("apple = 1;\rbanana = 2;\rclear\r", CTRL_R + "pple", "\r", "\rexit\r", moment=1)
    assert session["apple"] == 1.0 and "banana" not in session


def test_tab_completes_a_variable(talk):
    _, _, session = talk("a_long_name = 7;\r", "y = a_lo\t", ";\rexit\r", moment=2)  # a busy machine looks long
    assert session["y"] == 7.0


def test_figures_are_seen_after_each_statement(talk):
    _, said, _ = talk("imshow(zeros(4,6))\rtitle('dark')\rexit\r")
    assert "figure 1: image 4x6\n" in said and said.rstrip().endswith("figure 1: image 4x6, title 'dark'")


def test_ctrl_c_pressed_again_while_it_is_told_is_told(talk, monkeypatch):
    attempt, pressed = Session.attempt, [1]

    def hurried(session, text, name):
        if pressed and text == "x = 1":
            pressed.pop()
            raise KeyboardInterrupt
        return attempt(session, text, name=name)

    monkeypatch.setattr(Session, "attempt", hurried)
    status, said, session = talk("x = 1\rx = 2;\rexit\r")
    assert status == 0 and "Operation terminated by user.\n" in said and session["x"] == 2.0


@pytest.mark.skipif(sys.platform == "win32", reason="keys are no bytes there")
def test_bytes_that_are_no_text_do_no_harm(talk):
    _, said, _ = talk(b"x = '\xff';\rdisp(double(x))\rexit\r")
    assert "63" in said

"""The prompt in a terminal of its own: Ctrl-C, leaving, and what a person sees."""

import os
import re
import select
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="there are no such terminals here")

ROOT = Path(__file__).parents[2]


class Terminal:
    """A prompt in a terminal; what it shows is kept as text without colours and cursor movements."""

    def __init__(self, folder, **environment):
        self.shown = ""
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            settings = {
                **os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1",
                "CNNSCRIPT_HISTORY": str(folder / "history"), **environment,
            }  # fmt: skip
            for name in ("DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR"):
                settings.pop(name, None)
            os.execve(sys.executable, [sys.executable, "-m", "cnnscript", "--figures", "words"], settings)

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def until(self, wanted, seconds=60):
        """All that is shown from now until a regular expression is met."""
        begin, end = len(self.shown), time.monotonic() + seconds
        while not re.search(wanted, self.text(begin)):
            assert time.monotonic() < end, f"{wanted!r} is not in {self.text(begin)!r}"
            self.read(0.1)
        return self.text(begin)

    def text(self, begin=0):
        return re.sub(r"\x1b\[[\d;?]*[A-Za-z]|\r", "", self.shown[begin:])

    def read(self, seconds):
        """False at the end."""
        if select.select([self.descriptor], [], [], seconds)[0]:
            try:
                self.shown += os.read(self.descriptor, 1 << 16).decode("utf-8", "replace")
            except OSError:
                return False
        return True

    def status(self, seconds=30):
        """The exit status of the prompt, which is leaving."""
        end = time.monotonic() + seconds
        while self.read(0.1):
            assert time.monotonic() < end, self.text()
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.fixture
def terminal(tmp_path):
    made = Terminal(tmp_path)
    made.until("exit`.\n>>")
    yield made
    os.close(made.descriptor)


def test_ctrl_c_ends_a_loop_a_pause_and_a_line_and_keeps_the_workspace(terminal):
    terminal.type("kept = 7; k = 0; while true, k = k + 1; if k == 9, disp('begun'), end, end\r")
    terminal.until("begun\n")
    terminal.type("\x03")
    assert "Operation terminated by user.\n" in terminal.until("user.\n>>")
    terminal.type("disp('begun'), pause(1000)\r")
    terminal.until("begun\n")
    terminal.type("\x03\x03\x03")
    terminal.until("user.\n>>")
    terminal.type("half a line\x03")
    terminal.until("\n>>")
    terminal.type("[kept, k > 0]\r")
    assert re.search(r"ans =\n\n     7     1\n", terminal.until(r"1\n\n>>"))
    terminal.type("\x04")
    assert terminal.status() == 0


def test_errors_are_red_and_drawn_under_the_typed_line(terminal):
    terminal.type("x = 1; x(9)\r")
    said = terminal.until(r"\^\n>>")
    assert "\n    x = 1; x(9)\n           ^^^^\n" in said
    assert "\x1b[1;31merror\x1b[0m: " in terminal.shown
    terminal.type("exit(3)\r")
    assert terminal.status() == 3


def test_leaving_while_tensorflow_is_imported_is_clean(terminal):
    terminal.type("net = squeezenet;\r")
    terminal.until(r"squeezenet;\n(.|\n)*>>")
    terminal.type("exit(4)\r")
    assert terminal.status(10) == 4
    assert terminal.text().endswith("exit(4)\n")

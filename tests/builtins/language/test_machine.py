"""Version, system commands, environment."""

import io
import os

import pytest

from cnnscript.builtins import find
from cnnscript.errors import ScriptError
from cnnscript.session import Session


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def test_versions_compare_as_numbers():
    assert call("verLessThan", "matlab", "9.13") is False and call("verLessThan", "matlab", "99.1") is True
    assert call("isMATLABReleaseOlderThan", "R2019b") is False and call("isMATLABReleaseOlderThan", "R2099a") is True
    with pytest.raises(ScriptError):
        call("verLessThan", "no such toolbox", "1")


def test_exactly_one_kind_of_machine():
    assert call("ispc") + call("isunix") == 1
    assert call("computer", nargout=3)[2] in ("L", "B")


def test_commands_run_and_their_output_is_printed_unless_asked_for():
    session = Session(out=io.StringIO())
    session.run("[s, t] = system('echo conv'); u = system('echo relu');")
    assert session["s"] == 0.0 and session["t"].strip() == "conv" and session.out.getvalue().strip() == "relu"


def test_environment_variables_are_set_and_read(monkeypatch):
    monkeypatch.delenv("CNN_TEST_NAME", raising=False)
    assert call("getenv", "CNN_TEST_NAME") == ""
    call("setenv", "CNN_TEST_NAME", "on", nargout=0)
    assert os.environ.pop("CNN_TEST_NAME") == "on"

"""Time: the stopwatch and pauses."""

import io

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import clocks  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def vector(*numbers):
    return np.array([numbers], float)


def test_the_stopwatch_needs_a_start():
    session = Session(out=io.StringIO())
    with pytest.raises(ScriptError) as caught:
        session.run("toc")
    assert caught.value.identifier == "MATLAB:toc:callTicFirstNoInputs"
    session.run("tic; t = tic; pause(0.01); e = toc(t); f = toc; toc")
    assert session["e"] >= 0.01 and session["f"] >= session["e"] and session["t"].dtype == np.uint64
    assert session.out.getvalue().startswith("Elapsed time is 0.")


def test_a_pause_is_as_long_as_said_and_none_where_nobody_can_press_a_key():
    session = Session(out=io.StringIO())
    session.run("t = tic; pause; e = toc(t);")
    assert session["e"] < 5
    with pytest.raises(ScriptError):
        session.run("pause(-1)")

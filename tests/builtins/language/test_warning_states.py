"""warning in all its forms, and lastwarn."""

import io

import pytest

from cnnscript.builtins.language.warning_states import Warnings
from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session():
    return Session(out=io.StringIO(), err=io.StringIO())


def fault(session, code):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    return caught.value.identifier, caught.value.message


def test_a_warning_goes_to_the_error_output_and_is_remembered(session):
    session.run("warning('net:slow', 'batch %d', 4); [m, i] = lastwarn;")
    assert session.err.getvalue() == "Warning: batch 4\n" and session.out.getvalue() == ""
    assert (session["m"], session["i"]) == ("batch 4", "net:slow")


def test_warnings_are_switched_off_and_on_by_identifier_and_all(session):
    session.run("warning('off', 'net:slow'); warning('net:slow', 'a'); warning('net:other', 'b');")
    session.run("warning off; warning('net:other', 'c'); warning on; warning('net:slow', 'd');")
    assert session.err.getvalue() == "Warning: b\nWarning: d\n"


def test_a_warning_may_be_an_error(session):
    session.run("warning('error', 'net:slow');")
    assert fault(session, "warning('net:slow', 'a')") == ("net:slow", "a")


def test_states_are_saved_and_put_back(session):
    session.run(
        "old = warning('off', 'net:slow'); q = warning('query', 'net:slow'); warning(old);"
        " p = warning('query', 'net:slow');"
    )
    assert session["q"].fields["state"] == "off" and session["p"].fields["state"] == "on"
    session.run("all = warning; warning('off', 'x:y'); warning(all);")


def test_a_warning_that_is_off_is_still_the_last_one():
    warnings, err = Warnings(), io.StringIO()
    warnings.issue(err, "a:b", "first")
    warnings.set("c:d", "off")
    warnings.issue(err, "c:d", "second")
    assert (warnings.identifier, warnings.message) == ("c:d", "second") and err.getvalue() == "Warning: first\n"


def test_warnings_of_built_ins_obey_the_same_switches(session):
    session.run("warning('off', 'MATLAB:DELETE:FileNotFound'); delete('no_such_file_here')")
    assert session.err.getvalue() == ""
    session.run("warning('on', 'MATLAB:DELETE:FileNotFound'); delete('no_such_file_here')")
    assert "not found" in session.err.getvalue()


def test_a_warning_says_where_it_was_said(session, tmp_path):
    (tmp_path / "said.m").write_text("f(1);\nfunction f(x)\n  if x\n    warning('a:b', 'slow');\n  end\nend\n")
    session.run_file(str(tmp_path / "said.m"))
    assert session.err.getvalue() == "Warning: slow\n> In said>f (line 4)\n  In said (line 1)\n"


def test_the_place_is_left_out_where_backtrace_is_off(session):
    session.run("s = warning('off', 'backtrace'); warning('slow');", "said.m")
    assert session.err.getvalue() == "Warning: slow\n"
    session.run("warning(s); q = warning('query', 'backtrace');")
    assert session["q"].fields["state"] == "on"

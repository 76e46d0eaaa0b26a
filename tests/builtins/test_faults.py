"""error, assert, rethrow, MException, warning and what remembers them."""

import io

import pytest

from cnnscript.builtins.faults import Warnings
from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session():
    return Session(out=io.StringIO(), err=io.StringIO())


def fault(session, code):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    return caught.value.identifier, caught.value.message


@pytest.mark.parametrize(
    ("code", "identifier", "message"),
    [
        ("error('plain %d\\n')", "", "plain %d\\n"),
        ("error('number %d', 3)", "", "number 3"),
        ("error('a:b', 'number %d', 3)", "a:b", "number 3"),
        ("error('a:b', 'tab\\tx')", "a:b", "tab\tx"),
        ("error('only:one')", "", "only:one"),
        ("error('with blank: %s', 'x')", "", "with blank: x"),
        ('error("a:b", "text")', "a:b", "text"),
        ("error(struct('message', 'm', 'identifier', 'x:y'))", "x:y", "m"),
        ("assert(false)", "MATLAB:assertion:failed", "Assertion failed."),
        ("assert(1 > 2, 'got %d', 4)", "", "got 4"),
        ("assert(false, 'x:y', 'got %d', 4)", "x:y", "got 4"),
        ("rethrow(struct('message', 'm', 'identifier', 'x:y'))", "x:y", "m"),
        ("throw(MException('x:y', 'n %d', 1))", "x:y", "n 1"),
    ],
)
def test_each_form_gives_its_identifier_and_message(session, code, identifier, message):
    assert fault(session, code) == (identifier, message)


@pytest.mark.parametrize("code", ["error('')", "error([])", "assert(true)", "assert(5)", "rethrow(struct([]))"])
def test_what_is_no_error_does_nothing(session, code):
    session.run(code)
    assert session.out.getvalue() == session.err.getvalue() == ""


def test_assert_wants_one_logical(session):
    assert fault(session, "assert([true false])")[0] == "MATLAB:assertion:LogicalScalar"


def test_a_rethrown_error_is_the_same_one(session):
    session.run("try, error('a:b', 'first'), catch e, try, rethrow(e), catch f, end, end")
    session.run("m = f.message; i = f.identifier; r = getReport(f, 'basic');")
    assert (session["m"], session["i"], session["r"]) == ("first", "a:b", "first")


def test_causes_are_added_to_a_copy(session):
    session.run(
        "a = MException('a:b', 'outer'); b = addCause(a, MException('c:d', 'inner'));"
        " n = numel(a.cause); m = b.cause{1}.message;"
    )
    assert session["n"] == 0.0 and session["m"] == "inner"


def test_an_identifier_must_look_like_one(session):
    assert fault(session, "MException('no identifier', 'x')")[0] == "MATLAB:MException:InvalidIdentifier"


def test_lasterr_remembers_and_is_set(session):
    session.run("try, error('a:b', 'first'), catch, end; [m, i] = lasterr; lasterr('mine'); k = lasterr;")
    assert (session["m"], session["i"], session["k"]) == ("first", "a:b", "mine")


# ----------------------------------------------------------------------------------------------------------- warnings
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


def test_a_warning_that_is_off_leaves_the_last_one_alone():
    warnings, err = Warnings(), io.StringIO()
    warnings.issue(err, "a:b", "first")
    warnings.set("c:d", "off")
    warnings.issue(err, "c:d", "second")
    assert (warnings.identifier, warnings.message) == ("a:b", "first") and err.getvalue() == "Warning: first\n"


def test_warnings_of_built_ins_obey_the_same_switches(session):
    session.run("warning('off', 'MATLAB:DELETE:FileNotFound'); delete('no_such_file_here')")
    assert session.err.getvalue() == ""
    session.run("warning('on', 'MATLAB:DELETE:FileNotFound'); delete('no_such_file_here')")
    assert "not found" in session.err.getvalue()

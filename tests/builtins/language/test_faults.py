"""error, assert, rethrow, MException and what remembers them."""

import io

import pytest

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


# ------------------------------------------------------------------------------------------------------------ reports
PROGRAM = """
function report_of()
try
    outer(1);
catch e
    disp(getReport(e, 'basic'))
    disp('--')
    disp(getReport(e))
end
end
function outer(x)
    inner(x);
end
function inner(x)
    error('a:b', 'bad %d', x);
end
"""


def printed(session, code, name="<prompt>"):
    session.out.seek(0)
    session.out.truncate()
    session.run(code, name)
    return session.out.getvalue().splitlines()


def test_a_report_names_who_raised_it_and_who_called(session):
    lines = printed(session, "report_of();" + PROGRAM, "report_of.m")
    at = lines.index("--")
    assert lines[:at] == ["Error using report_of>inner (line 15)", "bad 1"]
    assert lines[at + 1 :][:6] == [*lines[:at], "", "Error in report_of>outer (line 12)", "    inner(x);", ""]
    assert lines[at + 7 :][:2] == ["Error in report_of (line 4)", "    outer(1);"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("x = [1 2 3]; x(9)", "Index exceeds the number of array elements. Index must not exceed 3."),
        ("zeros({1})", "Error using zeros\nSize inputs must be numeric."),
        ("[1 2] + [1 2 3]", "Arrays have incompatible sizes for this operation."),
        ("error('a:b', 'said here')", "said here"),
    ],
)
def test_a_report_names_built_ins_but_no_operators(session, code, text):
    session.run(f"try, {code}; catch e, r = getReport(e, 'basic', 'hyperlinks', 'off'); end")
    assert session["r"] == text


def test_a_report_tells_the_causes_and_may_have_links(session):
    session.run("e = addCause(MException('a:b', 'outer'), MException('c:d', 'inner')); r = getReport(e);")
    assert session["r"] == "outer\n\nCaused by:\n    inner"
    lines = printed(
        session,
        "try, f(); catch e, disp(getReport(e, 'basic', 'hyperlinks', 'on')), end\nfunction f()\n error('x');\nend",
        "linked.m",
    )
    assert "opentoline('linked.m',3,0)" in lines[0] and lines[1] == "x"
    assert (
        fault(session, "getReport(e, 'basic', 'hyperlinks', 'maybe')")[0] == "MATLAB:MException:getReport:InvalidOption"
    )
    assert fault(session, "getReport(e, 'all')")[0] == "MATLAB:MException:getReport:InvalidType"


def test_throwAsCaller_happens_where_the_function_was_called(session):
    code = """try, a(); catch e, n = e.stack(1).name; l = e.stack(1).line; i = e.identifier; end
function a()
    b();
end
function b()
    throwAsCaller(MException('x:y', 'z'));
end"""
    session.run(code, "calling.m")
    assert (session["n"], session["l"], session["i"]) == ("a", 3.0, "x:y")


def test_rethrow_keeps_the_stack_and_throw_starts_anew(session):
    code = """try, again(@rethrow); catch e, n = {e.stack.name}; end
try, again(@throw); catch e, m = {e.stack.name}; end
function again(how)
    try, deep(); catch e, how(e); end
end
function deep()
    error('x:y', 'z');
end"""
    session.run(code, "again.m")
    assert session["n"].ravel().tolist() == ["deep", "again"] and session["m"].ravel()[0] == "again"


def test_an_error_struct_brings_its_stack(session):
    session.run("try, error('a:b', 'first'); catch e, end")
    session.run(
        "s = struct('message', 'm', 'identifier', 'x:y', 'stack', struct('file', 'f.m', 'name', 'f', 'line', 7));"
    )
    session.run("try, rethrow(s); catch e, l = e.stack.line; n = e.stack.name; end")
    assert (session["l"], session["n"]) == (7.0, "f")


@pytest.mark.parametrize("call", ["error('a:b', 'c')", "rethrow(MException('a:b', 'c'))", "assert(false)"])
def test_what_only_raises_has_no_output(session, call):
    assert fault(session, f"x = {call};") == ("MATLAB:maxlhs", "Too many output arguments.")
    assert fault(session, f"x = cellfun(@(k) {call}, {{1}});")[0] == "MATLAB:maxlhs"
    assert fault(session, f"cellfun(@(k) {call}, {{1}});")[0] != "MATLAB:maxlhs"


def test_addCause_takes_exceptions_only(session):
    identifier, message = fault(session, "addCause(MException('a:b', 'c'), struct())")
    assert message == "Invalid input for argument 2 (rhs2): Value must be 'MException scalar'."


def test_lasterror_is_the_last_error_as_a_struct(session):
    session.run("try, zeros({1}); catch, end; s = lasterror; lasterror('reset'); e = lasterror;")
    assert session["s"].fields["message"] == "Error using zeros\nSize inputs must be numeric."
    assert session["s"].fields["identifier"] == "MATLAB:NonNumericInput" and session["e"].fields["message"] == ""


def test_MException_last_is_what_no_try_caught(session):
    session.attempt("error('a:b', 'seen')")
    session.run("try, error('c:d', 'caught'); catch, end; m = MException.last; i = m.identifier;")
    assert session["i"] == "a:b"
    session.run("MException.last('reset'); m = MException.last; i = m.identifier;")
    assert session["i"] == ""

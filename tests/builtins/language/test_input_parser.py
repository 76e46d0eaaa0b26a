"""inputParser: required, optional, named inputs and switches."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

DECLARED = """
p = inputParser;
p.FunctionName = 'f';
p.addRequired('side', @(x) x > 0);
addOptional(p, 'count', 2, @isnumeric);
p.addParameter('Method', 'bicubic', @ischar);
addParameter(p, 'Scale', 1);
p.addSwitch('quiet');
"""


@pytest.fixture
def session():
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.run(DECLARED)
    return made


def results(session, call):
    session.run(call + "; r = p.Results;")
    return session["r"].fields


def identifier(session, call):
    with pytest.raises(ScriptError) as caught:
        session.run(call)
    return caught.value.identifier


@pytest.mark.parametrize(
    ("call", "changed"),
    [
        ("parse(p, 5)", {}),
        ("p.parse(5, 7)", {"count": 7.0}),
        ("parse(p, 5, 'Method', 'nearest')", {"Method": "nearest"}),
        ("parse(p, 5, 7, 'scale', 3, 'quiet')", {"count": 7.0, "Scale": 3.0, "quiet": True}),
        ("parse(p, 5, 'Meth', 'box')", {"Method": "box"}),
        ("parse(p, 5, struct('Scale', 4))", {"Scale": 4.0}),
        ("parse(p, 5, Scale=6)", {"Scale": 6.0}),
    ],
)
def test_what_is_given_and_what_stays_at_its_default(session, call, changed):
    wanted = {"side": 5.0, "count": 2.0, "Method": "bicubic", "Scale": 1.0, "quiet": False} | changed
    assert results(session, call) == wanted
    session.run("u = p.UsingDefaults;")
    assert set(session["u"].ravel().tolist()) == set(wanted) - set(changed) - {"side"}


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("parse(p)", "MATLAB:InputParser:notEnoughInputs"),
        ("parse(p, -1)", "MATLAB:InputParser:ArgumentFailedValidation"),
        ("parse(p, 5, 'Method', 3)", "MATLAB:InputParser:ArgumentFailedValidation"),
        ("parse(p, 5, 'Methud', 'x')", "MATLAB:InputParser:UnmatchedParameter"),
        ("parse(p, 5, 'Scale')", "MATLAB:InputParser:ParamMissingValue"),
        ("parse(p, 5, 7, 8)", "MATLAB:InputParser:ParamMustBeChar"),
        ("addRequired(p, 'side')", "MATLAB:InputParser:ArgNameAlreadyExists"),
        ("addRequired(p, '1x')", "MATLAB:InputParser:InvalidArgumentName"),
        ("p.Results = 1", "MATLAB:class:SetProhibited"),
    ],
)
def test_what_does_not_fit_is_an_error(session, call, wanted):
    assert identifier(session, call) == wanted


def test_unmatched_names_are_kept_when_asked_for(session):
    session.run("p.KeepUnmatched = true; parse(p, 5, 'Other', 9); u = p.Unmatched;")
    assert session["u"].fields == {"Other": 9.0}


def test_names_may_have_to_be_exact(session):
    session.run("p.CaseSensitive = true; p.PartialMatching = false;")
    assert identifier(session, "parse(p, 5, 'scale', 3)") == "MATLAB:InputParser:UnmatchedParameter"


def test_a_validator_that_raises_tells_why(session):
    session.run("q = inputParser; addRequired(q, 'n', @mustBePositive);")
    with pytest.raises(ScriptError) as caught:
        session.run("parse(q, -1)")
    assert caught.value.message == "The value of 'n' is invalid. Value must be positive."
    session.run("parse(q, 1); n = q.Results.n;")
    assert session["n"] == 1.0


@pytest.mark.parametrize(
    "validator", ["@(x) validateattributes(x, {'numeric'}, {'positive'})", "@(x) assert(x > 0)", "@ispositive"]
)
def test_validators_that_answer_and_those_that_only_raise(session, tmp_path, monkeypatch, validator):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ispositive.m").write_text("function r = ispositive(x)\nr = x > 0;\nend\n")
    session.run(f"q = inputParser; addRequired(q, 'n', {validator}); parse(q, 2);")
    assert identifier(session, "parse(q, -2)") == "MATLAB:InputParser:ArgumentFailedValidation"


def test_a_parser_shows_its_parameters(run):
    lines = run("p = inputParser; addRequired(p, 'w'); addOptional(p, 'h', 4); p")
    assert "Parameters: {'h'  'w'}" in lines
    assert "UsingDefaults: {1×0 cell}" in lines

"""runtests: classes of tests, files of test functions, what is said of failures."""

import io

import pytest

from cnnscript.session import Session

CLASS = """
classdef SumTest < matlab.unittest.TestCase
    properties, Start; end
    properties (TestParameter), k = {1, 2}; end
    methods (TestMethodSetup)
        function begin(tc), tc.Start = 5; end
    end
    methods (Test)
        function right(tc)
            tc.verifyEqual(tc.Start, 5);
            tc.verifyEqual(1.0001, 1, 'AbsTol', 1e-3);
            tc.verifyError(@() error('a:b', 'x'), 'a:b');
            verifySize(tc, ones(2, 3), [2 3]);
            tc.assertClass(single(1), ?single);
            tc.addTeardown(@() disp('torn down'));
        end
        function wrong(tc), tc.verifyEqual(1, 2, 'one is not two'); tc.verifyTrue(true); end
        function faulty(tc), x = [1 2]; x(3); end
        function skipped(tc), tc.assumeTrue(false); end
        function many(tc, k), tc.verifyLessThan(k, 3); end
    end
end
"""
FUNCTIONS = """
function tests = plusTest
tests = functiontests(localfunctions);
end
function setupOnce(t)
t.TestData.x = 3;
end
function testOne(t)
verifyEqual(t, t.TestData.x, 3)
end
function other(t)
error('not a test')
end
"""


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "SumTest.m").write_text(CLASS)
    (tmp_path / "plusTest.m").write_text(FUNCTIONS)
    return Session(out=io.StringIO(), err=io.StringIO())


def test_each_method_of_a_test_class_is_run_and_judged(session):
    session.run("r = runtests('SumTest'); n = {r.Name}; v = [r.Passed; r.Failed; r.Incomplete];")
    assert session["n"].ravel().tolist() == [
        "SumTest/right", "SumTest/wrong", "SumTest/faulty", "SumTest/skipped", "SumTest/many(k=1)", "SumTest/many(k=2)",
    ]  # fmt: skip
    assert session["v"].tolist() == [[1, 0, 0, 0, 1, 1], [0, 1, 1, 0, 0, 0], [0, 0, 1, 1, 0, 0]]
    printed = session.out.getvalue()
    assert "torn down" in printed and "one is not two" in printed and "Failure Summary:" in printed


def test_local_functions_are_tests_by_their_names(session):
    session.run("r = runtests('plusTest'); v = [numel(r) r.Passed]; T = table(r); w = size(T);")
    assert session["v"].tolist() == [[1, 1]]
    assert session["w"].tolist() == [[1, 5]]


def test_a_folder_has_the_tests_of_its_files(session):
    session.run("r = runtests; n = numel(r); r = runtests(pwd, 'ProcedureName', 'right'); m = numel(r);")
    assert session["n"] == 7 and session["m"] == 1


def test_verifications_at_the_prompt_say_whether_they_passed(session):
    session.run("t = matlab.unittest.TestCase.forInteractiveUse; t.verifyEqual(2, 2); t.verifyFalse(true);")
    printed = session.out.getvalue()
    assert printed.startswith("Verification passed.\nVerification failed.\n")
    assert 'The value must evaluate to "false".' in printed


def test_a_run_that_failed_is_an_error_where_success_is_demanded(session):
    with pytest.raises(Exception, match="SumTest/wrong"):
        session.run("assertSuccess(run(SumTest));")


def test_a_class_in_a_constraint_is_a_name_or_a_meta_class(run):
    fault = run.fault(
        "t = matlab.unittest.TestCase.forInteractiveUse; verifyThat(t, 3, matlab.unittest.constraints.IsOfClass(0))"
    )
    assert fault.message == "The class must be a name or a meta.class."

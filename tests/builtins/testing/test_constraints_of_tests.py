"""matlab.unittest constraints and fixtures in test classes; scripts whose sections are tests."""

CLASS = """
classdef FolderTest < matlab.unittest.TestCase
    methods (Test)
        function inside(t)
            import matlab.unittest.constraints.*
            import matlab.unittest.fixtures.WorkingFolderFixture
            f = t.applyFixture(WorkingFolderFixture);
            t.verifyThat(pwd, IsEqualTo(f.Folder) | EndsWithSubstring(f.Folder))
            t.verifyThat(3.01, IsEqualTo(3, 'Within', AbsoluteTolerance(0.1)))
            t.verifyWarning(@() warning('a:b', 'heard'), 'a:b')
            t.verifyThat(4, IsLessThan(3) & ~IsTrue)
        end
    end
end
"""
SCRIPT = """x = 3;
%% Test 1: sum of angles
x = x + 1; assert(x == 4)
%% it stays
assert(half(x) == 4, 'half is %g', half(x))
function y = half(x)
y = x / 2;
end
"""


def test_a_value_is_held_against_constraints_in_a_folder_of_the_test(run, tmp_path):
    (tmp_path / "FolderTest.m").write_text(CLASS)
    lines = run("before = pwd; r = runtests('FolderTest'); same = strcmp(before, pwd);")
    assert run["same"] is True and "verifyThat failed." in lines
    assert "--> The value must be less than the maximum value." in lines
    assert not any("heard" in line for line in lines)


def test_constraints_need_their_arguments(run):
    assert run.fault("matlab.unittest.constraints.HasSize").identifier == "MATLAB:minrhs"
    fault = run.fault("t = matlab.unittest.TestCase.forInteractiveUse; t.verifyThat(1, 1)")
    assert fault.identifier == "MATLAB:unittest:Constraint:MustBeConstraint"


def test_a_constraint_that_is_not_met_says_so(run):
    run("t = matlab.unittest.TestCase.forInteractiveUse;")
    names = {"IsSubsetOf([1 2])": "3", "IsSameSetAs([1 2])": "1", "HasNaN": "1", "IsReal": "1i", "HasField('b')": "1"}
    for name, value in names.items():
        assert run(f"t.verifyThat({value}, matlab.unittest.constraints.{name})")[0] == "Verification failed."


def test_the_sections_of_a_script_are_tests_with_variables_of_their_own(run, tmp_path):
    (tmp_path / "angleTest.m").write_text(SCRIPT)
    lines = run("r = runtests('angleTest'); names = {r.Name}; passed = [r.Passed];")
    assert run["names"].tolist() == [["angleTest/Test1_SumOfAngles", "angleTest/itStays"]]
    assert run["passed"].tolist() == [[True, False]]
    assert "Error occurred in angleTest/itStays and it did not run to completion." in lines
    assert "half is 1.5" in lines


def test_an_import_reaches_the_functions_of_a_class_of_the_product(run):
    run("import matlab.unittest.TestSuite\ns = TestSuite.fromFolder(pwd); n = numel(s);")
    assert run["n"] == 0

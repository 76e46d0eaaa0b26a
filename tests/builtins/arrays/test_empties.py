"""Empty arrays of a class, and missing elements beside those of other classes."""


def test_an_empty_array_keeps_its_class_and_size(run):
    assert run("disp(size(double.empty(3, 0))); disp(class(string.empty))") == ["3     0", "string"]
    assert run("s = struct.empty; disp(numel(s)); c = cell.empty(0, 2); disp(size(c))") == ["0", "0     2"]
    assert run.fault("double.empty(2, 3)").identifier == "MATLAB:class:emptyMustBeZero"


def test_missing_takes_the_class_of_its_neighbours(run):
    assert run("disp([1 missing 3])") == ["1   NaN     3"]
    assert run("disp([categorical({'a'}) missing])") == ["a      <undefined>"]
    assert run("disp(isnat([datetime(2020, 1, 1) missing]))") == ["0   1"]
    assert run('disp(ismissing(["a" missing]))') == ["0   1"]


def test_ends_are_filled_otherwise_than_gaps(run):
    run("F = fillmissing([NaN 2 NaN 4 NaN], 'linear', 'EndValues', 'nearest');")
    assert run("disp(F)") == ["2     2     3     4     4"]
    assert run("[F, tf] = fillmissing({'a' '' 'c'}, 'next'); disp(F)") == ["{'a'}    {'c'}    {'c'}"]
    assert run("disp(tf)") == ["0   1   0"]

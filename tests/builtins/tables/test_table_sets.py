import pytest

SETUP = "T = table([1; NaN; 1; NaN], {'a'; ''; 'a'; 'b'}, 'VariableNames', {'n' 's'});"


@pytest.fixture
def holes(run):
    run(SETUP)
    return run


def test_rows_with_missing_numbers_differ(holes):
    assert holes("disp(height(unique(T)))") == ["3"]
    assert holes("disp(height(unique([T; T])))") == ["5"]


def test_rows_are_compared_whole(holes):
    assert holes("disp(ismember(T(1, :), table(1, {'b'}, 'VariableNames', {'n' 's'})))") == ["0"]
    assert holes("disp(ismember(T(1, :), table({'a'}, 1, 'VariableNames', {'s' 'n'})))") == ["1"]
    assert holes.fault("ismember(T, table(1))").message == "The tables must have the same variable names."


def test_missing_elements_are_found_removed_and_filled(holes):
    assert holes("disp(ismissing(T)')") == ["0   1   0   1", "0   1   0   0"]
    assert holes("disp(height(rmmissing(T)))") == ["2"]
    assert holes("disp(width(rmmissing(T, 2)))") == ["0"]
    assert holes("disp(height(rmmissing(T, 'MinNumMissing', 2)))") == ["3"]
    assert holes("F = fillmissing(T, 'constant', {0, 'none'}); disp(F.n'), disp(F.s')") == [
        "1     0     1     0",
        "{'a'}    {'none'}    {'a'}    {'b'}",
    ]


def test_a_fill_that_is_not_there_is_said(holes):
    fault = holes.fault("fillmissing(T, 'linear')")
    assert fault.identifier == "MATLAB:fillmissing:LinearNotSupported" and "the variable 's'" in fault.notes
    assert holes("F = fillmissing(T, 'previous'); disp(F.s')") == ["{'a'}    {'a'}    {'a'}    {'b'}"]


def test_indicators_stand_for_missing_in_variables_of_their_kind(run):
    run('T = table([-1; 2], ["x"; "-"], categorical({\'a\'; \'q\'}));')
    assert run("S = standardizeMissing(T, {-1, '-', 'q'}); disp(ismissing(S))") == ["1   0   0", "0   1   1"]

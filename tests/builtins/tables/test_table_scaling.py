"""normalize of tables: each variable by itself, some of them, beside the others."""

import pytest


@pytest.fixture
def table(run):
    run("T = table([1; 2; 3], {'a'; 'b'; 'c'}, [2 0; 4 5; 9 10], 'VariableNames', {'x' 's' 'm'});")
    return run


def test_chosen_variables_are_scaled_and_the_others_stay(table):
    table("N = normalize(T, 'range', 'DataVariables', {'x' 'm'}); a = N.x; b = N.m(:, 2); c = N.s;")
    assert table["a"].ravel().tolist() == table["b"].ravel().tolist() == [0, 0.5, 1]
    assert table["c"].ravel().tolist() == ["a", "b", "c"]


def test_centers_and_scales_undo_it(table):
    table("[N, C, S] = normalize(T, 'DataVariables', @isnumeric); same = isequal(T.m, N.m .* S.m + C.m);")
    table("names = C.Properties.VariableNames;")
    assert table["same"] is True and table["names"].ravel().tolist() == ["x", "m"]


def test_scaled_variables_may_stand_behind_the_others(table):
    table("N = normalize(T, 'DataVariables', 'x', 'ReplaceValues', false); names = N.Properties.VariableNames;")
    assert table["names"].ravel().tolist() == ["x", "s", "m", "x_normalized"]
    table("N = normalize(N, 'DataVariables', 'x', 'ReplaceValues', false); names = N.Properties.VariableNames;")
    assert table["names"].ravel().tolist() == ["x", "s", "m", "x_normalized", "x_normalized_1"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("normalize(T)", "must be numbers"),
        ("normalize(T, 2, 'DataVariables', 'x')", "a dimension cannot be given"),
        ("normalize(T, 'DataVariables', 'nope')", "nope"),
    ],
)
def test_what_does_not_fit_is_told(table, call, words):
    fault = table.fault(call)
    assert words in fault.message or any(words in note for note in fault.notes)

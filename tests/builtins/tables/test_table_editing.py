import pytest

PETS = "T = table({'cat'; 'dog'; 'ant'; 'cow'}, [4; 4; 6; 4], [3; 5; NaN; 1], 'VariableNames', {'name' 'legs' 'age'});"


@pytest.fixture
def pets(run):
    run(PETS)
    return run


def test_rows_sort_by_several_variables_each_its_own_way(pets):
    assert pets("disp(sortrows(T, {'legs' 'name'}, {'descend' 'ascend'}).name')") == [
        "{'ant'}    {'cat'}    {'cow'}    {'dog'}"
    ]
    assert pets("disp(sortrows(T, [2 -3]).age')") == ["5     3     1   NaN"]
    assert pets("T.Properties.RowNames = T.name; disp(sortrows(T, 'RowNames').name{1})") == ["ant"]


def test_missing_values_sort_last_and_descending_first(pets):
    assert pets("disp(sortrows(T, 'age').age')") == ["1     3     5   NaN"]
    assert pets("disp(sortrows(T, 'age', 'descend').age')") == ["NaN     5     3     1"]
    assert pets("disp(sortrows(T, 'age', 'descend', 'MissingPlacement', 'last').age')") == ["5     3     1   NaN"]


def test_variables_go_where_they_are_sent(pets):
    assert pets("disp(movevars(T, 'age', 'After', 'name').Properties.VariableNames)") == [
        "{'name'}    {'age'}    {'legs'}"
    ]
    assert pets("disp(addvars(T, [1;2;3;4], 'After', 1).Properties.VariableNames)") == [
        "{'name'}    {'Var4'}    {'legs'}    {'age'}"
    ]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("addvars(T, 1)", "To assign to or create a variable in a table, the number of rows must match"),
        ("addvars(T, [1;2;3;4], 'Before', 1, 'After', 1)", "'Before' and 'After' cannot be given both."),
        ("removevars(T, 'x')", "Unrecognized table variable name 'x'."),
        ("movevars(T, 'age', 'Before', 'age')", "Variables cannot be moved beside themselves."),
        ("renamevars(T, 'age', {'a' 'b'})", "The number of new names must match the number of variables."),
        ("renamevars(T, 'age', 'name')", "Duplicate table variable name: 'name'."),
        ("sortrows(T, 'age', 'upward')", "Expected Direction to match one of these values"),
        ("splitvars(T, 'age', 'NewVariableNames', {'a' 'b'})", "The number of new names must match"),
    ],
)
def test_what_cannot_be_edited_is_said(pets, code, message):
    assert pets.fault(code).message.startswith(message)


def test_merging_and_splitting_undo_one_another(pets):
    assert pets(
        "M = mergevars(T, {'legs' 'age'}, 'NewVariableName', 'n');"
        "S = splitvars(M, 'n', 'NewVariableNames', {'legs' 'age'}); disp(isequaln(S, T))"
    ) == ["1"]


def test_first_and_last_rows_that_nothing_takes_are_shown_without_a_name(pets):
    assert pets("head([1; 2; 3], 1); tail([4; 5], 1); disp(exist('ans'))") == ["1", "5", "0"]


def test_splitting_takes_tables_of_one_variable_apart_too(pets):
    assert pets("S = splitvars(addvars(T(:, 1), T(:, 'age'))); disp(isequaln(S.age, T.age))") == ["1"]


def test_stacking_and_unstacking_undo_one_another(pets):
    assert pets(
        "S = stack(T, {'legs' 'age'}, 'NewDataVariableName', 'v', 'IndexVariableName', 'what');"
        "U = unstack(S, 'v', 'what'); disp(isequaln(sortrows(T, 'name'), U))"
    ) == ["1"]


def test_unstacking_adds_up_values_of_one_place(run):
    run("S = table([1; 1; 1], {'a'; 'a'; 'b'}, [1; 2; 5], 'VariableNames', {'id' 'k' 'v'});")
    assert run("disp(unstack(S, 'v', 'k').a)") == ["3"]
    assert run("disp(unstack(S, 'v', 'k', 'AggregationFunction', @min).a)") == ["1"]


def test_a_turned_table_keeps_classes_where_they_agree(pets):
    assert pets("R = rows2vars(T, 'VariableNamesSource', 'name'); disp(class(R.cat)), disp(R.cat')") == [
        "double",
        "4     3",
    ]


def test_rows_go_into_a_table_of_empty_variables(run):
    run("T = table([], {}, [], 'VariableNames', {'a', 'b', 'c'});")
    run("T(end+1, :) = {1, 'x', \"s\"}; T(end+1, :) = {3, 'y', \"t\"};")
    run("ok = isequal(T.a, [1; 3]) && isequal(T.b, {'x'; 'y'}) && isequal(T.c, [\"s\"; \"t\"]);")
    assert run["ok"] is True


def test_rows_of_a_table_are_asked_whether_they_are_sorted(pets):
    assert pets(
        "disp([issortedrows(T), issortedrows(T, 'legs'), issortedrows(sortrows(T, 'name')), "
        "issortedrows(sortrows(T, 'age', 'descend'), 'age', 'descend'), issortedrows(T, -2)])"
    ) == ["0   0   1   1   0"]
    assert pets("S = sortrows(T, 'legs'); disp([issortedrows(S, 2), issortedrows(S, 2, 'strictascend')])") == ["1   0"]
    assert pets("S = sortrows(T, 'age'); disp([issortedrows(S, 'age'), issortedrows(S, 'age', 'MissingPlacement', "
                "'first')])") == ["1   0"]  # fmt: skip
    assert "wings" in pets.fault("issortedrows(T, 'wings')").message

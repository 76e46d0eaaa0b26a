import pytest

SETUP = """L = table({'b'; 'a'; 'c'; 'a'}, [1; 2; 3; 4], 'VariableNames', {'id' 'x'});
R = table({'a'; 'b'; 'd'}, [10; 20; 40], 'VariableNames', {'id' 'x'});
U = renamevars(R, {'id' 'x'}, {'key' 'y'});"""


@pytest.fixture
def two(run):
    run(SETUP)
    return run


def test_the_inner_join_has_pairs_in_the_order_of_the_keys(two):
    two("[T, il, ir] = innerjoin(L, R, 'Keys', 'id');")
    assert two("disp(T.Properties.VariableNames)") == ["{'id'}    {'x_L'}    {'x_R'}"]
    assert two("disp([T{:, 2:3} il ir])") == ["2    10     2     1", "4    10     4     1", "1    20     1     2"]


def test_keys_may_have_different_names(two):
    assert two("T = innerjoin(L, U, 'LeftKeys', 'id', 'RightKeys', 'key'); disp(T.y')") == ["10    10    20"]


def test_the_outer_join_keeps_rows_without_a_partner(two):
    two("T = outerjoin(L, U, 'LeftKeys', 'id', 'RightKeys', 'key');")
    assert two("disp(T.Properties.VariableNames)") == ["{'id'}    {'x'}    {'key'}    {'y'}"]
    assert two("disp([T.x T.y]')") == ["2     4     1     3   NaN", "10    10    20   NaN    40"]
    assert two("T = outerjoin(L, R, 'Keys', 'id', 'MergeKeys', true); disp(T.id')") == [
        "{'a'}    {'a'}    {'b'}    {'c'}    {'d'}"
    ]
    assert two("disp(height(outerjoin(L, R, 'Keys', 'id', 'Type', 'left')))") == ["4"]
    assert two("disp(height(outerjoin(L, R, 'Keys', 'id', 'Type', 'right')))") == ["4"]


def test_join_needs_every_key_once_on_the_right(two):
    assert two.fault("join(L, U, 'LeftKeys', 'id', 'RightKeys', 'key')").message == (
        "The key variable for B must contain all values in the key variable for A."
    )
    assert two.fault("join(R, L, 'Keys', 'id')").message == "The key variable for B must have unique values."
    assert two("T = join(L([1 2 4], :), U, 'LeftKeys', 'id', 'RightKeys', 'key'); disp(T.y')") == ["20    10    10"]


def test_tables_without_a_common_name_have_no_key(two):
    assert two.fault("innerjoin(L, U)").message == "Cannot find a common table variable to use as a key variable."


def test_missing_keys_pair_with_nothing(run):
    run("A = table([1; NaN], [1; 2], 'VariableNames', {'k' 'a'}); B = table([1; NaN], 'VariableNames', {'k'});")
    assert run("disp(height(innerjoin(A, B)))") == ["1"]


def test_strings_are_still_joined_by_join(run):
    assert run('disp(join(["a" "b"]))') == ["a b"]

"""combinations, underlyingType."""


def test_combinations_are_rows_the_last_array_changing_fastest(run):
    run("a = [1 2]; T = combinations(a, {'x', 'y', 'z'}); n = T.Properties.VariableNames;")
    run("c = height(combinations([], 1));")
    assert run["n"].tolist() == [["a", "Var2"]] and run["c"] == 0
    run("ok = isequal(T.a, [1; 1; 1; 2; 2; 2]) && isequal(T.Var2, {'x'; 'y'; 'z'; 'x'; 'y'; 'z'});")
    assert run["ok"] is True
    assert run.fault("combinations()").identifier == "MATLAB:minrhs"


def test_underlying_type_is_the_class_of_the_numbers(run):
    run("a = underlyingType(int8(1)); b = isUnderlyingType(single(1), \"single\"); c = isUnderlyingType(1, 'single');")
    assert (run["a"], run["b"], run["c"]) == ("int8", True, False)

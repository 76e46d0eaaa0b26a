"""combinations, isuniform, underlyingType."""


def test_combinations_are_rows_the_last_array_changing_fastest(run):
    run("a = [1 2]; T = combinations(a, {'x', 'y', 'z'}); n = T.Properties.VariableNames;")
    run("c = height(combinations([], 1));")
    assert run["n"].tolist() == [["a", "Var2"]] and run["c"] == 0
    run("ok = isequal(T.a, [1; 1; 1; 2; 2; 2]) && isequal(T.Var2, {'x'; 'y'; 'z'; 'x'; 'y'; 'z'});")
    assert run["ok"] is True
    assert run.fault("combinations()").identifier == "MATLAB:minrhs"


def test_isuniform_tells_one_step(run):
    run("[a, s] = isuniform(0:0.1:1); b = isuniform([1 2 4]); [c, t] = isuniform([3 2 1]); d = isuniform([2 2]);")
    assert (run["a"], run["b"], run["c"], run["t"], run["d"]) == (True, False, True, -1, False)
    assert abs(run["s"] - 0.1) < 1e-12


def test_underlying_type_is_the_class_of_the_numbers(run):
    run("a = underlyingType(int8(1)); b = isUnderlyingType(single(1), \"single\"); c = isUnderlyingType(1, 'single');")
    assert (run["a"], run["b"], run["c"]) == ("int8", True, False)

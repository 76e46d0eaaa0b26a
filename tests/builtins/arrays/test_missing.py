"""missing: a value without a type, until it stands beside others."""

import numpy as np


def test_missing_has_a_class_of_its_own(run):
    run("m = missing; a = class(m); b = isa(m, 'missing'); c = isstring(m); d = class([m m]); e = class(repmat(m, 2));")
    assert (run["a"], run["b"], run["c"], run["d"], run["e"]) == ("missing", True, False, "missing", "missing")
    run("x = [m m m]; a = class(x(2)); b = class(x'); x(2) = []; c = class(x); x(1) = missing; d = class(x);")
    assert {run[name] for name in "abcd"} == {"missing"}


def test_missing_takes_the_class_of_what_it_is_beside(run):
    assert run("x = [1 missing 3]") == ["x =", "1   NaN     3"]
    assert run('s = ["a" missing]')[-1] == '"a"    <missing>'
    run("a = class(string(missing)); b = class([string(missing) 1]); c = isnat([datetime(2024, 1, 1) missing]);")
    assert run["a"] == run["b"] == "string" and run["c"].tolist() == [[False, True]]
    run('t = isnat(datetime(["2024-01-02" missing])); u = isnat(datetime(missing));')
    run("v = isnan(duration([missing missing]));")
    assert run["t"].tolist() == [[False, True]] and run["u"] is True and run["v"].tolist() == [[True, True]]


def test_missing_equals_nothing(run):
    run("a = missing == missing; b = missing ~= 1; c = missing == 1; d = isequal(missing, missing);")
    run("e = ismissing(missing);")
    assert (run["a"], run["b"], run["c"], run["d"], run["e"]) == (False, True, False, False, True)


def test_missing_is_shown_with_its_class(run):
    assert run("m = missing") == ["m =", "missing", "<missing>"]
    assert run("m = [missing missing]") == ["m =", "1×2 missing array", "<missing>    <missing>"]
    assert run("c = {missing}")[-1] == "{1×1 missing}"
    assert run("s.a = missing")[-1] == "a: [1×1 missing]"


def test_curves_fill_gaps_as_interp1_does(run):
    run("x = [1 8 NaN 64 125 NaN]; s = fillmissing(x, 'spline'); k = [1 2 4 5];")
    run("p = fillmissing(x, 'pchip'); q = interp1(k, x(k), [3 6], 'pchip', 'extrap');")
    run("m = fillmissing(x, 'makima'); r = interp1(k, x(k), [3 6], 'makima', 'extrap');")
    assert np.allclose(run["s"], [[1, 8, 27, 64, 125, 216]])
    assert np.allclose(run["p"][0, [2, 5]], run["q"][0]) and np.allclose(run["m"][0, [2, 5]], run["r"][0])


def test_means_and_medians_of_windows_fill_gaps(run):
    run(
        "a = fillmissing([1 NaN 3; NaN NaN 5; 7 8 NaN], 'movmean', 3); c = fillmissing([1 NaN 5], 'movmean', [1 0], 2);"
    )
    run("b = fillmissing([1 NaN NaN NaN 9], 'movmedian', 3); d = fillmissing(single([NaN 2 NaN]), 'movmean', 3);")
    run("T = fillmissing(table([1; NaN; 3], 'VariableNames', {'x'}), 'movmean', 3); t = T.x;")
    assert np.array_equal(run["a"], [[1, np.nan, 3], [4, 8, 5], [7, 8, 5]], equal_nan=True)
    assert np.array_equal(run["b"], [[1, 1, np.nan, 9, 9]], equal_nan=True) and run["c"].tolist() == [[1, 1, 5]]
    assert run["d"].tolist() == [[2, 2, 2]] and run["d"].dtype == np.float32
    assert run["t"].ravel().tolist() == [1, 2, 3]


def test_ends_may_be_left_missing_and_windows_are_for_numbers(run):
    run("x = fillmissing([NaN 2 NaN 4 NaN], 'linear', 'EndValues', 'none');")
    assert np.array_equal(run["x"], [[np.nan, 2, 3, 4, np.nan]], equal_nan=True)
    for call in (
        "fillmissing([1 NaN], 'movmean')",
        "fillmissing([\"a\" missing], 'movmean', 3)",
        "fillmissing({'a' ''}, 'spline')",
        "fillmissing([1 NaN 2], 'movmean', -1)",
        "fillmissing([1 NaN 2], 'linear', 3, 2)",
    ):
        assert run.fault(call).message


def test_sample_points_say_how_far_elements_are_apart(run):
    run("p = [0 1 10]; a = fillmissing([0 NaN 10], 'linear', 'SamplePoints', p); t = [1 NaN 3];")
    run("b = fillmissing(t, 'nearest', SamplePoints=p); c = fillmissing(t, 'movmean', 4, SamplePoints=p);")
    run('d = fillmissing(["a" missing "b"], \'nearest\', SamplePoints=[0 9 10]);')
    run("e = fillmissing([0 NaN 100 121], 'spline', SamplePoints=[0 5 10 11]);")
    assert run["a"].tolist() == [[0, 1, 10]] and run["b"].tolist() == [[1, 1, 3]] and run["c"].tolist() == [[1, 1, 3]]
    assert run["d"].data.tolist() == [["a", "b", "b"]] and np.allclose(run["e"], [[0, 25, 100, 121]])
    for points in ("[1 2]", "[1 1 2]", "[3 2 1]", "'abcd'"):
        assert run.fault(f"fillmissing([1 NaN 3], 'linear', SamplePoints={points})").message


def test_gaps_longer_than_the_most_stay(run):
    run("x = [NaN NaN 1 NaN 3 NaN NaN 6]; a = fillmissing(x, 'linear', MaxGap=2);")
    run("b = fillmissing(x, 'constant', 0, MaxGap=2); [c, f] = fillmissing(x', 'previous', MaxGap=3);")
    nan = np.nan
    assert np.array_equal(run["a"], [[-1, 0, 1, 2, 3, nan, nan, 6]], equal_nan=True)
    assert np.array_equal(run["b"], [[0, 0, 1, 0, 3, nan, nan, 6]], equal_nan=True)
    assert np.array_equal(run["c"].T, [[nan, nan, 1, 1, 3, 3, 3, 6]], equal_nan=True)
    assert run["f"].ravel().tolist() == [False, False, False, True, False, True, True, False]
    assert run.fault("fillmissing([1 NaN], 'linear', MaxGap=0)").message

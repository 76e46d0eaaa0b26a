"""missing: a value without a type, until it stands beside others."""


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

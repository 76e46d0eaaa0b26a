def test_a_memoized_function_runs_once_for_equal_inputs(run):
    run("f = memoize(@(x) rand(1, x)); a = f(3); b = f(3); c = f(single(3)); d = f(4); s = stats(f); t = f.stats();")
    assert run["a"].tolist() == run["b"].tolist() != run["c"].tolist()
    cache = run["s"].fields["Cache"].fields
    assert (cache["TotalHits"], cache["TotalMisses"]) == (1, 3) and cache["HitCount"].tolist() == [[1, 0, 0]]
    assert run["t"].fields["MostHitCachedInput"].fields["Hits"] == 1
    run("a(2) = 7; e = f(3); f.clearCache(); g = f(3); k = cellfun(f, {1});")
    assert run["e"].tolist() == run["b"].tolist() != run["g"].tolist()


def test_outputs_that_are_asked_for_are_kept_apart(run):
    run(
        "g = memoize(@size); x = g(ones(2, 3)); [p, q] = g(ones(2, 3)); [r, t] = g(ones(2, 3));"
        "same = g == memoize(@size);"
    )
    assert run["x"].tolist() == [[2, 3]] and (run["p"], run["q"], run["r"], run["t"]) == (2, 3, 2, 3)
    assert run["same"] is True
    run("s = stats(g); n = s.Cache.TotalHits; clearAllMemoizedCaches; s = stats(g); m = s.Cache.TotalHits;")
    assert (run["n"], run["m"]) == (1, 0)


def test_the_cache_has_a_size_and_can_be_switched_off(run):
    run(
        "f = memoize(@(x) rand * x); f.CacheSize = 2; a = f(1); f(2); f(3); b = f(1); "
        "f.Enabled = false; c = f(1); d = f(1);"
    )
    assert run["a"] != run["b"] and run["c"] != run["d"]
    assert run.fault("f.CacheSize = 0;").message == "CacheSize must be a positive integer."
    assert run.fault("f.Nothing = 0;").identifier == "MATLAB:noPublicFieldForClass"


def test_stats_is_no_function_without_a_memoized_function(run):
    assert run.fault("stats(3)").identifier == "MATLAB:UndefinedFunction"
    run("stats = 4; x = stats + 1;")
    assert run["x"] == 5

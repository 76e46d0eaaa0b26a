"""Zeros and minima: the steps, what is printed on the way, and the ends of runs."""

import numpy as np

HUMPS = "@(x) 1./((x-.3).^2+.01) + 1./((x-.9).^2+.04) - 6"


def test_zeros_are_found_from_a_point_an_interval_and_a_name(run):
    run("a = fzero('cos', 1); b = fzero(@(x) x^2 - 4, [0 5]); c = fzero(@(x, k) x - k, 1, [], 7);")
    assert np.allclose([run["a"], run["b"], run["c"]], [np.pi / 2, 2, 7])
    run("d = fzero('x^2 - 2', [0 2]); e = fminbnd('cos(x)', 2, 4);")
    assert np.allclose([run["d"], run["e"]], [2**0.5, np.pi], atol=1e-4)
    assert run.fault("fzero(@(x) x^2 + 4, [0 5])").identifier == "MATLAB:fzero:ValuesAtEndPtsSameSign"


def test_every_step_to_a_zero_is_shown(run):
    lines = run(f"[x, f, e, o] = fzero({HUMPS}, [-1 1], optimset('Display', 'iter'));")
    assert lines[0] == "Func-count    x          f(x)             Procedure"
    assert lines[1] == "2              -1      -5.13779        initial"
    assert lines[5] == "6       -0.115287      0.414441        bisection"
    assert lines[-2] == "13       -0.131618   8.88178e-16        interpolation"
    assert lines[-1] == "Zero found in the interval [-1, 1]"
    assert run("disp([o.iterations o.funcCount e])") == ["11    13     1"]


def test_a_search_that_finds_no_sign_change_gives_nan_and_says_so(run):
    lines = run("[x, f, e] = fzero(@(x) x^2 + 1, 1);")
    assert np.isnan(run["x"]) and run["e"] == -3
    assert lines[0] == "Exiting fzero: aborting search for an interval containing a sign change"
    assert run("[x, f, e] = fzero(@(x) x^2 + 1, 1, optimset('Display', 'off'));") == []
    run("[x, f, e] = fzero(@(x) sqrt(x), 1, optimset('Display', 'off'));")
    assert run["e"] == -4


def test_minima_between_bounds_are_found_step_by_step(run):
    lines = run(f"[x, f, e, o] = fminbnd({HUMPS}, 0.3, 1, optimset('Display', 'iter'));")
    assert lines[1] == "1       0.567376      12.9098        initial"
    assert lines[9] == "9       0.637052      11.2528        parabolic"
    assert run("disp([o.iterations o.funcCount e])") == ["8     9     1"]
    run("[x, f, e] = fminbnd(@cos, 2, 4, optimset('MaxIter', 1, 'Display', 'off')); g = e;")
    assert run["g"] == 0
    assert "x1 > x2" in run("x = fminbnd(@cos, 4, 2);")[0]


def test_the_simplex_takes_the_known_steps(run):
    rosen = "@(x) 100*(x(2)-x(1)^2)^2 + (1-x(1))^2"
    lines = run(f"[x, f, e, o] = fminsearch({rosen}, [-1.2 1], optimset('Display', 'iter'));")
    assert lines[1:5] == [
        "0            1             24.2",
        "1            3            20.05         initial simplex",
        "2            5           5.1618         expand",
        "3            7           4.4978         reflect",
    ]
    assert run("disp([o.iterations o.funcCount e])") == ["85   159     1"]
    lines = run(f"[x, f, e] = fminsearch({rosen}, [-1.2 1], optimset('MaxFunEvals', 10));")
    assert run["e"] == 0 and lines[0] == "Exiting: Maximum number of function evaluations has been exceeded"


def test_output_functions_watch_and_stop_a_run(run):
    run("log = containers.Map('KeyType', 'double', 'ValueType', 'any');")
    run("f = @(x, v, s) v.iteration >= 3; o = optimset('OutputFcn', f, 'Display', 'off');")
    for call in ("fminsearch(@(x) x^2, 5, o)", "fminbnd(@cos, 2, 4, o)", "fzero(@cos, 1, o)"):
        run(f"[x, v, e] = {call};")
        assert run["e"] == -1, call


def test_values_are_checked_where_that_is_asked(run):
    run("o = optimset('FunValCheck', 'on');")
    assert "fminsearch:NaNFval" in run.fault("fminsearch(@(x) NaN, 1, o)").identifier
    assert "fzero:ComplexFval" in run.fault("fzero(@(x) sqrt(x - 2), 1, o)").identifier


def test_names_of_optimset_are_told_apart_and_values_checked(run):
    assert run("s = optimset('tolx', 1e-3, 'MaxI', 5); disp([s.TolX*1000 s.MaxIter])") == ["1     5"]
    assert run.fault("optimset('Max', 1)").identifier == "MATLAB:optimset:AmbiguousParamName"
    assert run.fault("optimset('Nothing', 1)").identifier == "MATLAB:optimset:InvalidParamName"
    assert run.fault("optimset('TolX', -1)").message.startswith("Invalid value for OPTIONS parameter TolX")
    assert run.fault("optimset('Display', 'loud')").message.startswith("Invalid value for OPTIONS parameter Display")
    assert run("optimset")[1] == "MaxFunEvals: [ positive scalar ]"


def test_starts_are_doubles_and_real(run):
    for call in ("fzero(@sin, single(3))", "fminsearch(@(x) x^2, single(3))", "fminbnd(@cos, int8(2), 4)",
                 "fsolve(@sin, single(3))", "fminunc(@(x) x^2, true)", "lsqnonlin(@(x) x, 'a')"):  # fmt: skip
        assert run.fault(call).identifier.endswith(":NonDoubleInput"), call
    for call in ("fminsearch(@(x) abs(x)^2, 1i)", "fsolve(@(x) x^2 + 1, 1i)", "fminunc(@(x) abs(x)^2, 1i)"):
        assert "real numbers" in run.fault(call).message

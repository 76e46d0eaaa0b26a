"""Equations, minima and least squares with bounds: what is found satisfies what was asked."""

import numpy as np


def test_equations_are_solved_and_the_end_is_told(run):
    lines = run("[x, f, e] = fsolve(@(x) [2*x(1) - x(2) - exp(-x(1)); -x(1) + 2*x(2) - exp(-x(2))], [-5; -5]);")
    assert lines[0] == "Equation solved." and run["e"] == 1
    assert np.allclose(run["x"], 0.567143, atol=1e-5) and abs(run["f"]).max() < 1e-6
    lines = run("[x, f, e] = fsolve(@(x) x^2 + 1, 3, optimoptions('fsolve', 'Display', 'none'));")
    assert lines == [] and run["e"] < 1


def test_shapes_and_slopes_of_the_program_are_kept(run):
    run("o = optimset('Display', 'off'); x = fsolve(@(x) x^3 - [1 2; 3 4], ones(2), o); e = norm(x^3 - [1 2; 3 4]);")
    assert run["e"] < 1e-6 and run["x"].shape == (2, 2)
    run("f = @(x) deal((x - 3)^2, 2*(x - 3));")
    run("o = optimoptions('fminunc', 'Display', 'off', 'SpecifyObjectiveGradient', true);")
    run("y = fminunc(f, 0, o);")
    assert abs(run["y"] - 3) < 1e-5


def test_least_squares_stay_within_bounds(run):
    run("rng(0); c = rand(20, 4); d = rand(20, 1) - 0.5; [x, r, e, f, o, l] = lsqnonneg(c, d); low = min(x);")
    run("k = max(l); z = max(abs(x.*l));")
    assert run["low"] >= 0 and run["k"] < 1e-10 and run["z"] < 1e-10 and run["f"] == 1
    run("o = optimoptions('lsqnonlin', 'Display', 'off'); x = lsqnonlin(@(x) x - 5, 0, 0, 3, o);")
    assert abs(run["x"] - 3) < 1e-4
    run("t = 0:0.1:2; x = lsqcurvefit(@(p, t) p(1)*exp(-p(2)*t), [1 1], t, 3*exp(-1.3*t), [], [], o);")
    assert np.allclose(run["x"], [[3, 1.3]], atol=1e-5)


def test_functions_undefined_at_the_start_and_unknown_options_are_refused(run):
    assert run.fault("fsolve(@(x) NaN, 1)").identifier == "optim:trustnleqn:UserObjUndefAtX0"
    fault = run.fault("optimoptions('fsolve', 'Nothing', 1)")
    assert fault.message.startswith("'Nothing' is not an option for FSOLVE.")
    assert "OutputFcn" in run.fault("fsolve(@cos, 1, optimset('OutputFcn', @(x, v, s) false))").message


def test_the_steps_of_fsolve_are_those_of_the_dogleg(run):
    run("f = @(x) [2*x(1) - x(2) - exp(-x(1)); -x(1) + 2*x(2) - exp(-x(2))];")
    lines = run("x = fsolve(f, [-5; -5], optimset('Display', 'iter'));")
    assert lines[2].split() == ["0", "3", "47071.2", "2.29e+04", "1"]
    assert lines[10].split() == ["8", "27", "0.032658", "0.759511", "0.206", "2.5"]
    assert lines[12].split() == ["10", "33", "3.29525e-13", "0.00169132", "6.36e-07", "2.5"]


def test_limits_of_steps_and_calls_end_a_run(run):
    lines = run("[x, f, e] = fsolve(@(x) x^3 - 5, 50, optimoptions('fsolve', 'MaxIterations', 2));")
    assert run["e"] == 0 and lines[-1] == "options.MaxIterations = 2.000000e+00."
    run("o = optimoptions('fminunc', 'Display', 'off', 'MaxFunctionEvaluations', 6);")
    run("[x, f, e] = fminunc(@(x) 100*(x(2)-x(1)^2)^2 + (1-x(1))^2, [-1 2], o);")
    assert run["e"] == 0
    run("o = optimoptions('lsqnonlin', 'Display', 'off', 'MaxIterations', 1, 'Algorithm', 'levenberg-marquardt');")
    run("[x, n, r, e] = lsqnonlin(@(x) [x(1)^2 - 7; x(2)^3 - 9], [5 5], [], [], o);")
    assert run["e"] == 0


def test_every_algorithm_solves(run):
    for word in ("trust-region-dogleg", "trust-region", "levenberg-marquardt"):
        run(f"o = optimoptions('fsolve', 'Display', 'off', 'Algorithm', '{word}', 'FiniteDifferenceType', 'central');")
        run("[x, f, e, s] = fsolve(@(x) [x(1)^2 + x(2) - 3; x(1) - x(2) + 1], [1; 1], o); s = s.algorithm;")
        assert np.allclose(run["x"], [[1], [2]]) and run["e"] == 1 and run["s"] == word
    run("o = optimoptions('fminunc', 'Display', 'off', 'Algorithm', 'trust-region', 'SpecifyObjectiveGradient', true);")
    run("x = fminunc(@(x) deal((x - 3)^2, 2*(x - 3)), 0, o);")
    assert abs(run["x"] - 3) < 1e-5


def test_options_are_one_object_that_shows_what_was_set(run):
    lines = run("o = optimoptions('fsolve', 'disp', 'iter', 'TolX', 1e-3)")
    assert lines[1:6] == [
        "fsolve options:",
        "Options used by current Algorithm ('trust-region-dogleg'):",
        "(Other available algorithms: 'levenberg-marquardt', 'trust-region')",
        "Set properties:",
        "Display: 'iter'",
    ]
    run("c = class(o); t = o.StepTolerance; o.MaxIterations = 7; m = o.MaxIter;")
    assert (run["c"], run["t"], run["m"]) == ("optim.options.Fsolve", 1e-3, 7)
    assert run.fault("o.Nothing = 1;").identifier == "MATLAB:noPublicFieldForClass"
    assert run.fault("optimoptions('fsolve', 'MaxIterations', -1)").message.endswith("real non-negative scalar.")
    assert run.fault("optimoptions('fzero')").message.startswith("Invalid solver specified.")


def test_schur_forms_are_put_in_order(run):
    run("rng(1); a = randn(6); [u, t] = schur(a); [v, s] = ordschur(u, t, 'lhp');")
    run("e = norm(v*s*v' - a) + norm(v'*v - eye(6));")
    run("w = real(ordeig(s)); k = sum(w < 0); good = all(w(1:k) < 0);")
    assert run["e"] < 1e-12 and run["good"] is True
    run("b = randn(5); c = randn(5); [p, q, l, z] = qz(b, c); [p, q, l, z] = ordqz(p, q, l, z, 'udo');")
    run("e = norm(l*b*z - p) + norm(l*c*z - q); w = abs(ordeig(p, q)); k = sum(w >= 1); good = all(w(1:k) >= 1);")
    assert run["e"] < 1e-12 and run["good"] is True


def test_generalized_singular_values_rebuild_both_matrices(run):
    for sizes in ("5, 3); b = rand(4, 3", "3, 3); b = rand(3, 3", "2, 3); b = rand(4, 3"):
        run(f"rng(2); a = rand({sizes}); [u, v, x, c, s] = gsvd(a, b); e = norm(u*c*x' - a) + norm(v*s*x' - b);")
        run("o = norm(c'*c + s'*s - eye(3)) + norm(u'*u - eye(size(u))) + norm(v'*v - eye(size(v)));")
        assert run["e"] < 1e-12 and run["o"] < 1e-12


def test_conjugates_come_in_pairs_and_lonely_ones_are_refused(run):
    run("x = cplxpair([3 1+2i 0.5 1-2i -1i 1i]);")
    assert np.allclose(run["x"], [[-1j, 1j, 1 - 2j, 1 + 2j, 0.5, 3]])
    assert run.fault("cplxpair([1i 2])").identifier == "MATLAB:cplxpair:ComplexValuesPaired"


def test_weights_and_covariances_of_errors(run):
    run("a = [1 1; 1 2; 1 3; 1 5]; b = [1; 3; 2; 6]; w = [1; 2; 3; 4]; x = lscov(a, b, w);")
    run("y = lscov(a, b, diag(1./w));")
    run("[z, s, m, v] = lscov(a, b, w); e = norm(x - y); d = norm(a'*diag(w)*(a*x - b)); f = norm(s - sqrt(diag(v)));")
    assert max(run["e"], run["d"], run["f"]) < 1e-12


def test_optimset_takes_the_older_names_of_the_solvers_options(run):
    run("o = optimset('GradObj', 'on', 'MaxIter', 400, 'largescale', 'off', 'Display', 'off');")
    run("[x, f] = fminunc(@(x) deal(sum((x - 1).^2), 2*(x - 1)), [3; 4], o);")
    assert np.allclose(run["x"], 1, atol=1e-5) and run["f"] < 1e-9

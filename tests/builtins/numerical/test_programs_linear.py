"""linprog, intlinprog, quadprog, lsqlin, fmincon."""

import numpy as np
import pytest

QUIET = "o = optimoptions('quadprog', 'Display', 'off'); l = optimoptions('linprog', 'Display', 'off');"


def test_a_linear_program_and_its_multipliers(run):
    run("A = [1 1; 1 0.25; 1 -1; -0.25 -1; -1 -1; -1 1]; b = [2 1 2 1 -1 2]; f = [-1 -1/3];")
    lines = run("[x, v, e, out, lam] = linprog(f, A, b);")
    assert lines == ["Optimal solution found."]
    assert np.allclose(run["x"].ravel(), [2 / 3, 4 / 3]) and np.isclose(run["v"], -10 / 9) and run["e"] == 1
    run("r = f' + A'*lam.ineqlin;")
    assert np.allclose(run["r"], 0)


def test_programs_without_solution_have_exit_flags(run):
    run(QUIET + "[x, v, e] = linprog(1, [1; -1], [0; -1], [], [], [], [], l);")
    run("[y, w, d] = linprog(-1, [], [], [], [], 0, [], l);")
    assert (run["e"], run["d"]) == (-2.0, -3.0) and run["x"].shape == (0, 0)
    run("[x, v, e] = quadprog(-1, 0, [], [], [], [], [], [], [], o);")
    run("[y, w, d] = quadprog(0, 1, [], [], [], [], [], [], [], o);")
    assert (run["e"], run["d"]) == (-6.0, -3.0)
    run("[x, v, e] = quadprog(eye(2), [0 0], [1 1], 0, [1 1], 1, [], [], [], o);")
    assert run["e"] == -2


def test_whole_numbers(run):
    run(
        "q = optimoptions('intlinprog', 'Display', 'off');"
        "[x, v] = intlinprog([8; 1], 2, [-1 -2; -4 -1; 2 1], [14; -33; 20], [], [], [], [], q);"
    )
    assert np.allclose(run["x"].ravel(), [6.5, 7]) and np.isclose(run["v"], 59)


@pytest.mark.parametrize("seed", range(3))
def test_quadratic_programs_meet_their_conditions(run, seed):
    run(QUIET + f"rng({seed}); B = rand(5); H = B'*B; f = randn(5, 1); A = randn(4, 5); b = rand(4, 1);")
    run("[x, v, e, out, m] = quadprog(H, f, A, b, ones(1, 5), 1, zeros(5, 1), ones(5, 1), [], o);")
    if run["e"] == 1:
        run("r = H*x + f + A'*m.ineqlin + m.eqlin - m.lower + m.upper; over = max([A*x - b; -x; x - 1]); s = sum(x);")
        assert np.abs(run["r"]).max() < 1e-8 and run["over"] < 1e-9 and abs(run["s"] - 1) < 1e-9
    else:
        assert run["e"] == -2


def test_a_flat_quadratic_program_has_its_value(run):
    run(QUIET + "[x, v, e] = quadprog([1 -1; -1 1], [-1; 0], [], [], [1 1], 2, [0; 0], [], [], o);")
    assert run["e"] == 1 and np.allclose(run["x"].ravel(), [1.25, 0.75])


def test_least_squares_under_constraints(run):
    run("o = optimset('Display', 'off'); C = magic(4); C = C(:, 1:3); d = (1:4)';")
    run("x = lsqlin(C, d, [], [], [1 1 1], 0.1, [], [], [], o); y = lsqlin(C, d, [], [], [], [], [], [], [], o);")
    run("z = C\\d;")
    assert np.isclose(run["x"].sum(), 0.1) and np.allclose(run["y"], run["z"])
    assert run.fault("lsqlin(eye(2), 1:3, 1, 1)").identifier == "optim:lsqlin:InvalidCAndD"


def test_curved_constraints(run):
    run(
        "o = optimoptions('fmincon', 'Display', 'off');"
        "f = @(x) exp(x(1))*(4*x(1)^2 + 2*x(2)^2 + 4*x(1)*x(2) + 2*x(2) + 1);"
        "c = @(x) deal([1.5 + x(1)*x(2) - x(1) - x(2); -x(1)*x(2) - 10], []);"
        "[x, v, e, out, lam] = fmincon(f, [-1 1], [], [], [], [], [], [], c, o);"
    )
    assert np.allclose(run["x"], [[-9.5474, 1.0474]], atol=1e-3) and run["e"] == 1 and abs(run["v"] - 0.0236) < 1e-4
    run("[x, v, e] = fmincon(@(x) x^2, 3, [], [], [], [], 1, 5, [], o);")
    run("[y, w, g] = fmincon(@(x) x, 0, 1, -1, [], [], 0, 1, [], o);")
    assert np.isclose(run["x"], 1) and run["g"] == -2


def test_gradients_of_the_program_are_used(run):
    run("o = optimoptions('fmincon', Display='off', SpecifyObjectiveGradient=true);")
    run("f = @(x) deal(sum((x - [1 2]).^2), 2*(x - [1 2]));")
    run("[x, v, e, out] = fmincon(f, [0 0], [], [], [], [], [], [], [], o);")
    assert np.allclose(run["x"], [[1, 2]]) and run["e"] == 1


def test_a_result_is_announced(run):
    lines = run("x = fmincon(@(x) (x - 1)^2, 0, [], []);")
    assert lines[0] == "Local minimum found that satisfies the constraints."

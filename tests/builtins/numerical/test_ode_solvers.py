"""Differential equations: the steps of ode45 are MATLAB's, events end a run, every solver keeps its tolerance."""

import numpy as np
import pytest

SOLVERS = ["ode45", "ode23", "ode113", "ode15s", "ode23s", "ode23t", "ode23tb"]
VAN_DER_POL = "f = @(t, y) [y(2); (1 - y(1)^2)*y(2) - y(1)];"


def test_ode45_takes_the_steps_that_matlab_takes(run):
    lines = run(VAN_DER_POL + "[t, y] = ode45(f, [0 20], [2; 0], odeset('Stats', 'on'));")
    assert lines == ["59 successful steps", "10 failed attempts", "415 function evaluations"]
    assert run["t"].shape == (237, 1) and run["y"].shape == (237, 2)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_tighter_tolerance_gives_a_solution_nearer_to_the_true_one(run, solver):
    run(f"[t, y] = {solver}(@(t, y) [y(2); -y(1)], [0 1 2], [0; 1], odeset('RelTol', 1e-7, 'AbsTol', 1e-9));")
    assert np.allclose(run["y"], np.c_[np.sin([0, 1, 2]), np.cos([0, 1, 2])], atol=3e-5)
    run(f"[t, y] = {solver}(@(t, y) -y, [1 0], exp(-1));")
    assert run["t"].ravel()[-1] == 0 and abs(run["y"].ravel()[-1] - 1) < 5e-3


@pytest.mark.parametrize("solver", SOLVERS)
def test_two_outputs_hold_just_the_times_asked_for(run, solver):
    run(f"[t, y] = {solver}(@(t, y) -y, 0:0.25:1, 1);")
    assert run["t"].ravel().tolist() == [0, 0.25, 0.5, 0.75, 1]


def test_refine_gives_that_many_points_a_step(run):
    run("[t, y] = ode45(@(t, y) -y, [0 1], 1); a = numel(t);")
    run("[t, y] = ode45(@(t, y) -y, [0 1], 1, odeset('Refine', 1)); b = numel(t); s = ode45(@(t, y) -y, [0 1], 1);")
    assert (run["a"] - 1) == 4 * (run["b"] - 1)
    assert run["s"].fields["x"].size == run["b"]


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_terminal_event_ends_the_run_where_it_happens(run, solver):
    run("g = @(t, y) deal(y(1), 1, -1);")
    run(f"[t, y, te, ye, ie] = {solver}(@(t, y) [y(2); -9.8], [0 5], [10; 0], odeset('Events', g, 'RelTol', 1e-6));")
    assert abs(run["te"] - np.sqrt(20 / 9.8)) < 1e-4 and run["ie"] == 1
    assert run["t"].ravel()[-1] == run["te"]


def test_the_struct_gives_the_solution_between_the_steps(run):
    run("sol = ode45(@(t, y) [y(2); -y(1)], [0 3], [0; 1], odeset('RelTol', 1e-9, 'AbsTol', 1e-11));")
    run("x = linspace(0, 3, 50); [y, slope] = deval(sol, x, 1);")
    run("e = max(abs(y - sin(x))); d = max(abs(slope - cos(x)));")
    assert run["e"] < 1e-7 and run["d"] < 1e-5
    assert run.fault("deval(sol, 4)").identifier == "MATLAB:deval:SolOutsideInterval"


def test_ode15s_solves_equations_with_an_empty_row_in_the_mass_matrix(run):
    run("f = @(t, y) [-0.04*y(1) + 1e4*y(2)*y(3); 0.04*y(1) - 1e4*y(2)*y(3) - 3e7*y(2)^2; sum(y) - 1];")
    run("o = odeset('Mass', diag([1 1 0]), 'RelTol', 1e-5, 'AbsTol', [1e-6 1e-10 1e-6]);")
    run("[t, y] = ode15s(f, [0 40], [1; 0; 0], o); e = y(end, :);")
    assert np.allclose(run["e"], [[0.7158, 9.185e-6, 0.2842]], rtol=2e-3)
    assert run.fault("ode45(f, [0 1], [1; 0; 0], o);").identifier == "MATLAB:ode45:SingularMass"


def test_an_output_function_is_begun_told_and_ended_and_can_stop_the_run(run):
    run("global seen; seen = {};")
    run.session.run(
        "[t, y] = ode45(@(t, y) 1, [0 10], 0, odeset('OutputFcn', @watch, 'Refine', 1));\n"
        "function stop = watch(t, y, flag)\nglobal seen\nseen{end+1} = flag;\nstop = isempty(flag) && t(end) > 3;\nend"
    )
    run("first = seen{1}; last = seen{end}; reached = t(end);")
    assert run["first"] == "init" and run["last"] == "done" and 3 < run["reached"] < 10


@pytest.mark.parametrize(
    ("call", "identifier"),
    [
        ("ode45(@(t, y) [1 2], [0 1], [0; 0])", "MATLAB:odearguments:FcnMustReturnCol"),
        ("ode45(@(t, y) 1, [0 1], [0; 0])", "MATLAB:odearguments:SizeIC"),
        ("ode45(@(t, y) y, 1, 1)", "MATLAB:odearguments:SizeTspan"),
        ("ode45(@(t, y) y, [0 2 1], 1)", "MATLAB:odearguments:tspanNotMonotonic"),
        ("ode45(@(t, y) y, [1 1], 1)", "MATLAB:odearguments:tspanEndpointsNotDistinct"),
        ("ode15s(@(t, y) y, [0 1], 1, 3)", "MATLAB:odearguments:OptsNotStruct"),
        ("odeset('Nothing', 1)", "MATLAB:odeset:InvalidPropName"),
        ("odeset('Ma', 1)", "MATLAB:odeset:AmbiguousPropName"),
    ],
)
def test_mistakes_have_matlabs_identifiers(run, call, identifier):
    assert run.fault(f"x = {call};").identifier == identifier


def test_nothing_below_zero_with_nonnegative(run):
    run("[t, y] = ode45(@(t, y) -sign(y), [0 3], 1, odeset('NonNegative', 1)); low = min(y);")
    assert run["low"] >= 0


def test_a_step_that_cannot_be_small_enough_warns_and_gives_what_there_is(run):
    lines = run("[t, y] = ode45(@(t, y) y^2, [0 2], 1);")
    assert lines[0].startswith("Warning: Failure at t=9.999694e-01.")
    assert run["t"].ravel()[-1] < 1.001

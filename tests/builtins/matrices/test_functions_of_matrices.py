"""Functions of square matrices: funm."""

import numpy as np
import pytest

FORMS = [
    "[1 2; 3 4]",
    "[2 1 0; 0 2 1; 0 0 2]",
    "[1 1e-3 4; 0 1.05 2; 1 0 3]",
    "[0 -1; 1 0]",
    "[1 2i; 3 4]",
    "diag([1 1 5])",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["exp", "sin", "cos", "sinh", "cosh", "log"])
def test_known_functions_agree_with_scipy(run, form, name):
    from scipy import linalg

    run(f"A = {form}; [F, e] = funm(A, @{name});")
    matrix = np.array(run["A"])
    known = {"exp": linalg.expm, "log": linalg.logm}.get(name) or getattr(linalg, f"{name}m")
    assert np.allclose(run["F"], known(matrix), atol=1e-9) and run["e"] == 0


def test_derivatives_of_the_program_are_asked_for_near_eigenvalues(run):
    run("f = @(x, k, c) c^k * exp(c*x); A = [2 1 3; 0 2 1; 0 0 7]; F = funm(A, f, [], 0.5); G = expm(0.5*A);")
    run("[S, e, o] = funm(A, @exp); n = o.ind; m = n{1}; w = numel(o.terms); r = norm(o.T - triu(o.T));")
    assert np.allclose(run["F"], run["G"]) and run["m"].tolist() == [[1, 2]] and run["w"] == 2 and run["r"] == 0


def test_blocks_that_are_apart_are_brought_together(run):
    run("A = [1 5 2 3; 0 4 1 2; 0 0 1.02 6; 0 0 0 4.05]; [F, e, o] = funm(A, @exp); G = expm(A); k = o.ord;")
    run("opt.Ord = [1 1 1 1]; H = funm(A, @exp, opt); opt2.MaxTerms = 2; [~, z] = funm(A, @exp, opt2);")
    assert np.allclose(run["F"], run["G"]) and run["k"].tolist() == [[1, 2, 1, 2]] and np.allclose(run["H"], run["G"])
    assert run["z"] == 1


def test_single_matrices_have_single_functions(run):
    run("c = class(funm(single([1 2; 3 4]), @exp)); e = funm([], @exp); s = funm(2, @log);")
    assert run["c"] == "single" and run["e"].shape == (0, 0) and np.isclose(run["s"], np.log(2))


@pytest.mark.parametrize(
    "call",
    [
        "funm([1 2 3], @exp)",
        "funm([1 NaN; 2 3], @exp)",
        "funm([1 2; 3 4], 5)",
        "funm([1 2; 3 4], @(x, k) [x; x; x])",
        "funm([1 2; 3 4], @(x, k) 'ab')",
        "funm([0 1; 0 0], @log)",
        "funm([1 2; 3 4], @exp, struct('TolBlk', -1))",
        "funm([1 2; 3 4], @exp, struct('Display', 'on'))",
        "funm([1 2; 3 4], @exp, struct('Ord', 1:3))",
        "funm([1 2; 3 4], @exp, struct('MaxSqrt', 3))",
        "funm([1 2; 3 4], @exp, struct('Nothing', 3))",
        "funm([1 2; 3 4], @exp, 7)",
    ],
)
def test_what_does_not_fit_is_refused(run, call):
    assert run.fault(call).message

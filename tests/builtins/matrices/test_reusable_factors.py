"""Factors kept to solve many systems: decomposition."""

import numpy as np
import pytest

MATRICES = {
    "lu": "[4 1 2; 2 3 1; 1 1 5]",
    "chol": "[4 1 0; 1 3 1; 0 1 5]",
    "ldl": "[1 2 3; 2 1 4; 3 4 1]",
    "triangular": "[2 0 0; 1 3 0; 4 5 6]",
    "permutedTriangular": "[0 3 1; 2 1 5; 0 0 4]",
    "hessenberg": "[1 2 3; 4 5 6; 0 7 9]",
    "diagonal": "diag([2 3 4])",
    "banded": "[2 1 0; 3 4 1; 0 5 6]",
    "qr": "[1 2 3; 4 5 6; 7 8 10; 1 1 1]",
    "cod": "[1 2 3; 4 5 6; 7 8 10; 1 1 1]",
}


@pytest.mark.parametrize("kind", MATRICES)
def test_a_decomposition_solves_as_its_matrix_does(run, kind):
    run(f"A = {MATRICES[kind]}; d = decomposition(A, '{kind}'); b = (1:size(A, 1))' * [1 -2i]; c = [1 2 3; 3 1 2];")
    run("x = d \\ b; y = c / d; z = d' \\ c'; u = A \\ b; v = c / A; w = A' \\ c'; t = d.Type; s = (2i*d) \\ b;")
    assert run["t"] == kind and np.allclose(run["x"], run["u"]) and np.allclose(run["s"], run["u"] / 2j)
    if kind == "cod":  # of the many solutions of c / A the shortest
        pseudo = np.linalg.pinv(run["A"])
        assert np.allclose(run["y"], run["c"] @ pseudo) and np.allclose(run["z"], pseudo.T @ run["c"].T)
    else:
        assert np.allclose(run["y"], run["v"]) and np.allclose(run["z"], run["w"])


@pytest.mark.parametrize("kind", [kind for kind in MATRICES if kind not in ("banded", "cod")])
def test_the_kind_is_found_where_none_is_asked_for(run, kind):
    run(f"t = decomposition({MATRICES[kind]}).Type;")
    assert run["t"] == kind


def test_sparse_matrices_are_decomposed_too(run):
    run("A = gallery('tridiag', 5, 1, 3, -2); d = decomposition(A); t = d.Type; s = d.IsSparse; x = d \\ (1:5)';")
    run("y = full(A) \\ (1:5)'; u = decomposition(A, BandDensity=1).Type;")
    assert run["t"] == "banded" and run["s"] is True and np.allclose(run["x"], run["y"]) and run["u"] == "lu"


def test_complex_matrices_and_scales_are_conjugated_with_the_decomposition(run):
    run("A = [2 1i; 1 3+1i]; b = [1; 2]; d = (1i * decomposition(A))'; x = d \\ b; y = (1i * A)' \\ b;")
    run("p = d.IsConjugateTransposed; r = d.IsReal; k = d.ScaleFactor; m = -d; q = m \\ b; e = d / 4; f = e \\ b;")
    assert np.allclose(run["x"], run["y"]) and run["p"] and not run["r"] and run["k"] == -1j
    assert np.allclose(run["q"], -run["y"]) and np.allclose(run["f"], 4 * run["y"])


def test_only_the_half_asked_for_is_used(run):
    run("A = [4 9; 1 3]; x = decomposition(A, 'chol', 'lower') \\ [1; 2]; y = [4 1; 1 3] \\ [1; 2];")
    run("u = decomposition(A, 'triangular', 'upper') \\ [1; 3]; s = class(decomposition(single(A)) \\ [1; 2]);")
    assert np.allclose(run["x"], run["y"]) and np.allclose(run["u"], [[-2], [1]]) and run["s"] == "single"


def test_ill_conditioned_matrices_are_warned_of_unless_told_not_to(run):
    run("lastwarn(''); d = decomposition([1 2; 2 4 + eps(4)]); x = d \\ [1; 1]; [~, a] = lastwarn;")
    run("t = isIllConditioned(d); lastwarn(''); d.CheckCondition = false; x = d \\ [1; 1]; [~, b] = lastwarn;")
    run("z = rank(decomposition(ones(3), 'qr'));")
    run("lastwarn(''); x = decomposition(ones(3), 'qr') \\ ones(3, 1); [~, c] = lastwarn;")
    run("lastwarn(''); y = decomposition([1 1; 1 1], 'lu') \\ [1; 2]; [~, e] = lastwarn;")
    assert run["a"] == "MATLAB:nearlySingularMatrix" and run["t"] is True and run["b"] == ""
    assert run["c"] == "MATLAB:rankDeficientMatrix" and run["z"] == 1
    assert run["e"] == "MATLAB:singularMatrix" and np.isinf(run["y"]).all()


@pytest.mark.parametrize(
    "call",
    [
        "decomposition([1 2; 3 4], 'chol')",
        "decomposition([1 2; 2 1], 'chol')",
        "decomposition([1 2; 3 4], 'triangular')",
        "decomposition([1 2 3], 'lu')",
        "decomposition([1 NaN; 2 3])",
        "decomposition('ab')",
        "decomposition(int8([1 2; 3 4]))",
        "decomposition([1 2; 3 4], 'lu', 'upper')",
        "decomposition(sparse([1 2; 3 4])) \\ sparse([1; 2])",
        "decomposition([1 2; 3 4], BandDensity=2)",
        "decomposition([1 2; 3 4], LUPivotTolerance=0.1)",
        "decomposition([1 2; 3 4]) \\ [1 2 3]'",
        "decomposition([1 2; 3 4]) + 1",
        "decomposition([1 2; 3 4]) \\ decomposition([1 2; 3 4])",
        "rcond(decomposition([1 2; 3 4], 'qr'))",
        "rank(decomposition([1 2; 3 4]))",
        "isIllConditioned([1 2; 3 4])",
        "d = decomposition(eye(2)); d.Type = 'qr';",
    ],
)
def test_what_does_not_fit_is_refused(run, call):
    assert run.fault(call).message

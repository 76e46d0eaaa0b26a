"""lu, svd, qr, null, orth: the forms of their outputs."""

import numpy as np


def test_lu_gives_the_permutation_as_a_vector(run):
    run("a = [1 2; 3 4; 5 6; 7 9]; [l, u, p] = lu(a, 'vector'); ok = max(abs(l * u - a(p, :)), [], 'all') < 1e-14;")
    assert run["ok"] is True and run["p"].tolist() == [[4, 1, 3, 2]]


def test_svd_gives_values_as_a_vector_or_on_a_diagonal(run):
    run("[u, s, v] = svd([1 2; 3 4], 'vector'); d = svd([1 2; 3 4], 'matrix'); [x, y, z] = svd([1 2 3], 0);")
    assert run["s"].shape == (2, 1) and run["d"].shape == (2, 2) and run["z"].shape == (3, 3)
    assert run.fault("svd([1 2; 3 4], 7);").identifier == "MATLAB:svd:InvalidSecondArg"


def test_qr_applies_its_rotation_to_a_right_side(run):
    run("a = [1 2; 3 4; 5 6]; b = [5; 6; 7]; [c, r] = qr(a, b, 'econ'); x = r \\ c; y = a \\ b;")
    assert np.allclose(run["x"], run["y"])
    run("[q, r, e] = qr(a, 'vector'); ok = max(abs(a(:, e) - q * r), [], 'all') < 1e-13; [q, r, f] = qr(a, 'econ');")
    assert run["ok"] is True and run["f"].shape == (2, 2)
    assert run.fault("qr([1 2; 3 4], [1; 2; 3]);").identifier == "MATLAB:qr:DimAgree"


def test_null_of_fractions_and_tolerances(run):
    run("n = null([1 2 3; 4 5 6], 'r'); z = null([1 0; 0 1e-4], 1e-3); o = orth([1 0; 0 1e-4], 1e-3);")
    assert run["n"].ravel().tolist() == [1, -2, 1]
    assert run["z"].shape == (2, 1) and run["o"].shape == (2, 1)


def test_the_frobenius_norm_takes_any_array(run):
    run("n = norm(ones(2, 2, 2), 'fro');")
    assert run["n"] == np.sqrt(8)


def test_eigenvectors_have_no_negative_zeros(run):
    assert run("[V, D] = eig([1 2; -2 1]); V(2, :)")[-1] == "0.7071 + 0.0000i   0.7071 + 0.0000i"

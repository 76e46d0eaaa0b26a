"""Matrices page by page."""

import numpy as np


def test_products_of_pages_expand(run):
    run("rng(1); X = rand(2,3,1,4); Y = rand(3,5,6); Z = pagemtimes(X, Y); W = pagemtimes(X, 'transpose', X, 'none');")
    assert run["Z"].shape == (2, 5, 6, 4)
    assert np.allclose(run["Z"][:, :, 4, 2], run["X"][:, :, 0, 2] @ run["Y"][:, :, 4])
    assert np.allclose(run["W"][:, :, 0, 1], run["X"][:, :, 0, 1].T @ run["X"][:, :, 0, 1])
    assert run.fault("pagemtimes(ones(2,3,2), ones(2,3,2))").identifier == "MATLAB:innerdim"
    assert run.fault("pagemtimes(ones(2,3,2), ones(3,3,4))").identifier == "MATLAB:sizeDimensionsMustMatch"


def test_pages_are_divided_inverted_and_decomposed(run):
    run("rng(1); A = rand(3,3,4); B = rand(3,2); X = pagemldivide(A, B); ")
    run("Y = pageinv(A); n = pagenorm(A); s = pagesvd(A);")
    for page in range(4):
        assert np.allclose(run["A"][:, :, page] @ run["X"][:, :, page], run["B"])
        assert np.allclose(run["A"][:, :, page] @ run["Y"][:, :, page], np.eye(3))
        assert np.isclose(run["n"][0, 0, page], run["s"][0, 0, page])
    run("[U, S, V] = pagesvd(rand(4, 2, 3), 'econ'); [u, t, v] = pagesvd(rand(4, 2, 3), 'vector');")
    assert run["U"].shape == (4, 2, 3) and run["S"].shape == (2, 2, 3) and run["u"].shape == (4, 4, 3)
    assert run["t"].shape == (2, 1, 3)


def test_tensors_are_summed_over_the_dimensions_named(run):
    run("rng(1); A = rand(3,4,5); B = rand(5,6,3); ")
    run("C = tensorprod(A, B, [1 3], [3 1]); D = tensorprod(A, rand(3,4), [1 2]);")
    assert np.allclose(run["C"], np.tensordot(run["A"], run["B"], ([0, 2], [2, 0])))
    assert run["D"].shape == (5, 1)
    assert run.fault("tensorprod(ones(2,3), ones(4,5), 1)").identifier == "MATLAB:tensorprod:DimsMustMatch"

"""paddata, trimdata, resize, createArray, isuniform, isapprox; fftn, ifftn; crosstab, matchpairs."""

import numpy as np


def test_padding_patterns(run):
    run("a = paddata([1 2 3], 7, Pattern='flip'); b = paddata([1 2 3], 7, Pattern='reflect');")
    run("c = paddata([1 2 3], 6, Side='both');")
    assert run["a"].ravel().tolist() == [1, 2, 3, 3, 2, 1, 1]
    assert run["b"].ravel().tolist() == [1, 2, 3, 2, 1, 2, 3] and run["c"].ravel().tolist() == [0, 1, 2, 3, 0, 0]
    run("d = paddata([1 2; 3 4], [3 3], Pattern='edge'); e = paddata(\"a\", 2); f = paddata({1}, 2, Dimension=1);")
    assert run["d"].tolist() == [[1, 2, 2], [3, 4, 4], [3, 4, 4]] and run["f"].shape == (2, 1)
    assert run("disp(ismissing(e'))") == ["0   1"]
    assert run.fault("paddata(1:3, -1)") and run.fault("paddata(1:3, 5, FillValue=1, Pattern='edge')")


def test_trimming_and_resizing(run):
    run("a = trimdata(magic(4), [2 3]); b = resize(1:5, 3, Side='leading'); c = resize(int8([1 2]), 4);")
    assert run["a"].tolist() == [[16, 2, 3], [5, 11, 10]] and run["b"].ravel().tolist() == [3, 4, 5]
    assert run["c"].dtype == np.int8 and run["c"].ravel().tolist() == [1, 2, 0, 0]


def test_arrays_of_any_class(run):
    run("a = createArray([1 2], 'uint8'); b = createArray(2, 'cell'); c = createArray(1, 2, Like=single(1));")
    run("d = createArray(2, 1, 'logical');")
    assert run["a"].dtype == np.uint8 and run["b"].shape == (2, 2) and run["c"].dtype == np.float32
    assert run["d"].dtype == bool
    assert run("e = createArray(1, 2, 'string')") == ["e =", "1×2 string array", "<missing>    <missing>"]


def test_even_spacing(run):
    run("[a, s] = isuniform((1:5)'); b = isuniform(5); c = isuniform([1 1 1]); d = isuniform(linspace(0, pi, 99));")
    assert run["a"] is True and run["s"] == 1 and run["b"] is False and run["c"] is True and run["d"] is True


def test_transforms_in_space_go_there_and_back(run):
    run("rng(1); X = rand(3, 4, 2); Y = fftn(X); Z = ifftn(Y); P = fftn(X, [4 4 4]); e = max(abs(Z(:) - X(:)));")
    assert run["e"] < 1e-14 and run["Z"].dtype == float and np.allclose(run["Y"], np.fft.fftn(run["X"]))
    assert np.allclose(run["P"], np.fft.fftn(run["X"], (4, 4, 4), (0, 1, 2)))
    assert run.fault("fftn(ones(2, 2, 2), [2 2])").identifier == "MATLAB:fftn:sizeVector"


def test_pairs_at_least_cost(run):
    run("[M, r, c] = matchpairs([5 1 9; 1 5 9], 3); [X, q] = matchpairs([5 1; 1 5], 0, 'max');")
    assert run["M"].tolist() == [[2, 1], [1, 2]] and run["c"] == 3 and run["X"].tolist() == [[1, 1], [2, 2]]


def test_tables_of_pairs(run):
    run("[t, chi, p, l] = crosstab({'a' 'b' 'a' 'b'}, [1 2 1 2]); s = lsqminnorm([1 2; 2 4], [1; 2]);")
    assert run["t"].tolist() == [[2, 0], [0, 2]] and run["chi"] == 4 and run["l"].shape == (2, 2)
    assert np.allclose(run["s"].ravel(), [0.2, 0.4])

"""Inverse transforms that are told to be real; integers."""

import numpy as np
import pytest


def test_symmetric_takes_the_first_half_for_the_whole(run):
    run("a = ifft([10 -2+2i -2 7], 'symmetric'); b = ifft([10 -2; -4 0; -2 0], [], 1, 'nonsymmetric');")
    assert run["a"].ravel().tolist() == pytest.approx([1, 2, 3, 4]) and run["a"].dtype.kind == "f"
    assert run["b"].dtype.kind == "c"
    run("c = ifft2(fft2(magic(3)), 'symmetric');")
    assert np.allclose(run["c"], [[8, 1, 6], [3, 5, 7], [4, 9, 2]])


def test_integers_are_transformed_as_doubles(run):
    run("a = fft(int8([1 2 3])); b = fft([1 2 3]); c = class(a);")
    assert (run["a"] == run["b"]).all() and run["c"] == "double"
    assert run.fault("ifft([1 2], 'odd');").identifier == "MATLAB:unrecognizedStringChoice"


def test_text_and_cells_are_shifted_too(run):
    run("a = fftshift('abc'); b = fftshift({1, 2, 3}); c = fftshift([1 2; 3 4], 1);")
    run("d = fftshift(5); e = class(fftshift(true(1, 2)));")
    assert run["a"] == "cab" and run["b"].ravel().tolist() == [3, 1, 2]
    assert run["c"].tolist() == [[3, 4], [1, 2]] and run["d"] == 5 and run["e"] == "logical"

"""rssq, peak2peak, peak2rms, islocalmax, islocalmin."""

import numpy as np


def test_measures_of_columns(run):
    run("A = [3 1; 4 -1]; a = rssq(A); b = peak2peak(A); c = peak2rms(A); d = rssq(zeros(0, 2)); e = rssq(3 + 4i);")
    assert run["a"].tolist() == [[5, 2**0.5]] and run["b"].tolist() == [[1, 2]]
    assert np.allclose(run["c"], [[4 / 12.5**0.5, 1]]) and run["d"].tolist() == [[0, 0]] and run["e"] == 5


def test_flat_tops_are_marked_as_asked(run):
    run("y = [0 2 2 2 0]; a = find(islocalmax(y)); b = find(islocalmax(y, FlatSelection='first'));")
    run("c = find(islocalmax(y, 'FlatSelection', 'all')); d = any(islocalmax([1 2 2]));")
    assert (run["a"], run["b"]) == (3, 2) and run["c"].ravel().tolist() == [2, 3, 4] and run["d"] is False


def test_extrema_are_chosen(run):
    run("y = [0 3 1 6 2 4 0 5 0]; a = find(islocalmax(y, MinProminence=3)); b = find(islocalmax(y, MaxNumExtrema=1));")
    run("c = find(islocalmax(y, MinSeparation=3)); d = find(islocalmin(y)); e = islocalmin(y');")
    assert run["a"].ravel().tolist() == [4, 8] and run["b"] == 4
    assert run["c"].ravel().tolist() == [4, 8] and run["d"].ravel().tolist() == [3, 5, 7] and run["e"].shape == (9, 1)
    assert run.fault("islocalmax('abc')").identifier == "MATLAB:islocalmax:FirstInputInvalid"

"""findpeaks."""

import numpy as np


def test_ends_are_no_peaks_and_a_flat_top_begins_at_its_first(run):
    run("[p, l] = findpeaks([9 1 5 5 5 1 2 2]);")
    assert (run["p"], run["l"]) == (5.0, 3.0)


def test_options_choose(run):
    run("y = [0 3 1 6 2 4 0 5 0]; [p, l] = findpeaks(y, SortStr='descend', NPeaks=2); ")
    run("h = findpeaks(y, 'MinPeakHeight', 4);")
    assert run["p"].ravel().tolist() == [6, 5] and run["l"].ravel().tolist() == [4, 8]
    assert run["h"].ravel().tolist() == [6, 5]
    run("[~, d] = findpeaks(y, MinPeakDistance=3); [~, t] = findpeaks(y, Threshold=4);")
    assert run["d"].ravel().tolist() == [4, 8] and run["t"].ravel().tolist() == [4, 8]


def test_prominence_and_width(run):
    run("[~, ~, w, p] = findpeaks([0 3 1 6 2 4 0 5 0]'); ")
    run("[~, ~, v] = findpeaks([0 4 0], 'WidthReference', 'halfheight');")
    assert run["p"].ravel().tolist() == [2, 6, 2, 5] and run["p"].shape == (4, 1)
    assert np.isclose(run["w"][0, 0], 2.5 - (1 + 2 / 3))
    assert run["v"] == 1


def test_locations_follow_x_or_the_rate(run):
    run("[~, a] = findpeaks([0 1 0 2 0], 10); [~, b] = findpeaks([0 1 0 2 0], [0 1 4 9 16]);")
    assert np.allclose(run["a"], [[0.1, 0.3]]) and run["b"].tolist() == [[1, 9]]
    assert run.fault("findpeaks([1 2])").identifier == "signal:findpeaks:emptyDataSet"
    run("e = findpeaks([1 2 3]);")
    assert run["e"].shape == (1, 0)

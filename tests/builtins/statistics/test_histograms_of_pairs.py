"""histcounts2: edges, bins, normalisations."""

import numpy as np


def test_pairs_are_counted_in_rows_of_x_and_columns_of_y(run):
    run("[n, ex, ey, bx, by] = histcounts2([1 2 2 9 NaN], [1 1 3 1 1], [0 2 4], [0 2 4]);")
    assert run["n"].tolist() == [[1, 0], [1, 1]]
    assert run["bx"].tolist() == [[1, 2, 2, 0, 0]] and run["by"].tolist() == [[1, 1, 2, 0, 0]]


def test_whole_numbers_get_a_bin_each(run):
    run("[n, ex, ey] = histcounts2([1 2 3], [1 2 2]);")
    assert run["ex"].tolist() == [[0.5, 1.5, 2.5, 3.5]] and run["ey"].tolist() == [[0.5, 1.5, 2.5]]
    assert run["n"].tolist() == [[1, 0], [0, 1], [0, 1]]


def test_bins_by_number_width_and_limits(run):
    run("[~, ex, ey] = histcounts2(0:10, 0:10, [2 5]); [~, wx] = histcounts2(0:10, 0:10, 'BinWidth', [5 2]);")
    assert run["ex"].size == 3 and run["ey"].size == 6 and run["wx"].tolist() == [[0, 5, 10]]
    run("[n, lx] = histcounts2(0:10, 0:10, 2, 'XBinLimits', [0 4]);")
    assert run["lx"].tolist() == [[0, 2, 4]] and run["n"].sum() == 5


def test_tables_are_normalized(run):
    run("x = rand(1, 50); y = rand(1, 50); e = 0:0.5:1; p = histcounts2(x, y, e, e, 'Normalization', 'probability');")
    run("d = histcounts2(x, y, e, e, 'Normalization', 'pdf'); c = histcounts2(x, y, e, e, 'Normalization', 'cdf');")
    assert np.isclose(run["p"].sum(), 1) and np.isclose(run["d"].sum() * 0.25, 1) and np.isclose(run["c"][-1, -1], 1)


def test_what_cannot_be_counted_is_refused(run):
    assert run.fault("histcounts2([1 2], [1 2 3]);").identifier == "MATLAB:histcounts2:XYSizeMismatch"
    assert (
        run.fault("histcounts2([1 2], [1 2], [2 1], [1 2]);").identifier == "MATLAB:histcounts2:expectedNondecreasing"
    )
    run("n = histcounts2([], []);")
    assert run["n"] == 0

"""Distances of pixels."""

import numpy as np
import pytest

from cnnscript.pictures.images import distances


def test_of_equally_near_pixels_the_first_down_the_columns_is_told():
    mask = np.zeros((5, 5), bool)
    mask[1, 1] = mask[3, 3] = True
    _, places = distances.nearest(mask, "euclidean", True)
    assert places.tolist() == [  # MATLAB's documentation of bwdist
        [7, 7, 7, 7, 7], [7, 7, 7, 7, 19], [7, 7, 7, 19, 19], [7, 7, 19, 19, 19], [7, 19, 19, 19, 19],
    ]  # fmt: skip


@pytest.mark.parametrize(("metric", "far"), [
    ("euclidean", np.hypot(2, 3)), ("cityblock", 5), ("chessboard", 3), ("quasi-euclidean", 1 + 2 * np.sqrt(2)),
])  # fmt: skip
def test_metrics(metric, far):
    mask = np.zeros((3, 4), bool)
    mask[0, 0] = True
    found, places = distances.nearest(mask, metric, True)
    assert found.dtype == np.float32 and found[2, 3] == pytest.approx(far) and (places == 1).all()


def test_without_a_one_everything_is_endlessly_far():
    found, places = distances.nearest(np.zeros((2, 2), bool), "euclidean", True)
    assert np.isinf(found).all() and not places.any()


@pytest.mark.parametrize(("metric", "far"), [
    ("chessboard", 4), ("cityblock", 6), ("quasi-euclidean", 2 + 2 * np.sqrt(2)),
])  # fmt: skip
def test_paths_stay_within_the_mask(metric, far):
    mask = np.array([[1, 1, 1], [0, 0, 1], [1, 1, 1]], bool)
    seeds = np.zeros_like(mask)
    seeds[0, 0] = True
    found = distances.within(mask, seeds, metric)
    assert found[2, 0] == pytest.approx(far) and np.isnan(found[1, 0])


def test_grey_paths_cost_the_mean_of_both_pixels_of_a_step():
    seeds = np.array([[True, False, False]])
    for metric in ("chessboard", "cityblock", "quasi-euclidean"):
        assert distances.over_grey(np.array([[1.0, 3.0, 0.0]]), seeds, metric).tolist() == [[0, 2, 3.5]]


def test_short_branches_go():
    mask = np.zeros((5, 20), bool)
    mask[2] = mask[0, 10] = mask[1, 10] = True
    assert distances.branches_pruned(mask, 3).sum() == 21  # the pixel on the line stays

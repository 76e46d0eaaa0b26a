"""LIME: images without some of their features, and grids of features."""

import numpy as np
import pytest

from cnnscript.explain.lime import grid, grid_features, sample_scores
from cnnscript.explain.perturbation import MaskedQuestion
from tests.explain.perturbed_networks import residual, residual_scores


def test_scores_of_images_without_some_features_by_hand(rng):
    network, arrays = residual()
    image = rng.uniform(0, 255, (12, 15, 3)).astype(np.float32)
    features = grid_features(12, 15, 3, 2)
    samples = np.array([[1, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1], [1, 0, 0, 1, 0, 1], [0, 0, 0, 0, 0, 0]], bool)
    found = sample_scores(MaskedQuestion(network, 8, (1,), image, np.float32([[[3, 2, 1]]])), features, samples)
    for kept, score in zip(samples, found[:, 0], strict=True):
        shown = image.copy()
        for feature in np.flatnonzero(~kept):
            shown[features == feature] = (3, 2, 1)
        assert score == pytest.approx(residual_scores(arrays, shown)[1], abs=2e-6)


@pytest.mark.parametrize(
    ("size", "count", "wanted"),
    [((227, 227), 49, (7, 7)), ((227, 227), 60, (7, 7)), ((227, 227), 64, (8, 8)), ((100, 200), 50, (5, 10)),
     ((200, 100), 50, (10, 5)), ((10, 10), 1, (1, 1)), ((3, 90), 60, (1, 30)), ((4, 4), 900, (4, 4))],
)  # fmt: skip
def test_grids_have_cells_that_are_nearly_square(size, count, wanted):
    assert grid(*size, count) == wanted


def test_cells_are_numbered_down_the_columns():
    np.testing.assert_array_equal(grid_features(4, 6, 2, 2), [[0, 0, 0, 2, 2, 2]] * 2 + [[1, 1, 1, 3, 3, 3]] * 2)
    assert np.bincount(grid_features(227, 227, 7, 7).ravel()).tolist() == [
        a * b for a in (33, 32, 33, 32, 33, 32, 32) for b in (33, 32, 33, 32, 33, 32, 32)
    ]

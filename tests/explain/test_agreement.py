"""How maps agree, against hand-worked numbers and scipy."""

import numpy as np
import pytest
from scipy import stats

from cnnscript.explain import agreement


def test_ranks_of_equal_numbers_are_shared():
    np.testing.assert_array_equal(agreement.ranks(np.array([[3, 1], [3, 2]])), [3.5, 1, 3.5, 2])


def test_rank_correlation_is_spearmans():
    random = np.random.default_rng(0)
    one, other = random.integers(0, 9, (2, 12, 15)).astype(float)
    assert agreement.rank_correlation(one, other) == pytest.approx(stats.spearmanr(one.ravel(), other.ravel())[0])
    assert agreement.rank_correlation(one, one**3) == pytest.approx(1)


def test_correlation_is_pearsons_of_tiny_numbers_too():
    random = np.random.default_rng(1)
    one, other = random.normal(size=(2, 40))
    assert agreement.correlation(one * 1e-200, other * 1e-190) == pytest.approx(np.corrcoef(one, other)[0, 1])


def test_nothing_is_said_of_a_flat_map_and_a_flat_copy_kept_nothing():
    flat, slope = np.ones((3, 3)), np.arange(9.0).reshape(3, 3)
    assert np.isnan(agreement.correlation(flat, slope))
    assert agreement.rank_correlation(slope, flat) == 0


def test_overlap_is_what_is_in_both_over_what_is_in_either():
    one, other = np.zeros((2, 5)), np.zeros((2, 5))
    one[0, :3], other[0, 1:4] = [3, 2, 1], [3, 2, 1]
    assert agreement.overlap(one, other, 0.3) == pytest.approx(2 / 4)
    assert agreement.overlap(one, one, 0.3) == 1


def test_maps_are_scaled_from_0_to_1():
    np.testing.assert_array_equal(agreement.in_unit(np.array([[-2.0, 0], [2, 1]])), [[0, 0.5], [1, 0.75]])
    np.testing.assert_array_equal(agreement.in_unit(np.full((2, 2), 7.0)), np.zeros((2, 2)))

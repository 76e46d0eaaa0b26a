"""Copies of an image and what their maps say, in NumPy by hand."""

import numpy as np
import pytest
from scipy import stats

from cnnscript.explain import stability


def test_noise_stays_in_its_ball():
    image = np.random.default_rng(0).integers(10, 211, (9, 8, 3)).astype(np.uint8)
    image[0, 0], image[0, 1] = 10, 210
    copies = stability.noisy_copies(image, 50, 0.1, np.random.default_rng(1))
    far = np.abs(copies - image)
    assert copies.shape == (50, 9, 8, 3) and copies.dtype == np.float32
    assert 19.5 < far.max() <= 20.001
    assert far.mean() == pytest.approx(10, rel=0.05)


def test_moves_are_different_and_never_none():
    found = stability.moves(8, 1, np.random.default_rng(0))
    assert sorted(found) == sorted({(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)} - {(0, 0)})
    assert len(stability.moves(5, 3, np.random.default_rng(0))) == 5


def test_moved_copies_repeat_the_edge():
    image = np.arange(12.0).reshape(3, 4, 1)
    (down_right,) = stability.moved_copies(image, [(1, 2)])
    np.testing.assert_array_equal(down_right[..., 0], [[0, 0, 0, 1], [0, 0, 0, 1], [4, 4, 4, 5]])
    (up_left,) = stability.moved_copies(image, [(-1, -1)])
    np.testing.assert_array_equal(up_left[..., 0], [[5, 6, 7, 7], [9, 10, 11, 11], [9, 10, 11, 11]])


def test_a_map_that_moves_with_its_image_is_stable():
    map = np.random.default_rng(0).random((7, 9))
    by = [(2, -1), (-3, 0)]
    found = stability.measured(map, [one[..., 0] for one in stability.moved_copies(map[..., None], by)], by)
    np.testing.assert_allclose(found.correlations, 1)
    np.testing.assert_allclose(found.sensitivities, 0)
    np.testing.assert_allclose(found.spread, 0, atol=1e-7)


def test_the_three_measures_by_hand():
    random = np.random.default_rng(2)
    map, noisy, moved = random.random((3, 6, 5))
    found = stability.measured(map, [noisy, moved], [(0, 0), (1, -2)])
    here, there = map[:-1, 2:], moved[1:, :-2]
    assert found.correlations[0] == pytest.approx(stats.spearmanr(map.ravel(), noisy.ravel())[0])
    assert found.correlations[1] == pytest.approx(stats.spearmanr(here.ravel(), there.ravel())[0])
    assert found.sensitivities[0] == pytest.approx(np.linalg.norm(noisy - map) / np.linalg.norm(map))
    assert found.sensitivities[1] == pytest.approx(np.linalg.norm(there - here) / np.linalg.norm(here))
    span = map.max() - map.min()
    assert found.spread[0, 4] == pytest.approx(np.std([map[0, 4], noisy[0, 4], moved[1, 2]]) / span)
    assert found.spread[5, 0] == pytest.approx(np.std([map[5, 0], noisy[5, 0]]) / span)

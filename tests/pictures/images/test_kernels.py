"""Filters by weights, on values worked by hand."""

import numpy as np
import pytest

from cnnscript.pictures.images import kernels


def test_a_disk_covers_its_area():
    weights = kernels.disk(5)
    assert weights.shape == (11, 11) and weights.sum() == pytest.approx(1)
    assert weights[5, 5] == pytest.approx(1 / (np.pi * 25))
    assert weights[0, 0] == 0 and weights == pytest.approx(weights.T)


def test_the_corner_of_a_disk_is_what_fine_points_say():
    fine = (np.arange(-1500, 1500) + 0.5) / 1000
    inside = fine[:, None] ** 2 + fine**2 <= 1.2**2
    counted = inside.reshape(3, 1000, 3, 1000).mean((1, 3))
    assert kernels.disk(1.2) == pytest.approx(counted / counted.sum(), abs=1e-3)


def test_the_laplacian_of_a_gaussian_sums_to_nothing():
    weights = kernels.laplacian_of_gaussian((5, 5), 0.5)
    assert weights.sum() == pytest.approx(0) and weights[2, 2] == pytest.approx(-4.9048, abs=1e-4)


@pytest.mark.parametrize(
    ("outside", "expected"),
    [(0.0, [3, 6, 5]), (9.0, [12, 6, 14]), ("replicate", [4, 6, 8]), ("symmetric", [4, 6, 8]), ("circular", [6, 6, 6])],
)
def test_what_lies_outside(outside, expected):
    assert kernels.apply(np.array([[1.0, 2, 3]]), np.ones((1, 3)), outside).ravel().tolist() == expected


def test_a_filter_keeps_the_class_and_every_channel():
    image = np.zeros((3, 3, 2), np.uint8)
    image[1, 1] = 200, 10
    made = kernels.apply(image, np.full((3, 3), 2.0))
    assert made.dtype == np.uint8 and made[0, 0].tolist() == [255, 20]


def test_correlation_and_convolution_differ_by_half_a_turn():
    image, weights = np.array([[0.0, 1, 0]]), np.array([[1.0, 2, 3]])
    assert kernels.apply(image, weights).ravel().tolist() == [3, 2, 1]
    assert kernels.apply(image, weights, turned=True).ravel().tolist() == [1, 2, 3]


def test_weights_of_very_different_sizes_are_all_counted():
    image = np.arange(9.0).reshape(3, 3)
    for small in (1e-9, 1e-13, 1e-16, 1e-300):
        weights = np.array([[small, 0.5, small]])
        made = kernels.apply(image, weights)
        np.testing.assert_allclose(made[0], [small, 0.5 + 2 * small, 1 + small], rtol=1e-12, atol=0)


def test_halves_of_integers_are_rounded_up_under_large_boxes_too():
    image = np.zeros((16, 16), np.uint8)
    image[:4, :8] = 1
    # 32 of the 64 pixels under the box are 1: exactly a half
    assert kernels.apply(image, np.full((8, 8), 1 / 64))[3, 3] == 1


def test_a_large_kernel_of_rank_one_gives_what_the_long_sum_gives():
    image = np.random.default_rng(0).random((20, 20))
    weights = np.outer(np.arange(1.0, 10), np.arange(9.0, 0, -1))
    np.testing.assert_allclose(
        kernels.sums(image, weights, "replicate"), kernels.correlated(np.pad(image, 4, "edge"), weights), rtol=1e-12
    )


def test_weights_of_nothing_do_not_look():
    image = np.array([[1.0, np.nan, 3.0]])
    assert kernels.sums(image, np.array([[1.0, 0.0, 1.0]])).ravel()[1] == 4


def test_tiny_weights_count():
    np.testing.assert_allclose(kernels.sums(np.ones((1, 3)), np.full((1, 3), 1e-20)).ravel(), [2e-20, 3e-20, 2e-20])

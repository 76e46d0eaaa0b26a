"""Filters that keep edges: what stays, what goes, and single steps worked by hand."""

import numpy as np
import pytest

from cnnscript.pictures.images import smoothing

RANDOM = np.random.default_rng(5)
STEP = np.tile([0.0, 0, 0, 0, 1, 1, 1, 1], (8, 1))


def test_a_step_of_diffusion_by_hand():
    image = np.array([[0.0, 1.0, 0.0]])
    made = smoothing.diffused(image, [1.0], every=False, exponential=False)
    flow = 0.5 / 4
    np.testing.assert_allclose(made, [[flow, 1 - 2 * flow, flow]])


def test_a_bilateral_mean_by_hand():
    made = smoothing.bilateral(np.array([[0.0, 1.0, 0.0]]), 0.5, 1.0, 3)
    near, alike = np.exp(-0.5), np.exp(-1.0)
    # the rows above and below are the row itself: the same weights three times over
    weights = np.array([near * alike, 1, near * alike])
    assert made[0, 1] == pytest.approx(weights[1] / weights.sum())


@pytest.mark.parametrize(
    "smooth",
    [
        lambda image: smoothing.bilateral(image, 0.01, 2, 9),
        lambda image: smoothing.guided(image, image, (5, 5), 0.01),
        lambda image: smoothing.diffused(image, [0.2] * 10, True, True),
        lambda image: smoothing.alike_patches(image, 0.2, 7, 3),
    ],
)
def test_noise_goes_and_the_edge_stays(smooth):
    noisy = STEP + RANDOM.normal(0, 0.05, STEP.shape)
    made = smooth(noisy)
    assert made[:, :3].std() < noisy[:, :3].std() and made[:, 4].mean() - made[:, 3].mean() > 0.75


def test_a_guide_of_colours_is_a_grey_one_where_its_channels_are_alike():
    image, guide = RANDOM.random((9, 9)), RANDOM.random((9, 9))
    one = smoothing.guided(image, guide, (3, 3), 0.01)
    three = smoothing.guided(image, np.repeat(guide[:, :, None], 3, 2) / np.sqrt(3), (3, 3), 0.01)
    np.testing.assert_allclose(one, three, atol=1e-9)


def test_local_laplacians_of_power_one_change_nothing():
    image = RANDOM.random((13, 10))
    np.testing.assert_allclose(smoothing.local_laplacian(image, 0.2, 1.0, 1.0, 16), image, atol=1e-9)


def test_the_noise_of_a_flat_image_is_measured():
    assert smoothing.noise_deviation(RANDOM.normal(0, 3, (200, 200))) == pytest.approx(3, rel=0.05)


def test_sharpening_is_the_image_plus_what_smoothing_takes():
    image = RANDOM.random((9, 9))
    whole = smoothing.sharpened(image, 1, 0.8, 0)
    parts = smoothing.sharpened(image, 1, 0.8, 1e-9)
    np.testing.assert_allclose(whole, parts, atol=1e-9)


def test_a_bright_line_is_a_fiber_and_a_dark_one_is_not():
    image = np.zeros((20, 20))
    image[:, 9:11] = 1
    assert smoothing.fibers(image, 4, 0.01, True)[10, 9] > 0.9 and smoothing.fibers(image, 4, 0.01, False)[10, 9] == 0

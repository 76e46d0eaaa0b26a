"""Corners of images."""

import numpy as np

from cnnscript.pictures.images import corners

WINDOW = np.array([1.0, 4, 6, 4, 1]) / 16


def test_edges_are_no_corners():
    image = np.zeros((11, 11))
    image[:, 5:] = 1
    assert corners.metric(image, WINDOW, 0.04).max() <= 0
    assert abs(corners.metric(image, WINDOW, None)).max() < 1e-12


def test_a_square_has_four():
    image = np.zeros((20, 20))
    image[6:14, 5:15] = 1
    for sensitivity in (0.04, None):
        found = corners.peaks(corners.metric(image, WINDOW, sensitivity), 0.01, 200)
        assert sorted(found.tolist()) == [[6, 7], [6, 14], [15, 7], [15, 14]]


def test_small_and_level_images_have_none():
    assert corners.peaks(corners.metric(np.ones((9, 9)), WINDOW, 0.04), 0.01, 5).shape == (0, 2)
    assert corners.metric(np.ones((2, 9)), WINDOW, 0.04).shape == (2, 9)

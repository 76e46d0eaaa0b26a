"""Where maps point, by hand."""

import numpy as np
import pytest

from cnnscript.explain import localization


def test_the_highest_pixel_hits_within_the_tolerance():
    map, mask = np.zeros((8, 9)), np.zeros((8, 9), bool)
    map[2, 3], mask[5, 7] = 1, True
    assert localization.highest(map) == (2, 3)
    assert localization.points_at(map, mask, 5) and not localization.points_at(map, mask, 4.9)


def test_of_equal_pixels_the_upper_left_one_counts():
    assert localization.highest(np.zeros((3, 3))) == (0, 0)


def test_mass_is_of_what_is_positive():
    map = np.array([[4.0, -9], [1, 5]])
    mask = np.array([[True, True], [False, False]])
    assert localization.mass_accuracy(map, mask) == pytest.approx(0.4)
    assert np.isnan(localization.mass_accuracy(-np.ones((2, 2)), mask))


def test_rank_is_of_as_many_pixels_as_the_mask_has():
    map = np.array([[4.0, -9], [1, 5]])
    mask = np.array([[True, True], [False, False]])
    assert localization.rank_accuracy(map, mask) == pytest.approx(0.5)

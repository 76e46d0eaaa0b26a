"""Regions numbered, filled, counted."""

import numpy as np
import pytest

from cnnscript.pictures.images import connected


def test_regions_are_counted_along_columns():
    mask = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0]], bool)
    labels, count = connected.labelled(mask, connected.neighbourhood(4))
    assert count == 3 and labels.tolist() == [[1, 0, 3], [0, 0, 3], [2, 2, 0]]
    assert connected.labelled(mask, connected.neighbourhood(8))[1] == 2


def test_a_region_found_late_takes_the_number_of_its_first_pixel():
    mask = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 1]], bool)
    labels, _ = connected.labelled(mask, connected.neighbourhood(4))
    assert labels.tolist() == [[1, 0, 2], [0, 0, 2], [2, 2, 2]]


def test_neighbourhoods_have_their_numbers():
    assert [int(connected.neighbourhood(n).sum()) - 1 for n in (4, 8, 6, 18, 26)] == [4, 8, 6, 18, 26]


def test_places_of_a_region_rise():
    labels = np.array([[2, 1], [1, 2]])
    assert [places.tolist() for places in connected.members(labels, 3)] == [[1, 2], [0, 3], []]


@pytest.mark.parametrize(("rows", "euler", "area"), [
    (["111", "101", "111"], (0, 0), 8.5), (["10", "01"], (1, 2), 2.25), (["11", "11"], (1, 1), 4.0), (["1"], (1, 1), 1),
])  # fmt: skip
def test_euler_numbers_and_areas_of_patterns(rows, euler, area):
    mask = np.array([[cell == "1" for cell in row] for row in rows])
    assert (connected.euler_number(mask, 8), connected.euler_number(mask, 4)) == euler
    assert connected.weighted_area(mask) == area

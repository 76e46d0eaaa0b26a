"""Shapes and what grows and shrinks by them."""

import numpy as np
import pytest

from cnnscript.pictures.images import shapes


@pytest.mark.parametrize(("radius", "side"), [(1, 3), (2, 5), (3, 5), (5, 9), (6, 11), (10, 19), (15, 29)])
def test_disks_have_matlabs_sizes(radius, side):
    assert shapes.disk(radius).shape == (side, side)


def test_the_disk_of_radius_five_is_an_octagon():
    rows = ["".join("01"[int(cell)] for cell in row) for row in shapes.disk(5)]
    assert rows == ["001111100", "011111110", *["111111111"] * 5, "011111110", "001111100"]


def test_a_disk_of_no_lines_is_round():
    assert shapes.disk(5, 0).sum() == sum(x * x + y * y <= 25 for x in range(-5, 6) for y in range(-5, 6))


def test_lines_end_as_far_from_the_middle_as_matlab_rounds():
    assert shapes.line(4, 0).shape == (1, 5)  # 1.5 is rounded away from nothing
    assert shapes.line(3, 90).shape == (3, 1) and shapes.line(1, 45).shape == (1, 1)
    assert shapes.line(5, 45).astype(int).tolist() == [[0, 0, 1], [0, 1, 0], [1, 0, 0]]


def test_a_disk_is_the_sum_of_its_lines():
    whole = np.ones((1, 1), bool)
    for part in shapes.disk_parts(10, 4):
        whole = shapes.grown(whole, part)
    assert np.array_equal(whole, shapes.disk(10, 4))


def test_a_shape_moved_keeps_its_middle():
    assert shapes.moved(np.ones((1, 1), bool), (0, 2)).tolist() == [[False, False, False, False, True]]
    assert shapes.turned(np.array([[True, False]])).tolist() == [[False, True, False]]


def test_a_dome_is_half_an_ellipsoid():
    assert shapes.dome(2, 4.0)[2].tolist() == [0, 4 * np.sqrt(0.75), 4, 4 * np.sqrt(0.75), 0]
    assert shapes.dome(2, 4.0)[0, 0] == -np.inf

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


def test_the_middle_of_an_even_shape_is_the_end_of_its_first_half():
    image = np.array([[0, 0, 5, 0, 0]])
    assert shapes.dilate(image, np.ones((1, 2), bool)).tolist() == [[0, 0, 5, 5, 0]]
    assert shapes.erode(-image, np.ones((1, 2), bool)).tolist() == [[0, -5, -5, 0, 0]]


def test_nothing_from_outside_comes_in():
    image = np.full((3, 3), 7, np.uint8)
    assert (shapes.dilate(image, shapes.diamond(1)) == 7).all() and (shapes.erode(image, shapes.diamond(1)) == 7).all()


def test_regions_are_counted_along_columns():
    mask = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0]], bool)
    labels, count = shapes.regions(mask, 4)
    assert count == 3 and labels.tolist() == [[1, 0, 3], [0, 0, 3], [2, 2, 0]]
    assert shapes.regions(mask, 8)[1] == 2


def test_hollows_of_grey_images_rise_to_their_rim():
    image = np.full((5, 5), 9.0)
    image[1:4, 1:4], image[2, 0] = 2.0, 9.0
    image[0, 2] = 4.0
    assert shapes.without_holes(image)[2, 2] == 4

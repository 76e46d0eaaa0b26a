"""Images grown and shrunk."""

import numpy as np
import pytest

from cnnscript.pictures.images import grow, shapes


def test_the_middle_of_an_even_shape_is_the_end_of_its_first_half():
    image = np.array([[0, 0, 5, 0, 0]])
    assert grow.dilate(image, np.ones((1, 2), bool)).tolist() == [[0, 0, 5, 5, 0]]
    assert grow.erode(-image, np.ones((1, 2), bool)).tolist() == [[0, -5, -5, 0, 0]]


def test_nothing_from_outside_comes_in():
    image = np.full((3, 3), 7, np.uint8)
    assert (grow.dilate(image, shapes.diamond(1)) == 7).all() and (grow.erode(image, shapes.diamond(1)) == 7).all()


def test_whole_numbers_that_no_double_holds_stay_what_they_are():
    image = np.array([[2**60 + 1, 2**60 + 3, 5]])
    assert grow.dilate(image, np.ones((1, 3), bool)).tolist() == [[2**60 + 3] * 3]
    assert grow.erode(image, np.ones((1, 3), bool)).tolist() == [[2**60 + 1, 5, 5]]


def test_a_flat_shape_works_on_each_plane_of_a_volume():
    image = np.zeros((3, 3, 2))
    image[1, 1, 0] = 1
    made = grow.dilate(image, np.ones((3, 3), bool))
    assert made[:, :, 0].all() and not made[:, :, 1].any()
    assert grow.dilate(image, np.ones((3, 3, 3), bool)).all()


def test_heights_are_added_and_taken_away():
    image = np.array([[0, 10, 0]], np.uint8)
    heights = np.array([[3.0, 250.0, 3.0]])
    assert grow.dilate(image, heights).tolist() == [[250, 255, 250]]
    assert grow.erode(image, np.array([[0.0, 2.0, -np.inf]])).tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("rows", [1, 31, 32, 33, 70])
def test_packed_masks_come_back(rows):
    mask = np.random.default_rng(1).random((rows, 3)) > 0.5
    packed = grow.pack(mask)
    assert packed.dtype == np.uint32 and packed.shape == (-(-rows // 32), 3)
    assert np.array_equal(grow.unpack(packed, rows), mask)

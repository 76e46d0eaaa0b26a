"""Words in pixels."""

import numpy as np
import pytest

from cnnscript.pictures.images import stamp


def box_of(made):
    rows, columns = np.nonzero(made[:, :, 2] == 0)
    return rows.min(), rows.max(), columns.min(), columns.max()


@pytest.mark.parametrize("anchor", stamp.ANCHORS)
def test_the_anchor_of_the_box_lies_at_the_place(anchor):
    made = stamp.write(np.full((101, 201), 9, np.uint8), "ab", (101, 51), ink=(1, 1, 0), opacity=1, anchor=anchor)
    top, bottom, left, right = box_of(made)
    across, down = stamp.ANCHORS[anchor]
    assert abs(left + across * (right - left) - 100) <= 0.5 and abs(top + down * (bottom - top) - 50) <= 0.5


def test_words_outside_the_image_leave_it_as_it_was():
    image = np.zeros((20, 20))
    assert (stamp.write(image, "far", (500, 500)) == 0).all()


def test_words_over_the_edge_are_cut():
    made = stamp.write(np.zeros((20, 20)), "wide words", (10, 10), opacity=1)
    assert made.shape == (20, 20, 3) and made[15, 15, 0] > 0


def test_the_image_itself_is_not_written_on():
    image = np.zeros((40, 80, 3), np.uint8)
    stamp.write(image, "a", (1, 1))
    assert not image.any()

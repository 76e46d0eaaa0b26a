import numpy as np
import pytest

from cnnscript.pictures.images import segmentation


def test_clusters_are_numbered_as_they_appear():
    points = np.array([[9.0], [1], [9.2], [1.1], [5]])
    labels, centres = segmentation.colour_clusters(points, 3, 5, 100, 1e-4, 0)
    assert labels.tolist() == [0, 1, 0, 1, 2] and centres.ravel().tolist() == pytest.approx([9.1, 1.05, 5])


def test_overlaps_by_hand():
    one, other = np.array([True, True, True, False]), np.array([False, True, True, True])
    assert segmentation.overlap(one, other) == (pytest.approx(2 / 3), 0.5)
    assert np.isnan(segmentation.overlap(~one & one, ~one & one)).all()


def test_an_outline_is_where_a_side_is_free():
    mask = np.ones((4, 5), bool)
    assert segmentation.outline(mask)[1:-1, 1:-1].sum() == 0 and segmentation.outline(mask).sum() == 14


def test_outlines_agree_within_a_reach():
    one = np.zeros((20, 20), bool)
    one[5:12, 5:12] = True
    far = np.roll(one, 3, 1)
    assert segmentation.boundary_agreement(one, one, 0.5) == (1, 1, 1)
    assert segmentation.boundary_agreement(one, far, 3) == (1, 1, 1)
    score, precision, recall = segmentation.boundary_agreement(one, far, 1)
    assert score == precision == recall < 1
    assert segmentation.boundary_agreement(one, one & False, 1)[0] == 0


def test_a_contour_finds_the_two_greys():
    image = np.zeros((30, 30))
    image[8:20, 10:25] = 0.8
    start = np.zeros((30, 30), bool)
    start[2:28, 2:28] = True
    made = segmentation.moving_contour(image, start, 80, 0, False, 0.0)
    np.testing.assert_array_equal(made, image > 0)


def test_a_point_that_comes_often_weighs_more():
    points = np.array([[0.0]] * 9 + [[1.0]] + [[10.0]] * 5)
    _, centres = segmentation.colour_clusters(points, 2, 5, 100, 1e-4, 1)
    assert centres.ravel().tolist() == pytest.approx([0.1, 10])

"""What regions measure."""

import numpy as np
import pytest

from cnnscript.pictures.images import measures


def region(mask):
    mask = np.asarray(mask, bool)
    points = measures.coordinates(np.flatnonzero(mask.ravel(order="F")), mask.shape)
    return points, measures.box_of(points, 2)


def test_a_pixel_is_a_square_not_a_point():
    points, _ = region([[1]])
    assert measures.ellipse(points)["MajorAxisLength"] == pytest.approx(4 * np.sqrt(1 / 12))


def test_a_rising_diagonal_leans_45_degrees():
    points, _ = region(np.eye(5)[::-1])
    assert measures.ellipse(points)["Orientation"] == pytest.approx(45)


def test_extremes_begin_at_the_top_left_and_run_clockwise():
    points, _ = region([[0, 1, 1], [1, 1, 0]])
    assert measures.extrema(points).tolist() == [
        [1.5, 0.5], [3.5, 0.5], [3.5, 0.5], [3.5, 1.5], [2.5, 2.5], [0.5, 2.5], [0.5, 2.5], [0.5, 1.5],
    ]  # fmt: skip


def test_the_hull_of_a_pixel_joins_the_middles_of_its_sides():
    _, box = region([[0, 0], [0, 1]])
    hull = measures.convex_hull(np.ones((1, 1), bool), box)
    assert hull.tolist() == [[1.5, 2], [2, 1.5], [2.5, 2], [2, 2.5], [1.5, 2]]


def test_the_hull_fills_a_notch():
    mask = np.array([[1, 1, 1], [1, 0, 1], [1, 0, 1]], bool)
    _, box = region(mask)
    assert measures.convex_image(mask, box).all()


def test_calipers_of_a_bar():
    mask = np.ones((2, 6), bool)
    _, box = region(mask)
    length, angle, ends = measures.widest(mask, box)
    assert length == pytest.approx(np.hypot(2, 6)) and abs(angle) == pytest.approx(np.degrees(np.arctan2(2, 6)))
    assert np.hypot(*(ends[1] - ends[0])) == pytest.approx(length)
    width, angle, ends = measures.narrowest(mask, box)
    assert width == 2 and abs(angle) == 90 and np.hypot(*(ends[1] - ends[0])) == pytest.approx(2)


def test_a_large_disk_is_as_good_as_round():
    mask = np.hypot(*(np.indices((101, 101)) - 50)) <= 50
    assert measures.circularity(mask.sum(), measures.perimeter(mask)) == pytest.approx(1, abs=0.02)

import numpy as np
import pytest

from cnnscript.pictures.images import filling


def test_a_plane_is_filled_with_itself():
    plane = np.add.outer(2.0 * np.arange(8), 3.0 * np.arange(9))
    mask = np.zeros(plane.shape, bool)
    mask[2:6, 3:7] = True
    np.testing.assert_allclose(filling.smooth(np.where(mask, 99, plane), mask), plane, atol=1e-9)


def test_at_the_border_the_mean_is_of_fewer_neighbours():
    made = filling.smooth(np.array([[0.0, 4.0, 8.0]]), np.array([[True, False, False]]))
    assert made.tolist() == [[4, 4, 8]]
    assert (filling.smooth(np.ones((2, 2)), np.ones((2, 2), bool)) == 1).all()


def test_lines_run_on_through_a_hole():
    image = np.zeros((20, 20, 1))
    image[:, 10:] = 1
    mask = np.zeros((20, 20), bool)
    mask[8:12, 5:15] = True
    made = filling.coherent(np.where(mask[:, :, None], 0.5, image), mask, 1.0, 4)
    assert np.abs(made - image)[mask].mean() < 0.2


def test_stripes_are_copied_into_a_hole():
    image = np.tile([0.0, 0, 1, 1], (16, 8))[:, :, None]
    mask = np.zeros((16, 32), bool)
    mask[6:10, 13:18] = True
    for by_tensor in (False, True):
        made = filling.exemplar(np.where(mask[:, :, None], 0.3, image), mask, (5, 5), by_tensor)
        np.testing.assert_array_equal(made, image)


def test_a_front_takes_its_distance_over_its_speed():
    seeds = np.zeros((41, 41), bool)
    seeds[20, 20] = True
    times = filling.arrival_times(np.full((41, 41), 2.0), seeds)
    y, x = np.mgrid[-20:21, -20:21]
    assert times[20, 40] == pytest.approx(10) and np.abs(times - np.hypot(y, x) / 2).max() < 0.6
    slow = np.full((3, 5), 1.0)
    slow[:, 2] = 0.1
    assert filling.arrival_times(slow, np.arange(5)[None] == np.zeros((3, 1)))[1].tolist() == [0, 1, 11, 12, 13]

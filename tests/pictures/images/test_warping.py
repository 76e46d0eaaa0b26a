"""Images looked up between their pixels, turned and shifted."""

import numpy as np
import pytest

from cnnscript.pictures.images import warping


def test_beyond_the_middles_of_the_outermost_pixels_is_the_fill_unless_edges_are_smooth():
    row = np.array([[10.0, 20.0]])
    x, y = np.array([[0.75, 1.25, 2.25]]), np.ones((1, 3))
    assert warping.look_up(row, (x, y), "linear", 5).tolist() == [[5, 12.5, 5]]
    assert warping.look_up(row, (x, y), "linear", 0, smooth=True).tolist() == [[7.5, 12.5, 15]]
    assert warping.look_up(row, (x, y), "nearest", 0, smooth=True).tolist() == [[10, 10, 20]]


def test_cubic_takes_keys_weights():
    row = np.array([[0.0, 0, 1, 0, 0]])
    found = warping.look_up(row, (np.array([[2.5, 3.5, 4.5]]), np.ones((1, 3))), "cubic")
    # Keys' kernel with a = -1/2 at half a pixel and at one and a half
    assert found.tolist() == [[0.5625, 0.5625, -0.0625]]


def test_planes_have_their_own_fill_and_integers_are_rounded():
    image = np.zeros((1, 2, 3), np.uint8)
    image[0, 1] = 5
    out = warping.look_up(image, (np.array([[1.5, 9.0]]), np.ones((1, 2))), "linear", np.array([1.0, 2, 3]))
    assert out.tolist() == [[[3, 3, 3], [1, 2, 3]]] and out.dtype == np.uint8


def test_space_is_looked_up_too():
    cube = np.arange(8.0).reshape(2, 2, 2)
    middle = [np.array([1.5])] * 3
    assert warping.look_up(cube, middle, "linear").tolist() == [3.5]


@pytest.mark.parametrize(("angle", "size"), [(45, (15, 15)), (30, (14, 14)), (10, (12, 12)), (-45, (15, 15))])
def test_a_loose_turn_has_the_box_of_the_turned_pixels(angle, size):
    assert warping.rotate(np.ones((10, 10)), angle).shape == size


def test_cropped_right_angles_keep_the_size():
    image = np.arange(1.0, 9).reshape(2, 4)
    assert warping.rotate(image, 90, crop=True).tolist() == [[0, 3, 7, 0], [0, 2, 6, 0]]
    assert warping.rotate(image, 180, crop=True).tolist() == image[::-1, ::-1].tolist()
    assert warping.rotate(image, 270).tolist() == [[5, 1], [6, 2], [7, 3], [8, 4]]


def test_a_turn_and_back_leaves_the_middle():
    image = np.random.default_rng(0).random((21, 21))
    there = warping.rotate(image, 20, "linear", crop=True)
    smooth = warping.rotate(there, -20, "linear", crop=True)
    assert abs(smooth[8:13, 8:13].mean() - image[8:13, 8:13].mean()) < 0.03
    assert warping.rotate(np.ones((5, 5), bool), 45, crop=True)[2].tolist() == [True] * 5


def test_shifts_of_whole_pixels_move_them():
    image = np.arange(1.0, 7).reshape(2, 3)
    out, starts = warping.translate(image, (1, -1), "linear", 0, full=False)
    assert out.tolist() == [[0, 4, 5], [0, 0, 0]] and starts == [1, 1]
    out, starts = warping.translate(image, (-1, 2), "linear", 9, full=True)
    assert out.shape == (4, 4) and starts == [0, 1] and out[2:, :3].tolist() == image.tolist()


def test_nan_stays_where_it_weighs_something():
    image = np.array([[1.0, np.nan, 3, 4]])
    out, _ = warping.translate(image, (1, 0), "linear", np.nan, full=False)
    np.testing.assert_array_equal(out, [[np.nan, 1, np.nan, 3]])
    found = warping.look_up(image, (np.array([[1.0, 3.5]]), np.ones((1, 2))), "linear", np.nan, smooth=True)
    assert found.tolist() == [[1, 3.5]]


def test_moved_pixels_of_64_bits_keep_all_of_them():
    image = np.array([[2**62 + 1, 5]], np.int64)
    out, _ = warping.translate(image, (1, 0), "linear", 7.0, full=False)
    assert out.tolist() == [[7, 2**62 + 1]]
    assert warping.look_up(image, (np.array([[9.0]]), np.ones((1, 1))), "linear", np.nan).tolist() == [[0]]


@pytest.mark.parametrize("name", warping.QUICK_CLASSES)
@pytest.mark.parametrize("angle", [0.0, 13.0, 90.0, -170.0])
def test_the_quick_way_of_moving_an_image_gives_what_looking_up_gives(name, angle):
    random = np.random.default_rng(3)
    image = np.asfortranarray((random.random((9, 12, 3)) * 200).astype(name))
    matrix = (warping.rotation(angle) @ np.array([[1.1, 0.2, 1.25], [0.0, 0.8, -2.5], [0, 0, 1]]))[:2]
    if angle in (0.0, 90.0):
        matrix = np.array([[-1.0, 0.0, 11.0], [0.0, 1.0, 3.0]])  # mirrored, and moved by whole pixels
    y, x = np.mgrid[0:9, 0:12]
    places = [row[0] * x + row[1] * y + row[2] + 1 for row in matrix]
    fill = np.array([7.0, 8.0, 9.0])
    slow, quick = warping.look_up(image, places, "linear", fill), warping.look_up_moved(image, matrix, fill)
    assert quick.dtype == slow.dtype and quick.flags.f_contiguous
    assert np.abs(quick.astype(float) - slow.astype(float)).max() <= (1e-3 if name == "float32" else 0)

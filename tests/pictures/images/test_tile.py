import math

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.images.tile import frames_of, grid_size, tile


@pytest.mark.parametrize(
    ("count", "rows", "columns", "grid"),
    [
        (96, 55, 55, (10, 10)),
        (64, 113, 113, (8, 8)),
        (256, 14, 14, (16, 16)),
        (1, 5, 9, (1, 1)),
        (2, 10, 10, (1, 2)),
        (4, 100, 400, (4, 1)),
        (3, 10, 10, (2, 2)),
    ],
)
def test_the_grid_is_as_square_as_pixels_allow(count, rows, columns, grid):
    assert grid_size(count, rows, columns) == grid


def test_nan_in_a_grid_is_what_is_needed():
    assert grid_size(7, 1, 1, (2, math.nan)) == (2, 4)
    assert grid_size(7, 1, 1, (math.nan, 3)) == (3, 3)
    assert grid_size(4, 1, 1, (math.nan, math.nan)) == (2, 2)


def test_a_grid_that_is_too_small_says_which_is_not():
    with pytest.raises(ScriptError, match="SIZE must be big enough") as fault:
        grid_size(96, 55, 55, (8, 8))
    assert fault.value.hint == "[12 8] is big enough"


def test_tiles_run_along_rows_and_the_rest_is_background():
    images = [np.full((2, 3), k, np.uint8) for k in (1, 2, 3)]
    made = tile(images, (2, 2))
    assert made.tolist() == [[1, 1, 1, 2, 2, 2]] * 2 + [[3, 3, 3, 0, 0, 0]] * 2
    assert made.dtype == np.uint8 and made.flags.f_contiguous


def test_borders_lie_around_each_tile():
    made = tile([np.ones((1, 1)), np.ones((1, 1))], (1, 2), border=(1, 2))
    assert made.shape == (3, 10)
    assert np.argwhere(made == 1).tolist() == [[1, 2], [1, 7]]


def test_a_coloured_background_makes_a_colour_picture():
    made = tile([np.zeros((1, 1), np.uint8), None], (1, 2), background=(1, 0, 0))
    assert made[0].tolist() == [[0, 0, 0], [255, 0, 0]]


def test_mixed_classes_become_double_and_mixed_colours_colour():
    made = tile([np.full((2, 2), 255, np.uint8), np.full((2, 2, 3), 0.5)])
    assert made.shape == (2, 4, 3) and made.dtype == np.float64
    assert made[0, 0].tolist() == [1, 1, 1] and made[0, 2].tolist() == [0.5, 0.5, 0.5]


def test_images_of_other_sizes_keep_their_proportions_in_the_middle():
    made = tile([np.ones((4, 4)), np.ones((2, 4))], (1, 2))
    assert made[:, 4:].tolist() == [[0] * 4, [1] * 4, [1] * 4, [0] * 4]


def test_thumbnails_are_resized_and_nan_keeps_proportions():
    assert tile([np.ones((10, 20))], thumbnail=(5, math.nan)).shape == (5, 10)
    assert tile([np.ones((10, 20))], thumbnail=(math.nan, 40)).shape == (20, 40)
    assert tile([np.ones((10, 20))] * 2, thumbnail=(6, 6)).shape == (6, 12)


def test_frames_of_arrays():
    assert len(frames_of(np.zeros((5, 6, 1, 7)), False)) == 7
    assert [frame.shape for frame in frames_of(np.zeros((5, 6, 3, 2)), False)] == [(5, 6, 3)] * 2
    assert len(frames_of(np.zeros((5, 6, 3)), True)) == 3
    assert len(frames_of(np.zeros((5, 6, 3)), False)) == 1


def test_a_stack_of_channels_is_a_sequence_of_grey_frames():
    assert [frame.shape for frame in frames_of(np.zeros((5, 6, 64)), False)] == [(5, 6)] * 64
    assert len(frames_of(np.zeros((5, 6, 2)), True)) == 2


def test_a_stack_of_neither_grey_nor_colour_frames_is_refused():
    with pytest.raises(ScriptError) as fault:
        frames_of(np.zeros((5, 6, 2, 7)), False)
    assert fault.value.notes == ("got 5x6x2x7",)


def test_nothing_to_tile_is_empty():
    assert tile([]).shape == (0, 0)

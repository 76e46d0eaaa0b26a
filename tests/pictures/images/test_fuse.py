import numpy as np
import pytest

from cnnscript.pictures.images.fuse import CHANNELS, METHODS, SCALINGS, imfuse

FIRST = np.array([[0.0, 1.0], [0.5, 0.25]])
SECOND = np.array([[4.0, 0.0], [2.0, 1.0]])


def test_falsecolor_puts_the_first_in_green_and_the_second_in_magenta():
    made = imfuse(FIRST, SECOND)
    assert made.dtype == np.uint8
    assert made[:, :, 1].tolist() == [[0, 255], [128, 64]]
    assert made[:, :, 0].tolist() == made[:, :, 2].tolist() == [[255, 0], [128, 64]]


def test_red_cyan_and_own_channels():
    assert imfuse(FIRST, SECOND, channels=CHANNELS["red-cyan"])[0, 1].tolist() == [255, 0, 0]
    assert imfuse(FIRST, SECOND, channels=(0, 0, 1))[0, 1].tolist() == [0, 0, 255]


def test_scaling_apart_together_and_not_at_all():
    assert imfuse(FIRST, SECOND, "montage", "joint").tolist() == [[0, 64, 255, 0], [32, 16, 128, 64]]
    assert imfuse(FIRST, SECOND, "montage", "none").tolist() == [[0, 255, 255, 0], [128, 64, 255, 255]]


def test_montage_keeps_the_colours_of_a_photograph_beside_a_grey_map():
    photo = np.array([[[10, 20, 30]]], np.uint8)
    assert imfuse(photo, np.array([[0.0, 2.0]]), "montage").tolist() == [
        [[10, 20, 30], [0, 0, 0], [0, 0, 0], [255, 255, 255]]
    ]


def test_blend_is_the_mean_where_both_are():
    assert imfuse(np.array([[0, 200]], np.uint8), np.array([[100]], np.uint8), "blend", "none").tolist() == [[50, 200]]


def test_diff_is_stretched_and_black_outside():
    made = imfuse(np.array([[0.0, 0.5, 1.0]]), np.array([[0.0, 0.0]]), "diff", "none")
    assert made.tolist() == [[0, 255, 0]]


def test_checkerboard_changes_from_one_to_the_other():
    made = imfuse(np.zeros((8, 8), np.uint8), np.full((8, 8), 255, np.uint8), "checkerboard", "none")
    assert made[0].tolist() == [0, 255] * 4 and made[1].tolist() == [255, 0] * 4


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_different_sizes_and_colour_with_grey_always_fuse(method, scaling):
    rng = np.random.default_rng(0)
    made = imfuse(
        rng.integers(0, 256, (9, 7, 3), dtype=np.uint8), rng.random((5, 12)).astype(np.float32), method, scaling
    )
    assert made.dtype == np.uint8
    assert made.shape[:2] == ((9, 24) if method == "montage" else (9, 12))

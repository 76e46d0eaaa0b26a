import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour


@pytest.mark.parametrize(
    ("given", "rgb"),
    [
        ("r", (1, 0, 0)),
        ("Black", (0, 0, 0)),
        ("k", (0, 0, 0)),
        ("#EDB120", (237 / 255, 177 / 255, 32 / 255)),
        ("#f00", (1, 0, 0)),
        ("gre", (0, 1, 0)),
    ],
)
def test_colours_by_name_letter_and_hexadecimal(given, rgb):
    assert colour.parse_colour(given) == pytest.approx(rgb)


@pytest.mark.parametrize("given", ["bl", "purple", "#12", np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0])])
def test_what_is_no_colour_is_refused(given):
    with pytest.raises(ScriptError, match="Color value must be"):
        colour.parse_colour(given)


def test_rgb2gray_weighs_as_the_ntsc_matrix():
    image = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    assert colour.rgb2gray(image).tolist() == [[76, 150, 29, 255]]
    assert colour.rgb2gray(np.ones((1, 1, 3)) * 0.5)[0, 0] == pytest.approx(0.5)
    assert colour.rgb2gray(np.array([[1.0, 0, 0]])).tolist() == [[pytest.approx(0.298936)] * 3]


def test_rgb2gray_of_grey_says_what_to_use():
    with pytest.raises(ScriptError) as fault:
        colour.rgb2gray(np.zeros((4, 5)))
    assert "im2gray" in fault.value.hint


def test_indices_count_from_zero_as_integers_and_from_one_as_doubles():
    colours = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert colour.ind2rgb(np.array([[0, 1, 9]], np.uint8), colours)[0].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert colour.ind2rgb(np.array([[1.0, 2.0, 0.0, 9.0]]), colours)[0].tolist() == [
        [1, 0, 0],
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 1],
    ]


def test_scaled_values_fall_into_equal_parts_of_the_map():
    assert colour.scaled_rows(np.array([0, 0.24, 0.25, 0.999, 1, -3, 7, np.nan, np.inf]), (0, 1), 4).tolist() == [
        0,
        0,
        1,
        3,
        3,
        0,
        3,
        0,
        3,
    ]


def test_gray2ind_rounds_to_levels():
    assert colour.gray2ind(np.array([[0, 0.1, 0.5, 1.0]]), 16).tolist() == [[0, 2, 8, 15]]
    assert colour.gray2ind(np.array([[0, 255]], np.uint8), 300).dtype == np.uint16
    assert colour.gray2ind(np.array([[True, False]]), 2).tolist() == [[1, 0]]


def test_hsv_of_known_colours_and_back():
    assert colour.rgb2hsv(np.array([[0.0, 1, 0]])).tolist() == [[1 / 3, 1, 1]]
    assert colour.rgb2hsv(np.array([[0.5, 0.5, 0.5]])).tolist() == [[0, 0, 0.5]]
    image = np.random.default_rng(0).random((4, 5, 3))
    np.testing.assert_allclose(colour.hsv2rgb(colour.rgb2hsv(image)), image, atol=1e-12)

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import scale


def test_mat2gray_stretches_the_whole_array():
    assert scale.mat2gray(np.array([[2.0, 4.0], [6.0, 10.0]])).tolist() == [[0, 0.25], [0.5, 1]]
    assert scale.mat2gray(np.arange(8.0).reshape(2, 2, 1, 2)).max() == 1


def test_mat2gray_with_limits_clips():
    assert scale.mat2gray(np.array([[-1.0, 0, 5, 20]]), (0, 10)).tolist() == [[0, 0, 0.5, 1]]


def test_mat2gray_of_a_constant_is_clipped_not_divided():
    assert scale.mat2gray(np.full((1, 2), 7.0)).tolist() == [[1, 1]]
    assert scale.mat2gray(np.full((1, 2), 0.25)).tolist() == [[0.25, 0.25]]
    assert scale.mat2gray(np.zeros((1, 2))).tolist() == [[0, 0]]


def test_mat2gray_keeps_single_and_makes_integers_double():
    assert scale.mat2gray(np.ones((2, 2), np.float32)).dtype == np.float32
    assert scale.mat2gray(np.array([[0, 255]], np.uint8)).dtype == np.float64
    assert scale.mat2gray(np.array([[np.nan, 1.0, 3.0]])).tolist() == [[1, 0, 1]]


@pytest.mark.parametrize(
    ("value", "dtype", "double"),
    [
        (255, np.uint8, 1.0),
        (51, np.uint8, 0.2),
        (65535, np.uint16, 1.0),
        (-32768, np.int16, 0.0),
        (32767, np.int16, 1.0),
        (1, bool, 1.0),
    ],
)
def test_im2double_knows_each_class(value, dtype, double):
    assert scale.im2double(np.array([[value]], dtype))[0, 0] == pytest.approx(double, abs=1e-15)


def test_im2uint8_rounds_and_clips():
    given = np.array([[-0.1, 0.0, 0.5, 0.998, 1.0, 2.0, np.nan]])
    assert scale.im2uint8(given).tolist() == [[0, 0, 128, 254, 255, 255, 0]]
    assert scale.im2uint8(np.array([[0, 128, 129, 65535]], np.uint16)).tolist() == [[0, 0, 1, 255]]
    assert scale.im2uint8(np.array([[True, False]])).tolist() == [[255, 0]]


def test_im2uint16_multiplies_bytes_by_257():
    assert scale.im2uint16(np.array([[0, 1, 255]], np.uint8)).tolist() == [[0, 257, 65535]]


def test_an_image_class_that_does_not_exist_is_named():
    with pytest.raises(ScriptError, match="Instead its type was int64"):
        scale.im2double(np.zeros((2, 2), np.int64))


def test_stretching_contrast_between_limits():
    image = np.array([[0, 64, 128, 255]], np.uint8)
    out = scale.stretch_contrast(image, 64 / 255, 128 / 255)
    assert out.tolist() == [[0, 0, 255, 255]]
    assert scale.stretch_contrast(np.array([[0.25]]), 0, 1, gamma=0.5)[0, 0] == 0.5


def test_stretch_limits_cut_a_hundredth_at_each_end():
    image = np.repeat(np.arange(100, dtype=np.uint8), 10).reshape(10, 100)
    low, high = scale.stretch_limits(image)
    assert (round(low * 255), round(high * 255)) == (1, 98)

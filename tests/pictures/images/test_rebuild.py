"""Images rebuilt from markers."""

import numpy as np

from cnnscript.pictures.images import connected, rebuild

EIGHT = connected.neighbourhood(8)


def test_hollows_of_grey_images_rise_to_their_rim():
    image = np.full((5, 5), 9.0)
    image[1:4, 1:4], image[2, 0] = 2.0, 9.0
    image[0, 2] = 4.0
    assert rebuild.without_holes(image, connected.neighbourhood(4))[2, 2] == 4


def test_a_level_image_is_one_maximum():
    assert rebuild.regional_maxima(np.ones((2, 3)), EIGHT).all()


def test_wide_whole_numbers_are_not_rounded():
    mask = np.array([[2**60 + 1, 2**60 + 3, 2**60 + 2]])
    marker = np.array([[0, 2**60 + 3, 0]])
    assert rebuild.reconstruct(marker, mask, EIGHT).tolist() == mask.tolist()


def test_integers_are_lowered_within_their_class():
    assert rebuild.lowered(np.array([[3, 200]], np.uint8), 5).tolist() == [[0, 195]]
    assert rebuild.lowered(np.array([[3, 254]], np.uint8), -2.5).tolist() == [[6, 255]]


def test_nan_lies_above_all():
    image = np.array([[1.0, np.nan, 2.0]])
    assert rebuild.reconstruct(image - 1, image, EIGHT)[0, ::2].tolist() == [1, 2]
    filled = rebuild.without_holes(np.array([[np.nan] * 3, [np.nan, 1, np.nan], [np.nan] * 3]), EIGHT)
    assert np.isnan(filled).all()

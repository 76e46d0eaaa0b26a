"""Histograms and equalisation, part by part."""

import numpy as np

from cnnscript.pictures.images import equalizing


def test_what_is_cut_off_a_histogram_is_spread_evenly_then_one_by_one():
    counts = equalizing.clipped(np.array([10.0, 0, 0, 1]), 4)
    # 6 are over the limit: floor(6/4) = 1 for each of the other three bins, the last 3 one by one from the first on
    assert counts.tolist() == [4, 2, 2, 3]
    assert counts.sum() == 11


def test_tiles_are_made_even_by_the_mirror():
    wide, top, left, high, across = equalizing.even_tiles(np.arange(35.0).reshape(5, 7), (2, 2))
    assert (wide.shape, top, left, high, across) == ((8, 8), 1, 0, 4, 4)


def test_the_adapted_image_of_one_level_is_what_its_mapping_says():
    image = np.full((8, 8), 100, np.uint8)
    out = equalizing.adaptive(image, (2, 2), 0.0, 256, True, "uniform", 0.4)
    # limit ceil(16/256) = 1: bin 100 keeps 1, the other 15 are spread by strides of floor(256/15) = 17 from bin 0,
    # which puts 6 up to bin 100 (0, 17, ... 85): 7 of 16 pixels, 255 * 7/16 = 111.56
    assert (out == 112).all()


def test_bins_are_centred_on_black_and_white():
    assert equalizing.histogram(np.array([[0, 63, 64, 191, 192, 255]], np.uint8), 3).tolist() == [2, 2, 2]
    assert equalizing.histogram(np.array([[-32768, 0, 32767]], np.int16), 3).tolist() == [1, 1, 1]
    assert equalizing.histogram(np.array([[np.nan, -1, 0.4, 2]]), 2).tolist() == [3, 1]

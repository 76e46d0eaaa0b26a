"""Watersheds."""

import numpy as np

from cnnscript.pictures.images import connected, floods


def test_basins_meet_on_a_line_of_zeros():
    image = np.minimum(*(np.hypot(np.arange(9)[:, None] - 4, np.arange(15) - middle) for middle in (3, 11)))
    seeds = np.zeros(image.shape, int)
    seeds[4, 3], seeds[4, 11] = 1, 2
    found = floods.watershed(image, seeds, connected.neighbourhood(8))
    assert (found[:, 7] == 0).all() and (found[:, :7] == 1).all() and (found[:, 8:] == 2).all()


def test_a_volume_is_flooded_too():
    image = np.abs(np.arange(5) - 2.0)[None, None] * -1
    seeds = np.array([1, 0, 0, 0, 2])[None, None]
    assert floods.watershed(image, seeds, connected.neighbourhood(6)).ravel().tolist() == [1, 1, 0, 2, 2]

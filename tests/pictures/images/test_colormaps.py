import numpy as np
import pytest

from cnnscript.pictures.images.colormaps import COLOR_ORDER, MAPS, colormap


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 64, 256])
def test_every_map_has_as_many_colours_as_asked_within_zero_to_one(name, count):
    made = colormap(name, count)
    assert made.shape == (count, 3)
    assert ((made >= 0) & (made <= 1)).all()


def test_maps_that_documentation_prints():
    assert colormap("jet", 8).tolist() == [
        [0, 0, 1], [0, 0.5, 1], [0, 1, 1], [0.5, 1, 0.5], [1, 1, 0], [1, 0.5, 0], [1, 0, 0], [0.5, 0, 0],
    ]  # fmt: skip
    np.testing.assert_allclose(colormap("hot", 8)[:4], [[1 / 3, 0, 0], [2 / 3, 0, 0], [1, 0, 0], [1, 1 / 3, 0]])
    assert colormap("gray", 3).tolist() == [[0, 0, 0], [0.5, 0.5, 0.5], [1, 1, 1]]
    assert colormap("hsv", 3).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert colormap("lines", 8)[7].tolist() == list(COLOR_ORDER[0])


def test_parula_runs_from_blue_to_yellow_through_its_published_colours():
    printed = [[0.2422, 0.1504, 0.6603], [0.2783, 0.2559, 0.8991], [0.9769, 0.9839, 0.0805]]
    assert np.round(colormap("parula", 64)[[0, 6, 63]], 4).tolist() == printed
    assert colormap("parula", 256)[[0, 1, 127, -1]].tolist() == [
        [0.2422, 0.1504, 0.6603],
        [0.2444, 0.1534, 0.6728],
        [0.0638, 0.7446, 0.7292],
        [0.9769, 0.9839, 0.0805],
    ]


def test_turbo_is_what_was_published():
    assert colormap("turbo", 256)[[0, 128, 255]].tolist() == [
        [0.18995, 0.07176, 0.23217],
        [0.64362, 0.98999, 0.23356],
        [0.47960, 0.01583, 0.01055],
    ]


def test_colorcube_is_a_grid_then_ramps_of_pure_colours_and_grey():
    made = colormap("colorcube", 64)
    np.testing.assert_allclose(made[:3], [[1 / 3, 1 / 3, 0], [1 / 3, 2 / 3, 0], [1 / 3, 1, 0]])
    assert len(np.unique(made, axis=0)) == 64
    grey = made[(made == made[:, :1]).all(axis=1)]
    assert grey[0].tolist() == [0, 0, 0] and grey[-1].tolist() == [1, 1, 1]


def test_a_map_is_made_once_and_cannot_be_written_to():
    assert colormap("cool", 5) is colormap("cool", 5)
    with pytest.raises(ValueError, match="read-only"):
        colormap("cool", 5)[0, 0] = 9

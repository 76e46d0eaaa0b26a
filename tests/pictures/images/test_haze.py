import numpy as np
import pytest

from cnnscript.pictures.images import haze

RANDOM = np.random.default_rng(4)


def test_the_dark_channel_is_the_least_of_colours_and_neighbours():
    image = np.ones((4, 4, 3))
    image[1, 1, 2] = 0.2
    assert haze.darkest(image, 3).tolist() == [[0.2] * 3 + [1]] * 3 + [[1] * 4]


def test_the_air_is_the_lightest_haze():
    image = np.full((40, 40, 3), 0.1)
    image[5, 5] = 0.7, 0.8, 0.9
    assert haze.air_light(image, haze.darkest(image, 1)).tolist() == [0.7, 0.8, 0.9]


@pytest.mark.parametrize("refined", [False, True])
def test_haze_that_was_put_in_comes_out(refined):
    clear = RANDOM.random((60, 60, 3)) * [1, 0.8, 0.2]
    hazy = clear * 0.5 + 0.5
    made, thickness, air = haze.without_haze(hazy, 1.0, np.ones(3), refined)
    assert np.abs(made - clear).mean() < 0.3 * np.abs(hazy - clear).mean()
    assert thickness.mean() == pytest.approx(0.5, abs=0.1) and (air == 1).all()


def test_a_flat_field_has_one_light():
    light = np.tile(np.linspace(0.2, 1, 50), (30, 1))
    made = haze.flat_field(light, 4, 17, np.ones(light.shape, bool))
    assert made[:, 10:40].std() < 0.01 and made.mean() == pytest.approx(light.mean(), rel=0.02)

"""Deep dream's steps against NumPy in double precision; its sizes, batches and interruptions."""

import numpy as np
import pytest

from cnnscript.explain import deep_dream as dreams
from cnnscript.explain.deep_dream import Stopped, deep_dream, sizes
from cnnscript.explain.open_paths import _compiled, open_path
from tests.explain.picture_numbers import Anywhere, Middle, filtered_maps, normalized, pulled, slope
from tests.explain.small_networks import all_numbers, one_filter


@pytest.mark.parametrize("channels", [1, 3, 5])
def test_steps_climb_the_even_gradient(tf, rng, channels):
    kernel = rng.standard_normal((3, 4, channels))
    network = one_filter(kernel, bias=0.2, size=(17, 16))
    begun = rng.standard_normal((2, 17, 16, channels))
    seen = []
    found = deep_dream(open_path(network, 1), [0, 0], begun, Middle(), levels=1, iterations=2,
                       told=lambda *row: seen.append(row))  # fmt: skip
    strengths = []
    for one, picture in zip(found, begun, strict=True):
        for _ in range(2):
            strength, weights = pulled(filtered_maps(picture, kernel, 0.2))
            strengths.append(strength)
            picture = picture + normalized(slope(weights, kernel, picture.shape))
        np.testing.assert_allclose(one, picture, atol=2e-3)
    assert [row[:2] for row in seen] == [(1, 1), (2, 1)]
    np.testing.assert_allclose([row[2] for row in seen], np.reshape(strengths, (2, 2)).mean(0), rtol=1e-3)


def test_pixels_stay_in_the_range_of_the_images_and_a_step_is_one_of_255(tf, rng):
    kernel = np.zeros((1, 1, 3))
    kernel[0, 0] = 1, -1, 0
    mean = (0.5, 0.4, 0.4)
    network = one_filter(kernel, normalization="zerocenter", mean=mean)
    begun = np.full((1, 16, 18, 3), 0.5) + rng.standard_normal((1, 16, 18, 3)) / 255
    first = deep_dream(open_path(network, 1), [0], begun, Middle(), levels=1, iterations=1)
    moved = np.sqrt(np.mean((first - begun) ** 2))
    assert 0.5 / 255 < moved < 5 / 255
    found = deep_dream(open_path(network, 1), [0], begun, Middle(), levels=1, iterations=200)
    assert found.min() == 0
    assert found.max() == 1
    red, green, blue = found.mean((0, 1, 2))
    assert red > 0.9 > 0.1 > green
    np.testing.assert_allclose(blue, 0.5, atol=0.01)


def test_each_level_is_as_large_as_imresize_makes_it():
    assert sizes((227, 227), 3, 1.4) == [(227, 227), (318, 318), (446, 446)]
    assert sizes((10, 20), 3, 1.1) == [(10, 20), (11, 22), (13, 25)]
    assert sizes((5, 7), 1, 2) == [(5, 7)]


def test_a_picture_does_not_depend_on_what_is_computed_beside_it(tf, rng, monkeypatch):
    network = one_filter(rng.standard_normal((3, 3, 2)), size=(16, 16))
    path = open_path(network, 1)
    begun = rng.standard_normal((3, 16, 16, 2))
    together = deep_dream(path, [0, 0, 0], begun, Anywhere(1), levels=2, iterations=3)
    alone = deep_dream(path, [0], begun[1:2], Anywhere(1), levels=2, iterations=3)
    monkeypatch.setattr(dreams, "HELD_BYTES", 1)
    one_by_one = deep_dream(path, [0, 0, 0], begun, Anywhere(1), levels=2, iterations=3)
    assert together.shape == (3, 23, 23, 2)
    np.testing.assert_allclose(together[1], alone[0], atol=1e-4)
    np.testing.assert_allclose(together, one_by_one, atol=1e-4)
    assert np.abs(together[0] - together[1]).max() > 0.1


def test_the_step_is_traced_once_for_all_levels_and_channels(tf, squeezenet):
    path = open_path(squeezenet, squeezenet.number("fire2-squeeze1x1"))
    before = all_numbers(squeezenet)
    for count in (1, 2):
        begun = np.zeros((count, 40, 48, 3)) + 100
        deep_dream(path, list(range(count)), begun, Middle(), levels=3, iterations=1)
    step = _compiled[squeezenet]["dream", path.layer, None, None]
    assert step.experimental_get_tracing_count() == 1
    after = all_numbers(squeezenet)
    assert all(np.array_equal(before[key], after[key]) for key in before)


def test_the_channel_that_is_asked_for_answers_most(tf, squeezenet, rng):
    path = open_path(squeezenet, squeezenet.number("fire2-concat"))
    begun = 115 + rng.standard_normal((2, 64, 64, 3))
    strengths = []
    found = deep_dream(path, [1, 100], begun, Anywhere(), levels=1, iterations=10,
                       told=lambda step, level, strength: strengths.append(strength))  # fmt: skip
    answers = path(tf.constant(found)).numpy().mean((1, 2))
    assert strengths[-1] > 5 * strengths[0] > 0
    assert answers[0, 1] > 3 * answers[1, 1]
    assert answers[1, 100] > 3 * answers[0, 100]


def test_stopped_it_hands_over_the_pictures_so_far(tf, rng):
    network = one_filter(rng.standard_normal((3, 3, 1)))
    begun = rng.standard_normal((1, 16, 18, 1))
    path = open_path(network, 1)

    def stop(iteration, level, strength):
        if (iteration, level) == (2, 2):
            raise KeyboardInterrupt

    with pytest.raises(Stopped) as stopped:
        deep_dream(path, [0], begun, Anywhere(), levels=3, iterations=4, told=stop)
    assert stopped.value.images.shape == (1, 23, 26, 1)
    assert np.abs(stopped.value.images).max() > 5

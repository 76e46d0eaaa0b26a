"""Activation maximisation: its steps against NumPy, its penalties, its pictures' coefficients, its interruptions."""

import numpy as np
import pytest

from cnnscript.explain.activation_maximization import (
    Climb,
    Fourier,
    activation_maximization,
    frequencies,
    gaussian,
    powers,
    total_variation,
)
from cnnscript.explain.deep_dream import Stopped
from cnnscript.explain.open_paths import _compiled, open_path
from tests.explain.picture_numbers import Anywhere, Middle, filtered_maps, pulled, slope
from tests.explain.small_networks import all_numbers, one_filter

PLAIN = {"parameterization": "pixels", "optimizer": "sgdm", "total_variation": 0.0, "lp_norm": 0.0, "jitter": 0}


@pytest.mark.parametrize("channels", [1, 5])
@pytest.mark.parametrize("optimizer", ["sgdm", "adam"])
def test_steps_of_pixels(tf, rng, optimizer, channels):
    kernel = rng.standard_normal((3, 3, channels))
    network = one_filter(kernel, bias=0.1, size=(9, 8))
    initial = rng.uniform(0.2, 0.8, (1, 9, 8, channels))
    climb = Climb(**{**PLAIN, "optimizer": optimizer, "iterations": 2, "learn_rate": 0.03, "lp_norm": 2.0,
                     "lp_exponent": 4.0})  # fmt: skip
    found, strength = activation_maximization(open_path(network, 1), [0], (9, 8), (0, 1), Middle(), climb,
                                              initial=initial)  # fmt: skip
    unit = initial[0] * 2 - 1
    first = second = 0
    for count in (1, 2):
        _, weights = pulled(filtered_maps((unit + 1) / 2, kernel, 0.1))
        down = 2.0 * 4 * unit**3 / unit.size - slope(weights, kernel, unit.shape) / 2
        down = down / np.sqrt(np.mean(down**2))
        if optimizer == "adam":
            first, second = 0.9 * first + 0.1 * down, 0.999 * second + 0.001 * down**2
            move = first / (1 - 0.9**count) / np.sqrt(second / (1 - 0.999**count))
        else:
            move = first = 0.9 * first + down
        unit = np.clip(unit - 0.03 * move, -1, 1)
    np.testing.assert_allclose(found[0], (unit + 1) / 2, atol=1e-4)
    np.testing.assert_allclose(strength, pulled(filtered_maps((unit + 1) / 2, kernel, 0.1))[0], rtol=1e-4)


def test_total_variation_is_the_mean_length_of_the_slope(tf, rng):
    images = rng.standard_normal((2, 6, 7, 3)).astype(np.float32)
    down, across = np.diff(images, axis=1)[:, :, :-1], np.diff(images, axis=2)[:, :-1]
    np.testing.assert_allclose(total_variation(images).numpy(), np.hypot(down, across).mean((1, 2, 3)), rtol=1e-5)


@pytest.mark.parametrize("exponent", [1, 2, 6.0, 2.5, 9])
def test_powers_of_a_picture(tf, rng, exponent):
    images = rng.uniform(-1, 1, (2, 6, 7, 3)).astype(np.float32)
    found = powers(tf.constant(images), exponent).numpy()
    np.testing.assert_allclose(found, (np.abs(images).astype(float) ** exponent).mean((1, 2, 3)), rtol=1e-5)


@pytest.mark.parametrize(("size", "depth"), [((12, 16), 3), ((9, 11), 1), ((7, 8), 5)])
def test_coefficients_of_a_picture_give_the_picture(tf, rng, size, depth):
    space = Fourier(size, depth)
    unit = rng.uniform(-0.9, 0.9, (2, *size, depth))
    assert all(whole >= part and whole in (8, 9, 12, 16) for whole, part in zip(space.plane, size, strict=True))
    state = space.begun(np.zeros_like(unit), unit)
    np.testing.assert_allclose(space.picture(state, tf.constant(space.spectrum), size).numpy(), unit, atol=1e-4)


def test_coefficients_are_weighed_by_one_over_the_frequency(tf, rng):
    space = Fourier((32, 32), 1)
    state = rng.standard_normal((1, 32, 32, 1)).astype(np.float32)
    unit = space.picture(tf.constant(0.01 * state), tf.constant(space.spectrum), (32, 32))
    logits = np.arctanh(unit.numpy()[0, :, :, 0])
    share = np.abs(np.fft.rfft2(logits) / np.fft.rfft2(0.01 * state[0, :, :, 0]))
    known = frequencies((32, 32)) > 0
    np.testing.assert_allclose((share * frequencies((32, 32)))[known], share[0, 1] / 32, rtol=2e-2)


def test_a_blur_is_a_gaussian(rng):
    size, sigma = (31, 41), 1.5
    impulse = np.fft.irfft2(np.fft.rfft2(np.eye(1, 31 * 41).reshape(size)) * gaussian(size, sigma), size)
    rows, columns = np.meshgrid(np.arange(6), np.arange(6), indexing="ij")
    wanted = np.exp(-(rows**2 + columns**2) / (2 * sigma**2)) / (2 * np.pi * sigma**2)
    np.testing.assert_allclose(impulse[:6, :6], wanted, atol=1e-4)


@pytest.mark.parametrize(("name", "measure"), [
    ("total_variation", lambda unit: np.abs(np.diff(unit, axis=1)).mean()),
    ("lp_norm", lambda unit: (np.abs(unit) ** 6).mean()),
    ("blur", lambda unit: np.abs(np.diff(unit, axis=1)).mean()),
])  # fmt: skip
def test_penalties_do_what_they_say(tf, squeezenet, name, measure):
    path = open_path(squeezenet, squeezenet.number("fire2-expand3x3"))
    found = []
    for weight in (0.0, {"blur": 2.0}.get(name, 1e4)):
        climb = Climb(**{**PLAIN, "iterations": 12, "optimizer": "adam", "learn_rate": 0.1, name: weight})
        images, _ = activation_maximization(path, [3], (32, 32), (0, 255), Anywhere(), climb)
        found.append(measure(images[0] / 127.5 - 1))
    assert found[1] < 0.5 * found[0]


def test_channels_together_and_alone_and_nothing_traced_twice(tf, squeezenet):
    path = open_path(squeezenet, squeezenet.number("fire2-squeeze1x1"))
    before = all_numbers(squeezenet)
    climb = Climb(iterations=4, jitter=3)
    given = 128 + 20 * np.random.default_rng(1).standard_normal((3, 40, 36, 3))
    images, strengths = activation_maximization(path, [1, 5, 9], (40, 36), (0, 255), Anywhere(), climb, initial=given)
    alone, strength = activation_maximization(path, [5], (40, 36), (0, 255), Stream(), climb, initial=given[1:2])
    np.testing.assert_allclose(alone[0], images[1], atol=0.5)
    np.testing.assert_allclose(strength, strengths[1:2], rtol=1e-2)
    activation_maximization(path, [5], (32, 31), (0, 200), Anywhere(), climb)
    step, paint = _compiled[squeezenet]["maximize", path.layer, "fourier", "adam", True, 6.0, None, None]
    assert step.experimental_get_tracing_count() == paint.experimental_get_tracing_count() == 1
    after = all_numbers(squeezenet)
    assert all(np.array_equal(before[key], after[key]) for key in before)


class Stream(Anywhere):
    """The same shifts as Anywhere's after the noise of three pictures, of which one is asked for."""

    def normals(self, count):
        return super().normals(3 * count)[:count]


def test_the_picture_of_a_class_is_that_class_to_the_network(tf, squeezenet):
    path = open_path(squeezenet, squeezenet.number("pool10"))
    images, strengths = activation_maximization(
        path, [1, 950], (227, 227), (0, 255), Anywhere(), Climb(iterations=8, jitter=8)
    )
    logits = path(tf.constant(images)).numpy().reshape(2, 1000)
    assert logits.argmax(1).tolist() == [1, 950]
    np.testing.assert_allclose(strengths, logits.max(1), rtol=1e-3)
    assert images.min() >= 0
    assert images.max() <= 255


def test_stopped_it_hands_over_the_pictures_so_far(tf, rng):
    path = open_path(one_filter(rng.standard_normal((3, 3, 1))), 1)

    def stop(iteration, strength):
        if iteration == 3:
            raise KeyboardInterrupt

    with pytest.raises(Stopped) as stopped:
        activation_maximization(path, [0, 0], (12, 12), (0, 1), Anywhere(), Climb(), told=stop)
    three, _ = activation_maximization(path, [0, 0], (12, 12), (0, 1), Anywhere(), Climb(iterations=3))
    np.testing.assert_array_equal(stopped.value.images, three)
    assert three[0].std() > 0

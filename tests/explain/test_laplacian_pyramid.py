"""Gradients made even over scales, against matrices written out by hand."""

import numpy as np
import pytest

from cnnscript.explain.laplacian_pyramid import normalize
from tests.explain.picture_numbers import normalized


@pytest.mark.parametrize("size", [(32, 32), (27, 18), (5, 3)])
def test_bands_have_unit_size_whatever_the_size_of_the_gradient(tf, rng, size):
    gradients = rng.standard_normal((2, *size, 3)) * np.array([1e-12, 50]).reshape(2, 1, 1, 1)
    found = normalize(tf.constant(gradients.astype(np.float32))).numpy()
    for one, gradient in zip(found, gradients, strict=True):
        np.testing.assert_allclose(one, normalized(gradient), atol=2e-4)


def test_large_shapes_count_as_much_as_fine_grain(tf, rng):
    wave = np.sin(np.arange(64) / 10)[:, None] * np.ones(64)
    grain = rng.standard_normal((64, 64))
    found = normalize(tf.constant((0.01 * wave + grain).astype(np.float32)[None, :, :, None])).numpy()[0, :, :, 0]
    assert np.corrcoef(grain.ravel(), wave.ravel())[0, 1] < 0.05
    assert np.corrcoef(found.ravel(), (0.01 * wave + grain).ravel())[0, 1] < 0.9
    assert found.reshape(8, 8, 8, 8).mean((1, 3)).std() > 3 * grain.reshape(8, 8, 8, 8).mean((1, 3)).std()


def test_no_gradient_is_no_step(tf):
    assert not normalize(tf.zeros((1, 16, 16, 1))).numpy().any()

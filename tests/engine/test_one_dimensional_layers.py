"""Layers along the steps of a sequence, against loops of NumPy float64 over N×T×C."""

import numpy as np
import pytest

from cnnscript.engine import one_dimensional_layers as kinds
from cnnscript.engine.layers import Steps
from cnnscript.engine.operations import operation
from cnnscript.engine.weights import from_matlab, to_matlab
from cnnscript.errors import ScriptError

STEPS, FEATURES = 9, 3


def windows(x, width, stride=1, left=0, right=0, dilation=1, fill=0.0):
    """N×k×C of what lies under each place of a window, from the first place on."""
    x = np.pad(x, ((0, 0), (left, right), (0, 0)), constant_values=fill)
    reach = (width - 1) * dilation + 1
    return [x[:, start : start + reach : dilation] for start in range(0, x.shape[1] - reach + 1, stride)]


def convolution(x, kernel, bias, **window):
    """kernel: k×C×F as MATLAB has it."""
    places = windows(x, len(kernel), **window)
    return np.stack([np.einsum("nkc,kcf->nf", part, kernel) + bias for part in places], 1)


def transposed(x, kernel, bias, stride, left, right):
    """kernel: k×F×C."""
    count, steps, _ = x.shape
    out = np.zeros((count, stride * (steps - 1) + len(kernel), kernel.shape[1]))
    for step in range(steps):
        out[:, step * stride : step * stride + len(kernel)] += np.einsum("nc,kfc->nkf", x[:, step], kernel)
    return out[:, left : out.shape[1] - right] + bias


CASES = {
    "plain": (kinds.Convolution1D(filter_size=(3, 1), num_filters=4), convolution, {}),
    "strided, padded, dilated": (
        kinds.Convolution1D(filter_size=(3, 1), num_filters=4, stride=(2, 1), dilation_factor=(2, 1),
                            padding_size=(2, 1, 0, 0)),
        convolution, {"stride": 2, "left": 2, "right": 1, "dilation": 2},
    ),
    "same": (
        kinds.Convolution1D(filter_size=(4, 1), num_filters=2, padding_size="same"), convolution,
        {"left": 1, "right": 2},
    ),
    "causal": (
        kinds.Convolution1D(filter_size=(3, 1), num_filters=2, dilation_factor=(2, 1), padding_size=(4, 0, 0, 0),
                            padding_mode="causal"),
        convolution, {"left": 4, "dilation": 2},
    ),
    "transposed": (
        kinds.TransposedConvolution1D(filter_size=(4, 1), num_filters=2, stride=(2, 1), cropping_size=(1, 2, 0, 0)),
        transposed, {"stride": 2, "left": 1, "right": 2},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_convolutions_and_their_gradients(tf, rng, name):
    layer, formula, options = CASES[name]
    size = Steps((STEPS, 1, FEATURES))
    layer = layer.settled(size)
    x = rng.normal(size=(2, STEPS, FEATURES))
    held = {key: rng.normal(size=shape) for key, shape in layer.parameter_shapes().items()}
    kernel, bias = (to_matlab(layer, key, held[key]) for key in ("Weights", "Bias"))
    assert kernel.ndim == 3 and bias.shape == (1, layer.num_filters)
    np.testing.assert_array_equal(from_matlab(layer, "Weights", kernel), np.float32(held["Weights"]))
    expected = formula(x, kernel, bias, **options)
    tensors = {key: tf.Variable(value, dtype=tf.float32) for key, value in held.items()}
    given = tf.Variable(x[:, :, None], dtype=tf.float32)
    pull = rng.normal(size=expected.shape)
    with tf.GradientTape() as tape:
        out = operation(layer, tensors)(given * 1.0)
        total = tf.reduce_sum(out[:, :, 0] * tf.constant(pull, tf.float32))
    np.testing.assert_allclose(out[:, :, 0], expected, rtol=1e-5, atol=1e-5)
    after = layer.size_after(size)
    assert isinstance(after, Steps) and after == (expected.shape[1], 1, expected.shape[2])
    by_kernel, by_input = tape.gradient(total, [tensors["Weights"], given])
    for gradient, value, moved in (
        (to_matlab(layer, "Weights", by_kernel.numpy()), kernel, lambda k: formula(x, k, bias, **options)),
        (by_input.numpy()[:, :, 0], x, lambda data: formula(data, kernel, bias, **options)),
    ):
        direction = rng.normal(size=value.shape)
        slope = ((moved(value + 1e-5 * direction) - moved(value - 1e-5 * direction)) * pull).sum() / 2e-5
        assert (gradient * direction).sum() == pytest.approx(slope, rel=1e-3, abs=1e-3)


def test_pooling_along_the_steps(tf, rng):
    x = rng.normal(size=(2, STEPS, FEATURES))

    def computed(layer):
        out = operation(layer, {})(tf.constant(x[:, :, None], tf.float32)).numpy()
        assert out.shape[1:] == layer.size_after(Steps((STEPS, 1, FEATURES)))
        return out[:, :, 0]

    def close(layer, expected):
        np.testing.assert_allclose(computed(layer), expected, rtol=1e-5, atol=1e-5)

    ends = {"pool_size": (3, 1), "stride": (2, 1), "padding_size": (1, 2, 0, 0)}
    padded = windows(x, 3, 2, 1, 2, fill=-np.inf)
    close(kinds.MaxPooling1D(**ends), np.stack([part.max(1) for part in padded], 1))
    zeros = windows(x, 3, 2, 1, 2)
    close(kinds.AveragePooling1D(**ends), np.stack([part.mean(1) for part in zeros], 1))
    there = [part.sum(1) / np.isfinite(lacking).sum(1) for part, lacking in zip(zeros, padded, strict=True)]
    close(kinds.AveragePooling1D(**ends, padding_value="mean"), np.stack(there, 1))
    close(kinds.GlobalAveragePooling1D(), x.mean(1, keepdims=True))
    close(kinds.GlobalMaxPooling1D(), x.max(1, keepdims=True))
    close(kinds.Indexing1D(index="first"), x[:, :1])
    close(kinds.Indexing1D(index="last"), x[:, -1:])
    for layer in (kinds.GlobalMaxPooling1D(), kinds.Indexing1D()):
        assert not isinstance(layer.size_after(Steps((STEPS, 1, FEATURES))), Steps), "one step is no sequence"


def test_images_are_no_sequences():
    with pytest.raises(ScriptError, match="one spatial or time dimension"):
        kinds.MaxPooling1D(pool_size=(2, 1)).size_after((5, 5, 3))

"""Functions of labelled arrays in doubles: against NumPy formulas, and their gradients against finite differences of
these."""

import numpy as np
import pytest
from scipy.special import erf

from cnnscript.engine.labelled import (
    activations,
    attention,
    convolutions,
    losses,
    normalizations,
    poolings,
    resizing,
)
from cnnscript.engine.labelled.arrangement import arranged
from cnnscript.engine.labelled.convolutions import Sliding
from cnnscript.engine.labelled.recurrences import recur
from cnnscript.engine.recurrent_layers import GRU, LSTM
from cnnscript.engine.spatial_layers import Resize2D
from cnnscript.engine.tensorflow_start import tensorflow
from tests.engine import numpy_layers as plain


def batch(x):
    """SSCB as N×H×W×C."""
    return x.transpose(3, 0, 1, 2)


def unbatch(x):
    return x.transpose(1, 2, 3, 0)


def in_space(x, w, b, stride, pads, dilation):
    """Convolution of SSSCB by its sum."""
    x = np.pad(x, [*pads, (0, 0), (0, 0)])
    reach = [(n - 1) * d + 1 for n, d in zip(w.shape[:3], dilation, strict=True)]
    sizes = [(n - r) // s + 1 for n, r, s in zip(x.shape[:3], reach, stride, strict=True)]
    y = np.zeros((*sizes, w.shape[4], x.shape[4]))
    for at in np.ndindex(*w.shape[:3]):
        cut = tuple(
            slice(i * d, i * d + (n - 1) * s + 1, s) for i, d, n, s in zip(at, dilation, sizes, stride, strict=True)
        )
        y += np.einsum("xyzcb,cf->xyzfb", x[cut], w[at])
    return y + b[:, None]


def scattered(x, w, b, stride):
    """Transposed convolution of SSSCB by its definition; w: size × filters × channels."""
    sizes = [(n - 1) * s + k for n, s, k in zip(x.shape[:3], stride, w.shape[:3], strict=True)]
    y = np.zeros((*sizes, w.shape[3], x.shape[4]))
    for at in np.ndindex(*x.shape[:3]):
        cut = tuple(slice(i * s, i * s + k) for i, s, k in zip(at, stride, w.shape[:3], strict=True))
        y[cut] += np.einsum("xyzfc,cb->xyzfb", w, x[at])
    return y + b[:, None]


def grouped(w):
    """MATLAB's h×w×c×f×g as h×w×c×(gf)."""
    return w.transpose(0, 1, 2, 4, 3).reshape(*w.shape[:3], -1)


def transposed_by_groups(x, w, b):
    """stride 2×3, cropping (1 0; 1 2), kernel dilated by 1×2."""
    wide = np.zeros((w.shape[0], 2 * w.shape[1] - 1, *w.shape[2:]))
    wide[:, ::2] = w
    halves = [
        plain.transposed_convolution(part, wide[..., g], np.zeros(w.shape[2]), (2, 3), (1, 1, 0, 2))
        for g, part in enumerate(np.split(batch(x), 2, -1))
    ]
    return unbatch(np.concatenate(halves, -1) + b)


def along_time(x, w, b):
    """CBT with windows of 3, dilated by 2, stride 2, padding 'same'."""
    y = plain.convolution(x.transpose(1, 2, 0)[:, :, None], w[:, None], b, (2, 1), "same", (2, 1))
    return y[:, :, 0].transpose(2, 0, 1)


def normal(x, axes):
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + 1e-5)


def channels(v):
    return v[:, None]


def group(x, offset, scale):
    h, w, c, n = x.shape
    return normal(x.reshape(h, w, 3, c // 3, n), (0, 1, 3)).reshape(x.shape) * channels(scale) + channels(offset)


def across(x, window):
    before, after = (window - 1) // 2, window // 2
    squares = np.pad(x * x, [(before, after), (0, 0)])
    total = sum(squares[i : i + len(x)] for i in range(window))
    return x / (2 + 0.3 / window * total) ** 0.75


def attended(q, k, v):
    """CBT, two heads, key t seen by queries from t on."""
    heads = []
    for h in range(2):
        a, b, c = (np.split(each, 2)[h] for each in (q, k, v))
        scores = np.einsum("cbq,cbk->bqk", a, b) / np.sqrt(len(a))
        scores[:, ~np.tri(*scores.shape[1:], dtype=bool)] = -np.inf
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        heads.append(np.einsum("bqk,cbk->cbq", weights / weights.sum(-1, keepdims=True), c))
    return np.concatenate(heads)


def cross(y, t):
    return -t * np.log(y)


def huber(y, t):
    e = abs(y - t)
    return np.where(e < 0.3, e * e / 2, 0.3 * e - 0.045)


def over(labels, window, function, x, *more):
    """A function of observations × window × channels, on a tensor with its dimensions in reverse order of labels."""
    flat, back = arranged(x, labels, window)
    return back(function(flat, *more))


def slid(stride, padding="same", dilation=(), value=0):
    return Sliding(stride, padding, dilation or (1,) * len(stride), value)


EDGES, CUT = ((1, 2), (0, 1)), ((1, 1), (0, 2))
IMAGE, VOLUME = (7, 6, 4, 2), (5, 4, 6, 2, 2)
CASES = {
    "dlconv": (
        lambda x, w, b: over("SSCB", "S", convolutions.convolve, x, w, b, slid((2, 1), EDGES)),
        lambda x, w, b: unbatch(plain.convolution(batch(x), w, b, (2, 1), (1, 2, 0, 1))),
        [IMAGE, (3, 2, 4, 3), 3],
    ),
    "dlconv dilated": (
        lambda x, w, b: over("SSCB", "S", convolutions.convolve, x, w, b, slid((1, 2), "same", (2, 1))),
        lambda x, w, b: unbatch(plain.convolution(batch(x), w, b, (1, 2), "same", (2, 1))),
        [IMAGE, (3, 2, 4, 3), 3],
    ),
    "dlconv grouped": (
        lambda x, w, b: over("SSCB", "S", convolutions.convolve, x, w, b, slid((1, 1))),
        lambda x, w, b: unbatch(plain.convolution(batch(x), grouped(w), b, padding="same", groups=2)),
        [IMAGE, (3, 2, 2, 3, 2), 6],
    ),
    "dlconv channel by channel": (
        lambda x, w, b: over("SSCB", "S", convolutions.convolve, x, w, b, slid((1, 1))),
        lambda x, w, b: unbatch(plain.convolution(batch(x), grouped(w), b, padding="same", groups=4)),
        [IMAGE, (3, 2, 1, 2, 4), 8],
    ),
    "dlconv along time": (
        lambda x, w, b: over("CBT", "T", convolutions.convolve, x, w, b, slid((2,), "same", (2,))), along_time,
        [(3, 2, 9), (3, 3, 4), 4],
    ),
    "dlconv in space": (
        lambda x, w, b: over(
            "SSSCB", "S", convolutions.convolve, x, w, b, slid((2, 1, 1), (*EDGES, (1, 0)), (1, 2, 1))
        ),
        lambda x, w, b: in_space(x, w, b, (2, 1, 1), (*EDGES, (1, 0)), (1, 2, 1)),
        [VOLUME, (3, 2, 2, 2, 3), 3],
    ),
    "dltranspconv": (
        lambda x, w, b: over("SSCB", "S", convolutions.convolve_transposed, x, w, b, slid((2, 3), CUT, (1, 2))),
        transposed_by_groups, [(3, 4, 4, 2), (3, 2, 3, 2, 2), 6],
    ),
    "dltranspconv in space": (
        lambda x, w, b: over("SSSCB", "S", convolutions.convolve_transposed, x, w, b, slid((2, 1, 2), ((1, 0),) * 3)),
        lambda x, w, b: scattered(x, w, b, (2, 1, 2))[1:, 1:, 1:], [(3, 2, 2, 2, 2), (3, 2, 2, 3, 2), 3],
    ),
    "maxpool": (
        lambda x: over("SSCB", "S", poolings.pool_max, x, (3, 2), slid((2, 1), EDGES)),
        lambda x: unbatch(plain.max_pooling(batch(x), (3, 2), (2, 1), (1, 2, 0, 1))), [IMAGE],
    ),
    "maxpool in space": (
        lambda x: over("SSSCB", "S", poolings.pool_max, x, (2, 2, 3), slid((1, 2, 3), ((0, 0),) * 3)),
        lambda x: np.stack(
            [x[i : i + 2].reshape(2, 2, 2, 2, 3, 2, 2).max((0, 2, 4)) for i in range(4)]
        ), [VOLUME],
    ),
    "avgpool": (
        lambda x: over("SSCB", "S", poolings.pool_mean, x, (3, 2), slid((2, 1))),
        lambda x: unbatch(plain.average_pooling(batch(x), (3, 2), (2, 1), "same")), [IMAGE],
    ),
    "avgpool without the padding": (
        lambda x: over("SSCB", "S", poolings.pool_mean, x, (3, 2), slid((2, 1), EDGES, (), "mean")),
        lambda x: unbatch(plain.average_pooling(batch(x), (3, 2), (2, 1), (1, 2, 0, 1), "mean")), [IMAGE],
    ),
    "fullyconnect": (
        lambda x, w, b: convolutions.fully_connected(x, "SSCB", w, b),
        lambda x, w, b: w @ x.reshape(-1, 2, order="F") + b[:, None], [(3, 2, 4, 2), (5, 24), 5],
    ),
    "batchnorm": (
        lambda x, o, s: over("SSCB", "S", lambda *given: normalizations.normalize_by_batch(*given)[0], x, o, s, 1e-5),
        lambda x, o, s: normal(x, (0, 1, 3)) * channels(s) + channels(o), [IMAGE, 4, 4],
    ),
    "layernorm": (
        lambda x, o, s: over("SSCB", "S", normalizations.normalize_over, x, True, True, o, s, 1e-5),
        lambda x, o, s: normal(x, (0, 1, 2)) * channels(s) + channels(o), [IMAGE, 4, 4],
    ),
    "groupnorm": (
        lambda x, o, s: over("SSCB", "S", normalizations.normalize_groups, x, 3, o, s, 1e-5), group,
        [(3, 4, 6, 2), 6, 6],
    ),
    "crosschannelnorm 3": (
        lambda x: over("CB", "", normalizations.normalize_across_channels, x, 3, 0.3, 0.75, 2),
        lambda x: across(x, 3), [(5, 2)],
    ),
    "crosschannelnorm 4": (
        lambda x: over("CB", "", normalizations.normalize_across_channels, x, 4, 0.3, 0.75, 2),
        lambda x: across(x, 4), [(5, 2)],
    ),
    "relu": (activations.relu, lambda x: np.maximum(x, 0), [(3, 4)]),
    "leakyrelu": (lambda x: activations.leaky_relu(x, 0.1), lambda x: np.where(x > 0, x, 0.1 * x), [(3, 4)]),
    "sigmoid": (activations.sigmoid, lambda x: 1 / (1 + np.exp(-x)), [(3, 4)]),
    "softmax": (
        lambda x: over("BC", "", activations.softmax, x),
        lambda x: np.exp(x) / np.exp(x).sum(1, keepdims=True), [(3, 4)],
    ),
    "gelu": (lambda x: activations.gelu(x, "none"), lambda x: x / 2 * (1 + erf(x / np.sqrt(2))), [(3, 4)]),
    "gelu tanh": (
        lambda x: activations.gelu(x, "tanh"),
        lambda x: x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))), [(3, 4)],
    ),
    "crossentropy": (losses.cross_entropy, cross, [(3, 4), (3, 4)]),
    "crossentropy multilabel": (
        losses.cross_entropy_of_labels, lambda y, t: cross(y, t) + cross(1 - y, 1 - t), [(3, 4), (3, 4)],
    ),
    "indexcrossentropy": (
        lambda y: losses.index_cross_entropy(y, tensorflow().constant([[2.0], [0], [3]]), "CB", 0),
        lambda y: np.array([[-np.log(y[1, 0]), 0, -np.log(y[2, 2])]]), [(4, 3)],
    ),
    "l1loss": (losses.absolute, lambda y, t: abs(y - t), [(3, 4), (3, 4)]),
    "l2loss": (losses.squared, lambda y, t: (y - t) ** 2, [(3, 4), (3, 4)]),
    "huber": (lambda y, t: losses.huber(y, t, 0.3), huber, [(3, 4), (3, 4)]),
    "attention": (
        lambda q, k, v: attention.attend(
            q, k, v, "CBT", 2, scale=None, shown=np.tri(4, 4, dtype=bool), kept=None
        )[0], attended, [(6, 2, 4), (6, 2, 4), (4, 2, 4)],
    ),
    "embed": (
        lambda w: attention.embed(tensorflow().constant([[1.0, 2], [3, 2], [2, 1]]), "BT", w),
        lambda w: w[:, np.array([[0, 2, 1], [1, 1, 0]])], [(4, 3)],
    ),
    "dlresize": (
        lambda x: over("SSCB", "S", resizing.resize, x, (9, 4), None, Resize2D(method="linear")),
        lambda x: unbatch(plain.resized(batch(x), (9, 4), None, "linear", "half-pixel")), [IMAGE],
    ),
    "dlresize along one dimension": (
        lambda x: over("SCB", "S", resizing.resize, x, (10,), (2.0,), Resize2D(method="linear")),
        lambda x: unbatch(plain.resized(batch(x[:, None]), (10, 1), None, "linear", "half-pixel"))[:, 0], [(5, 3, 2)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_values_and_gradients(rng, name):
    tf = tensorflow()
    compute, formula, shapes = CASES[name]
    values = [rng.uniform(0.05, 0.95, shape) for shape in shapes]
    if "loss" not in name and "entropy" not in name:
        values = [value * rng.choice((-1, 1), value.shape) for value in values]
    variables = [tf.Variable(value) for value in values]
    with tf.GradientTape() as tape:
        y = tf.transpose(compute(*(tf.transpose(each) for each in variables)))
        expected = formula(*values)
        assert y.shape == expected.shape
        np.testing.assert_allclose(y, expected, rtol=1e-11, atol=1e-12)
        pull = rng.normal(size=y.shape)
        total = tf.reduce_sum(y * pull)
    for at, gradient in enumerate(tape.gradient(total, variables)):
        direction, step = rng.normal(size=values[at].shape), 1e-6
        ends = [
            formula(*(each + sign * step * direction if k == at else each for k, each in enumerate(values)))
            for sign in (1, -1)
        ]
        assert (tf.convert_to_tensor(gradient).numpy() * direction).sum() == pytest.approx(
            ((ends[0] - ends[1]) * pull).sum() / (2 * step), rel=1e-6, abs=1e-6
        )


@pytest.mark.parametrize(
    "labels, shape, size, edges",
    [("SSCB", (6, 4, 3, 2), (2, 2), ((0, 0), (0, 0))), ("CBT", (3, 2, 9), (3,), ((1, 1),))],
)
def test_places_of_the_largest_lead_back(rng, labels, shape, size, edges):
    x = rng.normal(size=shape)
    window, how = "S" if "S" in labels else "T", slid((2,) * len(size), edges)
    y = np.asarray(over(labels, window, poolings.pool_max, x.T, size, how)).T
    found = poolings.places_of_largest(x.T, labels, size, window, how).numpy().T
    np.testing.assert_array_equal(x.ravel(order="F")[found - 1], y)
    if window == "S":  # where windows do not meet
        back = poolings.unpool(y.T, found.T, shape).numpy().T
        np.testing.assert_array_equal(back, np.where(np.isin(x, y), x, 0))


@pytest.mark.parametrize(
    "labels, sums, made",
    [
        ("BTC", "btc,dc->btd", "BTC"), ("CBT", "cbt,dc->dbt", "CBT"), ("BC", "bc,dc->bd", "BC"),
        ("SB", "cb,dc->db", "CB"), ("CTB", "ctb,dc->dtb", "CTB"),
    ],
)  # fmt: skip
def test_fully_connected_keeps_observations_and_steps(rng, labels, sums, made):
    sizes = {"S": 3, "C": 3, "B": 4, "T": 7}
    x, w = rng.normal(size=[sizes[label] for label in labels]), rng.normal(size=(5, 3))
    y = convolutions.fully_connected(x.T, labels, w.T, np.zeros(1)).numpy().T
    np.testing.assert_allclose(y, np.einsum(sums, x, w), atol=1e-12)
    assert convolutions.connected(labels) == made


@pytest.mark.parametrize("mode", [None, "after-multiplication", "before-multiplication"])
def test_recurrences_from_a_state_of_each_observation(rng, mode):
    """lstm, and gru by its mode: 3 features, 2 observations, 5 steps, 4 units."""
    x, gates = rng.normal(size=(3, 2, 5)), 4 if mode is None else 3
    weights, again, bias = rng.normal(size=(4 * gates, 3)), rng.normal(size=(4 * gates, 4)), rng.normal(size=4 * gates)
    hidden, cell = rng.normal(size=(4, 2)), rng.normal(size=(4, 1))
    parameters = {"InputWeights": weights.T, "RecurrentWeights": again.T, "Bias": bias, "HiddenState": hidden.T}
    if mode is None:
        layer, parameters["CellState"] = LSTM(num_hidden_units=4), cell.T
    else:
        layer = GRU(num_hidden_units=4, reset_gate_mode=mode)
    steps, ends = recur(layer, x.T, "CBT", parameters)
    for n in range(2):
        if mode is None:
            expected = plain.lstm(x[:, n].T, weights, again, bias, hidden[:, n], cell[:, 0])
        else:
            expected = plain.gru(x[:, n].T, weights, again, bias, hidden[:, n], mode)
        np.testing.assert_allclose(steps.numpy().T[:, n], expected.T, atol=1e-12)
        np.testing.assert_allclose(ends["HiddenState"].numpy().T[:, n], expected[-1], atol=1e-12)
    once, _ = recur(layer, x[:, :, 0].T, "CB", parameters)
    np.testing.assert_allclose(once.numpy().T, steps.numpy().T[:, :, 0], atol=1e-12)

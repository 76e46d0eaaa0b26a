"""The gradient methods against plain hand-written TensorFlow of their formulas, on SqueezeNet and a residual network.

Nothing of the engine computes the expected maps: the networks are written out with tf.nn from their numbers alone.
"""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from cnnscript.engine import questions, tapes
from cnnscript.engine.tapes import IMAGES, one_hot
from cnnscript.explain import perturbation
from cnnscript.explain.eigen_cam import first_eigenvector, projected
from cnnscript.explain.grad_cam import grad_cam
from cnnscript.explain.grad_cam_plus_plus import grad_cam_plus_plus
from cnnscript.explain.guided_grad_cam import guided_grad_cam
from cnnscript.explain.hires_cam import hires_cam
from cnnscript.explain.integrated_gradients import integrated_gradients
from cnnscript.explain.layer_cam import layer_cam
from cnnscript.explain.saliency import over_channels, saliency
from cnnscript.explain.score_cam import score_cam
from cnnscript.explain.scoring import Question
from cnnscript.explain.smooth_grad import smooth_grad, var_grad
from tests.engine.residual_network import residual_network


class Written:
    """A network and the same written out: `forward(images, relu)` → (probabilities N×K, maps of the feature layer)."""

    def __init__(self, net, forward, feature, label):
        self.net, self.forward, self.feature, self.label = net, forward, feature, label

    def question(self, images):
        count = self.net.sizes[self.net.number("prob")][2]
        return Question(self.net, images, self.net.number("prob"), one_hot([self.label], count))

    def gradient(self, tf, images, relu=None):
        x = tf.constant(images, tf.float32)
        with tf.GradientTape() as tape:
            tape.watch(x)
            score = self.forward(x, relu or tf.nn.relu)[0][:, self.label]
        return tape.gradient(score, x).numpy()

    def feature_gradient(self, tf, images):
        x = tf.constant(images, tf.float32)
        with tf.GradientTape() as tape:
            tape.watch(x)
            probabilities, maps = self.forward(x, tf.nn.relu)
            score = probabilities[:, self.label]
        return maps.numpy(), tape.gradient(score, maps).numpy()


def guided_relu(tf):
    @tf.custom_gradient
    def relu(x):
        y = tf.nn.relu(x)
        return y, lambda dy: dy * tf.cast(dy > 0, tf.float32) * tf.cast(x > 0, tf.float32)

    return relu


def deconvolution_relu(tf):
    @tf.custom_gradient
    def relu(x):
        return tf.nn.relu(x), lambda dy: dy * tf.cast(dy > 0, tf.float32)

    return relu


@pytest.fixture(scope="module")
def written_squeezenet(tf, squeezenet):
    def weights(name):
        return tf.Variable(squeezenet.parameter(name, "Weights")), squeezenet.parameter(name, "Bias")

    def conv(x, name, stride=1, padding="SAME"):
        kernel, bias = weights(name)
        return tf.nn.conv2d(x, kernel, stride, padding) + bias

    def pool(x, edges):
        return tf.nn.max_pool2d(tf.pad(x, edges, constant_values=x.dtype.min), 3, 2, "VALID")

    def fire(x, name, relu):
        x = relu(conv(x, f"{name}-squeeze1x1"))
        return tf.concat([relu(conv(x, f"{name}-expand1x1")), relu(conv(x, f"{name}-expand3x3"))], -1)

    def forward(x, relu):
        none, after = [[0, 0]] * 4, [[0, 0], [0, 1], [0, 1], [0, 0]]
        x = relu(conv(x - np.array([123, 117, 104], np.float32), "conv1", 2, "VALID"))
        x = fire(fire(pool(x, none), "fire2", relu), "fire3", relu)
        x = fire(fire(pool(x, after), "fire4", relu), "fire5", relu)
        x = pool(x, after)
        for k in (6, 7, 8, 9):
            x = fire(x, f"fire{k}", relu)
        maps = relu(conv(x, "conv10"))
        return tf.nn.softmax(tf.reduce_mean(maps, (1, 2))), maps

    return Written(squeezenet, forward, "relu_conv10", 967)


@pytest.fixture(scope="module")
def written_residual(tf):
    net = residual_network()

    def forward(x, relu):
        def conv(x, name):
            return tf.nn.conv2d(x, net.parameter(name, "Weights"), 1, "SAME") + net.parameter(name, "Bias")

        first = relu(conv(x, "conv1"))
        maps = relu(conv(first, "conv2") + first)
        logits = tf.reduce_mean(maps, (1, 2)) @ net.parameter("fc", "Weights") + net.parameter("fc", "Bias")
        return tf.nn.softmax(logits), maps

    return Written(net, forward, "relu2", 3)


@pytest.fixture(params=["squeezenet", "residual"])
def written(request):
    return request.getfixturevalue(f"written_{request.param}")


@pytest.fixture
def image(written, picture, rng):
    if written.feature == "relu2":
        return rng.normal(0, 1, (1, 8, 8, 3)).astype(np.float32)
    return picture("coffee")


def agrees(found, expected):
    """Correlation above 0.9999, and the same size."""
    found, expected = np.asarray(found, float).ravel(), np.asarray(expected, float).ravel()
    assert found.shape == expected.shape
    assert np.abs(expected).max() > 0
    assert np.corrcoef(found, expected)[0, 1] > 0.9999
    assert np.abs(found).max() == pytest.approx(np.abs(expected).max(), rel=1e-3)


def test_the_gradient(tf, written, image):
    found, scores = saliency(written.question(image))
    agrees(found, written.gradient(tf, image))
    expected = written.forward(tf.constant(image, tf.float32), tf.nn.relu)[0][0, written.label]
    assert scores[0] == pytest.approx(float(expected), rel=1e-4)
    agrees(saliency(written.question(image), "relu")[0], np.maximum(written.gradient(tf, image), 0))


def test_guided_backpropagation_and_deconvolution(tf, written, image):
    agrees(saliency(written.question(image), "guided")[0], written.gradient(tf, image, guided_relu(tf)))
    agrees(saliency(written.question(image), "zeiler-fergus")[0], written.gradient(tf, image, deconvolution_relu(tf)))


def test_grad_cam_and_its_kin(tf, written, image):
    maps, slope = written.feature_gradient(tf, image)
    question, feature = written.question(image), written.net.number(written.feature)
    weighted = np.maximum((slope.mean((1, 2), keepdims=True) * maps).sum(-1), 0)
    agrees(grad_cam(question, feature)[0], weighted)
    agrees(hires_cam(question, feature)[0], (slope * maps).sum(-1))
    agrees(layer_cam(question, feature)[0], np.maximum((np.maximum(slope, 0) * maps).sum(-1), 0))
    guided = written.gradient(tf, image, guided_relu(tf))
    larger = tf.image.resize(weighted[..., None], guided.shape[1:3]).numpy()
    agrees(guided_grad_cam(question, feature)[0], guided * larger)


def test_grad_cam_plus_plus_channel_by_channel(tf, written_residual, rng):
    image = rng.normal(0, 1, (1, 8, 8, 3)).astype(np.float32)
    maps, slope = (one[0].astype(float) for one in written_residual.feature_gradient(tf, image))
    expected = np.zeros(maps.shape[:2])
    for k in range(maps.shape[-1]):
        total, importance = maps[..., k].sum(), 0.0
        for g in slope[..., k].ravel():
            alpha = g**2 / (2 * g**2 + total * g**3)
            importance += alpha * max(g, 0)
        expected += importance * maps[..., k]
    found, _ = grad_cam_plus_plus(written_residual.question(image), written_residual.net.number("relu2"))
    agrees(found, np.maximum(expected, 0))


def test_integrated_gradients_and_their_completeness(tf, written, image):
    steps = 8
    start = np.zeros(image.shape, np.float32)
    found, errors = integrated_gradients(written.question(image), start, steps)
    total = 0
    for k in range(steps):
        total = total + written.gradient(tf, (k + 0.5) / steps * image.astype(np.float32))
    agrees(found, total / steps * image)
    ends = [float(written.forward(tf.constant(x, tf.float32), tf.nn.relu)[0][0, written.label]) for x in (start, image)]
    assert errors[0] == pytest.approx(found.sum(dtype=float) - (ends[1] - ends[0]), abs=1e-4)


def test_more_steps_come_nearer_to_completeness(written_residual, rng):
    image = rng.normal(0, 1, (1, 8, 8, 3)).astype(np.float32)
    errors = [
        abs(integrated_gradients(written_residual.question(image), np.zeros_like(image), n)[1][0]) for n in (2, 300)
    ]
    assert errors[1] < 1e-3 < errors[0]


def test_smooth_and_var_grad_are_the_moments_of_noisy_gradients(tf, written_residual, rng):
    image = rng.normal(0, 1, (1, 8, 8, 3)).astype(np.float32)
    question = written_residual.question(image)
    noise = np.random.default_rng(5).standard_normal((7, 8, 8, 3), np.float32)
    slopes = written_residual.gradient(tf, image + 0.1 * (image.max() - image.min()) * noise)
    agrees(smooth_grad(question, 7, 0.1, np.random.default_rng(5)), slopes.mean(0))
    agrees(var_grad(question, 7, 0.1, np.random.default_rng(5)), slopes.var(0))
    np.testing.assert_array_equal(
        smooth_grad(question, 7, 0.1, np.random.default_rng(5)), smooth_grad(question, 7, 0.1, np.random.default_rng(5))
    )


def test_channels_are_joined_as_asked():
    numbers = np.array([[[[1.0, -3.0], [2.0, 0.5]]]])
    assert over_channels(numbers, "abs").tolist() == [[[4.0, 2.5]]]
    assert over_channels(numbers, "max").tolist() == [[[3.0, 2.0]]]
    assert over_channels(numbers, "sum").tolist() == [[[-2.0, 2.5]]]
    assert over_channels(numbers, "none") is numbers


def test_the_images_themselves_are_not_an_input_layer_output(written_squeezenet, picture):
    """The gradient is with respect to raw pixels: the mean that the input layer takes off does not change it, but the
    outputs at IMAGES are the pixels."""
    image = picture("coffee")
    found = written_squeezenet.question(image).gradients()
    np.testing.assert_array_equal(found.outputs[IMAGES], image)


def test_score_cam_mask_by_mask(tf, written_residual, rng):
    image = rng.normal(0, 1, (8, 8, 3)).astype(np.float32)
    net = written_residual.net
    maps = written_residual.forward(tf.constant(image[None]), tf.nn.relu)[1].numpy()[0]
    scores = []
    for k in range(maps.shape[-1]):
        low, high = maps[..., k].min(), maps[..., k].max()
        masked = image * ((maps[..., k] - low) / (high - low))[..., None]
        scores.append(float(written_residual.forward(tf.constant(masked[None]), tf.nn.relu)[0][0, 2]))
    weights = np.exp(scores) / np.exp(scores).sum()
    question = perturbation.MaskedQuestion(net, net.number("prob"), [2], image, np.zeros((1, 1, 3), np.float32))
    agrees(score_cam(question, net.number("relu2")), (maps * weights).sum(-1))


@pytest.mark.parametrize("shape", [(3, 4, 20), (9, 8, 5)])
def test_eigen_cam_is_the_first_singular_direction(tf, rng, shape):
    maps = rng.uniform(0, 1, shape).astype(np.float32)
    rows = maps.reshape(-1, shape[-1]).astype(float)
    left, sizes, _ = np.linalg.svd(rows)
    expected = left[:, 0] * sizes[0]
    agrees(projected(maps), expected * np.sign(expected.sum()))


def test_long_work_says_how_far_it_has_come(written_residual, rng, monkeypatch):
    image = rng.normal(0, 1, (1, 8, 8, 3)).astype(np.float32)
    said = []
    question = replace(written_residual.question(image), progress=said.append)
    monkeypatch.setattr(tapes, "TAPE_BYTES", 1)  # batches of one
    clock = itertools.count()
    monkeypatch.setattr(questions.time, "monotonic", lambda: float(next(clock)))
    integrated_gradients(question, np.zeros_like(image), 3)
    assert said == ["1 of 3 gradients done, 2 s left ...", "2 of 3 gradients done, 1 s left ...", ""]


def test_eigen_cam_of_close_directions_and_of_nothing(tf, rng):
    """Singular values 1, 0.999, ...: slow for plain power iteration.  Maps of zeros have no direction."""
    left = np.linalg.qr(rng.normal(0, 1, (12, 6)))[0]
    right = np.linalg.qr(rng.normal(0, 1, (6, 6)))[0]
    maps = (left * np.array([1, 0.999, 0.5, 0.2, 0.1, 0])) @ right
    found = projected(maps.reshape(3, 4, 6).astype(np.float32)).ravel()
    np.testing.assert_allclose(np.abs(found), np.abs(left[:, 0]), atol=2e-3)
    assert not projected(np.zeros((3, 4, 6), np.float32)).any()


def test_eigen_cam_takes_a_direction_for_the_first_only_where_nothing_can_be_before_it(tf):
    """The power method begins, and so ends, at right angles to the first of these directions."""
    first, second = np.array([1, -1, 0, 0]) / np.sqrt(2), np.array([0, 0, 1, 1]) / np.sqrt(2)
    products = 3 * np.outer(first, first) + 2 * np.outer(second, second)
    np.testing.assert_allclose(np.abs(first_eigenvector(tf.constant(products))), np.abs(first), atol=1e-6)
    alone = np.outer(second, second)
    np.testing.assert_allclose(first_eigenvector(tf.constant(alone)), second, atol=1e-12)

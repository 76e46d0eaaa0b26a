"""Gradients of scores: against differences in float64, plain TensorFlow, and the papers' rules by hand."""

import gc
import weakref

import numpy as np
import pytest

from cnnscript.engine import tapes
from cnnscript.engine.questions import ask, of
from cnnscript.engine.tapes import IMAGES, gradients, one_hot
from cnnscript.errors import ScriptError
from tests.engine.residual_network import residual_network


@pytest.fixture(scope="module")
def net(tf):
    return residual_network()


@pytest.fixture
def images(rng):
    return rng.normal(0, 1, (3, 8, 8, 3)).astype(np.float32)


def score_of(net, images, weights, layer="prob"):
    return (ask(net, images, [net.number(layer)])[0][:, 0, 0, :].astype(float) * weights).sum(1)


@pytest.mark.parametrize("trace", [False, True])
@pytest.mark.parametrize("fixed", [False, True])
def test_the_gradient_is_what_differences_say(tf, images, trace, fixed):
    net = residual_network(fixed=fixed)
    weights = one_hot([2], 5)
    found = gradients(net, images[:1], net.number("prob"), weights, trace=trace)
    assert found.scores == pytest.approx(score_of(net, images[:1], weights), abs=1e-6)
    step = 1e-2
    for at in [(0, 0, 0), (3, 4, 1), (7, 7, 2)]:
        up, down = images[:1].copy(), images[:1].copy()
        up[(0, *at)] += step
        down[(0, *at)] -= step
        slope = (score_of(net, up, weights) - score_of(net, down, weights)) / (2 * step)
        assert found.gradients[IMAGES][(0, *at)] == pytest.approx(slope[0], abs=2e-4)


def test_several_classes_of_one_image_are_one_question_each(net, images):
    score = net.number("prob")
    together = gradients(net, images[:1], score, one_hot([0, 3], 5), [net.number("relu1"), IMAGES])
    for row, label in enumerate([0, 3]):
        alone = gradients(net, images[:1], score, one_hot([label], 5), [net.number("relu1"), IMAGES])
        for layer in (net.number("relu1"), IMAGES):
            np.testing.assert_allclose(together.gradients[layer][row], alone.gradients[layer][0], atol=1e-7)
            np.testing.assert_array_equal(together.outputs[layer], alone.outputs[layer])


def test_images_in_batches_give_what_each_gives_alone(net, images, monkeypatch):
    monkeypatch.setattr(tapes, "TAPE_BYTES", 1)
    relu = net.number("relu2")
    found = gradients(net, images, net.number("fc"), one_hot([1, 2, 3], 5), [relu])
    for k in range(3):
        alone = gradients(net, images[k : k + 1], net.number("fc"), one_hot([k + 1], 5), [relu])
        np.testing.assert_allclose(found.gradients[relu][k], alone.gradients[relu][0], atol=1e-7)
        np.testing.assert_allclose(found.outputs[relu][k], alone.outputs[relu][0], atol=1e-6)


def test_another_class_and_another_size_compile_nothing(tf, rng):
    net = residual_network()
    for label, size in [(0, 8), (1, 8), (2, 9), (3, 20)]:
        gradients(net, rng.normal(0, 1, (1, size, size, 3)), net.number("gap"), one_hot([label], 4))
    counts = tapes.tapes(net).counts
    assert (counts["walks"], counts["traces"], counts["traced calls"]) == (1, 1, 3)


def test_what_lies_before_the_layer_is_computed_once(tf, images):
    net = residual_network()
    for label in range(4):
        gradients(net, images[:1], net.number("prob"), one_hot([label], 5), [net.number("relu2")])
    assert of(net).counts["walks"] == 1
    assert of(net).counts["traced calls"] == 0


@pytest.mark.parametrize("rule", tapes.RULES)
def test_rules_of_relus_by_hand(tf, net, images, rule):
    """The papers' backward passes, step by step, with the gradients of convolutions from TensorFlow."""
    kernels = [np.asarray(net.parameter(f"conv{i}", "Weights")) for i in (1, 2)]
    biases = [np.asarray(net.parameter(f"conv{i}", "Bias")) for i in (1, 2)]
    x = images[:1]
    before1 = tf.nn.conv2d(x, kernels[0], 1, "SAME") + biases[0]
    relu1 = tf.nn.relu(before1)
    before2 = tf.nn.conv2d(relu1, kernels[1], 1, "SAME") + biases[1] + relu1
    column = np.asarray(net.parameter("fc", "Weights"))[:, 4]
    arriving = np.broadcast_to(column / 64, (1, 8, 8, 4))

    def backwards(slope, before):
        if rule == "none":
            return slope * (before > 0)
        return np.maximum(slope, 0) * ((before > 0) if rule == "guided" else 1)

    slope = backwards(arriving, before2.numpy()).astype(np.float32)
    through = tf.nn.conv2d_transpose(slope, kernels[1], relu1.shape, 1, "SAME").numpy() + slope
    slope = backwards(through, before1.numpy()).astype(np.float32)
    expected = tf.nn.conv2d_transpose(slope, kernels[0], x.shape, 1, "SAME").numpy()
    for trace in (False, True):
        found = gradients(net, x, net.number("fc"), one_hot([4], 5), rule=rule, trace=trace)
        np.testing.assert_allclose(found.gradients[IMAGES], expected, rtol=1e-4, atol=1e-6)


def test_the_network_is_the_same_to_the_bit(tf, images):
    net = residual_network()
    before = {layer.name: {n: net.parameter(layer.name, n).copy() for n in layer.parameter_shapes()}
              for layer in net.layers}  # fmt: skip
    answer = score_of(net, images, one_hot([1], 5))
    for rule in tapes.RULES:
        gradients(net, images, net.number("prob"), one_hot([1], 5), rule=rule)
    for layer, arrays in before.items():
        for name, array in arrays.items():
            assert net.parameter(layer, name).tobytes() == array.tobytes()
    assert score_of(net, images, one_hot([1], 5)).tobytes() == answer.tobytes()


def test_new_weights_give_new_gradients(tf, images):
    net = residual_network()
    score, relu = net.number("fc"), net.number("relu1")
    ask = lambda: gradients(net, images[:1], score, one_hot([1], 5), [relu])  # noqa: E731
    ask()
    first = ask()
    net.set_parameter("fc", "Weights", 2 * net.parameter("fc", "Weights"))
    np.testing.assert_allclose(ask().gradients[relu], 2 * first.gradients[relu], rtol=1e-5)
    net.set_parameter("conv1", "Bias", 3 + net.parameter("conv1", "Bias"))
    assert (ask().outputs[relu] > first.outputs[relu]).any()


def test_a_weight_for_each_output(net, images, rng):
    """Of a layer with height and width: the same as the sum of the gradients of its single outputs."""
    relu, conv = net.number("relu1"), net.number("conv2")
    weights = np.zeros((1, 8, 8, 4), np.float32)
    weights[0, 2, 3, 1], weights[0, 5, 5, 0] = 2, -1
    found = gradients(net, images[:1], conv, weights, [relu])
    (outputs,) = ask(net, images[:1], [conv])
    assert found.scores == pytest.approx((outputs * weights).sum((1, 2, 3)), rel=1e-5)
    kernel = net.parameter("conv2", "Weights")  # the gradient of one output is its window of the kernel
    expected = np.zeros((8, 8, 4))
    expected[1:4, 2:5] += 2 * kernel[..., 1]
    expected[4:7, 4:7] -= kernel[..., 0]
    np.testing.assert_allclose(found.gradients[relu][0], expected, atol=1e-5)


def test_a_score_that_the_layer_has_no_part_in(net, images):
    with pytest.raises(ScriptError) as caught:
        gradients(net, images, net.number("relu1"), np.ones((1, 4), np.float32), [net.number("fc")])
    assert caught.value.message == "The score does not depend on layer 'fc'."
    assert "'fc' comes after it" in caught.value.notes


def test_a_network_that_is_gone_takes_its_tapes_along(tf, images):
    gone = residual_network()
    for _ in range(2):
        gradients(gone, images[:1], gone.number("prob"), one_hot([1], 5), [gone.number("relu2"), IMAGES])
    watcher, held = weakref.ref(gone), len(tapes._all)
    del gone
    gc.collect()
    assert watcher() is None
    assert len(tapes._all) == held - 1

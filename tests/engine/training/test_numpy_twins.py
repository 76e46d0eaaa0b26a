"""Training follows an independent NumPy (float64) implementation, step by step."""

import numpy as np
import pytest

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import Dropout, ReLU, Softmax
from cnnscript.engine.training.feeds import Batch
from cnnscript.engine.training.goals import goal_of_layer
from cnnscript.engine.training.plans import Plan, Solver
from cnnscript.engine.training.schedules import Schedule, of_factor, piecewise
from cnnscript.engine.training.trainees import Trainee, drawing
from tests.engine.training import numpy_training as plain

STEPS = 25


def classifier(rng, *layers, size, classes=3, **learning):
    """A network with random numbers, and those numbers as the twin holds them."""
    described = [
        ImageInput(name="in", input_size=size, normalization="none"), *layers,
        FullyConnected(name="fc", output_size=classes).with_learning(**learning), Softmax(name="s"),
        ClassificationOutput(name="out", classes=tuple("abcdef"[:classes])),
    ]  # fmt: skip
    bare = Network(described)
    numbers = {
        layer.name: {
            name: rng.normal(0, 0.3, shape).astype(np.float32) for name, shape in layer.parameter_shapes().items()
        }
        for layer in bare.layers
    }
    network = Network(described, parameters=numbers)
    held = {(layer, name): array.astype(float) for layer, all_of in numbers.items() for name, array in all_of.items()}
    return network, held


def twin_run(rng, plan, network, held, loss, twin, l2=None, rate_factors=None, change=None):
    """Both trained on the same batches: losses and parameters must agree after each step."""
    output = len(network.layers) - 1
    trainee = Trainee(network, output, goal_of_layer(network.layers[output]), plan)
    size = network.input_size
    for step in range(STEPS):
        epoch = step // 5 + 1
        x, t = rng.normal(0, 1, (16 - step % 2, *size)), rng.integers(0, 3, 16 - step % 2)
        rate = plan.schedule.begin().at(epoch, 1)
        measured = trainee.step(Batch([x.astype(np.float32)], t.astype(np.int32).reshape(-1, 1, 1)), rate, (0, step))
        single = x.astype(np.float32).astype(float)
        value, gradients = loss(held, single if single.shape[1] > 1 else single.reshape(len(x), -1), t)
        for name in gradients:
            if name[1] == "Weights":
                gradients[name] = gradients[name] + (l2 or {}).get(name[0], plan.l2) * held[name]
        if change is not None:
            gradients = change(gradients)
        before = dict(held)
        twin.step(held, gradients, rate)
        for (layer, name), wanted in (rate_factors or {}).items():
            held[layer, name] = before[layer, name] + wanted * (held[layer, name] - before[layer, name])
        assert measured.loss == pytest.approx(value, abs=1e-5, rel=1e-5)
        for (layer, name), array in held.items():
            np.testing.assert_allclose(network.parameter(layer, name), array, atol=1e-5, rtol=1e-5)


def plan_of(kind, **given):
    solver = Solver(kind, square_decay=0.9 if kind == "rmsprop" else 0.999, **given.pop("solver", {}))
    rates = {"sgdm": 0.05, "adam": 0.01, "rmsprop": 0.005}
    return Plan(solver=solver, schedule=Schedule(rates[kind], [of_factor(piecewise(0.3, 2))]), **given)


def twin_of(kind):
    return plain.Solver(kind, beta2=0.9 if kind == "rmsprop" else 0.999)


@pytest.mark.parametrize("kind", ["sgdm", "adam", "rmsprop"])
def test_a_linear_classifier_learns_as_its_twin_with_weight_decay_and_a_schedule(tf, rng, kind):
    network, held = classifier(rng, size=(1, 1, 7))
    twin_run(rng, plan_of(kind, l2=0.01), network, held, plain.linear, twin_of(kind))


@pytest.mark.parametrize("kind", ["sgdm", "adam", "rmsprop"])
def test_a_convolutional_classifier_learns_as_its_twin(tf, rng, kind):
    conv = Convolution(name="conv", filter_size=(3, 2), num_filters=4)
    network, held = classifier(rng, conv, ReLU(name="relu"), size=(6, 5, 2))
    twin_run(rng, plan_of(kind), network, held, plain.convolutional, twin_of(kind))


def test_nesterovs_momentum_is_that_of_keras(tf, rng):
    import keras

    network, held = classifier(rng, size=(1, 1, 7))
    twin_run(rng, plan_of("sgdm", solver={"nesterov": True}), network, held, plain.linear,
             plain.Solver("sgdm", nesterov=True))  # fmt: skip
    ours, theirs, w = plain.Solver("sgdm", nesterov=True), keras.optimizers.SGD(0.1, 0.9, True), {"w": np.array([3.0])}
    variable = keras.Variable(np.array([3.0], np.float32))
    for _ in range(5):
        theirs.apply([np.cos(variable.numpy())], [variable])
        ours.step(w, {"w": np.cos(w["w"])}, 0.1)
    np.testing.assert_allclose(variable.numpy(), w["w"], rtol=1e-5)


def test_factors_of_layers_weigh_learn_rate_and_weight_decay(tf, rng):
    factors = {"WeightLearnRateFactor": 3.0, "BiasLearnRateFactor": 0.5, "WeightL2Factor": 4.0}
    network, held = classifier(rng, size=(1, 1, 5), **factors)
    twin_run(rng, plan_of("adam", l2=0.01), network, held, plain.linear, twin_of("adam"), l2={"fc": 0.04},
             rate_factors={("fc", "Weights"): 3, ("fc", "Bias"): 0.5})  # fmt: skip


@pytest.mark.parametrize("method", ["l2norm", "global-l2norm", "absolute-value"])
def test_gradients_beyond_the_threshold_are_cut_by_each_method(tf, rng, method):
    limit = 0.05

    def cut(gradients):
        if method == "absolute-value":
            return {name: np.clip(g, -limit, limit) for name, g in gradients.items()}
        norms = {name: np.sqrt((g**2).sum()) for name, g in gradients.items()}
        whole = np.sqrt(sum(n**2 for n in norms.values()))
        scale = {name: whole if method == "global-l2norm" else norms[name] for name in norms}
        return {name: g * min(1, limit / scale[name]) for name, g in gradients.items()}

    network, held = classifier(rng, size=(1, 1, 5))
    plan = plan_of("sgdm", threshold=limit, threshold_method=method)
    twin_run(rng, plan, network, held, plain.linear, twin_of("sgdm"), change=cut)


def test_a_dropout_learns_from_what_it_leaves_and_makes_it_larger(tf, rng):
    network, held = classifier(rng, Dropout(name="drop", probability=0.3), size=(1, 1, 7))
    dropped = []

    def loss(p, x, t):
        numbers = drawing(tf.constant((0, len(dropped)), tf.int32))(tf.constant((len(x), 1, 1, 7)))
        kept = np.reshape(numbers, x.shape) >= 0.3
        dropped.append(1 - kept.mean())
        return plain.masked(p, x, t, kept / 0.7)

    twin_run(rng, plan_of("sgdm"), network, held, loss, plain.Solver("sgdm"))
    assert np.mean(dropped) == pytest.approx(0.3, abs=0.03)
    assert np.std(dropped) > 0  # each iteration has its own


def test_no_two_dropouts_of_any_iterations_drop_the_same(tf):
    seen = set()
    for iteration in range(4):
        draw = drawing(tf.constant((7, iteration), tf.int32))
        seen |= {draw(tf.constant((5,))).numpy().tobytes() for _ in range(3)}
    assert len(seen) == 12


def test_a_frozen_layer_stays_as_it_is_and_the_others_learn(tf, rng):
    conv = Convolution(name="conv", filter_size=(3, 3), num_filters=2).with_learning(
        WeightLearnRateFactor=0.0, BiasLearnRateFactor=0.0
    )
    network, _ = classifier(rng, conv, ReLU(name="relu"), size=(5, 5, 1))
    kept = {layer: network.parameter(layer, "Weights") for layer in ("conv", "fc")}
    trainee = Trainee(network, 5, goal_of_layer(network.layers[5]), plan_of("sgdm"))
    assert [one.layer for one in trainee.learnables] == ["fc", "fc"]
    x = rng.normal(0, 1, (8, 5, 5, 1)).astype(np.float32)
    trainee.step(Batch([x], np.zeros((8, 1, 1), np.int32)), 0.1, (0, 0))
    assert np.array_equal(network.parameter("conv", "Weights"), kept["conv"])
    assert not np.array_equal(network.parameter("fc", "Weights"), kept["fc"])


def test_the_step_is_traced_once_whatever_the_number_of_observations(tf, rng):
    network, _ = classifier(rng, size=(1, 1, 4))
    trainee = Trainee(network, 3, goal_of_layer(network.layers[3]), plan_of("sgdm"))
    for count in (8, 8, 5, 1):
        trainee.step(Batch([np.zeros((count, 1, 1, 4), np.float32)], np.zeros((count, 1, 1), np.int32)), 0.1, (0, 0))
    assert trainee._learn.experimental_get_tracing_count() == 1


def test_numbers_that_are_not_finite_change_nothing_and_are_traced_to_their_layer(tf, rng):
    network, held = classifier(rng, size=(1, 1, 4))
    trainee = Trainee(network, 3, goal_of_layer(network.layers[3]), plan_of("sgdm"))
    bad = Batch([np.full((4, 1, 1, 4), np.nan, np.float32)], np.zeros((4, 1, 1), np.int32))
    measured = trainee.step(bad, 0.1, (0, 0))
    assert not measured.sound
    np.testing.assert_array_equal(network.parameter("fc", "Weights"), held["fc", "Weights"].astype(np.float32))
    assert trainee.first_unsound(bad, (0, 0)) == "in"

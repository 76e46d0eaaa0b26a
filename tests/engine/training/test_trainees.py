"""One step of a network: how much there is to trace, what frozen layers keep, and that a bad step leaves nothing."""

import numpy as np
import pytest

from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.pointwise_layers import BatchNormalization, ReLU
from cnnscript.engine.stateful_operations import normalized_by_itself
from cnnscript.engine.training.feeds import Batch
from cnnscript.engine.training.goals import goal_of_layer
from cnnscript.engine.training.plans import Plan, Solver
from cnnscript.engine.training.schedules import Schedule
from cnnscript.engine.training.trainees import Trainee
from tests.engine.training.test_numpy_twins import classifier

FROZEN = {"ScaleLearnRateFactor": 0.0, "OffsetLearnRateFactor": 0.0}


def trainee_of(network, kind="sgdm"):
    solver = Solver(kind, square_decay=0.9 if kind == "rmsprop" else 0.999)
    return Trainee(network, len(network.layers) - 1, goal_of_layer(network.layers[-1]), Plan(solver, Schedule(0.1)))


def blocks(count):
    for k in range(count):
        yield Convolution(name=f"conv{k}", filter_size=(1, 1), num_filters=2)
        yield BatchNormalization(name=f"bn{k}")
        yield ReLU(name=f"relu{k}")


@pytest.mark.parametrize(("kind", "most"), [("sgdm", 80), ("adam", 85)])
def test_a_convolution_with_its_normalization_is_few_operations_more_to_trace(tf, rng, kind, most):
    counts = []
    for number in (1, 4):
        trainee = trainee_of(classifier(rng, *blocks(number), size=(3, 3, 1))[0], kind)
        graph = trainee._learn.get_concrete_function().graph
        inner = sum(len(one.node_def) for one in graph.as_graph_def().library.function)
        counts.append(len(graph.get_operations()) + inner)
    assert (counts[1] - counts[0]) / 3 <= most


def test_frozen_layers_keep_their_bits_and_the_statistics_of_their_normalization_follow(tf, rng):
    conv = Convolution(name="conv", filter_size=(1, 1), num_filters=1).with_learning(
        WeightLearnRateFactor=0.0, BiasLearnRateFactor=0.0
    )
    norm = BatchNormalization(name="bn").with_learning(**FROZEN)
    network, held = classifier(rng, conv, norm, ReLU(name="relu"), size=(2, 2, 1))
    network.set_parameter("bn", "TrainedVariance", np.ones(1))
    trainee = trainee_of(network)
    assert {one.layer for one in trainee.learnables} == {"fc"}
    mean, variance = held["bn", "TrainedMean"], np.ones(1)
    for step in range(3):
        x = rng.normal(1, 2, (5, 2, 2, 1)).astype(np.float32)
        trainee.step(Batch([x], np.arange(5, dtype=np.int32).reshape(5, 1, 1) % 3), 0.1, (0, step))
        maps = x * held["conv", "Weights"].item() + held["conv", "Bias"].item()
        mean, variance = 0.1 * maps.mean() + 0.9 * mean, 0.1 * maps.var() + 0.9 * variance
    for layer, name in (("conv", "Weights"), ("conv", "Bias"), ("bn", "Scale"), ("bn", "Offset")):
        assert np.array_equal(network.parameter(layer, name), held[layer, name].astype(np.float32))
    assert not np.array_equal(network.parameter("fc", "Weights"), held["fc", "Weights"].astype(np.float32))
    np.testing.assert_allclose(network.parameter("bn", "TrainedMean"), mean, rtol=1e-5)
    np.testing.assert_allclose(network.parameter("bn", "TrainedVariance"), variance, rtol=1e-5)


@pytest.mark.parametrize("kind", ["sgdm", "adam", "rmsprop"])
def test_a_step_that_is_not_finite_leaves_neither_momentum_nor_statistics_behind(tf, kind):
    good = Batch([np.linspace(-1, 1, 32, dtype=np.float32).reshape(4, 2, 2, 2)], np.zeros((4, 1, 1), np.int32))
    bad = Batch([np.full((4, 2, 2, 2), np.nan, np.float32)], good.targets)
    ends = []
    for batches in ([good, bad, good], [good, good]):
        network, _ = classifier(np.random.default_rng(0), *blocks(1), size=(2, 2, 2))
        network.set_parameter("bn0", "TrainedVariance", np.ones(2))
        trainee, told = trainee_of(network, kind), []
        for batch in batches:
            trainee.steps = 1  # adam's correction of the rate counts all steps
            told.append(trainee.step(batch, 0.01, (0, 0)))
        assert [one.sound for one in told] == [batch is good for batch in batches]
        assert [np.isnan(one.loss) for one in told] == [batch is bad for batch in batches]
        ends.append(trainee.numbers())
    for key, array in ends[0].items():
        assert np.array_equal(array, ends[1][key]), key


@pytest.mark.parametrize("mean", [0, 100])
def test_batches_are_normalized_by_their_population(tf, rng, mean):
    x = rng.normal(mean, 2, (3, 4, 5, 2)).astype(np.float32)
    scale, offset = np.float32([2, -1]), np.float32([0.5, 3])
    out, found, variance = normalized_by_itself(tf.constant(x), tf.constant(offset), tf.constant(scale), 1e-3)
    exact = x.astype(float)
    axes = (0, 1, 2)
    np.testing.assert_allclose(found, exact.mean(axes), rtol=1e-5)
    np.testing.assert_allclose(variance, exact.var(axes), rtol=1e-4)
    wanted = (exact - exact.mean(axes)) / np.sqrt(exact.var(axes) + 1e-3) * scale + offset
    np.testing.assert_allclose(out, wanted, rtol=1e-3, atol=1e-3)


def test_an_observation_far_from_its_class_is_learned_from(tf, rng):
    network, held = classifier(rng, size=(1, 1, 2))
    weights = np.zeros_like(held["fc", "Weights"])
    weights[0, 0] = 300.0  # scores the first class with 1, all others with 0
    network.set_parameter("fc", "Weights", weights)
    batch = Batch([np.array([1.0, 0.0], np.float32).reshape(1, 1, 1, 2)], np.full((1, 1, 1), 2, np.int32))
    before = network.parameter("fc", "Bias").ravel()
    told = trainee_of(network).step(batch, 0.1, (0, 0))
    assert told.loss == pytest.approx(15.9424, abs=1e-4)
    assert network.parameter("fc", "Bias").ravel() - before == pytest.approx([-0.1, 0, 0.1], abs=1e-6)

"""The loop: which observations come when, what is left out, when data are validated, what ends a training."""

import numpy as np
import pytest

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.output_layers import RegressionOutput
from cnnscript.engine.pointwise_layers import BatchNormalization, ReLU
from cnnscript.engine.training.feeds import ArrayFeed
from cnnscript.engine.training.goals import goal_of_layer
from cnnscript.engine.training.loop import COMPLETED, TOLD, VALIDATED, Training, Watcher
from cnnscript.engine.training.normalization import normalized, wanting
from cnnscript.engine.training.plans import Plan, Solver
from cnnscript.engine.training.schedules import Schedule
from cnnscript.engine.training.trainees import Trainee


class Seen(Watcher):
    def __init__(self, stop_at=None):
        self.moments, self.kept, self.stop_at = [], [], stop_at

    def iteration(self, moment):
        self.moments.append(moment)
        return moment.iteration == self.stop_at

    def checkpoint(self, epoch, iteration, epoch_over):
        self.kept.append((epoch, iteration, epoch_over))


class Counting(ArrayFeed):
    """Tells which observations it gave."""

    def take(self, most):
        batch = super().take(most)
        if batch is not None:
            self.given.append(batch.targets.ravel().astype(int).tolist())
        return batch


def run(count, plan, watcher=None, validation=None, numbers=None):
    entry = ImageInput(name="in", input_size=(1, 1, 1), normalization="none")
    layers = [entry, FullyConnected(name="f", output_size=1), RegressionOutput(name="out")]
    network = Network(layers, parameters=numbers or {"f": {"Weights": np.zeros((1, 1)), "Bias": np.zeros(1)}})
    x = np.arange(count, dtype=np.float32).reshape(-1, 1, 1, 1)
    feed = Counting([x], x)
    feed.given = []
    trainee = Trainee(network, 2, goal_of_layer(network.layers[2]), plan)
    order = np.random.default_rng(0).permutation
    training = Training(trainee, plan, feed, validation, watcher or Seen(), order, lambda: (0, 0))
    return training.run(), feed, network


def plan_of(**given):
    return Plan(Solver("sgdm"), Schedule(given.pop("rate", 1e-4)), **given)


def test_what_fills_no_mini_batch_is_left_out_of_each_epoch(tf):
    seen = Seen()
    outcome, feed, _ = run(10, plan_of(epochs=2, batch_size=4, shuffle="never"), seen)
    assert feed.given == [[0, 1, 2, 3], [4, 5, 6, 7]] * 2
    assert outcome.reason == COMPLETED
    assert [(one.epoch, one.iteration, one.last) for one in seen.moments] == [
        (1, 1, False), (1, 2, False), (2, 3, False), (2, 4, True)
    ]  # fmt: skip
    assert seen.kept == [(1, 1, False), (1, 2, True), (2, 3, False), (2, 4, True)]


def test_fewer_observations_than_a_mini_batch_are_one(tf):
    assert run(3, plan_of(epochs=2, batch_size=128, shuffle="never"))[1].given == [[0, 1, 2]] * 2


def test_data_are_shuffled_once_or_in_every_epoch(tf):
    once = run(8, plan_of(epochs=3, batch_size=8, shuffle="once"))[1].given
    each = run(8, plan_of(epochs=3, batch_size=8, shuffle="every-epoch"))[1].given
    assert once[0] == once[1] == once[2] != list(range(8))
    assert each[0] != each[1] != each[2]
    assert all(sorted(batch) == list(range(8)) for batch in once + each)


def test_validation_comes_first_every_so_often_and_last(tf):
    x = np.zeros((3, 1, 1, 1), np.float32)
    seen, before = Seen(), Seen()
    run(8, plan_of(epochs=4, batch_size=4, validate_every=3), seen, ArrayFeed([x], x))
    assert [one.iteration for one in seen.moments if one.validation] == [1, 3, 6, 8]
    run(8, plan_of(epochs=4, batch_size=4, validate_every=3, validates_before=True), before, ArrayFeed([x], x))
    assert [one.iteration for one in before.moments if one.validation] == [0, 3, 6, 8]


@pytest.mark.parametrize(("how", "looks"), [({}, 4), ({"validate_every": 5}, 2), ({"keeps_best": True}, 4)])
def test_what_was_just_validated_is_not_validated_again_at_the_end(tf, how, looks):
    x = np.ones((3, 1, 1, 1), np.float32)
    validation = Counting([x], x)
    validation.given = []
    seen = Seen()
    outcome, _, _ = run(8, plan_of(**{"epochs": 2, "batch_size": 4, "validate_every": 1} | how), seen, validation)
    assert len(validation.given) == looks
    assert outcome.final.loss == min(one.validation.loss for one in seen.moments if one.validation)


@pytest.mark.parametrize("patience", [1, 3])
def test_training_ends_when_validation_has_failed_to_improve_as_often_as_patience_says(tf, patience):
    x = np.zeros((1, 1, 1, 1), np.float32)  # whatever is learnt is worse
    plan = plan_of(epochs=50, batch_size=4, validate_every=1, patience=patience, rate=1e-3, shuffle="never")
    outcome, _, _ = run(4, plan, validation=ArrayFeed([x], x))
    assert outcome.reason == VALIDATED
    assert outcome.iteration == patience + 1


def test_the_network_of_the_best_validation_is_given_back(tf):
    target = np.full((1, 1, 1, 1), 0.5, np.float32)
    seen = Seen()
    plan = plan_of(epochs=30, batch_size=4, validate_every=1, keeps_best=True, rate=0.02)
    outcome, _, network = run(4, plan, seen, ArrayFeed([target], target))
    losses = [one.validation.loss for one in seen.moments]
    assert outcome.output_iteration == int(np.argmin(losses)) + 1 < 30
    answer = 0.5 * network.parameter("f", "Weights").item() + network.parameter("f", "Bias").item()
    assert (answer - 0.5) ** 2 / 2 == pytest.approx(min(losses), rel=1e-4)
    assert outcome.final.loss == pytest.approx(min(losses), rel=1e-6)


def test_a_watcher_stops_the_training(tf):
    outcome, feed, _ = run(8, plan_of(epochs=9, batch_size=4), Seen(stop_at=3))
    assert (outcome.reason, outcome.iteration) == (TOLD, 3)


@pytest.mark.parametrize(
    ("dimension", "axes"), [("auto", (0, 1, 2)), ("channel", (0, 1, 2)), ("element", 0), ("all", None)]
)
def test_statistics_of_inputs_are_those_of_numpy_in_each_dimension(rng, dimension, axes):
    x = rng.normal(3, 2, (11, 4, 3, 2)).astype(np.float32)
    feed = ArrayFeed([x], np.zeros((11, 1, 1), np.int32))
    for kind, expected in (("zscore", {"mean": x.mean(axes), "standard_deviation": x.std(axes)}),
                           ("rescale-zero-one", {"min": x.min(axes), "max": x.max(axes)})):  # fmt: skip
        layer = ImageInput(name="in", input_size=(4, 3, 2), normalization=kind, normalization_dimension=dimension)
        assert wanting(layer, reset=False)
        settled = normalized([layer], feed, [0], 4)[0]
        for name, value in expected.items():
            np.testing.assert_allclose(np.array(getattr(settled, name)), value, rtol=1e-4)
        assert not wanting(settled, reset=False)
        assert wanting(settled, reset=True)


@pytest.mark.parametrize("held", [0.5, np.inf])
def test_population_statistics_are_those_of_all_batches_together_whatever_was_held_before(tf, rng, held):
    layers = [ImageInput(name="in", input_size=(2, 2, 3), normalization="none"), BatchNormalization(name="bn"),
              FullyConnected(name="f", output_size=1), RegressionOutput(name="out")]  # fmt: skip
    bare = Network(layers)
    numbers = {one.name: {name: rng.normal(0, 0.1, shape) ** 2 for name, shape in one.parameter_shapes().items()}
               for one in bare.layers}  # fmt: skip
    numbers["bn"]["TrainedMean"][:] = numbers["bn"]["TrainedVariance"][:] = held
    network = Network(layers, parameters=numbers)
    x = rng.normal(5, 3, (10, 2, 2, 3)).astype(np.float32)
    plan = plan_of(epochs=1, batch_size=4, population=True)
    trainee = Trainee(network, 3, goal_of_layer(network.layers[3]), plan)
    feed = ArrayFeed([x], np.zeros((10, 1, 1, 1), np.float32))
    Training(trainee, plan, feed, None, Seen(), np.random.default_rng(0).permutation, lambda: (0, 0)).run()
    np.testing.assert_allclose(network.parameter("bn", "TrainedMean"), x.mean((0, 1, 2)), rtol=1e-5)
    np.testing.assert_allclose(network.parameter("bn", "TrainedVariance"), x.var((0, 1, 2)), rtol=1e-4)


def test_population_statistics_come_of_the_batches_of_the_last_epoch_not_of_the_data_as_they_lie(tf, rng):
    layers = [ImageInput(name="in", input_size=(1, 1, 3), normalization="none"), BatchNormalization(name="a"),
              ReLU(name="r"), BatchNormalization(name="b"), FullyConnected(name="f", output_size=1),
              RegressionOutput(name="out")]  # fmt: skip
    numbers = {one.name: {name: np.full(shape, 0.5, np.float32) for name, shape in one.parameter_shapes().items()}
               for one in Network(layers).layers}  # fmt: skip
    network = Network(layers, parameters=numbers)
    x = (np.repeat([0, 50, 100], 4)[:, None, None, None] + rng.normal(0, 1, (12, 1, 1, 3))).astype(np.float32)
    plan = plan_of(epochs=2, batch_size=4, population=True, shuffle="every-epoch")
    trainee = Trainee(network, 5, goal_of_layer(network.layers[5]), plan)
    order = np.random.default_rng(0).permutation
    feed = ArrayFeed([x], np.zeros((12, 1, 1, 1), np.float32))
    Training(trainee, plan, feed, None, Seen(), order, lambda: (0, 0)).run()
    draws = np.random.default_rng(0)
    last = [draws.permutation(12) for _ in range(2)][-1]
    batches = x[last].reshape(3, 4, 3)
    scale, offset = network.parameter("a", "Scale"), network.parameter("a", "Offset")
    spread = (batches - batches.mean(1, keepdims=True)) / np.sqrt(batches.var(1, keepdims=True) + 1e-5)
    passed = np.maximum(spread * scale + offset, 0).reshape(12, 3)
    np.testing.assert_allclose(network.parameter("b", "TrainedMean"), passed.mean(0), rtol=1e-4)
    np.testing.assert_allclose(network.parameter("b", "TrainedVariance"), passed.var(0), rtol=1e-3)

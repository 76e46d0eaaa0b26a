"""Statistics of data: for input layers before training, for batch normalisation after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.engine.execute import Step, steps, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.pointwise_layers import BatchNormalization
from cnnscript.engine.stateful_operations import stateful_operation
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import Feed
from cnnscript.engine.training.trainees import Trainee, drawing

FIELDS = {"Mean": "mean", "StandardDeviation": "standard_deviation", "Min": "min", "Max": "max"}


def wanting(layer: Layer, reset: bool) -> bool:
    """Does an input layer need statistics of the data?  reset: also where it has some."""
    if not isinstance(layer, ImageInput) or not layer.statistics:
        return False
    return reset or any(layer.property(name) is None for name in layer.statistics)


class Moments:
    """Sums over the images of an input, for its statistics (population's, in double)."""

    def __init__(self):
        self.count = 0
        self.sum = self.squares = np.zeros(0)
        self.low = self.high = np.zeros(0)

    def add(self, images: np.ndarray) -> None:
        """images: N×H×W×C."""
        wide = images.astype(np.float64)
        sums = wide.sum(0), (wide**2).sum(0), wide.min(0), wide.max(0)
        if not self.count:
            self.sum, self.squares, self.low, self.high = sums
        else:
            self.sum, self.squares = self.sum + sums[0], self.squares + sums[1]
            self.low, self.high = np.minimum(self.low, sums[2]), np.maximum(self.high, sums[3])
        self.count += len(images)

    def given_to(self, layer: ImageInput) -> ImageInput:
        """The layer with statistics of its kind: of each element, of all, or (also 'auto') of each channel."""
        whole = {"element": (), "all": (0, 1, 2)}.get(layer.normalization_dimension, (0, 1))
        mean = (self.sum / self.count).mean(whole)
        variance = (self.squares / self.count).mean(whole) - mean**2
        found = {
            "Mean": mean, "StandardDeviation": np.sqrt(np.maximum(variance, 0)),
            "Min": self.low.min(whole), "Max": self.high.max(whole),
        }  # fmt: skip
        return replace(layer, **{FIELDS[name]: as_statistic(found[name]) for name in layer.statistics})


def as_statistic(array: Any) -> Any:
    """A number, a tuple of channels, or an image as nested tuples, in single precision."""
    single = np.asarray(array, np.float32)
    if single.ndim == 0:
        return float(single)
    return tuple(as_statistic(part) for part in single)


def normalized(layers: Sequence[Layer], feed: Feed, places: Sequence[int], batch_size: int) -> dict[int, Layer]:
    """Input layers with statistics of the data.

    layers  the inputs of a network, in the order of a batch's inputs; places: which of them want statistics
    """
    moments = {place: Moments() for place in places}
    feed.start(None)
    while (batch := feed.take(batch_size)) is not None:
        for place, sums in moments.items():
            sums.add(batch.inputs[place])
    return {place: sums.given_to(layers[place]) for place, sums in moments.items() if sums.count}  # type: ignore[arg-type]


def remember_population(trainee: Trainee, feed: Feed, seed: Sequence[int]) -> None:
    """Give batch normalisations mean and variance over all data, each batch computed as in training."""
    network = trainee.network
    wanted = [i for i, layer in enumerate(network.layers) if layer.name in trainee.statistics]
    if not wanted:
        return
    tf = tensorflow()

    def moments(images):
        """Mean and variance of each wanted layer's input, for one batch."""
        found: dict[int, Any] = {}

        def rule(step: Step) -> Step:
            layer = step.layer
            if isinstance(layer, BatchNormalization):
                layer = replace(layer, mean_decay=1.0, variance_decay=1.0)
            held = trainee.statistics.get(layer.name) or tensors_of(network, layer)
            compute = stateful_operation(layer, held, True, draw)

            def output(*inputs):
                out, state = compute(*inputs)
                if step.number in wanted:
                    found[step.number] = (state["TrainedMean"], state["TrainedVariance"])
                return out

            return replace(step, compute=output)

        draw = drawing(tf.constant(seed, tf.int32))
        path = [rule(step) for step in steps(network, wanted)]
        walk(path, dict(zip(network.inputs, images, strict=True)), wanted)
        return [found[number] for number in wanted]

    if trainee.plan.compiled:
        images = [tf.TensorSpec([None, *network.sizes[i]], tf.float32) for i in network.inputs]
        moments = tf.function(moments, input_signature=[images], autograph=False)
    total, sums = 0, [(0.0, 0.0)] * len(wanted)
    feed.start(None)
    while (batch := feed.take(trainee.plan.batch_size)) is not None:
        share = len(batch)
        total += share
        pairs = [(m.numpy().astype(float), v.numpy().astype(float)) for m, v in moments(trainee.tensors(batch)[0])]
        sums = [(a + share * m, b + share * (v + m**2)) for (a, b), (m, v) in zip(sums, pairs, strict=True)]
    for number, (first, second) in zip(wanted, sums, strict=True):
        held = trainee.statistics[network.layers[number].name]
        mean = first / total
        held["TrainedMean"].assign(np.asarray(mean, np.float32))
        held["TrainedVariance"].assign(np.asarray(second / total - mean**2, np.float32))


def tensors_of(network: Network, layer: Layer) -> Any:
    held = network.variables or {}
    return held[layer.name].tensors() if layer.name in held else {}

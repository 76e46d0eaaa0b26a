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
from cnnscript.engine.training.trainees import Trainee, drawing, open_shape

FIELDS = {"Mean": "mean", "StandardDeviation": "standard_deviation", "Min": "min", "Max": "max"}


def wanting(layer: Layer, reset: bool) -> bool:
    """Does an input layer need statistics of the data?  reset: also where it has some."""
    if not isinstance(layer, ImageInput) or not layer.statistics:
        return False
    return reset or any(layer.property(name) is None for name in layer.statistics)


class Moments:
    """Sums over the images of an input (of sequences, over their steps, without padding), in double, for the statistics
    that its layer wants (the population's)."""

    def __init__(self, layer: ImageInput):
        self.layer, self.count = layer, 0
        self.sums: dict[str, np.ndarray] = {}

    def add(self, images: np.ndarray) -> None:
        """images: N×H×W×C."""
        self.count += len(images)
        for name in self.layer.statistics:
            for word, value in self.parts(name, images):
                merge = {"Min": np.minimum, "Max": np.maximum}.get(word, np.add)
                self.sums[word] = merge(self.sums[word], value) if word in self.sums else value

    def parts(self, name: str, images: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """What a statistic is made of, for one batch."""
        if name == "Mean":
            return [("sum", images.sum(0, np.float64))]
        if name == "StandardDeviation":
            return [("squares", np.square(images, dtype=np.float64).sum(0))]
        return [(name, images.min(0) if name == "Min" else images.max(0))]

    def settled(self) -> ImageInput:
        """The layer with its statistics: of each element, of all, or (also 'auto') of each channel."""
        layer, sums = self.layer, self.sums
        whole = {"element": (), "all": (0, 1, 2)}.get(layer.normalization_dimension, (0, 1))
        found: dict[str, Any] = {}
        if "sum" in sums:
            found["Mean"] = (sums["sum"] / self.count).mean(whole)
        if "squares" in sums:
            variance = (sums["squares"] / self.count).mean(whole) - found["Mean"] ** 2
            found["StandardDeviation"] = np.sqrt(np.maximum(variance, 0))
        if "Min" in sums:
            found |= {"Min": sums["Min"].min(whole), "Max": sums["Max"].max(whole)}
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
    moments = {place: Moments(layers[place]) for place in places}  # type: ignore[arg-type]
    feed.start(None)
    while (batch := feed.take(batch_size)) is not None:
        for place, sums in moments.items():
            images, there = batch.inputs[place], batch.there[place] if batch.there else None
            if there is not None:  # steps, each a frame of its own: 1×1×C, or an image
                images = images[there].reshape(-1, *images.shape[2:] if images.ndim == 5 else (1, *images.shape[2:]))
            sums.add(images)
    return {place: sums.settled() for place, sums in moments.items() if sums.count}


def remember_population(trainee: Trainee, feed: Feed, seed: Sequence[int], order: Sequence[int] | None = None) -> bool:
    """Give batch normalisations mean and variance over all data, each batch computed as in training; False: there are
    none, and the data were not looked at.

    order: that of the data in the last epoch.  As they lie, class by class, each batch would be of one class, and what
    it is normalised by unlike anything in training.
    """
    network = trainee.network
    wanted = [i for i, layer in enumerate(network.layers) if layer.name in trainee.statistics]
    if not wanted:
        return False
    tf = tensorflow()

    def moments(images):
        """Mean, variance and numbers in a channel of each wanted layer's input, for one batch."""
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
                    count = tf.size(inputs[0]) // inputs[0].shape[-1]
                    found[step.number] = (state["TrainedMean"], state["TrainedVariance"], count)
                return out

            return replace(step, compute=output)

        draw = drawing(tf.constant(seed, tf.int32))
        path = [rule(step) for step in steps(network, wanted)]
        walk(path, dict(zip(network.inputs, images, strict=True)), wanted)
        return [found[number] for number in wanted]

    if trainee.compiled:
        images = [tf.TensorSpec([None, *open_shape(network.sizes[i])], tf.float32) for i in network.inputs]
        moments = tf.function(moments, input_signature=[images], autograph=False)
    sums: list[tuple[Any, Any, float]] = [(0.0, 0.0, 0.0)] * len(wanted)
    feed.start(order)
    while (batch := feed.take(trainee.plan.batch_size)) is not None:
        parts = [[one.numpy().astype(float) for one in three] for three in moments(trainee.tensors(batch)[0])]
        sums = [
            (first + share * mean, second + share * (variance + mean**2), total + share)
            for (first, second, total), (mean, variance, share) in zip(sums, parts, strict=True)
        ]
    for number, (first, second, total) in zip(wanted, sums, strict=True):
        held = trainee.statistics[network.layers[number].name]
        mean = first / total
        held["TrainedMean"].assign(np.asarray(mean, np.float32))
        held["TrainedVariance"].assign(np.asarray(second / total - mean**2, np.float32))
    return True


def tensors_of(network: Network, layer: Layer) -> Any:
    held = network.variables or {}
    return held[layer.name].tensors() if layer.name in held else {}

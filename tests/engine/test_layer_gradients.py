"""The gradients of layers that are trained, against finite differences of their formulas in NumPy float64."""

import numpy as np
import pytest

from cnnscript.engine import activation_layers as activations
from cnnscript.engine import normalization_layers as normalizations
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.operations import operation
from tests.engine import numpy_layers as plain

SIZE = (2, 5, 6, 4)
CASES = {
    "convolution": (
        Convolution(filter_size=(3, 2), num_filters=3, stride=(2, 1), padding_size=(1, 0, 0, 1)),
        lambda x, Weights, Bias: plain.convolution(x, Weights, Bias, (2, 1), (1, 0, 0, 1)),
    ),
    "grouped convolution": (
        GroupedConvolution(filter_size=(3, 2), num_groups=2, num_filters_per_group=3),
        lambda x, Weights, Bias: plain.convolution(x, Weights, Bias, groups=2),
    ),
    "transposed convolution": (
        TransposedConvolution(filter_size=(3, 2), num_filters=3, stride=(2, 2), cropping_size="same"),
        lambda x, Weights, Bias: plain.transposed_convolution(x, Weights, Bias, (2, 2), (0, 1, 0, 0)),
    ),
    "fully connected": (
        FullyConnected(output_size=3),
        lambda x, Weights, Bias: (x.reshape(2, -1) @ Weights + Bias)[:, None, None],
    ),
    "prelu": (activations.PReLU(), lambda x, Alpha: np.where(x > 0, x, Alpha * x)),
    "group normalization": (
        normalizations.GroupNormalization(num_groups=2),
        lambda x, Offset, Scale: plain.group_normalization(x, 2, Offset, Scale),
    ),
    "batch normalization": (
        pointwise.BatchNormalization(),
        lambda x, Offset, Scale, TrainedMean, TrainedVariance: plain.batch_normalization(
            x, Offset, Scale, TrainedMean, TrainedVariance, 1e-5
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_gradients_of_what_is_learnt_and_of_the_input(rng, name):
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    layer, formula = CASES[name]
    layer = layer.settled(SIZE[1:])
    values = {key: np.abs(rng.normal(size=shape)) for key, shape in layer.parameter_shapes().items()}
    values["x"] = rng.normal(size=SIZE)
    tensors = {key: tf.Variable(value, dtype=tf.float32) for key, value in values.items()}
    pull = rng.normal(size=(2, *layer.size_after(SIZE[1:])))
    with tf.GradientTape() as tape:
        parameters = {key: variable for key, variable in tensors.items() if key != "x"}
        total = tf.reduce_sum(operation(layer, parameters)(tensors["x"] * 1.0) * tf.constant(pull, tf.float32))
    wanted = [*layer.learnables, "x"]
    gradients = tape.gradient(total, [tensors[key] for key in wanted])
    for key, gradient in zip(wanted, gradients, strict=True):
        direction = rng.normal(size=values[key].shape)
        step = 1e-5
        ends = [formula(**{**values, key: values[key] + sign * step * direction}) for sign in (1, -1)]
        slope = ((ends[0] - ends[1]) * pull).sum() / (2 * step)
        assert (gradient.numpy() * direction).sum() == pytest.approx(slope, rel=1e-3, abs=1e-3), key

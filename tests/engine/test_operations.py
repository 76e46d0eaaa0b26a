"""Each layer's operation against its formula in NumPy float64, on sizes that tell height, width and padding apart."""

import numpy as np
import pytest

from cnnscript.engine import layers as kinds
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.operations import MAKERS, operation
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling
from cnnscript.engine.weights import to_matlab
from cnnscript.errors import ScriptError
from tests.engine import numpy_layers as plain

PADDINGS = [(0, 0, 0, 0), (1, 1, 1, 1), (2, 0, 1, 3), "same"]


def computed(layer, *inputs, parameters=None):
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    sizes = [x.shape[1:] for x in inputs]
    settled = layer.settled(*sizes)
    tensors = {name: tf.constant(array, tf.float32) for name, array in (parameters or {}).items()}
    out = operation(settled, tensors)(*(tf.constant(x, tf.float32) for x in inputs)).numpy()
    assert out.shape[1:] == settled.size_after(*sizes), "the size rule and the operation disagree"
    return out


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-5)


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize(("window", "stride"), [((3, 3), (1, 1)), ((3, 2), (2, 3)), ((1, 1), (2, 2)), ((4, 5), (2, 1))])
def test_convolution(rng, padding, window, stride):
    x = rng.normal(size=(2, 11, 13, 3))
    kernel, bias = rng.normal(size=(*window, 3, 4)), rng.normal(size=4)
    layer = Convolution(filter_size=window, num_filters=4, stride=stride, padding_size=padding)
    close(computed(layer, x, parameters={"Weights": kernel, "Bias": bias}),
          plain.convolution(x, kernel, bias, stride, padding))  # fmt: skip


@pytest.mark.parametrize(
    ("window", "stride", "padding", "kind"),
    [
        ((3, 5), (1, 1), (1, 1, 2, 2), b"SAME"), ((2, 4), (1, 1), (0, 1, 1, 2), b"SAME"),
        ((2, 4), (1, 1), (1, 0, 1, 2), b"EXPLICIT"), ((3, 3), (2, 2), (1, 1, 1, 1), b"EXPLICIT"),
        ((3, 3), (2, 2), "same", b"SAME"),
    ],
)  # fmt: skip
def test_padding_is_that_of_same_where_it_adds_no_other_zeros(rng, window, stride, padding, kind):
    """With numbers for it the gradients of a convolution take nearly twice the time."""
    from cnnscript.engine.tensorflow_start import tensorflow

    tf, x = tensorflow(), rng.normal(size=(2, 6, 7, 3))
    kernel, bias = rng.normal(size=(*window, 3, 4)), np.zeros(4)
    layer = Convolution(filter_size=window, num_filters=4, stride=stride, padding_size=padding, num_channels=3)
    compute = operation(layer, {"Weights": tf.constant(kernel), "Bias": tf.constant(bias)})
    graph = tf.function(lambda: compute(tf.constant(x))).get_concrete_function().graph
    assert [op.get_attr("padding") for op in graph.get_operations() if op.type == "Conv2D"] == [kind]
    close(compute(tf.constant(x)), plain.convolution(x, kernel, bias, stride, padding))


def test_channels_are_shuffled_between_groups(rng):
    x = rng.normal(size=(2, 3, 4, 12))
    order = [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]
    close(computed(pointwise.ChannelShuffle(num_groups=4), x), x[..., order])
    with pytest.raises(ScriptError, match="do not divide"):
        pointwise.ChannelShuffle(name="shuffle", num_groups=5).size_after((3, 4, 12))


def test_a_scaling_factor(rng):
    x = rng.normal(size=(2, 3, 4, 5))
    close(computed(pointwise.ScalingFactor(scale=0.17), x), 0.17 * x)


def test_a_multiplication_spreads_one_row_column_or_channel(rng):
    x, gate = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 1, 1, 5))
    close(computed(pointwise.Multiplication(), x, gate), x * gate)
    with pytest.raises(ScriptError, match="differ in size"):
        pointwise.Multiplication(name="times").size_after((3, 4, 5), (2, 1, 5))


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize(
    ("value", "mode"),
    [("symmetric-include-edge", "symmetric"), ("symmetric-exclude-edge", "reflect"), ("replicate", "edge")],
)
@pytest.mark.parametrize("padding", [(2, 0, 1, 3), "same"])
def test_a_convolution_carries_edges_on(rng, padding, value, mode, groups):
    x = rng.normal(size=(2, 11, 13, 3))
    kernel, bias = rng.normal(size=(3, 4, 3 // groups, 6)), rng.normal(size=6)
    options = {"filter_size": (3, 4), "stride": (2, 1), "padding_size": padding, "padding_value": value}
    layer = Convolution(num_filters=6, **options)
    if groups > 1:
        layer = GroupedConvolution(num_groups=groups, num_filters_per_group=2, **options)
    top, bottom, left, right = plain.pads((11, 13), (3, 4), (2, 1), padding)
    padded = np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)), mode=mode)
    close(computed(layer, x, parameters={"Weights": kernel, "Bias": bias}),
          plain.convolution(padded, kernel, bias, (2, 1), groups=groups))  # fmt: skip


def test_an_image_of_means_and_means_for_images_of_another_size(rng):
    x, mean = rng.normal(size=(2, 3, 4, 2)), rng.normal(size=(3, 4, 2))
    nested = tuple(tuple(tuple(pixel) for pixel in row) for row in mean.tolist())
    layer = ImageInput(input_size=(3, 4, 2), mean=nested)
    close(computed(layer, x), x - mean)
    larger = rng.normal(size=(2, 5, 4, 2))
    close(computed(layer, larger), larger - mean.mean((0, 1)))


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize("padding", PADDINGS)
def test_a_convolution_pads_with_its_padding_value(rng, padding, groups):
    x = rng.normal(size=(2, 11, 13, 3))
    kernel, bias = rng.normal(size=(3, 4, 3 // groups, 6)), rng.normal(size=6)
    options = {"filter_size": (3, 4), "stride": (2, 1), "padding_size": padding, "padding_value": 1.5}
    layer = Convolution(num_filters=6, **options)
    if groups > 1:
        layer = GroupedConvolution(num_groups=groups, num_filters_per_group=2, **options)
    close(computed(layer, x, parameters={"Weights": kernel, "Bias": bias}),
          plain.convolution(x - 1.5, kernel, bias, (2, 1), padding, groups=groups)
          + 1.5 * kernel.sum((0, 1, 2)))  # fmt: skip


@pytest.mark.parametrize("padding", PADDINGS)
def test_dilated_convolution(rng, padding):
    x = rng.normal(size=(1, 14, 15, 2))
    kernel, bias = rng.normal(size=(3, 2, 2, 3)), rng.normal(size=3)
    layer = Convolution(filter_size=(3, 2), num_filters=3, dilation_factor=(2, 3), padding_size=padding)
    close(computed(layer, x, parameters={"Weights": kernel, "Bias": bias}),
          plain.convolution(x, kernel, bias, (1, 1), padding, (2, 3)))  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "per_group", "stride", "padding"),
    [(2, 3, (1, 1), (2, 2, 2, 2)), (3, 2, (2, 1), (0, 1, 1, 0)), (6, 1, (2, 2), "same"), (6, 2, (1, 1), (1, 1, 1, 1)),
     (6, 2, (2, 1), (0, 0, 0, 0)), ("channel-wise", 2, (1, 1), "same")],
)  # fmt: skip
def test_grouped_convolution(rng, groups, per_group, stride, padding):
    x = rng.normal(size=(2, 9, 10, 6))
    count = 6 if groups == "channel-wise" else groups
    kernel, bias = rng.normal(size=(3, 3, 6 // count, count * per_group)), rng.normal(size=count * per_group)
    layer = GroupedConvolution(
        filter_size=(3, 3), num_groups=groups, num_filters_per_group=per_group, stride=stride, padding_size=padding
    )
    close(computed(layer, x, parameters={"Weights": kernel, "Bias": bias}),
          plain.convolution(x, kernel, bias, stride, padding, groups=count))  # fmt: skip


@pytest.mark.parametrize("padding", [(1, 1, 1, 1), (0, 1, 0, 1), (2, 2, 2, 2), "same"])
def test_a_channel_wise_convolution_is_the_same_traced(tf, rng, padding):
    x = rng.normal(size=(2, 9, 10, 6))
    kernel, bias = rng.normal(size=(3, 3, 1, 6)), rng.normal(size=6)
    layer = GroupedConvolution(
        filter_size=(3, 3), num_groups="channel-wise", num_filters_per_group=1, padding_size=padding
    ).settled(x.shape[1:])
    tensors = {"Weights": tf.constant(kernel, tf.float32), "Bias": tf.constant(bias, tf.float32)}
    traced = tf.function(operation(layer, tensors), input_signature=[tf.TensorSpec((None, 9, 10, 6))])
    close(traced(tf.constant(x, tf.float32)).numpy(), plain.convolution(x, kernel, bias, (1, 1), padding, groups=6))


@pytest.mark.parametrize("padding", [(0, 0, 0, 0), (0, 1, 0, 1), (1, 0, 2, 1), "same"])
def test_max_pooling_never_lets_padding_win(rng, padding):
    x = rng.normal(size=(2, 10, 11, 3)) - 100
    layer = MaxPooling(pool_size=(3, 3), stride=(2, 2), padding_size=padding)
    close(computed(layer, x), plain.max_pooling(x, (3, 3), (2, 2), padding))


@pytest.mark.parametrize("value", [0, "mean"])
@pytest.mark.parametrize("padding", [(0, 0, 0, 0), (0, 1, 0, 1), (1, 2, 0, 1), "same"])
def test_average_pooling_counts_padding_or_not(rng, padding, value):
    x = rng.normal(size=(2, 10, 11, 3)) + 5
    layer = AveragePooling(pool_size=(3, 2), stride=(2, 1), padding_size=padding, padding_value=value)
    close(computed(layer, x), plain.average_pooling(x, (3, 2), (2, 1), padding, value))


def test_global_pooling(rng):
    x = rng.normal(size=(2, 5, 7, 3))
    close(computed(GlobalAveragePooling(), x), x.mean((1, 2), keepdims=True))
    close(computed(GlobalMaxPooling(), x), x.max((1, 2), keepdims=True))


@pytest.mark.parametrize("window", [1, 3, 4, 5, 6])
def test_cross_channel_normalization_divides_alpha_by_the_window(rng, window):
    x = rng.normal(size=(2, 3, 4, 9)) * 50
    layer = pointwise.CrossChannelNormalization(window_channel_size=window, alpha=0.02, beta=0.7, k=1.5)
    close(computed(layer, x), plain.cross_channel_normalization(x, window, 0.02, 0.7, 1.5))


def test_fully_connected_reads_its_input_as_matlab_lays_it_out(rng):
    x = rng.normal(size=(3, 2, 4, 5))
    kernel, bias = rng.normal(size=(40, 6)), rng.normal(size=6)
    layer = FullyConnected(output_size=6).settled((2, 4, 5))
    expected = plain.fully_connected(x, to_matlab(layer, "Weights", kernel), to_matlab(layer, "Bias", bias))
    close(computed(layer, x, parameters={"Weights": kernel, "Bias": bias}), expected)


def test_flatten_puts_height_first(rng):
    x = rng.normal(size=(2, 3, 4, 5))
    expected = np.array([image.ravel(order="F") for image in x])[:, None, None, :]
    close(computed(Flatten(), x), expected)


def test_batch_normalization(rng):
    x = rng.normal(size=(2, 3, 4, 5)) * 3
    given = {
        "Offset": rng.normal(size=5),
        "Scale": rng.normal(size=5),
        "TrainedMean": rng.normal(size=5),
        "TrainedVariance": rng.uniform(1e-5, 2, size=5),
    }
    layer = pointwise.BatchNormalization(epsilon=1e-3)
    close(computed(layer, x, parameters=given), plain.batch_normalization(x, *given.values(), 1e-3))


@pytest.mark.parametrize(
    ("layer", "formula"),
    [
        (pointwise.ReLU(), lambda x: np.maximum(x, 0)),
        (pointwise.LeakyReLU(scale=0.2), lambda x: np.where(x > 0, x, 0.2 * x)),
        (pointwise.ClippedReLU(ceiling=1.5), lambda x: np.clip(x, 0, 1.5)),
        (pointwise.Tanh(), np.tanh),
        (pointwise.Sigmoid(), lambda x: 1 / (1 + np.exp(-x))),
        (pointwise.Softmax(), plain.softmax),
        (pointwise.Dropout(probability=0.9), lambda x: x),
        (ClassificationOutput(), lambda x: x),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, kinds.Layer) else "",
)
def test_pointwise_layers(rng, layer, formula):
    x = rng.normal(size=(2, 3, 4, 5)) * 2
    close(computed(layer, x), formula(x))


@pytest.mark.parametrize(
    ("layer", "formula"),
    [
        (pointwise.Addition(num_inputs=3), lambda a, b, c: a + b + c),
        (pointwise.Multiplication(num_inputs=3), lambda a, b, c: a * b * c),
        (pointwise.DepthConcatenation(num_inputs=3), lambda *parts: np.concatenate(parts, 3)),
        (pointwise.Concatenation(num_inputs=3, dim=1), lambda *parts: np.concatenate(parts, 1)),
        (pointwise.Concatenation(num_inputs=3, dim=2), lambda *parts: np.concatenate(parts, 2)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, kinds.Layer) else "",
)
def test_joins(rng, layer, formula):
    parts = [rng.normal(size=(2, 3, 4, 5)) for _ in range(3)]
    close(computed(layer, *parts), formula(*parts))


@pytest.mark.parametrize(
    ("normalization", "numbers", "formula"),
    [
        ("zerocenter", {"mean": (1, 2, 3)}, lambda x: x - [1, 2, 3]),
        ("zscore", {"mean": (1, 2, 3), "standard_deviation": (4, 5, 6)}, lambda x: (x - [1, 2, 3]) / [4, 5, 6]),
        ("zscore", {"mean": (1, 2, 3), "standard_deviation": (4, 0, 6)}, lambda x: (x - [1, 2, 3]) / [4, 1, 6]),
        ("rescale-symmetric", {}, lambda x: x / 127.5 - 1),
        ("rescale-zero-one", {"min": (0, 0, 0), "max": (255, 100, 50)}, lambda x: x / [255, 100, 50]),
        ("rescale-symmetric", {"min": (0, 7, 0), "max": (5, 7, 2)}, lambda x: 2 * (x - [0, 7, 0]) / [5, 1, 2] - 1),
        ("rescale-zero-one", {"min": (0, 7, 0), "max": (5, 7, 2)}, lambda x: (x - [0, 7, 0]) / [5, 1, 2]),
        ("none", {}, lambda x: x),
    ],
)
def test_image_input(rng, normalization, numbers, formula):
    x = rng.uniform(0, 255, size=(2, 4, 5, 3))
    layer = ImageInput(input_size=(4, 5, 3), normalization=normalization, **numbers)
    found = computed(layer, x)
    np.testing.assert_allclose(found, formula(x), rtol=1e-5, atol=1e-4)


def test_every_kind_of_layer_has_an_operation():
    assert {kind for kind in kinds.LAYER_KINDS.values() if kind.kind} == set(MAKERS)


@pytest.mark.parametrize(
    "layer",
    [
        Convolution(filter_size=(3, 3), num_filters=2, padding_size=(1, 0, 2, 1), stride=(2, 1)),
        GroupedConvolution(filter_size=(3, 3), num_groups=2, num_filters_per_group=2, padding_size=(1, 1, 1, 1)),
        GroupedConvolution(filter_size=(3, 3), num_groups=4, num_filters_per_group=1),
        MaxPooling(pool_size=(3, 3), stride=(2, 2), padding_size=(0, 1, 0, 1)),
        AveragePooling(pool_size=(3, 3), padding_size="same"),
        pointwise.CrossChannelNormalization(window_channel_size=3, alpha=0.5),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_gradients_are_those_of_finite_differences(tf, rng, layer):
    x = rng.normal(size=(1, 6, 7, 4))
    settled = layer.settled((6, 7, 4))
    parameters = {n: tf.constant(rng.normal(size=s), tf.float32) for n, s in settled.parameter_shapes().items()}
    compute = operation(settled, parameters)
    weight = tf.constant(rng.normal(size=(1, *settled.size_after((6, 7, 4)))), tf.float32)

    @tf.function(autograph=False)
    def gradient(images):
        with tf.GradientTape() as tape:
            tape.watch(images)
            total = tf.reduce_sum(compute(images) * weight)
        return tape.gradient(total, images)

    found = gradient(tf.constant(x, tf.float32)).numpy()
    direction = rng.normal(size=x.shape)
    step = 1e-3

    def total(images):
        return float(tf.reduce_sum(tf.cast(compute(tf.constant(images, tf.float32)) * weight, tf.float64)))

    slope = (total(x + step * direction) - total(x - step * direction)) / (2 * step)
    assert slope == pytest.approx(float((found * direction).sum()), rel=2e-2, abs=2e-2)

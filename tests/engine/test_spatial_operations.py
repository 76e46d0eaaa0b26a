"""Further kinds of layers against their formulas in NumPy float64, and what they print."""

from math import erf

import numpy as np
import pytest

from cnnscript.engine import activation_layers as activations
from cnnscript.engine import normalization_layers as normalizations
from cnnscript.engine import spatial_layers as spatial
from cnnscript.engine.convolution_layers import TransposedConvolution
from cnnscript.engine.pooling_layers import AdaptiveAveragePooling, MaxUnpooling
from cnnscript.errors import ScriptError
from tests.engine import numpy_layers as plain
from tests.engine.test_operations import close, computed

SIGMOID = {
    activations.Swish(): lambda x: x / (1 + np.exp(-x)),
    activations.HardSwish(): lambda x: x * np.clip((x + 3) / 6, 0, 1),
    activations.Softplus(): lambda x: np.log1p(np.exp(x)),
    activations.ELU(alpha=1.5): lambda x: np.where(x > 0, x, 1.5 * np.expm1(x)),
    activations.GELU(): lambda x: x / 2 * (1 + np.vectorize(erf)(x / np.sqrt(2))),
    activations.GELU(approximation="tanh"): lambda x: x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))),
    activations.Identity(): lambda x: x,
    activations.SpatialDropout(): lambda x: x,
    activations.Scaling(scale=2.0, bias=(1.0, 2.0, 3.0)): lambda x: 2 * x + [1, 2, 3],
}


@pytest.mark.parametrize("layer", SIGMOID, ids=lambda layer: layer.kind)
def test_activations(rng, layer):
    x = 3 * rng.normal(size=(2, 4, 5, 3))
    close(computed(layer, x), SIGMOID[layer](x))


def test_prelu_has_a_slope_for_each_channel_or_one_for_all(rng):
    x, alpha = rng.normal(size=(2, 4, 5, 3)), rng.normal(size=3)
    layer = activations.PReLU(num_channels=3)
    close(computed(layer, x, parameters={"Alpha": alpha}), np.where(x > 0, x, alpha * x))
    close(computed(activations.PReLU(), x, parameters={"Alpha": [0.25]}), np.where(x > 0, x, 0.25 * x))
    with pytest.raises(ScriptError, match="number of Alphas"):
        layer.size_after((4, 5, 2))


@pytest.mark.parametrize(
    ("layer", "groups"),
    [
        (normalizations.GroupNormalization(num_groups=2), 2),
        (normalizations.GroupNormalization(num_groups="all-channels"), 1),
        (normalizations.GroupNormalization(num_groups="channel-wise"), 6),
        (normalizations.InstanceNormalization(epsilon=0.1), 6),
        (normalizations.LayerNormalization(), 1),
    ],
)
def test_normalisations_of_one_image(rng, layer, groups):
    x, offset, scale = rng.normal(3, 2, size=(2, 4, 5, 6)), rng.normal(size=6), rng.normal(size=6)
    close(
        computed(layer, x, parameters={"Offset": offset, "Scale": scale}),
        plain.group_normalization(x, groups, offset, scale, layer.epsilon),
    )


def test_layer_normalisation_of_channels_only(rng):
    x, offset, scale = rng.normal(size=(2, 4, 5, 6)), rng.normal(size=6), rng.normal(size=6)
    layer = normalizations.LayerNormalization(operation_dimension="channel-only")
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    close(
        computed(layer, x, parameters={"Offset": offset, "Scale": scale}),
        (x - mean) / np.sqrt(variance + 1e-5) * scale + offset,
    )


@pytest.mark.parametrize(
    ("window", "stride", "cropping", "crops"),
    [
        ((3, 4), (1, 1), (0, 0, 0, 0), (0, 0, 0, 0)),
        ((4, 4), (2, 2), (1, 1, 1, 1), (1, 1, 1, 1)),
        ((3, 5), (2, 3), (1, 0, 0, 2), (1, 0, 0, 2)),
        ((5, 4), (2, 2), "same", (1, 2, 1, 1)),
        ((2, 2), (3, 3), (0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_transposed_convolution(rng, window, stride, cropping, crops):
    x, kernel, bias = rng.normal(size=(2, 4, 5, 3)), rng.normal(size=(*window, 2, 3)), rng.normal(size=2)
    layer = TransposedConvolution(filter_size=window, num_filters=2, stride=stride, cropping_size=cropping)
    close(
        computed(layer, x, parameters={"Weights": kernel, "Bias": bias}),
        plain.transposed_convolution(x, kernel, bias, stride, crops),
    )


def test_same_cropping_makes_the_output_a_stride_times_the_input(rng):
    layer = TransposedConvolution(filter_size=(1, 2), num_filters=2, stride=(3, 2), cropping_size="same")
    x, kernel = rng.normal(size=(1, 4, 5, 3)), rng.normal(size=(1, 2, 2, 3))
    out = computed(layer, x, parameters={"Weights": kernel, "Bias": np.zeros(2)})
    assert out.shape == (1, 12, 10, 2)
    close(out[:, :10], plain.transposed_convolution(x, kernel, 0, (3, 2)))


def test_crops(rng):
    x, reference = rng.normal(size=(2, 9, 10, 3)), np.zeros((2, 4, 5, 1))
    close(computed(spatial.Crop2D(), x, reference), x[:, 2:6, 2:7])
    close(computed(spatial.Crop2D(location=(6, 2)), x, reference), x[:, 1:5, 5:10])
    with pytest.raises(ScriptError, match="outside of the input"):
        spatial.Crop2D(name="crop", location=(7, 2)).size_after((9, 10, 3), (4, 5, 1))


@pytest.mark.parametrize("mode", ["half-pixel", "asymmetric"])
@pytest.mark.parametrize(
    "options", [{"scale": (2.0, 1.5)}, {"output_size": (3, 13)}, {"output_size": (-1, 13)}, {"output_size": (7, -1)}]
)
@pytest.mark.parametrize(
    ("method", "rounding"), [("bilinear", "round"), ("nearest", "round"), ("nearest", "floor"), ("nearest", "onnx-10")]
)
def test_resizing(rng, mode, options, method, rounding):
    x = rng.normal(size=(2, 5, 6, 3))
    layer = spatial.Resize2D(method=method, geometric_transform_mode=mode, nearest_rounding_mode=rounding, **options)
    size = layer.size_after((5, 6, 3))[:2]
    close(computed(layer, x), plain.resized(x, size, options.get("scale"), method, mode, rounding))


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 5), (5, 7), (8, 4)])
def test_adaptive_pooling_takes_means_of_regions_that_cover_all(rng, size):
    x = rng.normal(size=(2, 5, 7, 3))
    layer = AdaptiveAveragePooling(output_size=size)
    rows, columns = (layer.regions(length, count) for length, count in zip((5, 7), size, strict=True))
    assert layer.regions(7, 3) == [(0, 3), (2, 5), (4, 7)]  # by hand
    means = [[x[:, a:b, c:d].mean(axis=(1, 2)) for c, d in columns] for a, b in rows]
    close(computed(layer, x), np.array(means).transpose(2, 0, 1, 3))


def test_resizing_to_a_reference(rng):
    x, reference = rng.normal(size=(1, 5, 6, 3)), np.zeros((1, 8, 4, 1))
    close(computed(spatial.Resize2D(), x, reference), plain.resized(x, (8, 4), None, "nearest", "half-pixel"))


@pytest.mark.parametrize("mode", ["dcr", "crd"])
def test_depth_to_space_and_back(rng, mode):
    x = rng.normal(size=(2, 3, 4, 12))
    out = computed(spatial.DepthToSpace(block_size=(2, 3), mode=mode), x)
    close(out, plain.depth_to_space(x, (2, 3), mode))
    if mode == "dcr":
        close(computed(spatial.SpaceToDepth(block_size=(2, 3)), out), x)


PRINTED = [
    (activations.ELU(), "ELU", "ELU with Alpha 1"),
    (activations.Swish(), "Swish", "Swish"),
    (activations.SpatialDropout(probability=0.2), "Spatial Dropout", "20% spatial dropout"),
    (activations.PReLU(num_channels=8), "PReLU", "PReLU with 8 channels"),
    (
        TransposedConvolution(filter_size=(1, 1), num_filters=340, cropping_size="same"),
        "2-D Transposed Convolution",
        "340 1×1 transposed convolutions with stride [1  1] and cropping 'same'",
    ),
    (
        TransposedConvolution(filter_size=(4, 4), num_filters=2, num_channels=3, stride=(2, 2)),
        "2-D Transposed Convolution",
        "2 4×4×3 transposed convolutions with stride [2  2] and cropping [0  0  0  0]",
    ),
    (spatial.Crop2D(), "Crop 2D", "center crop"),
    (spatial.Crop2D(location=(1, 33)), "Crop 2D", "upper-left corner of cropping rectangle at [1 33]"),
    (normalizations.LayerNormalization(num_channels=4), "Layer Normalization", "Layer normalization with 4 channels"),
    (normalizations.GroupNormalization(num_groups=4), "Group Normalization", "Group normalization"),
]


@pytest.mark.parametrize(("layer", "kind", "text"), PRINTED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_layer_describes_itself_as_matlab_prints_it(layer, kind, text):
    assert (layer.kind, layer.describe()) == (kind, text)


@pytest.mark.parametrize(("window", "padding"), [((2, 2), (0, 0, 0, 0)), ((2, 3), (0, 1, 1, 1)), ((2, 2), "same")])
def test_unpooling_puts_numbers_back_where_the_largest_were(rng, window, padding):
    from cnnscript.engine.graph import Network
    from cnnscript.engine.input_layers import ImageInput
    from cnnscript.engine.keras_model import keras_model
    from cnnscript.engine.pointwise_layers import ReLU
    from cnnscript.engine.pooling_layers import MaxPooling
    from cnnscript.engine.questions import ask

    layers = [
        ImageInput(name="in", input_size=(5, 6, 2), normalization="none"),
        MaxPooling(name="pool", pool_size=window, stride=window, padding_size=padding, has_unpooling_outputs=True),
        ReLU(name="relu"),
        MaxUnpooling(name="back"),
    ]
    connections = [("in", "pool"), ("pool/out", "relu"), ("relu", "back/in"), ("pool/indices", "back/indices"),
                   ("pool/size", "back/size")]  # fmt: skip
    network = Network(layers, connections, kind="dlnetwork")
    x = rng.normal(size=(2, 5, 6, 2)).astype(np.float32)
    pooled, back = ask(network, x, [1, 3])
    assert back.shape == x.shape
    assert np.sort(back[back != 0]).tolist() == np.sort(pooled[pooled > 0]).tolist()
    assert ((back == x) | (back == 0)).all()
    np.testing.assert_allclose(keras_model(network)(x).numpy(), back)
    with pytest.raises(ScriptError, match="must come from a max pooling layer"):
        Network(layers, [*connections[:3], ("in", "back/indices"), ("in", "back/size")])

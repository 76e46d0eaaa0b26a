"""Weights: from Caffe's layout to the engine's and MATLAB's, proved by running Caffe's arithmetic on Caffe's layout."""

import io
import zipfile
from importlib import resources
from pathlib import Path

import numpy as np
import onnx
import pytest

from cnnscript.engine.architectures import architecture, read_architecture
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.converters import collected, take_caffe_onnx
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.questions import ask
from cnnscript.engine.weights import from_matlab, read_arrays, to_matlab, write_arrays
from tests.engine import numpy_layers as plain


def small_alexnet():
    """AlexNet, layer for layer, with fewer filters and a 99×131 input (so that fc6 sees 2×3 maps)."""
    text = resources.files("cnnscript.engine").joinpath("networks/alexnet.tsv").read_text("utf-8")
    for large, small in [("227x227x3", "99x131x3"), ("\t96 ", "\t8 "), ("\t384 ", "\t12 "), ("\t2 128", "\t2 6"),
                         ("\t2 192", "\t2 6"), ("\t4096", "\t20"), ("\t1000", "\t10"),
                         ("\timagenet", "\t")]:  # fmt: skip
        assert large in text
        text = text.replace(large, small)
    return read_architecture(text)


def from_caffe_onnx(tensors, described):
    return collected(described.network(), take_caffe_onnx(tensors), "BGR")


def caffe_tensors(described, seed=0):
    """Random tensors with the names and the layout of the ONNX model zoo's AlexNet."""
    rng = np.random.default_rng(seed)
    tensors = {}
    for layer in described.network().layers:
        shapes = layer.parameter_shapes()
        if not shapes:
            continue
        shape = shapes["Weights"]
        caffe = (shape[3], shape[2], *shape[:2]) if len(shape) == 4 else shape[::-1]
        fan_in = np.prod(caffe[1:])
        tensors[layer.name + "_w_0"] = (rng.normal(size=caffe) * np.sqrt(2 / fan_in)).astype(np.float32)
        tensors[layer.name + "_b_0"] = (rng.normal(size=shapes["Bias"]) * 0.1).astype(np.float32)
    return tensors


def caffe_forward(tensors, rgb):
    """BVLC AlexNet on one image as Caffe computes it: blue first, channels first, fc6 reads channel, height, width."""

    def conv(x, name, **options):
        kernel = tensors[name + "_w_0"].transpose(2, 3, 1, 0)
        return plain.convolution(x, kernel, tensors[name + "_b_0"], **options)

    def full(vector, name):
        return tensors[name + "_w_0"].astype(float) @ vector + tensors[name + "_b_0"]

    def norm(x):
        return plain.cross_channel_normalization(x, 5, 1e-4, 0.75, 1)

    def pool(x):
        return plain.max_pooling(x, (3, 3), (2, 2))

    def relu(x):
        return np.maximum(x, 0)

    seen = {}
    x = rgb[..., ::-1] - np.array([104.01, 116.67, 122.68])
    seen["conv1"] = conv(x, "conv1", stride=(4, 4))
    x = pool(norm(relu(seen["conv1"])))
    seen["conv2"] = conv(x, "conv2", padding=(2, 2, 2, 2), groups=2)
    x = pool(norm(relu(seen["conv2"])))
    x = relu(conv(x, "conv3", padding=(1, 1, 1, 1)))
    x = relu(conv(x, "conv4", padding=(1, 1, 1, 1), groups=2))
    seen["conv5"] = conv(x, "conv5", padding=(1, 1, 1, 1), groups=2)
    seen["relu5"] = relu(seen["conv5"])
    vector = pool(seen["relu5"])[0].transpose(2, 0, 1).ravel()
    seen["fc6"] = full(vector, "fc6")
    seen["fc7"] = full(relu(seen["fc6"]), "fc7")
    seen["fc8"] = full(relu(seen["fc7"]), "fc8")
    seen["prob"] = plain.softmax(seen["fc8"])
    return seen


def test_alexnet_from_caffes_tensors_computes_what_caffe_computes():
    described = small_alexnet()
    tensors = caffe_tensors(described)
    net = described.network(from_caffe_onnx(tensors, described))
    assert net.sizes[net.number("pool5")] == (2, 3, 12)
    image = np.random.default_rng(1).integers(0, 256, (1, 99, 131, 3)).astype(np.uint8)
    expected = caffe_forward(tensors, image)
    found = ask(net, image, [net.number(name) for name in expected])
    for name, array in zip(expected, found, strict=True):
        np.testing.assert_allclose(array.ravel(), expected[name].ravel(), rtol=1e-3, atol=1e-3, err_msg=name)


def test_the_true_graph_of_alexnet_has_the_names_sizes_and_options_of_ours():
    """The onnx package ships the model zoo's own graph, its weights replaced by their shapes."""
    path = Path(onnx.__file__).parent / "backend/test/data/light/light_bvlc_alexnet.onnx"
    graph = onnx.load(path).graph
    shapes = {t.name.removesuffix("__SHAPE"): tuple(onnx.numpy_helper.to_array(t)) for t in graph.initializer}
    tensors = {name: np.broadcast_to(np.float32(0), shape) for name, shape in shapes.items() if name.endswith("_0")}
    described = architecture("alexnet")
    net = described.network()
    arrays = from_caffe_onnx(tensors, described)  # raises unless every name and size fits
    assert sum(array.size for layer in arrays.values() for array in layer.values()) == 60_965_224
    options = [(n.op_type, {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in graph.node]
    theirs = [(kind, o) for kind, o in options if kind in ("Conv", "LRN", "MaxPool", "Gemm")]
    kinds = {"Convolution": "Conv", "GroupedConvolution": "Conv", "CrossChannelNormalization": "LRN",
             "MaxPooling": "MaxPool", "FullyConnected": "Gemm"}  # fmt: skip
    ours = [layer for layer in net.layers if type(layer).__name__ in kinds]
    assert [kind for kind, _ in theirs] == [kinds[type(layer).__name__] for layer in ours]
    for (kind, found), layer in zip(theirs, ours, strict=True):
        if kind == "Conv":
            assert tuple(found["strides"]) == layer.stride
            top, left, bottom, right = found["pads"]
            assert (top, bottom, left, right) == layer.padding_size
            assert found.get("group", 1) == getattr(layer, "num_groups", 1)
        elif kind == "LRN":
            numbers = (layer.window_channel_size, layer.alpha, layer.beta, layer.k)
            assert (found["size"], found["alpha"], found["beta"], found["bias"]) == pytest.approx(numbers)


@pytest.mark.parametrize("harm", ["missing", "shape"])
def test_tensors_that_do_not_fit_are_named(harm):
    described = small_alexnet()
    tensors = caffe_tensors(described)
    if harm == "missing":
        del tensors["conv4_b_0"]
    else:
        tensors["conv4_w_0"] = tensors["conv4_w_0"][:-1]
    with pytest.raises(ValueError, match="layer conv4"):
        from_caffe_onnx(tensors, described)


def settled(layer, size):
    net = Network([ImageInput(name="in", input_size=size), layer])
    return net.layers[1]


@pytest.mark.parametrize(
    ("layer", "size", "shape"),
    [
        (Convolution(name="c", filter_size=(3, 5), num_filters=7), (9, 9, 4), (3, 5, 4, 7)),
        (
            GroupedConvolution(name="g", filter_size=(3, 5), num_groups=2, num_filters_per_group=3),
            (9, 9, 4),
            (3, 5, 2, 3, 2),
        ),
        (FullyConnected(name="f", output_size=5), (2, 3, 4), (5, 24)),
    ],
)
def test_matlabs_shapes_and_back(layer, size, shape):
    layer = settled(layer, size)
    array = np.random.default_rng(0).normal(size=layer.parameter_shapes()["Weights"]).astype(np.float32)
    shown = to_matlab(layer, "Weights", array)
    assert shown.shape == shape
    np.testing.assert_array_equal(from_matlab(layer, "Weights", shown), array)


@pytest.mark.parametrize("shape", [(3, 4, 5, 7), (5, 3, 4, 7), (3, 5, 28), (7, 4, 5, 3)])
def test_an_array_of_as_many_numbers_in_another_size_is_refused(shape):
    layer = settled(Convolution(name="c", filter_size=(3, 5), num_filters=7), (9, 9, 4))
    with pytest.raises(ValueError, match="Weights is .*, and must be"):
        from_matlab(layer, "Weights", np.zeros(shape))


def test_trailing_dimensions_of_one_may_be_left_out():
    layer = settled(Convolution(name="c", filter_size=(3, 5), num_filters=1), (9, 9, 4))
    assert from_matlab(layer, "Weights", np.zeros((3, 5, 4))).shape == (3, 5, 4, 1)
    assert from_matlab(layer, "Bias", np.zeros((1, 1))).shape == (1,)


def test_grouped_filters_keep_their_group():
    layer = settled(GroupedConvolution(name="g", filter_size=(1, 1), num_groups=2, num_filters_per_group=3), (1, 1, 4))
    array = np.arange(12, dtype=np.float32).reshape(1, 1, 2, 6)
    shown = to_matlab(layer, "Weights", array)
    np.testing.assert_array_equal(shown[0, 0, :, :, 0], array[0, 0, :, :3])
    np.testing.assert_array_equal(shown[0, 0, :, :, 1], array[0, 0, :, 3:])


def test_biases_are_shown_as_matlab_shows_them():
    bias = np.arange(7, dtype=np.float32)
    assert to_matlab(
        settled(Convolution(name="c", filter_size=(3, 3), num_filters=7), (9, 9, 4)), "Bias", bias
    ).shape == (1, 1, 7)
    assert to_matlab(settled(FullyConnected(name="f", output_size=7), (2, 3, 4)), "Bias", bias).shape == (7, 1)


def test_a_file_of_arrays_comes_back_and_damage_is_noticed(tmp_path):
    described = small_alexnet()
    arrays = from_caffe_onnx(caffe_tensors(described), described)
    path = tmp_path / "alexnet.npz"
    write_arrays(path, arrays, "test")
    assert [entry.name for entry in tmp_path.iterdir()] == ["alexnet.npz"]
    found = read_arrays(path, described.network())
    np.testing.assert_array_equal(found["fc6"]["Weights"], arrays["fc6"]["Weights"])

    data = bytearray(path.read_bytes())
    at = data.find(arrays["fc6"]["Weights"].tobytes()) + 100
    data[at] ^= 0xFF  # one flipped byte
    path.write_bytes(data)
    with pytest.raises(ValueError, match="damaged"):
        read_arrays(path, described.network())
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match="damaged"):
        read_arrays(path, described.network())
    np.savez(path, something=np.zeros(3))
    with pytest.raises(ValueError, match="damaged"):
        read_arrays(path, described.network())


def test_any_changed_byte_gives_the_same_numbers_or_a_damaged_file(tmp_path):
    network = Network(
        [
            ImageInput(name="in", input_size=(5, 5, 3)),
            Convolution(name="c", filter_size=(3, 3), num_filters=2),
        ]
    )
    arrays = {"c": {"Weights": np.ones((3, 3, 3, 2), np.float32), "Bias": np.zeros(2, np.float32)}}
    path = tmp_path / "small.npz"
    write_arrays(path, arrays, "test")
    data = path.read_bytes()
    damaged = 0
    for at in range(0, len(data), 3):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x01 << at % 8]) + data[at + 1 :])
        try:
            found = read_arrays(path, network)
        except ValueError:
            damaged += 1
        else:
            np.testing.assert_array_equal(found["c"]["Weights"], arrays["c"]["Weights"])
            np.testing.assert_array_equal(found["c"]["Bias"], arrays["c"]["Bias"])
    assert damaged > len(data) // 10


def test_an_array_of_another_size_is_refused_before_there_is_room_made_for_it(tmp_path):
    network = read_architecture("in\timage-input\t2x2x1 none\nconv\tconvolution\t1 1x1").network()
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (1 << 40,)})
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        archive.writestr("conv/Weights.npy", header.getvalue())
    with pytest.raises(ValueError, match=r"Weights of layer conv is \(1099511627776,\) float32"):
        read_arrays(tmp_path / "x.npz", network)


def test_kept_arrays_are_open_to_whom_new_files_are(tmp_path):
    (tmp_path / "plain").touch()
    write_arrays(tmp_path / "x.npz", {"conv": {"Bias": np.ones(2, np.float32)}}, "here")
    assert (tmp_path / "x.npz").stat().st_mode == (tmp_path / "plain").stat().st_mode

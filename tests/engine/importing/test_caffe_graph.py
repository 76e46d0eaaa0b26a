"""Caffe networks: the text, the weights, and Caffe's own ways of pooling and of changing blobs in place."""

import numpy as np
import pytest

from cnnscript.engine.importing.caffe_graph import network_of_caffe
from cnnscript.engine.importing.caffe_text import read_text
from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError
from tests.engine.weight_files import caffemodel

TEXT = """
name: "small"  # a comment
input: "data"
input_shape { dim: 1 dim: 2 dim: 8 dim: 7 }
layer { name: "labels" type: "Data" top: "label" include { phase: TRAIN } }
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
  convolution_param { num_output: 4 kernel_size: 3 pad_h: 1 pad_w: 0 stride: 1 weight_filler { type: "xavier" } } }
layer { name: "bn1" type: "BatchNorm" bottom: "conv1" top: "conv1" batch_norm_param { use_global_stats: true } }
layer { name: "scale1" type: "Scale" bottom: "conv1" top: "conv1" scale_param { bias_term: true } }
layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" relu_param { negative_slope: 0.1 } }
layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1"
  pooling_param { pool: MAX kernel_size: 3 stride: 2 } }
layer { name: "ave" type: "Pooling" bottom: "conv1" top: "ave" pooling_param { pool: AVE kernel_size: 3 stride: 2 } }
layer { name: "sum" type: "Eltwise" bottom: "pool1" bottom: "ave" top: "sum" }
layer { name: "ip" type: "InnerProduct" bottom: "sum" top: "ip" inner_product_param { num_output: 3 } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label" top: "loss" }
layer { name: "accuracy" type: "Accuracy" bottom: "ip" bottom: "label" top: "accuracy" }
"""


@pytest.fixture
def blobs(rng):
    return {
        "conv1": [rng.normal(size=(4, 2, 3, 3)), rng.normal(size=4)],
        "bn1": [rng.normal(size=4), rng.uniform(1, 2, 4), np.array([2.0])],
        "scale1": [rng.normal(size=4), rng.normal(size=4)],
        "ip": [rng.normal(size=(3, 4 * 4 * 2)), rng.normal(size=3)],
    }


@pytest.fixture
def files(tmp_path, blobs):
    (tmp_path / "net.prototxt").write_text(TEXT)
    single = {name: [np.asarray(blob, np.float32) for blob in held] for name, held in blobs.items()}
    (tmp_path / "net.caffemodel").write_bytes(caffemodel(single))
    return tmp_path / "net.prototxt", tmp_path / "net.caffemodel"


def pooled(x, function):
    """3×3 windows 2 apart, as many as begin inside (Caffe rounds up), cut off at the edges.  x: C×H×W."""
    tall, wide = (-(-(n - 3) // 2) + 1 for n in x.shape[1:])
    return np.array([[[function(c[2 * i : 2 * i + 3, 2 * j : 2 * j + 3]) for j in range(wide)] for i in range(tall)]
                     for c in x])  # fmt: skip


def test_a_network_gives_what_caffe_s_rules_give(files, blobs, rng):
    network = network_of_caffe(*files)
    x = rng.normal(size=(2, 8, 7))
    padded = np.pad(x, ((0, 0), (1, 1), (0, 0)))
    kernel, bias = blobs["conv1"]
    conv = np.array([[[(padded[:, i : i + 3, j : j + 3] * k).sum() + b for j in range(5)] for i in range(8)]
                     for k, b in zip(kernel, bias, strict=True)])  # fmt: skip
    mean, variance, factor = blobs["bn1"]
    scale, offset = blobs["scale1"]
    across = (slice(None), None, None)
    conv = (conv - mean[across] / factor) / np.sqrt(variance[across] / factor + 1e-5)
    conv = conv * scale[across] + offset[across]
    conv = np.where(conv > 0, conv, 0.1 * conv)
    total = pooled(conv, np.max) + pooled(conv, np.mean)
    scores = blobs["ip"][0] @ total.ravel() + blobs["ip"][1]
    expected = np.exp(scores) / np.exp(scores).sum()
    found = ask(network, x.transpose(1, 2, 0)[None], [len(network.layers) - 1])[0]
    np.testing.assert_allclose(found.ravel(), expected, atol=1e-5)
    assert [layer.name for layer in network.layers] == [
        "data", "conv1", "bn1", "relu1", "pool1", "ave", "sum", "ip", "loss", "output"
    ]  # fmt: skip
    assert network.classes == ("class1", "class2", "class3") and network.number("scale1") == 2
    assert network.layers[4].padding_size == (0, 1, 0, 0)


def test_without_weights_there_are_the_layers_and_a_size_may_be_given(tmp_path):
    path = tmp_path / "old.prototxt"
    path.write_text('layers { name: "d" type: DATA top: "d" } layers { name: "c" type: CONVOLUTION bottom: "d" top: "c"'
                    ' convolution_param { num_output: 2 kernel_size: 3 group: 2 } } '
                    'layers { name: "p" type: SOFTMAX bottom: "c" top: "p" }')  # fmt: skip
    network = network_of_caffe(path, input_size=(6, 6, 4), mean=np.array([1.0, 2, 3, 4]), outputs="regression")
    assert [layer.kind for layer in network.layers] == [
        "Image Input", "2-D Grouped Convolution", "Softmax", "Regression Output"
    ]  # fmt: skip
    assert network.kind == "series" and not network.initialized and network.layers[0].mean == (1, 2, 3, 4)
    with pytest.raises(ScriptError, match="size of the input 'd' is not known"):
        network_of_caffe(path)


def test_text_is_read_with_lists_marks_and_its_own_quotes():
    found = read_text("a: [1, 2.5, -3e2] b < c: 'it\\'s' > b { c: true; d: MAX } e: .5f")
    assert found.all("a") == [1, 2.5, -300] and found.get("e") == 0.5
    assert [part.get("c") for part in found.all("b")] == ["it's", True] and found.part("b").get("d") == "MAX"


@pytest.mark.parametrize("text, says", [
    ("", "is empty"), ("name: 'x'", "Unable to read"), ("layer { name: ", "Unable to read"),
    ("layer } ", "Unable to read"), ("layer { name: 'a' type: 'Relu' bottom: 'b' }", "takes 'b'"),
    (TEXT.replace("BatchNorm", "Magic"), "'bn1' of the type 'Magic' is not supported"),
    (TEXT.replace("AVE", "STOCHASTIC"), "'ave' of the type 'Pooling' is not supported"),
])  # fmt: skip
def test_a_bad_text_is_an_error_that_names_it(text, says, tmp_path):
    path = tmp_path / "net.prototxt"
    path.write_text(text)
    with pytest.raises(ScriptError, match=says):
        network_of_caffe(path)


def test_weights_that_are_missing_damaged_or_of_another_network_are_refused(files, blobs, tmp_path):
    proto, weights = files
    with pytest.raises(ScriptError, match="Unable to find file"):
        network_of_caffe(proto, tmp_path / "none.caffemodel")
    weights.write_bytes(weights.read_bytes()[:-9])
    with pytest.raises(ScriptError, match="Unable to read a network"):
        network_of_caffe(proto, weights)
    weights.write_bytes(caffemodel({name: held for name, held in blobs.items() if name != "ip"}))
    with pytest.raises(ScriptError, match="weights of layer 'ip' are not in the file"):
        network_of_caffe(proto, weights)
    weights.write_bytes(caffemodel({**blobs, "ip": [np.zeros((3, 5), np.float32)]}))
    with pytest.raises(ScriptError, match="layer 'ip' do not fit: Weights has 15 numbers, and the layer 96"):
        network_of_caffe(proto, weights)

"""ONNX models as networks: each operator against ONNX's own reference, and the true graphs of the package."""

import os
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from cnnscript.engine.importing.onnx_graph import load_onnx, network_of_onnx
from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError

RNG = np.random.default_rng(0)


def model_of(nodes, shape, constants=None, opset=17, outputs=("y",)):
    """An ONNX model of nodes (operator, inputs, output, attributes) with one input x."""
    made = [helper.make_node(op, list(inputs), [out] if isinstance(out, str) else out, **options)
            for op, inputs, out, options in nodes]  # fmt: skip
    graph = helper.make_graph(
        made, "graph", [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        initializer=[numpy_helper.from_array(np.asarray(a), name) for name, a in (constants or {}).items()],
    )  # fmt: skip
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def numbers(*shape):
    return RNG.uniform(0.1, 1, shape).astype(np.float32)


def check(model, shape):
    """The network gives what ONNX's reference gives, for two images one after the other and both at once."""
    network = network_of_onnx(model, outputs="none")
    x = RNG.normal(size=(2, *shape)).astype(np.float32)
    expected = np.concatenate([ReferenceEvaluator(model).run(None, {"x": x[k : k + 1]})[0] for k in (0, 1)])
    images = x.transpose(0, 2, 3, 1) if len(shape) == 3 else x.reshape(2, 1, 1, -1)
    found = ask(network, images, [network.number(network.aliases["y"])])[0]
    if expected.ndim > 3:
        found = found.transpose(0, 3, 1, 2)
    np.testing.assert_allclose(found.reshape(expected.shape), expected, atol=2e-5)
    return network


IMAGE = (4, 7, 6)
C = numbers(4, 1, 1)
CASES = {
    "Conv": ({"w": numbers(6, 4, 3, 2), "b": numbers(6)}, {"pads": [1, 0, 2, 1], "strides": [2, 1]}, "2-D Convolution"),
    "Conv groups": ({"w": numbers(6, 2, 3, 3)}, {"group": 2, "dilations": [2, 1]}, "2-D Grouped Convolution"),
    "Conv lower": ({"w": numbers(3, 4, 2, 2)}, {"auto_pad": "SAME_LOWER"}, "2-D Convolution"),
    "Conv upper": ({"w": numbers(3, 4, 2, 3)}, {"auto_pad": "SAME_UPPER", "strides": [2, 2]}, "2-D Convolution"),
    "ConvTranspose": ({"w": numbers(4, 3, 3, 3), "b": numbers(3)}, {"strides": [2, 2], "pads": [1, 0, 1, 2]},
                      "2-D Transposed Convolution"),
    "MaxPool": ({}, {"kernel_shape": [3, 2], "strides": [2, 2], "pads": [1, 0, 0, 1]}, "2-D Max Pooling"),
    "MaxPool ceil": ({}, {"kernel_shape": [3, 3], "strides": [2, 2], "ceil_mode": 1}, "2-D Max Pooling"),
    "AveragePool": ({}, {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]}, "2-D Average Pooling"),
    "AveragePool count": ({}, {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1], "count_include_pad": 1},
                          "2-D Average Pooling"),
    "AveragePool ceil": ({}, {"kernel_shape": [2, 4], "strides": [2, 2], "ceil_mode": 1}, "2-D Average Pooling"),
    "GlobalAveragePool": ({}, {}, "2-D Global Average Pooling"),
    "GlobalMaxPool": ({}, {}, "2-D Global Max Pooling"),
    "BatchNormalization": ({"s": numbers(4), "o": numbers(4), "m": numbers(4), "v": numbers(4)}, {},
                           "Batch Normalization"),
    "InstanceNormalization": ({"s": numbers(4), "o": numbers(4)}, {}, "ONNX InstanceNormalization"),
    "LayerNormalization": ({"s": numbers(6), "o": numbers(6)}, {"axis": -1}, "ONNX LayerNormalization"),
    "Relu": ({}, {}, "ReLU"), "LeakyRelu": ({}, {"alpha": 0.2}, "Leaky ReLU"), "Elu": ({}, {"alpha": 0.7}, "ELU"),
    "Sigmoid": ({}, {}, "Sigmoid"), "Tanh": ({}, {}, "Tanh"), "HardSwish": ({}, {}, "Hard Swish"),
    "Softplus": ({}, {}, "Softplus"), "HardSigmoid": ({}, {}, "ONNX HardSigmoid"), "Selu": ({}, {}, "ONNX Selu"),
    "Clip": ({"low": np.float32(0), "high": np.float32(0.6)}, {}, "Clipped ReLU"),
    "Clip both": ({"low": np.float32(-0.2), "high": np.float32(0.6)}, {}, "ONNX Clip"),
    "PRelu": ({"s": C}, {}, "PReLU"), "Softmax": ({}, {"axis": 1}, "Softmax"),
    "Softmax last": ({}, {"axis": -1}, "ONNX Softmax"), "LogSoftmax": ({}, {"axis": 1}, "ONNX LogSoftmax"),
    "Add": ({"c": C}, {}, "Elementwise Affine"), "Sub": ({"c": np.float32(2)}, {}, "Elementwise Affine"),
    "Mul": ({"c": C}, {}, "Elementwise Affine"), "Div": ({"c": C}, {}, "Elementwise Affine"),
    "Add row": ({"c": numbers(6)}, {}, "ONNX Add"), "Pow": ({"c": np.float32(2)}, {}, "ONNX Pow"),
    "Abs": ({}, {}, "ONNX Abs"), "Erf": ({}, {}, "ONNX Erf"), "Exp": ({}, {}, "ONNX Exp"),
    "Identity": ({}, {}, "Identity"), "Dropout": ({}, {}, "Dropout"),
    "Flatten": ({}, {}, "ONNX Flatten"), "Transpose": ({}, {"perm": [0, 2, 3, 1]}, "ONNX Transpose"),
    "Reshape": ({"s": np.array([0, 2, 2, -1])}, {}, "ONNX Reshape"),
    "Reshape row": ({"s": np.array([1, -1])}, {}, "ONNX Flatten"),
    "ReduceMean": ({}, {"axes": [2, 3], "keepdims": 0}, "2-D Global Average Pooling"),
    "ReduceSum": ({"a": np.array([2])}, {}, "ONNX ReduceSum"), "ReduceMax": ({}, {"axes": [1]}, "ONNX ReduceMax"),
    "Pad": ({"p": np.array([0, 0, 1, 2, 0, 0, 0, 1])}, {}, "ONNX Pad"),
    "Pad edge": ({"p": np.array([0, 0, 1, 2, 0, 0, 0, 1])}, {"mode": "edge"}, "ONNX Pad"),
    "Pad reflect": ({"p": np.array([0, 0, 1, 2, 0, 0, 0, 1])}, {"mode": "reflect"}, "ONNX Pad"),
    "Slice": ({"s": np.array([1, -1]), "e": np.array([9, -6]), "a": np.array([1, 2]), "t": np.array([2, -1])}, {},
              "ONNX Slice"),
    "Gather": ({"i": np.array([2, 0, -1])}, {"axis": 1}, "ONNX Gather"),
    "DepthToSpace": ({}, {"blocksize": 2}, "2-D Depth to Space"),
    "DepthToSpace crd": ({}, {"blocksize": 2, "mode": "CRD"}, "2-D Depth to Space"),
    "Resize": ({"r": np.zeros(0, np.float32), "s": np.array([1, 1, 2, 1.5], np.float32)}, {}, "ONNX Resize"),
    "Resize linear": ({"r": np.zeros(0, np.float32), "s": np.array([1, 1, 2, 1.5], np.float32)},
                      {"mode": "linear", "coordinate_transformation_mode": "align_corners"}, "ONNX Resize"),
    "Resize floor": ({"r": np.zeros(0, np.float32), "s": np.array([1, 1, 2, 2], np.float32)},
                     {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}, "ONNX Resize"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_operator_gives_what_the_reference_gives_and_is_the_layer_it_should_be(case):
    constants, attributes, kind = CASES[case]
    node = (case.split()[0], ["x", *constants], "y", attributes)
    network = check(model_of([node], (1, *IMAGE), constants), IMAGE)
    assert network.layers[1].kind == kind


@pytest.mark.parametrize("nodes, constants", [
    ([("Gemm", ["x", "w", "b"], "y", {"transB": 1, "alpha": 0.5, "beta": 2.0})],
     {"w": numbers(3, 5), "b": numbers(3)}),
    ([("MatMul", ["x", "w"], "m", {}), ("Add", ["m", "b"], "y", {})], {"w": numbers(5, 3), "b": numbers(3)}),
    ([("Unsqueeze", ["x", "a"], "u", {}), ("Relu", ["u"], "y", {})], {"a": np.array([2, 3])}),
    ([("Sub", ["one", "x"], "y", {})], {"one": np.float32(1)}),
    ([("Softmax", ["x"], "y", {})], {}),
])  # fmt: skip
def test_rows_of_features_run_as_well(nodes, constants):
    check(model_of(nodes, (1, 5), constants), (5,))


def test_joins_shapes_and_sizes_reckoned_on_the_way():
    nodes = [
        ("Relu", ["x"], "a", {}), ("Sigmoid", ["x"], "b", {}), ("Mul", ["a", "b"], "c", {}),
        ("Sum", ["a", "b", "c"], "d", {}), ("Concat", ["d", "x"], "e", {"axis": 1}),
        ("Concat", ["e", "e"], "f", {"axis": -1}), ("Sub", ["f", "f2"], "g", {}), ("Neg", ["f"], "f2", {}),
        ("Shape", ["g"], "s", {}), ("Gather", ["s", "zero"], "n", {"axis": 0}),
        ("Unsqueeze", ["n", "first"], "n1", {}), ("Concat", ["n1", "rest"], "target", {"axis": 0}),
        ("Reshape", ["g", "target"], "y", {}),
    ]  # fmt: skip
    nodes[6], nodes[7] = nodes[7], nodes[6]
    constants = {"zero": np.array(0), "first": np.array([0]), "rest": np.array([-1])}
    network = check(model_of(nodes, ("N", *IMAGE), constants), IMAGE)
    kinds = [layer.kind for layer in network.layers]
    assert kinds[3:7] == ["Multiplication", "Addition", "Depth concatenation", "Concatenation"]
    assert network.layers[-1].name == "node_13" and network.number("y") == len(kinds) - 1


def test_response_normalization_follows_the_page_of_the_operator():
    """By its formula: the reference of onnx 1.23 reckons as many channels as there are images."""
    network = network_of_onnx(model_of([("LRN", ["x"], "y", {"size": 3, "alpha": 0.5, "bias": 2.0})], (1, *IMAGE)))
    x = RNG.normal(size=(1, 7, 6, 4)).astype(np.float32)
    squares = np.stack([(x[..., max(0, c - 1) : c + 2] ** 2).sum(-1) for c in range(4)], -1)
    np.testing.assert_allclose(ask(network, x, [1])[0], x / (2 + 0.5 / 3 * squares) ** 0.75, atol=1e-5)
    assert network.layers[1].kind == "Cross Channel Normalization"


def test_a_channel_shuffle_runs_through_tensors_of_five_axes():
    nodes = [("Reshape", ["x", "s"], "a", {}), ("Transpose", ["a"], "b", {"perm": [0, 2, 1, 3, 4]}),
             ("Reshape", ["b", "t"], "y", {})]  # fmt: skip
    check(model_of(nodes, (1, *IMAGE), {"s": np.array([1, 2, 2, 7, 6]), "t": np.array([1, 4, 7, 6])}), IMAGE)


def test_an_operator_of_several_outputs_comes_once_for_each():
    model = model_of([("Split", ["x"], ["a", "b"], {"axis": 1}), ("Sub", ["a", "b"], "y", {})], (1, *IMAGE))
    network = check(model, IMAGE)
    assert [layer.name for layer in network.layers] == ["x", "node_1", "node_1_2", "node_2"]


def test_what_is_not_known_is_named_with_its_place():
    for node in (("NonZero", ["x"], "y", {}), ("Resize", ["x", "", "s"], "y", {"mode": "cubic"})):
        model = model_of([("Relu", ["x"], "a", {}), node], (1, *IMAGE), {"s": np.array([1, 1, 2, 2], np.float32)})
        with pytest.raises(ScriptError, match=rf"operator {node[0]} \('node_2', node 2 of the graph\)"):
            network_of_onnx(model)
    with pytest.raises(ScriptError) as raised:
        network_of_onnx(model_of([("Transpose", ["x"], "y", {"perm": [1, 0, 2, 3]})], (1, *IMAGE)))
    assert "has no axis for the images" in raised.value.notes[0]
    with pytest.raises(ScriptError, match="has no fixed size"):
        network_of_onnx(model_of([("Relu", ["x"], "y", {})], (1, 3, "h", "w")))
    sized = network_of_onnx(model_of([("Relu", ["x"], "y", {})], (1, 3, "h", "w")), input_size=(5, 6, 3))
    assert sized.input_size == (5, 6, 3)


@pytest.mark.parametrize("content, says", [
    (b"", "is empty"), (b"no model at all", "Unable to read"), (b"\x08\x08", "Unable to read"),
])  # fmt: skip
def test_a_bad_file_is_an_error_that_names_it(content, says, tmp_path):
    (tmp_path / "a.onnx").write_bytes(content)
    with pytest.raises(ScriptError, match=says):
        load_onnx(tmp_path / "a.onnx")
    with pytest.raises(ScriptError, match="Unable to find file"):
        load_onnx(tmp_path / "none.onnx")


def test_a_truncated_file_and_numbers_in_other_files_are_refused(tmp_path):
    model = model_of([("Conv", ["x", "w"], "y", {})], (1, *IMAGE), {"w": numbers(6, 4, 3, 2)})
    whole = model.SerializeToString()
    (tmp_path / "half.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ScriptError, match="Unable to read"):
        load_onnx(tmp_path / "half.onnx")
    model.graph.initializer[0].data_location = TensorProto.EXTERNAL
    (tmp_path / "outside.onnx").write_bytes(model.SerializeToString())
    with pytest.raises(ScriptError) as raised:
        load_onnx(tmp_path / "outside.onnx")
    assert "in another file" in raised.value.notes[0]


LIGHT = Path(os.path.dirname(onnx.__file__)) / "backend/test/data/light"


@pytest.mark.parametrize("name, layers", [("squeezenet", 68), ("densenet121", 670), ("shufflenet", 205)])
def test_true_graphs_give_the_outputs_that_the_package_holds(name, layers):
    """The others (alexnet, googlenet, resnet50, vgg19, zfnet512, inception_v2) take tens of seconds of constants."""
    path = LIGHT / f"light_{name}.onnx"
    network = network_of_onnx(load_onnx(path))
    size = 3 * 224 * 224
    image = (np.arange(size) / size).astype(np.float32).reshape(1, 3, 224, 224)  # as onnx's own runner makes it
    expected = numpy_helper.to_array(onnx.load_tensor(str(LIGHT / f"light_{name}_output_0.pb")))
    found = ask(network, image.transpose(0, 2, 3, 1), [len(network.layers) - 1])[0]
    assert len(network.layers) == layers
    np.testing.assert_allclose(found.ravel(), expected.ravel(), atol=1e-5)


def test_outputs_are_in_the_order_of_the_model():
    nodes = [("Relu", ["x"], "r", {}), ("Tanh", ["r"], "late", {}), ("Sigmoid", ["r"], "soon", {})]
    model = model_of(nodes, (1, *IMAGE), outputs=("soon", "late"))
    network = network_of_onnx(model, outputs="none")
    kinds = [type(network.layers[network.number(name)]).__name__ for name in network.output_names]
    assert kinds == ["Sigmoid", "Tanh"]

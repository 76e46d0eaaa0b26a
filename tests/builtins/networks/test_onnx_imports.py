"""ONNX networks in scripts."""

import io

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["c"], name="block/conv1", pads=[1, 1, 1, 1]),
        helper.make_node("Abs", ["c"], ["a"], name="abs1"),
        helper.make_node("GlobalAveragePool", ["a"], ["g"], name="pool"),
        helper.make_node("Flatten", ["g"], ["f"], name="flat"),
        helper.make_node("Softmax", ["f"], ["y"], name="prob"),
    ]
    graph = helper.make_graph(
        nodes, "net", [helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 3, 8, 6))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, (1, 4))],
        [numpy_helper.from_array(rng.normal(size=(4, 3, 3, 3)).astype(np.float32), "w")],
    )  # fmt: skip
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), "net.onnx")
    return Session(out=io.StringIO())


def test_an_onnx_network_answers_with_its_own_names_and_the_options_of_matlab(session):
    image = np.random.default_rng(1).normal(size=(8, 6, 3)).astype(np.float32)
    session["X"] = image
    session.run("""
        net = importONNXNetwork('net.onnx','Classes',{'a','b','c','d'},'PackageName','mine');
        kind = class(net); names = {net.Layers.Name}; own = class(net.Layers(3));
        [label,scores] = classify(net,X); label = char(label); act = activations(net,X,'conv1');
        dl = importNetworkFromONNX("net.onnx"); kinds = {class(dl) dl.OutputNames{1}};
        lgraph = importONNXLayers('net.onnx','OutputLayerType','regression','ImportWeights',false);
        last = class(lgraph.Layers(end)); empty = isempty(lgraph.Layers(2).Weights);
    """)
    from onnx.reference import ReferenceEvaluator

    expected = ReferenceEvaluator("net.onnx").run(None, {"x": image.transpose(2, 0, 1)[None]})[0]
    np.testing.assert_allclose(session["scores"], expected, atol=1e-6)
    assert session["label"] == "abcd"[expected.argmax()]
    assert session["names"].ravel().tolist()[1:] == [
        "block/conv1", "abs1", "pool", "flat", "prob", "ClassificationLayer_prob"
    ]  # fmt: skip
    assert (session["kind"], session["own"]) == ("DAGNetwork", "mine.AbsLayer")
    assert session["act"].shape == (8, 6, 4)
    assert session["kinds"].ravel().tolist() == ["dlnetwork", "prob"]
    assert session["last"] == "nnet.cnn.layer.RegressionOutputLayer" and session["empty"]


@pytest.mark.parametrize("text, says", [
    ("importONNXNetwork('net.onnx','GenerateCustomLayers',false)", "'abs1' would be a custom layer"),
    ("importONNXNetwork('net.onnx','FoldConstants','none')", "FoldConstants"),
    ("importONNXNetwork('net.onnx','InputDataFormats','BSSC')", "InputDataFormats"),
    ("importNetworkFromONNX('net.onnx','OutputDataFormats',3)", "OutputDataFormats"),
    ("importONNXNetwork('net.onnx','Classes',{'a','b'})", "number of scores"),
    ("importNetworkFromPyTorch('models/resnet.pt')", "come through ONNX"),
])  # fmt: skip
def test_what_is_not_taken_is_refused_by_name(text, says, session):
    with pytest.raises(ScriptError, match=says):
        session.run(text)

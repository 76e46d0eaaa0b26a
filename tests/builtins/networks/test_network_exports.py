"""Networks to ONNX and Keras files and back, in scripts; Caffe's in scripts."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    session = Session(out=io.StringIO())
    session.run("""
        layers = [imageInputLayer([6 5 3],'Normalization','none'); convolution2dLayer(3,4,'Name','conv');
            reluLayer('Name','relu'); fullyConnectedLayer(2,'Name','fc'); softmaxLayer('Name','prob')];
        rng(0); net = dlnetwork(layers); X = rand(6,5,3,4,'single'); want = minibatchpredict(net,X);
    """)
    return session


def test_what_is_exported_comes_back_with_the_same_numbers(session):
    session.run("""
        exportONNXNetwork(net,'net.onnx','OpsetVersion',11,'BatchSize',4,'NetworkName','mine');
        a = predict(importONNXNetwork('net.onnx'),X);
        exportNetworkToTensorFlow(net,'net.keras'); b = predict(importKerasNetwork('net.keras'),X);
    """)
    for name in "ab":
        np.testing.assert_allclose(session[name], session["want"], atol=1e-5)


@pytest.mark.parametrize("text, says", [
    ("exportONNXNetwork(net,'a.onnx','OpsetVersion',3)", "OpsetVersion"),
    ("exportONNXNetwork(net,'a.onnx','BatchSize',0)", "BatchSize"),
    ("exportONNXNetwork(net,'nowhere/a.onnx')", "Unable to write"),
    ("exportONNXNetwork(layers,'a.onnx')", "Incorrect number or types"),
    ("exportONNXNetwork(dlnetwork(layers,'Initialize',false),'a.onnx')", "no weights"),
    ("exportNetworkToTensorFlow(net,'1 2')", "no name of a Python package"),
    ("importCaffeNetwork('a.prototxt','b','InputSize',[1 2 3 4])", "InputSize"),
    ("importCaffeLayers('a.prototxt')", "Unable to find file"),
])  # fmt: skip
def test_what_cannot_be_done_is_refused_by_name(text, says, session):
    with pytest.raises(ScriptError, match=says):
        session.run(text)

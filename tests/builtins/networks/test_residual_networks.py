"""resnetLayers and resnetNetwork: names, order and sizes are MATLAB's."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError

SMALL = "[32 32 3],10,InitialFilterSize=3,InitialNumFilters=16,InitialStride=1,InitialPoolingLayer='none'"


def test_the_default_is_resnet_50(prompt):
    prompt("""
        lg = resnetLayers([224 224 3],1000); info = analyzeNetwork(lg); e = info.NumErrors;
        names = {lg.Layers.Name}; c = getLayer(lg,'stack2_block1_conv1'); s = c.Stride; f = c.BiasLearnRateFactor;
        he = c.WeightsInitializer; w = getLayer(lg,'stack4_block3_conv3').NumFilters;
        k = lg.Connections.Source(strcmp(lg.Connections.Destination,'stack2_block1_add/in2'));
        p = getLayer(lg,'maxpool1').Stride; t = info.TotalLearnables;
    """)
    names = prompt["names"].ravel().tolist()
    block = ["conv1", "bn1", "relu1", "conv2", "bn2", "relu2", "conv3", "bn3", "add", "relu3"]
    assert names[:5] == ["input", "conv1", "bn1", "relu1", "maxpool1"]
    assert names[5:17] == [f"stack1_block1_{part}" for part in [*block, "skip_conv", "skip_bn"]]
    assert names[17:27] == [f"stack1_block2_{part}" for part in block]
    assert names[-5:] == ["stack4_block3_relu3", "gap", "fc", "softmax", "output"]
    assert prompt["e"] == 0 and prompt["f"] == 0 and prompt["he"] == "he" and prompt["w"] == 2048
    assert prompt["s"].tolist() == prompt["p"].tolist() == [[2, 2]]
    assert prompt["k"].ravel().tolist() == ["stack2_block1_skip_bn"]
    assert prompt["t"] == 25_557_032 + 26_560  # torchvision's resnet50, and a bias a filter


def test_basic_blocks_and_the_normalisation_after_the_addition(prompt):
    prompt(f"""
        lg = resnetLayers({SMALL},BottleneckType='none', ...
            ResidualBlockType='batchnorm-after-add',StackDepth=[2 1],NumFilters=[16 32]);
        names = {{lg.Layers.Name}}; e = analyzeNetwork(lg).NumErrors;
        k = lg.Connections.Source(endsWith(lg.Connections.Destination,'add/in2'));
    """)
    names = prompt["names"].ravel().tolist()
    block = ("conv1", "bn1", "relu1", "conv2", "add", "bn2", "relu2")
    assert names[4:11] == [f"stack1_block1_{part}" for part in block]
    assert names[-5] == "stack2_block1_skip_conv" and prompt["e"] == 0
    assert prompt["k"].ravel().tolist() == ["relu1", "stack1_block1_relu2", "stack2_block1_skip_conv"]


def test_the_network_is_begun_and_answers(prompt):
    prompt("rng(1); net = resnetNetwork([16 16],3,StackDepth=[1 1],NumFilters=[2 4],InitialPoolingLayer='average');")
    prompt("y = extractdata(predict(net,dlarray(rand(16,16,1,2),'SSCB')));")
    prompt("i = net.Initialized; o = net.OutputNames{1}; a = net.Layers(5).Name;")
    assert prompt["y"].shape == (3, 2) and prompt["i"] and prompt["o"] == "softmax" and prompt["a"] == "avgpool1"
    np.testing.assert_allclose(prompt["y"].sum(0), 1, rtol=1e-6)


@pytest.mark.parametrize(
    "text, message",
    [
        ("resnetLayers([32 32],2)", "must be at least 64 and 64"),
        ("resnetLayers([64 64],2,StackDepth=[1 1])", "vectors of the same size"),
        ("resnetLayers([64 64],2,BottleneckType='wide')", "BottleneckType"),
        ("resnetNetwork([64 64],0)", "numClasses"),
    ],
)
def test_what_does_not_fit_is_refused(prompt, text, message):
    with pytest.raises(ScriptError) as caught:
        prompt(text)
    assert message in caught.value.message

"""segnetLayers and deeplabv3plusLayers."""

from types import SimpleNamespace

import numpy as np
import pytest

from cnnscript.builtins.networks.network_building import begun_network
from cnnscript.builtins.networks.network_making import without_outputs
from cnnscript.builtins.networks.network_objects import LayerGraph
from cnnscript.errors import ScriptError


def test_a_segnet_has_matlabs_names_and_gives_back_the_images_size(prompt):
    prompt("""
        lg = segnetLayers([36 32 3],3,2,NumOutputChannels=[4 6],NumConvolutionLayers=[1 2]);
        names = {lg.Layers.Name}; info = analyzeNetwork(lg); e = info.NumErrors;
        s = info.LayerInfo.ActivationSizes{end}; c = lg.Connections;
        d = c.Destination(strcmp(c.Source,'encoder2_maxpool/indices'));
        f = getLayer(lg,'encoder1_conv1'); b = f.BiasLearnRateFactor; w = getLayer(lg,'decoder2_conv1').NumFilters;
        y = predict(dlnetwork(removeLayers(lg,'pixelLabels')),dlarray(rand(36,32,3),'SSC')); y = extractdata(sum(y,3));
    """)
    assert prompt["names"].ravel().tolist()[1:11] == [
        "encoder1_conv1", "encoder1_bn_1", "encoder1_relu_1", "encoder1_maxpool",
        "encoder2_conv1", "encoder2_bn_1", "encoder2_relu_1", "encoder2_conv2", "encoder2_bn_2", "encoder2_relu_2",
    ]  # fmt: skip
    assert prompt["names"].ravel().tolist()[12:16] == [
        "decoder2_unpool", "decoder2_conv2", "decoder2_bn_2", "decoder2_relu_2",
    ]  # fmt: skip
    assert prompt["e"] == 0 and prompt["s"].tolist() == [[36, 32, 3, 1]] and prompt["b"] == 0 and prompt["w"] == 4
    assert prompt["d"].ravel().tolist() == ["decoder2_unpool/indices"]
    np.testing.assert_allclose(prompt["y"], np.ones((36, 32)), rtol=1e-5)


@pytest.fixture
def resnet18(prompt):
    """A session whose ResNet-18 has weights at random: its true ones are not at hand."""
    zoo = prompt.session.zoo
    graph = without_outputs(LayerGraph.of_architecture(zoo.architecture("resnet18")).graph)
    made = begun_network(prompt.session, graph)
    prompt.session.zoo = SimpleNamespace(network={"resnet18": made}.__getitem__, architecture=zoo.architecture)
    prompt.network = made
    return prompt


def test_deeplab_on_resnet18_is_matlabs(resnet18):
    prompt = resnet18
    prompt("""
        lg = deeplabv3plusLayers([64 96 3],4,"resnet18"); n = numel(lg.Layers); k = height(lg.Connections);
        info = analyzeNetwork(lg); e = info.NumErrors; sizes = info.LayerInfo.ActivationSizes;
        names = {lg.Layers.Name}; at = @(name) sizes{strcmp(names,name)};
        late = at('res5b_relu'); early = at('dec_relu2'); last = sizes{end}; up = at('dec_upsample1');
        d = [getLayer(lg,'res5a_branch2a').DilationFactor getLayer(lg,'res5a_branch2b').DilationFactor];
        a = getLayer(lg,'aspp_Conv_4').DilationFactor; r = getLayer(lg,'dec_c3').WeightLearnRateFactor;
        w = getLayer(lg,'res2a_branch2a').Weights; u = getLayer(lg,'dec_upsample2').Weights;
        lg = replaceLayer(lg,'classification',pixelClassificationLayer(Name='mine')); i = getLayer(lg,'data').InputSize;
    """)
    assert (prompt["n"], prompt["k"], prompt["e"]) == (100, 113, 0)
    assert prompt["names"].ravel().tolist()[79:83] == ["catAspp", "dec_c1", "dec_bn1", "dec_relu1"]
    assert prompt["names"].ravel().tolist()[84:86] == ["dec_crop1", "dec_c2"]
    assert prompt["late"].tolist() == [[4, 6, 512, 1]] and prompt["early"].tolist() == [[16, 24, 48, 1]]
    assert prompt["up"].tolist() == [[16, 24, 256, 1]] and prompt["last"].tolist() == [[64, 96, 4, 1]]
    assert prompt["d"].tolist() == [[1, 1, 2, 2]] and prompt["a"].tolist() == [[18, 18]] and prompt["r"] == 10
    assert prompt["i"].tolist() == [[64, 96, 3]]
    np.testing.assert_array_equal(prompt["w"], prompt.network.parameter("res2a_branch2a", "Weights"))
    # Bilinear: a constant map stays constant, as the weights of every fourth place add up to 1.
    np.testing.assert_allclose(prompt["u"][0::4, 1::4, 2, 2].sum(), 1)
    assert not prompt["u"][:, :, 0, 1].any()


def test_deeplabv3plus_is_its_dlnetwork_and_segments(resnet18):
    prompt = resnet18
    prompt("""
        net = deeplabv3plus([32 32 3],4,"resnet18"); l = deeplabv3plusLayers([32 32 3],4,"resnet18");
        same = isequal(string({net.Layers.Name}),string({l.Layers(1:end-1).Name}));
        p = forward(net,dlarray(zeros(32,32,3,"single"),"SSCB")); z = size(p);
    """)
    assert prompt["same"]
    assert prompt["z"].tolist()[0][:3] == [32, 32, 4]


@pytest.mark.parametrize(
    "text, message",
    [
        ("segnetLayers([64 64],1,2)", "Expected numClasses to be greater than 1."),
        ("segnetLayers([64 64],2,2,NumConvolutionLayers=[1 2 3])", "as many elements as the encoder depth, which is 2"),
        ("segnetLayers([64 64],2,2,FilterSize=4)", "Expected FilterSize to be odd."),
        ("segnetLayers([8 64],2,4)", "must be at least 16"),
        ("segnetLayers([64 64 3],2,'vgg16')", "A SegNet made of vgg16 is not in cnnscript yet."),
        ("deeplabv3plusLayers([64 64 3],2,'xception')", "on xception is not in cnnscript yet"),
        ("deeplabv3plusLayers([64 64 3],2,'resnet18',DownsamplingFactor=8)", "other than 16"),
    ],
)
def test_what_does_not_fit_or_is_not_built_is_refused(prompt, text, message):
    with pytest.raises(ScriptError) as caught:
        prompt(text)
    assert message in caught.value.message

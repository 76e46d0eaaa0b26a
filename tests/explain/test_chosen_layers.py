"""The layers that are looked at when none are named: as users of MATLAB's networks name them."""

import pytest

from cnnscript.engine.architectures import architecture
from cnnscript.errors import ScriptError
from cnnscript.explain import chosen_layers

# a public table of the layers that MathWorks' rule gives for its networks (and for resnet50 what its page shows)
TABLE = """
    squeezenet prob relu_conv10
    googlenet prob inception_5b-output
    resnet18 prob res5b_relu
    mobilenetv2 Logits_softmax out_relu
    alexnet prob relu5
    vgg16 prob relu5_3
    darknet19 softmax leaky18
    xception predictions_softmax block14_sepconv2_act
    shufflenet node_203 node_199
    inceptionresnetv2 predictions_softmax conv_7b_ac
    inceptionv3 predictions_softmax mixed10
    darknet53 softmax res23
    densenet201 fc1000_softmax bn
    resnet50 fc1000_softmax activation_49_relu
"""


@pytest.mark.parametrize("line", TABLE.split("\n")[1:-1])
def test_the_layers_of_known_networks(line):
    name, reduction, feature = line.split()
    net = architecture(name).network()
    score = chosen_layers.reduction_layer(net)
    assert net.layers[score].name == reduction
    assert net.layers[chosen_layers.feature_layer(net, score, net.input_size)].name == feature


def test_logits_are_what_goes_into_the_softmax():
    net = architecture("alexnet").network()
    assert net.layers[chosen_layers.logit_layer(net, net.number("prob"))].name == "fc8"
    assert net.layers[chosen_layers.logit_layer(net, net.number("fc7"))].name == "fc7"


def test_a_layer_without_height_and_width_names_those_that_have_them():
    net = architecture("alexnet").network()
    with pytest.raises(ScriptError) as caught:
        chosen_layers.require_spatial(net, net.number("fc6"), net.number("prob"), net.input_size)
    assert caught.value.notes[1] == "the last layers that have them: 'relu4', 'conv5', 'relu5', 'pool5'"

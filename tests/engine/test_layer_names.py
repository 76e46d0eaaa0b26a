"""Names of unnamed layers."""

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.layer_names import names_for
from cnnscript.engine.pointwise_layers import ReLU


def test_a_single_layer_of_its_kind_has_no_number_and_several_count():
    conv = Convolution(filter_size=(3, 3), num_filters=4)
    layers = [ImageInput(), conv, ReLU(), conv, ReLU(), FullyConnected(output_size=3)]
    assert names_for(layers) == ["imageinput", "conv_1", "relu_1", "conv_2", "relu_2", "fc"]
    assert names_for([FeatureInput(input_size=(1, 1, 2)), FullyConnected(output_size=3)]) == ["input", "fc"]


def test_names_that_are_taken_are_left_out():
    assert names_for([ReLU(name="relu"), ReLU()]) == ["relu", "relu_1"]
    assert names_for([ReLU(), ReLU(name="relu_1"), ReLU()]) == ["relu_2", "relu_1", "relu_3"]
    assert names_for([ReLU()], taken=["relu"]) == ["relu_1"]

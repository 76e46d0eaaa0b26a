"""What is wrong with a graph of layers, each fault with its layer."""

from dataclasses import dataclass

import pytest

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.network_checks import refusal, survey
from cnnscript.engine.one_dimensional_layers import Convolution1D, MaxPooling1D
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import Addition, ClippedReLU, ReLU, Softmax
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.engine.surgery import LayeredGraph


@dataclass(frozen=True)
class Held:
    layer: object


def graph(*layers):
    return LayeredGraph.in_series([Held(layer) for layer in layers])


def texts(found):
    return [str(issue) for issue in found.issues]


INPUT = ImageInput(name="in", input_size=(8, 8, 3))
CONV = Convolution(name="conv", filter_size=(3, 3), num_filters=4)


def test_a_whole_network_has_no_faults_and_its_sizes_are_known():
    found = survey(graph(INPUT, CONV, FullyConnected(name="fc", output_size=5), Softmax(name="prob"),
                         ClassificationOutput(name="out")))  # fmt: skip
    assert found.issues == ()
    assert found.sizes == ((8, 8, 3), (6, 6, 4), (1, 1, 5), (1, 1, 5), (1, 1, 5))
    assert found.layers[1].num_channels == 3 and found.layers[2].input_size == 144


def test_loose_ends_and_missing_ends_are_named():
    found = survey(graph(CONV, Addition(name="add")))
    assert texts(found) == [
        "Network: Missing input layer. The network must have at least one input layer.",
        "Network: Missing output layer. The network must have at least one output layer.",
        "Layer 'conv': Unconnected input. Each layer input must be connected to the output of another layer.",
        "Layer 'add': Unconnected input. Each layer input must be connected to the output of another layer.",
        "Layer 'add': Unconnected output. Each layer output must be connected to the input of another layer.",
    ]
    assert found.issues[3].notes == ("unconnected inputs: 'in2'",)


def test_a_dlnetwork_has_loose_outputs_and_no_output_layers():
    assert survey(graph(INPUT, CONV), "dlnetwork").issues == ()
    found = survey(graph(INPUT, Softmax(name="prob"), ClassificationOutput(name="out")), "dlnetwork")
    assert texts(found) == ["Layer 'out': Detected output layer. The network must not have output layers."]


def test_a_classification_layer_follows_a_softmax_layer():
    found = survey(graph(INPUT, CONV, ClassificationOutput(name="out")))
    assert texts(found) == [
        "Layer 'out': Missing softmax layer. A classification layer must be preceded by a softmax layer."
    ]


def test_sizes_that_do_not_fit_are_told_with_their_layers_and_what_lies_behind_is_left_open():
    branched = graph(INPUT, CONV, Addition(name="add"), ReLU(name="r")).connected("in", "add/in2")
    found = survey(branched, "dlnetwork")
    (issue,) = found.issues
    assert issue.layer == "add" and issue.text.startswith("Input size mismatch.")
    assert issue.text.splitlines()[1:] == [
        "Inputs to this layer:",
        "    from layer 'conv' (size 6(S) × 6(S) × 4(C) × 1(B))",
        "    from layer 'in' (size 8(S) × 8(S) × 3(C) × 1(B))",
    ]
    assert "input 1 is 6×6×4" in issue.notes
    assert found.sizes == ((8, 8, 3), (6, 6, 4), None, None)


@pytest.mark.parametrize("pairs", [(("a", "b"), ("b", "a")), (("a", "a"),)])
def test_circles_are_found(pairs):
    names = dict.fromkeys(name for pair in pairs for name in pair)
    found = survey(LayeredGraph(tuple(Held(ReLU(name=name)) for name in names), pairs), "dlnetwork")
    assert any("cycle" in text for text in texts(found))


def test_the_error_lists_all_causes():
    fault = refusal(survey(graph(CONV, Addition(name="add"))).issues)
    assert fault.message == "Invalid network."
    assert len([cause for cause in fault.causes if cause.message.startswith(("Layer", "Network"))]) == 5


ALONG = Convolution1D(name="along", filter_size=(2, 1), num_filters=4, padding_mode="same", padding_size=(0, 1, 0, 0))
NOTHING = "Input data must have one spatial dimension only, one temporal dimension only, or one of each. Instead, it "


@pytest.mark.parametrize("between", [(), (FullyConnected(name="fc", output_size=6), ReLU(name="relu")),
                                     (ClippedReLU(name="clipped", ceiling=6),)])  # fmt: skip
@pytest.mark.parametrize("window", [ALONG, MaxPooling1D(name="along", pool_size=(1, 1))])
def test_windows_slide_along_no_features(between, window):
    # As MATLAB says of a convolution1dLayer behind a featureInputLayer. Such networks trained, with windows of one.
    found = survey(graph(FeatureInput(name="in", input_size=(1, 1, 6)), *between, window), "dlnetwork")
    assert texts(found) == [f"Layer 'along': {NOTHING}has 0 spatial dimensions and 0 temporal dimensions."]


@pytest.mark.parametrize(("entry", "steps"), [(FeatureInput(name="in", input_size=(1, 1, 3)), 0),
                                              (SequenceInput(name="in", input_size=(1, 1, 3)), 1)])  # fmt: skip
def test_windows_of_two_dimensions_need_pictures(entry, steps):
    (text,) = texts(survey(graph(entry, CONV), "dlnetwork"))
    assert text.startswith("Layer 'conv': Input data must have two spatial dimensions only")
    assert text.endswith(f"Instead, it has 0 spatial dimensions and {steps} temporal dimensions.")


def test_windows_of_one_dimension_slide_along_steps_and_those_of_two_over_pictures():
    assert survey(graph(SequenceInput(name="in", input_size=(1, 1, 3)), ALONG), "dlnetwork").issues == ()
    assert (
        survey(graph(SequenceInput(name="in", input_size=(8, 8, 3), image_size=(8, 8, 3)), CONV), "dlnetwork").issues
        == ()
    )

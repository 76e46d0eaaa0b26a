"""analyzeNetwork, summary and plot: a network in words and as a picture."""

import pytest

from cnnscript.errors import ScriptError

SMALL = """layers = [imageInputLayer([8 8 3],Normalization='none',Name='in'); convolution2dLayer(3,4,Name='c');
    reluLayer(Name='r'); fullyConnectedLayer(2,Name='fc'); softmaxLayer(Name='p')];
"""


def test_the_analysis_lists_layers_sizes_and_what_is_learnt(prompt):
    prompt(SMALL + "layers(6) = classificationLayer(Name='out'); info = analyzeNetwork(layers);")
    said = prompt("analyzeNetwork(layers)")
    assert said == (
        "Analysis of layers\n\n   402 total learnables, 6 layers, 0 warnings, 0 errors\n\n"
        "      Name    Type                    Activations                 Learnable Properties\n"
        "   1  'in'    Image Input             8(S) × 8(S) × 3(C) × 1(B)\n"
        "   2  'c'     2-D Convolution         6(S) × 6(S) × 4(C) × 1(B)   Weights 3×3×3×4, Bias 1×1×4\n"
        "   3  'r'     ReLU                    6(S) × 6(S) × 4(C) × 1(B)\n"
        "   4  'fc'    Fully Connected         1(S) × 1(S) × 2(C) × 1(B)   Weights 2×144, Bias 2×1\n"
        "   5  'p'     Softmax                 1(S) × 1(S) × 2(C) × 1(B)\n"
        "   6  'out'   Classification Output   1(S) × 1(S) × 2(C) × 1(B)\n\n"
    )
    prompt("n = info.TotalLearnables; h = height(info.LayerInfo); e = info.NumErrors;")
    assert (prompt["n"], prompt["h"], prompt["e"]) == (402, 6, 0)


def test_vectors_of_a_dlnetwork_have_channels_only(prompt):
    assert "4  'fc'   Fully Connected   2(C) × 1(B)" in prompt(SMALL + "analyzeNetwork(dlnetwork(layers))")
    assert "Analysis of net\n" in prompt("net = dlnetwork(layers); analyzeNetwork(net)")


def test_faults_are_listed_with_sizes_got(prompt):
    prompt(SMALL + "g = addLayers(layerGraph(layers(1:3)),additionLayer(2,Name='add'));")
    said = prompt("g = connectLayers(connectLayers(g,'r','add/in1'),'in','add/in2'); analyzeNetwork(g)")
    assert "1 error" in said and "Layer 'add': Input size mismatch." in said
    assert "from layer 'r' (size 6(S) × 6(S) × 4(C) × 1(B))" in said
    said = prompt("analyzeNetwork(layers,TargetUsage='trainNetwork')")
    assert "Network: Missing output layer." in said and "Layer 'p': Unconnected output." in said


def test_summary_counts_as_matlab_writes_it(prompt):
    assert prompt(SMALL + "summary(dlnetwork(layers))") == (
        "\n   Initialized: true\n\n   Number of learnables: 402\n\n   Inputs:\n      1   'in'   8×8×3 images\n\n"
    )
    said = prompt("summary(imagePretrainedNetwork('resnet18',Weights='none'))")
    assert "Initialized: false" in said and "learnables" not in said  # only of networks that are initialised


def test_the_graph_of_layers_is_a_picture(prompt):
    prompt(SMALL + "h = plot(dlnetwork(layers)); names = h.NodeLabel; y = h.YData; figure; plot(layerGraph(layers));")
    assert prompt["names"].ravel().tolist() == ["in", "c", "r", "fc", "p"]
    assert prompt["y"].ravel().tolist() == [5, 4, 3, 2, 1]


def test_what_is_no_network_is_refused(prompt):
    with pytest.raises(ScriptError, match="Incorrect number or types"):
        prompt("analyzeNetwork(3)")


def test_sequences_and_rows_of_features_have_formats_of_their_own(prompt):
    prompt("net = dlnetwork([sequenceInputLayer(12,Name='s'); lstmLayer(20,OutputMode='last',Name='l'); "
           "fullyConnectedLayer(3,Name='fc')]);")  # fmt: skip
    said = prompt("analyzeNetwork(net), summary(net)")
    assert "12(C) × 1(B) × 1(T)" in said and "20(C) × 1(B)" in said and "3(C) × 1(B)" in said
    assert "1   's'   Sequence input with 12 dimensions" in said
    assert "5(C) × 1(B)" in prompt("analyzeNetwork([featureInputLayer(5); fullyConnectedLayer(2); softmaxLayer])")


def test_reset_state_forgets_what_recurrent_layers_keep(prompt):
    prompt("net = dlnetwork([sequenceInputLayer(2); lstmLayer(3)]); net.State.Value{1} = single([1; 2; 3]);"
           "fresh = resetState(net); "
           "a = extractdata(sum(net.State.Value{1})); b = extractdata(sum(fresh.State.Value{1}));")  # fmt: skip
    assert prompt["a"] == 6 and prompt["b"] == 0


def test_the_window_of_the_analysis_is_never_drawn_over(prompt):
    prompt(SMALL + "f = figure; plot(1:3); analyzeNetwork(layers); same = isequal(gcf, f); close all")
    assert prompt["same"] is True
    prompt("n = numel(findall(groot, 'Type', 'figure')); analyzeNetwork(layers); g = gcf; m = numel(g.Children);")
    assert prompt["n"] == 1 and prompt["m"] == 0  # it stays, and whoever draws next gets a figure of their own

"""Networks and layers in MAT-files of ours: what is saved comes back the same, and nothing else can be named."""

import io

import numpy as np
import pytest

from cnnscript.builtins.files import marked_values, mat5
from cnnscript.builtins.networks import saved_networks
from cnnscript.session import Session
from cnnscript.values.structs import Struct

LAYERS = """
layers = [imageInputLayer([8 8 3],'Name','in','Mean',reshape([1 2 3],1,1,3))
  convolution2dLayer(3,4,'Name','c','Padding','same')
  batchNormalizationLayer('Name','b'); reluLayer('Name','r'); additionLayer(2,'Name','a')
  fullyConnectedLayer(2,'Name','f','WeightLearnRateFactor',10); softmaxLayer('Name','s')
  classificationLayer('Name','o','Classes',["cat" "dog"])];
lgraph = connectLayers(layerGraph(layers), 'b', 'a/in2');
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")

    def attempt(code):
        out.seek(0)
        out.truncate()
        session.attempt(code)
        return out.getvalue()

    attempt.session = session
    return attempt


@pytest.mark.parametrize("version", ["-v7", "-v6", "-v7.3"])
def test_layers_graphs_and_networks_come_back_the_same(run, version):
    assert run(LAYERS + "dl = dlnetwork(removeLayers(lgraph, 'o')); one = layers(2); ") == ""
    keep = "kept.layers = layers; kept.lgraph = lgraph; kept.one = one; cells = {dl};"
    assert run(f"{keep} save n.mat layers lgraph dl one kept cells {version}") == ""
    loaded = run(
        "S = load('n.mat'); disp([isequal(S.layers, layers), isequal(S.lgraph, lgraph), isequal(S.one, one), "
        "isequal(S.dl.Learnables.Value, dl.Learnables.Value), isequal(S.dl.Connections, dl.Connections), "
        "S.dl.Initialized, isequal(S.kept.lgraph, lgraph), isequal(S.cells{1}.Layers(2), dl.Layers(2))]), "
        "disp(S.layers(6).WeightLearnRateFactor), disp(class(S.dl)), disp(S.layers(end).Classes')"
    )
    assert loaded.split() == [*"11111111", "10", "dlnetwork", "cat", "dog"]


def test_a_trained_network_comes_back_with_its_numbers(run):
    run("net = squeezenet; save n.mat net; w = net.Layers(2).Weights; clear net; load n.mat")
    assert run("disp(isequal(w, net.Layers(2).Weights)), disp(class(net)), disp(numel(net.Layers))").split() == [
        "1", "DAGNetwork", "68",
    ]  # fmt: skip


IMAGES = [
    "convolution2dLayer(3,4,DilationFactor=2,Padding='same')", "convolution2dLayer(3,4,PaddingValue='replicate')",
    "groupedConvolution2dLayer(3,2,2)", "groupedConvolution2dLayer(3,1,'channel-wise')",
    "transposedConv2dLayer(4,3,Stride=2,Cropping='same')", "leakyReluLayer(0.2)", "clippedReluLayer(1)", "eluLayer(2)",
    "geluLayer(Approximation='tanh')", "swishLayer", "preluLayer", "hardSwishLayer", "softplusLayer", "identityLayer",
    "scalingLayer(Scale=2,Bias=1)", "spatialDropoutLayer(0.2)", "groupNormalizationLayer(2)",
    "groupNormalizationLayer('channel-wise')", "layerNormalizationLayer(OperationDimension='channel-only')",
    "instanceNormalizationLayer(Epsilon=0.1)", "crossChannelNormalizationLayer(3)",
    "averagePooling2dLayer(3,Padding='same',PaddingValue='mean')", "globalMaxPooling2dLayer", "flattenLayer",
    "adaptiveAveragePooling2dLayer([3 5])",
    "resize2dLayer(OutputSize=[5 7],Method='bilinear')", "depthToSpace2dLayer(2)", "spaceToDepthLayer(2)",
]  # fmt: skip
SEQUENCES = [
    "convolution1dLayer(3,5,Padding='causal')", "transposedConv1dLayer(3,2,Stride=2)",
    "maxPooling1dLayer(2,Padding='same')", "averagePooling1dLayer(2,Padding='same')", "globalAveragePooling1dLayer",
    "globalMaxPooling1dLayer", "indexing1dLayer('last')", "lstmLayer(3,OutputMode='last')", "bilstmLayer(3)",
    "gruLayer(3,ResetGateMode='recurrent-bias-after-multiplication')", "selfAttentionLayer(2,8,NumValueChannels=4)",
    "positionEmbeddingLayer(4,20)", "embeddingConcatenationLayer", "layerNormalizationLayer", "flattenLayer",
]  # fmt: skip


def test_every_kind_of_layer_comes_back_with_its_settings_its_numbers_and_its_answers(run):
    makers = [(f"[imageInputLayer([8 8 4],Normalization='none'); {layer}]", "SSCB") for layer in IMAGES]
    makers += [(f"[sequenceInputLayer(4); {layer}]", "CBT") for layer in SEQUENCES]
    cells = ", ".join(f"dlnetwork({layers})" for layers, _ in makers)
    run(f"""rng(0); nets = {{{cells}}}; x.SSCB = dlarray(rand(8,8,4,2,'single'),'SSCB');
        x.CBT = dlarray(rand(4,2,6,'single'),'CBT'); kinds = {{{", ".join(repr(kind) for _, kind in makers)}}};
        save n.mat nets; S = load('n.mat'); same = false(3,numel(nets));
        for k = 1:numel(nets)
            one = nets{{k}}; two = S.nets{{k}}; given = x.(kinds{{k}});
            same(:,k) = [isequal(one,two); isequal(one.Layers,two.Layers);
                isequal(extractdata(predict(one,given)),extractdata(predict(two,given)))];
        end""")
    same = run.session["same"]
    assert same.shape == (3, len(makers))
    assert [makers[k][0] for k in np.flatnonzero(~same.all(axis=0))] == []


def test_a_function_layer_comes_back_with_what_it_does(run):
    run("net = dlnetwork([featureInputLayer(2); functionLayer(@(x) 3*x.^2,Name='f')]); save n.mat net")
    assert run("S = load('n.mat'); disp(extractdata(predict(S.net,dlarray([2;3],'CB')))')").split() == ["12", "27"]


def test_a_network_begun_by_examples_comes_back_with_its_inputs(run):
    run("""nets = {dlnetwork([fullyConnectedLayer(5,Name='a'); reluLayer],dlarray(rand(7,4),'CB')), ...
        dlnetwork(additionLayer(2,Name='a'),dlarray(1,'CB'),networkDataLayout([1 NaN],'CB'))};
        save n.mat nets; S = load('n.mat'); x = dlarray(rand(7,3),'CB'); y = dlarray([1 2],'CB');
        one = isequal(extractdata(predict(S.nets{1},x)),extractdata(predict(nets{1},x)));
        two = extractdata(predict(S.nets{2},y,3*y));""")
    assert run.session["one"] is True and run.session["two"].tolist() == [[4, 8]]


@pytest.mark.parametrize("kind", ["os.system", "layers.os", "layers.replace", "..cli.main", "graph.Network", ""])
def test_a_file_can_name_the_engines_layers_only(run, kind):
    run(LAYERS)
    kept = marked_values.marked(run.session.workspace.get("layers", None))
    kept.fields["layers"][0, 0].fields["kind"] = kind
    with pytest.raises(saved_networks.NotKept):
        saved_networks.restored(kept.fields)


def test_a_damaged_network_is_left_out_with_a_warning(run):
    kept = Struct({marked_values.MARK: "network", "class": "dlnetwork", "layers": np.empty((0, 1), object)})
    with open("n.mat", "wb") as file:
        mat5.write({"net": kept, "x": 3.0}, True, file.write)
    said = run("load n.mat, disp(x), exist('net')")
    assert "Variable 'net' is a damaged network" in said
    assert "3" in said.split()

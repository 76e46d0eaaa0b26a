"""layerGraph and what cuts and joins it, in scripts."""

import time

import numpy as np
import pytest

from cnnscript.errors import ScriptError


def test_the_transfer_learning_of_the_tutorials(prompt):
    prompt("""
        lgraph = layerGraph(googlenet('Weights','none'));
        old = lgraph;
        lgraph = replaceLayer(lgraph,'loss3-classifier',fullyConnectedLayer(5,'Name','fc', ...
            'WeightLearnRateFactor',10,'BiasLearnRateFactor',10));
        lgraph = replaceLayer(lgraph,'output',classificationLayer('Name','out'));
        layers = lgraph.Layers; connections = lgraph.Connections;
        for ii = 1:10
            props = properties(layers(ii));
            for p = 1:numel(props)
                if ~isempty(regexp(props{p},'LearnRateFactor$','once')), layers(ii).(props{p}) = 0; end
            end
        end
        again = createLgraphUsingConnections(layers,connections);
        same = isequal(again.Connections,connections);
        factor = again.Layers(2).WeightLearnRateFactor; fc = again.Layers(142).WeightLearnRateFactor;
        was = old.Layers(142).Name; outs = lgraph.OutputNames;
    """)
    assert prompt["same"] is True
    assert (prompt["factor"], prompt["fc"], prompt["was"]) == (0, 10, "loss3-classifier")
    assert prompt["outs"].tolist() == [["out"]]


def test_a_residual_block_is_built_by_connections(prompt):
    assert prompt("""
        lgraph = layerGraph([imageInputLayer([8 8 3],Name='in'); convolution2dLayer(3,3,Padding='same',Name='c');
            reluLayer(Name='r'); additionLayer(2,Name='add')]);
        lgraph = connectLayers(lgraph,'in','add/in2');
        lgraph.Connections
    """) == (
        "\nans =\n\n  4×2 table\n\n"
        "    Source    Destination\n"
        "    ______    ___________\n\n"
        "    {'in'}    {'c'      }\n"
        "    {'in'}    {'add/in2'}\n"
        "    {'c' }    {'r'      }\n"
        "    {'r' }    {'add/in1'}\n\n"
    )


def test_a_layer_graph_displays_as_matlab_prints_it(prompt):
    assert prompt("lgraph = layerGraph([imageInputLayer([8 8 3]); softmaxLayer; classificationLayer])") == (
        "\nlgraph = \n\n  LayerGraph with properties:\n\n"
        "     InputNames: {'imageinput'}\n    OutputNames: {'classoutput'}\n"
        "         Layers: [3×1 nnet.cnn.layer.Layer]\n    Connections: [2×2 table]\n\n"
    )


def test_weights_go_along_through_surgery(prompt):
    prompt("""
        net = squeezenet; lgraph = layerGraph(net);
        lgraph = replaceLayer(lgraph,'relu_conv10',leakyReluLayer(0.1,Name='leaky'));
        lgraph = removeLayers(lgraph,{'prob','ClassificationLayer_predictions'});
        lgraph = addLayers(lgraph,[softmaxLayer(Name='p'); net.Layers(end)]);
        lgraph = connectLayers(lgraph,'pool10','p');
        new = assembleNetwork(lgraph);
        same = isequal(new.Layers(2).Weights,net.Layers(2).Weights); kind = class(new);
    """)
    assert prompt["same"] is True and prompt["kind"] == "DAGNetwork"


def test_ten_thousand_replacements_stay_quick(prompt):
    prompt("lgraph = layerGraph(googlenet('Weights','none')); fc = lgraph.Layers(142);")
    start = time.perf_counter()
    prompt("for i = 1:10000, lgraph = replaceLayer(lgraph,'loss3-classifier',fc); end")
    assert time.perf_counter() - start < 10  # 0.4 s where it was written


@pytest.mark.parametrize(
    "text, message, note",
    [
        ("replaceLayer(g,'loss3-clasifier',reluLayer)", "Layer 'loss3-clasifier' does not exist.", "loss3-classifier"),
        ("addLayers(g,reluLayer(Name='prob'))", "Layer names must be unique.", "'prob'"),
        ("connectLayers(g,'prob','inception_3a-output/in5')", "does not have an input named 'in5'", "'in4'"),
        ("connectLayers(g,'prob','conv1-7x7_s2')", "is already connected", "'data'"),
        ("removeLayers(g,{'prob','nix'})", "Layer 'nix' does not exist.", ""),
        ("replaceLayer(googlenet('Weights','none').Layers,'prob',reluLayer)", "Incorrect number or types", ""),
        ("addLayers(g,[])", "Expected input to be nonempty.", ""),
        ("addLayers(g,3)", "Instead its type was double.", ""),
        ("replaceLayer(g,'prob',reluLayer,ReconnectBy='size')", "", ""),
        ("layerGraph({1})", "Instead its type was cell.", ""),
        ("assembleNetwork(g)", "Invalid network.", "Layer 'conv1-7x7_s2': Empty Weights property."),
    ],
)
def test_what_does_not_fit_is_refused_in_words(prompt, text, message, note):
    prompt("g = layerGraph(googlenet('Weights','none'));")
    with pytest.raises(ScriptError) as caught:
        prompt(text)
    assert message in caught.value.message
    causes = [each.message for each in caught.value.causes]
    assert note in " ".join((*caught.value.notes, *causes))


def test_get_layer_and_empty_graphs(prompt):
    prompt("n = getLayer(layerGraph(squeezenet('Weights','none')),'pool10').Name; e = isempty(layerGraph().Layers);")
    assert prompt["n"] == "pool10" and prompt["e"] is True


def test_the_verbs_of_surgery_are_methods_too(prompt):
    prompt("""
        lg = layerGraph; lg = lg.addLayers(reluLayer(Name='a'));
        lg = lg.addLayers(additionLayer(2,Name='b')).connectLayers('a','b/in2'); n = height(lg.Connections);
        d = dag2dlnetwork(squeezenet); d = d.setLearnRateFactor('conv1','Weights',0);
        f = d.getLearnRateFactor('conv1','Weights'); o = d.removeLayers('prob').OutputNames;
    """)
    assert prompt["n"] == 1 and prompt["f"] == 0 and prompt["o"].tolist() == [["pool10"]]


def test_a_layer_array_assembles_to_a_series_network_and_a_layer_graph_to_a_dag_network(prompt):
    prompt("""
        layers = [imageInputLayer([1 1 2],Normalization="none"); softmaxLayer; regressionLayer];
        a = class(assembleNetwork(layers)); b = class(assembleNetwork(layerGraph(layers)));
    """)
    assert (prompt["a"], prompt["b"]) == ("SeriesNetwork", "DAGNetwork")


def test_the_graph_of_a_network_by_a_dot(prompt):
    prompt("""
        net = dlnetwork([imageInputLayer([4 4 1],Normalization="none"); reluLayer(Name="r")]);
        lgraph = net.layerGraph; again = dlnetwork(lgraph).OutputNames{1};
        trained = squeezenet; n = numel(trained.layerGraph.Layers);
    """)
    assert (prompt["again"], prompt["n"]) == ("r", 68)


def test_features_are_concatenated_along_their_first_dimension_which_is_the_channels(prompt):
    """What is fully connected, flattened or a feature has no height: dimension 1 is C, as of a 'CB' dlarray."""
    prompt("""
        layers = [imageInputLayer([2 3 1],Normalization="none"); flattenLayer; concatenationLayer(1,2,Name="c")];
        g = addLayers(layerGraph(layers),featureInputLayer(2,Name="x")); g = connectLayers(g,"x","c/in2");
        net = dlnetwork(g); image = reshape(1:6,2,3); y = predict(net,image,[7 8]);
        maps = dlnetwork([imageInputLayer([2 3 1],Normalization="none",Name="i"); concatenationLayer(1,2,Name="c")],
                         Initialize=false);
        maps = initialize(connectLayers(maps,"i","c/in2")); z = predict(maps,image);
    """)
    assert prompt["y"].ravel().tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert np.shape(prompt["z"]) == (4, 3)


def test_get_layer_takes_a_cell_of_one_name(run):
    run('net = dlnetwork([featureInputLayer(2); softmaxLayer(Name="s")]); n = getLayer(net,net.OutputNames).Name;')
    assert run["n"] == "s"
    assert run.fault("getLayer(net,{'s','t'});") is not None

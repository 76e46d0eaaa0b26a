"""Surgery on the layers of networks that a program names: what cannot be done is said before it is tried."""

import pytest

from cnnscript.engine.zoo import Zoo


@pytest.fixture(autouse=True)
def no_weights(monkeypatch, tmp_path):
    """No weights are here but SqueezeNet's, which come with a package."""
    from cnnscript.builtins.networks import known_networks

    monkeypatch.setattr(known_networks, "_zoo", lambda: Zoo(folders=[tmp_path / "weights"], offline=False))


def errors(rows):
    return [(line, message) for line, kind, message in rows if kind == "error"]


OTHERS = "\nfunction x = f(y), x = y; end"
SQUEEZENET = "lgraph = layerGraph(squeezenet);\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lgraph = removeLayers(lgraph,'prop');", "Layer 'prop' does not exist."),
        ("lgraph = removeLayers(lgraph,{'prob','fc1000'});", "Layer 'fc1000' does not exist."),
        ('lgraph = removeLayers(lgraph,["prob" "fc1000"]);', "Layer 'fc1000' does not exist."),
        ("lgraph = lgraph.removeLayers('prop');", "Layer 'prop' does not exist."),
        ("lgraph = replaceLayer(lgraph,'conv11',convolution2dLayer(1,f(2),'Name','x'));",
         "Layer 'conv11' does not exist."),
        ("lgraph = replaceLayer(lgraph,'conv11',f(2));", "Layer 'conv11' does not exist."),
        ("lgraph = addLayers(lgraph,reluLayer('Name','pool1'));", "Layer names must be unique."),
        ("lgraph = connectLayers(lgraph,'pool1','fire2-concat/in3');",
         "Layer 'fire2-concat' does not have an input named 'in3'."),
        ("lgraph = connectLayers(lgraph,'pool1','conv10');", "Layer input 'conv10' is already connected."),
        ("lgraph = connectLayers(lgraph,'pool7',f(2));", "Layer 'pool7' does not exist."),
        ("lgraph = disconnectLayers(lgraph,'pool1','conv10');", "Layer 'pool1' is not connected to layer 'conv10'."),
        ("x = getLayer(lgraph,'conv');", "Layer 'conv' does not exist."),
        ("x = lgraph.Layers(69);", "Index exceeds the number of array elements. Index must not exceed 68."),
        ("plot(removeLayers(lgraph,'prop'))", "Layer 'prop' does not exist."),
        ("lgraph = removeLayers(lgraph,lgraph.Layers(end).Name); lgraph = removeLayers(lgraph,"
         "'ClassificationLayer_predictions');", "Layer 'ClassificationLayer_predictions' does not exist."),
        ("lgraph = disconnectLayers(lgraph,'pool10','prob'); net = assembleNetwork(lgraph);", "Invalid network."),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_taken_is_an_error(found, text, message):
    assert errors(found(SQUEEZENET + text + OTHERS)) == [(2, message)]


def test_the_place_is_the_name_and_near_names_are_told(check_files):
    (finding,) = [one for one in check_files({"main.m": SQUEEZENET + "lgraph = removeLayers(lgraph,'conv11');"})
                  if one.severity == "error"]  # fmt: skip
    assert (finding.span.line, finding.span.column) == (2, 30)
    assert finding.fault.notes[0].startswith("near names: 'conv1")


@pytest.mark.parametrize(
    "text",
    [
        "layers = alexnet('Weights','none'); layersTransfer = layers(1:end-3);\n"
        "layers = [layersTransfer\n fullyConnectedLayer(f(1),'Name','new')\n softmaxLayer\n classificationLayer];\n"
        "lgraph = layerGraph(layers); lgraph = removeLayers(lgraph,'fc7');"
        "lgraph = connectLayers(lgraph,'drop6','relu7');"
        "lgraph = replaceLayer(lgraph,'new',fullyConnectedLayer(3,'Name','newer'));",
        "net = imagePretrainedNetwork('resnet18'); net = removeLayers(net,{'fc1000','prob'});\n"
        "net = addLayers(net,[fullyConnectedLayer(3,'Name','fc');softmaxLayer('Name','prob')]);"
        "net = connectLayers(net,'pool5','fc'); net = initialize(net);",
        "net = squeezenet;\nif isa(net,'SeriesNetwork')\n lgraph = layerGraph(net.Layers(1:99));\nelse\n"
        " lgraph = layerGraph(net);\nend\nlgraph = removeLayers(lgraph,'prob');",
        "lgraph = layerGraph; for k = 1:3, lgraph = addLayers(lgraph,reluLayer('Name',sprintf('r%d',k))); end\n"
        "lgraph = connectLayers(lgraph,'r1','r2');",
        "lgraph = layerGraph(squeezenet); lgraph = addLayers(lgraph,additionLayer(f(3),'Name','add'));\n"
        "lgraph = connectLayers(lgraph,'pool1','add/in5');",
        "lgraph = layerGraph(squeezenet); lgraph = f(lgraph); lgraph = removeLayers(lgraph,'mine');",
        "function lgraph = removeLayers(a,b), lgraph = 3; end",
        "lgraph = layerGraph(dlnetwork(squeezenet.Layers(1:5)));",
        "net = dlnetwork([convolution2dLayer(3,f(8)) reluLayer]);",
        "layers = [imageInputLayer(f(9)); convolution2dLayer(3,8); fullyConnectedLayer(f(2)); softmaxLayer];\n"
        "net = dlnetwork(layers); a = layers(end).Name;",
    ],
)
def test_what_can_be_done_or_is_not_certain_is_no_error(found, text):
    assert errors(found(text + OTHERS)) == []


def test_sizes_that_do_not_fit_are_told_where_all_of_them_are_known(check_files):
    text = (
        "layers = [imageInputLayer([28 28 1],'Name','in'); convolution2dLayer(3,8,'Name','c');"
        " additionLayer(2,'Name','add'); softmaxLayer('Name','s')];\n"
        "lgraph = connectLayers(layerGraph(layers),'in','add/in2');\nnet = dlnetwork(lgraph);"
    )
    (finding,) = [one for one in check_files({"main.m": text}) if one.severity == "error"]
    assert finding.span.line == 3 and "Input size mismatch" in finding.fault.causes[0].message


def test_an_option_that_a_constructor_has_not_is_an_error(found):
    rows = errors(found("layers = layerGraph([imageInputLayer([28 28 1]); convolution2dLayer(3,8,'Strides',2)]);"))
    assert rows[0][0] == 1 and "'Strides' is not a recognized parameter." in rows[0][1]

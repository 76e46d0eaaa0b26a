"""Arrays of layers: made, indexed, written and displayed as MATLAB's are."""

import pytest

from cnnscript.errors import ScriptError


@pytest.fixture
def layers(prompt):
    prompt("layers = [imageInputLayer([8 8 3],Name='in'); convolution2dLayer(3,4,Name='conv'); reluLayer(Name='r')];")
    return prompt


def test_the_end_of_a_network_is_exchanged_by_concatenation(layers):
    layers("new = [layers(1:end-1); fullyConnectedLayer(5,Name='fc'); softmaxLayer; classificationLayer];")
    layers("names = {new.Name}; count = numel(new); last = isa(new(end),'nnet.cnn.layer.ClassificationOutputLayer');")
    assert layers["count"] == 5 and layers["last"] is True
    assert layers["names"].tolist() == [["in", "conv", "fc", "", ""]]


def test_writing_one_element_leaves_the_other_array_as_it_was(layers):
    layers("b = layers; b(3) = tanhLayer(Name='t'); b(end+1) = reluLayer(Name='x'); b(2) = [];")
    layers("n = {b.Name}; old = {layers.Name};")
    assert layers["n"].tolist() == [["in", "t", "x"]] and layers["old"].tolist() == [["in", "conv", "r"]]


def test_a_property_of_one_element_is_set_in_its_array(layers):
    layers("for ii = 1:numel(layers), if isprop(layers(ii),'WeightLearnRateFactor'), "
           "layers(ii).WeightLearnRateFactor = 0; end, end, f = layers(2).WeightLearnRateFactor;")  # fmt: skip
    assert layers["f"] == 0


def test_layers_are_found_by_name_and_by_class(layers):
    layers("at = find(strcmp({layers.Name},'conv')); "
           "is = arrayfun(@(l) isa(l,'nnet.cnn.layer.ReLULayer'), layers);")  # fmt: skip
    assert layers["at"] == 2 and layers["is"].ravel().tolist() == [False, False, True]


def test_an_array_of_one_kind_has_its_class(layers):
    layers("c = class([reluLayer; reluLayer]); d = class(layers); e = class(layers(3));")
    assert layers["c"] == layers["e"] == "nnet.cnn.layer.ReLULayer" and layers["d"] == "nnet.cnn.layer.Layer"


def test_an_empty_start_grows(layers):
    layers("x = []; x = [x; layers(1)]; x = [x; layers(2:3)]; s = size(x); y = []; y(1) = 0; ")
    assert layers["s"].tolist() == [[3, 1]]


def test_unnamed_layers_display_as_matlab_prints_them(prompt):
    assert prompt("[reluLayer; dropoutLayer]") == (
        "\nans = \n\n"
        "  2×1 Layer array with layers:\n\n"
        "     1   ''   ReLU      ReLU\n"
        "     2   ''   Dropout   50% dropout\n\n"
    )
    assert "1×2 Layer array with layers:" in prompt("[reluLayer reluLayer]")


@pytest.mark.parametrize(
    "text, message",
    [
        ("layers(5) = reluLayer;", "There is no default layer"),
        ("layers(2) = 3;", "Unable to convert a value of class double to a layer."),
        ("[layers reluLayer]", "Dimensions of arrays being concatenated are not consistent."),
        ("layers(4)", "Index exceeds the number of array elements"),
        ("layers.FilterSize", "Unrecognized method, property, or field 'FilterSize'"),
    ],
)
def test_what_cannot_be_is_refused(layers, text, message):
    with pytest.raises(ScriptError, match=message.replace("(", r"\(").replace(".", r"\.")):
        layers(text)


def test_arrays_are_turned_walked_flipped_and_repeated(layers):
    said = layers("for l = layers', disp(l.Name), end")
    assert said.split() == ["in", "conv", "r"]
    layers("n = {flip(layers).Name}; c = {reluLayer(Name='a'), layers}; v = vertcat(c{:}); s = size(v);"
           "r = size(repmat(reluLayer,2,1)); t = size(layers(:)');")  # fmt: skip
    assert layers["n"].tolist() == [["r", "conv", "in"]] and layers["s"].tolist() == [[4, 1]]
    assert layers["r"].tolist() == [[2, 1]] and layers["t"].tolist() == [[1, 3]]


def test_an_empty_array_of_layers_is_filled(prompt):
    prompt("""
        layers = nnet.cnn.layer.Layer.empty; none = isempty(layers); kind = class(layers);
        for k = 1:3, layers(end+1,1) = reluLayer; end
        n = numel(layers); joined = numel([nnet.cnn.layer.Layer.empty(0,1); layers]);
    """)
    assert prompt["none"] is True and prompt["kind"] == "nnet.cnn.layer.Layer"
    assert (prompt["n"], prompt["joined"]) == (3, 3)


def test_whos_knows_the_bytes_of_layers_and_networks(prompt):
    prompt("""
        net = dlnetwork([imageInputLayer([8 8 3]); convolution2dLayer(3,4); batchNormalizationLayer]); all = net.Layers;
        conv = net.Layers(2); bare = reluLayer; mine = convolution2dLayer(3,4,'Weights',ones(3,3,3,4));
        s = whos; names = {s.name}; bytes = [s.bytes];
        of = @(name) bytes(strcmp(names,name));
        found = [of('net') of('all') of('conv') of('bare') of('mine')];
    """)
    conv = 4 * (3 * 3 * 3 * 4 + 4)
    assert prompt["found"].tolist() == [[conv + 4 * 16, conv + 4 * 16, conv, 0, conv - 16]]

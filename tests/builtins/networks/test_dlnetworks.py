"""dlnetwork in scripts: begun, read, written, changed; and imagePretrainedNetwork."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError

SMALL = """net = dlnetwork([imageInputLayer([8 8 3],Normalization='none',Name='in'); convolution2dLayer(3,4,Name='c');
    batchNormalizationLayer(Name='bn'); reluLayer(Name='r'); fullyConnectedLayer(2,Name='fc')]);
"""


def test_learnables_and_state_are_tables(prompt):
    lines = [line.split() for line in prompt(SMALL + "net.Learnables").splitlines() if "dlarray" in line]
    assert lines == [
        ['"c"', '"Weights"', "{3×3×3×4", "dlarray}"], ['"c"', '"Bias"', "{1×1×4", "dlarray}"],
        ['"bn"', '"Offset"', "{1×1×4", "dlarray}"], ['"bn"', '"Scale"', "{1×1×4", "dlarray}"],
        ['"fc"', '"Weights"', "{2×144", "dlarray}"], ['"fc"', '"Bias"', "{2×1", "dlarray}"],
    ]  # fmt: skip
    prompt("s = net.State.Parameter; v = extractdata(net.State.Value{2});")
    assert list(prompt["s"].data.ravel()) == ["TrainedMean", "TrainedVariance"]
    assert np.array_equal(np.asarray(prompt["v"]).ravel(), np.ones(4))


def test_writing_a_learnable_changes_that_network_only(prompt):
    prompt(SMALL + """
        other = net;
        other.Learnables.Value{6} = single([5; 7]);
        b = other.Layers(5).Bias; old = net.Layers(5).Bias;
        t = net.Learnables; t.Value{1} = t.Value{1} * 2; third = net; third.Learnables = t;
        twice = isequal(third.Learnables.Value{1}, 2*net.Learnables.Value{1});
        net.State.Value{1} = ones(1,1,4); m = net.Layers(3).TrainedMean;
    """)
    assert np.asarray(prompt["b"]).ravel().tolist() == [5, 7]
    assert np.asarray(prompt["old"]).ravel().tolist() == [0, 0]
    assert prompt["twice"] is True and np.asarray(prompt["m"]).ravel().tolist() == [1] * 4


def test_the_same_seed_begins_the_same_weights(prompt):
    prompt("rng(1); " + SMALL + "a = net; rng(1); " + SMALL + "same = isequal(a,net); rng(2); " + SMALL
           + "differ = isequal(a,net);")  # fmt: skip
    assert prompt["same"] is True and prompt["differ"] is False


def test_the_new_style_builds_from_an_empty_network(prompt):
    prompt("""
        net = dlnetwork;
        net = addLayers(net,[imageInputLayer([8 8 3],Normalization="none",Name="in"); convolution2dLayer(1,3,Name="c")
            additionLayer(2,Name="add"); fullyConnectedLayer(2,Name="fc"); softmaxLayer(Name="p")]);
        net = connectLayers(net,"in","add/in2");
        before = net.Initialized; missing = net.Learnables.Value{1};
        net = initialize(net);
        after = net.Initialized; ins = net.InputNames; outs = net.OutputNames; n = height(net.Connections);
        changed = replaceLayer(net,"fc",fullyConnectedLayer(7,Name="new")); state = changed.Initialized;
        changed = initialize(changed); kept = isequal(changed.Layers(2).Weights,net.Layers(2).Weights);
    """)
    assert prompt["before"] is False and prompt["after"] is True and np.size(prompt["missing"]) == 0
    assert prompt["ins"].tolist() == [["in"]] and prompt["outs"].tolist() == [["p"]] and prompt["n"] == 5
    assert prompt["state"] is False and prompt["kept"] is True


def test_example_inputs_tell_the_sizes_of_inputs_without_an_input_layer(prompt):
    prompt("""
        net = dlnetwork([convolution2dLayer(3,4,Name="c"); reluLayer; fullyConnectedLayer(2)], ...
            networkDataLayout([8 8 3 NaN],"SSCB"));
        w = size(net.Learnables.Value{3}); in = net.InputNames; n = numel(net.Layers); on = net.Initialized;
        two = initialize(dlnetwork(additionLayer(2,Name="add"),Initialize=false),ones(4),ones(4));
        ins = two.InputNames; k = class(two.Layers);
    """)
    assert prompt["w"].tolist() == [[2, 144]] and prompt["in"].tolist() == [["c"]] and prompt["n"] == 3
    assert prompt["on"] is True and prompt["ins"].tolist() == [["add/in1", "add/in2"]]
    assert prompt["k"] == "nnet.cnn.layer.AdditionLayer"


def test_a_data_layout_displays_as_matlab_prints_it(prompt):
    assert prompt('layout = networkDataLayout([224 224 3 NaN],"SSCB")') == (
        "\nlayout = \n\n  networkDataLayout with properties:\n\n      Size: [224 224 3 NaN]\n    Format: 'SSCB'\n\n"
    )


def test_reset_state_keeps_what_has_no_state(prompt):
    prompt(SMALL + "net.State.Value{1} = ones(1,1,4); same = isequal(resetState(net),net);")
    assert prompt["same"] is True


def test_factors_of_learning_are_set_by_name_and_by_path(prompt):
    prompt(SMALL + """
        for i = 1:height(net.Learnables)
            net = setLearnRateFactor(net,net.Learnables.Layer(i),net.Learnables.Parameter(i),0);
        end
        net = setLearnRateFactor(net,"fc/Weights",10); net = setL2Factor(net,"c","Bias",3);
        l = net.Layers; f = [l(2).WeightLearnRateFactor l(3).ScaleLearnRateFactor l(5).WeightLearnRateFactor];
        g = getL2Factor(net,"c/Bias"); on = net.Initialized;
        net = initialize(net); h = getLearnRateFactor(net,"fc","Weights");
    """)
    assert prompt["f"].tolist() == [[0, 0, 10]] and prompt["g"] == 3 and prompt["on"] is True and prompt["h"] == 10


def test_a_factor_set_back_stays_so_when_numbers_change(prompt):
    prompt(SMALL + """
        net = initialize(setLearnRateFactor(net,'c','Weights',0)); net = setLearnRateFactor(net,'c','Weights',1);
        net.Learnables.Value{1} = net.Learnables.Value{1} * 2; f = getLearnRateFactor(net,'c','Weights');
    """)
    assert prompt["f"] == 1


def test_factors_survive_the_way_to_a_layer_graph_and_back(prompt):
    prompt(SMALL + "net = setLearnRateFactor(net,'c','Weights',0); net = dlnetwork(layerGraph(net)); "
           "f = getLearnRateFactor(net,'c','Weights');")  # fmt: skip
    assert prompt["f"] == 0


@pytest.mark.parametrize(
    "text, message, note",
    [
        ("dlnetwork([imageInputLayer([8 8 3]); softmaxLayer; classificationLayer])", "Invalid network.",
         "Detected output layer"),
        ("dlnetwork(squeezenet)", "Input must be a LayerGraph object or an array of layers.", "DAGNetwork"),
        ("net.Learnables.Value{1} = ones(3);", "Weights of layer 'c' must have size 3x3x3x4.", "3x3"),
        ("net.Learnables.Value{2} = 1i*ones(1,1,4);", "real-valued finite", "Bias of layer 'c' is complex"),
        ("plot(3,net)", "Incorrect number or types", "double"),
        ("net.Learnables = 3;", "Learnables must be a table with columns 'Layer', 'Parameter', and 'Value'.", "double"),
        ("net.Learnables(1,:) = [];", "Learnables must be a table", "got 5 rows, the network has 6"),
        ("net.Layers(2) = reluLayer;", "read-only", ""),
        ("setLearnRateFactor(net,'cc','Weights',0)", "Layer 'cc' does not exist.", "'c'"),
        ("setLearnRateFactor(net,'r','Weights',0)", "does not have a learnable parameter 'Weights'", "none"),
        ("setLearnRateFactor(net,'c','Weights',-1)", "nonnegative", ""),
        ("dlnetwork([imageInputLayer([8 8 3]); convolution2dLayer(9,2)])", "Invalid network.", "Input size mismatch"),
        ("initialize(dlnetwork(reluLayer))", "example network inputs are needed", "'relu'"),
        ("initialize(net,ones(7,8,3))", "The example input of layer 'in' must have the size", "8x8x3"),
        ("initialize(net,1,2)", "The number of example inputs must match", "got 2"),
        ("dlnetwork(reluLayer,networkDataLayout([NaN 8 3 1],'SSCB'))", "must be known", "'S'"),
        ("networkDataLayout([1 2],'SQ')", "A format must consist of", "'SQ'"),
        ("initialize(layerGraph)", "Incorrect number or types", "dlnetwork"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words(prompt, text, message, note):
    prompt(SMALL)
    with pytest.raises(ScriptError) as caught:
        prompt(text)
    assert message in caught.value.message
    causes = [each.message for each in caught.value.causes]
    assert note in " ".join((*caught.value.notes, *causes))


def test_every_described_network_comes_as_a_dlnetwork_with_a_new_head(prompt):
    from cnnscript.builtins.networks.image_pretrained_networks import CHOICES

    for name in CHOICES:
        if "inceptionresnet" in name or "densenet" in name:  # the same code, a second each
            continue
        prompt(f'net = imagePretrainedNetwork("{name}",NumClasses=5,Weights="none"); [l,p] = networkHead(net);'
               "head = getLayer(net,l); n = 0; if isprop(head,'NumFilters'), n = head.NumFilters; "
               "else, n = head.OutputSize; end, on = net.Initialized;")  # fmt: skip
        assert prompt["n"] == 5 and prompt["on"] is False, name


def test_a_pretrained_dlnetwork_gives_names_of_classes(prompt):
    prompt('[net,names] = imagePretrainedNetwork; s = size(names); k = class(names); [r,n] = imagePretrainedNetwork('
           '"squeezenet",NumResponses=3); e = isempty(n); last = r.OutputNames;')  # fmt: skip
    assert prompt["s"].tolist() == [[1000, 1]] and prompt["k"] == "string" and prompt["e"] is True
    assert prompt["last"].tolist() == [["pool10_flatten"]]


def test_a_pretrained_dlnetwork_that_ends_in_maps_is_flattened_at_its_end(prompt):
    prompt("""
        net = imagePretrainedNetwork; ends = {net.Layers(end-1:end).Name}; x = zeros(227,227,3,2,'uint8');
        s = size(minibatchpredict(net,x)); p = size(minibatchpredict(net,x,Outputs="pool10"));
        other = imagePretrainedNetwork("resnet18",Weights="none"); last = other.OutputNames{1};
        long = imagePretrainedNetwork("inceptionresnetv2",Weights="none"); deep = long.OutputNames{1};
    """)
    assert prompt["ends"].tolist() == [["prob", "prob_flatten"]]
    assert (prompt["s"].tolist(), prompt["p"].tolist()) == ([[2, 1000]], [[1, 1, 1000, 2]])
    assert (prompt["last"], prompt["deep"]) == ("prob", "predictions_softmax")


def test_examples_may_be_dlarrays_of_images_features_and_sequences(prompt):
    prompt("""
        a = dlnetwork([convolution2dLayer(3,4); globalAveragePooling2dLayer],dlarray(rand(6,6,2),'SSCB'));
        b = dlnetwork([fullyConnectedLayer(5); reluLayer],dlarray(rand(7,4),'CB'));
        c = dlnetwork([lstmLayer(3); fullyConnectedLayer(2)],dlarray(rand(4,1,5),'CBT'));
        d = dlnetwork(averagePooling1dLayer(2),dlarray(rand(4,1,5),'CBT'));
        sa = size(predict(a,dlarray(rand(6,6,2,3),'SSCB'))); sb = size(predict(b,dlarray(rand(7,2),'CB')));
        sc = size(predict(c,dlarray(rand(4,2,3),'CBT'))); sd = size(predict(d,dlarray(rand(4,2,6),'CBT')));
    """)
    sizes = [prompt[name].ravel().tolist() for name in ("sa", "sb", "sc", "sd")]
    assert sizes == [[1, 1, 4, 3], [5, 2], [2, 2, 3], [4, 2, 5]]


def test_learn_rate_factors_stay_whatever_is_done_to_the_network(prompt):
    prompt("""
        net = dlnetwork([imageInputLayer([6 6 2],Normalization='none'); convolution2dLayer(3,4,Name='c');
            batchNormalizationLayer(Name='b'); fullyConnectedLayer(2,Name='f')]);
        net = setL2Factor(setLearnRateFactor(net,'c','Weights',0),'f/Bias',3);
        other = net; other.Learnables = other.Learnables; third = other; third.State = third.State;
        nets = {net, other, third, initialize(net), dlnetwork(layerGraph(net)), dlnetwork(net.Layers), ...
            removeLayers(addLayers(net,reluLayer(Name='z')),'z'), dlupdate(@(p) 2*p,net), resetState(net)};
        found = cellfun(@(n) [getLearnRateFactor(n,'c/Weights') getL2Factor(n,'f/Bias')],nets,UniformOutput=false);
        found = vertcat(found{:});
    """)
    assert prompt["found"].tolist() == [[0, 3]] * 9


@pytest.mark.parametrize(
    "text, message",
    [
        ("predict(dlnetwork(reluLayer,dlarray(rand(3,2),'CB')),dlarray(rand(4,2),'CB'))", "must have 3 features"),
        ("predict(dlnetwork(averagePooling1dLayer(2),dlarray(rand(4,1,5),'CBT')),dlarray(rand(4,1,3),'CBT'))",
         "must have 4 channels and at least 5 time steps"),
        ("forward(dlnetwork([imageInputLayer([6 6 2]); reluLayer]),dlarray(zeros(6,6,2,0),'SSCB'))", "no observations"),
        ("dlnetwork(reluLayer,Initialise=false)", "'Initialise' is not a recognized parameter"),
        ("dlnetwork(reluLayer,{1})", "Example inputs must be dlarrays"),
        ("setLearnRateFactor(dlnetwork([imageInputLayer([4 4]); fullyConnectedLayer(2)]),'fc',0)", "'layer/parameter'"),
        ("predict(squeezenet,[])", "Incorrect input size"),
    ],
)  # fmt: skip
def test_what_does_not_suit_is_told_in_words_of_its_kind(prompt, text, message):
    with pytest.raises(ScriptError) as caught:
        prompt(text)
    assert message in caught.value.message


def test_outputs_that_nothing_takes_are_outputs_of_the_network(prompt):
    prompt("""
        lg = layerGraph([imageInputLayer([2 2 1],Normalization="none",Name="in"); ...
                         functionLayer(@(X) deal(3*X,-X),NumOutputs=2,Name="s")]);
        lg = connectLayers(addLayers(lg,reluLayer(Name="r")),"s/out1","r");
        net = dlnetwork(lg); names = string(net.OutputNames);
        X = dlarray(single([1 2; 3 4]),"SSCB");
        [minus,thrice] = predict(net,X); minus = extractdata(minus); thrice = extractdata(thrice);
        again = extractdata(predict(net,X,Outputs="s/out2")); layers = numel(net.Layers);
        state = dlnetwork([sequenceInputLayer(3); lstmLayer(4,HasStateOutputs=true,Name="l")]);
        [steps,last,cell] = predict(state,dlarray(single(magic(3)),"CT")); few = string(state.OutputNames);
        same = isequal(extractdata(last),extractdata(steps(:,:,end)));
    """)
    assert list(prompt["names"].data.ravel()) == ["s/out2", "r"] and prompt["layers"] == 3
    assert np.asarray(prompt["minus"]).tolist() == [[-1, -2], [-3, -4]] == np.asarray(prompt["again"]).tolist()
    assert np.asarray(prompt["thrice"]).tolist() == [[3, 6], [9, 12]]
    assert list(prompt["few"].data.ravel()) == ["l/out", "l/hidden", "l/cell"] and prompt["same"]


def test_minibatchpredict_takes_dlarrays_of_images_and_features(prompt):
    prompt(SMALL + """
        X = rand(8,8,3,2,'single'); Y = minibatchpredict(net,X);
        a = isequal(Y,minibatchpredict(net,dlarray(X))); b = isequal(Y,minibatchpredict(net,dlarray(X,"SSCB")));
        c = isequal(Y,minibatchpredict(net,dlarray(permute(X,[4 3 1 2]),"BCSS")));
        kind = class(minibatchpredict(net,dlarray(X)));
        f = dlnetwork([featureInputLayer(4); fullyConnectedLayer(3)]); F = rand(5,4,'single');
        d = isequal(minibatchpredict(f,F),minibatchpredict(f,dlarray(F',"CB")),minibatchpredict(f,dlarray(F,"BC")));
    """)
    assert all(prompt[name] is True for name in "abcd") and prompt["kind"] == "single"


def test_outputs_are_chosen_and_kept(prompt, tmp_path):
    prompt(SMALL + f"""
        net.OutputNames = ["fc" "r"]; X = dlarray(rand(8,8,3,2),'SSCB');
        [a,b] = predict(net,X); sizes = [size(a) size(b)]; [c,d] = minibatchpredict(net,rand(8,8,3,2));
        save('{tmp_path}/net.mat','net'); S = load('{tmp_path}/net.mat'); kept = S.net.OutputNames;
        renamed = replaceLayer(net,"fc",fullyConnectedLayer(3,Name="new")).OutputNames;
        left = removeLayers(net,"fc").OutputNames; open = dlnetwork(layerGraph(net)).OutputNames;
        same = isequal(net,dlnetwork(net.Layers));
        late = initialize(dlnetwork(net.Layers,OutputNames="r",Initialize=false)); y = predict(late,X); n = size(y);
    """)
    assert prompt["sizes"].tolist() == [[2, 2, 6, 6, 4, 2]] and prompt["d"].shape == (6, 6, 4, 2)
    assert prompt["kept"].tolist() == [["fc", "r"]] and prompt["renamed"].tolist() == [["new", "r"]]
    assert prompt["left"].tolist() == [["r"]] and prompt["open"].tolist() == [["fc"]] and prompt["same"] is False
    assert prompt["n"].tolist() == [[6, 6, 4, 2]]
    for names in ("'zz'", "['r' \"r\"]", "{}"):
        with pytest.raises(ScriptError, match="does not exist|must be unique|must name an output"):
            prompt(f"net.OutputNames = {names};")
    with pytest.raises(ScriptError, match="does not exist"):
        prompt("dlnetwork(OutputNames='r');")


def test_of_a_pooling_with_indices_the_maxima_can_be_chosen(prompt):
    """The network knew no layer 'p/out'."""
    prompt("""
        net = dlnetwork([imageInputLayer([4 4 1],Normalization='none'); convolution2dLayer(1,2,Name='c'); ...
            maxPooling2dLayer(2,HasUnpoolingOutputs=true,Name='p')]);
        net.OutputNames = ["p/out" "c"]; [a,b] = predict(net,dlarray(rand(4,4,1,2),'SSCB')); n = [size(a) size(b)];
        plain = replaceLayer(net,'p',maxPooling2dLayer(2,Name='q')).OutputNames;
    """)
    assert prompt["n"].tolist() == [[3, 3, 2, 2, 4, 4, 2, 2]] and prompt["plain"].tolist() == [["q", "c"]]
    with pytest.raises(ScriptError, match="Indices and size of a pooling"):
        prompt('net.OutputNames = ["p/indices" "c"];')


def test_a_chosen_output_is_trained_with_the_last(prompt):
    prompt("""
        net = dlnetwork([featureInputLayer(3); fullyConnectedLayer(2,Name="a"); fullyConnectedLayer(1,Name="b")],...
            OutputNames=["b" "a"]);
        ds = combine(arrayDatastore(rand(8,3)),arrayDatastore(rand(8,1)),arrayDatastore(rand(8,2)));
        opts = trainingOptions("sgdm",MaxEpochs=1,Verbose=false);
        net = trainnet(ds,net,@(y,z,s,t) mse(y,s)+mse(z,t),opts); names = net.OutputNames;
    """)
    assert prompt["names"].tolist() == [["b", "a"]]


def test_a_network_that_is_not_initialised_tells_no_number_of_learnables(prompt):
    said = prompt("net = dlnetwork([imageInputLayer([8 8]); reluLayer],Initialize=false); summary(net)")
    assert "Initialized: false" in said and "'imageinput'   8×8×1 images" in said and "learnables" not in said

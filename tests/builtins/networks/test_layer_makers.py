"""Constructors of layers: defaults, every form of their arguments, and what they refuse."""

import pytest

from cnnscript.errors import ScriptError


def refusal(prompt, code):
    with pytest.raises(ScriptError) as caught:
        prompt(code)
    return caught.value


@pytest.mark.parametrize(
    ("padding", "size", "mode"),
    [
        ("0", [0, 0, 0, 0], "manual"),
        ("2", [2, 2, 2, 2], "manual"),
        ("[1 2]", [1, 1, 2, 2], "manual"),
        ("[1 2 3 4]", [1, 2, 3, 4], "manual"),
        ("[1 3; 2 4]", [1, 2, 3, 4], "manual"),
        ("'same'", "same", "same"),
        ("uint8(1)", [1, 1, 1, 1], "manual"),
    ],
)
def test_padding_in_all_its_forms(prompt, padding, size, mode):
    prompt(f"c = convolution2dLayer(5,2,'Padding',{padding}); s = c.PaddingSize; m = c.PaddingMode;")
    assert prompt["m"] == mode
    assert prompt["s"] == size if isinstance(size, str) else prompt["s"].tolist() == [size]


def test_defaults_are_matlabs(prompt):
    prompt("""
        p = maxPooling2dLayer(2); b = batchNormalizationLayer; c = convolution2dLayer(3,4); n = crossChannelNormalizationLayer(5);
        stride = p.Stride; epsilon = b.Epsilon; start = c.WeightsInitializer; zeros_ = c.BiasInitializer;
        factors = [c.WeightLearnRateFactor c.BiasLearnRateFactor c.WeightL2Factor c.BiasL2Factor];
        window = [n.Alpha n.Beta n.K]; drop = dropoutLayer; half = drop.Probability; name = drop.Name;
        in = imageInputLayer([28 28]); size_ = in.InputSize; kind = in.Normalization;
    """)  # noqa: E501
    assert prompt["stride"].tolist() == [[1, 1]]
    assert (prompt["epsilon"], prompt["start"], prompt["zeros_"]) == (1e-5, "glorot", "zeros")
    assert prompt["factors"].tolist() == [[1, 1, 1, 0]]
    assert prompt["window"].tolist() == [[1e-4, 0.75, 2]]
    assert (prompt["half"], prompt["name"], prompt["kind"]) == (0.5, "", "zerocenter")
    assert prompt["size_"].tolist() == [[28, 28, 1]]


def test_options_in_any_case_by_prefix_and_as_strings(prompt):
    prompt("""
        c = convolution2dLayer([3 5],8,"stride",[2 1],weightsinit="he",Name="first");
        s = c.Stride; w = c.WeightsInitializer; n = c.Name; k = class(n);
    """)
    assert prompt["s"].tolist() == [[2, 1]]
    assert (prompt["w"], prompt["n"], prompt["k"]) == ("he", "first", "char")


def test_weights_given_tell_the_number_of_channels(prompt):
    prompt("""
        c = convolution2dLayer(3,2,'Weights',ones(3,3,4,2),'Bias',ones(1,1,2)); channels = c.NumChannels;
        f = fullyConnectedLayer(2,'Weights',ones(2,7)); inputs = f.InputSize;
        g = groupedConvolution2dLayer(3,2,'channel-wise','Weights',ones(3,3,1,2,5)); groups = g.NumGroups;
        t = transposedConv2dLayer(3,2,'Weights',ones(3,3,2,6)); from = t.NumChannels;
        b = batchNormalizationLayer('TrainedMean',ones(1,1,3)); count = b.NumChannels;
    """)
    assert [prompt[name] for name in ("channels", "inputs", "groups", "from", "count")] == [4, 7, 5, 6, 3]


def test_numbers_given_are_kept_by_the_network_and_others_begin(prompt):
    prompt("""
        rng default
        W = reshape(single(1:3*3*2),[3 3 1 2]);
        layers = [imageInputLayer([6 6 1],Normalization='none'); convolution2dLayer(3,2,'Weights',W)
            convolution2dLayer(3,2,'WeightsInitializer',@(sz) 0.5*ones(sz),'BiasInitializer','ones')];
        net = dlnetwork(layers);
        same = isequal(net.Layers(2).Weights,W); bias = net.Layers(2).Bias; halves = net.Layers(3).Weights;
        b2 = net.Layers(3).Bias;
    """)
    assert prompt["same"] is True
    assert not prompt["bias"].any()
    assert prompt["halves"].shape == (3, 3, 2, 2)
    assert (prompt["halves"] == 0.5).all()
    assert (prompt["b2"] == 1).all()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("convolution2dLayer(0,3)", "The value of 'filterSize' is invalid. Expected input to be positive."),
        ("convolution2dLayer(2.5,3)", "The value of 'filterSize' is invalid. Expected input to be integer-valued."),
        ("convolution2dLayer(3,4,'Stride',-1)", "The value of 'Stride' is invalid. Expected input to be positive."),
        ("convolution2dLayer(3,4,'BiasL2Factor',-1)",
         "The value of 'BiasL2Factor' is invalid. Expected input to be nonnegative."),
        ("convolution2dLayer(3,2,'Weights',ones(3))",
         "The value of 'Weights' is invalid. Expected input to be of size 3x3xNaNx2, but it is of size 3x3."),
        ("dropoutLayer(1)", "The value of 'probability' is invalid. Expected input to be a scalar with value < 1."),
        ("additionLayer(1)", "The value of 'numInputs' is invalid. Expected input to be a scalar with value >= 2."),
        ("additionLayer(1e300)", "The value of 'numInputs' is invalid. Maximum variable size allowed by the program"),
        ("l = reluLayer; l.Name = sparse(1);", "Expected input to be one of these types:"),
        ("l = gruLayer(3); l.BiasInitializer = sparse(1);", "Expected input to be one of these values:"),
        ("fullyConnectedLayer('a')", "The value of 'outputSize' is invalid. Expected input to be one of these types:"),
        ("reluLayer(1)", "Too many input arguments."),
        ("convolution2dLayer(3)", "Not enough input arguments."),
        ("maxPooling2dLayer(2,'Padding',2)", "Padding must be smaller than the pool size."),
        ("imageInputLayer([28 28 1],'Mean',[1 2])", "'Mean' must be a scalar, a 1x1x1 array of a value per channel"),
        ("imageInputLayer([28 28 1],'Min',1)", "'Min' can be specified only if 'Normalization' is"),
        ("classificationLayer('ClassWeights',[1 2])", "To specify class weights, you must also specify the classes."),
        ("classificationLayer('Classes',{'a','b'},'ClassWeights',1)",
         "The number of class weights must match the number of classes."),
        ("resize2dLayer('Scale',2,'OutputSize',[3 3])", "Exactly one of 'Scale', 'OutputSize' or"),
        ("lstmLayer(5,'HasStateInputs',true,'CellState',ones(5,1))", "To set the 'CellState' property, the"),
        ("inputLayer([3 NaN],'CBT')", "The value of 'inputFormat' is invalid."),
    ],
)  # fmt: skip
def test_what_constructors_refuse(prompt, code, message):
    assert refusal(prompt, code).message.startswith(message)


def test_what_a_layer_refuses_when_it_is_changed(prompt):
    prompt("c = convolution2dLayer(5,16); d = dropoutLayer; r = reluLayer;")
    for code, message in [
        ("c.Stride = 2;", "Unable to set the 'Stride' property of class 'nnet.cnn.layer.Convolution2DLayer' because it "
         "is read-only."),
        ("c.Weights = ones(3);", "Expected input to be of size 5x5xNaNx16, but it is of size 3x3."),
        ("c.WeightLearnRateFactor = -1;", "Expected input to be nonnegative."),
        ("c.WeightsInitializer = 'none';", "Expected input to match one of these values:"),
        ("r.Probability = 1;", "Unrecognized property 'Probability' for class 'nnet.cnn.layer.ReLULayer'."),
        ("r.NumInputs = 2;", "Unable to set the 'NumInputs' property of class 'nnet.cnn.layer.ReLULayer' because it is "
         "read-only."),
    ]:  # fmt: skip
        assert refusal(prompt, code).message.startswith(message)
    prompt("c.Weights = ones(5,5,3,16); c.Bias = []; c.BiasInitializer = @rand; n = c.NumChannels; d.Name = 'drop';")
    assert prompt["n"] == 3
    assert refusal(prompt, "c.Weights = ones(5,5,4,16);").message == (
        "Expected input to be of size 5x5x3x16, but it is of size 5x5x4x16."
    )


def test_classes_of_an_output_layer_in_all_their_forms(prompt):
    prompt("""
        a = classificationLayer('Classes',categorical({'x','y'})); b = classificationLayer(Classes=["x" "y"]);
        c = classificationLayer; c.Classes = {'x','y'}; d = classificationLayer('Classes','auto');
        same = isequal(a.Classes,b.Classes,c.Classes); none = d.Classes; n = c.OutputSize;
        a.ClassWeights = [1 3]; w = a.ClassWeights;
    """)
    assert prompt["same"] is True
    assert (prompt["none"], prompt["n"]) == ("auto", 2)
    assert prompt["w"].tolist() == [[1], [3]]


def test_spatial_dropout_takes_its_probability_by_name(prompt):
    prompt("a = spatialDropoutLayer(Probability=0.1); p = [a.Probability spatialDropoutLayer(0.2).Probability];")
    assert prompt["p"].tolist() == [[0.1, 0.2]]
    with pytest.raises(ScriptError, match="Too many input arguments"):
        prompt("spatialDropoutLayer(0.2,Probability=0.1)")


def test_normalisation_by_given_statistics(prompt):
    prompt("""
        m = rand(4,5,3); layers = [imageInputLayer([4 5 3],'Mean',m,'Name','in'); regressionLayer];
        net = assembleNetwork(layers); X = rand(4,5,3); Y = predict(net,X); error1 = max(abs(Y - single(X-m)),[],'all');
        layers(1) = imageInputLayer([4 5 3],Normalization='zscore',Mean=cat(3,1,2,3),StandardDeviation=2);
        Y = predict(assembleNetwork(layers),X); error2 = max(abs(Y - single((X-cat(3,1,2,3))/2)),[],'all');
        layers(1) = imageInputLayer([4 5 3],Normalization='rescale-symmetric',Min=0,Max=4);
        Y = predict(assembleNetwork(layers),X); error3 = max(abs(Y - single(X/2-1)),[],'all');
    """)
    assert max(prompt["error1"], prompt["error2"], prompt["error3"]) < 1e-6


def test_a_function_layer_computes_what_its_function_does(prompt):
    prompt("""
        layers = [imageInputLayer([4 5 2],'Normalization','none'); functionLayer(@(X) max(X,[],3)); regressionLayer];
        net = assembleNetwork(layers); names = net.Layers(2).Name;
        X = rand(4,5,2,3); same = true;
        for k = 1:3, same = same && isequal(predict(net,X+k),single(max(single(X+k),[],3))); end
    """)
    assert (prompt["names"], prompt["same"]) == ("layer", True)
    message = refusal(prompt, "dlnetwork([imageInputLayer([4 5 2]); functionLayer(@(X) 'a')]);")
    assert "numeric array" in str(message.causes[0].message)


def test_unpooling_in_a_network(prompt):
    prompt("""
        lg = layerGraph([imageInputLayer([8 8 1],'Normalization','none')
            maxPooling2dLayer(2,'Stride',2,'HasUnpoolingOutputs',true,'Name','p')]);
        lg = addLayers(lg,[maxUnpooling2dLayer('Name','u'); regressionLayer]);
        lg = connectLayers(lg,'p/out','u/in'); lg = connectLayers(lg,'p/indices','u/indices');
        lg = connectLayers(lg,'p/size','u/size'); net = assembleNetwork(lg);
        X = magic(8); Y = predict(net,X); s = sum(Y(:)); there = all(Y(:) == 0 | Y(:) == X(:));
    """)
    assert (prompt["s"], prompt["there"]) == (840, True)


def test_states_of_recurrent_layers_as_ports(prompt):
    prompt("""
        l = lstmLayer(5,HasStateInputs=true,HasStateOutputs=true); in = l.InputNames; out = l.OutputNames;
        g = gruLayer(5,HasStateOutputs=true); two = g.OutputNames; one = g.InputNames; yes = l.HasStateInputs;
    """)
    assert prompt["in"].tolist() == [["in", "hidden", "cell"]] and prompt["out"].tolist() == [["out", "hidden", "cell"]]
    assert prompt["two"].tolist() == [["out", "hidden"]] and prompt["one"].tolist() == [["in"]]
    assert prompt["yes"] is True


def test_a_prelu_layer_begins_with_a_quarter_or_an_alpha_for_each_channel(prompt):
    prompt("""
        net = dlnetwork([imageInputLayer([2 2 3],Normalization='none'); preluLayer; preluLayer(Alpha=cat(3,1,2,3))]);
        one = net.Layers(2).Alpha; three = net.Layers(3).Alpha; n = size(net.Learnables,1);
    """)
    assert prompt["one"] == 0.25
    assert prompt["three"].ravel().tolist() == [1, 2, 3]
    assert prompt["n"] == 2


def test_the_scale_of_a_leaky_layer_behind_its_name_or_before(prompt):
    prompt("a = leakyReluLayer('Name','linear_25','Scale',0).Scale; b = leakyReluLayer(0.3).Scale; "
           "c = leakyReluLayer(Name='x').Scale;")  # fmt: skip
    assert (prompt["a"], prompt["b"], prompt["c"]) == (0.0, 0.3, 0.01)

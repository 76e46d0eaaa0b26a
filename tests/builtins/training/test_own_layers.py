"""Networks with layers of the script's own: learnables are learnt, and forwardLoss is what is made small."""

import pytest

CLASSES = {
    "OwnLoss": """classdef OwnLoss < nnet.layer.ClassificationLayer
    methods
        function layer = OwnLoss(name), layer.Name = name; end
        function loss = forwardLoss(layer, Y, T), loss = -sum(T.*log(Y),'all')/size(Y,4); end
    end
end
""",
    "OwnSquares": """classdef OwnSquares < nnet.layer.RegressionLayer
    methods
        function layer = OwnSquares(name), layer.Name = name; end
        function loss = forwardLoss(layer, Y, T), loss = sum((Y-T).^2,'all')/2/size(Y,4); end
        function dLdY = backwardLoss(layer, Y, T), dLdY = (Y-T)/size(Y,4); end
    end
end
""",
    "StepSquares": """classdef StepSquares < nnet.layer.RegressionLayer
    methods
        function layer = StepSquares(name), layer.Name = name; end
        function loss = forwardLoss(layer, Y, T)
            assert(size(Y,1) == 2 && size(Y,2) == 5);
            loss = sum((Y-T).^2,'all')/2/size(Y,2)/size(Y,3);
        end
        %BACKWARD
    end
end
""",
    "NoLoss": """classdef NoLoss < nnet.layer.RegressionLayer
end
""",
    "Scale": """classdef Scale < nnet.layer.Layer
    properties (Learnable)
        Alpha
    end
    methods
        function layer = Scale(), layer.Name = 'scale'; layer.Alpha = 1; end
        function Z = predict(layer, X), Z = layer.Alpha.*X; end
    end
end
""",
}


@pytest.fixture
def data(run):
    for name, text in CLASSES.items():
        with open(f"{name}.m", "w", encoding="utf-8") as file:
            file.write(text)
    run("rng(1), k = repmat((1:3)',20,1); X = rand(6,6,1,60); for i = 1:60, X(2*k(i)-1:2*k(i),:,1,i) = 2; end;"
        "Y = categorical(k); o = trainingOptions('sgdm',MaxEpochs=3,MiniBatchSize=20,Verbose=false);"
        "l = [imageInputLayer([6 6 1]); fullyConnectedLayer(3); softmaxLayer];")  # fmt: skip
    return run


@pytest.mark.parametrize(
    ("layers", "responses", "own", "theirs"),
    [("l", "Y", "OwnLoss('o')", "classificationLayer"),
     ("[l(1); fullyConnectedLayer(1)]", "k", "OwnSquares('o')", "regressionLayer")],
)  # fmt: skip
def test_an_output_layer_of_the_scripts_own_teaches_as_matlabs_does(data, layers, responses, own, theirs):
    data(f"rng(0), [a,i] = trainNetwork(X,{responses},[{layers}; {own}],o);"
         f"rng(0), [b,j] = trainNetwork(X,{responses},[{layers}; {theirs}],o);"
         "w = max(abs(a.Layers(2).Weights - b.Layers(2).Weights),[],'all');"
         "d = [w max(abs(i.TrainingLoss - j.TrainingLoss))];")  # fmt: skip
    assert data["d"].max() < 1e-6


def test_a_network_that_ends_in_an_own_classification_layer_knows_its_classes(data):
    data("o.MaxEpochs = 20; net = trainNetwork(X,Y,[l; OwnLoss('o')],o); right = mean(classify(net,X) == Y);")
    assert data["right"] == 1


def test_learnables_of_own_layers_are_learnt(data):
    data("rng(0), net = trainNetwork(X,Y,[l(1); Scale; l(2:3); classificationLayer],o); a = net.Layers(2).Alpha;")
    assert 0 < abs(data["a"] - 1) < 1


def test_a_learnable_of_an_own_layer_goes_down_the_slope_of_the_loss(data):
    data("o.MaxEpochs = 1; o.MiniBatchSize = 60; o.L2Regularization = 0; w = fullyConnectedLayer(3,Weights=randn(3,36),"
         "Bias=zeros(3,1)); o.InitialLearnRate = 0.01; e = 1e-2; [net,info] = trainNetwork(X,Y,[l(1); Scale; w; l(3);"
         "classificationLayer],o); step = net.Layers(2).Alpha - 1; L = [0 0]; o.InitialLearnRate = 1e-12;"
         "for i = 1:2, s = Scale; s.Alpha = 1 + (2*i-3)*e; [~,info] = trainNetwork(X,Y,[l(1); s; w; l(3);"
         "classificationLayer],o); L(i) = info.TrainingLoss; end; slope = (L(2)-L(1))/(2*e);")  # fmt: skip
    assert abs(data["slope"]) > 0.01
    assert data["step"] == pytest.approx(-0.01 * data["slope"], rel=1e-2)


def test_an_output_layer_without_a_loss_is_refused(data):
    fault = data.fault("trainNetwork(X,k,[l(1); fullyConnectedLayer(1); NoLoss],o);")
    assert fault.message == "The class 'NoLoss' has no function 'forwardLoss'."


@pytest.mark.parametrize("mode", ["sequence", "last"])
@pytest.mark.parametrize("backward", [False, True])
def test_an_output_layer_of_the_scripts_own_takes_sequences(data, mode, backward):
    if backward:
        own = CLASSES["StepSquares"].replace(
            "%BACKWARD", "function d = backwardLoss(layer, Y, T), d = (Y-T)/size(Y,2)/size(Y,3); end"
        )
        with open("StepSquares.m", "w", encoding="utf-8") as file:
            file.write(own)
    data(f"""
        X = squeeze(num2cell(rand(3,4,10),[1 2])); l = [sequenceInputLayer(3); lstmLayer(3,OutputMode='{mode}')];
        if '{mode}' == "last", T = rand(10,2); else, T = cellfun(@(x) x(1:2,:),X,UniformOutput=false); end
        l = [l; fullyConnectedLayer(2)]; o.MiniBatchSize = 5; rng(0), [~,i] = trainNetwork(X,T,[l; StepSquares('o')],o);
        rng(0), [~,j] = trainNetwork(X,T,[l; regressionLayer],o); d = max(abs(i.TrainingLoss - j.TrainingLoss));
    """)
    assert data["d"] < 1e-5

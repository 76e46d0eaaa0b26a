"""trainNetwork, trainnet and testnet on sequences: their forms, what they tell, and what is refused."""

import numpy as np
import pytest

DATA = """
rng(1), N = 24; X = cell(N,1); k = zeros(N,1);
for i = 1:N, k(i) = mod(i,3)+1; X{i} = 0.3*randn(3,randi([3 7])); X{i}(k(i),:) = X{i}(k(i),:)+1; end
Y = categorical(k,1:3,["a" "b" "c"]); S = cellfun(@(x) cumsum(x(1:2,:),2),X,UniformOutput=false);
L = cellfun(@(x) categorical(double(x(1,:)>0.5),[0 1],["no" "yes"]),X,UniformOutput=false);
ends = [fullyConnectedLayer(3); softmaxLayer; classificationLayer];
last = [sequenceInputLayer(3); lstmLayer(5,OutputMode="last"); ends];
steps = [sequenceInputLayer(3); lstmLayer(5); fullyConnectedLayer(2); regressionLayer];
o = trainingOptions('adam',MaxEpochs=2,MiniBatchSize=8,Verbose=false,InitialLearnRate=0.02,Acceleration="none");
"""  # not compiled: tracing takes longer than so few steps


@pytest.fixture
def data(run):
    run(DATA)
    return run


def test_a_network_learns_to_tell_sequences_of_several_lengths(data):
    lines = data("""
        o.MaxEpochs = 12; o.Verbose = true; o.Acceleration = "auto"; o.ValidationData = {X,Y};
        o.ValidationFrequency = 12; o.Shuffle = 'never';
        last(1) = sequenceInputLayer(3,Normalization='zscore'); [net,info] = trainNetwork(X,Y,last,o);
        right = mean(classify(net,X,MiniBatchSize=8) == Y); all = [X{:}]; m = net.Layers(1).Mean'; z = size(m);
        s = net.Layers(1).StandardDeviation(:)'; want = [mean(all,2)' std(all,1,2)']; c = class(net);
    """)
    assert lines[:2] == ["Training on single CPU.", "Initializing input data normalization."]
    assert lines[-1] == "Training finished: Max epochs completed."
    assert data["right"] == 1
    np.testing.assert_allclose(np.hstack([data["m"], data["s"]]), data["want"], rtol=1e-4)  # of steps, not of padding
    assert data["info"].fields["FinalValidationAccuracy"] == 100
    assert data["c"] == "SeriesNetwork"
    assert data["z"].tolist() == [[1, 3]]  # Mean is features×1


def test_the_loss_of_a_sequence_is_its_mean_over_steps_and_padding_does_not_count(data):
    data("""
        o.InitialLearnRate = 1e-12; o.MaxEpochs = 1; o.MiniBatchSize = 24; [net,info] = trainNetwork(X,S,steps,o);
        each = @(x,s) sum((predict(net,x)-s).^2,'all')/2/size(s,2); want = mean(cellfun(each,X,S));
        g = [steps(1:2); fullyConnectedLayer(2); softmaxLayer; classificationLayer]; [net,of] = trainNetwork(X,L,g,o);
        hit = cellfun(@(x,l) sum(classify(net,x) == l),X,L); share = 100*sum(hit)/numel([X{:}])*3;
    """)
    assert float(data["info"].fields["TrainingLoss"]) == pytest.approx(float(data["want"]), rel=1e-4)
    assert float(data["of"].fields["TrainingAccuracy"]) == pytest.approx(float(data["share"]), rel=1e-5)


@pytest.mark.parametrize(
    ("length", "iterations"), [("'longest'", 3), ("'shortest'", 3), ("3", None), ("100", 3)]
)  # fmt: skip
def test_a_number_as_sequence_length_makes_more_mini_batches(data, length, iterations):
    data(f"""
        o.MaxEpochs = 1; o.Shuffle = 'never'; o.SequenceLength = {length}; [~,info] = trainNetwork(X,S,steps,o);
        n = numel(info.TrainingLoss); len = cellfun(@(x) size(x,2),X); most = sum(ceil(max(reshape(len,8,3))/3));
    """)
    assert data["n"] == (iterations or data["most"])


def test_one_sequence_may_be_a_matrix(data):
    data("""
        [~,a] = trainNetwork(X{2},S{2},steps,o); [~,b] = trainNetwork(X(2),S(2),steps,o);
        g = [steps(1:2); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
        net = trainNetwork(X{2},L{2},g,o); n = numel(classify(net,X{2})); w = size(X{2},2); c = net.Layers(end).Classes;
    """)
    assert data["a"].fields["TrainingLoss"].shape == data["b"].fields["TrainingLoss"].shape == (1, 2)
    assert data["n"] == data["w"]
    assert data["c"].texts() == ["no", "yes"]


@pytest.mark.parametrize(
    "predictors",
    [
        "combine(arrayDatastore(X,OutputType='same'),arrayDatastore(Y))",
        "arrayDatastore([X num2cell(Y)],OutputType='same')",
        "transform(arrayDatastore(X,OutputType='same'),@(x) {x{1},categorical(size(x{1},2)>4,[false true],['a' 'b'])})",
        "table(X,Y)",
        "X',Y",
    ],
)
def test_sequences_come_in_datastores_tables_and_cells(data, predictors):
    if "transform" in predictors:
        predictors = predictors.replace("['a' 'b']", '["a" "b"]')
        data("last(3) = fullyConnectedLayer(2);")
    data(f"net = trainNetwork({predictors},last,o); s = size(predict(net,X));")
    assert data["s"][0, 0] == 24


def test_the_same_data_by_another_way_train_the_same_network(data):
    data("""
        rng(3), a = trainNetwork(X,Y,last,o); p = predict(a,X);
        rng(3), b = trainNetwork(combine(arrayDatastore(X,OutputType='same'),arrayDatastore(Y)),last,o);
        layers = layerGraph(last(1:4)); q = predict(b,X);
        t = cellfun(@transpose,X,UniformOutput=false);
        rng(3), c = trainnet(t,Y,layers,"crossentropy",o); r = minibatchpredict(c,t);
        f = o; f.InputDataFormats = "CTB"; rng(3), d = trainnet(X,Y,layers,"crossentropy",f);
        s = minibatchpredict(d,X,InputDataFormats="CTB"); e = max(abs([p-q; p-r; p-s]),[],'all');
        acc = testnet(c,t,Y,"accuracy"); want = 100*mean(scores2label(r,["a" "b" "c"]) == Y);
    """)
    assert data["e"] < 1e-5
    assert data["acc"] == pytest.approx(data["want"])


def test_trainnet_takes_arrays_of_equal_sequences_and_targets_for_each_step(data):
    lines = data("""
        A = randn(5,3,16); T = A(:,1:2,:); layers = [sequenceInputLayer(3); gruLayer(4); fullyConnectedLayer(2)];
        o.Verbose = true; o.ValidationData = {A,T}; [net,info] = trainnet(A,T,layers,"mse",o);
        v = info.ValidationHistory.Loss(end); P = minibatchpredict(net,A); want = mean((P-T).^2,'all');
        root = testnet(net,A,T,"rmse"); cells = squeeze(num2cell(A,[1 2])); tc = squeeze(num2cell(T,[1 2]));
        again = testnet(net,cells,tc,"rmse"); parts = testnet(net,cells,tc,"rmse",SequenceLength=2);
        own = trainnet(A,T,layers,@(Y,T) l1loss(Y,T),o); one = trainnet(A(:,:,1),T(:,:,1),layers,"huber",o);
    """)
    assert lines[0].split()[-2:] == ["TrainingLoss", "ValidationLoss"]
    assert float(data["want"]) == pytest.approx(min(data["v"], 1e9), rel=1e-3)
    assert data["root"] == pytest.approx(float(data["want"]) ** 0.5, rel=1e-4)
    assert data["again"] == pytest.approx(data["root"], rel=1e-5)
    assert data["parts"] == pytest.approx(data["root"], rel=1e-5)


def test_validation_between_pieces_of_sequences_changes_nothing_of_the_training(data):
    data("""
        A = randn(12,2,4); T = randn(4,2); net = [sequenceInputLayer(2); lstmLayer(3,OutputMode="last"); ...
            fullyConnectedLayer(2)]; o.SequenceLength = 5; o.MiniBatchSize = 4; o.Shuffle = "never";
        rng(2), [a,i] = trainnet(A,T,net,"mse",o); want = i.TrainingHistory.Loss; o.ValidationFrequency = 1;
        o.ValidationData = {A,T}; rng(2), [b,i] = trainnet(A,T,net,"mse",o); same = i.TrainingHistory.Loss;
        last = i.ValidationHistory.Loss(end); root = testnet(b,A,T,"rmse",SequenceLength=5);
        o.ValidationData = {A(:,:,1:3),T(1:3,:)}; rng(2), [~,i] = trainnet(A,T,net,"mse",o);
        fewer = i.TrainingHistory.Loss;
    """)
    assert data["want"].size == 6
    assert data["same"].tolist() == data["want"].tolist()
    assert data["fewer"].tolist() == data["want"].tolist()
    assert data["last"] == pytest.approx(data["root"] ** 2, rel=1e-5)


PREDICTORS = (
    "Invalid training data. Predictors must be a N-by-1 cell array of sequences, where N is the number of sequences. "
    "All sequences must have the same feature dimension and at least one time step."
)
LABELS = (
    "Invalid training data. Responses must be a vector of categorical responses, or a cell array of categorical "
    "response sequences."
)
NUMBERS = (
    "Invalid training data. Responses must be a matrix of numeric responses, or a N-by-1 cell array of sequences, "
    "where N is the number of sequences. The feature dimension of all sequences must be the same."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("X{2} = X{2}(1:2,:); trainNetwork(X,Y,last,o)",
         "The training sequences are of feature dimension 2 but the input layer expects sequences of feature "
         "dimension 3."),
        ("o.ValidationData = {{rand(4,2)},Y(1)}; trainNetwork(X,Y,last,o)",
         "The validation sequences are of feature dimension 4 but the input layer expects sequences of feature "
         "dimension 3."),
        ("X{2} = zeros(3,0); trainNetwork(X,Y,last,o)", PREDICTORS),
        ("X{2} = 'abc'; trainNetwork(X,Y,last,o)", PREDICTORS),
        ("trainNetwork({},Y,last,o)", PREDICTORS),
        ("trainNetwork(zeros(8,8,1,24),Y,last,o)", PREDICTORS),
        ("trainNetwork([X X],Y,last,o)", PREDICTORS),
        ("trainNetwork('X',Y,last,o)",
         "Invalid training data. Predictors must be a numeric array, a datastore, or a table. For networks with "
         "sequence input, predictors can also be a cell array of sequences."),
        ("trainNetwork(X,last,o)", "Not enough input arguments."),
        ("trainNetwork(X,Y(1:9),last,o)", "Number of observations in X and Y disagree."),
        ("trainNetwork(X,S(1:9),steps,o)", "Number of observations in X and Y disagree."),
        ("last(3) = fullyConnectedLayer(2); trainNetwork(X,L,last,o)", LABELS),
        ("trainNetwork(X,k,[steps(1:2); ends],o)",
         "Invalid training data. For image, sequence-to-label, and feature classification tasks, responses must be "
         "categorical."),
        ("last(2) = lstmLayer(5); trainNetwork(X,Y,last,o)", LABELS),
        ("trainNetwork(X,k,steps,o)", NUMBERS),
        ("steps(2) = lstmLayer(5,OutputMode='last'); trainNetwork(X,S,steps,o)", NUMBERS),
        ("S{3} = S{3}(:,1:2); trainNetwork(X,S,steps,o)",
         "Invalid training data. Sequence responses must have the same sequence length as the corresponding "
         "predictors."),
        ("S{3} = S{3}(1,:); trainNetwork(X,S,steps,o)",
         "Invalid training data. The output size (2) of the last layer does not match the response size (1)."),
        ("last(1) = sequenceInputLayer(3,MinLength=4); trainNetwork(X,Y,last,o)",
         "The training sequences must have at least 4 time steps."),
        ("steps = [sequenceInputLayer(3,MinLength=2); convolution1dLayer(2,4,Stride=2); steps(3:4)];"
         "trainNetwork(X,S,steps,o)",
         "Training to a response for each step needs a network that gives an output for each step."),
        ("o.InputDataFormats = 'SSCB'; trainnet(X,Y,last(1:4),'crossentropy',o)",
         "InputDataFormats 'SSCB' is not in cnnscript yet for this network."),
        ("net = trainNetwork(X,Y,last,o); classify(net,{rand(2,5)})",
         "The prediction sequences are of feature dimension 2 but the input layer expects sequences of feature "
         "dimension 3."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_one_error(data, text, message):
    assert data.fault(text).message == message


def test_a_cell_of_labels_has_the_categories_of_all_its_sequences(data):
    data("""
        L = cellfun(@(x) categorical(string(x(1,:)>0.5)),X,UniformOutput=false); o.MaxEpochs = 1;
        g = [steps(1:2); fullyConnectedLayer(2); softmaxLayer; classificationLayer]; net = trainNetwork(X,L,g,o);
        c = isequal(sort(string(net.Layers(end).Classes)),["false"; "true"]);
    """)
    assert data["c"]


def test_layers_along_time_train(data):
    data("""
        n = [sequenceInputLayer(3,MinLength=3); convolution1dLayer(3,4,Padding='causal'); batchNormalizationLayer; ...
            reluLayer; maxPooling1dLayer(2,Stride=2,Padding='same'); layerNormalizationLayer; dropoutLayer(0.2); ...
            globalAveragePooling1dLayer; ends];
        [net,info] = trainNetwork(X,Y,n,o); s = size(predict(net,X));
        W = cellfun(@(x) ceil(4*rand(1,size(x,2))),X,UniformOutput=false);
        w = [sequenceInputLayer(1); wordEmbeddingLayer(3,4); bilstmLayer(4,OutputMode='last'); ends];
        [~,of] = trainNetwork(W,Y,w,o); ok = all(isfinite([info.TrainingLoss of.TrainingLoss]));
    """)
    assert data["ok"]
    assert data["s"].tolist() == [[24, 3]]


@pytest.mark.parametrize("solver", ["lbfgs", "lm"])
def test_solvers_of_all_data_at_once_take_padded_sequences(data, solver):
    data(f"""
        t = cellfun(@transpose,X,UniformOutput=false); s = cellfun(@transpose,S,UniformOutput=false);
        n = [sequenceInputLayer(3); lstmLayer(2); fullyConnectedLayer(2)];
        f = trainingOptions("{solver}",MaxIterations=2,Verbose=false,Acceleration="none");
        [net,info] = trainnet(t,s,n,"mse",f); l = info.TrainingHistory.Loss(end); root = testnet(net,t,s,"rmse");
    """)
    assert float(data["l"]) == pytest.approx(float(data["root"]) ** 2, rel=1e-3)


VIDEOS = """
V = cell(12,1); for i = 1:12, V{i} = randn(6,6,1,2+mod(i,3))+mod(i,2); end, W = categorical(mod(1:12,2)');
n = [sequenceInputLayer([6 6 1],Name='in',Normalization='zscore'); sequenceFoldingLayer(Name='fold'); ...
    convolution2dLayer(3,2,Name='conv'); batchNormalizationLayer; reluLayer; sequenceUnfoldingLayer(Name='unfold'); ...
    flattenLayer(Name='flat'); lstmLayer(4,OutputMode='last'); fullyConnectedLayer(2); softmaxLayer; ...
    classificationLayer];
g = connectLayers(layerGraph(n),'fold/miniBatchSize','unfold/miniBatchSize');
"""


def test_videos_train_a_network_of_folded_convolutions_and_an_lstm(data):
    data(VIDEOS)
    data("""
        o.MaxEpochs = 8; o.MiniBatchSize = 6; o.Acceleration = "auto"; net = trainNetwork(V,W,g,o);
        right = mean(classify(net,V) == W); all = cat(4,V{:}); m = [net.Layers(1).Mean net.Layers(1).StandardDeviation];
        want = [mean(all,'all') std(all,1,'all')]; a = activations(net,V{1},'conv'); f = activations(net,V{1},'flat');
        sa = size(a); same = max(abs(f(:,2)-reshape(max(0,activations(net,V{1}(:,:,:,2),'relu')),[],1))) < 1e-6;
        kept = predictAndUpdateState(net,V{1}); c = class(kept);
    """)
    assert data["right"] == 1
    np.testing.assert_allclose(data["m"], data["want"], rtol=1e-4)
    assert data["sa"].tolist() == [[4, 4, 2, 3]]
    assert data["same"]
    assert data["c"] == "DAGNetwork"


def test_a_dlnetwork_takes_videos_without_folding(data):
    data(VIDEOS)
    data("""
        n = [sequenceInputLayer([6 6 1]); convolution2dLayer(3,2); reluLayer; flattenLayer; gruLayer(3); ...
            fullyConnectedLayer(1)];
        T = cellfun(@(x) reshape(mean(x,[1 2 3]),[],1),V,UniformOutput=false); net = trainnet(V,T,n,"mse",o);
        P = minibatchpredict(net,V,UniformOutput=false,MiniBatchSize=1); s = size(P{2});
        long = minibatchpredict(net,V); t = size(long);
    """)
    assert data["s"].tolist() == [[4, 1]]
    assert data["t"].tolist() == [[4, 1, 12]]
    assert data.fault("V{3} = zeros(5,6,1,2); trainNetwork(V,W,g,o)").message == (
        "The training sequences are of feature dimension [5 6 1] but the input layer expects sequences of feature "
        "dimension [6 6 1]."
    )
    assert data.fault("n(4) = []; trainnet(V,T,n,'mse',o)").message == "Invalid network."


def test_sequences_and_features_go_into_one_network(data):
    data("""
        g = layerGraph([sequenceInputLayer(3); lstmLayer(4,OutputMode="last"); concatenationLayer(3,2,Name="c"); ends]);
        g = connectLayers(addLayers(g,[featureInputLayer(2,Name="f"); fullyConnectedLayer(4,Name="g")]),"g","c/in2");
        F = randn(N,2); ds = combine(arrayDatastore(X,OutputType='same'),arrayDatastore(F),arrayDatastore(Y));
        net = trainNetwork(ds,g,o); p = predict(net,X,F); q = predict(net,[X num2cell(F,2)]); s = size(p);
        r = predict(net,combine(arrayDatastore(X,OutputType='same'),arrayDatastore(F)));
        e = max(abs([p-q; p-r]),[],'all');
    """)
    assert data["s"].tolist() == [[24, 3]]
    assert data["e"] < 1e-6

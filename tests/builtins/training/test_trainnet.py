"""trainnet and testnet: the table, the record, losses by name and by function, and what is refused."""

import re

import numpy as np
import pytest

from cnnscript.builtins.training.trainnet import fields_of
from cnnscript.engine.training.loop import Moment
from cnnscript.engine.training.trainees import Measured

DATA = """
rng(1), k = repmat((1:3)',20,1); X = rand(6,6,1,60); for i = 1:60, X(2*k(i)-1:2*k(i),:,1,i) = 2; end
T = categorical(k,1:3,["a" "b" "c"]);
layers = [imageInputLayer([6 6 1]); convolution2dLayer(3,4,Padding="same"); reluLayer; ...
    fullyConnectedLayer(3); softmaxLayer];
o = trainingOptions('adam',MaxEpochs=3,MiniBatchSize=20,InitialLearnRate=0.01,Verbose=false);
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def test_the_table_is_matlabs_to_the_character(data):
    data.out.seek(0)
    lines = data("o.Verbose = true; o.VerboseFrequency = 4; net = trainnet(X,T,layers,'crossentropy',o);")
    text = [line for line in data.out.getvalue().splitlines() if line]
    assert text[0] == "    Iteration    Epoch    TimeElapsed    LearnRate    TrainingLoss"
    assert text[1] == "    _________    _____    ___________    _________    ____________"
    assert all(re.fullmatch(r" {12}\d {8}\d {7}00:00:0\d {9}0\.01 [ \d.]{15}", line) for line in text[2:6])
    assert [line.split()[:2] for line in text[2:6]] == [["1", "1"], ["4", "2"], ["8", "3"], ["9", "3"]]
    assert lines[-1] == "Training stopped: Max epochs completed"


def test_validation_begins_before_the_first_iteration_and_metrics_have_columns(data):
    lines = data("o.Verbose = true; o.Metrics = 'accuracy'; o.ValidationData = {X,T}; o.ValidationFrequency = 5;"
                 "[net,info] = trainnet(X,T,dlnetwork(layers),'crossentropy',o);")  # fmt: skip
    assert lines[0].split()[4:] == ["TrainingLoss", "ValidationLoss", "TrainingAccuracy", "ValidationAccuracy"]
    assert [line.split()[0] for line in lines[2:-1]] == ["0", "1", "5", "9"]
    assert [len(line.split()) for line in lines[2:-1]] == [6, 6, 8, 8]
    data("h = info.TrainingHistory; v = info.ValidationHistory; i = info.OutputNetworkIteration;"
         "n = {h.Properties.VariableNames v.Properties.VariableNames}; l = v.Loss; c = class(net);")  # fmt: skip
    names = [row.ravel().tolist() for row in data["n"].ravel()]
    assert names == [["Iteration", "Epoch", "LearnRate", "Loss", "Accuracy"], ["Iteration", "Loss", "Accuracy"]]
    assert data["i"] == [0, 5, 9][int(np.argmin(data["l"]))]
    assert data["c"] == "dlnetwork"


def test_the_network_that_was_given_does_not_change(data):
    data("n = dlnetwork(layers); w = n.Learnables.Value{1}; m = trainnet(X,T,n,'crossentropy',o);"
         "same = isequal(w,n.Learnables.Value{1}); moved = ~isequal(w,m.Learnables.Value{1});")  # fmt: skip
    assert data["same"]
    assert data["moved"]


@pytest.mark.parametrize("loss", ["@(Y,T) crossentropy(Y,T)", "'index-crossentropy'"])
def test_the_same_loss_by_another_way_gives_the_same_network(data, loss):
    data(f"rng(2), a = trainnet(X,T,layers,'crossentropy',o); rng(2), b = trainnet(X,T,layers,{loss},o);"
         "d = max(abs(extractdata(a.Learnables.Value{1} - b.Learnables.Value{1})),[],'all');")  # fmt: skip
    assert data["d"] < 1e-6


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        ("mse", lambda y, t: ((y - t) ** 2).mean()),
        ("l1loss", lambda y, t: np.abs(y - t).mean()),
        ("huber", lambda y, t: np.where(np.abs(y - t) <= 1, (y - t) ** 2 / 2, np.abs(y - t) - 0.5).mean()),
    ],
)
def test_losses_of_numbers_are_means_over_all_of_them(data, loss, expected):
    data("F = randn(16,3); R = 2*randn(16,2); n = dlnetwork([featureInputLayer(3); fullyConnectedLayer(2)]);"
         "y = minibatchpredict(n,F); o.MaxEpochs = 1; o.Shuffle = 'never'; o.MiniBatchSize = 16;"
         f"[m,info] = trainnet(F,R,n,'{loss}',o);"
         "l = info.TrainingHistory.Loss; e = testnet(n,F,R,'rmse');")  # fmt: skip
    assert data["l"] == pytest.approx(expected(data["y"].astype(float), data["R"]), rel=1e-5)
    assert data["e"] == pytest.approx(np.sqrt(((data["y"] - data["R"]) ** 2).mean()), rel=1e-5)


def test_one_hot_targets_are_as_good_as_categories(data):
    data("rng(2), a = trainnet(X,T,layers,'crossentropy',o); rng(2), b = trainnet(X,double(k==1:3),layers,"
         "'crossentropy',o); d = max(abs(extractdata(a.Learnables.Value{1} - b.Learnables.Value{1})),[],'all');"
         "s = [testnet(a,X,T,'accuracy') testnet(b,X,double(k==1:3),'accuracy')];")  # fmt: skip
    assert data["d"] < 1e-6
    assert data["s"][0, 0] == data["s"][0, 1] == 100


def test_batch_normalization_follows_the_batches(data):
    data("n = [imageInputLayer([6 6 1],Normalization='none'); batchNormalizationLayer; fullyConnectedLayer(3);"
         "softmaxLayer]; m = trainnet(X,T,n,'crossentropy',o); v = extractdata(m.State.Value{1});")  # fmt: skip
    assert data["v"] == pytest.approx((1 - 0.9**9) * data["X"].mean(), rel=0.05)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trainnet(X,T,[layers; classificationLayer],'crossentropy',o)", "Invalid network."),
        ("trainnet(X,T,layers,o)", "Not enough input arguments."),
        ("trainnet(X,categorical(mod(k,2)),layers,'crossentropy',o)",
         "Number of channels in predictions (3) must match the number of channels in the targets (2)."),
        ("trainnet(X,rand(numel(k),2),layers,'mse',o)",
         "Number of channels in predictions (3) must match the number of channels in the targets (2)."),
        ("trainnet(rand(4,2),[1;2;1],[featureInputLayer(2); fullyConnectedLayer(1)],'mse',o)",
         "Number of observations in predictors (4) and targets (3) must match. Check that the data and network are "
         "consistent."),
        ("trainnet({rand(5,2);rand(4,2)},categorical([1;2;1]),"
         "[sequenceInputLayer(2); lstmLayer(2,OutputMode='last'); fullyConnectedLayer(2); softmaxLayer],"
         "'crossentropy',o)",
         "Number of observations in predictors (2) and targets (3) must match. Check that the data and network are "
         "consistent."),
        ("trainnet({rand(5,2);rand(4,2)},{rand(5,3);rand(4,3)},"
         "[sequenceInputLayer(2); fullyConnectedLayer(2)],'mse',o)",
         "Number of channels in predictions (2) must match the number of channels in the targets (3)."),
        ("trainnet(X,T,layers,@(y,t) 3,o)",
         "The loss function must return a dlarray scalar that depends on the output of the network."),
        ("trainnet(X,T,layers,'crossentropy',struct)",
         "Invalid training options. Training options must be created with the trainingOptions function."),
        ("trainnet(X,T,layers,5,o)", "lossFcn must be the name of a loss or a function handle."),
        ("o.InputDataFormats = 'SSBC'; trainnet(combine(arrayDatastore(X,IterationDimension=4),arrayDatastore(T)),"
         "layers,'crossentropy',o)", "InputDataFormats 'SSBC' is not in cnnscript yet for this network."),
        ("o.InputDataFormats = 'BC'; trainnet(X,T,layers,'crossentropy',o)",
         "InputDataFormats 'BC' is not in cnnscript yet for this network."),
        ("o.InputDataFormats = 'SSCB'; trainnet(rand(4,2),[1;2;1;2],[featureInputLayer(2); fullyConnectedLayer(1)],"
         "'mse',o)", "InputDataFormats 'SSCB' is not in cnnscript yet for this network."),
        ("o.InputDataFormats = [\"SSCB\" \"SSCB\"]; trainnet(X,T,layers,'crossentropy',o)",
         "InputDataFormats must be 'auto' or have one format for each input."),
        ("o.TargetDataFormats = 'BC'; trainnet(X,X,layers(1:2),'mse',o)",
         "The format 'BC' of TargetDataFormats has fewer letters than the data have dimensions."),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_is_refused(data, text, message):
    assert data.fault(text).message == message


def test_formats_in_which_data_are_taken_anyway_may_be_named(data):
    data("o.InputDataFormats = 'SSCB'; o.TargetDataFormats = 'BC'; o.MaxEpochs = 1; rng(2);"
         "a = trainnet(X,double(k==1:3),layers,'crossentropy',o);"
         "o.InputDataFormats = 'Auto'; o.TargetDataFormats = 'AUTO'; rng(2);"
         "b = trainnet(X,double(k==1:3),layers,'crossentropy',o);"
         "d = max(abs(extractdata(a.Learnables.Value{1} - b.Learnables.Value{1})),[],'all');")  # fmt: skip
    assert data["d"] == 0


def test_functions_are_told_durations_and_metrics():
    moment = Moment(1, 7, 90.0, 0.01, Measured(0.5, (75.0,)), Measured(0.25, (50.0,)))
    told = fields_of(["Accuracy"])(moment)
    assert list(told) == [
        "Epoch", "Iteration", "TimeElapsed", "LearnRate", "TrainingLoss", "ValidationLoss", "TrainingAccuracy",
        "ValidationAccuracy",
    ]  # fmt: skip
    assert told["TimeElapsed"].texts() == ["00:01:30"]
    assert [told[name] for name in list(told)[3:]] == [0.01, 0.5, 0.25, 75.0, 50.0]


def test_the_record_is_shown_again_and_closed(data):
    data("o.Metrics = 'accuracy'; [n,info] = trainnet(X,T,layers,'crossentropy',o); show(info);"
         "f = findall(groot,'Tag','NNET_CNN_TRAININGPLOT_UIFIGURE'); l = findall(f,'Type','animatedline');"
         "[x,y] = getpoints(l(2)); h = info.TrainingHistory; "
         "close(info); left = numel(findall(groot,'Type','figure'));")  # fmt: skip
    history = data["h"]
    assert data["y"].ravel().tolist() == history.get("Loss").ravel().tolist()
    assert data["x"].ravel().tolist() == history.get("Iteration").ravel().tolist() and data["left"] == 0
    assert data.fault("show(5)").message == "Incorrect number or types of inputs or outputs for function show."


def test_the_record_of_no_iteration_is_shown(data):
    data("o.OutputFcn = @(i) true; [n,info] = trainnet(X,T,layers,'crossentropy',o); h = height(info.TrainingHistory);")
    assert data["h"] == 0
    data("show(info);")
    assert data.seen()[0].endswith("text 'Training finished: / Iteration:', text 'Stopped by OutputFcn / 0'")


def test_a_metric_is_drawn_alike_during_training_and_from_its_record(data):
    look = ("f = findall(groot,'Tag','NNET_CNN_TRAININGPLOT_UIFIGURE'); a = findall(f,'Type','axes'); t = '';"
            "for k = 1:numel(a), t = [t a(k).YLabel.String ' ' mat2str(a(k).YLim) newline]; end")  # fmt: skip
    data("o.Plots = 'training-progress'; o.Metrics = {accuracyMetric(Name='Acc'),fScoreMetric(Name='Accuracy')};"
         f"[n,info] = trainnet(X,T,layers,'crossentropy',o); {look}, l = t; close(info);"
         f"show(info); {look}")  # fmt: skip
    assert data["t"] == data["l"]
    assert "Acc (%) [0 100]\n" in data["t"] and "Accuracy (%)" not in data["t"]


def test_the_plot_of_a_training_is_closed_by_its_record(data):
    data("o.Plots = 'training-progress'; [n,info] = trainnet(X,T,layers,'crossentropy',o); f = figure;"
         "before = numel(findall(groot,'Type','figure')); close(info); left = findall(groot,'Type','figure');"
         "same = isequal(left,f); o.Plots = 'none'; [n,info] = trainnet(X,T,layers,'crossentropy',o);"
         "close(info)")  # fmt: skip
    assert data["before"] == 2 and data["same"]


def test_checkpoints_are_dlnetworks_that_training_continues_from(data):
    data("mkdir cp; o.CheckpointPath = 'cp'; o.Plots = 'training-progress'; n = trainnet(X,T,layers,'crossentropy',o);"
         "f = dir('cp/*.mat'); s = load(fullfile('cp',f(end).name)); c = class(s.net); count = numel(f);"
         "o.CheckpointPath = ''; o.Plots = 'none'; m = trainnet(X,T,s.net,'crossentropy',o);")  # fmt: skip
    assert data["c"] == "dlnetwork"
    assert data["count"] == 3
    (line,) = data.seen()
    assert "ylabel 'Loss'" in line
    assert "Accuracy" not in line


def test_classes_are_those_of_the_network_that_has_them(run):
    run("""rng(1); F = [randn(12,2)+6; randn(12,2)-6]; c = [repmat("a",12,1); repmat("b",12,1)];
        T = categorical(c); l = [featureInputLayer(2); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
        o = trainingOptions('adam',MaxEpochs=60,InitialLearnRate=0.1,Verbose=false); n = trainNetwork(F,T,l,o);
        p = [testnet(n,F,T,"accuracy"), testnet(n,F,categorical(c,["b" "a"]),"accuracy"), ...
            testnet(n,F(1:12,:),categorical(c(1:12)),"accuracy"), ...
            testnet(n,combine(arrayDatastore(F),arrayDatastore(categorical(c,["b" "a"]))),"accuracy")];""")
    assert run["p"].ravel().tolist() == [100, 100, 100, 100]
    assert run.fault('testnet(n,F,categorical(replace(c,"a","q")),"accuracy")').message == (
        "Invalid test data. The responses must be classes of the network."
    )

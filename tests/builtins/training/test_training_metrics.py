"""Metrics as scripts give them: how they are shown, what trainnet and testnet make of them, what is refused."""

import numpy as np
import pytest

DATA = """
rng(1), k = repmat((1:3)',20,1); X = rand(6,6,1,60); for i = 1:60, X(2*k(i)-1:2*k(i),:,1,i) = 2; end
T = categorical(k,1:3,["a" "b" "c"]);
layers = [imageInputLayer([6 6 1]); fullyConnectedLayer(3); softmaxLayer];
o = trainingOptions('adam',MaxEpochs=2,MiniBatchSize=30,InitialLearnRate=0.01,Verbose=false,Shuffle='never');
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def test_metrics_show_their_properties_and_only_the_name_changes(run):
    lines = run("m = rmseMetric(Name='Error'); m.Name = 'E'; m")
    assert lines == ["m =", "RMSEMetric with properties:", 'Name: "E"', 'NormalizationFactor: "all-elements"',
                     "NetworkOutput: []", "Maximize: 0"]  # fmt: skip
    assert run("class(fScoreMetric)") == ["ans =", "'deep.metric.FScoreMetric'"]
    assert "read-only" in run.fault("m.Maximize = 1;").message


def test_each_metric_has_its_column_in_the_table_and_in_the_record(data):
    lines = data("o.Verbose = true; o.ValidationData = {X,T}; o.ValidationFrequency = 2;"
                 "o.Metrics = {'accuracy',fScoreMetric(Name='F1'),@l1loss};"
                 "[net,info] = trainnet(X,T,layers,'crossentropy',o); h = info.TrainingHistory;"
                 "n = {h.Properties.VariableNames info.ValidationHistory.Properties.VariableNames};"
                 "f = info.ValidationHistory.F1(end); a = info.ValidationHistory.l1loss(end);"
                 "p = minibatchpredict(net,X); hot = double(k==1:3);")  # fmt: skip
    assert lines[0].split() == [
        "Iteration", "Epoch", "TimeElapsed", "LearnRate", "TrainingLoss", "ValidationLoss", "TrainingAccuracy",
        "ValidationAccuracy", "TrainingF1", "ValidationF1", "Trainingl1loss", "Validationl1loss",
    ]  # fmt: skip
    assert [len(line.split()) for line in lines[2:-1]] == [8, 8, 12, 12]
    assert [row.ravel().tolist() for row in data["n"].ravel()] == [
        ["Iteration", "Epoch", "LearnRate", "Loss", "Accuracy", "F1", "l1loss"],
        ["Iteration", "Loss", "Accuracy", "F1", "l1loss"],
    ]
    told, there = data["p"].argmax(1), data["k"].ravel().astype(int) - 1
    f = [2 * sum((told == c) & (there == c)) / (sum(told == c) + sum(there == c)) for c in range(3)]
    assert data["f"] == pytest.approx(np.mean(f))
    errors = np.abs(data["p"] - data["hot"]).sum(1)
    assert data["a"] == pytest.approx((errors[:30].mean() + errors[30:].mean()) / 2, rel=1e-5)  # mean over the batches


def test_testnet_gives_a_number_for_each_metric(data):
    data("n = dlnetwork([featureInputLayer(2,Normalization='none'); softmaxLayer]); F = [3 1; 2 1; 0 1; 5 4];"
         "m = testnet(n,F,categorical([1;1;2;2]),[\"accuracy\" \"precision\" \"recall\" \"auc\"]);"
         "c = testnet(n,F,[1 0; 1 0; 0 1; 0 1],{'crossentropy','mse',@(Y,T) max(Y,[],'all')});")  # fmt: skip
    y = np.array([[3, 1], [2, 1], [0, 1], [5, 4]], float)
    y = np.exp(y) / np.exp(y).sum(1, keepdims=True)
    t = np.array([[1, 0], [1, 0], [0, 1], [0, 1]])
    # told 1 1 2 1: the last is wrong; of the pairs one is a tie
    assert data["m"].ravel() == pytest.approx([75, (2 / 3 + 1) / 2, (1 + 1 / 2) / 2, 3.5 / 4])
    assert data["c"].ravel() == pytest.approx([-(t * np.log(y)).sum() / 4, ((y - t) ** 2).mean(), y.max()], rel=1e-5)


@pytest.mark.parametrize(("name", "pick"), [("recall", np.argmax), ("rmse", np.argmin)])
def test_the_objective_says_which_network_is_best(data, name, pick):
    data(f"o.Metrics = [\"accuracy\" \"{name}\"]; o.ObjectiveMetricName = \"{name}\"; o.ValidationData = {{X,T}};"
         "o.ValidationFrequency = 1; o.InitialLearnRate = 1; o.MaxEpochs = 4; o.OutputNetwork = 'best-validation';"
         "[net,info] = trainnet(X,T,layers,'crossentropy',o); v = info.ValidationHistory; i = v.Iteration;"
         f"m = v.{'Recall' if name == 'recall' else 'RMSE'}; b = info.OutputNetworkIteration;"
         f"e = testnet(net,X,T,\"{name}\");")  # fmt: skip
    best = pick(data["m"].ravel())
    assert data["b"] == data["i"].ravel()[best]
    assert data["e"] == pytest.approx(data["m"].ravel()[best], rel=1e-5)


OWN = """classdef farthest < deep.Metric
  properties
    Name = "Farthest"
  end
  properties (Access = private)
    Worst
  end
  methods
    function m = farthest(args)
      arguments
        args.Maximize = 0
        args.NetworkOutput = []
      end
      m.Maximize = args.Maximize; m.NetworkOutput = args.NetworkOutput;
    end
    function m = reset(m), m.Worst = 0; end
    function m = update(m,Y,T), m.Worst = max(m.Worst,max(abs(extractdata(Y - T)),[],'all')); end
    function m = aggregate(m,n), m.Worst = max(m.Worst,n.Worst); end
    function v = evaluate(m), v = m.Worst; end
  end
end
"""


def test_a_class_of_metrics_of_the_script_sees_all_batches(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "farthest.m").write_text(OWN)
    data("o.Metrics = farthest; o.ObjectiveMetricName = 'Farthest'; o.ValidationData = {X,T};"
         "o.ValidationFrequency = 1; [net,info] = trainnet(X,T,layers,'crossentropy',o);"
         "v = info.ValidationHistory.Farthest(end); p = minibatchpredict(net,X); hot = double(k==1:3);"
         "c = testnet(net,X,T,{farthest,'accuracy'});")  # fmt: skip
    expected = np.abs(data["p"] - data["hot"]).max()
    assert data["v"] == pytest.approx(expected, rel=1e-5)
    assert data["c"][0, 0] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trainingOptions('sgdm',Metrics={3})", "The value of 'Metrics' is invalid. Expected input to be a name, a "
         "metric object, a function handle, or a string or cell array of them."),
        ("aucMetric(Name=3)", "The value of 'Name' is invalid. Expected input to be a string scalar or "
         "character vector."),
        ("accuracyMetric(NumTopKClasses=2,ClassificationMode='multilabel')",
         "NumTopKClasses must be 1 when ClassificationMode is 'multilabel'."),
        ("o.Metrics = {'rmse',rmseMetric}; trainnet(X,T,layers,'crossentropy',o)", "Metrics must have unique names."),
        ("o.Metrics = 'rmse'; o.ObjectiveMetricName = 'accuracy'; trainnet(X,T,layers,'crossentropy',o)",
         "ObjectiveMetricName must be 'loss' or the name of one of the Metrics."),
        ("o.Metrics = @l1loss; o.ObjectiveMetricName = 'l1loss'; trainnet(X,T,layers,'crossentropy',o)",
         "The objective metric must be the loss, a built-in metric, or an object with the property Maximize."),
        ("o.Metrics = aucMetric(NetworkOutput='other'); trainnet(X,T,layers,'crossentropy',o)",
         "The network has no output 'other'."),
        ("o.Metrics = @(Y,T) Y; trainnet(X,T,layers,'crossentropy',o)", "A metric must give a numeric scalar."),
    ],
)  # fmt: skip
def test_metrics_that_do_not_suit_are_refused(data, text, message):
    assert data.fault(text).message == message


def test_metrics_are_kept_in_files(run):
    lines = run("m = {fScoreMetric(Beta=2,Name='F2'),@l1loss}; o = trainingOptions('sgdm',Metrics=m); save kept o m\n"
                "clear; load kept; disp(m{1}.Beta), disp(o.Metrics{1}.Name), disp(func2str(o.Metrics{2}))")  # fmt: skip
    assert lines == ["2", "F2", "l1loss"]

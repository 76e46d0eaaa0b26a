"""Options that are accepted act: each changes what training does in the way that it says, measured."""

import numpy as np
import pytest

DATA = """
rng(1); F = 3 + 2*randn(24,2); R = F*[1;-1]; line = [featureInputLayer(2,Normalization='none'); fullyConnectedLayer(1)];
net = dlnetwork(line);
o = trainingOptions('sgdm',MaxEpochs=4,MiniBatchSize=6,InitialLearnRate=0.001,Verbose=false,Shuffle='never');
w = @(n) double(extractdata(n.Learnables.Value{1}));
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


@pytest.mark.parametrize(("often", "unit", "expected"), [(1, "epoch", [4, 8, 12, 16]), (3, "epoch", [12]),
                                                         (5, "iteration", [5, 10, 15])])  # fmt: skip
def test_checkpoints_come_as_often_as_they_shall(data, often, unit, expected):
    data(f"mkdir cp; o.CheckpointPath = 'cp'; o.CheckpointFrequency = {often}; o.CheckpointFrequencyUnit = '{unit}';"
         "trainnet(F,R,net,'mse',o); d = dir('cp/*.mat'); n = {d.name};")  # fmt: skip
    assert sorted(int(name.split("__")[1]) for name in data["n"].ravel()) == expected


def test_rows_of_the_table_come_as_often_as_they_shall(data):
    lines = data("o.Verbose = true; o.VerboseFrequency = 6; trainnet(F,R,net,'mse',o);")
    assert [line.split()[0] for line in lines[2:-1]] == ["1", "6", "12", "16"]


def test_data_are_shuffled_as_they_shall(data):
    data("a = trainnet(F,R,net,'mse',o); o.Shuffle = 'once'; rng(7); b = trainnet(F,R,net,'mse',o); rng(7);"
         "k = randperm(24); o.Shuffle = 'never'; c = trainnet(F(k,:),R(k,:),net,'mse',o);"
         "o.Shuffle = 'every-epoch'; rng(7); d = trainnet(F,R,net,'mse',o);"
         "x = w(a); y = w(b); z = w(c); u = w(d);")  # fmt: skip
    assert not np.array_equal(data["x"], data["y"])
    assert np.allclose(data["y"], data["z"], atol=1e-7)  # once: the order of one randperm, for all epochs
    assert not np.array_equal(data["y"], data["u"])


def test_input_layers_forget_their_statistics_where_they_shall(data):
    data("l = [featureInputLayer(2,Normalization='zscore',Mean=[9 9],StandardDeviation=[1 1]); fullyConnectedLayer(1)];"
         "a = trainnet(F,R,l,'mse',o); o.ResetInputNormalization = false; b = trainnet(F,R,l,'mse',o);"
         "m = a.Layers(1).Mean; k = b.Layers(1).Mean;")  # fmt: skip
    assert data["m"].ravel() == pytest.approx(data["F"].mean(0), rel=1e-5)
    assert data["k"].ravel() == pytest.approx([9, 9])


def test_batch_normalization_ends_with_the_statistics_that_it_shall(data):
    data("l = [featureInputLayer(2,Normalization='none'); batchNormalizationLayer; fullyConnectedLayer(1)];"
         "o.BatchNormalizationStatistics = 'population'; a = trainnet(F,R,l,'mse',o);"
         "o.BatchNormalizationStatistics = 'moving'; b = trainnet(F,R,l,'mse',o);"
         "p = double(a.Layers(2).TrainedMean); q = double(b.Layers(2).TrainedMean);")  # fmt: skip
    batches = data["F"].reshape(4, 6, 2).mean(1)
    moving = np.zeros(2)
    for mean in np.tile(batches, (4, 1)):
        moving += 0.1 * (mean - moving)
    assert data["p"].ravel() == pytest.approx(batches.mean(0), rel=1e-5)
    assert data["q"].ravel() == pytest.approx(moving, rel=1e-4)


@pytest.mark.parametrize(
    ("method", "cut"),
    [
        ("l2norm", lambda g, b: (0.5 * g / np.linalg.norm(g), 0.5 * b / abs(b))),
        ("global-l2norm", lambda g, b: tuple(0.5 * one / np.hypot(np.linalg.norm(g), b) for one in (g, b))),
        ("absolute-value", lambda g, b: (np.clip(g, -0.5, 0.5), np.clip(b, -0.5, 0.5))),
    ],
)  # fmt: skip
def test_gradients_are_cut_by_each_method(data, method, cut):
    data(f"o.GradientThreshold = 0.5; o.GradientThresholdMethod = '{method}'; o.MaxEpochs = 1; o.MiniBatchSize = 24;"
         "o.L2Regularization = 0; n = trainnet(F,R,net,'mse',o); a = w(net); b = w(n);"
         "c = double(extractdata(n.Learnables.Value{2}));")  # fmt: skip
    f, start = data["F"], data["a"]
    errors = f @ start.T - data["R"]
    gradient, bias = 2 * (errors * f).mean(0), 2 * errors.mean()
    step = cut(gradient, bias)
    assert np.linalg.norm(gradient) > 0.5 < abs(bias)
    assert (data["b"] - start).ravel() == pytest.approx(-0.001 * step[0], abs=1e-7)
    assert data["c"] == pytest.approx(-0.001 * step[1], abs=1e-7)


def test_the_learn_rate_and_its_factors_move_parameters_in_proportion(data):
    data("o.MaxEpochs = 1; o.MiniBatchSize = 24; a = w(net); b = w(trainnet(F,R,net,'mse',o)); o.InitialLearnRate = "
         "0.003; c = w(trainnet(F,R,net,'mse',o)); n = setLearnRateFactor(net,'fc','Weights',2);"
         "d = w(trainnet(F,R,n,'mse',o));")  # fmt: skip
    step = data["b"] - data["a"]
    assert data["c"] - data["a"] == pytest.approx(3 * step, rel=1e-3)
    assert data["d"] - data["a"] == pytest.approx(6 * step, rel=1e-3)

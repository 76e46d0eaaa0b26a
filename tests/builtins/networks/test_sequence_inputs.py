"""Networks of sequences, asked in scripts."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from tests.engine import numpy_layers as plain

NETWORK = """
    rng default
    layers = [sequenceInputLayer(3); lstmLayer(5{mode}); fullyConnectedLayer(2); softmaxLayer; {end}];
    begun = dlnetwork(layers(1:4)); lstm = begun.Layers(2); fc = begun.Layers(3);
    layers(2).InputWeights = lstm.InputWeights; layers(2).RecurrentWeights = lstm.RecurrentWeights;
    layers(2).Bias = lstm.Bias; layers(3).Weights = fc.Weights; layers(3).Bias = fc.Bias;
    net = assembleNetwork(layers);
    W = lstm.InputWeights; R = lstm.RecurrentWeights; b = lstm.Bias; V = fc.Weights; c = fc.Bias;
"""


def expected(prompt, x):
    """Scores of a sequence (C×T), T×K."""
    numbers = [np.asarray(prompt[name], np.float64) for name in ("W", "R", "b", "V", "c")]
    weights, again, bias, last, offset = numbers
    steps = plain.lstm(np.asarray(x).T, weights, again, bias.ravel(), np.zeros(5), np.zeros(5))
    return plain.softmax(steps @ last.T + offset.ravel())


def test_a_network_of_the_last_step_classifies_cells_of_sequences_of_any_length(prompt):
    prompt(NETWORK.format(mode=",'OutputMode','last'", end="classificationLayer('Classes',{'a','b'})"))
    prompt("""
        X = {rand(3,4); rand(3,9); rand(3,4)}; [labels,scores] = classify(net,X); one = predict(net,X{2});
        act = activations(net,X{1},2); sz = size(act); n = numel(labels);
    """)
    assert prompt["scores"].shape == (3, 2)
    for row, x in zip(prompt["scores"], prompt["X"].ravel(), strict=True):
        np.testing.assert_allclose(row, expected(prompt, x)[-1], rtol=1e-5)
    np.testing.assert_allclose(prompt["one"][0], prompt["scores"][1], rtol=1e-6)
    assert prompt["n"] == 3


def test_a_network_of_every_step_gives_matrices_and_cells_of_them(prompt):
    prompt(NETWORK.format(mode="", end="classificationLayer('Classes',{'a','b'})"))
    prompt("""
        X = rand(3,6); Y = predict(net,X); C = predict(net,{X; rand(3,2)}); labels = classify(net,X);
        s = size(labels); act = activations(net,X,'lstm'); t = size(act); same = max(abs(C{1}-Y),[],'all') < 1e-6;
    """)
    np.testing.assert_allclose(prompt["Y"].T, expected(prompt, prompt["X"]), rtol=1e-5)
    assert (prompt["C"].shape, prompt["C"][1, 0].shape, prompt["same"]) == ((2, 1), (2, 2), True)
    assert prompt["s"].tolist() == [[1, 6]]
    assert prompt["t"].tolist() == [[5, 6]]


def test_a_dlnetwork_takes_steps_by_features(prompt):
    prompt(NETWORK.format(mode="", end="regressionLayer"))
    prompt("X = rand(3,6); Y = predict(net,X); Z = minibatchpredict(begun,X'); same = max(abs(Z'-Y),[],'all') < 1e-6;")
    assert prompt["same"] is True


def test_sequences_of_other_features_are_refused(prompt):
    prompt(NETWORK.format(mode="", end="regressionLayer"))
    with pytest.raises(ScriptError, match="The prediction sequences are of feature dimension 4"):
        prompt("predict(net,rand(4,6))")

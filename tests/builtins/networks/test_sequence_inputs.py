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


def test_sequences_of_a_mini_batch_are_padded_and_the_padding_is_read(prompt):
    prompt(NETWORK.format(mode=",'OutputMode','last'", end="classificationLayer('Classes',{'a','b'})"))
    prompt("""
        X = {rand(3,4); rand(3,9); rand(3,5)}; [labels,right] = classify(net,X); one = predict(net,X{1});
        left = predict(net,X,'SequencePaddingDirection','left','SequencePaddingValue',0.5);
        alone = predict(net,X,'MiniBatchSize',1); short = predict(net,X,SequenceLength='shortest');
        pieces = predict(net,X,SequenceLength=2); act = activations(net,X,'fc'); n = numel(labels);
    """)
    def padded(x, before, after, value=0.0):
        return np.pad(x, ((0, 0), (before, after)), constant_values=value)

    for k, x in enumerate(prompt["X"].ravel()):
        missing = 9 - x.shape[1]
        np.testing.assert_allclose(prompt["alone"][k], expected(prompt, x)[-1], rtol=1e-5)
        np.testing.assert_allclose(prompt["right"][k], expected(prompt, padded(x, 0, missing))[-1], rtol=1e-5)
        np.testing.assert_allclose(prompt["left"][k], expected(prompt, padded(x, missing, 0, 0.5))[-1], rtol=1e-5)
        np.testing.assert_allclose(prompt["short"][k], expected(prompt, x[:, :4])[-1], rtol=1e-5)
    np.testing.assert_allclose(prompt["pieces"], prompt["right"], rtol=1e-5)  # the states go on from piece to piece
    np.testing.assert_allclose(prompt["one"][0], prompt["alone"][0], rtol=1e-6)
    assert prompt["act"].shape == (1, 1, 2, 3)
    assert prompt["n"] == 3


def test_a_network_of_every_step_gives_matrices_and_cells_of_them(prompt):
    prompt(NETWORK.format(mode="", end="classificationLayer('Classes',{'a','b'})"))
    prompt("""
        X = rand(3,6); Y = predict(net,X); C = predict(net,{X; rand(3,2)}); labels = classify(net,X);
        s = size(labels); act = activations(net,X,'lstm'); t = size(act); same = max(abs(C{1}-Y),[],'all') < 1e-6;
        alone = predict(net,{X; rand(3,2)},MiniBatchSize=1); [L,S] = classify(net,{X; rand(3,2)},SequenceLength=4);
    """)
    np.testing.assert_allclose(prompt["Y"].T, expected(prompt, prompt["X"]), rtol=1e-5)
    assert (prompt["C"].shape, prompt["C"][1, 0].shape, prompt["same"]) == ((2, 1), (2, 2), True)
    assert prompt["alone"][1, 0].shape == (2, 2)
    np.testing.assert_allclose(prompt["S"][0, 0], prompt["Y"], rtol=1e-5)
    assert prompt["L"][1, 0].size() == (1, 2)
    assert prompt["s"].tolist() == [[1, 6]]
    assert prompt["t"].tolist() == [[5, 6]]


def test_minibatchpredict_gives_sequences_of_images_as_one_padded_array_or_a_cell(prompt):
    prompt("""
        net = dlnetwork([sequenceInputLayer([4 4 1],Normalization='none') convolution2dLayer(2,2)]);
        w = net.Learnables.Value; w{2}(:) = [1 2]; net.Learnables.Value = w; f = extractdata(w{1});
        X = rand(4,4,1,5,2,'single'); want = zeros(3,3,2,5,2);
        for t = 1:5, for n = 1:2, for k = 1:2
            want(:,:,k,t,n) = conv2(X(:,:,1,t,n),rot90(f(:,:,1,k),2),'valid') + k;
        end, end, end
        Y = minibatchpredict(net,X); s = size(Y); a = max(abs(Y-want),[],'all') < 1e-6;
        C = minibatchpredict(net,X,UniformOutput=false,MiniBatchSize=1); c = size(C); b = isequal(cat(5,C{:}),Y);
        P = minibatchpredict(net,{X(:,:,:,:,1); X(:,:,:,1:3,2)},MiniBatchSize=1,SequencePaddingValue=7);
        p = size(P); d = isequal(P(:,:,:,1:3,2),Y(:,:,:,1:3,2)); e = all(P(:,:,:,4:5,2) == 7,'all');
    """)
    assert prompt["s"].tolist() == prompt["p"].tolist() == [[3, 3, 2, 5, 2]]
    assert prompt["a"] and prompt["b"] and prompt["d"] and prompt["e"]
    assert prompt["c"].tolist() == [[2, 1]]


def test_minibatchpredict_counts_the_formats_of_its_inputs(prompt):
    prompt("net = dlnetwork([sequenceInputLayer(2,Normalization='none') lstmLayer(3)]);")
    with pytest.raises(ScriptError, match="InputDataFormats must have one format for each input of the network"):
        prompt('minibatchpredict(net,rand(5,2),InputDataFormats=["TC" "CT" "xyz"])')


def test_minibatchpredict_gives_one_padded_array_or_a_cell_of_padded_sequences(prompt):
    prompt(NETWORK.format(mode="", end="regressionLayer"))
    prompt("""
        X = {rand(6,3); rand(2,3)}; A = minibatchpredict(begun,X); C = minibatchpredict(begun,X,UniformOutput=false);
        T = minibatchpredict(begun,{X{1}'; X{2}'},InputDataFormats="CTB");
        B = minibatchpredict(begun,X,MiniBatchSize=1);
        sa = size(A); sb = size(B); same = max(abs(A-T),[],'all') < 1e-6;
        first = max(abs(C{2}-A(:,:,2)),[],'all') < 1e-6; filled = B(3:6,:,2);
    """)
    assert prompt["sa"].tolist() == prompt["sb"].tolist() == [[6, 2, 2]]
    assert (prompt["same"], prompt["first"], prompt["C"][1, 0].shape) == (True, True, (6, 2))
    assert not prompt["filled"].any()


def test_a_network_that_updates_its_state_goes_on_where_it_ended(prompt):
    prompt(NETWORK.format(mode="", end="classificationLayer('Classes',{'a','b'})"))
    prompt("""
        X = rand(3,7); whole = predict(net,X); [one,Y1] = predictAndUpdateState(net,X(:,1:3));
        [two,label,S] = classifyAndUpdateState(one,X(:,4:7)); again = predict(resetState(two),X);
        Z = rand(3,7); [kept,Y] = predictAndUpdateState(net,{X(:,1:3); Z(:,1:3)});
        [~,Y] = kept.predictAndUpdateState({X(:,4:7); Z(:,4:7)}); n = numel(label); other = predict(net,Z);
    """)
    np.testing.assert_allclose(np.hstack([prompt["Y1"], prompt["S"]]), prompt["whole"], rtol=1e-5)
    np.testing.assert_allclose(prompt["again"], prompt["whole"], rtol=1e-6)
    np.testing.assert_allclose(prompt["Y"][0, 0], prompt["whole"][:, 3:], rtol=1e-5)
    np.testing.assert_allclose(prompt["Y"][1, 0], prompt["other"][:, 3:], rtol=1e-5)
    assert prompt["n"] == 4
    with pytest.raises(ScriptError, match="Function predictAndUpdateState supports recurrent neural networks only"):
        prompt("predictAndUpdateState(squeezenet,zeros(227,227,3))")


def test_a_dlnetwork_takes_steps_by_features(prompt):
    prompt(NETWORK.format(mode="", end="regressionLayer"))
    prompt("X = rand(3,6); Y = predict(net,X); Z = minibatchpredict(begun,X'); same = max(abs(Z'-Y),[],'all') < 1e-6;")
    assert prompt["same"] is True


def test_sequences_of_other_features_are_refused(prompt):
    prompt(NETWORK.format(mode="", end="regressionLayer"))
    with pytest.raises(ScriptError, match="The prediction sequences are of feature dimension 4"):
        prompt("predict(net,rand(4,6))")

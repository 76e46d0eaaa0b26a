"""Networks and layers frozen for transfer learning, as the helpers of MATLAB's examples do it."""

import pytest

from cnnscript.errors import ScriptError

NETWORK = """
net = dlnetwork([imageInputLayer([6 6 1],Name="in",Normalization="none"); convolution2dLayer(3,2,Name="c");
  batchNormalizationLayer(Name="bn"); fullyConnectedLayer(3,Name="f"); softmaxLayer(Name="s")]);
factors = @(n) [getLearnRateFactor(n,"c/Weights") getLearnRateFactor(n,"bn/Scale") getLearnRateFactor(n,"f/Bias")];
"""


@pytest.mark.parametrize(
    ("options", "factors"),
    [
        ("", [0, 0, 0]),
        (",LayerNamesToIgnore=networkHead(net)", [0, 0, 1]),
        (",'LayerNamesToIgnore',{'c','bn'}", [1, 1, 0]),
        (",LayerTypesToIgnore=[\"Normalization\" \"Fully\"]", [0, 1, 1]),
        (",LayersToIgnore=\"Convolution2DLayer\",LayerNamesToIgnore=\"f\"", [1, 0, 1]),
    ],
)  # fmt: skip
def test_all_but_the_named_layers_are_frozen(prompt, options, factors):
    prompt(NETWORK + f"a = factors(freezeNetwork(net{options})); b = factors(net);")
    assert prompt["a"].ravel().tolist() == factors
    assert prompt["b"].ravel().tolist() == [1, 1, 1]


def test_only_what_is_not_frozen_is_trained_and_statistics_follow_where_they_are_asked_for(prompt):
    prompt(NETWORK + """
        rng(1), X = rand(6,6,1,12); T = categorical([1;2;3;1;2;3;1;2;3;1;2;3]);
        net = freezeNetwork(net,LayerNamesToIgnore="f");
        o = trainingOptions("sgdm",MaxEpochs=2,MiniBatchSize=6,InitialLearnRate=0.1,Verbose=false);
        after = trainnet(X,T,net,"crossentropy",o);
        same = cellfun(@isequal,net.Learnables.Value,after.Learnables.Value)';
        moved = ~isequal(net.State.Value,after.State.Value);""")
    assert prompt["same"].ravel().tolist() == [True, True, True, True, False, False]
    assert prompt["moved"] is True


def test_the_head_is_told_by_paths_that_set_learn_rates(prompt):
    prompt(NETWORK + "[name,paths] = networkHead(net); s = size(paths); p = char(paths(2)); "
           "x = factors(setLearnRateFactor(net,paths(2),10));")  # fmt: skip
    assert prompt["s"].ravel().tolist() == [2, 1] and prompt["p"] == "f/Bias"
    assert prompt["x"].ravel().tolist() == [1, 1, 10]


def test_what_is_no_dlnetwork_is_not_frozen(prompt):
    with pytest.raises(ScriptError, match="must be of type dlnetwork") as caught:
        prompt("freezeNetwork([imageInputLayer([4 4 1]); reluLayer])")
    assert "freezeWeights" in caught.value.hint

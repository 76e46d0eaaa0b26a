"""Several trained networks in one array, as [net1 net2] makes it."""

import pytest

from cnnscript.errors import ScriptError


def test_networks_are_joined_and_taken_out_of_arrays(prompt):
    prompt("""
        l = [featureInputLayer(2,'Normalization','zscore'); fullyConnectedLayer(1); regressionLayer]; s = [];
        o = trainingOptions('sgdm',MaxEpochs=1,Verbose=false);
        for k = 1:2, n = trainNetwork([1 2; 1 3],[k; 5],l,o); s = [s, n]; end; s(3) = n; z = size(s);
        same = isequal(predict(s(2),[1 2]),predict(n,[1 2])); known = all(isfinite(predict(n,[1 2]))); s(1) = [];
        z2 = size(s); names = {s.InputNames}; w = class(s); t = evalc('s'); alone = class(s(1)); e = size(s([]));
    """)
    assert prompt["z"].tolist() == [[1, 3]] and prompt["z2"].tolist() == [[1, 2]]
    assert prompt["same"] and prompt["known"]  # a feature that is the same everywhere does not make NaN
    assert prompt["w"] == prompt["alone"] == "SeriesNetwork" and prompt["names"].size == 2
    assert "1×2 SeriesNetwork array with properties" in prompt["t"] and prompt["e"].tolist() == [[0, 0]]
    for text, message in (
        ("[s 1]", "Unable to convert a value of class double to SeriesNetwork."),
        ("s(4) = n; s(6) = n;", "There is no default SeriesNetwork to fill the array with."),
    ):
        with pytest.raises(ScriptError) as caught:
            prompt(text)
        assert caught.value.message == message

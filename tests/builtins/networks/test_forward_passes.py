"""forward, and the state that predict and forward give, in scripts."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError

NORMALISED = """net = dlnetwork([imageInputLayer([3 3 2],Normalization="none"); batchNormalizationLayer(Name="bn")
    dropoutLayer(0.5,Name="d"); fullyConnectedLayer(2,Name="fc")]);
    rng(1); X = single(rand(3,3,2,4));
"""


def test_forward_gives_the_new_state_and_the_network_keeps_the_old(prompt):
    prompt(NORMALISED + """
        [Y,state] = forward(net,X); before = extractdata(net.State.Value{1});
        mu = mean(X,[1 2 4]); v = var(X,1,[1 2 4]);
        [mean1,var1] = deal(extractdata(state.Value{1}),extractdata(state.Value{2}));
        m = max(abs(mean1-0.1*mu),[],"all"); s = max(abs(var1-(0.1*v+0.9)),[],"all");
        net.State = state; after = net.State.Value{1}; same = isequal(after,state.Value{1});
    """)
    assert float(prompt["m"]) < 1e-6 and float(prompt["s"]) < 1e-6
    assert not np.asarray(prompt["before"]).any() and prompt["same"] is True
    assert np.shape(prompt["Y"]) == (4, 2)


def test_dropout_follows_rng_in_matlabs_order(prompt):
    prompt(NORMALISED + """
        rng(7); D = forward(net,X,Outputs="d"); rng(7); kept = rand(3,3,2,4) >= 0.5;
        B = forward(net,X,Outputs="bn");
        off = max(abs(D - 2*B.*kept),[],"all"); rng(7); again = isequal(D,forward(net,X,Outputs="d"));
    """)
    assert float(prompt["off"]) < 1e-5 and prompt["again"] is True


def test_the_state_of_recurrent_layers_goes_on_where_a_sequence_was_cut(prompt):
    prompt("""
        rng(3); net = dlnetwork([sequenceInputLayer(3); lstmLayer(4); fullyConnectedLayer(2)]); X = rand(8,3);
        whole = predict(net,X); [first,state] = predict(net,X(1:5,:));
        net.State = state; second = predict(net,X(6:8,:)); off = max(abs(whole-[first; second]),[],"all");
        net = resetState(net); fresh = isequal(predict(net,X),whole);
        [~,state] = predict(net,{X,X+1,X+2}); size3 = size(state.Value{2});
        net.State = state; three = predict(net,{X,X,X}); n = numel(three);
    """)
    assert float(prompt["off"]) < 1e-6 and prompt["fresh"] is True
    assert np.asarray(prompt["size3"]).tolist() == [[4, 3]] and prompt["n"] == 3
    with pytest.raises(ScriptError, match="another number of observations") as caught:
        prompt.session.run("predict(net,X)")
    assert caught.value.notes == ("HiddenState is of 3 observations, the input of 1",)


def test_what_forward_refuses(prompt):
    prompt(NORMALISED)
    for text, message in (
        ("forward(squeezenet,zeros(227,227,3))", "Incorrect number or types"),
        ("[a,b,c] = forward(net,X);", "Too many output arguments"),
        ("forward(net,X,Outputs='nope')", "did not match any"),
        ("forward(net,X,'Output')", "no value"),
        ("forward(net,rand(3,3,5))", "Incorrect input size"),
    ):
        with pytest.raises(ScriptError, match=message):
            prompt.session.run(text)

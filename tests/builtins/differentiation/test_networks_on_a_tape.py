"""predict and forward of dlnetworks with dlarrays: labels, and gradients to inputs, maps on the way and Learnables."""

import numpy as np
import pytest

from cnnscript.engine import recorded_networks

SMALL = """rng(1); net = dlnetwork([imageInputLayer([6 6 2],Normalization="none",Name="in");
    convolution2dLayer(3,4,Name="c"); batchNormalizationLayer(Name="bn"); tanhLayer(Name="t");
    fullyConnectedLayer(3,Name="fc"); softmaxLayer(Name="sm")]);
    X = dlarray(single(rand(6,6,2,5)),"SSCB");
"""
LOSS = """
function loss = lossOf(net,X), Y = predict(net,X); loss = sum(log(Y(1,:)).*[1 2 3 4 5],'all'); end
function [loss,g,gx] = both(net,X), loss = lossOf(net,X); g = dlgradient(loss,net.Learnables);
        gx = dlgradient(loss,X); end
"""


def test_labels_of_outputs(run):
    run(SMALL + "[Y,M] = predict(net,X,Outputs=[\"sm\" \"t\"]); a = dims(Y); b = dims(M); s = size(M); c = size(Y);"
        "Z = predict(net,extractdata(X)); same = max(abs(extractdata(Y)'-Z),[],'all'); k = class(Z);")  # fmt: skip
    assert (run["a"], run["b"], run["k"]) == ("CB", "SSCB", "single")
    assert run["s"].ravel().tolist() == [4, 4, 4, 5] and run["c"].ravel().tolist() == [3, 5]
    assert run["same"] < 1e-6


def test_one_image_without_the_label_of_observations(run):
    run(SMALL + 'x = dlarray(extractdata(X(:,:,:,2)),"SSC"); y = predict(net,x); Y = predict(net,X); n = size(y);'
        "d = max(abs(extractdata(y) - extractdata(Y(:,2)))); "
        "u = dims(predict(net,dlarray(extractdata(X))));")  # fmt: skip
    assert run["n"].ravel().tolist() == [3, 1] and run["d"] < 1e-6 and run["u"] == "CB"


def test_gradients_to_learnables_and_input_are_those_of_differences(run):
    run(SMALL + "[loss,g,gx] = dlfeval(@both,net,X); k = class(g); names = g.Properties.VariableNames;"
        """h = 1e-2; d = zeros(1,6); e = d;
        for k1 = 1:6
            up = net; down = net; up.Learnables.Value{k1}(2) = up.Learnables.Value{k1}(2) + h;
            down.Learnables.Value{k1}(2) = down.Learnables.Value{k1}(2) - h;
            d(k1) = extractdata(lossOf(up,X) - lossOf(down,X))/(2*h); e(k1) = extractdata(g.Value{k1}(2));
        end
        U = X; U(2,3,1,4) = U(2,3,1,4) + h; V = X; V(2,3,1,4) = V(2,3,1,4) - h;
        dx = extractdata(lossOf(net,U) - lossOf(net,V))/(2*h); ex = extractdata(gx(2,3,1,4));
        lx = dims(gx);""" + LOSS)  # fmt: skip
    assert run["k"] == "table" and run["lx"] == "SSCB"
    assert np.allclose(run["d"], run["e"], rtol=2e-2, atol=2e-2)
    assert np.abs(run["e"]).max() > 0.1
    assert abs(run["dx"] - run["ex"]) < 2e-2


def test_passes_of_a_loop_are_compiled_and_give_the_same(run, monkeypatch):
    monkeypatch.setattr(recorded_networks, "WALKED", 2)
    run(SMALL + "c = cell(1,4); for k = 1:4, [~,g,gx] = dlfeval(@both,net,X); c{k} = {g.Value{5}, gx}; end,"
        "a = max(abs(extractdata(c{4}{1}-c{1}{1})),[],'all'); b = max(abs(extractdata(c{4}{2}-c{1}{2})),[],'all');"
        "other = dlupdate(@(p) p*0,net); y = dlfeval(@(n,x) predict(n,x),other,X);" + LOSS)  # fmt: skip
    network = run["net"].network
    assert sum(traced is not None for _, traced in network.passes.values()) == 1
    assert run["a"] < 1e-5 and run["b"] < 1e-5
    assert run["other"].network.passes is network.passes  # networks of a training loop share what is compiled
    assert np.allclose(run["y"].value, 1 / 3)


def test_gradients_to_a_map_on_the_way(run, monkeypatch):
    monkeypatch.setattr(recorded_networks, "WALKED", 2)
    run(
        SMALL
        + """g = cell(1,4); for k = 1:4, g{k} = dlfeval(@toMap,net,X(:,:,:,1)); end, d = dims(g{1});
        s = size(g{1});
        same = max(abs(extractdata(g{4}-g{1})),[],'all'); W = extractdata(net.Learnables.Value{5});
        [Y,M] = predict(net,X(:,:,:,1),Outputs=["sm" "t"]); y = extractdata(Y);
        hand = y(2)*(W(2,:) - y'*W); wrong = max(abs(hand(:) - reshape(extractdata(g{1}),[],1)));
        function g = toMap(net,x), [y,m] = predict(net,x,Outputs=["sm" "t"]); g = dlgradient(y(2),m); end"""
    )
    assert run["d"] == "SSCB" and run["s"].ravel().tolist() == [4, 4, 4, 1]
    assert run["same"] < 1e-6 and run["wrong"] < 1e-6


def test_forward_trains_and_tells_the_state(run):
    run(
        SMALL
        + """[loss,state,g] = dlfeval(@pass,net,X); before = extractdata(net.State.Value{1}); net.State = state;
        after = extractdata(net.State.Value{1}); y = forward(net,X,Outputs="bn"); m = mean(extractdata(y),[1 2 4]);
        function [loss,state,g] = pass(net,X), [Y,state] = forward(net,X); loss = sum(Y(1,:));
        g = dlgradient(loss,net.Learnables); end"""
    )
    assert not np.asarray(run["before"]).any() and np.asarray(run["after"]).any()
    assert np.abs(run["m"]).max() < 1e-5


def test_dropout_follows_rng(run):
    run("""net = dlnetwork([featureInputLayer(8); dropoutLayer(0.5,Name="d")]); X = dlarray(ones(8,4),"CB");
        rng(3); a = dlfeval(@forward,net,X); rng(3); b = forward(net,X); same = isequal(extractdata(a),extractdata(b));
        z = any(extractdata(a) == 0,'all'); d = dims(a); p = isequal(extractdata(predict(net,X)),ones(8,4));""")
    assert run["same"] is True and run["z"] is True and run["d"] == "CB" and run["p"] is True


def test_training_by_hand_lowers_the_loss(run):
    run("""rng(0); net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(8); tanhLayer; fullyConnectedLayer(1)]);
        X = dlarray(single(rand(2,64)),"CB"); T = sin(3*X(1,:)).*X(2,:); first = 0;
        for k = 1:60
            [loss,grads] = dlfeval(@modelLoss,net,X,T); if k == 1, first = extractdata(loss); end
            net = dlupdate(@(p,g) p - 0.3*g,net,grads);
        end
        last = extractdata(loss);
        function [loss,grads] = modelLoss(net,X,T), Y = forward(net,X); loss = mean((Y-T).^2,'all');
        grads = dlgradient(loss,net.Learnables); end""")
    assert run["last"] < 0.2 * run["first"]


def test_sequences(run):
    run("""rng(0); net = dlnetwork([sequenceInputLayer(3); lstmLayer(4,OutputMode="last",Name="l");
        fullyConnectedLayer(2)]);
        X = dlarray(single(rand(3,5,7)),"CBT"); Y = predict(net,X); d = dims(Y); s = size(Y);
        g = dlfeval(@(n,x) dlgradient(sum(predict(n,x),'all'),x),net,X); dg = dims(g); sg = size(g);
        one = predict(net,squeeze(extractdata(X(:,2,:)))'); e = max(abs(extractdata(Y(:,2))' - one));""")
    assert (run["d"], run["dg"]) == ("CB", "CBT") and run["s"].ravel().tolist() == [2, 5]
    assert run["sg"].ravel().tolist() == [3, 5, 7] and run["e"] < 1e-6


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ('predict(net,dlarray(ones(6,6,2),"SST"));', "nnet_cnn:dlnetwork:InvalidInputFormat"),
        ('predict(net,dlarray(ones(6,6,2,3),"SSCU"));', "nnet_cnn:dlnetwork:InvalidInputFormat"),
        ('predict(net,dlarray(ones(6,6,3),"SSC"));', "nnet_cnn:DAGNetwork:WrongSizePredictDataForImageInputLayer"),
        ("predict(net,X,X);", "nnet_cnn:DAGNetwork:WrongNumberOfInputs"),
        ("net.Learnables.Value{1} = dlarray(1);", "nnet_cnn:dlnetwork:InvalidValue"),
    ],
)
def test_refusals(run, text, identifier):
    run(SMALL)
    assert run.fault(text).identifier == identifier


def test_a_network_without_dense_layers_takes_dlarrays_of_images_smaller_than_its_input(run):
    run("""net = dlnetwork([imageInputLayer([9 9 1],Normalization="none"); convolution2dLayer(3,2)]);
        [a,b] = dlfeval(@at,net,dlarray(ones(5,6,"single"),"SSC"));
        s = size(a); t = size(b); u = size(predict(net,dlarray(ones(4,4,1,2),"SSCB")));
        function [y,g] = at(net,x), y = forward(net,x); g = dlgradient(sum(y,"all"),x); end""")
    assert run["s"].ravel().tolist()[:3] == [3, 4, 2] and run["t"].ravel().tolist()[:2] == [5, 6]
    assert run["u"].ravel().tolist() == [2, 2, 2, 2]
    fault = run.fault("predict(net,ones(4,4));")
    assert fault.identifier == "nnet_cnn:DAGNetwork:WrongSizePredictDataForImageInputLayer"

"""Objects of a program's own classes as layers of networks."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

SCALE = """classdef scaleBy < nnet.layer.Layer
    properties
        Factor
    end
    properties (Learnable)
        Alpha
    end
    methods
        function layer = scaleBy(factor, name)
            layer.Factor = factor; layer.Name = name; layer.Description = "Scale by " + factor;
            layer.Alpha = single(2);
        end
        function Z = predict(layer, X)
            Z = layer.Factor * X * layer.Alpha;
        end
    end
end
"""
GUIDED = """classdef guidedRelu < nnet.layer.Layer
    methods
        function Z = predict(layer, X)
            Z = max(X, 0);
        end
        function dLdX = backward(layer, X, Z, dLdZ, memory)
            dLdX = dLdZ .* (X > 0) .* (dLdZ > 0);
        end
    end
end
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    (tmp_path / "scaleBy.m").write_text(SCALE)
    (tmp_path / "guidedRelu.m").write_text(GUIDED)
    monkeypatch.chdir(tmp_path)
    return Session(figures="words")


def test_a_network_computes_an_object_by_its_predict(run):
    run.run("""
        layers = [imageInputLayer([2 2 1],'Normalization','none'); scaleBy(3,'s'); regressionLayer];
        net = assembleNetwork(layers); Y = predict(net,magic(2)); two = predict(net,cat(4,magic(2),ones(2)));
        layers(2).Factor = 5; Z = predict(assembleNetwork(layers),magic(2)); kept = net.Layers(2).Factor;
        kind = class(layers(2)); text = evalc('layers');
    """)
    assert run["Y"].tolist() == [[6, 18], [24, 12]]
    assert run["Z"].tolist() == [[10, 30], [40, 20]]
    assert run["two"].shape == (2, 2, 1, 2)
    assert (run["kept"], run["kind"]) == (3, "scaleBy")
    assert "2   's'   scaleBy             Scale by 3\n" in run["text"]


def test_objects_stand_first_among_layers_and_go_into_graphs_and_get_names(run):
    run.run("""
        two = [guidedRelu; reluLayer]; kind = class(two);
        lg = layerGraph([imageInputLayer([4 4 1],Name='in'); reluLayer(Name='r'); regressionLayer(Name='out')]);
        lg = replaceLayer(lg,'r',guidedRelu); name = lg.Layers(2).Name; is = isa(lg.Layers(2),'guidedRelu');
        net = dlnetwork([imageInputLayer([4 4 1],Normalization='none'); guidedRelu; guidedRelu]);
        names = {net.Layers.Name}; second = net.Layers(3).Name;
    """)
    assert (run["kind"], run["is"]) == ("nnet.cnn.layer.Layer", True)
    assert run["names"].ravel().tolist() == ["imageinput", "layer_1", "layer_2"]
    assert run["second"] == "layer_2"


def test_backward_of_the_class_is_the_gradient(run):
    from cnnscript.engine.execute import steps, walk
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    run.run("net = assembleNetwork([imageInputLayer([2 3 1],'Normalization','none'); guidedRelu; regressionLayer]);")
    network = run["net"].network
    rng = np.random.default_rng(0)
    x, weights = (tf.constant(rng.normal(size=(1, 2, 3, 1)), tf.float32) for _ in range(2))

    def loss(images):
        return tf.reduce_sum(walk(steps(network), images, [1])[1] * weights)

    for function in (loss, tf.function(loss)):
        with tf.GradientTape() as tape:
            tape.watch(x)
            total = function(x)
        pulled = tape.gradient(total, x).numpy()
        np.testing.assert_allclose(pulled, np.where((x.numpy() > 0) & (weights.numpy() > 0), weights.numpy(), 0))


def test_a_class_without_backward_is_differentiated_by_a_tape_and_outputs_are_checked(run):
    from cnnscript.engine.execute import steps, walk
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    run.run(
        "net = assembleNetwork([imageInputLayer([2 2 1],'Normalization','none'); scaleBy(2,'s'); regressionLayer]);"
    )
    x = tf.ones((1, 2, 2, 1))
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(walk(steps(run["net"].network), x, [1])[1])
    np.testing.assert_array_equal(tape.gradient(total, x), np.full((1, 2, 2, 1), 4))
    with pytest.raises(ScriptError) as caught:
        run.run("l = scaleBy(2,'s'); l.Factor = {}; assembleNetwork([imageInputLayer([2 2 1]); l; regressionLayer]);")
    assert caught.value.message == "Invalid network."


def test_networks_with_layers_of_the_script_are_saved_and_loaded(run):
    run.run("""
        layers = [imageInputLayer([2 2 1],'Normalization','none'); scaleBy(3,'s'); functionLayer(@(X) X+1); regressionLayer];
        net = assembleNetwork(layers); save kept.mat net; s = load('kept.mat'); same = isequal(predict(s.net,magic(2)), ...
            predict(net,magic(2)));
    """)  # noqa: E501
    assert run["same"] is True


def test_a_classification_layer_of_ones_own_tells_the_classes(run, tmp_path):
    (tmp_path / "weighing.m").write_text(
        "classdef weighing < nnet.layer.ClassificationLayer\n methods\n"
        "  function loss = forwardLoss(layer,Y,T), loss = -sum(T.*log(Y),'all'); end\n end\nend\n"
    )
    run.run("""
        last = weighing; last.Classes = categorical(["dark" "light"]);
        net = assembleNetwork([imageInputLayer([2 2 1],'Normalization','none'); convolution2dLayer(1,1,Weights=1,Bias=0)
            reluLayer; fullyConnectedLayer(2,Weights=[-ones(1,4); ones(1,4)],Bias=[1;0]); softmaxLayer; last]);
        said = char(classify(net,ones(2))); map = gradCAM(net,ones(2),'light','Score','logit');
        kinds = cellstr(analyzeNetwork(net).LayerInfo.Type);
    """)
    assert (run["said"], run["kinds"].ravel()[-1]) == ("light", "weighing")
    assert (np.asarray(run["map"]) > 0).all()

"""Learnables and states of a program's own classes of layers, and gradients through them."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

CLASSES = {
    "slope": """classdef slope < nnet.layer.Layer
    properties (Learnable)
        Alpha
    end
    methods
        function layer = slope(name)
            layer.Name = name; layer = setLearnRateFactor(layer,'Alpha',2);
        end
        function layer = initialize(layer,layout)
            if isempty(layer.Alpha)
                layer.Alpha = 0.25*ones([1 1 layout.Size(finddim(layout,"C"))]);
            end
        end
        function Z = predict(layer, X)
            Z = max(X,0) + layer.Alpha .* min(0,X);
        end
    end
end
""",
    "slopeBackward": """classdef slopeBackward < nnet.layer.Layer
    properties (Learnable)
        Alpha
    end
    properties
        Trace
    end
    methods
        function layer = slopeBackward(count), layer.Alpha = 0.25*ones([1 1 count]); end
        function Z = predict(layer, X)
            Z = max(X,0) + layer.Alpha .* min(0,X);
        end
        function [Z,memory] = forward(layer, X)
            Z = layer.predict(X); memory = struct('scale',10);
        end
        function [dLdX,dLdAlpha] = backward(layer, X, Z, dLdZ, memory)
            dLdX = dLdZ .* ((X > 0) + layer.Alpha .* (X <= 0));
            if ~isempty(memory), dLdX = dLdX * memory.scale; end
            dLdAlpha = sum(min(0,X) .* dLdZ,[1 2 4]);
        end
    end
end
""",
    "mix": """classdef mix < nnet.layer.Layer
    properties (Learnable)
        W
    end
    methods
        function layer = mix(count), layer.NumInputs = count; layer.NumOutputs = 2; layer.W = 1:count; layer.Name = 'mix'; end
        function [Z1,Z2] = predict(layer, varargin)
            Z1 = 0;
            for i = 1:layer.NumInputs, Z1 = Z1 + layer.W(i)*varargin{i}; end
            Z2 = 2*Z1;
        end
    end
end
""",  # noqa: E501
    "counting": """classdef counting < nnet.layer.Layer
    properties (State)
        Seen
    end
    methods
        function layer = counting(), layer.Seen = 0; end
        function [Z,seen] = predict(layer, X)
            Z = X + layer.Seen; seen = layer.Seen + 1;
        end
        function layer = resetState(layer), layer.Seen = 0; end
    end
end
""",
    "weighted": """classdef weighted < nnet.layer.Layer & nnet.layer.Formattable & nnet.layer.Acceleratable
    properties (Learnable)
        Weights
    end
    methods
        function layer = initialize(layer,layout)
            n = prod(layout.Size([finddim(layout,"S") finddim(layout,"C")]));
            layer.Weights = dlarray(reshape(1:2*n,2,n)/10);
        end
        function Z = predict(layer, X)
            Z = fullyconnect(X,layer.Weights,zeros(2,1));
        end
    end
end
""",
    "block": """classdef block < nnet.layer.Layer
    properties (Learnable)
        Network
    end
    methods
        function layer = block(name)
            layer.Name = name; layer.Type = "Block";
            part = [imageInputLayer([4 4 2],Normalization='none'); convolution2dLayer(3,2,Padding='same',Name='conv')];
            layer.Network = dlnetwork([part; reluLayer]);
        end
        function Z = predict(layer, X)
            Z = X + stripdims(predict(layer.Network,dlarray(X,'SSCB')));
        end
    end
end
""",
    "biased": """classdef biased < nnet.layer.Layer
    properties (Learnable)
        Scale
        Bias
    end
    methods
        function layer = initialize(layer,layout), layer.Scale = 3; layer.Bias = []; end
        function Z = predict(layer, X)
            Z = layer.Scale * X;
            if ~isempty(layer.Bias), Z = Z + layer.Bias; end
        end
    end
end
""",
    "faulty": """classdef faulty < nnet.layer.Layer
    properties
        When = "predict"
    end
    methods
        function Z = predict(layer, X)
            Z = X;
            if layer.When == "predict" && any(X(:) > 5)
                error('my:fault','too large');
            end
        end
        function dLdX = backward(layer, X, Z, dLdZ, memory)
            if layer.When == "size", dLdX = dLdZ(1,1); else, error('my:back','no way back'); end
        end
    end
end
""",
}
FUNCTIONS = """
    function [Y,g,gx] = byPredict(net,X)
        Y = sum(predict(net,X),'all'); [g,gx] = dlgradient(Y,net.Learnables,X);
    end
    function [Y,g,gx] = byForward(net,X)
        Y = sum(forward(net,X),'all'); [g,gx] = dlgradient(Y,net.Learnables,X);
    end
    function gx = toInput(net,X)
        gx = dlgradient(sum(predict(net,X),'all'),X);
    end
    function gx = twice(net,X)
        gx = dlgradient(sum(predict(net,X),'all'),X,'EnableHigherDerivatives',true);
        gx = dlgradient(sum(gx.^2,'all'),net.Learnables);
    end
"""
X = 0.5 + np.arange(-6, 6).reshape(2, 2, 3, order="F")
START = "X = dlarray(single(reshape(0.5+(-6:5),2,2,3)),'SSC'); in = imageInputLayer([2 2 3],Normalization='none');"


@pytest.fixture
def run(tmp_path, monkeypatch):
    for name, text in CLASSES.items():
        (tmp_path / f"{name}.m").write_text(text)
    monkeypatch.chdir(tmp_path)
    session = Session(figures="words")
    return lambda text: (session.run(START + text + FUNCTIONS), session)[1]


def numbers(value):
    return np.asarray(value.array() if hasattr(value, "labels") else value, float)


def test_what_is_learnable_is_begun_by_initialize_and_stands_in_the_table(run):
    session = run("""
        net = dlnetwork([in; slope('p')]); t = net.Learnables; a = t.Value{1}; names = cellstr([t.Layer t.Parameter]);
        factor = getLearnRateFactor(net,'p/Alpha'); alpha = net.Layers(2).Alpha;
        net.Learnables.Value{1} = dlarray(reshape(single([1 2 3]),1,1,3)); changed = net.Layers(2).Alpha;
        Y = predict(net,X);
    """)
    assert session["names"].ravel().tolist() == ["p", "Alpha"]
    np.testing.assert_array_equal(numbers(session["a"]), np.full((1, 1, 3), 0.25))
    assert session["factor"] == 2
    np.testing.assert_array_equal(session["changed"].ravel(), [1, 2, 3])
    np.testing.assert_array_equal(session["alpha"].ravel(), [0.25, 0.25, 0.25])
    scale = np.array([1, 2, 3])
    np.testing.assert_array_equal(numbers(session["Y"])[..., 0], np.maximum(X, 0) + scale * np.minimum(X, 0))


@pytest.mark.parametrize("layer", ["slope('p')", "slopeBackward(3)"])
def test_gradients_lead_to_learnables_and_inputs_and_stay_the_same_in_long_loops(run, layer):
    session = run(f"""
        net = dlnetwork([in; {layer}]); [Y,g,gx] = dlfeval(@byPredict,net,X); g = g.Value{{1}};
        for k = 1:14, [Y,late] = dlfeval(@byPredict,net,X); end
        late = late.Value{{1}};
    """)
    np.testing.assert_array_equal(numbers(session["g"]).ravel(), np.minimum(X, 0).sum((0, 1)))
    np.testing.assert_array_equal(numbers(session["late"]), numbers(session["g"]))
    scale = 10 if "Backward" in layer else 1  # what its memory says
    np.testing.assert_array_equal(numbers(session["gx"]), scale * np.where(X > 0, 1, 0.25))


def test_backward_is_handed_the_memory_of_forward_also_after_predict(run):
    for function in ("byForward", "byPredict"):
        session = run(f"net = dlnetwork([in; slopeBackward(3)]); [Y,g,gx] = dlfeval(@{function},net,X);")
        np.testing.assert_array_equal(numbers(session["gx"]), np.where(X > 0, 10, 2.5))


def test_a_network_inside_a_layer_is_learned(run):
    session = run("""
        rng(1); x = dlarray(single(reshape(sin(1:32),4,4,2)),'SSC');
        small = imageInputLayer([4 4 2],Normalization='none');
        net = dlnetwork([small; block('b')]); names = cellstr(net.Learnables.Parameter);
        same = dlnetwork([small; net.Layers(2).Network.Layers(2:3)]); % the same by layers outside
        [~,g] = dlfeval(@byPredict,net,x); [~,h,outside] = dlfeval(@byPredict,same,x);
        equal = [isequal(g.Value{1},h.Value{1}) isequal(g.Value{2},h.Value{2})];
        net.Learnables.Value{2} = dlarray(ones(1,1,2,'single')); bias = net.Layers(2).Network.Layers(2).Bias;
        save k.mat net; s = load('k.mat'); kept = isequal(predict(s.net,x),predict(net,x));
        for k = 1:13, [~,late] = dlfeval(@byPredict,net,x); end
        [~,now] = dlfeval(@byPredict,net,x); steady = isequal(late.Value{1},now.Value{1});
    """)
    assert session["names"].ravel().tolist() == ["Network/conv/Weights", "Network/conv/Bias"]
    assert np.all(session["equal"]) and session["kept"] is True and session["steady"] is True
    np.testing.assert_array_equal(session["bias"].ravel(), [1, 1])


def test_what_initialize_leaves_empty_stays_empty(run):
    session = run("""
        net = dlnetwork([in; biased]); Y = predict(net,X); empty = isempty(net.Learnables.Value{2});
        g = dlfeval(@byPredict,net,X);
    """)
    assert session["empty"] is True
    np.testing.assert_array_equal(numbers(session["Y"])[..., 0], 3 * X)


def test_a_layer_may_have_several_inputs_and_outputs(run):
    session = run("""
        lg = addLayers(layerGraph,[imageInputLayer([2 2 1],Normalization='none',Name='in'); reluLayer(Name='r')]);
        lg = addLayers(addLayers(lg,mix(2)),additionLayer(2,Name='s'));
        lg = connectLayers(connectLayers(lg,'r','mix/in1'),'in','mix/in2');
        net = dlnetwork(connectLayers(connectLayers(lg,'mix/out1','s/in1'),'mix/out2','s/in2'));
        x = dlarray(single([1 -2; 3 -4]),'SSC'); [Y,g,gx] = dlfeval(@byPredict,net,x); g = g.Value{1};
    """)
    x = np.array([[1, -2], [3, -4]])
    np.testing.assert_array_equal(numbers(session["g"]).ravel(), [3 * np.maximum(x, 0).sum(), 3 * x.sum()])
    np.testing.assert_array_equal(numbers(session["gx"]).reshape(2, 2), np.where(x > 0, 9, 6))


def test_a_state_is_kept_and_reset(run):
    session = run("""
        net = dlnetwork([imageInputLayer([1 1 1],Normalization='none'); counting]); x = dlarray(single(5),'SSC');
        [Y,state] = predict(net,x); seen = state.Value{1}; net.State = state; later = predict(net,x);
        net = resetState(net); again = predict(net,x);
    """)
    assert [numbers(session[name]).item() for name in ("Y", "seen", "later", "again")] == [5, 1, 6, 5]


def test_training_carries_a_state_on(run):
    """Two batches in each of three epochs, and the network that comes out has counted them."""
    session = run("""
        layers = [imageInputLayer([2 2 1],Normalization='none'); counting; batchNormalizationLayer;
            fullyConnectedLayer(1)];
        o = trainingOptions('sgdm',MaxEpochs=3,MiniBatchSize=4,Verbose=false,InitialLearnRate=1e-6);
        images = reshape(single(1:32)/32,2,2,1,8); a = trainNetwork(images,(1:8)',[layers; regressionLayer],o);
        b = trainnet(images,(1:8)',dlnetwork(layers),'mse',o); a = a.Layers(2).Seen; b = b.State.Value{1};
    """)
    assert [numbers(session[name]).item() for name in "ab"] == [6, 6]


def test_formattable_classes_see_labels_and_give_them(run):
    session = run("net = dlnetwork([in; weighted]); Y = predict(net,X); [~,g,gx] = dlfeval(@byPredict,net,X);")
    weights = np.arange(1, 25).reshape(2, 12, order="F") / 10
    assert session["Y"].labels == "CB"
    np.testing.assert_allclose(numbers(session["Y"]).ravel(), weights @ X.ravel("F"), rtol=1e-5)
    np.testing.assert_allclose(numbers(session["gx"]).ravel("F"), weights.sum(0), rtol=1e-5)


def test_vectors_are_channels_by_images_in_a_dlnetwork_and_1_by_1_maps_in_a_trained_network(run):
    session = run("""
        fc = fullyConnectedLayer(2,Weights=ones(2,12),Bias=[0;0]);
        a = dlnetwork([in; fc; functionLayer(@(X) X + (1:2)')]); b = predict(a,X);
        c = assembleNetwork([in; fc; functionLayer(@(X) X + reshape(1:2,1,1,2)); regressionLayer]);
        d = predict(c,reshape(1:12,2,2,3));
    """)
    np.testing.assert_array_equal(numbers(session["b"]), [[1], [2]])
    np.testing.assert_array_equal(np.ravel(session["d"]), [79, 80])


def test_networks_keep_what_their_layers_learned_in_files(run):
    session = run("""
        net = dlnetwork([in; slope('p')]); net.Learnables.Value{1} = dlarray(reshape(single([1 2 3]),1,1,3));
        save k.mat net; s = load('k.mat'); same = isequal(predict(s.net,X),predict(net,X));
        factor = getLearnRateFactor(s.net,'p/Alpha'); kind = class(s.net.Layers(2)); alpha = s.net.Layers(2).Alpha;
    """)
    assert (session["same"], session["factor"], session["kind"]) == (True, 2, "slope")
    np.testing.assert_array_equal(session["alpha"].ravel(), [1, 2, 3])


def test_what_predict_does_is_differentiated_twice_and_backward_is_not(run):
    session = run("net = dlnetwork([in; slope('p')]); g = dlfeval(@twice,net,X); g = g.Value{1};")
    np.testing.assert_allclose(numbers(session["g"]).ravel(), 2 * 0.25 * (X < 0).sum((0, 1)))
    with pytest.raises(ScriptError) as caught:
        run("net = dlnetwork([in; slopeBackward(3)]); dlfeval(@twice,net,X);")
    assert caught.value.identifier == "nnet_cnn:layer:Layer:NoHigherDerivatives"


@pytest.mark.parametrize("times", [1, 3])
def test_faults_inside_a_layer_point_to_the_line_of_its_class_also_in_a_compiled_network(run, times):
    ask = "net = assembleNetwork([in; faulty; regressionLayer]);" + "predict(net,zeros(2,2,3));" * (times - 1)
    with pytest.raises(ScriptError) as caught:
        run(f"{ask} predict(net,10*ones(2,2,3,2)); {'predict(net,10*ones(2,2,3,2));' * 2}")
    assert (caught.value.identifier, caught.value.message) == ("my:fault", "too large")
    assert caught.value.span.source.name.endswith("faulty.m") and caught.value.span.line == 9
    with pytest.raises(ScriptError) as caught:
        run(f"f = faulty; f.When = 'back'; net = dlnetwork([in; f]); {'dlfeval(@toInput,net,X);' * times}")
    assert caught.value.identifier == "my:back" and caught.value.span.line == 13


def test_wrong_sizes_of_derivatives_are_told(run):
    with pytest.raises(ScriptError) as caught:
        run("f = faulty; f.When = 'size'; net = dlnetwork([in; f]); dlfeval(@toInput,net,X);")
    assert caught.value.message == (
        "Incorrect size of 'dLdX' for 'backward' in layer faulty. Expected size: [2 2 3 1]. Actual size: [1 1]."
    )


def test_faults_while_a_network_is_put_together_have_their_place(run):
    with pytest.raises(ScriptError) as caught:
        run("assembleNetwork([in; functionLayer(@(X) X*ones(7),Name='f'); regressionLayer]);")
    (cause,) = caught.value.causes
    assert cause.message == (
        "Layer 'f': Error using 'predict' in layer FunctionLayer. The function threw an error and could not be "
        "executed."
    )
    assert cause.causes[0].span is not None


def test_a_learnable_that_nobody_begins_is_told(run, tmp_path):
    (tmp_path / "unbegun.m").write_text(
        "classdef unbegun < nnet.layer.Layer\n properties (Learnable)\n  W\n end\n methods\n"
        "  function Z = predict(layer,X)\n   Z = X;\n  end\n end\nend\n"
    )
    with pytest.raises(ScriptError) as caught:
        run("dlnetwork([in; unbegun]);")
    assert "Empty W property" in caught.value.render()

"""functionLayer in networks: several inputs and outputs, labels, sequences, gradients."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError

IMAGES = "in = imageInputLayer([4 5 2],Normalization='none',Name='in'); rng(1); X = rand(4,5,2,3);"
SPLIT = """two = functionLayer(@(X) deal(2*X,X.^2),NumOutputs=2,OutputNames=["a" "b"],Name='s');
    lg = addLayers(layerGraph(in),two);
    lg = addLayers(lg,concatenationLayer(3,2,Name='c')); lg = connectLayers(lg,'in','s');
    lg = connectLayers(lg,'s/b','c/in1'); lg = connectLayers(lg,'s/a','c/in2'); net = dlnetwork(lg);
"""
LOSS = "of = @(net,X,W) sum(predict(net,X).*W,'all'); slopes = @(net,X,W) dlgradient(of(net,X,W),X);"


def test_several_outputs_go_where_they_are_connected_walked_and_traced(prompt):
    prompt(IMAGES + SPLIT + """
        wanted = single(cat(3,X.^2,2*X)); far = 0;
        for k = 1:3, far = max([far max(abs(predict(net,X)-wanted),[],'all')]); end
        for k = 1:3, far = max([far max(abs(predict(net,X(:,:,:,1))-wanted(:,:,:,1)),[],'all')]); end
        names = net.Layers(2).OutputNames; n = net.Layers(2).NumOutputs;
    """)
    assert prompt["far"] < 1e-6 and prompt["n"] == 2 and prompt["names"].tolist() == [["a", "b"]]


def test_gradients_through_functions_are_those_of_the_formula(prompt):
    prompt(IMAGES + LOSS + """
        net = dlnetwork([in; functionLayer(@(X) sin(X).*X)]); W = single(rand(4,5,2,3));
        d = extractdata(dlfeval(slopes,net,dlarray(single(X),'SSCB'),W));
        far1 = max(abs(d - W.*(cos(X).*X+sin(X))),[],'all');
    """ + SPLIT + """
        W = single(rand(4,5,4,3)); d = extractdata(dlfeval(slopes,net,dlarray(single(X),'SSCB'),W));
        far2 = max(abs(d - (W(:,:,1:2,:)*2.*X + 2*W(:,:,3:4,:))),[],'all');
    """)
    assert prompt["far1"] < 1e-5 and prompt["far2"] < 1e-5


def test_a_formattable_function_sees_labels_and_may_change_them(prompt):
    prompt(IMAGES + LOSS + """
        seen = string.empty;
        f = functionLayer(@(X) dlarray(reshape(sum(stripdims(X),[1 2]),2,[]),'CB'),Formattable=true);
        net = dlnetwork([in; f; functionLayer(@(X) 3*X,Formattable=true)]); Y = predict(net,X);
        far = max(abs(Y' - 3*squeeze(sum(X,[1 2]))),[],'all');
        W = single([1; 2]); d = extractdata(dlfeval(slopes,net,dlarray(single(X),'SSCB'),W));
        even = all(d(:,:,1,:) == 3,'all') && all(d(:,:,2,:) == 6,'all');
        s = dlnetwork([sequenceInputLayer(3); functionLayer(@(X) X + numel(dims(X)),Formattable=true)]);
        moved = predict(s,zeros(4,3));
    """)
    assert prompt["far"] < 1e-5 and prompt["even"] is True
    assert np.asarray(prompt["moved"]).tolist() == [[3, 3, 3]] * 4
    with pytest.raises(ScriptError) as caught:
        prompt.session.run("dlnetwork([in; functionLayer(@(X) stripdims(X),Formattable=true)]);")
    assert "dlarray without labels" in str(caught.value.causes[0].notes)


def test_functions_of_sequences_see_channels_sequences_steps(prompt):
    prompt("""
        net = dlnetwork([sequenceInputLayer(3); functionLayer(@(X) cumsum(X,3)); fullyConnectedLayer(2)]);
        A = activations_of(net);
        function A = activations_of(net)
        A = predict(net,(1:4)'*[1 10 100],Outputs="layer");
        end
    """)
    assert np.asarray(prompt["A"]).tolist() == [[n, 10 * n, 100 * n] for n in (1, 3, 6, 10)]


def test_what_function_layers_refuse(prompt):
    prompt(IMAGES)
    for text, message in (
        ("functionLayer(@(X) X,NumInputs=2,InputNames=\"a\")", "number of input names must match"),
        ("functionLayer(@(X) X,NumOutputs=1,OutputNames=[\"a\" \"b\"])", "number of output names must match"),
        ("functionLayer(@(X) X,OutputNames=[\"a\" \"a\"])", "unique and nonempty"),
    ):  # fmt: skip
        with pytest.raises(ScriptError, match=message):
            prompt.session.run(text)

"""Classes of layers: what nnet.layer.Layer and its kind give them."""

ADD = """
classdef addLayer < nnet.layer.Layer & nnet.layer.Formattable
    properties (Learnable)
        Weights
    end
    properties (State)
        Memory
    end
    methods
        function layer = addLayer(count, args)
            arguments
                count
                args.Name = "";
            end
            layer.NumInputs = count;
            layer.Name = args.Name;
            layer.Weights = 1:count;
        end
        function Z = predict(layer, varargin)
            Z = 0;
            for i = 1:layer.NumInputs
                Z = Z + layer.Weights(i) * varargin{i};
            end
        end
    end
end
"""


def test_a_layer_s_methods_are_called_by_hand(write, run):
    write("addLayer.m", ADD)
    ran = run(
        "l = addLayer(2, Name='a'); v = predict(l, 1, 10); w = l.InputNames; n = class(l.Name); o = l.OutputNames;"
    )
    assert ran["v"] == 21
    assert ran["w"].ravel().tolist() == ["in1", "in2"]
    assert ran["n"] == "char"
    assert ran["o"].ravel().tolist() == ["out"]


def test_a_layer_shows_what_it_learns(write, run):
    write("addLayer.m", ADD)
    assert run("l = addLayer(2, Name='a')").printed == (
        "\nl = \n\n  addLayer with properties:\n\n          Name: 'a'\n     NumInputs: 2\n"
        "    InputNames: {'in1'  'in2'}\n\n   Learnable Parameters\n       Weights: [1 2]\n\n"
        "   State Parameters\n        Memory: []\n\n  Show all properties\n\n"
    )


def test_names_of_ports_set_their_number(write, run, fails):
    write("Two.m", "classdef Two < nnet.layer.Layer\n methods\n"
          " function l = Two(), l.OutputNames = [\"a\" \"b\"]; end\n"
          " end\nend\n")  # fmt: skip
    assert run("l = Two; v = l.NumOutputs;")["v"] == 2
    assert "character vector" in fails("l = Two; l.Name = 5;").message


def test_layers_at_the_end_of_a_network_are_classes_too(write, run):
    write("sse.m", "classdef sse < nnet.layer.RegressionLayer\n methods\n"
          " function loss = forwardLoss(layer, Y, T), loss = sum((Y - T) .^ 2); end\n end\nend\n")  # fmt: skip
    assert run("v = forwardLoss(sse, [1 2], [1 4]); w = isa(sse, 'nnet.layer.RegressionLayer');")["v"] == 4

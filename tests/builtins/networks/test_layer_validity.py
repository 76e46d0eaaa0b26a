"""checkLayer finds what is wrong with a class of layers."""

import re

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

LAYER = """classdef tried < nnet.layer.Layer
    properties
        Fault = ""
    end
    properties (Learnable)
        W = 2
    end
    methods
        function layer = tried(fault), layer.Fault = fault; end
        function Z = predict(layer, X)
            Z = layer.W * X.^2;
            switch layer.Fault
                case "type", Z = single(Z);
                case "count", Z = Z(:,:,:,1);
                case "error", Z = X * ones(99);
            end
        end
        function [dLdX,dLdW] = backward(layer, X, Z, dLdZ, memory)
            dLdX = 2 * layer.W * X .* dLdZ; dLdW = sum(X.^2 .* dLdZ,'all');
            switch layer.Fault
                case "slope", dLdW = 1.01*dLdW;
                case "size", dLdX = dLdX(1,:,:,:);
            end
        end
    end
end
"""
PLAIN = """classdef plain < nnet.layer.Layer & nnet.layer.Formattable
    methods
        function Z = predict(layer, X), Z = dlarray(stripdims(mean(X,1)),'CB'); end
    end
end
"""


@pytest.fixture
def said(tmp_path, monkeypatch):
    (tmp_path / "tried.m").write_text(LAYER)
    (tmp_path / "plain.m").write_text(PLAIN)
    monkeypatch.chdir(tmp_path)
    session = Session(figures="words")
    return lambda text: (session.run(f"said = evalc({text!r});"), session["said"])[1]


def test_a_sound_layer_passes_and_what_is_not_tried_is_told(said):
    whole = said("checkLayer(tried(''),[3 4 2],\"ObservationDimension\",4)".replace("''", '""'))
    assert "TestLayerWithBackward" in whole and "22 Passed, 0 Failed, 0 Incomplete, 10 Skipped." in whole
    single = said('checkLayer(tried(""),[3 4 2])')
    assert single.startswith("Skipping multi-observation tests.") and "15 Passed, 0 Failed" in single


@pytest.mark.parametrize(
    ("fault", "tests", "words"),
    [
        ("slope", ["gradientsAreNumericallyCorrect"], "The derivative 'dLdW' for 'backward' is inconsistent"),
        ("size", ["backwardIsConsistentInSize", "gradientsAreNumericallyCorrect"],
         "Expected size: [3 4 2 1]. Actual size: [1 4 2]"),
        ("type", ["predictIsConsistentInType(precision=double)", "forwardIsConsistentInType(precision=double)"],
         "Expected type: double. Actual type: single."),
        ("error", ["predictDoesNotError"], "tried.m:15:"),
    ],
)  # fmt: skip
def test_what_is_wrong_fails_in_its_test_with_a_diagnostic(said, fault, tests, words):
    told = said(f'checkLayer(tried("{fault}"),[3 4 2])')
    for name in tests:
        assert f"Verification failed in nnet.checklayer.TestLayerWithBackward/{name}." in told
    assert words in told and "Failure Summary:" in told
    passed, failed = map(int, re.search(r"(\d+) Passed, (\d+) Failed", told).groups())
    assert passed + failed == 15 and failed >= len(tests)


def test_observations_that_get_lost_are_found_with_several_only(said):
    told = said('checkLayer(tried("count"),[3 4 2],"ObservationDimension",4)')
    assert "TestLayerWithBackward/predictDoesNotError(observations=multiple)" in told
    assert "TestLayerWithBackward/predictDoesNotError." not in told


def test_formattable_layers_are_tried_by_layouts(said):
    layer = 'functionLayer(@(X) avgpool(X,"global"),Formattable=true)'
    told = said(f'checkLayer({layer},networkDataLayout([4 4 3 NaN],"SSCB"))')
    assert "Skipping initialization tests." in told and "18 Passed, 0 Failed" in told
    for size, form in ('[3 NaN 5]', 'CBT'), ('[3 NaN]', 'CB'):
        told = said(f'checkLayer(functionLayer(@(X) sigmoid(X),Formattable=true),networkDataLayout({size},"{form}"))')
        assert "18 Passed, 0 Failed" in told
    with pytest.raises(ScriptError) as caught:
        said("checkLayer(plain,[4 4 3])")
    assert caught.value.identifier == "nnet_cnn:checkLayer:FormattableNeedsLayout"
    with pytest.raises(ScriptError) as caught:
        said("checkLayer(reluLayer,[4 4 3])")
    assert caught.value.identifier == "nnet_cnn:checkLayer:InvalidLayer"

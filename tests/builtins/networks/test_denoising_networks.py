"""dnCNNLayers and denoiseImage."""

import pytest

from cnnscript.errors import ScriptError


def test_layers_begin_as_matlabs_do(prompt):
    prompt("""
        rng(1); L = dnCNNLayers(NetworkDepth=4); n = size(L); rng(1); w = sqrt(2/576)*randn(3,3,1,64);
        same = max(abs(L(2).Weights - single(w)),[],'all'); b = L(2).BiasL2Factor; f = L(4).BiasLearnRateFactor;
        s = L(5).ScaleL2Factor; o = L(5).Offset; m = std(L(5).Scale(:));
    """)
    assert prompt["n"].tolist() == [[1, 11]] and prompt["same"] < 1e-7
    assert (prompt["b"], prompt["f"], prompt["s"]) == (0, 0, 0)
    assert not prompt["o"].any() and 0.03 < prompt["m"] < 0.09


def test_images_of_any_size_lose_the_noise_that_is_found_and_keep_their_class(prompt):
    prompt("""
        L = [imageInputLayer([6 6],'Normalization','none') convolution2dLayer(1,1,'Weights',0.25,'Bias',0) ...
             regressionLayer]; net = assembleNetwork(L); a = denoiseImage(uint8([200 100; 40 0]),net); c = class(a);
        b = denoiseImage(0.8*ones(8,7,1,2),net); s = size(b); v = b(8,7,1,2);
    """)
    assert prompt["a"].tolist() == [[150, 75], [30, 0]] and prompt["c"] == "uint8"
    assert prompt["s"].tolist() == [[8, 7, 1, 2]] and abs(prompt["v"] - 0.6) < 1e-6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dnCNNLayers(NetworkDepth=2)", "value >= 3"),
        ("denoiseImage(1,2)", "net must be a trained network"),
        ("denoiseImage(rand(6,6,3),net)", "as many channels as A"),
        ("denoiseImage(true,net)", "A must be images of class"),
        ("denoiseImage('a',net)", "A must be images of class"),
        ("denoiseImage(1,classes)", "net must be a trained network"),
        ("denoiseImage(ones(6),narrow)", "must answer with an image of the size"),
    ],
)
def test_what_cannot_be_denoised_is_said(prompt, text, message):
    prompt("c = convolution2dLayer(1,1,Weights=1,Bias=0);")
    prompt("net = assembleNetwork([imageInputLayer([6 6],Normalization='none') c regressionLayer]);"
           "i = imageInputLayer([6 6],Normalization='none');"
           "narrow = assembleNetwork([i maxPooling2dLayer(2) regressionLayer]);"
           "classes = assembleNetwork([imageInputLayer([1 1],Normalization='none') softmaxLayer "
           "classificationLayer(Classes='a')]);")  # fmt: skip
    with pytest.raises(ScriptError) as caught:
        prompt(text)
    assert message in caught.value.message

"""unetLayers and addInputLayer."""

import pytest

from cnnscript.errors import ScriptError


def test_a_unet_has_the_names_and_sizes_of_matlabs(prompt):
    prompt("""
        [lg,out] = unetLayers([32 48 3],4,'EncoderDepth',2,'NumFirstEncoderFilters',4);
        names = {lg.Layers.Name}; n = numel(names); c = height(lg.Connections);
        d = lg.Connections.Destination(strcmp(lg.Connections.Source,'Encoder-Stage-2-DropOut'));
        info = analyzeNetwork(lg); e = info.NumErrors; s = info.LayerInfo.ActivationSizes{end};
        he = getLayer(lg,'Bridge-Conv-1').WeightsInitializer; f = getLayer(lg,'Bridge-Conv-2').NumFilters;
    """)
    names = prompt["names"].ravel().tolist()
    assert names[:6] == ["ImageInputLayer", "Encoder-Stage-1-Conv-1", "Encoder-Stage-1-ReLU-1",
                         "Encoder-Stage-1-Conv-2", "Encoder-Stage-1-ReLU-2", "Encoder-Stage-1-MaxPool"]  # fmt: skip
    assert names[-3:] == ["Final-ConvolutionLayer", "Softmax-Layer", "Segmentation-Layer"]
    assert prompt["n"] == 34 and prompt["c"] == 35 and prompt["e"] == 0 and prompt["f"] == 16
    assert prompt["d"].ravel().tolist() == ["Encoder-Stage-2-MaxPool", "Decoder-Stage-1-DepthConcatenation/in2"]
    assert prompt["s"].tolist() == [[32, 48, 4, 1]] and prompt["out"].tolist() == [[32, 48, 4]] and prompt["he"] == "he"


@pytest.mark.parametrize(
    "text, message",
    [
        ("unetLayers([30 32],2)", "must be a multiple of 2^EncoderDepth, which is 16"),
        ("unetLayers([32 32],1)", "Expected numClasses to be greater than 1."),
        ("unetLayers([32 32],2,ConvolutionPadding='valid')", "is not in cnnscript yet"),
        ("addInputLayer(dlnetwork(reluLayer),tanhLayer)", "must be an input layer"),
        ("addInputLayer(dlnetwork([imageInputLayer([4 4]); reluLayer]),imageInputLayer([4 4]))", "no unconnected"),
        ("addInputLayer(dlnetwork(reluLayer),imageInputLayer([4 4]),Initialize=3)", "The value of 'Initialize' is"),
        ("addInputLayer(layerGraph(reluLayer),imageInputLayer([4 4]),Initialize='on')", "The value of 'Initialize' is"),
        ("dlnetwork([imageInputLayer([4 4]); reluLayer],Initialize=3)", "Expected input to be true or false."),
    ],
)
def test_what_does_not_fit_is_refused(prompt, text, message):
    with pytest.raises(ScriptError) as caught:
        prompt(text)
    assert message in caught.value.message


def test_an_input_layer_goes_before_the_first_open_input(prompt):
    prompt("""
        net = addInputLayer(dlnetwork([convolution2dLayer(3,2,Name='c'); reluLayer(Name='r')],Initialize=false), ...
            imageInputLayer([6 6],Normalization='none'));
        a = net.Connections.Destination; s = size(net.Learnables.Value{1});
        two = dlnetwork(additionLayer(2),Initialize=false); in = imageInputLayer([6 6],Normalization='none',Name='i');
        began = [net.Initialized addInputLayer(two,in).Initialized ...
            addInputLayer(dlnetwork(reluLayer,Initialize=false),in,Initialize=false).Initialized];
    """)
    assert prompt["a"].ravel().tolist() == ["r", "c"] and prompt["s"].tolist() == [[3, 3, 1, 2]]
    assert prompt["began"].tolist() == [[True, False, False]]


def test_unet_is_the_dlnetwork_of_unet_layers(prompt):
    prompt("rng(0), [net,s] = unet([16 16 3],4,EncoderDepth=1,NumFirstEncoderFilters=4); l = unetLayers([16 16 3],4,"
           "EncoderDepth=1,NumFirstEncoderFilters=4); a = string({net.Layers.Name}); "
           "b = string({l.Layers(1:end-1).Name});"
           "same = isequal(a,b); out = net.OutputNames{1}; p = predict(net,rand(16,16,3)); t = sum(p,3);")  # fmt: skip
    assert prompt["same"]
    assert prompt["out"] == "Softmax-Layer"
    assert prompt["t"] == pytest.approx(1, rel=1e-5)
    assert prompt["s"].tolist() == [[16, 16, 4]]

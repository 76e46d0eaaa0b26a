"""How scripts say what is explained: classes, images, layers, scores; and what is told when that cannot be."""

import io

import numpy as np
import pytest

from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from tests.engine.residual_network import residual_network


@pytest.fixture(scope="module")
def network():
    return residual_network()


class Script:
    def __init__(self, network):
        self.out = io.StringIO()
        self.session = Session(out=self.out, err=self.out, figures="words")
        self.session["net"] = NetworkObject(network)
        generator = np.random.default_rng(3)
        self.session["X"] = np.asfortranarray(generator.normal(0, 1, (8, 8, 3, 2)).astype(np.float32))
        self.session.run("x = X(:,:,:,1);")

    def __call__(self, text):
        self.session.run(text)
        return self.out.getvalue()

    def __getitem__(self, name):
        return self.session[name]

    def fault(self, text):
        with pytest.raises(ScriptError) as caught:
            self.session.run(text)
        return caught.value


@pytest.fixture
def script(network):
    return Script(network)


@pytest.mark.parametrize("label", [
    "'c'", '"c"', "categorical(\"c\")", "{'c'}", "3", "single(3)", "uint8(3)", "@(s) s(3)",
    "categorical({'c'},{'z','c','a'})",
])  # fmt: skip
def test_one_class_in_every_form(script, label):
    script(f"one = gradCAM(net,x,3); map = gradCAM(net,x,{label}); d = max(abs(one(:) - map(:)));")
    assert script["one"].shape == (8, 8)
    assert script["one"].max() > 0
    assert script["d"] < 1e-6


@pytest.mark.parametrize("label", ["[3 1]", '["c" "a"]', "{'c';'a'}", 'categorical(["c" "a"])'])
def test_several_classes_give_a_page_each(script, label):
    script(f"maps = saliency(net,x,{label}); c = saliency(net,x,3); a = saliency(net,x,1);")
    assert script["maps"].shape == (8, 8, 2)
    np.testing.assert_allclose(script["maps"][..., 0], script["c"], rtol=1e-4, atol=1e-7)
    np.testing.assert_allclose(script["maps"][..., 1], script["a"], rtol=1e-4, atol=1e-7)


def test_several_images_take_one_class_or_one_each(script):
    script("pairs = saliency(net,X,[3 1]); same = saliency(net,X,3); second = saliency(net,X(:,:,:,2),1);")
    np.testing.assert_allclose(script["pairs"][..., 1], script["second"], rtol=1e-4, atol=1e-7)
    np.testing.assert_allclose(script["pairs"][..., 0], script["same"][..., 0], rtol=1e-4, atol=1e-7)
    assert script.fault("saliency(net,X,[1 2 3])").message == "Several images need one class, or one class each."


def test_formats_say_where_the_channels_are(script):
    script("""
        one = saliency(net,x,2);
        turned = saliency(net,permute(x,[3 1 2]),2,Format="CSS");
        labelled = saliency(net,dlarray(permute(X,[4 1 2 3]),"BSSC"),2);
        named = gradCAM(net,permute(x,[3 1 2]),2,InputDataFormats="CSS"); same = gradCAM(net,x,2);
    """)
    np.testing.assert_allclose(script["turned"], script["one"], rtol=1e-5)
    np.testing.assert_allclose(script["labelled"][..., 0], script["one"], rtol=1e-4, atol=1e-7)
    np.testing.assert_allclose(script["named"], script["same"], rtol=1e-5)
    assert "one 'C' and one 'B'" in script.fault("saliency(net,x,2,Format='SCC')").message


def test_layers_are_chosen_and_told(script):
    script("""
        [m,feature,reduction] = gradCAM(net,x,1);
        [own,feature2,reduction2] = gradCAM(net,x,1,'featurelayer','relu1','ReductionLayer',9,OutputUps='none');
    """)
    assert (script["feature"], script["reduction"]) == ("relu2", "fc")[:1] + ("prob",)
    assert (script["feature2"], script["reduction2"]) == ("relu1", "fc")
    assert script["own"].shape == (8, 8)


def test_upsampling(script):
    script("""
        raw = gradCAM(net,x,1,OutputUpsampling='none'); net2 = net;
        big = imresize(x,[16 16]);
        raw = gradCAM(net,big,1,FeatureLayer='relu1',Score='logit',ReductionLayer='gap',OutputUpsampling='none');
        up = gradCAM(net,big,1,FeatureLayer='relu1',Score='logit',ReductionLayer='gap');
        near = gradCAM(net,big,1,FeatureLayer='relu1',Score='logit',ReductionLayer='gap',OutputUpsampling='nearest');
        d = [max(abs(imresize(raw,[16 16]) - up),[],'all') max(abs(imresize(raw,[16 16],'nearest') - near),[],'all')];
    """)
    assert script["d"].max() == 0


def test_logits_are_not_squashed(script):
    script("""
        scores = predict(net,x); p = scores(2);
        soft = saliency(net,x,2,Channels='none'); logits = saliency(net,x,1:5,Score='logit',Channels='none');
        expected = p * (logits(:,:,:,2) - sum(logits .* reshape(scores,1,1,1,5),4));
        d = max(abs(soft - expected),[],'all') / max(abs(soft),[],'all');
    """)
    assert script["d"] < 1e-4


def test_against_another_class_is_the_difference_of_their_logits(script):
    """Finer-CAM: Grad-CAM of y(c) - γ·y(d)."""
    script("""
        finer = gradCAM(net,x,2,Against='c',Gamma=0.5);
        byHand = gradCAM(net,x,@(y) y(2) - 0.5*y(3),Score='logit');
        [~,order] = sort(predict(net,x),'descend');
        runner = gradCAM(net,x,order(1),Against=true); named = gradCAM(net,x,order(1),Against=order(2));
        word = gradCAM(net,x,order(3),Against="runner-up"); best = gradCAM(net,x,order(3),Against=order(1));
        d = [max(abs(finer - byHand),[],'all') max(abs(runner - named),[],'all') max(abs(word - best),[],'all')];
        size2 = max(finer(:));
    """)
    assert script["d"].max() < 1e-6
    assert script["size2"] > 0
    assert script.fault("gradCAM(net,x,3,Against=3)").message == "A class cannot be compared with itself."


def test_a_sure_softmax_is_warned_of_once_with_the_cure(script, network):
    sure = network.with_parameters({"fc": {"Weights": 400 * network.parameter("fc", "Weights")}})
    script.session["sure"] = NetworkObject(sure)
    printed = script("[~,best] = max(predict(sure,x)); map = gradCAM(sure,x,best); largest = max(map(:));")
    assert printed.count("Warning") == 1
    assert 'Score="logit" explains what goes into the softmax' in printed
    assert script["largest"] == 0
    assert script("map = gradCAM(sure,x,best,Score='logit'); largest = max(map(:));").count("Warning") == 1
    assert script["largest"] > 0


@pytest.mark.parametrize("text, message, note", [
    ("gradCAM(net,x,'cc')", "The network has no class 'cc'.", "it has 5 classes"),
    ("gradCAM(net,x,6)", "A class index must be an integer from 1 to 5.", "got 6"),
    ("gradCAM(net,x,1.5)", "A class index must be an integer from 1 to 5.", "got 1.5"),
    ("gradCAM(net,x,[])", "There must be a class.", "got an empty array"),
    ("gradCAM(net,x,struct())", "A class must be a label (text or categorical) or a number.", "it is a 1x1 struct"),
    ("gradCAM(net,x,1,FeatureLayer='fc')", "Layer 'fc' has no spatial dimensions: no map can be drawn of it.",
     "its output is 1×1×5"),
    ("gradCAM(net,x,1,FeatureLayer='gap')", "Layer 'gap' has no spatial dimensions: no map can be drawn of it.",
     "the last layers that have them: 'conv2', 'add', 'relu2', 'drop'"),
    ("gradCAM(net,x,1,FeatureLayer='relu2',ReductionLayer='relu1')", "The score does not depend on layer 'relu2'.",
     "'relu2' comes after it"),
    ("saliency(net,x,1,Score='softmax',ReductionLayer='fc')", "The network has no softmax layer to take the score "
     "from.", "the scores come from 'fc' (Fully Connected)"),
    ("x(2,3,1) = NaN; saliency(net,x,1)", "The image must be finite: it holds NaN.", "at (2,3,1)"),
    ("X(1,1,2,2) = Inf; saliency(net,X,1)", "The image must be finite: it holds Inf.", "at (1,1,2) of image 2"),
    ("saliency(net,x(1:4,:,:),1)", "Incorrect input size. The input images must have a size of [8 8 3].", None),
    ("saliency(net,'coffee.png',1)", "Incorrect input data. The input images must be a numeric array with a size of "
     "[8 8 3].", None),
    ("gradCAM(net,x,@(s) s)", "The reduction function must reduce the output of the reduction layer to a dlarray "
     "scalar.", "it gave a 5×1 dlarray"),
    ("gradCAM(net,x,@(s) 3)", "The reduction function must reduce the output of the reduction layer to a dlarray "
     "scalar.", "it gave a 1×1 double"),
    ("integratedGradients(net,x,1,Baseline=[1 2])", "The baseline must be a number, one for each channel, or an image "
     "of the same size.", None),
    ("saliency(net,x,1,Format=[1 2])", "Format must be a string scalar or character vector.", "got 1x2 double"),
    ("gradCAM(net,x,1,Format='SSC',InputDataFormats='SSCB')", "'Format' and 'InputDataFormats' are two names of one "
     "option.", "they are 'SSC' and 'SSCB'"),
    ("smoothGrad(net,x,1,NoiseLevel=-1)", "NoiseLevel must be 0 or more.", None),
])  # fmt: skip
def test_bad_input_is_one_clear_error(script, text, message, note):
    fault = script.fault(text)
    assert fault.message == message
    assert fault.identifier
    assert note is None or note in fault.notes


def test_near_names_of_classes(network, script):
    named = residual_network(classes=("tabby cat", "tiger cat", "golden retriever", "espresso", "expresso maker"))
    script.session["named"] = NetworkObject(named)
    assert "near it: 'espresso', 'expresso maker'" in script.fault("gradCAM(named,x,'expreso')").notes
    assert "near it: 'tabby cat', 'tiger cat'" in script.fault("gradCAM(named,x,'Cat')").notes


def test_baselines(script):
    script("""
        [black,e] = integratedGradients(net,x,1,Steps=40,Channels='none');
        zeroed = integratedGradients(net,x,1,Steps=40,Baseline=[0 0 0],Channels='none');
        own = integratedGradients(net,x,1,Steps=40,Baseline=zeros(8,8,3),Channels='none');
        same = integratedGradients(net,x,1,Baseline=x);
        rng(1); a = integratedGradients(net,x,1,Baseline="random",Steps=3);
        rng(1); b = integratedGradients(net,x,1,Baseline="random",Steps=3);
        for name = ["white" "mean" "blur"], m = integratedGradients(net,x,1,Baseline=name,Steps=3); end
        s = predict(net,x) - predict(net,0*x); miss = sum(black,'all') - s(1) - e;
    """)
    for other in ("zeroed", "own"):
        np.testing.assert_array_equal(script[other], script["black"])
    assert np.abs(script["same"]).max() == 0
    np.testing.assert_array_equal(script["a"], script["b"])
    assert abs(float(script["miss"])) < 1e-5


def test_noise_is_repeated_by_rng(script):
    script("""
        rng(4); a = smoothGrad(net,x,1,NumSamples=3); b = smoothGrad(net,x,1,NumSamples=3);
        rng(4); c = smoothGrad(net,x,1,NumSamples=3); still = smoothGrad(net,x,1,NumSamples=2,NoiseLevel=0);
        none = varGrad(net,x,1,NumSamples=2,NoiseLevel=0); plain = saliency(net,x,1);
    """)
    np.testing.assert_array_equal(script["a"], script["c"])
    assert np.abs(script["a"] - script["b"]).max() > 0
    np.testing.assert_allclose(script["still"], script["plain"], rtol=1e-5)
    assert np.abs(script["none"]).max() < 1e-10


def test_a_dlnetwork_takes_numbers_of_channels(script):
    script("dl = dag2dlnetwork(net); [a,~,layer] = gradCAM(dl,x,3); b = gradCAM(net,x,3); d = max(abs(a(:)-b(:)));")
    assert script["layer"] == "prob"
    assert script["d"] < 1e-6
    assert "no class names" in script.fault("gradCAM(dl,x,'c')").message
    assert "must be initialized" in script.fault("gradCAM(dlnetwork(),x,1)").message


def test_layers_are_no_network(script):
    assert script.fault("gradCAM(net.Layers,x,1)").hint.startswith("these are layers, no network yet")
    assert script.fault("saliency(3,x,1)").notes == ("the first input is a double of size 1x1",)


def test_sequences_and_features_have_formats_too(script):
    script("""
        rng(1);
        series = dlnetwork([sequenceInputLayer(3,MinLength=12); convolution1dLayer(3,4,Padding="same"); reluLayer
            globalAveragePooling1dLayer; fullyConnectedLayer(2); softmaxLayer]);
        t = rand(12,3,'single'); one = saliency(series,t,2);
        map = gradCAM(series,dlarray(t','CT'),2); turned = saliency(series,t',2,Format="CT");
        table = dlnetwork([featureInputLayer(4); fullyConnectedLayer(3)]); v = rand(1,4);
        w = saliency(table,v,3,Channels="none"); u = saliency(table,v',3,Format="CB",Channels="none");
        expected = extractdata(table.Learnables.Value{1}(3,:));
    """)
    assert script["map"].shape == script["one"].shape == (12, 1)
    np.testing.assert_allclose(script["turned"], script["one"], rtol=1e-5)
    for name in ("w", "u"):
        np.testing.assert_allclose(np.ravel(script[name]), np.ravel(script["expected"]), rtol=1e-6)
    assert script.fault("gradCAM(table,v,1)").message.startswith("No layer of the network has spatial dimensions")


def test_scores_of_pixels_are_summed(script):
    """A network that classifies every pixel: the score is the sum over the map, as of a reduction function."""
    script("""
        rng(1);
        pixels = dlnetwork([imageInputLayer([8 8 3],Normalization="none"); convolution2dLayer(3,4,Padding="same")
            reluLayer; convolution2dLayer(1,2); softmaxLayer]);
        map = gradCAM(pixels,x,2); sums = gradCAM(pixels,x,@(s) sum(s(:,:,2),'all'));
        corner = saliency(pixels,x,@(s) s(1,1,2));
    """)
    np.testing.assert_allclose(script["map"], script["sums"], rtol=1e-4, atol=1e-7)
    assert script["map"].max() > 0
    assert script["corner"][:2, :2].max() > 0
    assert not script["corner"][2:, :].any() and not script["corner"][:, 2:].any()


def test_of_several_outputs_one_is_named(script):
    script("""
        rng(1);
        two = layerGraph([imageInputLayer([8 8 3],Normalization="none"); convolution2dLayer(3,4); reluLayer
            globalAveragePooling2dLayer(Name="g"); fullyConnectedLayer(2,Name="a")]);
        two = addLayers(two,fullyConnectedLayer(3,Name="b")); two = dlnetwork(connectLayers(two,"g","b"));
        map = gradCAM(two,x,3,ReductionLayer="b");
    """)
    assert script["map"].shape == (8, 8)
    fault = script.fault("gradCAM(two,x,1)")
    assert fault.message == "The network has 2 outputs: the reduction layer must be named."
    assert fault.hint == 'ReductionLayer="a"'


def test_a_class_that_the_reduction_layer_has_no_channel_for_is_told(network):
    script = Script(network)
    narrow = next(layer.name for k, layer in enumerate(network.layers) if network.sizes[k][2] < len(network.classes))
    fault = script.fault(f"gradCAM(net,x,'{network.classes[-1]}',ReductionLayer='{narrow}');")
    assert fault.identifier == "deep:explain:NoChannelOfClass"

"""Questions to networks that a program names: what is wrong with them is said before they are asked."""

import subprocess
import sys

import pytest

from cnnscript.builtins.language import checkcode

PREPARED = "net = squeezenet;\nim = imread('a.png');\n"


def said(rows, severity="error"):
    return [(line, message) for line, kind, message in rows if kind == severity]


@pytest.fixture(autouse=True)
def no_weights(monkeypatch, tmp_path):
    """SqueezeNet's weights come with a package; no others are here, and none may be asked for."""
    from cnnscript.builtins.networks import known_networks
    from cnnscript.engine.zoo import Zoo

    zoo = Zoo(folders=[tmp_path / "weights"], offline=False)
    monkeypatch.setattr(known_networks, "_zoo", lambda: zoo)
    return zoo


@pytest.mark.parametrize(
    "text",
    [
        "act = activations(net, im, 'conv9');",
        "act = net.activations(im, 'conv9');",
        "name = 'conv9'; act = activations(net, im, name);",
        'other = net; act = activations(other, im, "conv9");',
        "for k = 1:3, act = activations(net, im, 'conv9'); end",
        "if rand > 1, im = 3; else, act = activations(net, im, 'conv9'); end",
        '[a, b] = minibatchpredict(net, im, Outputs="conv9");',
        "s = predict(net, im, 'Outputs', 'conv9');",
    ],
)
def test_a_layer_that_the_network_has_not_is_an_error_that_lists_near_names_with_sizes(check_files, text):
    (finding,) = [one for one in check_files({"main.m": PREPARED + text}) if one.severity == "error"]
    assert finding.fault.message.endswith("The input, 'conv9', did not match any of the valid values.")
    assert "'conv1' is 113×113×64" in finding.fault.notes
    assert finding.span.line == 3


@pytest.mark.parametrize(
    "text",
    [
        "act = activations(net, im, 'conv10');",
        "act = activations(net, im, 5);",
        "act = activations(net, im, layer); layer = 'conv9';",
        "net = other(3); act = activations(net, im, 'conv9');\nfunction n = other(k), n = k; end",
        "if rand > 0.5, net = 3; end\nact = activations(net, im, 'conv9');",
        "for k = 1:2, act = activations(net, im, 'conv9'); net = k; end",
        "load('trained.mat'); act = activations(net, im, 'conv9');",
        "if k, load trained, end; act = activations(net, im, 'conv9');",
        "net(1) = 3; act = activations(net, im, 'conv9');",
        "f(net)\nfunction f(net), a = activations(net, 1, 'conv9'); end",
        "global net\n act = activations(net, im, 'conv9');",
        "squeezenet = 3; n = squeezenet; act = activations(n, im, 'conv9');",
        "lgraph = squeezenet('Weights','none'); act = activations(lgraph, im, 'conv9');",
    ],
)
def test_what_is_not_certain_is_no_error(found, text):
    assert [row for row in said(found(PREPARED + text)) if "layer names" in row[1]] == []


def test_in_a_try_it_is_a_note(found):
    rows = found(PREPARED + "try, act = activations(net, im, 'conv9'); catch, end")
    assert [kind for _, kind, message in rows if "layer names" in message] == ["note"]


def test_numbers_of_layers_are_held_to_their_count(found):
    rows = found(
        PREPARED + "a = activations(net, im, 69);\nL = net.Layers(70);\nL = net.Layers(68); M = net.Layers(end);"
    )
    assert said(rows) == [
        (3, "Expected layer to be a scalar with value <= 68."),
        (4, "Index exceeds the number of array elements. Index must not exceed 68."),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("im = imresize(im, [224 224]); a = activations(net, im, 'conv1');", True),
        ("a = activations(net, single(imresize(im, [224, 300])), 'conv1');", True),
        ("x = zeros(227, 227, 1); a = classify(net, x);", True),
        ("a = classify(net, imresize(im, [300 300]));", True),
        ("a = activations(net, imresize(im, [300 300]), 'conv1');", False),
        ("sz = net.Layers(1).InputSize; a = classify(net, imresize(im, sz(1:2)));", False),
        ("n = googlenet; sz = n.Layers(1).InputSize; a = classify(net, imresize(im, sz(1:2)));", True),
        ("im = imresize(im, [224 224]); im = imresize(im, 2); a = classify(net, im);", False),
        ("im = rgb2gray(imresize(im, [227 227])); a = classify(net, im);", True),
        ("ds = augmentedImageDatastore([224 224], im); a = classify(net, ds);", True),
        ("t = compareMaps(net, imresize(im, [200 200]), {'gradCAM'});", True),
        ("t = sanityCheck(net, imresize(im, [227 227]), 'Method', 'saliency');", False),
    ],
)
def test_sizes_of_images_that_the_text_shows_are_held_to_the_networks(found, text, wrong):
    rows = [message for _, message in said(found(PREPARED + text)) if "input size" in message]
    assert rows == (["Incorrect input size. The input images must have a size of [227 227 3]."] if wrong else [])


def test_a_fully_connected_layer_on_the_way_is_found(found):
    rows = found(
        "net = alexnet; x = zeros(300, 300, 3);\na = activations(net, x, 'fc6');\na = activations(net, x, 'relu5');"
    )
    assert [line for line, message in said(rows) if message.startswith("Layer 'fc6'")] == [2]


def test_weights_that_are_not_here_are_a_note_with_the_size_of_the_download(found, no_weights):
    (row,) = said(found("net = alexnet;\nother = squeezenet;"), "note")
    assert row == (1, "The weights of alexnet are not on this computer. Running this fetches them: 244 MB.")
    no_weights.offline = True
    (row,) = said(found("net = alexnet;"))
    assert row == (1, "The weights of alexnet are not on this computer.")
    assert said(found("layers = alexnet('Weights','none');")) == []
    branch = "switch input('name','s')\n case 'a'\n  net = alexnet;\n otherwise\n  net = squeezenet;\nend"
    assert [row[0] for row in said(found(branch), "note")] == [3] and said(found(branch)) == []
    assert said(found("net = imagePretrainedNetwork('alexnet',NumClasses=5,Weights='none');")) == []
    assert said(found("net = imagePretrainedNetwork('alexnet',Weights='none');")) == []


def test_options_that_a_question_has_not_are_an_error(check_files):
    text = PREPARED + "a = activations(net, im, 'conv1', 'OutputsAs', 'rows');"
    (finding,) = [one for one in check_files({"main.m": text}) if one.severity == "error"]
    assert finding.fault.hint == "did you mean 'OutputAs'?"


def test_functions_that_need_a_package_that_is_not_installed_are_an_error(found, monkeypatch):
    monkeypatch.setattr(checkcode.importlib.util, "find_spec", lambda name: None if name == "tensorflow" else 1)
    rows = said(found("a = activations(x, 1, 'conv1');\nx = 3;"))
    assert (1, "'activations' needs the Python package tensorflow, which is not installed.") in rows


def test_a_check_imports_no_tensorflow(tmp_path):
    (tmp_path / "a.m").write_text(PREPARED + "a = activations(net, im, 'conv9');")
    code = (
        "import sys; from cnnscript.check_command import check_command; "
        f"status = check_command([{str(tmp_path / 'a.m')!r}]); "
        "print([name for name in ('tensorflow', 'keras', 'matplotlib', 'scipy') if name in sys.modules], status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] 1"


@pytest.mark.parametrize(
    "text, message",
    [
        ("m = gradCAM(net, im, 'tabby', 'FeatureLayer', 'conv9');", "The input, 'conv9', did not match"),
        ("m = gradCAM(net, im, 'tabbyy');", "The network has no class 'tabbyy'."),
        ("m = gradCAM(net, im, {'tabby', 'cta'});", "The network has no class 'cta'."),
        ("k = 1001; m = gradCAM(net, im, k);", "A class index must be an integer from 1 to 1000."),
        ('m = occlusionSensitivity(net, im, "tiger catt", MaskSize=30);', "The network has no class 'tiger catt'."),
        ("m = imageLIME(net, im, [1 0]);", "A class index must be an integer from 1 to 1000."),
        ("I = deepDreamImage(net, 'conv10', [1 1001]);", "<= 1000."),
        ("dl = dag2dlnetwork(net); y = predict(dl, im, 'Outputs', 'conv9');", "The input, 'conv9', did not match"),
        ("dl = dag2dlnetwork(net); m = gradCAM(dl, im, 'tabby');", "The network has no class names"),
        ("n = resnet18('Weights', 'imgenet');", "The input, 'imgenet', did not match any of the valid values."),
    ],
)
def test_classes_channels_and_weights_that_there_are_not_are_errors(check_files, text, message):
    found = [one.fault.message for one in check_files({"main.m": PREPARED + text}) if one.severity == "error"]
    assert len(found) == 1 and message in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "m = gradCAM(net, im, 'tabby', FeatureLayer='conv10');",
        "m = gradCAM(net, im, 2000, 'ReductionLayer', 'fire9-concat');",
        "m = gradCAM(net, im, @(s) sum(s));",
        "m = occlusionSensitivity(net, im, 'relu_conv1', 70);",
        "channel = ceil(rand); m = occlusionSensitivity(net, im, 'conv1', channel);",
        "m = imageLIME(net, im, classify(net, im));",
        "label = 'tabbyy'; if rand > 1, label = 'tabby'; end\nm = gradCAM(net, im, label);",
        "I = deepDreamImage(net, 'conv1', 1:64);",
        "dl = dag2dlnetwork(net); m = gradCAM(dl, im, 282);",
        "n = squeezenet('Weights', 'none');",
        "t = sanityCheck(net, imresize(im, [227 227]), 'Method', 'saliency');",
    ],
)
def test_classes_and_channels_that_there_are_or_may_be_are_no_errors(found, text):
    assert said(found(PREPARED + text)) == []

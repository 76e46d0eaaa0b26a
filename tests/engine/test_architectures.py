"""The described networks are MATLAB's: every row of net.Layers, every size, every connection."""

import csv
from pathlib import Path

import pytest

from cnnscript.engine.architectures import architecture, architecture_names, class_names, read_architecture

EXPECTED = Path(__file__).parent / "expected_layers"


@pytest.mark.parametrize("name", architecture_names())
def test_every_row_of_net_layers(name):
    network = architecture(name).network()
    with open(EXPECTED / f"{name}.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader((line for line in file if not line.startswith("#")), delimiter="\t"))
    found = [
        [
            layer.name,
            layer.kind,
            layer.describe(),
            "×".join(str(n) for n in size),
            ",".join(network.layers[i].name for i in sources),
        ]
        for layer, size, sources in zip(network.layers, network.sizes, network.sources, strict=True)
    ]
    assert found == rows


COUNTS = {
    "squeezenet": (68, 75), "alexnet": (25, 24), "googlenet": (144, 170), "resnet18": (71, 78), "resnet50": (177, 192),
    "resnet101": (347, 379), "mobilenetv2": (154, 163), "vgg16": (41, 40), "vgg19": (47, 46), "darknet19": (64, 63),
    "efficientnetb0": (290, 363), "nasnetmobile": (913, 1072), "nasnetlarge": (1243, 1462),
}  # fmt: skip
LAYERS = {
    "darknet53": 184, "inceptionv3": 315, "xception": 170, "inceptionresnetv2": 824, "densenet201": 708,
    "shufflenet": 172, "places365googlenet": 144,
}  # fmt: skip
PARAMETERS = {  # as published, and a bias a filter where Keras has none (inceptionv3: and a scale a channel)
    "squeezenet": 1_235_496, "alexnet": 60_965_224, "vgg16": 138_357_544, "vgg19": 143_667_240,
    "resnet50": 25_583_592, "mobilenetv2": 3_504_872 + 17_056, "inceptionv3": 23_817_352 + 2 * 17_216,
    "densenet201": 20_013_928 + 17_024,
    # Keras counts running means and variances with them, and of efficientnetb0 seven numbers of its normalisation
    "efficientnetb0": 5_330_571 - 7 - 42_016 + 21_008, "nasnetmobile": 5_326_716 - 36_738 + 33_722,
    "nasnetlarge": 88_949_818 - 196_668 + 180_396,
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_counts_are_matlabs(name):
    network = architecture(name).network()
    assert (len(network.layers), len(network.connections)) == COUNTS[name]
    assert network.kind == ("series" if len(network.connections) == len(network.layers) - 1 else "dag")


@pytest.mark.parametrize("name", LAYERS)
def test_layers_are_as_many_as_matlabs(name):
    assert len(architecture(name).network().layers) == LAYERS[name]


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_are_as_many_as_published(name):
    assert architecture(name).network().parameter_count() == PARAMETERS[name]


def test_class_names_are_a_thousand_and_unique():
    names = class_names("imagenet")
    assert len(set(names)) == len(names) == 1000
    assert [names[i] for i in (0, 285, 967, 999)] == ["tench", "Egyptian cat", "espresso", "toilet tissue"]


def test_blocks_are_written_out_with_their_values():
    text = "\n".join(
        [
            "kind\tseries",
            "block\tunit\tname filters",
            "{name}\tconvolution\t{filters} 3x3 padding=same",
            "{name}_relu\trelu",
            "end",
            "in\timage-input\t8x8x3 none",
            "use\tunit\ta 2",
            "use\tunit\tb 5",
        ]
    )
    found = read_architecture(text)
    assert [layer.name for layer in found.layers] == ["in", "a", "a_relu", "b", "b_relu"]
    assert found.connections[2] == ("a_relu", "b")
    assert found.layers[3].num_filters == 5


def test_blocks_use_blocks_count_and_know_where_they_begin():
    text = "\n".join(
        [
            "kind\tdag",
            "default\tbatch-normalization\tepsilon=0.5",
            "block\tunit\tn filters",
            "conv{n}\tconvolution\t{filters} 1x1",
            "bn{n}\tbatch-normalization",
            "end",
            "block\tsplit\tk",
            "use\tunit\t{k} 3",
            "conv{k+1}\tconvolution\t3 1x1\t{before}",
            "add{k-1}\taddition\t\tbn{k} conv{k+1}",
            "end",
            "in\timage-input\t8x8x3 none",
            "use\tsplit\t2:2:6",
        ]
    )
    found = read_architecture(text)
    assert [layer.name for layer in found.layers] == [
        "in", "conv2", "bn2", "conv3", "add1", "conv4", "bn4", "conv5", "add3", "conv6", "bn6", "conv7", "add5"
    ]  # fmt: skip
    assert ("add1", "conv5") in found.connections and ("bn6", "add5/in1") in found.connections
    assert found.layers[2].epsilon == 0.5


@pytest.mark.parametrize(
    "line", ["x\tconvolution\t3", "x\tconvolutoin\t3 3x3", "x\trelu\tslope=2", "x\tmax-pooling\t3x3 padding=1,2"]
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(ValueError, match="line 2 of the description"):
        read_architecture("in\timage-input\t8x8x3 none\n" + line)

"""The described networks are MATLAB's: every row of net.Layers, every size, every connection."""

import csv
from pathlib import Path

import pytest

from cnnscript.engine.architectures import architecture, architecture_names, imagenet_classes, read_architecture

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


def test_counts_are_matlabs():
    squeezenet, alexnet = architecture("squeezenet").network(), architecture("alexnet").network()
    assert (len(squeezenet.layers), len(squeezenet.connections), squeezenet.kind) == (68, 75, "dag")
    assert (len(alexnet.layers), len(alexnet.connections), alexnet.kind) == (25, 24, "series")
    assert squeezenet.parameter_count() == 1_235_496
    assert alexnet.parameter_count() == 60_965_224


def test_class_names_are_a_thousand_and_unique():
    names = imagenet_classes()
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


@pytest.mark.parametrize(
    "line", ["x\tconvolution\t3", "x\tconvolutoin\t3 3x3", "x\trelu\tslope=2", "x\tmax-pooling\t3x3 padding=1,2"]
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(ValueError, match="line 2 of the description"):
        read_architecture("in\timage-input\t8x8x3 none\n" + line)

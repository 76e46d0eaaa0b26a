"""Networks described as data: one table of tab-separated lines a network, read into layers and connections.

    name <tab> layer <tab> words and options <tab> inputs

Empty inputs mean the line before.  Lines between `block NAME PARAMETERS` and `end` are a pattern with {parameters};
`use NAME VALUES` writes it out.  {parameters} may stand anywhere in a line, {n+3} and {n-1} count from a number;
{before} is the layer before the block, where its further branches begin.  Blocks use blocks.  Among the values, 2:6 and
13:7:41 write the block out for each number (several such values go along together).  `include NAME` brings in the
blocks that several networks share (network_blocks/NAME.tsv).  `kind` says which of MATLAB's classes the network is;
`default LAYER OPTIONS` what all layers of a kind have.  `#` starts a comment line.

Options are written in any order after the words: stride=2, padding=1 | 0,1,0,1 | same, dilation=2, mean=123,117,104.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.graph import Connection, Network, Parameters
from cnnscript.engine.importing.foreign_layers import ZeroPadding
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer, Padding
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling
from cnnscript.engine.spatial_layers import Crop2D


@dataclass(frozen=True)
class Architecture:
    """What a description says, before sizes are known.  kind: 'series' or 'dag'."""

    layers: tuple[Layer, ...]
    connections: tuple[Connection, ...]
    kind: str

    def network(self, parameters: Parameters | None = None) -> Network:
        """A network of this shape; with no parameters, of its shape only."""
        return Network(self.layers, self.connections, kind=self.kind, parameters=parameters)


@cache
def architecture(name: str) -> Architecture:
    """The packaged description of a network; FileNotFoundError when there is none of that name."""
    folder = resources.files("cnnscript.engine").joinpath("networks")
    return read_architecture(folder.joinpath(name + ".tsv").read_text("utf-8"))


def architecture_names() -> tuple[str, ...]:
    """The networks that are described here."""
    folder = resources.files("cnnscript.engine").joinpath("networks")
    return tuple(sorted(entry.name.removesuffix(".tsv") for entry in folder.iterdir() if entry.name.endswith(".tsv")))


@cache
def class_names(data_set: str) -> tuple[str, ...]:
    """The classes of 'imagenet' (1000) or 'places365', in the order of the networks' outputs."""
    text = resources.files("cnnscript.engine").joinpath(f"{data_set}_classes.tsv").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def read_architecture(text: str) -> Architecture:
    """Layers and connections of a description; ValueError names the line that cannot be read."""
    made: list[Layer] = []
    connections: list[Connection] = []
    kind, defaults = "dag", {}
    for number, line in _written_out(text, made):
        name, what, options, inputs, *_ = [*(part.strip() for part in line.split("\t")), "", "", ""]
        if name == "kind":
            kind = what
            continue
        if name == "default":
            defaults[what] = options.split()
            continue
        sources = inputs.split() or ([made[-1].name] if made else [])
        try:
            layer = _layer(name, what, [*defaults.get(what, ()), *options.split()], len(sources))
        except (KeyError, ValueError, IndexError, TypeError) as fault:
            raise ValueError(f"line {number} of the description, '{line}': {fault!r}") from fault
        made.append(layer)
        several = len(layer.input_names) > 1
        for i, source in enumerate(sources):
            connections.append((source, f"{name}/{layer.input_names[i]}" if several else name))
    return Architecture(tuple(made), tuple(connections), kind)


Block = tuple[list[str], list[str]]  # parameters, lines
PARAMETER = re.compile(r"\{(\w+)(?:([+-])(\d+))?\}")


def _written_out(text: str, made: list[Layer]) -> Iterator[tuple[int, str]]:
    """The lines of a description with their numbers, each `use` replaced by the lines of its block.

    made: the layers of the lines given so far.
    """
    blocks: dict[str, Block] = {}
    inside: str | None = None
    for number, line in _lines(text):
        word, name, values, *_ = [*line.split("\t"), "", ""]
        if word == "block":
            inside = name
            blocks[name] = (values.split(), [])
        elif word == "end":
            inside = None
        elif inside is not None:
            blocks[inside][1].append(line)
        else:
            yield from _lines_of(number, line, blocks, made)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers, those of included blocks in their places."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("include\t"):
            file = resources.files("cnnscript.engine").joinpath("network_blocks", line.split("\t")[1] + ".tsv")
            yield from ((number, inner) for _, inner in _lines(file.read_text("utf-8")))
        elif line.strip() and not line.startswith("#"):
            yield number, line


def _lines_of(number: int, line: str, blocks: dict[str, Block], made: list[Layer]) -> Iterator[tuple[int, str]]:
    """A line, or where it uses a block the lines of it."""
    word, name, values, *_ = [*line.split("\t"), "", ""]
    if word != "use":
        yield number, line
        return
    parameters, lines = blocks[name]
    for chosen in _each(values.split()):
        given = dict(zip(parameters, chosen, strict=True))
        given["before"] = made[-1].name if made else ""
        for pattern in lines:
            yield from _lines_of(number, PARAMETER.sub(lambda found, given=given: _value(found, given), pattern),
                                 blocks, made)  # fmt: skip


def _each(values: list[str]) -> list[list[str]]:
    """The values of a `use`, once for each number of their ranges."""
    columns = [_range(value) for value in values]
    count = max((len(column) for column in columns), default=1)
    return [[column[k if len(column) > 1 else 0] for column in columns] for k in range(count)]


def _range(value: str) -> list[str]:
    """'2:4' as ['2', '3', '4'], '1:3:7' as ['1', '4', '7'], any other word as it is."""
    if not re.fullmatch(r"\d+(:\d+){1,2}", value):
        return [value]
    first, *step, last = (int(part) for part in value.split(":"))
    return [str(number) for number in range(first, last + 1, *step)]


def _value(found: re.Match[str], given: dict[str, str]) -> str:
    value, sign, count = given[found[1]], found[2], found[3]
    return value if sign is None else str(int(value) + int(sign + count))


# ------------------------------------------------------------------------------------------------- one line, one layer

Options = dict[str, str]


def _layer(name: str, what: str, words: list[str], inputs: int) -> Layer:
    options = dict(word.split("=", 1) for word in words if "=" in word)
    plain = [word for word in words if "=" not in word]
    layer = MAKERS[what](name, plain, options, inputs)
    if options:
        raise ValueError(f"options without a meaning here: {', '.join(options)}")
    return layer


def _pair(text: str) -> tuple[int, int]:
    """'3x5' → (3, 5); '2' → (2, 2)."""
    first, _, second = text.partition("x")
    return int(first), int(second or first)


def _triple(text: str) -> tuple[int, int, int]:
    height, width, channels = (int(part) for part in text.split("x"))
    return height, width, channels


def _floats(text: str | None) -> tuple[float, ...] | None:
    return None if text is None else tuple(float(part) for part in text.split(","))


def _padding(text: str) -> Padding:
    if text == "same":
        return "same"
    numbers = [int(part) for part in text.split(",")]
    if len(numbers) == 1:
        numbers *= 4
    top, bottom, left, right = numbers
    return top, bottom, left, right


def _window(options: Options, dilation: bool = False) -> dict:
    """stride=, padding= (and dilation=) as keyword arguments of a layer."""
    padding = _padding(options.pop("padding", "0"))
    found: dict = {
        "stride": _pair(options.pop("stride", "1")),
        "padding_size": padding,
        "padding_mode": "same" if padding == "same" else "manual",
    }
    if dilation:
        found["dilation_factor"] = _pair(options.pop("dilation", "1"))
    return found


def _image_input(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    numbers: dict[str, Any] = {key: _floats(options.pop(short, None)) for key, short in STATISTICS.items()}
    return ImageInput(name=name, input_size=_triple(words[0]), normalization=words[1], **numbers)


STATISTICS = {"mean": "mean", "standard_deviation": "std", "min": "min", "max": "max"}


def _convolution(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    window = _window(options, dilation=True)
    return Convolution(name=name, num_filters=int(words[0]), filter_size=_pair(words[1]), **window)


def _grouped(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    groups = "channel-wise" if words[0] == "channel-wise" else int(words[0])
    size = _pair(words[2])
    window = _window(options, dilation=True)
    return GroupedConvolution(
        name=name, num_groups=groups, num_filters_per_group=int(words[1]), filter_size=size, **window
    )


def _average_pooling(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    value = options.pop("padding-value", "0")
    window = _window(options)
    filling = "mean" if value == "mean" else float(value)
    return AveragePooling(name=name, pool_size=_pair(words[0]), padding_value=filling, **window)


def _cross_channel(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    numbers = {key: float(options.pop(key)) for key in ("alpha", "beta", "k") if key in options}
    return pointwise.CrossChannelNormalization(name=name, window_channel_size=int(words[0]), **numbers)


def _zero_padding(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    top, bottom, left, right = (int(part) for part in words[0].split(","))
    return ZeroPadding(name=name, padding_size=(top, bottom, left, right), package=words[1])


def _crop(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    x, y = (int(part) for part in words[0].split(","))
    return Crop2D(name=name, location=(x, y))


def _classification(name: str, words: list[str], options: Options, inputs: int) -> Layer:
    classes = class_names(words[0]) if words else ()
    return ClassificationOutput(name=name, classes=classes)


MAKERS: dict[str, Callable[[str, list[str], Options, int], Layer]] = {
    "image-input": _image_input,
    "convolution": _convolution,
    "grouped-convolution": _grouped,
    "max-pooling": lambda name, words, options, inputs: MaxPooling(
        name=name, pool_size=_pair(words[0]), **_window(options)
    ),
    "average-pooling": _average_pooling,
    "global-average-pooling": lambda name, words, options, inputs: GlobalAveragePooling(name=name),
    "global-max-pooling": lambda name, words, options, inputs: GlobalMaxPooling(name=name),
    "flatten": lambda name, words, options, inputs: Flatten(name=name),
    "fully-connected": lambda name, words, options, inputs: FullyConnected(name=name, output_size=int(words[0])),
    "relu": lambda name, words, options, inputs: pointwise.ReLU(name=name),
    "leaky-relu": lambda name, words, options, inputs: pointwise.LeakyReLU(name=name, scale=float(words[0])),
    "clipped-relu": lambda name, words, options, inputs: pointwise.ClippedReLU(name=name, ceiling=float(words[0])),
    "tanh": lambda name, words, options, inputs: pointwise.Tanh(name=name),
    "sigmoid": lambda name, words, options, inputs: pointwise.Sigmoid(name=name),
    "softmax": lambda name, words, options, inputs: pointwise.Softmax(name=name),
    "dropout": lambda name, words, options, inputs: pointwise.Dropout(name=name, probability=float(words[0])),
    "batch-normalization": lambda name, words, options, inputs: pointwise.BatchNormalization(
        name=name, epsilon=float(options.pop("epsilon", "1e-5"))
    ),
    "cross-channel-normalization": _cross_channel,
    "channel-shuffle": lambda name, words, options, inputs: pointwise.ChannelShuffle(
        name=name, num_groups=int(words[0])
    ),
    "scaling-factor": lambda name, words, options, inputs: pointwise.ScalingFactor(name=name, scale=float(words[0])),
    "addition": lambda name, words, options, inputs: pointwise.Addition(name=name, num_inputs=inputs),
    "multiplication": lambda name, words, options, inputs: pointwise.Multiplication(name=name, num_inputs=inputs),
    "depth-concatenation": lambda name, words, options, inputs: pointwise.DepthConcatenation(
        name=name, num_inputs=inputs
    ),
    "zero-padding": _zero_padding,
    "crop": _crop,
    "concatenation": lambda name, words, options, inputs: pointwise.Concatenation(
        name=name, dim=int(words[0]), num_inputs=inputs
    ),
    "classification": _classification,
}

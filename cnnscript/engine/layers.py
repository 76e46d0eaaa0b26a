"""What a layer is: plain descriptions of MATLAB's layer kinds.

A description holds MATLAB's properties (`FilterSize` is `filter_size` here), the two texts that `net.Layers` prints,
the rule for its output size and the shapes of its parameters.  It holds no numbers that training changes: those are
the network's (graph.py), and what the layer computes is in operations.py.

Sizes are (height, width, channels) of one image.  Padding is (top, bottom, left, right) or 'same'.

The printed wording is R2023b's and R2024a's: type column '2-D Convolution', '2-D Max Pooling', '2-D Global Average
Pooling', sizes joined by a multiplication sign.  Read in a public AlexNet print-out of November 2023 and in
MathWorks' page of globalAveragePooling2dLayer (releases before R2021b print 'Convolution', 'Max Pooling' and an ASCII
x).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from cnnscript.errors import ScriptError

Size = tuple[int, int, int]
Shape = tuple[int | None, ...]


class Pooled(tuple):
    """The size of what a max pooling with unpooling outputs gives: it tells where it came from.

    before   the size of what went in
    pooling  the pooling layer
    """

    before: Size
    pooling: MaxPooling


class Steps(tuple):
    """The size of a sequence: (steps, 1, features).  Layers that work on each number by itself keep it."""

    __slots__ = ()


Padding = tuple[int, int, int, int] | str
Statistic = float | tuple | None

LAYER_KINDS: dict[str, type[Layer]] = {}  # every kind by the name of its class here

INTERNAL = ("learning", "per_step", "pooling", "call", "pull")  # fields that are no properties of MATLAB's

NAME_ONLY = (("", ("Name",)),)
NAME_AND_INPUTS = (("", ("Name", "NumInputs", "InputNames")),)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One layer: its name and the properties of its kind.

    `shown` lists what the display of a single layer shows, as (heading, property names) groups.
    `learnables` are the parameters that training changes, `state` those that it tracks.
    `learning` is how training begins and weighs them where that is not MATLAB's default: pairs of a property's name
    ('WeightLearnRateFactor') and its value; `defaults_of_learning` has them all.
    """

    name: str = ""
    learning: tuple[tuple[str, Any], ...] = ()

    matlab_class: ClassVar[str] = "nnet.cnn.layer.Layer"
    kind: ClassVar[str] = ""
    shown: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = NAME_ONLY
    learnables: ClassVar[tuple[str, ...]] = ()
    state: ClassVar[tuple[str, ...]] = ()
    batch_state: ClassVar[tuple[str, ...]] = ()  # state that each observation may have of its own: N×shape then
    initializers: ClassVar[dict[str, Any]] = {}  # learnable → how it begins by default, where not by STARTS
    default_name: ClassVar[str] = "layer"  # what an unnamed one is called in a network
    settable: ClassVar[tuple[str, ...]] = ()  # properties that scripts may change, besides Name and what is learnt
    offers_all: ClassVar[bool] = False  # does its display end in 'Show all properties', though it learns nothing?
    needs_fixed_size: ClassVar[bool] = False  # does its meaning depend on the height and width of its input?

    def __init_subclass__(cls, **options: Any):
        super().__init_subclass__(**options)
        LAYER_KINDS[cls.__name__] = cls

    @property
    def input_names(self) -> tuple[str, ...]:
        """The input ports: ('in',), or ('in1', 'in2', ...) for a layer of several inputs, or () for an input layer."""
        return ("in",)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("out",)

    def describe(self) -> str:
        """The last column of `net.Layers`."""
        return self.kind

    def size_after(self, *sizes: Size) -> Size:
        """The size of what comes out, from the sizes of what goes in.  Raises ScriptError when they do not fit."""
        return sizes[0]

    def settled(self, *sizes: Size) -> Layer:
        """This layer with what it learns from its inputs ('auto' properties such as NumChannels) filled in."""
        return self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes of the parameters as the engine stores them (see weights.py for MATLAB's); settled layers only."""
        return {}

    def property_names(self) -> tuple[str, ...]:
        """MATLAB's names of the properties held here (parameters not counted), in MATLAB's order."""
        return tuple(matlab_name(field.name) for field in fields(self) if field.name not in INTERNAL)

    @classmethod
    def defaults_of_learning(cls) -> dict[str, Any]:
        """MATLAB's defaults for how the learnables begin and are trained: WeightsInitializer 'glorot', ..."""
        found: dict[str, Any] = {}
        for kind in ("Initializer", "LearnRateFactor", "L2Factor"):
            for name in cls.learnables:
                found[setting_name(name, kind)] = (
                    cls.initializers.get(name, STARTS.get(name, "zeros")) if kind == "Initializer"
                    else float(kind == "LearnRateFactor" or name != "Bias")
                )  # fmt: skip
        return found

    def learning_of(self, parameter: str, kind: str) -> Any:
        """How a learnable begins or is trained.  kind: 'Initializer', 'LearnRateFactor' or 'L2Factor'."""
        return self.property(setting_name(parameter, kind))

    def with_learning(self, **settings: Any) -> Any:
        """This layer with other settings of learning: with_learning(WeightLearnRateFactor=10)."""
        defaults, held = self.defaults_of_learning(), {**dict(self.learning), **settings}
        return replace(self, learning=tuple((name, held[name]) for name in defaults
                                            if name in held and held[name] != defaults[name]))  # fmt: skip

    def property(self, name: str) -> Any:
        """The value of a property by MATLAB's name; KeyError when this kind has none of that name."""
        for field in fields(self):
            if matlab_name(field.name) == name:
                return getattr(self, field.name)
        return {**self.defaults_of_learning(), **dict(self.learning)}[name]

    def matlab_shapes(self) -> dict[str, Shape]:
        """Shapes of the parameters as MATLAB shows them; None for what is not known before the layer is settled."""
        return {}

    def accepted_shapes(self) -> dict[str, Shape]:
        """As `matlab_shapes`, for numbers that a script gives: None where any length will do."""
        return self.matlab_shapes()

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        """This layer with what the size of one of its parameters (as MATLAB shows it) tells: NumChannels, ..."""
        return self

    def fans(self, name: str) -> tuple[int, int]:
        """How many numbers go into and come out of the unit of a learnable, for initialisers; settled layers only."""
        raise KeyError(name)

    def misfit(self, message: str, *notes: str) -> ScriptError:
        """The error of a layer whose input does not suit it."""
        return ScriptError("nnet_cnn:layer:InvalidInput", f"Layer '{self.name}': {message}", notes=notes)


STARTS = {"Weights": "glorot", "Scale": "ones"}  # how learnables begin; all others: zeros


def setting_name(parameter: str, kind: str) -> str:
    """('Weights', 'L2Factor') → WeightL2Factor; ('InputWeights', 'Initializer') → InputWeightsInitializer."""
    return ("Weight" if parameter == "Weights" and kind != "Initializer" else parameter) + kind


def matlab_name(field: str) -> str:
    """filter_size → FilterSize."""
    return "".join(word.capitalize() for word in field.split("_"))


def known(number: int | str) -> int | None:
    """A number of channels, or None for 'auto'."""
    return None if isinstance(number, str) else int(number)


def field_name(matlab: str) -> str:
    """FilterSize → filter_size."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", matlab).lower()


def times(*numbers: int | str) -> str:
    """3×3×64."""
    return "×".join(str(number) for number in numbers)


def vector(numbers: tuple[int, ...]) -> str:
    """[2  2], spaced as MATLAB's num2str spaces it."""
    return "[" + "  ".join(str(number) for number in numbers) + "]"


def padding_text(padding: Padding) -> str:
    return "padding 'same'" if isinstance(padding, str) else "padding " + vector(padding)


def size_text(size: Size) -> str:
    return times(*size)


def slid(
    layer: Layer,
    size: Size,
    window: tuple[int, int],
    stride: tuple[int, int],
    padding: Padding,
    dilation: tuple[int, int] = (1, 1),
) -> tuple[int, int]:
    """Height and width after a window slides over a padded input: MATLAB drops what does not fill a stride (floor)."""
    if isinstance(padding, str):  # 'same'
        return -(-size[0] // stride[0]), -(-size[1] // stride[1])
    top, bottom, left, right = padding
    reach = [(window[i] - 1) * dilation[i] + 1 for i in (0, 1)]
    padded = (size[0] + top + bottom, size[1] + left + right)
    if padded[0] < reach[0] or padded[1] < reach[1]:
        raise layer.misfit(
            "The input is smaller than the layer's window.",
            f"the input is {size_text(size)}, {times(*padded)} with its padding",
            f"the window is {times(*reach)}",
        )
    return (padded[0] - reach[0]) // stride[0] + 1, (padded[1] - reach[1]) // stride[1] + 1


# ---------------------------------------------------------------------------------------------------------------- input


@dataclass(frozen=True, kw_only=True)
class ImageInput(Layer):
    """Where images enter, and are normalised.

    mean, standard_deviation, min, max: one number, one a channel (C floats), an image (height tuples of width tuples
    of C floats), or None.  MATLAB's AlexNet holds a 227×227×3 mean image; its numbers are not published with the
    weights, so the engine holds channel means (Caffe's), which MATLAB also falls back to for images of another size.
    """

    input_size: Size = (1, 1, 1)
    split_complex_inputs: bool = False
    data_augmentation: str | tuple[str, ...] = "none"
    normalization: str = "zerocenter"
    normalization_dimension: str = "auto"
    mean: Statistic = None
    standard_deviation: Statistic = None
    min: Statistic = None
    max: Statistic = None

    matlab_class = "nnet.cnn.layer.ImageInputLayer"
    kind = "Image Input"
    default_name = "imageinput"
    settable = ("Mean", "StandardDeviation", "Min", "Max", "Normalization", "NormalizationDimension")

    @property
    def input_names(self) -> tuple[str, ...]:
        return ()

    @property
    def statistics(self) -> tuple[str, ...]:
        """The properties that hold this normalisation's numbers."""
        return {
            "zerocenter": ("Mean",),
            "zscore": ("Mean", "StandardDeviation"),
            "rescale-symmetric": ("Min", "Max"),
            "rescale-zero-one": ("Min", "Max"),
        }.get(self.normalization, ())

    @property
    def shown(self):  # type: ignore[override]
        numbers = ("DataAugmentation", "Normalization", "NormalizationDimension", *self.statistics)
        return (("", ("Name", "InputSize", "SplitComplexInputs")), ("Hyperparameters", numbers))

    def describe(self) -> str:
        ending = f" with '{self.normalization}' normalization" if self.normalization != "none" else ""
        return size_text(self.input_size) + " images" + ending

    def size_after(self, *sizes: Size) -> Size:
        return sizes[0] if sizes else self.input_size


# ---------------------------------------------------------------------------------------------------------- convolution


def _sliding_text(layer: Convolution | GroupedConvolution) -> str:
    """stride [1  1], dilation factor [2  2], and padding [0  0  0  0]: the dilation only when there is one."""
    if layer.dilation_factor == (1, 1):
        return f"stride {vector(layer.stride)} and {padding_text(layer.padding_size)}"
    dilation = f"dilation factor {vector(layer.dilation_factor)}"
    return f"stride {vector(layer.stride)}, {dilation}, and {padding_text(layer.padding_size)}"


@dataclass(frozen=True, kw_only=True)
class Convolution(Layer):
    """convolution2dLayer: kernels h×w×channels×filters, a bias each."""

    filter_size: tuple[int, int]
    num_channels: int | str = "auto"
    num_filters: int
    stride: tuple[int, int] = (1, 1)
    dilation_factor: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    padding_value: float | str = 0

    matlab_class = "nnet.cnn.layer.Convolution2DLayer"
    kind = "2-D Convolution"
    default_name = "conv"
    learnables = ("Weights", "Bias")
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("FilterSize", "NumChannels", "NumFilters", "Stride", "DilationFactor", "PaddingMode",
                             "PaddingSize", "PaddingValue")),
        ("Learnable Parameters", ("Weights", "Bias")),
    )  # fmt: skip

    def describe(self) -> str:
        window = self.filter_size if self.num_channels == "auto" else (*self.filter_size, self.num_channels)
        return f"{self.num_filters} {times(*window)} convolutions with {_sliding_text(self)}"

    def size_after(self, *sizes: Size) -> Size:
        if self.num_channels not in ("auto", sizes[0][2]):
            raise self.misfit(
                "The number of channels of the input does not fit the layer's filters.",
                f"the input is {size_text(sizes[0])}",
                f"the filters take {self.num_channels} channels",
            )
        window = slid(self, sizes[0], self.filter_size, self.stride, self.padding_size, self.dilation_factor)
        return (*window, self.num_filters)

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, num_channels=sizes[0][2]) if self.num_channels == "auto" else self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        kernel = (*self.filter_size, int(self.num_channels), self.num_filters)
        return {"Weights": kernel, "Bias": (self.num_filters,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        weights = (*self.filter_size, known(self.num_channels), self.num_filters)
        return {"Weights": weights, "Bias": (1, 1, self.num_filters)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, num_channels=shape[2]) if name == "Weights" else self

    def fans(self, name: str) -> tuple[int, int]:
        window = self.filter_size[0] * self.filter_size[1]
        return window * int(self.num_channels), window * self.num_filters


@dataclass(frozen=True, kw_only=True)
class GroupedConvolution(Layer):
    """groupedConvolution2dLayer: each group of input channels has filters of its own.  Stored as h×w×channels per
    group×all filters, group by group; MATLAB shows h×w×channels per group×filters per group×groups."""

    filter_size: tuple[int, int]
    num_groups: int | str
    num_channels_per_group: int | str = "auto"
    num_filters_per_group: int
    stride: tuple[int, int] = (1, 1)
    dilation_factor: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    padding_value: float | str = 0

    matlab_class = "nnet.cnn.layer.GroupedConvolution2DLayer"
    kind = "2-D Grouped Convolution"
    default_name = "groupedconv"
    learnables = ("Weights", "Bias")
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("FilterSize", "NumGroups", "NumChannelsPerGroup", "NumFiltersPerGroup", "Stride",
                             "DilationFactor", "PaddingMode", "PaddingSize", "PaddingValue")),
        ("Learnable Parameters", ("Weights", "Bias")),
    )  # fmt: skip

    def describe(self) -> str:
        known = self.num_channels_per_group != "auto"
        window = (*self.filter_size, self.num_channels_per_group) if known else self.filter_size
        filters = f"{self.num_filters_per_group} {times(*window)} convolutions with {_sliding_text(self)}"
        return f"{self.num_groups} groups of {filters}"

    def size_after(self, *sizes: Size) -> Size:
        layer = self.settled(*sizes)
        if layer.num_groups * layer.num_channels_per_group != sizes[0][2]:
            raise self.misfit(
                "The channels of the input do not fit the layer's groups.",
                f"the input is {size_text(sizes[0])}",
                f"the layer has {layer.num_groups} groups of {layer.num_channels_per_group} channels",
            )
        window = slid(self, sizes[0], self.filter_size, self.stride, self.padding_size, self.dilation_factor)
        return (*window, layer.num_groups * self.num_filters_per_group)

    def settled(self, *sizes: Size) -> Any:
        channels = sizes[0][2]
        groups = channels if self.num_groups == "channel-wise" else int(self.num_groups)
        if self.num_channels_per_group != "auto":
            return self
        return replace(self, num_groups=groups, num_channels_per_group=channels // groups)

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        filters = int(self.num_groups) * self.num_filters_per_group
        return {"Weights": (*self.filter_size, int(self.num_channels_per_group), filters), "Bias": (filters,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        groups, filters = known(self.num_groups), self.num_filters_per_group
        weights = (*self.filter_size, known(self.num_channels_per_group), filters, groups)
        return {"Weights": weights, "Bias": (1, 1, filters, groups)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        if name == "Weights":
            return replace(self, num_channels_per_group=shape[2], num_groups=shape[4])
        return replace(self, num_groups=shape[3])

    def fans(self, name: str) -> tuple[int, int]:
        window = self.filter_size[0] * self.filter_size[1]
        return window * int(self.num_channels_per_group), window * self.num_filters_per_group


@dataclass(frozen=True, kw_only=True)
class FullyConnected(Layer):
    """fullyConnectedLayer: every output sees every number of the input.  Stored as inputs×outputs, the input laid out
    height, width, channel (channel fastest); MATLAB shows outputs×inputs with height fastest."""

    input_size: int | str = "auto"
    output_size: int
    spatial_size: Size | None = None  # the input's size: not a property of MATLAB's, it orders the weights
    per_step: bool = False  # of a sequence: each step by itself

    matlab_class = "nnet.cnn.layer.FullyConnectedLayer"
    kind = "Fully Connected"
    default_name = "fc"
    learnables = ("Weights", "Bias")
    needs_fixed_size = True
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("InputSize", "OutputSize")),
        ("Learnable Parameters", ("Weights", "Bias")),
    )

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "InputSize", "OutputSize")

    def describe(self) -> str:
        return f"{self.output_size} fully connected layer"

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        if isinstance(sizes[0], Steps):
            height = 1
        if self.input_size not in ("auto", height * width * channels):
            raise self.misfit(
                "The input does not have the size that the weights of this fully connected layer were made for.",
                f"the input is {size_text(sizes[0])}: {height * width * channels} numbers",
                f"the weights take {self.input_size} numbers"
                + (f" ({size_text(self.spatial_size)})" if self.spatial_size else ""),
            )
        if isinstance(sizes[0], Steps):
            return Steps((sizes[0][0], 1, self.output_size))
        return (1, 1, self.output_size)

    def settled(self, *sizes: Size) -> Layer:
        height, width, channels = sizes[0]
        if isinstance(sizes[0], Steps):
            return replace(self, input_size=channels, spatial_size=(1, 1, channels), per_step=True)
        if self.input_size == "auto" or self.spatial_size is None:
            return replace(self, input_size=height * width * channels, spatial_size=sizes[0])
        return self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"Weights": (int(self.input_size), self.output_size), "Bias": (self.output_size,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {"Weights": (self.output_size, known(self.input_size)), "Bias": (self.output_size, 1)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, input_size=shape[1]) if name == "Weights" else self

    def fans(self, name: str) -> tuple[int, int]:
        return int(self.input_size), self.output_size


# -------------------------------------------------------------------------------------------------------------- pooling


@dataclass(frozen=True, kw_only=True)
class MaxPooling(Layer):
    """maxPooling2dLayer: the largest number under a sliding window; what the padding adds never wins."""

    pool_size: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    has_unpooling_outputs: bool = False

    matlab_class = "nnet.cnn.layer.MaxPooling2DLayer"
    kind = "2-D Max Pooling"
    default_name = "maxpool"
    shown = (
        ("", ("Name", "HasUnpoolingOutputs", "NumOutputs", "OutputNames")),
        ("Hyperparameters", ("PoolSize", "Stride", "PaddingMode", "PaddingSize")),
    )
    what: ClassVar[str] = "max pooling"

    def describe(self) -> str:
        sliding = f"with stride {vector(self.stride)} and {padding_text(self.padding_size)}"
        return f"{times(*self.pool_size)} {self.what} {sliding}"

    def size_after(self, *sizes: Size) -> Size:
        size = (*slid(self, sizes[0], self.pool_size, self.stride, self.padding_size), sizes[0][2])
        if not self.has_unpooling_outputs:
            return size
        pooled = Pooled(size)
        pooled.before, pooled.pooling = sizes[0], self
        return pooled  # type: ignore[return-value]

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("out", "indices", "size") if self.has_unpooling_outputs else ("out",)


@dataclass(frozen=True, kw_only=True)
class AveragePooling(Layer):
    """averagePooling2dLayer.  padding_value 0: the padding counts as zeros; 'mean': it does not count."""

    pool_size: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    padding_value: float | str = 0

    matlab_class = "nnet.cnn.layer.AveragePooling2DLayer"
    kind = "2-D Average Pooling"
    default_name = "avgpool"
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("PoolSize", "Stride", "PaddingMode", "PaddingSize", "PaddingValue")),
    )
    what: ClassVar[str] = "average pooling"
    describe = MaxPooling.describe

    def size_after(self, *sizes: Size) -> Size:
        return (*slid(self, sizes[0], self.pool_size, self.stride, self.padding_size), sizes[0][2])


@dataclass(frozen=True, kw_only=True)
class GlobalAveragePooling(Layer):
    """globalAveragePooling2dLayer: the mean of each channel."""

    matlab_class = "nnet.cnn.layer.GlobalAveragePooling2DLayer"
    kind = "2-D Global Average Pooling"
    default_name = "gapool"

    def describe(self) -> str:
        return "2-D global average pooling"

    def size_after(self, *sizes: Size) -> Size:
        return (1, 1, sizes[0][2])


@dataclass(frozen=True, kw_only=True)
class GlobalMaxPooling(Layer):
    """globalMaxPooling2dLayer: the largest number of each channel."""

    matlab_class = "nnet.cnn.layer.GlobalMaxPooling2DLayer"
    kind = "2-D Global Max Pooling"
    default_name = "gmpool"
    size_after = GlobalAveragePooling.size_after

    def describe(self) -> str:
        return "2-D global max pooling"


@dataclass(frozen=True, kw_only=True)
class Flatten(Layer):
    """flattenLayer: height and width folded into the channels, height fastest."""

    per_step: bool = False  # of a sequence, each step by itself: there is nothing to do

    matlab_class = "nnet.cnn.layer.FlattenLayer"
    kind = "Flatten"
    default_name = "flatten"
    needs_fixed_size = True

    def size_after(self, *sizes: Size) -> Size:
        if isinstance(sizes[0], Steps):
            return sizes[0]
        height, width, channels = sizes[0]
        return (1, 1, height * width * channels)

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, per_step=True) if isinstance(sizes[0], Steps) else self

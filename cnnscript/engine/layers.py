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
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from cnnscript.errors import ScriptError

Size = tuple[int, int, int]
Shape = tuple[int | None, ...]
Padding = tuple[int, int, int, int] | str
Statistic = float | tuple | None


class Steps(tuple):
    """The size of a sequence: (steps, 1, features).  Layers that work on each number by itself keep it."""

    __slots__ = ()


class Frames(tuple):
    """The size of each image of a sequence of images: (height, width, channels); the number of steps is open.

    Such a sequence is N×T×H×W×C.  Layers that know nothing of sequences take image by image.
    """

    __slots__ = ()


class Vector(tuple):
    """The size of what has no dimensions of space, (1, 1, channels): features, what is fully connected or flattened."""

    __slots__ = ()


class Several(tuple):
    """The sizes of a layer of several outputs: itself that of the first, `each` of them all."""

    each: tuple[Size, ...]

    @classmethod
    def of(cls, sizes: Sequence[Size]) -> Size:
        """One size is itself."""
        if len(sizes) == 1:
            return sizes[0]
        made = cls(sizes[0])
        made.each = tuple(sizes)
        return made  # type: ignore[return-value]


def size_of_output(size: Size, port: int) -> Size:
    return size.each[port] if isinstance(size, Several) else size


LAYER_KINDS: dict[str, type[Layer]] = {}  # every kind by the name of its class here

# fields that are no properties of MATLAB's
INTERNAL = ("learning", "per_step", "pooling", "call", "forms", "vectors", "of_vectors")

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
    takes_frames: ClassVar[bool] = False  # does it take a sequence of images as it is, not image by image?
    ends_frames: ClassVar[bool] = False  # does it make a vector of each image, so that they are a sequence of vectors?
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

    @property
    def computed_outputs(self) -> tuple[str, ...]:
        """The outputs that it computes as a list of several; (): it computes one tensor, whatever its ports."""
        return ()

    def describe(self) -> str:
        """The last column of `net.Layers`."""
        return self.kind

    def size_after(self, *sizes: Size) -> Size:
        """The size of what comes out, from the sizes of what goes in.  Raises ScriptError when they do not fit."""
        return sizes[0]

    def size_with_frames(self, *sizes: Size) -> Size:
        """`size_after`, also where sequences of images go in, whose images the layer takes one by one."""
        size = self.size_after(*sizes)
        if self.takes_frames or not any(isinstance(one, Frames) for one in sizes):
            return size
        return Steps((1, 1, size[2])) if self.ends_frames else Frames(size)

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

    def inner(self, name: str) -> tuple[Layer, str] | None:
        """The layer of a network inside this layer, and its parameter, that a parameter of such a name is."""
        return None

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


def size_text(size: Size) -> str:
    return times(*size)

"""Layers that MATLAB makes for imported networks only, and foreign operations that run as they are.

A foreign tensor has any number of axes, the first the image's number; here everything is height × width × channels:

    foreign shape (Keras: channels last)   here
    (n,)                                   1×1×1
    (n, c)                                 1×1×c
    (n, a, b)                              a×b×1
    (n, h, w, c)                           h×w×c
    (n, ..., a, b, c)                      (... × a)×b×c

ONNX has the channels before height and width: (n, c, h, w), and (n, ..., c, h, w) with the channels folded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any, ClassVar

from cnnscript.engine.activation_layers import Scaling
from cnnscript.engine.layers import Layer, Size, Vector, size_text, vector

PREFIXES = {"keras": "", "nasnetmobile": "NASNetMobile", "nasnetlarge": "NASNetLarge"}
EDGES = ("Top", "Bottom", "Left", "Right")


def packed_size(shape: tuple[int, ...]) -> Size:
    """The size here of a foreign shape (without the axis of the images)."""
    if len(shape) < 2:
        return (1, 1, shape[0] if shape else 1)
    if len(shape) == 2:
        return (*shape, 1)
    return (prod(shape[:-2]), shape[-2], shape[-1])


@dataclass(frozen=True, kw_only=True)
class FlattenCStyle(Layer):
    """nnet.keras.layer.FlattenCStyleLayer: height, width and channels folded into channels, the channel fastest."""

    matlab_class = "nnet.keras.layer.FlattenCStyleLayer"
    kind = "Keras Flatten"
    default_name = "flatten"
    needs_fixed_size = True

    def describe(self) -> str:
        return "Flatten activations into 1-D assuming C-style (row-major) order"

    def size_after(self, *sizes: Size) -> Size:
        return Vector((1, 1, prod(sizes[0])))


@dataclass(frozen=True, kw_only=True)
class ZeroPadding(Layer):
    """nnet.keras.layer.ZeroPadding2dLayer: rows and columns of zeros (top, bottom, left, right).

    package: 'keras', or the pretrained network that brings a class of its own for it.
    """

    padding_size: tuple[int, int, int, int]
    package: str = "keras"

    kind = "Keras Zero Padding 2-D"
    default_name = "zeropadding"
    shown = (("", ("Name", *EDGES)),)

    @property
    def matlab_class(self) -> str:  # type: ignore[override]
        return f"nnet.{self.package}.layer.{PREFIXES[self.package]}ZeroPadding2dLayer"

    @staticmethod
    def matlab_classes() -> list[str]:
        """MATLAB's classes for it."""
        return [ZeroPadding(name="", padding_size=(0, 0, 0, 0), package=one).matlab_class for one in PREFIXES]

    def property_names(self) -> tuple[str, ...]:
        return ("Name", *EDGES)

    def property(self, name: str):
        return self.padding_size[EDGES.index(name)] if name in EDGES else super().property(name)

    def describe(self) -> str:
        return f"Zero padding with padding {vector(self.padding_size)}"

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        top, bottom, left, right = self.padding_size
        return (height + top + bottom, width + left + right, channels)


@dataclass(frozen=True, kw_only=True, eq=False)
class KerasOperation(Layer):
    """A Keras layer or operation that is none of ours, run as it is.

    operation  the live object: called with the tensors of `arguments`
    arguments  foreign tensors → (args, kwargs) of the call
    shapes     foreign shapes of the inputs, None where open, the axis of the images included
    output     which of the operation's outputs this is
    known      sizes of the inputs → size of the output, as far as they were asked for
    """

    operation: Any
    arguments: Any
    shapes: tuple[tuple[int | None, ...], ...]
    output: int = 0
    known: dict = field(default_factory=dict)
    namespace: str = "nnet.keras.layer"  # of the class that it shows itself as

    needs_fixed_size = True
    default_name = "keras"
    shown: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (("", ("Name",)),)

    @property
    def matlab_class(self) -> str:  # type: ignore[override]
        return f"{self.namespace}.{type(self.operation).__name__}Layer"

    @property
    def kind(self) -> str:  # type: ignore[override]
        return f"Keras {type(self.operation).__name__}"

    @property
    def input_names(self) -> tuple[str, ...]:
        count = len(self.shapes)
        return ("in",) if count == 1 else tuple(f"in{i + 1}" for i in range(count))

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "KerasConfiguration")

    def property(self, name: str) -> Any:
        return self.operation.get_config() if name == "KerasConfiguration" else super().property(name)

    def describe(self) -> str:
        package = type(self.operation).__module__.partition(".")[0]
        return f"{type(self.operation).__name__} of Keras" + ("" if package == "keras" else f" (custom, {package})")

    def foreign_shape(self, port: int, size: Size) -> tuple[int | None, ...]:
        """The shape that the operation sees when an image of a size comes into a port."""
        shape = self.shapes[port]
        if len(shape) < 3:
            return (None,) if len(shape) == 1 else (None, size[2])
        if len(shape) == 3:
            return (None, size[0], size[1])
        return (None, *size) if len(shape) == 4 else (None, *shape[1:])

    def size_after(self, *sizes: Size) -> Size:
        found = self.known.get(sizes)
        if found is None:
            found = self.known[sizes] = packed_size(self._shape_after(sizes))
        return found

    def _shape_after(self, sizes: tuple[Size, ...]) -> tuple[int, ...]:
        import keras

        given = [keras.KerasTensor(self.foreign_shape(port, size)) for port, size in enumerate(sizes)]
        args, kwargs = self.arguments(given)
        try:
            outputs = self.operation.compute_output_spec(*args, **kwargs)
            shape = tuple(keras.tree.flatten(outputs)[self.output].shape[1:])
        except Exception as fault:  # whatever a custom layer raises
            what = (str(fault).strip() or type(fault).__name__).splitlines()[0]
            raise self.misfit(
                "The Keras layer does not take an input of this size.",
                *(f"input {port + 1} is {size_text(size)}" for port, size in enumerate(sizes)),
                what,
            ) from fault
        if any(n is None for n in shape):
            raise self.misfit(f"The size of what comes out is open: {shape}.")
        return shape


# ----------------------------------------------------------------------------------------------------------------- ONNX


def packed_channels_first(shape: tuple[int, ...]) -> Size:
    """The size here of an ONNX shape (without the axis of the images): (c, h, w) is h×w×c."""
    if len(shape) < 3:
        return packed_size(shape)
    return (shape[-2], shape[-1], prod(shape[:-2]))


@dataclass(frozen=True, kw_only=True)
class FlattenChannelsFirst(FlattenCStyle):
    """nnet.onnx.layer.FlattenLayer: folded into channels as ONNX lays tensors out, the width fastest."""

    matlab_class = "nnet.onnx.layer.FlattenLayer"
    kind = "ONNX Flatten"

    def describe(self) -> str:
        return "Flatten activations into 1-D assuming channels, height, width order"


@dataclass(frozen=True, kw_only=True)
class ElementwiseAffine(Scaling):
    """nnet.onnx.layer.ElementwiseAffineLayer: scale × x + offset, of one number or one for each channel."""

    matlab_class = "nnet.onnx.layer.ElementwiseAffineLayer"
    kind = "Elementwise Affine"
    default_name = "elementwiseaffine"

    def describe(self) -> str:
        return "Applies an elementwise scaling followed by an addition to the input."


@dataclass(frozen=True, kw_only=True, eq=False)
class OnnxOperation(Layer):
    """An ONNX operator that is none of our layers.

    inputs       constants where they are known, None where a tensor comes in
    shapes       ONNX shapes of the tensors that come in, for one image
    shape_after  ONNX shape of the output, for one image
    output       which of the operator's outputs this is
    """

    operator: str
    attributes: dict[str, Any]
    inputs: tuple[Any, ...]
    shapes: tuple[tuple[int, ...], ...]
    shape_after: tuple[int, ...]
    output: int = 0
    namespace: str = "nnet.onnx.layer"

    needs_fixed_size = True
    default_name = "onnx"
    shown: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (("", ("Name",)),)

    @property
    def matlab_class(self) -> str:  # type: ignore[override]
        return f"{self.namespace}.{self.operator}Layer"

    @property
    def kind(self) -> str:  # type: ignore[override]
        return f"ONNX {self.operator}"

    @property
    def input_names(self) -> tuple[str, ...]:
        count = len(self.shapes)
        return ("in",) if count == 1 else tuple(f"in{i + 1}" for i in range(count))

    def property_names(self) -> tuple[str, ...]:
        return ("Name",)

    def describe(self) -> str:
        return f"{self.operator} operator of ONNX"

    def size_after(self, *sizes: Size) -> Size:
        known = tuple(packed_channels_first(shape[1:]) for shape in self.shapes)
        if sizes != known:
            raise self.misfit(
                f"The ONNX operator {self.operator} takes inputs of the sizes it was imported with.",
                *(f"input {k + 1} is {size_text(got)}, and must be {size_text(want)}"
                  for k, (got, want) in enumerate(zip(sizes, known, strict=True))),
            )  # fmt: skip
        return packed_channels_first(self.shape_after[1:])

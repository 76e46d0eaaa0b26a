"""Where data enters that is no image, and where training takes its errors from other than classes.

FeatureInput and FormattedInput are image inputs of a kind: their data come as 1×1×C, and are normalised likewise.
See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from cnnscript.engine.layers import ImageInput, Layer, Size


@dataclass(frozen=True, kw_only=True)
class FeatureInput(ImageInput):
    """featureInputLayer: rows of numbers.  input_size is (1, 1, features)."""

    normalization: str = "none"

    matlab_class = "nnet.cnn.layer.FeatureInputLayer"
    kind = "Feature Input"
    default_name = "featureinput"

    @property
    def shown(self):  # type: ignore[override]
        numbers = ("Normalization", "NormalizationDimension", *self.statistics)
        return (("", ("Name", "InputSize", "SplitComplexInputs")), ("Hyperparameters", numbers))

    def property_names(self) -> tuple[str, ...]:
        return tuple(name for name in super().property_names() if name != "DataAugmentation")

    def property(self, name: str):
        return self.input_size[2] if name == "InputSize" else super().property(name)

    def describe(self) -> str:
        ending = f" with '{self.normalization}' normalization" if self.normalization != "none" else ""
        return f"{self.input_size[2]} features{ending}"


@dataclass(frozen=True, kw_only=True)
class FormattedInput(ImageInput):
    """inputLayer: data of any format ('SSCB', 'CB', ...), not normalised.

    given_size: the size as written, -1 for NaN (any length); input_size is what it means for one image.
    """

    normalization: str = "none"
    given_size: tuple[int, ...] = ()
    input_format: str = "SSCB"

    matlab_class = "nnet.cnn.layer.InputLayer"
    kind = "Input"
    default_name = "input"
    settable = ()
    shown = (("", ("Name", "InputSize", "InputFormat")),)  # type: ignore[assignment]

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "InputSize", "InputFormat")

    def property(self, name: str):
        if name == "InputSize":
            return tuple(float("nan") if length < 0 else length for length in self.given_size)
        return super().property(name)

    def describe(self) -> str:
        sizes = " × ".join(
            f"{'NaN' if length < 0 else length} ({letter})"
            for length, letter in zip(self.given_size, self.input_format, strict=True)
        )
        return f"Input of size {sizes}"

    @classmethod
    def image_size(cls, given: tuple[int, ...], letters: str) -> Size | None:
        """Height, width and channels; None for a format that is no image's (volumes, sequences) or an open size."""
        spaces = [length for length, letter in zip(given, letters, strict=True) if letter == "S"]
        channels = [length for length, letter in zip(given, letters, strict=True) if letter == "C"]
        if len(spaces) not in (0, 2) or len(channels) != 1 or set(letters) - set("SCB") or min(spaces + channels) < 1:
            return None
        return (*spaces, channels[0]) if spaces else (1, 1, channels[0])  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True)
class RegressionOutput(Layer):
    """regressionLayer: half the mean of the squared errors; hands what it is given on unchanged."""

    response_names: tuple[str, ...] = ()
    loss_function: str = "mean-squared-error"

    matlab_class = "nnet.cnn.layer.RegressionOutputLayer"
    kind = "Regression Output"
    default_name = "regressionoutput"
    settable = ("ResponseNames",)
    shown = (("", ("Name", "ResponseNames")), ("Hyperparameters", ("LossFunction",)))

    @property
    def output_names(self) -> tuple[str, ...]:
        return ()

    def describe(self) -> str:
        names = [f"'{name}'" for name in self.response_names]
        if not names:
            return self.loss_function
        if len(names) == 1:
            return f"{self.loss_function} with response {names[0]}"
        if len(names) == 2:
            return f"{self.loss_function} with responses {names[0]} and {names[1]}"
        return f"{self.loss_function} with response {names[0]} and {len(names) - 1} other responses"


@dataclass(frozen=True, kw_only=True)
class PixelClassificationOutput(Layer):
    """pixelClassificationLayer: the classes of every pixel; hands the scores on unchanged.

    classes: names in the order of the channels, or () while 'auto'.
    """

    classes: tuple[str, ...] = ()
    class_weights: str | tuple[float, ...] = "none"
    loss_function: str = "crossentropyex"

    matlab_class = "nnet.cnn.layer.PixelClassificationLayer"
    kind = "Pixel Classification Layer"
    default_name = "pixel-class"
    settable = ("Classes", "ClassWeights")
    shown = (
        ("", ("Name", "Classes", "ClassWeights", "OutputSize")),
        ("Hyperparameters", ("LossFunction",)),
    )

    @property
    def output_names(self) -> tuple[str, ...]:
        return ()

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Classes", "ClassWeights", "OutputSize", "LossFunction")

    def property(self, name: str):
        return (len(self.classes) or "auto") if name == "OutputSize" else super().property(name)

    def describe(self) -> str:
        weighted = "Class weighted cross-entropy loss" if self.class_weights != "none" else "Cross-entropy loss"
        names = [f"'{name}'" for name in self.classes]
        if not names:
            return weighted
        if len(names) == 1:
            return f"{weighted} with class {names[0]}"
        if len(names) == 2:
            return f"{weighted} with classes {names[0]} and {names[1]}"
        return f"{weighted} with {names[0]} and {len(names) - 1} other classes"

    def size_after(self, *sizes: Size) -> Size:
        if self.classes and sizes[0][2] != len(self.classes):
            raise self.misfit(
                "The number of scores does not fit the number of classes.",
                f"the input has {sizes[0][2]} channels",
                f"there are {len(self.classes)} classes",
            )
        return sizes[0]

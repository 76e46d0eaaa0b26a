"""Where a network ends: the names of its classes, and what training takes its errors from.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from cnnscript.engine.layers import Layer, Size, size_text


@dataclass(frozen=True, kw_only=True)
class ClassificationOutput(Layer):
    """classificationLayer: the names of the classes; hands the scores on unchanged.

    classes: the names, in the order of the channels, or () while 'auto'.
    """

    classes: tuple[str, ...] = ()
    class_weights: str | tuple[float, ...] = "none"
    loss_function: str = "crossentropyex"

    matlab_class = "nnet.cnn.layer.ClassificationOutputLayer"
    kind = "Classification Output"
    default_name = "classoutput"
    settable = ("Classes", "ClassWeights")
    shown = (
        ("", ("Name", "Classes", "ClassWeights", "OutputSize")),
        ("Hyperparameters", ("LossFunction",)),
    )

    @property
    def output_names(self) -> tuple[str, ...]:
        return ()

    @property
    def output_size(self) -> int | str:
        return len(self.classes) or "auto"

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Classes", "ClassWeights", "OutputSize", "LossFunction")

    def property(self, name: str):
        return self.output_size if name == "OutputSize" else super().property(name)

    def describe(self) -> str:
        """crossentropyex with 'tench' and 999 other classes; two classes are both named."""
        if not self.classes:
            return self.loss_function
        quoted = [f"'{name}'" for name in self.classes]
        if len(quoted) == 1:
            return f"{self.loss_function} with class {quoted[0]}"
        if len(quoted) == 2:
            return f"{self.loss_function} with classes {quoted[0]} and {quoted[1]}"
        return f"{self.loss_function} with {quoted[0]} and {len(quoted) - 1} other classes"

    def size_after(self, *sizes: Size) -> Size:
        if self.classes and sizes[0][2] != len(self.classes):
            raise self.misfit(
                "The number of scores does not fit the number of classes.",
                f"the input is {size_text(sizes[0])}",
                f"there are {len(self.classes)} classes",
            )
        return sizes[0]


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

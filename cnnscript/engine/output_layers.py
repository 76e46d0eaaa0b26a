"""Where a network ends: the names of its classes, and what training takes its errors from.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from cnnscript.engine.layers import Layer, Size, size_text


@dataclass(frozen=True, kw_only=True)
class ClassOutput(Layer):
    """An output of classes: the names in the order of the channels, or () while 'auto'.  Hands the scores on."""

    classes: tuple[str, ...] = ()
    class_weights: str | tuple[float, ...] = "none"
    loss_function: str = "crossentropyex"

    settable = ("Classes", "ClassWeights")
    shown: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
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
        return tuple(name for _, names in self.shown for name in names)

    def property(self, name: str) -> Any:
        if name not in self.property_names():
            raise KeyError(name)
        return self.output_size if name == "OutputSize" else super().property(name)

    def with_classes(self, loss: str) -> str:
        """LOSS with 'tench' and 999 other classes; two classes are both named."""
        quoted = [f"'{name}'" for name in self.classes]
        if not quoted:
            return loss
        if len(quoted) == 1:
            return f"{loss} with class {quoted[0]}"
        if len(quoted) == 2:
            return f"{loss} with classes {quoted[0]} and {quoted[1]}"
        return f"{loss} with {quoted[0]} and {len(quoted) - 1} other classes"

    def size_after(self, *sizes: Size) -> Size:
        if self.classes and sizes[0][2] != len(self.classes):
            raise self.misfit(
                "The number of scores does not fit the number of classes.",
                f"the input is {size_text(sizes[0])}",
                f"there are {len(self.classes)} classes",
            )
        return sizes[0]


@dataclass(frozen=True, kw_only=True)
class ClassificationOutput(ClassOutput):
    """classificationLayer: the classes of an image."""

    matlab_class = "nnet.cnn.layer.ClassificationOutputLayer"
    kind = "Classification Output"
    default_name = "classoutput"

    def describe(self) -> str:
        return self.with_classes(self.loss_function)


@dataclass(frozen=True, kw_only=True)
class PixelClassificationOutput(ClassOutput):
    """pixelClassificationLayer: the classes of every pixel."""

    matlab_class = "nnet.cnn.layer.PixelClassificationLayer"
    kind = "Pixel Classification Layer"
    default_name = "pixel-class"

    def describe(self) -> str:
        weighted = "Class weighted cross-entropy loss" if self.class_weights != "none" else "Cross-entropy loss"
        return self.with_classes(weighted)


@dataclass(frozen=True, kw_only=True)
class DicePixelClassificationOutput(ClassOutput):
    """dicePixelClassificationLayer: the classes of every pixel, trained by the generalised Dice loss
    (arXiv:1707.03237), which weighs each class by the inverse of its squared area."""

    loss_function: str = "generalizedDiceLoss"

    matlab_class = "nnet.cnn.layer.DicePixelClassificationLayer"
    kind = "Dice Pixel Classification Layer"
    default_name = "dice-pixel-class"
    settable = ("Classes",)
    shown = (("", ("Name", "Classes", "OutputSize")), ("Hyperparameters", ("LossFunction",)))

    def describe(self) -> str:
        return self.with_classes("Generalized Dice loss")


@dataclass(frozen=True, kw_only=True)
class FocalLossOutput(ClassOutput):
    """focalLossLayer: -alpha (1 - p)^gamma log p of the true class's score p (arXiv:1708.02002, eq. 5)."""

    gamma: float = 2.0
    alpha: float = 0.25
    loss_function: str = "focalLoss"

    matlab_class = "nnet.cnn.layer.FocalLossLayer"
    kind = "Focal Loss Layer"
    default_name = "focal-loss"
    settable = ("Classes",)
    shown = (("", ("Name", "Classes", "OutputSize")), ("Hyperparameters", ("Gamma", "Alpha")))

    def describe(self) -> str:
        return self.with_classes("Focal loss")


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

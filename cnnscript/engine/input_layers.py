"""Where data enters a network: images, and what is no image.

FeatureInput and FormattedInput are image inputs of a kind: their data come as 1×1×C, and are normalised likewise.
See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.layers import Layer, Size, Statistic, Vector, size_text


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


@dataclass(frozen=True, kw_only=True)
class FeatureInput(ImageInput):
    """featureInputLayer: rows of numbers.  input_size is (1, 1, features)."""

    normalization: str = "none"

    matlab_class = "nnet.cnn.layer.FeatureInputLayer"
    kind = "Feature Input"
    default_name = "input"  # as MATLAB displays InputNames of an unnamed one

    @property
    def shown(self):  # type: ignore[override]
        numbers = ("Normalization", "NormalizationDimension", *self.statistics)
        return (("", ("Name", "InputSize", "SplitComplexInputs")), ("Hyperparameters", numbers))

    def property_names(self) -> tuple[str, ...]:
        return tuple(name for name in super().property_names() if name != "DataAugmentation")

    def property(self, name: str):
        return self.input_size[2] if name == "InputSize" else super().property(name)

    def size_after(self, *sizes: Size) -> Size:
        return Vector(super().size_after(*sizes))

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

    def size_after(self, *sizes: Size) -> Size:
        size = super().size_after(*sizes)
        return size if "S" in self.input_format else Vector(size)

    @classmethod
    def image_size(cls, given: tuple[int, ...], letters: str) -> Size | None:
        """Height, width and channels; None for a format that is no image's (volumes, sequences) or an open size."""
        spaces = [length for length, letter in zip(given, letters, strict=True) if letter == "S"]
        channels = [length for length, letter in zip(given, letters, strict=True) if letter == "C"]
        if len(spaces) not in (0, 2) or len(channels) != 1 or set(letters) - set("SCB") or min(spaces + channels) < 1:
            return None
        return (*spaces, channels[0]) if spaces else (1, 1, channels[0])  # type: ignore[return-value]


def divisors(extents: Any) -> np.ndarray:
    """Standard deviations, or maxima less minima, as what data are divided by: that of data which never change is 0,
    and they become 0 (or -1, the lower end of a range) and not NaN, with which no network could train.
    That MATLAB does so, too, is not confirmed."""
    return np.where(np.equal(extents, 0), 1, extents)

"""Gabor filters as objects, and rows of them."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from cnnscript.pictures.images import textures
from cnnscript.values.indexing import select
from cnnscript.values.numeric import OBJECT, norm, size_text
from cnnscript.values.objects import Object

PROPERTIES = ["Wavelength", "Orientation", "SpatialFrequencyBandwidth", "SpatialAspectRatio", "SpatialKernel"]


class GaborFilter(Object):
    """One filter: wavelength in pixels, orientation in degrees, bandwidth in octaves, aspect ratio."""

    class_name = "gabor"

    def __init__(self, wavelength: float, orientation: float, bandwidth: float, aspect: float):
        self.wavelength, self.orientation = wavelength, orientation
        self.bandwidth, self.aspect = bandwidth, aspect

    def filters(self) -> list[GaborFilter]:
        return [self]

    def property_names(self) -> list[str]:
        return list(PROPERTIES)

    def get(self, name: str) -> Any:
        values = self.numbers()
        if name == "SpatialKernel":
            return norm(np.asfortranarray(textures.gabor_kernel(*values)))
        if name in PROPERTIES:
            return values[PROPERTIES.index(name)]
        raise self.no_property(name)

    def numbers(self) -> tuple[float, float, float, float]:
        return self.wavelength, self.orientation, self.bandwidth, self.aspect

    def equals(self, other: Any) -> bool:
        return type(other) is GaborFilter and other.numbers() == self.numbers()

    def disp(self, form: Any) -> str:
        kernel = self.get("SpatialKernel")
        texts = [*(f"{number:.5g}" for number in self.numbers()), f"[{size_text(kernel.shape, '×')} double]"]
        lines = "".join(f"{word:>29}: {text}\n" for word, text in zip(PROPERTIES, texts, strict=True))
        return f"  gabor with properties:\n{form.blank}{lines}"


class GaborArray(Object):
    """Filters in an array of any size; data: an object array of GaborFilters."""

    class_name = "gabor"

    def __init__(self, data: np.ndarray):
        self.data = data

    def filters(self) -> list[GaborFilter]:
        return self.data.ravel("F").tolist()

    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def property_names(self) -> list[str]:
        return list(PROPERTIES)

    def get(self, name: str) -> Any:
        """The property of each filter: several values, as `g.Wavelength` gives."""
        if name not in PROPERTIES:
            raise self.no_property(name)
        return tuple(one.get(name) for one in self.filters())

    def index(self, args: tuple) -> Any:
        chosen = select(self.data, args) if args else self.data
        return chosen.item() if chosen.size == 1 else GaborArray(chosen)

    def equals(self, other: Any) -> bool:
        if type(other) is not GaborArray or other.size() != self.size():
            return False
        return all(one.equals(two) for one, two in zip(self.filters(), other.filters(), strict=True))

    def disp(self, form: Any) -> str:
        names = "".join(f"    {word}\n" for word in PROPERTIES)
        return f"  {size_text(self.size(), '×')} gabor array with properties:\n{form.blank}{names}"


def bank(
    wavelengths: list[float], orientations: list[float], bandwidths: list[float], aspects: list[float]
) -> GaborFilter | GaborArray:
    """A filter for each combination, the wavelengths changing first."""
    made = [
        GaborFilter(wave, turn, width, aspect)
        for aspect, width, turn, wave in product(aspects, bandwidths, orientations, wavelengths)
    ]
    if len(made) == 1:
        return made[0]
    data = np.empty((1, len(made)), OBJECT, order="F")
    data[0, :] = made
    return GaborArray(data)

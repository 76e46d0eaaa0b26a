"""Images and words: the objects that axes themselves know."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics import text_places
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import (
    BLACK,
    FONT,
    INTERPRETERS,
    UNITS,
    Property,
    anything,
    array,
    choice,
    colour,
    floats,
    number,
    on_off,
    positive,
    text,
)
from cnnscript.pictures.images import scale


class Image(Graphic):
    """A matrix or a colour picture.

    CData is H×W, mapped to colours directly or scaled, or H×W×3.  XData and YData say where the centres of the first
    and the last pixel lie.
    """

    kind, class_name = "image", "matlab.graphics.primitive.Image"
    shown = ("CData", "CDataMapping")
    own = {
        "CData": Property(lambda: np.zeros((0, 0)), array),
        "CDataMapping": Property("direct", choice("direct", "scaled")),
        "AlphaData": Property(1.0, array),
        "AlphaDataMapping": Property("none", choice("none", "scaled", "direct")),
        "XData": Property(None, array),
        "YData": Property(None, array),
        "Interpolation": Property("nearest", choice("nearest", "bilinear")),
    }

    def fits(self) -> bool:
        places = [self.value(name) for name in ("XData", "YData")]
        return all(at is None or np.isfinite(np.asarray(at, float)).all() for at in places)

    def before_CData(self, pixels: np.ndarray) -> np.ndarray:
        if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] != 3):
            raise ValueError("Value must be an m-by-n matrix or an m-by-n-by-3 array.")
        return pixels

    def before_XData(self, places: np.ndarray) -> np.ndarray:
        if places.dtype.kind not in "fiub" or not np.isfinite(places.astype(float)).all():
            raise ValueError("Value must be a vector of finite numbers.")
        return places

    before_YData = before_XData

    def get_XData(self) -> np.ndarray:
        return self._data("XData", 1)

    def get_YData(self) -> np.ndarray:
        return self._data("YData", 0)

    def _data(self, name: str, dimension: int) -> np.ndarray:
        given = self.value(name)
        if given is None or given.size == 0:
            return floats(1, self.value("CData").shape[dimension])
        return np.asarray(given, float).ravel()

    def edges(self, letter: str) -> tuple[float, float]:
        """Where the first pixel begins and the last ends; reversed data give the larger number first."""
        data, dimension = (self.get_XData(), 1) if letter == "X" else (self.get_YData(), 0)
        count = self.value("CData").shape[dimension]
        first, last = float(data[0]), float(data[-1])
        if data.size == 1:
            last = first + count - 1
        half = (last - first) / (count - 1) / 2 if count > 1 else 0.5
        return first - half, last + half

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter == "Z" or self.value("CData").size == 0:
            return None
        first, last = self.edges(letter)
        return min(first, last), max(first, last)

    def colour_extent(self) -> tuple[float, float] | None:
        pixels = self.value("CData")
        if pixels.ndim == 3 or self.value("CDataMapping") == "direct" or pixels.size == 0:
            return None
        return scale.display_limits(pixels)


class Text(Graphic):
    """Words at a place in an axes; also titles and labels."""

    kind, class_name = "text", "matlab.graphics.primitive.Text"
    shown = ("String", "FontSize", "FontWeight", "FontName", "Color", "HorizontalAlignment", "Position", "Units")
    own = {
        **FONT,
        "String": Property("", text),
        "Color": Property(BLACK, colour("none")),
        "BackgroundColor": Property("none", colour("none")),
        "EdgeColor": Property("none", colour("none")),
        "LineWidth": Property(0.5, positive),
        "Margin": Property(3.0, positive),
        "Position": Property(lambda: floats(0, 0, 0), anything),
        "Units": Property("data", choice("data", *UNITS)),
        "Rotation": Property(0.0, number),
        "HorizontalAlignment": Property("left", choice("left", "center", "right")),
        "VerticalAlignment": Property("middle", choice("middle", "top", "bottom", "baseline", "cap")),
        "Interpreter": Property("tex", choice(*INTERPRETERS)),
        "Clipping": Property(False, on_off),
    }

    def before_Units(self, units: str) -> str:
        """The words stay where they are, and their position is told in the new units."""
        axes = self.up("axes")
        if axes is not None and "Position" in self.values and tuple(axes.get("View")) == (0, 90):
            self.values["Position"] = text_places.converted(
                axes, self.values["Position"], self.value("Units"), units
            )
        return units

    def get_Extent(self) -> np.ndarray:
        axes = self.up("axes")
        return np.zeros(4) if axes is None else text_places.extent(axes, self)

    def before_Position(self, place: Any) -> np.ndarray:
        numbers = np.asarray(place, float).ravel()
        if numbers.size not in (2, 3):
            raise ValueError("Value must be a 2 or 3 element vector of numeric type.")
        return np.r_[numbers, np.zeros(3 - numbers.size)]

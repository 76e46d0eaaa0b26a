"""xregion, yregion: what lies between two coordinates, filled all across the axes."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import reach
from cnnscript.pictures.graphics.properties import (
    LINE_STYLES,
    Property,
    choice,
    colour,
    floats,
    fraction,
    positive,
    text,
    vector,
)


class ConstantRegion(Graphic):
    """A region between two coordinates; bounds that are not finite reach to the edge of the axes."""

    kind, class_name = "constantregion", "matlab.graphics.chart.decoration.ConstantRegion"
    shown = ("InterceptAxis", "Value", "FaceColor", "EdgeColor", "LineStyle", "LineWidth", "DisplayName")
    own: ClassVar = {
        "InterceptAxis": Property("x", choice("x", "y")),
        "Value": Property(lambda: floats(0, 1), vector(2)),
        "FaceColor": Property((0.4902, 0.4902, 0.4902), colour("none")),
        "FaceAlpha": Property(0.3, fraction),
        "EdgeColor": Property("none", colour("none")),
        "EdgeAlpha": Property(1.0, fraction),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Layer": Property("bottom", choice("top", "bottom")),
        "DisplayName": Property("", text),
    }

    def extent(self, letter: str) -> tuple[float, float] | None:
        """Limits make room for the bounds along the axis that they are on."""
        return reach(self.value("Value")) if letter.lower() == self.value("InterceptAxis") else None

    def bounds(self, axes: Any) -> tuple[float, float] | None:
        """Where it begins and ends within the limits of an axes; None for a bound that is NaN."""
        low, high = sorted(np.ravel(self.value("Value")).tolist())
        if np.isnan((low, high)).any():
            return None
        first, last = axes.get("XLim" if self.value("InterceptAxis") == "x" else "YLim")
        return (first if np.isinf(low) else low, last if np.isinf(high) else high)

"""Rulers: one axis of an axes as an object of its own (`ax.XAxis`), and how its numbers are written.

Most of what a ruler has is a property of its axes under another name, and is kept there; the format of its labels, the
power of ten beside them and the visibility of this one axis are its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import (
    FONT,
    MODE,
    Property,
    anything,
    number,
    on_off,
    or_empty,
    positive,
    word,
)

# What of the axes a ruler's property is; {} stands for the letter of the axis.
OF_AXES = {
    "Limits": "{}Lim", "LimitsMode": "{}LimMode", "TickValues": "{}Tick", "TickValuesMode": "{}TickMode",
    "TickLabels": "{}TickLabel", "TickLabelsMode": "{}TickLabelMode", "TickLabelRotation": "{}TickLabelRotation",
    "Direction": "{}Dir", "Scale": "{}Scale", "Color": "{}Color", "MinorTick": "{}MinorTick", "Label": "{}Label",
    "TickDirection": "TickDir", "TickLength": "TickLength", "TickLabelInterpreter": "TickLabelInterpreter",
}  # fmt: skip
OWN_FONT = ("FontSize", "FontName", "FontWeight", "FontAngle", "LineWidth")  # the axes' until the ruler has its own
WRITTEN = {
    "usd": "$%,.2f", "eur": "€%,.2f", "gbp": "£%,.2f", "jpy": "¥%,d", "degrees": "%g°", "percentage": "%g%%",
    "auto": "%g",
}  # fmt: skip
CONVERSION = re.compile(r"%([-+ 0#,]*)(\d*)(?:\.(\d+))?([diufgeGEx])|%%")


class Ruler(Graphic):
    """The x-, y- or z-axis of an axes.

    letter: which axis.  axes: whose.
    """

    kind, class_name = "numericruler", "matlab.graphics.axis.decorator.NumericRuler"
    shown = ("Limits", "Scale", "Exponent", "TickValues", "TickLabelFormat")
    own = {
        **{name: Property(None, anything) for name in OF_AXES},
        **{name: Property(None, or_empty(FONT[name].check if name in FONT else positive)) for name in OWN_FONT},
        "Exponent": Property(None, number, "ExponentMode"),
        "ExponentMode": MODE,
        "TickLabelFormat": Property("%g", word, "TickLabelFormatMode"),
        "TickLabelFormatMode": MODE,
        "MinorTickValues": Property(None, anything),
        "Axle": Property(None, anything),
        "TickLabelGapOffset": Property(2.0, number),
        "LabelGapOffset": Property(2.0, number),
        "Visible": Property(True, on_off),
    }

    names = OF_AXES

    def __init__(self, axes: Any, letter: str) -> None:
        super().__init__()
        self.axes, self.letter, self.parent = axes, letter, axes

    def ends(self) -> tuple[float, float]:
        return tuple(self.axes.get_limits(self.letter))

    def counts(self) -> bool:
        """Whether its labels are numbers on a linear scale."""
        axes, letter = self.axes, self.letter
        return axes.value(f"{letter}Scale") != "log" and not axes.categories(letter) and axes.clock(letter) is None

    def labelled(self) -> bool:
        """Whether its labels were given."""
        return self.axes.value(f"{self.letter}TickLabelMode") == "manual"

    def get(self, name: str) -> Any:
        found = self.find_name(name)
        if found in self.names:
            return self.axes.get(self.names[found].format(self.letter))
        if found in OWN_FONT and self.values.get(found) is None:
            return self.axes.get(found)
        return super().get(found)

    def set(self, name: str, value: Any) -> None:
        found = self.find_name(name)
        if found in self.names:
            self.axes.set(self.names[found].format(self.letter), value)
            return
        super().set(found, WRITTEN.get(str(value).lower(), value) if found == "TickLabelFormat" else value)

    def get_Exponent(self) -> float:
        """The power of ten that is written once, at the end of the axis."""
        if self.value("ExponentMode") == "manual":
            return self.values["Exponent"]
        if not self.counts():
            return 0.0
        if self.value("TickLabelFormatMode") == "manual" and not self.value("TickLabelFormat").startswith("%"):
            return 0.0
        return float(exponent(*self.ends()))

    def written_at(self, ticks: Iterable[float]) -> list[str]:
        """What is written at each tick."""
        one = 10.0 ** self.get_Exponent()
        if self.value("TickLabelFormatMode") == "auto":
            return [f"{tick / one:.5g}" if tick / one else "0" for tick in ticks]
        form = self.value("TickLabelFormat")
        return [written(tick / one, form) for tick in ticks]

    def power(self) -> str:
        """The power of ten as it is written at the end of the axis; '' where there is none."""
        raised = int(self.get_Exponent())
        return "" if self.labelled() or not raised else f"×10^{{{raised}}}"


class BarRuler(Ruler):
    """The axis of a colorbar."""

    names = {
        "Limits": "Limits", "LimitsMode": "LimitsMode", "TickValues": "Ticks", "TickValuesMode": "TicksMode",
        "TickLabels": "TickLabels", "TickLabelsMode": "TickLabelsMode", "Color": "Color", "Label": "Label",
        "TickDirection": "TickDirection", "TickLength": "TickLength", "TickLabelInterpreter": "TickLabelInterpreter",
    }  # fmt: skip

    def ends(self) -> tuple[float, float]:
        return tuple(self.axes.get("Limits"))

    def counts(self) -> bool:
        return True

    def labelled(self) -> bool:
        return self.axes.value("TickLabelsMode") == "manual"


def exponent(low: float, high: float) -> int:
    """The power of ten that MATLAB takes out of the labels between two limits: 0, or one above 3 or below -2."""
    largest = max(abs(low), abs(high))
    if not (largest > 0 and math.isfinite(largest)):
        return 0
    power = math.ceil(math.log10(largest) - 1e-9) - 1
    return power if power >= 4 or power <= -3 else 0


def written(value: float, form: str) -> str:
    """A number in a format of ticks: a conversion of sprintf, with `,` for thousands, and text around it."""

    def one(found: re.Match[str]) -> str:
        flags, width, digits, kind = found.groups()
        if kind is None:
            return "%"
        comma = "," if "," in flags else ""
        flags = flags.replace(",", "")
        if kind in "diu":
            if value == int(value):
                return f"{value:{'+' if '+' in flags else ''}{comma}.0f}".rjust(int(width or 0))
            kind, digits = "e", None
        if kind == "x":
            return f"{int(value):x}"
        sign = "+" if "+" in flags else " " if " " in flags else ""
        align = "<" if "-" in flags and width else "0" if "0" in flags and width else ""
        spec = f"{'<' if align == '<' else ''}{sign}{'0' if align == '0' else ''}{width}{comma}"
        digits = digits if digits is not None else "5" if kind in "gG" else "6"
        return format(value + 0.0, f"{spec}.{digits}{kind}")

    return CONVERSION.sub(one, form)

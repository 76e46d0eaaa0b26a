"""Lesser objects that belong to others and are got at through their properties.

The annotation that says whether an object is in legends; the template of data tips; the toolbar; the line that bars
stand on.
"""

from __future__ import annotations

from typing import Any, ClassVar

from cnnscript.pictures.graphics.objects import Graphic, Several
from cnnscript.pictures.graphics.properties import (
    DARK,
    INTERPRETERS,
    LINE_STYLES,
    Property,
    anything,
    choice,
    colour,
    fraction,
    number,
    positive,
    text,
)


class LegendInformation(Graphic):
    """Whether an object has a line in legends."""

    kind, class_name = "legendentry", "matlab.graphics.eventdata.LegendInformation"
    shown = ("IconDisplayStyle",)
    own: ClassVar = {"IconDisplayStyle": Property("on", choice("on", "off", "children"))}


class AnnotationOf(Graphic):
    kind, class_name = "hgannotation", "matlab.graphics.eventdata.Annotation"
    shown = ("LegendInformation",)
    own: ClassVar = {"LegendInformation": Property(part="LegendInformation")}


def in_legends(node: Graphic) -> bool:
    """Whether legends are to name an object: h.Annotation.LegendInformation.IconDisplayStyle."""
    annotation = node.parts.get("Annotation")
    entry = annotation.parts.get("LegendInformation") if annotation is not None else None
    return entry is None or entry.value("IconDisplayStyle") != "off"


class DataTipRow(Graphic):
    """A line of a data tip."""

    kind, class_name = "datatiptextrow", "matlab.graphics.datatip.DataTipTextRow"
    shown = ("Label", "Value", "Format")
    own: ClassVar = {
        "Label": Property("", text),
        "Value": Property("", anything, raw=True),
        "Format": Property("auto", text),
    }


class DataTipTemplate(Graphic):
    kind, class_name = "datatiptemplate", "matlab.graphics.datatip.DataTipTemplate"
    shown = ("DataTipRows", "Interpreter", "FontSize", "FontName", "FontAngle")
    own: ClassVar = {
        "DataTipRows": Property(None, anything),
        "Interpreter": Property("tex", choice(*INTERPRETERS)),
        "FontSize": Property(10.0, positive),
        "FontName": Property("Helvetica", text),
        "FontAngle": Property("normal", choice("normal", "italic")),
    }

    def get_DataTipRows(self) -> Several:
        if "DataTipRows" not in self.values:
            rows = Several()
            for name in ("X", "Y", "Z"):
                if name != "Z" or "ZData" in self.parent.table and self.parent.value("ZData").size:
                    row = DataTipRow(None, Label=name, Value=f"{name}Data")
                    row.parent = self
                    rows.append(row)
            self.values["DataTipRows"] = rows
        return self.values["DataTipRows"]

    def before_DataTipRows(self, rows: Any) -> Several:
        rows = [rows] if isinstance(rows, Graphic) else rows
        if not isinstance(rows, list) or not all(isinstance(row, DataTipRow) for row in rows):
            raise ValueError("Value must be an array of DataTipTextRow objects.")
        return Several(rows)


class Toolbar(Graphic):
    """The buttons above an axes, which only a window has."""

    kind, class_name = "axestoolbar", "matlab.graphics.controls.AxesToolbar"
    shown = ("Visible", "SelectionChangedFcn", "Parent", "Children")
    own: ClassVar = {
        "SelectionChangedFcn": Property("", anything, raw=True),
        "Position": Property(None, anything),
    }


class Baseline(Graphic):
    """The line on which bars, stems and areas stand."""

    kind, class_name = "baseline", "matlab.graphics.axis.decorator.Baseline"
    shown = ("BaseValue", "Color", "LineStyle", "LineWidth", "Visible")
    own: ClassVar = {
        "BaseValue": Property(0.0, number),
        "Color": Property(DARK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Alpha": Property(1.0, fraction, hidden=True),
    }

    def get_BaseValue(self) -> float:
        return self.parent.value("BaseValue")

    def before_BaseValue(self, value: float) -> float:
        self.parent.set("BaseValue", value)
        return value


PARTS: dict[str, type[Graphic]] = {
    "Annotation": AnnotationOf,
    "LegendInformation": LegendInformation,
    "DataTipTemplate": DataTipTemplate,
    "Toolbar": Toolbar,
    "Baseline": Baseline,
}

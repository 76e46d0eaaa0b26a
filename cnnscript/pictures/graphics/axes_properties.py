"""What each property of an axes takes, and what it is until it is set."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.properties import (
    DARK,
    DEFAULT_AXES,
    FONT,
    INTERPRETERS,
    LINE_STYLES,
    MODE,
    UNITS,
    WHITE,
    Property,
    anything,
    array,
    box,
    choice,
    colour,
    colour_map,
    floats,
    fraction,
    increasing,
    limits,
    number,
    on_off,
    positive,
    texts,
    vector,
)
from cnnscript.pictures.graphics.rulers import Ruler
from cnnscript.pictures.graphics.tile_options import tile_options
from cnnscript.pictures.images import colormaps

AXIS = {
    "{}Lim": Property(None, limits, "{}LimMode"),
    "{}LimMode": MODE,
    "{}Tick": Property(None, increasing, "{}TickMode"),
    "{}TickMode": MODE,
    "{}TickLabel": Property(None, texts, "{}TickLabelMode"),
    "{}TickLabelMode": MODE,
    "{}TickLabelRotation": Property(0.0, number, "{}TickLabelRotationMode"),
    "{}TickLabelRotationMode": MODE,
    "{}Dir": Property("normal", choice("normal", "reverse")),
    "{}Scale": Property("linear", choice("linear", "log")),
    "{}Grid": Property(False, on_off),
    "{}MinorGrid": Property(False, on_off),
    "{}MinorTick": Property(False, on_off),
    "{}Color": Property(DARK, colour("none")),
    "{}Label": Property(None, anything),
    "{}AxisLocation": Property(None, choice("bottom", "top", "left", "right", "origin")),
}


def camera_angle(value: Any) -> float:
    angle = number(value)
    if not 0 < angle < 180:
        raise ValueError("Value must be a number between 0 and 180.")
    return angle


def axis_properties(letter: str) -> dict[str, Property]:
    filled = {}
    for name, entry in AXIS.items():
        default = {"{}AxisLocation": {"X": "bottom", "Y": "left"}.get(letter)}.get(name, entry.default)
        filled[name.format(letter)] = Property(default, entry.check, entry.manual and entry.manual.format(letter))
    return filled


def own_ruler(value: Any) -> Any:
    """`ax.XAxis.Color = 'r'` ends by giving the axes its own ruler back."""
    every = value if isinstance(value, list) else [value]
    if not every or not all(isinstance(each, Ruler) for each in every):
        raise ValueError("Value must be a ruler of the axes.")
    return value


AXES = {
    **axis_properties("X"),
    **axis_properties("Y"),
    **axis_properties("Z"),
    **FONT,
    "Title": Property(None, anything),
    "Subtitle": Property(None, anything),
    "Position": Property(lambda: floats(*DEFAULT_AXES), box, "PositionMode"),
    "InnerPosition": Property(lambda: floats(*DEFAULT_AXES), box, "PositionMode"),
    "OuterPosition": Property(lambda: floats(0, 0, 1, 1), box, "PositionMode"),
    "PositionMode": MODE,
    "Units": Property("normalized", choice(*UNITS)),
    "Color": Property(WHITE, colour("none")),
    "Colormap": Property(None, colour_map),
    "CLim": Property(None, limits, "CLimMode"),
    "CLimMode": MODE,
    "ALim": Property(lambda: floats(0, 1), limits, "ALimMode"),
    "ALimMode": MODE,
    "ColorOrder": Property(lambda: np.array(colormaps.COLOR_ORDER), colour_map),
    "ColorOrderIndex": Property(1.0, number),
    "DataAspectRatio": Property(lambda: floats(1, 1, 1), vector(3), "DataAspectRatioMode"),
    "DataAspectRatioMode": MODE,
    "PlotBoxAspectRatio": Property(lambda: floats(1, 1, 1), vector(3), "PlotBoxAspectRatioMode"),
    "PlotBoxAspectRatioMode": MODE,
    "Box": Property(False, on_off),
    "Layer": Property("bottom", choice("bottom", "top")),
    "LineWidth": Property(0.5, positive),
    "NextPlot": Property("replace", choice("replace", "add", "replacechildren", "replaceall")),
    "GridLineStyle": Property("-", choice(*LINE_STYLES)),
    "GridColor": Property(DARK, colour("none")),
    "GridAlpha": Property(0.15, fraction),
    "MinorGridLineStyle": Property(":", choice(*LINE_STYLES)),
    "MinorGridColor": Property((0.1, 0.1, 0.1), colour("none")),
    "MinorGridAlpha": Property(0.25, fraction),
    "TickDir": Property("in", choice("in", "out", "both", "none")),
    "TickLength": Property(lambda: floats(0.01, 0.025), vector(2)),
    "TickLabelInterpreter": Property("tex", choice(*INTERPRETERS)),
    "TitleFontSizeMultiplier": Property(1.1, positive),
    "LabelFontSizeMultiplier": Property(1.1, positive),
    "TitleFontWeight": Property("bold", choice("bold", "normal")),
    "TitleHorizontalAlignment": Property("center", choice("left", "center", "right")),
    "View": Property(lambda: floats(*layout.FLAT), vector(2)),
    "Projection": Property("orthographic", choice("orthographic", "perspective")),
    "CameraPosition": Property(None, vector(3), "CameraPositionMode"),
    "CameraPositionMode": MODE,
    "CameraTarget": Property(None, vector(3), "CameraTargetMode"),
    "CameraTargetMode": MODE,
    "CameraUpVector": Property(None, vector(3), "CameraUpVectorMode"),
    "CameraUpVectorMode": MODE,
    "CameraViewAngle": Property(None, camera_angle, "CameraViewAngleMode"),
    "CameraViewAngleMode": MODE,
    "BoxStyle": Property("back", choice("back", "full")),
    "AmbientLightColor": Property(WHITE, colour()),
    "Alphamap": Property(lambda: np.linspace(0, 1, 64), array),
    "AlphaScale": Property("linear", choice("linear", "log")),
    "ColorScale": Property("linear", choice("linear", "log")),
    "SortMethod": Property("depth", choice("depth", "childorder")),
    "Clipping": Property(True, on_off),
    "ClippingStyle": Property("3dbox", choice("3dbox", "rectangle")),
    "XLimitMethod": Property("tickaligned", choice("tickaligned", "tight", "padded")),
    "YLimitMethod": Property("tickaligned", choice("tickaligned", "tight", "padded")),
    "ZLimitMethod": Property("tickaligned", choice("tickaligned", "tight", "padded")),
    "Legend": Property(),
    "XAxis": Property(None, own_ruler),
    "YAxis": Property(None, own_ruler),
    "ZAxis": Property(None, own_ruler),
    "TightInset": Property(),
    "LooseInset": Property(lambda: floats(0.13, 0.11, 0.095, 0.075), vector(4), "LooseInsetMode"),
    "LooseInsetMode": Property("auto", choice("auto", "manual"), hidden=True),
    "Toolbar": Property(part="Toolbar"),
    "Layout": Property(None, tile_options),
}

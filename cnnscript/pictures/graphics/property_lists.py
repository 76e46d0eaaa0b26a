"""The properties that MATLAB lists for each kind of object beside those that the kind's own class says more of.

Here stand names, first values and what may be set; a class whose `own` has a name as well has its say on it.  Most of
these are kept for who asks (callbacks, sources of data, modes); where one changes the picture, the drawing reads it.
"""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.graphics.properties import (
    BLACK,
    CALLBACK,
    MODE,
    UNITS,
    Property,
    anything,
    array,
    choice,
    colour,
    floats,
    fraction,
    number,
    on_off,
    or_empty,
    positive,
    text,
    texts,
    vector,
)

ON, OFF = Property(True, on_off), Property(False, on_off)
EMPTY_TEXT = Property("", text)
ANY = Property(None, or_empty(anything))
FONT_UNITS = Property("points", choice("points", "normalized", "inches", "centimeters", "pixels"))
CORNERS = Property("round", choice("round", "miter", "chamfer"))
GREY = (0.1, 0.1, 0.1)


def modes(*names: str) -> dict[str, Property]:
    return {f"{name}Mode": MODE for name in names}


def sources(*letters: str) -> dict[str, Property]:
    """Where the data along some axes come from: expressions, columns of a table."""
    made: dict[str, Property] = {"SourceTable": ANY}
    for letter in letters:
        made |= {f"{letter}DataSource": EMPTY_TEXT, f"{letter}DataMode": MODE, f"{letter}Variable": EMPTY_TEXT}
    return made


NAMED = {
    "Annotation": Property(part="Annotation"),
    "DisplayName": EMPTY_TEXT,
    "DisplayNameMode": Property("auto", choice("auto", "manual"), hidden=True),
}
SERIES = {**NAMED, "SeriesIndex": Property(1.0, anything), "Clipping": ON}
TIPS = {"DataTipTemplate": Property(part="DataTipTemplate")}
LIGHTING = {
    "AmbientStrength": Property(0.3, fraction),
    "BackFaceLighting": Property("reverselit", choice("unlit", "lit", "reverselit")),
    "DiffuseStrength": Property(0.6, fraction),
    "SpecularColorReflectance": Property(1.0, fraction),
    "SpecularExponent": Property(10.0, positive),
    "SpecularStrength": Property(0.9, fraction),
    "EdgeLighting": Property("none", choice("none", "flat", "gouraud")),
    "FaceLighting": Property("flat", choice("none", "flat", "gouraud")),
    "FaceNormals": Property(None, or_empty(array)),
    "VertexNormals": Property(None, or_empty(array)),
    **modes("FaceNormals", "VertexNormals"),
}
MARKED = {
    "Marker": Property(
        "none",
        choice(
            "+", "o", "*", ".", "x", "square", "diamond", "v", "^", ">", "<", "pentagram", "hexagram", "|", "_",
            "none", "s", "d", "p", "h",
        ),
    ),
    "MarkerSize": Property(6.0, positive),
    "MarkerEdgeColor": Property("auto", colour("auto", "flat", "none")),
    "MarkerFaceColor": Property("none", colour("auto", "flat", "none")),
}  # fmt: skip
LINE = {
    **SERIES,
    **TIPS,
    **sources("X", "Y", "Z"),
    **modes("Color", "LineStyle", "Marker"),
    "AlignVertexCenters": OFF,
    "LineJoin": CORNERS,
}
SHAPE = {"Clipping": ON, "AlignVertexCenters": OFF}
FONTS = {"FontUnits": FONT_UNITS, "FontSmoothing": ON}

FIGURE = {
    "Alphamap": Property(lambda: np.linspace(0, 1, 64), array),
    "Clipping": ON,
    "CloseRequestFcn": Property("closereq", CALLBACK.check, raw=True),
    "CurrentCharacter": EMPTY_TEXT,
    "CurrentObject": ANY,
    "CurrentPoint": Property(lambda: floats(0, 0), vector(2)),
    "GraphicsSmoothing": ON,
    "Icon": EMPTY_TEXT,
    "IntegerHandle": ON,
    "KeyPressFcn": CALLBACK,
    "KeyReleaseFcn": CALLBACK,
    "PaperType": Property(
        "usletter",
        choice(
            "usletter", "uslegal", "tabloid", "a0", "a1", "a2", "a3", "a4", "a5", "b0", "b1", "b2", "b3", "b4", "b5",
            "arch-a", "arch-b", "arch-c", "arch-d", "arch-e", "a", "b", "c", "d", "e", "<custom>",
        ),
    ),
    "Pointer": Property(
        "arrow",
        choice(
            "arrow", "ibeam", "crosshair", "watch", "topl", "topr", "botl", "botr", "circle", "cross", "fleur",
            "custom", "left", "top", "right", "bottom", "hand",
        ),
    ),
    "PointerShapeCData": Property(lambda: np.ones((16, 16)), array),
    "PointerShapeHotSpot": Property(lambda: floats(1, 1), vector(2)),
    "RendererMode": MODE,
    "ResizeFcn": CALLBACK._replace(hidden=True),
    "SelectionType": Property("normal", choice("normal", "extend", "alt", "open")),
    "ShareColors": ON._replace(hidden=True),
    "DoubleBuffer": ON._replace(hidden=True),
    "BackingStore": ON._replace(hidden=True),
    "MinColormap": Property(64.0, number, hidden=True),
    "Dithermap": ANY._replace(hidden=True),
    "WVisual": EMPTY_TEXT._replace(hidden=True),
    "JavaFrame": ANY._replace(hidden=True),
    "WaitStatus": Property("inactive", choice("inactive", "waiting"), hidden=True),
    "SizeChangedFcn": CALLBACK,
    "ToolBarMode": MODE,
    "MenuBarMode": MODE,
    "WindowButtonDownFcn": CALLBACK,
    "WindowButtonMotionFcn": CALLBACK,
    "WindowButtonUpFcn": CALLBACK,
    "WindowKeyPressFcn": CALLBACK,
    "WindowKeyReleaseFcn": CALLBACK,
    "WindowScrollWheelFcn": CALLBACK,
    "AutoResizeChildren": ON,
    "Scrollable": OFF,
}  # fmt: skip

AXES = {
    "AlphaScale": Property("linear", choice("linear", "log")),
    "Alphamap": Property(lambda: np.linspace(0, 1, 64), array),
    "AmbientLightColor": Property((1.0, 1.0, 1.0), colour()),
    "BoxStyle": Property("back", choice("back", "full")),
    "CameraPosition": Property(lambda: floats(0.5, 0.5, 9.1603), vector(3), "CameraPositionMode"),
    "CameraTarget": Property(lambda: floats(0.5, 0.5, 0.5), vector(3), "CameraTargetMode"),
    "CameraUpVector": Property(lambda: floats(0, 1, 0), vector(3), "CameraUpVectorMode"),
    "CameraViewAngle": Property(6.6086, number, "CameraViewAngleMode"),
    **modes("CameraPosition", "CameraTarget", "CameraUpVector", "CameraViewAngle"),
    "Clipping": ON,
    "ClippingStyle": Property("3dbox", choice("3dbox", "rectangle")),
    "ColorScale": Property("linear", choice("linear", "log")),
    "CurrentPoint": Property(lambda: np.array([[0.0, 0, 1], [0, 0, 0]])),
    "FontSizeMode": MODE,
    **FONTS,
    **modes("GridAlpha", "GridColor", "MinorGridAlpha", "MinorGridColor", "GridLineWidth", "MinorGridLineWidth"),
    "GridLineWidth": Property(0.5, positive, "GridLineWidthMode"),
    "MinorGridAlpha": Property(0.25, fraction, "MinorGridAlphaMode"),
    "MinorGridColor": Property(GREY, colour("none"), "MinorGridColorMode"),
    "MinorGridLineWidth": Property(0.5, positive, "MinorGridLineWidthMode"),
    "Interactions": ANY,
    "InteractionOptions": ANY,
    "Layout": ANY,
    "LineStyleOrder": Property(lambda: ["-"], texts),
    "LineStyleOrderIndex": Property(1.0, number),
    "LineStyleCyclingMethod": Property("aftercolor", choice("aftercolor", "beforecolor", "withcolor")),
    "NextSeriesIndex": Property(1.0),
    "PositionConstraint": Property("outerposition", choice("outerposition", "innerposition")),
    "ActivePositionProperty": Property("outerposition", choice("outerposition", "position"), hidden=True),
    "Projection": Property("orthographic", choice("orthographic", "perspective")),
    "SortMethod": Property("childorder", choice("childorder", "depth")),
    "DrawMode": Property("normal", choice("normal", "fast"), hidden=True),
    "SubtitleFontWeight": Property("normal", choice("normal", "bold")),
    "TickDirMode": MODE,
    "ZLimitMethod": Property("tickaligned", choice("tickaligned", "tight", "padded")),
    **modes("XColor", "YColor", "ZColor", "XTickLabelRotation", "YTickLabelRotation", "ZTickLabelRotation"),
}

TEXT = {
    **FONTS,
    "Extent": Property(),
    "Editing": OFF,
    "LineStyle": Property("-", choice("-", "--", ":", "-.", "none")),
    "ColorMode": MODE,
    "AffectAutoLimits": OFF._replace(hidden=True),
}

CONTROL: dict[str, Property] = {
    **FONTS,
    "FontName": Property("Helvetica", text),
    "FontSize": Property(8.0, positive),
    "FontWeight": Property("normal", choice("normal", "bold")),
    "FontAngle": Property("normal", choice("normal", "italic")),
    "Units": Property("pixels", choice(*UNITS)),
    "InnerPosition": Property(lambda: floats(20, 20, 60, 20), vector(4)),
    "OuterPosition": Property(lambda: floats(20, 20, 60, 20), vector(4)),
    "Layout": ANY,
}

LISTS: dict[str, dict[str, Property]] = {
    "figure": FIGURE,
    "axes": AXES,
    "image": {
        "AlignVertexCenters": OFF._replace(hidden=True),
        "Clipping": ON,
        **TIPS,
        "MaxRenderedResolution": Property("none", anything),
        **modes("XData", "YData"),
    },
    "line": LINE,
    "animatedline": {"MaximumNumPoints": Property(1e6, positive)},
    "stem": {"ShowBaseLine": ON, "BaseLine": Property(part="Baseline")},
    "constantline": {
        **NAMED,
        **modes("Color", "LabelColor"),
        "LabelColor": Property(None, colour("none"), "LabelColorMode"),
        "Interpreter": Property("tex", choice("tex", "latex", "none")),
        "Layer": Property("top", choice("top", "bottom")),
        "FontUnits": FONT_UNITS._replace(hidden=True),
        "SeriesIndex": Property("none", anything),
    },
    "constantregion": {**NAMED, **modes("FaceColor", "EdgeColor"), "SeriesIndex": Property("none", anything)},
    "scatter": {
        **SERIES,
        **TIPS,
        **sources("X", "Y", "Z", "Size", "Color", "C"),
        "AlphaData": Property(1.0, array),
        "AlphaDataMapping": Property("scaled", choice("scaled", "direct", "none")),
        **modes("CData", "SizeData", "AlphaData", "Marker"),
        "ThetaData": ANY,
        "RData": ANY,
        "LatitudeData": ANY,
        "LongitudeData": ANY,
        "JitterAmount": ANY,
        **{f"{letter}Jitter": Property("none", choice("none", "density", "rand", "randn")) for letter in "XYZ"},
        **{f"{letter}JitterWidth": Property(0.9, number) for letter in "XYZ"},
    },
    "patch": {
        **NAMED,
        **SHAPE,
        **LIGHTING,
        **MARKED,
        **TIPS,
        "LineJoin": Property("miter", choice("round", "miter", "chamfer")),
        "AlphaDataMapping": Property("scaled", choice("scaled", "direct", "none")),
        "CDataMapping": Property("scaled", choice("scaled", "direct")),
        "FaceVertexAlphaData": Property(None, or_empty(array)),
        "SeriesIndex": Property("none", anything),
        "XDataSource": EMPTY_TEXT._replace(hidden=True),
        **{name: entry for name, entry in modes("FaceColor").items()},
    },
    "area": {
        **SERIES,
        **TIPS,
        **sources("X", "Y"),
        **SHAPE,
        "EdgeAlpha": Property(1.0, fraction),
        "FaceColorMode": MODE,
        "LineJoin": CORNERS,
        "ShowBaseLine": ON,
        "BaseLine": Property(part="Baseline"),
    },
    "bar": {
        **SERIES,
        **TIPS,
        **sources("X", "Y", "C"),
        "EdgeAlpha": Property(1.0, fraction),
        "GroupWidth": Property(0.8, number),
        **modes("FaceColor", "CData"),
        "BaseLine": Property(part="Baseline"),
        "XEndPoints": Property(),
        "YEndPoints": Property(),
        "LabelLocation": Property("end", anything, hidden=True),
        "Labels": ANY._replace(hidden=True),
        "Interpreter": Property("tex", choice("tex", "latex", "none"), hidden=True),
    },
    "histogram": {
        **SERIES,
        **TIPS,
        "BinMethod": Property("auto", anything),
        **modes("BinCounts", "BinLimits", "FaceColor", "EdgeColor"),
        "Categories": ANY,
        "DisplayOrder": Property("data", choice("data", "ascend", "descend")),
        "NumDisplayBins": Property(),
        "ShowOthers": OFF,
        "BarWidth": Property(1.0, positive),
        "LineJoin": CORNERS._replace(hidden=True),
    },
    "surface": {
        **NAMED,
        **TIPS,
        **sources("X", "Y", "Z", "C"),
        **SHAPE,
        **LIGHTING,
        **MARKED,
        "AlphaData": Property(1.0, array),
        "AlphaDataMapping": Property("scaled", choice("scaled", "direct", "none")),
        "CDataMapping": Property("scaled", choice("scaled", "direct")),
        "CDataMode": MODE,
        "EdgeAlpha": Property(1.0, fraction),
        "LineJoin": CORNERS,
        "MeshStyle": Property("both", choice("both", "row", "column")),
        "SeriesIndex": Property("none", anything),
    },
    "contour": {
        **SERIES,
        **TIPS,
        **sources("X", "Y", "Z"),
        **modes("LevelList", "LevelStep", "TextList", "TextStep", "EdgeColor", "FaceColor"),
        "LevelStep": Property(None, or_empty(positive), "LevelStepMode"),
        "TextList": Property(None, or_empty(array), "TextListMode"),
        "TextStep": Property(None, or_empty(positive), "TextStepMode"),
        "LabelSpacing": Property(144.0, positive),
        "LabelColor": Property(BLACK, colour("none", "flat")),
        "LabelFormat": Property("%g", anything),
        "EdgeColor": Property("flat", colour("flat", "none")),
        "EdgeAlpha": Property(1.0, fraction),
        "FaceColor": Property("none", colour("flat", "none")),
        "FaceAlpha": Property(1.0, fraction),
        "ZLocation": Property("zero", anything),
        "AlignVertexCenters": OFF._replace(hidden=True),
    },
    "rectangle": {
        **SHAPE,
        "LineJoin": Property("miter", choice("round", "miter", "chamfer")),
        "EdgeAlpha": Property(1.0, fraction, hidden=True),
        "SeriesIndex": Property("none", anything),
    },
    "quiver": {
        **SERIES,
        **TIPS,
        **sources("X", "Y", "Z", "U", "V", "W"),
        **MARKED,
        **modes("Color", "LineStyle", "Marker"),
        "AlignVertexCenters": OFF,
        "Alignment": Property("tail", choice("tail", "center", "head")),
        "MaxHeadSize": Property(0.2, number),
        "AutoScale": ON,
        "AutoScaleFactor": Property(0.9, number),
        "ShowArrowHead": ON,
        "ScaleFactor": Property(),
    },
    "text": TEXT,
    "colorbar": {
        **{name: entry for name, entry in FONTS.items() if name == "FontSmoothing"},
        "AxisLocation": Property("out", choice("out", "in"), "AxisLocationMode"),
        "AxisLocationMode": MODE,
        "LineWidth": Property(0.5, positive),
        "TickLength": Property(0.01, number),
        "TickDirection": Property("in", choice("in", "out", "both", "none")),
        "TickLabelInterpreter": Property("tex", choice("tex", "latex", "none")),
        "Layout": ANY,
    },
    "legend": {
        "AutoUpdateMode": MODE._replace(hidden=True),
        "BackgroundAlpha": Property(1.0, fraction),
        "ItemHitFcn": CALLBACK,
        "ItemTokenSize": Property(lambda: floats(30, 18), vector(2), hidden=True),
        "Layout": ANY,
        "LineWidth": Property(0.5, positive),
        "NumColumnsMode": MODE,
        "Direction": Property("normal", choice("normal", "reverse")),
        "IconColumnWidth": Property(30.0, positive),
        "PlotChildren": ANY._replace(hidden=True),
        "PlotChildrenMode": MODE._replace(hidden=True),
        "TitleFontSizeMode": MODE._replace(hidden=True),
        **modes("LocationHidden"),
    }
    | {"FontSizeMode": MODE._replace(hidden=True)},
    "tiledlayout": {
        "InnerPosition": Property(lambda: floats(0.13, 0.11, 0.775, 0.815), vector(4)),
        "OuterPosition": Property(lambda: floats(0, 0, 1, 1), vector(4)),
        "Position": Property(lambda: floats(0.13, 0.11, 0.775, 0.815), vector(4)),
        "PositionConstraint": Property("outerposition", choice("outerposition", "innerposition")),
        "Units": Property("normalized", choice(*UNITS)),
        "Layout": ANY,
    },
    "subplottext": {
        "BackgroundColor": Property("none", colour("none")),
        "EdgeColor": Property("none", colour("none")),
        "LineStyle": Property("-", choice("-", "--", ":", "-.", "none")),
        "LineWidth": Property(0.5, positive),
        "Margin": Property(3.0, positive),
        "VerticalAlignment": Property("top", choice("top", "middle", "bottom", "baseline", "cap")),
        "FontUnits": FONT_UNITS,
        "Rotation": Property(0.0, number),
    },
    "heatmap": {
        "Alphamap": ANY._replace(hidden=True),
        "ColorDisplayData": Property(),
        "ColorMethod": Property("count", choice("count", "none", "mean", "median", "sum", "max", "min")),
        "ColorVariable": EMPTY_TEXT,
        "ColorVariableMode": MODE,
        "SourceTable": ANY,
        "XVariable": EMPTY_TEXT,
        "YVariable": EMPTY_TEXT,
        "XData": Property(),
        "YData": Property(),
        "XDisplayData": Property(),
        "YDisplayData": Property(),
        "XLimits": Property(),
        "YLimits": Property(),
        "Layout": ANY,
        "CellLabelColorMode": MODE._replace(hidden=True),
        "Interpreter": Property("tex", choice("tex", "latex", "none")),
        "PositionConstraint": Property("outerposition", choice("outerposition", "innerposition")),
    },
    "root": {
        "CallbackObject": Property(),
        "FixedWidthFontName": Property("Courier New", text),
        "PointerLocation": Property(lambda: floats(1, 1), vector(2)),
        "Diary": Property("off", anything, hidden=True),
        "Format": Property("short", anything, hidden=True),
        "RecursionLimit": Property(500.0, number, hidden=True),
        "Language": Property("english", text, hidden=True),
    },
    "lineshape": {"Position": Property(lambda: floats(0.3, 0.3, 0.1, 0.1), vector(4))},
    "textboxshape": {
        "FontUnits": FONT_UNITS,
        "EdgeColorMode": MODE._replace(hidden=True),
        "Rotation": Property(0.0, number),
        "VerticalAlignmentMode": MODE._replace(hidden=True),
    },
    "textarrowshape": {
        "FontUnits": FONT_UNITS,
        "TextBackgroundColor": Property("none", colour("none")),
        "TextEdgeColor": Property("none", colour("none")),
        "TextLineWidth": Property(0.5, positive),
        "TextMargin": Property(5.0, positive),
        "TextRotation": Property(0.0, number),
    },
    "uicontrol": CONTROL,
    "uipanel": CONTROL,
    "uibuttongroup": CONTROL,
}

# older names of properties, which MATLAB takes and does not list
OLDER: dict[str, dict[str, str]] = {
    "axes": {f"{letter}TickLabels": f"{letter}TickLabel" for letter in "XYZ"},
    "colorbar": {
        "XTick": "Ticks",
        "YTick": "Ticks",
        "XTickLabel": "TickLabels",
        "YTickLabel": "TickLabels",
        "XLim": "Limits",
        "YLim": "Limits",
        "TickDir": "TickDirection",
    },
}
WITHOUT: dict[str, tuple[str, ...]] = {kind: ("MaximumNumPoints",) for kind in ("line", "stem", "stair", "errorbar")}

IN_AXES = ("axes", "hggroup", "hgtransform")
IN_FIGURES = ("figure", "tiledlayout", "uipanel", "uibuttongroup", "uitab")
HOMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("plotted", "constantline", "constantregion", "rectangle", "image", "text", "light"), IN_AXES),
    "axes": IN_FIGURES,
    "figure": ("root",),
    "tiledlayout": IN_FIGURES,
    "annotation": IN_FIGURES,
}

"""Axes: a coordinate system, its limits and its ticks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.pictures.graphics import camera, layout, word_room
from cnnscript.pictures.graphics import limits as choose
from cnnscript.pictures.graphics.axes_properties import AXES
from cnnscript.pictures.graphics.groups import Group, members
from cnnscript.pictures.graphics.objects import BESIDE, Graphic, Several
from cnnscript.pictures.graphics.primitives import Image, Text
from cnnscript.pictures.graphics.properties import DEFAULT_AXES, FONT, floats
from cnnscript.pictures.graphics.rulers import Ruler
from cnnscript.pictures.graphics.tile_options import tile_options_of
from cnnscript.pictures.graphics.time_axes import TimeAxis, dated
from cnnscript.pictures.images import colormaps

FLAT_KINDS = ("image", "line", "patch", "scatter", "bar", "area", "rectangle")  # at height 0 where they have no ZData
# what of a text object that is made a title or label the title or label takes
KEPT_OF_WORDS = frozenset((*FONT, "String", "Color", "Interpreter", "BackgroundColor", "EdgeColor", "Rotation", "Tag"))


class Label(Text):
    """A title or label: in the font of its axes, larger by a factor of the axes', until it has its own."""

    def __init__(self, axes: Axes, name: str) -> None:
        self.multiplier = ("Title" if name in ("Title", "Subtitle") else "Label") + "FontSizeMultiplier"
        self.titled = name == "Title"
        super().__init__(None, HandleVisibility="off", HorizontalAlignment="center")
        self.values |= {key: value for key, value in self.inherited(axes).items() if key in ("Interpreter", "Color")}
        self.parent = axes

    def stands(self) -> bool:
        """Whether it is the label of a y-axis, as its axes knows: files that were kept before need not say so."""
        return isinstance(self.parent, Axes) and self.parent.kind == "axes" and self.parent.labels.get("YLabel") is self

    def value(self, name: str) -> Any:
        if name in FONT and name not in self.values and isinstance(self.parent, Axes):
            if name == "FontSize":
                return self.parent.value("FontSize") * self.parent.value(self.multiplier)
            if name != "FontWeight":
                return self.parent.value(name)
            return self.parent.value("TitleFontWeight" if self.titled else "FontWeight")
        if name == "Rotation" and name not in self.values and self.stands():
            return 0.0 if layout.in_space(self.parent) else 90.0
        return super().value(name)


class Axes(Graphic):
    """A coordinate system and what is drawn in it.

    fitted: the magnification at which an image asked for the figure to take its size (imshow), else None.
    border: 'loose' or 'tight', around such an image.  twin: the axes of the other side in the same place, which shares
    the x-axis.  cell: the box that subplot gave it; span: its tile in a tiled
    layout.
    """

    kind, class_name = "axes", "matlab.graphics.axis.Axes"
    coordinates = "Cartesian"
    shown = ("XLim", "YLim", "XScale", "YScale", "GridLineStyle", "Position", "Units")
    own = AXES
    # What `newplot` leaves alone when it resets an axes.
    kept = frozenset({"Position", "PositionMode", "Units", "InnerPosition", "OuterPosition", "Layout"})

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.fitted: float | None = None
        self.border = "loose"
        self.own_map = False  # whether the colour map was given to this very axes
        self.cell: tuple[float, float, float, float] | None = None
        self.span: tuple[int, int, int, int] | None = None
        self.side = ""
        self.gaps = (0.0, 0.0)  # between subplots, in parts of the figure
        self.labels: dict[str, Text] = {}
        self.rulers: dict[str, Ruler] = {}
        self.twin: Axes | None = None  # the other side of yyaxis
        self.right_acts: bool | None = None  # whether yyaxis named the right side last; None: it named none
        self.spared = False  # the next plot goes into a group in it, and empties nothing
        self.bubbles: dict[str, tuple[float, float] | None] = {}  # diameters (size) and limits of bubbles
        super().__init__(parent, **given)
        self.take_colours()

    def take_colours(self) -> None:
        """Begin with the order of colours that the figure was given (colororder)."""
        order = getattr(self.up("figure"), "order_of_colours", None)
        if order is not None:
            self.values.setdefault("ColorOrder", order)

    def listed(self, every: bool) -> list[Graphic]:
        return [child for child in super().listed(every) if child.kind not in BESIDE]

    def kin(self, every: bool) -> list[Graphic]:
        other = self.twin.listed(every) if self.twin is not None else []
        return [*self.listed(every), *other, *(self.labels.values() if every else ())]

    # ------------------------------------------------------------------------------------------------- two y-axes
    def primary(self) -> Axes:
        """The axes that scripts know: of two sides the left one."""
        return self if self.twin is None or self.left_side() else self.twin

    def acting(self) -> Axes:
        """Where what is plotted in this axes goes: of two sides the one that yyaxis named last."""
        first = self.primary()
        if first.twin is None or first.right_acts is None:
            return self
        return first.twin if first.right_acts else first

    def meant(self, name: str) -> Graphic:
        """Of two sides the one that yyaxis named last has what is about the y-axis."""
        if self.twin is None or not self.right_acts:
            return self
        low = name.lower()
        on_side = low.startswith("y") and low != "yaxis" or low in ("children", "colororder", "colororderindex")
        return self.twin if on_side else self

    def shares(self, name: str) -> bool:
        """Whether a property is the other side's: both sides have one x-axis."""
        return name[:1] == "X" and name != "XLabel" and self.twin is not None and not self.left_side()

    def value(self, name: str) -> Any:
        return self.twin.value(name) if name[:1] == "X" and self.shares(name) else super().value(name)

    def get(self, name: str) -> Any:
        return self.twin.get(name) if name[:1] == "X" and self.shares(name) else super().get(name)

    def set(self, name: str, value: Any) -> None:
        if name[:1] in "Xx" and self.shares(found := self.find_name(name)):
            self.twin.set(found, value)
        else:
            super().set(name, value)

    def label(self, name: str) -> Text:
        """The text object of Title, Subtitle, XLabel, YLabel or ZLabel."""
        if name != "YLabel" and self.twin is not None and not self.left_side():
            return self.twin.label(name)
        if name not in self.labels:
            self.labels[name] = Label(self, name)
        return self.labels[name]

    def get_Title(self) -> Text:
        return self.label("Title")

    def get_Subtitle(self) -> Text:
        return self.label("Subtitle")

    def get_XLabel(self) -> Text:
        return self.label("XLabel")

    def get_YLabel(self) -> Text:
        return self.label("YLabel")

    def get_ZLabel(self) -> Text:
        return self.label("ZLabel")

    def ruler(self, letter: str) -> Ruler:
        """The x-, y- or z-axis as an object."""
        if letter not in self.rulers:
            self.rulers[letter] = Ruler(self, letter)
        return self.rulers[letter]

    def get_XAxis(self) -> Ruler:
        return self.ruler("X")

    def get_YAxis(self) -> Ruler | list[Ruler]:
        """The y-axis; both of them, the left one first, where there are two."""
        if self.twin is None:
            return self.ruler("Y")
        return [side.ruler("Y") for side in sorted((self, self.twin), key=lambda side: not side.left_side())]

    def get_ZAxis(self) -> Ruler:
        return self.ruler("Z")

    def words_of(self, name: str) -> str | list[str]:
        """What a title or label says; '' when there is none."""
        return word_room.said(self.labels[name]) if name in self.labels and self.labels[name].value("Visible") else ""

    def get_Colormap(self) -> np.ndarray:
        own = self.value("Colormap")
        return own if own is not None else self.up("figure").colour_map()

    get_Layout = tile_options_of

    def get_TightInset(self) -> np.ndarray:
        """The room that ticks and words take left of, below, right of and above the plot box."""
        along, up = (word_room.tick_room(self, letter) for letter in "XY")
        above = word_room.words_room(self, "Title") + word_room.words_room(self, "Subtitle")
        left, right = up + word_room.words_room(self, "YLabel"), 0.0
        left, right = (left, right) if self.left_side() else (right, left)
        box = layout.Box(left, along + word_room.words_room(self, "XLabel"), right, above)
        return layout.from_pixels(box, self.value("Units"), *self.up("figure").size())

    def get_Legend(self) -> Graphic | list[Graphic]:
        return next((child for child in self.children if child.kind == "legend"), Several())

    def get_InnerPosition(self) -> np.ndarray:
        return self.get_Position()

    def before_InnerPosition(self, position: np.ndarray) -> np.ndarray:
        self.values["Position"] = position
        return position

    def before_OuterPosition(self, position: np.ndarray) -> np.ndarray:
        """The plot box of an outer box: MATLAB's default margins of it."""
        left, bottom, width, height = position
        inner = floats(left + 0.13 * width, bottom + 0.11 * height, 0.775 * width, 0.815 * height)
        self.values["Position"] = inner
        return position

    def get_OuterPosition(self) -> np.ndarray:
        """The plot box with MATLAB's margins around it: all of the figure, for an axes in its usual place."""
        if "OuterPosition" in self.values:
            return self.values["OuterPosition"]
        if self.cell is None and self.span is None and self.value("PositionMode") == "auto":
            room = self.room()
            whole = layout.Box(0.0, 0.0, room.width, room.height)
            return layout.from_pixels(whole, self.value("Units"), room.width, room.height, layout.FIRST_PIXEL)
        x, y, wide, high = DEFAULT_AXES
        left, bottom, width, height = self.get_Position()
        width, height = width / wide, height / high
        return floats(left - x * width, bottom - y * height, width, height)

    def before_Position(self, position: np.ndarray) -> np.ndarray:
        self.values.pop("OuterPosition", None)
        self.fitted, self.cell = None, None
        return position

    def before_Units(self, units: str) -> str:
        """What was set in the old units is in the new ones now."""
        figure = self.up("figure")
        if figure is not None and self.value("PositionMode") == "manual":
            for name in ("Position", "InnerPosition", "OuterPosition"):
                if name in self.values:
                    box = layout.to_pixels(self.values[name], self.value("Units"), *figure.size(), layout.FIRST_PIXEL)
                    self.values[name] = layout.from_pixels(box, units, *figure.size(), layout.FIRST_PIXEL)
        return units

    def take_words(self, name: str, given: Any) -> Any:
        """Title, XLabel ...: a text object given for one is it from now on; text is what it says."""
        if isinstance(given, str | list):
            self.label(name).set("String", given)
            return None
        if not isinstance(given, Text):
            raise ValueError("Value must be a text object.")
        own = self.label(name)
        if given is not own:
            own.values |= {each: value for each, value in given.values.items() if each in KEPT_OF_WORDS}
            given.delete()
        return None

    def before_Title(self, given: Any) -> Any:
        return self.take_words("Title", given)

    def before_Subtitle(self, given: Any) -> Any:
        return self.take_words("Subtitle", given)

    def before_XLabel(self, given: Any) -> Any:
        return self.take_words("XLabel", given)

    def before_YLabel(self, given: Any) -> Any:
        return self.take_words("YLabel", given)

    def before_ZLabel(self, given: Any) -> Any:
        return self.take_words("ZLabel", given)

    def before_Colormap(self, colours: np.ndarray) -> np.ndarray:
        self.own_map = True
        return colours

    # ----------------------------------------------------------------------------------------------------------- camera
    def before_View(self, angles: np.ndarray) -> np.ndarray:
        self.values |= {f"{name}Mode": "auto" for name in layout.CAMERA[:3]}
        return angles

    def get_View(self) -> np.ndarray:
        return camera.seen_from(self)

    def get_DataAspectRatio(self) -> np.ndarray:
        return camera.data_ratio(self)

    def get_PlotBoxAspectRatio(self) -> np.ndarray:
        return camera.box_ratio(self)

    def get_CameraPosition(self) -> np.ndarray:
        return self.placed("CameraPosition", camera.camera_position)

    def get_CameraTarget(self) -> np.ndarray:
        return self.placed("CameraTarget", camera.camera_target)

    def get_CameraUpVector(self) -> np.ndarray:
        return self.placed("CameraUpVector", camera.camera_up)

    def get_CameraViewAngle(self) -> float:
        return self.placed("CameraViewAngle", lambda axes: camera.Camera(axes).angle)

    def placed(self, name: str, reckon: Callable[[Axes], Any]) -> Any:
        """A property of the camera: as set, or what `reckon` finds."""
        return self.values[name] if self.value(f"{name}Mode") == "manual" and name in self.values else reckon(self)

    def before_ColorOrder(self, order: np.ndarray) -> np.ndarray:
        """Objects that follow the colour order take its new colours."""
        for child in self.children:
            if hasattr(child, "recolour"):
                child.recolour(order)
        return order

    def get_Position(self) -> np.ndarray:
        return layout.axes_position(self)

    def box(self) -> layout.Box:
        """Its box in pixels; `plot_box` keeps an aspect ratio in it, `given_box` is before anything took room."""
        return layout.axes_box(self)

    def plot_box(self) -> layout.Box:
        return layout.plot_box(self)

    def given_box(self) -> layout.Box:
        return layout.given_box(self)

    def room(self) -> layout.Box:
        """The box of the figure or the panel that it stands in."""
        return layout.room_of(self)

    def begun(self) -> bool:
        """Whether there is anything to see in it: something drawn or written."""
        return bool(self.children or self.labels)

    def split(self) -> Axes:
        """Give the axes a right side of its own (yyaxis): another axes in its place, with a y-axis on the right."""
        right = Axes(self.parent, HandleVisibility="off")
        right.cell, right.span, right.twin, self.twin = self.cell, self.span, self, right
        right.values |= {name: value for name, value in self.values.items() if name in self.kept}
        blue, orange = (np.array([each]) for each in colormaps.COLOR_ORDER[:2])
        for one, order in ((self, blue), (right, orange)):
            one.values |= {"YColor": tuple(order[0].tolist()), "ColorOrder": order, "Box": False}
            one.kept = one.kept | {"YColor", "ColorOrder", "Color", "YAxisLocation", "Box"}
        right.values |= {"Color": "none", "YAxisLocation": "right"}
        return right

    def left_side(self) -> bool:
        return self.value("YAxisLocation") != "right"

    def drawn(self) -> list[Graphic]:
        """What is plotted in it: everything but legends and colorbars, and what cannot be drawn as its data are."""
        plotted = [child for child in self.children if child.kind not in BESIDE and child.fits()]
        if not any(isinstance(child, Group) for child in plotted):
            return plotted
        taken: list[Graphic] = []
        for child in plotted:
            if not isinstance(child, Group):
                taken.append(child)
            elif child.value("Visible"):
                taken += members(child)
        return taken

    def images(self) -> list[Image]:
        return [child for child in self.children if isinstance(child, Image)]

    # ----------------------------------------------------------------------------------------------------------- limits
    def data_limits(self, letter: str) -> tuple[float, float, bool]:
        """The lowest and highest coordinate of what is drawn, and whether limits are to fit it tightly, as images
        want."""
        lows, highs, tight = [], [], False
        for child in [*self.drawn(), *(self.twin.drawn() if self.twin is not None and letter == "X" else ())]:
            reach = child.extent(letter) if hasattr(child, "extent") else None
            if reach is not None:
                lows.append(reach[0])
                highs.append(reach[1])
                tight |= child.kind == "image" or (hasattr(child, "tight") and child.tight(letter))
            elif letter == "Z" and child.kind in FLAT_KINDS and child.extent("X") is not None:
                lows.append(0.0)
                highs.append(0.0)
        return (min(lows), max(highs), tight) if lows else (0.0, 1.0, True)

    def get_limits(self, letter: str) -> np.ndarray:
        """The limits of an axis: those set, or those that hold the data; wider where axis equal asks for it."""
        low, high = self.own_limits(letter)
        if letter == "Z" or not layout.keeps_both_ratios(self) or layout.in_space(self):
            return floats(low, high)
        data, box = self.value("DataAspectRatio"), self.value("PlotBoxAspectRatio")
        other = self.own_limits("Y" if letter == "X" else "X")
        along, across = (0, 1) if letter == "X" else (1, 0)
        wanted = (other[1] - other[0]) / data[across] * box[along] / box[across] * data[along]
        extra = max(wanted - (high - low), 0) / 2
        return floats(low - extra, high + extra)

    def own_limits(self, letter: str) -> np.ndarray:
        """Limits of one axis by itself."""
        if letter == "X" and self.primary() is not self:
            return self.primary().own_limits("X")
        if self.value(f"{letter}LimMode") == "manual":
            low, high = self.values[f"{letter}Lim"]
            if np.isfinite((low, high)).all():
                return floats(low, high)
            found = self.data_limits(letter)
            return floats(low if np.isfinite(low) else found[0], high if np.isfinite(high) else found[1])
        low, high, tight = self.data_limits(letter)
        method = self.value(f"{letter}LimitMethod")
        if self.value(f"{letter}Scale") == "log" and not low > 0:
            low, high = self.positive_limits(letter, high)
        if tight or method == "tight" or self.categories(letter):  # categories are shown from first to last
            return floats(low, high) if low < high else floats(low - 0.5, high + 0.5)
        if self.value(f"{letter}Scale") == "log":
            return floats(*choose.log_limits(low, high))
        clock = self.clock(letter)
        if clock is not None:
            return floats(*clock.limits(low, high, self.clock_steps(letter)))
        if method == "padded":
            margin = 0.06 * (high - low or 1)
            return floats(low - margin, high + margin)
        return floats(*choose.round_limits(low, high, self.most_steps(letter)))

    def positive_limits(self, letter: str, high: float) -> tuple[float, float]:
        """The lowest and highest coordinate that a logarithmic axis can show."""
        lows = []
        for child in self.drawn():
            if f"{letter}Data" in child.table:
                data = np.asarray(child.get(f"{letter}Data"), float).ravel()
                data = data[np.isfinite(data) & (data > 0)]
                lows += [float(data.min())] if data.size else []
        low = min(lows, default=high / 10)
        return (low, high) if low > 0 else (0.1, 1.0)

    def most_steps(self, letter: str) -> int:
        """How many tick steps there is room for along an axis."""
        steps = camera.steps_in_space if layout.in_space(self) else layout.most_steps
        return steps(self, letter)

    def get_XLim(self) -> np.ndarray:
        return self.get_limits("X")

    def get_YLim(self) -> np.ndarray:
        return self.get_limits("Y")

    def get_ZLim(self) -> np.ndarray:
        return self.get_limits("Z")

    def get_CLim(self) -> np.ndarray:
        if self.value("CLimMode") == "manual":
            return self.values["CLim"]
        found = [
            reach for child in self.drawn() if hasattr(child, "colour_extent") and (reach := child.colour_extent())
        ]
        if not found:
            return floats(0, 1)
        low, high = min(reach[0] for reach in found), max(reach[1] for reach in found)
        around = max(1.0, 1000 * float(np.spacing(abs(high))))  # 1, but of numbers that 1 does not change
        return floats(low, high) if low < high else floats(low - around, high + around)

    def get_ticks(self, letter: str) -> np.ndarray:
        if self.value(f"{letter}TickMode") == "manual":
            return self.values[f"{letter}Tick"]
        low, high = self.get_limits(letter)
        if self.value(f"{letter}Scale") == "log":
            low = low if low > 0 else high / 1e6
            if not (0 < low < high < np.inf):
                return np.zeros(0)
            powers = np.arange(np.ceil(np.log10(low) - 1e-9), np.floor(np.log10(high) + 1e-9) + 1)
            return 10.0**powers
        categories = self.categories(letter)
        if categories:
            return np.arange(1.0, len(categories) + 1)
        clock = self.clock(letter)
        if clock is not None:
            return clock.ticks(low, high, self.clock_steps(letter))
        return choose.ticks(low, high, self.most_steps(letter))

    def get_XTick(self) -> np.ndarray:
        return self.get_ticks("X")

    def get_YTick(self) -> np.ndarray:
        return self.get_ticks("Y")

    def get_ZTick(self) -> np.ndarray:
        return self.get_ticks("Z")

    def told(self, table: str, letter: str) -> Any:
        """What the first that is plotted tells of an axis in a table of its own; None where none does."""
        # asked for every tick, and what is drawn takes long to find out
        if not any(isinstance(child, Group) or getattr(child, table, {}).get(letter) for child in self.children):
            return None
        return next(filter(None, (getattr(child, table, {}).get(letter) for child in self.drawn())), None)

    def categories(self, letter: str) -> list[str]:
        """The names along an axis whose data are categories."""
        return self.told("categories", letter) or []

    def get_XTickLabelRotation(self) -> float:
        return word_room.label_rotation(self, "X")

    def clock(self, letter: str) -> TimeAxis | None:
        """How time is written along an axis whose data are times; None where they are not."""
        found = self.told("clocks", letter)
        return None if found is None else TimeAxis.read(found)

    def clock_steps(self, letter: str) -> int:
        """How many steps there is room for along an axis of times, whose labels are wide."""
        most = self.most_steps(letter)
        return max(2, most * 3 // 5) if letter == "X" else most

    def get_tick_labels(self, letter: str) -> list[str]:
        at = self.get_ticks(letter)
        if self.value(f"{letter}TickLabelMode") == "manual":
            given = self.values[f"{letter}TickLabel"]
            return [given[k % len(given)] if given else "" for k in range(len(at))]
        named = self.categories(letter)
        if named:
            return [named[int(tick) - 1] if 1 <= tick <= len(named) and tick == int(tick) else "" for tick in at]
        clock = self.clock(letter)
        if clock is not None:
            ruler = self.ruler(letter)
            if ruler.value("TickLabelFormatMode") == "auto":
                return clock.labels(at)
            form = ruler.value("TickLabelFormat")
            if clock.kind == "duration":
                return TimeAxis("duration", form).labels(at)
            return [dated(float(tick), form) for tick in at]
        if self.value(f"{letter}Scale") == "log":
            return [f"10^{{{round(float(np.log10(tick)))}}}" if tick > 0 else "" for tick in at]
        return self.ruler(letter).written_at(at)

    def get_XTickLabel(self) -> list[str]:
        return self.get_tick_labels("X")

    def get_YTickLabel(self) -> list[str]:
        return self.get_tick_labels("Y")

    def get_ZTickLabel(self) -> list[str]:
        return self.get_tick_labels("Z")

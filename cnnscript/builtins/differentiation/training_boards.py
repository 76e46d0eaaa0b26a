"""The figure of a training: plots of what is measured on the left, on the right what is said, and a button that stops.

It looks as MATLAB's does: the raw curve light under its running mean, validation dashed in black, epochs as bands, and
Results, Training Time, Training Cycle, Validation and Other Information in a column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import floor, isfinite, log10
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm

BETWEEN, LONGEST = 0.25, 1.0  # seconds between two paintings of a window: at least, and at most
LITTLE = 0.02  # of the time: a window that had less is painted at once again
MUCH, OPENING = 0.03, 15.0  # one that had more, of so many seconds at least, waits longer than LONGEST
PATIENCE = 4.0  # but no longer than so many seconds
HOLD = 8.0  # seconds for which the limits of the horizontal axis are wide enough, at least
ANSWER = 0.1  # seconds after which a window that is not painted is asked whether its button was pressed
ANSWERING = 0.02  # of the time for that, at most
SIZE = (1060.0, 620.0)  # pixels
KEEP = 0.8  # what the running mean keeps of itself at each point
TAG = "NNET_CNN_TRAININGPLOT_UIFIGURE"  # by which scripts find the figure
LEFT, PLOTS, BOTTOM, TOP, GAP = 0.07, 0.6, 0.09, 0.91, 0.1  # of the figure: where the plots are
COLUMN = (0.715, 0.04, 0.275, 0.83)
ROW, VALUES = 0.033, 0.53  # of the column: a row's height, and where values begin
LABELS = 8  # epochs with a name, at most
HALF = 24.0  # pixels, half of what a name takes
SMALLEST = 1e-300  # of the places where a horizontal axis ends


class Curve(NamedTuple):
    """name: of the points; label: in the legend; look: properties of the line; smooth: their running mean is drawn."""

    name: str
    label: str
    look: dict[str, Any]
    smooth: bool = False


class Plot(NamedTuple):
    """One axes.  limits: of its vertical axis, None: as the points ask for."""

    title: str
    curves: Sequence[Curve]
    scale: str = "linear"
    limits: tuple[float, float] | None = None
    legend: str = ""  # where it is; '': there is none


class Section(NamedTuple):
    """Rows under a title, each a label and a value.  passing: no two runs say the same."""

    title: str
    rows: Sequence[tuple[str, str]]
    passing: bool = False


class Mean:
    """A running mean in which older points weigh less and less; the first points weigh as much as they are.

    MathWorks does not say how its plots are smoothed.  NaN is passed over.
    """

    def __init__(self) -> None:
        self.sum = self.weight = 0.0

    def __call__(self, value: float) -> float:
        if isfinite(value):
            self.sum, self.weight = KEEP * self.sum + value, KEEP * self.weight + 1
        return self.sum / self.weight if self.weight else value


class Board:
    """The figure.  It is not the current figure of the program: plots of the program do not land in it.

    stop   what its button does; None: there is none
    begun  when the training began
    """

    def __init__(self, session: Any, plots: Sequence[Plot], x_label: str, stop: Callable[[], None] | None):
        self.session, self.desk, self.plots = session, session.desk, plots
        self.began, self.spent = monotonic(), 0.0
        self.live = not self.desk.presenter.keeps
        self.begun = datetime.now()
        self.next_painting = self.next_answer = 0.0
        self.finished = False
        self.seen: tuple[float, float] | None = None  # when it was first painted, and how far it was
        self.reach = 0.0  # where the horizontal axis ends
        self.said: list[tuple[Section, list[Any]]] = []
        self.bar: list[Any] = []
        self.heads: list[Any] = []  # of the sections
        self.settled: Any = None  # limits and number of bands for which names of epochs stand where they do
        self.bands: list[tuple[float, float, list[Any]]] = []  # where each begins and ends, and what is drawn of it
        current = self.desk.current
        try:
            title = f"Training Progress ({self.begun:%d-%b-%Y %H:%M:%S})"
            # Pictures that are files have no title bar, and their descriptions are the same whenever they are made.
            name = title if self.live else "Training Progress"
            self.figure = self.call(
                "figure", 1, "Name", name, "NumberTitle", "off", "HandleVisibility", "off", "IntegerHandle", "off",
                "Tag", TAG, "MenuBar", "none", "ToolBar", "none", "Position", row((100, 100, *SIZE)),
            )  # fmt: skip
            self.lines: dict[str, list[tuple[Any, Mean | None]]] = {}
            self.axes = [self.plot(at, plot, x_label) for at, plot in enumerate(plots)]
            self.column = self.call("axes", 1, "Parent", self.figure, "Position", row(COLUMN), "Visible", "off")
            self.words(title, (LEFT - COLUMN[0]) / COLUMN[2], 1.13, HandleVisibility="off", FontSize=11.0,
                       FontWeight="bold")  # fmt: skip
            if self.live and stop is not None:
                self.button = self.call(
                    "uicontrol", 1, self.figure, "Style", "pushbutton", "String", "■ Stop", "Units", "normalized",
                    "Position", row((0.895, 0.875, 0.085, 0.05)), "Callback",
                    Function(lambda nargout, *event: stop(), "stop"), "TooltipString", "End training; the network is "
                    "as it is then", "ForegroundColor", row((0.75, 0.1, 0.1)), "FontSize", 10.0,
                )  # fmt: skip
        finally:
            self.desk.current = current
        self.drawn = dict.fromkeys(self.lines, 0)
        self.spend(self.began)

    def call(self, name: str, nargout: int, *given: Any) -> Any:
        return self.session.call(name, nargout, *given)

    def plot(self, at: int, plot: Plot, x_label: str) -> Any:
        count = len(self.plots)
        height = (TOP - BOTTOM - GAP * (count - 1)) / count
        box = (LEFT, BOTTOM + (count - 1 - at) * (height + GAP), PLOTS, height)
        axes = self.call("axes", 1, "Parent", self.figure, "Position", row(box), "Box", "on")
        for curve in plot.curves:
            look = [item for pair in curve.look.items() for item in pair]
            line = self.call("animatedline", 1, axes, "DisplayName", curve.label, *look)
            self.lines.setdefault(curve.name, []).append((line, Mean() if curve.smooth else None))
        self.call("ylabel", 0, axes, plot.title)
        self.call("xlabel", 0, axes, x_label)
        self.call("grid", 0, axes, "on")
        axes.set("YScale", plot.scale)
        if plot.limits is not None:
            axes.set("YLim", row(plot.limits))
        if plot.legend:
            self.call("legend", 0, axes, "Location", plot.legend, "Interpreter", "none", "AutoUpdate", "off")
        return axes

    def words(self, text: Any, across: float, up: float, **look: Any) -> Any:
        usual = {"VerticalAlignment": "top", "Interpreter": "none", "FontSize": 9.0} | look
        return self.call("text", 1, self.column, across, up, text, *[item for pair in usual.items() for item in pair])

    # ------------------------------------------------------------------------------------------------ what is there
    @property
    def closed(self) -> bool:
        """Has the user closed it?"""
        return bool(self.figure.graphic.deleted)

    def close(self) -> None:
        if not self.closed:
            self.desk.close(self.figure.graphic)

    def due(self) -> bool:
        """May it be painted again?  A window that may not still answers; without one the end is soon enough."""
        if not self.live:
            return False
        now = monotonic()
        if now >= self.next_answer:
            self.desk.presenter.pump(0.0) if hasattr(self.desk.presenter, "pump") else None
            after = self.spend(now)
            self.next_answer = after + min(max(ANSWER, (after - now) / ANSWERING), 5 * ANSWER)
        return now >= self.next_painting

    def rest(self, elapsed: float) -> float:
        """Seconds until a window may be painted again.

        With the last painting it may have a 20th of the time.  Opening takes the most: that is paid for by and by, for
        a window that is not painted for long is no live one.
        """
        if self.spent > MUCH * max(elapsed, OPENING):
            return max(LONGEST, min(self.spent / MUCH - elapsed, PATIENCE))
        return max(BETWEEN, min(self.spent / LITTLE - elapsed, LONGEST))

    def spend(self, since: float) -> float:
        """Note that the window has had the time since then; now."""
        now = monotonic()
        self.spent += now - since
        return now

    def extend(self, step: float, end: float | None = None, ending: bool = True) -> float:
        """Where the horizontal axis ends if a step is to lie on it.

        A window changes that seldom, for all of it has to be painted then: at 1, 2, 5, 10, ..., and not before the
        training has taken twice the time, or HOLD seconds have gone.

        end     where the steps will end, None where nobody knows
        ending  whether finish will be called; else the axis never ends far from the last step
        """
        if not self.live or self.finished or self.closed:
            return step
        if step > self.reach and isfinite(step):
            since, first = self.seen or (monotonic(), step)
            elapsed = monotonic() - since
            ahead = max(HOLD / elapsed, 1.0) * (step - first) if ending and elapsed > 0 else 0.0
            # Iterations that will end go beyond 10 soon; epochs of a program may be fractions.
            power = 10.0 ** floor(log10(max(step + ahead, 10.0 if ending else SMALLEST)))
            factors = (1, 2, 5, 10) if ending else (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
            ends = (factor * power for factor in factors if factor * power >= step + ahead)
            self.reach = next(ends, step + ahead)  # where ten times the power is less by a rounding
            if end is not None:
                self.reach = min(self.reach, end)
            for axes in self.axes:
                axes.set("XLim", row((0.0, self.reach)))
        return self.reach

    def reach_below(self) -> None:
        """There are steps below 0: the horizontal axis is where the curves are."""
        if self.reach:
            self.reach = 0.0
            for axes in self.axes if not self.closed else ():
                axes.set("XLimMode", "auto")

    def put(self, points: Mapping[str, tuple[list[float], list[float]]], status: str, fraction: float | None,
            sections: Sequence[Section], paint: bool | None = None) -> None:  # fmt: skip
        """Bring everything up to date.

        fraction  of the training that is done, None where nobody knows
        paint     now, or (None) when it is time
        """
        if self.closed:
            return
        due = self.due() if paint is None else paint
        start = monotonic()
        for name, lines in self.lines.items():
            steps, heights = points[name]
            done = self.drawn[name]
            if len(steps) > done:
                along, up = np.array(steps[done:]), heights[done:]
                for line, mean in lines:
                    line.graphic.add(along, np.array(up if mean is None else [mean(value) for value in up]))
                self.drawn[name] = len(steps)
        self.say(status, fraction, sections)
        if due:
            self.settle()
        if self.live and due:
            self.desk.show(self.figure.graphic)
            now = self.spend(start)
            self.next_painting = now + self.rest(now - self.began)
            furthest = max((steps[-1] for steps, _ in points.values() if steps), default=0.0)
            self.seen = self.seen or (now, furthest)

    def say(self, status: str, fraction: float | None, sections: Sequence[Section]) -> None:
        rows = [(one.title, len(one.rows)) for one in sections]
        if [(one.title, len(one.rows)) for one, _ in self.said] != rows or not self.bar:
            self.lay_out(sections)
        head, back, front = self.bar
        change(head, "String", status)
        change(head, "HandleVisibility", "on" if status else "off")
        for part in (back, front):
            change(part, "Visible", fraction is not None)
        if fraction is not None:
            change(front, "Position", (0.0, 0.955, 0.6 * min(1.0, max(0.005, fraction)), 0.02))
        for section, (labels, values) in zip(sections, [texts for _, texts in self.said], strict=True):
            change(labels, "String", [f"{label}:" for label, _ in section.rows])
            change(values, "String", [value for _, value in section.rows])

    def lay_out(self, sections: Sequence[Section]) -> None:
        """The column anew: below the bar, one section after the other."""
        for text in [*self.bar, *self.heads, *(one for _, texts in self.said for one in texts)]:
            text.graphic.delete()
        self.bar = [self.words("", 0.0, 1.04)]
        for colour in ((0.88, 0.88, 0.88), (0.0, 0.447, 0.741)):
            self.bar.append(self.call(
                "rectangle", 1, "Parent", self.column, "Position", row((0, 0.955, 0.6, 0.02)), "FaceColor", row(colour),
                "EdgeColor", "none", "HandleVisibility", "off",
            ))  # fmt: skip
        self.column.set("XLim", row((0, 1)))
        self.column.set("YLim", row((0, 1)))
        self.said, self.heads, up = [], [], 0.91
        for section in sections:
            head = self.words(section.title, 0.0, up, FontWeight="bold", HandleVisibility="off")
            self.heads.append(head)
            look = {"HandleVisibility": "off" if section.passing else "on"}
            texts = [self.words("", across, up - ROW, **look) for across in (0.03, VALUES)]
            self.said.append((section, texts))
            up -= ROW * (len(section.rows) + 1.7)
        changing = [self.bar[0], self.bar[2], *(values for _, (_, values) in self.said)]
        self.figure.graphic.lively = {one.graphic for one in changing}

    # ------------------------------------------------------------------------------------------------------- epochs
    def band(self, first: float, last: float, label: str, shaded: bool) -> None:
        """Epochs from one place of the horizontal axis to another: a grey band, or a white one, with a name."""
        if self.closed:
            return
        if not self.bands and not self.live:  # a window does so from its first point on
            self.begin_at_zero()
        made: list[Any] = []
        for axes in self.axes:
            made.append(self.call("text", 1, axes, (first + last) / 2, 0.0, label, "HorizontalAlignment",
                                  "center", "VerticalAlignment", "bottom", "FontSize", 8.0, "Color",
                                  row((0.5, 0.5, 0.5)), "HandleVisibility", "off", "Clipping", "on"))  # fmt: skip
            if shaded:
                made.append(self.call("xregion", 1, axes, first, last, "HandleVisibility", "off", "FaceAlpha", 0.13))
        self.bands.append((first, last, made))

    def begin_at_zero(self) -> None:
        """The horizontal axis begins at 0 as MATLAB's, and ends where the curves do."""
        for axes in self.axes:
            axes.set("XLim", row((0.0, np.inf)))

    def end_bands(self, last: float) -> None:
        """The last band ends here, before its epoch did; those after it were there too early."""
        if self.closed:
            return
        for first, _, parts in self.bands:
            for part in parts if first >= last else ():
                part.graphic.delete()
        self.bands = [band for band in self.bands if band[0] < last]
        if self.bands:
            first, _, parts = self.bands[-1]
            self.bands[-1] = (first, last, parts)
            self.settled = None
            for part in parts:
                if part.graphic.kind != "text":
                    part.graphic.set("Value", np.array([first, last]))

    def settle(self) -> None:
        """Names of epochs stand on the horizontal axis, wherever that is now, uncut at its ends, and not too many."""
        now = [axes.graphic.get(name).tolist() for axes in self.axes for name in ("XLim", "YLim")], len(self.bands)
        if now == self.settled:
            return
        self.settled = now
        apart = -(-sum(first <= now[0][0][1] for first, _, _ in self.bands) // LABELS)
        for axes in self.axes if self.bands else ():
            low = float(axes.graphic.get("YLim")[0])
            left, right = axes.graphic.get("XLim").ravel()
            half = HALF / (PLOTS * SIZE[0]) * (right - left)
            for at, (first, last, parts) in enumerate(self.bands):
                middle = (first + last) / 2
                across = min(max(middle, left + half), right - half) if left <= middle <= right else middle
                for part in parts:
                    if part.graphic.kind == "text" and part.graphic.parent is axes.graphic:
                        change(part, "Position", (across, low, 0.0))
                        change(part, "Visible", at % apart == 0)

    def note(self, text: str, at: float, heights: Sequence[float]) -> None:
        """Words at a point of each plot."""
        for axes, height in zip(self.axes, heights, strict=True):
            if not self.closed and isfinite(height):
                low, high = axes.graphic.get("YLim")
                side = "top" if 2 * height > low + high else "bottom"
                self.call("text", 1, axes, float(at), float(height), text, "HorizontalAlignment", "right",
                          "VerticalAlignment", side, "FontSize", 9.0, "HandleVisibility", "off")  # fmt: skip

    def finish(self) -> None:
        """Training is over: there is nothing to stop any more, and the axis ends where the curves do."""
        self.finished = True
        if self.live and not self.closed:
            self.button.graphic.delete()
            if self.bands:
                self.begin_at_zero()
            for axes in self.axes if not self.bands else ():
                axes.set("XLimMode", "auto")


def clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def change(handle: Any, name: str, value: Any) -> None:
    """Set a property of a graphics object where it is another; whoever changes nothing causes no painting."""
    now = handle.graphic.value(name)
    if not np.array_equal(now, value) if name == "Position" else now != value:
        handle.graphic.set(name, np.array(value) if name == "Position" else value)


def row(values: Any) -> Any:
    return norm(np.array(values, float).reshape(1, -1))

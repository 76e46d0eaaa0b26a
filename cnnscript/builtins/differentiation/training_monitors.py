"""trainingProgressMonitor: the metrics of a training loop as they come, drawn, and what is said about them."""

from __future__ import annotations

from datetime import datetime
from math import inf, isfinite
from time import monotonic
from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.differentiation.training_boards import Board, Curve, Plot, Section, clock, row
from cnnscript.builtins.registry import builtin
from cnnscript.display.containers import field_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.convert import to_class
from cnnscript.values.dlarrays import numbers
from cnnscript.values.numeric import EMPTY, class_of, is_numeric, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, string_array, text_or_none

CLASS = "deep.TrainingProgressMonitor"
NO_ENDS = (inf, -inf)


class TrainingProgressMonitor(Object):
    """A handle.

    metrics, info  names; groups: the plots, each a name and the metrics in it
    points         of each metric the steps and values
    ends           the lowest and the highest step of all that are finite
    said           of each info what was said last
    board          what is drawn; None before there is anything, and while the monitor is not visible
    """

    class_name = CLASS
    is_handle: ClassVar[bool] = True
    methods = frozenset(("groupSubPlot", "recordMetrics", "updateInfo", "yscale"))
    settable = ("Metrics", "Info", "XLabel", "Visible", "Progress", "Status")

    def __init__(self, session: Any):
        self.session = session
        self.metrics: list[str] = []
        self.info: list[str] = []
        self.x_label, self.visible, self.progress, self.status, self.stopped = "", True, 0.0, "Running", False
        self.groups: list[tuple[str, list[str]]] = []
        self.points: dict[str, tuple[list[float], list[float]]] = {}
        self.ends = NO_ENDS
        self.said: dict[str, Any] = {}
        self.scales: dict[str, str] = {}  # of plots
        self.board: Board | None = None
        self.begun, self.start = datetime.now(), monotonic()

    # ----------------------------------------------------------------------------------------------------- properties
    def property_names(self) -> list[str]:
        return ["Metrics", "Info", "XLabel", "Visible", "Progress", "Status", "Stop", "MetricData", "InfoData"]

    def get(self, name: str) -> Any:
        if name in ("Metrics", "Info"):
            words = self.metrics if name == "Metrics" else self.info
            return string_array(words, (1, len(words)) if words else (0, 0))
        if name == "MetricData":
            return Struct({metric: table_of(*self.points[metric]) for metric in self.metrics})
        if name == "InfoData":
            return Struct({word: self.said.get(word, EMPTY) for word in self.info})
        found = {
            "XLabel": String.of(self.x_label), "Visible": self.visible, "Progress": self.progress,
            "Status": String.of(self.status), "Stop": self.stopped,
        }  # fmt: skip
        if name not in found:
            raise self.no_property(name)
        return found[name]

    def set(self, name: str, value: Any) -> TrainingProgressMonitor:
        if name not in self.settable:
            return super().set(name, value)  # type: ignore[return-value]
        if name in ("Metrics", "Info"):
            words = names_of(value, name)
            if name == "Metrics":
                self.metrics, self.groups = words, [(word, [word]) for word in words]
                self.points, self.ends = {word: ([], []) for word in words}, NO_ENDS
            else:
                self.info, self.said = words, {}
            self.start_again()
        elif name == "XLabel":
            self.x_label = take.text(value, name)
            self.start_again()
        elif name == "Visible":
            self.visible = take.flag(value, name)
            if not self.visible:
                self.start_again()
        elif name == "Status":
            self.status = take.text(value, name)
        else:
            self.progress = take.number(numbers(value), name)
            if not 0 <= self.progress <= 100:
                raise take.wanted("a number from 0 to 100", name, value, "MATLAB:notInRange")
        self.draw()
        return self

    def disp(self, form: Any) -> str:
        names = self.property_names()
        width = max(map(len, names)) + 4
        rows = "".join(
            f"{name:>{width}}: {field_text(self.get(name), form, form.width - width - 2)}\n" for name in names
        )
        return f"  TrainingProgressMonitor with properties:\n{form.blank}{rows}{form.blank}"

    # ------------------------------------------------------------------------------------------------------- what comes
    def known(self, name: str, among: list[str], what: str) -> str:
        if name not in among:
            raise ScriptError(
                f"deep:TrainingProgressMonitor:Unknown{what}",
                f"The monitor has no {what.lower()} '{name}'.",
                notes=(f"it has {', '.join(among)}" if among else f"its {what} is empty",),
                hint=f"monitor.{what}{'s' * (what == 'Metric')} = [...] names them before the training begins",
            )
        return name

    def record(self, step: float, values: dict[str, float]) -> None:
        for name in values:
            self.known(name, self.metrics, "Metric")
        if isfinite(step) and values:
            self.ends = min(self.ends[0], step), max(self.ends[1], step)
        for name, value in values.items():
            steps, heights = self.points[name]
            steps.append(step)
            heights.append(value)
        self.draw()

    def say(self, values: dict[str, Any]) -> None:
        for name in values:
            self.known(name, self.info, "Info")
        self.said.update(values)
        self.draw()

    # --------------------------------------------------------------------------------------------------------- drawing
    def start_again(self) -> None:
        if self.board is not None:
            self.board.close()
        self.board = None

    def draw(self) -> None:
        """Put all that is known on the board; a window is repainted now and then, a file is written at the end."""
        if not self.visible or not any(steps for steps, _ in self.points.values()):
            return
        if self.board is None:
            self.board = Board(self.session, [self.plot(*group) for group in self.groups], self.x_label, self.stop)
        lowest, highest = self.ends
        if lowest < 0:
            self.board.reach_below()
        elif highest > 0:
            self.board.extend(highest, ending=False)
        time = Section("Training Time", [("Start time", f"{self.begun:%d-%b-%Y %H:%M:%S}"),
                                         ("Elapsed time", clock(monotonic() - self.start))], passing=True)  # fmt: skip
        said = [(name, words(value)) for name, value in self.said.items()]
        sections = [time, Section("Information", said)] if said else [time]
        status = f"{self.status} ({self.progress:.0f} %)" if self.progress else self.status
        self.board.put(self.points, status, self.progress / 100 if self.progress else None, sections)

    def plot(self, title: str, metrics: list[str]) -> Plot:
        curves = [Curve(name, name, {"Color": row(COLOURS[at % len(COLOURS)]), "LineWidth": 1.0})
                  for at, name in enumerate(metrics)]  # fmt: skip
        return Plot(title, curves, self.scales.get(title, "linear"), legend="best" if len(metrics) > 1 else "")

    def stop(self) -> None:
        self.stopped = True


COLOURS = (
    (0, 0.447, 0.741), (0.85, 0.325, 0.098), (0.929, 0.694, 0.125), (0.494, 0.184, 0.556), (0.466, 0.674, 0.188),
    (0.301, 0.745, 0.933), (0.635, 0.078, 0.184),
)  # fmt: skip


def table_of(steps: list[float], heights: list[float]) -> Any:
    """N×2: step and value."""
    return norm(np.array([steps, heights], float).T.reshape(-1, 2).copy(order="F"))


def words(value: Any) -> str:
    text = text_or_none(value)
    return text if text is not None else take.described(value).partition(" ")[2]


def names_of(value: Any, what: str) -> list[str]:
    found = take.texts(value, what) if numel_of(value) else []
    for name in found:
        if not name.isidentifier():
            raise ScriptError(
                f"deep:TrainingProgressMonitor:Invalid{what}", f"{what} must be valid variable names.",
                notes=(f"got '{name}'",),
            )  # fmt: skip
    if len(set(found)) < len(found):
        raise ScriptError(f"deep:TrainingProgressMonitor:Repeated{what}", f"{what} must be different names.")
    return found


# -------------------------------------------------------------------------------------------------------------- making
@builtin(name="trainingProgressMonitor")
def training_progress_monitor(session, /, *, Metrics=EMPTY, Info=EMPTY, XLabel="", Visible=True, Progress=0.0,
                              Status="Running"):  # fmt: skip
    """
    monitor = trainingProgressMonitor
    monitor = trainingProgressMonitor(Name=Value)

    A plot of the metrics of a training loop as they come, with what is said beside it.

    recordMetrics adds points, updateInfo says something; monitor.Stop is true when the button of its window was
    pressed. In a window it is live; a program without windows leaves one picture of it at the end. All points are in
    monitor.MetricData. All options are properties that can be set later.

    Options
      Metrics   names of the metrics: a plot for each, see groupSubPlot
      Info      names of what updateInfo says
      XLabel    label of the horizontal axis
      Visible   whether it is drawn (true)
      Progress  percentage of the training that is done (0)
      Status    what the training is at ("Running")

    Examples
      >> monitor = trainingProgressMonitor(Metrics="Loss",Info="i",XLabel="",Status="");
      >> for k = 1:3, recordMetrics(monitor,k,Loss=1/k); updateInfo(monitor,i=k); end
      >> monitor.MetricData.Loss
      ans =
          1.0000    1.0000
          2.0000    0.5000
          3.0000    0.3333
      figure 'Training Progress': axes 1: animatedline 3 points, ylabel 'Loss'; axes 2: text 'i:', text '3'

    See also recordMetrics, updateInfo, groupSubPlot, minibatchqueue, adamupdate.
    """
    monitor = TrainingProgressMonitor(session)
    for name, value in (("Visible", Visible), ("Metrics", Metrics), ("Info", Info), ("XLabel", XLabel),
                        ("Progress", Progress), ("Status", Status)):  # fmt: skip
        monitor.set(name, value)
    return monitor


def require_monitor(value: Any, function: str) -> TrainingProgressMonitor:
    if not isinstance(value, TrainingProgressMonitor):
        raise take.unfit_inputs(
            function, f"{function} takes what trainingProgressMonitor gives; this is a {class_of(value)}"
        )
    return value


def named(function: str, given: tuple) -> dict[str, Any]:
    """A struct, or names and values."""
    if len(given) == 1 and isinstance(given[0], Struct):
        return dict(given[0].fields)
    if not given or len(given) % 2:
        raise ScriptError(
            "MATLAB:minrhs" if not given else "MATLAB:InputParser:ParamMissingValue",
            "Not enough input arguments." if not given else "Every name needs a value.",
            notes=(f"{function}(monitor,...,Name=Value)",),
        )
    return {take.text(name, "Name"): value for name, value in zip(given[::2], given[1::2], strict=True)}


@builtin(name="recordMetrics")
def record_metrics(monitor, step, /, *values):
    """
    recordMetrics(monitor,step,metricName=value,...)
    recordMetrics(monitor,step,metricStruct)

    Add a point to metrics of a trainingProgressMonitor.

    Examples
      >> monitor = trainingProgressMonitor(Metrics=["Loss" "Accuracy"],Visible=false);
      >> recordMetrics(monitor,1,Loss=dlarray(2),Accuracy=50);
      >> monitor.MetricData.Loss
      ans =
           1     2

    See also trainingProgressMonitor, updateInfo.
    """
    monitor = require_monitor(monitor, "recordMetrics")
    at = take.number(numbers(step), "step")
    found = {name: scalar(value, name) for name, value in named("recordMetrics", values).items()}
    monitor.record(at, found)


def scalar(value: Any, name: str) -> float:
    value = numbers(value)
    if not (is_numeric(value) or class_of(value) == "logical") or numel_of(value) != 1:
        raise take.wanted("a numeric scalar", f"The metric {name}", value, "MATLAB:expectedScalar")
    return take.number(to_class(value, "double"), name)


@builtin(name="updateInfo")
def update_info(monitor, /, *values):
    """
    updateInfo(monitor,infoName=value,...)
    updateInfo(monitor,infoStruct)

    What is said beside the plots of a trainingProgressMonitor: a number, or a text.

    Examples
      >> monitor = trainingProgressMonitor(Info=["Epoch" "LearnRate"]);
      >> updateInfo(monitor,Epoch="1 of 5",LearnRate=0.01);
      >> monitor.InfoData.Epoch
      ans =
          "1 of 5"

    See also trainingProgressMonitor, recordMetrics.
    """
    require_monitor(monitor, "updateInfo").say({k: numbers(v) for k, v in named("updateInfo", values).items()})


@builtin(name="groupSubPlot")
def group_subplot(monitor, name, metrics, /):
    """
    groupSubPlot(monitor,groupName,metricNames)

    Draw several metrics of a trainingProgressMonitor into one plot.

    Examples
      >> monitor = trainingProgressMonitor(Metrics=["TrainingLoss" "ValidationLoss"],Visible=false);
      >> groupSubPlot(monitor,"Loss",["TrainingLoss" "ValidationLoss"]);
      >> recordMetrics(monitor,1,TrainingLoss=2,ValidationLoss=3);
      >> size(monitor.MetricData.TrainingLoss)
      ans =
           1     2

    See also trainingProgressMonitor, recordMetrics.
    """
    monitor = require_monitor(monitor, "groupSubPlot")
    title = take.text(name, "groupName")
    wanted = [monitor.known(word, monitor.metrics, "Metric") for word in take.texts(metrics, "metricNames")]
    first = min((at for at, (_, inside) in enumerate(monitor.groups) if set(inside) & set(wanted)), default=0)
    left = [(word, [one for one in inside if one not in wanted]) for word, inside in monitor.groups]
    left.insert(first, (title, wanted))
    monitor.groups = [(word, inside) for word, inside in left if inside]
    monitor.start_again()


@builtin
def yscale(session, target, /, *rest):
    """
    yscale(scale)
    yscale(ax,scale)
    yscale(monitor,metricName,scale)
    yscale(monitor,groupName,scale)

    The scale of the vertical axis, 'linear' or 'log': of the current axes, of ax, or of a plot of a
    trainingProgressMonitor.

    Examples
      >> monitor = trainingProgressMonitor(Metrics="Loss",Visible=false);
      >> yscale(monitor,"Loss","log");
      >> plot([1 10 100]); yscale("log"); ax = gca; ax.YScale
      ans =
          'log'
      figure 1: line 3 points

    See also trainingProgressMonitor, groupSubPlot, semilogy.
    """
    scale = take.choice(rest[-1] if rest else target, ("linear", "log"), "scale")
    if not isinstance(target, TrainingProgressMonitor):
        axes = target if rest else session.call("gca", 1)
        session.call("set", 0, axes, "YScale", scale)
        return
    if len(rest) != 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("yscale(monitor,metricName,scale)",))
    plot = target.known(take.text(rest[0], "metricName"), [title for title, _ in target.groups], "Metric")
    target.scales[plot] = scale
    target.start_again()

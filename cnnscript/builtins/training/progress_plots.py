"""'Plots','training-progress': metric and loss of training and validation, epochs as bands, and a button that stops.

The figure is that of trainingProgressMonitor: live in a window, one picture at the end without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any

from cnnscript.builtins.differentiation.training_monitors import TrainingProgressMonitor
from cnnscript.builtins.training.progress_tables import clock
from cnnscript.engine.training.loop import Moment, Watcher
from cnnscript.engine.training.metrics import Metric

BETWEEN = 0.25  # seconds between two times that something is drawn, at least
SHARE = 25  # and so many times what drawing takes: a plot takes no more than a 25th of the time


class ProgressPlot(Watcher):
    def __init__(self, session: Any, metrics: Sequence[Metric], validated: bool):
        self.session, self.validated, self.total = session, validated, None
        self.monitor = monitor = TrainingProgressMonitor(session)
        halves = ("Training", "Validation") if validated else ("Training",)
        kinds = [(one.title, f"{one.title} (%)" if one.percent else one.title) for one in metrics]
        self.words = [word for word, _ in kinds]
        monitor.metrics = [half + word for word, _ in (*kinds, ("Loss", "Loss")) for half in halves]
        monitor.points = {name: ([], []) for name in monitor.metrics}
        monitor.groups = [(title, [half + word for half in halves]) for word, title in (*kinds, ("Loss", "Loss"))]
        monitor.info, monitor.x_label = ["Epoch", "Iteration", "LearnRate", "TimeElapsed"], "Iteration"
        self.next = 0.0  # when it is drawn again
        self.latest: Moment | None = None
        self.band: tuple[int, int] | None = None  # epoch and first iteration of the band that is not drawn yet

    def begins(self, total: int | None) -> bool:
        self.total = total
        return False

    def iteration(self, moment: Moment) -> bool:
        if moment.iteration:
            self.point(moment.iteration, "Training", moment.training)
        if moment.validation is not None:
            self.point(moment.iteration, "Validation", moment.validation)
        before, self.latest = self.latest, moment
        if before is not None and before.epoch != moment.epoch:
            self.finish_band(before.iteration)
        if moment.epoch % 2 == 0 and moment.epoch and self.band is None:
            self.band = (moment.epoch, moment.iteration)
        if monotonic() >= self.next:
            self.draw()
        return self.monitor.stopped

    def point(self, iteration: int, half: str, measured: Any) -> None:
        for word, value in zip((*self.words, "Loss"), (*measured.metrics, measured.loss), strict=True):
            steps, heights = self.monitor.points[half + word]
            steps.append(float(iteration))
            heights.append(value)

    def draw(self) -> None:
        monitor, moment = self.monitor, self.latest
        if moment is None:
            return
        start = monotonic()
        of_all = f" of {self.total}" if self.total else ""
        monitor.said = {
            "Epoch": str(moment.epoch), "Iteration": f"{moment.iteration}{of_all}",
            "LearnRate": f"{moment.rate:.5g}", "TimeElapsed": clock(moment.seconds),
        }  # fmt: skip
        if self.total:
            monitor.progress = 100 * moment.iteration / self.total
        fresh = monitor.board is None
        monitor.draw()
        if fresh and monitor.board is not None:
            for name, line in monitor.board.lines.items():
                if name.startswith("Validation"):
                    for word, value in (("LineStyle", "--"), ("Marker", "o"), ("Color", "k")):
                        self.session.call("set", 0, line, word, value)
        now = monotonic()
        self.next = now + max(BETWEEN, SHARE * (now - start))

    def finish_band(self, last: int) -> None:
        """The band of an epoch that is over, behind the lines."""
        if self.band is None:
            return
        first, self.band = self.band[1], None
        if self.monitor.board is None:
            self.draw()
        if self.monitor.board is not None and not self.monitor.board.figure.graphic.deleted:
            for axes in self.monitor.board.axes:
                self.session.call("xregion", 0, axes, first - 0.5, last + 0.5, "HandleVisibility", "off")

    def ends(self, reason: str) -> None:
        """reason: why training ended."""
        if self.latest is not None:
            self.finish_band(self.latest.iteration)
            self.total = None  # how much is done says nothing any more
            self.monitor.status, self.monitor.progress = reason, 0.0
            self.draw()

"""What a terminal shows of a training that prints no table: one line, how far it is and how long the rest will take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from cnnscript.engine.questions import duration
from cnnscript.engine.training.loop import Moment, Watcher
from cnnscript.engine.training.metrics import Metric

FIRST, BETWEEN = 1.0, 0.5  # seconds before the line appears, and between two of its states


class ProgressLine(Watcher):
    """progress: takes the line, and '' when it is to go."""

    def __init__(self, progress: Callable[[str], object], metrics: Sequence[Metric]):
        self.progress, self.metrics = progress, metrics
        self.said = False

    def begins(self, total: int | None) -> bool:
        self.total, self.next = total, monotonic() + FIRST
        return False

    def iteration(self, moment: Moment) -> bool:
        now = monotonic()
        if now >= self.next and moment.iteration:
            self.next, self.said = now + BETWEEN, True
            self.progress(self.line(moment))
        return False

    def line(self, moment: Moment) -> str:
        parts = [f"epoch {moment.epoch}", f"iteration {moment.iteration}", f"loss {moment.training.loss:.4f}"]
        for metric, value in zip(self.metrics, moment.training.metrics, strict=True):
            parts.append(f"{metric.title.lower()} {value:.2f}{' %' if metric.percent else ''}")
        if self.total:
            parts[1] += f" of {self.total}"
            rest = moment.seconds * (self.total - moment.iteration) / moment.iteration
            parts.append(f"{duration(rest)} left")
        return ", ".join(parts) + " ..."

    def ends(self) -> None:
        if self.said:
            self.progress("")


def seconds_left(first: Moment | None, moment: Moment, total: int | None) -> float | None:
    """What the rest will take, by what all iterations but the first took: that one prepares the others.  None where
    nobody can know."""
    if first is None or not total or moment.iteration <= max(first.iteration, 1):
        return None
    each = (moment.seconds - first.seconds) / (moment.iteration - first.iteration)
    return each * (total - moment.iteration)

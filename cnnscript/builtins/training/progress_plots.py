"""'Plots','training-progress': metric and loss of training and validation, epochs as bands, and a button that stops.

Live in a window, one picture at the end without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from cnnscript.builtins.differentiation.training_boards import Board, Curve, Plot, Section, clock, row
from cnnscript.builtins.training.progress_lines import seconds_left
from cnnscript.engine.training.loop import STOPPED, Moment, Outcome, Watcher
from cnnscript.engine.training.metrics import Metric
from cnnscript.engine.training.plans import Plan
from cnnscript.engine.training.trainees import Measured

COLOURS = ((0.0, 0.447, 0.741), (0.494, 0.184, 0.556), (0.466, 0.674, 0.188), (0.635, 0.078, 0.184))  # of metrics
ORANGE = (0.85, 0.325, 0.098)  # the loss
BANDS = 40  # at most: where there are more epochs, a band holds 2, 5, 10, ... of them
VALIDATION: dict[str, Any] = {
    "Color": "k", "LineStyle": "--", "LineWidth": 1.0, "Marker": "o", "MarkerFaceColor": "k", "MarkerSize": 4.0
}  # fmt: skip


def light(colour: Sequence[float]) -> tuple[float, ...]:
    """The colour of what lies under a running mean."""
    return tuple(1 - 0.4 * (1 - part) for part in colour)


def plot_of(at: int, key: str, title: str | None, percent: bool, validated: bool) -> Plot:
    """The plot of a metric, or of the loss.

    at       its place among the metrics
    key      what its points are called behind "Training " and "Validation "
    title    of the metric; None: it is the loss
    percent  is it told in per cent?
    """
    colour = ORANGE if title is None else COLOURS[at % len(COLOURS)]
    curves = [
        Curve(f"Training {key}", "Training", {"Color": row(light(colour)), "LineWidth": 0.75}),
        Curve(f"Training {key}", "Training (smoothed)", {"Color": row(colour), "LineWidth": 1.5}, smooth=True),
    ]
    if validated:
        curves.append(Curve(f"Validation {key}", "Validation", VALIDATION))
    if percent:
        return Plot(f"{title} (%)", curves, limits=(0, 100), legend="southeast")
    return Plot(title or "Loss", curves, legend="northeast")


class ProgressPlot(Watcher):
    """metrics: a plot for each, above that of the loss; plan: what the column beside the plots tells of."""

    def __init__(self, session: Any, metrics: Sequence[Metric], validated: bool, plan: Plan):
        self.session, self.metrics, self.validated, self.plan = session, metrics, validated, plan
        halves = ("Training", "Validation") if validated else ("Training",)
        self.points: dict[str, tuple[list[float], list[float]]] = {
            f"{half} {at}": ([], []) for at in range(len(metrics) + 1) for half in halves
        }  # the loss is the last
        self.board: Board | None = None
        self.total: int | None = None
        self.first: Moment | None = None
        self.latest: Moment | None = None
        self.validation: Measured | None = None
        self.stopped = False
        self.begun = (0, 0)  # epoch and iteration at which the band begins that is not on the board yet
        self.bands = 0  # that are on the board

    def begins(self, total: int | None) -> bool:
        self.total = total
        return False

    def iteration(self, moment: Moment) -> bool | str:
        if moment.iteration:
            self.point(moment.iteration, "Training", moment.training)
        if moment.validation is not None:
            self.point(moment.iteration, "Validation", moment.validation)
            self.validation = moment.validation
        before, self.latest = self.latest, moment
        self.first = self.first or moment
        if moment.iteration and self.plan.full_batch is None and (before is None or before.epoch != moment.epoch):
            self.epoch(moment)
        if self.board is None or self.board.due():
            self.draw()
        return STOPPED if self.stopped else False

    def stop(self) -> None:
        """What the button does."""
        self.stopped = True

    def point(self, iteration: int, half: str, measured: Measured) -> None:
        for at, value in enumerate((*measured.metrics, measured.loss)):
            steps, heights = self.points[f"{half} {at}"]
            steps.append(float(iteration))
            heights.append(value)

    # ------------------------------------------------------------------------------------------------------- epochs
    @property
    def each(self) -> int | None:
        """Iterations of an epoch, where they are known."""
        return None if self.total is None else self.total // self.plan.epochs

    @property
    def bundle(self) -> int:
        """Epochs in a band."""
        size, steps = 1, iter((2, 2.5, 2) * 9)
        while self.plan.epochs > BANDS * size:
            size = int(size * next(steps))
        return size

    def epoch(self, moment: Moment) -> None:
        """An epoch begins: where nobody knew when, the bands before it are over now."""
        if self.each is None and (moment.epoch - 1) % self.bundle == 0:
            self.band(*self.begun, moment.iteration - 1)
            self.begun = (moment.epoch, moment.iteration)

    def bands_until(self, last: float) -> None:
        """Where it is known when epochs begin, the bands that begin up to an iteration."""
        if self.each is None or self.plan.full_batch is not None:
            return
        while (epoch := 1 + self.bands * self.bundle) <= self.plan.epochs:
            first = 1 + (epoch - 1) * self.each
            if first > last:
                return
            epochs = min(self.bundle, self.plan.epochs - epoch + 1)
            self.band(epoch, first, first - 1 + epochs * self.each)
            self.bands += 1

    def band(self, epoch: int, first: int, last: int) -> None:
        last_epoch = min(epoch + self.bundle - 1, self.plan.epochs)
        label = f"Epoch {epoch}" if last_epoch == epoch else f"Epochs {epoch}-{last_epoch}"
        if first:
            self.made().band(first - 0.5, last + 0.5, label, (epoch - 1) // self.bundle % 2 == 1)

    # ------------------------------------------------------------------------------------------------------ drawing
    def made(self) -> Board:
        """The board, made when there is something to draw."""
        if self.board is None:
            plots = [self.plot(at, one) for at, one in enumerate((*self.metrics, None))]
            self.board = Board(self.session, plots, "Iteration", self.stop)
        return self.board

    def plot(self, at: int, metric: Metric | None) -> Plot:
        """metric: None for the loss."""
        if metric is None:
            return plot_of(at, str(at), None, False, self.validated)
        return plot_of(at, str(at), metric.title, metric.percent, self.validated)

    def draw(self, reason: str = "") -> None:
        """reason: why training ended, '' while it goes on."""
        moment = self.latest
        if moment is None:
            return
        of_all = f" of {self.total}" if self.total else ""
        status = "" if reason else f"Training iteration {moment.iteration}{of_all} ..."
        done = moment.iteration / self.total if self.total and not reason else None
        self.bands_until(self.made().extend(float(moment.iteration), self.total))
        self.made().put(self.points, status, done, self.sections(moment, reason), paint=True)

    def sections(self, moment: Moment, reason: str) -> list[Section]:
        """What MATLAB tells beside the plots."""
        of_epochs = f" of {self.plan.epochs}"
        of_all = f" of {self.total}" if self.total else ""
        results: list[tuple[str, str]] = []
        if self.validated:
            seen = self.validation
            told = [(one.title.lower(), ".2f", "%") if one.percent else
                    (one.title, ".5g", "") for one in self.metrics] or [("loss", ".5g", "")]  # fmt: skip
            values = () if seen is None else seen.metrics or (seen.loss,)
            for at, (word, form, percent) in enumerate(told):
                results.append((f"Validation {word}", f"{values[at]:{form}}{percent}" if values else "N/A"))
        results.append(("Training finished", reason) if reason else ("Training", "running"))
        time = [("Start time", f"{self.made().begun:%d-%b-%Y %H:%M:%S}"), ("Elapsed time", clock(moment.seconds))]
        left = seconds_left(self.first, moment, self.total)
        if left is not None and not reason:
            time.append(("Time left", clock(left)))
        cycle = [("Epoch", f"{moment.epoch}{of_epochs}"), ("Iteration", f"{moment.iteration}{of_all}")]
        rates = [("Learning rate schedule", self.plan.schedule.title), ("Learning rate", f"{moment.rate:.5g}")]
        if self.plan.full_batch is not None:
            rates = [("Gradient norm", f"{moment.gradient_norm:.5g}"), ("Step norm", f"{moment.step_norm:.5g}")]
            del cycle[0]
        elif self.each is not None:
            cycle += [("Iterations per epoch", f"{self.each}"), ("Maximum iterations", f"{self.total}")]
        sections = [Section("Results", results), Section("Training Time", time, passing=True),
                    Section("Training Cycle", cycle)]  # fmt: skip
        if self.validated:
            patience = self.plan.patience
            sections.append(Section("Validation", [
                ("Frequency", f"{self.plan.validate_every} iteration{'s' * (self.plan.validate_every != 1)}"),
                ("Patience", f"{patience:g}" if isfinite(patience) else "Inf"),
            ]))  # fmt: skip
        return [*sections, Section("Other Information", [
            ("Hardware resource", "Single GPU" if "GPU" in self.plan.device else "Single CPU"), *rates,
        ])]  # fmt: skip

    def ends(self, outcome: Outcome) -> None:
        if self.latest is None:
            return
        board, last = self.made(), self.latest.iteration
        if self.each is None and self.plan.full_batch is None:
            self.band(*self.begun, last)
        self.bands_until(last)
        board.end_bands(last + 0.5)
        if outcome.final is not None:
            self.validation = outcome.final
            if self.points["Validation 0"][0][-1:] != [float(last)]:
                self.point(last, "Validation", outcome.final)
            heights = [self.points[f"Validation {at}"][1][-1] for at in range(len(self.metrics) + 1)]
            board.note("Final", last, heights)
        board.finish()
        self.draw(outcome.reason)

"""What training prints: the tables of trainNetwork and trainnet, to the character."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import isfinite, isnan

from cnnscript.builtins.differentiation.training_boards import clock
from cnnscript.engine.training.loop import Moment, Watcher
from cnnscript.engine.training.metrics import Metric
from cnnscript.engine.training.trainees import Measured
from cnnscript.values.text import number_text

Say = Callable[[str], None]
FIXED = (("Epoch", "", 7), ("Iteration", "", 11), ("Time Elapsed", "(hh:mm:ss)", 14))


def number(value: float) -> str:
    """Four decimals; with an exponent where those would show little or the column would not hold them."""
    if isnan(value):
        return "NaN"
    whole = f"{value:.4f}"
    return f"{value:.4e}" if abs(value) <= 1e-4 or len(whole) > 12 else whole


def large(value: float) -> str:
    """A loss of a table whose first loss is large: one decimal, as long as that shows three digits."""
    return f"{value:.1f}" if 10 <= abs(value) < 1e10 else number(value)


def short(value: float) -> str:
    """Five digits, NaN and Inf as MATLAB writes them."""
    return number_text(value) if not isfinite(value) else f"{value:.5g}"


class BoxedTable(Watcher):
    """trainNetwork's table.  Where the first loss is 100 or more, losses have one decimal, also those that are smaller
    later, as in tables of regressions that people have published (first losses from 561.2 on; up to 36.4648 they have
    four).

    metric       accuracy or RMSE
    every        iterations between rows; the first, the last and validated ones are printed, too
    """

    def __init__(self, say: Say, metric: Metric, validated: bool, every: int):
        self.say, self.validated, self.every = say, validated, every
        title, self.form = metric.title, "{:.2f}%" if metric.percent else "{:.2f}"
        halves = ("Mini-batch", "Validation") if validated else ("Mini-batch",)
        columns = [*FIXED, *((half, title, 12) for half in halves), *((half, "Loss", 12) for half in halves),
                   ("Base Learning", "Rate", 15)]  # fmt: skip
        self.widths = [width for _, _, width in columns]
        self.titles = [[top for top, _, _ in columns], [below for _, below, _ in columns]]
        self.rule = "|" + "=" * (sum(self.widths) + 3 * len(columns) - 1) + "|"
        self.shown = 0
        self.latest: Moment | None = None
        self.loss: Callable[[float], str] | None = None

    def begins(self, total: int | None) -> bool:
        self.say(self.rule)
        for titles in self.titles:
            self.line(centred(one, width + 2) for one, width in zip(titles, self.widths, strict=True))
        self.say(self.rule)
        return False

    def iteration(self, moment: Moment) -> bool:
        self.latest = moment
        if moment.iteration == 1 or moment.last or moment.validation or not moment.iteration % self.every:
            self.row(moment)
        return False

    def row(self, moment: Moment) -> None:
        self.shown = moment.iteration
        loss = self.loss = self.loss or (large if abs(moment.training.loss) >= 100 else number)
        halves: list[Measured | None] = [moment.training, *([moment.validation] if self.validated else [])]
        cells = [
            str(moment.epoch), str(moment.iteration), clock(moment.seconds),
            *("" if one is None else self.form.format(one.metric) for one in halves),
            *("" if one is None else loss(one.loss) for one in halves), number(moment.rate),
        ]  # fmt: skip
        self.line(f" {cell:>{width}} " for cell, width in zip(cells, self.widths, strict=True))

    def line(self, cells: Iterable[str]) -> None:
        self.say("|" + "|".join(cells) + "|")

    def ends(self, reason: str) -> None:
        if self.latest is not None and self.shown != self.latest.iteration:
            self.row(self.latest)
        self.say(self.rule)
        self.say(f"Training finished: {reason}.")


def centred(text: str, width: int) -> str:
    """As MATLAB centres its titles: what is odd goes to the right."""
    left = (width - len(text)) // 2
    return " " * left + text + " " * (width - left - len(text))


class PlainTable(Watcher):
    """trainnet's table.

    metrics     titles of metrics, 'Accuracy'
    full_batch  is it that of a solver that takes all data at once?
    """

    def __init__(self, say: Say, metrics: list[str], validated: bool, every: int, full_batch: bool = False):
        self.say, self.every, self.validated, self.count = say, every, validated, len(metrics)
        self.full_batch = full_batch
        halves = ("Training", "Validation") if validated else ("Training",)
        self.titles = [
            "Iteration", *([] if full_batch else ["Epoch"]), "TimeElapsed", *([] if full_batch else ["LearnRate"]),
            *(half + "Loss" for half in halves), *(["GradientNorm", "StepNorm"] if full_batch else []),
            *(half + name for name in metrics for half in halves),
        ]  # fmt: skip
        self.shown = -1
        self.latest: Moment | None = None

    def begins(self, total: int | None) -> bool:
        self.say("".join("    " + title for title in self.titles))
        self.say("".join("    " + "_" * len(title) for title in self.titles))
        return False

    def iteration(self, moment: Moment) -> bool:
        self.latest = moment
        if moment.iteration < 2 or moment.last or moment.validation or not moment.iteration % self.every:
            self.row(moment)
        return False

    def row(self, moment: Moment) -> None:
        self.shown = moment.iteration
        training = moment.training if moment.iteration else None
        halves: list[Measured | None] = [training, *([moment.validation] if self.validated else [])]
        losses = ["" if one is None else short(one.loss) for one in halves]
        if self.full_batch:
            norms = [short(norm) if moment.iteration else "" for norm in (moment.gradient_norm, moment.step_norm)]
            cells = [str(moment.iteration), clock(moment.seconds), *losses, *norms]
        else:
            cells = [str(moment.iteration), str(moment.epoch), clock(moment.seconds), short(moment.rate), *losses]
        for k in range(self.count):
            cells += ["" if one is None else short(one.metrics[k]) for one in halves]
        self.say("".join(f"{cell:>{len(title) + 4}}" for cell, title in zip(cells, self.titles, strict=True)))

    def ends(self, reason: str) -> None:
        if self.latest is not None and self.shown != self.latest.iteration:
            self.row(self.latest)
        self.say(f"Training stopped: {reason}")

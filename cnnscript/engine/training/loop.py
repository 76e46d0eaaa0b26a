"""Epochs and iterations, validation, patience, the best network, and what ends a training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf, nan
from time import monotonic

from cnnscript.engine.training.feeds import Batch, Feed
from cnnscript.engine.training.normalization import remember_population
from cnnscript.engine.training.plans import Plan
from cnnscript.engine.training.trainees import Arrays, Measured, Trainee

COMPLETED, VALIDATED = "Max epochs completed", "Met validation criterion"
STOPPED, TOLD, UNSOUND = "Stopped manually", "Stopped by OutputFcn", "Training loss is NaN"


@dataclass(frozen=True)
class Moment:
    """An iteration that is over: what was measured in it.  validation: None where none was made.

    iteration  from 1; 0 is before the first
    last       is it the last one of the plan?
    gradient_norm, step_norm: of solvers that take all data at once
    """

    epoch: int
    iteration: int
    seconds: float
    rate: float
    training: Measured
    validation: Measured | None
    last: bool = False
    gradient_norm: float = nan
    step_norm: float = nan


@dataclass
class Outcome:
    """How a training ended.

    reason      one of the words above
    iteration   the last; output_iteration: that of the network which is the result
    final       its validation, with the statistics that it ends with
    unsound     where the loss was not finite: the first layer whose output was not, '' for none
    """

    reason: str = COMPLETED
    iteration: int = 0
    epoch: int = 0
    output_iteration: int = 0
    final: Measured | None = None
    unsound: str = ""


class Watcher:
    """Who is told how training goes; `iteration` and `begins` say True, or why, to stop it."""

    def begins(self, total: int | None) -> bool:
        """total: iterations of the whole plan, where they are known."""
        return False

    def iteration(self, moment: Moment) -> bool | str:
        return False

    def checkpoint(self, epoch: int, iteration: int, epoch_over: bool) -> None:
        """The network may be kept now."""

    def learnt(self) -> None:
        """Learning is over: what follows is a last look at all data."""


@dataclass
class Training:
    """One run of a plan.

    order  how many → so many numbers from 0 in random order
    seeds  → two whole numbers for the dropouts of an iteration
    seen   the validation of the network that would be the result now, and its iteration
    latest_order  of the observations in this epoch, None for that of the data
    """

    trainee: Trainee
    plan: Plan
    feed: Feed
    validation: Feed | None
    watcher: Watcher
    order: Callable[[int], Sequence[int]]
    seeds: Callable[[], Sequence[int]]
    outcome: Outcome = field(default_factory=Outcome)
    best: Arrays | None = None
    best_value: float = inf
    failures: int = 0
    seen: tuple[int, Measured] | None = None
    latest_order: Sequence[int] | None = None

    def run(self) -> Outcome:
        """Train; Ctrl-C ends it, and the network is what it was then; another leaves out the last look at all data."""
        self.start, self.rates = monotonic(), self.plan.schedule.begin()
        try:
            self.learn()
        except KeyboardInterrupt:
            self.outcome.reason = STOPPED
        self.finish()
        return self.outcome

    def learn(self) -> None:
        plan, outcome, count = self.plan, self.outcome, self.feed.count
        size = plan.batch_size if count is None else max(1, min(plan.batch_size, count))
        each = None if count is None else count // size
        total = None if each is None or plan.splits else each * plan.epochs
        if self.watcher.begins(total):
            outcome.reason = TOLD
            return
        if plan.validates_before and self.validation is not None:
            seen = self.validate(0)
            rate = plan.schedule.begin().at(1, 1)
            moment = Moment(0, 0, monotonic() - self.start, rate, Measured(nan), seen)
            if stop := self.watcher.iteration(moment):
                outcome.reason = reason_of(stop)
                return
        for epoch in range(1, plan.epochs + 1):
            if count is not None and (plan.shuffle == "every-epoch" or plan.shuffle == "once" and epoch == 1):
                self.latest_order = self.order(count)
            self.feed.start(self.latest_order)
            waiting = self.feed.take(size)
            done = 0
            while waiting is not None and (len(waiting) == size or count is None and not done):
                batch, done = waiting, done + (not waiting.more)
                waiting = self.feed.take(size) if each is None or done < each else None
                over = waiting is None or len(waiting) < size
                going = self.iterate(epoch, batch, over and epoch == plan.epochs)
                if outcome.reason != UNSOUND:
                    self.watcher.checkpoint(epoch, outcome.iteration, over)
                if not going:
                    return

    def iterate(self, epoch: int, batch: Batch, last: bool) -> bool:
        """One iteration; False ends the training."""
        plan, outcome = self.plan, self.outcome
        rate, seed = self.rates.at(epoch, outcome.iteration + 1), self.seeds()
        self.seen = self.seen if plan.keeps_best else None
        measured = self.trainee.step(batch, rate, seed)
        outcome.epoch, outcome.iteration = epoch, outcome.iteration + 1
        iteration = outcome.iteration
        outcome.output_iteration = iteration
        seen = None
        first = iteration == 1 and not plan.validates_before
        if self.validation is not None and measured.sound and (first or last or not iteration % plan.validate_every):
            seen = self.validate(iteration)
        stop = self.watcher.iteration(Moment(epoch, iteration, monotonic() - self.start, rate, measured, seen, last))
        if not measured.sound:
            outcome.reason, outcome.output_iteration = UNSOUND, iteration - 1
            outcome.unsound = self.trainee.first_unsound(batch, seed)
            return False
        if last:
            return False
        if stop:
            outcome.reason = reason_of(stop)
        elif self.failures and self.failures >= plan.patience:
            outcome.reason = VALIDATED
        return outcome.reason == COMPLETED

    def validate(self, iteration: int) -> Measured:
        """Measure the validation data; keep the network where it is the best so far."""
        seen = self.measure()
        value = seen.loss if self.plan.objective is None else seen.metrics[self.plan.objective]
        value = -value if self.plan.larger_is_better else value
        if not self.plan.keeps_best or value < self.best_value:
            self.seen = iteration, seen
        if value < self.best_value:
            self.best_value, self.failures = value, 0
            if self.plan.keeps_best:
                self.best, self.best_iteration = self.trainee.numbers(), iteration
        else:
            self.failures += 1
        return seen

    def measure(self) -> Measured:
        """Loss and metrics of all validation data."""
        assert self.validation is not None
        return measured_on(self.trainee, self.validation, self.plan.batch_size)

    def finish(self) -> None:
        """The best network, where it is wanted; statistics of all data, and the last validation."""
        if self.best is not None:
            self.trainee.give_back(self.best)
            self.outcome.output_iteration = self.best_iteration
        hurried = False
        if self.seen is not None and self.seen[0] != self.outcome.output_iteration:
            self.seen = None
        try:
            self.watcher.learnt()
            wanted = self.plan.population and self.outcome.iteration
            if wanted and remember_population(self.trainee, self.feed, self.seeds(), self.latest_order):
                self.seen = None
        except KeyboardInterrupt:
            self.outcome.reason, hurried = STOPPED, True
        self.trainee.network.changed()
        if self.validation is not None and self.outcome.iteration and not hurried:
            try:
                self.outcome.final = self.measure() if self.seen is None else self.seen[1]
            except KeyboardInterrupt:
                self.outcome.reason = STOPPED


def reason_of(stop: bool | str) -> str:
    """Why training ends, where a watcher says so."""
    return stop if isinstance(stop, str) else TOLD


def measured_on(trainee: Trainee, feed: Feed, batch_size: int) -> Measured:
    """Loss and metrics of all data of a feed, as the network is used."""
    feed.start(None)
    total, loss, batches = 0, 0.0, []
    kept, trainee.begun = trainee.begun, None  # training may be between two pieces of long sequences
    try:
        while (batch := feed.take(batch_size)) is not None:
            one, parts = trainee.look(batch)
            weight = trainee.goal.weight(batch)
            total += weight
            loss += weight * one
            batches.append(parts)
    finally:
        trainee.begun = kept
    if not total:
        return Measured(nan, (nan,) * len(trainee.goal.metrics))
    return Measured(loss / total, trainee.told(batches))

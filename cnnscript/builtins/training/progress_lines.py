"""What a terminal shows of a training: one line, a bar of how far it is, how long the rest will take, loss and metrics.

It is the terminal's last line: what is printed meanwhile (the table, the script's own words) appears above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from cnnscript.builtins.differentiation.training_boards import clock
from cnnscript.engine.training.loop import Moment, Watcher
from cnnscript.engine.training.metrics import Metric

FIRST, BETWEEN = 1.0, 0.5  # seconds before the line appears, and between two of its states
WIDE, NARROW, ROOM = 16, 8, 60  # widths of the bar, and the columns that the wide one needs
SIGNS = "█░", "#-"  # done and not yet: where a terminal shows them, and elsewhere
PASSING = " ..."  # by which the session knows what is to be erased again


class ProgressLine(Watcher):
    """progress: takes the line, and '' when it is to go; its `columns` and `unicode`, where it has them, are those of
    the terminal."""

    def __init__(self, progress: Callable[[str], object], metrics: Sequence[Metric]):
        self.progress, self.metrics = progress, metrics
        self.shown = False
        self.whole = True  # does what was printed last end with its line?
        self.first: Moment | None = None
        self.total: int | None = None
        self.next = monotonic() + FIRST

    def begins(self, total: int | None) -> bool:
        self.total, self.next = total, monotonic() + FIRST
        return False

    def iteration(self, moment: Moment) -> bool:
        self.first = self.first or moment
        now = monotonic()
        if now >= self.next and moment.iteration:
            self.next = now + BETWEEN
            self.show(self.line(moment))
        return False

    def learnt(self) -> None:
        if monotonic() >= self.next - BETWEEN:
            self.show("finishing (Ctrl-C leaves out the last look at all data)" + PASSING)

    def line(self, moment: Moment) -> str:
        """As much as there is room for, the most important first."""
        parts, room = [], getattr(self.progress, "columns", 80) - 1
        if self.total:
            done = moment.iteration / self.total
            full, empty = SIGNS[0 if getattr(self.progress, "unicode", False) else 1]
            width = WIDE if room >= ROOM else NARROW
            filled = min(width, int(width * done))
            parts.append(f"{100 * done:3.0f} % {full * filled}{empty * (width - filled)}")
            left = seconds_left(self.first, moment, self.total)
            if left is not None:
                parts.append(f"{clock(left + 0.5).removeprefix('00:')} left")
        parts.append(f"loss {moment.training.loss:.4f}")
        for metric, value in zip(self.metrics, moment.training.metrics, strict=True):
            title = metric.title.lower() if metric.percent else metric.title
            parts.append(f"{title} {value:.2f}{' %' if metric.percent else ''}")
        parts.append(f"epoch {moment.epoch}")
        parts.append(f"iteration {moment.iteration}" + (f" of {self.total}" if self.total else ""))
        text = parts[0]
        for part in parts[1:]:
            longer = f"{text}  {part}"
            if len(longer) > room:
                break
            text = longer
        return text + PASSING

    def show(self, text: str) -> None:
        if self.whole:
            self.shown = True
            self.progress(text)

    def hide(self) -> None:
        if self.shown:
            self.shown = False
            self.progress("")

    @contextmanager
    def below(self, session: Any) -> Iterator[None]:
        """What the session prints in a terminal appears above the line, which is gone in the end, whatever happens."""
        screen = bool(getattr(session.out, "isatty", bool)())
        try:
            with session.printing_to(Above(session.out, self) if screen else session.out, Above(session.err, self)):
                yield
        finally:
            self.hide()


class Above:
    """A terminal above whose last line is printed."""

    def __init__(self, stream: Any, line: ProgressLine):
        self.stream, self.below = stream, line

    def write(self, text: str) -> int:
        if text:
            self.below.hide()
            self.below.whole = text.endswith("\n")
            self.below.next = min(self.below.next, monotonic()) if self.below.first else self.below.next
        return self.stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def seconds_left(first: Moment | None, moment: Moment, total: int | None) -> float | None:
    """What the rest will take, by what all iterations but the first took: that one prepares the others.  None where
    nobody can know."""
    if first is None or not total or moment.iteration <= max(first.iteration, 1):
        return None
    each = (moment.seconds - first.seconds) / (moment.iteration - first.iteration)
    return each * (total - moment.iteration)

"""Rows of measured times and the ratios between them: nothing here is a test, nothing fails on a slow machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def alternating(tasks: dict[str, Callable[[], object]], rounds: int = 7) -> dict[str, float]:
    """Median wall seconds of each task, run in turn so that a neighbour's load falls on all alike."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def print_table(title: str, header: tuple[str, ...], rows: list[tuple]) -> None:
    """A table of text columns, numbers right-aligned."""
    cells = [header, *[tuple(show(value) for value in row) for row in rows]]
    widths = [max(len(row[k]) for row in cells) for k in range(len(header))]
    print(f"\n{title}")
    for row in cells:
        print(
            "  ".join(
                text.ljust(w) if k == 0 else text.rjust(w) for k, (text, w) in enumerate(zip(row, widths, strict=True))
            )
        )


def show(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3g}" if isinstance(value, float) else str(value)

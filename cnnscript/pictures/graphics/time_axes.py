"""Axes along which time runs: where their ticks are, and what stands at them.

On such an axis numbers are days: of a point in time MATLAB's date number, of a length of time its length.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from cnnscript.pictures.graphics import limits

UNIX = 719529  # the date number of the first day of 1970
SECOND = 1 / 86400
STEPS = tuple(
    each * SECOND
    for each in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800)
)
WEEK = 7.0
MONTHS = (1, 2, 3, 6)
UNITS = {  # a duration's format: days in the unit, its name for one, and for any other number
    "y": (365.2425, "yr", "yrs"),
    "d": (1.0, "day", "days"),
    "h": (1 / 24, "hr", "hr"),
    "m": (1 / 1440, "min", "min"),
    "s": (SECOND, "sec", "sec"),
}


def moment(day: float) -> np.datetime64:
    """A date number to the millisecond."""
    return np.datetime64(0, "ms") + np.timedelta64(round((day - UNIX) * 86_400_000), "ms")


def day_of(when: np.datetime64) -> float:
    return float((when.astype("datetime64[ms]") - np.datetime64(0, "ms")) / np.timedelta64(1, "D")) + UNIX


def written(day: float, form: str) -> str:
    """A date number as strftime writes it."""
    when = moment(day).item()
    return when.strftime(form) if hasattr(when, "strftime") else ""  # years that calendars here do not reach


LETTERS = {
    "yyyy": "%Y", "uuuu": "%Y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "dd": "%d", "HH": "%H", "hh": "%I",
    "mm": "%M", "ss": "%S", "EEEE": "%A", "EEE": "%a", "eeee": "%A", "eee": "%a", "a": "%p",
}  # fmt: skip
PIECES = re.compile(r"'[^']*'|S+|y+|u+|M+|d+|H+|h+|m+|s+|E+|e+|a")
ALONE = {"M": "month", "d": "day", "H": "hour", "h": "hour", "m": "minute", "s": "second", "y": "year"}


def dated(day: float, form: str) -> str:
    """A date number in MATLAB's format, such as 'dd-MMM-yyyy HH:mm'."""
    when = moment(day).item()
    if not hasattr(when, "strftime"):
        return ""

    def piece(found: re.Match) -> str:
        word = found[0]
        if word.startswith("'"):
            return word[1:-1]
        if word in LETTERS:
            return when.strftime(LETTERS[word])
        if word[0] == "S":
            return f"{when.microsecond:06d}"[: len(word)].ljust(len(word), "0")
        return str(getattr(when, ALONE[word[0]])) if word in ALONE else word

    return PIECES.sub(piece, form)


def is_date_format(form: str) -> bool:
    """Whether a text is a format of dates: letters of their parts, other signs, and text in quotes."""
    words = [found[0] for found in PIECES.finditer(form) if not found[0].startswith("'")]
    known = all(word in LETTERS or word in ALONE or word[0] == "S" for word in words)
    return bool(words) and known and not re.search("[A-Za-z%]", PIECES.sub("", form))


@dataclass(frozen=True)
class TimeAxis:
    """kind: 'datetime' or 'duration'.  form: a duration's format, such as 'hh:mm:ss' or 'm'; of datetimes the format
    that was asked for, such as 'dd-MMM', or ''."""

    kind: str
    form: str = ""

    def __str__(self) -> str:
        """The word for it, which `read` understands."""
        return f"{self.kind} {self.form}".strip()

    @classmethod
    def read(cls, word: str) -> TimeAxis:
        kind, _, form = word.partition(" ")
        return cls(kind, form)

    # --------------------------------------------------------------------------------------------------------- ticks
    def ticks(self, low: float, high: float, most: int) -> np.ndarray:
        """Round times from low to high, with at most `most` steps between them."""
        if self.kind == "duration":
            unit = self.unit(low, high)
            return limits.ticks(low / unit, high / unit, most) * unit
        rough = (high - low) / most * (1 - 1e-9)
        step = next((each for each in (*STEPS, WEEK) if each >= rough), None)
        if step is not None:
            origin = UNIX if step < WEEK else 1  # weeks begin on Sundays
            first, last = math.ceil((low - origin) / step - 1e-6), math.floor((high - origin) / step + 1e-6)
            return origin + np.arange(first, last + 1) * step
        months = next((each for each in MONTHS if each * 30.4 >= rough), None)
        if months is None:
            months = 12 * round(limits.tick_step(low / 365.2425, high / 365.2425, most))
            months = max(months, 12)
        begin, end = moment(low).astype("datetime64[M]").astype(int), moment(high).astype("datetime64[M]").astype(int)
        every = np.arange(-(-begin // months) * months, end + 1, months)
        days = np.array([day_of(np.datetime64(int(each), "M")) for each in every])
        return days[(days >= low - 1e-6) & (days <= high + 1e-6)]

    def limits(self, low: float, high: float, most: int) -> tuple[float, float]:
        """Limits at ticks that hold low..high."""
        if self.kind == "duration":
            unit = self.unit(low, high)
            found = limits.round_limits(low / unit, high / unit, most)
            return found[0] * unit, found[1] * unit
        if not low < high:
            return low - 0.5, high + 0.5
        at = self.ticks(low, high, most)
        if at.size < 2:
            return low, high
        step = float(np.median(np.diff(at)))
        around = self.ticks(low - 1.01 * step, high + 1.01 * step, max(most, round((high - low) / step) + 4))
        below, above = around[around <= low + 1e-6], around[around >= high - 1e-6]
        return (float(below[-1]) if below.size else low), (float(above[0]) if above.size else high)

    def unit(self, low: float, high: float) -> float:
        """Days in the unit in which the steps of a duration's axis are round."""
        if self.form in UNITS:
            return UNITS[self.form][0]
        span = high - low
        return next((size for size in (1.0, 1 / 24, 1 / 1440, SECOND) if span > 2 * size), SECOND)

    # -------------------------------------------------------------------------------------------------------- labels
    def labels(self, at: np.ndarray) -> list[str]:
        """What stands at the ticks."""
        if self.kind == "duration":
            return [self.length(each) for each in at.tolist()]
        if self.form:
            return [dated(each, self.form) for each in at.tolist()]
        return [written(each, self.pattern(at)) for each in at.tolist()]

    def length(self, days: float) -> str:
        if self.form in UNITS:
            size, one, many = UNITS[self.form]
            number = round(days / size, 10)
            return f"{number:.5g} {one if number == 1 else many}"
        whole = round(abs(days) * 86400)
        hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
        sign = "-" if days < 0 and whole else ""
        words = {
            "dd:hh:mm:ss": f"{hours // 24:02d}:{hours % 24:02d}:{minutes:02d}:{seconds:02d}",
            "mm:ss": f"{whole // 60:02d}:{seconds:02d}",
            "hh:mm": f"{hours:02d}:{minutes:02d}",
        }
        return sign + words.get(self.form, f"{hours:02d}:{minutes:02d}:{seconds:02d}")

    def pattern(self, at: np.ndarray) -> str:
        step = float(np.min(np.diff(at))) if at.size > 1 else 1.0
        one_day = at.size > 0 and math.floor(at[0]) == math.floor(at[-1] - 1e-6)
        if step >= 360:
            return "%Y"
        if step >= 27:
            return "%b %Y"
        if step >= 1 - 1e-6:
            return "%b %d"
        clock = "%H:%M" if step >= 60 * SECOND - 1e-9 else "%H:%M:%S"
        return clock if one_day else f"%b %d, {clock}"

    def aside(self, at: np.ndarray) -> str:
        """What stands once beside the ticks: the year or the day that all of them share."""
        if self.kind == "duration" or not at.size or self.form:
            return ""
        pattern = self.pattern(at)
        if pattern in ("%Y", "%b %Y"):
            return ""
        form = "%Y" if pattern.startswith("%b") else "%b %d, %Y"
        first, last = written(float(at[0]), form), written(float(at[-1]) - (1e-6 if at.size > 1 else 0), form)
        return first if first == last else f"{first}-{last}"

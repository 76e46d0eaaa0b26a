"""Properties along an axis of times: kept as days, and datetimes or durations to scripts."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.time_axes import UNIX, TimeAxis
from cnnscript.values.times import Datetime, Duration

DAY = 86_400_000  # milliseconds
TIMED = re.compile(r"([XYZ])(Lim|Tick|Data)$")


def clock_of(graphic: Graphic, found: str) -> TimeAxis | None:
    """How time is written in a property of that full name; None where it holds no times."""
    part = TIMED.match(found)
    if part is None:
        return None
    if (clock := getattr(graphic, "clock", None)) is not None:
        return clock(part[1])
    word = getattr(graphic, "clocks", {}).get(part[1])
    return TimeAxis.read(word) if word is not None else None


def as_times(days: Any, clock: TimeAxis) -> Any:
    """Days as the datetimes or durations that stand for them, to a tenth of a millisecond, in a row."""
    numbers = np.asarray(days, float)
    numbers = np.asfortranarray(numbers if numbers.ndim >= 2 else numbers.reshape(1, -1))
    if clock.kind == "duration":
        return Duration(np.round(numbers * DAY, 1), clock.form or "hh:mm:ss")
    return Datetime(np.round((numbers - UNIX) * DAY, 1))


def as_days(graphic: Graphic, found: str, times: Datetime | Duration) -> Any:
    """The days that times are for a property; data of an object make its axis one of times."""
    dates = isinstance(times, Datetime)
    days = times.local / DAY + UNIX if dates else times.data / DAY
    if found.endswith("Data") and hasattr(graphic, "clocks"):
        graphic.clocks[found[0]] = str(TimeAxis("datetime") if dates else TimeAxis("duration", times.form))
    return days

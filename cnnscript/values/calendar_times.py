"""Calendar durations: lengths of time in months, days and a clock's time, whose length in hours depends on the date."""

from __future__ import annotations

import calendar
import re
from typing import Any, ClassVar

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import time_text
from cnnscript.values.numeric import COLON, as_array, class_of, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.operands import aligned
from cnnscript.values.placing import place, without
from cnnscript.values.selecting import select
from cnnscript.values.text import text_or_none
from cnnscript.values.times import Datetime, Duration, TimeArray, computed, factor, is_missing

Parts = tuple[ndarray, ndarray, ndarray]
UNITS = "yqmwdt"


class CalendarDuration(Object):
    """Months, days and milliseconds, each an array of floats; NaN in all three for NaN.

    form   which units are shown, some of 'yqmwdt': years, quarters, months, weeks, days and the time
    """

    class_name: ClassVar[str] = "calendarDuration"
    missing_text = "NaN"
    methods: ClassVar[frozenset[str]] = frozenset([
        "caldays", "calmonths", "calquarters", "calweeks", "calyears", "cellstr", "char", "isempty", "isnan",
        "length", "numel", "size", "split", "string", "time",
    ])  # fmt: skip

    def __init__(self, months: Any, days: Any = 0.0, time: Any = 0.0, form: str = "ymdt"):
        arrays = np.broadcast_arrays(*(as_array(norm(np.asarray(part, float))) for part in (months, days, time)))
        self.months, self.days, self.time = (np.asfortranarray(part) for part in arrays)
        self.form = form

    def arrays(self) -> Parts:
        return self.months, self.days, self.time

    def like(self, arrays: Any, form: str | None = None) -> CalendarDuration:
        return CalendarDuration(*arrays, form=form or self.form)

    def size(self) -> tuple[int, ...]:
        return self.months.shape

    def components(self) -> Any:
        return norm(np.stack(self.arrays(), axis=-1))

    def missing(self) -> ndarray:
        return np.isnan(self.months) | np.isnan(self.days) | np.isnan(self.time)

    def blank_rows(self, count: int) -> CalendarDuration:
        return self.like([np.zeros((count, *self.months.shape[1:]))] * 3)

    def property_names(self) -> list[str]:
        return ["Format"]

    def get(self, name: str) -> Any:
        if name == "Format":
            return self.form
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> CalendarDuration:
        if name != "Format":
            raise self.no_property(name, setting=True)
        return self.like(self.arrays(), checked_form(value))

    # -------------------------------------------------------------------------------------------------- its elements
    def index(self, args: tuple) -> CalendarDuration:
        return self.like([select(part, args) for part in self.arrays()]) if args else self

    def no_elements(self) -> CalendarDuration:
        return self.like([np.zeros((0, 0))] * 3)

    def others(self, value: Any) -> Parts:
        """Another value as months, days and milliseconds."""
        if type(value) is CalendarDuration:
            return value.arrays()
        if type(value) is Duration:
            return np.zeros(value.data.shape), np.zeros(value.data.shape), value.data
        if is_missing(value):
            return (np.full(value.data.shape, np.nan),) * 3
        numbers = factor(value)
        if numbers is None:
            raise ScriptError(
                "MATLAB:calendarDuration:InvalidConversion",
                f"A calendarDuration cannot be combined with a value of class {class_of(value)}.",
            )
        return np.zeros(numbers.shape), numbers, np.zeros(numbers.shape)

    def assign(self, args: tuple, value: Any) -> CalendarDuration:
        places = tuple(COLON if text_or_none(arg) == ":" else arg for arg in args)
        pairs = zip(self.arrays(), self.others(value), strict=True)
        return self.like([place(part, places, new, False, np.zeros) for part, new in pairs])

    def delete_elements(self, args: tuple) -> CalendarDuration:
        return self.like([without(part, args) for part in self.arrays()])

    def concatenate(self, values: tuple, axis: int) -> CalendarDuration:
        from cnnscript.values.concatenate import cat

        found = [self.others(value) for value in values if numel_of(value) or type(value) is CalendarDuration]
        forms = [value.form for value in values if type(value) is CalendarDuration]
        arrays = [cat(axis + 1, *(norm(parts[at]) for parts in found)) for at in range(3)]
        return self.like(arrays, united(*forms))

    # -------------------------------------------------------------------------------------------------------- as text
    def texts(self) -> list[str]:
        rows = zip(*(part.ravel("F").tolist() for part in self.arrays()), strict=True)
        return [written(*row, self.form) for row in rows]

    def convert(self, target: str) -> Any:
        from cnnscript.values.convert import rows_as_char

        if target == "char":
            return rows_as_char(self.texts())
        raise ScriptError("MATLAB:invalidConversion", f"Conversion to {target} from calendarDuration is not possible.")

    def grid(self) -> list[list[str]]:
        rows, columns = self.months.shape[0], int(np.prod(self.months.shape[1:]))
        texts = self.texts()
        width = max(map(len, texts), default=0)
        words = [text.rjust(width) for text in texts]
        return [words[column * rows : (column + 1) * rows] for column in range(columns)]

    def row_texts(self, form: Any) -> list[list[str]]:
        return self.grid()

    def words(self) -> list[list[str]]:
        return [list(row) for row in zip(*self.grid(), strict=True)]

    def brief(self, form: Any) -> str | None:
        return self.texts()[0] if self.months.size == 1 else None

    lines = TimeArray.lines
    disp = TimeArray.disp
    show = TimeArray.show

    @property
    def data(self) -> ndarray:
        """An array of the same shape, for what is shown and counted."""
        return self.months

    # ------------------------------------------------------------------------------------------------------- operators
    def operator(self, name: str, args: tuple) -> Any:
        if name in ("transpose", "ctranspose"):
            return self.like([part.T for part in self.arrays()])
        if name in ("uminus", "uplus"):
            sign = -1.0 if name == "uminus" else 1.0
            return self.like([part * sign for part in self.arrays()])
        if len(args) != 2:
            return NotImplemented
        first, second = args
        if name in ("plus", "minus") and Datetime in (type(first), type(second)):
            moments, length = (first, second) if type(first) is Datetime else (second, first)
            if name == "minus" and moments is second or type(length) is not CalendarDuration:
                return NotImplemented
            return later(moments, length if name == "plus" else -1.0 * length)
        if name in ("plus", "minus"):
            function = np.add if name == "plus" else np.subtract
            pairs = zip(self.others(first), self.others(second), strict=True)
            forms = [value.form for value in args if type(value) is CalendarDuration]
            return self.like([computed(function, *aligned(one, two)) for one, two in pairs], united(*forms))
        if name in ("eq", "ne"):
            pairs = zip(self.others(first), self.others(second), strict=True)
            same = np.logical_and.reduce([computed(np.equal, *aligned(one, two)) for one, two in pairs])
            return norm(np.asfortranarray(same if name == "eq" else ~same))
        if name in ("times", "mtimes"):
            numbers = factor(first if type(second) is CalendarDuration else second)
            if numbers is None or name == "mtimes" and 1 not in (numbers.size, self.months.size):
                return NotImplemented
            return self.like([computed(np.multiply, *aligned(part, numbers)) for part in self.arrays()])
        return NotImplemented

    def __rmul__(self, number: float) -> CalendarDuration:
        return self.like([part * number for part in self.arrays()])


def checked_form(value: Any) -> str:
    form = text_or_none(value)
    if form is None or not form or re.fullmatch("y?q?m?w?d?t?", form) is None or not {"m", "d", "t"} <= set(form):
        raise ScriptError(
            "MATLAB:calendarDuration:UnrecognizedFormat",
            "A format of calendar durations is some of the letters 'yqmwdt' in this order, with 'm', 'd' and 't'.",
            notes=(f"got '{form}'",) if form is not None else (),
        )
    return form


def united(*forms: str) -> str:
    """The units that any of the formats shows."""
    return "".join(unit for unit in UNITS if any(unit in form for form in forms)) or "ymdt"


def written(months: float, days: float, time: float, form: str) -> str:
    """'1y 2mo 3d 4h 5m 6s': what is zero is left out, and all of it '0d'."""
    if months != months or days != days or time != time:
        return "NaN"
    if np.inf in (abs(months), abs(days), abs(time)):
        return "-Inf" if -np.inf in (months, days, time) else "Inf"
    words = []
    if "y" in form:
        words.append((int(months / 12), "y"))
        months -= int(months / 12) * 12
    if "q" in form:
        words.append((int(months / 3), "q"))
        months -= int(months / 3) * 3
    words.append((int(months), "mo"))
    if "w" in form:
        words.append((int(days / 7), "w"))
        days -= int(days / 7) * 7
    words.append((int(days), "d"))
    text = " ".join(f"{number}{unit}" for number, unit in words if number)
    if time:
        sign = "-" if time < 0 else ""
        hours, rest = divmod(abs(time), 3_600_000)
        minutes, rest = divmod(rest, 60_000)
        clock = f"{sign}{int(hours)}h {sign if minutes else ''}{int(minutes)}m {sign if rest else ''}{rest / 1000:.6g}s"
        text = f"{text} {clock}" if text else clock
    return text or ("0d" if "d" in form else "0mo")


# ------------------------------------------------------------------------------------------------------ on the calendar
def moved(moment: float, months: float, days: float, time: float) -> float:
    """A moment some months, days and milliseconds later; a day that the month lacks is its last day."""
    if moment != moment or months != months:
        return np.nan
    year, month, day, *clock = time_text.parts(moment)
    if months:
        whole = month - 1 + int(months)
        year, month = year + whole // 12, whole % 12 + 1
        if not 1 <= year <= 9999:
            raise ScriptError("cnnscript:NotYet", "Only years from 1 to 9999 are in cnnscript.", notes=(f"got {year}",))
        day = min(day, calendar.monthrange(year, month)[1])
    return time_text.moment_of(year, month, day + int(days), *clock) + time


def later(moments: Datetime, length: CalendarDuration) -> Datetime:
    arrays = np.broadcast_arrays(*fitted(moments.local, length.months, length.days))
    found = [moved(*row, 0.0) for row in zip(*(array.ravel("F").tolist() for array in arrays), strict=True)]
    days_later = moments.from_local(np.array(found, float).reshape(arrays[0].shape, order="F"))
    return days_later.like(computed(np.add, *aligned(days_later.data, length.time)))


def fitted(first: ndarray, *others: ndarray) -> list[ndarray]:
    """Arrays of sizes that agree, or MATLAB's error."""
    total = first
    for other in others:
        total = computed(np.add, *aligned(total, other))
    return [first, *others]


def apart(start: float, end: float, units: str) -> tuple[float, float, float]:
    """Months, days and milliseconds from one moment to another, in the greatest of the units that fit.

    units   some of 'mdt': months, days and time
    """
    if start != start or end != end:
        return np.nan, np.nan, np.nan
    sign = 1.0 if end >= start else -1.0
    months = days = 0.0
    if "m" in units:
        first, last = time_text.parts(start), time_text.parts(end)
        months = float((last[0] - first[0]) * 12 + last[1] - first[1])
        while months and (moved(start, months, 0, 0) - end) * sign > 0:
            months -= sign
    at = moved(start, months, 0, 0)
    if "d" in units:
        days = float(int((end - at) / time_text.DAY))
    rest = end - at - days * time_text.DAY
    return months, days, rest if "t" in units else 0.0


def calendar_range(first: Datetime, step: CalendarDuration, last: Datetime) -> Datetime:
    """first:step:last with a step in months and days: each element that many steps from the first."""
    months, days, time = (float(part.item()) for part in step.arrays())
    start, stop = float(first.local.item()), float(last.local.item())
    found: list[float] = []
    rising = moved(start, months, days, time) > start
    if moved(start, months, days, time) == start:
        return first.like(np.zeros((1, 0)))
    while True:
        at = moved(start, months * len(found), days * len(found), time * len(found))
        if at > stop if rising else at < stop:
            return first.from_local(np.array(found, float).reshape(1, -1))
        found.append(at)



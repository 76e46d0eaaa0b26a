"""Points in time and lengths of time: datetime and duration arrays.

Both hold milliseconds in an array of floats (two or more dimensions): a Datetime those since the beginning of 1970,
by the clock where it has no time zone and by UTC where it has one, NaN for NaT; a Duration its length.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import time_text, time_zones
from cnnscript.values.numeric import COLON, as_array, class_of, ndarray, norm, numel_of, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.operands import aligned, number_of
from cnnscript.values.placing import place, without
from cnnscript.values.selecting import select
from cnnscript.values.text import MISSING, String, is_text, text_or_none, texts_or_none
from cnnscript.values.time_text import DATE_AND_TIME, DATE_ONLY, DAY

COMPARISONS = {
    "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal, "eq": np.equal, "ne": np.not_equal,
}  # fmt: skip


class TimeArray(Object):
    """What datetime and duration arrays share: they are arrays of milliseconds that keep a format."""

    blank: ClassVar[float] = np.nan  # what elements hold that nobody wrote

    def __init__(self, data: ndarray, form: str = ""):
        self.data = data
        self.form = form

    def like(self, data: Any) -> TimeArray:
        """An array of this class and format."""
        array = np.asfortranarray(as_array(norm(data)), float)
        return type(self)(array, self.form)

    def parts(self) -> tuple[ndarray, Any]:
        """The milliseconds, and what makes an array of such: for functions that move elements."""
        return self.data, self.like

    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def components(self) -> Any:
        return norm(self.data)

    def blank_rows(self, count: int) -> TimeArray:
        return self.like(np.full((count, *self.data.shape[1:]), self.blank))

    def missing(self) -> ndarray:
        return np.isnan(self.data)

    def keys(self) -> ndarray:
        return self.data

    # -------------------------------------------------------------------------------------------------- its elements
    def index(self, args: tuple) -> TimeArray:
        return self.like(select(self.data, args)) if args else self

    def no_elements(self) -> TimeArray:
        return type(self)(np.zeros((0, 0)), self.form)

    def milliseconds_of(self, value: Any) -> ndarray:
        """A value as milliseconds to be written beside those of this array."""
        raise NotImplementedError

    def assign(self, args: tuple, value: Any) -> TimeArray:
        places = tuple(COLON if text_or_none(arg) == ":" else arg for arg in args)
        filled = place(self.data, places, self.milliseconds_of(value), False, lambda count: np.full(count, self.blank))
        return self.like(filled)

    def delete_elements(self, args: tuple) -> TimeArray:
        return self.like(without(self.data, args))

    def concatenate(self, values: tuple, axis: int) -> TimeArray:
        from cnnscript.values.concatenate import cat

        given = [value for value in values if numel_of(value) or isinstance(value, TimeArray)]
        arrays = [norm(self.milliseconds_of(value)) for value in given]
        return self.like(cat(axis + 1, *arrays))

    # -------------------------------------------------------------------------------------------------------- as text
    def texts(self) -> list[str]:
        """Each element as text, column-major."""
        raise NotImplementedError

    def convert(self, target: str) -> Any:
        from cnnscript.values.convert import rows_as_char

        if target == "char":
            return rows_as_char(self.texts())
        raise ScriptError(
            "MATLAB:invalidConversion",
            f"Conversion to {target} from {self.class_name} is not possible.",
        )

    def grid(self) -> list[list[str]]:
        """The texts of a two-dimensional array, column by column, each column of one width."""
        rows, columns = self.data.shape[0], int(np.prod(self.data.shape[1:]))
        texts = self.texts()
        width = max(map(len, texts), default=0)
        words = [text.rjust(width) if self.blank == 0 else text.ljust(width) for text in texts]
        return [words[column * rows : (column + 1) * rows] for column in range(columns)]

    def row_texts(self, form: Any) -> list[list[str]]:
        """The columns as they stand in a table."""
        return self.grid()

    def words(self) -> list[list[str]]:
        """The rows as they are written into a file."""
        rows, columns = self.data.shape[0], int(np.prod(self.data.shape[1:]))
        texts = ["" if text == "NaT" else text for text in self.texts()]
        return [[texts[column * rows + row] for column in range(columns)] for row in range(rows)]

    def brief(self, form: Any) -> str | None:
        """One element in a field of a struct or in a cell."""
        return self.texts()[0] if self.data.size == 1 else None

    def lines(self) -> str:
        if self.data.ndim > 2:
            raise ScriptError("cnnscript:NotYet", f"Arrays of {self.class_name} with pages are not shown yet.")
        return "".join("".join(f"   {word}" for word in row) + "\n" for row in zip(*self.grid(), strict=True))

    def show(self, name: str, form: Any) -> str:
        gap = "" if form.spacing == "compact" else "\n"
        shape = self.data.shape
        if shape == (1, 1):
            head = f"  {self.class_name}\n"
        else:
            head = f"  {size_text(shape, '×')} {'empty ' if 0 in shape else ''}{self.class_name} array\n"
        body = "" if 0 in shape else f"{gap}{self.lines()}"
        return f"{name} = \n{gap}{head}{body}{gap}"

    def disp(self, form: Any) -> str:
        if 0 in self.data.shape:
            return ""
        return self.lines() + ("" if form.spacing == "compact" else "\n")

    # -------------------------------------------------------------------------------------------------------- operators
    def operator(self, name: str, args: tuple) -> Any:
        if name == "colon":
            return time_range(*args)
        if name in ("transpose", "ctranspose"):
            return self.like(self.data.T)
        if name in COMPARISONS and len(args) == 2:
            first, second = aligned(*(self.comparable(arg) for arg in args))
            return norm(np.asfortranarray(computed(COMPARISONS[name], first, second)))
        return self.arithmetic(name, args)

    def comparable(self, value: Any) -> ndarray:
        return self.milliseconds_of(value)

    def arithmetic(self, name: str, args: tuple) -> Any:
        raise NotImplementedError


def computed(function: Any, first: ndarray, second: ndarray) -> ndarray:
    try:
        return function(first, second)
    except ValueError:
        raise ScriptError(
            "MATLAB:sizeDimensionsMustMatch",
            "Arrays have incompatible sizes for this operation.",
            notes=(f"left is {size_text(first.shape)}", f"right is {size_text(second.shape)}"),
        ) from None


def days_in(value: Any) -> ndarray | None:
    """A length of time in milliseconds: a duration, or a number of days; None for another value."""
    if type(value) is Duration:
        return value.data
    numbers = factor(value)
    return None if numbers is None else numbers * DAY


# ------------------------------------------------------------------------------------------------------------- datetime
class Datetime(TimeArray):
    """Points in time; `form` is '' as long as nobody has set a format."""

    class_name = "datetime"
    missing_text = "NaT"
    methods = frozenset([
        "between", "caldiff", "cellstr", "char", "datenum", "dateshift", "datestr", "datevec", "day", "diff",
        "exceltime", "hms", "hour", "isbetween", "isempty", "isnat", "isweekend", "juliandate", "length", "max",
        "mean", "median", "min", "minute", "month", "numel", "posixtime", "quarter", "second", "size", "sort",
        "string", "timeofday", "tzoffset", "unique", "week", "weekday", "year", "ymd", "yyyymmdd",
    ])  # fmt: skip

    def __init__(self, data: ndarray, form: str = "", zone: str = ""):
        super().__init__(data, form)
        self.zone = zone

    def like(self, data: Any) -> Datetime:
        return Datetime(np.asfortranarray(as_array(norm(data)), float), self.form, self.zone)

    def no_elements(self) -> Datetime:
        return Datetime(np.zeros((0, 0)), self.form, self.zone)

    @property
    def local(self) -> ndarray:
        """The milliseconds that the clocks of the time zone show."""
        return time_zones.local(self.data, self.zone) if self.zone else self.data

    def from_local(self, local: ndarray) -> Datetime:
        """Points in time like these of what clocks show."""
        return self.like(time_zones.moments(local, self.zone) if self.zone else local)

    def in_zone(self, zone: str) -> Datetime:
        """The same points in time in another zone; without a zone before or after, the same clocks."""
        if zone and self.zone:
            return Datetime(self.data, self.form, zone)
        return Datetime(time_zones.moments(self.local, zone) if zone else self.local, self.form, zone)

    @property
    def format(self) -> str:
        """The format that is set, else one without times where all are midnight."""
        if self.form:
            return self.form
        local = self.local
        known = local[~np.isnan(local)]
        return DATE_ONLY if known.size and not (known % DAY).any() else DATE_AND_TIME

    def texts(self) -> list[str]:
        form = self.format
        moments = self.local.ravel("F").tolist()
        if self.zone and any(piece[0] in "zZXxV" for piece in time_text.pieces(form)):
            known = [time_zones.facts(moment, self.zone) for moment in self.data.ravel("F").tolist()]
            return [time_text.written(moment, form, fact) for moment, fact in zip(moments, known, strict=True)]
        return [time_text.written(moment, form) for moment in moments]

    def property_names(self) -> list[str]:
        return ["Format", "TimeZone", "Year", "Month", "Day", "Hour", "Minute", "Second"]

    def field(self, place: int) -> Any:
        """The years (0), months ... seconds (5) of all elements; NaN for NaT."""
        numbers = [
            float(time_text.parts(moment)[place]) if moment == moment else np.nan
            for moment in self.local.ravel("F").tolist()
        ]
        return norm(np.array(numbers, float).reshape(self.data.shape, order="F"))

    def get(self, name: str) -> Any:
        if name == "Format":
            return self.format
        if name == "TimeZone":
            return self.zone
        names = self.property_names()
        if name in names:
            return self.field(names.index(name) - 2)
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> Datetime:
        names = self.property_names()
        if name == "Format":
            return Datetime(self.data, checked_format(value), self.zone)
        if name == "TimeZone":
            return self.in_zone(time_zones.checked(value))
        if name not in names:
            raise self.no_property(name, setting=True)
        place_of_part = names.index(name) - 2
        given = np.broadcast_to(as_array(value), self.data.shape).ravel("F").tolist()
        moments = []
        for moment, number in zip(self.local.ravel("F").tolist(), given, strict=True):
            if moment == moment:
                parts = list(time_text.parts(moment))
                parts[place_of_part] = number
                moment = time_text.moment_of(*parts)
            moments.append(moment)
        return self.from_local(np.array(moments).reshape(self.data.shape, order="F"))

    def milliseconds_of(self, value: Any) -> ndarray:
        if type(value) is Datetime:
            if bool(value.zone) != bool(self.zone) and value.missing().all() + self.missing().all() == 0:
                raise ScriptError(
                    "MATLAB:datetime:IncompatibleTZ",
                    "Cannot combine or compare a datetime array with a time zone with one without a time zone.",
                    hint="t.TimeZone = 'UTC' puts t into a time zone",
                )
            return value.data
        if is_missing(value):
            return np.full(value.data.shape, np.nan)
        texts = texts_or_none(value) if is_text(value) or class_of(value) == "cell" else None
        if texts is not None:
            shape = (1, 1) if type(value) is str else (len(texts), 1) if class_of(value) == "char" else size_of(value)
            return self.from_local(np.array(read_all(texts, None), float).reshape(shape, order="F")).data
        raise ScriptError(
            "MATLAB:datetime:InvalidComparison" if numel_of(value) else "MATLAB:datetime:InvalidConversion",
            f"A datetime cannot be combined or compared with a value of class {class_of(value)}.",
            hint="datetime(...) makes one of numbers or text",
        )

    def arithmetic(self, name: str, args: tuple) -> Any:
        if len(args) != 2 or name not in ("plus", "minus"):
            return NotImplemented
        first, second = args
        if type(first) is Datetime and (type(second) is Datetime or is_text(second)) and name == "minus":
            return Duration(minus(first.data, first.milliseconds_of(second)))
        if is_text(first) and name == "minus":
            return Duration(minus(self.milliseconds_of(first), self.data))
        if type(first) is Datetime and type(second) is Datetime:
            raise ScriptError(
                "MATLAB:datetime:DatetimeAdditionNotDefined", "Addition is not defined between datetime arrays."
            )
        length = days_in(second if type(first) is Datetime else first)
        if length is None or name == "minus" and type(first) is not Datetime:
            return NotImplemented
        other = computed(np.add if name == "plus" else np.subtract, *aligned(self.data, length))
        return self.like(other)


def is_missing(value: Any) -> bool:
    """Is this `missing`, or a string array of nothing else?"""
    return type(value) is String and value.data.size > 0 and all(text is MISSING for text in value.data.flat)


def minus(first: ndarray, second: ndarray) -> ndarray:
    return np.asfortranarray(computed(np.subtract, *aligned(first, second)))


def checked_format(value: Any) -> str:
    form = text_or_none(value)
    if form is None:
        raise ScriptError("MATLAB:datetime:InvalidFormat", "A format must be a character vector or string scalar.")
    if form in ("default", "defaultdate"):
        return "" if form == "default" else DATE_ONLY
    time_text.pieces(form)
    return form


def read_all(texts: list[str], form: str | None) -> list[float]:
    """The moments that texts mean: all in one format, that given or the first that fits; '' and 'NaT' are none."""
    return read_with_format(texts, form)[0]


def read_with_format(texts: list[str], form: str | None) -> tuple[list[float], str]:
    """The moments that texts mean, and the format they are in."""
    wanted = [text for text in texts if text.strip() not in ("", "NaT")]
    forms = (form,) if form is not None else time_text.GUESSED
    for candidate in forms:
        moments = [time_text.read(text, candidate) for text in wanted]
        if wanted and moments[0] is None and form is None or form is None and None in moments:
            continue
        if form is not None and wanted and all(moment is None for moment in moments):
            break
        found = iter(moments)
        known = [next(found) if text.strip() not in ("", "NaT") else None for text in texts]
        return [np.nan if moment is None else moment for moment in known], candidate
    if form is not None:
        raise ScriptError(
            "MATLAB:datetime:ParseErr", f"Unable to convert '{wanted[0]}' to datetime using the format '{form}'."
        )
    raise ScriptError(
        "MATLAB:datetime:UnrecognizedDateStringSuggestLocale",
        f"Could not recognize the date/time format of '{wanted[0]}'. You can specify a format using the 'InputFormat' "
        "parameter. If the date/time text contains day, month, or time zone names in a language foreign to the 'en_US' "
        "locale, those might not be recognized. You can specify a different locale using the 'Locale' parameter.",
    )


# ------------------------------------------------------------------------------------------------------------- duration
class Duration(TimeArray):
    """Lengths of time."""

    class_name = "duration"
    blank = 0.0
    methods = frozenset([
        "abs", "ceil", "cellstr", "char", "cumsum", "days", "diff", "floor", "hms", "hours", "isempty", "isnan",
        "length", "max", "mean", "median", "milliseconds", "min", "minutes", "mod", "numel", "rem", "round",
        "seconds", "sign", "size", "sort", "string", "sum", "unique", "years",
    ])  # fmt: skip

    def __init__(self, data: ndarray, form: str = "hh:mm:ss"):
        super().__init__(data, form)

    def texts(self) -> list[str]:
        return [time_text.length_written(length, self.form) for length in self.data.ravel("F").tolist()]

    def property_names(self) -> list[str]:
        return ["Format"]

    def get(self, name: str) -> Any:
        if name == "Format":
            return self.form
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> Duration:
        if name != "Format":
            raise self.no_property(name, setting=True)
        return Duration(self.data, checked_length_format(value))

    def milliseconds_of(self, value: Any) -> ndarray:
        lengths = days_in(value)
        if lengths is not None:
            return lengths
        if is_missing(value):
            return np.full(value.data.shape, np.nan)
        texts = texts_or_none(value) if is_text(value) or class_of(value) == "cell" else None
        if texts is None:
            raise ScriptError(
                "MATLAB:duration:InvalidComparison",
                f"A duration cannot be combined or compared with a value of class {class_of(value)}.",
            )
        return np.array([length_in(text) for text in texts], float).reshape(-1, 1)

    def arithmetic(self, name: str, args: tuple) -> Any:
        if len(args) == 1:
            signs = {"uminus": -1.0, "uplus": 1.0}
            return self.like(self.data * signs[name]) if name in signs else NotImplemented
        first, second = args
        if type(first) is Datetime or type(second) is Datetime:
            leader = first if type(first) is Datetime else second
            return leader.arithmetic(name, args)
        if name in ("plus", "minus"):
            left, right = aligned(self.milliseconds_of(first), self.milliseconds_of(second))
            return self.like(computed(np.add if name == "plus" else np.subtract, left, right))
        both = type(first) is type(second) is Duration
        numbers = [value.data if type(value) is Duration else factor(value) for value in args]
        if any(number is None for number in numbers):
            return NotImplemented
        left, right = aligned(*numbers)
        if name in ("rdivide", "mrdivide") and type(first) is Duration and (name == "rdivide" or right.size == 1):
            result = computed(np.divide, left, right)
            return norm(np.asfortranarray(result)) if both else self.like(result)
        if name in ("times", "mtimes") and not both and (name == "times" or 1 in (left.size, right.size)):
            return self.like(computed(np.multiply, left, right))
        return NotImplemented


def factor(value: Any) -> ndarray | None:
    """Real numbers as floats; None for another value."""
    class_name, number = number_of(value)
    if class_name is None or class_name == "char" or np.iscomplexobj(number):
        return None
    return as_array(norm(number)).astype(float)


def checked_length_format(value: Any) -> str:
    form = text_or_none(value)
    if form is None or not time_text.is_length_format(form):
        raise ScriptError(
            "MATLAB:duration:UnrecognizedFormat",
            "A format of durations must be 'y', 'd', 'h', 'm', 's', 'dd:hh:mm:ss', 'hh:mm:ss', 'mm:ss' or 'hh:mm', "
            "with up to nine 'S' characters behind the seconds.",
        )
    return form


def length_in(text: str) -> float:
    length = time_text.length_read(text)
    if length is None:
        raise ScriptError(
            "MATLAB:duration:UnrecognizedInputFormat",
            f"Could not recognize the format of the duration '{text}'.",
            hint="such as '01:30:00'",
        )
    return length


def no_scalars() -> ScriptError:
    return ScriptError("MATLAB:datetime:colon:NonScalarInputs", "The ends and the step of a range must be scalars.")


def time_range(first: Any, step: Any, last: Any) -> TimeArray:
    """first:step:last where one of them is a datetime or a duration; a step that is a number counts days."""
    leader = next((one for one in (first, last) if type(one) is Datetime), None)
    if leader is not None and class_of(step) == "calendarDuration":
        from cnnscript.values.calendar_times import calendar_range

        ends_of = [leader.like(leader.milliseconds_of(one)) for one in (first, last)]
        if any(one.data.size != 1 for one in ends_of) or numel_of(step) != 1:
            raise no_scalars()
        return calendar_range(ends_of[0], step, ends_of[1])
    leader = leader or next(one for one in (first, last, step) if isinstance(one, TimeArray))
    ends = [leader.milliseconds_of(one) for one in (first, last)]
    stride = days_in(step)
    if stride is None or any(one.size != 1 for one in (*ends, stride)):
        raise no_scalars()
    start, stop, width = float(ends[0].item()), float(ends[1].item()), float(stride.item())
    count = int(np.floor((stop - start) / width + 1e-9)) + 1 if width and (stop - start) * width >= 0 else 0
    return leader.like(start + width * np.arange(count, dtype=float).reshape(1, -1))

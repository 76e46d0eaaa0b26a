"""How the numbers at ticks are written: xtickformat, datetick."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, several_axes
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.rulers import CONVERSION, WRITTEN
from cnnscript.pictures.graphics.time_axes import is_date_format
from cnnscript.values.text import text_or_none, texts_or_none


def time_format(chosen: Any, rest: tuple, letter: str, name: str) -> Any:
    """The format of the times along an axis: asked for, or set."""
    clock = chosen.clock(letter)
    if not rest:
        return clock.form
    form = take.word(rest[0], name, "the format")
    fits = is_date_format(form) if clock.kind == "datetime" else form in DURATIONS
    if form.lower() != "auto" and not fits:
        message = f"'{form}' is not a format of a {clock.kind}."
        raise ScriptError(f"MATLAB:{name}:InvalidFormat", message, hint="such as " + USUAL[clock.kind])
    for child in chosen.drawn():
        if getattr(child, "clocks", {}).get(letter) is not None:
            child.clocks[letter] = f"{clock.kind} {'' if form.lower() == 'auto' else form}".strip()
    chosen.touch()
    return None


DURATIONS = ("y", "d", "h", "m", "s", "dd:hh:mm:ss", "hh:mm:ss", "mm:ss", "hh:mm")
USUAL = {"datetime": "'dd-MMM-yyyy'", "duration": "'hh:mm'"}


def tick_format(session: Any, args: tuple, nargout: int, letter: str) -> Any:
    """xtickformat and its like: [axes,] a format, or none to ask for it."""
    name = f"{letter.lower()}tickformat"
    if many := several_axes(args):
        for each in many:
            tick_format(session, (each, *args[1:]), 0, letter)
        return None
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    ruler = chosen.ruler(letter)
    if chosen.clock(letter) is not None:
        return time_format(chosen, rest, letter, name)
    if not rest:
        return ruler.get("TickLabelFormat")
    form = take.word(rest[0], name, "the format")
    if form.lower() == "auto":
        ruler.values.pop("TickLabelFormat", None)
        ruler.values.pop("TickLabelFormatMode", None)
        ruler.touch()
    else:
        if form.lower() not in WRITTEN and not any(found.group(4) for found in CONVERSION.finditer(form)):
            raise ScriptError(
                f"MATLAB:{name}:InvalidFormat",
                "Format must be a numeric format such as '%.2f', or one of " + ", ".join(map(repr, WRITTEN)) + ".",
                notes=(f"got '{form}'",),
            )
        ruler.set("TickLabelFormat", form)
    return ruler.get("TickLabelFormat") if nargout else None


def declare(letter: str) -> None:
    low = letter.lower()

    def function(session, nargout, /, *args):
        return tick_format(session, args, nargout, letter)

    function.__doc__ = f"""
    {low}tickformat(format)
    {low}tickformat(ax, format)
    format = {low}tickformat

    How the numbers at the ticks of the {low}-axis are written: a conversion such as '%.2f' or '%,g', with any text
    around it, or 'usd', 'eur', 'gbp', 'jpy', 'degrees', 'percentage', 'auto'; of an axis of dates a format such as
    'dd-MMM-yyyy', of durations one such as 'hh:mm'.

    Examples
      >> {low}ticks([0 0.5 1]); {low}tickformat('%.2f'); labels = {low}ticklabels'
      labels =
        1×3 cell array
          {{'0.00'}}    {{'0.50'}}    {{'1.00'}}
      figure 1: empty axes
      >> {low}tickformat('percentage'); {low}tickformat
      ans =
          '%g%%'
      figure 1: empty axes

    See also {low}ticks, {low}ticklabels, datetick.
    """
    builtin(function, name=f"{low}tickformat", outputs=1)


for _letter in "XYZ":
    declare(_letter)


# Spans of days, and the format of datestr that suits a span up to there.
SPANS = ((0.01, 13), (1.0, 15), (7.0, 8), (60.0, 6), (730.0, 12), (3660.0, 10), (float("inf"), 10))
STEPS = (1 / 1440, 1 / 288, 1 / 96, 1 / 48, 1 / 24, 1 / 8, 0.25, 0.5, 1.0, 2.0, 7.0, 14.0)


@builtin
def datetick(session, /, *args):
    """
    datetick
    datetick(axis)
    datetick(axis, format)
    datetick(..., 'keeplimits')
    datetick(..., 'keepticks')
    datetick(ax, ...)

    Write the ticks of an axis of serial date numbers as dates.

    axis is 'x' (the default), 'y' or 'z'; format one of datestr, a number or such as 'mmm-yyyy'. Unless they are
    kept, limits and ticks are moved to whole units of time.

    Examples
      >> plot(datenum(2020, 1:12, 1), 1:12); datetick('x', 'yyyy-mm', 'keepticks'); class(xticklabels)
      ans =
          'cell'
      figure 1: line 12 points
      >> xticks(datenum(2020, [1 7], 1)); datetick('x', 'mmm', 'keepticks', 'keeplimits'); xticklabels'
      ans =
        1×2 cell array
          {'Jan'}    {'Jul'}
      figure 1: line 12 points

    See also xtickformat, datestr, datenum.
    """
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    words = [text_or_none(value) for value in rest]
    keep = {word.lower() for word in words if word is not None and word.lower() in ("keeplimits", "keepticks")}
    left = [value for value, word in zip(rest, words, strict=True) if word is None or word.lower() not in keep]
    letter, form = "X", None
    if left and (word := text_or_none(left[0])) is not None and word.lower() in ("x", "y", "z"):
        letter, left = word.upper(), left[1:]
    if left:
        form = left.pop(0)
    if left:
        raise ScriptError("MATLAB:datetick:InvalidInput", "Invalid input.", notes=("datetick(axis, format, ...)",))
    low, high = (float(end) for end in chosen.get(f"{letter}Lim"))
    if "keeplimits" not in keep and chosen.value(f"{letter}LimMode") == "auto" and chosen.drawn():
        low, high = (float(end) for end in chosen.data_limits(letter)[:2])
    kept = "keepticks" in keep
    at = np.asarray(chosen.get(f"{letter}Tick"), float) if kept else date_ticks(session, low, high)
    if "keeplimits" not in keep and at.size > 1:
        low, high = min(low, at[0]), max(high, at[-1])
    elif "keepticks" not in keep:
        at = at[(at >= low) & (at <= high)]
    chosen.set(f"{letter}Lim", np.array([low, high]))
    if at.size:
        chosen.set(f"{letter}Tick", at)
    kind = next(kind for span, kind in SPANS if high - low <= span) if form is None else form
    labels = session.call("datestr", 1, at.reshape(-1, 1), float(kind) if form is None else kind) if at.size else None
    chosen.set(f"{letter}TickLabel", [line.strip() for line in texts_or_none(labels) or rows_of(labels)])


def rows_of(labels: Any) -> list[str]:
    """The rows of a matrix of letters."""
    return labels.rows() if hasattr(labels, "rows") else [labels] if isinstance(labels, str) else []


def date_ticks(session: Any, low: float, high: float) -> np.ndarray:
    """Ticks at whole minutes, hours, days, months or years from below low to above high; at most about eight."""
    span = high - low
    step = next((step for step in STEPS if span / step <= 8), None)
    if step is not None:
        first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
        return np.arange(first, last + 1) * step
    months = next((months for months in (1, 2, 3, 6, 12) if span / (months * 30.44) <= 8), None)
    if months is None:
        years = next(years for years in (1, 2, 5, 10, 20, 50, 100, 1000, 10000) if span / (years * 365.25) <= 8)
        months = 12 * years
    begin, end = (month_of(session, day) for day in (low, high))
    first = begin // months * months
    count = int(-(-(end + 1 - first) // months)) + 1
    at = [first + k * months for k in range(count)]
    days = [float(session.call("datenum", 1, float(m // 12), float(m % 12 + 1), 1.0)) for m in at]
    kept = [k for k, day in enumerate(days) if k == 0 or days[k - 1] < high]
    return np.array([days[k] for k in kept])


def month_of(session: Any, day: float) -> int:
    """Months since the year 0 of a serial date number."""
    year, month = np.asarray(session.call("datevec", 1, day)).ravel()[:2]
    return int(year) * 12 + int(month) - 1

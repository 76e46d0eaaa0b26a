"""Dates and lengths of time as text: writing and reading with formats of letters (Unicode's, as datetime takes them).

A moment is milliseconds since the beginning of 1970 (a float; NaN is no time), a length of time milliseconds.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from cnnscript.errors import ScriptError

DAY = 86_400_000  # milliseconds
EPOCH = date(1970, 1, 1).toordinal()
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
DATE_ONLY, DATE_AND_TIME = "dd-MMM-uuuu", "dd-MMM-uuuu HH:mm:ss"
GUESSED = (
    DATE_AND_TIME, DATE_ONLY, "uuuu-MM-dd HH:mm:ss", "uuuu-MM-dd HH:mm", "uuuu-MM-dd", "uuuu-MM-dd'T'HH:mm:ss",
    "uuuu/MM/dd HH:mm:ss", "uuuu/MM/dd HH:mm", "uuuu/MM/dd", "MM/dd/uuuu HH:mm:ss", "MM/dd/uuuu HH:mm", "MM/dd/uuuu",
    "dd.MM.uuuu HH:mm:ss", "dd.MM.uuuu", "MMMM dd, uuuu", "MMM dd, uuuu", "dd-MMM-uuuu HH:mm", "uuuuMMdd'T'HHmmss",
    "uuuu-MM-dd HH:mm:ss.SSS", "dd-MMM-uuuu HH:mm:ss.SSS", "uuuu-MM-dd'T'HH:mm:ss.SSS", "MM/dd/uuuu hh:mm:ss a",
    "MM/dd/uuuu hh:mm a", "dd/MM/uuuu HH:mm:ss", "dd/MM/uuuu HH:mm", "dd/MM/uuuu", "dd.MM.uuuu HH:mm", "HH:mm:ss",
    "HH:mm", "hh:mm:ss a", "hh:mm a",
)  # fmt: skip
PIECES = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+")
KNOWN = "yuMdDeEHhmsSaQzZxXVG"


@cache
def pieces(form: str) -> tuple[str, ...]:
    """A format cut into runs of one letter and what stands between them."""
    found = tuple(piece[0] for piece in PIECES.finditer(form))
    for piece in found:
        if piece[0].isalpha() and piece[0] not in KNOWN:
            raise ScriptError(
                "MATLAB:datetime:UnsupportedSymbol",
                f"Unsupported symbol '{piece[0]}' in the date format '{form}'.",
                notes=("known: " + " ".join(KNOWN),),
                hint="text goes in quotes: 'uuuu-MM-dd''T''HH:mm'",
            )
    if "".join(found) != form:
        raise ScriptError("MATLAB:datetime:InvalidFormat", f"The quotes in the date format '{form}' are not closed.")
    return found


def parts(moment: float) -> tuple[int, int, int, int, int, float]:
    """Year, month, day, hour, minute and second of a moment."""
    days, rest = divmod(moment, DAY)
    try:
        day = date.fromordinal(int(days) + EPOCH)
    except (ValueError, OverflowError):
        raise ScriptError("MATLAB:datetime:OutOfRange", "Years from 1 to 9999 can be shown.") from None
    hours, rest = divmod(rest, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return day.year, day.month, day.day, int(hours), int(minutes), rest / 1000


def moment_of(year: float, month: float, day: float, hour: float = 0, minute: float = 0, second: float = 0) -> float:
    """The moment of a date and a time; parts beyond their range carry over."""
    whole = int(month) - 1
    years = int(year) + whole // 12
    if not 1 <= years <= 9999:
        raise ScriptError("cnnscript:NotYet", "Only years from 1 to 9999 are in cnnscript.", notes=(f"got {years}",))
    days = date(years, whole % 12 + 1, 1).toordinal() - EPOCH
    return (days + day - 1) * DAY + hour * 3_600_000 + minute * 60_000 + round(second * 1000, 6)


def weekday(moment: float) -> int:
    """The day of the week, from 1 for Sunday."""
    return int((moment // DAY + 4) % 7) + 1


def offset_written(minutes: int, letter: str, count: int) -> str:
    """How far clocks are ahead of UTC: '+0100' for Z and xx, '+01:00' for xxx; XXX writes Z for UTC itself."""
    if letter == "X" and minutes == 0:
        return "Z"
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    if letter == "Z" and count == 4:
        return f"GMT{sign}{hours:02d}:{rest:02d}" if minutes else "GMT"
    if letter in "xX" and count == 1:
        return f"{sign}{hours:02d}" + (f"{rest:02d}" if rest else "")
    return f"{sign}{hours:02d}{':' if count >= 3 and letter in 'xX' or count == 5 else ''}{rest:02d}"


def written(moment: float, form: str, zone: Any = None) -> str:
    """A moment (of what clocks show) in a format; `zone` is what is known of the time zone there."""
    if moment != moment:
        return "NaT"
    year, month, day, hour, minute, second = parts(moment)
    texts = []
    for piece in pieces(form):
        letter, count = piece[0], len(piece)
        if letter == "'":
            texts.append("'" if piece == "''" else piece[1:-1].replace("''", "'"))
        elif not letter.isalpha():
            texts.append(piece)
        elif letter in "yu":
            texts.append(f"{year % 100:02d}" if count == 2 else f"{year:0{count}d}")
        elif letter == "M":
            name = MONTHS[month - 1]
            short = (str(month), f"{month:02d}", name[:3], name, name[0])
            texts.append(short[min(count, 5) - 1])
        elif letter == "Q":
            quarter = (month + 2) // 3
            texts.append((str(quarter), f"{quarter:02d}", f"Q{quarter}")[min(count, 3) - 1])
        elif letter in "eE":
            number = weekday(moment)
            name = DAYS[number - 1]
            names = (name[:3], name[:3], name[:3], name, name[0])
            texts.append(f"{number:0{count}d}" if letter == "e" and count < 3 else names[min(count, 5) - 1])
        elif letter == "a":
            texts.append("AM" if hour < 12 else "PM")
        elif letter == "G":
            texts.append("CE")
        elif letter in "zZxXV":
            if zone is not None:
                texts.append(
                    zone.short
                    if letter == "z"
                    else zone.name
                    if letter == "V"
                    else offset_written(zone.minutes, letter, count)
                )
        elif letter == "S":
            texts.append(f"{int((second % 1) * 10**9 + 0.5):09d}"[:count].ljust(count, "0"))
        else:
            whole = {"d": day, "H": hour, "h": hour % 12 or 12, "m": minute, "s": int(second)}
            day_of_year = date(year, month, day).timetuple().tm_yday
            texts.append(f"{whole.get(letter, day_of_year):0{count}d}")
    return "".join(texts)


@cache
def pattern(form: str) -> tuple[re.Pattern, tuple[str, ...]]:
    """What texts in a format look like, and the letter of each group."""
    source, letters = [], []
    for piece in pieces(form):
        letter, count = piece[0], len(piece)
        if letter == "'":
            source.append(re.escape("'" if piece == "''" else piece[1:-1].replace("''", "'")))
            continue
        if not letter.isalpha():
            source.append(re.sub(r"(\\ )+", r"\\s+", re.escape(piece)))
            continue
        name = letter
        if letter in "yu":
            source.append(r"(\d{2})" if count == 2 else r"(\d{4})" if count == 4 else r"(-?\d+)")
            name = "Y" if count == 2 else "y"
        elif letter == "M" and count > 2 or letter in "E" or letter == "e" and count > 2:
            names = MONTHS if letter == "M" else DAYS
            source.append("(" + "|".join(f"{one}|{one[:3]}" for one in names) + ")")
            name = "N" if letter == "M" else "E"
        elif letter == "a":
            source.append("([AaPp])[Mm]")
        elif letter == "S":
            source.append(rf"(\d{{1,{max(count, 1)}}})")
        elif letter in "ZxX":
            source.append(r"([+-]\d{2}:?(?:\d{2})?|Z|GMT(?:[+-]\d{2}:\d{2})?)")
            name = "Z"
        elif letter in "QDzVG":
            raise ScriptError("cnnscript:NotYet", f"Reading dates with the letter '{letter}' is not in cnnscript yet.")
        else:
            source.append(rf"(\d{{{count}}})" if "HHmmss" in form and letter in "Hms" else r"(\d{1,2})")
        letters.append(name)
    return re.compile(r"\s*" + "".join(source) + r"\s*", re.IGNORECASE), tuple(letters)


def read(text: str, form: str) -> float | None:
    """The moment that a text in a format means; None for a text that does not fit."""
    looks, letters = pattern(form)
    found = looks.fullmatch(text)
    if found is None:
        return None
    values = {"y": None, "M": 1, "d": 1, "H": 0, "m": 0, "s": 0.0}
    if not set(letters) & set("yYuMNd"):  # a time alone is one of today
        today = date.today()
        values |= {"y": today.year, "M": today.month, "d": today.day}
    afternoon, minutes = None, 0
    for letter, word in zip(letters, found.groups(), strict=True):
        if letter == "Y":
            values["y"] = 2000 + int(word) if int(word) < 77 else 1900 + int(word)
        elif letter in "yu":
            values["y"] = int(word)
        elif letter == "N":
            values["M"] = 1 + [one[:3].lower() for one in MONTHS].index(word[:3].lower())
        elif letter == "a":
            afternoon = word in "Pp"
        elif letter == "h":
            values["H"] = int(word)
        elif letter == "S":
            values["s"] += int(word) / 10 ** len(word)
        elif letter == "Z":
            minutes = offset_read(word)
        elif letter in "MdHms":
            values[letter] = values.get(letter, 0) * (letter == "s") + int(word)
    if afternoon is not None:
        values["H"] = values["H"] % 12 + 12 * afternoon
    year = values["y"] if values["y"] is not None else date.today().year
    if not (1 <= values["M"] <= 12 and 1 <= values["d"] <= 31 and values["H"] < 24 and values["m"] < 60):
        return None
    try:
        date(year, values["M"], values["d"])
    except ValueError:
        return None
    return moment_of(year, values["M"], values["d"], values["H"], values["m"] - minutes, values["s"])


def offset_read(word: str) -> int:
    """The minutes ahead of UTC of '+01:00', '-0530', 'Z'."""
    digits = re.sub(r"\D", "", word).ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    return -minutes if "-" in word else minutes


def reads_an_offset(form: str) -> bool:
    """Does a format have letters for how far the clocks are ahead of UTC?"""
    return any(piece[0] in "ZxX" for piece in pieces(form))


# ------------------------------------------------------------------------------------------------------ lengths of time
UNITS = {
    "y": (365.2425 * DAY, "yr"), "d": (DAY, "day"), "h": (3_600_000, "hr"), "m": (60_000, "min"), "s": (1000, "sec"),
}  # fmt: skip
CLOCKS = re.compile(r"(dd:hh:mm:ss|hh:mm:ss|mm:ss|hh:mm)(\.S{1,9})?")


def is_length_format(form: str) -> bool:
    return form in UNITS or CLOCKS.fullmatch(form) is not None


def length_written(length: float, form: str, digits: str = "%.5g") -> str:
    """A length of time in a format: 's' gives '5 sec', 'hh:mm:ss' gives '00:00:05'."""
    if form in UNITS:
        size, word = UNITS[form]
        amount = length / size
        if amount != amount or amount in (float("inf"), float("-inf")):
            text = "NaN" if amount != amount else "Inf" if amount > 0 else "-Inf"
        else:
            text = digits % (amount + 0.0)
        plural = "s" if form in "yd" and text != "1" else ""
        return f"{text} {word}{plural}"
    if length != length:
        return "NaN"
    if length in (float("inf"), float("-inf")):
        return "Inf" if length > 0 else "-Inf"
    found = CLOCKS.fullmatch(form)
    fields, decimals = found[1], len(found[2] or ".") - 1
    scale = 10**decimals
    units = round(abs(length) * scale / 1000) if decimals else int(abs(length) // 1000)
    seconds, rest = divmod(units, scale)
    sign = "-" if length < 0 and units else ""
    if fields == "mm:ss":
        text = f"{seconds // 60:02d}:{seconds % 60:02d}"
    elif fields == "hh:mm":
        text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    elif fields == "hh:mm:ss":
        text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    else:
        text = f"{seconds // 86400:02d}:{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return sign + text + (f".{rest:0{decimals}d}" if decimals else "")


LENGTH = re.compile(r"\s*(-?)(?:(\d+):)?(\d+):(\d+):(\d+(?:\.\d+)?)\s*|\s*(-?)(\d+):(\d+)\s*")


def length_read(text: str) -> float | None:
    """The milliseconds of 'hh:mm:ss', 'dd:hh:mm:ss' or 'hh:mm'; None for another text."""
    found = LENGTH.fullmatch(text)
    if found is None:
        return None
    if found[5] is None:
        sign, total = found[6], (int(found[7]) * 60 + int(found[8])) * 60.0
    else:
        hours = int(found[2] or 0) * 24 + int(found[3])
        sign, total = found[1], (hours * 60 + int(found[4])) * 60 + float(found[5])
    return (-total if sign else total) * 1000

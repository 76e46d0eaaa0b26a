"""Time zones: what clocks show at a moment, and which moment it is when they show it.

A zone is a name of the IANA database ('Europe/Berlin'), 'UTC', or a fixed offset such as '+05:30'.  Milliseconds count
from the beginning of 1970, UTC.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, timedelta, timezone, tzinfo
from datetime import datetime as moment_in_time
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import ndarray
from cnnscript.values.text import text_or_none

OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
BEGINNING = moment_in_time(1970, 1, 1)


class Facts(NamedTuple):
    """A zone at a moment: minutes ahead of UTC, its short name, its long one, and whether it is summer time."""

    minutes: int
    short: str
    name: str
    summer: bool


@cache
def zone_of(name: str) -> tzinfo:
    if name in ("UTC", "Z", "GMT"):
        return UTC
    found = OFFSET.fullmatch(name)
    if found is not None:
        length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if length < timedelta(hours=24):
            return timezone(-length if found[1] == "-" else length)
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ScriptError(
            "MATLAB:datetime:UnknownTimeZone",
            f"'{name}' is not a known time zone.",
            hint="such as 'UTC', 'Europe/Berlin' or '+05:30'",
        ) from None


def checked(value: Any) -> str:
    """A TimeZone argument as the name of a zone; '' for none."""
    name = text_or_none(value)
    if name is None:
        raise ScriptError(
            "MATLAB:datetime:InvalidTimeZone", "TimeZone must be a character vector or a string scalar."
        )
    if name == "local":
        name = local_name()
    if name == "UTCLeapSeconds":
        raise ScriptError("cnnscript:NotYet", "Leap seconds are not in cnnscript yet.", hint="TimeZone 'UTC'")
    if name:
        zone_of(name)
    return "UTC" if name in ("Z", "GMT") else name


def local_name() -> str:
    """The zone of this machine."""
    name = os.environ.get("TZ", "").lstrip(":")
    if not name and os.path.islink("/etc/localtime"):
        name = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    if name:
        try:
            zone_of(name)
        except ScriptError:
            name = ""
    if name in ("Etc/UTC", "UTC", "Zulu", "Universal", "Etc/Universal"):
        return "UTC"
    if name:
        return name
    seconds = moment_in_time.now().astimezone().utcoffset()
    minutes = int((seconds or timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else "UTC"


def ahead(moment: float, zone: tzinfo) -> float:
    """How many milliseconds the clocks are ahead of UTC at a moment."""
    at = (BEGINNING + timedelta(milliseconds=moment)).replace(tzinfo=UTC).astimezone(zone)
    return (at.utcoffset() or timedelta()).total_seconds() * 1000


def local(moments: ndarray, name: str) -> ndarray:
    """What the clocks show at moments."""
    zone = zone_of(name)
    if zone is UTC:
        return moments
    shown = [one + ahead(one, zone) if one == one else one for one in moments.ravel("F").tolist()]
    return np.array(shown, float).reshape(moments.shape, order="F")


def moments(shown: ndarray, name: str) -> ndarray:
    """The moments at which the clocks show something; of two such moments the earlier one."""
    zone = zone_of(name)
    if zone is UTC:
        return shown
    found = []
    for one in shown.ravel("F").tolist():
        if one == one:
            at = (BEGINNING + timedelta(milliseconds=one)).replace(tzinfo=zone)
            one -= (at.utcoffset() or timedelta()).total_seconds() * 1000
        found.append(one)
    return np.array(found, float).reshape(shown.shape, order="F")


def facts(moment: float, name: str) -> Facts:
    if moment != moment:
        return Facts(0, "", name, False)
    at = (BEGINNING + timedelta(milliseconds=moment)).replace(tzinfo=UTC).astimezone(zone_of(name))
    minutes = int((at.utcoffset() or timedelta()).total_seconds() // 60)
    short = at.tzname() or ""
    if OFFSET.match(short) or short.startswith("UTC") and short != "UTC":
        hours, rest = divmod(abs(minutes), 60)
        short = "UTC" + ("-" if minutes < 0 else "+") + str(hours) + (f":{rest:02d}" if rest else "")
    return Facts(minutes, short, name, bool(at.dst()))

"""How large an array may be: MATLAB's errors before trying, and in place of Python's MemoryError."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from math import prod

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import size_text

CONTROL_GROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")  # version 2, 1


MOST = 1 << 48  # elements, of MATLAB's arrays
ALWAYS_FITS = 1 << 24  # elements: so many are tried without asking


@cache
def physical_memory() -> int:
    """Bytes of memory the process can have: the machine's, or what its control group or `ulimit -v` leaves of them."""
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        total = 16 * 2**30  # no way to ask: a common size
    for place in CONTROL_GROUP_LIMITS:
        with suppress(OSError), open(place, encoding="ascii") as file:
            limit = file.read().strip()
            if limit.isdigit():
                total = min(total, int(limit))
    with suppress(ImportError):  # Windows has no such limits
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[0]
        if most != resource.RLIM_INFINITY:
            total = min(total, most)
    return total


def require_memory(shape: tuple[int, ...], itemsize: int) -> None:
    """MATLAB's error, before trying, for an array larger than the memory there is (itemsize: bytes an element)."""
    count = prod(shape)
    if count < ALWAYS_FITS:
        return
    if count >= MOST:
        raise ScriptError("MATLAB:pmaxsize", "Maximum variable size allowed by the program is exceeded.")
    needed = count * itemsize
    if needed > physical_memory():
        raise ScriptError(
            "MATLAB:array:SizeLimitExceeded",
            f"Requested {size_text(shape)} ({gigabytes(needed)}GB) array exceeds maximum array size preference "
            f"({physical_memory() / 2**30:.1f}GB). This might cause MATLAB to become unresponsive.",
        )


def gigabytes(count: int) -> str:
    """Bytes in GB with one digit; counts beyond the doubles as they are."""
    return f"{count / 2**30:.1f}" if count < 10**300 else str(count >> 30)


def out_of_memory() -> ScriptError:
    """In place of a MemoryError."""
    return ScriptError("MATLAB:nomem", "Out of memory.", hint="smaller arrays, or single(...) in place of double")

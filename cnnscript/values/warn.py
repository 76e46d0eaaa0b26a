"""Warnings of the language: whoever finds one says `warn(identifier, message)`; the session decides what happens.

The session puts its own function in with `set_hook` while it runs (and takes it away again); without one a warning is
printed on standard error as MATLAB prints it.  Each thread has a receiver of its own, so that sessions in several
threads do not hear each other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Receiver = Callable[[str, str], None]


def _to_standard_error(identifier: str, message: str) -> None:
    print(f"Warning: {message}", file=sys.stderr)


_hook: ContextVar[Receiver] = ContextVar("receiver of warnings", default=_to_standard_error)


def warn(identifier: str, message: str) -> None:
    """Issue the warning `message` ('Matrix is singular to working precision.') under MATLAB's identifier."""
    _hook.get()(identifier, message)


def set_hook(function: Receiver | None) -> Receiver:
    """Send warnings of this thread to `function` from now on (None: standard error).  Returns the previous receiver."""
    previous = _hook.get()
    _hook.set(function or _to_standard_error)
    return previous


@contextmanager
def quietly() -> Iterator[None]:
    """Leave out the warnings of what is done meanwhile."""
    previous = set_hook(lambda identifier, message: None)
    try:
        yield
    finally:
        set_hook(previous)

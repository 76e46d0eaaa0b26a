"""Warnings of the language: whoever finds one says `warn(identifier, message)`; the session decides what happens.

The session puts its own function in `hook` (and takes it away again); without one a warning is printed on standard
error as MATLAB prints it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable


def _to_standard_error(identifier: str, message: str) -> None:
    print(f"Warning: {message}", file=sys.stderr)


hook: Callable[[str, str], None] = _to_standard_error


def warn(identifier: str, message: str) -> None:
    """Issue the warning `message` ('Matrix is singular to working precision.') under MATLAB's identifier."""
    hook(identifier, message)


def set_hook(function: Callable[[str, str], None] | None) -> Callable[[str, str], None]:
    """Send warnings to `function` from now on (None: standard error).  Returns the previous receiver."""
    global hook
    previous, hook = hook, function or _to_standard_error
    return previous

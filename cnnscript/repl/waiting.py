"""What goes on while the prompt waits: figure windows answer, and TensorFlow is imported in good time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

IDLE_SECONDS = 1.0  # the prompt is idle this long before TensorFlow is imported behind it
PUMP_SECONDS = 0.02  # how long windows have at a time: a key waits no longer than this


def window_hook(session: Any) -> Callable[[Any], None] | None:
    """prompt_toolkit's input hook that lets windows live until a key comes; None where there can be no windows."""
    pump = getattr(session.desk.presenter, "pump", None) if session.desk_made() else None
    if pump is None:
        return None

    def hook(context: Any) -> None:
        while not context.input_is_ready():
            if not pump(PUMP_SECONDS):
                break

    return hook


class IdleStart:
    """Imports TensorFlow in a daemon thread once the prompt has been idle, so that the first network does not wait."""

    def __init__(self, session: Any):
        self.session = session
        self.timer: threading.Timer | None = None

    def __enter__(self) -> None:
        if "tensorflow" not in sys.modules:
            self.timer = threading.Timer(IDLE_SECONDS, self.session.preload_networks)
            self.timer.daemon = True
            self.timer.start()

    def __exit__(self, *fault: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

"""One line on standard error that says what there is to wait for, and goes away afterwards."""

from __future__ import annotations

import os
import sys

ERASE = "\r\x1b[K"


class StatusLine:
    """What a zoo's `progress` is told, shown to a person.

    terminal  a person watches standard error: waiting (a text that ends in "...") is shown until '' is told.
              Otherwise, and for any other text, which is news to be kept, a line is written.
    """

    def __init__(self, terminal: bool):
        self.terminal = terminal
        self.shown = False
        self.length = 0  # of what is shown

    @property
    def columns(self) -> int:
        """How wide the terminal is now; COLUMNS, if it is a number, says so itself."""
        given = os.environ.get("COLUMNS", "")
        if given.isdecimal() and int(given):
            return int(given)
        try:
            return os.get_terminal_size(sys.stderr.fileno()).columns or 80
        except (OSError, ValueError, AttributeError):
            return 80

    @property
    def unicode(self) -> bool:
        """Does the terminal show block elements?"""
        encoding = (getattr(sys.stderr, "encoding", None) or "ascii").lower().replace("-", "")
        return encoding.startswith("utf") and os.environ.get("TERM") not in ("linux", "dumb")

    def __call__(self, text: str) -> None:
        passing = text == "" or text.endswith("...")
        if self.terminal and (self.shown or text):
            width = self.columns - 1
            erase = f"\r{' ' * min(self.length, width)}\r" if os.environ.get("TERM") == "dumb" else ERASE
            sys.stderr.write(erase + (text[:width] if passing else text + "\n"))
            sys.stderr.flush()
            self.shown, self.length = passing and text != "", len(text)
        elif not passing:
            sys.stderr.write(text + "\n")

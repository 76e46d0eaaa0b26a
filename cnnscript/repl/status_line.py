"""One line on standard error that says what there is to wait for, and goes away afterwards."""

from __future__ import annotations

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

    def __call__(self, text: str) -> None:
        passing = text == "" or text.endswith("...")
        if self.terminal and (self.shown or text):
            import shutil  # brings much along; a start does without

            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(ERASE + (text[:width] if passing else text + "\n"))
            sys.stderr.flush()
            self.shown = passing and text != ""
        elif not passing:
            sys.stderr.write(text + "\n")

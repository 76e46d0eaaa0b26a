"""Who shows what is on the desk: windows (window), files (file), a page (page), a terminal (terminal), words (spoken).

In a window a graph with a table of its nodes is there to be looked through (graph_browser), push buttons are drawn
and pressed (buttons), programs hear of clicks and keys (pointer), and what moves is drawn alone (live_page).
`choose` picks one for the place where the program runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.desk import Presenter


def has_display() -> bool:
    """Whether windows can be opened here."""
    if sys.platform in ("win32", "darwin"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


KINDS = ("auto", "window", "file", "terminal", "words")


def choose(
    kind: str,
    say: Callable[[str], object],
    folder: str | Path = "figures",
    stem: str | Callable[[], str] = "figure",
    terminal: TextIO | None = None,
    tell: Callable[[str], object] = str,
) -> Presenter:
    """The presenter called `kind`; 'auto' is windows where they can be opened, else the terminal, else files.

    say: prints a line.  folder: where files go.  stem: what their names begin with, or a function that knows it when
    the first is written.  terminal: the terminal in which a person reads what is printed, None where nobody does.
    tell: says a line to a person, apart from what the program prints.
    """
    if kind == "window" or (kind == "auto" and has_display()):
        from cnnscript.pictures.presenters.window import WindowPresenter, usable

        if usable():
            return WindowPresenter(tell)
        if kind == "window":
            raise ScriptError(
                "cnnscript:figures:noWindow",
                "No window can be opened here.",
                notes=("no desktop back end of matplotlib loads",),
                hint="--figures terminal, or a folder for PNG files",
            )
        tell("no window can be opened: the display does not answer, or Python has neither tkinter nor PySide6")
    if kind == "terminal" or (kind == "auto" and terminal is not None):
        from cnnscript.pictures.presenters.terminal import TerminalPresenter, shows_pictures

        if kind == "terminal" or shows_pictures(os.environ, terminal.encoding):
            return TerminalPresenter(terminal or sys.stdout)
    if kind == "words":
        from cnnscript.pictures.presenters.spoken import WordsPresenter

        return WordsPresenter(say)
    if kind not in KINDS:
        raise ValueError(f"no presenter is called {kind!r}; there are {', '.join(KINDS)}")
    from cnnscript.pictures.presenters.file import FilePresenter

    return FilePresenter(folder, stem, say)

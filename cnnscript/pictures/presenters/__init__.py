"""Who shows what is on the desk: windows, files, a terminal, or words.

`choose` picks one for the place where the program runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from cnnscript.pictures.desk import Presenter

KINDS = ("auto", "window", "file", "terminal", "words")


def has_display() -> bool:
    """Whether windows can be opened here."""
    if sys.platform in ("win32", "darwin"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def choose(kind: str, say: Callable[[str], object], folder: str | Path = "figures", stem: str = "figure") -> Presenter:
    """The presenter called `kind`; 'auto' is windows where they can be opened, else files.

    say: prints a line.  folder, stem: where files go and what their names begin with.
    """
    from cnnscript.pictures.presenters.file import FilePresenter

    if kind == "auto":
        kind = "window" if has_display() else "file"
    if kind == "window":
        from cnnscript.pictures.presenters.window import WindowPresenter, usable

        if usable():
            return WindowPresenter()
        kind = "file"
    if kind == "terminal":
        from cnnscript.pictures.presenters.terminal import TerminalPresenter

        return TerminalPresenter(sys.stdout)
    if kind == "words":
        from cnnscript.pictures.presenters.spoken import WordsPresenter

        return WordsPresenter(say)
    if kind != "file":
        raise ValueError(f"no presenter is called {kind!r}; there are {', '.join(KINDS)}")
    return FilePresenter(folder, stem, say)

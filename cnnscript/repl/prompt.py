"""The loop: read a statement (several lines where a block is open), run it, keep windows alive while waiting."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.filters import Condition, is_searching
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings

from cnnscript.errors import Exit
from cnnscript.repl.completion import SessionCompleter
from cnnscript.repl.highlighting import STYLE, ScriptLexer
from cnnscript.syntax import incomplete

IDLE_SECONDS = 1.0  # the prompt is idle this long before TensorFlow is imported behind it
BANNER = "cnnscript {version}: MATLAB for looking inside networks. `help`, `help NAME`, Tab, `exit`.\n"


def converse(session: Any) -> int:
    """Read and run statements until `exit` or the end of input; the exit status."""
    from cnnscript import __version__

    session.out.write(BANNER.format(version=__version__))
    reader = prompt_session(session)
    waiting = IdleStart(session)
    while True:
        waiting.start()
        try:
            text = reader.prompt(inputhook=window_hook(session))
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0
        finally:
            waiting.cancel()
        try:
            session.attempt(text)
            session.show_figures()
        except Exit as leave:
            return leave.status
        except KeyboardInterrupt:
            session.out.write("Operation terminated by user.\n")


def prompt_session(session: Any) -> PromptSession:
    """A prompt_toolkit session with our completion, colours, history and keys."""
    return PromptSession(
        [("class:prompt", ">> ")],
        lexer=ScriptLexer(),
        style=STYLE,
        completer=SessionCompleter(session),
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
        history=history(),
        multiline=True,
        prompt_continuation=lambda width, number, wrapped: "   ",
        key_bindings=keys(),
        enable_history_search=True,
    )


def history() -> History:
    """The history file in the user's data folder; kept in memory where no such file can be written."""
    from platformdirs import user_data_dir

    path = Path(os.environ.get("CNNSCRIPT_HISTORY") or Path(user_data_dir("cnnscript"), "history"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "ab"):
            return FileHistory(str(path))
    except OSError:
        return InMemoryHistory()


def keys() -> KeyBindings:
    """Enter runs a whole statement and continues an open one; Alt-Enter always adds a line."""
    bindings = KeyBindings()

    @bindings.add("enter", filter=~is_searching)
    def _(event):
        buffer = event.current_buffer
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
        elif incomplete(buffer.text):
            buffer.insert_text("\n" + indentation(buffer.document.text_before_cursor))
        else:
            buffer.cursor_position = len(buffer.text)
            buffer.validate_and_handle()

    @bindings.add("escape", "enter")
    def _(event):
        event.current_buffer.insert_text("\n")

    @bindings.add("tab", filter=Condition(at_line_start))
    def _(event):
        event.current_buffer.insert_text("    ")

    return bindings


def at_line_start() -> bool:
    """Whether only blanks stand before the cursor in its line."""
    from prompt_toolkit.application import get_app

    document = get_app().current_buffer.document
    return bool(document.text) and not document.current_line_before_cursor.strip() and "\n" in document.text


OPENERS = ("if", "for", "while", "switch", "try", "parfor", "function", "else", "elseif", "case", "otherwise", "catch")


def indentation(text: str) -> str:
    """Blanks for the line after `text`: as its last line, four more where that line opens a block."""
    line = text.rpartition("\n")[2]
    blanks = line[: len(line) - len(line.lstrip())]
    words = line.split(None, 1)
    return blanks + "    " if words and words[0].rstrip("(,") in OPENERS else blanks


def window_hook(session: Any):
    """prompt_toolkit's input hook that keeps figure windows alive, or None where there are no windows."""
    pump = getattr(session.desk.presenter, "pump", None) if session.desk_made() else None
    if pump is None:
        return None

    def hook(context) -> None:
        while not context.input_is_ready():
            if not pump(0.02):
                break

    return hook


class IdleStart:
    """Imports TensorFlow in a daemon thread once the prompt has been idle, so that the first network does not wait."""

    def __init__(self, session: Any):
        self.session = session
        self.timer: threading.Timer | None = None

    def start(self) -> None:
        if "tensorflow" in sys.modules:
            return
        self.timer = threading.Timer(IDLE_SECONDS, self.session.preload_networks)
        self.timer.daemon = True
        self.timer.start()

    def cancel(self) -> None:
        if self.timer is not None:
            with contextlib.suppress(RuntimeError):
                self.timer.cancel()
            self.timer = None

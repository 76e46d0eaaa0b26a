"""The loop: read a statement (several lines where a block is open), run it, show its figures."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from functools import partial
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.eventloop import new_eventloop_with_inputhook
from prompt_toolkit.layout.processors import HighlightMatchingBracketProcessor, TabsProcessor
from prompt_toolkit.output import ColorDepth, create_output

from cnnscript.errors import Exit
from cnnscript.repl.completion import SessionCompleter
from cnnscript.repl.highlighting import STYLE, ScriptLexer
from cnnscript.repl.keys import PROMPT, keys
from cnnscript.repl.past import history
from cnnscript.repl.waiting import IdleStart, window_hook
from cnnscript.session import INTERRUPTED

BANNER = "cnnscript {version}: MATLAB for looking inside networks. `help`, `help NAME`, Tab, `exit`.\n"


def converse(session: Any) -> int:
    """Read and run statements until `exit` or the end of input; the exit status."""
    from cnnscript import __version__

    session.out.write(BANNER.format(version=__version__))
    session.out.flush()
    interrupts = Interrupts()
    interrupts.install()
    reader = prompt_session(session)
    session.asker = partial(ask, session, reader)
    try:
        return loop(session, reader, interrupts)
    except Exit as leave:
        return leave.status
    finally:
        interrupts.restore()


def loop(session: Any, reader: PromptSession, interrupts: Interrupts) -> int:
    """Statement after statement until the end of input.  Raises Exit."""
    idle = IdleStart(session)
    while True:
        try:
            with idle:
                text = read(session, reader)
            try:
                with interrupts:
                    # a terminal may send bytes that are no text: they come as lone surrogates
                    session.attempt(text.encode("utf-8", "replace").decode("utf-8"), name="")
                    session.show_figures()
            except KeyboardInterrupt:  # pressed again while the first was being told
                session.say_error(INTERRUPTED)
            session.out.flush()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0


def ask(session: Any, reader: PromptSession, prompt: str) -> str:
    """A line typed while a program stands still or asks.  Raises KeyboardInterrupt, EOFError."""
    before = reader.message
    reader.message = [("class:prompt", prompt)]
    try:
        return read(session, reader)
    finally:
        reader.message = before


def read(session: Any, reader: PromptSession) -> str:
    """What is typed next, windows living meanwhile.  Raises KeyboardInterrupt, EOFError."""
    hook = window_hook(session)
    if hook is None:
        return reader.prompt()
    # PromptSession.prompt(inputhook=...) would not close its event loop after Ctrl-C
    with asyncio.Runner(loop_factory=partial(new_eventloop_with_inputhook, hook)) as runner:
        return runner.run(reader.prompt_async())


def prompt_session(session: Any) -> PromptSession:
    """A prompt_toolkit session with our completion, colours, history and keys."""
    # where what programs print goes into a file or a pipe, the prompt itself is seen through standard error
    aside = session.out is sys.stdout and not sys.stdout.isatty()
    return PromptSession(
        [("class:prompt", PROMPT)],
        output=create_output(always_prefer_tty=True) if aside else None,
        lexer=ScriptLexer(session),
        style=STYLE,
        color_depth=color_depth(),
        completer=SessionCompleter(session),
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
        history=history(),
        multiline=True,
        prompt_continuation=lambda width, number, wrapped: " " * len(PROMPT),
        input_processors=[HighlightMatchingBracketProcessor(), TabsProcessor(char1=" ", char2=" ")],
        key_bindings=keys(),
        enable_history_search=True,
        enable_suspend=True,
        enable_open_in_editor=True,
        tempfile_suffix=".m",
    )


def color_depth() -> ColorDepth | None:
    """All colours where the terminal says that it has them; None leaves it to prompt_toolkit (and NO_COLOR)."""
    all_colours = os.environ.get("COLORTERM") in ("truecolor", "24bit") and not os.environ.get("NO_COLOR")
    return ColorDepth.TRUE_COLOR if all_colours else None


class Interrupts:
    """Ctrl-C while a statement runs (`with interrupts:`) ends the statement; between two statements it is nothing.

    So a second Ctrl-C, pressed while the first is being reported, cannot end the prompt.
    """

    def __init__(self) -> None:
        self.heard = False
        self.before: Any = None

    def install(self) -> None:
        if threading.current_thread() is threading.main_thread():
            self.before = signal.signal(signal.SIGINT, self.interrupt)

    def restore(self) -> None:
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)

    def interrupt(self, number: int, frame: Any) -> None:
        if self.heard:
            raise KeyboardInterrupt

    def __enter__(self) -> None:
        self.heard = True

    def __exit__(self, *fault: Any) -> None:
        self.heard = False

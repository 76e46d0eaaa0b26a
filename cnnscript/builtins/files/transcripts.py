"""What is kept of a session and how it runs down the screen: diary, more, echo, home."""

from __future__ import annotations

import os
from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values.text import is_text

TO_THE_CORNER = "\033[H"
KEPT = 8192  # letters that wait for the next flush at most


class Copying:
    """A stream whose text also goes to the end of a file, which is open only while it is written."""

    def __init__(self, stream: Any, path: str):
        self.stream = stream
        self.path = path
        self.waiting: list[str] = []
        self.letters = 0
        self.append("")  # a file that cannot be written is an error now

    def append(self, text: str) -> None:
        try:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(text)
        except OSError as fault:
            raise ScriptError(
                "MATLAB:diary:CannotOpenFile", f"Unable to open diary file '{self.path}'. {fault.strerror}."
            ) from None

    def write(self, text: str) -> int:
        self.waiting.append(text)
        self.letters += len(text)
        if self.letters > KEPT:
            self.keep()
        return self.stream.write(text)

    def keep(self) -> None:
        text = "".join(self.waiting)
        self.waiting, self.letters = [], 0
        self.append(text)

    def flush(self) -> None:
        if self.waiting:
            self.keep()
        self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@builtin
def diary(session, name="", /):
    """
    diary
    diary(filename)
    diary on
    diary off

    Write what programs print to the end of a file too, from now on.

    Without a name it is switched on or off; the file is then the last one, or 'diary' at first. Error messages are not
    in it.

    Examples
      >> diary notes.txt
      >> disp('seen')
      seen
      >> diary off
      >> type notes.txt
      seen

    See also disp, fprintf, evalc.
    """
    word = one_text(name, "diary", "File name")
    active = session.out if type(session.out) is Copying else None
    if word.lower() == "off" or not word and active:
        if active:
            active.flush()
            session.diary_file, session.out = active.path, active.stream
        return
    path = session.diary_file if word.lower() in ("", "on") else os.path.abspath(word)
    if active:
        active.flush()
        session.out = active.stream
    session.out = Copying(session.out, os.path.abspath(path))


@builtin
def more(session, how="", /):
    """
    more off
    more on
    more(n)

    Whether long output waits for a key after each page. It never does here: 'more off' is how it is, and 'more on' or a
    number of lines is answered with a warning.

    Examples
      >> more off

    See also clc, home, diary.
    """
    word = one_text(how, "more", "Input").lower() if is_text(how) else "on"
    if word not in ("on", "off") and not word.isdigit():
        raise ScriptError("MATLAB:more:UnknownInput", "Input to more must be 'on', 'off' or a number of lines.")
    if word != "off":
        session.warn("cnnscript:more", "Output is not paged here.")


@builtin
def echo(session, /, *words):
    """
    echo off
    echo on

    Whether statements of programs are shown as they run. They are not: 'echo off' is how it is, all else is answered
    with a warning.

    Examples
      >> echo off

    See also more, diary.
    """
    if [one_text(word, "echo", "Input").lower() for word in words] not in (["off"], ["off", "all"]):
        session.warn("cnnscript:echo", "Statements are not shown as they run here.")


@builtin
def home(session, /):
    """
    home

    Send the cursor to the upper left corner. Where no person is at a prompt, nothing happens.

    Examples
      >> home

    See also clc, more.
    """
    if session.interactive:
        session.out.write(TO_THE_CORNER)
        session.out.flush()

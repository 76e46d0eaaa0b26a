"""Asking the person at the keyboard: input; and what needs a person and is refused."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values.text import text_or_none


def nobody(name: str) -> ScriptError:
    return ScriptError(
        "MATLAB:services:UserInputNotAvailable",
        f"'{name}' needs a person at the keyboard, and there is none.",
        hint="--with NAME=EXPR sets a variable before a script runs",
    )


@builtin
def input_(session, scope, prompt="", kind="", /):
    """
    x = input(prompt)
    txt = input(prompt, 's')

    Ask for a value: what is typed is an expression, or with 's' text. Where nobody can answer it is an error.

    Examples
      >> try, x = input('side? '); catch e, disp(contains(e.message, 'keyboard')), end
         1
      >> try, txt = input('name? ', 's'); catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also pause, keyboard, disp.
    """
    question = one_text(prompt, "input", "Prompt").replace("\\n", "\n")
    word = text_or_none(kind)
    if word not in ("", "s"):
        raise ScriptError("MATLAB:input:InvalidSecondArg", "The second argument to input must be 's'.")
    if not (session.interactive or session.out is sys.stdout and sys.stdin is not None and sys.stdin.isatty()):
        raise nobody("input")
    while True:
        answer = read_line(session, question)
        if word == "s":
            return answer
        if not answer.strip():
            return np.zeros((0, 0))
        try:
            return session.evaluate(answer, scope, 1)
        except ScriptError as fault:  # asked again, as MATLAB does
            session.say_error(fault.render())


def read_line(session: Any, question: str) -> str:
    session.out.write(question)
    session.out.flush()
    line = sys.stdin.readline()
    if not line:
        raise nobody("input")
    return line.rstrip("\n")


@builtin
def keyboard():
    """
    keyboard

    MATLAB's stop for looking around inside a running function. It is an error here.

    Examples
      >> try, keyboard, catch e, disp(contains(e.message, 'not in cnnscript yet')), end
         1

    See also input, pause.
    """
    raise ScriptError(
        "MATLAB:services:KeyboardNotAvailable",
        "Stopping inside a program with 'keyboard' is not in cnnscript yet.",
        hint="disp or a statement without ; shows a value",
    )


@builtin
def beep(session, state="", /):
    """
    beep

    A sound, where a person is at a prompt.

    Examples
      >> beep

    See also disp.
    """
    if session.interactive and text_or_none(state) == "":
        session.out.write("\a")

"""Asking the person at the keyboard: input; and the bell."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
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
    if not somebody(session):
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


def somebody(session: Any) -> bool:
    """May there be somebody who answers?"""
    return session.interactive or session.asker is not None or session.lines is not None or session.out is sys.stdout


def read_line(session: Any, question: str) -> str:
    try:
        return session.ask(question)
    except EOFError:
        raise nobody("input") from None


@builtin
def menu(session, message, first, /, *more):
    """
    k = menu(message, option1, option2, ...)
    k = menu(message, options)

    Ask which of several options is meant: its number. Where nobody can answer it is an error.

    Examples
      >> try, k = menu('Layer', 'conv1', 'fc'); catch e, disp(contains(e.message, 'keyboard')), end
         1
      >> try, k = menu('Layer', {'conv1', 'fc'}); catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also input, keyboard.
    """
    options = [word for part in (first, *more) for word in take.texts(part, "Option")]
    title = one_text(message, "menu", "Message")
    if not somebody(session):
        raise nobody("menu")
    lines = "".join(f"   {number:3d}) {word}\n" for number, word in enumerate(options, 1))
    session.out.write(f"\n----- {title} -----\n\n{lines}\n")
    while True:
        answer = read_line(session, "Select a menu number: ").strip()
        if answer.isdigit() and 1 <= int(answer) <= len(options):
            return float(answer)
        session.out.write("\nSelection out of range. Try again.\n")


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

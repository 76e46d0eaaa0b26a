"""Dialogs, asked at the keyboard: uigetfile, uiputfile, uigetdir, inputdlg, questdlg, listdlg."""

from __future__ import annotations

import glob
import os
from typing import Any

import numpy as np

from cnnscript.builtins.language.asking import somebody
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, is_cell, norm
from cnnscript.values.text import cell_of_texts, text_or_none, texts_or_none


def ask(session: Any, question: str, function: str, instead: str) -> str:
    """A line from the person at the keyboard; where there is none, the error of `function`."""
    if somebody(session):
        try:
            return session.ask(question).strip()
        except EOFError:
            session.out.write("\n")  # the question stands there without an answer
    raise ScriptError(
        "cnnscript:desktop",
        f"{function} needs MATLAB's desktop, or a person at the keyboard.",
        hint=instead,
    )


def lines_of(value: Any, function: str, argument: str) -> list[str]:
    lines = texts_or_none(value)
    if lines is None:
        raise ScriptError(
            f"MATLAB:{function}:invalidText",
            f"The {argument} of {function} must be text.",
            notes=(take.described(value),),
        )
    return list(lines)


def one_line(value: Any, function: str, argument: str, otherwise: str) -> str:
    if value is None or isinstance(value, np.ndarray) and value.size == 0:
        return otherwise
    return " ".join(lines_of(value, function, argument)) or otherwise


def endings_of(value: Any, function: str) -> list[str]:
    """The patterns of a filter: '*.png', {'*.png';'*.jpg'}, {'*.png;*.jpg','Pictures'; ...}."""
    if value is None or isinstance(value, np.ndarray) and value.size == 0:
        return []
    if is_cell(value) and value.ndim == 2 and value.shape[1] == 2:
        value = cell_of_texts([text_or_none(each) or "*" for each in value[:, 0]])
    return [part.strip() for line in lines_of(value, function, "filter") for part in line.split(";") if part.strip()]


def parted(path: str) -> tuple[str, str]:
    """A file's name, and its folder with a separator at its end."""
    folder, name = os.path.split(os.path.abspath(os.path.expanduser(path)))
    return name, folder.rstrip(os.sep) + os.sep


@builtin(outputs=3)
def uigetfile(session, nargout, filter=None, title=None, defname=None, /, *, MultiSelect="off"):
    """
    file = uigetfile
    [file, path] = uigetfile(filter)
    [file, path] = uigetfile(filter, title)
    ... = uigetfile(filter, title, defname)
    ... = uigetfile(..., 'MultiSelect', mode)

    Ask for a file that is there. Without a desktop the question is asked at the keyboard: type a name, or with
    MultiSelect several names or a pattern; nothing cancels, and file is 0.

    Options
      MultiSelect  'off' (default) or 'on': file may be a cell array of names

    Examples
      >> try, [file, path] = uigetfile('*.png'); catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also uiputfile, uigetdir, input.
    """
    several = take.choice(MultiSelect, ("on", "off"), "MultiSelect") == "on"
    patterns = endings_of(filter, "uigetfile")
    question = one_line(title, "uigetfile", "title", "Select File to Open")
    default = one_line(defname, "uigetfile", "default name", "")
    shown = f" ({', '.join(patterns)})" if patterns and "*" not in " ".join(patterns).replace("*.", "") else ""
    while True:
        answer = ask(session, f"{question}{shown}: ", "uigetfile", "name the file in the script, or run with --with")
        answer = answer or ""
        if not answer:
            return 0.0, 0.0, 0.0
        base = default if os.path.isdir(default) else ""
        wanted = os.path.join(base, os.path.expanduser(answer))
        found = [wanted] if os.path.isfile(wanted) else []
        if several and not found:
            parts = answer.split(",") if "," in answer else [answer]
            found = [path for part in parts for path in sorted(glob.glob(os.path.join(base, part.strip())))]
            found = [path for path in found if os.path.isfile(path)]
        if found:
            break
        session.out.write(f"File not found: {answer}\n")
    names = [parted(path) for path in found]
    files = names[0][0] if len(names) == 1 else norm(cell_of_texts([name for name, _ in names]).reshape(1, -1))
    return files, names[0][1], 1.0


@builtin(outputs=3)
def uiputfile(session, nargout, filter=None, title=None, defname=None, /):
    """
    file = uiputfile
    [file, path] = uiputfile(filter)
    [file, path] = uiputfile(filter, title, defname)

    Ask for a file to be written. Without a desktop the question is asked at the keyboard; nothing takes defname, or
    cancels where there is none, and file is 0. A file that is there is asked about again.

    Examples
      >> try, [file, path] = uiputfile('a.mat'); catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also uigetfile, save, imwrite.
    """
    question = one_line(title, "uiputfile", "title", "Select File to Write")
    patterns = endings_of(filter, "uiputfile")
    default = one_line(defname, "uiputfile", "default name", "")
    if not default and len(patterns) == 1 and "*" not in patterns[0]:
        default = patterns[0]
    while True:
        shown = f" [{default}]" if default else ""
        answer = ask(session, f"{question}{shown}: ", "uiputfile", "name the file in the script") or default
        if not answer:
            return 0.0, 0.0, 0.0
        name, folder = parted(answer)
        if not os.path.isdir(folder):
            session.out.write(f"There is no folder {folder}\n")
            continue
        if os.path.exists(folder + name):
            sure = ask(session, f"{name} already exists. Do you want to replace it? (y/n): ", "uiputfile", "")
            if not sure.lower().startswith("y"):
                continue
        return name, folder, 1.0


@builtin
def uigetdir(session, path=None, title=None, /):
    """
    selpath = uigetdir
    selpath = uigetdir(path)
    selpath = uigetdir(path, title)

    Ask for a folder that is there. Without a desktop the question is asked at the keyboard; nothing cancels, and
    selpath is 0.

    Examples
      >> try, folder = uigetdir; catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also uigetfile, dir, cd.
    """
    base = one_line(path, "uigetdir", "path", "")
    question = one_line(title, "uigetdir", "title", "Select Folder to Open")
    while True:
        answer = ask(session, f"{question}: ", "uigetdir", "name the folder in the script")
        if not answer:
            return 0.0
        found = os.path.abspath(os.path.join(base, os.path.expanduser(answer)))
        if os.path.isdir(found):
            return found
        session.out.write(f"There is no folder {answer}\n")


@builtin
def inputdlg(session, prompt=None, dlgtitle=None, dims=None, definput=None, opts=None, /):
    """
    answer = inputdlg(prompt)
    answer = inputdlg(prompt, dlgtitle)
    answer = inputdlg(prompt, dlgtitle, dims)
    answer = inputdlg(prompt, dlgtitle, dims, definput)
    answer = inputdlg(prompt, dlgtitle, dims, definput, opts)

    Ask for texts: a cell column with one answer for each prompt. Without a desktop they are asked at the keyboard, one
    after the other; nothing takes the default in brackets. dims and opts say how a dialog looks.

    Examples
      >> try, answer = inputdlg('Size'); catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also input, questdlg, listdlg.
    """
    prompts = lines_of(prompt, "inputdlg", "prompt") if prompt is not None else ["Input:"]
    defaults = lines_of(definput, "inputdlg", "default") if definput is not None and np.size(definput) else []
    if defaults and len(defaults) != len(prompts):
        raise ScriptError("MATLAB:inputdlg:InvalidInput", "definput must have one entry for each prompt.")
    title = one_line(dlgtitle, "inputdlg", "title", "")
    answers = []
    for number, words in enumerate(prompts):
        default = defaults[number] if defaults else ""
        question = (f"{title}: " if title and number == 0 else "") + words.rstrip(": ")
        shown = f" [{default}]" if default else ""
        answer = ask(session, f"{question}{shown}: ", "inputdlg", "input('question') asks in a program")
        answers.append(answer or default)
    return norm(cell_of_texts(answers).reshape(-1, 1))


@builtin
def questdlg(session, quest, dlgtitle=None, /, *buttons):
    """
    answer = questdlg(quest)
    answer = questdlg(quest, dlgtitle)
    answer = questdlg(quest, dlgtitle, defbtn)
    answer = questdlg(quest, dlgtitle, btn1, btn2, defbtn)
    answer = questdlg(quest, dlgtitle, btn1, btn2, btn3, defbtn)

    Ask a question that a few answers are offered for: 'Yes', 'No' and 'Cancel', or those given. Without a desktop it is
    asked at the keyboard: a beginning that fits one answer will do, nothing takes the default.

    Examples
      >> try, answer = questdlg('Go on?'); catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also input, inputdlg, listdlg.
    """
    question = "\n".join(lines_of(quest, "questdlg", "question"))
    words = [one_line(each, "questdlg", "button", "") for each in buttons]
    words = [word for word in words if word]
    if len(words) > 4:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    choices, default = (["Yes", "No", "Cancel"], words[0] if words else "Yes")
    if len(words) > 1:
        choices, default = words[:-1], words[-1]
    if default not in choices:
        raise ScriptError(
            "MATLAB:questdlg:StringMismatch", "The default answer must be one of the answers.", notes=(default,)
        )
    title = one_line(dlgtitle, "questdlg", "title", "")
    offered = ", ".join(f"[{word}]" if word == default else word for word in choices)
    while True:
        line = f"{title + ': ' if title else ''}{question} ({offered}): "
        answer = ask(session, line, "questdlg", "input('question', 's') asks in a program") or default
        fits = [word for word in choices if word.lower().startswith(answer.lower())]
        fits = [word for word in choices if word.lower() == answer.lower()] or fits
        if len(fits) == 1:
            return fits[0]
        session.out.write(f"One of: {', '.join(choices)}\n")


@builtin(outputs=2)
def listdlg(
    session,
    nargout,
    /,
    *,
    ListString=None,
    PromptString=None,
    SelectionMode="multiple",
    InitialValue=1.0,
    Name="",
    ListSize=None,
    OKString="OK",
    CancelString="Cancel",
    uh=None,
    fus=None,
    ffs=None,
):
    """
    [indx, tf] = listdlg('ListString', list)
    [indx, tf] = listdlg('ListString', list, Name=Value)

    Ask for one or several of a list: their numbers, and true. Without a desktop the list is printed and numbers are
    asked for at the keyboard; nothing takes the first choice, 0 cancels: [] and false.

    Options
      ListString     the list, a cell array of text
      PromptString   what is asked
      SelectionMode  'multiple' (default) or 'single'
      InitialValue   what nothing stands for, a number or several (1)
      Name           title of a dialog
      ListSize       size of a dialog
      OKString       words of a dialog's button
      CancelString   words of a dialog's button
      uh             height of a dialog's buttons
      fus            space in a dialog
      ffs            space in a dialog

    Examples
      >> try, [k, tf] = listdlg('ListString', {'a','b'}); catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also input, questdlg, inputdlg.
    """
    if ListString is None:
        raise ScriptError("MATLAB:listdlg:NeedParameter", "ListString argument is required.")
    items = lines_of(ListString, "listdlg", "list")
    single = take.choice(SelectionMode, ("multiple", "single"), "SelectionMode") == "single"
    first = [int(number) for number in np.ravel(np.asarray(InitialValue, float))]
    question = one_line(PromptString, "listdlg", "prompt", one_line(Name, "listdlg", "name", "Select"))
    if somebody(session):
        session.out.write("".join(f"{number:>4}  {item}\n" for number, item in enumerate(items, 1)))
    while True:
        shown = " ".join(map(str, first))
        answer = ask(session, f"{question} [{shown}]: ", "listdlg", "input('question') asks in a program")
        words = answer.replace(",", " ").split()
        if words == ["0"]:
            return EMPTY, False
        if not words:
            chosen = first
        elif all(word.isdigit() and 1 <= int(word) <= len(items) for word in words) and not (single and len(words) > 1):
            chosen = sorted({int(word) for word in words})
        else:
            kind = "a number" if single else "numbers"
            session.out.write(f"{kind.capitalize()} from 1 to {len(items)}, or 0 to cancel\n")
            continue
        return norm(np.array([chosen], float)), True

"""profile: how often the functions of a program are called, and how long they take."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT
from cnnscript.values.structs import Struct, struct_array

GENERATED = "_f_"  # how the Python names of the functions of programs begin
MOST = 30  # functions in the table


class Line(NamedTuple):
    """One function: its name and file, calls, and seconds with and without those it calls."""

    name: str
    file: str
    calls: int
    total: float
    own: float


class Profile:
    """What was measured in a session.  Python's own profiler sees every call of generated code."""

    def __init__(self):
        self.running = False
        self.clear()

    def clear(self) -> None:
        import cProfile

        self.stop()
        self.measured = cProfile.Profile()

    def start(self) -> None:
        if not self.running:
            try:
                self.measured.enable()
            except ValueError:
                raise ScriptError(
                    "MATLAB:profiler:busy", "The program is measured by another profiler already."
                ) from None
            self.running = True

    def stop(self) -> None:
        if self.running:
            self.measured.disable()
            self.running = False

    def lines(self) -> list[Line]:
        """The functions of the program, the slowest first."""
        again = self.running
        self.stop()
        found = []
        for entry in self.measured.getstats():
            code = entry.code
            if type(code) is str or not code.co_name.startswith(GENERATED):
                continue
            name = code.co_name[len(GENERATED) :]
            inside = sum(call.totaltime for call in entry.calls or () if is_program(call.code))
            own = max(entry.totaltime - inside, 0.0)
            found.append(Line(name, os.path.abspath(code.co_filename), entry.callcount, entry.totaltime, own))
        if again:
            self.start()
        return sorted(found, key=lambda line: -line.total)


def is_program(code: Any) -> bool:
    return type(code) is not str and code.co_name.startswith(GENERATED)


def profile_of(session: Any) -> Profile:
    return session.__dict__.setdefault("profile", Profile())


@builtin
def profile(session, nargout, action="on", /, *options):
    """
    profile on
    profile off
    profile resume
    profile clear
    profile viewer
    s = profile('info')
    s = profile('status')

    Measure a program: on (anew), off, resume (go on), clear. 'viewer' stops and prints a table of its functions;
    'info' is a struct whose FunctionTable has FunctionName, FileName, NumCalls and TotalTime.

    Examples
      >> fid = fopen('slow.m', 'w'); fprintf(fid, 'function r = slow(n)\\nr = sum(1:n);\\n'); fclose(fid);
      >> profile on
      >> x = slow(10); x = slow(20);
      >> profile off
      >> s = profile('info'); disp(s.FunctionTable.FunctionName), disp(s.FunctionTable.NumCalls)
      slow
           2
      >> text = evalc('profile viewer'); disp(contains(text, 'slow'))
         1
      >> s = profile('status'); disp(s.ProfilerStatus)
      off
      >> profile clear
      >> profile resume
      >> profile off

    See also tic, timeit, cputime.
    """
    word = one_text(action, "profile", "Action").lower().lstrip("-")
    for option in options:
        given = one_text(option, "profile", "Option").lower()
        if given not in ("-timestamp", "-historysize", "-history", "-nohistory", "-timer", "real", "performance"):
            raise ScriptError("MATLAB:profiler:UnknownInput", f"Unknown input option '{given}' to profile command.")
        raise ScriptError(
            "MATLAB:profiler:OptionNotYet", f"The option '{given}' of profile is not in cnnscript yet.",
            hint="profile on measures calls and times",
        )  # fmt: skip
    measured = profile_of(session)
    if word == "on":
        measured.clear()
        measured.start()
    elif word == "resume":
        measured.start()
    elif word == "off":
        measured.stop()
    elif word == "clear":
        measured.clear()
    elif word in ("viewer", "report"):
        measured.stop()
        session.out.write(table(measured.lines()))
    elif word == "info":
        return info(measured.lines())
    elif word == "status":
        return Struct(
            {"ProfilerStatus": "on" if measured.running else "off", "DetailLevel": "mmex", "Timer": "performance"}
        )
    else:
        raise ScriptError("MATLAB:profiler:UnknownInput", f"Unknown input option '{word}' to profile command.")
    return None


@builtin
def profview(session, /):
    """
    profview

    Print the table of the functions that profile measured.

    Examples
      >> profile clear
      >> profview
      Function     Calls   Total (s)    Self (s)

    See also profile.
    """
    session.out.write(table(profile_of(session).lines()))


def table(lines: list[Line]) -> str:
    width = max([len("Function"), *(len(line.name) for line in lines[:MOST])])
    rows = [f"{'Function':<{width}}  {'Calls':>8}  {'Total (s)':>10}  {'Self (s)':>10}"]
    rows += [f"{line.name:<{width}}  {line.calls:>8}  {line.total:>10.3f}  {line.own:>10.3f}" for line in lines[:MOST]]
    return "\n".join(["", *rows, "", ""])


def info(lines: list[Line]) -> Any:
    data = np.empty((len(lines), 1), OBJECT)
    for at, line in enumerate(lines):
        data[at, 0] = {
            "CompleteName": f"{line.file}>{line.name}",
            "FunctionName": line.name,
            "FileName": line.file,
            "Type": "M-function",
            "NumCalls": float(line.calls),
            "TotalTime": line.total,
        }
    names = ["CompleteName", "FunctionName", "FileName", "Type", "NumCalls", "TotalTime"]
    return Struct({"FunctionTable": struct_array(names, data)})

"""Stopping inside a program: breakpoints, steps, and looking around where it stands."""

from __future__ import annotations

import os
import re
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, whole_number
from cnnscript.code.debugger import EVENTS, Breakpoint, Debugger, described, stack_here
from cnnscript.code.evaluate import evaluate
from cnnscript.code.traces import InternalError
from cnnscript.errors import Quit, ScriptError
from cnnscript.syntax import incomplete
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import is_text

PROMPT = "K>> "
LOCATION = re.compile(r"(\d+)?(?:@(\d+)?)?")


def talk(session: Any, debugger: Debugger) -> None:
    """Read and run commands where a program stands, until it is to go on.  Raises Resume, Quit."""
    while True:
        try:
            text = session.ask(PROMPT)
            while incomplete(text):
                text += "\n" + session.ask(" " * len(PROMPT) if session.asker is not None else "")
        except EOFError:
            session.say_error("\nThe input ended at a breakpoint: so does the program.")
            raise Quit from None
        except KeyboardInterrupt:
            continue
        if not text.strip():
            continue
        try:
            evaluate(text, debugger.scope, 0, session, "prompt")
            session.show_figures()
        except ScriptError as error:
            session.last_error = error
            session.say_error(error.render())
        except KeyboardInterrupt:
            session.say_error("Operation terminated by user.")
        except InternalError as fault:
            session.say_error(session.confess(fault))


def stopped(session: Any, name: str) -> Debugger:
    """The debugger, at a stop."""
    debugger = session.__dict__.get("debugger")
    if debugger is None or not debugger.stopped:
        raise ScriptError(f"MATLAB:{name}:notStopped", f"{name} is for a program that stands at a breakpoint.")
    return debugger


@builtin
def keyboard(session, scope, /):
    """
    keyboard

    Stop here: commands typed at K>> work with the variables of this place, until dbcont goes on or dbquit ends the
    program. Where nobody can type it is an error.

    Examples
      >> try, keyboard, catch e, disp(contains(e.message, 'keyboard')), end
         1

    See also dbstop, dbcont, dbquit, input.
    """
    from cnnscript.builtins.language.asking import nobody, somebody

    if not somebody(session):
        raise nobody("keyboard")
    frames = stack_here()
    if not frames:
        frames = [scope.frame] if hasattr(scope, "frame") else []
    if not frames:
        raise nobody("keyboard")
    session.debugger.stop(frames[0], place=False)


# ------------------------------------------------------------------------------------------------------- breakpoints
def unit_named(session: Any, word: str, name: str) -> Any:
    """The unit of a file by the name of its function or script, or its path."""
    path = session.path.find_function(word) or session.path.find_file(word)
    if path is None:
        raise ScriptError(
            f"MATLAB:{name}:fileNotFound", f"Cannot find function '{word}'.", notes=(f"the folder is {os.getcwd()}",)
        )
    found = session.load_program(os.path.abspath(str(path)))
    return session.unit_at(os.path.abspath(str(path))) if isinstance(found, Function) else found


def location(session: Any, unit: Any, word: str) -> tuple[int, int]:
    """The line, and which anonymous function in it, that a location means: the next line that does something."""
    lines = sorted(session.debugger.lines_of(unit))
    if not word:
        wanted, anonymous = 1, 0
    elif (found := LOCATION.fullmatch(word)) is not None and found[1]:
        wanted = int(found[1])
        anonymous = int(found[2] or 1) if "@" in word else 0
        if anonymous:
            return wanted, anonymous
    elif word in unit.functions:
        body = unit.functions[word].body
        wanted, anonymous = unit.source.position(body[0].start if body else unit.functions[word].start)[0], 0
    else:
        raise ScriptError("MATLAB:dbstop:badLocation", f"'{word}' is no line and no function of this file.")
    line = next((line for line in lines if line >= wanted), None)
    if line is None:
        raise ScriptError("MATLAB:dbstop:badLocation", f"Line {wanted} and those after it do nothing.")
    return line, anonymous


@builtin
def dbstop(session, first, /, *rest):
    """
    dbstop in file
    dbstop in file at location
    dbstop in file at location if expression
    dbstop if condition
    dbstop(b)

    Let programs stop: at a line of a file (by number, `n@` for the anonymous function in it, or the name of a
    function), or where something happens.

    condition: error, caught error, warning (each also with an identifier after it), naninf. b: what dbstatus gave.

    Examples
      >> dbstop if error
      >> dbstatus
      Stop if error.
      >> b = dbstatus; dbclear all
      >> dbstop(b)
      >> fid = fopen('add.m', 'w'); fprintf(fid, 'function r = add(a)\\nb = a + 1;\\nr = b;\\n'); fclose(fid);
      >> dbstop in add at 3
      >> dbstop in add at 2 if a>10
      >> dbstop in add
      >> dbstatus add
      Breakpoints for add are on lines 2, 3.

    See also dbclear, dbstatus, dbcont, dbstep, keyboard.
    """
    debugger = session.debugger
    if type(first) in (Struct, StructArray):
        restore(debugger, first)
        debugger.watch()
        return
    words = [one_text(word, "dbstop", "Argument") for word in (first, *rest)]
    if words[0] == "if":
        event, identifier = event_of(words[1:], "dbstop")
        debugger.events.setdefault(event, [])
        if identifier not in debugger.events[event]:
            debugger.events[event].append(identifier)
        debugger.watch()
        return
    condition = ""
    if "if" in words[1:]:
        at = words.index("if", 1)
        condition, words = " ".join(words[at + 1 :]), words[:at]
    if words[0] == "in" and len(words) > 1:
        words = words[1:]
    name, *where = [word for word in words if word != "at"]
    name, _, inner = name.partition(">")
    unit = unit_named(session, name, "dbstop")
    line, anonymous = location(session, unit, where[0] if where else inner)
    point = Breakpoint(debugger.path_of(unit), line, anonymous, condition)
    same = (point.path, point.line, point.anonymous)
    debugger.breakpoints = [each for each in debugger.breakpoints if (each.path, each.line, each.anonymous) != same]
    debugger.breakpoints.append(point)
    debugger.breakpoints.sort(key=lambda each: (each.path, each.line, each.anonymous))
    debugger.watch()


def event_of(words: list[str], name: str) -> tuple[str, str]:
    """The event that words mean ('caught', 'error', id), and its identifier."""
    text = [word for word in words if word != "all"]
    event = " ".join(text[:2]).lower() if text[:1] and text[0].lower() == "caught" else text[0].lower() if text else ""
    event = {"infnan": "naninf", "nanin": "naninf"}.get(event, event)
    rest = text[len(event.split()) :]
    if event not in EVENTS:
        raise ScriptError(
            f"MATLAB:{name}:badCondition", f"'{' '.join(words)}' is nothing to stop at.", notes=(", ".join(EVENTS),)
        )
    return event, rest[0] if rest else ""


def restore(debugger: Debugger, saved: Any) -> None:
    """Set the breakpoints that `dbstatus` gave."""
    rows = [saved.fields] if type(saved) is Struct else saved.data.ravel("F").tolist()
    wanted = {"file", "line", "anonymous", "expression", "cond", "identifier"}
    for row in rows:
        if not wanted <= row.keys() or type(row["cond"]) is not str:
            raise not_saved()
        if row["cond"] in EVENTS:
            debugger.events[row["cond"]] = [row["identifier"] if type(row["identifier"]) is str else ""]
            continue
        columns = [np.ravel(row[name]).tolist() for name in ("line", "anonymous", "expression")]
        try:
            points = [
                Breakpoint(row["file"], int(line), int(anonymous), str(expression))
                for line, anonymous, expression in zip(*columns, strict=True)
            ]
        except (TypeError, ValueError):
            raise not_saved() from None
        debugger.breakpoints += [point for point in points if point not in debugger.breakpoints]


def not_saved() -> ScriptError:
    return ScriptError("MATLAB:dbstop:badStruct", "The struct must be one that dbstatus gave.")


@builtin
def dbclear(session, first="all", /, *rest):
    """
    dbclear all
    dbclear in file
    dbclear in file at location
    dbclear if condition

    Take breakpoints away.

    Examples
      >> dbstop if error
      >> dbclear if error
      >> fid = fopen('add.m', 'w'); fprintf(fid, 'function r = add(a)\\nb = a + 1;\\nr = b;\\n'); fclose(fid);
      >> dbstop in add at 3
      >> dbclear in add at 3
      >> dbclear in add
      >> dbclear all
      >> dbstatus

    See also dbstop, dbstatus.
    """
    debugger = session.debugger
    words = [one_text(word, "dbclear", "Argument") for word in (first, *rest)]
    if words == ["all"]:
        debugger.breakpoints.clear()
        debugger.events.clear()
    elif words[0] == "if":
        event, identifier = event_of(words[1:], "dbclear")
        kept = [word for word in debugger.events.pop(event, []) if identifier and word != identifier]
        if kept:
            debugger.events[event] = kept
    else:
        if words[0] == "in" and len(words) > 1:
            words = words[1:]
        name, *where = [word for word in words if word != "at"]
        unit = unit_named(session, name, "dbclear")
        path = debugger.path_of(unit)
        place = location(session, unit, where[0]) if where else None
        debugger.breakpoints = [
            point
            for point in debugger.breakpoints
            if point.path != path or place is not None and (point.line, point.anonymous) != place
        ]
    debugger.watch()


def function_at(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


@builtin
def dbstatus(session, nargout, /, *files):
    """
    dbstatus
    dbstatus file
    b = dbstatus

    The breakpoints: printed, or as a struct array that dbstop takes.

    Examples
      >> dbstop if warning
      >> dbstatus
      Stop if warning.
      >> b = dbstatus;
      >> disp(b.cond)
      warning
      >> dbstatus nothing_there

    See also dbstop, dbclear.
    """
    debugger = session.debugger
    names = [one_text(word, "dbstatus", "Argument") for word in files]
    names = [function_at(word) for word in names if word != "-completenames"]
    by_path: dict[str, list[Breakpoint]] = {}
    for point in debugger.breakpoints:
        if not names or function_at(point.path) in names:
            by_path.setdefault(point.path, []).append(point)
    events = {} if names else debugger.events
    if nargout:
        return status_structs(by_path, events)
    for path, points in by_path.items():
        places = [f"{point.line}" + (f"@{point.anonymous}" if point.anonymous else "") for point in points]
        several = len(places) > 1
        session.say(
            f"Breakpoint{'s' if several else ''} for {function_at(path)} {'are' if several else 'is'} on "
            f"line{'s' if several else ''} {', '.join(places)}."
        )
    for event, identifiers in events.items():
        for identifier in identifiers:
            session.say(f"Stop if {event}{' ' + identifier if identifier else ''}.")
    return None


def status_structs(by_path: dict[str, list[Breakpoint]], events: dict[str, list[str]]) -> Any:
    rows = []
    for path, points in by_path.items():
        expressions = np.empty((1, len(points)), OBJECT)
        expressions[0] = [point.condition for point in points]
        rows.append(
            {
                "name": function_at(path),
                "file": path,
                "line": np.array([[float(point.line) for point in points]]),
                "anonymous": np.array([[float(point.anonymous) for point in points]]),
                "expression": expressions,
                "cond": "",
                "identifier": "",
            }
        )
    blank = {"name": "", "file": "", "line": np.zeros((0, 0)), "anonymous": np.zeros((0, 0))}
    for event, identifiers in events.items():
        for identifier in identifiers:
            rows.append({**blank, "expression": "", "cond": event, "identifier": identifier})
    data = np.empty((len(rows), 1), OBJECT)
    for at, row in enumerate(rows):
        data[at, 0] = row
    if len(rows) == 1:
        return Struct(rows[0])
    fields = ("name", "file", "line", "anonymous", "expression", "cond", "identifier")
    return StructArray(list(fields), data)


# ------------------------------------------------------------------------------------------------- at a stop: going on
@builtin
def dbcont(session, /):
    """
    dbcont

    Let the program that stands at a breakpoint go on.

    Examples
      >> try, dbcont, catch e, disp(e.message), end
      dbcont is for a program that stands at a breakpoint.

    See also dbstop, dbstep, dbquit.
    """
    stopped(session, "dbcont").resume()


@builtin
def dbstep(session, what="", /):
    """
    dbstep
    dbstep nlines
    dbstep in
    dbstep out

    Let the program that stands at a breakpoint run its next line (or lines); stop inside the function that the line
    calls; run to the end of this function.

    Examples
      >> try, dbstep, catch e, disp(e.message), end
      dbstep is for a program that stands at a breakpoint.
      >> try, dbstep 2, catch, end
      >> try, dbstep in, catch, end
      >> try, dbstep out, catch, end

    See also dbcont, dbstop, dbquit.
    """
    debugger = stopped(session, "dbstep")
    word = one_text(what, "dbstep", "Argument") if is_text(what) else f"{whole_number(what, 'dbstep', 'Lines')}"
    if word in ("in", "out"):
        debugger.resume(word)
    if word and not word.isdecimal():
        raise ScriptError("MATLAB:dbstep:badArgument", f"dbstep takes a number of lines, 'in' or 'out', not '{word}'.")
    debugger.resume("over", int(word or 1))


@builtin
def dbquit(session, what="", /):
    """
    dbquit
    dbquit all

    End the program that stands at a breakpoint.

    Examples
      >> try, dbquit, catch e, disp(e.message), end
      dbquit is for a program that stands at a breakpoint.
      >> try, dbquit all, catch, end

    See also dbcont, dbstop.
    """
    one_text(what, "dbquit", "Argument")
    stopped(session, "dbquit")
    raise Quit


@builtin
def dbup(session, count=1.0, /):
    """
    dbup
    dbup n

    Look at the variables of the function that called this one.

    Examples
      >> try, dbup, catch e, disp(e.message), end
      dbup is for a program that stands at a breakpoint.
      >> try, dbup 2, catch, end

    See also dbdown, dbstack, dbstop.
    """
    move(session, "dbup", count, 1)


@builtin
def dbdown(session, count=1.0, /):
    """
    dbdown
    dbdown n

    After dbup: look at the variables of the function that was called.

    Examples
      >> try, dbdown, catch e, disp(e.message), end
      dbdown is for a program that stands at a breakpoint.
      >> try, dbdown 2, catch, end

    See also dbup, dbstack, dbstop.
    """
    move(session, "dbdown", count, -1)


def move(session: Any, name: str, count: Any, direction: int) -> None:
    debugger = stopped(session, name)
    steps = int(one_text(count, name, "Count")) if is_text(count) else whole_number(count, name, "Count")
    at = debugger.at + direction * steps
    if not 0 <= at <= len(debugger.frames):
        debugger.at = min(max(at, 0), len(debugger.frames))
        raise ScriptError(f"MATLAB:{name}:noMoreFrames", "There is no function beyond.")
    debugger.at = at
    if at == len(debugger.frames):
        session.say("In base workspace.")
    else:
        _, function, line = described(debugger.frames[at])
        session.say(f"In workspace belonging to {function} (line {line})")


@builtin(outputs=2)
def dbstack(session, nargout, /, *words):
    """
    dbstack
    dbstack(n)
    dbstack('-completenames')
    [ST, I] = dbstack

    The functions and scripts that run, the innermost first: printed, or as a struct array with file, name and line.

    n leaves out the innermost ones.

    Examples
      >> dbstack
      >> [ST, I] = dbstack; disp(size(ST))
           0     1
      >> dbstack(1)
      >> dbstack('-completenames')

    See also dbstop, mfilename, MException.
    """
    debugger = session.__dict__.get("debugger")
    frames = debugger.frames if debugger is not None and debugger.stopped else stack_here()
    at = debugger.at if debugger is not None and debugger.stopped else 0
    skipped, whole = 0, False
    for word in words:
        if is_text(word) and one_text(word, "dbstack", "Option").lower() == "-completenames":
            whole = True
        elif is_text(word) and one_text(word, "dbstack", "Count").isdecimal():
            skipped = int(one_text(word, "dbstack", "Count"))
        else:
            skipped = whole_number(word, "dbstack", "Count")
    rows = [described(frame) for frame in frames[skipped:]]
    if nargout:
        data = np.empty((len(rows), 1), OBJECT)
        for row, (path, name, line) in enumerate(rows):
            file = os.path.abspath(path) if whole else os.path.basename(path)
            data[row, 0] = {"file": file, "name": name, "line": float(line)}
        stack = Struct(data[0, 0]) if len(rows) == 1 else StructArray(["file", "name", "line"], data)
        return stack, float(at + 1)
    for row, (path, name, line) in enumerate(rows):
        name = os.path.abspath(path) if whole else name
        session.say(f"{'> ' if row + skipped == at else '  '}In {name} (line {line})")
    return None


@builtin
def dbtype(session, file, lines="", /):
    """
    dbtype filename
    dbtype filename start:end

    The lines of a program file with their numbers.

    Examples
      >> fid = fopen('add.m', 'w'); fprintf(fid, 'function r = add(a)\\nr = a + 1;\\n'); fclose(fid);
      >> dbtype add
      1     function r = add(a)
      2     r = a + 1;
      >> dbtype add 2:2
      2     r = a + 1;

    See also type, dbstop.
    """
    unit = unit_named(session, one_text(file, "dbtype", "File name"), "dbtype")
    text = unit.source.text.splitlines()
    first, last = 1, len(text)
    word = one_text(lines, "dbtype", "Range")
    if word:
        found = re.fullmatch(r"(\d+)(?::(\d+))?", word)
        if found is None:
            raise ScriptError("MATLAB:dbtype:badRange", f"'{word}' is no range of lines.")
        first, last = int(found[1]), min(int(found[2] or found[1]), len(text))
    shown = [f"{number:<6}{text[number - 1]}".rstrip() for number in range(first, last + 1)]
    session.out.write("\n" + "\n".join(shown) + "\n\n")

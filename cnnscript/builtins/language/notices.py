"""Windows that only tell something, without a desktop: waitbar, msgbox, errordlg, warndlg, helpdlg."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs
from cnnscript.builtins.language.handles import Handle, HandleArray, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.values import take
from cnnscript.values.text import is_text, text_or_none, texts_or_none

FIRST = 2**30  # numbers of these windows: out of the way of figures
WIDTH = 30


def window_apart(session: Any, name: str, tag: str) -> Figure:
    """A figure that nobody sees and that does not become the current one: it is there to be closed and asked."""
    desk = session.desk
    current = desk.current
    taken = {figure.number for figure in desk.figures()}
    number = next(number for number in range(FIRST, FIRST + len(taken) + 1) if number not in taken)
    made = desk.figure(number)
    made.set("Visible", "off")
    made.set("Name", name)
    made.set("Tag", tag)
    desk.current = current
    return made


def shown(session: Any, share: float, text: str) -> None:
    """The bar in one line, at a terminal only."""
    if not getattr(session.err, "isatty", lambda: False)():
        return
    full = round(WIDTH * min(max(share, 0.0), 1.0))
    line = " ".join(text.split())[:60]
    session.err.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {share * 100:3.0f} % {line}\x1b[K")
    if share >= 1:
        session.err.write("\n")
    session.err.flush()


@builtin(outputs=1)
def waitbar(session, nargout, x, second=None, /, *rest):
    """
    f = waitbar(x, msg)
    f = waitbar(x, msg, Name, Value)
    waitbar(x, f)
    waitbar(x, f, msg)
    waitbar(x)

    How far a program is, from 0 to 1: a line at a terminal, nothing elsewhere; a handle to close. Without a handle
    the last bar changes.

    Examples
      >> f = waitbar(0, 'Reading'); waitbar(0.5, f, 'Half'); waitbar(1);
      >> disp(ishandle(f)), close(f)
         1

    See also close, disp, fprintf.
    """
    share = take.number(x, "Fraction")
    if second is None or not is_text(second) and texts_or_none(second) is None:
        if second is None:
            bars = [figure for figure in session.desk.figures() if figure.value("Tag") == "TMWWaitbar"]
            figure = bars[-1] if bars else window_apart(session, "", "TMWWaitbar")
        else:
            if not isinstance(second, (Handle, HandleArray)):
                raise ScriptError("MATLAB:waitbar:InvalidInputs", "Input arguments of this type are no bar.")
            figure = figure_of(session, second, "waitbar")
        if len(rest) > 1:
            raise ScriptError("MATLAB:waitbar:InvalidInputs", "A bar that is there takes a message only.")
        text = words(rest[0]) if rest else ""
    else:
        text, given = words(second), list(rest)
        figure = window_apart(session, "", "TMWWaitbar")
        for at in range(len(given) - 2, -1, -2):
            if (text_or_none(given[at]) or "").lower() in ("createcancelbtn", "windowstyle"):
                del given[at : at + 2]  # there is no button to press here, and no window to order
        set_pairs(figure, pairs(tuple(given), "waitbar"))
        figure.set("Visible", "off")
    shown(session, share, text)
    return wrap(figure) if nargout else None


def words(value: Any) -> str:
    found = texts_or_none(value)
    if found is None:
        raise take.wanted("text", "Message", value)
    return "\n".join(found)


TITLES = {"msgbox": " ", "errordlg": "Error Dialog", "warndlg": "Warning Dialog", "helpdlg": "Help Dialog"}
USUAL = {"errordlg": "This is the default error.", "warndlg": "This is the default warning.",
         "helpdlg": "This is the default help.", "msgbox": ""}  # fmt: skip


def told(session: Any, nargout: int, name: str, args: tuple) -> Any:
    if name == "msgbox" and not args:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("msgbox(message)",))
    message = words(args[0]) if args else USUAL[name]
    title = words(args[1]) if len(args) > 1 and is_text(args[1]) else TITLES[name]
    head = f"{title.strip()}: " if title.strip() else ""
    session.err.write(f"{head}{message}\n")
    session.err.flush()
    figure = window_apart(session, title.strip(), f"Msgbox_{title}")
    return wrap(figure) if nargout else None


def declare(name: str, what: str) -> None:
    def function(session, nargout, /, *args):
        return told(session, nargout, name, args)

    function.__doc__ = f"""
    {name}(message)
    {name}(message, title)
    f = {name}(...)

    {what} without a window: a line where warnings go, and a handle to close.

    Examples
      >> {name}('All is done', 'News')
      News: All is done
      >> f = {name}('again'); close(f)
      {(TITLES[name] + ": " if TITLES[name].strip() else "") + "again"}

    See also warning, disp, waitbar.
    """
    builtin(function, name=name, outputs=1)


declare("msgbox", "A message")
declare("errordlg", "A message about an error")
declare("warndlg", "A message that warns")
declare("helpdlg", "A message that helps")

"""Figures: make, choose, clear, close and show them."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.values.numeric import as_array
from cnnscript.values.text import text_or_none


def figure_of(session: Any, value: Any, function: str) -> Figure:
    """The figure that a handle or a number stands for."""
    if isinstance(value, (Handle, HandleArray)) or object_of(value) is not None:
        graphics = graphics_of(value)
        if len(graphics) == 1:
            graphics[0].alive()
            found = graphics[0].up("figure")
            if found is not None:
                return found
    elif text_or_none(value) is None:
        found = session.desk.figure(take.count(value, function, "the figure"), make=False)
        if found is not None:
            return found
    raise ScriptError("MATLAB:Figure:HandleInUse", "A figure must be a handle to a figure or the number of one.")


@builtin(outputs=1)
def figure(session, nargout, /, *args):
    """
    figure
    figure(n)
    figure(f)
    figure(Name=Value)
    f = figure(...)

    Make a new figure, or make figure number n (or f) the current one.

    Property names are MATLAB's: Name, Position, Units, Color, Visible, NumberTitle, WindowState ... A figure whose
    Visible is 'off' is never shown and never saved on its own: saveas, print and exportgraphics save it.

    Examples
      >> f = figure(Name='Activations'); f.Position(3:4)
      ans =
         560   420
      >> figure(3); imshow(ones(2)); figure(f); imshow(zeros(3))
      figure 3: image 2x2
      figure 1 'Activations': image 3x3

    See also gcf, clf, close, subplot, saveas.
    """
    desk: Desk = session.desk
    rest = list(args)
    chosen: Figure | None = None
    if rest and text_or_none(rest[0]) is None and not hasattr(rest[0], "fields"):
        head = rest.pop(0)
        if isinstance(head, (Handle, HandleArray)):
            chosen = figure_of(session, head, "figure")
            desk.select(chosen)
        else:
            number = take.number(head, "figure", "the figure")
            if not 1 <= number < float("inf") or number != int(number):
                raise ScriptError(
                    "MATLAB:Figure:InvalidNumber",
                    "A figure number is a positive integer.",
                    notes=(f"got {number:g}",),
                )
            chosen = desk.figure(int(number))
    given = pairs(tuple(rest), "figure")
    if chosen is None:
        chosen = desk.figure()
        try:
            set_pairs(chosen, given)
        except ScriptError:
            desk.close(chosen)
            raise
        if any(word.lower() == "createfcn" for word, _ in given):
            chosen.run("CreateFcn")
    else:
        set_pairs(chosen, given)
    return wrap(chosen) if nargout else None


@builtin
def gcf(session, /):
    """
    f = gcf

    The current figure; a new one if there is none.

    Examples
      >> f = gcf; f.Number
      ans =
           1

    See also gca, figure.
    """
    return wrap(session.desk.current_figure())


@builtin
def groot(session, /):
    """
    root = groot

    The root of all graphics objects: the screen.

    Examples
      >> r = groot; r.ScreenPixelsPerInch
      ans =
          96

    See also gcf, get, set.
    """
    return wrap(session.desk)


@builtin(outputs=1)
def close(session, nargout, which=None, how=None, /):
    """
    close
    close(f)
    close(name)
    close all
    close all force
    status = close(...)

    Close figures: the current one, the given ones, the one with a name, or all.

    A figure with a CloseRequestFcn of its own decides itself, unless it is closed by force. Figures whose
    HandleVisibility is not 'on' are closed with 'all hidden' and 'all force' only. status: whether all were closed.

    Examples
      >> figure; figure; close all; isempty(get(groot, 'CurrentFigure'))
      ans =
        logical
         1

    See also figure, clf.
    """
    desk: Desk = session.desk
    words = [text_or_none(value) for value in (which, how) if value is not None]
    forced = how is not None and (words[1] or "").lower() == "force"
    if how is not None and (words[1] or "").lower() not in ("force", "hidden"):
        raise ScriptError("MATLAB:close:BadOption", "close all may be followed by force or hidden.")
    if which is None:
        doomed = [desk.current] if desk.current is not None else []
    elif words[0] is not None:
        name = words[0].lower()
        forced = name == "force" or (words[-1] or "").lower() == "force"
        if name in ("all", "force", "hidden"):
            every = len(words) > 1 or name != "all" or desk.shows_hidden()
            doomed = [found for found in desk.figures() if every or found.value("HandleVisibility") == "on"]
        elif name.isdigit():
            doomed = [found] if (found := desk.numbered().get(int(name))) else []
        else:
            doomed = [found for found in desk.figures() if found.value("Name") == words[0]]
            if not doomed:
                raise ScriptError("MATLAB:close:WindowNotFound", "Specified window does not exist.")
    elif isinstance(which, (Handle, HandleArray)):
        doomed = [graphic for graphic in graphics_of(which) if isinstance(graphic, Figure) and not graphic.deleted]
        if len(doomed) != len(graphics_of(which)):
            raise ScriptError("MATLAB:close:InvalidFigureHandle", "Invalid figure handle.")
    else:
        doomed = [figure_of(session, number, "close") for number in as_array(which).ravel().tolist()]
    for one in sorted(doomed, key=lambda one: (one.page or 0, one.number)):
        if one.deleted:
            continue
        if forced or one.value("CloseRequestFcn") == "closereq":
            desk.close(one)
        else:
            one.run("CloseRequestFcn")
    return float(all(one.deleted for one in doomed)) if nargout else None


@builtin(outputs=1)
def clf(session, nargout, /, *args):
    """
    clf
    clf(f)
    clf reset
    f = clf(...)

    Delete everything on a figure; with reset its properties too get their first values, all but Position and Units.

    Examples
      >> imshow(ones(3)); f = clf; isempty(f.Children)
      figure 1: image 3x3
      ans =
        logical
         1

    See also cla, close, figure.
    """
    rest = list(args)
    chosen = (
        figure_of(session, rest.pop(0), "clf")
        if rest and text_or_none(rest[0]) is None
        else session.desk.current_figure()
    )
    session.desk.clear(chosen)
    if rest:
        take.choice(rest[0], ("reset",), "clf", "the option")
        chosen.values = {
            name: value for name, value in chosen.values.items() if name in ("Position", "PositionMode", "Units")
        }
    return wrap(chosen) if nargout else None


@builtin
def drawnow(session, limit=None, calls=None, /):
    """
    drawnow
    drawnow limitrate
    drawnow limitrate nocallbacks

    Show every figure as it is now.

    Where there are no windows each picture that has changed is saved or printed.

    Examples
      >> imshow(ones(2)); drawnow; imshow(zeros(3))
      figure 1: image 2x2
      figure 1: image 3x3

    See also figure, saveas.
    """
    if limit is not None:
        take.choice(limit, ("limitrate", "nocallbacks", "update", "expose"), "drawnow", "the option")
    if calls is not None:
        take.choice(calls, ("nocallbacks",), "drawnow", "the option")
    session.desk.update()


@builtin
def shg(session, /):
    """
    shg

    Show the current figure.

    Examples
      >> imshow(ones(2)); shg
      figure 1: image 2x2

    See also drawnow, figure.
    """
    session.desk.current_figure()
    session.desk.update()

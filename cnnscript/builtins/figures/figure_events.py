"""Figures and those before them: waiting for a person, drawing again what has changed, what draws."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import Handle, HandleArray, from_script, graphics_of, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.graphics.objects import Graphic

PLACES = (
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "center", "onscreen",
)  # fmt: skip


@builtin
def refresh(session, f=None, /):
    """
    refresh
    refresh(f)

    Draw a figure again.

    Examples
      >> imshow(ones(2)); refresh
      >> refresh(gcf)
      figure 1: image 2x2

    See also drawnow, refreshdata.
    """
    chosen = session.desk.current_figure() if f is None else figure_of(session, f, "refresh")
    if session.desk.presenter.keeps:
        return  # what is kept is shown once, when it is finished
    chosen.touch()
    session.desk.update()


@builtin
def refreshdata(session, scope, h=None, workspace=None, /):
    """
    refreshdata
    refreshdata(h)
    refreshdata(h, workspace)

    Read again the data of plots from the variables or expressions that their XDataSource, YDataSource, ZDataSource
    and CDataSource name.

    workspace: 'base' (the default) or 'caller'.

    Examples
      >> y = 1:3; h = plot(y, YDataSource='y'); y = y * 2; refreshdata
      >> h.YData
      ans =
           2     4     6
      figure 1: line 3 points

    See also drawnow, plot.
    """
    where = "base" if workspace is None else take.choice(workspace, ("base", "caller"), "refreshdata", "the workspace")
    if h is None:
        every: list[Graphic] = [session.desk.current_figure()]
    elif isinstance(h, (Handle, HandleArray)) or object_of(h) is not None:
        every = graphics_of(h)
    else:
        every = [figure_of(session, h, "refreshdata")]
    variables = scope if where == "caller" else scope.base()
    for node in [part for one in every for part in one.walk()]:
        for name in [name for name in node.table if name.endswith("DataSource") and node.value(name)]:
            source = node.value(name)
            value = session.evaluate(source, variables, 1)
            node.set(name.removesuffix("Source"), from_script(value))


def wait(session: Any, over: Callable[[], bool], seconds: float = math.inf) -> None:
    """Show what there is, and wait while there are windows.  Elsewhere no person is there who would end the wait."""
    session.show_figures()
    pump = getattr(session.desk.presenter, "pump", None)
    end = time.monotonic() + seconds
    while pump is not None and not over() and time.monotonic() < end and pump():
        continue


@builtin
def waitfor(session, h, name=None, value=None, /):
    """
    waitfor(h)
    waitfor(h, name)
    waitfor(h, name, value)

    Wait until h is closed or deleted, or until its property changes or becomes a value.

    Where figures are not in windows, nobody can close them: they are shown, and the program goes on.

    Examples
      >> imshow(ones(2)); waitfor(gcf)
      figure 1: image 2x2

    See also uiwait, pause, drawnow.
    """
    every = graphics_of(h)
    word = None if name is None else take.word(name, "waitfor", "the property")
    before = [session.call("get", 1, wrap(graphic), graphic.find_name(word)) for graphic in every if word is not None]

    def over() -> bool:
        if word is None or any(graphic.deleted for graphic in every):
            return all(graphic.deleted for graphic in every)
        now = [session.call("get", 1, wrap(graphic), word) for graphic in every]
        same = [bool(session.call("isequal", 1, new, old)) for new, old in zip(now, before, strict=True)]
        return not all(same) if value is None else all(bool(session.call("isequal", 1, new, value)) for new in now)

    wait(session, over)


@builtin
def uiwait(session, f=None, timeout=None, /):
    """
    uiwait
    uiwait(f)
    uiwait(f, seconds)

    Wait until uiresume is called for a figure (a button's Callback may), or until it is closed, or for some seconds.

    Where figures are not in windows, nobody can press or close anything: they are shown, and the program goes on.

    Examples
      >> imshow(ones(2)); uiwait(gcf)
      figure 1: image 2x2

    See also uiresume, waitfor, pause.
    """
    seconds = math.inf if timeout is None else take.number(timeout, "uiwait", "the time")
    figure = session.desk.current_figure() if f is None else figure_of(session, f, "uiwait")
    figure.values["WaitStatus"] = "waiting"
    try:
        wait(session, lambda: figure.deleted or figure.value("WaitStatus") != "waiting", seconds)
    finally:
        figure.values["WaitStatus"] = "inactive"


@builtin
def uiresume(session, f=None, /):
    """
    uiresume
    uiresume(f)

    Have the program go on that waits for a figure in uiwait.

    Examples
      >> f = figure; uiresume(f)

    See also uiwait.
    """
    figure = session.desk.current_figure() if f is None else figure_of(session, f, "uiresume")
    figure.values["WaitStatus"] = "inactive"


@builtin(outputs=1)
def opengl(session, nargout, option=None, /):
    """
    opengl(mode)
    data = opengl('data')

    What draws in three dimensions: here always software, so the modes 'hardware', 'hardwarebasic' and 'software' make
    no difference.

    Examples
      >> opengl software
      >> data = opengl('data'); data.Software
      ans =
        logical
         1

    See also figure.
    """
    from cnnscript.values.structs import Struct

    words = ("info", "data", "software", "hardware", "hardwarebasic", "save", "autoselect", "neverselect")
    word = "info" if option is None else take.choice(option, words, "opengl", "the option")
    if word not in ("info", "data"):
        return None
    if nargout:
        return Struct({"Version": "", "Vendor": "matplotlib", "Renderer": "Agg", "Software": True})
    session.out.write("Renderer: Agg (matplotlib), software\n")
    return None



@builtin(outputs=1)
def rendererinfo(session, nargout, ax=None, /):
    """
    info = rendererinfo
    info = rendererinfo(ax)

    What draws the pictures.

    Examples
      >> info = rendererinfo(gca); info.GraphicsRenderer
      ans =
          'Agg (matplotlib)'
      figure 1: empty axes

    See also opengl, figure.
    """
    from cnnscript.values.structs import Struct

    if ax is not None:
        for graphic in graphics_of(ax):
            graphic.alive()
    return Struct({"GraphicsRenderer": "Agg (matplotlib)", "Vendor": "", "Version": "", "RendererDevice": "software"})

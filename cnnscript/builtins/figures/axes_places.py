"""Axes: make and choose them, in subplots and tiled layouts; hold."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, several_axes
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import TiledLayout
from cnnscript.values.text import text_or_none


@builtin(outputs=1)
def axes(session, nargout, /, *args):
    """
    axes
    axes(ax)
    axes(Name=Value)
    ax = axes(...)

    Make a new axes, or make ax the current one.

    Examples
      >> ax = axes(Position=[0.1 0.1 0.3 0.3]); imshow(zeros(2)); axes(ax); ax.Position
      ans =
          0.1000    0.1000    0.3000    0.3000
      figure 1: image 2x2

    See also gca, subplot, figure.
    """
    chosen, rest = axes_first(args)
    if chosen is None:
        parent = None
        if rest and isinstance(rest[0], Handle):
            parent, rest = rest[0].graphic, rest[1:]
        chosen = session.desk.new_axes(parent)
        set_pairs(chosen, pairs(rest, "axes"))
    else:
        session.desk.select(chosen)
        set_pairs(chosen, pairs(rest, "axes"))
    return wrap(chosen) if nargout else None


@builtin
def gca(session, /):
    """
    ax = gca

    The current axes; a new one if there is none.

    Examples
      >> imshow(zeros(4, 6)); ax = gca; ax.XLim
      ans =
          0.5000    6.5000
      figure 1: image 4x6

    See also gcf, axes.
    """
    return wrap(session.desk.current_axes())


@builtin(outputs=1)
def subplot(session, nargout, /, *args):
    """
    subplot(m, n, p)
    subplot(mnp)
    subplot(m, n, p, 'replace')
    subplot(Position=pos)
    subplot(ax)
    ax = subplot(...)

    Divide the figure into m-by-n cells and make the axes in cell p the current one.

    Cells are counted along rows; a vector p takes several. Axes that lie under a new one are deleted.

    Examples
      >> subplot(2, 2, 1); imshow(ones(3)); subplot(2, 2, [3 4]); imshow(zeros(2))
      figure 1: axes 1: image 3x3; axes 2: image 2x2
      >> ax = subplot(121); ax.Position
      ans =
          0.1300    0.1100    0.3347    0.8150
      figure 1: empty axes
      >> ax = subplot(Position=[0.1 0.1 0.2 0.2]); subplot(ax);
      figure 1: empty axes

    See also axes, tiledlayout, figure.
    """
    desk = session.desk
    chosen, rest = axes_first(args)
    if chosen is not None:
        desk.select(chosen)
        return wrap(chosen) if nargout else None
    values = list(rest)
    if not values:
        values = [1.0, 1.0, 1.0]
    if (word := text_or_none(values[0])) is not None and word.lower() == "position" and len(values) > 1:
        box = tuple(take.numbers(values[1], "subplot", "Position", 4))
        made, given = desk.axes_at(box), values[2:]
    elif len(values) == 1 or text_or_none(values[1]) is not None:
        number = int(word) if word is not None and word.isdigit() else take.count(values[0], "subplot", "mnp")
        rows, columns, place = number // 100, number // 10 % 10, number % 10
        made, given = place_subplot(desk, rows, columns, [place], False), values[1:]
    else:
        if len(values) < 3:
            raise ScriptError(
                "MATLAB:subplot:MissingArgs", "subplot takes rows, columns and a place, such as subplot(2,2,1)."
            )
        rows, columns = (whole(value) for value in values[:2])
        if isinstance(values[2], Handle):
            raise ScriptError("cnnscript:subplot:move", "Moving an axes into a subplot is not in cnnscript yet.")
        if text_or_none(values[2]) is not None:  # the command form
            places = [whole(values[2])]
        else:
            places = [take.count(n, "subplot", "p") for n in take.numbers(values[2], "subplot", "p")]
        given = values[3:]
        replace = False
        while given and (option := (text_or_none(given[0]) or "").lower()) in ("replace", "align", "v6"):
            replace = replace or option == "replace"
            given = given[1:]
        made = place_subplot(desk, rows, columns, places, replace)
    set_pairs(made, pairs(tuple(given), "subplot"))
    return wrap(made) if nargout else None


def whole(value: Any) -> int:
    """A number given as such, or as the text of the command form."""
    word = text_or_none(value)
    return int(word) if word is not None and word.isdigit() else take.count(value, "subplot", "the grid")


def place_subplot(desk: Any, rows: int, columns: int, places: list[int], replace: bool) -> Axes:
    if rows < 1 or columns < 1:
        raise ScriptError("MATLAB:subplot:IllegalRowColumn", "Illegal number of rows or columns.")
    if not places or min(places) < 1 or max(places) > rows * columns:
        raise ScriptError(
            "MATLAB:subplot:SubplotIndexTooLarge",
            "Index exceeds number of subplots.",
            notes=(f"{rows}x{columns} has {rows * columns}, asked for {max(places, default=0)}",),
        )
    rows_used, columns_used = zip(*(divmod(place - 1, columns) for place in places), strict=True)
    first = min(rows_used) * columns + min(columns_used) + 1
    last = max(rows_used) * columns + max(columns_used) + 1
    return desk.subplot(rows, columns, first, last, replace)


@builtin(outputs=1)
def tiledlayout(session, nargout, /, *args):
    """
    tiledlayout(m, n)
    tiledlayout('flow')
    tiledlayout(..., Name=Value)
    t = tiledlayout(...)

    A grid for axes, which nexttile fills.

    'flow' makes as many tiles as are asked for; 'vertical' and 'horizontal' stack them. Properties: TileSpacing and
    Padding ('loose', 'compact', 'tight', 'none').

    Examples
      >> t = tiledlayout(2, 2, TileSpacing='compact'); nexttile; imshow(ones(2)); title(t, 'All')
      figure 1: image 2x2; title of all 'All'
      >> tiledlayout('flow'); nexttile; imshow(ones(3)); nexttile; imshow(zeros(3))
      figure 1: axes 1: image 3x3; axes 2: image 3x3

    See also nexttile, subplot.
    """
    values = list(args)
    if values and isinstance(values[0], Handle):
        session.desk.select(figure_of(session, values.pop(0), "tiledlayout"))
    word = text_or_none(values[0]) if values else "flow"
    if word is not None and word.lower() in ("flow", "vertical", "horizontal"):
        made = session.desk.tiled_layout(word.lower())
        rest = values[1:]
    else:
        if len(values) < 2:
            raise ScriptError("MATLAB:tiledlayout:args", "tiledlayout takes rows and columns, or 'flow'.")
        rows, columns = (take.count(value, "tiledlayout", "the grid") for value in values[:2])
        if not rows or not columns:
            raise ScriptError(
                "MATLAB:tiledlayout:args", "Rows and columns of a tiled layout must be positive integers."
            )
        made, rest = session.desk.tiled_layout("fixed", rows, columns), values[2:]
    set_pairs(made, pairs(tuple(rest), "tiledlayout"))
    return wrap(made) if nargout else None


@builtin(outputs=1)
def nexttile(session, nargout, /, *args):
    """
    nexttile
    nexttile(k)
    nexttile([rows cols])
    nexttile(k, [rows cols])
    nexttile(t, ...)
    ax = nexttile(...)

    An axes in the next free tile of a tiled layout, in tile k, or over several tiles.

    Examples
      >> tiledlayout(2, 3); ax = nexttile(2, [2 2]); imshow(ones(4)); nexttile; imshow(zeros(2))
      figure 1: axes 1: image 4x4; axes 2: image 2x2
      >> nexttile([1 1]);
      figure 1: axes 1: image 4x4; axes 2: image 2x2; axes 3: empty axes

    See also tiledlayout, subplot.
    """
    values = list(args)
    tiles = None
    if values and isinstance(values[0], Handle):
        if not isinstance(values[0].graphic, TiledLayout):
            raise ScriptError("MATLAB:nexttile:target", "nexttile takes a tiled layout.")
        tiles = values.pop(0).graphic
    at, span = None, (1, 1)
    for value in values:
        given = take.numbers(value, "nexttile", "the tile or span", (1, 2))
        if len(given) == 1:
            at = take.count(value, "nexttile", "the tile")
        else:
            span = (take.count(given[0], "nexttile", "the span"), take.count(given[1], "nexttile", "the span"))
    if at == 0 or min(span) < 1:
        raise ScriptError("MATLAB:nexttile:tile", "Tiles and spans are positive integers.")
    made = session.desk.next_tile(tiles, at, *span)
    return wrap(made) if nargout else None


@builtin
def cla(session, /, *args):
    """
    cla
    cla(ax)
    cla reset

    Delete what is drawn in an axes; with reset its properties too get their first values.

    Examples
      >> imshow(ones(2)); cla
      figure 1: image 2x2
      figure 1: empty axes

    See also clf, hold.
    """
    chosen, rest = axes_first(args)
    reset = bool(rest) and take.choice(rest[0], ("reset",), "cla", "the option") == "reset"
    session.desk.empty(chosen or session.desk.current_axes(), reset)


@builtin
def hold(session, /, *args):
    """
    hold on
    hold off
    hold
    hold(ax, 'on')

    Whether the next picture is drawn over what an axes shows, or replaces it (off, the first state).

    Examples
      >> imshow(zeros(4)); hold on; plot([1 4], [1 4]); hold off
      figure 1: image 4x4, line 2 points

    See also ishold, cla, axes.
    """
    if many := several_axes(args):
        for each in many:
            hold(session, each, *args[1:])
        return
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    if rest:
        on = take.choice(rest[0], ("on", "off", "all"), "hold", "the option") != "off"
    else:
        on = chosen.value("NextPlot") != "add"
    for side in (chosen, chosen.twin):
        if side is not None:
            side.values["NextPlot"] = "add" if on else "replace"


@builtin
def ishold(session, ax=None, /):
    """
    tf = ishold
    tf = ishold(ax)

    Whether hold is on.

    Examples
      >> hold on; ishold
      ans =
        logical
         1
      figure 1: empty axes

    See also hold.
    """
    chosen = axes_first((ax,))[0] if ax is not None else session.desk.current_axes()
    return chosen is not None and chosen.value("NextPlot") == "add"


@builtin
def yyaxis(session, /, *args):
    """
    yyaxis left
    yyaxis right
    yyaxis(ax, side)

    Give an axes two y-axes; what follows is drawn, labelled and limited on the side that is named.

    Examples
      >> yyaxis left, plot(1:3); ylabel('loss'); yyaxis right, plot([90 95 99]); ylabel('accuracy'); ylim([0 100])
      figure 1: axes 1: line 3 points, ylabel 'loss'; axes 2: line 3 points, ylabel 'accuracy'
      >> yyaxis(gca, 'left'); ylim
      ans =
           1     3

    See also plot, ylabel, ylim, hold.
    """
    chosen, rest = axes_first(args)
    if len(rest) != 1:
        raise ScriptError("MATLAB:yyaxis:args", "yyaxis takes 'left' or 'right'.")
    side = take.choice(rest[0], ("left", "right"), "yyaxis", "the side")
    chosen = chosen or session.desk.current_axes()
    if chosen.twin is None:
        chosen.split()
    session.desk.select(chosen if chosen.left_side() == (side == "left") else chosen.twin)

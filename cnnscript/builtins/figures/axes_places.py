"""Axes: make and choose them, in subplots and tiled layouts; hold."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, several_axes
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, graphics_of, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import TiledLayout
from cnnscript.values.numeric import norm
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
            parent.alive()
        values, named = without_parent(rest)
        given = pairs(tuple(values), "axes")
        chosen = session.desk.new_axes(named or parent)
        set_pairs(chosen, given)
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
    return wrap(session.desk.current_axes().primary())


@builtin(outputs=1)
def subplot(session, nargout, /, *args):
    """
    subplot(m, n, p)
    subplot(mnp)
    subplot(m, n, p, 'replace')
    subplot(m, n, p, ax)
    subplot(Position=pos)
    subplot(ax)
    ax = subplot(...)

    Divide the figure into m-by-n cells and make the axes in cell p the current one.

    Cells are counted along rows; a vector p takes several. Axes that lie under a new one are deleted. With ax that
    axes is moved there.

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
        set_pairs(chosen, pairs(rest, "subplot"))
        return wrap(chosen) if nargout else None
    values, parent = without_parent(rest)
    if parent is not None:
        desk.select(parent.up("figure"))
    if not values:
        values = [1.0, 1.0, 1.0]
    if (word := text_or_none(values[0])) is not None and word.lower() == "position" and len(values) > 1:
        box = tuple(take.numbers(values[1], "subplot", "Position", 4))
        made, given = desk.axes_at(box, cell=False, parent=parent), values[2:]
    elif len(values) == 1 or text_or_none(values[1]) is not None:
        number = int(word) if word is not None and word.isdigit() else take.count(values[0], "subplot", "mnp")
        rows, columns, place = number // 100, number // 10 % 10, number % 10
        made, given = place_subplot(desk, rows, columns, [place], False, parent=parent), values[1:]
    else:
        if len(values) < 3:
            raise ScriptError(
                "MATLAB:subplot:MissingArgs", "subplot takes rows, columns and a place, such as subplot(2,2,1)."
            )
        rows, columns = (whole(value) for value in values[:2])
        if text_or_none(values[2]) is not None:  # the command form
            places = [whole(values[2])]
        else:
            places = [take.count(n, "subplot", "p") for n in take.numbers(values[2], "subplot", "p")]
        given = values[3:]
        replace, moving = False, None
        if given and isinstance(given[0], Handle) and isinstance(given[0].graphic, Axes):
            moving, given = given[0].graphic, given[1:]
            moving.alive()
        while given and (option := (text_or_none(given[0]) or "").lower()) in ("replace", "align", "v6"):
            replace = replace or option == "replace"
            given = given[1:]
        made = place_subplot(desk, rows, columns, places, replace, moving, parent)
    set_pairs(made, pairs(tuple(given), "subplot"))
    return wrap(made) if nargout else None


def whole(value: Any) -> int:
    """A number given as such, or as the text of the command form."""
    word = text_or_none(value)
    return int(word) if word is not None and word.isdigit() else take.count(value, "subplot", "the grid")


def without_parent(args: tuple) -> tuple[list[Any], Any]:
    """The arguments of subplot without 'Parent' and what follows it, and that parent."""
    values, parent = list(args), None
    for at in range(len(values) - 2, -1, -1):
        if (text_or_none(values[at]) or "").lower() == "parent" and isinstance(values[at + 1], Handle):
            parent = values[at + 1].graphic
            parent.alive()
            del values[at : at + 2]
    return values, parent


def place_subplot(
    desk: Any,
    rows: int,
    columns: int,
    places: list[int],
    replace: bool,
    moving: Axes | None = None,
    parent: Any = None,
) -> Axes:
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
    return desk.subplot(rows, columns, first, last, replace, moving, parent)


@builtin(outputs=1)
def tiledlayout(session, nargout, /, *args):
    """
    tiledlayout(m, n)
    tiledlayout('flow')
    tiledlayout(parent, ...)
    tiledlayout(..., Name=Value)
    t = tiledlayout(...)

    A grid for axes, which nexttile fills.

    'flow' makes as many tiles as are asked for; 'vertical' and 'horizontal' stack them. Properties: TileSpacing and
    Padding ('loose', 'compact', 'tight', 'none'), TileIndexing ('rowmajor', 'columnmajor'). parent: a figure, or a
    layout in whose next tile this one is put.

    Examples
      >> t = tiledlayout(2, 2, TileSpacing='compact'); nexttile; imshow(ones(2)); title(t, 'All')
      figure 1: image 2x2; title of all 'All'
      >> tiledlayout('flow'); nexttile; imshow(ones(3)); nexttile; imshow(zeros(3))
      figure 1: axes 1: image 3x3; axes 2: image 3x3

    See also nexttile, subplot.
    """
    values, parent = list(args), None
    if values and isinstance(values[0], Handle):
        holder = values.pop(0).graphic
        holder.alive()
        if holder.kind != "figure":
            parent = holder
        session.desk.select(holder.up("figure") or figure_of(session, wrap(holder), "tiledlayout"))
    word = text_or_none(values[0]) if values else "flow"
    if word is not None and word.lower() in ("flow", "vertical", "horizontal"):
        made = session.desk.tiled_layout(word.lower(), parent=parent)
        rest = values[1:]
    else:
        if len(values) < 2:
            raise ScriptError("MATLAB:tiledlayout:args", "tiledlayout takes rows and columns, or 'flow'.")
        rows, columns = (take.count(value, "tiledlayout", "the grid") for value in values[:2])
        if not rows or not columns:
            raise ScriptError(
                "MATLAB:tiledlayout:args", "Rows and columns of a tiled layout must be positive integers."
            )
        made, rest = session.desk.tiled_layout("fixed", rows, columns, parent), values[2:]
    set_pairs(made, pairs(tuple(rest), "tiledlayout"))
    return wrap(made) if nargout else None


@builtin(outputs=1)
def nexttile(session, nargout, /, *args):
    """
    nexttile
    nexttile(k)
    nexttile([rows cols])
    nexttile(k, [rows cols])
    nexttile(side)
    nexttile(t, ...)
    ax = nexttile(...)

    An axes in the next free tile of a tiled layout, in tile k, over several tiles, or at a side of the layout
    ('north', 'south', 'east', 'west').

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
    if values and text_or_none(values[0]) is not None and not text_or_none(values[0]).isdigit():
        side = take.choice(values[0], ("north", "south", "east", "west"), "nexttile", "the tile")
        made = session.desk.side_tile(tiles, side)
        return wrap(made) if nargout else None
    for value in values:
        if (word := text_or_none(value)) is not None and word.isdigit():
            value = float(word)
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
def tilenum(session, h, row=None, column=None, /):
    """
    n = tilenum(objects)
    n = tilenum(t, row, col)

    The number of the tile in which axes, colorbars or legends stand, or of a place in a layout; NaN for what stands in
    no tile.

    Examples
      >> t = tiledlayout(2, 3); nexttile; ax = nexttile(5); n = [tilenum(ax) tilenum(t, 2, 3)]
      n =
           5     6
      figure 1: axes 1: empty axes; axes 2: empty axes

    See also tilerowcol, nexttile, tiledlayout.
    """
    found = graphics_of(h)
    if row is None:
        numbers = [float(each.span[0] + 1) if getattr(each, "span", None) else np.nan for each in found]
        return norm(np.array([numbers]).T)
    tiles = layout_of(found, "tilenum")
    rows, columns = (np.asarray(take.counts(value, "tilenum", "the place", None)) for value in (row, column))
    high, wide = tiles.grid()
    if rows.size != columns.size or rows.min(initial=1) < 1 or columns.min(initial=1) < 1:
        raise ScriptError("MATLAB:graphics:tilenum:place", "Rows and columns are positive integers, as many of each.")
    if rows.max(initial=1) > high or columns.max(initial=1) > wide:
        raise ScriptError("MATLAB:graphics:tilenum:place", f"The layout has {high} rows and {wide} columns of tiles.")
    down = tiles.value("TileIndexing") == "columnmajor"
    made = (columns - 1) * high + rows if down else (rows - 1) * wide + columns
    return norm(made.astype(float).reshape(np.shape(row) or (1, 1), order="F"))


@builtin(outputs=2)
def tilerowcol(session, nargout, h, number=None, /):
    """
    [row, col] = tilerowcol(t, n)
    [row, col] = tilerowcol(objects)

    Row and column of a tile, or of the tiles in which axes stand.

    Examples
      >> t = tiledlayout(2, 3); [row, col] = tilerowcol(t, 5)
      row =
           2
      col =
           2
      figure 1: empty

    See also tilenum, nexttile, tiledlayout.
    """
    found = graphics_of(h)
    if number is None:
        nowhere = (np.nan, np.nan)
        at = [holder_of(each).place(each.span[0]) if getattr(each, "span", None) else nowhere for each in found]
    else:
        tiles = layout_of(found, "tilerowcol")
        at = [tiles.place(n - 1) for n in take.counts(number, "tilerowcol", "the tile", None)]
    places = np.array(at, float).reshape(-1, 2) + 1
    shape = (-1, 1) if number is None else np.shape(number) or (1, 1)
    row, column = (norm(places[:, k].reshape(shape, order="F")) for k in (0, 1))
    return (row, column) if nargout > 1 else row


def layout_of(found: list[Any], function: str) -> TiledLayout:
    if len(found) != 1 or not isinstance(found[0], TiledLayout):
        raise ScriptError(f"MATLAB:graphics:{function}:target", f"{function} takes a tiled layout.")
    return found[0]


def holder_of(node: Any) -> TiledLayout:
    while not isinstance(node, TiledLayout):
        node = node.parent
    return node


@builtin(outputs=1)
def newplot(session, nargout, ax=None, /):
    """
    newplot
    newplot(ax)
    ax = newplot(...)

    Make an axes ready for a plot: emptied, unless hold is on or its NextPlot says otherwise.

    Examples
      >> plot(1:3); hold on; ax = newplot; numel(ax.Children)
      ans =
           1
      figure 1: line 3 points

    See also hold, axes, cla.
    """
    chosen = axes_first((ax,))[0] if ax is not None else None
    made = session.desk.newplot(chosen)
    session.desk.select(made)
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
    if many := several_axes(args):
        for each in many:
            cla(session, each, *args[1:])
        return
    chosen, rest = axes_first(args)
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
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
    if on:
        chosen.up("figure").values["NextPlot"] = "add"


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

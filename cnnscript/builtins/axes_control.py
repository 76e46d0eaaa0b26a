"""Axes: make and choose them, hold, limits, ticks, grids, aspect."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins import picture_arguments as take
from cnnscript.builtins.figure_windows import figure_of
from cnnscript.builtins.handles import Handle, axes_first, from_script, graphics_of, pairs, set_pairs, to_script, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.kinds import Axes
from cnnscript.pictures.plots import TiledLayout
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.text import cell_of_texts, text_or_none


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
      >> subplot(Position=[0.1 0.1 0.2 0.2]); ax = subplot(ax);

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
        number = (
            int(float(word)) if word is not None and word.isdigit() else int(take.number(values[0], "subplot", "mnp"))
        )
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
        places = [
            int(n)
            for n in take.numbers(
                values[2] if text_or_none(values[2]) is None else float(text_or_none(values[2])), "subplot", "p"
            )
        ]
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
    return int(float(word)) if word is not None else int(take.number(value, "subplot", "the grid"))


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
      figure 1: image 2x2, title of all 'All'
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
            span = (int(given[0]), int(given[1]))
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
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    if rest:
        on = take.choice(rest[0], ("on", "off", "all"), "hold", "the option") != "off"
    else:
        on = chosen.value("NextPlot") != "add"
    chosen.values["NextPlot"] = "add" if on else "replace"


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

    See also hold.
    """
    chosen = axes_first((ax,))[0] if ax is not None else session.desk.current_axes()
    return chosen.value("NextPlot") == "add"


# --------------------------------------------------------------------------------------------------------- limits and
# aspect
@builtin(outputs=1)
def axis(session, nargout, /, *args):
    """
    axis([xmin xmax ymin ymax])
    axis style
    axis(ax, ...)
    limits = axis

    Limits and look of an axes.

    Styles: off, on, equal, image (square pixels, close limits), tight, square, ij (row 1 on top), xy, auto, manual,
    normal, fill.

    Examples
      >> imagesc(magic(4)); axis image off
      figure 1: image 4x4
      >> axis([0 2 0 3]); limits = axis
      limits =
           0     2     0     3

    See also xlim, ylim, grid, axes.
    """
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    for value in rest:
        word = text_or_none(value)
        if word is not None:
            axis_style(chosen, word.lower())
            continue
        given = take.numbers(value, "axis", "the limits", (4, 6, 8))
        for letter, low, high in zip("XYZ", given[::2], given[1::2], strict=False):
            chosen.set(f"{letter}Lim", np.array([low, high]))
        if len(given) == 8:
            chosen.set("CLim", np.array(given[6:]))
    if not rest or nargout:
        return norm(np.r_[chosen.get("XLim"), chosen.get("YLim")].reshape(1, -1))
    return None


AUTO_LIMITS = {"XLimMode": "auto", "YLimMode": "auto", "ZLimMode": "auto"}
SHAPE_OFF = {"DataAspectRatioMode": "auto", "PlotBoxAspectRatioMode": "auto"}
SQUARE_DATA = {"DataAspectRatio": np.ones(3), "DataAspectRatioMode": "manual", "PlotBoxAspectRatioMode": "auto"}
STYLES: dict[str, dict[str, Any]] = {
    "off": {"Visible": False},
    "on": {"Visible": True},
    "equal": SQUARE_DATA,
    "image": {**SQUARE_DATA, **AUTO_LIMITS, "XLimitMethod": "tight", "YLimitMethod": "tight"},
    "tight": {**AUTO_LIMITS, "XLimitMethod": "tight", "YLimitMethod": "tight"},
    "padded": {**AUTO_LIMITS, "XLimitMethod": "padded", "YLimitMethod": "padded"},
    "tickaligned": {**AUTO_LIMITS, "XLimitMethod": "tickaligned", "YLimitMethod": "tickaligned"},
    "square": {"PlotBoxAspectRatio": np.ones(3), "PlotBoxAspectRatioMode": "manual", "DataAspectRatioMode": "auto"},
    "ij": {"YDir": "reverse"},
    "xy": {"YDir": "normal"},
    "auto": {**AUTO_LIMITS},
    "normal": SHAPE_OFF,
    "fill": SHAPE_OFF,
    "vis3d": {},
}


def axis_style(chosen: Axes, word: str) -> None:
    if word == "manual":
        frozen = {f"{letter}Lim": chosen.get(f"{letter}Lim") for letter in "XY"}
        chosen.values |= {**frozen, "XLimMode": "manual", "YLimMode": "manual"}
    elif word in STYLES:
        chosen.values |= STYLES[word]
    else:
        raise ScriptError(
            "MATLAB:axis:UnknownOption",
            f"Unknown command option: '{word}'.",
            notes=("styles: " + ", ".join([*STYLES, "manual"]),),
        )
    if word == "on":
        chosen.values["TickDir"] = chosen.values.get("TickDir", "in")
    chosen.touch()


def limit_function(session: Any, args: tuple, nargout: int, letter: str) -> Any:
    """xlim, ylim, zlim, clim: get, set, auto, manual."""
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    name = f"{letter}Lim"
    function = f"{letter.lower()}lim"
    if not rest:
        return norm(chosen.get(name).reshape(1, -1))
    word = text_or_none(rest[0])
    if word is None:
        chosen.set(name, np.array(take.numbers(rest[0], function, "the limits", 2)))
    else:
        mode = take.choice(
            rest[0], ("auto", "manual", "mode", "tight", "padded", "tickaligned"), function, "the option"
        )
        if mode == "mode":
            return chosen.value(f"{name}Mode")
        if mode in ("tight", "padded", "tickaligned"):
            chosen.values[f"{letter}LimitMethod"] = mode
            mode = "auto"
        if mode == "manual":
            chosen.values[name] = chosen.get(name)
        chosen.values[f"{name}Mode"] = mode
        chosen.touch()
    return norm(chosen.get(name).reshape(1, -1)) if nargout else None


def tick_function(session: Any, args: tuple, nargout: int, letter: str, suffix: str) -> Any:
    """xticks, xticklabels, xtickangle and their like."""
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    name = {"s": f"{letter}Tick", "labels": f"{letter}TickLabel", "angle": f"{letter}TickLabelRotation"}[suffix]
    if rest:
        word = text_or_none(rest[0])
        if word is not None and word.lower() in ("auto", "manual", "mode") and suffix != "angle":
            if word.lower() == "mode":
                return chosen.value(f"{name}Mode")
            if word.lower() == "manual":
                chosen.values[name] = chosen.get(name)
            chosen.values[f"{name}Mode"] = word.lower()
            chosen.touch()
        else:
            value = from_script(rest[0])
            if suffix == "labels":
                if not isinstance(value, (str, list)):
                    value = value if not is_cell(rest[0]) and np.size(value) else []
                # Fewer labels than ticks are given from the first on; MATLAB then fixes the ticks as well.
                chosen.values[f"{letter}Tick"] = chosen.get(f"{letter}Tick")
                chosen.values[f"{letter}TickMode"] = "manual"
            chosen.set(name, value)
    if rest and not nargout:
        return None
    found = chosen.get(name)
    return cell_of_texts(found) if suffix == "labels" else to_script(found)


def declare_axis_functions() -> None:
    """Declare xlim, ylim, zlim, xticks ... ztickangle, which differ in a letter."""
    for letter in "XYZ":
        low = letter.lower()

        declare_one(f"{low}lim", lambda session, args, nargout, letter=letter: limit_function(session, args, nargout,
        letter), f"""
            {low}lim([low high])
            {low}lim auto
            {low}lim(ax, ...)
            limits = {low}lim

            The limits of the {low}-axis.

            Examples
              >> {low}lim([0 4]); limits = {low}lim
              limits =
                   0     4
              figure 1: empty axes

            See also axis, {low}ticks.
            """)  # fmt: skip
        declare_one(f"{low}ticks", lambda session, args, nargout, letter=letter: tick_function(session, args, nargout,
        letter, "s"), f"""
            {low}ticks(values)
            {low}ticks auto
            {low}ticks(ax, ...)
            values = {low}ticks

            Where the ticks of the {low}-axis are.

            Examples
              >> {low}ticks([0 0.5 1]); values = {low}ticks
              values =
                       0    0.5000    1.0000
              figure 1: empty axes

            See also {low}ticklabels, {low}lim.
            """)  # fmt: skip
        declare_one(f"{low}ticklabels", lambda session, args, nargout, letter=letter: tick_function(session, args,
        nargout, letter, "labels"), f"""
            {low}ticklabels(labels)
            {low}ticklabels auto
            {low}ticklabels(ax, ...)
            labels = {low}ticklabels

            What is written at the ticks of the {low}-axis.

            Examples
              >> {low}ticks([0 1]); {low}ticklabels({{'no', 'yes'}}); labels = {low}ticklabels
              labels =
                2×1 cell array
                  {{'no' }}
                  {{'yes'}}
              figure 1: empty axes

            See also {low}ticks, {low}tickangle.
            """)  # fmt: skip
        declare_one(f"{low}tickangle", lambda session, args, nargout, letter=letter: tick_function(session, args,
        nargout, letter, "angle"), f"""
            {low}tickangle(degrees)
            {low}tickangle(ax, degrees)
            degrees = {low}tickangle

            How far the labels of the {low}-axis are turned.

            Examples
              >> {low}tickangle(45); degrees = {low}tickangle
              degrees =
                  45
              figure 1: empty axes

            See also {low}ticklabels.
            """)  # fmt: skip


def declare_one(word: str, work: Any, text: str) -> None:
    """Declare a built-in that takes any arguments and gives at most one value."""

    def function(session, nargout, /, *args):
        return work(session, args, nargout)

    function.__doc__ = text
    builtin(function, name=word, outputs=1)


declare_axis_functions()


@builtin
def grid(session, /, *args):
    """
    grid on
    grid off
    grid minor
    grid
    grid(ax, 'on')

    Lines across an axes at its ticks.

    Examples
      >> plot(1:3); grid on; ax = gca; ax.XGrid
      ans =
          'on'
      figure 1: line 3 points

    See also box, axis.
    """
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    word = take.choice(rest[0], ("on", "off", "minor"), "grid", "the option") if rest else None
    if word == "minor":
        names, on = ("XMinorGrid", "YMinorGrid"), not chosen.value("XMinorGrid")
    else:
        names, on = ("XGrid", "YGrid", "ZGrid"), word == "on" if word else not chosen.value("XGrid")
    for name in names:
        chosen.set(name, on)


@builtin
def box(session, /, *args):
    """
    box on
    box off
    box
    box(ax, 'on')

    Whether lines run all around an axes.

    Examples
      >> box on; ax = gca; ax.Box
      ans =
          'on'
      figure 1: empty axes

    See also grid, axis.
    """
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    chosen.set(
        "Box", take.choice(rest[0], ("on", "off"), "box", "the option") == "on" if rest else not chosen.value("Box")
    )


@builtin(outputs=1)
def daspect(session, nargout, /, *args):
    """
    daspect([x y z])
    daspect auto
    ratio = daspect

    How long a unit of x is drawn in terms of y and z.

    Examples
      >> daspect([1 2 1]); ratio = daspect
      ratio =
           1     2     1
      figure 1: empty axes

    See also pbaspect, axis.
    """
    return aspect(session, args, nargout, "DataAspectRatio", "daspect")


@builtin(outputs=1)
def pbaspect(session, nargout, /, *args):
    """
    pbaspect([x y z])
    pbaspect auto
    ratio = pbaspect

    The proportions of an axes' box.

    Examples
      >> pbaspect([2 1 1]); ratio = pbaspect
      ratio =
           2     1     1
      figure 1: empty axes

    See also daspect, axis.
    """
    return aspect(session, args, nargout, "PlotBoxAspectRatio", "pbaspect")


def aspect(session: Any, args: tuple, nargout: int, name: str, function: str) -> Any:
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    if rest and text_or_none(rest[0]) is not None:
        chosen.set(f"{name}Mode", take.choice(rest[0], ("auto", "manual"), function, "the option"))
    elif rest:
        chosen.set(name, np.array(take.numbers(rest[0], function, "the ratio", 3)))
    return norm(chosen.get(name).reshape(1, -1)) if nargout or not rest else None


@builtin
def view(session, /, *args):
    """
    view(2)
    view(3)
    view(az, el)
    view([az el])

    From where a surface is seen, in degrees around and above.

    Examples
      >> surf(magic(4)); view(30, 60); ax = gca; ax.View
      ans =
          30    60
      figure 1: surface 4x4

    See also surf.
    """
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    given = [n for value in rest for n in take.numbers(value, "view", "the view")]
    angles = {(2.0,): (0.0, 90.0), (3.0,): (-37.5, 30.0)}.get(tuple(given), tuple(given))
    if len(angles) != 2:
        raise ScriptError("MATLAB:view:args", "view takes 2, 3, or an azimuth and an elevation.")
    chosen.set("View", np.array(angles))


@builtin
def linkaxes(session, ax, dims=None, /):
    """
    linkaxes(ax)
    linkaxes(ax, dims)

    Give several axes the limits that hold the data of all; dims is 'x', 'y', 'xy' (the default) or 'off'.

    Examples
      >> a = subplot(1,2,1); plot([0 1], [0 1]); b = subplot(1,2,2); plot([0 5], [0 9]); linkaxes([a b]); a.XLim
      ans =
           0     5
      figure 1: axes 1: line 2 points; axes 2: line 2 points

    See also xlim, ylim, subplot.
    """
    every = [graphic for graphic in graphics_of(ax) if isinstance(graphic, Axes)]
    which = "xy" if dims is None else take.choice(dims, ("x", "y", "xy", "off"), "linkaxes", "dims")
    for letter in which.upper() if which != "off" else "":
        reach = np.array([one.get(f"{letter}Lim") for one in every])
        for one in every:
            one.set(f"{letter}Lim", np.array([reach[:, 0].min(), reach[:, 1].max()]))

"""Limits, ticks, grids and aspect of axes."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, several_axes
from cnnscript.builtins.figures.plot_data import Coordinates
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, property_value
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import camera, layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.stacked_chart import StackedLineChart
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.text import cell_of_texts, text_or_none
from cnnscript.values.times import Datetime, Duration


@builtin(outputs=3)
def axis(session, nargout, /, *args):
    """
    axis([xmin xmax ymin ymax])
    axis style
    axis(ax, ...)
    limits = axis
    [mode, visibility, direction] = axis('state')

    Limits and look of an axes.

    Styles: off, on, equal (limits widened until units are square), image (square units, close limits), tight,
    padded, tickaligned, square, ij (row 1 on top), xy, auto, manual, normal, fill, vis3d; 'auto x', 'tight xy' and
    their like for some axes only.

    Examples
      >> imagesc(magic(4)); axis image off
      figure 1: image 4x4
      >> axis([0 2 0 3]); limits = axis
      limits =
           0     2     0     3
      figure 1: image 4x4
      >> [mode, visibility, direction] = axis('state')
      mode =
          'auto z'
      visibility =
          'off'
      direction =
          'ij'

    See also xlim, ylim, grid, axes.
    """
    if many := several_axes(args):
        for each in many:
            axis(session, 0, each, *args[1:])
        return None
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    if len(rest) == 1 and (text_or_none(rest[0]) or "").lower() == "state":
        return state_of(chosen, nargout)
    for value in rest:
        word = text_or_none(value)
        if word is not None:
            for each in styles_in(word.lower()):
                for side in (chosen, chosen.twin):
                    if side is not None:
                        axis_style(side, each)
            continue
        given = take.numbers(value, "axis", "the limits")
        if len(given) not in (4, 6, 8):
            raise ScriptError(
                "MATLAB:axis:WrongNumberElements",
                "Vector must have 4, 6, or 8 elements.",
                notes=(f"got {len(given)}",),
            )
        for letter, low, high in zip("XYZ", given[::2], given[1::2], strict=False):
            chosen.set(f"{letter}Lim", np.array([low, high]))
        if len(given) == 8:
            chosen.set("CLim", np.array(given[6:]))
    if not rest or nargout:
        letters = "XYZ" if layout.in_space(chosen) else "XY"
        return norm(np.concatenate([chosen.get(f"{letter}Lim") for letter in letters]).reshape(1, -1))
    return None


def state_of(chosen: Axes, nargout: int) -> Any:
    """[mode, visibility, direction] = axis('state')"""
    modes = [chosen.value(f"{letter}LimMode") for letter in "XYZ"]
    automatic = "".join(letter for letter, mode in zip("xyz", modes, strict=True) if mode == "auto")
    mode = "auto" if automatic == "xyz" else "manual" if not automatic else f"auto {automatic}"
    found = (mode, "on" if chosen.value("Visible") else "off", "ij" if chosen.value("YDir") == "reverse" else "xy")
    return found[:nargout] if nargout > 1 else found[0]


def styles_in(text: str) -> list[str]:
    """The styles that a text names: one, or one and the letters of the axes it is for ('auto x', 'tight xy')."""
    words = text.split()
    if len(words) == 2 and words[0] in LETTERED and words[1] and set(words[1]) <= set("xyz"):
        return [f"{words[0]} {letter}" for letter in words[1]]
    return words if all(word in STYLES or word in ("manual", "tightequal") for word in words) and words else [text]


LETTERED = ("auto", "manual", "tight", "padded", "tickaligned")


AUTO_LIMITS = {"XLimMode": "auto", "YLimMode": "auto", "ZLimMode": "auto"}
SHAPE_OFF = {"DataAspectRatioMode": "auto", "PlotBoxAspectRatioMode": "auto"}
SQUARE_DATA = {"DataAspectRatio": np.ones(3), "DataAspectRatioMode": "manual", "PlotBoxAspectRatioMode": "auto"}
FROZEN = ("DataAspectRatio", "PlotBoxAspectRatio", "CameraViewAngle")
STYLES: dict[str, dict[str, Any]] = {
    "off": {"Visible": False},
    "on": {"Visible": True},
    "equal": {**SQUARE_DATA, "PlotBoxAspectRatioMode": "manual"},
    "image": {**SQUARE_DATA, **AUTO_LIMITS, "XLimitMethod": "tight", "YLimitMethod": "tight"},
    **{
        word: {**AUTO_LIMITS, **{f"{letter}LimitMethod": word for letter in "XYZ"}}
        for word in ("tight", "padded", "tickaligned")
    },
    "square": {"PlotBoxAspectRatio": np.ones(3), "PlotBoxAspectRatioMode": "manual", "DataAspectRatioMode": "auto"},
    "ij": {"YDir": "reverse"},
    "xy": {"YDir": "normal"},
    "auto": {**AUTO_LIMITS},
    "normal": SHAPE_OFF,
    "fill": SHAPE_OFF,
    "vis3d": {f"{name}Mode": "manual" for name in FROZEN},
}


def axis_style(chosen: Axes, word: str) -> None:
    style, _, letter = word.partition(" ")
    if letter in ("x", "y", "z") and style in LETTERED:
        set_limits(chosen, letter.upper(), style)
        chosen.touch()
        return
    if word == "tightequal":
        axis_style(chosen, "equal")
        word = "tight"
    if word == "tight" and chosen.value("DataAspectRatioMode") == "manual":
        # After axis equal the limits are those of the data, and the box is as they ask.
        chosen.values["PlotBoxAspectRatioMode"] = "auto"
    if word == "manual":
        for letter in "XYZ":
            chosen.set(f"{letter}Lim", chosen.get(f"{letter}Lim"))
    elif word in STYLES:
        if word == "vis3d":
            # The box keeps its proportions and size when it is turned.
            sides, spans = camera.box_sides(chosen), np.subtract(*camera.reach_of(chosen)[::-1])
            frozen = {"PlotBoxAspectRatio": sides, "DataAspectRatio": spans / sides}
            chosen.values |= {**frozen, "CameraViewAngle": chosen.get("CameraViewAngle")}
        chosen.values |= STYLES[word]
        if word == "equal":
            # The box keeps its shape: limits are widened until a unit of x is as long as one of y.
            box = layout.axes_box(chosen)
            chosen.values["PlotBoxAspectRatio"] = np.array((box.width, box.height, min(box.width, box.height)))
    else:
        raise ScriptError(
            "MATLAB:axis:UnknownOption",
            f"Unknown command option: '{word}'.",
            notes=("styles: " + ", ".join([*STYLES, "manual"]),),
        )
    if word == "on":
        chosen.values["TickDir"] = chosen.values.get("TickDir", "in")
    chosen.touch()


def set_limits(chosen: Axes, letter: str, mode: str) -> None:
    """Let limits be found by a method, or stay as they are ('manual')."""
    chosen = chosen.primary() if letter == "X" else chosen
    if mode in ("tight", "padded", "tickaligned"):
        chosen.values[f"{letter}LimitMethod"] = mode
        mode = "auto"
    if mode == "manual":
        chosen.values[f"{letter}Lim"] = chosen.get(f"{letter}Lim")
    chosen.values[f"{letter}LimMode"] = mode


def on_axis(value: Any, function: str, what: str, count: int | None = None) -> np.ndarray:
    """Numbers, dates, lengths of time or categories along an axis, as numbers."""
    if isinstance(value, (Datetime, Duration)):
        days = Coordinates(value, function, what).values.ravel(order="F")
        if count is not None and days.size != count:
            raise take.refusal(function, what, f"{count} elements", value)
        return days
    return np.array(take.numbers(value, function, what, count))


def stacked(chosen: Axes) -> list[Axes]:
    """The axes that show one x-axis: all those of a chart of stacked plots, of which the current one is only a part."""
    return chosen.parent.plots() if isinstance(chosen.parent, StackedLineChart) else [chosen]


def limit_function(session: Any, args: tuple, nargout: int, letter: str) -> Any:
    """xlim, ylim, zlim, clim: get, set, auto, manual."""
    if many := several_axes(args):
        for each in many:
            limit_function(session, (each, *args[1:]), 0, letter)
        return None
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    name = "ColorLimits" if letter == "C" and chosen.kind == "heatmap" else f"{letter}Lim"
    function = f"{letter.lower()}lim"
    if not rest:
        return property_value(chosen, name)
    word = text_or_none(rest[0])
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    several = stacked(chosen) if letter == "X" else [chosen]
    if word is None:
        for each in several:
            each.set(name, on_axis(rest[0], function, "the limits", 2))
    else:
        mode = take.choice(
            rest[0], ("auto", "manual", "mode", "tight", "padded", "tickaligned", "method"), function, "the option"
        )
        if mode == "mode":
            return chosen.value(f"{name}Mode")
        if mode == "method":
            return chosen.value(f"{letter}LimitMethod") if letter != "C" else "tickaligned"
        if name == "ColorLimits":
            chosen.set(name if mode == "manual" else f"{name}Mode", chosen.get(name) if mode == "manual" else "auto")
        else:
            for each in several:
                set_limits(each, letter, mode)
        chosen.touch()
    return property_value(chosen, name) if nargout else None


def tick_function(session: Any, args: tuple, nargout: int, letter: str, suffix: str) -> Any:
    """xticks, xticklabels, xtickangle and their like."""
    if many := several_axes(args):
        for each in many:
            tick_function(session, (each, *args[1:]), 0, letter, suffix)
        return None
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    name = {"s": f"{letter}Tick", "labels": f"{letter}TickLabel", "angle": f"{letter}TickLabelRotation"}[suffix]
    if rest:
        word = text_or_none(rest[0])
        if word is not None and suffix == "angle":
            mode = take.choice(rest[0], ("auto", "manual", "mode"), f"{letter.lower()}tickangle", "the option")
            if mode == "mode":
                return chosen.value(f"{name}Mode")
            if mode == "manual":
                chosen.values[name] = chosen.get(name)
            chosen.values[f"{name}Mode"] = mode
            chosen.touch()
        elif word is not None and word.lower() in ("auto", "manual", "mode"):
            if word.lower() == "mode":
                return chosen.value(f"{name}Mode")
            if word.lower() == "manual":
                chosen.values[name] = chosen.get(name)
            chosen.values[f"{name}Mode"] = word.lower()
            chosen.touch()
        else:
            value = from_script(rest[0])
            if isinstance(value, (Datetime, Duration)):
                value = on_axis(value, f"{letter.lower()}ticks", "the ticks")
            if suffix == "labels":
                if not isinstance(value, (str, list)):
                    value = value if not is_cell(rest[0]) and np.size(value) else []
                # Fewer labels than ticks are given from the first on; MATLAB then fixes the ticks as well.
                chosen.values[f"{letter}Tick"] = chosen.get(f"{letter}Tick")
                chosen.values[f"{letter}TickMode"] = "manual"
            chosen.set(name, value)
    if rest and not nargout:
        return None
    return cell_of_texts(chosen.get(name)) if suffix == "labels" else property_value(chosen, name)


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
    if many := several_axes(args):
        for each in many:
            grid(session, each, *args[1:])
        return
    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    word = take.choice(rest[0], ("on", "off", "minor"), "grid", "the option") if rest else None
    if word == "minor":
        names, on = ("XMinorGrid", "YMinorGrid", "ZMinorGrid"), not chosen.value("XMinorGrid")
    else:
        names, on = ("XGrid", "YGrid", "ZGrid"), word == "on" if word else not chosen.value("XGrid")
    for each in stacked(chosen):
        for name in names:
            each.set(name, on)


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
    if many := several_axes(args):
        for each in many:
            box(session, each, *args[1:])
        return
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
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if rest and text_or_none(rest[0]) is not None:
        word = take.choice(rest[0], ("auto", "manual", "mode"), function, "the option")
        if word == "mode":
            return chosen.value(f"{name}Mode")
        if word == "manual":
            chosen.values[name] = chosen.get(name)
        chosen.set(f"{name}Mode", word)
    elif rest:
        chosen.set(name, np.array(take.numbers(rest[0], function, "the ratio", 3)))
    return norm(chosen.get(name).reshape(1, -1)) if nargout or not rest else None

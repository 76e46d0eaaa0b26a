"""Plots of angles and distances: polarplot, polarscatter, polarhistogram, polar, rose, compass, feather."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, name_sides, of_table, series
from cnnscript.builtins.figures.plot_functions import asked, expression, is_function
from cnnscript.builtins.figures.plot_histograms import check_counts, second_argument
from cnnscript.builtins.figures.plot_lines import grouped, parent_of, read_line_spec, spec_refused
from cnnscript.builtins.figures.plot_points import is_colour, paired
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, from_script, to_script, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.polar import PolarAxes, PolarBubble, PolarHistogram, PolarLine, PolarScatter
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.take import require_count
from cnnscript.values.text import text_or_none

ARROW = np.array([0, 1, 0.8, 1, 0.8]) + 1j * np.array([0, 0, 0.08, 0, -0.08])  # from the tail to both sides of the head


@builtin(outputs=1)
def polaraxes(session, nargout, /, *args):
    """
    polaraxes
    polaraxes(Name=Value)
    polaraxes(parent, ...)
    polaraxes(pax)
    pax = polaraxes(...)

    Make polar axes, or make those given the current ones.

    Properties: ThetaLim, RLim, ThetaTick, RTick, ThetaTickLabel, RTickLabel, ThetaZeroLocation ('right', 'top', 'left',
    'bottom'), ThetaDir ('counterclockwise', 'clockwise'), ThetaAxisUnits ('degrees', 'radians'), RAxisLocation, RDir,
    RGrid, ThetaGrid.

    Examples
      >> pax = polaraxes(ThetaZeroLocation='top'); pax.ThetaLim
      ans =
           0   360
      figure 1: empty axes

    See also polarplot, rlim, thetalim, axes.
    """
    values = list(args)
    parent = None
    if values and isinstance(values[0], Handle):
        graphic = values.pop(0).graphic
        if isinstance(graphic, PolarAxes):
            session.desk.select(graphic)
            return wrap(graphic) if nargout else None
        parent = graphic
    given = tried(PolarAxes, [pair for pair in pairs(tuple(values), "polaraxes") if pair[0].lower() != "parent"])
    parent = next((from_script(v) for word, v in pairs(tuple(values), "polaraxes") if word.lower() == "parent"), parent)
    made = PolarAxes(parent or session.desk.current_figure())
    session.desk.select(made)
    set_pairs(made, given)
    return wrap(made) if nargout else None


def polar_place(session: Any, axes: Axes | None) -> Axes:
    return session.desk.newplot(axes, PolarAxes)


@builtin(outputs=1)
def polarplot(session, nargout, /, *args):
    """
    polarplot(theta, rho)
    polarplot(theta, rho, spec)
    polarplot(theta1, rho1, spec1, theta2, rho2, spec2)
    polarplot(rho)
    polarplot(Z)
    polarplot(tbl, thetavar, rhovar)
    polarplot(pax, ...)
    polarplot(..., Name=Value)
    p = polarplot(...)

    Lines through points given by angles in radians and distances; rho alone goes once around, complex numbers are
    points in the plane.

    Examples
      >> p = polarplot([0 pi/2 pi], [1 2 1], 'r--'); pax = gca; pax.RLim
      ans =
           0     2
      figure 1: line 3 points

    See also polaraxes, polarscatter, polarhistogram, compass.
    """
    axes, rest = axes_first(args)
    rest, named = of_table(rest, "polarplot", "XY")
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("polarplot(theta, rho)",))
    groups, tail = grouped(rest)
    given = pairs(tail, "polarplot")
    axes, given = parent_of(given, axes)
    tried(PolarLine, given)
    each = []
    for theta, rho, spec in groups:
        r = np.asarray(Coordinates(rho, "plot", "rho").values)
        if theta is None and r.dtype.kind == "c":
            columns = [r.ravel(order="F")] if min(r.shape) <= 1 else list(r.T)
            each += [(np.angle(column), np.abs(column), spec) for column in columns]
        elif theta is None:
            each += [(2 * np.pi * (at - 1) / max(at.size - 1, 1), up, spec) for at, up in series(None, r.real)]
        else:
            each += [(*pair, spec) for pair in series(Coordinates(theta, "polarplot", "theta").values, r.real)]
    axes = polar_place(session, axes)
    made = []
    for theta, r, spec in each:
        line = PolarLine(axes, XData=theta, YData=r)
        showing.follow(axes, line, styled="LineStyle" not in spec, coloured="Color" not in spec)
        for name, value in spec.items():
            line.set(name, value)
        set_pairs(line, given)
        made.append(line)
    for one, name in zip(made, named.get("Y", []), strict=False):
        one.values["DisplayName"] = name
    axes.touch()
    return wrap_list(made) if nargout else None


def polar_points(session: Any, nargout: int, args: tuple, function: str, kind: type[plots.Scatter]) -> Any:
    axes, rest = axes_first(args)
    letters = "XYS" if kind is PolarBubble else "XY"
    rest, named = of_table(rest, function, letters)
    values = list(rest)
    if len(values) < len(letters):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(theta, rho)",))
    theta, rho = (Coordinates(value, function, "theta and rho").values for value in values[:2])
    sets, values = paired(theta, rho, function), values[2:]
    properties: dict[str, Any] = {}
    if values and text_or_none(values[0]) is None:
        size = np.asarray(take.pixels(values.pop(0), function, "the size"), float)
        if size.size:
            properties["SizeData"] = size
        if values and (text_or_none(values[0]) is None or is_colour(values[0])):
            properties["CData"] = from_script(values.pop(0))
    filled = kind is PolarBubble
    while values and (word := text_or_none(values[0])) is not None:
        if word.lower() == "filled":
            filled = True
        elif (spec := read_line_spec(word)) is not None:
            properties |= {"CData" if name == "Color" else name: v for name, v in spec.items() if name != "LineStyle"}
        else:
            break
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), function), axes)
    tried(kind, given)
    axes = polar_place(session, axes)
    made = []
    for angle, r in sets:
        one = kind(axes, XData=angle, YData=r)
        if "CData" not in properties:
            showing.follow(axes, one)
        for name, value in properties.items():
            one.set(name, value)
        if filled:
            one.set("MarkerFaceColor", "flat")
        set_pairs(one, given)
        made.append(one)
    name_sides(axes, {letter: names for letter, names in named.items() if letter == "Y"} if len(made) > 1 else {}, made)
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def polarscatter(session, nargout, /, *args):
    """
    polarscatter(theta, rho)
    polarscatter(theta, rho, size)
    polarscatter(theta, rho, size, colour)
    polarscatter(..., 'filled')
    polarscatter(..., marker)
    polarscatter(pax, ...)
    polarscatter(..., Name=Value)
    ps = polarscatter(...)

    Points at angles in radians and distances; otherwise as scatter.

    Examples
      >> polarscatter([0 1 2], [1 2 3], 'filled')
      figure 1: scatter 3 points

    See also polarplot, scatter.
    """
    return polar_points(session, nargout, args, "polarscatter", PolarScatter)


@builtin(outputs=1)
def polarbubblechart(session, nargout, /, *args):
    """
    polarbubblechart(theta, rho, size)
    polarbubblechart(theta, rho, size, colour)
    polarbubblechart(pax, ...)
    polarbubblechart(..., Name=Value)
    b = polarbubblechart(...)

    Bubbles at angles in radians and distances; otherwise as bubblechart.

    Examples
      >> polarbubblechart([0 1 2], [1 2 3], [5 10 20])
      figure 1: bubblechart 3 points

    See also bubblechart, polarscatter.
    """
    return polar_points(session, nargout, args, "polarbubblechart", PolarBubble)


@builtin(outputs=1)
def polarhistogram(session, nargout, /, *args):
    """
    polarhistogram(theta)
    polarhistogram(theta, nbins)
    polarhistogram(theta, edges)
    polarhistogram(BinEdges=edges, BinCounts=counts)
    polarhistogram(pax, ...)
    polarhistogram(..., Name=Value)
    h = polarhistogram(...)

    How often angles (in radians) occur, in bins that are slices of a circle.

    Examples
      >> h = polarhistogram([0.1 0.2 3], 4); h.Values
      ans =
           2     1     0     0
      figure 1: histogram 4 bins

    See also histogram, rose, polarplot.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("polarhistogram(theta)",))
    values = list(rest)
    data = values.pop(0) if text_or_none(values[0]) is None else None
    bins = second_argument(data, values.pop(0)) if data is not None and len(values) % 2 else {}
    axes, given = parent_of(pairs(tuple(values), "polarhistogram"), axes)
    settings = {**bins, **{PolarHistogram.find_name(name): value for name, value in given}}
    settings = {name: from_script(value) for name, value in settings.items()}
    check_counts(settings, data)
    tried(PolarHistogram, list(settings.items()))
    angles = np.zeros(0) if data is None else np.asarray(take.pixels(data, "polarhistogram", "theta"), float)
    axes = polar_place(session, axes)
    made = PolarHistogram(axes, Data=np.mod(angles, 2 * np.pi) if "BinEdges" not in settings else angles)
    showing.follow(axes, made)
    for name, value in settings.items():
        made.set(name, value)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def polar(session, nargout, /, *args):
    """
    polar(theta, rho)
    polar(theta, rho, spec)
    polar(ax, ...)
    h = polar(...)

    A line through points given by angles in radians and distances; polarplot is the newer function.

    Examples
      >> polar([0 1 2], [1 2 3], '--r')
      figure 1: line 3 points

    See also polarplot.
    """
    axes, rest = axes_first(args)
    if not 1 <= len(rest) <= 3:
        few = not rest
        raise ScriptError(
            "MATLAB:polar:InvalidDataInputs" if few else "MATLAB:maxrhs",
            "Not enough input arguments." if few else "Too many input arguments.",
        )
    made = polarplot(session, 1, *(args[:1] if axes is not None else ()), *rest)
    return made if nargout else None


@builtin(outputs=2)
def rose(session, nargout, /, *args):
    """
    rose(theta)
    rose(theta, nbins)
    rose(theta, x)
    rose(ax, ...)
    [tout, rout] = rose(...)

    How often angles (in radians) occur in 20 slices of a circle, or about the middles x; with outputs the outline for
    polar.

    Examples
      >> [t, r] = rose([0.1 0.2 4], 2); r
      r =
           0     2     2     0     0     1     1     0
      >> rose([0.1 0.2 3])
      figure 1: line 80 points

    See also polarhistogram, polar.
    """
    axes, rest = axes_first(args)
    require_count(rest, 1, 2)
    angles = np.mod(np.asarray(take.pixels(rest[0], "rose", "theta"), float).ravel(order="F"), 2 * np.pi)
    where = np.array(take.numbers(rest[1], "rose", "the bins")) if len(rest) == 2 else np.array([20.0])
    if not where.size:
        raise take.refusal("rose", "the bins", "a number or numbers", rest[1])
    if where.size == 1:
        count = take.count(float(where[0]), "rose", "the number of bins")
        if count < 1:
            raise take.refusal("rose", "the number of bins", "a positive integer", rest[1])
        where = (np.arange(count) * 2 + 1) * np.pi / count
    where = np.sort(np.mod(where, 2 * np.pi))
    edges = np.mod(np.r_[where[-1] - 2 * np.pi, where[:-1]] / 2 + where / 2, 2 * np.pi)
    edges = np.r_[edges, edges[0]]
    begin = edges[0]
    counts = np.histogram(np.mod(angles - begin, 2 * np.pi), np.r_[np.mod(edges[:-1] - begin, 2 * np.pi), 2 * np.pi])[0]
    outline = np.zeros((4, counts.size))
    outline[1], outline[2] = counts, counts
    around = np.zeros((4, counts.size))
    around[0] = around[1] = edges[:-1]
    around[2] = around[3] = edges[1:]
    theta, r = around.ravel(order="F"), outline.ravel(order="F")
    if nargout > 1:
        return norm(theta.reshape(1, -1)), norm(r.reshape(1, -1))
    axes = polar_place(session, axes)
    made = PolarLine(axes, XData=theta, YData=r)
    showing.follow(axes, made)
    return wrap(made) if nargout else None


def arrows(args: tuple, function: str) -> tuple[Axes | None, np.ndarray, dict[str, Any]]:
    """compass and feather: [axes,] u, v or complex z, and a line spec."""
    axes, rest = axes_first(args)
    values = list(rest)
    spec: dict[str, Any] = {}
    if values and (word := text_or_none(values[-1])) is not None:
        read = read_line_spec(word)
        if read is None:
            raise spec_refused(word)
        spec = read
        values.pop()
    if not 1 <= len(values) <= 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(u, v)",))
    each = [np.asarray(as_array(value)) for value in values]
    if any(array.dtype.kind not in "fiubc" for array in each):
        raise take.refusal(function, "u and v", "numbers", values[0])
    if len(each) == 2 and each[0].size != each[1].size and 1 not in (each[0].size, each[1].size):
        raise ScriptError(
            f"MATLAB:{function}:InvalidInputs", "X and Y must be same length.",
            notes=(f"{each[0].size} and {each[1].size} elements",),
        )  # fmt: skip
    z = each[0].ravel(order="F") if len(each) == 1 else each[0].ravel(order="F") + 1j * each[1].ravel(order="F")
    return axes, np.asarray(z, complex), spec


@builtin(outputs=1)
def compass(session, nargout, /, *args):
    """
    compass(u, v)
    compass(Z)
    compass(..., spec)
    compass(ax, ...)
    c = compass(...)

    Arrows from the middle of a polar grid.

    Examples
      >> c = compass([1 0], [0 2]); numel(c)
      ans =
           2
      figure 1: line 5 points, line 5 points

    See also feather, quiver, polarplot.
    """
    axes, z, spec = arrows(args, "compass")
    axes = polar_place(session, axes)
    made = []
    paint = spec.get("Color") or showing.next_colour(axes)
    for each in z:
        points = ARROW * each
        line = PolarLine(axes, XData=np.angle(points), YData=np.abs(points), Color=paint)
        for name, value in spec.items():
            line.set(name, value)
        made.append(line)
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def feather(session, nargout, /, *args):
    """
    feather(u, v)
    feather(Z)
    feather(..., spec)
    feather(ax, ...)
    f = feather(...)

    Arrows from the points 1, 2, 3 ... of a level line.

    Examples
      >> feather([1 0], [0 2])
      figure 1: line 5 points, line 5 points, line 2 points

    See also compass, quiver.
    """
    axes, z, spec = arrows(args, "feather")
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    paint = spec.get("Color") or showing.next_colour(axes)
    made = []
    for k, each in enumerate(z, 1):
        points = ARROW * each + k
        made.append(plots.Line(axes, XData=points.real, YData=points.imag, Color=paint))
    made.append(plots.Line(axes, XData=np.array([1.0, max(len(z), 1)]), YData=np.zeros(2), Color=paint))
    for line in made[:-1]:
        for name, value in spec.items():
            line.set(name, value)
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def ezpolar(session, nargout, /, *args):
    """
    ezpolar(f)
    ezpolar(f, [tmin tmax])
    ezpolar(ax, ...)
    h = ezpolar(...)

    The curve of a function of the angle, from 0 to 2*pi.

    Examples
      >> ezpolar('1+cos(t)')
      figure 1: line 300 points, title 'r = 1+cos(t)'

    See also polarplot, ezplot.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("ezpolar(f)",))
    ends = take.numbers(rest[1], "ezpolar", "the interval", 2) if len(rest) > 1 else [0.0, 2 * np.pi]
    function, _, shown = expression(session, rest[0])
    if not is_function(function):
        raise take.refusal("ezpolar", "f", "a function", rest[0])
    theta = np.linspace(*ends, 300)
    r = asked(session, function, "ezpolar")(theta)
    axes = polar_place(session, axes)
    made = PolarLine(axes, XData=theta, YData=r)
    showing.follow(axes, made)
    axes.label("Title").values |= {"String": f"r = {shown}", "FontWeight": "normal"}
    axes.touch()
    return wrap(made) if nargout else None


# ----------------------------------------------------------------------------------------------------- polar settings
def polar_axes(session: Any, args: tuple, function: str) -> tuple[PolarAxes, tuple]:
    axes, rest = axes_first(args)
    axes = axes or session.desk.current_axes()
    if not isinstance(axes, PolarAxes):
        raise ScriptError(
            f"MATLAB:{function}:NotPolar", f"{function} needs polar axes.", notes=(f"got {axes.kind}",),
            hint="polarplot and polaraxes make polar axes",
        )  # fmt: skip
    return axes, rest


def setting(session: Any, nargout: int, args: tuple, function: str, name: str, modes: bool = True) -> Any:
    """Ask for or set a property of polar axes; 'auto', 'manual' and 'mode' are words of its mode."""
    axes, rest = polar_axes(session, args, function)
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if not rest:
        return to_script(axes.get(name))
    word = text_or_none(rest[0])
    if modes and word is not None and word.lower() in ("auto", "manual", "mode"):
        if word.lower() == "mode":
            return axes.value(f"{name}Mode")
        if word.lower() == "manual":
            axes.set(name, axes.get(name))
        else:
            axes.set(f"{name}Mode", "auto")
        return None
    value = rest[0]
    if isinstance(value, Categorical):
        value = from_script(value)
    axes.set(name, from_script(value))
    return None


SETTINGS = (
    ("rlim", "RLim", "limits of the distance", "[0 10]", "[0 10]", "     0    10"),
    ("thetalim", "ThetaLim", "limits of the angle, in degrees", "[0 180]", "[0 180]", "     0   180"),
    ("rticks", "RTick", "distances with circles", "[1 2]", "[1 2]", "     1     2"),
    ("thetaticks", "ThetaTick", "angles with spokes, in degrees", "[0 90]", "[0 90]", "     0    90"),
    ("rticklabels", "RTickLabel", "words at the circles", "{'a', 'b'}", "{}", ""),
    ("thetaticklabels", "ThetaTickLabel", "words at the spokes", "{'E', 'N'}", "{}", ""),
    ("rtickangle", "RTickLabelRotation", "turn of the words at the circles, in degrees", "45", "45", "    45"),
)


def declare(function: str, name: str, what: str, example: str, wanted: str, shown: str) -> None:
    """Declare one of the functions that ask for or set a property of polar axes."""

    def made(session, nargout, /, *args):
        return setting(session, nargout, args, function, name, modes=name != "RTickLabelRotation")

    lines = [f"{function}(value)", f"value = {function}", f"{function}(pax, ...)"]
    if name != "RTickLabelRotation":
        lines.insert(1, f"{function} mode")
    words = "" if name == "RTickLabelRotation" else " The modes are 'auto' and 'manual'; 'mode' tells which holds."
    tail = (
        f"  >> polarplot([0 1], [1 3]); {function}({example}); v = {function}\n  v =\n  {shown}\n"
        "  figure 1: line 2 points"
        if shown
        else f"  >> polarplot([0 1], [1 3]); {function}({example}); v = {function}; v{{1}}\n  ans =\n      "
        f"{example[1:4]}\n  figure 1: line 2 points"
    )
    made.__doc__ = (
        "\n".join(lines)
        + f"\n\nThe {what} of polar axes.{words}\n\nExamples\n{tail}\n\nSee also polaraxes, polarplot.\n"
    )
    made.__name__ = function
    builtin(made, name=function, outputs=1)


for entry in SETTINGS:
    declare(*entry)


def tick_format(session: Any, nargout: int, args: tuple, function: str, name: str) -> Any:
    axes, rest = polar_axes(session, args, function)
    if not rest:
        return axes.value(name)
    word = take.word(rest[0], function, "the format")
    known = {"degrees": "%g\N{DEGREE SIGN}", "usd": "$%,.2f", "percentage": "%g%%", "auto": "%g"}
    form = known.get(word.lower(), word)
    try:
        form % 1.0
    except (TypeError, ValueError):
        raise take.refusal(function, "the format", "a format for one number, such as '%.2f'", rest[0]) from None
    axes.set(name, form)
    return None


@builtin(outputs=1)
def rtickformat(session, nargout, /, *args):
    """
    rtickformat(fmt)
    fmt = rtickformat
    rtickformat(pax, ...)

    How the numbers at the circles of polar axes are written, such as '%.1f', 'percentage' or 'degrees'.

    Examples
      >> polarplot([0 1], [1 2]); rtickformat('%.1f'); pax = gca; pax.RTickLabel{end}
      ans =
          '2.0'
      figure 1: line 2 points

    See also rticks, thetatickformat.
    """
    return tick_format(session, nargout, args, "rtickformat", "RTickFormat")


@builtin(outputs=1)
def thetatickformat(session, nargout, /, *args):
    """
    thetatickformat(fmt)
    fmt = thetatickformat
    thetatickformat(pax, ...)

    How the numbers at the spokes of polar axes are written, such as '%.1f' or 'degrees'.

    Examples
      >> polarplot([0 1], [1 2]); thetatickformat('%.1f'); pax = gca; pax.ThetaTickLabel{1}
      ans =
          '0.0'
      figure 1: line 2 points

    See also thetaticks, rtickformat.
    """
    return tick_format(session, nargout, args, "thetatickformat", "ThetaTickFormat")

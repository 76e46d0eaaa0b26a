"""Curves of functions: fplot, fimplicit, ezplot; comet."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, series
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec, spec_refused
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap_list
from cnnscript.builtins.language.watched_runs import callable_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import curves, fields, plots, showing
from cnnscript.pictures.graphics import series as lines
from cnnscript.values.functions import Function
from cnnscript.values.inline_functions import Inline
from cnnscript.values.numeric import as_array, is_cell, norm
from cnnscript.values.take import require_count
from cnnscript.values.text import text_or_none
from cnnscript.values.warn import warn

ONE_VARIABLE = "Input must be a function or functions of a single variable."
NOT_VECTORIZED = (
    "Function behaves unexpectedly on array inputs. To improve performance, properly vectorize your function to return "
    "an output with the same size and shape as the input arguments."
)


def is_function(value: Any) -> bool:
    return type(value) is Function or isinstance(value, Inline)


def asked(session: Any, function: Any, name: str) -> Any:
    """A function of arrays of numbers, from a handle or a text; what is not real is NaN."""
    call = callable_of(session, function, name)
    told = [False]

    def values(*points: np.ndarray) -> np.ndarray:
        shape = points[0].shape
        found: Any = None
        if not told[0]:
            try:
                found = as_array(call(*(norm(point.reshape(1, -1)) for point in points)))
            except ScriptError:
                found = None
        if found is None or found.size != points[0].size:
            if not told[0] and points[0].size > 1:
                warn(f"MATLAB:{name}:NotVectorized", NOT_VECTORIZED)
                told[0] = True
            rows = zip(*(point.ravel().tolist() for point in points), strict=True)
            found = np.array([np.ravel(as_array(call(*row)))[0] for row in rows])
        found = np.asarray(found)
        if found.dtype.kind == "c":
            found = np.where(np.abs(found.imag) > 1e-12 * np.abs(found.real), np.nan, found.real)
        return found.astype(float).reshape(shape)

    return values


def split(rest: tuple, function: str, kind: type) -> tuple[list[Any], dict[str, Any], list[tuple[str, Any]]]:
    """Functions and intervals, a line spec, properties."""
    values = list(rest)
    first = []
    while values and (is_function(values[0]) or text_or_none(values[0]) is None):
        first.append(values.pop(0))
    spec: dict[str, Any] = {}
    if values and (len(values) % 2 or read_line_spec(text_or_none(values[0]) or "?") is not None):
        word = text_or_none(values[0]) or ""
        read = read_line_spec(word)
        if read is None:
            raise spec_refused(word)
        spec = read
        values.pop(0)
    return first, spec, tried_pairs(tuple(values), function, kind)


def tried_pairs(rest: tuple, function: str, kind: type) -> list[tuple[str, Any]]:
    given = pairs(rest, function)
    tried(kind, [(word, value) for word, value in given if word.lower() != "parent"])
    return given


def interval(value: Any, function: str, counts: tuple[int, ...] = (2,)) -> list[float]:
    ends = take.numbers(value, function, "the interval", counts)
    if any(not low < high for low, high in zip(ends[::2], ends[1::2], strict=True)):
        raise take.refusal(function, "the interval", "increasing numbers", value)
    return ends


@builtin(outputs=2)
def fplot(session, nargout, /, *args):
    """
    fplot(f)
    fplot(f, [xmin xmax])
    fplot(expression, [xmin xmax])
    fplot(funx, funy)
    fplot(funx, funy, [tmin tmax])
    fplot(..., spec)
    fplot(..., Name=Value)
    fplot(ax, ...)
    fp = fplot(...)
    [x, y] = fplot(...)

    The curve of a function from -5 to 5, or of two functions of a parameter; asked more closely where it bends.

    A cell of functions gives a curve for each. MeshDensity (23) says how many points to begin with. Two outputs are the
    points of the curve, and there is no picture.

    Examples
      >> fp = fplot(@(x) x.^2, [0 2]); fp.XRange
      ans =
           0     2
      figure 1: functionline
      >> [x, y] = fplot('x.^2', [0 2]); y(end)
      ans =
           4
      >> fp = fplot(@cos, @sin, [0 pi], 'r--'); fp.Color
      ans =
           1     0     0
      figure 1: functionline

    See also plot, fimplicit, ezplot.
    """
    axes, rest = axes_first(args)
    if rest and (word := text_or_none(rest[0])):  # an expression, as scripts from before R2016 have it
        rest = (expression(session, word)[0], *rest[1:])
    first, spec, given = split(rest, "fplot", lines.FunctionLine)
    if not first or not (is_function(first[0]) or is_cell(first[0])):
        raise ScriptError(
            "MATLAB:minrhs" if not first else "MATLAB:fplot:InvalidFunction",
            "Not enough input arguments." if not first else ONE_VARIABLE,
        )
    each = [list(item.ravel(order="F")) if is_cell(item) else [item] for item in first if not is_numbers(item)]
    bounds = [item for item in first if is_numbers(item)]
    if len(each) > 2 or len(bounds) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    low, high = interval(bounds[0], "fplot") if bounds else (-5.0, 5.0)
    axes, given = parent_of(given, axes)
    density = next((take.count(value, "fplot", word) for word, value in given if word.lower() == "meshdensity"), 23)
    made_of = []
    for k, function in enumerate(each[0]):
        ask = asked(session, function, "fplot")
        other = asked(session, each[1][k % len(each[1])], "fplot") if len(each) == 2 else None
        if other is None:
            x, y, poles = curves.sampled(ask, low, high, density)
        else:
            t = np.linspace(low, high, 20 * density)
            x, y, poles = ask(t), other(t), []
        made_of.append((function, x, y, poles))
    if nargout > 1:
        _, x, y, _ = made_of[0]
        return norm(x.reshape(-1, 1)), norm(y.reshape(-1, 1))
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values["Box"] = True
    made = []
    for function, x, y, poles in made_of:
        one = lines.FunctionLine(axes, XData=x, YData=y)
        showing.follow(axes, one, coloured="Color" not in spec)
        one.values |= {"XRange": np.array([low, high]), "Function": function}
        if len(each) == 2:
            one.values |= {"TRange": np.array([low, high]), "Parametric": True}
        one.poles, one.sight = poles, curves.in_sight(x, y, poles)
        for name, value in spec.items():
            one.set(name, value)
        set_pairs(one, given)
        if not one.value("DisplayName"):
            one.values["DisplayName"] = formula(function)
        made.append(one)
    axes.touch()
    return wrap_list(made) if nargout else None


def is_numbers(value: Any) -> bool:
    return not is_function(value) and not is_cell(value)


def formula(function: Any) -> str:
    """What a legend calls a function: its expression."""
    if isinstance(function, Inline):
        return function.formula
    text = getattr(function, "text", "")
    found = re.match(r"@\([^)]*\)(.*)", text, re.DOTALL)
    body = found[1] if found else f"{text}(x)"
    return body.replace(".^", "^").replace(".*", "*").replace("./", "/").replace("_", "\\_")


@builtin(outputs=1)
def fimplicit(session, nargout, /, *args):
    """
    fimplicit(f)
    fimplicit(f, [min max])
    fimplicit(f, [xmin xmax ymin ymax])
    fimplicit(..., spec)
    fimplicit(..., Name=Value)
    fimplicit(ax, ...)
    fp = fimplicit(...)

    The curve on which a function of x and y is zero, from -5 to 5 along both.

    Examples
      >> fp = fimplicit(@(x, y) x.^2 + y.^2 - 4); fp.Type
      ans =
          'implicitfunctionline'
      figure 1: implicitfunctionline

    See also fplot, contour, ezplot.
    """
    axes, rest = axes_first(args)
    first, spec, given = split(rest, "fimplicit", lines.ImplicitFunctionLine)
    if not first or not is_function(first[0]):
        raise ScriptError(
            "MATLAB:minrhs" if not first else "MATLAB:fimplicit:InvalidFunction",
            "Not enough input arguments." if not first else "Input must be a function of two variables.",
        )
    bounds = interval(first[1], "fimplicit", (2, 4)) if len(first) > 1 else [-5.0, 5.0]
    bounds = bounds * 2 if len(bounds) == 2 else bounds
    axes, given = parent_of(given, axes)
    x, y = implicit(asked(session, first[0], "fimplicit"), bounds)
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values["Box"] = True
    made = lines.ImplicitFunctionLine(axes, XData=x, YData=y)
    showing.follow(axes, made, coloured="Color" not in spec)
    made.values |= {"XRange": np.array(bounds[:2]), "YRange": np.array(bounds[2:]), "Function": first[0]}
    for name, value in spec.items():
        made.set(name, value)
    set_pairs(made, given)
    return wrap_list([made]) if nargout else None


def implicit(function: Any, bounds: list[float], count: int = 151) -> tuple[np.ndarray, np.ndarray]:
    across, down = np.linspace(*bounds[:2], count), np.linspace(*bounds[2:], count)
    grid = np.meshgrid(across, down)
    return curves.zero_lines(across, down, function(*grid))


def variables_of(text: str) -> list[str]:
    """The names in an expression that are not called, without numbers' exponents and constants."""
    words = re.findall(r"(?<![\w.])([A-Za-z_]\w*)(?!\s*\(|\w)", re.sub(r"\d+\.?\d*[eE][+-]?\d+", "1", text))
    return sorted({word for word in words if word not in ("pi", "i", "j", "Inf", "NaN", "eps")})


def elementwise(text: str) -> str:
    return re.sub(r"(?<!\.)([\^*/])", r".\1", text)


@builtin(outputs=1)
def ezplot(session, nargout, /, *args):
    """
    ezplot(f)
    ezplot(f, [min max])
    ezplot(f, [xmin xmax ymin ymax])
    ezplot(funx, funy)
    ezplot(funx, funy, [tmin tmax])
    ezplot(ax, ...)
    h = ezplot(...)

    The curve of a function or of an expression in text from -2*pi to 2*pi, with the expression as title; of two
    variables the curve on which it is zero; of two functions of a parameter the path they describe from 0 to 2*pi.

    Examples
      >> ezplot('x^2')
      figure 1: line 184 points, title 'x^2', xlabel 'x'
      >> h = ezplot(@(x, y) x.^2 + y.^2 - 1); h.Type
      ans =
          'contour'
      figure 1: contour 250x250, title 'x^2+y^2-1 = 0', xlabel 'x', ylabel 'y'

    See also fplot, fimplicit, plot.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("ezplot(f)",))
    values = list(rest)
    bounds = interval(values.pop(), "ezplot", (2, 4)) if len(values) > 1 and is_range(values[-1]) else None
    if len(values) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    read = [expression(session, value) for value in values]
    names = sorted({name for _, found, _ in read for name in found})
    axes = axes or session.desk.newplot()
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    if len(read) == 2:
        low, high = bounds[:2] if bounds else (0.0, 2 * np.pi)
        t = np.linspace(low, high, 300)
        x, y = (asked(session, function, "ezplot")(t) for function, _, _ in read)
        made: Any = plots.Line(axes, XData=x, YData=y)
        showing.follow(axes, made)
        labels = ("x", "y", f"x = {read[0][2]}, y = {read[1][2]}")
        axes.values |= {"DataAspectRatio": np.ones(3), "DataAspectRatioMode": "manual"}
    elif len(names) > 1 or isinstance(read[0][0], Function) and read[0][0].inputs == 2:
        ends = bounds or [-2 * np.pi, 2 * np.pi]
        ends = ends * 2 if len(ends) == 2 else ends
        across, down = np.linspace(*ends[:2], 250), np.linspace(*ends[2:], 250)
        table = asked(session, read[0][0], "ezplot")(*np.meshgrid(across, down))
        made = fields.Contour(axes, XData=across, YData=down, ZData=table)
        made.set("LevelList", np.array([0.0]))
        title = read[0][2]
        labels = (*(names[:2] if len(names) > 1 else ("x", "y")), title if "=" in title else f"{title} = 0")
    else:
        low, high = bounds[:2] if bounds else (-2 * np.pi, 2 * np.pi)
        x, y, poles = curves.sampled(asked(session, read[0][0], "ezplot"), low, high)
        made = plots.Line(axes, XData=x, YData=y)
        showing.follow(axes, made)
        sight = curves.in_sight(x, y, poles)
        axes.set("XLim", np.array([low, high]))
        if sight is not None and sight[0] < sight[1]:
            axes.set("YLim", np.array(sight))
        labels = (names[0] if names else "x", "", read[0][2])
    for name, words in zip(("XLabel", "YLabel", "Title"), labels, strict=True):
        if words:
            axes.label(name).values["String"] = words
    axes.label("Title").values["FontWeight"] = "normal"
    axes.touch()
    return wrap_list([made]) if nargout else None


def is_range(value: Any) -> bool:
    return not is_function(value) and text_or_none(value) is None


def expression(session: Any, value: Any) -> tuple[Any, list[str], str]:
    """A function, the names of its variables, and how it is written."""
    text = text_or_none(value)
    if text is None:
        if not is_function(value):
            raise take.refusal("ezplot", "f", "a function or an expression in text", value)
        shown = formula(value).replace("\\_", "_")
        head = re.match(r"@\(([^)]*)\)", getattr(value, "text", ""))
        found = [name.strip() for name in head[1].split(",")] if head else list(getattr(value, "names", ()))
        return value, found, shown
    body = text
    if "=" in text and "==" not in text:
        left, _, right = text.partition("=")
        body = f"({left}) - ({right})"
    found = variables_of(body)
    if text.isidentifier() and (called := function_named(session, text)) is not None:
        return called, [], f"{text}(x)"
    arguments = found or ["x"]
    return session.call("str2func", 1, f"@({','.join(arguments)}) {elementwise(body)}"), found, text


def function_named(session: Any, word: str) -> Function | None:
    """The function of that name; None where there is none."""
    try:
        return session.function(word)
    except ScriptError:
        return None


@builtin
def comet(session, /, *args):
    """
    comet(y)
    comet(x, y)
    comet(x, y, p)
    comet(ax, ...)

    A comet flies along a curve: its head, a body of a share p (0.1) of the curve, and the tail that it leaves.

    It is seen where it has arrived.

    Examples
      >> comet(1:10, (1:10).^2)
      figure 1: animatedline 10 points, animatedline 1 points, animatedline 1 points

    See also animatedline, plot.
    """
    axes, rest = axes_first(args)
    require_count(rest, 1, 3)
    share = take.number(rest[2], "comet", "p") if len(rest) == 3 else 0.1
    if not 0 <= share < 1:
        raise ScriptError("MATLAB:comet:InvalidP", "The input argument p must be a scalar between 0 and 1.")
    read = [Coordinates(value, "comet", "the coordinates") for value in rest[:2]]
    ((x, y),) = series(read[0].values if len(read) == 2 else None, read[-1].values)[:1]
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    order = axes.value("ColorOrder")
    body = max(1, round(share * x.size))
    parts = ((x, y, 2, "none", "-"), (x[-body:], y[-body:], 1, "none", "-"), (x[-1:], y[-1:], 0, "o", "-"))
    for along, up, colour, marker, style in parts:
        one = lines.AnimatedLine(axes, Marker=marker, LineStyle=style)
        one.set("Color", tuple(order[colour % len(order)].tolist()))
        one.add(along, up)
        read[-1].name(one, "Y")
    axes.touch()

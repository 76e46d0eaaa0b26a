"""Lines and points: plot and its kin."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import Handle, graphics_of, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell
from cnnscript.values.text import text_or_none, texts_or_none

LINE_SPEC = re.compile(r"(?P<style>--|-\.|-|:)|(?P<marker>[o+*.x_|sd^v><ph])|(?P<colour>[rgbcmykw])")


def read_line_spec(word: str) -> dict[str, Any] | None:
    """Properties from a line spec such as 'r--o'; None for a text that is none."""
    found: dict[str, str] = {}
    at = 0
    while at < len(word):
        match = LINE_SPEC.match(word, at)
        if match is None or match.lastgroup in found:
            return None
        found[match.lastgroup] = match[0]
        at = match.end()
    made: dict[str, Any] = {}
    if "colour" in found:
        made["Color"] = found["colour"]
    if "marker" in found:
        made["Marker"] = {"s": "square", "d": "diamond", "p": "pentagram", "h": "hexagram"}.get(
            found["marker"], found["marker"]
        )
        made["LineStyle"] = "none"
    if "style" in found:
        made["LineStyle"] = found["style"]
    return made


class Coordinates:
    """Data along one axis: numbers, or names that stand at 1, 2, 3 ...

    values: float array in the data's shape.  names: the categories, or [] for numbers.
    """

    def __init__(self, value: Any, function: str, what: str):
        self.names: list[str] = []
        if isinstance(value, Categorical):
            self.names = list(value.names)
            self.values = np.where(value.codes > 0, value.codes, np.nan).astype(float)
            return
        words = texts_or_none(value) if not isinstance(value, str) else None
        if words is not None:
            self.names = list(dict.fromkeys(words))
            self.values = np.array([self.names.index(word) + 1.0 for word in words]).reshape(1, -1)
            return
        array = as_array(value) if not isinstance(value, str) and not is_cell(value) else None
        extract = getattr(value, "extractdata", None)
        if extract is not None:
            array = as_array(extract())
        if array is None or array.dtype.kind not in "fiubc":
            raise take.refusal(function, what, "numeric or categorical", value)
        self.values = np.asarray(array.real if array.dtype.kind == "c" else array, float)
        self.values = self.values if array.dtype.kind != "c" or function != "plot" else np.asarray(array)


def series(x: np.ndarray | None, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """The curves of X and Y: one for a vector, one a column for a matrix."""
    if y.ndim > 2 or x is not None and x.ndim > 2:
        raise ScriptError("MATLAB:plot:DataNotVectorOrMatrix", "Data cannot have more than 2 dimensions.")
    if x is None:
        if y.dtype.kind == "c":
            return [(column.real, column.imag) for column in (y.T if min(y.shape) > 1 else [y.ravel(order="F")])]
        columns = [y.ravel(order="F")] if min(y.shape, default=0) <= 1 else list(y.T)
        return [(np.arange(1.0, column.size + 1), column) for column in columns]
    x, y = np.asarray(x, float), np.asarray(y.real, float)
    if min(x.shape) <= 1 and min(y.shape) <= 1:
        if x.size != y.size:
            raise lengths_differ()
        return [(x.ravel(order="F"), y.ravel(order="F"))]
    if min(x.shape) <= 1:
        if x.size == y.shape[0]:
            return [(x.ravel(), column) for column in y.T]
        if x.size == y.shape[1]:
            return [(x.ravel(), row) for row in y]
        raise lengths_differ()
    if min(y.shape) <= 1:
        if y.size == x.shape[0]:
            return [(column, y.ravel()) for column in x.T]
        if y.size == x.shape[1]:
            return [(row, y.ravel()) for row in x]
        raise lengths_differ()
    if x.shape != y.shape:
        raise lengths_differ()
    return list(zip(x.T, y.T, strict=True))


def lengths_differ() -> ScriptError:
    return ScriptError("MATLAB:plot:mismatchedLengths", "Vectors must be the same length.")


def name_axis(axes: Axes, made: Any, letter: str, names: list[str]) -> None:
    """Let an axis be of categories."""
    if names:
        made.categories[letter] = names
        axes.touch()


def parent_of(given: list[tuple[str, Any]], axes: Axes | None) -> tuple[Axes | None, list[tuple[str, Any]]]:
    """The axes given as Parent, and the other properties."""
    for word, value in given:
        if word.lower() == "parent" and (isinstance(value, Handle) or object_of(value) is not None):
            axes = graphics_of(value)[0]
    return axes, [(word, value) for word, value in given if word.lower() != "parent"]


def curves(
    session: Any, nargout: int, args: tuple, function: str, scales: tuple[str, str] = ("linear", "linear")
) -> Any:
    """plot and its logarithmic kin: [axes,] groups of [x,] y [, line spec], then properties."""
    axes, rest = axes_first(args)
    groups: list[tuple[Any, Any, dict[str, Any]]] = []
    waiting: list[Any] = []
    at = 0
    while at < len(rest):
        word = text_or_none(rest[at])
        spec = read_line_spec(word) if word is not None else None
        if word is not None and (spec is None or not waiting):
            break
        if word is None:
            waiting.append(rest[at])
        if spec is not None or len(waiting) == 2 and (at + 1 == len(rest) or text_or_none(rest[at + 1]) is None):
            groups.append((*([None, *waiting] if len(waiting) == 1 else waiting), spec or {}))
            waiting = []
        elif len(waiting) == 2 and read_line_spec(text_or_none(rest[at + 1]) or "?") is None:
            groups.append((*waiting, {}))
            waiting = []
        at += 1
    if waiting:
        groups.append((*([None, *waiting] if len(waiting) == 1 else waiting), {}))
    given = pairs(rest[at:], function)
    if not groups:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    axes, given = parent_of(given, axes)
    read = [
        (Coordinates(x, function, "x") if x is not None else None, Coordinates(y, function, "y"), spec)
        for x, y, spec in groups
    ]
    tried(plots.Line, given)
    drawn = [
        (x, y, spec, series(x.values if x is not None else None, y.values))
        for x, y, spec in read
        if y.values.size or x is None
    ]
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    made: list[plots.Line] = []
    for x, y, spec, each in drawn:
        for along, up in each:
            line = plots.Line(axes, XData=along, YData=up)
            if "Color" not in spec:
                line.set("Color", showing.next_colour(axes))
            for name, value in spec.items():
                line.set(name, value)
            set_pairs(line, given)
            name_axis(axes, line, "X", x.names if x is not None else [])
            name_axis(axes, line, "Y", y.names)
            made.append(line)
    if fresh:
        axes.values |= {"Box": True, "XScale": scales[0], "YScale": scales[1]}
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def plot(session, nargout, /, *args):
    """
    plot(Y)
    plot(X, Y)
    plot(X, Y, spec)
    plot(X1, Y1, X2, Y2)
    plot(ax, ...)
    plot(..., Name=Value)
    h = plot(...)

    Lines through points.

    A matrix gives a line for each column. spec is made of a colour (r g b c m y k w), a line style (- -- : -.) and a
    marker (o + * . x s d ^ v > < p h). Property names such as LineWidth and DisplayName may follow.

    Examples
      >> plot([1 4 9 16])
      figure 1: line 4 points
      >> h = plot(1:3, magic(3), 'r--o', LineWidth=2); h(1).LineStyle
      ans =
          '--'
      figure 1: line 3 points, line 3 points, line 3 points

    See also bar, scatter, hold, legend, xlabel.
    """
    return curves(session, nargout, args, "plot")


@builtin(outputs=1)
def semilogy(session, nargout, /, *args):
    """
    semilogy(Y)
    semilogy(X, Y)
    h = semilogy(...)

    Lines with a logarithmic y-axis; otherwise as plot.

    Examples
      >> h = semilogy([1 10 100]); ax = gca; ax.YScale
      ans =
          'log'
      figure 1: line 3 points

    See also plot, semilogx, loglog.
    """
    return curves(session, nargout, args, "semilogy", ("linear", "log"))


@builtin(outputs=1)
def semilogx(session, nargout, /, *args):
    """
    semilogx(Y)
    semilogx(X, Y)
    h = semilogx(...)

    Lines with a logarithmic x-axis; otherwise as plot.

    Examples
      >> h = semilogx([1 10 100], 1:3); ax = gca; ax.XScale
      ans =
          'log'
      figure 1: line 3 points

    See also plot, semilogy, loglog.
    """
    return curves(session, nargout, args, "semilogx", ("log", "linear"))


@builtin(outputs=1)
def loglog(session, nargout, /, *args):
    """
    loglog(Y)
    loglog(X, Y)
    h = loglog(...)

    Lines with logarithmic axes; otherwise as plot.

    Examples
      >> h = loglog([1 10 100], [1 100 10000]);
      figure 1: line 3 points

    See also plot, semilogx, semilogy.
    """
    return curves(session, nargout, args, "loglog", ("log", "log"))


@builtin(outputs=1)
def line(session, nargout, /, *args):
    """
    line(x, y)
    line(..., Name=Value)
    line(ax, ...)
    h = line(...)

    Add a line to an axes, whatever it shows.

    Examples
      >> imshow(zeros(9)); h = line([1 9], [1 9], Color='y');
      figure 1: image 9x9, line 2 points

    See also plot, rectangle, xline.
    """
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], "line"), axes)
    axes = axes or session.desk.current_axes()
    if cut not in (0, 2, 3):
        raise ScriptError("MATLAB:line:args", "line takes x and y.")
    each = [(np.array([0.0, 1.0]), np.array([0.0, 1.0]))]
    if cut:
        each = series(*(Coordinates(value, "line", "x and y").values for value in rest[:2]))
    made = []
    for x, y in each:
        one = plots.Line(axes, XData=x, YData=y)
        set_pairs(one, given)
        made.append(one)
    return wrap_list(made) if nargout else None

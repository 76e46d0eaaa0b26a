"""Charts of shares: piechart and donutchart; violins."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, name_sides, of_table
from cnnscript.builtins.figures.plot_distributions import KERNELS, bandwidth_of
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.rings import PieChart, Violin
from cnnscript.values.categorical import Categorical
from cnnscript.values.tables import Table
from cnnscript.values.text import text_or_none, texts_or_none


def ring(session: Any, nargout: int, args: tuple, function: str, hole: float) -> Any:
    """piechart and donutchart: data [, names] and properties; a table and the names of its variables; categories."""
    axes, rest = axes_first(args)
    values = list(rest)
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(data)",))
    names: list[str] | None = None
    if isinstance(values[0], Table):
        (data, *found), _ = of_table(tuple(values), function, "XY")
        values = [data, *found]
    head = values.pop(0)
    if isinstance(head, Categorical):
        names = list(head.names)
        amounts = np.array([float((head.codes == k + 1).sum()) for k in range(len(names))])
    else:
        amounts = np.array(take.numbers(head, function, "the data"))
    if values and (isinstance(values[0], Categorical) or len(values) % 2):
        given = values.pop(0)
        words = list(given.texts()) if isinstance(given, Categorical) else texts_or_none(given)
        if words is None or len(words) != amounts.size:
            raise ScriptError(
                f"MATLAB:{function}:NamesSize", "There must be a name for each slice.",
                notes=(f"{len(words or [])} for {amounts.size}",),
            )  # fmt: skip
        names = list(words)
    if (amounts < 0).any() or not np.isfinite(amounts).all() or not amounts.sum() > 0:
        raise ScriptError(f"MATLAB:{function}:InvalidData", "Data must be finite numbers that are not negative.")
    axes, settings = parent_of(pairs(tuple(values), function), axes)
    tried(PieChart, settings)
    axes = session.desk.newplot(axes)
    made = PieChart(axes)
    made.values |= {"Data": amounts, "Names": names or [], "InnerRadius": hole}
    set_pairs(made, settings)
    axes.values |= {"Visible": False, "DataAspectRatio": np.ones(3), "DataAspectRatioMode": "manual"}
    for letter in "XY":
        axes.set(f"{letter}Lim", np.array([-1.4, 1.4]))
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def piechart(session, nargout, /, *args):
    """
    piechart(data)
    piechart(data, names)
    piechart(C)
    piechart(tbl, datavar, namesvar)
    piechart(..., Name=Value)
    piechart(ax, ...)
    p = piechart(...)

    Shares of a whole as slices of a circle, from the top on with the clock, with names and percents beside them.

    C is a categorical whose categories are counted. Properties: LabelStyle ('namepercent', 'name', 'percent', 'data',
    'namedata', 'none'), Labels, Direction ('clockwise', 'counterclockwise'), StartAngle (degrees), ExplodedWedges,
    FaceAlpha, EdgeColor, FontSize.

    Examples
      >> p = piechart([1 3], {'a', 'b'}); p.Labels'
      ans =
        1×2 cell array
          {'a (25%)'}    {'b (75%)'}
      figure 1: piechart

    See also donutchart, pie.
    """
    return ring(session, nargout, args, "piechart", 0.0)


@builtin(outputs=1)
def donutchart(session, nargout, /, *args):
    """
    donutchart(data)
    donutchart(data, names)
    donutchart(C)
    donutchart(tbl, datavar, namesvar)
    donutchart(..., Name=Value)
    donutchart(ax, ...)
    d = donutchart(...)

    Shares of a whole as parts of a ring; otherwise as piechart. InnerRadius (0.5) is the size of the hole.

    Examples
      >> d = donutchart([1 3]); d.Proportions
      ans =
          0.2500    0.7500
      figure 1: piechart

    See also piechart, pie.
    """
    return ring(session, nargout, args, "donutchart", 0.5)


@builtin(outputs=1)
def violinplot(session, nargout, /, *args):
    """
    violinplot(y)
    violinplot(x, y)
    violinplot(tbl, xvar, yvar)
    violinplot(ax, ...)
    violinplot(..., Name=Value)
    v = violinplot(...)

    How dense data lie at each height, drawn to both sides, for each column of y or for each value of x.

    Properties: FaceColor, FaceAlpha (0.5), EdgeColor, DensityWidth (0.9), DensityDirection ('both', 'positive',
    'negative'), DensityScale ('area', 'width'), Orientation.

    Examples
      >> violinplot([1 2 3 4; 2 3 3 9]')
      figure 1: violin

    See also boxchart, swarmchart, ksdensity.
    """
    axes, rest = axes_first(args)
    rest, named = of_table(rest, "violinplot", "XY")
    values = list(rest)
    arrays = []
    while values and text_or_none(values[0]) is None and len(arrays) < 2:
        arrays.append(values.pop(0))
    if not arrays:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("violinplot(y)",))
    axes, given = parent_of(pairs(tuple(values), "violinplot"), axes)
    tried(Violin, given)
    y = np.asarray(take.pixels(arrays[-1], "violinplot", "ydata"), float)
    x = Coordinates(arrays[0], "violinplot", "xgroupdata") if len(arrays) == 2 else None
    if x is not None and x.values.size != y.size:
        raise ScriptError("MATLAB:violinplot:InvalidLength", "xgroupdata and ydata must have the same length.")
    columns = 1 if min(y.shape, default=0) <= 1 else y.shape[1]
    along = np.repeat(np.arange(1.0, columns + 1), y.size // columns) if x is None else x.values.ravel(order="F")
    axes = session.desk.newplot(axes)
    made = Violin(axes, XData=along, YData=y.ravel(order="F"))
    showing.follow(axes, made)
    set_pairs(made, given)
    flat = y.ravel(order="F")
    for at in np.unique(along[np.isfinite(along)]).tolist():
        part = flat[(along == at) & np.isfinite(flat)]
        if part.size:
            width = bandwidth_of(part)
            heights = np.linspace(part.min() - 2 * width, part.max() + 2 * width, 100)
            dense = KERNELS["normal"]((heights[:, None] - part[None]) / width).mean(1) / width
            made.shapes.append((at, heights, dense))
    if x is not None:
        x.name(made, "X" if made.value("Orientation") == "vertical" else "Y")
    axes.values["Box"] = True
    letter = "X" if made.value("Orientation") == "vertical" else "Y"
    if (x is None or not x.names) and np.unique(along).size <= 15:
        axes.values |= {f"{letter}Tick": np.unique(along), f"{letter}TickMode": "manual"}
    name_sides(axes, named, [made])
    axes.touch()
    return wrap_list([made]) if nargout else None

"""Charts of shares: piechart and donutchart."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import of_table
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.rings import PieChart
from cnnscript.values.categorical import Categorical
from cnnscript.values.tables import Table
from cnnscript.values.text import texts_or_none


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

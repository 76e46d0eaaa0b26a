"""Contours of matrices, and pies."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec, spec_refused
from cnnscript.builtins.figures.space_arguments import real_array, solid_axes
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, from_script, graphics_of, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.fields import Contour
from cnnscript.pictures.graphics.plots import Patch
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.text import text_or_none, texts_or_none
from cnnscript.values.warn import warn


def read_contours(args: tuple, function: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None]:
    """X, Y, Z and the levels (or their number, or None) of [X, Y,] Z [, levels]."""
    arrays = [np.asarray(real_array(value, function, "the coordinates"), float) for value in args]
    levels = arrays.pop().ravel(order="F") if len(arrays) in (2, 4) else None
    if len(arrays) not in (1, 3):
        raise ScriptError(
            "MATLAB:minrhs" if len(arrays) < 4 else "MATLAB:maxrhs", f"{function} takes Z, or X, Y and Z, and levels."
        )
    if levels is not None and levels.size == 1 and levels[0] != np.floor(levels[0]) and np.isfinite(levels[0]):
        levels = np.repeat(levels, 2)  # no number of levels, but one
    if levels is not None and levels.size == 1 and not 0 <= levels[0] < 1e6:
        raise ScriptError(
            "MATLAB:contour:InvalidLevels",
            "The number of levels must be a nonnegative integer; [v v] draws the one at v.",
            notes=(f"got {levels[0]:g}",),
        )
    z = arrays[-1]
    if z.ndim != 2 or min(z.shape) < 2:
        raise ScriptError("MATLAB:contour:ZTooSmall", "Z must be at least a 2x2 matrix.", notes=(size_text(z.shape),))
    x, y = arrays[:2] if len(arrays) == 3 else (np.arange(1.0, z.shape[1] + 1), np.arange(1.0, z.shape[0] + 1))
    for name, each, length in (("X", x, z.shape[1]), ("Y", y, z.shape[0])):
        if each.shape != z.shape and each.size != length:
            what = "columns" if name == "X" else "rows"
            raise ScriptError(
                "MATLAB:contour:sizes", f"The size of {name} must match the size of Z or the number of its {what}."
            )
    return x, y, z, levels


def choose_levels(made: Contour, levels: np.ndarray | None) -> None:
    if levels is not None and levels.size == 1:
        made.count = int(levels[0])
    elif levels is not None:
        made.set("LevelList", np.unique(levels))


def contours(session: Any, nargout: int, args: tuple, function: str, filled: bool) -> Any:
    """contour, contourf and contour3: [axes,] [X, Y,] Z [, levels] [, line spec], properties."""
    axes, rest = axes_first(args)
    values, numeric = list(rest), []
    while values and text_or_none(values[0]) is None:
        numeric.append(values.pop(0))
    x, y, z, levels = read_contours(tuple(numeric), function)
    spec: dict[str, Any] = {}
    if values and (read := read_line_spec(text_or_none(values[0]) or "?")) is not None:
        spec = {{"Color": "LineColor"}.get(name, name): value for name, value in read.items() if name != "Marker"}
        values.pop(0)
    elif len(values) % 2:
        raise spec_refused(text_or_none(values[0]) or "")
    axes, given = parent_of(pairs(tuple(values), function), axes)
    tried(Contour, given)
    if function == "contour3":
        axes = solid_axes(session, axes)
    else:
        axes = session.desk.newplot(axes)
        if not axes.drawn():
            axes.values |= {"Box": True, "XLimitMethod": "tight", "YLimitMethod": "tight", "Layer": "top"}
    made = Contour(axes, XData=x, YData=y, ZData=z, Fill=filled)
    made.raised = function == "contour3"
    choose_levels(made, levels)
    for name, value in spec.items():
        made.set(name, value)
    set_pairs(made, given)
    axes.touch()
    return (norm(np.asfortranarray(made.get_ContourMatrix())), wrap(made)) if nargout else None


@builtin(outputs=2)
def contour(session, nargout, /, *args):
    """
    contour(Z)
    contour(X, Y, Z)
    contour(..., levels)
    contour(..., spec)
    contour(..., Name=Value)
    M = contour(...)
    [M, c] = contour(...)

    Lines of equal height over a grid.

    levels are the heights, or how many; [v v] gives the one at v. M holds for each line its height, the number of its
    points, and the points.

    Examples
      >> contour(peaks(20))
      figure 1: contour 20x20
      >> [M, c] = contour([0 2; 0 2], [1 1], 'k'); M
      M =
          1.0000    1.5000    1.5000
          2.0000    2.0000    1.0000
      figure 1: contour 2x2

    See also contourf, surf, imagesc.
    """
    return contours(session, nargout, args, "contour", False)


@builtin(outputs=2)
def contourf(session, nargout, /, *args):
    """
    contourf(Z)
    contourf(X, Y, Z)
    contourf(..., levels)
    contourf(..., Name=Value)
    M = contourf(...)
    [M, c] = contourf(...)

    The bands between lines of equal height, in colours.

    Examples
      >> [M, c] = contourf(peaks(20), 5, LineColor='none'); numel(c.LevelList)
      ans =
           6
      figure 1: contour 20x20

    See also contour, surf, imagesc.
    """
    return contours(session, nargout, args, "contourf", True)


@builtin(outputs=2)
def contour3(session, nargout, /, *args):
    """
    contour3(Z)
    contour3(X, Y, Z)
    contour3(..., levels)
    contour3(..., spec)
    contour3(..., Name=Value)
    M = contour3(...)
    [M, c] = contour3(...)

    Lines of equal height, drawn at their height.

    Examples
      >> [M, c] = contour3(peaks(20), 3); c.LevelList
      ans =
         -2.8814    0.5978    4.0769
      figure 1: contour 20x20

    See also contour, surfc, meshc.
    """
    return contours(session, nargout, args, "contour3", False)


@builtin
def contourc(*args):
    """
    M = contourc(Z)
    M = contourc(x, y, Z)
    M = contourc(..., levels)

    The lines of equal height as contour draws them: for each line its height and the number of its points, then the
    points.

    Examples
      >> M = contourc([0 2; 0 2], [1 1])
      M =
          1.0000    1.5000    1.5000
          2.0000    2.0000    1.0000

    See also contour, contour3.
    """
    x, y, z, levels = read_contours(args, "contourc")
    made = Contour(None, XData=x, YData=y, ZData=z)
    choose_levels(made, levels)
    return norm(np.asfortranarray(made.get_ContourMatrix()))


LABEL_FONT = ("FontSize", "FontName", "FontWeight", "FontAngle", "Color", "LabelSpacing", "Interpreter", "Rotation")


@builtin
def clabel(session, M, h=None, /, *args):
    """
    clabel(M, c)
    clabel(M, c, levels)
    clabel(M, c, 'manual')
    clabel(M, c, Name=Value)
    clabel(M)

    Write the heights of contours along their lines; levels says which. FontSize, FontWeight and Color are those of the
    labels, LabelSpacing is the distance between them in points.

    Examples
      >> [M, c] = contour(peaks(20)); clabel(M, c); c.ShowText
      ans =
          'on'
      figure 1: contour 20x20

    See also contour, contourf.
    """
    lines = real_array(M, "clabel", "the contour matrix")
    if lines.ndim != 2 or lines.size and lines.shape[0] != 2:
        raise ScriptError(
            "MATLAB:clabel:InvalidContourMatrix", "First input must be a valid contour description matrix."
        )
    rest = list(args)
    if isinstance(h, (Handle, HandleArray)):
        nodes = [node for node in graphics_of(h) if isinstance(node, Contour)]
    else:
        rest = ([h] if h is not None else []) + rest
        axes = session.desk.current_axes()
        nodes = [node for node in axes.drawn() if isinstance(node, Contour)][-1:]
    if not nodes:
        raise ScriptError("MATLAB:clabel:InvalidContour", "Second input must be the handle of a contour.")
    levels = None
    if rest and (word := text_or_none(rest[0])) is None:
        levels = real_array(rest.pop(0), "clabel", "the levels").ravel(order="F")
    elif rest and word.lower() == "manual":
        raise ScriptError("cnnscript:clabel:manual", "clabel 'manual' waits for clicks, and no window takes any.")
    given = pairs(tuple(rest), "clabel")
    fonts = {}
    for name, value in given:
        known = next((each for each in LABEL_FONT if each.lower() == name.lower()), None)
        if known is None:
            raise Text.no_property(name)
        fonts[known] = from_script(value)
    checked = Text(None, **{name: value for name, value in fonts.items() if name != "LabelSpacing"})
    for node in nodes:
        node.set("ShowText", True)
        node.label_font |= {name: checked.value(name) for name in fonts if name != "LabelSpacing"}
        if "LabelSpacing" in fonts:
            node.set("LabelSpacing", fonts["LabelSpacing"])
        if levels is not None:
            node.set("TextList", np.unique(levels))


# ----------------------------------------------------------------------------------------------------------------- pies
FINE = 100  # points of a whole circle


def percents(share: float) -> str:
    """A share of the whole in whole percents."""
    return f"{int(100 * share + 0.5)}%" if share >= 0.01 else "< 1%"


@builtin(outputs=1)
def pie(session, nargout, /, *args):
    """
    pie(X)
    pie(X, explode)
    pie(X, labels)
    pie(X, explode, labels)
    pie(X, fmt)
    pie(C)
    pie(ax, ...)
    p = pie(...)

    Shares of a whole, as slices of a circle from the top on, against the clock.

    Numbers that sum to less than 1 leave a part of the circle open; of a categorical each category is a slice. explode
    says which slices are moved out, fmt how percents are written, such as '%.1f%%'.

    Examples
      >> pie([1 1 2])
      figure 1: patch, text '25%', patch, text '25%', patch, text '50%'
      >> p = pie([0.2 0.3], [0 1], {'a', 'b'}); size(p)
      ans =
           1     4
      figure 1: patch, text 'a', patch, text 'b'

    See also bar, area.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("pie(X)",))
    data, labels, form = values.pop(0), None, ""
    if isinstance(data, Categorical):
        counts = np.bincount(data.codes[data.codes > 0].ravel().astype(int), minlength=len(data.names) + 1)[1:]
        amounts = counts.astype(float)
        shares = counts / max(counts.sum(), 1)
        labels = [f"{name} ({percents(share)})" for name, share in zip(data.names, shares, strict=True)]
    else:
        amounts = np.array(take.numbers(data, "pie", "X"))
    if not np.isfinite(amounts).all():
        raise ScriptError("MATLAB:pie:NonFiniteData", "Input data must be finite.")
    if not (amounts > 0).any():
        raise ScriptError("MATLAB:pie:NoPositiveData", "Input data must contain positive values.")
    if (amounts <= 0).any() and not isinstance(data, Categorical):
        warn("MATLAB:pie:NonPositiveData", "Ignoring non positive data in pie chart.")
    amounts = np.maximum(amounts, 0.0)
    moved = np.zeros(amounts.size)
    for value in values:
        words = texts_or_none(value)
        if isinstance(data, Categorical) and words is not None and not isinstance(value, str):
            moved = np.array([float(name in words) for name in data.names])
        elif isinstance(value, str) and "%" in value:
            form = value
        elif words is not None:
            labels = list(words)
        else:
            moved = np.array(take.numbers(value, "pie", "explode", amounts.size))
    if labels is not None and len(labels) != amounts.size:
        raise ScriptError("MATLAB:pie:StringLengthMismatch", "There must be one label for each slice.")
    shares = amounts / amounts.sum() if amounts.sum() > 1 + 1e-9 else amounts
    axes = session.desk.newplot(axes)
    axes.values |= {
        "Visible": False,
        "DataAspectRatio": np.ones(3),
        "DataAspectRatioMode": "manual",
        "XLim": np.array((-1.2, 1.2)),
        "YLim": np.array((-1.2, 1.2)),
        "XLimMode": "manual",
        "YLimMode": "manual",
    }
    made, begin = [], 0.25
    for k, share in enumerate(shares):
        if not share:
            continue
        turn = 2 * np.pi * np.linspace(begin, begin + share, max(2, int(np.ceil(FINE * share)) + 1))
        middle = 2 * np.pi * (begin + share / 2)
        out = 0.1 * (moved[k] != 0) * np.array((np.cos(middle), np.sin(middle)))
        slice_ = Patch(
            axes,
            XData=np.r_[0, np.cos(turn), 0] + out[0],
            YData=np.r_[0, np.sin(turn), 0] + out[1],
            CData=np.array([k + 1.0]),
            FaceColor="flat",
        )
        words = labels[k] if labels is not None else form % (100 * share) if form else percents(share)
        place = 1.1 * np.array((np.cos(middle), np.sin(middle))) + out
        side = "center" if abs(np.cos(middle)) < 0.1 else "left" if np.cos(middle) > 0 else "right"
        word = Text(axes, Position=np.r_[place, 0], String=words, HorizontalAlignment=side)
        made += [slice_, word]
        begin += share
    axes.set("CLim", (1.0, max(float(amounts.size), 2.0)))
    axes.touch()
    return wrap_list(made, column=False) if nargout else None

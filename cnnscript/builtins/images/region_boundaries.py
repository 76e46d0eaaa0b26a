"""Boundaries of regions, traced and drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import is_word, mask_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import boundaries, connected
from cnnscript.values.numeric import OBJECT, is_cell, norm


def connectivity_of(value: Any, function: str) -> int:
    found = take.number(value, function, "conn")
    if found not in (4, 8):
        raise take.refusal(function, "conn", "4 or 8", value)
    return int(found)


@builtin(outputs=4)
def bwboundaries(nargout, BW, /, *args, CoordinateOrder="yx", TraceStyle="pixelcenter"):
    """
    B = bwboundaries(BW)
    B = bwboundaries(BW, conn)
    B = bwboundaries(BW, conn, options)
    [B, L] = bwboundaries(...)
    [B, L, n, A] = bwboundaries(...)

    The boundaries of the regions of a mask, and of their holes: a cell of rows and columns, clockwise from the first
    pixel down the columns, which comes again at the end.

    The first n are those of regions, in the order of bwlabel, the others those of holes (traced on the pixels of the
    hole; 'noholes' leaves them out). L numbers regions and holes; A(k, m) is true where boundary m is the one about k.
    conn is 8 or 4.

    Options
      CoordinateOrder  "yx" (rows and columns) or "xy"
      TraceStyle       "pixelcenter"

    Examples
      >> B = bwboundaries(logical([0 0 0 0; 0 1 1 0; 0 1 1 0])); B{1}
      ans =
           2     2
           2     3
           3     3
           3     2
           2     2
      >> [B, L, n, A] = bwboundaries(logical([1 1 1; 1 0 1; 1 1 1])); L, n, B{2}, full(A)
      L =
           1     1     1
           1     2     1
           1     1     1
      n =
           1
      ans =
           2     2
           2     2
      ans =
        2×2 logical array
         0   0
         1   0
      >> [B, L] = bwboundaries(eye(2), 4, 'noholes'); numel(B)
      ans =
           2

    See also bwtraceboundary, bwperim, bwlabel, visboundaries, regionprops.
    """
    mask = mask_of(BW, "bwboundaries")
    if mask.ndim != 2:
        raise take.refusal("bwboundaries", "BW", "a matrix", BW)
    given = list(args)
    holes = True
    if given and is_word(given[-1]):
        holes = take.choice(given.pop(), ("holes", "noholes"), "bwboundaries", "the option") == "holes"
    if len(given) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    conn = connectivity_of(given[0], "bwboundaries") if given else 8
    crossed = take.choice(CoordinateOrder, ("yx", "xy"), "bwboundaries", "CoordinateOrder") == "xy"
    style = take.choice(TraceStyle, ("pixelcenter", "pixeledge"), "bwboundaries", "TraceStyle")
    if style == "pixeledge":
        raise ScriptError(
            "images:bwboundaries:pixelEdge",
            "Boundaries along the edges of pixels are not traced here.",
            hint='TraceStyle "pixelcenter" traces the pixels themselves',
        )
    labels, count = connected.labelled(mask, connected.neighbourhood(conn))
    labels = np.ascontiguousarray(labels)
    found = boundaries.of_labels(labels, count, conn)
    total = count
    if holes:
        around = 12 - conn  # the background of 8 is connected by 4, and the other way about
        dark = ~mask & ~connected.touching_border(~mask, connected.neighbourhood(around))
        inner, number = connected.labelled(dark, connected.neighbourhood(around))
        found += boundaries.of_labels(np.ascontiguousarray(inner), number, around)
        labels = labels + np.where(inner > 0, inner + count, 0)
        total += number
    cells = np.empty((len(found), 1), OBJECT)
    for k, path in enumerate(found):
        cells[k, 0] = norm(np.asfortranarray((path[:, ::-1] if crossed else path) + 1.0))
    if nargout < 2:
        return (cells,)
    adjacency: Any = None
    if nargout > 3:
        adjacency = adjacency_of(labels, found, total)
    return cells, norm(np.asfortranarray(labels.astype(float))), float(count), adjacency


def adjacency_of(labels: np.ndarray, found: list[np.ndarray], total: int) -> Any:
    """A(k, m): boundary m is the one about k (west of the first pixel of what it bounds)."""
    from scipy.sparse import csc_array

    from cnnscript.values.sparse import Sparse

    inside, about = [], []
    for k, path in enumerate(found):
        row, column = path[0]
        beside = int(labels[row, column - 1]) if column else 0
        if beside:
            inside.append(k)
            about.append(beside - 1)
    return Sparse(csc_array((np.ones(len(inside), bool), (inside, about)), shape=(total, total)))


@builtin
def bwtraceboundary(BW, P, fstep, /, *args):
    """
    B = bwtraceboundary(BW, P, fstep)
    B = bwtraceboundary(BW, P, fstep, conn)
    B = bwtraceboundary(BW, P, fstep, conn, m, dir)

    The boundary of the region in a mask at the pixel P (row and column): rows and columns from P on.

    fstep is where the next pixel is looked for first: 'N', 'NE', 'E', 'SE', 'S', 'SW', 'W' or 'NW' (with conn 4 only
    the single letters). m pixels at most (Inf: all the way round); dir is 'clockwise' or 'counterclockwise'.

    Examples
      >> B = bwtraceboundary(logical([1 1; 1 1]), [1 1], 'E')
      B =
           1     1
           1     2
           2     2
           2     1
           1     1
      >> bwtraceboundary(logical([1 1; 1 1]), [1 1], 'S', 8, 3, 'counterclockwise')
      ans =
           1     1
           2     1
           2     2
      >> size(bwtraceboundary(true(3), [1 1], 'E', 4))
      ans =
           9     2

    See also bwboundaries, bwperim.
    """
    mask = mask_of(BW, "bwtraceboundary")
    if mask.ndim != 2:
        raise take.refusal("bwtraceboundary", "BW", "a matrix", BW)
    if len(args) > 3:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    row, column = take.numbers(P, "bwtraceboundary", "P", 2)
    if not (1 <= row <= mask.shape[0] and 1 <= column <= mask.shape[1] and row % 1 == 0 and column % 1 == 0):
        raise ScriptError("images:bwtraceboundary:outOfRange", "P must lie in the image.")
    conn = connectivity_of(args[0], "bwtraceboundary") if args else 8
    word = take.word(fstep, "bwtraceboundary", "fstep").upper()
    steps = boundaries.COMPASS if conn == 8 else boundaries.COMPASS[::2]
    if word not in steps:
        raise take.refusal("bwtraceboundary", "fstep", "one of " + ", ".join(steps), fstep)
    most = take.number(args[1], "bwtraceboundary", "m") if len(args) > 1 else np.inf
    if not most >= 1 or (np.isfinite(most) and most != int(most)):
        raise take.refusal("bwtraceboundary", "m", "a positive integer or Inf", args[1])
    clockwise = len(args) < 3 or take.choice(
        args[2], ("clockwise", "counterclockwise"), "bwtraceboundary", "dir"
    ) == "clockwise"  # fmt: skip
    if not mask[int(row) - 1, int(column) - 1]:
        return norm(np.zeros((0, 0)))
    if most == 1:
        return norm(np.array([[row, column]]))
    path = boundaries.trace(
        mask, (int(row) - 1, int(column) - 1), steps.index(word), conn, clockwise,
        0 if np.isinf(most) else int(most),
    )  # fmt: skip
    return norm(np.asfortranarray(path + 1.0))


def parent_axes(session: Any, args: tuple) -> tuple[Any, list[Any]]:
    """The axes that a call begins with, or the current ones, and the other arguments."""
    from cnnscript.builtins.language.handles import Handle

    given = list(args)
    if given and isinstance(given[0], Handle):
        return given.pop(0), given
    return None, given


def drawn(
    session: Any, function: str, axes: Any, x: np.ndarray, y: np.ndarray, colour: Any, enhanced: Any, style: Any,
    width: Any,
) -> Any:  # fmt: skip
    """A group of a line in a colour and, where it is to be seen well, a wider white one beneath."""
    points = take.number(width, function, "LineWidth")
    beneath = take.flag(enhanced, function, "EnhanceVisibility")
    group = session.call("hggroup", 1, "Parent", session.call("gca", 1) if axes is None else axes)
    words = (norm(x), norm(y), "Parent", group, "LineStyle", style)
    if beneath:
        session.call("line", 1, *words, "Color", "w", "LineWidth", points + 1)
    session.call("line", 1, *words, "Color", colour, "LineWidth", points)
    return group


@builtin(outputs=1)
def visboundaries(
    session, nargout, /, *args, Color="red", EnhanceVisibility=True, LineStyle="-", LineWidth=2.0
):
    """
    visboundaries(BW)
    visboundaries(B)
    visboundaries(ax, ...)
    visboundaries(..., Name=Value)
    h = visboundaries(...)

    Draw the boundaries of a mask, or those that bwboundaries gives, over what the axes show.

    Options
      Color              of the lines (red)
      EnhanceVisibility  a white line beneath (true)
      LineStyle          of the lines ('-')
      LineWidth          of the lines, in points (2)

    Examples
      >> imshow(zeros(5)); h = visboundaries(logical([0 0 0; 0 1 0; 0 0 0]), Color='b', LineWidth=1);
      figure 1: image 5x5, line 3 points, line 3 points
      >> class(h), h.Children(1).Color
      ans =
          'matlab.graphics.primitive.Group'
      ans =
           0     0     1

    See also bwboundaries, bwperim, imshow.
    """
    axes, given = parent_axes(session, args)
    if len(given) != 1:
        raise ScriptError("MATLAB:minrhs" if not given else "MATLAB:maxrhs", "visboundaries takes BW or B.")
    value = given[0]
    if is_cell(value):
        paths = [take.pixels(item, "visboundaries", "B").astype(float) for item in value.ravel(order="F")]
        if any(path.ndim != 2 or path.shape[1] != 2 for path in paths):
            raise take.refusal("visboundaries", "B", "a cell of rows and columns", value)
    else:
        found = session.call("bwboundaries", 1, value)
        paths = [item for item in found.ravel(order="F")]
    gap = np.full((1, 2), np.nan)
    line = np.vstack([part for path in paths for part in (path, gap)] or [gap])
    x, y = line[:, 1:2].copy(), line[:, :1].copy()
    group = drawn(session, "visboundaries", axes, x, y, Color, EnhanceVisibility, LineStyle, LineWidth)
    return group if nargout else None

"""Regions of interest by their older names: imrect, imellipse, impoly, imline, impoint."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.polygon_masks import no_mouse
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import regions_of_interest as regions
from cnnscript.values.text import text_or_none


def older(session: Any, args: tuple, function: str, kind: str, count: int | None) -> Any:
    """imrect and its kin: an axes, and the place."""
    axes, rest = axes_first(args)
    values = list(rest)
    options = []
    while len(values) > 1 and (word := text_or_none(values[-2])) is not None:
        options.append(take.choice(word, ("PositionConstraintFcn", "Closed"), function, "the option"))
        values = values[:-2]
    if values and isinstance(values[0], Handle):
        raise ScriptError(f"images:{function}:invalidParent", "A region of interest lies in an axes.")
    if not values:
        raise no_mouse(function, f"{function}(gca, position) takes the place")
    if len(values) == 2 and function in ("imline", "impoint"):
        x, y = (take.numbers(value, function, "the place") for value in values)
        if len(x) != len(y):
            raise ScriptError(f"images:{function}:sizeMismatch", "x and y must have the same length.")
        place: Any = np.array([x, y], float).T
    elif len(values) == 1:
        place = take.pixels(values[0], function, "the position").astype(float)
    else:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if count is not None and place.size != count:
        raise take.refusal(function, "the position", f"{count} numbers", values[0])
    maker = OLDER[function]
    given = maker(None)
    given.set("Position", place)
    made = maker(axes or session.desk.current_axes())
    made.set("Position", place)
    return wrap(made)


OLD_METHODS = frozenset(("createMask", "getPosition", "setPosition"))


class OldRectangle(regions.RectangleRegion):
    class_name = "imrect"
    methods = OLD_METHODS


class OldEllipse(regions.RectangleRegion):
    """An ellipse by the box about it."""

    class_name = "imellipse"
    methods = OLD_METHODS

    def outline(self) -> np.ndarray:
        found = self.value("Position")
        if found is None:
            return np.zeros((0, 2))
        left, top, width, height = found
        round_ = np.stack((np.cos(regions.ROUND), np.sin(regions.ROUND)), axis=1)
        return np.array([left + width / 2, top + height / 2]) + round_ * [width / 2, height / 2]

    def markers(self) -> np.ndarray:
        return self.outline()[::45]


class OldPolygon(regions.PolygonRegion):
    class_name = "impoly"
    methods = OLD_METHODS


class OldLine(regions.LineRegion):
    class_name = "imline"
    methods = OLD_METHODS


class OldPoint(regions.PointRegion):
    class_name = "impoint"
    methods = OLD_METHODS


OLDER: dict[str, type[regions.RegionOfInterest]] = {
    "imrect": OldRectangle, "imellipse": OldEllipse, "impoly": OldPolygon, "imline": OldLine, "impoint": OldPoint,
}  # fmt: skip


@builtin(outputs=1)
def imrect(session, nargout, /, *args):
    """
    h = imrect(hparent, position)

    A rectangle [x y w h] over a picture (drawrectangle is newer).

    Examples
      >> imshow(zeros(9)); h = imrect(gca, [0.5 0.5 3 2]); getPosition(h), nnz(createMask(h))
      ans =
          0.5000    0.5000    3.0000    2.0000
      ans =
           6
      figure 1: image 9x9, images.roi.rectangle

    See also drawrectangle, getPosition, createMask.
    """
    return older(session, args, "imrect", "rectangle", 4)


@builtin(outputs=1)
def imellipse(session, nargout, /, *args):
    """
    h = imellipse(hparent, position)

    An ellipse in the box [x y w h] over a picture (drawellipse is newer).

    Examples
      >> imshow(zeros(9)); h = imellipse(gca, [0.5 0.5 7 7]); BW = createMask(h); [BW(1, 1) BW(4, 4)]
      ans =
        1×2 logical array
         0   1
      figure 1: image 9x9, images.roi.rectangle

    See also drawellipse, getPosition, createMask.
    """
    return older(session, args, "imellipse", "rectangle", 4)


@builtin(outputs=1)
def impoly(session, nargout, /, *args):
    """
    h = impoly(hparent, position)

    A polygon (n-by-2) over a picture (drawpolygon is newer).

    Examples
      >> imshow(zeros(9)); h = impoly(gca, [1 1; 5 1; 5 5]); size(getPosition(h))
      ans =
           3     2
      figure 1: image 9x9, images.roi.polygon

    See also drawpolygon, getPosition, createMask.
    """
    return older(session, args, "impoly", "polygon", None)


@builtin(outputs=1)
def imline(session, nargout, /, *args):
    """
    h = imline(hparent, position)
    h = imline(hparent, x, y)

    A line over a picture (drawline is newer).

    Examples
      >> imshow(zeros(9)); h = imline(gca, [1 5], [2 2]); getPosition(h)
      ans =
           1     2
           5     2
      figure 1: image 9x9, images.roi.line

    See also drawline, getPosition, createMask.
    """
    return older(session, args, "imline", "line", 4)


@builtin(outputs=1)
def impoint(session, nargout, /, *args):
    """
    h = impoint(hparent, position)
    h = impoint(hparent, x, y)

    A point over a picture (drawpoint is newer).

    Examples
      >> imshow(zeros(9)); h = impoint(gca, 3, 4); getPosition(h)
      ans =
           3     4
      figure 1: image 9x9, images.roi.point

    See also drawpoint, getPosition.
    """
    return older(session, args, "impoint", "point", 2)


@builtin
def imfreehand(session, /, *args):
    """
    h = imfreehand(hparent)

    A line drawn by hand, which needs MATLAB's desktop.

    Examples
      >> try, imfreehand(gca); catch e, disp(e.identifier), end
      images:imfreehand:interactive
      figure 1: empty axes

    See also drawfreehand, roipoly.
    """
    raise no_mouse("imfreehand", "drawfreehand(Position=xy) takes the points")


def old_one(value: Any, function: str) -> regions.RegionOfInterest:
    graphic = value.graphic if isinstance(value, Handle) else None
    if not isinstance(graphic, tuple(OLDER.values())):
        raise take.refusal(function, "h", "an object of imrect, imellipse, impoly, imline or impoint", value)
    return graphic


@builtin
def getPosition(h, /):
    """
    pos = getPosition(h)

    Where an object of imrect, imellipse, impoly, imline or impoint lies.

    Examples
      >> imshow(zeros(9)); getPosition(imrect(gca, [1 2 3 4]))
      ans =
           1     2     3     4
      figure 1: image 9x9, images.roi.rectangle

    See also setPosition, imrect.
    """
    from cnnscript.builtins.language.handles import to_script

    return to_script(old_one(h, "getPosition").get("Position"))


@builtin
def setPosition(h, pos, /):
    """
    setPosition(h, pos)

    Move an object of imrect, imellipse, impoly, imline or impoint.

    Examples
      >> imshow(zeros(9)); h = imrect(gca, [1 2 3 4]); setPosition(h, [2 2 3 4]); getPosition(h)
      ans =
           2     2     3     4
      figure 1: image 9x9, images.roi.rectangle

    See also getPosition, imrect.
    """
    old_one(h, "setPosition").set("Position", take.pixels(pos, "setPosition", "pos").astype(float))

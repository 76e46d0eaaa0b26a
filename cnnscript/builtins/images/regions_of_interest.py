"""Regions of interest: shapes drawn over pictures by their given places, and their masks."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.polygon_masks import no_mouse
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import regions_of_interest as regions
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.images import polygons
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm

PLACES = {"circle": ("Center", "Radius"), "ellipse": ("Center", "SemiAxes")}


def region(session: Any, kind: str, args: tuple, function: str, placed: bool) -> Any:
    """A region of interest; placed: its place must be given, and it lies in the current axes where no others are."""
    axes, rest = axes_first(args)
    maker = regions.KINDS[kind]
    axes, given = parent_of(pairs(rest, function), axes)
    if rest and isinstance(rest[0], Handle):
        raise ScriptError(f"images:{function}:invalidParent", "A region of interest lies in an axes.")
    tried(maker, given)
    wanted = PLACES.get(kind, ("Position",))
    known = {maker.find_name(word) for word, _ in given}
    if placed and not known.issuperset(wanted):
        raise no_mouse(function, f"{function}({', '.join(f'{name}=...' for name in wanted)}) takes the place")
    made = maker(axes or (session.desk.current_axes() if placed else None))
    set_pairs(made, given)
    return wrap(made)


@builtin(outputs=1)
def drawrectangle(session, nargout, /, *args):
    """
    roi = drawrectangle(Position=[x y w h])
    roi = drawrectangle(ax, ...)
    roi = drawrectangle(..., Name=Value)

    A rectangle over a picture, as an object: Position, RotationAngle, Color, FaceAlpha, Label, LineWidth, ...

    Examples
      >> imshow(zeros(9)); roi = drawrectangle(Position=[2 2 3 4], Label='box'); roi.AspectRatio
      ans =
          1.3333
      figure 1: image 9x9, images.roi.rectangle
      >> nnz(createMask(roi))
      ans =
          12

    See also drawcircle, drawpolygon, drawfreehand, createMask, rectangle.
    """
    return region(session, "rectangle", args, "drawrectangle", True)


@builtin(outputs=1)
def drawcircle(session, nargout, /, *args):
    """
    roi = drawcircle(Center=[x y], Radius=r)
    roi = drawcircle(ax, ...)
    roi = drawcircle(..., Name=Value)

    A circle over a picture, as an object: Center, Radius, Color, FaceAlpha, Label, LineWidth, ...

    Examples
      >> imshow(zeros(9)); roi = drawcircle(Center=[5 5], Radius=3); roi.Radius
      ans =
           3
      figure 1: image 9x9, images.roi.circle

    See also drawellipse, drawrectangle, createMask.
    """
    return region(session, "circle", args, "drawcircle", True)


@builtin(outputs=1)
def drawellipse(session, nargout, /, *args):
    """
    roi = drawellipse(Center=[x y], SemiAxes=[a b])
    roi = drawellipse(ax, ...)
    roi = drawellipse(..., Name=Value)

    An ellipse over a picture, as an object: Center, SemiAxes, RotationAngle, Color, FaceAlpha, Label, ...

    Examples
      >> imshow(zeros(9)); roi = drawellipse(Center=[5 5], SemiAxes=[4 2]); roi.AspectRatio
      ans =
          0.5000
      figure 1: image 9x9, images.roi.ellipse

    See also drawcircle, drawrectangle, createMask.
    """
    return region(session, "ellipse", args, "drawellipse", True)


@builtin(outputs=1)
def drawpolygon(session, nargout, /, *args):
    """
    roi = drawpolygon(Position=xy)
    roi = drawpolygon(ax, ...)
    roi = drawpolygon(..., Name=Value)

    A polygon over a picture, as an object; xy is n-by-2.

    Examples
      >> imshow(zeros(9)); roi = drawpolygon(Position=[1 1; 8 1; 8 8]); size(roi.Position)
      ans =
           3     2
      figure 1: image 9x9, images.roi.polygon

    See also drawpolyline, drawfreehand, createMask, poly2mask.
    """
    return region(session, "polygon", args, "drawpolygon", True)


@builtin(outputs=1)
def drawfreehand(session, nargout, /, *args):
    """
    roi = drawfreehand(Position=xy)
    roi = drawfreehand(ax, ...)
    roi = drawfreehand(..., Name=Value)

    A line round a part of a picture, as an object; xy is n-by-2. Closed=false leaves it open.

    Examples
      >> imshow(zeros(9)); roi = drawfreehand(Position=[1 1; 8 1; 8 8], Color='r'); roi.Color
      ans =
           1     0     0
      figure 1: image 9x9, images.roi.freehand

    See also drawpolygon, createMask.
    """
    return region(session, "freehand", args, "drawfreehand", True)


@builtin(outputs=1)
def drawline(session, nargout, /, *args):
    """
    roi = drawline(Position=[x1 y1; x2 y2])
    roi = drawline(ax, ...)
    roi = drawline(..., Name=Value)

    A line over a picture, as an object.

    Examples
      >> imshow(zeros(9)); roi = drawline(Position=[1 1; 5 5]); nnz(createMask(roi))
      ans =
           5
      figure 1: image 9x9, images.roi.line

    See also drawpolyline, drawpoint, line.
    """
    return region(session, "line", args, "drawline", True)


@builtin(outputs=1)
def drawpolyline(session, nargout, /, *args):
    """
    roi = drawpolyline(Position=xy)
    roi = drawpolyline(ax, ...)
    roi = drawpolyline(..., Name=Value)

    A line of several parts over a picture, as an object; xy is n-by-2.

    Examples
      >> imshow(zeros(9)); roi = drawpolyline(Position=[1 1; 5 5; 9 1]); class(roi)
      ans =
          'images.roi.Polyline'
      figure 1: image 9x9, images.roi.polyline

    See also drawline, drawpolygon.
    """
    return region(session, "polyline", args, "drawpolyline", True)


@builtin(outputs=1)
def drawpoint(session, nargout, /, *args):
    """
    roi = drawpoint(Position=[x y])
    roi = drawpoint(ax, ...)
    roi = drawpoint(..., Name=Value)

    A point over a picture, as an object.

    Examples
      >> imshow(zeros(9)); roi = drawpoint(Position=[3 4]); roi.Position
      ans =
           3     4
      figure 1: image 9x9, images.roi.point

    See also drawline, drawcircle.
    """
    return region(session, "point", args, "drawpoint", True)


def declare(kind: str, place: str, example: str) -> None:
    """The class of that kind, called by its name."""
    word = regions.KINDS[kind].class_name

    def make(session, nargout, /, *args):
        return region(session, kind, args, word, False)

    make.__name__ = make.__qualname__ = word.replace(".", "_")
    make.__doc__ = f"""
    roi = {word}
    roi = {word}(ax)
    roi = {word}(..., Name=Value)

    A region of interest as an object: in no axes until it is given some, and without a place until {place} is set.

    Examples
      >> imshow(zeros(9)); roi = {word}(gca, {example}); class(roi)
      ans =
          '{word}'
      figure 1: image 9x9, {regions.KINDS[kind].kind}

    See also draw{kind}, createMask.
    """
    builtin(make, name=word, outputs=1)


for _kind, _place, _example in (
    ("rectangle", "Position", "Position=[1 1 2 2]"),
    ("circle", "Center and Radius", "Center=[4 4], Radius=2"),
    ("ellipse", "Center and SemiAxes", "Center=[4 4], SemiAxes=[2 1]"),
    ("polygon", "Position", "Position=[1 1; 3 1; 2 4]"),
    ("freehand", "Position", "Position=[1 1; 3 1; 2 4]"),
    ("line", "Position", "Position=[1 1; 3 1]"),
    ("polyline", "Position", "Position=[1 1; 3 1; 2 4]"),
    ("point", "Position", "Position=[1 1]"),
):
    declare(_kind, _place, _example)


# --------------------------------------------------------------------------------------------------------------- masks
@builtin
def createMask(ROI, /, *args):
    """
    BW = createMask(ROI)
    BW = createMask(ROI, m, n)
    BW = createMask(ROI, I)

    The mask of the pixels inside a region of interest: of the picture beneath it, of m by n pixels, or of an image.

    Examples
      >> roi = images.roi.Rectangle(gca, Position=[0.5 0.5 2 1]);
      >> createMask(roi, 2, 3)
      ans =
        2×3 logical array
         1   1   0
         0   0   0
      figure 1: images.roi.rectangle

    See also drawrectangle, drawpolygon, poly2mask, roipoly.
    """
    graphic = ROI.graphic if isinstance(ROI, Handle) else None
    if not isinstance(graphic, regions.RegionOfInterest):
        raise take.refusal("createMask", "ROI", "a region of interest", ROI)
    graphic.alive()
    x = y = None
    if len(args) == 2:
        rows, columns = take.count(args[0], "createMask", "m"), take.count(args[1], "createMask", "n")
    elif len(args) == 1 and not isinstance(args[0], Handle):
        rows, columns = take.pixels(args[0], "createMask", "I").shape[:2]
    elif len(args) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    else:
        image = args[0].graphic if args else picture_beneath(graphic)
        if image is None or image.kind != "image":
            raise ScriptError(
                "images:imroi:noImage", "There is no picture beneath the region.", hint="createMask(ROI, m, n)"
            )
        rows, columns = image.value("CData").shape[:2]
        x, y = (image.get(f"{letter}Data") for letter in "XY")
    require_memory((rows, columns), 8)
    across = (1.0, float(columns)) if x is None else (float(x[0]), float(x[-1]))
    down = (1.0, float(rows)) if y is None else (float(y[0]), float(y[-1]))
    if graphic.closed:
        return norm(np.asfortranarray(graphic.inside(rows, columns, across, down)))
    return norm(np.asfortranarray(line_mask(graphic.outline(), rows, columns, across, down)))


@builtin
def inROI(ROI, X, Y=None, /):
    """
    tf = inROI(ROI, X, Y)
    tf = inROI(ROI, positions)

    Which points (X and Y, or the rows of positions) lie in a region of interest, or on its edge.

    Examples
      >> roi = images.roi.Circle(gca, Center=[5 5], Radius=2); inROI(roi, [5 7.5 3], [5 5 5])'
      ans =
        1×3 logical array
         1   0   1
      figure 1: images.roi.circle

    See also createMask, inpolygon, drawcircle.
    """
    graphic = ROI.graphic if isinstance(ROI, Handle) else None
    if not isinstance(graphic, regions.RegionOfInterest) or not graphic.closed:
        raise take.refusal("inROI", "ROI", "a region of interest that is closed", ROI)
    graphic.alive()
    if Y is None:
        points = take.pixels(X, "inROI", "positions").astype(float)
        if points.ndim != 2 or points.shape[1] != 2:
            raise take.refusal("inROI", "positions", "n-by-2 numbers", X)
        x, y = points.T
    else:
        x, y = (np.array(take.numbers(value, "inROI", "X and Y")) for value in (X, Y))
        if len(x) != len(y):
            raise ScriptError("images:inROI:sizeMismatch", "X and Y must have the same number of elements.")
    return norm(graphic.holds(x, y).reshape(-1, 1))


def line_mask(points: np.ndarray, rows: int, columns: int, x: tuple, y: tuple) -> np.ndarray:
    """The pixels along a line of several parts."""
    mask = np.zeros((rows, columns), bool)
    far = 4 * (rows + columns) + 1000
    across = np.clip(polygons.half_away(regions.pixel_of(points[:, 0], x, columns)), -far, far).astype(int)
    down = np.clip(polygons.half_away(regions.pixel_of(points[:, 1], y, rows)), -far, far).astype(int)
    for k in range(max(len(points) - 1, min(len(points), 1))):
        last = min(k + 1, len(points) - 1)
        at_x, at_y = polygons.steps_between(across[k], down[k], across[last], down[last])
        within = (at_x >= 1) & (at_x <= columns) & (at_y >= 1) & (at_y <= rows)
        mask[at_y[within] - 1, at_x[within] - 1] = True
    return mask


def picture_beneath(graphic: regions.RegionOfInterest) -> Any:
    axes = graphic.parent
    found = axes.images() if isinstance(axes, Axes) else []
    return found[-1] if found else None

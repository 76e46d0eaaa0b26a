"""Regions of interest: polygons to masks, and shapes drawn over pictures by their given places."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import regions_of_interest as regions
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.images import polygons
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.text import text_or_none


def no_mouse(function: str, hint: str) -> ScriptError:
    """The one sentence of what is drawn by hand."""
    return ScriptError(
        f"images:{function}:interactive", "Drawing a region with the mouse needs MATLAB's desktop.", hint=hint
    )


# --------------------------------------------------------------------------------------------------- polygons to masks
def corners_of(x: Any, y: Any, function: str) -> tuple[np.ndarray, np.ndarray]:
    across, down = (np.array(take.numbers(value, function, "the polygon"), float) for value in (x, y))
    if len(across) != len(down):
        raise ScriptError(f"images:{function}:vectorSizeMismatch", "xi and yi must have the same length.")
    if not (np.isfinite(across).all() and np.isfinite(down).all()):
        raise take.refusal(function, "the polygon", "finite numbers", x)
    return across, down


@builtin
def poly2mask(xi, yi, m, n, /):
    """
    BW = poly2mask(xi, yi, m, n)

    The mask (m rows, n columns) of the pixels inside a polygon, by MATLAB's rule: edges run on a grid five times as
    fine, and a pixel counts when its middle lies inside.

    Examples
      >> poly2mask([0.5 2.5 2.5 0.5], [0.5 0.5 2.5 2.5], 3, 3)
      ans =
        3×3 logical array
         1   1   0
         1   1   0
         0   0   0

    See also roipoly, bwconvhull, inpolygon.
    """
    x, y = corners_of(xi, yi, "poly2mask")
    rows, columns = take.count(m, "poly2mask", "m"), take.count(n, "poly2mask", "n")
    require_memory((rows, columns), 8)
    return norm(np.asfortranarray(polygons.mask_of(x, y, rows, columns)))


@builtin(outputs=5)
def roipoly(nargout, /, *args):
    """
    BW = roipoly(I, xi, yi)
    BW = roipoly(x, y, I, xi, yi)
    BW = roipoly(m, n, xi, yi)
    [BW, xi2, yi2] = roipoly(...)
    [x2, y2, BW, xi2, yi2] = roipoly(...)

    The mask of the pixels of an image inside a polygon. x and y say where the first and the last column and row lie.

    Examples
      >> BW = roipoly(zeros(2, 3), [0.5 2.5 2.5 0.5], [0.5 0.5 1.5 1.5])
      BW =
        2×3 logical array
         1   1   0
         0   0   0
      >> [BW, xi] = roipoly(2, 2, [0 9 9], [0 0 9]); xi'
      ans =
           0     9     9     0
      >> [x2, y2, BW, xi2, yi2] = roipoly([10 20], [1 2], ones(2), [5 15 15 5], [0 0 3 3]); BW, x2
      BW =
        2×2 logical array
         1   0
         1   0
      x2 =
          10    20

    See also poly2mask, roicolor, createMask.
    """
    if len(args) < 3 or len(args) > 5:
        if len(args) > 5:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        raise no_mouse("roipoly", "roipoly(I, xi, yi) takes the corners")
    x_ends, y_ends = None, None
    if len(args) == 4:
        shape = (take.count(args[0], "roipoly", "m"), take.count(args[1], "roipoly", "n"))
        require_memory(shape, 8)
    else:
        shape = take.pixels(args[-3], "roipoly", "I").shape[:2]
    if len(args) == 5:
        x_ends, y_ends = (take.numbers(value, "roipoly", "x and y") for value in args[:2])
        if min(len(x_ends), len(y_ends)) < 2:
            raise take.refusal("roipoly", "x and y", "the places of the first and the last column and row", args[0])
    x, y = corners_of(args[-2], args[-1], "roipoly")
    if len(x) and (x[0] != x[-1] or y[0] != y[-1]):
        x, y = np.append(x, x[0]), np.append(y, y[0])
    ends = (
        (x_ends[0], x_ends[-1]) if x_ends else (1.0, float(shape[1])),
        (y_ends[0], y_ends[-1]) if y_ends else (1.0, float(shape[0])),
    )
    across, down = regions.pixel_of(x, ends[0], shape[1]), regions.pixel_of(y, ends[1], shape[0])
    mask = norm(np.asfortranarray(polygons.mask_of(across, down, *shape)))
    xi, yi = norm(x.reshape(-1, 1)), norm(y.reshape(-1, 1))
    if nargout > 3:
        return norm(np.array([ends[0]])), norm(np.array([ends[1]])), mask, xi, yi
    return mask, xi, yi


@builtin
def roicolor(A, low, high=None, /):
    """
    BW = roicolor(A, low, high)
    BW = roicolor(A, v)

    The mask of the pixels from low to high, or of those that are in v.

    Examples
      >> roicolor([1 2 3 4], 2, 3)
      ans =
        1×4 logical array
         0   1   1   0
      >> roicolor(uint8([1 2 3 4]), [1 4])
      ans =
        1×4 logical array
         1   0   0   1

    See also roipoly, poly2mask, imbinarize.
    """
    image = take.pixels(A, "roicolor", "A")
    if high is None:
        found = np.isin(image.astype(float), take.numbers(low, "roicolor", "v"))
    else:
        found = (image >= take.number(low, "roicolor", "low")) & (image <= take.number(high, "roicolor", "high"))
    return norm(np.asfortranarray(found))


@builtin
def poly2label(roi_positions, roi_label_ids, image_size, /):
    """
    L = poly2label(roiPositions, roiLabelIDs, imageSize)

    A label matrix of polygons (a cell of n-by-2 corners, x and y): each its number, later ones over earlier ones.

    Examples
      >> poly2label({[0.5 0.5; 2.5 0.5; 2.5 1.5; 0.5 1.5], [2.5 0.5; 3.5 0.5; 3.5 2.5; 2.5 2.5]}, uint8([1 2]), [2 3])
      ans =
        2×3 uint8 matrix
         1   1   2
         0   0   2

    See also poly2mask, labelmatrix, label2rgb.
    """
    if not is_cell(roi_positions):
        raise take.refusal("poly2label", "roiPositions", "a cell array", roi_positions)
    numbers = take.pixels(roi_label_ids, "poly2label", "roiLabelIDs")
    rows, columns = take.counts(image_size, "poly2label", "imageSize", tuple(range(2, 9)))[:2]
    if numbers.size != roi_positions.size:
        raise ScriptError("images:poly2label:sizeMismatch", "Each ROI must have one label.")
    require_memory((rows, columns), 8)
    labels = np.zeros((rows, columns), numbers.dtype if numbers.dtype != bool else float, order="F")
    for place, label in zip(roi_positions.ravel(order="F"), numbers.ravel(order="F"), strict=True):
        corners = take.pixels(place, "poly2label", "roiPositions").astype(float)
        if corners.ndim != 2 or corners.shape[1] != 2 or not np.isfinite(corners).all():
            raise take.refusal("poly2label", "each ROI", "n-by-2 finite numbers", place)
        labels[polygons.mask_of(corners[:, 0], corners[:, 1], rows, columns)] = label
    return norm(labels)


# ---------------------------------------------------------------------------------------------------------------- drawn
PLACES = {"circle": ("Center", "Radius"), "ellipse": ("Center", "SemiAxes")}


def region(session: Any, kind: str, args: tuple, function: str, placed: bool) -> Any:
    """A region of interest in an axes; placed: its place must be given."""
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
    made = maker(axes or session.desk.current_axes())
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

    A region of interest as an object, without a place until {place} is set.

    Examples
      >> imshow(zeros(9)); roi = {word}({example}); class(roi)
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


# ----------------------------------------------------------------------------------------------------------- older ones
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

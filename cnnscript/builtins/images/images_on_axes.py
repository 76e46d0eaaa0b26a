"""Images that are shown: which they are, what they hold, how large they appear; circles around what is in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_display import grey_or_colour
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.groups import Group
from cnnscript.pictures.graphics.plots import Line
from cnnscript.pictures.graphics.primitives import Image
from cnnscript.pictures.images import colour, scale
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none

NO_IMAGE, INDEXED, GREY, GREY_OUTSIDE, COLOUR, BINARY = (float(kind) for kind in range(6))  # what getimage says of one
CORNERS = 360  # of a circle


def images_in(session: Any, value: Any, function: str) -> list[Image]:
    """The images of a figure, an axes, an image, or of nothing given: of the current axes, else of its figure."""
    if value is None:
        figure = session.desk.current
        axes = figure.current_axes if figure is not None else None
        inside = [node for node in axes.walk() if isinstance(node, Image)] if axes is not None else []
        return inside or ([node for node in figure.walk() if isinstance(node, Image)] if figure is not None else [])
    if not isinstance(value, (Handle, HandleArray)):
        raise take.refusal(function, "the handle", "a figure, an axes or an image", value)
    found: list[Image] = []
    for graphic in graphics_of(value):
        graphic.alive()
        found += [node for node in graphic.walk() if isinstance(node, Image)]
    return found


def kind_of(image: Image) -> float:
    """Indexed, grey, colour or binary, as getimage numbers them."""
    pixels = image.value("CData")
    if pixels.ndim == 3:
        return COLOUR
    if pixels.dtype.kind == "b":
        return BINARY
    if image.value("CDataMapping") == "direct":
        return INDEXED
    return GREY if tuple(image.up("axes").get("CLim")) == showing.class_range(pixels.dtype) else GREY_OUTSIDE


@builtin(outputs=4)
def getimage(session, nargout, h=None, /):
    """
    A = getimage
    A = getimage(h)
    [x, y, A] = getimage(...)
    [..., A, flag] = getimage(...)

    The first image of a figure or an axes, as an array; [] where there is none.

    x and y say where its first and last columns and rows lie. flag is 0 for no image, 1 for an indexed one, 2 for grey
    within the usual range, 3 for grey in another range, 4 for colour and 5 for a binary one.

    Examples
      >> imshow(magic(3), []); [A, flag] = getimage; A(1, :), flag
      ans =
           8     1     6
      flag =
           3
      figure 1: image 3x3

    See also imshow, imhandles, getframe.
    """
    found = images_in(session, h, "getimage")
    if not found:
        empty = np.zeros((0, 0))
        x, y, pixels, flag = empty, empty, empty, NO_IMAGE
    else:
        image = found[0]
        x, y = norm(image.get_XData()[None, :]), norm(image.get_YData()[None, :])
        pixels, flag = norm(image.value("CData")), kind_of(image)
    if nargout <= 2:
        return (pixels, flag) if nargout == 2 else pixels
    return (x, y, pixels, flag)[:nargout]


@builtin
def imhandles(session, h, /):
    """
    himage = imhandles(h)

    The images in figures or axes, as handles.

    Examples
      >> subplot(1, 2, 1); imshow(ones(2)); subplot(1, 2, 2); imshow(ones(3)); numel(imhandles(gcf))
      ans =
           2
      figure 1: axes 1: image 2x2; axes 2: image 3x3

    See also getimage, imgca, findobj.
    """
    return wrap_list(images_in(session, h, "imhandles"), True)


@builtin
def imgca(session, f=None, /):
    """
    ha = imgca
    ha = imgca(f)

    The current axes that holds an image, of a figure or of all.

    Examples
      >> imshow(ones(2)); a = imgca; a == gca
      ans =
        logical
         1
      figure 1: image 2x2

    See also imgcf, gca, imhandles.
    """
    figures = session.desk.figures() if f is None else [figure_given(f, "imgca")]
    if f is None and session.desk.current in figures:
        figures = [session.desk.current, *(figure for figure in figures if figure is not session.desk.current)]
    for figure in figures:
        every = [axes for axes in figure.all_axes() if axes.images()]
        if figure.current_axes in every:
            return wrap(figure.current_axes)
        if every:
            return wrap(every[-1])
    return np.zeros((0, 0))


@builtin
def imgcf(session, /):
    """
    hf = imgcf

    The current figure that holds an image.

    Examples
      >> imshow(ones(2)); f = imgcf; f.Number
      ans =
           1
      figure 1: image 2x2

    See also imgca, gcf.
    """
    found = imgca(session)
    return wrap(found.graphic.up("figure")) if isinstance(found, Handle) else found


def figure_given(value: Any, function: str) -> Figure:
    if not isinstance(value, Handle) or not isinstance(value.graphic, Figure):
        raise take.refusal(function, "the handle", "a figure", value)
    value.graphic.alive()
    return value.graphic


@builtin
def truesize(session, /, *args):
    """
    truesize
    truesize(f)
    truesize(f, [mrows ncols])

    Give a figure of one image the size at which each pixel of the image is one of the screen, or the image has mrows
    rows and ncols columns of the screen.

    Examples
      >> figure(Position=[1 1 400 300]); imshow(zeros(150, 200)); truesize; p = get(gcf, 'Position'); p(3:4)
      ans =
         240   190
      figure 1: image 150x200

    See also imshow, axis.
    """
    rest = list(args)
    figure = figure_given(rest.pop(0), "truesize") if rest and isinstance(rest[0], Handle) else session.desk.current
    size = take.numbers(rest.pop(0), "truesize", "the size", 2) if rest else None
    take.no_options(rest, "truesize")
    if size is not None and not min(size) > 0:
        raise take.refusal("truesize", "the size", "two positive numbers", args[-1])
    every = [axes for axes in figure.all_axes() if axes.images()] if figure is not None else []
    if not every:
        raise ScriptError("images:truesize:noImage", "No images are in the figure.")
    if len(figure.all_axes()) != 1:
        raise ScriptError("images:truesize:severalAxes", "truesize works on a figure with one axes.")
    axes = every[0]
    image = axes.images()[0]
    pixels = image.value("CData")
    axes.values["PositionMode"] = figure.values["PositionMode"] = "auto"
    axes.cell = axes.span = None
    axes.fitted = (size[1] / pixels.shape[1] if size is not None else 1.0) * showing.density(image)
    axes.touch()


@builtin(outputs=1)
def viscircles(session, nargout, /, *args):
    """
    viscircles(centers, radii)
    viscircles(ax, centers, radii)
    viscircles(..., Name=Value)
    h = viscircles(...)

    Draw circles on the current axes, over what is there: centers has a row [x y] for each, radii a number.

    Options are EnhanceVisibility (true: on a wider white line), Color ('red'; EdgeColor is the same), LineStyle ('-')
    and LineWidth (2).

    Examples
      >> imshow(zeros(50)); h = viscircles([20 20; 40 30], [5 8], Color='b'); class(h)
      ans =
          'matlab.graphics.primitive.Group'
      figure 1: image 50x50, line 723 points, line 723 points

    See also imfindcircles, rectangle, plot.
    """
    axes, args = axes_first(args)
    if len(args) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    centres = np.asarray(take.pixels(args[0], "viscircles", "the centers"), float)
    radii = np.asarray(take.pixels(args[1], "viscircles", "the radii"), float).ravel(order="F")
    if centres.size and (centres.ndim != 2 or centres.shape[1] != 2):
        raise take.refusal("viscircles", "the centers", "rows of [x y]", args[0])
    if centres.size // 2 != radii.size:
        raise ScriptError(
            "images:validate:unequalNumberOfRows", "centers and radii must have the same number of rows.",
            notes=(f"{centres.size // 2} centers, {radii.size} radii",),
        )  # fmt: skip
    if (radii < 0).any():
        raise ScriptError("MATLAB:viscircles:expectedNonnegative", "Expected radii to be nonnegative.")
    given, enhance = [], True
    names = ("EnhanceVisibility", "EdgeColor", "Color", "LineStyle", "LineWidth")
    for word, value in pairs(args[2:], "viscircles"):
        name = take.choice(word, names, "viscircles", "the option")
        if name == "EnhanceVisibility":
            enhance = take.flag(value, "viscircles", name)
        else:
            given.append(("Color" if name == "EdgeColor" else name, value))
    set_pairs(Line(), given)  # what is wrong shows before anything is drawn
    axes = axes if axes is not None else session.desk.current_axes()
    group = Group(axes)
    for white in (True, False) if enhance else (False,):
        line = Line(group, Color=(1.0, 0.0, 0.0), LineWidth=2.0)
        set_pairs(line, given)
        if white:
            line.values |= {"Color": (1.0, 1.0, 1.0), "LineWidth": line.value("LineWidth") + 1.0}
        circles(line, centres, radii)
    axes.touch()
    return wrap(group) if nargout else None


def circles(line: Line, centres: np.ndarray, radii: np.ndarray) -> None:
    """Make one line of all circles, with a gap after each but the last."""
    angle = np.r_[np.linspace(0, 2 * np.pi, CORNERS + 1), np.nan]
    for name, column, wave in (("XData", 0, np.cos(angle)), ("YData", 1, np.sin(angle))):
        points = centres.reshape(-1, 2)[:, column, None] + radii[:, None] * wave
        line.set(name, points.ravel()[:-1] if points.size else np.zeros(0))


@builtin(outputs=1)
def subimage(session, nargout, /, *args):
    """
    subimage(X, map)
    subimage(I)
    subimage(BW)
    subimage(RGB)
    subimage(x, y, ...)
    h = subimage(...)

    Show an image in true colour in the current axes, with ticks and square pixels, whatever the colormap is.

    Examples
      >> subplot(1, 2, 1); subimage([1 2; 2 1], [1 0 0; 0 0 1]); subplot(1, 2, 2); subimage(eye(4))
      figure 1: axes 1: image 2x2x3; axes 2: image 4x4x3

    See also imshow, image, subplot.
    """
    rest, places = list(args), {}
    if len(rest) >= 3:
        for name in ("XData", "YData"):
            places[name] = np.array(take.numbers(rest.pop(0), "subimage", name))
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    pixels = grey_or_colour(rest.pop(0), "subimage")
    colours = take.colour_map(rest.pop(0), "subimage") if rest else None
    take.no_options(rest, "subimage")
    if pixels.ndim == 2:
        pixels = colour.ind2rgb(pixels, colours) if colours is not None else colour.as_rgb(pixels)
    made = showing.image(session.desk, scale.im2uint8(np.ascontiguousarray(pixels)), **places)
    showing.image_axes(made.up("axes"), made)
    return wrap(made) if nargout else None


@builtin(outputs=2)
def imcontour(session, nargout, /, *args):
    """
    imcontour(I)
    imcontour(I, levels)
    imcontour(I, v)
    imcontour(x, y, ...)
    imcontour(..., LineSpec)
    [C, h] = imcontour(...)

    Lines of equal grey through an image, row 1 on top and pixels square.

    levels is how many lines there are, v at which greys.

    Examples
      >> I = uint8([0 0 0 0; 0 9 9 0; 0 9 9 0; 0 0 0 0]); C = imcontour(I, [4.5 4.5]); C(:, 1)'
      ans =
          4.5000    9.0000
      figure 1: contour 4x4

    See also contour, imshow.
    """
    if not args:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    # x and y come first where three arrays do.
    arrays = next((at for at, value in enumerate(args) if text_or_none(value) is not None), len(args))
    place = 2 if arrays >= 3 else 0
    image = grey_or_colour(args[place], "imcontour")
    if image.ndim != 2 or min(image.shape) < 2:
        raise take.refusal("imcontour", "I", "a grey image of at least 2-by-2", args[place])
    made = session.call("contour", nargout, *args[:place], norm(image.astype(float)), *args[place + 1 :])
    axes = session.desk.current_axes()
    axes.values |= {"YDir": "reverse", "DataAspectRatio": np.ones(3), "DataAspectRatioMode": "manual", "Box": True}
    axes.touch()
    return made

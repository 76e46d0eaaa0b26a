"""Pictures of figures as arrays, frames of movies: getframe, frame2im, im2frame, movie."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing import draw
from cnnscript.pictures.graphics import layout, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.numeric import EMPTY, norm
from cnnscript.values.structs import Struct, elements, is_struct

FIELDS = ("cdata", "colormap")


@builtin
def getframe(session, obj=None, rect=None, /):
    """
    F = getframe
    F = getframe(ax)
    F = getframe(fig)
    F = getframe(..., rect)

    What an axes or a figure looks like now, as a frame of a movie: a struct with cdata (M-by-N-by-3 uint8) and
    colormap (empty).

    Of an axes, it takes what is inside its lines, without ticks and labels; rect is [left bottom width height] in
    pixels from the lower left corner of the axes or the figure.

    Examples
      >> F = getframe(figure); size(F.cdata)
      ans =
         420   560     3
      >> plot(1:3); F = getframe; size(F.cdata)
      ans =
         343   435     3
      figure 1: line 3 points

    See also frame2im, movie, VideoWriter, exportgraphics.
    """
    figure = figure_of(session, obj, "getframe") if obj is not None else session.desk.current_figure()
    if obj is None:
        graphic: Any = session.desk.current_axes()
    elif isinstance(obj, (Handle, HandleArray)):
        graphic = graphics_of(obj)[0]
    else:
        graphic = figure
    pixels = draw.rasterise(figure)
    left, bottom, height, width = 0.0, 0.0, *pixels.shape[:2]
    if isinstance(graphic, Axes):
        box = layout.plot_box(graphic)
        left, bottom, width, height = box.left, box.bottom, round(box.width) + 1, round(box.height) + 1
    elif graphic is not figure:
        raise ScriptError(
            "MATLAB:capturescreen:badObject",
            "A valid figure or axes handle must be specified",
            notes=(f"got an object of type {graphic.kind}",),
        )
    if rect is not None:
        x, y, width, height = take.numbers(rect, "getframe", "rect", 4)
        left, bottom = left + x, bottom + y
        if not (width > 0 and height > 0):
            raise ScriptError("MATLAB:capturescreen:EmptyRect", "The rectangle of getframe has no area.")
    return Struct({"cdata": norm(np.asfortranarray(part_of(pixels, left, bottom, width, height))), "colormap": EMPTY})


def part_of(pixels: np.ndarray, left: float, bottom: float, width: float, height: float) -> np.ndarray:
    """A rectangle of pixels counted from the lower left corner; what lies outside of the figure is white."""
    rows, columns = max(1, round(height)), max(1, round(width))
    first_row, first_column = pixels.shape[0] - int(np.floor(bottom)) - rows, int(np.floor(left))
    part = np.full((rows, columns, 3), 255, np.uint8)
    top, low = max(first_row, 0), min(first_row + rows, pixels.shape[0])
    start, stop = max(first_column, 0), min(first_column + columns, pixels.shape[1])
    if top < low and start < stop:
        inside = part[top - first_row : low - first_row, start - first_column : stop - first_column]
        inside[:] = pixels[top:low, start:stop]
    return part


def frames_of(value: Any, function: str) -> list[dict[str, Any]]:
    """The frames of a struct array with cdata and colormap."""
    if not is_struct(value) or set(FIELDS) - set(value.fields if type(value) is Struct else value.field_names):
        raise ScriptError(
            f"MATLAB:{function}:invalidFrame",
            "A frame is a struct with the fields 'cdata' and 'colormap'.",
            hint="getframe and im2frame make frames",
        )
    return list(elements(value).ravel("F"))


@builtin(outputs=2)
def frame2im(nargout, frame, /):
    """
    RGB = frame2im(F)
    [X, map] = frame2im(F)

    The picture in a frame of a movie: true colour, or row numbers with their map where the frame has one.

    Examples
      >> [X, map] = frame2im(im2frame(uint8([0 1; 1 0]), [0 0 0; 1 1 1])); size(map)
      ans =
           2     3
      >> RGB = frame2im(getframe(figure)); size(RGB)
      ans =
         420   560     3

    See also getframe, im2frame.
    """
    frames = frames_of(frame, "frame2im")
    if len(frames) != 1:
        raise ScriptError(
            "MATLAB:frame2im:singleFrame", "frame2im takes one frame.", notes=(f"got {len(frames)}",), hint="F(k)"
        )
    pixels, colours = frames[0]["cdata"], frames[0]["colormap"]
    if nargout < 2 and np.size(colours):
        from cnnscript.pictures.images.colour import ind2rgb
        from cnnscript.pictures.images.scale import im2uint8

        return norm(np.asfortranarray(im2uint8(ind2rgb(np.asarray(pixels), np.asarray(colours))))), EMPTY
    return pixels, colours


@builtin
def im2frame(image, colours=None, /):
    """
    F = im2frame(RGB)
    F = im2frame(X, map)

    A picture as a frame of a movie; true colour from 0 to 1, or uint8, becomes uint8.

    Examples
      >> F = im2frame(zeros(2, 3, 3)); class(F.cdata)
      ans =
          'uint8'
      >> F = im2frame(uint8([0 1]), gray(2)); size(F.colormap)
      ans =
           2     3

    See also frame2im, getframe, VideoWriter.
    """
    from cnnscript.pictures.images.scale import im2uint8

    pixels = take.pixels(image, "im2frame")
    if pixels.ndim == 3 and pixels.shape[2] == 3 and colours is None:
        return Struct({"cdata": norm(np.asfortranarray(im2uint8(pixels))), "colormap": EMPTY})
    if pixels.ndim != 2 or colours is None:
        raise ScriptError(
            "MATLAB:im2frame:invalidImage",
            "im2frame takes a true colour image, or an indexed image with its colormap.",
            notes=("got " + "x".join(map(str, pixels.shape)),),
        )
    rows = pixels if pixels.dtype.kind in "iub" else pixels - 1
    made = {"cdata": norm(np.asfortranarray(rows.astype(np.uint8))), "colormap": take.colour_map(colours, "im2frame")}
    made["colormap"] = norm(np.asfortranarray(made["colormap"]))
    return Struct(made)


@builtin
def movie(session, /, *args):
    """
    movie(M)
    movie(M, n)
    movie(M, n, fps)
    movie(h, M, ...)

    Show the frames of a movie one after the other in the current axes, n times, fps of them a second (12).

    Only a window moves: where pictures go to files, a terminal or words, the last frame is shown.

    Examples
      >> M = im2frame(zeros(4, 6, 3)); movie(M)
      figure 1: image 4x6x3

    See also getframe, VideoWriter.
    """
    values = list(args)
    if values and isinstance(values[0], (Handle, HandleArray)):
        graphic = graphics_of(values.pop(0))[0]
        session.desk.select(graphic if graphic.kind == "figure" else graphic.up("axes") or graphic.up("figure"))
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    frames = frames_of(values[0], "movie")
    times, rate = 1, 12.0
    if len(values) > 1:
        times = abs(round(take.numbers(values[1], "movie", "n")[0]))
    if len(values) > 2:
        rate = take.number(values[2], "movie", "fps")
    if not rate > 0:
        raise take.refusal("movie", "fps", "a positive number", values[2])
    if not frames:
        return
    moving = not session.desk.presenter.keeps
    for frame in frames * times if moving else frames[-1:]:
        pixels, colours = np.asarray(frame["cdata"]), np.asarray(frame["colormap"])
        indexed = colours.size > 0
        showing.imshow(session.desk, pixels, colours=colours if indexed else None, indexed=indexed)
        if moving:
            session.desk.update()
            session.rest(1 / rate)

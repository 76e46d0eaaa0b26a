"""Images shown: imshow, montage, imshowpair, image, imagesc; and many images made one: imtile, imfuse."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins import picture_arguments as take
from cnnscript.builtins.handles import Handle, axes_first, first_option, from_script, pairs, wrap
from cnnscript.builtins.image_files import load_picture
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures import colour, fuse, scale, showing, tile
from cnnscript.pictures.axes import Axes
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none

IMAGE_CLASSES = ("uint8", "uint16", "int16", "bool", "float32", "float64")


def parent_axes(value: Any) -> Axes | None:
    """The axes given as Parent; None where none is given."""
    if value is None:
        return None
    if not isinstance(value, Handle) or not isinstance(value.graphic, Axes):
        raise ScriptError("MATLAB:hg:InvalidParent", "Parent must be an axes.")
    value.graphic.alive()
    return value.graphic


def interpolation(value: Any, function: str) -> str:
    return "nearest" if value is None else take.choice(value, ("nearest", "bilinear"), function, "Interpolation")


def image_array(value: Any, function: str) -> np.ndarray:
    """An array of one of the classes that images have."""
    array = take.pixels(value, function, "input number 1, I,")
    if array.dtype.name not in IMAGE_CLASSES:
        raise scale.unknown_class(function, array.dtype.name)
    return array


@builtin(outputs=1)
def imshow(
    session, nargout, A, /, *rest, InitialMagnification=None, DisplayRange=None, Colormap=None, Border=None,
    Interpolation=None, Parent=None, XData=None, YData=None
):  # fmt: skip
    """
    imshow(I)
    imshow(I, [low high])
    imshow(I, [])
    imshow(RGB)
    imshow(BW)
    imshow(X, map)
    imshow(filename)
    imshow(..., Name=Value)
    h = imshow(...)

    Show an image, one pixel of the screen for each of its own, without axes.

    Floating-point images run from 0 (black) to 1 (white), integers over the range of their class; [low high] sets other
    limits and [] takes the lowest and highest value. Each call replaces what the axes showed, unless hold is on.

    Options
      InitialMagnification  per cent (100), or 'fit' for the figure's size
      DisplayRange          [low high], as the second argument
      Colormap              n-by-3 colours for a matrix
      Border                'loose' (a margin, the default) or 'tight'
      Interpolation         'nearest' or 'bilinear'
      Parent                the axes to draw in
      XData                 where the first and the last column lie
      YData                 where the first and the last row lie

    Examples
      >> imshow(zeros(4, 6))
      figure 1: image 4x6
      >> imshow('coffee.png'); title('A cup')
      figure 1: image 400x600x3, title 'A cup'
      >> h = imshow(magic(4), []); h.Parent.CLim
      ans =
           1    16
      figure 1: image 4x4

    See also montage, imshowpair, imagesc, imtile.
    """
    values = list(rest)
    colours, limits, stretch = None, None, False
    name = text_or_none(A)
    if name is not None:
        held = load_picture(session, name)
        array = held.pixels
        colours = held.colours if held.colours.size else None
        indexed = colours is not None
    else:
        array, indexed = image_array(A, "imshow"), False
    if values:
        second = take.pixels(values.pop(0), "imshow", "the second argument")
        if second.size == 0:
            stretch = True
        elif second.size == 2:
            limits = display_limits(second)
        else:
            colours, indexed = take.colour_map(second, "imshow"), True
    take.no_options(values, "imshow")
    if DisplayRange is not None:
        given = take.pixels(DisplayRange, "imshow", "DisplayRange")
        stretch = given.size == 0
        limits = None if stretch else display_limits(given)
    if Colormap is not None:
        colours = take.colour_map(Colormap, "imshow")
    if stretch:
        limits = showing.display_range(array)
    magnification: float | None = 1.0
    if InitialMagnification is not None:
        word = text_or_none(InitialMagnification)
        if word is not None:
            take.choice(InitialMagnification, ("fit",), "imshow", "InitialMagnification")
            magnification = None
        else:
            magnification = take.number(InitialMagnification, "imshow", "InitialMagnification") / 100
            if not magnification > 0:
                raise take.refusal("imshow", "InitialMagnification", "a positive number or 'fit'", InitialMagnification)
    made = showing.imshow(
        session.desk,
        array,
        limits,
        colours,
        indexed,
        magnification,
        Border is not None and take.choice(Border, ("tight", "loose"), "imshow", "Border") == "tight",
        parent_axes(Parent),
        np.array(take.numbers(XData, "imshow", "XData")) if XData is not None else None,
        np.array(take.numbers(YData, "imshow", "YData")) if YData is not None else None,
        interpolation(Interpolation, "imshow"),
    )
    return wrap(made) if nargout else None


def display_limits(array: np.ndarray) -> tuple[float, float]:
    low, high = array.ravel().astype(float)
    if not low < high:
        raise ScriptError(
            "MATLAB:images:imshow:badDisplayRangeValues",
            "HIGH must be greater than LOW in the display range [LOW HIGH].",
            notes=(f"got [{low:g} {high:g}]",),
        )
    return float(low), float(high)


# ---------------------------------------------------------------------------------------------------------- many as one
def collect(session: Any, value: Any, third_is_frames: bool, function: str) -> list[np.ndarray | None]:
    """The images of an array, a cell of arrays or file names, a list of file names, or a datastore."""
    names = take.file_names(value)
    if names is None and (one := text_or_none(value)) is not None:
        names = [one]
    if names is not None:
        return [in_colour(load_picture(session, name)) for name in names]
    if is_cell(value):
        return [collect_one(session, item, function) for item in value.ravel(order="F")]
    if isinstance(value, Object) and "Files" in value.property_names():
        count = int(session.call("numel", 1, value.get("Files")))
        return [image_array(session.call("readimage", 1, value, float(k)), function) for k in range(1, count + 1)]
    return list(tile.frames_of(image_array(value, function), third_is_frames, function))


def collect_one(session: Any, item: Any, function: str) -> np.ndarray | None:
    """One element of a cell: an image, a file name, or nothing for a blank tile."""
    name = text_or_none(item)
    if name:
        return in_colour(load_picture(session, name))
    array = image_array(item, function)
    if array.size == 0:
        return None
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (1, 3)):
        raise ScriptError(
            f"MATLAB:images:{function}:invalidImage",
            "Each image of a cell array must be m-by-n or m-by-n-by-3.",
            notes=("got " + "x".join(map(str, array.shape)),),
        )
    return array


def in_colour(held: Any) -> np.ndarray:
    return colour.ind2rgb(held.pixels, held.colours) if held.colours.size else held.pixels


def tiled(
    session: Any, images: Any, rest: tuple, third_is_frames: bool, function: str, size: Any, chosen: Any,
    thumbnail: Any, border: Any, background: Any,
) -> np.ndarray:  # fmt: skip
    """What montage and imtile share: collect, choose, look up, tile."""
    frames = collect(session, images, third_is_frames, function)
    if rest:
        take.no_options(list(rest[1:]), function)
        colours = take.colour_map(rest[0], function)
        frames = [frame if frame is None or frame.ndim == 3 else colour.ind2rgb(frame, colours) for frame in frames]
    if chosen is not None:
        places = take.pixels(chosen, function, "the chosen frames")
        places = np.flatnonzero(places) + 1 if places.dtype.kind == "b" else places.ravel(order="F").astype(float)
        if ((places < 1) | (places > len(frames)) | (places != np.floor(places))).any():
            raise ScriptError(
                f"MATLAB:images:{function}:invalidIndices",
                f"Indices must be whole numbers from 1 to {len(frames)}, the number of images.",
            )
        frames = [frames[int(place) - 1] for place in places]
    edges = take.numbers(border, function, "BorderSize", (1, 2))
    if any(edge < 0 or edge != int(edge) for edge in edges):
        raise take.refusal(function, "BorderSize", "nonnegative integers", border)
    return tile.tile(
        frames,
        grid(size, function),
        [n for n in take.numbers(thumbnail, function, "ThumbnailSize", (0, 2))] if thumbnail is not None else None,
        (int(edges[0]), int(edges[-1])),
        take.colour(background),
    )


def grid(size: Any, function: str) -> list[float] | None:
    if size is None:
        return None
    given = take.numbers(size, function, "the grid size", (0, 2))
    if any(not np.isnan(n) and (n < 1 or n != int(n)) for n in given):
        raise take.refusal(function, "the grid size", "positive integers or NaN", size)
    return given or None


@builtin(outputs=1)
def montage(
    session, nargout, images, /, *rest, Size=None, Indices=None, ThumbnailSize=None, BorderSize=0.0,
    BackgroundColor="black", DisplayRange=None, Interpolation=None, Parent=None
):  # fmt: skip
    """
    montage(I)
    montage(imagelist)
    montage(filenames)
    montage(imds)
    montage(..., map)
    montage(..., Name=Value)
    img = montage(...)

    Show many images as one picture.

    I is M-by-N-by-1-by-K or M-by-N-by-K (grey) or M-by-N-by-3-by-K (colour); imagelist is a cell of images or file
    names of any classes and sizes. By default the grid is as square as it can be; smaller or larger images are resized
    to the first, their proportions kept.

    Options
      Size             [rows cols] of the grid; NaN for as many as needed
      Indices          which images
      ThumbnailSize    [rows cols] of each tile in pixels
      BorderSize       pixels around each tile, one number or [rows cols]
      BackgroundColor  of borders and empty tiles
      DisplayRange     [low high] for grey images; [] for the lowest and highest value
      Interpolation    'nearest' or 'bilinear'
      Parent           the axes to draw in

    Examples
      >> montage(rand(10, 10, 1, 6), Size=[2 NaN])
      figure 1: image 20x30
      >> montage({'coffee.png', 'chelsea.png'}, BorderSize=2, BackgroundColor='w')
      figure 1: image 404x1208x3
      >> img = montage(zeros(5, 5, 3, 4), Indices=1:2); size(img.CData)
      ans =
           5    10     3
      figure 1: image 5x10x3

    See also imtile, imshow, imshowpair.
    """
    made = tiled(session, images, rest, False, "montage", Size, Indices, ThumbnailSize, BorderSize, BackgroundColor)
    limits = None
    if DisplayRange is not None:
        given = take.pixels(DisplayRange, "montage", "DisplayRange")
        limits = showing.display_range(made) if given.size == 0 else display_limits(given)
    shown = showing.imshow(
        session.desk, made, limits, axes=parent_axes(Parent), interpolation=interpolation(Interpolation, "montage")
    )
    return wrap(shown) if nargout else None


@builtin
def imtile(
    session, images, /, *rest, Frames=None, GridSize=None, ThumbnailSize=None, BorderSize=0.0, BackgroundColor="black"
):
    """
    out = imtile(I)
    out = imtile(images)
    out = imtile(filenames)
    out = imtile(imds)
    out = imtile(..., map)
    out = imtile(..., Name=Value)

    Put many images together as one.

    Like montage, but the result is an array and nothing is shown. An M-by-N-by-K array is K grey images; an empty
    element of a cell is a blank tile.

    Options
      Frames           which images
      GridSize         [rows cols] of the grid; NaN for as many as needed
      ThumbnailSize    [rows cols] of each tile in pixels (those of the first image)
      BorderSize       pixels around each tile, one number or [rows cols]
      BackgroundColor  of borders and empty tiles

    Examples
      >> imtile({[1 2; 3 4], [5 6; 7 8], []}, GridSize=[1 3])
      ans =
           1     2     5     6     0     0
           3     4     7     8     0     0
      >> size(imtile(rand(10, 10, 12), GridSize=[3 4]))
      ans =
          30    40

    See also montage, imshow, imresize.
    """
    return norm(
        tiled(session, images, rest, True, "imtile", GridSize, Frames, ThumbnailSize, BorderSize, BackgroundColor)
    )


# ----------------------------------------------------------------------------------------------------------- two as one
def fused(first: Any, second: Any, method: Any, Scaling: Any, ColorChannels: Any, function: str) -> np.ndarray:
    arrays = [image_array(value, function) for value in (first, second)]
    for array in arrays:
        if array.size == 0 or array.ndim > 3 or (array.ndim == 3 and array.shape[2] != 3):
            raise ScriptError(
                f"MATLAB:images:{function}:unsupportedDimension",
                "The images must be m-by-n or m-by-n-by-3 and not empty.",
                notes=("got " + "x".join(map(str, array.shape)),),
            )
    way = "falsecolor" if method is None else take.choice(method, fuse.METHODS, function, "the method")
    channels = fuse.CHANNELS["green-magenta"]
    if ColorChannels is not None:
        if way != "falsecolor":
            raise ScriptError(f"MATLAB:images:{function}:channels", "ColorChannels is for the method 'falsecolor'.")
        if text_or_none(ColorChannels) is not None:
            channels = fuse.CHANNELS[take.choice(ColorChannels, tuple(fuse.CHANNELS), function, "ColorChannels")]
        else:
            channels = tuple(int(n) for n in take.numbers(ColorChannels, function, "ColorChannels", 3))
            if not set(channels) <= {0, 1, 2}:
                raise take.refusal(function, "ColorChannels", "three of the numbers 0, 1, 2", ColorChannels)
    scaling = "independent" if Scaling is None else take.choice(Scaling, fuse.SCALINGS, function, "Scaling")
    return fuse.imfuse(arrays[0], arrays[1], way, scaling, channels)


@builtin
def imfuse(A, B, method=None, /, *, Scaling=None, ColorChannels=None):
    """
    C = imfuse(A, B)
    C = imfuse(A, B, method)
    C = imfuse(..., Name=Value)

    Two images as one (uint8).

    The methods are 'falsecolor' (A green, B magenta), 'blend', 'diff', 'montage' (side by side) and 'checkerboard'. The
    smaller image is padded with zeros below and to the right.

    Options
      Scaling        'independent' (each grey image to its own range, the default), 'joint' or 'none'
      ColorChannels  'green-magenta', 'red-cyan', or three of 0, 1, 2: which image is red, green, blue

    Examples
      >> imfuse([0 1], [1 0], 'montage')
      ans =
        1×4 uint8 row vector
           0   255   255     0
      >> squeeze(imfuse(1, 0, Scaling='none', ColorChannels='red-cyan'))'
      ans =
        1×3 uint8 row vector
         255     0     0

    See also imshowpair, montage, imtile.
    """
    return norm(np.asfortranarray(fused(A, B, method, Scaling, ColorChannels, "imfuse")))


@builtin(outputs=1)
def imshowpair(
    session, nargout, A, B, method=None, /, *, Scaling=None, ColorChannels=None, Interpolation=None, Parent=None
):
    """
    imshowpair(A, B)
    imshowpair(A, B, method)
    imshowpair(..., Name=Value)
    obj = imshowpair(...)

    Show two images as one, to compare them.

    The methods are those of imfuse: 'falsecolor' (the default), 'blend', 'diff', 'montage', 'checkerboard'.

    Options
      Scaling        'independent', 'joint' or 'none'
      ColorChannels  'green-magenta', 'red-cyan', or three of 0, 1, 2
      Interpolation  'nearest' or 'bilinear'
      Parent         the axes to draw in

    Examples
      >> imshowpair(zeros(4, 6), ones(4, 6), 'montage')
      figure 1: image 4x12x3
      >> obj = imshowpair(rand(5), rand(4), Scaling='joint'); size(obj.CData)
      ans =
           5     5     3
      figure 1: image 5x5x3

    See also imfuse, montage, imshow.
    """
    made = colour.as_rgb(fused(A, B, method, Scaling, ColorChannels, "imshowpair"))
    shown = showing.imshow(
        session.desk, made, axes=parent_axes(Parent), interpolation=interpolation(Interpolation, "imshowpair")
    )
    return wrap(shown) if nargout else None


# ------------------------------------------------------------------------------------------------------- image, imagesc
def draw_matrix(session: Any, nargout: int, args: tuple, scaled: bool, function: str) -> Any:
    """image and imagesc: [axes,] [x, y,] C [, limits] and properties."""
    axes, args = axes_first(args)
    cut = first_option(args, 0)
    numeric, given = list(args[:cut]), pairs(args[cut:], function)
    parent = next((value for word, value in given if word.lower() == "parent"), None)
    given = [(word, value) for word, value in given if word.lower() != "parent"]
    axes = parent_axes(parent) or axes
    limits = None
    if scaled and len(numeric) in (2, 4):
        limits = display_limits(np.array(take.numbers(numeric.pop(), function, "the colour limits", 2)))
    if len(numeric) not in (0, 1, 3) or (not numeric and not any(word.lower() == "cdata" for word, _ in given)):
        raise ScriptError(
            "MATLAB:image:args", f"{function} takes C, or x, y and C.", notes=(f"got {len(numeric)} arrays",)
        )
    properties: dict[str, Any] = {}
    if len(numeric) == 3:
        properties["XData"], properties["YData"] = (take.pixels(value, function, "x and y") for value in numeric[:2])
    pixels = take.pixels(numeric[-1], function, "C") if numeric else np.zeros((1, 1))
    if pixels.ndim > 3 or (pixels.ndim == 3 and pixels.shape[2] != 3):
        raise ScriptError(
            "MATLAB:image:CDataSize",
            "Color data must be an m-by-n-by-3 or m-by-n matrix.",
            notes=("got " + "x".join(map(str, pixels.shape)),),
        )
    for word, value in given:
        properties[showing.Image.find_name(word)] = from_script(value)
    made = showing.image(session.desk, pixels, axes, scaled, **properties)
    if limits is not None:
        made.parent.set("CLim", limits)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def image(session, nargout, /, *args):
    """
    image(C)
    image(x, y, C)
    image(..., Name=Value)
    image(ax, ...)
    im = image(...)

    Show a matrix as colours, its numbers being rows of the colormap, in an axes with ticks.

    An M-by-N-by-3 array is a colour picture. x and y say where the centres of the first and the last pixel lie.
    Property names such as AlphaData, CDataMapping and XData may follow.

    Examples
      >> image([1 64; 128 256])
      figure 1: image 2x2
      >> im = image(0:2, 0:2, magic(3), AlphaData=0.5); im.XData
      ans =
           0     1     2
      figure 1: image 3x3 alpha 0.5

    See also imagesc, imshow, colormap.
    """
    return draw_matrix(session, nargout, args, False, "image")


@builtin(outputs=1)
def imagesc(session, nargout, /, *args):
    """
    imagesc(C)
    imagesc(x, y, C)
    imagesc(..., [low high])
    imagesc(..., Name=Value)
    imagesc(ax, ...)
    im = imagesc(...)

    Show a matrix as colours that run over the whole colormap, in an axes with ticks.

    Examples
      >> imagesc(magic(4)); colormap jet
      figure 1: image 4x4, colormap jet
      >> imshow('coffee.png'); hold on; imagesc(rand(400, 600), AlphaData=0.5)
      figure 1: image 400x600x3, image 400x600 alpha 0.5, colormap jet
      >> figure; im = imagesc([1 2; 3 4], [0 10]); im.Parent.CLim
      ans =
           0    10
      figure 2: image 2x2

    See also image, imshow, colormap, colorbar, clim.
    """
    return draw_matrix(session, nargout, args, True, "imagesc")


@builtin
def imoverlay(A, BW, color=None, /):
    """
    B = imoverlay(A, BW)
    B = imoverlay(A, BW, color)

    An image with the pixels of a mask painted in one colour ('yellow').

    Examples
      >> squeeze(imoverlay(uint8([10 20]), [true false], 'r'))
      ans =
        2×3 uint8 matrix
         255     0     0
          20    20    20

    See also imfuse, imshowpair.
    """
    base = scale.im2uint8(image_array(A, "imoverlay"))
    mask = take.pixels(BW, "imoverlay", "the mask")
    if mask.shape != base.shape[:2]:
        raise ScriptError("MATLAB:images:imoverlay:sizeMismatch", "BW must be the same size as the image A.")
    out = colour.as_rgb(base).copy(order="F")
    paint = (1.0, 1.0, 0.0) if color is None else take.colour(color)
    out[mask.astype(bool)] = scale.im2uint8(np.array(paint))
    return norm(out)

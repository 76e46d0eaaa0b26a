"""Many images as one: montage, imtile, imshowpair, imfuse, imoverlay."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_display import (
    display_limits,
    grey_or_colour,
    image_array,
    interpolation,
    parent_axes,
    placed,
)
from cnnscript.builtins.images.image_files import load_picture
from cnnscript.builtins.images.spatial_references import SpatialReference, default_reference
from cnnscript.builtins.language.handles import wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.images import colour, fuse, scale, tile
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none


def collect(
    session: Any, value: Any, third_is_frames: bool, function: str, colours: np.ndarray | None
) -> list[np.ndarray | None]:
    """The images of an array, a cell of arrays or file names, a list of file names, or a datastore.

    colours: a map that takes the place of the maps in indexed files."""
    names = take.file_names(value)
    if names is None and (one := text_or_none(value)) is not None:
        names = [one]
    if names is not None:
        return [in_colour(load_picture(session, name), colours) for name in names]
    if is_cell(value):
        return [collect_one(session, item, function, colours) for item in value.ravel(order="F")]
    if isinstance(value, Object) and "Files" in value.property_names():
        count = int(session.call("numel", 1, value.get("Files")))
        return [image_array(session.call("readimage", 1, value, float(k)), function) for k in range(1, count + 1)]
    return list(tile.frames_of(image_array(value, function), third_is_frames, function))


def collect_one(session: Any, item: Any, function: str, colours: np.ndarray | None) -> np.ndarray | None:
    """One element of a cell: an image, a file name, or nothing for a blank tile."""
    name = text_or_none(item)
    if name:
        return in_colour(load_picture(session, name), colours)
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


def in_colour(held: Any, colours: np.ndarray | None) -> np.ndarray:
    """The picture of a file: through its own map, or left for the map that was given."""
    return colour.ind2rgb(held.pixels, held.colours) if held.colours.size and colours is None else held.pixels


def tiled(
    session: Any, images: Any, rest: tuple, third_is_frames: bool, function: str, size: Any, chosen: Any,
    thumbnail: Any, border: Any, background: Any,
) -> np.ndarray:  # fmt: skip
    """What montage and imtile share: collect, choose, look up, tile."""
    take.no_options(list(rest if rest and text_or_none(rest[0]) is not None else rest[1:]), function)
    colours = take.colour_map(rest[0], function) if rest else None
    frames = collect(session, images, third_is_frames, function, colours)
    if colours is not None:
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
    edges = take.counts(border, function, "BorderSize", (1, 2))
    if any(edge < 0 or edge != int(edge) for edge in edges):
        raise take.refusal(function, "BorderSize", "nonnegative integers", border)
    return tile.tile(
        frames,
        sizes(size, function, "Size" if function == "montage" else "GridSize"),
        sizes(thumbnail, function, "ThumbnailSize"),
        (int(edges[0]), int(edges[-1])),
        take.colour("black" if background is None else background),
        in_colour=background is not None,
    )


def sizes(size: Any, function: str, option: str) -> list[float] | None:
    """Rows and columns, one of which may be NaN; None for what is not given."""
    given = [] if size is None else take.numbers(size, function, option, (0, 2))
    blank = sum(np.isnan(n) for n in given)
    if any(not np.isnan(n) and not (n >= 1 and n == np.floor(n) < np.inf) for n in given) or (
        blank == 2 and option == "ThumbnailSize"
    ):
        raise take.refusal(function, option, "two positive integers, one of which may be NaN", size)
    return given if given and blank < 2 else None


@builtin(outputs=1)
def montage(
    session, nargout, images, /, *rest, Size=None, Indices=None, ThumbnailSize=None, BorderSize=0.0,
    BackgroundColor=None, DisplayRange=None, Interpolation=None, Parent=None
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
      BackgroundColor  of borders and empty tiles ('black'); given one, the picture is in colour
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
    session, images, /, *rest, Frames=None, GridSize=None, ThumbnailSize=None, BorderSize=0.0, BackgroundColor=None
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
      BackgroundColor  of borders and empty tiles ('black'); given one, the picture is in colour

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


class Fused(NamedTuple):
    """Two images as one (uint8), and where it lies where that was given."""

    pixels: np.ndarray
    reference: SpatialReference | None


def fused(values: tuple, Scaling: Any, ColorChannels: Any, function: str) -> Fused:
    """A, B [, method], or A, RA, B, RB [, method]."""
    references: list[SpatialReference] = []
    if len(values) > 3 and isinstance(values[1], SpatialReference) and isinstance(values[3], SpatialReference):
        references, values = [values[1], values[3]], (values[0], values[2], *values[4:])
    elif any(isinstance(value, SpatialReference) for value in values):
        raise ScriptError(
            f"images:{function}:references", f"{function} takes A, RA, B, RB: an imref2d object after each image."
        )
    if len(values) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    take.no_options(list(values[3:]), function)
    method = values[2] if len(values) > 2 else None
    arrays = [
        image_array(value, function, name, place)
        for name, value, place in zip("AB", values, (1, 3 if references else 2), strict=False)
    ]
    for array in arrays:
        if array.size == 0 or array.ndim > 3 or (array.ndim == 3 and array.shape[2] != 3):
            raise ScriptError(
                f"MATLAB:images:{function}:unsupportedDimension",
                "The images must be m-by-n or m-by-n-by-3 and not empty.",
                notes=("got " + "x".join(map(str, array.shape)),),
            )
    for array, reference in zip(arrays, references, strict=False):
        if len(reference.limits) != 2 or tuple(reference.image_size) != array.shape[:2]:
            raise ScriptError(
                f"images:{function}:sizeMismatch",
                "The image size must be consistent with the ImageSize property of its spatial referencing object.",
            )
    way = "falsecolor" if method is None else take.choice(method, fuse.METHODS, function, "the method")
    channels = fuse.CHANNELS["green-magenta"]
    if ColorChannels is not None:
        if way != "falsecolor":
            raise ScriptError(f"MATLAB:images:{function}:channels", "ColorChannels is for the method 'falsecolor'.")
        if text_or_none(ColorChannels) is not None:
            channels = fuse.CHANNELS[take.choice(ColorChannels, tuple(fuse.CHANNELS), function, "ColorChannels")]
        else:
            channels = tuple(take.counts(ColorChannels, function, "ColorChannels", 3))
            if not set(channels) <= {0, 1, 2}:
                raise take.refusal(function, "ColorChannels", "three of the numbers 0, 1, 2", ColorChannels)
    scaling = "independent" if Scaling is None else take.choice(Scaling, fuse.SCALINGS, function, "Scaling")
    if not references:
        return Fused(fuse.imfuse(arrays[0], arrays[1], way, scaling, channels), None)
    grid = common_grid(*references)
    require_memory((*grid.image_size, 3), 8)

    def laid(image: np.ndarray, second: bool) -> tuple[np.ndarray, np.ndarray]:
        return fuse.resampled(image, references[second].limits, grid.limits, grid.image_size)

    return Fused(fuse.imfuse(arrays[0], arrays[1], way, scaling, channels, laid), grid)


def common_grid(first: SpatialReference, second: SpatialReference) -> SpatialReference:
    """The grid that holds two images, with the smaller pixels of the two."""
    limits, counts = [], []
    for ends, others, step, other_step in zip(
        first.limits, second.limits, first.extents, second.extents, strict=True
    ):
        low, high, fine = min(ends[0], others[0]), max(ends[1], others[1]), min(step, other_step)
        count = max(1, int(np.ceil((high - low) / fine - 1e-9)))
        limits.append((low, low + count * fine))
        counts.append(count)
    return SpatialReference((counts[1], counts[0]), limits)


@builtin(outputs=2)
def imfuse(nargout, /, *values, Scaling=None, ColorChannels=None):
    """
    C = imfuse(A, B)
    C = imfuse(A, B, method)
    [C, RC] = imfuse(A, RA, B, RB)
    C = imfuse(..., Name=Value)

    Two images as one (uint8).

    The methods are 'falsecolor' (A green, B magenta), 'blend', 'diff', 'montage' (side by side) and 'checkerboard'. The
    smaller image is padded with zeros below and to the right. With imref2d objects the images lie where these say, on a
    grid with the smaller pixels of the two, and RC says where C lies.

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
      >> [C, RC] = imfuse([1 1], imref2d([1 2]), 1, imref2d([1 1], [2.5 3.5], [0.5 1.5]), 'blend', Scaling='none');
      >> C, RC.XWorldLimits
      C =
        1×3 uint8 row vector
         255   255   255
      ans =
          0.5000    3.5000

    See also imshowpair, montage, imtile, imref2d.
    """
    made = fused(values, Scaling, ColorChannels, "imfuse")
    pixels = norm(np.asfortranarray(made.pixels))
    reference = made.reference or default_reference(made.pixels.shape)
    return (pixels, reference) if nargout > 1 else pixels


@builtin(outputs=1)
def imshowpair(session, nargout, /, *values, Scaling=None, ColorChannels=None, Interpolation=None, Parent=None):
    """
    imshowpair(A, B)
    imshowpair(A, B, method)
    imshowpair(A, RA, B, RB)
    imshowpair(..., Name=Value)
    obj = imshowpair(...)

    Show two images as one, to compare them.

    The methods are those of imfuse: 'falsecolor' (the default), 'blend', 'diff', 'montage', 'checkerboard'. With
    imref2d objects the images lie where these say, in an axes with ticks.

    Options
      Scaling        'independent', 'joint' or 'none'
      ColorChannels  'green-magenta', 'red-cyan', or three of 0, 1, 2
      Interpolation  'nearest' or 'bilinear'
      Parent         the axes to draw in

    Examples
      >> imshowpair(zeros(4, 6), ones(4, 6), 'montage')
      figure 1: image 4x12
      >> obj = imshowpair(rand(5), rand(4), Scaling='joint'); size(obj.CData)
      ans =
           5     5     3
      figure 1: image 5x5x3

    See also imfuse, montage, imshow.
    """
    made = fused(values, Scaling, ColorChannels, "imshowpair")
    shown = showing.imshow(
        session.desk, made.pixels, axes=parent_axes(Parent),
        interpolation=interpolation(Interpolation, "imshowpair"), **placed(made.reference, made.pixels),
    )  # fmt: skip
    return wrap(shown) if nargout else None


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
    base = scale.im2uint8(grey_or_colour(A, "imoverlay"))
    mask = take.pixels(BW, "imoverlay", "the mask")
    if mask.shape != base.shape[:2]:
        raise ScriptError("MATLAB:images:imoverlay:sizeMismatch", "BW must be the same size as the image A.")
    out = colour.as_rgb(base).copy(order="F")
    paint = (1.0, 1.0, 0.0) if color is None else take.colour(color)
    out[mask.astype(bool)] = scale.im2uint8(np.array(paint))
    return norm(out)

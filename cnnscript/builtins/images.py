"""Images: files, classes, sizes, grey and colour."""

from __future__ import annotations

import difflib
import os
from typing import Any

import numpy as np

from cnnscript.builtins import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures import bundled, colormaps, colour, files, scale
from cnnscript.pictures.resize import KERNELS
from cnnscript.pictures.resize import imresize as resized
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, is_cell, norm
from cnnscript.values.text import text_or_none


# --------------------------------------------------------------------------------------------------------------------
# files
def load_picture(session: Any, name: str, frame: int | None = 1) -> files.Picture:
    """An image by name: as given, beside the script, on the search path, then among the bundled pictures."""
    if "://" in name:
        raise ScriptError(
            "cnnscript:imread:url",
            "Images at web addresses are not in cnnscript yet.",
            notes=(name,),
            hint="download the file and give imread its name",
        )
    path = session.path.find_file(name)
    if path is not None:
        return files.read_image(path, frame)
    found = bundled.find(name)
    if found is None:
        raise missing_file(name)
    if found.notice and found.notice not in session.desk.told:
        session.desk.told.add(found.notice)
        session.out.write(found.notice + "\n")
    return found.picture


def missing_file(name: str) -> ScriptError:
    """The error for an image that is nowhere, with names that are near."""
    folder, last = os.path.split(name)
    try:
        there = os.listdir(folder or ".")
    except OSError:
        there = []
    pictures = [entry for entry in there if os.path.splitext(entry)[1][1:].lower() in files.FORMATS]
    near = difflib.get_close_matches(last, pictures + (bundled.names() if not folder else []), 3, 0.6)
    hint = (
        f"near names: {', '.join(near)}"
        if near
        else "bundled pictures: coffee.png, chelsea.png, astronaut.png, peppers.png, face.jpg ..."
    )
    return ScriptError("MATLAB:imagesci:imread:fileDoesNotExist", f'File "{name}" does not exist.', hint=hint)


@builtin(outputs=3)
def imread(session, nargout, filename, /, *rest, Index=None, Frames=None):
    """
    A = imread(filename)
    A = imread(filename, fmt)
    A = imread(filename, k)
    A = imread(filename, Name=Value)
    [X, map] = imread(...)
    [X, map, alpha] = imread(...)

    Read an image file.

    Grey pictures are M-by-N, colour pictures M-by-N-by-3, uint8 or uint16; one bit is logical. A picture with a palette
    comes as row numbers X and the palette map. The file is looked for as given, beside the script, on the search path,
    and then among pictures that are always there: scikit-image's (coffee, chelsea, astronaut, camera, coins, ...) and
    look-alikes of MATLAB's examples (face.jpg, peppers.png, cameraman.tif, ...), which say what they are.

    Options
      Index   which image of a TIFF or GIF file, from 1
      Frames  which frames of a GIF file; 'all' gives them along the fourth dimension

    Examples
      >> size(imread('coffee.png'))
      ans =
         400   600     3
      >> class(imread('camera', 'png'))
      ans =
          'uint8'
      >> size(imread('multipage.tif', 2))
      ans =
          15    10
      >> size(imread('no_time_for_that_tiny.gif', Frames='all'))
      ans =
          14    25     3    24
      >> [X, map] = imread('coffee.png'); isempty(map)
      ans =
        logical
         1
      >> [X, map, alpha] = imread('logo.png'); size(alpha)
      ans =
         500   500

    See also imwrite, imshow, imfinfo.
    """
    name = take.word(filename, "imread", "the file name")
    frame: int | None = 1
    for value in rest:
        kind = text_or_none(value)
        if kind is None:
            frame = take.count(value, "imread", "the index")
        elif kind.lower().lstrip(".") in files.FORMATS:
            if not os.path.splitext(name)[1]:
                name = f"{name}.{kind.lower().lstrip('.')}"
        else:
            raise ScriptError(
                "MATLAB:imagesci:imread:badFormat",
                f"The format '{kind}' is not one that imread knows.",
                notes=(", ".join(files.FORMATS),),
            )
    for value in (Index, Frames):
        if value is not None:
            frame = None if text_or_none(value) == "all" else take.count(value, "imread", "Index")
    held = load_picture(session, name, frame)
    return tuple(norm(array) for array in held)


@builtin
def imwrite(session, image, /, *rest, Quality=None, Alpha=None, WriteMode=None, DelayTime=None, LoopCount=None):
    """
    imwrite(A, filename)
    imwrite(A, map, filename)
    imwrite(..., fmt)
    imwrite(..., Name=Value)

    Write an image file.

    Floating-point images run from 0 to 1; uint8, uint16 (PNG and TIFF) and logical are written as they are. The file is
    written beside and renamed, so that a full disk leaves what was there.

    Options
      Quality    of JPEG files, 0 to 100 (75)
      Alpha      transparency of PNG files, M-by-N
      WriteMode  'overwrite' or 'append' (GIF and TIFF)
      DelayTime  seconds between the frames of a GIF
      LoopCount  how often a GIF repeats; Inf for ever

    Examples
      >> imwrite(uint8([0 128; 255 7]), 'a.png'); imread('a.png')
      ans =
        2×2 uint8 matrix
           0   128
         255     7
      >> imwrite([1 2], [1 0 0; 0 0 1], 'b.png'); [X, map] = imread('b.png'); map(2,:)
      ans =
           0     0     1
      >> imwrite(rand(8), 'c', 'jpg', Quality=90); exist('c', 'file')
      ans =
           2

    See also imread, saveas, exportgraphics.
    """
    values = list(rest)
    colours = None
    if values and text_or_none(values[0]) is None:
        colours = take.colour_map(values.pop(0), "imwrite")
    if not values:
        raise ScriptError(
            "MATLAB:imagesci:imwrite:missingFilename",
            "Not enough input arguments.",
            notes=("imwrite needs a file name",),
        )
    name = take.word(values.pop(0), "imwrite", "the file name")
    kind = take.word(values.pop(0), "imwrite", "the format").lower().lstrip(".") if values else None
    if values:
        raise ScriptError("MATLAB:imagesci:imwrite:tooManyArgs", "Too many input arguments.")
    mode = (
        take.choice(WriteMode, ("overwrite", "append"), "imwrite", "WriteMode")
        if WriteMode is not None
        else "overwrite"
    )
    files.write_image(
        os.path.expanduser(name),
        take.pixels(image, "imwrite"),
        colours,
        kind,
        alpha=take.pixels(Alpha, "imwrite", "Alpha") if Alpha is not None else None,
        quality=round(take.number(Quality, "imwrite", "Quality")) if Quality is not None else None,
        append=mode == "append",
        delay=take.number(DelayTime, "imwrite", "DelayTime") if DelayTime is not None else None,
        loops=take.number(LoopCount, "imwrite", "LoopCount") if LoopCount is not None else None,
    )


@builtin
def imfinfo(session, filename, /):
    """
    info = imfinfo(filename)

    What an image file holds: a struct with Filename, FileSize, Format, Width, Height, BitDepth and ColorType.

    Examples
      >> imwrite(zeros(4, 6, 'uint8'), 'a.png'); info = imfinfo('a.png'); [info.Height info.Width info.BitDepth]
      ans =
           4     6     8

    See also imread.
    """
    from cnnscript.values.structs import Struct

    name = take.word(filename, "imfinfo", "the file name")
    path = session.path.find_file(name)
    if path is None:
        raise missing_file(name)
    held = files.read_image(path)
    depth = {"bool": 1, "uint8": 8, "uint16": 16}.get(held.pixels.dtype.name, 32)
    channels = held.pixels.shape[2] if held.pixels.ndim == 3 else 1
    kind = "indexed" if held.colours.size else "truecolor" if channels > 1 else "grayscale"
    return Struct(
        {
            "Filename": str(path),
            "FileModDate": "",
            "FileSize": float(path.stat().st_size),
            "Format": path.suffix[1:].lower(),
            "Width": float(held.pixels.shape[1]),
            "Height": float(held.pixels.shape[0]),
            "BitDepth": float(depth * channels),
            "ColorType": kind,
        }
    )


# ------------------------------------------------------------------------------------------------------------------
# resizing
@builtin(outputs=2)
def imresize(
    session,
    nargout,
    image,
    /,
    *rest,
    OutputSize=None,
    Scale=None,
    Method=None,
    Antialiasing=None,
    Colormap=None,
    Dither=None,
):
    """
    B = imresize(A, scale)
    B = imresize(A, [rows cols])
    B = imresize(..., method)
    B = imresize(..., Name=Value)
    [Y, newmap] = imresize(X, map, ...)

    Resize an image.

    NaN for rows or columns keeps the proportions. A may have any number of dimensions; the first two are resized. The
    methods are 'nearest', 'bilinear', 'bicubic' (the default), 'box', 'triangle', 'cubic', 'lanczos2', 'lanczos3' and
    {f, width}, f a function of distances. When an image shrinks its kernel is widened, so that nothing flickers, except
    with 'nearest'. Integer classes are rounded after each dimension.

    Options
      OutputSize    [rows cols], instead of the second argument
      Scale         one factor, or [rowfactor colfactor]
      Method        as above
      Antialiasing  whether shrinking widens the kernel (true; false with 'nearest')
      Colormap      'optimized' (refused) or 'original', for indexed images
      Dither        whether to dither indexed images (only false)

    Examples
      >> imresize([1 2; 3 4], 2, 'nearest')
      ans =
           1     1     2     2
           1     1     2     2
           3     3     4     4
           3     3     4     4
      >> imresize(uint8([0 255]), [1 4], 'bilinear')
      ans =
        1×4 uint8 row vector
           0    64   191   255
      >> size(imresize(zeros(20, 30, 3, 'uint8'), [10 NaN], Antialiasing=false))
      ans =
          10    15     3
      >> [Y, newmap] = imresize([1 2], [0 0 0; 1 1 1], 2, Colormap='original'); Y
      Y =
           1     1     2     2
           1     1     2     2

    See also imcrop, imrotate, mat2gray.
    """
    values = list(rest)
    array = take.pixels(image, "imresize", "input number 1, A,")
    method: Any = "bicubic"
    if values and (is_cell(values[-1]) or text_or_none(values[-1]) is not None):
        method = resize_method(values.pop())
    if Method is not None:
        method = resize_method(Method)
    colours = None
    if len(values) == 2 or (
        values
        and np.ndim(values[0]) == 2
        and np.shape(values[0])[1] == 3
        and (OutputSize is not None or Scale is not None)
    ):
        colours = take.colour_map(values.pop(0), "imresize")
    size, factor = None, None
    if len(values) > 1:
        raise ScriptError("MATLAB:images:imresize:tooManyArgs", "Too many input arguments.")
    if values:
        given = take.numbers(values[0], "imresize", "the scale or the output size", (1, 2))
        size, factor = (given, None) if len(given) == 2 else (None, given[0])
    if OutputSize is not None:
        size = take.numbers(OutputSize, "imresize", "OutputSize", 2)
    if Scale is not None:
        given = take.numbers(Scale, "imresize", "Scale", (1, 2))
        factor = given[0] if len(given) == 1 else tuple(given)
    if size is None and factor is None:
        raise ScriptError(
            "MATLAB:images:imresize:missingScaleAndSize",
            "Either scale or output size must be specified.",
            notes=("imresize(A, 0.5)",),
        )
    smooth = take.flag(Antialiasing, "imresize", "Antialiasing") if Antialiasing is not None else None
    if colours is not None:
        return resize_indexed(array, colours, size, factor, method, smooth, Colormap, Dither)
    if Colormap is not None or Dither is not None:
        raise ScriptError(
            "MATLAB:images:imresize:notIndexed", "Colormap and Dither are for indexed images: imresize(X, map, ...)."
        )
    return norm(resized(array, tuple(size) if size else None, factor, method, smooth))


def resize_indexed(
    rows: np.ndarray,
    colours: np.ndarray,
    size: Any,
    factor: Any,
    method: Any,
    smooth: bool | None,
    kept: Any,
    dither: Any,
) -> tuple:
    """An indexed image: colours are resized and the nearest of the map's rows taken (never optimised, never
    dithered)."""
    if kept is None or take.choice(kept, ("optimized", "original"), "imresize", "Colormap") != "original":
        raise ScriptError(
            "cnnscript:imresize:optimized",
            "Indexed images are resized with their own colormap only, for now.",
            hint="imresize(X, map, ..., 'Colormap', 'original'), or imresize(ind2rgb(X, map), ...)",
        )
    if dither is not None and take.flag(dither, "imresize", "Dither"):
        raise ScriptError("cnnscript:imresize:dither", "Dithering is not in cnnscript yet.", hint="'Dither', false")
    size = tuple(size) if size else None
    if method == "nearest":
        return norm(resized(rows, size, factor, method, smooth)), colours
    rgb = np.clip(resized(np.asfortranarray(colour.ind2rgb(rows, colours)), size, factor, method, smooth), 0, 1)
    distance = ((rgb[:, :, None, :] - colours[None, None]) ** 2).sum(-1)
    nearest = distance.argmin(-1)
    return norm(np.asfortranarray(nearest.astype(rows.dtype) + (1 if rows.dtype.kind == "f" else 0))), colours


def resize_method(value: Any) -> Any:
    """A method's name, or {f, width} as a Python kernel and its width."""
    if is_cell(value):
        parts = list(value.ravel(order="F"))
        if len(parts) != 2 or not isinstance(parts[0], Function):
            raise ScriptError(
                "MATLAB:images:imresize:badKernel", "An interpolation kernel is a cell {f, width}, f a function handle."
            )
        kernel, width = parts[0], take.number(parts[1], "imresize", "the width of the kernel")

        def weigh(distances: np.ndarray) -> np.ndarray:
            return np.asarray(
                take.pixels(kernel.call(1, norm(np.asfortranarray(distances))), "imresize", "what the kernel gives"),
                float,
            ).reshape(distances.shape)

        return weigh, width
    return take.choice(value, tuple(KERNELS), "imresize", "the method")


@builtin
def imcrop(image, /, *rest):
    """
    J = imcrop(I, rect)
    J = imcrop(X, map, rect)

    The part of an image inside a rectangle [xmin ymin width height].

    Pixels count whose centres the rectangle covers, in whole pixels; a width of 2 covers three of them.

    Examples
      >> imcrop(magic(4), [2 1 1 2])
      ans =
           2     3
          11    10
           7     6

    See also imresize, imrotate.
    """
    array = take.pixels(image, "imcrop")
    if not rest:
        raise ScriptError(
            "cnnscript:desktop",
            "imcrop without a rectangle needs the mouse.",
            hint="imcrop(A, [xmin ymin width height])",
        )
    left, top, width, height = take.numbers(rest[-1], "imcrop", "the rectangle", 4)
    rows, columns = array.shape[:2]
    first_column, last_column = max(round_half_up(left), 1), min(round_half_up(left + width), columns)
    first_row, last_row = max(round_half_up(top), 1), min(round_half_up(top + height), rows)
    return norm(
        np.asfortranarray(
            array[first_row - 1 : max(last_row, first_row - 1), first_column - 1 : max(last_column, first_column - 1)]
        )
    )


def round_half_up(value: float) -> int:
    return int(np.floor(value + 0.5))


@builtin
def imrotate(image, angle, /, *rest):
    """
    J = imrotate(I, angle)
    J = imrotate(I, angle, method)
    J = imrotate(I, angle, method, bbox)

    Rotate an image counterclockwise about its middle, by degrees.

    method is 'nearest' (the default), 'bilinear' or 'bicubic'; bbox is 'loose' (all of the image, the default) or
    'crop' (the size of the image). What comes from outside is zero.

    Examples
      >> imrotate([1 2; 3 4], 90)
      ans =
           2     4
           1     3
      >> size(imrotate(ones(10), 45))
      ans =
          14    14
      >> size(imrotate(ones(10), 45, 'bilinear', 'crop'))
      ans =
          10    10

    See also imresize, imcrop, rot90.
    """
    from cnnscript.pictures.turn import rotate

    array = take.pixels(image, "imrotate")
    method, box = "nearest", "loose"
    for value in rest:
        found = take.choice(
            value, ("nearest", "bilinear", "bicubic", "loose", "crop"), "imrotate", "the method or the box"
        )
        method, box = (method, found) if found in ("loose", "crop") else (found, box)
    return norm(rotate(array, take.number(angle, "imrotate", "the angle"), method, crop=box == "crop"))


# -------------------------------------------------------------------------------------------------------------------
# classes
@builtin
def mat2gray(A, limits=None, /):
    """
    I = mat2gray(A)
    I = mat2gray(A, [lo hi])

    Stretch numbers to grey levels from 0 to 1.

    By default the lowest of all values becomes 0 and the highest 1. Where all are equal they are only clipped. The
    result is double, or single for single.

    Examples
      >> mat2gray([2 4; 6 10])
      ans =
               0    0.2500
          0.5000    1.0000
      >> mat2gray([-5 0 5], [0 10])
      ans =
               0         0    0.5000

    See also rescale, im2double, imshow.
    """
    between = None
    if limits is not None:
        between = tuple(take.numbers(limits, "mat2gray", "the limits", 2))
    return norm(np.asfortranarray(scale.mat2gray(take.pixels(A, "mat2gray"), between)))


@builtin
def im2double(A, flag=None, /):
    """
    J = im2double(I)
    J = im2double(X, 'indexed')

    An image as double: integers are divided by their largest value, logical becomes 0 and 1.

    Examples
      >> im2double(uint8([0 51 255]))
      ans =
               0    0.2000    1.0000
      >> im2double(uint8([0 1]), 'indexed')
      ans =
           1     2

    See also im2single, im2uint8, mat2gray.
    """
    array = take.pixels(A, "im2double")
    if flag is not None:
        take.choice(flag, ("indexed",), "im2double", "the second argument")
        return norm(array.astype(float) + (1 if array.dtype.kind in "iub" else 0))
    return norm(scale.im2double(array))


@builtin
def im2single(A, flag=None, /):
    """
    J = im2single(I)
    J = im2single(X, 'indexed')

    An image as single, like im2double.

    Examples
      >> class(im2single(uint8(255)))
      ans =
          'single'
      >> im2single(uint8([0 1]), 'indexed')
      ans =
        1×2 single row vector
           1     2

    See also im2double, im2uint8.
    """
    array = take.pixels(A, "im2single")
    if flag is not None:
        take.choice(flag, ("indexed",), "im2single", "the second argument")
        return norm(array.astype(np.float32) + np.float32(1 if array.dtype.kind in "iub" else 0))
    return norm(scale.im2double(array, np.float32))


@builtin
def im2uint8(A, flag=None, /):
    """
    J = im2uint8(I)
    J = im2uint8(X, 'indexed')

    An image as uint8: floating point is multiplied by 255, rounded and clipped.

    Examples
      >> im2uint8([0 0.5 1 2])
      ans =
        1×4 uint8 row vector
           0   128   255   255
      >> im2uint8([1 2], 'indexed')
      ans =
        1×2 uint8 row vector
           0     1

    See also im2double, im2uint16, uint8.
    """
    array = take.pixels(A, "im2uint8")
    if flag is not None:
        take.choice(flag, ("indexed",), "im2uint8", "the second argument")
        return norm((array - 1 if array.dtype.kind == "f" else array).astype(np.uint8))
    return norm(scale.im2uint8(array))


@builtin
def im2uint16(A, /):
    """
    J = im2uint16(I)

    An image as uint16: floating point is multiplied by 65535, rounded and clipped.

    Examples
      >> im2uint16(uint8([0 1 255]))
      ans =
        1×3 uint16 row vector
             0     257   65535

    See also im2double, im2uint8.
    """
    return norm(scale.im2uint16(take.pixels(A, "im2uint16")))


@builtin
def imcomplement(A, /):
    """
    J = imcomplement(I)

    The negative of an image: white becomes black.

    Examples
      >> imcomplement(uint8([0 100 255]))
      ans =
        1×3 uint8 row vector
         255   155     0
      >> imcomplement([0 0.25 1])
      ans =
          1.0000    0.7500         0

    See also imadjust, im2uint8.
    """
    array = take.pixels(A, "imcomplement")
    if array.dtype.kind == "b":
        return norm(~array)
    if array.dtype.kind == "u":
        return norm(np.iinfo(array.dtype).max - array)
    return norm(~array if array.dtype.kind == "i" else 1 - array)


# ------------------------------------------------------------------------------------------------------------ grey and
# colour
@builtin
def rgb2gray(RGB, /):
    """
    I = rgb2gray(RGB)
    newmap = rgb2gray(map)

    The luminance of a colour image or of a colormap: 0.2989 R + 0.5870 G + 0.1140 B.

    Examples
      >> rgb2gray(cat(3, uint8(255), uint8(0), uint8(0)))
      ans =
        uint8
         76
      >> rgb2gray([1 1 1])
      ans =
          1.0000    1.0000    1.0000

    See also im2gray, ind2gray, mat2gray.
    """
    return norm(colour.rgb2gray(take.pixels(RGB, "rgb2gray", "RGB")))


@builtin
def im2gray(A, /):
    """
    J = im2gray(I)

    A colour image as grey levels; a grey image as it is.

    Examples
      >> size(im2gray(zeros(4, 6, 3)))
      ans =
           4     6
      >> im2gray([0 1])
      ans =
           0     1

    See also rgb2gray.
    """
    array = take.pixels(A, "im2gray")
    return norm(colour.rgb2gray(array) if array.ndim == 3 else array)


@builtin
def ind2rgb(X, map, /):
    """
    RGB = ind2rgb(X, map)

    An indexed image as true colour.

    Integers count the colours of the map from 0, floating point from 1.

    Examples
      >> squeeze(ind2rgb(2, [1 0 0; 0 0 1]))'
      ans =
           0     0     1
      >> size(ind2rgb(uint8(magic(4)), jet(16)))
      ans =
           4     4     3

    See also gray2ind, ind2gray, colormap.
    """
    return norm(np.asfortranarray(colour.ind2rgb(take.pixels(X, "ind2rgb", "X"), take.colour_map(map, "ind2rgb"))))


@builtin
def ind2gray(X, map, /):
    """
    I = ind2gray(X, map)

    An indexed image as grey levels.

    Examples
      >> ind2gray([1 2], [0 0 0; 1 1 1])
      ans =
          0     1.0000

    See also ind2rgb, rgb2gray.
    """
    return norm(colour.ind2gray(take.pixels(X, "ind2gray", "X"), take.colour_map(map, "ind2gray")))


@builtin(outputs=2)
def gray2ind(nargout, A, n=None, /):
    """
    [X, cmap] = gray2ind(I, n)
    [X, cmap] = gray2ind(I)

    A grey image as an indexed one with n grey levels (64; 2 for logical).

    X is uint8, or uint16 for more than 256 levels, and counts from 0.

    Examples
      >> [X, cmap] = gray2ind([0 0.5 1], 16)
      X =
        1×3 uint8 row vector
          0    8   15
      cmap =
               0         0         0
          0.0667    0.0667    0.0667
          0.1333    0.1333    0.1333
          0.2000    0.2000    0.2000
          0.2667    0.2667    0.2667
          0.3333    0.3333    0.3333
          0.4000    0.4000    0.4000
          0.4667    0.4667    0.4667
          0.5333    0.5333    0.5333
          0.6000    0.6000    0.6000
          0.6667    0.6667    0.6667
          0.7333    0.7333    0.7333
          0.8000    0.8000    0.8000
          0.8667    0.8667    0.8667
          0.9333    0.9333    0.9333
          1.0000    1.0000    1.0000

    See also ind2rgb, mat2gray.
    """
    array = take.pixels(A, "gray2ind")
    levels = (2 if array.dtype.kind == "b" else 64) if n is None else take.count(n, "gray2ind", "n")
    if not 1 <= levels <= 65536:
        raise take.refusal("gray2ind", "n", "an integer from 1 to 65536", n)
    return norm(colour.gray2ind(array, levels)), norm(np.array(colormaps.colormap("gray", levels)))


def three_channels(value: Any, function: str) -> np.ndarray:
    array = take.pixels(value, function)
    if array.shape[-1] != 3 or array.ndim not in (2, 3):
        raise take.refusal(function, "the image", "m-by-n-by-3 or p-by-3", value)
    return array


@builtin
def rgb2lab(RGB, /):
    """
    lab = rgb2lab(RGB)

    sRGB to CIE L*a*b* with the white point D65.

    Examples
      >> round(rgb2lab([1 0 0]), 2)
      ans =
         53.2400   80.0900   67.2000

    See also lab2rgb, rgb2hsv.
    """
    return norm(np.asfortranarray(colour.rgb2lab(three_channels(RGB, "rgb2lab"))))


@builtin
def lab2rgb(lab, /):
    """
    RGB = lab2rgb(lab)

    CIE L*a*b* (white point D65) to sRGB.

    Examples
      >> round(lab2rgb([100 0 0]), 4)
      ans =
           1     1     1

    See also rgb2lab.
    """
    return norm(np.asfortranarray(colour.lab2rgb(three_channels(lab, "lab2rgb"))))


@builtin
def rgb2hsv(RGB, /):
    """
    HSV = rgb2hsv(RGB)

    RGB to hue, saturation and value, all from 0 to 1.

    Examples
      >> rgb2hsv([0 0 0.5])
      ans =
          0.6667    1.0000    0.5000

    See also hsv2rgb, rgb2lab.
    """
    return norm(np.asfortranarray(colour.rgb2hsv(three_channels(RGB, "rgb2hsv"))))


@builtin
def hsv2rgb(HSV, /):
    """
    RGB = hsv2rgb(HSV)

    Hue, saturation and value to RGB.

    Examples
      >> hsv2rgb([0.5 1 1])
      ans =
           0     1     1

    See also rgb2hsv.
    """
    return norm(np.asfortranarray(colour.hsv2rgb(three_channels(HSV, "hsv2rgb"))))


# -----------------------------------------------------------------------------------------------------------------
# contrast
@builtin
def stretchlim(A, tol=None, /):
    """
    lohi = stretchlim(I)
    lohi = stretchlim(I, tol)

    The grey levels between which an image is stretched: all but the darkest and brightest hundredth of its pixels.

    tol is the share that is cut at each end, or [low high]. A colour image gives a column for each channel.

    Examples
      >> stretchlim(uint8(0:255))
      ans =
          0.0118
          0.9882
      >> stretchlim(uint8(0:255), 0)
      ans =
           0
           1

    See also imadjust, histeq.
    """
    array = take.pixels(A, "stretchlim")
    tails = (0.01, 0.99)
    if tol is not None:
        given = take.numbers(tol, "stretchlim", "the tolerance", (1, 2))
        tails = (given[0], 1 - given[0]) if len(given) == 1 else (given[0], given[1])
    channels = [array[:, :, k] for k in range(array.shape[2])] if array.ndim == 3 else [array]
    return norm(np.array([scale.stretch_limits(channel, tails) for channel in channels]).T)


@builtin
def imadjust(A, low_high_in=None, low_high_out=None, gamma=None, /):
    """
    J = imadjust(I)
    J = imadjust(I, [low_in high_in])
    J = imadjust(I, [low_in high_in], [low_out high_out])
    J = imadjust(I, [low_in high_in], [low_out high_out], gamma)

    Stretch the contrast of an image.

    Levels are from 0 to 1 whatever the class; [] for low and high stands for [0 1]. Without limits the darkest and
    brightest hundredth of the pixels is saturated.

    Examples
      >> imadjust(uint8([0 64 128 255]), [64 128]/255)
      ans =
        1×4 uint8 row vector
           0     0   255   255
      >> imadjust([0 0.25 1], [0 1], [0 1], 0.5)
      ans =
               0    0.5000    1.0000

    See also stretchlim, histeq, adapthisteq.
    """
    array = take.pixels(A, "imadjust")
    if low_high_in is None:
        if array.ndim != 2:
            raise ScriptError(
                "MATLAB:images:imadjust:invalidInputImage",
                "imadjust of a colour image needs its limits: imadjust(RGB, [low high]).",
            )
        low_in, high_in = scale.stretch_limits(array)
    else:
        low_in, high_in = adjust_limits(low_high_in)
    low_out, high_out = adjust_limits(low_high_out) if low_high_out is not None else (0.0, 1.0)
    power = take.number(gamma, "imadjust", "gamma") if gamma is not None else 1.0
    if not low_in < high_in:
        raise ScriptError(
            "MATLAB:imadjust:lowMustBeSmallerThanHigh",
            "In imadjust(A, [low_in high_in], ...), low_in must be less than high_in.",
        )
    return norm(scale.stretch_contrast(array, low_in, high_in, low_out, high_out, power))


def adjust_limits(value: Any) -> tuple[float, float]:
    given = take.numbers(value, "imadjust", "the limits", (0, 2))
    return (given[0], given[1]) if given else (0.0, 1.0)


@builtin
def histeq(A, n=None, /):
    """
    J = histeq(I)
    J = histeq(I, n)

    Spread the grey levels of an image until their histogram is about flat, in n levels (64).

    Examples
      >> histeq(uint8([100 100 101 101]))
      ans =
        1×4 uint8 row vector
          61    61   190   190
      >> histeq([0.2 0.8], 2)
      ans =
           0     1

    See also imadjust, adapthisteq.
    """
    array = take.pixels(A, "histeq")
    levels = take.count(n, "histeq", "n") if n is not None else 64
    if levels < 2:
        raise take.refusal("histeq", "n", "an integer above 1", n)
    return norm(scale.equalize_histogram(array, levels))


@builtin
def adapthisteq(A, /, *, NumTiles=EMPTY, ClipLimit=0.01, NBins=256.0):
    """
    J = adapthisteq(I)
    J = adapthisteq(I, Name=Value)

    Equalise the histogram of an image part by part, with limited contrast (CLAHE).

    scikit-image does it; its numbers are near MATLAB's, not the same.

    Options
      NumTiles   [rows cols] of parts (8 by 8)
      ClipLimit  0 to 1, more is more contrast (0.01)
      NBins      levels of the histograms (256)

    Examples
      >> J = adapthisteq(imread('camera.png')); class(J)
      ans =
          'uint8'
      >> size(adapthisteq(rand(64), NumTiles=[4 4]))
      ans =
          64    64

    See also histeq, imadjust.
    """
    array = take.pixels(A, "adapthisteq")
    if array.ndim != 2:
        raise take.refusal("adapthisteq", "the image", "a grey image", A)
    tiles = take.numbers(NumTiles, "adapthisteq", "NumTiles", (0, 2)) or [8, 8]
    from skimage.exposure import equalize_adapthist

    kernel = [max(1, -(-array.shape[k] // max(1, int(tiles[k])))) for k in (0, 1)]
    level = np.clip(scale.im2double(array), 0, 1)
    out = equalize_adapthist(
        level,
        kernel_size=kernel,
        clip_limit=take.number(ClipLimit, "adapthisteq", "ClipLimit"),
        nbins=take.count(NBins, "adapthisteq", "NBins"),
    )
    return norm(np.asfortranarray(scale.back_to_class(out, array.dtype)))

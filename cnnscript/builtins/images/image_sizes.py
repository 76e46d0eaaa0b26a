"""Images resized."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.indexed_images import indexed_from
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour
from cnnscript.pictures.images.resize import KERNELS
from cnnscript.pictures.images.resize import imresize as resized
from cnnscript.values.functions import Function
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.text import text_or_none


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
    with 'nearest'. Integer classes are rounded after each dimension. An indexed image gives one of class uint8 (or
    uint16), with 'nearest' of its own class.

    Options
      OutputSize    [rows cols], instead of the second argument
      Scale         one factor, or [rowfactor colfactor]
      Method        as above
      Antialiasing  whether shrinking widens the kernel (true; false with 'nearest')
      Colormap      of indexed images: 'optimized' (a new map of 256 colours, as rgb2ind makes it) or 'original'
      Dither        of indexed images: whether errors of colours are spread (true)

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
      >> [Y, newmap] = imresize([1 2], [0 0 0; 1 1 1], 2, Colormap='original', Dither=false); Y
      Y =
        2×4 uint8 matrix
         0   0   1   1
         0   0   1   1

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
    take.no_options(values[1:], "imresize")
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
    """An indexed image: its colours are resized, and made an indexed image again with the same map or one of their
    own of 256 colours. 'nearest' copies the indices."""
    word = take.choice(kept, ("optimized", "original"), "imresize", "Colormap") if kept is not None else "optimized"
    spreading = take.flag(dither, "imresize", "Dither") if dither is not None else True
    if rows.ndim != 2:
        raise take.refusal("imresize", "input number 1, X,", "a matrix", rows)
    size = tuple(size) if size else None
    if method == "nearest":
        return norm(resized(rows, size, factor, method, smooth)), norm(colours)
    rgb = np.clip(resized(np.asfortranarray(colour.ind2rgb(rows, colours)), size, factor, method, smooth), 0, 1)
    wanted = norm(colours) if word == "original" else 256.0
    return indexed_from(np.asfortranarray(rgb), wanted, spreading, "imresize")


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

"""True colour as indexed images, and indexed images in fewer colours."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, palettes, quantizing
from cnnscript.values.numeric import as_array, norm


@builtin(outputs=2)
def rgb2ind(nargout, RGB, Q, dithering="dither", /):
    """
    [X, cmap] = rgb2ind(RGB, Q)
    [X, cmap] = rgb2ind(RGB, tol)
    X = rgb2ind(RGB, inmap)
    [X, cmap] = rgb2ind(..., 'nodither')

    A true colour image as an indexed one.

    Q is how many colours the map may have (to 65536): they are chosen so that their squared distances from the image's
    are small; an image with no more colours keeps them. tol (0 to 1) makes a grid of floor(1/tol)+1 steps for each
    channel, of which the map has those that occur. X is uint8, or uint16 for more than 256 colours, and counts from 0.

    'nodither' takes the nearest colour for each pixel; 'dither' (the default) spreads the errors, for maps of at most
    256 colours. Where an image has more than Q colours the map is near MATLAB's, not the same.

    Examples
      >> [X, cmap] = rgb2ind(cat(3, [1 0], [0 0], [0 1]), 8)
      X =
        1×2 uint8 row vector
         1   0
      cmap =
           0     0     1
           1     0     0
      >> X = rgb2ind(cat(3, [0.9 0], [0 0], [0 0.8]), [1 0 0; 0 0 1], 'nodither')
      X =
        1×2 uint8 row vector
         0   1
      >> [X, cmap] = rgb2ind(cat(3, 0.9, 0.6, 0), 0.5, 'nodither')
      X =
        uint8
         0
      cmap =
          1.0000    0.5000         0

    See also ind2rgb, gray2ind, imapprox, dither.
    """
    array = take.pixels(RGB, "rgb2ind", "input number 1, RGB,")
    if array.ndim != 3 or array.shape[2] != 3:
        raise take.refusal("rgb2ind", "input number 1, RGB,", "m-by-n-by-3", RGB)
    spreading = take.choice(dithering, ("dither", "nodither"), "rgb2ind", "the dither option") == "dither"
    return indexed_from(array, Q, spreading, "rgb2ind")


def indexed_from(array: np.ndarray, wanted: Any, spreading: bool, function: str) -> tuple:
    if np.size(as_array(wanted)) != 1:
        colours = take.colour_map(wanted, function)
        if not len(colours):
            raise take.refusal(function, "the colormap", "one colour or more", wanted)
    else:
        given = take.number(wanted, function, "the number of colors or the tolerance")
        if not given > 0 or given > 65536 or given > 1 and given != int(given):
            raise ScriptError(
                f"MATLAB:images:{function}:invalidQ",
                "The number of colors must be an integer from 1 to 65536, or the tolerance between 0 and 1.",
            )
        if given < 1:
            levels = int(np.floor(1 / given)) + 1
            if levels**3 > 65536 and levels > 40:
                raise ScriptError(
                    f"MATLAB:images:{function}:tolTooSmall", "The tolerance gives more than 65536 colors."
                )
            colours, rows = quantizing.uniform(array, levels)
            if not spreading:
                return norm(np.asfortranarray(rows.astype(palettes.index_class(len(colours))))), norm(colours)
        else:
            colours = quantizing.distinct(array)
            if len(colours) > given:
                colours = quantizing.least_variance(array, int(given))
            else:
                spreading = False
    if spreading and len(colours) <= 256:
        rows = palettes.dither_to_map(array, colours)
    else:
        rows = palettes.nearest_colours(array, colours)
    return norm(np.asfortranarray(rows)), norm(np.asfortranarray(colours))


@builtin(outputs=2)
def imapprox(nargout, X, map, Q, dithering="dither", /):
    """
    [Y, newmap] = imapprox(X, map, Q)
    [Y, newmap] = imapprox(X, map, tol)
    Y = imapprox(X, map, inmap)
    Y = imapprox(..., 'nodither')

    An indexed image in fewer colours, as rgb2ind makes of true colour.

    Examples
      >> [Y, newmap] = imapprox([1 2 3], [0 0 0; 0.1 0.1 0.1; 1 1 1], 2, 'nodither')
      Y =
        1×3 uint8 row vector
         0   0   1
      newmap =
          0.0500    0.0500    0.0500
          1.0000    1.0000    1.0000
      >> Y = imapprox([1 2], [0 0 0; 1 1 1], [1 1 1; 0 0 0], 'nodither')
      Y =
        1×2 uint8 row vector
         1   0

    See also rgb2ind, cmunique, dither.
    """
    array = take.pixels(X, "imapprox", "input number 1, X,")
    if array.ndim != 2:
        raise take.refusal("imapprox", "input number 1, X,", "a matrix", X)
    colours = take.colour_map(map, "imapprox")
    spreading = take.choice(dithering, ("dither", "nodither"), "imapprox", "the dither option") == "dither"
    return indexed_from(np.asfortranarray(colour.ind2rgb(array, colours)), Q, spreading, "imapprox")


@builtin
def grayslice(image, n=10.0, /):
    """
    X = grayslice(I, n)
    X = grayslice(I, thresholds)

    A grey image cut into n levels (10), or at rising thresholds from 0 to 1 (in an integer image's own numbers).

    X is uint8 and counts from 0 for less than 256 levels, else double and counts from 1.

    Examples
      >> grayslice([0 0.3 0.5 1], 4)
      ans =
        1×4 uint8 row vector
         0   1   2   3
      >> grayslice([0 0.3 0.5 1], [0.2 0.4])
      ans =
        1×4 uint8 row vector
         0   1   2   2

    See also gray2ind, imquantize, ind2rgb.
    """
    array = take.pixels(image, "grayslice", "input number 1, I,")
    cuts = np.array(take.numbers(n, "grayslice", "the levels"))
    white = float(np.iinfo(array.dtype).max) if array.dtype.kind in "iu" else 1.0
    if cuts.size == 1 and cuts[0] >= 1:
        levels = take.count(n, "grayslice", "n")
        cuts = np.arange(1, levels) / levels * white
    elif array.dtype.kind in "iu" and cuts.size and cuts.max() <= 1:
        cuts = cuts * white
    steps = np.asfortranarray(np.searchsorted(np.sort(cuts), array.astype(float), "right"))
    return norm(steps.astype(np.uint8) if cuts.size + 1 < 256 else steps + 1.0)

"""Images made from formulas, pyramids, and single pixels and lines of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, synthetic, warping
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none


@builtin
def checkerboard(n=10.0, p=4.0, q=None, /):
    """
    I = checkerboard
    I = checkerboard(n)
    I = checkerboard(n, p)
    I = checkerboard(n, p, q)

    A checkerboard of p by q tiles (4 by 4) of four squares with n pixels a side (10).

    The bright squares of the right half are grey (0.7).

    Examples
      >> size(checkerboard)
      ans =
          80    80
      >> I = checkerboard(1, 1, 2)
      I =
               0    1.0000         0    0.7000
          1.0000         0    0.7000         0

    See also phantom, repmat.
    """
    side, rows = take.count(n, "checkerboard", "N"), take.count(p, "checkerboard", "P")
    columns = rows if q is None else take.count(q, "checkerboard", "Q")
    require_memory((2 * rows * side, 2 * columns * side), 32)
    return norm(np.asfortranarray(synthetic.checkerboard(side, rows, columns)))


@builtin
def impyramid(A, direction, /):
    """
    B = impyramid(A, 'reduce')
    B = impyramid(A, 'expand')

    One step in a Gaussian pyramid: half the size (rounded up), or twice the size less one.

    Examples
      >> size(impyramid(zeros(5, 8), 'reduce'))
      ans =
           3     4
      >> impyramid([0 0 16 0 0], 'reduce')
      ans =
           1     6     1
      >> impyramid([0 4 0], 'expand')
      ans =
          0.5000    2.0000    3.0000    2.0000    0.5000

    See also imresize, imgaussfilt.
    """
    array = take.pixels(A, "impyramid", "input number 1, A,")
    word = take.choice(direction, ("reduce", "expand"), "impyramid", "the direction")
    require_memory((2 * array.shape[0], 2 * array.shape[1], *array.shape[2:]), array.itemsize)
    return norm(np.asfortranarray(synthetic.pyramid_step(array, word == "expand")))


def given_places(values: list, function: str) -> tuple[np.ndarray, np.ndarray]:
    across = np.array(take.numbers(values[0], function, "the columns"))
    down = np.array(take.numbers(values[1], function, "the rows"))
    if across.size != down.size:
        raise ScriptError(f"images:{function}:invalidXY", "The coordinates must be vectors of the same length.")
    return across, down


@builtin(outputs=3)
def impixel(nargout, image, /, *rest):
    """
    P = impixel(I, c, r)
    P = impixel(X, map, c, r)
    [c, r, P] = impixel(I, c, r)

    Red, green and blue of the pixels at columns c and rows r: a row for each, NaN outside the image.

    A grey level gives itself three times. Without places MATLAB asks the mouse; cnnscript refuses.

    Examples
      >> P = impixel(uint8([10 20; 30 40]), [1 2 3], [1 2 1])
      P =
          10    10    10
          40    40    40
         NaN   NaN   NaN
      >> P = impixel([1 2], [0 0 0; 1 0.5 0], 2, 1)
      P =
          1.0000    0.5000         0
      >> [c, r, P] = impixel([0.5 1], 2, 1)
      c =
           2
      r =
           1
      P =
           1     1     1

    See also improfile, imcrop.
    """
    array, values = take.pixels(image, "impixel", "input number 1, I,"), list(rest)
    if len(values) == 3:
        array = np.asfortranarray(colour.ind2rgb(array, take.colour_map(values.pop(0), "impixel")))
    if len(values) != 2:
        raise ScriptError(
            "cnnscript:desktop", "impixel without places needs the mouse.", hint="impixel(I, columns, rows)"
        )
    across, down = given_places(values, "impixel")
    planes = colour.as_rgb(array)
    if planes.ndim != 3 or planes.shape[2] != 3:
        raise take.refusal("impixel", "input number 1, I,", "a grey or colour image", image)
    rows, columns = np.floor(down + 0.5), np.floor(across + 0.5)
    there = (rows >= 1) & (rows <= array.shape[0]) & (columns >= 1) & (columns <= array.shape[1])
    found = np.full((across.size, 3), np.nan)
    found[there] = planes[rows[there].astype(int) - 1, columns[there].astype(int) - 1]
    pixels = norm(np.asfortranarray(found))
    if nargout < 2:
        return (pixels,)
    return norm(across.reshape(-1, 1)), norm(down.reshape(-1, 1)), pixels


@builtin(outputs=5)
def improfile(session, nargout, image, /, *rest):
    """
    c = improfile(I, xi, yi)
    c = improfile(I, xi, yi, n)
    c = improfile(..., method)
    [cx, cy, c, xi, yi] = improfile(...)

    The levels of an image along the lines that join points: n of them, or one for about each pixel.

    method is 'nearest' (the default), 'bilinear' or 'bicubic'. NaN is outside the image; colour gives n-by-1-by-3.
    Without outputs the profile is drawn. Without points MATLAB asks the mouse; cnnscript refuses.

    Examples
      >> c = improfile(magic(4), [1 4], [1 4])'
      c =
          16    11     6     1
      >> c = improfile([10 20 30], [1 3], [1 1], 5, 'bilinear')'
      c =
          10    15    20    25    30
      >> [cx, cy, c] = improfile([10 20 30], [2 4], [1 1]); [cx cy c]
      ans =
           2     1    20
           3     1    30
           4     1   NaN

    See also impixel, imcrop, interp2.
    """
    array, values = take.pixels(image, "improfile", "input number 1, I,"), list(rest)
    method = "nearest"
    if values and text_or_none(values[-1]) is not None:
        word = take.choice(values.pop(), ("nearest", "bilinear", "bicubic"), "improfile", "the method")
        method = {"bilinear": "linear", "bicubic": "cubic"}.get(word, word)
    if len(values) not in (2, 3):
        raise ScriptError("cnnscript:desktop", "improfile without points needs the mouse.", hint="improfile(I, xi, yi)")
    across, down = given_places(values, "improfile")
    if across.size < 2:
        raise ScriptError("images:improfile:tooFewPoints", "A profile needs two points or more.")
    lengths = np.hypot(np.diff(across), np.diff(down))
    if len(values) == 3:
        count = take.count(values[2], "improfile", "N")
    else:
        count = int(np.sum(np.maximum(np.abs(np.diff(across)), np.abs(np.diff(down))).round())) + 1
    if count < 1 or not lengths.sum():
        raise ScriptError("images:improfile:noLength", "The points of a profile must differ, and N be positive.")
    require_memory((count, 1), 64)
    reached = np.r_[0, np.cumsum(lengths)]
    kept = np.r_[True, lengths > 0]
    places = np.linspace(0, reached[-1], count)
    x, y = (np.interp(places, reached[kept], part[kept]) for part in (across, down))
    planes = array.astype(float).reshape(*array.shape[:2], -1)
    edge_x, edge_y = np.clip(x, 1, array.shape[1]), np.clip(y, 1, array.shape[0])
    found = warping.look_up(planes, (edge_x, edge_y), method)
    outside = (x < 0.5) | (x > array.shape[1] + 0.5) | (y < 0.5) | (y > array.shape[0] + 0.5)
    found[outside] = np.nan
    levels: Any = norm(np.asfortranarray(found.reshape(count, 1, -1)))
    if not nargout:
        session.call("plot", 0, norm(places.reshape(-1, 1)), norm(found))
        return ()
    if nargout == 1:
        return (levels,)
    return (
        norm(x.reshape(-1, 1)), norm(y.reshape(-1, 1)), levels, norm(across.reshape(-1, 1)), norm(down.reshape(-1, 1))
    )  # fmt: skip

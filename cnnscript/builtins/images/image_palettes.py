"""Colormaps changed, and indexed images with other colormaps; mosaics of sensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_display import image_array
from cnnscript.builtins.language.handles import Handle
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, palettes, scale
from cnnscript.values.numeric import class_of, norm


def indexed(value: Any, function: str) -> np.ndarray:
    array = take.numeric(value, function, "X", 1)
    if array.dtype.name not in ("uint8", "uint16", "float32", "float64", "bool"):
        raise take.refusal(function, "X", "an indexed image of class uint8, uint16, single, double or logical", value)
    return array


@builtin(outputs=1)
def brighten(session, nargout, /, *args):
    """
    brighten(beta)
    brighten(f, beta)
    newmap = brighten(beta)
    newmap = brighten(map, beta)

    A colormap made brighter (beta above 0, to 1) or darker (below 0, to -1). Without an output the figure's changes.

    Examples
      >> brighten([0.25 0.25 0.25; 1 1 1], 0.5)
      ans =
          0.5000    0.5000    0.5000
          1.0000    1.0000    1.0000
      >> imagesc(magic(4)); colormap gray; brighten(-0.5); map = colormap; map(129, 1)
      ans =
          0.2520
      figure 1: image 4x4

    See also contrast, colormap, imadjust.
    """
    if not 1 <= len(args) <= 2:
        raise ScriptError("MATLAB:narginchk:notEnoughInputs", "Not enough input arguments.")
    beta = take.number(args[-1], "brighten", "beta")
    if not -1 < beta < 1:
        raise ScriptError("MATLAB:brighten:InvalidBeta", "Beta must be between -1 and 1.", notes=(f"got {beta:g}",))
    figure = args[0] if len(args) == 2 and isinstance(args[0], Handle) else None
    if len(args) == 2 and figure is None:
        return norm(palettes.brighter(take.colour_map(args[0], "brighten"), beta))
    target = () if figure is None else (figure,)
    made = norm(palettes.brighter(session.call("colormap", 1, *target), beta))
    if nargout:
        return made
    return session.call("colormap", 0, *target, made)


@builtin
def contrast(session, I, m=None, /):  # noqa: E741
    """
    cmap = contrast(I)
    cmap = contrast(I, m)

    A map of m greys that shows the contrast of an image best: each grey is about as frequent as any other.

    Without m the map is as long as the figure's (256).

    Examples
      >> contrast([1 1 1 5], 2)
      ans =
          0.6667    0.6667    0.6667
          1.0000    1.0000    1.0000

    See also brighten, histeq, colormap.
    """
    image = take.numeric(I, "contrast", "I", 1)
    count = len(session.call("colormap", 1)) if m is None else take.count(m, "contrast", "m")
    require_memory((count, 3), 8)
    if not count:
        return np.zeros((0, 3))
    return norm(palettes.contrast_map(image, count))


@builtin
def rgbplot(session, map, /):
    """
    rgbplot(map)

    Plot the red, green and blue of a colormap, each against the number of the colour.

    Examples
      >> rgbplot(jet(8))
      figure 1: line 8 points, line 8 points, line 8 points

    See also colormap, rgb2hsv.
    """
    colours = take.colour_map(map, "rgbplot")
    numbers = norm(np.arange(1.0, len(colours) + 1)[None, :])
    lines = ((numbers, norm(colours[:, channel : channel + 1].T), letter) for channel, letter in enumerate("rgb"))
    session.call("plot", 0, *(part for line in lines for part in line))


@builtin(outputs=2)
def cmpermute(session, nargout, X, map, index=None, /):
    """
    [Y, newmap] = cmpermute(X, map)
    [Y, newmap] = cmpermute(X, map, index)

    An indexed image with its colormap in another order: that of index, or a random one.

    Examples
      >> [Y, newmap] = cmpermute([1 2 2], [0 0 0; 1 1 1], [2 1])
      Y =
           2     1     1
      newmap =
           1     1     1
           0     0     0

    See also cmunique, randperm.
    """
    image, colours = indexed(X, "cmpermute"), take.colour_map(map, "cmpermute")
    count = len(colours)
    order = session.call("randperm", 1, float(count)) if index is None else index
    order = np.asarray(take.pixels(order, "cmpermute", "the index"), float).ravel(order="F")
    if sorted(order.tolist()) != list(range(1, count + 1)):
        raise take.refusal("cmpermute", "the index", f"the numbers 1 to {count} in any order", index)
    places = np.argsort(order)
    rows = places[colour.map_rows(image, count)] if count else np.zeros(image.shape, int)
    first = 0 if image.dtype.kind in "iu" else 1
    return norm((rows + first).astype(image.dtype)), norm(colours[order.astype(int) - 1])


@builtin(outputs=2)
def cmunique(nargout, X, map=None, /):
    """
    [Y, newmap] = cmunique(X, map)
    [Y, newmap] = cmunique(RGB)
    [Y, newmap] = cmunique(I)

    An indexed image whose colormap has every colour once, in order: uint8, or double above 256 colours.

    Examples
      >> [Y, newmap] = cmunique([1 2 3], [1 1 1; 0 0 0; 1 1 1])
      Y =
        1×3 uint8 row vector
         1   0   1
      newmap =
           0     0     0
           1     1     1

    See also cmpermute, gray2ind.
    """
    if map is not None:
        image, colours = indexed(X, "cmunique"), take.colour_map(map, "cmunique")
        rows = colour.map_rows(image, len(colours))
    else:
        image = image_array(X, "cmunique")
        if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3):
            raise take.refusal("cmunique", "the image", "grey or colour", X)
        colours = colour.as_rgb(scale.im2double(image)).reshape(-1, 3)
        rows = np.arange(len(colours)).reshape(image.shape[:2])
    if not rows.size or not len(colours):
        return norm(np.zeros(rows.shape, np.uint8)), np.zeros((0, 3))
    rows, colours = palettes.unique_colours(rows, colours)
    rows = rows.astype(np.uint8) if len(colours) <= 256 else rows + 1.0
    return norm(np.asfortranarray(rows)), norm(np.asfortranarray(colours))


@builtin
def dither(A, map=None, /):
    """
    BW = dither(I)
    X = dither(RGB, map)

    An image in few colours that looks like many from afar: a grey one in black and white (logical), a colour one in the
    colours of a map of at most 256 (uint8).

    The errors go on to the pixels to the right and below, as R. Floyd and L. Steinberg do (1976); single pixels differ
    from MATLAB's.

    Examples
      >> BW = dither(repmat(0.25, 100, 100)); class(BW), abs(mean(BW(:)) - 0.25) < 0.01
      ans =
          'logical'
      ans =
        logical
         1
      >> X = dither(cat(3, [1 0], [0 0], [0 1]), [1 0 0; 0 0 1])
      X =
        1×2 uint8 row vector
         0   1

    See also imbinarize, gray2ind.
    """
    image = image_array(A, "dither")
    if map is None:
        if image.ndim == 3 and image.shape[2] == 3:
            image = colour.rgb2gray(image)
        if image.ndim != 2:
            raise take.refusal("dither", "the image", "grey or colour", A)
        return norm(np.asfortranarray(palettes.dither_to_two(image)))
    if image.ndim != 3 or image.shape[2] != 3:
        raise take.refusal("dither", "the image", "M-by-N-by-3 where a map is given", A)
    colours = take.colour_map(map, "dither")
    if not len(colours):
        raise take.refusal("dither", "the colormap", "one colour or more", map)
    return norm(np.asfortranarray(palettes.dither_to_map(image, colours)))


@builtin
def demosaic(A, sensorAlignment, /):
    """
    RGB = demosaic(I, sensorAlignment)

    The colours that a sensor saw behind a Bayer pattern, by the linear filters of H. S. Malvar and others (2004).

    I is uint8, uint16 or uint32; sensorAlignment says the colours of its first two rows and columns: 'gbrg', 'grbg',
    'bggr' or 'rggb'.

    Examples
      >> RGB = demosaic(repmat(uint8(7), 5, 5), 'rggb'); size(RGB), unique(RGB)'
      ans =
           5     5     3
      ans =
        uint8
         7

    See also rgb2gray, imread.
    """
    mosaic = take.numeric(A, "demosaic", "I", 1)
    if mosaic.dtype.name not in ("uint8", "uint16", "uint32"):
        raise ScriptError(
            "MATLAB:demosaic:invalidType",
            "Expected input number 1, I, to be one of these types:\n\nuint8, uint16, uint32\n\nInstead its type was "
            f"{class_of(A)}.",
        )
    if mosaic.ndim != 2 or min(mosaic.shape) < 5:
        raise ScriptError(
            "images:demosaic:invalidImageSize", "The image must be a matrix of at least 5-by-5.",
            notes=("got " + "x".join(map(str, mosaic.shape)),),
        )  # fmt: skip
    pattern = take.choice(sensorAlignment, palettes.MOSAICS, "demosaic", "sensorAlignment")
    return norm(np.asfortranarray(palettes.demosaic(mosaic, pattern)))

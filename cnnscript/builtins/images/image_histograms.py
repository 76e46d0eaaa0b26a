"""Histograms of images, and images made to have a wanted one."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, colour_spaces, equalizing, scale
from cnnscript.pictures.images.thresholds import class_range
from cnnscript.values.numeric import EMPTY, norm


@builtin(outputs=2)
def imhist(session, nargout, image, /, *rest):
    """
    imhist(I)
    [counts, binLocations] = imhist(I)
    [counts, binLocations] = imhist(I, n)
    [counts, binLocations] = imhist(X, map)

    How many pixels have each grey level, in n bins (256, or 2 for logical), or each colour of a map.

    The first bin is centred on black and the last on white. Without outputs the histogram is drawn over a stripe of its
    tones.

    Examples
      >> [counts, binLocations] = imhist(uint8([0 0 128 255]), 3)
      counts =
           2
           1
           1
      binLocations =
               0
        127.5000
        255.0000
      >> imhist([0.1 0.2 0.9], 2)'
      ans =
           2     1
      >> [counts, x] = imhist([1 2 2], [0 0 0; 1 1 1]); [counts x]
      ans =
           1     1
           2     2

    See also histeq, imhistmatch, histogram, otsuthresh.
    """
    array = take.pixels(image, "imhist", "input number 1, I,")
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    second, colours = take.pixels(rest[0], "imhist", "input number 2") if rest else None, None
    if second is not None and second.size != 1:
        colours = take.colour_map(rest[0], "imhist")
        counts = np.bincount(colour.map_rows(array, len(colours)).ravel(), minlength=len(colours)).astype(float)
        places = np.arange(1.0, len(colours) + 1)
    else:
        bins = (2 if array.dtype == bool else 256) if second is None else take.count(rest[0], "imhist", "N")
        if bins < 1:
            raise take.refusal("imhist", "input number 2, N,", "positive", rest[0])
        black, white = class_range(array.dtype)
        counts, places = equalizing.histogram(array, bins), np.linspace(black, white, bins)
    if not nargout:
        tones = colours if colours is not None else np.repeat(np.linspace(0, 1, len(places))[:, None], 3, axis=1)
        draw_histogram(session, places, counts, tones)
        return ()
    return norm(counts[:, None]), norm(places[:, None])


STRIPE = 0.075  # of the axes' height, for the tones under the histogram


def draw_histogram(session: Any, places: np.ndarray, counts: np.ndarray, tones: np.ndarray) -> None:
    """Stems without heads, cut off at two and a half times their root mean square, over a stripe of the tones."""
    session.call("stem", 0, norm(places), norm(counts), "Marker", "none")
    axes = session.call("gca", 1)
    left, bottom, width, height = np.ravel(session.call("get", 1, axes, "Position")).tolist()
    ends = norm(np.array([[places[0], places[-1]]])) if len(places) > 1 else norm(np.array([[0.0, 1.0]]))
    top = 2.5 * float(np.sqrt((counts**2).mean())) or 1.0
    upper = norm(np.array([[left, bottom + STRIPE * height, width, (1 - STRIPE) * height]]))
    session.call(
        "set", 0, axes, "XLim", ends, "YLim", norm(np.array([[0.0, top]])), "Position", upper, "XTickLabel", ""
    )  # fmt: skip
    lower = norm(np.array([[left, bottom, width, STRIPE * height]]))
    stripe = session.call("axes", 1, "Position", lower)
    session.call("image", 0, ends, norm(np.array([[0.0, 1.0]])), np.asfortranarray(tones[None]), "Parent", stripe)
    session.call(
        "set", 0, stripe, "XLim", ends, "YLim", norm(np.array([[0.0, 1.0]])), "YTick", EMPTY, "TickDir", "out"
    )  # fmt: skip
    session.call("set", 0, session.call("gcf", 1), "CurrentAxes", axes)


@builtin(outputs=2)
def histeq(nargout, image, /, *rest):
    """
    J = histeq(I)
    J = histeq(I, n)
    J = histeq(I, hgram)
    [J, T] = histeq(...)
    newmap = histeq(X, map)
    newmap = histeq(X, map, hgram)

    Change the grey levels of an image so that their histogram is about flat, in n levels (64), or about hgram.

    T says where each of the 256 levels goes. For an indexed image the colours of the map change.

    Examples
      >> histeq(uint8([100 100 101 101]))
      ans =
        1×4 uint8 row vector
          61    61   190   190
      >> histeq([0.2 0.8], 2)
      ans =
           0     1
      >> histeq(uint8([0 100 200 255]), [1 0 1])
      ans =
        1×4 uint8 row vector
           0     0   255   255
      >> [J, T] = histeq(uint8([0 255])); size(T)
      ans =
           1   256
      >> newmap = histeq([1 2 2], [0.2 0.2 0.2; 0.4 0.4 0.4])
      newmap =
          0.3333    0.3333    0.3333
          1.0000    1.0000    1.0000

    See also imadjust, adapthisteq, imhist, imhistmatch.
    """
    array, values = take.pixels(image, "histeq", "input number 1, I,"), list(rest)
    if values and is_map(values[0]):
        return equalized_map(array, take.colour_map(values[0], "histeq"), values[1:]), EMPTY
    if len(values) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if not array.size:
        return norm(array), EMPTY
    table = equalizing.specification(equalizing.histogram(array), wanted_histogram(values, 64))
    return norm(equalizing.through_table(array, table)), norm(table)


def is_map(value: Any) -> bool:
    array = take.pixels(value, "histeq", "input number 2")
    return array.ndim == 2 and array.shape[1] == 3 and array.shape[0] > 1


def wanted_histogram(values: list, levels: int) -> np.ndarray:
    if not values:
        return np.ones(levels)
    given = np.array(take.numbers(values[0], "histeq", "input number 2, HGRAM,"))
    if given.size == 1:
        levels = take.count(values[0], "histeq", "N")
        if levels < 2:
            raise take.refusal("histeq", "n", "an integer above 1", values[0])
        return np.ones(levels)
    if not (given >= 0).all() or not given.sum() > 0:
        raise take.refusal("histeq", "input number 2, HGRAM,", "nonnegative with a sum above 0", values[0])
    return given


def equalized_map(rows: np.ndarray, colours: np.ndarray, values: list) -> Any:
    """The map whose luminance, taken in order of brightness, gives the wanted histogram; hue and saturation stay."""
    yiq = colour_spaces.rgb2ntsc(colours)
    order = np.argsort(yiq[:, 0], kind="stable")
    counts = np.bincount(colour.map_rows(rows, len(colours)).ravel(), minlength=len(colours)).astype(float)
    yiq[order, 0] = equalizing.specification(counts[order], wanted_histogram(values, 64))
    return norm(np.asfortranarray(colour_spaces.ntsc2rgb(yiq)))


@builtin
def adapthisteq(
    A,
    /,
    *,
    NumTiles=EMPTY,
    ClipLimit=0.01,
    NBins=256.0,
    Range="full",
    Distribution="uniform",
    Alpha=0.4,
):
    """
    J = adapthisteq(I)
    J = adapthisteq(I, Name=Value)

    Equalise the histogram of an image part by part, with limited contrast (CLAHE).

    Our own arithmetic: scikit-image's blends otherwise.

    Options
      NumTiles      [rows cols] of parts, at least 2 ([8 8])
      ClipLimit     0 to 1, more is more contrast (0.01)
      NBins         levels of the histograms (256)
      Range         'full' (all of the class) or 'original' (from the least to the greatest level)
      Distribution  'uniform', 'rayleigh' or 'exponential'
      Alpha         parameter of the last two (0.4)

    Examples
      >> J = adapthisteq(imread('camera.png')); class(J)
      ans =
          'uint8'
      >> size(adapthisteq(rand(64), NumTiles=[4 4]))
      ans =
          64    64
      >> adapthisteq(uint8(repmat(100:101, 4, 2)), NumTiles=[2 2], ClipLimit=0)
      ans =
        4×4 uint8 matrix
         128   191   128   191
         128   191   128   191
         128   191   128   191
         128   191   128   191

    See also histeq, imadjust, imhistmatch.
    """
    array = take.pixels(A, "adapthisteq", "input number 1, I,")
    if array.ndim != 2 or array.dtype.kind == "b":
        raise take.refusal("adapthisteq", "the image", "a grey image", A)
    if not array.size:
        raise take.refusal("adapthisteq", "the image", "an image with pixels", A)
    tiles = take.counts(NumTiles, "adapthisteq", "NumTiles", (0, 2)) or [8, 8]
    if min(tiles) < 2:
        raise take.refusal("adapthisteq", "NumTiles", "two integers of 2 or more", NumTiles)
    if any(length < 2 * count for length, count in zip(array.shape, tiles, strict=True)):
        raise ScriptError(
            "images:adapthisteq:inputImageTooSmallToSplit",
            f"The image I is too small to be split into [{tiles[0]} {tiles[1]}] number of tiles.",
        )
    limit = take.number(ClipLimit, "adapthisteq", "ClipLimit")
    bins = take.count(NBins, "adapthisteq", "NBins")
    alpha = take.number(Alpha, "adapthisteq", "Alpha")
    if not 0 <= limit <= 1:
        raise take.refusal("adapthisteq", "ClipLimit", "a number from 0 to 1", ClipLimit)
    if bins < 1:
        raise take.refusal("adapthisteq", "NBins", "positive", NBins)
    if not alpha > 0:
        raise take.refusal("adapthisteq", "Alpha", "positive", Alpha)
    whole = take.choice(Range, ("full", "original"), "adapthisteq", "Range") == "full"
    word = take.choice(Distribution, ("uniform", "rayleigh", "exponential"), "adapthisteq", "Distribution")
    if array.dtype.kind == "f":
        array = np.clip(np.nan_to_num(array), 0, 1)
    elif array.dtype.name not in ("uint8", "uint16", "int16"):
        raise scale.unknown_class("adapthisteq", array.dtype.name)
    return norm(equalizing.adaptive(array, (tiles[0], tiles[1]), limit, bins, whole, word, alpha))


METHODS = {"uniform": equalizing.specification, "polynomial": equalizing.matched_polynomial}


@builtin(outputs=2)
def imhistmatch(nargout, image, reference, /, *rest, Method="uniform"):
    """
    J = imhistmatch(I, ref)
    J = imhistmatch(I, ref, nbins)
    J = imhistmatch(..., Method=method)
    [J, hgram] = imhistmatch(...)

    Change the grey levels of an image so that their histogram is about that of a reference, in nbins (64).

    The channels of a colour image are matched with those of the reference, or all with a grey one. hgram is the
    histogram that was wanted, a row for each channel.

    Options
      Method  'uniform', or 'polynomial', a smooth curve

    Examples
      >> imhistmatch(uint8([0 100 200]), uint8([50 50 250]))
      ans =
        1×3 uint8 row vector
          49    49   251
      >> [J, hgram] = imhistmatch([0 0.5 1], [0 0 1], 2)
      J =
           0     0     1
      hgram =
           2     1

    See also histeq, imhist, imhistmatchn.
    """
    return histogram_match(nargout, image, reference, rest, Method, "imhistmatch")


@builtin(outputs=2)
def imhistmatchn(nargout, image, reference, /, *rest, Method="uniform"):
    """
    J = imhistmatchn(I, ref)
    J = imhistmatchn(I, ref, nbins)
    [J, hgram] = imhistmatchn(...)

    Like imhistmatch, for arrays of any number of dimensions: all values together are matched.

    Options
      Method  'uniform', or 'polynomial', a smooth curve

    Examples
      >> size(imhistmatchn(rand(3, 3, 3), rand(2, 2, 2)))
      ans =
           3     3     3
      >> [J, hgram] = imhistmatchn([0 0.5 1], [0 0 1], 2)
      J =
           0     0     1
      hgram =
           2     1

    See also imhistmatch, histeq.
    """
    return histogram_match(nargout, image, reference, rest, Method, "imhistmatchn")


def histogram_match(nargout: int, image: Any, reference: Any, rest: tuple, method: Any, function: str) -> tuple:
    array = take.pixels(image, function, "input number 1, A,")
    wanted = take.pixels(reference, function, "input number 2, REF,")
    bins = take.count(rest[0], function, "N") if rest else 64
    take.no_options(list(rest[1:]), function)
    if bins < 2:
        raise take.refusal(function, "N", "an integer above 1", rest[0])
    if not array.size or not wanted.size:
        raise take.refusal(function, "the image", "an image with pixels", image if not array.size else reference)
    match = METHODS[take.choice(method, tuple(METHODS), function, "Method")]
    apart = function == "imhistmatch" and array.ndim == 3
    if function == "imhistmatch":
        channels = wanted.shape[2] if wanted.ndim == 3 else 1
        if array.ndim > 3 or channels not in (1, array.shape[2] if array.ndim == 3 else 1):
            raise ScriptError(
                "images:imhistmatch:refNumChannels",
                "The reference must be a grey image, or have as many channels as the image.",
            )
    out = np.empty(array.shape, array.dtype, order="F")
    rows = []
    for k in range(array.shape[2]) if apart else (slice(None),):
        part = array[:, :, k] if apart else array
        target = equalizing.histogram(wanted[:, :, k] if apart and wanted.ndim == 3 else wanted, bins)
        table = match(equalizing.histogram(part), target)
        if apart:
            out[:, :, k] = equalizing.through_table(part, table)
        else:
            out[...] = equalizing.through_table(part, table)
        if not rows or wanted.ndim == 3:
            rows.append(target)
    return norm(out), norm(np.asfortranarray(rows))

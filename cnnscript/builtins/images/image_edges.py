"""Edges and gradients of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import edges, kernels, scale
from cnnscript.values.numeric import norm, numel_of
from cnnscript.values.text import text_or_none

METHODS = ("sobel", "prewitt", "central", "intermediate", "roberts")
OLDER = {"centraldifference": "central", "intermediatedifference": "intermediate"}  # what they were called once
EDGES = ("Sobel", "Prewitt", "Roberts", "log", "zerocross", "Canny", "approxcanny", "marr-hildreth")


@builtin(outputs=4)
def edge(nargout, A, /, *rest):
    """
    BW = edge(I)
    BW = edge(I, method)
    BW = edge(I, method, threshold)
    BW = edge(I, method, threshold, direction)
    BW = edge(I, method, ..., 'nothinning')
    BW = edge(I, method, threshold, sigma)
    BW = edge(I, 'zerocross', threshold, h)
    [BW, threshOut] = edge(...)
    [BW, threshOut, Gx, Gy] = edge(...)

    Where the edges of a grey image are; edge(Mdl, X, Y) is the mean margin of a model.

    Methods: 'Sobel' (the default), 'Prewitt' and 'Roberts' look for the largest gradient, with a direction
    'horizontal', 'vertical' or 'both' and, unless 'nothinning' is said, thinned; 'log' (sigma 2) and 'zerocross' (by a
    filter h) look where the second derivative changes sign; 'Canny' (sigma sqrt(2)) takes a low and a high threshold,
    [low high], or the high one, of which 0.4 is the low one. A threshold of [] is chosen from the image. Thresholds and
    thinning are MATLAB's; 'approxcanny', a quicker Canny, is our own (a Gaussian of 5 by 5 pixels and Sobel's gradient)
    and may differ from MATLAB's in single pixels.

    Examples
      >> I = zeros(5); I(:, 3:5) = 1; BW = edge(I, 'Sobel', 0.1)
      BW =
        5×5 logical array
         0   0   1   0   0
         0   0   1   0   0
         0   0   1   0   0
         0   0   1   0   0
         0   0   1   0   0
      >> I = zeros(20); I(:, 11:20) = 1; BW = edge(I); nnz(BW)
      ans =
          20
      >> [BW, t] = edge(I, 'Prewitt', [], 'vertical'); t
      t =
          0.3162
      >> [BW, t] = edge(I, 'Canny'); nnz(BW), t
      ans =
          36
      t =
          0.1125    0.2812
      >> I = zeros(7); I(3:5, 3:5) = 1; [BW, t, Gx, Gy] = edge(I, 'Roberts', 0.1, 'nothinning'); nnz(BW), Gx(3, 3)
      ans =
          12
      ans =
           0
      >> nnz(edge(I, 'log', 0.01, 1)), nnz(edge(I, 'zerocross', 0, fspecial('laplacian'))), nnz(edge(I, 'canny', 0.3))
      ans =
           8
      ans =
           8
      ans =
          16

    See also imgradient, fspecial, margin.
    """
    image = matrix(A, "edge", "I")
    words = [word.lower() for value in rest if (word := text_or_none(value)) is not None]
    given = [value for value in rest if text_or_none(value) is None]
    method, direction, thin = None, "both", True
    for word in words:
        if len(word) > 1 and "nothinning".startswith(word):
            thin = False
        elif "thinning".startswith(word):
            thin = True
        elif word in ("both", "horizontal", "vertical"):
            direction = word
        elif method is None:
            method = take.choice(word, EDGES, "edge", "the method").lower()
        else:
            raise ScriptError("images:edge:invalidInputString", f"Invalid input string: '{word}'.")
    method = method or "sobel"
    if len(given) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    threshold = take.numbers(given[0], "edge", "the threshold") if given else []
    if image.dtype.kind != "f":
        image = scale.im2double(image).astype(np.float32)
    if method in ("canny", "approxcanny"):
        return canny_edges(nargout, image, method, threshold, given[1:])
    if len(threshold) > 1:
        raise ScriptError(
            "images:edge:invalidInputArguments", "The threshold must be a scalar for every method but Canny."
        )
    least = threshold[0] if threshold else None
    if method in ("log", "zerocross", "marr-hildreth"):
        if nargout > 2:
            raise too_many(method)
        weights = crossing_weights(method, given[1:])
        found, least = edges.by_crossings(image, weights, least)
        return norm(np.asfortranarray(found)), least
    if len(given) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    found, least, across, down = edges.by_gradient(image, method, least, direction, thin)
    return norm(np.asfortranarray(found)), least, norm(across), norm(down)


def too_many(method: str) -> ScriptError:
    return ScriptError("images:edge:tooManyOutputs", f"Too many output arguments: '{method}' gives no gradients.")


def crossing_weights(method: str, rest: list[Any]) -> np.ndarray:
    """The filter whose result crosses zero at edges: given, or the Laplacian of a Gaussian of a sigma (2)."""
    if rest and numel_of(rest[0]) > 1:
        return np.asarray(matrix(rest[0], "edge", "the filter"), float)
    sigma = take.number(rest[0], "edge", "sigma") if rest and numel_of(rest[0]) else 2.0
    if not 0 < sigma < np.inf:
        raise ScriptError("images:edge:sigmaMustBePositive", "sigma must be positive.")
    size = int(np.ceil(sigma * 3)) * 2 + 1
    return kernels.laplacian_of_gaussian((size, size), sigma)


def canny_edges(nargout: int, image: np.ndarray, method: str, threshold: list[float], rest: list[Any]) -> tuple:
    if nargout > 2:
        raise too_many(method)
    if rest and method == "approxcanny":
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    sigma = take.number(rest[0], "edge", "sigma") if rest and numel_of(rest[0]) else float(np.sqrt(2))
    if not 0 < sigma < np.inf:
        raise ScriptError("images:edge:sigmaMustBePositive", "sigma must be positive.")
    wanted: tuple[float | None, float] | None = None
    if len(threshold) == 1:
        if threshold[0] >= 1:
            raise ScriptError("images:edge:singleThresholdOutOfRange", "The threshold must be less than 1.")
        wanted = (None, threshold[0])
    elif len(threshold) == 2:
        if threshold[0] >= threshold[1] or threshold[1] >= 1:
            raise ScriptError("images:edge:thresholdOutOfRange", "Thresholds must satisfy 0 <= low < high < 1.")
        wanted = (threshold[0], threshold[1])
    elif threshold:
        raise ScriptError("images:edge:invalidInputArguments", "The threshold of Canny has one or two elements.")
    found, limits = edges.canny(image, wanted, sigma, method == "approxcanny")
    return norm(np.asfortranarray(found)), norm(np.array([limits]))


# --------------------------------------------------------------------------------------------------------- gradients
def gradient_method(value: Any, function: str, methods: tuple[str, ...]) -> str:
    word = text_or_none(value)
    return OLDER.get((word or "").lower()) or take.choice(value, methods, function, "the method")


def as_float(array: np.ndarray) -> np.ndarray:
    return array if array.dtype.kind == "f" else array.astype(float)


@builtin(outputs=2)
def imgradientxy(nargout, A, method="sobel", /):
    """
    [Gx, Gy] = imgradientxy(I)
    [Gx, Gy] = imgradientxy(I, method)

    The change of a grey image to the right and downwards.

    Methods: 'sobel', 'prewitt', 'central' (half the difference of both neighbours), 'intermediate' (to the next pixel).

    Examples
      >> [Gx, Gy] = imgradientxy(magic(3))
      Gx =
         -19    -2    17
           2     4     2
          17    -2   -19
      Gy =
         -11     4     7
          -4     8    -4
           7     4   -11
      >> [Gx, Gy] = imgradientxy([1 4 9], 'central')
      Gx =
           3     4     5
      Gy =
           0     0     0
      >> Gx = imgradientxy([1 4 9], 'intermediate')
      Gx =
           3     5     0

    See also imgradient, imgradientxyz, edge.
    """
    image = as_float(matrix(A, "imgradientxy", "I"))
    word = gradient_method(method, "imgradientxy", METHODS[:4])
    across, down = edges.gradient_pair(image, word)
    return norm(np.asfortranarray(across)), norm(np.asfortranarray(down))


@builtin(outputs=2)
def imgradient(nargout, A, B=None, /):
    """
    [Gmag, Gdir] = imgradient(I)
    [Gmag, Gdir] = imgradient(I, method)
    [Gmag, Gdir] = imgradient(Gx, Gy)

    How much a grey image changes, and in which direction (degrees, counter-clockwise from the right).

    Methods: 'sobel', 'prewitt', 'central', 'intermediate', 'roberts'.

    Examples
      >> [Gmag, Gdir] = imgradient([0 0 0; 0 0 8; 0 8 8])
      Gmag =
               0   11.3137   25.2982
         11.3137   33.9411   35.7771
         25.2982   35.7771   11.3137
      Gdir =
               0  -45.0000  -71.5651
        -45.0000  -45.0000  -63.4349
        -18.4349  -26.5651  -45.0000
      >> [Gmag, Gdir] = imgradient(3, -4)
      Gmag =
           5
      Gdir =
         53.1301
      >> Gmag = imgradient([1 2; 3 5], 'roberts')
      Gmag =
          4.1231    4.2426
          2.8284         0

    See also imgradientxy, imgradient3, edge.
    """
    first = as_float(matrix(A, "imgradient", "I"))
    word = ""
    if B is not None and text_or_none(B) is None:
        across, down = first, as_float(matrix(B, "imgradient", "Gy"))
        if across.shape != down.shape:
            raise ScriptError("MATLAB:images:validate:unequalSizeMatrices", "Gx and Gy must be the same size.")
    else:
        word = gradient_method(B, "imgradient", METHODS) if B is not None else "sobel"
        across, down = edges.gradient_pair(first, word)
    strength = np.hypot(across, down)
    if word == "roberts":
        turn = np.arctan2(down, -across) - np.pi / 4
        turn = np.where(turn < -np.pi, turn + 2 * np.pi, turn) * (180 / np.pi)
        turn = np.where((across == 0) & (down == 0), 0, turn).astype(strength.dtype)
    else:
        turn = np.arctan2(-down, across) * strength.dtype.type(180 / np.pi)
    return norm(np.asfortranarray(strength)), norm(np.asfortranarray(turn))


def volume_of(value: Any, function: str, argument: str) -> np.ndarray:
    array = take.pixels(value, function, argument)
    if array.ndim > 3:
        raise take.refusal(function, argument, "a volume", value)
    return as_float(array.reshape(array.shape + (1,) * (3 - array.ndim)))


@builtin(outputs=3)
def imgradientxyz(nargout, A, method="sobel", /):
    """
    [Gx, Gy, Gz] = imgradientxyz(I)
    [Gx, Gy, Gz] = imgradientxyz(I, method)

    The change of a volume along columns, rows and planes.

    Methods: 'sobel', 'prewitt', 'central', 'intermediate'.

    Examples
      >> A = repmat(1:3, 3, 1, 3); [Gx, Gy, Gz] = imgradientxyz(A); Gx(2, 2, 2), Gy(2, 2, 2)
      ans =
          44
      ans =
           0

    See also imgradient3, imgradientxy.
    """
    volume = volume_of(A, "imgradientxyz", "I")
    word = gradient_method(method, "imgradientxyz", METHODS[:4])
    return tuple(norm(np.asfortranarray(each)) for each in edges.gradient_triple(volume, word))


@builtin(outputs=3)
def imgradient3(nargout, A, /, *rest):
    """
    [Gmag, Gazimuth, Gelevation] = imgradient3(I)
    [Gmag, Gazimuth, Gelevation] = imgradient3(I, method)
    [Gmag, Gazimuth, Gelevation] = imgradient3(Gx, Gy, Gz)

    How much a volume changes, and in which direction (degrees).

    Methods: 'sobel', 'prewitt', 'central', 'intermediate'.

    Examples
      >> [Gmag, Gazimuth, Gelevation] = imgradient3(3, 4, 5)
      Gmag =
          7.0711
      Gazimuth =
        -53.1301
      Gelevation =
          45

    See also imgradientxyz, imgradient.
    """
    if len(rest) == 2:
        parts = [volume_of(value, "imgradient3", "the gradient") for value in (A, *rest)]
        if len({part.shape for part in parts}) > 1:
            raise ScriptError("MATLAB:images:validate:unequalSizeMatrices", "Gx, Gy and Gz must be the same size.")
    elif len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    else:
        word = gradient_method(rest[0], "imgradient3", METHODS[:4]) if rest else "sobel"
        parts = edges.gradient_triple(volume_of(A, "imgradient3", "I"), word)
    x, y, z = parts
    flat = np.hypot(x, y)
    degrees = flat.dtype.type(180 / np.pi)
    found = np.sqrt(x * x + y * y + z * z), np.arctan2(-y, x) * degrees, np.arctan2(z, flat) * degrees
    return tuple(norm(np.asfortranarray(each)) for each in found)

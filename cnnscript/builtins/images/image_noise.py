"""Noise of known kinds, from the program's stream of random numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.random_stream import Stream
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import scale
from cnnscript.values.numeric import norm, size_text

KINDS = ("gaussian", "localvar", "poisson", "salt & pepper", "speckle")
PHOTONS = {"uint8": 255.0, "uint16": 65535.0, "int16": 65535.0, "float32": 1e6, "float64": 1e12, "bool": 1e12}


@builtin
def imnoise(session, image, kind, /, *rest):
    """
    J = imnoise(I, 'gaussian')
    J = imnoise(I, 'gaussian', m, var_gauss)
    J = imnoise(I, 'localvar', var_local)
    J = imnoise(I, 'localvar', intensity_map, var_local)
    J = imnoise(I, 'poisson')
    J = imnoise(I, 'salt & pepper', d)
    J = imnoise(I, 'speckle', var_speckle)

    An image with noise, in its own class.

    The image is looked at from 0 to 1, and so are means and variances: Gaussian noise has mean 0 and variance 0.01,
    speckle (uniform noise that is multiplied with the image) variance 0.05, and salt and pepper falls on 0.05 of the
    pixels. With 'poisson' each pixel is a count of photons. The numbers come from the stream that rng seeds, drawn
    in the order of MATLAB's algorithms, so that rng(0) repeats them.

    Examples
      >> rng(0), imnoise(uint8([100 100 100]), 'gaussian')
      ans =
        1×3 uint8 row vector
         114   147    42
      >> imnoise([0.5 0.5], 'gaussian', 0.25, 0)
      ans =
          0.7500    0.7500
      >> rng(0), imnoise(0.5*ones(1, 5), 'salt & pepper', 0.3)
      ans =
          0.5000    0.5000         0    0.5000    0.5000
      >> imnoise([0.2 0.4], 'localvar', [0 0]), imnoise([0.2 0.4], 'localvar', [0 1], [0 0])
      ans =
          0.2000    0.4000
      ans =
          0.2000    0.4000
      >> rng(0), imnoise(uint8([0 10 100 200]), 'poisson')
      ans =
        1×4 uint8 row vector
           0    14    99   221
      >> rng(0), imnoise([0 0.5], 'speckle', 0.12)
      ans =
               0    0.7435

    See also rng, randn, imgaussfilt, medfilt2.
    """
    array = take.pixels(image, "imnoise", "input number 1, I,")
    word = take.choice(kind, (*KINDS, "salt and pepper"), "imnoise", "the type of noise")
    level = np.clip(scale.im2double(array), 0, 1) if array.dtype.kind == "f" else scale.im2double(array)
    stream: Stream = session.random
    most = {"gaussian": 2, "localvar": 2, "poisson": 0}.get(word, 1)
    if len(rest) > most:
        raise ScriptError("MATLAB:images:imnoise:tooManyInputs", f"Too many parameters for '{word}' noise.")
    if word == "gaussian":
        mean = take.number(rest[0], "imnoise", "the mean") if rest else 0.0
        spread = variance(rest[1], "VAR_GAUSS") if len(rest) > 1 else 0.01
        noisy = level + np.sqrt(spread) * drawn(stream.normals, level.shape) + mean
    elif word == "localvar":
        noisy = level + np.sqrt(local_variance(rest, level)) * drawn(stream.normals, level.shape)
    elif word == "poisson":
        photons = PHOTONS[array.dtype.name]
        counts = level * photons
        noisy = poisson(stream, np.floor(counts + 0.5) if array.dtype.kind in "iu" else counts) / photons
    elif word == "speckle":
        spread = variance(rest[0], "VAR_SPECKLE") if rest else 0.05
        noisy = level + np.sqrt(12 * spread) * level * (drawn(stream.uniforms, level.shape) - 0.5)
    else:
        density = take.number(rest[0], "imnoise", "D") if rest else 0.05
        if not 0 <= density <= 1:
            raise take.refusal("imnoise", "D", "a number from 0 to 1", rest[0])
        chance = drawn(stream.uniforms, level.shape)
        noisy = np.where(chance < density / 2, 0.0, np.where(chance < density, 1.0, level))
    noisy = np.clip(noisy, 0, 1)
    if array.dtype == bool:
        return norm(np.asfortranarray(noisy > 0.5))
    return norm(np.asfortranarray(scale.back_to_class(noisy, array.dtype)))


def drawn(draw: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Random numbers in column-major order."""
    return draw(int(np.prod(shape))).reshape(shape, order="F")


def variance(value: Any, argument: str) -> float:
    found = take.number(value, "imnoise", argument)
    if not found >= 0:
        raise take.refusal("imnoise", argument, "nonnegative", value)
    return found


def local_variance(rest: tuple, level: np.ndarray) -> np.ndarray:
    """The variance of each pixel: given for each, or for levels of brightness, straight between them."""
    if not rest:
        raise ScriptError("MATLAB:images:imnoise:tooFewInputs", "Too few parameters for 'localvar' noise.")
    spread = take.pixels(rest[-1], "imnoise", "VAR_LOCAL").astype(float)
    if (spread < 0).any():
        raise take.refusal("imnoise", "VAR_LOCAL", "nonnegative", rest[-1])
    if len(rest) == 1:
        if spread.shape != level.shape:
            raise ScriptError(
                "MATLAB:images:imnoise:invalidLocalVarianceSize",
                "The local variance array must have the same size as the image.",
                notes=(f"the image is {size_text(level.shape)}, the variances are {size_text(spread.shape)}",),
            )
        return spread
    levels = take.pixels(rest[0], "imnoise", "IMAGE_INTENSITY").astype(float).ravel(order="F")
    if levels.size != spread.size:
        raise ScriptError(
            "MATLAB:images:imnoise:mismatchedSize", "IMAGE_INTENSITY and VAR_LOCAL must be vectors of the same length."
        )
    order = np.argsort(levels, kind="stable")
    return np.interp(level, levels[order], spread.ravel(order="F")[order])


def poisson(stream: Stream, mean: np.ndarray) -> np.ndarray:
    """A Poisson number for each mean: by products of uniform numbers below 50, above by a normal number.

    (W. Press et al., Numerical Recipes in C, 2nd edition, 7.3.)  One round draws a uniform number for each pixel that
    still goes on, in column-major order.
    """
    flat = mean.ravel(order="F")
    counts = np.zeros(flat.size)
    few = np.flatnonzero(flat < 50)
    if few.size:
        limit = np.exp(-flat[few])
        found, product = -np.ones(few.size), np.ones(few.size)
        going = np.arange(few.size)
        while going.size:
            found[going] += 1
            product[going] *= stream.uniforms(going.size)
            going = going[product[going] > limit[going]]
        counts[few] = found
    many = np.flatnonzero(flat >= 50)
    if many.size:
        drawn_now = flat[many] + np.sqrt(flat[many]) * stream.normals(many.size)
        counts[many] = np.floor(drawn_now + 0.5)
    return counts.reshape(mean.shape, order="F")

"""Haze taken out of images, and dark images brightened where they are dark."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.images import haze, scale
from cnnscript.values.numeric import norm


def picture(value: Any, function: str) -> np.ndarray:
    array = take.pixels(value, function, "input number 1, A,")
    if array.ndim not in (2, 3) or array.ndim == 3 and array.shape[2] != 3 or not array.size:
        raise take.refusal(function, "input number 1, A,", "a grey or true colour image", value)
    if array.dtype.name not in ("uint8", "uint16", "float32", "float64"):
        raise scale.unknown_class(function, array.dtype.name)
    return array


def levels(array: np.ndarray) -> np.ndarray:
    """H×W×C from 0 to 1."""
    return np.clip(np.nan_to_num(scale.im2double(array)), 0, 1).reshape(*array.shape[:2], -1)


def amount_of(rest: tuple, function: str) -> float:
    if not rest:
        return 1.0
    found = take.number(rest[0], function, "the amount")
    if not 0 <= found <= 1:
        raise take.refusal(function, "the amount", "a number from 0 to 1", rest[0])
    take.no_options(list(rest[1:]), function)
    return found


@builtin(outputs=3)
def imreducehaze(
    nargout,
    A,
    /,
    *rest,
    Method="simpledcp",
    AtmosphericLight=None,
    ContrastEnhancement="global",
    BoostAmount=0.1,
):
    """
    J = imreducehaze(I)
    J = imreducehaze(I, amount)
    [J, T, L] = imreducehaze(..., Name=Value)

    An image with its haze taken out, all of it or an amount from 0 to 1.

    T is how thick the haze is at each pixel (0 to 1), L the light of the air. By the dark channel; our own arithmetic,
    near MATLAB's.

    Options
      Method               'simpledcp' (single pixels) or 'approxdcp' (blocks of them)
      AtmosphericLight     L, a number for each channel (found in the image)
      ContrastEnhancement  of what comes out: 'global' (stretched), 'boost' or 'none'
      BoostAmount          of 'boost': how much, 0 to 1 (0.1)

    Examples
      >> J = imreducehaze(0.5 + 0.4*rand(40, 40, 3)); size(J)
      ans =
          40    40     3
      >> [J, T, L] = imreducehaze(uint8(200*ones(32)), 0.5, ContrastEnhancement='none'); class(J), size(T), L
      ans =
          'uint8'
      ans =
          32    32
      L =
          0.7843

    See also imlocalbrighten, adapthisteq, imadjust.
    """
    array = picture(A, "imreducehaze")
    amount = amount_of(rest, "imreducehaze")
    simple = take.choice(Method, ("simpledcp", "approxdcp"), "imreducehaze", "Method") == "simpledcp"
    word = take.choice(ContrastEnhancement, ("global", "boost", "none"), "imreducehaze", "ContrastEnhancement")
    boost = take.number(BoostAmount, "imreducehaze", "BoostAmount")
    if not 0 <= boost <= 1:
        raise take.refusal("imreducehaze", "BoostAmount", "a number from 0 to 1", BoostAmount)
    level = levels(array)
    light = None
    if AtmosphericLight is not None:
        light = np.array(take.numbers(AtmosphericLight, "imreducehaze", "AtmosphericLight", level.shape[2]))
        if not ((light >= 0) & (light <= 1)).all():
            raise take.refusal("imreducehaze", "AtmosphericLight", "from 0 to 1", AtmosphericLight)
    clear, thickness, light = haze.without_haze(level, amount, simple, light)
    if word == "global":
        low, high = scale.stretch_limits(clear.reshape(clear.shape[0], -1), (0.001, 0.999))
        clear = scale.stretch_contrast(clear, low, high)
    elif word == "boost":
        clear = np.clip(clear * (1 + boost * (1 - thickness[..., None])), 0, 1)
    made = np.asfortranarray(scale.back_to_class(clear.reshape(array.shape), array.dtype))
    return norm(made), norm(np.asfortranarray(thickness)), norm(light.reshape(1, -1))


@builtin(outputs=2)
def imlocalbrighten(nargout, A, /, *rest, AlphaBlend=False):
    """
    B = imlocalbrighten(A)
    B = imlocalbrighten(A, amount)
    [B, D] = imlocalbrighten(..., AlphaBlend=tf)

    A dark image brightened where it is dark, by an amount from 0 to 1.

    D is how dark the image is at each pixel (0 to 1). The haze of the negative is taken out; our own arithmetic, near
    MATLAB's.

    Options
      AlphaBlend  whether bright parts are kept as they are (false)

    Examples
      >> B = imlocalbrighten(0.2*ones(20)); B(1) > 0.2
      ans =
        logical
         1
      >> [B, D] = imlocalbrighten(uint8(30*ones(20, 20, 3)), 0.5, AlphaBlend=true); class(B), size(D)
      ans =
          'uint8'
      ans =
          20    20

    See also imreducehaze, imadjust, histeq.
    """
    array = picture(A, "imlocalbrighten")
    amount = amount_of(rest, "imlocalbrighten")
    level = levels(array)
    white = np.ones(level.shape[2])
    clear, darkness, _ = haze.without_haze(1 - level, amount, False, white)
    bright = 1 - clear
    if take.flag(AlphaBlend, "imlocalbrighten", "AlphaBlend"):
        bright = darkness[..., None] * bright + (1 - darkness[..., None]) * level
    made = np.asfortranarray(scale.back_to_class(bright.reshape(array.shape), array.dtype))
    return norm(made), norm(np.asfortranarray(darkness))

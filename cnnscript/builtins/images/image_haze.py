"""Haze, darkness and uneven light taken out of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_filling import mask_of
from cnnscript.builtins.images.image_filters import odd_sizes
from cnnscript.builtins.images.image_smoothing import grey_or_colour, positive
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.images import colour, haze, scale
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm


def share(value: Any, function: str, argument: str) -> float:
    found = take.number(value, function, argument)
    if not 0 <= found <= 1:
        raise take.refusal(function, argument, "a number from 0 to 1", value)
    return found


def shown(made: np.ndarray, array: np.ndarray) -> Any:
    """In the class and with the channels of the image."""
    made = made.reshape(array.shape)
    if array.dtype == bool:
        return norm(np.asfortranarray(made >= 0.5))
    return norm(np.asfortranarray(scale.back_to_class(made, array.dtype)))


@builtin(outputs=3)
def imreducehaze(
    nargout,
    A,
    amount=1.0,
    /,
    *,
    Method="simpledcp",
    AtmosphericLight=None,
    ContrastEnhancement="global",
    BoostAmount=0.1,
):
    """
    J = imreducehaze(X)
    J = imreducehaze(X, amount)
    J = imreducehaze(..., Name=Value)
    [J, T, L] = imreducehaze(...)

    Take haze out of an image; T is how thick it was at each pixel, L the colour of the air.

    By the dark channel, after K. He and others (2011); in detail the numbers differ from MATLAB's.

    Options
      Method               'simpledcp' or 'approxdcp' (finer edges)
      AtmosphericLight     colour of the air (estimated)
      ContrastEnhancement  afterwards: 'global' (stretched), 'boost' (brighter by BoostAmount) or 'none'
      BoostAmount          0 to 1 (0.1)

    Examples
      >> A = 0.5 + 0.5 * rand(30, 40, 3); [J, T, L] = imreducehaze(A); size(J), size(T), size(L)
      ans =
          30    40     3
      ans =
          30    40
      ans =
           1     3
      >> J = imreducehaze(uint8(200 + magic(4)), 0.5, ContrastEnhancement='none'); class(J)
      ans =
          'uint8'

    See also imlocalbrighten, imflatfield, imadjust.
    """
    array = grey_or_colour(A, "imreducehaze", "X")
    much = share(amount, "imreducehaze", "amount")
    method = take.choice(Method, ("simpledcp", "approxdcp"), "imreducehaze", "Method")
    enhance = take.choice(ContrastEnhancement, ("global", "boost", "none"), "imreducehaze", "ContrastEnhancement")
    boost = share(BoostAmount, "imreducehaze", "BoostAmount")
    level = scale.im2double(array).reshape(*array.shape[:2], -1)
    air = None
    if AtmosphericLight is not None:
        air = np.array(take.numbers(AtmosphericLight, "imreducehaze", "AtmosphericLight", level.shape[2]))
        if not ((air >= 0) & (air <= 1)).all():
            raise take.refusal("imreducehaze", "AtmosphericLight", "levels from 0 to 1", AtmosphericLight)
    made, thickness, air = haze.without_haze(level, much, air, method == "approxdcp")
    if enhance == "global":
        made = haze.stretched(made)
    elif enhance == "boost":
        made = np.clip(made * (1 + boost * thickness[:, :, None]), 0, 1)
    return shown(made, array), norm(np.asfortranarray(thickness)), norm(air.reshape(1, -1))


@builtin(outputs=2)
def imlocalbrighten(nargout, A, amount=1.0, /, *, AlphaBlend=False):
    """
    B = imlocalbrighten(A)
    B = imlocalbrighten(A, amount)
    [B, D] = imlocalbrighten(..., Name=Value)

    Brighten the dark parts of an image: its complement freed of haze. D is how dark it is at each pixel, 0 to 1.

    In detail the numbers differ from MATLAB's.

    Options
      AlphaBlend  whether bright parts keep more of the image (false)

    Examples
      >> A = 0.2 * rand(30, 40, 3); B = imlocalbrighten(A); mean(B(:)) > mean(A(:))
      ans =
        logical
         1
      >> [B, D] = imlocalbrighten(uint8(magic(8)), 0.5, AlphaBlend=true); class(B), size(D)
      ans =
          'uint8'
      ans =
           8     8

    See also imreducehaze, imadjust, localcontrast.
    """
    array = grey_or_colour(A, "imlocalbrighten", "A")
    much = share(amount, "imlocalbrighten", "amount")
    blend = take.flag(AlphaBlend, "imlocalbrighten", "AlphaBlend")
    level = scale.im2double(array).reshape(*array.shape[:2], -1)
    made, thickness, _ = haze.without_haze(1 - level, much, np.ones(level.shape[2]), True)
    made = 1 - made
    if blend:
        made = thickness[:, :, None] * made + (1 - thickness[:, :, None]) * level
    return shown(np.clip(made, 0, 1), array), norm(np.asfortranarray(np.clip(thickness, 0, 1)))


@builtin
def imflatfield(A, sigma, mask=None, /, *, FilterSize=None):
    """
    J = imflatfield(I, sigma)
    J = imflatfield(I, sigma, mask)
    J = imflatfield(..., Name=Value)

    An image freed of uneven light: over its smoothing by a Gaussian of standard deviation sigma; of colours the value
    channel, only where the mask is not 0.

    Options
      FilterSize  odd size of the filter (2*ceil(2*sigma)+1)

    Examples
      >> I = repmat(linspace(0.2, 0.8, 40), 20, 1); J = imflatfield(I, 5); std(J(:, 15)) + std(J(10, 10:30)) < 0.05
      ans =
        logical
         1
      >> J = imflatfield(uint8(magic(4)), 2, eye(4), FilterSize=3); class(J)
      ans =
          'uint8'

    See also imgaussfilt, imreducehaze, rgb2hsv.
    """
    array = grey_or_colour(A, "imflatfield", "I")
    spread = positive(sigma, "imflatfield", "sigma", 1.0)
    where = np.ones(array.shape[:2], bool) if mask is None else mask_of(mask, array, "imflatfield")
    size = 2 * int(np.ceil(2 * spread)) + 1
    if FilterSize is not None:
        size = odd_sizes(FilterSize, "imflatfield", "FilterSize", 1)[0]
    require_memory((size,), 8)
    level = scale.im2double(array)
    if array.ndim == 2:
        return shown(haze.flat_field(level, spread, size, where), array)
    parts = colour.rgb2hsv(level)
    parts[:, :, 2] = np.clip(haze.flat_field(parts[:, :, 2], spread, size, where), 0, 1)
    return shown(colour.hsv2rgb(parts), array)

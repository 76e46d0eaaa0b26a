"""Pictures of light without bounds: read, written, and shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_files import missing_file
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import radiance
from cnnscript.pictures.images.files import write_whole
from cnnscript.values.numeric import norm


@builtin
def hdrread(session, filename, /):
    """
    hdr = hdrread(filename)

    The picture of a Radiance file (.hdr): m-by-n-by-3 singles that may exceed 1.

    Examples
      >> hdrwrite(cat(3, [1 8], [0.5 0], [0 0.25]), 'light.hdr'), hdr = hdrread('light.hdr'); class(hdr)
      ans =
          'single'
      >> hdr(:, :, 1)
      ans =
        1×2 single row vector
           1     8

    See also hdrwrite, tonemap, imread.
    """
    name = take.word(filename, "hdrread", "the file name")
    path = session.path.find_file(name)
    if path is None:
        raise missing_file(name)
    try:
        return norm(np.asfortranarray(radiance.read(Path(path))))
    except OSError as fault:
        raise ScriptError("MATLAB:images:hdrread:badFile", f'Unable to read file "{name}".') from fault


@builtin(outputs=0)
def hdrwrite(nargout, hdr, filename, /):
    """
    hdrwrite(hdr, filename)

    Write an m-by-n-by-3 picture to a Radiance file: eight bits of each colour, with one exponent for each pixel.

    Examples
      >> hdrwrite(ones(2, 2, 3), 'white.hdr'), hdr = hdrread('white.hdr'); hdr(1)
      ans =
        single
           1

    See also hdrread, tonemap, imwrite.
    """
    array = take.pixels(hdr, "hdrwrite", "input number 1, HDR,")
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype.kind != "f" or not array.size:
        raise take.refusal("hdrwrite", "input number 1, HDR,", "an m-by-n-by-3 array of single or double", hdr)
    data = radiance.packed(array)
    write_whole(Path(take.word(filename, "hdrwrite", "the file name")), lambda file: file.write(data))
    return ()


@builtin
def tonemap(HDR, /, *, AdjustLightness=None, AdjustSaturation=1.0, NumberOfTiles=None):
    """
    RGB = tonemap(HDR)
    RGB = tonemap(HDR, Name=Value)

    A picture of light without bounds as uint8 for a screen: logarithms, equalised part by part in their lightness.

    Options
      AdjustLightness   [low high] lightness, 0 to 1, that becomes black and white ([0 1])
      AdjustSaturation  factor of the colours (1)
      NumberOfTiles     [rows cols] of parts ([4 4])

    Examples
      >> RGB = tonemap(2.^repmat(reshape(-8:7, 4, 4), 2, 2, 3)); class(RGB), size(RGB)
      ans =
          'uint8'
      ans =
           8     8     3

    See also hdrread, adapthisteq.
    """
    array = take.pixels(HDR, "tonemap", "input number 1, HDR,")
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype.kind != "f":
        raise take.refusal("tonemap", "input number 1, HDR,", "an m-by-n-by-3 array of single or double", HDR)
    low, high = (
        take.numbers(AdjustLightness, "tonemap", "AdjustLightness", 2) if AdjustLightness is not None else (0.0, 1.0)
    )
    if not 0 <= low < high <= 1:
        raise take.refusal("tonemap", "AdjustLightness", "two rising numbers from 0 to 1", AdjustLightness)
    saturation = take.number(AdjustSaturation, "tonemap", "AdjustSaturation")
    if not saturation > 0:
        raise take.refusal("tonemap", "AdjustSaturation", "positive", AdjustSaturation)
    tiles = take.counts(NumberOfTiles, "tonemap", "NumberOfTiles", 2) if NumberOfTiles is not None else [4, 4]
    if min(tiles) < 2 or any(2 * n > length for n, length in zip(tiles, array.shape, strict=False)):
        raise ScriptError("images:tonemap:tiles", "NumberOfTiles must be 2 or more, with two pixels or more in a tile.")
    return norm(np.asfortranarray(radiance.tones(array, (low, high), saturation, (tiles[0], tiles[1]))))

"""Maps laid over pictures: overlay."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.explanations.map_outputs import UPSAMPLING
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colormaps, colour, scale
from cnnscript.pictures.images.resize import imresize
from cnnscript.values import take
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.text import text_or_none


@builtin
def overlay(
    im,
    map,
    /,
    *,
    Alpha=0.5,
    Colormap="jet",
    Range="auto",
    Blend="mix",
    OutputUpsampling="bicubic",
):
    """
    picture = overlay(im,map)
    picture = overlay(im,map,Name=Value)

    A map laid over the picture that it explains, as an array: what imshow(im); hold on;
    imagesc(map,'AlphaData',0.5); colormap jet shows.

    im is grey or RGB of any class; floating point goes from 0 to 1, or, where a number is above 1, from 0 to 255 as
    networks take it. A map of another size is enlarged to that of im. The picture is h×w×3 uint8; of K maps (h×w×K) it
    is h×w×3×K, for montage and imtile. Where the map is NaN the picture stays as it is.

    Options
      Alpha             how much of the colour: from 0 to 1, or a matrix of the size of im (0.5)
      Colormap          the name of a colormap, or n×3 colours (jet)
      Range             [low high] of the colours; 'auto' (default): the least and the greatest number of each map
      Blend             'mix' (default): Alpha*colour + (1-Alpha)*im; 'add': Alpha*colour + im, cut off at white
      OutputUpsampling  how small maps are enlarged: 'bicubic' (default), 'nearest'; 'none': they must fit

    Examples
      >> im = uint8([0 100; 200 255]);
      >> picture = overlay(im,[0 1; 2 3]);
      >> size(picture)
      ans =
           2     2     3
      >> red = overlay(im,[0 1; 2 3],Colormap=[0 0 0; 1 1 1],Alpha=0.25); red(:,:,1)
      ans =
        2×2 uint8 matrix
           0    75
         214   255

    See also occlusionSensitivity, imageLIME, rise, imagesc, ind2rgb, imfuse.
    """
    picture = light(im)
    height, width = picture.shape[:2]
    maps = resized(np.atleast_2d(take.real(map, "map")), (height, width), OutputUpsampling)
    colours = colours_of(Colormap)
    limits = None if text_or_none(Range) is not None and take.choice(Range, ("auto",), "Range") else span(Range)
    share = opacity(Alpha, (height, width))
    mixes = take.choice(Blend, ("mix", "add"), "Blend") == "mix"
    made = np.empty((height, width, 3, maps.shape[2]), np.uint8)
    for k in range(maps.shape[2]):
        values = maps[:, :, k]
        known = np.isfinite(values)
        ends = limits or ((values[known].min(), values[known].max()) if known.any() else (0.0, 1.0))
        heat = colours[colour.scaled_rows(values, ends, len(colours))]
        part = np.where(np.isnan(values), 0.0, share)[..., None]
        made[..., k] = scale.im2uint8(part * heat + (1 - part if mixes else 1) * picture)
    return norm(np.asfortranarray(made))


def light(im: Any) -> np.ndarray:
    """A picture as h×w×3 doubles from 0 to 1."""
    array = np.atleast_2d(take.numeric(im, "im"))
    if array.ndim > 3 or array.ndim == 3 and array.shape[2] not in (1, 3) or not array.size:
        raise ScriptError(
            "deep:overlay:InvalidImage", "The picture must be grey (h×w) or RGB (h×w×3).",
            notes=(f"it is {size_text(array.shape, '×')}",),
        )  # fmt: skip
    level = colour.as_rgb(scale.im2double(array))
    if array.dtype.kind == "f" and np.nan_to_num(array).max() > 1:
        level = level / 255
    return np.clip(np.nan_to_num(level), 0, 1)


def resized(maps: np.ndarray, size: tuple[int, int], upsampling: Any) -> np.ndarray:
    """Maps h×w×K at the size of the picture."""
    method = take.choice(upsampling, UPSAMPLING, "OutputUpsampling")
    if maps.size:
        maps = maps.reshape(*maps.shape[:2], -1, order="F")
    if maps.shape[:2] == size:
        return maps
    if method == "none" or not maps.size:
        raise ScriptError(
            "deep:overlay:MapOfAnotherSize", "The map must have the height and width of the picture.",
            notes=(f"the map is {size_text(maps.shape[:2])}", f"the picture is {size_text(size)}"),
            hint="imresize(map,size(im,[1 2]))" if maps.size else None,
        )  # fmt: skip
    return imresize(np.asfortranarray(maps), size, method=method)


def colours_of(value: Any) -> np.ndarray:
    """A colormap (n×3) by name or as it is given."""
    if text_or_none(value) is not None:
        return colormaps.colormap(take.choice(value, colormaps.MAPS, "Colormap"))
    colours = take.real(value, "Colormap")
    if colours.ndim != 2 or colours.shape[1] != 3 or not len(colours) or not ((colours >= 0) & (colours <= 1)).all():
        raise ScriptError(
            "deep:overlay:InvalidColormap", "Colormap must be a name, or a matrix of three columns from 0 to 1.",
            notes=(f"it is {size_text(colours.shape)}",),
        )  # fmt: skip
    return colours


def span(value: Any) -> tuple[float, float]:
    """[low high] of the colours."""
    ends = take.vector(value, "Range")
    if ends.size != 2 or not ends[0] < ends[1] or not np.isfinite(ends).all():
        raise ScriptError(
            "deep:overlay:InvalidRange", "Range must be 'auto', or two increasing numbers.",
            notes=("got [" + " ".join(f"{end:g}" for end in ends[:6]) + "]",),
        )  # fmt: skip
    return float(ends[0]), float(ends[1])


def opacity(value: Any, size: tuple[int, int]) -> np.ndarray:
    """How much of the colour each pixel takes."""
    share = np.atleast_2d(take.real(value, "Alpha"))
    if share.shape not in ((1, 1), size) or not ((share >= 0) & (share <= 1)).all():
        raise ScriptError(
            "deep:overlay:InvalidAlpha", "Alpha must be a number from 0 to 1, or a matrix of the picture's size.",
            notes=(f"it is {size_text(share.shape)}", f"the picture is {size_text(size)}"),
        )  # fmt: skip
    return np.broadcast_to(share, size)

"""Stacks of images as the frames of a movie."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.values.numeric import OBJECT, norm
from cnnscript.values.structs import struct_array


@builtin
def immovie(session, images, map=None, /):
    """
    mov = immovie(RGB)
    mov = immovie(X, map)

    The frames of a movie, for movie and VideoWriter, from a stack of images: true colour (m-by-n-by-3-by-k), or indexed
    (m-by-n-by-1-by-k) with a colormap.

    Examples
      >> mov = immovie(zeros(2, 3, 3, 4)); size(mov), size(mov(4).cdata)
      ans =
           1     4
      ans =
           2     3     3
      >> mov = immovie(uint8(cat(4, [0 1], [1 0])), gray(2)); mov(2).cdata
      ans =
        1×2 uint8 row vector
         1   0

    See also im2frame, movie, VideoWriter, montage.
    """
    array = take.pixels(images, "immovie", "input number 1")
    channels = 3 if map is None else 1
    if array.ndim not in (2, 3, 4) or (array.shape[2] if array.ndim > 2 else 1) != channels:
        wanted = "m-by-n-by-3-by-k" if map is None else "m-by-n-by-1-by-k"
        raise take.refusal("immovie", "input number 1", wanted, images)
    stack = array.reshape(*array.shape[:2], channels, array.shape[3] if array.ndim == 4 else 1)
    more = () if map is None else (map,)
    frames = np.empty((1, stack.shape[3]), OBJECT, order="F")
    for k in range(stack.shape[3]):
        frame = session.call("im2frame", 1, norm(np.asfortranarray(stack[..., k])), *more)
        frames[0, k] = frame.fields
    return struct_array(["cdata", "colormap"], frames)

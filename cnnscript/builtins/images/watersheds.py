"""The watershed transform."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import neighbours_of
from cnnscript.builtins.images.reconstruction import minima
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.images import connected, floods
from cnnscript.values.numeric import norm


@builtin
def watershed(A, conn=None, /):
    """
    L = watershed(A)
    L = watershed(A, conn)

    The basins of an image (whole numbers from 1, double) and 0 on the lines between them.

    F. Meyer's flooding from the regional minima, our own; lines over level ground may lie a pixel from MATLAB's.

    Examples
      >> watershed([1 2 3 2 1])
      ans =
           1     1     0     2     2
      >> watershed([0 5; 5 1], 4)
      ans =
           1     0
           0     2

    See also bwlabel, bwdist, imimposemin, imhmin, label2rgb.
    """
    image = take.pixels(A, "watershed", "A")
    if image.dtype.kind == "f" and np.isnan(image).any():
        raise take.refusal("watershed", "A", "an image without NaN", A)
    neighbours = connected.maximal(image.ndim) if conn is None else neighbours_of(conn, "watershed", image.ndim)
    if not image.size:
        return norm(image.astype(float))
    seeds, _ = connected.labelled(minima(image, neighbours), neighbours)
    return norm(np.asfortranarray(floods.watershed(image, seeds, neighbours).astype(float)))

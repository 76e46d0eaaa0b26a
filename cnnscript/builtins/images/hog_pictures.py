"""Pictures of HOG features: a star of short lines in each cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import textures
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none


class HogPicture(Object):
    """What the second output of extractHOGFeatures is: it only can be plotted.

    weights: rows × columns of cells × bins, 0 to 1.  cell: rows and columns of pixels of a cell.
    """

    class_name = "vision.internal.hog.Visualization"
    methods = frozenset(("plot",))

    def __init__(self, weights: np.ndarray, cell: tuple[int, int], signed: bool):
        self.weights, self.cell, self.signed = weights, cell, signed

    def disp(self, form: Any) -> str:
        return f"  Visualization of {size_text(self.weights.shape[:2], '×')} cells of HOG features: plot shows it\n"

    def lines(self) -> tuple[np.ndarray, np.ndarray]:
        """x and y of the lines, with NaN between them: along edges, so across the gradients of each bin."""
        return textures.star_lines(self.weights, self.cell, self.signed)


@overload(HogPicture.class_name, name="plot", outputs=1)
def plot_hog(session, nargout, /, *args):
    """
    plot(visualization)
    plot(visualization, ax)
    plot(..., 'Color', color)
    h = plot(...)

    Draw HOG features over an image: a line in each cell for each direction of edges, the longer the stronger (white).

    Examples
      >> [features, visualization] = extractHOGFeatures(rand(16));
      >> h = plot(visualization, 'Color', 'r'); numel(h), h.Color
      ans =
           1
      ans =
           1     0     0

    See also extractHOGFeatures.
    """
    values = list(args)
    axes = [] if isinstance(values[0], HogPicture) else [values.pop(0)]
    picture = values.pop(0)
    if values and text_or_none(values[0]) is None:
        axes = [values.pop(0)]
    colour: Any = "w"
    if len(values) == 2 and (text_or_none(values[0]) or "").lower() == "color":
        colour = values[1]
    elif values:
        raise ScriptError("MATLAB:maxrhs", "plot of HOG features takes axes and 'Color'.")
    x, y = picture.lines()
    drawn = norm(x.reshape(1, -1)), norm(y.reshape(1, -1)), "Color", colour
    return session.call("plot", min(nargout, 1), *axes, *drawn)

"""Pictures of HOG features: a star of short lines in each cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import textures
from cnnscript.values.numeric import EMPTY, norm, size_text
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

    def middles(self) -> tuple[np.ndarray, np.ndarray]:
        """x and y of the middle of each cell."""
        rows, columns = self.weights.shape[:2]
        x, y = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
        return x.ravel() * self.cell[1] + 0.5, y.ravel() * self.cell[0] + 0.5


@overload(HogPicture.class_name, name="plot", outputs=1)
def plot_hog(session, nargout, /, *args):
    """
    plot(visualization)
    plot(visualization, ax)
    plot(..., 'Color', color)
    h = plot(...)

    Draw HOG features over an image: a line in each cell for each direction of edges, the longer the stronger (white),
    around a dot in its middle. Axes that are not held become a black square of the size of the image, without ticks.

    Examples
      >> [features, visualization] = extractHOGFeatures(rand(16));
      >> h = plot(visualization, 'Color', 'r'); numel(h), h(1).Color
      ans =
           2
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
    held = session.call("ishold", 1, *axes)
    parts = []
    for place, look in zip((picture.lines(), picture.middles()), (("-",), (".", "MarkerSize", 1.0)), strict=True):
        x, y = (norm(part.reshape(1, -1)) for part in place)
        parts.append(session.call("plot", 1, *axes, x, y, *look, "Color", colour))
        if not parts[1:]:
            axes = [session.call("ancestor", 1, parts[0], "axes")]
            session.call("hold", 0, *axes, "on")
    if not held:
        rows, columns = picture.weights.shape[:2]
        session.call("hold", 0, *axes, "off")
        session.call("axis", 0, *axes, "image")
        session.call(
            "set", 0, *axes, "YDir", "reverse", "Color", "k", "XTick", EMPTY, "YTick", EMPTY, "XLim",
            norm(np.array([[0.5, columns * picture.cell[1] + 0.5]])), "YLim",
            norm(np.array([[0.5, rows * picture.cell[0] + 0.5]])),
        )  # fmt: skip
    return session.call("vertcat", 1, *parts) if nargout else None

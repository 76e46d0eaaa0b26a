"""Regions of interest with matplotlib."""

from __future__ import annotations

from typing import Any

from cnnscript.pictures.drawing.draw_lines import points, with_alpha
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.regions_of_interest import PointRegion, RegionOfInterest


def draw_region(place: Any, node: RegionOfInterest, axes: Axes, zorder: float) -> None:
    """Its face, its edge (over a second one where there are stripes), the points to take it by, and its label."""
    from matplotlib.patches import Polygon

    outline = node.outline()
    if not len(outline):
        return
    tone = node.value("Color")
    if node.value("Selected") and node.value("SelectedColor") != "none":
        tone = node.value("SelectedColor")
    if len(outline) > 1:
        width, edge = points(node.value("LineWidth")), node.value("EdgeAlpha")
        face = with_alpha(tone, node.value("FaceAlpha")) if node.closed and "FaceAlpha" in node.table else "none"
        style = {"closed": node.closed, "linewidth": width, "joinstyle": "miter", "zorder": zorder}
        place.add_patch(Polygon(outline, facecolor=face, edgecolor=with_alpha(tone, edge), **style))
        if node.value("StripeColor") != "none":
            stripes = with_alpha(node.value("StripeColor"), edge)
            place.add_patch(Polygon(outline, fill=False, edgecolor=stripes, linestyle=(0, (4, 4)), **style))
    held = node.markers()
    wanted = isinstance(node, PointRegion) or node.value("InteractionsAllowed") in ("all", "reshape")
    if len(held) and wanted and ("MarkersVisible" not in node.table or node.value("MarkersVisible") == "on"):
        place.plot(
            held[:, 0], held[:, 1], linestyle="none", marker="o", markersize=points(node.value("MarkerSize")) * 0.8,
            markerfacecolor=tone, markeredgecolor="white", markeredgewidth=0.5, zorder=zorder + 0.001,
        )  # fmt: skip
    words = node.value("Label")
    if words and node.value("LabelVisible") in ("on", "inside"):
        corner = outline.min(axis=0)
        place.text(
            corner[0], corner[1], words if isinstance(words, str) else "\n".join(words),
            fontsize=points(9), color=node.value("LabelTextColor"), va="bottom", ha="left", clip_on=True,
            zorder=zorder + 0.002,
            bbox={"facecolor": with_alpha(tone, node.value("LabelAlpha")), "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip

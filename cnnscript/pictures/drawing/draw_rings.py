"""Circles and rings of shares, and violins, with matplotlib."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.drawing.draw_lines import points, with_alpha
from cnnscript.pictures.drawing.draw_words import line_text
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.rings import PieChart


def draw_pie(place: Any, node: PieChart, axes: Axes, zorder: float) -> None:
    order = axes.value("ColorOrder")
    words, moved = node.get_Labels(), np.asarray(node.value("ExplodedWedges"), float).ravel().astype(int)
    hole = node.value("InnerRadius")
    for k, (first, last) in enumerate(node.wedges()):
        if first == last:
            continue
        arc = np.linspace(first, last, max(2, int(abs(last - first) / 0.02)))
        middle = (first + last) / 2
        out = 0.1 * np.array([np.cos(middle), np.sin(middle)]) if k + 1 in moved else np.zeros(2)
        inner = hole * np.stack([np.cos(arc[::-1]), np.sin(arc[::-1])]) if hole else np.zeros((2, 1))
        x, y = np.c_[np.stack([np.cos(arc), np.sin(arc)]), inner] + out[:, None]
        edge = node.value("EdgeColor")
        paint = tuple(order[k % len(order)].tolist())
        place.fill(x, y, facecolor=with_alpha(paint, node.value("FaceAlpha")), edgecolor=edge,
                   linewidth=points(node.value("LineWidth")), zorder=zorder)  # fmt: skip
        if k < len(words) and words[k]:
            spot = 1.1 * np.array([np.cos(middle), np.sin(middle)]) + out
            side = "center" if abs(np.cos(middle)) < 0.1 else "left" if np.cos(middle) > 0 else "right"
            place.text(*spot, line_text(words[k], "tex"), ha=side, va="center", fontsize=node.value("FontSize"),
                       color=node.value("FontColor"), zorder=80)  # fmt: skip

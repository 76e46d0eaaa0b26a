"""Ticks and grids of flat axes with matplotlib, but not by its axis objects."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.transforms import ScaledTranslation

from cnnscript.pictures.drawing.draw_lines import DASHES
from cnnscript.pictures.drawing.draw_words import LATEX, families, line_text
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes

PLAIN_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+")  # what LaTeX sets as a formula: its minus is longer than a hyphen
POINTS = 72 / layout.PIXELS_PER_INCH
BELOW, ABOVE = 0.5, 2.51  # where grids and ticks are among what is drawn, with the layer at the bottom and at the top


def boxed(axes: Axes, letter: str) -> bool:
    """Whether lines and ticks stand on both sides; two y-axes have a side each."""
    return axes.value("Box") and (letter == "X" or axes.twin is None)


def grid_width(axes: Axes, name: str) -> float:
    """The width of grid lines in points: their own once it is set, else that of the axes' lines."""
    own = axes.value(name) if axes.value(f"{name}Mode") == "manual" else axes.value("LineWidth")
    return max(own, 0.5) * 1.2


def across(place: Any, letter: str, at: Any) -> np.ndarray:
    """Where numbers of an axis lie, in parts of the box of the axes."""
    numbers = np.asarray(at, float)
    if not numbers.size:
        return numbers
    column = 0 if letter == "X" else 1
    spots = np.full((numbers.size, 2), (place.get_xlim()[0], place.get_ylim()[0]))
    spots[:, column] = numbers
    return (place.transScale + place.transLimits).transform(spots)[:, column]


def upright(letter: str, at: np.ndarray, first: Any, last: Any) -> np.ndarray:
    """Lines across an axis, from one part of the box to another, as segments of two points."""
    lines = np.empty((at.size, 2, 2))
    lines[:, :, 0 if letter == "X" else 1] = at[:, None]
    lines[:, 0, 1 if letter == "X" else 0] = first
    lines[:, 1, 1 if letter == "X" else 0] = last
    return lines


def draw_grid(place: Any, axes: Axes, letter: str, ticks: list[float], small: np.ndarray) -> None:
    """The grid lines of an axis, at its ticks and at its small ticks."""
    order = BELOW if axes.value("Layer") == "bottom" else ABOVE
    for name, at, wanted in (
        ("Grid", ticks, axes.value(f"{letter}Grid")),
        ("MinorGrid", small, has_minor_grid(axes, letter)),
    ):
        style = DASHES[axes.value(f"{name}LineStyle")]
        if wanted and len(at) and style and axes.value(f"{name}Color") != "none":
            lines = LineCollection(
                upright(letter, across(place, letter, at), 0.0, 1.0),
                colors=[axes.value(f"{name}Color")], alpha=axes.value(f"{name}Alpha"), linestyles=style,
                linewidths=grid_width(axes, f"{name}LineWidth"), transform=place.transAxes, zorder=order,
            )  # fmt: skip
            place.add_collection(lines, autolim=False)


def draw_ticks(
    place: Any, axes: Axes, letter: str, box: layout.Box, kept: list[tuple[float, str]], small: np.ndarray
) -> None:
    """The tick marks of an axis on its side or on both, and the labels beside them."""
    ruler = axes.ruler(letter)
    if not ruler.value("Visible"):
        return
    far = axes.value(f"{letter}AxisLocation") in ("top", "right")
    both = boxed(axes, letter) and axes.value(f"{letter}AxisLocation") != "origin"
    near = at_origin(axes, letter)  # where the axis runs, across the box
    length = axes.value("TickLength")[0] * max(box.width, box.height)
    shown = axes.value("TickDir") != "none" and axes.value(f"{letter}Color") != "none"
    side = box.height if letter == "X" else box.width
    inward, outward = {"in": (1, 0), "out": (0, 1), "both": (0.5, 0.5), "none": (0, 0)}[axes.value("TickDir")]
    at = across(place, letter, [tick for tick, _ in kept])
    parts = []
    if shown:
        marks = [(at, length)] + ([(across(place, letter, small), length / 2)] if has_minor_ticks(axes, letter) else [])
        for where, long in marks:
            for edge in [end for end, there in ((near, not far or both), (1.0, far or both)) if there]:
                way = -1 if edge == 1 and far or edge == 1 and both else 1
                parts.append(
                    upright(letter, where, edge - way * outward * long / side, edge + way * inward * long / side)
                )
    if parts:
        width = 1.2 * max(ruler.get("LineWidth"), 0.5)
        marks = LineCollection(
            np.concatenate(parts), colors=[axes.value(f"{letter}Color")], linewidths=width,
            transform=place.transAxes, zorder=2.5 if axes.value("Layer") == "bottom" else 90, clip_on=False,
        )  # fmt: skip
        place.add_collection(marks, autolim=False)
    write_tick_labels(place, axes, letter, at, [label for _, label in kept], far, outward * length if shown else 0.0)


def at_origin(axes: Axes, letter: str) -> float:
    """Where an axis runs across the box, from 0 to 1: through 0 of the other axis, where that was asked for."""
    if axes.value(f"{letter}AxisLocation") != "origin":
        return 0.0
    other = "Y" if letter == "X" else "X"
    low, high = axes.get(f"{other}Lim")
    if axes.value(f"{other}Scale") == "log":
        return 0.0
    share = min(max((0.0 - low) / (high - low), 0.0), 1.0)
    return 1.0 - share if axes.value(f"{other}Dir") == "reverse" else share


def write_tick_labels(
    place: Any, axes: Axes, letter: str, at: np.ndarray, labels: list[str], far: bool, outward: float
) -> None:
    """What stands at the ticks, beyond them by so many pixels and a little."""
    ruler = axes.ruler(letter)
    turn = axes.get(f"{letter}TickLabelRotation")
    pad = outward * POINTS + (2 if letter == "X" and turn else 3)
    away = (pad if far else -pad) / 72
    shift = ScaledTranslation(*((0, away) if letter == "X" else (away, 0)), place.figure.dpi_scale_trans)
    style: dict[str, Any] = {
        "fontsize": ruler.get("FontSize"), "color": axes.value(f"{letter}Color"), "rotation": turn,
        "family": list(families(ruler.get("FontName"))), "fontweight": ruler.get("FontWeight"),
        "fontstyle": ruler.get("FontAngle"), "zorder": 2.5,
        "transform": place.transAxes + shift, "clip_on": False,
    }  # fmt: skip
    if letter == "X":
        style |= {"ha": "center", "va": "bottom" if far else "top"}
        if turn % 180:  # the end of a turned label stands under its tick
            style |= {
                "rotation_mode": "anchor", "ha": "right" if turn > 0 else "left",
                "va": "center" if abs(turn) == 90 else "top",
            }  # fmt: skip
    else:
        style |= {"ha": "left" if far else "right", "va": "center_baseline"}
    interpreter = axes.value("TickLabelInterpreter")
    if interpreter == "latex":
        style |= {"family": LATEX["fontfamily"], "math_fontfamily": "cm"}
        labels = [f"${label}$" if PLAIN_NUMBER.fullmatch(label) else label for label in labels]
    edge = 1.0 if far else at_origin(axes, letter)
    for where, label in zip(at.tolist(), labels, strict=True):
        if label:
            spot = (where, edge) if letter == "X" else (edge, where)
            place.text(*spot, line_text(label, interpreter), **style)


def has_minor_ticks(axes: Axes, letter: str) -> bool:
    """Minor ticks are there when they were asked for, and on logarithmic axes."""
    given = axes.values.get(f"{letter}MinorTick")
    return axes.value(f"{letter}Scale") == "log" if given is None else bool(given)


def has_minor_grid(axes: Axes, letter: str) -> bool:
    """Minor grid lines are there when they were asked for, and with the grid of a logarithmic axis."""
    given = axes.values.get(f"{letter}MinorGrid")
    if given is None:
        return axes.value(f"{letter}Scale") == "log" and bool(axes.value(f"{letter}Grid"))
    return bool(given)


def minor_ticks(axes: Axes, letter: str) -> np.ndarray:
    """Where the small ticks and the small grid lines of an axis are."""
    if not (has_minor_ticks(axes, letter) or has_minor_grid(axes, letter)):
        return np.zeros(0)
    given = axes.ruler(letter).value("MinorTickValues")
    if given is not None and np.size(given):
        return np.asarray(given, float).ravel()
    low, high = axes.get(f"{letter}Lim")
    if axes.value(f"{letter}Scale") == "log":
        if not low > 0 or np.log10(high / low) > 12:
            return np.zeros(0)
        powers = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)))
        every = (10.0 ** powers[:, None] * np.arange(2, 10)).ravel()
        return every[(every >= low) & (every <= high)]
    ticks = np.asarray(axes.get(f"{letter}Tick"), float)
    if ticks.size < 2:
        return np.zeros(0)
    step = float(np.min(np.diff(ticks)))
    parts = 4 if round(step / 10 ** np.floor(np.log10(step))) in (2, 4) else 5
    small = step / parts
    every = np.arange(np.ceil((low - ticks[0]) / small), np.floor((high - ticks[0]) / small + 1e-9) + 1)
    return ticks[0] + every[every % parts != 0] * small

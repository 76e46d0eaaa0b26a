"""Figures of the checks: maps side by side, the curves of what the network says, and how they agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.map_methods import Subject
from cnnscript.builtins.explanations.overlays import light
from cnnscript.explain.agreement import in_unit
from cnnscript.pictures.images import colormaps, colour
from cnnscript.pictures.images.scale import im2uint8
from cnnscript.values.numeric import norm
from cnnscript.values.text import cell_of_texts

COLOURS = (
    (0.00, 0.45, 0.74), (0.85, 0.33, 0.10), (0.47, 0.67, 0.19), (0.49, 0.18, 0.56), (0.93, 0.69, 0.13),
    (0.30, 0.75, 0.93), (0.64, 0.08, 0.18), (0.00, 0.50, 0.45), (0.90, 0.40, 0.70), (0.35, 0.35, 0.80),
)  # fmt: skip
GREY = (0.5, 0.5, 0.5)
GOOD, BAD, BETWEEN = (0.10, 0.50, 0.15), (0.75, 0.10, 0.10), (0.55, 0.40, 0.0)
OF_VERDICTS = {"consistent": GOOD, "passes": GOOD, "contradicts": BAD, "fails": BAD}
RED_TO_GREEN = ((0.96, 0.72, 0.66), (0.98, 0.96, 0.90), (0.66, 0.86, 0.66))
WIDE = 22  # characters of a name above a picture
SHOWN = 6  # maps of random networks beside the map itself
ACROSS, TILE = 7, 180  # pictures side by side, and their side in pixels
SMALL, LEFT = 150, 190  # pictures of the sanity check, and the room left of them

Call = Callable[..., Any]


def row(numbers: Sequence[float]) -> Any:
    return norm(np.array([list(numbers)], float))


def picture(subject: Subject) -> np.ndarray:
    """The image as something to look at, h×w×3 uint8: of other channels than grey and colour, their mean."""
    image = subject.image if subject.image.shape[2] in (1, 3) else subject.image.mean(axis=2, keepdims=True)
    byte_like = image.dtype.kind in "iu" or image.min() >= 0 and image.max() <= 255
    return im2uint8(light(norm(np.asfortranarray(image if byte_like else in_unit(image)))))


def heated(under: np.ndarray, map: np.ndarray) -> Any:
    """A map over a picture: the colour stronger where the map is higher, so that the picture stays to be seen."""
    level = stretched(map)
    heat = colours_of(level, "turbo")
    part = 0.25 + 0.5 * level[..., None]
    grey = colour.as_rgb(under.mean(axis=2, keepdims=True) / 255)
    return norm(np.asfortranarray(im2uint8(part * heat + (1 - part) * grey)))


def colours_of(level: np.ndarray, name: str) -> np.ndarray:
    table = colormaps.colormap(name)
    return table[np.minimum((level * len(table)).astype(int), len(table) - 1)]


def stretched(map: np.ndarray) -> np.ndarray:
    """What speaks for the class in a map, from 0 to 1; a few extreme pixels do not make all others dark."""
    map = np.maximum(map, 0) if map.max() > 0 else map
    low, high = np.percentile(map, [1, 99])
    return in_unit(np.clip(map, low, high)) if high > low else in_unit(map)


def shortened(name: str, most: int = WIDE) -> str:
    name = name.removeprefix("@(net,X,c)")
    return name if len(name) <= most else name[: most - 1] + "…"


class Sheet:
    """A figure whose axes are placed in pixels, from the upper left corner."""

    def __init__(self, session: Any, width: int, height: int):
        self.call: Call = session.call
        self.width, self.height = width, height
        self.figure = self.call("figure", 1, "Position", row([60, 60, width, height]), "Color", "w")

    def axes(self, left: float, top: float, width: float, height: float) -> Any:
        """New axes, the current ones."""
        box = [left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height]
        return self.call("axes", 1, "Position", row(box))

    def image(self, box: Sequence[float], picture: Any, title: str = "", under: str = "",
              colour: Sequence[float] = (0, 0, 0)) -> None:  # fmt: skip
        """A picture with a title, and a coloured word under that."""
        self.axes(*box)
        self.call("imshow", 0, picture)
        if title:
            self.call("title", 0, title, "Interpreter", "none", "FontSize", 10.0)
        if under:
            self.call("subtitle", 0, under, "Interpreter", "none", "FontSize", 9.0, "Color", row(colour))

    def line(
        self, x: np.ndarray, y: np.ndarray, name: str, number: int, baseline: bool = False, **options: Any
    ) -> None:
        style = ["LineStyle", "--" if baseline else ("-", "-.", ":")[number // len(COLOURS) % 3]]
        more = [each for pair in options.items() for each in pair]
        self.call("plot", 0, norm(x[None]), norm(y[None]), "Color", row(shade_of(number, baseline)), "LineWidth", 1.8,
                  "DisplayName", name, *style, *more)  # fmt: skip
        self.call("hold", 0, "on")

    def words(self, title: str, x: str, y: str) -> None:
        """Title, labels and a grid for lines."""
        self.call("title", 0, title, "Interpreter", "none", "FontSize", 11.0)
        self.call("xlabel", 0, x, "Interpreter", "none")
        self.call("ylabel", 0, y, "Interpreter", "none")
        self.call("grid", 0, "on")
        self.call("box", 0, "on")

    def set(self, *options: Any) -> None:
        self.call("set", 0, self.call("gca", 1), *options)


def shade_of(number: int, baseline: bool = False) -> Sequence[float]:
    return GREY if baseline else COLOURS[number % len(COLOURS)]


def comparison_figure(session: Any, subject: Subject, names: Sequence[str], found: Sequence[Any],
                      fractions: np.ndarray, more: Mapping[str, Sequence[float]]) -> None:  # fmt: skip
    """The figure of compareMaps: the picture and its maps, the curves, and the measures of each map."""
    count = len(found) + 1
    rows = -(-count // ACROSS)
    across = -(-count // rows)
    width = max(across, 6) * (TILE + 14) + 40
    panel = max(270, 30 * len(found))
    sheet = Sheet(session, width, rows * (TILE + 52) + panel + 110)
    begin = (width - across * (TILE + 14) + 14) / 2

    def place(k: int) -> tuple[float, ...]:
        return begin + k % across * (TILE + 14), 44 + k // across * (TILE + 52), TILE, TILE

    under, name = picture(subject), subject.class_name()
    sheet.image(place(0), norm(np.asfortranarray(under)), shortened(name, 26),
                f"score {subject.scores[subject.label]:.3g}")  # fmt: skip
    for k, (each, one) in enumerate(zip(names, found, strict=True)):
        verdict = one.found.verdict
        sheet.image(place(k + 1), heated(under, one.map), shortened(each), verdict, OF_VERDICTS.get(verdict, BETWEEN))
    top, side = rows * (TILE + 52) + 42, (width - 330) / 3
    for at, (title, x, attribute) in enumerate((
        ("deletion: the sooner it falls, the better", "share of pixels gone", "gone"),
        ("insertion: the sooner it rises, the better", "share of pixels there", "come"),
    )):  # fmt: skip
        sheet.axes(62 + at * (side + 50), top, side, panel)
        for k, (each, one) in enumerate(zip(names, found, strict=True)):
            sheet.line(fractions, getattr(one, attribute), shortened(each), k, each == names[-1])
        sheet.words(title, x, f"score of {shortened(name, 18)}" if at == 0 else "")
        sheet.call("xlim", 0, row([0, 1]))
        if at == 0:
            sheet.call("legend", 0, "Location", "northeast", "Interpreter", "none", "FontSize", 8.0)
    sheet.axes(width - side - 16, top, side, panel)
    measures(sheet, names, found, more)


def measures(sheet: Sheet, names: Sequence[str], found: Sequence[Any], more: Mapping[str, Sequence[float]]) -> None:
    """The measures of each map as a table of coloured cells: green is good, whatever the direction."""
    columns = {
        "deletion": ([one.deletion for one in found], -1), "insertion": ([one.insertion for one in found], 1),
        "fidelity": ([one.fidelity for one in found], 1),
        **{name: (list(numbers), -1 if name == "sanity" else 1) for name, numbers in more.items()},
    }  # fmt: skip
    numbers = np.array([values for values, _ in columns.values()], float).T
    better = np.stack([sign * (np.abs(values) if name == "sanity" else np.array(values, float))
                       for name, (values, sign) in columns.items()], axis=1)  # fmt: skip
    sheet.call("imagesc", 0, norm(np.asfortranarray(goodness(better))), row([0, 1]))
    scale = [np.interp(np.linspace(0, 1, 64), [0, 0.5, 1], channel) for channel in zip(*RED_TO_GREEN, strict=True)]
    sheet.call("colormap", 0, sheet.call("gca", 1), norm(np.asfortranarray(np.stack(scale, axis=1))))
    for i in range(numbers.shape[0]):
        for k in range(numbers.shape[1]):
            word = "–" if np.isnan(numbers[i, k]) else f"{numbers[i, k]:.2f}"
            sheet.call("text", 0, k + 1.0, i + 1.0, word, "HorizontalAlignment", "center", "FontSize", 9.0)
    sheet.set("XTick", row(range(1, len(columns) + 1)), "XTickLabel", cell_of_texts(list(columns)),
              "YTick", row(range(1, len(names) + 1)), "YTickLabel", cell_of_texts([shortened(name) for name in names]),
              "TickLength", row([0, 0]), "TickLabelInterpreter", "none", "FontSize", 9.0)  # fmt: skip
    sheet.call("title", 0, "measures: green is better", "Interpreter", "none", "FontSize", 11.0)


def goodness(numbers: np.ndarray) -> np.ndarray:
    """Each column from 0 (its worst) to 1 (its best); 0.5 where nothing is known or all are alike."""
    found = np.full(numbers.shape, 0.5)
    for k, values in enumerate(numbers.T):
        known = np.isfinite(values)
        if known.any() and np.ptp(values[known]) > 0:
            found[known, k] = in_unit(values[known])
    return found


def sanity_figure(session: Any, subject: Subject, names: Sequence[str], layers: Sequence[str], courses: Sequence[Any],
                  mode: str) -> None:  # fmt: skip
    """The figure of sanityCheck: the course of the correlations, and under it the maps that they are of."""
    shown = np.unique(np.linspace(0, len(layers) - 1, min(SHOWN, len(layers))).round().astype(int)).tolist()
    step = SMALL + 12
    width, plot = max(LEFT + (len(shown) + 1) * step + 20, 900), 230
    maps = plot + 170
    sheet = Sheet(session, width, maps + len(courses) * step + 10)
    name = subject.class_name()
    sheet.image((22, 60, SMALL, SMALL), norm(np.asfortranarray(picture(subject))), shortened(name, 26),
                f"score {subject.scores[subject.label]:.3g}")  # fmt: skip
    sheet.axes(LEFT + 60, 40, width - LEFT - 80, plot)
    x = np.arange(1.0, len(layers) + 1)
    for k, (each, one) in enumerate(zip(names, courses, strict=True)):
        sheet.line(x, one.signed, f"{shortened(each)}: {one.verdict}", k, Marker="o", MarkerSize=4.0)
    how = "all layers so far are random" if mode == "cascading" else "one layer is random"
    sheet.words(f"how alike the maps stay when {how}", "", "rank correlation")
    low = min(-0.1, 1.1 * min(float(np.nanmin(one.signed, initial=0.0)) for one in courses))
    sheet.set("XTick", norm(x[None]), "XTickLabel", cell_of_texts([shortened(layer) for layer in layers]),
              "XTickLabelRotation", 40.0, "TickLabelInterpreter", "none", "XLim", row([0.5, len(layers) + 0.5]),
              "YLim", row([low, 1.05]), "FontSize", 8.0)  # fmt: skip
    for k, (each, one) in enumerate(zip(names, courses, strict=True)):
        top = maps + k * step
        sheet.axes(10, top, LEFT - 20, SMALL)
        sheet.call("axis", 0, "off")
        sheet.call("text", 0, 0.97, 0.55, shortened(each), "HorizontalAlignment", "right", "FontWeight", "bold",
                   "Interpreter", "none", "Color", row(shade_of(k)), "FontSize", 10.0)  # fmt: skip
        sheet.call("text", 0, 0.97, 0.4, one.verdict, "HorizontalAlignment", "right", "FontSize", 10.0,
                   "Color", row(OF_VERDICTS.get(one.verdict, BETWEEN)))  # fmt: skip
        titles = (
            ["as learned", *(shortened(layers[place], 18) for place in shown)] if k == 0 else [""] * (len(shown) + 1)
        )
        for at, (title, map) in enumerate(zip(titles, [one.own, *(one.maps[place] for place in shown)], strict=True)):
            sheet.image((LEFT + at * step, top, SMALL, SMALL), shade(map), title)


def shade(map: np.ndarray) -> Any:
    """The sizes of a map's numbers as a grey picture."""
    size = np.abs(map) if map.ndim == 2 else np.abs(map).sum(-1)
    return norm(np.asfortranarray(im2uint8(stretched(size))))


def contrast_figure(session: Any, subject: Subject, names: Sequence[str], words: Sequence[str],
                    maps: Sequence[np.ndarray], overlaps: np.ndarray) -> None:  # fmt: skip
    """The figure of classContrast: the maps of the classes over the picture, and how much they are one."""
    count = len(maps) + 1
    rows = -(-(count + 1) // ACROSS)
    across = -(-(count + 1) // rows)
    room = max(0, 8 * max(len(shortened(name)) for name in names) - 40)  # of the matrix's labels
    sheet = Sheet(session, across * (TILE + 14) + 40 + room, rows * (TILE + 52) + 40)
    under = picture(subject)
    tiles = [(20 + k % across * (TILE + 14), 44 + k // across * (TILE + 52), TILE, TILE) for k in range(count + 1)]
    sheet.image(tiles[0], norm(np.asfortranarray(under)), "the picture", f"{subject.size[0]}×{subject.size[1]}")
    for k, map in enumerate(maps):
        sheet.image(tiles[k + 1], heated(under, map), shortened(names[k]), words[k])
    left, top, width, height = tiles[-1]
    sheet.axes(left + room + 30, top, width - 40, height)
    sheet.call("imagesc", 0, norm(np.asfortranarray(overlaps)), row([0, 1]))
    pale = 1 - np.linspace(0, 0.65, 64)[:, None] * np.array([1.0, 0.55, 0.2])
    sheet.call("colormap", 0, sheet.call("gca", 1), norm(np.asfortranarray(pale)))
    for i in range(len(maps)):
        for k in range(len(maps)):
            sheet.call("text", 0, k + 1.0, i + 1.0, f"{overlaps[i, k]:.2f}", "HorizontalAlignment", "center",
                       "FontSize", 9.0)  # fmt: skip
    ticks, numbers = row(range(1, len(maps) + 1)), [str(k + 1) for k in range(len(maps))]
    labels = [f"{shortened(name)} {k}" for name, k in zip(names, numbers, strict=True)]
    sheet.set("XTick", ticks, "XTickLabel", cell_of_texts(numbers), "YTick", ticks, "YTickLabel", cell_of_texts(labels),
              "TickLength", row([0, 0]), "TickLabelInterpreter", "none", "FontSize", 9.0)  # fmt: skip
    sheet.call("title", 0, "overlap of the highest fifths", "Interpreter", "none", "FontSize", 10.0)


def reasons_figure(session: Any, subject: Subject, other: int, other_score: float, towards: np.ndarray,
                   away: np.ndarray, without: np.ndarray, said: str) -> None:  # fmt: skip
    """The figure of whyNot: the picture, what speaks for the one class, for the other, and the picture without the
    smallest part that stands between them."""
    sheet = Sheet(session, 4 * (TILE + 54) + 60, TILE + 84)
    under = picture(subject)
    seen, wanted = subject.class_name(), subject.class_name(other)
    panels = (
        (norm(np.asfortranarray(under)), shortened(seen, 26), f"score {subject.scores[subject.label]:.3g}"),
        (heated(under, away), f"for {shortened(seen, 24)}", f"and not for {shortened(wanted, 24)}"),
        (heated(under, towards), f"for {shortened(wanted, 24)}", f"score {other_score:.3g}"),
        (norm(np.asfortranarray(without)), "without the least of it", said),
    )
    for k, (shown, title, words) in enumerate(panels):
        sheet.image((30 + k * (TILE + 54), 44, TILE, TILE), shown, title, words)

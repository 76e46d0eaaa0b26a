"""Heatmaps and confusion matrices with matplotlib."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.ticker import FixedFormatter, FixedLocator

from cnnscript.pictures.drawing.draw_words import font, line_text
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.charts import CELL_LEAST, Chart, ConfusionChart, Heatmap, wording
from cnnscript.pictures.graphics.limits import tick_label, ticks
from cnnscript.pictures.images import colour

EM = 0.62  # width of a digit in font sizes
LINE = 1.2  # height of a line of words in font sizes
GRID = (0.15, 0.15, 0.15)
SUMMARY_GAP = 14  # pixels between a confusion matrix and its summaries
FAINT = 0.1  # share of the colour in a cell whose number is nearly 0

BAR_ROOM, BAR_WIDTH, BAR_GAP = 62, 21, 12  # a colorbar with its numbers; the bar itself; between it and the chart


def draw_chart(page: Any, chart: Chart, width: int, height: int) -> None:
    """A chart at its place on a page of width × height pixels."""
    if not chart.value("Visible"):
        return
    box = layout.axes_box(chart)
    names = chart.shown_labels("Y") if isinstance(chart, Heatmap) else chart.classes
    letter = chart.value("FontSize") * layout.PIXELS_PER_INCH / 72
    words = EM * letter * max((len(name) for name in names), default=0)
    # Long names push the cells to the right, and up where they stand upright; large letters as well.
    spare = max(0.0, words + (max(34, 12 + line_room(chart, "YLabel")) if chart.words_of("YLabel") else 12) - box.left)
    box = layout.Box(box.left + spare, box.bottom, max(box.width - spare, 20), box.height)
    across = chart.shown_labels("X") if isinstance(chart, Heatmap) else chart.classes
    label = line_room(chart, "XLabel")
    below = 12 + LINE * letter + label
    if turned(chart, across, beside_summary(chart, box)):
        below = EM * letter * max(len(name) for name in across) + (max(34, 12 + label) if label else 12)
    lift = max(0.0, below - box.bottom)
    sink = max(0.0, 9 + line_room(chart, "Title") - (height - box.bottom - box.height))
    box = layout.Box(box.left, box.bottom + lift, box.width, max(box.height - lift - sink, 20))
    if isinstance(chart, Heatmap):
        draw_heatmap(page, chart, box, width, height)
    else:
        draw_confusion(page, chart, box, width, height)


def line_room(chart: Chart, name: str) -> float:
    """Pixels that a line of words around a chart is high; 0 where it says nothing."""
    if not chart.words_of(name):
        return 0.0
    return LINE * font(chart.labels[name])["fontsize"] * layout.PIXELS_PER_INCH / 72


def add_axes(page: Any, box: layout.Box, width: int, height: int) -> Any:
    wide, high = max(box.width, 1.0), max(box.height, 1.0)  # in the smallest figures too
    return page.add_axes((box.left / width, box.bottom / height, wide / width, high / height))


def draw_table(place: Any, chart: Chart, cells: np.ndarray, box: layout.Box) -> None:
    """Coloured cells (rows × columns × 3), with a grid between them."""
    rows, columns = cells.shape[:2]
    place.imshow(cells, extent=(0.5, columns + 0.5, rows + 0.5, 0.5), aspect="auto", interpolation="nearest")
    place.set_xlim(0.5, columns + 0.5)
    place.set_ylim(rows + 0.5, 0.5)
    place.tick_params(length=0, labelsize=chart.value("FontSize"), labelcolor=chart.value("FontColor"), pad=3)
    for spine in place.spines.values():
        spine.set_linewidth(0.6)
        spine.set_edgecolor(GRID)
    if chart.value("GridVisible") and max(rows / box.height, columns / box.width) < 1 / 4:
        for k in range(1, columns):
            place.axvline(k + 0.5, color=GRID, linewidth=0.5)
        for k in range(1, rows):
            place.axhline(k + 0.5, color=GRID, linewidth=0.5)


def name_sides(place: Any, chart: Chart, across: list[str], down: list[str], box: layout.Box) -> None:
    """The names of columns below and of rows on the left; names that do not fit stand upright."""
    place.xaxis.set_major_locator(FixedLocator(list(range(1, len(across) + 1))))
    place.xaxis.set_major_formatter(FixedFormatter([line_text(name, "tex") for name in across]))
    place.yaxis.set_major_locator(FixedLocator(list(range(1, len(down) + 1))))
    place.yaxis.set_major_formatter(FixedFormatter([line_text(name, "tex") for name in down]))
    if turned(chart, across, box):
        place.tick_params(axis="x", labelrotation=90)


def beside_summary(chart: Chart, box: layout.Box) -> layout.Box:
    """What the columns that have names take of a box: all but the summary of a confusion matrix's rows."""
    if not isinstance(chart, ConfusionChart) or chart.summary("RowSummary") is None:
        return box
    count = len(chart.classes)
    width = count * box.width / (count + 2) - SUMMARY_GAP
    return layout.Box(box.left, box.bottom, max(width, 1.0), box.height)


def turned(chart: Chart, across: list[str], box: layout.Box) -> bool:
    """Whether the names of the columns stand upright, because they are wider than the columns."""
    longest = max((len(name) for name in across), default=0)
    letter = EM * chart.value("FontSize") * layout.PIXELS_PER_INCH / 72
    return bool(across) and longest * letter > box.width / len(across)


def write_cells(
    place: Any, chart: Chart, words: list[list[str]], cells: np.ndarray, box: layout.Box, paint: Any
) -> None:
    """The numbers in the cells, as large as fits; none where they would be too small to read."""
    rows, columns = cells.shape[:2]
    longest = max((len(word) for line in words for word in line), default=0)
    points = 72 / layout.PIXELS_PER_INCH
    room = min(box.width / columns * points * 0.9 / (EM * max(longest, 1)), box.height / rows * points * 0.8)
    size = min(chart.value("FontSize"), room)
    if size < CELL_LEAST:
        return
    for row in range(rows):
        for column in range(columns):
            if words[row][column]:
                bright = cells[row, column] @ colour.GREY_WEIGHTS > 0.5
                ink = ((0.0,) * 3 if bright else (1.0,) * 3) if paint == "auto" else paint
                place.text(column + 1, row + 1, words[row][column], ha="center", va="center", fontsize=size, color=ink)


def draw_heatmap(page: Any, chart: Heatmap, box: layout.Box, width: int, height: int) -> None:
    if chart.value("ColorbarVisible"):
        box = layout.Box(box.left, box.bottom, box.width - BAR_ROOM, box.height)
    place = add_axes(page, box, width, height)
    data, colours = chart.cells(), chart.value("Colormap")
    across, down = chart.shown_labels("X"), chart.shown_labels("Y")
    levels = chart.levels(data)
    low, high = chart.get_ColorLimits()
    if levels.size:
        cells = colours[colour.scaled_rows(levels, (low, high), len(colours))]
        missing = np.isnan(levels)
        cells[missing] = missing_colour(chart)
        draw_table(place, chart, cells, box)
        name_sides(place, chart, across, down, box)
        if chart.value("CellLabelColor") != "none":
            form = chart.value("CellLabelFormat")
            words = [["" if number != number else form % number for number in line] for line in data.tolist()]
            write_cells(place, chart, words, cells, box, chart.value("CellLabelColor"))
    write_around(page, chart, box, across, down, width, height)
    if chart.value("ColorbarVisible"):
        lost = bool(levels.size and np.isnan(levels).any() and chart.value("MissingDataLabel"))
        draw_bar(page, chart, box, (low, high), width, height, lost)


def missing_colour(chart: Heatmap) -> tuple[float, float, float]:
    paint = chart.value("MissingDataColor")
    return (1.0, 1.0, 1.0) if paint == "none" else paint


def write_around(
    page: Any, chart: Chart, box: layout.Box, across: list[str], down: list[str], width: int, height: int
) -> None:
    """Title, XLabel and YLabel of a chart, clear of the names of its columns and rows."""
    size = chart.value("FontSize") * layout.PIXELS_PER_INCH / 72
    upright = turned(chart, across, beside_summary(chart, box))
    below = 8 + (EM * size * max((len(name) for name in across), default=0) if upright else 1.2 * size)
    left = 8 + EM * size * max((len(name) for name in down), default=0)
    middle = (box.left + box.width / 2) / width, (box.bottom + box.height / 2) / height
    places = {
        "Title": (middle[0], (box.bottom + box.height + 7) / height, "center", "bottom", 0),
        "XLabel": (middle[0], (box.bottom - below) / height, "center", "top", 0),
        "YLabel": ((box.left - left) / width, middle[1], "right", "center", 90),
    }
    for name, (x, y, horizontal, vertical, rotation) in places.items():
        if chart.words_of(name):
            words = line_text(chart.words_of(name), "tex")
            page.text(x, y, words, ha=horizontal, va=vertical, rotation=rotation, **font(chart.labels[name]))


def draw_bar(
    page: Any, chart: Heatmap, box: layout.Box, reach: tuple[float, float], width: int, height: int, lost: bool
) -> None:
    """The colours of a heatmap beside it; where cells have no number, below them the colour of those."""
    left = box.left + box.width + BAR_GAP
    if lost:
        square = add_axes(page, layout.Box(left, box.bottom, BAR_WIDTH, BAR_WIDTH), width, height)
        square.set_facecolor(missing_colour(chart))
        square.set_xticks([])
        square.set_yticks([])
        words = line_text(chart.value("MissingDataLabel"), "tex")
        square.text(1.25, 0.5, words, transform=square.transAxes, va="center", fontsize=chart.value("FontSize"))
        box = layout.Box(box.left, box.bottom + 1.6 * BAR_WIDTH, box.width, box.height - 1.6 * BAR_WIDTH)
    place = add_axes(page, layout.Box(left, box.bottom, BAR_WIDTH, box.height), width, height)
    place.imshow(
        chart.value("Colormap")[:, None], extent=(0, 1, *reach), origin="lower", aspect="auto", interpolation="nearest"
    )
    at = ticks(*reach, layout.steps_in(box.height / 24))
    place.xaxis.set_major_locator(FixedLocator([]))
    place.yaxis.set_major_locator(FixedLocator(at.tolist()))
    place.yaxis.set_major_formatter(FixedFormatter([tick_label(tick) for tick in at]))
    place.yaxis.set_ticks_position("right")
    place.tick_params(direction="in", length=3, width=0.6, labelsize=chart.value("FontSize"), color=GRID, pad=3)
    for spine in place.spines.values():
        spine.set_linewidth(0.6)


def tinted(values: np.ndarray, right: np.ndarray, chart: ConfusionChart, most: float) -> np.ndarray:
    """Cells in the colour of right or wrong answers, the stronger the larger the number; white where it is 0."""
    good, bad = (
        np.array((1.0, 1.0, 1.0) if chart.value(name) == "none" else chart.value(name))
        for name in ("DiagonalColor", "OffDiagonalColor")
    )
    paint = np.where(right[..., None], good, bad)
    share = np.where(values > 0, FAINT + (1 - FAINT) * values / (most or 1), 0)[..., None]
    return 1 - (1 - paint) * share


def draw_confusion(page: Any, chart: ConfusionChart, box: layout.Box, width: int, height: int) -> None:
    values = chart.get_NormalizedValues()
    count = len(values)
    if not count:
        return
    row_summary, column_summary = chart.summary("RowSummary"), chart.summary("ColumnSummary")
    cell = box.width / (count + 2 if row_summary is not None else count)
    row = box.height / (count + 2 if column_summary is not None else count)
    beside = SUMMARY_GAP if row_summary is not None else 0
    below = SUMMARY_GAP if column_summary is not None else 0
    cell, row = cell - beside / count, row - below / count
    main = layout.Box(box.left, box.bottom + box.height - count * row, count * cell, count * row)
    place = add_axes(page, main, width, height)
    show_part(place, chart, values, np.eye(count, dtype=bool), main, chart.value("Normalization") != "absolute")
    name_sides(place, chart, chart.classes, chart.classes, main)
    if column_summary is not None:
        place.tick_params(labelbottom=False)
        part = layout.Box(main.left, main.bottom - below - 2 * row, main.width, 2 * row)
        under = add_axes(page, part, width, height)
        right = np.array([[True], [False]]) & np.ones((1, count), bool)
        show_part(under, chart, column_summary.T, right, part, chart.value("ColumnSummary") != "absolute")
        name_sides(under, chart, chart.classes, [], part)
    if row_summary is not None:
        part = layout.Box(main.left + main.width + beside, main.bottom, 2 * cell, main.height)
        side = add_axes(page, part, width, height)
        right = np.array([[True, False]]) & np.ones((count, 1), bool)
        show_part(side, chart, row_summary, right, part, chart.value("RowSummary") != "absolute")
        name_sides(side, chart, [], [], part)
    write_around(page, chart, box, chart.classes, chart.classes, width, height)


def show_part(
    place: Any, chart: ConfusionChart, values: np.ndarray, right: np.ndarray, box: layout.Box, normalized: bool
) -> None:
    """A table of numbers, coloured by whether they count right answers."""
    cells = tinted(values, right, chart, 1.0 if normalized else float(values.max(initial=0)))
    draw_table(place, chart, cells, box)
    words = [[wording(number, normalized) for number in line] for line in values.tolist()]
    write_cells(place, chart, words, cells, box, "auto")

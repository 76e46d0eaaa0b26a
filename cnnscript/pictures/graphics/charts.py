"""Charts that are axes and contents in one: heatmaps and confusion matrices."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.objects import COMMON, Graphic
from cnnscript.pictures.graphics.properties import (
    DARK,
    MODE,
    Property,
    anything,
    array,
    choice,
    colour,
    colour_map,
    floats,
    limits,
    on_off,
    text,
    texts,
)
from cnnscript.pictures.images import scale

PLACE = ("Position", "InnerPosition", "OuterPosition", "Units", "FontSize", "FontName")
WORDS = {"Title": Property("", text), "XLabel": Property("", text), "YLabel": Property("", text)}
PALE_BLUE, BLUE = (0.9, 0.9447, 0.9741), (0.0, 0.447, 0.741)
SUMMARIES = ("off", "absolute", "total-normalized")


class Chart(Axes):
    """What charts share: Title, XLabel and YLabel are plain text, and of what axes have only the place is there."""

    kind = "chart"
    coordinates = "chart"
    names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.names = (*cls.own, *PLACE, *COMMON, "Type", "Parent", "Children", "BeingDeleted")

    @classmethod
    def property_names(cls) -> list[str]:
        return list(cls.names)

    @classmethod
    def find_name(cls, name: str) -> str:
        found = super().find_name(name)
        if found not in cls.names:
            raise cls.no_property(name)
        return found

    def get_Title(self) -> Any:
        return self.words_of("Title")

    def get_XLabel(self) -> Any:
        return self.words_of("XLabel")

    def get_YLabel(self) -> Any:
        return self.words_of("YLabel")

    def before_Title(self, words: Any) -> Any:
        return self.put_words("Title", words)

    def before_XLabel(self, words: Any) -> Any:
        return self.put_words("XLabel", words)

    def before_YLabel(self, words: Any) -> Any:
        return self.put_words("YLabel", words)

    def put_words(self, name: str, words: Any) -> Any:
        self.label(name).values["String"] = words
        return words

    def drawn(self) -> list[Graphic]:
        return []

    def begun(self) -> bool:
        return True


def number_format(value: Any) -> str:
    """A format for one number, such as '%.2f'."""
    word = text(value)
    try:
        return word if isinstance(word % 1.0, str) else ""
    except (TypeError, ValueError):
        raise ValueError("Value must be a format for one number, such as '%.2f'.") from None


class Heatmap(Chart):
    """heatmap: a matrix as a table of coloured cells with their numbers.

    ColorData is a row for each of YData and a column for each of XData; XDisplayData and YDisplayData are those that
    are shown, in their order.
    """

    kind, class_name = "heatmap", "matlab.graphics.chart.HeatmapChart"
    shown = ("XData", "YData", "ColorData")
    own: ClassVar = {
        **WORDS,
        "XData": Property(None, texts),
        "YData": Property(None, texts),
        "ColorData": Property(lambda: np.zeros((0, 0)), array),
        "XDisplayData": Property(None, texts),
        "YDisplayData": Property(None, texts),
        "XDisplayLabels": Property(None, texts),
        "YDisplayLabels": Property(None, texts),
        "ColorDisplayData": Property(),
        "XLimits": Property(None, texts),
        "YLimits": Property(None, texts),
        "SourceTable": Property(None, anything),
        "XVariable": Property("", text),
        "YVariable": Property("", text),
        "ColorVariable": Property("", text),
        "ColorMethod": Property("none", choice("none", "count", "mean", "median", "sum", "max", "min")),
        "Colormap": Property(lambda: np.linspace(PALE_BLUE, BLUE, 256), colour_map),
        "ColorLimits": Property(None, limits, "ColorLimitsMode"),
        "ColorLimitsMode": MODE,
        "ColorScaling": Property("scaled", choice("scaled", "scaledcolumns", "scaledrows", "log")),
        "ColorbarVisible": Property(True, on_off),
        "CellLabelColor": Property("auto", colour("auto", "none")),
        "CellLabelFormat": Property("%0.4g", number_format),
        "FontColor": Property(DARK, colour("none")),
        "GridVisible": Property(True, on_off),
        "MissingDataColor": Property(DARK, colour("none")),
        "MissingDataLabel": Property("NaN", text),
    }

    def names_of(self, letter: str) -> list[str]:
        """The names of all columns or rows."""
        given = self.value(f"{letter}Data")
        count = self.value("ColorData").shape[1 if letter == "X" else 0]
        return given if given is not None and len(given) == count else [str(k + 1) for k in range(count)]

    def get_XData(self) -> list[str]:
        return self.names_of("X")

    def get_YData(self) -> list[str]:
        return self.names_of("Y")

    def displayed(self, letter: str) -> list[str]:
        given = self.value(f"{letter}DisplayData")
        return given if given is not None else self.names_of(letter)

    def get_XDisplayData(self) -> list[str]:
        return self.displayed("X")

    def get_YDisplayData(self) -> list[str]:
        return self.displayed("Y")

    def known(self, letter: str, names: list[str]) -> list[str]:
        if not set(names) <= set(self.names_of(letter)) or len(set(names)) < len(names):
            raise ValueError(f"Value must be names from {letter}Data, each once.")
        self.values.pop(f"{letter}DisplayLabels", None)
        self.values.pop(f"{letter}Limits", None)
        return names

    def before_XDisplayData(self, names: list[str]) -> list[str]:
        return self.known("X", names)

    def before_YDisplayData(self, names: list[str]) -> list[str]:
        return self.known("Y", names)

    def get_XLimits(self) -> list[str]:
        return self.ends("X")

    def get_YLimits(self) -> list[str]:
        return self.ends("Y")

    def ends(self, letter: str) -> list[str]:
        given, names = self.value(f"{letter}Limits"), self.displayed(letter)
        return given if given is not None else names[:1] + names[-1:]

    def within(self, letter: str) -> list[str]:
        """The names shown between the limits."""
        names, (first, *rest) = self.displayed(letter), self.ends(letter) or [""]
        if first not in names or rest and rest[-1] not in names:
            return names
        return names[names.index(first) : names.index(rest[-1] if rest else first) + 1]

    def get_XDisplayLabels(self) -> list[str]:
        return self.display_labels("X")

    def get_YDisplayLabels(self) -> list[str]:
        return self.display_labels("Y")

    def display_labels(self, letter: str) -> list[str]:
        given, names = self.value(f"{letter}DisplayLabels"), self.displayed(letter)
        return given if given is not None and len(given) == len(names) else names

    def shown_labels(self, letter: str) -> list[str]:
        """What stands at the columns or rows between the limits."""
        names, labels = self.displayed(letter), self.display_labels(letter)
        return [labels[names.index(name)] for name in self.within(letter)]

    def get_ColorDisplayData(self) -> np.ndarray:
        return self.picked(self.displayed("Y"), self.displayed("X"))

    def picked(self, rows: list[str], columns: list[str]) -> np.ndarray:
        data, down, across = np.asarray(self.value("ColorData"), float), self.names_of("Y"), self.names_of("X")
        return data[np.ix_([down.index(name) for name in rows], [across.index(name) for name in columns])]

    def cells(self) -> np.ndarray:
        """The numbers between the limits."""
        return self.picked(self.within("Y"), self.within("X"))

    def levels(self, data: np.ndarray) -> np.ndarray:
        """The numbers that the colours stand for."""
        way = self.value("ColorScaling")
        with np.errstate(all="ignore"):
            if way == "log":
                return np.log(data)
            if way == "scaled" or not data.size:
                return data
            axis = 0 if way == "scaledcolumns" else 1
            low, high = np.nanmin(data, axis, keepdims=True), np.nanmax(data, axis, keepdims=True)
            return (data - low) / np.where(high > low, high - low, 1)

    def get_ColorLimits(self) -> np.ndarray:
        if self.value("ColorLimitsMode") == "manual":
            return self.values["ColorLimits"]
        low, high = scale.display_limits(self.levels(self.get_ColorDisplayData()))
        return floats(low, high) if low < high else floats(low - 1, high + 1)

    def sort(self, letter: str, order: list[int]) -> None:
        """Show the columns ('X') or rows ('Y') in another order: places from 0 among those that are shown."""
        names, labels = self.displayed(letter), self.display_labels(letter)
        self.set(f"{letter}DisplayData", [names[k] for k in order])
        if labels != names:
            self.set(f"{letter}DisplayLabels", [labels[k] for k in order])


class ConfusionChart(Chart):
    """confusionchart: how often each true class (rows) was taken for each class (columns)."""

    kind, class_name = "confusionmatrixchart", "mlearnlib.graphics.chart.ConfusionMatrixChart"
    shown = ("NormalizedValues", "ClassLabels")
    own: ClassVar = {
        **WORDS,
        "NormalizedValues": Property(),
        "ClassLabels": Property(),
        "Normalization": Property(
            "absolute", choice("absolute", "row-normalized", "column-normalized", "total-normalized")
        ),
        "RowSummary": Property("off", choice(*SUMMARIES, "row-normalized")),
        "ColumnSummary": Property("off", choice(*SUMMARIES, "column-normalized")),
        "DiagonalColor": Property((0.0, 0.4471, 0.7412), colour("none")),
        "OffDiagonalColor": Property((0.851, 0.3255, 0.098), colour("none")),
        "FontColor": Property(DARK, colour("none")),
        "GridVisible": Property(True, on_off),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.counts = np.zeros((0, 0))
        self.classes: list[str] = []
        self.class_values: Any = None  # the labels as the script has them, in the order of `order`
        self.order = np.zeros(0, int)
        super().__init__(parent, **given)
        if parent is not None:
            for name, words in (("XLabel", "Predicted Class"), ("YLabel", "True Class")):
                self.put_words(name, words)

    def fill(self, counts: np.ndarray, classes: list[str]) -> None:
        """Show these counts of these classes."""
        self.counts, self.classes = np.asarray(counts, float), classes
        self.order = np.arange(len(classes))
        self.touch()

    def sort(self, order: np.ndarray) -> None:
        """Show the classes in another order (places from 0 in the present one)."""
        self.counts = self.counts[np.ix_(order, order)]
        self.classes = [self.classes[k] for k in order]
        self.order = self.order[order]
        self.touch()

    def get_NormalizedValues(self) -> np.ndarray:
        way, counts = self.value("Normalization"), self.counts
        whole = {
            "absolute": np.ones((1, 1)),
            "row-normalized": counts.sum(1, keepdims=True),
            "column-normalized": counts.sum(0, keepdims=True),
            "total-normalized": counts.sum(keepdims=True),
        }[way]
        return np.divide(counts, whole, out=np.zeros_like(counts), where=np.broadcast_to(whole, counts.shape) != 0)

    def get_ClassLabels(self) -> Any:
        return self.class_values if self.class_values is not None else list(self.classes)

    def summary(self, name: str) -> np.ndarray | None:
        """k×2 right and wrong numbers of each class for RowSummary or ColumnSummary; None where it is off."""
        way = self.value(name)
        if way == "off":
            return None
        right = np.diag(self.counts)
        total = self.counts.sum(1 if name == "RowSummary" else 0)
        made = np.stack((right, total - right), axis=1)
        if way == "absolute":
            return made
        whole = self.counts.sum() if way == "total-normalized" else total[:, None]
        return made / np.where(whole == 0, 1, whole)


CELL_LEAST = 7.0  # points: the smallest font of a cell's number; below it numbers are left out


def wording(share: float, normalized: bool) -> str:
    """What stands in a cell of a confusion matrix; nothing for 0."""
    if not share:
        return ""
    return f"{100 * share:.1f}%" if normalized else f"{share:g}"

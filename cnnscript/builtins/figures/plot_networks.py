"""Plots of how well a network did: plotconfusion, plotroc, plotregression, ploterrhist, plotperform."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.plot_charts import counted
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import bars, layout, plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.images.colormaps import COLOR_ORDER
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none, texts_or_none

RIGHT, WRONG = (188 / 255, 230 / 255, 196 / 255), (249 / 255, 196 / 255, 192 / 255)
MARGIN, CORNER = (240 / 255,) * 3, (217 / 255,) * 3
GOOD_INK, BAD_INK = (34 / 255, 172 / 255, 60 / 255), (226 / 255, 61 / 255, 45 / 255)


def trios(args: tuple, function: str) -> list[tuple[Any, Any, str]]:
    """Targets, outputs and a name, once or several times over; the name of a single one may be missing."""
    if len(args) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(targets, outputs)",))
    if len(args) == 2:
        return [(args[0], args[1], "")]
    if len(args) % 3:
        raise ScriptError(
            "nnet:Args:Unbalanced", "The arguments are targets, outputs and a name, each as often as the others.",
            notes=(f"{len(args)} arguments",),
        )  # fmt: skip
    each = [args[k : k + 3] for k in range(0, len(args), 3)]
    for _, _, name in each:
        if text_or_none(name) is None:
            raise take.refusal(function, "the name", "text", name)
    return [(one, other, text_or_none(name) or "") for one, other, name in each]


def new_figure(session: Any, title: str) -> Figure:
    """The figure that a plot of networks takes for itself: the current one, emptied."""
    figure = session.desk.current_figure()
    if figure.children:
        session.desk.clear(figure)
    figure.set("Name", title)
    return figure


def parts_of(session: Any, figure: Figure, count: int) -> list[Axes]:
    """As many axes as there are plots, about as many across as down."""
    if count == 1:
        return [session.desk.current_axes()]
    rows = int(np.ceil(np.sqrt(count)))
    columns = int(np.ceil(count / rows))
    rows, columns = min(rows, columns), max(rows, columns)
    made = []
    for k in range(count):
        axes = Axes(figure)
        axes.cell = layout.subplot_box(rows, columns, k + 1, k + 1)
        axes.values["Position"] = np.array(axes.cell)
        axes.values["PositionMode"] = "manual"
        made.append(axes)
    session.desk.select(made[0])
    return made


# ----------------------------------------------------------------------------------------------------------- confusion
def one_hot(value: Any, function: str, what: str) -> np.ndarray:
    """Targets or outputs as classes × observations."""
    if is_cell(value):
        value = value.ravel(order="F")[0] if value.size == 1 else value
    array = np.asarray(take.pixels(value, function, what), float)
    if array.ndim != 2:
        raise take.refusal(function, what, "a matrix of a row for each class", value)
    return array


def class_of_columns(table: np.ndarray) -> np.ndarray:
    """The class from 0 of each observation: the row with the largest number; of one row, whether it is above a half."""
    if table.shape[0] == 1:
        return (table[0] >= 0.5).astype(int)
    return np.argmax(table, axis=0)


def confusion_counts(targets: Any, outputs: Any) -> tuple[np.ndarray, list[str]]:
    """How often each class (columns) was taken for each class (rows); the names of the classes."""
    labels = [isinstance(each, Categorical) or texts_or_none(each) is not None for each in (targets, outputs)]
    if any(labels):
        counts, names, _ = counted(targets, outputs, None, "plotconfusion")
        return counts.T, names
    known, found = (one_hot(each, "plotconfusion", what) for each, what in ((targets, "targets"), (outputs, "outputs")))
    if known.shape != found.shape:
        raise ScriptError(
            "nnet:NNData:TargetsOutputsMismatch", "Targets and outputs have different dimensions.",
            notes=(f"{'x'.join(map(str, known.shape))} and {'x'.join(map(str, found.shape))}",),
        )  # fmt: skip
    count = max(known.shape[0], 2)
    lost = np.isnan(known).any(0) | np.isnan(found).any(0)
    true, guessed = class_of_columns(known)[~lost], class_of_columns(found)[~lost]
    counts = np.zeros((count, count))
    np.add.at(counts, (guessed, true), 1)
    names = [str(k + 1) for k in range(count)] if known.shape[0] > 1 else ["0", "1"]
    return counts, names


def percent(share: float) -> str:
    return "NaN%" if share != share else f"{100 * share:.1f}%"


def letters_that_fit(axes: Axes, size: int, words: list[str]) -> float:
    """The font size of words in a table of size × size squares, three lines high: as usual, or smaller."""
    box = layout.axes_box(axes)
    side = min(box.width, box.height) / size * 72 / layout.PIXELS_PER_INCH
    widest = max(map(len, words), default=1)
    return float(max(1.0, min(axes.value("FontSize"), side / 3, 0.95 * side / (0.58 * widest))))


def cell(axes: Axes, row: int, column: int, paint: tuple, words: list[tuple[str, tuple, str]], letters: float) -> None:
    """A square with lines of words of their own colours and weights; row 0 is on top."""
    x, y = np.array([0.0, 1, 1, 0]) + column + 0.5, np.array([0.0, 0, 1, 1]) + row + 0.5
    plots.Patch(axes, XData=x, YData=y, FaceColor=paint, EdgeColor=(0.5, 0.5, 0.5))
    for place, (line, ink, weight) in enumerate(words):
        down = row + 1 + (place - (len(words) - 1) / 2) * 0.3
        Text(
            axes, String=line, Position=np.array([column + 1.0, down]), HorizontalAlignment="center", Color=ink,
            FontWeight=weight, FontSize=letters,
        )  # fmt: skip


def draw_confusion(axes: Axes, counts: np.ndarray, names: list[str], title: str) -> None:
    """The counts, and beside and below them what share of each row and column is right."""
    size, total = len(names), counts.sum()
    black = (0.0, 0.0, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = counts / total
        right = np.diag(counts)
        rows, columns = right / counts.sum(1), right / counts.sum(0)
        whole = right.sum() / total
    said = [percent(share) for share in (*shares.flat, *rows, *columns, *(1 - rows), *(1 - columns))]
    letters = letters_that_fit(axes, size + 1, [*said, *(f"{count:g}" for count in counts.flat)])
    for row in range(size):
        for column in range(size):
            words = [(f"{counts[row, column]:g}", black, "bold"), (percent(shares[row, column]), black, "normal")]
            cell(axes, row, column, RIGHT if row == column else WRONG, words, letters)
    margins = [(k, size, rows[k], MARGIN) for k in range(size)] + [(size, k, columns[k], MARGIN) for k in range(size)]
    for row, column, share, paint in [*margins, (size, size, whole, CORNER)]:
        words = [(percent(share), GOOD_INK, "normal"), (percent(1 - share), BAD_INK, "normal")]
        cell(axes, row, column, paint, words, letters)
    ends = np.array([0.5, size + 1.5])
    axes.values |= {
        "YDir": "reverse", "Box": True, "TickLength": np.zeros(2), "DataAspectRatio": np.ones(3),
        "DataAspectRatioMode": "manual",
    }  # fmt: skip
    for letter in "XY":
        axes.set(f"{letter}Lim", ends)
        axes.set(f"{letter}Tick", np.arange(1.0, size + 2))
        axes.set(f"{letter}TickLabel", [*names, ""])
        axes.set(f"{letter}TickLabelRotation", 45.0)
    for name, words in (("XLabel", "Target Class"), ("YLabel", "Output Class")):
        axes.label(name).values |= {"String": words, "FontWeight": "bold"}
    axes.label("Title").values["String"] = f"{title} Confusion Matrix".strip()
    axes.touch()


@builtin(outputs=1)
def plotconfusion(session, nargout, /, *args):
    """
    plotconfusion(targets, outputs)
    plotconfusion(targets, outputs, name)
    plotconfusion(targets1, outputs1, name1, targets2, outputs2, name2)
    fig = plotconfusion(...)

    How often each class (a column) was taken for each class (a row), in numbers and in percent of all; on the right
    what share of each row is right, below what share of each column, in the corner of all.

    targets and outputs are labels, or matrices with a row for each class and a column for each observation.

    Examples
      >> figure(Visible='off'); fig = plotconfusion(categorical([1 2 2]), categorical([1 2 1]));
      >> t = findobj(fig, 'Type', 'text'); disp(numel(t))
          18

    See also confusionchart, confusionmat, plotroc.
    """
    each = [(*confusion_counts(targets, outputs), name) for targets, outputs, name in trios(args, "plotconfusion")]
    figure = new_figure(session, "Confusion (plotconfusion)")
    for axes, (counts, names, title) in zip(parts_of(session, figure, len(each)), each, strict=True):
        draw_confusion(axes, counts, names, title)
    return wrap(figure) if nargout else None


# ----------------------------------------------------------------------------------------------------------------- roc
def roc_curve(true: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """False and true positive rates as the threshold falls through all scores."""
    order = np.argsort(-scores, kind="stable")
    hits = true[order] > 0.5
    last = np.r_[np.flatnonzero(np.diff(scores[order])), len(order) - 1]
    rising, false = np.cumsum(hits)[last], np.cumsum(~hits)[last]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.r_[0.0, false / (~hits).sum()], np.r_[0.0, rising / hits.sum()]


@builtin(outputs=1)
def plotroc(session, nargout, /, *args):
    """
    plotroc(targets, outputs)
    plotroc(targets, outputs, name)
    plotroc(targets1, outputs1, name1, targets2, outputs2, name2)
    fig = plotroc(...)

    The receiver operating characteristic of each class: true against false positive rates for all thresholds.

    targets and outputs are matrices with a row for each class and a column for each observation.

    Examples
      >> figure(Visible='off'); fig = plotroc([1 1 0 0], [0.9 0.4 0.6 0.1]);
      >> h = findobj(fig, 'DisplayName', 'Class 1'); y = h.YData
      y =
               0    0.5000    0.5000    1.0000    1.0000

    See also plotconfusion, roc, perfcurve.
    """
    each = []
    for targets, outputs, name in trios(args, "plotroc"):
        known, found = one_hot(targets, "plotroc", "targets"), one_hot(outputs, "plotroc", "outputs")
        if known.shape != found.shape:
            raise ScriptError(
                "nnet:NNData:TargetsOutputsMismatch", "Targets and outputs have different dimensions."
            )
        each.append(([roc_curve(one, other) for one, other in zip(known, found, strict=True)], name))
    figure = new_figure(session, "Receiver Operating Characteristic (plotroc)")
    for axes, (curves, name) in zip(parts_of(session, figure, len(each)), each, strict=True):
        plots.Line(axes, XData=np.array([0.0, 1]), YData=np.array([0.0, 1]), Color=(0.7, 0.7, 0.7), LineWidth=2.0)
        made = []
        for k, (across, up) in enumerate(curves):
            line = plots.Line(axes, XData=across, YData=up, LineWidth=2.0, DisplayName=f"Class {k + 1}")
            line.set("Color", COLOR_ORDER[k % len(COLOR_ORDER)])
            made.append(line)
        axes.values |= {"Box": True, "PlotBoxAspectRatio": np.ones(3), "PlotBoxAspectRatioMode": "manual"}
        axes.values["UserData"] = Struct({"lines": wrap_list(made)})  # scripts look for the curves there
        for letter in "XY":
            axes.set(f"{letter}Lim", np.array([0.0, 1.0]))
        written(axes, f"{name} ROC".strip(), "False Positive Rate", "True Positive Rate")
        if len(made) > 1:
            showing.legend(session.desk, axes, [line.value("DisplayName") for line in made], made).set(
                "Location", "southeast"
            )
    return wrap(figure) if nargout else None


@builtin(outputs=3)
def roc(nargout, targets, outputs, /):
    """
    [tpr, fpr, thresholds] = roc(targets, outputs)

    The rates of true and of false positives as the threshold falls through the outputs from 1 to 0.

    targets and outputs are matrices with a row for each class and a column for each observation. One row gives
    rows of numbers, several rows give cells with one for each. Targets are 0 or 1. An output counts as positive when
    it is above the threshold; one that is NaN is above none of them, but counts among all.

    Examples
      >> [tpr, fpr, thresholds] = roc([1 1 0 0], [0.9 0.4 0.6 0.1])
      tpr =
               0         0         0    0.5000    0.5000    1.0000    1.0000    1.0000
      fpr =
               0         0         0         0    0.5000    0.5000    1.0000    1.0000
      thresholds =
          1.0000    1.0000    0.9000    0.6000    0.4000    0.1000         0         0

    See also plotroc, perfcurve, rocmetrics.
    """
    known, found = one_hot(targets, "roc", "targets"), one_hot(outputs, "roc", "outputs")
    if known.shape != found.shape:
        raise ScriptError("nnet:NNData:TargetsOutputsMismatch", "Targets and outputs have different dimensions.")
    if not np.isin(known, (0, 1)).all():
        raise take.refusal("roc", "targets", "a matrix of zeros and ones", targets)
    curves = [rates_above(one, other) for one, other in zip(known, found, strict=True)]
    if len(curves) == 1:
        return tuple(norm(values.reshape(1, -1)) for values in curves[0])
    cells = np.empty((3, len(curves)), object)
    for column, curve in enumerate(curves):
        for row, values in enumerate(curve):
            cells[row, column] = norm(values.reshape(1, -1))
    return tuple(np.asfortranarray(row.reshape(1, -1)) for row in cells)


def rates_above(true: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """True and false positive rates, and the thresholds from 1 down to 0 that scores lie above."""
    thresholds = np.unique(np.r_[0.0, scores[~np.isnan(scores)], 1.0])[::-1]
    rates = []
    for part in (scores[true == 1], scores[true == 0]):
        above = (part[None, :] > thresholds[:, None]).sum(axis=1)
        rates.append(np.r_[0.0, above / max(1, len(part)), 1.0])
    return rates[0], rates[1], np.r_[1.0, thresholds, 0.0]


def written(axes: Axes, title: str, across: str, up: str) -> None:
    for name, words in (("Title", title), ("XLabel", across), ("YLabel", up)):
        axes.label(name).values["String"] = words
    axes.touch()


# ---------------------------------------------------------------------------------------------------------- regression
def numbers_of(value: Any, function: str, what: str) -> np.ndarray:
    """All numbers of a matrix, or of the matrices of a cell."""
    if is_cell(value) and not value.size:
        return np.zeros(0)
    if is_cell(value):
        return np.concatenate([numbers_of(item, function, what) for item in value.ravel(order="F")])
    return np.asarray(take.pixels(value, function, what), float).ravel(order="F")


@builtin(outputs=1)
def plotregression(session, nargout, /, *args):
    """
    plotregression(targets, outputs)
    plotregression(targets, outputs, name)
    plotregression(targets1, outputs1, name1, targets2, outputs2, name2)
    fig = plotregression(...)

    Outputs against targets, the line that fits them best, and their correlation R.

    Examples
      >> figure(Visible='off'); fig = plotregression([1 2 3], [1.1 1.9 3.2]); ax = gca; words = ax.Title.String
      words =
          'R=0.99068'

    See also ploterrhist, plotconfusion.
    """
    each = []
    for targets, outputs, name in trios(args, "plotregression"):
        known = numbers_of(targets, "plotregression", "targets")
        found = numbers_of(outputs, "plotregression", "outputs")
        if known.size != found.size:
            raise ScriptError(
                "nnet:NNData:TargetsOutputsMismatch", "Targets and outputs have different dimensions."
            )
        kept = ~(np.isnan(known) | np.isnan(found))
        each.append((known[kept], found[kept], name))
    figure = new_figure(session, "Regression (plotregression)")
    for axes, (known, found, name) in zip(parts_of(session, figure, len(each)), each, strict=True):
        draw_regression(session, axes, known, found, name)
    return wrap(figure) if nargout else None


def draw_regression(session: Any, axes: Axes, known: np.ndarray, found: np.ndarray, name: str) -> None:
    both = np.r_[known, found] if known.size else np.array([0.0, 1.0])
    ends = np.array([both.min(), both.max()])
    ends = ends + (np.array([-0.5, 0.5]) if ends[0] == ends[1] else 0)
    moved = known - known.mean() if known.size else known
    slope = float((moved * found).sum() / (moved**2).sum()) if (moved**2).sum() else 0.0
    base = float(found.mean() - slope * known.mean()) if known.size else 0.0
    spread = known.std() * found.std() if known.size else 0.0
    correlation = float((moved * (found - found.mean())).mean() / spread) if spread else np.nan
    line = plots.Line(axes, XData=ends, YData=ends, LineStyle=":", Color=(0.0, 0.0, 0.0), DisplayName="Y = T")
    fit = plots.Line(axes, XData=ends, YData=slope * ends + base, Color="b", LineWidth=2.0, DisplayName="Fit")
    data = plots.Line(
        axes, XData=known, YData=found, LineStyle="none", Marker="o", Color=(0.0, 0.0, 0.0), DisplayName="Data"
    )
    axes.values |= {"Box": True, "PlotBoxAspectRatio": np.ones(3), "PlotBoxAspectRatioMode": "manual"}
    for letter in "XY":
        axes.set(f"{letter}Lim", ends)
    title = f"{name}: R={correlation:.5g}" if name else f"R={correlation:.5g}"
    written(axes, title, "Target", f"{name + ' ' if name else ''}Output ~= {slope:.2g}*Target + {base:.2g}")
    axes.label("YLabel").values["String"] = f"Output ~= {slope:.3g}*Target + {base:.3g}"
    showing.legend(session.desk, axes, ["Data", "Fit", "Y = T"], [data, fit, line]).set("Location", "northwest")


@builtin(outputs=1)
def ploterrhist(session, nargout, /, *args, bins=20.0):
    """
    ploterrhist(e)
    ploterrhist(e1, name1, e2, name2)
    ploterrhist(..., bins=n)
    fig = ploterrhist(...)

    A histogram of errors in 20 bins, one bar on the other for several sets of errors, and a line where there is none.

    Options
      bins  how many bins

    Examples
      >> figure(Visible='off'); fig = ploterrhist([-1 0 0.5 2], bins=3); b = findobj(fig, 'Type', 'bar'); y = b.YData
      y =
           1     2     1

    See also plotregression, histogram.
    """
    if not args:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("ploterrhist(e)",))
    sets, names = list(args[:1] if len(args) == 1 else args[::2]), [text_or_none(name) for name in args[1::2]]
    if len(args) > 1 and (len(args) % 2 or None in names):
        raise ScriptError("nnet:Args:Unbalanced", "Each set of errors is followed by its name.")
    count = take.count(bins, "ploterrhist", "bins")
    if count < 1:
        raise take.refusal("ploterrhist", "bins", "a positive integer", bins)
    each = [numbers_of(value, "ploterrhist", "the errors") for value in sets]
    every = np.concatenate(each)
    every = every[np.isfinite(every)]
    low, high = (float(every.min()), float(every.max())) if every.size else (0.0, 1.0)
    edges = np.linspace(low, high, count + 1) if low < high else np.linspace(low - 0.5, high + 0.5, count + 1)
    heights = np.stack([np.histogram(one[np.isfinite(one)], edges)[0] for one in each], axis=1).astype(float)
    middles = edges[:-1] + np.diff(edges) / 2
    figure = new_figure(session, "Error Histogram (ploterrhist)")
    axes = session.desk.current_axes()
    made: list[bars.Bar] = showing.bars(axes, middles, heights, False, "stacked", None, {})
    top = float(heights.sum(1).max()) * 1.1 or 1.0
    zero = plots.Line(axes, XData=np.zeros(2), YData=np.array([0.0, top]), Color=(1.0, 0.6, 0.0), LineWidth=2.0)
    axes.values["Box"] = True
    shown = np.round(middles, 4 - int(np.ceil(np.log10(max(abs(low), abs(high), 1e-9)))))
    axes.set("XTick", middles)
    axes.set("XTickLabel", [f"{number:.4g}" for number in shown])
    axes.set("XTickLabelRotation", 90.0)
    written(axes, f"Error Histogram with {count} Bins", "Errors = Targets - Outputs", "Instances")
    words = [name or "Errors" for name in names] or ["Errors"]
    showing.legend(session.desk, axes, [*words, "Zero Error"], [*made, zero])
    return wrap(figure) if nargout else None


@builtin(outputs=1)
def plotperform(session, nargout, tr, /):
    """
    plotperform(tr)
    fig = plotperform(tr)

    The errors of training, validation and test in each epoch, from the record of a training: a structure with fields
    perf, vperf, tperf, best_epoch and best_vperf.

    Examples
      >> tr = struct('perf', [1 0.5 0.2], 'vperf', [1.1 0.6 0.7], 'best_epoch', 1, 'best_vperf', 0.6);
      >> figure(Visible='off'); fig = plotperform(tr); ax = gca; words = ax.Title.String
      words =
          'Best Validation Performance is 0.6 at epoch 1'

    See also plotregression, semilogy.
    """
    if not isinstance(tr, Struct) or "perf" not in tr.fields:
        raise take.refusal("plotperform", "tr", "the record of a training with a field perf", tr)
    figure = new_figure(session, "Performance (plotperform)")
    axes = session.desk.current_axes()
    axes.values |= {"Box": True, "YScale": "log"}
    made, words = [], []
    for field, name, paint in (("perf", "Train", "b"), ("vperf", "Validation", "g"), ("tperf", "Test", "r")):
        values = np.asarray(as_array(tr.fields.get(field, np.zeros((0, 0)))), float).ravel()
        if values.size and np.isfinite(values).any():
            line = plots.Line(axes, XData=np.arange(float(values.size)), YData=values, LineWidth=2.0)
            line.set("Color", {"b": (0.0, 0.0, 1.0), "g": (0.0, 0.8, 0.0), "r": (1.0, 0.0, 0.0)}[paint])
            made.append(line)
            words.append(name)
    errors = np.asarray(as_array(tr.fields["perf"]), float).ravel()
    last = max(errors.size - 1, 1)
    kind, best = ("Validation", tr.fields.get("best_vperf")) if "Validation" in words else ("Training", None)
    epoch = tr.fields.get("best_epoch", float(np.nanargmin(errors)) if errors.size else 0.0)
    level = float(best) if best is not None else float(errors[int(epoch)]) if errors.size else np.nan
    axes.set("XLim", np.array([0.0, float(last)]))
    low, high = axes.get("YLim")
    grey = {"LineStyle": ":", "Color": (0.0, 0.5, 0.0)}
    made.append(plots.Line(axes, XData=np.array([0.0, last]), YData=np.array([level, level]), **grey))
    words.append("Best")
    plots.Line(axes, XData=np.array([epoch, epoch]), YData=np.array([low, high]), **grey)
    plots.Line(
        axes, XData=np.array([epoch]), YData=np.array([level]), LineStyle="none", Marker="o", MarkerSize=16.0,
        LineWidth=1.5, Color=(0.0, 0.5, 0.0),
    )  # fmt: skip
    written(
        axes, f"Best {kind} Performance is {level:.5g} at epoch {epoch:g}",
        f"{last} Epoch{'s' if last != 1 else ''}", "Mean Squared Error  (mse)",
    )  # fmt: skip
    showing.legend(session.desk, axes, words, made)
    return wrap(figure) if nargout else None

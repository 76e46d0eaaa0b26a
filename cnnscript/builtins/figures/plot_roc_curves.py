"""ROC curves of classifiers of any number of classes: rocmetrics, its average and its plot."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_charts import Groups
from cnnscript.builtins.figures.plot_networks import roc_curve
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap_list
from cnnscript.builtins.registry import builtin, overload
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.values.numeric import norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.tables import Table
from cnnscript.values.text import text_or_none, texts_or_none

SHOWN = ("AUC", "ClassNames", "Labels", "Metrics", "Scores")
# further metrics: MATLAB's name, its short names, and what it is of the numbers of true and false positives, and of
# the observations of the class and the others
MORE: dict[str, tuple[tuple[str, ...], Callable[..., np.ndarray]]] = {
    "TruePositives": (("tp",), lambda tp, fp, p, n: tp),
    "FalseNegatives": (("fn",), lambda tp, fp, p, n: p - tp),
    "FalsePositives": (("fp",), lambda tp, fp, p, n: fp),
    "TrueNegatives": (("tn",), lambda tp, fp, p, n: n - fp),
    "SumOfTrueAndFalsePositives": (("tp+fp",), lambda tp, fp, p, n: tp + fp),
    "RateOfPositivePredictions": (("rpp",), lambda tp, fp, p, n: (tp + fp) / (p + n)),
    "RateOfNegativePredictions": (("rnp",), lambda tp, fp, p, n: (p - tp + n - fp) / (p + n)),
    "Accuracy": (("accu",), lambda tp, fp, p, n: (tp + n - fp) / (p + n)),
    "FalseNegativeRate": (("fnr", "miss"), lambda tp, fp, p, n: (p - tp) / p),
    "TrueNegativeRate": (("tnr", "spec"), lambda tp, fp, p, n: (n - fp) / n),
    "PositivePredictiveValue": (("ppv", "prec", "precision"), lambda tp, fp, p, n: tp / (tp + fp)),
    "NegativePredictiveValue": (("npv",), lambda tp, fp, p, n: (n - fp) / (n - fp + p - tp)),
    "F1Score": (("f1score",), lambda tp, fp, p, n: 2 * tp / (tp + fp + p)),
}


class RocMetrics(Object):
    """One class against all others, for each class.

    names     of the classes
    truth     for each observation the place of its class, from 0
    scores    observations × classes
    curves    for each class thresholds, false and true positive rates
    sizes     for each class how many observations are of it, and how many of others
    more      names of further metrics
    """

    class_name = "rocmetrics"
    methods = frozenset(("plot", "average", "addMetrics"))
    more: tuple[str, ...] = ()

    def __init__(self, labels: Any, classes: Any, names: list[str], truth: np.ndarray, scores: np.ndarray):
        self.labels, self.classes, self.names, self.truth, self.scores = labels, classes, names, truth, scores
        known = ~np.isnan(scores).any(1) & (truth >= 0)
        self.curves, self.sizes = [], []
        for k in range(scores.shape[1]):
            others = np.delete(scores, k, axis=1)
            apart = scores[known, k] - (others[known].max(1) if others.shape[1] else 0)
            hits = (truth[known] == k).astype(float)
            false, true = roc_curve(hits, apart)
            levels = np.unique(apart)[::-1]
            self.curves.append((np.r_[levels[:1], levels], false, true))
            self.sizes.append((hits.sum(), (1 - hits).sum()))

    def areas(self) -> np.ndarray:
        """The areas under the curves."""
        return np.array([np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2) for _, x, y in self.curves])

    def further(self, name: str) -> np.ndarray:
        """A further metric at the thresholds of all curves."""
        found = []
        for (_, false, true), (own, other) in zip(self.curves, self.sizes, strict=True):
            with np.errstate(invalid="ignore"):  # 0/0, where nothing is taken for the class
                found.append(MORE[name][1](np.round(true * own), np.round(false * other), own, other))
        return np.concatenate(found)

    def operating_point(self, k: int) -> tuple[float, float]:
        """The rates of class k where the class of the largest score is chosen: at the last threshold not below 0.
        A column of scores is taken for probabilities: those above 0.5 are of the class."""
        levels, false, true = self.curves[k]
        at = int((levels[1:] >= 0).sum() if self.scores.shape[1] > 1 else (levels[1:] > 0.5).sum())
        return float(false[at]), float(true[at])

    def property_names(self) -> list[str]:
        return list(SHOWN)

    def get(self, name: str) -> Any:
        if name == "AUC":
            return norm(self.areas().reshape(1, -1))
        if name == "ClassNames":
            return self.classes
        if name == "Labels":
            return self.labels
        if name == "Scores":
            return norm(np.asfortranarray(self.scores))
        if name == "Metrics":
            sizes = [each[0].size for each in self.curves]
            words = [word for word, size in zip(self.names, sizes, strict=True) for _ in range(size)]
            columns = [np.concatenate(part).reshape(-1, 1) for part in zip(*self.curves, strict=True)]
            names = ("Threshold", "FalsePositiveRate", "TruePositiveRate")
            back = Groups(self.classes, "rocmetrics").back(words)
            columns += [self.further(name).reshape(-1, 1) for name in self.more]
            return Table.of({"ClassName": back, **{
                name: norm(c) for name, c in zip((*names, *self.more), columns, strict=True)
            }})  # fmt: skip
        raise self.no_property(name)

    def disp(self, form: Any) -> str:
        rows = sum(each[0].size for each in self.curves)
        table = f"    Metrics: [{rows}×{4 + len(self.more)} table]\n"
        areas = fields_body([("AUC", self.get("AUC"))], form)
        return f"  rocmetrics with properties:\n{form.blank}{table}    {areas}"


def metric_names(given: Any, function: str) -> tuple[str, ...]:
    """MATLAB's names of metrics that are given by them, by parts of them, or by short names."""
    words = texts_or_none(given)
    if words is None:
        raise take.refusal(function, "the metrics", "names of metrics", given)
    short = {each: name for name, (names, _) in MORE.items() for each in names}
    full = {name.lower(): name for name in MORE}
    found = []
    for word in words:
        key = word.lower()
        if key not in short and key not in full:
            raise ScriptError(
                "stats:rocmetrics:UnknownMetric",
                f"'{word}' is not a metric of {function}.",
                hint="metrics are " + ", ".join(MORE),
            )
        found.append(short.get(key) or full[key])
    return tuple(found)


@builtin
def rocmetrics(
    Labels, Scores, ClassNames, /, *, AdditionalMetrics=None, NaNFlag="omitnan", FixedMetric="Thresholds",
    FixedMetricValues="all", NumBootstraps=0.0, Weights=None, Prior="empirical", Cost=None,
):  # fmt: skip
    """
    rocObj = rocmetrics(Labels, Scores, ClassNames)
    rocObj = rocmetrics(Labels, Scores, ClassNames, Name=Value)

    The ROC curve and the area under it of each class against all others: what share of a class is found, and what
    share of the others is taken for it, as the threshold falls.

    Scores has a column for each class of ClassNames, or is a column of scores of the first of them. Of several classes
    what counts is how far the score of a class lies above the largest of the others. Properties: AUC, Metrics (a
    table), ClassNames, Labels, Scores. plot(rocObj) draws the curves, average(rocObj, type) joins them.

    Options
      AdditionalMetrics  names of further columns of Metrics, such as 'Accuracy' or 'prec': see addMetrics
      NaNFlag            'omitnan': observations with a score that is NaN are left out
      FixedMetric        'Thresholds'
      FixedMetricValues  'all'
      NumBootstraps      0: there are no confidence bounds (perfcurve has them)
      Weights            []: all observations count alike
      Prior              'empirical'
      Cost               []: all mistakes cost alike

    Examples
      >> r = rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1); r.AUC
      ans =
          0.7500
      >> r = rocmetrics({'a'; 'b'; 'a'}, [0.9 0.1; 0.3 0.7; 0.6 0.4], {'a'; 'b'}); r.AUC
      ans =
           1     1
      >> r = rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1, AdditionalMetrics=["accu" "prec"]); r.Metrics(2:3, 4:6)
      ans =
        2×3 table
          TruePositiveRate    Accuracy    PositivePredictiveValue
          ________________    ________    _______________________
                0.5             0.75                  1
                0.5              0.5                0.5

    See also perfcurve, average, addMetrics, confusionchart, plotroc.
    """
    usual = {"NaNFlag": (NaNFlag, "omitnan"), "FixedMetric": (FixedMetric, "thresholds"),
             "FixedMetricValues": (FixedMetricValues, "all"), "NumBootstraps": (NumBootstraps, 0.0),
             "Weights": (Weights, None), "Prior": (Prior, "empirical"), "Cost": (Cost, None)}  # fmt: skip
    for option, (value, plain) in usual.items():
        if value is None or not numel_of(value):
            continue
        word = text_or_none(value)
        given = word.lower() if word is not None else value if type(value) is float else ""
        if plain is None or given != plain:
            raise ScriptError(
                "cnnscript:NotYet", f"This '{option}' is not in cnnscript's rocmetrics yet.",
                hint="perfcurve takes weights, prior, cost and samples for confidence bounds, a class at a time",
            )  # fmt: skip
    known, classes = Groups(Labels, "rocmetrics"), Groups(ClassNames, "rocmetrics")
    scores = np.asarray(take.pixels(Scores, "rocmetrics", "Scores"), float)
    scores = scores.reshape(-1, 1) if min(scores.shape, default=0) <= 1 and scores.size == len(known.words) else scores
    names = list(dict.fromkeys(classes.words))
    if scores.ndim != 2 or scores.shape[0] != len(known.words):
        raise ScriptError(
            "stats:rocmetrics:SizeMismatch", "Scores must have a row for each label.",
            notes=(f"{scores.shape[0]} rows, {len(known.words)} labels",),
        )  # fmt: skip
    if scores.shape[1] != len(names):
        raise ScriptError(
            "stats:rocmetrics:SizeMismatch", "Scores must have a column for each class name.",
            notes=(f"{scores.shape[1]} columns, {len(names)} names",),
        )  # fmt: skip
    place = {name: k for k, name in enumerate(names)}
    other = len(names) if len(names) == 1 else -1  # of a single class all others are one other class
    truth = np.array([place.get(word, other) if word else -1 for word in known.words])
    for name, k in place.items():
        if not (truth == k).any() or not ((truth != k) & (truth >= 0)).any():
            raise ScriptError(
                "stats:rocmetrics:OneClass", f"There must be labels of the class '{name}' and others.",
            )  # fmt: skip
    made = RocMetrics(Labels, ClassNames, names, truth, scores)
    made.more = () if AdditionalMetrics is None else metric_names(AdditionalMetrics, "rocmetrics")
    return made


@builtin(name="addMetrics")
def add_metrics(rocObj, metrics, /):
    """
    UpdatedROCObj = addMetrics(rocObj, metrics)

    Further columns of the table of rocmetrics: numbers of TruePositives ('tp'), FalseNegatives ('fn'), FalsePositives
    ('fp'), TrueNegatives ('tn') and SumOfTrueAndFalsePositives ('tp+fp'); RateOfPositivePredictions ('rpp'),
    RateOfNegativePredictions ('rnp'), Accuracy ('accu'), FalseNegativeRate ('fnr', 'miss'), TrueNegativeRate ('tnr',
    'spec'), PositivePredictiveValue ('ppv', 'prec'), NegativePredictiveValue ('npv') and F1Score.

    Examples
      >> r = rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1); UpdatedROCObj = addMetrics(r, {'tp', 'F1Score'});
      >> UpdatedROCObj.Metrics.F1Score'
      ans =
               0    0.6667    0.5000    0.8000    0.6667

    See also rocmetrics, average.
    """
    if not isinstance(rocObj, RocMetrics):
        raise take.refusal("addMetrics", "input number 1", "what rocmetrics gives", rocObj)
    made = copy.copy(rocObj)
    made.more = tuple(dict.fromkeys((*rocObj.more, *metric_names(metrics, "addMetrics"))))
    return made


def averaged(metrics: RocMetrics, way: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One curve from all: of all decisions together ('micro'), or the mean of the curves, each counting alike ('macro')
    or by how many it has ('weighted')."""
    if way == "micro":
        hits, apart = [], []
        for k in range(metrics.scores.shape[1]):
            others = np.delete(metrics.scores, k, axis=1)
            apart.append(metrics.scores[:, k] - (others.max(1) if others.shape[1] else 0))
            hits.append((metrics.truth == k).astype(float))
        false, true = roc_curve(np.concatenate(hits), np.concatenate(apart))
        levels = np.unique(np.concatenate(apart))[::-1]
        return false, true, np.r_[levels[:1], levels]
    levels = np.unique(np.concatenate([each[0] for each in metrics.curves]))[::-1]
    shares = np.array([(metrics.truth == k).sum() for k in range(len(metrics.names))], float)
    shares = np.ones(len(metrics.names)) if way == "macro" else shares
    shares = shares / shares.sum()
    false, true = np.zeros(levels.size), np.zeros(levels.size)
    for share, (at, x, y) in zip(shares, metrics.curves, strict=True):
        # what holds at a level is what the last threshold not below it gave
        places = (at[1:][None] >= levels[:, None]).sum(1)
        false += share * x[places]
        true += share * y[places]
    return np.r_[0.0, false], np.r_[0.0, true], np.r_[levels[:1], levels]


@builtin(outputs=4)
def average(nargout, rocObj, type_, /):
    """
    [FPR, TPR, Thresholds, AUC] = average(rocObj, type)

    One ROC curve for all classes of rocmetrics: 'micro' (all decisions together), 'macro' (the mean of the curves) or
    'weighted' (by how many observations each class has).

    Examples
      >> r = rocmetrics({'a'; 'b'; 'a'}, [0.9 0.1; 0.3 0.7; 0.6 0.4], {'a'; 'b'});
      >> [FPR, TPR, Thresholds, AUC] = average(r, 'micro'); AUC
      AUC =
           1

    See also rocmetrics.
    """
    if not isinstance(rocObj, RocMetrics):
        raise take.refusal("average", "input number 1", "what rocmetrics gives", rocObj)
    way = take.choice(type_, ("micro", "macro", "weighted"), "average", "the type")
    false, true, levels = averaged(rocObj, way)
    area = float(np.sum(np.diff(false) * (true[1:] + true[:-1]) / 2))
    return norm(false.reshape(-1, 1)), norm(true.reshape(-1, 1)), norm(levels.reshape(-1, 1)), area


@overload("rocmetrics", name="plot", outputs=2)
def plot_roc_curves(session, nargout, /, *args):
    """
    plot(rocObj)
    plot(ax, rocObj)
    plot(rocObj, Name=Value)
    curves = plot(...)
    [curves, others] = plot(...)

    The ROC curve of each class, with the area under it in the legend.

    ClassNames chooses classes, AverageCurveType ('micro', 'macro', 'weighted'; in older releases AverageROCType) adds
    their average, ShowDiagonalLine (true) the line of chance, ShowModelOperatingPoint (true) where each curve is when
    the class of the largest score is chosen (of a column of scores: those above 0.5); further names are properties of
    lines. others are these points and line.

    Examples
      >> r = rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1); [curves, others] = plot(r); curves.XData
      ans =
               0         0    0.5000    0.5000    1.0000

    See also rocmetrics, average.
    """
    axes, rest = axes_first(args)
    metrics, values = rest[0], rest[1:]
    chosen, ways, diagonal, points, looks = list(range(len(metrics.names))), [], True, True, []
    for word, value in pairs(tuple(values), "plot"):
        if word.lower() == "classnames":
            wanted = Groups(value, "plot").words
            lost = [name for name in wanted if name not in metrics.names]
            if lost:
                raise ScriptError("stats:rocmetrics:UnknownClass", f"'{lost[0]}' is none of the classes.")
            chosen = [metrics.names.index(name) for name in wanted]
        elif word.lower() in ("averagecurvetype", "averageroctype"):
            ways = [take.choice(value, ("micro", "macro", "weighted"), "plot", word)]
        elif word.lower() == "showdiagonalline":
            diagonal = take.flag(value, "plot", word)
        elif word.lower() == "showmodeloperatingpoint":
            points = take.flag(value, "plot", word)
        else:
            looks.append((word, value))
    tried(plots.Line, looks)
    axes = session.desk.newplot(axes)
    made = []
    areas = metrics.areas()
    for k in chosen:
        _, x, y = metrics.curves[k]
        made.append((x, y, f"{metrics.names[k]} (AUC = {areas[k]:.4f})"))
    for way in ways:
        x, y, _ = averaged(metrics, way)
        area = float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))
        made.append((x, y, f"{way.capitalize()}-average (AUC = {area:.4f})"))
    lines = []
    for x, y, name in made:
        line = plots.Line(axes, XData=x, YData=y, LineWidth=1.5, DisplayName=name)
        showing.follow(axes, line)
        set_pairs(line, looks)
        lines.append(line)
    named, others = list(lines), []
    for k, line in zip(chosen, lines, strict=False) if points else ():
        x, y = metrics.operating_point(k)
        point = plots.Line(
            axes, XData=np.array([x]), YData=np.array([y]), Marker="o", LineStyle="none", Color=line.value("Color"),
            MarkerFaceColor=line.value("Color"), DisplayName=f"{metrics.names[k]} Model Operating Point",
        )  # fmt: skip
        named.insert(named.index(line) + 1, point)
        others.append(point)
    if diagonal:
        ends = np.array([0.0, 1.0])
        others.append(
            plots.Line(axes, XData=ends, YData=ends, LineStyle="--", Color=(0.0, 0.0, 0.0), HandleVisibility="off")
        )
    axes.values |= {"Box": True, "PlotBoxAspectRatio": np.ones(3), "PlotBoxAspectRatioMode": "manual"}
    for letter in "XY":
        axes.set(f"{letter}Lim", np.array([0.0, 1.0]))
        axes.values[f"{letter}Grid"] = True
    for name, words in (("Title", "ROC Curve"), ("XLabel", "False Positive Rate"), ("YLabel", "True Positive Rate")):
        axes.label(name).values["String"] = words
    names = [line.value("DisplayName") for line in named]
    showing.legend(session.desk, axes, names, named).set("Location", "southeast")
    axes.touch()
    return (wrap_list(lines), wrap_list(others)) if nargout else None

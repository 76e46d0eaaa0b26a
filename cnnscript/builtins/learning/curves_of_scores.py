"""How well scores tell classes apart: perfcurve, confusion; which predictors matter: fscmrmr."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.learning.training_data import as_column, classified
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.groups import group_numbers
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, is_cell, is_numeric, ndarray, norm, numel_of, size_of
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none

CRITERIA = {
    # of true positives, false negatives, false positives, true negatives
    "tp": lambda tp, fn, fp, tn: tp,
    "fn": lambda tp, fn, fp, tn: fn,
    "fp": lambda tp, fn, fp, tn: fp,
    "tn": lambda tp, fn, fp, tn: tn,
    "tp+fp": lambda tp, fn, fp, tn: tp + fp,
    "rpp": lambda tp, fn, fp, tn: (tp + fp) / (tp + fn + fp + tn),
    "rnp": lambda tp, fn, fp, tn: (tn + fn) / (tp + fn + fp + tn),
    "accu": lambda tp, fn, fp, tn: (tp + tn) / (tp + fn + fp + tn),
    "tpr": lambda tp, fn, fp, tn: tp / (tp + fn),
    "fnr": lambda tp, fn, fp, tn: fn / (tp + fn),
    "fpr": lambda tp, fn, fp, tn: fp / (tn + fp),
    "tnr": lambda tp, fn, fp, tn: tn / (tn + fp),
    "ppv": lambda tp, fn, fp, tn: tp / (tp + fp),
    "npv": lambda tp, fn, fp, tn: tn / (tn + fn),
}
SAME = {"sens": "tpr", "reca": "tpr", "miss": "fnr", "fall": "fpr", "spec": "tnr", "prec": "ppv"}


def same_class(session, labels, wanted) -> ndarray:
    """Which labels are one of those wanted."""
    if is_cell(labels) and is_text(wanted):
        wanted = session.call("cellstr", 1, wanted)
    if type(labels) is Categorical and is_numeric(wanted):  # 1 is the class '1'
        wanted = session.call("string", 1, wanted)
    return np.asarray(as_array(session.call("ismember", 1, labels, wanted))).ravel("F").astype(bool)


def criterion(given, counts: tuple, cost: ndarray) -> ndarray:
    if type(given) is Function:
        values = []
        for tp, fn, fp, tn in zip(*counts, strict=True):
            matrix = np.array([[tp, fn], [fp, tn]], order="F")
            scale = np.array([[tp + fn], [fp + tn]], order="F")
            values.append(take.number(given.call(1, matrix, scale, cost), "The criterion"))
        return np.array(values)
    word = take.choice(given, (*CRITERIA, *SAME, "ecost"), "Criterion")
    word = SAME.get(word, word)
    if word == "ecost":
        tp, fn, fp, tn = counts
        whole = tp + fn + fp + tn
        return (tp * cost[0, 0] + fn * cost[0, 1] + fp * cost[1, 0] + tn * cost[1, 1]) / whole
    return np.asarray(CRITERIA[word](*counts), float)


@builtin(outputs=7)
def perfcurve(
    session, nargout, labels, scores, posclass, /, *, NegClass="all", XCrit="fpr", YCrit="tpr", XVals=None, TVals=None,
    UseNearest="on", ProcessNaN="ignore", Prior="empirical", Cost=None, Weights=None, NBoot=0.0, Alpha=None,
    BootType=None, Options=None,
):  # fmt: skip
    """
    [X, Y] = perfcurve(labels, scores, posclass)
    [X, Y, T, AUC] = perfcurve(labels, scores, posclass)
    [X, Y, T, AUC, OPTROCPT, SUBY, SUBYNAMES] = perfcurve(labels, scores, posclass)
    [X, Y] = perfcurve(labels, scores, posclass, Name, Value)

    The ROC curve of scores of the positive class, or another curve: its thresholds, the area under it, and the best
    point of it.

    With 'NBoot', or labels and scores in cells, one for each fold, what is found has three columns: the value, and a
    lower and an upper bound of it. Then 'XVals' asks for Y and T at places of X; without it X and Y are those of
    thresholds.

    Options
      NegClass    the negative classes ('all' others)
      XCrit       what X is: 'fpr', 'tpr' ('sens', 'reca'), 'tnr' ('spec'), 'fnr', 'ppv' ('prec'), 'npv', 'accu',
                  'ecost', 'rpp', 'rnp', 'tp', 'fp', 'tn', 'fn', 'tp+fp', or a function
      YCrit       what Y is ('tpr')
      XVals       values of X wanted ('all')
      TVals       thresholds wanted ('all')
      UseNearest  'on': the nearest points there are; 'off': linear between them
      ProcessNaN  'ignore', or 'addtofalse': scores that are NaN count as wrong
      Prior       'empirical', 'uniform', or two probabilities
      Cost        2-by-2 costs (0 1; 1 0)
      Weights     of the observations
      NBoot       samples drawn for confidence bounds (0: there are none)
      Alpha       1 minus the confidence (0.05)
      BootType    how bounds come from samples: 'bca', 'norm', 'per' or 'cper'
      Options     struct with UseParallel: the answer is the same

    Examples
      >> [X, Y, T, AUC] = perfcurve([1 1 0 1 0], [0.9 0.8 0.7 0.6 0.1], 1)
      X =
               0
               0
               0
          0.5000
          0.5000
          1.0000
      Y =
               0
          0.3333
          0.6667
          0.6667
          1.0000
          1.0000
      T =
          0.9000
          0.9000
          0.8000
          0.7000
          0.6000
          0.1000
      AUC =
          0.8333
      >> [X, Y, T, AUC, OPTROCPT, SUBY, SUBYNAMES] = perfcurve({'a'; 'b'; 'a'}, [3; 1; 2], 'a'); AUC, SUBYNAMES
      AUC =
           1
      SUBYNAMES =
        1×1 cell array
          {'b'}
      >> [X, Y] = perfcurve([1 0 1], [3 2 1], 1, 'XCrit', 'reca', 'YCrit', 'prec'); [X Y]
      ans =
               0       NaN
          0.5000    1.0000
          0.5000    0.5000
          1.0000    0.6667

    See also confusionmat, predict, confusion.
    """
    if Alpha is not None and not 0 < take.number(Alpha, "Alpha") < 1:
        raise take.wanted("a number between 0 and 1", "Alpha", Alpha)
    if BootType is not None:
        take.choice(BootType, ("bca", "cper", "norm", "per", "stud"), "BootType")
    if Options is not None and not isinstance(Options, Struct):
        raise take.wanted("a structure made by statset", "Options", Options)
    for name, value in (("XVals", XVals), ("TVals", TVals)):
        check_points(value, name)
    if is_cell(scores) and numel_of(scores) == 1:  # one fold has no spread: a plain curve
        from cnnscript.builtins.learning.curve_bounds import folds_of

        ((labels, scores, Weights),) = folds_of(labels, scores, Weights)
        scores, Weights = (norm(part.reshape(-1, 1)) for part in (scores, Weights))
    samples = take.count(NBoot, "NBoot")
    alpha = 0.05 if Alpha is None else take.number(Alpha, "Alpha")
    asked = {"NegClass": NegClass, "XCrit": XCrit, "YCrit": YCrit, "XVals": XVals, "TVals": TVals,
             "UseNearest": UseNearest, "ProcessNaN": ProcessNaN, "Prior": Prior, "Cost": Cost, "Weights": Weights,
             "BootType": BootType}  # fmt: skip
    if is_cell(scores) or samples:
        from cnnscript.builtins.learning import curve_bounds

        ways = {name: value for name, value in asked.items() if value is not None}
        return curve_bounds.bounded(session, labels, scores, posclass, ways, samples, alpha)
    labels = as_column(labels)
    if is_text(labels) and not hasattr(labels, "data"):
        labels = session.call("cellstr", 1, labels)
    if is_text(scores):
        raise take.wanted("a vector of numbers", "Scores", scores)
    values = take.vector(scores, "Scores")
    count = size_of(labels)[0]
    if values.size != count:
        raise ScriptError(
            "stats:perfcurve:ScoresAndLabelsDoNotMatch", "The number of scores must be the number of labels.",
            notes=(f"{values.size} scores, {count} labels",),
        )  # fmt: skip
    positive = same_class(session, labels, posclass)
    if not positive.any():
        raise ScriptError(
            "stats:perfcurve:NotEnoughClasses", "The positive class is not among the labels.",
            notes=(f"got {described(posclass)}",),
        )  # fmt: skip
    everything = is_text(NegClass) and (text_or_none(NegClass) or "").lower() == "all" and numel_of(NegClass) > 0
    negative = ~positive if everything else same_class(session, labels, NegClass) & ~positive
    if not negative.any():
        raise ScriptError("stats:perfcurve:NotEnoughClasses", "There must be a negative class among the labels.")
    weights = np.ones(count) if Weights is None or not numel_of(Weights) else take.vector(Weights, "Weights")
    if weights.size != count or (weights < 0).any():
        raise ScriptError(
            "stats:perfcurve:BadWeights", "Weights must be nonnegative, one for each score.",
            notes=(f"got {described(Weights)}, {count} scores",),
        )  # fmt: skip
    cost = np.array([[0.0, 1.0], [1.0, 0.0]]) if Cost is None else take.real(Cost, "Cost")
    if cost.shape != (2, 2) or not (cost >= 0).all():
        raise take.wanted("a 2-by-2 matrix of nonnegative numbers", "Cost", Cost)
    used = (positive | negative) & (weights > 0)
    wrong = np.isnan(values) & used
    if take.choice(ProcessNaN, ("ignore", "addtofalse"), "ProcessNaN") == "ignore":
        used, wrong = used & ~wrong, np.zeros(count, bool)
    seen = used & ~wrong
    if not seen.any():
        raise ScriptError("stats:perfcurve:NoScores", "No observation of the classes has a score.",
                          notes=(f"{int(np.isnan(values).sum())} of {count} are NaN",))  # fmt: skip
    scale = scales(Prior, float(weights[positive & used].sum()), float(weights[negative & used].sum()))
    order = np.argsort(-values[seen], kind="stable")
    ordered = values[seen][order]
    ups = np.where(positive[seen], weights[seen] * scale[0], 0.0)[order]
    downs = np.where(negative[seen], weights[seen] * scale[1], 0.0)[order]
    last = np.append(np.flatnonzero(np.diff(ordered) != 0), ordered.size - 1)
    total_up = ups.sum() + scale[0] * weights[wrong & positive].sum()
    total_down = downs.sum() + scale[1] * weights[wrong & negative].sum()
    tp = np.concatenate([[0.0], np.cumsum(ups)[last]])
    fp = np.concatenate([[0.0], np.cumsum(downs)[last]]) + scale[1] * weights[wrong & negative].sum()
    thresholds = np.concatenate([ordered[last][:1], ordered[last]])
    counts = (tp, total_up - tp, fp, total_down - fp)
    x, y = criterion(XCrit, counts, cost), criterion(YCrit, counts, cost)
    roc_x, roc_y = fp / total_down, tp / total_up
    words = [(text_or_none(part) or "").lower() if is_text(part) else "" for part in (XCrit, YCrit)]
    area = abs(float(np.trapezoid(*(part[~np.isnan(x) & ~np.isnan(y)] for part in (y, x)))))
    best = EMPTY
    if SAME.get(words[0], words[0]) == "fpr" and SAME.get(words[1], words[1]) == "tpr":
        slope = (cost[1, 0] - cost[1, 1]) / (cost[0, 1] - cost[0, 0]) * total_down / total_up
        place = int(np.argmax(np.round(roc_y - slope * roc_x, 14)))
        best = norm(np.array([[roc_x[place], roc_y[place]]]))
    x, y, thresholds, sub = chosen_points(x, y, thresholds, XVals, TVals, UseNearest)
    everyone = as_column(labels)
    groups, found, _ = group_numbers(everyone, "perfcurve")
    others = np.unique(groups[negative])
    from cnnscript.values.rows import take_rows

    negatives = take_rows(as_column(found), others.astype(int) - 1)
    names = negatives if is_cell(negatives) else session.call("cellstr", 1, session.call("string", 1, negatives))
    by_class = y.reshape(-1, 1)
    if others.size > 1:
        columns = []
        for group in others:
            part = np.where((groups == group) & negative, weights, 0.0)[seen][order] * scale[1]
            down = np.concatenate([[0.0], np.cumsum(part)[last]])
            every = (tp, total_up - tp, down, part.sum() - down)
            columns.append(criterion(YCrit, every, cost)[sub])
        by_class = np.stack(columns, axis=1)
    column = [norm(part.reshape(-1, 1)) for part in (x, y, thresholds)]
    flat = session.call("reshape", 1, names, 1.0, EMPTY)
    return (*column, area, best, norm(np.asfortranarray(by_class)), flat)


def check_points(value, name: str) -> None:
    """An error where 'XVals' or 'TVals' names no points of a curve."""
    if value is None or not numel_of(value):
        return
    if is_text(value):
        take.choice(value, ("all",), name)
    elif np.isnan(take.vector(value, name)).any():
        raise take.wanted("'all' or numbers that are not NaN", name, value)


def scales(Prior, ups: float, downs: float) -> tuple[float, float]:
    """What the weights of the two classes are multiplied by."""
    if is_text(Prior):
        if take.choice(Prior, ("empirical", "uniform"), "Prior") == "empirical":
            return 1.0, 1.0
        shares = np.array([0.5, 0.5])
    else:
        shares = take.vector(Prior, "Prior")
        if shares.size != 2 or (shares <= 0).any():
            raise ScriptError("stats:perfcurve:BadPrior", "Prior must be two positive numbers.")
        shares = shares / shares.sum()
    whole = ups + downs
    return float(shares[0] * whole / ups), float(shares[1] * whole / downs)


def chosen_points(x: ndarray, y: ndarray, thresholds: ndarray, XVals, TVals, UseNearest):
    """The points of the curve that were asked for, and their places."""

    def asked(value):
        return None if value is None or is_text(value) or not numel_of(value) else take.vector(value, "Values")

    at_x, at_t = asked(XVals), asked(TVals)
    everything = np.arange(x.size)
    if at_x is None and at_t is None:
        return x, y, thresholds, everything
    if at_x is not None and at_t is not None:
        raise ScriptError("stats:perfcurve:XValsAndTVals", "Give either 'XVals' or 'TVals'.")
    near = take.flag(UseNearest, "UseNearest")
    if at_x is not None:
        places = np.array([int(np.nanargmin(np.abs(x - value))) for value in at_x])
        if near:
            return x[places], y[places], thresholds[places], places
        order = np.argsort(x, kind="stable")
        return at_x, np.interp(at_x, x[order], y[order]), np.interp(at_x, x[order], thresholds[order]), places
    places = places_of_thresholds(thresholds, at_t)
    return x[places], y[places], at_t if not near else thresholds[places], places


def places_of_thresholds(thresholds: ndarray, wanted: ndarray) -> ndarray:
    """The last places of falling thresholds (from 0) that are not below those wanted; 0 where all are."""
    return np.array([0 if at > thresholds[0] else int(np.flatnonzero(thresholds >= at).max()) for at in wanted])


@builtin(outputs=4)
def confusion(nargout, targets, outputs, /):
    """
    [c, cm, ind, per] = confusion(targets, outputs)

    How classes of columns of zeros and ones (targets) are taken for others: the share that is wrong, the confusion
    matrix, the places of each pair, and the shares of wrong and right decisions.

    Examples
      >> [c, cm, ind, per] = confusion([1 1 0 0; 0 0 1 1], [0.9 0.2 0.3 0.1; 0.1 0.8 0.7 0.9])
      c =
          0.2500
      cm =
           1     1
           0     2
      ind =
        2×2 cell array
          {[       1]}    {[  2]}
          {1×0 double}    {[3 4]}
      per =
          0.3333         0    1.0000    0.6667
               0    0.3333    0.6667    1.0000

    See also confusionmat, perfcurve.
    """
    truth, found = take.real(targets, "Targets"), take.real(outputs, "Outputs")
    if truth.shape != found.shape or truth.ndim != 2 or not len(truth):
        raise ScriptError(
            "nnet:confusion:Size", "Targets and outputs must be matrices of the same size with a row for each class.",
            notes=(f"targets {described(targets)}, outputs {described(outputs)}",),
        )  # fmt: skip
    if len(truth) == 1:  # one row: a class and the rest
        truth, found = np.vstack([1 - truth, truth]), np.vstack([1 - found, found])
    used = ~np.isnan(truth).any(axis=0) & ~np.isnan(found).any(axis=0)
    places = np.flatnonzero(used) + 1.0
    truth, found = truth[:, used], found[:, used]
    count, total = truth.shape
    real, said = truth.argmax(axis=0), found.argmax(axis=0)
    matrix = np.zeros((count, count), order="F")
    np.add.at(matrix, (real, said), 1)
    cells = np.empty((count, count), OBJECT)
    for one in range(count):
        for two in range(count):
            inside = places[(real == one) & (said == two)]
            cells[one, two] = norm(inside.reshape(1, -1)) if inside.size else np.zeros((1, 0), order="F")
    shares = np.zeros((count, 4), order="F")
    for one in range(count):
        right, wrong = said == one, said != one
        own, other = real == one, real != one
        with np.errstate(all="ignore"):
            shares[one] = [
                np.nan_to_num((wrong & own).sum() / wrong.sum()), np.nan_to_num((right & other).sum() / right.sum()),
                np.nan_to_num((right & own).sum() / right.sum()), np.nan_to_num((wrong & other).sum() / wrong.sum()),
            ]  # fmt: skip
    return float((real != said).sum() / total) if total else np.nan, norm(matrix), cells, shares


@builtin(outputs=2)
def fscmrmr(
    session, nargout, X, Y=None, /, *, ClassNames=None, PredictorNames=None, ResponseName=None, Prior=None,
    Weights=None, CategoricalPredictors=None, UseMissing=False, Verbose=0.0,
):  # fmt: skip
    """
    idx = fscmrmr(X, Y)
    idx = fscmrmr(Tbl, ResponseVarName)
    [idx, scores] = fscmrmr(...)

    The predictors in order of importance for the classes: those that tell most and repeat each other least.

    What predictors tell is their mutual information; those of more than 256 values are put into 256 bins.

    Options
      ClassNames             the classes to use
      PredictorNames         names
      ResponseName           a name ('Y')
      Prior                  'empirical', 'uniform', or the probabilities
      Weights                of the observations
      CategoricalPredictors  which are categorical
      UseMissing             false: rows with missing values are left out
      Verbose                0: nothing is printed

    Examples
      >> [idx, scores] = fscmrmr([1 5 1; 2 5 2; 8 5 8; 9 5 9], [0; 0; 1; 1]); idx
      idx =
           1     3     2

    See also fitctree, pca.
    """
    options = {
        "ClassNames": ClassNames, "PredictorNames": PredictorNames, "ResponseName": ResponseName, "Prior": Prior,
        "Weights": Weights, "CategoricalPredictors": CategoricalPredictors,
    }  # fmt: skip
    if take.number(Verbose, "Verbose") != 0:
        raise ScriptError("cnnscript:NotYet", "'Verbose' other than 0 is not in cnnscript's fscmrmr yet.")
    if take.flag(UseMissing, "UseMissing"):
        raise ScriptError("cnnscript:NotYet", "'UseMissing' is not in cnnscript yet.")
    data = classified(session, "fscmrmr", X, Y, options, drop_missing=True)
    if not data.X.shape[1]:
        raise ScriptError("stats:fscmrmr:NoPredictors", "There are no predictors to rank.")
    bins = np.stack([binned(data.X[:, place]) for place in range(data.X.shape[1])], axis=1)
    width = bins.shape[1]
    relevance = np.array([mutual_information(bins[:, place], data.y, data.weights) for place in range(width)])
    between = np.zeros((width, width))
    order, scores, left = [], np.zeros(width), list(range(width))
    while left:
        if not order:
            values = relevance[left]
        else:
            last = order[-1]
            for place in left:
                between[last, place] = mutual_information(bins[:, last], bins[:, place], data.weights)
            mean = between[order][:, left].mean(axis=0)
            values = np.divide(relevance[left], mean, out=np.where(relevance[left] > 0, np.inf, 0.0), where=mean > 0)
        at = int(np.argmax(values))
        place = left.pop(at)
        score = float(values[at])
        scores[place] = score if np.isfinite(score) else float(relevance[place])
        order.append(place)
    return norm(np.array([order], float) + 1), norm(scores.reshape(1, -1))


def binned(values: ndarray) -> ndarray:
    """Whole numbers from 0 that stand for the values, at most 256 different ones."""
    distinct, places = np.unique(values, return_inverse=True)
    if distinct.size <= 256:
        return places
    finite = distinct[np.isfinite(distinct)]
    low, high = (finite[0], finite[-1]) if finite.size else (0.0, 0.0)
    width = (high - low) / 256 or 1.0
    bins = np.floor((np.clip(values, low, high) - low) / width)  # what is infinite lies in the outermost bins
    return np.minimum(255, bins).astype(int)


def mutual_information(one: ndarray, two: ndarray, weights: ndarray) -> float:
    table = np.zeros((one.max() + 1, two.max() + 1))
    np.add.at(table, (one, two), weights / weights.sum())
    rows, columns = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    inside = table > 0
    return float((table[inside] * np.log(table[inside] / (rows * columns)[inside])).sum())

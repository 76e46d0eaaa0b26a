"""How sure the curves of perfcurve are: bounds from samples drawn anew (Efron, 1987), or from folds."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.curves_of_scores import places_of_thresholds
from cnnscript.builtins.learning.training_data import as_column
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, is_cell, ndarray, norm, numel_of
from cnnscript.values.rows import take_rows
from cnnscript.values.text import is_text


class Curves:
    """The curve of a set of observations as a row of numbers: its area, and X and Y at thresholds, or Y and T at
    places of X."""

    def __init__(self, session: Any, posclass: Any, ways: dict, by_x: bool, at: ndarray):
        self.session, self.posclass, self.by_x, self.at = session, posclass, by_x, at
        self.ways = [part for name, value in ways.items() if name not in ("BootType", "XVals", "TVals", "Weights")
                     for part in (name, value)]  # fmt: skip

    def whole(self, labels: Any, scores: ndarray, weights: ndarray) -> tuple:
        more = [] if (weights == 1).all() else ["Weights", norm(weights.reshape(-1, 1))]
        return self.session.call(
            "perfcurve", 5, labels, norm(scores.reshape(-1, 1)), self.posclass, *self.ways, *more
        )  # fmt: skip

    def row(self, labels: Any, scores: ndarray, weights: ndarray) -> ndarray:
        x, y, thresholds, area, _ = self.whole(labels, scores, weights)
        x, y, thresholds = (np.atleast_1d(np.asarray(as_array(part), float)).ravel() for part in (x, y, thresholds))
        if self.by_x:
            order = np.argsort(x, kind="stable")
            known = order[~np.isnan(y[order])]
            pair = [np.interp(self.at, x[known], part[known]) for part in (y, thresholds)]
        else:
            places = places_of_thresholds(thresholds, self.at)
            pair = [x[places], y[places]]
        return np.concatenate([[float(area)], *pair])


def bounded(session, labels, scores, posclass, ways: dict, samples: int, alpha: float) -> tuple:
    """The outputs of perfcurve with bounds of confidence 1 - alpha, from `samples` samples or from folds in cells."""
    kind = take.choice(ways.get("BootType", "bca"), ("bca", "norm", "per", "cper", "stud"), "BootType")
    if kind == "stud":
        raise ScriptError("cnnscript:NotYet", "The 'BootType' 'stud' is not in cnnscript's perfcurve yet.")
    folds = folds_of(labels, scores, ways.get("Weights"))
    numbers = [np.concatenate([fold[k] for fold in folds]) for k in (1, 2)]
    everyone = (joined(session, [fold[0] for fold in folds]), *numbers)
    by_x = "XVals" in ways
    plain = Curves(session, posclass, ways, by_x, np.zeros(0))
    x, _, thresholds, _, best = plain.whole(*everyone)
    given = ways.get("XVals" if by_x else "TVals")
    if given is not None and not is_text(given) and numel_of(given):
        at = take.vector(given, "XVals" if by_x else "TVals")
    else:
        at = np.unique(np.asarray(as_array(x if by_x else thresholds), float))
        at = at[~np.isnan(at)] if by_x else at[::-1]
    curves = Curves(session, posclass, ways, by_x, at)
    if len(folds) > 1:
        rows = np.stack([curves.row(*fold) for fold in folds])
        table = of_folds(rows, alpha)
    else:
        table = of_samples(session, curves, everyone, samples, alpha, kind)
    area, first, second = table[:1], table[1 : 1 + at.size], table[1 + at.size :]
    place = norm(at.reshape(-1, 1))
    pairs = [norm(np.asfortranarray(part)) for part in (first, second)]
    x, y, thresholds = (place, pairs[0], pairs[1]) if by_x else (pairs[0], pairs[1], place)
    names = session.call("perfcurve", 7, everyone[0], norm(everyone[1].reshape(-1, 1)), posclass, *plain.ways)[6]
    return x, y, thresholds, norm(area), best, y if by_x else pairs[1], names


def folds_of(labels: Any, scores: Any, weights: Any) -> list[tuple[Any, ndarray, ndarray]]:
    """Labels, scores and weights of each fold."""
    if not is_cell(scores):
        labels, scores = [labels], [scores]
    else:
        if not is_cell(labels) or numel_of(labels) != numel_of(scores) or not numel_of(scores):
            raise ScriptError(
                "stats:perfcurve:ScoresAndLabelsDoNotMatch", "Labels and scores must have a cell for each fold.",
            )
        labels, scores = labels.ravel("F").tolist(), scores.ravel("F").tolist()
    heavy = weights.ravel("F").tolist() if is_cell(weights) else [weights] * len(scores)
    if len(heavy) != len(scores):
        raise ScriptError(
            "stats:perfcurve:BadWeights", "Weights must have a cell for each fold.",
            notes=(f"{len(heavy)} cells of weights, {len(scores)} folds",),
        )  # fmt: skip
    found = []
    for label, score, weight in zip(labels, scores, heavy, strict=True):
        values = take.vector(score, "Scores")
        found.append((
            as_column(label), values, np.ones(values.size) if weight is None or not numel_of(weight)
            else take.vector(weight, "Weights"),
        ))  # fmt: skip
        if found[-1][2].size != values.size:
            raise ScriptError("stats:perfcurve:BadWeights", "Weights must be one for each score.")
    return found


def joined(session, parts: list) -> Any:
    texts = [session.call("cellstr", 1, part) if isinstance(part, str) else part for part in parts]
    return texts[0] if len(texts) == 1 else session.call("vertcat", 1, *texts)


def quantile_of(share: Any) -> Any:
    from scipy.special import ndtri

    return ndtri(share)


def of_folds(rows: ndarray, alpha: float) -> ndarray:
    """Mean and bounds (n × 3) of rows of folds, by the normal distribution of their mean."""
    mean = rows.mean(axis=0)
    half = quantile_of(1 - alpha / 2) * rows.std(axis=0, ddof=1) / np.sqrt(len(rows))
    return np.stack([mean, mean - half, mean + half], axis=1)


def of_samples(session, curves: Curves, everyone: tuple, samples: int, alpha: float, kind: str) -> ndarray:
    """Values and bounds (n × 3) of all observations, from samples of as many drawn with replacement."""
    labels, scores, weights = everyone
    ends = np.cumsum(weights / weights.sum())
    even = np.ones(scores.size)
    own = curves.row(labels, scores, weights)
    rows: list[ndarray] = []
    failed = 0
    while len(rows) < samples:
        drawn = np.searchsorted(ends, session.random.uniforms(scores.size), side="right").clip(max=scores.size - 1)
        try:
            rows.append(curves.row(take_rows(labels, drawn), scores[drawn], even))
        except ScriptError as fault:  # a sample may miss a class
            failed += 1
            if fault.identifier != "stats:perfcurve:NotEnoughClasses" or failed > 10 * samples + 100:
                raise
    table = np.stack(rows)
    if kind == "norm":
        middle, half = 2 * own - table.mean(axis=0), quantile_of(1 - alpha / 2) * table.std(axis=0, ddof=1)
        return np.stack([own, middle - half, middle + half], axis=1)
    shares = np.full((2, own.size), [[alpha / 2], [1 - alpha / 2]])
    if kind in ("bca", "cper"):
        below = ((table < own).sum(axis=0) + 0.5 * (table == own).sum(axis=0)) / len(table)
        shift = quantile_of(np.clip(below, 1 / (2 * len(table)), 1 - 1 / (2 * len(table))))
        speed = np.zeros(own.size)
        if kind == "bca":
            speed = acceleration(curves, everyone)
        far = quantile_of(shares) + shift
        from scipy.special import ndtr

        shares = ndtr(shift + far / (1 - speed * far))
    ordered = np.sort(table, axis=0)
    places = np.clip(shares * len(table) - 0.5, 0, len(table) - 1)
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, len(table) - 1)
    columns = np.arange(own.size)
    bounds = ordered[low, columns] + (places - low) * (ordered[high, columns] - ordered[low, columns])
    return np.stack([own, *bounds], axis=1)


def acceleration(curves: Curves, everyone: tuple) -> ndarray:
    """How fast the spread of each number changes with it, by leaving one observation out at a time."""
    labels, scores, weights = everyone
    rows = []
    for place in range(scores.size):
        rest = np.delete(np.arange(scores.size), place)
        try:
            rows.append(curves.row(take_rows(labels, rest), scores[rest], weights[rest]))
        except ScriptError as fault:
            if fault.identifier != "stats:perfcurve:NotEnoughClasses":
                raise
    if not rows:
        raise ScriptError(
            "stats:perfcurve:NotEnoughClasses",
            "The 'BootType' 'bca' needs a class that stays when one observation is left out.",
            notes=("each class has one observation",), hint="'BootType','per' goes without",
        )  # fmt: skip
    gaps = np.mean(rows, axis=0) - np.stack(rows)
    spread = (gaps**2).sum(axis=0) ** 1.5
    return np.divide((gaps**3).sum(axis=0), 6 * spread, out=np.zeros(gaps.shape[1]), where=spread > 0)

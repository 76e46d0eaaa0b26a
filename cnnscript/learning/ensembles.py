"""Many weak learners that vote: bagging, boosting and random subspaces.

Boosting is by hand, as its papers have it, over any learner of weighted rows: AdaBoost.M1 and M2 (Freund and Schapire,
1997), LogitBoost and GentleBoost (Friedman, Hastie and Tibshirani, 2000), RUSBoost (Seiffert et al., 2008).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Grown:
    """Weak learners, and how much each counts.

    learners   as the caller's `learn` gave them;  weights: of each
    errors     of each while training, empty where there is none
    used       n × learners: which rows each was trained on (None: all)
    columns    which columns each takes (None: all)
    """

    learners: list = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    used: np.ndarray | None = None
    columns: list[np.ndarray] | None = None


def ada_boost_two(
    y: np.ndarray, weights: np.ndarray, count: int, rate: float,
    learn: Callable[[np.ndarray], object], choose: Callable[[object], np.ndarray],
) -> Grown:  # fmt: skip
    """AdaBoost.M1 of two classes.

    y        0 or 1 for each row;  learn(weights) gives a learner, choose(learner) its classes of the rows
    """
    grown, now = Grown(), weights / weights.sum()
    for _ in range(count):
        learner = learn(now)
        wrong = choose(learner) != y
        error = float(now[wrong].sum())
        if error >= 0.5:
            break
        grown.learners.append(learner)
        grown.errors.append(error)
        if error <= 0:  # nothing is left to learn
            grown.weights.append(1.0)
            break
        weight = 0.5 * rate * np.log((1 - error) / error)
        grown.weights.append(weight)
        now = now * np.exp(np.where(wrong, weight, -weight))
        now /= now.sum()
    return grown


def ada_boost_many(
    y: np.ndarray, classes: int, weights: np.ndarray, count: int, rate: float,
    learn: Callable[[np.ndarray, np.ndarray], object], trust: Callable[[object], np.ndarray],
    draw: Callable[[], np.ndarray] | None = None,
) -> Grown:  # fmt: skip
    """AdaBoost.M2: each row is weighed against each wrong class; with `draw`, RUSBoost.

    learn(weights, rows) gives a learner;  trust(learner) gives its probabilities of the classes, n × K
    draw()    the rows that the next learner sees (None: all)
    """
    grown, size = Grown(), len(y)
    wrong_class = np.ones((size, classes), bool)
    wrong_class[np.arange(size), y] = False
    now = np.where(wrong_class, (weights / weights.sum())[:, None] / (classes - 1), 0.0)
    used = []
    for _ in range(count):
        rows = np.arange(size) if draw is None else draw()
        learner = learn(now.sum(axis=1), rows)
        shares = trust(learner)
        own = shares[np.arange(size), y][:, None]
        error = 0.5 * float((now * (1 - own + shares)).sum())
        if error >= 0.5:
            break
        grown.learners.append(learner)
        grown.errors.append(error)
        used.append(np.isin(np.arange(size), rows))
        if error <= 0:
            grown.weights.append(1.0)
            break
        weight = 0.5 * rate * np.log((1 - error) / error)
        grown.weights.append(weight)
        # beta^((1 + own - other)/2) with beta = error/(1 - error)
        now = np.where(wrong_class, now * np.exp(-weight * (1 + own - shares)), 0.0)
        now /= now.sum()
    if draw is not None:
        grown.used = np.stack(used, axis=1) if used else np.zeros((size, 0), bool)
    return grown


def regress_boost(
    y: np.ndarray, weights: np.ndarray, count: int, rate: float, gentle: bool,
    learn: Callable[[np.ndarray, np.ndarray], object], answer: Callable[[object], np.ndarray],
) -> Grown:  # fmt: skip
    """LogitBoost of two classes, or GentleBoost: learners of numbers, added up.

    learn(target, weights) gives a learner of numbers, answer(learner) what it says of the rows
    """
    grown = Grown()
    start = weights / weights.sum()
    signs = np.where(y == 1, 1.0, -1.0)
    total = np.zeros(len(y))
    for _ in range(count):
        if gentle:
            now, target = start * np.exp(-signs * total), signs
        else:
            share = 1 / (1 + np.exp(-2 * total))
            spread = np.maximum(share * (1 - share), 1e-10)
            now = start * spread
            target = np.clip((y - share) / spread, -4, 4)
        now = now / now.sum()
        learner = learn(target, now)
        found = answer(learner)
        grown.learners.append(learner)
        grown.weights.append(rate if gentle else rate / 2)
        grown.errors.append(float(now @ (target - found) ** 2))
        total = total + grown.weights[-1] * found
    return grown


def bag(
    size: int, weights: np.ndarray, count: int, share: float, replace: bool, uniforms: Callable[[int], np.ndarray],
    learn: Callable[[np.ndarray], object],
) -> Grown:  # fmt: skip
    """Learners of rows drawn anew for each, `share` of them; with weights, rows are drawn in proportion to them.

    Without replacement the rows are those of the smallest -log(u)/weight (Efraimidis and Spirakis, 2006).
    """
    grown = Grown(used=np.zeros((size, count), bool))
    many = max(1, round(share * size))
    ends = np.cumsum(weights / weights.sum())
    for place in range(count):
        if replace:
            rows = np.minimum(np.searchsorted(ends, uniforms(many), side="right"), size - 1)
        else:
            waits = -np.log1p(-uniforms(size))  # of even weights: in the order of the uniform numbers
            waits = np.divide(waits, weights, out=np.full(size, np.inf), where=weights > 0)
            rows = np.argsort(waits, kind="stable")[:many]
        grown.used[np.unique(rows), place] = True
        grown.learners.append(learn(rows))
        grown.weights.append(1.0)
    return grown


def subspaces(
    width: int, wanted: int, count: int, uniforms: Callable[[int], np.ndarray], learn: Callable[[np.ndarray], object]
) -> Grown:
    """Learners of `wanted` columns each, drawn at random (Ho, 1998)."""
    grown = Grown(columns=[])
    for _ in range(count):
        columns = np.sort(np.argsort(uniforms(width), kind="stable")[:wanted])
        grown.columns.append(columns)
        grown.learners.append(learn(columns))
        grown.weights.append(1.0)
    return grown


def fewest(y: np.ndarray, classes: int, uniforms: Callable[[int], np.ndarray]) -> np.ndarray:
    """As many rows of each class, drawn without replacement, as the smallest class has."""
    least = int(np.bincount(y, minlength=classes).min())
    found = []
    for place in range(classes):
        members = np.flatnonzero(y == place)
        found.append(members[np.argsort(uniforms(members.size), kind="stable")[:least]])
    return np.sort(np.concatenate(found))

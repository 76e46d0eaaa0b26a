"""What is told of a network besides its loss, for one batch or for many.

A metric takes from each batch what it needs (`parts`, tensors in the compiled step) and makes a number of what it took
from some batches (`value`, NumPy): so a metric of validation data is that of all of them together, whatever the size of
the batches. Definitions are those of MathWorks' pages accuracyMetric, precisionMetric, recallMetric, fScoreMetric,
aucMetric, rmseMetric, mapeMetric and rSquaredMetric.

Outputs are N×h×w×c; targets are numbers of classes from 0 (N×h×w), or numbers of the outputs' size. A pixel whose class
is below 0 has none, and is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow

Parts = Sequence[np.ndarray]  # of each batch


@dataclass(frozen=True)
class Metric:
    """title: 'Accuracy'; parts: outputs, targets → a tensor; value: the tensors of all batches → the number.

    larger_is_better  None where nobody knows, as of functions of the script
    percent           is it told in per cent?
    """

    title: str
    parts: Callable[[Any, Any], Any]
    value: Callable[[Parts], float]
    larger_is_better: bool | None = None
    percent: bool = False


def double(tensor: Any) -> Any:
    tf = tensorflow()
    return tf.cast(tensor, tf.float64)


def hot(targets: Any, outputs: Any) -> Any:
    """Targets of the outputs' size: classes one-hot, numbers as they are."""
    tf = tensorflow()
    if targets.dtype.is_integer:
        return tf.one_hot(targets, outputs.shape[-1], dtype=outputs.dtype)
    return targets


def rows(outputs: Any, targets: Any) -> tuple[Any, Any]:
    """Outputs and targets as K×c numbers, classes one-hot: a row for each pixel, those without a class left out."""
    tf = tensorflow()
    if targets.dtype.is_integer:
        known = targets >= 0
        outputs, targets = tf.boolean_mask(outputs, known), tf.boolean_mask(targets, known)
    channels = outputs.shape[-1]
    return tuple(tf.reshape(one, [-1, channels]) for one in (outputs, hot(targets, outputs)))


def by_halves(outputs: Any, targets: Any) -> bool:
    """Is there but one number that tells yes (0.5 and more) or no, and so no largest one?"""
    return outputs.shape[-1] == 1 and not targets.dtype.is_integer


def places(targets: Any) -> Any:
    """Targets as numbers of classes."""
    tf = tensorflow()
    return targets if targets.dtype.is_integer else tf.argmax(targets, -1, output_type=tf.int32)


def ratio(parts: Parts) -> float:
    """Sums of [value, weight] of the batches: the first by the second."""
    above, below = np.sum(parts, 0)
    return quotient(above, below)


def quotient(above: float, below: float) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.divide(above, below))


# -------------------------------------------------------------------------------------------------------------- numbers
def squares(outputs: Any, targets: Any, of_batch: bool = False) -> Any:
    """[sum of squared errors, how many numbers (or observations, `of_batch`)]."""
    tf = tensorflow()
    y, wanted = rows(outputs, targets)
    errors = tf.reduce_sum((y - wanted) ** 2, -1)
    count = tf.shape(outputs)[0] if of_batch else tf.size(y)
    return tf.stack([tf.reduce_sum(double(errors)), double(count)])


def root_mean_square(title: str = "RMSE", of_batch: bool = False) -> Metric:
    """√(Σ(Y-T)²/N), N the number of elements or, `of_batch`, of observations."""
    return Metric(title, lambda y, t: squares(y, t, of_batch), lambda parts: ratio(parts) ** 0.5, False)


def mean_percentage(title: str = "MAPE", of_batch: bool = False) -> Metric:
    """100/N Σ|(T-Y)/T|."""

    def parts(outputs, targets):
        tf = tensorflow()
        y, wanted = rows(outputs, targets)
        errors = tf.reduce_sum(100 * tf.abs((wanted - y) / wanted), -1)
        count = tf.shape(outputs)[0] if of_batch else tf.size(y)
        return tf.stack([tf.reduce_sum(double(errors)), double(count)])

    return Metric(title, parts, ratio, False)


def determination(title: str = "RSquared") -> Metric:
    """R² = 1 - Σ(T-Y)²/Σ(T-mean T)², over all elements."""

    def parts(outputs, targets):
        tf = tensorflow()
        y, t = (double(one) for one in rows(outputs, targets))
        return tf.stack([tf.reduce_sum((t - y) ** 2), tf.reduce_sum(t), tf.reduce_sum(t**2), double(tf.size(t))])

    def value(parts):
        errors, first, second, count = np.sum(parts, 0)
        return 1 - quotient(errors, second - quotient(first**2, count))

    return Metric(title, parts, value, True)


# -------------------------------------------------------------------------------------------------------------- classes
@dataclass(frozen=True)
class Averaging:
    """How classes are counted and put together.

    kind    'micro' (all together), 'macro' (mean over classes), 'weighted' (by how many observations a class has)
    several may an observation have several labels? Then scores of 0.5 and more tell labels; so they do where an
            observation has but one score and one number for a target
    top     an observation is right where its class is among so many of the largest scores
    """

    kind: str = "macro"
    several: bool = False
    top: int = 1

    def counts(self, outputs: Any, targets: Any) -> Any:
        """4×c: observations of each class that were found, that were told, that there are, and all."""
        tf = tensorflow()
        if self.several or by_halves(outputs, targets):
            told, there = (double(one >= 0.5) for one in rows(outputs, targets))
            return tf.stack([tf.reduce_sum(one, 0) for one in (told * there, told, there, tf.ones_like(told))])
        classes = outputs.shape[-1]
        wanted = tf.reshape(places(targets), [-1])
        told = tf.reshape(tf.argmax(outputs, -1, output_type=tf.int32), [-1])
        known = wanted >= 0
        told, wanted = tf.boolean_mask(told, known), tf.boolean_mask(wanted, known)
        right = told == wanted
        if self.top > 1:
            scores = tf.boolean_mask(tf.reshape(outputs, [-1, classes]), known)
            right = tf.math.in_top_k(wanted, scores, min(self.top, classes))

        def of_classes(numbers):
            return tf.math.bincount(numbers, minlength=classes, maxlength=classes, dtype=tf.float64)

        there = of_classes(wanted)
        all_ = tf.fill([classes], tf.reduce_sum(there))
        return tf.stack([of_classes(tf.boolean_mask(wanted, right)), of_classes(told), there, all_])

    def together(self, parts: Parts, above: Any, below: Any, missing: float = 0.0) -> float:
        """Σ above/Σ below, or the mean of above/below over classes.

        above, below: the four counts → a number for each class; missing: the value of a class where both are 0
        (NaN: the class is left out)
        """
        counts = np.sum(parts, 0)
        top, bottom = above(*counts), below(*counts)
        if self.kind == "micro":
            return quotient(top.sum(), bottom.sum()) if bottom.sum() else missing
        each = np.divide(top, bottom, out=np.full(len(top), missing), where=bottom != 0)
        weights = counts[2] if self.kind == "weighted" else np.ones(len(top))
        kept = ~np.isnan(each)
        return quotient((each * weights)[kept].sum(), weights[kept].sum())


def accuracy(title: str = "Accuracy", averaging: Averaging | None = None) -> Metric:
    """Per cent of the observations whose class was told; of several labels, of the labels that were told rightly."""
    how = averaging or Averaging("micro")
    if how == Averaging("micro"):
        return Metric(title, right_ones, lambda parts: 100 * ratio(parts), True, True)

    def value(parts):
        if how.several or parts[0].shape[-1] == 1:  # of one class alone both are the same
            right, whole = lambda found, told, there, all_: all_ - told - there + 2 * found, lambda *counts: counts[3]
        else:
            right, whole = lambda *counts: counts[0], lambda *counts: counts[2]
        return 100 * how.together(parts, right, whole, np.nan)

    return Metric(title, how.counts, value, True, True)


def right_ones(outputs: Any, targets: Any) -> Any:
    """[how many observations (and pixels) are right, how many there are]."""
    tf = tensorflow()
    if by_halves(outputs, targets):
        right = (outputs >= 0.5) == (targets >= 0.5)
        return tf.stack([double(tf.math.count_nonzero(right)), double(tf.size(right))])
    wanted = places(targets)
    right = tf.argmax(outputs, -1, output_type=tf.int32) == wanted
    return tf.stack([double(tf.math.count_nonzero(right)), double(tf.math.count_nonzero(wanted >= 0))])


def precision(title: str = "Precision", how: Averaging = Averaging()) -> Metric:
    """TP/(TP+FP)."""
    return Metric(
        title, how.counts, lambda parts: how.together(parts, lambda *c: c[0], lambda *c: c[1]), larger_is_better=True
    )


def recall(title: str = "Recall", how: Averaging = Averaging()) -> Metric:
    """TP/(TP+FN)."""
    return Metric(
        title, how.counts, lambda parts: how.together(parts, lambda *c: c[0], lambda *c: c[2]), larger_is_better=True
    )


def f_score(title: str = "FScore", how: Averaging = Averaging(), beta: float = 1.0) -> Metric:
    """(1+β²)TP/((1+β²)TP + β²FN + FP)."""
    square = beta**2
    return Metric(
        title, how.counts,
        lambda parts: how.together(parts, lambda *c: (1 + square) * c[0], lambda *c: square * c[2] + c[1]),
        larger_is_better=True,
    )  # fmt: skip


def kept_whole(outputs: Any, targets: Any) -> Any:
    """2×N×h×w×c: outputs and targets themselves, for what no sums can tell."""
    return tensorflow().stack([outputs, hot(targets, outputs)])


def scores_and_labels(outputs: Any, targets: Any) -> Any:
    """2×K×c: of each pixel that has a class (or observation) the scores, and its class one-hot."""
    return tensorflow().stack(rows(outputs, targets))


def area_under_curve(title: str = "AUC", kind: str = "macro") -> Metric:
    """The area under the curve of true over false positives, each class against all others.

    It is the share of pairs of one observation of the class and one of another in which the first has the larger score,
    ties counting half (J. A. Hanley, B. J. McNeil, Radiology 143, 1982).  A class that has none or all of the
    observations is left out.
    """

    def value(parts):
        whole = np.concatenate(parts, 1)
        scores, there = whole[0], whole[1] >= 0.5
        if kind == "micro":
            return area(scores.ravel(), there.ravel())
        areas = np.array([area(scores[:, k], there[:, k]) for k in range(scores.shape[1])])
        weights = there.sum(0) if kind == "weighted" else np.ones(len(areas))
        kept = ~np.isnan(areas)
        return quotient((areas * weights)[kept].sum(), weights[kept].sum())

    return Metric(title, scores_and_labels, value, True)


def area(scores: np.ndarray, positive: np.ndarray) -> float:
    from scipy.stats import rankdata

    count = int(positive.sum())
    others = len(positive) - count
    ranks = rankdata(scores)[positive].sum()
    return quotient(ranks - count * (count + 1) / 2, count * others)


# ---------------------------------------------------------------------------------------------------- losses, functions
def of_loss(title: str, loss: Callable[[Any, Any], Any]) -> Metric:
    """A loss told besides: its mean over observations."""

    def parts(outputs, targets):
        tf = tensorflow()
        count = double(tf.shape(outputs)[0])
        return tf.stack([count * double(loss(outputs, targets)), count])

    return Metric(title, parts, ratio, False)


def of_function(title: str, function: Callable[[np.ndarray, np.ndarray], float]) -> Metric:
    """A function of the script: the mean of what it gives for each batch (outputs, one-hot or numeric targets)."""
    return Metric(title, kept_whole, lambda parts: float(np.mean([function(*part) for part in parts])))

"""classperf: how well a classifier does, counted over several tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.training_data import as_column, numel_rows
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.groups import group_numbers
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.text import is_text


def share(part: float, whole: float) -> float:
    return float(np.divide(part, whole)) if whole or part else float("nan")


class ClassPerformance(Object):
    """What was found for the observations of a known truth, counted up from test to test.

    truth     the class of each observation, from 0;  labels: the classes, a column
    counts    (K+1) × K: how often each class (columns) was taken for each (rows); the last row is for no decision
    last      the same of the last test alone
    tested, wrong   how often each observation was tested, and was not found right
    """

    class_name = "biolearning.classperformance"
    is_handle = True

    def __init__(self, truth: ndarray, labels: Any, positive: ndarray, negative: ndarray):
        self.truth, self.labels, self.positive, self.negative = truth, labels, positive, negative
        count = numel_rows(labels)
        self.counts, self.last = np.zeros((count + 1, count)), np.zeros((count + 1, count))
        self.tested, self.wrong = np.zeros(truth.size), np.zeros(truth.size)
        self.tests = 0
        self.words = {"Label": "", "Description": ""}

    def add(self, found: ndarray, rows: ndarray) -> None:
        """Count what was found (class from 0, -1: no decision) for observations."""
        self.last = np.zeros_like(self.counts)
        np.add.at(self.last, (np.where(found < 0, len(self.counts) - 1, found), self.truth[rows]), 1)
        self.counts = self.counts + self.last
        np.add.at(self.tested, rows, 1)
        np.add.at(self.wrong, rows, found != self.truth[rows])
        self.tests += 1

    @staticmethod
    def right(counts: ndarray) -> float:
        """The share of right decisions among decisions."""
        return share(np.trace(counts[:-1]), counts[:-1].sum())

    def diagnosis(self) -> ndarray:
        """Positive and negative decisions (rows) of positive and negative observations; no decision is a wrong one."""
        counts, up, down = self.counts, self.positive, self.negative
        none = counts[-1]
        return np.array([
            [counts[np.ix_(up, up)].sum(), counts[np.ix_(up, down)].sum() + none[down].sum()],
            [counts[np.ix_(down, up)].sum() + none[up].sum(), counts[np.ix_(down, down)].sum()],
        ])  # fmt: skip

    def known(self) -> dict[str, Callable[[], Any]]:
        counts, table = self.counts, self.diagnosis()
        sensitivity = share(table[0, 0], table[:, 0].sum())
        specificity = share(table[1, 1], table[:, 1].sum())

        def column(values: ndarray) -> Any:
            return norm(np.asarray(values, float).reshape(-1, 1))

        def by_class(values: ndarray) -> Any:
            return column(np.bincount(self.truth, values, minlength=counts.shape[1]))

        return {
            "Label": lambda: self.words["Label"],
            "Description": lambda: self.words["Description"],
            "ClassLabels": lambda: self.labels,
            "GroundTruth": lambda: column(self.truth + 1),
            "NumberOfObservations": lambda: float(self.truth.size),
            "ControlClasses": lambda: column(self.negative + 1),
            "TargetClasses": lambda: column(self.positive + 1),
            "ValidationCounter": lambda: float(self.tests),
            "SampleDistribution": lambda: column(self.tested),
            "ErrorDistribution": lambda: column(self.wrong),
            "SampleDistributionByClass": lambda: by_class(self.tested),
            "ErrorDistributionByClass": lambda: by_class(self.wrong),
            "CountingMatrix": lambda: norm(np.asfortranarray(counts)),
            "CorrectRate": lambda: self.right(counts),
            "ErrorRate": lambda: 1 - self.right(counts),
            "LastCorrectRate": lambda: self.right(self.last),
            "LastErrorRate": lambda: 1 - self.right(self.last),
            "InconclusiveRate": lambda: share(counts[-1].sum(), counts.sum()),
            "ClassifiedRate": lambda: share(counts[:-1].sum(), counts.sum()),
            "Sensitivity": lambda: sensitivity,
            "Specificity": lambda: specificity,
            "PositivePredictiveValue": lambda: share(table[0, 0], table[0].sum()),
            "NegativePredictiveValue": lambda: share(table[1, 1], table[1].sum()),
            "PositiveLikelihood": lambda: share(sensitivity, 1 - specificity),
            "NegativeLikelihood": lambda: share(1 - sensitivity, specificity),
            "Prevalence": lambda: share(table[:, 0].sum(), table.sum()),
            "DiagnosticTable": lambda: norm(np.asfortranarray(table)),
        }

    def property_names(self) -> list[str]:
        return list(self.known())

    def get(self, name: str) -> Any:
        found = self.known()
        if name not in found:
            raise self.no_property(name)
        with np.errstate(divide="ignore", invalid="ignore"):
            return found[name]()

    def set(self, name: str, value: Any) -> ClassPerformance:
        if name not in self.words:
            super().set(name, value)
        self.words[name] = take.text(value, name)
        return self

    def disp(self, form: Any) -> str:
        return fields_body([(word, self.get(word)) for word in self.property_names()], form)


def is_nothing(value: Any) -> bool:
    return not numel_of(value)


@builtin(outputs=1)
def classperf(session, nargout, groundTruth, /, *args, Positive=None, Negative=None):
    """
    cp = classperf(groundTruth)
    cp = classperf(groundTruth, classifierOutput)
    cp = classperf(..., 'Positive', positive, 'Negative', negative)
    classperf(cp, classifierOutput)
    classperf(cp, classifierOutput, testIdx)

    Counts how well a classifier does: the share of right decisions, sensitivity, specificity and others, over one test
    or over several, each of some of the observations (testIdx, numbers or logical).

    An output that is NaN or '' is no decision.

    Options
      Positive  classes that count as positive (the first)
      Negative  classes that count as negative (the others)

    Examples
      >> cp = classperf({'a'; 'a'; 'b'; 'b'; 'b'}, {'a'; 'b'; 'b'; 'b'; 'a'}); cp.CorrectRate
      ans =
          0.6000
      >> cp.CountingMatrix
      ans =
           1     1
           1     2
           0     0
      >> cp = classperf([1 1 2 2 2]); classperf(cp, [1 2], [1 3]); classperf(cp, [2 2], logical([0 0 0 1 1]));
      >> [cp.CorrectRate cp.LastCorrectRate cp.ValidationCounter]
      ans =
           1     1     2
      >> cp = classperf([1 2 3], [1 2 2], 'Positive', [2 3], 'Negative', 1); [cp.Sensitivity cp.Specificity]
      ans =
           1     1
      >> cp = classperf([1 2]); classperf(cp, [NaN 2]); cp.InconclusiveRate
      ans =
          0.5000

    See also crossvalind, confusionmat, cvpartition.
    """
    if isinstance(groundTruth, ClassPerformance):
        made = groundTruth
        if Positive is not None or Negative is not None:
            raise ScriptError(
                "bioinfo:classperf:invalidClasses",
                "Positive and negative classes are chosen where the object is made, and stay.",
            )
        if not args:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    else:
        made = begun(session, groundTruth, Positive, Negative)
    if len(args) > 2 or len(args) == 2 and not isinstance(groundTruth, ClassPerformance):
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if args:
        rows = np.arange(made.truth.size)
        if len(args) == 2:
            rows = rows_of(args[1], made.truth.size)
        found = places_of(session, made.labels, args[0])
        if found.size == made.truth.size != rows.size:
            found = found[rows]
        if found.size != rows.size:
            raise ScriptError(
                "bioinfo:classperf:incorrectSize",
                "The classifier output must have an element for each observation that was tested.",
                notes=(f"{found.size} outputs, {rows.size} observations",),
            )
        made.add(found, rows)
    return made if nargout or not isinstance(groundTruth, ClassPerformance) else None


def begun(session, truth: Any, Positive: Any, Negative: Any) -> ClassPerformance:
    numbers, classes, _ = group_numbers(truth, "classperf")
    if not numbers.size or np.isnan(numbers).any():
        raise ScriptError("bioinfo:classperf:invalidGroundTruth", "The truth must have a class for each observation.")
    classes = as_column(classes)
    if is_text(classes):
        classes = session.call("cellstr", 1, classes)
    everything = np.arange(numel_rows(classes))
    positive = everything[:1] if Positive is None else places_of(session, classes, Positive)
    negative = np.setdiff1d(everything, positive) if Negative is None else places_of(session, classes, Negative)
    if (positive < 0).any() or (negative < 0).any() or np.intersect1d(positive, negative).size:
        raise ScriptError(
            "bioinfo:classperf:invalidClasses", "Positive and negative classes must be different ones of the truth."
        )
    return ClassPerformance(numbers.astype(int) - 1, classes, positive, negative)


def places_of(session, classes: Any, labels: Any) -> ndarray:
    """The place of each label among the classes, from 0; -1 for NaN and '', which are no decision."""
    labels = as_column(labels)
    if is_text(labels) and not is_nothing(labels):
        labels = session.call("cellstr", 1, labels)
    known, places = session.call("ismember", 2, labels, classes)
    places = np.atleast_1d(np.asarray(as_array(places))).ravel("F").astype(int) - 1
    missing = np.atleast_1d(np.asarray(as_array(session.call("ismissing", 1, labels)))).ravel("F").astype(bool)
    if (places[~missing] < 0).any():
        raise ScriptError("bioinfo:classperf:unknownClass", "Some of the labels are no classes of the ground truth.")
    return places


def rows_of(given: Any, count: int) -> ndarray:
    chosen = np.atleast_1d(np.asarray(as_array(given))).ravel("F")
    if chosen.dtype == bool:
        if chosen.size != count:
            raise ScriptError(
                "bioinfo:classperf:incorrectSize", "A logical test index must have an element for each observation."
            )
        return np.flatnonzero(chosen)
    if not ((chosen >= 1) & (chosen <= count) & (chosen == np.trunc(chosen))).all():
        raise ScriptError(
            "bioinfo:classperf:invalidIndex", f"The test index must hold whole numbers from 1 to {count}."
        )
    return chosen.astype(int) - 1

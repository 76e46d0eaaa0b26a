"""Classifiers trained once for each fold of a partition: what 'CrossVal', 'KFold' and their kind ask for."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning import partitions
from cnnscript.builtins.learning.classifiers import Classifier, laid_flat, named_classes
from cnnscript.builtins.learning.fitting_options import CROSS
from cnnscript.builtins.learning.partitions import Partition
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, ndarray
from cnnscript.values.objects import Object


# --------------------------------------------------------------------------------------------------- cross-validated
class PartitionedModel(Object):
    """A classifier trained once for each fold of a partition, without that fold."""

    class_name = "ClassificationPartitionedModel"
    methods = frozenset(("kfoldPredict", "kfoldLoss", "kfoldEdge", "kfoldMargin"))

    def __init__(self, whole: Classifier, partition: Partition):
        import copy

        self.whole, self.partition = whole, partition
        self.trained = []
        for fold in range(1, partition.sets + 1):
            rows = np.flatnonzero(partition.training_rows(fold))
            one = copy.copy(whole)
            one.data = whole.data.part(rows)
            one.fitted = whole.train(one.data)
            one.is_compact = True
            self.trained.append(one)
        special = {"ClassificationECOC": "ECOC", "ClassificationEnsemble": "Ensemble",
                   "ClassificationLinear": "Linear"}.get(whole.kind)
        if special is not None:
            self.class_name = f"ClassificationPartitioned{special}"  # type: ignore[misc]

    def state_kept(self) -> dict[str, Any]:
        return {**vars(self), "rows": self.whole.data}

    def revive(self, session: Any) -> None:
        self.whole.data = vars(self).pop("rows")  # linear models do not keep theirs

    def scores(self) -> tuple[ndarray, ndarray]:
        """The scores of each observation by the machine that has not seen it (NaN: none has not), and its class."""
        data = self.whole.data
        scores = np.full((len(data.y), data.count), np.nan)
        places = np.zeros(len(data.y), int)
        for fold, model in enumerate(self.trained, 1):
            rows = np.flatnonzero(self.partition.test_rows(fold))
            if rows.size:
                raw = model.raw_scores(data.X[rows])
                scores[rows], places[rows] = model.transform(raw), model.chosen(raw)
        return scores, places

    def property_names(self) -> list[str]:
        return [
            "CrossValidatedModel", "PredictorNames", "CategoricalPredictors", "ResponseName", "NumObservations",
            "KFold", "Partition", "ClassNames", "ScoreTransform", "Trained", "X", "Y", "W", "Prior", "Cost",
        ]  # fmt: skip

    def get(self, name: str) -> Any:
        if name == "CrossValidatedModel":
            return getattr(self.whole, "method", "") or self.whole.short
        if name == "KFold":
            return float(self.partition.sets)
        if name == "Partition":
            return self.partition
        if name == "Trained":
            cell = np.empty((len(self.trained), 1), OBJECT)
            cell[:, 0] = self.trained
            return cell
        if name in self.property_names():
            return self.whole.get(name)
        raise self.no_property(name)

    def disp(self, form: Any) -> str:
        words = ("CrossValidatedModel", "PredictorNames", "ResponseName", "NumObservations", "KFold", "Partition",
                 "ClassNames", "ScoreTransform")  # fmt: skip
        pairs = [(word, laid_flat(self.get(word)) if word == "ClassNames" else self.get(word)) for word in words]
        body = named_classes(fields_body(pairs, form), self.whole.data.classes)
        return f"  {self.class_name}\n{body}{form.blank}"


def cross_validated(session, model: Classifier, options: dict) -> Classifier | PartitionedModel:
    """The model itself, or one for each fold where an option asks for cross-validation."""
    given = {name: options.get(name) for name in CROSS if options.get(name) is not None}
    if "CrossVal" in given and not take.flag(given["CrossVal"], "CrossVal"):
        given.pop("CrossVal")
    if "Leaveout" in given and not take.flag(given["Leaveout"], "Leaveout"):
        given.pop("Leaveout")
    if not given:
        return model
    if len(given) > 1:
        raise ScriptError(
            "stats:classreg:learning:generator:Partitioner:TooManyCrossvalOptions",
            "Only one of 'CrossVal', 'CVPartition', 'Holdout', 'KFold' and 'Leaveout' may be given.",
        )
    name, value = next(iter(given.items()))
    if name == "CVPartition":
        if not isinstance(value, Partition):
            raise ScriptError("stats:classreg:BadPartition", "'CVPartition' must be a cvpartition.")
        if value.folds.size != len(model.data.y):
            raise ScriptError(
                "stats:classreg:BadPartition", "The partition must be of as many observations as the model has.",
                notes=(f"partition {value.folds.size}, model {len(model.data.y)}",),
            )  # fmt: skip
        return PartitionedModel(model, value)
    y = model.data.y + 1.0
    if name == "Leaveout":
        made = Partition("leaveout", partitions.shuffled(session.random, y.size) + 1.0, y.size, None)
    elif name == "Holdout":
        share = take.number(value, "Holdout")
        if not 0 < share < 1:
            raise ScriptError("stats:classreg:BadHoldout", "'Holdout' must be a number between 0 and 1.")
        made = Partition("holdout", partitions.held_out(session.random, y, share), 1, y, share)
    else:
        folds = 10 if name == "CrossVal" else take.integer(value, "KFold", 2)
        if folds > y.size:
            raise ScriptError("stats:classreg:BadKFold", "The number of folds must not exceed that of observations.")
        made = Partition("kfold", partitions.folded(session.random, y, folds), folds, y)
    return PartitionedModel(model, made)

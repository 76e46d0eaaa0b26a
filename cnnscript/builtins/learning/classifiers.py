"""What all classifiers share: their properties and display, classes and losses from scores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.fitting_options import CROSS
from cnnscript.builtins.learning.training_data import Data, as_column, in_cells, numel_rows, to_prior
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, as_array, ndarray, norm, size_of
from cnnscript.values.objects import Object
from cnnscript.values.rows import take_rows
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts

TRANSFORMS: dict[str, Callable[[ndarray], ndarray]] = {
    "none": lambda s: s,
    "identity": lambda s: s,
    "doublelogit": lambda s: 1 / (1 + np.exp(-2 * s)),
    "invlogit": lambda s: np.log(s / (1 - s)),
    "logit": lambda s: 1 / (1 + np.exp(-s)),
    "sign": np.sign,
    "symmetric": lambda s: 2 * s - 1,
    "symmetriclogit": lambda s: 2 / (1 + np.exp(-s)) - 1,
    "ismax": lambda s: (s == s.max(axis=1, keepdims=True)).astype(float),
    "symmetricismax": lambda s: np.where(s == s.max(axis=1, keepdims=True), 1.0, -1.0),
}
# a fitted machine: scores of rows, n × K
Fitted = Callable[[ndarray], ndarray]


class Classifier(Object):
    """A trained classifier.

    data      what it was trained on
    train     trains the same kind of machine on other data: gives what `scores` asks
    fitted    the machine
    """

    methods = frozenset((
        "predict", "loss", "resubPredict", "resubLoss", "crossval", "compact", "edge", "margin", "resubEdge",
        "resubMargin",
    ))  # fmt: skip
    by_cost = True  # whether the class is the one of least expected cost (else that of the largest score)
    usual_loss = "mincost"
    short = ""
    keeps_data = True
    stands_alone = True  # whether `fitted` is numbers, which go into files, and not functions of the data

    def __init__(self, data: Data, train: Callable[[Data], Any], options: dict):
        self.data, self.train, self.options = data, train, options
        self.fitted = train(data)
        self.is_compact = False
        transform = options.get("ScoreTransform")
        self.transform_given: Any = "none"
        self.transform: Callable[[ndarray], ndarray] = TRANSFORMS["none"]
        if transform is not None:
            self.set_transform(transform)

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return ("Compact" if self.is_compact and self.keeps_data else "") + self.kind

    kind = "Classifier"

    def set_transform(self, given: Any) -> None:
        if type(given) is Function:
            self.transform_given = given
            self.transform = lambda s: np.asarray(as_array(given.call(1, norm(np.asfortranarray(s)))), float)
        else:
            word = take.choice(given, tuple(TRANSFORMS), "ScoreTransform")
            self.transform_given, self.transform = word, TRANSFORMS[word]

    # ------------------------------------------------------------------------------------------------------ in files
    def trainer(self, session: Any) -> Callable[[Data], Any]:
        """What trains the same kind of machine on other data, by the options of this one."""
        raise NotImplementedError

    def state_kept(self) -> dict[str, Any]:
        """What a file keeps; of machines that need them no more not their observations."""
        state = dict(vars(self))
        if self.is_compact and self.stands_alone or not self.keeps_data:
            state["data"] = self.data.without_rows()
        return state

    def revive(self, session: Any) -> None:
        """Make what a file does not keep."""
        self.train = self.trainer(session)
        if not self.stands_alone:
            self.fitted = self.train(self.data)
        self.transform = TRANSFORMS["none"]
        self.set_transform(self.transform_given)

    # ---------------------------------------------------------------------------------------------------- questions
    def raw_scores(self, X: ndarray) -> ndarray:
        return self.fitted(X)

    def scores(self, X: ndarray) -> ndarray:
        """n × K, as `predict` gives them."""
        return self.transform(self.raw_scores(X))

    def costs(self, scores: ndarray) -> ndarray:
        """The expected cost of each class."""
        return scores @ self.data.cost

    def chosen(self, raw: ndarray) -> ndarray:
        """The class of each row of scores, from 0."""
        if self.by_cost:
            return np.argmin(self.costs(raw), axis=1)
        return np.argmax(np.where(np.isnan(raw), -np.inf, raw), axis=1)

    def singles(self) -> list[Classifier]:
        """The models that this one is made of side by side, each of which has a loss: itself."""
        return [self]

    def labels(self, places: ndarray) -> Any:
        return take_rows(self.data.classes, places)

    def answer(self, X: ndarray, nargout: int) -> tuple:
        raw = self.raw_scores(X)
        places = self.chosen(raw)
        outputs = (self.labels(places), norm(np.asfortranarray(self.transform(raw))))
        if self.by_cost:
            outputs += (norm(np.asfortranarray(self.costs(raw))),)
        return outputs

    # --------------------------------------------------------------------------------------------------- properties
    def own_properties(self) -> dict[str, Callable[[], Any]]:
        """What this kind of classifier has besides, in the order it is shown."""
        return {}

    def shown(self) -> list[str]:
        return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "NumObservations",
                *self.own_properties()]  # fmt: skip

    def common(self) -> dict[str, Callable[[], Any]]:
        data = self.data
        found: dict[str, Callable[[], Any]] = {
            "PredictorNames": lambda: cell_of_texts(data.predictors.names, column=False),
            "ExpandedPredictorNames": lambda: cell_of_texts(self.expanded(), column=False),
            "ResponseName": lambda: data.response,
            "CategoricalPredictors": lambda: (
                norm(np.array([data.predictors.categorical], float)) if data.predictors.categorical else EMPTY
            ),
            "ClassNames": lambda: data.classes,
            "Prior": lambda: norm(data.prior.reshape(1, -1)),
            "Cost": lambda: norm(np.asfortranarray(data.cost)),
            "ScoreTransform": lambda: self.transform_given,
        }
        if not self.is_compact and self.keeps_data:
            found |= {
                "NumObservations": lambda: float(len(data.y)),
                "X": lambda: data.given,
                "Y": lambda: as_column(data.responses),
                "W": lambda: norm(data.weights.reshape(-1, 1)),
                "RowsUsed": lambda: EMPTY,
                "HyperparameterOptimizationResults": lambda: EMPTY,
                "ModelParameters": lambda: Struct(
                    {
                        name: value for name, value in self.options.items()
                        if value is not None and name not in (*CROSS, "session")
                    }  # fmt: skip
                ),
            }
        return found

    def expanded(self) -> list[str]:
        return self.data.predictors.expanded()

    def property_names(self) -> list[str]:
        return [*self.common(), *self.own_properties()]

    def get(self, name: str) -> Any:
        found = self.common() | self.own_properties()
        if name not in found:
            raise self.no_property(name)
        return found[name]()

    def set(self, name: str, value: Any) -> Classifier:
        import copy

        changed = copy.copy(self)
        if name == "ScoreTransform":
            changed.set_transform(value)
            return changed
        if name == "Prior":
            from dataclasses import replace

            from cnnscript.builtins.learning.training_data import prior_of

            prior = prior_of(value, self.data.y, self.data.raw_weights, self.data.classes, self.kind)
            changed.data = replace(self.data, prior=prior, weights=to_prior(self.data.raw_weights, self.data.y, prior))
            return changed
        if name == "Cost":
            from dataclasses import replace

            from cnnscript.builtins.learning.training_data import cost_of

            changed.data = replace(self.data, cost=cost_of(value, self.data.classes, self.kind))
            return changed
        super().set(name, value)
        return self

    def disp(self, form: Any) -> str:
        pairs = []
        known = self.common() | self.own_properties()
        for word in self.shown():
            if word in known:
                value = known[word]()
                pairs.append((word, laid_flat(value) if word == "ClassNames" else value))
        return f"  {self.class_name}\n{named_classes(fields_body(pairs, form), self.data.classes)}{form.blank}"


def named_classes(body: str, classes: Any) -> str:
    """The text of a display with the names of categorical classes in place of their size."""
    if not isinstance(classes, Categorical):
        return body
    row = "[" + "    ".join(classes.texts()) + "]"
    size = f"[1×{numel_rows(classes)} categorical]"
    return body.replace(f"ClassNames: {size}", f"ClassNames: {row}") if len(row) < 100 else body


def laid_flat(value: Any) -> Any:
    """Class names as a row, as displays show them."""
    size = size_of(value)
    if len(size) == 2 and size[1] == 1 and size[0] > 1:
        if type(value) is ndarray:
            return norm(np.asfortranarray(value.T))
        if isinstance(value, Categorical):
            return Categorical(value.codes.T, value.names, value.ordinal, value.protected)
    return value


# ------------------------------------------------------------------------------------------------------------ losses
LOSSES = ("mincost", "classiferror", "classifcost", "binodeviance", "exponential", "hinge", "logit", "quadratic",
          "crossentropy")  # fmt: skip


def loss_of(model: Classifier, scores: ndarray, places: ndarray, y: ndarray, weights: ndarray, given: Any) -> float:
    """The loss of scores (n × K) for observations of classes y with weights that add up to 1."""
    data = model.data
    count = data.count
    truth = np.eye(count)[y]
    if type(given) is Function:
        value = given.call(
            1, norm(np.asfortranarray(truth.astype(bool))), norm(np.asfortranarray(scores)),
            norm(weights.reshape(-1, 1)), norm(np.asfortranarray(data.cost)),
        )  # fmt: skip
        return take.number(value, "The loss")
    word = model.usual_loss if given is None else take.choice(given, LOSSES, "LossFun")
    total = weights.sum()
    weights = weights / total if total > 0 else weights
    if word == "classiferror":
        return float(weights @ (places != y))
    if word == "classifcost":
        return float(weights @ data.cost[y, places])
    if word == "mincost":
        if not model.by_cost:
            return float(weights @ (places != y))
        return float(weights @ data.cost[y, np.argmin(model.costs(scores), axis=1)])
    others = np.where(truth.astype(bool), -np.inf, scores).max(axis=1)
    own = scores[np.arange(len(y)), y]
    if word == "crossentropy":
        return float(-(weights @ np.log(np.maximum(own, np.finfo(float).tiny))))
    margin = own if count == 2 else own - others
    if count == 2 and model.by_cost:
        margin = 2 * own - 1
    formulas = {
        "binodeviance": lambda m: np.log1p(np.exp(-2 * m)),
        "exponential": lambda m: np.exp(-m),
        "hinge": lambda m: np.maximum(0, 1 - m),
        "logit": lambda m: np.log1p(np.exp(-m)),
        "quadratic": lambda m: (1 - m) ** 2,
    }
    return float(weights @ formulas[word](margin))


def margins_of(scores: ndarray, y: ndarray) -> ndarray:
    """How much the score of the true class lies above the best of the others."""
    truth = np.eye(scores.shape[1], dtype=bool)[y]
    return scores[truth] - np.where(truth, -np.inf, scores).max(axis=1)


def known_classes(session, model: Classifier, labels: Any, name: str) -> ndarray:
    """The place of each label among the model's classes, from 0."""
    known, places = session.call(
        "ismember", 2, in_cells(session, as_column(labels)), in_cells(session, model.data.classes)
    )
    found = np.asarray(as_array(places)).ravel("F").astype(int)
    if not np.all(known):
        raise ScriptError(
            f"stats:{name}:UnknownClass", "Some of the labels are no classes of the model.",
            notes=(f"{int((found == 0).sum())} of {found.size}, of {numel_rows(model.data.classes)} classes",),
        )  # fmt: skip
    return found - 1

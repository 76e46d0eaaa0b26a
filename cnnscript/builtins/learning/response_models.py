"""What models share that answer numbers: their properties and display, and the data they are fitted to."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.training_data import Predictors, sources, weights_of
from cnnscript.builtins.registry import overload
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import cell_of_texts


class ResponseModel(Object):
    """A model that answers a number for each row.

    predictors, response   what it takes, and the name of what it answers
    X, target, weights     the observations it was trained on; without rows where it is compact
    """

    methods = frozenset(("predict", "loss", "resubPredict", "resubLoss", "compact"))
    kind = "RegressionModel"
    is_compact = False
    epsilon = 0.0  # half the width of the band in which 'epsiloninsensitive' losses are 0

    def __init__(self, predictors: Predictors, response: str, X: ndarray, target: ndarray, weights: ndarray):
        self.predictors, self.response, self.X, self.target, self.weights = predictors, response, X, target, weights

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return ("Compact" if self.is_compact else "") + self.kind

    def values(self, X: ndarray) -> ndarray:
        """n × 1."""
        raise NotImplementedError

    def compacted(self) -> ResponseModel:
        import copy

        made = copy.copy(self)
        made.is_compact, made.X, made.target, made.weights = True, self.X[:0], self.target[:0], self.weights[:0]
        return made

    def own_properties(self) -> dict[str, Any]:
        """What this kind of model has besides, in the order it is shown."""
        return {}

    def properties(self) -> dict[str, Any]:
        marked = self.predictors.categorical
        found = {
            "PredictorNames": cell_of_texts(self.predictors.names, column=False),
            "ResponseName": self.response,
            "CategoricalPredictors": norm(np.array([marked], float)) if marked else EMPTY,
            "ResponseTransform": "none",
        }
        if not self.is_compact:
            found |= {
                "NumObservations": float(self.target.size), "X": norm(np.asfortranarray(self.X)),
                "Y": norm(self.target.reshape(-1, 1)), "W": norm(self.weights.reshape(-1, 1)),
            }  # fmt: skip
        return found | self.own_properties()

    def disp(self, form: Any) -> str:
        hidden = ("PredictorNames", "X", "Y", "W")
        pairs = [(word, value) for word, value in self.properties().items() if word not in hidden]
        return f"  {self.class_name}\n{fields_body(pairs, form)}{form.blank}"


def responded(session, name: str, X: Any, Y: Any, options: dict) -> tuple[Predictors, str, ndarray, ndarray, ndarray]:
    """Predictors, the response's name, rows, responses and weights that add up to 1, of a function that fits numbers;
    rows without a response or with a weight of 0 are left out."""
    if Y is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    given, predictors, matrix, responses, response = sources(session, name, X, Y, options)
    target = take.vector(responses, "Y")
    if target.size != len(matrix):
        raise ScriptError(
            f"stats:{name}:BadYSize", "The number of rows of X must be the number of elements of Y.",
            notes=(f"X has {len(matrix)} rows, Y {target.size} elements",),
        )  # fmt: skip
    weights = weights_of(options.get("Weights"), given, target.size, name)
    used = ~np.isnan(target) & (weights > 0) & ~np.isnan(matrix).all(axis=1)
    if not used.any():
        raise ScriptError(f"stats:{name}:NoData", "No observation has a response and predictors.")
    return predictors, response, matrix[used], target[used], weights[used] / weights[used].sum()


# ----------------------------------------------------------------------------------------------------------- questions
PREDICT = """
YFit = predict(Mdl, X)

The number that a model answers for each row of X (or of a table).

Examples
  >> YFit = round(predict({make}, 2))
  YFit =
       2

See also {maker}, loss.
"""


def declare_predict(class_name: str, maker: str) -> None:
    make = f"{maker}([1; 1; 2; 2; 3; 3], [1; 1; 2; 2; 3; 3]{', ' if maker == 'fitrtree' else ''}{{}})"
    make = make.format("'MinParentSize', 2" if maker == "fitrtree" else "")
    make = f"compact({make})" if class_name.startswith("Compact") else make

    def predict(session, Mdl, X, /):
        return norm(np.asfortranarray(Mdl.values(Mdl.predictors.matrix(session, X, "predict"))))

    predict.__doc__ = PREDICT.format(make=make, maker=maker)
    overload(class_name, name="predict")(predict)


for _class_name, _maker in (("RegressionTree", "fitrtree"), ("RegressionSVM", "fitrsvm")):
    declare_predict(_class_name, _maker)
    declare_predict("Compact" + _class_name, _maker)

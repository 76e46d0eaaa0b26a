"""Models that answer numbers: fitrtree and fitrsvm, and what they share."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.support_vector_machines import (
    Scaler,
    check_machine_options,
    check_run_options,
    empty,
    kernel_of,
    refuse_search,
    solver_of,
)
from cnnscript.builtins.learning.training_data import Predictors, sources
from cnnscript.builtins.registry import builtin, overload
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.text import cell_of_texts, is_text


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


class RegressionTree(ResponseModel):
    """`tree` asks one predictor at a time."""

    kind = "RegressionTree"
    methods = ResponseModel.methods | {"view"}
    tree: Any

    @classmethod
    def of_tree(cls, tree: Any, predictors: Predictors, response: str) -> RegressionTree:
        """A tree alone, without observations."""
        none = np.zeros(0)
        made = cls(predictors, response, np.zeros((0, 0)), none, none)
        made.tree, made.is_compact = tree, True
        return made

    def values(self, X: ndarray) -> ndarray:
        return self.tree.scores(X)

    def disp(self, form: Any) -> str:
        words = ("ResponseName", "CategoricalPredictors", "ResponseTransform", "NumObservations")
        known = self.properties()
        body = fields_body([(word, known[word]) for word in words if word in known], form)
        return f"  {self.class_name}\n{body}{form.blank}"

    def own_properties(self) -> dict[str, Any]:
        tree = self.tree
        return {
            "NumNodes": float(len(tree.left)),
            "Children": norm(np.asfortranarray(np.column_stack([tree.left, tree.right]) + 1.0)),
            "CutPoint": norm(tree.cut.reshape(-1, 1)),
            "IsBranchNode": norm((tree.left >= 0).reshape(-1, 1)),
            "NodeMean": norm(tree.shares.reshape(-1, 1)),
            "NodeSize": norm(tree.counts.astype(float).reshape(-1, 1)),
        }


class RegressionMachine(ResponseModel):
    """RegressionSVM: `machine` is the support vectors, `scaler` what centres the predictors."""

    kind = "RegressionSVM"
    machine: Any
    scaler: Any
    options: dict

    def values(self, X: ndarray) -> ndarray:
        return self.machine.scores(self.scaler.apply(X)).reshape(-1, 1)

    def revive(self, session: Any) -> None:
        if not self.machine.kernel.word:
            self.machine.kernel = kernel_of({**self.options, "session": session})

    def own_properties(self) -> dict[str, Any]:
        from cnnscript.values.structs import Struct

        machine, scaler = self.machine, self.scaler
        found: dict[str, Any] = {
            "Alpha": norm((machine.alpha * machine.signs).reshape(-1, 1)), "Bias": machine.bias,
            "KernelParameters": Struct({"Function": machine.kernel.word or "custom", "Scale": machine.scale}),
        }  # fmt: skip
        if scaler.mean is not None:
            found |= {"Mu": scaler.row(scaler.mean), "Sigma": scaler.row(scaler.deviation)}
        if not self.is_compact:
            support = np.zeros(self.target.size, bool)
            support[machine.places] = True
            found |= {"Epsilon": self.epsilon, "IsSupportVector": norm(support.reshape(-1, 1)), "Solver": "SMO"}
        if machine.kernel.word == "linear":
            found["Beta"] = norm(machine.beta().reshape(-1, 1))
        return found


def responded(session, name: str, X: Any, Y: Any, options: dict) -> tuple[Predictors, str, ndarray, ndarray, ndarray]:
    """Predictors, the response's name, rows, responses and weights that add up to 1, of a function that fits numbers;
    rows without a response or with a weight of 0 are left out."""
    if Y is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    _, predictors, matrix, responses, response = sources(session, name, X, Y, options)
    target = take.vector(responses, "Y")
    if target.size != len(matrix):
        raise ScriptError(
            f"stats:{name}:BadYSize", "The number of rows of X must be the number of elements of Y.",
            notes=(f"X has {len(matrix)} rows, Y {target.size} elements",),
        )  # fmt: skip
    weights = np.ones(target.size) if empty(options.get("Weights")) else take.vector(options["Weights"], "Weights")
    if weights.size != target.size or (weights < 0).any():
        raise ScriptError(f"stats:{name}:BadW", "Weights must be nonnegative, one for each observation.")
    used = ~np.isnan(target) & (weights > 0) & ~np.isnan(matrix).all(axis=1)
    if not used.any():
        raise ScriptError(f"stats:{name}:NoData", "No observation has a response and predictors.")
    return predictors, response, matrix[used], target[used], weights[used] / weights[used].sum()


@builtin
def fitrtree(
    session, X, Y=None, /, *, MinParentSize=None, MinLeafSize=None, MaxNumSplits=None, NumVariablesToSample=None,
    Weights=None, PredictorNames=None, ResponseName=None, CategoricalPredictors=None, OptimizeHyperparameters=None,
    HyperparameterOptimizationOptions=None,
):  # fmt: skip
    """
    tree = fitrtree(X, Y)
    tree = fitrtree(Tbl, ResponseVarName)
    tree = fitrtree(..., Name, Value)

    A tree that answers numbers: it asks one predictor at a time, and answers the mean of a leaf.

    Options
      MinParentSize            observations that a node that asks has at least (10)
      MinLeafSize              observations of a leaf at least (1)
      MaxNumSplits             most questions (n-1)
      NumVariablesToSample     how many predictors are drawn for each question ('all')
      Weights                  of the observations
      PredictorNames           names
      ResponseName             a name ('Y')
      CategoricalPredictors    which are categorical
      OptimizeHyperparameters  'none'
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure

    Examples
      >> X = (1:6)'; Y = [1 1 1 5 5 8]';
      >> tree = fitrtree(X, Y, 'MinParentSize', 2)
      tree =
        RegressionTree
                   ResponseName: 'Y'
          CategoricalPredictors: []
              ResponseTransform: 'none'
                NumObservations: 6
      >> predict(tree, [2; 4.2; 7])'
      ans =
           1     5     8
      >> tree = fitrtree(table(X, Y), 'Y', 'MinLeafSize', 3); resubLoss(tree)
      ans =
          7.2500

    See also fitctree, fitrsvm, predict.
    """
    from cnnscript.learning.trees import grow_numbers

    refuse_search(OptimizeHyperparameters, "fitrtree", HyperparameterOptimizationOptions)
    options = {
        "Weights": Weights, "PredictorNames": PredictorNames, "ResponseName": ResponseName,
        "CategoricalPredictors": CategoricalPredictors,
    }  # fmt: skip
    predictors, response, matrix, target, weights = responded(session, "fitrtree", X, Y, options)
    sizes = {"MinParentSize": MinParentSize, "MinLeafSize": MinLeafSize, "MaxNumSplits": MaxNumSplits,
             "NumVariablesToSample": NumVariablesToSample}  # fmt: skip
    model = RegressionTree(predictors, response, matrix, target, weights)
    model.tree = grow_numbers(matrix, target, weights, *depths(session, sizes, len(target), matrix.shape[1], 10, 1))
    return model


def depths(
    session, sizes: dict, rows: int, width: int, parent: int, leaf: int, sampled: int | None = None
) -> tuple[int, int, int, int, int | None]:
    """The fewest rows of a node that asks and of a leaf, the most questions, a seed, and how many predictors are drawn
    for each question, by what was given or else the defaults."""

    def whole(name: str, default: int) -> int:
        return default if empty(sizes.get(name)) else take.positive(sizes[name], name)

    leaf = whole("MinLeafSize", leaf)
    parent = max(whole("MinParentSize", parent), 2 * leaf)
    splits = rows if empty(sizes.get("MaxNumSplits")) else take.count(sizes["MaxNumSplits"], "MaxNumSplits")
    few = sizes.get("NumVariablesToSample")
    if is_text(few) and numel_of(few):
        take.choice(few, ("all",), "NumVariablesToSample")
        sampled = None
    elif not empty(few):
        sampled = take.positive(few, "NumVariablesToSample")
    sampled = None if sampled is None or sampled >= width else sampled
    seed = 0 if sampled is None else int(session.random.uniforms(1)[0] * 2**31)
    return parent, leaf, splits, seed, sampled


@builtin
def fitrsvm(
    session, X, Y=None, /, *, KernelFunction=None, KernelScale=None, BoxConstraint=None, Epsilon=None, Standardize=None,
    PolynomialOrder=None, Solver=None, IterationLimit=None, DeltaGradientTolerance=None, GapTolerance=None,
    KKTTolerance=None, CacheSize=None, OutlierFraction=None, Weights=None, PredictorNames=None, ResponseName=None,
    CategoricalPredictors=None, OptimizeHyperparameters=None,
    HyperparameterOptimizationOptions=None, Verbose=None,
):  # fmt: skip
    """
    Mdl = fitrsvm(X, Y)
    Mdl = fitrsvm(Tbl, ResponseVarName)
    Mdl = fitrsvm(..., Name, Value)

    A support vector machine that answers numbers: what lies within Epsilon of its answer costs nothing.

    Options
      KernelFunction           'linear', 'gaussian' ('rbf'), 'polynomial', or a function of two matrices
      KernelScale              what the predictors are divided by (1), or 'auto'
      BoxConstraint            the largest alpha: 1, or with a Gaussian kernel iqr(Y)/1.349
      Epsilon                  half the width of the band without loss (iqr(Y)/13.49)
      Standardize              whether predictors are centred and scaled (false)
      PolynomialOrder          of the polynomial kernel (3)
      Solver                   'SMO'
      IterationLimit           most iterations (1e6)
      DeltaGradientTolerance   when to stop (1e-3)
      GapTolerance             0: not looked at
      KKTTolerance             0: not looked at
      CacheSize                memory for kernel values: the answer is the same
      OutlierFraction          0: no observation is taken for an outlier
      Weights                  of the observations
      PredictorNames           names
      ResponseName             a name ('Y')
      CategoricalPredictors    which are categorical
      OptimizeHyperparameters  'none'
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure
      Verbose                  0: nothing is printed

    Examples
      >> X = (1:6)'; Y = 2*X + 1;
      >> Mdl = fitrsvm(X, Y, 'Epsilon', 0.1, 'BoxConstraint', 10); round(predict(Mdl, 10), 1)
      ans =
         20.7000
      >> Mdl = fitrsvm(table(X, Y), 'Y', 'KernelFunction', 'gaussian'); class(Mdl)
      ans =
          'RegressionSVM'

    See also fitcsvm, fitrlinear, predict.
    """
    from cnnscript.builtins.statistics.quantiles import iqr
    from cnnscript.learning import support_vectors

    options = dict(locals())
    for word in ("X", "Y", "iqr", "support_vectors"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitrsvm", HyperparameterOptimizationOptions)
    check_machine_options(options, "fitrsvm")
    check_run_options(options, "fitrsvm")
    if solver_of(options) != "SMO":
        raise ScriptError("cnnscript:NotYet", "'Solver' other than 'SMO' is not in cnnscript's fitrsvm yet.")
    predictors, response, matrix, target, weights = responded(session, "fitrsvm", X, Y, options)
    whole = ~np.isnan(matrix).any(axis=1)
    if not whole.any():
        raise ScriptError("stats:fitrsvm:NoData", "No observation has a response and all its predictors.")
    matrix, target, weights = matrix[whole], target[whole], weights[whole] / weights[whole].sum()
    kernel = kernel_of(options)
    spread = float(take.number(iqr(norm(target.reshape(-1, 1)))))
    epsilon = spread / 13.49 or 0.1 if empty(Epsilon) else take.number(Epsilon, "Epsilon")
    usual = spread / 1.349 or 1.0 if kernel.word == "gaussian" else 1.0
    box = usual if empty(BoxConstraint) else take.number(BoxConstraint, "BoxConstraint")
    if not box > 0 or epsilon < 0:
        raise ScriptError("stats:fitrsvm:BadBoxConstraint", "BoxConstraint must be positive, Epsilon not negative.")
    model = RegressionMachine(predictors, response, matrix, target, weights)
    model.options = {name: value for name, value in options.items() if value is not None and name != "session"}
    model.epsilon = epsilon
    model.scaler = Scaler(model, not empty(Standardize) and take.flag(Standardize, "Standardize"))
    scaled = model.scaler.apply(matrix)
    if is_text(KernelScale) and take.choice(KernelScale, ("auto",), "KernelScale"):
        draws = session.random.uniforms(2 * min(4000, 40 * len(scaled)))
        scale = support_vectors.usual_scale(scaled, np.zeros(len(scaled)), draws)
    else:
        scale = 1.0 if empty(KernelScale) else take.number(KernelScale, "KernelScale")
    gap = 1e-3 if empty(DeltaGradientTolerance) else take.number(DeltaGradientTolerance, "DeltaGradientTolerance")
    most = 1_000_000 if empty(IterationLimit) else take.positive(IterationLimit, "IterationLimit")
    limits = box * target.size * weights
    model.machine = support_vectors.train_numbers(scaled, target, limits, epsilon, kernel, scale, gap, most)
    return model


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

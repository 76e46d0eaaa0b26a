"""Support vector machines that answer numbers: fitrsvm."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.fitting_options import check_run_options, empty, refuse_search
from cnnscript.builtins.learning.machine_training import Scaler, check_machine_options, kernel_of, solver_of
from cnnscript.builtins.learning.response_models import ResponseModel, responded
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.text import is_text


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


@builtin
def fitrsvm(
    session, X, Y=None, /, *, KernelFunction=None, KernelScale=None, BoxConstraint=None, Epsilon=None, Standardize=None,
    PolynomialOrder=None, Solver=None, IterationLimit=None, DeltaGradientTolerance=None, GapTolerance=None,
    KKTTolerance=None, CacheSize=None, OutlierFraction=None, Weights=None, PredictorNames=None, ResponseName=None,
    CategoricalPredictors=None, OptimizeHyperparameters=None, HyperparameterOptimizationOptions=None, Verbose=None,
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

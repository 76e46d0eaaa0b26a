"""How support vector machines are trained: their options read, predictors scaled, kernels of programs asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.learning.fitting_options import empty
from cnnscript.builtins.learning.training_data import Data
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, as_array, ndarray, norm
from cnnscript.values.text import is_text

SOLVERS = ("SMO", "ISDA", "L1QP")
EXACT = 1e-9  # how close quadratic programming comes to the minimum of the dual


class Scaler:
    """Means and deviations that predictors are standardized with (none: as they are)."""

    def __init__(self, data: Data, wanted: bool):
        self.mean = self.deviation = None
        if wanted:
            weights = data.weights / data.weights.sum()
            self.mean = weights @ data.X
            spread = weights @ (data.X - self.mean) ** 2
            correction = 1 - (weights**2).sum()
            self.deviation = np.sqrt(spread / correction) if correction > 0 else np.ones_like(spread)
            self.deviation[self.deviation == 0] = 1.0

    def apply(self, X: ndarray) -> ndarray:
        return X if self.mean is None else (X - self.mean) / self.deviation

    def row(self, values) -> Any:
        return EMPTY if values is None else norm(values.reshape(1, -1))


def kernel_of(options: dict) -> Any:
    """The kernel that the options name."""
    from cnnscript.learning.support_vectors import Kernel

    given = options.get("KernelFunction")
    order = options.get("PolynomialOrder")
    order = 3 if empty(order) else take.positive(order, "PolynomialOrder")
    if empty(given):
        return Kernel()
    if type(given) is Function:
        function = given
    else:
        word = take.text(given, "KernelFunction")
        folded = word.lower()
        if folded in ("linear", "gaussian", "rbf", "polynomial"):
            return Kernel({"rbf": "gaussian"}.get(folded, folded), order)
        session = options["session"]
        function = session.function(word)

    def asked(one: ndarray, other: ndarray) -> ndarray:
        value = function.call(1, norm(np.asfortranarray(one)), norm(np.asfortranarray(other)))
        matrix = np.asarray(as_array(value), float)
        if matrix.shape != (len(one), len(other)):
            raise ScriptError(
                "stats:fitcsvm:BadKernel",
                "The kernel function must give a matrix with an element for each pair of rows.",
            )
        return matrix

    return Kernel("", order, asked)


def machine_trainer(session, options: dict) -> Callable[[Data], Any]:
    """Trains support vector machines with the options of fitcsvm."""
    from cnnscript.learning import support_vectors

    options = {**options, "session": session}
    kernel = kernel_of(options)
    box = 1.0 if empty(options.get("BoxConstraint")) else take.number(options["BoxConstraint"], "BoxConstraint")
    if not box > 0:
        raise ScriptError("stats:fitcsvm:BadBoxConstraint", "BoxConstraint must be a positive number.")
    scale = options.get("KernelScale")
    auto = is_text(scale) and take.choice(scale, ("auto",), "KernelScale") == "auto"
    number = 1.0 if auto or empty(scale) else take.number(scale, "KernelScale")
    most = options.get("IterationLimit")
    most = 1_000_000 if empty(most) else take.positive(most, "IterationLimit")
    solver = solver_of(options)
    gap = options.get("KKTTolerance" if solver == "ISDA" else "DeltaGradientTolerance")
    gap = 1e-3 if empty(gap) else take.number(gap, "the tolerance")
    if solver == "L1QP":
        gap = EXACT
    offset = options.get("KernelOffset")
    offset = 0.1 if empty(offset) else take.number(offset, "KernelOffset")
    standard = not empty(options.get("Standardize")) and take.flag(options["Standardize"], "Standardize")
    share = 0.5 if empty(options.get("Nu")) else take.number(options["Nu"], "Nu")

    def train(data: Data):
        scaler = Scaler(data, standard)
        X = scaler.apply(data.X)
        signs = np.where(data.y == data.count - 1, 1, -1)
        width = number
        if auto:
            width = support_vectors.usual_scale(X, signs, session.random.uniforms(2 * min(4000, 40 * len(X))))
        if data.count == 1:
            if solver != "SMO":
                raise ScriptError("cnnscript:NotYet", "One class is learned by the solver 'SMO' only.")
            machine = support_vectors.train_one_class(X, share, kernel, width, gap)
            return machine, scaler, np.ones(len(X))
        weights = data.weights * (data.cost.sum(axis=1)[data.y])
        limits = box * len(X) * weights / weights.sum()
        if not (signs > 0).any() or not (signs < 0).any():  # a fold may hold one class only
            nothing = np.zeros(0)
            machine = support_vectors.SupportVectors(
                X[:0], nothing, nothing, float(signs[0]), width, kernel, np.zeros(0, int), 0
            )
            return machine, scaler, limits
        if solver == "ISDA":
            machine = support_vectors.train_unbalanced(X, signs, limits, kernel, width, offset, gap, most)
        else:  # an offset of the kernel would change nothing: the alphas of the two sides balance
            machine = support_vectors.train_two_classes(X, signs, limits, kernel, width, gap, most)
        return replace(machine, solver=solver), scaler, limits

    return train


def check_machine_options(options: dict, name: str) -> None:
    """Options that one value only is possible of here."""
    solver = solver_of(options)
    offset = options.get("KernelOffset")
    if not empty(offset) and not take.number(offset, "KernelOffset") >= 0:
        raise take.wanted("a nonnegative number", "KernelOffset", offset)
    unlooked = ["GapTolerance", "OutlierFraction"]
    unlooked += ["KKTTolerance"] * (solver != "ISDA") + ["DeltaGradientTolerance"] * (solver != "SMO")
    for word in unlooked:
        value = options.get(word)
        if not empty(value) and take.number(value, word) != 0:
            raise ScriptError("cnnscript:NotYet", f"'{word}' other than 0 is not in cnnscript's {name} yet.")


def solver_of(options: dict) -> str:
    """The solver that the options name."""
    given = options.get("Solver")
    return "SMO" if empty(given) else take.choice(given, SOLVERS, "Solver")

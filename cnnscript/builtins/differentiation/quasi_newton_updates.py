"""lbfgsupdate, lbfgsState: steps of limited-memory BFGS on networks and other containers of parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.containers_of_dlarrays import together
from cnnscript.builtins.differentiation.solver_updates import like
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.registry import builtin
from cnnscript.display.objects import titled
from cnnscript.engine.labelled import quasi_newton
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import numbers
from cnnscript.values.numeric import EMPTY, as_array, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.text import String


class LBFGSState(Object):
    """What lbfgsupdate carries from step to step: a value.

    pairs     steps and changes of the gradient, the oldest first
    gradient  the one at the parameters; None before the first step
    """

    class_name = "lbfgsState"

    def __init__(self, history: int, factor: float):
        self.history, self.factor = history, factor
        self.pairs: list[tuple[np.ndarray, np.ndarray]] = []
        self.gradient: np.ndarray | None = None
        self.found: dict[str, Any] = {
            "Loss": EMPTY, "Gradients": EMPTY, "AdditionalLossFunctionOutputs": np.empty((1, 0), object),
            "GradientsNorm": EMPTY, "StepNorm": EMPTY, "LineSearchStatus": String.of(""),
        }  # fmt: skip

    def properties(self) -> dict[str, Any]:
        return {"HistorySize": float(self.history), "InitialInverseHessianFactor": self.factor, **self.found}

    def disp(self, form: Any) -> str:
        return titled("LBFGSState", list(self.properties().items()), form)


@builtin(name="lbfgsState")
def lbfgs_state(*, HistorySize=10.0, InitialInverseHessianFactor=1.0):
    """
    solverState = lbfgsState
    solverState = lbfgsState(Name=Value)

    The state of a limited-memory BFGS solver, before the first step.

    Options
      HistorySize                  steps that the curvature is known by (10)
      InitialInverseHessianFactor  the first direction is the gradient times it, downhill (1)

    Examples
      >> solverState = lbfgsState(HistorySize=5); solverState.HistorySize
      ans =
           5

    See also lbfgsupdate, adamupdate.
    """
    factor = take.number(numbers(InitialInverseHessianFactor), "InitialInverseHessianFactor")
    if not 0 < factor < np.inf:
        raise take.wanted("positive", "InitialInverseHessianFactor", InitialInverseHessianFactor)
    return LBFGSState(take.positive(numbers(HistorySize), "HistorySize"), factor)


@builtin(outputs=2)
def lbfgsupdate(
    session, nargout, net, lossFcn, solverState=EMPTY, /, *, LineSearchMethod="weak-wolfe",
    MaxNumLineSearchIterations=20.0, InitialStepSize=EMPTY, NumLossFunctionOutputs=2.0,
):  # fmt: skip
    """
    [net,solverState] = lbfgsupdate(net,lossFcn,solverState)
    [params,solverState] = lbfgsupdate(params,lossFcn,solverState)
    [...] = lbfgsupdate(...,Name=Value)

    The parameters after one step of limited-memory BFGS, which takes all data at once.

    lossFcn is a function of net (or of params: a table, cell, struct or dlarray) with the outputs [loss,gradients].
    solverState is [] or lbfgsState before the first step; its Loss, GradientsNorm, StepNorm and LineSearchStatus
    ("completed" or "failed") tell of the last one. Steps are bisected, from 1, until they fulfil the conditions of the
    line search (1e-4 and 0.9); MathWorks' search, which is not public, may try other lengths.

    Options
      LineSearchMethod            'weak-wolfe' (default), 'strong-wolfe', 'backtracking'
      MaxNumLineSearchIterations  most lengths tried in a step (20)
      InitialStepSize             how far the first step moves the parameter that it moves most; [] (default): as
                                  InitialInverseHessianFactor says
      NumLossFunctionOutputs      outputs of lossFcn (2); the third and further ones are in the state's
                                  AdditionalLossFunctionOutputs

    Examples
      >> f = @(p) deal(sum((p - [1 2]).^2),2*(p - [1 2])); p = dlarray([0 0]); state = [];
      >> for k = 1:3, [p,state] = lbfgsupdate(p,f,state); end
      >> p, state.LineSearchStatus
      p =
        1×2 dlarray
           1     2
      ans =
          "completed"

    See also lbfgsState, adamupdate, sgdmupdate, dlfeval, dlgradient.
    """
    state = solverState if isinstance(solverState, LBFGSState) else None
    if state is None:
        if numel_of(solverState):
            raise take.wanted("[] or what lbfgsState gives", "solverState", solverState)
        state = LBFGSState(10, 1.0)
    method = take.choice(LineSearchMethod, quasi_newton.METHODS, "LineSearchMethod")
    most = take.positive(numbers(MaxNumLineSearchIterations), "MaxNumLineSearchIterations")
    count = take.positive(numbers(NumLossFunctionOutputs), "NumLossFunctionOutputs")
    if count < 2:
        raise take.wanted("2 or more", "NumLossFunctionOutputs", NumLossFunctionOutputs)
    function = take.function(lossFcn, "lossFcn", session.function)
    last: dict[str, Any] = {}

    def evaluate(x: np.ndarray) -> tuple[float, np.ndarray]:
        loss, gradients, *rest = session.call(function, count, filled(net, x))
        value = take.number(numbers(loss), "The loss")
        last[x.tobytes()] = (loss, gradients, rest)
        vector = flat(gradients)
        if vector.size != x.size:
            raise ScriptError(
                "deep:lbfgsupdate:GradientsMismatch", "The gradients must be laid out as the parameters are.",
                notes=(f"{x.size} parameters, {vector.size} elements of gradients",),
            )  # fmt: skip
        return value, vector

    x = flat(net)
    if state.gradient is None:
        loss, gradient = evaluate(x)
    else:
        loss, gradient = take.number(state.found["Loss"], "Loss"), state.gradient
    factor = state.factor
    if numel_of(InitialStepSize) and not state.pairs:
        factor = take.number(numbers(InitialStepSize), "InitialStepSize") / max(np.abs(gradient).max(), 1e-300)
    along = quasi_newton.direction(gradient, state.pairs, factor)
    point, there, pull, done = quasi_newton.search(evaluate, x, loss, gradient, along, method, most)
    made = LBFGSState(state.history, state.factor)
    step, change = point - x, pull - gradient
    made.pairs = list(state.pairs)
    if step @ change > 0:
        made.pairs = [*made.pairs, (step, change)][-state.history :]
    made.gradient = pull
    value, gradients, rest = last.get(point.tobytes(), (state.found["Loss"], state.found["Gradients"], []))
    more = np.empty((1, len(rest)), object)
    more[0, :] = [numbers(one) for one in rest]
    made.found = {
        "Loss": numbers(value), "Gradients": gradients, "AdditionalLossFunctionOutputs": more,
        "GradientsNorm": float(np.linalg.norm(pull)), "StepNorm": float(np.linalg.norm(step)),
        "LineSearchStatus": String.of("completed" if done else "failed"),
    }  # fmt: skip
    new = filled(net, point)
    return (new, made) if nargout > 1 else new


def flat(container: Any) -> np.ndarray:
    """All numbers of a container as a vector of doubles."""
    if isinstance(container, DLNetwork):
        container = container.get("Learnables")
    parts: list[np.ndarray] = [np.zeros(0)]

    def collect(one: Any) -> list[Any]:
        parts.append(as_array(numbers(one)).ravel(order="F").astype(float))
        return [one]

    together(collect, 1, container, [])
    return np.concatenate(parts)


def filled(container: Any, vector: np.ndarray) -> Any:
    """A container like another with the numbers of a vector, in its own classes."""
    place = 0

    def put(one: Any) -> list[Any]:
        nonlocal place
        array = as_array(numbers(one))
        cut = vector[place : place + array.size]
        place += array.size
        return [like(np.asfortranarray(cut.reshape(array.shape, order="F").astype(array.dtype)), one)]

    return together(put, 1, container, [])[0]

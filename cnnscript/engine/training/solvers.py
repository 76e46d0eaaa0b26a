"""The running means of a solver, and its step on TensorFlow's variables.

The formulas are those of adamupdate, sgdmupdate and rmspropupdate (labelled/solver_steps.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnscript.engine.labelled import solver_steps
from cnnscript.engine.stateful_operations import number
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.plans import Solver

MEANS = {"sgdm": 1, "adam": 2, "rmsprop": 1, "lbfgs": 0, "lm": 0}  # running means of each parameter


class SolverState:
    """What a solver remembers of each variable: zeros at first."""

    def __init__(self, solver: Solver, variables: Sequence[Any]):
        tf = tensorflow()
        self.solver = solver
        self.means = [
            [tf.Variable(tf.zeros_like(one), trainable=False) for _ in range(MEANS[solver.kind])] for one in variables
        ]

    def rate(self, rate: float, count: int) -> float:
        """The learn rate that step `count` (from 1) is given."""
        solver = self.solver
        if solver.kind == "adam":
            return solver_steps.adam_rate(rate, count, solver.gradient_decay, solver.square_decay)
        return rate

    def update(self, variables: Sequence[Any], gradients: Sequence[Any], rates: Sequence[Any]) -> None:
        """One step: every variable by its gradient and its learn rate."""
        for variable, gradient, rate, means in zip(variables, gradients, rates, self.means, strict=True):
            self.step(variable, gradient, rate, means)

    def step(self, variable: Any, gradient: Any, rate: Any, means: Sequence[Any]) -> None:
        """The formulas of solver_steps.py on one variable; those that TensorFlow has as one operation by that: written
        out for hundreds of variables they are a large part of the time before the first step."""
        solver, ops = self.solver, tensorflow().raw_ops
        if solver.kind == "sgdm":
            ops.ResourceApplyKerasMomentum(
                var=variable.handle, accum=means[0].handle, lr=rate, grad=gradient, momentum=number(solver.momentum),
                use_nesterov=solver.nesterov,
            )  # fmt: skip
        elif solver.kind == "adam":  # its own correction of the bias is that of powers of 0: the rate is corrected
            ops.ResourceApplyAdam(
                var=variable.handle, m=means[0].handle, v=means[1].handle, beta1_power=number(0.0),
                beta2_power=number(0.0), lr=rate, beta1=number(solver.gradient_decay),
                beta2=number(solver.square_decay), epsilon=number(solver.epsilon), grad=gradient,
            )  # fmt: skip
        else:
            new, square = solver_steps.rmsprop_step(
                variable, gradient, means[0], rate, solver.square_decay, solver.epsilon
            )
            variable.assign(new, read_value=False)
            means[0].assign(square, read_value=False)

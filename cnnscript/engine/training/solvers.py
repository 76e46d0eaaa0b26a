"""The running means of a solver, and its step on TensorFlow's variables.

The formulas are those of adamupdate, sgdmupdate and rmspropupdate (labelled/solver_steps.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnscript.engine.labelled import solver_steps
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
            new, *kept = self.step(variable, gradient, rate, means)
            variable.assign(new)
            for mean, value in zip(means, kept, strict=True):
                mean.assign(value)

    def step(self, variable: Any, gradient: Any, rate: Any, means: Sequence[Any]) -> tuple[Any, ...]:
        solver = self.solver
        if solver.kind == "sgdm":
            return solver_steps.momentum_step(variable, gradient, means[0], rate, solver.momentum, solver.nesterov)
        if solver.kind == "adam":
            return solver_steps.adam_step(
                variable, gradient, *means, rate, solver.gradient_decay, solver.square_decay, solver.epsilon
            )
        return solver_steps.rmsprop_step(variable, gradient, means[0], rate, solver.square_decay, solver.epsilon)

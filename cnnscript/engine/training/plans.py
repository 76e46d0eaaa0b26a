"""What was decided before training begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from cnnscript.engine.training.schedules import Schedule


@dataclass(frozen=True)
class Solver:
    """kind: 'sgdm', 'adam' or 'rmsprop'; each looks at its own numbers only."""

    kind: str
    momentum: float = 0.9
    nesterov: bool = False
    gradient_decay: float = 0.9
    square_decay: float = 0.999
    epsilon: float = 1e-8


@dataclass(frozen=True)
class QuasiNewton:
    """L-BFGS.

    method      of the line search: 'weak-wolfe', 'strong-wolfe', 'backtracking'; trials: lengths tried in a step
    history     steps that the curvature is known by
    factor      the first direction is the gradient times it, downhill; first_step: the largest part of the first step,
                which goes before the factor
    """

    iterations: int = 1000
    method: str = "weak-wolfe"
    trials: int = 20
    history: int = 10
    factor: float = 1.0
    first_step: float | None = None
    gradient_tolerance: float = 1e-5
    step_tolerance: float = 1e-5


@dataclass(frozen=True)
class DampedSteps:
    """Levenberg-Marquardt: by what damping grows after a step that fails, and shrinks after one that does not."""

    iterations: int = 1000
    first_damping: float = 1e-3
    largest_damping: float = 1e10
    increase: float = 10.0
    decrease: float = 0.1
    gradient_tolerance: float = 1e-5
    step_tolerance: float = 1e-5


@dataclass(frozen=True)
class Plan:
    """Everything that MATLAB's options say of the computation.

    l2                weight decay, times the factor of each parameter
    threshold         beyond which gradients are cut; method: 'l2norm', 'global-l2norm', 'absolute-value'
    shuffle           'once', 'never', 'every-epoch'
    validate_every    iterations between validations
    validates_before  also before the first iteration, which is then number 0
    patience          how often the validation loss may fail to improve
    keeps_best        the network of the smallest validation loss is the result, not the last
    objective         the number of the metric by which the best is found, None for the loss; larger_is_better says
                      in which direction
    population        batch normalisation gets the statistics of all data after training
    splits            long sequences come in pieces, batch after batch, and recurrent layers go on from piece to piece
    compiled          the step is traced once; else it runs as it is
    full_batch        a solver that takes all data at once, instead of the other one
    """

    solver: Solver
    schedule: Schedule
    epochs: int = 30
    batch_size: int = 128
    l2: float = 1e-4
    threshold: float = inf
    threshold_method: str = "l2norm"
    shuffle: str = "once"
    validate_every: int = 50
    validates_before: bool = False
    patience: float = inf
    keeps_best: bool = False
    objective: int | None = None
    larger_is_better: bool = False
    population: bool = True
    splits: bool = False
    compiled: bool = True
    device: str = "/CPU:0"
    full_batch: QuasiNewton | DampedSteps | None = None

    def uncompiled(self) -> Plan:
        """The same, its step not traced."""
        return replace(self, compiled=False)

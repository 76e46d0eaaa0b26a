"""Solvers that take all data at once: limited-memory BFGS and Levenberg-Marquardt, in double precision over the
network's single numbers.

What is made small is the loss and l2/2 |w|² (times the L2 factors of the parameters). Training ends where the largest
part of the gradient is at most a·GradientTolerance, a = max(1, least loss, largest part of the first gradient), or the
largest part of a step is at most StepTolerance: the criteria of MathWorks' page of fitcnet, for trainnet's says less.
Learn rate factors other than 0, which freezes a parameter, have nothing to weigh here.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan
from time import monotonic
from typing import Any

import numpy as np

from cnnscript.engine.labelled import quasi_newton
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import Batch, Feed
from cnnscript.engine.training.goals import steps_alone
from cnnscript.engine.training.loop import (
    COMPLETED,
    TOLD,
    UNSOUND,
    VALIDATED,
    Moment,
    Training,
    reason_of,
)
from cnnscript.engine.training.metrics import hot
from cnnscript.engine.training.plans import DampedSteps, QuasiNewton
from cnnscript.engine.training.trainees import Measured, Trainee, drawing

ITERATIONS = "Max iterations completed"
FLAT, SHORT = "Gradient tolerance reached", "Step tolerance reached"
NO_STEP, DAMPED = "Line search failed", "Maximum damping factor reached"
LEAST_DAMPING = 1e-20  # of 0 no factor makes a larger one
ALL = 2**31 - 1


class Whole:
    """A network and all its data as functions of the vector of its parameters."""

    def __init__(self, trainee: Trainee, batch: Batch, seed: Any):
        tf = tensorflow()
        self.trainee, self.tensors, self.seed = trainee, trainee.tensors(batch), tf.constant(seed, tf.int32)
        self.decay = np.concatenate([
            np.full(int(np.prod(one.variable.shape)), trainee.plan.l2 * one.l2_factor) for one in trainee.learnables
        ] or [np.zeros(0)])  # fmt: skip
        self.slopes, self.residuals = self._slopes, self._residuals
        if trainee.compiled:
            self.slopes = tf.function(self._slopes, autograph=False)
            self.residuals = tf.function(self._residuals, autograph=False)
        self.latest: tuple[bytes, float, Any, Any] | None = None

    def vector(self) -> np.ndarray:
        return flat(self.trainee.variables)

    def put(self, vector: np.ndarray) -> None:
        """The numbers of a vector are the network's."""
        place = 0
        for variable in self.trainee.variables:
            shape = tuple(variable.shape)
            size = int(np.prod(shape))
            variable.assign(vector[place : place + size].reshape(shape).astype(np.float32))
            place += size

    def evaluate(self, vector: np.ndarray) -> tuple[float, np.ndarray]:
        """Loss with the weights' part, and its gradient."""
        self.put(vector)
        with tensorflow().device(self.trainee.plan.device):
            loss, parts, gradients, state = self.slopes(*self.tensors, self.seed)
        self.latest = (vector.tobytes(), float(loss), parts, state)
        return float(loss) + (self.decay * vector**2).sum() / 2, flat(gradients) + self.decay * vector

    def settle(self, vector: np.ndarray) -> Measured:
        """The network is that of the vector, with what its layers carry on; its loss (without weights) and metrics."""
        if self.latest is None or self.latest[0] != vector.tobytes():
            self.evaluate(vector)
        assert self.latest is not None
        self.put(vector)
        _, loss, parts, state = self.latest
        for layer, held in self.trainee.states.items():
            for name, value in state.get(layer, {}).items():
                held[name].assign(value)
        return Measured(loss, self.trainee.told([parts]))

    def errors(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """All outputs less their targets, and how they change with each parameter."""
        self.put(vector)
        with tensorflow().device(self.trainee.plan.device):
            errors, slopes = self.residuals(*self.tensors, self.seed)
        rows = [np.reshape(one.numpy(), (errors.shape[0], -1)) for one in slopes]
        return errors.numpy().astype(float), np.hstack(rows).astype(float)

    # ------------------------------------------------------------------------------------------------------- traced
    def _slopes(self, images: list[Any], targets: Any, counted: list[Any], seed: Any
                ) -> tuple[Any, list[Any], list[Any], Any]:  # fmt: skip
        tf, trainee = tensorflow(), self.trainee
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(trainee.variables)
            output, state = trainee.passed(images, [], training=True, draw=drawing(seed))
            loss, parts = trainee.measures(output, targets, counted)
        found = tape.gradient(loss, trainee.variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        kept = {layer: dict(values) for layer, values in state.items() if layer in trainee.states}
        return loss, parts, found, kept

    def _residuals(self, images: list[Any], targets: Any, counted: list[Any], seed: Any) -> tuple[Any, list[Any]]:
        tf, trainee = tensorflow(), self.trainee
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(trainee.variables)
            output, _ = trainee.passed(images, [], training=True, draw=drawing(seed))
            if counted:
                output, targets = (steps_alone(one, counted[0]) for one in (output, targets))
            errors = tf.reshape(output - hot(targets, output), [-1])
        return errors, tape.jacobian(errors, trainee.variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)


def flat(tensors: Any) -> np.ndarray:
    return np.concatenate([np.zeros(0), *(one.numpy().ravel().astype(float) for one in tensors)])


class FullBatchTraining(Training):
    """One run of a plan that has a full-batch solver: an iteration is one step of it."""

    def learn(self) -> None:
        plan, outcome, solver = self.plan, self.outcome, self.plan.full_batch
        assert solver is not None
        if self.watcher.begins(solver.iterations):
            outcome.reason = TOLD
            return
        batch = everything(self.feed)
        if plan.validates_before and self.validation is not None:
            moment = Moment(0, 0, monotonic() - self.start, nan, Measured(nan), self.validate(0))
            if stop := self.watcher.iteration(moment):
                outcome.reason = reason_of(stop)
                return
        whole = Whole(self.trainee, batch, self.seeds())
        steps = Curved(whole, solver) if isinstance(solver, QuasiNewton) else Damped(whole, solver)
        try:
            self.go(whole, steps, batch)
        except KeyboardInterrupt:
            whole.put(self.reached)  # a step tries other numbers
            raise

    def go(self, whole: Whole, steps: Curved | Damped, batch: Batch) -> None:
        """All iterations.  reached: the parameters after the last one that is whole."""
        plan, outcome, solver = self.plan, self.outcome, steps.solver
        self.reached = steps.point
        first, least = np.abs(steps.gradient).max(initial=0), steps.value
        for iteration in range(1, solver.iterations + 1):
            before = steps.point
            sound = isfinite(steps.value) and np.isfinite(steps.gradient).all()
            reason = steps.step() if sound else UNSOUND
            least = min(least, steps.value)
            outcome.iteration, outcome.epoch = iteration, iteration
            if reason == UNSOUND:
                outcome.reason, outcome.output_iteration = UNSOUND, iteration - 1
                outcome.unsound = self.trainee.first_unsound(batch, whole.seed)
                whole.put(before)
                return
            moved, pull = np.abs(steps.point - before).max(initial=0), np.abs(steps.gradient).max(initial=0)
            if reason == COMPLETED and pull <= solver.gradient_tolerance * max(1, least, first):
                reason = FLAT
            elif reason == COMPLETED and moved <= solver.step_tolerance:
                reason = SHORT
            last = iteration == solver.iterations
            measured = whole.settle(steps.point)
            outcome.output_iteration, self.reached = iteration, steps.point
            over = last or reason != COMPLETED
            seen = self.validate(iteration) if self.validation is not None and (
                over or not iteration % plan.validate_every
            ) else None  # fmt: skip
            moment = Moment(iteration, iteration, monotonic() - self.start, nan, measured, seen, over)
            stop = self.watcher.iteration(replace(
                moment, gradient_norm=float(np.linalg.norm(steps.gradient)),
                step_norm=float(np.linalg.norm(steps.point - before)),
            ))  # fmt: skip
            self.watcher.checkpoint(iteration, iteration, True)
            if reason != COMPLETED:
                outcome.reason = reason
            elif last:
                outcome.reason = ITERATIONS
            elif stop:
                outcome.reason = reason_of(stop)
            elif self.failures and self.failures >= plan.patience:
                outcome.reason = VALIDATED
            if outcome.reason != COMPLETED:
                return


def everything(feed: Feed) -> Batch:
    """All data of a feed as one batch."""
    feed.start(None)
    batch = feed.take(ALL if feed.count is None else max(1, feed.count))
    assert batch is not None  # data without observations were refused before
    return batch


class Curved:
    """Steps of L-BFGS (J. Nocedal, S. J. Wright, Numerical Optimization, 2006, algorithm 7.5).

    point, value, gradient: where it is
    """

    def __init__(self, whole: Whole, solver: QuasiNewton):
        self.whole, self.solver = whole, solver
        self.point = whole.vector()
        self.value, self.gradient = whole.evaluate(self.point)
        self.pairs: list[tuple[np.ndarray, np.ndarray]] = []
        self.factor = solver.factor
        if solver.first_step is not None:
            self.factor = solver.first_step / max(np.abs(self.gradient).max(initial=0), 1e-300)

    def step(self) -> str:
        """To the next point; why training ends, 'Max epochs completed' where it goes on."""
        solver = self.solver
        along = quasi_newton.direction(self.gradient, self.pairs, self.factor)
        point, value, gradient, done = quasi_newton.search(
            self.whole.evaluate, self.point, self.value, self.gradient, along, solver.method, solver.trials
        )
        step, change = point - self.point, gradient - self.gradient
        if step @ change > 0:
            self.pairs = [*self.pairs, (step, change)][-solver.history :]
        self.point, self.value, self.gradient = point, value, gradient
        if not isfinite(value) or not np.isfinite(gradient).all():
            return UNSOUND
        return COMPLETED if done else NO_STEP


class Damped:
    """Steps of Levenberg-Marquardt for mean squared errors (M. T. Hagan, M. Menhaj, IEEE Trans. Neural Networks 5,
    1994): (H + µI)s = -g, where H = 2/n JᵀJ is the curvature without second derivatives."""

    def __init__(self, whole: Whole, solver: DampedSteps):
        self.whole, self.solver, self.damping = whole, solver, solver.first_damping
        self.point = whole.vector()
        self.look()

    def look(self) -> None:
        """Value, gradient and curvature at the point."""
        decay = self.whole.decay
        errors, slopes = self.whole.errors(self.point)
        count = max(len(errors), 1)
        self.value = (errors**2).mean() + (decay * self.point**2).sum() / 2
        self.gradient = 2 / count * slopes.T @ errors + decay * self.point
        self.curvature = 2 / count * slopes.T @ slopes + np.diag(decay)

    def step(self) -> str:
        solver, unit = self.solver, np.eye(len(self.point))
        while self.damping <= solver.largest_damping:
            try:
                step = np.linalg.solve(self.curvature + self.damping * unit, -self.gradient)
            except np.linalg.LinAlgError:  # singular as far as single numbers tell: more damping makes it regular
                self.damping *= solver.increase
                continue
            value, _ = self.whole.evaluate(self.point + step)
            if value < self.value:
                self.damping = max(self.damping * solver.decrease, LEAST_DAMPING)
                self.point = self.point + step
                self.look()
                return COMPLETED if isfinite(self.value) else UNSOUND
            self.damping *= solver.increase
        return DAMPED

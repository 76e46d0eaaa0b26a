"""A network with its training step, compiled once: loss, gradients, regularisation, thresholds, update.

The network's own Keras variables change; `numbers` and `give_back` keep and restore them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import isinf, nan
from typing import Any

import numpy as np

from cnnscript.engine.forward import forward
from cnnscript.engine.function_layers import ScriptLayer
from cnnscript.engine.graph import Network
from cnnscript.engine.keras_model import variables
from cnnscript.engine.layers import Frames, Size, Steps, size_text
from cnnscript.engine.output_layers import ClassOutput
from cnnscript.engine.pointwise_layers import BatchNormalization, Softmax
from cnnscript.engine.recurrent_layers import Recurrent
from cnnscript.engine.stateful_operations import number
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import Batch
from cnnscript.engine.training.goals import Goal, Measure, steps_alone
from cnnscript.engine.training.plans import Plan
from cnnscript.engine.training.solvers import SolverState
from cnnscript.errors import ScriptError

UNSOUND_STEP = "the loss or a gradient is not finite"
Arrays = Mapping[tuple[str, str], np.ndarray]  # (layer, parameter) → array in the engine's shape


@dataclass(frozen=True)
class Measured:
    """Of a batch: its loss and metrics, in the goal's order; sound: were loss and gradients finite?"""

    loss: float
    metrics: tuple[float, ...] = ()
    sound: bool = True

    @property
    def metric(self) -> float:
        """The first of the metrics, not a number where there is none."""
        return self.metrics[0] if self.metrics else nan


@dataclass(frozen=True)
class Learnable:
    """A parameter that training changes; the factors weigh the plan's learn rate and weight decay."""

    layer: str
    name: str
    variable: Any
    rate_factor: float
    l2_factor: float


def learnables(network: Network) -> list[Learnable]:
    """The parameters that training changes: those whose learn rate factor is not 0."""
    held = variables(network)
    found = []
    for layer in network.layers:
        for name in layer.learnables:
            if layer.name not in held or name not in layer.parameter_shapes():
                continue
            rate, l2 = (layer.learning_of(name, kind) for kind in ("LearnRateFactor", "L2Factor"))
            if rate:
                found.append(Learnable(layer.name, name, held[layer.name].tensors()[name], rate, l2))
    return found


class Trainee:
    """A network that learns to reach a goal with one of its layers (`output`, its number)."""

    def __init__(self, network: Network, output: int, goal: Goal, plan: Plan):
        tf = tensorflow()
        self.network, self.output, self.goal, self.plan = network, output, goal, plan
        self.outputs = [output]
        self.before = before_softmax(network, output) if goal.before_softmax else []
        self.learnables = learnables(network)
        self.variables = [one.variable for one in self.learnables]
        held = variables(network)
        self.statistics = {
            layer.name: held[layer.name].tensors()
            for layer in network.layers if isinstance(layer, BatchNormalization) and layer.name in held
        }  # fmt: skip
        # what classes of layers of the script carry on; recurrent layers begin each batch anew
        carried = [one for one in network.layers if one.name in self.statistics or isinstance(one, ScriptLayer)]
        self.states = {
            layer.name: {name: held[layer.name].tensors()[name] for name in layer.state}
            for layer in carried if layer.state and layer.name in held
        }  # fmt: skip
        # what recurrent layers hand on from one piece of a long sequence to the next: (layer, state)
        self.handed = [
            (layer.name, name) for layer in network.layers if plan.splits and isinstance(layer, Recurrent)
            for name in layer.state
        ]  # fmt: skip
        self.begun: list[Any] | None = None
        self.solver = SolverState(plan.solver, self.variables)
        self.steps = 0
        self._learn, self._measure = self.learn, self.measure
        self.compiled = plan.compiled and not any(isinstance(layer, ScriptLayer) for layer in network.layers)
        if self.compiled:
            images = [tf.TensorSpec([None, *open_shape(network.sizes[i])], tf.float32) for i in network.inputs]
            size = network.sizes[output]
            targets = tf.TensorSpec([None, *goal.target_shape(size)], tf.int32 if goal.classes else tf.float32)
            counted = [tf.TensorSpec([None, None], tf.bool)] if isinstance(size, Steps) else []
            begun = [tf.TensorSpec([None, held[layer].array(name).shape[-1]]) for layer, name in self.handed]
            more = [tf.TensorSpec([], tf.float32), tf.TensorSpec([2], tf.int32)]
            given = [images, targets, counted, begun]
            self._learn = tf.function(self.learn, input_signature=[*given, *more], autograph=False)
            self._measure = tf.function(self.measure, input_signature=given, autograph=False)

    # ------------------------------------------------------------------------------------------------- outside a trace
    def step(self, batch: Batch, rate: float, seed: Sequence[int]) -> Measured:
        """Learn from a batch.  seed: two whole numbers, for what dropout drops.

        Where the loss or a gradient is not finite, nothing changes.
        """
        tf = tensorflow()
        self.steps += 1
        given = [*self.tensors(batch), self.beginnings(batch)]
        tail = [tf.constant(self.solver.rate(rate, self.steps), tf.float32), tf.constant(seed, tf.int32)]
        with tf.device(self.plan.device):
            try:
                loss, parts, sound, ends = self._learn(*given, *tail)
            except tf.errors.InvalidArgumentError as fault:
                if UNSOUND_STEP not in fault.message:
                    raise
                loss, parts, sound, ends = self.learn(*given, *tail)
        self.begun = ends if batch.more else None
        return Measured(float(loss), self.told([parts]), bool(sound))

    def look(self, batch: Batch) -> tuple[float, list[Any]]:
        """Loss of a batch and parts of its metrics, as the network is used, without learning."""
        with tensorflow().device(self.plan.device):
            loss, parts, ends = self._measure(*self.tensors(batch), self.beginnings(batch))
        self.begun = ends if batch.more else None
        return float(loss), parts

    def told(self, batches: Sequence[Sequence[Any]]) -> tuple[float, ...]:
        """The metrics, from their parts of each batch."""
        return tuple(
            metric.value([parts[k].numpy() for parts in batches]) for k, metric in enumerate(self.goal.metrics)
        )

    def tensors(self, batch: Batch) -> tuple[list[Any], Any, list[Any]]:
        """Inputs, targets, and which steps count: [] where outputs are not for steps."""
        tf = tensorflow()
        kind = tf.int32 if self.goal.classes else tf.float32
        images = [tf.convert_to_tensor(one, tf.float32) for one in batch.inputs]
        counted = [] if batch.counted is None else [tf.constant(batch.counted)]
        return images, tf.convert_to_tensor(batch.targets, kind), counted

    def beginnings(self, batch: Batch) -> list[Any]:
        """The states that recurrent layers begin with: those in which the piece before ended, or the network's own."""
        if self.begun is not None or not self.handed:
            return self.begun or []
        tf, held = tensorflow(), variables(self.network)
        first = [held[layer].array(name) for layer, name in self.handed]
        return [tf.constant(np.broadcast_to(one, (len(batch), one.shape[-1]))) for one in first]

    def numbers(self) -> Arrays:
        """A copy of all that training changes."""
        kept = {(one.layer, one.name): one.variable.numpy() for one in self.learnables}
        for layer, held in self.states.items():
            kept |= {(layer, name): variable.numpy() for name, variable in held.items()}
        return kept

    def give_back(self, numbers: Arrays) -> None:
        """Numbers kept before are the network's again."""
        held = variables(self.network)
        for (layer, name), array in numbers.items():
            held[layer].assign(name, array)

    def first_unsound(self, batch: Batch, seed: Sequence[int]) -> str:
        """The first layer, in computing order, whose output for a batch is not finite; '' for none."""
        tf = tensorflow()
        images = self.tensors(batch)[0]
        path = self.network.ancestors(self.outputs)
        outputs, _ = forward(
            self.network, dict(zip(self.network.inputs, images, strict=True)), path, training=True,
            draw=drawing(tf.constant(seed, tf.int32)),
        )  # fmt: skip
        for place, output in zip(path, outputs, strict=True):
            if not np.isfinite(output.numpy()).all():
                return self.network.layers[place].name
        return ""

    # ------------------------------------------------------------------------------------------------------- traced
    def passed(self, images: list[Any], begun: list[Any], **how: Any) -> tuple[Any, Mapping[str, Any]]:
        """The output, and behind it, where the goal asks for that, what its softmax was given; the new state."""
        outputs, state = self.all_passed(images, begun, **how)
        return outputs if self.before else outputs[0], state

    def all_passed(self, images: list[Any], begun: list[Any], **how: Any) -> tuple[list[Any], Mapping[str, Any]]:
        numbers: dict[str, dict[str, Any]] = {}
        for (layer, name), tensor in zip(self.handed, begun, strict=True):
            numbers.setdefault(layer, {})[name] = tensor
        return forward(
            self.network, dict(zip(self.network.inputs, images, strict=True)), [*self.outputs, *self.before],
            numbers=numbers, **how,
        )  # fmt: skip

    def measures(self, output: Any, targets: Any, counted: list[Any]) -> tuple[Any, list[Any]]:
        goal = self.goal
        loss: Measure = goal.before_softmax if self.before and goal.before_softmax else goal.loss
        output, losing = output if self.before else (output, output)
        if not counted:
            return loss(losing, targets), [metric.parts(output, targets) for metric in goal.metrics]
        alone = [steps_alone(one, counted[0]) for one in (output, targets)]
        return (goal.loss_of_steps(losing, targets, counted[0], loss),
                [metric.parts(*alone) for metric in goal.metrics])  # fmt: skip

    def ends(self, state: Mapping[str, Any]) -> list[Any]:
        return [state[layer][name] for layer, name in self.handed]

    def measure(self, images: list[Any], targets: Any, counted: list[Any], begun: list[Any]
                ) -> tuple[Any, list[Any], list[Any]]:  # fmt: skip
        output, state = self.passed(images, begun)
        return *self.measures(output, targets, counted), self.ends(state)

    def learn(self, images: list[Any], targets: Any, counted: list[Any], begun: list[Any], rate: Any, seed: Any
              ) -> tuple[Any, list[Any], Any, list[Any]]:  # fmt: skip
        tf = tensorflow()
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(self.variables)
            output, state = self.passed(images, begun, training=True, draw=drawing(seed))
            loss, parts = self.measures(output, targets, counted)
        found = tape.gradient(loss, self.variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        decayed = [self.decayed(one, gradient) for one, gradient in zip(self.learnables, found, strict=True)]
        gradients = self.cut(decayed)
        by_factor = {factor: rate * factor for factor in {one.rate_factor for one in self.learnables}}
        rates = [by_factor[one.rate_factor] for one in self.learnables]
        sound = all_finite([loss, *gradients])

        # a branch for hundreds of variables would be half of what there is to trace: a graph ends at once instead
        if not tf.executing_eagerly():
            with tf.control_dependencies([tf.debugging.Assert(sound, [UNSOUND_STEP])]):
                self.change(gradients, rates, state)
        elif sound:
            self.change(gradients, rates, state)
        return loss, parts, sound, self.ends(state)

    def change(self, gradients: list[Any], rates: list[Any], state: Mapping[str, Any]) -> None:
        """The step itself, and what layers carry on."""
        self.solver.update(self.variables, gradients, rates)
        for layer, held in self.states.items():
            for name, value in state.get(layer, {}).items():
                if value.shape != held[name].shape:
                    raise grown(layer, name, held[name].shape, value.shape)
                held[name].assign(value, read_value=False)

    def decayed(self, one: Learnable, gradient: Any) -> Any:
        """The gradient of the loss and of l2/2 |w|²."""
        if not self.plan.l2 or not one.l2_factor:
            return gradient
        return gradient + number(self.plan.l2 * one.l2_factor) * one.variable

    def cut(self, gradients: list[Any]) -> list[Any]:
        """Gradients not beyond the threshold: each number, each parameter's norm, or the norm of all."""
        tf, threshold = tensorflow(), self.plan.threshold
        if isinf(threshold) or not gradients:
            return gradients
        if self.plan.threshold_method == "absolute-value":
            return [tf.clip_by_value(one, -threshold, threshold) for one in gradients]
        if self.plan.threshold_method == "global-l2norm":
            return tf.clip_by_global_norm(gradients, threshold)[0]
        return [tf.clip_by_norm(one, threshold) for one in gradients]


def before_softmax(network: Network, output: int) -> list[int]:
    """The number of the layer whose softmax an output is, or an output layer's; [] where it is no softmax's."""
    if isinstance(network.layers[output], ClassOutput):
        (output,) = network.sources[output]
    if not isinstance(network.layers[output], Softmax) or network.ports[output] != (0,):
        return []
    (given,) = network.sources[output]
    return [given] if len(network.layers[given].output_names) == 1 else []


def all_finite(tensors: Sequence[Any]) -> Any:
    """Is every number of them finite?  One operation and one pass for each tensor, of which a network has hundreds."""
    tf = tensorflow()
    told = [
        tf.raw_ops.DebugNumericSummaryV2(input=one, output_dtype=tf.float32, tensor_debug_mode=2, tensor_id=0)
        for one in tensors
    ]  # [0, 1 where a number is not finite]
    return tf.add_n(told)[1] == 0


def open_shape(size: Size) -> list[int | None]:
    """The shape of one observation of such a size: the number of steps is open."""
    if isinstance(size, Frames):
        return [None, *size]
    return [None, *size[1:]] if isinstance(size, Steps) else list(size)


def grown(layer: str, name: str, before: Sequence[int], after: Sequence[int]) -> ScriptError:
    """The error for a state that a layer gave in another size."""
    return ScriptError(
        "nnet_cnn:layer:Layer:StateSizeChanged",
        f"The size of state '{name}' of layer '{layer}' must not change in training.",
        notes=(f"it was {size_text(before)} and is {size_text(after)}",),
    )


def drawing(seed: Any) -> Any:
    """Random numbers for the dropouts of one pass: each has its own, which the seed determines.

    The number of a dropout is folded into the seed: added to it, it would give the second dropout of one iteration what
    the first one of the next has.
    """
    tf = tensorflow()
    number = count()
    return lambda shape: tf.random.stateless_uniform(shape, tf.random.fold_in(seed, next(number)))

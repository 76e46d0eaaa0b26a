"""A network walked with its state, for training and with other numbers than its own: what a loss is differentiated by.

Where questions.py keeps and traces what is asked again, this is the bare computation on tensors:
run eagerly under a tf.GradientTape or inside a tf.function, it is differentiable by the images, by the network's own
Keras variables and by tensors given in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cnnscript.engine.execute import Step, steps, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.keras_model import variables
from cnnscript.engine.stateful_operations import Draw, State, remembering, stateful_operation
from cnnscript.engine.tensorflow_start import tensorflow

Numbers = Mapping[str, Mapping[str, Any]]  # layer → parameter → tensor, in the shapes of Layer.parameter_shapes


def forward(
    network: Network,
    images: Any,
    wanted: Sequence[int],
    *,
    training: bool = False,
    numbers: Numbers | None = None,
    draw: Draw | None = None,
    progress: Callable[[str], object] | None = None,
) -> tuple[list[Any], dict[str, State]]:
    """The outputs of the wanted layers (0-based numbers), and the new state of the layers that carry one.

    images    N×H×W×C float32 tensor, or one for each input layer by its number
    training  does dropout drop, does batch normalisation use the statistics of the batch?
    numbers   tensors to compute with in place of the network's own; what is not named stays its own
    draw      shape → random numbers from 0 to 1 of that shape, for dropout; None: TensorFlow's own

    The network itself does not change: `Network.with_parameters` takes the new state.
    Layers that a walk does not reach have no entry in the new state.
    """
    tf = tensorflow(progress)
    given = numbers or {}
    own = variables(network)
    state: dict[str, State] = {}

    def rule(step: Step) -> Step:
        layer = step.layer
        if not (training or layer.state or layer.name in given):
            return step
        parameters = own[layer.name].tensors() if layer.name in own else {}
        compute = stateful_operation(
            layer, {**parameters, **given.get(layer.name, {})}, training, draw or tf.random.uniform
        )
        return replace(step, compute=remembering(compute, layer, state))

    outputs = walk([rule(step) for step in steps(network, wanted)], images, wanted)
    return [outputs[i] for i in wanted], state

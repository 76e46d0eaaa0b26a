"""Networks with several outputs, which learn all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cnnscript.engine.graph import Network
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import Batch
from cnnscript.engine.training.goals import Goal
from cnnscript.engine.training.metrics import Metric
from cnnscript.engine.training.plans import Plan
from cnnscript.engine.training.trainees import Trainee


class SeveralTrainee(Trainee):
    """Its goal's loss and metrics take lists, of outputs and of their targets; its step is not compiled.

    outputs  numbers of layers, in the order in which batches have the targets
    """

    def __init__(self, network: Network, outputs: Sequence[int], goal: Goal, plan: Plan):
        super().__init__(network, outputs[0], goal, plan.uncompiled())
        self.outputs = list(outputs)

    def tensors(self, batch: Batch) -> tuple[list[Any], Any, list[Any]]:
        tf = tensorflow()
        images = [tf.convert_to_tensor(one, tf.float32) for one in batch.inputs]
        kinds = [tf.int32 if one.dtype.kind == "i" else tf.float32 for one in (batch.targets, *batch.others)]
        pairs = zip((batch.targets, *batch.others), kinds, strict=True)
        return images, [tf.convert_to_tensor(one, kind) for one, kind in pairs], []

    def passed(self, images: list[Any], begun: list[Any], **how: Any) -> tuple[Any, Mapping[str, Any]]:
        return self.all_passed(images, begun, **how)


def of_output(metric: Metric, place: int) -> Metric:
    """A metric that looks at one of several outputs.  place: of the output, from 0."""
    return replace(metric, parts=lambda outputs, targets: metric.parts(outputs[place], targets[place]))

"""Objects of classes that inherit nnet.layer.Layer, as layers of networks.

A network computes them by their function `predict`; `backward`, where the class has it, is their gradient, else a tape
finds it.  What they learn is not trained here: it is as the object has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.networks.script_calls import ScriptCall, Steps, by_tape, from_script, laid
from cnnscript.engine.function_layers import CustomLayer
from cnnscript.errors import ScriptError
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import norm
from cnnscript.values.text import texts_or_none

INNER = "nnet.layer.Layer"
OUTPUTS = ("nnet.layer.ClassificationLayer", "nnet.layer.RegressionLayer")


def is_custom(value: Any) -> bool:
    """Is it an object of a class of layers?"""
    return type(value) is Instance and not {INNER, *OUTPUTS}.isdisjoint(value.ancestors)


def custom_layer(instance: Instance) -> CustomLayer:
    """The description of a layer that is an object of a class."""
    short = instance.class_name.rpartition(".")[2]
    words = {name: _text(instance, name) for name in ("Name", "Description", "Type")}
    is_output = INNER not in instance.ancestors
    inputs = ("in",) if is_output else tuple(texts_or_none(instance.get("InputNames")) or ("in",))
    outputs = ("out",) if is_output else tuple(texts_or_none(instance.get("OutputNames")) or ("out",))
    call = None if is_output else _predict(instance, len(outputs))
    return CustomLayer(
        name=words["Name"],
        description=words["Description"] or short,
        type_text=words["Type"] or short,
        custom_class=instance.class_name,
        instance=instance,
        is_output=is_output,
        inputs=inputs,
        outputs=outputs,
        call=call or _as_it_is,
        pull=None if call is None else _backward(instance) or by_tape(call),
    )


def object_of(layer: CustomLayer) -> Instance:
    """The object, named as its layer is now."""
    instance = layer.instance
    return instance if _text(instance, "Name") == layer.name else instance.store("Name", layer.name, False)


def _text(instance: Instance, name: str) -> str:
    found = texts_or_none(instance.get(name))
    return found[0] if found else ""


def _as_it_is(steps: Steps, x: np.ndarray) -> tuple[list[np.ndarray], list[str]]:
    return [x], ["CBT" if steps[0] else "SSCB"]


def _predict(instance: Instance, outputs: int) -> ScriptCall:
    method = instance.definition.find_method("predict")
    if method is None:
        raise ScriptError(
            "nnet_cnn:layer:Layer:NoPredict",
            f"The class '{instance.class_name}' has no function 'predict'.",
            hint="a layer needs function Z = predict(layer, X)",
        )
    return ScriptCall(
        lambda nargout, *values: method.call(nargout, instance, *values), f"predict of {instance.class_name}", outputs
    )


def _backward(instance: Instance) -> Callable[..., list[np.ndarray]] | None:
    """The losses by the inputs, by the class's own `backward`; None where the class has none."""
    method = instance.definition.find_method("backward")
    if method is None or method.node is None:
        return None

    def pull(steps: Steps, inputs: Sequence[np.ndarray], outputs: Sequence[np.ndarray],
             upstreams: Sequence[np.ndarray]) -> list[np.ndarray]:  # fmt: skip
        given = [norm(laid(x, "CBT" if many else "SSCB")) for x, many in zip(inputs, steps, strict=True)]
        after = [norm(laid(x, "CBT" if steps[0] else "SSCB")) for x in (*outputs, *upstreams)]
        result = method.call(len(inputs), instance, *given, *after, np.zeros((0, 0)))
        results = result if isinstance(result, tuple) else (result,)
        what = f"backward of {instance.class_name}"
        return [from_script(one, len(x), what, many)
                for one, x, many in zip(results, inputs, steps, strict=False)]  # fmt: skip

    return pull

"""Objects of classes that inherit nnet.layer.Layer, as layers of networks.

A network computes them by their function `predict`; `backward`, where the class has it, is their gradient.  What they
learn is not trained here: it is as the object has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.engine.function_layers import CustomLayer
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import as_array, class_of, is_numeric, norm
from cnnscript.values.objects import Object
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
    if not is_output and instance.get("NumOutputs") != 1:
        raise ScriptError(
            "cnnscript:NotYet",
            "Layers of classes with several outputs are not in cnnscript yet.",
            notes=(f"a {short} has {instance.get('NumOutputs'):g}",),
        )
    return CustomLayer(
        name=words["Name"],
        description=words["Description"] or short,
        type_text=words["Type"] or short,
        custom_class=instance.class_name,
        instance=instance,
        is_output=is_output,
        inputs=inputs,
        call=_as_it_is if is_output else _predict(instance),
        pull=None if is_output else _backward(instance),
    )


def object_of(layer: CustomLayer) -> Instance:
    """The object, named as its layer is now."""
    instance = layer.instance
    return instance if _text(instance, "Name") == layer.name else instance.store("Name", layer.name, False)


def _text(instance: Instance, name: str) -> str:
    found = texts_or_none(instance.get(name))
    return found[0] if found else ""


def _as_it_is(x: np.ndarray) -> np.ndarray:
    return x


def _predict(instance: Instance) -> Callable[..., np.ndarray]:
    method = instance.definition.find_method("predict")
    if method is None:
        raise ScriptError(
            "nnet_cnn:layer:Layer:NoPredict",
            f"The class '{instance.class_name}' has no function 'predict'.",
            hint="a layer needs function Z = predict(layer, X)",
        )
    return over_arrays(lambda *values: method.call(1, instance, *values), f"predict of {instance.class_name}")


def _backward(instance: Instance) -> Callable[..., list[np.ndarray]] | None:
    """(inputs..., output, loss by output) to the losses by each input, by the class's own `backward`."""
    method = instance.definition.find_method("backward")
    if method is None or method.node is None:
        return None

    def pull(*arrays: np.ndarray) -> list[np.ndarray]:
        count = len(arrays) - 2
        memory = np.zeros((0, 0))
        result = method.call(count, instance, *(to_script(array) for array in arrays), memory)
        results = result if isinstance(result, tuple) else (result,)
        what = f"backward of {instance.class_name}"
        return [from_script(one, len(arrays[0]), what) for one in results[:count]]

    return pull


# --------------------------------------------------------------------------------------------------- arrays and values


def over_arrays(call: Callable[..., Any], what: str) -> Callable[..., np.ndarray]:
    """A function of the script over the engine's arrays, N×H×W×C."""

    def computed(*inputs: np.ndarray) -> np.ndarray:
        return from_script(call(*(to_script(x) for x in inputs)), len(inputs[0]), what)

    return computed


def function_call(function: Function) -> Callable[..., np.ndarray]:
    """What a function layer computes, by its function."""
    return over_arrays(lambda *values: function.call(1, *values), "the function of a function layer")


def to_script(array: np.ndarray) -> Any:
    """N×H×W×C as height × width × channels × images, single."""
    return norm(np.asfortranarray(np.asarray(array, np.float32).transpose(1, 2, 3, 0)))


def from_script(result: Any, count: int, what: str) -> np.ndarray:
    """What the script gave for `count` images as N×H×W×C float32."""
    if isinstance(result, Object) or result is None or not is_numeric(result):
        raise _not_maps(f"{what} must give a numeric array.", [f"it gave {_named(result)}"])
    array = as_array(result)
    if array.ndim > 4:
        raise _not_maps(f"{what} must give height x width x channels x images.", [f"it gave {array.ndim} dimensions"])
    whole = array.reshape(array.shape + (1,) * (4 - array.ndim), order="F")
    if whole.shape[3] != count:
        raise _not_maps(f"{what} must give as many images as it takes.",
                        [f"it took {count} and gave {whole.shape[3]}"])  # fmt: skip
    return np.ascontiguousarray(whole.transpose(3, 0, 1, 2), np.float32)


def _named(result: Any) -> str:
    return "nothing" if result is None else f"a {class_of(result)}"


def _not_maps(message: str, notes: Sequence[str]) -> ScriptError:
    return ScriptError("nnet_cnn:layer:Layer:InvalidOutput", message[0].upper() + message[1:], notes=tuple(notes))

"""The arguments of questions to networks: the network itself, the number of a layer, options that there are not."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.registry import TABLE
from cnnscript.engine.graph import Network
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import as_array, class_of, size_of, size_text
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import text_or_none


def options_only(function: str, rest: tuple) -> None:
    """Raise the error for a text where only inputs of the network may be: an option that there is not."""
    for value in rest:
        if text_or_none(value) is not None:
            TABLE[function].option(value)
            raise ScriptError(
                "MATLAB:InputParser:ParamMissingValue", f"The parameter '{text_or_none(value)}' has no value.",
                notes=TABLE[function].usage(),
            )  # fmt: skip


def trained(value: Any, function: str) -> Network:
    """The engine's network behind a SeriesNetwork, a DAGNetwork or an initialised dlnetwork."""
    if isinstance(value, NetworkObject):
        return value.network
    if isinstance(value, DLNetwork) and function in DLNetwork.methods | {"minibatchpredict", "semanticseg", "testnet"}:
        if value.network is None:
            raise ScriptError(
                "deep:dlnetwork:NotInitialized",
                "The network must be initialized.",
                hint="net = initialize(net) gives its layers their weights",
            )
        return value.network
    notes = (f"the first input is a {class_of(value)} of size {size_text(size_of(value))}",)
    hint = "a network such as squeezenet comes first"
    if isinstance(value, (LayerGraph, LayerArray, LayerObject)):
        hint = "these are layers, no network yet: trainNetwork or assembleNetwork makes one of them"
    if isinstance(value, DLNetwork):
        hint = f"of a dlnetwork: {'minibatchpredict(net,X,Outputs=layer)' if function == 'activations' else 'predict'}"
    raise unfit_inputs(function, *notes, hint=hint)


def layer_number(network: Network, layer: Any, function: str = "activations") -> int:
    """The 0-based number that a layer's name or 1-based number stands for, in a call of a function."""
    name = text_or_none(layer)
    if name is not None:
        return network.number(name)
    array = as_array(layer)
    count = len(network.layers)
    if array.dtype.kind not in "fiu" or array.size != 1:
        raise ScriptError(
            f"MATLAB:{function}:invalidType",
            "Expected layer to be the name or the number of a layer.",
            notes=(f"it is a {class_of(layer)} of size {size_text(size_of(layer))}",),
        )
    value = array.item()
    if value <= 0:
        raise ScriptError(f"MATLAB:{function}:expectedPositive", "Expected layer to be positive.")
    if value % 1 != 0:  # not a whole number, NaN, Inf
        raise ScriptError(f"MATLAB:{function}:expectedInteger", "Expected layer to be integer-valued.")
    if value > count:
        raise ScriptError(
            f"MATLAB:{function}:notLessEqual",
            f"Expected layer to be a scalar with value <= {count}.",
            notes=(f"the network has {count} layers",),
        )
    return int(value) - 1

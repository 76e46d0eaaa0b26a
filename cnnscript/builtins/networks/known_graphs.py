"""What is certain of the layers and graphs that a program makes: its surgery, carried out without running it.

A fact is a Python value: a text, a number, a tuple of whole numbers, a list of texts, a KnownObject (layers, a graph)
or a KnownNetwork; None is what nothing is known of.  Layers are made by their constructors.  Where an argument is not
known, another stands in for it: the layer is *guessed*, its name and ports are right, its sizes are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript import builtins
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_making import graph_of_argument
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject, join_layers
from cnnscript.engine.graph import Network
from cnnscript.engine.network_checks import refusal, survey
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import COLON
from cnnscript.values.text import string_array

PORTS = frozenset((  # options that change a layer's name, inputs or outputs
    "Name", "NumInputs", "InputNames", "NumOutputs", "OutputNames", "HasUnpoolingOutputs", "HasStateInputs",
    "HasStateOutputs", "EnableReferenceInput",
))  # fmt: skip
LOOSE = ("Unconnected", "Missing")  # how faults begin that are about what is not connected
STRUCTURE = (*LOOSE, "Detected")  # and those that no size has a part in
STAND_IN = 1.0
COUNTS_INPUTS = frozenset(("additionLayer", "multiplicationLayer", "depthConcatenationLayer", "concatenationLayer"))
READ = ("Layers", "Name", "InputSize", "InputNames", "OutputNames")  # properties that are facts
STEPS = frozenset((
    "layerGraph", "addLayers", "removeLayers", "replaceLayer", "connectLayers", "disconnectLayers", "getLayer",
))  # fmt: skip
ENDS = {"assembleNetwork": "dagnetwork", "SeriesNetwork": "dagnetwork", "dlnetwork": "dlnetwork"}


@dataclass(frozen=True, eq=False)
class KnownObject:
    """A layer, an array of layers, a layer graph or a dlnetwork.  guessed: sizes of layers in it are stand-ins."""

    value: Any
    guessed: bool = False

    def property(self, name: str) -> Any:
        """A property as a fact."""
        if name not in READ or name not in self.value.property_names():
            return None
        found = self.value.get(name)
        return None if self.guessed and name == "InputSize" else as_fact(found, self.guessed)

    def element(self, indices: list[Any]) -> Any:
        """Some of the layers.  indices: numbers, tuples of them, ':'.  Raises the error of one that is too large."""
        if not self.is_layers():
            return None
        values = [COLON if index == ":" else as_value(index) for index in indices]
        return as_fact(self.value.index(tuple(values)), self.guessed)

    def end(self, position: int, count: int) -> float | None:
        """What `end` means among its indices."""
        return float(self.value.end(position, count)) if self.is_layers() else None

    def is_a(self, class_name: str) -> bool | None:
        """isa(object, class_name)"""
        return class_name in (self.value.class_name, *self.value.ancestors)

    def is_layers(self) -> bool:
        return isinstance(self.value, (LayerArray, LayerObject))


def object_of(network: Network) -> Any:
    """The object that a program has of a network."""
    return DLNetwork.of_network(network) if network.kind == "dlnetwork" else NetworkObject(network)


def as_fact(value: Any, guessed: bool) -> Any:
    if isinstance(value, (LayerObject, LayerArray, LayerGraph, DLNetwork)):
        return KnownObject(value, guessed)
    if type(value) in (str, float):
        return value
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size and (value % 1 == 0).all():
        return tuple(int(number) for number in value.ravel("F"))
    return None


def as_value(fact: Any) -> Any:
    """A fact as a value of the language."""
    if isinstance(fact, KnownObject):
        return fact.value
    if hasattr(fact, "network"):
        return object_of(fact.network)
    if type(fact) is list:
        return string_array(fact)
    return np.array([fact], float) if isinstance(fact, tuple) else fact


def joined(facts: list[Any]) -> Any:
    """[a; b] of layers."""
    known = [fact for fact in facts if isinstance(fact, KnownObject) and fact.is_layers()]
    if not known or len(known) < len(facts):
        return None
    columns = [fact.value for fact in known]
    return KnownObject(join_layers(tuple(columns), 0), any(fact.guessed for fact in known))


def applied(name: str, facts: list[Any]) -> Any:
    """What a function of layers gives for facts.  Raises the ScriptError that the program would."""
    if name in ENDS:
        return ended(name, facts)
    return changed(name, facts) if name in STEPS else made(name, facts)


def made(name: str, facts: list[Any]) -> Any:
    """The layer of a constructor."""
    entry = builtins.find(name)
    if entry is None:
        return None
    inputs, options = entry.split_options(tuple(as_value(fact) for fact in facts))
    unknown = {option for option, value in options.items() if value is None}
    open_input = any(each is None for each in inputs)
    if unknown & PORTS or open_input and name in COUNTS_INPUTS:
        return None
    guessed = bool(unknown) or open_input
    inputs = tuple(STAND_IN if each is None else each for each in inputs)
    given = [word for option, value in options.items() if value is not None for word in (option, value)]
    try:
        return as_fact(entry.bind(None)(1, *inputs, *given), guessed)
    except ScriptError:
        if guessed:  # it may be the stand-in that does not suit
            return None
        raise


def changed(name: str, facts: list[Any]) -> Any:
    """The graph after one step of surgery."""
    guessed = any(fact.guessed for fact in facts if isinstance(fact, KnownObject))
    if all(fact is not None for fact in facts):
        entry = builtins.find(name)
        if entry is None:
            return None
        return as_fact(entry.bind(None)(1, *(as_value(fact) for fact in facts)), guessed)
    if len(facts) > 1 and type(facts[1]) is str and isinstance(facts[0], KnownObject):  # the name, at least, is known
        graph = graph_of_argument(facts[0].value, name)
        if name == "replaceLayer":
            graph.place(facts[1])
        elif name in ("connectLayers", "disconnectLayers"):
            graph.port(facts[1], "output")
    return None


def ended(name: str, facts: list[Any]) -> Any:
    """What makes a network of layers: refused where inputs or outputs are loose, and where sizes that are known do not
    fit.  Of a dlnetwork, inputs may be loose."""
    if not facts or not isinstance(facts[0], KnownObject):
        return None
    graph, target = graph_of_argument(facts[0].value, name), ENDS[name]
    issues = survey(graph, target).issues
    if facts[0].guessed:
        issues = tuple(issue for issue in issues if issue.text.startswith(STRUCTURE))
    if target == "dlnetwork":
        issues = tuple(issue for issue in issues if not issue.text.startswith(LOOSE))
    if issues:
        raise refusal(issues)
    return KnownObject(DLNetwork(graph), facts[0].guessed) if target == "dlnetwork" else None

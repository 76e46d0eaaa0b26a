"""Running a network: its layers as a list of steps, and the walk along them.

A step is a raw TensorFlow operation with its parameters bound.  Walking eagerly traces nothing; walking inside a
`tf.function` traces the same operations once.  Whoever needs another rule for a layer (guided backpropagation's ReLU,
say) walks a changed list of steps; the network is never patched.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cnnscript.engine.graph import Network, output_of
from cnnscript.engine.keras_model import variables
from cnnscript.engine.layers import Layer
from cnnscript.engine.operations import operation
from cnnscript.errors import ScriptError


@dataclass(frozen=True, slots=True)
class Step:
    """One layer: `compute(*tensors of the sources)`; a layer without sources takes the images.

    ports: which output of each source it takes, of those that compute a list of several
    """

    number: int
    layer: Layer
    compute: Callable[..., Any]
    sources: tuple[int, ...]
    ports: tuple[int, ...]

    def taken(self, values: Mapping[int, Any]) -> list[Any]:
        """Its inputs, from the values of layers."""
        fed = zip(self.sources, self.ports, strict=True)
        return [output_of(values[source], port) for source, port in fed]


_all_steps: weakref.WeakKeyDictionary[Network, tuple[Step, ...]] = weakref.WeakKeyDictionary()


def steps(network: Network, wanted: Iterable[int] | None = None,
          progress: Callable[[str], object] | None = None) -> list[Step]:  # fmt: skip
    """The steps that the wanted layers (0-based numbers; None: all) need, in computing order."""
    known = _all_steps.get(network)
    if known is None:
        held = variables(network, progress)
        known = _all_steps[network] = tuple(
            Step(i, layer, held[layer.name].compute if layer.name in held else operation(layer, {}), sources, ports)
            for i, (layer, sources, ports) in enumerate(
                zip(network.layers, network.sources, network.ports, strict=True)
            )
        )
    numbers = network.order if wanted is None else network.ancestors(wanted)
    return [known[i] for i in numbers]


def walk(path: Iterable[Step], images: Any, wanted: Iterable[int], known: Mapping[int, Any] | None = None,
         visit: Callable[[int, Any], object] | None = None) -> dict[int, Any]:  # fmt: skip
    """Compute the wanted layers from images (N×H×W×C float32 tensor), or from what is known already.

    images one tensor for every input layer, or a mapping of the inputs' numbers to theirs
    known  outputs of earlier layers by number, taken as they are
    visit  told of each layer computed (number, output)

    An output is let go as soon as no later step needs it.
    """
    path = list(path)
    wanted = set(wanted)
    many = isinstance(images, Mapping)
    values: dict[int, Any] = dict(known or {})
    readers: dict[int, int] = {}
    for step in path:
        for source in step.sources:
            readers[source] = readers.get(source, 0) + 1
    for step in path:
        if step.number not in values:
            if step.sources:
                values[step.number] = step.compute(*step.taken(values))
            else:
                values[step.number] = step.compute(images[step.number] if many else images)
            if visit is not None:
                visit(step.number, values[step.number])
        for source in step.sources:
            readers[source] -= 1
            if not readers[source] and source not in wanted:
                del values[source]
    several = next((step.layer for step in path if step.number in wanted and type(values[step.number]) is list), None)
    if several is not None:
        raise ScriptError(
            "cnnscript:NotYet",
            f"Layer '{several.name}' has {len(several.output_names)} outputs, which are no single answer.",
            hint="ask for the layers that take them",
        )
    return {i: values[i] for i in wanted}



def remaining(path: Iterable[Step], wanted: Iterable[int], known: Iterable[int]) -> list[Step]:
    """The steps still to walk when some outputs are known: those that lead from the known layers to the wanted."""
    known = set(known)
    by_number = {step.number: step for step in path}
    needed: set[int] = set()
    waiting = [i for i in wanted if i not in known]
    while waiting:
        i = waiting.pop()
        if i not in needed:
            needed.add(i)
            waiting.extend(source for source in by_number[i].sources if source not in known)
    return [step for step in path if step.number in needed]

"""The names that unnamed layers get when a network is made of them: imageinput, conv_1, conv_2, relu, fc, ...

MATLAB's rule: the name of its kind, with _1, _2, ... where several unnamed layers are of that kind (or a layer has the
name already).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cnnscript.engine.layers import Layer


def names_for(layers: Iterable[Layer], taken: Iterable[str] = ()) -> list[str]:
    """A name for each layer, its own where it has one.  taken: names that other layers of the network have."""
    layers = list(layers)
    used = {layer.name for layer in layers if layer.name} | set(taken)
    kinds = Counter(layer.default_name for layer in layers if not layer.name)
    counted: Counter[str] = Counter()
    names = []
    for layer in layers:
        word = layer.default_name
        if layer.name:
            names.append(layer.name)
            continue
        if kinds[word] == 1 and word not in used:
            name = word
        else:
            counted[word] += 1
            while (name := f"{word}_{counted[word]}") in used:
                counted[word] += 1
        used.add(name)
        names.append(name)
    return names

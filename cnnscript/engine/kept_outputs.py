"""What is kept of the answers to questions: outputs of layers by the content of the image, up to a number of bytes."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Entry:
    """Outputs of one image, and the bytes that they hold: summing those of some hundred tensors takes its time."""

    outputs: dict[int, Any]
    bytes: int


class KeptOutputs:
    """Outputs of layers by image, the least recently used thrown out above a number of bytes."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self._entries: OrderedDict[Any, Entry] = OrderedDict()

    @property
    def bytes(self) -> int:
        """Bytes held; counted anew, so that nothing that ends half-way (Ctrl-C) leaves a wrong sum."""
        return sum(entry.bytes for entry in self._entries.values())

    def take(self, key: Any) -> dict[int, Any]:
        """What is known of an image (layer number → tensor); {} when nothing is."""
        found = self._entries.get(key)
        if found is None:
            return {}
        self._entries.move_to_end(key)
        return found.outputs

    def add(self, key: Any, outputs: dict[int, Any]) -> None:
        """Keep outputs of an image; what alone is more than the cap is not kept."""
        whole = {**self.take(key), **outputs}
        entry = Entry(whole, size_of(whole))
        if entry.bytes > self.most_bytes:
            entry = Entry(dict(outputs), size_of(outputs))
            if entry.bytes > self.most_bytes:
                return
        version = key[0]
        for old in [other for other in self._entries if other[0] != version]:
            del self._entries[old]
        self._entries[key] = entry
        self._entries.move_to_end(key)
        held = self.bytes
        while held > self.most_bytes:
            _, dropped = self._entries.popitem(last=False)
            held -= dropped.bytes

    def __len__(self) -> int:
        return len(self._entries)


class Collector:
    """Gathers the outputs of one walk for keeping, and gives up when they grow beyond a number of bytes."""

    def __init__(self, room: int):
        self.room = room
        self.outputs: dict[int, Any] = {}

    def __call__(self, number: int, output: Any) -> None:
        self.room -= bytes_of(output)
        if self.room >= 0:
            self.outputs[number] = output
        else:
            self.outputs.clear()


def size_of(outputs: dict[int, Any]) -> int:
    """Bytes held by some outputs; those that share a buffer (dropout hands its input on) are counted once."""
    return sum({id(output): bytes_of(output) for output in outputs.values()}.values())


def bytes_of(tensor: Any) -> int:
    if type(tensor) is list:  # of a layer of several outputs
        return sum(map(bytes_of, tensor))
    return prod(tensor.shape) * tensor.dtype.size


def content(image: np.ndarray) -> tuple[Any, ...]:
    """A key for the content of an image batch: equal arrays of one class have equal keys.

    Read column-major, as scripts hold images, so that no copy is made of those.
    """
    memory = np.ascontiguousarray(image.transpose(0, 3, 2, 1)).data
    return image.shape, image.dtype.str, hashlib.sha1(memory, usedforsecurity=False).digest()

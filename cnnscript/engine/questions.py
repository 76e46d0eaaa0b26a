"""Questions to a network: the outputs of some layers for some images, as fast as the second time of asking deserves.

- The first time a set of layers is asked for, the network is walked eagerly: nothing is traced, the answer is there
  in tens of milliseconds, and the walk stops at the deepest layer asked for.
- The second time, for other images, the question is promoted: traced once into a `tf.function` (autograph off, number,
  height and width of the images open where the layers allow it), and never again.
- All layers computed for the last single images stay in a small, byte-capped store under (version of the network,
  content of the image): conv1, then conv5, then relu5 of one image cost one pass, each continuing from what is known.

Everything belongs to one network and goes with it.  `Network.version` is part of every key, so answers from before a
change of weights are never given again; traced questions read the variables and stay right.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.engine.devices import devices
from cnnscript.engine.execute import Step, remaining, steps, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Size, size_text
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

KEPT_BYTES = 96 * 2**20  # outputs kept of the last single images (SqueezeNet at 227×227: 29 MB an image)
TRACED_QUESTIONS = 64  # traced questions kept; each holds a graph of a few MB
BATCH_BYTES = 256 * 2**20  # outputs alive at once while a batch is computed: large batches are slower on a CPU, too

Progress = Callable[[str], object]

_all: weakref.WeakKeyDictionary[Network, Questions] = weakref.WeakKeyDictionary()
_all_lock = threading.Lock()


def ask(
    network: Network,
    images: np.ndarray,
    wanted: Sequence[int],
    *,
    batch_size: int = 128,
    environment: str = "auto",
    acceleration: str = "auto",
    progress: Progress | None = None,
) -> list[np.ndarray]:
    """The outputs of the wanted layers (0-based numbers) for images.

    images        N×H×W×C numbers as the network takes them (0..255 RGB for MATLAB's), any numeric class, not smaller
                  than the network's input
    batch_size    most images computed at once ('MiniBatchSize'); fewer where they would not fit BATCH_BYTES
    environment   'auto', 'cpu', 'gpu', 'multi-gpu', 'parallel' (devices.py)
    acceleration  'auto'; 'none' never traces; 'mex' is for GPUs only, as in MATLAB
    progress      told in a few words what there is to wait for

    Returns one N×h×w×c float32 array for each wanted layer, yours to change.  Raises ScriptError for images that do
    not fit.
    """
    check_images(network, images.shape, wanted)
    tensorflow(progress)
    places = devices(environment)
    if acceleration == "mex" and not places[0].startswith("/GPU"):
        raise ScriptError(
            "nnet_cnn:internal:cnngpu:GPUArchMismatch",
            "'mex' acceleration needs a supported GPU device.",
            hint="'auto' works on the CPU as well",
        )
    return of(network).ask(network, images, list(wanted), batch_size, places, acceleration != "none", progress)


def of(network: Network) -> Questions:
    """The questions of a network, made when first needed."""
    with _all_lock:
        if network not in _all:
            _all[network] = Questions()
        return _all[network]


def check_images(network: Network, shape: tuple[int, ...], wanted: Sequence[int]) -> None:
    """Raise MATLAB's error unless images of a shape (N, H, W, C) suit the network and all layers on the way."""
    height, width, channels = network.input_size
    got: Size = (shape[1], shape[2], shape[3])
    if got[0] < height or got[1] < width or got[2] != channels:
        raise wrong_size(network, got)
    if got != network.input_size:
        network.sizes_for(got, wanted)


def wrong_size(network: Network, got: Size) -> ScriptError:
    """The error for images that a network does not take."""
    height, width, channels = network.input_size
    hint = None
    if got[2] == 1 and channels == 3:
        hint = "repeat a grey image to three channels: repmat(im, [1 1 3])"
    elif got[2] == channels:
        hint = f"imresize(im, [{height} {width}])"
    return ScriptError(
        "nnet_cnn:DAGNetwork:WrongSizePredictDataForImageInputLayer",
        f"Incorrect input size. The input images must have a size of [{height} {width} {channels}].",
        notes=(f"the image is {size_text(got)}",),
        hint=hint,
    )


class Questions:
    """What was asked of one network, and what is worth keeping of the answers."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.kept = KeptOutputs(KEPT_BYTES)
        self.asked: dict[Any, int] = {}  # question → how many times it was computed
        self.traced: OrderedDict[Any, Any] = OrderedDict()  # question → tf.function
        self.counts = {"walks": 0, "steps": 0, "traces": 0, "traced calls": 0}  # for tests and benchmarks

    def ask(self, network: Network, images: np.ndarray, wanted: list[int], batch_size: int, places: Sequence[str],
            may_trace: bool, progress: Progress | None) -> list[np.ndarray]:  # fmt: skip
        tf = tensorflow()
        path = steps(network, wanted, progress)
        with self.lock:
            if len(images) == 1:
                with tf.device(places[0]):
                    found = self._single(network, images, wanted, path, may_trace)
                return [as_array(found[i]) for i in wanted]
            step = min(batch_size, affordable(network, images.shape, wanted))
            pieces: list[list[np.ndarray]] = [[] for _ in wanted]
            for turn, start in enumerate(range(0, len(images), step)):
                with tf.device(places[turn % len(places)]):
                    found = self._batch(as_tensor(images[start : start + step]), wanted, path, may_trace)
                for piece, i in zip(pieces, wanted, strict=True):
                    piece.append(as_array(found[i]))
            return [joined(piece) for piece in pieces]

    def _single(self, network: Network, image: np.ndarray, wanted: list[int], path: list[Step],
                may_trace: bool) -> dict[int, Any]:  # fmt: skip
        """The outputs for one image: from what is kept, continuing from it, or computed."""
        key = (network.version, content(image))
        known = self.kept.take(key)
        if all(i in known for i in wanted):
            return {i: known[i] for i in wanted}
        left = remaining(path, wanted, known)
        question = self._question(path, wanted, image.shape)
        if self._deserves_trace(question, may_trace) and 2 * len(left) > len(path):
            found = self._run_traced(question, path, wanted, as_tensor(image))
            self.kept.add(key, found)
            return found
        self.counts["walks"] += 1
        self.counts["steps"] += len(left)
        seen = Collector(self.kept.most_bytes)
        found = {i: known[i] for i in wanted if i in known}
        found |= walk(left, as_tensor(image), [i for i in wanted if i not in known], known, seen)
        self.kept.add(key, {**seen.outputs, **found})
        return found

    def _batch(self, images: Any, wanted: list[int], path: list[Step], may_trace: bool) -> dict[int, Any]:
        """The outputs for several images: walked the first time, traced from the second; nothing is kept."""
        question = self._question(path, wanted, images.shape)
        if self._deserves_trace(question, may_trace):
            return self._run_traced(question, path, wanted, images)
        self.counts["walks"] += 1
        self.counts["steps"] += len(path)
        return walk(path, images, wanted)

    def _question(self, path: list[Step], wanted: list[int], shape: Any) -> Any:
        """What makes two questions one: the layers asked for, and the image size where the layers depend on it."""
        fixed = any(step.layer.needs_fixed_size for step in path)
        return tuple(wanted), tuple(shape[1:3]) if fixed else None

    def _deserves_trace(self, question: Any, may_trace: bool) -> bool:
        """Count a computation of the question; is it worth tracing by now?"""
        self.asked[question] = self.asked.get(question, 0) + 1
        return may_trace and self.asked[question] > 1

    def _run_traced(self, question: Any, path: list[Step], wanted: list[int], images: Any) -> dict[int, Any]:
        self.counts["traced calls"] += 1
        outputs = self._traced(question, path, wanted, images.shape)(images)
        return dict(zip(wanted, outputs, strict=True))

    def _traced(self, question: Any, path: list[Step], wanted: list[int], shape: Any) -> Any:
        """The traced function of a question: images (open number, height and width) → outputs."""
        if question in self.traced:
            self.traced.move_to_end(question)
            return self.traced[question]
        tf = tensorflow()
        size = (None, None) if question[1] is None else question[1]
        signature = tf.TensorSpec((None, *size, shape[3]), tf.float32)

        def outputs(images):
            self.counts["traces"] += 1  # runs while tracing only
            values = walk(path, images, wanted)
            return [values[i] for i in wanted]

        traced = tf.function(outputs, input_signature=[signature], autograph=False, reduce_retracing=True)
        self.traced[question] = traced
        while len(self.traced) > TRACED_QUESTIONS:
            forgotten, _ = self.traced.popitem(last=False)
            self.asked.pop(forgotten, None)  # asked again, it is new: walked first
        return traced


class KeptOutputs:
    """Outputs of layers by image, the least recently used thrown out above a number of bytes."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.bytes = 0
        self._entries: OrderedDict[Any, dict[int, Any]] = OrderedDict()

    def take(self, key: Any) -> dict[int, Any]:
        """What is known of an image (layer number → tensor); {} when nothing is."""
        found = self._entries.get(key)
        if found is None:
            return {}
        self._entries.move_to_end(key)
        return found

    def add(self, key: Any, outputs: dict[int, Any]) -> None:
        """Keep outputs of an image; what alone is more than the cap is not kept."""
        entry = {**self.take(key), **outputs}
        size = size_of(entry)
        if size > self.most_bytes:
            entry, size = dict(outputs), size_of(outputs)
            if size > self.most_bytes:
                return
        self.bytes += size - size_of(self._entries.pop(key, {}))
        self._entries[key] = entry
        version = key[0]
        for old in [other for other in self._entries if other[0] != version]:
            self.bytes -= size_of(self._entries.pop(old))
        while self.bytes > self.most_bytes:
            _, dropped = self._entries.popitem(last=False)
            self.bytes -= size_of(dropped)

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
    return int(np.prod(tensor.shape)) * tensor.dtype.size


def content(image: np.ndarray) -> tuple[Any, ...]:
    """A key for the content of an image batch: equal arrays of one class have equal keys.

    Read column-major, as scripts hold images, so that no copy is made of those.
    """
    memory = np.ascontiguousarray(image.transpose(0, 3, 2, 1)).data
    return image.shape, image.dtype.str, hashlib.sha1(memory, usedforsecurity=False).digest()


def as_tensor(images: np.ndarray) -> Any:
    return tensorflow().constant(np.ascontiguousarray(images, np.float32))


def as_array(output: Any) -> np.ndarray:
    """An output as an array of its own: N×H×W×C to index, laid out in memory as MATLAB lays out H×W×C×N, so that
    turning it is free.  TensorFlow turns with all cores: 0.9 ms for 3.3 MB where NumPy takes 4.6."""
    return tensorflow().transpose(output, (0, 3, 2, 1)).numpy().transpose(0, 3, 2, 1)


def joined(pieces: list[np.ndarray]) -> np.ndarray:
    """The batches of one answer as one array, in the same memory layout."""
    if len(pieces) == 1:
        return pieces[0]
    return np.concatenate([piece.transpose(0, 3, 2, 1) for piece in pieces]).transpose(0, 3, 2, 1)


def affordable(network: Network, shape: tuple[int, ...], wanted: Sequence[int]) -> int:
    """How many images can be computed at once within BATCH_BYTES, counting the three largest outputs as alive."""
    sizes = network.sizes_for((shape[1], shape[2], shape[3]), wanted).values()
    largest = sorted((4 * h * w * c for h, w, c in sizes), reverse=True)[:3]
    return max(1, BATCH_BYTES // max(1, sum(largest)))

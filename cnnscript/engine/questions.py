"""Questions to a network: the outputs of some layers for some images, as fast as the second time of asking deserves.

- The first time a set of layers is asked for, the network is walked eagerly: nothing is traced, the answer is there
  in tens of milliseconds, and the walk stops at the deepest layer asked for.
- The second time, for other images, the question is promoted: traced once into a `tf.function` (autograph off, number,
  height and width of the images open where the layers allow it), and never again.  Large pictures are traced at once,
  large networks later: tracing.walks_first.
- All layers computed for the last single images stay in a small, byte-capped store under (version of the network,
  content of the image): conv1, then conv5, then relu5 of one image cost one pass, each continuing from what is known.

Everything belongs to one network and goes with it.  `Network.version` is part of every key, so answers from before a
change of weights are never given again; traced questions read the variables and stay right.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from cnnscript.engine.devices import devices
from cnnscript.engine.execute import Step, remaining, steps, walk
from cnnscript.engine.frame_operations import FRAMES
from cnnscript.engine.graph import Network
from cnnscript.engine.kept_outputs import Collector, KeptOutputs, content
from cnnscript.engine.layers import Frames, Size, Steps, Vector, size_text
from cnnscript.engine.memory_order import Answer, as_array, as_tensor
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.tracing import traced, walks_first
from cnnscript.errors import ScriptError

KEPT_BYTES = 96 * 2**20  # outputs kept of the last single images (SqueezeNet at 227×227: 29 MB an image)
TRACED_QUESTIONS = 64  # traced questions kept; each holds a graph of a few MB
LARGE = 2**20  # pixels: of larger pictures one trace costs less than one walk, whose maps lie twice in memory
BATCH_BYTES = 256 * 2**20  # outputs alive at once while a batch is computed: large batches are slower on a CPU, too

Progress = Callable[[str], object]

_all: weakref.WeakKeyDictionary[Network, Questions] = weakref.WeakKeyDictionary()
_all_lock = threading.Lock()


def ask(
    network: Network,
    images: np.ndarray | Sequence[np.ndarray],
    wanted: Sequence[int],
    *,
    batch_size: int = 128,
    environment: str = "auto",
    acceleration: str = "auto",
    progress: Progress | None = None,
    smaller: bool = False,
) -> list[np.ndarray]:
    """The outputs of the wanted layers (0-based numbers) for images.

    images        N×H×W×C numbers as the network takes them (0..255 RGB for MATLAB's), any numeric class, not smaller
                  than the network's input unless `smaller`; for a network of several inputs one such array for each,
                  N alike
    batch_size    most images computed at once ('MiniBatchSize'); fewer where they would not fit BATCH_BYTES
    environment   'auto', 'cpu', 'gpu', 'multi-gpu', 'parallel' (devices.py)
    acceleration  'auto'; 'none' never traces; 'mex' is for GPUs only, as in MATLAB
    progress      told in a few words what there is to wait for, and '' when that is over

    Returns one N×h×w×c float32 array for each wanted layer, yours to change.  Raises ScriptError for images that do
    not fit.
    """
    given = [images] if isinstance(images, np.ndarray) else list(images)
    check_images(network, [one.shape for one in given], wanted, smaller=smaller)
    tensorflow(progress)
    places = devices(environment)
    if acceleration == "mex" and not places[0].startswith("/GPU"):
        raise ScriptError(
            "nnet_cnn:internal:cnngpu:GPUArchMismatch",
            "'mex' acceleration needs a supported GPU device.",
            hint="'auto' works on the CPU as well",
        )
    return of(network).ask(network, given, list(wanted), batch_size, places, acceleration != "none", progress)


def of(network: Network) -> Questions:
    """The questions of a network, made when first needed."""
    with _all_lock:
        if network not in _all:
            _all[network] = Questions()
        return _all[network]


def check_images(network: Network, shapes: Sequence[tuple[int, ...]], wanted: Sequence[int], *,
                 smaller: bool = False) -> None:  # fmt: skip
    """Raise MATLAB's error unless images of these shapes (N, H, W, C; one for each input of the network) suit it and
    all layers on the way.  smaller: images below the size of the input layer do, as long as the layers take them."""
    inputs = network.inputs
    if len(shapes) != len(inputs):
        raise wrong_count(network, len(shapes))
    sizes: dict[int, Size] = {}
    for number, shape in zip(inputs, shapes, strict=True):
        height, width, channels = network.sizes[number]
        frames = isinstance(network.sizes[number], Frames) and len(shape) == FRAMES
        sizes[number] = got = shape[2:] if frames else (shape[1], shape[2], shape[3])  # type: ignore[assignment]
        too_small = (got[0] < height or got[1] < width) and not (smaller and min(got))
        if too_small or got[2] != channels:
            raise wrong_size(network, got, number)
    if len({shape[0] for shape in shapes}) > 1:
        counts = ", ".join(str(shape[0]) for shape in shapes)
        raise ScriptError(
            "nnet_cnn:DAGNetwork:NumberOfObservationsDiffers",
            "All inputs of the network must have the same number of observations.",
            notes=(f"they have {counts}",),
        )
    check_state(network, shapes[0][0], wanted)
    if any(network.sizes[number] != size for number, size in sizes.items()):
        network.sizes_for(sizes, wanted)


def check_state(network: Network, count: int, wanted: Sequence[int]) -> None:
    """Raise an error where recurrent layers on the way hold a state for each of another number of observations."""
    for number in network.ancestors(wanted):
        layer = network.layers[number]
        for name in layer.batch_state:
            held = network.parameter(layer.name, name) if name in layer.state else None
            if held is not None and held.ndim == 2 and len(held) != count:
                raise ScriptError(
                    "nnet_cnn:dlnetwork:StateBatchSizeMismatch",
                    f"The state of layer '{layer.name}' is of another number of observations than the input.",
                    notes=(f"{name} is of {len(held)} observations, the input of {count}",),
                    hint="net = resetState(net) forgets it",
                )


def wrong_count(network: Network, given: int) -> ScriptError:
    """The error for more or fewer arrays of images than the network has inputs."""
    names = network.input_names
    return ScriptError(
        "nnet_cnn:DAGNetwork:WrongNumberOfInputs",
        f"The network has {len(names)} input{'s' * (len(names) != 1)}, and {given} {'was' if given == 1 else 'were'} "
        "given.",
        notes=(f"its inputs are {', '.join(names)}",),
    )


def wrong_size(network: Network, got: Size, number: int | None = None) -> ScriptError:
    """The error for images that a network does not take (at the input layer of that number; None: the first)."""
    size = network.input_size if number is None else network.sizes[number]
    height, width, channels = size
    wanted, is_given = f"images must have a size of [{height} {width} {channels}]", f"image is {size_text(got)}"
    hint = None
    if isinstance(size, Steps):
        least = f" and at least {height} time steps" if height > 1 else ""
        wanted = f"sequences must have {channels} channels{least}"
        is_given = f"sequence has {got[2]} channels and {got[0]} steps"
    elif isinstance(size, Vector):
        wanted, is_given = f"data must have {channels} features", f"data is {size_text(got)}"
    elif got[2] == 1 and channels == 3 and min(got):
        hint = "repeat a grey image to three channels: repmat(im, [1 1 3])"
        if got[:2] != (height, width):
            hint += f", and then imresize(im, [{height} {width}])"
    elif got[2] == channels and min(got):
        hint = f"imresize(im, [{height} {width}])"
    notes = [f"the {is_given}"]
    if number is not None and len(network.inputs) > 1:
        notes.append(f"it goes into '{network.layers[number].name}'")
    return ScriptError(
        "nnet_cnn:DAGNetwork:WrongSizePredictDataForImageInputLayer",
        f"Incorrect input size. The input {wanted}.",
        notes=tuple(notes),
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

    def ask(self, network: Network, images: list[np.ndarray], wanted: list[int], batch_size: int,
            places: Sequence[str], may_trace: bool, progress: Progress | None) -> list[np.ndarray]:  # fmt: skip
        tf = tensorflow()
        path = steps(network, wanted, progress)
        inputs, count = network.inputs, len(images[0])
        with self.lock:
            if count == 1:
                with tf.device(places[0]):
                    found = self._single(network, images, wanted, path, may_trace)
                return [as_array(found[i]) for i in wanted]
            entering = {i: (one.shape[1], one.shape[2], one.shape[3]) for i, one in zip(inputs, images, strict=True)}
            sizes = network.sizes_for(entering, wanted)
            step = min(batch_size, affordable(sizes.values()))
            answers = [Answer(count, sizes[i]) for i in wanted]
            waiting = Waiting(count, progress)
            try:
                for turn, start in enumerate(range(0, count, step)):
                    with tf.device(places[turn % len(places)]):
                        batch = [as_tensor(one[start : start + step]) for one in images]
                        found = self._batch(inputs, batch, wanted, path, may_trace)
                    for answer, i in zip(answers, wanted, strict=True):
                        answer.take(start, found[i])
                    waiting.done(start + len(batch[0]))
            finally:
                waiting.over()
            return [answer.array() for answer in answers]

    def tensors(self, network: Network, images: list[np.ndarray], wanted: list[int], place: str) -> dict[int, Any]:
        """As `ask`, of checked images that are computed at once: the outputs as tensors n×h×w×c, by layer."""
        path = steps(network, wanted)
        with self.lock, tensorflow().device(place):
            if len(images[0]) == 1:
                return self._single(network, images, wanted, path, True)
            return self._batch(network.inputs, [as_tensor(one) for one in images], wanted, path, True)

    def _single(self, network: Network, images: list[np.ndarray], wanted: list[int], path: list[Step],
                may_trace: bool) -> dict[int, Any]:  # fmt: skip
        """The outputs for one image: from what is kept, continuing from it, or computed."""
        key = (network.version, *map(content, images))
        known = self.kept.take(key)
        if all(i in known for i in wanted):
            return {i: known[i] for i in wanted}
        left = remaining(path, wanted, known)
        question = self._question(path, wanted, images)
        large = any(image.shape[1] * image.shape[2] > LARGE for image in images)
        if self._deserves_trace(question, len(path), may_trace, large) and 2 * len(left) > len(path):
            found = self._run_traced(question, path, wanted, network.inputs, [as_tensor(image) for image in images])
            self.kept.add(key, found)
            return found
        self.counts["walks"] += 1
        self.counts["steps"] += len(left)
        seen = Collector(self.kept.most_bytes)
        found = {i: known[i] for i in wanted if i in known}
        entering = dict(zip(network.inputs, (as_tensor(image) for image in images), strict=True))
        found |= walk(left, entering, [i for i in wanted if i not in known], known, seen)
        self.kept.add(key, {**seen.outputs, **found})
        return found

    def _batch(self, inputs: Sequence[int], images: list[Any], wanted: list[int], path: list[Step],
               may_trace: bool) -> dict[int, Any]:  # fmt: skip
        """The outputs for several images: walked the first times, then traced; nothing is kept."""
        question = self._question(path, wanted, images)
        if self._deserves_trace(question, len(path), may_trace):
            return self._run_traced(question, path, wanted, inputs, images)
        self.counts["walks"] += 1
        self.counts["steps"] += len(path)
        return walk(path, dict(zip(inputs, images, strict=True)), wanted)

    def _question(self, path: list[Step], wanted: list[int], images: Sequence[Any]) -> Any:
        """What makes two questions one: the layers asked for, and the image sizes where the layers depend on them."""
        fixed = any(step.layer.needs_fixed_size for step in path)
        return tuple(wanted), tuple(tuple(one.shape[1:3]) for one in images) if fixed else None

    def _deserves_trace(self, question: Any, layers: int, may_trace: bool, at_once: bool = False) -> bool:
        """Count a computation of the question, which leads through so many layers; is it worth tracing by now?"""
        self.asked[question] = self.asked.get(question, 0) + 1
        return may_trace and (at_once or self.asked[question] > walks_first(layers))

    def _run_traced(self, question: Any, path: list[Step], wanted: list[int], inputs: Sequence[int],
                    images: list[Any]) -> dict[int, Any]:  # fmt: skip
        self.counts["traced calls"] += 1
        outputs = self._traced(question, path, wanted, inputs, images)(*images)
        return dict(zip(wanted, outputs, strict=True))

    def _traced(self, question: Any, path: list[Step], wanted: list[int], inputs: Sequence[int],
                images: list[Any]) -> Any:  # fmt: skip
        """The traced function of a question: images (open number, height and width) of each input → outputs."""
        if question in self.traced:
            self.traced.move_to_end(question)
            return self.traced[question]
        tf = tensorflow()
        sizes = [(None, None)] * len(images) if question[1] is None else question[1]
        signature = [
            tf.TensorSpec((None, *size, one.shape[3]), tf.float32) for size, one in zip(sizes, images, strict=True)
        ]

        def outputs(*images):
            self.counts["traces"] += 1  # runs while tracing only
            values = walk(path, dict(zip(inputs, images, strict=True)), wanted)
            return [values[i] for i in wanted]

        made = traced(outputs, signature, reduce_retracing=True)
        self.traced[question] = made
        while len(self.traced) > TRACED_QUESTIONS:
            forgotten, _ = self.traced.popitem(last=False)
            self.asked.pop(forgotten, None)  # asked again, it is new: walked first
        return made


class Waiting:
    """Says how far long work has come and how long the rest will take: nothing in the first second, then twice a
    second.

    count  how many images there are; None: nobody knows yet
    begun  how many were done before
    what   what they are, when it is not images
    """

    def __init__(self, count: int | None, progress: Progress | None, begun: int = 0, what: str = "images"):
        self.what = what
        self.count = count
        self.progress = progress
        self.begun = begun
        self.start = time.monotonic()
        self.next = self.start + 1
        self.said = False

    def done(self, number: int) -> None:
        """So many are done."""
        now = time.monotonic()
        if self.progress is not None and now >= self.next and number != self.count:
            self.next = now + 0.5
            self.said = True
            of_all, rest = "", ""
            if self.count is not None:
                of_all = f" of {self.count}"
                rest = f", {duration((now - self.start) * (self.count - number) / (number - self.begun))} left"
            self.progress(f"{number}{of_all} {self.what} done{rest} ...")

    def over(self) -> None:
        if self.said and self.progress is not None:
            self.said = False
            self.progress("")


def duration(seconds: float) -> str:
    """A time to wait in a word or two."""
    if seconds < 99.5:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def affordable(sizes: Iterable[Size]) -> int:
    """How many images can be computed at once within BATCH_BYTES, counting the three largest outputs as alive."""
    largest = sorted((4 * height * width * channels for height, width, channels in sizes), reverse=True)[:3]
    return max(1, BATCH_BYTES // max(1, sum(largest)))

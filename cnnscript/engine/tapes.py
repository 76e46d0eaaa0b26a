"""Gradients of a network's scores, asked like any question (questions.py): compiled once, kept with the network.

    found = gradients(network, images, score, weights, [feature])      Grad-CAM's: ∂score/∂(feature maps), and the maps
    found = gradients(network, images, score, weights, [IMAGES])       saliency's: ∂score/∂image
    found = gradients(network, images, score, weights, [IMAGES], rule="guided")
    found.scores, found.outputs[feature], found.gradients[feature]     arrays: n, n×h×w×c, n×h×w×c

`score` is the number of the layer whose outputs are scored, `weights` says how: n×c numbers, one a channel (a class is
`one_hot`; summed over height and width where the layer has them), or n×h×w×c, one for each output (whoever has a
function of the outputs gives its gradient there).  Weights are an argument of the compiled graph: another class, a
contrast of two or a random direction never compile anew.

- What lies before the layers asked for does not change with the class: it is asked of questions.py, which knows it
  already when the same image was classified before, and is computed once for all classes.  What lies behind them is
  walked under a tape.
- The first question of a kind is walked eagerly, the second (through many layers a later one: tracing.walks_first) is
  traced, height, width and number of images open where the layers allow it.  Measured with SqueezeNet at 227×227:
  walked 52 ms, traced first 215 ms and then 17; questions of several batches are traced at once.
- Other rules for ReLUs (`rule`) change the list of steps that is walked; the network itself is never touched.
- Networks are asked as trained networks always are: dropout does nothing, statistics stand still.

Loops that run many steps on tensors (deep dream, activation maximisation) take the traced function itself:

    step = pulling(network, score, [IMAGES]); scores, outputs, slopes = step([images], weights)   tensors; [images]: one
                                                                                  for each layer of `step.entering`
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnscript.engine.activation_layers import PReLU
from cnnscript.engine.devices import devices
from cnnscript.engine.execute import Step, steps, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.importing.foreign_layers import KerasOperation
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.memory_order import as_tensor
from cnnscript.engine.pointwise_layers import ClippedReLU, LeakyReLU, ReLU
from cnnscript.engine.questions import check_images, of
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.tracing import traced, walks_first
from cnnscript.errors import ScriptError

IMAGES = -1  # instead of a layer's number: the images themselves, before the input layer normalises them
RULES = ("none", "guided", "zeiler-fergus")
TAPE_BYTES = 512 * 2**20  # outputs and gradients alive at once: 8 images of SqueezeNet; larger batches gain nothing
TRACED = 32  # traced functions kept for a network
RELUS = (ReLU, LeakyReLU, ClippedReLU, PReLU)

_all: weakref.WeakKeyDictionary[Network, Tapes] = weakref.WeakKeyDictionary()
_all_lock = threading.Lock()


@dataclass(frozen=True)
class Gradients:
    """What was asked: arrays by layer number (IMAGES: the images), yours to change.

    scores     n: the weighted sum that was differentiated, of each image (or image and class)
    outputs    n×h×w×c: what the layers gave (the images as float32); 1×h×w×c where one image was asked for n classes
    gradients  n×h×w×c: the change of each score with each number of them
    """

    scores: np.ndarray
    outputs: dict[int, np.ndarray]
    gradients: dict[int, np.ndarray]


def gradients(network: Network, images: np.ndarray, score: int, weights: np.ndarray, at: Sequence[int] = (IMAGES,), *,
              rule: str = "none", environment: str = "auto", trace: bool | None = None) -> Gradients:  # fmt: skip
    """The gradients of a score with respect to layers or the images.

    images       N×H×W×C numbers as the network takes them, of any numeric class
    score        the number (0-based) of the layer that is scored
    weights      n×c numbers that its channels are weighted with, or n×h×w×c for its outputs: n = N; or N = 1 and a row
                 for each class; or n = 1, for all images
    at           numbers of layers, or IMAGES
    rule         'none'; 'guided': ReLUs let only positive gradients through, where their input is positive
                 (arXiv:1412.6806); 'zeiler-fergus': only positive gradients, wherever (arXiv:1311.2901)
    environment  as of questions.ask
    trace        None: from the second question of the kind on; or True or False

    Raises ScriptError for images that do not fit, and when the score does not depend on a layer.
    """
    check_images(network, [images.shape], [score, *(i for i in at if i != IMAGES)])
    places = devices(environment)
    return tapes(network).ask(network, images, score, weights, tuple(at), rule, places[0], trace)


def pulling(network: Network, score: int, at: Sequence[int] = (IMAGES,), *, rule: str = "none",
            size: tuple[int, int] | None = None) -> Pulling:  # fmt: skip
    """The compiled function behind `gradients`, for loops on tensors (see Pulling).

    size  height and width of the images; needed where the layers have a fixed size (fully connected ones, say)
    """
    return tapes(network).pulling(network, score, tuple(at), rule, size)


def one_hot(classes: Iterable[int], count: int) -> np.ndarray:
    """Weights n×count that pick one class (0-based) each."""
    return np.eye(count, dtype=np.float32)[list(classes)]


def batch_size(network: Network, size: Size, score: int) -> int:
    """How many images of a size are well put under one tape."""
    sizes = network.sizes_for(size, [score]).values()
    held = sum(4 * height * width * channels for height, width, channels in sizes)
    return max(1, TAPE_BYTES // max(1, 2 * held))


def tapes(network: Network) -> Tapes:
    """The tapes of a network, made when first needed."""
    with _all_lock:
        if network not in _all:
            _all[network] = Tapes()
        return _all[network]


class Tapes:
    """The compiled gradients of one network."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.asked: dict[Any, int] = {}  # question → how many times
        self.made: OrderedDict[Any, Pulling] = OrderedDict()
        self.counts = {"walks": 0, "traces": 0, "traced calls": 0}  # for tests and benchmarks

    def pulling(self, network: Network, score: int, at: tuple[int, ...], rule: str,
                size: tuple[int, int] | None) -> Pulling:  # fmt: skip
        fixed = any(network.layers[i].needs_fixed_size for i in network.ancestors([score]))
        key = (score, at, rule, size if fixed else None)
        with self.lock:
            if key not in self.made:
                self.made[key] = Pulling(network, score, at, rule, size if fixed else None, self.counts)
            self.made.move_to_end(key)
            while len(self.made) > TRACED:
                forgotten, _ = self.made.popitem(last=False)
                self.asked.pop(forgotten, None)
            return self.made[key]

    def ask(self, network: Network, images: np.ndarray, score: int, weights: np.ndarray, at: tuple[int, ...], rule: str,
            place: str, trace: bool | None) -> Gradients:  # fmt: skip
        tf = tensorflow()
        size = (images.shape[1], images.shape[2])
        pull = self.pulling(network, score, at, rule, size)
        rows = np.asarray(weights, np.float32)
        rows = rows[:, None, None, :] if rows.ndim == 2 else rows
        count = max(len(images), len(rows))
        most = batch_size(network, (*size, images.shape[3]), score)
        with self.lock, tf.device(place):
            key = (score, at, rule, pull.size)
            self.asked[key] = self.asked.get(key, 0) + 1
            traced = (self.asked[key] > walks_first(len(pull.path)) or count > most) if trace is None else trace
            pieces = []
            shared = pull.enter(network, images, place) if len(images) == 1 else None
            for start in range(0, count, most):
                part = slice(start, min(start + most, count))
                entering = shared or pull.enter(network, images[part], place)
                wanted = part.stop - part.start
                if shared and wanted > 1:
                    entering = [tf.repeat(one, wanted, 0) for one in entering]
                scoring = tf.constant(rows[part] if len(rows) > 1 else np.repeat(rows, wanted, 0))
                found = pull(entering, scoring) if traced else pull.walk(entering, scoring)
                pieces.append([as_numpy(each) for each in found])
            outputs = pieces[0][1] if shared else joined([piece[1] for piece in pieces])
            return Gradients(
                np.concatenate([piece[0] for piece in pieces]),
                {i: one[:1] if shared else one for i, one in zip(at, outputs, strict=True)},
                dict(zip(at, joined([piece[2] for piece in pieces]), strict=True)),
            )


class Pulling:
    """One question: how a weighted sum of a layer's outputs changes with what some layers give.

    `self(entering, weights)` → (scores n, outputs [n×h×w×c], gradients [n×h×w×c]): tensors, one for each of `at`.

    weights   n×1×1×c or n×h×w×c
    entering  the numbers of the layers whose outputs it begins with (IMAGES: the images): those asked about, and
              those that the way to the score needs besides them.  Their tensors, n of each, are the first argument
    size      (height, width) of the images where the layers depend on it, else None
    """

    def __init__(self, network: Network, score: int, at: tuple[int, ...], rule: str, size: tuple[int, int] | None,
                 counts: dict[str, int]):  # fmt: skip
        self.score, self.at, self.size, self.counts = score, at, size, counts
        whole = steps(network, [score])
        behind = readers(network, at)
        for i in at:
            if score != i and score not in readers(network, (i,)):
                raise independent(network, score, i)
        self.path = [changed(step, rule) for step in whole if step.number in behind]
        needed = {source for step in self.path for source in step.sources} | set(at)
        self.entering = sorted(i for i in needed if i not in behind)
        if any(not step.sources for step in self.path):
            self.entering = sorted({IMAGES, *self.entering})
        sizes = network.sizes if size is None else network.sizes_for((*size, network.input_size[2]), [score])
        self._shapes = [self._shape(network, i, sizes) for i in self.entering]
        self._traced: Any = None

    def _shape(self, network: Network, number: int, sizes: Any) -> tuple[int | None, ...]:
        """The shape of what enters, open where the size of the images is."""
        if number == IMAGES:
            return (None, *(self.size or (None, None)), network.input_size[2])
        height, width, channels = sizes[number]
        return (None, None, None, channels) if self.size is None else (None, height, width, channels)

    def enter(self, network: Network, images: np.ndarray, place: str) -> list[Any]:
        """What enters for images N×H×W×C."""
        layers = [i for i in self.entering if i != IMAGES]
        known = of(network).tensors(network, [images], layers, place) if layers else {}
        return [as_tensor(images) if i == IMAGES else known[i] for i in self.entering]

    def walk(self, entering: Sequence[Any], weights: Any) -> tuple[Any, list[Any], list[Any]]:
        """The answer, computed eagerly; inside a tf.function, the operations that compute it."""
        tf = tensorflow()
        self.counts["walks"] += tf.executing_eagerly()
        given = dict(zip(self.entering, entering, strict=True))
        met = {i: given[i] for i in self.at if i in given}
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            for tensor in met.values():
                tape.watch(tensor)

            def meet(number: int, output: Any) -> None:
                if number in self.at:
                    tape.watch(output)
                    met[number] = output

            images = given.pop(IMAGES, None)
            out = walk(self.path, images, [self.score], given, meet)[self.score]
            scores = tf.reduce_sum(out * weights, (1, 2, 3))
        outputs = [met[i] for i in self.at]
        slopes = tape.gradient(scores, outputs, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return scores, outputs, slopes

    def __call__(self, entering: Sequence[Any], weights: Any) -> tuple[Any, list[Any], list[Any]]:
        """The answer, compiled on the first call."""
        if self._traced is None:
            tf = tensorflow()

            def pull(weights, *entering):
                self.counts["traces"] += 1  # runs while tracing only
                return self.walk(entering, weights)

            signature = [tf.TensorSpec((None, None, None, None), tf.float32)]
            signature += [tf.TensorSpec(shape, tf.float32) for shape in self._shapes]
            self._traced = traced(pull, signature)
        self.counts["traced calls"] += 1
        return self._traced(weights, *entering)


# --------------------------------------------------------------------------------------------------------------- graphs


def readers(network: Network, at: Iterable[int]) -> set[int]:
    """The numbers of all layers that depend on some of the layers (IMAGES: all layers)."""
    at = set(at)
    if IMAGES in at:
        return set(network.order)
    found: set[int] = set()
    for i in network.order:
        if any(source in at or source in found for source in network.sources[i]):
            found.add(i)
    return found


def independent(network: Network, score: int, number: int) -> ScriptError:
    """The error for a score that a layer has no part in."""
    scored, layer = network.layers[score].name, "the images" if number == IMAGES else network.layers[number].name
    behind = number != IMAGES and number in readers(network, (score,))
    return ScriptError(
        "deep:explain:ScoreIndependentOfLayer",
        f"The score does not depend on layer '{layer}'.",
        notes=(
            f"the score is taken from '{scored}'",
            f"'{layer}' comes after it" if behind else f"no connection leads from '{layer}' to it",
        ),
        hint="take the feature layer before the reduction layer",
    )


# ---------------------------------------------------------------------------------------------------------------- rules


def is_relu(layer: Layer) -> bool:
    """Is it a rectifier of any kind?"""
    return isinstance(layer, RELUS) or (isinstance(layer, KerasOperation) and "relu" in layer.kind.lower())


def changed(step: Step, rule: str) -> Step:
    """The step with another rule for the gradient where it is a ReLU; what it computes stays.

    guided         the gradient that arrives is rectified, then passed on as the ReLU itself does
    zeiler-fergus  the gradient that arrives is rectified, and passed on
    """
    if rule == "none" or not is_relu(step.layer):
        return step
    tf = tensorflow()

    @tf.custom_gradient
    def rectified(x):
        return tf.identity(x), tf.nn.relu

    if rule == "guided":
        return replace(step, compute=lambda x: rectified(step.compute(x)))

    @tf.custom_gradient
    def passed_on(x, output):
        return tf.identity(output), lambda slope: (tf.nn.relu(slope), None)

    return replace(step, compute=lambda x: passed_on(x, tf.stop_gradient(step.compute(x))))


# --------------------------------------------------------------------------------------------------------------- arrays


def as_numpy(found: Any) -> Any:
    """A tensor, or a list of them, as arrays laid out as they are computed: channels side by side."""
    return [one.numpy() for one in found] if isinstance(found, (list, tuple)) else found.numpy()


def joined(pieces: list[list[np.ndarray]]) -> list[np.ndarray]:
    """The maps of several batches as those of one."""
    if len(pieces) == 1:
        return pieces[0]
    return [np.concatenate(column) for column in zip(*pieces, strict=True)]

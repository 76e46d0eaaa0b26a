"""What a network says of one image while masks take parts of it away: the question behind occlusion, LIME and RISE.

One compiled function a question blends image and baseline under a batch of masks, walks the network and sums the maps
of its channels.  Masks cross from NumPy as what makes them (four edges, some bits, a coarse grid): a few numbers each.
A run that Ctrl-C ends keeps its scores with the network; asked again, the same question goes on from there.
"""

from __future__ import annotations

import hashlib
import weakref
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from cnnscript.engine.devices import devices
from cnnscript.engine.execute import steps, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import Progress, Waiting, affordable, check_images
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.tracing import traced
from cnnscript.errors import ScriptError

QUICKEST_BATCH = 16  # images: larger batches leave the caches of a CPU, and a stop would have to wait for them
TRACED = 16  # compiled questions kept of one network
UNFINISHED = 4  # runs kept that were stopped


@dataclass(frozen=True, eq=False)
class MaskedQuestion:
    """What is asked of a network.

    layer, channels  whose outputs (0-based), each summed over its map
    image            H×W×C float32, as the network takes it
    baseline         what stands where a mask keeps nothing: numbers that broadcast to the image
    """

    network: Network
    layer: int
    channels: Sequence[int]
    image: np.ndarray
    baseline: np.ndarray


@dataclass(frozen=True)
class Computing:
    """How a question is computed: at most so many images at once, where, and who is told how far it has come."""

    batch_size: int = 128
    environment: str = "auto"
    progress: Progress | None = None


USUAL = Computing()


class Masks:
    """Many masks as what makes them: arrays with a row for each mask, and some that all masks share."""

    name: ClassVar[str]  # of the kind: masks of one kind are made by one compiled function

    def __init__(self, rows: Sequence[np.ndarray], shared: Sequence[np.ndarray] = ()):
        self.rows = tuple(rows)
        self.shared = tuple(shared)

    def __len__(self) -> int:
        return len(self.rows[0])

    @staticmethod
    def kept(shape: Any, rows: Sequence[Any], shared: Sequence[Any]) -> Any:
        """What the masks of some rows keep of each pixel: n×H×W tensor from 0 to 1.  shape: H and W."""
        raise NotImplementedError


@dataclass
class Memory:
    """What a network keeps of its perturbations: compiled questions, and scores of runs that were stopped."""

    traced: OrderedDict[Any, Any] = field(default_factory=OrderedDict)
    unfinished: OrderedDict[Any, tuple[int, np.ndarray]] = field(default_factory=OrderedDict)
    last_stop: tuple[int, int] = (0, 0)  # masks done of how many, of the run stopped last
    passes: int = 0  # images computed, for tests and benchmarks


_memories: weakref.WeakKeyDictionary[Network, Memory] = weakref.WeakKeyDictionary()


def memory(network: Network) -> Memory:
    return _memories.setdefault(network, Memory())


def perturbed_scores(question: MaskedQuestion, masks: Masks, computing: Computing = USUAL) -> np.ndarray:
    """The score of each channel under each mask: n×K float32.

    Stopped by KeyboardInterrupt, it keeps the scores there are; the same question goes on from them.
    """
    network, count = question.network, len(masks)
    progress = computing.progress
    check_question(question)
    tf = tensorflow(progress)
    places = devices(computing.environment)
    held = memory(network)
    key = (network.version, question.layer, tuple(question.channels), masks.name,
           *map(content, (question.image, question.baseline, *masks.shared, *masks.rows)))  # fmt: skip
    done, scores = held.unfinished.pop(key, (0, np.empty((count, len(question.channels)), np.float32)))
    step = batch_of(question, computing.batch_size)
    run = compiled(question, masks, held, progress)
    fixed = [tf.constant(question.image), tf.constant(question.baseline), tf.constant(question.channels, tf.int32),
             *map(tf.constant, masks.shared)]  # fmt: skip
    waiting = Waiting(count, progress, done)
    try:
        for turn, start in enumerate(range(done, count, step)):
            with tf.device(places[turn % len(places)]):
                found = run(*fixed, *(tf.constant(rows[start : start + step]) for rows in masks.rows))
            scores[start : start + step] = found.numpy()
            done = min(start + step, count)
            held.passes += len(found)
            waiting.done(done)
    except KeyboardInterrupt:
        held.unfinished[key] = done, scores
        held.last_stop = done, count
        while len(held.unfinished) > UNFINISHED:
            held.unfinished.popitem(last=False)
        raise
    finally:
        waiting.over()
    return scores


def check_question(question: MaskedQuestion) -> None:
    """Raise a ScriptError unless the image suits the network and holds numbers only."""
    network = question.network
    if len(network.inputs) != 1:
        raise ScriptError(
            "nnet_cnn:explain:SeveralInputs",
            "The network must have one image input.",
            notes=(f"its inputs are {', '.join(network.input_names)}",),
        )
    check_images(network, [(1, *question.image.shape)], [question.layer])
    bad = int(question.image.size - np.isfinite(question.image).sum())
    if bad:
        raise ScriptError(
            "nnet_cnn:explain:NotFinite",
            "The image must hold finite numbers only.",
            notes=(f"{bad} of its {question.image.size} numbers {'is' if bad == 1 else 'are'} NaN or Inf",),
            hint="fillmissing or im(isnan(im)) = 0 fills the gaps",
        )


def batch_of(question: MaskedQuestion, most: int) -> int:
    """How many images are computed at once: within the memory that batches have, and the quickest of those."""
    sizes = question.network.sizes_for(question.image.shape, [question.layer])  # type: ignore[arg-type]
    return min(most, affordable(sizes.values()), QUICKEST_BATCH)


def compiled(question: MaskedQuestion, masks: Masks, held: Memory, progress: Progress | None) -> Any:
    """The traced function of a kind of masks and a layer: image, baseline, channels, what makes the masks → scores."""
    path = steps(question.network, [question.layer], progress)
    size = question.image.shape if any(step.layer.needs_fixed_size for step in path) else (None, None, None)
    key = masks.name, question.layer, size
    if key in held.traced:
        held.traced.move_to_end(key)
        return held.traced[key]
    tf = tensorflow()
    layer, shared, kept = question.layer, len(masks.shared), type(masks).kept
    channels = question.image.shape[2]

    def scores(image, baseline, wanted, *makers):
        keeps = kept(tf.shape(image)[:2], makers[shared:], makers[:shared])
        images = tf.ensure_shape(blended(image, baseline, keeps, channels), (None, *size[:2], channels))
        outputs = walk(path, images, [layer])[layer]
        return tf.gather(tf.reduce_sum(outputs, [1, 2]), wanted, axis=1)

    signature = [
        tf.TensorSpec((*size[:2], channels), tf.float32),
        tf.TensorSpec((None, None, None), tf.float32),
        tf.TensorSpec((None,), tf.int32),
        *(tf.TensorSpec([None] * array.ndim, array.dtype) for array in (*masks.shared, *masks.rows)),
    ]
    held.traced[key] = traced(scores, signature)
    while len(held.traced) > TRACED:
        held.traced.popitem(last=False)
    return held.traced[key]


def blended(image: Any, baseline: Any, keeps: Any, channels: int) -> Any:
    """The image where the masks (n×H×W) keep it, the baseline where not: n×H×W×channels tensor.

    As rows of numbers: TensorFlow takes three times as long where it repeats a mask along so short a dimension.
    """
    tf = tensorflow()
    count, size = tf.shape(keeps)[0], tf.shape(image)
    share = tf.reshape(tf.reshape(keeps, [count, -1, 1]) * tf.ones([1, 1, channels]), [count, -1])
    first, second = (tf.reshape(one, [1, -1]) for one in (image, tf.broadcast_to(baseline, size)))
    return tf.reshape(first * share + second * (1.0 - share), [count, size[0], size[1], channels])


def content(array: np.ndarray) -> tuple[Any, ...]:
    """A key for the content of an array."""
    memory = np.ascontiguousarray(array).data
    return array.shape, array.dtype.str, hashlib.sha1(memory, usedforsecurity=False).digest()
